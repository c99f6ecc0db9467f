//! Running the house: emergency locks, signing keys, and the content in force.

use super::{
    kit::{Answer, Asked, Body, Group, created, delete, get, nothing, post, shown, told},
    shapes::{
        LockId,
        audit::LockBody,
        operations::{ContentBody, KeyBody, LockWanted, Rotation},
    },
};
use crate::{
    access::request::AccessRefusal,
    actions::{
        load_content, lock, read_content,
        rotate_keys::{self, Haste},
    },
    base::refusal::{Broken, Fault},
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::web::{Data, Path};

pub(super) fn group() -> Group {
    let admins = &["capability-missing"];
    Group {
        name: "Operations",
        about: "For admins; auditors may read.",
        endpoints: vec![
            get("/locks", locks)
                .says("List the locks", "Those in force first.")
                .lists::<LockBody>("The locks.")
                .refuses(403, admins),
            post("/locks", place)
                .says("Place a lock", "An emergency stop on a person, a role or a warehouse: it outranks everything.")
                .takes::<LockWanted>()
                .once()
                .creates::<LockBody>("The lock.")
                .refuses(403, admins)
                .refuses(404, &["no-such-person", "no-such-role", "no-such-warehouse"])
                .refuses(409, &["locked-already"])
                .refuses(422, &["reason-needed"]),
            delete("/locks/{id}", lift)
                .says("Lift a lock", "It revives nothing that ended.")
                .done("It is lifted.")
                .refuses(403, admins)
                .refuses(404, &["no-such-lock"]),
            get("/keys", keys)
                .says("List the signing keys", "The newest first, without their private parts.")
                .lists::<KeyBody>("The keys.")
                .refuses(403, admins),
            post("/keys/rotation", rotate)
                .says("Rotate the keys", "The next key signs from now on, the present one only verifies, a new next one is published. Keys of tokens, unless `purpose` says `badge`. A next key that verifiers may not have seen yet (six minutes) is refused, unless `now` is true.")
                .may_take::<Rotation>()
                .lists::<KeyBody>("The keys, as they are now.")
                .refuses(403, admins)
                .refuses(404, &["no-such-key"])
                .refuses(409, &["next-key-too-young"]),
            post("/keys/{kid}/retirement", retire)
                .says("Take a retiring key out of use", "Before its time: verifiers refuse what it signed.")
                .done("It is gone.")
                .refuses(403, admins)
                .refuses(404, &["no-such-key"])
                .refuses(409, &["key-not-retiring"]),
            get("/content", content)
                .says("Show the content in force", "Its version and warnings, the last reload that failed, and the versions before it. For authors too.")
                .answers::<ContentBody>(200, "The content.")
                .refuses(403, admins),
            post("/content/reload", reload)
                .says("Reload the content", "Checked as a whole: one error, and what was in force stays.")
                .answers::<ContentBody>(200, "The content in force now.")
                .refuses(403, admins)
                .refuses(422, &["content-has-errors"]),
        ],
    }
}

async fn locks(desk: Data<Desk>, caller: Caller) -> Answer {
    told(lock::list_locks(&desk.app, &caller.actor).await?.into_iter().map(LockBody::from))
}

async fn place(desk: Data<Desk>, caller: Caller, asked: Asked, Body(sent): Body<LockWanted>) -> Answer {
    let once = asked.once(&sent)?;
    let LockWanted { kind, subject, reason } = sent;
    let id = lock::place_lock_once(&desk.app, &caller.actor, kind.into(), subject, reason, once).await?;
    let placed = lock::list_locks(&desk.app, &caller.actor).await?.into_iter().find(|lock| lock.id == id);
    let placed = placed.ok_or_else(|| Broken::defect(format!("{id} was placed and is not there")))?;
    created(&format!("/api/v1/locks/{id}"), &LockBody::from(placed))
}

async fn lift(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let id: LockId = id.parse().map_err(|_| Fault::from(AccessRefusal::NoSuchLock))?;
    lock::lift_lock(&desk.app, &caller.actor, id).await?;
    nothing()
}

async fn keys(desk: Data<Desk>, caller: Caller) -> Answer {
    told(rotate_keys::list_keys(&desk.app, &caller.actor).await?.into_iter().map(KeyBody::from))
}

async fn rotate(desk: Data<Desk>, caller: Caller, Body(wanted): Body<Rotation>) -> Answer {
    let haste = if wanted.now { Haste::Now } else { Haste::OncePublished };
    let (purpose, algorithm) = (wanted.purpose.into(), wanted.algorithm.map(Into::into));
    rotate_keys::rotate_keys(&desk.app, &caller.actor, purpose, algorithm, haste).await?;
    keys(desk, caller).await
}

async fn retire(desk: Data<Desk>, caller: Caller, kid: Path<String>) -> Answer {
    rotate_keys::retire_key(&desk.app, &caller.actor, kid.into_inner()).await?;
    nothing()
}

async fn content(desk: Data<Desk>, caller: Caller) -> Answer {
    shown(&ContentBody::from(read_content::read_content(&desk.app, &caller.actor).await?))
}

async fn reload(desk: Data<Desk>, caller: Caller) -> Answer {
    load_content::reload(&desk.app, &caller.actor).await?;
    content(desk, caller).await
}
