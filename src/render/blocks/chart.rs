//! Charts, drawn when the site is built: no script, nothing to wait for. Behind each stands its table.

mod axes;
mod canvas;
mod draw;
mod scale;

use super::{Download, Place};
use crate::model::chart::{Chart, ChartKind, Number};
use crate::render::cx::{Arg, Cx, Html, ProvenanceView};
use crate::render::embed::{Embed, EmbedView};

/// How wide the drawings are, in CSS pixels: on a phone, and in the column of text. Styles show one of them.
const WIDTHS: [(&str, f64); 2] = [("on-phone", 328.0), ("on-page", 684.0)];

/// `blocks/chart.html`: a chart with its table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ChartView {
    /// The id of the block.
    pub id: String,
    /// `bar`, `line`, `dot`, `slope` or `area`.
    pub kind: &'static str,
    /// What it shows.
    pub title: String,
    /// A line below the title.
    pub caption_html: Option<Html>,
    /// What it shows, for those who don't see it.
    pub alt: String,
    /// The drawings, one for each width; nothing where there are no numbers.
    pub drawings_html: Option<Html>,
    /// Words at places of the axis.
    pub notes: Vec<NoteView>,
    /// True if not all of them had room in the drawings.
    pub notes_shown: bool,
    /// The headings of the table, the first that of the labels.
    pub headings: Vec<String>,
    /// The rows of the table.
    pub rows: Vec<RowView>,
    /// Status, date, note and sources.
    pub provenance: ProvenanceView,
    /// Where the numbers can be taken away.
    pub downloads: Vec<Download>,
    /// How to embed it in a page of another site; nothing where the site's address is not known.
    pub embed: Option<EmbedView>,
}

/// Words at a place of the axis.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct NoteView {
    /// The place.
    pub at: String,
    /// The words.
    pub text: String,
}

/// A row of the table behind a chart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct RowView {
    /// Its label.
    pub name: String,
    /// Its numbers; nothing where none is known.
    pub cells: Vec<Option<String>>,
}

/// The view of a chart. `href` is the address of its numbers, `embed` that of the chart alone.
pub fn view(cx: &Cx<'_>, chart: &Chart, href: Option<String>, embed: Option<&Embed>, place: &Place) -> ChartView {
    let id = place.part(cx, "chart");
    let label = format!("{id}-alt");
    let plot = &chart.plot;
    let drawn = !plot.rows.is_empty() && !plot.series.is_empty();
    let drawing = |(class, width): &(&str, f64)| draw::draw(cx, chart, *width, class, &label);
    let drawings: Vec<(String, bool)> = if drawn { WIDTHS.iter().map(drawing).collect() } else { Vec::new() };
    ChartView {
        kind: chart.kind.name(),
        title: chart.title.as_ref().map(|t| t.to_string()).unwrap_or_default(),
        caption_html: chart.caption.as_ref().map(|caption| cx.inline(caption)),
        alt: alt(cx, chart),
        notes_shown: drawings.iter().any(|(_, left_out)| *left_out),
        drawings_html: drawn
            .then(|| Html(drawings.into_iter().map(|(drawing, _)| drawing).collect::<Vec<_>>().join("\n"))),
        notes: (chart.annotations.iter())
            .map(|note| NoteView { at: label_of(cx, &note.at), text: note.text.to_string() })
            .collect(),
        headings: std::iter::once(plot.heading.clone()).chain(plot.series.iter().map(|s| s.name.clone())).collect(),
        rows: rows(cx, chart),
        provenance: cx.provenance(&chart.provenance),
        downloads: href.map(|href| Download { format: "CSV", href }).into_iter().collect(),
        embed: embed.and_then(|embed| embed.code(cx, tall(chart))),
        id,
    }
}

/// How many lines of text it is about as high as, beside its head and what stands below it.
pub fn tall(chart: &Chart) -> usize {
    let (rows, series) = (chart.plot.rows.len(), chart.plot.series.len());
    match chart.kind {
        ChartKind::Bar => rows * series.div_ceil(2),
        ChartKind::Dot => rows,
        ChartKind::Line | ChartKind::Area | ChartKind::Slope => 8,
    }
}

/// The rows of a chart with their numbers in words of the page's language.
pub fn rows(cx: &Cx<'_>, chart: &Chart) -> Vec<RowView> {
    let plot = &chart.plot;
    let decimals = Some(draw::decimals(chart));
    let cell = |number: Option<Number>| number.map(|number| draw::written(cx, chart, number.get(), decimals));
    let row = |(at, row): (usize, &crate::model::chart::Stop)| RowView {
        name: stop(cx, row),
        cells: plot.series.iter().map(|series| cell(series.values.get(at).copied().flatten())).collect(),
    };
    plot.rows.iter().enumerate().map(row).collect()
}

/// What a row is called: a date in words.
fn stop(cx: &Cx<'_>, row: &crate::model::chart::Stop) -> String {
    match row.place {
        crate::model::chart::Place::Date(date) => cx.date(&date).text,
        _ => row.label.clone(),
    }
}

fn label_of(cx: &Cx<'_>, text: &str) -> String {
    crate::model::Date::parse(text).map_or_else(|_| text.to_owned(), |date| cx.date(&date).text)
}

/// What a chart shows in a few sentences: what it is, and of each column where it begins, ends and is highest.
fn alt(cx: &Cx<'_>, chart: &Chart) -> String {
    if let Some(alt) = &chart.alt {
        return alt.to_string();
    }
    let plot = &chart.plot;
    let title = chart.title.as_ref().map(|t| t.to_string()).unwrap_or_default();
    let kind = cx.t(&format!("chart-kind-{}", chart.kind.name()), &[]);
    let mut out = vec![cx.t("chart-is", &[("kind", Arg::Text(&kind)), ("title", Arg::Text(&title))])];
    let decimals = Some(draw::decimals(chart));
    let said = |number: f64| draw::written(cx, chart, number, decimals);
    for series in plot.series.iter().take(4) {
        let known: Vec<(String, f64)> = plot
            .rows
            .iter()
            .zip(&series.values)
            .filter_map(|(row, v)| Some((stop(cx, row), v.as_ref()?.get())))
            .collect();
        let (Some(first), Some(last)) = (known.first(), known.last()) else { continue };
        let highest = known.iter().fold(first, |most, one| if one.1 > most.1 { one } else { most });
        let lowest = known.iter().fold(first, |least, one| if one.1 < least.1 { one } else { least });
        let (a, b) = if chart.kind.has_axis() { (first, last) } else { (highest, lowest) };
        let key = if chart.kind.has_axis() { "chart-from-to" } else { "chart-between" };
        let numbers = [said(a.1), said(b.1), said(highest.1)];
        let [from, to, most] = &numbers;
        out.push(cx.t(
            key,
            &[
                ("name", Arg::Text(&series.name)),
                ("from", Arg::Text(from)),
                ("from-at", Arg::Text(&a.0)),
                ("to", Arg::Text(to)),
                ("to-at", Arg::Text(&b.0)),
                ("most", Arg::Text(most)),
                ("most-at", Arg::Text(&highest.0)),
            ],
        ));
    }
    out.join(" ")
}
