//! The trees that an index remembers: of each directory whose entries are exactly those of a tree of the object store.

use git2::{ObjectType, Oid, Repository, Tree};

/// How deep directories may be.
const DEEPEST: usize = 256;

/// A directory of an index.
pub(super) struct CachedTree {
    name: Vec<u8>,
    /// The number of its entries, with those below it, and its tree; `None`: an entry has changed since.
    tree: Option<(u32, Oid)>,
    below: Vec<CachedTree>,
}

/// A path that changed, from a directory on, and how many entries it has more than before.
pub(super) type ChangedPath<'p> = (&'p [u8], i32);

impl CachedTree {
    /// Reads the extension; `None`: it is broken.
    pub(super) fn read(mut bytes: &[u8]) -> Option<CachedTree> {
        let tree = CachedTree::read_one(&mut bytes, DEEPEST)?;
        bytes.is_empty().then_some(tree)
    }

    /// A name, a zero, two numbers in decimal digits, a line break, an id unless the first number is negative; then the
    /// directories below.
    fn read_one(bytes: &mut &[u8], deepest: usize) -> Option<CachedTree> {
        let name = up_to(bytes, 0)?.to_owned();
        let entries: i64 = std::str::from_utf8(up_to(bytes, b' ')?).ok()?.parse().ok()?;
        let directories: usize = std::str::from_utf8(up_to(bytes, b'\n')?).ok()?.parse().ok()?;
        let mut tree = None;
        if let Ok(entries) = u32::try_from(entries) {
            let (id, rest) = bytes.split_at_checked(20)?;
            tree = Some((entries, Oid::from_bytes(id).ok()?));
            *bytes = rest;
        }
        let deepest = deepest.checked_sub(1)?;
        let below = (0..directories).map(|_| CachedTree::read_one(bytes, deepest)).collect::<Option<_>>()?;
        Some(CachedTree { name, tree, below })
    }

    /// The extension.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.write(&mut bytes);
        bytes
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        let entries = self.tree.map_or(-1, |(entries, _)| i64::from(entries));
        bytes.extend(&self.name);
        bytes.push(0);
        bytes.extend(format!("{entries} {}\n", self.below.len()).into_bytes());
        bytes.extend(self.tree.iter().flat_map(|(_, id)| id.as_bytes()));
        for below in &self.below {
            below.write(bytes);
        }
    }

    /// The directory of this name in it.
    pub(super) fn directory(&self, name: &[u8]) -> Option<&CachedTree> {
        self.below.iter().find(|below| below.name == name)
    }

    /// Whether the entries are those of this tree.
    pub(super) fn is(&self, tree: Oid) -> bool {
        self.tree.is_some_and(|(_, id)| id == tree)
    }

    /// The root of an index without entries.
    pub(super) fn nothing() -> CachedTree {
        CachedTree { name: Vec::new(), tree: Some((0, Oid::ZERO_SHA1)), below: Vec::new() }
    }

    /// Makes it fit the entries after a commit that led from one tree to another with exactly these paths, in order. A
    /// directory that was as in the first is as in the second; one that was not is not known any more.
    pub(super) fn follow(
        &mut self,
        repo: &Repository,
        (before, after): (Option<&Tree<'_>>, Option<&Tree<'_>>),
        changed: &[ChangedPath<'_>],
    ) -> Result<(), git2::Error> {
        let known = self.tree.filter(|(_, id)| *id == id_of(before));
        let below: Vec<(&[u8], ChangedPath<'_>)> = changed
            .iter()
            .filter_map(|(path, more)| split(path).map(|(name, rest)| (name, (rest, *more))))
            .collect();
        for of_one in below.chunk_by(|(one, _), (other, _)| one == other) {
            let (name, of_one) =
                (of_one[0].0, of_one.iter().map(|(_, changed)| *changed).collect::<Vec<_>>());
            let (old, new) = (directory(repo, before, name)?, directory(repo, after, name)?);
            if known.is_some() && old.is_none() && self.directory(name).is_none() {
                self.below.push(CachedTree { name: name.to_owned(), ..CachedTree::nothing() });
            }
            if let Some(below) = self.below.iter_mut().find(|below| below.name == name) {
                below.follow(repo, (old.as_ref(), new.as_ref()), &of_one)?;
            }
        }
        let more: i32 = changed.iter().map(|(_, more)| more).sum();
        self.below.retain(|below| !below.is(Oid::ZERO_SHA1));
        self.tree = known.and_then(|(entries, _)| Some((entries.checked_add_signed(more)?, id_of(after))));
        Ok(())
    }
}

/// The id of a tree; zero if there is none.
fn id_of(tree: Option<&Tree<'_>>) -> Oid {
    tree.map_or(Oid::ZERO_SHA1, Tree::id)
}

/// The directory of this name in a tree.
fn directory<'r>(
    repo: &'r Repository,
    tree: Option<&Tree<'r>>,
    name: &[u8],
) -> Result<Option<Tree<'r>>, git2::Error> {
    let entry = tree.and_then(|tree| tree.get_name_bytes(name));
    let id = entry.filter(|entry| entry.kind() == Some(ObjectType::Tree)).map(|entry| entry.id());
    id.map(|id| repo.find_tree(id)).transpose()
}

/// The first directory of a path, and the rest.
fn split(path: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = path.iter().position(|byte| *byte == b'/')?;
    Some((&path[..at], &path[at + 1..]))
}

fn up_to<'b>(bytes: &mut &'b [u8], end: u8) -> Option<&'b [u8]> {
    let at = bytes.iter().position(|byte| *byte == end)?;
    let found = &bytes[..at];
    *bytes = &bytes[at + 1..];
    Some(found)
}
