//! A case file as a tree of words, lists and maps, each with its place in the text.
//!
//! Promises: it ends quickly on any text, every word is read as a string (no number, no date, no `no`), and nothing is
//! followed or expanded. It knows YAML and nothing of cases.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput};

/// How deep lists and maps may be nested; a case needs five levels.
pub(super) const MAX_DEPTH: usize = 64;

/// How many words, lists and maps a file may have. A history of 100,000 events has 700,000; a file of only commas and
/// brackets would have eight times this, and take a gigabyte.
pub(super) const MAX_NODES: usize = 1 << 20;

/// A part of the text: lines and columns from 1, columns in characters, the end exclusive.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

impl Mark {
    /// One character.
    pub(crate) fn point(line: usize, column: usize) -> Mark {
        Mark { line, column, end_line: line, end_column: column + 1 }
    }

    /// How many characters to mark: to the end, or to the end of the first line if there are several. `line` returns a
    /// line of the text, counted from 0.
    pub(crate) fn width<'t>(self, line: impl Fn(usize) -> Option<&'t str>) -> usize {
        if self.line == self.end_line {
            return self.end_column.saturating_sub(self.column).max(1);
        }
        let line = line(self.line.saturating_sub(1)).unwrap_or_default();
        line.trim_end().chars().count().saturating_sub(self.column - 1).max(1)
    }
}

impl From<Span> for Mark {
    fn from(span: Span) -> Mark {
        Mark {
            line: span.start.line(),
            column: span.start.col() + 1,
            end_line: span.end.line(),
            end_column: span.end.col() + 1,
        }
    }
}

/// A word, a list or a map. Two are equal if they say the same, at any place.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub mark: Mark,
    pub content: NodeContent<'a>,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Node<'_>) -> bool {
        self.content == other.content
    }
}

/// The content of a [`Node`].
#[derive(Debug)]
pub(super) enum NodeContent<'a> {
    /// A scalar; its style distinguishes `~`, which is no value, from `"~"`.
    Word { text: Cow<'a, str>, style: Style },
    /// A sequence.
    List { items: Vec<Node<'a>>, flow: bool },
    /// A mapping, in the order of the file, with duplicate keys.
    Map { entries: Vec<(Node<'a>, Node<'a>)>, flow: bool },
    /// An alias, `*name`.
    Reference,
}

impl PartialEq for NodeContent<'_> {
    fn eq(&self, other: &NodeContent<'_>) -> bool {
        match (self, other) {
            (NodeContent::Word { text: a, .. }, NodeContent::Word { text: b, .. }) => a == b,
            (NodeContent::List { items: a, .. }, NodeContent::List { items: b, .. }) => a == b,
            (NodeContent::Map { entries: a, .. }, NodeContent::Map { entries: b, .. }) => a == b,
            (NodeContent::Reference, NodeContent::Reference) => true,
            _ => false,
        }
    }
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Quoted,
    /// `|` or `>`.
    Block,
}

impl<'a> Node<'a> {
    /// The word, if it is one.
    pub(crate) fn word(&self) -> Option<&str> {
        match &self.content {
            NodeContent::Word { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether it is empty: no value, `""`, `~`, or a list without items.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.content {
            NodeContent::Word { text, style } => text.is_empty() || (*style == Style::Plain && text == "~"),
            NodeContent::List { items, .. } => items.is_empty(),
            NodeContent::Map { entries, .. } => entries.is_empty(),
            NodeContent::Reference => false,
        }
    }

    /// The value of the first key of this name, if the node is a map that has it.
    pub(crate) fn get(&self, name: &str) -> Option<&Node<'a>> {
        match &self.content {
            NodeContent::Map { entries, .. } => {
                entries.iter().find(|(key, _)| key.word() == Some(name)).map(|(_, value)| value)
            }
            _ => None,
        }
    }
}

/// Why a text cannot be parsed.
#[derive(Debug)]
pub(super) enum BrokenTree {
    /// Not YAML; the parser's message, in English.
    Syntax { line: usize, column: usize, says: String },
    /// Deeper than [`MAX_DEPTH`].
    TooDeep(Mark),
    /// More than [`MAX_NODES`]; the place of the first beyond.
    TooMany(Mark),
    /// A second document begins.
    Several(Mark),
    /// Nothing but comments.
    Empty,
}

impl From<ScanError> for BrokenTree {
    fn from(error: ScanError) -> BrokenTree {
        let (line, column) = (error.marker().line(), error.marker().col() + 1);
        // The parser's own limit for brackets, which it reaches before it reports the first of them.
        if error.info().contains("recursion limit") {
            return BrokenTree::TooDeep(Mark::point(line, column));
        }
        BrokenTree::Syntax { line, column, says: error.info().to_owned() }
    }
}

/// Reads a text without a byte order mark.
pub(super) fn parse(text: &str) -> Result<Node<'_>, BrokenTree> {
    let mut events = Events { parser: Parser::new_from_str(text), nodes: 0 };
    let mut root = None;
    loop {
        match events.next()? {
            (Event::StreamEnd, _) => return root.ok_or(BrokenTree::Empty),
            (Event::DocumentStart(_), span) if root.is_some() => {
                return Err(BrokenTree::Several(span.into()));
            }
            (Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing, _) => {}
            (event, span) => root = Some(events.node(event, span, 1)?),
        }
    }
}

struct Events<'a> {
    parser: Parser<'a, StrInput<'a>>,
    /// So far.
    nodes: usize,
}

impl<'a> Events<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), BrokenTree> {
        match self.parser.next_event() {
            Some(event) => Ok(event?),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node<'a>, BrokenTree> {
        let mark = Mark::from(span);
        if depth > MAX_DEPTH {
            return Err(BrokenTree::TooDeep(mark));
        }
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(BrokenTree::TooMany(mark));
        }
        match event {
            Event::SequenceStart(..) => self.list(mark, depth),
            Event::MappingStart(..) => self.map(mark, depth),
            Event::Scalar(text, style, ..) => {
                Ok(Node { mark, content: NodeContent::Word { text, style: style.into() } })
            }
            _ => Ok(Node { mark, content: NodeContent::Reference }),
        }
    }

    fn list(&mut self, start: Mark, depth: usize) -> Result<Node<'a>, BrokenTree> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                let (mark, flow) = ended(start, span, items.last());
                return Ok(Node { mark, content: NodeContent::List { items, flow } });
            }
            items.push(self.node(event, span, depth + 1)?);
        }
    }

    fn map(&mut self, start: Mark, depth: usize) -> Result<Node<'a>, BrokenTree> {
        let mut entries: Vec<(Node<'a>, Node<'a>)> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                let (mark, flow) = ended(start, span, entries.last().map(|(_, value)| value));
                return Ok(Node { mark, content: NodeContent::Map { entries, flow } });
            }
            let key = self.node(event, span, depth + 1)?;
            let (event, span) = self.next()?;
            entries.push((key, self.node(event, span, depth + 1)?));
        }
    }
}

/// Where a list or map ends, and whether it is in brackets. The parser reports the end of one without brackets where
/// the next thing begins; it ends with its last word.
fn ended(start: Mark, end: Span, last: Option<&Node<'_>>) -> (Mark, bool) {
    let flow = !end.is_empty();
    let until = match last {
        Some(last) if !flow => last.mark,
        _ => end.into(),
    };
    (Mark { end_line: until.end_line, end_column: until.end_column, ..start }, flow)
}

impl From<ScalarStyle> for Style {
    fn from(style: ScalarStyle) -> Style {
        match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word<'a>(text: &'a str) -> Node<'a> {
        let content = NodeContent::Word { text: text.into(), style: Style::Plain };
        Node { mark: Mark::default(), content }
    }

    #[test]
    fn a_word_is_the_string_in_the_file() {
        for text in ["0123", "1e3", "no", "2026-01-01", "null", "0x1F", "1_000"] {
            let whole = format!("order: {text}\n");
            assert_eq!(parse(&whole).unwrap().get("order"), Some(&word(text)));
        }
    }

    #[test]
    fn a_place_is_counted_in_characters_from_one() {
        let text = "标题: 茶杯\n列表:\n  - 第一\n  - 第二 # 注\n";
        let tree = parse(text).unwrap();
        let NodeContent::List { items, flow } = &tree.get("列表").unwrap().content else {
            panic!("a list")
        };
        let mark = items[1].mark;
        assert_eq!((mark.line, mark.column, mark.width(|line| text.lines().nth(line))), (4, 5, 2));
        assert!(!flow);
        assert_eq!(tree.mark.end_line, 4);
    }

    #[test]
    fn deep_texts_end_at_once() {
        let indented: String = (0..2000).map(|depth| " ".repeat(depth) + "a:\n").collect();
        for text in
            ["[".repeat(100_000), "- ".repeat(100_000), "? ".repeat(100_000), "{a: ".repeat(65), indented]
        {
            assert!(matches!(parse(&text), Err(BrokenTree::TooDeep(_))), "{}", &text[..8]);
        }
        let deepest = "[".repeat(MAX_DEPTH) + &"]".repeat(MAX_DEPTH);
        assert!(parse(&deepest).is_ok());
    }

    #[test]
    fn a_file_of_commas_ends_before_it_fills_the_memory() {
        // The map, its key and the list are three more.
        let words = |count: usize| format!("a: [{}]\n", "a,".repeat(count));
        assert!(parse(&words(MAX_NODES - 3)).is_ok());
        let Err(BrokenTree::TooMany(mark)) = parse(&words(MAX_NODES)) else { panic!("too many") };
        assert_eq!((mark.line, mark.column), (1, 5 + 2 * (MAX_NODES - 3)));
    }

    #[test]
    fn nothing_is_expanded() {
        let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for (name, before) in ('b'..='z').zip('a'..) {
            bomb += &format!("{name}: &{name} [*{before},*{before},*{before},*{before},*{before}]\n");
        }
        let tree = parse(&bomb).unwrap();
        let NodeContent::List { items, .. } = &tree.get("z").unwrap().content else { panic!("a list") };
        assert!(items.iter().all(|item| item.content == NodeContent::Reference));
    }

    #[test]
    fn one_document_alone() {
        assert!(matches!(parse("a: b\n---\nc: d\n"), Err(BrokenTree::Several(mark)) if mark.line == 2));
        assert!(matches!(parse("# a remark\n"), Err(BrokenTree::Empty)));
        assert!(parse("---\na: b\n...\n# a remark\n").is_ok());
    }
}
