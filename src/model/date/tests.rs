use super::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn forms_read_and_write() {
    for text in [
        "2021",
        "0000",
        "0476",
        "-0043",
        "Y12000",
        "Y-12000",
        "2025-05",
        "2019-07-22",
        "2024-02-29",
        "2021~",
        "2025-05?",
        "2025-05%",
        "2021-21",
        "2021-24~",
        "201X",
        "20XX",
        "-201X",
        "-000X",
        "00XX",
        "2019-07-22/2025-01-21",
        "2030/..",
        "../2030",
        "2030/",
        "/2030",
        "2019~/2021-05?",
        "Y12000/..",
    ] {
        assert_eq!(date(text).to_edtf(), text);
    }
}

#[test]
fn other_spellings_are_brought_to_one() {
    for (text, edtf) in [
        ("2004-XX", "2004"),
        ("2004-XX-XX", "2004"),
        ("2004-05-XX", "2004-05"),
        (" 2004 \n", "2004"),
        ("1979-05-27T07:32:00Z", "1979-05-27"),
        ("1979-05-27T00:32:00.999999-07:00", "1979-05-27"),
        ("1979-05-27 07:32:00", "1979-05-27"),
        ("1979-05-27T07:32", "1979-05-27"),
    ] {
        assert_eq!(date(text).to_edtf(), edtf);
    }
}

#[test]
fn slips_are_answered_with_what_to_write() {
    for (text, help) in [
        ("22/07/2019", "write `2019-07-22`"),
        ("07/22/2019", "write `2019-07-22`"),
        ("05/07/2019", "write `2019-07-05` for 5 July 2019, or `2019-05-07` for 7 May 2019"),
        ("22.7.2019", "write `2019-07-22`"),
        ("07/2019", "write `2019-07`"),
        ("2019/07", "write `2019-07`"),
        ("2019/07/22", "write `2019-07-22`"),
        ("July 2019", "write `2019-07`"),
        ("Sept. 2019", "write `2019-09`"),
        ("22 July 2019", "write `2019-07-22`"),
        ("July 2nd, 2019", "write `2019-07-02`"),
        ("22nd of July 2019", "write `2019-07-22`"),
        ("summer 2019", "write `2019-22`"),
        ("2019-7-2", "write `2019-07-02`"),
        ("2019–07–22", "write `2019-07-22`"),
        ("20190722", "write `2019-07-22`"),
        ("2021-2023", "write `2021/2023`"),
        ("2021–2023", "write `2021/2023`"),
        ("2021 to 2023", "write `2021/2023`"),
        ("2021/present", "write `2021/..`"),
        ("since May 2021", "write `2021-05/..`"),
        ("until 2030", "write `../2030`"),
        ("22/07/2019 - 23/07/2019", "write `2019-07-22/2019-07-23`"),
        ("c. 2021", "write `2021~`"),
        ("~2021", "write `2021~`"),
        ("2021?~", "write `2021%`"),
        ("2010s", "write `201X`"),
        ("201x", "write `201X`"),
        ("12000", "write `Y12000`"),
        ("Y2021", "write `2021`"),
        ("2021-Q2", "write `2021-04/2021-06`"),
        ("2019-02-30", "correct the day, or write `2019-02` if only the month is known"),
        ("2019-00-01", "months are `01` to `12`; `21` to `24` are spring, summer, autumn and winter, without a day"),
        ("../..", "write at least one of them: `2030/..` or `../2030`"),
    ] {
        let error = Date::parse(text).expect_err(text);
        assert_eq!(error.help.as_deref(), Some(help), "{text}: {error}");
    }
}

#[test]
fn messages_say_what_is_wrong() {
    for (text, message) in [
        ("", "the date is empty"),
        ("soon", "`soon` is not a date as data files write it"),
        ("2019-02-29", "`2019-02-29` is not in the calendar: February 2019 has 28 days"),
        ("2019-13", "`2019-13` has no such month: `13`"),
        ("2021-22-01", "`2021-22-01` has no such month: `22`"),
        ("Y99999999999", "the year of `Y99999999999` is too far away to be counted"),
        ("/", "`/` has neither a start nor an end"),
    ] {
        assert_eq!(Date::parse(text).expect_err(text).message, message);
    }
}

#[test]
fn what_is_not_a_date_is_refused() {
    for text in [
        "21",
        "2XXX",
        "XXXX",
        "201X-05",
        "2019-XX-05",
        "2019-07-22T",
        "2019-07-22Tnoon",
        "2019-07-22T10:00:00+1",
        "2019-07-22 10",
        "1/2/3/4",
        "Y012345",
        "-0000",
        "+2021",
        "２０２１",
        "2019-07-22~~",
        "2021/2022/2023",
        "..",
        "07:32:00",
    ] {
        assert!(Date::parse(text).is_err(), "{text}");
    }
}

#[test]
fn bounds() {
    for (text, earliest, latest) in [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2019-07/2021", "2019-07-01", "2021-12-31"),
    ] {
        assert_eq!((date(text).earliest(), date(text).latest()), (Some(day(earliest)), Some(day(latest))), "{text}");
    }
    assert_eq!(date("2030/..").latest(), None);
    assert_eq!(date("../2030").earliest(), None);
    assert_eq!(date("2030/").latest(), None);
}

#[test]
fn timeline_order() {
    let mut sorted = vec![
        "-0043",
        "19XX",
        "20XX",
        "../2019",
        "2019",
        "2019/2021",
        "2019/..",
        "2019-01",
        "2019-01-01",
        "2019-01-02",
        "2019-21",
        "2019-03",
        "2020",
    ];
    let expected = sorted.clone();
    sorted.reverse();
    sorted.sort_by_key(|text| date(text).sort_key());
    // Equal in start and precision, `../2019` and `2019` fall back to the order they came in.
    let same =
        |list: &[&str]| list.iter().filter(|t| !t.ends_with("2019")).map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(same(&sorted), same(&expected));
}

#[test]
fn future_and_past() {
    let today = day("2026-05-02");
    for (text, future, past) in [
        ("2026", false, false),
        ("2026-05", false, false),
        ("2026-06", true, false),
        ("2026-05-02", false, false),
        ("2026-05-01", false, true),
        ("2030/..", true, false),
        ("2019/..", false, false),
        ("../2030", false, false),
    ] {
        assert_eq!((date(text).is_future(today), date(text).is_past(today)), (future, past), "{text}");
    }
}

#[test]
fn agreement() {
    for (a, b, overlaps, same) in [
        ("2026-04", "2026-04-27", true, true),
        ("2026-04-27", "2026-04-28", false, false),
        ("2026-04-27~", "2026-04-28", false, true),
        ("2021~", "2020-11", false, true),
        ("2021", "2020-11", false, false),
        ("2021?", "2018", false, false),
        ("2019/..", "2030", true, true),
        ("../2019", "2030", false, false),
        ("2019/2021", "2020-05-01", true, true),
    ] {
        let (a, b) = (date(a), date(b));
        assert_eq!((a.overlaps(&b), a.same_or_overlaps(&b)), (overlaps, same), "{a} {b}");
        assert_eq!((b.overlaps(&a), b.same_or_overlaps(&a)), (overlaps, same), "{b} {a}");
    }
    assert!(date("2021/2019").is_reversed());
    assert!(!date("2021-05/2021").is_reversed());
}

#[test]
fn spans() {
    for (start, end, span) in [
        ("2019", Some("2021-05"), "2019/2021-05"),
        ("2019~", None, "2019~/.."),
        ("2019/2020", Some("2021/2022"), "2019/2022"),
        ("2019", Some("2021/.."), "2019/.."),
        ("../2020", None, "../2020"),
    ] {
        assert_eq!(Date::span(&date(start), end.map(date).as_ref()).to_edtf(), span);
    }
}

#[test]
fn datetime_of_html() {
    for (text, attr) in [
        ("2021", Some("2021")),
        ("0476", Some("0476")),
        ("Y12000", Some("12000")),
        ("2021~", Some("2021")),
        ("2025-05", Some("2025-05")),
        ("2019-07-22", Some("2019-07-22")),
        ("0000", None),
        ("-0043", None),
        ("201X", None),
        ("2021-21", None),
        ("2019/2021", None),
    ] {
        assert_eq!(date(text).datetime_attr().as_deref(), attr, "{text}");
    }
}

#[test]
fn days() {
    for (text, number) in [
        ("1970-01-01", 0),
        ("1969-12-31", -1),
        ("2000-03-01", 11017),
        ("1600-02-29", -135_081),
        ("0000-03-01", -719_468),
    ] {
        assert_eq!(day(text).to_epoch_days(), number, "{text}");
        assert_eq!(Day::from_epoch_days(number), day(text));
    }
    assert_eq!(Day::from_epoch_seconds(-1), day("1969-12-31"));
    assert_eq!(Day::from_epoch_seconds(1_777_680_000).to_string(), "2026-05-02");
    assert_eq!(Day::from_epoch_seconds(i64::MAX).year, i32::MAX);
    assert_eq!(Day::from_epoch_seconds(i64::MIN).year, i32::MIN);
    assert_eq!(day("2019-12-31").plus_days(1), day("2020-01-01"));
    assert!(Day::parse("2021-05").is_err() && Day::parse("2021-05-01?").is_err());
    assert_eq!(Day { year: -43, month: 3, day: 15 }.to_string(), "-0043-03-15");
}

proptest::proptest! {
    #[test]
    fn any_text_is_answered(text in ".{0,24}") {
        if let Ok(date) = Date::parse(&text) {
            proptest::prop_assert_eq!(Date::parse(&date.to_edtf()), Ok(date));
        }
    }

    #[test]
    fn anything_like_a_date_is_answered(text in "[-0-9X/.~?%YyT: q]{0,24}") {
        if let Ok(date) = Date::parse(&text) {
            proptest::prop_assert_eq!(Date::parse(&date.to_edtf()), Ok(date));
            let _ = (date.sort_key(), date.datetime_attr(), date.same_or_overlaps(&date));
        }
    }

    #[test]
    fn written_dates_read_back(
        from in "-?[0-9]{4}(-(0[1-9]|1[0-2]|2[1-4]))?[?~%]?", to in "(\\.\\.|[0-9]{3}X|Y-?[1-9][0-9]{4,8}|)"
    ) {
        proptest::prop_assume!(!from.starts_with("-0000"));
        let text = format!("{from}/{to}");
        let date = Date::parse(&text).map_err(|e| proptest::test_runner::TestCaseError::fail(e.to_string()))?;
        proptest::prop_assert_eq!(date.to_edtf(), text);
        proptest::prop_assert!(date.overlaps(&date) || date.is_reversed());
    }

    #[test]
    fn days_count(number in -4_000_000_i64..4_000_000) {
        let day = Day::from_epoch_days(number);
        proptest::prop_assert_eq!(day.to_epoch_days(), number);
        proptest::prop_assert_eq!(Day::new(day.year, day.month, day.day), Some(day));
        proptest::prop_assert!(day < day.plus_days(1));
    }
}
