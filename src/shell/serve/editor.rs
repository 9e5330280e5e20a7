//! Opens a source file in the author's editor, at the place that a page asks for.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State as Shared};
use axum::http::{Response, StatusCode};

use super::change::is_source;
use super::http::{Server, plain, trusted};
use super::protocol::Place;
use crate::base::SourcePath;

/// The longest body that a place takes.
const LONGEST: usize = 16 << 10;

/// The environment variable that holds the command which opens a file.
pub const EXPOUND_EDITOR: &str = "EXPOUND_EDITOR";

/// Editors that open a window of their own, by the name of their program, and how they are told a place.
const WINDOWS: &[(&[&str], &[&str])] = &[
    (&["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"], &["--goto", "{file}:{line}:{column}"]),
    (&["zed", "zeditor", "subl", "sublime_text"], &["{file}:{line}:{column}"]),
    (
        &["idea", "webstorm", "pycharm", "rustrover", "phpstorm"],
        &["--line", "{line}", "--column", "{column}", "{file}"],
    ),
    (&["gvim", "mvim"], &["+{line}", "{file}"]),
    (&["emacsclient"], &["--no-wait", "+{line}:{column}", "{file}"]),
    (&["gedit", "pluma", "xed", "gnome-text-editor"], &["+{line}:{column}", "{file}"]),
    (&["kate"], &["--line", "{line}", "--column", "{column}", "{file}"]),
    (&["mate", "bbedit"], &["--line", "{line}", "{file}"]),
];

/// Editors that need a terminal.
const TERMINALS: &[&str] =
    &["vi", "vim", "nvim", "view", "nano", "pico", "hx", "helix", "micro", "kak", "joe", "ne", "ed", "mcedit"];

/// Answers a page that asks for a file to be opened.
pub async fn open(Shared(server): Shared<Arc<Server>>, request: Request) -> Response<Body> {
    if !trusted(&server, request.uri(), request.headers()) {
        return plain(StatusCode::FORBIDDEN, "Only pages of this preview may ask for this.");
    }
    let Ok(body) = to_bytes(request.into_body(), LONGEST).await else {
        return plain(StatusCode::PAYLOAD_TOO_LARGE, "That is too long for a place.");
    };
    let Ok(place) = serde_json::from_slice::<Place>(&body) else {
        return plain(StatusCode::BAD_REQUEST, "That is no place in a file.");
    };
    let state = server.states.borrow().clone();
    let path = SourcePath::new(&place.file);
    // Only the plain name of a file of the site: nothing that means it by a way around.
    let file =
        (path.as_str() == place.file && is_source(&path)).then(|| state.latest.world.locate(&path).ok()).flatten();
    let Some(file) = file.filter(|file| file.is_file()) else {
        return plain(StatusCode::NOT_FOUND, format!("The site has no file {}.", place.file));
    };
    match start(server.editor.as_deref(), &file, &place) {
        Ok(()) => {
            let mut answer = Response::new(Body::empty());
            *answer.status_mut() = StatusCode::NO_CONTENT;
            answer
        }
        Err(reason) => plain(StatusCode::NOT_IMPLEMENTED, reason),
    }
}

/// Starts the editor, and doesn't wait for it.
fn start(given: Option<&str>, file: &Path, place: &Place) -> Result<(), String> {
    let (program, arguments) = command(given, |name| std::env::var(name).ok(), is_on_path)?;
    let line = place.line.max(1).to_string();
    let column = place.column.max(1).to_string();
    // The path is absolute, so that no name can be taken for an option.
    let file = file.to_string_lossy();
    let fill = |argument: &String| {
        let filled = argument.replace("{line}", &line).replace("{column}", &column);
        filled.replace("{file}", &file)
    };
    let mut command = Command::new(&program);
    command.args(arguments.iter().map(fill)).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| {
        let reason = crate::shell::disk::reason(&error);
        format!(
            "The editor {program} could not be started: {reason}. `--editor` or {EXPOUND_EDITOR} says which to use."
        )
    })?;
    // Its end is awaited so that it leaves no trace in the list of processes.
    let _ = std::thread::Builder::new().spawn(move || child.wait());
    Ok(())
}

/// The program and its arguments, places still to be filled in.
fn command(
    given: Option<&str>,
    variable: impl Fn(&str) -> Option<String>,
    installed: impl Fn(&str) -> bool,
) -> Result<(String, Vec<String>), String> {
    let own = given.map(str::to_owned).or_else(|| variable(EXPOUND_EDITOR)).filter(|own| !own.trim().is_empty());
    if let Some(own) = own {
        let mut words = words(&own).into_iter();
        let program = words.next().ok_or("The command of `--editor` is empty.")?;
        if TERMINALS.contains(&&*name(&program)) {
            return Err(in_a_terminal(&name(&program)));
        }
        let mut arguments: Vec<String> = words.collect();
        if !arguments.iter().any(|argument| argument.contains("{file}")) {
            arguments.push("{file}".to_owned());
        }
        return Ok((program, arguments));
    }
    let mut other = None;
    for usual in ["VISUAL", "EDITOR"].into_iter().filter_map(variable) {
        let mut words = words(&usual).into_iter();
        let Some(program) = words.next() else { continue };
        let name = name(&program);
        if let Some((_, arguments)) = WINDOWS.iter().find(|(names, _)| names.contains(&&*name)) {
            return Ok((program, words.chain(arguments.iter().map(|argument| (*argument).to_owned())).collect()));
        }
        other.get_or_insert(name);
    }
    match WINDOWS.first() {
        Some((_, arguments)) if installed("code") => {
            Ok(("code".to_owned(), arguments.iter().map(|argument| (*argument).to_owned()).collect()))
        }
        _ => Err(other.map_or_else(|| format!("No editor is known. {}", what_to_set()), |name| in_a_terminal(&name))),
    }
}

fn name(program: &str) -> String {
    Path::new(program).file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn in_a_terminal(name: &str) -> String {
    format!("{name} is no editor with a window that a page could open. {}", what_to_set())
}

fn what_to_set() -> String {
    format!(
        "Start the preview with `--editor`, such as `--editor 'code --goto {{file}}:{{line}}:{{column}}'`, or set \
         {EXPOUND_EDITOR}."
    )
}

fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .any(|folder| ["", ".cmd", ".exe"].iter().any(|ending| folder.join(format!("{program}{ending}")).is_file()))
}

/// A command split as a shell would: at blanks, with quotes for those within.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in command.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.get_or_insert_default().push(c),
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (None, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(given: Option<&str>, set: &[(&str, &str)]) -> Result<(String, Vec<String>), String> {
        let variable = |name: &str| set.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        command(given, variable, |program| set.contains(&("PATH", program)))
    }

    fn whole(result: Result<(String, Vec<String>), String>) -> String {
        let (program, arguments) = result.unwrap();
        [vec![program], arguments].concat().join("|")
    }

    #[test]
    fn what_was_given_comes_first() {
        assert_eq!(whole(with(Some("my 'ed it' {line} {file}"), &[("EDITOR", "code")])), "my|ed it|{line}|{file}");
        assert_eq!(whole(with(Some("my"), &[])), "my|{file}");
        assert_eq!(whole(with(None, &[(EXPOUND_EDITOR, "x {file}"), ("EDITOR", "code")])), "x|{file}");
    }

    #[test]
    fn editors_with_a_window() {
        assert_eq!(
            whole(with(None, &[("EDITOR", "/usr/bin/code -w")])),
            "/usr/bin/code|-w|--goto|{file}:{line}:{column}"
        );
        assert_eq!(whole(with(None, &[("VISUAL", "zed"), ("EDITOR", "vi")])), "zed|{file}:{line}:{column}");
        assert_eq!(whole(with(None, &[("VISUAL", "vi"), ("EDITOR", "zed")])), "zed|{file}:{line}:{column}");
        assert_eq!(whole(with(None, &[("PATH", "code")])), "code|--goto|{file}:{line}:{column}");
        assert_eq!(whole(with(None, &[("EDITOR", "vim"), ("PATH", "code")])), "code|--goto|{file}:{line}:{column}");
    }

    #[test]
    fn editors_without_one() {
        assert!(with(None, &[]).unwrap_err().contains("--editor"));
        assert!(with(None, &[("EDITOR", "vim")]).unwrap_err().starts_with("vim is no editor with a window"));
        assert!(with(Some("/usr/bin/nano {file}"), &[("PATH", "code")]).unwrap_err().starts_with("nano is"));
    }
}
