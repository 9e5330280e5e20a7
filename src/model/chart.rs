//! Charts: numbers from a table in the text or from a sheet beside it.

use std::sync::Arc;

use super::Date;
use super::record::{Prose, Provenance};
use crate::base::Text;

/// What a chart looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ChartKind {
    /// A bar for each number, all from zero.
    #[default]
    Bar,
    /// A line for each column.
    Line,
    /// A dot for each number, those of a row on one line.
    Dot,
    /// Two columns, and a line from one to the other for each row.
    Slope,
    /// Columns on top of each other, from zero.
    Area,
}

impl ChartKind {
    /// Each with its name in a text.
    pub const ALL: [(&'static str, Self); 5] =
        [("bar", Self::Bar), ("line", Self::Line), ("dot", Self::Dot), ("slope", Self::Slope), ("area", Self::Area)];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("bar", |(name, _)| name)
    }

    /// True for kinds whose rows lie along an axis; in the others they are a list.
    pub fn has_axis(self) -> bool {
        matches!(self, Self::Line | Self::Area)
    }
}

/// A chart: its options, and its numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Chart {
    /// What it looks like.
    pub kind: ChartKind,
    /// True if a kind is written that there isn't.
    pub kind_unknown: bool,
    /// Its title.
    pub title: Option<Text>,
    /// A line below the title: what is counted, in which unit.
    pub caption: Option<Prose>,
    /// What it shows, for those who don't see it; worked out unless written.
    pub alt: Option<Text>,
    /// Put before each number.
    pub prefix: Option<Text>,
    /// Put after each number.
    pub suffix: Option<Text>,
    /// True if numbers have a comma before their decimals in the language of its text.
    pub comma: bool,
    /// Where the axis of numbers begins and ends, if that is said.
    pub range: (Option<Number>, Option<Number>),
    /// The columns or rows that stand out.
    pub highlight: Vec<Text>,
    /// Words at a place of the axis.
    pub annotations: Vec<Annotation>,
    /// The column of the axis or of the labels; the first unless said.
    pub x: Option<Text>,
    /// The columns with numbers; all others unless said.
    pub y: Vec<Text>,
    /// Where the numbers come from.
    pub provenance: Provenance,
    /// The sheet that the numbers stand in, if they don't stand in the text.
    pub file: Option<Text>,
    /// The table as written: its headings, then its rows.
    pub table: Arc<Vec<Vec<Text>>>,
    /// The numbers.
    pub plot: Arc<Plot>,
}

/// Words at a place of the axis.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Annotation {
    /// The place: a row's label, a date or a number.
    pub at: Text,
    /// The words.
    pub text: Text,
}

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Plot {
    /// What the axis or the labels are called.
    pub heading: String,
    /// The rows.
    pub rows: Vec<Stop>,
    /// The columns.
    pub series: Vec<Series>,
}

/// A row of a chart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Stop {
    /// As written.
    pub label: String,
    /// Where it lies on an axis.
    pub place: Place,
}

/// Where a row lies on an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// After the one before it.
    InTurn,
    /// At a number.
    Number(Number),
    /// At a date.
    Date(Date),
}

impl Place {
    /// Its place as a number: a date's is the middle of what it covers, in days. `turn` is the place of what has none.
    pub fn position(self, turn: usize) -> f64 {
        match self {
            Self::InTurn => turn as f64,
            Self::Number(number) => number.get(),
            Self::Date(date) => {
                let day = |day: Option<super::date::Day>| day.map_or(0.0, |day| day.to_epoch_days() as f64);
                (day(date.earliest()) + day(date.latest())) / 2.0
            }
        }
    }
}

impl Plot {
    /// Where on the axis something is: at a row's label, a date or a number between the first row and the last.
    pub fn position_of(&self, at: &str) -> Option<f64> {
        if let Some(row) = self.rows.iter().position(|row| row.label == at) {
            return Some(self.rows.get(row)?.place.position(row));
        }
        let place = match self.rows.first()?.place {
            Place::Date(_) => Place::Date(Date::parse(at).ok()?),
            Place::Number(_) => Place::Number(Number::parse(at)?),
            Place::InTurn => return None,
        };
        let (first, last) = (self.rows.first()?.place.position(0), self.rows.last()?.place.position(0));
        Some(place.position(0)).filter(|at| (first..=last).contains(at))
    }
}

/// A column of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Series {
    /// Its heading.
    pub name: String,
    /// A number for each row; `None` where nothing is known.
    pub values: Vec<Option<Number>>,
}

/// A finite number. Compared and hashed by its bits.
#[derive(Clone, Copy, Debug)]
pub struct Number(f64);

impl Number {
    /// `None` for what is not finite, or too large to be drawn.
    pub fn new(value: f64) -> Option<Self> {
        // Minus zero is zero.
        (value.is_finite() && value.abs() <= 1e15).then_some(Self(value + 0.0))
    }

    /// Its value.
    pub fn get(self) -> f64 {
        self.0
    }

    /// A number as people write it in a sheet: `1,234.5`, `12 %`, `€ 3`, `−4`. With a single comma the last three digits
    /// decide: `1,234` is more than a thousand, `1,5` is one and a half.
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_as(text, None)
    }

    /// The same, where it is known which sign stands before the decimals.
    pub fn parse_as(text: &str, decimal: Option<Decimal>) -> Option<Self> {
        let space = |c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\'' | '’');
        let around = |c: char| space(c) || matches!(c, '$' | '€' | '£' | '¥' | '%' | '+');
        let signed = text.trim_matches(around);
        let below = signed.strip_prefix(['-', '−', '–']);
        let bare = below.unwrap_or(signed).trim_matches(around);
        let negative = below.is_some();
        // Spaces stand between thousands, as points and commas may.
        let bare = grouped(bare, space)?;
        let bare = bare.as_str();
        let (point, comma) = (|c: char| c == '.', |c: char| c == ',');
        let plain = match (bare.rfind('.'), bare.rfind(',')) {
            _ if decimal == Some(Decimal::Point) => grouped(bare, comma)?,
            _ if decimal == Some(Decimal::Comma) => grouped(bare, point)?.replace(',', "."),
            (Some(dot), Some(at)) if dot > at => grouped(bare, comma)?,
            (Some(_), Some(_)) => grouped(bare, point)?.replace(',', "."),
            (None, Some(at)) => {
                let thousands = at > 0 && !bare.starts_with("0,");
                grouped(bare, comma).filter(|_| thousands).unwrap_or_else(|| bare.replacen(',', ".", 1))
            }
            _ if bare.matches('.').count() > 1 => grouped(bare, point)?,
            _ => bare.to_owned(),
        };
        let sound = plain.starts_with(|c: char| c.is_ascii_digit() || c == '.')
            && plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '-'));
        let value: f64 = sound.then(|| plain.parse().ok()).flatten()?;
        Self::new(if negative { -value } else { value })
    }
}

/// A number without what stands between its thousands; `None` if what stands there can't be that: groups after the first
/// have three digits (in India two, but for the last), and none comes after decimals.
fn grouped(text: &str, between: impl Fn(char) -> bool) -> Option<String> {
    let whole = text.find(|c: char| !c.is_ascii_digit() && !between(c)).unwrap_or(text.len());
    let (whole, decimals) = text.split_at_checked(whole)?;
    let groups: Vec<&str> = whole.split(&between).collect();
    let sound = match groups.as_slice() {
        [_] => true,
        [first, middle @ .., last] => {
            let long = |group: &&str| matches!(group.len(), 2 | 3);
            (1..=3).contains(&first.len()) && middle.iter().all(long) && last.len() == 3
        }
        [] => false,
    };
    (sound && !decimals.contains(between)).then(|| groups.concat() + decimals)
}

/// The sign before the decimals of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// As in `1,234.5`.
    Point,
    /// As in `1.234,5`.
    Comma,
}

impl Decimal {
    /// Which one a number shows; `None` where it could be either, as in `1,234`, or isn't there.
    pub fn of(text: &str) -> Option<Self> {
        let points = text.matches('.').count();
        let commas = text.matches(',').count();
        let one = |sign: char, this: Self, other: Self| {
            let (before, after) = text.split_once(sign)?;
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
            let before: String = before.chars().filter(char::is_ascii_digit).collect();
            match text.matches(sign).count() {
                1 if digits(after) != 3 || before.len() > 3 || before.is_empty() || before == "0" => Some(this),
                1 => None,
                _ => Some(other),
            }
        };
        match (points, commas) {
            (0, 0) => None,
            (_, 0) => one('.', Self::Point, Self::Comma),
            (0, _) => one(',', Self::Comma, Self::Point),
            _ if text.rfind('.') > text.rfind(',') => Some(Self::Point),
            _ => Some(Self::Comma),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Number {}

impl std::hash::Hash for Number {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Number};

    #[test]
    fn numbers_as_people_write_them() {
        for (text, value) in [
            ("12", 12.0),
            ("1,234", 1234.0),
            ("1,234,567.5", 1_234_567.5),
            ("1.234,5", 1234.5),
            ("1,5", 1.5),
            ("0,123", 0.123),
            ("12 %", 12.0),
            ("$3", 3.0),
            ("€ -3", -3.0),
            ("−4.5", -4.5),
            ("1 000", 1000.0),
            ("1.234.567", 1_234_567.0),
            (".5", 0.5),
            ("1e3", 1000.0),
            ("+7", 7.0),
            ("1’000", 1000.0),
            ("12,34,567", 1_234_567.0),
            ("1 234,5", 1234.5),
            ("- 5 €", -5.0),
        ] {
            assert_eq!(Number::parse(text).map(Number::get), Some(value), "{text}");
        }
        for (text, decimal) in [
            ("1,234.5", Some(Decimal::Point)),
            ("1.234,5", Some(Decimal::Comma)),
            ("1.234.567", Some(Decimal::Comma)),
            ("0.123", Some(Decimal::Point)),
            ("1,5 %", Some(Decimal::Comma)),
            ("2.100", None),
            ("12", None),
        ] {
            assert_eq!(Decimal::of(text), decimal, "{text}");
        }
        assert_eq!(Number::parse_as("2.100", Some(Decimal::Comma)).map(Number::get), Some(2100.0));
        assert_eq!(Number::parse_as("2,100", Some(Decimal::Point)).map(Number::get), Some(2100.0));
        for text in [
            "",
            "-",
            "n/a",
            "3bn",
            "1-2",
            "NaN",
            "inf",
            "1e99",
            "2020-01",
            "..",
            "12 apples",
            "01.02.2020",
            "12.34.56",
            "1.2.3",
            "1..2",
            "192.168.0.1",
            "1,2,3",
            "12 5",
            "1.5 000",
        ] {
            assert!(Number::parse(text).is_none(), "{text}");
        }
    }
}
