//! What the company's directory proves itself with: made, listed and ended by admins.

use super::{
    kit::{Answer, Body, Group, delete, get, nothing, post, told},
    shapes::{
        ProvisioningId,
        provisioning::{CredentialBody, CredentialMade, CredentialWanted},
    },
};
use crate::{
    actions::provision,
    base::refusal::Fault,
    provisioning::refusal::ScimRefusal,
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

pub(super) fn group() -> Group {
    let admins = &["capability-missing"];
    Group {
        name: "Provisioning",
        about: "The company's directory (Entra ID, Okta and others) brings people and teams in by SCIM 2.0, under `/scim/v2`, \
                with a credential of its own. What it may call there is described by `/scim/v2/ServiceProviderConfig`.",
        endpoints: vec![
            get("/provisioning", list)
                .says("List the credentials of the directory", "The newest first. Auditors may read.")
                .lists::<CredentialBody>("The live credentials: when they were made and used, never what they are.")
                .refuses(403, admins),
            post("/provisioning", make)
                .says(
                    "Make a credential for the directory",
                    "Two may live, so that one is rotated while the other works. It is shown once.",
                )
                .takes::<CredentialWanted>()
                .answers::<CredentialMade>(201, "The credential.")
                .refuses(403, admins)
                .refuses(409, &["provisioning-full"])
                .refuses(422, &["bad-field"]),
            delete("/provisioning/{id}", end)
                .says("End a credential of the directory", "Whoever presents it from now on is refused.")
                .done("It has ended.")
                .refuses(403, admins)
                .refuses(404, &["no-such-provisioning-credential"]),
        ],
    }
}

async fn list(desk: Data<Desk>, caller: Caller) -> Answer {
    told(provision::list_credentials(&desk.app, &caller.actor).await?.into_iter().map(CredentialBody::from))
}

async fn make(desk: Data<Desk>, caller: Caller, Body(sent): Body<CredentialWanted>) -> Answer {
    let made = provision::make_credential(&desk.app, &caller.actor, sent.name).await?;
    Ok(HttpResponse::Created().json(CredentialMade::of(made, provision::base(&desk.app))))
}

async fn end(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let id: ProvisioningId = id.parse().map_err(|_| Fault::from(ScimRefusal::NoSuchCredential))?;
    provision::end_credential(&desk.app, &caller.actor, id).await?;
    nothing()
}
