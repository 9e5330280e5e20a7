//! `expound.toml`, with every default filled in.

use std::sync::Arc;

use super::look::Look;
use super::publish::Target;
use super::record::IndexMapH;
use super::site::Agent;
use crate::base::{Severity, Span, Text};

/// The site's settings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// The site's name; `None`: the root explainer's title.
    pub title: Option<Text>,
    /// One sentence about the site.
    pub description: Option<Text>,
    /// Where the site will stand: `https://host/path/`, with the final `/`. `None`: not known yet, links are
    /// relative to `/` and absolute addresses (feed, sitemap, canonical) are left out.
    pub base_url: Option<Text>,
    /// The path of `base_url` with leading and final `/`; `/` if there is none.
    pub base_path: Arc<str>,
    /// The language of the site (BCP 47).
    pub language: Arc<str>,
    /// The licence of the content: a name or an address.
    pub license: Option<Text>,
    /// Who publishes.
    pub publisher: Option<Publisher>,
    /// Whether HTML in Markdown goes through as it is.
    pub raw_html: bool,
    /// Whether quotes, dashes and dots become typographic.
    pub smart_punctuation: bool,
    /// Whether code is shown in colour.
    pub highlight: bool,
    /// Whether cards are drawn for social networks.
    pub cards: bool,
    /// Whether each page is there as Markdown too, and `llms.txt`.
    pub llms: bool,
    /// Whether readers can search the site.
    pub search: bool,
    /// Whether the first use of a term in a section links by itself.
    pub autolink: bool,
    /// Severity by rule where the settings change it; `None` turns the rule off.
    pub check: IndexMapH<Arc<str>, Option<Severity>>,
    /// Facts whose `as_of` is older than this many days are stale; `None`: never.
    pub stale_after_days: Option<u32>,
    /// The theme.
    pub theme: Theme,
    /// Where the site is sent to.
    pub publish: Vec<Target>,
    /// What pages may load and run.
    pub security: Security,
    /// What pages in other languages say instead.
    pub translations: std::collections::BTreeMap<Arc<str>, SiteTexts>,
    /// The place of the whole file, for findings about the settings.
    pub span: Span,
}

/// What a site says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SiteTexts {
    /// Its title.
    pub title: Option<Text>,
    /// What it is about, in a sentence.
    pub description: Option<Text>,
    /// The words at the top of each page.
    pub masthead: Option<Text>,
    /// The line at the foot of each page.
    pub footer: Option<Text>,
}

impl Settings {
    /// What the site says of itself in a translation; what isn't translated as it is.
    pub fn texts(&self, language: Option<&str>) -> SiteTexts {
        let primary = language.map(super::language::primary);
        let of = |tag: Option<&str>| tag.and_then(|tag| self.translations.get(tag));
        let own = of(language).or_else(|| of(primary.as_deref())).cloned().unwrap_or_default();
        SiteTexts {
            title: own.title.or_else(|| self.title.clone()),
            description: own.description.or_else(|| self.description.clone()),
            masthead: own.masthead.or_else(|| self.theme.masthead.clone()),
            footer: own.footer.or_else(|| self.theme.footer.clone()),
        }
    }

    /// The picture at the top of each page.
    pub fn logo(&self) -> Option<&Text> {
        self.theme.logo.as_ref().or_else(|| self.publisher.as_ref()?.logo.as_ref())
    }
}

/// Who publishes the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Publisher {
    /// The name.
    pub name: Text,
    /// The address.
    pub url: Option<Text>,
    /// A logo: a file of the site.
    pub logo: Option<Text>,
    /// What it is, if said.
    pub kind: Option<Agent>,
}

/// How the site looks: colours, fonts and lengths as written. `check` says which of them can't be used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Theme {
    /// The look that all other settings change.
    pub look: Look,
    /// `light`, `dark` or `auto` (the reader's choice).
    pub mode: Mode,
    /// Links and marks, in light.
    pub accent: Option<Text>,
    /// Links and marks, in dark.
    pub accent_dark: Option<Text>,
    /// Page background, in light.
    pub background: Option<Text>,
    /// Page background, in dark.
    pub background_dark: Option<Text>,
    /// Text, in light.
    pub text: Option<Text>,
    /// Text, in dark.
    pub text_dark: Option<Text>,
    /// What greys are mixed towards: a word or a CSS colour.
    pub neutral: Option<Text>,
    /// How round corners are: a word or a CSS length.
    pub radius: Option<Text>,
    /// How much room there is between things: a factor.
    pub density: Option<&'static str>,
    /// CSS font stack of running text.
    pub font_body: Option<Text>,
    /// CSS font stack of headings.
    pub font_heading: Option<Text>,
    /// CSS font stack of tables, labels and notes.
    pub font_ui: Option<Text>,
    /// CSS font stack of code.
    pub font_code: Option<Text>,
    /// Files of fonts that the site brings along, for each of [`Theme::fonts`] in that order.
    pub font_files: [Vec<Text>; 4],
    /// A picture at the top of each page: a file of the site.
    pub logo: Option<Text>,
    /// The words at the top of each page; `None`: the site's name, or the logo alone.
    pub masthead: Option<Text>,
    /// A line at the foot of each page (inline Markdown is not read here).
    pub footer: Option<Text>,
}

impl Theme {
    /// The colours that the settings may set for each mode: the token, and what is set in light and in dark.
    pub fn colours(&self) -> [(&'static str, [&Option<Text>; 2]); 3] {
        [
            ("accent", [&self.accent, &self.accent_dark]),
            ("background", [&self.background, &self.background_dark]),
            ("text", [&self.text, &self.text_dark]),
        ]
    }

    /// The fonts that the settings may set, by their custom property.
    pub fn fonts(&self) -> [(&'static str, &Option<Text>); 4] {
        [
            ("font-body", &self.font_body),
            ("font-heading", &self.font_heading),
            ("font-ui", &self.font_ui),
            ("font-code", &self.font_code),
        ]
    }

    /// Every font file that the settings name.
    pub fn all_font_files(&self) -> impl Iterator<Item = &Text> {
        self.font_files.iter().flatten()
    }
}

/// What pages may load and run: the settings of their Content-Security-Policy.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Security {
    /// Whether pages have a policy.
    pub strict: bool,
    /// Whether scripts may hand texts to the browser as HTML only by way of a Trusted Types policy.
    pub trusted_types: bool,
    /// What the site needs beyond the theme, by directive, checked; only directives that have any.
    pub sources: IndexMapH<&'static str, Vec<Text>>,
}

impl Default for Security {
    fn default() -> Self {
        Self { strict: true, trusted_types: true, sources: IndexMapH::default() }
    }
}

impl Security {
    /// The directives that a site can add sources to.
    pub const DIRECTIVES: [&'static str; 8] =
        ["script-src", "style-src", "img-src", "font-src", "media-src", "connect-src", "frame-src", "form-action"];

    /// The added sources of a directive.
    pub fn added(&self, directive: &str) -> &[Text] {
        self.sources.get(directive).map_or(&[], Vec::as_slice)
    }
}

/// Light, dark or the reader's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// As the reader's system says.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}
