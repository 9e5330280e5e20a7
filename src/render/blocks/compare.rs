//! A free table: what is compared, in what respects.

use crate::model::{Comparison, Provenance, Row};
use crate::render::blocks::citation::CitationView;
use crate::render::blocks::print::{self, PrintView};
use crate::render::blocks::sorting::{self, Kind};
use crate::render::blocks::{Download, NameLink, Place, downloads};
use crate::render::cx::{Cx, Html, ProvenanceView};
use crate::render::embed::{Embed, EmbedView};

/// A comparison: a table of the author's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ComparisonView {
    /// The id of the block.
    pub id: String,
    /// The level of headings in it.
    pub level: u8,
    /// True on the page of its own, where its title is the page's heading.
    pub own: bool,
    /// Its title.
    pub title: String,
    /// The language of its texts where nobody has translated them into that of the page.
    pub foreign: Option<String>,
    /// A line below the title.
    pub caption_html: Option<Html>,
    /// The page of its own.
    pub link: NameLink,
    /// What is compared.
    pub columns: Vec<ColumnView>,
    /// In what respects.
    pub rows: Vec<RowView>,
    /// Status, date, note and sources of the whole.
    pub provenance: ProvenanceView,
    /// True if columns can be chosen: there are at least three.
    pub choice: bool,
    /// True if at least one row says the same in all columns, so that those that differ can be singled out.
    pub sifts: bool,
    /// True if rows can be sorted: there are at least three, and a column of dates, sums, percentages or numbers.
    pub sortable: bool,
    /// Where to take the data away.
    pub downloads: Vec<Download>,
    /// How to cite the table.
    pub citation: CitationView,
    /// How to embed it in a page of another site; nothing where the site's address is not known.
    pub embed: Option<EmbedView>,
}

/// A column of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ColumnView {
    /// Its heading.
    pub name: String,
    /// What its cells are sorted as: `date`, `money`, `percent`, `number`, `text`.
    pub kind: &'static str,
    /// A remark below the heading.
    pub note_html: Option<Html>,
}

/// A row of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct RowView {
    /// The id of the row.
    pub id: String,
    /// Its heading.
    pub name: String,
    /// A remark below the heading.
    pub note_html: Option<Html>,
    /// Its cells, one a column.
    pub cells: Vec<CellView>,
}

/// A cell of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct CellView {
    /// The column's name, repeated where the table is drawn as cards.
    pub column: String,
    /// The number by which it is sorted; nothing in a column of texts, and where it says nothing.
    pub sort: Option<String>,
    /// What it says; nothing if that is not public.
    pub value_html: Option<Html>,
    /// Status, date, note, sources.
    pub provenance: ProvenanceView,
    /// The fingerprint of what it tells.
    pub print: PrintView,
}

/// The view of a comparison. `title` stands for the comparison's own if given.
pub fn view(cx: &Cx<'_>, comparison: &Comparison, title: Option<&str>, place: &Place) -> ComparisonView {
    let sorted: Vec<(Kind, Vec<Option<f64>>)> = comparison
        .columns
        .iter()
        .map(|column| {
            let value = |row: &Row| row.cells.get(&column.id)?.value.as_ref().map(|value| cx.plain(value));
            sorting::column(cx.catalogue, &comparison.rows.iter().map(value).collect::<Vec<_>>())
        })
        .collect();
    let title = title.map_or_else(|| comparison.title.to_string(), str::to_owned);
    let rows = comparison.rows.iter().enumerate().map(|(at, row)| RowView {
        id: place.anchor(cx, "row", &row.id),
        name: row.label.to_string(),
        note_html: row.note.as_ref().map(|n| cx.inline(n)),
        cells: comparison
            .columns
            .iter()
            .zip(&sorted)
            .map(|(column, (_, keys))| {
                let cell = row.cells.get(&column.id);
                let mut provenance = cell.map(|c| c.provenance.clone()).unwrap_or_default();
                // The row's sources stand for every cell that says something and names none of its own.
                if provenance.sources.is_empty() && cell.is_some_and(|c| c.value.is_some()) {
                    provenance = Provenance { sources: row.sources.clone(), ..provenance };
                }
                let (value_html, stated) = cx.stated(cell.and_then(|c| c.value.as_ref()), &provenance);
                CellView {
                    column: column.label.to_string(),
                    sort: keys.get(at).copied().flatten().map(|key| key.to_string()),
                    value_html,
                    provenance: stated,
                    print: print::cell(cx, comparison, row, &column.id, &provenance),
                }
            })
            .collect(),
    });
    ComparisonView {
        id: place.part(cx, &format!("compare-{}", comparison.head.id)),
        level: place.level,
        own: place.own,
        choice: comparison.columns.len() > 2,
        sifts: comparison.rows.iter().any(|row| alike(cx, comparison, row)),
        sortable: comparison.rows.len() > 2 && sorted.iter().any(|(kind, _)| *kind != Kind::Text),
        citation: CitationView::new(cx, &title, &format!("compare/{}/", comparison.head.id)),
        embed: Embed::Comparison(comparison.head.id.clone()).code(cx, comparison.rows.len()),
        title,
        foreign: cx.foreign(&comparison.head),
        caption_html: comparison.caption.as_ref().map(|c| cx.inline(c)),
        link: cx.comparison_link(comparison),
        columns: comparison
            .columns
            .iter()
            .zip(&sorted)
            .map(|(c, (kind, _))| ColumnView {
                name: c.label.to_string(),
                kind: kind.name(),
                note_html: c.note.as_ref().map(|n| cx.inline(n)),
            })
            .collect(),
        rows: rows.collect(),
        provenance: cx.provenance(&comparison.provenance),
        downloads: {
            let name = format!("compare-{}", comparison.head.id);
            downloads(cx, &name, &name)
        },
    }
}

/// True if a row says the same in all columns.
fn alike(cx: &Cx<'_>, comparison: &Comparison, row: &Row) -> bool {
    let said = |id: &str| row.cells.get(id)?.value.as_ref().map(|value| cx.plain(value));
    let mut all = comparison.columns.iter().map(|column| said(&column.id));
    all.next().is_some_and(|first| all.all(|other| other == first))
}
