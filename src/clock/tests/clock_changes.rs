//! The nights in which the clocks change: Berlin on 29 March (02:00 to 03:00) and 25 October (03:00 to 02:00),
//! New York on 8 March (02:00 to 03:00) and 1 November (02:00 to 01:00), all in 2026 and all Sundays.

use super::{Desk, zone};

fn berlin(hours: &str) -> Desk {
    Desk::with_hours(zone("Europe/Berlin"), hours)
}

fn new_york(hours: &str) -> Desk {
    Desk::with_hours(zone("America/New_York"), hours)
}

const WEEK: &str = r#"mon-fri = ["09:00-17:00"]"#;
const NIGHT: &str = r#"sat = ["22:00-06:00"]"#;
const EARLY: &str = r#"sun = ["00:00-06:00"]"#;

#[test]
fn elapsed_time_is_the_difference_of_instants() {
    berlin(WEEK).holds(&[
        // The night is 23 h long, so the clock shows an hour more after 24 h ...
        ("2026-03-28 12:00", "24h", "", "2026-03-29 13:00"),
        // ... and an hour less after the night of 25 h.
        ("2026-10-24 12:00", "24h", "", "2026-10-25 11:00"),
        // 01:30 + 1 h: 02:00-03:00 is skipped.
        ("2026-03-29 01:30", "1h", "", "2026-03-29 03:30"),
        // 02:30 occurs twice, an hour apart.
        ("2026-10-25T02:30+02:00", "1h", "", "2026-10-25T02:30+01:00"),
        ("2026-10-25T02:30+02:00", "90m", "", "2026-10-25 03:00"),
    ]);
    new_york(WEEK).holds(&[
        ("2026-03-07 12:00", "24h", "", "2026-03-08 13:00"),
        ("2026-10-31 12:00", "24h", "", "2026-11-01 11:00"),
        ("2026-11-01T01:30-04:00", "60m", "", "2026-11-01T01:30-05:00"),
        // Paused from 01:00 to 03:00 on the clock is one hour: 48 h end on Mon 13:00, and one more.
        ("2026-03-07 12:00", "48h", "2026-03-08 01:00 to 2026-03-08 03:00", "2026-03-09 14:00"),
    ]);
}

#[test]
fn calendar_days_end_at_the_local_midnight() {
    berlin(WEEK).holds(&[
        // The midnight that ends Sun 29 is one of summer time (+02:00).
        ("2026-03-28 12:00", "1d", "", "2026-03-29T22:00Z"),
        ("2026-03-29 01:59", "0d", "", "2026-03-29T22:00Z"),
        // The midnight that ends Sun 25 is one of winter time (+01:00), the one that ends Sat 24 is not.
        ("2026-10-24 12:00", "0d", "", "2026-10-24T22:00Z"),
        ("2026-10-24 12:00", "1d", "", "2026-10-25T23:00Z"),
        // Paused Sun 01:00 to 04:00 on the clock is four hours: Mon 00:00 + 4 h.
        ("2026-10-24 10:00", "1d", "2026-10-25 01:00 to 2026-10-25 04:00", "2026-10-26 04:00"),
    ]);
    new_york(WEEK).holds(&[
        ("2026-03-07 23:30", "1d", "", "2026-03-09T04:00Z"),
        ("2026-11-01T01:30-05:00", "0d", "", "2026-11-02T05:00Z"),
        // Paused Sun 00:00 to 06:00 on the clock is five hours: Mon 00:00 + 5 h.
        ("2026-03-08 00:00", "0d", "2026-03-08 00:00 to 2026-03-08 06:00", "2026-03-09 05:00"),
    ]);
}

#[test]
fn working_time_of_a_shift_over_the_change_is_what_was_worked() {
    berlin(EARLY).holds(&[
        // 00:00-02:00 and 03:00-05:00.
        ("2026-03-29 00:00", "4wh", "", "2026-03-29 05:00"),
        // All of the shift is 5 h; the sixth is on Sun 5 April.
        ("2026-03-29 00:00", "5wh", "", "2026-03-29 06:00"),
        ("2026-03-29 00:00", "6wh", "", "2026-04-05 01:00"),
        // 00:00-03:00 of summer time and 02:00-05:00 of winter time.
        ("2026-10-25 00:00", "6wh", "", "2026-10-25 05:00"),
        ("2026-10-25 00:00", "7wh", "", "2026-10-25 06:00"),
        // From the second 02:00 on, 4 h are left.
        ("2026-10-25T02:00+01:00", "4wh", "", "2026-10-25 06:00"),
        // Paused through both 02:00-03:00: 2 h. 00:00-02:00 and 03:00-04:00 are the 3 h.
        ("2026-10-25 00:00", "3wh", "2026-10-25T02:00+02:00 to 2026-10-25T03:00+01:00", "2026-10-25 04:00"),
    ]);
    new_york(NIGHT).holds(&[
        // 22:00-06:00 on the clock: 7 h in March, 9 h in the night to 1 November.
        ("2026-03-07 22:00", "7wh", "", "2026-03-08 06:00"),
        ("2026-10-31 22:00", "9wh", "", "2026-11-01 06:00"),
        // 22:00-02:00 are 4 h in winter time, one of them twice in November: 5 h to 02:00.
        ("2026-10-31 22:00", "5wh", "", "2026-11-01 02:00"),
        ("2026-03-07 22:00", "5wh", "", "2026-03-08 04:00"),
    ]);
}

#[test]
fn working_days_end_with_their_hours_whatever_the_clock_does() {
    berlin(EARLY).holds(&[
        ("2026-10-24 12:00", "1wd", "", "2026-10-25T05:00Z"),
        ("2026-03-28 12:00", "1wd", "", "2026-03-29T04:00Z"),
        ("2026-03-29 05:59", "0wd", "", "2026-03-29T04:00Z"),
    ]);
    new_york(NIGHT).holds(&[
        ("2026-03-07 23:00", "0wd", "", "2026-03-08T10:00Z"),
        ("2026-10-31 23:00", "0wd", "", "2026-11-01T11:00Z"),
        // Paused for an hour of the night: moved to the next, Sat 7 November 22:00-23:00.
        ("2026-10-31 21:00", "0wd", "2026-11-01 04:00 to 2026-11-01 05:00", "2026-11-07 23:00"),
    ]);
    berlin(WEEK).holds(&[
        // Fri 16:00-17:00, Mon 09:00-10:00: the change in between is not working time.
        ("2026-03-27 16:00", "2wh", "", "2026-03-30 10:00"),
        ("2026-10-23 16:00", "2wh", "", "2026-10-26 10:00"),
        ("2026-10-23 16:00", "1wd", "", "2026-10-26 17:00"),
    ]);
}

#[test]
fn a_shift_in_the_hour_that_is_skipped_is_worked_an_hour_later() {
    // 02:15-02:45 becomes 03:15-03:45.
    new_york(r#"sun = ["02:15-02:45"]"#).holds(&[
        ("2026-03-08 00:00", "30wm", "", "2026-03-08 03:45"),
        ("2026-03-08 00:00", "0wd", "", "2026-03-08 03:45"),
    ]);
    // 01:00-02:30 ends at 03:30: 01:00-02:00 and 03:00-03:30.
    new_york(r#"sun = ["01:00-02:30"]"#).holds(&[
        ("2026-03-08 00:00", "90wm", "", "2026-03-08 03:30"),
        ("2026-03-08 00:00", "70wm", "", "2026-03-08 03:10"),
    ]);
}

#[test]
fn a_shift_in_the_hour_that_comes_twice_begins_in_the_first() {
    // 01:00 of the first, to 02:00, which occurs once: 2 h.
    new_york(r#"sun = ["01:00-02:00"]"#).holds(&[
        ("2026-11-01 00:00", "2wh", "", "2026-11-01T02:00-05:00"),
        ("2026-11-01 00:00", "1wh", "", "2026-11-01T01:00-05:00"),
    ]);
    // 01:15-01:45 of the first: 30 min; the next minute is on Sun 8.
    new_york(r#"sun = ["01:15-01:45"]"#).holds(&[
        ("2026-11-01 00:00", "30wm", "", "2026-11-01T01:45-04:00"),
        ("2026-11-01 00:00", "31wm", "", "2026-11-08 01:16"),
    ]);
}
