//! `expound i18n`: the texts of the interface, to be changed or translated.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use expound::model::language;
use expound::model::strings::BUILT_IN;
use expound::shell::Failure;
use expound::shell::disk::reason;
use fluent_syntax::ast::{Entry, Message, Resource};
use fluent_syntax::{parser, serializer};

use super::{Done, Outcome, show, site};

#[derive(clap::Args)]
pub struct Args {
    /// The language: `it`, `pt-BR`
    #[arg(value_name = "LANG")]
    language: String,
}

pub fn run(root: Option<&Path>, args: &Args) -> Outcome {
    let tag = &args.language;
    if !language::is_language(tag) {
        return Err(Failure::new(format!("`{tag}` is no language"))
            .help("write its tag: `it` for Italian, `pt-BR` for the Portuguese of Brazil"));
    }
    // Without a site there is nothing of its own; with one, what it has already is kept.
    let own = match site::open(root) {
        Ok(site) => own(site.root(), tag)?,
        Err(_) => None,
    };
    let built_in = |code: &str| BUILT_IN.iter().find(|(known, _)| *known == code).map(|(_, text)| parse(text));
    let mut said = built_in(&language::primary(tag)).map(messages).unwrap_or_default();
    said.extend(own.map(|text| messages(parse(&text))).unwrap_or_default());
    let mut all = built_in("en").unwrap_or(Resource { body: Vec::new() });
    for entry in &mut all.body {
        if let Entry::Message(message) = entry
            && let Some(own) = said.remove(&message.id.name)
        {
            message.value = own.value;
        }
    }
    // What only templates of the site's own use.
    all.body.extend(said.into_values().filter(|message| !message.id.name.is_empty()).map(Entry::Message));
    show(&serializer::serialize(&all))?;
    Ok(Done::Fine)
}

fn own(root: &Path, tag: &str) -> Result<Option<String>, Failure> {
    let path = root.join("i18n").join(format!("{tag}.ftl"));
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::new(format!("`{}` can't be read: {}", path.display(), reason(&error)))),
    }
}

fn parse(text: &str) -> Resource<String> {
    parser::parse(text.to_owned()).unwrap_or_else(|(resource, _)| resource)
}

fn messages(resource: Resource<String>) -> BTreeMap<String, Message<String>> {
    let message = |entry| if let Entry::Message(message) = entry { Some(message) } else { None };
    resource.body.into_iter().filter_map(message).map(|message| (message.id.name.clone(), message)).collect()
}
