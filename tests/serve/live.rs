//! What open pages are told.

use super::*;

#[test]
fn a_page_is_told_what_is_other_on_it() {
    let dir = site();
    write(&content(&dir, "30-picture.md"), "# Picture\n\n![A picture](a%20b.svg)\n");
    write(&content(&dir, "a b.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>");
    let server = Server::start(dir.path(), &[]);
    let (mut first, mut other) = (server.open("/"), server.open("/energy/"));
    let hello = first.next();
    assert_eq!(hello["build"], 1);
    assert_eq!(hello["html"], Value::Null);
    assert_eq!(hello["run"], server.embed("/")["run"]);
    assert_eq!(hello["about"]["parts"][0]["place"]["file"], "content/index.md");
    other.next();
    write(&content(&dir, "10-first.md"), "# First\n\nEins.\n");
    let update = first.wait("the new page", |update| update["build"] == 2);
    let html = update["html"].as_str().unwrap();
    assert_eq!(html.as_bytes(), server.get("/").bare());
    assert_eq!(update["etag"], server.embed("/")["etag"]);
    assert_eq!(update["files"], serde_json::json!([]));
    let update = other.wait("the build", |update| update["build"] == 2);
    assert_eq!(update["html"], Value::Null, "that page is as it was");
    write(&content(&dir, "a b.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"></svg>");
    let update = first.wait("the picture", |update| update["build"] == 3);
    assert_eq!(update["files"], serde_json::json!(["/a%20b.svg"]));
    assert_eq!(first.checked()["files"], serde_json::json!([]), "told once");
}

#[test]
fn a_page_from_before_is_told_the_present_state() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    let old = server.embed("/");
    write(&content(&dir, "10-first.md"), "# First\n\nEins.\n");
    server.wait_for("/", "Eins.");
    let query = format!("?token={}", server.token());
    let mut socket = server.socket(&query, &[("Origin", &format!("http://{}", server.host()))]).unwrap();
    socket.send(Message::text(old.to_string())).unwrap();
    let update = Tab { socket, seen: Vec::new() }.next();
    assert!(update["html"].as_str().unwrap().contains("Eins."));
    // A page of an earlier run: the run is another, so it loads itself anew.
    let mut tab = server.open("/");
    tab.socket.close(None).unwrap();
    drop(server);
    let again = Server::start(dir.path(), &[]);
    assert_ne!(again.embed("/")["run"], old["run"]);
}

#[test]
fn a_page_that_goes_and_comes() {
    let dir = site();
    let server = Server::start(dir.path(), &[]);
    let mut tab = server.open("/energy/");
    tab.next();
    std::fs::rename(content(&dir, "energy"), dir.path().join("away")).unwrap();
    tab.wait("the page is gone", |update| update["etag"] == Value::Null);
    let mut waiting = server.open("/energy/");
    assert_eq!(waiting.next()["etag"], Value::Null);
    std::fs::rename(dir.path().join("away"), content(&dir, "energy")).unwrap();
    waiting.wait("the page", |update| update["html"].as_str().is_some_and(|html| html.contains("About energy.")));
    let back = tab.wait("the page is back", |update| update["etag"] != Value::Null);
    assert_eq!(back["html"], Value::Null, "it still shows the same");
}

#[test]
fn follows_the_author_when_asked_to() {
    let dir = site();
    let server = Server::start(dir.path(), &["--follow"]);
    let mut tab = server.open("/");
    assert_eq!(tab.next()["follow"], Value::Null);
    write(&content(&dir, "energy/coal.md"), "# Coal\n\nDark.\n");
    let update = tab.wait("the edit", |update| update["build"] == 2);
    assert_eq!(update["follow"], "/energy/#coal");
    assert_eq!(tab.checked()["follow"], Value::Null, "once");
    let server = Server::start(dir.path(), &[]);
    let mut tab = server.open("/");
    tab.next();
    write(&content(&dir, "energy/coal.md"), "# Coal\n\nBlack.\n");
    assert_eq!(tab.wait("the edit", |update| update["build"] == 2)["follow"], Value::Null);
}

#[test]
fn nobody_waits_for_a_page_that_does_not_read() {
    let dir = site();
    write(&content(&dir, "10-first.md"), format!("# First\n\n{}\n", "Many words. ".repeat(20_000)));
    let server = Server::start(dir.path(), &[]);
    // Connected, and never read.
    let _silent: Vec<Tab> = (0..4).map(|_| server.open("/")).collect();
    for n in 0..40 {
        let text = format!("# First\n\nRound {n}. {}\n", "Many words. ".repeat(20_000));
        write(&content(&dir, "10-first.md"), text);
        server.wait_for("/", &format!("Round {n}."));
    }
    let mut tab = server.open("/");
    assert_eq!(tab.next()["html"], Value::Null, "a page that reads gets the present state at once");
}
