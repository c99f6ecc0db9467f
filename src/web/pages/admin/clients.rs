//! `/clients`: the tools that may fetch tokens for people, and service accounts.

use super::shown::{Shown, correctable, wrong};
use crate::{
    access::request::AccessRefusal,
    actions::{
        hand_over_client,
        register_client::{self, Registered},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
        text::Slug,
    },
    tokens::{
        client::{ClientKind, ClientRefusal, GrantType, MOST_SECRETS, Registration},
        service::{More, Service},
    },
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::{BodyRefusal, Form},
        },
        views::{
            Choice, FieldError,
            clients::{Client, ClientForm, ClientSecret, Clients, FreshSecret, RoleTick, ServiceForm, ToolFields},
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, get, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/clients", get().to(list))
        .route("/clients", post().to(register))
        .route("/clients/{id}/remove", post().to(remove))
        .route("/clients/{id}/owner", post().to(hand_over))
        .route("/clients/{id}/logins", post().to(login))
        .route("/clients/{id}/secrets", post().to(add_secret))
        .route("/clients/{id}/secrets/{secret}/end", post().to(end_secret));
}

async fn list(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let view = view(&desk, &caller, &Form::default(), None, Vec::new()).await?;
    desk.page(&caller, view).await
}

async fn register(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    match registered(&desk, &caller, &form).await {
        Ok(None) => Ok(see_other_with("/clients", "notice-client-registered")),
        // A secret is shown in the answer itself, and nowhere again.
        Ok(Some(fresh)) => {
            let view = view(&desk, &caller, &Form::default(), Some(fresh), Vec::new()).await?;
            desk.page(&caller, view).await
        }
        Err(fault) => again(&desk, &caller, &form, fault).await,
    }
}

async fn registered(desk: &Desk, caller: &Caller, form: &Form) -> Result<Option<FreshSecret>, Fault> {
    let (wanted, more) = if form.ticked("service") {
        let service = Service { owner: form.text("service_owner").to_owned(), logins: Vec::new() };
        let wanted = Registration {
            name: form.text("service_name").to_owned(),
            kind: ClientKind::Confidential,
            redirect_uris: Vec::new(),
            post_logout_uris: Vec::new(),
            grant_types: vec![GrantType::ClientCredentials],
            roles: Some(roles(form, "service_role")?),
        };
        (wanted, More { service: Some(service), exchanges: Vec::new() })
    } else {
        (tool(form)?, More { service: None, exchanges: exchanges(form) })
    };
    let name = wanted.name.clone();
    let (id, fresh) = register_client::register(&desk.app, &caller.actor, wanted, more, None).await?;
    let told = |fresh: register_client::FreshSecret| FreshSecret {
        client: name,
        client_id: id.to_string(),
        secret: fresh.secret.reveal().to_owned(),
    };
    Ok(fresh.map(told))
}

/// The tools whose tokens it may exchange, one a line.
pub(super) fn exchanges(form: &Form) -> Vec<String> {
    form.raw("exchanges").lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

pub(super) fn roles(form: &Form, field: &'static str) -> Result<Vec<Slug>, Fault> {
    let roles = form.all(field).into_iter().map(str::parse).collect::<Result<Vec<_>, _>>();
    roles.map_err(|_| BodyRefusal::Field { field }.into())
}

/// How it gets tokens.
fn ways(form: &Form) -> Vec<GrantType> {
    let (devices, exchange) = (form.ticked("devices"), !exchanges(form).is_empty());
    // A tool that is only on devices is sent back nowhere.
    let browser = !(devices || exchange) || !form.raw("redirects").trim().is_empty();
    let ways = [
        (browser, GrantType::AuthorizationCode),
        (form.ticked("refreshes"), GrantType::RefreshToken),
        (devices, GrantType::DeviceCode),
        (exchange, GrantType::TokenExchange),
    ];
    ways.into_iter().filter_map(|(wanted, way)| wanted.then_some(way)).collect()
}

/// What was typed of it.
pub(super) fn fields(typed: &Form) -> ToolFields {
    ToolFields {
        redirects: typed.raw("redirects").to_owned(),
        logouts: typed.raw("logouts").to_owned(),
        refreshes: typed.ticked("refreshes"),
        devices: typed.ticked("devices"),
        exchanges: typed.raw("exchanges").to_owned(),
    }
}

/// A role to tick.
pub(super) fn tick(shown: &Shown, role: &Slug, ticked: bool) -> RoleTick {
    RoleTick { ticked, role: Choice { value: role.to_string(), label: shown.role(role).name } }
}

fn tool(form: &Form) -> Result<Registration, Fault> {
    let lines = |name: &str| form.raw(name).lines().map(str::to_owned).collect::<Vec<_>>();
    let roles = roles(form, "role")?;
    Ok(Registration {
        name: form.text("name").to_owned(),
        kind: ClientKind::from_word(form.text("kind")).ok_or(BodyRefusal::Field { field: "kind" })?,
        redirect_uris: lines("redirects"),
        post_logout_uris: lines("logouts"),
        grant_types: ways(form),
        roles: (!roles.is_empty()).then_some(roles),
    })
}

async fn again(desk: &Desk, caller: &Caller, typed: &Form, fault: Fault) -> Result<HttpResponse, Failure> {
    let (refused, said, status) = correctable(desk, caller, fault)?;
    let field = match (refused.code, typed.ticked("service")) {
        ("client-name", true) => "service_name",
        ("client-owner-inactive" | "no-such-person", true) => "service_owner",
        ("client-name", false) => "name",
        ("client-redirect", _) => "redirects",
        ("client-exchange", _) => "exchanges",
        _ => "",
    };
    let Ok(view) = view(desk, caller, typed, None, wrong(field, said)).await else {
        return Err(Fault::Refused(refused).into());
    };
    desk.page_with(caller, status, view, None).await
}

async fn remove(caller: Caller, desk: Data<Desk>, id: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    if form.text("confirm") != "yes" {
        return again(&desk, &caller, &Form::default(), BodyRefusal::Field { field: "confirm" }.into()).await;
    }
    match register_client::remove_client(&desk.app, &caller.actor, id.into_inner()).await {
        Ok(()) => Ok(see_other_with("/clients", "notice-client-removed")),
        Err(fault) => again(&desk, &caller, &Form::default(), fault).await,
    }
}

async fn hand_over(caller: Caller, desk: Data<Desk>, id: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let (id, owner) = (id.into_inner(), form.text("owner").to_owned());
    match hand_over_client::hand_over_client(&desk.app, &caller.actor, id.clone(), owner).await {
        Ok(()) => Ok(see_other_with(&format!("/clients#{id}"), "notice-client-handed-over")),
        Err(fault) => again(&desk, &caller, &Form::default(), fault).await,
    }
}

async fn login(caller: Caller, desk: Data<Desk>, id: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let (id, warehouse) = (id.into_inner(), form.text("warehouse").to_owned());
    let named = match warehouse.parse() {
        Ok(known) => {
            let login = form.text("login").to_owned();
            hand_over_client::name_client(&desk.app, &caller.actor, id.clone(), known, login).await
        }
        Err(_) => Err(AccessRefusal::NoSuchWarehouse { id: warehouse }.into()),
    };
    match named {
        Ok(()) => Ok(see_other_with(&format!("/clients#{id}"), "notice-client-named")),
        Err(fault) => again(&desk, &caller, &Form::default(), fault).await,
    }
}

async fn add_secret(caller: Caller, desk: Data<Desk>, id: Path<String>, _: Form) -> Result<HttpResponse, Failure> {
    let made = match register_client::add_secret(&desk.app, &caller.actor, id.clone()).await {
        Ok(made) => made,
        Err(fault) => return again(&desk, &caller, &Form::default(), fault).await,
    };
    let client = register_client::read_client(&desk.app, &caller.actor, id.into_inner()).await?.client;
    let secret = made.secret.reveal().to_owned();
    let fresh = FreshSecret { client: client.name, client_id: client.id, secret };
    let view = view(&desk, &caller, &Form::default(), Some(fresh), Vec::new()).await?;
    desk.page(&caller, view).await
}

async fn end_secret(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    _: Form,
) -> Result<HttpResponse, Failure> {
    let (client, secret) = path.into_inner();
    let secret: Id<ids::ClientSecret> = secret.parse().map_err(|_| Fault::from(ClientRefusal::NoSuchSecret))?;
    match register_client::end_secret(&desk.app, &caller.actor, client, secret).await {
        Ok(()) => Ok(see_other_with("/clients", "notice-client-secret-ended")),
        Err(fault) => again(&desk, &caller, &Form::default(), fault).await,
    }
}

async fn view(
    desk: &Desk,
    caller: &Caller,
    typed: &Form,
    fresh: Option<FreshSecret>,
    errors: Vec<FieldError>,
) -> Result<Clients, Failure> {
    let clients = register_client::list_clients(&desk.app, &caller.actor).await?;
    let shown = Shown::of(desk, caller)?;
    let admin = caller.signed().is_some_and(|signed| signed.person.capabilities.admin);
    let ticks = |field: &str| {
        let ticked = typed.all(field);
        let roles = shown.content.catalogue.roles.keys();
        roles.map(|role| tick(&shown, role, ticked.contains(&role.as_str()))).collect()
    };
    let kind = ClientKind::from_word(typed.text("kind")).unwrap_or(ClientKind::Confidential);
    Ok(Clients {
        form: admin.then(|| ClientForm {
            name: typed.text("name").to_owned(),
            kind: kind.word().to_owned(),
            tool: ToolFields { refreshes: !typed.has("name") || typed.ticked("refreshes"), ..fields(typed) },
            roles: ticks("role"),
            service: ServiceForm {
                name: typed.text("service_name").to_owned(),
                owner: typed.text("service_owner").to_owned(),
                roles: ticks("service_role"),
            },
        }),
        clients: clients.into_iter().map(|one| line(&shown, one)).collect(),
        fresh,
        discovery: format!("{}/.well-known/openid-configuration", desk.app.settings.issuer()),
        errors,
    })
}

fn line(shown: &Shown, one: Registered) -> Client {
    let client = one.client;
    let machine = one.machine.as_ref();
    Client {
        machine: machine.map(|one| super::super::machines::machine(&shown.content, shown.teller.language, one)),
        refreshes: client.may(GrantType::RefreshToken),
        devices: client.may(GrantType::DeviceCode),
        kind: client.kind.word().to_owned(),
        own: client.first_party,
        every_role: client.roles.is_none(),
        roles: client.roles.iter().flatten().map(|role| shown.role(role).name).collect(),
        exchanges: client.exchanges,
        redirects: client.redirect_uris,
        since: client.created_at.micros(),
        may_add: client.kind == ClientKind::Confidential && one.secrets.len() < MOST_SECRETS,
        secrets: one
            .secrets
            .iter()
            .map(|secret| ClientSecret { id: secret.id.to_string(), at: secret.created_at.micros() })
            .collect(),
        id: client.id,
        name: client.name,
    }
}
