//! Corrections of marks: what one would do, doing it, and those that were done.

use super::{
    kit::{Answer, Asked, Body, Group, Query, created, get, post, shown, told},
    shapes::regrade::{PreviewBody, RegradeApplied, RegradeBody, RegradeWanted},
};
use crate::{
    actions::regrade::{self, Wanted},
    base::text::Slug,
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::web::Data;
use serde::Deserialize;
use utoipa::IntoParams;

pub(super) fn group() -> Group {
    let denied = &["capability-missing"];
    let unfit = &["regrade-question-gone", "regrade-type-changed", "regrade-needs-judge"];
    Group {
        name: "Corrections",
        about: "A key that was wrong is set right: looked at first by authors, applied by admins, and never silently.",
        endpoints: vec![
            post("/regrades/preview", preview)
                .says("Preview a correction", "Every mark that would change and all that hangs on it; changes nothing.")
                .takes::<RegradeWanted>()
                .answers::<PreviewBody>(200, "What it would do.")
                .refuses(403, denied)
                .refuses(404, &["regrade-nothing-holds"])
                .refuses(409, &["regrade-same-version"])
                .refuses(422, unfit),
            post("/regrades", apply)
                .says(
                    "Apply a correction",
                    "The one that the preview with this fingerprint showed: as a whole, or not at all. For admins.",
                )
                .takes::<RegradeApplied>()
                .once()
                .creates::<RegradeBody>("It is applied; the address lists the corrections of the course.")
                .refuses(403, denied)
                .refuses(404, &["regrade-nothing-holds"])
                .refuses(409, &["regrade-changed", "regrade-changes-nothing", "regrade-same-version"])
                .refuses(422, &["reason-needed"])
                .refuses(422, unfit),
            get("/regrades", list)
                .says("List the corrections", "The latest first.")
                .asks::<RegradesWanted>()
                .lists::<RegradeBody>("The corrections.")
                .refuses(403, denied),
        ],
    }
}

/// Which corrections.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RegradesWanted {
    /// Only those of a course.
    #[param(value_type = Option<String>, example = "data-foundations")]
    course: Option<Slug>,
}

async fn preview(desk: Data<Desk>, caller: Caller, Body(wanted): Body<RegradeWanted>) -> Answer {
    let plan = regrade::preview_regrade(&desk.app, &caller.actor, wanted.into()).await?;
    shown(&PreviewBody::of(&plan, caller.actor.as_admin().is_ok()))
}

async fn apply(desk: Data<Desk>, caller: Caller, asked: Asked, Body(sent): Body<RegradeApplied>) -> Answer {
    let once = asked.once(&sent)?;
    let RegradeApplied { course, question, from, treatment, take_back, reason, fingerprint } = sent;
    let wanted = Wanted { course, question, from, treatment: treatment.into(), take_back };
    let applied = regrade::apply_regrade(&desk.app, &caller.actor, wanted, reason, fingerprint, once).await?;
    created(&format!("/api/v1/regrades?course={}", applied.row.course_id), &RegradeBody::from(applied.row))
}

async fn list(desk: Data<Desk>, caller: Caller, Query(wanted): Query<RegradesWanted>) -> Answer {
    let rows = regrade::list_regrades(&desk.app, &caller.actor, wanted.course).await?;
    told(rows.into_iter().map(RegradeBody::from))
}
