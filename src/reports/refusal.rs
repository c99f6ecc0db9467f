//! Why a report is not drawn.

use crate::base::refusal::{Fact, Kind, Refusal};
use std::collections::BTreeMap;

/// Why not.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ReportRefusal {
    /// There is none of that name or number.
    #[error("there is no such report: {name}")]
    NoSuchReport { name: String },
    /// It can not do without something that was not said.
    #[error("this report needs to be told: {parameter}")]
    Needs { parameter: &'static str },
    /// It was told something that it makes nothing of: an answer that left it out of account would mislead.
    #[error("this report can not be asked about: {parameter}")]
    TakesNot { parameter: &'static str },
}

impl Refusal for ReportRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NoSuchReport { .. } => Kind::NotFound,
            Self::Needs { .. } | Self::TakesNot { .. } => Kind::Invalid,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchReport { .. } => "no-such-report",
            Self::Needs { .. } => "report-needs",
            Self::TakesNot { .. } => "report-takes-not",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::NoSuchReport { name } => BTreeMap::from([("id", Fact::from(name.as_str()))]),
            Self::Needs { parameter } | Self::TakesNot { parameter } => {
                BTreeMap::from([("field", Fact::from(*parameter)), ("parameter", Fact::from(*parameter))])
            }
        }
    }
}
