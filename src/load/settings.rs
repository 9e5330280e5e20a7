//! `expound.toml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::LoadOptions;
use super::decode::fields::Fields;
use super::format;
use super::publish;
use super::schema::{SETTINGS, SEVERITY_TYPE};
use super::security;
use super::source::{self, Source};
use super::validate;
use super::value::{Kind, Table, Value};
use crate::base::{Bytes, Diagnostic, Diagnostics, Severity, SourcePath, Span, Text, rules, url};
use crate::model::look::{DENSITIES, Look};
use crate::model::settings::{Mode, Publisher, SiteTexts, Theme};
use crate::model::strings::OwnStrings;
use crate::model::{Agent, Author, IndexMapH, Settings};

/// The settings, and the author of explainers that name none.
pub struct SettingsFile {
    /// The settings.
    pub settings: Settings,
    /// `[author]`
    pub author: Option<Author>,
}

/// What the settings say in other languages, by language: `title.de`.
fn translations(site: Option<Fields<'_>>, theme: Option<Fields<'_>>) -> BTreeMap<Arc<str>, SiteTexts> {
    let mut out: BTreeMap<Arc<str>, SiteTexts> = BTreeMap::new();
    for (key, value) in [site, theme].iter().flatten().flat_map(Fields::entries) {
        let (Some((name, tag)), Some(text)) = (key.split_once('.'), value.text()) else { continue };
        let texts = out.entry(tag.into()).or_default();
        match name {
            "title" => texts.title = Some(text.clone()),
            "description" => texts.description = Some(text.clone()),
            "masthead" => texts.masthead = Some(text.clone()),
            "footer" => texts.footer = Some(text.clone()),
            _ => {}
        }
    }
    out
}

/// Reads the settings; `None` for a site without a file of them.
pub fn read(
    file: &SourcePath,
    bytes: Option<&Bytes>,
    options: &LoadOptions,
    strings: &OwnStrings,
    out: &mut Diagnostics,
) -> SettingsFile {
    let empty = Value { span: Span::file(file), kind: Kind::Table(Table::default()) };
    let mut value = empty.clone();
    if let Some((text, offset)) = bytes.and_then(|bytes| source::decode(file, bytes, out)) {
        let parsed = format::toml::read(&Source::new(file, text, offset), out);
        value = parsed.value.unwrap_or(value);
        validate::record(&mut value, &SETTINGS, parsed.broken, out);
    }
    let fields = Fields::of(&value, None);
    let table = |name: &str| fields.and_then(|f| f.inner(f.value(name)?));
    let text = |name: &str| fields.and_then(|f| f.text(name));
    let markdown = table("markdown");
    let check = table("check");
    let base_url = match &options.base_url {
        Some(given) => {
            base_url(&Text { text: given.as_str().into(), span: Span::file(file), verbatim: false }, "--base-url", out)
        }
        None => text("base_url").filter(|t| url::is_web(t)).and_then(|t| base_url(&t, "base_url", out)),
    };
    let language = text("language").filter(|t| t.len() > 1);
    if let Some(language) = &language {
        validate::translated(language, |tag| strings.texts.contains_key(tag), out);
    }
    let settings = Settings {
        title: text("title"),
        description: text("description"),
        base_path: base_url.as_ref().map_or_else(|| "/".into(), |url| base_path(url)),
        base_url,
        language: language.map_or_else(|| "en".into(), |t| t.text),
        license: text("license"),
        publisher: table("publisher").and_then(|f| {
            Some(Publisher {
                name: f.text("name")?,
                url: f.text("url"),
                logo: f.text("logo"),
                kind: f.word("kind", &Agent::ALL),
            })
        }),
        raw_html: markdown.and_then(|f| f.flag("raw_html")).unwrap_or(false),
        smart_punctuation: markdown.and_then(|f| f.flag("smart_punctuation")).unwrap_or(true),
        highlight: markdown.and_then(|f| f.flag("highlight")).unwrap_or(true),
        cards: table("cards").and_then(|f| f.flag("enabled")).unwrap_or(true),
        autolink: table("terms").and_then(|f| f.word("autolink", &[("first", true), ("off", false)])).unwrap_or(true),
        llms: table("llms").and_then(|f| f.flag("enabled")).unwrap_or(true),
        search: table("search").and_then(|f| f.flag("enabled")).unwrap_or(true),
        check: severities(check, out),
        stale_after_days: check.and_then(|f| f.count("stale_after_days")),
        theme: table("theme").map(theme).unwrap_or_default(),
        publish: table("publish").map(|f| publish::targets(f, out)).unwrap_or_default(),
        translations: translations(fields, table("theme")),
        security: table("security").map(|f| security::read(f, out)).unwrap_or_default(),
        span: Span::file(file),
    };
    let author = table("author")
        .and_then(|f| Some(Author { name: f.text("name")?, url: f.text("url"), kind: f.word("kind", &Agent::ALL) }));
    SettingsFile { settings, author }
}

/// `[check]`: each rule and its severity.
fn severities(check: Option<Fields<'_>>, out: &mut Diagnostics) -> IndexMapH<Arc<str>, Option<Severity>> {
    let mut severities = IndexMapH::default();
    let Some(check) = check else { return severities };
    for (key, value) in check.entries().iter().filter(|(key, _)| &*key.text != "stale_after_days") {
        if rules::find(key).is_none() {
            let found = Diagnostic::error(rules::UNKNOWN_KEY, key.span.clone(), format!("there is no rule `{key}`"));
            let known = rules::ALL.iter().map(|rule| rule.0).chain(["stale_after_days"]);
            out.push(found.suggest(key, known));
            continue;
        }
        validate::value(value, &SEVERITY_TYPE, key, out);
        let severity = match value.text().map(|t| &*t.text) {
            Some("error") => Some(Severity::Error),
            Some("warn") => Some(Severity::Warning),
            Some("off") => None,
            _ => continue,
        };
        severities.0.insert(key.text.clone(), severity);
    }
    severities
}

/// An absolute address with a final `/`.
fn base_url(text: &Text, name: &str, out: &mut Diagnostics) -> Option<Text> {
    let parts = url::split(text);
    let fault = match () {
        () if !url::is_web(text) => Some("has to be an address with `https://` or `http://`"),
        () if parts.query.is_some() || parts.fragment.is_some() => Some("may have no `?` and no `#`"),
        () if text.contains(['"', '<', '>', '\\', '`', '{', '}', '\'']) => {
            Some("has a character that no address may have")
        }
        () if text.split('/').nth(2).is_some_and(|host| host.contains('@')) => Some("may not carry a name or password"),
        () if text.split('/').skip(3).any(|part| matches!(part, "." | "..")) => {
            Some("may not have `.` or `..` in its path")
        }
        () => None,
    };
    if let Some(fault) = fault {
        out.push(
            Diagnostic::error(rules::BAD_VALUE, text.span.clone(), format!("`{name}` {fault}: `{text}`"))
                .help("write the address of the first page, such as `https://example.org/deal/`"),
        );
        return None;
    }
    if text.ends_with('/') {
        return Some(text.clone());
    }
    Some(Text { text: format!("{text}/").into(), span: text.span.clone(), verbatim: false })
}

/// The path of an absolute address with a final `/`.
fn base_path(url: &str) -> Arc<str> {
    let after_host = url.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
    after_host.unwrap_or("/").into()
}

fn theme(f: Fields<'_>) -> Theme {
    Theme {
        look: f.word("look", &Look::ALL).unwrap_or_default(),
        mode: f.word("mode", &[("auto", Mode::Auto), ("light", Mode::Light), ("dark", Mode::Dark)]).unwrap_or_default(),
        accent: f.text("accent"),
        accent_dark: f.text("accent_dark"),
        background: f.text("background"),
        background_dark: f.text("background_dark"),
        text: f.text("text"),
        text_dark: f.text("text_dark"),
        neutral: f.text("neutral"),
        radius: f.text("radius"),
        density: f.word("density", &DENSITIES),
        font_body: f.text("font_body"),
        font_heading: f.text("font_heading"),
        font_ui: f.text("font_ui"),
        font_code: f.text("font_code"),
        font_files: ["body", "heading", "ui", "code"].map(|name| {
            f.value("fonts").and_then(|fonts| f.inner(fonts)).map(|fonts| fonts.texts(name)).unwrap_or_default()
        }),
        logo: f.text("logo"),
        masthead: f.text("masthead"),
        footer: f.text("footer"),
    }
}
