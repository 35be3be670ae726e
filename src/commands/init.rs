use std::path::{Path, PathBuf};

use clap::Args;

use crate::arguments::value;
use crate::arguments::word::no_preset;
use crate::case::Status;
use crate::casefile::layout;
use crate::disk::{self, Root};
use crate::error::{Error, Exit, Result};
use crate::git::Repository;
use crate::lang::{Lang, common};
use crate::ledger::{ATTRIBUTES, MERGED_BY_FB, Plan, SHOP_FILE};
use crate::policy::{CHINA_CALENDAR, PLAIN_CALENDAR, Preset, to_register};
use crate::session::{Session, Setting};

mod say {
    pub(super) use crate::commands::say::*;

    crate::messages! {
        about() { "Create a ledger: fb.toml, rules, a calendar, directories", "新建台账：fb.toml、制度、日历和目录" }
        examples() { "fb init teashop --policy ecommerce\nfb init teashop --name \"Tea Shop\" --calendar plain", "fb init qingci --lang zh --name 青瓷小铺\nfb init qingci --policy citywide" }
        place() { "The directory; it is created if it does not exist", "台账目录；没有则新建" }
        policy() { "The rule book to start from: ecommerce, citywide, handbook, aftersales, servicedesk (`fb policy show NAME`)", "选用的制度：ecommerce、citywide、handbook、aftersales、servicedesk（见 `fb policy show 名称`）" }
        calendar() { "The working days: china, or plain (Monday to Friday, no holidays)", "工作日：china 按中国大陆放假调休安排，plain 为周一至周五、不计节假日" }
        name() { "The shop's name; without it, the directory's", "店铺名称；不填则用目录名" }
        timezone() { "The shop's time zone", "店铺所在时区" }
        no_git() { "Create no git repository, even if there is none", "没有 git 仓库时也不新建" }
    }
}

#[derive(Debug, Clone, Args)]
#[command(about = say::about().both(), after_help = say::examples().both())]
pub(crate) struct InitArgs {
    #[arg(value_name = value::DIRECTORY.both(), default_value = ".", help = say::place().both())]
    place: PathBuf,
    #[arg(long, value_name = value::NAME.both(), default_value = "ecommerce", help = say::policy().both())]
    policy: String,
    #[arg(long, value_name = value::NAME.both(), default_value = "china", help = say::calendar().both())]
    calendar: String,
    #[arg(long, value_name = value::TEXT.both(), allow_hyphen_values = true, help = say::name().both())]
    name: Option<String>,
    #[arg(long, value_name = value::ZONE.both(), default_value = "Asia/Shanghai")]
    #[arg(help = say::timezone().both())]
    timezone: String,
    #[arg(long, help = say::no_git().both())]
    no_git: bool,
}

impl InitArgs {
    pub(super) fn run(self, setting: &Setting) -> Result<Exit> {
        let root = setting.directory.join(&self.place);
        if disk::named::is_there(&root.join(SHOP_FILE)) {
            return Err(Error::refused(say::ledger_there(&root)));
        }
        let preset = Preset::of(&self.policy).ok_or_else(|| no_preset(&self.policy))?;
        let lang = setting.lang.unwrap_or(setting.terminal.lang);
        let texts = self.texts(preset, &root, lang, setting)?;
        // The file that makes it a ledger is written last: until then, `fb init` can be repeated.
        let (shop, others) =
            texts.split_first().map_or((None, &[][..]), |(shop, others)| (Some(shop), others));
        let place = disk::named::directory_made(&root)?;
        others.iter().try_for_each(|file| put(&place, file))?;
        let repository = match Repository::around(&root)? {
            None if self.no_git => None,
            None => Some(Repository::init(&root)?),
            found => found,
        };
        shop.iter().try_for_each(|file| put(&place, file))?;
        let session = Session::open(Setting { directory: root.clone(), ..setting.clone() })?;
        let exit = if repository.is_some() {
            commit(&session, texts.into_iter().map(|(path, _)| path).collect(), preset)?
        } else {
            Exit::Done
        };
        let terminal = crate::ui::Terminal { lang, ..setting.terminal.clone() };
        terminal.line(&say::begun(&self.place, preset.name))?;
        let into = if self.place == Path::new(".") {
            String::new()
        } else {
            format!("cd {} && ", self.place.display())
        };
        if let Some(first) = to_register(&session.book, session.stamp(session.now)) {
            terminal.line(&say::first_steps(into, first))?;
        }
        Ok(exit)
    }

    /// Every file of a new ledger, from its root.
    fn texts(
        &self,
        preset: &Preset,
        root: &Path,
        lang: Lang,
        setting: &Setting,
    ) -> Result<Vec<(PathBuf, String)>> {
        let zone = jiff::tz::TimeZone::get(&self.timezone)
            .map_err(|_| Error::refused(say::no_zone(&self.timezone)).hint(say::zone_example()))?;
        let today = zone.to_datetime(setting.now).date();
        let named = root.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = self.name.clone().or(named).unwrap_or_else(|| "shop".to_owned());
        let office = match self.calendar.as_str() {
            "china" => CHINA_CALENDAR,
            "plain" => PLAIN_CALENDAR,
            other => {
                return Err(Error::refused(say::no_calendar(other)).hint(common::known_here("china plain")));
            }
        };
        let mut texts = vec![
            (PathBuf::from(SHOP_FILE), shop_file(&name, &self.timezone, lang, preset)),
            (
                PathBuf::from("policy/base.toml"),
                preset.policy.replace("{review}", &review(today).to_string()),
            ),
            (PathBuf::from("calendar/office.toml"), office.to_owned()),
        ];
        for (file, text) in preset.calendars {
            texts.push((Path::new("calendar").join(file), (*text).to_owned()));
        }
        texts.push((PathBuf::from(ATTRIBUTES), MERGED_BY_FB.to_owned()));
        texts.extend(Status::ALL.map(|status| (layout::directory(status).join(layout::KEEP), String::new())));
        Ok(texts)
    }
}

/// Writes a new file. An existing one with the same text was left by an interrupted command.
fn put(root: &Root, (path, text): &(PathBuf, String)) -> Result<()> {
    match root.text_if_there(path)? {
        None => root.replace(path, text.as_bytes()),
        Some(there) if there == *text => Ok(()),
        Some(_) => Err(Error::refused(say::kept_already(root.path().join(path)))),
    }
}

/// Commits the files by a plan like any other, so that the next command finishes it if this one dies. If there is to be no
/// commit, a note says so, and the files are kept under a ref.
fn commit(session: &Session, paths: Vec<PathBuf>, preset: &Preset) -> Result<Exit> {
    let lock = session.lock()?;
    let subject = format!("init: begin the ledger with the {} rules", preset.name);
    Ok(session.write(&lock, &Plan { also: paths, subject, ..Plan::default() })?.exit)
}

/// Rules are evaluated within six months of coming into force (S0.9).
fn review(today: jiff::civil::Date) -> jiff::civil::Date {
    use jiff::ToSpan;
    today.checked_add(6.months()).unwrap_or(today)
}

/// The line that names the shop's calendar, where the rule book has several.
const SHOP_CALENDAR: &str =
    "calendar = \"office\"            # the working time of reports, and of limits that name no other\n";

/// `fb.toml`: the shop's own part, then the part of the rule book.
fn shop_file(name: &str, zone: &str, lang: Lang, preset: &Preset) -> String {
    let quoted = toml::Value::String(name.to_owned());
    let head = match lang {
        Lang::En => include_str!("init/fb.en.toml"),
        Lang::Zh => include_str!("init/fb.zh.toml"),
    };
    let calendar = if preset.calendars.is_empty() { "" } else { SHOP_CALENDAR };
    let head = head.replace("{name}", &quoted.to_string()).replace("{zone}", zone);
    let head = head.replace("{calendar}\n", calendar);
    format!("{head}\n{}", preset.shop)
}
