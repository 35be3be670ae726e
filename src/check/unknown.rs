//! Keys that the format does not know, and names that the shop does not.

use std::collections::HashSet;

use super::Flaw;
use super::input::{CaseContext, LedgerContext};
use crate::case::{EventName, Field, Names};
use crate::casefile::{CUSTOMER, INTAKE, Spot};
use crate::error::Code;
use crate::lang::{Lang, common, names};
use crate::ledger::Found;
use crate::policy::{EXTERNAL, Rules};

mod say {
    crate::messages! {
        unknown_key(key) { "`{key}` is not a key of a case file", "案卷里没有 `{key}` 这一项" }
        unknown_event_key(key, event) { "`{key}` is not a key of `{event}`", "`{event}` 里没有 `{key}` 这一项" }
        has_no_effect() { "it is kept, but no figure uses it", "内容会保留，但不参与任何统计" }
        unknown_name(list, word) { "there is no {list} `{word}`", "没有名为 `{word}` 的{list}" }
        add_to_shop(list, word) {
            "correct it here, or add the name to fb.toml: `fb shop add {list} {word}`",
            "请改正这里，或把这个名称加进 fb.toml：`fb shop add {list} {word}`"
        }
        add_to_policy(path) { "correct it here, or add the name to {path}", "请改正这里，或在 {path} 里添加这个名称" }
        no_case(link) { "the linked case `{link}` does not exist", "关联的案卷 `{link}` 不存在" }
        correct_link() { "correct the id, or remove the link; `fb list all` shows every case", "请改正编号或删掉这条关联；`fb list all` 列出全部案卷" }
    }
}

/// The keys of an event beside its payload.
const BESIDE: [&str; 2] = ["by", "recorded"];

/// Keys of the intake and of events that the format does not know.
pub(super) fn key(found: &Found) -> Vec<Flaw<'_>> {
    let intake = found.case.unknown.iter().map(|key| {
        let below = key.strip_prefix("customer.");
        let near = match below {
            Some(key) => common::nearest(key, CUSTOMER.iter().copied()),
            None => common::nearest(key, INTAKE.iter().copied()),
        };
        let flaw = Code::UnknownKey.of(found, Spot::Intake(key), say::unknown_key(below.unwrap_or(key)));
        suggest(flaw, near, || match below {
            Some(_) => CUSTOMER.join(" "),
            None => INTAKE.join(" "),
        })
    });
    let events = found.case.history.iter().enumerate().flat_map(|(index, event)| {
        event.unknown.iter().map(move |key| {
            let message = say::unknown_event_key(key, event.name.word());
            let flaw = Code::UnknownKey.of(found, Spot::EventKey(index, key), message);
            suggest(flaw, common::nearest(key, keys(event.name)), || {
                keys(event.name).collect::<Vec<_>>().join(" ")
            })
        })
    });
    intake.chain(events).collect()
}

fn keys(event: EventName) -> impl Iterator<Item = &'static str> {
    let payload = event.required().chain(event.optional()).chain([Field::Note]);
    payload.map(Field::word).chain(BESIDE)
}

fn suggest<'a>(flaw: Flaw<'a>, near: Option<&str>, known: impl Fn() -> String) -> Flaw<'a> {
    let help = near.map_or_else(|| common::known_here(known()), common::did_you_mean);
    flaw.label(say::has_no_effect()).help(help)
}

/// Names that are in none of the shop's lists.
pub(super) fn name<'a>(context: &CaseContext<'a>) -> Vec<Flaw<'a>> {
    let case = &context.found.case;
    let channel = (Spot::IntakeValue("channel"), Names::Channels, case.channel.as_str());
    let demand = case.demand.as_deref().map(|word| (Spot::IntakeValue("demand"), Names::Remedies, word));
    let events = case.history.iter().enumerate().flat_map(|(index, event)| {
        event.names().map(move |(field, list, word)| (Spot::EventValue(index, field.word()), list, word))
    });
    let named = [channel].into_iter().chain(demand).chain(events);
    let unknown = named.filter(|(_, list, word)| !knows(context, *list, word));
    let mut flaws: Vec<Flaw<'a>> =
        unknown.map(|(spot, list, word)| flaw(context, spot, list, word)).collect();
    flaws.extend(mistyped_actors(context));
    flaws
}

/// Links to ids that no case has, and voids of a second entry of no case.
pub(super) fn link<'a>(context: &LedgerContext<'_, 'a>) -> Vec<Flaw<'a>> {
    let ids = context.input.ids();
    context.input.cases.iter().flat_map(|found| links_of(found, &ids)).collect()
}

fn links_of<'a>(found: &'a Found, ids: &HashSet<&str>) -> Vec<Flaw<'a>> {
    let lost = found.case.links.iter().filter(|link| !ids.contains(link.as_str()));
    let links = lost.map(|link| (Spot::IntakeValue("links"), link.as_str()));
    let of = found.case.history.iter().enumerate().filter_map(|(index, event)| {
        let id = event.text(Field::Of).filter(|id| !ids.contains(id))?;
        Some((Spot::EventValue(index, Field::Of.word()), id))
    });
    let flaw = |(spot, id)| Code::UnknownName.of(found, spot, say::no_case(id)).help(say::correct_link());
    links.chain(of).map(flaw).collect()
}

/// A person whom git names need not be in `[people]`; but a name that is nearly one of those is a typing error.
fn mistyped_actors<'a>(context: &CaseContext<'a>) -> Vec<Flaw<'a>> {
    let people = &context.book.shop.names;
    let actors = context.found.case.history.iter().enumerate();
    actors
        .filter_map(|(index, event)| {
            let by = event.by.as_deref().filter(|by| !people.knows(Names::People, by))?;
            let near = people.nearest(Names::People, by)?;
            let message = say::unknown_name(names::list(Names::People).text(), by);
            let flaw = Code::UnknownName.of(context.found, Spot::EventValue(index, "by"), message);
            Some(flaw.help(common::did_you_mean(near)))
        })
        .collect()
}

fn knows(context: &CaseContext<'_>, list: Names, word: &str) -> bool {
    match list {
        Names::Levels => context.rules.escalation.knows(word),
        Names::Milestones => context.rules.milestone(word).is_some(),
        _ => context.book.shop.names.knows(list, word),
    }
}

fn flaw<'a>(context: &CaseContext<'a>, spot: Spot<'a>, list: Names, word: &str) -> Flaw<'a> {
    let message = say::unknown_name(names::list(list).text(), word);
    let flaw = Code::UnknownName.of(context.found, spot, message);
    let known = known(context, list);
    let flaw = match common::nearest(word, known.iter().copied()) {
        Some(near) => flaw.help(common::did_you_mean(near)),
        None if known.is_empty() => flaw,
        None => flaw.help(common::known_words(known)),
    };
    match list {
        Names::Levels | Names::Milestones => flaw.help(say::add_to_policy(context.rules.file())),
        _ => flaw.help(say::add_to_shop(names::list(list).pick(Lang::En), common::shell_word(word))),
    }
}

fn known<'a>(context: &CaseContext<'a>, list: Names) -> Vec<&'a str> {
    let rules: &'a Rules = context.rules;
    match list {
        Names::Levels => rules.escalation.levels.iter().map(String::as_str).chain([EXTERNAL]).collect(),
        Names::Milestones => rules.milestones.iter().map(|known| known.name.as_str()).collect(),
        _ => context.book.shop.names.all(list).iter().map(|(word, _)| word.as_str()).collect(),
    }
}
