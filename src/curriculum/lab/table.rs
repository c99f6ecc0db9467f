//! A result: named columns and rows of typed cells.

use serde::{Deserialize, Serialize};

/// One value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// No value.
    Null,
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Real(f64),
    /// A text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl Cell {
    /// The value as people read it; nothing for NULL.
    #[must_use]
    pub fn shown(&self) -> Option<String> {
        match self {
            Self::Null => None,
            Self::Integer(number) => Some(number.to_string()),
            Self::Real(number) if number.fract() == 0.0 && number.abs() < 1e15 => Some(format!("{number:.1}")),
            Self::Real(number) => Some(number.to_string()),
            Self::Text(text) => Some(text.clone()),
            Self::Blob(bytes) => Some(format!("x'{}'", crate::curriculum::source::hex(bytes))),
        }
    }

    /// Whether this is a number, which pages set to the right.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Integer(_) | Self::Real(_))
    }

    /// The value as JSON; a blob as the text that SQL writes it as.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Integer(number) => (*number).into(),
            Self::Real(number) => (*number).into(),
            Self::Text(text) => text.as_str().into(),
            Self::Blob(_) => self.shown().into(),
        }
    }
}

/// A row.
pub type Row = Vec<Cell>;

/// Columns and rows, and what they took.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, in the order they came.
    pub rows: Vec<Row>,
    /// The steps of the engine that it took, to the next thousand.
    pub steps: u64,
}
