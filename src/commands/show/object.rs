//! A case for programs.

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::ShownCase;
use crate::case::Value;
use crate::describe::{event_json, value_json};
use crate::lang::Lang;
use crate::policy::Instance;
use crate::session::Session;

pub(super) fn object(shown: &ShownCase<'_>) -> Json {
    let case = &shown.found.case;
    let state = shown.replay.state();
    let (name, contact) = shown.customer();
    json!({
        "version": 1,
        "id": case.id.as_str(),
        "kind": case.kind.word(),
        "title": case.title,
        "description": case.description,
        "channel": case.channel,
        "customer": { "key": case.customer.key, "name": name, "contact": contact, "tier": case.customer.tier },
        "order": case.order,
        "product": case.product,
        "demand": case.demand,
        "tags": case.tags,
        "links": case.links,
        "external": case.external,
        "status": state.status.word(),
        "voided": state.voided,
        "round": state.round,
        "category": state.category,
        "urgency": state.urgency,
        "complexity": state.complexity,
        "department": state.department,
        "owner": state.owner,
        "justified": state.justified,
        "priority": state.priority,
        "cause": state.cause,
        "responsible": state.responsible,
        "remedy": state.remedy,
        "cost": state.cost.map(|cost| value_json(&Value::Money(cost))),
        "level": state.level,
        "path": shown.found.path.to_string_lossy(),
        "stalled_since": shown.stalled.map(|stalled| shown.session.stamp(stalled.stalled_at).to_string()),
        "clocks": clocks(shown),
        "history": shown.events().map(event_json).collect::<Vec<_>>(),
    })
}

/// Its clocks; each explained if that is asked for.
fn clocks(shown: &ShownCase<'_>) -> Vec<Json> {
    let mut clocks = Vec::new();
    for explained in shown.clocks {
        let mut object = clock(shown.session, &explained.clock, shown.now);
        if shown.explain {
            object["explain"] = shown.scene().json(explained);
        }
        clocks.push(object);
    }
    clocks
}

/// One run of a clock; lengths in seconds, of elapsed time. `limit` is null if the hand-over or the wait gives the due time.
pub(super) fn clock(session: &Session, clock: &Instance<'_>, now: Timestamp) -> Json {
    let stamp = |at: Timestamp| session.stamp(at).to_string();
    let until = clock.stopped.unwrap_or(now);
    json!({
        "name": clock.rule.name,
        "round": clock.round,
        "state": clock.state.word(),
        "reason": clock.undue.as_ref().map(|undue| undue.message().to(Lang::En).to_owned()),
        "limit": clock.limit.map(|limit| limit.to_string()),
        "started": stamp(clock.started),
        "due": clock.due.map(stamp),
        "stopped": clock.stopped.map(stamp),
        "paused_seconds": clock.paused.as_secs(),
        "elapsed_seconds": until.as_second() - clock.started.as_second(),
        "remaining_seconds": clock.remaining(now),
        "clause": clock.rule.clause,
    })
}
