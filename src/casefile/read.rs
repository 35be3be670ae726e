//! From the text of a case file to the [`Case`], or to everything that is wrong with it.

use std::path::Path;

use super::decode::decode;
use super::flaws::{Flaws, KeyEntry};
use super::say::{self, listed, shown};
use super::tree::{self, Mark, Node, NodeContent};
use super::{history, own_layout, syntax};
use crate::case::{Case, Customer, Event, Id, Kind};
use crate::error::Finding;
use crate::lang::{Lang, common, names};

/// The keys of a case file, in the order in which they are written.
pub(crate) const INTAKE: &[&str] = &[
    "id",
    "kind",
    "title",
    "description",
    "channel",
    "customer",
    "order",
    "product",
    "demand",
    "tags",
    "links",
    "external",
    "history",
];

/// The keys below `customer`.
pub(crate) const CUSTOMER: &[&str] = &["key", "name", "contact", "tier"];

/// The required keys of a file, each with a line to add.
const REQUIRED: &[(&str, &str)] = &[
    ("id", "id: 20261122-7k3q9x"),
    ("kind", "kind: complaint"),
    ("title", "title: …"),
    ("channel", "channel: hotline"),
    ("history", "history:"),
];

/// Reads a case file; `path` is its path from the ledger's root, for the findings.
///
/// Every word is read as a string. An optional key without a value counts as absent. Unknown keys are listed in the
/// case and in its events (those below `customer` as `customer.…`).
///
/// # Errors
/// Everything that is wrong with the file, as far as it can be understood, in its order: `unreadable` (no text, no
/// YAML, no case), `conflict-marker`, `bad-value`. The list is never empty.
pub fn read(text: &[u8], path: &Path) -> Result<Case, Vec<Finding>> {
    if let Some(case) = in_our_layout(text, path) {
        return Ok(case);
    }
    read_in_full(text, path)
}

/// The same as [`read`], without its fast way.
///
/// # Errors
/// As [`read`].
pub fn read_in_full(text: &[u8], path: &Path) -> Result<Case, Vec<Finding>> {
    let text = decode(text, path)?;
    let tree = tree::parse(text).map_err(|broken| vec![syntax::finding(broken, text, path)])?;
    case_of(tree, text, path)
}

/// The fast way: a file without faults in the layout that `fb` writes. Findings need places, which this tree lacks.
fn in_our_layout(text: &[u8], path: &Path) -> Option<Case> {
    let text = std::str::from_utf8(text).ok()?;
    case_of(own_layout::parse(text)?, text, path).ok()
}

fn case_of(tree: Node<'_>, text: &str, path: &Path) -> Result<Case, Vec<Finding>> {
    let mut flaws = Flaws::new(text, path);
    let draft = PartialCase::read(tree, &mut flaws);
    let id = draft.id.clone();
    match draft.finish() {
        Some(case) if flaws.count() == 0 => Ok(case),
        _ => Err(flaws.finish(id.as_ref())),
    }
}

/// A case that may still lack parts.
#[derive(Default)]
struct PartialCase {
    id: Option<Id>,
    kind: Option<Kind>,
    title: Option<String>,
    description: Option<String>,
    channel: Option<String>,
    customer: Customer,
    order: Option<String>,
    product: Option<String>,
    demand: Option<String>,
    tags: Vec<String>,
    links: Vec<String>,
    external: Option<String>,
    history: Vec<Event>,
    unknown: Vec<String>,
}

impl PartialCase {
    fn read<'a>(root: Node<'a>, flaws: &mut Flaws<'a>) -> PartialCase {
        let mut draft = PartialCase::default();
        let at = root.mark;
        let Some(entries) = flaws.entries(root) else {
            flaws.unreadable(at, say::not_keys());
            return draft;
        };
        for (key, line) in REQUIRED {
            if !entries.iter().any(|entry| entry.name == *key) {
                flaws.bad(Mark::point(at.line, at.column), say::missing(key), [say::add(line)]);
            }
        }
        for entry in entries {
            draft.take(entry, flaws);
        }
        draft
    }

    fn take<'a>(&mut self, entry: KeyEntry<'a>, flaws: &mut Flaws<'a>) {
        match &*entry.name {
            "tags" => self.tags = list(entry, flaws),
            "links" => self.links = list(entry, flaws),
            "id" => self.id = id(entry, flaws),
            "kind" => self.kind = kind(entry, flaws),
            "title" => self.title = flaws.required(entry),
            "channel" => self.channel = flaws.required(entry),
            "description" => self.description = flaws.word(entry),
            "order" => self.order = flaws.word(entry),
            "product" => self.product = flaws.word(entry),
            "demand" => self.demand = flaws.word(entry),
            "external" => self.external = flaws.word(entry),
            "customer" => self.customer(entry, flaws),
            "history" => self.history = history::events(entry, flaws),
            _ => self.unknown.push(entry.name.into_owned()),
        }
    }

    fn customer<'a>(&mut self, entry: KeyEntry<'a>, flaws: &mut Flaws<'a>) {
        if entry.value.is_empty() {
            return;
        }
        if !matches!(entry.value.content, NodeContent::Map { .. }) {
            return flaws.misfit(entry.value.mark, &entry.value.content, say::keys_below("customer"), None);
        }
        for part in flaws.entries(entry.value).unwrap_or_default() {
            match &*part.name {
                "key" => self.customer.key = flaws.word(part),
                "name" => self.customer.name = flaws.word(part),
                "contact" => self.customer.contact = flaws.word(part),
                "tier" => self.customer.tier = flaws.word(part),
                name => self.unknown.push(format!("customer.{name}")),
            }
        }
    }

    fn finish(self) -> Option<Case> {
        Some(Case {
            id: self.id?,
            kind: self.kind?,
            title: self.title?,
            description: self.description,
            channel: self.channel?,
            customer: self.customer,
            order: self.order,
            product: self.product,
            demand: self.demand,
            tags: self.tags,
            links: self.links,
            external: self.external,
            history: Some(self.history).filter(|history| !history.is_empty())?,
            unknown: self.unknown,
        })
    }
}

fn list<'a>(entry: KeyEntry<'a>, flaws: &mut Flaws<'a>) -> Vec<String> {
    flaws.words(entry).map(|(words, _)| words).unwrap_or_default()
}

fn id<'a>(entry: KeyEntry<'a>, flaws: &mut Flaws<'a>) -> Option<Id> {
    let at = entry.value.mark;
    let word = flaws.required(entry)?;
    let id = Id::parse(&word).ok();
    if id.is_none() {
        flaws.bad(at, say::bad_id(shown(&word)), [say::id_form()]);
    }
    id
}

fn kind<'a>(entry: KeyEntry<'a>, flaws: &mut Flaws<'a>) -> Option<Kind> {
    let at = entry.value.mark;
    let word = flaws.required(entry)?;
    let kind = Kind::of(&word);
    if kind.is_none() {
        let names = Kind::ALL
            .map(|kind| (kind.word(), [Lang::En, Lang::Zh].map(|lang| names::kind(kind).pick(lang))));
        let help = match common::nearest_named(&word, names) {
            Some(meant) => say::did_you_mean(meant),
            None => say::one_of(listed(Kind::ALL.map(Kind::word))),
        };
        flaws.bad(at, say::unknown_kind(shown(&word)), [help]);
    }
    kind
}
