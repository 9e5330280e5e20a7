//! What the disk can do to a site: files that are gone when they are read, links that lead away, pipes, files too large
//! to be read, times in the future. Each ends in a site or in words, and never in half a site.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use expound::base::{Bytes, SourcePath, Version};
use expound::bundle::Output;
use expound::model::Day;
use expound::world::{Entry, MemoryWorld, ReadError, World};
use expound::{BuildOptions, Built, build};

use crate::support::{Run, expound, repository, run, tree, write};

/// A small site on disk.
fn site(root: &Path) {
    write(&root.join("expound.toml"), "title = \"Case\"\n");
    write(&root.join("content/index.md"), "+++\ntitle = \"Case\"\n+++\n\nThe answer.\n");
    write(&root.join("content/10-part.md"), "# Part\n\nWords.\n");
}

fn command(root: &Path, args: &[&str]) -> Run {
    run(expound(root, args))
}

/// The starter, in memory.
fn starter() -> MemoryWorld {
    let root = repository().join("src/cli/new/starter");
    let mut world = MemoryWorld::new(Day { year: 2026, month: 5, day: 1 });
    for (path, bytes) in tree(&root) {
        world.write(&path, bytes);
    }
    world.write("static/theme/own.css", "p { margin: 0 }");
    world.write("static/pic.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
    world.write("templates/404.html", "{% extends \"builtin/404.html\" %}");
    world.write("i18n/en.ftl", "sources = Where it is from\n");
    world
}

/// Every file of a site, drawn.
fn drawn(built: &Built) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for (path, output) in &built.bundle.files {
        let bytes = match output {
            Output::Bytes(bytes) => bytes.to_vec(),
            Output::Page(page) => page.render().unwrap().to_vec(),
            Output::Copy(source) => source.as_str().as_bytes().to_vec(),
            Output::Made(made) => format!("{} {:?}", made.id, made.recipe).into_bytes(),
        };
        files.push((path.to_string(), bytes));
    }
    files
}

/// A site of which one file is listed, but can't be read.
struct Without {
    world: MemoryWorld,
    file: SourcePath,
    why: ReadError,
}

impl World for Without {
    fn read(&self, path: &SourcePath) -> Result<Bytes, ReadError> {
        if *path == self.file { Err(self.why.clone()) } else { self.world.read(path) }
    }

    fn list(&self, dir: &SourcePath) -> Result<Arc<[Entry]>, ReadError> {
        self.world.list(dir)
    }

    fn size(&self, path: &SourcePath) -> Result<u64, ReadError> {
        if *path == self.file { Err(self.why.clone()) } else { self.world.size(path) }
    }

    fn version(&self, path: &SourcePath) -> Version {
        self.world.version(path)
    }

    fn today(&self) -> Day {
        self.world.today()
    }
}

/// Between the listing of a folder and the reading of its files anybody may take one away.
#[test]
fn a_file_that_is_gone_when_it_is_read_is_named() {
    let mut world = starter();
    // Cards take most of the time to draw, and none of these files.
    let settings = String::from_utf8(world.files[&SourcePath::new("expound.toml")].to_vec()).unwrap();
    world.write("expound.toml", format!("{settings}\n[cards]\nenabled = false\n"));
    assert!(build(&world, &BuildOptions::default()).diagnostics.is_empty());
    for file in world.files.keys() {
        for why in [ReadError::NotFound, ReadError::Escapes("/etc".to_owned()), ReadError::Other("io".to_owned())] {
            let without = Without { world: world.clone(), file: file.clone(), why: why.clone() };
            let built = build(&without, &BuildOptions::default());
            drawn(&built);
            // Settings may be missing, what isn't read but copied is found missing when it is copied.
            let read =
                ["content/", "templates/", "i18n/", "static/theme/"].iter().any(|dir| file.as_str().starts_with(dir));
            if read {
                let named = built.diagnostics.iter().any(|d| d.message.contains(file.as_str()));
                assert!(named, "{file}, {why:?}: {:?}", built.diagnostics);
            }
        }
    }
}

/// The site of a Windows editor is that of any other.
#[test]
fn marks_and_line_ends_change_nothing() {
    let plain = starter();
    let mut odd = plain.clone();
    for (path, bytes) in &plain.files {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        if !path.as_str().starts_with("static/") {
            odd.write(path.as_str(), format!("\u{FEFF}{}", text.replace('\n', "\r\n")));
        }
    }
    let (plain, odd) = (build(&plain, &BuildOptions::default()), build(&odd, &BuildOptions::default()));
    assert!(odd.diagnostics.is_empty(), "{:?}", odd.diagnostics);
    for ((path, one), (other_path, other)) in drawn(&plain).iter().zip(drawn(&odd)) {
        assert_eq!(*path, other_path);
        assert!(*one == other, "{path} differs:\n{}", {
            crate::support::difference(&String::from_utf8_lossy(one), &String::from_utf8_lossy(&other))
        });
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_away_are_named() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("site");
    site(&root);
    fs::create_dir_all(root.join("static")).unwrap();
    fs::create_dir_all(root.join("content/deep/er")).unwrap();
    symlink("/etc/passwd", root.join("content/20-out.md")).unwrap();
    symlink("..", root.join("content/deep/er/round")).unwrap();
    symlink("30-self.md", root.join("content/30-self.md")).unwrap();
    symlink("nowhere", root.join("content/40-nowhere.md")).unwrap();
    symlink("/etc", root.join("static/etc")).unwrap();
    symlink("../..", root.join("static/up")).unwrap();
    let checked = command(&root, &["check"]);
    assert_eq!(checked.status, 1, "{}", checked.stderr);
    for link in ["content/20-out.md", "content/deep/er/round", "content/30-self.md", "content/40-nowhere.md"] {
        assert!(checked.stderr.contains(link), "{link} isn't named in\n{}", checked.stderr);
    }
    for link in ["static/etc", "static/up"] {
        assert!(checked.stderr.contains(link), "{link} isn't named in\n{}", checked.stderr);
    }

    let other = dir.path().join("other");
    site(&other);
    fs::create_dir_all(other.join("static")).unwrap();
    symlink("/etc/hostname", other.join("static/host.txt")).unwrap();
    let built = command(&other, &["build"]);
    assert_ne!(built.status, 0);
    assert!(built.stderr.contains("static/host.txt"), "{}", built.stderr);
    assert!(!other.join("dist").exists());
}

/// Whoever reads a pipe waits for ever.
#[cfg(unix)]
#[test]
fn pipes_are_not_waited_for() {
    for place in ["content/20-pipe.md", "content/facts.csv", "content/pic.png", "static/pipe.txt", "static/theme/a.css"]
    {
        let dir = tempfile::tempdir().unwrap();
        site(dir.path());
        let path = dir.path().join(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        if !made.is_ok_and(|status| status.success()) {
            eprintln!("skipped: no pipe can be made here");
            return;
        }
        let built = command(dir.path(), &["build"]);
        assert_ne!(built.status, 0, "{place}");
        assert!(built.stderr.contains(place), "{place} isn't named in\n{}", built.stderr);
        assert!(!dir.path().join("dist").exists());
    }
}

/// Half a gigabyte without a byte in it, which takes no room on the disk.
#[cfg(target_os = "linux")]
fn hollow(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::File::create(path).unwrap().set_len(500 << 20).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_of_half_a_gigabyte_is_copied_without_being_read() {
    let dir = tempfile::tempdir().unwrap();
    site(dir.path());
    for place in ["static/film.mp4", "content/film.mp4", "content/scan.png", "content/drawing.svg"] {
        let path = dir.path().join(place);
        hollow(&path);
        let Run { status, memory, .. } = command(dir.path(), &["build"]);
        assert_eq!(status, 0, "{place}");
        assert!(memory < 250 << 20, "{place}: {} MB", memory >> 20);
        let out = dir.path().join("dist").join(path.file_name().unwrap());
        assert_eq!(fs::metadata(&out).unwrap().len(), 500 << 20, "{place}");
        fs::remove_file(path).unwrap();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_text_of_half_a_gigabyte_is_refused_without_being_read() {
    for place in ["content/20-part.md", "content/facts.csv", "content/terms.toml", "expound.toml", "static/theme/a.css"]
    {
        let dir = tempfile::tempdir().unwrap();
        site(dir.path());
        hollow(&dir.path().join(place));
        let Run { status, memory, .. } = command(dir.path(), &["check"]);
        let checked = command(dir.path(), &["check"]);
        assert_ne!(status, 0, "{place}: {}", checked.stderr);
        assert!(memory < 250 << 20, "{place}: {} MB", memory >> 20);
        let said = format!("`{place}` can't be read: it is larger than 64 MB");
        assert!(checked.stderr.contains(&said), "{}", checked.stderr);
    }
}

/// Files of tomorrow, and a build of the day before yesterday.
#[test]
fn clocks_that_disagree_change_nothing() {
    let dir = tempfile::tempdir().unwrap();
    site(dir.path());
    assert_eq!(command(dir.path(), &["build"]).status, 0);
    let before = tree(&dir.path().join("dist"));
    let future = SystemTime::now() + Duration::from_secs(400 * 24 * 3600);
    for path in tree(dir.path()).keys() {
        let file = fs::File::options().write(true).open(dir.path().join(path)).unwrap();
        file.set_modified(future).unwrap();
    }
    assert_eq!(command(dir.path(), &["build"]).status, 0);
    assert_eq!(tree(&dir.path().join("dist")), before);
    for epoch in ["0", "1", "253402300799"] {
        let mut early = expound(dir.path(), &["build"]);
        early.env("SOURCE_DATE_EPOCH", epoch);
        let early = run(early);
        assert_eq!(early.status, 0, "{epoch}: {}", early.stderr);
    }
    assert_eq!(command(dir.path(), &["build"]).status, 0);
    assert_eq!(tree(&dir.path().join("dist")), before);
}

/// By hand: `cargo test --test main -- --ignored hundred_thousand`.
#[test]
#[ignore = "takes a minute"]
fn a_hundred_thousand_files_are_a_site() {
    let dir = tempfile::tempdir().unwrap();
    site(dir.path());
    for number in 0..100_000 {
        write(&dir.path().join(format!("static/{}/{number}.txt", number % 100)), "x");
    }
    let start = Instant::now();
    assert_eq!(command(dir.path(), &["build"]).status, 0);
    assert!(start.elapsed() < Duration::from_secs(100), "{:?}", start.elapsed());
    assert_eq!(fs::read_dir(dir.path().join("dist/7")).unwrap().count(), 1000);
}
