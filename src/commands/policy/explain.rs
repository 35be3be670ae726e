//! Which rules hold for a case, and why.

use clap::Args;
use serde_json::{Value, json};

use super::since;
use crate::arguments::format::{PAGE_OR_OBJECT, one_of};
use crate::arguments::{flag, value};
use crate::case::{Names, Replay};
use crate::clock::Trigger;
use crate::describe;
use crate::describe::explain::Scene;
use crate::error::{Exit, Result};
use crate::lang::{Text, list, moment, names};
use crate::policy::{Clock, NeedStep, field_label, limits_done, step_label, steps_done};
use crate::privacy::Privacy;
use crate::render::{Document, Format, Section};
use crate::session::Session;

mod say {
    crate::messages! {
        about() { "Which rules apply to a case, and why", "查看某件案卷适用哪些规则，以及原因" }
        received(short, at) { "{short} was received {at}: the rules of that day apply", "{short} 于 {at} 受理，适用当日的制度" }
        is_void() { "The case is void: no rule asks anything of it, and no limit runs.", "该案卷已作废：不再适用任何前提，也没有时限。" }
        holds(file, since) { "holds    {file} · {since}", "适用    {file} · {since}" }
        later(file, since) { "not yet  {file} · {since}", "尚未适用  {file} · {since}" }
        earlier(file, since) { "no more  {file} · {since}", "不再适用  {file} · {since}" }
        now_holds(rule) { "holds      {rule}", "适用    {rule}" }
        none_holds() { "no rule fits the case as it is now", "没有适用于该案卷现状的规则" }
        passed_over(rule) { "not        {rule}", "不适用  {rule}" }
        why(words) { "           {words}", "        {words}" }
        steps() { "what must come first", "各步骤的前提" }
        before(event) { "before {event}", "{event}之前" }
        done(step) { "  done     {step}", "  已办  {step}" }
        missing(step) { "  missing  {step}", "  未办  {step}" }
        not_open(limit) { "  done     the limit {limit} is not open", "  已办  时限“{limit}”" }
        open(limit) { "  missing  the limit {limit} is open", "  未办  时限“{limit}”" }
        filled_in(fields) { "  must say {fields}", "  须填写{fields}" }
        asked_for(fields) { "  is asked for {fields}", "  询问{fields}" }
        approvals() { "who approves a remedy", "方案由谁审批" }
        saying(event, value) { "{event} ({value})", "{event}（{value}）" }
        clause(code) { "({code})", "（{code}）" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = "fb policy explain mgvstf")]
pub(super) struct PolicyExplainArgs {
    #[arg(value_name = value::ID.both(), help = flag::CASE.both())]
    id: String,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = one_of(PAGE_OR_OBJECT))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
}

impl PolicyExplainArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let found = session.ledger.find(&self.id)?;
        let book = &session.book;
        let replay = book.replay(&found.case, session.now).unwrap_or_else(|| book.whole(&found.case));
        let scene = Scene { session, rules: book.rules(&found.case), replay: &replay };
        if self.format == Format::Json {
            session.terminal.out(&crate::render::json(&object(&scene), Privacy::Masked))?;
        } else {
            session.terminal.page(&page(&scene))?;
        }
        Ok(Exit::Done)
    }
}

fn page(scene: &Scene<'_>) -> Document {
    let (book, case) = (&scene.session.book, scene.replay.case);
    let mut page = Document::new(say::received(case.id.short(), moment(case.received_at(), &book.shop.zone)));
    if scene.replay.state().voided {
        page = page.lead(say::is_void());
    }
    let mut past = false;
    let mut files = Vec::new();
    for (from, rules) in book.all() {
        let file = rules.file();
        let line = match (std::ptr::eq(rules, scene.rules), past) {
            (true, _) => say::holds(file, since(from)),
            (false, true) => say::later(file, since(from)),
            (false, false) => say::earlier(file, since(from)),
        };
        past |= std::ptr::eq(rules, scene.rules);
        files.push(line);
    }
    page = page.section(files);
    for name in scene.rules.clock_names() {
        page = page.section(Section::new(scene.rules.clock_label(name), clock(scene, name)));
    }
    let needs = needs(scene);
    if !needs.is_empty() {
        page = page.section(Section::new(say::steps(), needs));
    }
    let roles = roles(scene);
    if !roles.is_empty() {
        page = page.section(Section::new(say::approvals(), roles));
    }
    page
}

/// The rules of one name up to the one that applies, each with whether it fits.
fn candidates<'s>(scene: &Scene<'s>, name: &str) -> Vec<(&'s Clock, bool)> {
    let mut tried = Vec::new();
    for rule in scene.rules.clocks.iter().filter(|rule| rule.name == name) {
        let fits = rule.when.fits(scene.replay.state());
        tried.push((rule, fits));
        if fits {
            break;
        }
    }
    tried
}

fn clock(scene: &Scene<'_>, name: &str) -> Vec<Text> {
    let (state, tried) = (scene.replay.state(), candidates(scene, name));
    let (fitting, others): (Vec<_>, Vec<_>) = tried.into_iter().partition(|(_, fits)| *fits);
    let mut lines = Vec::new();
    match fitting.first() {
        Some((rule, _)) => {
            lines.extend([say::now_holds(scene.rule(rule)), say::why(scene.reasons(rule, state))])
        }
        None => lines.push(say::none_holds()),
    }
    for (rule, _) in others {
        let against: Vec<Text> =
            rule.when.conditions(state).iter().filter(|one| !one.fits).map(|one| scene.reason(one)).collect();
        lines.extend([say::passed_over(scene.rule(rule)), say::why(list(&against))]);
    }
    lines
}

fn needs(scene: &Scene<'_>) -> Vec<Text> {
    let mut lines = Vec::new();
    let state = scene.replay.state();
    for need in scene.rules.needs.iter().filter(|need| need.kind == state.case.kind && need.when.fits(state))
    {
        let code = need.clause.as_deref().map_or_else(Text::default, say::clause);
        lines.push(describe::joined(&[say::before(trigger(scene, &need.before)), code]));
        for (step, is_done) in steps_done(scene.rules, need, scene.replay) {
            let step = step_label(scene.rules, step);
            lines.push(if is_done { say::done(step) } else { say::missing(step) });
        }
        for (limit, is_done) in limits_done(scene.rules, need, scene.replay) {
            let limit = scene.rules.clock_label(limit);
            lines.push(if is_done { say::not_open(limit) } else { say::open(limit) });
        }
        let fields: Vec<Text> = need.fields.iter().map(|field| field_label(*field)).collect();
        if !fields.is_empty() {
            lines.push(say::filled_in(list(&fields)));
        }
        let asked: Vec<Text> = need.ask.iter().map(|field| field_label(*field)).collect();
        if !asked.is_empty() {
            lines.push(say::asked_for(list(&asked)));
        }
    }
    lines
}

fn roles(scene: &Scene<'_>) -> Vec<Text> {
    let approved = &scene.replay.state().approvals;
    let roles = scene.rules.approvers(scene.replay.case.kind).iter();
    let label = |role: &str| scene.session.book.shop.names.label(Names::Roles, role);
    roles
        .map(|role| {
            if approved.contains(&role.as_str()) { say::done(label(role)) } else { say::missing(label(role)) }
        })
        .collect()
}

fn trigger(scene: &Scene<'_>, trigger: &Trigger) -> Text {
    match trigger {
        Trigger::Event(name) => names::event(*name).text(),
        Trigger::Saying(name, value) => say::saying(names::event(*name).text(), value),
        Trigger::Milestone(name) => {
            scene.rules.milestone(name).map_or_else(|| Text::same(name), |known| known.label.clone())
        }
    }
}

/// The rules of a clock, for programs: the one that applies, and those that do not.
fn clock_json(scene: &Scene<'_>, name: &str) -> Value {
    let tried = candidates(scene, name);
    let rule = |rule: &Clock| scene.rule_json(rule, scene.replay.state());
    json!({
        "name": name,
        "holds": tried.iter().find(|(_, fits)| *fits).map(|(clock, _)| rule(clock)),
        "not": tried.iter().filter(|(_, fits)| !fits).map(|(clock, _)| rule(clock)).collect::<Vec<_>>(),
    })
}

fn object(scene: &Scene<'_>) -> Value {
    let (book, replay): (_, &Replay<'_>) = (&scene.session.book, scene.replay);
    let file = |(from, rules): (Option<jiff::civil::Date>, &crate::policy::Rules)| {
        json!({
            "file": rules.file().to_string_lossy(),
            "from": from.map(|day| day.to_string()),
            "holds": std::ptr::eq(rules, scene.rules),
        })
    };
    let needs = scene.rules.needs.iter().filter(|need| need.kind == replay.case.kind).map(|need| {
        let step = |(step, done): (&NeedStep, bool)| json!({ "step": step.word(), "done": done });
        let limit = |(limit, done): (&str, bool)| json!({ "limit": limit, "done": done });
        json!({
            "before": need.before.word(),
            "clause": need.clause,
            "steps": steps_done(scene.rules, need, replay).into_iter().map(step).collect::<Vec<_>>(),
            "limits": limits_done(scene.rules, need, replay).into_iter().map(limit).collect::<Vec<_>>(),
            "fields": need.fields.iter().map(|field| field.word()).collect::<Vec<_>>(),
            "ask": need.ask.iter().map(|field| field.word()).collect::<Vec<_>>(),
        })
    });
    let role =
        |role: &String| json!({ "role": role, "done": replay.state().approvals.contains(&role.as_str()) });
    json!({
        "version": 1,
        "id": replay.case.id.as_str(),
        "voided": replay.state().voided,
        "received": scene.session.stamp(replay.case.received_at()).to_string(),
        "policies": book.all().map(file).collect::<Vec<_>>(),
        "clocks": scene.rules.clock_names().into_iter().map(|name| clock_json(scene, name)).collect::<Vec<_>>(),
        "needs": needs.collect::<Vec<_>>(),
        "approvals": scene.rules.approvers(replay.case.kind).iter().map(role).collect::<Vec<_>>(),
    })
}
