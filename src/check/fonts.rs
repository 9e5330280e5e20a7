//! Rules about the site's own fonts: unreadable-font, font-letters, font-licence.

use std::collections::BTreeSet;

use crate::base::{Diagnostic, Diagnostics, SourcePath, rules};
use crate::fonts::Letters;
use crate::model::Site;

/// How many letters a finding names.
const NAMED: usize = 12;

/// Looks at the fonts that the settings name.
pub fn check(site: &Site, out: &mut Diagnostics) {
    if site.fonts.is_empty() {
        return;
    }
    let mut seen = BTreeSet::new();
    for text in site.settings.theme.all_font_files() {
        let path = SourcePath::new(text);
        let Some(file) = site.fonts.get(&path).filter(|_| seen.insert(path.clone())) else { continue };
        match &file.probed {
            Err(trouble) => {
                let (message, help) = trouble.words(text);
                out.push(Diagnostic::error(rules::UNREADABLE_FONT, text.span.clone(), message).help(help));
            }
            Ok(face) if face.restricted || face.whole_only => {
                let what =
                    if face.restricted { "may be put into pages" } else { "may be cut to the letters of a site" };
                let message = format!("`{text}` says of itself that its maker must agree before it {what}");
                out.push(Diagnostic::warning(rules::FONT_LICENCE, text.span.clone(), message).help(
                    "read the font's licence; if it allows use on websites, turn the rule off with `font-licence = \"off\"` in `[check]`",
                ));
            }
            Ok(_) => {}
        }
    }
    letters(site, out);
}

/// Letters that no font of a use has. Signs aside: arrows and the like come from the reader's fonts on most sites. Code
/// is left out too, since little of a site is code.
fn letters(site: &Site, out: &mut Diagnostics) {
    let written: Letters = site.letters().iter().filter(|letter| letter.is_alphanumeric()).collect();
    for texts in site.settings.theme.font_files.iter().take(3) {
        let faces: Vec<_> = texts.iter().filter_map(|text| site.fonts.get(&SourcePath::new(text))).collect();
        let Some(first) = texts.first().filter(|_| faces.iter().all(|file| file.probed.is_ok())) else { continue };
        let mut missing = written.clone();
        for face in faces.iter().filter_map(|file| file.probed.as_ref().ok()) {
            missing.subtract(&face.letters);
        }
        if missing.is_empty() {
            continue;
        }
        let named: Vec<String> = missing.iter().take(NAMED).map(String::from).collect();
        let more = missing.len().saturating_sub(NAMED as u64);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let has = if texts.len() > 1 { "no font in this list has" } else { "this font lacks" };
        out.push(
            Diagnostic::warning(
                rules::FONT_LETTERS,
                first.span.clone(),
                format!("{has} letters that the site is written in: {}{more}", named.join(" ")),
            )
            .help("add a font that has them to the list; until then readers see them in a font of their own"),
        );
    }
}
