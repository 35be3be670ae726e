use jiff::civil::date;

use super::example::{any_year, at, local, minutes, office, read, shanghai, zone};
use super::*;

fn missing(year: i16) -> MissingYear {
    MissingYear { calendar: "office".to_owned(), year }
}

#[test]
fn working_time_lies_within_the_hours() {
    let office = office();
    for (from, to, expected) in [
        ("2026-11-23 09:00", "2026-11-23 18:00", 450),
        ("2026-11-23 00:00", "2026-11-24 00:00", 450),
        ("2026-11-23 12:00", "2026-11-23 13:30", 0),
        ("2026-11-23 11:59", "2026-11-23 13:31", 2),
        ("2026-11-23 18:00", "2026-11-24 09:00", 0),
        ("2026-11-23 00:00", "2026-11-30 00:00", 5 * 450),
        ("2026-11-28 00:00", "2026-11-30 00:00", 0),
        ("2026-09-30 17:00", "2026-10-08 10:00", 120),
        ("2026-10-09 18:00", "2026-10-12 00:00", 450),
        ("2026-02-13 18:00", "2026-02-24 09:00", 450),
        ("2026-09-19 00:00", "2026-09-21 00:00", 450),
        ("2026-12-31 00:00", "2027-01-01 00:00", 180),
        // 261 weekdays, 13 of them holidays, 5 make-up days, one of the 253 with 3 hours.
        ("2026-01-01 00:00", "2027-01-01 00:00", 252 * 450 + 180),
        ("2026-11-23 10:00", "2026-11-23 09:00", 0),
        ("2026-11-23 10:00", "2026-11-23 10:00", 0),
    ] {
        assert_eq!(office.working_between(at(from), at(to)), Ok(minutes(expected)), "{from} to {to}");
    }
}

#[test]
fn parts_of_a_second_are_exact() {
    let office = office();
    let worked = office.working_between(at("2026-11-23 11:59:59.5"), at("2026-11-23 13:30:00.25"));
    assert_eq!(worked, Ok(SignedDuration::from_millis(750)));
    let end = office.add_working(at("2026-11-23 11:59:59.999999999"), SignedDuration::from_nanos(2));
    assert_eq!(end, Ok(at("2026-11-23 13:30:00.000000001")));
}

#[test]
fn working_time_is_used_up_at_the_earliest_instant() {
    let office = office();
    for (from, length, expected) in [
        ("2026-11-23 09:00", 450, "2026-11-23 18:00"),
        ("2026-11-23 09:00", 451, "2026-11-24 09:01"),
        ("2026-11-23 09:00", 180, "2026-11-23 12:00"),
        ("2026-11-23 12:00", 1, "2026-11-23 13:31"),
        ("2026-11-23 18:00", 1, "2026-11-24 09:01"),
        ("2026-11-22 10:00", 0, "2026-11-22 10:00"),
        ("2026-11-22 10:00", -5, "2026-11-22 10:00"),
        ("2026-11-27 17:30", 60, "2026-11-30 09:30"),
        ("2026-02-13 17:00", 60 + 450 + 1, "2026-02-24 09:01"),
        ("2026-01-01 00:00", 450, "2026-01-04 18:00"),
        ("2026-12-31 09:00", 180, "2026-12-31 12:00"),
    ] {
        assert_eq!(
            office.add_working(at(from), minutes(length)),
            Ok(at(expected)),
            "{from} and {length} min"
        );
    }
}

#[test]
fn a_working_day_ends_with_its_last_hours() {
    let office = office();
    for (start, n, expected) in [
        ("2026-11-23 10:00", 0, "2026-11-23 18:00"),
        ("2026-11-23 00:00", 0, "2026-11-23 18:00"),
        ("2026-11-23 17:59:59.999", 0, "2026-11-23 18:00"),
        ("2026-11-23 18:00", 0, "2026-11-24 18:00"),
        ("2026-11-23 10:00", 1, "2026-11-24 18:00"),
        ("2026-11-23 23:59", 1, "2026-11-24 18:00"),
        ("2026-11-27 10:00", 1, "2026-11-30 18:00"),
        ("2026-11-28 10:00", 0, "2026-11-30 18:00"),
        ("2026-11-28 10:00", 1, "2026-11-30 18:00"),
        ("2026-09-18 10:00", 1, "2026-09-20 18:00"),
        ("2026-09-30 10:00", 3, "2026-10-10 18:00"),
        ("2026-12-30 10:00", 1, "2026-12-31 12:00"),
        ("2026-12-31 11:59", 0, "2026-12-31 12:00"),
    ] {
        assert_eq!(office.end_of_working_day(at(start), n), Ok(at(expected)), "{start}, {n} wd");
    }
}

#[test]
fn a_missing_year_is_needed_only_by_what_reaches_it() {
    let office = office();
    let nano = "2027-01-01 00:00:00.000000001";
    assert_eq!(office.working_between(at("2026-12-31 00:00"), at(nano)), Err(missing(2027)));
    assert_eq!(office.working_between(at("2025-12-31 23:59"), at("2026-01-05 00:00")), Err(missing(2025)));
    assert_eq!(office.working_between(at("2031-01-02 00:00"), at("2031-01-01 00:00")), Ok(minutes(0)));
    assert_eq!(office.add_working(at("2031-01-01 00:00"), minutes(0)), Ok(at("2031-01-01 00:00")));
    assert_eq!(office.add_working(at("2026-12-31 09:00"), minutes(181)), Err(missing(2027)));
    assert_eq!(office.add_working(at("2025-12-31 23:59"), minutes(1)), Err(missing(2025)));
    assert_eq!(office.end_of_working_day(at("2026-12-31 12:00"), 0), Err(missing(2027)));
    assert_eq!(office.end_of_working_day(at("2026-12-31 10:00"), 1), Err(missing(2027)));
    assert_eq!(office.end_of_working_day(at("2025-12-31 10:00"), 0), Err(missing(2025)));
    assert_eq!(office.end_of_working_day(at("2025-12-31 10:00"), 1), Ok(at("2026-01-04 18:00")));
    assert_eq!(office.day(date(2027, 1, 1)), Err(missing(2027)));
    assert_eq!(missing(2027).to_string(), "calendar `office` does not have the year 2027");
}

#[test]
fn a_gap_between_the_years_is_missing_too() {
    let text = "name = \"office\"\n[hours]\nmon = [\"09:00-10:00\"]\n[years.2024]\n[years.2026]\n";
    let office = read(text, &shanghai());
    let known = (2023..=2027).filter(|year| office.has_year(*year));
    assert_eq!(known.collect::<Vec<_>>(), [2024, 2026]);
    assert_eq!(office.working_between(at("2024-12-31 00:00"), at("2026-01-02 00:00")), Err(missing(2025)));
    assert_eq!(office.add_working(at("2024-12-31 00:00"), minutes(1)), Err(missing(2025)));
}

#[test]
fn a_day_says_why_it_has_its_hours() {
    let office = office();
    for (day, kind, hours) in [
        (date(2026, 11, 23), DayKind::Ordinary, "09:00-12:00, 13:30-18:00"),
        (date(2026, 11, 22), DayKind::Weekend, ""),
        (date(2026, 10, 7), DayKind::Holiday, ""),
        (date(2026, 10, 4), DayKind::Holiday, ""),
        (date(2026, 10, 10), DayKind::MakeUp, "09:00-12:00, 13:30-18:00"),
        (date(2026, 12, 31), DayKind::Special, "09:00-12:00"),
    ] {
        let found = office.day(day).unwrap();
        assert_eq!((found.kind, found.hours.to_string().as_str()), (kind, hours), "{day}");
    }
}

#[test]
fn make_up_days_have_mondays_hours_unless_they_have_their_own() {
    let text = r#"
        name = "short fridays"
        [hours]
        "mon,tue" = ["08:00-12:00"]
        wed-fri = ["08:00-10:00"]
        [years.2026]
        workdays = ["2026-10-10"]
        [years.2026.days]
        2026-10-11 = ["20:00-21:00"]
        2026-10-12 = []
    "#;
    let shop = read(text, &shanghai());
    let worked = |from: &str, to: &str| shop.working_between(at(from), at(to)).unwrap();
    assert_eq!(worked("2026-10-10 00:00", "2026-10-11 00:00"), minutes(240));
    assert_eq!(worked("2026-10-11 00:00", "2026-10-12 00:00"), minutes(60));
    assert_eq!(worked("2026-10-12 00:00", "2026-10-13 00:00"), minutes(0));
    assert_eq!(shop.end_of_working_day(at("2026-10-11 21:00"), 0), Ok(at("2026-10-13 12:00")));
    assert_eq!(shop.day(date(2026, 10, 12)).unwrap().kind, DayKind::Special);
}

#[test]
fn a_night_shift_belongs_to_the_day_that_it_starts_on() {
    let nights = any_year(r#"mon-fri = ["22:00-06:00"]"#, &shanghai());
    let worked = |from: &str, to: &str| nights.working_between(at(from), at(to)).unwrap();
    assert_eq!(worked("2026-11-27 00:00", "2026-11-28 00:00"), minutes(8 * 60));
    assert_eq!(worked("2026-11-28 00:00", "2026-11-29 00:00"), minutes(6 * 60));
    assert_eq!(worked("2026-11-30 00:00", "2026-12-01 00:00"), minutes(2 * 60));
    for (start, n, expected) in [
        ("2026-11-27 10:00", 0, "2026-11-28 06:00"),
        ("2026-11-27 10:00", 1, "2026-12-01 06:00"),
        ("2026-11-28 03:00", 0, "2026-12-01 06:00"),
        ("2026-11-26 03:00", 0, "2026-11-27 06:00"),
    ] {
        assert_eq!(nights.end_of_working_day(at(start), n), Ok(at(expected)), "{start}, {n} wd");
    }
    for (length, expected) in
        [(360, "2026-11-28 05:00"), (420, "2026-11-28 06:00"), (421, "2026-11-30 22:01")]
    {
        assert_eq!(nights.add_working(at("2026-11-27 23:00"), minutes(length)), Ok(at(expected)));
    }
}

#[test]
fn a_night_shift_over_the_new_year_takes_both_years() {
    let nights = |years: &str| {
        let text = format!("name = \"office\"\n[hours]\nthu = [\"22:00-06:00\"]\n{years}");
        read(&text, &shanghai())
    };
    let (eve, new_year, six) = (at("2026-12-31 22:00"), at("2027-01-01 00:00"), at("2027-01-01 06:00"));
    let both = nights("[years.2026]\n[years.2027]\n");
    assert_eq!(both.working_between(eve, six), Ok(minutes(480)));
    assert_eq!(both.working_between(new_year, six), Ok(minutes(360)));
    assert_eq!(both.add_working(eve, minutes(480)), Ok(six));

    let later = nights("[years.2027]\n");
    assert_eq!(later.working_between(new_year, six), Ok(minutes(0)), "nobody knows about the eve");

    let earlier = nights("[years.2026]\n");
    assert_eq!(earlier.end_of_working_day(eve, 0), Ok(six), "the shift is the old year's");
    assert_eq!(earlier.add_working(eve, minutes(120)), Ok(new_year));
    assert_eq!(earlier.add_working(eve, minutes(121)), Err(missing(2027)));

    let holiday = nights("[years.2026]\nholidays = [\"2026-12-31\"]\n[years.2027]\n");
    assert_eq!(holiday.working_between(eve, six), Ok(minutes(0)));
}

#[test]
fn hours_may_fill_the_day() {
    let weekend = any_year(r#"sat-sun = ["00:00-24:00"]"#, &shanghai());
    assert_eq!(weekend.add_working(at("2026-11-28 00:00"), minutes(24 * 60)), Ok(at("2026-11-29 00:00")));
    assert_eq!(weekend.add_working(at("2026-11-28 00:00"), minutes(49 * 60)), Ok(at("2026-12-05 01:00")));
    assert_eq!(weekend.end_of_working_day(at("2026-11-29 00:00"), 0), Ok(at("2026-11-30 00:00")));
    assert_eq!(weekend.end_of_working_day(at("2026-11-30 00:00"), 0), Ok(at("2026-12-06 00:00")));
    let always = any_year(r#"mon-sun = ["09:00-09:00"]"#, &shanghai());
    let year = always.working_between(at("2027-12-31 00:00"), at("2029-01-01 00:00"));
    assert_eq!(year, Ok(minutes(367 * 24 * 60)));
}

#[test]
fn a_leap_day_is_a_day() {
    let plain = any_year(r#"mon-fri = ["09:00-10:00"]"#, &shanghai());
    let worked = |from: &str, to: &str| plain.working_between(at(from), at(to)).unwrap();
    assert_eq!(worked("2028-02-28 00:00", "2028-03-02 00:00"), minutes(180));
    assert_eq!(worked("2027-02-28 00:00", "2027-03-02 00:00"), minutes(60));
    assert_eq!(plain.end_of_working_day(at("2028-02-28 12:00"), 1), Ok(at("2028-02-29 10:00")));
}

#[test]
fn a_night_with_a_clock_change_is_as_long_as_it_is() {
    for (name, forward, back) in
        [("Europe/Berlin", "2026-03-28", "2026-10-24"), ("America/New_York", "2026-03-07", "2026-10-31")]
    {
        let zone = zone(name);
        let nights = any_year(r#"sat = ["22:00-06:00"]"#, &zone);
        for (eve, hours) in [(forward, 7), (back, 9)] {
            let start = local(&format!("{eve} 22:00"), &zone);
            let end = nights.end_of_working_day(start, 0).unwrap();
            assert_eq!(end.duration_since(start), SignedDuration::from_hours(hours), "{name} {eve}");
            assert_eq!(nights.working_between(start, end), Ok(SignedDuration::from_hours(hours)));
            assert_eq!(nights.add_working(start, SignedDuration::from_hours(hours)), Ok(end));
        }
    }
}

#[test]
fn a_time_that_a_clock_change_skips_moves_forward() {
    let berlin = zone("Europe/Berlin");
    let sunday = |hours: &str, expected| {
        let calendar = any_year(&format!("sun = {hours}"), &berlin);
        let (from, to) = (local("2026-03-29 00:00", &berlin), local("2026-03-30 00:00", &berlin));
        assert_eq!(calendar.working_between(from, to), Ok(minutes(expected)), "{hours}");
        calendar
    };
    sunday(r#"["02:30-05:00"]"#, 90);
    sunday(r#"["01:00-02:30"]"#, 90);
    sunday(r#"["01:00-05:00"]"#, 180);
    // 02:30-02:45 becomes 03:30-03:45, which is in the other shift.
    sunday(r#"["02:30-02:45", "03:00-04:00"]"#, 60);
    // The hour vanishes completely: not a working day.
    let hour = sunday(r#"["02:00-03:00"]"#, 0);
    let due = hour.end_of_working_day(local("2026-03-28 12:00", &berlin), 1);
    assert_eq!(due, Ok(local("2026-04-05 03:00", &berlin)));
}

#[test]
fn of_a_time_that_comes_twice_the_first_is_meant() {
    let berlin = zone("Europe/Berlin");
    for (hours, expected) in
        [(r#"["01:00-02:30"]"#, 90), (r#"["02:30-04:00"]"#, 150), (r#"["01:00-05:00"]"#, 300)]
    {
        let calendar = any_year(&format!("sun = {hours}"), &berlin);
        let (from, to) = (local("2026-10-25 00:00", &berlin), local("2026-10-26 00:00", &berlin));
        assert_eq!(calendar.working_between(from, to), Ok(minutes(expected)), "{hours}");
    }
}

#[test]
fn a_date_that_a_zone_skipped_has_no_hours() {
    let apia = zone("Pacific/Apia");
    let fridays = any_year(r#"fri = ["09:00-17:00"]"#, &apia);
    let (from, to) = (local("2011-12-28 00:00", &apia), local("2012-01-02 00:00", &apia));
    assert_eq!(fridays.working_between(from, to), Ok(minutes(0)));
    assert_eq!(fridays.end_of_working_day(from, 1), Ok(local("2012-01-06 17:00", &apia)));
}

#[test]
fn the_end_of_time_is_an_error_and_not_a_hang() {
    let plain = any_year(r#"mon = ["09:00-10:00"]"#, &shanghai());
    assert!(plain.add_working(at("9990-01-01 00:00"), SignedDuration::from_hours(1_000)).is_err());
    assert!(plain.add_working(at("9990-01-01 00:00"), SignedDuration::MAX).is_err());
    assert!(plain.end_of_working_day(at("9990-01-01 00:00"), u32::MAX).is_err());
    assert!(plain.end_of_working_day(Timestamp::MAX, 0).is_err());
    assert!(plain.working_between(Timestamp::MIN, Timestamp::MAX).is_err());
    assert!(!plain.has_year(9999) && plain.has_year(9998) && plain.has_year(1) && !plain.has_year(0));
}
