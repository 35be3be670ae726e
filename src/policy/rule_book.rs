//! The shop's rules as a whole: `fb.toml`, every policy and every calendar, validated together.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::rules::Rules;
use super::rules_file::RulesContext;
use super::shop::Shop;
use super::{read_date, say};
use crate::calendar::Calendar;
use crate::case::{Case, Replay};
use crate::error::{Code, Finding, Place};

/// A file's path from the ledger's root, and its text.
pub(crate) type File = (PathBuf, String);

/// All rules of a shop.
#[derive(Debug, Clone)]
pub struct RuleBook {
    /// `fb.toml`.
    pub shop: Shop,
    /// `calendar/*.toml`, by name.
    pub calendars: Vec<Calendar>,
    /// The rules from the beginning.
    base: Rules,
    /// Later rules with the first day of receipt that they hold for, ascending.
    amendments: Vec<(Date, Rules)>,
}

impl RuleBook {
    /// Reads all of it; every problem of every file is reported at once.
    ///
    /// # Errors
    /// The findings, if anything is wrong.
    pub fn read(shop: &File, calendars: &[File], policies: &[File]) -> Result<RuleBook, Vec<Finding>> {
        let mut findings = Vec::new();
        let shop = Shop::read(&shop.1, &shop.0).map_err(|found| findings.extend(found)).ok();
        let zone = shop.as_ref().map_or(jiff::tz::TimeZone::UTC, |shop| shop.zone.clone());
        let calendars = read_calendars(calendars, &zone, &mut findings);
        // The names in a policy are checked against the shop's; if the shop cannot be read, they cannot be checked.
        let Some(shop) = shop else { return Err(findings) };
        let context = RulesContext { shop: &shop, calendars: &calendars };
        let mut base = None;
        let mut amendments = Vec::new();
        for (path, text) in policies {
            let rules = Rules::read(text, path, &context).map_err(|found| findings.extend(found)).ok();
            match day_of(path) {
                Some(ValidFrom::Base) => base = Some(rules.unwrap_or_default()),
                Some(ValidFrom::From(day)) => amendments.extend(rules.map(|rules| (day, rules))),
                None => {
                    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    findings.push(Finding::error(
                        Code::BadPolicy,
                        Place::file(path),
                        say::bad_policy_file(name),
                    ));
                }
            }
        }
        if base.is_none() {
            findings.push(Finding::error(Code::BadPolicy, Place::file("policy/base.toml"), say::no_base()));
        }
        amendments.sort_by_key(|(day, _)| *day);
        match base {
            Some(base) if findings.is_empty() => Ok(RuleBook { shop, calendars, base, amendments }),
            _ => Err(findings),
        }
    }

    /// The same shop under another policy, as if it had been in force from the beginning. `more` are its calendars; one
    /// whose name the shop already has is left out.
    ///
    /// # Errors
    /// The findings, if the policy or one of its calendars is wrong.
    pub fn under(&self, policy: &File, more: &[File]) -> Result<RuleBook, Vec<Finding>> {
        let mut findings = Vec::new();
        let mut calendars = self.calendars.clone();
        for calendar in read_calendars(more, &self.shop.zone, &mut findings) {
            if self.calendar(calendar.name()).is_none() {
                calendars.push(calendar);
            }
        }
        let context = RulesContext { shop: &self.shop, calendars: &calendars };
        let rules = Rules::read(&policy.1, &policy.0, &context).map_err(|found| findings.extend(found));
        match rules {
            Ok(base) if findings.is_empty() => {
                Ok(RuleBook { shop: self.shop.clone(), calendars, base, amendments: Vec::new() })
            }
            _ => Err(findings),
        }
    }

    /// The rules for cases received on a local day: the newest whose day is not after it.
    pub(crate) fn on(&self, day: Date) -> &Rules {
        let later = self.amendments.partition_point(|(from, _)| *from <= day);
        later.checked_sub(1).map_or(&self.base, |at| &self.amendments[at].1)
    }

    /// The rules for a case: those of its day of receipt, regardless of later ones.
    pub fn rules(&self, case: &Case) -> &Rules {
        self.on(self.shop.day(case.received_at()))
    }

    /// The case's history up to an instant, under its rules.
    pub fn replay<'c>(&self, case: &'c Case, until: jiff::Timestamp) -> Option<Replay<'c>> {
        Replay::until(case, self.rules(case).approvers(case.kind), until)
    }

    /// The case's whole history, under its rules.
    pub(crate) fn whole<'c>(&self, case: &'c Case) -> Replay<'c> {
        Replay::whole(case, self.rules(case).approvers(case.kind))
    }

    /// Every rule book with the day from which it holds; the first has none.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Option<Date>, &Rules)> {
        std::iter::once((None, &self.base))
            .chain(self.amendments.iter().map(|(day, rules)| (Some(*day), rules)))
    }

    /// The calendar of this name.
    pub(crate) fn calendar(&self, name: &str) -> Option<&Calendar> {
        self.calendars.iter().find(|calendar| calendar.name() == name)
    }
}

enum ValidFrom {
    Base,
    From(Date),
}

fn day_of(path: &Path) -> Option<ValidFrom> {
    if path.extension()? != "toml" {
        return None;
    }
    let stem = path.file_stem()?.to_str()?;
    if stem == "base" {
        return Some(ValidFrom::Base);
    }
    read_date(stem).map(ValidFrom::From)
}

fn read_calendars(files: &[File], zone: &jiff::tz::TimeZone, findings: &mut Vec<Finding>) -> Vec<Calendar> {
    let mut calendars: Vec<Calendar> = Vec::new();
    for (path, text) in files {
        match Calendar::read(text, path, zone) {
            Ok(calendar) if calendars.iter().any(|known| known.name() == calendar.name()) => {
                let message = say::duplicate_calendar(calendar.name());
                findings.push(Finding::error(Code::BadPolicy, Place::file(path), message));
            }
            Ok(calendar) => calendars.push(calendar),
            Err(found) => findings.extend(found),
        }
    }
    calendars
}
