//! Images: what a file is, which smaller versions of it pages offer, and how they are made. Nothing here knows of a
//! site. What looks at a file reads its headers alone; pixels are decoded when a version is made.

mod decode;
mod encode;
mod probe;
mod resize;
pub mod svg;

use crate::base::hash::short_hash;

pub use decode::{Raster, decode};
pub use encode::make;
pub use probe::{Trouble, probe};

/// Counted up whenever the same source gives other bytes than before, so that names and what is kept are new.
const VERSION: u32 = 1;

/// The widths that pages offer, in pixels: a phone's, the text's and the page's, and each again for screens with two
/// dots a pixel.
const WIDTHS: [u32; 5] = [400, 640, 960, 1280, WIDEST];

/// The widest of them.
const WIDEST: u32 = 1920;

/// Versions in the original's format, for the few browsers that know no other and for machines.
const PLAIN_WIDTHS: [u32; 2] = [640, 1280];

/// Files up to this many bytes are left as they are: there is nothing to gain.
const SMALL_BYTES: usize = 12_000;

/// Images narrower than this, or lower than half of it, are left as they are.
const SMALL_SIDE: u32 = 200;

/// The most pixels that are decoded.
pub const MOST_PIXELS: u64 = 100_000_000;

/// A kind of image file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// AVIF.
    Avif,
    /// WebP.
    Webp,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// SVG.
    Svg,
}

impl Format {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Avif => "AVIF",
            Self::Webp => "WebP",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::Svg => "SVG",
        }
    }

    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Svg => "svg",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::Webp => "image/webp",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Svg => "image/svg+xml",
        }
    }

    /// The format of files that end in `extension`.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "avif" => Self::Avif,
            "webp" => Self::Webp,
            "jpg" | "jpeg" => Self::Jpeg,
            "png" => Self::Png,
            "gif" => Self::Gif,
            "svg" => Self::Svg,
            _ => return None,
        })
    }
}

/// What the headers of an image file say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Probed {
    /// What the file is.
    pub format: Format,
    /// Width and height in pixels, as it is to be seen.
    pub size: (u32, u32),
    /// Whether other versions of it are made.
    pub versions: bool,
}

/// A version of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Variant {
    /// In which format.
    pub format: Format,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl Probed {
    /// Whether other versions are made of a file of so many bytes.
    fn worthwhile(format: Format, (width, height): (u32, u32), bytes: usize, moves: bool) -> bool {
        let small = bytes <= SMALL_BYTES || width < SMALL_SIDE || height < SMALL_SIDE / 2;
        let ribbon = width / height.max(1) >= 10 || height / width.max(1) >= 10;
        matches!(format, Format::Jpeg | Format::Png | Format::Webp) && !moves && !small && !ribbon
    }

    /// The versions in a format, narrowest first. None is larger than the image.
    pub fn variants(&self, format: Format) -> Vec<Variant> {
        if !self.versions {
            return Vec::new();
        }
        let offered: &[u32] = if format == self.format { &PLAIN_WIDTHS } else { &WIDTHS };
        // A WebP has all widths in its own format: there is no plainer one.
        let offered = if format == Format::Webp { &WIDTHS } else { offered };
        let (width, _) = self.size;
        let most = offered.last().copied().unwrap_or_default();
        let mut widths: Vec<u32> = offered.iter().copied().filter(|offered| *offered < width).collect();
        if width <= most {
            // Two that are almost the same are one too many.
            if widths.last().is_some_and(|last| width * 20 < last * 23) {
                widths.pop();
            }
            widths.push(width);
        }
        widths.into_iter().map(|width| Variant { format, width, height: scaled(self.size, width) }).collect()
    }

    /// The formats on offer, the best first; the last is that of the file.
    pub fn formats(&self) -> Vec<Format> {
        let mut formats = vec![Format::Avif, Format::Webp];
        if self.format != Format::Webp {
            formats.push(self.format);
        }
        formats
    }

    /// Every version.
    pub fn all(&self) -> Vec<Variant> {
        self.formats().into_iter().flat_map(|format| self.variants(format)).collect()
    }

    /// The version for whoever takes one alone: in the format of the file, at most 1280 pixels wide.
    pub fn plain(&self) -> Option<Variant> {
        self.variants(self.format).into_iter().rev().find(|variant| variant.width <= 1280)
    }
}

/// The height of an image of another width.
fn scaled((width, height): (u32, u32), to: u32) -> u32 {
    let width = u64::from(width.max(1));
    let exact = (u64::from(height) * u64::from(to) * 2 + width) / (width * 2);
    u32::try_from(exact).unwrap_or(u32::MAX).max(1)
}

impl Variant {
    /// What the name of its file has in it: a fingerprint of the source and of how this is made.
    pub fn hash(&self, source: u128) -> String {
        let recipe = format!("{source:032x} {VERSION} {} {}x{}", self.format.name(), self.width, self.height);
        short_hash(recipe.as_bytes(), 10)
    }

    /// The name under which it is kept between builds: longer, since nobody has to read it.
    pub fn key(&self, source: u128) -> String {
        let recipe = format!("{source:032x} {VERSION} {} {}x{}", self.format.name(), self.width, self.height);
        short_hash(recipe.as_bytes(), 26)
    }

    /// Its site path, for a source file called `name`.
    pub fn path(&self, name: &str, source: u128) -> String {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let slug = crate::base::text::slug(stem);
        let stem = if slug.is_empty() { "image" } else { &slug };
        format!("assets/{stem}-{}.{}.{}", self.width, self.hash(source), self.format.extension())
    }
}

#[cfg(test)]
mod tests;
