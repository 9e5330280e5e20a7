//! Sheets: blank and ragged rows, quotes, delimiters, lists, and the sheets of TimelineJS.

use super::{faults, records};

#[test]
fn findings_name_row_and_column_as_a_spreadsheet_counts() {
    let sheet = "id,date,title\n\na,2024-01-01,One\n,,\n , ,\nb,2024-02-30,\"Two\nlines\"\nc,,Three\n,,\n\n";
    assert_eq!(
        faults("events.csv", sheet),
        [
            "blank-row [] row 2 is blank (the rows after it are read all the same; delete it, or fill it)",
            "blank-row [,,\n , ,] rows 4 to 5 are blank (the rows after it are read all the same; delete it, or fill it)",
            "bad-date [2024-02-30] `date`: `2024-02-30` is not in the calendar: February 2024 has 29 days (row 6, column `date`) (correct the day, or write `2024-02` if only the month is known)",
            "missing-key [] `date` is empty (row 7, column `date`) (fill it in, for example with `2026-04-27`)",
        ]
    );
}

#[test]
fn rows_after_a_blank_one_are_read() {
    let (loaded, _) = super::site(&[super::INDEX, ("content/facts.csv", "id,value\r\na,1\r\n\r\n,\r\nb,2\r\n")]);
    let ids: Vec<&str> = loaded.root.records.facts.iter().map(|f| &*f.head.id).collect();
    assert_eq!(ids, ["a", "b"]);
}

#[test]
fn ragged_rows_and_quotes_are_faults() {
    for (sheet, expected) in [
        (
            "id,value\na,1,2\n",
            "bad-syntax [2] row 2 has 3 cells, but there are 2 headings (a text that contains the delimiter has to stand in quotes)",
        ),
        (
            "id,value,label\na,1\n",
            "bad-syntax [a,1] row 2 has 2 cells, but there are 3 headings: the cell for `label` is missing",
        ),
        (
            "id,value\na,\"1\nb,2\n",
            "bad-syntax [\"] row 2, column `value`: the cell opens a quotation mark that is never closed (within quotation marks, a quotation mark is written twice)",
        ),
        (
            "id,value\na,\"1\" more\n",
            "bad-syntax [\"] row 2, column `value`: the cell goes on after its closing quotation mark (within quotation marks, a quotation mark is written twice)",
        ),
        ("id,value,,\na,1,2,\n", "bad-syntax [] column 3 has cells but no heading (row 1, column 3) (name the column)"),
        (
            "id,value,Value\na,1,2\n",
            "bad-syntax [Value] there are two columns with the heading `Value` (row 1, column `Value`) (keep one of the two)",
        ),
        (
            "id,vlaue\na,1\n",
            "unknown-key [vlaue] there is no column `vlaue` in a sheet of facts (row 1, column `vlaue`) (did you mean `value`?)",
        ),
        ("", "bad-syntax [] the file has no row of headings (write the names of the columns in the first row)"),
    ] {
        let found = faults("facts.csv", sheet);
        assert_eq!(found.first().map(String::as_str), Some(expected), "{sheet:?}");
    }
    let found = faults("terms.csv", "name,state\na,b\n");
    assert_eq!(
        found,
        [
            "unknown-key [state] there is no column `state` in a sheet of terms (row 1, column `state`) (a cell can't hold this; keep these records in TOML, YAML or JSON)"
        ]
    );
}

#[test]
fn delimiters_and_lists() {
    for sheet in [
        "name,aliases,sources\nA,b; c,\"one, p. 4; two\"\n",
        "name\taliases\tsources\nA\tb; c\tone, p. 4; two\n",
        "name;aliases;sources\nA;b|c;one, p. 4|two\n",
        "name;aliases;sources\nA;b, c;one, p. 4, two\n",
        "sep=;\nname;aliases;sources\nA;b|c;one, p. 4|two\n",
        "\"name\";\"aliases\";\"sources\"\n\"A\";\"b, c\";\"one, p. 4, two\"\n",
    ] {
        let term = records("terms.csv", sheet).terms[0].clone();
        let aliases: Vec<&str> = term.aliases.iter().map(|a| &*a.text).collect();
        assert_eq!(aliases, ["b", "c"], "{sheet}");
        let sources: Vec<_> = term.provenance.sources.iter().map(|s| (&*s.id.text, s.locator.as_deref())).collect();
        assert_eq!(sources, [("one", Some("p. 4")), ("two", None)], "{sheet}");
        assert_eq!(&sheet[term.aliases[1].span.range()], "c");
    }
}

#[test]
fn cells_with_quotes_keep_their_text_and_their_place() {
    let sheet = "id,value,label\na,\"say \"\"yes\"\"\",\"two\nlines\"\n";
    let fact = records("facts.csv", sheet).facts[0].clone();
    assert_eq!(&*fact.value.text, "say \"yes\"");
    assert!(!fact.value.verbatim);
    assert_eq!(&sheet[fact.value.span.range()], "\"say \"\"yes\"\"\"");
    let label = fact.label.clone().expect("a label");
    assert!(label.verbatim);
    assert_eq!(&sheet[label.span.range()], "two\nlines");
}

#[test]
fn states_of_terms_that_are_not_there_are_reported() {
    let (_, findings) = super::site(&[
        super::INDEX,
        ("content/terms.csv", "name\nLoan\n"),
        ("content/states.csv", "term,edition,value\nlaon,new,x\nloan,new,y\n"),
        ("content/effects.csv", "term,edition,party,direction\nloan,nwe,readers,gains\n"),
    ]);
    assert_eq!(
        findings,
        [
            "unknown-reference [laon] there is no term `laon` in this folder (row 2, column `term`) (did you mean `loan`?) (states and effects in CSV belong to the terms of their own folder)",
            "unknown-reference [nwe] the term `loan` has no state in the edition `nwe` (row 2, column `edition`) (did you mean `new`?) (an effect belongs to a state: add the state first)",
        ]
    );
}

const TIMELINE: &str = "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,Media Caption,Media Thumbnail,Type,Group,Background\n\
    ,,,,,,,,,A title slide,<p>Welcome</p>,,,,,title,,\n\
    2019,7,22,,,,,,,First deal,\"<p>Microsoft <b>invests</b>.</p><p>See <a href=\"\"https://example.org/a?b=1&amp;c=2\"\">the story</a>.</p>\",https://www.youtube.com/watch?v=x,A Channel,,,,Money,#fff\n\
    2020,1,,,2021,3,,,,Talks &amp; more,Plain text,images/talks.jpg,A. P.,At the table,,,,\n\
    -44,3,15,,,,,,about 44 BC,First deal,,<iframe src=\"https://player.example.org/1\"></iframe>,,,,,,\n\
    2025,1,21,,2025,10,28,,,First refusal,,,,,,era,,\n";

#[test]
fn a_sheet_of_timelinejs_works_as_it_is() {
    let all = records("events.csv", TIMELINE);
    assert_eq!((all.events.len(), all.eras.len()), (3, 1));
    let event = |n: usize| all.events[n].clone();
    let body = |n: usize| event(n).body.as_ref().map(|b| b.source.to_string()).unwrap_or_default();

    assert_eq!((&*event(0).head.id, event(0).date.to_edtf().as_str()), ("first-deal", "2019-07-22"));
    assert_eq!(
        body(0),
        "Microsoft **invests**.\n\nSee [the story](<https://example.org/a?b=1&c=2>).\n\n\
         [youtube.com](<https://www.youtube.com/watch?v=x>) (A Channel)"
    );
    assert!(event(0).image.is_none());
    assert_eq!(event(0).group.as_deref(), Some("Money"));

    assert_eq!((&*event(1).title.text, event(1).date.to_edtf().as_str()), ("Talks & more", "2020-01/2021-03"));
    assert_eq!(body(1), "Plain text");
    let image = event(1).image.clone().expect("an image");
    assert_eq!(
        (&*image.src.text, image.caption.as_deref(), image.credit.as_deref()),
        ("images/talks.jpg", Some("At the table"), Some("A. P."))
    );

    assert_eq!((&*event(2).head.id, event(2).date.to_edtf().as_str()), ("first-deal-2", "-0043-03-15~"));
    assert_eq!(body(2), "[player.example.org](<https://player.example.org/1>)");

    let era = &all.eras[0];
    assert_eq!((&*era.label.text, era.start.to_edtf().as_str()), ("First refusal", "2025-01-21"));
    assert_eq!(era.end.map(|e| e.to_edtf()).as_deref(), Some("2025-10-28"));
}

#[test]
fn a_sheet_of_timelinejs_may_have_columns_of_ours_and_faults() {
    let sheet = "Year,Month,Day,Headline,Text,Type,Sources,Importance,Colour\n2024,2,31,A,,,minutes,key,red\nsoon,,,B,,slide,,,\n2024,,5,C,,,,,\n";
    assert_eq!(
        faults("events.csv", sheet),
        [
            "unknown-key [Colour] there is no column `Colour` in a sheet of events (row 1, column `Colour`)",
            "bad-value [slide] `slide` is no type of row (row 3, column `Type`) (leave the cell empty for an event, or write `era` or `title`)",
            "bad-date [5] there is a day, `5`, but no month (row 4, column `Day`) (fill in the month as a number)",
            "bad-date [2024] `date`: `2024-02-31` is not in the calendar: February 2024 has 29 days (row 2, column `Year`) (correct the day, or write `2024-02` if only the month is known)",
            "bad-date [soon] `date`: `soon` is not a date as data files write it (row 3, column `Year`) (write a date such as `2021`, `2025-05`, `2019-07-22`, `2021~` (about), `2025-05?` (unsure), `2019/2021` (from and to) or `2030/..` (open))",
        ]
    );
    let event = records("events.csv", "Year,Headline,Sources,id\n2024,A,\"minutes, p. 2\",own\n").events[0].clone();
    assert_eq!((&*event.head.id, &*event.provenance.sources[0].id.text), ("own", "minutes"));
}
