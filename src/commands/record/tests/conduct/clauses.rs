//! What the five rule books ask of a case that is resolved, closed or rejected, written down from their clauses.

use super::course::{Course, Happened};
use super::plan::role_of;

/// The roles that approve a remedy (S1.4.5).
pub(crate) fn approvers(preset: &str, kind: &str) -> &'static [&'static str] {
    if (preset, kind) == ("citywide", "complaint") { &["quality-lead", "manager"] } else { &[] }
}

/// Every clause that the case breaks as it is now; of an open case that is not resolved, whether it went back.
pub(crate) fn broken(preset: &str, course: &Course) -> Vec<String> {
    let mut reading = Reading { course, now: course.events.len(), wrong: Vec::new() };
    reading.never_went_back();
    if matches!(course.last_status(), "resolved" | "closed" | "rejected") {
        match preset {
            "ecommerce" => reading.ecommerce(),
            "citywide" => reading.citywide(),
            "handbook" => reading.handbook(),
            "aftersales" => reading.aftersales(),
            "servicedesk" => reading.servicedesk(),
            other => panic!("{other}"),
        }
    }
    reading.wrong
}

struct Reading<'c> {
    course: &'c Course,
    now: usize,
    wrong: Vec<String>,
}

impl Reading<'_> {
    fn asks(&mut self, holds: bool, clause: &str, what: &str) {
        if !holds {
            self.wrong.push(format!("{clause}: {what}"));
        }
    }

    fn first(&self, is: impl Fn(&Happened) -> bool) -> Option<usize> {
        self.course.events.iter().position(is)
    }

    fn happened(&self, name: &str) -> bool {
        self.first(|event| event.is(name)).is_some()
    }

    fn marked(&self, milestone: &str) -> bool {
        self.first(|event| event.marks(milestone)).is_some()
    }

    /// The last event of a name in this round.
    fn in_round(&self, name: &str) -> Option<usize> {
        let round = self.course.round();
        self.course.events[round..].iter().rposition(|event| event.is(name)).map(|at| round + at)
    }

    fn justified(&self) -> Option<bool> {
        self.course.said("justified", self.now).map(|word| word == "true")
    }

    fn is_urgent(&self) -> bool {
        self.course.said("urgency", self.now) == Some("urgent")
    }

    fn ends_as(&self, status: &str) -> bool {
        self.course.last_status() == status
    }

    /// Back go only those events that say so. A hand-over of what was accepted waits to be accepted again, and a new remedy
    /// in place of an approved one waits for its approval.
    fn never_went_back(&mut self) {
        const WAY: [&str; 7] =
            ["new", "triaged", "assigned", "investigating", "proposed", "approved", "resolved"];
        let place = |status: &str| WAY.iter().position(|one| *one == status);
        let mut on = 0;
        for (at, (event, status)) in self.course.events.iter().zip(&self.course.status).enumerate() {
            let back = match event.name.as_str() {
                "returned" | "declined" | "reopened" | "escalated" => true,
                "followed-up" => event.says("outcome") == Some("dissatisfied"),
                "assigned" => WAY[on] == "investigating",
                "proposed" => WAY[on] == "approved",
                _ => false,
            };
            match place(status) {
                Some(there) if there < on && !back => {
                    self.wrong.push(format!("{} at {at} leads back to {status}", event.name));
                }
                Some(there) => on = there,
                None if *status == "escalated" => on = 0,
                None => {}
            }
        }
    }

    /// The result of this round came after what was proposed last in it.
    fn result(&mut self, clause: &str) {
        let (resolved, proposed) = (self.in_round("resolved"), self.in_round("proposed"));
        self.asks(resolved.is_some(), clause, "a result in this round");
        self.asks(proposed < resolved || proposed.is_none(), clause, "the result is of the last proposal");
    }

    /// The customer was asked in this round after its result: satisfied, or called three times.
    fn follow_up(&mut self, clause: &str, with_note: bool) {
        let since = self.in_round("resolved").unwrap_or(self.now);
        let calls = self.course.events[since..].iter().filter(|event| event.is("followed-up"));
        let calls: Vec<_> = calls.filter(|event| !with_note || event.says("note").is_some()).collect();
        let satisfied = calls.iter().any(|event| event.says("outcome") == Some("satisfied"));
        let unreached = calls.iter().filter(|event| event.says("outcome") == Some("unreached")).count();
        self.asks(satisfied || unreached >= 3, clause, "the follow-up call");
    }

    fn told(&mut self, clause: &str) {
        self.asks(self.happened("triaged"), clause, "classified");
        self.asks(self.happened("contacted"), clause, "the customer was contacted");
    }

    /// The remedy is the one proposed last in this round, at no higher cost. Gives where it was proposed and given.
    fn remedy(&mut self, clause: &str) -> Option<(usize, usize)> {
        let Some(proposed) = self.in_round("proposed") else {
            self.asks(false, clause, "a remedy was proposed");
            return None;
        };
        let Some(resolved) = self.in_round("resolved").filter(|resolved| *resolved > proposed) else {
            self.asks(false, clause, "the remedy was carried out after it was proposed");
            return None;
        };
        let events = &self.course.events;
        let proposal = &events[proposed];
        // What is amended once the case is resolved is a finding of `fb check`.
        let told = |at: usize| matches!(self.course.status[at], "resolved" | "closed" | "waiting");
        let given = (proposed + 1..self.now)
            .filter(|at| events[*at].is("resolved") || events[*at].is("amended") && !told(*at));
        let mut wrong = Vec::new();
        let cost = |event: &Happened| event.says("cost").and_then(|word| word.parse::<f64>().ok());
        for at in given {
            if events[at].says("remedy").is_some_and(|remedy| Some(remedy) != proposal.says("remedy")) {
                wrong.push("another remedy than the proposed one");
            }
            if cost(&events[at]).unwrap_or(0.0) > cost(proposal).unwrap_or(0.0) {
                wrong.push("it costs more than was proposed");
            }
        }
        let declined = events[proposed..resolved].iter().any(|event| event.is("declined"));
        wrong.into_iter().for_each(|wrong| self.asks(false, clause, wrong));
        self.asks(!declined, clause, "the remedy was not declined");
        Some((proposed, resolved))
    }

    /// Approved after it was proposed, and before it was carried out: by each role another person, none of them its
    /// author. What was entered before the proposal was is not about it.
    fn approvals(&mut self, proposed: usize, resolved: usize) {
        let events = &self.course.events;
        let mut people = vec![events[proposed].says("by")];
        for role in ["quality-lead", "manager"] {
            let by_role = |event: &&Happened| {
                event.is("approved")
                    && event.entered > events[proposed].entered
                    && event.says("as") == Some(role)
                    && event.says("by").is_some_and(|by| role_of(by) == Some(role))
            };
            let approval = events[proposed..resolved].iter().find(by_role);
            let other = approval.is_some_and(|approval| !people.contains(&approval.says("by")));
            people.extend(approval.map(|approval| approval.says("by")));
            self.asks(other, "S1.4.5", &format!("approved by another person who is {role}"));
        }
    }

    fn ecommerce(&mut self) {
        let justified = self.justified();
        match self.course.kind() {
            "complaint" => {
                self.told("S0.5.1");
                if !self.ends_as("rejected") {
                    self.result("S0.5.1");
                }
            }
            "suggestion" => {
                self.asks(self.happened("triaged"), "S0.5", "classified");
                let open = self.ends_as("resolved");
                self.asks(open || justified.is_some(), "S0.5.2", "assessed");
                if justified == Some(true) || open {
                    self.asks(!self.ends_as("rejected"), "S0.5.2", "what is actionable is not rejected");
                    self.asks(self.in_round("proposed").is_some(), "S0.5.2", "a plan");
                    self.asks(self.happened("contacted"), "S0.5.2", "progress was told");
                    self.result("S0.5.2");
                }
            }
            "praise" if self.ends_as("closed") => {
                self.asks(self.happened("forwarded"), "S0.5.3", "passed on");
            }
            "improvement" if self.ends_as("closed") => self.result("S0.6"),
            _ => {}
        }
    }

    fn citywide(&mut self) {
        match self.course.kind() {
            "complaint" => self.citywide_complaint(),
            "violation" => {
                self.asks(self.happened("triaged"), "S1.7", "registered");
                let external = |event: &Happened| {
                    event.marks("referred")
                        || event.is("escalated") && event.says("level") == Some("external")
                };
                let referred = self.first(external).is_some();
                let open = self.ends_as("resolved");
                self.asks(open || !self.is_urgent() || referred, "S1.7", "a major one is referred");
            }
            "improvement" if self.ends_as("closed") => {
                self.asks(self.marked("carried-out"), "S1.5", "carried out");
                self.asks(self.marked("effect-confirmed"), "S1.5", "its effect is confirmed");
            }
            _ => {}
        }
    }

    fn citywide_complaint(&mut self) {
        self.asks(self.course.has("customer.key") && self.course.has("description"), "S1.4.1", "the form");
        self.asks(self.justified().is_some(), "S1.4.2", "justified or not is decided");
        self.asks(self.happened("contacted"), "S1.4.6", "the customer was told");
        if self.ends_as("rejected") {
            return self.asks(self.justified() == Some(false), "S1.4.2", "what is justified is not rejected");
        }
        let diagnosed = self.first(|event| event.is("diagnosed"));
        let before = diagnosed.unwrap_or(0);
        let assigned = self.course.events[..before].iter().rev();
        let assigned =
            assigned.map(|event| event.name.as_str()).find(|name| matches!(*name, "assigned" | "returned"));
        self.asks(assigned == Some("assigned"), "S1.4.3", "named before it was diagnosed");
        for key in ["department", "owner"] {
            self.asks(self.course.said(key, before).is_some(), "S1.4.3", key);
        }
        let responsible = self.course.said("responsible", before + 1).is_some();
        self.asks(diagnosed.is_some() && responsible, "S1.4.4", "the responsible party");
        if let Some((proposed, resolved)) = self.remedy("S1.4.6") {
            self.approvals(proposed, resolved);
            self.asks(before < proposed, "S1.4.4", "the cause was known before the remedy");
        }
        if self.ends_as("closed") {
            self.follow_up("S1.6.3", true);
            let reported = self.course.events.iter().rposition(|event| event.marks("reported"));
            self.asks(reported > diagnosed, "S1.6.2", "the report after the investigation");
            let round = self.course.round();
            let lesson = self.course.events[round..]
                .iter()
                .any(|event| event.is("closed") && event.says("lesson").is_some());
            self.asks(lesson, "S1.4.7", "the lesson");
        }
    }

    fn handbook(&mut self) {
        let kind = self.course.kind();
        let mut handed_over = false;
        let mut wrong = Vec::new();
        for event in &self.course.events {
            match event.name.as_str() {
                "assigned" if event.says("expects").is_none() || event.says("due").is_none() => {
                    wrong.push("a hand-over says what and by when");
                    handed_over = true;
                }
                "assigned" => handed_over = true,
                "returned" => handed_over = false,
                "accepted" if !handed_over && kind == "complaint" => {
                    wrong.push("accepted what was not handed over")
                }
                _ => {}
            }
        }
        wrong.into_iter().for_each(|wrong| self.asks(false, "S2.4.2", wrong));
        match kind {
            "complaint" => {
                self.told("S2.1");
                if !self.ends_as("rejected") {
                    self.asks(handed_over, "S2.4.1", "somebody has it");
                    self.result("S2.1");
                }
                if self.ends_as("closed") {
                    let asked = self.in_round("followed-up") > self.in_round("resolved");
                    self.asks(asked, "S2.1", "followed up");
                }
            }
            "suggestion" if !self.ends_as("resolved") => self.told("S2.1"),
            "inquiry" => self.asks(self.happened("contacted"), "S2.1", "answered"),
            "violation" if !self.ends_as("resolved") => {
                self.asks(self.happened("triaged"), "S2.3.2", "classified")
            }
            "praise" if self.ends_as("closed") => self.asks(self.happened("forwarded"), "S2.1", "passed on"),
            "improvement" if self.ends_as("closed") => self.result("S2.1"),
            _ => {}
        }
    }

    fn aftersales(&mut self) {
        match self.course.kind() {
            "complaint" => {
                self.told("S3.1.2");
                if !self.ends_as("rejected") {
                    self.result("S3.1.2");
                }
                if self.ends_as("closed") {
                    self.asks(self.happened("diagnosed"), "S3.1.2", "the cause");
                    self.follow_up("S3.1.2", false);
                }
            }
            "inquiry" => {
                self.asks(self.happened("contacted"), "S3.1.2", "answered");
                if self.ends_as("closed") {
                    self.result("S3.1.2");
                }
            }
            "improvement" if self.ends_as("closed") => self.result("S3.1.4"),
            _ => {}
        }
    }

    fn servicedesk(&mut self) {
        if self.course.kind() != "complaint" {
            return;
        }
        for key in ["customer.key", "order", "description"] {
            self.asks(self.course.has(key), "S4.6", key);
        }
        let reported = self.marked("reported") || self.happened("escalated");
        if self.ends_as("rejected") {
            self.asks(self.happened("contacted"), "S4.6", "the customer was told");
            return self.asks(reported, "S4.6", "reported to the supervisor");
        }
        if let Some((proposed, resolved)) = self.remedy("S4.7") {
            let events = &self.course.events;
            let entered = events[proposed].entered;
            let confirms = |event: &Happened| event.marks("confirmed") && event.entered > entered;
            let confirmed = events[proposed..resolved].iter().any(confirms);
            let diagnosed = events[..proposed].iter().any(|event| event.is("diagnosed"));
            self.asks(confirmed, "S4.7", "the customer confirmed this solution");
            self.asks(diagnosed, "S4.7", "the cause was known before");
        }
        if self.ends_as("closed") {
            self.asks(reported, "S4.6", "reported to the supervisor");
            self.follow_up("S4.6", false);
            let round = self.course.round();
            let lesson = self.course.events[round..]
                .iter()
                .any(|event| event.is("closed") && event.says("lesson").is_some());
            self.asks(lesson, "S4.7", "the lesson");
        }
    }
}
