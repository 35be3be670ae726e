//! Findings and errors, drawn by hand.

use crate::error::Code;
use proptest::prelude::*;

use super::*;
use crate::lang::Text;
use crate::render::width;

/// A finding over the text of its file.
fn finding(it: &Finding, source: Option<&str>, lang: Lang, paper: Paper) -> String {
    super::finding(it, source.map(QuotedLines::of).as_ref(), lang, paper)
}

const PIPE: Paper = Paper { width: usize::MAX, colour: false };

const CASE: &str = "format: 1\nhistory:\n  - received: 2026-11-03T16:20:00+08:00\n";

fn moved() -> Finding {
    let place = Place::at("cases/triaged/20261103-p0d4wz.yaml", 3, 5, 8);
    Finding::error(
        Code::WrongDirectory,
        place,
        Text::of("the case stands in `triaged`", "案件放在 `triaged`"),
    )
    .label(Text::of("this stamp moves it", "这条记录使它移动"))
    .note(Text::of("the file was moved by hand", "文件被手工移动过"))
    .help(Text::of("`fb note p0d` moves it back,\nor append `reopened`", "用 `fb note p0d` 移回"))
}

#[test]
fn a_finding_shows_its_line_in_english() {
    let expected = "\
error[wrong-directory]: the case stands in `triaged`
 --> cases/triaged/20261103-p0d4wz.yaml:3:5
  |
3 |   - received: 2026-11-03T16:20:00+08:00
  |     ^^^^^^^^ this stamp moves it
  |
  = the file was moved by hand
  = help: `fb note p0d` moves it back,
    or append `reopened`
";
    assert_eq!(finding(&moved(), Some(CASE), Lang::En, PIPE), expected);
}

#[test]
fn a_finding_shows_its_line_in_chinese() {
    let expected = "\
错误[wrong-directory]: 案件放在 `triaged`
 --> cases/triaged/20261103-p0d4wz.yaml:3:5
  |
3 |   - received: 2026-11-03T16:20:00+08:00
  |     ^^^^^^^^ 这条记录使它移动
  |
  = 文件被手工移动过
  = 帮助：用 `fb note p0d` 移回
";
    assert_eq!(finding(&moved(), Some(CASE), Lang::Zh, PIPE), expected);
}

#[test]
fn without_a_column_or_a_file_there_is_no_excerpt() {
    let mut late = Finding::warning(
        Code::DueSoon,
        Place { line: Some(1), ..Place::file("cases/new/x.yaml") },
        Text::of("resolve is due in 3 h", "办结还剩 3 小时"),
    )
    .note(Text::of("rule: policy/base.toml:24", "规则：policy/base.toml:24"));
    let expected = "\
warning[due-soon]: resolve is due in 3 h
  --> cases/new/x.yaml:1
   = rule: policy/base.toml:24
";
    assert_eq!(finding(&late, Some("title: x\n"), Lang::En, PIPE), expected);
    late.place = Place::at("cases/new/x.yaml", 9, 2, 1);
    let drawn = finding(&late, Some("title: x\n"), Lang::Zh, PIPE);
    assert!(drawn.starts_with("警告[due-soon]: 办结还剩 3 小时\n  --> cases/new/x.yaml:9:2\n"), "{drawn}");
    assert_eq!(drawn, finding(&late, None, Lang::Zh, PIPE));
}

#[test]
fn chinese_before_the_mark_moves_it_by_two_columns_a_character() {
    let place = Place::at("x.yaml", 1, 4, 2);
    let it = Finding::error(Code::BadValue, place, Text::same("x"));
    let expected = "\
error[bad-value]: x
 --> x.yaml:1:4
  |
1 | 标题：茶杯碎了
  |       ^^^^
";
    assert_eq!(finding(&it, Some("\u{feff}标题：茶杯碎了"), Lang::En, PIPE), expected);
}

#[test]
fn nothing_in_a_file_acts_and_the_mark_keeps_its_place() {
    let place = Place::at("a\u{1b}.yaml", 1, 4, 1);
    let it =
        Finding::error(Code::BadValue, place, Text::same("it\u{1b}[2J\nis")).note(Text::same("a\u{202e}b"));
    let expected = "\
error[bad-value]: it␛[2J is
 --> a␛.yaml:1:4
  |
1 | a ␛c
  |    ^
  |
  = a\u{fffd}b
";
    assert_eq!(finding(&it, Some("a\t\u{1b}c"), Lang::En, PIPE), expected);
}

#[test]
fn a_long_line_is_cut_around_its_mark() {
    let line = format!("title: {}!{}", "茶杯碎了".repeat(200), "又".repeat(400));
    let it = Finding::error(Code::BadValue, Place::at("x.yaml", 1, 808, 1), Text::same("x"));
    let drawn = finding(&it, Some(&line), Lang::En, PIPE);
    let lines: Vec<&str> = drawn.lines().collect();
    assert!(lines.iter().all(|line| width(line) <= 150), "{drawn}");
    let column = width(lines[4].split('^').next().unwrap());
    assert_eq!(width(lines[3].split('!').next().unwrap()), column, "{drawn}");
}

#[test]
fn an_error_says_what_to_do_next() {
    let it = Error::refused(Text::of(
        "there is no category `product/packageing`",
        "没有类别 `product/packageing`",
    ))
    .hint(Text::of("did you mean `product/packaging`?", "是不是 `product/packaging`？"));
    let nothing = |_: &Path| None;
    let english = "\
error: there is no category `product/packageing`
  hint: did you mean `product/packaging`?
";
    assert_eq!(error(&it, &nothing, Lang::En, PIPE), english);
    let chinese = "\
错误：没有类别 `product/packageing`
  提示：是不是 `product/packaging`？
";
    assert_eq!(error(&it, &nothing, Lang::Zh, PIPE), chinese);
    let drawn = error(&it, &nothing, Lang::En, Paper { colour: true, ..PIPE });
    assert!(drawn.starts_with("\u{1b}[1m\u{1b}[91merror\u{1b}[0m"), "{drawn:?}");
}

#[test]
fn an_error_ends_with_its_message_after_all_its_findings() {
    let it = Error::failed(Text::of("1 file cannot be read", "1 个文件无法读取")).because(vec![moved()]);
    let drawn = error(&it, &|_| Some(CASE.to_owned()), Lang::En, PIPE);
    assert!(drawn.starts_with("error[wrong-directory]"), "{drawn}");
    assert!(drawn.contains("3 |   - received"), "{drawn}");
    assert!(drawn.ends_with("or append `reopened`\n\nerror: 1 file cannot be read\n"), "{drawn}");
}

#[test]
fn a_file_that_is_large_or_missing_gives_no_excerpt() {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("small"), "title: 茶杯\n").unwrap();
    std::fs::write(root.path().join("large"), vec![b'x'; (1 << 20) + 1]).unwrap();
    let sources = sources(root.path());
    assert_eq!(sources(Path::new("small")).as_deref(), Some("title: 茶杯\n"));
    assert_eq!(sources(Path::new("large")), None);
    assert_eq!(sources(Path::new("missing")), None);
    assert_eq!(sources(Path::new(".")), None);
}

proptest! {
    /// The crate that draws slices lines by bytes and columns; no file and no place may make it panic.
    #[test]
    fn any_place_in_any_file_can_be_drawn(
        source in "[a-z茶杯👩\u{200d}\u{301}\u{1b}\t\r ]{0,300}\n{0,2}.{0,40}",
        line in 0_usize..4,
        column in 0_usize..320,
        marked in 0_usize..400,
        columns in 0_usize..200,
        label in proptest::option::of("[a-z茶 ]{0,80}"),
    ) {
        let mut it = Finding::error(Code::BadValue, Place::at("x.yaml", line, column, marked), Text::same("x"));
        it.label = label.map(Text::same);
        let paper = Paper { width: columns, colour: false };
        let drawn = finding(&it, Some(&source), Lang::Zh, paper);
        prop_assert!(drawn.starts_with("错误[bad-value]: x\n"));
        prop_assert!(drawn.ends_with('\n'));
    }
}
