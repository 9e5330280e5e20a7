//! Images in a text.

use super::fill::Filler;
use crate::base::url;
use crate::model::doc::Image;
use crate::render::images::{Column, ImageFile};

impl Filler<'_> {
    pub(super) fn image(&mut self, image: &Image) {
        let bare = self.options.bare;
        let file = self.scope.image(&image.src).filter(|file| !url::unsafe_scheme(&file.href));
        let figure = image.block && !bare && file.is_some();
        if image.block {
            self.out.push_str(match figure {
                true if image.wide => "<figure class=\"wide\">",
                true => "<figure>",
                false => "<p>",
            });
        }
        match file {
            Some(file) => self.picture(image, &file, figure),
            None => self.text(&image.alt),
        }
        if figure && (!image.title.is_empty() || image.credit.is_some()) {
            self.out.push_str("<figcaption>");
            self.text(&image.title);
            if let Some(credit) = &image.credit {
                self.out.push_str(if image.title.is_empty() { "" } else { " " });
                self.out.push_str("<span class=\"credit\">");
                let text = self.scope.message_with("photo-credit", "credit", credit);
                self.text(&text);
                self.out.push_str("</span>");
            }
            self.out.push_str("</figcaption>");
        }
        if image.block {
            self.out.push_str(if figure { "</figure>\n" } else { "</p>\n" });
        }
    }

    fn picture(&mut self, image: &Image, file: &ImageFile, figure: bool) {
        let bare = self.options.bare;
        let column = if image.wide { Column::Wide } else { Column::Text };
        let choice = !bare && !file.sources.is_empty();
        let lazy = !bare && (self.images > 0 || !self.options.eager_first_image);
        // `auto` is the width that the image has on the page; a browser can wait for it where the image can wait too.
        let sizes = if lazy { format!("auto, {}", column.sizes()) } else { column.sizes().to_owned() };
        if choice {
            self.out.push_str(if file.covers { "<picture class=\"photo\">" } else { "<picture>" });
            for source in &file.sources {
                self.out.push_str("<source");
                self.attribute("type", source.kind);
                self.attribute("srcset", &source.srcset);
                self.attribute("sizes", &sizes);
                self.out.push('>');
            }
        }
        self.out.push_str("<img");
        self.address("src", &file.href);
        if !bare && !file.srcset.is_empty() {
            self.attribute("srcset", &file.srcset);
            self.attribute("sizes", &sizes);
        }
        self.attribute("alt", &image.alt);
        if !image.title.is_empty() && !figure {
            self.attribute("title", &image.title);
        }
        if let Some((width, height)) = file.size {
            self.out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        if lazy {
            self.out.push_str(" loading=\"lazy\"");
        }
        if !bare {
            self.out.push_str(" decoding=\"async\"");
        }
        self.out.push('>');
        if choice {
            self.out.push_str("</picture>");
        }
        self.images += 1;
    }
}
