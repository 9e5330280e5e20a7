//! What templates speak of: a field of a view that none of them names needn't be made ready for any.
//!
//! A name counts wherever it stands in a tag, as a text too, so that a filter which is told a name
//! (`attribute="name"`) is understood. Where anything may be meant (a loop over the fields of a view, a name that is
//! worked out), all fields are there.

use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What the templates that draw something together speak of.
#[derive(Debug, Default)]
pub struct Mentions {
    /// Every word in them; `None` if anything may be meant.
    words: Option<HashSet<Box<str>>>,
    /// The words whose value is written as it is, with whatever is in it.
    whole: HashSet<Box<str>>,
    /// The words whose value is gone through: if that is no list, by its fields.
    looped: HashSet<Box<str>>,
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
        let mut words = HashSet::new();
        let mut mentions = Self::default();
        let mut others = Vec::new();
        while let Some(text) = open.pop().and_then(|name| texts.get(name)).map(|text| spaced(text)) {
            if text.contains("__tera_context") {
                return Self::default();
            }
            for tag in tags(&text) {
                if means_anything(tag) {
                    return Self::default();
                }
                words.extend(tag.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).map(Box::from));
                mentions.note(tag, &mut others);
            }
            for (name, _) in leads_to(&text).filter_map(|name| texts.get_key_value(name)) {
                if reached.insert(name) {
                    open.push(name);
                }
            }
        }
        // What holds of another name for a value holds of the value. What is gone through under another name may be
        // in a list.
        while others.iter().any(|(other, name)| {
            let known = mentions.whole.contains(other) || mentions.looped.contains(other);
            known && mentions.whole.insert(name.clone())
        }) {}
        mentions.words = Some(words);
        mentions
    }

    /// Notes what a tag writes or goes through, and the other names that it gives: the other name, and the name.
    fn note(&mut self, tag: &str, others: &mut Vec<(Box<str>, Box<str>)>) {
        if begins(tag, "if") || begins(tag, "elif") {
            return;
        }
        let named = match (tag.split_once(" in "), tag.split_once('=')) {
            (Some((head, value)), _) if begins(tag, "for") => Some((head, value, true)),
            (_, Some((head, value))) if begins(tag, "set") || begins(tag, "set_global") => Some((head, value, false)),
            _ => None,
        };
        let Some((head, value, loops)) = named else {
            return self.whole.extend(last_names(tag).map(Box::from));
        };
        let other = head.split_whitespace().last().unwrap_or_default();
        // What is more than a path may be any of the values in it, or what is in one.
        let path = value.trim_matches(|c: char| c == '-' || c.is_whitespace());
        let is_path = path.chars().all(is_of_path);
        for name in last_names(value) {
            if !is_path {
                self.whole.insert(name.into());
            } else if loops {
                self.looped.insert(name.into());
            }
            others.push((other.into(), name.into()));
        }
    }

    /// True if a field of this name may be asked for.
    pub fn has(&self, name: &str) -> bool {
        self.words.as_ref().is_none_or(|words| words.contains(name))
    }

    /// True if all of them may be.
    pub fn all(&self) -> bool {
        self.words.is_none()
    }

    /// True if what is in a field of this name may be asked for, whatever it is called.
    pub fn is_whole(&self, name: &str) -> bool {
        self.all() || self.whole.contains(name)
    }

    /// True if a field of this name may be gone through: if it is no list, by its own fields.
    pub fn is_looped(&self, name: &str) -> bool {
        self.looped.contains(name)
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
            assert!(mentions.has(name), "{name}");
        }
        for name in ["secret", "meta", "comment"] {
            assert!(!mentions.has(name), "{name}");
        }
        assert!(!mentions.all());
    }

    #[test]
    fn what_is_written_is_written_whole() {
        let mentions = of(&[("page.html", "{{- page.nav | safe }}{{ section }}{{ t(key=\"x\") }}")]);
        assert!(mentions.is_whole("nav") && mentions.is_whole("section"));
        assert!(!mentions.is_whole("page"));
    }

    #[test]
    fn what_has_another_name_is_written_whole_under_that() {
        let text =
            "{% for s in sections %}{{ s }}{% endfor %}{% set p = page.nav %}{% for x in p %}{{ x.a }}{% endfor %}";
        let mentions = of(&[("page.html", text)]);
        assert!(mentions.is_whole("sections") && mentions.is_whole("nav"));
        assert!(mentions.is_looped("sections") && !mentions.is_whole("page"));
        let mentions =
            of(&[("page.html", "{% for x in page.facts | first %}{{ x }}{% endfor %}{% for y in list %}{% endfor %}")]);
        assert!(mentions.is_whole("facts") && mentions.is_looped("list") && !mentions.is_whole("list"));
        let text = "{% set\nx = a.b if c else d?.e %}{{ x }}{{ f ~ page.g }}{{ <Card item=h /> }}";
        let mentions = of(&[("page.html", text)]);
        assert!(["b", "e", "f", "g", "h"].into_iter().all(|name| mentions.is_whole(name)));
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
        assert!(of(&[("page.html", "{% include \"page.html\" %}{{ a }}")]).has("a"));
    }
}
