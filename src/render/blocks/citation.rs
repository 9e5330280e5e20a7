//! How to cite a table, and how to cite the explainer.

use crate::render::cx::{Arg, Cx};
use crate::render::outputs::{self, cite};

/// A citation in words, and the address of what is cited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
pub struct CitationView {
    /// "“Three clouds compared”, in: The deal, rewritten. The Paper, 6 May 2026."
    pub text: String,
    /// The address of the table's own page.
    pub href: String,
    /// The same as readers elsewhere need it: in full if the site's address is known.
    pub address: String,
}

impl CitationView {
    /// The citation of a table with this title, whose page of its own is at `path` below the explainer.
    pub(super) fn new(cx: &Cx<'_>, title: &str, path: &str) -> Self {
        let work = outputs::title(cx);
        Self::of(cx, cx.t("cite-in", &[("table", Arg::Text(title)), ("work", Arg::Text(&work))]), path)
    }

    /// The citation of what is named so.
    fn of(cx: &Cx<'_>, named: String, path: &str) -> Self {
        let comma = cx.t("list-comma", &[]);
        let meta = cx.explainer.index.as_ref().map(|index| &index.meta);
        let authors: Vec<_> =
            meta.iter().flat_map(|meta| &meta.authors).map(|author| author.name.to_string()).collect();
        let publisher = cx.site.settings.publisher.as_ref().map(|publisher| publisher.name.to_string());
        let date = meta.and_then(|meta| meta.updated.as_ref().or(meta.published.as_ref())).map(|d| cx.date(d).text);
        let imprint: Vec<_> = [publisher, date].into_iter().flatten().collect();
        let parts = [authors.join(&comma), named, imprint.join(&comma)];
        let parts = parts.iter().filter(|part| !part.is_empty());
        let text = parts.map(|part| cx.t("cite-part", &[("part", Arg::Text(part))])).collect::<Vec<_>>().join("");
        Self { text: text.trim().to_owned(), href: cx.href(path), address: outputs::absolute(cx, path) }
    }
}

/// How to cite the explainer: in words, and for programs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize)]
pub struct PageCitation {
    /// In words.
    pub citation: CitationView,
    /// For programs that keep references; empty where the site's address is not known.
    pub formats: Vec<FormatView>,
}

/// A citation as a program reads it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct FormatView {
    /// `BibTeX` or `CSL-JSON`.
    pub name: &'static str,
    /// The file.
    pub href: String,
    /// What stands in it.
    pub text: String,
}

/// How to cite the explainer at hand.
pub fn of_page(cx: &Cx<'_>) -> PageCitation {
    let names = ["BibTeX", "CSL-JSON"].into_iter();
    let format = |(name, (path, _, write)): (_, (&str, _, cite::Write))| FormatView {
        name,
        href: cx.href(path),
        text: write(cx).trim_end().to_owned(),
    };
    PageCitation {
        citation: CitationView::of(cx, outputs::title(cx), ""),
        formats: names.zip(cite::files(cx)).map(format).collect(),
    }
}
