//! Code in colour, at build time: classes for the roles that words play, and the stylesheet for them.

mod memory;

use std::cell::RefCell;
use std::fmt::Write;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use crate::base::escape;
use crate::model::look::CODE;
use memory::{Memory, Place, Roles, Runs};

/// Longer code stays plain, so that a page never takes long: bytes in all, and bytes in a line.
const LONGEST: (usize, usize) = (200_000, 5_000);

/// A role and the scopes that play it. Its colours are in `model::look`.
struct Role {
    class: &'static str,
    scopes: &'static [&'static str],
}

const ROLES: [Role; 12] = [
    Role {
        class: "comment",
        scopes: &["comment", "punctuation.definition.comment", "meta.diff.header", "meta.separator"],
    },
    Role { class: "string", scopes: &["string", "punctuation.definition.string", "markup.raw", "markup.inline.raw"] },
    Role {
        class: "escape",
        scopes: &["constant.character", "constant.other.placeholder", "punctuation.section.interpolation"],
    },
    Role { class: "constant", scopes: &["constant", "support.constant"] },
    Role { class: "keyword", scopes: &["keyword", "storage", "variable.language", "punctuation.definition.keyword"] },
    Role { class: "operator", scopes: &["keyword.operator"] },
    Role { class: "type", scopes: &["entity.name", "entity.other.inherited-class", "support.type", "support.class"] },
    Role {
        class: "function",
        scopes: &["entity.name.function", "support.function", "variable.function", "meta.function-call.identifier"],
    },
    Role {
        class: "tag",
        scopes: &["entity.name.tag", "punctuation.definition.tag", "meta.mapping.key", "support.type.property-name"],
    },
    Role { class: "attribute", scopes: &["entity.other.attribute-name"] },
    Role { class: "inserted", scopes: &["markup.inserted"] },
    Role { class: "deleted", scopes: &["markup.deleted", "invalid"] },
];

/// The code as HTML: text in `<span class="hl-…">`. `None` if the language is not known or the code is very long.
#[comemo::memoize]
pub fn highlight(language: &str, code: &str) -> Option<Arc<str>> {
    if language.is_empty() || code.len() > LONGEST.0 || code.lines().any(|line| line.len() > LONGEST.1) {
        return None;
    }
    MEMORY.with_borrow_mut(|memory| colour(memory, language, code))
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

fn colour(memory: &mut Memory, language: &str, code: &str) -> Option<Arc<str>> {
    let grammar = Grammar::get();
    let mut place = Rc::new((ParseState::new(grammar.syntax(language)?), ScopeStack::new()));
    let mut number = memory.number(&place);
    let mut out = Output { html: String::with_capacity(code.len() * 2), open: None };
    for line in LinesWithEndings::from(code) {
        let runs = match number.and_then(|number| memory.line(number, line)) {
            Some((runs, Some(after))) => {
                number = Some(*after);
                place = memory.place(*after)?.clone();
                runs.clone()
            }
            _ => {
                let (runs, after) = grammar.line(line, &place, &mut memory.roles)?;
                let next = memory.number(&after);
                if let Some(number) = number {
                    memory.keep(number, line, &runs, next);
                }
                (place, number) = (Rc::new(after), next);
                runs
            }
        };
        let mut rest = line;
        for (length, role) in runs.iter() {
            let (text, after) = rest.split_at_checked(*length).unwrap_or((rest, ""));
            out.write(text, *role);
            rest = after;
        }
    }
    Some(out.finish().into())
}

/// The stylesheet: the colours as custom properties for light and dark pages, and a rule for each role.
///
/// Dark is what the reader's system asks for, unless the page says otherwise with `data-mode` on its root element.
pub fn stylesheet() -> String {
    let mut css = String::new();
    let (mut light, mut dark) = (String::new(), String::new());
    for (class, in_light, in_dark) in CODE {
        // Writing to a string does not fail.
        let _ = write!(light, "--hl-{class}:{in_light};");
        let _ = write!(dark, "--hl-{class}:{in_dark};");
    }
    let _ = writeln!(css, ":root{{{light}}}");
    let _ = writeln!(css, "@media (prefers-color-scheme:dark){{:root:not([data-mode=light]){{{dark}}}}}");
    let _ = writeln!(css, ":root[data-mode=dark]{{{dark}}}");
    for role in &ROLES {
        let style = match role.class {
            "comment" => "font-style:italic;",
            "inserted" | "deleted" => "text-decoration:none;",
            _ => "",
        };
        let _ = writeln!(css, ".hl-{0}{{color:var(--hl-{0});{style}}}", role.class);
    }
    // Coloured print wastes ink and may be pale: everything in the text's own colour.
    css.push_str("@media print{[class^=hl-]{color:inherit}}\n");
    css
}

/// The languages, and which scope plays which role. Made once, when there is code to show.
struct Grammar {
    syntaxes: SyntaxSet,
    roles: Vec<(Scope, usize)>,
}

impl Grammar {
    fn get() -> &'static Self {
        static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
        GRAMMAR.get_or_init(|| {
            let scopes = ROLES.iter().enumerate().flat_map(|(i, role)| role.scopes.iter().map(move |s| (*s, i)));
            let mut roles: Vec<(Scope, usize)> =
                scopes.filter_map(|(scope, role)| Some((Scope::new(scope).ok()?, role))).collect();
            // The most exact scope decides.
            roles.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
            Self { syntaxes: SyntaxSet::load_defaults_newlines(), roles }
        })
    }

    fn syntax(&self, language: &str) -> Option<&SyntaxReference> {
        let known = match language.to_ascii_lowercase().as_str() {
            "typescript" | "ts" | "tsx" | "jsx" | "mjs" | "cjs" => "js",
            "jsonc" | "json5" | "jsonl" => "json",
            "shell" | "zsh" | "console" | "shell-session" => "bash",
            "golang" => "go",
            "c++" => "cpp",
            "c#" | "csharp" => "cs",
            "text" | "txt" | "plain" | "plaintext" => return None,
            _ => language,
        };
        self.syntaxes.find_syntax_by_token(known)
    }

    /// What a line is made of that begins at a place, and where it leaves off.
    fn line(&self, line: &str, place: &Place, known: &mut Roles) -> Option<(Runs, Place)> {
        let (mut state, mut stack) = place.clone();
        let mut runs = Vec::new();
        let mut done = 0;
        for (at, op) in state.parse_line(line, &self.syntaxes).ok()? {
            if at > done {
                runs.push((at - done, self.role(&stack, known)));
                done = at;
            }
            stack.apply(&op).ok()?;
        }
        if line.len() > done {
            runs.push((line.len() - done, self.role(&stack, known)));
        }
        Some((runs.into(), (state, stack)))
    }

    /// The role of what stands in these scopes: the innermost that plays one.
    fn role(&self, stack: &ScopeStack, known: &mut Roles) -> Option<usize> {
        let find =
            |scope: Scope| self.roles.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, role)| *role);
        stack.as_slice().iter().rev().find_map(|scope| *known.entry(*scope).or_insert_with(|| find(*scope)))
    }
}

/// HTML with one element for each stretch of one role.
struct Output {
    html: String,
    open: Option<usize>,
}

impl Output {
    fn write(&mut self, text: &str, role: Option<usize>) {
        if text.is_empty() {
            return;
        }
        // White space has no colour.
        let role = if text.trim().is_empty() { self.open } else { role };
        if role != self.open {
            self.close();
            if let Some(role) = role.and_then(|r| ROLES.get(r)) {
                self.html.push_str("<span class=\"hl-");
                self.html.push_str(role.class);
                self.html.push_str("\">");
            }
            self.open = role;
        }
        escape::text_into(&mut self.html, text);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(language: &str, code: &str) -> Option<String> {
        highlight(language, code).map(|html| html.to_string())
    }

    #[test]
    fn words_get_their_roles() {
        let html = html("rust", "// <a>\nfn main() { let s = \"x\\n\"; }\n").unwrap();
        assert!(html.contains("<span class=\"hl-comment\">// &lt;a&gt;\n</span>"), "{html}");
        assert!(
            html.contains("<span class=\"hl-keyword\">fn </span><span class=\"hl-function\">main</span>"),
            "{html}"
        );
        assert!(html.contains("<span class=\"hl-escape\">\\n</span>"), "{html}");
    }

    #[test]
    fn only_colour_is_added() {
        for (language, code) in [
            ("json", "{\"a\": [1, true, null, \"<&\\u00e9\"]}\n"),
            ("py", "def f(x: int) -> str:\n    return f\"{x}\"  # é\n"),
            ("html", "<p class=\"x\">a &amp; b</p><script>let a = 1 < 2;</script>"),
            ("yaml", "a:\n  - b: 'c'\r\n"),
            ("diff", "-a\n+b\n"),
            ("sql", "SELECT * FROM t WHERE a <> 'b';"),
            ("TypeScript", "const a: number = `x${1}`;"),
        ] {
            let html = html(language, code).unwrap();
            let mut text = String::new();
            let mut rest = html.as_str();
            while let Some((before, tag)) = rest.split_once('<') {
                text.push_str(before);
                rest = tag.split_once('>').unwrap().1;
            }
            text.push_str(rest);
            assert_eq!(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), code);
            assert!(html.contains("hl-"), "{language}: {html}");
        }
    }

    #[test]
    fn a_line_seen_before_reads_by_where_it_stands() {
        let grammar = Grammar::get();
        let alone = |code: &str| {
            let mut place = (ParseState::new(grammar.syntax("rust").unwrap()), ScopeStack::new());
            let mut out = Output { html: String::new(), open: None };
            for line in LinesWithEndings::from(code) {
                let (runs, after) = grammar.line(line, &place, &mut Roles::default()).unwrap();
                let mut done = 0;
                for (length, role) in runs.iter() {
                    out.write(&line[done..done + length], *role);
                    done += length;
                }
                place = after;
            }
            out.finish()
        };
        let inside = "let s = \"\nlet a = 1;\n\";\nlet a = 1;\n/*\nlet a = 1;\n*/\nlet a = 1;\n";
        let first = html("rust", inside).unwrap();
        assert_eq!(first, alone(inside));
        assert!(first.contains("<span class=\"hl-comment\">/*\nlet a = 1;\n*/"), "{first}");
        let again = format!("// other\n{inside}{inside}");
        assert_eq!(html("rust", &again).unwrap(), alone(&again));
    }

    #[test]
    fn the_unknown_and_the_huge_stay_plain() {
        assert_eq!(html("no-such-language", "x"), None);
        assert_eq!(html("", "x"), None);
        assert_eq!(html("rust", &"x".repeat(6_000)), None);
        assert_eq!(html("rust", &"let x = 1;\n".repeat(20_000)), None);
    }

    #[test]
    fn the_stylesheet_names_every_role() {
        let css = stylesheet();
        for role in &ROLES {
            assert!(css.contains(&format!(".hl-{}{{", role.class)));
            let (_, _, dark) = CODE.iter().find(|(class, _, _)| *class == role.class).unwrap();
            assert_eq!(css.matches(&format!("--hl-{}:{dark}", role.class)).count(), 2);
        }
    }
}
