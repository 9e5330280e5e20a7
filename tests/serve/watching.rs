//! Changes, in all the ways in which editors and people make them.

use std::fs;
use std::fs::File;

use super::*;

/// What an editor does to save a text in a file.
type Save = fn(&Path, &str);

/// The ways in which editors save.
const SAVES: &[(&str, Save)] = &[
    ("in place", |path, text| fs::write(path, text).unwrap()),
    ("vim: the old one aside, a new one in its place", |path, text| {
        let test = path.with_file_name("4913");
        fs::write(&test, "").unwrap();
        fs::remove_file(&test).unwrap();
        let aside = PathBuf::from(format!("{}~", path.display()));
        fs::rename(path, &aside).unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(aside).unwrap();
    }),
    ("by renaming", |path, text| {
        let new = path.with_file_name(".new.tmp");
        fs::write(&new, text).unwrap();
        fs::rename(new, path).unwrap();
    }),
    ("by renaming a file with a plain name", |path, text| {
        let new = path.with_file_name("sedAbCdEf");
        fs::write(&new, text).unwrap();
        fs::rename(new, path).unwrap();
    }),
    ("JetBrains: two renamings", |path, text| {
        let (new, old) = (format!("{}___jb_tmp___", path.display()), format!("{}___jb_old___", path.display()));
        fs::write(&new, text).unwrap();
        fs::rename(path, &old).unwrap();
        fs::rename(new, path).unwrap();
        fs::remove_file(old).unwrap();
    }),
    ("deleted and written", |path, text| {
        fs::remove_file(path).unwrap();
        fs::write(path, text).unwrap();
    }),
    ("in several parts", |path, text| {
        let mut file = File::create(path).unwrap();
        for part in text.as_bytes().chunks(7) {
            file.write_all(part).unwrap();
            file.flush().unwrap();
        }
    }),
    ("a link in its place", |path, text| {
        let new = path.with_file_name(".linked");
        fs::write(&new, text).unwrap();
        fs::remove_file(path).unwrap();
        fs::hard_link(&new, path).unwrap();
        fs::remove_file(new).unwrap();
    }),
];

fn saves(args: &[&str]) {
    let dir = site();
    let server = Server::start(dir.path(), args);
    let path = content(&dir, "10-first.md");
    for (n, (how, save)) in SAVES.iter().enumerate() {
        for round in 0..2 {
            save(&path, &format!("# First\n\nText {n} {round}.\n"));
            let answer = server.wait_for("/", &format!("Text {n} {round}."));
            assert_eq!(answer.status, 200, "{how}");
            assert_eq!(answer.bare(), built(dir.path(), &expound::BuildOptions::default())["index.html"], "{how}");
        }
    }
}

#[test]
fn editors_save() {
    saves(&[]);
}

#[test]
fn editors_save_where_nothing_is_told() {
    saves(&["--poll"]);
}

#[test]
fn what_editors_leave_is_no_change() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    server.wait_said("no errors");
    let build = server.build();
    let other = [".10-first.md.swp", "10-first.md~", "#10-first.md#", ".#10-first.md", "a.bak", "4913", ".DS_Store"];
    for name in other {
        fs::write(content(&dir, name), "x").unwrap();
        fs::write(content(&dir, name), "y").unwrap();
        fs::remove_file(content(&dir, name)).unwrap();
    }
    write(&dir.path().join("dist/index.html"), "x");
    write(&dir.path().join("README.md"), "x");
    write(&dir.path().join(".git/HEAD"), "x");
    // The same bytes again, and only looked at.
    let path = content(&dir, "10-first.md");
    let same = fs::read(&path).unwrap();
    fs::write(&path, &same).unwrap();
    File::open(&path).unwrap().set_modified(std::time::SystemTime::now()).unwrap();
    // What was noticed before this was noticed too.
    write(&path, "# First\n\nEins.\n");
    server.wait_for("/", "Eins.");
    assert_eq!(server.build(), build + 1, "{}", server.said());
}

#[test]
fn a_half_written_file_is_not_shown() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    let mut tab = server.open("/");
    tab.checked();
    for round in 0..10 {
        let mut file = File::create(content(&dir, "10-first.md")).unwrap();
        file.write_all(b"# First\n\nFi").unwrap();
        // Longer than the quiet that ends a change, shorter than a person notices.
        std::thread::sleep(Duration::from_millis(10));
        file.write_all(format!("rst part, second part {round}.\n").as_bytes()).unwrap();
        drop(file);
        tab.wait("the whole file", |update| {
            update["html"].as_str().is_some_and(|html| html.contains(&format!("second part {round}.")))
        });
    }
    assert!(tab.seen.iter().all(|update| update["held_back"] == false), "never an error");
    let shown = tab.seen.iter().filter_map(|update| update["html"].as_str());
    assert!(shown.filter(|html| !html.contains("second part")).count() == 0, "never a half");
}

#[test]
fn files_come_and_go() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    write(&content(&dir, "30-third.md"), "# Third\n\nDrei.\n");
    server.wait_for("/", "Drei.");
    fs::rename(content(&dir, "30-third.md"), content(&dir, "05-zero.md")).unwrap();
    server.wait_until("/", "the new order", |answer| answer.text().find("Drei.") < answer.text().find("One."));
    fs::remove_file(content(&dir, "05-zero.md")).unwrap();
    server.wait_until("/", "gone", |answer| !answer.text().contains("Drei."));
    // Away from the site, and back.
    fs::rename(content(&dir, "10-first.md"), dir.path().join("away.md")).unwrap();
    server.wait_until("/", "away", |answer| !answer.text().contains("One."));
    fs::rename(dir.path().join("away.md"), content(&dir, "10-first.md")).unwrap();
    server.wait_for("/", "One.");
    // Data, templates, settings, files that are only copied.
    write(&content(&dir, "facts.toml"), "[[fact]]\nid = \"sum\"\nvalue = \"$42\"\n");
    write(&content(&dir, "10-first.md"), "# First\n\nIt is [[fact:sum]].\n");
    server.wait_for("/", "$42");
    write(&dir.path().join("templates/404.html"), "<p>Own page</p>");
    server.wait_for("/nothing", "Own page");
    write(&dir.path().join("expound.toml"), "title = \"Other title\"\n");
    server.wait_for("/", "Other title");
    for text in ["Frei.\n", "Libre.\n"] {
        write(&dir.path().join("static/LICENSE"), text);
        server.wait_until("/LICENSE", "a file without a dot", |answer| answer.body == text.as_bytes());
        write(&content(&dir, "notes.txt"), text);
        server.wait_until("/notes.txt", "a copied file", |answer| answer.body == text.as_bytes());
    }
}

#[test]
fn folders_come_and_go() {
    folders(&[]);
}

#[test]
fn folders_come_and_go_where_nothing_is_told() {
    folders(&["--poll"]);
}

fn folders(args: &[&str]) {
    let dir = site();
    let server = Server::start(dir.path(), args);
    let edit = |text: &str| {
        write(&content(&dir, "energy/coal.md"), format!("# Coal\n\n{text}\n"));
        server.wait_for("/energy/", text);
    };
    edit("Before.");
    // Deleted and written anew.
    fs::remove_dir_all(content(&dir, "energy")).unwrap();
    server.wait_until("/energy/", "gone", |answer| answer.status == 404);
    write(&content(&dir, "energy/index.md"), "---\ntitle: Energy\n---\n\nBack.\n");
    server.wait_for("/energy/", "Back.");
    edit("After.");
    // A tree at once.
    for name in ["deep/index.md", "deep/a/index.md", "deep/a/b/index.md", "deep/a/b/c/index.md"] {
        write(&content(&dir, name), format!("---\ntitle: Deep\n---\n\nAt {name}.\n"));
    }
    server.wait_for("/deep/a/b/c/", "At deep/a/b/c/index.md.");
    write(&content(&dir, "deep/a/b/c/index.md"), "---\ntitle: Deep\n---\n\nChanged.\n");
    server.wait_for("/deep/a/b/c/", "Changed.");
    // Renamed.
    fs::rename(content(&dir, "deep"), content(&dir, "low")).unwrap();
    server.wait_for("/low/a/b/c/", "Changed.");
    assert_eq!(server.get("/deep/").status, 404);
    write(&content(&dir, "low/a/b/c/index.md"), "---\ntitle: Deep\n---\n\nAgain.\n");
    server.wait_for("/low/a/b/c/", "Again.");
    // All of the content away and back: the last good pages stay meanwhile.
    fs::rename(content(&dir, ""), dir.path().join("away")).unwrap();
    server.wait_said("held back");
    assert!(server.get("/energy/").text().contains("After."));
    fs::rename(dir.path().join("away"), content(&dir, "")).unwrap();
    edit("Moved back.");
    // Deleted and written anew.
    fs::remove_dir_all(content(&dir, "")).unwrap();
    for (path, text) in SITE {
        write(&dir.path().join(path), text);
    }
    server.wait_for("/energy/", "Black.");
    edit("Written anew.");
    for (folder, at) in [("static", "/own.html"), ("templates", "/404.html")] {
        let file = dir.path().join(folder).join(at.trim_start_matches('/'));
        for text in ["One", "Two"] {
            write(&file, text);
            server.wait_until(at, text, |answer| answer.bare() == text.as_bytes());
            fs::remove_dir_all(dir.path().join(folder)).unwrap();
            server.wait_until(at, "gone", |answer| answer.bare() != text.as_bytes());
        }
    }
}

#[test]
fn the_whole_site_away_and_back() {
    let above = tempfile::tempdir().unwrap();
    let (root, away) = (above.path().join("site"), above.path().join("away"));
    for (path, text) in SITE {
        write(&root.join(path), text);
    }
    let server = Server::start(&root, &[]);
    server.wait_said("no errors");
    for round in 0..2 {
        fs::rename(&root, &away).unwrap();
        server.wait_said("held back");
        fs::rename(&away, &root).unwrap();
        write(&root.join("content/10-first.md"), format!("# First\n\nBack {round}.\n"));
        server.wait_for("/", &format!("Back {round}."));
    }
    fs::remove_dir_all(&root).unwrap();
    for (path, text) in SITE {
        write(&root.join(path), text);
    }
    server.wait_for("/", "One.");
    write(&root.join("content/10-first.md"), "# First\n\nAnew.\n");
    server.wait_for("/", "Anew.");
}

#[test]
fn many_files_at_once() {
    let dir = site();
    let branch = |name: &str| {
        for n in 0..120 {
            write(&content(&dir, &format!("e{n}/index.md")), format!("---\ntitle: {name} {n}\n---\n\nOn {name}.\n"));
        }
    };
    let server = Server::start(dir.path(), &[]);
    for name in ["main", "topic"] {
        branch(name);
        for n in 0..120 {
            server.wait_for(&format!("/e{n}/"), &format!("On {name}."));
        }
    }
    for n in 0..120 {
        fs::remove_dir_all(content(&dir, &format!("e{n}"))).unwrap();
    }
    for n in 0..120 {
        server.wait_until(&format!("/e{n}/"), "gone", |answer| answer.status == 404);
    }
    assert!(server.said().matches('→').count() < 40, "bursts are joined: {}", server.said());
}

#[cfg(unix)]
#[test]
fn links_within_the_site() {
    use std::os::unix::fs::symlink;
    let dir = site();
    write(&dir.path().join("drafts/text.md"), "# Text\n\nLinked.\n");
    write(&dir.path().join("common/part/index.md"), "---\ntitle: Part\n---\n\nLinked folder.\n");
    symlink("../drafts/text.md", content(&dir, "30-linked.md")).unwrap();
    symlink("../common/part", content(&dir, "part")).unwrap();
    symlink("energy", content(&dir, "power")).unwrap();
    let server = Server::start(dir.path(), &[]);
    server.wait_for("/", "Linked.");
    for round in 0..2 {
        write(&dir.path().join("drafts/text.md"), format!("# Text\n\nTarget {round}.\n"));
        server.wait_for("/", &format!("Target {round}."));
        write(&dir.path().join("common/part/index.md"), format!("---\ntitle: Part\n---\n\nFolder {round}.\n"));
        server.wait_for("/part/", &format!("Folder {round}."));
        write(&content(&dir, "energy/index.md"), format!("---\ntitle: Energy\n---\n\nBoth {round}.\n"));
        server.wait_for("/power/", &format!("Both {round}."));
        server.wait_for("/energy/", &format!("Both {round}."));
        fs::remove_dir_all(dir.path().join("drafts")).unwrap();
        server.wait_said("held back");
        write(&dir.path().join("drafts/text.md"), format!("# Text\n\nBack {round}.\n"));
        server.wait_for("/", &format!("Back {round}."));
    }
    fs::remove_file(content(&dir, "30-linked.md")).unwrap();
    symlink("../common/part/index.md", content(&dir, "30-linked.md")).unwrap();
    server.wait_until("/", "another target", |answer| !answer.text().contains("Back 1."));
}
