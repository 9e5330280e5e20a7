//! SVG to PNG.

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::fonts::Fonts;
use super::{HEIGHT, WIDTH};
use crate::model::settings::Theme;

/// How SVGs of cards are read: with these fonts, and without any file beside them.
pub fn options<'a>(fonts: &'a Fonts, theme: &'a Theme) -> Options<'a> {
    Options {
        image_href_resolver: ImageHrefResolver {
            resolve_string: Box::new(|_, _| None),
            ..ImageHrefResolver::default()
        },
        font_family: super::fonts::TEXT.to_owned(),
        font_resolver: fonts.resolver(theme),
        fontdb: fonts.database().clone(),
        ..Options::default()
    }
}

/// Draws an SVG as large as a card.
///
/// # Errors
/// Why it can't be drawn.
pub fn png(svg: &str, fonts: &Fonts, theme: &Theme) -> Result<Vec<u8>, String> {
    let tree = Tree::from_str(svg, &options(fonts, theme)).map_err(|error| error.to_string())?;
    let mut canvas = Pixmap::new(WIDTH, HEIGHT).ok_or("it has no size")?;
    canvas.fill(Color::WHITE);
    let size = tree.size();
    let scale = Transform::from_scale(WIDTH as f32 / size.width(), HEIGHT as f32 / size.height());
    resvg::render(&tree, scale, &mut canvas.as_mut());
    encode(&canvas).map_err(|error| error.to_string())
}

fn encode(canvas: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    // The ground is opaque, so every pixel is: without alpha there is a quarter less to pack.
    let (pixels, _) = canvas.data().as_chunks::<4>();
    let rgb: Vec<_> = pixels.iter().map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::Adaptive);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb.as_flattened())?;
    writer.finish()?;
    Ok(out)
}
