//! What templates speak of: a field of a view that none of them names needn't be made ready for any.
//!
//! A name counts wherever it stands in a tag, as a text too, so that a filter which is told a name
//! (`attribute="name"`) is understood. Where anything may be meant (a loop over the fields of a view, a name that is
//! worked out), all fields are there.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

/// What the templates that draw something together speak of.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Every word in them; `None` if anything may be meant. Each view asks for each of its fields, so that the hashing
    /// is felt.
    words: Option<FxHashMap<Box<str>, Manner>>,
}

/// How templates speak of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// Its value is written as it is, with whatever is in it.
    pub whole: bool,
    /// Its value is gone through: if that is no list, by its fields.
    pub looped: bool,
}

/// What is found in templates.
#[derive(Default)]
struct Found {
    words: FxHashMap<Box<str>, Manner>,
    /// The other names that values are given, and their names.
    others: Vec<(Box<str>, Box<str>)>,
}

impl Mentions {
    /// Of the template `name` and all that it leads to, among `texts` by name.
    pub fn of(name: &str, texts: &BTreeMap<&str, &str>) -> Self {
        let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        // A component can be called from anywhere.
        let defines = |text: &str| tags(text).any(|tag| begins(tag, "component"));
        let components = texts.iter().filter(|(_, text)| text.contains("component") && defines(&spaced(text)));
        let first = texts.get_key_value(name).into_iter().chain(components);
        let mut reached: BTreeSet<&str> = first.map(|(name, _)| *name).collect();
        let mut open: Vec<&str> = reached.iter().copied().collect();
        let mut found = Found::default();
        while let Some(text) = open.pop().and_then(|name| texts.get(name)).map(|text| spaced(text)) {
            if text.contains("__tera_context") {
                return Self::default();
            }
            for tag in tags(&text) {
                if means_anything(tag) {
                    return Self::default();
                }
                for word in tag.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()) {
                    found.manner(word);
                }
                found.note(tag);
            }
            for (name, _) in leads_to(&text).filter_map(|name| texts.get_key_value(name)) {
                if reached.insert(name) {
                    open.push(name);
                }
            }
        }
        // What holds of another name for a value holds of the value. What is gone through under another name may be
        // in a list.
        let others = std::mem::take(&mut found.others);
        while others.iter().any(|(other, name)| {
            let known = *found.manner(other) != Manner::default();
            let manner = found.manner(name);
            known && !std::mem::replace(&mut manner.whole, true)
        }) {}
        Self { words: Some(found.words) }
    }

    /// How a field of this name is spoken of, if it may be asked for.
    pub fn of_field(&self, name: &str) -> Option<Manner> {
        match &self.words {
            None => Some(Manner { whole: true, looped: true }),
            Some(words) => words.get(name).copied(),
        }
    }

    /// True if any of them may be.
    pub fn all(&self) -> bool {
        self.words.is_none()
    }
}

impl Found {
    /// How a word is spoken of so far.
    fn manner(&mut self, word: &str) -> &mut Manner {
        self.words.entry(word.into()).or_default()
    }

    /// Notes what a tag writes or goes through, and the other names that it gives.
    fn note(&mut self, tag: &str) {
        if begins(tag, "if") || begins(tag, "elif") {
            return;
        }
        let named = match (tag.split_once(" in "), tag.split_once('=')) {
            (Some((head, value)), _) if begins(tag, "for") => Some((head, value, true)),
            (_, Some((head, value))) if begins(tag, "set") || begins(tag, "set_global") => Some((head, value, false)),
            _ => None,
        };
        let Some((head, value, loops)) = named else {
            return last_names(tag).for_each(|name| self.manner(name).whole = true);
        };
        let other = head.split_whitespace().last().unwrap_or_default();
        // What is more than a path may be any of the values in it, or what is in one.
        let path = value.trim_matches(|c: char| c == '-' || c.is_whitespace());
        let is_path = path.chars().all(is_of_path);
        for name in last_names(value) {
            if !is_path {
                self.manner(name).whole = true;
            } else if loops {
                self.manner(name).looped = true;
            }
            self.others.push((other.into(), name.into()));
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// True if a tag is of this kind.
fn begins(tag: &str, kind: &str) -> bool {
    tag.trim_start_matches(['-', ' ']).strip_prefix(kind).is_some_and(|rest| !rest.starts_with(is_word))
}

fn is_of_path(c: char) -> bool {
    is_word(c) || matches!(c, '.' | '?')
}

/// The last names of the paths in an expression: `nav` and `first` of `page.nav | first`.
fn last_names(value: &str) -> impl Iterator<Item = &str> {
    let paths = value.split(|c| !is_of_path(c));
    paths.filter_map(|path| path.rsplit(['.', '?']).next()).filter(|name| !name.is_empty())
}

/// True if a tag may mean fields that it doesn't name.
fn means_anything(tag: &str) -> bool {
    // `for name, value in view`
    let in_pairs = tag.match_indices("for ").any(|(at, _)| {
        let names =
            tag.get(at + "for ".len()..).and_then(|rest| rest.split_once(" in ")).map_or("", |(names, _)| names);
        names.contains(',') && names.chars().all(|c| is_word(c) || matches!(c, ',' | ' '))
    });
    // `view[name]`
    let worked_out = tag.match_indices('[').any(|(at, _)| {
        let (before, after) = tag.split_at_checked(at).unwrap_or_default();
        let before = before.trim_end();
        let inside = after.get(1..).and_then(|rest| rest.split(']').next()).unwrap_or_default().trim();
        let quoted = |quote: char| {
            inside
                .strip_prefix(quote)
                .and_then(|rest| rest.strip_suffix(quote))
                .is_some_and(|text| !text.contains(quote))
        };
        let literal = inside.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ':'))
            || ['"', '\'', '`'].into_iter().any(quoted);
        let list = before.ends_with(" in");
        before.ends_with(|c| is_word(c) || matches!(c, ']' | ')')) && !literal && !list
    });
    // `view | keys`
    let filtered = tag.split('|').skip(1).any(|filter| {
        let filter = filter.trim_start();
        let name = filter.get(..filter.find(|c| !is_word(c)).unwrap_or(filter.len())).unwrap_or_default();
        matches!(name, "keys" | "values" | "pairs" | "get")
    });
    // `sort(attribute=name)`
    let attribute = tag.split("attribute").skip(1).any(|rest| {
        let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
        value.is_some_and(|value| !value.starts_with(['"', '\'', '`']))
    });
    in_pairs || worked_out || filtered || attribute
}

/// What stands in `{{ … }}` and `{% … %}`. The closing sign may stand in a text.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let open = memchr::memchr_iter(b'{', rest.as_bytes())
            .find(|at| matches!(rest.as_bytes().get(at + 1), Some(b'{' | b'%')))?;
        let close = if rest.as_bytes().get(open + 1) == Some(&b'%') { "%}" } else { "}}" };
        let inside = rest.get(open + 2..)?;
        let (mut quote, mut escaped) = (None, false);
        let end = inside.bytes().enumerate().find(|(at, byte)| match quote {
            Some(open) => {
                quote = Some(open).filter(|open| escaped || open != byte);
                escaped = !escaped && *byte == b'\\';
                false
            }
            None => {
                quote = Some(*byte).filter(|byte| matches!(byte, b'"' | b'\'' | b'`'));
                inside.as_bytes().get(*at..).is_some_and(|rest| rest.starts_with(close.as_bytes()))
            }
        });
        let end = end.map(|(at, _)| at);
        let (tag, after) = inside.split_at_checked(end.unwrap_or(inside.len()))?;
        rest = after;
        Some(tag)
    })
}

/// The names of the templates that a template extends or includes: the texts in the tags that say so.
fn leads_to(text: &str) -> impl Iterator<Item = &str> {
    let tags = tags(text).filter(|tag| begins(tag, "extends") || begins(tag, "include"));
    tags.flat_map(|tag| tag.split(['"', '\'', '`']).skip(1).step_by(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_whole(mentions: &Mentions, name: &str) -> bool {
        mentions.of_field(name).is_some_and(|manner| manner.whole)
    }

    fn of(texts: &[(&'static str, &'static str)]) -> Mentions {
        Mentions::of("page.html", &texts.iter().copied().collect())
    }

    #[test]
    fn names_count_wherever_they_lead() {
        let mentions = of(&[
            ("page.html", "{% extends \"base.html\" %}{{ section.title }}{% include 'part.html' %}"),
            (
                "base.html",
                "<meta>{# comment #}{{ \"}}\" ~ after }}{% for item in items | sort(attribute=\"date\") %}{{ item.href }}{% endfor %}",
            ),
            ("part.html", "{% set x = \"it's \\\" %}\" %}{%- include\n\"late.html\" -%}{{ page.language }}"),
            ("late.html", "{{ late }}"),
            ("other.html", "{{ secret }}"),
            ("parts.html", "{% component Button(label) %}{{ label }}{% endcomponent %}"),
        ]);
        for name in ["section", "title", "item", "date", "href", "page", "language", "label", "after", "late"] {
            assert!(mentions.of_field(name).is_some(), "{name}");
        }
        for name in ["secret", "meta", "comment"] {
            assert!(mentions.of_field(name).is_none(), "{name}");
        }
        assert!(!mentions.all());
    }

    #[test]
    fn what_is_written_is_written_whole() {
        let mentions = of(&[("page.html", "{{- page.nav | safe }}{{ section }}{{ t(key=\"x\") }}")]);
        assert!(is_whole(&mentions, "nav") && is_whole(&mentions, "section"));
        assert!(!is_whole(&mentions, "page"));
    }

    #[test]
    fn what_has_another_name_is_written_whole_under_that() {
        let text =
            "{% for s in sections %}{{ s }}{% endfor %}{% set p = page.nav %}{% for x in p %}{{ x.a }}{% endfor %}";
        let mentions = of(&[("page.html", text)]);
        assert!(is_whole(&mentions, "sections") && is_whole(&mentions, "nav"));
        assert!(mentions.of_field("sections").is_some_and(|manner| manner.looped) && !is_whole(&mentions, "page"));
        let mentions =
            of(&[("page.html", "{% for x in page.facts | first %}{{ x }}{% endfor %}{% for y in list %}{% endfor %}")]);
        assert!(
            is_whole(&mentions, "facts")
                && mentions.of_field("list").is_some_and(|manner| manner.looped)
                && !is_whole(&mentions, "list")
        );
        let text = "{% set\nx = a.b if c else d?.e %}{{ x }}{{ f ~ page.g }}{{ <Card item=h /> }}";
        let mentions = of(&[("page.html", text)]);
        assert!(["b", "e", "f", "g", "h"].into_iter().all(|name| is_whole(&mentions, name)));
    }

    #[test]
    fn names_that_are_worked_out_are_all_names() {
        for text in [
            "{% for name, value in page %}{{ value }}{% endfor %}",
            "{% for name,value in page %}{{ value }}{% endfor %}",
            "{{ page[name] }}",
            "{{ page [\"a\" ~ name] }}",
            "{% for name,\n\tvalue in page %}{{ value }}{% endfor %}",
            "{{ pages[0][name] }}",
            "{{ __tera_context }}",
            "{% for value in page | values %}{{ value }}{% endfor %}",
            "{{ page|get(key=name) }}",
            "{% for a in list | sort(attribute=name) %}{% endfor %}",
        ] {
            assert!(of(&[("page.html", text)]).all(), "{text}");
        }
        for text in [
            "{{ list[0] }}",
            "{{ page[\"title\"] }}",
            "a[b] for a, b in c",
            "{% for a in [b, c] %}",
            "{% for a in list | sort(attribute=\"date\") %}{{ a.keys }}{% endfor %}",
        ] {
            assert!(!of(&[("page.html", text)]).all(), "{text}");
        }
    }

    #[test]
    fn templates_that_include_each_other_end() {
        assert!(of(&[("page.html", "{% include \"page.html\" %}{{ a }}")]).of_field("a").is_some());
    }
}
