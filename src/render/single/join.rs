//! The pages, put into one file.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::addresses::Leads;
use super::html::{Tag, Token, end, tokens};
use super::{Leaf, Whole, is_definitions, is_list, is_sources};
use crate::base::{escape, url};
use crate::render::policy;

/// Names of attributes whose value is an id, or several.
const REFERENCES: [&str; 13] = [
    "id",
    "for",
    "form",
    "headers",
    "list",
    "popovertarget",
    "commandfor",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-errormessage",
];

/// What a page that follows another has no need of: ways to the pages beside it.
const LED_ON: [&str; 4] = ["contents", "turn", "others", "copy-link"];

/// What follows a page's id in that of its heading.
const HEADING: &str = "-title";

/// What is gathered from all pages.
#[derive(Default)]
struct Gathered {
    /// Addresses of styles and scripts that are in already.
    taken: BTreeSet<String>,
    styles: String,
    style_hashes: Vec<String>,
    scripts: String,
    script_hashes: Vec<String>,
    /// The definitions of terms, and the ids of those that are in already.
    definitions: String,
    defined: BTreeSet<String>,
    /// The heading of the definitions.
    heading: String,
    /// What the list of sources says to the script: attributes.
    list: String,
}

/// A text that doesn't end the element that it is put into. Elsewhere `</` may be a comparison with a pattern.
fn unclosed(text: &str, element: &str) -> String {
    let closing = format!("</{element}");
    let lower = text.to_ascii_lowercase();
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in lower.match_indices(&closing) {
        out.push_str(text.get(done..=at).unwrap_or_default());
        out.push('\\');
        done = at + 1;
    }
    out + text.get(done..).unwrap_or_default()
}

impl Gathered {
    fn style(&mut self, css: &str, media: Option<&str>) {
        let css = unclosed(css, "style");
        self.style_hashes.push(policy::hash(css.as_bytes()));
        let media = media.map(|media| format!(" media=\"{}\"", escape::html(media))).unwrap_or_default();
        _ = writeln!(self.styles, "<style{media}>{css}</style>");
    }

    fn script(&mut self, code: &str) {
        let code = unclosed(code, "script").replace("<!--", "<\\!--");
        self.script_hashes.push(policy::hash(code.as_bytes()));
        _ = writeln!(self.scripts, "<script>{code}</script>");
    }
}

/// One page while it is copied.
struct Copier<'a> {
    whole: &'a Whole<'a>,
    leaf: &'a Leaf,
    tokens: Vec<Token<'a>>,
}

/// The file.
pub fn join(whole: &Whole<'_>, leaves: &[Leaf]) -> String {
    let mut gathered = Gathered::default();
    let copiers: Vec<Copier<'_>> =
        leaves.iter().map(|leaf| Copier { whole, leaf, tokens: tokens(&leaf.html) }).collect();
    let Some(first) = copiers.first() else { return String::new() };
    for copier in &copiers {
        copier.gather(&mut gathered);
    }
    if let Some(studio) = &whole.outputs.studio {
        gathered.style(&studio.assets.0.single, None);
    }
    // The list of sources is on the last pages; what it says to the script is on the others.
    let main = first.main();
    let top = first.copy(0, main.0, &mut gathered);
    let mut body = first.copy(main.0, main.1, &mut gathered);
    for copier in copiers.iter().skip(1) {
        let (from, to) = copier.main();
        let content = copier.copy(from, to, &mut gathered);
        let (id, list) = (escape::html(&copier.leaf.root), is_sources(copier.leaf));
        let (class, about) = if list { ("leaf references", &*gathered.list) } else { ("leaf", "") };
        let named =
            if copier.heading().is_some() { format!(" aria-labelledby=\"{id}{HEADING}\"") } else { String::new() };
        _ = write!(body, "<section class=\"{class}\" id=\"{id}\"{named}{about}>\n{content}</section>\n");
    }
    if !gathered.definitions.is_empty() {
        let (heading, definitions) = (&gathered.heading, &gathered.definitions);
        _ = write!(
            body,
            "<section class=\"popovers\" aria-labelledby=\"_popovers\">\n{heading}\n{definitions}</section>\n"
        );
    }
    let rest = first.copy(main.1, first.tokens.len(), &mut gathered);
    let security = &whole.outputs.site.settings.security;
    let policy = policy::alone(security, &gathered.script_hashes, &gathered.style_hashes);
    let policy =
        policy.map(|policy| format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", policy.0));
    let head = format!("{}<meta name=\"generator\" content=\"expound\">\n", policy.unwrap_or_default());
    let top = before(&top, "<meta name=\"viewport\"", &head);
    let top = before(&top, "</head>", &gathered.styles);
    let rest = match rest.rfind("</body>") {
        Some(at) => {
            [rest.get(..at).unwrap_or_default(), &gathered.scripts, rest.get(at..).unwrap_or_default()].concat()
        }
        None => rest + &gathered.scripts,
    };
    tidy(&(top + &body + &rest))
}

/// Puts `new` before the first `place`; at the start if there is none.
fn before(text: &str, place: &str, new: &str) -> String {
    let at = text.find(place).unwrap_or(0);
    [text.get(..at).unwrap_or_default(), new, text.get(at..).unwrap_or_default()].concat()
}

/// Without the empty lines that are left in the head where something was taken out.
fn tidy(html: &str) -> String {
    let Some((head, body)) = html.split_once("</head>") else { return html.to_owned() };
    let lines = head.lines().filter(|line| !line.trim().is_empty());
    [&lines.collect::<Vec<_>>().join("\n"), "\n</head>", body].concat()
}

impl Copier<'_> {
    /// Where the content of `<main>` begins and ends.
    fn main(&self) -> (usize, usize) {
        let is_main = |token: &Token<'_>| matches!(token, Token::Tag(tag) if tag.name == "main" && !tag.closes);
        let is_end = |token: &Token<'_>| matches!(token, Token::Tag(tag) if tag.name == "body" && tag.closes);
        match self.tokens.iter().position(is_main) {
            Some(at) => (at + 1, end(&self.tokens, at).saturating_sub(1).max(at + 1)),
            None => {
                let at = self.tokens.iter().position(is_end).unwrap_or(self.tokens.len());
                (at, at)
            }
        }
    }

    fn tag(&self, at: usize) -> Option<&Tag<'_>> {
        match self.tokens.get(at)? {
            Token::Tag(tag) => Some(tag),
            Token::Text(_) => None,
        }
    }

    /// The page's own heading, if it has no id yet.
    fn heading(&self) -> Option<usize> {
        let (from, to) = self.main();
        let is_it = |at: &usize| self.tag(*at).is_some_and(|tag| tag.name == "h1" && !tag.closes);
        (from..to).find(is_it).filter(|at| self.tag(*at).is_some_and(|tag| tag.get("id").is_none()))
    }

    fn is_first(&self) -> bool {
        self.leaf.root.is_empty()
    }

    /// Takes up the styles and scripts that the page has, each once.
    fn gather(&self, gathered: &mut Gathered) {
        for tag in (0..self.tokens.len()).filter_map(|at| self.tag(at)).filter(|tag| !tag.closes) {
            let address = match &*tag.name {
                "link" if tag.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("stylesheet")) => tag.get("href"),
                "script" => tag.get("src"),
                _ => None,
            };
            let Some(address) = address.filter(|address| !url::leaves_site(address)) else { continue };
            let path = self.whole.site_path(&self.leaf.address, url::split(&address).path).unwrap_or_default();
            let Some(bytes) = self.whole.content(&path, false).filter(|_| gathered.taken.insert(path.clone())) else {
                continue;
            };
            let text = String::from_utf8_lossy(&bytes);
            match &*tag.name {
                "script" => gathered.script(&text),
                _ => {
                    // A font within the file is never late, though browsers take some time to unpack it.
                    let text = text.replace("font-display:optional", "font-display:block");
                    gathered.style(&self.with_files(&text, &path), tag.get("media").as_deref());
                }
            }
        }
        let list = (0..self.tokens.len()).filter_map(|at| self.tag(at)).find(|tag| is_list(tag));
        if let Some(list) = list.filter(|_| gathered.list.is_empty()) {
            for (name, value) in list.all().into_iter().filter(|(name, _)| name.starts_with("data-")) {
                _ = write!(gathered.list, " {name}=\"{}\"", escape::html(&value.unwrap_or_default()));
            }
        }
    }

    /// A style sheet with the files that it names inside.
    fn with_files(&self, css: &str, path: &str) -> String {
        let mut out = String::new();
        let mut rest = css;
        while let Some((before, after)) = rest.split_once("url(") {
            out.extend([before, "url("]);
            let (inside, after) = after.split_once(')').unwrap_or((after, ""));
            let address = inside.trim().trim_matches(['"', '\'']);
            let whole = &self.whole;
            let file = (!address.starts_with('#') && !url::leaves_site(address))
                .then(|| whole.site_path(path, url::split(address).path))
                .flatten();
            out.push_str(&file.and_then(|file| whole.inside(&file)).unwrap_or_else(|| inside.to_owned()));
            out.push(')');
            rest = after;
        }
        out + rest
    }

    /// The tokens from one to another, with every id and address as they are in the file.
    fn copy(&self, from: usize, to: usize, gathered: &mut Gathered) -> String {
        let mut out = String::new();
        let (mut at, mut outward_until) = (from, 0);
        let heading = if self.is_first() { None } else { self.heading() };
        while at < to {
            let tag = match self.tokens.get(at) {
                Some(Token::Tag(tag)) => tag,
                Some(Token::Text(text)) => {
                    out.push_str(text);
                    at += 1;
                    continue;
                }
                None => break,
            };
            let next = || end(&self.tokens, at).min(to);
            if tag.closes {
                out.push_str(tag.written);
            } else if is_definitions(tag) {
                self.define(at, next(), gathered);
                at = next();
                continue;
            } else if self.is_left_out(tag) {
                at = next();
                continue;
            } else if tag.name == "iframe" {
                out.push_str(&frame(tag));
                at = next();
                continue;
            } else {
                if tag.has_class("citation") {
                    outward_until = next();
                }
                let id = heading.filter(|heading| *heading == at).map(|_| &*self.leaf.root);
                out.push_str(&self.changed(tag, at < outward_until, id));
            }
            at += 1;
        }
        out
    }

    /// Takes up the definitions that aren't in yet.
    fn define(&self, from: usize, to: usize, gathered: &mut Gathered) {
        let mut at = from + 1;
        while at < to {
            let next = end(&self.tokens, at);
            let Some(tag) = self.tag(at) else {
                at += 1;
                continue;
            };
            let id = tag.get("id").unwrap_or_default();
            if tag.name == "h2" && gathered.heading.is_empty() {
                gathered.heading = self.copy(at, next, gathered);
            } else if tag.get("popover").is_some() && gathered.defined.insert(id) {
                let one = self.copy(at, next, gathered);
                gathered.definitions.push_str(&one);
                gathered.definitions.push('\n');
            }
            at = next;
        }
    }

    /// Whether an element has no place in the file.
    fn is_left_out(&self, tag: &Tag<'_>) -> bool {
        let follows = !self.is_first() && LED_ON.iter().any(|class| tag.has_class(class));
        let no_address = self.whole.outputs.site.settings.base_url.is_none()
            && (tag.has_class("cite-this") || tag.has_class("languages"));
        let (rel, attribute) = (tag.get("rel").unwrap_or_default(), |name: &str| tag.get(name).is_some());
        let of_head = match &*tag.name {
            "link" => !matches!(&*rel.to_ascii_lowercase(), "canonical" | "icon" | "license" | "author" | "me"),
            "script" => attribute("src"),
            "meta" => tag.get("http-equiv").is_some(),
            "source" => attribute("srcset"),
            "base" | "object" | "embed" => true,
            _ => false,
        };
        // The changes have a page of their own, and that is in the file.
        let twice = tag.has_class("amendments") && self.whole.ids.values().any(|ids| ids.leaf.root == "_changes");
        follows
            || twice
            || no_address
            || of_head
            || is_list(tag)
            || tag.has_class("copy-link")
            || tag.has_class("share")
    }

    /// A tag as it is in the file.
    fn changed(&self, tag: &Tag<'_>, outward: bool, heading: Option<&str>) -> String {
        let leads = |address: &str| self.whole.leads(self.leaf, address);
        // A file is loaded where it stands, or taken away by a link.
        let loaded = |address: &str| match leads(address) {
            Leads::File(data, _) => Some(data),
            Leads::There(address) if address.starts_with("data:") || address.starts_with('#') => Some(address),
            Leads::There(_) | Leads::Elsewhere(_) => None,
        };
        let mut added = String::new();
        let links = matches!(&*tag.name, "a" | "area");
        let level =
            tag.name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()).filter(|n| (1..=6).contains(n));
        if let Some(level) = level.filter(|_| !self.is_first() && tag.get("aria-level").is_none()) {
            _ = write!(added, " aria-level=\"{}\"", level + 1);
        }
        if links
            && tag.get("download").is_none_or(|name| name.is_empty())
            && let Some(Leads::File(_, name)) = tag.get("href").map(|href| leads(&href))
        {
            _ = write!(added, " download=\"{}\"", escape::html(&name));
        }
        if let Some(root) = heading {
            _ = write!(added, " id=\"{}{HEADING}\"", escape::html(root));
        }
        // The same block may be on several pages: what readers can go to says on which one it is.
        let role = tag.get("role").unwrap_or_default();
        let is_place = tag.name == "nav" || matches!(&*role, "region" | "search" | "navigation");
        let is_place = is_place && !self.is_first();
        let radio = tag.name == "input" && tag.get("type").is_some_and(|kind| kind == "radio");
        let change = |name: &str, value: &str| match name {
            "href" | "xlink:href" if links && outward => self.whole.outward(self.leaf, value),
            "href" | "xlink:href" if links => match leads(value) {
                Leads::There(address) | Leads::File(address, _) => Some(address),
                Leads::Elsewhere(address) => address,
            },
            "download" if links && value.is_empty() => None,
            "href" if tag.name == "link" && tag.get("rel").is_some_and(|rel| rel != "icon") => Some(value.to_owned()),
            "href" | "xlink:href" | "src" | "poster" => loaded(value),
            "srcset" | "sizes" | "imagesrcset" | "ping" | "data-explainer" => None,
            "name" if radio || tag.name == "details" => Some(format!("{}{value}", self.leaf.prefix)),
            "aria-label" if is_place => Some(format!("{value} – {}", self.leaf.title)),
            name if REFERENCES.contains(&name) => {
                let ids = self.whole.ids.get(&*self.leaf.address);
                let now = |id: &str| ids.and_then(|ids| ids.now(id)).unwrap_or_else(|| id.to_owned());
                let mut all: Vec<String> = value.split_ascii_whitespace().map(now).collect();
                if is_place && name == "aria-labelledby" && self.heading().is_some() {
                    all.push(format!("{}{HEADING}", self.leaf.root));
                }
                Some(all.join(" "))
            }
            _ if value.contains("url(#") => Some(value.replace("url(#", &format!("url(#{}", self.leaf.prefix))),
            _ => Some(value.to_owned()),
        };
        tag.with(change, &added)
    }
}

/// What another site shows in a frame: a link to it.
fn frame(tag: &Tag<'_>) -> String {
    let Some(address) = tag.get("src").filter(|address| url::is_web(address)) else { return String::new() };
    let name = tag.get("title").filter(|title| !title.is_empty()).unwrap_or_else(|| address.clone());
    format!("<a href=\"{}\" rel=\"noopener\">{}</a>", escape::html(&address), escape::html(&name))
}

#[cfg(test)]
mod tests {
    use super::unclosed;

    #[test]
    fn only_what_would_end_the_element_is_changed() {
        assert_eq!(unclosed("a</SCRIPT>é</script", "script"), "a<\\/SCRIPT>é<\\/script");
        assert_eq!(unclosed("x</b/.lastIndex", "script"), "x</b/.lastIndex");
    }
}
