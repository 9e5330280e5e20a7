//! needless-override: records that say they replace an inherited one, where there is none.

use std::collections::HashSet;

use crate::base::{Diagnostic, Diagnostics, SourcePath, rules};
use crate::model::*;

use super::CheckInput;
use super::scope::Scope;
use super::tables::View;

/// A record that replaces nothing.
pub struct Idle<'a> {
    /// Its kind, as people name it.
    pub kind: &'static str,
    /// Its id and place.
    pub head: &'a Head,
    /// The ids of its kind in the folders above.
    above: HashSet<&'a str>,
}

/// Reports what replaces nothing.
pub fn check(scope: &Scope<'_>, out: &mut Diagnostics) {
    for idle in idle(scope.input, scope.explainer, scope.see) {
        let Some(span) = idle.head.replaces.clone() else { continue };
        let id = &idle.head.id;
        let message = format!("no folder above has a record of the kind `{}` with the id `{id}`", idle.kind);
        let found = Diagnostic::warning(rules::NEEDLESS_OVERRIDE, span, message);
        let found = found.suggest(id, idle.above.iter().copied());
        out.push(found.help("write the id of the record that this one is to replace, or take `override` out"));
    }
}

/// The records of an explainer's folder that replace nothing, though they say they do. None where a file above could
/// not be read: what they replace may be in it.
pub fn idle<'a>(input: &CheckInput<'_>, explainer: &'a Explainer, see: View<'a>) -> Vec<Idle<'a>> {
    let (dir, own) = (&explainer.dir, &*explainer.own);
    let above = |file: &SourcePath| file.parent().is_some_and(|up| up != *dir && dir.strip_prefix(&up).is_some());
    if input.unread.iter().any(above) {
        return Vec::new();
    }
    macro_rules! idle {
        ($($kind:literal: $list:ident),* $(,)?) => {{
            let mut out = Vec::new();
            $(
                if own.$list.iter().any(|record| record.head.replaces.is_some()) {
                    let above = see.records().skip(1).flat_map(|records| &records.$list);
                    let above: HashSet<&str> = above.map(|record| &*record.head.id).collect();
                    let idle = own.$list.iter().map(|record| &record.head);
                    let idle = idle.filter(|head| head.replaces.is_some() && !above.contains(&*head.id));
                    out.extend(idle.map(|head| Idle { kind: $kind, head, above: above.clone() }));
                }
            )*
            out
        }};
    }
    idle! {
        "edition": editions, "term": terms, "party": parties, "event": events, "era": eras, "source": sources,
        "fact": facts, "comparison": comparisons, "change": changes,
    }
}
