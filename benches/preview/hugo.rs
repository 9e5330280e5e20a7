//! The same amount of text as a site of Hugo's, with plain templates: a page with its title and text, a list.

use std::fs;
use std::io;
use std::path::Path;

use super::corpus;

/// Writes a Hugo site of `pages` pages in folders of ten.
///
/// # Errors
/// If the disk fails.
pub fn write(root: &Path, pages: usize) -> io::Result<()> {
    let layouts = root.join("layouts/_default");
    fs::create_dir_all(&layouts)?;
    fs::write(root.join("hugo.toml"), "baseURL = \"http://127.0.0.1/\"\ntitle = \"Pages\"\n")?;
    let frame = |main: &str| {
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{{{ .Title }}}}</title></head>\
             <body><main><h1>{{{{ .Title }}}}</h1>{main}</main></body></html>\n"
        )
    };
    fs::write(layouts.join("single.html"), frame("{{ .TableOfContents }}{{ .Content }}"))?;
    fs::write(
        layouts.join("list.html"),
        frame(
            "{{ .Content }}<ul>{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>",
        ),
    )?;
    for at in 0..pages.div_ceil(10) {
        let dir = root.join(format!("content/e{at:04}"));
        fs::create_dir_all(&dir)?;
        fs::write(dir.join("_index.md"), format!("---\ntitle: Explainer {at}\n---\n"))?;
        for part in 0..10.min(pages - at * 10) {
            fs::write(dir.join(format!("part-{part}.md")), page(at, part))?;
        }
    }
    Ok(())
}

/// A page: the text of expound's section, without what only expound reads.
pub fn page(at: usize, part: usize) -> String {
    let text = corpus::section(at, part);
    let text = text.split_once("\n\n").map_or("", |(_, body)| body);
    let plain: String = text.chars().filter(|c| !matches!(c, '[' | ']')).collect();
    format!("---\ntitle: Part {part} of {at}\n---\n\n{plain}")
}
