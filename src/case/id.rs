use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

/// Crockford's base 32: no `i`, `l`, `o`, `u`, so that an id can be read out on the telephone.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const DATE: usize = 8;
const RANDOM: usize = 6;

/// A case's id: the local date of receipt and six random characters, `20261122-7k3q9x`.
///
/// Never a counter and never a hash of the content: two clones that are offline must not collide.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(String);

/// What is wrong with a word that should be an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id is a date, a hyphen and six characters of 0-9 a-z without i l o u, such as 20261122-7k3q9x")]
pub(crate) struct BadId;

impl Id {
    /// Makes an id from a date and 30 random bits (the rest of `random` is not used).
    pub(crate) fn new(received: Date, random: u32) -> Id {
        let date = format!("{:04}{:02}{:02}", received.year(), received.month(), received.day());
        Id(format!("{date}-{}", drawn(random)))
    }

    /// The id of a case of the same day with other random bits.
    pub(crate) fn redrawn(&self, random: u32) -> Id {
        let date = self.0.split_once('-').map_or("", |(date, _)| date);
        Id(format!("{date}-{}", drawn(random)))
    }

    /// Reads an id.
    ///
    /// # Errors
    /// [`BadId`] if the word does not have the form of an id, or if its date does not exist.
    pub(crate) fn parse(word: &str) -> Result<Id, BadId> {
        let (date, random) = word.split_once('-').ok_or(BadId)?;
        let digits = date.len() == DATE && date.bytes().all(|b| b.is_ascii_digit());
        let drawn = random.len() == RANDOM && random.bytes().all(|b| ALPHABET.contains(&b));
        if !digits || !drawn {
            return Err(BadId);
        }
        let (year, month, day) = (number(&date[..4])?, number(&date[4..6])?, number(&date[6..8])?);
        Date::new(year, month as i8, day as i8).map_err(|_| BadId)?;
        Ok(Id(word.to_owned()))
    }

    /// The ids in a text, with their places, from left to right; also one within a longer word.
    pub(crate) fn all_in(text: &str) -> impl Iterator<Item = (Range<usize>, Id)> {
        text.match_indices('-').filter_map(|(hyphen, _)| {
            let place = hyphen.checked_sub(DATE)?..hyphen + 1 + RANDOM;
            let id = Id::parse(text.get(place.clone())?).ok()?;
            Some((place, id))
        })
    }

    /// The whole id.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The random part: enough for people to name a case by.
    pub(crate) fn short(&self) -> &str {
        self.0.split_once('-').map_or(&self.0, |(_, random)| random)
    }

    /// Whether a person who types `part` can mean this id: the start of the id or of its random part.
    pub(crate) fn begins_with(&self, part: &str) -> bool {
        let part = part.to_ascii_lowercase();
        !part.is_empty() && (self.0.starts_with(&part) || self.short().starts_with(&part))
    }
}

fn number(digits: &str) -> Result<i16, BadId> {
    digits.parse().map_err(|_| BadId)
}

fn drawn(random: u32) -> String {
    let digit = |place| char::from(ALPHABET[((random >> (5 * place)) & 31) as usize]);
    (0..RANDOM).map(digit).collect()
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_id_is_its_date_and_thirty_bits() {
        assert_eq!(Id::new(date(2026, 11, 22), 0).as_str(), "20261122-000000");
        assert_eq!(Id::new(date(2026, 1, 2), u32::MAX).as_str(), "20260102-zzzzzz");
        // 1 in the lowest five bits, 31 in the next
        assert_eq!(Id::new(date(2026, 1, 2), 1 + (31 << 5)).short(), "1z0000");
    }

    #[test]
    fn what_is_not_an_id_is_refused() {
        for word in [
            "",
            "20261122",
            "20261122-",
            "20261122-7k3q9",
            "20261122-7k3q9xx",
            "202611220-7k3q9x",
            "+0261122-7k3q9x",
            "20261122-7K3Q9X",
            "20261122-7k3qlx",
            "20261322-7k3q9x",
            "20260230-7k3q9x",
            "../../etc-passwd",
            "20261122-７k3q9",
        ] {
            assert_eq!(Id::parse(word), Err(BadId), "{word}");
        }
        assert!(Id::parse("20261122-7k3q9x").is_ok());
    }

    #[test]
    fn ids_are_found_wherever_they_stand_in_a_text() {
        let text = "20261122-7k3q9x, -20261122-7k3q9, 茶20261121-aaaaaa茶 and see-20261120-bbbbbbb";
        let ids: Vec<_> =
            Id::all_in(text).map(|(place, id)| (id.to_string(), text[place].to_owned())).collect();
        let words = ["20261122-7k3q9x", "20261121-aaaaaa", "20261120-bbbbbb"];
        assert_eq!(ids, words.map(|word| (word.to_owned(), word.to_owned())));
        assert_eq!(Id::all_in("-").count() + Id::all_in("").count(), 0);
    }

    #[test]
    fn a_part_names_an_id_from_either_start() {
        let id = Id::parse("20261122-7k3q9x").unwrap();
        for part in ["7k3", "7K3", "2026", "20261122-7k3q9x", "7k3q9x"] {
            assert!(id.begins_with(part), "{part}");
        }
        for part in ["", "k3q", "1122", "7k3q9xx"] {
            assert!(!id.begins_with(part), "{part}");
        }
    }
}
