//! The output as a value: site path → what is there. Only the shell writes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::hash::fingerprint;
use crate::base::{Bytes, Diagnostic, Diagnostics, SourcePath, Span, rules};
use crate::fonts::{self, Portion};
use crate::imaging::{self, Format, Raster, Variant, svg};

/// What stands at one site path.
#[derive(Clone)]
pub enum Output {
    /// Finished bytes.
    Bytes(Bytes),
    /// A source file, copied as it is.
    Copy(SourcePath),
    /// A page that is rendered when it is asked for.
    Page(Arc<dyn Page>),
    /// A file that is made of a source file when it is asked for.
    Made(Arc<Made>),
}

impl Output {
    /// Whether this is a file of the author's, as it is or cleaned.
    pub fn is_copy(&self) -> bool {
        match self {
            Self::Copy(_) => true,
            Self::Made(made) => made.recipe == Recipe::Svg,
            Self::Bytes(_) | Self::Page(_) => false,
        }
    }
}

/// A file that is made of the bytes of a source file, and of nothing else. That may take seconds, so the shell may keep
/// what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The source.
    pub source: SourcePath,
    /// A fingerprint of the source as it was when the site was read.
    pub id: u128,
    /// What is made of it.
    pub recipe: Recipe,
    /// Where a text names the source, for what is wrong with it.
    pub place: Span,
}

/// What is made of a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipe {
    /// A version of an image of this format.
    Image(Format, Variant),
    /// The SVG without what must not be published.
    Svg,
    /// A portion of a font, as WOFF2; all of it if that is what can be made.
    Font(Arc<Portion>, bool),
}

impl Made {
    /// The name under which the result may be kept, if that is worth it.
    pub fn key(&self) -> Option<String> {
        match &self.recipe {
            Recipe::Image(_, variant) => Some(variant.key(self.id)),
            Recipe::Font(portion, _) => Some(portion.key(self.id)),
            Recipe::Svg => None,
        }
    }

    /// Whether these are the bytes that the site was read from.
    pub fn is_made_of(&self, source: &Bytes) -> bool {
        fingerprint(source) == self.id
    }

    /// The pixels of the source, for those that are made of them.
    ///
    /// # Errors
    /// What is wrong with the image.
    pub fn decode(&self, source: &[u8]) -> Result<Option<Raster>, Diagnostic> {
        match &self.recipe {
            Recipe::Image(format, _) => match imaging::decode(*format, source) {
                Ok(raster) => Ok(Some(raster)),
                Err(trouble) => {
                    let (message, help) = trouble.words(self.source.as_str());
                    Err(Diagnostic::error(rules::UNREADABLE_IMAGE, self.place.clone(), message).help(help))
                }
            },
            Recipe::Svg | Recipe::Font(..) => Ok(None),
        }
    }

    /// Makes the file of a source, or of its pixels.
    ///
    /// # Errors
    /// What is wrong with the source.
    pub fn make(&self, source: &[u8], pixels: Option<&Raster>) -> Result<Bytes, Diagnostic> {
        if let Recipe::Font(portion, whole) = &self.recipe {
            return fonts::pack(source, portion, *whole).map(Bytes::new).map_err(|words| {
                let (message, help) = fonts::Trouble::Broken(words).words(self.source.as_str());
                Diagnostic::error(rules::UNREADABLE_FONT, self.place.clone(), message).help(help)
            });
        }
        let made = match (&self.recipe, pixels) {
            (Recipe::Image(_, variant), Some(raster)) => imaging::make(raster, variant),
            (Recipe::Image(..), None) => Err("it has no pixels".to_owned()),
            (Recipe::Svg | Recipe::Font(..), _) => {
                let cleaned = std::str::from_utf8(source).ok().and_then(svg::clean);
                cleaned.map(|(text, _)| text.into_bytes()).ok_or_else(|| "it can't be read".to_owned())
            }
        };
        made.map(Bytes::new).map_err(|words| {
            let message = format!("`{}` can't be made ready for readers: {words}", self.source);
            Diagnostic::error(rules::UNREADABLE_IMAGE, self.place.clone(), message)
                .help("open it in an image editor and save it again")
        })
    }
}

/// A page that renders on request: its view is fixed, so asking twice gives the same bytes.
pub trait Page: Send + Sync {
    /// The bytes, or what is wrong with the page's template.
    fn render(&self) -> Result<Bytes, Diagnostics>;

    /// The name under which the bytes may be kept, if making them takes so long that it is worth it: another name
    /// whenever the bytes would be others.
    fn key(&self) -> Option<String> {
        None
    }
}

/// The whole site: every output by its path (`index.html`, `terms/index.html`, `data/terms.json`), `/` between parts,
/// no leading `/`, in order.
#[derive(Clone, Default)]
pub struct Bundle {
    /// What is where.
    pub files: BTreeMap<Arc<str>, Output>,
}
