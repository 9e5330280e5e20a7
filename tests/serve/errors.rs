//! Mistakes: the last good pages stay, what is wrong is told, and it goes when it is fixed.

use std::fs;

use super::*;

const BROKEN: &str = "---\ntitle: [\n---\n\nBroken.\n";

#[test]
fn what_can_not_be_read_is_held_back() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    let mut tab = server.open("/");
    assert_eq!(tab.checked()["findings"], serde_json::json!([]));
    let first = server.get("/").bare();
    write(&content(&dir, "10-first.md"), BROKEN);
    let update = tab.wait("held back", |update| update["held_back"] == true);
    assert_eq!(update["html"], Value::Null);
    assert_eq!(update["etag"], server.embed("/")["etag"]);
    assert_eq!(update["findings"][0]["file"], "content/10-first.md", "errors of reading are told at once");
    assert_eq!(server.get("/").bare(), first);
    // A page that nobody has asked for yet is the last good one too.
    assert!(server.get("/energy/").text().contains("About energy."));
    // While an error is there, other changes wait.
    write(&content(&dir, "20-second.md"), "# Second\n\nZwei.\n");
    tab.wait("the next build", |later| later["build"].as_u64() > update["build"].as_u64());
    assert_eq!(server.get("/").bare(), first);
    server.wait_said("held back");
    write(&content(&dir, "10-first.md"), "# First\n\nEins.\n");
    let update = tab.wait("good again", |update| update["held_back"] == false);
    let html = update["html"].as_str().unwrap();
    assert!(html.contains("Eins.") && html.contains("Zwei."), "{html}");
    assert_eq!(html.as_bytes(), server.get("/").bare());
    assert_eq!(tab.checked()["findings"], serde_json::json!([]));
    server.wait_said("fixed");
}

#[test]
fn before_there_is_a_good_build_the_present_one_is_shown() {
    let dir = site();
    write(&content(&dir, "10-first.md"), BROKEN);
    let server = Server::start(dir.path(), &[]);
    let mut tab = server.open("/");
    let update = tab.checked();
    assert_eq!(update["held_back"], false);
    assert!(!rules(&update).is_empty());
    assert!(server.get("/").text().contains("The short answer."));
    server.wait_said("2 errors");
    write(&content(&dir, "20-second.md"), "# Second\n\nZwei.\n");
    server.wait_for("/", "Zwei.");
    write(&content(&dir, "10-first.md"), "# First\n\nEins.\n");
    server.wait_for("/", "Eins.");
}

#[test]
fn what_only_the_checks_find_is_shown() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    let mut tab = server.open("/");
    tab.checked();
    write(&content(&dir, "10-first.md"), "# First\n\nSee [[nothing]]. <b>Bold</b>\n");
    let update = tab.wait("the new page", |update| update["html"].is_string());
    assert_eq!((&update["held_back"], &update["checked"]), (&Value::Bool(false), &Value::Bool(false)));
    let update = tab.checked();
    assert!(rules(&update).contains(&"unknown-reference"), "{update:#}");
    assert_eq!(update["html"], Value::Null, "the page was sent before");
    server.wait_said("unknown-reference");
    let printed = crate::support::run(expound(dir.path(), &["check", "--format", "json"]));
    assert_eq!(update["findings"], serde_json::from_str::<Value>(&printed.stdout).unwrap());
    write(&content(&dir, "10-first.md"), "# First\n\nFixed.\n");
    tab.wait("no findings", |update| update["checked"] == true && rules(update).is_empty());
    server.wait_said("fixed");
}

#[test]
fn settings_with_a_mistake_are_held_back() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    let mut tab = server.open("/");
    write(&dir.path().join("expound.toml"), "title = \n");
    tab.wait("held back", |update| update["held_back"] == true);
    assert_eq!(server.get("/").status, 200);
    fs::remove_file(dir.path().join("expound.toml")).unwrap();
    tab.wait("without settings", |update| update["held_back"] == false);
    write(&dir.path().join("expound.toml"), "title = \"Site\"\nbase_url = \"https://example.org/sub/\"\n");
    wait("the new base path", || (server.get("/sub/").status == 200).then_some(()), || server.said());
}

#[test]
fn templates_with_a_mistake() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    let mut tab = server.open("/nothing/");
    let good = server.get("/404.html").bare();
    // One that can't be compiled holds the build back.
    write(&dir.path().join("templates/404.html"), "{% broken");
    tab.wait("held back", |update| update["held_back"] == true);
    assert_eq!(server.get("/404.html").bare(), good);
    // One that fails when it is drawn leaves the last good bytes of that page; the others go on.
    write(&dir.path().join("templates/404.html"), "<p>{{ nothing.at.all }}</p>");
    let update =
        tab.wait("the checks", |update| update["checked"] == true && rules(update).contains(&"template-error"));
    assert_eq!(update["held_back"], false);
    let answer = server.get("/404.html");
    assert_eq!((answer.status, answer.bare()), (200, good));
    write(&content(&dir, "10-first.md"), "# First\n\nEins.\n");
    server.wait_for("/", "Eins.");
    fs::remove_dir_all(dir.path().join("templates")).unwrap();
    tab.wait("fixed", |update| update["checked"] == true && rules(update).is_empty());
}

#[test]
fn a_page_that_never_could_be_drawn_says_so() {
    let dir = site();
    write(&dir.path().join("templates/404.html"), "<p>{{ nothing.at.all }}</p>");
    let server = Server::start(dir.path(), &[]);
    let answer = server.get("/404.html");
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("can’t be drawn"), "{}", answer.text());
    assert_eq!(answer.embed()["path"], "404.html");
    assert_eq!(server.get("/").status, 200);
    fs::remove_file(dir.path().join("templates/404.html")).unwrap();
    server.wait_until("/404.html", "the built-in page", |answer| answer.status == 200);
}
