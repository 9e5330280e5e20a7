//! The least that a site of Markdown can cost: reading it, parsing it, writing the pages, on all cores.

use std::fs;
use std::path::Path;

use rayon::prelude::*;

/// Does it for every Markdown file of a site.
pub fn run(root: &Path, out: &Path) {
    let content = root.join("content");
    let files: Vec<_> = walkdir::WalkDir::new(&content)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "md"))
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.par_iter().for_each(|file| {
        let text = fs::read_to_string(file).unwrap();
        let options = pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_FOOTNOTES;
        let mut html = String::with_capacity(text.len() * 2);
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(&text, options));
        let page = out.join(file.strip_prefix(&content).unwrap().with_extension(""));
        fs::create_dir_all(&page).unwrap();
        fs::write(page.join("index.html"), html).unwrap();
    });
}
