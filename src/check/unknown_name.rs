use crate::error::Code;
use std::collections::HashSet;

use super::subject::{Subject, Whole};
use super::{Flaw, say};
use crate::case::Names;
use crate::lang::{common, names};
use crate::ledger::Found;
use crate::ledger::text::Spot;
use crate::policy::{EXTERNAL, Rules};

/// Names that stand in none of the shop's lists.
pub(super) fn find<'a>(subject: &Subject<'a>) -> Vec<Flaw<'a>> {
    let case = &subject.found.case;
    let channel = (Spot::IntakeValue("channel"), Names::Channels, case.channel.as_str());
    let demand = case.demand.as_deref().map(|word| (Spot::IntakeValue("demand"), Names::Remedies, word));
    let events = case.history.iter().enumerate().flat_map(|(index, event)| {
        event.names().map(move |(field, list, word)| (Spot::EventValue(index, field.word()), list, word))
    });
    let named = [channel].into_iter().chain(demand).chain(events);
    let unknown = named.filter(|(_, list, word)| !knows(subject, *list, word));
    let mut flaws: Vec<Flaw<'a>> =
        unknown.map(|(spot, list, word)| flaw(subject, spot, list, word)).collect();
    flaws.extend(mistyped_actors(subject));
    flaws
}

/// Links to ids that no case has.
pub(super) fn links<'a>(whole: &Whole<'_, 'a>) -> Vec<Flaw<'a>> {
    let ids = whole.stock.ids();
    whole.stock.cases.iter().flat_map(|found| of_case(found, &ids)).collect()
}

fn of_case<'a>(found: &'a Found, ids: &HashSet<&str>) -> Vec<Flaw<'a>> {
    let lost = found.case.links.iter().filter(|link| !ids.contains(link.as_str()));
    lost.map(|link| {
        let flaw = Code::UnknownName.of(found, Spot::IntakeValue("links"), say::no_case(link));
        flaw.help(say::correct_link())
    })
    .collect()
}

/// Whoever git names may act without standing in `[people]`; but a name that is nearly one of them is that person's.
fn mistyped_actors<'a>(subject: &Subject<'a>) -> Vec<Flaw<'a>> {
    let people = &subject.book.shop.names;
    let actors = subject.found.case.history.iter().enumerate();
    actors
        .filter_map(|(index, event)| {
            let by = event.by.as_deref().filter(|by| !people.knows(Names::People, by))?;
            let near = people.nearest(Names::People, by)?;
            let message = say::unknown_name(names::list(Names::People).text(), by);
            let flaw = Code::UnknownName.of(subject.found, Spot::EventValue(index, "by"), message);
            Some(flaw.help(common::did_you_mean(near)))
        })
        .collect()
}

fn knows(subject: &Subject<'_>, list: Names, word: &str) -> bool {
    match list {
        Names::Levels => subject.rules.escalation.knows(word),
        Names::Milestones => subject.rules.milestone(word).is_some(),
        _ => subject.book.shop.names.knows(list, word),
    }
}

fn flaw<'a>(subject: &Subject<'a>, spot: Spot<'a>, list: Names, word: &str) -> Flaw<'a> {
    let message = say::unknown_name(names::list(list).text(), word);
    let flaw = Code::UnknownName.of(subject.found, spot, message);
    let known = known(subject, list);
    let flaw = match common::nearest(word, known.iter().copied()) {
        Some(near) => flaw.help(common::did_you_mean(near)),
        None if known.is_empty() => flaw,
        None => flaw.help(common::known_words(known)),
    };
    match list {
        Names::Levels | Names::Milestones => flaw.help(say::add_to_policy(subject.rules.file())),
        _ => flaw.help(say::add_to_shop()),
    }
}

fn known<'a>(subject: &Subject<'a>, list: Names) -> Vec<&'a str> {
    let rules: &'a Rules = subject.rules;
    match list {
        Names::Levels => rules.escalation.levels.iter().map(String::as_str).chain([EXTERNAL]).collect(),
        Names::Milestones => rules.milestones.iter().map(|known| known.name.as_str()).collect(),
        _ => subject.book.shop.names.all(list).iter().map(|(word, _)| word.as_str()).collect(),
    }
}
