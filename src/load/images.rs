//! Sizes of images, so that pages reserve their place before they arrive.

use comemo::Tracked;

use crate::base::{Bytes, SourcePath};
use crate::model::{Images, Measured};
use crate::world::World;

/// The images among `files` that can be measured. What `known` has of the same state is not read again.
pub fn measure<'a>(
    world: Tracked<'_, dyn World + '_>,
    files: impl IntoIterator<Item = &'a SourcePath>,
    known: Option<&Images>,
) -> Images {
    let measured = |path: &SourcePath| {
        let vector = match path.extension().as_str() {
            "svg" => true,
            "avif" | "bmp" | "gif" | "heic" | "heif" | "ico" | "jpeg" | "jpg" | "jxl" | "png" | "tif" | "tiff"
            | "webp" => false,
            _ => return None,
        };
        let version = world.version(path);
        if let Some(known) = known.and_then(|known| known.get(path)).filter(|known| known.version == version) {
            return Some(*known);
        }
        let bytes = world.read(path).ok()?;
        let size = if vector { svg_size(&bytes) } else { raster_size(&bytes) };
        Some(Measured { version, size: size? })
    };
    files.into_iter().filter_map(|path| Some((path.clone(), measured(path)?))).collect()
}

#[comemo::memoize]
fn raster_size(bytes: &Bytes) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// The size that an SVG states: `width` and `height` in pixels, else those of its `viewBox`.
#[comemo::memoize]
fn svg_size(bytes: &Bytes) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let tag = text.get(text.find("<svg")?..)?;
    let tag = tag.get(..tag.find('>')?)?;
    let attribute = |name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}="))?;
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest.get(1..)?.split(quote).next()
    };
    let pixels = |value: &str| {
        let number: f64 = value.trim().trim_end_matches("px").parse().ok()?;
        (0.5..=1e6).contains(&number).then(|| number.round() as u32)
    };
    let stated = attribute("width").and_then(pixels).zip(attribute("height").and_then(pixels));
    stated.or_else(|| {
        let numbers: Vec<&str> = attribute("viewBox")?.split([' ', ',']).filter(|s| !s.is_empty()).collect();
        pixels(numbers.get(2)?).zip(pixels(numbers.get(3)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn svg_sizes() {
        let size = |text: &str| svg_size(&Bytes::new(text.as_bytes()));
        assert_eq!(size("<svg width=\"20\" height='10px'/>"), Some((20, 10)));
        assert_eq!(size("<?xml?><svg viewBox=\"0 0 30 40.4\">"), Some((30, 40)));
        assert_eq!(size("<svg width=\"100%\" height=\"1\" viewBox='0,0,3,4'>"), Some((3, 4)));
        assert_eq!(size("<svg>"), None);
        assert_eq!(size("no image"), None);
    }
}
