//! Reads a site: bytes → typed, spanned records. Everything comes through [`World`](crate::World).

mod decode;
pub mod format;
pub mod markdown;
pub mod schema;
mod source;
mod validate;
pub mod value;
