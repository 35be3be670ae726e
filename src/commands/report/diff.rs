use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args;
use serde_json::{Map, Value, json};

use super::period_and_query::PeriodAndQueryArgs;
use super::{ReportOutputArgs, Source, print};
use crate::case::Case;
use crate::describe;
use crate::doubts::Warranty;
use crate::error::{Exit, Result};
use crate::lang::{Text, moment};
use crate::ledger::RuleFiles;
use crate::render::pages::{self, Because};
use crate::report::{CaseDifference, Difference, FiguresByName, Monthly, Period, Span, changes, differences};
use crate::session::Session;
use crate::view::Horizon;

mod say {
    crate::messages! {
        about() { "Why figures differ between two revisions: figure by figure, case by case", "说明两个版本的数字为何不同：逐项指标、逐件案卷对比" }
        more() { "Both are counted up to the same moment: the end of the period, or now if it is not over.", "两个版本都统计到同一时刻：期间结束时；期间未结束则为现在。" }
        was() { "The earlier revision: a commit, a tag, HEAD~3", "较早的版本：提交、标签、HEAD~3" }
        is() { "The later revision, or `now`: the files as they are", "较晚的版本，或 `now`，即现有的文件" }
        was_not_there() { "was not there", "当时不在台账里" }
        is_gone() { "was removed", "已不在台账里" }
        added(event, at, what) { "+ {event} {at}  {what}", "+ {event} {at}  {what}" }
        removed(event, at, what) { "− {event} {at}  {what}", "− {event} {at}  {what}" }
        corrected(field, was, is) { "{field}: {was} → {is}", "{field}：{was} → {is}" }
        nothing() { "–", "–" }
        by_rules() { "the case is the same; the rules are not", "案卷没有变，变的是制度" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), long_about = say::more().both())]
#[command(after_help = "fb report diff HEAD~3 now 2026-10")]
pub(crate) struct DiffArgs {
    #[arg(value_name = "A", help = say::was().both())]
    was: String,
    #[arg(value_name = "B", help = say::is().both())]
    is: String,
    #[command(flatten)]
    asked: PeriodAndQueryArgs,
    #[command(flatten)]
    pub(super) how: ReportOutputArgs,
}

/// A report at a revision, with what it was made from.
struct ReportAtRevision {
    figures: FiguresByName,
    cases: BTreeMap<String, Case>,
    rules: BTreeMap<PathBuf, String>,
    warranty: Warranty,
}

impl DiffArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let period = self.asked.period(session, Span::Month)?;
        let horizon = match self.how.as_of.said(&session.book.shop.zone, session.now)? {
            Some(said) => said,
            None => Horizon::of(period.end, session.now),
        };
        let was = self.made(session, &self.was, &period, horizon)?;
        let is = self.made(session, &self.is, &period, horizon)?;
        let found = differences(&was.figures, &is.figures);
        let files = was.differing_rules(&is);
        let why = because(session, &found, &was, &is, horizon);
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let view = source.view(&cases, horizon)?;
        let between = (self.was.as_str(), self.is.as_str());
        let page = pages::difference(&period, between, &found, &files, &why, &source.heading(&view));
        let mut object = Map::new();
        let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
        put("version", json!(1));
        put("report", json!("diff"));
        put("period", json!({ "label": period.label }));
        put("as_of", json!(session.stamp(horizon.at).to_string()));
        put("was", json!(self.was));
        put("is", json!(self.is));
        put("rules", json!(files));
        put("figures", found.iter().map(figure).collect());
        put("cases", why.iter().map(Because::json).collect());
        let warranty = was.warranty.clone().named(&self.was).and(is.warranty.clone().named(&self.is));
        print(session, &self.how, page, object, horizon, warranty)
    }

    fn made(
        &self,
        session: &Session,
        word: &str,
        period: &Period,
        horizon: Horizon,
    ) -> Result<ReportAtRevision> {
        let past = if word == "now" { None } else { Some(session.past(word)?) };
        let session = past.as_ref().unwrap_or(session);
        let source = Source::read(session, &self.how, self.asked.terms());
        let cases = source.cases();
        let view = source.view(&cases, horizon)?;
        let figures = FiguresByName::of(&Monthly::of(&view, period).table(&session.book));
        let RuleFiles { shop, calendars, policies } = session.ledger.rule_files()?;
        Ok(ReportAtRevision {
            figures,
            cases: cases.iter().map(|case| (case.id.to_string(), (*case).clone())).collect(),
            rules: std::iter::once(shop).chain(calendars).chain(policies).collect(),
            warranty: source.warranty(Some(period), &view),
        })
    }
}

impl ReportAtRevision {
    /// The rule files that differ.
    fn differing_rules(&self, other: &ReportAtRevision) -> Vec<String> {
        let paths: BTreeSet<&PathBuf> = self.rules.keys().chain(other.rules.keys()).collect();
        let differ = paths.into_iter().filter(|path| self.rules.get(*path) != other.rules.get(*path));
        differ.map(|path| path.to_string_lossy().into_owned()).collect()
    }
}

/// A figure for programs.
fn figure(found: &Difference) -> Value {
    json!({
        "figure": found.figure.join("."),
        "was": found.was,
        "is": found.is,
        "more": found.more,
        "fewer": found.fewer,
    })
}

/// What changed in each case behind a figure that differs.
fn because(
    session: &Session,
    found: &[Difference],
    was: &ReportAtRevision,
    is: &ReportAtRevision,
    horizon: Horizon,
) -> Vec<Because> {
    let moved: BTreeSet<&String> = found.iter().flat_map(|it| it.more.iter().chain(&it.fewer)).collect();
    let touched: BTreeSet<&String> = found.iter().flat_map(|it| &it.both).collect();
    let of = |id: &String| changes(was.cases.get(id), is.cases.get(id), horizon.last_instant());
    let all = moved.union(&touched).filter_map(|id| {
        let case = is.cases.get(*id).or_else(|| was.cases.get(*id))?;
        let changed = of(id);
        if changed.is_empty() && !moved.contains(id) {
            return None;
        }
        let mut lines: Vec<Text> = changed.iter().map(|change| line(session, case, change)).collect();
        if changed.is_empty() {
            lines.push(say::by_rules());
        }
        Some(Because { id: case.id.clone(), lines, changes: changed.iter().map(object).collect() })
    });
    all.collect()
}

fn line(session: &Session, case: &Case, change: &CaseDifference<'_>) -> Text {
    let at = |event: &crate::case::Event| moment(event.at.instant(), &session.book.shop.zone);
    match change {
        CaseDifference::New => say::was_not_there(),
        CaseDifference::Gone => say::is_gone(),
        CaseDifference::Added(event) => {
            say::added(describe::name(event), at(event), describe::event(session, case, event))
        }
        CaseDifference::Removed(event) => {
            say::removed(describe::name(event), at(event), describe::event(session, case, event))
        }
        CaseDifference::Intake(field, was, is) => {
            let word = |word: &Option<&str>| word.map_or_else(say::nothing, Text::same);
            say::corrected(*field, word(was), word(is))
        }
    }
}

fn object(change: &CaseDifference<'_>) -> Value {
    match change {
        CaseDifference::New => json!({ "change": "new" }),
        CaseDifference::Gone => json!({ "change": "gone" }),
        CaseDifference::Added(event) => json!({ "change": "added", "event": describe::event_json(event) }),
        CaseDifference::Removed(event) => {
            json!({ "change": "removed", "event": describe::event_json(event) })
        }
        CaseDifference::Intake(field, was, is) => {
            json!({ "change": "intake", "field": field, "was": was, "is": is })
        }
    }
}
