//! An event for programs.

use serde_json::{Map, Value as Json, json};

use crate::case::{Event, Value};

/// An event, with the keys of the files.
pub(crate) fn event_json(event: &Event) -> Json {
    let mut object = Map::new();
    object.insert("event".to_owned(), json!(event.name.word()));
    object.insert("at".to_owned(), json!(event.at.to_string()));
    object.insert("by".to_owned(), json!(event.by));
    if let Some(recorded) = event.recorded {
        object.insert("recorded".to_owned(), json!(recorded.to_string()));
    }
    for (field, said) in &event.payload {
        object.insert(field.word().to_owned(), value_json(said));
    }
    Json::Object(object)
}

/// A payload: numbers as numbers, words as words.
pub(crate) fn value_json(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::List(words) => json!(words),
        Value::Flag(flag) => json!(flag),
        Value::Score(score) => json!(score),
        Value::Money(money) => {
            money.to_string().parse::<serde_json::Number>().map_or(Json::Null, Json::Number)
        }
        Value::Moment(stamp) => json!(stamp.to_string()),
        Value::Day(day) => json!(day.to_string()),
    }
}
