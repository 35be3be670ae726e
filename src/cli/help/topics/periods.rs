use super::HelpPart;

mod say {
    crate::messages! {
        title() { "How to write periods, dates and times", "怎样写统计期间、日期和时间" }
        periods() { "Periods, for reports, `fb audit` and the calendar:", "统计期间，用于报表、`fb audit` 和日历：" }
        month() { "a month", "一个月" }
        quarter() { "a quarter: Q1 to Q4", "一个季度：Q1 至 Q4" }
        half() { "half a year: H1 or H2", "半年：H1 或 H2" }
        year() { "a year", "一年" }
        days() { "from one day to another, both included; at most a hundred years", "从某日到某日，首尾两天都算；最长一百年" }
        this() { "the current month", "本月" }
        last() { "the month before; also with quarter, half or year in place of month", "上个月；month 可换成 quarter（季度）、half（半年）、year（年）" }
        queries() { "Also in a query, for example after `received:`:", "在查询条件里（如 `received:` 后面）还可以写：" }
        day() { "a day", "某一天" }
        between() { "from one period to another", "从一个期间到另一个期间" }
        bounds() { "from then on; also > (after its end), < (before its start), <= (up to its end)", "从这天起；还可写 >（这天之后）、<（这天之前）、<=（到这天为止）；写期间也一样" }
        moments() { "Times, for `--at` and `--as-of`:", "时间，用于 `--at` 和 `--as-of`：" }
        clock() { "today at that time", "今天的这个时刻" }
        local() { "in the shop's time zone", "按店铺所在时区" }
        whole() { "with its offset from UTC (RFC 3339)", "写明时差（RFC 3339）" }
        end() { "a day: `--as-of` takes its end, `--at` its start", "某一天：`--as-of` 取当天结束时，`--at` 取当天开始时" }
        also() { "Good to know:", "说明：" }
        midnight() { "A period begins and ends at midnight in the shop's time zone.", "期间都从店铺所在时区的零点开始，到零点结束。" }
        usual() {
            "Without a period, a report covers the last full one: a month; a quarter for `quarterly` and `causes`, half a year for `satisfaction`, 12 months for `trend`.",
            "不写期间时，报表统计上一个完整的期间：一般是上个月，`quarterly` 和 `causes` 是上个季度，`satisfaction` 是上个半年，`trend` 是最近 12 个月。"
        }
        as_of() {
            "A report counts up to the end of its period, or up to now if the period is not over. So October's report is still the same in December.",
            "报表统计到期间结束为止；期间未结束时统计到现在。因此 10 月的月报到 12 月再看，数字不变。"
        }
    }
}

pub(super) use say::title;

pub(super) fn parts() -> Vec<HelpPart> {
    vec![
        HelpPart::typed(
            say::periods(),
            [
                ("2026-10", say::month()),
                ("2026-Q3", say::quarter()),
                ("2026-H1", say::half()),
                ("2026", say::year()),
                ("2026-10-01..2026-10-15", say::days()),
                ("this-month", say::this()),
                ("last-month", say::last()),
            ],
        ),
        HelpPart::typed(
            say::queries(),
            [
                ("2026-10-01", say::day()),
                ("2026-07..2026-09", say::between()),
                (">=2026-10-01", say::bounds()),
            ],
        ),
        HelpPart::typed(
            say::moments(),
            [
                ("09:30", say::clock()),
                ("\"2026-11-22 09:30\"", say::local()),
                ("2026-11-22T09:30:00+08:00", say::whole()),
                ("2026-11-22", say::end()),
            ],
        ),
        HelpPart::lines(say::also(), [say::midnight(), say::usual(), say::as_of()]),
    ]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::lang::Lang;
    use crate::report::Period;

    #[test]
    fn every_period_that_is_named_is_one() {
        let parts = parts();
        let words = parts[0].entries.iter().map(|entry| entry.term.to(Lang::En));
        for word in words {
            assert!(Period::parse(word, date(2026, 11, 22), &TimeZone::UTC).is_ok(), "{word}");
        }
    }
}
