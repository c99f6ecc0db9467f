//! Tools that fetch tokens for people, and service accounts: registered by admins, disconnected by whoever connected them.

use super::{
    kit::{Answer, Asked, Body, Group, created, delete, get, nothing, post, put, shown, told},
    shapes::{
        ClientSecretId,
        clients::{
            Agreement, ClientBody, ClientChange, ClientLoginWanted, ClientMade, ClientWanted, OwnerWanted, SecretMade,
            ServiceAccountBody, ToolLine,
        },
    },
};
use crate::{
    access::request::AccessRefusal,
    actions::{accept_client, change_client, disconnect_client, hand_over_client, read_machines, register_client},
    base::{refusal::Fault, text::Slug},
    tokens::client::ClientRefusal,
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::{
    HttpResponse,
    web::{Data, Path},
};

pub(super) fn group() -> Group {
    let admins = &["capability-missing"];
    let none = &["no-such-client"];
    Group {
        name: "Tools",
        about: "OAuth 2.0 clients: programs that fetch tokens for people. What they call themselves (`/authorize`, `/token` and \
                the rest) is described by `/.well-known/openid-configuration`.",
        endpoints: vec![
            get("/clients", list)
                .says("List the tools", "The house's own first, then by name. Auditors may read.")
                .lists::<ClientBody>("The tools.")
                .refuses(403, admins),
            post("/clients", register)
                .says(
                    "Register a tool or a service account",
                    "A confidential one comes with its first secret, which is shown once. With an `owner` it is a service account: \
                     confidential, with roles that are named and no redirect address; its tokens (`client_credentials`) rest on \
                     what its owner may at that moment. What is named in `exchanges` \
                     are the tools whose tokens it may exchange for its own (RFC 8693).",
                )
                .takes::<ClientWanted>()
                .once()
                .creates::<ClientMade>("The tool.")
                .refuses(403, admins)
                .refuses(404, &["no-such-role", "no-such-person", "no-such-warehouse"])
                .refuses(409, &["client-login-taken"])
                .refuses(
                    422,
                    &[
                        "client-name",
                        "client-redirect",
                        "client-service",
                        "client-owner-inactive",
                        "client-login",
                        "client-exchange",
                    ],
                ),
            get("/clients/{id}", one)
                .says("Show a tool", "Auditors may read.")
                .answers::<ClientBody>(200, "The tool.")
                .refuses(403, admins)
                .refuses(404, none),
            put("/clients/{id}", change)
                .says(
                    "Change a tool",
                    "The whole of what may change, as it is to be (RFC 7592, section 2.2): what is left out goes. Sign-ins and \
                     tokens for roles that it may no longer use end in the same transaction. A service account that is to use \
                     more waits for its owner to agree.",
                )
                .takes::<ClientChange>()
                .answers::<ClientBody>(200, "The tool as it is now.")
                .refuses(403, admins)
                .refuses(404, &["no-such-client", "no-such-role"])
                .refuses(409, &["client-first-party"])
                .refuses(422, &["client-name", "client-redirect", "client-service", "client-exchange"]),
            delete("/clients/{id}", remove)
                .says(
                    "Remove a tool",
                    "Its secrets, and whatever people connected with it, end in the same transaction.",
                )
                .done("It is removed.")
                .refuses(403, admins)
                .refuses(404, none)
                .refuses(409, &["client-first-party"]),
            put("/clients/{id}/owner", hand_over)
                .says(
                    "Hand a service account over",
                    "Its tokens rest on the access of the new owner from then on, once they agree; those that it holds end.",
                )
                .takes::<OwnerWanted>()
                .done("It is handed over.")
                .refuses(403, admins)
                .refuses(404, &["no-such-client", "no-such-person", "several-people"])
                .refuses(409, &["client-no-service", "client-owned-already"])
                .refuses(422, &["client-owner-inactive"]),
            put("/clients/{id}/logins/{warehouse}", login)
                .says("Set how a service account is named in a warehouse", "Tokens that it holds end.")
                .takes::<ClientLoginWanted>()
                .done("It is set.")
                .refuses(403, admins)
                .refuses(404, &["no-such-client", "no-such-warehouse"])
                .refuses(409, &["client-no-service", "client-login-taken"])
                .refuses(422, &["client-login"]),
            post("/clients/{id}/secrets", add_secret)
                .says(
                    "Make another secret",
                    "Two may live, so that one is rotated while the other works. It is shown once.",
                )
                .answers::<SecretMade>(201, "The secret.")
                .refuses(403, admins)
                .refuses(404, none)
                .refuses(409, &["client-secrets-full", "client-without-secrets"]),
            delete("/clients/{id}/secrets/{secret}", end_secret)
                .says("End a secret", "Whoever presents it from now on is refused.")
                .done("It has ended.")
                .refuses(403, admins)
                .refuses(404, &["no-such-client", "no-such-client-secret"]),
            get("/me/services", services)
                .says(
                    "List my service accounts",
                    "What each may by one's own access, until when that holds, and when it last got a token.",
                )
                .lists::<ServiceAccountBody>("The accounts, by name."),
            post("/me/services/{id}/acceptance", accept)
                .says(
                    "Agree to a service account",
                    "It rests on one's own access from then on, and gets no token before. What one was shown of it can be sent \
                     along, and is refused where it is another by now. Doing it again changes nothing.",
                )
                .may_take::<Agreement>()
                .refuses(409, &["client-changed"])
                .done("It is agreed to.")
                .refuses(404, none),
            delete("/me/services/{id}/acceptance", decline)
                .says(
                    "Take back what one agreed to",
                    "Or do not agree in the first place: the account gets no token, and what it holds ends. Doing it again \
                     changes nothing.",
                )
                .done("It is not agreed to.")
                .refuses(404, none),
            get("/me/tools", mine)
                .says("List the tools that one connected", "One line a scope that one allowed.")
                .lists::<ToolLine>("The tools."),
            delete("/me/tools/{client}", disconnect)
                .says("Disconnect a tool", "What one allowed it is forgotten, and everything that it holds ends.")
                .done("It is disconnected.")
                .refuses(404, none),
        ],
    }
}

async fn list(desk: Data<Desk>, caller: Caller) -> Answer {
    told(register_client::list_clients(&desk.app, &caller.actor).await?.into_iter().map(ClientBody::from))
}

async fn register(desk: Data<Desk>, caller: Caller, asked: Asked, Body(sent): Body<ClientWanted>) -> Answer {
    let once = asked.once(&sent)?;
    let (wanted, more) = sent.parts();
    let (id, fresh) = register_client::register(&desk.app, &caller.actor, wanted, more, once).await?;
    let client = register_client::read_client(&desk.app, &caller.actor, id.to_string()).await?.into();
    let client_secret = fresh.map(|fresh| fresh.secret.reveal().to_owned());
    created(&format!("/api/v1/clients/{id}"), &ClientMade { id, client, client_secret })
}

async fn one(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    shown(&ClientBody::from(register_client::read_client(&desk.app, &caller.actor, id.into_inner()).await?))
}

async fn change(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<ClientChange>) -> Answer {
    let id = id.into_inner();
    change_client::change_client(&desk.app, &caller.actor, id.clone(), sent.into()).await?;
    shown(&ClientBody::from(register_client::read_client(&desk.app, &caller.actor, id).await?))
}

async fn remove(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    register_client::remove_client(&desk.app, &caller.actor, id.into_inner()).await?;
    nothing()
}

async fn hand_over(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<OwnerWanted>) -> Answer {
    hand_over_client::hand_over_client(&desk.app, &caller.actor, id.into_inner(), sent.owner).await?;
    nothing()
}

async fn login(
    desk: Data<Desk>,
    caller: Caller,
    place: Path<(String, String)>,
    Body(sent): Body<ClientLoginWanted>,
) -> Answer {
    let (client, warehouse) = place.into_inner();
    let known: Result<Slug, _> = warehouse.parse();
    let known = known.map_err(|_| Fault::from(AccessRefusal::NoSuchWarehouse { id: warehouse }))?;
    hand_over_client::name_client(&desk.app, &caller.actor, client, known, sent.login).await?;
    nothing()
}

async fn services(desk: Data<Desk>, caller: Caller) -> Answer {
    told(read_machines::my_machines(&desk.app, &caller.actor).await?.into_iter().map(ServiceAccountBody::from))
}

async fn accept(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<Agreement>) -> Answer {
    accept_client::accept_client(&desk.app, &caller.actor, id.into_inner(), sent.into()).await?;
    nothing()
}

async fn decline(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    accept_client::decline_client(&desk.app, &caller.actor, id.into_inner()).await?;
    nothing()
}

async fn add_secret(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let made = register_client::add_secret(&desk.app, &caller.actor, id.into_inner()).await?;
    Ok(HttpResponse::Created().json(SecretMade::from(made)))
}

async fn end_secret(desk: Data<Desk>, caller: Caller, place: Path<(String, String)>) -> Answer {
    let (client, secret) = place.into_inner();
    let secret: ClientSecretId = secret.parse().map_err(|_| Fault::from(ClientRefusal::NoSuchSecret))?;
    register_client::end_secret(&desk.app, &caller.actor, client, secret).await?;
    nothing()
}

async fn mine(desk: Data<Desk>, caller: Caller) -> Answer {
    told(disconnect_client::my_tools(&desk.app, &caller.actor).await?.into_iter().map(ToolLine::from))
}

async fn disconnect(desk: Data<Desk>, caller: Caller, client: Path<String>) -> Answer {
    disconnect_client::disconnect_client(&desk.app, &caller.actor, client.into_inner()).await?;
    nothing()
}
