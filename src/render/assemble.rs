//! Puts pages together: content, then the frame around it, then the template.

mod blocks;

use std::sync::Arc;

use super::blocks::amends::{self, Concern};
use super::blocks::{Place, changes, citation, compare, effects, glossary, print, sources, termsheet, timeline};
use super::chrome::{self, Parts};
use super::cx::{Cx, Html};
use super::embed::{self, Embed};
use super::images::Column;
use super::links::PictureView;
use super::outputs;
use super::pages::{PageKind, PageSpec};
use super::prose::FillOptions;
use super::shared::{self, ContentsOn};
use super::studio::Studio;
use super::templates::Engine;
use super::views::*;
use crate::base::{Bytes, Diagnostics, escape};
use crate::model::doc::Heading;
use crate::model::links::id_prefix;
use crate::model::{
    Block, Comparison, EffectsOptions, Explainer, Layout, ListOptions, Section, TermSheetOptions, TimelineOptions,
};

/// What a page's template is given.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(untagged)]
enum PageView {
    Explainer(Box<ExplainerPage>),
    Section(Box<SectionPage>),
    Hub(Box<HubPage>),
    Terms(Box<TermsPage>),
    Timeline(Box<TimelinePage>),
    Comparison(Box<ComparisonPage>),
    Sources(Box<SourcesPage>),
    Changes(Box<ChangesPage>),
    Embed(Box<EmbedPage>),
    NotFound(Box<NotFoundPage>),
}

/// A page, finished.
///
/// # Errors
/// What its templates do wrong.
pub fn page(studio: &Studio, spec: &PageSpec) -> Result<Bytes, Diagnostics> {
    let (Some(cx), Some(engine)) = (studio.cx(spec.explainer), studio.engine(spec.explainer)) else {
        return studio.refuse(spec.explainer).map(|()| Bytes::default());
    };
    // An embed is on pages of other sites, where nobody looks for what is new.
    let tells = engine.asks(spec.template(), "print") && !matches!(spec.kind, PageKind::Embed(_));
    let cx = Cx { tells, ..cx };
    let maker = Maker { studio, spec, cx: &cx, engine, address: spec.address(&studio.site) };
    let mut view = maker.view()?;
    let html = maker.draw(&view)?;
    // A template may leave out what a view holds, citations among it. The list of sources must not lead back to them.
    let Some(references) = &mut view.chrome_mut().references else { return Ok(html) };
    let shown = super::ids(std::str::from_utf8(&html).unwrap_or_default());
    let before = references.cited.iter().map(|s| s.backlinks.len()).sum::<usize>();
    for source in &mut references.cited {
        source.backlinks.retain(|back| shown.contains(&*back.mark));
    }
    if before == references.cited.iter().map(|s| s.backlinks.len()).sum::<usize>() {
        return Ok(html);
    }
    maker.draw(&view)
}

/// A page for a file that stands alone: without the forms of it that are elsewhere, and without what is new to a
/// reader, which is kept by address. With its title.
///
/// # Errors
/// What its templates do wrong.
pub fn leaf(studio: &Studio, spec: &PageSpec) -> Result<(String, Bytes), Diagnostics> {
    let (Some(cx), Some(engine)) = (studio.cx(spec.explainer), studio.engine(spec.explainer)) else {
        return studio.refuse(spec.explainer).map(|()| Default::default());
    };
    let maker = Maker { studio, spec, cx: &cx, engine, address: spec.address(&studio.site) };
    let mut view = maker.view()?;
    let chrome = view.chrome_mut();
    chrome.alternates.clear();
    chrome.visits = None;
    // A file has no one to ask for what can be searched; a browser can search it as a whole.
    chrome.search = None;
    let title = chrome.title.clone();
    Ok((title, maker.draw(&view)?))
}

impl PageView {
    /// The frame.
    fn chrome_mut(&mut self) -> &mut Chrome {
        match self {
            Self::Explainer(view) => &mut view.page,
            Self::Section(view) => &mut view.page,
            Self::Hub(view) => &mut view.page,
            Self::Terms(view) => &mut view.page,
            Self::Timeline(view) => &mut view.page,
            Self::Comparison(view) => &mut view.page,
            Self::Sources(view) => &mut view.page,
            Self::Changes(view) => &mut view.page,
            Self::Embed(view) => &mut view.page,
            Self::NotFound(view) => &mut view.page,
        }
    }
}

/// A page at an old address of an explainer, that leads to it.
///
/// # Errors
/// What its template does wrong.
pub fn redirect(studio: &Studio, explainer: usize, path: &str) -> Result<Bytes, Diagnostics> {
    let (Some(cx), Some(engine)) = (studio.cx(explainer), studio.engine(explainer)) else {
        return studio.refuse(explainer).map(|()| Bytes::default());
    };
    let view = RedirectPage {
        language: cx.catalogue.language().to_owned(),
        direction: cx.catalogue.direction(),
        policy_html: super::policy::policy(&cx.site.settings.security, &[&studio.assets.0.script.hash]),
        title: outputs::title(&cx),
        href: cx.href(""),
        canonical: outputs::absolute(&cx, ""),
    };
    engine.render("redirect.html", &view, path).map(Bytes::new)
}

#[comemo::memoize(enabled = _remember)]
fn draw_page(
    engine: &Arc<Engine>,
    template: &str,
    view: &PageView,
    contents: Option<&ContentsOn<'_>>,
    page: &str,
    _remember: bool,
) -> Result<Bytes, Diagnostics> {
    let shared = contents.map(|contents| ("contents", contents.value()));
    let html = engine.render_with(template, view, shared, page)?;
    Ok(match view {
        PageView::Embed(_) => Bytes::new(embed::open_outside(&String::from_utf8_lossy(&html))),
        _ => Bytes::new(html),
    })
}

struct Maker<'a> {
    studio: &'a Studio,
    spec: &'a PageSpec,
    cx: &'a Cx<'a>,
    engine: &'a Arc<Engine>,
    address: String,
}

impl Maker<'_> {
    fn draw(&self, view: &PageView) -> Result<Bytes, Diagnostics> {
        let contents = self.shared_contents();
        let template = self.spec.template();
        draw_page(self.engine, template, view, contents.as_ref(), &self.address, self.studio.remember)
    }

    /// The list of sections on the page of one, if all of them share it.
    fn shared_contents(&self) -> Option<ContentsOn<'_>> {
        let PageKind::Section(slug) = &self.spec.kind else { return None };
        let current = self.cx.explainer.sections.iter().position(|s| s.slug == *slug)?;
        Some(ContentsOn { of: self.studio.shared(self.spec.explainer)?.contents.as_ref()?, current })
    }

    fn view(&self) -> Result<PageView, Diagnostics> {
        let explainer = self.cx.explainer;
        Ok(match &self.spec.kind {
            PageKind::Explainer => PageView::Explainer(Box::new(self.explainer()?)),
            PageKind::Section(slug) => match explainer.sections.iter().position(|s| s.slug == *slug) {
                Some(at) => PageView::Section(Box::new(self.section_page(at)?)),
                None => PageView::NotFound(Box::new(self.not_found())),
            },
            PageKind::Hub => PageView::Hub(Box::new(self.hub())),
            PageKind::Terms => PageView::Terms(Box::new(self.terms())),
            PageKind::Timeline => {
                let timeline = timeline::view(self.cx, &TimelineOptions::default(), &Place::OWN);
                let parts: Parts = blocks::has_pictures(self.cx).then_some("figure").into_iter().collect();
                PageView::Timeline(Box::new(TimelinePage { page: self.chrome(&parts), timeline }))
            }
            PageKind::Comparison(id) => match explainer.data.comparisons.get(id) {
                Some(table) => PageView::Comparison(Box::new(self.comparison(table))),
                None => PageView::NotFound(Box::new(self.not_found())),
            },
            PageKind::Sources => PageView::Sources(Box::new(self.sources())),
            PageKind::Changes => {
                let changes = changes::view(self.cx, &ListOptions::default(), &Place::OWN);
                let published = explainer.index.as_ref().and_then(|i| i.meta.published.as_ref());
                let published = published.map(|d| self.cx.date(d));
                PageView::Changes(Box::new(ChangesPage { page: self.chrome(&Parts::new()), changes, published }))
            }
            PageKind::Embed(embed) => PageView::Embed(Box::new(self.embed(embed))),
            PageKind::NotFound => PageView::NotFound(Box::new(self.not_found())),
        })
    }

    /// The frame, made last: it accounts for what the content has shown.
    fn chrome(&self, parts: &Parts) -> Chrome {
        chrome::chrome(self.studio, self.spec, self.cx, &self.address, parts, &|field| self.asks(field))
    }

    fn explainer(&self) -> Result<ExplainerPage, Diagnostics> {
        let explainer = self.cx.explainer;
        let cards = explainer.layout() == Layout::Cards;
        let head = self.head();
        let facts = self.facts();
        let intro = explainer.index.as_ref().map(|i| &i.body);
        let answer_html = intro.map(|s| self.text(s, 1, true)).transpose()?.unwrap_or_default();
        let shown: &[Arc<Section>] = if cards { &[] } else { &explainer.sections };
        let sections = shown.iter().enumerate().map(|(at, s)| self.section(at, s, 1)).collect::<Result<Vec<_>, _>>()?;
        let changes = (!explainer.data.changes.is_empty()).then(|| {
            let part = self.cx.part("changes-");
            let view = changes::view(&part, &ListOptions::default(), &Place { level: 2, own: false });
            self.cx.take(&part);
            view
        });
        let children = self.children();
        let contents = self.contents(None);
        let mut parts: Parts = intro.into_iter().chain(shown).flat_map(|s| blocks::parts(self.cx, s)).collect();
        if head.image.is_some() || children.iter().any(|child| child.image.is_some()) {
            parts.insert("figure");
        }
        Ok(ExplainerPage {
            page: self.chrome(&parts),
            head,
            answer_html,
            answer_print: intro
                .filter(|_| self.asks("answer_print"))
                .map(|s| print::answer(self.cx, s))
                .unwrap_or_default(),
            facts,
            contents,
            sections,
            changes,
            children,
            citations: citation::of_page(self.cx),
        })
    }

    fn section_page(&self, at: usize) -> Result<SectionPage, Diagnostics> {
        let explainer = self.cx.explainer;
        let Some(section) = explainer.sections.get(at) else { return Err(Diagnostics::new()) };
        let view = self.section(at, section, 0)?;
        let meta = explainer.index.as_ref().map(|index| &index.meta);
        let published = meta.and_then(|meta| meta.published.as_ref());
        let updated = meta.and_then(|meta| meta.updated.as_ref()).filter(|day| Some(*day) != published);
        Ok(SectionPage {
            authors: self.authors(),
            published: published.map(|day| self.cx.date(day)),
            updated: view.updated.clone().or_else(|| updated.map(|day| self.cx.date(day))),
            contents: self.contents(Some(at)),
            number: at + 1,
            page: self.chrome(&blocks::parts(self.cx, section)),
            section: view,
        })
    }

    fn hub(&self) -> HubPage {
        let children = self.children();
        let standfirst = self.cx.explainer.index.as_ref().and_then(|i| i.meta.standfirst.as_ref());
        let standfirst_html = match standfirst {
            Some(text) => Some(self.cx.inline(text)),
            None => self.cx.about_site().description.as_ref().map(|d| Html(escape::html(d))),
        };
        let pictures = children.iter().any(|child| child.image.is_some());
        let parts: Parts = pictures.then_some("figure").into_iter().collect();
        HubPage { standfirst_html, children, page: self.chrome(&parts) }
    }

    fn terms(&self) -> TermsPage {
        let cx = self.cx;
        let data = &cx.explainer.data;
        let sheet = (!data.editions.is_empty()).then(|| {
            let part = cx.part("sheet-");
            let view = termsheet::view(&part, &TermSheetOptions::default(), &Place::OWN);
            cx.take(&part);
            view
        });
        let has_effects = data.terms.values().any(|t| t.states.iter().any(|s| !s.effects.is_empty()));
        let effects = has_effects.then(|| {
            let part = cx.part("effects-");
            let view = effects::view(&part, &EffectsOptions::default(), &Place { level: 2, own: false });
            cx.take(&part);
            view
        });
        let glossary = glossary::view(cx, &Place::OWN);
        TermsPage { sheet, effects, glossary, page: self.chrome(&Parts::new()) }
    }

    fn comparison(&self, table: &Comparison) -> ComparisonPage {
        let comparison = compare::view(self.cx, table, None, &Place::OWN);
        let data = &self.cx.explainer.data;
        let mut others: Vec<NavItem> = data
            .comparisons
            .values()
            .filter(|c| c.head.id != table.head.id)
            .map(|c| self.cx.comparison_link(c))
            .map(|l| NavItem { name: l.name, href: l.href, current: false })
            .collect();
        if !data.terms.is_empty() && !data.editions.is_empty() {
            others.push(NavItem { name: self.cx.t("term-sheet", &[]), href: self.cx.href("terms/"), current: false });
        }
        ComparisonPage { comparison, others, page: self.chrome(&Parts::new()) }
    }

    fn sources(&self) -> SourcesPage {
        let sources = sources::view(self.cx, &ListOptions::default(), &sources::Backlinks::new(), &Place::OWN);
        SourcesPage { sources, page: self.chrome(&Parts::new()) }
    }

    fn embed(&self, embed: &Embed) -> EmbedPage {
        let block = embed::block(self.cx, embed);
        let chart = block.chart.is_some().then_some("chart");
        let page = self.chrome(&["embed"].into_iter().chain(chart).collect());
        let source_line = page.references.as_ref().and_then(|sources| embed::source_line(self.cx, sources));
        EmbedPage { page, source_line, ..block }
    }

    fn not_found(&self) -> NotFoundPage {
        let page = self.chrome(&Parts::new());
        NotFoundPage { links: page.nav.clone(), page }
    }

    fn head(&self) -> ArticleHead {
        let cx = self.cx;
        let Some(index) = &cx.explainer.index else { return ArticleHead::default() };
        let meta = &index.meta;
        let words: usize =
            std::iter::once(&index.body).chain(&cx.explainer.sections).map(|section| section.body.words).sum();
        ArticleHead {
            kind: meta.kind.as_ref().map(|k| k.to_string()),
            standfirst_html: meta.standfirst.as_ref().map(|s| cx.inline(s)),
            authors: self.authors(),
            published: meta.published.as_ref().map(|d| cx.date(d)),
            updated: meta.updated.as_ref().filter(|d| Some(*d) != meta.published.as_ref()).map(|d| cx.date(d)),
            minutes: words.div_ceil(WORDS_A_MINUTE),
            draft: meta.draft,
            image: meta.image.as_ref().and_then(|p| cx.picture(p, &index.body.file, Column::Wide)),
        }
    }

    fn authors(&self) -> Vec<NavItem> {
        let authors = self.cx.explainer.index.iter().flat_map(|index| &index.meta.authors);
        authors
            .map(|a| NavItem {
                name: a.name.to_string(),
                href: a.url.as_ref().and_then(|u| self.cx.outside(u)).unwrap_or_default(),
                current: false,
            })
            .collect()
    }

    fn facts(&self) -> Vec<FactView> {
        let Some(index) = &self.cx.explainer.index else { return Vec::new() };
        let facts = index.meta.key_facts.iter().filter_map(|id| self.cx.explainer.data.facts.get(&*id.text));
        facts
            .map(|fact| FactView {
                value: fact.value.to_string(),
                label: fact.label.as_ref().map(|l| l.to_string()),
                provenance: self.cx.provenance(&fact.provenance),
                print: print::fact(self.cx, fact),
            })
            .collect()
    }

    fn contents(&self, current: Option<usize>) -> Vec<ContentsItem> {
        if self.shared_contents().is_some() {
            return Vec::new();
        }
        let cards = self.cx.explainer.layout() == Layout::Cards;
        let mut items = shared::contents(self.cx);
        for (at, item) in items.iter_mut().enumerate() {
            item.current = current == Some(at);
            // On the page that lists the sections in place of their text.
            if current.is_none() && cards {
                item.print = self.print(at);
            }
        }
        items
    }

    /// True if a template of this page may ask for a field of this name.
    fn asks(&self, field: &str) -> bool {
        self.engine.asks(self.spec.template(), field)
    }

    /// The fingerprint of a section.
    fn print(&self, at: usize) -> print::PrintView {
        let shared = self.studio.shared(self.spec.explainer).filter(|_| self.cx.tells);
        let cx = self.studio.cx(self.spec.explainer);
        shared.zip(cx).map(|(shared, cx)| shared.print(&cx, at)).unwrap_or_default()
    }

    fn children(&self) -> Vec<CardView> {
        let site = self.cx.site;
        let children = self.cx.explainer.children.iter().filter_map(|at| Some((*at, site.explainers.get(*at)?)));
        children.filter_map(|(at, child)| self.card(at, child)).collect()
    }

    fn card(&self, at: usize, child: &Explainer) -> Option<CardView> {
        let cx = self.studio.cx(at)?;
        let meta = child.index.as_ref().map(|i| &i.meta);
        let date = meta.and_then(|m| m.updated.as_ref().or(m.published.as_ref()));
        Some(CardView {
            name: meta.map_or_else(|| child.dir.name().to_owned(), |m| m.title.to_string()),
            href: cx.href(""),
            kind: meta.and_then(|m| m.kind.as_ref()).map(|k| k.to_string()),
            standfirst_html: meta.and_then(|m| m.standfirst.as_ref()).map(|s| Html(escape::html(&cx.plain(s)))),
            date: date.map(|d| self.cx.date(d)),
            image: child.index.as_ref().and_then(|index| {
                let picture = cx.picture(index.meta.image.as_ref()?, &index.body.file, Column::Card)?;
                // The name beside it says all that it says.
                Some(PictureView { alt: String::new(), ..picture })
            }),
            draft: meta.is_some_and(|m| m.draft),
        })
    }

    fn section(&self, at: usize, section: &Section, heading_shift: i8) -> Result<SectionView, Diagnostics> {
        Ok(SectionView {
            id: section.slug.to_string(),
            title: section.title.to_string(),
            standfirst_html: section.standfirst.as_ref().map(|s| self.cx.inline(s)),
            foreign: section.language.as_ref().map(|language| language.to_string()),
            body_html: self.text(section, heading_shift, false)?,
            headings: headings(self.cx, section),
            updated: section.updated.as_ref().map(|d| self.cx.date(d)),
            draft: section.draft,
            amends: amends::view(self.cx, Concern::Section(&section.slug), false),
            print: self.print(at),
        })
    }

    /// The text of a section, its blocks drawn.
    fn text(&self, section: &Section, heading_shift: i8, first: bool) -> Result<Html, Diagnostics> {
        let prefix = id_prefix(self.cx.explainer, section);
        let mut drawn = Vec::new();
        let mut found = Diagnostics::new();
        for (n, block) in section.blocks.iter().enumerate() {
            let html = match block {
                Some(block) => {
                    let part = self.cx.part(&format!("{prefix}b{}-", n + 1));
                    let place = Place { level: u8::try_from(heading_shift + 2).unwrap_or(2), own: false };
                    let html = match block {
                        Block::Chart(chart) => self.chart(&part, chart, (section, n), &place),
                        block => self.block(&part, block, &place),
                    };
                    self.cx.take(&part);
                    // In a text that nobody has translated a block is in the language of the page all the same.
                    match &section.language {
                        Some(_) => html.map(|html| blocks::with_language(html, self.cx.catalogue.language())),
                        None => html,
                    }
                }
                None => Ok(String::new()),
            };
            drawn.push(html.unwrap_or_else(|problems| {
                found.extend(problems);
                String::new()
            }));
        }
        if !found.is_empty() {
            return Err(found);
        }
        let settings = &self.cx.site.settings;
        let options = FillOptions {
            prefix,
            heading_shift,
            raw_html: settings.raw_html,
            plain_code: !settings.highlight,
            eager_first_image: first,
            ..FillOptions::default()
        };
        let names = settings.autolink.then(|| self.cx.explainer.names.clone());
        Ok(self.cx.section(section, &drawn, &options, names))
    }
}

/// Words of running text that a reader takes in a minute.
pub(super) const WORDS_A_MINUTE: usize = 230;

/// The headings in a section.
fn headings(cx: &Cx<'_>, section: &Section) -> Vec<HeadingView> {
    let prefix = id_prefix(cx.explainer, section);
    let view = |heading: &Heading| HeadingView {
        id: if heading.explicit { heading.id.to_string() } else { format!("{prefix}{}", heading.id) },
        level: heading.level,
        title: heading.text.to_string(),
    };
    section.body.headings().map(view).collect()
}
