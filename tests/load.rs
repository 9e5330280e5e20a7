//! Reading a site: every format, every fault.

use std::path::Path;

use comemo::Track;
use expound::load::{LoadOptions, load};
use expound::model::{Day, Loaded};
use expound::shell::disk::DiskWorld;
use expound::world::World;

use crate::support::repository;

fn read(root: &Path) -> (Loaded, Vec<expound::Diagnostic>) {
    let world = DiskWorld::new(root, Day { year: 2026, month: 5, day: 1 }).expect("a root");
    let world: &dyn World = &world;
    load(world.track(), &LoadOptions::default())
}

#[test]
fn the_sites_of_the_repository_read_without_a_finding() {
    for root in [repository().to_path_buf(), repository().join("src/cli/new/starter")] {
        let (loaded, findings) = read(&root);
        assert!(findings.is_empty(), "{findings:#?}");
        assert!(!loaded.root.records.terms.is_empty() && !loaded.root.sections.is_empty());
    }
}
