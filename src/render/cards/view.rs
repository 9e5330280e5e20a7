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
use crate::render::studio::Studio;

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
    kicker: Option<String>,
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
    pub kicker: Option<String>,
    /// The size of the title.
    pub title_size: f32,
    /// The title, in lines.
    pub title: Vec<LineView>,
    /// A sentence or two below the title, in lines.
    pub text: Vec<LineView>,
    /// What became of a term.
    pub change: Option<CardChangeView>,
    /// The corner of a table.
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

/// The corner of a table.
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

/// The site's name: from the settings, else the root explainer's title.
pub fn site_name(studio: &Studio, cx: &Cx<'_>) -> String {
    let of_root = || studio.cx(0).map(|root| outputs::title(&root));
    cx.about_site().title.map(|title| title.to_string()).or_else(of_root).unwrap_or_default()
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
    pub fn new(cx: &Cx<'_>, kind: &PageKind, site: String) -> Self {
        let explainer = cx.explainer;
        let meta = explainer.index.as_ref().map(|index| &index.meta);
        let whole = outputs::title(cx);
        let described = || outputs::description(cx).map(Detail::Text);
        let (name, kicker, title, detail) = match kind {
            PageKind::Section(slug) => {
                let section = section(explainer, slug);
                let text = section.and_then(|s| s.standfirst.as_ref()).map(|s| Detail::Text(cx.plain(s)));
                let title = section.map(|s| s.title.to_string()).unwrap_or_default();
                ("section", Some(whole), title, text.or_else(|| detail::change(cx)))
            }
            PageKind::Terms => ("terms", Some(cx.t("term-sheet", &[])), whole, detail::sheet(cx).or_else(described)),
            PageKind::Timeline => ("timeline", Some(cx.t("timeline", &[])), whole, detail::events(cx)),
            PageKind::Comparison(id) => {
                let comparison = explainer.data.comparisons.get(id);
                let title = comparison.map(|c| c.title.to_string()).unwrap_or_default();
                ("compare", Some(whole), title, comparison.and_then(|c| detail::table(cx, c)))
            }
            PageKind::Hub => ("hub", Some(cx.t("explainers", &[])), whole, described()),
            _ => {
                let kicker = meta.and_then(|m| m.kind.as_ref()).map(|kind| kind.to_string());
                let kicker = kicker.unwrap_or_else(|| cx.t("explainer", &[]));
                ("explainer", Some(kicker), whole, detail::change(cx).or_else(described))
            }
        };
        let date = meta.and_then(|meta| meta.updated.as_ref().or(meta.published.as_ref()));
        Self {
            kind: name,
            language: cx.catalogue.language().to_owned(),
            direction: cx.catalogue.direction(),
            // What stands larger below needn't be said twice.
            site: if site == title || kicker.as_ref() == Some(&site) { String::new() } else { site },
            date: date.map(|date| cx.date(date).text),
            kicker,
            title,
            detail: detail.unwrap_or_default(),
        }
    }

    /// The same in words, for those who don't see the card.
    pub fn alt(&self) -> String {
        let title = match &self.kicker {
            Some(kicker) => format!("{kicker}: {}", self.title),
            None => self.title.clone(),
        };
        let detail = match &self.detail {
            Detail::None => None,
            Detail::Text(text) => Some(text.clone()),
            Detail::Change { term, before, after } => Some(format!("{term}: {before} → {after}")),
            Detail::Table { columns, .. } => Some(columns.join(" · ")),
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

    fn lines(&self, lines: Vec<String>, top: f32, size: f32) -> Vec<LineView> {
        let step = size * leading(&lines);
        let place = |(at, text)| self.at(self.run(text), EDGE, top + size * 0.86 + step * at as f32);
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

    fn table(&self, columns: &[String], rows: &[(String, Vec<String>)]) -> CardTableView {
        const SIZE: f32 = 28.0;
        let wide = ROOM / (columns.len() as f32 + 1.0);
        let place = |column: usize| EDGE + wide * column as f32;
        let set =
            |face, text: &str, column: usize, y| self.at(self.line(face, SIZE, wide - 24.0, text), place(column), y);
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
        1.36
    } else if any(square) {
        1.24
    } else {
        1.15
    }
}

/// The card of a story.
pub fn lay_out(cx: &Cx<'_>, story: &Story, fonts: &Fonts) -> CardPage {
    let theme = &cx.site.settings.theme;
    let setter = Setter { ruler: Ruler::new(fonts, theme), rtl: story.direction == "rtl" };
    let sizes = [(88.0, 2), (76.0, 3), (68.0, 3), (60.0, 3)];
    let (title_size, title) = setter.ruler.lines(Face::Heading, &sizes, ROOM, &story.title);
    let title = setter.lines(title, 176.0, title_size);
    let (start, end) = (setter.x(EDGE), setter.x(EDGE + ROOM));
    let (at_start, at_end) = if setter.rtl { ("end", "start") } else { ("start", "end") };
    // Left to right, `start` is on the left; a text that runs to the left is turned round before it gets its place.
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
        kicker: story.kicker.as_ref().map(|kicker| setter.line(Face::Bold, 30.0, ROOM, kicker)),
        title_size,
        title,
        text: Vec::new(),
        change: None,
        table: None,
        events: None,
        colours: colours(theme),
    };
    match &story.detail {
        Detail::None => {}
        Detail::Text(text) => {
            let (size, lines) = setter.ruler.lines(Face::Regular, &[(34.0, 3)], ROOM, text);
            card.text = setter.lines(lines, 468.0, size);
        }
        Detail::Change { term, before, after } => card.change = Some(setter.change(term, before, after)),
        Detail::Table { columns, rows } => card.table = Some(setter.table(columns, rows)),
        Detail::Events { dots, eras, from, to, count } => {
            let place = |thousandths: u16| EDGE + ROOM * f32::from(thousandths) / 1000.0;
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
