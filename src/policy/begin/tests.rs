use jiff::civil::{Date, date};

use super::{Beginning, rules_before};
use crate::case::Kind;
use crate::policy::{CHINA_CALENDAR, File, HANDOVER, Preset, RuleBook, WAITING, example};

const DAY: Date = date(2026, 11, 1);

const LIMIT: &str = "[[clock]]\nname = 'contact'\nstart = 'received'\nstop = 'contacted'\nwithin = '48h'\n";

fn book(policies: &[(&str, &str)]) -> RuleBook {
    let policies: Vec<File> =
        policies.iter().map(|(stem, text)| (format!("policy/{stem}.toml").into(), (*text).into())).collect();
    RuleBook::read(&("fb.toml".into(), example::SHOP.into()), &[], &policies).unwrap()
}

#[test]
fn rules_begin_on_a_day_if_none_are_lost() {
    let before = rules_before(DAY, LIMIT).unwrap();
    for (policies, expected) in [
        (vec![("base", LIMIT)], Beginning::Possible),
        (vec![("base", LIMIT), ("2026-11-02", LIMIT)], Beginning::Possible),
        (vec![("base", LIMIT), ("2026-11-01", LIMIT)], Beginning::Followed(DAY)),
        (vec![("base", LIMIT), ("2027-01-01", LIMIT), ("2026-10-31", LIMIT)], {
            Beginning::Followed(date(2026, 10, 31))
        }),
        (vec![("base", &before), ("2026-11-01", LIMIT)], Beginning::Begun(DAY)),
        (vec![("base", ""), ("2026-12-01", LIMIT)], Beginning::Begun(date(2026, 12, 1))),
        (vec![("base", &before)], Beginning::NoLimits),
    ] {
        assert_eq!(book(&policies).beginning(DAY), expected, "{policies:?}");
    }
}

#[test]
fn whatever_rules_ask_for_is_a_limit() {
    for rules in [
        LIMIT,
        "[waiting]\nwithin = '3d'\n",
        "[needs.complaint]\nclosed = 'resolved'\n",
        "[approval.complaint]\nroles = ['manager']\n",
        "[[target]]\nname = 'online'\nwithin = '24h'\nto = 'resolved'\nshare = 0.7\n",
    ] {
        assert_eq!(book(&[("base", rules)]).beginning(DAY), Beginning::Possible, "{rules}");
    }
    for rules in ["title = 'none'\n", "[handover]\nstop = 'accepted'\n", "[milestones]\nagreed = 'agreed'\n"]
    {
        assert_eq!(book(&[("base", rules)]).beginning(DAY), Beginning::NoLimits, "{rules}");
    }
}

/// Of every rule book to start from: what a history is read with is the same as before, and nothing is asked for.
#[test]
fn histories_are_read_as_before_and_nothing_is_asked_of_them() {
    for preset in Preset::ALL {
        let shop = format!(
            "[shop]\nname = \"x\"\ntimezone = \"Asia/Shanghai\"\ncalendar = \"office\"\n\n{}",
            preset.shop
        );
        let own = preset.calendars.iter().map(|(file, text)| (*file, *text));
        let calendars: Vec<File> = [("office.toml", CHINA_CALENDAR)]
            .into_iter()
            .chain(own)
            .map(|(file, text)| (format!("calendar/{file}").into(), text.to_owned()))
            .collect();
        let text = preset.undated();
        let before = rules_before(DAY, &text).unwrap();
        let policies = [("policy/base.toml".into(), before.clone()), ("policy/2026-11-01.toml".into(), text)];
        let book = RuleBook::read(&("fb.toml".into(), shop), &calendars, &policies).unwrap();
        let (before, rules) = (book.on(date(2026, 10, 31)), book.on(DAY));
        assert_eq!(
            before.clocks.iter().map(|clock| clock.name.as_str()).collect::<Vec<_>>(),
            [WAITING, HANDOVER]
        );
        assert_eq!((before.needs.len(), before.targets.len(), before.clauses.len()), (0, 0, 0));
        assert!(Kind::ALL.iter().all(|kind| before.approvers(*kind).is_empty()));
        assert_eq!(format!("{:?}", before.escalation), format!("{:?}", rules.escalation));
        assert_eq!(format!("{:?}", before.milestones), format!("{:?}", rules.milestones));
        let ends = |rules: &crate::policy::Rules| rules.clocks.last().unwrap().stop.clone();
        assert_eq!(ends(before), ends(rules), "{}", preset.name);
        assert!(!rules.milestones.is_empty() && rules.clocks.len() > 2, "{}", preset.name);
        assert_eq!(before.title.to(crate::lang::Lang::Zh), "2026-11-01 之前不设时限");
    }
}
