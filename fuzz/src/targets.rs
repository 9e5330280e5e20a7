//! What is done with any bytes, and what must hold of it: nothing panics, every finding has a place within its file
//! and can be printed, and whatever is made is what it says it is. `tests/fuzzed.rs` runs these over the kept inputs.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use expound::base::SourcePath;
use expound::bundle::{Output, Recipe};
use expound::load::import;
use expound::model::{Date, Day};
use expound::shell::report::{Format, Report};
use expound::shell::serve::{Guard, site_path};
use expound::world::{MemoryWorld, World};
use expound::{BuildOptions, Built, Severity, build};

/// What is done with an input.
pub type Target = fn(&[u8]);

/// Every target by its name, which is that of the folder of its inputs.
pub const TARGETS: &[(&str, Target)] = &[
    ("bibtex", |data| with("content/sources.bib", data)),
    ("chart", chart),
    ("csv", |data| one_of(&CSV, "csv", data)),
    ("dates", dates),
    ("front", |data| with("content/index.md", data)),
    ("guard", guard),
    ("hayagriva", |data| with("content/sources.yaml", data)),
    ("image", image),
    ("import", imported),
    ("json", |data| one_of(&RECORDS, "json", data)),
    ("markdown", markdown),
    ("script", |data| with("static/theme/own.js", data)),
    ("settings", |data| with("expound.toml", data)),
    ("site", site),
    ("strings", |data| with("i18n/en.ftl", data)),
    ("style", |data| with("static/theme/own.css", data)),
    ("template", |data| with("templates/section.html", data)),
    ("toml", |data| one_of(&RECORDS, "toml", data)),
    ("vector", |data| pictured("drawing.svg", data)),
    ("yaml", |data| one_of(&RECORDS, "yaml", data)),
];

const RECORDS: [&str; 8] = ["terms", "editions", "parties", "events", "facts", "comparisons", "changes", "sources"];
const CSV: [&str; 10] =
    ["terms", "editions", "parties", "events", "eras", "facts", "states", "effects", "changes", "compare-table"];

/// A small site that uses everything, so that what a broken file lacks is missed.
const SITE: &[(&str, &str)] = &[
    ("expound.toml", "title = \"Site\"\nbase_url = \"https://example.org/\"\n[markdown]\nraw_html = true\n"),
    (
        "content/index.md",
        "+++\ntitle = \"Case\"\nlayout = \"cards\"\n+++\n\nThe [[licence]] of [[fact:sum]], [[event:signed]] [@paper].\n",
    ),
    (
        "content/10-blocks.md",
        "# Blocks\n\n```{terms}\n```\n\n```{timeline}\n```\n\n```{effects}\n```\n\n```{compare}\n```\n\n```{compare}\nid = \"table\"\n```\n",
    ),
    (
        "content/terms.toml",
        "[[edition]]\nid = \"one\"\nlabel = \"One\"\ndate = \"2019\"\n\n[[edition]]\nid = \"two\"\nlabel = \"Two\"\ndate = \"2023-05\"\n\n\
         [[term]]\nid = \"licence\"\nname = \"Licence\"\ndefinition = \"A right.\"\n\
         [[term.state]]\nedition = \"one\"\nvalue = \"Exclusive\"\nsources = [\"paper\"]\n\
         effect = [{ party = \"reader\", direction = \"gains\" }]\n",
    ),
    ("content/parties.toml", "[[party]]\nid = \"reader\"\nname = \"Reader\"\n"),
    (
        "content/events.toml",
        "[[event]]\nid = \"signed\"\ndate = \"2019-07-22\"\ntitle = \"Signed\"\nterms = [\"licence\"]\n[[era]]\nlabel = \"Era\"\nstart = \"2019\"\n",
    ),
    ("content/facts.toml", "[[fact]]\nid = \"sum\"\nvalue = \"$1 billion\"\nsources = [\"paper\"]\n"),
    (
        "content/comparisons.toml",
        "[[comparison]]\nid = \"table\"\ntitle = \"Table\"\ncolumns = [{ id = \"a\", label = \"A\" }]\nrow = [{ label = \"Row\", cells = { a = \"one\" } }]\n",
    ),
    (
        "content/sources.toml",
        "[[source]]\nid = \"paper\"\ntitle = \"On things\"\ndate = \"2020\"\nurl = \"https://example.org/\"\n",
    ),
    ("templates/section.html", "{% extends \"builtin/page.html\" %}"),
];

fn small_site() -> MemoryWorld {
    let mut world = MemoryWorld::new(Day { year: 2026, month: 5, day: 1 });
    for (path, text) in SITE {
        world.write(path, *text);
    }
    world
}

/// The small site with `data` in place of one of its files, and of those that hold the same records.
fn with(path: &str, data: &[u8]) {
    let mut world = small_site();
    let stem = path.split_once('.').map_or(path, |(stem, _)| stem);
    world.files.retain(|file, _| file.as_str().split_once('.').is_none_or(|(other, _)| other != stem));
    world.write(path, data);
    whole(&world);
}

/// The first byte says which kind of records the rest is taken for.
fn one_of(stems: &[&str], extension: &str, data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    with(&format!("content/{}.{extension}", stems[usize::from(*first) % stems.len()]), rest);
}

/// The first byte says what the rest, a sheet or a timeline in JSON, is brought into a site as. What comes of it can be read.
fn imported(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let kinds: Vec<&str> = import::kinds().collect();
    let (kind, ending) = (kinds[usize::from(first / 2) % kinds.len()], ["csv", "json"][usize::from(first % 2)]);
    let mut world = MemoryWorld::new(Day { year: 2026, month: 5, day: 1 });
    let file = SourcePath::new(&format!("sheet.{ending}"));
    world.write(file.as_str(), rest);
    let bytes = world.files[&file].clone();
    import::recognised(&file, &bytes);
    let renamed = [("when".to_owned(), "date".to_owned()), ("x".to_owned(), String::new())];
    let (imported, findings) = import::import(&file, &bytes, kind, &renamed[..usize::from(first % 3)]);
    let report = Report::new(findings, |path| world.read(path).ok());
    assert!(!report.render(Format::Human, "").contains('\0'));
    let Some(imported) = imported else { return assert!(report.count().errors > 0) };
    world.write("content/index.md", "+++\ntitle = \"Case\"\n+++\n");
    let path = format!("content/{kind}.toml");
    world.write(&path, imported.toml.as_str());
    let built = build(&world, &BuildOptions::default());
    // Names of other records, and the dates of one beside another, are looked at there and not before.
    let unread = built.diagnostics.iter().find(|found| {
        found.span.file.as_str() == path
            && ["bad-syntax", "bad-value", "bad-date", "missing-key", "unknown-key"].contains(&found.rule.0)
            && found.severity == Severity::Error
    });
    assert!(unread.is_none(), "{unread:?} in {}", imported.toml);
}

/// The options of a chart; what comes after a line of `%` is its sheet.
fn chart(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (options, sheet) = text.split_once("\n%\n").unwrap_or((&text, "year,a\n2019,1\n2020,2\n"));
    let mut world = small_site();
    world.write("content/20-chart.md", format!("# Chart\n\n```{{chart}}\n{options}\n```\n"));
    world.write("content/sheet.csv", sheet);
    whole(&world);
}

/// The first byte says what kind of picture the rest is taken for.
fn image(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let extensions = ["png", "jpg", "webp", "gif", "avif"];
    pictured(&format!("photo.{}", extensions[usize::from(*first) % extensions.len()]), rest);
}

/// The small site with a picture in its text.
fn pictured(name: &str, data: &[u8]) {
    let mut world = small_site();
    world.write("content/20-picture.md", format!("# Picture\n\n![What it shows]({name})\n"));
    world.write(&format!("content/{name}"), data);
    whole(&world);
}

/// Text of a section; a first line of `%` takes what comes after it for an inline field of a record.
fn markdown(data: &[u8]) {
    let mut world = small_site();
    let text = String::from_utf8_lossy(data);
    let (text, field) = text.split_once("\n%\n").unwrap_or((&text, ""));
    world.write("content/20-text.md", format!("# Text\n\n{text}\n"));
    let quoted = serde_json::to_string(field).unwrap_or_default();
    world.write(
        "content/facts.json",
        format!("[{{\"id\": \"more\", \"label\": \"More\", \"value\": {quoted}, \"note\": {quoted}}}]"),
    );
    whole(&world);
}

/// Several files: between lines `-- PATH --` stands what is in them.
fn site(data: &[u8]) {
    let mut world = MemoryWorld::new(Day { year: 2026, month: 5, day: 1 });
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut path = String::from("content/index.md");
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        let heading = std::str::from_utf8(line).ok().map(str::trim_end);
        match heading.and_then(|line| line.strip_prefix("-- ")?.strip_suffix(" --")) {
            Some(heading) => heading.clone_into(&mut path),
            None => files.entry(path.clone()).or_default().extend_from_slice(line),
        }
    }
    for (path, bytes) in files {
        // What the disk could not hold is nothing that the world could show.
        let part = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\0', '\\']);
        if path.split('/').all(part) {
            world.write(&path, bytes);
        }
    }
    whole(&world);
}

/// A date that is read is written as a date that reads the same, and begins before it ends.
fn dates(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Date::parse(text) {
        Ok(date) => {
            let written = date.to_edtf();
            let again = Date::parse(&written);
            assert!(again.as_ref() == Ok(&date), "{text:?} is written {written:?}, which reads {again:?}");
            if let (Some(first), Some(last)) = (date.earliest(), date.latest()) {
                assert!(date.is_reversed() || first <= last, "{text:?} begins on {first:?} and ends on {last:?}");
            }
            assert!(date.overlaps(&date) || date.earliest().is_none() || date.is_reversed(), "{text:?}");
            let _ = (date.sort_key(), date.datetime_attr(), date.precision());
        }
        Err(error) => {
            assert!(!error.message.is_empty(), "{text:?} is no date, and nobody knows why");
        }
    }
}

/// What asks the preview: a `Host`, and a path. Nothing but its own names is let in, and no path leads out.
fn guard(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let guard = Guard { host: [127, 0, 0, 1].into(), names: vec!["desk.example".to_owned()], port: 4321 };
    let (host, path) = text.split_once('\n').unwrap_or((text, text));
    if guard.is_host(host) {
        let lower = host.to_ascii_lowercase();
        let own = ["localhost", "desk.example", "127.", "[::1]", "[::ffff:127.", "[::ffff:7f", "[0"];
        let is_own =
            own.iter().any(|name| lower.starts_with(name)) || lower.contains(".localhost") || lower.starts_with("[0");
        assert!(is_own || lower.starts_with('['), "{host:?} is let in");
        assert!(!host.contains(['/', '@', ' ', '\\', '?', '#']), "{host:?} is let in");
    }
    assert!(!guard.is_origin(host) || host.starts_with("http"), "{host:?} is a page of its own");
    if let Some(site) = site_path(path) {
        let parts: Vec<&str> = site.split('/').collect();
        assert!(parts.iter().all(|part| *part != ".." && *part != "."), "{path:?} leads to {site:?}");
        assert!(!site.starts_with('/') && !site.contains(['\\', '\0']), "{path:?} leads to {site:?}");
    }
}

static RUNS: AtomicUsize = AtomicUsize::new(0);

/// Builds a site whole, and looks at everything that comes of it.
fn whole(world: &MemoryWorld) {
    let built = build(world, &BuildOptions { drafts: true, ..BuildOptions::default() });
    told(world, &built);
    let broken = built.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    // A template is the site's own, and may hold what it likes.
    let own = world.files.iter().any(|(file, bytes)| file.as_str().starts_with("templates/") && bytes.contains(&0));
    // Pictures are drawn where there is time for it.
    let hurried = std::env::var_os("EXPOUND_FUZZ").is_none();
    for (path, output) in &built.bundle.files {
        let picture = path.ends_with(".png");
        if picture && hurried {
            continue;
        }
        let bytes = match output {
            Output::Bytes(bytes) => bytes.clone(),
            Output::Page(page) => match page.render() {
                Ok(bytes) => bytes,
                Err(faults) => {
                    assert!(!faults.is_empty(), "{path} can't be drawn, and nobody knows why");
                    told(
                        world,
                        &Built { bundle: expound::Bundle::default(), diagnostics: faults, base_path: "/".into() },
                    );
                    continue;
                }
            },
            Output::Copy(source) => {
                assert!(world.files.contains_key(source), "{path} is a copy of {source}, which isn't there");
                continue;
            }
            Output::Made(made) => {
                let source = world.files.get(&made.source);
                assert!(source.is_some(), "{path} is made of {}, which isn't there", made.source);
                // Pictures are drawn where there is time for it.
                let Some(source) = source.filter(|_| made.recipe == Recipe::Svg || !hurried) else { continue };
                let _ = made.decode(source).and_then(|pixels| made.make(source, pixels.as_ref()));
                continue;
            }
        };
        // A site with an error in it is not written; a NUL that was reported may stand in its pages.
        assert!(broken || own || picture || !bytes.contains(&0), "{path} holds a NUL");
        sound(path, &bytes);
    }
    // What is remembered of sites that never come again is forgotten; what every site has is used again.
    if RUNS.fetch_add(1, Ordering::Relaxed) % 16 == 15 {
        comemo::evict(8);
    }
}

/// Findings have places that are in their files, and can be printed.
fn told(world: &MemoryWorld, built: &Built) {
    for finding in &built.diagnostics {
        assert!(!finding.message.is_empty());
        for span in std::iter::once(&finding.span).chain(finding.labels.iter().map(|label| &label.span)) {
            let length = world.read(&span.file).map_or(0, |bytes| bytes.len());
            assert!(span.range().start <= span.range().end && span.range().end <= length, "{finding:?}");
        }
    }
    let report = Report::new(built.diagnostics.clone(), |path| world.read(path).ok());
    for format in [Format::Human, Format::Json, Format::Github] {
        let printed = report.render(format, "");
        let odd = printed.chars().find(|c| c.is_control() && *c != '\n' && *c != '\u{1b}');
        assert!(odd.is_none(), "{odd:?} is printed: {printed}");
    }
}

/// What is made is what its name says.
fn sound(path: &str, bytes: &[u8]) {
    let text = || std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "json" => {
            let value: Result<serde_json::Value, _> = serde_json::from_slice(bytes);
            assert!(value.is_ok(), "{path}: {value:?}");
        }
        "xml" | "svg" => well_formed(path, text()),
        "html" => {
            // In the head: what stands in the body may be the author's own HTML.
            let head = text().split("</head>").next().unwrap_or_default();
            for part in head.split("<script type=\"application/ld+json\">").skip(1) {
                let data = part.split("</script>").next().unwrap_or_default();
                let value: Result<serde_json::Value, _> = serde_json::from_str(data);
                assert!(value.is_ok(), "{path}: {value:?} in {data}");
            }
        }
        _ => {}
    }
}

fn well_formed(path: &str, text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let allowed =
        |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    assert!(text.chars().all(allowed), "{path} holds a character that XML can't");
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag)) => {
                for attribute in tag.attributes() {
                    assert!(attribute.is_ok(), "{path}: {attribute:?} in {text}");
                }
            }
            Ok(_) => {}
            Err(error) => panic!("{path}: {error} in {text}"),
        }
    }
}
