//! `expound.toml`.

use super::publish::TARGETS;
use super::{Field, Record, Type, field, needed};
use crate::model::Agent;
use crate::model::look::{DENSITIES, Look};

fn severities() -> Vec<&'static str> {
    vec!["error", "warn", "off"]
}
fn autolinks() -> Vec<&'static str> {
    vec!["first", "off"]
}
fn modes() -> Vec<&'static str> {
    vec!["auto", "light", "dark"]
}
fn looks() -> Vec<&'static str> {
    Look::ALL.iter().map(|(word, _)| *word).collect()
}
fn densities() -> Vec<&'static str> {
    DENSITIES.iter().map(|(word, _)| *word).collect()
}
/// The settings of a site.
pub static SETTINGS: Record = Record {
    name: "settings",
    doc: "The settings of the whole site. Everything has a default.",
    fields: &[
        field(
            "title",
            Type::Text,
            "The site's name; the title of the first page unless said.",
            r#""The deal, explained""#,
        ),
        field("description", Type::Text, "One sentence about the site.", r#""What changed, and for whom.""#),
        field(
            "base_url",
            Type::Web,
            "The address at which readers will find the site; wanted for publishing, for embeds and for citations.",
            r#""https://example.org/deal/""#,
        ),
        field("language", Type::Language, "The language of the site; `en` unless said.", r#""en""#),
        field("license", Type::Text, "The licence of the content: a name or an address.", r#""CC BY 4.0""#),
        field("publisher", Type::Table(&PUBLISHER), "Who publishes.", r#"{ name = "The Example" }"#),
        field(
            "author",
            Type::Table(&AUTHOR),
            "Who wrote the explainers that name no authors.",
            r#"{ name = "A. Person" }"#,
        ),
        field("markdown", Type::Table(&MARKDOWN), "How Markdown is read.", "{ raw_html = true }"),
        field("terms", Type::Table(&TERMS), "How terms are shown.", r#"{ autolink = "off" }"#),
        field("search", Type::Table(&SEARCH), "The search for readers.", "{ enabled = false }"),
        field("llms", Type::Table(&LLMS), "The Markdown of each page, and `llms.txt`.", "{ enabled = false }"),
        field("cards", Type::Table(&CARDS), "The pictures beside links on social networks.", "{ enabled = false }"),
        field("check", Type::Table(&CHECK), "How severe each rule is.", r#"{ unused-source = "off" }"#),
        field("theme", Type::Table(&THEME), "How the site looks.", r##"{ accent = "#0b57d0" }"##),
        field(
            "security",
            Type::Table(&SECURITY),
            "What pages may load and run beyond what the theme needs; `docs/security.md` says more.",
            r#"{ frame-src = ["https://player.example.org"] }"#,
        ),
        field(
            "publish",
            Type::Map(&Type::Kinds(TARGETS)),
            "Where the site is sent to; a table for each place.",
            r#"{ pages = { kind = "git", remote = "origin", branch = "gh-pages" } }"#,
        ),
    ],
    shared: &[],
    open: false,
};

/// Somebody who wrote something.
pub static AUTHOR: Record =
    Record { name: "author", doc: "Somebody who wrote an explainer.", fields: AUTHOR_FIELDS, shared: &[], open: false };

const AUTHOR_FIELDS: &[Field] = &[
    needed("name", Type::Text, "The name.", r#""A. Person""#),
    field("url", Type::Web, "An address.", r#""https://example.org/a-person""#),
    field(
        "kind",
        Type::Word(agents),
        "What it is; a person unless said, or unless the name is the publisher's.",
        r#""organisation""#,
    ),
];

fn agents() -> Vec<&'static str> {
    Agent::ALL.iter().map(|(word, _)| *word).collect()
}

static PUBLISHER: Record = Record {
    name: "publisher",
    doc: "Who publishes the site.",
    fields: &[
        needed("name", Type::Text, "The name.", r#""The Example""#),
        field("url", Type::Web, "The address.", r#""https://example.org/""#),
        field("logo", Type::Text, "A logo: a file of the site, from its root.", r#""static/logo.png""#),
        field("kind", Type::Word(agents), "What it is; an organisation unless said.", r#""person""#),
    ],
    shared: &[],
    open: false,
};

static MARKDOWN: Record = Record {
    name: "markdown",
    doc: "How Markdown is read.",
    fields: &[
        field("raw_html", Type::Bool, "Whether HTML in the text goes through; otherwise it is shown as typed.", "true"),
        field(
            "smart_punctuation",
            Type::Bool,
            "Whether quotes, dashes and dots become typographic, the quotes as the language of the page has them; `true` unless said.",
            "false",
        ),
        field("highlight", Type::Bool, "Whether code is shown in colour; `true` unless said.", "false"),
    ],
    shared: &[],
    open: false,
};

static TERMS: Record = Record {
    name: "terms",
    doc: "How terms are shown.",
    fields: &[field(
        "autolink",
        Type::Word(autolinks),
        "Whether the first use of a term in a section links by itself; `first` unless said.",
        r#""off""#,
    )],
    shared: &[],
    open: false,
};

static SEARCH: Record = Record {
    name: "search",
    doc: "The search for readers; `docs/search.md` says more.",
    fields: &[field("enabled", Type::Bool, "Whether readers can search the site; `true` unless said.", "false")],
    shared: &[],
    open: false,
};

static LLMS: Record = Record {
    name: "llms",
    doc: "The text of each page as Markdown beside it, and `llms.txt`, which lists them; `docs/downloads.md` says more.",
    fields: &[field("enabled", Type::Bool, "Whether they are made; `true` unless said.", "false")],
    shared: &[],
    open: false,
};

static CARDS: Record = Record {
    name: "cards",
    doc: "The pictures that social networks show beside a link; `docs/cards.md` says more.",
    fields: &[field("enabled", Type::Bool, "Whether they are drawn; `true` unless said.", "false")],
    shared: &[],
    open: false,
};

/// `[check]`: the names of rules are its keys.
pub static CHECK: Record = Record {
    name: "check",
    doc: "How severe each rule is: `RULE = \"error\"`, `\"warn\"` or `\"off\"`.",
    fields: &[field(
        "stale_after_days",
        Type::Count,
        "A fact whose `as_of` is older than so many days is stale.",
        "365",
    )],
    shared: &[],
    open: true,
};

/// The severities as a type.
pub const SEVERITY_TYPE: Type = Type::Word(severities);

static THEME: Record = Record {
    name: "theme",
    doc: "How the site looks. Colours are CSS colours, and each is checked for contrast with all that it stands on.",
    fields: &[
        field(
            "look",
            Type::Word(looks),
            "The look that the other settings change: `broadsheet` is a newspaper's page in serif under black rules, `briefing` an institute's note in sans-serif under a band of the accent colour; `broadsheet` unless said.",
            r#""briefing""#,
        ),
        field(
            "mode",
            Type::Word(modes),
            "Light, dark, or as the reader's system says; `auto` unless said.",
            r#""light""#,
        ),
        field("accent", Type::Text, "Links and marks, in light.", r##""#0b57d0""##),
        field("accent_dark", Type::Text, "Links and marks, in dark.", r##""#8ab4ff""##),
        field("background", Type::Text, "The page, in light.", r##""#ffffff""##),
        field("background_dark", Type::Text, "The page, in dark.", r##""#111418""##),
        field("text", Type::Text, "The text, in light.", r##""#1a1a1a""##),
        field("text_dark", Type::Text, "The text, in dark.", r##""#e8e6e3""##),
        field(
            "neutral",
            Type::Text,
            "What paper, ink and all greys lean to: `warm`, `cool`, `plain`, or a CSS colour of middle lightness; `warm` unless said, `cool` for the briefing.",
            r#""cool""#,
        ),
        field(
            "radius",
            Type::Text,
            "How round corners are: `none`, `small`, `large`, or a CSS length; `small` unless said.",
            r#""none""#,
        ),
        field(
            "density",
            Type::Word(densities),
            "How much room there is between lines, rows and blocks; `comfortable` unless said.",
            r#""compact""#,
        ),
        field("font_body", Type::Text, "The font of running text: a CSS font stack.", r#""Georgia, serif""#),
        field("font_heading", Type::Text, "The font of headings: a CSS font stack.", r#""Georgia, serif""#),
        field(
            "font_ui",
            Type::Text,
            "The font of tables, labels and notes: a CSS font stack.",
            r#""Verdana, sans-serif""#,
        ),
        field("font_code", Type::Text, "The font of code: a CSS font stack.", r#""Consolas, monospace""#),
        field(
            "fonts",
            Type::Table(&FONTS),
            "Fonts that the site brings along, as files; `docs/fonts.md` says more.",
            r#"{ body = "fonts/Literata.ttf" }"#,
        ),
        field(
            "logo",
            Type::Text,
            "A picture at the top of each page, which is read out as the site's name: a file of the site, from its root; the publisher's logo unless said.",
            r#""static/logo.svg""#,
        ),
        field(
            "masthead",
            Type::Text,
            "The words at the top of each page, beside the logo if there is one; the site's name unless said, or the logo alone.",
            r#""The Example · Research""#,
        ),
        field("footer", Type::Text, "A line at the foot of each page.", r#""© The Example""#),
    ],
    shared: &[],
    open: false,
};

static FONTS: Record = Record {
    name: "font table",
    doc: "Fonts that the site brings along: for each use a TTF or OTF file of the site, from its root, or a list of them (regular, bold, italic). They come before the stacks of `font_body` and the like.",
    fields: &[
        field(
            "body",
            Type::OneOrMany(&Type::Text),
            "The font of running text.",
            r#"["fonts/Literata.ttf", "fonts/Literata-Italic.ttf"]"#,
        ),
        field(
            "heading",
            Type::OneOrMany(&Type::Text),
            "The font of headings; that of running text unless said.",
            r#""fonts/Fraunces.ttf""#,
        ),
        field("ui", Type::OneOrMany(&Type::Text), "The font of tables, labels and notes.", r#""fonts/Inter.ttf""#),
        field("code", Type::OneOrMany(&Type::Text), "The font of code.", r#""fonts/JetBrainsMono.ttf""#),
    ],
    shared: &[],
    open: false,
};

static SECURITY: Record = Record {
    name: "security",
    doc: "The Content-Security-Policy of every page. The keys named as its directives take sources to add: an address with `https://`, `'self'`, or the hash of a script or style.",
    fields: &[
        field(
            "policy",
            Type::Word(policies),
            "Whether pages have a policy: `strict` or `off`; `strict` unless said.",
            r#""off""#,
        ),
        field(
            "trusted_types",
            Type::Bool,
            "Whether scripts are kept from handing texts to the browser as HTML; `true` unless said.",
            "false",
        ),
        field(
            "script-src",
            Type::OneOrMany(&Type::Text),
            "Scripts beside the theme's own.",
            r#"["'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='"]"#,
        ),
        field("style-src", Type::OneOrMany(&Type::Text), "Styles beside the site's files.", r#"["'unsafe-inline'"]"#),
        field("img-src", Type::OneOrMany(&Type::Text), "Images from elsewhere.", r#"["https://img.example.org"]"#),
        field("font-src", Type::OneOrMany(&Type::Text), "Fonts from elsewhere.", r#"["https://fonts.example.org"]"#),
        field(
            "media-src",
            Type::OneOrMany(&Type::Text),
            "Sound and video from elsewhere.",
            r#"["https://media.example.org"]"#,
        ),
        field(
            "connect-src",
            Type::OneOrMany(&Type::Text),
            "What scripts may ask beside the site itself.",
            r#"["https://count.example.org"]"#,
        ),
        field(
            "frame-src",
            Type::OneOrMany(&Type::Text),
            "Pages that may be shown within a page.",
            r#"["https://player.example.org", "'self'"]"#,
        ),
        field(
            "form-action",
            Type::OneOrMany(&Type::Text),
            "Where forms may be sent beside the site itself.",
            r#"["https://forms.example.org"]"#,
        ),
    ],
    shared: &[],
    open: false,
};

fn policies() -> Vec<&'static str> {
    vec!["strict", "off"]
}
