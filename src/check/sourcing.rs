//! Rules about what is said and who said it: unsourced-state, unsourced-event, unsourced-fact, unsourced-cell,
//! undefined-term, ambiguous-name, empty-cell, unknown-column, duplicate-state.

use std::collections::{HashMap, HashSet};

use crate::base::{Diagnostic, Diagnostics, Span, rules, text};
use crate::model::sourced;
use crate::model::*;

use super::scope::Scope;

/// The cells of comparisons with more aren't looked at.
const MOST_CELLS: usize = 500_000;

/// Looks at the records that the folder defines.
pub fn check(scope: &Scope<'_>, out: &mut Diagnostics) {
    let own = scope.own();
    for term in &own.terms {
        check_term(scope, term, out);
    }
    check_names(scope, out);
    for event in &own.events {
        if !is_sourced(scope, &event.provenance, event.body.as_ref()) {
            let message = format!("the event `{}` names no source", event.head.id);
            out.push(
                Diagnostic::warning(rules::UNSOURCED_EVENT, event.head.span.clone(), message)
                    .help(source_help(&event.head.span)),
            );
        }
    }
    for fact in &own.facts {
        if !is_sourced(scope, &fact.provenance, None) {
            let message = format!("the fact `{}` names no source", fact.head.id);
            out.push(
                Diagnostic::warning(rules::UNSOURCED_FACT, fact.head.span.clone(), message)
                    .help(source_help(&fact.head.span)),
            );
        }
    }
    for comparison in &own.comparisons {
        // With more, pages that show it are too long, which is told; what its cells lack would be a list without end.
        if comparison.rows.len().saturating_mul(comparison.columns.len()) > MOST_CELLS {
            continue;
        }
        let columns = comparison.columns.iter().map(|column| &*column.id).collect();
        for row in &comparison.rows {
            check_row(scope, comparison, &columns, row, out);
        }
    }
}

/// What to do about a record of a file without a source.
fn source_help(at: &Span) -> &'static str {
    match &*at.file.extension() {
        "csv" => {
            "name the id of a source in a column `sources`, or write `unknown` in a column `status` if nobody has said so"
        }
        _ => "add `sources = [\"id\"]` with the id of a source, or `status = \"unknown\"` if nobody has said so",
    }
}

fn is_sourced(scope: &Scope<'_>, provenance: &Provenance, text: Option<&Prose>) -> bool {
    sourced::is_sourced(provenance, text, |id| scope.see.fact(id))
}

fn is_blank(prose: &Prose) -> bool {
    prose.source.trim().is_empty()
}

fn check_term(scope: &Scope<'_>, term: &Term, out: &mut Diagnostics) {
    let id = &term.head.id;
    if term.definition.as_ref().is_none_or(is_blank) {
        let message = format!("the term `{id}` has no definition");
        let found = Diagnostic::warning(rules::UNDEFINED_TERM, term.head.span.clone(), message);
        out.push(
            found.help("add `definition = \"…\"`: a sentence that says what it is, shown where the text names it"),
        );
    }
    let mut seen: HashMap<&str, &Span> = HashMap::new();
    for state in &term.states {
        let edition = &*state.edition.text;
        if let Some(first) = seen.get(edition) {
            let message = format!("the term `{id}` has a second state for the edition `{edition}`");
            out.push(
                Diagnostic::error(rules::DUPLICATE_STATE, state.edition.span.clone(), message)
                    .label((*first).clone(), "the first is here")
                    .help("keep one of them, or correct the edition"),
            );
        } else {
            seen.insert(edition, &state.edition.span);
        }
        if let Some(blank) = &state.blank {
            let message = format!("the state of `{id}` for `{edition}` is blank");
            out.push(
                Diagnostic::warning(rules::EMPTY_CELL, blank.clone(), message)
                    .help("say what the term was; if that isn't public, leave `value` out"),
            );
        }
        match &state.value {
            Some(value) if !is_sourced(scope, &state.provenance, Some(value)) => {
                let message = format!("the state of `{id}` for `{edition}` names no source");
                out.push(
                    Diagnostic::warning(rules::UNSOURCED_STATE, value.source.span.clone(), message)
                        .help(source_help(&value.source.span)),
                );
            }
            _ => {}
        }
    }
}

/// Reports a name of a term defined here that another term has too.
fn check_names(scope: &Scope<'_>, out: &mut Diagnostics) {
    if scope.own().terms.is_empty() {
        return;
    }
    let mut seen: HashMap<String, &Term> = HashMap::new();
    for term in scope.see.records().collect::<Vec<_>>().into_iter().rev().flat_map(|records| &records.terms) {
        for name in [&term.name].into_iter().chain(&term.aliases) {
            let key = name.to_lowercase();
            match seen.get(&key) {
                Some(first) if first.head.id != term.head.id => {
                    let message =
                        format!("`{name}` is a name of two terms, `{}` and `{}`", first.head.id, term.head.id);
                    out.push(
                        Diagnostic::warning(rules::AMBIGUOUS_NAME, name.span.clone(), message)
                            .label(first.head.span.clone(), "the other term")
                            .help("where the text uses the name only the first of them links; give one another name"),
                    );
                }
                Some(_) => {}
                None => {
                    seen.insert(key, term);
                }
            }
        }
    }
}

fn check_row(scope: &Scope<'_>, comparison: &Comparison, columns: &HashSet<&str>, row: &Row, out: &mut Diagnostics) {
    let label = &row.label;
    for (id, cell) in row.cells.iter() {
        if !columns.contains(&**id) {
            let message = format!("`{}` has no column `{id}`", comparison.head.id);
            let found = Diagnostic::error(rules::UNKNOWN_COLUMN, cell.span.clone(), message);
            let known = || comparison.columns.iter().map(|column| &*column.id);
            let near = scope.patience.lasts().then(|| text::did_you_mean(id, known())).flatten();
            out.push(match near {
                Some(near) => found.help(format!("did you mean `{near}`?")),
                None => found.help(format!("its columns are {}", text::listed(known()))),
            });
        }
    }
    let blanks: HashMap<&str, &Span> = row.blanks.iter().rev().map(|(id, span)| (&**id, span)).collect();
    for column in &comparison.columns {
        let deliberate = |cell: &Cell| cell.provenance.note.is_some() || cell.provenance.status == Status::Unknown;
        let empty = |span: &Span| {
            let message = format!("the row `{label}` says nothing for the column `{}`", column.label);
            Diagnostic::warning(rules::EMPTY_CELL, span.clone(), message).help(
                "write the cell; if there is nothing to say, `{ status = \"unknown\" }` or a `note` that says why",
            )
        };
        match row.cells.get(&column.id) {
            None => {
                out.push(empty(blanks.get(&*column.id).copied().unwrap_or(&row.span)));
            }
            Some(cell) => match &cell.value {
                Some(value) if is_blank(value) => out.push(empty(&cell.span)),
                None if !deliberate(cell) => out.push(empty(&cell.span)),
                None => {}
                Some(value) => {
                    let inherited = !row.sources.is_empty() || !comparison.provenance.sources.is_empty();
                    if !inherited && !is_sourced(scope, &cell.provenance, Some(value)) {
                        let message = format!("the cell `{label}` × `{}` names no source", column.label);
                        let found = Diagnostic::warning(rules::UNSOURCED_CELL, cell.span.clone(), message);
                        out.push(found.help("give the cell, its row or the comparison `sources = [\"id\"]`"));
                    }
                }
            },
        }
    }
}
