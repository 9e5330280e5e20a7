//! expound turns Markdown sections and structured facts into an explainer site.
//!
//! The program is one sentence, [`build`]: read a site through a [`World`], and return the finished site as a
//! [`Bundle`] (site path → bytes) together with everything that is wrong with it.
//!
//! ```text
//! content, data, templates, assets ──► load ──► resolve ──► check ──► render ──► Bundle
//!         read only through World     typed,    names to     rules     views,
//!                                     spanned   records                HTML
//! ```
//!
//! Every stage is a pure function with a finished type of its own; none touches a disk, a clock, the environment or a
//! network. What does lives in [`shell`], and only the binary calls it.

pub mod base;
pub mod bundle;
pub mod check;
pub mod fonts;
pub mod imaging;
pub mod load;
pub mod model;
pub mod render;
pub mod resolve;
pub mod shell;
pub mod world;

use std::sync::{Arc, OnceLock};

use comemo::Track;

pub use base::{Diagnostic, Severity};
pub use bundle::Bundle;
pub use load::ignored;
pub use render::about;
pub use render::single::{Single, SingleError};
pub use world::World;

/// What to build.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct BuildOptions {
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// The address readers will use, in place of the settings' `base_url`.
    pub base_url: Option<String>,
    /// Whether pages are remembered, for programs that build again after an edit. It costs their memory.
    pub remember: bool,
}

/// A site, built.
#[derive(Clone, Default)]
pub struct Built {
    /// Every file of the site. Not to be written if any diagnostic is an error.
    pub bundle: Bundle,
    /// What is wrong, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// Where on its host the site is: the path of its `base_url`, with a `/` at both ends.
    pub base_path: Arc<str>,
}

/// A site, read and resolved. Its files are made when they are asked for.
pub struct Prepared {
    loaded: model::Loaded,
    site: Arc<model::Site>,
    outputs: render::Outputs,
    bundle: OnceLock<(Bundle, Vec<Diagnostic>)>,
    found: Vec<Diagnostic>,
    options: BuildOptions,
}

/// Reads and resolves the site that `world` shows, and makes none of its pages yet. What `before` has of the same
/// version is used again; the result is the same without.
pub fn prepare(world: &dyn World, options: &BuildOptions, before: Option<&Prepared>) -> Prepared {
    let (tracked, today) = (world.track(), world.today());
    let load_options =
        load::LoadOptions { drafts: options.drafts, base_url: options.base_url.clone(), remember: options.remember };
    let before = before.filter(|before| before.options == *options);
    let (loaded, mut found) = load::load(tracked, &load_options, before.map(|before| &before.loaded));
    let site = Arc::new(resolve::resolve(&loaded, today, before.map(|before| &*before.site)));
    // A build asks for all of it soon; a preview, for what it shows.
    let ahead = || {
        if !options.remember {
            resolve::ahead(&site);
        }
    };
    let ((outputs, more), ()) = rayon::join(|| render::outputs(&site, options.remember), ahead);
    found.extend(more);
    let found = check::rules::apply_levels(found, &site.settings.check);
    Prepared { loaded, site, outputs, bundle: OnceLock::new(), found, options: options.clone() }
}

impl Prepared {
    /// What is at a site path (`terms/index.html`), if anything.
    pub fn find(&self, path: &str) -> Option<bundle::Output> {
        self.outputs.find(path)
    }

    /// The whole site.
    pub fn bundle(&self) -> &Bundle {
        &self.whole().0
    }

    fn whole(&self) -> &(Bundle, Vec<Diagnostic>) {
        self.bundle.get_or_init(|| self.outputs.bundle())
    }

    /// An explainer as one file: the one at `path` (`energy`), or the one at the root.
    ///
    /// `make` gives the files that are made of others.
    ///
    /// # Errors
    /// If there is no such explainer, or a page can't be drawn.
    pub fn single(
        &self,
        world: &dyn World,
        path: Option<&str>,
        make: &dyn Fn(&bundle::Made) -> Option<base::Bytes>,
    ) -> Result<Single, SingleError> {
        render::single::single(&self.outputs, path, &|source| world.read(source).ok(), make)
    }

    /// What the author may want to know of the page at a site path (`terms/index.html`); `None` if no page is there.
    pub fn about(&self, path: &str) -> Option<about::About> {
        about::about(&self.site, path)
    }

    /// Where the text of a source file is shown: the page's address below the site's root (`energy/`) and the id on
    /// it (empty for the page's own text). `None` for what isn't a text of the site.
    pub fn shown_at(&self, file: &base::SourcePath) -> Option<(String, String)> {
        let explainer = self.site.explainers.get(self.site.place(file)?.explainer)?;
        let section = explainer.section_of(file)?;
        if section.slug.is_empty() {
            return Some((explainer.path.to_string(), String::new()));
        }
        let (page, id) = explainer.section_address(&section.slug);
        Some((page, id.unwrap_or_default()))
    }

    /// The site path that a source file is copied to, if it is copied.
    pub fn copied_to(&self, file: &base::SourcePath) -> Option<String> {
        match self.site.place(file)?.kind {
            model::PlaceKind::Asset(path) => Some(path),
            model::PlaceKind::Text | model::PlaceKind::Folder => None,
        }
    }

    /// Every old address of the site, and the one it leads to, both from the site's root: `/old/`, `/new/`.
    pub fn old_addresses(&self) -> Vec<(String, String)> {
        self.outputs.old_addresses()
    }

    /// The settings.
    pub fn settings(&self) -> &model::Settings {
        &self.site.settings
    }

    /// What reading the site has found so far, with the severity the settings want. An error among these means that
    /// records or texts are missing, so that pages may look other than their author meant.
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// Everything that is wrong, in the order of files and places; what goes wrong while pages are drawn aside. `None`
    /// if `stop` said so before the end.
    pub fn check(&self, world: &dyn World, stop: &check::Stop<'_>) -> Option<Vec<Diagnostic>> {
        let (bundle, collisions) = self.whole();
        let made = bundle.files.iter().filter(|(_, output)| !output.is_copy());
        let made = made.map(|(path, _)| path.clone()).collect();
        let anchors = render::Anchors::new(&self.outputs);
        let unread = check::unread(&self.found);
        let input = check::CheckInput {
            site: &self.site,
            today: self.site.today,
            made: &made,
            unread: &unread,
            anchors: &|path| anchors.of(path),
            stop,
        };
        let checked = check::check(&input);
        // The checks may have found the same collision, and then say more of it.
        let told = |d: &Diagnostic| {
            let of_it = |c: &&Diagnostic| c.span == d.span || c.labels.iter().any(|label| label.span == d.span);
            checked.iter().filter(|c| c.rule == d.rule).any(|c| of_it(&c))
        };
        let mut all: Vec<Diagnostic> = collisions.iter().filter(|d| !told(d)).cloned().collect();
        all.extend(checked);
        all = check::rules::apply_levels(all, &self.site.settings.check);
        load::name_cells(world.track(), &mut all);
        all.extend(self.found.iter().cloned());
        check::sort(&mut all);
        (!stop()).then_some(all)
    }

    /// What goes wrong while pages are drawn: every page is drawn once, and not kept. `None` if `stop` said so before
    /// the end.
    pub fn draw(&self, stop: &check::Stop<'_>) -> Option<Vec<Diagnostic>> {
        // The built-in templates can draw whatever they are given; only a site's own can fail.
        if self.site.templates.texts.is_empty() {
            return Some(Vec::new());
        }
        self.outputs.draw_all(stop)
    }
}

/// Builds the site that `world` shows.
pub fn build(world: &dyn World, options: &BuildOptions) -> Built {
    let prepared = prepare(world, options, None);
    let diagnostics = prepared.check(world, &|| false).unwrap_or_default();
    let bundle = prepared.bundle().clone();
    Built { bundle, diagnostics, base_path: prepared.settings().base_path.clone() }
}
