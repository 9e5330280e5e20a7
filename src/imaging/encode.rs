//! From pixels to a version of an image. The same pixels give the same bytes on every machine and for any number of
//! threads: each version is made by one.

use jpeg_encoder::{ColorType, Encoder as JpegEncoder, SamplingFactor};
use ravif::{BitDepth, Img, RGBA8};

use super::resize::{opaque, resize};
use super::{Format, Raster, Variant};

/// Where an eye no longer tells a version from the original, at the size of a column.
const AVIF_QUALITY: f32 = 62.0;
const WEBP_QUALITY: f32 = 78.0;
const JPEG_QUALITY: u8 = 80;

/// A twelfth of the time of the next slower step is spent for files about a tenth larger.
const AVIF_SPEED: u8 = 9;

/// Makes a version of an image.
///
/// # Errors
/// In words, if an encoder gives up.
pub fn make(raster: &Raster, variant: &Variant) -> Result<Vec<u8>, String> {
    let pixels = &resize(raster, variant.width, variant.height)?.pixels;
    let size = (variant.width, variant.height);
    match variant.format {
        Format::Avif => avif(pixels, size),
        Format::Webp => webp(pixels, size),
        Format::Jpeg => jpeg(pixels, size),
        Format::Png => png(pixels, size),
        Format::Gif | Format::Svg => Err(format!("{} isn't made", variant.format.name())),
    }
}

fn rgb(pixels: &[u8]) -> Vec<u8> {
    pixels.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3)).copied().collect()
}

fn avif(pixels: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, String> {
    let pixels: Vec<RGBA8> = pixels
        .chunks_exact(4)
        .map(|pixel| if let [r, g, b, a] = pixel { RGBA8::new(*r, *g, *b, *a) } else { RGBA8::new(0, 0, 0, 0) })
        .collect();
    // The number of threads decides how the picture is cut into tiles, and so the bytes.
    let encoder = ravif::Encoder::new()
        .with_quality(AVIF_QUALITY)
        .with_alpha_quality(AVIF_QUALITY)
        .with_speed(AVIF_SPEED)
        .with_bit_depth(BitDepth::Eight)
        .with_num_threads(Some(1));
    let made = encoder.encode_rgba(Img::new(&pixels, width as usize, height as usize));
    made.map(|made| made.avif_file).map_err(|error| error.to_string())
}

fn webp(pixels: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, String> {
    let made = if opaque(pixels) {
        webp::Encoder::from_rgb(&rgb(pixels), width, height).encode_simple(false, WEBP_QUALITY)
    } else {
        webp::Encoder::from_rgba(pixels, width, height).encode_simple(false, WEBP_QUALITY)
    };
    made.map(|made| made.to_vec()).map_err(|error| format!("{error:?}"))
}

fn jpeg(pixels: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new(&mut out, JPEG_QUALITY);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    let side = |n: u32| u16::try_from(n).map_err(|_| "it is too large".to_owned());
    encoder.encode(&rgb(pixels), side(width)?, side(height)?, ColorType::Rgb).map_err(|error| error.to_string())?;
    Ok(out)
}

fn png(pixels: &[u8], (width, height): (u32, u32)) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    let opaque = opaque(pixels);
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
    let written = if opaque { writer.write_image_data(&rgb(pixels)) } else { writer.write_image_data(pixels) };
    written.map_err(|error| error.to_string())?;
    writer.finish().map_err(|error| error.to_string())?;
    Ok(out)
}
