//! A timeline as the pages draw it: lanes with bars and marks by place, and the same as a table.

use super::{parts::sample_id, sample_at, shared::Link};
use serde::Serialize;

/// How wide a lane is drawn, in its own units.
pub const WIDTH: f64 = 1_000.0;

/// The timeline of one access.
#[derive(Debug, Clone, Serialize)]
pub struct Timeline {
    /// Where it begins.
    pub from: i64,
    /// Where it ends.
    pub until: i64,
    /// The moment asked about.
    pub at: i64,
    /// Where that moment is drawn.
    pub x: String,
    /// The lanes, from top to bottom.
    pub lanes: Vec<Lane>,
    /// Everything that is drawn, as lines of a table.
    pub lines: Vec<Line>,
    /// Other stretches to look at.
    pub stretches: Vec<Link>,
}

/// A lane.
#[derive(Debug, Clone, Serialize)]
pub struct Lane {
    /// What it is called.
    pub label: String,
    /// What stood.
    pub bars: Vec<Bar>,
    /// What happened.
    pub marks: Vec<Mark>,
}

/// Something that stood.
#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    /// Where it begins.
    pub x: String,
    /// How long it is.
    pub width: String,
    /// `ok`, `warn`, `bad`, `wait` or `mute`.
    pub tone: String,
    /// What it is.
    pub title: String,
}

/// Something that happened.
#[derive(Debug, Clone, Serialize)]
pub struct Mark {
    /// Where.
    pub x: String,
    /// `ok`, `warn`, `bad` or `mute`.
    pub tone: String,
    /// What it is.
    pub title: String,
}

/// A line of the table.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// The lane's name.
    pub label: String,
    /// From when, or when.
    pub from: i64,
    /// Until when; none where it was an instant, or is open.
    pub until: Option<i64>,
    /// Whether it is still open.
    pub open: bool,
    /// How it stood.
    pub state: String,
    /// Whether a badge shows that.
    pub shown: bool,
    /// How many, where it is more than one.
    pub count: Option<i64>,
    /// Who judged, where it is a judgement; else empty.
    pub by: String,
    /// The record; may be empty.
    pub thing: String,
    /// Where it is shown.
    pub href: Option<String>,
}

/// A timeline of half a year.
#[must_use]
pub fn sample() -> Timeline {
    let bar = |x: f64, width: f64, tone: &str, title: &str| Bar {
        x: format!("{x:.1}"),
        width: format!("{width:.1}"),
        tone: tone.into(),
        title: title.into(),
    };
    let mark = |x: f64, tone: &str, title: &str| Mark { x: format!("{x:.1}"), tone: tone.into(), title: title.into() };
    let lane = |label: &str, bars, marks| Lane { label: label.into(), bars, marks };
    let line = |label: &str, from: i64, until: Option<i64>, state: &str, prefix: &str, n| Line {
        label: label.into(),
        from: sample_at(24 * from),
        until: until.map(|until| sample_at(24 * until)),
        open: until.is_none() && !matches!(state, "minted" | "justified"),
        state: state.into(),
        shown: true,
        count: (state == "minted").then_some(12),
        by: if state == "justified" { "Claire Petit".into() } else { String::new() },
        thing: if prefix.is_empty() { String::new() } else { sample_id(prefix, n) },
        href: None,
    };
    Timeline {
        from: sample_at(-24 * 90),
        until: sample_at(24 * 30),
        at: sample_at(0),
        x: "750.0".into(),
        lanes: vec![
            lane("In effect", vec![bar(120.0, 380.0, "ok", "In effect"), bar(560.0, 440.0, "ok", "In effect")], vec![]),
            lane("Personal data", vec![bar(0.0, 500.0, "mute", "Expired"), bar(560.0, 440.0, "ok", "Valid")], vec![]),
            lane("Requests", vec![bar(80.0, 40.0, "wait", "Approved")], vec![mark(118.0, "ok", "Approved")]),
            lane("Grants", vec![bar(120.0, 880.0, "ok", "Active")], vec![]),
            lane("Break-glass", vec![bar(520.0, 4.0, "wait", "Taken")], vec![mark(540.0, "ok", "Justified")]),
            lane("Held back: certificate", vec![bar(500.0, 60.0, "warn", "Suspended")], vec![]),
            lane("Lock on the role", vec![bar(300.0, 12.0, "bad", "Locked")], vec![]),
            lane("Policy", vec![bar(0.0, 640.0, "mute", "Policy"), bar(640.0, 360.0, "mute", "Policy")], vec![]),
            lane("Tokens", vec![], (0..30).map(|n| mark(140.0 + 12.0 * f64::from(n), "mute", "12 tokens")).collect()),
        ],
        lines: vec![
            line("In effect", -76, Some(-30), "effective", "", 0),
            line("Personal data", -180, Some(-30), "expired", "crt", 1),
            line("Personal data", -23, Some(340), "valid", "crt", 2),
            line("Grants", -76, Some(70), "active", "gra", 3),
            line("Break-glass", -27, Some(-26), "taken", "emg", 6),
            line("Break-glass", -25, None, "justified", "emg", 6),
            line("Lock on the role", -54, Some(-52), "locked", "lck", 4),
            line("Tokens", -73, None, "minted", "tok", 5),
        ],
        stretches: vec![
            Link { title: "30 days".into(), href: "/explain?days=30".into() },
            Link { title: "1 year".into(), href: "/explain?days=365".into() },
        ],
    }
}
