//! The site's own fonts: which portion of each readers get, and the styles that say so.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use icu::locale::Locale;
use icu::locale::exemplar_chars::ExemplarCharacters;
use icu::properties::CodePointMapData;
use icu::properties::props::Script;

use super::{assets, templates};
use crate::base::{SourcePath, Text};
use crate::bundle::{Made, Recipe};
use crate::fonts::{Collector, Face, Fallback, Kind, Letters, Portion, Style};
use crate::model::settings::Theme;
use crate::model::strings::BUILT_IN;
use crate::model::{FontFile, Site, language};

/// The fonts of a site as its pages have them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fonts {
    /// What the styles say of them.
    pub sheet: Sheet,
    /// The site paths of those that nearly every page uses.
    pub first: Vec<String>,
    /// Each file: its site path, and what it is made of.
    pub files: Vec<(String, Arc<Made>)>,
}

/// What the styles say of the site's fonts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sheet {
    /// The rules `@font-face`.
    pub rules: String,
    /// For each of [`Theme::fonts`] the families, in front of what comes after them; empty where there are none.
    pub families: [String; 4],
}

/// Of [`Theme::fonts`] that of code, which few pages begin with.
const CODE: usize = 3;

/// Whatever a site is written in: what keyboards of Latin letters have, punctuation and signs of printers, currencies,
/// and what joins, parts and turns letters without being seen.
const BASIC: [(char, char); 16] = [
    (' ', '~'),
    ('\u{A0}', 'ÿ'),
    ('Œ', 'œ'),
    ('ˆ', 'ˇ'),
    ('˘', '˝'),
    ('\u{2002}', '\u{200F}'),
    ('‐', '‧'),
    ('\u{202F}', '\u{202F}'),
    ('‰', '›'),
    ('⁄', '⁄'),
    ('€', '€'),
    ('₹', '₹'),
    ('№', '№'),
    ('™', '™'),
    ('−', '−'),
    ('×', '×'),
];

/// What dates in languages that don't part words are written with.
const DATES: &str = "年月日時分秒年頃년월일";

/// The fonts of a site; none if the settings name none that can be used.
pub fn fonts(site: &Site) -> Fonts {
    let mut out = Fonts::default();
    if site.fonts.values().all(|file| file.probed.is_err()) {
        return out;
    }
    let letters = letters(site);
    let features = features(&site.static_files.theme);
    let theme = &site.settings.theme;
    let paths = |texts: &[Text]| texts.iter().map(|text| SourcePath::new(text)).collect::<Vec<_>>();
    let early: BTreeSet<SourcePath> = theme.font_files.iter().take(CODE).flat_map(|texts| paths(texts)).collect();
    for text in theme.all_font_files() {
        let source = SourcePath::new(text);
        let Some((file, face)) = face(site, &source) else { continue };
        if out.files.iter().any(|(_, made)| made.source == source) {
            continue;
        }
        let mut own = letters.clone();
        own.intersect(&face.letters);
        // All of a font that stays whole is the same, whatever the site says.
        let portion =
            if face.postscript { Portion::default() } else { Portion { letters: own, features: features.clone() } };
        let path = portion.path(face, file.id);
        // Where all letters are as wide as each other, those that stand in are exactly as wide: it may come at any time.
        let display = if face.kind == Kind::Mono && !early.contains(&source) { "swap" } else { "optional" };
        out.sheet.rules.push_str(&rules(face, &path, display));
        let recipe = Recipe::Font(Arc::new(portion), face.postscript);
        out.files.push((path, Arc::new(Made { source, id: file.id, recipe, place: text.span.clone() })));
    }
    for (at, texts) in theme.font_files.iter().enumerate() {
        let faces: Vec<(SourcePath, &Face)> =
            paths(texts).into_iter().filter_map(|path| face(site, &path).map(|(_, face)| (path, face))).collect();
        if let Some(families) = out.sheet.families.get_mut(at) {
            *families = self::families(&faces);
        }
        // What isn't there when a page is first drawn isn't used on it: browsers have to hear of each early.
        for (source, _) in faces.iter().filter(|_| at != CODE) {
            let path = out.files.iter().find(|(_, made)| made.source == *source).map(|(path, _)| path);
            if let Some(path) = path.filter(|path| !out.first.contains(path)) {
                out.first.push(path.clone());
            }
        }
    }
    out
}

fn face<'a>(site: &'a Site, path: &SourcePath) -> Option<(&'a FontFile, &'a Face)> {
    let file = site.fonts.get(path)?;
    Some((file, file.probed.as_ref().ok()?))
}

/// The theme as cards are drawn with it: the families of the site's own fonts come first.
pub fn theme(site: &Site) -> Theme {
    let mut theme = site.settings.theme.clone();
    let families = theme.font_files.clone().map(|texts| {
        let faces = texts.iter().filter_map(|text| Some(face(site, &SourcePath::new(text))?.1.family.clone()));
        faces.collect::<Vec<_>>().join(",")
    });
    let stacks = [&mut theme.font_body, &mut theme.font_heading, &mut theme.font_ui, &mut theme.font_code];
    for (stack, families) in stacks.into_iter().zip(families).filter(|(_, families)| !families.is_empty()) {
        let rest = stack.as_ref().map(|stack| format!(",{stack}")).unwrap_or_default();
        let text = format!("{families}{rest}").into();
        *stack = Some(Text { text, span: site.settings.span.clone(), verbatim: false });
    }
    theme
}

/// Each family once, then what stands in for the first of them.
fn families(faces: &[(SourcePath, &Face)]) -> String {
    let mut out: Vec<String> = Vec::new();
    for (_, face) in faces {
        let family = format!("\"{}\"", own_family(face));
        if !out.contains(&family) {
            out.push(family);
        }
    }
    let standing_in = faces.iter().find(|(_, face)| !face.fallbacks.is_empty());
    out.extend(standing_in.map(|(_, face)| format!("\"{}\"", fallback_family(face))));
    out.join(",")
}

/// What styles call a font of the site's own: not by its name alone, by which a stack may ask for a reader's.
fn own_family(face: &Face) -> String {
    format!("own {}", face.family)
}

fn fallback_family(face: &Face) -> String {
    format!("like {}", face.family)
}

/// The styles of a font at a site path. With `optional` a page is drawn once, with the font if it is there by then, else with
/// what stands in for it; it never changes under the reader's eyes.
fn rules(face: &Face, path: &str, display: &str) -> String {
    let range = |(from, to): (f32, f32), unit: &str| {
        if (to - from).abs() < 0.01 { format!("{from}{unit}") } else { format!("{from}{unit} {to}{unit}") }
    };
    let style = match face.style {
        Style::Upright => "normal".to_owned(),
        Style::Italic => "italic".to_owned(),
        // Fonts count angles to the left, CSS to the right.
        Style::Slanted(from, to) => format!("oblique {}deg {}deg", 0.0 - to, 0.0 - from),
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    let (family, weight) = (own_family(face), range(face.weight, ""));
    let width =
        if face.width == (100.0, 100.0) { String::new() } else { format!("font-stretch:{};", range(face.width, "%")) };
    let mut out = format!(
        "@font-face{{font-family:\"{family}\";font-style:{style};font-weight:{weight};{width}\
         font-display:{display};src:url(\"{name}\") format(\"woff2\")}}\n"
    );
    for Fallback { names, weight, size, room: [above, below, between] } in &face.fallbacks {
        let names: Vec<String> = names.iter().map(|name| format!("local(\"{name}\")")).collect();
        out.push_str(&format!(
            "@font-face{{font-family:\"{}\";font-style:{style};font-weight:{};src:{};size-adjust:{size:.2}%;\
             ascent-override:{above:.2}%;descent-override:{below:.2}%;line-gap-override:{between:.2}%}}\n",
            fallback_family(face),
            range(*weight, ""),
            names.join(","),
        ));
    }
    out
}

/// Every letter that pages may show: of the site's texts, of the interface in its languages and of the built-in
/// templates, and the alphabets of its languages, so that dates have theirs, and an edit seldom needs another font.
fn letters(site: &Site) -> Letters {
    let mut letters = site.letters();
    letters.union(&BUILT_IN_LETTERS);
    for (from, to) in BASIC {
        letters.extend(from..=to);
    }
    letters.extend(DATES.chars());
    for tag in site.languages() {
        letters.union(&of_language(&tag));
    }
    letters.with_forms()
}

/// The alphabet of a language, and the letters of the interface in it.
#[comemo::memoize]
fn of_language(tag: &str) -> Letters {
    let mut collector = Collector::default();
    let primary = language::primary(tag);
    BUILT_IN.iter().filter(|(code, _)| *code == primary).for_each(|(_, texts)| collector.text(texts));
    let mut letters = collector.letters();
    letters.union(&alphabet(tag));
    letters
}

/// The letters of the built-in templates, styles and scripts.
static BUILT_IN_LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let mut collector = Collector::default();
    templates::built_in().iter().for_each(|(_, text)| collector.text(text));
    for text in assets::built_in().iter().filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok()) {
        collector.text(text);
    }
    collector.letters()
});

/// The alphabet of a language and its digits. Of the thousands of characters of Chinese, Japanese and Korean a site uses
/// few: those alone are wanted.
fn alphabet(tag: &str) -> Letters {
    let Ok(locale) = Locale::try_from_str(tag) else { return Letters::default() };
    let scripts = CodePointMapData::<Script>::new();
    let many = |letter: &char| matches!(scripts.get(*letter), Script::Han | Script::Hangul);
    let mut letters = Letters::default();
    let locale = (&locale).into();
    for set in
        [ExemplarCharacters::try_new_main(&locale), ExemplarCharacters::try_new_numbers(&locale)].iter().flatten()
    {
        letters.extend(set.code_points().iter_chars().filter(|letter| !many(letter)));
        letters.extend(set.strings().iter().flat_map(str::chars));
    }
    letters
}

/// The OpenType features that the site's own styles name: `"ss01"` in `font-feature-settings`, small capitals.
fn features(styles: &[(Arc<str>, Text)]) -> Vec<[u8; 4]> {
    let mut out = Vec::new();
    for (_, text) in styles.iter().filter(|(name, _)| name.ends_with(".css")) {
        if text.text.contains("small-caps") {
            out.extend([*b"smcp", *b"c2sc"]);
        }
        if text.text.contains("font-feature-settings") {
            let tags = text.text.split(['"', '\'']).filter_map(|tag| <[u8; 4]>::try_from(tag.as_bytes()).ok());
            out.extend(tags.filter(|tag| tag.iter().all(u8::is_ascii_alphanumeric)));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}
