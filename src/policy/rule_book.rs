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
use crate::lang::common;

/// A file's path from the ledger's root, and its text.
pub(crate) type File = (PathBuf, String);

/// All rules of a shop.
#[derive(Debug, Clone)]
pub struct RuleBook {
    /// `fb.toml`.
    pub shop: Shop,
    /// `calendar/*.toml`, by name.
    pub calendars: Vec<Calendar>,
    /// The place of the shop's calendar among them.
    shop_calendar: Option<usize>,
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
    pub fn read(shop_file: &File, calendars: &[File], policies: &[File]) -> Result<RuleBook, Vec<Finding>> {
        let mut findings = Vec::new();
        let shop = Shop::read(&shop_file.1, &shop_file.0).map_err(|found| findings.extend(found)).ok();
        let zone = shop.as_ref().map_or(jiff::tz::TimeZone::UTC, |shop| shop.zone.clone());
        let calendars = read_calendars(calendars, &zone, &mut findings);
        // The names in a policy are checked against the shop's; if the shop cannot be read, they cannot be checked.
        let Some(shop) = shop else { return Err(findings) };
        let shop_calendar = shop_calendar(&shop, &shop_file.0, &calendars, &mut findings);
        let context = RulesContext { shop: &shop, calendars: &calendars, shop_calendar };
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
            Some(base) if findings.is_empty() => {
                Ok(RuleBook { shop, calendars, shop_calendar, base, amendments })
            }
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
        let shop_calendar = self.shop_calendar.or(only(&calendars));
        let context = RulesContext { shop: &self.shop, calendars: &calendars, shop_calendar };
        let rules = Rules::read(&policy.1, &policy.0, &context).map_err(|found| findings.extend(found));
        match rules {
            Ok(base) if findings.is_empty() => {
                let shop = self.shop.clone();
                Ok(RuleBook { shop, calendars, shop_calendar, base, amendments: Vec::new() })
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
        if self.amendments.is_empty() {
            return &self.base;
        }
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

    /// The calendar of everything that needs one and names none: the one in `fb.toml`, or the only one.
    pub(crate) fn shop_calendar(&self) -> Option<&Calendar> {
        self.calendars.get(self.shop_calendar?)
    }

    /// The calendar of this name.
    pub(crate) fn calendar(&self, name: &str) -> Option<&Calendar> {
        self.calendars.iter().find(|calendar| calendar.name() == name)
    }
}

/// The place of the calendar that the shop names, else of its only one.
///
/// A finding if the shop names one that is not there, or has several and names none.
fn shop_calendar(
    shop: &Shop,
    file: &Path,
    calendars: &[Calendar],
    findings: &mut Vec<Finding>,
) -> Option<usize> {
    let known = || calendars.iter().map(Calendar::name).collect::<Vec<_>>().join(" ");
    let Some((name, place)) = &shop.calendar else {
        if let [first, _, ..] = calendars {
            let finding = Finding::error(Code::BadPolicy, Place::file(file), say::no_shop_calendar(known()));
            findings.push(finding.help(say::name_shop_calendar(first.name())));
        }
        return only(calendars);
    };
    let named = calendars.iter().position(|calendar| calendar.name() == name);
    if named.is_none() {
        let finding = Finding::error(Code::BadPolicy, place.clone(), say::unknown_shop_calendar(name));
        findings.push(finding.help(common::known_here(known())));
    }
    named
}

/// The place of the only calendar.
fn only(calendars: &[Calendar]) -> Option<usize> {
    (calendars.len() == 1).then_some(0)
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
