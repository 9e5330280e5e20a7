//! What references and citations become.

use super::fill::Filler;
use super::{CiteLink, FactLink, TermLink};
use crate::model::Id;
use crate::model::doc::{Citation, Reference, ReferenceKind};

impl Filler<'_> {
    /// A reference. `next` is the citation right behind it.
    pub(super) fn reference(&mut self, reference: &Reference, next: Option<&Citation>) {
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

    /// A named value with its citations (but those that come next anyway) and, if it isn't confirmed, its status.
    fn fact(&mut self, id: &Id, fact: &FactLink, text: &str, next: Option<&Citation>) {
        self.out.push_str("<span class=\"fact\"");
        self.attribute("data-fact", id);
        self.out.push('>');
        self.text(text);
        self.out.push_str("</span>");
        if let Some(status) = &fact.status {
            self.out.push_str(" <span");
            self.attribute("class", &format!("status status-{}", fact.status_name));
            self.out.push_str(">(");
            self.text(status);
            self.out.push_str(")</span>");
        }
        let known: Vec<_> = fact
            .cites
            .iter()
            .filter(|(id, _)| !next.is_some_and(|next| next.items.iter().any(|item| item.id == *id)))
            .filter_map(|(id, locator)| Some((id, self.scope.citation(id)?, locator.as_deref())))
            .collect();
        if known.is_empty() {
            return;
        }
        self.out.push('\u{a0}');
        self.out.push_str("<span class=\"cites\">[");
        let separator = separator(known.iter().map(|(_, _, locator)| *locator));
        for (n, (id, cite, locator)) in known.iter().enumerate() {
            if n > 0 {
                self.out.push_str(separator);
            }
            self.cite(id, cite, *locator, false);
        }
        self.out.push_str("]</span>");
    }

    /// A group of citations in brackets. Sources that are not known stand as they were typed.
    pub(super) fn citation(&mut self, citation: &Citation) {
        let cites: Vec<_> = citation.items.iter().map(|item| (item, self.scope.citation(&item.id))).collect();
        if cites.iter().all(|(_, cite)| cite.is_none()) {
            return self.text(&citation.source);
        }
        // Where no space was typed, a bracket may still not begin a line.
        if self.out.chars().next_back().is_some_and(|c| !c.is_ascii() && c.is_alphanumeric()) {
            self.out.push('\u{2060}');
        }
        self.out.push_str("<span class=\"cites\">[");
        let separator = separator(citation.items.iter().map(|item| item.locator.as_deref()));
        for (n, (item, cite)) in cites.iter().enumerate() {
            if n > 0 {
                self.out.push_str(separator);
            }
            match cite {
                Some(cite) => self.cite(&item.id, cite, item.locator.as_deref(), citation.plain),
                None => {
                    self.text("@");
                    self.text(&item.id);
                }
            }
        }
        self.out.push_str("]</span>");
    }

    fn cite(&mut self, id: &Id, cite: &CiteLink, locator: Option<&str>, plain: bool) {
        let mut shown = cite.number.to_string();
        let mut label = cite.label.clone();
        if let Some(locator) = locator {
            for text in [&mut shown, &mut label] {
                text.push_str(", ");
                text.push_str(locator);
            }
        }
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
        self.attribute("aria-label", &label);
        self.out.push('>');
        self.text(&shown);
        self.out.push_str("</a>");
    }
}

/// What stands between citations: `[3, 4]`, but `[3, p. 7; 4]`.
fn separator<'a>(mut locators: impl Iterator<Item = Option<&'a str>>) -> &'static str {
    if locators.any(|locator| locator.is_some()) { "; " } else { ", " }
}
