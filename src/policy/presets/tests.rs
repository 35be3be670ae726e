//! What must be true of every rule book: it is complete, it is consistent, and its limits are those of the clauses.

use super::Preset;

mod book;
mod calendars;
mod clauses;
mod rules;

#[test]
fn a_preset_is_found_by_its_name() {
    assert_eq!(Preset::of("citywide").map(|preset| preset.code), Some("S1"));
    assert_eq!(Preset::of("S1"), None);
}

#[test]
fn a_preset_without_its_day_of_review_is_the_same_in_all_else() {
    for preset in Preset::ALL {
        let mut whole = book::parse(preset.policy);
        whole.remove("review");
        assert_eq!(book::parse(&preset.undated()), whole, "{}", preset.name);
    }
}
