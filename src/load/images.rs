//! What the images of a site are: looked at once for each state of a file, headers alone.

use std::sync::Arc;

use comemo::Tracked;

use crate::base::hash::fingerprint;
use crate::base::{Bytes, SourcePath};
use crate::imaging::{Format, Probed, Trouble, probe, svg};
use crate::model::{Images, Measured};
use crate::world::World;

/// The images among `files`. What `known` has of the same state is not read again.
pub fn measure<'a>(
    world: Tracked<'_, dyn World + '_>,
    files: impl IntoIterator<Item = &'a SourcePath>,
    known: Option<&Images>,
) -> Images {
    let measured = |path: &SourcePath| {
        let extension = path.extension();
        if !ENDINGS.contains(&extension.as_str()) {
            return None;
        }
        let version = world.version(path);
        if let Some(known) = known.and_then(|known| known.get(path)).filter(|known| known.version == version) {
            return Some(known.clone());
        }
        let bytes = world.read(path).ok()?;
        let (probed, taken) = look(&extension, &bytes);
        Some(Measured { version, id: fingerprint(&bytes), probed, taken })
    };
    files.into_iter().filter_map(|path| Some((path.clone(), measured(path)?))).collect()
}

/// Endings of the files that are looked at.
const ENDINGS: [&str; 12] = ["avif", "gif", "heic", "heif", "jpeg", "jpg", "jxl", "png", "svg", "tif", "tiff", "webp"];

type Looked = (Result<Probed, Trouble>, Arc<[svg::Taken]>);

#[comemo::memoize]
fn look(extension: &str, bytes: &Bytes) -> Looked {
    let probed = probe(extension, bytes);
    if !matches!(probed, Ok(Probed { format: Format::Svg, .. })) {
        return (probed, Arc::default());
    }
    let cleaned = std::str::from_utf8(bytes).ok().and_then(svg::clean);
    let Some((_, taken)) = cleaned else {
        let words = "it is not well-formed XML in UTF-8".to_owned();
        return (Err(Trouble::Broken(Format::Svg.name(), words)), Arc::default());
    };
    let size = svg_size(bytes).unwrap_or_default();
    (probed.map(|probed| Probed { size, ..probed }), taken.into())
}

/// The size that an SVG states: `width` and `height` in pixels, else those of its `viewBox`.
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
