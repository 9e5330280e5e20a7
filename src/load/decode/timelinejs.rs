//! Sheets with the headings of TimelineJS → events and eras, as they are. Columns of our own may stand beside.

use super::html;
use super::sheet::{self, Column};
use crate::base::{Diagnostic, Diagnostics, Numbered, Text, rules, text, url};
use crate::load::format::csv::{Row, Sheet, normal};
use crate::load::schema::{ERA, EVENT, Record};
use crate::load::value::{Kind, Table, Value, trimmed};

/// The headings of a TimelineJS sheet, as compared.
const HEADINGS: [&str; 21] = [
    "year",
    "month",
    "day",
    "time",
    "end_year",
    "end_month",
    "end_day",
    "end_time",
    "display_date",
    "headline",
    "text",
    "media",
    "media_credit",
    "media_caption",
    "media_thumbnail",
    "media_alt_text",
    "alt_text",
    "type",
    "group",
    "background",
    "tags",
];

/// True if the headings are TimelineJS's.
pub fn is_timelinejs(sheet: &Sheet) -> bool {
    let has = |name: &str| sheet.headings.iter().any(|h| normal(h) == name);
    has("year") && has("headline")
}

/// A row, turned into a table of one of our kinds.
pub struct Converted {
    /// The table.
    pub table: Value,
    /// True for an era.
    pub era: bool,
    /// True if it says no id, so that one is to be made from the headline.
    made_id: bool,
}

impl Converted {
    /// The kind of record.
    pub fn kind(&self) -> &'static Record {
        if self.era { &ERA } else { &EVENT }
    }
}

/// Turns every row into an event or an era. Where a row says no id, it gets one of its own from its headline.
pub fn convert(sheet: &Sheet, out: &mut Diagnostics) -> Vec<Converted> {
    let mut all = rows(sheet, out);
    let mut taken = Numbered::default();
    for row in all.iter_mut().filter(|row| row.made_id) {
        let Kind::Table(table) = &mut row.table.kind else { continue };
        let name = table.get(if row.era { "label" } else { "title" }).and_then(Value::text).cloned();
        if let Some(name) = name.filter(|name| !text::slug(name).is_empty()) {
            let id = taken.free(&text::slug(&name));
            put(table, "id", Some(Text { text: id.into(), span: name.span, verbatim: false }));
        }
    }
    all
}

/// What a sheet says that events have no field for, with the number of its cells; of the title slide, with that of its
/// rows.
pub fn left_out(sheet: &Sheet) -> Vec<(&'static str, usize)> {
    let names: Vec<String> = sheet.headings.iter().map(|h| normal(h)).collect();
    let rows = || sheet.rows.iter().map(|row| Cells { names: &names, row });
    let title = |cells: &Cells<'_>| cells.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("title"));
    let count = |name: &str| rows().filter(|cells| !title(cells) && cells.get(name).is_some()).count();
    let parts = [
        ("title slide", rows().filter(title).count()),
        (
            "display date",
            rows().filter(|cells| !title(cells) && cells.get("display_date").is_some_and(|d| !is_about(d))).count(),
        ),
        ("time", count("time")),
        ("end time", count("end_time")),
        ("background", count("background")),
        ("thumbnail", count("media_thumbnail")),
        ("tags", count("tags")),
    ];
    parts.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// A timeline in JSON, as TimelineJS reads it, as the sheet that would say the same. `None` if it is none.
pub fn sheet_of_json(value: &Value) -> Option<Sheet> {
    let top = value.table()?;
    let events = top.get("events")?.list()?;
    let key = top.key("events")?;
    let nothing = || Text { text: "".into(), span: key.span.clone(), verbatim: false };
    let named = |name: &str| Text { text: name.into(), ..nothing() };
    let eras = top.get("eras").and_then(Value::list).unwrap_or_default();
    let title = top.get("title").map(std::slice::from_ref).unwrap_or_default();
    let kinds = [("title", title), ("", events), ("era", eras)];
    let rows = kinds.into_iter().flat_map(|(kind, slides)| slides.iter().map(move |slide| (kind, slide)));
    let rows = rows.map(|(kind, slide)| {
        let cells = HEADINGS.map(|heading| match heading {
            "type" => Text { text: kind.into(), span: slide.span.clone(), verbatim: false },
            _ => in_json(slide, heading).map(trimmed).unwrap_or_else(|| Text { span: slide.span.clone(), ..nothing() }),
        });
        Row { span: slide.span.clone(), cells: cells.to_vec() }
    });
    Some(Sheet { rows: rows.collect(), headings: HEADINGS.map(named).to_vec(), delimiter: ',' })
}

/// What a slide in JSON has where a sheet has the column of this heading.
fn in_json<'v>(slide: &'v Value, heading: &str) -> Option<&'v Text> {
    let at = |path: &[&str]| path.iter().try_fold(slide, |value, key| value.table()?.get(key))?.text();
    match heading {
        "year" | "month" | "day" => at(&["start_date", heading]),
        "time" => at(&["start_date", "hour"]),
        "end_year" | "end_month" | "end_day" => at(&["end_date", heading.strip_prefix("end_")?]),
        "end_time" => at(&["end_date", "hour"]),
        "display_date" => at(&["display_date"]).or_else(|| at(&["start_date", "display_date"])),
        "headline" => at(&["text", "headline"]),
        "text" => at(&["text", "text"]),
        "media" => at(&["media", "url"]),
        "media_credit" | "media_caption" | "media_thumbnail" => at(&["media", heading.strip_prefix("media_")?]),
        "media_alt_text" => at(&["media", "alt"]),
        "group" => at(&["group"]),
        "background" => at(&["background", "url"]).or_else(|| at(&["background", "color"])),
        _ => None,
    }
}

/// Every row as an event or an era.
fn rows(sheet: &Sheet, out: &mut Diagnostics) -> Vec<Converted> {
    let (columns, unknown) = sheet::columns(sheet, &EVENT);
    let own = |at: usize| sheet.headings.get(at).is_some_and(|h| !HEADINGS.contains(&normal(h).as_str()));
    let columns: Vec<Column> = columns.into_iter().filter(|c| own(c.at)).collect();
    let unknown: Vec<&Text> = unknown.into_iter().filter(|h| !HEADINGS.contains(&normal(h).as_str())).collect();
    sheet::report_unknown(&unknown, &EVENT, out);
    let names: Vec<String> = sheet.headings.iter().map(|h| normal(h)).collect();
    sheet
        .rows
        .iter()
        .filter_map(|row| {
            let cells = Cells { names: &names, row };
            let kind = cells.get("type").map(|t| t.to_lowercase());
            match kind.as_deref() {
                // The title slide of the sheet: the page has a title of its own.
                Some("title") => None,
                Some("era") => Some(era(&cells, out)),
                None | Some("event") => Some(event(&cells, &columns, sheet.delimiter, out)),
                Some(_) => {
                    let cell = cells.get("type")?;
                    let message = format!("`{cell}` is no type of row");
                    out.push(
                        Diagnostic::error(rules::BAD_VALUE, cell.span.clone(), message)
                            .help("leave the cell empty for an event, or write `era` or `title`"),
                    );
                    Some(event(&cells, &columns, sheet.delimiter, out))
                }
            }
        })
        .collect()
}

struct Cells<'a> {
    names: &'a [String],
    row: &'a Row,
}

impl<'a> Cells<'a> {
    /// The cell of a column, if there is something in it.
    fn get(&self, name: &str) -> Option<&'a Text> {
        let at = self.names.iter().position(|n| n == name)?;
        self.row.cells.get(at).filter(|cell| !cell.is_empty())
    }
}

fn era(cells: &Cells<'_>, out: &mut Diagnostics) -> Converted {
    let mut table = Table::default();
    put(&mut table, "label", cells.get("headline").map(plain));
    put(&mut table, "start", date(cells, "", out));
    put(&mut table, "end", date(cells, "end_", out));
    put(&mut table, "group", cells.get("group").cloned());
    Converted { table: Value { span: cells.row.span.clone(), kind: Kind::Table(table) }, era: true, made_id: true }
}

fn event(cells: &Cells<'_>, columns: &[Column], delimiter: char, out: &mut Diagnostics) -> Converted {
    let mut value = sheet::table(cells.row, columns, delimiter);
    let mut made_id = true;
    if let Kind::Table(table) = &mut value.kind {
        made_id = table.get("id").is_none();
        let (start, end) = (date(cells, "", out), date(cells, "end_", out));
        let date = match (start, end) {
            (Some(start), Some(end)) if start.text != end.text => {
                Some(Text { text: format!("{start}/{end}").into(), verbatim: false, ..start })
            }
            (start, _) => start,
        };
        put(table, "date", date);
        put(table, "title", title(cells));
        put(table, "body", body(cells));
        put(table, "group", cells.get("group").cloned());
        if let Some(image) = image(cells) {
            table.entries.push((key("image", &cells.row.span), image));
        }
    }
    Converted { table: value, era: false, made_id }
}

/// The headline, else the beginning of the text, else the caption.
fn title(cells: &Cells<'_>) -> Option<Text> {
    if let Some(headline) = cells.get("headline") {
        return Some(plain(headline));
    }
    let long = plain(cells.get("text").or_else(|| cells.get("media_caption"))?);
    let mut words = String::new();
    for word in long.split_whitespace() {
        if words.chars().count() + word.chars().count() > 70 {
            words.push('…');
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    Some(Text { text: words.into(), span: long.span, verbatim: false })
}

/// The text, and a link to media of other hosts, which no page may load.
fn body(cells: &Cells<'_>) -> Option<Text> {
    let text = cells.get("text").map(|text| match html::is_html(text) {
        true => Text { text: html::to_markdown(text).into(), span: text.span.clone(), verbatim: false },
        false => text.clone(),
    });
    let Some((media, address)) = remote(cells) else { return text };
    let host = address.split('/').nth(2).unwrap_or(&address).trim_start_matches("www.").to_owned();
    let markdown = |name: &str| cells.get(name).map(|cell| html::to_markdown(cell).replace(['\n', '\\'], " "));
    let label = markdown("media_caption").filter(|c| !c.contains(['[', ']'])).unwrap_or(host);
    let credit = markdown("media_credit").map_or_else(String::new, |credit| format!(" ({credit})"));
    let link = format!("[{label}](<{}>){credit}", address.replace(['<', '>', '\\'], ""));
    Some(match text {
        Some(text) => Text { text: format!("{text}\n\n{link}").into(), span: text.span, verbatim: false },
        None => Text { text: link.into(), span: media.span.clone(), verbatim: false },
    })
}

/// The media cell and the address in it, if it is one of another host.
fn remote<'a>(cells: &Cells<'a>) -> Option<(&'a Text, String)> {
    let media = cells.get("media")?;
    let address = if html::is_html(media) && media.starts_with('<') {
        html::first_address(media)?
    } else {
        let address = if media.starts_with("//") { format!("https:{media}") } else { media.to_string() };
        Some(address).filter(|a| url::is_web(a))?
    };
    Some((media, address))
}

/// Media that is a file of the site.
fn image(cells: &Cells<'_>) -> Option<Value> {
    let media = cells.get("media").filter(|m| !m.starts_with('<') && !url::leaves_site(m))?;
    let mut table = Table::default();
    put(&mut table, "src", Some(media.clone()));
    put(&mut table, "alt", cells.get("alt_text").or_else(|| cells.get("media_alt_text")).map(plain));
    put(&mut table, "caption", cells.get("media_caption").map(plain));
    put(&mut table, "credit", cells.get("media_credit").map(plain));
    Some(Value { span: media.span.clone(), kind: Kind::Table(table) })
}

/// A date out of the columns for year, month and day.
fn date(cells: &Cells<'_>, prefix: &str, out: &mut Diagnostics) -> Option<Text> {
    let get = |name: &str| cells.get(&format!("{prefix}{name}"));
    let year = get("year")?;
    let (month, day) = (get("month"), get("day"));
    if let (None, Some(day)) = (month, day) {
        let message = format!("there is a day, `{day}`, but no month");
        out.push(Diagnostic::error(rules::BAD_DATE, day.span.clone(), message).help("fill in the month as a number"));
    }
    let mut written = match year.parse::<i32>() {
        // TimelineJS knows no year 0: its -44 is 44 BC, which is the year -43 of EDTF.
        Ok(number) if number < -1 => format!("-{:04}", number.unsigned_abs() - 1),
        Ok(-1) => "0000".to_owned(),
        Ok(number) => format!("{number:04}"),
        Err(_) => year.to_string(),
    };
    for cell in [month, day.filter(|_| month.is_some())].into_iter().flatten() {
        match cell.parse::<u8>() {
            Ok(number) => written.push_str(&format!("-{number:02}")),
            Err(_) => written.push_str(&format!("-{cell}")),
        }
    }
    if cells.get("display_date").is_some_and(|shown| is_about(shown)) && !written.ends_with('~') {
        written.push('~');
    }
    Some(Text { text: written.into(), span: year.span.clone(), verbatim: false })
}

/// The only thing that a date as displayed may say beyond the date itself.
fn is_about(shown: &str) -> bool {
    let shown = shown.to_lowercase();
    ["c.", "ca.", "ca ", "circa", "about", "around", "~"].iter().any(|word| shown.starts_with(word))
}

/// A cell as plain text: tags and entities resolved.
fn plain(cell: &Text) -> Text {
    if !html::is_html(cell) {
        return cell.clone();
    }
    let markdown = html::to_markdown(cell);
    let doc =
        crate::load::markdown::parse(&markdown, crate::load::markdown::ParseOptions { inline: true, smart: None });
    let words = doc.plain_text(false, |reference| reference.text.as_ref().unwrap_or(&reference.id).to_string());
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Text { text: words.into(), span: cell.span.clone(), verbatim: false }
}

fn put(table: &mut Table, name: &'static str, text: Option<Text>) {
    if let Some(text) = text {
        table.entries.push((key(name, &text.span), Value { span: text.span.clone(), kind: Kind::Str(text) }));
    }
}

fn key(name: &'static str, span: &crate::base::Span) -> Text {
    Text { text: name.into(), span: span.clone(), verbatim: false }
}
