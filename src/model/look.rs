//! The built-in looks: their colours, and which of them are read on which.
//!
//! The colours stand a second time in `static/theme/10-tokens.css` and `static/theme/looks/`, where the browser reads
//! them. A test in `check` holds the two to each other.

/// A look of the theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Look {
    /// A newspaper's graphics desk: serif, black rules, paper.
    #[default]
    Broadsheet,
    /// A research institute's note: sans-serif, a band across the top, filled heads of tables.
    Briefing,
}

impl Look {
    /// Each look and its name in the settings.
    pub const ALL: [(&'static str, Self); 2] = [("broadsheet", Self::Broadsheet), ("briefing", Self::Briefing)];

    /// Its name in the settings, which is that of its style sheet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Broadsheet => "broadsheet",
            Self::Briefing => "briefing",
        }
    }

    /// The colours that it adds to those of every look, or puts in their place.
    pub fn own(self) -> &'static [Token] {
        match self {
            Self::Broadsheet => &[],
            Self::Briefing => BRIEFING,
        }
    }

    /// A colour of the look by its name.
    pub fn token(self, name: &str) -> Option<&'static Token> {
        self.own().iter().chain(TOKENS).find(|token| token.name == name)
    }

    /// The pairs that the look shows.
    pub fn pairs(self) -> impl Iterator<Item = &'static Pair> {
        PAIRS.iter().filter(move |pair| pair.look.is_none_or(|look| look == self))
    }
}

/// A colour of the styles: the custom property `--NAME`.
#[derive(Debug)]
pub struct Token {
    /// Its name, without the dashes.
    pub name: &'static str,
    /// Its value in the styles: a colour, or how it is mixed from others.
    pub value: &'static str,
    /// What it colours, in words.
    pub words: &'static str,
}

const fn token(name: &'static str, value: &'static str, words: &'static str) -> Token {
    Token { name, value, words }
}

/// The words for a neutral colour, and what they mean.
pub const NEUTRALS: [(&str, &str); 3] = [("warm", "#897a63"), ("cool", "#64768c"), ("plain", "#777777")];

/// The words for how round corners are, and what they mean.
pub const RADII: [(&str, &str); 3] = [("none", "0px"), ("small", "0.25rem"), ("large", "0.75rem")];

/// The words for how much room there is, and what they mean: the factor of the space between things.
pub const DENSITIES: [(&str, &str); 2] = [("comfortable", "1"), ("compact", "0.7")];

/// The colours of every look.
pub static TOKENS: &[Token] = &[
    token("neutral", "#897a63", "the neutral colour"),
    token(
        "background",
        "light-dark(color-mix(in oklab, var(--neutral) 3%, #ffffff), color-mix(in oklab, var(--neutral) 16%, #0b0b0b))",
        "the page",
    ),
    token(
        "text",
        "light-dark(color-mix(in oklab, var(--neutral) 8%, #131313), color-mix(in oklab, var(--neutral) 14%, #f4f4f4))",
        "text",
    ),
    token("accent", "light-dark(#0b5872, #84c7dc)", "the accent colour"),
    token("muted", "color-mix(in oklab, var(--text) 42%, var(--neutral))", "secondary text"),
    token("rule", "color-mix(in oklab, var(--neutral) 30%, var(--background))", "hairlines"),
    token("rule-strong", "color-mix(in oklab, var(--neutral) 88%, var(--background))", "frames and dots"),
    token("panel", "color-mix(in oklab, var(--neutral) 8%, var(--background))", "panels"),
    token(
        "raised",
        "light-dark(color-mix(in oklab, #ffffff 70%, var(--background)), color-mix(in oklab, var(--neutral) 14%, var(--background)))",
        "popovers",
    ),
    token("tint", "color-mix(in oklab, var(--accent) 8%, var(--background))", "cells that changed"),
    token("tint-strong", "color-mix(in oklab, var(--accent) 20%, var(--background))", "labels of editions"),
    token("fresh", "color-mix(in oklab, var(--good) 8%, var(--background))", "cells that are new"),
    token("standing", "color-mix(in oklab, var(--text) 9%, var(--background))", "badges in cells"),
    token("good", "light-dark(#14602f, #7fcf9b)", "marks of what is new or gained"),
    token("bad", "light-dark(#962a10, #f0a189)", "marks of what is given up"),
    token("both", "light-dark(#6b3fa0, #c4a6ee)", "marks of analysis"),
    token("doubt", "light-dark(#7a5200, #e3bd6a)", "marks of what is disputed"),
    token("added", "color-mix(in oklab, var(--good) 12%, transparent)", "added words"),
    token("removed", "color-mix(in oklab, var(--bad) 12%, transparent)", "removed words"),
    token("focus", "var(--accent)", "the focus frame"),
    token("tone-1", "light-dark(#2f7f96, #5fb1c8)", "the first era"),
    token("tone-2", "light-dark(#b4652a, #dd9a66)", "the second era"),
    token("tone-3", "light-dark(#6a5aa8, #a596de)", "the third era"),
    token("tone-4", "light-dark(#55803a, #94be7b)", "the fourth era"),
    token("tone-5", "light-dark(#ad4a6d, #de8ba9)", "the fifth era"),
    token("tone-6", "light-dark(#7d7463, #b3a995)", "the sixth era"),
];

/// The colours of the briefing.
static BRIEFING: &[Token] = &[
    token("neutral", "#64768c", "the neutral colour"),
    token("accent", "light-dark(#17508f, #8dbbf0)", "the accent colour"),
    token(
        "band",
        "light-dark(color-mix(in oklab, var(--accent) 78%, #000000), color-mix(in oklab, var(--accent) 26%, #0b0d10))",
        "the band",
    ),
    token("band-text", "#ffffff", "text of the band"),
    token("band-muted", "color-mix(in oklab, #ffffff 80%, var(--band))", "secondary text of the band"),
    token("zebra", "color-mix(in oklab, var(--neutral) 6%, var(--background))", "every second row"),
];

/// How much contrast a pair needs: WCAG 2.2, level AA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Least {
    /// Text: 1.4.3.
    Text,
    /// Shapes and lines that say something: 1.4.11.
    Shape,
}

impl Least {
    /// As a ratio to one.
    pub fn ratio(self) -> f64 {
        match self {
            Self::Text => 4.5,
            Self::Shape => 3.0,
        }
    }
}

/// Colours that stand on others.
#[derive(Debug)]
pub struct Pair {
    /// The tokens in front.
    pub front: &'static [&'static str],
    /// The tokens behind; `a over b` where `a` lets `b` show through.
    pub grounds: &'static [&'static str],
    /// How much contrast is needed.
    pub least: Least,
    /// The look that has the pair; `None`: every look.
    pub look: Option<Look>,
}

const fn text(front: &'static [&'static str], grounds: &'static [&'static str]) -> Pair {
    Pair { front, grounds, least: Least::Text, look: None }
}

const fn shape(front: &'static [&'static str], grounds: &'static [&'static str]) -> Pair {
    Pair { front, grounds, least: Least::Shape, look: None }
}

/// What is read on what.
pub static PAIRS: &[Pair] = &[
    // Running text, tables, popovers, panels, and all remarks in them.
    text(
        &["text", "muted", "accent", "good", "bad", "both", "doubt"],
        &["background", "panel", "raised", "tint", "fresh"],
    ),
    text(&["text"], &["tint-strong"]),
    text(&["text", "muted"], &["standing"]),
    text(&["good"], &["added over background", "added over raised", "added over tint", "added over fresh"]),
    text(&["bad"], &["removed over background", "removed over raised", "removed over tint", "removed over fresh"]),
    // The link that skips to the text, what the page says aloud, the step that is chosen.
    text(&["background"], &["text"]),
    // The signs of what changed.
    text(&["background"], &["accent", "good"]),
    text(CODE_TOKENS, &["panel"]),
    shape(&["tone-1", "tone-2", "tone-3", "tone-4", "tone-5", "tone-6"], &["background"]),
    shape(&["rule-strong"], &["background"]),
    shape(&["focus"], &["background", "panel", "raised", "tint", "fresh"]),
    Pair { front: &["band-text", "band-muted"], grounds: &["band"], least: Least::Text, look: Some(Look::Briefing) },
    Pair {
        front: &["text", "muted", "accent", "good", "bad", "both", "doubt"],
        grounds: &["zebra"],
        least: Least::Text,
        look: Some(Look::Briefing),
    },
];

/// The colours of code: a role that words play, and its colours in light and in dark.
pub static CODE: [(&str, &str, &str); 12] = [
    ("comment", "#59636e", "#a3adb8"),
    ("string", "#0a5c36", "#93d7ab"),
    ("escape", "#00606b", "#7fd6df"),
    ("constant", "#8a3b00", "#f2b880"),
    ("keyword", "#a0103c", "#ff9cae"),
    ("operator", "#3d4650", "#c6ced8"),
    ("type", "#6236a3", "#cfb8ff"),
    ("function", "#0b4f9e", "#94c8ff"),
    ("tag", "#0a5c36", "#93d7ab"),
    ("attribute", "#7a4300", "#ecc48d"),
    ("inserted", "#0a5c36", "#93d7ab"),
    ("deleted", "#a0103c", "#ff9cae"),
];

const CODE_TOKENS: &[&str] = &[
    "hl-comment",
    "hl-string",
    "hl-escape",
    "hl-constant",
    "hl-keyword",
    "hl-operator",
    "hl-type",
    "hl-function",
    "hl-tag",
    "hl-attribute",
    "hl-inserted",
    "hl-deleted",
];

/// A value of the styles as it is in one mode: every `light-dark(A, B)` in it is `A`, or `B`.
pub fn in_mode(value: &str, dark: bool) -> String {
    const CALL: &str = "light-dark(";
    let Some((before, rest)) = value.split_once(CALL) else { return value.to_owned() };
    let (mut depth, mut comma, mut end) = (0_usize, None, rest.len());
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => {
                end = at;
                break;
            }
            ')' => depth -= 1,
            ',' if depth == 0 && comma.is_none() => comma = Some(at),
            _ => {}
        }
    }
    let inner = rest.get(..end).unwrap_or_default();
    let (light, other) = comma.and_then(|at| inner.split_at_checked(at)).unwrap_or((inner, inner));
    let side = if dark { other.trim_start_matches(',') } else { light };
    let after = rest.get(end..).and_then(|rest| rest.strip_prefix(')')).unwrap_or_default();
    format!("{before}{}{}", in_mode(side.trim(), dark), in_mode(after, dark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_that_of_one_mode() {
        let value = "mix(light-dark(rgb(1, 2, 3), light-dark(a, b)), 2) light-dark(c,d)";
        assert_eq!(in_mode(value, false), "mix(rgb(1, 2, 3), 2) c");
        assert_eq!(in_mode(value, true), "mix(b, 2) d");
        for broken in ["light-dark(", "light-dark(a", "light-dark(a,", "light-dark()", "x)"] {
            in_mode(broken, true);
        }
    }

    #[test]
    fn looks_are_called_what_they_are() {
        assert!(Look::ALL.iter().all(|(name, look)| look.name() == *name));
        assert!(CODE.iter().map(|role| format!("hl-{}", role.0)).eq(CODE_TOKENS.iter().map(|name| (*name).to_owned())));
    }
}
