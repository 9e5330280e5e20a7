//! What an author who typed something else than EDTF most likely meant.

use super::parse::{DateError, Fault, strict};
use super::{Date, Day};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const FORMS: &str = "write a date such as `2021`, `2025-05`, `2019-07-22`, `2021~` (about), `2025-05?` (unsure), \
                     `2019/2021` (from and to) or `2030/..` (open)";

/// The message for a text that is not a date.
pub(super) fn explain(text: &str, fault: &Fault) -> DateError {
    let meant = readings(text);
    let (what, otherwise) = describe(text, fault);
    let help = match meant.as_slice() {
        [] => otherwise,
        [one] => format!("write `{one}`"),
        [first, second, ..] => format!("write `{first}` for {}, or `{second}` for {}", words(first), words(second)),
    };
    DateError { message: what, help: Some(help) }
}

fn describe(text: &str, fault: &Fault) -> (String, String) {
    let forms = || FORMS.to_owned();
    if text.is_empty() {
        return ("the date is empty".to_owned(), forms());
    }
    match fault {
        Fault::Form => (format!("`{text}` is not a date as data files write it"), forms()),
        Fault::Month(month) => (
            format!("`{text}` has no such month: `{month:02}`"),
            "months are `01` to `12`; `21` to `24` are spring, summer, autumn and winter, without a day".to_owned(),
        ),
        Fault::Day(year, month) => {
            let days = Day::days_in_month(*year, *month);
            let name = MONTHS.get(usize::from(*month).wrapping_sub(1)).copied().unwrap_or_default();
            (
                format!("`{text}` is not in the calendar: {name} {year} has {days} days"),
                format!("correct the day, or write `{:04}-{month:02}` if only the month is known", year),
            )
        }
        Fault::Year => (
            format!("the year of `{text}` is too far away to be counted"),
            "years between -2147483648 and 2147483647 can be used".to_owned(),
        ),
        Fault::NoPoint => (
            format!("`{text}` has neither a start nor an end"),
            "write at least one of them: `2030/..` or `../2030`".to_owned(),
        ),
    }
}

/// `5 July 2019` for `2019-07-05`.
fn words(edtf: &str) -> String {
    match strict(edtf) {
        Ok(Date::Point(point)) => match (point.day, point.month.and_then(|m| MONTHS.get(usize::from(m) - 1))) {
            (Some(day), Some(month)) => format!("{day} {month} {}", point.year),
            (None, Some(month)) => format!("{month} {}", point.year),
            _ => edtf.to_owned(),
        },
        _ => edtf.to_owned(),
    }
}

/// What may have been meant, as EDTF: nothing, one reading, or two (day and month could be either way round).
fn readings(text: &str) -> Vec<String> {
    // Dashes of the typographic kind, and spaces that only look like one.
    let plain: String = text
        .chars()
        .map(|c| match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    let mut found = if plain == text { Vec::new() } else { vec![plain.clone()] };
    found.extend(interval(&plain));
    found.extend(single(&plain));
    let mut kept: Vec<String> = Vec::new();
    for reading in found {
        if strict(&reading).is_ok() && !kept.contains(&reading) {
            kept.push(reading);
        }
    }
    kept.truncate(2);
    kept
}

/// Two dates with something other than `/` between them.
fn interval(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let lower = lower.strip_prefix("from ").unwrap_or(&lower);
    if let Some(start) = lower.strip_prefix("since ") {
        return Some(format!("{}/..", exact(start)?));
    }
    if let Some(end) = lower.strip_prefix("until ") {
        return Some(format!("../{}", exact(end)?));
    }
    let separators = [" to ", " until ", " - ", "--", "/", "-"];
    separators.into_iter().filter_map(|separator| lower.split_once(separator)).find_map(|(from, to)| {
        let to = match to.trim() {
            "now" | "today" | "present" | "ongoing" | "..." | "…" | "*" => "..".to_owned(),
            to => exact(to)?,
        };
        Some(format!("{}/{to}", exact(from)?))
    })
}

/// The one reading of a text that stands for a point.
fn exact(text: &str) -> Option<String> {
    let text = text.trim();
    let typed = text.to_uppercase();
    if typed.len() >= 4 && strict(&typed).is_ok() {
        return Some(typed);
    }
    let mut readings = single(text).into_iter().filter(|reading| strict(reading).is_ok());
    match (readings.next(), readings.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// One point in another spelling.
fn single(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    for about in ["circa ", "about ", "around ", "approx. ", "ca. ", "ca ", "c. ", "c ", "c.", "~"] {
        if let Some(rest) = lower.strip_prefix(about) {
            return exact(rest).map(|date| format!("{date}~")).into_iter().collect();
        }
    }
    for (typed, mark) in [("?~", "%"), ("~?", "%"), (" ?", "?"), (" ~", "~"), ("(?)", "?"), ("??", "?")] {
        if let Some(rest) = lower.strip_suffix(typed) {
            return exact(rest).map(|date| format!("{date}{mark}")).into_iter().collect();
        }
    }
    if let Some(decade) = lower.strip_suffix("0s").or_else(|| lower.strip_suffix("0's")) {
        return vec![format!("{decade}X")];
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && *w != "of" && *w != "the").collect();
    if words.iter().any(|word| month_number(word).is_some() || season_number(word).is_some()) {
        return named(&words).into_iter().collect();
    }
    if let Some(reading) = quarter(&words) {
        return vec![reading];
    }
    numbers(&lower, &words)
}

/// `July 2019`, `22 July 2019`, `July 22nd, 2019`, `summer 2019`.
fn named(words: &[&str]) -> Option<String> {
    let year = words.iter().find(|w| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit()))?;
    if let Some(season) = words.iter().find_map(|w| season_number(w)) {
        return Some(format!("{year}-{season}"));
    }
    let month = words.iter().find_map(|w| month_number(w))?;
    let day = words
        .iter()
        .map(|w| ["st", "nd", "rd", "th"].iter().find_map(|end| w.strip_suffix(end)).unwrap_or(w))
        .find(|w| (1..=2).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit()));
    match (day, words.len()) {
        (Some(day), 3) => Some(format!("{year}-{month:02}-{day:0>2}")),
        (None, 2) => Some(format!("{year}-{month:02}")),
        _ => None,
    }
}

fn month_number(word: &str) -> Option<usize> {
    let matches = |name: &str| {
        let name = name.to_lowercase();
        word == name || (word.len() >= 3 && name.starts_with(word)) || (word == "sept" && name == "september")
    };
    MONTHS.iter().position(|name| matches(name)).map(|at| at + 1)
}

fn season_number(word: &str) -> Option<u8> {
    match word {
        "spring" => Some(21),
        "summer" => Some(22),
        "autumn" | "fall" => Some(23),
        "winter" => Some(24),
        _ => None,
    }
}

/// `2021-Q1`, `Q1 2021`: the months of the quarter.
fn quarter(words: &[&str]) -> Option<String> {
    let [a, b] = words else { return None };
    let (quarter, year) = if a.starts_with('q') { (a, b) } else { (b, a) };
    let first = match *quarter {
        "q1" => 1,
        "q2" => 4,
        "q3" => 7,
        "q4" => 10,
        _ => return None,
    };
    Some(format!("{year}-{first:02}/{year}-{:02}", first + 2))
}

/// Numbers alone: `2019-7-2`, `2019/07/22`, `22.07.2019`, `07/22/2019`, `20190722`, `y2021`.
fn numbers(lower: &str, words: &[&str]) -> Vec<String> {
    match words {
        [one] if one.len() == 8 && one.is_ascii() => {
            let (year, rest) = one.split_at(4);
            let (month, day) = rest.split_at(2);
            vec![format!("{year}-{month}-{day}")]
        }
        [one] if one.len() > 4 && one.bytes().all(|b| b.is_ascii_digit()) => vec![format!("Y{one}")],
        [_] => vec![lower.to_uppercase(), lower.trim_start_matches(['y', '+']).to_owned()],
        [year, month] if year.len() == 4 => vec![format!("{year}-{month:0>2}")],
        [month, year] if year.len() == 4 => vec![format!("{year}-{month:0>2}")],
        [year, month, day] if year.len() == 4 => vec![format!("{year}-{month:0>2}-{day:0>2}")],
        [a, b, year] if year.len() == 4 => {
            vec![format!("{year}-{b:0>2}-{a:0>2}"), format!("{year}-{a:0>2}-{b:0>2}")]
        }
        _ => Vec::new(),
    }
}
