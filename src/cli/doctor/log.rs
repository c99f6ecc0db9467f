//! The log: whether it is signed, whether it is kept outside, and whether this service itself could rewrite it.

use super::Findings;
use crate::{
    actions::log::{self, Outside, Published},
    audit::rows::log::Walks,
    base::clock::Time,
    cli::open::Desk,
    settings::Settings,
};

/// Looks at the log and at the places that keep its checkpoints.
pub(super) fn log(settings: &Settings, found: &mut Findings) {
    let looked = Desk::open_with(settings.clone(), false).and_then(|desk| {
        // Before anything is signed here: what is not as it was signed is told, and not only that there is nothing to show.
        let doubt = desk.run(log::in_doubt(&desk.app))?;
        let guards = desk.run(log::unguarded(&desk.app))?;
        Ok((desk.run(log::published(&desk.app)), desk.run(log::copies(&desk.app))?, doubt, guards, desk))
    });
    // Whoever could not open the database was told so before.
    let Ok((published, places, doubt, guards, desk)) = looked else { return };
    if let Some(why) = &doubt {
        found.error(why);
    }
    if !guards.is_empty() {
        found.error(&format!(
            "the database refuses no longer to change the log; {} away or switched off",
            if let [one] = guards.as_slice() {
                format!("the trigger {one} is")
            } else {
                format!("the triggers {} are", guards.join(", "))
            }
        ));
    }
    let Ok(may_rewrite) = desk.run(log::may_rewrite(&desk.app)) else { return };
    if let Ok(published) = &published {
        signed(published, doubt.is_none(), found);
    }
    if let Ok(walks) = desk.run(log::walks(&desk.app)) {
        walked(&walks, desk.app.now(), found);
    }
    if places.is_empty() {
        found.warning(
            "the log's checkpoints are kept nowhere outside, so whoever administers the database could take it back to an earlier \
             signed state while no service runs, and with the secret key rewrite all of it, unseen; set log_copy (habilis config \
             shows how)",
        );
    }
    for place in &places {
        outside(place, settings, desk.app.now(), found);
    }
    if may_rewrite {
        found.warning(
            "this service's login owns the tables of the log, and so could switch off what protects them; let another login own \
             them (database_owner_url)",
        );
    }
}

/// Says how far the log is signed.
fn signed(published: &Published, sound: bool, found: &mut Findings) {
    let signed = &published.checkpoint;
    match published.waiting {
        0 if sound => found.ok(&format!("the log of {} events is signed, since {}", signed.size, signed.at)),
        0 => {}
        waiting => found.warning(&format!(
            "{waiting} events have no place in the signed log yet; habilis serve gives them one within a second"
        )),
    }
}

/// Says what the walks through the whole log have come to.
fn walked(walks: &Walks, now: Time, found: &mut Findings) {
    let (wrong, first) = walks.wrong();
    match (walks.vouch(now), &walks.whole) {
        (Some(false), _) => found.error(&format!(
            "the walk through the log has found {wrong} events not as they were signed, {} first; `habilis audit export` and \
             `habilis audit verify` show all of it",
            first.unwrap_or_default()
        )),
        (Some(true), Some(walk)) => found
            .ok(&format!("the walk through the log of {} found all {} events as they were signed", walk.begun_at, walk.size)),
        (_, Some(walk)) => found.warning(&format!(
            "nobody has walked through the whole log since {}; habilis serve begins a walk each day, and tells in its own log what \
             keeps it from that",
            walk.begun_at
        )),
        (_, None) => {}
    }
}

/// Looks at a place that keeps checkpoints.
fn outside(place: &Outside, settings: &Settings, now: Time, found: &mut Findings) {
    let label = &place.label;
    let Some(copied) = &place.copied else {
        found.warning(&format!("{label} has no checkpoint of the log yet; habilis serve takes them there"));
        return;
    };
    let size = copied.size;
    if place.claims_more {
        found.error(&format!(
            "{label} is said to have the log's checkpoint of {size} events, which is more than the log has: the log was taken back, \
             or somebody wrote that into log_copies; hold the log against what is kept there (habilis audit verify --checkpoint)"
        ));
        return;
    }
    let late = place.lacks_since.filter(|_| place.is_late(now, settings.log_copy_every.approximate_micros()));
    match (&copied.last_error, late) {
        (Some(why), _) => found.warning(&format!(
            "{label} can't be written to ({why}); it has the log's checkpoint of {size} events, and it is tried again"
        )),
        (None, Some(since)) => found.warning(&format!(
            "{label} has the log's checkpoint of {size} events, and none of those signed since {since}; habilis serve takes \
             them there, unless it hangs"
        )),
        (None, None) => found.ok(&format!("{label} has the log's checkpoint of {size} events")),
    }
}
