//! A `map.toml` and a sheet: every row is imported, given back or left out; a case that comes in can be written.
//!
//! The input: a map, and after a line `%` comma-separated values.

use std::collections::{HashMap, HashSet};

use fb::casefile;
use fb::import::names::{add_names, unknown_names};
use fb::import::{Context, Map, Sheet, import};
use fb::lang::Lang;
use fb::policy::Shop;
use jiff::tz::TimeZone;

use super::{BETWEEN, case_of, said, told};

const MAP: &str = "map.toml";
const SHEET: &str = "feedback.csv";
const SHOP: &str = "[shop]\nname = \"x\"\ntimezone = \"UTC\"\n";
/// What is read where the input has no sheet.
const ROWS: &str = "kind,title,received,channel,id\ncomplaint,茶杯,2026-10-05T08:00:00+08:00,email,7\n,,,,\npraise,x,10/05/2026,phone,8\n";

pub fn holds(input: &[u8]) {
    let Ok(input) = std::str::from_utf8(input) else { return };
    let (map, rows) = input.split_once(BETWEEN).unwrap_or((input, ROWS));
    let map = match Map::read(map, MAP.as_ref()) {
        Ok(map) => map,
        Err(findings) => return told(&findings, MAP, map),
    };
    let sheet = match Sheet::csv(rows.as_bytes(), SHEET.as_ref()) {
        Ok(sheet) => sheet,
        Err(findings) => return told(&findings, SHEET, rows),
    };
    let mut drawn = 0;
    let mut context = Context {
        zone: &TimeZone::UTC,
        lang: Lang::En,
        random: &mut || {
            drawn += 1;
            drawn
        },
        taken: &HashSet::new(),
        known: &HashMap::new(),
    };
    let imported = match import(&sheet, None, &map, &mut context) {
        Ok(imported) => imported,
        Err(findings) => return told(&findings, SHEET, rows),
    };
    let there = sheet.rows.len() + sheet.bad.len();
    let gone = imported.cases.len() + imported.bad.len() + imported.left_out + imported.skipped;
    assert_eq!(there, gone, "{imported:?}");
    for reject in &imported.bad {
        told(&reject.findings, SHEET, rows);
        assert!(rows.contains(&reject.raw), "{reject:?}");
    }
    for (_, case) in &imported.cases {
        let file = casefile::compose(case);
        assert_eq!(said(&case_of(&file)), said(case), "{file}");
    }
    let names = unknown_names(&imported, &|_, _| false);
    let names: Vec<_> = names.into_iter().map(|unknown| (unknown.list, unknown.name)).collect();
    if let Ok(shop) = add_names(SHOP, &names) {
        let shop = Shop::read(&shop, "fb.toml".as_ref()).unwrap_or_else(|wrong| panic!("{wrong:?}\n{shop}"));
        assert!(names.iter().all(|(list, name)| shop.names.knows(*list, name)));
    }
}
