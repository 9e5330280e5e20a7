//! What the views say, on small sites written as data files.

mod effects;
mod print;
mod strip;
mod terms;
mod termsheet;
mod timeline;

use comemo::Track;

use crate::model::date::Day;
use crate::render::cx::Cx;
use crate::render::i18n::Catalogue;
use crate::world::{MemoryWorld, World};

/// Makes a site of `files` (name below `content/`, text) and a context for its explainer on 1 May 2026.
fn with<T>(files: &[(&str, &str)], test: impl FnOnce(&Cx<'_>) -> T) -> T {
    let today = Day::new(2026, 5, 1).expect("a day");
    let mut world = MemoryWorld::new(today);
    world.write("expound.toml", "language = \"en-GB\"\n");
    world.write("content/index.md", "+++\ntitle = \"Test\"\n+++\n\nText.\n");
    for (name, text) in files {
        world.write(&format!("content/{name}"), *text);
    }
    let world: &dyn World = &world;
    let (loaded, found) = crate::load::load(world.track(), &crate::load::LoadOptions::default(), None);
    assert!(found.is_empty(), "{found:#?}");
    let site = crate::resolve::resolve(&loaded, today, None);
    let catalogue = Catalogue::new("en-GB", &Default::default());
    let explainer = site.explainers.first().expect("an explainer");
    test(&Cx::new(&site, explainer, today, &catalogue))
}

/// A name as options hold it.
fn name(text: &str) -> crate::base::Text {
    let file = crate::base::SourcePath::new("test");
    crate::base::Text { text: text.into(), span: crate::base::Span::file(&file), verbatim: false }
}
