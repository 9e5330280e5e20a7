//! CSV for spreadsheets and programs alike: RFC 4180, CRLF, UTF-8 with a byte order mark (without one Excel takes the
//! text for the system's own encoding), and no cell that a spreadsheet would run.

use std::borrow::Cow;

use serde_json::Value;

use super::record::Record;
use super::records::Table;
use crate::base::Bytes;

/// The table as CSV: a heading line, then a line a record.
pub fn write(table: &Table) -> Bytes {
    let mut out = "\u{FEFF}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
    // Writing to memory does not fail, and every line has as many cells as the heading.
    let _ = writer.write_record(table.columns);
    for record in &table.records {
        for column in table.columns {
            let _ = writer.write_field(&*cell(record, column));
        }
        let _ = writer.write_record(None::<&[u8]>);
    }
    let _ = writer.flush();
    drop(writer);
    Bytes::new(out)
}

/// A table of texts as CSV, each line with as many cells as it has.
pub fn lines<'t>(rows: impl Iterator<Item = Vec<&'t str>>) -> Bytes {
    let mut out = "\u{FEFF}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(&mut out);
    for row in rows {
        // Writing to memory does not fail.
        let _ = writer.write_record(row.iter().map(|cell| neutral(cell).into_owned()));
    }
    let _ = writer.flush();
    drop(writer);
    Bytes::new(out)
}

fn cell<'r>(record: &'r Record, column: &str) -> Cow<'r, str> {
    match plain(record.get(column).unwrap_or(&Value::Null)) {
        Cow::Borrowed(text) => neutral(text),
        Cow::Owned(text) => neutral(&text).into_owned().into(),
    }
}

/// A value as one text: lists joined with `; `, nothing for what is missing.
fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::String(text) => Cow::Borrowed(text),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; ").into(),
        other => other.to_string().into(),
    }
}

/// `text`, with an apostrophe in front if a spreadsheet would take it for a formula: its first character (white space
/// aside) is `=`, `+`, `-` or `@`, or it begins with a tab or a line break. Numbers stay as they are: `-5`, `+3.2`,
/// `-1,000`, `-5 %`, `-$5`; and so does a dash on its own.
fn neutral(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}');
    let runs =
        trimmed.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || text.starts_with(['\t', '\r', '\n']);
    if runs && !is_number(trimmed) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// True for what a spreadsheet reads as a number, and for a dash alone.
fn is_number(text: &str) -> bool {
    let text = text.trim_end();
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text).trim_start();
    let amount = unsigned.trim_start_matches(['$', '€', '£', '¥']).trim_start();
    let amount = amount.trim_end_matches(['%', '‰', '$', '€', '£', '¥']).trim_end();
    if amount.is_empty() {
        return text == "-";
    }
    let digit = |c: char| c.is_ascii_digit();
    // `1.5e3`: a spreadsheet reads it as a number too.
    let amount = match amount.split_once(['e', 'E']) {
        Some((mantissa, power)) => {
            let power = power.strip_prefix(['+', '-']).unwrap_or(power);
            if power.is_empty() || !power.chars().all(digit) {
                return false;
            }
            mantissa
        }
        None => amount,
    };
    amount.starts_with(|c| digit(c) || c == '.')
        && amount.ends_with(digit)
        && amount.chars().all(|c| digit(c) || matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{A0}' | '\u{202F}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_neutralised() {
        for bad in [
            "=1+1",
            "+1+1",
            "-1+1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\nx",
            " =1",
            "\u{FEFF}=1",
            "\u{A0}=1",
            "＝1+1",
            "=HYPERLINK(\"https://example.org\")",
            "-2+3+cmd|' /C calc'!A0",
            "- a point",
            "--",
            "+",
            "-$",
            "-1-1",
            "+1 555 0100 x",
            "-A1",
        ] {
            assert_eq!(neutral(bad), format!("'{bad}"), "{bad:?}");
        }
    }

    #[test]
    fn numbers_and_texts_stay() {
        for good in [
            "",
            "-5",
            "+3.2",
            "-1,000",
            "-5 %",
            "-5%",
            "-$5",
            "$5",
            "-1 000,5 €",
            "-.5",
            "-1.5e3",
            "+2E-7",
            "-",
            "5 = 5",
            "a@b",
            "2019-07-22",
            "$250 billion",
            "x\n=1",
        ] {
            assert_eq!(neutral(good), good);
        }
    }

    #[test]
    fn written_tables_read_back() {
        let hostile = ["a,b", "say \"x\"", "two\r\nlines", "=1+1", "; ", "é\u{202E}", "'x"];
        let mut record = Record::new();
        record.put("id", "one");
        record.put("list", hostile.iter().map(|s| Value::from(*s)).collect::<Vec<_>>());
        record.put("text", "=1+1");
        record.put("number", 7);
        let columns: &[&str] = &["id", "list", "text", "number", "missing"];
        let bytes = write(&Table { columns, records: vec![record] });
        let text = std::str::from_utf8(&bytes).expect("UTF-8").strip_prefix('\u{FEFF}').expect("a mark");
        assert!(text.starts_with("id,list,text,number,missing\r\n"), "{text}");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
        let list = hostile.join("; ");
        assert_eq!(rows, [csv::StringRecord::from(vec!["one", &list, "'=1+1", "7", ""])]);
    }
}
