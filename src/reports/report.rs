//! One definition a report: its number, its name, what it may be asked, and its columns.

use super::columns::{
    APPROVALS, CERTIFIED, CHAIN, DURATIONS, HOLDERS, LAPSES, LEAVER, LOG, POLICIES, REVIEWS, TOKENS, UNUSED, WITHOUT,
};

/// What a report may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// A person: an id, an e-mail address, or a piece of a name that fits nobody else.
    Person,
    /// A role, by its slug; one that has left the catalogue, too.
    Role,
    /// The moment that is asked about; now, unless said otherwise.
    At,
    /// From this instant on.
    From,
    /// Before this instant; until the moment asked about, unless said otherwise.
    Until,
    /// So many days.
    Days,
    /// A tool or a service account, by its `client_id` or its whole name.
    Client,
    /// A network address.
    Address,
    /// A team, as it is today.
    Team,
    /// `certificate` or `grant`.
    Kind,
}

impl Parameter {
    /// Every one of them, in the order in which they are asked.
    pub const ALL: &'static [Self] = &[
        Self::Person,
        Self::Role,
        Self::At,
        Self::From,
        Self::Until,
        Self::Days,
        Self::Client,
        Self::Address,
        Self::Team,
        Self::Kind,
    ];

    /// Its name in addresses and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Role => "role",
            Self::At => "at",
            Self::From => "from",
            Self::Until => "until",
            Self::Days => "days",
            Self::Client => "client",
            Self::Address => "address",
            Self::Team => "team",
            Self::Kind => "kind",
        }
    }
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words or a name.
    Text,
    /// One of a few words that each language has its own for: the message `report-word-<family>-<word>`.
    Word(&'static str),
    /// Several of such words.
    Words(&'static str),
    /// How something stands: one of the words that badges show.
    State,
    /// An instant.
    Moment,
    /// Yes or no.
    Flag,
    /// Yes or no, where only this is as it must be.
    Must(bool),
    /// A count.
    Number,
    /// A length of time: in programs and spreadsheets seconds.
    Span,
    /// A person: in programs and spreadsheets three columns, the id, the name and the e-mail address.
    Person,
    /// Who did something, in the log's words; in programs and spreadsheets two columns, that word and the name.
    Actor,
    /// A role, by its slug.
    Role,
    /// A thing, by its id.
    Thing,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in JSON and CSV; what people read is the message `report-column-<name>`.
    pub name: &'static str,
    /// What stands in it.
    pub kind: Kind,
}

impl Column {
    /// Its names in JSON and CSV, where a person takes three.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let name = self.name;
        match self.kind {
            Kind::Person => vec![name.to_owned(), format!("{name}_name"), format!("{name}_email")],
            Kind::Actor => vec![name.to_owned(), format!("{name}_name")],
            _ => vec![name.to_owned()],
        }
    }
}

/// A report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// Who holds a role now.
    HoldersNow,
    /// Who held it at a moment.
    HoldersAt,
    /// Why somebody holds it: the whole chain.
    WhyHeld,
    /// Who approved, and whether anybody was involved in their own case.
    Approvals,
    /// Whether somebody was certified, on which version, when access was granted and each time it was used.
    CertifiedWhenUsed,
    /// Who has a grant without a certificate.
    WithoutCertificate,
    /// How long from request to access, and from a lapse to no access.
    Durations,
    /// What was not used for so many days.
    Unused,
    /// Which tokens were given out, by person, role, tool and address.
    Tokens,
    /// Whether reviews were on time, and what was removed.
    Reviews,
    /// Whether everything of a leaver is gone, and by when.
    Leaver,
    /// Which policy applied then, and what changed since.
    PolicyThen,
    /// Whether the log is complete and unaltered.
    LogIntegrity,
    /// What is to end.
    Lapses,
}

/// What a report needs, or may be given.
pub type Asks = &'static [(Parameter, Need)];

/// Whether it can do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It can not.
    Must,
    /// It can.
    May,
}

use Need::{May, Must};
use Parameter::{Address, At, Client, Days, From, Person, Role, Team, Until};

impl Report {
    /// Every report, by its number.
    pub const ALL: &'static [Self] = &[
        Self::HoldersNow,
        Self::HoldersAt,
        Self::WhyHeld,
        Self::Approvals,
        Self::CertifiedWhenUsed,
        Self::WithoutCertificate,
        Self::Durations,
        Self::Unused,
        Self::Tokens,
        Self::Reviews,
        Self::Leaver,
        Self::PolicyThen,
        Self::LogIntegrity,
        Self::Lapses,
    ];

    /// Its number among the auditor's questions.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::HoldersNow => 1,
            Self::HoldersAt => 2,
            Self::WhyHeld => 3,
            Self::Approvals => 4,
            Self::CertifiedWhenUsed => 5,
            Self::WithoutCertificate => 6,
            Self::Durations => 7,
            Self::Unused => 8,
            Self::Tokens => 9,
            Self::Reviews => 10,
            Self::Leaver => 11,
            Self::PolicyThen => 12,
            Self::LogIntegrity => 13,
            Self::Lapses => 14,
        }
    }

    /// Its name in addresses and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::HoldersNow => "holders-now",
            Self::HoldersAt => "holders-at",
            Self::WhyHeld => "why-held",
            Self::Approvals => "approvals",
            Self::CertifiedWhenUsed => "certified-when-used",
            Self::WithoutCertificate => "without-certificate",
            Self::Durations => "durations",
            Self::Unused => "unused",
            Self::Tokens => "tokens",
            Self::Reviews => "reviews",
            Self::Leaver => "leaver",
            Self::PolicyThen => "policy-then",
            Self::LogIntegrity => "log-integrity",
            Self::Lapses => "lapses",
        }
    }

    /// The report of a name or a number.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|report| report.word() == word || report.number().to_string() == word)
    }

    /// What it may be asked, in the order in which that is asked.
    #[must_use]
    pub fn asks(self) -> Asks {
        match self {
            Self::HoldersNow => &[(Role, May), (Person, May), (Team, May)],
            Self::HoldersAt => &[(At, Must), (Role, May), (Person, May), (Team, May)],
            Self::WhyHeld => &[(Person, Must), (Role, Must), (At, May)],
            Self::Approvals => &[(Role, May), (Person, May), (From, May), (Until, May), (At, May)],
            Self::CertifiedWhenUsed => &[(Person, Must), (Role, May), (From, May), (Until, May), (At, May)],
            Self::WithoutCertificate => &[(Role, May), (Person, May), (At, May)],
            Self::Durations => &[(Role, May), (Person, May), (From, May), (Until, May), (At, May)],
            Self::Unused => &[(Days, May), (Role, May), (Person, May), (At, May)],
            Self::Tokens => {
                &[(Person, May), (Role, May), (Client, May), (Address, May), (From, May), (Until, May), (At, May)]
            }
            Self::Reviews => &[(Role, May), (Person, May), (From, May), (Until, May), (At, May)],
            Self::Leaver => &[(Person, Must), (At, May)],
            Self::PolicyThen => &[(Role, Must), (At, May)],
            Self::LogIntegrity => &[(From, May), (Until, May), (At, May)],
            Self::Lapses => {
                &[(Team, May), (Role, May), (Person, May), (Parameter::Kind, May), (From, May), (Until, May), (At, May)]
            }
        }
    }

    /// Its columns.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::HoldersNow | Self::HoldersAt => HOLDERS,
            Self::WhyHeld => CHAIN,
            Self::Approvals => APPROVALS,
            Self::CertifiedWhenUsed => CERTIFIED,
            Self::WithoutCertificate => WITHOUT,
            Self::Durations => DURATIONS,
            Self::Unused => UNUSED,
            Self::Tokens => TOKENS,
            Self::Reviews => REVIEWS,
            Self::Leaver => LEAVER,
            Self::PolicyThen => POLICIES,
            Self::LogIntegrity => LOG,
            Self::Lapses => LAPSES,
        }
    }

    /// Whether the owners of a role may read it about that role, as they may read who holds it.
    #[must_use]
    pub fn for_owners(self) -> bool {
        match self {
            Self::HoldersNow
            | Self::HoldersAt
            | Self::WhyHeld
            | Self::Approvals
            | Self::CertifiedWhenUsed
            | Self::WithoutCertificate
            | Self::Durations
            | Self::Unused
            | Self::Reviews
            | Self::PolicyThen
            | Self::Lapses => true,
            Self::Tokens | Self::Leaver | Self::LogIntegrity => false,
        }
    }

    /// Whether its period is the one after the moment asked about, and not the one before.
    #[must_use]
    pub fn looks_ahead(self) -> bool {
        self == Self::Lapses
    }

    /// The names of its columns in JSON and CSV.
    #[must_use]
    pub fn head(self) -> Vec<String> {
        self.columns().iter().flat_map(Column::names).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn reports_are_told_apart_and_found_by_name_and_number() {
        for report in Report::ALL {
            assert_eq!(Report::from_word(report.word()), Some(*report));
            assert_eq!(Report::from_word(&report.number().to_string()), Some(*report));
            let head = report.head();
            assert_eq!(head.iter().collect::<BTreeSet<_>>().len(), head.len(), "{report:?}: {head:?}");
        }
        let numbers: Vec<u8> = Report::ALL.iter().map(|report| report.number()).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
        assert_eq!(Report::from_word("0"), None);
    }
}
