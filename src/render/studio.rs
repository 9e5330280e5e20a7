//! Where pages are made: what all pages of a site share, and the pages that wait in the bundle to be asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::assets::{self, Assets};
use super::cx::Cx;
use super::fonts::{self, Fonts};
use super::i18n::Catalogue;
use super::shared::Shared;
use super::templates::{Engine, engine};
use crate::base::{Bytes, Diagnostics};
use crate::bundle::Page;
use crate::model::Site;
use crate::model::strings::OwnStrings;

/// What all pages of a site share.
#[derive(Clone)]
pub struct Studio {
    /// The site.
    pub site: Arc<Site>,
    /// The theme's files.
    pub assets: Arc<(Assets, Diagnostics)>,
    /// The site's own fonts.
    pub fonts: Arc<Fonts>,
    /// Whether what is rendered is remembered for the next build.
    pub remember: bool,
    rooms: BTreeMap<Arc<str>, Room>,
    shared: Arc<[OnceLock<Shared>]>,
}

/// What all pages in one language share.
#[derive(Clone)]
struct Room {
    catalogue: Arc<Catalogue>,
    engine: Arc<Engine>,
}

#[comemo::memoize]
fn catalogue(language: &str, own: &OwnStrings) -> Arc<Catalogue> {
    Arc::new(Catalogue::new(language, own))
}

#[comemo::memoize]
fn room(
    language: &str,
    own: &OwnStrings,
    templates: &[(Arc<str>, crate::base::Text)],
) -> Result<Arc<Engine>, Diagnostics> {
    engine(templates, &catalogue(language, own)).map(Arc::new)
}

impl Studio {
    /// Makes everything ready for the pages of `site`.
    ///
    /// # Errors
    /// Templates that can't be compiled.
    pub fn new(site: &Arc<Site>, remember: bool) -> Result<Self, Diagnostics> {
        let rooms = || {
            let languages = site.languages().into_iter();
            let rooms = languages.map(|language| {
                let engine = room(&language, &site.strings, &site.templates.texts)?;
                let room = Room { catalogue: catalogue(&language, &site.strings), engine };
                Ok((language, room))
            });
            rooms.collect::<Result<BTreeMap<_, _>, Diagnostics>>()
        };
        let looks = || {
            let fonts = Arc::new(fonts::fonts(site));
            (assets::assets(&site.static_files.theme, &site.settings, &fonts.sheet), fonts)
        };
        let (rooms, (assets, fonts)) = rayon::join(rooms, looks);
        let shared = site.explainers.iter().map(|_| OnceLock::new()).collect();
        Ok(Self { site: site.clone(), assets, fonts, remember, rooms: rooms?, shared })
    }

    /// The same, for pages that are not kept.
    pub fn forgetful(&self) -> Self {
        Self { remember: false, ..self.clone() }
    }

    /// The language of an explainer's pages.
    pub fn language(&self, explainer: usize) -> Arc<str> {
        let own = self.site.explainers.get(explainer).and_then(|e| e.language().cloned());
        own.unwrap_or_else(|| self.site.settings.language.clone())
    }

    fn room(&self, explainer: usize) -> Option<&Room> {
        self.rooms.get(&self.language(explainer)).or_else(|| self.rooms.values().next())
    }

    /// A context for a page of an explainer; `None` if there is no such explainer, or its pages would be too long.
    pub fn cx(&self, explainer: usize) -> Option<Cx<'_>> {
        let room = self.room(explainer)?;
        let explainer = self.site.explainers.get(explainer).filter(|explainer| explainer.too_long.is_none())?;
        let cx = Cx::new(&self.site, explainer, self.site.today, &room.catalogue);
        Some(Cx { remember: self.remember, ..cx })
    }

    /// Refuses the pages of an explainer that would be too long.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn refuse(&self, explainer: usize) -> Result<(), Diagnostics> {
        let found = self.site.explainers.get(explainer).and_then(|explainer| explainer.too_long.clone());
        found.map_or(Ok(()), |found| Err(vec![found]))
    }

    /// What the pages of an explainer share; `None` if there is no such explainer.
    pub fn shared(&self, explainer: usize) -> Option<&Shared> {
        let slot = self.shared.get(explainer)?;
        Some(slot.get_or_init(|| self.cx(explainer).map(|cx| Shared::new(&cx)).unwrap_or_default()))
    }

    /// The templates for the pages of an explainer.
    pub fn engine(&self, explainer: usize) -> Option<&Arc<Engine>> {
        self.room(explainer).map(|room| &room.engine)
    }
}

/// A file that is made when it is asked for.
pub struct Lazy<F>(pub F);

impl<F: Fn() -> Result<Bytes, Diagnostics> + Send + Sync> Page for Lazy<F> {
    fn render(&self) -> Result<Bytes, Diagnostics> {
        (self.0)()
    }
}
