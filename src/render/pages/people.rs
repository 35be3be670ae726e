use super::columns::Columns;
use super::{ReportHeading, parts, say as shared};
use crate::case::Names;
use crate::lang::{Text, list};
use crate::policy::RuleBook;
use crate::render::{Cell, Column, Document, Section, Table, Tone};
use crate::report::figure::Figures;
use crate::report::{Appraisal, MainFigures, People, Span, decided, met, share};

mod say {
    crate::messages! {
        page_title(shop, period) { "{shop} · people · {period}", "{shop} · {period}员工考核" }
        handled_in_all(n, people) { "Cases handled: {n}; people who handled any: {people}.", "共 {people} 人办结 {n} 件。" }
        rate_in_all(percent, handled, all) {
            "Of the complaints at hand, {percent} are handled ({handled} of {all}).",
            "投诉处理率 {percent}（{handled}/{all}）。"
        }
        kept_in_all(percent, met, all) { "Limits kept: {percent} ({met} of {all}).", "按时率 {percent}（{met}/{all}）。" }
        satisfied_in_all(percent, satisfied, reached) {
            "Satisfied: {percent} ({satisfied} of {reached} reached).",
            "满意率 {percent}（{satisfied}/{reached}）。"
        }
        nothing() { "Nobody had anything to do.", "期内没有人经办案卷。" }
        staff() { "Handled", "办理" }
        median() { "median", "办结中位数" }
        quality() { "Limits and satisfaction", "时限与满意度" }
        who() { "who", "员工" }
        on_the_way() { "On the way", "办理过程" }
        nobody() { "(nobody)", "（无负责人）" }
        idle(names) { "Nothing to do in the period: {names}.", "期内没有经办：{names}。" }
        attitude_elsewhere(parties) {
            "Complaints about attitude that name no person: {parties}.",
            "未落实到个人的态度投诉：{parties}。"
        }
        party(name, n) { "{name} {n}", "{name} {n} 件" }
        others() { "others", "其他" }
        handled_by_month(period) { "Handled, {period}, month by month", "{period}逐月办结" }
        rate_by_month(period) { "Handling rate in %, {period}, month by month", "{period}逐月投诉处理率（%）" }
        satisfied_by_month(period) { "Satisfied in %, {period}, month by month", "{period}逐月满意率（%）" }
        foot() {
            "rate: complaints handled of those that were with the person · definitions: fb help figures",
            "处理率：经手投诉中已办结的占比 · 指标定义见 fb help figures"
        }
    }
}

/// Staff appraisal as a page.
pub(crate) fn people(report: &People<'_>, heading: &ReportHeading<'_>) -> Document {
    let book = heading.book;
    let title = say::page_title(book.shop.name.as_str(), report.period.name());
    let mut page = Document::new(heading.line(title));
    page.lead = lead(report);
    if !report.rows.is_empty() || !report.nobody.is_empty() {
        page = page
            .section(handled(report, book))
            .section(limits_and_satisfaction(report, book))
            .section(way(report, book));
    }
    if let Some(line) = elsewhere(report, book) {
        page = page.section(vec![line]);
    }
    if !report.idle.is_empty() {
        let names: Vec<Text> =
            report.idle.iter().map(|key| book.shop.names.label(Names::People, key)).collect();
        page = page.section(vec![say::idle(list(&names))]);
    }
    if report.months.len() > 1 && report.period.span != Span::Days && !report.rows.is_empty() {
        let name = || report.period.name();
        let percent = |share: Option<f64>| share.map(|share| whole_percent(share).value(share));
        page = page
            .section(months(report, book, say::handled_by_month(name()), &|main| {
                (main.handled.n() > 0).then(|| parts::count(&main.handled))
            }))
            .section(months(report, book, say::rate_by_month(name()), &|main| percent(main.rate.share())))
            .section(months(report, book, say::satisfied_by_month(name()), &|main| {
                percent(main.satisfaction.share())
            }));
    }
    page.foot(say::foot())
}

fn lead(report: &People<'_>) -> Vec<Text> {
    let all = &report.all;
    if all.is_empty() {
        return vec![say::nothing()];
    }
    let percent = |part, whole| share(part, whole).map(|share| parts::percent(Some(share)).text);
    let (rate, satisfaction) = (&all.main.rate, &all.main.satisfaction);
    let (handled, complaints) = (rate.handled.n(), rate.complaints.n());
    let (kept, limits) = (met(&all.clocks), decided(&all.clocks));
    let (satisfied, reached) = (satisfaction.satisfied.n(), satisfaction.reached.n());
    let mut lead = vec![say::handled_in_all(all.main.handled.n(), hands(report))];
    lead.extend(percent(handled, complaints).map(|share| say::rate_in_all(share, handled, complaints)));
    lead.extend(percent(kept, limits).map(|share| say::kept_in_all(share, kept, limits)));
    lead.extend(percent(satisfied, reached).map(|share| say::satisfied_in_all(share, satisfied, reached)));
    lead
}

/// How many people handled anything.
fn hands(report: &People<'_>) -> usize {
    report.rows.iter().filter(|(_, person)| person.main.handled.n() > 0).count()
}

/// A row of the tables: a person, the cases without an owner, or all.
struct PersonRow<'r> {
    name: Cell,
    person: &'r Appraisal<'r>,
    figures: Figures<'r>,
    rate: Figures<'r>,
    satisfaction: Figures<'r>,
}

impl<'r> PersonRow<'r> {
    fn new(name: Cell, person: &'r Appraisal<'r>) -> PersonRow<'r> {
        let (figures, main) = (person.table(), &person.main);
        PersonRow { name, person, figures, rate: main.rate.table(), satisfaction: main.satisfaction.table() }
    }
}

/// The first column.
fn who<'c, 'r>() -> Columns<'c, PersonRow<'r>> {
    Columns::new().column(Column::words("person", say::who()), |row: &PersonRow<'r>| row.name.clone())
}

/// A table with a row for each person, one for the cases without an owner, and one for all.
fn table<'r>(
    report: &'r People<'r>,
    book: &RuleBook,
    title: Text,
    columns: &Columns<'_, PersonRow<'r>>,
) -> Section {
    let people = report.rows.iter();
    let mut rows: Vec<PersonRow<'r>> = people
        .map(|(key, person)| PersonRow::new(parts::name(book, Names::People, Some(key)), person))
        .collect();
    if !report.nobody.is_empty() {
        rows.push(PersonRow::new(Cell::from(say::nobody()).tone(Tone::Dim), &report.nobody));
    }
    let mut table = columns.table(rows);
    if table.rows.len() > 1 {
        table.total(columns.cells(&PersonRow::new(shared::all().into(), &report.all)));
    }
    Section::new(title, table)
}

fn handled(report: &People<'_>, book: &RuleBook) -> Section {
    let all = report.all.table();
    let columns = who()
        .column(Column::words("department", shared::department()), |row| department(row.person, book))
        .figures(&all, &["handed", "handled"], |row| &row.figures)
        .column(Column::numbers("median", say::median()), |row| median(row.person))
        .figures(&report.all.main.rate.table(), &["complaints", "share"], |row| &row.rate)
        .figures(&all, &["open"], |row| &row.figures);
    table(report, book, say::staff(), &columns)
}

fn department(person: &Appraisal<'_>, book: &RuleBook) -> Cell {
    match person.department {
        Some(key) => Cell::from(book.shop.names.label(Names::Departments, key)),
        None => Cell::default(),
    }
}

/// A duration below zero is left out; the median then says how many cases it is of.
fn median(person: &Appraisal<'_>) -> Cell {
    let measured = &person.times.resolution;
    let median = parts::median(measured);
    match measured.elapsed.len() {
        n if n > 0 && n < measured.counted.n() => Cell::from(shared::out_of(median.text, n)),
        _ => median,
    }
}

fn limits_and_satisfaction(report: &People<'_>, book: &RuleBook) -> Section {
    const ASKED: [&str; 5] = ["made", "reached", "satisfied", "share", "mean_score"];
    let columns = who().figures(&report.all.table(), &["share", "decided"], |row| &row.figures).figures(
        &report.all.main.satisfaction.table(),
        &ASKED,
        |row| &row.satisfaction,
    );
    table(report, book, say::quality(), &columns)
}

fn way(report: &People<'_>, book: &RuleBook) -> Section {
    const KEYS: [&str; 5] = ["escalated", "returned", "reopened", "praise", "attitude"];
    let columns = who().figures(&report.all.table(), &KEYS, |row| &row.figures);
    table(report, book, say::on_the_way(), &columns)
}

fn elsewhere(report: &People<'_>, book: &RuleBook) -> Option<Text> {
    let mut parties = Vec::new();
    for (key, hits) in &report.attitude.departments {
        parties.push(say::party(book.shop.names.label(Names::Departments, key), hits.n()));
    }
    let rest = report.attitude.others.n();
    if rest > 0 {
        parties.push(say::party(say::others(), rest));
    }
    if parties.is_empty() { None } else { Some(say::attitude_elsewhere(list(&parties))) }
}

/// One figure of each person, month by month; twelve columns fit a page where they are narrow.
fn months(
    report: &People<'_>,
    book: &RuleBook,
    title: Text,
    cell: &dyn Fn(&MainFigures<'_>) -> Option<Cell>,
) -> Section {
    let mut columns = vec![Column::words("person", say::who())];
    for (month, _) in &report.months {
        let label = match report.period.span {
            // The title names the year.
            Span::Year => month.first.month().to_string(),
            _ => month.label.clone(),
        };
        columns.push(Column::numbers("n", Text::same(label)));
    }
    let mut table = Table::new(columns);
    for (key, _) in &report.rows {
        let figures = report.months.iter().map(|(_, people)| Cell::from(people.get(key).and_then(cell)));
        let name = parts::name(book, Names::People, Some(key));
        table.row(std::iter::once(name).chain(figures));
    }
    Section::new(title, table)
}

/// `94`, rounded down as [`parts::percent`] does.
fn whole_percent(share: f64) -> Cell {
    Cell::word(((share * 100.0 + 1e-9).floor() as u64).to_string())
}

#[cfg(test)]
mod tests;
