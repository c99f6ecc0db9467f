//! How people are known at identity providers.

use super::{
    kit::{Answer, Body, Group, get, nothing, post, told},
    shapes::{PersonId, Why, identity::IdentityBody},
};
use crate::{
    actions::unlink_identity,
    base::refusal::Fault,
    identity::{person::IdentityRefusal, provider::ProviderRefusal},
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::web::{Data, Path};

pub(super) fn group() -> Group {
    Group {
        name: "Identities",
        about: "How people are known at the company's identity providers.",
        endpoints: vec![
            get("/me/identities", mine)
                .says("List my identities", "Those with which the caller signs in through a provider.")
                .lists::<IdentityBody>("The identities."),
            get("/people/{id}/identities", theirs)
                .says("List a person's identities", "For admins and auditors.")
                .lists::<IdentityBody>("The identities.")
                .refuses(403, &["capability-missing"])
                .refuses(404, &["no-such-person"]),
            post("/people/{id}/identities/{identity}/unlinking", unlink)
                .says(
                    "Unlink an identity",
                    "Sessions that began through it end. The next sign-in links again where the rules allow it.",
                )
                .takes::<Why>()
                .done("It is unlinked.")
                .refuses(403, &["capability-missing"])
                .refuses(404, &["no-such-person", "no-such-identity"])
                .refuses(422, &["reason-needed"]),
        ],
    }
}

fn person(text: &str) -> Result<PersonId, Fault> {
    text.parse().map_err(|_| IdentityRefusal::NoSuchPerson.into())
}

async fn mine(desk: Data<Desk>, caller: Caller) -> Answer {
    let rows = unlink_identity::my_identities(&desk.app, &caller.actor).await?;
    told(rows.into_iter().map(IdentityBody::from))
}

async fn theirs(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let rows = unlink_identity::identities_of(&desk.app, &caller.actor, person(&id)?).await?;
    told(rows.into_iter().map(IdentityBody::from))
}

async fn unlink(desk: Data<Desk>, caller: Caller, path: Path<(String, String)>, Body(why): Body<Why>) -> Answer {
    let (who, identity) = path.into_inner();
    let identity = identity.parse().map_err(|_| Fault::from(ProviderRefusal::NoSuchIdentity))?;
    unlink_identity::unlink_identity(&desk.app, &caller.actor, person(&who)?, identity, why.reason).await?;
    nothing()
}
