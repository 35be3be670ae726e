use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;

use super::schema::Shape;
use super::stamp::Stamp;

/// The value of a key of an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// Words, or a name that the policy knows.
    Text(String),
    /// Several names.
    List(Vec<String>),
    /// Yes or no.
    Flag(bool),
    /// 1 (worst) to 5 (best).
    Score(u8),
    /// An amount in the shop's currency.
    Money(Money),
    /// A date and time.
    Moment(Stamp),
    /// A day.
    Day(Date),
}

/// An amount in hundredths of the shop's currency, never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(pub i64);

impl Money {
    /// Reads `120`, `120.5` or `120.50`.
    pub(crate) fn parse(word: &str) -> Option<Money> {
        let (whole, part) = word.split_once('.').unwrap_or((word, "0"));
        let digits =
            |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole, 12) || !digits(part, 2) {
            return None;
        }
        let hundredths = part.parse::<i64>().ok()? * if part.len() == 1 { 10 } else { 1 };
        Some(Money(whole.parse::<i64>().ok()? * 100 + hundredths))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 100 {
            0 => write!(f, "{}", self.0 / 100),
            part => write!(f, "{}.{part:02}", self.0 / 100),
        }
    }
}

/// Reads `2026-10-01`, and no other form.
pub(crate) fn read_date(word: &str) -> Option<Date> {
    let form = word.len() == 10
        && word
            .bytes()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    if form { word.parse().ok() } else { None }
}

impl Value {
    /// Reads the words of a file (one, or those of a list) as the shape that its key asks for.
    ///
    /// `None`: they cannot be read so; [`Shape`] says what was expected.
    pub(crate) fn read(shape: Shape, words: Vec<String>, list: bool) -> Option<Value> {
        match shape {
            Shape::Names(_) => Some(Value::List(words)),
            _ if list => None,
            _ => Value::read_one(shape, words.into_iter().next()?.into()).ok(),
        }
    }

    /// Reads one word of a file as a shape that is no list.
    ///
    /// # Errors
    /// The word, if it cannot be read so; [`Shape`] says what was expected.
    pub(crate) fn read_one(shape: Shape, word: Cow<'_, str>) -> Result<Value, Cow<'_, str>> {
        let value = match shape {
            Shape::Text | Shape::Name(_) | Shape::Case => {
                let is_empty = word.trim().is_empty();
                return if is_empty { Err(word) } else { Ok(Value::Text(word.into_owned())) };
            }
            Shape::Choice(words) => {
                words.iter().find(|choice| **choice == word).map(|choice| Value::Text((*choice).to_owned()))
            }
            Shape::Flag => match &*word {
                "true" => Some(Value::Flag(true)),
                "false" => Some(Value::Flag(false)),
                _ => None,
            },
            Shape::Score => match word.parse::<u8>() {
                Ok(score @ 1..=5) => Some(Value::Score(score)),
                _ => None,
            },
            Shape::Money => Money::parse(&word).map(Value::Money),
            Shape::Moment => Stamp::parse(&word).ok().map(Value::Moment),
            Shape::Day => read_date(&word).map(Value::Day),
            Shape::Names(_) => None,
        };
        value.ok_or(word)
    }

    /// The text, if it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::List(words) => f.write_str(&words.join(", ")),
            Value::Flag(flag) => write!(f, "{flag}"),
            Value::Score(score) => write!(f, "{score}"),
            Value::Money(money) => write!(f, "{money}"),
            Value::Moment(stamp) => write!(f, "{stamp}"),
            Value::Day(day) => write!(f, "{day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_exact() {
        for (word, hundredths) in [("0", 0), ("120", 12_000), ("120.5", 12_050), ("120.05", 12_005)] {
            assert_eq!(Money::parse(word), Some(Money(hundredths)), "{word}");
        }
        for word in ["", "-1", "1.234", "1e3", "1.", ".5", "１２", "9999999999999"] {
            assert_eq!(Money::parse(word), None, "{word}");
        }
        assert_eq!(Money(12_050).to_string(), "120.50");
        assert_eq!(Money(12_000).to_string(), "120");
    }
}
