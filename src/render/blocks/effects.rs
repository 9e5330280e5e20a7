//! Who gains and who gives up: terms × parties at one edition.

use std::sync::Arc;

use crate::model::date::Day;
use crate::model::{Data, Direction, Edition, Effect, EffectsOptions, Party, State, Status, Term, walk};
use crate::render::blocks::citation::CitationView;
use crate::render::blocks::{Download, NameLink, Place, downloads};
use crate::render::cx::{Arg, Cx, DateView, ProvenanceView};
use crate::render::embed::{Embed, EmbedView};

/// The table of who gains and who gives up what.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct EffectsView {
    /// The id of the block.
    pub id: String,
    /// The level of headings in it.
    pub level: u8,
    /// Its caption.
    pub title: String,
    /// The edition whose effects they are.
    pub edition: Option<NameLink>,
    /// When that took effect.
    pub date: Option<DateView>,
    /// The columns.
    pub parties: Vec<PartyView>,
    /// The rows.
    pub rows: Vec<RowView>,
    /// True if anything in it is somebody's judgement.
    pub analysis: bool,
    /// True if everything is.
    pub only_analysis: bool,
    /// Where to take the data away.
    pub downloads: Vec<Download>,
    /// How to cite it.
    pub citation: CitationView,
    /// How to embed it in a page of another site; nothing where the site's address is not known, or only a part is shown.
    pub embed: Option<EmbedView>,
}

/// A column of the table of effects: a party.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct PartyView {
    /// The id of the party's heading.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its part in the matter.
    pub role: Option<String>,
    /// Its own site.
    pub url: Option<String>,
    /// How often each direction occurs, those that do.
    pub tally: Vec<TallyView>,
}

/// How often a direction occurs for a party.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct TallyView {
    /// `gains`, `loses`, `keeps`, `mixed`.
    pub direction: &'static str,
    /// Its shape: `▲`, `▼`, `●` or `▲▼`.
    pub sign: &'static str,
    /// Word and number: "gains 2".
    pub label: String,
}

/// A row of the table of effects: a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct RowView {
    /// The term.
    pub term: NameLink,
    /// The short word for its state.
    pub standing: Option<String>,
    /// The language of its texts where nobody has translated them into that of the page.
    pub foreign: Option<String>,
    /// Its cells, one a party.
    pub cells: Vec<CellView>,
}

/// A cell of the table of effects.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct CellView {
    /// The party, repeated where the table is drawn as cards.
    pub party: String,
    /// What the term does to it; usually one, empty if nothing is stated.
    pub effects: Vec<EffectView>,
}

/// What a state does to a party.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct EffectView {
    /// The party's name.
    pub party: String,
    /// `gains`, `loses`, `keeps`, `mixed`.
    pub direction: &'static str,
    /// Its shape.
    pub sign: &'static str,
    /// Its word.
    pub label: String,
    /// True for a judgement, false for a statement of fact.
    pub analysis: bool,
    /// Status, date, note (which says how), sources.
    pub provenance: ProvenanceView,
}

/// The shape of a direction: told apart without colour.
fn sign(direction: Direction) -> &'static str {
    match direction {
        Direction::Gains => "▲",
        Direction::Loses => "▼",
        Direction::Keeps => "●",
        Direction::Mixed => "▲▼",
    }
}

/// The effects that a state has, as a view shows them, in the order written.
pub fn of_state(cx: &Cx<'_>, state: &State) -> Vec<EffectView> {
    state.effects.iter().filter_map(|e| Some(effect(cx, e, cx.explainer.data.parties.get(&*e.party.text)?))).collect()
}

/// One effect.
fn effect(cx: &Cx<'_>, effect: &Effect, party: &Party) -> EffectView {
    EffectView {
        party: party.name.to_string(),
        direction: effect.direction.name(),
        sign: sign(effect.direction),
        label: cx.t(&format!("direction-{}", effect.direction.name()), &[]),
        analysis: effect.provenance.status == Status::Analysis,
        provenance: cx.provenance(&effect.provenance),
    }
}

/// The view of the table of effects. Parties and terms without any effect are left out unless they are asked for.
pub fn view(cx: &Cx<'_>, options: &EffectsOptions, place: &Place) -> EffectsView {
    let data = &cx.explainer.data;
    let edition = edition(data, cx.today, options);
    let state_of = |term: &Term| {
        let id = &edition?.head.id;
        term.states.iter().position(|s| *s.edition.text == **id)
    };
    let terms: Vec<_> = walk::selected_terms(data, &options.terms, &[])
        .into_iter()
        .map(|term| (term, state_of(term).and_then(|at| term.states.get(at))))
        .collect();
    let all = || terms.iter().filter_map(|(_, state)| *state).flat_map(|s| &s.effects);

    let parties: Vec<&Party> = if options.parties.is_empty() {
        data.parties.values().map(|p| &**p).filter(|p| all().any(|e| *e.party.text == *p.head.id)).collect()
    } else {
        options.parties.iter().filter_map(|id| data.parties.get(&*id.text)).map(|p| &**p).collect()
    };
    let rows: Vec<RowView> = terms
        .iter()
        .map(|(term, state)| RowView {
            term: cx.term_link(term),
            foreign: cx.foreign(&term.head),
            standing: state.and_then(|s| s.standing.as_ref()).map(|s| s.to_string()),
            cells: parties
                .iter()
                .map(|party| CellView {
                    party: party.name.to_string(),
                    effects: state
                        .iter()
                        .flat_map(|s| &s.effects)
                        .filter(|e| *e.party.text == *party.head.id)
                        .map(|e| effect(cx, e, party))
                        .collect(),
                })
                .collect(),
        })
        .filter(|row| {
            options.terms.iter().any(|id| *id.text == *row.term.id) || row.cells.iter().any(|c| !c.effects.is_empty())
        })
        .collect();

    let mut views: Vec<PartyView> = parties.iter().map(|p| party_view(cx, p)).collect();
    for (column, party) in views.iter_mut().enumerate() {
        let here = || rows.iter().filter_map(|r| r.cells.get(column)).flat_map(|c| &c.effects);
        party.tally = Direction::ALL
            .into_iter()
            .map(|(name, direction)| (name, direction, here().filter(|e| e.direction == name).count()))
            .filter(|(.., n)| *n > 0)
            .map(|(name, direction, n)| TallyView {
                direction: name,
                sign: sign(direction),
                label: cx.t(&format!("tally-{name}"), &[("n", Arg::Number(n as f64))]),
            })
            .collect();
    }
    let title = title(cx, options, edition);
    let whole = EffectsOptions { title: None, ..options.clone() } == EffectsOptions::default();
    EffectsView {
        id: place.part(cx, "effects"),
        level: place.level,
        citation: match whole {
            true => CitationView::new(cx, &default_title(cx), "terms/"),
            false => CitationView::new(cx, &title, ""),
        },
        embed: (whole && !rows.is_empty()).then(|| Embed::Effects.code(cx, rows.len())).flatten(),
        title,
        edition: edition.map(|e| cx.edition_link(e)),
        date: edition.map(|e| cx.date(&e.date)),
        only_analysis: rows.iter().flat_map(|r| &r.cells).flat_map(|c| &c.effects).all(|e| e.analysis),
        analysis: rows.iter().flat_map(|r| &r.cells).flat_map(|c| &c.effects).any(|e| e.analysis),
        parties: views,
        rows,
        downloads: downloads(cx, "effects", "terms"),
    }
}

/// The edition whose effects are shown.
fn edition<'a>(data: &'a Data, today: Day, options: &EffectsOptions) -> Option<&'a Edition> {
    match &options.edition {
        Some(id) => data.editions.get(&*id.text).map(|e| &**e),
        None => walk::current_edition(data, today).map(|e| &**e),
    }
}

/// How many rows the table has.
pub fn count(data: &Data, today: Day, options: &EffectsOptions) -> usize {
    let Some(edition) = edition(data, today, options) else { return 0 };
    let here = |state: &State| *state.edition.text == *edition.head.id;
    let known = |effect: &Effect| data.parties.contains_key(&*effect.party.text);
    let has =
        |term: &&Arc<Term>| term.states.iter().find(|state| here(state)).is_some_and(|s| s.effects.iter().any(known));
    data.terms.values().filter(has).count()
}

/// The title of the whole table at the edition in force.
pub fn default_title(cx: &Cx<'_>) -> String {
    let options = EffectsOptions::default();
    title(cx, &options, edition(&cx.explainer.data, cx.today, &options))
}

/// The title of the table of effects at an edition.
pub fn title(cx: &Cx<'_>, options: &EffectsOptions, edition: Option<&Edition>) -> String {
    match (&options.title, edition) {
        (Some(title), _) => title.to_string(),
        (None, Some(edition)) => cx.t("effects-title", &[("edition", Arg::Text(&edition.label))]),
        (None, None) => cx.t("effects-title-none", &[]),
    }
}

/// A column's heading, its tally still to be counted.
fn party_view(cx: &Cx<'_>, party: &Party) -> PartyView {
    PartyView {
        id: format!("{}party-{}", cx.prefix, party.head.id),
        name: party.name.to_string(),
        role: party.role.as_ref().map(|r| r.to_string()),
        url: party.url.as_ref().and_then(|u| cx.outside(u)),
        tally: Vec::new(),
    }
}
