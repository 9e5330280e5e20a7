//! Where a site is sent to.

use std::sync::Arc;

use crate::base::{Span, Text};

/// A place that the site is sent to: `[publish.NAME]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// Its name.
    pub name: Arc<str>,
    /// What it is.
    pub place: Place,
    /// Who shows it to readers, if that is said.
    pub host: Option<Host>,
    /// Where it is said.
    pub span: Span,
}

/// Who shows a site to readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Host {
    /// GitHub Pages.
    GithubPages,
    /// GitLab Pages.
    Gitlab,
    /// Netlify.
    Netlify,
    /// Cloudflare Pages.
    Cloudflare,
    /// Vercel.
    Vercel,
}

impl Host {
    /// Each by its word.
    pub const ALL: [(&'static str, Self); 5] = [
        ("github-pages", Self::GithubPages),
        ("gitlab", Self::Gitlab),
        ("netlify", Self::Netlify),
        ("cloudflare", Self::Cloudflare),
        ("vercel", Self::Vercel),
    ];
}

/// What kind of place it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A branch of a Git repository.
    Git(Git),
    /// A folder.
    Folder {
        /// As written.
        path: Text,
        /// The forms in which files are also written.
        precompress: Vec<Encoding>,
    },
    /// One file.
    Archive {
        /// As written.
        path: Text,
        /// What it is inside.
        format: ArchiveFormat,
    },
    /// A store of objects.
    Store(Store),
}

/// A branch of a Git repository.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Git {
    /// A remote of the site's repository, or an address or path.
    pub remote: Arc<str>,
    /// The branch.
    pub branch: Arc<str>,
    /// A domain for the file `CNAME`.
    pub cname: Option<Text>,
    /// Whether the branch has one commit alone.
    pub squash: bool,
}

/// A compressed form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// Brotli.
    Br,
    /// Gzip.
    Gz,
    /// Zstandard.
    Zst,
}

impl Encoding {
    /// Each by its word, which is also the ending of its files.
    pub const ALL: [(&'static str, Self); 3] = [("br", Self::Br), ("gz", Self::Gz), ("zst", Self::Zst)];

    /// The ending of its files, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Br => "br",
            Self::Gz => "gz",
            Self::Zst => "zst",
        }
    }
}

/// The format of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArchiveFormat {
    /// A zip file.
    Zip,
    /// A tar file in gzip.
    TarGz,
    /// A tar file in Zstandard.
    TarZst,
}

impl ArchiveFormat {
    /// Each by the ending of its files.
    pub const ALL: [(&'static str, Self); 4] =
        [(".zip", Self::Zip), (".tar.gz", Self::TarGz), (".tgz", Self::TarGz), (".tar.zst", Self::TarZst)];

    /// What the ending of a file's name says.
    pub fn of(path: &str) -> Option<Self> {
        let lower = path.to_ascii_lowercase();
        Self::ALL.iter().find(|(ending, _)| lower.ends_with(ending)).map(|(_, format)| *format)
    }
}

/// A store of objects.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Store {
    /// Whose.
    pub service: Service,
    /// What all names begin with; empty, or with a final `/`.
    pub prefix: Arc<str>,
    /// How many files may be removed without being asked for.
    pub max_deletes: u32,
}

/// Whose store of objects it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Service {
    /// Amazon S3, or one like it.
    S3 {
        /// The bucket.
        bucket: Arc<str>,
        /// The region.
        region: Option<Arc<str>>,
        /// The address of the service.
        endpoint: Option<Arc<str>>,
    },
    /// Google Cloud Storage.
    Gcs {
        /// The bucket.
        bucket: Arc<str>,
    },
    /// Azure Blob Storage.
    Azure {
        /// The storage account.
        account: Arc<str>,
        /// The container.
        container: Arc<str>,
    },
}
