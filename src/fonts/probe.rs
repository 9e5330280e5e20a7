//! What a font file is.

use skrifa::attribute::Style as Slant;
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider, Tag};

use super::fallback::{Fallback, Kind};
use super::{Letters, guarded};

/// The largest file that is looked at. Fonts with all of Chinese have some 20 MB.
const MOST_BYTES: usize = 64 << 20;

/// Tables without which browsers refuse a font.
const NEEDED: [&[u8; 4]; 7] = [b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"post"];

/// Why a font can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It isn't there; the names of the fonts that are, in its folder.
    Missing(Vec<String>),
    /// It stands where the site has no sources.
    Elsewhere,
    /// It can't be read: the system's own words.
    Unreadable(String),
    /// It is something else: what, and what to do.
    Other(&'static str, &'static str),
    /// It ends too early.
    Truncated,
    /// It is damaged: how.
    Broken(String),
    /// It is larger than any font.
    TooLarge,
}

impl Trouble {
    /// What is wrong with the file called `name`, and what to do.
    pub fn words(&self, name: &str) -> (String, String) {
        let again = "copy or download it again; it may have been damaged on its way";
        match self {
            Self::Missing(near) if near.is_empty() => (
                format!("there is no `{name}`"),
                "put the font there, or correct its name; it counts from the site's root".to_owned(),
            ),
            Self::Missing(near) => {
                let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
                (format!("there is no `{name}`"), format!("the fonts there are {}", near.join(", ")))
            }
            Self::Elsewhere => (
                format!("`{name}` is not among the sources of the site"),
                "put the font into `fonts/` beside `expound.toml`, and write `fonts/` before its name".to_owned(),
            ),
            Self::Unreadable(words) => {
                (format!("`{name}` can't be read: {words}"), "look at the file's permissions".to_owned())
            }
            Self::Other(what, help) => (format!("`{name}` is {what}"), (*help).to_owned()),
            Self::Truncated => (format!("the end of `{name}` is missing"), again.to_owned()),
            Self::Broken(words) => (format!("`{name}` is damaged: {words}"), again.to_owned()),
            Self::TooLarge => (
                format!("`{name}` is larger than {} MB", MOST_BYTES >> 20),
                "take a font file of one family alone".to_owned(),
            ),
        }
    }
}

/// How letters stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Style {
    /// Upright.
    Upright,
    /// Italic or oblique.
    Italic,
    /// As the page wants, between two angles in degrees.
    Slanted(f32, f32),
}

/// What a font file has.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// Its family, free of what CSS would have to escape.
    pub family: String,
    /// Its full name.
    pub name: String,
    /// The lightest and the boldest weight, in numbers of CSS.
    pub weight: (f32, f32),
    /// The narrowest and the widest width, in per cent.
    pub width: (f32, f32),
    /// How its letters stand.
    pub style: Style,
    /// Its letters.
    pub letters: Letters,
    /// Fonts of the reader's that take up as much room, with what makes them do so.
    pub fallbacks: Vec<Fallback>,
    /// What kind of font stands in for it.
    pub kind: Kind,
    /// True if its maker doesn't allow it in documents, as the font says.
    pub restricted: bool,
    /// True if its maker doesn't allow a part of it in documents.
    pub whole_only: bool,
    /// True if all its glyphs stay, because its outlines are those of PostScript.
    pub postscript: bool,
}

/// Looks at a font.
///
/// # Errors
/// Why it can't be used.
pub fn probe(bytes: &[u8]) -> Result<Face, Trouble> {
    signature(bytes)?;
    let tables = directory(bytes)?;
    let has = |tag: &[u8; 4]| tables.iter().any(|table| table == tag);
    if let Some(missing) = NEEDED.iter().find(|tag| !has(tag)) {
        let tag = String::from_utf8_lossy(*missing).into_owned();
        return Err(Trouble::Broken(format!("it has no table `{tag}`")));
    }
    let postscript = has(b"CFF ") || has(b"CFF2");
    let outlines = postscript || has(b"glyf") && has(b"loca");
    if !outlines {
        return Err(Trouble::Other(
            "a font without outlines, which stay sharp at any size",
            "take a TTF or OTF with outlines; pictures of letters (emoji) are drawn by the reader's own fonts",
        ));
    }
    guarded(|| look(bytes, postscript)).map_err(Trouble::Broken)
}

/// What the first bytes say.
fn signature(bytes: &[u8]) -> Result<(), Trouble> {
    if bytes.len() > MOST_BYTES {
        return Err(Trouble::TooLarge);
    }
    let packed =
        "take the TTF or OTF that it was made from: expound makes WOFF2 of it, with the letters of the site alone";
    let single = "take the TTF or OTF of a single font out of it";
    let download = "download the font again: look for a file that ends in `.ttf` or `.otf`";
    Err(match bytes.get(..4).unwrap_or(bytes) {
        [0, 1, 0, 0] | b"OTTO" | b"true" => return Ok(()),
        b"wOFF" => Trouble::Other("a font in WOFF, which is packed already", packed),
        b"wOF2" => Trouble::Other("a font in WOFF2, which is packed already", packed),
        b"ttcf" => Trouble::Other("a collection of several fonts", single),
        b"typ1" | b"%!PS" | [0x80, 1, ..] => {
            Trouble::Other("a Type 1 font, which browsers don't show", "take a TTF or OTF of the same family")
        }
        [b'P', b'K', 3, 4] => Trouble::Other("a ZIP archive", "unpack it and take the TTF or OTF in it"),
        [b'<', ..] | [b' ' | b'\n' | b'\r', ..] => Trouble::Other("a web page and no font", download),
        [] => Trouble::Other("empty", download),
        _ => Trouble::Other("no font in TTF or OTF", download),
    })
}

/// The tables of a font, all of which lie within the file.
fn directory(bytes: &[u8]) -> Result<Vec<[u8; 4]>, Trouble> {
    let number =
        |at: usize| -> Option<u32> { bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_be_bytes) };
    let count = number(4).ok_or(Trouble::Truncated)? >> 16;
    let mut tables = Vec::new();
    for at in (0..count as usize).map(|index| 12 + 16 * index) {
        let (Some(tag), Some(offset), Some(length)) = (number(at), number(at + 8), number(at + 12)) else {
            return Err(Trouble::Truncated);
        };
        if u64::from(offset) + u64::from(length) > bytes.len() as u64 {
            return Err(Trouble::Truncated);
        }
        tables.push(tag.to_be_bytes());
    }
    Ok(tables)
}

fn look(bytes: &[u8], postscript: bool) -> Result<Face, String> {
    let font = FontRef::new(bytes).map_err(|error| error.to_string())?;
    let metrics = font.metrics(Size::unscaled(), LocationRef::default());
    if metrics.units_per_em == 0 {
        return Err("its letters have no size".to_owned());
    }
    let there = font.charmap().mappings().filter(|(_, glyph)| glyph.to_u32() < u32::from(metrics.glyph_count));
    let letters: Letters = there.filter_map(|(letter, _)| char::from_u32(letter)).collect();
    if letters.is_empty() {
        return Err("it has no letters, or none by their Unicode numbers".to_owned());
    }
    let text = |id: StringId| font.localized_strings(id).english_or_first().map(|text| plain(text.chars()));
    let named = |ids: [StringId; 2]| ids.into_iter().filter_map(text).find(|name| !name.is_empty());
    let family = named([StringId::TYPOGRAPHIC_FAMILY_NAME, StringId::FAMILY_NAME]).ok_or("it has no name")?;
    let name = named([StringId::FULL_NAME, StringId::POSTSCRIPT_NAME]).unwrap_or_else(|| family.clone());
    let attributes = font.attributes();
    let axis = |tag: &[u8; 4]| {
        let axis = font.axes().get_by_tag(Tag::new(tag))?;
        let (min, max) = (axis.min_value(), axis.max_value());
        (min.is_finite() && max.is_finite() && min < max).then_some((min, max))
    };
    let one = |value: f32| (value, value);
    let style = match (attributes.style, axis(b"slnt")) {
        (Slant::Normal, Some((min, max))) => Style::Slanted(min.clamp(-90.0, 90.0), max.clamp(-90.0, 90.0)),
        (Slant::Normal, None) => Style::Upright,
        _ => Style::Italic,
    };
    let clamped = |(min, max): (f32, f32), from: f32, to: f32| (min.clamp(from, to), max.clamp(from, to));
    let weight = clamped(axis(b"wght").unwrap_or(one(attributes.weight.value())), 1.0, 1000.0);
    let width = clamped(axis(b"wdth").unwrap_or(one(attributes.stretch.percentage())), 1.0, 1000.0);
    let os2 = font.os2().ok();
    let embedding = os2.as_ref().map_or(0, |os2| os2.fs_type());
    let kind = Kind::of(&family, metrics.is_monospace, os2.as_ref().map_or(&[], |os2| os2.panose_10()));
    Ok(Face {
        fallbacks: super::fallback::fallbacks(&font, kind, weight, style == Style::Italic),
        family,
        name,
        weight,
        width,
        style,
        letters,
        kind,
        // Of the lower bits the least strict counts where several are set.
        restricted: embedding & 0xF == 2 || embedding & 0x200 != 0,
        whole_only: embedding & 0x100 != 0,
        postscript,
    })
}

/// A name without what CSS would have to escape, and no longer than names are.
fn plain(chars: impl Iterator<Item = char>) -> String {
    let shown =
        |c: &char| !c.is_control() && !matches!(c, '"' | '\'' | '\\' | '<' | '>' | '{' | '}' | ';' | '&' | '(' | ')');
    chars.filter(shown).take(100).collect::<String>().trim().to_owned()
}
