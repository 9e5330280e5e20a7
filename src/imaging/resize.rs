//! Pixels, made fewer.

use std::borrow::Cow;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use super::Raster;

/// An image of another size. Colours that can't be seen don't bleed into those that can.
pub fn resize(raster: &Raster, width: u32, height: u32) -> Result<Cow<'_, Raster>, String> {
    if (raster.width, raster.height) == (width, height) {
        return Ok(Cow::Borrowed(raster));
    }
    let source = ImageRef::new(raster.width, raster.height, &raster.pixels, PixelType::U8x4);
    let source = source.map_err(|error| error.to_string())?;
    let mut made = Image::new(width, height, PixelType::U8x4);
    let lanczos = ResizeAlg::Convolution(FilterType::Lanczos3);
    let options = ResizeOptions::new().resize_alg(lanczos).use_alpha(!opaque(&raster.pixels));
    Resizer::new().resize(&source, &mut made, &options).map_err(|error| error.to_string())?;
    Ok(Cow::Owned(Raster { width, height, pixels: made.into_vec() }))
}

/// Whether nothing behind the image is seen.
pub fn opaque(pixels: &[u8]) -> bool {
    pixels.chunks_exact(4).all(|pixel| pixel.last() == Some(&255))
}
