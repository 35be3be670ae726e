//! Workbooks, read back by another library than the one that writes them.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};

use super::super::document::Column;
use super::*;

fn at() -> Timestamp {
    "2026-11-01T00:00:00+08:00".parse().unwrap()
}

fn read(document: &Document, lang: Lang) -> Vec<(String, Range<Data>)> {
    let bytes = xlsx(document, lang, at()).unwrap();
    Xlsx::new(Cursor::new(bytes)).unwrap().worksheets()
}

fn page() -> Document {
    let columns = [
        Column::words("title", Text::of("Times", "时长")),
        Column::numbers("n", Text::same("n")),
        Column::numbers("median", Text::of("median", "中位数")),
        Column::numbers("share", Text::of("share", "满意率")),
        Column::words("due", Text::of("due", "期限")),
    ];
    let due = Cell::from(Text::of("Thu 2026-10-29 18:00", "2026-10-29 18:00 周四"))
        .value("2026-10-29T18:00:00+08:00")
        .unit(Unit::Moment);
    let hours = Cell::from(Text::of("25 h", "25 小时")).value(90_061.0).unit(Unit::Seconds);
    let share = Cell::from(Text::same("94 %")).value(33.0 / 35.0).unit(Unit::Share);
    Document::new(Text::of("Shop: October", "青瓷小铺：十月"))
        .lead(Text::of("Two were late.", "超时 2 次。"))
        .section(Table::new(columns).rows([
            vec![Cell::word("=HYPERLINK(\"http://x\")"), Cell::number(35), hours, share, due],
            vec![Cell::word("\t@SUM\u{1b}"), Cell::number(0), Cell::none(), Cell::none(), Cell::default()],
        ]))
        .section(Section::new(Text::same("Times"), Table::new([Column::words("id", Text::same("id"))])))
        .section(Section::new(Text::of("Behind", "案卷"), vec![Text::same("a b c")]))
        .foot(Text::same("end"))
}

#[test]
fn what_can_be_counted_is_a_number_and_the_rest_a_string() {
    let sheets = read(&page(), Lang::En);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Report", "Times", "Times 2"]);
    let times = &sheets[1].1;
    let cell = |row, column| times.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(cell(0, 0), Data::String("Times".into()));
    assert_eq!(cell(2, 1), Data::String("n".into()));
    assert_eq!(cell(3, 0), Data::String("=HYPERLINK(\"http://x\")".into()));
    assert_eq!(cell(3, 1), Data::Float(35.0));
    let Data::DateTime(hours) = cell(3, 2) else { panic!("{:?}", cell(3, 2)) };
    assert!(hours.is_duration());
    assert_eq!((hours.as_f64() * 86_400.0).round(), 90_061.0);
    assert_eq!(cell(3, 3), Data::Float(33.0 / 35.0));
    let Data::DateTime(due) = cell(3, 4) else { panic!("{:?}", cell(3, 4)) };
    assert_eq!(due.to_ymd_hms_milli(), (2026, 10, 29, 18, 0, 0, 0));
    assert_eq!(cell(4, 0), Data::String("@SUM␛".into()));
    assert_eq!(cell(4, 1), Data::Float(0.0));
    assert_eq!(cell(4, 2), Data::String("–".into()));
    assert_eq!(cell(4, 4), Data::Empty);
}

#[test]
fn the_cover_gives_the_answer_and_what_is_said_in_lines() {
    let sheets = read(&page(), Lang::Zh);
    assert_eq!(sheets[0].0, "报告");
    let lines: Vec<String> = sheets[0].1.rows().map(|row| row[0].to_string()).collect();
    let expected = ["青瓷小铺：十月", "", "超时 2 次。", "", "时长", "Times", "", "案卷", "a b c", "", "end"];
    assert_eq!(lines, expected);
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    let first = xlsx(&page(), Lang::Zh, at()).unwrap();
    assert_eq!(first, xlsx(&page(), Lang::Zh, at()).unwrap());
    // 2026-10-31 16:00 in London is the instant of the page
    let mut workbook = zip::ZipArchive::new(Cursor::new(first)).unwrap();
    let core = std::io::read_to_string(workbook.by_name("docProps/core.xml").unwrap()).unwrap();
    assert_eq!(core.matches("2026-10-31T16:00:00Z").count(), 2, "{core}");
}

#[test]
fn sheets_have_names_that_excel_takes() {
    let mut names = SheetNames::default();
    for (title, expected) in [
        ("By kind", "By kind"),
        ("by kind", "by kind 2"),
        ("a/b: [c]*?", "a b   c"),
        ("'quoted'", "quoted"),
        ("history", "history 2"),
        ("History", "History 3"),
        (
            "九十天内多次反馈的客户九十天内多次反馈的客户九十天内多次反馈的客户",
            "九十天内多次反馈的客户九十天内多次反馈的客户九十天内多次反馈的",
        ),
        (
            "九十天内多次反馈的客户九十天内多次反馈的客户九十天内多次反馈的客",
            "九十天内多次反馈的客户九十天内多次反馈的客户九十天内多次反 2",
        ),
    ] {
        let name = names.of(title);
        assert_eq!(name, expected);
        rust_xlsxwriter::utility::check_sheet_name(&name).unwrap();
    }
}
