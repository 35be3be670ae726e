//! A report says the same in every format: text, markdown, csv, JSON, HTML and xlsx, in both languages.
//!
//! Markdown's tables are the measure, cell by cell; HTML, xlsx and text are held against them, and the figures of
//! JSON against the page's own.

use std::fs;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::ledger::TestLedger;

const FORMATS: [&str; 6] = ["txt", "md", "csv", "json", "html", "xlsx"];
const DAY: f64 = 86_400.0;

/// A table as people read it: the first row has the heads, the first head is the title where it has no other.
type Table = Vec<Vec<String>>;

/// A report in every format.
struct Report {
    text: String,
    markdown: Vec<Table>,
    csv: Vec<[String; 4]>,
    json: Value,
    html: Vec<Table>,
    /// What its drawings tell those who cannot see them.
    drawings: Vec<String>,
    sheets: Vec<Vec<Vec<Data>>>,
}

impl Report {
    fn of(report: &[&str], lang: &str) -> Report {
        let ledger = TestLedger::empty();
        let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/teashop");
        let file = |ending: &str| ledger.dir.join(format!("report.{ending}"));
        for ending in FORMATS {
            let path = file(ending);
            let arguments =
                [&["-C", examples, "--lang", lang, "report"], report, &["-o", path.to_str().unwrap()]];
            ledger.at("2027-01-02T09:00:00+08:00", &arguments.concat()).ok();
        }
        let text = |ending| fs::read_to_string(file(ending)).unwrap();
        let mut reader = csv::Reader::from_reader(Cursor::new(text("csv")));
        let csv = reader.records().map(|row| std::array::from_fn(|at| row.as_ref().unwrap()[at].to_owned()));
        let mut book = Xlsx::new(Cursor::new(fs::read(file("xlsx")).unwrap())).unwrap();
        let sheets = book.worksheets().into_iter().skip(1);
        Report {
            text: text("txt"),
            markdown: of_markdown(&text("md")),
            csv: csv.collect(),
            json: serde_json::from_str(&text("json")).unwrap(),
            html: of_html(&text("html")),
            drawings: text("html")
                .split("<svg")
                .skip(1)
                .map(|it| words(it.split_once("<title>").unwrap().1, "</title>"))
                .collect(),
            sheets: sheets.map(|(_, range)| range.rows().map(<[Data]>::to_vec).collect()).collect(),
        }
    }
}

fn of_markdown(page: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let (mut title, mut inside) = (String::new(), false);
    for line in page.lines() {
        if let Some(words) = line.strip_prefix("## ") {
            title = unescaped(words);
        } else if !line.is_empty() && !line.starts_with('|') {
            // It was the title of lines.
            title.clear();
        }
        let is_row = line.starts_with('|');
        if is_row && !inside {
            tables.push(Vec::new());
        }
        if is_row && !line.starts_with("| ---") {
            let cells = line.replace("\\|", "\u{0}");
            let cells = cells.trim_matches('|').split('|').map(|cell| unescaped(&cell.replace('\u{0}', "|")));
            let mut cells: Vec<String> = cells.collect();
            if !inside && !title.is_empty() {
                cells[0] = std::mem::take(&mut title);
            }
            tables.last_mut().unwrap().push(cells);
        }
        inside = is_row;
    }
    tables
}

/// Without bold and without the backslash before a sign.
fn unescaped(words: &str) -> String {
    words.trim().trim_start_matches("**").trim_end_matches("**").replace('\\', "")
}

fn of_html(page: &str) -> Vec<Table> {
    let sections = page.split("<section").skip(1).filter(|section| section.contains("<table>"));
    sections
        .map(|section| {
            let title = section.split_once("<h2>").map(|(_, rest)| words(rest, "</h2>"));
            let rows = section.split("<tr>").skip(1);
            let mut table: Table = rows
                .map(|row| {
                    let row = row.split("</tr>").next().unwrap();
                    let cells = row.split("<t").skip(1).map(|cell| cell.split_once('>').unwrap().1);
                    cells.map(|cell| words(cell, "</t")).collect()
                })
                .collect();
            if !section.contains("<thead>") {
                table.insert(0, vec![String::new(); table[0].len()]);
            }
            if let (Some(title), true) = (title, table[0][0].is_empty()) {
                table[0][0] = title;
            }
            table
        })
        .collect()
}

fn words(markup: &str, end: &str) -> String {
    let words = markup.split(end).next().unwrap();
    [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")]
        .iter()
        .fold(words.to_owned(), |words, (code, sign)| words.replace(code, sign))
}

/// A length of time as pages say it, back in seconds, with how much may have been left out.
fn seconds(words: &str) -> Option<(f64, f64)> {
    let units = [
        ("min", 60.0),
        ("m", 60.0),
        ("分钟", 60.0),
        ("分", 60.0),
        ("小时", 3_600.0),
        ("天", DAY),
        ("秒", 1.0),
    ];
    let units = units.into_iter().chain([("d", DAY), ("h", 3_600.0), ("s", 1.0)]);
    let units: Vec<(&str, f64)> = units.collect();
    // `1 d 6 h` or, in a column, `1d 6h`
    let mut parts: Vec<(f64, &str)> = Vec::new();
    let mut rest = words.trim();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, after) = rest.split_at(digits);
        let after = after.trim_start();
        let end = after.find(|c: char| c.is_ascii_digit() || c == ' ').unwrap_or(after.len());
        parts.push((number.parse().ok()?, &after[..end]));
        rest = after[end..].trim_start();
    }
    let (mut sum, mut smallest) = (0.0, None);
    for (number, unit) in &parts {
        let (_, length) = units.iter().find(|(name, _)| name == unit)?;
        sum += number * length;
        smallest = Some(*length);
    }
    // Of days the hours are said, of hours the minutes: what is left out is less than the next smaller unit
    let left_out = match smallest? {
        DAY => 3_600.0,
        3_600.0 if parts.len() == 1 => 60.0,
        unit => unit,
    };
    Some((sum, left_out))
}

/// Whether a cell of a workbook says what the page says.
fn same(cell: &Data, words: &str) -> bool {
    match cell {
        Data::Empty => words.is_empty(),
        Data::String(cell) => cell == words,
        Data::Float(number) => match words.strip_suffix('%') {
            Some(share) => {
                share.trim().parse::<f64>().is_ok_and(|share| (number * 100.0 + 1e-9).floor() == share)
            }
            // `4.38 (n 34)`, `4.38（34 份）`: a mean with its number
            None => {
                let said = words.split([' ', '（']).next().unwrap_or_default();
                said.parse::<f64>().is_ok_and(|said| (said - number).abs() <= 0.005)
            }
        },
        Data::DateTime(length) if length.is_duration() => seconds(words).is_some_and(|(said, less_than)| {
            (0.0..less_than).contains(&((length.as_f64() * DAY * 1e3).round() / 1e3 - said))
        }),
        Data::DateTime(at) => {
            let (year, month, day, hour, minute, ..) = at.to_ymd_hms_milli();
            words.contains(&format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"))
        }
        _ => false,
    }
}

/// The words of a line of text, whatever space is between them.
fn squeezed(line: &str) -> String {
    line.split_whitespace().collect()
}

fn hold_equal(report: &[&str], lang: &str) -> Report {
    let report = Report::of(report, lang);
    assert!(report.markdown.len() > 8, "{}", report.markdown.len());
    assert_eq!(report.html, report.markdown);
    let lines = squeezed(&report.text);
    for row in report.markdown.iter().flatten() {
        let row = squeezed(&row.concat());
        assert!(lines.contains(&row) || row.is_empty(), "{row} is not in\n{}", report.text);
    }
    assert_eq!(report.sheets.len(), report.markdown.len());
    for (sheet, table) in report.sheets.iter().zip(&report.markdown) {
        assert_eq!(sheet[0][0].to_string(), table[0][0], "a sheet has its title");
        assert_eq!(sheet.len(), table.len() + 2, "{:?}", table[0]);
        for (cells, words) in sheet[2..].iter().zip(table) {
            for (cell, words) in cells.iter().zip(words) {
                assert!(same(cell, words), "{:?}: {cell:?} is not {words:?}", table[0]);
            }
        }
    }
    hold_figures(&report);
    report
}

/// The rows of a table that JSON has, too: found by its title, as pairs of a cell and JSON's figure.
struct Figures<'r> {
    report: &'r Report,
    compared: usize,
}

impl Figures<'_> {
    /// The sheet with this title, without its heads.
    fn sheet(&self, titles: [&str; 2]) -> &[Vec<Data>] {
        let found =
            self.report.sheets.iter().find(|sheet| titles.contains(&sheet[0][0].to_string().as_str()));
        &found.unwrap_or_else(|| panic!("no sheet {titles:?}"))[3..]
    }

    fn equal(&mut self, cell: &Data, figure: &Value) {
        self.compared += 1;
        let fine = match (cell, figure) {
            (Data::String(words), Value::Null) => ["–", "n/a", "无"].contains(&words.as_str()),
            (Data::Float(number), figure) => figure.as_f64().is_some_and(|figure| close(figure, *number)),
            (Data::DateTime(length), figure) => {
                figure.as_f64().is_some_and(|seconds| (length.as_f64() * DAY - seconds).abs() < 1e-3)
            }
            _ => false,
        };
        assert!(fine, "{cell:?} is not {figure}");
    }
}

/// JSON's reader may be wrong in the last of 17 digits.
fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-15 * one.abs().max(other.abs())
}

fn hold_figures(report: &Report) {
    let json = &report.json;
    let mut figures = Figures { report, compared: 0 };
    let flow = figures.sheet(["Flow", "流转"]).to_vec();
    let names = ["opening", "received", "reopened", "closed", "rejected", "closing"];
    for (row, name) in flow.iter().zip(names) {
        figures.equal(&row[1], &json["flow"][name]);
        figures.equal(&row[2], &json["compare"]["previous"]["flow"][name]);
    }
    let clocks = figures.sheet(["Limits kept", "时限遵守"]).to_vec();
    // Every policy has the limit of waits; the page does not mention it in a period in which no case waited
    let rows = json["clocks"].as_array().unwrap().iter();
    let rows: Vec<_> = rows.filter(|clock| clock["name"] != "waiting" || clock["decided"] != 0).collect();
    assert_eq!(clocks.len(), rows.len());
    for (row, clock) in clocks.iter().zip(rows) {
        for (cell, name) in row[1..].iter().zip(["share", "decided", "missed", "running", "paused", "lapsed"])
        {
            figures.equal(cell, &clock[name]);
        }
    }
    let times = figures.sheet(["Handling time", "处理时长"]).to_vec();
    for (row, name) in times.iter().zip(["contact", "resolution", "first_resolution", "round", "closure"]) {
        for (cell, part) in row[1..].iter().zip(["n", "median", "p90", "mean", "max"]) {
            figures.equal(cell, &json["times"][name]["elapsed"][part]);
        }
        figures.equal(&row[6], &json["times"][name]["working"]["median"]);
    }
    let satisfaction = figures.sheet(["Satisfaction", "满意度"]).to_vec();
    for (row, name) in satisfaction.iter().zip(["made", "reached", "satisfied", "share", "response"]) {
        figures.equal(&row[1], &json["satisfaction"][name]);
    }
    let age = figures.sheet(["Age of what is open", "未结件受理天数"]).to_vec();
    for (row, name) in age.iter().zip(["0-1", "1-3", "3-7", "7-30", "30+"]) {
        figures.equal(&row[1], &json["age"][name]);
    }
    for (name, titles) in [("kind", ["By kind", "按类型"]), ("owner", ["By owner", "按负责人"])] {
        let rows = figures.sheet(titles).to_vec();
        for (row, by) in rows.iter().zip(json["by"][name].as_array().unwrap()) {
            for (cell, part) in row[1..].iter().zip(["received", "resolved", "closed", "closing"]) {
                figures.equal(cell, &by[part]);
            }
        }
    }
    assert!(figures.compared > 80, "{}", figures.compared);
    hold_csv(report);
}

/// What stands in JSON at the end of a way of names; lists on the way take their entries from the keys.
fn at<'j>(json: &'j Value, way: &[&str], key: &str) -> Option<&'j Value> {
    if let Some(list) = json.as_array().filter(|_| !key.is_empty()) {
        let of = |entry: &Value| {
            ["key", "name", "id"].iter().find_map(|name| Some(entry[*name].as_str()?.to_owned()))
        };
        let mut fitting = list.iter().enumerate().filter_map(|(place, entry)| {
            let rest = key.strip_prefix(&of(entry).unwrap_or_else(|| (place + 1).to_string()))?;
            (rest.is_empty() || rest.starts_with('/')).then(|| (entry, rest.trim_start_matches('/')))
        });
        let (entry, rest) = fitting.next()?;
        // A case with two limits past their due stands there twice
        return if fitting.next().is_some() { None } else { at(entry, way, rest) };
    }
    match way {
        [] => Some(json),
        [name, way @ ..] => at(json.get(name)?, way, key),
    }
}

/// What csv says of a figure is what JSON says.
fn hold_csv(report: &Report) {
    let mut compared = 0;
    for [section, key, figure, value] in &report.csv {
        let way: Vec<&str> =
            section.split('.').chain(figure.split('.')).filter(|name| !name.is_empty()).collect();
        let Some(figure) = at(&report.json, &way, key).filter(|figure| !figure.is_array()) else { continue };
        let number = value.parse().ok().zip(figure.as_f64());
        let fine = match number {
            Some((one, other)) => close(one, other),
            None => {
                *value
                    == figure.as_str().map_or_else(|| figure.to_string(), str::to_owned).replace("null", "")
            }
        };
        assert!(fine, "{section} {key}: {value} is not {figure}");
        compared += 1;
    }
    assert!(compared * 10 > report.csv.len() * 9, "{compared} of {}", report.csv.len());
}

#[test]
fn the_months_report_says_the_same_in_every_format() {
    for lang in ["en", "zh"] {
        hold_equal(&["monthly", "2026-10"], lang);
    }
}

#[test]
fn the_quarters_report_says_the_same_in_every_format_and_draws_its_charts() {
    for (lang, months) in [
        ("en", "Month by month: 2026-10 41, 2026-11 5, 2026-12 0"),
        ("zh", "逐月对比：2026-10 41，2026-11 5，2026-12 0"),
    ] {
        let report = hold_equal(&["quarterly", "2026-Q4"], lang);
        assert!(report.drawings.contains(&months.to_owned()), "{:?}", report.drawings);
        assert!(report.drawings.len() > 6, "{:?}", report.drawings);
    }
}

#[test]
fn a_workbook_is_the_same_bytes_whenever_it_is_made() {
    let ledger = TestLedger::empty();
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/teashop");
    let made = |now: &str, ending: &str| {
        let path = ledger.dir.join(format!("report.{ending}"));
        ledger.at(now, &["-C", examples, "report", "monthly", "2026-10", "-o", path.to_str().unwrap()]).ok();
        fs::read(path).unwrap()
    };
    // Both after the last stamp of the example: until then, a stamp is from the future, and the page says so.
    for ending in ["xlsx", "html"] {
        assert_eq!(made("2027-01-02T09:00:00+08:00", ending), made("2027-03-02T09:00:00+08:00", ending));
    }
}

#[test]
fn a_files_ending_picks_its_format_and_another_is_refused() {
    let ledger = TestLedger::new();
    for (file, begins) in [("a.html", "<!DOCTYPE html>"), ("a.htm", "<!DOCTYPE html>"), ("a.md", "# ")] {
        ledger.run(&["report", "monthly", "-o", file]).ok();
        assert!(ledger.read(file).starts_with(begins), "{file}");
    }
    ledger.run(&["report", "overdue", "-o", "a.xlsx"]).ok();
    assert!(fs::read(ledger.dir.join("a.xlsx")).unwrap().starts_with(b"PK"));
    let refused = ledger.run(&["report", "monthly", "-o", "a.xls"]);
    assert_eq!(refused.status, 2);
    assert!(refused.err.contains(".html or .xlsx"), "{}", refused.err);
}
