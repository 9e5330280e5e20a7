//! The frame of a page: head, navigation, and what the content has shown that the page has to account for.

use std::collections::BTreeSet;

use super::assets::{Asset, Assets};
use super::blocks::sources::{self, Backlinks};
use super::blocks::{Place, terms};
use super::cx::{Cx, DateView, Html};
use super::embed::Embed;
use super::languages;
use super::outputs;
use super::pages::{PageKind, PageSpec};
use super::policy;
use super::scope::popover_id;
use super::search;
use super::studio::Studio;
use super::views::*;
use crate::model::settings::Mode;
use crate::model::{Explainer, Layout};

/// The parts of the theme that a page needs beside what every page has, by the names of their files in
/// `static/theme/parts/` without the ending.
pub type Parts = BTreeSet<&'static str>;

/// The frame of a page whose content has been made with `cx`, and that needs these parts of the theme. `asks` says
/// whether its templates may ask for a field.
pub fn chrome(
    studio: &Studio,
    spec: &PageSpec,
    cx: &Cx<'_>,
    address: &str,
    parts: &Parts,
    asks: &dyn Fn(&str) -> bool,
) -> Chrome {
    let settings = &cx.site.settings;
    let assets = &studio.assets.0;
    let title = title(cx, &spec.kind);
    let site_name = site_name(studio, cx);
    let popovers = popovers(cx);
    let references = references(cx, &spec.kind);
    let embed = if let PageKind::Embed(embed) = &spec.kind { Some(embed) } else { None };
    let scripts = scripts(assets, parts, embed.is_none());
    let texts = cx.about_site();
    let languages = languages::links(studio, spec);
    let search = if embed.is_none() { search::view(cx, assets) } else { None };
    let later = search.as_ref().and_then(|search| search.script.as_ref()).map(|script| &*script.hash);
    let hashes: Vec<&str> = scripts.iter().map(|script| &*script.hash).chain(later).collect();
    let description = description(cx, &spec.kind);
    let canonical = settings.base_url.as_ref().map(|_| match embed {
        Some(embed) => outputs::absolute(cx, &embed.home(cx.explainer)),
        None => outputs::absolute_site(cx, address),
    });
    let is_article = matches!(spec.kind, PageKind::Explainer | PageKind::Section(_));
    let own_page = matches!(spec.kind, PageKind::Explainer | PageKind::Hub | PageKind::NotFound);
    let (previous, next) = neighbours(cx, &spec.kind);
    Chrome {
        kind: class(&spec.kind),
        language: cx.catalogue.language().to_owned(),
        direction: cx.catalogue.direction(),
        mode: match settings.theme.mode {
            Mode::Auto => None,
            Mode::Light => Some("light"),
            Mode::Dark => Some("dark"),
        },
        page_title: page_title(&title, cx, &spec.kind, &site_name),
        meta: match embed {
            None if asks("meta") => {
                let of_page = (title.as_str(), description.as_deref(), canonical.as_deref());
                meta(cx, spec, of_page, is_article, &site_name, &languages)
            }
            _ => Vec::new(),
        },
        title,
        description,
        canonical: canonical.filter(|_| spec.kind != PageKind::NotFound),
        hidden: spec.kind == PageKind::NotFound
            || embed.is_some()
            || cx.explainer.index.as_ref().is_some_and(|i| i.meta.draft),
        root: settings.base_path.to_string(),
        styles: styles(cx, assets, parts),
        fonts: studio.fonts.first.iter().map(|path| cx.site_href(path)).collect(),
        policy_html: if asks("policy_html") { policy::policy(&settings.security, &hashes) } else { None },
        scripts: scripts.iter().map(|s| ScriptView { src: cx.site_href(&s.path), hash: s.hash.clone() }).collect(),
        icon: icon(cx, studio),
        languages,
        translations: languages::translations(studio, spec),
        alternates: alternates(cx, spec, address),
        json_ld_html: (spec.kind == PageKind::Explainer)
            .then(|| outputs::jsonld::write(cx))
            .flatten()
            .map(|json| Html(format!("<script type=\"application/ld+json\">{json}</script>"))),
        site: NavItem { name: site_name, href: cx.home(), current: cx.site_href(address) == cx.home() },
        logo: settings
            .logo()
            .map(|logo| LogoView { src: outputs::file_href(cx, logo), size: outputs::picture_size(cx, logo) }),
        masthead: texts.masthead.map(|m| m.to_string()),
        explainer: (!own_page).then(|| NavItem { name: outputs::title(cx), href: cx.href(""), current: false }),
        date: date(cx),
        nav: if embed.is_none() { nav(cx, &spec.kind) } else { Vec::new() },
        previous,
        next,
        popovers,
        references,
        publisher: settings.publisher.as_ref().map(|p| NavItem {
            name: p.name.to_string(),
            href: p.url.as_ref().and_then(|u| cx.outside(u)).unwrap_or_default(),
            current: false,
        }),
        license: settings.license.as_ref().map(|l| license(l)),
        footer: texts.footer.map(|f| f.to_string()),
        visits: (!matches!(spec.kind, PageKind::Hub | PageKind::Embed(_) | PageKind::NotFound) && asks("visits"))
            .then(|| super::visits::view(cx)),
        search,
    }
}

/// The theme's own stylesheet, those of the parts, and that for paper, which keeps no page waiting.
fn styles(cx: &Cx<'_>, assets: &Assets, parts: &Parts) -> Vec<StyleView> {
    let sheet = |asset: &Asset, media| StyleView { href: cx.site_href(&asset.path), media };
    let of_part = |name: &str| assets.parts.get(&format!("{name}.css"));
    let wanted = |part: &&&'static str| **part != "code" || cx.site.settings.highlight;
    let mut out = vec![sheet(&assets.style, None)];
    out.extend(parts.iter().filter(wanted).filter_map(|part| of_part(part)).map(|asset| sheet(asset, None)));
    out.extend(of_part("print").map(|asset| sheet(asset, Some("print"))));
    out
}

/// The theme's own script where it is wanted, and those of the parts.
fn scripts<'a>(assets: &'a Assets, parts: &Parts, own: bool) -> Vec<&'a Asset> {
    let of_parts = parts.iter().filter_map(|part| assets.parts.get(&format!("{part}.js")));
    own.then_some(&assets.script).into_iter().chain(of_parts).collect()
}

fn date(cx: &Cx<'_>) -> Option<DateView> {
    let meta = &cx.explainer.index.as_ref()?.meta;
    meta.updated.as_ref().or(meta.published.as_ref()).map(|date| cx.date(date))
}

fn license(text: &str) -> NavItem {
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    let name = text.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    NavItem { name: name.to_owned(), href: if is_address { text.to_owned() } else { String::new() }, current: false }
}

/// The site's name: from the settings, else the root explainer's title.
fn site_name(studio: &Studio, cx: &Cx<'_>) -> String {
    let of_root = || studio.cx(0).map(|root| outputs::title(&root));
    let own = cx.about_site().title.map(|t| t.to_string());
    own.or_else(of_root).unwrap_or_default()
}

fn page_title(title: &str, cx: &Cx<'_>, kind: &PageKind, site_name: &str) -> String {
    let mut parts = vec![title.to_owned()];
    if !matches!(kind, PageKind::Explainer | PageKind::Hub | PageKind::NotFound) {
        parts.push(outputs::title(cx));
    }
    parts.push(site_name.to_owned());
    parts.dedup();
    parts.join(" – ")
}

pub(super) fn class(kind: &PageKind) -> &'static str {
    match kind {
        PageKind::Explainer => "explainer",
        PageKind::Hub => "hub",
        PageKind::Section(_) => "section",
        PageKind::Terms => "terms",
        PageKind::Timeline => "timeline",
        PageKind::Comparison(_) => "compare",
        PageKind::Sources => "sources",
        PageKind::Changes => "changes",
        PageKind::Embed(_) => "embed",
        PageKind::NotFound => "not-found",
    }
}

fn title(cx: &Cx<'_>, kind: &PageKind) -> String {
    match kind {
        PageKind::Explainer | PageKind::Hub => outputs::title(cx),
        PageKind::Section(slug) => section(cx.explainer, slug).map_or_else(String::new, |s| s.title.to_string()),
        PageKind::Comparison(id) => {
            cx.explainer.data.comparisons.get(id).map_or_else(String::new, |c| c.title.to_string())
        }
        PageKind::Terms => cx.t("terms", &[]),
        PageKind::Timeline => cx.t("timeline", &[]),
        PageKind::Sources => cx.t("sources", &[]),
        PageKind::Changes => cx.t("changes", &[]),
        PageKind::Embed(embed) => embed.title(cx),
        PageKind::NotFound => cx.t("not-found-title", &[]),
    }
}

fn section<'a>(explainer: &'a Explainer, slug: &str) -> Option<&'a std::sync::Arc<crate::model::Section>> {
    explainer.sections.iter().find(|s| *s.slug == *slug)
}

fn description(cx: &Cx<'_>, kind: &PageKind) -> Option<String> {
    let own = match kind {
        PageKind::Section(slug) => section(cx.explainer, slug)?.standfirst.as_ref().map(|s| cx.plain(s)),
        PageKind::Comparison(id) => {
            cx.explainer.data.comparisons.get(id)?.caption.as_ref().map(|caption| cx.plain(caption))
        }
        PageKind::NotFound => return None,
        _ => None,
    };
    own.or_else(|| outputs::description(cx))
}

/// The pages of the explainer.
fn nav(cx: &Cx<'_>, kind: &PageKind) -> Vec<NavItem> {
    let explainer = cx.explainer;
    let kinds = super::pages::kinds(explainer);
    let tables = explainer.data.comparisons.len();
    let item = |other: &PageKind| {
        let (name, path) = match other {
            PageKind::Explainer => (cx.t("explainer", &[]), String::new()),
            PageKind::Terms => (cx.t("terms", &[]), "terms/".to_owned()),
            PageKind::Timeline => (cx.t("timeline", &[]), "timeline/".to_owned()),
            // Many tables would crowd out the rest; each is linked from the text and from the others.
            PageKind::Comparison(id) if tables <= 3 => {
                (explainer.data.comparisons.get(id)?.title.to_string(), format!("compare/{id}/"))
            }
            PageKind::Sources => (cx.t("sources", &[]), "sources/".to_owned()),
            PageKind::Changes => (cx.t("changes-short", &[]), "changes/".to_owned()),
            _ => return None,
        };
        Some(NavItem { name, href: cx.href(&path), current: other == kind })
    };
    kinds.iter().filter_map(item).collect()
}

fn neighbours(cx: &Cx<'_>, kind: &PageKind) -> (Option<NavItem>, Option<NavItem>) {
    let explainer = cx.explainer;
    if explainer.layout() != Layout::Cards {
        return (None, None);
    }
    let link = |at: usize| {
        let link = cx.section_link(explainer.sections.get(at)?);
        Some(NavItem { name: link.name, href: link.href, current: false })
    };
    match kind {
        PageKind::Explainer => (None, link(0)),
        PageKind::Section(slug) => {
            let Some(at) = explainer.sections.iter().position(|s| s.slug == *slug) else { return (None, None) };
            let first = || Some(NavItem { name: outputs::title(cx), href: cx.href(""), current: false });
            (at.checked_sub(1).map_or_else(first, link), link(at + 1))
        }
        _ => (None, None),
    }
}

/// The popovers of the terms that the page has linked, and of those that they link.
fn popovers(cx: &Cx<'_>) -> Vec<terms::TermView> {
    let mut done = 0;
    let mut out = Vec::new();
    loop {
        let Some(id) = cx.seen().terms.get(done).cloned() else { return out };
        done += 1;
        if let Some(term) = cx.explainer.data.terms.get(&id) {
            out.push(terms::popover(cx, term, &popover_id(&id)));
        }
    }
}

/// The sources that the page has cited, with the way back to each mark.
fn references(cx: &Cx<'_>, kind: &PageKind) -> Option<sources::SourcesView> {
    let mut marks = Backlinks::new();
    for (id, mark) in cx.seen().cites {
        let list = marks.entry(id).or_default();
        if !mark.is_empty() {
            list.push(mark);
        }
    }
    if marks.is_empty() || matches!(kind, PageKind::Sources | PageKind::NotFound) {
        return None;
    }
    Some(sources::at_end(cx, &marks, &Place { level: 2, own: false }))
}

fn icon(cx: &Cx<'_>, studio: &Studio) -> Option<String> {
    let names = ["favicon.svg", "favicon.ico", "favicon.png"];
    let built_in = |name: &str| studio.assets.0.files.iter().any(|(path, _)| path == name);
    names.into_iter().find(|name| cx.site.copied(name).is_some() || built_in(name)).map(|name| cx.site_href(name))
}

fn alternates(cx: &Cx<'_>, spec: &PageSpec, address: &str) -> Vec<Alternate> {
    if spec.kind == PageKind::NotFound {
        return Vec::new();
    }
    let machine = |media_type: &str, path: &str| Alternate {
        media_type: media_type.to_owned(),
        href: outputs::absolute(cx, path),
        title: None,
    };
    if let PageKind::Embed(embed) = &spec.kind {
        return vec![machine("application/json+oembed", &embed.oembed())];
    }
    let mut out = vec![Alternate {
        media_type: "application/atom+xml".to_owned(),
        href: cx.href("feed.xml"),
        title: Some(cx.t("feed", &[])),
    }];
    let embed = Embed::of(&spec.kind).filter(|embed| super::embed::list(cx.site, cx.explainer).contains(embed));
    out.extend(embed.map(|embed| machine("application/json+oembed", &embed.oembed())));
    if spec.kind == PageKind::Explainer {
        out.extend(outputs::cite::files(cx).into_iter().map(|(path, media_type, _)| machine(media_type, path)));
    }
    if cx.site.settings.llms && outputs::markdown::path(&spec.kind).is_some() {
        out.push(Alternate {
            media_type: "text/markdown".to_owned(),
            href: cx.site_href(&format!("{address}index.md")),
            title: Some(cx.t("markdown-version", &[])),
        });
    }
    out
}

fn meta(
    cx: &Cx<'_>,
    spec: &PageSpec,
    (title, description, canonical): (&str, Option<&str>, Option<&str>),
    is_article: bool,
    site_name: &str,
    languages: &[languages::LanguageView],
) -> Vec<Meta> {
    let others = languages.iter().filter(|language| !language.current);
    let property = |key, content: String| Meta { attribute: "property", key, content };
    let mut out = vec![
        property("og:title", title.to_owned()),
        property("og:type", if is_article { "article" } else { "website" }.to_owned()),
        property("og:site_name", site_name.to_owned()),
        property("og:locale", cx.catalogue.language().replace('-', "_")),
    ];
    out.extend(others.map(|language| property("og:locale:alternate", language.code.replace('-', "_"))));
    out.extend(description.map(|d| property("og:description", d.to_owned())));
    out.extend(canonical.map(|c| property("og:url", c.to_owned())));
    let mut card = "summary";
    if let Some(index) = cx.explainer.index.as_ref() {
        let meta = &index.meta;
        if let Some(image) = meta.image.as_ref()
            && let Some(picture) = cx.picture(image, &index.body.file, super::images::Column::Wide)
            && canonical.is_some()
        {
            out.push(property("og:image", outputs::full(cx, &picture.src)));
            out.push(property("og:image:alt", picture.alt));
            if let (_, Some((width, height))) = outputs::picture_file(cx, &image.src) {
                out.push(property("og:image:width", width.to_string()));
                out.push(property("og:image:height", height.to_string()));
            }
            card = "summary_large_image";
        }
        if is_article {
            let day = |d: &crate::model::Date| cx.date(d).datetime;
            let published = meta.published.as_ref().map(day).filter(|d| !d.is_empty());
            out.extend(published.map(|d| property("article:published_time", d)));
            let updated = meta.updated.as_ref().map(day).filter(|d| !d.is_empty());
            out.extend(updated.map(|d| property("article:modified_time", d)));
            out.extend(meta.tags.iter().map(|tag| property("article:tag", tag.to_string())));
        }
    }
    if card == "summary"
        && let Some(drawn) = super::cards::of_page(cx, &spec.kind)
    {
        out.push(property("og:image", drawn.address));
        out.push(property("og:image:type", "image/png".to_owned()));
        out.push(property("og:image:width", super::cards::WIDTH.to_string()));
        out.push(property("og:image:height", super::cards::HEIGHT.to_string()));
        out.push(property("og:image:alt", drawn.alt));
        card = "summary_large_image";
    }
    out.push(Meta { attribute: "name", key: "twitter:card", content: card.to_owned() });
    out
}
