//! Whether a rule book holds: every state that a case can get to is tried.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::whole_book;
use crate::arguments::format::{PAGE_OR_OBJECT, one_of};
use crate::arguments::{flag, rules, value};
use crate::case::{Kind, Names, Stamp};
use crate::error::{Error, Exit, Result};
use crate::lang::{Lang, Text, names};
use crate::policy::{Person, Preset, RuleBook, Rules};
use crate::privacy::Privacy;
use crate::prove::{self, Defect, Proof};
use crate::render::{Cell, Column, Document, Format, Section, Table};
use crate::session::{Session, Setting};
use crate::ui::Terminal;

mod say {
    crate::messages! {
        about() { "Whether a rule book can be evaded: every sequence of steps is tried in memory", "检验一套制度能否被绕过：在内存中试遍所有办理顺序" }
        which() { "The rules: a file, or a rule book's name; without it, the rules in force", "要检验的制度：写文件，或可选用制度的名称；不填则为本台账执行的制度" }
        most() { "The most states that are followed for each kind of case", "每类案卷最多检验多少种状态" }
        clauses() { "clauses", "条款" }
        holds() { "holds", "成立" }
        broken() { "does not hold", "不成立" }
        not_about() { "not about what is done with a case", "与案卷办理无关" }
        explored(states, steps) { "{states} states of cases, {steps} ways from one to another", "案卷状态 {states} 种，走法 {steps} 种" }
        whole() { "All of them were followed.", "已全部检验。" }
        in_part(kinds) { "There are more states of: {kinds}. What is there was not followed (--states).", "{kinds}的状态更多，其余未检验（--states）。" }
        no_defects() { "Nothing was found that breaks a rule.", "未发现能违反规定的办法。" }
        found(n) { "{n} defects", "发现 {n} 处漏洞" }
        start() { "in a ledger that begins so:", "先这样建账：" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = "fb policy prove citywide\nfb policy prove policy/2027-01-01.toml --format json")]
pub(super) struct ProveArgs {
    #[arg(value_name = value::FILE.both(), help = say::which().both())]
    policy: Option<PathBuf>,
    #[arg(long, value_name = value::NUMBER.both(), default_value_t = prove::MOST_STATES, help = say::most().both())]
    states: usize,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = one_of(PAGE_OR_OBJECT))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
}

impl ProveArgs {
    pub(super) fn run(self, setting: &Setting) -> Result<Exit> {
        let preset = self.policy.as_ref().and_then(|name| Preset::of(&name.to_string_lossy()));
        if let Some(preset) = preset {
            let book = whole_book(preset).ok_or_else(|| Error::failed(super::say::broken(preset.name)))?;
            let (book, start) = staffed(preset, book, setting);
            return self.answer(&setting.terminal, &book, setting.now, &start);
        }
        let session = Session::open(setting.clone())?;
        let book = match &self.policy {
            Some(path) => rules::other(&session, path)?,
            None => session.book.clone(),
        };
        self.answer(&session.terminal, &book, session.now, &[])
    }

    fn answer(
        &self,
        terminal: &Terminal,
        book: &RuleBook,
        now: jiff::Timestamp,
        start: &[String],
    ) -> Result<Exit> {
        let begin = Stamp::new(now, &book.shop.zone);
        let rules = book.on(book.shop.day(now));
        let proof = prove::prove(book, rules, begin, self.states);
        if self.format == Format::Json {
            terminal.out(&crate::render::json(&object(rules, &proof, terminal.lang), Privacy::Masked))?;
        } else {
            terminal.page(&page(rules, &proof))?;
            ways(terminal, &proof, start)?;
        }
        Ok(if proof.defects.is_empty() { Exit::Done } else { Exit::Found })
    }
}

/// The rule book in a shop with a person in each role that approves, and the commands that make such a ledger.
fn staffed(preset: &Preset, mut book: RuleBook, setting: &Setting) -> (RuleBook, Vec<String>) {
    let rules = book.on(book.shop.day(setting.now));
    let mut roles: Vec<String> = Kind::ALL.iter().flat_map(|kind| rules.approvers(*kind)).cloned().collect();
    roles.sort();
    roles.dedup();
    let mut start = vec![format!("fb init --policy {}", preset.name)];
    for person in [prove::AGENT, prove::COLLEAGUE] {
        start.push(format!("fb shop add person {person}"));
        book.shop.people.insert(person.to_owned(), Person::default());
    }
    for role in roles {
        start.push(format!("fb shop add person {role} --role {role}"));
        book.shop.names.add(Names::People, &role, Text::same(&role));
        book.shop.people.insert(role.clone(), Person { role: Some(role), ..Person::default() });
    }
    (book, start)
}

fn page(rules: &Rules, proof: &Proof) -> Document {
    let sum = |count: fn(&prove::Explored) -> usize| proof.explored.iter().map(count).sum::<usize>();
    let states = sum(|explored| explored.states);
    let steps = sum(|explored| explored.steps);
    let mut page = Document::new(rules.title.clone()).lead(say::explored(states, steps));
    let mut kinds: Vec<Kind> =
        proof.explored.iter().filter(|explored| !explored.complete).map(|explored| explored.kind).collect();
    kinds.dedup();
    let in_part: Vec<Text> = kinds.into_iter().map(|kind| names::kind(kind).text()).collect();
    page =
        page.lead(if in_part.is_empty() { say::whole() } else { say::in_part(crate::lang::list(&in_part)) });
    let mut clauses = Table::new(["clause", "holds"].map(|key| Column::words(key, Text::default())));
    for clause in &rules.clauses {
        let verdict = match proof.holds(clause) {
            Some(true) => say::holds(),
            Some(false) => say::broken(),
            None => say::not_about(),
        };
        clauses.row([Cell::word(&clause.code), Cell::from(verdict)]);
    }
    if !rules.clauses.is_empty() {
        page = page.section(Section::new(say::clauses(), clauses));
    }
    page.foot(if proof.defects.is_empty() { say::no_defects() } else { say::found(proof.defects.len()) })
}

/// Each defect with the commands that lead there, unwrapped, so that they can be pasted.
fn ways(terminal: &Terminal, proof: &Proof, start: &[String]) -> Result<()> {
    if proof.defects.is_empty() {
        return Ok(());
    }
    if !start.is_empty() {
        terminal.line(&Text::default())?;
        terminal.line(&say::start())?;
        for line in start {
            terminal.line(&Text::same(format!("  {line}")))?;
        }
    }
    for defect in &proof.defects {
        terminal.line(&Text::default())?;
        terminal.line(&heading(defect))?;
        for line in &defect.way {
            terminal.line(&Text::same(format!("  {line}")))?;
        }
    }
    Ok(())
}

fn heading(defect: &Defect) -> Text {
    let clause = defect.clause.iter().map(Text::same);
    let kind = defect.kind.map(|kind| names::kind(kind).text());
    let words: Vec<Text> = clause.chain(kind).chain([Text::same(&defect.rule)]).collect();
    let whose = crate::describe::joined(&words);
    Text::new(
        format!("{}: {}", whose.to(Lang::En), defect.message.to(Lang::En)),
        format!("{}：{}", whose.to(Lang::Zh), defect.message.to(Lang::Zh)),
    )
}

fn object(rules: &Rules, proof: &Proof, lang: Lang) -> serde_json::Value {
    let explored = proof.explored.iter().map(|explored| {
        json!({
            "kind": explored.kind.word(),
            "clock": explored.clock,
            "states": explored.states,
            "steps": explored.steps,
            "depth": explored.depth,
            "complete": explored.complete,
        })
    });
    let clauses =
        rules.clauses.iter().map(|clause| json!({ "clause": clause.code, "holds": proof.holds(clause) }));
    let defects = proof.defects.iter().map(|defect| {
        json!({
            "law": defect.law.word(),
            "rule": defect.rule,
            "clause": defect.clause,
            "kind": defect.kind.map(Kind::word),
            "message": defect.message.to(lang),
            "commands": defect.way,
        })
    });
    json!({
        "version": 1,
        "file": rules.file().to_string_lossy(),
        "explored": explored.collect::<Vec<_>>(),
        "clauses": clauses.collect::<Vec<_>>(),
        "defects": defects.collect::<Vec<_>>(),
    })
}
