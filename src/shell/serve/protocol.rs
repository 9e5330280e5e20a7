//! What the preview's server and its script on the page say to each other.
//!
//! The server adds one element to every page that it serves: right before its policy if it has one, else right before
//! `</body>` (at the end if there is none):
//!
//! ```html
//! <script src="/_expound/preview.js" data-expound='{"token":"…","run":"…","build":12,"path":"energy/index.html","etag":"…"}' defer></script>
//! ```
//!
//! and answers at these addresses, outside the site's base path:
//!
//! | address | what |
//! |---|---|
//! | `GET /_expound/preview.js` | the script |
//! | `GET /_expound/live?token=T` | a WebSocket: the page says [`Open`] once, the server sends [`Update`]s |
//! | `POST /_expound/open?token=T` | [`Place`] as JSON: opens the file in the author's editor; 204, or 4xx/5xx with a sentence as text |
//!
//! An `Update` is sent at once as the answer to `Open`, then after every build and whenever the findings of a build
//! are complete. It always describes the present state whole, so one that is missed does no harm.

use serde::{Deserialize, Serialize};

/// What the added element's `data-expound` holds, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Embed<'a> {
    /// To be sent with every request.
    pub token: &'a str,
    /// Which run of the server this is.
    pub run: &'a str,
    /// The build that the page is of.
    pub build: u64,
    /// The page's site path: `energy/index.html`.
    pub path: &'a str,
    /// The page's entity tag, without quotes: a hash of its bytes as a build would write them.
    pub etag: &'a str,
}

/// What a page says when it connects: what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Open {
    /// The page's site path.
    pub path: String,
    /// The entity tag of what it shows now.
    pub etag: String,
    /// The run it was served by.
    pub run: String,
    /// The build that it shows.
    pub build: u64,
}

/// The present state, for one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Update {
    /// Which run of the server this is: a new one has another token in its pages, so the page loads itself anew.
    pub run: String,
    /// The number of the build, from 1.
    pub build: u64,
    /// The page's entity tag now; `None` if there is no such page any more.
    pub etag: Option<String>,
    /// The whole new page, without the added element, if it differs from what the page said or was sent before.
    pub html: Option<String>,
    /// Site addresses (`/base/images/a.png`) of files beside the pages whose bytes are others than in the build before.
    pub files: Vec<String>,
    /// True once every rule has been run on this build; until then `findings` are those known so far.
    pub checked: bool,
    /// True if errors keep this build from being shown: `html` and `etag` are those of the last good one.
    pub held_back: bool,
    /// What is wrong: the same as `expound check --format json` prints (rule, severity, message, file, line, column,
    /// end_line, end_column, source_line, help, labels).
    pub findings: serde_json::Value,
    /// What the author may want to know of the page.
    pub about: Option<About>,
    /// With `--follow`: the address of what was just edited (`/base/energy/#part`), once.
    pub follow: Option<String>,
}

/// [`crate::about::About`] for the page's script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    /// True if the page shows a draft, or is part of one.
    pub draft: bool,
    /// Words of running text.
    pub words: usize,
    /// Minutes that a reader takes for them.
    pub minutes: usize,
    /// The texts on the page: the id of the element, title, place.
    pub parts: Vec<Part>,
    /// Records on the page without a source.
    pub unsourced: Vec<Unsourced>,
}

/// A text on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The id of its element; empty for the page's own text.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Words of running text.
    pub words: usize,
    /// True for a draft.
    pub draft: bool,
    /// Where it is written.
    pub place: Place,
}

/// A record without a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unsourced {
    /// `fact`, `state` or `event`.
    pub kind: &'static str,
    /// What it is called.
    pub name: String,
    /// Where it is written.
    pub place: Place,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file, relative to the site's root, with `/`.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}
