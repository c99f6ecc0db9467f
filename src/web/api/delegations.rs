//! Delegations: who decides in whose place, while that one is away.

use super::{
    kit::{Answer, Asked, Body, Group, created, get, nothing, post, shown, told},
    shapes::{
        DelegationId,
        delegation::{DelegationBody, NewDelegation},
    },
};
use crate::{
    access::delegation::DelegationRefusal,
    actions::delegate::{self, Delegating},
    base::refusal::Fault,
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::web::{Data, Path};

pub(super) fn group() -> Group {
    let unknown = &["no-such-delegation"];
    Group {
        name: "Delegations",
        about: "While somebody is away, another decides in their place, and answers reviews: on no request and no access of either of \
                them, and once for one place. \
                What was delegated is not delegated on.",
        endpoints: vec![
            get("/me/delegations", mine)
                .says("List my delegations", "Those that the caller gave and was given, the latest first.")
                .lists::<DelegationBody>("The delegations."),
            get("/delegations", all)
                .says("List everybody's delegations", "For admins and auditors; the last to end first.")
                .lists::<DelegationBody>("The delegations.")
                .refuses(403, &["capability-missing"]),
            post("/delegations", make)
                .says("Let somebody decide in my place", "One at a time; they are told when it begins.")
                .takes::<NewDelegation>()
                .once()
                .creates::<DelegationBody>("The delegation.")
                .refuses(404, &["no-such-person"])
                .refuses(409, &["delegate-inactive", "delegation-overlaps"])
                .refuses(422, &["delegate-oneself", "bad-period", "reason-too-long"]),
            get("/delegations/{id}", one)
                .says("Show a delegation", "For the two whom it is between, and for admins and auditors.")
                .answers::<DelegationBody>(200, "The delegation.")
                .refuses(404, unknown),
            post("/delegations/{id}/ending", end)
                .says("End a delegation", "For the one who gave it, the one who has it, and admins.")
                .done("It has ended.")
                .refuses(404, unknown)
                .refuses(409, &["delegation-ended-already"]),
        ],
    }
}

fn parsed(id: &str) -> Result<DelegationId, Failure> {
    id.parse().map_err(|_| Fault::from(DelegationRefusal::NoSuchDelegation).into())
}

async fn mine(desk: Data<Desk>, caller: Caller) -> Answer {
    let (found, now) = (delegate::my_delegations(&desk.app, &caller.actor).await?, desk.app.now());
    told(found.into_iter().map(|one| DelegationBody::of(one, now)))
}

async fn all(desk: Data<Desk>, caller: Caller) -> Answer {
    let (found, now) = (delegate::all_delegations(&desk.app, &caller.actor).await?, desk.app.now());
    told(found.into_iter().map(|one| DelegationBody::of(one, now)))
}

async fn make(desk: Data<Desk>, caller: Caller, asked: Asked, Body(sent): Body<NewDelegation>) -> Answer {
    let once = asked.once(&sent)?;
    let wanted =
        Delegating { delegator: None, delegate: sent.delegate, from: sent.from, until: sent.until, note: sent.note };
    let id = delegate::delegate(&desk.app, &caller.actor, wanted, once).await?;
    let made = delegate::read_delegation(&desk.app, &caller.actor, id).await?;
    created(&format!("/api/v1/delegations/{id}"), &DelegationBody::of(made, desk.app.now()))
}

async fn one(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let found = delegate::read_delegation(&desk.app, &caller.actor, parsed(&id)?).await?;
    shown(&DelegationBody::of(found, desk.app.now()))
}

async fn end(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    delegate::end_delegation(&desk.app, &caller.actor, parsed(&id)?).await?;
    nothing()
}
