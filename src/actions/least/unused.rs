//! Ending what is never used, where a role asks for that: its holder is told in time, and a use in between keeps it.

use crate::{
    access::{
        grant::{EndReason, Grant},
        rows,
    },
    actions::{About, act, notify, settle_access},
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault},
    },
    certification::notice::{self, NoticeKind},
    db::Writing,
    identity::{self, actor::Actor},
};
use serde_json::json;
use std::sync::Arc;

/// How many grants of a role one sweep takes; the next one goes on.
const MOST: i64 = 200;

/// What a role says of grants that are not used.
#[derive(Clone, Copy, Debug)]
struct Rule {
    /// After how long without use a grant ends.
    after: i64,
    /// How long before that its holder is told.
    notice: i64,
}

/// Tells holders, and ends what was not used since.
///
/// # Errors
/// The database is away.
pub async fn sweep(app: &App, content: &Arc<Content>) -> Result<(), Fault> {
    let actor = Actor::system("sweep");
    for role in content.catalogue.roles.values() {
        let Some(after) = &role.end_unused_after else { continue };
        let rule = Rule { after: after.approximate_micros(), notice: role.end_unused_notice.approximate_micros() };
        let id = role.id.clone();
        let due = app.db.read(app.now(), move |r| {
            let now = r.at();
            let told =
                rows::unused_and_told(r, &id, now.plus_micros(-rule.after), now.plus_micros(-rule.notice), MOST)?;
            let untold = rows::unused_and_untold(r, &id, now.plus_micros(-rule.after + rule.notice), MOST)?;
            Ok((told, untold))
        });
        let (told, untold) = due.await?;
        for one in told.into_iter().chain(untold) {
            let about = About::person(one.person_id).role(&role.id).subject(one.id);
            let step = act(app, &actor, "end_unused", about, move |w, by| {
                identity::rows::hold(w, one.person_id, true)?;
                Ok(settle(w, by, one.id, rule)?)
            });
            crate::actions::sweep::go_on(step.await, &one.id.to_string())?;
        }
    }
    Ok(())
}

/// Takes the step that is due for one grant, as its use stands now: everything is looked at again.
fn settle(w: &mut Writing<'_>, by: &By, id: Id<ids::Grant>, rule: Rule) -> Result<(), Broken> {
    let now = w.now();
    let Some(held) = rows::grant(w, id)?.filter(|held| held.starts_at <= now && now < held.ends_at) else {
        return Ok(());
    };
    if !rows::suspensions_of(w, id)?.is_empty() {
        return Ok(());
    }
    let Some(since) = rows::unused_since(w, id)? else { return Ok(()) };
    let warned = rows::unused_warning(w, id)?.filter(|warning| warning.counted_from == since);
    let entry = |what| Entry::new(what).person(held.person_id).role(&held.role_id).subject(id);
    match warned {
        Some(warning) => {
            if now >= since.plus_micros(rule.after) && now >= warning.warned_at.plus_micros(rule.notice) {
                settle_access::end_now(w, by, &held, EndReason::Unused, "")?;
                rows::forget_unused_warning(w, id)?;
                tell(w, by, &held, NoticeKind::AccessEndedUnused, since, now)?;
            }
            Ok(())
        }
        None if now >= since.plus_micros(rule.after - rule.notice) => {
            rows::warn_unused(w, id, since)?;
            let ends_at = since.plus_micros(rule.after).max(now.plus_micros(rule.notice));
            let data = json!({ "unused_since": since, "ends_at": ends_at });
            audit::rows::append(w, by, entry(What::GrantUnusedWarned).data(data))?;
            tell(w, by, &held, NoticeKind::AccessUnused, since, ends_at)
        }
        None => Ok(()),
    }
}

fn tell(w: &mut Writing<'_>, by: &By, held: &Grant, kind: NoticeKind, since: Time, until: Time) -> Result<(), Broken> {
    let about = notice::About::Access { grant: held.id, role: held.role_id.clone(), until };
    let once = format!("unused:{}:{}:{}", held.id, since.micros(), kind.word());
    notify::tell(w, by, held.person_id, kind, &once, &about)?;
    Ok(())
}
