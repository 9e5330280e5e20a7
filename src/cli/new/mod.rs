//! `expound new`: a small, complete explainer to start from.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use expound::shell::Failure;
use expound::shell::console::{note, visible};
use expound::shell::disk::reason;
use include_dir::{Dir, include_dir};

use super::{Done, Outcome};

static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new/starter");

#[derive(clap::Args)]
pub struct Args {
    /// The folder to write; it must be new or empty
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

pub fn run(args: &Args) -> Outcome {
    let dir = &args.dir;
    let shown = visible(&dir.to_string_lossy()).into_owned();
    check_empty(dir, &shown)?;
    write_all(&STARTER, dir)?;
    note(&format!("wrote a small, complete explainer to `{shown}`; change it piece by piece into yours\n"));
    note("next:\n");
    if dir != Path::new(".") {
        note(&format!("  cd {}\n", super::quoted(&shown)));
    }
    note("  expound serve    # shows it in a browser, and every change as you make it\n");
    note("  expound build    # writes the finished site to dist/\n");
    note("  expound check    # says what is wrong with the text, the facts and the links\n");
    Ok(Done::Fine)
}

/// Nothing that is there already may be touched. A folder that holds only a new Git repository counts as empty.
fn check_empty(dir: &Path, shown: &str) -> Result<(), Failure> {
    let advice = "name a folder that is new or empty";
    let cannot =
        |error: &std::io::Error| Failure::new(format!("`{shown}` can't be read: {}", reason(error))).help(advice);
    match fs::symlink_metadata(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(cannot(&error)),
        Ok(_) if !dir.is_dir() => return Err(Failure::new(format!("`{shown}` is not a folder")).help(advice)),
        Ok(_) => {}
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).map_err(|error| cannot(&error))? {
        names.push(entry.map_err(|error| cannot(&error))?.file_name());
    }
    if let Some(name) = names.iter().filter(|name| *name != ".git").min() {
        let name = name.to_string_lossy();
        return Err(Failure::new(format!("`{shown}` is not empty: it holds `{name}`")).help(advice));
    }
    Ok(())
}

fn write_all(from: &Dir<'_>, to: &Path) -> Result<(), Failure> {
    let cannot = |path: &Path, error: &std::io::Error| {
        Failure::new(format!("can't write `{}`: {}", path.display(), reason(error)))
    };
    fs::create_dir_all(to).map_err(|error| cannot(to, &error))?;
    for file in from.files() {
        let Some(name) = file.path().file_name() else { continue };
        let path = to.join(name);
        File::create_new(&path)
            .and_then(|mut new| new.write_all(file.contents()))
            .map_err(|error| cannot(&path, &error))?;
    }
    for dir in from.dirs() {
        let Some(name) = dir.path().file_name() else { continue };
        write_all(dir, &to.join(name))?;
    }
    Ok(())
}
