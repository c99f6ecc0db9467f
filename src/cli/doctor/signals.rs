//! Receivers of signals: whether they take what they are told.

use super::Findings;
use crate::{actions::signals, cli::open::Desk, settings::Settings};

/// Looks at each of them.
pub(super) fn receivers(settings: &Settings, found: &mut Findings) {
    let looked = Desk::open_with(settings.clone(), false).and_then(|desk| {
        let failing = desk.run(signals::failing(&desk.app))?;
        let all = desk.run(signals::list_receivers(&desk.app, &desk.actor))?;
        Ok((failing, all.len(), desk.run(signals::untold(&desk.app))?))
    });
    if let Ok((_, _, Some(since))) = &looked {
        found.warning(&format!(
            "receivers of signals were not told of what has ended since {since}: habilis serve tells them, and warns in its log where it can't"
        ));
    }
    match looked {
        // Whoever could not open the database was told so before.
        Err(_) => {}
        Ok((failing, 0, _)) if failing.is_empty() => {}
        Ok((failing, all, _)) => {
            for (receiver, since, why) in &failing {
                found.warning(&format!(
                    "the receiver {} ({}) takes no signals since {since}: {why}; see habilis signals show {}",
                    receiver.name, receiver.audience, receiver.id
                ));
            }
            if failing.is_empty() {
                found.ok(&format!("{all} receivers of signals, none of them failing"));
            }
        }
    }
}
