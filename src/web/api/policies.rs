//! Policies: what would change if another access catalogue were loaded, and what applied to a role over time.

use super::{
    kit::{Answer, Body, Group, get, post, shown, told},
    shapes::policy::{CatalogueText, PolicyVersionBody, PreviewBody},
};
use crate::{
    access::request::AccessRefusal,
    actions::preview_policy,
    base::{refusal::Fault, text::Slug},
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::web::{Data, Path};

pub(super) fn group() -> Group {
    let auditors = &["capability-missing"];
    Group {
        name: "Policies",
        about: "What decides about access: previewed before a file is loaded, and kept for every moment of the past.",
        endpoints: vec![
            post("/policies/preview", preview)
                .says(
                    "Preview an access catalogue",
                    "If this file were loaded: which roles would change and how, which open requests and grants that touches, \
                     and who would newly lack what a role requires. Nothing is changed. For admins and auditors.",
                )
                .takes::<CatalogueText>()
                .answers::<PreviewBody>(200, "What would change, or what is wrong with the file.")
                .refuses(403, auditors),
            get("/roles/{id}/policies", versions)
                .says(
                    "List the policies that a role has had",
                    "The newest first, each with what it changed of the one before. For admins and auditors, and for the role's \
                     owners; also of a role that has left the catalogue.",
                )
                .lists::<PolicyVersionBody>("The policies.")
                .refuses(403, auditors)
                .refuses(404, &["no-such-role"]),
        ],
    }
}

async fn preview(desk: Data<Desk>, caller: Caller, Body(sent): Body<CatalogueText>) -> Answer {
    shown(&PreviewBody::from(preview_policy::preview_policy(&desk.app, &caller.actor, sent.catalogue).await?))
}

async fn versions(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let unknown = || Fault::from(AccessRefusal::NoSuchRole { id: id.clone() });
    let role: Slug = id.parse().map_err(|_| unknown())?;
    let found = preview_policy::policy_versions(&desk.app, &caller.actor, role).await?;
    told(found.into_iter().map(PolicyVersionBody::from))
}
