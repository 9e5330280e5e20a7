//! The output as a value: site path → what is there. Only the shell writes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{Bytes, Diagnostics, SourcePath};

/// What stands at one site path.
#[derive(Clone)]
pub enum Output {
    /// Finished bytes.
    Bytes(Bytes),
    /// A source file, copied as it is.
    Copy(SourcePath),
    /// A page that is rendered when it is asked for.
    Page(Arc<dyn Page>),
}

/// A page that renders on request: its view is fixed, so asking twice gives the same bytes.
pub trait Page: Send + Sync {
    /// The bytes, or what is wrong with the page's template.
    fn render(&self) -> Result<Bytes, Diagnostics>;
}

/// The whole site: every output by its path (`index.html`, `terms/index.html`, `data/terms.json`), `/` between parts,
/// no leading `/`, in order.
#[derive(Clone, Default)]
pub struct Bundle {
    /// What is where.
    pub files: BTreeMap<Arc<str>, Output>,
}
