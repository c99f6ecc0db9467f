//! One-time links: what one is for, and using it, without a page; and the first admin's, on an empty database.

use super::{
    kit::{Answer, Body, Group, post, shown},
    session::entered,
    shapes::{
        link::{FirstAdmin, LinkSeen, LinkToSee, LinkToUse},
        person::SessionBegun,
    },
};
use crate::{
    actions::{open_link, set_up},
    identity::secret::Secret,
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::web::Data;

pub(super) fn group() -> Group {
    let over = &["link-dead", "set-up-done"];
    let password = &["password-too-short", "password-too-long", "password-common"];
    Group {
        name: "Links",
        about: "One-time links for an invitation, a new password, or the first admin. Admins make the first two with \
                `POST /people` and `POST /people/{id}/link`; whoever holds one needs no session.",
        endpoints: vec![
            post("/links/inspection", look)
                .says("Look at a link", "What it is for, for whom, and until when it works. Looking does not use it up.")
                .public()
                .takes::<LinkToSee>()
                .answers::<LinkSeen>(200, "The link.")
                .refuses(403, &["provider-only"])
                .refuses(410, over),
            post("/links/redemption", redeem)
                .says(
                    "Use a link",
                    "Chooses the password that an invitation or a reset is for, ends every other session of the person, and \
                     begins one. The link works no more.",
                )
                .public()
                .takes::<LinkToUse>()
                .answers::<SessionBegun>(200, "The password is chosen, and a session has begun.")
                .refuses(403, &["provider-only"])
                .refuses(410, over)
                .refuses(422, password)
                .refuses(503, &["sign-in-crowded"]),
            post("/set-up", begin)
                .says(
                    "Make the first admin",
                    "With the link that the program prints where nobody has an account yet; every such link ends with it.",
                )
                .public()
                .takes::<FirstAdmin>()
                .answers::<SessionBegun>(200, "The first admin is there, and a session has begun.")
                .refuses(410, over)
                .refuses(422, password)
                .refuses(422, &["bad-field"])
                .refuses(503, &["sign-in-crowded"]),
        ],
    }
}

/// The secret of a link: whether the whole address was sent, or only its last part.
fn secret(sent: &str) -> Secret {
    Secret::presented(sent.trim().rsplit('/').next().unwrap_or_default())
}

async fn look(desk: Data<Desk>, caller: Caller, Body(sent): Body<LinkToSee>) -> Answer {
    let opened = open_link::look_at_link(&desk.app, &caller.actor, secret(&sent.link)).await?;
    shown(&LinkSeen::from(opened))
}

async fn redeem(desk: Data<Desk>, caller: Caller, Body(sent): Body<LinkToUse>) -> Answer {
    let link = secret(&sent.link);
    let begun = open_link::open_link(&desk.app, &caller.actor, link, sent.password, &caller.agent).await?;
    entered(&desk, begun)
}

async fn begin(desk: Data<Desk>, caller: Caller, Body(sent): Body<FirstAdmin>) -> Answer {
    let FirstAdmin { link, email, name, password } = sent;
    let link = secret(&link);
    let begun = set_up::set_up(&desk.app, &caller.actor, link, &email, &name, password, &caller.agent).await?;
    entered(&desk, begun)
}
