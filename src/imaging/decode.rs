//! From an image file to pixels: upright, in sRGB, with nothing that the file says besides.

use std::io::Cursor;

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::probe::orientation;
use super::resize::resize;
use super::{Format, MOST_PIXELS, Trouble, WIDEST, scaled};

/// Pixels in sRGB: red, green, blue and opacity of each, 8 bits each, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Four bytes a pixel.
    pub pixels: Vec<u8>,
}

/// The most bytes that a decoder may ask for.
const MEMORY: usize = 1 << 30;

/// Decodes an image, turns it upright, brings its colours into sRGB, and makes it as small as the widest version.
///
/// # Errors
/// If it is damaged, or no JPEG, PNG or WebP.
pub fn decode(format: Format, bytes: &[u8]) -> Result<Raster, Trouble> {
    let broken = |words: String| Trouble::Broken(format.name(), words.trim_end_matches('.').to_owned());
    let (mut raster, profile) = match format {
        Format::Jpeg => jpeg(bytes).map_err(broken)?,
        Format::Png => png(bytes).map_err(broken)?,
        Format::Webp => webp(bytes).map_err(broken)?,
        Format::Avif | Format::Gif | Format::Svg => return Err(broken("its pixels aren't read".to_owned())),
    };
    let pixels = u64::from(raster.width) * u64::from(raster.height);
    if pixels == 0 || u64::try_from(raster.pixels.len()).ok() != pixels.checked_mul(4) {
        return Err(broken("it has not as many pixels as it says".to_owned()));
    }
    if let Some(profile) = profile {
        to_srgb(&mut raster, &profile);
    }
    let raster = upright(raster, orientation(bytes));
    // No version is wider, and a large photograph would fill the memory until the last one is made.
    if raster.width <= WIDEST {
        return Ok(raster);
    }
    let height = scaled((raster.width, raster.height), WIDEST);
    let fitted = resize(&raster, WIDEST, height).map_err(broken)?.into_owned();
    Ok(fitted)
}

type Decoded = Result<(Raster, Option<Vec<u8>>), String>;

fn jpeg(bytes: &[u8]) -> Decoded {
    let side = usize::from(u16::MAX);
    // Damage is an error: a picture that ends in grey is not what its author meant.
    let options = DecoderOptions::default().set_max_width(side).set_max_height(side).set_strict_mode(true);
    let open = |colours: ColorSpace| {
        let options = options.jpeg_set_out_colorspace(colours);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
        decoder.decode_headers().map_err(|error| error.to_string()).map(|()| decoder)
    };
    let mut decoder = open(ColorSpace::RGBA)?;
    // From the colours of print the decoder has no way to four bytes a pixel.
    let printed = matches!(decoder.input_colorspace(), Some(ColorSpace::CMYK | ColorSpace::YCCK));
    if printed {
        decoder = open(ColorSpace::RGB)?;
    }
    let info = decoder.info().ok_or("it has no size")?;
    if u64::from(info.width) * u64::from(info.height) > MOST_PIXELS {
        return Err("it is too large".to_owned());
    }
    let profile = decoder.icc_profile();
    let mut pixels = decoder.decode().map_err(|error| error.to_string())?;
    if printed {
        pixels = opaque(&pixels);
    }
    Ok((Raster { width: u32::from(info.width), height: u32::from(info.height), pixels }, profile))
}

fn png(bytes: &[u8]) -> Decoded {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: MEMORY });
    decoder.set_transformations(
        png::Transformations::EXPAND | png::Transformations::STRIP_16 | png::Transformations::ALPHA,
    );
    let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
    let size = reader.output_buffer_size().filter(|size| *size <= MEMORY).ok_or("it is too large")?;
    let mut buffer = vec![0; size];
    let frame = reader.next_frame(&mut buffer).map_err(|error| error.to_string())?;
    buffer.truncate(frame.buffer_size());
    let pixels = match frame.color_type {
        png::ColorType::Rgba => buffer,
        png::ColorType::GrayscaleAlpha => buffer
            .chunks_exact(2)
            .flat_map(|p| if let [grey, alpha] = p { [*grey, *grey, *grey, *alpha] } else { [0; 4] })
            .collect(),
        _ => return Err("its kind of colour isn't known".to_owned()),
    };
    let info = reader.info();
    let profile = info.icc_profile.as_ref().map(|profile| profile.to_vec()).filter(|_| info.srgb.is_none());
    Ok((Raster { width: frame.width, height: frame.height, pixels }, profile))
}

fn webp(bytes: &[u8]) -> Decoded {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    decoder.set_memory_limit(MEMORY);
    let (width, height) = decoder.dimensions();
    let profile = decoder.icc_profile().ok().flatten();
    let size = decoder.output_buffer_size().filter(|size| *size <= MEMORY).ok_or("it is too large")?;
    let mut buffer = vec![0; size];
    decoder.read_image(&mut buffer).map_err(|error| error.to_string())?;
    let pixels = if decoder.has_alpha() { buffer } else { opaque(&buffer) };
    Ok((Raster { width, height, pixels }, profile))
}

/// Pixels of three bytes with an opacity each.
fn opaque(pixels: &[u8]) -> Vec<u8> {
    pixels.chunks_exact(3).flat_map(|p| if let [r, g, b] = p { [*r, *g, *b, 255] } else { [0; 4] }).collect()
}

/// Brings colours into sRGB. A profile that can't be read, or isn't one of screens, says nothing.
fn to_srgb(raster: &mut Raster, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    if profile.color_space != DataColorSpace::Rgb {
        return;
    }
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgba, TransformOptions::default());
    let Ok(transform) = transform else { return };
    let mut row = vec![0; raster.width as usize * 4];
    for pixels in raster.pixels.chunks_exact_mut(row.len().max(1)) {
        if transform.transform(pixels, &mut row).is_err() {
            return;
        }
        pixels.copy_from_slice(&row);
    }
}

/// Turns an image as EXIF says.
fn upright(raster: Raster, orientation: u32) -> Raster {
    if orientation <= 1 {
        return raster;
    }
    let (width, height) = (raster.width as usize, raster.height as usize);
    let (new_width, new_height) = if orientation >= 5 { (height, width) } else { (width, height) };
    let mut pixels = Vec::with_capacity(raster.pixels.len());
    for y in 0..new_height {
        for x in 0..new_width {
            // Where this pixel is in the file.
            let (from_x, from_y) = match orientation {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                8 => (width - 1 - y, x),
                _ => (x, y),
            };
            let at = (from_y * width + from_x) * 4;
            pixels.extend_from_slice(raster.pixels.get(at..at + 4).unwrap_or(&[0; 4]));
        }
    }
    let (width, height) = if orientation >= 5 { (raster.height, raster.width) } else { (raster.width, raster.height) };
    Raster { width, height, pixels }
}
