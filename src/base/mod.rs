//! The ground floor: places in source files, diagnostics, paths, escaping, hashing and small text helpers.
//! It imports nothing above it.

pub mod diag;
pub mod escape;
pub mod hash;
pub mod nesting;
pub mod numbered;
pub mod path;
pub mod rules;
pub mod scan;
pub mod secret;
pub mod span;
pub mod text;
pub mod url;

pub use diag::{Diagnostic, Diagnostics, Label, Rule, Severity};
pub use hash::{Bytes, Hashed, SharedText, Version};
pub use numbered::Numbered;
pub use path::SourcePath;
pub use span::{Span, Text};
