//! An event that is being imported: what it says, where it was read, and what it still lacks.
//!
//! Keys that the format requires and another system never recorded are filled in here, and only here.

use super::rows::{Sheet, SheetRow};
use super::say;
use super::typed::Wrong;
use crate::case::{Event, EventName, Fault, Field, Value};
use crate::lang::Lang;

/// An event that was read, or made from a row's attributes.
#[derive(Debug, Clone)]
pub(super) struct Draft<'s> {
    pub event: Event,
    /// The row of a sheet of events; `None`: it comes from the row of the case.
    pub origin: Option<(&'s Sheet<'s>, &'s SheetRow)>,
}

/// What else is known of the case.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownOfCase {
    pub category: Option<String>,
    pub urgency: Option<String>,
    pub department: Option<String>,
    pub owner: Option<String>,
    pub remedy: Option<String>,
    pub note: Option<String>,
    /// Who received it.
    pub by: Option<String>,
}

impl KnownOfCase {
    /// What the attributes of a row say.
    pub(super) fn from_row(attributes: &[(Field, Value)], by: Option<&str>) -> KnownOfCase {
        KnownOfCase {
            category: text_of(attributes, Field::Category),
            urgency: text_of(attributes, Field::Urgency),
            department: text_of(attributes, Field::Department),
            owner: text_of(attributes, Field::Owner),
            remedy: text_of(attributes, Field::Remedy),
            note: text_of(attributes, Field::Note),
            by: by.map(str::to_owned),
        }
    }
}

fn text_of(attributes: &[(Field, Value)], wanted: Field) -> Option<String> {
    let (_, value) = attributes.iter().find(|(field, _)| *field == wanted)?;
    value.text().map(str::to_owned)
}

impl Draft<'_> {
    /// Fills in the required keys that the event lacks:
    ///
    /// | event | lacks | gets |
    /// | --- | --- | --- |
    /// | `triaged` | category, urgency | the case's, else `other`, `general` |
    /// | `assigned` | department and owner | the event's person, else the case's department and owner, else the person who received the case |
    /// | any | reason, cause | its own note, else the row's, else a text that says that nothing was recorded |
    /// | `noted` | note | the row's, else the same text |
    /// | `proposed` | remedy | the case's |
    ///
    /// Other keys cannot be guessed: they are returned as wrong.
    pub(super) fn fill(&mut self, known: &KnownOfCase, lang: Lang) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        let mut filled = Vec::new();
        for fault in self.event.faults() {
            let given = match fault {
                Fault::Missing(Field::Category) => {
                    text(Field::Category, known.category.as_deref().or(Some("other")))
                }
                Fault::Missing(Field::Urgency) => {
                    text(Field::Urgency, known.urgency.as_deref().or(Some("general")))
                }
                Fault::Missing(Field::Remedy) => text(Field::Remedy, known.remedy.as_deref()),
                Fault::Missing(field @ (Field::Reason | Field::Cause | Field::Note)) => {
                    let words = self.take_note().or_else(|| known.note.clone());
                    let unsaid = say::not_recorded();
                    text(field, Some(words.as_deref().unwrap_or(unsaid.to(lang))))
                }
                Fault::NobodyAssigned => self.assignee(known),
                Fault::Missing(_) | Fault::NothingAmended => Vec::new(),
            };
            if given.is_empty() {
                wrong.push(lacking(self.event.name, &fault));
            }
            filled.extend(given);
        }
        self.event.payload.splice(0..0, filled);
        wrong
    }

    fn take_note(&mut self) -> Option<String> {
        let at = self.event.payload.iter().position(|(field, _)| *field == Field::Note)?;
        self.event.payload.remove(at).1.text().map(str::to_owned)
    }

    fn assignee(&self, known: &KnownOfCase) -> Vec<(Field, Value)> {
        if let Some(by) = &self.event.by {
            return text(Field::Owner, Some(by));
        }
        let mut given = text(Field::Department, known.department.as_deref());
        given.extend(text(Field::Owner, known.owner.as_deref()));
        if given.is_empty() { text(Field::Owner, known.by.as_deref()) } else { given }
    }
}

fn text(field: Field, words: Option<&str>) -> Vec<(Field, Value)> {
    words.map(|words| (field, Value::Text(words.to_owned()))).into_iter().collect()
}

fn lacking(name: EventName, fault: &Fault) -> Wrong {
    match fault {
        Fault::Missing(field) => {
            Wrong::new(say::lacks(name.word(), field.word())).help(say::fill_in(field.word()))
        }
        Fault::NobodyAssigned => Wrong::new(say::nobody_assigned())
            .help(say::fill_in_either(Field::Department.word(), Field::Owner.word())),
        Fault::NothingAmended => Wrong::new(say::nothing_amended()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Stamp;

    fn filled(name: EventName, payload: &[(Field, &str)], by: Option<&str>, known: &KnownOfCase) -> String {
        let mut event = Event::new(name, Stamp::parse("2026-11-22T09:31:00+08:00").unwrap());
        event.by = by.map(str::to_owned);
        event.payload =
            payload.iter().map(|(field, words)| (*field, Value::Text((*words).to_owned()))).collect();
        let mut draft = Draft { event, origin: None };
        let wrong = draft.fill(known, Lang::En);
        let said = draft.event.payload.iter().map(|(field, value)| format!("{field}={value}"));
        said.chain(wrong.iter().map(|wrong| wrong.message.to_string())).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn what_can_be_known_is_filled_in() {
        let nothing = KnownOfCase::default();
        let case = KnownOfCase {
            category: Some("price/value".into()),
            department: Some("quality".into()),
            owner: Some("li.na".into()),
            remedy: Some("refund".into()),
            note: Some("see file".into()),
            ..KnownOfCase::default()
        };
        let triaged = filled(EventName::Triaged, &[], None, &nothing);
        assert_eq!(triaged, "category=other; urgency=general");
        let triaged = filled(EventName::Triaged, &[(Field::Urgency, "urgent")], None, &case);
        assert_eq!(triaged, "category=price/value; urgency=urgent");
        assert_eq!(filled(EventName::Assigned, &[], Some("a"), &case), "owner=a");
        assert_eq!(filled(EventName::Assigned, &[], None, &case), "department=quality; owner=li.na");
        assert_eq!(filled(EventName::Proposed, &[], None, &case), "remedy=refund");
        assert_eq!(filled(EventName::Waiting, &[], None, &case), "reason=see file");
        assert_eq!(filled(EventName::Waiting, &[(Field::Note, "G97")], None, &case), "reason=G97");
        assert_eq!(filled(EventName::Diagnosed, &[], None, &nothing), "cause=not recorded (imported)");
        assert_eq!(filled(EventName::Noted, &[], None, &nothing), "note=not recorded (imported)");
        assert_eq!(filled(EventName::Closed, &[], None, &nothing), "");
    }

    #[test]
    fn what_cannot_be_guessed_is_told() {
        let nothing = KnownOfCase::default();
        assert_eq!(filled(EventName::FollowedUp, &[], None, &nothing), "`followed-up` needs `outcome`");
        assert_eq!(filled(EventName::Proposed, &[], None, &nothing), "`proposed` needs `remedy`");
        assert_eq!(
            filled(EventName::Assigned, &[], None, &nothing),
            "`assigned` names neither a department nor an owner"
        );
        assert_eq!(
            filled(EventName::Amended, &[], None, &nothing),
            "reason=not recorded (imported); `amended` corrects nothing"
        );
    }
}
