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
        // A component can be called from anywhere.
        let components = texts.iter().filter(|(_, text)| tags(text).any(|tag| begins(tag, "component")));
        let first = texts.get_key_value(name).into_iter().chain(components);
        let mut reached: BTreeSet<&str> = first.map(|(name, _)| *name).collect();
        let mut open: Vec<&str> = reached.iter().copied().collect();
        let mut words = HashSet::new();
        let mut mentions = Self::default();
        let mut others = Vec::new();
        while let Some(text) = open.pop().and_then(|name| texts.get(name)) {
            if text.contains("__tera_context") {
                return Self::default();
            }
            for tag in tags(text) {
                if means_anything(tag) {
                    return Self::default();
                }
                words.extend(tag.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).map(Box::from));
                mentions.note(tag, &mut others);
            }
            for (name, _) in leads_to(text).filter_map(|name| texts.get_key_value(name)) {
                if reached.insert(name) {
                    open.push(name);
                }
            }
        }
        // What holds of another name for a value holds of the value.
        while others.iter().any(|(other, name)| {
            let whole = mentions.whole.contains(*other) && mentions.whole.insert(Box::from(*name));
            // What is gone through under another name may be in a list.
            whole || (mentions.looped.contains(*other) && mentions.whole.insert(Box::from(*name)))
        }) {}
        mentions.words = Some(words);
        mentions
    }

    /// Notes what a tag writes or goes through, and the other names that it gives: the other name, and the name.
    fn note<'t>(&mut self, tag: &'t str, others: &mut Vec<(&'t str, &'t str)>) {
        let tag = bare(tag);
        if let Some(rest) = tag.strip_prefix("for ") {
            let Some((other, value)) = rest.split_once(" in ") else { return };
            let Some(name) = last_name(value) else { return };
            // What a filter makes of a list may be one of its elements.
            let _ = if value.contains('|') { self.whole.insert(name.into()) } else { self.looped.insert(name.into()) };
            others.push((other.trim(), name));
        } else if let Some(rest) = tag.strip_prefix("set ").or(tag.strip_prefix("set_global ")) {
            let Some((other, value)) = rest.split_once('=') else { return };
            others.extend(last_name(value).map(|name| (other.trim(), name)));
        } else {
            self.whole.extend(last_name(tag).map(Box::from));
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

/// A tag without its marks for white space.
fn bare(tag: &str) -> &str {
    tag.trim_matches(|c: char| c == '-' || c.is_whitespace())
}

/// True if a tag is of this kind.
fn begins(tag: &str, kind: &str) -> bool {
    bare(tag).strip_prefix(kind).is_some_and(|rest| !rest.starts_with(is_word))
}

/// The last name of the path that an expression begins with: `nav` of `page.nav | first`.
fn last_name(value: &str) -> Option<&str> {
    let value = value.trim_start();
    let path = value.get(..value.find(|c: char| !is_word(c) && c != '.').unwrap_or(value.len()))?;
    path.rsplit('.').next().filter(|name| !name.is_empty())
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
        let inside = after.get(1..).unwrap_or_default().trim_start();
        before.ends_with(|c| is_word(c) || matches!(c, ']' | ')'))
            && inside.starts_with(|c: char| c.is_alphabetic() || c == '_')
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
        let in_text = |at: usize| {
            let before = inside.get(..at).unwrap_or_default();
            ['"', '\'', '`'].into_iter().any(|quote| before.matches(quote).count() % 2 == 1)
        };
        // A quotation mark within one of the other kind is taken for an open one: more is looked at then, not less.
        let end = inside.match_indices(close).map(|(at, _)| at).take(8).find(|at| !in_text(*at));
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
            ("part.html", "{{ page.language }}"),
            ("other.html", "{{ secret }}"),
            ("parts.html", "{% component Button(label) %}{{ label }}{% endcomponent %}"),
        ]);
        for name in ["section", "title", "item", "date", "href", "page", "language", "label", "after"] {
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
    }

    #[test]
    fn names_that_are_worked_out_are_all_names() {
        for text in [
            "{% for name, value in page %}{{ value }}{% endfor %}",
            "{% for name,value in page %}{{ value }}{% endfor %}",
            "{{ page[name] }}",
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
