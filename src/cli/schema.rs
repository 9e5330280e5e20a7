//! `expound schema`: what a kind of file may hold, as JSON Schema, for editors.

use expound::base::text::did_you_mean;
use expound::load::schema::{KINDS, json_schema};
use expound::shell::Failure;

use super::{Done, Outcome, show};

#[derive(clap::Args)]
pub struct Args {
    /// The kind of file: `terms`, `events`, `settings` and so on; without it, the kinds are listed
    #[arg(value_name = "KIND")]
    kind: Option<String>,
}

pub fn run(args: &Args) -> Outcome {
    let Some(kind) = &args.kind else {
        show(&KINDS.iter().map(|kind| format!("{kind}\n")).collect::<String>())?;
        return Ok(Done::Fine);
    };
    let Some(schema) = json_schema(kind) else {
        let failure = Failure::new(format!("there is no kind of file `{kind}`"));
        return Err(match did_you_mean(kind, KINDS.iter().copied()) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help(format!("the kinds are {}", KINDS.join(", "))),
        });
    };
    show(&format!("{schema:#}\n"))?;
    Ok(Done::Fine)
}
