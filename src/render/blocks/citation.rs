//! How to cite a table.

use crate::render::cx::{Arg, Cx};
use crate::render::outputs;

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
        let comma = cx.t("list-comma", &[]);
        let meta = cx.explainer.index.as_ref().map(|index| &index.meta);
        let authors: Vec<_> =
            meta.iter().flat_map(|meta| &meta.authors).map(|author| author.name.to_string()).collect();
        let work = outputs::title(cx);
        let named = cx.t("cite-in", &[("table", Arg::Text(title)), ("work", Arg::Text(&work))]);
        let publisher = cx.site.settings.publisher.as_ref().map(|publisher| publisher.name.to_string());
        let date = meta.and_then(|meta| meta.updated.as_ref().or(meta.published.as_ref())).map(|d| cx.date(d).text);
        let imprint: Vec<_> = [publisher, date].into_iter().flatten().collect();
        let parts = [authors.join(&comma), named, imprint.join(&comma)];
        let parts = parts.iter().filter(|part| !part.is_empty());
        let text = parts.map(|part| cx.t("cite-part", &[("part", Arg::Text(part))])).collect::<Vec<_>>().join("");
        Self { text: text.trim().to_owned(), href: cx.href(path), address: outputs::absolute(cx, path) }
    }
}
