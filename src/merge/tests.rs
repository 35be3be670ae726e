//! Expected files are written by hand; the laws are checked on generated histories with many ties.

use std::path::Path;

use proptest::prelude::*;

use super::{MergeSide, Merged, Outcome, merge};
use crate::case::Field;

const INTAKE: &str = "id: 20261122-7k3q9x\nkind: complaint\ntitle: 茶杯碎了\nchannel: hotline\n";
const RECEIVED: &str = "  - received: 2026-11-22T09:00:00+08:00\n    by: li.na\n";
const TRIAGED: &str = "  - triaged: 2026-11-22T10:00:00+08:00\n    by: li.na\n    category: service/sale\n    urgency: general\n";

fn file(intake: &str, events: &[&str]) -> String {
    format!("{intake}history:\n{RECEIVED}{}", events.concat())
}

fn noted(minute: u32, note: &str) -> String {
    format!("  - noted: 2026-11-22T11:{minute:02}:00+08:00\n    by: wu\n    note: {note}\n")
}

#[track_caller]
fn merged(base: Option<&str>, ours: &str, theirs: &str) -> Merged {
    let path = Path::new("cases/new/20261122-7k3q9x.yaml");
    let one = merge(base, ours, theirs, path).unwrap();
    assert_eq!(one, merge(base, theirs, ours, path).unwrap(), "the sides make a difference");
    match one {
        Outcome::Merged(merged) => *merged,
        Outcome::Collision(side) => panic!("{side:?}"),
    }
}

#[test]
fn both_append() {
    let base = file(INTAKE, &[TRIAGED]);
    let (a, b, c) = (noted(1, "a"), noted(2, "b"), noted(3, "c"));
    let done = merged(Some(&base), &file(INTAKE, &[TRIAGED, &a, &c]), &file(INTAKE, &[TRIAGED, &b]));
    assert_eq!(done.text, file(INTAKE, &[TRIAGED, &a, &b, &c]));
    assert!(done.findings.is_empty());
    assert_eq!(done.case.history.len(), 5);
}

#[test]
fn the_same_event_in_another_form_is_kept_once_with_its_comment() {
    let base = file(INTAKE, &[]);
    let commented = "  - by: 'li.na'\n    triaged: 2026-11-22T10:00:00+08:00 # by phone\n    urgency: general\n    \
                     category: service/sale\n";
    let done = merged(Some(&base), &file(INTAKE, &[TRIAGED]), &file(INTAKE, &[commented]));
    assert_eq!(done.text, file(INTAKE, &[commented]));
}

#[test]
fn no_comment_of_either_side_is_lost() {
    let (a, b) = (noted(1, "a"), noted(2, "b"));
    let base = format!("# old\n{}# gone\n", file(INTAKE, &[TRIAGED]));
    let says = |title: &str, triaged: &str, event: &str, tail: &str| {
        let intake = INTAKE.replace("茶杯碎了\n", &format!("茶杯碎了{title}\n"));
        let events = [&TRIAGED.replace("general\n", &format!("general{triaged}\n")), event];
        format!("{}# {tail}\n", file(&intake, &events))
    };
    let ours = says(" # ours of the title", " # by phone", &a, "ours");
    let theirs = format!("# old\n{}", says(" # theirs", " # by mail, twice", &b, "theirs # 2"));
    let done = merged(Some(&base), &ours, &theirs);
    let at_the_end = "# theirs # 2\n# by phone\n# ours\n# theirs\n";
    assert_eq!(
        done.text,
        format!(
            "{}{at_the_end}",
            file(
                &INTAKE.replace("茶杯碎了", "茶杯碎了 # ours of the title"),
                &[&TRIAGED.replace("general\n", "general # by mail, twice\n"), &a, &b]
            )
        )
    );
    // Again, and with what one side removed.
    assert_eq!(merged(Some(&base), &done.text, &theirs).text, done.text);
    let words = says("", "", &a, "ours").replace("title: 茶杯碎了", "title: \"cup #3\"");
    let done = merged(Some(&base), &words, &says("", "", &b, "ours"));
    assert!(done.text.ends_with("    note: b\n# ours\n"), "{}", done.text);
}

#[test]
fn the_same_step_with_another_stamp_or_offset_is_another_event() {
    let base = file(INTAKE, &[]);
    let elsewhere = TRIAGED.replace("T10:00:00+08:00", "T03:00:00+01:00");
    let done = merged(Some(&base), &file(INTAKE, &[TRIAGED]), &file(INTAKE, &[&elsewhere]));
    assert_eq!(done.text, file(INTAKE, &[&elsewhere, TRIAGED]), "of one instant, by what they say");
}

#[test]
fn what_one_side_alone_wrote_is_taken_byte_for_byte() {
    let base = file(INTAKE, &[TRIAGED]);
    let late = noted(1, "late");
    let theirs = format!("# mine\n{}", file(INTAKE, &[&late, TRIAGED]).replace('\n', "\r\n"));
    assert_eq!(merged(Some(&base), &base, &theirs).text, theirs);
    assert_eq!(merged(None, &theirs, &theirs).text, theirs);
}

#[test]
fn a_removed_event_stays_and_is_reported() {
    let (a, b) = (noted(1, "a"), noted(2, "b"));
    let base = file(INTAKE, &[TRIAGED, &a]);
    for other in [base.clone(), file(INTAKE, &[TRIAGED, &a, &b])] {
        let done = merged(Some(&base), &file(INTAKE, &[TRIAGED]), &other);
        assert_eq!(done.text, other);
        assert_eq!(done.findings.len(), 1);
        assert!(done.findings[0].message.to_string().contains("noted"), "{:?}", done.findings);
    }
    let both = merged(Some(&base), &file(INTAKE, &[TRIAGED]), &file(INTAKE, &[TRIAGED]));
    assert_eq!(both.text, file(INTAKE, &[TRIAGED]), "both sides took it out");
}

#[test]
fn a_correction_stands() {
    let (a, b) = (noted(1, "a"), noted(2, "b"));
    let base = file(INTAKE, &[TRIAGED, &a]);
    let urgent = TRIAGED.replace("general", "urgent");
    let done = merged(Some(&base), &file(INTAKE, &[&urgent, &a]), &file(INTAKE, &[TRIAGED, &a, &b]));
    assert_eq!(done.text, file(INTAKE, &[&urgent, &a, &b]));
    assert!(done.findings.is_empty());
    let important = TRIAGED.replace("general", "important");
    let done = merged(Some(&base), &file(INTAKE, &[&urgent, &a]), &file(INTAKE, &[&important, &a]));
    assert_eq!(done.text, file(INTAKE, &[&important, &urgent, &a]), "both corrections are kept");
}

#[test]
fn keys_that_one_side_changed_stand() {
    let base = file(&format!("{INTAKE}customer:\n  name: 王\n  tier: gold\norder: A1\n"), &[]);
    let ours = base.replace("茶杯碎了", "茶杯裂了 # as told").replace("  tier: gold\n", "");
    let theirs =
        base.replace("name: 王", "name: 王女士").replace("order: A1\n", "order: A1\nproduct: 茶杯\n");
    let done = merged(Some(&base), &ours, &theirs);
    let intake = INTAKE.replace("茶杯碎了", "茶杯裂了 # as told");
    assert_eq!(
        done.text,
        file(&format!("{intake}customer:\n  name: 王女士\norder: A1\nproduct: 茶杯\n"), &[])
    );
    assert!(done.findings.is_empty());
}

#[test]
fn of_a_key_that_both_changed_the_later_is_kept_and_the_other_is_noted() {
    let base = file(INTAKE, &[]);
    let ours = file(&INTAKE.replace("茶杯碎了", "杯盖碎了"), &[]);
    let a = noted(1, "a");
    let theirs = file(&INTAKE.replace("茶杯碎了", "茶壶碎了"), &[&a]);
    let done = merged(Some(&base), &ours, &theirs);
    let kept = "  - noted: 2026-11-22T11:01:00+08:00\n    note: \"merge: title was also: 杯盖碎了\"\n";
    assert_eq!(done.text, file(&INTAKE.replace("茶杯碎了", "茶壶碎了"), &[&a, kept]));
    assert_eq!(done.findings.len(), 1);
    let again = merged(Some(&base), &ours, &done.text);
    assert_eq!(again.text, done.text, "it is noted once");
}

#[test]
fn what_is_noted_of_a_customer_is_masked_as_the_customer_is() {
    let of = |name: &str| file(&format!("{INTAKE}customer:\n  name: {name}\n"), &[]);
    let done = merged(Some(&of("王")), &of("李清照"), &of("欧阳修"));
    let note = done.case.history.last().unwrap().text(Field::Note).unwrap();
    assert!(note.ends_with("李清照") || note.ends_with("欧阳修"), "{note}");
    let seen = crate::privacy::masked(note);
    assert!(seen.ends_with("李**") || seen.ends_with("欧**"), "{seen}");
}

#[test]
fn a_receipt_that_both_corrected_is_kept_once() {
    let base = file(INTAKE, &[]);
    let (ours, theirs) = (base.replace("T09:00", "T09:01"), base.replace("T09:00", "T09:02"));
    let done = merged(Some(&base), &ours, &theirs);
    assert!(done.text.starts_with(&theirs), "{}", done.text);
    assert_eq!(done.case.history.len(), 2);
    assert!(done.text.contains("merge: received was also"), "{}", done.text);
}

#[test]
fn two_cases_with_one_id_are_a_collision() {
    let ours = file(INTAKE, &[]);
    let theirs = ours.replace("茶杯碎了", "发错货").replace("T09:00", "T09:30");
    let path = Path::new("x.yaml");
    assert_eq!(merge(None, &ours, &theirs, path).unwrap(), Outcome::Collision(MergeSide::Theirs));
    assert_eq!(merge(None, &theirs, &ours, path).unwrap(), Outcome::Collision(MergeSide::Ours));
    let same_minute = ours.replace("茶杯碎了", "发错货");
    assert!(matches!(merge(None, &ours, &same_minute, path).unwrap(), Outcome::Collision(_)));
}

#[test]
fn indentation_and_line_ends_follow_the_later_file() {
    let (a, b) = (noted(1, "a"), noted(2, "b"));
    let ours = file(INTAKE, &[&a]);
    let flat = file(INTAKE, &[&b]).replace("\n  ", "\n").replace('\n', "\r\n");
    let done = merged(Some(&file(INTAKE, &[])), &ours, &flat);
    assert_eq!(done.text, file(INTAKE, &[&a, &b]).replace("\n  ", "\n").replace('\n', "\r\n"));
}

#[test]
fn events_of_one_stamp_stay_in_the_order_of_their_file() {
    let at = |name: &str, more: &str| format!("  - {name}: 2026-11-22T11:02:00+08:00\n    {more}\n");
    let assigned = |owner: &str| at("assigned", &format!("owner: {owner}"));
    let (bob, back, zed) = (assigned("bob"), at("returned", "reason: not ours"), assigned("zed"));
    let base = file(INTAKE, &[&bob]);
    let ours = file(INTAKE, &[&bob, &back, &zed]);
    let note = noted(1, "called");
    let theirs = file(INTAKE, &[&bob, &note]);
    let expected = file(INTAKE, &[&note, &bob, &back, &zed]);
    assert_eq!(merged(Some(&base), &ours, &theirs).text, expected);
    assert_eq!(merged(Some(&base), &theirs, &ours).text, expected);
}

#[test]
fn what_cannot_be_taken_apart_is_left() {
    let ours = file(INTAKE, &[&noted(1, "a")]);
    let flow = format!("{INTAKE}history: [{{received: 2026-11-22T09:00:00+08:00, by: li.na}}]\n");
    assert!(merge(None, &ours, &flow, Path::new("x.yaml")).is_err());
    assert!(merge(None, &ours, "<<<<<<< ours\n", Path::new("x.yaml")).is_err());
}

/// Events at three instants of five kinds, some of them the same, in any order.
fn drawn() -> impl Strategy<Value = Vec<String>> {
    const NAMES: [&str; 5] = ["noted", "contacted", "waiting", "resumed", "accepted"];
    let event = (0..3u32, 0..5usize, 0..2u32, any::<bool>()).prop_map(|(minute, name, says, quoted)| {
        let (name, key) = (NAMES[name], if NAMES[name] == "waiting" { "reason" } else { "note" });
        let says = if quoted { format!("\"{says}\" # {minute}") } else { says.to_string() };
        format!("  - {name}: 2026-11-22T11:{minute:02}:00+08:00\n    {key}: {says}\n")
    });
    prop::collection::vec(event, 0..6)
}

fn history(events: &[String]) -> String {
    file(INTAKE, &events.iter().map(String::as_str).collect::<Vec<_>>())
}

proptest! {
    /// Each clone added to what all had.
    #[test]
    fn the_union_is_commutative_associative_and_idempotent(
        base in drawn(), a in drawn(), b in drawn(), c in drawn(),
    ) {
        let of = |who: &str, events: &[String]| -> Vec<String> {
            let own = |key: &str| (format!("{key}: "), format!("{key}: {who}"));
            let [note, reason] = [own("note"), own("reason")];
            events.iter().map(|event| event.replace(&note.0, &note.1).replace(&reason.0, &reason.1)).collect()
        };
        let grown = |who: &str, more: &[String]| history(&[base.clone(), of(who, more)].concat());
        let [a, b, c] = [grown("a", &a), grown("b", &b), grown("c", &c)];
        let join = |one: &str, other: &str| merged(None, one, other).text;
        let left = join(&join(&a, &b), &c);
        prop_assert_eq!(&left, &join(&a, &join(&b, &c)));
        prop_assert_eq!(&left, &join(&c, &join(&b, &a)));
        prop_assert_eq!(&join(&a, &a), &a);
        prop_assert_eq!(&join(&left, &b), &left);
    }

    /// By counting: each line that says what an event is occurs as often as in the side that has it most often.
    #[test]
    fn no_event_is_lost_and_none_is_doubled(base in drawn(), a in drawn(), b in drawn()) {
        let grown = |more: &[String]| history(&[&base[..], more].concat());
        let (ours, theirs) = (grown(&a), grown(&b));
        let done = merged(Some(&history(&base)), &ours, &theirs);
        let plain = |text: &str| text.replace(" # 0", "").replace(" # 1", "").replace(" # 2", "").replace('"', "");
        let counted = |text: &str, event: &str| plain(text).matches(&plain(event)).count();
        for event in base.iter().chain(&a).chain(&b) {
            let most = counted(&ours, event).max(counted(&theirs, event));
            prop_assert_eq!(counted(&done.text, event), most, "{}", event);
        }
        prop_assert!(done.findings.is_empty());
        let stamps: Vec<_> = done.case.history.iter().map(|event| event.at.instant()).collect();
        prop_assert!(ours == theirs || a.is_empty() || b.is_empty() || stamps.is_sorted());
    }
}
