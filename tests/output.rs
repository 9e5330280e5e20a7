//! The output folder: what may become one, what survives in it, and what an interrupted build leaves.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::support::{Run, expound, run, tree, write};

/// A site with so many pages that writing them takes a while.
fn site(root: &Path, word: &str) {
    write(&root.join("expound.toml"), "title = \"Case\"\n[cards]\nenabled = false\n");
    write(
        &root.join("content/index.md"),
        format!("+++\ntitle = \"Case\"\nlayout = \"cards\"\n+++\n\nThe {word} answer.\n"),
    );
    for number in 10..40 {
        write(
            &root.join(format!("content/{number}-part-{number}.md")),
            format!("# Section {number}\n\nThe {word} text.\n"),
        );
    }
    write(&root.join("static/extra.txt"), word);
}

fn build(root: &Path, args: &[&str]) -> Run {
    run(expound(root, &[&["build"], args].concat()))
}

fn built(root: &Path, args: &[&str]) {
    let run = build(root, args);
    assert_eq!(run.status, 0, "{}", run.stderr);
}

/// Builds, and expects a refusal that leaves everything as it is.
fn refused(root: &Path, out: &str, why: &str) {
    let before = tree(root);
    let run = build(root, &["--out", out]);
    assert_eq!(run.status, 2, "--out {out}: {}", run.stderr);
    assert!(run.stderr.contains(why), "--out {out} should be refused because it {why}: {}", run.stderr);
    assert_eq!(tree(root), before);
}

#[test]
fn some_folders_are_never_written() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("a/site");
    site(&root, "old");
    refused(&root, ".", "is the site's own folder");
    refused(&root, "../site", "is the site's own folder");
    refused(&root, "..", "holds the site's own folder");
    refused(&root, "../..", "holds the site's own folder");
    refused(&root, "/", "is the root of the file system");
    refused(&root, "content", "is `content`, a source folder of the site");
    refused(&root, "content/dist", "lies in `content`, a source folder of the site");
    refused(&root, "nowhere/../static/x/y", "lies in `static`, a source folder of the site");
    refused(&root, "templates", "is `templates`, a source folder of the site");
    refused(&root, "expound.toml", "is a file, not a folder");
    refused(&root, "expound.toml/x", "can't be reached");
    write(&root.join("dist/precious.txt"), "mine");
    refused(&root, "dist", "holds things that expound didn't write, such as `precious.txt`");
}

#[test]
fn the_home_folder_is_never_written() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("site");
    site(&root, "old");
    let home = dir.path().join("homes/me");
    fs::create_dir_all(&home).unwrap();
    for (out, why) in [("../homes/me", "is your home folder"), ("../homes", "holds your home folder")] {
        let mut command = expound(&root, &["build", "--out", out]);
        command.env("HOME", &home);
        let run = run(command);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains(why), "{}", run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_before_judging() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("site");
    site(&root, "old");
    symlink("content", root.join("public")).unwrap();
    refused(&root, "public", "is `content`");
    symlink("nowhere", root.join("dangling")).unwrap();
    refused(&root, "dangling", "can't be reached");

    let elsewhere = dir.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, root.join("dist")).unwrap();
    built(&root, &[]);
    assert!(root.join("dist").is_symlink(), "the link stays a link");
    assert!(elsewhere.join("index.html").is_file());
    assert_eq!(tree(dir.path()).keys().filter(|path| path.contains(".expound/")).count(), 0, "nothing is left beside");
}

#[cfg(unix)]
#[test]
fn a_read_only_output_is_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    site(dir.path(), "old");
    built(dir.path(), &[]);
    let out = dir.path().join("dist");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
    refused(dir.path(), "dist", "is read-only");
    fs::set_permissions(&out, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn stale_files_go_and_what_is_not_ours_stays() {
    let dir = tempfile::tempdir().unwrap();
    site(dir.path(), "old");
    write(&dir.path().join("static/.well-known/old.txt"), "ours");
    let out = dir.path().join("dist");
    // As a folder that Git checked out for publishing looks before the first build.
    write(&out.join(".git"), "gitdir: elsewhere");
    write(&out.join("CNAME"), "example.org");
    built(dir.path(), &[]);
    assert!(out.join("extra.txt").is_file());
    write(&out.join(".htaccess"), "deny");
    write(&out.join("deep/.htaccess"), "deny");
    write(&out.join(".well-known/acme/token"), "token");
    fs::remove_file(dir.path().join("static/extra.txt")).unwrap();
    fs::remove_dir_all(dir.path().join("static/.well-known")).unwrap();
    write(&dir.path().join("static/new.txt"), "new");
    built(dir.path(), &[]);
    for kept in [".git", "CNAME", ".htaccess", "deep/.htaccess", ".well-known/acme/token", "new.txt", "index.html"] {
        assert!(out.join(kept).is_file(), "{kept} is missing");
    }
    for stale in ["extra.txt", ".well-known/old.txt"] {
        assert!(!out.join(stale).exists(), "{stale} is stale");
    }
}

#[test]
fn errors_leave_the_output_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    site(dir.path(), "old");
    built(dir.path(), &[]);
    let before = tree(&dir.path().join("dist"));
    write(&dir.path().join("content/50-broken.md"), "# Broken\n\nSee [[nothing-of-this-name]].\n");
    let run = build(dir.path(), &[]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("`dist` is as it was"), "{}", run.stderr);
    assert_eq!(tree(&dir.path().join("dist")), before);
    assert!(!dir.path().join(".dist.expound").exists());

    fs::remove_file(dir.path().join("content/50-broken.md")).unwrap();
    write(&dir.path().join("templates/page.html"), "{{ nothing.of.this.name }}");
    write(&dir.path().join("templates/explainer.html"), "{{ nothing.of.this.name }}");
    write(&dir.path().join("templates/base.html"), "{{ nothing.of.this.name }}");
    let run = build(dir.path(), &[]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert_eq!(tree(&dir.path().join("dist")), before);
    assert!(!dir.path().join(".dist.expound").exists());
}

#[test]
fn one_build_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    site(dir.path(), "old");
    let work = dir.path().join(".dist.expound");
    fs::create_dir(&work).unwrap();
    let held = fs::File::create(work.join("lock")).unwrap();
    held.lock().unwrap();
    let run = build(dir.path(), &[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("another `expound` is writing"), "{}", run.stderr);
    drop(held);
    built(dir.path(), &[]);
    assert!(!work.exists(), "what was left goes");
}

#[test]
fn many_at_once_write_one_site() {
    let dir = tempfile::tempdir().unwrap();
    site(dir.path(), "old");
    built(dir.path(), &[]);
    let expected = tree(&dir.path().join("dist"));
    let root = dir.path();
    let runs: Vec<Run> = std::thread::scope(|scope| {
        let builds: Vec<_> = (0..6).map(|_| scope.spawn(move || build(root, &[]))).collect();
        builds.into_iter().map(|build| build.join().unwrap()).collect()
    });
    assert!(runs.iter().any(|run| run.status == 0));
    for run in runs.iter().filter(|run| run.status != 0) {
        assert!(run.stderr.contains("another `expound` is writing"), "{}", run.stderr);
    }
    assert_eq!(tree(&root.join("dist")), expected);
    assert!(!root.join(".dist.expound").exists());
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    let out = root.join("dist");
    site(root, "new");
    built(root, &[]);
    write(&out.join("CNAME"), "example.org");
    write(&out.join(".git/HEAD"), "ref");
    let new = tree(&out);
    site(root, "old");
    let start = std::time::Instant::now();
    built(root, &[]);
    let whole = start.elapsed();
    let old = tree(&out);
    assert_ne!(old, new);

    let mut word = "new";
    let mut interrupted = 0;
    for attempt in 0..40u32 {
        site(root, word);
        let mut build = expound(root, &["build"]);
        build.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        let mut build = build.spawn().unwrap();
        // Moments from the start of the program to a little after its usual end.
        std::thread::sleep(whole.mul_f64(f64::from(attempt) / 36.0));
        if build.try_wait().unwrap().is_none() {
            interrupted += 1;
            build.kill().unwrap();
        }
        build.wait().unwrap();
        // What Git and the host keep there may still be beside the output; the next build brings it back.
        let without_kept = |tree: &std::collections::BTreeMap<String, Vec<u8>>| {
            let mut tree = tree.clone();
            tree.retain(|path, _| !path.starts_with(".git/"));
            tree
        };
        let found = without_kept(&tree(&out));
        assert!(found == without_kept(&old) || found == without_kept(&new), "attempt {attempt}: {:?}", found.keys());
        word = if word == "new" { "old" } else { "new" };
    }
    assert!(interrupted > 5, "only {interrupted} builds were interrupted");
    site(root, "new");
    built(root, &[]);
    assert_eq!(tree(&out), new);
    assert!(!root.join(".dist.expound").exists());
}

/// On a file system too small for the site. Only an administrator can make one.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_output_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let small = dir.path().join("small");
    fs::create_dir(&small).unwrap();
    let on_small = |args: &[&str]| {
        let mut command = std::process::Command::new(args[0]);
        command.args(&args[1..]).arg(&small).stderr(std::process::Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !on_small(&["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs"]) {
        eprintln!("skipped: it takes an administrator to make a small file system");
        return;
    }
    let root = dir.path().join("site");
    site(&root, "old");
    let out = small.join("dist");
    let first = build(&root, &["--out", out.to_str().unwrap()]);
    let before = tree(&out);
    write(&root.join("static/large.bin"), vec![7; 4 << 20]);
    let second = build(&root, &["--out", out.to_str().unwrap()]);
    let after = tree(&out);
    let left = small.join(".dist.expound").exists();
    assert!(on_small(&["umount"]));
    assert_eq!(first.status, 0, "{}", first.stderr);
    assert_eq!(second.status, 2, "{}", second.stderr);
    assert!(second.stderr.contains("no space left"), "{}", second.stderr);
    assert_eq!(after, before);
    assert!(!left, "the staged half is cleared away");
}

#[test]
fn the_same_bytes_everywhere() {
    let make = |folder: &str, environment: &[(&str, &str)], wait: u64| {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join(folder);
        let mut new = expound(dir.path(), &["new", folder]);
        new.envs(environment.iter().copied());
        assert_eq!(run(new).status, 0);
        std::thread::sleep(Duration::from_millis(wait));
        let mut build = expound(&root, &["build"]);
        build.envs(environment.iter().copied());
        let run = run(build);
        assert_eq!(run.status, 0, "{}", run.stderr);
        tree(&root.join("dist"))
    };
    let one = make("one", &[("TZ", "Pacific/Kiritimati"), ("LANG", "C"), ("RAYON_NUM_THREADS", "1")], 0);
    let two = make(
        "a folder of another length",
        &[("TZ", "Etc/GMT+12"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("RAYON_NUM_THREADS", "7")],
        1100,
    );
    assert!(one.len() > 5, "{:?}", one.keys());
    for (path, bytes) in &one {
        assert!(two.get(path) == Some(bytes), "{path} differs");
    }
    assert_eq!(one.len(), two.len());
}
