//! The log: whether it is signed, whether it is kept outside, and whether this service itself could rewrite it.

use super::Findings;
use crate::{actions::log, cli::open::Desk, settings::Settings};

/// Looks at the log and at the places that keep its checkpoints.
pub(super) fn log(settings: &Settings, found: &mut Findings) {
    let looked = Desk::open_with(settings.clone(), false).and_then(|desk| {
        let (published, copies) = (desk.run(log::published(&desk.app))?, desk.run(log::copies(&desk.app))?);
        Ok((published, copies, desk.run(log::may_rewrite(&desk.app))?))
    });
    // Whoever could not open the database was told so before.
    let Ok((published, copies, may_rewrite)) = looked else { return };
    let signed = &published.checkpoint;
    match published.waiting {
        0 => found.ok(&format!("the log of {} events is signed, since {}", signed.size, signed.at)),
        waiting => found.warning(&format!(
            "{waiting} events have no place in the signed log yet; habilis serve gives them one within a second"
        )),
    }
    if copies.is_empty() {
        found.warning(
            "the log's checkpoints are kept nowhere outside, so whoever administers the database and has the secret key could \
             rewrite it unseen; set log_copy (habilis config shows how)",
        );
    }
    for (label, copied) in copies {
        match copied {
            None => found.warning(&format!("{label} has no checkpoint of the log yet; habilis serve takes them there")),
            Some(copied) => match copied.last_error {
                Some(why) => found.warning(&format!(
                    "{label} can't be written to ({why}); it has the log's checkpoint of {} events, and it is tried again",
                    copied.size
                )),
                None => found.ok(&format!("{label} has the log's checkpoint of {} events", copied.size)),
            },
        }
    }
    if may_rewrite {
        found.warning(
            "this service's login owns the tables of the log, and so could switch off what protects them; let another login own \
             them (database_owner_url)",
        );
    }
}
