//! `fb.toml`: read, or refused with places; names that are added come in, and nothing else changes.

use fb::case::Names;
use fb::import::names::add_names;
use fb::policy::Shop;

use super::{said, told};

const PATH: &str = "fb.toml";

/// The lists that an import can add to.
const LISTS: [Names; 8] = [
    Names::People,
    Names::Departments,
    Names::Channels,
    Names::Categories,
    Names::Urgencies,
    Names::Complexities,
    Names::Roles,
    Names::Remedies,
];

pub fn holds(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    match Shop::read(text, PATH.as_ref()) {
        Err(findings) => told(&findings, PATH, text),
        Ok(shop) => {
            for name in ["新", "a.b", "\"\u{1b}\n"] {
                names_come_in(text, &shop, &LISTS.map(|list| (list, name.to_owned())));
            }
            for category in ["product/quality", "product", ""] {
                assert!(shop.route(category).is_none_or(|word| shop.names.knows(Names::Departments, word)));
            }
        }
    }
}

fn names_come_in(text: &str, shop: &Shop, names: &[(Names, String)]) {
    // A name that was taken out by `false` stays out.
    let Ok(longer) = add_names(text, names) else { panic!("{text:?}") };
    let mut rest = longer.chars();
    assert!(text.chars().all(|c| c == '\r' || rest.any(|kept| kept == c)), "{text:?}\n{longer:?}");
    let again = Shop::read(&longer, PATH.as_ref()).unwrap_or_else(|wrong| panic!("{wrong:?}\n{longer}"));
    let taken_out = |name: &str| text.contains("false") && text.contains(name);
    for (list, name) in names {
        assert!(again.names.knows(*list, name) || taken_out(name), "{list:?} {name:?}\n{longer}");
    }
    for list in LISTS {
        assert!(shop.names.all(list).iter().all(|(name, _)| again.names.knows(list, name)), "{longer}");
    }
    assert!(shop.people.keys().all(|key| said(&again.people.get(key)) == said(&shop.people.get(key))));
    let rest = |shop: &Shop| said(&(&shop.name, &shop.lang, shop.commit, &shop.routing, &shop.volume));
    assert_eq!(rest(&again), rest(shop));
}
