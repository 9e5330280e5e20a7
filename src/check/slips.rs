//! Text that is almost a block, an image's attributes or a phrase in another language: readers would see it as it is
//! typed. unknown-block, unknown-key and bad-value.

use crate::base::{Diagnostic, Diagnostics, rules};
use crate::model::Block;
use crate::model::doc::{At, Code, Image, Part};

use super::scope::{Passage, Scope};

/// Looks at every text of the explainer.
pub fn check(scope: &Scope<'_>, out: &mut Diagnostics) {
    for passage in &scope.passages {
        for part in passage.doc.all_parts() {
            match part {
                Part::Code(code) => out.extend(no_braces(passage, code)),
                Part::Image(image) => out.extend(apart(passage, image)),
                Part::Text(text, at) if memchr::memchr(b'{', text.as_bytes()).is_some() => {
                    out.extend(no_language(passage, text, *at));
                }
                _ => {}
            }
        }
    }
}

/// Code whose language is the name of a block.
fn no_braces(passage: &Passage<'_>, code: &Code) -> Option<Diagnostic> {
    let name = Block::NAMES.into_iter().find(|name| *name == &*code.language)?;
    let fence = passage.text.get(code.at.range())?.lines().next()?.trim_end();
    // Further words make it something else.
    (fence.trim_start_matches(['`', '~', ' ']) == name).then(|| {
        let at = At::new(code.at.range().start..code.at.range().start + fence.len());
        Diagnostic::error(rules::UNKNOWN_BLOCK, passage.locate(at), "readers will see this block as it is typed")
            .help(format!("write its name between braces: `{{{name}}}`"))
    })
}

/// Braces that a space keeps from the image before them.
fn apart(passage: &Passage<'_>, image: &Image) -> Option<Diagnostic> {
    let end = image.at.range().end;
    let line = passage.text.get(end..)?.lines().next()?;
    let braces = line.trim();
    let inner = braces.strip_prefix('{')?.strip_suffix('}').filter(|inner| !inner.contains('}'))?.trim_start();
    let known = ["wide", "decorative", "credit="].iter().any(|name| inner.starts_with(name));
    (known && line.starts_with([' ', '\t'])).then(|| {
        let start = end + (line.len() - line.trim_start().len());
        let at = At::new(start..start + braces.len());
        Diagnostic::error(rules::UNKNOWN_KEY, passage.locate(at), "readers will see these braces as they are typed")
            .help("write them right behind the image, without a space: `![…](…){wide}`")
    })
}

/// A phrase that is said to be in a language that is none.
fn no_language(passage: &Passage<'_>, text: &str, at: At) -> Option<Diagnostic> {
    let (_, rest) = text.split_once("]{lang=")?;
    let (tag, _) = rest.split_once('}')?;
    let message = format!("`{tag}` is no language tag");
    let span = passage.locate_in(at, &format!("{{lang={tag}}}"));
    Some(
        Diagnostic::error(rules::BAD_VALUE, span, message)
            .help("write it as in `[Bundestag]{lang=de}`: two letters, with a region where it matters, `pt-BR`"),
    )
}
