use super::*;
use crate::calendar::example::{at, local, minutes, office, shanghai, zone};

/// The office in Shanghai.
fn due(start: &str, limit: &str, pauses: &Pauses) -> Result<Due, Undue> {
    let (zone, calendar) = (shanghai(), office());
    let terms = Terms { zone: &zone, calendar: Some(&calendar) };
    Limit::parse(limit).unwrap().due(at(start), pauses, terms)
}

fn used(start: &str, limit: &str, now: &str, pauses: &Pauses) -> f64 {
    let (zone, calendar) = (shanghai(), office());
    let terms = Terms { zone: &zone, calendar: Some(&calendar) };
    Limit::parse(limit).unwrap().used(at(start), at(now), pauses, terms).unwrap()
}

fn paused(ended: &[(&str, &str)]) -> Pauses {
    Pauses::new(ended.iter().map(|(from, to)| (at(from), at(to))), None)
}

fn open(since: &str) -> Pauses {
    Pauses::new([], Some(at(since)))
}

#[test]
fn the_worked_examples_of_the_semantics() {
    for (start, limit, expected) in [
        ("2026-09-30 17:00", "2wh", "2026-10-08 10:00"),
        ("2026-09-30 17:00", "24h", "2026-10-01 17:00"),
        ("2026-09-30 17:00", "1wd", "2026-10-08 18:00"),
        ("2026-10-09 17:59", "1wd", "2026-10-10 18:00"),
        ("2026-10-03 10:00", "0wd", "2026-10-08 18:00"),
        ("2026-11-23 18:00", "0wd", "2026-11-24 18:00"),
        ("2026-11-23 12:30", "30wm", "2026-11-23 14:00"),
        ("2026-11-23 10:00", "7d", "2026-12-01 00:00"),
    ] {
        assert_eq!(due(start, limit, &Pauses::none()), Ok(Due::At(at(expected))), "{start} {limit}");
    }
    let waiting = paused(&[("2026-11-24 10:00", "2026-11-26 10:00")]);
    assert_eq!(due("2026-11-23 10:00", "48h", &waiting), Ok(Due::At(at("2026-11-27 10:00"))));
    let waiting = paused(&[("2026-11-23 11:00", "2026-11-24 14:00")]);
    assert_eq!(due("2026-11-23 09:00", "8wh", &waiting), Ok(Due::At(at("2026-11-25 11:00"))));
}

#[test]
fn nine_hours_of_a_nine_hour_day_are_due_at_its_end() {
    let zone = shanghai();
    let text = "name = \"shop\"\nany_year = true\n[hours]\nmon-fri = [\"09:00-18:00\"]\n";
    let calendar = Calendar::read(text, std::path::Path::new("shop.toml"), &zone).unwrap();
    let terms = Terms { zone: &zone, calendar: Some(&calendar) };
    let due = Limit::WorkingHours(9).due(at("2026-11-23 09:00"), &Pauses::none(), terms);
    assert_eq!(due, Ok(Due::At(at("2026-11-23 18:00"))));
}

#[test]
fn without_a_pause() {
    for (start, limit, expected) in [
        ("2026-11-23 10:00", "15m", "2026-11-23 10:15"),
        ("2026-11-23 10:00", "0h", "2026-11-23 10:00"),
        ("2026-11-22 10:00", "0wh", "2026-11-22 10:00"),
        ("2026-11-23 10:00", "0d", "2026-11-24 00:00"),
        ("2026-11-23 00:00", "0d", "2026-11-24 00:00"),
        ("2026-11-23 23:59", "1d", "2026-11-25 00:00"),
        ("2026-12-28 10:00", "7d", "2027-01-05 00:00"),
        ("2028-02-26 10:00", "3d", "2028-03-01 00:00"),
        ("2026-02-26 10:00", "3d", "2026-03-02 00:00"),
        ("2026-12-31 09:00", "3wh", "2026-12-31 12:00"),
        ("2026-12-31 08:00", "0wd", "2026-12-31 12:00"),
        ("2025-12-31 10:00", "1wd", "2026-01-04 18:00"),
        ("2026-02-13 10:00", "2wd", "2026-02-24 18:00"),
    ] {
        assert_eq!(due(start, limit, &Pauses::none()), Ok(Due::At(at(expected))), "{start} {limit}");
    }
}

#[test]
fn a_day_ends_at_the_local_midnight() {
    for (name, start, limit, expected) in [
        ("America/New_York", "2026-10-31 12:00", "24h", "2026-11-01T16:00Z"),
        ("America/New_York", "2026-10-31 12:00", "1d", "2026-11-02T05:00Z"),
        ("America/New_York", "2026-03-08 12:00", "0d", "2026-03-09T04:00Z"),
        ("Europe/Berlin", "2026-03-28 12:00", "24h", "2026-03-29T11:00Z"),
        ("Europe/Berlin", "2026-03-28 12:00", "1d", "2026-03-29T22:00Z"),
        ("Europe/Berlin", "2026-10-24 12:00", "1d", "2026-10-25T23:00Z"),
        // This midnight did not exist: the clocks went from 00:00 to 01:00.
        ("America/Sao_Paulo", "2018-11-03 12:00", "0d", "2018-11-04T03:00Z"),
    ] {
        let zone = zone(name);
        let terms = Terms { zone: &zone, calendar: None };
        let due = Limit::parse(limit).unwrap().due(local(start, &zone), &Pauses::none(), terms);
        assert_eq!(due, Ok(Due::At(expected.parse().unwrap())), "{name} {start} {limit}");
    }
}

#[test]
fn pauses_move_elapsed_limits_on_by_elapsed_time() {
    let start = "2026-11-23 10:00";
    for (limit, pauses, expected) in [
        ("2h", &[("2026-11-23 12:00", "2026-11-23 13:00")][..], "2026-11-23 12:00"),
        ("2h", &[("2026-11-23 11:59", "2026-11-23 13:00")], "2026-11-23 13:01"),
        ("2h", &[("2026-11-23 08:00", "2026-11-23 11:00")], "2026-11-23 13:00"),
        ("2h", &[("2026-11-22 08:00", "2026-11-23 10:00")], "2026-11-23 12:00"),
        // The second begins after the due without pauses, but before the due that the first one moved.
        (
            "2h",
            &[("2026-11-23 11:00", "2026-11-23 14:00"), ("2026-11-23 14:30", "2026-11-23 15:30")],
            "2026-11-23 16:00",
        ),
        ("0h", &[("2026-11-23 09:00", "2026-11-23 11:00")], "2026-11-23 10:00"),
        ("1d", &[("2026-11-24 10:00", "2026-11-24 16:00")], "2026-11-25 06:00"),
        ("1d", &[("2026-11-25 00:00", "2026-11-25 06:00")], "2026-11-25 00:00"),
        ("0d", &[("2026-11-23 23:59", "2026-11-26 00:00")], "2026-11-26 00:01"),
    ] {
        assert_eq!(due(start, limit, &paused(pauses)), Ok(Due::At(at(expected))), "{limit} {pauses:?}");
    }
}

#[test]
fn pauses_move_working_limits_on_by_working_time() {
    for (start, limit, pauses, expected) in [
        ("2026-11-23 17:00", "2wh", &[("2026-11-23 17:30", "2026-11-24 09:30")][..], "2026-11-24 11:00"),
        ("2026-11-23 17:00", "2wh", &[("2026-11-23 18:00", "2026-11-24 09:00")], "2026-11-24 10:00"),
        ("2026-11-23 17:00", "1wh", &[("2026-11-23 18:00", "2026-11-24 12:00")], "2026-11-23 18:00"),
        ("2026-11-23 17:00", "1wh", &[("2026-11-23 17:00", "2026-11-23 18:00")], "2026-11-24 10:00"),
        ("2026-11-23 10:00", "1wd", &[("2026-11-24 10:00", "2026-11-24 14:00")], "2026-11-25 11:30"),
        ("2026-11-23 10:00", "1wd", &[("2026-11-23 19:00", "2026-11-24 08:00")], "2026-11-24 18:00"),
        ("2026-11-23 10:00", "1wd", &[("2026-11-24 18:00", "2026-11-26 18:00")], "2026-11-24 18:00"),
        ("2026-11-27 10:00", "1wd", &[("2026-11-27 17:00", "2026-11-30 09:30")], "2026-12-01 10:30"),
        ("2026-09-30 10:00", "1wd", &[("2026-10-01 09:00", "2026-10-07 18:00")], "2026-10-08 18:00"),
        ("2026-10-09 10:00", "0wd", &[("2026-10-09 17:00", "2026-10-10 10:00")], "2026-10-10 11:00"),
        (
            "2026-11-23 09:00",
            "90wm",
            &[("2026-11-23 10:00", "2026-11-23 11:30"), ("2026-11-23 11:45", "2026-11-23 14:00")],
            "2026-11-23 14:15",
        ),
    ] {
        let expected = Ok(Due::At(at(expected)));
        assert_eq!(due(start, limit, &paused(pauses)), expected, "{start} {limit} {pauses:?}");
    }
}

#[test]
fn a_clock_that_is_paused_before_its_due_has_none() {
    for (limit, last, at_due) in [
        ("2h", "2026-11-23 11:59:59", "2026-11-23 12:00"),
        ("2wh", "2026-11-23 11:59:59", "2026-11-23 12:00"),
        ("0d", "2026-11-23 23:59:59", "2026-11-24 00:00"),
        ("0wd", "2026-11-23 17:59:59", "2026-11-23 18:00"),
    ] {
        let start = "2026-11-23 10:00";
        assert_eq!(due(start, limit, &open(last)), Ok(Due::Unknown), "{limit}");
        assert_eq!(due(start, limit, &open("2026-11-20 10:00")), Ok(Due::Unknown), "{limit}");
        assert_eq!(due(start, limit, &open(at_due)), Ok(Due::At(at(at_due))), "{limit}");
    }
    assert_eq!(due("2026-11-23 10:00", "0h", &open("2026-11-23 10:00")), Ok(Due::At(at("2026-11-23 10:00"))));
}

#[test]
fn a_missing_year_is_an_error_only_if_it_is_reached() {
    let missing = |year| Err(Undue::MissingYear(MissingYear { calendar: "office".to_owned(), year }));
    let none = Pauses::none();
    assert_eq!(due("2026-12-31 10:00", "1wd", &none), missing(2027));
    assert_eq!(due("2026-12-31 12:00", "0wd", &none), missing(2027));
    assert_eq!(due("2026-12-31 09:00", "181wm", &none), missing(2027));
    assert_eq!(due("2025-12-31 10:00", "0wd", &none), missing(2025));
    assert_eq!(due("2027-06-01 10:00", "48h", &none), Ok(Due::At(at("2027-06-03 10:00"))));
    // It is paused before the year is reached.
    assert_eq!(due("2026-12-31 10:00", "1wd", &open("2026-12-31 11:00")), Ok(Due::Unknown));
    assert_eq!(due("2026-12-31 10:00", "8wh", &open("2026-12-31 11:00")), Ok(Due::Unknown));
    assert_eq!(due("2026-12-31 10:00", "8wh", &open("2027-01-01 00:00")), missing(2027));
    let into_it = paused(&[("2026-12-31 11:00", "2027-01-05 11:00")]);
    assert_eq!(due("2026-12-31 10:00", "2wh", &into_it), missing(2027));
}

#[test]
fn working_units_take_a_calendar() {
    let zone = shanghai();
    let terms = Terms { zone: &zone, calendar: None };
    for (word, working) in
        [("15m", false), ("48h", false), ("7d", false), ("90wm", true), ("8wh", true), ("3wd", true)]
    {
        let limit = Limit::parse(word).unwrap();
        assert_eq!(limit.in_working_units(), working);
        let due = limit.due(at("2026-11-23 10:00"), &Pauses::none(), terms);
        assert_eq!(due == Err(Undue::NoCalendar), working, "{word}");
    }
}

#[test]
fn the_share_that_is_used_up() {
    let none = Pauses::none();
    let long = paused(&[("2026-11-24 00:00", "2026-11-24 12:00")]);
    for (start, limit, now, pauses, expected) in [
        ("2026-11-23 10:00", "48h", "2026-11-23 10:00", &none, 0.0),
        ("2026-11-23 10:00", "48h", "2026-11-24 22:00", &none, 0.75),
        ("2026-11-23 10:00", "48h", "2026-11-25 10:00", &none, 1.0),
        ("2026-11-23 10:00", "48h", "2026-11-27 10:00", &none, 2.0),
        ("2026-11-23 10:00", "48h", "2026-11-23 08:00", &none, 0.0),
        ("2026-11-23 12:00", "48h", "2026-11-24 18:00", &long, 0.375),
        ("2026-11-23 10:00", "48h", "2026-11-26 10:00", &open("2026-11-24 10:00"), 0.5),
        ("2026-11-23 09:00", "10wh", "2026-11-23 18:00", &none, 0.75),
        ("2026-11-23 09:00", "10wh", "2026-11-24 09:00", &open("2026-11-23 12:00"), 0.3),
        ("2026-11-23 12:00", "1d", "2026-11-24 12:00", &none, 24.0 / 36.0),
        ("2026-11-23 12:00", "1d", "2026-11-24 18:00", &long, 0.5),
        ("2026-11-23 18:00", "1wd", "2026-11-24 12:00", &none, 0.75),
        ("2026-11-23 18:00", "1wd", "2026-11-24 18:00", &none, 1.0),
        ("2026-11-23 10:00", "0h", "2026-11-23 10:00", &none, 1.0),
        ("2026-11-23 10:00", "0wm", "2026-11-23 10:00", &none, 1.0),
    ] {
        assert_eq!(used(start, limit, now, pauses), expected, "{start} {limit} at {now}");
    }
}

#[test]
fn a_limit_reads_as_it_was_written() {
    for (word, limit) in [
        ("15m", Limit::Minutes(15)),
        ("60m", Limit::Minutes(60)),
        ("48h", Limit::Hours(48)),
        ("7d", Limit::Days(7)),
        ("90wm", Limit::WorkingMinutes(90)),
        ("8wh", Limit::WorkingHours(8)),
        ("3wd", Limit::WorkingDays(3)),
        ("0h", Limit::Hours(0)),
        ("36525d", Limit::Days(36_525)),
        ("876600h", Limit::Hours(876_600)),
        // A hundred years of 365.25 days.
        ("52596000m", Limit::Minutes(52_596_000)),
        ("52596000wm", Limit::WorkingMinutes(52_596_000)),
        ("876600wh", Limit::WorkingHours(876_600)),
        ("36525wd", Limit::WorkingDays(36_525)),
    ] {
        assert_eq!(Limit::parse(word), Ok(limit));
        assert_eq!(limit.to_string(), word);
    }
}

#[test]
fn what_is_not_a_limit_is_refused() {
    for word in ["", "48", "h", "-1h", "+1h", "1.5h", "1,5h", " 48h", "wd"] {
        assert_eq!(Limit::parse(word), Err(BadLimit::Form), "{word}");
    }
    for (word, unit) in
        [("48H", "H"), ("48 h", " h"), ("2w", "w"), ("3days", "days"), ("1h30m", "h30m"), ("3天", "天")]
    {
        assert_eq!(Limit::parse(word), Err(BadLimit::Unit(unit.to_owned())), "{word}");
    }
    for word in [
        "36526d",
        "36526wd",
        "876601h",
        "876601wh",
        "52596001m",
        "52596001wm",
        "4294967296h",
        "99999999999999999999d",
    ] {
        assert_eq!(Limit::parse(word), Err(BadLimit::TooLong), "{word}");
    }
}

#[test]
fn a_due_beyond_the_end_of_time_is_its_last_instant() {
    let zone = shanghai();
    let terms = Terms { zone: &zone, calendar: None };
    for limit in [Limit::Hours(876_600), Limit::Days(36_525)] {
        let due = limit.due(Timestamp::MAX, &Pauses::none(), terms);
        assert_eq!(due, Ok(Due::At(Timestamp::MAX)));
    }
    assert_eq!(minutes(1), Limit::Minutes(1).length());
}

#[test]
fn what_is_wrong_is_said_in_words() {
    let said = |word: &str| Limit::parse(word).unwrap_err().to_string();
    assert_eq!(said("soon"), "a limit is a whole number and a unit: 15m, 48h, 7d, 90wm, 8wh, 3wd");
    assert_eq!(said("2w"), "`w` is not a unit of a limit: m, h, d, or in working time wm, wh, wd");
    assert_eq!(said("36526d"), "a limit is at most a hundred years");
    assert_eq!(
        due("2026-12-31 10:00", "1wd", &Pauses::none()).unwrap_err().to_string(),
        "calendar `office` does not have the year 2027"
    );
}
