use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::{Lang, Text};

/// What can be an argument of a message.
pub(crate) trait Say {
    /// Its text in one language.
    fn say(&self, lang: Lang) -> Cow<'_, str>;
}

impl Say for Text {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        Cow::Borrowed(self.to(lang))
    }
}

impl Say for str {
    fn say(&self, _: Lang) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Say for String {
    fn say(&self, _: Lang) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Say for Path {
    fn say(&self, _: Lang) -> Cow<'_, str> {
        self.to_string_lossy()
    }
}

impl Say for PathBuf {
    fn say(&self, _: Lang) -> Cow<'_, str> {
        self.to_string_lossy()
    }
}

impl<T: Say + ?Sized> Say for &T {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        (**self).say(lang)
    }
}

macro_rules! as_displayed {
    ($($type:ty),*) => {
        $(impl Say for $type {
            fn say(&self, _: Lang) -> Cow<'_, str> { Cow::Owned(self.to_string()) }
        })*
    };
}

as_displayed!(
    char,
    u8,
    i16,
    u32,
    i32,
    u64,
    i64,
    usize,
    crate::case::Id,
    crate::case::Stamp,
    crate::case::Money,
    jiff::civil::Date
);

impl Say for crate::case::Status {
    fn say(&self, lang: Lang) -> Cow<'_, str> {
        Cow::Borrowed(super::names::status(*self).pick(lang))
    }
}
