//! `llms.txt` (llmstxt.org): what the site is and where its texts and data are, for readers that are programs.

use std::fmt::Write;

use super::markdown;
use super::markdown::{destination, escaped};
use crate::base::Bytes;
use crate::render::cx::Cx;
use crate::render::pages::{self, PageKind};

/// The file of the site. `cx` is the context of the root.
pub fn write(cx: &Cx<'_>) -> Bytes {
    let title = cx.site.settings.title.as_ref().map_or_else(|| super::title(cx), |t| t.to_string());
    let mut out = format!("# {}\n\n", escaped(&title));
    let about = cx.site.settings.description.as_ref().map(|d| d.to_string()).or_else(|| super::description(cx));
    if let Some(about) = about {
        let _ = writeln!(out, "> {}\n", escaped(&about));
    }
    let with_text: Vec<Cx<'_>> = cx
        .site
        .explainers
        .iter()
        .filter(|explainer| pages::has_text(explainer) && explainer.too_long.is_none())
        .map(|explainer| Cx { explainer, ..cx.part("") })
        .collect();
    match with_text.as_slice() {
        [one] => pages_of(&mut out, one),
        several => {
            let _ = writeln!(out, "## {}\n", escaped(&cx.t("explainers", &[])));
            for cx in several {
                link(&mut out, cx, &super::title(cx), "index.md", super::description(cx));
            }
        }
    }
    Bytes::new(out)
}

/// The pages and the data of the site's only explainer.
fn pages_of(out: &mut String, cx: &Cx<'_>) {
    let _ = writeln!(out, "## {}\n", escaped(&cx.t("explainer", &[])));
    let mut later: Vec<(String, String)> = Vec::new();
    for kind in pages::kinds(cx.explainer) {
        let Some(path) = markdown::path(&kind) else { continue };
        match &kind {
            PageKind::Explainer => link(out, cx, &super::title(cx), &path, super::description(cx)),
            PageKind::Section(slug) => {
                let section = cx.explainer.sections.iter().find(|s| s.slug == *slug);
                let about = section.and_then(|s| s.standfirst.as_ref()).map(|s| cx.plain(s));
                link(out, cx, section.map_or(slug, |s| &s.title), &path, about);
            }
            PageKind::Terms => link(out, cx, &cx.t("terms", &[]), &path, None),
            PageKind::Timeline => link(out, cx, &cx.t("timeline", &[]), &path, None),
            PageKind::Comparison(id) => {
                let table = cx.explainer.data.comparisons.get(id);
                let about = table.and_then(|t| t.caption.as_ref()).map(|c| cx.plain(c));
                link(out, cx, table.map_or(id, |t| &t.title.text), &path, about);
            }
            PageKind::Sources => later.push((cx.t("sources", &[]), path)),
            PageKind::Changes => later.push((cx.t("changes", &[]), path)),
            PageKind::Hub | PageKind::Embed(_) | PageKind::NotFound => {}
        }
    }
    let data: Vec<String> = super::data::names(cx).into_iter().map(|name| format!("data/{name}.json")).collect();
    if !data.is_empty() {
        let _ = writeln!(out, "\n## {}\n", escaped(&cx.t("data", &[])));
        for path in data {
            link(out, cx, &path, &path, None);
        }
    }
    if !later.is_empty() {
        // The format's own word for what may be left out; not translated.
        out.push_str("\n## Optional\n\n");
        for (title, path) in later {
            link(out, cx, &title, &path, None);
        }
    }
}

fn link(out: &mut String, cx: &Cx<'_>, title: &str, path: &str, about: Option<String>) {
    let address = destination(&super::absolute(cx, path));
    let about = about.map(|text| format!(": {}", escaped(&text))).unwrap_or_default();
    let _ = writeln!(out, "- [{}]({address}){about}", escaped(title));
}
