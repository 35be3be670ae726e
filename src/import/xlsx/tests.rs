//! Workbooks as shops have them, written by another library than the one that reads them.

use std::io::Write as _;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::*;

fn shanghai() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

fn taken(book: &mut Workbook, name: Option<&str>, zone: &TimeZone) -> Result<Sheet<'static>, Vec<Finding>> {
    Sheet::xlsx(&book.save_to_buffer().unwrap(), Path::new("a.xlsx"), name, zone)
}

fn words(row: &SheetRow) -> Vec<(usize, &str)> {
    row.cells.iter().map(|(column, words)| (*column, words.as_str())).collect()
}

fn told(findings: Vec<Finding>) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {}", finding.place, finding.message)).collect()
}

#[test]
fn a_number_reads_as_excel_shows_it() {
    for (number, expected) in [
        (4.0, "4"),
        (-1.5, "-1.5"),
        (0.1 + 0.2, "0.3"),
        (13_800_138_000.0, "13800138000"),
        (123_456_789_012_345_678.0, "123456789012346000"),
        (1e300, "1e300"),
    ] {
        assert_eq!(super::number(number), expected);
    }
}

fn date(format: &str) -> Format {
    Format::new().set_num_format(format)
}

#[test]
fn cells_become_the_words_that_people_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let heads = ["external", "title", "score", "cost", "received", "closed", "flag"];
    sheet.write_row(0, 0, heads).unwrap();
    sheet.write_number(1, 0, 13_800_138_000.0).unwrap();
    sheet.write_string(1, 1, "=1+1, \"茶杯\"\nbroken").unwrap();
    sheet.write_number(1, 2, 4.0).unwrap();
    sheet.write_number(1, 3, 0.1 + 0.2).unwrap();
    let received = ExcelDateTime::from_ymd(2026, 11, 22).unwrap().and_hms(9, 31, 5).unwrap();
    sheet.write_datetime_with_format(1, 4, &received, &date("yyyy-mm-dd hh:mm")).unwrap();
    let closed = ExcelDateTime::from_ymd(2026, 11, 23).unwrap();
    sheet.write_datetime_with_format(1, 5, &closed, &date("d/m/yy")).unwrap();
    sheet.write_boolean(1, 6, true).unwrap();
    sheet.write_formula(3, 1, Formula::new("=A2&B2").set_result("the result")).unwrap();
    let sheet = taken(&mut book, None, &shanghai()).unwrap();
    let columns: Vec<&str> = sheet.columns.iter().map(|heading| heading.name.as_str()).collect();
    assert_eq!(columns, heads);
    let expected = [
        (0, "13800138000"),
        (1, "=1+1, \"茶杯\"\nbroken"),
        (2, "4"),
        (3, "0.3"),
        (4, "2026-11-22T09:31:05+08:00"),
        (5, "2026-11-23T00:00:00+08:00"),
        (6, "true"),
    ];
    assert_eq!(words(&sheet.rows[0]), expected);
    assert_eq!((sheet.rows[1].line, words(&sheet.rows[1])), (4, vec![(1, "the result")]));
    assert_eq!(sheet.rows.len(), 2);
}

#[test]
fn a_cell_is_found_again_by_its_name_and_a_row_put_aside_as_csv() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    // The table does not begin in the corner, and a column in it is empty
    sheet.write_row(2, 1, ["id", "", "title"]).unwrap();
    sheet.write_row(4, 1, ["T-1", "", "=x, \"y\""]).unwrap();
    let sheet = taken(&mut book, None, &shanghai()).unwrap();
    let row = &sheet.rows[0];
    assert_eq!(sheet.place(row, Some(1)).to_string(), "a.xlsx:D5");
    assert_eq!(sheet.place(row, None).to_string(), "a.xlsx:5");
    assert_eq!(sheet.headings()[0].to_string(), "a.xlsx:B3");
    assert_eq!(sheet.head(), Some("id,title"));
    let reject = sheet.reject(row, Vec::new());
    assert_eq!((reject.line, reject.raw.as_str()), (5, "T-1,\"'=x, \"\"y\"\"\""));
    let again = format!("{}\n{}\n", sheet.head().unwrap(), reject.raw);
    let again = Sheet::csv(again.as_bytes(), Path::new("a.csv")).unwrap();
    assert_eq!(words(&again.rows[0]), words(row));
}

#[test]
fn a_sheet_is_chosen_by_its_name() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap().write_row(0, 0, ["a"]).unwrap();
    book.add_worksheet().set_name("Tickets").unwrap().write_row(0, 0, ["b"]).unwrap();
    let first = |name| taken(&mut book, name, &shanghai()).map(|sheet| sheet.columns[0].name.clone());
    let mut first = first;
    assert_eq!(first(None).unwrap(), "a");
    assert_eq!(first(Some("Tickets")).unwrap(), "b");
    let near = first(Some("Ticket")).unwrap_err();
    assert_eq!(near[0].help[0].to_string(), "did you mean `Tickets`?");
    let far = first(Some("x")).unwrap_err();
    assert_eq!(far[0].help[0].to_string(), "its sheets are Notes, Tickets");
    assert_eq!(told(far), ["a.xlsx the workbook has no sheet `x`"]);
}

#[test]
fn a_row_with_a_cell_that_says_nothing_is_told_and_the_others_kept() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["title", "received"]).unwrap();
    sheet.write_formula(1, 0, Formula::new("=NA()").set_result("#N/A")).unwrap();
    // Clocks went from 02:00 to 03:00 on 29 March 2026 in Stockholm
    let gap = ExcelDateTime::from_ymd(2026, 3, 29).unwrap().and_hms(2, 30, 0).unwrap();
    sheet.write_datetime_with_format(2, 1, &gap, &date("yyyy-mm-dd hh:mm")).unwrap();
    // A time without a day
    sheet.write_number_with_format(3, 1, 0.5, &date("hh:mm")).unwrap();
    sheet.write_row(4, 0, ["good"]).unwrap();
    let sheet = taken(&mut book, None, &TimeZone::get("Europe/Stockholm").unwrap()).unwrap();
    let findings = sheet.bad.iter().flat_map(|reject| reject.findings.clone()).collect();
    assert_eq!(
        told(findings),
        [
            "a.xlsx:A2 the cell has Excel's error #N/A",
            "a.xlsx:B3 `2026-03-29T02:30:00` does not exist in Europe/Stockholm: the clocks went forward then",
            "a.xlsx:B4 `1899-12-31T12:00:00` is not an existing date and time",
        ]
    );
    assert_eq!(words(&sheet.rows[0]), [(0, "good")]);
}

#[test]
fn what_makes_a_workbook_unreadable_is_told() {
    let refused =
        |bytes: &[u8]| told(Sheet::xlsx(bytes, Path::new("a.xlsx"), None, &TimeZone::UTC).unwrap_err());
    let none = "a.xlsx this is not a readable Excel workbook (.xlsx); save it again as .xlsx, or as csv";
    assert_eq!(refused(b"id,title\n1,x\n"), [none]);
    assert_eq!(refused(b""), [none]);
    let mut book = Workbook::new();
    book.add_worksheet();
    assert_eq!(
        refused(&book.save_to_buffer().unwrap()),
        ["a.xlsx the file is empty: it has no line of headings"]
    );
    let mut twice = Workbook::new();
    twice.add_worksheet().write_row(0, 0, ["a", "b", "a"]).unwrap();
    let bytes = twice.save_to_buffer().unwrap();
    assert_eq!(refused(&bytes)[0].split_once(' ').unwrap().0, "a.xlsx:C1");
    // Cut off in the middle, and a byte turned over in every part of it: told, never a crash
    assert_eq!(refused(&bytes[..bytes.len() / 2]), [none]);
    for at in (0..bytes.len()).step_by(7) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x55;
        let _ = Sheet::xlsx(&bytes, Path::new("a.xlsx"), None, &TimeZone::UTC);
    }
}

#[test]
fn an_archive_that_swells_is_refused_and_a_far_corner_costs_nothing() {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&vec![b' '; 3 << 20]).unwrap();
    let swelling = archive.finish().unwrap().into_inner();
    assert!(swelling.len() < 1 << 16, "{}", swelling.len());
    let refused = measure(&swelling, 2 << 20).unwrap_err().to_string();
    assert!(refused.contains("unpacks to more than 2 MiB"), "{refused}");
    assert!(measure(&swelling, 3 << 20).is_ok());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_row(0, 0, ["a"]).unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    let sheet = taken(&mut book, None, &TimeZone::UTC).unwrap();
    assert_eq!(sheet.columns.len(), 2);
    assert_eq!(sheet.place(&sheet.rows[0], Some(1)).to_string(), "a.xlsx:XFD1048576");
}

/// A workbook whose parts are rewritten: by name, from and to.
fn forged(book: &mut Workbook, name: &str, from: &str, to: &str) -> Vec<u8> {
    let bytes = book.save_to_buffer().unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes.as_slice())).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let part = entry.name().unwrap().into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        if part.ends_with(name) {
            assert!(text.contains(from), "{text}");
            text = text.replace(from, to);
        }
        writer.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn small() -> Workbook {
    let mut book = Workbook::new();
    book.add_worksheet().write_row(0, 0, ["title", "kind"]).unwrap().write_row(1, 0, ["a", "b"]).unwrap();
    book
}

#[test]
fn a_number_that_a_workbook_says_of_itself_is_not_believed() {
    for (name, from, to) in [
        ("sharedStrings.xml", "uniqueCount=\"4\"", "uniqueCount=\"4000000000\""),
        ("sharedStrings.xml", "uniqueCount=\"4\"", "uniqueCount = '99999999999999999999999'"),
        ("sharedStrings.xml", "<sst ", "<!-- <sst uniqueCount=\"1\"> --><x:sst uniqueCount=\"4000000000\" "),
    ] {
        let bytes = forged(&mut small(), name, from, to);
        let refused = Sheet::xlsx(&bytes, Path::new("a.xlsx"), None, &shanghai());
        let told = told(refused.unwrap_err());
        assert!(told[0].contains("claims to have more texts than fit in it"), "{told:?}");
    }
    for (name, from, to) in [
        ("sheet1.xml", "<dimension ref=\"A1:B2\"", "<dimension ref=\"A1:XFD1048576\""),
        ("sharedStrings.xml", "uniqueCount=\"4\"", "uniqueCount=\"0\""),
        ("styles.xml", "<cellXfs count=\"1\"", "<cellXfs count=\"4000000000\""),
    ] {
        let bytes = forged(&mut small(), name, from, to);
        let sheet = Sheet::xlsx(&bytes, Path::new("a.xlsx"), None, &shanghai()).unwrap();
        assert_eq!(sheet.rows.len(), 1, "{to}");
    }
}

#[test]
fn a_table_of_styles_that_no_spreadsheet_has_is_refused() {
    let xfs = "<xf/>".repeat(1_000_001);
    let bytes = forged(&mut small(), "styles.xml", "</cellXfs>", &format!("{xfs}</cellXfs>"));
    let refused = Sheet::xlsx(&bytes, Path::new("a.xlsx"), None, &shanghai());
    assert!(told(refused.unwrap_err())[0].contains("more styles"));
}

#[test]
fn cells_far_apart_take_no_more_room_than_near_ones() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    // A table of 16,384 columns by 16,384 rows, with a cell in each
    for at in 0..16_384_u16 {
        sheet.write_string(u32::from(at), at, format!("w{at}")).unwrap();
    }
    sheet.write_string(1_048_575, 16_383, "end").unwrap();
    let sheet = taken(&mut book, None, &shanghai()).unwrap();
    assert_eq!((sheet.columns.len(), sheet.rows.len()), (16_384, 16_384));
    assert_eq!(sheet.place(&sheet.rows[16_383], Some(16_383)).to_string(), "a.xlsx:XFD1048576");
}
