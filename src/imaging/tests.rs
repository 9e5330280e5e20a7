#![allow(clippy::unwrap_used)]

use jpeg_encoder::{ColorType, Encoder as JpegEncoder};
use moxcms::ColorProfile;

use super::*;

/// An image of four colours: red, green, blue and white, each in its corner.
fn corners(width: usize, height: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for y in 0..height {
        for x in 0..width {
            out.extend_from_slice(match (x < width / 2, y < height / 2) {
                (true, true) => &[220, 20, 20],
                (false, true) => &[20, 200, 20],
                (true, false) => &[20, 20, 220],
                (false, false) => &[240, 240, 240],
            });
        }
    }
    out
}

fn exif(orientation: u8) -> Vec<u8> {
    let mut out = b"II*\0\x08\0\0\0\x02\0".to_vec();
    // The maker of the camera, which nobody needs to know.
    out.extend_from_slice(b"\x0f\x01\x02\0\x04\0\0\0Spy\0");
    out.extend_from_slice(&[0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    out.extend_from_slice(&[0; 4]);
    out
}

fn jpeg(pixels: &[u8], width: u16, height: u16, change: impl Fn(&mut JpegEncoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new(&mut out, 95);
    change(&mut encoder);
    encoder.encode(pixels, width, height, ColorType::Rgb).unwrap();
    out
}

fn png(pixels: &[u8], width: u32, height: u32, colour: png::ColorType, depth: png::BitDepth) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    encoder.write_header().unwrap().write_image_data(pixels).unwrap();
    out
}

fn at(raster: &Raster, x: u32, y: u32) -> [u8; 4] {
    let start = ((y * raster.width + x) * 4) as usize;
    raster.pixels[start..start + 4].try_into().unwrap()
}

fn near(a: [u8; 4], b: [u8; 4]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 30)
}

const RED: [u8; 4] = [220, 20, 20, 255];
const GREEN: [u8; 4] = [20, 200, 20, 255];
const BLUE: [u8; 4] = [20, 20, 220, 255];
const WHITE: [u8; 4] = [240, 240, 240, 255];

#[test]
fn every_orientation_is_turned_upright() {
    // The colours of the corners, from the top left, row by row.
    let expected = [
        [RED, GREEN, BLUE, WHITE],
        [GREEN, RED, WHITE, BLUE],
        [WHITE, BLUE, GREEN, RED],
        [BLUE, WHITE, RED, GREEN],
        [RED, BLUE, GREEN, WHITE],
        [BLUE, RED, WHITE, GREEN],
        [WHITE, GREEN, BLUE, RED],
        [GREEN, WHITE, RED, BLUE],
    ];
    for (n, corners_now) in (1_u8..).zip(expected) {
        let bytes = jpeg(&corners(64, 48), 64, 48, |encoder| encoder.add_exif_metadata(&exif(n)).unwrap());
        let size = if n >= 5 { (48, 64) } else { (64, 48) };
        assert_eq!(probe("jpg", &bytes).unwrap().size, size, "{n}");
        let raster = decode(Format::Jpeg, &bytes).unwrap();
        assert_eq!((raster.width, raster.height), size, "{n}");
        let (w, h) = (raster.width - 6, raster.height - 6);
        let places = [(5, 5), (w, 5), (5, h), (w, h)];
        for ((x, y), wanted) in places.into_iter().zip(corners_now) {
            assert!(near(at(&raster, x, y), wanted), "{n}: {:?} at {x}, {y}, not {wanted:?}", at(&raster, x, y));
        }
    }
}

#[test]
fn nothing_is_said_of_the_camera() {
    let bytes = jpeg(&corners(64, 48), 64, 48, |encoder| encoder.add_exif_metadata(&exif(6)).unwrap());
    assert!(memchr::memmem::find(&bytes, b"Spy").is_some());
    let raster = decode(Format::Jpeg, &bytes).unwrap();
    for format in [Format::Avif, Format::Webp, Format::Jpeg, Format::Png] {
        let made = make(&raster, &Variant { format, width: 24, height: 32 }).unwrap();
        for words in [&b"Spy"[..], b"Exif", b"EXIF", b"eXIf"] {
            assert!(memchr::memmem::find(&made, words).is_none(), "{format:?}");
        }
        let extension = format.extension();
        assert_eq!(probe(extension, &made).unwrap().size, (24, 32), "{format:?}");
    }
}

#[test]
fn colours_are_brought_into_srgb() {
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let pixels = [230_u8, 60, 40].repeat(64 * 48);
    let plain = decode(Format::Jpeg, &jpeg(&pixels, 64, 48, |_| ())).unwrap();
    let wide =
        decode(Format::Jpeg, &jpeg(&pixels, 64, 48, |encoder| encoder.add_icc_profile(&profile).unwrap())).unwrap();
    assert!(near(at(&plain, 9, 9), [230, 60, 40, 255]));
    // The red of a wide screen lies beyond that of others.
    assert!(at(&wide, 9, 9)[0] > at(&plain, 9, 9)[0] + 10, "{:?}", at(&wide, 9, 9));
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    let same = decode(Format::Jpeg, &jpeg(&pixels, 64, 48, |encoder| encoder.add_icc_profile(&srgb).unwrap())).unwrap();
    assert!(at(&same, 9, 9).iter().zip(at(&plain, 9, 9)).all(|(a, b)| a.abs_diff(b) <= 2), "{:?}", at(&same, 9, 9));
    let broken = jpeg(&pixels, 64, 48, |encoder| encoder.add_icc_profile(b"no profile").unwrap());
    assert_eq!(decode(Format::Jpeg, &broken).unwrap(), plain);
}

#[test]
fn unusual_pixels() {
    let mut out = Vec::new();
    // Ink of printers: much of the first, none of the others.
    JpegEncoder::new(&mut out, 95).encode(&[255_u8, 0, 0, 0].repeat(64 * 48), 64, 48, ColorType::Cmyk).unwrap();
    let cmyk = decode(Format::Jpeg, &out).unwrap();
    assert_eq!((cmyk.width, cmyk.height, cmyk.pixels.len()), (64, 48, 64 * 48 * 4));
    for x in [1, 62] {
        let [red, green, blue, opacity] = at(&cmyk, x, 40);
        assert!(red < 40 && green > 200 && blue > 200 && opacity == 255, "{:?} at {x}", at(&cmyk, x, 40));
    }
    let deep = png(&[0x80, 0xff, 0x20, 0x00, 0xff, 0xff].repeat(16), 4, 4, png::ColorType::Rgb, png::BitDepth::Sixteen);
    assert_eq!(at(&decode(Format::Png, &deep).unwrap(), 1, 1), [0x80, 0x20, 0xff, 255]);
    let grey = png(&[0x33; 16], 4, 4, png::ColorType::Grayscale, png::BitDepth::Eight);
    assert_eq!(at(&decode(Format::Png, &grey).unwrap(), 1, 1), [0x33, 0x33, 0x33, 255]);
}

#[test]
fn what_is_behind_stays_behind() {
    // Half of it can't be seen, and is of another colour there.
    let pixels: Vec<u8> =
        (0..64 * 48).flat_map(|n| if n % 64 < 32 { [0, 255, 0, 0] } else { [200, 0, 0, 255] }).collect();
    let bytes = png(&pixels, 64, 48, png::ColorType::Rgba, png::BitDepth::Eight);
    let raster = decode(Format::Png, &bytes).unwrap();
    for format in [Format::Png, Format::Webp] {
        let made = make(&raster, &Variant { format, width: 31, height: 23 }).unwrap();
        let again = decode(format, &made).unwrap();
        assert_eq!(at(&again, 2, 9)[3], 0, "{format:?}");
        let seen = at(&again, 16, 9);
        assert!(seen[1] < 60 && seen[3] > 100, "{format:?}: {seen:?}");
    }
    assert!(make(&raster, &Variant { format: Format::Avif, width: 31, height: 23 }).unwrap().len() > 100);
}

#[test]
fn the_same_pixels_give_the_same_bytes() {
    let raster = decode(Format::Jpeg, &jpeg(&corners(300, 200), 300, 200, |_| ())).unwrap();
    let variant = |format| Variant { format, width: 240, height: 160 };
    let make_all =
        || [Format::Avif, Format::Webp, Format::Jpeg, Format::Png].map(|f| make(&raster, &variant(f)).unwrap());
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(make_all);
    let many = rayon::ThreadPoolBuilder::new().num_threads(5).build().unwrap().install(make_all);
    assert!(alone == many);
}

#[test]
fn no_version_is_larger_than_the_image() {
    let widths = |width, height, format: Format| {
        let probed = Probed { format: Format::Jpeg, size: (width, height), versions: true };
        probed.variants(format).iter().map(|variant| (variant.width, variant.height)).collect::<Vec<_>>()
    };
    assert_eq!(widths(4000, 3000, Format::Avif), [(400, 300), (640, 480), (960, 720), (1280, 960), (1920, 1440)]);
    assert_eq!(widths(1300, 650, Format::Webp), [(400, 200), (640, 320), (960, 480), (1300, 650)]);
    assert_eq!(widths(500, 333, Format::Avif), [(400, 266), (500, 333)]);
    assert_eq!(widths(420, 300, Format::Avif), [(420, 300)]);
    assert_eq!(widths(210, 300, Format::Avif), [(210, 300)]);
    assert_eq!(widths(4000, 3000, Format::Jpeg), [(640, 480), (1280, 960)]);
    assert_eq!(widths(900, 600, Format::Jpeg), [(640, 427), (900, 600)]);
    let plain = |width| Probed { format: Format::Jpeg, size: (width, width), versions: true }.plain().unwrap().width;
    assert_eq!([plain(300), plain(900), plain(1280), plain(1900), plain(5000)], [300, 900, 1280, 1280, 1280]);
}

#[test]
fn what_stays_as_it_is() {
    let worthwhile = |format, size, bytes, moves| Probed::worthwhile(format, size, bytes, moves);
    assert!(worthwhile(Format::Jpeg, (800, 600), 50_000, false));
    assert!(!worthwhile(Format::Jpeg, (800, 600), 9_000, false), "few bytes");
    assert!(!worthwhile(Format::Png, (150, 600), 50_000, false), "narrow");
    assert!(!worthwhile(Format::Png, (4000, 200), 50_000, false), "a ribbon");
    assert!(!worthwhile(Format::Webp, (800, 600), 50_000, true), "it moves");
    assert!(!worthwhile(Format::Gif, (800, 600), 50_000, false));
    let moving = [&b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x1f\x03\0\x57\x02\0"[..], &[0; 8]].concat();
    assert_eq!(probe("webp", &moving).map(|probed| (probed.size, probed.versions)), Ok(((800, 600), false)));
    let gif = [&b"GIF89a\x20\x03\x58\x02\0\0\0"[..], &[0; 20_000]].concat();
    assert_eq!(probe("gif", &gif).map(|probed| (probed.size, probed.versions)), Ok(((800, 600), false)));
}

#[test]
fn what_is_wrong_with_a_file() {
    let whole = jpeg(&corners(64, 48), 64, 48, |encoder| encoder.add_exif_metadata(&exif(1)).unwrap());
    assert!(probe("jpg", &whole).is_ok() && probe("jpeg", &whole).is_ok());
    assert_eq!(probe("png", &whole), Err(Trouble::Misnamed("JPEG")));
    for len in 0..whole.len() - 1 {
        let cut = &whole[..len];
        assert!(probe("jpg", cut).is_err(), "{len}");
        assert!(decode(Format::Jpeg, cut).is_err() || len > whole.len() - 8, "{len}");
    }
    let whole = png(&corners(64, 48), 64, 48, png::ColorType::Rgb, png::BitDepth::Eight);
    for len in 0..whole.len() - 1 {
        assert!(probe("png", &whole[..len]).is_err(), "{len}");
    }
    // Damage in the middle is met when the pixels are decoded.
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x55;
    assert!(probe("png", &damaged).is_ok());
    assert!(matches!(decode(Format::Png, &damaged), Err(Trouble::Broken("PNG", _))));
    let mut bomb = whole;
    bomb[16..24].copy_from_slice(&[0, 0, 0x40, 0, 0, 0, 0x40, 0]);
    assert_eq!(probe("png", &bomb), Err(Trouble::TooLarge(16384, 16384)));
    assert!(decode(Format::Png, &bomb).is_err());
    assert_eq!(probe("tif", b"II*\0\0\0\0\0"), Err(Trouble::Unshown("TIFF")));
    assert_eq!(probe("jpg", b""), Err(Trouble::Unknown));
}

#[test]
fn names_change_with_the_content() {
    let variant = Variant { format: Format::Avif, width: 640, height: 480 };
    let path = variant.path("Löwe im Zoo.JPG", 7);
    assert!(path.starts_with("assets/") && path.ends_with(".avif") && path.contains("-640."), "{path}");
    assert_ne!(path, variant.path("Löwe im Zoo.JPG", 8));
    assert!(variant.path("日本.png", 1).is_ascii() || variant.path("日本.png", 1).starts_with("assets/"));
    assert_eq!(variant.key(7).len(), 26);
}

#[test]
fn hostile_drawings() {
    let clean = |text: &str| svg::clean(text).map(|(text, taken)| (text, taken.len()));
    let own = |inner: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inner}</svg>");
    for inner in [
        "<script>x</script>",
        "<SCRIPT>x</SCRIPT>",
        "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">x</s:script>",
        "<h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"https://example.org\"/>",
        "<h:img xmlns:h=\"http://www.w3.org/1999/xhtml\" srcset=\"https://example.org 1x\"/>",
        "<h:meta xmlns:h=\"&#x68;ttp://www.w3.org/1999/xhtml\" http-equiv=\"refresh\" content=\"0\"/>",
        "<foreignObject><body/></foreignObject>",
        "<handler>x</handler>",
    ] {
        let (text, taken) = clean(&own(inner)).unwrap();
        assert_eq!((text.as_str(), taken), ("<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>", 1), "{inner}");
    }
    for inner in [
        "<g onclick=\"x\"/>",
        "<g ONCLICK=\"x\"/>",
        "<a href=\"javascript:x\"/>",
        "<a href=\" java&#x09;script:x\"/>",
        "<a xlink:href=\"data:text/html,x\"/>",
        "<use href=\"other.svg#a\"/>",
        "<image href=\"data:image/svg+xml,x\"/>",
        "<g style=\"fill:url(https://example.org)\"/>",
        "<g fill=\"url( 'https://example.org')\"/>",
        "<g style=\"background:\\75rl(https://example.org)\"/>",
    ] {
        let (text, taken) = clean(&own(inner)).unwrap();
        assert!(taken == 1 && !text.contains("script:") && !text.contains("example"), "{text}");
        assert_eq!(clean(&text).unwrap().1, 0, "what is left is clean: {text}");
    }
    // An address in a style sheet, cut in two or written otherwise.
    for css in [
        "@import 'https://example.org';",
        "&#64;import 'https://example.org';",
        "@\\69mport 'https://example.org';",
        "g{fill:u<!-- -->rl(https://example.org)}",
        "g{fill:u<![CDATA[rl(]]>https://example.org)}",
        "g{fill:&#117;rl(https://example.org)}",
        "g{fill:u<g/>rl(https://example.org)}",
        "g{fill:u<g>x</g>rl(https://example.org)}",
    ] {
        let (text, taken) = clean(&own(&format!("<style>{css}</style>"))).unwrap();
        assert!(taken == 1 && !text.contains("example"), "{css}: {text}");
        assert_eq!(clean(&text).unwrap().1, 0, "what is left is clean: {text}");
    }
    for inner in [
        "<style>/* a */ g&gt;a { fill: url(#b) } <![CDATA[ g>b { fill: red } ]]><!-- c --></style>",
        "<text>a &amp; b &#160;</text>",
        "<a href=\"https://example.org/\"/>",
        "<use href=\"#a\"/>",
        "<g clip-path=\"url(#c)\"/>",
    ] {
        assert_eq!(clean(&own(inner)), Some((own(inner), 0)), "{inner}");
    }
    assert_eq!(clean("<svg><g></svg>"), None);
    assert_eq!(clean("no drawing"), None);
    let entities = "<!DOCTYPE svg [<!ENTITY x \"<script/>\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    assert_eq!(clean(entities).unwrap().1, 1);
}
