//! The fonts of cards: those that come with the program, and those of the site. Never the system's: the same site gives
//! the same cards everywhere.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, FaceInfo, ID, Source};
use resvg::usvg::{FontFamily, FontResolver};

use skrifa::{FontRef, MetadataProvider};

use crate::base::{Bytes, SourcePath};
use crate::model::look::Look;
use crate::model::settings::Theme;

/// In the order in which they are asked for a letter. The licence is in `fonts/LICENSE`.
static BUILT_IN: [&[u8]; 11] = [
    include_bytes!("fonts/NotoSerif-Bold.ttf"),
    include_bytes!("fonts/NotoSans-Bold.ttf"),
    include_bytes!("fonts/NotoSans-Regular.ttf"),
    include_bytes!("fonts/NotoSansArabic-Bold.ttf"),
    include_bytes!("fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("fonts/NotoSansHebrew-Bold.ttf"),
    include_bytes!("fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("fonts/NotoSansDevanagari-Bold.ttf"),
    include_bytes!("fonts/NotoSansCJKjp-Bold.otf"),
    include_bytes!("fonts/NotoSansMath-Regular.ttf"),
    include_bytes!("fonts/NotoSansSymbols2-Regular.ttf"),
];

/// The family that stands for the fonts of headings.
pub const HEADING: &str = "heading";
/// The family that stands for the fonts of everything else.
pub const TEXT: &str = "text";

/// The fonts that cards of a site are drawn with.
pub struct Fonts {
    database: Arc<Database>,
    /// The faces of the site's own.
    own: Vec<ID>,
}

/// Takes the built-in fonts and the site's own.
#[comemo::memoize]
pub fn fonts(own: &[(SourcePath, Bytes)]) -> Arc<Fonts> {
    let mut database = Database::new();
    for font in BUILT_IN {
        database.load_font_source(Source::Binary(Arc::new(font)));
    }
    let mut added = Vec::new();
    for (_, bytes) in own {
        added.extend(database.load_font_source(Source::Binary(Arc::new(bytes.to_vec()))));
    }
    Arc::new(Fonts { database: Arc::new(database), own: added })
}

impl Fonts {
    /// The fonts, to be looked through.
    pub fn database(&self) -> &Arc<Database> {
        &self.database
    }

    /// The visible letters of `text` that no font has, each once.
    pub fn missing(&self, text: &str) -> BTreeSet<char> {
        let shown = |c: &char| !c.is_whitespace() && !is_invisible(*c);
        text.chars().filter(shown).filter(|c| !self.has(*c)).collect()
    }

    fn has(&self, letter: char) -> bool {
        self.database.faces().any(|face| self.face_has(face.id, letter))
    }

    fn face_has(&self, face: ID, letter: char) -> bool {
        let read = |data: &[u8], index: u32| {
            FontRef::from_index(data, index).is_ok_and(|font| font.charmap().map(letter).is_some())
        };
        self.database.with_face_data(face, read).unwrap_or_default()
    }

    /// The face of a weight that is the nearest among those of a family, or of the site's own with that name.
    fn nearest<'a>(&'a self, weight: u16, wanted: impl Fn(&FaceInfo) -> bool + 'a) -> Option<ID> {
        let faces = self.database.faces().filter(|face| wanted(face));
        faces.min_by_key(|face| face.weight.0.abs_diff(weight)).map(|face| face.id)
    }

    fn is(face: &FaceInfo, family: &str) -> bool {
        face.families.iter().any(|(name, _)| name.eq_ignore_ascii_case(family))
    }

    /// The face for a family of a template: the theme's own font where the site has its file, else a built-in one.
    fn face(&self, family: &str, weight: u16, theme: &Theme) -> Option<ID> {
        let own = |face: &FaceInfo, family: &str| self.own.contains(&face.id) && Self::is(face, family);
        let heading = family == HEADING;
        let stack = if heading {
            theme.font_heading.as_ref().or(theme.font_body.as_ref())
        } else {
            theme.font_ui.as_ref().or(theme.font_body.as_ref())
        };
        let names = stack.map_or("", |stack| &*stack.text).split(',').map(|name| name.trim().trim_matches(['"', '\'']));
        let of_theme = names.filter_map(|name| self.nearest(weight, |face| own(face, name))).next();
        let built_in = if heading && theme.look == Look::Broadsheet { "Noto Serif" } else { "Noto Sans" };
        of_theme.or_else(|| self.nearest(weight, |face| Self::is(face, built_in)))
    }

    /// Which font draws what.
    pub fn resolver<'a>(&'a self, theme: &'a Theme) -> FontResolver<'a> {
        FontResolver {
            select_font: Box::new(move |font, _| {
                let names = font.families().iter().filter_map(|family| match family {
                    FontFamily::Named(name) if *name != HEADING && *name != TEXT => Some(name),
                    _ => None,
                });
                let named = names.filter_map(|name| self.nearest(font.weight(), |face| Self::is(face, name))).next();
                let heading = font.families().iter().any(|f| matches!(f, FontFamily::Named(name) if *name == HEADING));
                named.or_else(|| self.face(if heading { HEADING } else { TEXT }, font.weight(), theme))
            }),
            select_fallback: Box::new(move |letter, used, database| {
                let weight = used.first().and_then(|id| database.face(*id)).map_or(400, |face| face.weight.0);
                self.nearest(weight, |face| !used.contains(&face.id) && self.face_has(face.id, letter))
            }),
        }
    }
}

/// Letters that show nothing by themselves.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}
