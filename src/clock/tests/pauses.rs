//! Pauses, summed: in elapsed time for `m`, `h` and `d`, in working time for `wm`, `wh` and `wd`.

use super::{Desk, read, shanghai};
use crate::calendar::example::OFFICE;

fn office() -> Desk {
    let zone = shanghai();
    Desk { calendar: read(OFFICE, &zone), zone }
}

#[test]
fn elapsed_and_calendar_days() {
    office().holds(&[
        // 1 h, half an hour and 2 h: 48 h end on Wed 10:00, and 3.5 h more.
        (
            "2026-11-23 10:00",
            "48h",
            "2026-11-23 12:00 to 2026-11-23 13:00; 2026-11-24 08:00 to 2026-11-24 08:30; 2026-11-24 20:00 to 2026-11-24 22:00",
            "2026-11-25 13:30",
        ),
        // Over midnight: 4 h. The midnight that ends Tue 24, and 4 h more.
        ("2026-11-23 10:00", "1d", "2026-11-23 22:00 to 2026-11-24 02:00", "2026-11-25 04:00"),
        // 48 h from an hour before the midnight at which it was due.
        ("2026-11-23 10:00", "0d", "2026-11-23 23:00 to 2026-11-25 23:00", "2026-11-26 00:00"),
        // Of a pause that began before the start, only 10:00-11:00 counts.
        ("2026-11-23 10:00", "24h", "2026-11-23 08:00 to 2026-11-23 11:00", "2026-11-24 11:00"),
        // From the start itself: nothing has run before 12:00.
        ("2026-11-23 10:00", "24h", "2026-11-23 10:00 to 2026-11-23 12:00", "2026-11-24 12:00"),
        // At the due it is too late.
        ("2026-11-23 10:00", "2h", "2026-11-23 12:00 to 2026-11-23 15:00", "2026-11-23 12:00"),
        // The first moves the due from 12:00 to 13:00; the second, at 12:30, is before that: 3 h in all.
        (
            "2026-11-23 10:00",
            "2h",
            "2026-11-23 11:00 to 2026-11-23 12:00; 2026-11-23 12:30 to 2026-11-23 14:30",
            "2026-11-23 15:00",
        ),
    ]);
}

#[test]
fn working_time() {
    office().holds(&[
        // 10:00-10:30 is 0.5 h, 11:30-14:00 without the break 1 h, Tue before nine nothing: Mon 6 h, Tue 2 h.
        (
            "2026-11-23 09:00",
            "8wh",
            "2026-11-23 10:00 to 2026-11-23 10:30; 2026-11-23 11:30 to 2026-11-23 14:00; 2026-11-24 07:00 to 2026-11-24 09:00",
            "2026-11-24 11:00",
        ),
        // A weekend is not working time: Fri 17:00-18:00, Mon 09:00-10:00.
        ("2026-11-27 17:00", "2wh", "2026-11-28 00:00 to 2026-11-30 00:00", "2026-11-30 10:00"),
        // Nor is the break.
        ("2026-11-23 11:00", "2wh", "2026-11-23 12:00 to 2026-11-23 13:30", "2026-11-23 14:30"),
        // From the start to 14:00; the hour is 14:00-15:00.
        ("2026-11-23 11:30", "1wh", "2026-11-23 11:30 to 2026-11-23 14:00", "2026-11-23 15:00"),
        // Over the seven holidays: Wed 17:30-18:00 and Thu 8 09:00-09:30 were paused. Wed 17:00-17:30 half an hour,
        // Thu from 09:30 the other hour and a half.
        ("2026-09-30 17:00", "2wh", "2026-09-30 17:30 to 2026-10-08 09:30", "2026-10-08 11:00"),
    ]);
}

#[test]
fn working_days() {
    office().holds(&[
        // Tue 17:00-18:00 and Wed 09:00-09:30: Tue 18:00 and 1.5 working hours.
        ("2026-11-23 10:00", "1wd", "2026-11-24 17:00 to 2026-11-25 09:30", "2026-11-25 10:30"),
        // The night between is not working time.
        ("2026-11-23 10:00", "1wd", "2026-11-23 18:00 to 2026-11-24 09:00", "2026-11-24 18:00"),
        // Wed 30 17:00-18:00 and Thu 8 09:00-09:30; the holidays do not count: Thu 18:00 and 1.5 h.
        ("2026-09-30 10:00", "1wd", "2026-09-30 17:00 to 2026-10-08 09:30", "2026-10-09 10:30"),
        // A make-up day counts: a minute on Fri and 7.5 h on Sat 10. Fri 18:00 and 7.5 h is Sat 18:00; Mon 12 the minute.
        ("2026-10-09 10:00", "0wd", "2026-10-09 17:59 to 2026-10-10 18:00", "2026-10-12 09:01"),
        // Two pauses of one working hour on the day of the start: Tue 18:00 and 2 h.
        (
            "2026-11-23 10:00",
            "1wd",
            "2026-11-23 11:00 to 2026-11-23 12:00; 2026-11-23 14:00 to 2026-11-23 15:00",
            "2026-11-25 11:00",
        ),
    ]);
}
