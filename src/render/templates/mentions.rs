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
}

impl Mentions {
    /// Of the template `name` and all that it leads to, among `texts` by name.
    pub fn of(name: &str, texts: &BTreeMap<&str, &str>) -> Self {
        // A component can be called from anywhere.
        let components =
            texts.iter().filter(|(_, text)| text.contains("{% component") || text.contains("{%- component"));
        let first = texts.get_key_value(name).into_iter().chain(components);
        let mut reached: BTreeSet<&str> = first.map(|(name, _)| *name).collect();
        let mut open: Vec<&str> = reached.iter().copied().collect();
        let (mut words, mut whole) = (HashSet::new(), HashSet::new());
        while let Some(text) = open.pop().and_then(|name| texts.get(name)) {
            if means_anything(text) {
                return Self::default();
            }
            let all = tags(text).flat_map(|tag| tag.split(|c: char| !is_word(c)));
            words.extend(all.filter(|word| !word.is_empty()).map(Box::from));
            whole.extend(written(text).map(Box::from));
            for (name, _) in leads_to(text).filter_map(|name| texts.get_key_value(name)) {
                if reached.insert(name) {
                    open.push(name);
                }
            }
        }
        Self { words: Some(words), whole }
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
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
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

/// True if fields may be meant that the template doesn't name.
fn means_anything(text: &str) -> bool {
    // `for name, value in view`
    let in_pairs = text.match_indices("for ").any(|(at, _)| {
        let names =
            text.get(at + "for ".len()..).and_then(|rest| rest.split_once(" in ")).map_or("", |(names, _)| names);
        names.contains(',') && names.chars().all(|c| is_word(c) || matches!(c, ',' | ' '))
    });
    // `view[name]`
    let worked_out = text.match_indices('[').any(|(at, _)| {
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        let inside = after.get(1..).unwrap_or_default().trim_start();
        before.ends_with(|c| is_word(c) || matches!(c, ']' | ')'))
            && inside.starts_with(|c: char| c.is_alphabetic() || c == '_')
    });
    in_pairs || worked_out || text.contains("__tera_context")
}

/// The names of the templates that a template extends or includes: the texts in the tags that say so.
fn leads_to(text: &str) -> impl Iterator<Item = &str> {
    let tags = tags(text).filter(|tag| {
        let tag = tag.trim_start_matches('-').trim_start();
        tag.starts_with("extends") || tag.starts_with("include")
    });
    tags.flat_map(|tag| tag.split(['"', '\'', '`']).skip(1).step_by(2))
}

/// The last names of what is written with `{{ … }}`.
fn written(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|rest| {
        let path = rest.split(['|', '}']).next()?.trim_matches(|c: char| c == '-' || c.is_whitespace());
        let name = path.rsplit('.').next()?;
        (!name.is_empty() && name.chars().all(is_word)).then_some(name)
    })
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
        assert!(!mentions.is_whole("page") && !mentions.is_whole("t"));
    }

    #[test]
    fn names_that_are_worked_out_are_all_names() {
        for text in [
            "{% for name, value in page %}{{ value }}{% endfor %}",
            "{% for name,value in page %}{{ value }}{% endfor %}",
            "{{ page[name] }}",
            "{{ pages[0][name] }}",
            "{{ __tera_context }}",
        ] {
            assert!(of(&[("page.html", text)]).all(), "{text}");
        }
        for text in ["{{ list[0] }}", "{{ page[\"title\"] }}", "[a]", "for a, b and c", "{% for a in [b, c] %}"] {
            assert!(!of(&[("page.html", text)]).all(), "{text}");
        }
    }

    #[test]
    fn templates_that_include_each_other_end() {
        assert!(of(&[("page.html", "{% include \"page.html\" %}{{ a }}")]).has("a"));
    }
}
