//! What each page template is given: one struct a page kind, all with the same frame.
//!
//! Fields that end in `_html` are finished HTML; everything else is plain text that the template escapes.

use serde::Serialize;

use super::blocks::amends::AmendView;
use super::blocks::changes::ChangesView;
use super::blocks::chart::ChartView;
use super::blocks::citation::PageCitation;
use super::blocks::compare::ComparisonView;
use super::blocks::effects::EffectsView;
use super::blocks::glossary::GlossaryView;
use super::blocks::print::PrintView;
use super::blocks::sources::SourcesView;
use super::blocks::terms::TermView;
use super::blocks::termsheet::TermSheetView;
use super::blocks::timeline::TimelineView;
use super::cx::{DateView, Html, ProvenanceView};
use super::languages::{LanguageView, TranslationView};
use super::links::PictureView;
use super::search::SearchView;
use super::visits::VisitsView;

/// What every page has around its content, in the templates as `page`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Chrome {
    /// The kind of page, as a class: `explainer`, `section`, `terms`, `timeline`, `compare`, `sources`, `changes`,
    /// `hub`, `embed`, `not-found`.
    pub kind: &'static str,
    /// The language (BCP 47).
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// `light` or `dark` where the settings say so; nothing for the reader's choice.
    pub mode: Option<&'static str>,
    /// The heading of the page.
    pub title: String,
    /// The page's name in tabs and search results: with the site's.
    pub page_title: String,
    /// One sentence about the page.
    pub description: Option<String>,
    /// The page's own full address, if the site's is known; of an embed that of the page that it was taken from.
    pub canonical: Option<String>,
    /// True for a page that search engines leave out.
    pub hidden: bool,
    /// The site's base path, with a final `/`.
    pub root: String,
    /// The stylesheets.
    pub styles: Vec<StyleView>,
    /// The addresses of the site's own fonts that the page begins with.
    pub fonts: Vec<String>,
    /// What the page may load and run: the value of its Content-Security-Policy; nothing where the settings say `off`.
    pub policy_html: Option<Html>,
    /// The scripts.
    pub scripts: Vec<ScriptView>,
    /// The address of the icon.
    pub icon: Option<String>,
    /// The languages that the explainer can be read in; none if there is but one.
    pub languages: Vec<LanguageView>,
    /// This page in each language that has it, for search engines.
    pub translations: Vec<TranslationView>,
    /// Other forms of the page, and the feed.
    pub alternates: Vec<Alternate>,
    /// `<meta property>` and `<meta name>` for link previews.
    pub meta: Vec<Meta>,
    /// The page's data for machines: a finished `<script type="application/ld+json">`.
    pub json_ld_html: Option<Html>,
    /// The site, at its first page.
    pub site: NavItem,
    /// The site's logo.
    pub logo: Option<LogoView>,
    /// The words at the top of the page where the settings say others than the site's name.
    pub masthead: Option<String>,
    /// The explainer that the page belongs to, where it isn't the page itself.
    pub explainer: Option<NavItem>,
    /// When the explainer last changed, else when it was published.
    pub date: Option<DateView>,
    /// The pages of the explainer.
    pub nav: Vec<NavItem>,
    /// The page before, in reading order.
    pub previous: Option<NavItem>,
    /// The page after.
    pub next: Option<NavItem>,
    /// The popovers of the terms that the page links.
    pub popovers: Vec<TermView>,
    /// The sources that the page cites.
    pub references: Option<SourcesView>,
    /// Who publishes the site, with an address or none.
    pub publisher: Option<NavItem>,
    /// The licence of the content, with an address or none.
    pub license: Option<NavItem>,
    /// The line at the foot that the settings ask for.
    pub footer: Option<String>,
    /// What tells a reader who comes back what is new; nothing on a page that belongs to no explainer.
    pub visits: Option<VisitsView>,
    /// What the search needs; nothing where nothing can be searched.
    pub search: Option<SearchView>,
}

/// A stylesheet of a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct StyleView {
    /// Its address.
    pub href: String,
    /// What it is for, if not for everything: `print`.
    pub media: Option<&'static str>,
}

/// A script of a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ScriptView {
    /// Its address.
    pub src: String,
    /// Its hash: the policy lets it run where its `integrity` says the same.
    pub hash: String,
}

/// The picture at the top of a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LogoView {
    /// Its address.
    pub src: String,
    /// Its width and height in pixels, if they are known.
    pub size: Option<(u32, u32)>,
}

/// A link in the frame of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct NavItem {
    /// Its text.
    pub name: String,
    /// Its address; empty where there is none.
    pub href: String,
    /// True for the page at hand.
    pub current: bool,
}

/// Another form of a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Alternate {
    /// Its media type.
    pub media_type: String,
    /// Its address.
    pub href: String,
    /// What it is.
    pub title: Option<String>,
}

/// A piece of metadata for link previews.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Meta {
    /// `property` (OpenGraph) or `name`.
    pub attribute: &'static str,
    /// Its key.
    pub key: &'static str,
    /// Its value.
    pub content: String,
}

/// Who wrote a page, when, and what it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct ArticleHead {
    /// What kind of piece it is.
    pub kind: Option<String>,
    /// The sentence below the title.
    pub standfirst_html: Option<Html>,
    /// Who wrote it, each with an address or none.
    pub authors: Vec<NavItem>,
    /// When it was first published.
    pub published: Option<DateView>,
    /// When it last changed.
    pub updated: Option<DateView>,
    /// Minutes to read; 0 where that isn't said.
    pub minutes: usize,
    /// True for a draft.
    pub draft: bool,
    /// The leading picture.
    pub image: Option<PictureView>,
}

/// A named value at the top of an explainer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FactView {
    /// The value.
    pub value: String,
    /// What it is the value of.
    pub label: Option<String>,
    /// Status, date, note, sources.
    pub provenance: ProvenanceView,
    /// The fingerprint of what it tells.
    pub print: PrintView,
}

/// A section in a list of contents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ContentsItem {
    /// Its title, short.
    pub name: String,
    /// Its address.
    pub href: String,
    /// A sentence about it.
    pub standfirst_html: Option<Html>,
    /// True for the page at hand.
    pub current: bool,
    /// The fingerprint of what the section tells.
    pub print: PrintView,
}

/// A heading in the text of a section.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HeadingView {
    /// Its id on the page.
    pub id: String,
    /// Its level as written: 2 for `##`.
    pub level: u8,
    /// Its words.
    pub title: String,
}

/// A section with its text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SectionView {
    /// Its id on the page.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The sentence below the title.
    pub standfirst_html: Option<Html>,
    /// The language of its text where nobody has translated it into that of the page.
    pub foreign: Option<String>,
    /// Its text.
    pub body_html: Html,
    /// The headings in its text.
    pub headings: Vec<HeadingView>,
    /// When it last changed, where that is said.
    pub updated: Option<DateView>,
    /// True for a draft.
    pub draft: bool,
    /// What was corrected or made clearer in it.
    pub amends: Vec<AmendView>,
    /// The fingerprint of what it tells.
    pub print: PrintView,
}

/// An explainer in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CardView {
    /// Its title.
    pub name: String,
    /// Its address.
    pub href: String,
    /// What kind of piece it is.
    pub kind: Option<String>,
    /// The sentence below the title.
    pub standfirst_html: Option<Html>,
    /// When it last changed, else when it was published.
    pub date: Option<DateView>,
    /// A picture.
    pub image: Option<PictureView>,
    /// True for a draft.
    pub draft: bool,
}

/// `explainer.html`: an explainer with all its sections, or with their list (`cards`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ExplainerPage {
    /// The frame.
    pub page: Chrome,
    /// Who, when, what.
    pub head: ArticleHead,
    /// The short answer.
    pub answer_html: Html,
    /// The fingerprint of what it tells.
    pub answer_print: PrintView,
    /// The values at the top.
    pub facts: Vec<FactView>,
    /// The sections, as a list.
    pub contents: Vec<ContentsItem>,
    /// The sections, as text; empty for `cards`.
    pub sections: Vec<SectionView>,
    /// Corrections and other changes, where there are any.
    pub changes: Option<ChangesView>,
    /// The explainers below this one.
    pub children: Vec<CardView>,
    /// How to cite the explainer.
    pub citations: PageCitation,
}

/// `section.html`: a section on a page of its own (`cards`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SectionPage {
    /// The frame.
    pub page: Chrome,
    /// The section.
    pub section: SectionView,
    /// The sections, as a list.
    pub contents: Vec<ContentsItem>,
    /// Which of the sections it is, from 1.
    pub number: usize,
    /// Who wrote the explainer.
    pub authors: Vec<NavItem>,
    /// When the explainer was first published.
    pub published: Option<DateView>,
    /// When the section last changed, or else the explainer; not the day it was published on.
    pub updated: Option<DateView>,
}

/// `terms.html`: term sheet and glossary.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TermsPage {
    /// The frame.
    pub page: Chrome,
    /// The term sheet, if there are editions.
    pub sheet: Option<TermSheetView>,
    /// Who gains and who gives up, if that is stated.
    pub effects: Option<EffectsView>,
    /// The glossary.
    pub glossary: GlossaryView,
}

/// `timeline.html`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TimelinePage {
    /// The frame.
    pub page: Chrome,
    /// The timeline.
    pub timeline: TimelineView,
}

/// `compare.html`: a comparison on its page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ComparisonPage {
    /// The frame.
    pub page: Chrome,
    /// The comparison.
    pub comparison: ComparisonView,
    /// The other comparisons of the explainer, and the term sheet.
    pub others: Vec<NavItem>,
}

/// `sources.html`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SourcesPage {
    /// The frame.
    pub page: Chrome,
    /// The sources.
    pub sources: SourcesView,
}

/// `changes.html`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ChangesPage {
    /// The frame.
    pub page: Chrome,
    /// The changes.
    pub changes: ChangesView,
    /// When the explainer was first published.
    pub published: Option<DateView>,
}

/// `hub.html`: a list of explainers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HubPage {
    /// The frame.
    pub page: Chrome,
    /// The sentence below the title.
    pub standfirst_html: Option<Html>,
    /// The explainers.
    pub children: Vec<CardView>,
}

/// `embed.html`: one block alone, for the pages of other sites.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct EmbedPage {
    /// The frame.
    pub page: Chrome,
    /// The timeline, if that is the block.
    pub timeline: Option<TimelineView>,
    /// The term sheet, if that is the block.
    pub sheet: Option<TermSheetView>,
    /// The comparison, if that is the block.
    pub comparison: Option<ComparisonView>,
    /// Who gains and who gives up, if that is the block.
    pub effects: Option<EffectsView>,
    /// The chart, if that is the block.
    pub chart: Option<ChartView>,
    /// Who published what it rests on, in one line: "Sources: The Paper, The Ministry and 3 more".
    pub source_line: Option<String>,
}

/// `404.html`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct NotFoundPage {
    /// The frame.
    pub page: Chrome,
    /// Where to go from here.
    pub links: Vec<NavItem>,
}

/// `redirect.html`: a page at an old address, that leads on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RedirectPage {
    /// The language (BCP 47).
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// What the page may load and run; nothing where the settings say `off`.
    pub policy_html: Option<Html>,
    /// The title of the page that it leads to.
    pub title: String,
    /// The address of that page.
    pub href: String,
    /// The full address of that page, if the site's is known; else the same.
    pub canonical: String,
}
