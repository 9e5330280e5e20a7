//! `[publish.NAME]`: the places that a site is sent to.

use super::{Field, Record, Type, field, needed};
use crate::model::publish::Host;

fn kinds() -> Vec<&'static str> {
    TARGETS.iter().map(|(kind, _)| *kind).collect()
}
fn histories() -> Vec<&'static str> {
    vec!["keep", "squash"]
}
fn hosts() -> Vec<&'static str> {
    Host::ALL.iter().map(|(word, _)| *word).collect()
}
fn encodings() -> Vec<&'static str> {
    vec!["br", "gz", "zst"]
}

/// Every kind of place, and the keys that its table has.
pub static TARGETS: &[(&str, &Record)] =
    &[("git", &GIT), ("folder", &FOLDER), ("archive", &ARCHIVE), ("s3", &S3), ("gcs", &GCS), ("azure", &AZURE)];

const KIND: &[Field] = &[
    needed("kind", Type::Word(kinds), "What kind of place it is.", r#""git""#),
    field(
        "host",
        Type::Word(hosts),
        "Who shows it to readers: adds what that host reads, and checks what it doesn't take.",
        r#""netlify""#,
    ),
];

const STORE: &[Field] = &[
    field("prefix", Type::Text, "What the names of all objects begin with: a folder in it.", r#""deal""#),
    field(
        "max_deletes",
        Type::Count,
        "How many files may be removed there without `--confirm`; 256 unless said.",
        "1000",
    ),
];

static GIT: Record = Record {
    name: "git target",
    doc: "A branch of a Git repository: GitHub Pages, GitLab, Codeberg.",
    fields: &[
        field(
            "remote",
            Type::Text,
            "A remote of the site's repository, or the address or path of another; `origin` unless said.",
            r#""git@github.com:example/deal.git""#,
        ),
        field("branch", Type::Text, "The branch that is served; `gh-pages` unless said.", r#""pages""#),
        field(
            "cname",
            Type::Text,
            "A domain of your own, for the file `CNAME`; without it, the one on the branch stays.",
            r#""deal.example.org""#,
        ),
        field(
            "history",
            Type::Word(histories),
            "`keep`: a commit on top of the last one; `squash`: one commit alone. `keep` unless said.",
            r#""squash""#,
        ),
    ],
    shared: &[KIND],
    open: false,
};

static FOLDER: Record = Record {
    name: "folder target",
    doc: "A folder, such as one that a server shows.",
    fields: &[
        needed("path", Type::Text, "The folder; a relative path begins at the site's folder.", r#""/var/www/deal""#),
        field(
            "precompress",
            Type::List(&Type::Word(encodings)),
            "The forms in which text files are written beside themselves, for servers that hand out compressed files.",
            r#"["br", "gz"]"#,
        ),
    ],
    shared: &[KIND],
    open: false,
};

static ARCHIVE: Record = Record {
    name: "archive target",
    doc: "One file with the whole site in it.",
    fields: &[needed(
        "path",
        Type::Text,
        "The file; its name ends in `.zip`, `.tar.gz` or `.tar.zst`. A relative path begins at the site's folder.",
        r#""site.zip""#,
    )],
    shared: &[KIND],
    open: false,
};

static S3: Record = Record {
    name: "s3 target",
    doc: "A bucket of Amazon S3, or of a service that speaks its language.",
    fields: &[
        needed("bucket", Type::Text, "The bucket.", r#""deal""#),
        field("region", Type::Text, "The region; what the environment says, or `us-east-1`.", r#""eu-central-1""#),
        field(
            "endpoint",
            Type::Web,
            "The address of the service, if it isn't Amazon's.",
            r#""https://s3.example.org""#,
        ),
    ],
    shared: &[KIND, STORE],
    open: false,
};

static GCS: Record = Record {
    name: "gcs target",
    doc: "A bucket of Google Cloud Storage.",
    fields: &[needed("bucket", Type::Text, "The bucket.", r#""deal""#)],
    shared: &[KIND, STORE],
    open: false,
};

static AZURE: Record = Record {
    name: "azure target",
    doc: "A container of Azure Blob Storage.",
    fields: &[
        needed("account", Type::Text, "The storage account.", r#""exampledeal""#),
        field("container", Type::Text, "The container; `$web`, which is served, unless said.", r#""$web""#),
    ],
    shared: &[KIND, STORE],
    open: false,
};
