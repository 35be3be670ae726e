//! Cases as rows of a table, for `list`, `next` and the overview.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::case::{Case, Names, State};
use crate::clock::Undue;
use crate::describe;
use crate::lang::{Lang, Text, duration, moment, names};
use crate::policy::{ClockState, Instance, Unwatched, next_due};
use crate::render::{Cell, Column, Table, Tone, Unit};
use crate::session::Session;
use crate::view::Viewed;

mod say {
    crate::messages! {
        late(length) { "{length} late", "超时 {length}" }
        left(length) { "in {length}", "还剩 {length}" }
        paused() { "paused", "暂停" }
        unknown() { "unknown", "未知" }
        stalled() { "stalled", "停滞" }
        quiet(length) { "idle {length}", "{length}未动" }
    }
}

/// One case, with the clock that is due next.
pub(crate) struct CaseRow<'v> {
    pub(crate) case: &'v Case,
    pub(crate) state: &'v State<'v>,
    /// The open clock that is due first; then one whose due is unknown, then one that is paused.
    pub(crate) next: Option<&'v Instance<'v>>,
    /// Since when nothing has happened to it, if that is too long and no clock runs.
    pub(crate) stalled: Option<Unwatched>,
}

impl<'v> CaseRow<'v> {
    pub(crate) fn of(viewed: &'v Viewed<'v>, now: Timestamp) -> CaseRow<'v> {
        CaseRow {
            case: viewed.replay.case,
            state: viewed.replay.state(),
            next: next_due(&viewed.clocks),
            stalled: viewed.stalled(now),
        }
    }

    /// When it is or was due next.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.next?.due
    }

    pub(crate) fn overdue(&self) -> bool {
        self.next.is_some_and(|clock| clock.state == ClockState::Overdue)
    }

    /// Why the due of its next clock is unknown.
    fn undue(&self) -> Option<&'v Undue> {
        self.next?.undue.as_ref()
    }

    /// Whether a clock runs whose due is known, or should be.
    pub(crate) fn has_due(&self) -> bool {
        self.due().is_some() || self.undue().is_some()
    }

    /// What is overdue or stalled first, then what is due next, then by receipt.
    pub(crate) fn urgency(&self) -> (Timestamp, Timestamp) {
        let stalled_at = self.stalled.map(|stalled| stalled.stalled_at);
        (self.due().or(stalled_at).unwrap_or(Timestamp::MAX), self.case.received_at())
    }

    /// For programs.
    pub(crate) fn json(&self, session: &Session) -> Value {
        let stamp = |at: Timestamp| session.stamp(at).to_string();
        json!({
            "id": self.case.id.as_str(),
            "kind": self.case.kind.word(),
            "status": self.state.status.word(),
            "title": self.case.title,
            "channel": self.case.channel,
            "category": self.state.category,
            "urgency": self.state.urgency,
            "department": self.state.department,
            "owner": self.state.owner,
            "customer": self.case.customer.key,
            "received": stamp(self.case.received_at()),
            "next_due": self.due().map(stamp),
            "next_clock": self.next.map(|clock| &clock.rule.name),
            "next_state": self.next.map(|clock| clock.state.word()),
            "next_reason": self.undue().map(|undue| undue.message().to(Lang::En).to_owned()),
            "overdue": self.overdue(),
            "stalled_since": self.stalled.map(|stalled| stamp(stalled.stalled_at)),
            "voided": self.state.voided,
        })
    }
}

/// What can be shown of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CaseColumn {
    Mark,
    Short,
    Id,
    Kind,
    Status,
    Title,
    Channel,
    Category,
    Urgency,
    Complexity,
    Department,
    Owner,
    Customer,
    Received,
    NextClock,
    NextDue,
    Due,
    Overdue,
    Voided,
    Round,
    Order,
    Product,
    Tier,
    Justified,
    Cause,
    Remedy,
    Level,
    Tags,
    External,
}

impl ValueEnum for CaseColumn {
    fn value_variants<'a>() -> &'a [CaseColumn] {
        &[
            CaseColumn::Mark,
            CaseColumn::Short,
            CaseColumn::Id,
            CaseColumn::Kind,
            CaseColumn::Status,
            CaseColumn::Title,
            CaseColumn::Channel,
            CaseColumn::Category,
            CaseColumn::Urgency,
            CaseColumn::Complexity,
            CaseColumn::Department,
            CaseColumn::Owner,
            CaseColumn::Customer,
            CaseColumn::Received,
            CaseColumn::NextClock,
            CaseColumn::NextDue,
            CaseColumn::Due,
            CaseColumn::Overdue,
            CaseColumn::Voided,
            CaseColumn::Round,
            CaseColumn::Order,
            CaseColumn::Product,
            CaseColumn::Tier,
            CaseColumn::Justified,
            CaseColumn::Cause,
            CaseColumn::Remedy,
            CaseColumn::Level,
            CaseColumn::Tags,
            CaseColumn::External,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (key, _) = self.heads();
        Some(PossibleValue::new(key).help(self.purpose().both()))
    }
}

/// What programs get, as in JSON.
pub(crate) const FOR_PROGRAMS: [CaseColumn; 15] = [
    CaseColumn::Id,
    CaseColumn::Kind,
    CaseColumn::Status,
    CaseColumn::Title,
    CaseColumn::Channel,
    CaseColumn::Category,
    CaseColumn::Urgency,
    CaseColumn::Department,
    CaseColumn::Owner,
    CaseColumn::Customer,
    CaseColumn::Received,
    CaseColumn::NextDue,
    CaseColumn::NextClock,
    CaseColumn::Overdue,
    CaseColumn::Voided,
];

impl CaseColumn {
    /// The key for programs and the head for people.
    fn heads(self) -> (&'static str, Text) {
        match self {
            CaseColumn::Mark => ("mark", Text::default()),
            CaseColumn::Short => ("short", Text::of("case", "编号")),
            CaseColumn::Id => ("id", Text::of("id", "完整编号")),
            CaseColumn::Kind => ("kind", Text::of("kind", "类型")),
            CaseColumn::Status => ("status", Text::of("status", "状态")),
            CaseColumn::Title => ("title", Text::of("title", "标题")),
            CaseColumn::Channel => ("channel", Text::of("channel", "渠道")),
            CaseColumn::Category => ("category", Text::of("category", "类别")),
            CaseColumn::Urgency => ("urgency", Text::of("urgency", "紧急程度")),
            CaseColumn::Complexity => ("complexity", Text::of("complexity", "复杂程度")),
            CaseColumn::Department => ("department", Text::of("department", "部门")),
            CaseColumn::Owner => ("owner", Text::of("owner", "负责人")),
            CaseColumn::Customer => ("customer", Text::of("customer", "客户")),
            CaseColumn::Received => ("received", Text::of("received", "受理时间")),
            CaseColumn::NextClock => ("next_clock", Text::of("next", "下一时限")),
            CaseColumn::NextDue => ("next_due", Text::of("due", "到期时间")),
            CaseColumn::Due => ("due", Text::of("due", "期限")),
            CaseColumn::Overdue => ("overdue", Text::of("overdue", "逾期")),
            CaseColumn::Voided => ("voided", Text::of("voided", "作废")),
            CaseColumn::Round => ("round", Text::of("round", "轮次")),
            CaseColumn::Order => ("order", Text::of("order", "订单")),
            CaseColumn::Product => ("product", Text::of("product", "商品")),
            CaseColumn::Tier => ("tier", Text::of("tier", "客户等级")),
            CaseColumn::Justified => ("justified", Text::of("justified", "是否成立")),
            CaseColumn::Cause => ("cause", Text::of("cause", "原因")),
            CaseColumn::Remedy => ("remedy", Text::of("remedy", "处理方式")),
            CaseColumn::Level => ("level", Text::of("level", "级别")),
            CaseColumn::Tags => ("tags", Text::of("tags", "标签")),
            CaseColumn::External => ("external", Text::of("external", "外部编号")),
        }
    }

    /// What it is, for help.
    fn purpose(self) -> Text {
        match self {
            CaseColumn::Mark => Text::of(
                "`!` for overdue or stalled, `~` for due soon, `?` for unknown",
                "`!` 已逾期或停滞，`~` 即将到期，`?` 期限未知",
            ),
            CaseColumn::Short => Text::of("The six characters of the id", "编号的六个字符"),
            CaseColumn::Id => Text::of("The whole id", "完整编号"),
            CaseColumn::Kind => Text::of("The kind of feedback", "类型"),
            CaseColumn::Status => Text::of("The status", "状态"),
            CaseColumn::Title => Text::of("The title", "标题"),
            CaseColumn::Channel => Text::of("How it reached the shop", "渠道"),
            CaseColumn::Category => Text::of("The category", "类别"),
            CaseColumn::Urgency => Text::of("How soon it must be handled", "紧急程度"),
            CaseColumn::Complexity => Text::of("Simple or complex", "复杂程度"),
            CaseColumn::Department => Text::of("The department that handles it", "办理部门"),
            CaseColumn::Owner => Text::of("The person who is responsible", "负责人"),
            CaseColumn::Customer => Text::of("The customer's key", "客户代号"),
            CaseColumn::Received => Text::of("When it was received", "受理时间"),
            CaseColumn::NextClock => Text::of("The limit that is due next", "下一时限"),
            CaseColumn::NextDue => Text::of("When that is due", "下一时限的到期时间"),
            CaseColumn::Due => Text::of("How much time is left, or how late it is", "还剩多久，或逾期多久"),
            CaseColumn::Overdue => Text::of("Whether a limit has passed", "是否逾期"),
            CaseColumn::Voided => Text::of("Whether it is void", "是否作废"),
            CaseColumn::Round => Text::of("The round of handling", "轮次"),
            CaseColumn::Order => Text::of("The order", "订单"),
            CaseColumn::Product => Text::of("The product", "商品"),
            CaseColumn::Tier => Text::of("The customer's tier", "客户等级"),
            CaseColumn::Justified => Text::of("Whether it is justified", "是否成立"),
            CaseColumn::Cause => Text::of("The cause", "原因"),
            CaseColumn::Remedy => Text::of("What the customer got", "处理方式"),
            CaseColumn::Level => Text::of("The level of escalation", "级别"),
            CaseColumn::Tags => Text::of("The tags", "标签"),
            CaseColumn::External => Text::of("The id in another system", "外部编号"),
        }
    }

    fn column(self) -> Column {
        let (key, title) = self.heads();
        match self {
            // Short, and more useful than a few letters of a title: such a column is never cut.
            CaseColumn::Mark | CaseColumn::Short | CaseColumn::Due | CaseColumn::Round => {
                Column::numbers(key, title)
            }
            _ => Column::words(key, title),
        }
    }

    fn cell(self, row: &CaseRow<'_>, session: &Session, now: Timestamp) -> Cell {
        let (case, state) = (row.case, row.state);
        let own = |word: Option<&str>| Cell::from(word.map(Cell::word));
        let name = |list, word: Option<&str>| {
            Cell::from(word.map(|word| Cell::from(session.book.shop.names.label(list, word)).value(word)))
        };
        let instant = |at: Timestamp| {
            Cell::from(moment(at, &session.book.shop.zone))
                .value(session.stamp(at).to_string())
                .unit(Unit::Moment)
        };
        match self {
            CaseColumn::Mark => mark(row),
            CaseColumn::Short => Cell::word(case.id.short()),
            CaseColumn::Id => Cell::word(case.id.as_str()),
            CaseColumn::Kind => Cell::from(names::kind(case.kind).text()).value(case.kind.word()),
            CaseColumn::Status => Cell::from(names::standing(state).text()).value(state.status.word()),
            CaseColumn::Title => Cell::word(case.title.as_str()),
            CaseColumn::Channel => name(Names::Channels, Some(&case.channel)),
            CaseColumn::Category => name(Names::Categories, state.category),
            CaseColumn::Urgency => name(Names::Urgencies, state.urgency),
            CaseColumn::Complexity => name(Names::Complexities, state.complexity),
            CaseColumn::Department => name(Names::Departments, state.department),
            CaseColumn::Owner => name(Names::People, state.owner),
            CaseColumn::Customer => own(case.customer.key.as_deref()),
            CaseColumn::Received => instant(case.received_at()),
            CaseColumn::NextClock if row.stalled.is_some() => Cell::from(say::stalled())
                .tone(Tone::Late)
                .value(row.next.map(|clock| clock.rule.name.as_str())),
            CaseColumn::NextClock => Cell::from(
                row.next.map(|clock| Cell::from(clock.rule.label.clone()).value(clock.rule.name.as_str())),
            ),
            CaseColumn::NextDue => Cell::from(row.due().map(instant)),
            CaseColumn::Due => due(row, now),
            CaseColumn::Overdue => yes_no(Some(row.overdue())),
            CaseColumn::Voided => yes_no(Some(state.voided)),
            CaseColumn::Round => Cell::number(state.round),
            CaseColumn::Order => own(case.order.as_deref()),
            CaseColumn::Product => own(case.product.as_deref()),
            CaseColumn::Tier => own(case.customer.tier.as_deref()),
            CaseColumn::Justified => yes_no(state.justified),
            CaseColumn::Cause => own(state.cause),
            CaseColumn::Remedy => name(Names::Remedies, state.remedy),
            CaseColumn::Level => Cell::from(
                state.level.map(|word| Cell::from(describe::level(&session.book, word)).value(word)),
            ),
            CaseColumn::Tags => own((!case.tags.is_empty()).then(|| case.tags.join(", ")).as_deref()),
            CaseColumn::External => own(case.external.as_deref()),
        }
    }
}

fn yes_no(flag: Option<bool>) -> Cell {
    let Some(flag) = flag else { return Cell::from(None::<Cell>) };
    let word = if flag { Text::of("yes", "是") } else { Text::of("no", "否") };
    Cell::from(word).value(flag)
}

fn mark(row: &CaseRow<'_>) -> Cell {
    if row.stalled.is_some() {
        return Cell::word("!").tone(Tone::Late);
    }
    match row.next.map(|clock| clock.state) {
        Some(ClockState::Overdue) => Cell::word("!").tone(Tone::Late),
        Some(ClockState::Warning) => Cell::word("~").tone(Tone::Soon),
        Some(ClockState::Unknown) => Cell::word("?").tone(Tone::Soon),
        _ => Cell::default(),
    }
}

/// `3 h late`, `in 6 h`, `idle 20 d`, in the largest unit; programs read the seconds of a due.
fn due(row: &CaseRow<'_>, now: Timestamp) -> Cell {
    if let Some(stalled) = row.stalled {
        return Cell::from(say::quiet(briefly(stalled.quiet(now)))).tone(Tone::Late).value(Value::Null);
    }
    let Some(clock) = row.next else { return Cell::none() };
    if clock.state == ClockState::Unknown {
        return Cell::from(say::unknown()).tone(Tone::Soon).value(Value::Null);
    }
    let Some(seconds) = clock.remaining(now) else {
        return Cell::from(say::paused()).tone(Tone::Dim).value(Value::Null);
    };
    let (words, tone) = match clock.state {
        ClockState::Overdue => (say::late(briefly(seconds)), Tone::Late),
        ClockState::Warning => (say::left(briefly(seconds)), Tone::Soon),
        _ => (say::left(briefly(seconds)), Tone::Plain),
    };
    Cell::from(words).tone(tone).value(seconds).unit(Unit::Seconds)
}

/// A length of time in its largest unit, rounded down.
pub(crate) fn briefly(seconds: i64) -> Text {
    let seconds = seconds.abs();
    let unit = match seconds {
        86_400.. => 86_400,
        3_600.. => 3_600,
        _ => 1,
    };
    duration(seconds / unit * unit)
}

/// The rows as a table.
pub(crate) fn table(rows: &[CaseRow<'_>], shown: &[CaseColumn], session: &Session, now: Timestamp) -> Table {
    let table = Table::new(shown.iter().map(|shown| shown.column()));
    table.rows(
        rows.iter().map(|row| shown.iter().map(|shown| shown.cell(row, session, now)).collect::<Vec<_>>()),
    )
}

/// The columns that people get; a narrow English page has no room for the kind.
pub(crate) fn usual(session: &Session) -> Vec<CaseColumn> {
    let roomy = session.terminal.page.width >= 100 || session.terminal.lang == Lang::Zh;
    let kind = roomy.then_some(CaseColumn::Kind);
    let first = [CaseColumn::Mark, CaseColumn::Short].into_iter().chain(kind);
    first
        .chain([
            CaseColumn::Status,
            CaseColumn::NextClock,
            CaseColumn::Due,
            CaseColumn::Owner,
            CaseColumn::Title,
        ])
        .collect()
}
