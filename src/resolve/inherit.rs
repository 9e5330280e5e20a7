//! Records come down from the folders above; a nearer one replaces an inherited one only if it says so.

use std::sync::Arc;

use indexmap::IndexMap;

use super::uses::Used;
use crate::base::{Diagnostic, Diagnostics, rules};
use crate::model::*;

/// A kind of record, as far as inheriting goes.
trait Kept: Clone {
    const KIND: &'static str;
    fn head(&self) -> &Head;
}

macro_rules! kept {
    ($($type:ty => $kind:literal),* $(,)?) => {
        $(impl Kept for Arc<$type> {
            const KIND: &'static str = $kind;
            fn head(&self) -> &Head {
                &self.head
            }
        })*
    };
}

kept! {
    Edition => "edition", Term => "term", Party => "party", Event => "event", Era => "era", Source => "source",
    Fact => "fact", Comparison => "comparison", Change => "change",
}

/// What a folder sees: the inherited records and its own.
pub fn inherit(above: &Data, own: &Records, diagnostics: &mut Diagnostics) -> Data {
    let mut data = Data {
        editions: merge(&above.editions, &own.editions, diagnostics),
        terms: merge(&above.terms, &own.terms, diagnostics),
        parties: merge(&above.parties, &own.parties, diagnostics),
        events: merge(&above.events, &own.events, diagnostics),
        eras: merge(&above.eras, &own.eras, diagnostics),
        sources: merge(&above.sources, &own.sources, diagnostics),
        facts: merge(&above.facts, &own.facts, diagnostics),
        comparisons: merge(&above.comparisons, &own.comparisons, diagnostics),
        changes: merge(&above.changes, &own.changes, diagnostics),
    };
    data.editions.0.sort_by_cached_key(|_, e| e.date.sort_key());
    data.events.0.sort_by_cached_key(|_, e| e.date.sort_key());
    data.eras.0.sort_by_cached_key(|_, e| e.start.sort_key());
    data.changes.0.sort_by_cached_key(|_, c| std::cmp::Reverse(c.date.sort_key()));
    data
}

fn merge<T: Kept>(above: &IndexMapH<Id, T>, own: &[T], diagnostics: &mut Diagnostics) -> IndexMapH<Id, T> {
    let mut all: IndexMap<Id, (T, bool)> = above.iter().map(|(id, r)| (id.clone(), (r.clone(), true))).collect();
    for record in own {
        let head = record.head();
        match all.get(&head.id) {
            Some((first, inherited)) if !(*inherited && head.replaces.is_some()) => {
                let mut found = Diagnostic::error(
                    rules::DUPLICATE_ID,
                    head.span.clone(),
                    format!("there are two records of the kind `{}` with the id `{}`", T::KIND, head.id),
                )
                .label(first.head().span.clone(), "the other one is here");
                found = if *inherited {
                    found.help("write `override = true` here if this one is to replace the inherited one, or give it another id")
                } else {
                    found.help("give one of them another `id`")
                };
                diagnostics.push(found);
            }
            _ => {
                all.insert(head.id.clone(), (record.clone(), false));
            }
        }
    }
    IndexMapH(all.into_iter().map(|(id, (record, _))| (id, record)).collect())
}

/// Of what a folder sees, what its pages show: its own records, and the inherited ones that it uses. Where other
/// explainers lie below, its own sources, facts, terms and parties may be meant for them: then only those used.
pub fn shown(visible: &Arc<Data>, own: &Records, used: &Used, shared: bool) -> Arc<Data> {
    fn keep<T: Kept>(
        all: &IndexMapH<Id, T>,
        own: &[T],
        used: &std::collections::BTreeSet<Id>,
        own_too: bool,
    ) -> IndexMapH<Id, T> {
        let own: std::collections::BTreeSet<&Id> =
            if own_too { own.iter().map(|r| &r.head().id).collect() } else { Default::default() };
        let kept = all.iter().filter(|(id, _)| used.contains(*id) || own.contains(id));
        IndexMapH(kept.map(|(id, record)| (id.clone(), record.clone())).collect())
    }
    let data = Data {
        editions: keep(&visible.editions, &own.editions, &used.editions, true),
        terms: keep(&visible.terms, &own.terms, &used.terms, !shared),
        parties: keep(&visible.parties, &own.parties, &used.parties, !shared),
        events: keep(&visible.events, &own.events, &used.events, true),
        eras: keep(&visible.eras, &own.eras, &used.eras, true),
        sources: keep(&visible.sources, &own.sources, &used.sources, !shared),
        facts: keep(&visible.facts, &own.facts, &used.facts, !shared),
        comparisons: keep(&visible.comparisons, &own.comparisons, &used.comparisons, true),
        changes: keep(&visible.changes, &own.changes, &Default::default(), true),
    };
    if data == **visible { visible.clone() } else { Arc::new(data) }
}
