//! Blocks in running text: each drawn by its template.

use std::sync::Arc;

use super::Maker;
use crate::base::{Diagnostics, escape};
use crate::model::chart::Chart;
use crate::model::doc::Part;
use crate::model::{Block, PlaceKind, Section};
use crate::render::blocks::{Place, changes, chart, compare, effects, sources, terms, termsheet, timeline};
use crate::render::chrome::Parts;
use crate::render::cx::Cx;
use crate::render::embed::Embed;
use crate::render::outputs;
use crate::render::templates::Engine;

/// What a block's template is given.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(untagged)]
enum BlockView {
    /// `blocks/timeline.html`
    Timeline { timeline: timeline::TimelineView },
    /// `blocks/terms.html`
    Terms { terms: terms::TermsView },
    /// `blocks/comparison.html`
    Comparison { comparison: compare::ComparisonView },
    /// `blocks/termsheet.html`
    Sheet { sheet: termsheet::TermSheetView },
    /// `blocks/effects.html`
    Effects { effects: effects::EffectsView },
    /// `blocks/chart.html`
    Chart { chart: chart::ChartView },
    /// `blocks/changes.html`
    Changes { changes: changes::ChangesView },
    /// `blocks/sources.html`
    Sources { sources: sources::SourcesView },
}

#[comemo::memoize(enabled = _remember)]
fn draw_block(
    engine: &Arc<Engine>,
    template: &str,
    view: &BlockView,
    page: &str,
    _remember: bool,
) -> Result<String, Diagnostics> {
    engine.render(template, view, page)
}

#[comemo::memoize(enabled = _remember)]
fn draw_component(
    engine: &Arc<Engine>,
    name: &str,
    options: &str,
    page: &str,
    _remember: bool,
) -> Result<String, Diagnostics> {
    let options: serde_json::Value = serde_json::from_str(options).unwrap_or_default();
    engine.render(&format!("components/{name}.html"), &options, page)
}

impl Maker<'_> {
    pub(super) fn chart(
        &self,
        cx: &Cx<'_>,
        chart: &Chart,
        (section, n): (&Section, usize),
        place: &Place,
    ) -> Result<String, Diagnostics> {
        let sheet = |file: &str| {
            let path = section.file.parent()?.join(file);
            match cx.site.place(&path)?.kind {
                PlaceKind::Asset(path) => Some(cx.site_href(&path)),
                _ => None,
            }
        };
        let href = match &chart.file {
            Some(file) => sheet(file),
            None => Some(cx.href(&outputs::data::chart_path(&section.slug, n))),
        };
        let embed = Embed::Chart(section.slug.clone(), n);
        let view = BlockView::Chart { chart: chart::view(cx, chart, href, Some(&embed), place) };
        draw_block(self.engine, "blocks/chart.html", &view, &self.address, self.studio.remember)
    }

    pub(super) fn block(&self, cx: &Cx<'_>, block: &Block, place: &Place) -> Result<String, Diagnostics> {
        let (template, view) = match block {
            Block::Timeline(options) => {
                ("timeline", BlockView::Timeline { timeline: timeline::view(cx, options, place) })
            }
            Block::Terms(options) => ("terms", BlockView::Terms { terms: terms::view(cx, options, place) }),
            Block::Comparison(id, title) => {
                let Some(table) = cx.explainer.data.comparisons.get(&*id.text) else { return Ok(String::new()) };
                let comparison = compare::view(cx, table, title.as_deref(), place);
                ("comparison", BlockView::Comparison { comparison })
            }
            Block::TermSheet(options) => ("termsheet", BlockView::Sheet { sheet: termsheet::view(cx, options, place) }),
            Block::Effects(options) => ("effects", BlockView::Effects { effects: effects::view(cx, options, place) }),
            Block::Changes(options) => ("changes", BlockView::Changes { changes: changes::view(cx, options, place) }),
            Block::Sources(options) => {
                let sources = sources::view(cx, options, &sources::Backlinks::new(), place);
                ("sources", BlockView::Sources { sources })
            }
            Block::Chart(_) => return Ok(String::new()),
            Block::Component(name, options) => {
                return draw_component(self.engine, name, options, &self.address, self.studio.remember);
            }
        };
        draw_block(self.engine, &format!("blocks/{template}.html"), &view, &self.address, self.studio.remember)
    }
}

/// The HTML of a block whose first element says its language, unless it does already.
pub(super) fn with_language(html: String, language: &str) -> String {
    let Some(end) = html.find('>').filter(|_| html.starts_with('<')) else { return html };
    let Some((tag, rest)) = html.split_at_checked(end) else { return html };
    if tag.contains(" lang=") { html } else { format!("{tag} lang=\"{}\"{rest}", escape::html(language)) }
}

/// Whether the timeline has pictures.
pub(super) fn has_pictures(cx: &Cx<'_>) -> bool {
    cx.explainer.data.events.values().any(|event| event.image.is_some())
}

/// The parts of the theme that a text needs.
pub(super) fn parts(cx: &Cx<'_>, section: &Section) -> Parts {
    let mut out = Parts::new();
    let timeline = section.blocks.iter().any(|block| matches!(block, Some(Block::Timeline(_))));
    if section.body.notable_parts().any(|part| matches!(part, Part::Image(_))) || timeline && has_pictures(cx) {
        out.insert("figure");
    }
    if section.body.notable_parts().any(|part| matches!(part, Part::Code(_))) {
        out.insert("code");
    }
    if section.blocks.iter().any(|block| matches!(block, Some(Block::Chart(_)))) {
        out.insert("chart");
    }
    out
}
