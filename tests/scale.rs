//! Twice as much takes little more than twice as long, whatever there is twice as much of: a text that takes the square
//! of its length would stop a newsroom's build, or let one file stop that of all others.
//!
//! Time is that of the processor, with all work in one thread, so that what else the machine does hardly counts. It is the
//! best of a few runs, and a ratio that is too high is measured again: other work makes a run slower, never faster.

use std::time::Duration;

use expound::bundle::Output;
use expound::model::Day;
use expound::shell::report::{Format, Report};
use expound::world::{MemoryWorld, World};
use expound::{BuildOptions, build};
use rayon::ThreadPool;

/// What there is `n` of, as the files of a site.
type Make = fn(usize) -> Vec<(&'static str, String)>;

fn text(text: String) -> Vec<(&'static str, String)> {
    vec![("content/10-text.md", format!("# Text\n\n{text}\n"))]
}

fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).map(line).collect()
}

const TERMS: &str = "[[edition]]\nid = \"a\"\nlabel = \"A\"\ndate = \"2020\"\n";

/// Each with how many are tried; twice as many after that.
const KINDS: &[(&str, usize, Make)] = &[
    ("quotations within each other", 2_000, |n| text(">".repeat(n))),
    ("brackets", 4_000, |n| text("[".repeat(n))),
    ("pairs of brackets", 4_000, |n| text(format!("{}a{}", "[".repeat(n), "](b)".repeat(n)))),
    ("braces", 20_000, |n| text("{".repeat(n))),
    ("ends of brackets", 10_000, |n| text("](".repeat(n))),
    ("phrases in another language", 2_000, |n| text("[a]{lang=de} ".repeat(n))),
    ("almost phrases", 1_000, |n| text("[a]{lan=de} ".repeat(n))),
    ("stars", 4_000, |n| text(format!("{}a{}", "*a ".repeat(n), "*".repeat(n)))),
    ("lists within each other", 150, |n| text(lines(n, |i| format!("{}- a\n", "  ".repeat(i))))),
    ("items", 2_000, |n| text(lines(n, |i| format!("- item {i}\n")))),
    ("a line of words", 20_000, |n| text("word ".repeat(n))),
    ("a word", 200_000, |n| text("w".repeat(n))),
    ("paragraphs", 1_000, |n| text(lines(n, |i| format!("Paragraph {i}, “quoted”.\n\n")))),
    ("headings", 500, |n| text(lines(n, |_| "## Same\n\n".to_owned()))),
    ("footnotes", 500, |n| text(lines(n, |i| format!("Text[^{i}].\n\n[^{i}]: Note.\n\n")))),
    ("uses of a footnote", 1_000, |n| text(format!("{}\n\n[^a]: Note.", "Text[^a]. ".repeat(n)))),
    ("rows of a table", 1_000, |n| text(format!("| a | b |\n|---|---|\n{}", "| [[licence]] | 2 |\n".repeat(n)))),
    ("columns of a table", 1_000, |n| {
        text(format!("{}\n{}\n{}\n", "| a ".repeat(n), "|---".repeat(n), "| b ".repeat(n)))
    }),
    ("citations of one source", 1_000, |n| text("Text [@paper]. ".repeat(n))),
    ("links", 1_000, |n| text("[a](index.md) https://example.org/ [[licence]] ".repeat(n))),
    ("blocks", 40, |n| text("```{timeline}\n```\n\n```{compare}\n```\n\n".repeat(n))),
    ("code", 300, |n| text(format!("```rust\n{}```\n", "fn main() { let x = \"y\"; }\n".repeat(n)))),
    ("terms in a text", 400, |n| {
        let terms = lines(n, |i| format!("[[term]]\nname = \"Name {i} of\"\ndefinition = \"What.\"\n"));
        let uses = lines(n, |i| format!("The name {i} of it. "));
        vec![("content/terms.toml", format!("{TERMS}{terms}")), ("content/10-text.md", format!("# Text\n\n{uses}\n"))]
    }),
    ("sources cited", 400, |n| {
        let sources = lines(n, |i| format!("[[source]]\nid = \"s{i}\"\ntitle = \"Source {i}\"\ndate = \"2020\"\n"));
        let uses = lines(n, |i| format!("Text [@s{i}]. "));
        vec![("content/sources.toml", sources), ("content/10-text.md", format!("# Text\n\n{uses}\n"))]
    }),
    ("facts used", 400, |n| {
        let facts = lines(n, |i| format!("[[fact]]\nid = \"f{i}\"\nvalue = \"{i}\"\n"));
        let uses = lines(n, |i| format!("[[fact:f{i}]] "));
        vec![("content/facts.toml", facts), ("content/10-text.md", format!("# Text\n\n{uses}\n"))]
    }),
    ("events", 200, |n| {
        let events = lines(n, |i| format!("{}-{:02}-01,Event {i},paper\n", 1900 + i / 12, 1 + i % 12));
        vec![("content/events.csv", format!("date,title,sources\n{events}"))]
    }),
    ("eras", 100, |n| {
        vec![(
            "content/eras.csv",
            format!("label,start,end\n{}", lines(n, |i| format!("Era {i},{},{}\n", 1900 + i % 90, 1999))),
        )]
    }),
    ("states", 200, |n| {
        let states = lines(n, |i| {
            format!(
                "[[term]]\nname = \"Term {i}\"\ndefinition = \"x\"\n[[term.state]]\nedition = \"a\"\nvalue = \"v\"\nsources = [\"paper\"]\n"
            )
        });
        vec![
            ("content/terms.toml", format!("{TERMS}{states}")),
            ("content/10-text.md", "# Text\n\n```{compare}\n```\n".to_owned()),
        ]
    }),
    ("editions", 20, |n| {
        let editions = lines(n, |i| format!("[[edition]]\nid = \"e{i}\"\nlabel = \"E{i}\"\ndate = \"{}\"\n", 1900 + i));
        let states =
            lines(n, |i| format!("[[term.state]]\nedition = \"e{i}\"\nvalue = \"v{i}\"\nsources = [\"paper\"]\n"));
        vec![
            (
                "content/terms.toml",
                format!("{editions}[[term]]\nname = \"Licence\"\nid = \"licence\"\ndefinition = \"x\"\n{states}"),
            ),
            ("content/10-text.md", "# Text\n\n```{compare}\n```\n".to_owned()),
        ]
    }),
    ("changes", 300, |n| {
        vec![(
            "content/changes.csv",
            format!("date,kind,note\n{}", lines(n, |i| format!("2020-01-02,correction,Note {i}\n"))),
        )]
    }),
    ("rows of a chart", 300, |n| {
        vec![
            (
                "content/10-text.md",
                "# Text\n\n```{chart}\ntitle = \"T\"\nsources = [\"paper\"]\nkind = \"line\"\ndata = \"s.csv\"\n```\n"
                    .to_owned(),
            ),
            ("content/s.csv", format!("year,a\n{}", lines(n, |i| format!("{},{i}\n", 1000 + i)))),
        ]
    }),
    ("columns of a sheet", 500, |n| {
        let sheet = format!("id,value{}\na,1{}\n", lines(n, |i| format!(",c{i}")), ",".repeat(n));
        vec![("content/facts.csv", sheet)]
    }),
    ("faults in a sheet", 500, |n| {
        vec![("content/facts.csv", format!("id,value\n{}", lines(n, |i| format!("A b{i},\n"))))]
    }),
    ("faults in a text", 500, |n| text(lines(n, |i| format!("[[nothing-{i}]] [@none-{i}]\n\n")))),
    ("faults in a line", 400, |n| text(lines(n, |i| format!("[[nothing-{i}]] words to make it longer ")))),
    ("unknown names among terms", 800, |n| {
        let terms = lines(n, |i| format!("t{i},Term {i},What.\n"));
        let uses = lines(n, |i| format!("[[u{i}]]\n\n"));
        vec![
            ("content/terms.toml", TERMS.to_owned()),
            ("content/terms.csv", format!("id,name,definition\n{terms}")),
            ("content/10-text.md", format!("# Text\n\n{uses}\n")),
        ]
    }),
    ("states of unknown terms", 400, |n| {
        let terms = lines(n, |i| format!("t{i},Term {i},What.\n"));
        let states = lines(n, |i| format!("u{i},a,x\n"));
        vec![
            ("content/terms.toml", TERMS.to_owned()),
            ("content/terms.csv", format!("id,name,definition\n{terms}")),
            ("content/states.csv", format!("term,edition,value\n{states}")),
        ]
    }),
    ("unknown groups", 800, |n| {
        let terms = lines(n, |i| format!("t{i},Term {i},What.,Group {i}\n"));
        let groups = lines(n, |i| format!("\"None {i}\", "));
        vec![
            ("content/terms.csv", format!("id,name,definition,group\n{terms}")),
            ("content/10-text.md", format!("# Text\n\n```{{terms}}\ngroups = [{groups}]\n```\n")),
        ]
    }),
    ("links to headings that aren't there", 400, |n| {
        let headings = lines(n, |i| format!("## Part {i}\n\n"));
        let links = lines(n, |i| format!("[a](20-other.md#no-{i})\n\n"));
        vec![
            ("content/20-other.md", format!("# Other\n\n{headings}")),
            ("content/10-text.md", format!("# Text\n\n{links}\n")),
        ]
    }),
    ("terms that name each other", 1_000, |n| {
        let term = |i: usize| {
            let (at, next) = (n - i, (n - i).max(2) - 1);
            format!("[[term]]\nid = \"t{at}\"\nname = \"N {at}\"\ndefinition = \"See [[t{next}]].\"\n")
        };
        vec![("content/terms.toml", lines(n, term)), ("content/10-text.md", format!("# Text\n\n[[t{n}]]\n"))]
    }),
    ("JSON within JSON", 20_000, |n| vec![("content/facts.json", "[".repeat(n))]),
    ("TOML within TOML", 5_000, |n| vec![("content/facts.toml", format!("a = {}", "[".repeat(n)))]),
    ("dotted keys", 5_000, |n| vec![("content/facts.toml", format!("{}a = 1", "a.".repeat(n)))]),
    ("tables of TOML", 2_000, |n| vec![("content/facts.toml", lines(n, |i| format!("[a{i}]\n")))]),
    ("YAML within YAML", 5_000, |n| vec![("content/facts.yaml", "[".repeat(n))]),
    ("YAML by indentation", 400, |n| vec![("content/facts.yaml", lines(n, |i| format!("{}a:\n", " ".repeat(i))))]),
    ("anchors of YAML", 1_000, |n| vec![("content/facts.yaml", format!("- &a [x]\n{}", "- *a\n".repeat(n)))]),
    ("braces of BibTeX", 10_000, |n| vec![("content/sources.bib", format!("@book{{a, title = {}", "{".repeat(n)))]),
    ("entries of BibTeX", 200, |n| {
        vec![("content/sources.bib", lines(n, |i| format!("@book{{b{i}, title = {{T}}, date = {{2020}}}}\n")))]
    }),
    ("strings of BibTeX", 500, |n| vec![("content/sources.bib", lines(n, |i| format!("@string{{s{i} = \"x\"}}\n")))]),
    ("cells of a row", 2_000, |n| vec![("content/facts.csv", format!("id,value\na,{}", ",".repeat(n)))]),
    ("quotes of CSV", 10_000, |n| vec![("content/facts.csv", format!("id,value\na,\"{}\"", "\"\"".repeat(n)))]),
    ("sections", 40, |n| {
        vec![(
            "content/index.md",
            format!("+++\ntitle = \"T\"\n+++\n{}", lines(n, |i| format!("\n## Part {i}\n\nWords.\n"))),
        )]
    }),
    ("style rules", 300, |n| vec![("static/theme/own.css", lines(n, |i| format!(".a{i} {{ color: red }}\n")))]),
    ("lines of script", 300, |n| vec![("static/theme/own.js", lines(n, |i| format!("document.title = \"{i}\";\n")))]),
    ("texts of the interface", 500, |n| vec![("i18n/en.ftl", lines(n, |i| format!("own-{i} = Text\n")))]),
    ("rules within rules", 20_000, |n| vec![("static/theme/own.css", "@media (width: 1px) { ".repeat(n))]),
    ("sums within sums", 20_000, |n| vec![("static/theme/own.css", format!("a {{ width: {}", "calc(".repeat(n)))]),
    ("colours within colours", 20_000, |n| {
        let colour = format!("{}red{}", "color-mix(in srgb, red, ".repeat(n), ")".repeat(n));
        vec![("expound.toml", format!("title = \"Site\"\n[theme]\naccent = \"{colour}\"\n"))]
    }),
    ("brackets of a script", 10_000, |n| {
        vec![("static/theme/own.js", format!("x = {}{}", "[".repeat(n), "]".repeat(n)))]
    }),
    ("signs of a script", 10_000, |n| vec![("static/theme/own.js", format!("x = {}1", "!".repeat(n)))]),
    ("braces of the interface", 20_000, |n| vec![("i18n/en.ftl", format!("own = {}", "{ F(".repeat(n)))]),
    ("references of BibTeX", 200, |n| {
        let entry = |i| format!("@book{{b{i}, title = {{T}}, xdata = {{b{}, b{}}}}}\n", i + 1, i + 1);
        vec![("content/sources.bib", lines(n, entry))]
    }),
    ("abbreviations of BibTeX", 1_000, |n| {
        let long = format!("@string{{a = \"{}\"}}\n", "a".repeat(n));
        vec![("content/sources.bib", format!("{long}@book{{b, title = a{}}}\n", " # a".repeat(n)))]
    }),
    ("brackets of a template", 20_000, |n| {
        vec![("templates/section.html", format!("{{{{ {}1{} }}}}", "(".repeat(n), ")".repeat(n)))]
    }),
    ("loops of a template", 200, |n| vec![("templates/section.html", "{% if true %}{{ 1 + 1 }}{% endif %}".repeat(n))]),
    ("other names", 500, |n| {
        let names = lines(n, |i| format!("\"name {i}\", "));
        vec![(
            "content/terms.toml",
            format!("{TERMS}[[term]]\nname = \"Licence\"\naliases = [{names}]\ndefinition = \"x\"\n"),
        )]
    }),
];

/// As much stack as the program's own threads have.
const STACK: usize = 64 << 20;

/// For how long the processor has worked in this thread.
#[cfg(unix)]
fn worked() -> Duration {
    nix::time::clock_gettime(nix::time::ClockId::CLOCK_THREAD_CPUTIME_ID).unwrap().into()
}

#[cfg(not(unix))]
fn worked() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    BEGUN.elapsed()
}

/// Builds the site, draws all of it, and says what is wrong; the best time of a few runs.
fn time(alone: &ThreadPool, make: Make, n: usize, runs: usize) -> Duration {
    let files = make(n);
    let mut best = Duration::MAX;
    for _ in 0..runs {
        let mut world = MemoryWorld::new(Day { year: 2026, month: 5, day: 1 });
        world.write("content/index.md", "+++\ntitle = \"Case\"\nlayout = \"cards\"\n+++\n\nThe answer.\n");
        world
            .write("content/terms.toml", "[[term]]\nid = \"licence\"\nname = \"Licence\"\ndefinition = \"A right.\"\n");
        world.write("content/sources.toml", "[[source]]\nid = \"paper\"\ntitle = \"On things\"\ndate = \"2020\"\n");
        for (path, text) in &files {
            if *path == "content/sources.bib" {
                world.remove("content/sources.toml");
            }
            world.write(path, text.as_str());
        }
        // What was remembered of the last run would make this one quick.
        comemo::evict(0);
        let took = alone.install(|| {
            let start = worked();
            let built = build(&world, &BuildOptions::default());
            for output in built.bundle.files.values() {
                if let Output::Page(page) = output {
                    let _ = page.render();
                }
            }
            let report = Report::new(built.diagnostics, |path| world.read(path).ok());
            let _ = report.render(Format::Human, "");
            worked() - start
        });
        best = best.min(took);
    }
    best
}

fn ratio_of(alone: &ThreadPool, make: Make, n: usize, base: Duration, runs: usize) -> (f64, Duration) {
    let (once, twice) = (time(alone, make, n, runs), time(alone, make, 2 * n, runs));
    // What every site takes is no part of it.
    let share = |time: Duration| time.saturating_sub(base).as_secs_f64() + 0.015;
    (share(twice) / share(once), twice)
}

#[test]
fn twice_as_much_takes_twice_as_long() {
    let nothing: Make = |_| Vec::new();
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build().unwrap();
    time(&alone, nothing, 0, 1);
    let base = time(&alone, nothing, 0, 5);
    let survey = std::env::var("SURVEY").ok().and_then(|n| n.parse::<usize>().ok());
    let mut wrong = Vec::new();
    let only = std::env::var("ONLY").unwrap_or_default();
    for (name, n, make) in KINDS.iter().filter(|(name, ..)| only.is_empty() || only.contains(name)) {
        let n = n * survey.unwrap_or(1);
        let mut tries = 0;
        loop {
            let (ratio, twice) = ratio_of(&alone, *make, n, base, if survey.is_some() { 1 } else { 1 + tries });
            if survey.is_some() {
                eprintln!("{name}: {} take {twice:?}, {ratio:.1} as long as half of them", 2 * n);
                break;
            }
            tries += 1;
            if ratio < 3.0 {
                break;
            }
            if tries == 4 {
                wrong.push(format!("{name}: {} take {twice:?}, {ratio:.1} times as long as half of them", 2 * n));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
