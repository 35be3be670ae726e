//! Shifts that end at midnight or after it. A night shift belongs to the day on which it begins.

use super::{Desk, shanghai};

#[test]
fn hours_until_midnight() {
    Desk::with_hours(shanghai(), r#"mon-fri = ["16:00-24:00"]"#).holds(&[
        // Mon 23:00-24:00 is the hour.
        ("2026-11-23 23:00", "1wh", "", "2026-11-24 00:00"),
        // The second hour is Tue 16:00-17:00.
        ("2026-11-23 23:00", "2wh", "", "2026-11-24 17:00"),
        // The day ends with its midnight; at that midnight it is Tuesday.
        ("2026-11-23 12:00", "0wd", "", "2026-11-24 00:00"),
        ("2026-11-24 00:00", "0wd", "", "2026-11-25 00:00"),
        // Fri 27 is the day of the start; Mon 30 ends with November.
        ("2026-11-27 20:00", "1wd", "", "2026-12-01 00:00"),
        // 8 h a day from Mon to Fri are 40 h: due as Friday ends.
        ("2026-11-23 00:00", "40wh", "", "2026-11-28 00:00"),
    ]);
}

#[test]
fn nights_from_monday_to_friday() {
    Desk::with_hours(shanghai(), r#"mon-fri = ["22:00-06:00"]"#).holds(&[
        // Mon 23:00-24:00 and Tue 00:00-02:00.
        ("2026-11-23 23:00", "3wh", "", "2026-11-24 02:00"),
        // Before the shift: all of 22:00-06:00.
        ("2026-11-23 12:00", "8wh", "", "2026-11-24 06:00"),
        // After midnight, in Friday's night: Sat 05:00-06:00; the next night is Monday's: 22:00-23:00.
        ("2026-11-28 05:00", "2wh", "", "2026-11-30 23:00"),
        // Mon 03:00: nobody worked in Sunday's night; Monday's own begins at 22:00.
        ("2026-11-23 03:00", "1wh", "", "2026-11-23 23:00"),
        // Monday's hours end on Tuesday morning.
        ("2026-11-23 03:00", "0wd", "", "2026-11-24 06:00"),
        ("2026-11-23 23:30", "0wd", "", "2026-11-24 06:00"),
        // Tue 03:00 is a start on Tuesday, though Monday's night goes on: Tuesday's hours end on Wednesday.
        ("2026-11-24 03:00", "0wd", "", "2026-11-25 06:00"),
        // Fri 23:00: the next working day is Monday, which ends on Tue 1 December.
        ("2026-11-27 23:00", "1wd", "", "2026-12-01 06:00"),
        // Sat 02:00 is in Friday's night, but the day of the start is Saturday.
        ("2026-11-28 02:00", "1wd", "", "2026-12-01 06:00"),
        // Sat 06:00: the night is over.
        ("2026-11-28 06:00", "1wm", "", "2026-11-30 22:01"),
        // Thu 31 December: 22:00-24:00 and Fri 00:00-02:00.
        ("2026-12-31 22:00", "4wh", "", "2027-01-01 02:00"),
        // Monday's night is the first after Sunday's date; paused Tue 01:00-03:00, moved into Tuesday's night.
        ("2026-11-22 12:00", "1wd", "2026-11-24 01:00 to 2026-11-24 03:00", "2026-11-25 00:00"),
    ]);
}
