//! Rules about names of other records: unknown-reference, unknown-party.

use crate::base::{Diagnostic, Diagnostics, Rule, SourcePath, Span, rules, text};
use crate::model::doc::{Part, Reference, ReferenceKind};
use crate::model::*;

use super::scope::{Passage, Scope, party_refs, source_refs};

/// What a name can be the name of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A term.
    Term,
    /// A fact.
    Fact,
    /// An event.
    Event,
    /// A section.
    Section,
    /// A comparison.
    Comparison,
    /// A source.
    Source,
    /// An edition.
    Edition,
    /// A party.
    Party,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Term,
        Self::Fact,
        Self::Event,
        Self::Section,
        Self::Comparison,
        Self::Source,
        Self::Edition,
        Self::Party,
    ];

    /// The word for it.
    fn noun(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Fact => "fact",
            Self::Event => "event",
            Self::Section => "section",
            Self::Comparison => "comparison",
            Self::Source => "source",
            Self::Edition => "edition",
            Self::Party => "party",
        }
    }

    /// The word with its article.
    fn a_noun(self) -> String {
        let article = if matches!(self, Self::Event | Self::Edition) { "an" } else { "a" };
        format!("{article} {}", self.noun())
    }

    /// The data file where such records usually stand.
    fn file(self) -> &'static str {
        match self {
            Self::Term | Self::Edition => "terms.toml",
            Self::Fact => "facts.toml",
            Self::Event => "events.toml",
            Self::Section => "",
            Self::Comparison => "comparisons.toml",
            Self::Source => "sources.toml",
            Self::Party => "parties.toml",
        }
    }

    /// The names, without ending, of the files that may hold such records.
    fn stems(self) -> &'static [&'static str] {
        match self {
            Self::Term => &["terms"],
            Self::Edition => &["terms", "editions"],
            Self::Fact => &["facts"],
            Self::Event => &["events"],
            Self::Section => &[],
            Self::Comparison => &["comparisons"],
            Self::Source => &["sources"],
            Self::Party => &["parties"],
        }
    }

    /// How the prose names it.
    fn syntax(self, id: &str) -> Option<String> {
        Some(match self {
            Self::Term => format!("[[{id}]]"),
            Self::Fact => format!("[[fact:{id}]]"),
            Self::Event => format!("[[event:{id}]]"),
            Self::Section => format!("[[section:{id}]]"),
            Self::Comparison => format!("[[compare:{id}]]"),
            Self::Source => format!("[@{id}]"),
            Self::Edition | Self::Party => return None,
        })
    }

    /// The rule that reports an unknown one.
    fn rule(self) -> Rule {
        if self == Self::Party { rules::UNKNOWN_PARTY } else { rules::UNKNOWN_REFERENCE }
    }

    /// True if the explainer has no record of this kind with this id, as far as one can know: where a file that may
    /// hold it could not be read, it is not missing.
    fn lacks(self, scope: &Scope<'_>, id: &str) -> bool {
        let unread = |file: &&SourcePath| {
            let above = file.parent().is_some_and(|dir| scope.explainer.dir.strip_prefix(&dir).is_some());
            above && self.stems().contains(&file.stem())
        };
        !self.exists(scope, id) && scope.input.unread.iter().find(unread).is_none()
    }

    /// True if the explainer may name one by this id.
    fn exists(self, scope: &Scope<'_>, id: &str) -> bool {
        match self {
            Self::Term => scope.see.term(id).is_some(),
            Self::Fact => scope.see.fact(id).is_some(),
            Self::Event => scope.see.event(id).is_some(),
            Self::Section => scope.slugs.contains(id),
            Self::Comparison => scope.see.comparison(id).is_some(),
            Self::Source => scope.see.source(id).is_some(),
            Self::Edition => scope.see.edition(id).is_some(),
            Self::Party => scope.see.party(id).is_some(),
        }
    }

    /// Every id with the names it goes by.
    fn names<'a>(self, scope: &Scope<'a>) -> Vec<(&'a str, Vec<&'a str>)> {
        if self == Self::Section {
            return scope.explainer.sections.iter().map(|s| (&*s.slug, vec![&*s.title.text])).collect();
        }
        let mut out: Vec<(&str, Vec<&str>)> = Vec::new();
        for records in scope.see.records() {
            match self {
                Self::Term => out.extend(records.terms.iter().map(|r| {
                    let names = std::iter::once(&r.name).chain(&r.aliases);
                    (&*r.head.id, names.map(|name| &*name.text).collect())
                })),
                Self::Fact => out.extend(
                    records.facts.iter().map(|r| (&*r.head.id, r.label.iter().map(|label| &*label.text).collect())),
                ),
                Self::Event => out.extend(records.events.iter().map(|r| (&*r.head.id, vec![&*r.title.text]))),
                Self::Comparison => out.extend(records.comparisons.iter().map(|r| (&*r.head.id, vec![&*r.title.text]))),
                Self::Source => out.extend(records.sources.iter().map(|r| (&*r.head.id, vec![&*r.title.text]))),
                Self::Edition => out.extend(records.editions.iter().map(|r| (&*r.head.id, vec![&*r.label.text]))),
                Self::Party => out.extend(records.parties.iter().map(|r| (&*r.head.id, vec![&*r.name.text]))),
                Self::Section => {}
            }
        }
        out
    }
}

/// Reports every name that nothing goes by.
pub fn check(scope: &Scope<'_>, out: &mut Diagnostics) {
    for passage in &scope.passages {
        for part in passage.doc.notable_parts() {
            match part {
                Part::Reference(reference) => check_reference(scope, passage, reference, out),
                Part::Citation(citation) => {
                    for item in &citation.items {
                        if Kind::Source.lacks(scope, &item.id) {
                            let span = passage.locate_in(item.at, &item.id);
                            out.push(unknown(scope, Kind::Source, &item.id, span, true));
                        }
                    }
                }
                _ => {}
            }
        }
    }
    check_records(scope, out);
    if let Some(index) = &scope.explainer.index {
        for fact in &index.meta.key_facts {
            check_ref(scope, Kind::Fact, fact, out);
        }
    }
}

/// Reports `name` if it isn't the id of such a record.
pub fn check_ref(scope: &Scope<'_>, kind: Kind, name: &Ref, out: &mut Diagnostics) {
    if kind.lacks(scope, name) {
        out.push(unknown(scope, kind, name, name.span.clone(), false));
    }
}

fn check_records(scope: &Scope<'_>, out: &mut Diagnostics) {
    let own = scope.own();
    for source in source_refs(own) {
        check_ref(scope, Kind::Source, &source.id, out);
    }
    for party in party_refs(own) {
        check_ref(scope, Kind::Party, party, out);
    }
    for state in own.terms.iter().flat_map(|term| &term.states) {
        check_ref(scope, Kind::Edition, &state.edition, out);
    }
    for event in &own.events {
        event.terms.iter().for_each(|term| check_ref(scope, Kind::Term, term, out));
        event.edition.iter().for_each(|edition| check_ref(scope, Kind::Edition, edition, out));
    }
    for change in &own.changes {
        change.section.iter().for_each(|section| check_ref(scope, Kind::Section, section, out));
        change.term.iter().for_each(|term| check_ref(scope, Kind::Term, term, out));
        change.event.iter().for_each(|event| check_ref(scope, Kind::Event, event, out));
    }
}

fn check_reference(scope: &Scope<'_>, passage: &Passage<'_>, reference: &Reference, out: &mut Diagnostics) {
    let kind = match reference.kind {
        ReferenceKind::Term => Kind::Term,
        ReferenceKind::Fact => Kind::Fact,
        ReferenceKind::Event => Kind::Event,
        ReferenceKind::Section => Kind::Section,
        ReferenceKind::Comparison => Kind::Comparison,
        ReferenceKind::Unknown => {
            let prefix = reference.id.split(':').next().unwrap_or_default();
            let span = passage.locate_in(reference.id_at, &reference.id);
            let prefixes = ["fact", "event", "section", "compare"];
            let found = Diagnostic::error(
                rules::UNKNOWN_REFERENCE,
                span,
                format!("`{prefix}:` is not something that text can refer to"),
            );
            out.push(found.suggest(prefix, prefixes).help(
                "write `[[id]]` for a term, `[[fact:id]]`, `[[event:id]]`, `[[section:slug]]` or `[[compare:id]]`, and `[@id]` for a source",
            ));
            return;
        }
    };
    if kind.lacks(scope, &reference.id) {
        let span = passage.locate_in(reference.id_at, &reference.id);
        out.push(unknown(scope, kind, &reference.id, span, true));
    }
}

/// The report about a name that nothing goes by. `in_prose`: it was written in running text.
fn unknown(scope: &Scope<'_>, kind: Kind, id: &str, span: Span, in_prose: bool) -> Diagnostic {
    let noun = kind.noun();
    let found = Diagnostic::error(kind.rule(), span, format!("there is no {noun} `{id}`"));
    if !scope.patience.lasts() {
        return found;
    }
    let names = kind.names(scope);
    if let Some(near) = nearest(id, &names) {
        return found.help(format!("did you mean `{near}`?"));
    }
    let other = Kind::ALL.into_iter().find(|other| *other != kind && other.exists(scope, id));
    if let Some(other) = other {
        let what = other.a_noun();
        return match other.syntax(id).filter(|_| in_prose) {
            Some(syntax) => found.help(format!("`{id}` is {what}: write `{syntax}`")),
            None => found.help(format!("`{id}` is {what}, and {} is wanted here", kind.a_noun())),
        };
    }
    if kind == Kind::Section {
        return match names.is_empty() {
            true => found.help("this explainer has no sections"),
            false => found.help(format!("the sections are {}", text::listed(names.iter().map(|(slug, _)| *slug)))),
        };
    }
    found.help(format!("add a `[[{noun}]]` with `id = \"{id}\"` to `{}`, or take the name out", kind.file()))
}

/// The id that was probably meant: one whose name is `word`, one that is nearly `word`, or one whose name is nearly so.
fn nearest<'a>(word: &str, names: &[(&'a str, Vec<&'a str>)]) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let slug = text::slug(word);
    let named = |name: &&str| name.to_lowercase() == lower || text::slug(name) == slug;
    let exact = names.iter().find(|(id, names)| *id == slug || names.iter().any(named));
    if let Some((id, _)) = exact {
        return Some(id);
    }
    if let Some(id) = text::did_you_mean(word, names.iter().map(|(id, _)| *id)) {
        return Some(id);
    }
    let name = text::did_you_mean(word, names.iter().flat_map(|(_, names)| names.iter().copied()))?;
    names.iter().find(|(_, names)| names.contains(&name)).map(|(id, _)| *id)
}
