//! Fonts that a site serves itself: what a font file is, and the smaller file that readers get, with the letters of the
//! site alone. Nothing here knows of a site.

mod fallback;
mod letters;
mod pack;
mod probe;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::base::hash::{fingerprint, short_hash};

pub use fallback::{Fallback, Kind};
pub use letters::{Collector, Letters};
pub use pack::pack;
pub use probe::{Face, Style, Trouble, probe};

/// Counted up whenever the same font and letters give other bytes than before, so that names and what is kept are new.
const VERSION: u32 = 1;

/// What of a font readers get.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Portion {
    /// The letters, all of which the font has.
    pub letters: Letters,
    /// OpenType features that are kept beside those that browsers use by themselves: `smcp`.
    pub features: Vec<[u8; 4]>,
}

impl Portion {
    /// The name under which this portion of a font may be kept, `id` being the fingerprint of the font.
    pub fn key(&self, id: u128) -> String {
        format!("font-{:032x}.woff2", self.hash(id))
    }

    /// The site path of this portion of a font: it changes with the content, which may thus be kept for ever.
    pub fn path(&self, face: &Face, id: u128) -> String {
        let hash = short_hash(&self.hash(id).to_le_bytes(), 10);
        let name = crate::base::text::slug(&face.name);
        let name: String = name.chars().filter(char::is_ascii).take(40).collect();
        let name = if name.is_empty() { "font" } else { &name };
        format!("assets/{name}.{hash}.woff2")
    }

    fn hash(&self, id: u128) -> u128 {
        fingerprint(&(VERSION, id, self))
    }
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// True while this thread works on a font: a panic then is a finding about the font, and nothing to print.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Runs what works on bytes that nobody has vouched for. The library that takes fonts apart panics at a few that
/// contradict themselves; that is an error of the font, and ends nothing.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    let before = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    result.unwrap_or_else(|_| Err("its tables contradict each other".to_owned()))
}
