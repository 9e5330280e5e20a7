//! The rule low-contrast: the theme's colours against WCAG 2.2, level AA.

use lightningcss::traits::Parse;
use lightningcss::values::color::{CssColor, RGBA};

use crate::base::{Diagnostic, Diagnostics, Text, rules};
use crate::model::Settings;
use crate::model::settings::{Mode, Theme};

/// The least contrast of text and its background: 1.4.3 of WCAG 2.2.
const LEAST: f64 = 4.5;

/// Looks at the colours of the settings.
pub fn check(settings: &Settings, out: &mut Diagnostics) {
    let theme = &settings.theme;
    let [background, text, accent] = [Theme::BACKGROUND, Theme::TEXT, Theme::ACCENT];
    let own = [&theme.background, &theme.text, &theme.accent];
    let light = Colours::new("light", [background.0, text.0, accent.0], own, out);
    let own = [&theme.background_dark, &theme.text_dark, &theme.accent_dark];
    let dark = Colours::new("dark", [background.1, text.1, accent.1], own, out);
    if theme.mode != Mode::Dark {
        light.check(out);
    }
    if theme.mode != Mode::Light {
        dark.check(out);
    }
}

/// The colours of one mode.
struct Colours<'a> {
    mode: &'static str,
    background: Colour<'a>,
    text: Colour<'a>,
    accent: Colour<'a>,
}

/// One colour, and where the settings give it.
struct Colour<'a> {
    rgba: RGBA,
    written: Option<&'a Text>,
}

impl<'a> Colours<'a> {
    fn new(mode: &'static str, defaults: [&str; 3], written: [&'a Option<Text>; 3], out: &mut Diagnostics) -> Self {
        let [background, text, accent] = defaults;
        let [own_background, own_text, own_accent] = written;
        Self {
            mode,
            background: Colour::new(background, own_background, out),
            text: Colour::new(text, own_text, out),
            accent: Colour::new(accent, own_accent, out),
        }
    }

    fn check(&self, out: &mut Diagnostics) {
        if let Some(written) = self.background.written.filter(|_| self.background.rgba.alpha < 255) {
            let message = format!("the background `{written}` is see-through");
            out.push(
                Diagnostic::error(rules::BAD_VALUE, written.span.clone(), message)
                    .help("give a colour without transparency: what is behind the page is up to the browser"),
            );
        }
        let background = over(self.background.rgba, WHITE);
        for (name, colour) in [("text", &self.text), ("accent", &self.accent)] {
            let Some(at) = colour.written.or(self.background.written) else { continue };
            let shown = over(colour.rgba, background);
            let ratio = contrast(shown, background);
            let (ratio, what) = if ratio < LEAST {
                (ratio, format!("the {name} colour has"))
            } else if name == "text" && contrast(secondary(shown, background), background) < LEAST {
                let ratio = contrast(secondary(shown, background), background);
                (ratio, "secondary text, which is mixed from the text colour and the background, has".to_owned())
            } else {
                continue;
            };
            // Rounded down: 4.496 is not 4.5.
            let shown = (ratio * 100.0).floor() / 100.0;
            let message =
                format!("{what} a contrast of {shown}:1 to the background in {} mode; {LEAST}:1 is wanted", self.mode);
            let mut found = Diagnostic::warning(rules::LOW_CONTRAST, at.span.clone(), message);
            if let Some(background) = self.background.written.filter(|b| b.span != at.span) {
                found = found.label(background.span.clone(), "the background");
            }
            let way = if luminance(background) > 0.18 { "darker" } else { "lighter" };
            out.push(found.help(format!("make the {name} colour {way}")));
        }
    }
}

/// The colour of captions, dates and the like, as the theme's styles mix it.
fn secondary(text: RGBA, background: RGBA) -> RGBA {
    let css = |c: RGBA| format!("rgb({} {} {})", c.red, c.green, c.blue);
    parse(&format!("color-mix(in oklab, {} 70%, {})", css(text), css(background))).unwrap_or(text)
}

const WHITE: RGBA = RGBA { red: 255, green: 255, blue: 255, alpha: 255 };

impl<'a> Colour<'a> {
    fn new(default: &str, written: &'a Option<Text>, out: &mut Diagnostics) -> Self {
        let fallback = parse(default).unwrap_or(WHITE);
        let Some(text) = written else { return Self { rgba: fallback, written: None } };
        match parse(text) {
            Some(rgba) => Self { rgba, written: Some(text) },
            None => {
                let message = format!("`{text}` is not a colour");
                out.push(
                    Diagnostic::error(rules::BAD_VALUE, text.span.clone(), message)
                        .help("write it as in CSS: `#0b57d0`, `rgb(11 87 208)`, `oklch(50% 0.2 260)`, `rebeccapurple`"),
                );
                Self { rgba: fallback, written: None }
            }
        }
    }
}

/// A CSS colour that is the same everywhere: not `currentColor`, nor one of the reader's system.
fn parse(text: &str) -> Option<RGBA> {
    let colour = CssColor::parse_string(text.trim()).ok()?;
    if matches!(colour, CssColor::CurrentColor | CssColor::LightDark(..) | CssColor::System(_)) {
        return None;
    }
    match colour.to_rgb().ok()? {
        CssColor::RGBA(rgba) => Some(rgba),
        _ => None,
    }
}

/// `top` painted over `bottom`, which is opaque.
fn over(top: RGBA, bottom: RGBA) -> RGBA {
    let alpha = f64::from(top.alpha) / 255.0;
    let mix = |top: u8, bottom: u8| (f64::from(top) * alpha + f64::from(bottom) * (1.0 - alpha)).round() as u8;
    RGBA {
        red: mix(top.red, bottom.red),
        green: mix(top.green, bottom.green),
        blue: mix(top.blue, bottom.blue),
        alpha: 255,
    }
}

/// The relative luminance as WCAG 2.2 defines it, 0 to 1.
fn luminance(colour: RGBA) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
}

/// The contrast ratio as WCAG 2.2 defines it, 1 to 21.
fn contrast(a: RGBA, b: RGBA) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let ratio = |a: &str, b: &str| contrast(parse(a).unwrap(), parse(b).unwrap());
        assert!((ratio("#000", "#fff") - 21.0).abs() < 1e-9);
        assert!((ratio("#777", "white") - 4.478).abs() < 0.001);
        assert!((ratio("#767676", "rgb(255 255 255)") - 4.542).abs() < 0.001);
        assert!((ratio("red", "red") - 1.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_taken_for_the_theme_is_what_its_styles_say() {
        let styles = include_str!("../../static/theme/10-tokens.css");
        let named = [("background", Theme::BACKGROUND), ("text", Theme::TEXT), ("accent", Theme::ACCENT)];
        for (name, (light, dark)) in named {
            assert!(styles.contains(&format!("--{name}: light-dark({light}, {dark});")), "{name}");
        }
        for [background, text, accent] in [
            [Theme::BACKGROUND.0, Theme::TEXT.0, Theme::ACCENT.0],
            [Theme::BACKGROUND.1, Theme::TEXT.1, Theme::ACCENT.1],
        ] {
            let background = parse(background).unwrap();
            for colour in [parse(text).unwrap(), parse(accent).unwrap(), secondary(parse(text).unwrap(), background)] {
                assert!(contrast(colour, background) >= LEAST, "{colour:?}");
            }
        }
    }

    #[test]
    fn colours_of_every_notation() {
        for good in
            ["#abc", "#aabbccdd", "rgb(1,2,3)", "hsl(120deg 50% 50%)", "oklch(60% 0.1 240)", "color(display-p3 1 0 0)"]
        {
            assert!(parse(good).is_some(), "{good}");
        }
        for bad in
            ["", "blu", "#12", "currentColor", "light-dark(red, blue)", "CanvasText", "red; } body {", "var(--x)"]
        {
            assert!(parse(bad).is_none(), "{bad}");
        }
    }
}
