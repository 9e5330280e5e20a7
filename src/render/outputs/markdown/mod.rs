//! Each page as Markdown, at the page's address + `index.md`: for readers that are programs, and for whoever wants to
//! take the text away. Made from the data, not from the HTML.

mod blocks;
mod text;

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::base::Bytes;
use crate::model::{Section, Term, TimelineOptions};
use crate::render::blocks::amends::Concern;
use crate::render::cx::{Arg, Cx};
use crate::render::pages::PageKind;
use crate::render::prose::marks::separator;

use text::Cite;
pub use text::{destination, escaped, of_prose};

/// The Markdown of a page; empty for a page that has none.
pub fn file(cx: &Cx<'_>, kind: &PageKind) -> Bytes {
    Bytes::new(page(cx, kind).unwrap_or_default())
}

/// Where the Markdown of a page stands, below the explainer; `None` for a page that has none.
pub fn path(kind: &PageKind) -> Option<String> {
    match kind {
        PageKind::Explainer => Some("index.md".to_owned()),
        PageKind::Section(slug) => Some(format!("{slug}/index.md")),
        PageKind::Terms => Some("terms/index.md".to_owned()),
        PageKind::Timeline => Some("timeline/index.md".to_owned()),
        PageKind::Comparison(id) => Some(format!("compare/{id}/index.md")),
        PageKind::Sources => Some("sources/index.md".to_owned()),
        PageKind::Changes => Some("changes/index.md".to_owned()),
        PageKind::Hub | PageKind::Embed(_) | PageKind::NotFound => None,
    }
}

/// The Markdown of a page.
fn page(cx: &Cx<'_>, kind: &PageKind) -> Option<String> {
    let data = &cx.explainer.data;
    Some(match kind {
        PageKind::Explainer => explainer(cx),
        PageKind::Section(slug) => section_page(cx, cx.explainer.sections.iter().find(|s| s.slug == *slug)?),
        PageKind::Terms => with_title(cx, &cx.t("terms", &[]), &glossary(cx)),
        PageKind::Timeline => {
            let options = TimelineOptions::default();
            with_title(cx, &cx.t("timeline", &[]), &blocks::timeline(cx, &options, false))
        }
        PageKind::Comparison(id) => {
            let table = data.comparisons.get(id)?;
            with_title(cx, &table.title, &blocks::comparison(cx, table))
        }
        PageKind::Sources => finish(heading(cx, &cx.t("sources", &[])) + &blocks::sources(cx, None)),
        PageKind::Changes => finish(heading(cx, &cx.t("changes", &[])) + &blocks::changes(cx, None)),
        PageKind::Hub | PageKind::Embed(_) | PageKind::NotFound => return None,
    })
}

/// Title, standfirst, authors and dates, the short answer, and (in one page) every section; then the sources.
fn explainer(cx: &Cx<'_>) -> String {
    let mut out = format!("# {}\n\n", escaped(&super::title(cx)));
    if let Some(index) = &cx.explainer.index {
        if let Some(standfirst) = &index.meta.standfirst {
            let _ = writeln!(out, "> {}\n", text::line_of_prose(cx, standfirst));
        }
        let authors: Vec<String> = index.meta.authors.iter().map(|a| a.name.to_string()).collect();
        let mut about = Vec::new();
        if !authors.is_empty() {
            about.push(cx.t("by", &[("authors", Arg::Text(&cx.catalogue.list(&authors)))]));
        }
        for (key, date) in [("published", &index.meta.published), ("updated", &index.meta.updated)] {
            about.extend(date.as_ref().map(|d| cx.t(key, &[("date", Arg::Text(&cx.date(d).text))])));
        }
        if !about.is_empty() {
            let _ = writeln!(out, "{}\n", escaped(&about.join(" · ")));
        }
        let _ = writeln!(out, "{}\n", text::of_section(cx, &index.body, 1));
    }
    if cx.explainer.layout() == crate::model::Layout::Cards {
        for section in &cx.explainer.sections {
            let address = super::absolute(cx, &format!("{}/index.md", section.slug));
            let _ = writeln!(out, "- [{}]({})", escaped(&section.title), destination(&address));
        }
        out.push('\n');
    } else {
        for section in &cx.explainer.sections {
            let _ = writeln!(out, "## {}\n", escaped(&section.title));
            if let Some(standfirst) = &section.standfirst {
                let _ = writeln!(out, "{}\n", text::line_of_prose(cx, standfirst));
            }
            let _ = writeln!(out, "{}\n", text::of_section(cx, section, 1));
            out.push_str(&section_amends(cx, section));
        }
    }
    out.push_str(&source_list(cx, &out));
    finish(out)
}

fn section_page(cx: &Cx<'_>, section: &Section) -> String {
    let mut out = heading(cx, &section.title);
    if let Some(standfirst) = &section.standfirst {
        let _ = writeln!(out, "> {}\n", text::line_of_prose(cx, standfirst));
    }
    let _ = writeln!(out, "{}\n", text::of_section(cx, section, 0));
    out.push_str(&section_amends(cx, section));
    out.push_str(&source_list(cx, &out));
    finish(out)
}

/// What was corrected or made clearer in a section, at its end.
fn section_amends(cx: &Cx<'_>, section: &Section) -> String {
    blocks::amends(cx, Concern::Section(&section.slug), false)
}

/// Every term, by group, with what it says in each edition.
fn glossary(cx: &Cx<'_>) -> String {
    let mut groups: Vec<(Option<&str>, Vec<&Term>)> = Vec::new();
    for term in cx.explainer.data.terms.values() {
        let group = term.group.as_ref().map(|g| &*g.text);
        match groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, terms)) => terms.push(term),
            None => groups.push((group, vec![term])),
        }
    }
    let mut out = String::new();
    let other = cx.t("group-other", &[]);
    let grouped = groups.iter().any(|(group, _)| group.is_some());
    for (group, terms) in groups {
        if grouped {
            let _ = writeln!(out, "## {}\n", escaped(group.unwrap_or(&other)));
        }
        for term in terms {
            let level = if grouped { "###" } else { "##" };
            let _ = write!(out, "{level} {}\n\n{}", escaped(&term.name), blocks::definition(cx, term, false));
            let heading = [cx.t("edition", &[]), cx.t("state-value", &[])];
            let rows: Vec<Vec<String>> = cx
                .explainer
                .data
                .editions
                .values()
                .map(|edition| {
                    let state = term.states.iter().find(|s| *s.edition.text == *edition.head.id);
                    vec![escaped(&edition.label), blocks::stated(cx, state)]
                })
                .collect();
            if !rows.is_empty() && !term.states.is_empty() {
                let _ = writeln!(out, "{}", blocks::table(&heading, &rows));
            }
            out.push_str(&blocks::amends(cx, Concern::Term(&term.head.id), false));
        }
    }
    out
}

/// A page's title, and which explainer it belongs to.
fn heading(cx: &Cx<'_>, title: &str) -> String {
    let home = destination(&super::absolute(cx, ""));
    format!("# {}\n\n[{}]({home})\n\n", escaped(title), escaped(&super::title(cx)))
}

fn with_title(cx: &Cx<'_>, title: &str, body: &str) -> String {
    finish(format!("{}{}\n\n{}", heading(cx, title), body.trim_end(), source_list(cx, body)))
}

/// The list that the numbers in brackets in `text` refer to.
fn source_list(cx: &Cx<'_>, text: &str) -> String {
    let opened: Vec<usize> = memchr::memmem::find_iter(text.as_bytes(), "\\[").collect();
    let ends = opened.iter().skip(1).copied().chain([text.len()]);
    let pieces = opened.iter().zip(ends).filter_map(|(start, end)| text.get(start + 2..end));
    let groups = pieces.filter_map(|piece| piece.split_once("\\]"));
    let items = groups.flat_map(|(group, _)| group.split([';', ',']));
    let numbers: BTreeSet<u32> = items.filter_map(|item| item.trim().parse().ok()).collect();
    let list = blocks::sources_numbered(cx, &numbers);
    if list.is_empty() { list } else { format!("## {}\n\n{list}", escaped(&cx.t("sources", &[]))) }
}

/// Citations as they follow a text, with a space before them: ` \[1, p. 4; 2\]`. Empty if none of the sources is known.
fn citations(cx: &Cx<'_>, cites: &[Cite]) -> String {
    let mut known: Vec<(u32, Option<&str>)> =
        cites.iter().filter_map(|(id, locator)| Some((*cx.explainer.numbers.get(id)?, locator.as_deref()))).collect();
    known.sort_by_key(|(number, _)| *number);
    let mut seen = BTreeSet::new();
    known.retain(|cite| seen.insert(*cite));
    if known.is_empty() {
        return String::new();
    }
    let separator = separator(known.iter().map(|(_, locator)| *locator));
    let items: Vec<String> = known
        .iter()
        .map(|(number, locator)| match locator {
            Some(locator) => format!("{number}, {}", escaped(locator)),
            None => number.to_string(),
        })
        .collect();
    format!(" \\[{}\\]", items.join(separator))
}

/// One line break at the end.
fn finish(mut text: String) -> String {
    text.truncate(text.trim_end().len());
    let before = text.len() - text.trim_start().len();
    text.drain(..before);
    text.push('\n');
    text
}
