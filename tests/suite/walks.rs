//! Each example walks through its rule book: what every clause asks for happens in one of its cases.
//!
//! The expectations are written by hand from the rule books, a line a way: the kind of case, then events in the order
//! in which they have to happen; between them may be others. `[field=value]` asks for a field of the event, of the
//! intake after the kind; a value that ends in `/` is the beginning of one, and a field without a value has to be there.

use std::fs;
use std::path::Path;

use fb::case::{Case, Event, EventName, Field};
use fb::ledger::text;

/// A clause, and the ways that show it.
type Clause = (&'static str, &'static [&'static str]);

/// The examples with their rule books' clauses.
const EXAMPLES: [(&str, &[Clause]); 5] = [
    ("teashop", ECOMMERCE),
    ("citywide", CITYWIDE),
    ("handbook", HANDBOOK),
    ("aftersales", AFTERSALES),
    ("servicedesk", SERVICEDESK),
];

const ECOMMERCE: &[Clause] = &[
    (
        "S0.4",
        &[
            "complaint[channel=review] received",
            "complaint[channel=survey] received",
            "complaint[channel=hotline] received",
            "complaint[channel=social] received",
            "complaint[channel=email] received",
            "suggestion[channel=form] received",
        ],
    ),
    ("S0.5", &["complaint triaged[category,urgency]", "suggestion triaged", "praise triaged"]),
    (
        "S0.5.1",
        &[
            "complaint[title,description,order,customer] contacted diagnosed[cause] resolved",
            "complaint triaged[complexity=complex] contacted diagnosed resolved",
            "complaint triaged[complexity=simple] contacted resolved",
        ],
    ),
    (
        "S0.5.2",
        &[
            "suggestion triaged[justified=true] proposed[text] contacted resolved",
            "suggestion triaged[justified=false] contacted rejected[reason]",
        ],
    ),
    ("S0.5.3", &["praise triaged forwarded[to]"]),
    (
        "S0.6",
        &[
            "improvement[links] proposed approved[as=manager] resolved marked[milestone=effect-confirmed] closed[lesson]",
        ],
    ),
    (
        "S0.7",
        &[
            "suggestion assigned[department=product] proposed",
            "suggestion assigned[department=marketing] proposed",
            "complaint assigned[department=service] resolved",
        ],
    ),
    (
        "S0.8.1",
        &[
            "complaint assigned[department=quality] resolved",
            "complaint assigned[department=warehouse] resolved",
        ],
    ),
    ("S0.8.2", &["complaint resolved surveyed[score]"]),
    (
        "S0.8.3",
        &[
            "complaint resolved followed-up[outcome=satisfied,score]",
            "complaint followed-up[outcome=dissatisfied] resolved followed-up[outcome=satisfied]",
            "complaint followed-up[outcome=unreached]",
        ],
    ),
];

const CITYWIDE: &[Clause] = &[
    (
        "S1.3",
        &[
            "complaint[channel=store] received",
            "complaint[channel=phone] received",
            "complaint[channel=letter] received[by=han.xue]",
        ],
    ),
    ("S1.4.1", &["complaint[customer,title,description] received"]),
    (
        "S1.4.2",
        &[
            "complaint triaged[justified=true] resolved",
            "complaint triaged[justified=false] contacted rejected[reason]",
        ],
    ),
    (
        "S1.4.3",
        &[
            "complaint assigned[department,owner] accepted diagnosed",
            "complaint assigned returned[reason] assigned",
        ],
    ),
    ("S1.4.4", &["complaint diagnosed[cause,responsible]"]),
    (
        "S1.4.5",
        &[
            "complaint[demand] proposed[remedy] approved[as=quality-lead] approved[as=manager] resolved",
            "complaint proposed declined[reason] proposed approved",
        ],
    ),
    ("S1.4.6", &["complaint contacted resolved[remedy] followed-up marked[milestone=party-dealt-with]"]),
    ("S1.4.7", &["complaint marked[milestone=evaluated] closed[lesson]"]),
    (
        "S1.5",
        &[
            "complaint assigned[department=technical] diagnosed",
            "complaint assigned[department=general-affairs] diagnosed",
            // The reaction to a limit that was missed
            "complaint assigned noted[by=tang.hai] proposed",
            "improvement[links] marked[milestone=carried-out] resolved marked[milestone=effect-confirmed] closed",
        ],
    ),
    ("S1.6.1", &["complaint diagnosed proposed marked[milestone=agreed]"]),
    ("S1.6.2", &["complaint diagnosed marked[milestone=reported] marked[milestone=signed-off,by=tang.hai]"]),
    (
        "S1.6.3",
        &[
            "complaint resolved followed-up[outcome=satisfied,note] closed",
            "complaint resolved followed-up[outcome=dissatisfied] proposed approved resolved followed-up[outcome=satisfied]",
            "complaint followed-up[outcome=satisfied] reopened[reason] resolved followed-up[outcome=satisfied]",
        ],
    ),
    (
        "S1.7",
        &[
            "violation triaged[category=violation/constitution] resolved",
            "violation triaged[category=violation/security] resolved",
            "violation triaged[category=violation/honour] resolved",
            "violation triaged[category=violation/ethnic] resolved",
            "violation triaged[category=violation/cult] resolved",
            "violation triaged[category=violation/rumour] resolved",
            "violation triaged[category=violation/obscenity] resolved",
            "violation triaged[category=violation/defamation] resolved",
            "violation triaged[category=violation/other] resolved",
            "violation triaged[urgency=urgent] marked[milestone=referred] escalated[level=external] closed",
        ],
    ),
    ("S1.8", &["inquiry marked[milestone=unsatisfied] escalated[level=supervisor] resolved"]),
];

const HANDBOOK: &[Clause] = &[
    (
        "S2.1",
        &[
            "complaint received diagnosed resolved followed-up[outcome=satisfied] closed",
            "complaint followed-up[outcome=dissatisfied] contacted resolved followed-up[outcome=satisfied]",
            "improvement[links] resolved marked[milestone=effect-confirmed] closed",
            "praise forwarded[to]",
        ],
    ),
    (
        "S2.2",
        &[
            "complaint[channel=hotline] triaged",
            "inquiry[channel=chat] triaged",
            "complaint[channel=email] triaged",
            "suggestion[channel=form] triaged",
            "complaint[channel=social] triaged",
            "complaint[channel=store] marked[milestone=forwarded-to-hub] triaged",
            "complaint[channel=survey] triaged",
            "complaint[channel=partner] marked[milestone=forwarded-to-hub] triaged",
        ],
    ),
    (
        "S2.3.1",
        &[
            "complaint triaged[category=product/,urgency=urgent] escalated[level=supervisor] contacted",
            "complaint triaged[category=service/,urgency=important]",
            "complaint triaged[category=price/,urgency=general]",
            "suggestion triaged[category=suggestion]",
            "praise triaged[category=praise]",
            "violation triaged[category=other]",
        ],
    ),
    (
        "S2.3.2",
        &[
            "complaint triaged[category,urgency,priority]",
            "complaint triaged marked[milestone=verified] rejected",
            "complaint triaged waiting[reason] resumed assigned",
        ],
    ),
    (
        "S2.4.1",
        &[
            "complaint triaged[category=product/] assigned[department=rnd]",
            "complaint triaged[category=product/quality] assigned[department=quality]",
            "complaint triaged[category=product/] assigned[department=product]",
            "complaint triaged[category=service/] assigned[department=business]",
            "complaint triaged[category=price/] assigned[department=marketing]",
            "complaint triaged[category=price/] assigned[department=finance]",
            "violation assigned[department=coordination]",
        ],
    ),
    (
        "S2.4.2",
        &[
            "complaint assigned[expects,due] accepted",
            "complaint assigned returned[reason] assigned accepted",
            "complaint assigned[department,with] accepted",
        ],
    ),
];

const AFTERSALES: &[Clause] = &[
    (
        "S3.1.1",
        &[
            "complaint triaged[urgency=urgent] escalated[level=supervisor] followed-up closed",
            "inquiry resolved closed",
        ],
    ),
    (
        "S3.1.2",
        &[
            "complaint received triaged accepted diagnosed[cause] resolved[remedy] followed-up[outcome] closed[lesson]",
        ],
    ),
    (
        "S3.1.3",
        &[
            "complaint assigned[department=technical] diagnosed[responsible]",
            "complaint assigned[department=aftersales] diagnosed[responsible]",
            "inquiry contacted[by=ning.jia] resolved[by=ning.jia]",
            "complaint assigned returned[reason] assigned accepted",
        ],
    ),
    (
        "S3.1.4",
        &[
            "complaint[product=key/] contacted diagnosed resolved",
            "complaint[tier=gold] contacted diagnosed resolved",
            "complaint triaged[complexity=simple] resolved",
            "complaint amended[complexity=complex] noted resolved",
            "improvement[links] marked[milestone=effect-confirmed]",
        ],
    ),
    (
        "S3.2.1",
        &[
            "complaint[channel=chat] triaged resolved",
            "complaint[channel=phone] triaged",
            "complaint[channel=email] triaged",
            "complaint[channel=social] triaged",
            "suggestion triaged[category=suggestion] closed",
            "praise forwarded",
        ],
    ),
    (
        "S3.2.2",
        &[
            "complaint received contacted proposed resolved",
            "complaint triaged[complexity=complex] assigned[department=technical] resolved closed",
            "complaint followed-up[outcome=dissatisfied] escalated proposed resolved followed-up[outcome=satisfied]",
        ],
    ),
];

const SERVICEDESK: &[Clause] = &[
    ("S4.4", &["complaint triaged[urgency=urgent] escalated[level=manager] contacted[by=liang.yi] resolved"]),
    (
        "S4.6",
        &[
            "complaint[customer,order,description] received marked[milestone=reported] resolved",
            "complaint received escalated[level=supervisor] resolved",
            "complaint followed-up[outcome=dissatisfied] resolved followed-up[outcome=satisfied]",
            "complaint assigned returned[reason] assigned[department=finance] resolved",
        ],
    ),
    (
        "S4.7",
        &[
            "complaint diagnosed proposed marked[milestone=confirmed] resolved followed-up closed[lesson]",
            "improvement[links] resolved marked[milestone=effect-confirmed] closed",
        ],
    ),
    (
        "S4.8",
        &[
            "complaint triaged[category=aftersale/return] resolved[remedy=refund]",
            "complaint triaged[category=aftersale/exchange] resolved[remedy=exchange]",
            "complaint triaged[category=aftersale/repair] resolved[remedy=repair]",
        ],
    ),
    (
        "S4.9",
        &[
            "complaint followed-up[outcome=satisfied,score]",
            "complaint triaged[category=service/attitude] diagnosed[responsible]",
            "praise forwarded[to]",
            "complaint surveyed[score]",
        ],
    ),
    ("S4.10", &["complaint[customer] received", "inquiry[customer] resolved"]),
];

#[test]
fn every_example_walks_through_its_rule_book() {
    let mut missing = Vec::new();
    for (shop, clauses) in EXAMPLES {
        let cases = cases(shop);
        for (code, ways) in clauses {
            let shown = |way: &&&str| cases.iter().any(|case| walks(case, way));
            missing.extend(ways.iter().filter(|way| !shown(way)).map(|way| format!("{shop} {code}: {way}")));
        }
    }
    assert!(missing.is_empty(), "no case goes this way:\n{}", missing.join("\n"));
}

/// All but the clauses that no case can show: those about the rules themselves.
#[test]
fn every_clause_that_a_case_can_show_is_walked() {
    for ((_, clauses), preset) in EXAMPLES.iter().zip(fb::policy::Preset::ALL) {
        let written: toml::Table = preset.policy.parse().unwrap();
        let codes =
            written["clause"].as_array().unwrap().iter().map(|clause| clause["code"].as_str().unwrap());
        let codes: Vec<&str> = codes.filter(|code| *code != "S0.9").collect();
        let walked: Vec<&str> = clauses.iter().map(|(code, _)| *code).collect();
        assert_eq!(walked, codes, "{}", preset.name);
    }
}

#[test]
fn every_event_happens_in_some_example() {
    let cases: Vec<Case> = EXAMPLES.iter().flat_map(|(shop, _)| cases(shop)).collect();
    let happens =
        |name: &EventName| cases.iter().any(|case| case.history.iter().any(|event| event.name == *name));
    let never: Vec<&str> =
        EventName::ALL.iter().filter(|name| !happens(name)).map(|name| name.word()).collect();
    assert_eq!(never, Vec::<&str>::new());
}

#[test]
fn a_way_that_nobody_went_is_noticed() {
    let cases = cases("citywide");
    for way in [
        "complaint resolved received",
        "complaint[channel=chat] received",
        "praise forwarded[to=nobody]",
        "inquiry reopened",
        "complaint rejected[cause]",
    ] {
        assert!(!cases.iter().any(|case| walks(case, way)), "{way}");
    }
}

/// Every case of an example.
fn cases(shop: &str) -> Vec<Case> {
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(shop).join("cases"), &mut found);
    assert!(found.len() > 10, "{shop}");
    found
}

fn collect(directory: &Path, found: &mut Vec<Case>) {
    for path in fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(text::read(&fs::read(&path).unwrap(), &path).unwrap());
        }
    }
}

/// Whether the case is of the kind, and its events happened in the order of the way.
fn walks(case: &Case, way: &str) -> bool {
    let mut steps = way.split_whitespace().map(Asked::read);
    let kind = steps.next().unwrap();
    if case.kind.word() != kind.name
        || !kind.fields.iter().all(|(key, value)| kind.fits(*value, intake(case, key)))
    {
        return false;
    }
    let mut history = case.history.iter();
    steps.all(|step| {
        let name = EventName::of(step.name).unwrap_or_else(|| panic!("`{}` is no event", step.name));
        history.any(|event| event.name == name && step.of(event))
    })
}

/// A word of a way: a name, and what is asked of its fields.
struct Asked<'w> {
    name: &'w str,
    fields: Vec<(&'w str, Option<&'w str>)>,
}

impl<'w> Asked<'w> {
    fn read(word: &'w str) -> Asked<'w> {
        let (name, fields) = word.split_once('[').unwrap_or((word, ""));
        let field =
            |field: &'w str| field.split_once('=').map_or((field, None), |(key, value)| (key, Some(value)));
        let fields = fields.trim_end_matches(']').split(',').filter(|field| !field.is_empty());
        Asked { name, fields: fields.map(field).collect() }
    }

    fn of(&self, event: &Event) -> bool {
        self.fields.iter().all(|(key, value)| {
            let found = match *key {
                "by" => event.by.clone(),
                key => event
                    .get(Field::of(key).unwrap_or_else(|| panic!("`{key}` is no field")))
                    .map(|it| it.to_string()),
            };
            self.fits(*value, found)
        })
    }

    fn fits(&self, wanted: Option<&str>, found: Option<String>) -> bool {
        match (wanted, found) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(stem), Some(found)) if stem.ends_with('/') => found.starts_with(stem),
            (Some(wanted), Some(found)) => wanted == found,
        }
    }
}

/// A field of what the customer brought.
fn intake(case: &Case, key: &str) -> Option<String> {
    match key {
        "title" => Some(case.title.clone()),
        "channel" => Some(case.channel.clone()),
        "description" => case.description.clone(),
        "order" => case.order.clone(),
        "product" => case.product.clone(),
        "demand" => case.demand.clone(),
        "customer" => case.customer.key.clone(),
        "tier" => case.customer.tier.clone(),
        "links" => case.links.first().map(ToString::to_string),
        _ => panic!("`{key}` is no field of the intake"),
    }
}
