//! What the cells of a column are, so that a reader can sort by it: dates, sums of money, percentages, numbers, or
//! texts. Only short values count: "about $250 billion" is a sum, a sentence with a figure in it is a text.

use crate::model::Date;
use crate::model::date::Point;
use crate::render::i18n::Catalogue;

/// What a column is sorted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// By days; a year or a month by its first.
    Date,
    /// By amount. Currencies aren't converted, so all must have the same sign.
    Money,
    /// By percentage.
    Percent,
    /// By number.
    Number,
    /// By the alphabet of the language.
    Text,
}

impl Kind {
    /// Its name in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Number => "number",
            Self::Text => "text",
        }
    }
}

/// Words beside the figure, above which a value is a text.
const WORDS: usize = 3;

const CURRENCIES: [&str; 28] = [
    "$",
    "€",
    "£",
    "¥",
    "₹",
    "₽",
    "₩",
    "₺",
    "₪",
    "₫",
    "zł",
    "usd",
    "eur",
    "gbp",
    "jpy",
    "chf",
    "cny",
    "inr",
    "cad",
    "aud",
    "euro",
    "euros",
    "dollar",
    "dollars",
    "ドル",
    "ユーロ",
    "円",
    "دولار",
];

/// Words for powers of ten that mean the same in all languages that the interface speaks.
const POWERS: [(&str, f64); 40] = [
    ("thousand", 1e3),
    ("k", 1e3),
    ("tausend", 1e3),
    ("tsd", 1e3),
    ("mille", 1e3),
    ("mil", 1e3),
    ("ألف", 1e3),
    ("千", 1e3),
    ("万", 1e4),
    ("億", 1e8),
    ("兆", 1e12),
    ("million", 1e6),
    ("millions", 1e6),
    ("millionen", 1e6),
    ("mio", 1e6),
    ("m", 1e6),
    ("mn", 1e6),
    ("millón", 1e6),
    ("millones", 1e6),
    ("مليون", 1e6),
    ("ملايين", 1e6),
    ("bn", 1e9),
    ("milliarde", 1e9),
    ("milliarden", 1e9),
    ("mrd", 1e9),
    ("milliard", 1e9),
    ("milliards", 1e9),
    ("md", 1e9),
    ("mds", 1e9),
    ("مليار", 1e9),
    ("مليارات", 1e9),
    ("tn", 1e12),
    ("billón", 1e12),
    ("billones", 1e12),
    ("billionen", 1e12),
    ("تريليون", 1e12),
    ("trillion", 1e12),
    ("trillions", 1e12),
    ("billion", 1e9),
    ("billions", 1e9),
];

/// What all values of a column are, and the number by which each is sorted. A column of texts has none; nor has a cell
/// that says nothing.
pub fn column(catalogue: &Catalogue, values: &[Option<String>]) -> (Kind, Vec<Option<f64>>) {
    let texts = || (Kind::Text, vec![None; values.len()]);
    let mut kind = None;
    let mut keys = Vec::with_capacity(values.len());
    for value in values {
        let Some(value) = value else {
            keys.push(None);
            continue;
        };
        let Some(read) = read(catalogue, value) else { return texts() };
        if *kind.get_or_insert((read.kind, read.currency)) != (read.kind, read.currency) {
            return texts();
        }
        keys.push(Some(read.number));
    }
    kind.map_or_else(texts, |(kind, _)| (kind, keys))
}

/// What a value was read as.
struct Read {
    kind: Kind,
    number: f64,
    currency: Option<&'static str>,
}

fn read(catalogue: &Catalogue, value: &str) -> Option<Read> {
    let value = value.trim();
    if value.is_empty() || value.len() > 60 {
        return None;
    }
    if let Some(number) =
        Date::parse(value).ok().and_then(|date| days(&date)).or_else(|| date_in_words(catalogue, value))
    {
        return Some(Read { kind: Kind::Date, number, currency: None });
    }
    let value = ascii_digits(value).to_lowercase();
    let (before, digits, after) = figure(&value)?;
    let number = number(catalogue, digits)?;
    // A figure directly before a word is set apart from it: "250bn", "2500億ドル".
    let beside = format!("{before} {after}");
    let beside = beside.replace('%', " % ");
    let words: Vec<&str> = beside
        .split(|c: char| {
            c.is_whitespace()
                || matches!(c, '(' | ')' | '.' | ',' | '~' | '+' | '<' | '>' | '≈' | '≤' | '≥' | '’' | '\'')
        })
        .filter(|word| !word.is_empty())
        .collect();
    let percent =
        words.iter().any(|word| matches!(*word, "%" | "percent" | "prozent" | "٪")) || beside.contains("per cent");
    let currency = CURRENCIES.into_iter().find(|sign| match sign.chars().all(|c| c.is_ascii_alphabetic()) {
        true => words.contains(sign),
        false => beside.contains(sign),
    });
    let english = catalogue.language().starts_with("en") || catalogue.language().starts_with("ja");
    let mut power = 1.0;
    let mut other = 0;
    for word in &words {
        let known = POWERS.iter().find(|(name, _)| name == word || (!name.is_ascii() && word.starts_with(name)));
        match known {
            // Elsewhere a billion is a million millions.
            Some(("billion" | "billions", _)) if !english => power *= 1e12,
            Some(("trillion" | "trillions", _)) if !english => power *= 1e18,
            Some((_, by)) => power *= by,
            None if *word == "%" || currency.is_some_and(|sign| word.contains(sign)) => {}
            None => other += 1,
        }
    }
    if other > WORDS {
        return None;
    }
    let kind = match (percent, currency) {
        (true, _) => Kind::Percent,
        (false, Some(_)) => Kind::Money,
        // A bare figure like this one, with hardly anything beside it, is a year.
        (false, None) if power == 1.0 && digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) => {
            let year = digits.parse().ok().filter(|year| (1000..3000).contains(year))?;
            return Some(Read { kind: Kind::Date, number: days(&Date::Point(Point::of_year(year)))?, currency: None });
        }
        (false, None) => Kind::Number,
    };
    Some(Read { kind, number: number * power, currency: if kind == Kind::Money { currency } else { None } })
}

/// The only figure in a text, and what stands around it. A minus is part of it.
fn figure(value: &str) -> Option<(&str, &str, &str)> {
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’' | '٫' | '٬' | '\u{a0}' | '\u{202f}');
    let (before, rest) = value.split_at(value.find(|c: char| c.is_ascii_digit())?);
    let end = rest.find(|c: char| !part(c)).unwrap_or(rest.len());
    let end = rest.get(..end)?.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
    let after = rest.get(end..)?;
    if after.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let before = before.trim_end_matches(['-', '−']);
    Some((before, value.get(before.len()..value.len() - after.len())?, after))
}

/// A figure in the digits and separators of the language.
fn number(catalogue: &Catalogue, digits: &str) -> Option<f64> {
    let comma = catalogue.number(1.5).contains(',');
    let mut out = String::with_capacity(digits.len());
    for c in digits.chars() {
        match c {
            '0'..='9' => out.push(c),
            '-' | '−' => out.push('-'),
            ',' if comma => out.push('.'),
            '.' if !comma => out.push('.'),
            '٫' => out.push('.'),
            _ => {}
        }
    }
    out.parse().ok()
}

/// Arabic, Persian and full-width digits as ASCII ones.
fn ascii_digits(text: &str) -> String {
    let ascii = |c: char, zero: u32| char::from_digit(u32::from(c) - zero, 10);
    text.chars()
        .map(|c| {
            match c {
                '\u{660}'..='\u{669}' => ascii(c, 0x660),
                '\u{6f0}'..='\u{6f9}' => ascii(c, 0x6f0),
                '\u{ff10}'..='\u{ff19}' => ascii(c, 0xff10),
                _ => None,
            }
            .unwrap_or(c)
        })
        .collect()
}

/// The first day that a date may mean, as a number.
fn days(date: &Date) -> Option<f64> {
    date.earliest().map(|day| day.to_epoch_days() as f64)
}

/// A day or a month in words: in the order of the page's language, or with its names of months in any order.
fn date_in_words(catalogue: &Catalogue, value: &str) -> Option<f64> {
    let ascii = ascii_digits(value).to_lowercase();
    let words: Vec<&str> = ascii.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let numbers: Vec<&str> = ascii.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    let year: i32 = numbers.iter().find(|digits| digits.len() == 4)?.parse().ok()?;
    let day =
        numbers.iter().filter(|digits| digits.len() < 3).find_map(|d| d.parse().ok().filter(|d| (1..=31).contains(d)));
    (1..=12).find_map(|month| {
        let of_month = Point { month: Some(month), ..Point::of_year(year) };
        let in_words = catalogue.date(&Date::Point(of_month)).to_lowercase();
        if in_words == ascii {
            return days(&Date::Point(of_month));
        }
        // "3月" and the like: a month that is a number is told by the form of the whole date.
        let name = in_words.split(|c: char| !c.is_alphabetic()).max_by_key(|word| word.chars().count()).unwrap_or("");
        let date = Date::Point(Point { day, ..of_month });
        if name.chars().count() < 3 {
            return (catalogue.date(&date) == value).then(|| days(&date)).flatten();
        }
        // "Dec." stands for December, as long as nothing else is there to be read.
        let is_name = |word: &str| word == name || (word.chars().count() >= 3 && name.starts_with(word));
        let others = words.iter().filter(|word| !is_name(word) && !word.contains(|c: char| c.is_ascii_digit())).count();
        (words.iter().any(|word| is_name(word)) && others < WORDS && numbers.len() <= 2).then(|| days(&date)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(language: &str, value: &str) -> String {
        let catalogue = Catalogue::new(language, &Default::default());
        read(&catalogue, value).map_or_else(|| "text".to_owned(), |r| format!("{} {}", r.kind.name(), r.number))
    }

    #[test]
    fn values_are_what_their_language_says() {
        for (language, value, expected) in [
            ("en", "$250 billion", "money 250000000000"),
            ("en", "about $1.5bn", "money 1500000000"),
            ("en", "27%", "percent 27"),
            ("en", "about 32.5 per cent", "percent 32.5"),
            ("en", "-4", "number -4"),
            ("en", "1,234", "number 1234"),
            ("en", "Three clouds, 2 of them at Amazon since last spring", "text"),
            ("en", "between 3 and 5", "text"),
            ("en", "3-5", "text"),
            ("en", "about −4.5%", "percent -4.5"),
            ("en", "Gemini", "text"),
            ("de", "32,5 %", "percent 32.5"),
            ("de", "2,5 Mrd. €", "money 2500000000"),
            ("de", "1.234", "number 1234"),
            ("fr", "3 milliards d’euros", "money 3000000000"),
            ("es", "1 billón", "number 1000000000000"),
            ("ja", "2500億ドル", "money 250000000000"),
        ] {
            assert_eq!(show(language, value), expected, "{language}: {value}");
        }
    }

    #[test]
    fn dates_are_ordered() {
        let catalogue = Catalogue::new("en-GB", &Default::default());
        let values = ["2019", "22 July 2019", "2020-01", "January 2023", "end of 2030", "2032-01-05"];
        let (kind, keys) = column(&catalogue, &values.map(|value| Some(value.to_owned())));
        assert_eq!(kind, Kind::Date);
        assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
    }

    #[test]
    fn months_are_named_in_the_language() {
        for (language, value, same) in [
            ("en", "3 March 2024", "2024-03-03"),
            ("en", "since Dec. 2023", "2023-12"),
            ("de", "3. März 2024", "2024-03-03"),
            ("es", "3 de marzo de 2024", "2024-03-03"),
            ("ja", "2024年3月3日", "2024-03-03"),
            ("ja", "2024年3月", "2024-03"),
        ] {
            let catalogue = Catalogue::new(language, &Default::default());
            let day = |value: &str| read(&catalogue, value).filter(|r| r.kind == Kind::Date).map(|r| r.number);
            assert!(day(value).is_some() && day(value) == day(same), "{language}: {value}");
        }
    }

    #[test]
    fn a_column_is_of_one_kind() {
        let catalogue = Catalogue::new("en", &Default::default());
        let column = |values: &[&str]| {
            let values: Vec<_> = values.iter().map(|v| (!v.is_empty()).then(|| (*v).to_owned())).collect();
            column(&catalogue, &values)
        };
        assert_eq!(column(&["$1 million", "", "$20"]), (Kind::Money, vec![Some(1e6), None, Some(20.0)]));
        assert_eq!(column(&["$1 million", "€20"]), (Kind::Text, vec![None, None]));
        assert_eq!(column(&["3", "many"]).0, Kind::Text);
        assert_eq!(column(&["", ""]).0, Kind::Text);
        assert_eq!(column(&[]).0, Kind::Text);
    }
}
