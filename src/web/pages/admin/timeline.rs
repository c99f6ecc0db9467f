//! The timeline of an access, drawn: where each bar and mark stands, what it is called, and the same as a table.

use super::shown::{Shown, actor};
use crate::{
    base::clock::Time,
    reports::timeline::{self, Lane, Track},
    web::{
        kit::render,
        views::{
            shared::Link,
            timeline::{self as views, Bar, Line, Mark, WIDTH},
        },
    },
};
use serde_json::Value;

/// Stretches to choose from, in days before the moment.
const STRETCHES: [i64; 3] = [30, 90, 365];

/// Draws a timeline; `href` gives the address of another stretch.
pub(super) fn drawn(
    shown: &Shown,
    timeline: &timeline::Timeline,
    days: i64,
    href: impl Fn(i64) -> String,
) -> views::Timeline {
    let place = |at: Time| place(timeline, at);
    let mut lines = Vec::new();
    let lanes = timeline
        .lanes
        .iter()
        .map(|lane| {
            let label = label(shown, lane);
            lines.extend(table(shown, lane, &label));
            let bars = lane.bars.iter().map(|bar| {
                let (from, until) = (place(bar.from), bar.until.map_or(WIDTH, &place));
                Bar {
                    x: format!("{from:.1}"),
                    // What is short is drawn all the same.
                    width: format!("{:.1}", (until - from).max(2.0)),
                    tone: tone(lane.track, &bar.state).to_owned(),
                    title: title(shown, &bar.state, bar.from, bar.until),
                }
            });
            let marks = lane.marks.iter().map(|mark| Mark {
                x: format!("{:.1}", place(mark.at)),
                tone: tone(lane.track, &mark.state).to_owned(),
                title: mark_title(shown, mark),
            });
            views::Lane { bars: bars.collect(), marks: marks.collect(), label: label.clone() }
        })
        .collect();
    let stretches = STRETCHES
        .into_iter()
        .filter(|other| *other != days)
        .map(|other| Link { title: shown.teller.say("timeline-days", &[("days", other.into())]), href: href(other) });
    views::Timeline {
        from: timeline.from.micros(),
        until: timeline.until.micros(),
        at: timeline.at.micros(),
        x: format!("{:.1}", place(timeline.at)),
        lanes,
        lines,
        stretches: stretches.collect(),
    }
}

/// Where an instant stands on a lane; outside of the stretch at its edge.
#[expect(clippy::cast_precision_loss, reason = "a place on a screen")]
fn place(timeline: &timeline::Timeline, at: Time) -> f64 {
    let whole = timeline.until.micros_since(timeline.from).max(1) as f64;
    (at.micros_since(timeline.from) as f64 / whole * WIDTH).clamp(0.0, WIDTH)
}

fn label(shown: &Shown, lane: &Lane) -> String {
    match lane.track {
        Track::Certificate => lane.name.parse().map_or_else(|_| lane.name.clone(), |id| shown.certification(&id)),
        track => {
            let name = Value::from(lane.name.as_str());
            shown.teller.say(&format!("timeline-lane-{}", track.word()), &[("name", name)])
        }
    }
}

fn state(shown: &Shown, word: &str) -> String {
    shown.teller.said(&format!("status-{word}"), &[]).unwrap_or_else(|| word.to_owned())
}

fn title(shown: &Shown, word: &str, from: Time, until: Option<Time>) -> String {
    let until = until.map(|until| shown.teller.moment(until)).unwrap_or_default();
    shown.teller.say(
        "timeline-bar",
        &[
            ("state", state(shown, word).into()),
            ("from", shown.teller.moment(from).into()),
            ("open", until.is_empty().to_string().into()),
            ("until", until.into()),
        ],
    )
}

/// What a mark says: what happened, when, and who said it where it is a judgement.
fn mark_title(shown: &Shown, mark: &timeline::Mark) -> String {
    let (state, at) = (state(shown, &mark.state), shown.teller.moment(mark.at));
    match who(shown, mark) {
        None => {
            shown.teller.say("timeline-mark", &[("n", mark.count.into()), ("state", state.into()), ("at", at.into())])
        }
        Some(by) => {
            shown.teller.say("timeline-mark-judged", &[("state", state.into()), ("at", at.into()), ("by", by.into())])
        }
    }
}

/// Who judged.
fn who(shown: &Shown, mark: &timeline::Mark) -> Option<String> {
    let (kind, name) = actor(mark.actor.as_deref()?, mark.actor_name.as_deref());
    Some(shown.teller.say("actor", &[("kind", kind.into()), ("name", name.into())]))
}

/// The tone of a state on a lane: each has a shape of its own, too.
fn tone(track: Track, state: &str) -> &'static str {
    match (track, state) {
        (Track::Policy | Track::Token, _) => "mute",
        (Track::Request, "approved") => "ok",
        // It opened the role: it neither stopped nor held back anything.
        (Track::BreakGlass, "taken") => "wait",
        (_, "effective" | "valid" | "active" | "approved" | "justified") => "ok",
        (_, "suspended" | "superseded" | "returned" | "scheduled") => "warn",
        (_, "locked" | "disabled" | "revoked" | "rejected" | "unjustified" | "overdue") => "bad",
        (Track::Request, _) => "wait",
        _ => "mute",
    }
}

/// A lane's lines of the table.
fn table(shown: &Shown, lane: &Lane, label: &str) -> Vec<Line> {
    let line = |from: Time, until: Option<Time>, word: &str, thing: &str| Line {
        label: label.to_owned(),
        from: from.micros(),
        until: until.map(Time::micros),
        open: false,
        shown: render::is_status(word),
        state: word.to_owned(),
        count: None,
        by: String::new(),
        thing: thing.to_owned(),
        href: shown.leads(thing, ""),
    };
    let bars = lane
        .bars
        .iter()
        .map(|bar| Line { open: bar.until.is_none(), ..line(bar.from, bar.until, &bar.state, &bar.thing) });
    let marks = lane.marks.iter().map(|mark| Line {
        count: (mark.count > 1).then_some(mark.count),
        by: who(shown, mark).unwrap_or_default(),
        ..line(mark.at, None, &mark.state, &mark.thing)
    });
    bars.chain(marks).collect()
}
