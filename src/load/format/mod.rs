//! One reader for each data format: text → [`Value`]. A reader reports every fault it can find and gives back what it
//! could read beside them.

pub mod csv;
pub mod json;
pub mod toml;
pub mod yaml;

use super::source::Source;
use super::value::Value;
use crate::base::{Diagnostic, Text};

/// What a reader made of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// What could be read; `None` if nothing.
    pub value: Option<Value>,
    /// True if some of the text could not be read, so that what is missing may well be there.
    pub broken: bool,
}

/// Values nested deeper than this are a fault. Nothing that is read needs more than a handful.
pub const MOST_DEPTH: usize = 64;

/// A key that stands twice in one table.
fn duplicate_key(source: &Source<'_>, range: std::ops::Range<usize>, first: &Text) -> Diagnostic {
    source
        .fault(range, format!("the key `{first}` stands here twice"))
        .label(first.span.clone(), "it stands here first")
        .help("keep one of the two")
}
