//! The timeline of an access that was explained: the lanes around the moment, and on the first of them what the one view said.

use super::explain_access::Explanation;
use crate::{
    app::App,
    base::refusal::Fault,
    reports::{
        rows::timeline::{Stretch, lanes, was_effective},
        timeline::{Lane, Timeline, Track, joined},
    },
};

/// The most turns at which the one view is asked: a timeline with more of them is asked for in shorter stretches.
const MOST_TURNS: usize = 80;

/// The timeline of so many days before the moment of an explanation, and a third of that after it. Whoever holds the
/// explanation may see it.
///
/// # Errors
/// The database is away.
pub async fn draw_timeline(app: &App, explained: &Explanation, days: i64) -> Result<Timeline, Fault> {
    let (person, role, at) = (explained.person.id, explained.role.clone(), explained.at);
    let (from, until) = Timeline::stretch(at, days);
    let wanted = role.clone();
    let lanes = app.db.read(app.now(), move |r| Ok(lanes(r, Stretch { person, role: &wanted, from, until })?)).await?;
    let mut timeline = Timeline { at, from, until, lanes };
    let mut turns = timeline.turns();
    turns.insert(0, from);
    if turns.len() <= MOST_TURNS {
        let mut held = Vec::new();
        for turn in turns {
            let wanted = role.clone();
            let yes = app.db.read(turn, move |r| Ok(was_effective(r, person, &wanted)?)).await?;
            held.push((turn, yes));
        }
        let mut lane = Lane::new(Track::Effective, "");
        lane.bars = joined(&held, until, "effective");
        timeline.lanes.insert(0, lane);
    }
    Ok(timeline)
}
