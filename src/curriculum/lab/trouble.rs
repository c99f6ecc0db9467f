//! Why a statement gave no result: each with a stable code, so that every face says it in its own words.

use serde::Serialize;

/// A point in a statement; line and column count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Spot {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Spot {
    /// The point at a byte of a text.
    #[must_use]
    pub fn of(sql: &str, offset: usize) -> Self {
        let mut end = offset.min(sql.len());
        while !sql.is_char_boundary(end) {
            end -= 1;
        }
        let before = sql.get(..end).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Self { line, column }
    }
}

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Nothing was written.
    #[error("there is no statement here")]
    Empty,
    /// More than one statement.
    #[error("there is more than one statement; run one at a time")]
    Several,
    /// Something else than SELECT, WITH or VALUES.
    #[error("only questions run here: a statement begins with SELECT, WITH or VALUES")]
    NotAQuestion,
    /// The text is too long.
    #[error("the statement is too long")]
    TooLong,
    /// Too many or too deeply nested selections, terms or columns.
    #[error("the statement is too complex")]
    Complex,
    /// Something that is not allowed in a lab.
    #[error("{what} is not available in a lab")]
    Denied {
        /// What was asked for.
        what: String,
    },
    /// The clock, the machine's time zone, or chance: a result would differ from one run to the next.
    #[error("{what} differs from one run to the next, and is not available in a lab")]
    Clock {
        /// What was asked for, as it could be written.
        what: String,
    },
    /// The engine does not understand it, or cannot do it.
    #[error("{message}")]
    Error {
        /// What the engine says, in English.
        message: String,
        /// Where, when the engine knows.
        spot: Option<Spot>,
    },
    /// Too much work.
    #[error("the statement takes too many steps")]
    Steps,
    /// Too long on the clock.
    #[error("the statement takes too long")]
    Time,
    /// Too much memory.
    #[error("the statement needs too much memory")]
    Memory,
    /// A value that is too long.
    #[error("a value or a row is too long")]
    Value,
    /// A result with too many rows.
    #[error("the result has too many rows")]
    Rows,
    /// A result that is too large.
    #[error("the result is too large")]
    Bytes,
}

impl Trouble {
    /// A stable code of lower-case words joined by hyphens; the catalogue holds its sentence as `lab-trouble-<code>`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Several => "several",
            Self::NotAQuestion => "not-a-question",
            Self::TooLong => "too-long",
            Self::Complex => "complex",
            Self::Denied { .. } => "denied",
            Self::Clock { .. } => "clock",
            Self::Error { .. } => "error",
            Self::Steps => "steps",
            Self::Time => "time",
            Self::Memory => "memory",
            Self::Value => "value",
            Self::Rows => "rows",
            Self::Bytes => "bytes",
        }
    }

    /// What the sentence names: the thing that is denied, or what the engine says.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Denied { what } | Self::Clock { what } => Some(what),
            Self::Error { message, .. } => Some(message),
            _ => None,
        }
    }

    /// Where it went wrong, when that is known.
    #[must_use]
    pub fn spot(&self) -> Option<Spot> {
        match self {
            Self::Error { spot, .. } => *spot,
            _ => None,
        }
    }

    /// Whether another run of the same statement may fare better: what stopped it depends on the machine.
    #[must_use]
    pub fn passes(&self) -> bool {
        matches!(self, Self::Time | Self::Memory)
    }
}
