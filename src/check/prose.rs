//! Rules about good text: heading-skip, vague-link-text, missing-alt, raw-html, footnote-undefined,
//! footnote-unused.

use crate::base::{Diagnostic, Diagnostics, rules};
use crate::model::doc::{At, Link, Part, is_comment};
use crate::model::language::primary;

use super::scope::{Home, Passage, Scope};

/// Looks at every text of the explainer.
pub fn check(scope: &Scope<'_>, out: &mut Diagnostics) {
    let vague = vague_words(scope.language());
    for passage in &scope.passages {
        if let Home::Section(_) = passage.home {
            check_headings(passage, out);
        }
        check_parts(passage, &passage.doc.parts, vague, scope.input.site.settings.raw_html, out);
        for footnote in &passage.doc.footnotes {
            check_parts(passage, &footnote.parts, vague, scope.input.site.settings.raw_html, out);
        }
        check_footnote_marks(passage, out);
        check_lost_footnotes(passage, out);
    }
}

fn check_headings(passage: &Passage<'_>, out: &mut Diagnostics) {
    let mut above = 1;
    for heading in passage.doc.headings() {
        let level = heading.level;
        let span = passage.locate(heading.at);
        if level == 1 {
            out.push(
                Diagnostic::warning(rules::HEADING_SKIP, span, "a heading of level 1, which only the title is")
                    .help("write `##`; a title of its own wants a section of its own, which is a file"),
            );
        } else if level > above + 1 {
            let wanted = "#".repeat(usize::from(above) + 1);
            let message = match above {
                1 => format!("the first heading is of level {level}"),
                _ => format!("a heading of level {level} follows one of level {above}"),
            };
            out.push(
                Diagnostic::warning(rules::HEADING_SKIP, span, message)
                    .help(format!("write `{wanted}`: who listens to the page takes the gap for a missing part")),
            );
        }
        above = level;
    }
}

/// True for HTML whose marks readers would see; that of what ends is told where it begins.
fn is_told(html: &str) -> bool {
    !html.trim_start().starts_with("</") && !is_comment(html)
}

fn check_parts(passage: &Passage<'_>, parts: &[Part], vague: &[&str], raw_html: bool, out: &mut Diagnostics) {
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::LinkStart(link) => {
                let rest = parts.get(at + 1..).unwrap_or_default();
                let mut content = rest.iter().take_while(|part| !matches!(part, Part::LinkEnd));
                let has_image = content.any(|part| matches!(part, Part::Image(image) if !image.alt.trim().is_empty()));
                check_link_text(passage, link, has_image, vague, out);
            }
            Part::Image(image) if image.alt.trim().is_empty() && !image.decorative => {
                let message = format!("the image `{}` has no text for those who don't see it", image.src);
                out.push(
                    Diagnostic::warning(rules::MISSING_ALT, passage.locate(image.at), message)
                        .help("say between the brackets what it shows: `![two people shaking hands](…)`")
                        .help("if it only decorates, say so behind it: `![](…){decorative}`"),
                );
            }
            Part::RawHtml(html, _, at) if !raw_html && is_told(html.of(&passage.doc.written)) => {
                let help = "write Markdown, or `&lt;` for `<`; `[markdown] raw_html = true` lets HTML through";
                out.push(
                    Diagnostic::warning(
                        rules::RAW_HTML,
                        passage.locate(*at),
                        "readers will see this HTML as it is typed",
                    )
                    .help(help),
                );
            }
            _ => {}
        }
    }
}

fn check_link_text(passage: &Passage<'_>, link: &Link, has_image: bool, vague: &[&str], out: &mut Diagnostics) {
    let text = link.text.trim();
    if text.is_empty() && !has_image {
        out.push(
            Diagnostic::warning(rules::VAGUE_LINK_TEXT, passage.locate(link.at), "this link has no text")
                .help("say between the brackets where it leads"),
        );
        return;
    }
    let plain: String = text.chars().map(|c| if c == '’' { '\'' } else { c }).collect::<String>().to_lowercase();
    let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
    if vague.contains(&plain) {
        let message = format!("the link text `{text}` doesn't say where the link leads");
        out.push(
            Diagnostic::warning(rules::VAGUE_LINK_TEXT, passage.locate(link.at), message)
                .help("link the words that name what is there: many readers go from link to link"),
        );
    }
}

/// Link texts that say nothing, in lower case, by the page's language.
fn vague_words(language: &str) -> &'static [&'static str] {
    match primary(language).as_str() {
        "de" => &[
            "hier",
            "hier klicken",
            "klicken sie hier",
            "klick hier",
            "mehr",
            "mehr lesen",
            "weiterlesen",
            "weiter lesen",
            "mehr erfahren",
            "mehr dazu",
            "link",
            "dieser link",
            "diese seite",
            "siehe hier",
            "dort",
            "dies",
        ],
        "fr" => &[
            "ici",
            "cliquez ici",
            "cliquer ici",
            "lire la suite",
            "lire plus",
            "en savoir plus",
            "plus",
            "lien",
            "ce lien",
            "cette page",
            "cliquez",
            "suite",
            "voir",
            "voir plus",
            "voir ici",
        ],
        "es" => &[
            "aquí",
            "aqui",
            "haga clic aquí",
            "haz clic aquí",
            "pulse aquí",
            "pincha aquí",
            "leer más",
            "leer mas",
            "más",
            "más información",
            "saber más",
            "ver más",
            "enlace",
            "este enlace",
            "esta página",
        ],
        "en" => &[
            "here",
            "click here",
            "click",
            "this",
            "this link",
            "this page",
            "this article",
            "this site",
            "link",
            "links",
            "more",
            "read more",
            "learn more",
            "find out more",
            "see more",
            "more info",
            "more information",
            "details",
            "see here",
            "read here",
            "go here",
            "over here",
            "continue",
            "continue reading",
            "website",
        ],
        _ => &[],
    }
}

/// A footnote's mark without the footnote stays in the text as it is typed: `[^1]`.
fn check_footnote_marks(passage: &Passage<'_>, out: &mut Diagnostics) {
    // Where the note is known, no reader sees its mark as it is typed.
    if memchr::memmem::find(passage.doc.written.as_bytes(), b"[^").is_none() {
        return;
    }
    let texts = text_ranges(passage);
    for start in memchr::memmem::find_iter(passage.text.as_bytes(), "[^") {
        let Some(rest) = passage.text.get(start + 2..) else { continue };
        let Some(len) = rest.find(']').filter(|len| *len > 0) else { continue };
        let Some(label) = rest.get(..len).filter(|label| !label.contains(char::is_whitespace)) else { continue };
        let escaped = passage.text.get(..start).is_some_and(|before| before.ends_with('\\'));
        if !escaped && inside(&texts, start) {
            let span = passage.locate(At::new(start..start + len + 3));
            out.push(
                Diagnostic::warning(rules::FOOTNOTE_UNDEFINED, span, format!("there is no footnote `{label}`"))
                    .help(format!("write it in a paragraph of its own, below: `[^{label}]: …`")),
            );
        }
    }
}

/// A footnote without a mark is nowhere on the page.
fn check_lost_footnotes(passage: &Passage<'_>, out: &mut Diagnostics) {
    for note in &passage.doc.lost_footnotes {
        let label = &note.label;
        let (message, help) = match note.again {
            true => (
                format!("another footnote `{label}` stands before this one, which readers will not see"),
                "give it a label of its own, or take it out".to_owned(),
            ),
            false => (
                format!("nothing refers to the footnote `{label}`, so readers will not see it"),
                format!("write `[^{label}]` where it belongs, or take it out"),
            ),
        };
        out.push(Diagnostic::warning(rules::FOOTNOTE_UNUSED, passage.locate(note.at), message).help(help));
    }
}

/// Where running text stands, outside headings, links and code: byte ranges in the text, in order.
pub fn text_ranges(passage: &Passage<'_>) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = passage
        .doc
        .all_parts()
        .filter_map(|part| match part {
            Part::Text(_, at) => Some((at.start as usize, at.end as usize)),
            _ => None,
        })
        .collect();
    out.sort_unstable();
    out
}

/// True if `at` lies in one of `ranges`, which are in order.
pub fn inside(ranges: &[(usize, usize)], at: usize) -> bool {
    let after = ranges.partition_point(|(start, _)| *start <= at);
    after.checked_sub(1).and_then(|last| ranges.get(last)).is_some_and(|(_, end)| at < *end)
}
