use clap::Args;
use serde_json::json;

use crate::arguments::format::{PAGE_OR_OBJECT, one_of};
use crate::arguments::{flag, value};
use crate::describe::case_table::{CaseColumn, CaseRow, table};
use crate::doubts::Warranty;
use crate::error::{Exit, Result};
use crate::lang::{Text, moment};
use crate::policy::{next_step, to_register};
use crate::privacy::Privacy;
use crate::render::{Document, Format, json as pretty};
use crate::session::Session;
use crate::view::{Horizon, View};
use crate::whole_ledger::{WholeLedger, view};

mod say {
    crate::messages! {
        about() { "What is due next, your own cases first", "接下来要办的案卷，自己负责的排在前面" }
        nothing() { "nothing is due", "没有待办的时限" }
        stalled() { "stalled: no limit runs, and nothing has happened for long", "停滞：没有时限计时，又长时间没有进展" }
        with_stalled(counts, stalled) { "{counts}, {stalled} stalled", "{counts}，停滞 {stalled} 件" }
        counts(open, late, today) { "{open} open, {late} late, {today} due today", "未结 {open} 件，逾期 {late} 件，今日到期 {today} 件" }
        whole(shop, now, counts) { "{shop} · {now} · {counts}", "{shop} · {now} · {counts}" }
        mine() { "yours", "我的" }
        others() { "others'", "其他人的" }
        then(commands) { "next: {commands}", "接下来：{commands}" }
    }
}

/// The most rows of the overview.
const MOST: usize = 10;

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = "fb next\nfb next -n 5 --format json")]
pub(crate) struct NextArgs {
    #[arg(short = 'n', long, value_name = value::NUMBER.both(), default_value_t = 20)]
    #[arg(help = flag::LIMIT.both())]
    limit: usize,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = one_of(PAGE_OR_OBJECT))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
}

const COLUMNS: [CaseColumn; 7] = [
    CaseColumn::Mark,
    CaseColumn::Short,
    CaseColumn::Kind,
    CaseColumn::NextClock,
    CaseColumn::Due,
    CaseColumn::Owner,
    CaseColumn::Title,
];

impl NextArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let reading = WholeLedger::of(session);
        let cases = reading.cases();
        let view = view(session, &cases, Horizon::at(session.now));
        let warranty = reading.warranty_of(&view);
        self.print(session, &view, &warranty)?;
        warranty.end()
    }

    fn print(&self, session: &Session, view: &View<'_>, warranty: &Warranty) -> Result<()> {
        let now = view.horizon.at;
        let me = session.git_actor()?;
        let is_mine = |row: &CaseRow<'_>| me.is_some() && row.state.owner == me.as_deref();
        let mut rows: Vec<CaseRow<'_>> = view.cases.iter().map(|case| CaseRow::of(case, now)).collect();
        rows.sort_by(|a, b| {
            (!is_mine(a), a.urgency(), &a.case.id).cmp(&(!is_mine(b), b.urgency(), &b.case.id))
        });
        let (mut rows, rest): (Vec<_>, Vec<_>) = rows.into_iter().partition(CaseRow::has_due);
        let mut stalled: Vec<_> = rest.into_iter().filter(|row| row.stalled.is_some()).collect();
        rows.truncate(self.limit);
        stalled.truncate(self.limit);
        if self.format == Format::Json {
            let [rows, stalled] =
                [&rows, &stalled].map(|rows| rows.iter().map(|row| row.json(session)).collect::<Vec<_>>());
            let object = warranty.object(json!({ "version": 1, "cases": rows, "stalled": stalled }));
            return session.terminal.out(&pretty(&object, Privacy::Masked));
        }
        if rows.is_empty() && stalled.is_empty() {
            session.terminal.note(&say::nothing());
            warranty.foot().iter().for_each(|line| session.terminal.note(line));
            return Ok(());
        }
        let mut page = warranty.foot().into_iter().fold(Document::default(), Document::foot);
        let own = rows.partition_point(is_mine);
        let (own, rest) = rows.split_at(own);
        for (title, rows) in [(say::mine(), own), (say::others(), rest), (say::stalled(), &stalled)] {
            if !rows.is_empty() {
                let body = bare(table(rows, &COLUMNS, session, session.now));
                page = page.section(crate::render::Section::new(title, body));
            }
        }
        session.terminal.page(&page)
    }
}

/// An overview: what is open, what is late, what to do next.
pub(super) fn overview(session: &Session) -> Result<Exit> {
    let reading = WholeLedger::of(session);
    let cases = reading.cases();
    let view = view(session, &cases, Horizon::at(session.now));
    let warranty = reading.warranty_of(&view);
    let page = glance(session, &view);
    session.terminal.page(&warranty.foot().into_iter().fold(page, Document::foot))?;
    warranty.end()
}

fn glance(session: &Session, view: &View<'_>) -> Document {
    let shop = &session.book.shop;
    let mut rows: Vec<CaseRow<'_>> =
        view.cases.iter().map(|case| CaseRow::of(case, session.now)).filter(is_open).collect();
    rows.sort_by(|a, b| (a.urgency(), &a.case.id).cmp(&(b.urgency(), &b.case.id)));
    let late = rows.iter().filter(|row| row.overdue()).count();
    let today = shop.day(session.now);
    let due_today =
        rows.iter().filter(|row| !row.overdue() && row.due().is_some_and(|due| shop.day(due) == today));
    let counts = say::counts(rows.len(), late, due_today.count());
    let counts = match rows.iter().filter(|row| row.stalled.is_some()).count() {
        0 => counts,
        stalled => say::with_stalled(counts, stalled),
    };
    let mut page = Document::new(say::whole(&shop.name, moment(session.now, &shop.zone), counts));
    let next = commands(session, &rows);
    rows.truncate(MOST);
    if !rows.is_empty() {
        page = page.section(bare(table(&rows, &COLUMNS, session, session.now)));
    }
    page.foot(next)
}

fn is_open(row: &CaseRow<'_>) -> bool {
    !row.state.status.terminal()
}

/// A table without a head: the columns need no explanation.
fn bare(mut table: crate::render::Table) -> crate::render::Table {
    for column in &mut table.columns {
        column.title = Text::default();
    }
    table
}

/// The commands to run next: show the most urgent case, take the first step towards what its clock waits for, list what is
/// late.
fn commands(session: &Session, rows: &[CaseRow<'_>]) -> Text {
    let Some(first) = rows.first() else {
        let register = to_register(&session.book, session.stamp(session.now));
        return say::then(register.as_deref().unwrap_or("fb new"));
    };
    let history = session.book.whole(first.case);
    let step = next_step(&session.book, &history, first.next);
    let late = if first.overdue() || first.stalled.is_some() { "fb report overdue" } else { "fb list" };
    let commands = [Some(format!("fb show {}", first.case.id.short())), step, Some(late.to_owned())];
    say::then(commands.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

#[cfg(test)]
mod tests;
