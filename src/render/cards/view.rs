//! What a card says, and what its template is given.

use serde::Serialize;

use super::detail::{self, Detail};
use super::fit::clean;
use super::fonts::Fonts;
use crate::base::{Span, Text};
use crate::model::Explainer;
use crate::render::cx::Cx;
use crate::render::outputs;
use crate::render::pages::PageKind;

/// What a card says, before anything is measured.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Story {
    pub(super) kind: &'static str,
    pub(super) language: String,
    pub(super) direction: &'static str,
    pub(super) site: String,
    pub(super) date: Option<String>,
    pub(super) kicker: String,
    pub(super) title: String,
    pub(super) detail: Detail,
}

/// `card.svg`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardPage {
    /// What the card is of.
    pub card: CardView,
}

/// A card: texts cut to what fits, and their places in pixels from the top left corner.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardView {
    /// The kind of page: `explainer`, `hub`, `section`, `terms`, `timeline`, `compare`.
    pub kind: &'static str,
    /// The language (BCP 47).
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The look: `broadsheet` or `briefing`.
    pub look: &'static str,
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
    /// Where lines begin: 72, or 1128 in languages that run to the left.
    pub start: f32,
    /// Where lines end.
    pub end: f32,
    /// The `text-anchor` of what stands at `start`.
    pub at_start: &'static str,
    /// The `text-anchor` of what stands at `end`.
    pub at_end: &'static str,
    /// The site's name.
    pub site: String,
    /// The date of the page, in words.
    pub date: Option<String>,
    /// What the page is, or what it belongs to; stands above the title.
    pub kicker: String,
    /// The size of the title.
    pub title_size: f32,
    /// The title, in lines.
    pub title: Vec<LineView>,
    /// The size of what stands below the title.
    pub text_size: f32,
    /// A sentence or two below the title, or in what respects a comparison compares; in lines.
    pub text: Vec<LineView>,
    /// What became of a term.
    pub change: Option<CardChangeView>,
    /// What a comparison compares.
    pub columns: Vec<CardColumnView>,
    /// The corner of a term sheet.
    pub table: Option<CardTableView>,
    /// The run of the events.
    pub events: Option<CardEventsView>,
    /// The colours of the theme, in light.
    pub colours: CardColoursView,
}

/// A line of a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineView {
    /// What it says.
    pub text: String,
    /// Where it stands, from the left.
    pub x: f32,
    /// Where its base line is, from the top.
    pub y: f32,
}

/// What became of a term.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardChangeView {
    /// The term.
    pub term: String,
    /// What it was.
    pub before: String,
    /// What it is now.
    pub after: LineView,
    /// Where the arrow between them begins.
    pub arrow: f32,
    /// How long it is; below zero if it points to the left.
    pub arrow_length: f32,
}

/// What a comparison compares: one of its columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardColumnView {
    /// Its left edge.
    pub x: f32,
    /// Its width.
    pub width: f32,
    /// The size of its name.
    pub size: f32,
    /// Its name, in lines.
    pub name: Vec<LineView>,
}

/// The corner of a term sheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardTableView {
    /// The heads of its columns.
    pub columns: Vec<LineView>,
    /// Its rows.
    pub rows: Vec<CardRowView>,
}

/// A row of the corner of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardRowView {
    /// Its heading.
    pub name: LineView,
    /// Its cells, one a column.
    pub cells: Vec<LineView>,
}

/// The run of the events.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardEventsView {
    /// The events.
    pub dots: Vec<DotView>,
    /// The eras.
    pub eras: Vec<BarView>,
    /// The first year.
    pub from: String,
    /// The last year.
    pub to: String,
    /// How many events there are, in words.
    pub count: String,
}

/// An event on a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DotView {
    /// Where it stands, from the left.
    pub x: f32,
    /// True for a key event.
    pub key: bool,
}

/// An era on a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BarView {
    /// Its left end.
    pub x: f32,
    /// Its width.
    pub width: f32,
    /// Its colour.
    pub colour: String,
}

/// The colours of a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CardColoursView {
    /// The page.
    pub background: String,
    /// Text.
    pub text: String,
    /// Links and marks.
    pub accent: String,
    /// Secondary text.
    pub muted: String,
    /// Hairlines.
    pub rule: String,
    /// Frames and dots.
    pub rule_strong: String,
    /// Cells that changed.
    pub tint: String,
    /// The band of the look `briefing`; the page in others.
    pub band: String,
    /// Text on the band.
    pub band_text: String,
    /// Secondary text on the band.
    pub band_muted: String,
}

/// Whose the card is: the words at the top of each page, else the site's name, else the publisher's. What stands larger
/// below is not said twice.
fn sender(cx: &Cx<'_>, title: &str, kicker: &str) -> String {
    let texts = cx.about_site();
    let root = cx.site.explainers.first().and_then(|root| root.index.as_ref()).map(|index| &index.meta.title);
    let publisher = cx.site.settings.publisher.as_ref().map(|publisher| &publisher.name);
    let names = [texts.masthead.as_ref(), texts.title.as_ref(), root, publisher].into_iter().flatten();
    let new = |name: &&Text| *name.text != *title && *name.text != *kicker;
    names.into_iter().find(new).map(|name| name.to_string()).unwrap_or_default()
}

/// The titles that stand on an explainer's cards, with their places in the sources.
pub fn titles(cx: &Cx<'_>) -> Vec<(String, Span)> {
    let explainer = cx.explainer;
    let place = |text: &Text| (text.to_string(), text.span.clone());
    let own = explainer.index.iter().map(|index| place(&index.meta.title));
    let wanted = |kind: &PageKind| matches!(kind, PageKind::Section(_) | PageKind::Comparison(_));
    let others =
        super::list(explainer).into_iter().map(|(_, kind)| kind).filter(wanted).filter_map(|kind| match kind {
            PageKind::Section(slug) => section(explainer, &slug).map(|s| place(&s.title)),
            PageKind::Comparison(id) => explainer.data.comparisons.get(&id).map(|c| place(&c.title)),
            _ => None,
        });
    own.chain(others).collect()
}

fn section<'a>(explainer: &'a Explainer, slug: &str) -> Option<&'a crate::model::Section> {
    explainer.sections.iter().find(|s| *s.slug == *slug).map(|s| &**s)
}

impl Story {
    /// What the card of a page says.
    pub fn new(cx: &Cx<'_>, kind: &PageKind) -> Self {
        let explainer = cx.explainer;
        let meta = explainer.index.as_ref().map(|index| &index.meta);
        let whole = outputs::title(cx);
        let described = || outputs::description(cx).map(Detail::Text);
        let (name, kicker, title, detail) = match kind {
            PageKind::Section(slug) => {
                let section = section(explainer, slug);
                let text = section.and_then(|s| s.standfirst.as_ref()).map(|s| Detail::Text(cx.plain(s)));
                let title = section.map(|s| s.title.to_string()).unwrap_or_default();
                ("section", whole, title, text.or_else(|| detail::change(cx)))
            }
            PageKind::Terms => ("terms", cx.t("term-sheet", &[]), whole, detail::sheet(cx).or_else(described)),
            PageKind::Timeline => ("timeline", cx.t("timeline", &[]), whole, detail::events(cx)),
            PageKind::Comparison(id) => {
                let comparison = explainer.data.comparisons.get(id);
                let title = comparison.map(|c| c.title.to_string()).unwrap_or_default();
                ("compare", whole, title, comparison.and_then(|c| detail::table(c)))
            }
            PageKind::Hub => ("hub", cx.t("explainers", &[]), whole, described()),
            _ => {
                let kicker = meta.and_then(|m| m.kind.as_ref()).map(|kind| kind.to_string());
                let kicker = kicker.unwrap_or_else(|| cx.t("explainer", &[]));
                ("explainer", kicker, whole, detail::change(cx).or_else(described))
            }
        };
        let date = meta.and_then(|meta| meta.updated.as_ref().or(meta.published.as_ref()));
        Self {
            kind: name,
            language: cx.catalogue.language().to_owned(),
            direction: cx.catalogue.direction(),
            site: sender(cx, &title, &kicker),
            date: date.map(|date| cx.date(date).text),
            kicker,
            title,
            detail: detail.unwrap_or_default(),
        }
    }

    /// The same without what the fonts have no letters for. A title that can't be shown gives its place to whose the
    /// card is.
    pub(super) fn sayable(self, fonts: &Fonts) -> Self {
        let known = |text: &str| fonts.missing(&clean(text)).is_empty();
        let all = |texts: &[&str]| texts.iter().all(|text| known(text));
        let detail = match &self.detail {
            Detail::None | Detail::Events { .. } => true,
            Detail::Text(text) => known(text),
            Detail::Change { term, before, after } => all(&[term, before, after]),
            Detail::Columns { columns, rows } => known(rows) && columns.iter().all(|column| known(column)),
            Detail::Table { columns, rows } => {
                let mut cells = rows.iter().flat_map(|(name, cells)| cells.iter().chain([name]));
                columns.iter().all(|column| known(column)) && cells.all(|cell| known(cell))
            }
        };
        let or_empty = |text: String| if known(&text) { text } else { String::new() };
        let (title, site) = if known(&self.title) { (self.title, self.site) } else { (self.site, String::new()) };
        Self {
            title: or_empty(title),
            site: or_empty(site),
            kicker: or_empty(self.kicker),
            date: self.date.filter(|date| known(date)),
            detail: if detail { self.detail } else { Detail::None },
            ..self
        }
    }

    /// The same in words, for those who don't see the card.
    pub fn alt(&self) -> String {
        let title = format!("{}: {}", self.kicker, self.title);
        let detail = match &self.detail {
            Detail::None => None,
            Detail::Text(text) => Some(text.clone()),
            Detail::Change { term, before, after } => Some(format!("{term}: {before} → {after}")),
            Detail::Table { columns, .. } => Some(columns.join(" → ")),
            Detail::Columns { columns, .. } => Some(columns.join(" · ")),
            Detail::Events { from, to, count, .. } => Some(format!("{count}, {from}–{to}")),
        };
        [Some(title), detail].into_iter().flatten().collect::<Vec<_>>().join(" – ")
    }
}
