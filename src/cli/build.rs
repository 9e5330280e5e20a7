//! `expound build`: the finished site, written.

use std::path::{Path, PathBuf};
use std::time::Duration;

use expound::BuildOptions;
use expound::shell::clock::Stopwatch;
use expound::shell::console::{note, visible};
use expound::shell::output::{OutputFolder, WriteError, Written};
use expound::shell::progress::Progress;
use expound::shell::report::{Count, Format};

use super::{Done, Outcome, site};

#[derive(clap::Args)]
pub struct Args {
    /// The folder to write; without it, `dist` in the site's folder. With `--single-file`, the file
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Write one HTML file with an explainer and all that it needs, to be sent by mail
    #[arg(long)]
    pub single_file: bool,

    /// With `--single-file`: the explainer, by its path (`energy`); without it, the one at the site's root
    #[arg(long, value_name = "PATH", requires = "single_file")]
    pub explainer: Option<String>,

    /// The address readers will use, in place of the settings' `base_url`
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,

    /// Build drafts too
    #[arg(long)]
    pub drafts: bool,

    /// Treat warnings as errors: write nothing if there are any
    #[arg(long)]
    pub strict: bool,
}

pub fn run(root: Option<&Path>, args: &Args) -> Outcome {
    if args.single_file {
        return super::single::run(root, args);
    }
    let watch = Stopwatch::start();
    // The allocator asks for no huge pages. Where the system gives them unasked, a part of each would be used, and the
    // whole cleared: half of all memory. Programs that a command starts inherit this; a build starts none.
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
    let world = site::open(root)?;
    let out = args.out.clone().unwrap_or_else(|| world.root().join("dist"));
    let folder = OutputFolder::open(world.root(), &out)?;
    let shown = shown(folder.path());

    let progress = Progress::start("reading");
    let options = BuildOptions { drafts: args.drafts, base_url: args.base_url.clone(), remember: false };
    let mut built = expound::build(&world, &options);
    let mut written = None;
    if site::verdict(&built, args.strict) == Done::Fine {
        progress.steps("writing", built.bundle.files.len());
        match folder.write(&built.bundle, &world, &progress) {
            Ok(result) => written = Some(result),
            Err(WriteError::Findings(more)) => built.diagnostics.extend(more),
            Err(WriteError::Failure(failure)) => {
                drop(progress);
                site::print_report(&world, &built, Format::Human)?;
                return Err(failure);
            }
        }
    }
    drop(progress);

    let count = site::print_report(&world, &built, Format::Human)?;
    match written {
        Some(written) => {
            note(&format!("{}\n", summary(written, count, watch.elapsed(), &shown)));
            // Pages of a site below a path of its host name that path: a server of the folder alone can't show them.
            note(&match &*built.base_path {
                "/" => format!("to look at it: python3 -m http.server --directory {}\n", super::quoted(&shown)),
                _ => "to look at it: expound serve\n".to_owned(),
            });
            // The program ends here, and the system takes a site's memory back at once; we would do so piece by piece.
            std::mem::forget((built, world));
            Ok(Done::Fine)
        }
        None => {
            let strict = if count.errors == 0 { " (`--strict` allows none)" } else { "" };
            let kept = if folder.path().exists() { format!("; `{shown}` is as it was") } else { String::new() };
            note(&format!("nothing was written: {}{strict}{kept}\n", count.in_words()));
            Ok(match site::verdict(&built, args.strict) {
                Done::Fine => Done::Findings,
                done => done,
            })
        }
    }
}

/// "built 12 pages, 34 files, 512 kB in 0.21 s with 1 warning: dist"
fn summary(written: Written, count: Count, time: Duration, out: &str) -> String {
    let pages = if written.pages == 1 { "1 page".to_owned() } else { format!("{} pages", written.pages) };
    let files = if written.files == 1 { "1 file".to_owned() } else { format!("{} files", written.files) };
    let warnings = if count.warnings > 0 { format!(" with {}", count.in_words()) } else { String::new() };
    format!("built {pages}, {files}, {} in {:.2} s{warnings}: {out}", size(written.bytes), time.as_secs_f64())
}

/// A size as people read it, in powers of 1000.
pub fn size(bytes: u64) -> String {
    let mut amount = bytes as f64;
    for unit in ["bytes", "kB", "MB"] {
        if amount < 999.5 {
            return if unit == "bytes" || amount >= 9.95 {
                format!("{amount:.0} {unit}")
            } else {
                format!("{amount:.1} {unit}")
            };
        }
        amount /= 1000.0;
    }
    format!("{amount:.1} GB")
}

/// The output folder as it is best typed: relative where it lies below the current folder.
pub fn shown(out: &Path) -> String {
    let here = site::current_folder().ok().and_then(|here| here.canonicalize().ok());
    let relative = here.and_then(|here| out.strip_prefix(here).ok());
    visible(&relative.unwrap_or(out).to_string_lossy()).into_owned()
}

/// An address readers can use: of the web, with a host, and nothing after the path.
pub fn base_url(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let odd = text.contains(['?', '#', '"', '<', '>', '\\', '@'])
        || text.contains(|c: char| c.is_whitespace() || c.is_control());
    if host.is_empty() || odd {
        return Err("it must be the address of a folder on the web, such as `https://example.org/deal/`".to_owned());
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        let sizes = [0, 999, 1000, 1234, 99_949, 999_499, 999_500, 12_345_678, 5_000_000_000].map(size);
        assert_eq!(
            sizes,
            ["0 bytes", "999 bytes", "1.0 kB", "1.2 kB", "100 kB", "999 kB", "1.0 MB", "12 MB", "5.0 GB"]
        );
    }

    #[test]
    fn addresses() {
        for good in ["https://example.org", "http://localhost:8000/", "https://bücher.example/a/b/"] {
            assert!(base_url(good).is_ok(), "{good}");
        }
        for bad in
            ["", "example.org", "https://", "https:///x", "ftp://x/", "https://x/?q", "https://x/#a", "https://x/ y"]
        {
            assert!(base_url(bad).is_err(), "{bad}");
        }
    }
}
