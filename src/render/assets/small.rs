//! Styles and scripts in fewer letters. Those of the built-in theme stand in `small.txt`, made already: to make them
//! takes as long as all the rest of a small site. A test holds them to their sources.

use std::collections::HashMap;
use std::sync::LazyLock;

use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

use crate::base::hash::short_hash;
use crate::base::nesting;

/// What was made, by a hash of what it was made of.
static MADE: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| entries(include_str!("small.txt")));

/// The entries of `small.txt`: a line with the hash and the length in bytes, what was made, and the end of a line.
fn entries(mut text: &str) -> HashMap<&str, &str> {
    let mut out = HashMap::new();
    while let Some((head, rest)) = text.split_once('\n') {
        let Some((hash, length)) = head.split_once(' ') else { break };
        let Some((made, rest)) = length.parse().ok().and_then(|length| rest.split_at_checked(length)) else { break };
        out.insert(hash, made);
        text = rest.strip_prefix('\n').unwrap_or(rest);
    }
    out
}

fn key(text: &str) -> String {
    short_hash(text.as_bytes(), 20)
}

/// A script; `None` if it can't be read.
pub fn script(text: &str) -> Option<String> {
    MADE.get(&*key(text)).map(|made| (*made).to_owned()).or_else(|| make_script(text))
}

/// A style sheet.
///
/// # Errors
/// What is wrong with it.
pub fn style(text: &str) -> Result<String, String> {
    MADE.get(&*key(text)).map_or_else(|| make_style(text), |made| Ok((*made).to_owned()))
}

/// The longest script that is made smaller, in bytes; longer ones are mostly small already.
const LONGEST: usize = 1 << 20;

/// How much stack a script may take for each byte: its parser goes down several levels for each `(` or `!`.
const STACK_A_BYTE: usize = if cfg!(debug_assertions) { 24 << 10 } else { 6 << 10 };

/// In a thread with as much stack as the script may ever take, of which the system makes what is used. Where it has none
/// to give, the script stays as it is.
fn make_script(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let stack = text.len().saturating_mul(STACK_A_BYTE).max(1 << 20);
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(stack).spawn_scoped(scope, || minify(text)).ok()?;
        thread.join().ok().flatten()
    })
}

fn minify(text: &str) -> Option<String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::script()).parse();
    if !parsed.diagnostics.is_empty() {
        return None;
    }
    let mut program = parsed.program;
    let minified = Minifier::new(MinifierOptions::default()).minify(&allocator, &mut program);
    let printer = Codegen::new().with_options(CodegenOptions::minify()).with_scoping(minified.scoping);
    Some(printer.build(&program).code)
}

fn make_style(css: &str) -> Result<String, String> {
    // Widely available features as of early 2023 go through as they are; newer ones are rewritten where they can be.
    let targets = Targets::from(Browsers {
        chrome: Some(110 << 16),
        firefox: Some(110 << 16),
        safari: Some((16 << 16) | (4 << 8)),
        ..Browsers::default()
    });
    if nesting::too_deep(css) {
        return Err(format!("brackets stand more than {} deep within each other", nesting::DEEPEST));
    }
    let mut sheet = StyleSheet::parse(css, ParserOptions::default()).map_err(|e| e.to_string())?;
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|e| e.to_string())?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() });
    printed.map(|p| p.code).map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Write;

    use super::super::{THEME_FOLDER, built_in, bundles};
    use super::*;
    use crate::model::look::Look;

    #[test]
    #[allow(
        clippy::disallowed_methods,
        reason = "a test may look at a committed file, and write it anew when asked to"
    )]
    fn what_was_made_is_that_of_the_sources() {
        let sources: Vec<(&str, &str)> = built_in()
            .into_iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix(THEME_FOLDER)?, std::str::from_utf8(bytes).unwrap())))
            .collect();
        let scripts = sources.iter().filter(|(name, _)| name.ends_with(".js"));
        let mut made: BTreeMap<String, String> =
            scripts.map(|(_, text)| (key(text), make_script(text).unwrap())).collect();
        for (look, _) in Look::ALL {
            let bundles = bundles(sources.clone(), look);
            let styles = bundles.into_iter().filter(|(name, _)| name.ends_with(".css"));
            made.extend(styles.map(|(_, text)| (key(&text), make_style(&text).unwrap())));
        }
        let mut text = String::new();
        for (key, made) in &made {
            write!(text, "{key} {}\n{made}\n", made.len()).unwrap();
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/render/assets/small.txt");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &text).unwrap();
        }
        assert_eq!(entries(&text).len(), made.len());
        let committed = std::fs::read_to_string(path).unwrap();
        assert!(committed == text, "{path} is out of date: run `UPDATE=1 cargo test --lib render::assets`");
    }
}
