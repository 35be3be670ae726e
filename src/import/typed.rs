//! Words as the values that our columns ask for, or what is wrong with them.

use jiff::tz::TimeZone;

use super::moment::moment;
use super::say;
use crate::case::{EventName, Field, Kind, Shape, Value};
use crate::error::{Code, Finding, Place};
use crate::lang::{Text, common};

/// What is wrong with the words of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wrong {
    pub message: Text,
    pub help: Option<Text>,
}

impl Wrong {
    pub(super) fn new(message: Text) -> Wrong {
        Wrong { message, help: None }
    }

    pub(super) fn help(self, help: Text) -> Wrong {
        Wrong { help: Some(help), ..self }
    }

    /// The same with its place.
    pub(super) fn at(self, place: Place) -> Finding {
        let finding = Finding::error(Code::BadValue, place, self.message);
        match self.help {
            Some(help) => finding.help(help),
            None => finding,
        }
    }

    /// Words that are not in a fixed list.
    pub(super) fn none_of(words: &str, of: &str, all: impl Iterator<Item = &'static str> + Clone) -> Wrong {
        let message = say::none_of(words, of);
        match common::nearest(words, all.clone()) {
            Some(near) => Wrong::new(message).help(say::did_you_mean(near)),
            None => Wrong::new(message).help(say::one_of(of, all.collect::<Vec<_>>().join(", "))),
        }
    }
}

/// The sort of feedback that the words name.
pub(super) fn kind(words: &str) -> Result<Kind, Wrong> {
    Kind::of(words).ok_or_else(|| Wrong::none_of(words, "kind", Kind::ALL.iter().map(|kind| kind.word())))
}

/// The event that the words name.
pub(super) fn event(words: &str) -> Result<EventName, Wrong> {
    EventName::of(words)
        .ok_or_else(|| Wrong::none_of(words, "event", EventName::ALL.iter().map(|name| name.word())))
}

/// The value of a cell's words for a key of an event. `format` is the format of dates according to the map.
pub(super) fn attribute(
    field: Field,
    words: &str,
    zone: &TimeZone,
    format: Option<&str>,
) -> Result<Value, Wrong> {
    let shape = field.shape();
    match shape {
        Shape::Moment => moment(words, zone, format).map(Value::Moment),
        Shape::Day => {
            let at = moment(words, zone, format)?.instant();
            Ok(Value::Day(zone.to_datetime(at).date()))
        }
        Shape::Names(_) => Ok(Value::List(list(words))),
        _ => Value::read(shape, vec![words.to_owned()], false).ok_or_else(|| match shape {
            Shape::Choice(all) => Wrong::none_of(words, field.word(), all.iter().copied()),
            Shape::Flag => Wrong::none_of(words, field.word(), ["true", "false"].into_iter()),
            Shape::Score => Wrong::new(say::no_score(words)).help(say::map_the_values(field.word())),
            Shape::Money => Wrong::new(say::no_money(words)),
            _ => Wrong::new(say::no_words(field.word())),
        }),
    }
}

/// Several words in one cell: between commas or semicolons, also Chinese ones.
pub(super) fn list(words: &str) -> Vec<String> {
    words
        .split([',', ';', '，', '；', '、', '\n'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_near_one_of_the_list_is_suggested() {
        let wrong = event("resolvd").unwrap_err();
        assert_eq!(wrong.message.to_string(), "`resolvd` is not a known `event`");
        assert_eq!(wrong.help.unwrap().to_string(), "did you mean `resolved`?");
        let wrong = attribute(Field::Outcome, "ok", &TimeZone::UTC, None).unwrap_err();
        assert_eq!(
            wrong.help.unwrap().to_string(),
            "`outcome` is one of satisfied, dissatisfied, unreached; translate other words under [values.outcome] in the map"
        );
    }

    #[test]
    fn a_list_is_divided_at_commas_of_either_language() {
        assert_eq!(list("a, b;c，茶 杯、d,,"), ["a", "b", "c", "茶 杯", "d"]);
        assert!(list(" , ").is_empty());
    }
}
