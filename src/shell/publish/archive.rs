//! One file with the whole site in it: the same bytes for the same site. It is written beside, and takes its place
//! when it is whole.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Component, Path, PathBuf};

use super::compress;
use super::plan::{Id, Listing, Plan};
use super::site::{Algorithm, Site};
use super::{Sent, Target};
use crate::model::Day;
use crate::model::publish::ArchiveFormat;
use crate::shell::Failure;
use crate::shell::clock;
use crate::shell::disk::reason;
use crate::shell::progress::Progress;

/// 1 January 1980, the first day that a zip file can name.
const FIRST: u64 = 315_532_800;
/// The first second that it can't: 1 January 2108.
const LAST: u64 = 4_354_819_200;

/// A file to publish to.
pub struct Archive {
    path: PathBuf,
    said: String,
    format: ArchiveFormat,
}

impl Archive {
    /// The archive at `path`, as the settings have it.
    pub fn new(root: &Path, path: &str, format: ArchiveFormat) -> Result<Self, Failure> {
        let full = root.join(path);
        let below = full.strip_prefix(root).ok().map(Path::components);
        if let Some(Component::Normal(first)) =
            below.and_then(|mut parts| parts.find(|part| *part != Component::CurDir))
            && ["content", "fonts", "i18n", "templates", "static", ".git"].iter().any(|source| first == *source)
        {
            let first = first.display();
            return Err(Failure::new(format!("the archive `{path}` lies in `{first}`, a source folder of the site"))
                .help("the next archive would have this one in it; choose another `path`"));
        }
        Ok(Self { path: full, said: path.to_owned(), format })
    }

    fn failed(&self, doing: &str, error: &io::Error) -> Failure {
        Failure::new(format!("can't {doing} `{}`: {}", self.said, reason(error)))
    }

    fn read(&self, file: File) -> io::Result<Listing> {
        let mut listing = Listing::new();
        let mut note = |path: String, bytes: &[u8]| {
            let algorithm = Algorithm::Sha256;
            listing.insert(path, Some(Id { algorithm, digest: algorithm.digest(bytes) }));
        };
        let file = BufReader::new(file);
        if self.format == ArchiveFormat::Zip {
            let mut zip = zip::ZipArchive::new(file)?;
            for at in 0..zip.len() {
                let mut entry = zip.by_index(at)?;
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes)?;
                note(entry.name()?.into_owned(), &bytes);
            }
            return Ok(listing);
        }
        let unpacked: Box<dyn Read> = match self.format {
            ArchiveFormat::TarZst => Box::new(zstd::Decoder::new(file)?),
            _ => Box::new(flate2::read::GzDecoder::new(file)),
        };
        for entry in tar::Archive::new(unpacked).entries()? {
            let mut entry = entry?;
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            note(entry.path()?.to_string_lossy().into_owned(), &bytes);
        }
        Ok(listing)
    }

    fn write(&self, to: &Path, site: &Site<'_>, progress: &Progress) -> Result<u64, Failure> {
        let cannot = |error: io::Error| self.failed("write", &error);
        let out = BufWriter::new(File::create(to).map_err(cannot)?);
        let seconds = clock::fixed_seconds().unwrap_or(FIRST).clamp(FIRST, LAST - 1);
        let out = match self.format {
            ArchiveFormat::Zip => self.zip(out, site, seconds, progress)?,
            ArchiveFormat::TarGz => {
                let out = flate2::GzBuilder::new().mtime(0).write(out, flate2::Compression::best());
                self.tar(out, site, seconds, progress)?.finish().map_err(cannot)?
            }
            ArchiveFormat::TarZst => {
                let out = zstd::Encoder::new(out, 19).map_err(cannot)?;
                self.tar(out, site, seconds, progress)?.finish().map_err(cannot)?
            }
        };
        let file = out.into_inner().map_err(|error| cannot(error.into_error()))?;
        file.sync_all().map_err(cannot)?;
        file.metadata().map(|about| about.len()).map_err(cannot)
    }

    fn zip<W: Write + io::Seek>(
        &self,
        out: W,
        site: &Site<'_>,
        seconds: u64,
        progress: &Progress,
    ) -> Result<W, Failure> {
        let cannot = |error: io::Error| self.failed("write", &error);
        let mut zip = zip::ZipWriter::new(out);
        let time = zip_time(seconds);
        for (path, file) in site.files() {
            let method = match compress::is_text(path) {
                true => zip::CompressionMethod::Deflated,
                false => zip::CompressionMethod::Stored,
            };
            let options = zip::write::SimpleFileOptions::default()
                .compression_method(method)
                .last_modified_time(time)
                .unix_permissions(0o644)
                .large_file(file.size > u64::from(u32::MAX / 2));
            zip.start_file(&**path, options).map_err(|error| cannot(error.into()))?;
            zip.write_all(&site.read(path)?).map_err(cannot)?;
            progress.step();
        }
        zip.finish().map_err(|error| cannot(error.into()))
    }

    fn tar<W: Write>(&self, out: W, site: &Site<'_>, seconds: u64, progress: &Progress) -> Result<W, Failure> {
        let cannot = |error: io::Error| self.failed("write", &error);
        let mut tar = tar::Builder::new(out);
        for (path, _) in site.files() {
            let bytes = site.read(path)?;
            let mut header = tar::Header::new_gnu();
            header.set_mode(0o644);
            header.set_uid(0);
            header.set_gid(0);
            header.set_mtime(seconds);
            header.set_size(bytes.len() as u64);
            tar.append_data(&mut header, &**path, &*bytes).map_err(cannot)?;
            progress.step();
        }
        tar.into_inner().map_err(cannot)
    }
}

fn zip_time(seconds: u64) -> zip::DateTime {
    let day = Day::from_epoch_seconds(i64::try_from(seconds).unwrap_or_default());
    let part = |n: u64| u8::try_from(n).unwrap_or_default();
    let (hour, minute, second) = (part(seconds / 3600 % 24), part(seconds / 60 % 60), part(seconds % 60));
    let year = u16::try_from(day.year).unwrap_or(1980);
    zip::DateTime::from_date_and_time(year, day.month, day.day, hour, minute, second).unwrap_or_default()
}

impl Target for Archive {
    fn describe(&self) -> String {
        format!("the archive `{}`", self.said)
    }

    fn list(&mut self, _: &mut Site<'_>, _: &Progress) -> Result<Listing, Failure> {
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Listing::new()),
            Err(error) => return Err(self.failed("read", &error)),
        };
        self.read(file).map_err(|_| {
            Failure::new(format!("`{}` is there, and isn't an archive of this kind", self.said))
                .help("move it out of the way, or choose another `path`")
        })
    }

    fn send(&mut self, site: &Site<'_>, _: &Plan, progress: &Progress) -> Result<Sent, Failure> {
        progress.steps("packing", site.len());
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| self.failed("write", &error))?;
        let name = self.path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let beside = folder.join(format!(".{name}.expound"));
        let written = self.write(&beside, site, progress);
        let done = written.and_then(|bytes| {
            fs::rename(&beside, &self.path).map(|()| bytes).map_err(|error| self.failed("write", &error))
        });
        if done.is_err() {
            let _ = fs::remove_file(&beside);
        }
        Ok(Sent { what: format!("`{}`, {} bytes", self.said, done?) })
    }
}
