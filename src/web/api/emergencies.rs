//! Break-glass: a role taken for a few hours without approval, and judged afterwards by somebody else.

use super::{
    kit::{Answer, Asked, Body, Group, created, get, post, shown, told},
    shapes::{
        EmergencyId,
        emergency::{EmergencyBody, ReviewBody, TakeBody},
    },
};
use crate::{
    access::emergency::EmergencyRefusal,
    actions::break_glass::{self, Taking},
    base::refusal::Fault,
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::web::{Data, Path};

pub(super) fn group() -> Group {
    let unknown = &["no-such-emergency"];
    Group {
        name: "Break-glass",
        about: "For admins and those who are on call: a role for four hours at the most, without approval, never without the \
                certifications that it requires. Owners, admins and auditors hear of it at once, and somebody else judges it.",
        endpoints: vec![
            get("/break-glass", list)
                .says(
                    "List the uses of break-glass",
                    "Those that nobody has judged first: all of them for admins and auditors, those of their roles for owners, and \
                     the caller's own.",
                )
                .lists::<EmergencyBody>("The uses."),
            post("/break-glass", take)
                .says(
                    "Take a role at once",
                    "A reason is needed; it is in effect from this instant on. Not where an admin holds the caller's access to the role \
                     back, or did until the clock ended it.",
                )
                .takes::<TakeBody>()
                .once()
                .creates::<EmergencyBody>("It is in effect.")
                .refuses(403, &["not-on-call", "certification-missing", "locked", "grant-suspended"])
                .refuses(404, &["no-such-role"])
                .refuses(409, &["access-in-effect"])
                .refuses(422, &["reason-needed", "reason-too-long", "bad-duration"]),
            get("/break-glass/{id}", one)
                .says("Show a use of break-glass", "")
                .answers::<EmergencyBody>(200, "The use.")
                .refuses(404, unknown),
            post("/break-glass/{id}/review", review)
                .says(
                    "Judge a use of break-glass",
                    "For admins and the role's owners; never one's own, nor that of somebody in whose place the caller decides. What is \
                     not justified ends at once where it still runs.",
                )
                .takes::<ReviewBody>()
                .answers::<EmergencyBody>(200, "The use, judged.")
                .refuses(403, &["own-emergency", "delegators-own-request", "capability-missing"])
                .refuses(404, unknown)
                .refuses(409, &["emergency-reviewed-already"])
                .refuses(422, &["reason-needed", "reason-too-long"]),
        ],
    }
}

fn parsed(id: &str) -> Result<EmergencyId, Failure> {
    id.parse().map_err(|_| Fault::from(EmergencyRefusal::NoSuchEmergency).into())
}

async fn list(desk: Data<Desk>, caller: Caller) -> Answer {
    let found = break_glass::read_glass(&desk.app, &caller.actor).await?;
    told(found.uses.into_iter().map(|one| EmergencyBody::of(one, found.at)))
}

async fn take(desk: Data<Desk>, caller: Caller, asked: Asked, Body(sent): Body<TakeBody>) -> Answer {
    let once = asked.once(&sent)?;
    let taking = Taking { person: None, role: sent.role, reason: sent.reason, duration: sent.duration };
    let id = break_glass::break_glass(&desk.app, &caller.actor, taking, once).await?;
    let made = break_glass::read_emergency(&desk.app, &caller.actor, id).await?;
    created(&format!("/api/v1/break-glass/{id}"), &EmergencyBody::of(made, desk.app.now()))
}

async fn one(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let found = break_glass::read_emergency(&desk.app, &caller.actor, parsed(&id)?).await?;
    shown(&EmergencyBody::of(found, desk.app.now()))
}

async fn review(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<ReviewBody>) -> Answer {
    let id = parsed(&id)?;
    break_glass::review_emergency(&desk.app, &caller.actor, id, sent.justified, sent.comment).await?;
    let found = break_glass::read_emergency(&desk.app, &caller.actor, id).await?;
    shown(&EmergencyBody::of(found, desk.app.now()))
}
