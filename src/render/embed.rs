//! Embeds: one block of an explainer on a page of its own, for the pages of other sites, with the code to put it there
//! and what oEmbed says of it. They are there where the site's address is known: without it nobody could point to them.

use std::sync::Arc;

use serde_json::json;

use super::blocks::citation::CitationView;
use super::blocks::sources::SourcesView;
use super::blocks::{Place, chart, compare, effects, termsheet, timeline};
use super::cards;
use super::cx::{Arg, Cx};
use super::outputs;
use super::pages::{self, PageKind};
use super::views::EmbedPage;
use crate::base::Bytes;
use crate::base::escape::html;
use crate::model::chart::Chart;
use crate::model::{EffectsOptions, Explainer, Id, Layout, Section, Site, TermSheetOptions, TimelineOptions};

/// The width that oEmbed wants to be told, in pixels; the frame is as wide as there is room.
const WIDTH: usize = 720;

/// A frame is at least so high, in pixels, and at most so: what is longer is scrolled in it.
const HEIGHTS: (usize, usize) = (320, 720);

/// What an embed shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Embed {
    /// The timeline.
    Timeline,
    /// The term sheet.
    Terms,
    /// A comparison.
    Comparison(Id),
    /// Who gains and who gives up.
    Effects,
    /// A chart: the slug of its section, and its number among the blocks there, from 0.
    Chart(Arc<str>, usize),
}

/// The code that puts an embed into a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct EmbedView {
    /// The page of the embed.
    pub href: String,
    /// The frame alone, of a height that fits most widths.
    pub frame: String,
    /// The frame, and a script of this site that fits its height.
    pub fitted: String,
}

/// The embeds of an explainer.
pub fn list(site: &Site, explainer: &Explainer) -> Vec<Embed> {
    if site.settings.base_url.is_none() {
        return Vec::new();
    }
    let mut embeds: Vec<Embed> = pages::kinds(explainer).iter().filter_map(Embed::of).collect();
    if explainer.data.editions.is_empty() {
        embeds.retain(|embed| *embed != Embed::Terms);
    }
    if pages::has_text(explainer) {
        let effects = effects::count(&explainer.data, site.today, &EffectsOptions::default());
        embeds.extend((effects > 0).then_some(Embed::Effects));
        let charts = explainer.texts().flat_map(|section| section.charts().map(|(n, _)| (section.slug.clone(), n)));
        embeds.extend(charts.map(|(slug, n)| Embed::Chart(slug, n)));
    }
    embeds
}

impl Embed {
    /// The embed of what a page shows, if it is a block.
    pub fn of(kind: &PageKind) -> Option<Self> {
        match kind {
            PageKind::Timeline => Some(Self::Timeline),
            PageKind::Terms => Some(Self::Terms),
            PageKind::Comparison(id) => Some(Self::Comparison(id.clone())),
            _ => None,
        }
    }

    /// The page of the site that has the block.
    fn page(&self, explainer: &Explainer) -> PageKind {
        match self {
            Self::Timeline => PageKind::Timeline,
            Self::Terms | Self::Effects => PageKind::Terms,
            Self::Comparison(id) => PageKind::Comparison(id.clone()),
            Self::Chart(slug, _) if explainer.layout() == Layout::Cards && !slug.is_empty() => {
                PageKind::Section(slug.clone())
            }
            Self::Chart(..) => PageKind::Explainer,
        }
    }

    /// Its address below the explainer.
    pub fn path(&self) -> String {
        match self {
            Self::Timeline => "embed/timeline/".to_owned(),
            Self::Terms => "embed/terms/".to_owned(),
            Self::Comparison(id) => format!("embed/compare/{id}/"),
            Self::Effects => "embed/effects/".to_owned(),
            Self::Chart(slug, n) => format!("embed/chart/{}/", outputs::data::chart_name(slug, *n)),
        }
    }

    /// The address, below the explainer, of the page of the site that has the block.
    pub fn home(&self, explainer: &Explainer) -> String {
        match self.page(explainer) {
            PageKind::Timeline => "timeline/".to_owned(),
            PageKind::Terms => "terms/".to_owned(),
            PageKind::Comparison(id) => format!("compare/{id}/"),
            PageKind::Section(slug) => format!("{slug}/"),
            _ => String::new(),
        }
    }

    /// The section and the chart that it shows, if that is what it shows.
    pub fn chart<'a>(&self, explainer: &'a Explainer) -> Option<(&'a Section, &'a Chart)> {
        let Self::Chart(slug, n) = self else { return None };
        let section = explainer.texts().find(|section| section.slug == *slug)?;
        let (_, chart) = section.charts().find(|(at, _)| at == n)?;
        Some((section, chart))
    }

    /// The file, below the explainer, with what oEmbed says of it.
    pub fn oembed(&self) -> String {
        format!("{}oembed.json", self.path())
    }

    /// The name of the block.
    pub fn title(&self, cx: &Cx<'_>) -> String {
        match self {
            Self::Timeline => cx.t("timeline", &[]),
            Self::Terms => cx.t("term-sheet", &[]),
            Self::Comparison(id) => {
                cx.explainer.data.comparisons.get(id).map_or_else(String::new, |table| table.title.to_string())
            }
            Self::Effects => effects::default_title(cx),
            Self::Chart(..) => {
                let title = self.chart(cx.explainer).and_then(|(_, chart)| chart.title.as_ref());
                title.map_or_else(|| outputs::title(cx), |title| title.to_string())
            }
        }
    }

    /// The name of the block with that of the explainer, for those who meet it elsewhere.
    fn full_title(&self, cx: &Cx<'_>) -> String {
        let (title, work) = (self.title(cx), outputs::title(cx));
        if title == work {
            title
        } else {
            cx.t("embed-title", &[("title", Arg::Text(&title)), ("work", Arg::Text(&work))])
        }
    }

    /// The code that puts the block with so many entries or rows into a page of another site.
    pub fn code(&self, cx: &Cx<'_>, entries: usize) -> Option<EmbedView> {
        cx.site.settings.base_url.as_ref()?;
        let address = outputs::absolute(cx, &self.path());
        let frame = format!(
            "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{}\" loading=\"lazy\" style=\"border:0\"></iframe>",
            html(&address),
            html(&self.full_title(cx)),
            self.height(entries)
        );
        let script = outputs::absolute_site(cx, "embed/resize.js");
        let fitted = format!("{frame}\n<script src=\"{}\" async></script>", html(&script));
        Some(EmbedView { href: address, frame, fitted })
    }

    /// How high a frame should be, in pixels.
    fn height(&self, entries: usize) -> usize {
        let entry = match self {
            Self::Timeline => 110,
            Self::Chart(..) => 40,
            _ => 64,
        };
        (260 + entries * entry).clamp(HEIGHTS.0, HEIGHTS.1)
    }
}

/// The block that an embed shows, without tools and files; the frame of its page is empty.
pub fn block(cx: &Cx<'_>, embed: &Embed) -> EmbedPage {
    let mut page = EmbedPage::default();
    match embed {
        Embed::Timeline => {
            let view = timeline::view(cx, &TimelineOptions::default(), &Place::OWN);
            let (tools, as_of, downloads) = (None, None, Vec::new());
            page.timeline = Some(timeline::TimelineView { tools, as_of, downloads, embed: None, ..view });
        }
        Embed::Terms => {
            let view = termsheet::view(cx, &TermSheetOptions::default(), &Place::OWN);
            let (as_of, choice, downloads, citation) = (None, false, Vec::new(), CitationView::default());
            let sheet = termsheet::TermSheetView { as_of, choice, downloads, citation, embed: None, ..view };
            page.sheet = Some(sheet);
        }
        Embed::Comparison(id) => {
            let table = cx.explainer.data.comparisons.get(id);
            page.comparison = table.map(|table| compare::ComparisonView {
                choice: false,
                sortable: false,
                downloads: Vec::new(),
                citation: CitationView::default(),
                embed: None,
                ..compare::view(cx, table, None, &Place::OWN)
            });
        }
        Embed::Effects => {
            let view = effects::view(cx, &EffectsOptions::default(), &Place::OWN);
            let (downloads, citation) = (Vec::new(), CitationView::default());
            page.effects = Some(effects::EffectsView { downloads, citation, embed: None, ..view });
        }
        Embed::Chart(..) => {
            page.chart = embed.chart(cx.explainer).map(|(_, chart)| chart::view(cx, chart, None, None, &Place::OWN));
        }
    }
    page
}

/// Who published what an embed rests on, so that a picture of it still says so; those of whom nothing is known by their
/// titles.
pub fn source_line(cx: &Cx<'_>, sources: &SourcesView) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for source in &sources.cited {
        let name = source.publisher.as_ref().unwrap_or(&source.title);
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    if names.len() > 4 {
        let more = names.split_off(3).len();
        names.push(cx.t("embed-sources-more", &[("n", Arg::Number(more as f64))]));
    }
    let names = cx.catalogue.list(&names);
    (!names.is_empty()).then(|| cx.t("embed-sources", &[("names", Arg::Text(&names))]))
}

/// What oEmbed says of an embed: <https://oembed.com/>, its type `rich`.
pub fn oembed(cx: &Cx<'_>, embed: &Embed) -> Bytes {
    let entries = match embed {
        Embed::Timeline => timeline::count(cx, &TimelineOptions::default()),
        Embed::Terms => termsheet::count(cx, &TermSheetOptions::default()),
        Embed::Comparison(id) => cx.explainer.data.comparisons.get(id).map_or(0, |table| table.rows.len()),
        Embed::Effects => effects::count(&cx.explainer.data, cx.today, &EffectsOptions::default()),
        Embed::Chart(..) => embed.chart(cx.explainer).map_or(0, |(_, chart)| chart::tall(chart)),
    };
    let settings = &cx.site.settings;
    let publisher = settings.publisher.as_ref().map(|publisher| publisher.name.to_string());
    let provider = publisher.or_else(|| cx.about_site().title.map(|title| title.to_string()));
    let authors = cx.explainer.index.iter().flat_map(|index| &index.meta.authors);
    let authors: Vec<String> = authors.map(|author| author.name.to_string()).collect();
    let mut about = json!({
        "version": "1.0",
        "type": "rich",
        "title": embed.full_title(cx),
        "provider_name": provider.unwrap_or_else(|| outputs::title(cx)),
        "provider_url": outputs::absolute_site(cx, ""),
        "width": WIDTH,
        "height": embed.height(entries),
        "html": embed.code(cx, entries).map(|code| code.frame).unwrap_or_default(),
    });
    if let Some(about) = about.as_object_mut().filter(|_| !authors.is_empty()) {
        about.insert("author_name".to_owned(), authors.join(&cx.t("list-comma", &[])).into());
    }
    if let Some((about, card)) = about.as_object_mut().zip(cards::of_page(cx, &embed.page(cx.explainer))) {
        about.insert("thumbnail_url".to_owned(), card.address.into());
        about.insert("thumbnail_width".to_owned(), cards::WIDTH.into());
        about.insert("thumbnail_height".to_owned(), cards::HEIGHT.into());
    }
    Bytes::new(format!("{about:#}\n"))
}

/// Finished HTML whose links leave the frame that it is shown in: each that doesn't lead to a place of the page itself
/// opens a page of its own.
pub fn open_outside(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    let links = memchr::memmem::Finder::new("<a ");
    while let Some((before, tag)) = links.find(rest.as_bytes()).and_then(|at| rest.split_at_checked(at + 2)) {
        out.push_str(before);
        let mut quoted = false;
        let end = memchr::memchr2_iter(b'"', b'>', tag.as_bytes()).find(|at| match tag.as_bytes().get(*at) {
            Some(b'>') => !quoted,
            _ => {
                quoted = !quoted;
                false
            }
        });
        let attributes = tag.get(..end.unwrap_or(tag.len())).unwrap_or_default();
        let leaves = attributes.contains(" href=\"") && !attributes.contains(" href=\"#");
        if leaves && !attributes.contains(" target=") {
            out.push_str(" target=\"_blank\"");
        }
        rest = tag;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_leave_the_frame_but_for_those_within_the_page() {
        let html = "<p><a href=\"#x\">x</a> <a class=\"y\" title=\"a > href='#'\" href=\"/y/\">y</a> <abbr>a</abbr><a id=\"z\">";
        let seen = "<p><a href=\"#x\">x</a> <a target=\"_blank\" class=\"y\" title=\"a > href='#'\" href=\"/y/\">y</a> <abbr>a</abbr><a id=\"z\">";
        assert_eq!(open_outside(html), seen);
        assert_eq!(open_outside(seen), seen);
        assert_eq!(open_outside("<a "), "<a ");
    }
}
