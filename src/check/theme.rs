//! The theme's fonts and lengths: whether CSS can read them. Colours are in [`super::colour`], the logo in
//! [`super::links`], words are held against the table of settings.

use lightningcss::properties::{Property, PropertyId};
use lightningcss::stylesheet::ParserOptions;
use lightningcss::traits::Parse;
use lightningcss::values::length::{Length, LengthValue};

use crate::base::{Diagnostic, Diagnostics, Text, nesting, rules, text};
use crate::model::Settings;
use crate::model::look::RADII;

/// Looks at the fonts and the radius.
pub fn check(settings: &Settings, out: &mut Diagnostics) {
    let theme = &settings.theme;
    for (name, font) in theme.fonts() {
        if let Some(font) = font.as_ref().filter(|font| !is_font(font)) {
            let message = format!("`{}` takes a list of fonts, not `{font}`", name.replace('-', "_"));
            out.push(Diagnostic::error(rules::BAD_VALUE, font.span.clone(), message).help(
                "write it as in CSS: names with commas between them, such as `\"Source Serif 4\", Georgia, serif`",
            ));
        }
    }
    if let Some(radius) = theme.radius.as_ref().filter(|radius| !is_radius(radius)) {
        let words = RADII.map(|(word, _)| format!("`{word}`")).join(", ");
        let message = format!("`radius` takes one of {words}, or a length, not `{radius}`");
        let found = Diagnostic::error(rules::BAD_VALUE, radius.span.clone(), message);
        let near = text::did_you_mean(radius, RADII.map(|(word, _)| word));
        out.push(match near {
            Some(word) => found.help(format!("did you mean `{word}`?")),
            None => found.help("write a length as in CSS: `6px`, `0.5rem`"),
        });
    }
}

/// Whether a value ends where it is written: CSS closes by itself what is open at the end of a file, but after a value
/// of the settings the styles go on.
pub fn is_whole(value: &str) -> bool {
    let mut depth = 0_usize;
    let mut quote = None;
    for c in value.chars() {
        match (c, quote) {
            (_, Some(open)) if c == open => quote = None,
            ('\\' | '\n' | '{' | '}' | ';' | '<', _) => return false,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(c),
            ('(', None) => depth += 1,
            (')', None) if depth == 0 => return false,
            (')', None) => depth -= 1,
            _ => {}
        }
    }
    depth == 0 && quote.is_none() && !value.contains("/*") && !nesting::too_deep(value)
}

fn is_font(font: &Text) -> bool {
    let property = || Property::parse_string(PropertyId::FontFamily, font, ParserOptions::default());
    is_whole(font) && matches!(property(), Ok(Property::FontFamily(_)))
}

fn is_radius(radius: &Text) -> bool {
    let length = || match Length::parse_string(radius).ok()? {
        Length::Value(value) => Some(value),
        Length::Calc(_) => None,
    };
    // Without a unit only nothing is a length.
    let has_unit = radius.ends_with(|c: char| c.is_ascii_alphabetic());
    let positive = |value: LengthValue| match value.to_unit_value() {
        (0.0, _) => true,
        (number, _) => number > 0.0 && has_unit,
    };
    RADII.iter().any(|(word, _)| **word == *radius.text) || (is_whole(radius) && length().is_some_and(positive))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{SourcePath, Span};

    fn text(text: &str) -> Text {
        Text { text: text.into(), span: Span::file(&SourcePath::new("expound.toml")), verbatim: false }
    }

    #[test]
    fn fonts() {
        for good in ["Georgia", "\"Source Serif 4\", Georgia, serif", "system-ui", "Noto Sans, sans-serif"] {
            assert!(is_font(&text(good)), "{good}");
        }
        for bad in ["16px", "Georgia;", "a, , b", "serif } body { color: red", "var(--x)", "\"open", "a/b"] {
            assert!(!is_font(&text(bad)), "{bad}");
        }
    }

    #[test]
    fn values_that_end() {
        for good in ["red", "rgb(1 2 3)", "a, \"b (c\"", "'it\"s'"] {
            assert!(is_whole(good), "{good}");
        }
        for bad in ["rgb(1 2 3", "\"a", "red)", "red /* ", "\"a\\\"", "a;b", "}", "\"</style>\""] {
            assert!(!is_whole(bad), "{bad}");
        }
    }

    #[test]
    fn lengths() {
        for good in ["none", "small", "large", "0", "0px", "6px", "0.5rem", "1em"] {
            assert!(is_radius(&text(good)), "{good}");
        }
        for bad in ["6", "-1px", "50%", "round", "calc(1px + 1em)", "1px 2px", "1px;}"] {
            assert!(!is_radius(&text(bad)), "{bad}");
        }
    }
}
