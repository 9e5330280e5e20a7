//! Rules about images themselves: unreadable-image, unsafe-svg, and what stands in braces after one.

use std::collections::BTreeSet;

use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, rules};
use crate::model::Site;
use crate::model::doc::Image;

use super::scope::{Passage, Scope};

/// What keeps pages from showing an image.
pub fn unreadable(site: &Site, file: &SourcePath, span: Span) -> Option<Diagnostic> {
    let trouble = site.image(file)?.probed.as_ref().err()?;
    let (message, help) = trouble.words(file.as_str());
    Some(Diagnostic::error(rules::UNREADABLE_IMAGE, span, message).help(help))
}

/// Keeps what is said of each image file at its first place alone.
pub fn once(found: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    found.retain(|found| found.rule != rules::UNREADABLE_IMAGE || seen.insert(found.message.clone()));
}

/// What stands in braces after an image and isn't known.
pub fn attributes(passage: &Passage<'_>, image: &Image, out: &mut Diagnostics) {
    for (typed, at) in &image.unknown {
        let span = passage.locate(*at);
        let known = ["wide", "decorative", "credit"];
        let name = typed.split('=').next().unwrap_or(typed);
        out.push(match name {
            "credit" => Diagnostic::error(rules::BAD_VALUE, span, format!("`{typed}` doesn't say whose the image is"))
                .help("write the name in quotation marks: `{credit=\"A. Person\"}`"),
            "wide" | "decorative" => Diagnostic::error(rules::BAD_VALUE, span, format!("`{name}` has no value"))
                .help(format!("write the word alone: `{{{name}}}`")),
            _ => Diagnostic::error(rules::UNKNOWN_KEY, span, format!("an image has no `{name}`"))
                .suggest(name, known)
                .help("after an image may stand `wide`, `decorative` and `credit=\"…\"`"),
        });
    }
    if image.decorative && !image.alt.trim().is_empty() {
        let message = "an image that only decorates has no text for those who don't see it";
        out.push(
            Diagnostic::error(rules::BAD_VALUE, passage.locate(image.at), message)
                .help("take out `decorative`, or the text between the brackets"),
        );
    }
}

/// What is taken out of the explainer's SVG files.
pub fn vectors(scope: &Scope<'_>, out: &mut Diagnostics) {
    for (file, image) in &*scope.explainer.images {
        for taken in image.taken.iter() {
            let message = format!("{} is left out of the published file", taken.what);
            out.push(
                Diagnostic::warning(rules::UNSAFE_SVG, Span::new(file, taken.at.clone()), message)
                    .help("take it out of the drawing; links, styles and animations of its own may stay"),
            );
        }
    }
}
