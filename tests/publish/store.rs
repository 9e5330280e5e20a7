//! A store of objects: what it holds after each run, and what a visitor sees during one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::proxy::{Fault, KEY, Proxy, Request, SECRET, Store};
use super::{Site, paths};
use crate::support::{self, Run, tree};

/// Files by their path.
type Tree = BTreeMap<String, Vec<u8>>;

/// A site, a store, and a proxy between them.
struct Setting {
    site: Site,
    store: Store,
}

impl Setting {
    /// With a store that keeps what lies beside the site.
    fn of(site: Site) -> Self {
        let store = Store::start(&site.beside("store"));
        Self { site, store }
    }

    fn new() -> Self {
        let site = Site::new("");
        fs::create_dir_all(site.beside("store/deal")).unwrap();
        for number in 1..=8 {
            site.write(&format!("content/{number}0-part-{number}.md"), "# A part\n\nWhat changed, in a part.\n");
            site.write(
                &format!("content/more-{number}/index.md"),
                &format!("+++\ntitle = \"More {number}\"\n+++\n\nMore.\n"),
            );
        }
        Self::of(site)
    }

    /// The folder in which the store keeps the objects of the site.
    fn objects(&self) -> PathBuf {
        self.site.beside("store/deal/v1")
    }

    fn settings(&self, proxy: &Proxy, more: &str, accent: &str) {
        self.site.write(
            "expound.toml",
            &format!(
                "base_url = \"https://example.org/deal/\"\n[theme]\naccent = \"{accent}\"\n[publish.store]\n\
                 kind = \"s3\"\nbucket = \"deal\"\nprefix = \"v1\"\nendpoint = \"http://{}\"\n{more}",
                proxy.address
            ),
        );
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.site.command(args);
        command.env("AWS_ACCESS_KEY_ID", KEY).env("AWS_SECRET_ACCESS_KEY", SECRET);
        command
    }

    fn publish(&self, args: &[&str]) -> Run {
        support::run(self.command(args))
    }

    fn published(&self, args: &[&str]) -> Run {
        let run = self.publish(args);
        assert_eq!(run.status, 0, "{}\n{}", run.stdout, run.stderr);
        run
    }

    fn json(&self, args: &[&str]) -> serde_json::Value {
        let all: Vec<&str> = ["--format", "json"].into_iter().chain(args.iter().copied()).collect();
        serde_json::from_str(&self.published(&all).stdout).unwrap()
    }

    /// What a build writes.
    fn built(&self) -> Tree {
        assert_eq!(support::run(support::expound(&self.site.root(), &["build"])).status, 0);
        tree(&self.site.root().join("dist"))
    }

    /// What is there must be what a build writes, and what is resting.
    fn assert_complete(&self) {
        self.assert_holds(&self.built());
    }

    fn assert_holds(&self, built: &Tree) {
        let there = tree(&self.objects());
        for (path, bytes) in built.iter().filter(|(path, _)| *path != ".expound-output") {
            assert!(there.get(path) == Some(bytes), "{path} differs");
        }
        let others: Vec<&String> = there.keys().filter(|path| !built.contains_key(*path)).collect();
        let rest = |path: &&&String| !path.starts_with("assets/") && **path != ".expound-manifest.json";
        assert_eq!(others.iter().filter(rest).count(), 0, "{others:?}");
    }
}

const BLUE: &str = "#0b5fff";
const GREEN: &str = "#0a6b3d";

#[test]
fn only_what_changed_is_sent_in_the_order_of_need() {
    let setting = Setting::new();
    let seen: Arc<Mutex<Vec<Request>>> = Arc::default();
    let note = seen.clone();
    let proxy = Proxy::start(setting.store.address, move |request| {
        let Request { method, path, head } = request;
        note.lock().unwrap().push(Request { method: method.clone(), path: path.clone(), head: head.clone() });
        Fault::None
    });
    setting.settings(&proxy, "", BLUE);
    let run = setting.published(&[]);
    assert_eq!(run.stdout, "https://example.org/deal/\n");
    setting.assert_complete();

    let all: Vec<Request> = seen.lock().unwrap().drain(..).collect();
    let put: Vec<&Request> = all.iter().filter(|request| request.method == "PUT").collect();
    let at = |what: &str| {
        let places: Vec<usize> = (0..put.len()).filter(|at| put[*at].path.contains(what)).collect();
        (*places.first().unwrap(), *places.last().unwrap())
    };
    assert!(at("/assets/").1 < at(".svg").0);
    assert!(at(".svg").1 < at(".html").0);
    assert!(at(".html").1 < at("sitemap.xml").0);
    let head = |what: &str| put.iter().find(|request| request.path.contains(what)).unwrap().head.to_lowercase();
    assert!(head("index.html").contains("content-type: text/html; charset=utf-8"));
    assert!(head("index.html").contains("cache-control: no-cache"));
    assert!(head("/assets/").contains("cache-control: public, max-age=31536000, immutable"));

    let run = setting.published(&[]);
    assert!(run.stderr.contains("nothing to do"), "{}", run.stderr);
    assert!(seen.lock().unwrap().drain(..).all(|request| request.method == "GET" || request.method == "HEAD"));

    setting.site.write("content/more-1/index.md", "+++\ntitle = \"More 1\"\n+++\n\nLess.\n");
    fs::remove_dir_all(setting.site.root().join("content/more-2")).unwrap();
    let told = setting.json(&[]);
    assert!(paths(&told["plan"]["changed"]).contains(&"more-1/index.html".to_owned()));
    assert!(!paths(&told["plan"]["changed"]).iter().any(|path| path.starts_with("more-3/")));
    assert!(paths(&told["plan"]["removed"]).contains(&"more-2/index.html".to_owned()));
    setting.assert_complete();
    let all: Vec<Request> = seen.lock().unwrap().drain(..).collect();
    let last_put = all.iter().rposition(|r| r.method == "PUT" && !r.path.contains("/.expound-")).unwrap();
    assert!(last_put < all.iter().position(|request| request.method == "DELETE").unwrap());
}

#[test]
fn styles_rest_for_a_day_before_they_go() {
    let setting = Setting::new();
    let proxy = Proxy::start(setting.store.address, |_| Fault::None);
    let styles = || -> Vec<String> {
        let all = tree(&setting.objects()).into_keys();
        all.filter(|path| path.starts_with("assets/style")).collect()
    };
    setting.settings(&proxy, "", BLUE);
    setting.published(&[]);
    let first = styles();
    setting.settings(&proxy, "", GREEN);
    setting.published(&[]);
    assert_eq!(styles().len(), 2);
    assert!(setting.published(&[]).stderr.contains("nothing to do"));
    let mut later = setting.command(&[]);
    later.env("SOURCE_DATE_EPOCH", "1777780000");
    assert_eq!(support::run(later).status, 0);
    assert_eq!(styles().len(), 1);
    assert_ne!(styles(), first);
}

#[test]
fn what_is_lost_or_foreign_there() {
    let setting = Setting::new();
    let proxy = Proxy::start(setting.store.address, |_| Fault::None);
    setting.settings(&proxy, "", BLUE);
    setting.published(&[]);
    support::write(&setting.objects().join("theirs.txt"), "not ours");
    fs::remove_file(setting.objects().join("logo.svg")).unwrap();
    let told = setting.json(&[]);
    assert_eq!(paths(&told["plan"]["new"]), ["logo.svg"]);
    assert_eq!(paths(&told["plan"]["removed"]), [""; 0]);
    assert!(told["result"]["what"].as_str().unwrap().contains("1 objects that expound didn't write"));

    // Without its notes, it compares what the store says of the contents.
    fs::remove_file(setting.objects().join(".expound-manifest.json")).unwrap();
    let told = setting.json(&["--dry-run"]);
    assert_eq!(told["plan"]["new"].as_array().unwrap().len() + told["plan"]["changed"].as_array().unwrap().len(), 0);
    support::write(&setting.objects().join(".expound-manifest.json"), "{\"of\": \"another program\"}");
    assert_eq!(setting.json(&["--dry-run"])["plan"]["changed"].as_array().unwrap().len(), 0);
    let told = setting.json(&["--replace", "--dry-run"]);
    assert_eq!(paths(&told["plan"]["removed"]), ["theirs.txt"]);
}

#[test]
fn many_removals_have_to_be_confirmed() {
    let setting = Setting::new();
    let proxy = Proxy::start(setting.store.address, |_| Fault::None);
    setting.settings(&proxy, "max_deletes = 2\n", BLUE);
    setting.published(&[]);
    let before = tree(&setting.objects());
    for number in 1..=3 {
        fs::remove_dir_all(setting.site.root().join(format!("content/more-{number}"))).unwrap();
    }
    let run = setting.publish(&[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("more than the 2 that `max_deletes` allows"), "{}", run.stderr);
    assert!(tree(&setting.objects()) == before);
    setting.published(&["--confirm"]);
    setting.assert_complete();
}

#[test]
fn without_or_with_wrong_keys_it_says_so() {
    let setting = Setting::new();
    let proxy = Proxy::start(setting.store.address, |_| Fault::None);
    setting.settings(&proxy, "", BLUE);
    let run = setting.site.publish(&[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("there is no key for the bucket `deal`"), "{}", run.stderr);

    let mut command = setting.command(&["--verbose"]);
    command.env("AWS_SECRET_ACCESS_KEY", "not-the-secret-at-all");
    let run = support::run(command);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("can't be read"), "{}", run.stderr);
    assert!(!run.stderr.contains("not-the-secret-at-all") && !run.stderr.contains(SECRET), "{}", run.stderr);

    // The file in which Amazon's own programs keep keys.
    let file = setting.site.beside("credentials");
    support::write(&file, format!("[work]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n"));
    let mut command = setting.site.command(&[]);
    command.env("AWS_SHARED_CREDENTIALS_FILE", &file).env("AWS_PROFILE", "work");
    let run = support::run(command);
    assert_eq!(run.status, 0, "{}", run.stderr);
    setting.assert_complete();
}

/// Looks at every page again and again, as readers do, until it is told to stop.
struct Visitor {
    stop: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<usize>>,
}

impl Visitor {
    fn start(objects: PathBuf) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = std::thread::spawn(move || {
            // A page that the author took away is the one thing that a visitor may miss.
            let stays = |page: &PathBuf| !page.to_string_lossy().contains("more-8");
            let mut pages = BTreeSet::new();
            let mut rounds = 0;
            while !stopped.load(Ordering::Relaxed) {
                pages.extend(tree_of_pages(&objects).into_iter().filter(stays));
                for page in &pages {
                    look_at(&objects, page);
                }
                rounds += 1;
                std::thread::sleep(Duration::from_millis(1));
            }
            rounds
        });
        Self { stop, thread: Some(thread) }
    }

    /// Fails if a page was ever other than whole.
    fn leave(mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let rounds = self.thread.take().unwrap().join().expect("every page was whole at every time");
        assert!(rounds > 0);
    }
}

fn tree_of_pages(objects: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(objects)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect()
}

fn look_at(objects: &Path, page: &Path) {
    let text = fs::read_to_string(page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
    assert!(text.trim_end().ends_with("</html>"), "{} is cut", page.display());
    for part in text.split("\"/deal/").skip(1) {
        let path = part.split('"').next().unwrap();
        if path.starts_with("assets/") {
            assert!(objects.join(path).is_file(), "{} lacks {path}", page.display());
        }
    }
}

/// A site that was published, and has other styles and texts since.
struct Changed {
    setting: Setting,
    built: Tree,
}

impl Changed {
    fn new() -> Self {
        let setting = Setting::new();
        let sound = Proxy::start(setting.store.address, |_| Fault::None);
        setting.settings(&sound, "", BLUE);
        setting.published(&[]);
        setting.settings(&sound, "", GREEN);
        fs::remove_dir_all(setting.site.root().join("content/more-8")).unwrap();
        setting.site.write("content/more-9/index.md", "+++\ntitle = \"More 9\"\n+++\n\nMore.\n");
        let built = setting.built();
        Self { setting, built }
    }
}

/// Publishes the changes, from a copy, while requests fail as `decide` says.
fn with_faults(
    changed: &Changed,
    what: &str,
    decide: impl Fn(&Request, usize) -> Fault + Send + Sync + 'static,
) -> (Run, usize) {
    let setting = Setting::of(changed.setting.site.copy());
    let sound = Proxy::start(setting.store.address, |_| Fault::None);
    let count = Arc::new(AtomicUsize::new(0));
    let counted = count.clone();
    let faulty = Proxy::start(setting.store.address, move |request| {
        let own = request.path.contains("/.expound-");
        let number = if matches!(request.method.as_str(), "GET" | "HEAD") || own {
            0
        } else {
            counted.fetch_add(1, Ordering::Relaxed) + 1
        };
        std::thread::sleep(Duration::from_millis(2));
        decide(request, number)
    });
    setting.settings(&faulty, "", GREEN);
    let gone = setting.objects().join("more-8/index.html");
    assert!(gone.exists());
    let visitor = Visitor::start(setting.objects());
    let run = setting.publish(&[]);
    visitor.leave();
    for page in tree_of_pages(&setting.objects()) {
        look_at(&setting.objects(), &page);
    }
    if run.status != 0 {
        assert_eq!(run.status, 2, "{what}: {}", run.stderr);
        assert!(run.stderr.contains("run `expound publish store` again"), "{what}: {}", run.stderr);
        setting.settings(&sound, "", GREEN);
        let again = setting.publish(&[]);
        assert_eq!(again.status, 0, "{what}: {}", again.stderr);
    }
    setting.assert_holds(&changed.built);
    assert!(!gone.exists());
    (run, count.load(Ordering::Relaxed))
}

#[test]
fn a_refusal_at_any_object_leaves_every_page_whole() {
    let changed = Changed::new();
    let (run, all) = with_faults(&changed, "no fault", |_, _| Fault::None);
    assert_eq!(run.status, 0, "{}", run.stderr);
    for at in (1..=all).step_by(5).chain([all]) {
        let (run, _) =
            with_faults(
                &changed,
                &format!("object {at}"),
                move |_, number| {
                    if number == at { Fault::Status(403) } else { Fault::None }
                },
            );
        assert_eq!(run.status, 2, "object {at} of {all}");
        assert!(!run.stderr.contains(SECRET));
    }
}

#[test]
fn passing_trouble_is_waited_out() {
    let changed = Changed::new();
    for fault in [Fault::Status(503), Fault::Cut, Fault::Silent] {
        let (run, _) = with_faults(&changed, &format!("{fault:?}"), move |_, number| {
            if number > 0 && number % 9 == 4 { fault } else { Fault::None }
        });
        assert_eq!(run.status, 0, "{fault:?}: {}", run.stderr);
    }
}

#[test]
fn lasting_trouble_ends_after_some_tries() {
    let changed = Changed::new();
    let lasting = |fault: Fault| {
        let what = format!("{fault:?} from object 12 on");
        let (run, _) = with_faults(&changed, &what, move |_, number| if number >= 12 { fault } else { Fault::None });
        assert_eq!(run.status, 2, "{fault:?}");
    };
    // Side by side, since each waits longer from try to try.
    std::thread::scope(|threads| {
        threads.spawn(|| lasting(Fault::Status(500)));
        lasting(Fault::Cut);
    });
}

const LOCK: &str = ".expound-lock.json";

#[test]
fn one_run_at_a_time() {
    let setting = Setting::new();
    let (begun, go_on) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (seen, waiting) = (begun.clone(), go_on.clone());
    let proxy = Proxy::start(setting.store.address, move |request| {
        if request.method == "PUT" && request.path.contains("/index.html") {
            seen.store(true, Ordering::Relaxed);
            while !waiting.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(10));
            }
        }
        Fault::None
    });
    setting.settings(&proxy, "", BLUE);
    let first = setting.command(&[]);
    let first = std::thread::spawn(move || support::run(first));
    while !begun.load(Ordering::Relaxed) {
        assert!(!first.is_finished(), "{}", first.join().unwrap().stderr);
        std::thread::sleep(Duration::from_millis(10));
    }
    let second = setting.publish(&[]);
    go_on.store(true, Ordering::Relaxed);
    let first = first.join().unwrap();
    assert_eq!(second.status, 2, "{}", second.stderr);
    assert!(
        second.stderr.contains("somebody else is publishing to the bucket `deal/v1/` right now"),
        "{}",
        second.stderr
    );
    assert_eq!(first.status, 0, "{}", first.stderr);
    setting.assert_complete();
    assert!(!setting.objects().join(LOCK).exists());
}

#[test]
fn a_plan_that_was_overtaken_is_not_carried_out() {
    let setting = Setting::new();
    let sound = Proxy::start(setting.store.address, |_| Fault::None);
    setting.settings(&sound, "", BLUE);
    // Both read the same settings, and find the store at an address of their own.
    let endpoint = format!("endpoint = \"http://{}\"\n", sound.address);
    let settings = setting.site.root().join("expound.toml");
    fs::write(&settings, fs::read_to_string(&settings).unwrap().replace(&endpoint, "")).unwrap();
    let command = |address| {
        let mut command = setting.command(&[]);
        command.env("AWS_ENDPOINT_URL", format!("http://{address}"));
        command
    };
    // While the first run takes hold, another begins and ends.
    let other = Mutex::new(Some(command(sound.address)));
    let proxy = Proxy::start(setting.store.address, move |request| {
        let other = if request.path.contains(LOCK) { other.lock().unwrap().take() } else { None };
        if let Some(other) = other {
            let run = support::run(other);
            assert_eq!(run.status, 0, "{}", run.stderr);
        }
        Fault::None
    });
    let run = support::run(command(proxy.address));
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("somebody else has published to the bucket `deal/v1/` meanwhile"), "{}", run.stderr);
    setting.assert_complete();
}

#[test]
fn what_a_run_has_left_behind_is_taken_over() {
    let setting = Setting::new();
    let proxy = Proxy::start(setting.store.address, |_| Fault::None);
    setting.settings(&proxy, "", BLUE);
    fs::create_dir_all(setting.objects()).unwrap();
    fs::write(setting.objects().join(LOCK), r#"{"expound_lock":1,"owner":"x","written":1700000000,"times":7}"#)
        .unwrap();
    let run = setting.published(&["--dry-run"]);
    assert!(!run.stderr.contains("left by a run"), "{}", run.stderr);
    let run = setting.published(&[]);
    assert!(run.stderr.contains("left by a run that didn't end"), "{}", run.stderr);
    setting.assert_complete();
    assert!(!setting.objects().join(LOCK).exists());
}

#[test]
fn a_store_that_can_not_keep_two_apart_says_so() {
    let setting = Setting::new();
    let proxy = Proxy::start(setting.store.address, |request| {
        if request.method == "PUT" && request.path.contains(LOCK) { Fault::Status(501) } else { Fault::None }
    });
    setting.settings(&proxy, "", BLUE);
    let run = setting.published(&[]);
    assert_eq!(run.stderr.matches("can't keep two publishers apart").count(), 1, "{}", run.stderr);
    setting.assert_complete();
}
