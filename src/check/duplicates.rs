//! Duplicates: a case in two files, a case that was imported or entered twice, an event that is recorded twice.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::Flaw;
use super::input::LedgerContext;
use crate::case::{Case, Event, EventName, Field, Id, SameMatter, Value};
use crate::casefile::Spot;
use crate::error::Code;
use crate::lang::common;
use crate::ledger::Found;

mod say {
    crate::messages! {
        repeated(event) { "the same `{event}` is already recorded above", "上面已有完全相同的 `{event}` 记录" }
        take_one_out() { "remove one of the two, unless it did happen twice in that second", "请删去其中一条；若同一秒内确实发生两次则不必" }
        duplicate(short, others) { "the case {short} is also in another file: {others}", "案卷 {short} 还出现在另一个文件：{others}" }
        after_a_merge() { "a merge kept both sides, or the file was copied", "可能是合并时两边都留下了，或文件被复制过" }
        mend_joins(short) {
            "`fb mend {short}` merges them into one file with the events of both",
            "`fb mend {short}` 会把它们合并成一个文件，两边的记录都保留"
        }
        same_external(external, others) {
            "another case was also imported as `{external}`: {others}",
            "另有案卷也以 `{external}` 导入：{others}"
        }
        imported_twice() { "the same sheet may have been imported in two clones", "可能是同一张表在两个克隆里各导入了一次" }
        link_them() {
            "if they are the same case, void one of them: `fb void ID --of OTHER --reason …`",
            "如果是同一件，请作废其中一件：`fb void 编号 --of 另一件 --reason …`"
        }
        same_order(other) { "{other} is of the same customer and order", "{other} 是同一客户的同一订单" }
        same_title(other) { "{other} is of the same customer and has the same title", "{other} 是同一客户的案卷，标题也相同" }
        void_it(short, other) {
            "if it was entered twice: `fb void {short} --of {other} --reason …`",
            "如果是重复登记：`fb void {short} --of {other} --reason …`"
        }
        link_it(short, other) {
            "if both are needed, add {other} to the `links:` of {short}: `fb edit {short}`",
            "如果确是两件，请在 {short} 的 `links:` 里写上 {other}：`fb edit {short}`"
        }
    }
}

/// Cases that are in more than one file; each of the files is reported.
pub(super) fn duplicate_id<'a>(context: &LedgerContext<'_, 'a>) -> Vec<Flaw<'a>> {
    let cases = context.input.cases;
    let mut files: HashMap<&Id, Vec<&Found>> = HashMap::with_capacity(cases.len());
    for found in cases {
        files.entry(&found.case.id).or_default().push(found);
    }
    let several = files.into_values().filter(|files| files.len() > 1);
    several.flat_map(|files| files.iter().map(|one| in_several(one, &files)).collect::<Vec<_>>()).collect()
}

fn in_several<'a>(one: &'a Found, files: &[&'a Found]) -> Flaw<'a> {
    let others = files.iter().filter(|other| other.path != one.path);
    let others = common::first_of(others.map(|other| other.path.display().to_string()), files.len() - 1);
    let message = say::duplicate(one.case.id.short(), others);
    Code::DuplicateId
        .of(one, Spot::IntakeValue("id"), message)
        .note(say::after_a_merge())
        .help(say::mend_joins(one.case.id.short()))
}

/// Cases that look like a second entry of the one before: of the same customer and order, or customer and title.
pub(super) fn duplicate<'a>(context: &LedgerContext<'_, 'a>) -> Vec<Flaw<'a>> {
    let mut alike: HashMap<SameMatter<'a>, Vec<&'a Found>> = HashMap::new();
    for found in context.input.cases.iter().filter(|found| !found.case.is_void()) {
        for matter in found.case.matters() {
            alike.entry(matter).or_default().push(found);
        }
    }
    let mut pairs: HashMap<(&Id, &Id), Flaw<'a>> = HashMap::new();
    for mut cases in alike.into_values().filter(|cases| cases.len() > 1) {
        cases.sort_by_key(|found| (found.case.received_at(), &found.case.id));
        for (before, found) in cases.iter().zip(&cases[1..]) {
            if let Some(matter) = found.case.doubled_by(&before.case) {
                pairs
                    .entry((&before.case.id, &found.case.id))
                    .or_insert_with(|| double(found, before, matter));
            }
        }
    }
    pairs.into_values().collect()
}

fn double<'a>(found: &'a Found, before: &Found, matter: SameMatter<'_>) -> Flaw<'a> {
    let (short, other) = (found.case.id.short(), before.case.id.short());
    let (key, message) = match matter {
        SameMatter::Order(..) => ("order", say::same_order(before.case.id.as_str())),
        SameMatter::Title(..) => ("title", say::same_title(before.case.id.as_str())),
    };
    Code::Duplicate
        .of(found, Spot::IntakeValue(key), message)
        .help(say::void_it(short, other))
        .help(say::link_it(short, before.case.id.as_str()))
}

/// Cases that were imported from the same row, such as in two clones; not void ones, nor those of which one links to the
/// other.
pub(super) fn same_external<'a>(context: &LedgerContext<'_, 'a>) -> Vec<Flaw<'a>> {
    let mut imported: HashMap<&str, Vec<&Found>> = HashMap::new();
    for found in context.input.cases.iter().filter(|found| !found.case.is_void()) {
        if let Some(external) = &found.case.external {
            imported.entry(external).or_default().push(found);
        }
    }
    imported
        .into_iter()
        .filter(|(_, cases)| cases.len() > 1)
        .flat_map(|(word, cases)| of_cluster(word, &cases))
        .collect()
}

/// A finding for each case of a cluster. A cluster may have all cases: no finding lists all the others.
fn of_cluster<'a>(external: &str, cases: &[&'a Found]) -> Vec<Flaw<'a>> {
    let mut ids: Vec<&Id> = cases.iter().map(|found| &found.case.id).collect();
    ids.sort_by_key(|id| (id.short(), id.as_str()));
    ids.dedup();
    let there: HashSet<&str> = ids.iter().map(|id| id.as_str()).collect();
    // For each case, itself and the cases that are linked to it.
    let mut belong: HashMap<&str, HashSet<&str>> =
        ids.iter().map(|id| (id.as_str(), HashSet::from([id.as_str()]))).collect();
    for found in cases {
        let own = found.case.id.as_str();
        for link in found.case.family().filter_map(|link| there.get(link).copied()) {
            belong.entry(own).or_default().insert(link);
            belong.entry(link).or_default().insert(own);
        }
    }
    let mut flaws = Vec::new();
    for found in cases {
        let Some(linked) = belong.get(found.case.id.as_str()) else { continue };
        let count = ids.len() - linked.len();
        if count == 0 {
            continue;
        }
        let others = ids.iter().filter(|id| !linked.contains(id.as_str())).map(|id| id.short());
        let message = say::same_external(external, common::first_of(others, count));
        let flaw = Code::SameExternal.of(found, Spot::IntakeValue("external"), message);
        flaws.push(flaw.note(say::imported_twice()).help(say::link_them()));
    }
    flaws
}

/// Events that are equal to one above them: figures that count events would count them twice.
pub(super) fn repeated(found: &Found) -> Vec<Flaw<'_>> {
    let history = &found.case.history;
    let flaw = |at: usize| {
        let name = history[at].name.word();
        Code::Repeated.of(found, Spot::EventValue(at, name), say::repeated(name)).help(say::take_one_out())
    };
    repeats(&found.case).into_iter().map(flaw).collect()
}

/// The places of these events in the history, in order.
pub(crate) fn repeats(case: &Case) -> Vec<usize> {
    let mut order: Vec<(Timestamp, EventName, usize)> =
        case.history.iter().enumerate().map(|(at, event)| (event.at.instant(), event.name, at)).collect();
    order.sort_unstable();
    let mut repeats = Vec::new();
    for alike in order.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1)) {
        if let [_, _, ..] = alike {
            let mut above = HashSet::with_capacity(alike.len());
            for (_, _, at) in alike {
                if !above.insert(meaning(&case.history[*at])) {
                    repeats.push(*at);
                }
            }
        }
    }
    repeats.sort_unstable();
    repeats
}

/// Everything in an event except its name and its instant; the order of keys and the offset of stamps make no difference.
fn meaning(event: &Event) -> String {
    let said = |(field, value): &(Field, Value)| match value {
        Value::Moment(stamp) => format!("{field:?} {}", stamp.instant()),
        value => format!("{field:?} {value:?}"),
    };
    let mut payload: Vec<String> = event.payload.iter().map(said).collect();
    payload.sort_unstable();
    let mut unknown: Vec<&String> = event.unknown.iter().collect();
    unknown.sort_unstable();
    format!("{:?} {:?} {payload:?} {unknown:?}", event.by, event.recorded.map(|stamp| stamp.instant()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::casefile;

    fn repeated(events: &str) -> Vec<usize> {
        let head = "id: 20261122-7k3q9x\nkind: complaint\ntitle: x\nchannel: hotline\nhistory:\n  \
            - received: 2026-11-22T09:30:00+08:00\n";
        let case = casefile::read(format!("{head}{events}").as_bytes(), Path::new("x.yaml")).unwrap();
        repeats(&case)
    }

    #[test]
    fn all_that_an_event_says_makes_it_that_event() {
        let answer =
            "  - followed-up: 2026-11-23T09:00:00+08:00\n    by: li\n    outcome: satisfied\n    score: 5\n";
        for (other, same) in [
            (answer.to_owned(), true),
            (answer.replace("09:00:00+08:00", "01:00:00Z"), true),
            (
                "  - followed-up: 2026-11-23T09:00:00+08:00\n    score: 5\n    outcome: satisfied\n    by: li\n"
                    .to_owned(),
                true,
            ),
            (answer.replace("score: 5", "score: 4"), false),
            (answer.replace("by: li", "by: wu"), false),
            (answer.replace("09:00:00", "09:00:01"), false),
            (answer.replace("    score: 5\n", ""), false),
            (answer.replace("followed-up", "surveyed").replace("    outcome: satisfied\n", ""), false),
        ] {
            assert_eq!(repeated(&format!("{answer}{other}")), if same { vec![2] } else { vec![] }, "{other}");
        }
    }

    #[test]
    fn a_hundred_thousand_events_of_one_instant_are_compared_in_proportion() {
        // Compared pair by pair these were five thousand million comparisons.
        let note = |n: usize| format!("  - noted: 2026-11-22T10:00:00+08:00\n    note: n{n}\n");
        let notes: String = (0..100_000).map(note).collect();
        assert_eq!(repeated(&format!("{notes}{}", note(7))), [100_001]);
    }
}
