//! Reading a file whose folder is known to be reached without a link: with four calls of the system in place of seven.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// A file at `path`, which is no link.
///
/// # Errors
/// If it is a link, or can't be opened. What it is isn't looked at: a pipe is opened too, and waits for nobody.
#[cfg(unix)]
pub fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    let flags = i32::try_from(flags.bits()).map_err(|_| io::ErrorKind::Unsupported)?;
    OpenOptions::new().read(true).custom_flags(flags).open(path)
}

/// There is no way to ask for that here.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub fn open(_: &Path) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The bytes of an open file that is `length` bytes long, or has become longer or shorter since that was asked.
///
/// # Errors
/// If it can't be read.
pub fn read(file: &mut File, length: usize) -> io::Result<Vec<u8>> {
    // Room for one byte more than there should be: where that isn't filled, the file is at its end.
    let mut bytes = vec![0; length + 1];
    let mut filled = 0;
    while let Some(room) = bytes.get_mut(filled..).filter(|room| !room.is_empty()) {
        match file.read(room) {
            Ok(0) => break,
            // Less than was asked for: of a file that is so much as its end.
            Ok(more) if more < room.len() => {
                filled += more;
                break;
            }
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(filled);
    if filled > length {
        file.read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whole_whatever_length_it_was_said_to_have() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("x");
        std::fs::write(&path, "0123456789").expect("a file");
        for length in [0, 1, 9, 10, 11, 100] {
            let mut file = open(&path).or_else(|_| File::open(&path)).expect("open");
            let whole = read(&mut file, length).expect("bytes");
            assert_eq!(whole, b"0123456789", "{length}");
        }
    }
}
