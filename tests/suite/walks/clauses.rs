//! What has to be seen of every rule book, written by hand from it, a line a way.

/// A clause, and the ways that show it.
pub(super) type Clause = (&'static str, &'static [&'static str]);

/// The examples with their rule books' clauses.
pub(super) const EXAMPLES: [(&str, &[Clause]); 5] = [
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
            "complaint[channel=letter] received[by=ning.shu]",
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
            "complaint waiting[reason,until] resumed resolved followed-up[outcome=unreached] followed-up[outcome=satisfied] closed",
        ],
    ),
    (
        "S1.7",
        &[
            "violation triaged[category=violation/resist-law] resolved",
            "violation triaged[category=violation/subversion] resolved",
            "violation triaged[category=violation/separatism] resolved",
            "violation triaged[category=violation/ethnic] resolved",
            "violation triaged[category=violation/site] resolved",
            "violation triaged[category=violation/rumour] resolved",
            "violation triaged[category=violation/vice] resolved",
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
            "complaint resolved followed-up[outcome=unreached] followed-up[outcome=satisfied]",
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
            "complaint resolved followed-up[outcome=unreached] followed-up[outcome=satisfied] closed[lesson]",
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
