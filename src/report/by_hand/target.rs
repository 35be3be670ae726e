use serde_json::Value;

use super::{at_end, book, cases, period, shorts};
use crate::case::Case;
use crate::policy::RuleBook;
use crate::policy::example::SHOP;
use crate::report::{TargetFigures, target_figures};

const ONLINE: &str = "
[[target]]
name   = 'online'
when   = { channel = 'chat' }
to     = 'resolved'
within = '24h'
share  = 0.7
";

fn october<T>(rules: &str, lines: &[&str], seen: impl FnOnce(&[TargetFigures<'_>]) -> T) -> T {
    let (book, cases) = (book(rules), cases(lines));
    let cases: Vec<&Case> = cases.iter().collect();
    let period = period("2026-10", &book);
    seen(&target_figures(&at_end(&cases, &book, &period), &period))
}

#[test]
fn the_share_of_those_resolved_in_the_period() {
    let lines = [
        // At the limit
        "aaaaaa complaint channel=chat; received 10-12T09:00; resolved 10-13T09:00",
        "bbbbbb complaint channel=chat; received 10-12T09:00; resolved 10-13T09:01",
        // By phone; in November; not at all
        "cccccc complaint channel=phone; received 10-12T09:00; resolved 10-12T10:00",
        "dddddd complaint channel=chat; received 10-31T23:00; resolved 11-01T00:00",
        "eeeeee complaint channel=chat; received 10-12T09:00",
        // Resolved in time, and again: the last one counts
        "ffffff complaint channel=chat; received 10-12T09:00; resolved 10-12T10:00; closed 10-12T11:00; \
         reopened 10-14T09:00 reason=again; resolved 10-14T10:00",
    ];
    october(ONLINE, &lines, |targets| {
        let online = &targets[0];
        assert_eq!(
            (shorts(&online.within), shorts(&online.beyond)),
            ("aaaaaa".to_owned(), "bbbbbb ffffff".to_owned())
        );
        assert_eq!((online.share(), online.kept()), (Some(1.0 / 3.0), Some(false)));
    });
    october(&ONLINE.replace("0.7", "0.5"), &lines[..2], |targets| {
        assert_eq!((targets[0].share(), targets[0].kept()), (Some(0.5), Some(true)));
    });
}

#[test]
fn what_needs_a_year_that_the_calendar_lacks_is_told_apart() {
    let rules = ONLINE.replace("24h", "5000wh");
    october(
        &rules,
        &["aaaaaa complaint channel=chat; received 10-12T09:00; resolved 10-13T09:00"],
        |targets| {
            let json = Value::from(targets[0].table().object(true));
            assert_eq!((&json["n"], &json["unknown"], &json["share"]), (&1.into(), &1.into(), &Value::Null));
            assert!(json["cases"]["unknown"][0].as_str().unwrap().ends_with("-aaaaaa"), "{json}");
        },
    );
}

#[test]
fn nothing_measured_is_neither_kept_nor_missed() {
    october(ONLINE, &["eeeeee complaint channel=chat; received 10-12T09:00"], |targets| {
        assert_eq!((targets[0].counted.n(), targets[0].share(), targets[0].kept()), (0, None, None));
        let json = Value::from(targets[0].table().object(false));
        assert!(json["share"].is_null() && json["kept"].is_null(), "{json}");
    });
    assert_eq!(october("title = 'rules'", &[], |targets| targets.len()), 0);
}

#[test]
fn another_event_ends_the_time_the_first_time_it_comes_after_the_begin() {
    let rules = "
[[target]]
name   = 'call'
from   = 'triaged'
to     = 'contacted'
within = '2wh'
share  = 1
";
    let lines = [
        // Contacted before it was triaged, and 2 working hours after: 11:00 to 12:00, 13:30 to 14:30
        "aaaaaa complaint; received 10-12T09:00; contacted 10-12T10:00; triaged 10-12T11:00; contacted 10-12T14:30; \
         contacted 10-12T18:00",
        "bbbbbb complaint; received 10-12T09:00; triaged 10-12T11:00; contacted 10-12T14:31",
        "cccccc complaint; received 10-12T09:00; contacted 10-12T10:00",
    ];
    october(rules, &lines, |targets| {
        let call = &targets[0];
        assert_eq!((shorts(&call.within), shorts(&call.beyond)), ("aaaaaa".to_owned(), "bbbbbb".to_owned()));
    });
}

#[test]
fn the_objectives_of_the_rules_up_to_the_end_are_told_the_newest_first() {
    let target =
        |name: &str| format!("[[target]]\nname = '{name}'\nto = 'resolved'\nwithin = '24h'\nshare = 0.7\n");
    let file = |stem: &str, text: String| (format!("policy/{stem}.toml").into(), text);
    let files = [file("base", target("a") + &target("b")), file("2026-11-01", target("c") + &target("b"))];
    let book = RuleBook::read(&("fb.toml".into(), SHOP.to_owned()), &[], &files).unwrap();
    for (word, names) in [("2026-10", "a b"), ("2026-11", "c b a")] {
        let period = period(word, &book);
        let found = target_figures(&at_end(&[], &book, &period), &period);
        assert_eq!(found.iter().map(|target| target.name).collect::<Vec<_>>().join(" "), names, "{word}");
    }
}

#[test]
fn everything_that_is_wrong_with_a_target_is_told_at_its_place() {
    let rules = "[[target]]\nname = 'a'\nto = 'resolvd'\nwithin = '24'\nshare = 70\nstop = ['resolved']\n\
                 [[target]]\nname = 'b'\nto = 'resolved'\nwithin = '1h'\n\
                 [[target]]\nname = 'c'\nto = 'resolved'\nwithin = '1h'\nshare = 0\n\
                 [[target]]\nname = 'c'\nto = 'resolved'\nwithin = '1h'\nshare = 1\n";
    let file = |path: &str, text: &str| (std::path::PathBuf::from(path), text.to_owned());
    let shop = file("fb.toml", "[shop]\nname = \"s\"\ntimezone = \"UTC\"\n");
    let found = RuleBook::read(&shop, &[], &[file("policy/base.toml", rules)]).unwrap_err();
    let mut told: Vec<String> = found
        .iter()
        .map(|finding| {
            format!("{}:{} {}", finding.place.line.unwrap(), finding.place.column.unwrap(), finding.message)
        })
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            "16:1 two targets are called `c`",
            "3:6 there is no event or milestone `resolvd`",
            "4:10 `24` is not a time limit",
            "5:9 `share` must be between 0 and 1, such as 0.75",
            "6:1 `stop` is not a key of [[target]]",
            "7:1 [[target]] needs `share`",
        ]
    );
}
