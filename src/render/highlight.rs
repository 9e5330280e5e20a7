//! Code in colour, at build time: classes for the roles that words play, and the stylesheet for them.

use std::fmt::Write;
use std::sync::{Arc, OnceLock};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

use crate::base::escape;

/// Longer code stays plain, so that a page never takes long: bytes in all, and bytes in a line.
const LONGEST: (usize, usize) = (200_000, 5_000);

/// A role, its colours on a light and on a dark ground, and the scopes that play it.
struct Role {
    class: &'static str,
    light: &'static str,
    dark: &'static str,
    scopes: &'static [&'static str],
}

const ROLES: [Role; 12] = [
    Role {
        class: "comment",
        light: "#59636e",
        dark: "#a3adb8",
        scopes: &["comment", "punctuation.definition.comment", "meta.diff.header", "meta.separator"],
    },
    Role {
        class: "string",
        light: "#0a5c36",
        dark: "#93d7ab",
        scopes: &["string", "punctuation.definition.string", "markup.raw", "markup.inline.raw"],
    },
    Role {
        class: "escape",
        light: "#00606b",
        dark: "#7fd6df",
        scopes: &["constant.character", "constant.other.placeholder", "punctuation.section.interpolation"],
    },
    Role { class: "constant", light: "#8a3b00", dark: "#f2b880", scopes: &["constant", "support.constant"] },
    Role {
        class: "keyword",
        light: "#a0103c",
        dark: "#ff9cae",
        scopes: &["keyword", "storage", "variable.language", "punctuation.definition.keyword"],
    },
    Role { class: "operator", light: "#3d4650", dark: "#c6ced8", scopes: &["keyword.operator"] },
    Role {
        class: "type",
        light: "#6236a3",
        dark: "#cfb8ff",
        scopes: &["entity.name", "entity.other.inherited-class", "support.type", "support.class"],
    },
    Role {
        class: "function",
        light: "#0b4f9e",
        dark: "#94c8ff",
        scopes: &["entity.name.function", "support.function", "variable.function", "meta.function-call.identifier"],
    },
    Role {
        class: "tag",
        light: "#0a5c36",
        dark: "#93d7ab",
        scopes: &["entity.name.tag", "punctuation.definition.tag", "meta.mapping.key", "support.type.property-name"],
    },
    Role { class: "attribute", light: "#7a4300", dark: "#ecc48d", scopes: &["entity.other.attribute-name"] },
    Role { class: "inserted", light: "#0a5c36", dark: "#93d7ab", scopes: &["markup.inserted"] },
    Role { class: "deleted", light: "#a0103c", dark: "#ff9cae", scopes: &["markup.deleted", "invalid"] },
];

/// The code as HTML: text in `<span class="hl-…">`. `None` if the language is not known or the code is very long.
#[comemo::memoize]
pub fn highlight(language: &str, code: &str) -> Option<Arc<str>> {
    if language.is_empty() || code.len() > LONGEST.0 || code.lines().any(|line| line.len() > LONGEST.1) {
        return None;
    }
    let grammar = Grammar::get();
    let mut state = ParseState::new(grammar.syntax(language)?);
    let mut stack = ScopeStack::new();
    let mut out = Output { html: String::with_capacity(code.len() * 2), open: None };
    for line in LinesWithEndings::from(code) {
        let mut done = 0;
        for (at, op) in state.parse_line(line, &grammar.syntaxes).ok()? {
            out.write(line.get(done..at).unwrap_or_default(), grammar.role(&stack));
            done = done.max(at);
            stack.apply(&op).ok()?;
        }
        out.write(line.get(done..).unwrap_or_default(), grammar.role(&stack));
    }
    Some(out.finish().into())
}

/// The stylesheet: the colours as custom properties for light and dark pages, and a rule for each role.
///
/// Dark is what the reader's system asks for, unless the page says otherwise with `data-mode` on its root element.
pub fn stylesheet() -> String {
    let mut css = String::new();
    let colours = |of: fn(&Role) -> &'static str| {
        ROLES.iter().fold(String::new(), |mut all, role| {
            // Writing to a string does not fail.
            let _ = write!(all, "--hl-{}:{};", role.class, of(role));
            all
        })
    };
    let (light, dark) = (colours(|r| r.light), colours(|r| r.dark));
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

    /// The role of what stands in these scopes: the innermost that plays one.
    fn role(&self, stack: &ScopeStack) -> Option<usize> {
        stack
            .as_slice()
            .iter()
            .rev()
            .find_map(|scope| self.roles.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, role)| *role))
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
    fn the_unknown_and_the_huge_stay_plain() {
        assert_eq!(html("no-such-language", "x"), None);
        assert_eq!(html("", "x"), None);
        assert_eq!(html("rust", &"x".repeat(6_000)), None);
        assert_eq!(html("rust", &"let x = 1;\n".repeat(20_000)), None);
    }

    /// WCAG's contrast of two colours `#rrggbb`.
    fn contrast(a: &str, b: &str) -> f64 {
        let luminance = |colour: &str| {
            let channel = |at: usize| {
                let c = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
                if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_can_be_read() {
        for role in &ROLES {
            for ground in ["#ffffff", "#eceff2"] {
                assert!(contrast(role.light, ground) >= 4.5, "{} on {ground}", role.class);
            }
            for ground in ["#000000", "#2b3038"] {
                assert!(contrast(role.dark, ground) >= 4.5, "{} on {ground}", role.class);
            }
        }
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
    }

    #[test]
    fn the_stylesheet_names_every_role() {
        let css = stylesheet();
        for role in &ROLES {
            assert!(css.contains(&format!(".hl-{}{{", role.class)));
            assert_eq!(css.matches(&format!("--hl-{}:{}", role.class, role.dark)).count(), 2);
        }
    }
}
