//! Whether a statement says where it comes from.

use super::doc::{Part, ReferenceKind};
use super::record::{Fact, Prose, Provenance, Status};

/// True if a statement says where it comes from: by itself, by a citation in its text, or because all it says is the
/// value of a fact that has sources. What is marked as unknown needs none. `fact` knows the facts by id.
pub fn is_sourced<'a>(provenance: &Provenance, text: Option<&Prose>, fact: impl Fn(&str) -> Option<&'a Fact>) -> bool {
    if !provenance.sources.is_empty() || provenance.status == Status::Unknown {
        return true;
    }
    text.into_iter().chain(&provenance.note).any(|prose| {
        prose.doc.notable_parts().any(|part| match part {
            Part::Citation(_) => true,
            Part::Reference(reference) if reference.kind == ReferenceKind::Fact => {
                fact(&reference.id).is_some_and(|fact| !fact.provenance.sources.is_empty())
            }
            _ => false,
        })
    })
}
