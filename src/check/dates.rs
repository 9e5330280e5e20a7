//! Rules about dates: edition-order, end-before-start, date-conflict, stale-fact, stale-updated.

use std::collections::HashMap;

use crate::base::{Diagnostic, Diagnostics, rules};
use crate::model::*;

use super::scope::Scope;

/// Looks at the records that the folder defines, and at the dates of the explainer itself.
pub fn check(scope: &Scope<'_>, out: &mut Diagnostics) {
    check_order(scope, out);
    check_intervals(scope, out);
    check_conflicts(scope, out);
    check_stale(scope, out);
    check_updated(scope, out);
    check_newest_change(scope, out);
}

/// Editions stand in the order of their dates, and no two at the same.
fn check_order(scope: &Scope<'_>, out: &mut Diagnostics) {
    let own = &scope.own().editions;
    for (first, second) in own.iter().zip(own.iter().skip(1)) {
        let reversed = matches!(
            (first.date.earliest(), second.date.latest()),
            (Some(first), Some(second)) if second < first
        );
        if reversed && first.head.span.file == second.head.span.file {
            let message = format!("the edition `{}` is older than the one before it", second.head.id);
            out.push(
                Diagnostic::warning(rules::EDITION_ORDER, second.head.span.clone(), message)
                    .label(first.head.span.clone(), format!("`{}` is of {}", first.head.id, first.date))
                    .help(format!("put it above `{}`, or correct one of the dates", first.head.id)),
            );
        }
    }
    if own.is_empty() {
        return;
    }
    let mut seen: HashMap<String, &Edition> = HashMap::new();
    let above: Vec<&Records> = scope.see.records().collect();
    for edition in above.into_iter().rev().flat_map(|records| &records.editions) {
        let date = edition.date.to_edtf();
        if let Some(first) = seen.get(&date).filter(|first| first.head.id != edition.head.id) {
            let message =
                format!("the editions `{}` and `{}` have the same date, {date}", first.head.id, edition.head.id);
            out.push(
                Diagnostic::warning(rules::EDITION_ORDER, edition.head.span.clone(), message)
                    .label(first.head.span.clone(), "the other edition")
                    .help("readers can't tell which came first; give the dates more exactly, or make them one edition"),
            );
        } else {
            seen.insert(date, edition);
        }
    }
}

/// Nothing ends before it starts.
fn check_intervals(scope: &Scope<'_>, out: &mut Diagnostics) {
    let own = scope.own();
    for era in &own.eras {
        let reversed = match &era.end {
            Some(end) => matches!((era.start.earliest(), end.latest()), (Some(first), Some(last)) if last < first),
            None => false,
        };
        if let (true, Some(end)) = (reversed, &era.end) {
            let message = format!("the era `{}` ends at {end}, before it starts at {}", era.head.id, era.start);
            out.push(
                Diagnostic::error(rules::END_BEFORE_START, era.end_span.clone(), message)
                    .help("correct `start` or `end`"),
            );
        }
    }
    for event in own.events.iter().filter(|event| event.date.is_reversed()) {
        let message = format!("the date of `{}` ends before it starts", event.head.id);
        out.push(
            Diagnostic::error(rules::END_BEFORE_START, event.date_span.clone(), message)
                .help("an interval is written `start/end`, the earlier date first"),
        );
    }
    for edition in own.editions.iter().filter(|edition| edition.date.is_reversed()) {
        let message = format!("the date of `{}` ends before it starts", edition.head.id);
        out.push(
            Diagnostic::error(rules::END_BEFORE_START, edition.head.span.clone(), message)
                .help("an interval is written `start/end`, the earlier date first"),
        );
    }
}

/// An event that brought in an edition happened when the edition took effect.
fn check_conflicts(scope: &Scope<'_>, out: &mut Diagnostics) {
    for event in &scope.own().events {
        let Some(edition) = event.edition.as_ref().and_then(|id| scope.see.edition(id)) else { continue };
        let disputed = [&event.provenance, &edition.provenance].iter().any(|p| p.status == Status::Disputed);
        if disputed || event.date.is_reversed() || edition.date.is_reversed() {
            continue;
        }
        if !event.date.same_or_overlaps(&edition.date) {
            let message = format!(
                "the event `{}` is of {}, but the edition `{}` that it brought in is of {}",
                event.head.id, event.date, edition.head.id, edition.date
            );
            out.push(
                Diagnostic::error(rules::DATE_CONFLICT, event.date_span.clone(), message)
                    .label(edition.head.span.clone(), format!("the edition, of {}", edition.date))
                    .help("correct one of the dates; if sources disagree, set `status = \"disputed\"` on the event"),
            );
        }
    }
}

/// Facts are looked at again in time.
fn check_stale(scope: &Scope<'_>, out: &mut Diagnostics) {
    let today = scope.input.today;
    for fact in &scope.own().facts {
        let id = &fact.head.id;
        if let Some(by) = fact.review_by.as_ref().filter(|date| date.is_past(today)) {
            let message = format!("the fact `{id}` was to be reviewed by {by}");
            out.push(
                Diagnostic::warning(rules::STALE_FACT, fact.head.span.clone(), message)
                    .help("look whether the value still holds, then set `as_of` and a later `review_by`"),
            );
            continue;
        }
        let (Some(limit), Some(as_of)) = (scope.input.site.settings.stale_after_days, &fact.provenance.as_of) else {
            continue;
        };
        let Some(age) = as_of.latest().map(|day| day.days_until(today)) else { continue };
        if age > i64::from(limit) && fact.review_by.is_none() {
            let message = format!("the fact `{id}` is as of {as_of}, more than {limit} days ago");
            out.push(
                Diagnostic::warning(rules::STALE_FACT, fact.head.span.clone(), message)
                    .help("look whether the value still holds and set `as_of`; `review_by` gives it a date of its own"),
            );
        }
    }
}

/// An explainer is not updated before it is published.
fn check_updated(scope: &Scope<'_>, out: &mut Diagnostics) {
    let Some(index) = &scope.explainer.index else { return };
    let meta = &index.meta;
    let (Some(published), Some(updated)) = (&meta.published, &meta.updated) else { return };
    if matches!((published.earliest(), updated.latest()), (Some(first), Some(last)) if last < first) {
        let message = format!("the page was updated on {updated}, before it was published on {published}");
        out.push(
            Diagnostic::error(rules::DATE_CONFLICT, meta.title.span.clone(), message)
                .help("correct `published` or `updated`"),
        );
    }
}

/// What readers are told was changed isn't newer than the day that the page says it was last updated on.
fn check_newest_change(scope: &Scope<'_>, out: &mut Diagnostics) {
    let Some(index) = &scope.explainer.index else { return };
    let meta = &index.meta;
    let Some(updated) = meta.updated.as_ref().or(meta.published.as_ref()) else { return };
    let past = scope.own().changes.iter().filter(|change| !change.date.is_future(scope.input.today));
    let Some(newest) = past.max_by_key(|change| change.date.earliest()) else { return };
    if matches!((updated.latest(), newest.date.earliest()), (Some(last), Some(first)) if last < first) {
        let message = format!("the newest change is of {}, and the page says it was updated on {updated}", newest.date);
        out.push(
            Diagnostic::warning(rules::STALE_UPDATED, meta.title.span.clone(), message)
                .label(newest.head.span.clone(), "the newest change")
                .help(format!("set `updated = {}` in the front matter", newest.date)),
        );
    }
}
