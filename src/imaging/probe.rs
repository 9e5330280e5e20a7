//! What an image file is, from its headers: format, size, whether it moves, whether it is whole.

use std::io::Cursor;

use super::{Format, MOST_PIXELS, Probed};

/// Why an image can't be shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// The file is of another format than its name says: what it is.
    Misnamed(&'static str),
    /// No image that is known.
    Unknown,
    /// A format that browsers don't show: its name.
    Unshown(&'static str),
    /// The end is missing.
    Truncated(&'static str),
    /// More pixels than can be worked with: width and height.
    TooLarge(u32, u32),
    /// Its pixels can't be decoded: its format, and the decoder's words.
    Broken(&'static str, String),
}

impl Trouble {
    /// What is wrong, and what to do about it.
    pub fn words(&self, name: &str) -> (String, String) {
        match self {
            Self::Misnamed(found) => (
                format!("`{name}` is {found}, whatever its name says"),
                format!("rename it so that it ends in `.{}`, here too", ending(found)),
            ),
            Self::Unknown => (
                format!("`{name}` is no image that browsers show"),
                "save it as JPEG, PNG, WebP, AVIF, GIF or SVG".to_owned(),
            ),
            Self::Unshown(found) => (
                format!("`{name}` is {found}, which browsers don't show"),
                "save it as JPEG (photographs) or PNG (drawings, screenshots)".to_owned(),
            ),
            Self::Truncated(found) => (
                format!("the end of `{name}` ({found}) is missing"),
                "copy or export it again; it may have been cut short on its way".to_owned(),
            ),
            Self::TooLarge(width, height) => (
                format!("`{name}` has {width} × {height} pixels, more than can be worked with"),
                format!(
                    "make it smaller: no more than {} million pixels, and 2000 in width are enough",
                    MOST_PIXELS / 1_000_000
                ),
            ),
            Self::Broken(found, words) => (
                format!("`{name}` ({found}) can't be decoded: {words}"),
                "open it in an image editor and save it again".to_owned(),
            ),
        }
    }
}

fn ending(format: &str) -> &'static str {
    match format {
        "JPEG" => "jpg",
        "PNG" => "png",
        "GIF" => "gif",
        "WebP" => "webp",
        "SVG" => "svg",
        _ => "avif",
    }
}

/// What a file is by its first bytes.
fn sniff(bytes: &[u8]) -> Result<Format, Trouble> {
    let brand = bytes.get(8..12).unwrap_or_default();
    Ok(match bytes {
        [0xff, 0xd8, 0xff, ..] => Format::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Format::Png,
        [b'G', b'I', b'F', b'8', ..] => Format::Gif,
        [b'R', b'I', b'F', b'F', ..] if brand == b"WEBP" => Format::Webp,
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => match brand {
            b"avif" | b"avis" => Format::Avif,
            b"mif1" | b"msf1" if bytes.get(12..40).is_some_and(|more| more.windows(4).any(|b| b == b"avif")) => {
                Format::Avif
            }
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
                return Err(Trouble::Unshown("HEIC"));
            }
            _ => return Err(Trouble::Unknown),
        },
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => return Err(Trouble::Unshown("TIFF")),
        [b'8', b'B', b'P', b'S', ..] => return Err(Trouble::Unshown("a Photoshop file")),
        [b'%', b'P', b'D', b'F', ..] => return Err(Trouble::Unshown("a PDF")),
        [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] | [0xff, 0x0a, ..] => return Err(Trouble::Unshown("JPEG XL")),
        _ if svg(bytes) => Format::Svg,
        _ => return Err(Trouble::Unknown),
    })
}

/// Whether a text begins as an SVG does.
fn svg(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    memchr::memmem::find(start, b"<svg").is_some()
}

/// Looks at an image file whose name ends in `extension`, in lower case.
///
/// # Errors
/// If pages can't show it.
pub fn probe(extension: &str, bytes: &[u8]) -> Result<Probed, Trouble> {
    let format = sniff(bytes)?;
    if Format::of_extension(extension) != Some(format) {
        return Err(Trouble::Misnamed(format.name()));
    }
    if format == Format::Svg {
        return Ok(Probed { format, size: (0, 0), versions: false });
    }
    let truncated = Trouble::Truncated(format.name());
    let size = imagesize::blob_size(bytes).map_err(|_| truncated.clone())?;
    let side = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (width, height) = (side(size.width), side(size.height));
    if width == 0 || height == 0 {
        return Err(truncated);
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Trouble::TooLarge(width, height));
    }
    let moves = match format {
        Format::Jpeg => {
            if !jpeg_ends(bytes) {
                return Err(truncated);
            }
            false
        }
        Format::Png => png_moves(bytes).ok_or(truncated)?,
        Format::Webp => webp_moves(bytes).ok_or(truncated)?,
        Format::Avif | Format::Gif | Format::Svg => true,
    };
    let turned = matches!(format, Format::Jpeg | Format::Png | Format::Webp) && orientation(bytes) >= 5;
    let size = if turned { (height, width) } else { (width, height) };
    Ok(Probed { format, size, versions: Probed::worthwhile(format, size, bytes.len(), moves) })
}

/// How the pixels of an image are to be turned: 1 to 8, as EXIF counts.
pub fn orientation(bytes: &[u8]) -> u32 {
    let read = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).ok();
    let field = read.as_ref().and_then(|exif| exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY));
    field.and_then(|field| field.value.get_uint(0)).filter(|n| (1..=8).contains(n)).unwrap_or(1)
}

/// Whether a JPEG has an end after the start of its pixels; other data may follow it.
fn jpeg_ends(bytes: &[u8]) -> bool {
    let mut at = 2;
    // From mark to mark up to the pixels: previews within them have ends of their own.
    while let Some([0xff, kind, high, low]) = bytes.get(at..at + 4) {
        match kind {
            0xda => return bytes.get(at..).is_some_and(|rest| memchr::memmem::rfind(rest, &[0xff, 0xd9]).is_some()),
            0xff => at += 1,
            _ => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
        }
    }
    false
}

/// Whether a PNG moves; nothing if it has no end.
fn png_moves(bytes: &[u8]) -> Option<bool> {
    let mut at = 8_usize;
    let mut moves = false;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
        let kind = bytes.get(at + 4..at + 8)?;
        let end = at.checked_add(12)?.checked_add(usize::try_from(length).ok()?)?;
        bytes.get(..end)?;
        match kind {
            b"acTL" => moves = true,
            b"IEND" => return Some(moves),
            _ => {}
        }
        at = end;
    }
}

/// Whether a WebP moves; nothing if it is shorter than it says.
fn webp_moves(bytes: &[u8]) -> Option<bool> {
    let length = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?);
    if bytes.len() < usize::try_from(length).ok()?.checked_add(8)? {
        return None;
    }
    Some(bytes.get(12..16)? == b"VP8X" && bytes.get(20)? & 2 != 0)
}
