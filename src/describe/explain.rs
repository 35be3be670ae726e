//! Explains the state of a clock, in words and for programs.

use serde_json::{Value, json};

use super::{clock_words, due_breakdown};
use crate::case::{Names, Replay, State};
use crate::describe;
use crate::lang::{Text, list, moment, names};
use crate::policy::{Clock, Condition, Explained, Rules, WAITING, Wanted};
use crate::render::Section;
use crate::session::Session;

mod say {
    crate::messages! {
        rule(words) { "rule     {words}", "依据  {words}" }
        because(words) { "because  {words}", "理由  {words}" }
        started(at, event) { "started  {at}, {event}", "起算  {at}，{event}" }
        changed(at, event) { "changed  {at}, {event}", "变更  {at}，{event}" }
        no_rule() { "no rule applied", "没有适用的规则" }
        paused(from, to) { "pause    {from} to {to}", "暂停  {from}至{to}" }
        paused_since(from) { "pause    since {from}", "暂停  自{from}起" }
        due(at) { "due      {at}", "到期  {at}" }
        ended(at, event) { "ended    {at}, {event}", "止于  {at}，{event}" }
        undue(why) { "due      unknown: {why}", "到期  未知：{why}" }
        named_due() { "named by the hand-over", "派单时写明" }
        named_day() { "named by the wait", "登记等候时写明" }
        every_case() { "it applies to every case", "适用于所有案卷" }
        is(attribute, found) { "{attribute} {found}", "{attribute}：{found}" }
        is_not(attribute, found, wanted) { "{attribute} {found}, not {wanted}", "{attribute}：{found}，不是{wanted}" }
        unknown() { "not known", "未定" }
        kind() { "kind", "类型" }
        tier() { "tier", "客户等级" }
        product() { "product", "商品" }
        justified() { "complaint", "投诉" }
    }
}

/// What an explanation needs.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'s> {
    pub(crate) session: &'s Session,
    pub(crate) rules: &'s Rules,
    pub(crate) replay: &'s Replay<'s>,
}

impl Scene<'_> {
    /// One run of a clock: a line for each fact, then its days.
    pub(crate) fn sections(&self, explained: &Explained<'_>) -> Vec<Section> {
        let clock = &explained.clock;
        let zone = &self.session.book.shop.zone;
        let title = describe::joined(&[clock.rule.label.clone(), clock_words::state_word(clock.state)]);
        let mut lines = Vec::new();
        for (nth, (step, rule)) in explained.rules.iter().enumerate() {
            let state = &self.replay.steps[*step].state;
            let words = rule.map_or_else(say::no_rule, |rule| self.rule(rule));
            if nth > 0 {
                lines.push(say::changed(self.at(*step), self.event(*step)));
            }
            lines.push(say::rule(words));
            lines.extend(rule.map(|rule| say::because(self.reasons(rule, state))));
        }
        lines.push(say::started(self.at(clock.started_by), self.event(clock.started_by)));
        lines.extend(explained.pauses.iter().map(|(from, to)| match to {
            Some(to) => say::paused(moment(*from, zone), moment(*to, zone)),
            None => say::paused_since(moment(*from, zone)),
        }));
        lines.extend(clock.due.map(|at| match explained.account {
            Some(_) => say::due(moment(at, zone)),
            None if clock.rule.name == WAITING => say::due(list(&[moment(at, zone), say::named_day()])),
            None => say::due(list(&[moment(at, zone), say::named_due()])),
        }));
        lines.extend(clock.undue.as_ref().map(|undue| say::undue(undue.message())));
        lines.extend(clock.ended_by.map(|step| say::ended(self.at(step), self.event(step))));
        let mut sections = vec![Section::new(title, lines)];
        if let Some(account) = explained.account.as_ref().filter(|account| !account.lines.is_empty()) {
            sections.push(Section::from(due_breakdown::table(account, zone)));
        }
        sections
    }

    /// `policy/base.toml:24 · S0.5.1 · 72 h`
    pub(crate) fn rule(&self, rule: &Clock) -> Text {
        let file = self.rules.file().display();
        let place = rule.line.map_or_else(|| file.to_string(), |line| format!("{file}:{line}"));
        describe::joined(&[
            Text::same(place),
            Text::same(rule.clause.as_deref().unwrap_or_default()),
            clock_words::within(rule),
        ])
    }

    /// Why a rule fits, or does not: each of its conditions, with the case's value.
    pub(crate) fn reasons(&self, rule: &Clock, state: &State<'_>) -> Text {
        let conditions = rule.when.conditions(state);
        if conditions.is_empty() {
            return say::every_case();
        }
        list(&conditions.iter().map(|condition| self.reason(condition)).collect::<Vec<_>>())
    }

    /// What a condition asks for and what the case has.
    pub(crate) fn reason(&self, condition: &Condition<'_>) -> Text {
        let label = |word: &str| self.word(condition, word);
        let found = condition.found.map_or_else(say::unknown, label);
        let attribute = match condition.attribute {
            "kind" => say::kind(),
            "tier" => say::tier(),
            "product" => say::product(),
            "justified" => say::justified(),
            other => crate::case::Field::of(other)
                .map_or_else(|| Text::same(other), |field| names::field(field).text()),
        };
        if condition.fits {
            return say::is(attribute, found);
        }
        let wanted: Vec<Text> = condition.wanted.words().into_iter().map(label).collect();
        say::is_not(attribute, found, list(&wanted))
    }

    /// What people read for a word of a condition.
    fn word(&self, condition: &Condition<'_>, word: &str) -> Text {
        let names = &self.session.book.shop.names;
        match (condition.attribute, condition.wanted) {
            ("urgency", _) => names.label(Names::Urgencies, word),
            ("complexity", _) => names.label(Names::Complexities, word),
            ("channel", _) => names.label(Names::Channels, word),
            ("category", _) => names.label(Names::Categories, word),
            (_, Wanted::Kinds(_)) => {
                crate::case::Kind::of(word).map_or_else(|| Text::same(word), |kind| names::kind(kind).text())
            }
            (_, Wanted::Justified(_)) => describe::justified(word == "justified"),
            _ => Text::same(word),
        }
    }

    fn at(&self, step: usize) -> Text {
        moment(self.replay.steps[step].at, &self.session.book.shop.zone)
    }

    fn event(&self, step: usize) -> Text {
        describe::name(self.replay.steps[step].event)
    }

    /// The same for programs.
    pub(crate) fn json(&self, explained: &Explained<'_>) -> Value {
        let zone = &self.session.book.shop.zone;
        let stamp = |at| self.session.stamp(at).to_string();
        let event = |step: usize| self.replay.steps[step].event.name.word();
        let mut rules = Vec::new();
        for (step, rule) in &explained.rules {
            let state = &self.replay.steps[*step].state;
            rules.push(json!({
                "from": stamp(self.replay.steps[*step].at),
                "event": event(*step),
                "rule": rule.map(|rule| self.rule_json(rule, state)),
            }));
        }
        json!({
            "started_by": event(explained.clock.started_by),
            "stopped_by": explained.clock.ended_by.map(event),
            "rules": rules,
            "pauses": explained.pauses.iter().map(|(from, to)| {
                json!({ "from": stamp(*from), "to": to.map(stamp) })
            }).collect::<Vec<_>>(),
            "account": explained.account.as_ref().map(|account| due_breakdown::json(account, zone)),
        })
    }

    /// A rule with its place, and the case's value for each of its conditions.
    pub(crate) fn rule_json(&self, rule: &Clock, state: &State<'_>) -> Value {
        let mut conditions = Vec::new();
        for condition in rule.when.conditions(state) {
            conditions.push(json!({
                "attribute": condition.attribute,
                "wanted": condition.wanted.words(),
                "found": condition.found,
                "fits": condition.fits,
            }));
        }
        json!({
            "file": self.rules.file().to_string_lossy(),
            "line": rule.line,
            "clause": rule.clause,
            "limit": rule.within.map(|limit| limit.to_string()),
            "conditions": conditions,
        })
    }
}
