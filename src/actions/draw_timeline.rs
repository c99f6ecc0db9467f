//! The timeline of an access that was explained: the lanes around the moment, and on the first of them what the one view said.

use super::explain_access::Explanation;
use crate::{
    access::{hours, rows::is_effective},
    app::App,
    base::refusal::Fault,
    reports::{
        rows::timeline::{Stretch, Usable, lanes, usable},
        timeline::{Bar, Lane, Timeline, Track, joined},
    },
};

/// The most pieces for which the one view is asked: a timeline with more of them is asked for in shorter stretches.
const MOST_PIECES: usize = 80;
/// The most bars of what was in effect: a role with hours has one for each of its windows.
const MOST_BARS: usize = 400;

/// The timeline of so many days before the moment of an explanation, and a third of that after it. Whoever holds the
/// explanation may see it.
///
/// # Errors
/// The database is away.
pub async fn draw_timeline(app: &App, explained: &Explanation, days: i64) -> Result<Timeline, Fault> {
    let (person, role, at) = (explained.person.id, explained.role.clone(), explained.at);
    let (from, until) = Timeline::stretch(at, days);
    let read = app.db.read(app.now(), move |r| {
        let of = Stretch { person, role: &role, from, until, at };
        Ok((lanes(r, of)?, usable(r, of)?))
    });
    let (lanes, grants) = read.await?;
    let mut timeline = Timeline { at, from, until, lanes };
    if let Some(bars) = in_effect(app, &timeline, &grants).await? {
        let mut lane = Lane::new(Track::Effective, "");
        lane.bars = bars;
        timeline.lanes.insert(0, lane);
    }
    Ok(timeline)
}

/// When any of the grants was in effect; none where that would be too much to draw.
///
/// Within a piece of the stretch only the hours of a policy change what the view says: it is asked at an instant at which they
/// are open, and its answer holds for as long as they are.
async fn in_effect(app: &App, timeline: &Timeline, grants: &[Usable]) -> Result<Option<Vec<Bar>>, Fault> {
    let pieces = timeline.pieces(grants.iter().flat_map(|usable| usable.claims.iter().copied()));
    if pieces.len() > MOST_PIECES {
        return Ok(None);
    }
    let mut stretches = Vec::new();
    for usable in grants {
        let grant = usable.grant;
        for (from, until) in pieces.iter().filter(|(from, until)| *from < usable.until && usable.from < *until) {
            let Some(opens) = hours::opens_after(&usable.hours, *from).filter(|opens| opens < until) else { continue };
            if app.db.read(opens, move |r| Ok(is_effective(r, grant)?)).await? {
                stretches.extend(hours::open_within(&usable.hours, opens, *until));
            }
        }
    }
    let bars = joined(stretches, "effective");
    Ok((bars.len() <= MOST_BARS).then_some(bars))
}
