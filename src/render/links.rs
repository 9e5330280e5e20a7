//! Addresses and names of records, as every view links them. The one place that knows which record stands where.

use crate::base::{SourcePath, Text};
use crate::model::links::{self, LinkTarget};
use crate::model::{Comparison, Edition, Event, Picture, Section, Term};
use crate::render::blocks::NameLink;
use crate::render::cx::Cx;
use crate::render::images::{Column, ImageSourceView};

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct PictureView {
    /// Its address.
    pub src: String,
    /// What it shows; empty for decoration.
    pub alt: String,
    /// A line below it.
    pub caption: Option<String>,
    /// Whose it is.
    pub credit: Option<String>,
    /// Width in CSS pixels, where known.
    pub width: Option<u32>,
    /// Height in CSS pixels, where known.
    pub height: Option<u32>,
    /// Better formats to choose from, the best first; none if the file is shown as it is.
    pub sources: Vec<ImageSourceView>,
    /// Other widths in the format of the original, as `srcset` has them; empty if there are none.
    pub srcset: String,
    /// Whether it covers its place, so that a colour may stand there until it comes.
    pub covers: bool,
    /// How wide it is on the page, as the attribute `sizes` has it.
    pub sizes: String,
    /// True for all but the one at the top of a page: it is loaded when a reader comes near.
    pub lazy: bool,
}

impl Cx<'_> {
    /// A term, at its place in the glossary.
    pub fn term_link(&self, term: &Term) -> NameLink {
        NameLink {
            id: term.head.id.to_string(),
            name: term.name.to_string(),
            href: self.href(&format!("terms/#{}", term.head.id)),
        }
    }

    /// An event, at its place in the timeline.
    pub fn event_link(&self, event: &Event) -> NameLink {
        NameLink {
            id: event.head.id.to_string(),
            name: event.title.to_string(),
            href: self.href(&format!("timeline/#{}", event.head.id)),
        }
    }

    /// An edition, at its column in the term sheet.
    pub fn edition_link(&self, edition: &Edition) -> NameLink {
        NameLink {
            id: edition.head.id.to_string(),
            name: edition.label.to_string(),
            href: self.href(&format!("terms/#edition-{}", edition.head.id)),
        }
    }

    /// A section: an anchor of the explainer's page, or a page of its own.
    pub fn section_link(&self, section: &Section) -> NameLink {
        NameLink {
            id: section.slug.to_string(),
            name: section.short_title.as_ref().unwrap_or(&section.title).to_string(),
            href: self.section_href(&section.slug),
        }
    }

    /// The address of a section by its slug; the explainer's page for the short answer (the empty slug).
    pub fn section_href(&self, slug: &str) -> String {
        if slug.is_empty() {
            return self.href("");
        }
        let (page, anchor) = self.explainer.section_address(slug);
        self.site_href(&anchor.map_or(page.clone(), |anchor| format!("{page}#{anchor}")))
    }

    /// A section by the slug that back-references carry; the empty slug is the short answer.
    pub fn use_link(&self, slug: &str) -> Option<NameLink> {
        if slug.is_empty() {
            let name = self.t("short-answer", &[]);
            return Some(NameLink { id: String::new(), name, href: self.section_href("") });
        }
        self.explainer.sections.iter().find(|s| &*s.slug == slug).map(|s| self.section_link(s))
    }

    /// A comparison, at its page.
    pub fn comparison_link(&self, comparison: &Comparison) -> NameLink {
        NameLink {
            id: comparison.head.id.to_string(),
            name: comparison.title.to_string(),
            href: self.href(&format!("compare/{}/", comparison.head.id)),
        }
    }

    /// A picture that a record in `file` names; `None` if there is no such file.
    pub fn picture(&self, picture: &Picture, file: &SourcePath, column: Column) -> Option<PictureView> {
        let text = |t: &Option<Text>| t.as_ref().map(|t| t.to_string());
        let LinkTarget::File(path, source) = links::resolve(self.site, self.explainer, None, file, &picture.src) else {
            return None;
        };
        let file = self.image_file(&path, &source);
        let lazy = column != Column::Wide;
        Some(PictureView {
            src: file.href,
            alt: text(&picture.alt).unwrap_or_default(),
            caption: text(&picture.caption),
            credit: text(&picture.credit),
            width: file.size.map(|s| s.0),
            height: file.size.map(|s| s.1),
            sources: file.sources,
            srcset: file.srcset,
            covers: file.covers,
            sizes: if lazy { format!("auto, {}", column.sizes()) } else { column.sizes().to_owned() },
            lazy,
        })
    }

    /// An address of another site, as written but for characters that no address may have; `None` if its scheme is one
    /// that must not be linked.
    pub fn outside(&self, href: &str) -> Option<String> {
        (!crate::base::url::unsafe_scheme(href)).then(|| crate::base::url::encode(href))
    }
}
