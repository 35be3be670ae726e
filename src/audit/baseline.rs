//! `audit.toml`: findings that somebody looked at and accepted, each with a reason.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{CODES, Hit, words};
use crate::case::Stamp;
use crate::check::Code;
use crate::error::{Finding, Place, Places};
use crate::lang::{Text, common};

/// Where it stands, from the ledger's root.
pub(crate) use crate::ledger::BASELINE;

pub(super) const CODE: Code = Code::warning(
    "baseline",
    "audit.toml accepts without a reason, or what is not found any more",
    "audit.toml 中有一条没写理由，或对应的问题已不存在",
);

/// The keys of an entry.
const KEYS: [&str; 6] = ["code", "id", "event", "at", "commit", "reason"];

/// What is accepted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Baseline {
    entries: Vec<Accepted>,
}

/// One entry: it fits the findings that are like it in all that it says.
#[derive(Debug, Clone)]
struct Accepted {
    place: Place,
    code: String,
    id: Option<String>,
    event: Option<String>,
    at: Option<Stamp>,
    commit: Option<String>,
}

impl Baseline {
    /// Reads it. An entry without a reason accepts nothing, and is told.
    ///
    /// # Errors
    /// Everything that is wrong with it: what is not TOML, keys, codes and stamps that cannot be read, entries that
    /// name neither a case nor a commit.
    pub(crate) fn read(text: &str) -> Result<(Baseline, Vec<Finding>), Vec<Finding>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader { places: Places::of(text), wrong: Vec::new(), warnings: Vec::new() };
        for error in errors {
            reader.wrong(error.span().unwrap_or(0..0), words::no_toml(error.message().trim()));
        }
        let mut entries = Vec::new();
        if reader.wrong.is_empty() {
            for (key, item) in table.get_ref() {
                match (&**key.get_ref(), item.get_ref().as_array()) {
                    ("accepted", Some(list)) => {
                        entries.extend(list.iter().filter_map(|item| reader.entry(item)));
                    }
                    _ => reader.wrong(key.span(), words::only_accepted()),
                }
            }
        }
        if reader.wrong.is_empty() { Ok((Baseline { entries }, reader.warnings)) } else { Err(reader.wrong) }
    }

    /// The findings that nobody accepted, and a warning for each entry that fits none. Where only some findings were
    /// asked for (`whole` is false) nobody can say that an entry fits none.
    pub(crate) fn apply<'a>(&self, hits: Vec<Hit<'a>>, whole: bool) -> (Vec<Hit<'a>>, Vec<Finding>) {
        // An entry names a case, or a commit: no other finding can fit it
        let mut of_case: HashMap<(&str, Option<Stamp>), Vec<usize>> = HashMap::new();
        let mut of_commit: HashMap<(&str, Option<Stamp>), Vec<usize>> = HashMap::new();
        let mut lengths: BTreeSet<usize> = BTreeSet::new();
        for (at, entry) in self.entries.iter().enumerate() {
            match (&entry.id, &entry.commit) {
                (Some(id), _) => of_case.entry((id, entry.at)).or_default().push(at),
                (None, commit) => {
                    let start = commit.as_deref().unwrap_or_default();
                    lengths.insert(start.len());
                    of_commit.entry((start, entry.at)).or_default().push(at);
                }
            }
        }
        let mut used = vec![false; self.entries.len()];
        let left = hits
            .into_iter()
            .filter(|hit| {
                let id = hit.id.as_ref().map(|id| id.as_str());
                let starts = || lengths.iter().filter_map(|length| hit.commit.id.get(..*length));
                let ats = [None, hit.event.map(|event| event.at)];
                let named = ats.iter().filter_map(|at| of_case.get(&(id?, *at)));
                let dated =
                    ats.iter().flat_map(|at| starts().filter_map(|start| of_commit.get(&(start, *at))));
                let mut fits = false;
                for at in named.chain(dated).flatten().copied() {
                    if self.entries[at].fits(hit) {
                        (used[at], fits) = (true, true);
                    }
                }
                !fits
            })
            .collect();
        let stale = self.entries.iter().zip(used).filter(|(_, used)| whole && !used);
        let stale = stale
            .map(|(entry, _)| CODE.at(entry.place.clone(), words::fits_nothing()).help(words::remove_it()));
        (left, stale.collect())
    }
}

impl Accepted {
    fn fits(&self, hit: &Hit<'_>) -> bool {
        let same =
            |asked: &Option<String>, is: Option<&str>| asked.as_deref().is_none_or(|asked| Some(asked) == is);
        self.code == hit.code()
            && same(&self.id, hit.id.as_ref().map(|id| id.as_str()))
            && same(&self.event, hit.event.map(|event| event.name.word()))
            && self.at.is_none_or(|at| hit.event.is_some_and(|event| event.at == at))
            && self.commit.as_deref().is_none_or(|start| hit.commit.id.starts_with(start))
    }
}

struct Reader<'t> {
    places: Places<'t>,
    wrong: Vec<Finding>,
    warnings: Vec<Finding>,
}

impl Reader<'_> {
    fn place(&self, span: std::ops::Range<usize>) -> Place {
        self.places.of_bytes(Path::new(BASELINE), span)
    }

    fn wrong(&mut self, span: std::ops::Range<usize>, message: Text) {
        self.wrong.push(Finding::error("bad-value", self.place(span), message));
    }

    /// An entry that accepts something; `None` where it does not, which is noted.
    fn entry(&mut self, item: &Spanned<DeValue<'_>>) -> Option<Accepted> {
        let Some(table) = item.get_ref().as_table() else {
            self.wrong(item.span(), words::only_accepted());
            return None;
        };
        for (key, _) in table {
            let word: &str = key.get_ref();
            if !KEYS.contains(&word) {
                let help = common::nearest(word, KEYS)
                    .map_or_else(|| common::known_here(KEYS.join(" ")), common::did_you_mean);
                self.wrong(key.span(), words::unknown_key(word));
                self.wrong.last_mut()?.help.push(help);
            }
        }
        let mut word = |key: &str| {
            let item = table.get(key)?;
            let word = item.get_ref().as_str().map(str::trim);
            if word.is_none_or(str::is_empty) {
                self.wrong(item.span(), words::wants_words(key));
            }
            word.map(|word| (word.to_owned(), item.span()))
        };
        let [code, id, event, at, commit] = ["code", "id", "event", "at", "commit"].map(&mut word);
        let reason = table.get("reason").and_then(|item| item.get_ref().as_str());
        let reasoned = reason.is_some_and(|reason| !reason.trim().is_empty());
        match &code {
            Some((word, span)) if !CODES.iter().any(|code| code.word == word) => {
                self.wrong(span.clone(), words::no_code(word));
            }
            Some(_) => {}
            None => self.wrong(item.span(), words::code_missing()),
        }
        if id.is_none() && commit.is_none() {
            self.wrong(item.span(), words::too_wide());
        }
        let at = at.map(|(word, span)| (Stamp::parse(&word).ok(), span));
        if let Some((None, span)) = &at {
            self.wrong(span.clone(), words::bad_stamp());
        }
        if !reasoned {
            let place = self.place(item.span());
            self.warnings.push(CODE.at(place, words::no_reason()).help(words::give_reason()));
            return None;
        }
        let only = |found: Option<(String, _)>| found.map(|(word, _)| word);
        Some(Accepted {
            place: self.place(item.span()),
            code: only(code)?,
            id: only(id),
            event: only(event),
            at: at.and_then(|(stamp, _)| stamp),
            commit: only(commit),
        })
    }
}
