//! Cases in rows: what `list`, `next` and the overview show of each.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::said;
use crate::case::{Case, Names, State};
use crate::lang::{Lang, Text, duration, moment, names};
use crate::policy::{ClockState, Instance};
use crate::render::{Cell, Column, Table, Tone, Unit};
use crate::report::Viewed;
use crate::session::Session;

mod say {
    crate::messages! {
        late(length) { "{length} late", "超时 {length}" }
        left(length) { "in {length}", "还剩 {length}" }
        paused() { "paused", "暂停" }
    }
}

/// One case, with the clock that is due next.
pub(super) struct Row<'v> {
    pub(super) case: &'v Case,
    pub(super) state: &'v State<'v>,
    /// The open clock that is due first; one that stands still comes last.
    pub(super) next: Option<&'v Instance<'v>>,
}

impl<'v> Row<'v> {
    pub(super) fn of(viewed: &'v Viewed<'v>) -> Row<'v> {
        let open = viewed.clocks.iter().filter(|clock| clock.state.open());
        Row {
            case: viewed.replay.case,
            state: viewed.replay.state(),
            next: open.min_by_key(|clock| clock.due.unwrap_or(Timestamp::MAX)),
        }
    }

    /// When it is or was due next.
    pub(super) fn due(&self) -> Option<Timestamp> {
        self.next?.due
    }

    pub(super) fn overdue(&self) -> bool {
        self.next.is_some_and(|clock| clock.state == ClockState::Overdue)
    }

    /// Overdue first, then what is due next, then by receipt.
    pub(super) fn urgency(&self) -> (Timestamp, Timestamp) {
        (self.due().unwrap_or(Timestamp::MAX), self.case.received_at())
    }

    /// For programs.
    pub(super) fn json(&self, session: &Session) -> Value {
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
            "overdue": self.overdue(),
        })
    }
}

/// What can be shown of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
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

impl ValueEnum for Shown {
    fn value_variants<'a>() -> &'a [Shown] {
        &[
            Shown::Mark,
            Shown::Short,
            Shown::Id,
            Shown::Kind,
            Shown::Status,
            Shown::Title,
            Shown::Channel,
            Shown::Category,
            Shown::Urgency,
            Shown::Complexity,
            Shown::Department,
            Shown::Owner,
            Shown::Customer,
            Shown::Received,
            Shown::NextClock,
            Shown::NextDue,
            Shown::Due,
            Shown::Overdue,
            Shown::Round,
            Shown::Order,
            Shown::Product,
            Shown::Tier,
            Shown::Justified,
            Shown::Cause,
            Shown::Remedy,
            Shown::Level,
            Shown::Tags,
            Shown::External,
        ]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (key, _) = self.heads();
        Some(PossibleValue::new(key).help(self.purpose().both()))
    }
}

/// What programs get, as in JSON.
pub(super) const FOR_PROGRAMS: [Shown; 14] = [
    Shown::Id,
    Shown::Kind,
    Shown::Status,
    Shown::Title,
    Shown::Channel,
    Shown::Category,
    Shown::Urgency,
    Shown::Department,
    Shown::Owner,
    Shown::Customer,
    Shown::Received,
    Shown::NextDue,
    Shown::NextClock,
    Shown::Overdue,
];

impl Shown {
    /// The key for programs and the head for people.
    fn heads(self) -> (&'static str, Text) {
        match self {
            Shown::Mark => ("mark", Text::default()),
            Shown::Short => ("short", Text::of("case", "编号")),
            Shown::Id => ("id", Text::of("id", "完整编号")),
            Shown::Kind => ("kind", Text::of("kind", "类型")),
            Shown::Status => ("status", Text::of("status", "状态")),
            Shown::Title => ("title", Text::of("title", "标题")),
            Shown::Channel => ("channel", Text::of("channel", "渠道")),
            Shown::Category => ("category", Text::of("category", "类别")),
            Shown::Urgency => ("urgency", Text::of("urgency", "紧急程度")),
            Shown::Complexity => ("complexity", Text::of("complexity", "复杂程度")),
            Shown::Department => ("department", Text::of("department", "部门")),
            Shown::Owner => ("owner", Text::of("owner", "负责人")),
            Shown::Customer => ("customer", Text::of("customer", "客户")),
            Shown::Received => ("received", Text::of("received", "受理时间")),
            Shown::NextClock => ("next_clock", Text::of("next", "下一时限")),
            Shown::NextDue => ("next_due", Text::of("due", "到期时间")),
            Shown::Due => ("due", Text::of("due", "期限")),
            Shown::Overdue => ("overdue", Text::of("overdue", "逾期")),
            Shown::Round => ("round", Text::of("round", "轮次")),
            Shown::Order => ("order", Text::of("order", "订单")),
            Shown::Product => ("product", Text::of("product", "商品")),
            Shown::Tier => ("tier", Text::of("tier", "客户等级")),
            Shown::Justified => ("justified", Text::of("justified", "是否成立")),
            Shown::Cause => ("cause", Text::of("cause", "原因")),
            Shown::Remedy => ("remedy", Text::of("remedy", "处理方式")),
            Shown::Level => ("level", Text::of("level", "级别")),
            Shown::Tags => ("tags", Text::of("tags", "标签")),
            Shown::External => ("external", Text::of("external", "外部编号")),
        }
    }

    /// What it is, for help.
    fn purpose(self) -> Text {
        match self {
            Shown::Mark => Text::of("`!` for overdue, `~` for due soon", "`!` 已逾期，`~` 即将到期"),
            Shown::Short => Text::of("The six characters of the id", "编号的六个字符"),
            Shown::Id => Text::of("The whole id", "完整编号"),
            Shown::Kind => Text::of("The kind of feedback", "类型"),
            Shown::Status => Text::of("The status", "状态"),
            Shown::Title => Text::of("The title", "标题"),
            Shown::Channel => Text::of("How it reached the shop", "渠道"),
            Shown::Category => Text::of("The category", "类别"),
            Shown::Urgency => Text::of("How soon it must be handled", "紧急程度"),
            Shown::Complexity => Text::of("Simple or complex", "复杂程度"),
            Shown::Department => Text::of("The department that handles it", "办理部门"),
            Shown::Owner => Text::of("The person who is responsible", "负责人"),
            Shown::Customer => Text::of("The customer's key", "客户代号"),
            Shown::Received => Text::of("When it was received", "受理时间"),
            Shown::NextClock => Text::of("The limit that is due next", "下一时限"),
            Shown::NextDue => Text::of("When that is due", "下一时限的到期时间"),
            Shown::Due => Text::of("How much time is left, or how late it is", "还剩多久，或超时多久"),
            Shown::Overdue => Text::of("Whether a limit has passed", "是否逾期"),
            Shown::Round => Text::of("The round of handling", "轮次"),
            Shown::Order => Text::of("The order", "订单"),
            Shown::Product => Text::of("The product", "商品"),
            Shown::Tier => Text::of("The customer's tier", "客户等级"),
            Shown::Justified => Text::of("Whether it is justified", "是否成立"),
            Shown::Cause => Text::of("The cause", "原因"),
            Shown::Remedy => Text::of("What the customer got", "处理方式"),
            Shown::Level => Text::of("The level of escalation", "级别"),
            Shown::Tags => Text::of("The tags", "标签"),
            Shown::External => Text::of("The id in another system", "外部编号"),
        }
    }

    fn column(self) -> Column {
        let (key, title) = self.heads();
        match self {
            // Short, and worth more than a few letters of a title: such a column is never cut.
            Shown::Mark | Shown::Short | Shown::Due | Shown::Round => Column::numbers(key, title),
            _ => Column::words(key, title),
        }
    }

    fn cell(self, row: &Row<'_>, session: &Session, now: Timestamp) -> Cell {
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
            Shown::Mark => mark(row),
            Shown::Short => Cell::word(case.id.short()),
            Shown::Id => Cell::word(case.id.as_str()),
            Shown::Kind => Cell::from(names::kind(case.kind).text()).value(case.kind.word()),
            Shown::Status => Cell::from(names::status(state.status).text()).value(state.status.word()),
            Shown::Title => Cell::word(case.title.as_str()),
            Shown::Channel => name(Names::Channels, Some(&case.channel)),
            Shown::Category => name(Names::Categories, state.category),
            Shown::Urgency => name(Names::Urgencies, state.urgency),
            Shown::Complexity => name(Names::Complexities, state.complexity),
            Shown::Department => name(Names::Departments, state.department),
            Shown::Owner => name(Names::People, state.owner),
            Shown::Customer => own(case.customer.key.as_deref()),
            Shown::Received => instant(case.received_at()),
            Shown::NextClock => Cell::from(
                row.next.map(|clock| Cell::from(clock.rule.label.clone()).value(clock.rule.name.as_str())),
            ),
            Shown::NextDue => Cell::from(row.due().map(instant)),
            Shown::Due => due(row, now),
            Shown::Overdue => yes_no(Some(row.overdue())),
            Shown::Round => Cell::number(state.round),
            Shown::Order => own(case.order.as_deref()),
            Shown::Product => own(case.product.as_deref()),
            Shown::Tier => own(case.customer.tier.as_deref()),
            Shown::Justified => yes_no(state.justified),
            Shown::Cause => own(state.cause),
            Shown::Remedy => name(Names::Remedies, state.remedy),
            Shown::Level => {
                Cell::from(state.level.map(|word| Cell::from(said::level(&session.book, word)).value(word)))
            }
            Shown::Tags => own((!case.tags.is_empty()).then(|| case.tags.join(", ")).as_deref()),
            Shown::External => own(case.external.as_deref()),
        }
    }
}

fn yes_no(flag: Option<bool>) -> Cell {
    let word = |flag| if flag { Text::of("yes", "是") } else { Text::of("no", "否") };
    Cell::from(flag.map(|flag| Cell::from(word(flag)).value(flag)))
}

fn mark(row: &Row<'_>) -> Cell {
    match row.next.map(|clock| clock.state) {
        Some(ClockState::Overdue) => Cell::word("!").tone(Tone::Late),
        Some(ClockState::Warning) => Cell::word("~").tone(Tone::Soon),
        _ => Cell::default(),
    }
}

/// `3 h late`, `in 6 h`, in the largest unit; programs read seconds.
fn due(row: &Row<'_>, now: Timestamp) -> Cell {
    let Some(clock) = row.next else { return Cell::none() };
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
pub(super) fn briefly(seconds: i64) -> Text {
    let seconds = seconds.abs();
    let unit = match seconds {
        86_400.. => 86_400,
        3_600.. => 3_600,
        _ => 1,
    };
    duration(seconds / unit * unit)
}

/// The rows as a table.
pub(super) fn table(rows: &[Row<'_>], shown: &[Shown], session: &Session, now: Timestamp) -> Table {
    let table = Table::new(shown.iter().map(|shown| shown.column()));
    table.rows(
        rows.iter().map(|row| shown.iter().map(|shown| shown.cell(row, session, now)).collect::<Vec<_>>()),
    )
}

/// The columns that people get; a narrow English page has no room for the kind.
pub(super) fn usual(session: &Session) -> Vec<Shown> {
    let roomy = session.terminal.page.width >= 100 || session.terminal.lang == Lang::Zh;
    let kind = roomy.then_some(Shown::Kind);
    let first = [Shown::Mark, Shown::Short].into_iter().chain(kind);
    first.chain([Shown::Status, Shown::NextClock, Shown::Due, Shown::Owner, Shown::Title]).collect()
}
