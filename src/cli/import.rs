//! `expound import`: a sheet, or a timeline of TimelineJS, brought into a site as a data file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use expound::base::{Bytes, SourcePath};
use expound::load::import::{self, Imported, Renamed};
use expound::shell::Failure;
use expound::shell::console::{note, visible};
use expound::shell::disk::{READ_UP_TO, reason};
use expound::shell::report::{Format, Report};

use super::{Done, Outcome, show, site};

#[derive(clap::Args)]
pub struct Args {
    /// A sheet as CSV, or a timeline of TimelineJS as CSV or JSON
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// What its rows are; without it, the name of the file says so, or the columns of TimelineJS
    #[arg(long = "as", value_name = "KIND", value_parser = import::kinds().collect::<Vec<_>>())]
    kind: Option<String>,

    /// The field that a column is, where it has another name; `COLUMN=` leaves the column out
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = renamed)]
    column: Vec<Renamed>,

    /// The explainer's folder; without it, the site's `content`
    #[arg(long, value_name = "DIR", conflicts_with = "print")]
    to: Option<PathBuf>,

    /// Print the records instead of writing them
    #[arg(long)]
    print: bool,
}

fn renamed(text: &str) -> Result<Renamed, String> {
    let (column, field) = text.rsplit_once('=').ok_or("write the column and the field with a `=` between them")?;
    Ok((column.to_owned(), field.trim().to_owned()))
}

pub fn run(root: Option<&Path>, args: &Args) -> Outcome {
    let shown = args.file.display().to_string();
    let shown = visible(&shown);
    let bytes = read(&args.file).map_err(|error| Failure::new(format!("can't read `{shown}`: {}", reason(&error))))?;
    let name = args.file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let file = SourcePath::new(&name);
    let kind = args.kind.as_deref().or_else(|| import::recognised(&file, &bytes)).ok_or_else(|| {
        Failure::new(format!("neither its name nor its columns say what `{shown}` holds"))
            .help(format!("say so with `--as`: {}", import::kinds().collect::<Vec<_>>().join(", ")))
    })?;

    let (imported, findings) = import::import(&file, &bytes, kind, &args.column);
    let report = Report::new(findings, |_| Some(bytes.clone()));
    let prefix = args.file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let prefix = prefix.map(|folder| format!("{}/", folder.display())).unwrap_or_default();
    note(&report.render(Format::Human, &prefix));
    let Some(imported) = imported else {
        note(&format!("nothing was written: {}\n", report.count().in_words()));
        return Ok(Done::Findings);
    };
    if args.print {
        show(&imported.toml)?;
    } else {
        write(root, args, kind, &imported)?;
    }
    if !imported.left_out.is_empty() {
        let parts: Vec<String> = imported.left_out.iter().map(|(what, count)| format!("{what} ({count})")).collect();
        note(&format!("left out, since events have no field for it: {}\n", parts.join(", ")));
    }
    Ok(Done::Fine)
}

fn read(file: &Path) -> io::Result<Bytes> {
    let about = fs::metadata(file)?;
    if !about.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    if about.len() > READ_UP_TO {
        return Err(io::Error::other(format!("it is larger than {} MB", READ_UP_TO >> 20)));
    }
    fs::read(file).map(Bytes::new)
}

/// Writes the records into the explainer's folder. What is there is never touched.
fn write(root: Option<&Path>, args: &Args, kind: &str, imported: &Imported) -> Result<(), Failure> {
    let world = site::open(root)?;
    let content = world.root().join("content");
    let folder = args.to.as_deref().unwrap_or(&content);
    let cannot = |error: &io::Error| Failure::new(format!("can't write to `{}`: {}", folder.display(), reason(error)));
    let real = fs::canonicalize(folder).map_err(|error| cannot(&error))?;
    if !fs::canonicalize(&content).is_ok_and(|content| real.starts_with(content)) {
        return Err(Failure::new(format!("`{}` is no folder of the site's `content`", folder.display()))
            .help("name the folder with the explainer's `index.md`"));
    }
    let path = real.join(format!("{kind}.toml"));
    let inside = path.strip_prefix(world.root()).unwrap_or(&path).display().to_string();
    let inside = visible(&inside);
    super::create(&path, &imported.toml).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::new(format!("`{inside}` is there already; it was left as it is"))
            .help("`--print` prints the records, to be put into it by hand"),
        _ => Failure::new(format!("can't write `{inside}`: {}", reason(&error))),
    })?;
    let counts = if imported.counts.is_empty() { "no records".to_owned() } else { imported.counts.join(", ") };
    note(&format!("wrote `{inside}`: {counts}\n"));
    // Both would be read.
    let sheet = real.join(format!("{kind}.csv"));
    if sheet.exists() {
        let sheet = sheet.strip_prefix(world.root()).unwrap_or(&sheet).display().to_string();
        note(&format!("`{}` is read as well: take it away, unless it holds other records\n", visible(&sheet)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_sign_divides() {
        assert_eq!(renamed("a=b=title"), Ok(("a=b".to_owned(), "title".to_owned())));
        assert_eq!(renamed("Notes="), Ok(("Notes".to_owned(), String::new())));
        assert!(renamed("Notes").is_err());
    }
}
