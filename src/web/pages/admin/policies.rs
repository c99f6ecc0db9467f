//! `/policies`: what would change if another access catalogue were loaded.

use super::{
    authoring::finding,
    shown::{count, person},
};
use crate::{
    access::catalogue::compare::FieldChange as Change,
    actions::preview_policy::{self, Effect, Fate, Preview as Found, Touched as Line},
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure, forms::Form},
        views::policies::{FieldChange, Policies, Preview, RoleChange, Touched},
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, ServiceConfig, get, post},
};

/// Lines of requests, and of grants, that the page shows of one role.
const MOST: usize = 20;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/policies", get().to(show)).route("/policies", post().to(preview));
}

async fn show(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let text = preview_policy::catalogue_in_force(&desk.app, &caller.actor).await?;
    desk.page(&caller, Policies { text, preview: None }).await
}

async fn preview(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    // A browser sends its lines with a carriage return (HTML, "constructing the entry list"); the file has none.
    let text = form.raw("catalogue").replace("\r\n", "\n");
    let found = preview_policy::preview_policy(&desk.app, &caller.actor, text.clone()).await?;
    desk.page(&caller, Policies { text, preview: Some(shown(&found)) }).await
}

/// What differs, as the pages show it.
pub(super) fn fields(changes: &[Change]) -> Vec<FieldChange> {
    changes
        .iter()
        .map(|change| FieldChange {
            field: change.field.to_owned(),
            before: change.before.clone(),
            after: change.after.clone(),
        })
        .collect()
}

fn shown(found: &Found) -> Preview {
    let lines = |lines: &[Line], room: &str| {
        lines
            .iter()
            .take(MOST)
            .map(|line| Touched {
                href: format!("/{room}/{}", line.id),
                person: person(&line.person),
                effect: match line.effect {
                    Effect::Lapses => "lapses",
                    Effect::Ends => "ends",
                    Effect::Keeps => "keeps",
                    Effect::Blocked => "blocked",
                }
                .to_owned(),
            })
            .collect()
    };
    Preview {
        valid: !found.report.has_errors(),
        findings: found.report.findings().iter().take(60).map(finding).collect(),
        catalogue: fields(&found.catalogue),
        roles: found
            .roles
            .iter()
            .map(|change| RoleChange {
                id: change.role.to_string(),
                name: change.name.clone(),
                fate: match change.fate {
                    Fate::Added => "added",
                    Fate::Gone => "gone",
                    Fate::Moved => "moved",
                    Fate::Changed => "changed",
                }
                .to_owned(),
                fields: fields(&change.fields),
                policy: change.policy_before != change.policy_after,
                unused: change.fields.iter().any(|one| one.field.starts_with("end_unused") && !one.after.is_empty()),
                requests: lines(&change.requests, "decisions"),
                requests_total: count(change.requests_total),
                grants: lines(&change.grants, "holders"),
                grants_total: count(change.grants_total),
                blocked: count(change.blocked),
            })
            .collect(),
    }
}
