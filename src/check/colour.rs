//! The rule low-contrast: every colour of the theme against what it stands on, by WCAG 2.2, level AA.

use lightningcss::traits::Parse;
use lightningcss::values::color::{CssColor, RGBA};

use crate::base::{Diagnostic, Diagnostics, Text, rules, text};
use crate::model::Settings;
use crate::model::look::{CODE, Look, NEUTRALS, Pair, in_mode};
use crate::model::settings::Mode;

/// Looks at the colours of the settings.
pub fn check(settings: &Settings, out: &mut Diagnostics) {
    let theme = &settings.theme;
    let mut modes = [Palette::new(theme.look, false), Palette::new(theme.look, true)];
    for (name, written) in theme.colours() {
        for (palette, written) in modes.iter_mut().zip(written) {
            let Some(written) = written.as_ref().filter(|written| is_colour(written, &[], out)) else { continue };
            // What is behind the page is up to the browser.
            if name != "background" || is_opaque(written, "background", out) {
                let key = if palette.dark { format!("{name}_dark") } else { name.to_owned() };
                palette.set.push(Set { name, key, value: written.to_string(), written });
            }
        }
    }
    if let Some(written) = &theme.neutral {
        let word = NEUTRALS.iter().find(|(word, _)| **word == *written.text);
        if word.is_some() || (is_colour(written, &NEUTRALS, out) && is_opaque(written, "neutral colour", out)) {
            let value = word.map_or(&*written.text, |(_, value)| value);
            for palette in &mut modes {
                palette.set.push(Set { name: "neutral", key: "neutral".to_owned(), value: value.to_owned(), written });
            }
        }
    }
    let [light, dark] = modes;
    if theme.mode != Mode::Dark {
        light.check(out);
    }
    if theme.mode != Mode::Light {
        dark.check(out);
    }
}

/// Whether it is a colour, or one of the words that may stand for one.
fn is_colour(written: &Text, words: &[(&'static str, &str)], out: &mut Diagnostics) -> bool {
    let sound = parse(written).is_some();
    if !sound {
        let or: String = words.iter().map(|(word, _)| format!(", nor `{word}`")).collect();
        let message = format!("`{written}` is not a colour{or}");
        let found = Diagnostic::error(rules::BAD_VALUE, written.span.clone(), message);
        out.push(match text::did_you_mean(written, words.iter().map(|(word, _)| *word)) {
            Some(word) => found.help(format!("did you mean `{word}`?")),
            None => {
                found.help("write it as in CSS: `#0b57d0`, `rgb(11 87 208)`, `oklch(50% 0.2 260)`, `rebeccapurple`")
            }
        });
    }
    sound
}

fn is_opaque(text: &Text, what: &str, out: &mut Diagnostics) -> bool {
    let opaque = parse(text).is_some_and(|colour| colour.alpha == 255);
    if !opaque {
        let message = format!("the {what} `{text}` is see-through");
        out.push(
            Diagnostic::error(rules::BAD_VALUE, text.span.clone(), message)
                .help("give a colour without transparency: what is behind the page is up to the browser"),
        );
    }
    opaque
}

/// The colours of a look in one mode, with those of the settings in place of its own.
struct Palette<'a> {
    look: Look,
    dark: bool,
    set: Vec<Set<'a>>,
}

/// A colour of the settings.
#[derive(Clone)]
struct Set<'a> {
    /// The token that it takes the place of.
    name: &'static str,
    /// The key of the setting.
    key: String,
    value: String,
    written: &'a Text,
}

/// Two colours that are too close to each other.
struct Fault {
    front: &'static str,
    ground: &'static str,
    ratio: f64,
    least: f64,
}

impl<'a> Palette<'a> {
    fn new(look: Look, dark: bool) -> Self {
        Self { look, dark, set: Vec::new() }
    }

    /// What the styles say of a token in this mode.
    fn value(&self, name: &str) -> Option<String> {
        if let Some(set) = self.set.iter().find(|set| set.name == name) {
            return Some(set.value.clone());
        }
        if let Some(role) = name.strip_prefix("hl-") {
            let (_, light, dark) = CODE.iter().find(|(class, _, _)| *class == role)?;
            return Some(if self.dark { dark } else { light }.to_string());
        }
        self.look.token(name).map(|token| in_mode(token.value, self.dark))
    }

    /// The value of a token, with the values of others in place of their names.
    fn expand(&self, name: &str, depth: u8) -> Option<String> {
        let mut value = self.value(name)?;
        while let Some(at) = value.find("var(--") {
            let end = value.get(at..)?.find(')')? + at;
            // No token is mixed from itself; should the table ever say so, it ends here.
            let inner = self.expand(value.get(at + 6..end)?, depth.checked_sub(1)?)?;
            value.replace_range(at..=end, &inner);
        }
        Some(value)
    }

    fn colour(&self, name: &str) -> Option<RGBA> {
        parse(&self.expand(name, 9)?)
    }

    /// The colour of a ground, `a` or `a over b`.
    fn ground(&self, ground: &str) -> Option<RGBA> {
        match ground.split_once(" over ") {
            Some((top, bottom)) => Some(over(self.colour(top)?, self.ground(bottom)?)),
            None => Some(over(self.colour(ground)?, WHITE)),
        }
    }

    /// The pairs that are too close.
    fn faults(&self) -> Vec<Fault> {
        let all = |pair: &'static Pair| pair.front.iter().flat_map(move |f| pair.grounds.iter().map(move |g| (*f, *g)));
        let of_pair = |pair: &'static Pair| {
            all(pair).filter_map(move |(front, ground)| {
                let behind = self.ground(ground)?;
                let (ratio, least) = (contrast(over(self.colour(front)?, behind), behind), pair.least.ratio());
                (ratio < least).then_some(Fault { front, ground, ratio, least })
            })
        };
        self.look.pairs().flat_map(of_pair).collect()
    }

    /// One finding for each setting that makes colours too close: the worst pair, and which others.
    fn check(&self, out: &mut Diagnostics) {
        if self.set.is_empty() {
            return;
        }
        let mut of_setting: Vec<Vec<(Fault, f64)>> = self.set.iter().map(|_| Vec::new()).collect();
        for fault in self.faults() {
            // The setting without which it would be best. A look alone has no faults: tests see to that.
            let without = (0..self.set.len()).filter_map(|at| Some((at, self.without(at).ratio(&fault)?)));
            let best = without.filter(|(_, ratio)| *ratio > fault.ratio).max_by(|a, b| a.1.total_cmp(&b.1));
            if let Some((list, ratio)) = best.and_then(|(at, ratio)| Some((of_setting.get_mut(at)?, ratio))) {
                list.push((fault, ratio));
            }
        }
        for (at, mut faults) in of_setting.into_iter().enumerate() {
            faults.sort_by(|(a, _), (b, _)| (a.ratio / a.least).total_cmp(&(b.ratio / b.least)));
            out.extend(self.finding(at, &faults));
        }
    }

    /// The palette as it would be without a setting.
    fn without(&self, at: usize) -> Self {
        let rest = self.set.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, set)| set.clone());
        Self { look: self.look, dark: self.dark, set: rest.collect() }
    }

    fn ratio(&self, fault: &Fault) -> Option<f64> {
        let behind = self.ground(fault.ground)?;
        Some(contrast(over(self.colour(fault.front)?, behind), behind))
    }

    /// What is to be said of the faults that a setting makes, worst first.
    fn finding(&self, at: usize, faults: &[(Fault, f64)]) -> Option<Diagnostic> {
        let set = self.set.get(at)?;
        let ((worst, _), others) = faults.split_first()?;
        let mode = if self.dark { "dark" } else { "light" };
        let pair = |fault: &Fault| format!("{} on {}", self.words(fault.front, true), self.words(fault.ground, false));
        let message = format!(
            "the contrast of {} is {}:1 in {mode} mode; {}:1 is wanted",
            pair(worst),
            shown(worst.ratio),
            worst.least
        );
        let mut found = Diagnostic::warning(rules::LOW_CONTRAST, set.written.span.clone(), message);
        let plays_in = |other: usize| other != at && self.without(other).ratio(worst) > Some(worst.ratio);
        if let Some(other) = (0..self.set.len()).find(|other| plays_in(*other)).and_then(|other| self.set.get(other)) {
            found = found.label(other.written.span.clone(), format!("`{}` plays a part in it", other.key));
        }
        let (now, before) = (self.colour(set.name)?, self.without(at).colour(set.name)?);
        let way = if luminance(now) > luminance(before) { "darker" } else { "lighter" };
        found = found.help(format!("make `{}` {way}", set.key));
        if !others.is_empty() {
            let mut list: Vec<String> =
                others.iter().take(3).map(|(fault, _)| format!("{} ({}:1)", pair(fault), shown(fault.ratio))).collect();
            if others.len() > list.len() {
                list.push(format!("and {} more", others.len() - list.len()));
            }
            found = found.help(format!("too close for the same reason: {}", list.join(", ")));
        }
        Some(found)
    }

    /// What a colour is for, in words.
    fn words(&self, name: &str, front: bool) -> String {
        if let Some(role) = name.strip_prefix("hl-") {
            return format!("code ({role})");
        }
        match name.split_once(" over ") {
            Some((top, bottom)) => format!("{} in {}", self.words(top, false), self.words(bottom, false)),
            None if front && name == "background" => "the page's colour".to_owned(),
            None => self.look.token(name).map_or(name, |token| token.words).to_owned(),
        }
    }
}

/// A ratio with two digits, rounded down: 4.496 is not 4.5.
fn shown(ratio: f64) -> f64 {
    (ratio * 100.0).floor() / 100.0
}

const WHITE: RGBA = RGBA { red: 255, green: 255, blue: 255, alpha: 255 };

/// A CSS colour that is the same everywhere: not `currentColor`, nor one of the reader's system.
fn parse(text: &str) -> Option<RGBA> {
    if !super::theme::is_whole(text) {
        return None;
    }
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
mod tests;
