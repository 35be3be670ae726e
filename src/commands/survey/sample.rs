use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::arguments::format::{missing, one_of};
use crate::arguments::word::{kinds, period};
use crate::arguments::{flag, value};
use crate::case::{Customer, EventName, Field, Names};
use crate::doubts::Warranty;
use crate::error::{Error, Exit, Result};
use crate::lang::{Text, list, names};
use crate::privacy::Privacy;
use crate::render::{Cell, Column, Document, Format, Table, csv, json as pretty, markdown};
use crate::report::{Member, Sample, Span};
use crate::session::Session;
use crate::view::Horizon;
use crate::whole_ledger::{WholeLedger, beside, view};

mod say {
    crate::messages! {
        about() { "Draw customers to ask: a random sample of the cases that ended in a period", "抽取调查名单：从期内结束的案卷中随机抽取" }
        more() { "The draw is the same every time: the case's id and the seed decide it. A larger sample begins with the smaller one, and anyone who knows the seed can draw it again.", "抽取结果由案卷编号和随机种子决定，每次都一样，知道种子就能重抽。多抽时，名单前面的部分与少抽时相同。" }
        period() { "The period, such as 2026-H1; without it, the last full half year", "统计期间，如 2026-H1；不填则为上一个完整的半年" }
        at_least_one() { "write a whole number from 1", "请填不小于 1 的整数" }
        size() { "How many", "抽取多少件" }
        title(shop, period) { "{shop} · whom to ask · {period}", "{shop} · {period}满意度调查名单" }
        drawn(n, population, kinds, seed) {
            "{n} drawn of the {population} cases that ended ({kinds}); seed {seed}.",
            "从 {population} 件办结件（{kinds}）中抽取 {n} 件，种子 {seed}。"
        }
        none_ended(kinds) { "No case ended in the period ({kinds}).", "期内没有办结件（{kinds}）。" }
        everybody(size, population) {
            "Fewer than {size} ended: all {population} are listed.",
            "办结件不足 {size} 件，全部 {population} 件列出。"
        }
        answered(n) { "Surveyed already: {n}.", "其中已调查 {n} 件。" }
        record() { "record an answer: fb survey ID --score 1..5 -m \"…\"", "记录结果：fb survey 编号 --score 1到5 -m \"……\"" }
        reveal() { "names and contacts are masked; --reveal shows them", "姓名和联系方式已隐去，加 --reveal 显示" }
        score(n) { "{n}", "{n} 分" }
    }
}

const FORMATS: &[Format] = &[Format::Text, Format::Markdown, Format::Csv, Format::Json];

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), long_about = say::more().both())]
#[command(
    after_help = "fb survey sample 2026-H1 --sample 50\nfb survey sample last-half --kind complaint --format csv"
)]
pub(crate) struct SurveySampleArgs {
    #[arg(value_name = value::PERIOD.both(), help = say::period().both())]
    period: Option<String>,
    #[arg(long = "sample", alias = "n", value_name = value::NUMBER.both(), default_value_t = 50)]
    #[arg(value_parser = at_least_one, help = say::size().both())]
    size: u32,
    #[arg(long, value_name = value::SEED.both(), help = flag::SEED.both())]
    seed: Option<String>,
    #[arg(long, value_name = value::KIND.both(), value_delimiter = ',', help = flag::KINDS.both())]
    kind: Vec<String>,
    #[arg(long, help = flag::REVEAL_CUSTOMER.both())]
    reveal: bool,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = one_of(FORMATS))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
}

/// A sample is not empty.
fn at_least_one(word: &str) -> Result<u32> {
    let number = word.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| Error::refused(say::at_least_one()))
}

impl SurveySampleArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = period(session, self.period.as_deref(), Span::Half)?;
        let reading = WholeLedger::of(session);
        let cases = reading.cases();
        let horizon = Horizon::of(period.end, session.now);
        let view = view(session, &cases, horizon);
        let kinds = kinds(&self.kind)?;
        let seed = self.seed.as_deref().unwrap_or(&period.label);
        let sample = Sample::draw(&view, &period, &kinds, self.size as usize, seed);
        let warranty = reading.warranty(horizon);
        self.print(session, &sample, &warranty)?;
        warranty.end()
    }

    fn print(&self, session: &Session, sample: &Sample<'_>, warranty: &Warranty) -> Result<()> {
        let sheet = SamplePage { session, sample, privacy: Privacy::of(self.reveal) };
        let page = || warranty.foot().into_iter().fold(sheet.page(), Document::foot);
        match self.format {
            Format::Text => session.terminal.page(&page()),
            Format::Markdown => session.terminal.out(&markdown(&page(), session.terminal.lang)),
            Format::Csv => {
                beside(session, warranty);
                session.terminal.out(&csv(&sheet.table(&SampleColumn::ALL), sheet.privacy)?)
            }
            Format::Json => session.terminal.out(&pretty(&warranty.object(sheet.json()), sheet.privacy)),
            other => Err(missing(other)),
        }
    }
}

/// What is shown of each case that was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SampleColumn {
    /// Its place in the draw, from 1.
    Place,
    /// The part of the id that people name it by.
    Short,
    /// The whole id.
    Id,
    /// The day on which it ended.
    Ended,
    /// The customer, masked unless asked for.
    Customer,
    /// How to reach the customer, masked unless asked for.
    Contact,
    /// The order.
    Order,
    /// The remedy, or the words that describe it.
    Done,
    /// The title.
    Title,
    /// The score, if the customer has answered since.
    Surveyed,
    /// How to record the answer.
    Record,
}

impl SampleColumn {
    const ALL: [SampleColumn; 10] = [
        SampleColumn::Place,
        SampleColumn::Id,
        SampleColumn::Title,
        SampleColumn::Customer,
        SampleColumn::Contact,
        SampleColumn::Order,
        SampleColumn::Done,
        SampleColumn::Ended,
        SampleColumn::Surveyed,
        SampleColumn::Record,
    ];

    const PEOPLE: [SampleColumn; 8] = [
        SampleColumn::Short,
        SampleColumn::Ended,
        SampleColumn::Customer,
        SampleColumn::Contact,
        SampleColumn::Order,
        SampleColumn::Done,
        SampleColumn::Surveyed,
        SampleColumn::Title,
    ];

    fn column(self) -> Column {
        match self {
            SampleColumn::Place => Column::numbers("place", Text::default()),
            SampleColumn::Short => Column::numbers("short", Text::of("case", "编号")),
            SampleColumn::Id => Column::words("id", Text::of("id", "编号")),
            SampleColumn::Ended => Column::numbers("ended", Text::of("ended", "办结日期")),
            SampleColumn::Customer => Column::words("customer", Text::of("whom", "客户")),
            // A telephone number is never cut.
            SampleColumn::Contact => Column::numbers("contact", Text::of("contact", "联系方式")),
            SampleColumn::Order => Column::words("order", Text::of("order", "订单")),
            SampleColumn::Done => Column::words("done", Text::of("done", "处理")),
            SampleColumn::Title => Column::words("title", Text::of("title", "标题")),
            SampleColumn::Surveyed => Column::numbers("surveyed", Text::of("score", "已调查")),
            SampleColumn::Record => Column::words("record", Text::of("record", "记录")),
        }
    }
}

/// A sample on paper.
struct SamplePage<'s> {
    session: &'s Session,
    sample: &'s Sample<'s>,
    privacy: Privacy,
}

impl SamplePage<'_> {
    fn page(&self) -> Document {
        let (sample, shop) = (self.sample, &self.session.book.shop);
        let (n, answers) = (sample.members.len(), sample.answers(self.until()).0.n());
        let kinds: Vec<Text> = sample.kinds.iter().map(|kind| names::kind(*kind).text()).collect();
        let page = Document::new(say::title(shop.name.as_str(), sample.period.name())).privacy(self.privacy);
        if n == 0 {
            return page.lead(say::none_ended(list(&kinds)));
        }
        let mut page = page.lead(say::drawn(n, sample.population, list(&kinds), sample.seed.as_str()));
        if n < sample.size {
            page = page.lead(say::everybody(sample.size, sample.population));
        }
        if answers > 0 {
            page = page.lead(say::answered(answers));
        }
        page = page.section(self.table(&SampleColumn::PEOPLE)).foot(say::record());
        match self.privacy {
            Privacy::Revealed => page,
            Privacy::Masked => page.foot(say::reveal()),
        }
    }

    fn table(&self, shown: &[SampleColumn]) -> Table {
        let rows = self.sample.members.iter().enumerate();
        Table::new(shown.iter().map(|shown| shown.column())).rows(rows.map(|(at, member)| {
            shown.iter().map(|shown| self.cell(*shown, at + 1, member)).collect::<Vec<_>>()
        }))
    }

    fn cell(&self, shown: SampleColumn, place: usize, member: &Member<'_>) -> Cell {
        let (case, session) = (member.case, self.session);
        match shown {
            SampleColumn::Place => Cell::number(place as u64),
            SampleColumn::Short => Cell::word(case.id.short()),
            SampleColumn::Id => Cell::word(case.id.as_str()),
            SampleColumn::Ended => Cell::word(session.book.shop.day(member.ended).to_string()),
            SampleColumn::Customer => Cell::from(self.customer(&case.customer).map(Cell::word)),
            SampleColumn::Contact => Cell::from(self.contact(&case.customer).map(Cell::word)),
            SampleColumn::Order => Cell::from(case.order.as_deref().map(Cell::word)),
            SampleColumn::Done => Cell::from(self.done(member)),
            SampleColumn::Title => Cell::word(case.title.as_str()),
            SampleColumn::Surveyed => {
                Cell::from(self.score(member).map(|n| Cell::from(say::score(n)).value(n)))
            }
            SampleColumn::Record => Cell::word(command(member)),
        }
    }

    /// Now: an answer counts as soon as it is recorded.
    fn until(&self) -> Timestamp {
        self.session.now
    }

    fn score(&self, member: &Member<'_>) -> Option<u8> {
        member.answer(self.until())?.score()
    }

    fn customer(&self, customer: &Customer) -> Option<String> {
        let name = customer.name.as_deref().filter(|name| !name.is_empty());
        name.map(|name| self.privacy.name(name)).or_else(|| customer.key.clone())
    }

    fn contact(&self, customer: &Customer) -> Option<String> {
        let contact = customer.contact.as_deref().filter(|contact| !contact.is_empty());
        contact.map(|contact| self.privacy.contact(contact))
    }

    /// The remedy; without one, how the case was resolved in words, or that it was rejected.
    fn done(&self, member: &Member<'_>) -> Option<Text> {
        let book = &self.session.book;
        let remedy = member.state.remedy.map(|word| book.shop.names.label(Names::Remedies, word));
        let status = || names::status(member.state.status).text();
        Some(remedy.or_else(|| said(member).map(Text::same)).unwrap_or_else(status))
    }

    /// A case of the sample, for programs. `place` counts from 1.
    fn case_json(&self, place: usize, member: &Member<'_>) -> Value {
        let case = member.case;
        let stamp = |at: Timestamp| self.session.stamp(at).to_string();
        json!({
            "place": place,
            "id": case.id.as_str(),
            "kind": case.kind.word(),
            "title": case.title,
            "customer": self.customer(&case.customer),
            "contact": self.contact(&case.customer),
            "order": case.order,
            "remedy": member.state.remedy,
            "done": said(member),
            "status": member.state.status.word(),
            "ended": stamp(member.ended),
            "surveyed": member.answer(self.until()).map(|event| stamp(event.at.instant())),
            "score": self.score(member),
            "record": command(member),
        })
    }

    fn json(&self) -> Value {
        let sample = self.sample;
        let stamp = |at: Timestamp| self.session.stamp(at).to_string();
        let members = sample.members.iter().enumerate();
        let members: Vec<Value> = members.map(|(at, member)| self.case_json(at + 1, member)).collect();
        json!({
            "version": 1,
            "period": {
                "label": sample.period.label,
                "start": stamp(sample.period.start),
                "end": stamp(sample.period.end),
            },
            "seed": sample.seed,
            "kinds": sample.kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>(),
            "size": sample.size,
            "population": sample.population,
            "cases": members,
        })
    }
}

/// The words about the remedy when the case was last resolved by the end of the period.
fn said<'m>(member: &'m Member<'_>) -> Option<&'m str> {
    let resolved = member.case.history.iter().filter(|event| event.name == EventName::Resolved);
    let by_then = resolved.filter(|event| event.at.instant() <= member.ended);
    by_then.max_by_key(|event| event.at.instant())?.text(Field::Text)
}

/// The command to type when the customer has answered.
fn command(member: &Member<'_>) -> String {
    format!("fb survey {} --score N", member.case.id)
}
