//! What a check finds: that all is as it was signed, or the first line that is not, and how.

use super::super::note::NoteRefusal;
use serde::Serialize;
use std::fmt;

/// What a file that is as it was signed holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The log's name.
    pub origin: String,
    /// How many events the log had when the file was made.
    pub size: u64,
    /// How many of them are in the file.
    pub events: u64,
    /// Whether the file says that it is a selection: then each of its events is in the log, and nothing says that none is missing.
    pub selection: bool,
    /// How many checkpoints on the way agreed with them.
    pub checkpoints: u64,
    /// How many checkpoints from elsewhere did.
    pub outside: u64,
    /// How many events have words or an address that the file does not: erased since, or left out.
    pub without_words: u64,
    /// How many events are dated more than five minutes before one that stands before them: they were written later than they say.
    pub out_of_time: u64,
    /// The first of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_out_of_time: Option<At>,
}

/// Where an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct At {
    /// The line in the file, from 1 on.
    pub line: u64,
    /// Its place in the log, from 0 on.
    pub position: u64,
}

/// The first line that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Its number, from 1 on.
    pub line: u64,
    /// The event's place in the log, where it is about one.
    pub position: Option<u64>,
    /// What is wrong.
    pub finding: Finding,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The file does not begin with a head.
    NoHead,
    /// The head is of a form that this program does not know.
    OtherForm {
        /// Which.
        form: String,
    },
    /// The line does not read.
    Unreadable {
        /// Why.
        why: String,
    },
    /// Its signed note is not believed.
    Note(NoteRefusal),
    /// It is not what was signed.
    Changed,
    /// What stands beside the event is not what it has committed to.
    WordsChanged,
    /// Events from one position on, before another, are missing; none where a tile is.
    Removed {
        /// The first that is missing.
        from: u64,
        /// The first that is there again.
        until: u64,
    },
    /// It does not belong there.
    Inserted,
    /// It stands before one that it should follow.
    Reordered,
    /// Events are missing at the end.
    CutOff {
        /// How many there are.
        has: u64,
        /// How many there must be.
        of: u64,
    },
    /// The last line has no end.
    HalfALine,
    /// The events are not those of which this checkpoint was signed; they still were at an earlier one.
    ChangedBetween {
        /// The line up to which all is well.
        line: u64,
        /// How many events that are.
        size: u64,
    },
    /// As [`Finding::ChangedBetween`], and no checkpoint follows that says more.
    ChangedSince {
        /// The line up to which all is well.
        line: u64,
        /// How many events that are.
        size: u64,
    },
    /// A checkpoint that was kept elsewhere has another root for a log of this length.
    Rewritten {
        /// The length.
        size: u64,
        /// The line up to which all is well.
        line: u64,
        /// How many events that are.
        agreed: u64,
    },
}

impl Finding {
    /// A stable word for it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoHead => "no-head",
            Self::OtherForm { .. } => "other-form",
            Self::Unreadable { .. } => "unreadable",
            Self::Note(_) => "not-signed",
            Self::Changed | Self::ChangedBetween { .. } | Self::ChangedSince { .. } => "changed",
            Self::WordsChanged => "words-changed",
            Self::Removed { .. } => "removed",
            Self::Inserted => "inserted",
            Self::Reordered => "reordered",
            Self::CutOff { .. } | Self::HalfALine => "cut-off",
            Self::Rewritten { .. } => "rewritten",
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(position) = self.position {
            write!(f, ", event {position}")?;
        }
        f.write_str(": ")?;
        match &self.finding {
            Finding::NoHead => f.write_str("the file does not begin with the head of an exported log"),
            Finding::OtherForm { form } => write!(f, "this program does not know files of the form {form}"),
            Finding::Unreadable { why } => write!(f, "changed: it does not read ({why})"),
            Finding::Note(refusal) => write!(f, "the checkpoint is not to be believed: {refusal}"),
            Finding::Changed => f.write_str("changed: it is not what was signed"),
            Finding::WordsChanged => {
                f.write_str("changed: the address or the words beside the event are not those that it has committed to")
            }
            Finding::Removed { from, until } if from == until => {
                f.write_str("removed: the tile that has to stand before it is missing")
            }
            Finding::Removed { from, until } if until - from == 1 => write!(f, "removed: event {from} is missing"),
            Finding::Removed { from, until } => write!(f, "removed: events {from} to {} are missing", until - 1),
            Finding::Inserted => f.write_str("inserted: it does not belong there"),
            Finding::Reordered => f.write_str("reordered: it stands before an event that it should follow"),
            Finding::CutOff { has, of } => write!(f, "cut off: the log ends after {has} events and had {of}"),
            Finding::HalfALine => f.write_str("cut off: the last line has no end"),
            Finding::ChangedBetween { line, size } => write!(
                f,
                "changed: the events are not those that were signed here; up to line {line} ({size} events) they are"
            ),
            Finding::ChangedSince { line, size } => write!(
                f,
                "changed: the events are not those that were signed; up to line {line} ({size} events) they are"
            ),
            Finding::Rewritten { size, line, agreed } => write!(
                f,
                "changed: a checkpoint that was kept elsewhere has another root for {size} events; up to line {line} \
                 ({agreed} events) all is well"
            ),
        }
    }
}
