//! How to cite the explainer, for programs that keep references: BibTeX (as biblatex and biber read it) and CSL-JSON.

use serde_json::{Value, json};

use crate::base::hash::short_hash;
use crate::base::text::slug;
use crate::model::date::Point;
use crate::model::{Agent, Author, Date, ExplainerMeta};
use crate::render::cx::Cx;

/// What writes a citation.
pub type Write = fn(&Cx<'_>) -> String;

/// The files with citations of the explainer: path below it, media type, and what writes it. None where the site's
/// address is not known, or there is no text to cite.
pub fn files(cx: &Cx<'_>) -> Vec<(&'static str, &'static str, Write)> {
    if cx.site.settings.base_url.is_none() || cx.explainer.index.is_none() {
        return Vec::new();
    }
    vec![
        ("cite.bib", "application/x-bibtex", bibtex),
        ("cite.csl.json", "application/vnd.citationstyles.csl+json", csl),
    ]
}

/// A name as lists of references take it apart.
enum Name {
    /// Of an organisation, or one that can't be taken apart.
    Whole(String),
    /// Given name, and family name with what belongs to it: "Ursula", "von der Leyen".
    Parts(String, String),
}

/// The explainer as a BibTeX entry.
fn bibtex(cx: &Cx<'_>) -> String {
    let Some(index) = &cx.explainer.index else { return String::new() };
    let (meta, settings) = (&index.meta, &cx.site.settings);
    let authors = meta.authors.iter().map(|author| match name(cx, author) {
        Name::Whole(name) => format!("{{{}}}", tex(&name)),
        Name::Parts(given, family) => format!("{}, {}", tex(&family), tex(&given)),
    });
    let authors: Vec<String> = authors.collect();
    let (issued, first) = dates(meta);
    let fields = [
        ("title", Some(format!("{{{}}}", tex(&super::title(cx))))),
        ("author", Some(authors.join(" and ")).filter(|authors| !authors.is_empty())),
        ("organization", settings.publisher.as_ref().map(|publisher| format!("{{{}}}", tex(&publisher.name)))),
        ("date", issued.map(Date::to_edtf)),
        ("origdate", first.map(Date::to_edtf)),
        ("url", Some(super::absolute(cx, ""))),
        ("langid", babel(cx.catalogue.language()).map(str::to_owned)),
        ("rights", settings.license.as_ref().map(|license| tex(license))),
    ];
    let mut out = format!("@online{{{},\n", key(cx));
    for (field, value) in fields {
        out.extend(value.map(|value| format!("  {field} = {{{value}}},\n")));
    }
    out.push_str("}\n");
    out
}

/// The explainer as a list of one item in CSL-JSON.
fn csl(cx: &Cx<'_>) -> String {
    let Some(index) = &cx.explainer.index else { return String::new() };
    let (meta, settings) = (&index.meta, &cx.site.settings);
    let authors = meta.authors.iter().map(|author| match name(cx, author) {
        Name::Whole(literal) => json!({ "literal": literal }),
        Name::Parts(given, family) => json!({ "family": family, "given": given }),
    });
    let (issued, first) = dates(meta);
    let title = super::title(cx);
    let site = cx.about_site().title.map(|site| site.to_string()).filter(|site| *site != title);
    let authors: Vec<Value> = authors.collect();
    let fields = [
        ("id", Some(key(cx).into())),
        ("type", Some("webpage".into())),
        ("title", Some(title.into())),
        ("author", Some(Value::Array(authors)).filter(|authors| authors.get(0).is_some())),
        ("container-title", site.map(Value::from)),
        ("publisher", settings.publisher.as_ref().map(|publisher| publisher.name.to_string().into())),
        ("issued", issued.map(csl_date)),
        ("original-date", first.map(csl_date)),
        ("URL", Some(super::absolute(cx, "").into())),
        ("language", Some(cx.catalogue.language().into())),
        ("license", settings.license.as_ref().map(|license| license.to_string().into())),
        ("abstract", super::description(cx).map(Value::from)),
    ];
    // A line a field: people copy it, and look at what they copy.
    let lines = fields.into_iter().filter_map(|(field, value)| Some(format!("  {}: {}", json!(field), value?)));
    format!("[{{\n{}\n}}]\n", lines.collect::<Vec<_>>().join(",\n"))
}

/// When the explainer last changed, and when it was first published if that is another day.
fn dates(meta: &ExplainerMeta) -> (Option<&Date>, Option<&Date>) {
    let issued = meta.updated.as_ref().or(meta.published.as_ref());
    (issued, meta.published.as_ref().filter(|date| Some(*date) != issued))
}

/// What a citation is called in a manuscript: made of the address, so that it stays the same whatever is rewritten.
fn key(cx: &Cx<'_>) -> String {
    let address = super::absolute(cx, "");
    let bare = address.split_once("://").map_or(&*address, |(_, bare)| bare);
    let key = slug(&crate::base::url::decode(bare));
    // Not every program takes other letters in a key.
    if key.is_ascii() {
        key
    } else {
        format!("{}-{}", slug(&key.replace(|c: char| !c.is_ascii(), "-")), short_hash(key.as_bytes(), 6))
    }
}

/// The name of an author, taken apart if it is a person's.
fn name(cx: &Cx<'_>, author: &Author) -> Name {
    let publisher = cx.site.settings.publisher.as_ref().filter(|publisher| publisher.name.text == author.name.text);
    let as_publisher = publisher.map(|publisher| publisher.kind.unwrap_or(Agent::Organisation));
    let whole = || Name::Whole(author.name.to_string());
    let words: Vec<&str> = author.name.split_whitespace().collect();
    let is_person = author.kind.or(as_publisher).unwrap_or(Agent::Person) == Agent::Person;
    // "The Paper's reporters" have no given name either.
    let article =
        words.first().is_some_and(|word| matches!(&*word.to_lowercase(), "the" | "die" | "das" | "les" | "los"));
    if !is_person || article || words.len() < 2 || words.contains(&"and") || author.name.contains(',') {
        return whole();
    }
    // As BibTeX takes it: what begins with a small letter begins the family name, else that is the last word.
    let small = |word: &&str| word.chars().next().is_some_and(char::is_lowercase);
    let family = words.iter().skip(1).position(small).map_or(words.len() - 1, |at| at + 1).min(words.len() - 1);
    match words.split_at_checked(family) {
        Some((given, family)) => Name::Parts(given.join(" "), family.join(" ")),
        None => whole(),
    }
}

/// A date as CSL has it: in figures where it is a day, a month or a year, else as written.
fn csl_date(date: &Date) -> Value {
    match date {
        Date::Point(Point { year, month, day, season: None, open_digits: 0, .. }) if *year > 0 => {
            let parts = [Some(*year), month.map(i32::from), day.map(i32::from)];
            json!({ "date-parts": [parts.into_iter().map_while(|part| part).collect::<Vec<i32>>()] })
        }
        _ => json!({ "raw": date.to_edtf() }),
    }
}

/// A text in a field of BibTeX. Braces are counted even behind a backslash, so they are named.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '%' | '&' | '$' | '#' | '_' => out.extend(['\\', c]),
            c if c.is_control() || c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// What LaTeX calls a language.
fn babel(language: &str) -> Option<&'static str> {
    match language.split('-').next().unwrap_or_default() {
        "en" if language.ends_with("US") => Some("american"),
        "en" if language.ends_with("GB") => Some("british"),
        "en" => Some("english"),
        "de" => Some("ngerman"),
        "fr" => Some("french"),
        "es" => Some("spanish"),
        "ar" => Some("arabic"),
        "ja" => Some("japanese"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use biblatex::{Bibliography, ChunksExt};

    use super::*;
    use crate::render::outputs::testing;

    #[test]
    fn bibtex_can_be_read_whatever_the_texts_are() {
        for text in ["Text", "100% of A & B_c #1 for $5", "Zoë {and} \\ ~ ^ 中文", "}{", "{{", testing::HOSTILE] {
            let options = testing::Options { text, ..testing::Options::default() };
            testing::with(&options, |cx| {
                let written = bibtex(cx);
                let read = Bibliography::parse(&written).unwrap_or_else(|e| panic!("{e}: {written}"));
                let entry = read.iter().next().unwrap();
                assert_eq!(read.len(), 1, "{written}");
                assert_eq!(entry.key, "example-org-deal");
                if text.starts_with("100%") {
                    assert_eq!(entry.title().unwrap().format_verbatim(), text);
                }
                assert_eq!(entry.url().unwrap(), "https://example.org/deal/");
            });
        }
    }

    #[test]
    fn csl_has_only_what_its_schema_has() {
        const FIELDS: [&str; 12] = [
            "id",
            "type",
            "title",
            "author",
            "container-title",
            "publisher",
            "issued",
            "original-date",
            "URL",
            "language",
            "license",
            "abstract",
        ];
        for text in ["Text", testing::HOSTILE] {
            let options = testing::Options { text, ..testing::Options::default() };
            testing::with(&options, |cx| {
                let read: Value = serde_json::from_str(&csl(cx)).unwrap();
                let [Value::Object(item)] = read.as_array().unwrap().as_slice() else { panic!("{read}") };
                assert!(item.keys().all(|field| FIELDS.contains(&&**field)), "{read}");
                assert_eq!(item["type"], "webpage");
                assert_eq!(item["title"], *super::super::title(cx));
                let date =
                    |name: &str| item.get(name).is_none_or(|date| date.get("date-parts").or(date.get("raw")).is_some());
                assert!(date("issued") && date("original-date"), "{read}");
                let named = |author: &Value| author.get("literal").or(author.get("family")).is_some();
                assert!(item.get("author").is_none_or(|all| all.as_array().unwrap().iter().all(named)), "{read}");
            });
        }
    }
}
