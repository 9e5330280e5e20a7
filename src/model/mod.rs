//! Plain data: what a site says, after it was read and before it is drawn. No behaviour beyond small questions
//! a record can answer about itself.

pub mod block;
pub mod chart;
pub mod date;
pub mod doc;
pub mod language;
mod lettering;
pub mod links;
pub mod look;
pub mod names;
pub mod publish;
pub mod record;
pub mod resolved;
pub mod settings;
pub mod shown;
pub mod site;
pub mod sourced;
pub mod strings;
pub mod walk;

pub use block::*;
pub use date::{Date, Day};
pub use doc::Doc;
pub use record::*;
pub use resolved::*;
pub use settings::Settings;
pub use site::*;
