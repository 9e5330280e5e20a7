//! Images, and what may stand in braces right after one that is alone in its paragraph: `{wide credit="A. Person"}`.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::builder::Builder;
use super::plain::{closing, plain};
use crate::model::doc::{At, Image, Part};

/// What may stand in the braces after an image.
pub const ATTRIBUTES: [&str; 3] = ["wide", "decorative", "credit"];

impl<'a> Builder<'a> {
    /// Takes the paragraph just opened if an image is all that is in it.
    pub(super) fn image_alone(&mut self) -> bool {
        let rest = self.events.get(self.next..).unwrap_or_default();
        let Some(((Event::Start(tag @ Tag::Image { link_type, .. }), range), inside)) = rest.split_first() else {
            return false;
        };
        if matches!(link_type, LinkType::WikiLink { .. }) {
            return false;
        }
        let after = inside.get(closing(inside) + 1..).unwrap_or_default();
        // Quotation marks cut a text into pieces, so its source is looked at.
        let texts = after.iter().take_while(|(event, _)| matches!(event, Event::Text(_))).count();
        if !matches!(after.get(texts), Some((Event::End(TagEnd::Paragraph), _))) {
            return false;
        }
        let end = texts.checked_sub(1).and_then(|last| after.get(last)).map_or(range.end, |(_, range)| range.end);
        let braces = self.source.get(range.end..end).unwrap_or_default();
        let whole = braces.starts_with('{') && braces.trim_end().ends_with('}');
        if !braces.is_empty() && !whole {
            return false;
        }
        self.next += 1;
        let mut image = self.read_image(tag, range, true);
        if !braces.is_empty() {
            image.at = At::new(range.start..range.end + braces.trim_end().len());
            attributes(&mut image, braces.trim_end(), range.end);
        }
        self.out.block(Part::Image(Box::new(image)));
        self.next += texts + 1;
        true
    }

    /// An image, just opened.
    pub(super) fn image(&mut self, tag: &Tag<'a>, range: &Range<usize>) {
        let image = self.read_image(tag, range, false);
        self.out.part(Part::Image(Box::new(image)));
    }

    fn read_image(&mut self, tag: &Tag<'a>, range: &Range<usize>, block: bool) -> Image {
        let (src, title) = match tag {
            Tag::Image { dest_url, title, .. } => (dest_url.as_ref().into(), title.as_ref().into()),
            _ => Default::default(),
        };
        let content = self.skip();
        Image {
            src,
            alt: plain(self.source, content).into(),
            title,
            block,
            credit: None,
            wide: false,
            decorative: false,
            unknown: Vec::new(),
            at: At::new(range.clone()),
        }
    }
}

/// Reads `{wide credit="A. Person"}`, which starts at `start` of the text.
fn attributes(image: &mut Image, braces: &str, start: usize) {
    let inner = braces.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
    let mut rest = inner;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return;
        }
        let at = start + 1 + (inner.len() - rest.len());
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, more) = rest.split_at(end);
        let (value, after) = match more.strip_prefix('=').map(value) {
            Some((value, after)) => (Some(value), after),
            None => (None, more),
        };
        let typed = rest.get(..rest.len() - after.len()).unwrap_or(rest);
        match (name, value) {
            ("wide", None) => image.wide = true,
            ("decorative", None) => image.decorative = true,
            ("credit", Some(Some(value))) if !value.trim().is_empty() => image.credit = Some(value.trim().into()),
            _ => {
                let name = if ATTRIBUTES.contains(&name) || name.is_empty() { typed } else { name };
                image.unknown.push((name.into(), At::new(at..at + name.len())));
            }
        }
        rest = after;
    }
}

/// A value at the start of a text, in quotation marks or up to white space, and what follows; no value if the
/// quotation mark at its end is missing.
fn value(text: &str) -> (Option<&str>, &str) {
    match text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        Some(quote) => match text.get(1..).and_then(|rest| rest.split_once(quote)) {
            Some((value, after)) => (Some(value), after),
            None => (None, ""),
        },
        None => {
            let (value, after) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
            (Some(value), after)
        }
    }
}
