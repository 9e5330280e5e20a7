//! check: the rules that the site as a whole is held to.
//!
//! One file a family of rules; [`rules`] documents each. Rules look at one explainer at a time through [`Scope`], and
//! at a record in the folder that defines it, so that what a thousand explainers inherit is reported once. What needs
//! the whole site (is a source unused everywhere? do two files want one address?) has its own pass.

mod blocked;
mod blocks;
mod colour;
mod dates;
mod facts;
mod fonts;
mod ids;
mod images;
mod links;
mod overrides;
mod paths;
mod prose;
mod raw;
mod references;
pub mod rules;
mod scope;
mod slips;
mod sourcing;
mod tables;
mod tags;
mod theme;
mod unnamed;
mod usage;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::base::{Diagnostics, SourcePath, rules as names};
use crate::model::Site;
use crate::model::date::Day;
use scope::Scope;

/// The ids of a page by its site path (`terms/index.html`); `None` for what isn't a page, or isn't known to be one.
pub type Anchors<'a> = dyn Fn(&str) -> Option<Arc<BTreeSet<Arc<str>>>> + Sync + 'a;

/// What the rules look at.
pub struct CheckInput<'a> {
    /// The site, resolved.
    pub site: &'a Site,
    /// The date of the build.
    pub today: Day,
    /// Every path that the program makes by itself: pages, data, feeds, the theme's files. The files that it copies are
    /// in `site.files`.
    pub made: &'a BTreeSet<Arc<str>>,
    /// Files that could not be read, or not to their end. What they may hold is not reported as missing.
    pub unread: &'a BTreeSet<SourcePath>,
    /// What a link may point to within a page.
    pub anchors: &'a Anchors<'a>,
    /// Says when nobody wants to know any more. What is found after that is not whole.
    pub stop: &'a Stop<'a>,
}

/// Asked now and then by work that takes long: true if its result is not wanted any more.
pub type Stop<'a> = dyn Fn() -> bool + Sync + 'a;

/// Everything the rules find, in the order of files and places, with the severity each rule has by itself.
/// [`rules::apply_levels`] then gives them the severity the settings want.
pub fn check(input: &CheckInput<'_>) -> Diagnostics {
    let site = input.site;
    let tables = tables::Tables::new(site);
    let values = facts::Values::new(site);
    let ids = ids::Ids::new(site);
    let of_each = || -> Diagnostics {
        let explainers = site.explainers.par_iter().enumerate().flat_map_iter(|(at, explainer)| {
            let mut out = Diagnostics::new();
            if (input.stop)() {
                return out;
            }
            let scope = Scope::new(input, explainer, tables.view(at));
            references::check(&scope, &mut out);
            blocks::check(&scope, &mut out);
            prose::check(&scope, &mut out);
            links::check(&scope, &ids, &mut out);
            slips::check(&scope, &mut out);
            out.extend(explainer.too_long.clone());
            // What is said of records holds in every language: it is said once.
            if explainer.translation.is_none() {
                overrides::check(&scope, &mut out);
                sourcing::check(&scope, &mut out);
                dates::check(&scope, &mut out);
                facts::check(&scope, &values.above(site, at), &mut out);
            }
            out
        });
        explainers.collect()
    };
    let of_site = || {
        let mut out = Diagnostics::new();
        for explainer in &site.explainers {
            out.extend(explainer.visible.found.iter().cloned());
        }
        usage::check(input, &tables, &mut out);
        links::settings(input, &mut out);
        paths::check(input, &mut out);
        colour::check(&site.settings, &mut out);
        theme::check(&site.settings, &mut out);
        fonts::check(site, &mut out);
        unnamed::check(input, &mut out);
        out
    };
    let (mut found, of_site) = rayon::join(of_each, of_site);
    found.extend(of_site);
    sort(&mut found);
    images::once(&mut found);
    found
}

/// The files that `found` says could not be read, or not to their end.
pub fn unread(found: &Diagnostics) -> BTreeSet<SourcePath> {
    let unreadable = [names::BAD_SYNTAX, names::BAD_ENCODING, names::UNREADABLE_FILE];
    found.iter().filter(|found| unreadable.contains(&found.rule)).map(|found| found.span.file.clone()).collect()
}

/// Brings findings into the order of files and places, and drops those that say the same of the same place.
pub fn sort(found: &mut Diagnostics) {
    found.sort_by(|a, b| {
        (&a.span.file, a.span.start, a.span.end, a.rule, &a.message).cmp(&(
            &b.span.file,
            b.span.start,
            b.span.end,
            b.rule,
            &b.message,
        ))
    });
    found.dedup_by(|a, b| a.rule == b.rule && a.span == b.span && a.message == b.message);
}
