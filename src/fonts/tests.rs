//! Fonts are packed and unpacked again; broken ones end in an error.

use std::io::Read;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::{TableProvider, types::Tag};
use skrifa::{FontRef, MetadataProvider};

use super::*;

const SANS: &[u8] = include_bytes!("../render/cards/fonts/NotoSans-Regular.ttf");
const SERIF_BOLD: &[u8] = include_bytes!("../render/cards/fonts/NotoSerif-Bold.ttf");
const ARABIC: &[u8] = include_bytes!("../render/cards/fonts/NotoSansArabic-Regular.ttf");
const HEBREW: &[u8] = include_bytes!("../render/cards/fonts/NotoSansHebrew-Regular.ttf");
const JAPANESE: &[u8] = include_bytes!("../render/cards/fonts/NotoSansCJKjp-Bold.otf");

fn portion(letters: &str) -> Portion {
    Portion { letters: letters.chars().collect(), features: Vec::new() }
}

/// The tables of a WOFF2 whose tables are as they were, and were only compressed.
fn unpack(woff2: &[u8]) -> Vec<(Tag, Vec<u8>)> {
    assert_eq!(&woff2[..4], b"wOF2");
    let known = "cmapheadhheahmtxmaxpnameOS/2postcvt fpgmglyflocaprepCFF VORGEBDTEBLCgasphdmxkernLTSHPCLTVDMXvheavmtxBASEGDEFGPOSGSUB";
    let count = u16::from_be_bytes([woff2[12], woff2[13]]);
    let mut at = 48;
    let number = |at: &mut usize| {
        let mut value = 0_usize;
        loop {
            let byte = woff2[*at];
            *at += 1;
            value = value << 7 | usize::from(byte & 0x7F);
            if byte & 0x80 == 0 {
                return value;
            }
        }
    };
    let mut tables = Vec::new();
    for _ in 0..count {
        let flags = woff2[at];
        at += 1;
        let index = usize::from(flags & 0x3F);
        let tag = match known.as_bytes().get(index * 4..index * 4 + 4) {
            Some(tag) if index < 63 => tag.to_vec(),
            _ => {
                at += 4;
                woff2[at - 4..at].to_vec()
            }
        };
        let transformed = matches!(&*tag, b"glyf" | b"loca") != (flags >> 6 == 3);
        assert!(!transformed || flags >> 6 == 0 && !matches!(&*tag, b"glyf" | b"loca"), "{tag:?}");
        tables.push((Tag::new(&tag.try_into().unwrap()), number(&mut at)));
    }
    let mut all = Vec::new();
    brotli::Decompressor::new(&woff2[at..], 4096).read_to_end(&mut all).unwrap();
    let mut from = 0;
    let mut cut = |length: usize| {
        from += length;
        all[from - length..from].to_vec()
    };
    tables.into_iter().map(|(tag, length)| (tag, cut(length))).collect()
}

/// A font of such tables.
fn font(tables: Vec<(Tag, Vec<u8>)>) -> Vec<u8> {
    let mut head = [&[0, 1, 0, 0][..], &u16::try_from(tables.len()).unwrap().to_be_bytes(), &[0; 6]].concat();
    let mut body = Vec::new();
    let start = 12 + 16 * tables.len();
    let mut sorted = tables;
    sorted.sort_by_key(|(tag, _)| *tag);
    for (tag, bytes) in sorted {
        let offset = u32::try_from(start + body.len()).unwrap();
        let length = u32::try_from(bytes.len()).unwrap();
        head.extend([tag.to_be_bytes(), [0; 4], offset.to_be_bytes(), length.to_be_bytes()].concat());
        body.extend(bytes);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    head.extend(body);
    head
}

/// Counts what a pen does.
#[derive(Default)]
struct Strokes(usize);

impl OutlinePen for Strokes {
    fn move_to(&mut self, _: f32, _: f32) {
        self.0 += 1;
    }
    fn line_to(&mut self, _: f32, _: f32) {
        self.0 += 1;
    }
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
        self.0 += 1;
    }
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        self.0 += 1;
    }
    fn close(&mut self) {}
}

fn strokes(font: &FontRef<'_>, letter: char) -> usize {
    let mut strokes = Strokes::default();
    let glyph = font.outline_glyphs().get(font.charmap().map(letter).unwrap()).unwrap();
    glyph.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut strokes).unwrap();
    strokes.0
}

#[test]
fn readers_get_the_letters_that_are_wanted() {
    let packed = pack(SANS, &portion("aeé€"), false).unwrap();
    assert!(packed.len() < SANS.len() / 10, "{}", packed.len());
    let unpacked = font(unpack(&packed));
    let (new, old) = (FontRef::new(&unpacked).unwrap(), FontRef::new(SANS).unwrap());
    let letters: String = new.charmap().mappings().filter_map(|(letter, _)| char::from_u32(letter)).collect();
    assert_eq!(letters, "aeé€");
    // The missing glyph, the four letters, and what é is put together of.
    assert!((5..=7).contains(&new.maxp().unwrap().num_glyphs()), "{}", new.maxp().unwrap().num_glyphs());
    for letter in letters.chars() {
        assert_eq!(strokes(&new, letter), strokes(&old, letter), "{letter}");
        assert!(strokes(&new, letter) > 5);
    }
}

#[test]
fn letters_keep_how_they_join() {
    let packed = pack(ARABIC, &portion("بسمله"), false).unwrap();
    let tables = unpack(&packed);
    let length = |tag: &[u8; 4]| tables.iter().find(|(t, _)| *t == Tag::new(tag)).map_or(0, |(_, bytes)| bytes.len());
    assert!(length(b"GSUB") > 50 && length(b"GPOS") > 20, "{} {}", length(b"GSUB"), length(b"GPOS"));
    let unpacked = font(tables);
    // Each of the five stands alone, first, in the middle and last.
    assert!(FontRef::new(&unpacked).unwrap().maxp().unwrap().num_glyphs() >= 20);
}

#[test]
fn the_same_comes_of_the_same() {
    let portion = portion("abc");
    assert_eq!(pack(SERIF_BOLD, &portion, false), pack(SERIF_BOLD, &portion, false));
    assert_ne!(portion.key(1), portion.key(2));
    let face = probe(SERIF_BOLD).unwrap();
    assert_eq!(portion.path(&face, 1).split('.').next(), Some("assets/noto-serif-bold"));
}

#[test]
fn a_font_says_what_it_is() {
    let face = probe(SERIF_BOLD).unwrap();
    assert_eq!(
        (&*face.family, face.weight, face.style, face.kind),
        ("Noto Serif", (700.0, 700.0), Style::Upright, Kind::Serif)
    );
    assert!(face.letters.contains('é') && !face.letters.contains('あ') && !face.restricted && !face.whole_only);
    let [fallback] = &face.fallbacks[..] else { panic!("{:?}", face.fallbacks) };
    // Noto is wider than Times.
    assert!(
        fallback.names.contains(&"Times New Roman Bold") && (110.0..130.0).contains(&fallback.size),
        "{fallback:?}"
    );
    let face = probe(JAPANESE).unwrap();
    assert!(face.postscript && face.letters.contains('あ'));
    assert_eq!(&pack(JAPANESE, &Portion::default(), true).unwrap()[..8], b"wOF2OTTO");
    assert_eq!(probe(HEBREW).unwrap().fallbacks, [], "nothing stands in for letters that aren't Latin");
}

#[test]
fn what_is_no_font_is_named() {
    let words = |bytes: &[u8]| probe(bytes).unwrap_err().words("a.ttf").0;
    assert_eq!(words(b""), "`a.ttf` is empty");
    assert_eq!(words(b"wOF2...."), "`a.ttf` is a font in WOFF2, which is packed already");
    assert_eq!(words(b"PK\x03\x04rest"), "`a.ttf` is a ZIP archive");
    assert_eq!(words(b"<!doctype html>"), "`a.ttf` is a web page and no font");
    assert_eq!(words(b"\x00\x01\x00\x00"), "the end of `a.ttf` is missing");
    assert_eq!(
        words(b"\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
        "`a.ttf` is damaged: it has no table `cmap`"
    );
    assert_eq!(words(&SANS[..SANS.len() - 100]), "the end of `a.ttf` is missing");
}

/// Nothing that is done to a font's bytes ends in more than an error.
#[test]
fn broken_fonts_are_errors() {
    let all: String = ('א'..='ת').collect();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap()
    };
    let read = |bytes: &[u8]| {
        if probe(bytes).is_ok() {
            let _ = pack(bytes, &portion(&all), false);
        }
    };
    for end in (0..HEBREW.len()).step_by(97).chain(0..400) {
        read(&HEBREW[..end]);
    }
    let tables = usize::from(HEBREW[5]);
    for round in 0..400 {
        let mut bytes = HEBREW.to_vec();
        let entry = 12 + 16 * (round % tables);
        let number = |at: usize| u32::from_be_bytes(HEBREW[at..at + 4].try_into().unwrap()) as usize;
        let (offset, length) = (number(entry + 8), number(entry + 12).max(1));
        for _ in 0..=random(6) {
            // The heads of tables are where lengths and offsets are.
            let at = offset + if random(2) == 0 { random(length.min(60)) } else { random(length) };
            let byte = [0, 0xFF, bytes[at] ^ 1, bytes[at].wrapping_add(1), 0x7F][random(5)];
            bytes[at] = byte;
        }
        read(&bytes);
    }
    for _ in 0..200 {
        let mut bytes = HEBREW.to_vec();
        bytes[random(12 + 16 * tables)] ^= 1 << random(8);
        read(&bytes);
    }
}
