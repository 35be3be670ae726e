use clap::Args;
use jiff::ToSpan;

use crate::arguments::flag::both;
use crate::arguments::format::{PAGE_OR_OBJECT, one_of};
use crate::arguments::word::known_kind;
use crate::arguments::{flag, moment, value};
use crate::case::{Case, Customer, Event, EventName, Field, Id, Kind, Names, SameMatter, Value};
use crate::casefile;
use crate::error::{Error, Exit, Result};
use crate::lang::{Text, names};
use crate::ledger::{Plan, Write};
use crate::policy::missing_at_receipt;
use crate::privacy::Privacy;
use crate::recording::apply::{new_id, summary, unknown_name};
use crate::recording::{event_args, questions};
use crate::render::Format;
use crate::session::{Session, place};
use crate::ui::prompt;

mod say {
    pub(super) use crate::commands::say::*;
    pub(super) use crate::recording::say::{at_help, bad_flag, in_future, wants_words};

    crate::messages! {
        examples() { "fb new --kind complaint --channel hotline --title \"The cup arrived broken\" --customer c-8841 --order 31415 --description \"cracked at the rim\"\nfb new --kind praise --channel chat --title \"Quick exchange\" --customer c-8841 --at 09:30", "fb new --kind complaint --channel hotline --title 收到的茶杯碎了 --customer c-8841 --order 31415 --description 杯口有裂纹\nfb new --kind praise --channel chat --title 换货很快 --customer c-8841 --at 09:30" }
        more() { "If the kind, the title, the channel, or what the policy wants to know is missing, fb asks for it on a terminal.", "类型、标题、渠道和制度要求的内容没有填的，会在终端里逐项询问。" }
        same_order(short, status) { "{short} is of the same customer and order ({status})", "{short} 是同一客户的同一订单（{status}）" }
        same_title(short, status) { "{short} is of the same customer and has the same title ({status})", "{short} 是同一客户的案卷，标题也相同（{status}）" }
        note_there(command) { "to note it there instead: {command}", "如属同一件，请记在那里：{command}" }
        void_this(command) { "to void this one: {command}", "并作废这件：{command}" }
        register_it() { "Register it all the same?", "仍要登记吗？" }
        not_registered() { "not registered", "未登记" }
        kind_help() { "complaint, suggestion, praise, inquiry, violation or improvement", "类型：complaint 投诉、suggestion 建议、praise 表扬、inquiry 咨询、violation 违法举报、improvement 改进" }
        title_help() { "One line that says what it is about", "标题，一句话说明" }
        channel() { "How it reached the shop, such as hotline", "反馈渠道，如 hotline" }
        description() { "The customer's words; `-` reads them from standard input", "客户原话；写 `-` 则从标准输入读取" }
        customer() { "The customer's key: always the same for the same customer", "客户代号；同一客户始终用同一个" }
        name() { "The customer's name", "客户姓名" }
        contact() { "How to reach the customer", "联系方式" }
        tier() { "The customer's tier, such as gold", "客户等级，如 gold" }
        order() { "The order that it is about", "订单号" }
        product() { "The product that it is about", "商品" }
        demand() { "The remedy that the customer asks for", "客户要求怎样处理" }
        tag() { "A tag, to find the case by; may be given several times", "标签，便于查找；可写多次" }
        link() { "A related case; may be given several times", "关联案卷的编号；可写多次" }
        external() { "Its id in another system", "外部系统里的编号" }
        category() { "The category, if it is already clear", "类别，受理时能确定就填" }
        urgency() { "How soon it must be handled, if it is already clear", "紧急程度，受理时能确定就填" }
        complexity() { "simple or complex, if it is already clear", "复杂程度：simple 简单、complex 复杂，受理时能确定就填" }
        department() { "The department that handles it, if it is already clear", "办理部门，受理时能确定就填" }
        owner() { "The person who is responsible, if it is already clear", "负责人，受理时能确定就填" }
        received() { "When it was received, if not now", "受理时间，不填则为现在" }
        by() { "The person who registers it, if not you", "登记人，不填则为本人" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = both(EventName::Received.row().help), long_about = say::more().both())]
#[command(after_help = say::examples().both())]
pub(crate) struct NewArgs {
    #[arg(long, value_name = value::KIND.both(), help = say::kind_help().both())]
    kind: Option<String>,
    #[arg(long, value_name = value::TEXT.both(), allow_hyphen_values = true, help = say::title_help().both())]
    title: Option<String>,
    #[arg(long, value_name = value::NAME.both(), help = say::channel().both())]
    channel: Option<String>,
    #[arg(short, long, value_name = value::TEXT.both(), allow_hyphen_values = true)]
    #[arg(help = say::description().both())]
    description: Option<String>,
    #[arg(long, value_name = value::CUSTOMER.both(), help = say::customer().both())]
    customer: Option<String>,
    #[arg(long, value_name = value::TEXT.both(), allow_hyphen_values = true, help = say::name().both())]
    name: Option<String>,
    #[arg(long, value_name = value::TEXT.both(), allow_hyphen_values = true, help = say::contact().both())]
    contact: Option<String>,
    #[arg(long, value_name = value::NAME.both(), help = say::tier().both())]
    tier: Option<String>,
    #[arg(long, value_name = value::TEXT.both(), allow_hyphen_values = true, help = say::order().both())]
    order: Option<String>,
    #[arg(long, value_name = value::TEXT.both(), allow_hyphen_values = true, help = say::product().both())]
    product: Option<String>,
    #[arg(long, value_name = value::NAME.both(), help = say::demand().both())]
    demand: Option<String>,
    #[arg(long = "tag", value_name = value::WORD.both(), value_delimiter = ',', help = say::tag().both())]
    tags: Vec<String>,
    #[arg(long = "link", value_name = value::ID.both(), value_delimiter = ',', help = say::link().both())]
    links: Vec<String>,
    #[arg(long, value_name = value::TEXT.both(), allow_hyphen_values = true, help = say::external().both())]
    external: Option<String>,
    #[arg(long, value_name = value::NAME.both(), help = say::category().both())]
    category: Option<String>,
    #[arg(long, value_name = value::NAME.both(), help = say::urgency().both())]
    urgency: Option<String>,
    #[arg(long, value_name = value::NAME.both(), help = say::complexity().both())]
    complexity: Option<String>,
    #[arg(long, value_name = value::NAME.both(), help = say::department().both())]
    department: Option<String>,
    #[arg(long, value_name = value::PERSON.both(), help = say::owner().both())]
    owner: Option<String>,
    #[arg(long = "at", alias = "received", value_name = value::TIME.both(), help = say::received().both())]
    received: Option<String>,
    #[arg(short = 'm', long, value_name = value::TEXT.both(), allow_hyphen_values = true)]
    #[arg(help = flag::NOTE.both())]
    note: Option<String>,
    #[arg(long, value_name = value::PERSON.both(), env = "FB_BY", help = say::by().both())]
    by: Option<String>,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = one_of(PAGE_OR_OBJECT))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
}

impl NewArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        // Questions come only after this: an answer that cannot be written would be lost.
        session.no_rebase()?;
        let format = self.format;
        let (mut case, received) = self.case(session)?;
        questions::complete_receipt(session, &mut case)?;
        complete(session, &case)?;
        let doubles = Double::of(session, &case);
        ask_whether_another(session, &doubles)?;
        let lock = session.lock()?;
        case.id = new_id(session, received)?;
        let path = place(&session.book, &case);
        let write = Write { old: None, before: None, new: path.clone(), text: casefile::compose(&case) };
        let entered_for = session.entered_for(case.receipt().by.as_deref().into_iter())?;
        let plan = Plan {
            writes: vec![write],
            subject: format!("new {} {}: {}", case.kind, case.id.short(), case.title),
            trailers: [("Case", case.id.as_str()), ("Event", EventName::Received.word())]
                .map(|(key, word)| (key.to_owned(), word.to_owned()))
                .into_iter()
                .chain(entered_for)
                .collect(),
            ..Plan::default()
        };
        let written = session.write(&lock, &plan)?;
        if format == Format::Json {
            let cases = [summary(session, &case, &path)];
            let answer = written.told(serde_json::json!({
                "version": 1,
                "cases": cases,
                "duplicates": doubles.iter().map(|double| double.json(&case)).collect::<Vec<_>>(),
            }));
            session.terminal.out(&crate::render::json(&answer, Privacy::Masked))?;
        } else {
            let line = say::created(case.id.short(), &path);
            let lang = session.terminal.lang;
            let due = crate::recording::apply::next_due(session, &case);
            let due = due.map(|due| format!("   {}", due.to(lang))).unwrap_or_default();
            session.terminal.line(&Text::same(format!("{}{due}", line.to(lang))))?;
            for double in &doubles {
                // On a terminal the question has said it.
                if !session.terminal.interactive {
                    session.terminal.note(&double.words());
                }
                session.terminal.note(&say::note_there(double.note()));
                session.terminal.note(&say::void_this(double.void(&case)));
            }
        }
        Ok(written.exit)
    }

    /// The case that the flags and answers describe; its real id is drawn later.
    pub(super) fn case(self, session: &Session) -> Result<(Case, jiff::Timestamp)> {
        let kind = kind(session, self.kind)?;
        let title = match self.title {
            Some(title) => title,
            None => prompt::ask(&session.terminal, &say::title(), "--title")?,
        };
        if title.trim().is_empty() {
            return Err(Error::refused(say::bad_flag("--title", "")).hint(say::wants_words()));
        }
        let channel = name(session, self.channel, Names::Channels, Field::Channel)?;
        if let Some(demand) =
            self.demand.as_deref().filter(|word| !session.book.shop.names.knows(Names::Remedies, word))
        {
            return Err(unknown_name(session, Names::Remedies, demand));
        }
        let received = match &self.received {
            Some(word) => moment::read(session, "--at", word)?,
            None => session.now,
        };
        if received > session.now {
            return Err(Error::refused(say::in_future(session.stamp(received))).hint(say::at_help()));
        }
        let links: Result<Vec<String>> =
            self.links.iter().map(|part| Ok(session.ledger.find(part)?.case.id.to_string())).collect();
        let mut receipt =
            Event::new(EventName::Received, session.stamp(received)).by(session.actor(self.by.as_deref())?);
        if received < session.now {
            receipt.recorded = Some(session.stamp(session.now));
        }
        for (field, word) in [
            (Field::Category, self.category),
            (Field::Urgency, self.urgency),
            (Field::Complexity, self.complexity),
            (Field::Department, self.department),
            (Field::Owner, self.owner),
            (Field::Note, self.note),
        ] {
            if let Some(word) = word {
                event_args::known(session, field, &Value::Text(word.clone()), None)?;
                receipt.payload.push((field, Value::Text(word)));
            }
        }
        let case = Case {
            id: Id::new(session.book.shop.day(received), 0),
            kind,
            title,
            description: self.description.map(read_description).transpose()?,
            channel,
            customer: Customer {
                key: self.customer,
                name: self.name,
                contact: self.contact,
                tier: self.tier,
            },
            order: self.order,
            product: self.product,
            demand: self.demand,
            tags: self.tags,
            links: links?,
            external: self.external,
            history: vec![receipt],
            unknown: Vec::new(),
        };
        Ok((case, received))
    }
}

/// A case that the new one looks like a second entry of.
struct Double {
    case: Case,
    status: names::Name,
    /// The status for programs.
    word: &'static str,
    by_order: bool,
}

impl Double {
    /// The cases that are alike and came in within 30 days of it, the last one first; not void ones.
    fn of(session: &Session, case: &Case) -> Vec<Double> {
        let Some(customer) = case.customer_key() else { return Vec::new() };
        let day = session.book.shop.day(case.received_at());
        // A case file of the day before or after can be within the 30 days in another zone.
        let days = day.saturating_sub(31.days())..=day.saturating_add(31.days());
        let mut doubles = Vec::new();
        for found in session.ledger.received_on(&days, customer) {
            let Some(matter) = case.doubled_by(&found.case).filter(|_| !found.case.is_void()) else {
                continue;
            };
            let by_order = matches!(matter, SameMatter::Order(..));
            let replay = session.book.whole(&found.case);
            let (status, word) = (names::standing(replay.state()), replay.state().status.word());
            doubles.push(Double { status, word, by_order, case: found.case });
        }
        doubles.sort_by_key(|double| std::cmp::Reverse((double.case.received_at(), double.case.id.clone())));
        doubles
    }

    /// Which case, and what it has in common.
    fn words(&self) -> Text {
        let (short, status) = (self.case.id.short(), self.status.text());
        if self.by_order { say::same_order(short, status) } else { say::same_title(short, status) }
    }

    /// The command that notes it there instead.
    fn note(&self) -> String {
        format!("fb note {} …", self.case.id.short())
    }

    /// The command that voids the new case.
    fn void(&self, new: &Case) -> String {
        format!("fb void {} --of {} --reason …", new.id.short(), self.case.id.short())
    }

    fn json(&self, new: &Case) -> serde_json::Value {
        serde_json::json!({
            "id": self.case.id.as_str(),
            "status": self.word,
            "same": if self.by_order { "order" } else { "title" },
            "note": self.note(),
            "void": self.void(new),
        })
    }
}

/// On a terminal, a case that may be a second entry is registered only if the user says so.
///
/// # Errors
/// Refused if not: the hint says where to note it.
fn ask_whether_another(session: &Session, doubles: &[Double]) -> Result<()> {
    let Some(first) = doubles.first().filter(|_| session.terminal.interactive) else { return Ok(()) };
    for double in doubles {
        session.terminal.note(&double.words());
    }
    if prompt::confirm(&session.terminal, &say::register_it(), "", true)? {
        return Ok(());
    }
    Err(Error::refused(say::not_registered()).hint(say::note_there(first.note())))
}

/// What the rules ask for of a case that is received must be there.
///
/// # Errors
/// Everything that is missing, with its flags.
pub(super) fn complete(session: &Session, case: &Case) -> Result<()> {
    let mut missing = missing_at_receipt(session.book.rules(case), case).into_iter();
    let Some(first) = missing.next() else { return Ok(()) };
    let mut error = first.help.into_iter().fold(Error::refused(first.message), Error::hint);
    for more in missing {
        error = more.help.into_iter().fold(error.hint(more.message), Error::hint);
    }
    Err(error)
}

fn kind(session: &Session, word: Option<String>) -> Result<Kind> {
    let Some(word) = word else {
        let items = Kind::ALL.map(|kind| (kind.word().to_owned(), names::kind(kind).text()));
        return Ok(Kind::ALL[prompt::choose(&session.terminal, &say::kind(), "--kind", &items)?]);
    };
    known_kind(&word)
}

fn name(session: &Session, word: Option<String>, list: Names, field: Field) -> Result<String> {
    let Some(word) = word else {
        let items = session.book.shop.names.all(list);
        let flag = format!("--{field}");
        return Ok(items[prompt::choose(&session.terminal, &names::field(field).text(), &flag, items)?]
            .0
            .clone());
    };
    if !session.book.shop.names.knows(list, &word) {
        return Err(unknown_name(session, list, &word));
    }
    Ok(word)
}

fn read_description(text: String) -> Result<String> {
    if text != "-" {
        return Ok(text);
    }
    std::io::read_to_string(std::io::stdin())
        .map_err(|error| Error::failed(say::cannot_read_input(error.to_string())))
}
