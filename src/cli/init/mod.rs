//! `expound init HOST`: the files with which a host builds the site, or says the right headers.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use expound::shell::Failure;
use expound::shell::console::{note, visible};
use expound::shell::disk::reason;
use expound::shell::publish::{FOREVER, FRAMES, SECURITY};
use serde_json::json;

use super::{Done, Outcome, site};

#[derive(clap::Args)]
pub struct Args {
    /// The host
    #[arg(value_enum)]
    host: Host,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Host {
    /// A workflow that builds the site and hands it to GitHub Pages
    GithubPages,
    /// A job that builds the site and hands it to GitLab Pages
    Gitlab,
    /// A place to publish to, with headers and redirects for Netlify
    Netlify,
    /// A place to publish to, with headers and redirects for Cloudflare Pages
    Cloudflare,
    /// Headers for Vercel
    Vercel,
}

pub fn run(root: Option<&Path>, args: &Args) -> Outcome {
    let world = site::open(root)?;
    let root = world.root();
    // Workflows stand at the top of the repository, wherever in it the site is.
    let top = root.ancestors().find(|dir| dir.join(".git").exists()).unwrap_or(root);
    let below = root.strip_prefix(top).map(|below| below.to_string_lossy().replace('\\', "/")).unwrap_or_default();
    let below = if below.is_empty() { ".".to_owned() } else { below };
    match args.host {
        Host::GithubPages => {
            let text = include_str!("github-pages.yml").replace("{ROOT}", &below);
            write(&top.join(".github/workflows/publish.yml"), &text)?;
            note("next: push it, and choose GitHub Actions as the source in the repository's settings of Pages\n");
        }
        Host::Gitlab => {
            write(&top.join(".gitlab-ci.yml"), &include_str!("gitlab.yml").replace("{ROOT}", &below))?;
            note("next: push it; the address is shown in the project's settings of Pages\n");
        }
        Host::Netlify => target(root, "netlify", "drag the file to https://app.netlify.com/drop")?,
        Host::Cloudflare => target(root, "cloudflare", "upload the file as a new deployment of Cloudflare Pages")?,
        Host::Vercel => {
            write(&root.join("vercel.json"), &vercel())?;
            note("next: let Vercel show the folder `dist`, which `expound build` writes\n");
        }
    }
    Ok(Done::Fine)
}

/// A place in the settings: headers and redirects depend on the pages, so they are made when the site is published.
fn target(root: &Path, host: &str, next: &str) -> Result<(), Failure> {
    let path = root.join("expound.toml");
    let cannot = |error: std::io::Error| Failure::new(format!("`expound.toml` can't be written: {}", reason(&error)));
    let settings = match fs::read_to_string(&path) {
        Ok(settings) => settings,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(cannot(error)),
    };
    let plain: String = settings.chars().filter(|c| !c.is_whitespace()).collect();
    if plain.contains(&format!("[publish.{host}]")) {
        return Err(Failure::new(format!("`expound.toml` has a place `{host}` already"))
            .help(format!("`expound publish {host}` sends the site there; nothing was changed")));
    }
    let line = if settings.is_empty() || settings.ends_with('\n') { "" } else { "\n" };
    let text = format!("{line}\n[publish.{host}]\nkind = \"archive\"\npath = \"{host}.zip\"\nhost = \"{host}\"\n");
    let mut file = File::options().append(true).create(true).open(&path).map_err(cannot)?;
    file.write_all(text.as_bytes()).map_err(cannot)?;
    note(&format!("added the place `{host}` at the end of `expound.toml`\n"));
    note(&format!("next: `expound publish {host}`, and {next}\n"));
    Ok(())
}

fn vercel() -> String {
    let list = |headers: &[(&str, &str)]| {
        headers.iter().map(|(key, value)| json!({ "key": key, "value": value })).collect::<Vec<_>>()
    };
    let config = json!({
        "$schema": "https://openapi.vercel.sh/vercel.json",
        "framework": null,
        "outputDirectory": "dist",
        "trailingSlash": true,
        "headers": [
            { "source": "/(.*)", "headers": list(&SECURITY) },
            { "source": "/((?!(?:.*/)?embed/).*)", "headers": list(&FRAMES) },
            { "source": "/assets/(.*)", "headers": list(&[("Cache-Control", FOREVER)]) },
        ],
    });
    format!("{config:#}\n")
}

/// Writes a file that isn't there yet.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let shown = visible(&path.to_string_lossy()).into_owned();
    let cannot = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::new(format!("`{shown}` is there already, and was left as it is"))
            .help("move it out of the way first"),
        _ => Failure::new(format!("`{shown}` can't be written: {}", reason(&error))),
    };
    super::create(path, text).map_err(cannot)?;
    note(&format!("wrote `{shown}`\n"));
    Ok(())
}
