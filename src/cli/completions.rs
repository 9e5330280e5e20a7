//! `expound completions`: what a shell needs to complete the commands.

use clap::CommandFactory;

use super::{Done, Outcome};

#[derive(clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub fn run(args: &Args) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Args::command(), "expound", &mut script);
    super::show(&String::from_utf8_lossy(&script))?;
    Ok(Done::Fine)
}
