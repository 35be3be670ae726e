//! What people read, in English and in Chinese, by key.
//!
//! A leaf that every room may use. [`messages!`](crate::messages) turns a list of keys with their two wordings into
//! functions that return a [`Text`]; where it is printed, one of the two is chosen.

use std::borrow::Cow;
use std::fmt;

mod clean;
pub(crate) mod common;
pub(crate) mod names;
mod say;
mod span;

pub(crate) use clean::{acts, clean, clean_lines, one_line, unsteering, visible};
pub(crate) use say::Say;
pub(crate) use span::{ago, brief, duration, moment, weekday};

/// A language that people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 简体中文.
    Zh,
}

impl Lang {
    /// The word in `fb.toml`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }

    /// The language that a word such as `zh` or `zh_CN.UTF-8` names.
    pub(crate) fn of(word: &str) -> Option<Lang> {
        match word.get(..2) {
            Some("en") => Some(Lang::En),
            Some("zh") => Some(Lang::Zh),
            _ => None,
        }
    }
}

/// A text in both languages.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Text {
    en: Cow<'static, str>,
    zh: Cow<'static, str>,
}

impl Text {
    /// A fixed text.
    pub(crate) const fn of(en: &'static str, zh: &'static str) -> Text {
        Text { en: Cow::Borrowed(en), zh: Cow::Borrowed(zh) }
    }

    /// A text that was composed.
    pub(crate) fn new(en: impl Into<String>, zh: impl Into<String>) -> Text {
        Text { en: Cow::Owned(en.into()), zh: Cow::Owned(zh.into()) }
    }

    /// A text that is the same in both, such as a name.
    pub(crate) fn same(word: impl Into<String>) -> Text {
        let word = word.into();
        Text { en: Cow::Owned(word.clone()), zh: Cow::Owned(word) }
    }

    /// The text in one language.
    pub fn to(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }

    /// Both languages in one string, for places that take only one. [`side`] splits them.
    pub(crate) fn both(&self) -> String {
        format!("{}{BETWEEN}{}", self.en, self.zh)
    }

    /// The same text, each language changed in the same way.
    #[must_use]
    pub(crate) fn map(&self, change: impl Fn(&str) -> Cow<'_, str>) -> Text {
        let changed = |words: &Cow<'static, str>| match change(words) {
            Cow::Borrowed(same) if same.len() == words.len() => words.clone(),
            other => Cow::Owned(other.into_owned()),
        };
        Text { en: changed(&self.en), zh: changed(&self.zh) }
    }
}

/// Separates the two languages in [`Text::both`]. It is visible, so that a forgotten one is noticed.
const BETWEEN: char = '␟';

/// One language of what [`Text::both`] made; a text without the separator is the same in both.
pub(crate) fn side(words: &str, lang: Lang) -> &str {
    match (words.split_once(BETWEEN), lang) {
        (Some((en, _)), Lang::En) => en,
        (Some((_, zh)), Lang::Zh) => zh,
        (None, _) => words,
    }
}

/// Several texts in a row.
pub(crate) fn list(words: &[Text]) -> Text {
    Text::new(joined(words, Lang::En, ", "), joined(words, Lang::Zh, "、"))
}

fn joined(words: &[Text], lang: Lang, between: &str) -> String {
    words.iter().map(|word| word.to(lang)).collect::<Vec<_>>().join(between)
}

/// Several words of which one is enough: `a, b or c`.
pub(crate) fn any_of(words: &[Text]) -> Text {
    let Some((last, others)) = words.split_last().filter(|(_, others)| !others.is_empty()) else {
        return list(words);
    };
    let others = list(others);
    Text::new(
        format!("{} or {}", others.to(Lang::En), last.to(Lang::En)),
        format!("{}或{}", others.to(Lang::Zh), last.to(Lang::Zh)),
    )
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.en)
    }
}

impl fmt::Display for Text {
    /// The English text: for logs and tests. What people read goes through [`Text::to`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// Makes a function for each key, from its arguments to a [`Text`].
///
/// ```ignore
/// crate::messages! {
///     /// A case moved.
///     moved(id, count) { "{id} moved, {count} left", "{id} 已移动，还剩 {count} 件" }
/// }
/// assert_eq!(moved("7k3q9x", 2).to(Lang::Zh), "7k3q9x 已移动，还剩 2 件");
/// ```
#[macro_export]
macro_rules! messages {
    ($($(#[$meta:meta])* $name:ident($($arg:ident),* $(,)?) { $en:literal, $zh:literal $(,)? })*) => {
        $(
            $(#[$meta])*
            #[allow(missing_docs, unused_variables, clippy::too_many_arguments)]
            pub(crate) fn $name($($arg: impl $crate::lang::Say),*) -> $crate::lang::Text {
                $crate::lang::Text::new(
                    { $(let $arg = $arg.say($crate::lang::Lang::En);)* format!($en) },
                    { $(let $arg = $arg.say($crate::lang::Lang::Zh);)* format!($zh) },
                )
            }
        )*
    };
}

#[cfg(test)]
mod tests {
    use super::{Lang, Text, side};

    crate::messages! {
        moved(id, count) { "{id} moved, {count} left", "{id} 已移动，还剩 {count} 件" }
    }

    #[test]
    fn a_message_is_filled_in_each_language() {
        assert_eq!(moved("7k3q9x", 2).to(Lang::Zh), "7k3q9x 已移动，还剩 2 件");
        assert_eq!(moved("7k3q9x", 2).to(Lang::En), "7k3q9x moved, 2 left");
    }

    #[test]
    fn both_languages_in_one_string_come_apart_again() {
        let both = Text::of("the cup", "茶杯").both();
        assert_eq!((side(&both, Lang::En), side(&both, Lang::Zh)), ("the cup", "茶杯"));
        assert_eq!((side("json", Lang::En), side("json", Lang::Zh)), ("json", "json"));
    }
}
