//! `expound templates`: the built-in templates, listed, explained, printed, or copied into the site to be edited.

use std::fmt::Write as _;
use std::path::Path;

use expound::base::text::did_you_mean;
use expound::render::templates::built_in;
use expound::render::templates::reference::{about, given, view};
use expound::shell::Failure;
use expound::shell::console::note;
use expound::shell::disk::reason;

use super::{Done, Outcome, show, site};

#[derive(clap::Args)]
pub struct Args {
    /// The template to copy to the site's `templates` folder; without it, all are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,

    /// Print the template instead of copying it
    #[arg(long, requires = "name")]
    print: bool,

    /// Say what the template is given, instead of copying it
    #[arg(long, requires = "name", conflicts_with = "print")]
    view: bool,
}

pub fn run(root: Option<&Path>, args: &Args) -> Outcome {
    let all = built_in();
    let Some(wanted) = &args.name else {
        show(&list(&all))?;
        return Ok(Done::Fine);
    };
    let Some((name, text)) = all.iter().find(|(name, _)| name == wanted) else {
        let failure = Failure::new(format!("there is no built-in template `{wanted}`"));
        return Err(match did_you_mean(wanted, all.iter().map(|(name, _)| *name)) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help("`expound templates` lists them"),
        });
    };
    if args.print {
        show(text)?;
    } else if args.view {
        show(&view(name).unwrap_or_default())?;
    } else {
        copy(site::open(root)?.root(), name, text)?;
    }
    Ok(Done::Fine)
}

/// Two lines a template: its name, with what the comment at its start says it is, and the variables it is given.
fn list(all: &[(&str, &str)]) -> String {
    let width = all.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let mut out = String::new();
    for (name, text) in all {
        let line = format!("{name:width$}  {}", about(text));
        let _ = writeln!(out, "{}", line.trim_end());
        let given: Vec<&str> = given(text).into_iter().map(|(variable, _)| variable).collect();
        if !given.is_empty() {
            let _ = writeln!(out, "{:width$}  given: {}", "", given.join(", "));
        }
    }
    out
}

/// Copies a template into the site, where it takes the place of the built-in one. What is there is never touched.
fn copy(root: &Path, name: &str, text: &str) -> Result<(), Failure> {
    let shown = format!("templates/{name}");
    let path = root.join("templates").join(name);
    let cannot = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::new(format!("`{shown}` is there already; it was left as it is"))
            .help(format!("`expound templates {name} --print` prints the built-in one")),
        _ => Failure::new(format!("can't write `{shown}`: {}", reason(&error))),
    };
    super::create(&path, text).map_err(cannot)?;
    note(&format!("wrote `{shown}`, which now takes the place of the built-in template\n"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_templates() {
        let all = [("a.html", "{# A page. Given: `page`, `level` (of headings). #}"), ("long.html", "")];
        assert_eq!(list(&all), "a.html     A page\n           given: page, level\nlong.html\n");
    }
}
