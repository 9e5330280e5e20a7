//! Styles and scripts of the theme: bundled, minified, named by their content.

use std::collections::BTreeMap;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;
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
    let look = format!("{LOOKS_FOLDER}{}.css", settings.theme.look.name());
    sources.retain(|(name, _)| !name.starts_with(LOOKS_FOLDER) || *name == look);
    // The look comes after the styles that it changes, and before those that a site adds under names of its own.
    sources.sort_unstable_by_key(|(name, _)| if *name == look { "95" } else { name });

    let mut bundles = BTreeMap::from([("style.css", String::new()), ("script.js", String::new())]);
    bundles.insert("code.css", super::highlight::stylesheet());
    // What can't be read goes through as it is, and the browser says why.
    let small = |(name, text): &(&str, &str)| name.ends_with(".js").then(|| minify_script(text)).flatten();
    let small: Vec<Option<String>> = sources.par_iter().map(small).collect();
    for ((name, text), small) in sources.iter().zip(&small) {
        let bundle = match (name.strip_prefix(PARTS_FOLDER), name.rsplit_once('.')) {
            (part, Some((_, "css"))) => part.unwrap_or("style.css"),
            (part, Some((_, "js"))) => part.unwrap_or("script.js"),
            _ => continue,
        };
        bundles.entry(bundle).or_default().extend([small.as_deref().unwrap_or(text), "\n"]);
    }
    bundles.entry("style.css").or_default().extend([fonts.rules.clone(), variables(&settings.theme, fonts)]);
    let mut unreadable = |css: String, problem: String| {
        let span = own.iter().find(|(n, _)| n.ends_with(".css")).map_or(&settings.span, |(_, text)| &text.span);
        diagnostics.push(
            Diagnostic::error(rules::BAD_SYNTAX, span.clone(), format!("the theme's styles can't be read: {problem}"))
                .help("look at the colours and fonts in `[theme]` and at the files in `static/theme/`"),
        );
        css
    };
    let bundles: Vec<(&str, String)> = bundles.into_iter().collect();
    let small = |(name, text): &(&str, String)| name.ends_with(".css").then(|| minify(text));
    let small: Vec<Option<Result<String, String>>> = bundles.par_iter().map(small).collect();
    for ((name, text), small) in bundles.into_iter().zip(small) {
        let Some((stem, extension)) = name.rsplit_once('.') else { continue };
        let text = match small {
            Some(small) => small.unwrap_or_else(|problem| unreadable(text, problem)),
            None => text,
        };
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

/// A script in fewer letters; `None` if it can't be read.
fn minify_script(text: &str) -> Option<String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::script()).parse();
    if !parsed.diagnostics.is_empty() {
        return None;
    }
    let mut program = parsed.program;
    let minified = Minifier::new(MinifierOptions::default()).minify(&allocator, &mut program);
    let printer = Codegen::new().with_options(CodegenOptions::minify()).with_scoping(minified.scoping);
    Some(printer.build(&program).code)
}

fn minify(css: &str) -> Result<String, String> {
    // Widely available features as of early 2023 go through as they are; newer ones are rewritten where they can be.
    let targets = Targets::from(Browsers {
        chrome: Some(110 << 16),
        firefox: Some(110 << 16),
        safari: Some((16 << 16) | (4 << 8)),
        ..Browsers::default()
    });
    let mut sheet = StyleSheet::parse(css, ParserOptions::default()).map_err(|e| e.to_string())?;
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|e| e.to_string())?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() });
    printed.map(|p| p.code).map_err(|e| e.to_string())
}
