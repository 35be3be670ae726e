//! Where a case is: the only place that knows how status and id become a path, and back.

use std::path::{Component, Path, PathBuf};

use jiff::civil::Date;

use crate::case::{Event, EventName, Field, Id, Replay, Status};

/// The directory of the cases.
pub(crate) const CASES: &str = "cases";
/// The directory of photos and recordings, by case.
pub(crate) const ATTACHED: &str = "files";
/// Keeps an empty status directory in git.
pub(crate) const KEEP: &str = ".gitkeep";

/// The meaning of a case file's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CasePath {
    /// The status whose directory it is in.
    pub status: Status,
    /// `2026-11` under a terminal status.
    pub month: Option<String>,
    /// The file's name without `.yaml`.
    pub name: String,
}

impl CasePath {
    /// Reads a path from the ledger's root; `None` if it is not the place of a case.
    pub(crate) fn of(path: &Path) -> Option<CasePath> {
        let mut parts = path.components().map(|part| match part {
            Component::Normal(part) => part.to_str(),
            _ => None,
        });
        if parts.next()?? != CASES {
            return None;
        }
        let status = Status::of(parts.next()??)?;
        let rest: Vec<&str> = parts.collect::<Option<_>>()?;
        let (month, file) = match (status.terminal(), rest.as_slice()) {
            (false, [file]) => (None, file),
            (true, [month, file]) if is_month(month) => (Some((*month).to_owned()), file),
            _ => return None,
        };
        Some(CasePath { status, month, name: file.strip_suffix(".yaml")?.to_owned() })
    }
}

fn is_month(word: &str) -> bool {
    let Some((year, month)) = word.split_once('-') else { return false };
    is_number(year, 4) && is_number(month, 2) && (1..=12).contains(&month.parse().unwrap_or(0))
}

fn is_number(word: &str, digits: usize) -> bool {
    word.len() == digits && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The directory of a status, from the ledger's root.
pub(crate) fn directory(status: Status) -> PathBuf {
    Path::new(CASES).join(status.word())
}

/// The directory of a case's attachments, from the ledger's root.
pub(crate) fn attachments(id: &Id) -> PathBuf {
    Path::new(ATTACHED).join(id.as_str())
}

/// The file that an event of this case attached, from the ledger's root; `None` if the name has a directory in it.
pub(crate) fn attached(id: &Id, event: &Event) -> Option<PathBuf> {
    let name = event.text(Field::File).filter(|_| event.name == EventName::Attached)?;
    let plain = Path::new(name).file_name().is_some_and(|last| last == name);
    if plain { Some(attachments(id).join(name)) } else { None }
}

/// The place of a case according to its history: `day` gives the local date of an instant.
pub(crate) fn place(id: &Id, replay: &Replay<'_>, day: impl Fn(jiff::Timestamp) -> Date) -> PathBuf {
    let directory = directory(replay.state().status);
    let file = format!("{id}.yaml");
    match month(replay, day) {
        Some(month) => directory.join(month).join(file),
        None => directory.join(file),
    }
}

/// The month in whose directory an ended case is.
pub(crate) fn month(replay: &Replay<'_>, day: impl Fn(jiff::Timestamp) -> Date) -> Option<String> {
    let date = day(replay.ending()?.at);
    Some(format!("{:04}-{:02}", date.year(), date.month()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_says_status_month_and_name() {
        let case_path = |path: &str| CasePath::of(Path::new(path));
        let open = case_path("cases/new/20261122-7k3q9x.yaml").unwrap();
        assert_eq!((open.status, open.month, open.name.as_str()), (Status::New, None, "20261122-7k3q9x"));
        let closed = case_path("cases/closed/2026-11/20261103-p0d4wz.yaml").unwrap();
        assert_eq!((closed.status, closed.month.as_deref()), (Status::Closed, Some("2026-11")));
        for path in [
            "cases/new/2026-11/20261122-7k3q9x.yaml",
            "cases/closed/20261122-7k3q9x.yaml",
            "cases/closed/2026-13/20261122-7k3q9x.yaml",
            "cases/done/20261122-7k3q9x.yaml",
            "cases/new/20261122-7k3q9x.yml",
            "cases/../cases/new/20261122-7k3q9x.yaml",
            "new/20261122-7k3q9x.yaml",
        ] {
            assert_eq!(case_path(path), None, "{path}");
        }
    }
}
