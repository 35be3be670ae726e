//! An office in Shanghai over the holidays, the year's end and leap days.

use super::{Desk, read, shanghai};

/// 7.5 hours a day; 10 October is a make-up day with Monday's hours, the 11th one with its own; New Year's Eve is a
/// half day.
const OFFICE: &str = r#"
name = "office"
[hours]
mon-fri = ["09:00-12:00", "13:30-18:00"]
[years.2026]
holidays = ["2026-10-01..2026-10-07"]
workdays = ["2026-09-20", "2026-10-10"]
[years.2026.days]
2026-10-11 = ["10:00-15:00"]
2026-12-31 = ["09:00-12:00"]
[years.2027]
holidays = ["2027-01-01..2027-01-03"]
"#;

fn office() -> Desk {
    let zone = shanghai();
    Desk { calendar: read(OFFICE, &zone), zone }
}

#[test]
fn holidays_and_make_up_days() {
    office().holds(&[
        // Wed 09:00-12:00 and 13:30-18:00 are 7.5 h, then seven days off; Thu 8 the other 7.5 h, to the closing.
        ("2026-09-30 09:00", "15wh", "", "2026-10-08 18:00"),
        // The 7th is a day off; the first working day after it is Thu 8, the second Fri 9.
        ("2026-10-07 23:59", "2wd", "", "2026-10-09 18:00"),
        // Fri 18 has ended; Sun 20 is a make-up day.
        ("2026-09-18 18:00", "0wd", "", "2026-09-20 18:00"),
        // Sat 19 is an ordinary Saturday, not one of October's make-up days.
        ("2026-09-19 12:00", "0wd", "", "2026-09-20 18:00"),
        // Sun 20 counts as the first, Mon 21 as the second.
        ("2026-09-18 10:00", "2wd", "", "2026-09-21 18:00"),
        // Calendar days ignore this: the 1st to the 7th, and the 8th begins.
        ("2026-09-30 17:00", "7d", "", "2026-10-08 00:00"),
        // Sat 10: 17:00-18:00 is 1 h; Sun 11: 10:00-12:00 the other two.
        ("2026-10-10 17:00", "3wh", "", "2026-10-11 12:00"),
        // After Fri 9 come Sat 10 and Sun 11, which ends at 15:00.
        ("2026-10-09 18:00", "2wd", "", "2026-10-11 15:00"),
        // Sun 14:00-15:00 are 60 min; Mon 09:00-09:30 the other 30.
        ("2026-10-11 14:00", "90wm", "", "2026-10-12 09:30"),
        // At 15:00 the make-up day has ended.
        ("2026-10-11 15:00", "0wd", "", "2026-10-12 18:00"),
        // At 12:30 it has not: its own hours have no break.
        ("2026-10-11 12:30", "60wm", "", "2026-10-11 13:30"),
    ]);
}

#[test]
fn half_days_and_the_end_of_the_year() {
    office().holds(&[
        // Thu 31: 11:00-12:00 is 1 h; 1 to 3 January are off; Mon 4: 09:00-10:00.
        ("2026-12-31 11:00", "2wh", "", "2027-01-04 10:00"),
        // A half day is a working day; it ends at noon.
        ("2026-12-30 17:00", "1wd", "", "2026-12-31 12:00"),
        // One second before noon it has not ended ...
        ("2026-12-31 11:59:59", "0wd", "", "2026-12-31 12:00"),
        // ... and at noon it has; Fri 1 to Sun 3 are off.
        ("2026-12-31 12:00", "0wd", "", "2027-01-04 18:00"),
        // The midnight that ends the 31st begins the year.
        ("2026-12-31 23:59", "0d", "", "2027-01-01 00:00"),
        ("2026-12-31 23:59", "1m", "", "2027-01-01 00:00"),
        // 31 December + 31 days is 31 January; it ends as February begins.
        ("2026-12-31 10:00", "31d", "", "2027-02-01 00:00"),
        // Tue 29 and Wed 30 at their end, Thu 31 at noon are three; from Mon 4 to Fri 8 five more; Mon 11 the ninth.
        ("2026-12-28 10:00", "9wd", "", "2027-01-11 18:00"),
        // Wed 30: 0.5 h; Thu 31: 3 h; Mon 4: 09:00-12:00 3 h, 13:30-14:00 0.5 h.
        ("2026-12-30 17:30", "7wh", "", "2027-01-04 14:00"),
    ]);
}

#[test]
fn the_end_of_a_month() {
    office().holds(&[
        // Mon 30: 17:30-18:00; Tue 1: 09:00-09:30.
        ("2026-11-30 17:30", "1wh", "", "2026-12-01 09:30"),
        ("2026-11-30 10:00", "1wd", "", "2026-12-01 18:00"),
        // Thu 29, Fri 30 October; Mon 2 November.
        ("2026-10-28 09:00", "3wd", "", "2026-11-02 18:00"),
        // 30 October + 2 days: Sun 1 November ends.
        ("2026-10-30 09:00", "2d", "", "2026-11-02 00:00"),
    ]);
}

#[test]
fn half_open_edges() {
    office().holds(&[
        // Three hours from the opening are over as the break begins, not as it ends.
        ("2026-11-23 09:00", "3wh", "", "2026-11-23 12:00"),
        // One minute more is worked after the break.
        ("2026-11-23 09:00", "181wm", "", "2026-11-23 13:31"),
        // 12:00 belongs to the break.
        ("2026-11-23 12:00", "1wm", "", "2026-11-23 13:31"),
        // 13:30-18:00 are 270 min: due exactly at the closing.
        ("2026-11-23 13:30", "270wm", "", "2026-11-23 18:00"),
        // 18:00 belongs to the evening: Fri is over, Mon 09:00-09:01.
        ("2026-11-27 18:00", "1wm", "", "2026-11-30 09:01"),
        // A minute before the opening is the same as the opening.
        ("2026-11-23 08:59", "3wh", "", "2026-11-23 12:00"),
        // At the opening the day has not ended, nor during its break.
        ("2026-11-23 09:00", "0wd", "", "2026-11-23 18:00"),
        ("2026-11-23 13:00", "0wd", "", "2026-11-23 18:00"),
        // Midnight begins its day: the 23rd is the day of the start.
        ("2026-11-23 00:00", "1d", "", "2026-11-25 00:00"),
    ]);
}

#[test]
fn limits_of_nothing() {
    office().holds(&[
        ("2026-11-23 10:00", "0m", "", "2026-11-23 10:00"),
        ("2026-11-23 10:00", "0h", "", "2026-11-23 10:00"),
        // No working time is used up immediately, inside the hours and outside them.
        ("2026-11-23 10:00", "0wh", "", "2026-11-23 10:00"),
        ("2026-11-22 03:00", "0wh", "", "2026-11-22 03:00"),
        ("2026-10-03 10:00", "0wm", "", "2026-10-03 10:00"),
        // Sun 22 is not a working day; the next is Mon 23.
        ("2026-11-22 10:00", "0wd", "", "2026-11-23 18:00"),
        ("2026-11-22 10:00", "0d", "", "2026-11-23 00:00"),
    ]);
}

#[test]
fn leap_days() {
    Desk::with_hours(shanghai(), r#"mon-fri = ["09:00-17:00"]"#).holds(&[
        // Mon 28: 16:00-17:00; Tue 29: 09:00-10:00.
        ("2028-02-28 16:00", "2wh", "", "2028-02-29 10:00"),
        ("2028-02-28 10:00", "1wd", "", "2028-02-29 17:00"),
        // Tue 29, Wed 1 March.
        ("2028-02-28 10:00", "2wd", "", "2028-03-01 17:00"),
        ("2028-02-28 12:00", "48h", "", "2028-03-01 12:00"),
        // The 29th is the first day after the 28th.
        ("2028-02-28 12:00", "1d", "", "2028-03-01 00:00"),
        ("2028-02-29 12:00", "0d", "", "2028-03-01 00:00"),
        ("2028-02-29 12:00", "365d", "", "2029-03-01 00:00"),
        // 2027 has none: Sun 28 February is followed by Mon 1 March.
        ("2027-02-28 12:00", "24h", "", "2027-03-01 12:00"),
        ("2027-02-28 12:00", "1d", "", "2027-03-02 00:00"),
        ("2027-02-28 12:00", "0wd", "", "2027-03-01 17:00"),
        // Fri 26: 16:00-17:00; Mon 1: 09:00-10:00.
        ("2027-02-26 16:00", "2wh", "", "2027-03-01 10:00"),
        // Fri 31 December: 16:30-17:00; Mon 3 January: 09:00-09:30.
        ("2027-12-31 16:30", "1wh", "", "2028-01-03 09:30"),
    ]);
}
