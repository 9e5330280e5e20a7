//! Rules about links and images in texts: broken-link, missing-image, remote-image, unsafe-link. Loading looks at the
//! addresses in data.

use crate::base::{Diagnostic, Diagnostics, SourcePath, Span, rules, text, url};
use crate::model::doc::Part;
use crate::model::links::{LinkTarget, resolve};
use crate::model::{Explainer, Picture, Section, Site};

use super::CheckInput;
use super::blocked;
use super::ids::Ids;
use super::images;
use super::raw;
use super::scope::{Home, Passage, Scope};

/// Looks at every link and image of the explainer's texts and of the records its folder defines.
pub fn check(scope: &Scope<'_>, ids: &Ids<'_>, out: &mut Diagnostics) {
    for passage in &scope.passages {
        for part in passage.doc.notable_parts() {
            match part {
                Part::LinkStart(link) => {
                    let span = passage.locate_in(link.at, &link.href);
                    out.extend(check_link(scope, ids, passage, &link.href, span));
                }
                Part::Image(image) => {
                    let span = passage.locate_in(image.at, &image.src);
                    out.extend(check_image(scope, section(passage), passage.file(), &image.src, span));
                    images::attributes(passage, image, out);
                }
                Part::RawHtml(html, _, at) if scope.input.site.settings.raw_html => {
                    let html = html.of(&passage.doc.written);
                    for address in addresses(html).filter(|address| url::unsafe_scheme(address)) {
                        out.push(unsafe_link(passage.locate_in(*at, address)));
                    }
                    raw::check(scope, ids, passage, html, *at, out);
                    blocked::check(scope, passage, html, *at, out);
                }
                _ => {}
            }
        }
    }
    let events = scope.own().events.iter().filter_map(|event| event.image.as_ref());
    let leading = scope.explainer.index.iter().filter_map(|index| index.meta.image.as_ref());
    for picture in events.chain(leading) {
        check_picture(scope, picture, out);
    }
    images::vectors(scope, out);
}

/// Looks at the logos: the publisher's and the theme's.
pub fn settings(input: &CheckInput<'_>, out: &mut Diagnostics) {
    let settings = &input.site.settings;
    let Some(root) = input.site.explainers.first() else { return };
    let logos = [settings.publisher.as_ref().and_then(|p| p.logo.as_ref()), settings.theme.logo.as_ref()];
    for logo in logos.into_iter().flatten() {
        out.extend(image(input, root, None, &settings.span.file, logo, logo.span.clone()));
    }
}

/// The values of the attributes in raw HTML, whatever their names: no harmless one begins as an unsafe address does.
fn addresses(html: &str) -> impl Iterator<Item = &str> {
    html.split('=').skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let end = match rest.chars().next()? {
            quote @ ('"' | '\'') => return rest.get(1..)?.split(quote).next(),
            _ => rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len()),
        };
        rest.get(..end)
    })
}

fn section<'a>(passage: &Passage<'a>) -> Option<&'a Section> {
    match passage.home {
        Home::Section(section) => Some(section),
        Home::Prose(_) | Home::FactNote(_) => None,
    }
}

fn unsafe_link(span: Span) -> Diagnostic {
    Diagnostic::error(rules::UNSAFE_LINK, span, "this address could run a program in the reader's browser")
        .help("links begin with `https://`, `http://`, `mailto:` or `tel:`, or name a page or file of the site")
}

fn broken(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(rules::BROKEN_LINK, span, message)
}

fn check_link(scope: &Scope<'_>, ids: &Ids<'_>, passage: &Passage<'_>, href: &str, span: Span) -> Option<Diagnostic> {
    if url::unsafe_scheme(href) {
        return Some(unsafe_link(span));
    }
    let scheme = url::scheme(href.trim()).map(str::to_ascii_lowercase);
    match scheme.as_deref() {
        Some("http" | "https") if !url::is_web(href) => {
            return Some(
                broken(span, format!("`{href}` is not a whole address")).help("write `https://`, then the host"),
            );
        }
        Some("file") => {
            return Some(
                broken(span, "a link to a file on this computer leads nowhere for readers")
                    .help("put the file beside the text and link to it by its name"),
            );
        }
        _ => {}
    }
    let section = section(passage);
    match resolve(scope.input.site, scope.explainer, section, passage.file(), href) {
        LinkTarget::External => None,
        LinkTarget::Unsafe => Some(unsafe_link(span)),
        LinkTarget::File(..) => None,
        LinkTarget::Here(id) => check_here(scope, ids, section, &id, href, span),
        LinkTarget::Page(page, id) => check_page(scope, ids, &page, id.as_deref(), href, span),
        LinkTarget::Unknown(path) if scope.input.made.contains(path.as_str()) => None,
        LinkTarget::Unknown(_) => Some(nothing_there(scope, passage.file(), href, span)),
    }
}

/// A link within its own page.
fn check_here(
    scope: &Scope<'_>,
    ids: &Ids<'_>,
    section: Option<&Section>,
    id: &str,
    href: &str,
    span: Span,
) -> Option<Diagnostic> {
    if href.trim().is_empty() {
        return Some(broken(span, "this link has no address").help("write where it leads between the parentheses"));
    }
    if id.is_empty() {
        return None;
    }
    let Some(section) = section else {
        return Some(
            broken(
                span,
                format!("`{href}` leads to a place on the same page, but this text is shown on several pages"),
            )
            .help("name the page too, for instance `terms/#id`, or use `[[id]]`"),
        );
    };
    let page = match &*section.slug {
        "" => scope.explainer.path.to_string(),
        slug => scope.explainer.section_address(slug).0,
    };
    check_id(scope, ids, &page, id, href, span)
}

/// A link to a page of the site.
fn check_page(
    scope: &Scope<'_>,
    ids: &Ids<'_>,
    page: &str,
    id: Option<&str>,
    href: &str,
    span: Span,
) -> Option<Diagnostic> {
    if !scope.input.made.contains(format!("{page}index.html").as_str()) {
        let found = broken(span, format!("there is no page `{href}`"));
        let may = scope.patience.lasts();
        let near = may.then(|| text::did_you_mean(page, pages(scope).filter(|near| *near != page))).flatten();
        return Some(match near {
            Some(near) => found.help(format!("did you mean `/{near}`?")),
            None => looks_foreign(href).map_or_else(
                || {
                    found
                        .clone()
                        .help("link to another section by its file's name, to a page by its address on the site")
                },
                |help| found.clone().help(help),
            ),
        });
    }
    id.and_then(|id| check_id(scope, ids, page, id, href, span))
}

/// Pages that are made from records.
const MADE: [&str; 4] = ["terms/", "timeline/", "sources/", "changes/"];

/// A place on a page.
pub fn check_id(
    scope: &Scope<'_>,
    known: &Ids<'_>,
    page: &str,
    id: &str,
    href: &str,
    span: Span,
) -> Option<Diagnostic> {
    let decoded = url::decode(id);
    if id == "top" || id.starts_with(":~:") || known.has(page, &decoded) {
        return None;
    }
    let ids = (scope.input.anchors)(&format!("{page}index.html"))?;
    if ids.contains(decoded.as_str()) || ids.contains(id) {
        return None;
    }
    let found = broken(span, format!("the page has nothing called `{decoded}`, which `{href}` leads to"));
    if !scope.patience.lasts() {
        return Some(found);
    }
    // Ids of headings carry their section's slug on the page; the author writes them without.
    let short = |near: &str| near.split_once("--").map_or(near, |(_, short)| short).to_owned();
    let near = text::did_you_mean(&decoded, ids.iter().map(|id| &**id)).map(str::to_owned);
    let near = near.or_else(|| {
        let short: Vec<String> = ids.iter().map(|id| short(id)).collect();
        text::did_you_mean(&short_of(&decoded), short.iter().map(String::as_str)).map(str::to_owned)
    });
    Some(match near {
        Some(near) => found.help(format!("did you mean `#{}`?", short(&near))),
        None if MADE.iter().any(|made| page.ends_with(made)) => {
            found.help("the ids on this page are those of the records, as in `terms/#id` and `timeline/#id`")
        }
        None => found
            .help("the id of a heading is its text in lower case with `-` for spaces, or what `{#id}` after it says"),
    })
}

fn short_of(id: &str) -> String {
    id.split_once("--").map_or(id, |(_, short)| short).to_owned()
}

/// The site paths of pages, with a final `/`.
fn pages<'a>(scope: &Scope<'a>) -> impl Iterator<Item = &'a str> {
    scope.input.made.iter().filter_map(|page| page.strip_suffix("index.html"))
}

/// What to do about an address without `https://`.
pub fn looks_foreign(href: &str) -> Option<String> {
    let host = href.split('/').next().unwrap_or_default();
    let ending = host.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())?;
    const ENDINGS: [&str; 16] =
        ["com", "org", "net", "gov", "edu", "int", "eu", "uk", "de", "fr", "es", "it", "io", "info", "ch", "at"];
    (host.starts_with("www.") || ENDINGS.contains(&&*ending)).then(|| format!("did you mean `https://{href}`?"))
}

/// A link to nothing.
fn nothing_there(scope: &Scope<'_>, from: &SourcePath, href: &str, span: Span) -> Diagnostic {
    let found = broken(span, format!("`{href}` leads to nothing on the site"));
    let near = || near_file(scope.input.site, from, href);
    match scope.patience.lasts().then(near).flatten().or_else(|| looks_foreign(href)) {
        Some(help) => found.help(help),
        None => found.help("put the file beside the text, or correct the address; drafts are not part of the site"),
    }
}

/// "did you mean" for a file, by its name in its folder, whatever the case.
fn near_file(site: &Site, from: &SourcePath, href: &str) -> Option<String> {
    let path = url::decode(url::split(href).path);
    if path.is_empty() {
        return None;
    }
    let wanted = match path.strip_prefix('/') {
        Some(absolute) => SourcePath::new(absolute),
        None => from.parent()?.join(&path),
    };
    let names = site.names_in(&wanted.parent()?);
    let Some(near) = text::did_you_mean(wanted.name(), names) else { return elsewhere(site, from, &path) };
    let shown = match path.rsplit_once('/') {
        Some((dir, _)) => format!("{dir}/{near}"),
        None => near.to_owned(),
    };
    Some(format!("did you mean `{shown}`?"))
}

/// The same for a file of that very name in another folder beside or below the text.
fn elsewhere(site: &Site, from: &SourcePath, path: &str) -> Option<String> {
    let name = path.rsplit(['/', '\\']).next().filter(|name| !name.is_empty())?;
    let dir = from.parent()?;
    let mut files = site.explainers.iter().flat_map(|explainer| explainer.assets.iter());
    let shown = files.find_map(|file| (file.name() == name).then(|| file.strip_prefix(&dir)).flatten())?;
    Some(format!("did you mean `{shown}`?"))
}

fn check_picture(scope: &Scope<'_>, picture: &Picture, out: &mut Diagnostics) {
    let src = &picture.src;
    out.extend(check_image(scope, None, &src.span.file, src, src.span.clone()));
    if picture.alt.is_none() {
        let message = format!("the image `{src}` has no text for those who don't see it");
        out.push(
            Diagnostic::warning(rules::MISSING_ALT, src.span.clone(), message)
                .help("add `alt = \"…\"`, saying what it shows; `alt = \"\"` if it only decorates"),
        );
    }
}

fn check_image(
    scope: &Scope<'_>,
    section: Option<&Section>,
    from: &SourcePath,
    src: &str,
    span: Span,
) -> Option<Diagnostic> {
    image(scope.input, scope.explainer, section, from, src, span)
}

fn image(
    input: &CheckInput<'_>,
    explainer: &Explainer,
    section: Option<&Section>,
    from: &SourcePath,
    src: &str,
    span: Span,
) -> Option<Diagnostic> {
    if url::unsafe_scheme(src) {
        return Some(unsafe_link(span).help("an image is a file beside the text"));
    }
    match resolve(input.site, explainer, section, from, src) {
        LinkTarget::File(_, file) => images::unreadable(input.site, &file, span),
        LinkTarget::Unsafe => Some(unsafe_link(span)),
        LinkTarget::External => Some(
            Diagnostic::error(rules::REMOTE_IMAGE, span, format!("the image `{src}` is on another host"))
                .help("save it beside the text and name the file: pages ask no other host for anything"),
        ),
        LinkTarget::Unknown(path) if input.made.contains(path.as_str()) => None,
        LinkTarget::Here(_) | LinkTarget::Page(..) | LinkTarget::Unknown(_) => {
            let found = Diagnostic::error(rules::MISSING_IMAGE, span, format!("there is no image `{src}`"));
            Some(match near_file(input.site, from, src) {
                Some(help) => found.help(help),
                None => found.help("put the file there; its name counts from the folder of this file"),
            })
        }
    }
}
