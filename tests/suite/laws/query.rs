//! A query: a set of cases, whatever the order of its terms; a `-` takes the set that is left.
//!
//! The input: a term a line.

use std::sync::OnceLock;

use fb::case::Case;
use fb::error::{Exit, Result};
use fb::policy::{PLAIN_CALENDAR, Preset, RuleBook};
use fb::query::{Query, QueryContext};
use fb::view::{Horizon, View};
use jiff::Timestamp;

use super::case_of;

const SHOP: &str =
    "[shop]\nname = \"x\"\ntimezone = \"Asia/Shanghai\"\n[people.\"li.na\"]\nrole = \"agent\"\n";

const CASES: [&str; 5] = [
    "id: 20261101-aaaaaa\nkind: complaint\ntitle: 茶杯碎了\nchannel: hotline\norder: E1\nhistory:\n  - received: 2026-11-01T09:00:00+08:00\n",
    "id: 20261102-aaabbb\nkind: praise\ntitle: 谢谢\nchannel: email\ncustomer: {key: c-1, tier: gold}\ntags: [a, b]\nhistory:\n  - received: 2026-11-02T09:00:00+08:00\n  - forwarded: 2026-11-02T10:00:00+08:00\n    to: li.na\n",
    "id: 20261103-ccc000\nkind: complaint\ntitle: Late\ndescription: 说明：14:30\nchannel: form\nproduct: 青瓷茶杯\nlinks: [20261101-aaaaaa]\nhistory:\n  - received: 2026-11-03T09:00:00+08:00\n  - triaged: 2026-11-03T09:30:00+08:00\n    category: product/quality\n    urgency: urgent\n    justified: true\n  - assigned: 2026-11-03T10:00:00+08:00\n    owner: li.na\n    department: quality\n    due: 2026-11-04T10:00:00+08:00\n",
    "id: 20261104-ddd000\nkind: inquiry\ntitle: t\nchannel: chat\nexternal: X9\nhistory:\n  - received: 2026-11-04T09:00:00+08:00\n  - escalated: 2026-11-05T09:00:00+08:00\n    reason: r\n    level: manager\n  - diagnosed: 2026-11-05T10:00:00+08:00\n    cause: Wrong Label\n    responsible: carrier\n  - waiting: 2026-11-05T11:00:00+08:00\n    reason: asked\n",
    "id: 20261105-eee000\nkind: complaint\ntitle: u\nchannel: phone\nhistory:\n  - received: 2026-11-05T09:00:00+08:00\n  - resolved: 2026-11-06T09:00:00+08:00\n    remedy: refund\n  - followed-up: 2026-11-07T09:00:00+08:00\n    outcome: dissatisfied\n  - resolved: 2026-11-08T09:00:00+08:00\n  - followed-up: 2026-11-09T09:00:00+08:00\n    outcome: satisfied\n",
];

/// The shop, its cases and the instant that is asked about.
struct World {
    book: RuleBook,
    cases: Vec<Case>,
    now: Timestamp,
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(|| {
        let preset = Preset::of("ecommerce").unwrap();
        let shop = ("fb.toml".into(), format!("{SHOP}{}", preset.shop));
        let calendar = ("calendar/office.toml".into(), PLAIN_CALENDAR.to_owned());
        let policy = ("policy/base.toml".into(), preset.undated());
        World {
            book: RuleBook::read(&shop, &[calendar], &[policy]).unwrap(),
            cases: CASES.map(case_of).to_vec(),
            now: "2026-11-12T10:00:00+08:00".parse().unwrap(),
        }
    })
}

pub fn holds(input: &[u8]) {
    let Ok(input) = std::str::from_utf8(input) else { return };
    let terms: Vec<String> = input.lines().map(str::to_owned).collect();
    let world = world();
    let cases: Vec<&Case> = world.cases.iter().collect();
    let view = View::of(&cases, &world.book, Horizon::at(world.now));
    let me = || Ok("li.na".to_owned());
    let ground = QueryContext { book: &world.book, cases: &cases, now: world.now, me: &me };
    let meant = |terms: &[String]| -> Result<Vec<bool>> {
        let query = Query::parse(terms, &ground)?;
        assert!(view.cases.iter().all(|case| query.holds(case) || !query.fits(case)));
        Ok(view.cases.iter().map(|case| query.holds(case)).collect())
    };
    let all = match meant(&terms) {
        Ok(all) => all,
        Err(error) => {
            assert_eq!(error.exit, Exit::Refused);
            assert!(!error.message.to_string().is_empty() && !error.hints.is_empty(), "{error:?}");
            return;
        }
    };
    let turned: Vec<String> = terms.iter().rev().chain(&terms).cloned().collect();
    assert_eq!(
        meant(&turned).unwrap(),
        all,
        "the order of the terms, or a term twice, makes a difference: {terms:?}"
    );
    let each: Vec<Vec<bool>> = terms.iter().map(|term| meant(std::slice::from_ref(term)).unwrap()).collect();
    for (at, all) in all.iter().enumerate() {
        assert!(*all || !each.iter().all(|of| of[at]), "a case that fits every term does not fit: {terms:?}");
    }
    for (term, of) in terms.iter().zip(&each) {
        let term = term.trim();
        if !term.is_empty() && term != "all" && !term.starts_with(['-', '!']) {
            let rest: Vec<bool> = of.iter().map(|fits| !fits).collect();
            assert_eq!(meant(&[format!("-{term}")]).unwrap(), rest, "{term:?}");
        }
    }
}
