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
pub mod load;
pub mod model;
pub mod render;
pub mod resolve;
pub mod shell;
pub mod world;

use std::sync::Arc;

use comemo::Track;

pub use base::{Diagnostic, Severity};
pub use bundle::Bundle;
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
}

/// A site, read and resolved. Its files are made when they are asked for.
pub struct Prepared {
    site: Arc<model::Site>,
    today: model::Day,
    bundle: Bundle,
    found: Vec<Diagnostic>,
}

/// Reads and resolves the site that `world` shows, and makes none of its pages yet.
pub fn prepare(world: &dyn World, options: &BuildOptions) -> Prepared {
    let (tracked, today) = (world.track(), world.today());
    let load_options = load::LoadOptions { drafts: options.drafts, base_url: options.base_url.clone() };
    let (loaded, mut found) = load::load(tracked, &load_options);
    let (mut site, more) = resolve::resolve(&loaded, today);
    found.extend(more);
    site.images = load::images::sizes(tracked, site.files.values());
    site.theme_files = load::theme::files(tracked, &site.static_files, &mut found);
    let site = Arc::new(site);
    let (bundle, more) = render::render(&site, today, options.remember);
    found.extend(more);
    Prepared { site, today, bundle, found }
}

impl Prepared {
    /// What is at a site path (`terms/index.html`), if anything.
    pub fn find(&self, path: &str) -> Option<bundle::Output> {
        self.bundle.files.get(path).cloned()
    }

    /// The whole site.
    pub fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// What the author may want to know of the page at a site path (`terms/index.html`); `None` if no page is there.
    pub fn about(&self, _path: &str) -> Option<render::about::About> {
        None
    }

    /// Where the text of a source file is shown: the page's address below the site's root (`energy/`) and the id on
    /// it (empty for the page's own text). `None` for what isn't a text of the site.
    pub fn shown_at(&self, _file: &base::SourcePath) -> Option<(String, String)> {
        None
    }

    /// The settings.
    pub fn settings(&self) -> &model::Settings {
        &self.site.settings
    }

    /// What reading the site has found so far, with the severity the settings want. An error among these means that
    /// records or texts are missing, so that pages may look other than their author meant.
    pub fn found(&self) -> Vec<Diagnostic> {
        check::rules::apply_levels(self.found.clone(), &self.site.settings.check)
    }

    /// Everything that is wrong, in the order of files and places; what goes wrong in templates aside.
    pub fn check(&self, world: &dyn World) -> Vec<Diagnostic> {
        let files = &self.bundle.files;
        let made = files.iter().filter(|(_, output)| !matches!(output, bundle::Output::Copy(_)));
        let made = made.map(|(path, _)| path.clone()).collect();
        let anchors = render::Anchors::new(&self.bundle);
        let unread = check::unread(&self.found);
        let input = check::CheckInput {
            site: &self.site,
            today: self.today,
            made: &made,
            unread: &unread,
            anchors: &|path| anchors.of(path),
        };
        let checked = check::check(&input);
        // The checks may have found the same collision, and then say more of it.
        let told = |d: &Diagnostic| {
            let of_it = |c: &&Diagnostic| c.span == d.span || c.labels.iter().any(|label| label.span == d.span);
            d.rule == base::rules::PATH_COLLISION && checked.iter().filter(|c| c.rule == d.rule).any(|c| of_it(&c))
        };
        let mut all: Vec<Diagnostic> = self.found.iter().filter(|d| !told(d)).cloned().collect();
        all.extend(checked);
        all = check::rules::apply_levels(all, &self.site.settings.check);
        load::name_cells(world.track(), &mut all);
        check::sort(&mut all);
        all
    }
}

/// Builds the site that `world` shows.
pub fn build(world: &dyn World, options: &BuildOptions) -> Built {
    let prepared = prepare(world, options);
    let diagnostics = prepared.check(world);
    Built { bundle: prepared.bundle, diagnostics }
}
