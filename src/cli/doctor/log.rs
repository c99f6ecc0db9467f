//! The log: whether it is signed, whether it is kept outside, and whether this service itself could rewrite it.

use super::Findings;
use crate::{
    actions::log::{self, Outside},
    base::clock::Time,
    cli::open::Desk,
    settings::Settings,
};

/// Looks at the log and at the places that keep its checkpoints.
pub(super) fn log(settings: &Settings, found: &mut Findings) {
    let looked = Desk::open_with(settings.clone(), false).and_then(|desk| {
        let (published, places) = (desk.run(log::published(&desk.app))?, desk.run(log::copies(&desk.app))?);
        Ok((published, places, desk.run(log::may_rewrite(&desk.app))?, desk.app.now()))
    });
    // Whoever could not open the database was told so before.
    let Ok((published, places, may_rewrite, now)) = looked else { return };
    let signed = &published.checkpoint;
    match published.waiting {
        0 => found.ok(&format!("the log of {} events is signed, since {}", signed.size, signed.at)),
        waiting => found.warning(&format!(
            "{waiting} events have no place in the signed log yet; habilis serve gives them one within a second"
        )),
    }
    if places.is_empty() {
        found.warning(
            "the log's checkpoints are kept nowhere outside, so whoever administers the database and has the secret key could \
             rewrite it unseen; set log_copy (habilis config shows how)",
        );
    }
    for place in &places {
        outside(place, settings, now, found);
    }
    if may_rewrite {
        found.warning(
            "this service's login owns the tables of the log, and so could switch off what protects them; let another login own \
             them (database_owner_url)",
        );
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
