//! Styles and scripts of the theme: bundled, minified, named by their content.

mod small;

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use rayon::prelude::*;

use super::fonts::Sheet;
use crate::base::hash::short_hash;
use crate::base::{Bytes, Diagnostic, Diagnostics, Text, rules};
use crate::model::look::{self, NEUTRALS, RADII};
use crate::model::settings::{Settings, Theme};

static STATIC: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// The theme's own sources: files of this folder of `static/` are parts of the bundle, not copied. A site's file of
/// the same name takes the place of the built-in one.
pub const THEME_FOLDER: &str = "theme/";

/// What pages of other sites load beside an embed.
const EMBED_FOLDER: &str = "embed/";

/// Below [`THEME_FOLDER`]: a style sheet for each look, of which one is bundled.
const LOOKS_FOLDER: &str = "looks/";

/// Below [`THEME_FOLDER`]: style sheets and scripts that only some pages need. Each is a file of its own.
const PARTS_FOLDER: &str = "parts/";

/// The files made from the theme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Assets {
    /// The stylesheet that every page has.
    pub style: Asset,
    /// The script that every page has.
    pub script: Asset,
    /// What only some pages have, by its name: `code.css`.
    pub parts: BTreeMap<String, Asset>,
    /// The style sheet that only an explainer in one file has, which is never a file of its own.
    pub single: String,
    /// All of them, and the built-in files that are copied, with their content.
    pub files: Vec<(String, Bytes)>,
}

/// A file made from the theme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Asset {
    /// Its site path.
    pub path: String,
    /// Its hash, as an attribute `integrity` and the policy have it.
    pub hash: String,
}

/// The built-in files under `static/`, by their path there, in order.
pub fn built_in() -> Vec<(&'static str, &'static [u8])> {
    fn walk(dir: &'static Dir<'_>, out: &mut Vec<(&'static str, &'static [u8])>) {
        for file in dir.files() {
            if let Some(name) = file.path().to_str() {
                out.push((name, file.contents()));
            }
        }
        for dir in dir.dirs() {
            walk(dir, out);
        }
    }
    let mut out = Vec::new();
    walk(&STATIC, &mut out);
    out.sort_unstable();
    out
}

/// Makes the theme's files. `own` are the site's files in `static/theme/`, by name below it.
#[comemo::memoize]
pub fn assets(own: &[(Arc<str>, Text)], settings: &Arc<Settings>, fonts: &Sheet) -> Arc<(Assets, Diagnostics)> {
    let mut diagnostics = Diagnostics::new();
    let mut assets = Assets::default();
    let mut sources: Vec<(&str, &str)> = Vec::new();
    for (path, bytes) in built_in() {
        match path.strip_prefix(THEME_FOLDER) {
            Some(name) if !own.iter().any(|(n, _)| **n == *name) => {
                sources.extend(std::str::from_utf8(bytes).ok().map(|text| (name, text)));
            }
            Some(_) => {}
            // An embed needs the site's address.
            None if path.starts_with(EMBED_FOLDER) && settings.base_url.is_none() => {}
            None => assets.files.push((path.to_owned(), Bytes::new(bytes))),
        }
    }
    sources.extend(own.iter().map(|(name, text)| (&**name, &*text.text)));
    let mut unreadable = |css: String, own: Option<&(Arc<str>, Text)>, problem: String| {
        let span = own.map_or(&settings.span, |(_, text)| &text.span);
        diagnostics.push(
            Diagnostic::error(rules::BAD_SYNTAX, span.clone(), format!("the theme's styles can't be read: {problem}"))
                .help("look at the colours and fonts in `[theme]` and at the files in `static/theme/`"),
        );
        css
    };
    let bundles: Vec<(&str, String)> = bundles(sources, settings.theme.look.name()).into_iter().collect();
    let small = |(name, text): &(&str, String)| name.ends_with(".css").then(|| small::style(text));
    let small: Vec<Option<Result<String, String>>> = bundles.par_iter().map(small).collect();
    let set = fonts.rules.clone() + &variables(&settings.theme, fonts);
    let set = small::style(&set).unwrap_or_else(|problem| unreadable(set, None, problem));
    for ((name, text), small) in bundles.into_iter().zip(small) {
        let Some((stem, extension)) = name.rsplit_once('.') else { continue };
        let own = || own.iter().find(|(name, _)| name.ends_with(".css"));
        let mut text = match small {
            Some(small) => small.unwrap_or_else(|problem| unreadable(text, own(), problem)),
            None => text,
        };
        if name == "style.css" {
            text.push_str(&set);
        }
        if name == "single.css" {
            assets.single = text;
            continue;
        }
        let path = format!("assets/{stem}.{}.{extension}", short_hash(text.as_bytes(), 10));
        let asset = Asset { path: path.clone(), hash: super::policy::hash(text.as_bytes()) };
        assets.files.push((path, Bytes::new(text)));
        match name {
            "style.css" => assets.style = asset,
            "script.js" => assets.script = asset,
            _ => drop(assets.parts.insert(name.to_owned(), asset)),
        }
    }
    Arc::new((assets, diagnostics))
}

/// The sources of the theme, by their names, put together to the files that they make in one of the looks.
fn bundles<'a>(mut sources: Vec<(&'a str, &'a str)>, look: &str) -> BTreeMap<&'a str, String> {
    let look = format!("{LOOKS_FOLDER}{look}.css");
    sources.retain(|(name, _)| !name.starts_with(LOOKS_FOLDER) || *name == look);
    // The look comes after the styles that it changes, and before those that a site adds under names of its own.
    sources.sort_unstable_by_key(|(name, _)| if *name == look { "95" } else { name });
    let mut bundles = BTreeMap::from([("style.css", String::new()), ("script.js", String::new())]);
    bundles.insert("code.css", super::highlight::stylesheet());
    // What can't be read goes through as it is, and the browser says why.
    let small = |(name, text): &(&str, &str)| name.ends_with(".js").then(|| small::script(text)).flatten();
    let small: Vec<Option<String>> = sources.par_iter().map(small).collect();
    for ((name, text), small) in sources.iter().zip(&small) {
        let bundle = match (name.strip_prefix(PARTS_FOLDER), name.rsplit_once('.')) {
            (part, Some((_, "css"))) => part.unwrap_or("style.css"),
            (part, Some((_, "js"))) => part.unwrap_or("script.js"),
            _ => continue,
        };
        bundles.entry(bundle).or_default().extend([small.as_deref().unwrap_or(text), "\n"]);
    }
    bundles
}

/// The settings as custom properties. A colour that is set for one mode alone keeps the look's own in the other.
fn variables(theme: &Theme, own: &Sheet) -> String {
    let safe = |value: &Option<Text>| {
        value.as_ref().map(|value| value.to_string()).filter(|value| !value.contains(['{', '}', ';', '<']))
    };
    let mut set = Vec::new();
    let mut colours = Vec::new();
    for (name, [light, dark]) in theme.colours() {
        let (light, dark) = (safe(light), safe(dark));
        if let Some(token) = theme.look.token(name).filter(|_| light.is_some() || dark.is_some()) {
            let light = light.unwrap_or_else(|| look::in_mode(token.value, false));
            let dark = dark.unwrap_or_else(|| look::in_mode(token.value, true));
            colours.push(format!("--{name}:light-dark({light},{dark})"));
        }
    }
    let meaning = |value: String, words: &[(&str, &str)]| {
        words.iter().find(|(word, _)| *word == value).map_or(value, |(_, meaning)| (*meaning).to_owned())
    };
    let neutral = safe(&theme.neutral).map(|value| meaning(value, &NEUTRALS));
    let radius = safe(&theme.radius).map(|value| meaning(value, &RADII));
    let density = theme.density.map(str::to_owned);
    let fonts = theme.fonts().into_iter().zip(&own.families).map(|((name, font), families)| {
        let rest = safe(font);
        let stack = || format!("var(--{},sans-serif)", name.replace("font", "stack"));
        (name, if families.is_empty() { rest } else { Some(format!("{families},{}", rest.unwrap_or_else(stack))) })
    });
    colours.extend(neutral.map(|value| format!("--neutral:{value}")));
    for (name, value) in [("radius", radius), ("density", density)].into_iter().chain(fonts) {
        set.extend(value.map(|value| format!("--{name}:{value}")));
    }
    let rule = |set: Vec<String>| if set.is_empty() { String::new() } else { format!(":root{{{}}}\n", set.join(";")) };
    // Paper is white, whatever the colours of the screen.
    let colours = rule(colours);
    let colours = if colours.is_empty() { colours } else { format!("@media not print{{{colours}}}\n") };
    colours + &rule(set)
}
