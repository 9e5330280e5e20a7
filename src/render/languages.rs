//! One explainer in several languages: which page of another language says what a page says.

use serde::Serialize;

use super::cx::Cx;
use super::outputs;
use super::pages::{self, PageKind, PageSpec};
use super::studio::Studio;
use crate::model::{Explainer, Site};

/// A language that the explainer can be read in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LanguageView {
    /// Its name in itself.
    pub name: String,
    /// Its tag (BCP 47).
    pub code: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The address of this page in it, else of the explainer.
    pub href: String,
    /// True for the page at hand.
    pub current: bool,
}

/// The same page in a language, for search engines.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TranslationView {
    /// The language's tag, or `x-default`.
    pub code: String,
    /// The page's full address.
    pub href: String,
}

/// The languages of an explainer's page, the original first; none if there is but one.
pub fn links(studio: &Studio, spec: &PageSpec) -> Vec<LanguageView> {
    let all = versions(&studio.site, spec.explainer);
    if all.len() < 2 || spec.kind == PageKind::NotFound {
        return Vec::new();
    }
    let link = |at: &usize| {
        let cx = studio.cx(*at)?;
        let twin = twin(&studio.site, spec, *at);
        let address = twin.map_or_else(|| cx.explainer.path.to_string(), |twin| twin.address(&studio.site));
        Some(LanguageView {
            name: cx.t("language-name", &[]),
            code: cx.catalogue.language().to_owned(),
            direction: cx.catalogue.direction(),
            href: cx.site_href(&address),
            current: *at == spec.explainer,
        })
    };
    all.iter().filter_map(link).collect()
}

/// The page at hand in every language that has it; none if it has but one.
pub fn translations(studio: &Studio, spec: &PageSpec) -> Vec<TranslationView> {
    let twins = addresses(&studio.site, spec);
    let view = |(at, address): &(usize, String)| {
        let cx = studio.cx(*at)?;
        let href = outputs::absolute_site(&cx, address);
        Some(TranslationView { code: cx.catalogue.language().to_owned(), href })
    };
    let mut out: Vec<TranslationView> = twins.iter().filter_map(view).collect();
    let original = out.first().map(|first| TranslationView { code: "x-default".to_owned(), href: first.href.clone() });
    out.extend(original);
    out
}

/// The explainer and the address of each language's page that says what this one says, the original first; none if there
/// is but one.
pub fn addresses(site: &Site, spec: &PageSpec) -> Vec<(usize, String)> {
    let twin = |at: usize| Some((at, twin(site, spec, at)?.address(site)));
    let twins: Vec<(usize, String)> = versions(site, spec.explainer).into_iter().filter_map(twin).collect();
    if twins.len() < 2 || spec.kind == PageKind::NotFound { Vec::new() } else { twins }
}

/// The explainer in each of its languages, the original first.
fn versions(site: &Site, at: usize) -> Vec<usize> {
    let Some(explainer) = site.explainers.get(at) else { return Vec::new() };
    let all = site.index.of_dir(&explainer.dir, None).into_iter();
    let all = all.chain(site.index.translations(&explainer.dir).iter().map(|(_, at)| *at));
    // A folder whose own text isn't translated, but some below it are, has but a list of those in the other language.
    all.filter(|at| site.explainers.get(*at).is_some_and(|e| pages::has_text(e) == pages::has_text(explainer)))
        .collect()
}

/// The page of another version of the explainer that says what `spec` says.
fn twin(site: &Site, spec: &PageSpec, at: usize) -> Option<PageSpec> {
    let (from, to) = (site.explainers.get(spec.explainer)?, site.explainers.get(at)?);
    let kind = match &spec.kind {
        PageKind::Section(slug) => {
            let section = from.sections.iter().find(|section| section.slug == *slug)?;
            let file = section.original(from.translation.as_deref());
            let same = |other: &&std::sync::Arc<crate::model::Section>| same_file(to, other, &file);
            PageKind::Section(to.sections.iter().find(same)?.slug.clone())
        }
        kind => kind.clone(),
    };
    pages::kinds(to).contains(&kind).then_some(PageSpec { explainer: at, kind })
}

fn same_file(explainer: &Explainer, section: &crate::model::Section, file: &crate::base::SourcePath) -> bool {
    section.original(explainer.translation.as_deref()) == *file
}

impl Cx<'_> {
    /// The language of what nobody has translated into that of the page; nothing where the page is the original.
    pub fn original_language(&self) -> Option<String> {
        self.explainer.translation.as_ref()?;
        let original = self.site.explainers.get(self.site.index.of_dir(&self.explainer.dir, None)?)?;
        Some(original.language().unwrap_or(&self.site.settings.language).to_string())
    }

    /// The language of a record's texts, where it isn't that of the page.
    pub fn foreign(&self, head: &crate::model::Head) -> Option<String> {
        head.foreign.then(|| self.original_language()).flatten()
    }

    /// What the site says of itself, in the page's language.
    pub fn about_site(&self) -> crate::model::settings::SiteTexts {
        self.site.settings.texts(self.explainer.translation.as_deref())
    }

    /// The address of the site's first page in the page's language.
    pub fn home(&self) -> String {
        let root = self.explainer.translation.as_ref().map(|language| format!("{}/", language.to_lowercase()));
        self.site_href(&root.unwrap_or_default())
    }
}
