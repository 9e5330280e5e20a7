use super::{name, with};
use crate::model::{Date, Importance, TimelineOptions};
use crate::render::blocks::Place;
use crate::render::blocks::timeline::{TimelineView, YearView, view};

fn timeline(files: &[(&str, &str)], options: &TimelineOptions) -> TimelineView {
    with(files, |cx| view(cx, options, &Place::IN_TEXT))
}

/// Events on these dates, titled by them.
fn events(dates: &[&str]) -> String {
    let one = |(n, d): (usize, &&str)| format!("[[event]]\nid = \"e{n}\"\ndate = \"{d}\"\ntitle = \"{d}\"\n");
    dates.iter().enumerate().map(one).collect()
}

fn on(dates: &[&str]) -> TimelineView {
    timeline(&[("events.toml", &events(dates))], &TimelineOptions::default())
}

fn titles(years: &[YearView]) -> Vec<&str> {
    years.iter().flat_map(|y| &y.items).map(|i| i.title.as_str()).collect()
}

/// One line an entry: its title and its rails as `lane:edge`.
fn rails(view: &TimelineView) -> Vec<String> {
    let mut out = Vec::new();
    for year in view.past.iter().chain(&view.future) {
        let show = |what: &str, rails: &[crate::render::blocks::timeline::Rail]| {
            let rails: Vec<_> = rails.iter().map(|r| format!("{}:{}", r.lane, r.edge)).collect();
            format!("{what} {}", rails.join(" ")).trim_end().to_owned()
        };
        if year.gap.is_some() {
            out.push(show("gap", &year.gap_rails));
        }
        if let Some(name) = &year.year {
            out.push(show(&format!("[{name}]"), &year.rails));
        }
        out.extend(year.items.iter().map(|i| show(&i.title, &i.rails)));
    }
    out
}

#[test]
fn order_is_by_time_and_the_future_stands_apart() {
    let view = on(&["2030", "2019-07-22", "2021", "2026-05-01", "2026-05-02"]);
    assert_eq!(titles(&view.past), ["2019-07-22", "2021", "2026-05-01"]);
    assert_eq!(titles(&view.future), ["2026-05-02", "2030"]);
    assert!(view.future.iter().flat_map(|y| &y.items).all(|i| i.future));
}

#[test]
fn a_year_that_has_begun_is_not_the_future() {
    let view = on(&["2026", "2026-04/2027", "2026-06"]);
    assert_eq!(titles(&view.past), ["2026", "2026-04/2027"]);
    assert_eq!(titles(&view.future), ["2026-06"]);
}

#[test]
fn gaps_of_years_are_named() {
    let view = on(&["2019", "2020", "2022", "2026-01", "2032"]);
    let gaps: Vec<_> = view.past.iter().chain(&view.future).map(|y| y.gap.as_deref().unwrap_or("-")).collect();
    let expected = ["-", "-", "2021: nothing listed", "2023 to 2025: nothing listed", "2027 to 2031: nothing listed"];
    assert_eq!(gaps, expected);
}

#[test]
fn decades_and_centuries_are_headings_of_their_own() {
    let view = on(&["19XX", "201X", "2010-03", "2021", "2022"]);
    let years: Vec<_> = view.past.iter().filter_map(|y| y.year.as_deref()).collect();
    assert_eq!(years, ["1900–1999", "the 2010s", "2010", "2021", "2022"]);
    assert_eq!(view.past[1].gap.as_deref(), Some("2000 to 2009: nothing listed"));
}

#[test]
fn few_entries_have_no_headings_of_years() {
    assert!(on(&["2019", "2020", "2021", "2022"]).past.iter().all(|y| y.year.is_none()));
    assert!(on(&["2020-01", "2020-02", "2020-03", "2020-04", "2020-05"]).past.iter().all(|y| y.year.is_none()));
    assert!(on(&["2019", "2020", "2021", "2022", "2023"]).past.iter().all(|y| y.year.is_some()));
}

#[test]
fn headings_descend_one_level_at_a_time() {
    let titled = TimelineOptions { title: Some(name("Title")), ..Default::default() };
    let file = events(&["2019", "2020", "2021", "2022", "2023"]);
    let view = timeline(&[("events.toml", &file)], &titled);
    assert_eq!((view.level, view.year_level, view.past[0].item_level), (3, 4, 5));
    let view = timeline(&[("events.toml", &file)], &TimelineOptions::default());
    assert_eq!((view.year_level, view.past[0].item_level), (3, 4));
    let view = on(&["2019", "2020"]);
    assert_eq!(view.past[0].item_level, 3);
}

const ERAS: &str = r#"
[[era]]
label = "First"
start = "2019"
end = "2023-06"
[[era]]
label = "Over"
start = "2020-06"
end = "2021-06"
[[era]]
label = "Lasting"
start = "2023-06"
"#;

#[test]
fn eras_run_beside_what_they_cover() {
    let files = format!("{}{ERAS}", events(&["2019-02", "2021-01", "2023-06", "2024", "2030"]));
    let view = timeline(&[("events.toml", &files)], &TimelineOptions::default());
    let expected = [
        "[2019]",
        "First 0:start",
        "2019-02 0:mid",
        "[2020] 0:mid",
        "Over 0:mid 1:start",
        "[2021] 0:mid 1:mid",
        "2021-01 0:mid 1:end",
        "gap 0:mid",
        "[2023] 0:mid",
        "Lasting 0:mid 1:start",
        "2023-06 0:end 1:mid",
        "[2024] 1:mid",
        "2024 1:open",
        "gap",
        "[2030]",
        "2030",
    ];
    assert_eq!(rails(&view), expected);
    assert_eq!(view.lanes, 2);
}

#[test]
fn an_event_on_the_day_an_era_ends_is_not_in_it() {
    let eras = "[[era]]\nlabel = \"Era\"\nstart = \"2020\"\nend = \"2021-03-01\"\n";
    let files = format!("{}{eras}", events(&["2020-05", "2021-03-01", "2021-04"]));
    let view = timeline(&[("events.toml", &files)], &TimelineOptions::default());
    assert_eq!(rails(&view), ["Era 0:start", "2020-05 0:end", "2021-03-01", "2021-04"]);
}

#[test]
fn an_era_that_ends_in_a_gap_ends_there() {
    let eras = "[[era]]\nlabel = \"Era\"\nstart = \"2019\"\nend = \"2021\"\n";
    let files = format!("{}{eras}", events(&["2019-05", "2019-06", "2023", "2024", "2025"]));
    let view = timeline(&[("events.toml", &files)], &TimelineOptions::default());
    assert_eq!(&rails(&view)[..5], ["[2019]", "Era 0:start", "2019-05 0:mid", "2019-06 0:mid", "gap 0:end"]);
}

#[test]
fn many_eras_at_once_share_the_last_lane() {
    let eras: String = (0..7).map(|n| format!("[[era]]\nlabel = \"E{n}\"\nstart = \"2020-0{}\"\n", n + 1)).collect();
    let view = timeline(&[("events.toml", &format!("{}{eras}", events(&["2021"])))], &TimelineOptions::default());
    assert_eq!(view.lanes, 4);
}

#[test]
fn eras_can_be_left_out_and_never_stand_alone() {
    let files = format!("{}{ERAS}", events(&["2019-02"]));
    let view = timeline(&[("events.toml", &files)], &TimelineOptions { no_eras: true, ..Default::default() });
    assert_eq!(titles(&view.past), ["2019-02"]);
    assert!(timeline(&[("events.toml", ERAS)], &TimelineOptions::default()).past.is_empty());
    // Eras that lie wholly beside what is shown are not.
    let view = timeline(&[("events.toml", &files)], &TimelineOptions::default());
    assert_eq!(titles(&view.past), ["First", "2019-02"]);
}

const EDITION: &str = "[[edition]]\nid = \"v1\"\nlabel = \"Version 1\"\ndate = \"2020-03-04\"\n";

#[test]
fn an_edition_is_marked_on_its_event_or_stands_for_itself() {
    let event = "[[event]]\nid = \"signed\"\ndate = \"2020-03-04\"\ntitle = \"Signed\"\nedition = \"v1\"\n";
    let other = events(&["2020-05"]);
    let view =
        timeline(&[("terms.toml", EDITION), ("events.toml", &format!("{event}{other}"))], &TimelineOptions::default());
    assert_eq!(titles(&view.past), ["Signed", "2020-05"]);
    let items: Vec<_> = view.past.iter().flat_map(|y| &y.items).collect();
    assert_eq!(items[0].edition.as_ref().map(|e| e.name.as_str()), Some("Version 1"));

    let view = timeline(&[("terms.toml", EDITION), ("events.toml", &other)], &TimelineOptions::default());
    assert_eq!(titles(&view.past), ["Version 1", "2020-05"]);
    assert_eq!(view.past[0].items[0].kind, "edition");
}

#[test]
fn particular_events_bring_no_other_editions() {
    let file = events(&["2020-05", "2021"]);
    let files = [("terms.toml", EDITION), ("events.toml", &*file)];
    let only = TimelineOptions { events: vec![name("e1")], ..Default::default() };
    assert_eq!(titles(&timeline(&files, &only).past), ["2021"]);
    let minor = TimelineOptions { importance: vec![Importance::Minor], ..Default::default() };
    assert!(timeline(&files, &minor).past.is_empty());
    let from = TimelineOptions { from: Date::parse("2021").ok(), ..Default::default() };
    assert_eq!(titles(&timeline(&files, &from).past), ["2021"]);
}

#[test]
fn ids_are_bare_on_the_timelines_own_page() {
    let file = events(&["2020"]);
    let own = with(&[("events.toml", &file)], |cx| view(cx, &TimelineOptions::default(), &Place::OWN));
    assert_eq!(own.past[0].items[0].id, "e0");
    let in_text =
        with(&[("events.toml", &file)], |cx| view(&cx.part("x-"), &TimelineOptions::default(), &Place::IN_TEXT));
    assert_eq!(in_text.past[0].items[0].id, "x-event-e0");
}

#[test]
fn empty_data_makes_an_empty_timeline() {
    let view = with(&[], |cx| view(cx, &TimelineOptions::default(), &Place::OWN));
    assert!(view.past.is_empty() && view.future.is_empty() && view.lanes == 0);
}

/// The labels of the strip's axis, with what stands below them.
fn labels(view: &TimelineView) -> Vec<String> {
    let ticks = view.strip.iter().flat_map(|s| &s.ticks);
    let named = ticks.filter_map(|t| Some((t.label.as_ref()?, t.under.as_deref())));
    named.map(|(label, under)| [label, under.unwrap_or("")].join(" ").trim().to_owned()).collect()
}

#[test]
fn few_entries_or_a_single_day_have_no_strip() {
    assert!(on(&["2019", "2020", "2021"]).strip.is_none());
    assert!(on(&["2020-05-01"; 6]).strip.is_none());
    assert!(on(&["2019", "2020", "2021", "2022"]).strip.is_some());
    // Eras alone don't make one.
    let files = format!("{}{ERAS}", events(&["2019-02", "2020"]));
    assert!(timeline(&[("events.toml", &files)], &TimelineOptions::default()).strip.is_none());
}

#[test]
fn the_axis_is_labelled_as_far_as_there_is_room() {
    let four = |first, last| labels(&on(&[first, last, last, last]));
    assert_eq!(four("2019", "2025"), ["2019", "2020", "2021", "2022", "2023", "2024", "2025"]);
    assert_eq!(four("2019", "2030"), ["2019", "2021", "2023", "2025", "2027", "2029"]);
    assert_eq!(four("2025-11", "2026-04"), ["Nov 2025", "Dec", "Jan 2026", "Feb", "Mar", "Apr"]);
    assert_eq!(four("2026-03-02", "2026-04-20"), ["2 Mar 2026", "16", "30", "13 Apr 2026"]);
    assert_eq!(four("-0799", "-0099"), ["800 BC", "600 BC", "400 BC", "200 BC"]);
    for dates in [("Y-2147483648", "Y2147483647"), ("1870", "2020"), ("2026-01-31", "2026-02-01")] {
        let labels = four(dates.0, dates.1);
        assert!((1..=7).contains(&labels.len()), "{labels:?}");
    }
}

#[test]
fn columns_lead_to_their_first_entry() {
    let view = on(&["2019-05", "2019-07-22", "2021~", "2027"]);
    let links = &view.strip.as_ref().unwrap().links;
    let shown: Vec<_> = links.iter().map(|l| (l.at, l.target.as_str(), l.name.as_str())).collect();
    let expected =
        [(1, "event-e0", "2019: 2 entries"), (3, "event-e2", "2021: 1 entry"), (9, "event-e3", "2027: 1 entry")];
    assert_eq!(shown, expected);
    let columns: Vec<_> = view.past.iter().chain(&view.future).flat_map(|y| &y.items).map(|i| i.column).collect();
    assert_eq!(columns, [Some(1), Some(1), Some(3), Some(9)]);
}

#[test]
fn what_is_not_exact_is_a_bar_over_its_extent() {
    let view = on(&["2020", "2021-07-02", "2022~", "2020-06/2022-01", "../2023", "2027"]);
    let marks = &view.strip.as_ref().unwrap().marks;
    let shown: Vec<_> = marks.iter().map(|m| (m.shape, m.from.as_str(), m.to.as_str(), m.future)).collect();
    let expected = [
        ("bar", "1.39%", "12.5%", false),
        ("bar", "5.19%", "26.06%", false),
        ("disc", "18.75%", "18.75%", false),
        ("bar", "25%", "37.5%", false),
        ("bar", "37.5%", "50%", false),
        ("bar", "87.5%", "98.61%", true),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn an_era_that_lasts_goes_on_and_does_not_stretch_the_line() {
    let eras =
        "[[era]]\nlabel = \"Since\"\nstart = \"0410\"\n[[era]]\nlabel = \"Long\"\nstart = \"0420\"\nend = \"1806\"\n";
    let files = format!("{}{eras}", events(&["0400", "0410", "0420", "0450"]));
    let view = timeline(&[("events.toml", &files)], &TimelineOptions::default());
    let strip = view.strip.unwrap();
    assert_eq!(labels_of(&strip), ["400 AD", "410 AD", "420 AD", "430 AD", "440 AD", "450 AD"]);
    assert!(strip.today.is_none());
    assert!(strip.bands.iter().all(|b| b.beyond == Some(("97%".to_owned(), "100%".to_owned())) && b.label_x.is_some()));
    let view = timeline(
        &[("events.toml", &format!("{}{}", events(&["2020", "2021", "2022", "2024", "2027"]), ERAS))],
        &TimelineOptions::default(),
    );
    let strip = view.strip.unwrap();
    let lasting = strip.bands.iter().find(|b| b.label == "Lasting").unwrap();
    assert_eq!(lasting.beyond.as_ref().map(|b| b.1.as_str()), Some("100%"));
    assert!(strip.today.is_some());
}

fn labels_of(strip: &crate::render::blocks::timeline::StripView) -> Vec<&str> {
    strip.ticks.iter().filter_map(|t| t.label.as_deref()).collect()
}

#[test]
fn tools_offer_only_what_tells_entries_apart() {
    let of = |extra: &str| {
        let file: String =
            (0..6).map(|n| format!("[[event]]\ndate = \"201{n}\"\ntitle = \"E{n}\"\n{extra}\n")).collect();
        timeline(&[("events.toml", &file)], &TimelineOptions::default()).tools.unwrap()
    };
    assert!(of("group = \"One\"").groups.is_empty());
    assert_eq!(of("importance = \"key\"").key, None);
    assert!(on(&["2019", "2020", "2021", "2022", "2023"]).tools.is_none());
    let file: String = [("A", "key"), ("B", "minor"), ("A", "normal"), ("B", "key"), ("A", "key"), ("C", "minor")]
        .iter()
        .enumerate()
        .map(|(n, (group, importance))| {
            format!(
                "[[event]]\ndate = \"201{n}\"\ntitle = \"E{n}\"\ngroup = \"{group}\"\nimportance = \"{importance}\"\n"
            )
        })
        .collect();
    let tools = timeline(&[("events.toml", &file)], &TimelineOptions::default()).tools.unwrap();
    let groups: Vec<_> = tools.groups.iter().map(|g| (g.name.as_str(), g.count)).collect();
    assert_eq!((groups, tools.total), (vec![("A", 3), ("B", 2), ("C", 1)], 6));
    assert_eq!((tools.key, tools.main), (Some(3), Some(4)));
    assert_eq!(of("importance = \"normal\"").main, None);
}

#[test]
fn days_are_exact_at_any_time() {
    let view = on(&["-0043-03-15", "0476", "2021-22", "Y12000"]);
    let days: Vec<_> = view.past.iter().chain(&view.future).flat_map(|y| &y.items).map(|i| i.day.clone()).collect();
    assert_eq!(days.iter().flatten().collect::<Vec<_>>(), ["-0043-03-15", "0476-01-01", "2021-06-01", "+12000-01-01"]);
    assert!(on(&["../2020"]).past[0].items[0].day.is_none());
}
