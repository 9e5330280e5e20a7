//! `expound serve`: a preview that follows every change.

use std::net::IpAddr;
use std::path::Path;

use expound::BuildOptions;
use expound::shell::serve::{self, Options};

use super::{Done, Outcome, site};

#[derive(clap::Args)]
pub struct Args {
    /// The port; without it, the first free one from 4400 on
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    port: Option<u16>,

    /// The address to listen at; `0.0.0.0` lets other devices on the network in
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: IpAddr,

    /// Answer to this name too; may be given several times
    #[arg(long, value_name = "NAME", value_parser = host_name)]
    allow_host: Vec<String>,

    /// Open the preview in a browser
    #[arg(long)]
    open: bool,

    /// Show drafts too
    #[arg(long)]
    drafts: bool,

    /// Let the browser go to the section that was edited
    #[arg(long)]
    follow: bool,

    /// Look for changes instead of being told of them: for files on a network or in a container
    #[arg(long)]
    poll: bool,

    /// The command that opens a file from the page, such as `code --goto {file}:{line}:{column}`
    #[arg(long, value_name = "COMMAND")]
    editor: Option<String>,
}

pub fn run(root: Option<&Path>, args: &Args) -> Outcome {
    let world = site::open(root)?;
    let prefix = site::prefix(&world);
    let options = Options {
        build: BuildOptions { drafts: args.drafts, base_url: None, remember: true },
        host: args.host,
        port: args.port,
        allow_hosts: args.allow_host.clone(),
        open: args.open,
        follow: args.follow,
        poll: args.poll,
        editor: args.editor.clone(),
        prefix,
    };
    serve::run(world, &options)?;
    Ok(Done::Fine)
}

/// A name as browsers send it, without a port: the preview answers to it at any.
fn host_name(text: &str) -> Result<String, String> {
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if text.is_empty() || !text.chars().all(good) {
        return Err("it must be a name such as `preview.example.org`, without `http://` and without a port".to_owned());
    }
    Ok(text.to_owned())
}
