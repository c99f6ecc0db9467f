//! Who gets the log's events as they come: whether they take them.

use super::Findings;
use crate::{
    actions::sinks,
    audit::sinks::{Kind, Sink, State},
    cli::open::Desk,
    settings::Settings,
};

/// Looks at each of them.
pub(super) fn sinks(settings: &Settings, found: &mut Findings) {
    let looked =
        Desk::open_with(settings.clone(), false).and_then(|desk| desk.run(sinks::list_sinks(&desk.app, &desk.actor)));
    // Whoever could not open the database was told so before.
    let Ok((all, size)) = looked else { return };
    let wrong: Vec<String> = all.iter().filter_map(|sink| trouble(sink, size)).collect();
    for words in &wrong {
        found.warning(words);
    }
    if wrong.is_empty() && !all.is_empty() {
        found.ok(&format!("{} webhooks and publishers get the log's events, none of them failing", all.len()));
    }
}

/// What is wrong with one, and what to do about it. Its address is not said: a webhook's may hold what lets whoever has it in.
fn trouble(sink: &Sink, size: u64) -> Option<String> {
    let (name, id) = (&sink.name, &sink.id);
    let called = match sink.kind {
        Kind::Webhook => format!("the webhook {name}"),
        Kind::Nats | Kind::Syslog => format!("the publisher {name}"),
    };
    match (sink.state, sink.failing_since) {
        (State::Enabled, Some(since)) => {
            let behind = size.saturating_sub(sink.position);
            let why = sink.last_error.as_deref().unwrap_or("it does not answer");
            let aside = match sink.kind {
                Kind::Webhook => format!("hold it with: habilis webhooks pause {id}"),
                Kind::Nats | Kind::Syslog => "take it out of HABILIS_PUBLISH".to_owned(),
            };
            Some(format!(
                "{called} takes no events since {since}: {why}; {} attempts failed, {behind} events wait for it; mend it, and it \
                 gets them all, or {aside}",
                sink.failures
            ))
        }
        (State::Gone, _) => Some(format!(
            "{called} has answered that it is gone for good (410) and gets nothing; let it go on with: habilis webhooks resume \
             {id}, or remove it with: habilis webhooks remove {id}"
        )),
        _ => None,
    }
}
