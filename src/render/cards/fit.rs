//! Fits texts into the room that a card has for them: measured with the fonts that draw them.

use icu::segmenter::LineSegmenter;
use icu::segmenter::options::LineBreakOptions;
use resvg::usvg::{Node, Options, Tree};
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::{Fonts, HEADING, TEXT, is_invisible};
use crate::base::escape;
use crate::model::settings::Theme;

/// Texts are measured at this size.
const MEASURED: f32 = 100.0;

/// More letters than fit on any card.
const MOST: usize = 400;

const ELLIPSIS: char = '…';

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Titles.
    Heading,
    /// Everything else, bold.
    Bold,
    /// Everything else.
    Regular,
}

impl Face {
    fn family(self) -> &'static str {
        if self == Self::Heading { HEADING } else { TEXT }
    }

    fn weight(self) -> u16 {
        if self == Self::Regular { 400 } else { 700 }
    }
}

/// Measures with the fonts of a site.
pub struct Ruler<'a> {
    options: Options<'a>,
}

/// A piece of a text that stays on one line.
struct Piece<'t> {
    text: &'t str,
    width: f32,
    /// True if white space follows.
    blank: bool,
}

impl<'a> Ruler<'a> {
    /// A ruler for what is drawn with `fonts`.
    pub fn new(fonts: &'a Fonts, theme: &'a Theme) -> Self {
        Self { options: super::draw::options(fonts, theme) }
    }

    /// The widths of texts at a size of 100.
    fn widths(&self, face: Face, texts: &[&str]) -> Vec<f32> {
        let (family, weight) = (face.family(), face.weight());
        let mut svg = String::from("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>");
        for (at, text) in texts.iter().enumerate() {
            let text = escape::xml(text);
            svg.push_str(&format!(
                "<text id='t{at}' font-family='{family}' font-weight='{weight}' font-size='{MEASURED}'>{text}</text>"
            ));
        }
        svg.push_str("</svg>");
        let tree = Tree::from_str(&svg, &self.options);
        let width = |at: usize| match tree.as_ref().ok()?.node_by_id(&format!("t{at}"))? {
            Node::Text(text) => Some(text.bounding_box().width()),
            _ => None,
        };
        (0..texts.len()).map(|at| width(at).unwrap_or_default()).collect()
    }

    /// The width of a line at a size.
    pub fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        self.widths(face, &[text]).first().copied().unwrap_or_default() * size / MEASURED
    }

    /// A text cut to what fits on one line, with an ellipsis where something is left out.
    pub fn line(&self, face: Face, size: f32, room: f32, text: &str) -> String {
        let text = clean(text);
        if self.width(face, size, &text) <= room {
            return text;
        }
        let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        let cut = |n: usize| {
            let end = ends.get(n).copied().unwrap_or(text.len());
            let kept = text.get(..end).unwrap_or_default();
            // Between words, if not much more is lost by it.
            let word = kept.rfind(' ').filter(|at| *at * 3 > kept.len() * 2 && text.as_bytes().get(end) != Some(&b' '));
            let kept = word
                .and_then(|at| kept.get(..at))
                .unwrap_or(kept)
                .trim_end_matches([' ', ',', ';', ':', '.', '–', '-']);
            format!("{kept}{ELLIPSIS}")
        };
        // The longest beginning that fits; at least one letter.
        let (mut fits, mut too_long) = (1, ends.len());
        while fits + 1 < too_long {
            let middle = usize::midpoint(fits, too_long);
            if self.width(face, size, &cut(middle)) <= room { fits = middle } else { too_long = middle }
        }
        cut(fits)
    }

    /// A text in lines of about the same length, in the largest of `sizes` (each with the lines there is room for) in
    /// which it fits; cut at the end if it doesn't fit in the smallest.
    pub fn lines(&self, face: Face, sizes: &[(f32, usize)], room: f32, text: &str) -> (f32, Vec<String>) {
        let text = clean(text);
        let pieces = self.pieces(face, &text);
        let space = self.space(face);
        for (size, most) in sizes {
            let room = room * MEASURED / size;
            if pieces.iter().all(|piece| piece.width <= room) && wrap(&pieces, space, room).len() <= *most {
                return (*size, join(&balanced(&pieces, space, room)));
            }
        }
        let (size, most) = sizes.last().copied().unwrap_or((MEASURED, 1));
        let scaled = room * MEASURED / size;
        let pieces = self.broken(face, pieces, scaled);
        let lines = wrap(&pieces, space, scaled);
        if lines.len() <= most {
            return (size, join(&balanced(&pieces, space, scaled)));
        }
        let mut kept = join(lines.get(..most.saturating_sub(1)).unwrap_or_default());
        let shown: usize = lines.iter().take(most.saturating_sub(1)).map(|line| line.len()).sum();
        let rest = join(&[pieces.get(shown..).unwrap_or_default().iter().collect()]);
        kept.push(self.line(face, size, room, &rest.concat()));
        (size, kept)
    }

    fn space(&self, face: Face) -> f32 {
        match *self.widths(face, &["x x", "xx"]) {
            [with, without] => with - without,
            _ => 0.0,
        }
    }

    fn pieces<'t>(&self, face: Face, text: &'t str) -> Vec<Piece<'t>> {
        let ends = LineSegmenter::new_auto(LineBreakOptions::default()).segment_str(text);
        // Names in katakana are one word, wherever a line may break by the rules.
        let katakana = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{30A1}'..='\u{30FA}' | 'ー'));
        let within = |at: usize| {
            let (before, after) = text.split_at_checked(at).unwrap_or_default();
            katakana(before.chars().next_back()) && katakana(after.chars().next())
        };
        let ends: Vec<usize> = ends.filter(|at| !within(*at)).collect();
        let parts: Vec<&str> = ends
            .windows(2)
            .filter_map(|pair| text.get(*pair.first()?..*pair.last()?))
            .filter(|p| !p.is_empty())
            .collect();
        let trimmed: Vec<&str> = parts.iter().map(|part| part.trim_end()).collect();
        let widths = self.widths(face, &trimmed);
        (trimmed.iter().zip(&parts).zip(widths))
            .map(|((text, part), width)| Piece { text, width, blank: text.len() < part.len() })
            .collect()
    }

    /// The same with what is too long for a line broken between letters.
    fn broken<'t>(&self, face: Face, pieces: Vec<Piece<'t>>, room: f32) -> Vec<Piece<'t>> {
        let mut out = Vec::new();
        for piece in pieces {
            if piece.width <= room {
                out.push(piece);
                continue;
            }
            let letters: Vec<&str> = piece.text.graphemes(true).collect();
            let widths = self.widths(face, &letters);
            let last = letters.len().saturating_sub(1);
            let parts = letters.into_iter().zip(widths).enumerate();
            out.extend(parts.map(|(at, (text, width))| Piece { text, width, blank: piece.blank && at == last }));
        }
        out
    }
}

/// As many pieces on each line as fit.
fn wrap<'p, 't>(pieces: &'p [Piece<'t>], space: f32, room: f32) -> Vec<Vec<&'p Piece<'t>>> {
    let mut lines: Vec<Vec<&Piece<'_>>> = Vec::new();
    let mut at = 0.0;
    for piece in pieces {
        let gap = match lines.last().and_then(|line| line.last()) {
            Some(before) if before.blank => space,
            _ => 0.0,
        };
        match lines.last_mut() {
            Some(line) if at + gap + piece.width <= room => {
                line.push(piece);
                at += gap + piece.width;
            }
            _ => {
                lines.push(vec![piece]);
                at = piece.width;
            }
        }
    }
    lines
}

/// The same number of lines, with the longest of them as short as can be.
fn balanced<'p, 't>(pieces: &'p [Piece<'t>], space: f32, room: f32) -> Vec<Vec<&'p Piece<'t>>> {
    let count = wrap(pieces, space, room).len();
    let widest = pieces.iter().map(|piece| piece.width).fold(0.0, f32::max);
    let (mut low, mut high) = (widest.min(room), room);
    for _ in 0..12 {
        let middle = f32::midpoint(low, high);
        if wrap(pieces, space, middle).len() > count { low = middle } else { high = middle }
    }
    wrap(pieces, space, high)
}

fn join(lines: &[Vec<&Piece<'_>>]) -> Vec<String> {
    let join = |line: &Vec<&Piece<'_>>| {
        let texts = line.iter().flat_map(|piece| [piece.text, if piece.blank { " " } else { "" }]);
        texts.collect::<String>().trim_end().to_owned()
    };
    lines.iter().map(join).collect()
}

/// A text as a card can show it: on one line, without emoji, and without what XML can't hold or what changes the
/// direction of what comes after it.
pub fn clean(text: &str) -> String {
    let joins = |c: char| matches!(c, '\u{200C}' | '\u{200D}');
    let shown = |c: &char| !c.is_control() && (!is_invisible(*c) || joins(*c)) && !is_emoji(*c) && !is_noncharacter(*c);
    let text: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(shown).take(MOST).collect();
    text.split(' ').filter(|word| !word.is_empty() && !word.chars().all(joins)).collect::<Vec<_>>().join(" ")
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{2604}' | '\u{2607}'..='\u{2712}'
        | '\u{2719}'..='\u{27BF}' | '\u{E0000}'..='\u{E007F}' | '\u{20E3}')
}

fn is_noncharacter(c: char) -> bool {
    matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF)
}
