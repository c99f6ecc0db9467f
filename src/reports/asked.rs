//! What a report was asked, once its person was found and its instants were settled.

use super::{
    refusal::ReportRefusal,
    report::{Need, Parameter, Report},
};
use crate::base::{
    clock::Time,
    ids::{self, Id},
    text::Slug,
};

/// So many days before the moment asked about a period begins, where nobody says from when.
pub const PERIOD_DAYS: i64 = 90;

/// After so many days without a use something counts as unused, where nobody says after how many.
pub const UNUSED_DAYS: i64 = 90;

/// The most days that can be asked about: ten years.
pub const MOST_DAYS: i64 = 3_650;

/// What somebody asks, as it was said.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// An id, an e-mail address, or a piece of a name.
    pub person: Option<String>,
    /// A role's slug.
    pub role: Option<Slug>,
    /// The moment asked about.
    pub at: Option<Time>,
    /// From when.
    pub from: Option<Time>,
    /// Before when.
    pub until: Option<Time>,
    /// So many days: 1 to [`MOST_DAYS`].
    pub days: Option<i64>,
    /// A tool or a service account, by its id or its whole name.
    pub client: Option<String>,
    /// A network address.
    pub address: Option<String>,
    /// A team.
    pub team: Option<String>,
    /// `certificate` or `grant`.
    pub kind: Option<String>,
}

impl Ask {
    /// Whether something was said of a parameter.
    fn has(&self, parameter: Parameter) -> bool {
        match parameter {
            Parameter::Person => self.person.as_ref().is_some_and(|text| !text.trim().is_empty()),
            Parameter::Role => self.role.is_some(),
            Parameter::At => self.at.is_some(),
            Parameter::From => self.from.is_some(),
            Parameter::Until => self.until.is_some(),
            Parameter::Days => self.days.is_some(),
            Parameter::Client => self.client.is_some(),
            Parameter::Address => self.address.is_some(),
            Parameter::Team => self.team.is_some(),
            Parameter::Kind => self.kind.is_some(),
        }
    }

    /// What the report still has to be told.
    #[must_use]
    pub fn lacks(&self, report: Report) -> Option<Parameter> {
        let needed = report.asks().iter().filter(|(_, need)| *need == Need::Must);
        needed.map(|(parameter, _)| *parameter).find(|parameter| !self.has(*parameter))
    }

    /// Proves that the report was told what it needs, and nothing that it would leave out of account.
    ///
    /// # Errors
    /// It was not.
    pub fn fits(&self, report: Report) -> Result<(), ReportRefusal> {
        let taken = |parameter: &Parameter| report.asks().iter().any(|(taken, _)| taken == parameter);
        if let Some(odd) = Parameter::ALL.iter().find(|parameter| self.has(**parameter) && !taken(parameter)) {
            return Err(ReportRefusal::TakesNot { parameter: odd.word() });
        }
        match self.lacks(report) {
            Some(parameter) => Err(ReportRefusal::Needs { parameter: parameter.word() }),
            None => Ok(()),
        }
    }
}

/// The same, settled.
#[derive(Clone, Debug)]
pub struct Asked {
    pub report: Report,
    pub person: Option<Id<ids::Person>>,
    pub role: Option<Slug>,
    /// The moment asked about: nothing that came after it is told.
    pub at: Time,
    /// From when, where the report is of a period.
    pub from: Time,
    /// Before when: never after the moment asked about, but where the report looks ahead.
    pub until: Time,
    pub days: i64,
    pub client: Option<String>,
    pub address: Option<String>,
    pub team: Option<String>,
    pub kind: Option<String>,
}

impl Asked {
    /// Settles what was asked at a moment.
    #[must_use]
    pub fn settle(report: Report, ask: &Ask, person: Option<Id<ids::Person>>, at: Time) -> Self {
        let period = PERIOD_DAYS * 86_400;
        let (from, until) = if report.looks_ahead() {
            (ask.from.unwrap_or(at), ask.until.unwrap_or_else(|| at.plus_seconds(period)))
        } else {
            // What happened at the very moment asked about belongs to it.
            let end = at.plus_micros(1);
            (ask.from.unwrap_or_else(|| at.plus_seconds(-period)), ask.until.map_or(end, |until| until.min(end)))
        };
        let days = ask.days.unwrap_or(UNUSED_DAYS).clamp(1, MOST_DAYS);
        let (client, address) = (ask.client.clone(), ask.address.clone());
        let (team, kind) = (ask.team.clone(), ask.kind.clone());
        Self { report, person, role: ask.role.clone(), at, from, until, days, client, address, team, kind }
    }

    /// Whether the report is of a period.
    #[must_use]
    pub fn has_period(&self) -> bool {
        self.report.asks().iter().any(|(parameter, _)| *parameter == Parameter::From)
    }
}
