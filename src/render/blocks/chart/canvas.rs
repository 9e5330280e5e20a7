//! What is drawn on: an SVG of a fixed width in CSS pixels, mirrored where the page runs to the left.

use std::fmt::Write as _;

use crate::base::escape;

/// Letters are this high: labels, and what stands on axes.
pub const LABEL: f64 = 13.0;

/// Where a text is held: its start, its middle or its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// An SVG that is being drawn.
pub struct Canvas {
    width: f64,
    mirrored: bool,
    out: String,
}

impl Canvas {
    /// An empty one.
    pub fn new(width: f64, mirrored: bool) -> Self {
        Self { width, mirrored, out: String::new() }
    }

    /// The finished SVG. `class` says where it is shown, `label` is the id of what describes it.
    pub fn finish(self, class: &str, label: &str, height: f64) -> String {
        let (width, height) = (short(self.width), short(height.ceil()));
        format!(
            "<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"{}\" focusable=\"false\">{}</svg>",
            escape::html(label),
            self.out
        )
    }

    fn x(&self, x: f64) -> f64 {
        if self.mirrored { self.width - x } else { x }
    }

    /// A straight line.
    pub fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), class: &str) {
        let _ = write!(
            self.out,
            "<path class=\"{class}\" d=\"M{} {}L{} {}\"/>",
            short(self.x(x1)),
            short(y1),
            short(self.x(x2)),
            short(y2)
        );
    }

    /// A line through points, broken where there is none.
    pub fn path(&mut self, points: &[Option<(f64, f64)>], class: &str) {
        let mut d = String::new();
        let mut down = false;
        for point in points {
            let Some((x, y)) = point else {
                down = false;
                continue;
            };
            let _ = write!(d, "{}{} {}", if down { "L" } else { "M" }, short(self.x(*x)), short(*y));
            down = true;
        }
        if !d.is_empty() {
            let _ = write!(self.out, "<path class=\"{class}\" d=\"{d}\"/>");
        }
    }

    /// What lies within points.
    pub fn shape(&mut self, points: &[(f64, f64)], class: &str) {
        let mut d = String::new();
        for (at, (x, y)) in points.iter().enumerate() {
            let _ = write!(d, "{}{} {}", if at == 0 { "M" } else { "L" }, short(self.x(*x)), short(*y));
        }
        let _ = write!(self.out, "<path class=\"{class}\" d=\"{d}Z\"/>");
    }

    /// A bar from one place to another.
    pub fn bar(&mut self, from: f64, to: f64, y: f64, height: f64, class: &str) {
        let (a, b) = (self.x(from), self.x(to));
        let width = (a - b).abs().max(1.0);
        let _ = write!(
            self.out,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            short(a.min(b)),
            short(y),
            short(width),
            short(height)
        );
    }

    /// A dot.
    pub fn dot(&mut self, x: f64, y: f64, radius: f64, class: &str) {
        let (x, y) = (short(self.x(x)), short(y));
        let _ = write!(self.out, "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{}\"/>", short(radius));
    }

    /// A line of text; `y` is its middle.
    pub fn text(&mut self, x: f64, y: f64, hold: Hold, class: &str, text: &str) {
        let hold = match hold {
            Hold::Start => "",
            Hold::Middle => " text-anchor=\"middle\"",
            Hold::End => " text-anchor=\"end\"",
        };
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let (x, y) = (short(self.x(x)), short(y + LABEL * 0.35));
        let _ = write!(self.out, "<text x=\"{x}\" y=\"{y}\"{hold}{class}>{}</text>", escape::html(text));
    }
}

/// A length with a tenth of a pixel.
fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// About how wide a text is in the fonts that readers have: rather too much than too little.
pub fn width(text: &str) -> f64 {
    let of = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' => 0.3,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | ' ' | '-' | '\u{a0}' | '\u{202f}' => 0.38,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' => 0.9,
        '0'..='9' | '$' | '€' | '£' => 0.6,
        'A'..='Z' => 0.7,
        c if c.is_ascii() => 0.58,
        // Marks above and below take no room of their own.
        c if unicode_normalization::char::is_combining_mark(c) => 0.0,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' => 1.02,
        '\u{1f000}'..='\u{1ffff}' => 1.3,
        _ => 0.66,
    };
    text.chars().map(of).sum::<f64>() * LABEL
}

/// The pieces of a text between which a line may end: after a space, and in scripts without spaces after every letter.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(|c: char| c == ' ' || width(c.encode_utf8(&mut [0; 4])) > LABEL)
}

/// A text in lines of at most this width, at most so many; what doesn't fit ends in `…`.
pub fn lines(text: &str, most: f64, count: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words(text.trim()) {
        if width(line.trim_end()) + width(word.trim_end()) > most && !line.trim().is_empty() {
            out.push(line.trim_end().to_owned());
            line.clear();
        }
        if !(line.is_empty() && word.trim().is_empty()) {
            line.push_str(word);
        }
    }
    out.push(line.trim_end().to_owned());
    let more = out.len() > count;
    out.truncate(count.max(1));
    for (at, line) in out.iter_mut().enumerate() {
        let cut = more && at + 1 == count.max(1);
        if cut || width(line) > most {
            while !line.is_empty() && width(line) + width("…") > most {
                line.pop();
            }
            line.push('…');
        }
    }
    out
}

/// Moves labels apart that lie too close: each has a middle and a height, and all stay between `top` and `bottom` as far
/// as there is room.
pub fn spread(labels: &mut [(f64, f64)], top: f64, bottom: f64) {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|a, b| labels.get(*a).map_or(0.0, |l| l.0).total_cmp(&labels.get(*b).map_or(0.0, |l| l.0)));
    let mut edge = top;
    for at in &order {
        let Some((middle, height)) = labels.get_mut(*at) else { continue };
        *middle = middle.max(edge + *height / 2.0);
        edge = *middle + *height / 2.0;
    }
    let mut edge = bottom;
    for at in order.iter().rev() {
        let Some((middle, height)) = labels.get_mut(*at) else { continue };
        *middle = middle.min(edge - *height / 2.0);
        edge = *middle - *height / 2.0;
    }
}
