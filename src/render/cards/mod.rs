//! Cards: the pictures that social networks and messengers show beside a link, drawn from the data of a page.
//!
//! A card stands at one address as long as its page does (`cards/terms.png`), so that what was shared long ago still
//! finds it, and no page has to draw its card to know the address. Networks keep a picture by its whole address: pages
//! add a fingerprint of what the card is drawn from as a query, which hosts of files take no notice of.

mod detail;
mod draw;
mod fit;
mod fonts;
mod layout;
mod palette;
#[cfg(test)]
mod tests;
mod view;

use std::sync::Arc;

use fonts::{Fonts, fonts};
use layout::lay_out;
use view::{Story, titles};

use super::cx::Cx;
use super::fonts::theme;
use super::outputs;
use super::pages::{self, PageKind, PageSpec};
use super::studio::Studio;
use crate::base::hash::{fingerprint, short_hash};
use crate::base::{Bytes, Diagnostic, Diagnostics, SourcePath, Span, rules};
use crate::bundle::Page;
use crate::model::{Explainer, Site};

/// The width of a card in pixels.
pub const WIDTH: u32 = 1200;
/// The height of a card in pixels.
pub const HEIGHT: u32 = 630;

const TEMPLATE: &str = "card.svg";

/// Changes when the same view is drawn another way, so that networks fetch the cards again.
const DRAWING: u8 = 3;

/// The card of a page, as the page's head names it.
pub struct Card {
    /// The full address.
    pub address: String,
    /// What the picture says.
    pub alt: String,
}

/// The path of a card below its explainer; `None` for a page that shows another one's.
fn path(kind: &PageKind) -> Option<String> {
    match kind {
        PageKind::Explainer | PageKind::Hub => Some("cards/explainer.png".to_owned()),
        PageKind::Section(slug) => Some(format!("cards/sections/{slug}.png")),
        PageKind::Terms => Some("cards/terms.png".to_owned()),
        PageKind::Timeline => Some("cards/timeline.png".to_owned()),
        PageKind::Comparison(id) => Some(format!("cards/compare/{id}.png")),
        PageKind::Sources | PageKind::Changes | PageKind::Embed(_) | PageKind::NotFound => None,
    }
}

/// The cards of an explainer: their paths below it, and what each is of.
pub fn list(explainer: &Explainer) -> Vec<(String, PageKind)> {
    pages::kinds(explainer).into_iter().filter_map(|kind| Some((path(&kind)?, kind))).collect()
}

/// The card that a page names; `None` if there are none, or nobody knows yet where they will stand.
pub fn of_page(cx: &Cx<'_>, kind: &PageKind) -> Option<Card> {
    let settings = &cx.site.settings;
    if !settings.cards || settings.base_url.is_none() || *kind == PageKind::NotFound {
        return None;
    }
    let shown = match path(kind) {
        Some(_) => kind.clone(),
        None => pages::kinds(cx.explainer).into_iter().next()?,
    };
    let story = Story::new(cx, &shown);
    let own = cx.site.templates.texts.iter().find(|(name, _)| &**name == TEMPLATE).map(|(_, text)| &*text.text);
    let drawn = fingerprint(&(DRAWING, &story, own, theme(cx.site), own_fonts(cx.site)));
    let address = outputs::absolute(cx, &path(&shown)?);
    Some(Card { address: format!("{address}?v={}", short_hash(&drawn.to_le_bytes(), 8)), alt: story.alt() })
}

/// A card that is drawn when it is asked for.
pub struct Drawing {
    /// The site.
    pub studio: Arc<Studio>,
    /// The page it is the card of.
    pub spec: PageSpec,
}

impl Page for Drawing {
    fn render(&self) -> Result<Bytes, Diagnostics> {
        png(&self.studio, &self.spec)
    }

    fn key(&self) -> Option<String> {
        let svg = svg(&self.studio, &self.spec).ok()?;
        let site = &self.studio.site;
        let program = (env!("CARGO_PKG_VERSION"), DRAWING);
        let drawn = fingerprint(&(program, svg, theme(site), own_fonts(site)));
        Some(format!("card-{drawn:032x}.png"))
    }
}

/// The site's own fonts: those of its pages, and those in `static/fonts/`.
fn own_fonts(site: &Site) -> Vec<(SourcePath, Bytes)> {
    let of_pages = site.fonts.iter().filter(|(_, file)| file.probed.is_ok());
    let mut out: Vec<_> = of_pages.map(|(path, file)| (path.clone(), file.bytes.clone())).collect();
    let others = site.static_files.fonts.iter().filter(|(path, _)| !site.fonts.contains_key(path));
    out.extend(others.cloned());
    out
}

fn of_site(site: &Site) -> Arc<Fonts> {
    fonts(&own_fonts(site))
}

/// The SVG of a card.
///
/// # Errors
/// What the site's own template does wrong.
pub fn svg(studio: &Studio, spec: &PageSpec) -> Result<String, Diagnostics> {
    let (Some(cx), Some(engine)) = (studio.cx(spec.explainer), studio.engine(spec.explainer)) else {
        return studio.refuse(spec.explainer).map(|()| String::new());
    };
    let story = Story::new(&cx, &spec.kind);
    let view = lay_out(&cx, &story, &of_site(cx.site));
    engine.render(TEMPLATE, &view, &format!("{}{}", cx.explainer.path, path(&spec.kind).unwrap_or_default()))
}

/// The PNG of a card.
///
/// # Errors
/// What the site's own template does wrong.
pub fn png(studio: &Studio, spec: &PageSpec) -> Result<Bytes, Diagnostics> {
    let svg = svg(studio, spec)?;
    draw::png(&svg, &of_site(&studio.site), &theme(&studio.site)).map(Bytes::new).map_err(|problem| {
        let file = SourcePath::new("templates/card.svg");
        vec![
            Diagnostic::error(rules::TEMPLATE_ERROR, Span::file(&file), format!("no card can be drawn: {problem}"))
                .help("a template of cards has to give an SVG; `expound templates card.svg --print` prints the built-in one"),
        ]
    })
}

/// Warns of texts on cards with letters that no font has.
pub fn check(studio: &Studio) -> Diagnostics {
    let mut found = Diagnostics::new();
    if !studio.site.settings.cards {
        return found;
    }
    let fonts = of_site(&studio.site);
    for at in 0..studio.site.explainers.len() {
        let Some(cx) = studio.cx(at) else { continue };
        for (text, span) in titles(&cx) {
            let missing = fonts.missing(&fit::clean(&text));
            if missing.is_empty() {
                continue;
            }
            let letters: String = missing.iter().take(12).map(|c| format!("{c} ")).collect();
            found.push(
                Diagnostic::warning(
                    rules::CARD_LETTERS,
                    span,
                    format!("no font for cards has the letters {}", letters.trim_end()),
                )
                .help("put a font that has them into `static/fonts/` (TTF or OTF), or give the page an `image` of its own"),
            );
        }
    }
    found
}
