//! Images as pages show them: in several sizes and formats, of which a browser takes one.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::cx::Cx;
use crate::base::{SourcePath, Span};
use crate::bundle::{Made, Output, Recipe};
use crate::imaging::{Format, Probed, Variant};
use crate::model::{Measured, Site};

/// How wide the theme shows an image: the text is 38 rem wide; the page 72, of which 56 are beside the contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// In the text.
    Text,
    /// As wide as the page allows.
    Wide,
    /// On a card that leads to an explainer.
    Card,
}

impl Column {
    /// The attribute `sizes`.
    pub fn sizes(self) -> &'static str {
        match self {
            Self::Text => "(min-width: 42rem) 38rem, calc(100vw - 2rem)",
            Self::Wide => "(min-width: 68.75rem) 56rem, calc(100vw - 2rem)",
            Self::Card => "(min-width: 42rem) 24rem, calc(100vw - 2rem)",
        }
    }
}

/// The files of one format to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
pub struct ImageSourceView {
    /// Its media type: `image/avif`.
    pub kind: &'static str,
    /// The files and their widths, as the attribute `srcset` has them.
    pub srcset: String,
}

/// An image that can be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ImageFile {
    /// The address for whoever takes one alone: in the format of the original.
    pub href: String,
    /// Width and height in CSS pixels, where known.
    pub size: Option<(u32, u32)>,
    /// Better formats, the best first; none if the file is shown as it is.
    pub sources: Vec<ImageSourceView>,
    /// Other widths in the format of the original, as `srcset` has them; empty if there are none.
    pub srcset: String,
    /// Whether it covers its place, so that a colour may stand there until it comes.
    pub covers: bool,
}

impl Cx<'_> {
    /// The image of a source file that would be copied to `path`.
    pub fn image_file(&self, path: &str, source: &SourcePath) -> ImageFile {
        let measured = self.site.image(source);
        let whole = || ImageFile {
            href: self.site_href(path),
            size: self.site.image_size(source),
            sources: Vec::new(),
            srcset: String::new(),
            covers: false,
        };
        let Some((measured, probed)) = measured.and_then(versions) else { return whole() };
        let Some(plain) = probed.plain() else { return whole() };
        let href = |variant: &Variant| self.site_href(&variant.path(source.name(), measured.id));
        let srcset = |format: Format| {
            let each = probed.variants(format).into_iter();
            each.map(|variant| format!("{} {}w", href(&variant), variant.width)).collect::<Vec<_>>().join(", ")
        };
        let better = probed.formats().into_iter().filter(|format| *format != probed.format);
        ImageFile {
            href: href(&plain),
            size: measured.size(),
            sources: better
                .map(|format| ImageSourceView { kind: format.media_type(), srcset: srcset(format) })
                .collect(),
            srcset: srcset(probed.format),
            covers: probed.format == Format::Jpeg,
        }
    }
}

impl Cx<'_> {
    /// Width and height in pixels of the version for whoever takes one alone.
    pub fn plain_size(&self, source: &SourcePath) -> Option<(u32, u32)> {
        let (_, probed) = self.site.image(source).and_then(versions)?;
        probed.plain().map(|variant| (variant.width, variant.height))
    }
}

/// An image that has other versions.
fn versions(measured: &Measured) -> Option<(&Measured, &Probed)> {
    measured.probed.as_ref().ok().filter(|probed| probed.versions).map(|probed| (measured, probed))
}

/// What is made of a site's images, worked out when it is first asked for.
pub struct Images {
    site: Arc<Site>,
    /// Every version of every image, shown or not.
    versions: OnceLock<BTreeMap<String, Arc<Made>>>,
}

impl Images {
    /// Those of `site`.
    pub fn new(site: &Arc<Site>) -> Self {
        Self { site: site.clone(), versions: OnceLock::new() }
    }

    /// The versions of an image by their paths.
    fn of(source: &SourcePath, measured: &Measured, place: &Span) -> Vec<(String, Arc<Made>)> {
        let Some((measured, probed)) = versions(measured) else { return Vec::new() };
        let made = |variant: Variant| {
            let recipe = Recipe::Image(probed.format, variant);
            let made = Made { source: source.clone(), id: measured.id, recipe, place: place.clone() };
            (variant.path(source.name(), measured.id), Arc::new(made))
        };
        probed.all().into_iter().map(made).collect()
    }

    /// What is at a site path, if it is a version of an image on a page.
    pub fn find(&self, path: &str) -> Option<Output> {
        if !path.starts_with("assets/") {
            return None;
        }
        let all = self.versions.get_or_init(|| {
            let own = self.site.explainers.iter().flat_map(|explainer| explainer.images.iter());
            let all = own.chain(&self.site.static_files.images);
            all.flat_map(|(source, measured)| Self::of(source, measured, &Span::file(source))).collect()
        });
        let made = all.get(path)?;
        self.site.shown().images.contains_key(&made.source).then(|| Output::Made(made.clone()))
    }

    /// Every version of the images on pages.
    pub fn all(&self) -> Vec<(String, Output)> {
        let shown = self.site.shown().images.iter();
        let each = shown.flat_map(|(source, place)| {
            self.site.image(source).map(|measured| Self::of(source, measured, place)).unwrap_or_default()
        });
        each.map(|(path, made)| (path, Output::Made(made))).collect()
    }

    /// What a source file is copied as; nothing if only other versions of it are wanted.
    pub fn copy(&self, source: &SourcePath) -> Option<Output> {
        let copy = Output::Copy(source.clone());
        let Some(measured) =
            self.site.image(source).filter(|_| self.site.static_files.paths.binary_search(source).is_err())
        else {
            return Some(copy);
        };
        if !measured.taken.is_empty() {
            let place = Span::file(source);
            let made = Made { source: source.clone(), id: measured.id, recipe: Recipe::Svg, place };
            return Some(Output::Made(Arc::new(made)));
        }
        if versions(measured).is_none() {
            return Some(copy);
        }
        let shown = self.site.shown();
        (!shown.images.contains_key(source) || shown.wanted.contains(source)).then_some(copy)
    }
}
