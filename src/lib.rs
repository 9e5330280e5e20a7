//! expound turns Markdown sections and structured facts into an explainer site.
//!
//! The program is one sentence, [`build`]: read a site through a [`World`], and return the finished site as a
//! [`Bundle`] (site path → bytes) together with everything that is wrong with it.
//!
//! ```text
//! content, data, templates, assets ──► load ──► resolve ──► check ──► render ──► Bundle
//!         read only through World     typed,    names to     rules     views,
//!                                     spanned   records                HTML
//! ```
//!
//! Every stage is a pure function with a finished type of its own; none touches a disk, a clock, the environment or a
//! network. What does lives in [`shell`], and only the binary calls it.

pub mod base;
pub mod bundle;
pub mod check;
pub mod load;
pub mod model;
pub mod render;
pub mod resolve;
pub mod shell;
pub mod world;

pub use base::{Diagnostic, Severity};
pub use bundle::Bundle;
pub use world::World;
