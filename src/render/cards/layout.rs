//! Where what a card says stands on it.

use super::detail::Detail;
use super::fit::{Face, Ruler, clean};
use super::fonts::Fonts;
use super::palette::colour;
use super::view::*;
use super::{HEIGHT, WIDTH};
use crate::model::settings::Theme;
use crate::render::cx::Cx;

/// From the edge of the card to what it says.
const EDGE: f32 = 72.0;
/// The width of what it says.
const ROOM: f32 = WIDTH as f32 - 2.0 * EDGE;

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
        match (text.chars().any(to_left), self.rtl) {
            (true, true) => format!("\u{2067}{text}\u{2069}"),
            (true, false) => format!("\u{2068}{text}\u{2069}"),
            // What isn't translated ends where it ends, and signs alone stand as in the text around them.
            (false, true) if text.chars().any(char::is_alphabetic) => format!("\u{2066}{text}\u{2069}"),
            (false, true) => format!("\u{2067}{text}\u{2069}"),
            (false, false) => text,
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
    let drawn = crate::render::fonts::theme(cx.site);
    let setter = Setter { ruler: Ruler::new(fonts, &drawn), rtl: story.direction == "rtl" };
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
