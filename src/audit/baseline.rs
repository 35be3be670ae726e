//! `audit.toml`: findings that a person examined and accepted, each with a reason.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, value};

use super::{AuditFinding, codes};
use crate::case::Stamp;
use crate::error::{Code, Error, Finding, Place, Result};
use crate::lang::Lang;
use crate::toml_file::{self, TomlKeys, TomlValue, TomlWord};

/// Where it is, from the ledger's root.
pub(crate) use crate::ledger::BASELINE;

mod say {
    crate::messages! {
        only_accepted() { "it may only have [[accepted]] entries", "这里只能写 [[accepted]] 条目" }
        finding() { "finding", "问题" }
        empty(key) { "`{key}` must not be empty", "`{key}` 不能为空" }
        too_wide() { "name the case (`id`) or the commit (`commit`)", "请写明案卷（`id`）或提交（`commit`）" }
        bad_stamp(word) {
            "`{word}` is not a date and time such as 2026-11-22T09:31:00+08:00",
            "`{word}` 不是 2026-11-22T09:31:00+08:00 这样的时间"
        }
        no_reason() { "this entry has no reason, so it accepts nothing", "没有写理由，不予认可" }
        give_reason() { "say why in `reason`", "请在 `reason` 里写明理由" }
        matches_nothing() { "this entry matches no finding any more", "这一条已没有对应的问题" }
        remove_it() { "remove it, or correct what it names", "请删掉，或改正其中的内容" }
    }
}

const FILE: TomlKeys = TomlKeys { needed: &[], optional: &["accepted"] };
const ENTRY: TomlKeys = TomlKeys { needed: &["code"], optional: &["id", "event", "at", "commit", "reason"] };

/// What is accepted.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    entries: Vec<Accepted>,
}

/// One entry: it accepts the findings that have all its values.
#[derive(Debug, Clone)]
struct Accepted {
    place: Place,
    code: Code,
    id: Option<String>,
    event: Option<String>,
    at: Option<Stamp>,
    commit: Option<String>,
}

impl Baseline {
    /// Reads it. An entry without a reason accepts nothing, and is a warning.
    ///
    /// # Errors
    /// Everything that is wrong with it: what is not TOML, keys, codes and stamps that cannot be read, entries that
    /// name neither a case nor a commit.
    pub fn read(text: &str) -> std::result::Result<(Baseline, Vec<Finding>), Vec<Finding>> {
        toml_file::read(text, Path::new(BASELINE), |file| {
            file.keys(&FILE);
            let mut warnings = Vec::new();
            let sections = file.sections("accepted");
            let entries = sections.iter().filter_map(|entry| accepted(entry, &mut warnings)).collect();
            Some((Baseline { entries }, warnings))
        })
    }

    /// The findings that are not accepted, and a warning for each entry that matches none. If only some findings were
    /// asked for (`whole` is false), an entry may match one of the others: there is no warning.
    pub(crate) fn apply<'a>(
        &self,
        hits: Vec<AuditFinding<'a>>,
        whole: bool,
    ) -> (Vec<AuditFinding<'a>>, Vec<Finding>) {
        // An entry names a case or a commit, so only findings about these can fit it.
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
        let stale = stale.map(|(entry, _)| {
            Code::Baseline.at(entry.place.clone(), say::matches_nothing()).help(say::remove_it())
        });
        (left, stale.collect())
    }
}

impl Accepted {
    fn fits(&self, hit: &AuditFinding<'_>) -> bool {
        let same =
            |asked: &Option<String>, is: Option<&str>| asked.as_deref().is_none_or(|asked| Some(asked) == is);
        self.code == hit.code()
            && same(&self.id, hit.id.as_ref().map(|id| id.as_str()))
            && same(&self.event, hit.event.map(|event| event.name.word()))
            && self.at.is_none_or(|at| hit.event.is_some_and(|event| event.at == at))
            && self.commit.as_deref().is_none_or(|start| hit.commit.id.starts_with(start))
    }
}

/// An entry that accepts something; `None` if it does not, with a warning or a problem.
fn accepted(value: &TomlValue<'_>, warnings: &mut Vec<Finding>) -> Option<Accepted> {
    let table = value.table_of(&ENTRY)?;
    let word = |key: &str| filled(&table.get(key)?);
    let code = word("code").and_then(|code| code.one_of(say::finding(), &codes(), Code::word));
    let (id, event, at, commit) = (word("id"), word("event"), word("at"), word("commit"));
    if !table.has("id") && !table.has("commit") {
        table.at.problem(say::too_wide(), None);
    }
    let at = at.and_then(|word| {
        let stamp = Stamp::parse(word.word).ok();
        if stamp.is_none() {
            word.at.problem(say::bad_stamp(word.word), None);
        }
        stamp
    });
    if table.text("reason").is_none_or(|reason| reason.trim().is_empty()) {
        warnings.push(Code::Baseline.at(table.at.place(), say::no_reason()).help(say::give_reason()));
        return None;
    }
    let only = |found: Option<TomlWord<'_>>| found.map(|found| found.word.to_owned());
    Some(Accepted {
        place: table.at.place(),
        code: code?,
        id: only(id),
        event: only(event),
        at,
        commit: only(commit),
    })
}

/// A text that is not empty, without the spaces around it.
fn filled<'f>(value: &TomlValue<'f>) -> Option<TomlWord<'f>> {
    let TomlWord { word, at } = value.word()?;
    let word = word.trim();
    if word.is_empty() {
        at.problem(say::empty(value.key.word), None);
        return None;
    }
    Some(TomlWord { word, at })
}

/// The first lines of a new baseline.
const HEAD: [&str; 2] = [
    "# What `fb audit` found and somebody looked at, each with the reason why it is right.\n\n",
    "# `fb audit` 发现、经人核实无误的问题，每条都写明理由。\n\n",
];

/// The text of the baseline with these findings accepted for a reason, each once; and how many entries are new.
///
/// # Errors
/// The text is not a baseline.
pub(crate) fn accept(
    text: &str,
    hits: &[AuditFinding<'_>],
    reason: &str,
    lang: Lang,
) -> Result<(String, usize)> {
    let mut entries: Vec<Vec<(&str, String)>> = hits.iter().map(AuditFinding::entry).collect();
    entries.sort();
    entries.dedup();
    let wrong = || Error::failed(say::only_accepted());
    let mut document: DocumentMut = text.parse().map_err(|_| wrong())?;
    if !document.contains_key("accepted") {
        document.insert("accepted", Item::ArrayOfTables(ArrayOfTables::new()));
    }
    let list = &mut document["accepted"];
    for entry in &entries {
        let pairs = entry.iter().map(|(key, word)| (*key, word.as_str())).chain([("reason", reason)]);
        if let Some(list) = list.as_array_of_tables_mut() {
            let table: Table = pairs.map(|(key, word)| (key, value(word))).collect();
            list.push(table);
        } else if let Some(list) = list.as_array_mut() {
            list.push(pairs.collect::<InlineTable>());
        } else {
            return Err(wrong());
        }
    }
    let head = if text.trim().is_empty() { HEAD[usize::from(lang == Lang::Zh)] } else { "" };
    Ok((format!("{head}{document}"), entries.len()))
}
