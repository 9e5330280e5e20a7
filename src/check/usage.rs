//! Rules about records that nothing uses: unused-term, unused-source, unused-fact, unused-party and
//! edition-without-event. A record that many explainers inherit is used if any of them uses it.

use std::collections::HashSet;
use std::sync::Arc;

use crate::base::{Diagnostic, Diagnostics, Rule, rules};
use crate::model::doc::{Part, ReferenceKind};
use crate::model::walk::selected_terms;
use crate::model::*;

use super::CheckInput;
use super::overrides;
use super::scope::{party_refs, passages, sections, source_refs};
use super::tables::{Tables, View};

/// The records that something uses, told apart by where they stand in memory: two folders may have one id each.
#[derive(Default)]
struct Used<'a> {
    terms: HashSet<*const Term>,
    sources: HashSet<*const Source>,
    facts: HashSet<*const Fact>,
    parties: HashSet<*const Party>,
    editions: HashSet<*const Edition>,
    /// Folders below which there are events at all.
    has_events: HashSet<&'a str>,
}

/// Reports what nothing uses.
pub fn check(input: &CheckInput<'_>, tables: &Tables<'_>, out: &mut Diagnostics) {
    let site = input.site;
    let mut used = Used::default();
    for (at, explainer) in site.explainers.iter().enumerate() {
        used.note(explainer, tables.view(at));
    }
    // Children stand after their parent: from the end, a child's events are known before its parent is asked.
    for explainer in site.explainers.iter().rev() {
        let own = !explainer.own.events.is_empty();
        let below = explainer.children.iter().filter_map(|child| site.explainers.get(*child));
        if own || below.into_iter().any(|child| used.has_events.contains(child.dir.as_str())) {
            used.has_events.insert(explainer.dir.as_str());
        }
    }
    let originals = site.explainers.iter().enumerate().filter(|(_, explainer)| explainer.translation.is_none());
    for (at, explainer) in originals {
        report(input, explainer, tables.view(at), &used, out);
    }
}

impl<'a> Used<'a> {
    /// Notes what one explainer and the records of its folder use.
    fn note(&mut self, explainer: &'a Explainer, see: View<'_>) {
        for passage in passages(explainer) {
            for part in passage.doc.notable_parts() {
                match part {
                    Part::Reference(reference) => match reference.kind {
                        ReferenceKind::Term => self.term(see, &reference.id),
                        ReferenceKind::Fact => self.fact(see, &reference.id),
                        _ => {}
                    },
                    Part::Citation(citation) => citation.items.iter().for_each(|item| self.source(see, &item.id)),
                    _ => {}
                }
            }
        }
        explainer.uses.term_sections.keys().for_each(|id| self.term(see, id));
        explainer.uses.term_events.keys().for_each(|id| self.term(see, id));
        let own = &*explainer.own;
        source_refs(own).iter().for_each(|source| self.source(see, &source.id));
        party_refs(own).iter().for_each(|party| {
            self.parties.extend(see.party(party).map(std::ptr::from_ref));
        });
        for event in &own.events {
            event.terms.iter().for_each(|term| self.term(see, term));
            if let Some(edition) = event.edition.as_ref().and_then(|id| see.edition(id)) {
                self.editions.insert(edition);
            }
        }
        own.changes.iter().filter_map(|change| change.term.as_ref()).for_each(|term| self.term(see, term));
        if let Some(index) = &explainer.index {
            index.meta.key_facts.iter().for_each(|fact| self.fact(see, fact));
        }
        for section in sections(explainer) {
            for (_, block) in section.understood_blocks() {
                self.block(see, &explainer.data, block);
            }
        }
    }

    fn term(&mut self, see: View<'_>, id: &str) {
        self.terms.extend(see.term(id).map(std::ptr::from_ref));
    }

    fn fact(&mut self, see: View<'_>, id: &str) {
        self.facts.extend(see.fact(id).map(std::ptr::from_ref));
    }

    fn source(&mut self, see: View<'_>, id: &str) {
        self.sources.extend(see.source(id).map(std::ptr::from_ref));
    }

    /// What a block shows is used.
    fn block(&mut self, see: View<'_>, data: &Data, block: &Block) {
        if let Block::Chart(chart) = block {
            return chart.provenance.sources.iter().for_each(|source| self.source(see, &source.id));
        }
        let terms = match block {
            Block::Terms(options) => selected_terms(data, &options.terms, &options.groups),
            Block::TermSheet(options) => selected_terms(data, &options.terms, &options.groups),
            Block::Effects(options) => selected_terms(data, &options.terms, &[]),
            _ => return,
        };
        let effects = matches!(block, Block::Effects(_));
        for term in terms {
            if !effects || term.states.iter().any(|state| !state.effects.is_empty()) {
                self.term(see, &term.head.id);
            }
        }
    }
}

/// True if the two are one record: not if `second` lost its id to another of the same folder, which is reported already.
fn same<T>(first: Option<&T>, second: &T) -> bool {
    first.is_some_and(|first| std::ptr::eq(first, second))
}

fn report(input: &CheckInput<'_>, explainer: &Explainer, see: View<'_>, used: &Used<'_>, out: &mut Diagnostics) {
    let own = &*explainer.own;
    let idle: HashSet<*const Head> =
        overrides::idle(input, explainer, see).into_iter().map(|idle| std::ptr::from_ref(idle.head)).collect();
    let mut unused = |rule: Rule, head: &Head, what: &str, help: &str| {
        // A record that replaces an inherited one is used where that one was. Of a file that broke off nothing is known.
        let replaces = head.replaces.is_some() && !idle.contains(&std::ptr::from_ref(head));
        if !replaces && !input.unread.contains(&head.span.file) {
            let message = format!("{what} `{}`", head.id);
            out.push(Diagnostic::warning(rule, head.span.clone(), message).help(help));
        }
    };
    let lost = |r: &&Arc<Term>| !used.terms.contains(&Arc::as_ptr(r)) && same(see.term(&r.head.id), r);
    for term in own.terms.iter().filter(lost) {
        let help =
            "name it in the text, as `[[id]]` or by one of its names, list it in an event's `terms`, or take it out";
        unused(rules::UNUSED_TERM, &term.head, "no text and no event names the term", help);
    }
    let lost = |r: &&Arc<Source>| !used.sources.contains(&Arc::as_ptr(r)) && same(see.source(&r.head.id), r);
    for source in own.sources.iter().filter(lost) {
        let help = "cite it with `[@id]`, name it in the `sources` of what it supports, or take it out";
        unused(rules::UNUSED_SOURCE, &source.head, "nothing cites the source", help);
    }
    let lost = |r: &&Arc<Fact>| !used.facts.contains(&Arc::as_ptr(r)) && same(see.fact(&r.head.id), r);
    for fact in own.facts.iter().filter(lost) {
        let help = "write `[[fact:id]]` where the text gives the value, add it to `key_facts`, or take it out";
        unused(rules::UNUSED_FACT, &fact.head, "nothing shows the fact", help);
    }
    let lost = |r: &&Arc<Party>| !used.parties.contains(&Arc::as_ptr(r)) && same(see.party(&r.head.id), r);
    for party in own.parties.iter().filter(lost) {
        let help = "name it in an effect or in an event's `parties`, or take it out";
        unused(rules::UNUSED_PARTY, &party.head, "no effect and no event names the party", help);
    }
    if !used.has_events.contains(explainer.dir.as_str()) {
        return;
    }
    let lost = |r: &&Arc<Edition>| !used.editions.contains(&Arc::as_ptr(r)) && same(see.edition(&r.head.id), r);
    for edition in own.editions.iter().filter(lost) {
        let same_day = own.events.iter().find(|event| event.edition.is_none() && event.date == edition.date);
        let help = match same_day {
            Some(event) => {
                format!("if `{}` brought it in, add `edition = \"{}\"` there", event.head.id, edition.head.id)
            }
            None => format!("add `edition = \"{}\"` to the event that brought it in", edition.head.id),
        };
        unused(rules::EDITION_WITHOUT_EVENT, &edition.head, "no event brought in the edition", &help);
    }
}
