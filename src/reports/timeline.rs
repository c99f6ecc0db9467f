//! A person's access to a role over a stretch of time: what stood from when until when, and what happened.

use crate::{base::clock::Time, db::sql::word_column};

/// What a lane tells of, in the order in which the lanes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Track {
    /// Whether the access was in effect, by the one view.
    Effective,
    /// A certification that the role asks for, or asked for.
    Certificate,
    /// Requests, and what was decided on them.
    Request,
    /// Grants.
    Grant,
    /// What was taken in an emergency, without approval, and what was said of it afterwards.
    BreakGlass,
    /// What held a grant back.
    Suspension,
    /// Locks on the person, the role or the warehouse.
    Lock,
    /// When the person could not act.
    Account,
    /// Which policy the role had.
    Policy,
    /// Tokens.
    Token,
}
word_column!(Track {
    Effective => "effective",
    Certificate => "certificate",
    Request => "request",
    Grant => "grant",
    BreakGlass => "break-glass",
    Suspension => "suspension",
    Lock => "lock",
    Account => "account",
    Policy => "policy",
    Token => "token",
});

/// Something that stood for a while.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Bar {
    pub from: Time,
    /// Open where it has no end yet.
    pub until: Option<Time>,
    /// How it stood: a word that badges show, where they know it.
    pub state: String,
    /// The record; may be empty.
    pub thing: String,
}

/// Something that happened at an instant, or several times around it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Mark {
    pub at: Time,
    pub state: String,
    /// The record, or the first of them.
    pub thing: String,
    /// How many.
    pub count: i64,
    /// Who judged, in the log's word for them, where it is what somebody said of an emergency.
    pub actor: Option<String>,
    /// Their name, where it was a person.
    pub actor_name: Option<String>,
}

impl Mark {
    /// Something that happened once.
    #[must_use]
    pub fn new(at: Time, state: &str, thing: String) -> Self {
        Self { at, state: state.to_owned(), thing, count: 1, actor: None, actor_name: None }
    }
}

/// A lane: everything of one kind and name.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Lane {
    pub track: Track,
    /// The certification, the kind of lock, the cause; may be empty.
    pub name: String,
    pub bars: Vec<Bar>,
    pub marks: Vec<Mark>,
}

impl Lane {
    /// A lane with nothing on it yet.
    #[must_use]
    pub fn new(track: Track, name: impl Into<String>) -> Self {
        Self { track, name: name.into(), bars: Vec::new(), marks: Vec::new() }
    }
}

/// The stretch and its lanes.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Timeline {
    /// The moment that was asked about.
    pub at: Time,
    pub from: Time,
    pub until: Time,
    pub lanes: Vec<Lane>,
}

/// The shortest and the longest stretch before the moment that can be asked for, in days.
pub const DAYS: std::ops::RangeInclusive<i64> = 1..=1_100;

/// So many days before the moment a timeline begins, where nobody says how many.
pub const USUAL_DAYS: i64 = 90;

impl Timeline {
    /// The stretch around a moment: so many days before it, and a third of that after it.
    #[must_use]
    pub fn stretch(at: Time, days: i64) -> (Time, Time) {
        let days = days.clamp(*DAYS.start(), *DAYS.end());
        (at.plus_seconds(-days * 86_400), at.plus_seconds(days * 28_800))
    }

    /// The stretch, cut wherever a bar begins or ends and at some instants besides: within a piece nothing changes but what the
    /// hours of a policy say.
    #[must_use]
    pub fn pieces(&self, besides: impl IntoIterator<Item = Time>) -> Vec<(Time, Time)> {
        let bars = self.lanes.iter().flat_map(|lane| &lane.bars);
        let ends = bars.flat_map(|bar| [Some(bar.from), bar.until]).flatten().chain(besides);
        let mut turns: Vec<Time> = ends.filter(|at| self.from < *at && *at < self.until).collect();
        turns.extend([self.from, self.until]);
        turns.sort_unstable();
        turns.dedup();
        turns.iter().copied().zip(turns.iter().copied().skip(1)).collect()
    }
}

/// Bars of the stretches in which something held; those that touch are one.
#[must_use]
pub fn joined(mut stretches: Vec<(Time, Time)>, state: &str) -> Vec<Bar> {
    stretches.sort_unstable();
    let mut bars: Vec<Bar> = Vec::new();
    for (from, until) in stretches {
        match bars.last_mut() {
            Some(last) if last.until.is_some_and(|end| from <= end) => last.until = last.until.max(Some(until)),
            _ => bars.push(Bar { from, until: Some(until), state: state.to_owned(), thing: String::new() }),
        }
    }
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Time {
        Time::from_micros(second * 1_000_000)
    }

    #[test]
    fn what_holds_on_is_one_bar() {
        let bars = joined(vec![(at(3), at(5)), (at(0), at(1)), (at(1), at(2)), (at(3), at(4))], "effective");
        let ends: Vec<_> = bars.iter().map(|bar| (bar.from, bar.until)).collect();
        assert_eq!(ends, [(at(0), Some(at(2))), (at(3), Some(at(5)))]);
    }

    #[test]
    fn a_stretch_is_cut_where_something_turns_inside_it() {
        let mut lane = Lane::new(Track::Grant, "");
        lane.bars = joined(vec![(at(-5), at(3))], "active");
        let timeline = Timeline { at: at(1), from: at(0), until: at(9), lanes: vec![lane] };
        assert_eq!(timeline.pieces([at(7), at(3), at(9), at(20)]), [(at(0), at(3)), (at(3), at(7)), (at(7), at(9))]);
    }
}
