//! Tables → records. Each kind has one function; a record without what it can't do without is left out, any other is
//! kept, so that what names it isn't reported as well.

use super::fields::{Fields, prose};
use crate::base::Text;
use crate::model::date::End;
use crate::model::*;

/// Stands where a date is in error: a date of which nothing is known.
const NO_DATE: Date = Date::Interval(End::Unknown, End::Unknown);

pub fn edition(f: Fields<'_>) -> Option<Edition> {
    let label = f.text("label");
    let head = f.head(label.as_ref())?;
    Some(Edition {
        label: label.unwrap_or_else(|| stand_in(&head)),
        date: f.date("date").unwrap_or(NO_DATE),
        provenance: f.provenance(),
        head,
    })
}

pub fn term(f: Fields<'_>) -> Option<Term> {
    let name = f.text("name");
    let head = f.head(name.as_ref())?;
    Some(Term {
        name: name.unwrap_or_else(|| stand_in(&head)),
        aliases: f.texts("aliases"),
        group: f.text("group"),
        definition: f.inline("definition"),
        autolink: f.flag("autolink").unwrap_or(true),
        states: f.tables("state").filter_map(state).collect(),
        provenance: f.provenance(),
        head,
    })
}

pub fn state(f: Fields<'_>) -> Option<State> {
    Some(State {
        span: f.span.clone(),
        edition: f.reference("edition")?,
        value: f.inline("value"),
        blank: f.blank("value"),
        standing: f.text("standing"),
        provenance: f.provenance(),
        effects: f.tables("effect").filter_map(effect).collect(),
    })
}

pub fn effect(f: Fields<'_>) -> Option<Effect> {
    Some(Effect {
        span: f.span.clone(),
        party: f.reference("party")?,
        direction: f.word("direction", &Direction::ALL)?,
        provenance: f.provenance(),
    })
}

pub fn party(f: Fields<'_>) -> Option<Party> {
    let name = f.text("name");
    let head = f.head(name.as_ref())?;
    Some(Party {
        name: name.unwrap_or_else(|| stand_in(&head)),
        role: f.text("role"),
        url: f.text("url"),
        provenance: f.provenance(),
        head,
    })
}

pub fn event(f: Fields<'_>) -> Option<Event> {
    let title = f.text("title");
    let head = f.head(title.as_ref())?;
    Some(Event {
        date: f.date("date").unwrap_or(NO_DATE),
        date_span: f.value("date").map_or_else(|| f.span.clone(), |v| v.span.clone()),
        title: title.unwrap_or_else(|| stand_in(&head)),
        body: f.block("body"),
        group: f.text("group"),
        importance: f.word("importance", &Importance::ALL).unwrap_or_default(),
        terms: f.references("terms"),
        parties: f.references("parties"),
        edition: f.reference("edition"),
        image: picture(f),
        provenance: f.provenance(),
        head,
    })
}

/// The picture in the field `image`.
pub fn picture(f: Fields<'_>) -> Option<Picture> {
    let image = f.inner(f.value("image")?)?;
    Some(Picture {
        src: image.text("src")?,
        alt: image.text_or_empty("alt"),
        caption: image.text("caption"),
        credit: image.text("credit"),
    })
}

pub fn era(f: Fields<'_>) -> Option<Era> {
    let label = f.text("label");
    let head = f.head(label.as_ref())?;
    Some(Era {
        label: label.unwrap_or_else(|| stand_in(&head)),
        start: f.date("start").unwrap_or(NO_DATE),
        end: f.date("end"),
        end_span: f.value("end").map_or_else(|| f.span.clone(), |v| v.span.clone()),
        group: f.text("group"),
        provenance: f.provenance(),
        head,
    })
}

pub fn source(f: Fields<'_>) -> Option<Source> {
    let title = f.text("title");
    let head = f.head(title.as_ref())?;
    Some(Source {
        title: title.unwrap_or_else(|| stand_in(&head)),
        publisher: f.text("publisher"),
        authors: f.texts("authors"),
        date: f.date("date"),
        url: f.text("url"),
        archive: f.text("archive"),
        accessed: f.date("accessed"),
        kind: f.text("kind"),
        language: f.text("language"),
        note: f.inline("note"),
        head,
    })
}

pub fn fact(f: Fields<'_>) -> Option<Fact> {
    let label = f.text("label");
    let value = f.text("value");
    let head = f.head(label.as_ref())?;
    Some(Fact {
        value: value.unwrap_or_else(|| stand_in(&head)),
        label,
        review_by: f.date("review_by"),
        provenance: f.provenance(),
        head,
    })
}

/// A change; its id is its date and kind unless written (then true is returned beside it).
pub fn change(f: Fields<'_>) -> Option<(Change, bool)> {
    let kind = f.word("kind", &ChangeKind::ALL);
    let written = f.head(None);
    let explicit = written.is_some();
    let head = written.or_else(|| {
        let date = f.text("date")?;
        let id = crate::base::text::slug(&format!("{date}-{}", kind?.name()));
        Some(Head { id: id.into(), span: date.span, replaces: None, foreign: false, group: None })
    })?;
    let empty = || Text { text: "".into(), span: f.span.clone(), verbatim: false };
    let change = Change {
        date: f.date("date").unwrap_or(NO_DATE),
        kind: kind.unwrap_or(ChangeKind::Update),
        note: f.inline("note").unwrap_or_else(|| prose(&empty(), true, None)),
        section: f.reference("section"),
        term: f.reference("term"),
        event: f.reference("event"),
        head,
    };
    Some((change, explicit))
}

/// The name of a record whose name is in error: its id.
fn stand_in(head: &Head) -> Text {
    Text { text: head.id.clone(), span: head.span.clone(), verbatim: false }
}
