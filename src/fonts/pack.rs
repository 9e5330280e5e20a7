//! The file that readers get: the letters of a portion and what belongs to them, as WOFF2.

use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::NameId;
use skrifa::{FontRef, GlyphId, Tag};

use super::{Portion, guarded};

/// What the theme's styles ask for beside what browsers use by themselves: figures of one height, and of one width;
/// and small figures, which texts ask for.
const FEATURES: [&[u8; 4]; 8] = [b"lnum", b"onum", b"tnum", b"pnum", b"sups", b"subs", b"ordn", b"zero"];

/// The names that are kept: whose font it is, what it is called, and its licence with its address, which licences of
/// fonts ask for.
const NAMES: [u16; 9] = [0, 1, 2, 3, 4, 5, 6, 13, 14];

/// English, as Windows counts languages: names in others would only add to the file.
const ENGLISH: u16 = 0x409;

/// A portion of a font as WOFF2. A font with PostScript outlines, which the library can't take glyphs out of, stays whole.
///
/// # Errors
/// What is wrong with the font.
pub fn pack(font: &[u8], portion: &Portion, whole: bool) -> Result<Vec<u8>, String> {
    guarded(|| {
        let part = if whole { font.to_vec() } else { subset(font, portion)? };
        ttf2woff2::encode(&part, ttf2woff2::BrotliQuality::default()).map_err(|error| error.to_string())
    })
}

fn subset(font: &[u8], portion: &Portion) -> Result<Vec<u8>, String> {
    let font = FontRef::new(font).map_err(|error| error.to_string())?;
    let features = DEFAULT_LAYOUT_FEATURES.iter().copied();
    let features = features.chain(FEATURES.into_iter().chain(&portion.features).map(Tag::new));
    let plan = Plan::new(
        &IntSet::<GlyphId>::empty(),
        &portion.letters.0,
        &font,
        // Instructions for screens of coarse dots are a good part of many files, and most systems take no notice of them.
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &DEFAULT_DROP_TABLES.iter().copied().collect(),
        &IntSet::all(),
        &features.collect(),
        &NAMES.into_iter().map(NameId::new).collect(),
        &std::iter::once(ENGLISH).collect(),
    );
    subset_font(&font, &plan).map_err(|error| error.to_string())
}
