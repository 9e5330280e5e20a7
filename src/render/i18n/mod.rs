//! The page's language: texts of the interface (Fluent), dates, numbers and lists (CLDR).
//!
//! One file a language, named by its code, lies beside this module; a site may add or replace texts in `i18n/`. English
//! is complete; where a language lacks a text, the English one stands in. Dates, numbers and lists need no file: they come in
//! every language that CLDR has.

mod dates;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, RwLock};

use fluent_bundle::memoizer::MemoizerKind;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::list::options::{ListFormatterOptions, ListLength};
use icu::locale::{Locale, locale};
use icu::plurals::{PluralCategory, PluralRules};
use intl_memoizer::Memoizable;
use unic_langid::LanguageIdentifier;

use super::cx::{Arg, DateView};
use crate::base::hash::fingerprint;
use crate::model::date::Date;
use crate::model::strings::{self, BUILT_IN, OwnStrings};

type Bundle = fluent_bundle::concurrent::FluentBundle<Arc<FluentResource>>;

/// Up to this number every language has shown each of its plural categories for whole numbers but those of millions.
const PLURAL_SAMPLES: u32 = 111;

/// So many texts are kept: those of the pages that are being made, not those of a site.
const KNOWN_TEXTS: usize = 4096;

/// The built-in texts of a language, parsed when they are first wanted.
fn built_in(code: &str) -> Option<Arc<FluentResource>> {
    static PARSED: [OnceLock<Arc<FluentResource>>; BUILT_IN.len()] = [const { OnceLock::new() }; BUILT_IN.len()];
    let at = BUILT_IN.iter().position(|(known, _)| *known == code)?;
    let (_, text) = BUILT_IN.get(at)?;
    Some(PARSED.get(at)?.get_or_init(|| strings::parse(text)).clone())
}

/// Texts in one language.
struct Texts {
    /// The language that they are written in.
    code: String,
    source: Source,
    bundle: OnceLock<Bundle>,
}

/// Where texts are from.
enum Source {
    BuiltIn,
    Own(Arc<str>),
}

/// What a page needs to speak its language. Cheap to make; each part is loaded when it is first used, then kept.
pub struct Catalogue {
    /// The language as a BCP 47 tag in canonical form, for `lang` attributes.
    language: String,
    locale: Locale,
    /// The site's texts, then the built-in ones of the language, then English.
    chain: Vec<Texts>,
    /// The site's texts, which make this catalogue another than that of the language alone.
    own: Vec<Arc<str>>,
    runs_left: bool,
    plurals: OnceLock<Vec<(&'static str, u32)>>,
    dates: OnceLock<dates::Formatters>,
    known_dates: RwLock<HashMap<Date, DateView>>,
    /// Texts with arguments, by the fingerprint of key and arguments: the same citation has the same label wherever it
    /// stands.
    known_texts: RwLock<HashMap<u128, Arc<str>>>,
    decimal: OnceLock<Option<DecimalFormatter>>,
}

impl Catalogue {
    /// The catalogue of a BCP 47 language tag. A tag that is none counts as English. What the site says itself goes
    /// before what the program says.
    pub fn new(language: &str, own: &OwnStrings) -> Self {
        let locale = Locale::try_from_str(language.trim()).unwrap_or(locale!("en"));
        let code = locale.id.language.to_string();
        let tag = locale.id.to_string();
        let texts = |code: &str, source| Texts { code: code.to_owned(), source, bundle: OnceLock::new() };
        let own: Vec<(String, Arc<str>)> =
            own.of(&tag).map(|(tag, text)| (tag.to_owned(), text.text.clone())).collect();
        let mut chain: Vec<Texts> = own.iter().map(|(tag, text)| texts(tag, Source::Own(text.clone()))).collect();
        let built_in = BUILT_IN.iter().any(|(known, _)| *known == code).then_some(&*code);
        chain.extend(
            built_in.into_iter().chain((code != "en").then_some("en")).map(|code| texts(code, Source::BuiltIn)),
        );
        let own = own.into_iter().map(|(_, text)| text).collect();
        let language = locale.to_string();
        Self {
            runs_left: crate::model::language::runs_left(&language),
            language,
            locale,
            chain,
            own,
            plurals: OnceLock::new(),
            dates: OnceLock::new(),
            known_dates: RwLock::default(),
            known_texts: RwLock::default(),
            decimal: OnceLock::new(),
        }
    }

    /// The codes of the languages that have an interface of their own.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(code, _)| *code)
    }

    /// The language tag, for `lang` attributes.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The direction of the script, for `dir` attributes: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        if self.runs_left { "rtl" } else { "ltr" }
    }

    /// The same as [`Catalogue::t`], kept for the next who asks: for texts that stand in many places.
    pub fn t_again(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let id = fingerprint(&(key, args));
        if let Some(known) = self.known_texts.read().ok().and_then(|known| known.get(&id).cloned()) {
            return known.to_string();
        }
        let text = self.t(key, args);
        if let Ok(mut known) = self.known_texts.write() {
            if known.len() >= KNOWN_TEXTS {
                known.clear();
            }
            known.insert(id, text.as_str().into());
        }
        text
    }

    /// A text of the interface. A key that is in no file is given back as it is.
    pub fn t(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            match value {
                Arg::Number(number) => values.set(*name, *number),
                Arg::Text(text) => values.set(*name, *text),
            }
        }
        for texts in &self.chain {
            let bundle = texts.bundle.get_or_init(|| self.bundle(texts));
            if let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) {
                // An argument that is missing shows as its name; there is nobody here to tell.
                return bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned();
            }
        }
        key.to_owned()
    }

    /// True if some language of the chain has the text.
    pub fn has(&self, key: &str) -> bool {
        self.chain.iter().any(|texts| texts.bundle.get_or_init(|| self.bundle(texts)).has_message(key))
    }

    /// A number in the language's digits, grouped as it groups them.
    pub fn number(&self, number: f64) -> String {
        let formatter =
            self.decimal.get_or_init(|| DecimalFormatter::try_new((&self.locale).into(), Default::default()).ok());
        match (formatter, decimal(number)) {
            (Some(formatter), Some(value)) => formatter.format_to_string(&value),
            _ => number.to_string(),
        }
    }

    /// A number with this many decimals, in the language's digits.
    pub fn number_with(&self, number: f64, decimals: usize) -> String {
        let formatter =
            self.decimal.get_or_init(|| DecimalFormatter::try_new((&self.locale).into(), Default::default()).ok());
        let text = format!("{number:.decimals$}");
        match (formatter, Decimal::try_from_str(&text)) {
            (Some(formatter), Ok(value)) => formatter.format_to_string(&value),
            _ => text,
        }
    }

    /// The plural categories of whole numbers from 1 on in the language, each with a number that is of it.
    pub fn plurals(&self) -> &[(&'static str, u32)] {
        self.plurals.get_or_init(|| self.find_plurals())
    }

    fn find_plurals(&self) -> Vec<(&'static str, u32)> {
        let Ok(rules) = PluralRules::try_new((&self.locale).into(), Default::default()) else {
            return vec![("other", 2)];
        };
        let mut out: Vec<(&'static str, u32)> = Vec::new();
        for n in 1..=PLURAL_SAMPLES {
            let category = match rules.category_for(n) {
                PluralCategory::Zero => "zero",
                PluralCategory::One => "one",
                PluralCategory::Two => "two",
                PluralCategory::Few => "few",
                PluralCategory::Many => "many",
                PluralCategory::Other => "other",
            };
            if !out.iter().any(|(known, _)| *known == category) {
                out.push((category, n));
            }
        }
        if !out.iter().any(|(known, _)| *known == "other") {
            out.push(("other", PLURAL_SAMPLES));
        }
        out
    }

    /// "a, b and c".
    pub fn list(&self, items: &[String]) -> String {
        let options = ListFormatterOptions::default().with_length(ListLength::Wide);
        match icu::list::ListFormatter::try_new_and((&self.locale).into(), options) {
            Ok(formatter) => formatter.format_to_string(items.iter()),
            Err(_) => items.join(", "),
        }
    }

    fn bundle(&self, texts: &Texts) -> Bundle {
        // Plurals follow the file's language; digits and grouping follow the page's, region and all.
        let own = self.locale.id.language.as_str() == crate::model::language::primary(&texts.code);
        let tag = if own { self.locale.id.to_string() } else { texts.code.clone() };
        let language: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = Bundle::new_concurrent(vec![language]);
        // Marks around inserted text keep it apart from text of the other direction; where all runs left to right they
        // would only be in the way of searching and copying.
        bundle.set_use_isolating(self.direction() == "rtl");
        bundle.set_formatter(Some(format_number));
        // The only error is a key that is there twice: the first one holds.
        let resource = match &texts.source {
            Source::BuiltIn => built_in(&texts.code),
            Source::Own(text) => Some(strings::parse(text)),
        };
        let _ = resource.map(|resource| bundle.add_resource(resource));
        bundle
    }
}

/// The fingerprint of a catalogue is its language and the site's own texts: all else follows from them.
impl std::hash::Hash for Catalogue {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.language.hash(state);
        self.own.hash(state);
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Catalogue({})", self.language)
    }
}

/// CLDR's number format of a bundle's language, kept by the bundle.
struct NumberFormat(DecimalFormatter);

impl Memoizable for NumberFormat {
    type Args = ();
    type Error = ();

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        let locale = Locale::try_from_str(&language.to_string()).map_err(|_| ())?;
        DecimalFormatter::try_new(locale.into(), Default::default()).map(Self).map_err(|_| ())
    }
}

/// Writes the numbers in texts in the digits of the language.
fn format_number<M: MemoizerKind>(value: &FluentValue<'_>, memoizer: &M) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let value = decimal(number.value)?;
    memoizer.with_try_get_threadsafe::<NumberFormat, _, _>((), |format| format.0.format_to_string(&value)).ok()
}

fn decimal(number: f64) -> Option<Decimal> {
    Decimal::try_from_str(&number.to_string()).ok()
}

#[cfg(test)]
mod tests;
