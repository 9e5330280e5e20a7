//! Fonts of the reader's that stand in for a site's own until that is there, or in its place, and are made to take up
//! as much room: so nothing moves.

use skrifa::instance::{Location, Size};
use skrifa::{FontRef, MetadataProvider, Tag};

/// What kind of font stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// With serifs.
    Serif,
    /// Without.
    Sans,
    /// All letters as wide as each other.
    Mono,
}

impl Kind {
    /// The kind of a font: by its ten numbers of PANOSE, if it says anything there, else by its name.
    pub fn of(family: &str, mono: bool, panose: &[u8]) -> Self {
        let name = family.to_lowercase();
        match panose {
            _ if mono => Self::Mono,
            [2, serif, ..] if (2..=10).contains(serif) => Self::Serif,
            [2, serif, ..] if (11..=15).contains(serif) => Self::Sans,
            _ if name.contains("serif") && !name.contains("sans") => Self::Serif,
            _ => Self::Sans,
        }
    }
}

/// A font that stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Fallback {
    /// The names of fonts with the same measures, as they are called on different systems.
    pub names: &'static [&'static str],
    /// The weights that it stands in for.
    pub weight: (f32, f32),
    /// How much larger its letters are drawn, in per cent.
    pub size: f32,
    /// The room above the base line, that below, and that between lines, in per cent of the letters' size.
    pub room: [f32; 3],
}

/// A font that most readers have, under its names, and the mean width of its letters.
struct Common {
    names: &'static [&'static str],
    mean: f32,
}

/// Those of a kind. The Liberation fonts, which Linux has, have the measures of the others.
fn common(kind: Kind, bold: bool, italic: bool) -> Common {
    let common = |names, mean| Common { names, mean };
    match (kind, bold, italic) {
        (Kind::Serif, false, false) => {
            common(&["Times New Roman", "TimesNewRomanPSMT", "Liberation Serif", "LiberationSerif"], SERIF[0])
        }
        (Kind::Serif, true, false) => common(
            &["Times New Roman Bold", "TimesNewRomanPS-BoldMT", "Liberation Serif Bold", "LiberationSerif-Bold"],
            SERIF[1],
        ),
        (Kind::Serif, false, true) => common(
            &[
                "Times New Roman Italic",
                "TimesNewRomanPS-ItalicMT",
                "Liberation Serif Italic",
                "LiberationSerif-Italic",
            ],
            SERIF[2],
        ),
        (Kind::Serif, true, true) => common(
            &[
                "Times New Roman Bold Italic",
                "TimesNewRomanPS-BoldItalicMT",
                "Liberation Serif Bold Italic",
                "LiberationSerif-BoldItalic",
            ],
            SERIF[3],
        ),
        (Kind::Sans, false, false) => common(&["Arial", "ArialMT", "Liberation Sans", "LiberationSans"], SANS[0]),
        (Kind::Sans, true, false) => {
            common(&["Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "LiberationSans-Bold"], SANS[1])
        }
        (Kind::Sans, false, true) => {
            common(&["Arial Italic", "Arial-ItalicMT", "Liberation Sans Italic", "LiberationSans-Italic"], SANS[2])
        }
        (Kind::Sans, true, true) => common(
            &["Arial Bold Italic", "Arial-BoldItalicMT", "Liberation Sans Bold Italic", "LiberationSans-BoldItalic"],
            SANS[3],
        ),
        (Kind::Mono, false, false) => {
            common(&["Courier New", "CourierNewPSMT", "Liberation Mono", "LiberationMono"], MONO)
        }
        (Kind::Mono, true, false) => {
            common(&["Courier New Bold", "CourierNewPS-BoldMT", "Liberation Mono Bold", "LiberationMono-Bold"], MONO)
        }
        (Kind::Mono, false, true) => common(
            &["Courier New Italic", "CourierNewPS-ItalicMT", "Liberation Mono Italic", "LiberationMono-Italic"],
            MONO,
        ),
        (Kind::Mono, true, true) => common(
            &[
                "Courier New Bold Italic",
                "CourierNewPS-BoldItalicMT",
                "Liberation Mono Bold Italic",
                "LiberationMono-BoldItalic",
            ],
            MONO,
        ),
    }
}

/// Mean widths of letters, in parts of their size: regular, bold, italic and both. [`mean`] gives them for Liberation.
const SERIF: [f32; 4] = [0.4172, 0.4431, 0.4134, 0.4238];
const SANS: [f32; 4] = [0.4563, 0.4937, 0.4563, 0.4937];
const MONO: f32 = 0.6001;

/// The small letters about as often as English has them, and the spaces between words.
const SAMPLE: &str = "aaabcdeeeefghiijklmnnoopqrrssttuvwxyz      ";

/// The boldest weight that isn't drawn with a bold font.
const BOLD: f32 = 600.0;

/// What stands in for a font.
pub fn fallbacks(font: &FontRef<'_>, kind: Kind, weight: (f32, f32), italic: bool) -> Vec<Fallback> {
    let (light, heavy) = weight;
    let of = |weight: (f32, f32), drawn: f32| {
        let common = common(kind, drawn >= BOLD, italic);
        let location = font.axes().location([(Tag::new(b"wght"), drawn)]);
        let size = mean(font, &location)? / common.mean;
        if !(0.2..=5.0).contains(&size) {
            return None;
        }
        let metrics = font.metrics(Size::new(100.0), &location);
        let room = [metrics.ascent, -metrics.descent, metrics.leading].map(|room| (room / size).clamp(0.0, 1000.0));
        Some(Fallback { names: common.names, weight, size: 100.0 * size, room })
    };
    if light < BOLD && heavy >= BOLD {
        let regular = of((light, BOLD - 1.0), 400.0_f32.clamp(light, BOLD - 1.0));
        let bold = of((BOLD, heavy), 700.0_f32.clamp(BOLD, heavy));
        return regular.into_iter().chain(bold).collect();
    }
    of(weight, if light == heavy { light } else { 400.0_f32.clamp(light, heavy) }).into_iter().collect()
}

/// The mean width of a font's letters, in parts of their size; `None` if it isn't for Latin.
pub(super) fn mean(font: &FontRef<'_>, location: &Location) -> Option<f32> {
    let (metrics, charmap) = (font.glyph_metrics(Size::new(1.0), location), font.charmap());
    let widths: Option<Vec<f32>> = SAMPLE.chars().map(|letter| metrics.advance_width(charmap.map(letter)?)).collect();
    let mean = widths?.iter().sum::<f32>() / f32::from(u8::try_from(SAMPLE.len()).ok()?);
    (mean > 0.0).then_some(mean)
}
