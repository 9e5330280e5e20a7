//! The records of an explainer as plain data, under the names that data files use. What `docs/downloads.md` describes.

use serde_json::Value;

use super::record::{Field, Record};
use crate::base::Text;
use crate::model::date::Day;
use crate::model::*;
use crate::render::cx::Cx;

/// What records are made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A table of plain texts: what has no column there isn't made.
    Csv,
    /// Everything that is known.
    Json,
}

/// Records of one kind, and the columns that they have as a table.
pub struct Table {
    /// The fields that become columns, in order.
    pub columns: &'static [&'static str],
    /// The records.
    pub records: Vec<Record>,
}

/// Puts fields into a record. A field that has no value is there as `null`, so that every record of a kind has the
/// same fields.
struct Fields<'c, 'a> {
    cx: &'c Cx<'a>,
    form: Form,
    record: Record,
}

impl<'c, 'a> Fields<'c, 'a> {
    fn new(cx: &'c Cx<'a>, form: Form) -> Self {
        Self { cx, form, record: Record::new() }
    }

    fn put(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.record.put(name, value);
        self
    }

    fn field(mut self, name: &'static str, field: Field) -> Self {
        self.record.push(name, field);
        self
    }

    /// What only JSON has room for.
    fn nested(self, name: &'static str, field: impl FnOnce() -> Field) -> Self {
        if self.form == Form::Json { self.field(name, field()) } else { self }
    }

    fn text(self, name: &'static str, text: Option<&Text>) -> Self {
        self.put(name, text.map(|t| t.to_string()))
    }

    fn texts(self, name: &'static str, texts: &[Text]) -> Self {
        self.put(name, texts.iter().map(|t| t.to_string()).collect::<Vec<_>>())
    }

    fn date(self, name: &'static str, date: Option<&Date>) -> Self {
        self.put(name, date.map(Date::to_edtf))
    }

    /// The first and the last day that a date may mean: what a spreadsheet can calculate with.
    fn bounds(self, date: &Date) -> Self {
        let day = |day: Option<Day>| day.map(|d| d.to_string());
        self.put("earliest", day(date.earliest())).put("latest", day(date.latest()))
    }

    /// Markdown: as plain text, and under `NAME_markdown` as Markdown.
    fn prose(mut self, name: &'static str, prose: Option<&Prose>) -> Self {
        let plain = prose.map(|p| self.cx.plain(p));
        self.record.put(name, plain);
        if self.form == Form::Json {
            let markdown = prose.map(|p| super::markdown::of_prose(self.cx, p));
            self.record.put(format!("{name}_markdown"), markdown);
        }
        self
    }

    fn provenance(self, provenance: &Provenance) -> Self {
        self.provenance_or(provenance, &[])
    }

    /// Provenance whose sources, if it has none, are those of something larger.
    fn provenance_or(self, provenance: &Provenance, otherwise: &[SourceRef]) -> Self {
        let sources = if provenance.sources.is_empty() { otherwise } else { &provenance.sources };
        self.put("status", provenance.status.name())
            .date("as_of", provenance.as_of.as_ref())
            .prose("note", provenance.note.as_ref())
            .put("sources", sources.iter().map(source_ref).collect::<Vec<_>>())
    }

    /// The record's own place on the site, where the site's address is known.
    fn page(self, path: &str) -> Self {
        let page = self.cx.site.settings.base_url.is_some().then(|| super::absolute(self.cx, path));
        self.put("page", page)
    }
}

/// As data files write it: `id` or `id, p. 4`.
fn source_ref(source: &SourceRef) -> Value {
    match &source.locator {
        Some(locator) => format!("{}, {locator}", source.id).into(),
        None => source.id.to_string().into(),
    }
}

/// The editions, oldest first.
pub fn editions(cx: &Cx<'_>, form: Form) -> Table {
    let record = |e: &Edition| {
        Fields::new(cx, form)
            .put("id", &*e.head.id)
            .text("label", Some(&e.label))
            .date("date", Some(&e.date))
            .bounds(&e.date)
            .provenance(&e.provenance)
            .record
    };
    Table {
        columns: &["id", "label", "date", "earliest", "latest", "status", "as_of", "note", "sources"],
        records: cx.explainer.data.editions.values().map(|e| record(e)).collect(),
    }
}

/// The terms, each with its state in every edition.
pub fn terms(cx: &Cx<'_>, form: Form) -> Table {
    let record = |t: &Term| {
        Fields::new(cx, form)
            .put("id", &*t.head.id)
            .text("name", Some(&t.name))
            .texts("aliases", &t.aliases)
            .text("group", t.group.as_ref())
            .prose("definition", t.definition.as_ref())
            .provenance(&t.provenance)
            .page(&format!("terms/#{}", t.head.id))
            .nested("states", || {
                let states = states_of(cx, t);
                Field::Records(states.map(|(edition, state)| state_record(cx, edition, state, form)).collect())
            })
            .record
    };
    Table {
        columns: &["id", "name", "aliases", "group", "definition", "status", "as_of", "note", "sources", "page"],
        records: cx.explainer.data.terms.values().map(|t| record(t)).collect(),
    }
}

/// The states of a term in the order of the editions; `None`: the edition says nothing public about the term.
fn states_of<'a>(cx: &Cx<'a>, term: &'a Term) -> impl Iterator<Item = (&'a Edition, Option<&'a State>)> {
    cx.explainer.data.editions.values().map(|edition| {
        let state = term.states.iter().find(|s| *s.edition.text == *edition.head.id);
        (&**edition, state)
    })
}

fn state_record(cx: &Cx<'_>, edition: &Edition, state: Option<&State>, form: Form) -> Record {
    let effects = || {
        let effects = state.iter().flat_map(|s| &s.effects).map(|effect| {
            let fields = Fields::new(cx, form).text("party", Some(&effect.party));
            fields.put("direction", effect.direction.name()).provenance(&effect.provenance).record
        });
        Field::Records(effects.collect())
    };
    let value = state.and_then(|s| s.value.as_ref());
    let nothing = Provenance { status: Status::Unknown, ..Provenance::default() };
    Fields::new(cx, form)
        .put("edition", &*edition.head.id)
        .put("public", value.is_some())
        .prose("value", value)
        .text("standing", state.and_then(|s| s.standing.as_ref()))
        .provenance(state.map_or(&nothing, |s| &s.provenance))
        .nested("effects", effects)
        .record
}

/// Every term in every edition, a line each.
pub fn states(cx: &Cx<'_>, form: Form) -> Table {
    let mut records = Vec::new();
    for term in cx.explainer.data.terms.values() {
        for (edition, state) in states_of(cx, term) {
            let mut record = Fields::new(cx, form)
                .put("term", &*term.head.id)
                .text("term_name", Some(&term.name))
                .text("group", term.group.as_ref())
                .text("edition_label", Some(&edition.label))
                .date("edition_date", Some(&edition.date))
                .record;
            record.extend(state_record(cx, edition, state, form));
            records.push(record);
        }
    }
    Table {
        columns: &[
            "term",
            "term_name",
            "group",
            "edition",
            "edition_label",
            "edition_date",
            "public",
            "value",
            "standing",
            "status",
            "as_of",
            "note",
            "sources",
        ],
        records,
    }
}

/// What each state does to each party, a line each.
pub fn effects(cx: &Cx<'_>, form: Form) -> Table {
    let data = &cx.explainer.data;
    let mut records = Vec::new();
    for term in data.terms.values() {
        for (edition, state) in states_of(cx, term) {
            for effect in state.iter().flat_map(|s| &s.effects) {
                let record = Fields::new(cx, form)
                    .put("term", &*term.head.id)
                    .text("term_name", Some(&term.name))
                    .put("edition", &*edition.head.id)
                    .text("edition_label", Some(&edition.label))
                    .text("party", Some(&effect.party))
                    .text("party_name", data.parties.get(&*effect.party.text).map(|p| &p.name))
                    .put("direction", effect.direction.name())
                    .provenance(&effect.provenance)
                    .record;
                records.push(record);
            }
        }
    }
    Table {
        columns: &[
            "term",
            "term_name",
            "edition",
            "edition_label",
            "party",
            "party_name",
            "direction",
            "status",
            "as_of",
            "note",
            "sources",
        ],
        records,
    }
}

/// The parties.
pub fn parties(cx: &Cx<'_>, form: Form) -> Table {
    let record = |p: &Party| {
        Fields::new(cx, form)
            .put("id", &*p.head.id)
            .text("name", Some(&p.name))
            .text("role", p.role.as_ref())
            .text("url", p.url.as_ref())
            .provenance(&p.provenance)
            .record
    };
    Table {
        columns: &["id", "name", "role", "url", "status", "as_of", "note", "sources"],
        records: cx.explainer.data.parties.values().map(|p| record(p)).collect(),
    }
}

/// The events, oldest first.
pub fn events(cx: &Cx<'_>, form: Form) -> Table {
    let record = |e: &Event| {
        Fields::new(cx, form)
            .put("id", &*e.head.id)
            .date("date", Some(&e.date))
            .bounds(&e.date)
            .text("title", Some(&e.title))
            .prose("body", e.body.as_ref())
            .text("group", e.group.as_ref())
            .put("importance", e.importance.name())
            .texts("terms", &e.terms)
            .text("edition", e.edition.as_ref())
            .texts("parties", &e.parties)
            .nested("image", || match &e.image {
                Some(picture) => Field::Record(image(cx, picture)),
                None => Field::Plain(Value::Null),
            })
            .provenance(&e.provenance)
            .page(&format!("timeline/#{}", e.head.id))
            .record
    };
    Table {
        columns: &[
            "id",
            "date",
            "earliest",
            "latest",
            "title",
            "body",
            "group",
            "importance",
            "terms",
            "edition",
            "parties",
            "status",
            "as_of",
            "note",
            "sources",
            "page",
        ],
        records: cx.explainer.data.events.values().map(|e| record(e)).collect(),
    }
}

fn image(cx: &Cx<'_>, picture: &Picture) -> Record {
    Fields::new(cx, Form::Json)
        .put("src", super::full(cx, &super::picture_file(cx, &picture.src).0))
        .text("alt", picture.alt.as_ref())
        .text("caption", picture.caption.as_ref())
        .text("credit", picture.credit.as_ref())
        .record
}

/// The eras, oldest first.
pub fn eras(cx: &Cx<'_>, form: Form) -> Table {
    let record = |e: &Era| {
        Fields::new(cx, form)
            .put("id", &*e.head.id)
            .text("label", Some(&e.label))
            .date("start", Some(&e.start))
            .date("end", e.end.as_ref())
            .text("group", e.group.as_ref())
            .provenance(&e.provenance)
            .record
    };
    Table {
        columns: &["id", "label", "start", "end", "group", "status", "as_of", "note", "sources"],
        records: cx.explainer.data.eras.values().map(|e| record(e)).collect(),
    }
}

/// The sources, each with its number on the pages if it is cited.
pub fn sources(cx: &Cx<'_>, form: Form) -> Table {
    let record = |s: &Source| {
        Fields::new(cx, form)
            .put("id", &*s.head.id)
            .put("number", cx.explainer.numbers.get(&s.head.id).copied())
            .text("title", Some(&s.title))
            .texts("authors", &s.authors)
            .text("publisher", s.publisher.as_ref())
            .date("date", s.date.as_ref())
            .text("url", s.url.as_ref())
            .text("archive", s.archive.as_ref())
            .date("accessed", s.accessed.as_ref())
            .text("kind", s.kind.as_ref())
            .text("language", s.language.as_ref())
            .prose("note", s.note.as_ref())
            .page(&format!("sources/#{}", s.head.id))
            .record
    };
    Table {
        columns: &[
            "id",
            "number",
            "title",
            "authors",
            "publisher",
            "date",
            "url",
            "archive",
            "accessed",
            "kind",
            "language",
            "note",
            "page",
        ],
        records: cx.explainer.data.sources.values().map(|s| record(s)).collect(),
    }
}

/// The facts.
pub fn facts(cx: &Cx<'_>, form: Form) -> Table {
    let record = |f: &Fact| {
        Fields::new(cx, form)
            .put("id", &*f.head.id)
            .text("value", Some(&f.value))
            .text("label", f.label.as_ref())
            .date("review_by", f.review_by.as_ref())
            .provenance(&f.provenance)
            .record
    };
    Table {
        columns: &["id", "label", "value", "review_by", "status", "as_of", "note", "sources"],
        records: cx.explainer.data.facts.values().map(|f| record(f)).collect(),
    }
}

/// The changes to the page, newest first.
pub fn changes(cx: &Cx<'_>, form: Form) -> Table {
    let record = |c: &Change| {
        Fields::new(cx, form)
            .put("id", &*c.head.id)
            .date("date", Some(&c.date))
            .put("kind", c.kind.name())
            .prose("note", Some(&c.note))
            .text("section", c.section.as_ref())
            .text("term", c.term.as_ref())
            .text("event", c.event.as_ref())
            .page(&format!("changes/#{}", c.head.id))
            .record
    };
    Table {
        columns: &["id", "date", "kind", "note", "section", "term", "event", "page"],
        records: cx.explainer.data.changes.values().map(|c| record(c)).collect(),
    }
}

/// A comparison as one record: its columns, and its rows with a cell for every column.
pub fn comparison(cx: &Cx<'_>, table: &Comparison) -> Record {
    let form = Form::Json;
    let columns = table.columns.iter().map(|column| {
        let fields = Fields::new(cx, form).put("id", &*column.id).text("label", Some(&column.label));
        fields.prose("note", column.note.as_ref()).record
    });
    let rows = table.rows.iter().map(|row| {
        let mut cells = Record::new();
        for column in &table.columns {
            let cell = cell(cx, row, row.cells.get(&column.id), form);
            cells.push(column.id.to_string(), Field::Record(cell));
        }
        let fields = Fields::new(cx, form).put("id", &*row.id).text("label", Some(&row.label));
        fields.prose("note", row.note.as_ref()).field("cells", Field::Record(cells)).record
    });
    Fields::new(cx, form)
        .put("id", &*table.head.id)
        .text("title", Some(&table.title))
        .prose("caption", table.caption.as_ref())
        .provenance(&table.provenance)
        .page(&format!("compare/{}/", table.head.id))
        .field("columns", Field::Records(columns.collect()))
        .field("rows", Field::Records(rows.collect()))
        .record
}

/// The cells of a comparison, a line each.
pub fn cells(cx: &Cx<'_>, table: &Comparison) -> Table {
    let form = Form::Csv;
    let mut records = Vec::new();
    for row in &table.rows {
        for column in &table.columns {
            let mut record = Fields::new(cx, form)
                .put("row", &*row.id)
                .text("row_label", Some(&row.label))
                .put("column", &*column.id)
                .text("column_label", Some(&column.label))
                .record;
            record.extend(cell(cx, row, row.cells.get(&column.id), form));
            records.push(record);
        }
    }
    Table {
        columns: &[
            "row",
            "row_label",
            "column",
            "column_label",
            "public",
            "value",
            "status",
            "as_of",
            "note",
            "sources",
        ],
        records,
    }
}

fn cell(cx: &Cx<'_>, row: &Row, cell: Option<&Cell>, form: Form) -> Record {
    let value = cell.and_then(|c| c.value.as_ref());
    let nothing = Provenance { status: Status::Unknown, ..Provenance::default() };
    Fields::new(cx, form)
        .put("public", value.is_some())
        .prose("value", value)
        .provenance_or(cell.map_or(&nothing, |c| &c.provenance), &row.sources)
        .record
}
