//! From the resolved site to a [`Bundle`](crate::Bundle): one view and one template a page kind.

pub mod cx;
pub mod prose;
