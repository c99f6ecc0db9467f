//! Tools that fetch tokens for people: registered by admins, disconnected by whoever connected them.

use super::{
    kit::{Answer, Asked, Body, Group, created, delete, get, nothing, post, shown, told},
    shapes::{
        ClientSecretId,
        clients::{ClientBody, ClientMade, ClientWanted, SecretMade, ToolLine},
    },
};
use crate::{
    actions::{disconnect_client, register_client},
    base::refusal::Fault,
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
                .says("Register a tool", "A confidential one comes with its first secret, which is shown once.")
                .takes::<ClientWanted>()
                .once()
                .creates::<ClientMade>("The tool.")
                .refuses(403, admins)
                .refuses(404, &["no-such-role"])
                .refuses(422, &["client-name", "client-redirect"]),
            get("/clients/{id}", one)
                .says("Show a tool", "Auditors may read.")
                .answers::<ClientBody>(200, "The tool.")
                .refuses(403, admins)
                .refuses(404, none),
            delete("/clients/{id}", remove)
                .says(
                    "Remove a tool",
                    "Its secrets, and whatever people connected with it, end in the same transaction.",
                )
                .done("It is removed.")
                .refuses(403, admins)
                .refuses(404, none)
                .refuses(409, &["client-first-party"]),
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
    let (id, fresh) = register_client::register_client(&desk.app, &caller.actor, sent.into(), once).await?;
    let client = register_client::read_client(&desk.app, &caller.actor, id.to_string()).await?.into();
    let client_secret = fresh.map(|fresh| fresh.secret.reveal().to_owned());
    created(&format!("/api/v1/clients/{id}"), &ClientMade { id, client, client_secret })
}

async fn one(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    shown(&ClientBody::from(register_client::read_client(&desk.app, &caller.actor, id.into_inner()).await?))
}

async fn remove(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    register_client::remove_client(&desk.app, &caller.actor, id.into_inner()).await?;
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
