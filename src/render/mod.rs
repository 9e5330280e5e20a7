//! From the resolved site to a [`Bundle`](crate::Bundle): one view and one template a page kind.

pub mod blocks;
pub mod cx;
pub mod highlight;
pub mod i18n;
pub mod links;
pub mod plain;
pub mod prose;
pub mod scope;
pub mod templates;
pub mod views;
