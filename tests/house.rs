//! Holds the source tree to what ARCHITECTURE.md promises: arrows point down, and effects stay in the shell.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms and the rooms that they may import from, besides themselves. `lib` stands for the crate's root.
const ALLOWED: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("imaging", &["base"]),
    ("fonts", &["base"]),
    ("model", &["base", "fonts", "imaging"]),
    ("world", &["base", "model"]),
    ("bundle", &["base", "fonts", "imaging"]),
    ("load", &["base", "fonts", "imaging", "model", "world"]),
    ("resolve", &["base", "fonts", "model"]),
    ("check", &["base", "fonts", "imaging", "model", "world", "bundle"]),
    ("render", &["base", "fonts", "imaging", "model", "bundle"]),
    ("shell", &["base", "fonts", "imaging", "model", "world", "bundle", "lib"]),
];

fn sources(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    paths.sort();
    let read = |p: PathBuf| {
        let name = p.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(p).unwrap())
    };
    paths.into_iter().map(read).collect()
}

fn room(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

/// The rooms named by `crate::room` in code (not in comments), with line numbers.
fn imports(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or("");
        for (at, _) in code.match_indices("crate::") {
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = &code[at + 7..];
            if let Some(list) = rest.strip_prefix('{') {
                let names = list.split(['}', ',']).map(str::trim).filter(|n| !n.is_empty());
                found.extend(names.map(|n| (number + 1, n.split("::").next().unwrap().to_owned())));
            } else {
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                found.push((number + 1, name));
            }
        }
    }
    found
}

#[test]
fn imports_point_down() {
    let rooms: Vec<&str> = ALLOWED.iter().map(|(room, _)| *room).collect();
    let mut wrong = Vec::new();
    for (file, text) in files() {
        // Unit tests may make what they test in any way.
        if file.contains("/test") {
            continue;
        }
        let Some((from, allowed)) = ALLOWED.iter().find(|(r, _)| *r == room(&file)) else { continue };
        for (line, to) in imports(&text) {
            let target = if rooms.contains(&to.as_str()) || to == "cli" { to.as_str() } else { "lib" };
            if target != *from && !allowed.contains(&target) {
                wrong.push(format!("src/{file}:{line}: {from} imports {to}"));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that run upward:\n{}", wrong.join("\n"));
}

#[test]
fn effects_stay_in_the_shell() {
    let banned =
        ["std::fs", "std::env", "std::net", "std::process", "SystemTime", "Instant::now", "println!", "eprintln!"];
    let mut wrong = Vec::new();
    for (file, text) in files() {
        if matches!(room(&file), "shell" | "cli" | "main") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            if let Some(what) = banned.iter().find(|b| code.contains(**b)) {
                // Test modules may look at committed files.
                let in_tests = text.lines().take(number).any(|l| l.contains("#[cfg(test)]")) || file.contains("test");
                if !in_tests {
                    wrong.push(format!("src/{file}:{}: {what}", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "effects outside the shell:\n{}", wrong.join("\n"));
}

#[test]
fn templates_write_only_finished_html_unescaped() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut wrong = Vec::new();
    let mut stack = vec![root];
    while let Some(dir) = stack.pop() {
        for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                stack.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for (number, line) in text.lines().enumerate() {
                for (at, _) in line.match_indices("safe") {
                    let before = line[..at].trim_end();
                    let Some(value) = before.strip_suffix('|') else { continue };
                    let name: String =
                        value.trim_end().chars().rev().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    let name: String = name.chars().rev().collect();
                    if !name.ends_with("html") {
                        wrong.push(format!("{}:{}: `{name} | safe`", path.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "unescaped text in templates:\n{}", wrong.join("\n"));
}

#[test]
fn the_sites_of_this_repository_have_nothing_to_complain_about() {
    let root = crate::support::repository();
    for site in [root.to_owned(), root.join("examples/common-charger")] {
        let run = crate::support::run(crate::support::expound(&site, &["check", "--strict"]));
        assert_eq!(run.status, 0, "{}:\n{}", site.display(), run.stderr);
    }
}
