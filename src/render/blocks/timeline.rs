//! The timeline: events, editions and eras in order, with what is still to come set apart.

mod marks;
mod rails;
mod scale;
mod strip;
mod tools;
mod years;

use crate::model::date::{Date, End, SortKey};
use crate::model::{Edition, Era, Event, Importance, TimelineOptions, walk};
use crate::render::blocks::amends::{self, AmendView, Concern};
use crate::render::blocks::as_of::{self, AsOfView};
use crate::render::blocks::print::{self, PrintView};
use crate::render::blocks::{Download, NameLink, Place, downloads};
use crate::render::cx::{Cx, DateView, Html, ProvenanceView};
use crate::render::embed::{Embed, EmbedView};
use crate::render::links::PictureView;

pub use marks::MarkView;
pub use rails::Rail;
pub use strip::StripView;
pub use tools::ToolsView;
use years::{Year, YearSpan, gap, years};

/// From so many entries on, years get headings.
const HEADINGS_FROM: usize = 5;

/// A timeline.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct TimelineView {
    /// The id of the block.
    pub id: String,
    /// A heading.
    pub title: Option<String>,
    /// The level of that heading.
    pub level: u8,
    /// The level of years and of "still to come".
    pub year_level: u8,
    /// How many eras run beside each other at most.
    pub lanes: u8,
    /// All of it at a glance.
    pub strip: Option<StripView>,
    /// What can be done with it.
    pub tools: Option<ToolsView>,
    /// What was, by year.
    pub past: Vec<YearView>,
    /// What is still to come, by year.
    pub future: Vec<YearView>,
    /// The control that moves through time; nothing where there are fewer than three editions.
    pub as_of: Option<AsOfView>,
    /// Where to take the data away.
    pub downloads: Vec<Download>,
    /// How to embed it in a page of another site; nothing where the site's address is not known, or only a part is shown.
    pub embed: Option<EmbedView>,
}

/// The entries of one year.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct YearView {
    /// The years before it without an entry, in words.
    pub gap: Option<String>,
    /// The year; nothing if years have no headings.
    pub year: Option<String>,
    /// The eras that run through that gap.
    pub gap_rails: Vec<Rail>,
    /// The eras that run past the heading.
    pub rails: Vec<Rail>,
    /// The entries.
    pub items: Vec<ItemView>,
    /// The level of their headings.
    pub item_level: u8,
}

/// An entry of a timeline: an event, an edition, or the beginning of an era.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ItemView {
    /// `event`, `edition`, or `era` for the beginning of one.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// The language of its texts where nobody has translated them into that of the page.
    pub foreign: Option<String>,
    /// When; for an era from when to when.
    pub date: DateView,
    /// True if it is still to come.
    pub future: bool,
    /// What happened, or the name of the edition or the era.
    pub title: String,
    /// What is told about it.
    pub body_html: Option<Html>,
    /// `key`, `normal` or `minor`.
    pub importance: &'static str,
    /// The track it belongs to.
    pub group: Option<String>,
    /// The terms it touches.
    pub terms: Vec<NameLink>,
    /// The parties it touches.
    pub parties: Vec<String>,
    /// The edition it brought in, or is.
    pub edition: Option<NameLink>,
    /// A picture.
    pub image: Option<PictureView>,
    /// Status, date, note, sources.
    pub provenance: ProvenanceView,
    /// The eras that run past it.
    pub rails: Vec<Rail>,
    /// The colour of an era, 1 to 6; 0 otherwise.
    pub tone: u8,
    /// What was corrected or made clearer about it.
    pub amends: Vec<AmendView>,
    /// The fingerprint of what it tells; empty for an era.
    pub print: PrintView,
    /// The first day of its date, ISO 8601.
    pub day: Option<String>,
    /// Its column of the strip, from 1.
    pub column: Option<usize>,
    /// How many of the entries that follow an era covers.
    pub covers: Option<usize>,
}

/// An entry on its way into the view.
struct Entry<'a> {
    date: &'a Date,
    key: SortKey,
    what: What<'a>,
}

/// What an entry is, in the order in which they stand on one day.
#[derive(Clone, Copy)]
enum What<'a> {
    Era(usize, &'a Era),
    Edition(&'a Edition),
    Event(&'a Event),
}

impl What<'_> {
    /// What it has as a record.
    fn head(&self) -> &crate::model::Head {
        match self {
            Self::Era(_, era) => &era.head,
            Self::Edition(edition) => &edition.head,
            Self::Event(event) => &event.head,
        }
    }

    /// Its place among the entries of one day.
    fn rank(&self) -> u8 {
        match self {
            Self::Era(..) => 0,
            Self::Edition(_) => 1,
            Self::Event(_) => 2,
        }
    }
}

/// How many entries a timeline has.
pub fn count(cx: &Cx<'_>, options: &TimelineOptions) -> usize {
    let (entries, eras) = entries(cx, options);
    entries.len() + eras.len()
}

/// The events and editions of a timeline, and the eras over them.
fn entries<'a>(cx: &Cx<'a>, options: &TimelineOptions) -> (Vec<Entry<'a>>, Vec<&'a Era>) {
    let mut entries = events(cx, options);
    entries.extend(editions(cx, options, &entries));
    let eras = eras(cx, options, &entries);
    (entries, eras)
}

/// The view of a timeline.
pub fn view(cx: &Cx<'_>, options: &TimelineOptions, place: &Place) -> TimelineView {
    let (mut entries, eras) = entries(cx, options);
    entries.extend(eras.iter().enumerate().map(|(n, era)| entry(&era.start, What::Era(n, era))));
    entries.sort_by_key(|e| (e.date.is_future(cx.today), e.key, e.what.rank()));
    let now = entries.partition_point(|e| !e.date.is_future(cx.today));

    let past = years(&entries, 0..now);
    let future = years(&entries, now..entries.len());
    let headed = past.len() + future.len() > 1 && entries.len() >= HEADINGS_FROM;
    let spans = rails::spans(&entries, now, headed);
    let line = strip::Line::of(cx, &entries);
    let ids: Vec<String> = entries.iter().map(|e| id(cx, e, place)).collect();
    let year_level = place.level + u8::from(options.title.is_some() && !place.own);
    let mut before: Option<Year> = None;
    let mut draw = |span: &YearSpan, under: bool| {
        let gap = before.and_then(|before| gap(cx, before, span.year));
        before = Some(span.year);
        let items = span.range.clone().filter_map(|at| {
            let entry = entries.get(at)?;
            let column = line.as_ref().and_then(|line| line.column_of(entry.date)).map(|at| at + 1);
            let covers = spans.iter().find_map(|s| s.covers_from(at));
            Some(ItemView { column, covers, ..item(cx, entry, rails::at(&spans, at), ids.get(at)?, place) })
        });
        YearView {
            gap,
            year: headed.then(|| cx.date(&span.year.date()).text),
            gap_rails: rails::in_gap(&spans, span.range.start),
            rails: rails::at_heading(&spans, span.range.start),
            items: items.collect(),
            item_level: (year_level + u8::from(under)).min(6),
        }
    };
    TimelineView {
        id: place.part(cx, "timeline"),
        title: options.title.as_ref().map(|t| t.to_string()),
        level: place.level,
        year_level,
        lanes: spans.iter().map(|s| s.lane + 1).max().unwrap_or(0),
        strip: line.as_ref().map(|line| strip::view(cx, line, &entries, &ids)),
        tools: tools::view(cx, &entries, place),
        past: past.iter().map(|span| draw(span, headed)).collect(),
        // Here all stands below "still to come".
        future: future.iter().map(|span| draw(span, true)).collect(),
        as_of: if entries.is_empty() { None } else { as_of::of_timeline(cx, &place.part(cx, "timeline")) },
        downloads: {
            // A timeline may be made of editions alone.
            let name = if cx.explainer.data.events.is_empty() { "editions" } else { "events" };
            downloads(cx, name, name)
        },
        embed: (TimelineOptions { title: None, ..options.clone() } == TimelineOptions::default())
            .then(|| Embed::Timeline.code(cx, entries.len()))
            .flatten(),
    }
}

/// What a timeline shows: the events, the editions that none of them brought in, and the eras.
pub fn shown<'a>(cx: &Cx<'a>, options: &TimelineOptions) -> (Vec<&'a Event>, Vec<&'a Edition>, Vec<&'a Era>) {
    let mut entries = events(cx, options);
    entries.extend(editions(cx, options, &entries));
    let eras = eras(cx, options, &entries);
    let events = entries.iter().filter_map(|e| if let What::Event(event) = e.what { Some(event) } else { None });
    let editions =
        entries.iter().filter_map(|e| if let What::Edition(edition) = e.what { Some(edition) } else { None });
    (events.collect(), editions.collect(), eras)
}

/// The events that the options let through.
fn events<'a>(cx: &Cx<'a>, options: &TimelineOptions) -> Vec<Entry<'a>> {
    walk::selected_events(&cx.explainer.data, options).into_iter().map(|e| entry(&e.date, What::Event(e))).collect()
}

/// The editions that no event brought in, as entries of their own: unless the options ask for particular events.
fn editions<'a>(cx: &Cx<'a>, options: &TimelineOptions, events: &[Entry<'a>]) -> Vec<Entry<'a>> {
    let particular = !options.events.is_empty()
        || !options.groups.is_empty()
        || !(options.importance.is_empty() || options.importance.contains(&Importance::Key));
    if particular {
        return Vec::new();
    }
    let brought_in = |edition: &Edition| events.iter().any(|e| matches!(e.what, What::Event(e) if names(e, edition)));
    cx.explainer
        .data
        .editions
        .values()
        .filter(|edition| !brought_in(edition) && within(&edition.date, options))
        .map(|edition| entry(&edition.date, What::Edition(edition)))
        .collect()
}

/// True if the event brought the edition in.
fn names(event: &Event, edition: &Edition) -> bool {
    event.edition.as_ref().is_some_and(|id| *id.text == *edition.head.id)
}

/// The eras to show: those that overlap what is shown.
fn eras<'a>(cx: &Cx<'a>, options: &TimelineOptions, entries: &[Entry<'a>]) -> Vec<&'a Era> {
    if options.no_eras || entries.is_empty() {
        return Vec::new();
    }
    let first = entries.iter().filter_map(|e| e.date.earliest()).min();
    let last = entries.iter().filter_map(|e| e.date.latest()).max();
    cx.explainer
        .data
        .eras
        .values()
        .map(|e| &**e)
        .filter(|era| {
            let end = era.end.as_ref().and_then(Date::latest);
            let starts_in_time = !matches!((era.start.earliest(), last), (Some(start), Some(last)) if start > last);
            let ends_in_time = !matches!((end, first), (Some(end), Some(first)) if end < first);
            let group = era.group.is_none() || era.head.in_one_of(era.group.as_ref(), &options.groups);
            group && starts_in_time && ends_in_time
        })
        .collect()
}

/// True if the date can lie between the bounds of the options.
fn within(date: &Date, options: &TimelineOptions) -> bool {
    let early =
        matches!((date.latest(), options.from.as_ref().and_then(Date::earliest)), (Some(d), Some(from)) if d < from);
    let late = matches!((date.earliest(), options.to.as_ref().and_then(Date::latest)), (Some(d), Some(to)) if d > to);
    !early && !late
}

/// An entry with its place in time.
fn entry<'a>(date: &'a Date, what: What<'a>) -> Entry<'a> {
    Entry { date, key: date.sort_key(), what }
}

/// The id of an entry on the page.
fn id(cx: &Cx<'_>, entry: &Entry<'_>, place: &Place) -> String {
    match entry.what {
        What::Event(event) => place.anchor(cx, "event", &event.head.id),
        What::Edition(edition) => place.anchor(cx, "edition", &edition.head.id),
        What::Era(_, era) => place.anchor(cx, "era", &era.head.id),
    }
}

/// The view of one entry.
fn item(cx: &Cx<'_>, entry: &Entry<'_>, rails: Vec<Rail>, id: &str, place: &Place) -> ItemView {
    let blank = ItemView {
        kind: "event",
        id: id.to_owned(),
        foreign: cx.foreign(entry.what.head()),
        date: cx.date(entry.date),
        future: entry.date.is_future(cx.today),
        title: String::new(),
        body_html: None,
        importance: Importance::Normal.name(),
        group: None,
        terms: Vec::new(),
        parties: Vec::new(),
        edition: None,
        image: None,
        provenance: ProvenanceView::default(),
        rails,
        tone: 0,
        amends: Vec::new(),
        print: PrintView::default(),
        day: entry.date.earliest().map(|day| day.to_string()),
        column: None,
        covers: None,
    };
    match entry.what {
        What::Event(event) => event_item(cx, event, place, blank),
        What::Edition(edition) => ItemView {
            kind: "edition",
            title: edition.label.to_string(),
            importance: Importance::Key.name(),
            edition: Some(cx.edition_link(edition)),
            provenance: cx.provenance(&edition.provenance),
            print: print::edition(cx, edition),
            ..blank
        },
        What::Era(n, era) => ItemView {
            kind: "era",
            date: cx.date(&span(era)),
            title: era.label.to_string(),
            group: era.group.as_ref().map(|g| g.to_string()),
            provenance: cx.provenance(&era.provenance),
            tone: rails::tone(n),
            ..blank
        },
    }
}

/// The view of an event.
fn event_item(cx: &Cx<'_>, event: &Event, place: &Place, blank: ItemView) -> ItemView {
    let data = &cx.explainer.data;
    let terms = event.terms.iter().filter_map(|id| data.terms.get(&*id.text));
    let parties = event.parties.iter().filter_map(|id| data.parties.get(&*id.text));
    let edition = event.edition.as_ref().and_then(|id| data.editions.get(&*id.text));
    ItemView {
        title: event.title.to_string(),
        body_html: event.body.as_ref().map(|b| cx.block_before(b, &event.provenance.sources)),
        importance: event.importance.name(),
        group: event.group.as_ref().map(|g| g.to_string()),
        terms: terms.map(|t| cx.term_link(t)).collect(),
        parties: parties.map(|p| p.name.to_string()).collect(),
        edition: edition.map(|e| cx.edition_link(e)),
        image: event
            .image
            .as_ref()
            .and_then(|i| cx.picture(i, &event.head.span.file, crate::render::images::Column::Text)),
        provenance: cx.provenance(&event.provenance),
        amends: amends::view(cx, Concern::Event(&event.head.id), !place.own),
        print: print::event(cx, event),
        ..blank
    }
}

/// From the start of an era to its end.
fn span(era: &Era) -> Date {
    let start = era.start.start().map_or(End::Unknown, |p| End::Point(*p));
    let end = match &era.end {
        None => End::Open,
        Some(Date::Point(p)) => End::Point(*p),
        Some(Date::Interval(_, end)) => *end,
    };
    Date::Interval(start, end)
}
