use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::arguments::format::{PAGE_OR_OBJECT, one_of};
use crate::arguments::word::day;
use crate::arguments::{flag, output, value};
use crate::case::{Case, Id, Names};
use crate::error::{Code, Error, Exit, Finding, Place, Result};
use crate::import::{Addition, Context, Imported, Map, Reject, Sheet, import, names};
use crate::lang::{common, names as labels};
use crate::ledger::{Found, Lock, Plan, SHOP_FILE, Write};
use crate::policy::RuleBook;
use crate::privacy::Privacy;
use crate::recording::apply;
use crate::render::Format;
use crate::session::{Session, Written, place};
use crate::ui::Progress;
use crate::{casefile, disk};

mod against_rules;
mod rules;

use rules::RulesOfImport;

mod say {
    pub(super) use crate::commands::say::*;
    pub(super) use crate::recording::say::no_random;

    crate::messages! {
        against_rules(late, without, missing) {
            "late under the rules: {late}, of which without such a step in this file: {without}; steps that the rules ask for and that are missing: {missing}",
            "按所适用的制度：超时 {late}，其中 {without} 个在文件里没有相应的步骤；缺少规定的步骤 {missing} 处"
        }
        begin_with(day) {
            "--limits-from {day} makes the rules begin on that day; cases received before it have no limits",
            "加 --limits-from {day} 可让制度自该日起施行，之前受理的案卷不设时限"
        }
        begin_now(day) {
            "`fb policy begin {day}` makes the rules begin on that day; cases received before it have no limits",
            "`fb policy begin {day}` 可让制度自该日起施行，之前受理的案卷不设时限"
        }
        limits_unknown(cases, why) { "time limits of {cases} are unknown: {why}", "{cases}有时限无法计算：{why}" }
        about() { "Import cases from .csv, .xlsx or .jsonl: all or nothing", "从 .csv、.xlsx 或 .jsonl 导入案卷；要么全部导入，要么都不导入" }
        more() { "Columns have the names of the keys in a case file: kind, title, channel, customer.key, received, resolved and so on. For a table from another system, a map says which column is which. A row whose `external` is already in the ledger is not imported again.", "列名用案卷文件里的名称：kind、title、channel、customer.key、received、resolved 等。其他系统导出的表格，用映射文件写明各列的对应关系。`external`（外部编号）已在台账里的行不会重复导入。" }
        file() { "A table with a row for each case", "表格文件，每行一件案卷" }
        events() { "A table with a row for each event (external, event, at, by and so on), for whole histories", "另一个表格，每行一条办理记录（external、event、at、by 等），用于导入完整的办理经过" }
        sheet() { "The sheet of an Excel workbook; without it, the first", "Excel 工作簿里的工作表；不填则为第一个" }
        map() { "A file that maps columns and values, and says how dates are written", "映射文件，写明列名和值的对应关系、日期格式" }
        zone() { "The time zone of dates that name none; without it, the shop's", "没有写时差的日期按此时区；不填则按店铺时区" }
        dry_run() { "Print what would be imported, but write nothing", "只输出将要导入什么，不写入" }
        rejects() { "Import the good rows, and write the bad ones to this file", "导入没有问题的行，把有问题的行写入此文件" }
        limits_from() { "Make the rules begin on this day as well (`fb policy begin`): cases received before it have no limits", "同时让制度自该日起施行（同 `fb policy begin`），之前受理的案卷不设时限" }
        add_names() { "Add names that the ledger does not know to fb.toml", "把台账里没有的名称写进 fb.toml" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), long_about = say::more().both())]
#[command(
    after_help = "fb import tickets.csv --map map.toml --dry-run\nfb import tickets.xlsx --sheet 2026 --limits-from 2026-11-01"
)]
pub(crate) struct ImportArgs {
    #[arg(value_name = value::FILE.both(), help = say::file().both())]
    file: PathBuf,
    #[arg(long, value_name = value::FILE.both(), help = say::events().both())]
    events: Option<PathBuf>,
    #[arg(long, value_name = value::NAME.both(), help = say::sheet().both())]
    sheet: Option<String>,
    #[arg(long, value_name = value::FILE.both(), help = say::map().both())]
    map: Option<PathBuf>,
    #[arg(long = "timezone", alias = "zone", value_name = value::ZONE.both(), help = say::zone().both())]
    zone: Option<String>,
    #[arg(long, help = say::dry_run().both())]
    dry_run: bool,
    #[arg(long, value_name = value::FILE.both(), help = say::rejects().both())]
    rejects: Option<PathBuf>,
    #[arg(long, help = say::add_names().both())]
    add_names: bool,
    #[arg(long, value_name = value::DATE.both(), help = say::limits_from().both())]
    limits_from: Option<String>,
    #[arg(long, value_name = value::FORMAT.both(), default_value = "text", value_parser = one_of(PAGE_OR_OBJECT))]
    #[arg(help = flag::FORMAT.both())]
    format: Format,
}

impl ImportArgs {
    pub(super) fn run(self, session: &Session) -> Result<Exit> {
        let limits_from = self.limits_from.as_deref().map(day).transpose()?;
        let map = match &self.map {
            Some(path) => {
                Map::read(&disk::named::read_text(path)?, path).map_err(|found| not_taken(path, found))?
            }
            None => Map::default(),
        };
        let zone = self.zone(session)?;
        if let Some(path) = self.rejects.as_deref().filter(|path| is_workbook(path)) {
            return Err(Error::refused(say::rejects_are_csv(path)).hint(say::name_rejects()));
        }
        let bytes = read(&self.file)?;
        let cases = sheet(&bytes, &self.file, self.sheet.as_deref(), &zone)?;
        let event_bytes = self.events.as_deref().map(read).transpose()?;
        let events = match (&event_bytes, &self.events) {
            (Some(bytes), Some(path)) => Some(sheet(bytes, path, None, &zone)?),
            _ => None,
        };
        let lock = session.lock()?;
        let scan = session.ledger.scan();
        // A case file in a wrong place may have been imported from one of the rows, too.
        let unread: HashSet<_> = scan.findings.iter().map(|finding| &finding.place.path).collect();
        if !unread.is_empty() {
            return Err(Error::failed(say::read_first(unread.len())).because(scan.findings));
        }
        let imported = self.take(session, &scan.cases, (&cases, events.as_ref()), &map, &zone)?;
        let shop = self.new_names(session, &imported)?;
        let rules = RulesOfImport::of(session, &lock, limits_from, &scan.cases, &imported)?;
        let mut written = Written::dry_run();
        if !self.dry_run {
            self.reject(&cases, events.as_ref(), &imported)?;
            written = write(session, &lock, &self.file, &scan.cases, &imported, shop, &rules)?;
        }
        self.tell(session, &imported, &written, &rules)?;
        Ok(written.exit)
    }

    /// The zone of dates that have none.
    fn zone(&self, session: &Session) -> Result<TimeZone> {
        match &self.zone {
            Some(name) => {
                TimeZone::get(name).map_err(|_| Error::refused(say::no_zone(name)).hint(say::zone_example()))
            }
            None => Ok(session.book.shop.zone.clone()),
        }
    }

    /// Reads the rows. A bad row ends the command, unless `--rejects` is given.
    fn take(
        &self,
        session: &Session,
        there: &[Found],
        (cases, events): (&Sheet<'_>, Option<&Sheet<'_>>),
        map: &Map,
        zone: &TimeZone,
    ) -> Result<Imported> {
        let taken: HashSet<Id> = there.iter().map(|found| found.case.id.clone()).collect();
        let known: HashMap<String, &Case> =
            there.iter().filter_map(|found| Some((found.case.external.clone()?, &found.case))).collect();
        let mut random = draws()?;
        let mut context =
            Context { zone, lang: session.book.shop.lang, random: &mut random, taken: &taken, known: &known };
        let imported =
            import(cases, events, map, &mut context).map_err(|found| not_taken(&self.file, found))?;
        let findings: Vec<Finding> = imported.findings().cloned().collect();
        if !findings.is_empty() && self.rejects.is_none() {
            return Err(not_taken(&self.file, findings).hint(say::rejects_help()));
        }
        Ok(imported)
    }

    /// `fb.toml` with the new names, if there are any.
    fn new_names(&self, session: &Session, imported: &Imported) -> Result<Option<Write>> {
        let known = |list: Names, name: &str| match list {
            Names::Milestones | Names::Levels => true,
            _ => session.book.shop.names.knows(list, name),
        };
        let unknown = names::unknown_names(imported, &known);
        if unknown.is_empty() {
            return Ok(None);
        }
        if !self.add_names {
            let findings = unknown.iter().map(|name| {
                let place = Place { line: Some(name.line), ..Place::file(&self.file) };
                let message = say::unknown_names(labels::list(name.list).text(), &name.name, name.count);
                Finding::error(Code::UnknownName, place, message)
            });
            let error = Error::refused(say::names_not_known(unknown.len())).because(findings.collect());
            return Err(error.hint(say::add_names_help()));
        }
        let before = session.ledger.disk().text(Path::new(SHOP_FILE))?;
        let added: Vec<(Names, String)> = unknown.into_iter().map(|name| (name.list, name.name)).collect();
        let text = names::add_names(&before, &added)?;
        let path = PathBuf::from(SHOP_FILE);
        Ok(Some(Write { old: Some(path.clone()), before: Some(before), new: path, text }))
    }

    /// Writes the bad rows to files of their own, unchanged.
    fn reject(&self, cases: &Sheet<'_>, events: Option<&Sheet<'_>>, imported: &Imported) -> Result<()> {
        let Some(path) = &self.rejects else { return Ok(()) };
        put_aside(path, cases.head(), &imported.bad)?;
        if let Some(events) = events.filter(|_| !imported.bad_events.is_empty()) {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            let path = path.with_file_name(format!("{stem}-events.{ending}"));
            put_aside(&path, events.head(), &imported.bad_events)?;
        }
        Ok(())
    }

    fn tell(
        &self,
        session: &Session,
        imported: &Imported,
        written: &Written,
        rules: &RulesOfImport<'_>,
    ) -> Result<()> {
        let added: usize = imported.additions.iter().map(|addition| addition.events.len()).sum();
        let rejected = imported.bad.len() + imported.bad_events.len();
        let found = &rules.found;
        if self.format == Format::Json {
            let answer = written.told(serde_json::json!({
                "version": 1,
                "dry_run": self.dry_run,
                "cases": imported.cases.len(),
                "events_added": added,
                "skipped": imported.skipped,
                "rejected": rejected,
                "limits_from": rules.from.map(|day| day.to_string()),
                "limits_late": found.limits_late,
                "limits_without_step": found.limits_without_step,
                "steps_missing": found.steps_missing,
                "missing_years": found.missing_years.iter().map(|(missing, cases)| serde_json::json!({
                    "calendar": missing.calendar, "year": missing.year, "cases": cases,
                })).collect::<Vec<_>>(),
            }));
            return session.terminal.out(&crate::render::json(&answer, Privacy::Masked));
        }
        let new = common::count(imported.cases.len(), "case", "cases", "件");
        let added = common::count(added, "event", "events", "条记录");
        let skipped = imported.skipped;
        session.terminal.line(&if self.dry_run {
            say::would_import(new, added, skipped, rejected)
        } else {
            say::imported(new, added, skipped, rejected)
        })?;
        self.tell_of_rules(session, rules)?;
        for (missing, cases) in &found.missing_years {
            let cases = common::count(*cases, "case", "cases", "件案卷");
            session.terminal.line(&say::limits_unknown(cases, missing.message()))?;
            session.terminal.line(&missing.help())?;
        }
        Ok(())
    }

    /// Since when the rules hold, and what they ask for and the cases do not have.
    fn tell_of_rules(&self, session: &Session, rules: &RulesOfImport<'_>) -> Result<()> {
        let (terminal, found) = (&session.terminal, &rules.found);
        if let (Some(day), Some(before)) = (rules.from, &rules.before) {
            let file = rules.book.on(day).file();
            let begin = if self.dry_run { say::rules_would_begin } else { say::rules_begin };
            terminal.line(&begin(day, file))?;
            if before.all > 0 {
                terminal.line(&say::without_limits_now(before.all, before.open))?;
            }
        }
        if !found.is_short() {
            return Ok(());
        }
        let late = common::count(found.limits_late, "limit", "limits", "个时限");
        terminal.line(&say::against_rules(late, found.limits_without_step, found.steps_missing))?;
        match found.free_from(&rules.book, rules.book.shop.day(session.now)) {
            Some(day) if self.dry_run => terminal.line(&say::begin_with(day)),
            Some(day) => terminal.line(&say::begin_now(day)),
            None => Ok(()),
        }
    }
}

/// Random numbers for the ids: seeded by the system once, then a linear congruential generator (Knuth's MMIX
/// constants, upper half), which visits every number, so that a free id is always found.
fn draws() -> Result<impl FnMut() -> u32> {
    let mut seed = [0; 8];
    getrandom::fill(&mut seed).map_err(|error| Error::failed(say::no_random(error.to_string())))?;
    let mut state = u64::from_le_bytes(seed);
    Ok(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 32) as u32
    })
}

/// The largest table that is read, in bytes: all of it is in memory.
const LARGEST_TABLE: u64 = 256 << 20;

fn read(path: &Path) -> Result<Vec<u8>> {
    let unread = |error: std::io::Error| Error::refused(say::cannot_read(path, error.to_string()));
    let bytes = disk::named::read_at_most(path, LARGEST_TABLE).map_err(unread)?;
    bytes.ok_or_else(|| {
        let limit = format!("{} MiB", LARGEST_TABLE >> 20);
        Error::refused(say::table_too_large(path, limit)).hint(say::divide_table())
    })
}

fn sheet<'b>(bytes: &'b [u8], path: &Path, name: Option<&str>, zone: &TimeZone) -> Result<Sheet<'b>> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let sheet = match ending.to_ascii_lowercase().as_str() {
        "jsonl" | "ndjson" => Sheet::jsonl(bytes, path),
        "csv" | "tsv" | "txt" => Sheet::csv(bytes, path),
        "xlsx" | "xlsm" => Sheet::xlsx(bytes, path, name, zone),
        _ => return Err(Error::refused(say::which_table(path)).hint(say::name_table())),
    };
    sheet.map_err(|found| not_taken(path, found))
}

fn is_workbook(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

fn not_taken(path: &Path, findings: Vec<Finding>) -> Error {
    let problems = common::count(findings.len(), "problem", "problems", "个问题");
    Error::refused(say::not_imported(path, problems)).because(findings)
}

fn put_aside(path: &Path, head: Option<&str>, rejects: &[Reject]) -> Result<()> {
    let mut text: String = head.map(|head| format!("{}\n", head.trim_end())).unwrap_or_default();
    for reject in rejects {
        text.push_str(reject.raw.trim_end_matches(['\r', '\n']));
        text.push('\n');
    }
    output::to_file(path, text.as_bytes())
}

/// Writes everything as one plan and one commit.
fn write(
    session: &Session,
    lock: &Lock,
    file: &Path,
    there: &[Found],
    imported: &Imported,
    shop: Option<Write>,
    rules: &RulesOfImport<'_>,
) -> Result<Written> {
    let progress = Progress::new(&session.terminal, &say::writing(), imported.cases.len());
    let book: &RuleBook = &rules.book;
    let fresh = imported.cases.par_iter().map(|(_, case)| {
        let write = Write { old: None, before: None, new: place(book, case), text: casefile::compose(case) };
        progress.advance(1);
        write
    });
    let mut writes = rules.writes.clone();
    writes.par_extend(fresh);
    let mut standing: HashMap<&Id, &Found> = HashMap::with_capacity(there.len());
    for found in there {
        standing.entry(&found.case.id).or_insert(found);
    }
    for addition in &imported.additions {
        let found = standing.get(&addition.id);
        writes.extend(found.map(|found| add(session, book, found, addition)).transpose()?);
    }
    writes.extend(shop);
    if writes.is_empty() {
        return Ok(Written::committed());
    }
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut subject = format!("import {} cases from {name}", imported.cases.len());
    if let Some(day) = rules.from.filter(|_| rules.before.is_some()) {
        subject += &format!(", rules from {day}");
    }
    session.write(lock, &Plan { writes, subject, ..Plan::default() })
}

/// The text of an existing case with the new events at its end.
fn add(session: &Session, book: &RuleBook, found: &Found, addition: &Addition) -> Result<Write> {
    let before = session.ledger.disk().text(&found.path)?;
    let text = casefile::append_all(&before, &found.case, &addition.events)
        .map_err(|cannot| apply::in_the_way(cannot, &found.path))?;
    let mut case = found.case.clone();
    case.history.extend(addition.events.iter().cloned());
    let new = place(book, &case);
    Ok(Write { old: Some(found.path.clone()), before: Some(before), new, text })
}
