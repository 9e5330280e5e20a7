//! The plain text of a stretch of events: of a heading, a link, an image's description.

use pulldown_cmark::{Event, LinkType, Tag};

use super::Spanned;
use super::run::{Item, Run};

/// The text of `events` without markup, citations and footnote marks; line breaks become spaces.
pub fn plain(source: &str, events: &[Spanned<'_>]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some((event, _)) = events.get(at) {
        match event {
            Event::Text(_) | Event::SoftBreak => {
                let (run, taken) = Run::read(source, events.get(at..).unwrap_or_default());
                for item in run.items(source) {
                    match item {
                        Item::Text(range) | Item::Foreign(range, _) => {
                            out.push_str(run.text.get(range).unwrap_or_default())
                        }
                        Item::Citation(..) => out.truncate(out.trim_end().len()),
                    }
                }
                at += taken;
                continue;
            }
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => out.push_str(text),
            Event::HardBreak => out.push(' '),
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, dest_url, .. }) => {
                out.push_str(dest_url.rsplit(':').next().unwrap_or_default());
                at += 1 + closing(events.get(at + 1..).unwrap_or_default());
            }
            _ => {}
        }
        at += 1;
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The index of the event that closes what was opened right before `events`.
pub fn closing(events: &[Spanned<'_>]) -> usize {
    let mut depth = 0usize;
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => return index,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    events.len()
}
