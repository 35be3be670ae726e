//! The pages of the repository: every markdown file, found by looking for it. A new page is tested without being listed.

use std::fs;
use std::path::{Path, PathBuf};

/// What begins and ends a block.
const FENCE: &str = "```";

/// A markdown file.
pub(crate) struct Page {
    /// Its path below the repository, such as `docs/git.md`.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// A fenced block: the words after the fence, and the lines inside.
pub(crate) struct Block<'a> {
    pub info: &'a str,
    pub lines: Vec<&'a str>,
}

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every page, in the order of their paths.
pub(crate) fn all() -> Vec<Page> {
    let mut pages = Vec::new();
    collect(root(), &mut pages);
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

/// One page.
pub(crate) fn page(path: &str) -> Page {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Page { path: path.into(), text }
}

fn collect(directory: &Path, pages: &mut Vec<Page>) {
    for entry in fs::read_dir(directory).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        let name = name.to_str().unwrap();
        if name.starts_with('.') || name == "target" {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), pages);
        } else if name.ends_with(".md") {
            pages.push(page(entry.path().strip_prefix(root()).unwrap().to_str().unwrap()));
        }
    }
}

impl Page {
    /// Its fenced blocks, in their order.
    pub(crate) fn blocks(&self) -> Vec<Block<'_>> {
        self.split().1
    }

    /// Its lines outside of blocks.
    pub(crate) fn prose(&self) -> Vec<&str> {
        self.split().0
    }

    fn split(&self) -> (Vec<&str>, Vec<Block<'_>>) {
        let (mut prose, mut blocks): (Vec<&str>, Vec<Block<'_>>) = (Vec::new(), Vec::new());
        let mut inside = false;
        for line in self.text.lines() {
            let fence = line.trim_start().strip_prefix(FENCE);
            match (inside, fence) {
                (false, Some(info)) => blocks.push(Block { info, lines: Vec::new() }),
                (false, None) => prose.push(line),
                (true, None) => blocks.last_mut().unwrap().lines.push(line),
                (true, Some(_)) => {}
            }
            inside ^= fence.is_some();
        }
        assert!(!inside, "{}: a block does not end", self.path.display());
        (prose, blocks)
    }
}

#[test]
fn a_page_falls_into_prose_and_blocks() {
    let text = "# A\n\n```sh\n# no heading\n```\n\n- b\n  ```\n  c\n  ```\n".to_owned();
    let page = Page { path: "a.md".into(), text };
    assert_eq!(page.prose(), ["# A", "", "", "- b"]);
    let blocks: Vec<_> = page.blocks().into_iter().map(|block| (block.info, block.lines)).collect();
    assert_eq!(blocks, [("sh", vec!["# no heading"]), ("", vec!["  c"])]);
}

#[test]
fn the_pages_are_found() {
    let found: Vec<PathBuf> = all().into_iter().map(|page| page.path).collect();
    for path in ["README.md", "docs/git.md", "docs/rule-books.md", "fuzz/README.md"] {
        assert!(found.contains(&path.into()), "{path} is not in {found:?}");
    }
}
