use super::{ReportHeading, parts, say as shared};
use crate::lang::{Text, duration};
use crate::policy::Instance;
use crate::render::{Cell, Column, Document, Section, Table, Tone};
use crate::report::{ClockFigures, Judged, LimitUsage, Pair, Period, WasAndWould, WhatIf, is_overdue};

mod say {
    crate::messages! {
        title(shop, period, policy) { "{shop} · {period} under {policy}", "{shop} · {period}按 {policy} 试算" }
        more(policy, n, missed, decided, was, of) {
            "Under {policy} {missed} of {decided} limits would have been missed: {n} more than the {was} of {of} that were.",
            "按 {policy} 试算，{decided} 次时限中超时 {missed} 次，比实际（{of} 次中 {was} 次）多 {n} 次。"
        }
        fewer(policy, n, missed, decided, was, of) {
            "Under {policy} {missed} of {decided} limits would have been missed: {n} fewer than the {was} of {of} that were.",
            "按 {policy} 试算，{decided} 次时限中超时 {missed} 次，比实际（{of} 次中 {was} 次）少 {n} 次。"
        }
        same(policy, missed, decided, of) {
            "Under {policy} as many limits would have been missed as were: {missed}, of {decided} instead of {of}.",
            "按 {policy} 试算，超时 {missed} 次，与实际相同（判定 {decided} 次，实际 {of} 次）。"
        }
        overdue_then(would, was) {
            "Overdue at the end: {would} instead of {was}.",
            "期末逾期未办 {would} 项，实际 {was} 项。"
        }
        unknown_then(would, was) {
            "Time limits that cannot be computed: {would} instead of {was}.",
            "无法计算的时限：由 {was} 项变为 {would} 项。"
        }
        overdue_same(n) { "Overdue at the end: {n}, as many as were.", "期末逾期未办 {n} 项，与实际相同。" }
        limits() { "Limits kept", "时限遵守" }
        was_kept() { "was kept", "实际按时" }
        would_kept() { "would be", "试算按时" }
        changed() { "What would have counted otherwise", "判定有变化的" }
        nothing_changed() { "No case would have counted otherwise.", "没有判定发生变化的案卷。" }
        case() { "case", "案卷" }
        was() { "was", "实际" }
        would() { "would be", "试算" }
        due_was() { "due", "实际期限" }
        due_would() { "due then", "试算期限" }
        late_was() { "was late by", "实际超时" }
        late_would() { "would be late by", "试算超时" }
        verdict_kept() { "kept", "按时" }
        verdict_missed() { "missed", "超时" }
        verdict_earlier() { "earlier", "期前已定" }
        verdict_undecided() { "undecided", "未判定" }
        verdict_absent() { "–", "–" }
        used() { "What it took, by limit", "实际用时（按时限单位）" }
        limit() { "limit", "现行时限" }
        half() { "half", "半数" }
        nine_in_ten() { "90 %", "九成" }
        all() { "all", "全部" }
        used_note() {
            "Half, 90 % or all of those decided would have been kept by this limit.",
            "若按此时限，已判定的半数、九成或全部可按时办到。"
        }
        still_running(n) {
            "{n} of them still run; their time is counted up to the end of the period.",
            "其中 {n} 项仍未办，用时算至期末。"
        }
        foot() {
            "people did not know of the limits that are tried · --cases lists the cases behind each figure · --format markdown|csv|json",
            "当时并未按试算时限考核 · --cases 列出每个数字背后的案卷 · --format markdown|csv|json"
        }
    }
}

/// A period under another policy beside what it was, as a page. `policy` is what people call the other one.
pub(crate) fn what_if(
    trial: &WhatIf<'_>,
    used: &[LimitUsage<'_>],
    period: &Period,
    policy: &str,
    heading: &ReportHeading<'_>,
) -> Document {
    let shop = heading.book.shop.name.as_str();
    let mut page = Document::new(heading.line(say::title(shop, period.name(), policy)));
    page.lead = lead(trial, policy);
    page = page.section(clocks(trial));
    page = match trial.changed.is_empty() {
        true => page.section(vec![say::nothing_changed()]),
        false => page.section(differing(&trial.changed, heading)),
    };
    if !trial.overdue.is_empty() {
        page = page.section(overdue(&trial.overdue, heading));
    }
    if !used.is_empty() {
        page = page.section(taken(used)).section(notes(used));
    }
    page.foot(say::foot())
}

/// The answer: how many limits more or fewer would have been missed, and how much would be overdue.
fn lead(trial: &WhatIf<'_>, policy: &str) -> Vec<Text> {
    let WasAndWould { was: (was, of), would: (missed, decided) } = trial.totals();
    let first = match missed.abs_diff(was) {
        0 => say::same(policy, missed, decided, of),
        n if missed > was => say::more(policy, n, missed, decided, was, of),
        n => say::fewer(policy, n, missed, decided, was, of),
    };
    let counts = trial.overdue_counts();
    let second = match (counts.was, counts.would) {
        (0, 0) => shared::nothing_overdue(),
        (was, would) if was == would => say::overdue_same(was),
        (was, would) => say::overdue_then(would, was),
    };
    let mut lead = vec![first, second];
    if trial.unknown != (WasAndWould { was: 0, would: 0 }) {
        lead.push(say::unknown_then(trial.unknown.would, trial.unknown.was));
    }
    lead
}

/// A row a clock: kept, of, missed as it was, and as it would be.
fn clocks(trial: &WhatIf<'_>) -> Section {
    let mut table = Table::new([
        Column::words("clock", say::limits()),
        Column::numbers("was_share", say::was_kept()),
        Column::numbers("was_decided", shared::decided()),
        Column::numbers("was_missed", shared::late()),
        Column::numbers("would_share", say::would_kept()),
        Column::numbers("would_decided", shared::decided()),
        Column::numbers("would_missed", shared::late()),
    ]);
    for sides in &trial.clocks {
        if ![&sides.was, &sides.would].into_iter().flatten().any(parts::is_shown) {
            continue;
        }
        let label = sides.was.as_ref().or(sides.would.as_ref()).map(|it| it.label.clone());
        let cells = [&sides.was, &sides.would].into_iter().flat_map(|side| figures(side.as_ref()));
        table.row([Cell::from(label.unwrap_or_default())].into_iter().chain(cells));
    }
    Section::from(table)
}

/// Kept, of, missed; n/a if this side does not have the clock.
fn figures(side: Option<&ClockFigures<'_>>) -> [Cell; 3] {
    let Some(side) = side else { return [parts::percent(None), Cell::none(), Cell::none()] };
    [parts::percent(side.share()), Cell::number(side.decided() as u64), parts::missed(side)]
}

/// The instances whose verdicts differ.
fn differing(pairs: &[Pair<'_>], heading: &ReportHeading<'_>) -> Section {
    let mut table = Table::new([
        Column::words("id", say::case()),
        Column::words("clock", shared::clock()),
        Column::words("was", say::was()),
        Column::numbers("due", say::due_was()),
        Column::words("would", say::would()),
        Column::numbers("would_due", say::due_would()),
    ]);
    for pair in pairs {
        table.row([
            id(pair),
            Cell::from(pair.label.clone()),
            verdict(pair.verdicts.was),
            due(pair.runs.was, heading),
            verdict(pair.verdicts.would),
            due(pair.runs.would, heading),
        ]);
    }
    Section::new(say::changed(), table)
}

/// What is late at the end on either side.
fn overdue(pairs: &[Pair<'_>], heading: &ReportHeading<'_>) -> Section {
    let mut table = Table::new([
        Column::words("id", say::case()),
        Column::words("clock", shared::clock()),
        Column::numbers("was_seconds", say::late_was()),
        Column::numbers("would_seconds", say::late_would()),
        Column::words("owner", shared::owner()),
        Column::words("title", shared::title()),
    ]);
    for pair in pairs {
        table.row([
            id(pair),
            Cell::from(pair.label.clone()),
            late(pair.runs.was, heading),
            late(pair.runs.would, heading),
            parts::name(heading.book, crate::case::Names::People, pair.owner),
            Cell::word(pair.title),
        ]);
    }
    Section::new(shared::overdue(), table)
}

/// By how much a limit is late; `–` if it is not.
fn late(run: Option<&Instance<'_>>, heading: &ReportHeading<'_>) -> Cell {
    let Some(due) = run.filter(|_| is_overdue(run)).and_then(|run| run.due) else { return Cell::none() };
    let by = heading.as_of.as_second() - due.as_second();
    Cell::from(duration(by)).tone(Tone::Late).value(by)
}

fn id(pair: &Pair<'_>) -> Cell {
    Cell::word(pair.id.short()).value(pair.id.as_str())
}

fn verdict(verdict: Judged) -> Cell {
    match verdict {
        Judged::Kept => Cell::from(say::verdict_kept()),
        Judged::Missed => Cell::from(say::verdict_missed()).tone(Tone::Late),
        Judged::Earlier => Cell::from(say::verdict_earlier()),
        Judged::Undecided => Cell::from(say::verdict_undecided()),
        Judged::Absent => Cell::from(say::verdict_absent()).tone(Tone::Dim),
    }
}

/// A due without the day of the week, because two of them are side by side.
fn due(run: Option<&Instance<'_>>, heading: &ReportHeading<'_>) -> Cell {
    let due = run.and_then(|run| run.due).map(|due| due.to_zoned(heading.book.shop.zone.clone()));
    Cell::from(due.map(|due| Cell::word(due.strftime("%Y-%m-%d %H:%M").to_string())))
}

/// Which limit half, nine in ten, or all would have kept.
fn taken(used: &[LimitUsage<'_>]) -> Section {
    let mut table = Table::new([
        Column::words("clock", shared::clock()),
        Column::numbers("limit", say::limit()),
        Column::numbers("n", shared::n()),
        Column::numbers("p50", say::half()),
        Column::numbers("p90", say::nine_in_ten()),
        Column::numbers("max", say::all()),
    ]);
    for row in used {
        let keeping = |share: f64| Cell::from(row.keeping(share).map(|limit| Cell::word(limit.to_string())));
        table.row([
            Cell::from(row.label.clone()),
            Cell::word(row.limit.to_string()),
            parts::count(&row.cases),
            keeping(0.5),
            keeping(0.9),
            keeping(1.0),
        ]);
    }
    Section::new(say::used(), table)
}

fn notes(used: &[LimitUsage<'_>]) -> Vec<Text> {
    let running: usize = used.iter().map(|row| row.running).sum();
    let mut notes = vec![say::used_note()];
    if running > 0 {
        notes.push(say::still_running(running));
    }
    notes
}
