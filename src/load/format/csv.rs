//! CSV (RFC 4180), through the `csv-core` crate, which tells how many bytes each cell took.

use std::collections::BTreeMap;
use std::ops::Range;

use csv_core::{ReadFieldResult, ReaderBuilder};

use crate::base::{Diagnostic, Diagnostics, Span, Text, rules};
use crate::load::source::Source;
use crate::load::value::trimmed;

/// A sheet: a row of headings and the rows below it that say something.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The headings, without white space around them.
    pub headings: Vec<Text>,
    /// The rows that are not blank.
    pub rows: Vec<Row>,
    /// What separates the cells.
    pub delimiter: char,
}

/// A row of a sheet.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its place.
    pub span: Span,
    /// The cells, without white space around them; as many as there are headings.
    pub cells: Vec<Text>,
}

/// Reads a sheet. Reports rows that are blank, too long or too short, headings that are missing or double, and quotes
/// that are not closed. `None` if there is no row of headings.
///
/// With `labels`, the first column holds the labels of the rows and needs no heading.
pub fn read(source: &Source<'_>, labels: bool, out: &mut Diagnostics) -> Option<Sheet> {
    let delimiter = delimiter(source.text);
    let mut records = records(source.text, delimiter).into_iter();
    let Some(first) = records.by_ref().find(is_headings) else {
        out.push(
            source
                .fault(0..0, "the file has no row of headings")
                .help("write the names of the columns in the first row"),
        );
        return None;
    };
    let headings: Vec<Text> = first.cells.iter().map(|cell| cell.text(source)).collect();
    let mut sheet = Sheet { headings, rows: Vec::new(), delimiter: char::from(delimiter) };
    unclosed(source, &first, &sheet.headings, out);
    let mut headless: Option<usize> = None;
    let mut blank: Vec<Record> = Vec::new();
    for record in records {
        if record.is_blank() {
            blank.push(record);
            continue;
        }
        report_blank(source, &blank, out);
        blank.clear();
        unclosed(source, &record, &sheet.headings, out);
        let mut cells: Vec<Text> = record.cells.iter().map(|cell| cell.text(source)).collect();
        ragged(source, &record, &sheet.headings, out);
        let empty_at = record.range.end;
        while cells.len() < sheet.headings.len() {
            cells.push(source.text_at("", empty_at..empty_at));
        }
        cells.truncate(sheet.headings.len());
        let nameless = |at: &usize| sheet.headings.get(*at).is_some_and(|h| h.is_empty());
        headless =
            headless.or_else(|| (usize::from(labels)..cells.len()).find(|at| nameless(at) && !cells[*at].is_empty()));
        sheet.rows.push(Row { span: source.span(record.range), cells });
    }
    if let Some(heading) = headless.and_then(|at| sheet.headings.get(at).map(|h| (at, h))) {
        let message = format!("column {} has cells but no heading", heading.0 + 1);
        out.push(Diagnostic::error(rules::BAD_SYNTAX, heading.1.span.clone(), message).help("name the column"));
    }
    let mut firsts: BTreeMap<String, &Text> = BTreeMap::new();
    for heading in sheet.headings.iter().filter(|heading| !heading.is_empty()) {
        let first = firsts.entry(normal(heading)).or_insert(heading);
        if first.span != heading.span {
            let message = format!("there are two columns with the heading `{heading}`");
            out.push(
                Diagnostic::error(rules::BAD_SYNTAX, heading.span.clone(), message)
                    .label(first.span.clone(), "the first one")
                    .help("keep one of the two"),
            );
        }
    }
    Some(sheet)
}

/// True for the first row that says something; `sep=;`, which some spreadsheets write above it, is none.
fn is_headings(record: &Record) -> bool {
    !record.is_blank() && !record.cells.first().is_some_and(|cell| cell.value.starts_with("sep="))
}

/// A heading as it is compared: in lower case, spaces and hyphens as `_`.
pub fn normal(heading: &str) -> String {
    heading.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Says in which row and column each finding lies that has its place in this file.
pub fn name_cells<'d>(text: &str, offset: usize, findings: impl Iterator<Item = &'d mut Diagnostic>) {
    let mut findings = findings.peekable();
    if findings.peek().is_none() {
        return;
    }
    let delimiter = delimiter(text);
    let records = records(text, delimiter);
    let headings: Vec<&Cell> = records.iter().find(|r| is_headings(r)).map_or(Vec::new(), |r| r.cells.iter().collect());
    for finding in findings {
        let at = (finding.span.start as usize).saturating_sub(offset);
        let end = (finding.span.end as usize).saturating_sub(offset);
        let Some(index) = records.partition_point(|r| r.range.start <= at).checked_sub(1) else { continue };
        let Some(record) = records.get(index) else { continue };
        let row = format!("row {}", record.number);
        let column = record.cells.partition_point(|c| c.range.start <= at).checked_sub(1);
        let column = column.filter(|column| record.cells.get(*column).is_some_and(|c| end <= c.range.end));
        let place = match column {
            Some(column) if record.cells.len() > 1 || end <= record.range.start + 1 => {
                match headings.get(column).map(|h| h.value.trim()).filter(|h| !h.is_empty()) {
                    Some(heading) => format!("{row}, column `{heading}`"),
                    None => format!("{row}, column {}", column + 1),
                }
            }
            _ => row,
        };
        let named = |text: &str| text.starts_with("row ") || text.starts_with("rows ");
        if !named(&finding.message) && !finding.help.iter().any(|help| named(help)) {
            finding.help.insert(0, place);
        }
    }
}

/// A row as it stands in the file.
struct Record {
    /// From 1, as a spreadsheet counts: the row of headings and blank rows have a number too.
    number: usize,
    range: Range<usize>,
    cells: Vec<Cell>,
}

/// A cell as it stands in the file.
struct Cell {
    /// With its quotes, without the delimiter.
    range: Range<usize>,
    value: String,
}

impl Record {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.value.trim().is_empty())
    }
}

impl Cell {
    fn text(&self, source: &Source<'_>) -> Text {
        trimmed(&source.quoted(&self.value, self.range.clone()))
    }
}

/// Every row, those without a single letter included.
fn records(text: &str, delimiter: u8) -> Vec<Record> {
    let bytes = text.as_bytes();
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    let mut buffer = vec![0; bytes.len() + 1];
    let mut records = Vec::new();
    let mut cells: Vec<Cell> = Vec::new();
    let (mut at, mut cell_start, mut written, mut number) = (0, 0, 0, 0);
    loop {
        let (input, output) = (bytes.get(at..).unwrap_or_default(), buffer.get_mut(written..).unwrap_or_default());
        let (result, read, wrote) = reader.read_field(input, output);
        at += read;
        written += wrote;
        let record_end = match result {
            ReadFieldResult::Field { record_end } => record_end,
            ReadFieldResult::InputEmpty if !input.is_empty() => continue,
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull | ReadFieldResult::End => break,
        };
        let raw = text.get(cell_start..at).unwrap_or_default();
        if cells.is_empty() {
            // Lines without anything are passed over by the reader; they are rows all the same.
            let lines = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
            for empty in empty_lines(raw.get(..lines).unwrap_or_default()) {
                number += 1;
                let range = cell_start + empty..cell_start + empty;
                records.push(Record { number, range, cells: Vec::new() });
            }
            cell_start += lines;
        }
        let raw = text.get(cell_start..at).unwrap_or_default();
        let inner = match record_end {
            true => raw.strip_suffix("\r\n").or_else(|| raw.strip_suffix(['\n', '\r'])).unwrap_or(raw),
            false => raw.strip_suffix(char::from(delimiter)).unwrap_or(raw),
        };
        let value = String::from_utf8_lossy(buffer.get(..written).unwrap_or_default()).into_owned();
        cells.push(Cell { range: cell_start..cell_start + inner.len(), value });
        written = 0;
        cell_start = at;
        if record_end {
            // The rest of a line break of two letters.
            if bytes.get(at.wrapping_sub(1)) == Some(&b'\r') && bytes.get(at) == Some(&b'\n') {
                cell_start += 1;
            }
            number += 1;
            let start = cells.first().map_or(at, |c| c.range.start);
            let end = cells.last().map_or(at, |c| c.range.end);
            records.push(Record { number, range: start..end, cells: std::mem::take(&mut cells) });
        }
    }
    // A spreadsheet takes `sep=;` off, and counts from the row after it.
    if text.starts_with("sep=") {
        for record in &mut records {
            record.number -= 1;
        }
    }
    records
}

/// The offset of each line in a run of line breaks.
fn empty_lines(breaks: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    let mut bytes = breaks.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        lines.push(at);
        if byte == b'\r' && bytes.peek().is_some_and(|(_, next)| *next == b'\n') {
            bytes.next();
        }
    }
    lines
}

/// The delimiter that the first line uses most, outside quotes.
fn delimiter(text: &str) -> u8 {
    let (mut commas, mut semicolons, mut tabs, mut quoted) = (0, 0, 0, false);
    let text = text.trim_start_matches(['\r', '\n']);
    if let Some(stated) = text.strip_prefix("sep=").and_then(|rest| rest.bytes().next())
        && matches!(stated, b',' | b';' | b'\t')
    {
        return stated;
    }
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'\n' | b'\r' => break,
            b',' => commas += 1,
            b';' => semicolons += 1,
            b'\t' => tabs += 1,
            _ => {}
        }
    }
    if tabs > commas && tabs >= semicolons {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    }
}

fn report_blank(source: &Source<'_>, blank: &[Record], out: &mut Diagnostics) {
    let (Some(first), Some(last)) = (blank.first(), blank.last()) else { return };
    let message = match blank.len() {
        1 => format!("row {} is blank", first.number),
        _ => format!("rows {} to {} are blank", first.number, last.number),
    };
    out.push(
        Diagnostic::warning(rules::BLANK_ROW, source.span(first.range.start..last.range.end), message)
            .help("the rows after it are read all the same; delete it, or fill it"),
    );
}

fn ragged(source: &Source<'_>, record: &Record, headings: &[Text], out: &mut Diagnostics) {
    let (has, wants) = (record.cells.len(), headings.len());
    let found = match (has.cmp(&wants), record.cells.get(wants)) {
        (std::cmp::Ordering::Greater, Some(extra)) => source
            .fault(
                extra.range.start..record.range.end,
                format!("row {} has {has} cells, but there are {wants} headings", record.number),
            )
            .help("a text that contains the delimiter has to stand in quotes"),
        (std::cmp::Ordering::Less, _) => {
            let missing = headings.get(has).map_or(String::new(), |h| format!(": the cell for `{h}` is missing"));
            source.fault(
                record.range.clone(),
                format!("row {} has {has} cells, but there are {wants} headings{missing}", record.number),
            )
        }
        _ => return,
    };
    out.push(found);
}

/// Reports quotes that are opened and not closed, or closed before the end of the cell.
fn unclosed(source: &Source<'_>, record: &Record, headings: &[Text], out: &mut Diagnostics) {
    for (at, cell) in record.cells.iter().enumerate() {
        let Some(raw) = source.text.get(cell.range.clone()) else { continue };
        let Some(rest) = raw.strip_prefix('"') else { continue };
        let quotes = rest.bytes().filter(|b| *b == b'"').count();
        let fault = match () {
            () if quotes % 2 == 0 => "opens a quotation mark that is never closed",
            () if !raw.trim_end().ends_with('"') => "goes on after its closing quotation mark",
            () => continue,
        };
        let column =
            headings.get(at).filter(|h| !h.is_empty()).map_or_else(|| format!("{}", at + 1), |h| format!("`{h}`"));
        let end = source.boundary(cell.range.start + 1);
        out.push(
            source
                .fault(cell.range.start..end, format!("row {}, column {column}: the cell {fault}", record.number))
                .help("within quotation marks, a quotation mark is written twice"),
        );
    }
}
