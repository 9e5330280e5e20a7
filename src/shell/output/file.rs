//! One file as output: written beside its place, where it goes when it is whole.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use crate::shell::Failure;
use crate::shell::disk::reason;

/// What a file that expound wrote has near its start.
const MARK: &[u8] = b"<meta name=\"generator\" content=\"expound\">";

/// So far from the start it is looked for.
const START: u64 = 64 << 10;

/// Checks that a file may be written at `path`: none is there, or one that expound wrote.
///
/// # Errors
/// If something else is there, or the name isn't that of a page.
pub fn check_file(path: &Path) -> Result<(), Failure> {
    let shown = path.display();
    let is_html = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("html") || e.eq_ignore_ascii_case("htm"));
    if !is_html || path.is_dir() {
        return Err(Failure::new(format!("`{shown}` is no name for a page in one file"))
            .help("name a file that ends in `.html`, such as `--out explainer.html`"));
    }
    let mut start = Vec::new();
    match File::open(path).and_then(|file| file.take(START).read_to_end(&mut start)) {
        Ok(_) if memchr::memmem::find(&start, MARK).is_some() || start.is_empty() => Ok(()),
        Ok(_) => Err(Failure::new(format!("`{shown}` is there, and expound didn't write it"))
            .help("move it out of the way, or choose another name with `--out FILE.html`")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(cannot(path, &error)),
    }
}

/// Writes a file. What was there stays if that fails.
///
/// # Errors
/// If it can't be written.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    check_file(path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| cannot(path, &error))?;
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let beside = folder.join(format!(".{name}.expound"));
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    });
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        cannot(path, &error)
    })
}

fn cannot(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("can't write `{}`: {}", path.display(), reason(error)))
}
