use jiff::Timestamp;

use super::say;
use super::subject::Whole;
use crate::error::{Code, Finding, Place};
use crate::policy::Book;

/// The rules in force today, if the day of their review has come.
pub(super) fn find(whole: &Whole<'_, '_>) -> Vec<Finding> {
    whole.stock.book.and_then(|book| due(book, whole.stock.until)).into_iter().collect()
}

fn due(book: &Book, now: Timestamp) -> Option<Finding> {
    let today = book.shop.day(now);
    let rules = book.on(today);
    let review = rules.review.filter(|review| *review <= today)?;
    let place = Place::at(rules.file(), rules.review_line, 1, "review".len());
    Some(
        Code::ReviewDue
            .at(place, say::review_due(review))
            .help(say::set_review(rules.file().display().to_string(), today)),
    )
}
