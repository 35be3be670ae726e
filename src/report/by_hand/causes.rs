use super::{at_end, book, cases, period, shorts};
use crate::case::{Case, Money};
use crate::report::{CauseReport, Recurring};

const RULES: &str = "title = 'rules'";

/// Diagnosed in October but for `dddddd` (in September); `cccccc` twice, `eeeeee` by two parties' cause.
const LEDGER: [&str; 6] = [
    "aaaaaa complaint product=cup; received 09-20T09:00 category=product/packaging; triaged 09-20T10:00 justified=true; \
     diagnosed 10-02T09:00 cause=thin responsible=mill; resolved 10-03T09:00 cost=10.50",
    "bbbbbb complaint product=cup; received 10-01T09:00 category=product/packaging; \
     diagnosed 10-02T09:00 cause=thin responsible=depot; resolved 11-02T09:00 cost=99",
    "cccccc complaint product=pot; received 10-05T09:00; diagnosed 10-06T09:00 cause=thin; \
     triaged 10-07T09:00 justified=false; diagnosed 10-08T09:00 cause=late responsible=depot",
    "dddddd complaint product=cup; received 09-01T09:00; diagnosed 09-02T09:00 cause=thin",
    "eeeeee complaint product=cup; received 10-09T09:00; diagnosed 10-09T10:00 cause=thin responsible=mill; \
     proposed 10-09T11:00 remedy=gift cost=7; resolved 10-10T09:00",
    "ffffff complaint product=cup; received 10-09T09:00; noted 10-09T10:00 note=x",
];

fn october<T>(lines: &[&str], seen: impl FnOnce(&CauseReport<'_>) -> T) -> T {
    let (book, cases) = (book(RULES), cases(lines));
    let cases: Vec<&Case> = cases.iter().collect();
    let period = period("2026-10", &book);
    seen(&CauseReport::of(&at_end(&cases, &book, &period), &period))
}

#[test]
fn each_case_counts_once_by_its_last_diagnosis_in_the_period() {
    october(&LEDGER, |report| {
        let rows: Vec<_> = report
            .causes
            .rows
            .iter()
            .map(|cause| {
                (cause.key, shorts(&cause.cases), shorts(&cause.justified), cause.responsible.clone())
            })
            .collect();
        // dddddd was diagnosed in September; cccccc was called late in the end.
        let thin = ("thin", "aaaaaa bbbbbb eeeeee".to_owned(), "aaaaaa".to_owned(), vec!["mill", "depot"]);
        assert_eq!(rows, [thin, ("late", "cccccc".to_owned(), String::new(), vec!["depot"])]);
        assert_eq!(report.causes.cumulative(), [Some(0.75), Some(1.0)]);
        assert_eq!(["thin", "late", "thick"].map(|cause| report.causes.n(cause)), [3, 1, 0]);
    });
}

#[test]
fn a_cause_costs_what_the_resolved_of_its_cases_were_given() {
    october(&LEDGER, |report| {
        let thin = &report.causes.rows[0];
        // bbbbbb is resolved in November; what eeeeee costs was said with the proposal.
        assert_eq!((shorts(&thin.resolved), thin.cost), ("aaaaaa eeeeee".to_owned(), Money(1750)));
        assert_eq!((report.causes.rows[1].resolved.n(), report.causes.rows[1].cost), (0, Money(0)));
    });
}

#[test]
fn category_product_and_party_are_told_of_the_same_cases() {
    october(&LEDGER, |report| {
        let rows = |pareto: &crate::report::Pareto<'_>| -> Vec<(String, usize, usize)> {
            let rows = pareto.rows.iter();
            rows.map(|(key, hits, judged)| (key.unwrap_or("-").to_owned(), hits.n(), judged.n())).collect()
        };
        let row = |key: &str, n, judged| (key.to_owned(), n, judged);
        assert_eq!(rows(&report.category), [row("product/packaging", 2, 1), row("-", 2, 0)]);
        assert_eq!(rows(&report.product), [row("cup", 3, 1), row("pot", 1, 0)]);
        assert_eq!(rows(&report.responsible), [row("depot", 2, 0), row("mill", 2, 1)]);
        assert_eq!(report.product.total(), 4);
        assert_eq!(
            [Some("cup"), Some("pot"), Some("jug"), None].map(|key| report.product.n(key)),
            [3, 1, 0, 0]
        );
        let json = serde_json::Value::Object(report.table(&book(RULES)).object(true));
        assert_eq!(json["diagnosed"], serde_json::json!({"n": 4, "justified": 1}));
        assert_eq!(json["product"][1]["cases"], serde_json::json!(["20261005-cccccc"]));
    });
}

#[test]
fn nothing_diagnosed_is_no_share() {
    october(&["aaaaaa complaint; received 10-01T09:00"], |report| {
        assert_eq!(report.causes.total(), 0);
        assert!(report.causes.cumulative().is_empty() && report.recurring.is_empty());
    });
}

/// The recurring causes of a period, as `cause/product: cases (improvements)`; each case counts once.
fn recurring(lines: &[&str], word: &str) -> Vec<String> {
    let (book, cases) = (book(RULES), cases(lines));
    let cases: Vec<&Case> = cases.iter().collect();
    let period = period(word, &book);
    let told = |one: &Recurring<'_>| {
        assert_eq!(one.cases.n(), one.cases.unique());
        let improvements: Vec<&str> = one.improvements.iter().map(|id| id.short()).collect();
        format!(
            "{}/{}: {} ({})",
            one.cause,
            one.product.unwrap_or("-"),
            shorts(&one.cases),
            improvements.join(" ")
        )
    };
    Recurring::all(&at_end(&cases, &book, &period), &period).iter().map(told).collect()
}

#[test]
fn three_receipts_recur_where_they_lie_less_than_90_days_apart() {
    // The 90th day of 24 h after 07-03 10:00 is 10-01 10:00.
    let two = [
        "aaaaaa complaint product=cup; received 07-03T10:00; diagnosed 07-04T10:00 cause=thin",
        "bbbbbb complaint product=cup; received 08-01T10:00; diagnosed 08-02T10:00 cause=thin",
    ];
    let third =
        |at: &str| format!("cccccc complaint product=cup; received {at}; diagnosed 10-05T10:00 cause=thin");
    let (inside, at) = (third("10-01T09:59"), third("10-01T10:00"));
    assert_eq!(recurring(&[two[0], two[1], &inside], "2026-10"), ["thin/cup: aaaaaa bbbbbb cccccc ()"]);
    assert!(recurring(&[two[0], two[1], &at], "2026-10").is_empty());
    // Not in the quarter before: then there were two.
    assert!(recurring(&[two[0], two[1], &inside], "2026-Q3").is_empty());
    // A fourth within 90 days of the second lies in a stretch of its own with two of the others.
    let fourth = "dddddd complaint product=cup; received 10-02T10:00; diagnosed 10-03T10:00 cause=thin";
    let lines = [two[0], two[1], &inside, fourth];
    assert_eq!(recurring(&lines, "2026-10"), ["thin/cup: aaaaaa bbbbbb cccccc dddddd ()"]);
    // What is only noted in November is neither received nor diagnosed in it.
    let noted = format!("{fourth}; noted 11-02T10:00 note=x");
    assert!(recurring(&[two[0], two[1], &inside, &noted], "2026-11").is_empty());
}

#[test]
fn a_recurring_cause_is_told_with_its_cases() {
    let lines = ["aaaaaa", "bbbbbb", "cccccc"].map(|id| {
        format!("{id} complaint product=cup; received 10-02T10:00; diagnosed 10-03T10:00 cause=thin")
    });
    october(&lines.each_ref().map(String::as_str), |report| {
        let expected = serde_json::json!({
            "cause": "thin", "product": "cup", "n": 3, "improvements": [],
            "cases": ["20261002-aaaaaa", "20261002-bbbbbb", "20261002-cccccc"],
        });
        assert_eq!(serde_json::Value::from(report.recurring[0].table().object(false)), expected);
    });
}

#[test]
fn cause_and_product_have_to_be_the_same_and_those_without_a_product_are_one_group() {
    let line = |id: &str, product: &str, cause: &str| {
        format!("{id} complaint {product}; received 10-02T10:00; diagnosed 10-03T10:00 cause={cause}")
    };
    let lines = [
        line("aaaaaa", "product=cup", "thin"),
        line("bbbbbb", "product=cup", "thin"),
        line("cccccc", "product=pot", "thin"),
        line("dddddd", "product=cup", "late"),
        line("eeeeee", "", "late"),
        line("ffffff", "", "late"),
        line("gggggg", "", "late"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(recurring(&lines, "2026-10"), ["late/-: eeeeee ffffff gggggg ()"]);
}

#[test]
fn a_stretch_that_only_a_later_diagnosis_makes_recur_is_seen_when_it_is_made() {
    let lines = [
        "aaaaaa complaint product=cup; received 09-01T10:00; diagnosed 09-02T10:00 cause=thin",
        "bbbbbb complaint product=cup; received 09-03T10:00; diagnosed 09-04T10:00 cause=thin",
        "cccccc complaint product=cup; received 09-30T10:00; diagnosed 10-02T10:00 cause=thin",
        // Long before, and in no stretch
        "dddddd complaint product=cup; received 04-01T10:00; diagnosed 04-02T10:00 cause=thin",
    ];
    assert!(recurring(&lines, "2026-Q3").is_empty());
    assert_eq!(recurring(&lines, "2026-Q4"), ["thin/cup: aaaaaa bbbbbb cccccc ()"]);
}

#[test]
fn an_improvement_is_linked_and_is_no_receipt_itself() {
    let lines = [
        "aaaaaa complaint product=cup; received 10-02T10:00; diagnosed 10-03T10:00 cause=thin",
        "bbbbbb complaint product=cup; received 10-04T10:00; diagnosed 10-05T10:00 cause=thin",
        "cccccc complaint product=cup; received 10-06T10:00; diagnosed 10-07T10:00 cause=thin",
        "dddddd improvement product=cup links=20261004-bbbbbb; received 10-08T10:00; diagnosed 10-09T10:00 cause=thin",
        "eeeeee improvement product=cup links=20261004-zzzzzz; received 10-08T10:00",
    ];
    assert_eq!(recurring(&lines, "2026-10"), ["thin/cup: aaaaaa bbbbbb cccccc (dddddd)"]);
    assert!(recurring(&[lines[0], lines[1], lines[3]], "2026-10").is_empty());
}
