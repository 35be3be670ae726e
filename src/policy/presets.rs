//! The five rule books that a shop can start from, as the files that `fb init` writes.
//!
//! Promises texts and nothing else: the policy reader knows what a rule means. A rule book is data; a new one is a
//! directory here and a row in [`Preset::ALL`].

/// A rule book, ready to be written into a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// What people type: `ecommerce`.
    pub name: &'static str,
    /// The prefix of its clauses: `S0`.
    pub code: &'static str,
    /// `policy/base.toml`. `{review}` is replaced by the day on which the rules are due for review.
    pub policy: &'static str,
    /// The rule book's part of `fb.toml`: departments, channels, roles, categories, routing.
    pub shop: &'static str,
    /// Its calendars other than the office's: the name of the file under `calendar/`, and its text.
    pub calendars: &'static [(&'static str, &'static str)],
}

/// The calendar `office` with mainland China's holidays and make-up working days of 2024 to 2026, as announced by the
/// General Office of the State Council.
pub(crate) const CHINA_CALENDAR: &str = include_str!("presets/calendar/china.toml");

/// The calendar `office`, Monday to Friday of every year, without holidays.
pub const PLAIN_CALENDAR: &str = include_str!("presets/calendar/plain.toml");

impl Preset {
    /// Every rule book, in the order of the codes.
    pub const ALL: &'static [Preset] = &[
        Preset {
            name: "ecommerce",
            code: "S0",
            policy: include_str!("presets/ecommerce/policy.toml"),
            shop: include_str!("presets/ecommerce/shop.toml"),
            calendars: &[],
        },
        Preset {
            name: "citywide",
            code: "S1",
            policy: include_str!("presets/citywide/policy.toml"),
            shop: include_str!("presets/citywide/shop.toml"),
            calendars: &[],
        },
        Preset {
            name: "handbook",
            code: "S2",
            policy: include_str!("presets/handbook/policy.toml"),
            shop: include_str!("presets/handbook/shop.toml"),
            calendars: &[],
        },
        Preset {
            name: "aftersales",
            code: "S3",
            policy: include_str!("presets/aftersales/policy.toml"),
            shop: include_str!("presets/aftersales/shop.toml"),
            calendars: &[("phone.toml", include_str!("presets/aftersales/calendar/phone.toml"))],
        },
        Preset {
            name: "servicedesk",
            code: "S4",
            policy: include_str!("presets/servicedesk/policy.toml"),
            shop: include_str!("presets/servicedesk/shop.toml"),
            calendars: &[],
        },
    ];

    /// Its rules before a shop begins with them; only then is the day of their review fixed.
    pub fn undated(&self) -> String {
        self.policy
            .lines()
            .filter(|line| !line.starts_with("review"))
            .map(|line| format!("{line}\n"))
            .collect()
    }

    /// The rule book of a name.
    pub fn of(name: &str) -> Option<&'static Preset> {
        Preset::ALL.iter().find(|preset| preset.name == name)
    }
}

#[cfg(test)]
mod tests;
