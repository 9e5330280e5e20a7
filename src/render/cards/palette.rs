//! The colours of a card: those of the look and the settings, in light.

use lightningcss::traits::Parse;
use lightningcss::values::color::CssColor;

use crate::base::nesting;
use crate::model::look::{NEUTRALS, in_mode};
use crate::model::settings::Theme;

/// A colour of the theme as `#rrggbb`, in light, mixed from others as the styles do.
pub fn colour(theme: &Theme, name: &str) -> Option<String> {
    let value = expand(theme, name, 9)?;
    let CssColor::RGBA(rgba) = parse(&value)? else { return None };
    Some(format!("#{:02x}{:02x}{:02x}", rgba.red, rgba.green, rgba.blue))
}

fn expand(theme: &Theme, name: &str, depth: u8) -> Option<String> {
    let mut value = set(theme, name).or_else(|| theme.look.token(name).map(|token| in_mode(token.value, false)))?;
    while let Some(at) = value.find("var(--") {
        let end = value.get(at..)?.find(')')? + at;
        let inner = expand(theme, value.get(at + 6..end)?, depth.checked_sub(1)?)?;
        value.replace_range(at..=end, &inner);
    }
    Some(value)
}

/// What the settings say, if it is a colour.
fn set(theme: &Theme, name: &str) -> Option<String> {
    let value = match name {
        "neutral" => theme.neutral.as_ref(),
        _ => theme.colours().into_iter().find(|(token, _)| *token == name).and_then(|(_, [light, _])| light.as_ref()),
    }?;
    let word = NEUTRALS.iter().find(|(word, _)| name == "neutral" && **word == *value.text).map(|(_, value)| *value);
    let value = word.unwrap_or(&value.text);
    matches!(parse(value), Some(CssColor::RGBA(_))).then(|| value.to_owned())
}

fn parse(value: &str) -> Option<CssColor> {
    if nesting::too_deep(value) {
        return None;
    }
    CssColor::parse_string(value.trim()).ok()?.to_rgb().ok()
}
