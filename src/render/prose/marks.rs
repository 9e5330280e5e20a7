//! What references and citations become.

use std::collections::HashSet;
use std::sync::Arc;

use super::fill::Filler;
use super::{CiteLink, FactLink, TermLink};
use crate::model::Id;
use crate::model::doc::{Citation, Part, Reference, ReferenceKind};

/// A source in a group of citations.
struct Cited {
    id: Id,
    /// What it is; `None` if it isn't known.
    cite: Option<CiteLink>,
    locator: Option<Arc<str>>,
}

/// The group of citations that was written last.
pub struct Group {
    /// Where it starts in what is written.
    start: usize,
    /// Where it ends.
    end: usize,
    /// How many citations were made before it.
    made: usize,
    plain: bool,
    cites: Vec<Cited>,
}

impl Filler<'_> {
    /// What a reference reads as.
    pub(super) fn shown(&self, reference: &Reference) -> String {
        let (kind, id) = (reference.kind, &*reference.id);
        let name = || match kind {
            ReferenceKind::Term => self.scope.term(id).map(|term| term.name),
            ReferenceKind::Fact => self.scope.fact(id).map(|fact| fact.value),
            ReferenceKind::Event | ReferenceKind::Section | ReferenceKind::Comparison => {
                self.scope.target(kind, id).map(|target| target.title)
            }
            ReferenceKind::Unknown => None,
        };
        reference.text.clone().or_else(name).unwrap_or_else(|| reference.id.clone()).to_string()
    }

    /// A reference. `next` is what follows it.
    pub(super) fn reference(&mut self, reference: &Reference, next: &[Part]) {
        let id = &reference.id;
        let text = reference.text.as_deref();
        match reference.kind {
            ReferenceKind::Term => match self.scope.term(id) {
                Some(term) if reference.plain => self.text(text.unwrap_or(&term.name)),
                Some(term) => self.term(id, &term, text.unwrap_or(&term.name)),
                None => self.text(text.unwrap_or(id)),
            },
            ReferenceKind::Fact => match self.scope.fact(id) {
                Some(fact) if reference.plain => self.text(text.unwrap_or(&fact.value)),
                Some(fact) => self.fact(id, &fact, text.unwrap_or(&fact.value), next),
                None => self.text(text.unwrap_or(id)),
            },
            ReferenceKind::Event | ReferenceKind::Section | ReferenceKind::Comparison => {
                match self.scope.target(reference.kind, id) {
                    Some(target) if reference.plain => self.text(text.unwrap_or(&target.title)),
                    Some(target) => {
                        self.out.push_str("<a");
                        self.address("href", &target.href);
                        self.out.push('>');
                        self.text(text.unwrap_or(&target.title));
                        self.out.push_str("</a>");
                    }
                    None => self.text(text.unwrap_or(id)),
                }
            }
            ReferenceKind::Unknown => self.text(text.unwrap_or(id)),
        }
    }

    /// A term: a link to the glossary and, right behind it, the button that opens the definition.
    pub(super) fn term(&mut self, id: &Id, term: &TermLink, text: &str) {
        if self.linked.insert(id.clone()) {
            self.filled.terms.push(id.clone());
        }
        self.out.push_str("<a class=\"term\"");
        self.address("href", &term.href);
        if self.options.bare {
            self.out.push('>');
            self.text(text);
            self.out.push_str("</a>");
            return;
        }
        self.attribute("data-term", id);
        self.out.push('>');
        self.text(text);
        self.out.push_str("</a><button class=\"term-open\" type=\"button\"");
        self.attribute("popovertarget", &term.popover);
        let label = self.scope.message_with("definition-of", "name", &term.name);
        self.attribute("aria-label", &label);
        self.out.push_str("></button>");
    }

    /// A named value with its citations (but those that the author wrote into the same sentence) and, if it isn't
    /// confirmed, its status (but that which is told right after the text).
    fn fact(&mut self, id: &Id, fact: &FactLink, text: &str, next: &[Part]) {
        self.out.push_str("<span class=\"fact\"");
        self.attribute("data-fact", id);
        self.out.push('>');
        self.text(text);
        self.out.push_str("</span>");
        if let Some(status) = fact.status.as_ref().filter(|_| self.options.told_status != Some(fact.status_name)) {
            self.out.push_str(" <span");
            self.attribute("class", &format!("status status-{}", fact.status_name));
            self.out.push_str(">(");
            self.text(status);
            self.out.push_str(")</span>");
        }
        // Left out only where all of its sources follow anyway: some of them alone would stand for the others.
        let follows = |(id, locator): &(Id, Option<Arc<str>>)| {
            (locator.is_none() && self.options.cited.contains(id))
                || cited_in_sentence(self.written, next, id, locator.as_deref())
        };
        if fact.cites.iter().all(follows) {
            return;
        }
        let known: Vec<Cited> = fact
            .cites
            .iter()
            .filter_map(|(id, locator)| {
                let cite = self.scope.citation(id, locator.as_deref().unwrap_or_default())?;
                Some(Cited { id: id.clone(), cite: Some(cite), locator: locator.clone() })
            })
            .collect();
        if !known.is_empty() {
            self.out.push('\u{a0}');
            self.group(known, false);
        }
    }

    /// A group of citations in brackets. Sources that are not known stand as they were typed.
    pub(super) fn citation(&mut self, citation: &Citation) {
        let cites: Vec<Cited> = citation
            .items
            .iter()
            .map(|item| Cited {
                id: item.id.clone(),
                cite: self.scope.citation(&item.id, item.locator.as_deref().unwrap_or_default()),
                locator: item.locator.clone(),
            })
            .collect();
        if cites.iter().all(|cited| cited.cite.is_none()) {
            return self.text(&citation.source);
        }
        // Where no space was typed, a bracket may still not begin a line.
        if self.out.chars().next_back().is_some_and(|c| !c.is_ascii() && c.is_alphanumeric()) {
            self.out.push('\u{2060}');
        }
        self.group(cites, citation.plain);
    }

    /// Citations in one pair of brackets, by number; those of a group that ends right before are in the same pair.
    fn group(&mut self, mut cites: Vec<Cited>, plain: bool) {
        let meets = |group: &Group| {
            let between = self.out.get(group.end..);
            group.plain == plain && between.is_some_and(|text| text.chars().all(char::is_whitespace))
        };
        let mut start = self.out.len();
        let mut made = self.filled.cites.len();
        if let Some(before) = self.group.take().filter(meets) {
            self.out.truncate(before.start);
            self.filled.cites.truncate(before.made);
            (start, made) = (before.start, before.made);
            cites.splice(0..0, before.cites);
        }
        cites.sort_by_key(|cited| cited.cite.as_ref().map_or(u32::MAX, |cite| cite.number));
        let mut seen = HashSet::new();
        cites.retain(|cited| seen.insert((cited.id.clone(), cited.locator.clone())));
        self.out.push_str("<span class=\"cites\">[");
        let separator = separator(cites.iter().map(|cited| cited.locator.as_deref()));
        for (n, cited) in cites.iter().enumerate() {
            if n > 0 {
                self.out.push_str(separator);
            }
            match &cited.cite {
                Some(cite) => self.cite(&cited.id, cite, cited.locator.as_deref(), plain),
                None => {
                    self.text("@");
                    self.text(&cited.id);
                }
            }
        }
        self.out.push_str("]</span>");
        self.group = Some(Group { start, end: self.out.len(), made, plain, cites });
    }

    /// Takes the citations that the text ends with out of it. Where there is nothing else, they are the text.
    pub(super) fn hand_over(&mut self) {
        let ends = |group: &Group| {
            group.end == self.out.len() && !group.plain && group.cites.iter().all(|cited| cited.cite.is_some())
        };
        let Some(group) = self.group.take().filter(ends) else { return };
        let before = self.out.get(..group.start).unwrap_or_default();
        let text = before.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{2060}').len();
        if text == 0 {
            return;
        }
        self.out.truncate(text);
        self.filled.cites.truncate(group.made);
        self.filled.handed = group.cites.into_iter().map(|cited| (cited.id, cited.locator)).collect();
    }

    fn cite(&mut self, id: &Id, cite: &CiteLink, locator: Option<&str>, plain: bool) {
        let shown = locator.map_or_else(|| cite.number.to_string(), |locator| format!("{}, {locator}", cite.number));
        if plain {
            return self.text(&shown);
        }
        self.out.push_str("<a class=\"cite\"");
        self.address("href", &cite.href);
        if !self.options.bare {
            let mark = format!("{}cite:{}", self.options.prefix, self.filled.cites.len() + 1);
            self.attribute("id", &mark);
            self.filled.cites.push((id.clone(), mark));
            self.out.push_str(" role=\"doc-noteref\"");
        }
        self.attribute("aria-label", &cite.label);
        self.out.push('>');
        self.text(&shown);
        self.out.push_str("</a>");
    }
}

/// What stands between citations: `[3, 4]`, but `[3, p. 7; 4]`.
pub(in crate::render) fn separator<'a>(mut locators: impl Iterator<Item = Option<&'a str>>) -> &'static str {
    if locators.any(|locator| locator.is_some()) { "; " } else { ", " }
}

/// True if a citation of this source follows before the sentence ends, or right after it. Where it isn't plain that
/// the sentence goes on, it doesn't.
pub(in crate::render) fn cited_in_sentence(written: &str, next: &[Part], id: &str, locator: Option<&str>) -> bool {
    let mut ended = false;
    for part in next.iter().take(LOOK_AHEAD) {
        match part {
            Part::Citation(citation) => {
                let same = |l: &Option<_>| locator.is_none() || locator == l.as_deref();
                if citation.items.iter().any(|item| *item.id == *id && same(&item.locator)) {
                    return true;
                }
            }
            Part::Html(html) if html.of(written).trim().is_empty() => {}
            _ if ended => return false,
            Part::Text(text, _) => {
                let text = text.of(written);
                let end = text.trim_end();
                ended = end.ends_with(ENDS);
                let inside = text.char_indices().any(|(at, c)| {
                    let rest = text.get(at + c.len_utf8()..end.len()).unwrap_or_default();
                    ENDS.contains(&c) && !rest.is_empty() && (!c.is_ascii() || rest.starts_with(char::is_whitespace))
                });
                if inside {
                    return false;
                }
            }
            Part::Html(html) if BREAKS.iter().any(|tag| html.of(written).contains(tag)) => return false,
            Part::Html(_) | Part::Reference(_) | Part::LinkStart(_) | Part::LinkEnd | Part::FootnoteMark(..) => {}
            _ => return false,
        }
    }
    false
}

/// A sentence of more parts than this is none.
const LOOK_AHEAD: usize = 50;
const ENDS: [char; 9] = ['.', '!', '?', '…', '。', '！', '？', '؟', '।'];
const BREAKS: [&str; 8] = ["</p>", "</li>", "</td>", "</th>", "</dt>", "</dd>", "<br>", "</blockquote>"];
