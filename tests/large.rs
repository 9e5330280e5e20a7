//! Little that makes much: what is named or shown in many places is written out in each, so a small site may ask for pages
//! of gigabytes, or for more findings than memory holds. Each ends in words, soon, and with little memory.

use expound::model::Day;
use expound::world::MemoryWorld;
use expound::{BuildOptions, build};

use crate::support::{Run, expound, run, write};

/// The files of a case have some kilobytes, at most a few megabytes.
const MOST_MEMORY: u64 = 400 << 20;

/// What makes up the files of a site, and what it is told.
type Case = (&'static str, &'static str, fn() -> Vec<(&'static str, String)>);

fn text(text: String) -> (&'static str, String) {
    ("content/10-text.md", format!("# Text\n\n{text}\n"))
}

fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).map(line).collect()
}

fn long() -> String {
    "long ".repeat(20_000)
}

fn editions(n: usize) -> (&'static str, String) {
    ("content/editions.csv", format!("id,label,date\n{}", lines(n, |i| format!("e{i},E{i},{}\n", 1900 + i % 100))))
}

fn terms(n: usize) -> (&'static str, String) {
    ("content/terms.csv", format!("id,name,definition\n{}", lines(n, |i| format!("t{i},Term {i},What.\n"))))
}

const CASES: &[Case] = &[
    ("a fact", "long-page", || {
        let fact = format!("[[fact]]\nid = \"f\"\nvalue = \"{}\"\n", long());
        vec![("content/facts.toml", fact), text("[[fact:f]] ".repeat(10_000))]
    }),
    ("a fact in a definition", "long-page", || {
        let fact = format!("[[fact]]\nid = \"f\"\nvalue = \"{}\"\n", long());
        let term = format!("[[term]]\nname = \"T\"\ndefinition = \"{}\"\n", "[[fact:f]] ".repeat(10_000));
        vec![("content/facts.toml", fact), ("content/terms.toml", term)]
    }),
    ("a fact in a standfirst", "long-page", || {
        let fact = format!("[[fact]]\nid = \"f\"\nvalue = \"{}\"\n", long());
        let words = "[[fact:f]] ".repeat(10_000);
        let section = format!("+++\ntitle = \"T\"\nstandfirst = \"{words}\"\n+++\n\nWords.\n");
        vec![("content/facts.toml", fact), ("content/10-text.md", section)]
    }),
    ("a fact in what changed", "long-page", || {
        let fact = format!("[[fact]]\nid = \"f\"\nvalue = \"{}\"\n", long());
        let change = format!(
            "[[change]]\ndate = \"2026-01-01\"\nkind = \"update\"\nnote = \"{}\"\n",
            "[[fact:f]] ".repeat(10_000)
        );
        vec![("content/facts.toml", fact), ("content/changes.toml", change)]
    }),
    ("the name of a term", "long-page", || {
        let term = format!("[[term]]\nid = \"t\"\nname = \"{}\"\ndefinition = \"What.\"\n", long());
        vec![("content/terms.toml", term), text("[[t]] ".repeat(10_000))]
    }),
    ("the title of an event", "long-page", || {
        let event = format!("[[event]]\nid = \"v\"\ndate = \"2020\"\ntitle = \"{}\"\n", long());
        vec![("content/events.toml", event), text("[[event:v]] ".repeat(10_000))]
    }),
    ("who published a source", "long-page", || {
        let source = format!("[[source]]\nid = \"s\"\ntitle = \"S\"\npublisher = \"{}\"\n", long());
        vec![("content/sources.toml", source), text("Words [@s]. ".repeat(10_000))]
    }),
    ("the title of a text", "long-page", || {
        let other = format!("# {}\n\nWords.\n", long());
        vec![("content/20-other.md", other), text("[[section:other]] ".repeat(10_000))]
    }),
    ("terms and editions", "long-page", || vec![editions(3_000), terms(3_000)]),
    ("a state that was the last known", "long-page", || {
        let states = format!("term,edition,value\nt0,e0,{}\n", long());
        vec![editions(1_000), terms(1), ("content/states.csv", states)]
    }),
    ("states of a term", "long-page", || {
        let term = format!("[[term]]\nid = \"t\"\nname = \"{}\"\ndefinition = \"What.\"\n", long());
        let states = format!("term,edition,value\n{}", lines(1_000, |i| format!("t,e{i},x\n")));
        vec![editions(1_000), ("content/terms.toml", term), ("content/states.csv", states)]
    }),
    ("terms of events", "long-page", || {
        let term = format!("[[term]]\nid = \"t\"\nname = \"{}\"\ndefinition = \"What.\"\n", long());
        let events = format!("date,title,terms\n{}", lines(1_000, |i| format!("2020,Event {i},t\n")));
        vec![("content/terms.toml", term), ("content/events.csv", events)]
    }),
    ("terms and parties", "long-page", || {
        let parties = format!("id,name\n{}", lines(3_000, |i| format!("p{i},Party {i}\n")));
        let states = format!("term,edition,value\n{}", lines(3_000, |i| format!("t{i},e0,x\n")));
        let effects = format!("term,edition,party,direction\n{}", lines(3_000, |i| format!("t{i},e0,p{i},gains\n")));
        vec![
            editions(1),
            terms(3_000),
            ("content/parties.csv", parties),
            ("content/states.csv", states),
            ("content/effects.csv", effects),
        ]
    }),
    ("rows and columns", "long-page", || {
        let columns = lines(3_000, |i| format!("{{ id = \"c{i}\", label = \"C{i}\" }}, "));
        let rows = lines(3_000, |i| format!("[[comparison.row]]\nlabel = \"R{i}\"\n"));
        let table = format!("[[comparison]]\nid = \"a\"\ntitle = \"A\"\ncolumns = [{columns}]\n{rows}");
        vec![("content/comparisons.toml", table)]
    }),
    ("timelines", "long-page", || {
        let events = format!("date,title\n{}", lines(1_000, |i| format!("{},Event {i}\n", 1900 + i % 100)));
        vec![("content/events.csv", events), text("```{timeline}\n```\n\n".repeat(1_000))]
    }),
    ("term sheets", "long-page", || vec![editions(30), terms(100), text("```{compare}\n```\n\n".repeat(3_000))]),
    ("lists of sources", "long-page", || {
        let sources = format!("id,title\n{}", lines(2_000, |i| format!("s{i},Source {i}\n")));
        vec![("content/sources.csv", sources), text("```{sources}\n```\n\n".repeat(3_000))]
    }),
    ("lists of what changed", "long-page", || {
        let changes = format!("date,kind,note\n{}", lines(2_000, |i| format!("2026-01-01,update,Note {i}\n")));
        vec![("content/changes.csv", changes), text("```{changes}\n```\n\n".repeat(3_000))]
    }),
    ("charts of a sheet", "long-page", || {
        let sheet = format!("year,a,b,c\n{}", lines(2_000, |i| format!("{i},{i},{i},{i}\n")));
        let chart = "```{chart}\ntitle = \"T\"\nkind = \"line\"\ndata = \"s.csv\"\n```\n\n";
        vec![("content/s.csv", sheet), text(chart.repeat(300))]
    }),
    ("rows of a chart", "bad-value", || {
        let sheet = format!("year,a\n{}", lines(100_000, |i| format!("{i},{i}\n")));
        let chart = "```{chart}\ntitle = \"T\"\nkind = \"line\"\ndata = \"s.csv\"\n```\n\n";
        vec![("content/s.csv", sheet), text(chart.repeat(20))]
    }),
    ("unknown columns", "unknown-column", || {
        let columns = lines(3_000, |i| format!("{{ id = \"c{i}\", label = \"C{i}\" }}, "));
        let cells = lines(3_000, |i| format!("u{i} = \"x\"\n"));
        let table = format!(
            "[[comparison]]\nid = \"a\"\ntitle = \"A\"\ncolumns = [{columns}]\n[[comparison.row]]\nlabel = \"R\"\n[comparison.row.cells]\n{cells}"
        );
        vec![("content/comparisons.toml", table)]
    }),
    ("a row without cells", "long-page", || {
        let columns = lines(3_000, |i| format!("{{ id = \"c{i}\", label = \"C{i}\" }}, "));
        let table = format!(
            "[[comparison]]\nid = \"a\"\ntitle = \"A\"\ncolumns = [{columns}]\n[[comparison.row]]\nlabel = \"{}\"\n",
            long()
        );
        vec![("content/comparisons.toml", table)]
    }),
];

#[test]
fn what_grows_by_a_product_is_refused() {
    let only = std::env::var("ONLY").unwrap_or_default();
    let mut wrong = Vec::new();
    for (name, told, make) in CASES.iter().filter(|(name, ..)| only.is_empty() || only.contains(name)) {
        let dir = tempfile::tempdir().unwrap();
        write(&dir.path().join("expound.toml"), "title = \"Case\"\n");
        write(&dir.path().join("content/index.md"), "+++\ntitle = \"Case\"\n+++\n\nThe answer.\n");
        for (path, text) in make() {
            write(&dir.path().join(path), text);
        }
        let start = std::time::Instant::now();
        let Run { status, stderr, memory, .. } = run(expound(dir.path(), &["check"]));
        if std::env::var_os("SURVEY").is_some() {
            eprintln!("{name}: {:?}, {} MB", start.elapsed(), memory >> 20);
        }
        let refused = status == 1 && stderr.contains(&format!("error[{told}]"));
        if !refused || memory > MOST_MEMORY {
            let first: String = stderr.lines().take(8).map(|line| format!("  {line}\n")).collect();
            wrong.push(format!("{name}: status {status}, {} MB\n{first}", memory >> 20));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Each fact stands in the note of the one before: they are gone through without a level of the stack for each.
#[test]
fn facts_that_name_each_other_need_little_stack() {
    const MANY: usize = 4_000;
    let facts = lines(MANY, |i| {
        format!("[[fact]]\nid = \"f{i}\"\nvalue = \"{i}\"\nnote = \"See [[fact:f{}]].\"\n", (i + 1) % MANY)
    });
    let mut world = MemoryWorld::new(Day { year: 2026, month: 5, day: 1 });
    world.write("content/index.md", "+++\ntitle = \"Case\"\n+++\n\nThe answer: [[fact:f0]].\n");
    world.write("content/facts.toml", facts);
    let small = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(1 << 20).build().unwrap();
    let built = small.install(|| build(&world, &BuildOptions::default()));
    let used = |found: &&expound::base::Diagnostic| found.rule == expound::base::rules::UNUSED_FACT;
    assert_eq!(built.diagnostics.iter().filter(used).count(), 0);
}
