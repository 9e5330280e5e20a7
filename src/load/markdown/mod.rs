//! Markdown (CommonMark, GFM's tables, bare addresses, footnotes, task lists, alerts and strikethrough, definition
//! lists) with the prose syntax of expound: references, citations, blocks.
//!
//! One pass of the parser's events makes a [`Doc`]: what is finished becomes HTML at once, what depends on the site
//! becomes a part of its own. Nothing here knows a site, so a text parses once however often the site around it
//! changes.

mod autolinks;
mod blocks;
mod builder;
mod fields;
mod footnotes;
mod ids;
mod images;
mod plain;
mod quotes;
mod references;
mod run;
mod sink;
mod spaces;
mod tables;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use crate::model::doc::Doc;

pub use quotes::{Quotes, Smart};
pub use spaces::plain as narrow_plain;

/// How a text is parsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ParseOptions {
    /// For a field of a record: no paragraphs, headings, lists or tables, only what stands within a line.
    pub inline: bool,
    /// Whether straight quotes, `--` and `...` become typographic ones, and which quotes.
    pub smart: Smart,
}

/// An event with its place.
type Spanned<'a> = (Event<'a>, Range<usize>);

/// Parses Markdown. Any text is valid; nothing is looked up.
pub fn parse(text: &str, options: ParseOptions) -> Doc {
    // White space before a value must not make it a code block.
    let skipped = if options.inline { text.len() - text.trim_start().len() } else { 0 };
    let parser = Parser::new_ext(text.get(skipped..).unwrap_or_default(), extensions(options)).into_offset_iter();
    // About as many as there are in running text with some links and lists.
    let mut events: Vec<Spanned<'_>> = Vec::with_capacity(text.len() / 16 + 4);
    events.extend(parser.map(|(event, range)| (event, range.start + skipped..range.end + skipped)));
    if let Some(quotes) = options.smart {
        quotes::localise(&mut events, text, quotes);
        if quotes.spaced() {
            events = spaces::narrow(events, text);
        }
    }
    builder::Builder::new(text, options, &events).build()
}

fn extensions(options: ParseOptions) -> Options {
    let mut extensions = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_WIKILINKS;
    if !options.inline {
        extensions |= Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM
            | Options::ENABLE_DEFINITION_LIST;
    }
    if options.smart.is_some() {
        extensions |= Options::ENABLE_SMART_PUNCTUATION;
    }
    extensions
}
