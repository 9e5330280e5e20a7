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

/// Builds the site that `world` shows.
pub fn build(world: &dyn World, options: &BuildOptions) -> Built {
    let (tracked, today) = (world.track(), world.today());
    let load_options = load::LoadOptions { drafts: options.drafts, base_url: options.base_url.clone() };
    let (loaded, mut diagnostics) = load::load(tracked, &load_options);
    let (mut site, found) = resolve::resolve(&loaded, today);
    diagnostics.extend(found);
    site.images = load::images::sizes(tracked, site.files.values());
    site.theme_files = load::theme::files(tracked, &site.static_files, &mut diagnostics);
    let site = Arc::new(site);
    let (bundle, found) = render::render(&site, today, options.remember);
    diagnostics.extend(found);
    let made = bundle.files.iter().filter(|(_, output)| !matches!(output, bundle::Output::Copy(_)));
    let made = made.map(|(path, _)| path.clone()).collect();
    let anchors = render::Anchors::new(&bundle);
    let unread = check::unread(&diagnostics);
    let input =
        check::CheckInput { site: &site, today, made: &made, unread: &unread, anchors: &|path| anchors.of(path) };
    let checked = check::check(&input);
    // The checks may have found the same collision, and then say more of it.
    let told = |d: &Diagnostic| {
        let of_it = |c: &&Diagnostic| c.span == d.span || c.labels.iter().any(|label| label.span == d.span);
        d.rule == base::rules::PATH_COLLISION && checked.iter().filter(|c| c.rule == d.rule).any(|c| of_it(&c))
    };
    diagnostics.retain(|d| !told(d));
    diagnostics.extend(checked);
    diagnostics = check::rules::apply_levels(diagnostics, &site.settings.check);
    load::name_cells(tracked, &mut diagnostics);
    check::sort(&mut diagnostics);
    Built { bundle, diagnostics }
}
