//! One text in two forms: the same pages as expound's content and as Hugo's. The same on every machine.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use crate::words::{Pick, prose};

/// Pages that stand in one folder, and in the navigation of each of them.
pub const TOGETHER: usize = 20;

/// The form that a page is written in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Links lead to files.
    Expound,
    /// Links lead to addresses.
    Hugo,
}

/// The text of a page, about 900 words: five headings, two lists, a table of six rows, a block of 20 lines of Rust,
/// three links within the site and two footnotes.
pub fn text(page: usize, pages: usize, form: Form) -> String {
    let mut pick = Pick::new(page + 1);
    let mut out = String::new();
    let link = |pick: &mut Pick| {
        let to = pick.next(pages);
        let (folder, file) = (to / TOGETHER, to % TOGETHER);
        match form {
            Form::Expound => format!("[page {to}](../g{folder:04}/{:02}-page-{file}.md)", file + 1),
            Form::Hugo => format!("[page {to}](/g{folder:04}/page-{file}/)"),
        }
    };
    for part in 0..5 {
        let _ = writeln!(out, "## {}\n", prose(&mut pick, 4).trim_end_matches('.'));
        let _ = writeln!(out, "{}\n", prose(&mut pick, 70));
        match part {
            0 => {
                let target = link(&mut pick);
                let _ = writeln!(out, "{} See {target}.[^1] {}\n", prose(&mut pick, 30), prose(&mut pick, 25));
                for _ in 0..6 {
                    let _ = writeln!(out, "- {}", prose(&mut pick, 9));
                }
            }
            1 => {
                let _ = writeln!(out, "| Name | Before | After |\n|---|---:|---|");
                for row in 0..6 {
                    let _ = writeln!(out, "| {} | {} | **{}** |", prose(&mut pick, 2), row * 17, prose(&mut pick, 3));
                }
            }
            2 => {
                out.push_str("```rust\n");
                (0..4).for_each(|n| out.push_str(&function(&mut pick, n)));
                out.push_str("```\n");
            }
            3 => {
                let target = link(&mut pick);
                let _ = writeln!(out, "{} *{}* {target}.\n", prose(&mut pick, 40), prose(&mut pick, 5));
                for item in 1..=5 {
                    let _ = writeln!(out, "{item}. {}", prose(&mut pick, 11));
                }
            }
            _ => {
                let target = link(&mut pick);
                let _ = writeln!(out, "{} `value` {target}.[^2]", prose(&mut pick, 60));
            }
        }
        let _ = writeln!(out, "\n{}\n", prose(&mut pick, 60));
    }
    let _ = writeln!(out, "[^1]: {}\n\n[^2]: {}", prose(&mut pick, 14), prose(&mut pick, 14));
    out
}

/// Five lines of Rust.
fn function(pick: &mut Pick, n: usize) -> String {
    let name = prose(pick, 1).trim_end_matches('.').to_lowercase();
    let other = prose(pick, 1).trim_end_matches('.').to_lowercase();
    let number = pick.next(900);
    format!(
        "/// Returns the {other} of a {name}.\npub fn {name}_{n}({other}: &str, count: usize) -> Option<u64> {{\n    let {name} = {other}.trim().parse::<u64>().ok()?;\n    if count > {number} {{ return None; }} // {other}\n    Some({name} * {number} + count as u64) }}\n"
    )
}

/// Writes the site for expound: folders of [`TOGETHER`] pages, each a section with a page of its own. With the
/// `templates` below, or the built-in theme. Cards and the search are off, and with templates of its own the Markdown of
/// each page: nobody else makes any.
///
/// # Errors
/// If the disk fails.
pub fn expound(root: &Path, pages: usize, highlight: bool, theme: bool) -> io::Result<()> {
    let content = root.join("content");
    fs::create_dir_all(&content)?;
    let settings = format!(
        "title = \"Pages\"\nbase_url = \"https://example.org/\"\n\n[cards]\nenabled = false\n\n[search]\nenabled = false\n\n[llms]\nenabled = {theme}\n\n[markdown]\nhighlight = {highlight}\nsmart_punctuation = false\n"
    );
    fs::write(root.join("expound.toml"), settings)?;
    for folder in 0..pages.div_ceil(TOGETHER) {
        let dir = content.join(format!("g{folder:04}"));
        fs::create_dir_all(&dir)?;
        fs::write(dir.join("index.md"), format!("+++\ntitle = \"Group {folder}\"\nlayout = \"cards\"\n+++\n"))?;
        for at in 0..TOGETHER.min(pages - folder * TOGETHER) {
            let page = folder * TOGETHER + at;
            let text = text(page, pages, Form::Expound);
            fs::write(dir.join(format!("{:02}-page-{at}.md", at + 1)), format!("# Page {page}\n\n{text}"))?;
        }
    }
    if !theme {
        let templates = root.join("templates");
        fs::create_dir_all(&templates)?;
        for (name, text) in TEMPLATES {
            fs::write(templates.join(name), text)?;
        }
    }
    Ok(())
}

/// As little as Hugo's below: a head, the navigation, the contents, the text.
const TEMPLATES: [(&str, &str); 3] = [
    (
        "section.html",
        r##"<!doctype html><html lang="{{ page.language }}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ page.page_title }}</title><link rel="canonical" href="{{ page.canonical }}"></head>
<body><nav><ul>{% for item in contents %}<li><a href="{{ item.href }}">{{ item.name }}</a></li>{% endfor %}</ul></nav>
<main><h1>{{ page.title }}</h1><nav><ul>{% for heading in section.headings %}<li><a href="#{{ heading.id }}">{{ heading.title }}</a></li>{% endfor %}</ul></nav>
{{ section.body_html | safe }}</main></body></html>
"##,
    ),
    (
        "explainer.html",
        r##"<!doctype html><html lang="{{ page.language }}"><head><meta charset="utf-8"><title>{{ page.page_title }}</title></head>
<body><main><h1>{{ page.title }}</h1><ul>{% for item in contents %}<li><a href="{{ item.href }}">{{ item.name }}</a></li>{% endfor %}</ul></main></body></html>
"##,
    ),
    (
        "hub.html",
        r##"<!doctype html><html lang="{{ page.language }}"><head><meta charset="utf-8"><title>{{ page.page_title }}</title></head>
<body><main><h1>{{ page.title }}</h1><ul>{% for item in children %}<li><a href="{{ item.href }}">{{ item.name }}</a></li>{% endfor %}</ul></main></body></html>
"##,
    ),
];

/// Writes the same site for Hugo.
///
/// # Errors
/// If the disk fails.
pub fn hugo(root: &Path, pages: usize, highlight: bool) -> io::Result<()> {
    let layouts = root.join("layouts/_default");
    fs::create_dir_all(&layouts)?;
    let settings = format!(
        "baseURL = \"https://example.org/\"\nlanguageCode = \"en\"\ntitle = \"Pages\"\ndisableKinds = [\"taxonomy\", \"term\", \"rss\"]\n\n\
         [markup.highlight]\ncodeFences = {highlight}\nnoClasses = false\n\n[markup.goldmark.extensions]\ntypographer = false\n"
    );
    fs::write(root.join("hugo.toml"), settings)?;
    let nav = "{{ range .CurrentSection.RegularPages }}<li><a href=\"{{ .RelPermalink }}\">{{ .LinkTitle }}</a></li>{{ end }}";
    let single = format!(
        "<!doctype html><html lang=\"{{{{ .Site.Language.Lang }}}}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{{{{ .Title }}}} – {{{{ .Site.Title }}}}</title><link rel=\"canonical\" href=\"{{{{ .Permalink }}}}\"></head>\n\
         <body><nav><ul>{nav}</ul></nav>\n<main><h1>{{{{ .Title }}}}</h1>{{{{ .TableOfContents }}}}\n{{{{ .Content }}}}</main></body></html>\n"
    );
    fs::write(layouts.join("single.html"), single)?;
    let list = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head>\n\
                <body><main><h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .LinkTitle }}</a></li>{{ end }}</ul></main></body></html>\n";
    fs::write(layouts.join("list.html"), list)?;
    for folder in 0..pages.div_ceil(TOGETHER) {
        let dir = root.join(format!("content/g{folder:04}"));
        fs::create_dir_all(&dir)?;
        fs::write(dir.join("_index.md"), format!("+++\ntitle = \"Group {folder}\"\n+++\n"))?;
        for at in 0..TOGETHER.min(pages - folder * TOGETHER) {
            let page = folder * TOGETHER + at;
            let text = text(page, pages, Form::Hugo);
            let front = format!("+++\ntitle = \"Page {page}\"\nweight = {}\n+++\n\n", at + 1);
            fs::write(dir.join(format!("page-{at}.md")), front + &text)?;
        }
    }
    Ok(())
}
