//! Pages as a hand would draw them.

use proptest::prelude::*;

use super::super::document::Cell;
use super::*;

fn paper(width: usize) -> Paper {
    Paper { width, colour: false }
}

fn list() -> Document {
    let columns = [
        Column::words("mark", Text::default()),
        Column::words("id", Text::of("id", "编号")),
        Column::words("title", Text::of("title", "标题")),
        Column::numbers("rest", Text::of("left", "剩余")),
        Column::words("owner", Text::of("owner", "负责人")),
    ];
    let late = |words| Cell::word(words).tone(Tone::Late);
    Document::default().section(Table::new(columns).rows([
        [
            late("!"),
            Cell::word("7k3q9x"),
            Cell::word("收到的茶杯碎了，客服一直没有回复，要求换货并赔偿运费"),
            Cell::from(Text::of("-3 h", "-3 小时")),
            Cell::word("zhang.wei"),
        ],
        [
            Cell::default(),
            Cell::word("m2x8tf"),
            Cell::word("cash on delivery"),
            Cell::from(Text::of("16 h", "16 小时")),
            Cell::none(),
        ],
    ]))
}

#[test]
fn a_pipe_cuts_nothing() {
    let expected = "\
\x20  id      title                                                 left  owner
!  7k3q9x  收到的茶杯碎了，客服一直没有回复，要求换货并赔偿运费  -3 h  zhang.wei
   m2x8tf  cash on delivery                                      16 h  –
";
    assert_eq!(text(&list(), Lang::En, paper(usize::MAX)), expected);
}

#[test]
fn the_widest_words_are_cut_to_eighty_and_to_sixty_columns() {
    // mark 1, id 6, title T, left 7 in Chinese (4 in English), owner 9, four gaps of 2: T is 49 at 80 columns
    let eighty = "\
\x20  编号    标题                                                  剩余  负责人
!  7k3q9x  收到的茶杯碎了，客服一直没有回复，要求换货并赔偿…  -3 小时  zhang.wei
   m2x8tf  cash on delivery                                   16 小时  –
";
    assert_eq!(text(&list(), Lang::Zh, paper(80)), eighty);
    let sixty = "\
\x20  id      title                             left  owner
!  7k3q9x  收到的茶杯碎了，客服一直没有回…   -3 h  zhang.wei
   m2x8tf  cash on delivery                  16 h  –
";
    assert_eq!(text(&list(), Lang::En, paper(60)), sixty);
}

fn report() -> Document {
    let flow = Table::new([
        Column::words("step", Text::default()),
        Column::numbers("now", Text::of("Oct", "10月")),
        Column::numbers("before", Text::of("Sep", "9月")),
    ])
    .rows([
        [Cell::from(Text::of("open at start", "期初未结")), Cell::number(9), Cell::number(7)],
        [Cell::from(Text::of("received", "受理")), Cell::number(42), Cell::number(33)],
        [Cell::from(Text::of("closed", "办结归档")), Cell::number(37), Cell::none()],
    ]);
    let limits = Table::new([
        Column::words("clock", Text::default()),
        Column::numbers("kept", Text::of("kept", "按时")),
        Column::words("missed", Text::of("missed", "逾期")),
    ])
    .rows([[
        Cell::from(Text::of("contact", "联系客户")),
        Cell::from(Text::of("94 %", "94 %")).tone(Tone::Good),
        Cell::word("p0d4wz m7c1ha"),
    ]]);
    Document::new(Text::of("青瓷小铺 · October 2026", "青瓷小铺 · 2026年10月月报"))
        .lead(Text::of(
            "More came in than in September (42, +9), and it was handled faster.",
            "受理 42 件，较上月多 9 件；办结时长中位数 20 小时，缩短 4 小时。",
        ))
        .section(Section::new(Text::of("Flow", "流转"), flow))
        .section(Section::new(Text::of("Limits kept", "时限"), limits).beside())
        .section(Section::new(Text::of("Note", "说明"), vec![Text::of("no holidays", "无节假日")]).beside())
        .foot(Text::of("next: fb list", "下一步：fb list"))
}

#[test]
fn sections_stand_side_by_side_where_there_is_room() {
    let english = "\
青瓷小铺 · October 2026

  More came in than in September (42, +9), and it was handled faster.

Flow             Oct  Sep    Limits kept  kept  missed
  open at start    9    7      contact    94 %  p0d4wz m7c1ha
  received        42   33
  closed          37    –    Note
                               no holidays

next: fb list
";
    assert_eq!(text(&report(), Lang::En, paper(80)), english);
    let chinese = "\
青瓷小铺 · 2026年10月月报

  受理 42 件，较上月多 9 件；办结时长中位数 20 小时，缩短 4 小时。

流转        10月  9月    时限        按时  逾期
  期初未结     9    7      联系客户  94 %  p0d4wz m7c1ha
  受理        42   33
  办结归档    37    –    说明
                           无节假日

下一步：fb list
";
    assert_eq!(text(&report(), Lang::Zh, paper(80)), chinese);
}

#[test]
fn sections_stand_below_each_other_where_there_is_none() {
    let expected = "\
青瓷小铺 · October 2026

  More came in than in September (42,
  +9), and it was handled faster.

Flow             Oct  Sep
  open at start    9    7
  received        42   33
  closed          37    –

Limits kept  kept  missed
  contact    94 %  p0d4wz m7c1ha

Note
  no holidays

next: fb list
";
    assert_eq!(text(&report(), Lang::En, paper(38)), expected);
}

#[test]
fn a_table_whose_heads_are_empty_has_its_title_above() {
    let columns = ["mark", "id", "due"].map(|key| Column::words(key, Text::default()));
    let late = Table::new(columns).rows([["!", "r8v2kd", "by 2 d 6 h"].map(Cell::word)]);
    let page = Document::default().section(Section::new(Text::of("Overdue", "逾期"), late));
    assert_eq!(text(&page, Lang::En, paper(80)), "Overdue\n  !  r8v2kd  by 2 d 6 h\n");
}

#[test]
fn colour_stands_beside_the_words_and_changes_no_column() {
    let columns = ["id", "due"].map(|key| Column::words(key, Text::default()));
    let mut table = Table::new(columns);
    table.row([Cell::word("! 7k3q9x").tone(Tone::Late), Cell::word("now")]);
    let page = Document::default().section(table);
    let drawn = text(&page, Lang::En, Paper { width: 80, colour: true });
    assert_eq!(drawn, "\u{1b}[31m! 7k3q9x\u{1b}[0m  now\n");
}

#[test]
fn nothing_in_a_cell_acts_on_the_terminal() {
    let mut table =
        Table::new([Column::words("title", Text::default()), Column::words("x", Text::default())]);
    table.row([Cell::word("a\u{1b}[2J\nb\u{202e}c\u{1f}d"), Cell::word("x")]);
    let page = Document::default().section(table);
    assert_eq!(text(&page, Lang::En, paper(80)), "a␛[2J b\u{fffd}c␟d  x\n");
}

fn one_row(cells: [Cell; 3], columns: usize) -> String {
    let heads = [Column::words("a", Text::default()), Column::numbers("n", Text::default())];
    let heads = heads.into_iter().chain([Column::words("b", Text::default())]);
    text(&Document::default().section(Table::new(heads).rows([cells])), Lang::Zh, paper(columns))
}

#[test]
fn words_are_cut_between_what_people_see_as_letters() {
    for (words, expected) in [
        // At 18 columns: 12 for the words, 2 between, 1 for the number, 2 between, 1. A Chinese letter fills two
        ("茶杯碎了，要求换", "茶杯碎了，…   7  x\n"),
        ("茶杯碎了 a 求换", "茶杯碎了 a …  7  x\n"),
        // A row is one line: its words are not broken at a space
        ("to be fetched", "to be fetch…  7  x\n"),
        // A family is four people and three joiners in two columns: all of it or nothing
        ("abcdefghi👨\u{200d}👩\u{200d}👧\u{200d}👦bc", "abcdefghi👨\u{200d}👩\u{200d}👧\u{200d}👦…  7  x\n"),
        ("abcdefghij👨\u{200d}👩\u{200d}👧\u{200d}👦bc", "abcdefghij…   7  x\n"),
        // A thumb and its colour, two letters of a flag, a letter and its accent
        ("abcdefghij👍🏽bc", "abcdefghij…   7  x\n"),
        ("abcdefghij🇨🇳bc", "abcdefghij…   7  x\n"),
        ("abcdefghije\u{301}bc", "abcdefghije\u{301}…  7  x\n"),
        // A sign that is drawn as a picture fills two
        ("abcdefgh☺\u{fe0f}☺\u{fe0f}b", "abcdefgh☺\u{fe0f}…   7  x\n"),
    ] {
        assert_eq!(one_row([Cell::word(words), Cell::number(7), Cell::word("x")], 18), expected, "{words}");
    }
}

#[test]
fn words_keep_eight_columns_and_numbers_all_of_theirs() {
    let row = || [Cell::word("abcdefghijkl"), Cell::number(1_234_567), Cell::word("茶杯碎了，要求换")];
    // 8 and 7 and 8, and 2 between each
    assert_eq!(one_row(row(), 27), "abcdefg…  1234567  茶杯碎…\n");
    // What is beyond the paper is cut
    assert_eq!(one_row(row(), 22), "abcdefg…  1234567  茶…\n");
}

#[test]
fn a_long_text_ends_its_row_in_a_pipe_and_no_other() {
    let long = "茶".repeat(40_000);
    let columns = ["id", "text"].map(|key| Column::words(key, Text::default()));
    let rows = [[Cell::word("7k3q9x"), Cell::word(long.clone())], [Cell::word("m2"), Cell::word("short")]];
    let page = Document::default().section(Section::new(Text::same("Log"), Table::new(columns).rows(rows)));
    let drawn = text(&page, Lang::En, paper(usize::MAX));
    assert_eq!(drawn, format!("Log\n  7k3q9x  {long}\n  m2      short\n"));
}

proptest! {
    #[test]
    fn nothing_is_wider_than_the_paper_and_no_line_ends_with_a_space(
        words in proptest::collection::vec("[a-z茶杯 \t]{0,40}", 4),
        cells in proptest::collection::vec("([a-z茶杯， \t]|👍🏽|🇨🇳|👩\u{200d}🚀|☺\u{fe0f}|e\u{301}|ﬀ|क्षि|لا){0,20}", 6),
        columns in 20_usize..100,
    ) {
        let mut table = Table::new([
            Column::words("a", Text::default()),
            Column::words("b", Text::same(words[0].clone())),
            Column::numbers("n", Text::same("n")),
        ]);
        for pair in cells.chunks_exact(2) {
            table.row([Cell::word(pair[0].clone()), Cell::word(pair[1].clone()), Cell::number(pair[0].len())]);
        }
        let page = Document::new(Text::same(words[1].clone()))
            .lead(Text::same(words[2].clone()))
            .section(Section::new(Text::same(words[3].clone()), table.clone()))
            .section(Section::from(table).beside());
        for line in text(&page, Lang::Zh, paper(columns)).lines() {
            prop_assert!(width(line) <= columns, "{line:?}");
            prop_assert_eq!(line.trim_end(), line);
        }
    }
}
