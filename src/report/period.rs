//! The stretch of time that a report is about.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::lang::Text;

/// From one local midnight to another; the first belongs to it, the last does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// What it is called: `2026-10`, `2026-Q3`, ...
    pub label: String,
    /// Its sort.
    pub span: Span,
    /// The first day.
    pub first: Date,
    /// The day after the last.
    pub next: Date,
    /// The midnight that begins it.
    pub start: Timestamp,
    /// The midnight that ends it.
    pub end: Timestamp,
}

/// The sort of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// A calendar month.
    Month,
    /// Three months from January, April, July or October.
    Quarter,
    /// Six months from January or July.
    Half,
    /// A calendar year.
    Year,
    /// From a day to a day.
    Days,
}

/// No period is longer than so many days: a hundred years.
const MOST_DAYS: i32 = 36_525;

/// What is wrong with a word that should be a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub enum BadPeriod {
    /// It is not a period.
    Form(String),
    /// It is longer than a hundred years.
    TooLong(String),
}

mod say {
    crate::messages! {
        bad_period(word) { "`{word}` is not a period", "`{word}` 不是统计期间" }
        too_long(word) {
            "`{word}` is too long: a period has at most a hundred years",
            "`{word}` 太长：统计期间最长一百年"
        }
    }
}

impl BadPeriod {
    /// What is wrong, in the user's words.
    pub(crate) fn message(&self) -> Text {
        match self {
            BadPeriod::Form(word) => say::bad_period(word),
            BadPeriod::TooLong(word) => say::too_long(word),
        }
    }

    /// What to write.
    pub(crate) fn help() -> Text {
        Text::of(
            "2026-10, 2026-Q3, 2026-H1, 2026, 2026-10-01..2026-10-15, this-month, last-month, last-quarter, ...",
            "可写 2026-10、2026-Q3、2026-H1、2026、2026-10-01..2026-10-15、this-month、last-month、last-quarter 等",
        )
    }
}

impl Span {
    fn months(self) -> i32 {
        match self {
            Span::Month => 1,
            Span::Quarter => 3,
            Span::Half => 6,
            Span::Year => 12,
            Span::Days => 0,
        }
    }
}

impl Period {
    /// Reads a period; `today` is what `this-…` and `last-…` refer to.
    ///
    /// # Errors
    /// [`BadPeriod`] if the word is not a period, if its end is before its start, or if it is too long.
    pub fn parse(word: &str, today: Date, zone: &TimeZone) -> Result<Period, BadPeriod> {
        let bad = || BadPeriod::Form(word.to_owned());
        if let Some((when, unit)) = word.split_once('-').filter(|(when, _)| ["this", "last"].contains(when)) {
            let span = match unit {
                "month" => Span::Month,
                "quarter" => Span::Quarter,
                "half" => Span::Half,
                "year" => Span::Year,
                _ => return Err(bad()),
            };
            let this = Period::holding(today, span, zone);
            return if when == "this" { Ok(this) } else { this.previous(zone).ok_or_else(bad) };
        }
        if let Some((first, last)) = word.split_once("..") {
            let day = |word: &str| crate::policy::read_date(word).ok_or_else(bad);
            let (first, last) = (day(first)?, day(last)?);
            let next = last.tomorrow().map_err(|_| bad())?;
            if first >= next {
                return Err(bad());
            }
            if first.until(next).is_ok_and(|length| length.get_days() > MOST_DAYS) {
                return Err(BadPeriod::TooLong(word.to_owned()));
            }
            return Period::new(first, next, Span::Days, zone).ok_or_else(bad);
        }
        let (year, part) = match word.split_once('-') {
            Some((year, part)) => (year, Some(part)),
            None => (word, None),
        };
        let year = digits(year, 4).ok_or_else(bad)?;
        let (span, month) = match part {
            None => (Span::Year, 1),
            Some(part) => match (part.get(..1), part.get(1..).and_then(|number| digits(number, 1))) {
                (Some("Q" | "q"), Some(quarter @ 1..=4)) => (Span::Quarter, 3 * quarter - 2),
                (Some("H" | "h"), Some(half @ 1..=2)) => (Span::Half, 6 * half - 5),
                _ => (Span::Month, digits(part, 2).filter(|month| (1..=12).contains(month)).ok_or_else(bad)?),
            },
        };
        let first = Date::new(year, month as i8, 1).map_err(|_| bad())?;
        Period::from(first, span, zone).ok_or_else(bad)
    }

    /// The month, quarter, half year or year of a day.
    pub(crate) fn holding(day: Date, span: Span, zone: &TimeZone) -> Period {
        let length = span.months().max(1) as i8;
        let month = (day.month() - 1) / length * length + 1;
        let first = date(day.year(), month, 1);
        Period::from(first, span, zone).unwrap_or(Period {
            label: day.to_string(),
            span,
            first: day,
            next: day,
            start: Timestamp::MIN,
            end: Timestamp::MAX,
        })
    }

    /// The last one of a span that has ended by today.
    pub(crate) fn last_full(today: Date, span: Span, zone: &TimeZone) -> Period {
        let this = Period::holding(today, span, zone);
        this.previous(zone).unwrap_or(this)
    }

    /// The last `count` of a span that have ended by today, as one stretch of days.
    pub(crate) fn last_several(today: Date, span: Span, count: usize, zone: &TimeZone) -> Period {
        let last = Period::last_full(today, span, zone);
        let earlier = std::iter::successors(Some(last.clone()), |period| period.previous(zone));
        let first = earlier.take(count.max(1)).last().map_or(last.first, |period| period.first);
        Period::new(first, last.next, Span::Days, zone).unwrap_or(last)
    }

    /// The stretches of a span in it, in order. The first and the last may be shorter; then they are days.
    pub(crate) fn split(&self, span: Span, zone: &TimeZone) -> Vec<Period> {
        // After the last month that jiff knows, `holding` gives the same month again.
        let following = |period: &Period| {
            Some(Period::holding(period.next, span, zone)).filter(|next| next.first > period.first)
        };
        std::iter::successors(Some(Period::holding(self.first, span, zone)), following)
            .take_while(|period| period.first < self.next)
            .filter_map(|period| match period.first >= self.first && period.next <= self.next {
                true => Some(period),
                false => {
                    Period::new(period.first.max(self.first), period.next.min(self.next), Span::Days, zone)
                }
            })
            .collect()
    }

    fn from(first: Date, span: Span, zone: &TimeZone) -> Option<Period> {
        let next = first.checked_add(span.months().months()).ok()?;
        Period::new(first, next, span, zone)
    }

    fn new(first: Date, next: Date, span: Span, zone: &TimeZone) -> Option<Period> {
        let midnight = |day: Date| zone.to_timestamp(day.at(0, 0, 0, 0)).ok();
        let (year, month) = (first.year(), first.month());
        let label = match span {
            Span::Month => format!("{year:04}-{month:02}"),
            Span::Quarter => format!("{year:04}-Q{}", (month + 2) / 3),
            Span::Half => format!("{year:04}-H{}", (month + 5) / 6),
            Span::Year => format!("{year:04}"),
            Span::Days => format!("{first}..{}", next.yesterday().ok()?),
        };
        Some(Period { label, span, first, next, start: midnight(first)?, end: midnight(next)? })
    }

    /// The one of the same length just before.
    pub(crate) fn previous(&self, zone: &TimeZone) -> Option<Period> {
        match self.span {
            Span::Days => {
                let days = (self.next - self.first).get_days();
                Period::new(self.first.checked_sub(days.days()).ok()?, self.first, Span::Days, zone)
            }
            span => Period::from(self.first.checked_sub(span.months().months()).ok()?, span, zone),
        }
    }

    /// The same one a year earlier.
    pub(crate) fn year_before(&self, zone: &TimeZone) -> Option<Period> {
        let earlier = |day: Date| day.checked_sub(1.year()).ok();
        match self.span {
            Span::Days => {
                let last = earlier(self.next.yesterday().ok()?)?;
                Period::new(earlier(self.first)?, last.tomorrow().ok()?, Span::Days, zone)
            }
            span => Period::from(earlier(self.first)?, span, zone),
        }
    }

    /// The months in it, in order; whole ones only.
    pub(crate) fn months(&self, zone: &TimeZone) -> Vec<Period> {
        let mut parts = self.split(Span::Month, zone);
        parts.retain(|part| part.span == Span::Month);
        parts
    }

    /// Whether an instant is in it.
    pub fn holds(&self, at: Timestamp) -> bool {
        (self.start..self.end).contains(&at)
    }

    /// What people call it.
    pub(crate) fn name(&self) -> Text {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let (year, month) = (self.first.year(), self.first.month());
        match self.span {
            Span::Month => {
                let name = MONTHS.get(month as usize - 1).copied().unwrap_or_default();
                Text::new(format!("{name} {year}"), format!("{year}年{month}月"))
            }
            Span::Quarter => {
                let quarter = (month + 2) / 3;
                Text::new(format!("Q{quarter} {year}"), format!("{year}年第{quarter}季度"))
            }
            Span::Half if month == 1 => Text::new(format!("first half of {year}"), format!("{year}年上半年")),
            Span::Half => Text::new(format!("second half of {year}"), format!("{year}年下半年")),
            Span::Year => Text::new(year.to_string(), format!("{year}年")),
            Span::Days => Text::new(self.label.clone(), self.label.replace("..", " 至 ")),
        }
    }
}

fn digits(word: &str, count: usize) -> Option<i16> {
    (word.len() == count && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shanghai() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    fn days(word: &str) -> (String, String, String) {
        let period = Period::parse(word, date(2026, 11, 22), &shanghai()).unwrap();
        (period.label, period.first.to_string(), period.next.to_string())
    }

    #[test]
    fn the_last_months_that_there_are_end_and_a_period_has_a_hundred_years_at_most() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let parse = |word: &str| Period::parse(word, date(2026, 11, 23), &zone);
        assert_eq!(parse("9999-12-01..9999-12-30").unwrap().split(Span::Month, &zone).len(), 1);
        assert_eq!(parse("9999-10-05..9999-12-30").unwrap().split(Span::Month, &zone).len(), 3);
        let last = Period::holding(date(9999, 12, 15), Span::Month, &zone);
        assert!(last.split(Span::Month, &zone).len() <= 1);
        assert!(parse("2026-01-01..2125-12-31").is_ok());
        let wrong = |word: &str| parse(word).unwrap_err().message();
        for word in ["2026-01-01..9999-12-30", "0001-01-01..2026-12-31", "2000-01-01..2100-01-01"] {
            let told = format!("`{word}` is too long: a period has at most a hundred years");
            assert_eq!(wrong(word).to_string(), told);
            assert!(wrong(word).to(crate::lang::Lang::Zh).contains("最长一百年"));
        }
        for word in ["2026-12-31..2026-01-01", "9999-01-01..0001-01-01", "2026-13"] {
            assert_eq!(wrong(word).to_string(), format!("`{word}` is not a period"));
        }
    }

    #[test]
    fn a_period_begins_and_ends_at_local_midnight() {
        let october = Period::parse("2026-10", date(2026, 11, 22), &shanghai()).unwrap();
        assert_eq!(october.start.to_string(), "2026-09-30T16:00:00Z");
        assert_eq!(october.end.to_string(), "2026-10-31T16:00:00Z");
        assert!(october.holds(october.start) && !october.holds(october.end));
    }

    #[test]
    fn the_months_of_a_period_are_those_that_lie_in_it_whole() {
        for (word, months) in [
            ("2026-10", "2026-10"),
            ("2026-Q4", "2026-10 2026-11 2026-12"),
            ("2026-01-15..2026-03-20", "2026-02"),
            ("2026-01-01..2026-02-27", "2026-01"),
            ("2026-01-02..2026-02-28", "2026-02"),
            ("2026-02-03..2026-02-20", ""),
        ] {
            let period = Period::parse(word, date(2026, 11, 22), &shanghai()).unwrap();
            let labels: Vec<String> = period.months(&shanghai()).into_iter().map(|it| it.label).collect();
            assert_eq!(labels.join(" "), months, "{word}");
        }
    }

    #[test]
    fn words_for_periods() {
        for (word, label, first, next) in [
            ("2026-10", "2026-10", "2026-10-01", "2026-11-01"),
            ("2026-12", "2026-12", "2026-12-01", "2027-01-01"),
            ("2026-Q3", "2026-Q3", "2026-07-01", "2026-10-01"),
            ("2026-q4", "2026-Q4", "2026-10-01", "2027-01-01"),
            ("2026-Q1", "2026-Q1", "2026-01-01", "2026-04-01"),
            ("2026-H1", "2026-H1", "2026-01-01", "2026-07-01"),
            ("2026-h2", "2026-H2", "2026-07-01", "2027-01-01"),
            ("this-year", "2026", "2026-01-01", "2027-01-01"),
            ("last-year", "2025", "2025-01-01", "2026-01-01"),
            ("this-half", "2026-H2", "2026-07-01", "2027-01-01"),
            ("2026", "2026", "2026-01-01", "2027-01-01"),
            ("last-month", "2026-10", "2026-10-01", "2026-11-01"),
            ("this-quarter", "2026-Q4", "2026-10-01", "2027-01-01"),
            ("last-half", "2026-H1", "2026-01-01", "2026-07-01"),
            ("2026-10-01..2026-10-15", "2026-10-01..2026-10-15", "2026-10-01", "2026-10-16"),
        ] {
            assert_eq!(days(word), (label.to_owned(), first.to_owned(), next.to_owned()), "{word}");
        }
        for word in [
            "",
            "2026-13",
            "2026-Q5",
            "2026-H3",
            "26",
            "2026-1",
            "next-month",
            "2026-10-15..2026-10-01",
            "十月",
        ] {
            assert!(Period::parse(word, date(2026, 11, 22), &shanghai()).is_err(), "{word}");
        }
    }

    #[test]
    fn what_people_call_a_period() {
        for (word, en, zh) in [
            ("2026-01", "January 2026", "2026年1月"),
            ("2026-12", "December 2026", "2026年12月"),
            ("2026-Q1", "Q1 2026", "2026年第1季度"),
            ("2026-Q2", "Q2 2026", "2026年第2季度"),
            ("2026-Q4", "Q4 2026", "2026年第4季度"),
            ("2026-H1", "first half of 2026", "2026年上半年"),
            ("2026-H2", "second half of 2026", "2026年下半年"),
            ("2026", "2026", "2026年"),
            ("2026-10-01..2026-10-15", "2026-10-01..2026-10-15", "2026-10-01 至 2026-10-15"),
        ] {
            let name = Period::parse(word, date(2026, 11, 22), &shanghai()).unwrap().name();
            assert_eq!(name, Text::of(en, zh), "{word}");
        }
        assert!(BadPeriod::help().to_string().starts_with("2026-10, 2026-Q3"));
    }

    #[test]
    fn neighbours() {
        let zone = shanghai();
        let period = |word| Period::parse(word, date(2026, 11, 22), &zone).unwrap();
        assert_eq!(period("2026-01").previous(&zone).unwrap().label, "2025-12");
        assert_eq!(period("2026-Q1").previous(&zone).unwrap().label, "2025-Q4");
        assert_eq!(period("2026-10").year_before(&zone).unwrap().label, "2025-10");
        let days = period("2026-10-01..2026-10-15").previous(&zone).unwrap();
        assert_eq!(days.label, "2026-09-16..2026-09-30");
        let split = |word, span| -> Vec<String> {
            period(word).split(span, &zone).into_iter().map(|part| part.label).collect()
        };
        assert_eq!(split("2026", Span::Half), ["2026-H1", "2026-H2"]);
        assert_eq!(split("2026-Q1", Span::Month), ["2026-01", "2026-02", "2026-03"]);
        assert_eq!(split("2026-02", Span::Quarter), ["2026-02-01..2026-02-28"]);
        assert_eq!(
            split("2026-01-15..2026-03-10", Span::Month),
            ["2026-01-15..2026-01-31", "2026-02", "2026-03-01..2026-03-10"]
        );
        let year = Period::last_several(date(2026, 11, 22), Span::Month, 12, &zone);
        assert_eq!((year.label.as_str(), year.span), ("2025-11-01..2026-10-31", Span::Days));
        let quarters = Period::last_several(date(2026, 11, 22), Span::Quarter, 8, &zone);
        assert_eq!(quarters.label, "2024-10-01..2026-09-30");
        let months: Vec<_> = period("2026-Q3").months(&zone).into_iter().map(|month| month.label).collect();
        assert_eq!(months, ["2026-07", "2026-08", "2026-09"]);
    }
}
