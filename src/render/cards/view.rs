//! What a card says, and where on it.

use serde::Serialize;

use super::detail::{self, Detail};
use super::fit::{Face, Ruler, clean};
use super::fonts::Fonts;
use super::palette::colour;
use super::{HEIGHT, WIDTH};
use crate::base::{Span, Text};
use crate::model::Explainer;
use crate::model::settings::Theme;
use crate::render::cx::Cx;
use crate::render::outputs;
use crate::render::pages::PageKind;

/// From the edge of the card to what it says.
const EDGE: f32 = 72.0;
/// The width of what it says.
const ROOM: f32 = WIDTH as f32 - 2.0 * EDGE;

/// What a card says, before anything is measured.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Story {
    kind: &'static str,
    language: String,
    direction: &'static str,
    site: String,
    date: Option<String>,
    kicker: String,
    title: String,
    detail: Detail,
}

/// `card.svg`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardPage {
    /// What the card is of.
    pub card: CardView,
}

/// A card: texts cut to what fits, and their places in pixels from the top left corner.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardView {
    /// The kind of page: `explainer`, `hub`, `section`, `terms`, `timeline`, `compare`.
    pub kind: &'static str,
    /// The language (BCP 47).
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The look: `broadsheet` or `briefing`.
    pub look: &'static str,
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
    /// Where lines begin: 72, or 1128 in languages that run to the left.
    pub start: f32,
    /// Where lines end.
    pub end: f32,
    /// The `text-anchor` of what stands at `start`.
    pub at_start: &'static str,
    /// The `text-anchor` of what stands at `end`.
    pub at_end: &'static str,
    /// The site's name.
    pub site: String,
    /// The date of the page, in words.
    pub date: Option<String>,
    /// What the page is, or what it belongs to; stands above the title.
    pub kicker: String,
    /// The size of the title.
    pub title_size: f32,
    /// The title, in lines.
    pub title: Vec<LineView>,
    /// The size of what stands below the title.
    pub text_size: f32,
    /// A sentence or two below the title, or in what respects a comparison compares; in lines.
    pub text: Vec<LineView>,
    /// What became of a term.
    pub change: Option<CardChangeView>,
    /// What a comparison compares.
    pub columns: Vec<CardColumnView>,
    /// The corner of a term sheet.
    pub table: Option<CardTableView>,
    /// The run of the events.
    pub events: Option<CardEventsView>,
    /// The colours of the theme, in light.
    pub colours: CardColoursView,
}

/// A line of a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineView {
    /// What it says.
    pub text: String,
    /// Where it stands, from the left.
    pub x: f32,
    /// Where its base line is, from the top.
    pub y: f32,
}

/// What became of a term.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardChangeView {
    /// The term.
    pub term: String,
    /// What it was.
    pub before: String,
    /// What it is now.
    pub after: LineView,
    /// Where the arrow between them begins.
    pub arrow: f32,
    /// How long it is; below zero if it points to the left.
    pub arrow_length: f32,
}

/// What a comparison compares: one of its columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardColumnView {
    /// Its left edge.
    pub x: f32,
    /// Its width.
    pub width: f32,
    /// The size of its name.
    pub size: f32,
    /// Its name, in lines.
    pub name: Vec<LineView>,
}

/// The corner of a term sheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardTableView {
    /// The heads of its columns.
    pub columns: Vec<LineView>,
    /// Its rows.
    pub rows: Vec<CardRowView>,
}

/// A row of the corner of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardRowView {
    /// Its heading.
    pub name: LineView,
    /// Its cells, one a column.
    pub cells: Vec<LineView>,
}

/// The run of the events.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardEventsView {
    /// The events.
    pub dots: Vec<DotView>,
    /// The eras.
    pub eras: Vec<BarView>,
    /// The first year.
    pub from: String,
    /// The last year.
    pub to: String,
    /// How many events there are, in words.
    pub count: String,
}

/// An event on a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DotView {
    /// Where it stands, from the left.
    pub x: f32,
    /// True for a key event.
    pub key: bool,
}

/// An era on a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BarView {
    /// Its left end.
    pub x: f32,
    /// Its width.
    pub width: f32,
    /// Its colour.
    pub colour: String,
}

/// The colours of a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardColoursView {
    /// The page.
    pub background: String,
    /// Text.
    pub text: String,
    /// Links and marks.
    pub accent: String,
    /// Secondary text.
    pub muted: String,
    /// Hairlines.
    pub rule: String,
    /// Frames and dots.
    pub rule_strong: String,
    /// Cells that changed.
    pub tint: String,
    /// The band of the look `briefing`; the page in others.
    pub band: String,
    /// Text on the band.
    pub band_text: String,
    /// Secondary text on the band.
    pub band_muted: String,
}

/// Whose the card is: the words at the top of each page, else the site's name, else the publisher's. What stands larger
/// below is not said twice.
fn sender(cx: &Cx<'_>, title: &str, kicker: &str) -> String {
    let texts = cx.about_site();
    let root = cx.site.explainers.first().and_then(|root| root.index.as_ref()).map(|index| &index.meta.title);
    let publisher = cx.site.settings.publisher.as_ref().map(|publisher| &publisher.name);
    let names = [texts.masthead.as_ref(), texts.title.as_ref(), root, publisher].into_iter().flatten();
    let new = |name: &&Text| *name.text != *title && *name.text != *kicker;
    names.into_iter().find(new).map(|name| name.to_string()).unwrap_or_default()
}

/// The titles that stand on an explainer's cards, with their places in the sources.
pub fn titles(cx: &Cx<'_>) -> Vec<(String, Span)> {
    let explainer = cx.explainer;
    let place = |text: &Text| (text.to_string(), text.span.clone());
    let own = explainer.index.iter().map(|index| place(&index.meta.title));
    let wanted = |kind: &PageKind| matches!(kind, PageKind::Section(_) | PageKind::Comparison(_));
    let others =
        super::list(explainer).into_iter().map(|(_, kind)| kind).filter(wanted).filter_map(|kind| match kind {
            PageKind::Section(slug) => section(explainer, &slug).map(|s| place(&s.title)),
            PageKind::Comparison(id) => explainer.data.comparisons.get(&id).map(|c| place(&c.title)),
            _ => None,
        });
    own.chain(others).collect()
}

fn section<'a>(explainer: &'a Explainer, slug: &str) -> Option<&'a crate::model::Section> {
    explainer.sections.iter().find(|s| *s.slug == *slug).map(|s| &**s)
}

impl Story {
    /// What the card of a page says.
    pub fn new(cx: &Cx<'_>, kind: &PageKind) -> Self {
        let explainer = cx.explainer;
        let meta = explainer.index.as_ref().map(|index| &index.meta);
        let whole = outputs::title(cx);
        let described = || outputs::description(cx).map(Detail::Text);
        let (name, kicker, title, detail) = match kind {
            PageKind::Section(slug) => {
                let section = section(explainer, slug);
                let text = section.and_then(|s| s.standfirst.as_ref()).map(|s| Detail::Text(cx.plain(s)));
                let title = section.map(|s| s.title.to_string()).unwrap_or_default();
                ("section", whole, title, text.or_else(|| detail::change(cx)))
            }
            PageKind::Terms => ("terms", cx.t("term-sheet", &[]), whole, detail::sheet(cx).or_else(described)),
            PageKind::Timeline => ("timeline", cx.t("timeline", &[]), whole, detail::events(cx)),
            PageKind::Comparison(id) => {
                let comparison = explainer.data.comparisons.get(id);
                let title = comparison.map(|c| c.title.to_string()).unwrap_or_default();
                ("compare", whole, title, comparison.and_then(|c| detail::table(c)))
            }
            PageKind::Hub => ("hub", cx.t("explainers", &[]), whole, described()),
            _ => {
                let kicker = meta.and_then(|m| m.kind.as_ref()).map(|kind| kind.to_string());
                let kicker = kicker.unwrap_or_else(|| cx.t("explainer", &[]));
                ("explainer", kicker, whole, detail::change(cx).or_else(described))
            }
        };
        let date = meta.and_then(|meta| meta.updated.as_ref().or(meta.published.as_ref()));
        Self {
            kind: name,
            language: cx.catalogue.language().to_owned(),
            direction: cx.catalogue.direction(),
            site: sender(cx, &title, &kicker),
            date: date.map(|date| cx.date(date).text),
            kicker,
            title,
            detail: detail.unwrap_or_default(),
        }
    }

    /// The same without what the fonts have no letters for. A title that can't be shown gives its place to whose the
    /// card is.
    fn sayable(self, fonts: &Fonts) -> Self {
        let known = |text: &str| fonts.missing(&clean(text)).is_empty();
        let all = |texts: &[&str]| texts.iter().all(|text| known(text));
        let detail = match &self.detail {
            Detail::None | Detail::Events { .. } => true,
            Detail::Text(text) => known(text),
            Detail::Change { term, before, after } => all(&[term, before, after]),
            Detail::Columns { columns, rows } => known(rows) && columns.iter().all(|column| known(column)),
            Detail::Table { columns, rows } => {
                let mut cells = rows.iter().flat_map(|(name, cells)| cells.iter().chain([name]));
                columns.iter().all(|column| known(column)) && cells.all(|cell| known(cell))
            }
        };
        let or_empty = |text: String| if known(&text) { text } else { String::new() };
        let (title, site) = if known(&self.title) { (self.title, self.site) } else { (self.site, String::new()) };
        Self {
            title: or_empty(title),
            site: or_empty(site),
            kicker: or_empty(self.kicker),
            date: self.date.filter(|date| known(date)),
            detail: if detail { self.detail } else { Detail::None },
            ..self
        }
    }

    /// The same in words, for those who don't see the card.
    pub fn alt(&self) -> String {
        let title = format!("{}: {}", self.kicker, self.title);
        let detail = match &self.detail {
            Detail::None => None,
            Detail::Text(text) => Some(text.clone()),
            Detail::Change { term, before, after } => Some(format!("{term}: {before} → {after}")),
            Detail::Table { columns, .. } => Some(columns.join(" → ")),
            Detail::Columns { columns, .. } => Some(columns.join(" · ")),
            Detail::Events { from, to, count, .. } => Some(format!("{count}, {from}–{to}")),
        };
        [Some(title), detail].into_iter().flatten().collect::<Vec<_>>().join(" – ")
    }
}

/// Puts texts in their places.
struct Setter<'a> {
    ruler: Ruler<'a>,
    rtl: bool,
}

impl Setter<'_> {
    /// A distance from where lines begin, as one from the left.
    fn x(&self, from_start: f32) -> f32 {
        if self.rtl { WIDTH as f32 - from_start } else { from_start }
    }

    /// A text that runs in its own direction whatever stands around it.
    fn run(&self, text: String) -> String {
        let to_left = |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
        match text.chars().any(to_left) || self.rtl {
            true if self.rtl => format!("\u{2067}{text}\u{2069}"),
            true => format!("\u{2068}{text}\u{2069}"),
            false => text,
        }
    }

    fn line(&self, face: Face, size: f32, room: f32, text: &str) -> String {
        self.run(self.ruler.line(face, size, room, text))
    }

    fn at(&self, text: String, from_start: f32, y: f32) -> LineView {
        LineView { text, x: self.x(from_start), y }
    }

    fn lines(&self, lines: Vec<String>, from_start: f32, top: f32, size: f32) -> Vec<LineView> {
        let leading = leading(&lines);
        // Most of what a line has more than others stands above its letters.
        let first = top + size * (0.86 + (leading - 1.15) * 0.9);
        let place = |(at, text)| self.at(self.run(text), from_start, first + size * leading * at as f32);
        lines.into_iter().enumerate().map(place).collect()
    }

    fn change(&self, term: &str, before: &str, after: &str) -> CardChangeView {
        const SIZE: f32 = 42.0;
        const ARROW: f32 = 112.0;
        let whole = |text: &str| self.ruler.width(Face::Bold, SIZE, &clean(text));
        let (one, other) = (whole(before), whole(after));
        let free = ROOM - ARROW;
        // Each may take what the other leaves, and half of the line at least.
        let room = (free - other).max(free / 2.0);
        let before = self.ruler.line(Face::Bold, SIZE, room.min(one + 1.0), before);
        let width = self.ruler.width(Face::Bold, SIZE, &before);
        let after = self.line(Face::Bold, SIZE, free - width, after);
        let arrow = EDGE + width + 24.0;
        CardChangeView {
            term: self.line(Face::Regular, 30.0, ROOM, term),
            before: self.run(before),
            after: self.at(after, EDGE + width + ARROW, 566.0),
            arrow: self.x(arrow),
            arrow_length: if self.rtl { 24.0 - ARROW + 24.0 } else { ARROW - 48.0 },
        }
    }

    fn columns(&self, columns: &[String]) -> Vec<CardColumnView> {
        const GAP: f32 = 24.0;
        let count = columns.len().max(1) as f32;
        let width = (ROOM - GAP * (count - 1.0)) / count;
        let sizes = [(38.0, 1), (34.0, 1), (30.0, 1), (28.0, 2)];
        let set: Vec<_> = columns.iter().map(|name| self.ruler.lines(Face::Bold, &sizes, width, name)).collect();
        // Names beside each other are of one size.
        let size = set.iter().map(|(size, _)| *size).fold(sizes[0].0, f32::min);
        let column = |(at, name): (usize, &String)| {
            let start = EDGE + (width + GAP) * at as f32;
            let (size, lines) = self.ruler.lines(Face::Bold, &[(size, 2)], width, name);
            let (a, b) = (self.x(start), self.x(start + width));
            CardColumnView { x: a.min(b), width, size, name: self.lines(lines, start, 474.0, size) }
        };
        columns.iter().enumerate().map(column).collect()
    }

    fn table(&self, columns: &[String], rows: &[(String, Vec<String>)]) -> CardTableView {
        const SIZE: f32 = 28.0;
        // The names of terms are longer than what became of them.
        const NAME: f32 = 0.44 * ROOM;
        let cell = (ROOM - NAME) / columns.len().max(1) as f32;
        let place = |column: usize| if column == 0 { EDGE } else { EDGE + NAME + cell * (column as f32 - 1.0) };
        let wide = |column: usize| if column == 0 { NAME } else { cell };
        let set = |face, text: &str, column: usize, y| {
            self.at(self.line(face, SIZE, wide(column) - 24.0, text), place(column), y)
        };
        let heads = columns.iter().enumerate().map(|(at, name)| set(Face::Bold, name, at + 1, 484.0));
        let rows = rows.iter().enumerate().map(|(row, (name, cells))| {
            let y = 538.0 + 52.0 * row as f32;
            let cells = cells.iter().enumerate().map(|(at, cell)| set(Face::Regular, cell, at + 1, y)).collect();
            CardRowView { name: set(Face::Bold, name, 0, y), cells }
        });
        CardTableView { columns: heads.collect(), rows: rows.collect() }
    }
}

/// The height of a line as a factor of its size: scripts with marks above and below want more.
fn leading(lines: &[String]) -> f32 {
    let tall = |c: char| matches!(c, '\u{600}'..='\u{1CFF}');
    let square = |c: char| matches!(c, '\u{3000}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}');
    let any = |is: fn(char) -> bool| lines.iter().any(|line| line.chars().any(is));
    if any(tall) {
        1.32
    } else if any(square) {
        1.24
    } else {
        1.15
    }
}

/// The sizes that a title may have, the largest first, each with the lines that there is room for. Above 60 it can be
/// read where the card is as wide as a thumb.
fn sizes(title: &str, alone: bool) -> Vec<(f32, usize)> {
    let (largest, height) = if alone { (112_u16, 400.0) } else { (88, 240.0) };
    let leading = leading(&[title.to_owned()]);
    let sizes = (60..=largest).rev().step_by(4).map(f32::from);
    sizes.map(|size| (size, (height / (size * leading)).floor() as usize)).collect()
}

/// The card of a story.
pub fn lay_out(cx: &Cx<'_>, story: &Story, fonts: &Fonts) -> CardPage {
    let story = &story.clone().sayable(fonts);
    let theme = &cx.site.settings.theme;
    let setter = Setter { ruler: Ruler::new(fonts, theme), rtl: story.direction == "rtl" };
    let alone = story.detail == Detail::None;
    let (title_size, title) = setter.ruler.lines(Face::Heading, &sizes(&story.title, alone), ROOM, &story.title);
    let title = setter.lines(title, EDGE, 184.0, title_size);
    let (start, end) = (setter.x(EDGE), setter.x(EDGE + ROOM));
    let (at_start, at_end) = if setter.rtl { ("end", "start") } else { ("start", "end") };
    let mut card = CardView {
        kind: story.kind,
        language: story.language.clone(),
        direction: story.direction,
        look: theme.look.name(),
        width: WIDTH,
        height: HEIGHT,
        start,
        end,
        at_start,
        at_end,
        site: setter.line(Face::Bold, 32.0, ROOM * 0.62, &story.site),
        date: story.date.as_ref().map(|date| setter.line(Face::Regular, 28.0, ROOM * 0.36, date)),
        kicker: setter.line(Face::Bold, 30.0, ROOM, &story.kicker),
        title_size,
        title,
        text_size: if matches!(story.detail, Detail::Columns { .. }) { 28.0 } else { 34.0 },
        text: Vec::new(),
        columns: Vec::new(),
        change: None,
        table: None,
        events: None,
        colours: colours(theme),
    };
    match &story.detail {
        Detail::None => {}
        Detail::Text(text) => {
            let (size, lines) = setter.ruler.lines(Face::Regular, &[(34.0, 3)], ROOM, text);
            card.text = setter.lines(lines, EDGE, 464.0, size);
        }
        Detail::Change { term, before, after } => card.change = Some(setter.change(term, before, after)),
        Detail::Columns { columns, rows } => {
            card.columns = setter.columns(columns);
            let (size, lines) = setter.ruler.lines(Face::Regular, &[(28.0, 1)], ROOM, rows);
            card.text = setter.lines(lines, EDGE, 556.0, size);
        }
        Detail::Table { columns, rows } => card.table = Some(setter.table(columns, rows)),
        Detail::Events { dots, eras, from, to, count } => {
            let inset = 17.0;
            let place = |at: u16| EDGE + inset + (ROOM - 2.0 * inset) * f32::from(at) / 1000.0;
            let bar = |(at, (start, end)): (usize, &(u16, u16))| {
                let (a, b) = (setter.x(place(*start)), setter.x(place(*end)));
                let tone = colour(theme, &format!("tone-{}", at % 6 + 1));
                BarView { x: a.min(b), width: (b - a).abs(), colour: tone.unwrap_or_default() }
            };
            let mut dots: Vec<DotView> =
                dots.iter().map(|(at, key)| DotView { x: setter.x(place(*at)), key: *key }).collect();
            // What matters more lies on top.
            dots.sort_by_key(|dot| dot.key);
            card.events = Some(CardEventsView {
                dots,
                eras: eras.iter().enumerate().map(bar).collect(),
                from: setter.run(from.clone()),
                to: setter.run(to.clone()),
                count: setter.run(count.clone()),
            });
        }
    }
    CardPage { card }
}

fn colours(theme: &Theme) -> CardColoursView {
    let of = |name: &str, other: &str| colour(theme, name).unwrap_or_else(|| other.to_owned());
    let background = of("background", "#ffffff");
    let (text, muted) = (of("text", "#111111"), of("muted", "#555555"));
    CardColoursView {
        accent: of("accent", "#0b5872"),
        rule: of("rule", "#cccccc"),
        rule_strong: of("rule-strong", "#888888"),
        tint: of("tint", "#eeeeee"),
        band: of("band", &background),
        band_text: of("band-text", &text),
        band_muted: of("band-muted", &muted),
        background,
        text,
        muted,
    }
}
