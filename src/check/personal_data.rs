//! Numbers of persons in free text.

use super::Flaw;
use crate::case::{Case, Field, Shape, Value};
use crate::casefile::Spot;
use crate::error::Code;
use crate::lang::{self, Text};
use crate::ledger::Found;
use crate::privacy::{Number, masked, numbers};

mod say {
    crate::messages! {
        personal_data(numbers) { "this text contains {numbers}", "这段文字里有{numbers}" }
        phone(number) { "a telephone number ({number})", "手机号（{number}）" }
        identity(number) { "an identity number ({number})", "身份证号（{number}）" }
        card(number) { "a bank card number ({number})", "银行卡号（{number}）" }
        git_keeps_it() { "what is committed stays in git's history, for everyone who has a clone", "提交过的内容会留在 git 历史里，拿到仓库的人都看得到" }
        take_it_out() { "remove it; a customer's number belongs in `customer.contact`", "请删掉；客户的电话应写在 `customer.contact`" }
    }
}

/// How many numbers of one text are named.
const NAMED: usize = 5;
/// The longest number of an order, in bytes.
const LONGEST_ORDER: usize = 1 << 10;

/// Numbers of persons in the title, the description and the texts of events: they belong in `customer.contact`.
pub(super) fn find(found: &Found) -> Vec<Flaw<'_>> {
    let case = &found.case;
    let description = case.description.as_deref().map(|words| (Spot::IntakeValue("description"), words));
    let events = case.history.iter().enumerate().flat_map(|(index, event)| {
        let words = event.payload.iter().filter_map(|(field, value)| match (field.shape(), value) {
            (Shape::Text, Value::Text(words)) if *field != Field::File => Some((field, words.as_str())),
            _ => None,
        });
        words.map(move |(field, words)| (Spot::EventValue(index, field.word()), words))
    });
    let texts =
        [(Spot::IntakeValue("title"), case.title.as_str())].into_iter().chain(description).chain(events);
    texts.filter_map(|(spot, words)| flaw(found, spot, words)).collect()
}

fn flaw<'a>(found: &'a Found, spot: Spot<'a>, words: &str) -> Option<Flaw<'a>> {
    let mut held: Vec<Text> = Vec::new();
    for (number, range) in numbers(words) {
        let word = &words[range];
        if of_the_case(&found.case, word) {
            continue;
        }
        // The separators of its groups may be a line break, or one of two brackets.
        let seen: String = masked(word).chars().filter(|c| c.is_alphanumeric() || *c == '*').collect();
        let said = said(number, seen);
        if held.contains(&said) {
            continue;
        }
        if held.len() == NAMED {
            held.push(Text::same("…"));
            break;
        }
        held.push(said);
    }
    if held.is_empty() {
        return None;
    }
    let flaw = Code::PersonalData.of(found, spot, say::personal_data(lang::list(&held)));
    Some(flaw.note(say::git_keeps_it()).help(say::take_it_out()))
}

/// Whether it is the number of the order, or of the other system, that the case has.
fn of_the_case(case: &Case, word: &str) -> bool {
    let known = [&case.order, &case.external];
    known.into_iter().flatten().any(|known| known.len() <= LONGEST_ORDER && known.contains(word))
}

fn said(number: Number, masked: String) -> Text {
    match number {
        Number::Phone => say::phone(masked),
        Number::Identity => say::identity(masked),
        Number::Card => say::card(masked),
    }
}
