//! Makes the rules of a shop begin on a certain day: the rules from the beginning get a file of that day, and before it
//! there are no limits.

use jiff::civil::Date;

use super::{RuleChange, Session};
use crate::case::Id;
use crate::casefile::layout;
use crate::error::{Error, Result};
use crate::ledger::{Found, Lock, Write};
use crate::policy::{Beginning, RuleBook, rules_before};

mod say {
    crate::messages! {
        begun(first, file) { "the rules begin on {first} already: {file}", "制度已自 {first} 起施行：{file}" }
        rename(file, other) {
            "before that day there are no limits; to begin on another day, give the file another name: git mv {file} {other}",
            "该日之前不设时限；要改日期，请给文件改名：git mv {file} {other}"
        }
        followed(first, file) {
            "the rules from the beginning end before {first}, when those of {file} begin",
            "最初的制度只施行到 {first} 之前，自该日起为 {file}"
        }
        earlier_day(first) {
            "give a day before {first}: later, the rules from the beginning would hold for no case, and be lost",
            "请给出 {first} 之前的日期；否则最初的制度不再适用于任何案卷，等于丢失"
        }
        no_limits(file) { "{file} has no limits and asks for no step", "{file} 没有时限，也不要求任何步骤" }
        choose_rules() { "`fb policy list` shows the rule books to start from", "`fb policy list` 列出可选用的制度" }
        not_taken(file) { "{file} is written in a way from which its names cannot be taken", "{file} 的写法无法从中取出名称" }
    }
}

/// The cases received before the day on which the rules begin.
pub(crate) struct CasesBefore {
    /// How many there are, without void ones.
    pub all: usize,
    /// How many of them have not ended.
    pub open: usize,
    /// Those whose status is another one without the approvals that were asked for: each moves to its new place.
    pub moved: Vec<(Id, Write)>,
}

impl Session {
    /// The files of the rules, if these are to begin on a day.
    ///
    /// # Errors
    /// They begin later already, would be lost, or have no limits.
    pub(crate) fn rules_from(&self, lock: &Lock, day: Date) -> Result<RuleChange> {
        let book = self.rules_now(lock)?;
        let base = book.on(Date::MIN).file();
        let file = |day: Date| base.with_file_name(format!("{day}.toml"));
        match book.beginning(day) {
            Beginning::Possible => {}
            Beginning::Begun(first) => {
                let rename = say::rename(file(first), base.with_file_name("YYYY-MM-DD.toml"));
                return Err(Error::refused(say::begun(first, file(first))).hint(rename));
            }
            Beginning::Followed(first) => {
                return Err(Error::refused(say::followed(first, file(first))).hint(say::earlier_day(first)));
            }
            Beginning::NoLimits => {
                return Err(Error::refused(say::no_limits(base)).hint(say::choose_rules()));
            }
        }
        let rules = self.ledger.disk().text(base)?;
        let text = rules_before(day, &rules).ok_or_else(|| Error::failed(say::not_taken(base)))?;
        // At every instant one of the two files has the rules.
        let writes = vec![
            Write { old: None, before: None, new: file(day), text: rules.clone() },
            Write { old: Some(base.to_owned()), before: Some(rules), new: base.to_owned(), text },
        ];
        Ok(RuleChange { writes, subject: format!("policy: begin on {day}") })
    }

    /// The cases received before `day`, under `book`, in which the rules begin on that day.
    ///
    /// # Errors
    /// If the file of a case cannot be read.
    pub(crate) fn cases_before<'f>(
        &self,
        day: Date,
        book: &RuleBook,
        cases: impl IntoIterator<Item = &'f Found>,
    ) -> Result<CasesBefore> {
        let mut before = CasesBefore { all: 0, open: 0, moved: Vec::new() };
        let day_of = |at| book.shop.day(at);
        for found in cases.into_iter().filter(|found| day_of(found.case.received_at()) < day) {
            let replay = book.whole(&found.case);
            let state = replay.state();
            before.all += usize::from(!state.voided);
            before.open += usize::from(!state.status.terminal());
            let new = layout::place(&found.case.id, &replay, day_of);
            if new != found.path && found.path == super::place(&self.book, &found.case) {
                let text = self.ledger.disk().text(&found.path)?;
                let write = Write { old: Some(found.path.clone()), before: Some(text.clone()), new, text };
                before.moved.push((found.case.id.clone(), write));
            }
        }
        Ok(before)
    }
}
