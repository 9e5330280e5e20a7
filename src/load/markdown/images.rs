//! Images.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::builder::Builder;
use super::plain::{closing, plain};
use crate::model::doc::{At, Image, Part};

impl<'a> Builder<'a> {
    /// Takes the paragraph just opened if an image is all that is in it.
    pub(super) fn image_alone(&mut self) -> bool {
        let rest = self.events.get(self.next..).unwrap_or_default();
        let Some(((Event::Start(tag @ Tag::Image { link_type, .. }), range), inside)) = rest.split_first() else {
            return false;
        };
        let wiki = matches!(link_type, LinkType::WikiLink { .. });
        let alone = matches!(inside.get(closing(inside) + 1), Some((Event::End(TagEnd::Paragraph), _)));
        if wiki || !alone {
            return false;
        }
        self.next += 1;
        self.image(tag, range, true);
        self.next += 1;
        true
    }

    /// An image, just opened.
    pub(super) fn image(&mut self, tag: &Tag<'a>, range: &Range<usize>, block: bool) {
        let Tag::Image { dest_url, title, .. } = tag else { return };
        let content = self.skip();
        let image = Image {
            src: dest_url.as_ref().into(),
            alt: plain(self.source, content).into(),
            title: title.as_ref().into(),
            block,
            at: At::new(range.clone()),
        };
        if block {
            self.out.block(Part::Image(image));
        } else {
            self.out.part(Part::Image(image));
        }
    }
}
