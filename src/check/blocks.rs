//! Rules about the blocks in the text: what their options name must exist, and they must have something to show.

use std::collections::BTreeSet;

use crate::base::{Diagnostic, Diagnostics, Span, Text, rules, text};
use crate::model::*;

use super::references::{Kind, check_ref};
use super::scope::Scope;

/// Looks at the options of each block.
pub fn check(scope: &Scope<'_>, out: &mut Diagnostics) {
    for section in scope.sections() {
        for (source, block) in section.understood_blocks() {
            check_block(scope, section.locate(source.name_at), block, out);
        }
    }
}

fn check_block(scope: &Scope<'_>, span: Span, block: &Block, out: &mut Diagnostics) {
    let see = scope.see;
    let none = |empty: fn(&Records) -> bool| see.records().all(empty);
    let refs = |kind: Kind, names: &[Ref], out: &mut Diagnostics| {
        names.iter().for_each(|name| check_ref(scope, kind, name, out));
    };
    let empty = |what: &str, help: &str| {
        Diagnostic::warning(rules::EMPTY_BLOCK, span.clone(), format!("this block shows nothing: {what}")).help(help)
    };
    match block {
        Block::Timeline(options) => {
            refs(Kind::Event, &options.events, out);
            let events = see.records().flat_map(|r| &r.events);
            let events = events.flat_map(|event| event.group.iter().chain(&event.head.group));
            let eras = see.records().flat_map(|r| &r.eras).flat_map(|era| era.group.iter().chain(&era.head.group));
            check_groups(scope, "event or era", &options.groups, events.chain(eras).collect(), out);
            if let (Some(from), Some(to)) = (&options.from, &options.to)
                && matches!((from.earliest(), to.latest()), (Some(first), Some(last)) if last < first)
            {
                let message = format!("the timeline ends at `{to}`, before it starts at `{from}`");
                out.push(
                    Diagnostic::error(rules::END_BEFORE_START, span.clone(), message).help("swap `from` and `to`"),
                );
            }
            if none(|r| r.events.is_empty() && r.editions.is_empty())
                && (options.no_eras || none(|r| r.eras.is_empty()))
            {
                out.push(empty("there are no events", "list them in `events.toml`"));
            }
        }
        Block::Terms(options) => {
            refs(Kind::Term, &options.terms, out);
            check_groups(scope, "term", &options.groups, term_groups(scope), out);
            if none(|r| r.terms.is_empty()) {
                out.push(empty("there are no terms", "list them in `terms.toml`"));
            }
        }
        Block::Comparison(id, _) => check_ref(scope, Kind::Comparison, id, out),
        Block::TermSheet(options) => {
            refs(Kind::Edition, &options.editions, out);
            refs(Kind::Term, &options.terms, out);
            check_groups(scope, "term", &options.groups, term_groups(scope), out);
            if none(|r| r.terms.is_empty()) {
                out.push(empty("there are no terms", "list them in `terms.toml`, or name a comparison with `id`"));
            } else if none(|r| r.editions.is_empty()) {
                out.push(empty("there are no editions", "list them in `terms.toml`, or name a comparison with `id`"));
            }
        }
        Block::Effects(options) => {
            refs(Kind::Party, &options.parties, out);
            options.edition.iter().for_each(|edition| check_ref(scope, Kind::Edition, edition, out));
            refs(Kind::Term, &options.terms, out);
            let mut states = see.terms().flat_map(|term| &term.states);
            if states.all(|state| state.effects.is_empty()) {
                out.push(empty(
                    "no state of a term has effects",
                    "add `[[term.state.effect]]` below a state in `terms.toml`",
                ));
            }
        }
        Block::Chart(chart) => {
            chart.provenance.sources.iter().for_each(|source| check_ref(scope, Kind::Source, &source.id, out));
            if chart.provenance.sources.is_empty() && chart.provenance.status != Status::Unknown {
                let name = chart.title.as_ref().map_or_else(|| span.clone(), |title| title.span.clone());
                out.push(
                    Diagnostic::warning(rules::UNSOURCED_FACT, name, "the chart names no source")
                        .help("add `sources = [\"id\"]` to its options"),
                );
            }
        }
        Block::Changes(_) | Block::Sources(_) | Block::Component(..) => {}
    }
}

fn term_groups<'a>(scope: &Scope<'a>) -> Vec<&'a Text> {
    scope.see.terms().flat_map(|term| term.group.iter().chain(&term.head.group)).collect()
}

/// Reports a group that no record is in.
fn check_groups(scope: &Scope<'_>, what: &str, wanted: &[Text], known: Vec<&Text>, out: &mut Diagnostics) {
    if wanted.is_empty() {
        return;
    }
    let known: BTreeSet<&str> = known.into_iter().map(|known| &*known.text).collect();
    for group in wanted {
        if !known.contains(&*group.text) {
            let message = format!("no {what} is in a group `{group}`");
            let found = Diagnostic::error(rules::UNKNOWN_REFERENCE, group.span.clone(), message);
            let near = scope.patience.lasts().then(|| text::did_you_mean(group, known.iter().copied())).flatten();
            out.push(match near {
                Some(near) => found.help(format!("did you mean `{near}`?")),
                None if known.is_empty() => found.help(format!("no {what} has a `group`")),
                None => found.help(format!("the groups are {}", text::listed(known.iter().copied()))),
            });
        }
    }
}
