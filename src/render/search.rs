//! What pages have of the search until somebody searches: addresses. What is found there is made in `outputs::search`.

use serde::Serialize;

use super::assets::Assets;
use super::cx::Cx;
use super::outputs::search;
use super::views::ScriptView;

/// What the search needs: where it finds what can be searched, and the parts of the theme that are loaded when a reader
/// first wants to search.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct SearchView {
    /// The address of what can be searched of the explainer; nothing on a page that belongs to none.
    pub own: Option<String>,
    /// The address of what can be searched of all explainers of the site, if there are others.
    pub site: Option<String>,
    /// The style sheet of the search.
    pub style: Option<String>,
    /// The script of the search.
    pub script: Option<ScriptView>,
}

/// What the search of a page needs; `None` where there is nothing to search.
pub fn view(cx: &Cx<'_>, assets: &Assets) -> Option<SearchView> {
    let own = search::has_own(cx.site, cx.explainer).then(|| cx.href(search::OWN));
    let site = search::site_path(cx.site, cx.explainer.translation.as_ref()).map(|path| cx.site_href(&path));
    if own.is_none() && site.is_none() {
        return None;
    }
    let part = |name: &str| assets.parts.get(name);
    Some(SearchView {
        own,
        site,
        style: part("search.css").map(|style| cx.site_href(&style.path)),
        script: part("search.js").map(|s| ScriptView { src: cx.site_href(&s.path), hash: s.hash.clone() }),
    })
}
