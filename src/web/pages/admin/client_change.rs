//! `/clients/{id}/change`: what a tool or a service account is, to be changed.

use super::{
    clients,
    shown::{Shown, correctable, wrong},
};
use crate::{
    actions::{
        change_client::{self, Changes},
        register_client,
    },
    base::refusal::Fault,
    tokens::client::{Client, ClientKind, GrantType},
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::Form,
        },
        views::{
            FieldError,
            client_change::ClientChange,
            clients::{RoleTick, ToolFields},
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, get, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/clients/{id}/change", get().to(show)).route("/clients/{id}/change", post().to(change));
}

async fn show(caller: Caller, desk: Data<Desk>, id: Path<String>) -> Result<HttpResponse, Failure> {
    let view = view(&desk, &caller, id.into_inner(), None, Vec::new()).await?;
    desk.page(&caller, view).await
}

async fn change(caller: Caller, desk: Data<Desk>, id: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let id = id.into_inner();
    match changed(&desk, &caller, &id, &form).await {
        Ok(notice) => Ok(see_other_with(&format!("/clients#{id}"), notice)),
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let field = match refused.code {
                "client-name" => "name",
                "client-redirect" => "redirects",
                "client-exchange" => "exchanges",
                "client-service" => "role",
                _ => "",
            };
            let Ok(view) = view(&desk, &caller, id, Some(&form), wrong(field, said)).await else {
                return Err(Fault::Refused(refused).into());
            };
            desk.page_with(&caller, status, view, None).await
        }
    }
}

/// Changes it; answers the notice that says how it stands now.
async fn changed(desk: &Desk, caller: &Caller, id: &str, form: &Form) -> Result<&'static str, Fault> {
    let before = register_client::read_client(&desk.app, &caller.actor, id.to_owned()).await?.client;
    let lines = |name: &str| {
        let lines = form.raw(name).lines().map(|line| line.trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>()
    };
    let named = clients::roles(form, "role")?;
    let machine = before.owner.is_some();
    let changes = Changes {
        name: Some(form.text("name").to_owned()),
        exchanges: Some(clients::exchanges(form)),
        ..Changes::default()
    };
    let changes = if machine {
        Changes { roles: Some(Some(named)), ..changes }
    } else {
        Changes {
            redirect_uris: Some(lines("redirects")),
            post_logout_uris: Some(lines("logouts")),
            refreshes: Some(form.ticked("refreshes")),
            devices: Some(form.ticked("devices")),
            roles: Some((form.text("which") != "every").then_some(named)),
            ..changes
        }
    };
    change_client::change_client(&desk.app, &caller.actor, id.to_owned(), changes).await?;
    let after = register_client::read_client(&desk.app, &caller.actor, id.to_owned()).await?.client;
    let asks = before.accepted_at.is_some() && after.accepted_at.is_none();
    Ok(if asks { "notice-client-asks" } else { "notice-client-changed" })
}

async fn view(
    desk: &Desk,
    caller: &Caller,
    id: String,
    typed: Option<&Form>,
    errors: Vec<FieldError>,
) -> Result<ClientChange, Failure> {
    let client = register_client::read_client(&desk.app, &caller.actor, id).await?.client;
    caller.actor.as_admin().map_err(Fault::from)?;
    let shown = Shown::of(desk, caller)?;
    Ok(ClientChange {
        name: typed.map_or_else(|| client.name.clone(), |form| form.text("name").to_owned()),
        machine: client.owner.is_some(),
        confidential: client.kind == ClientKind::Confidential,
        every: typed.map_or(client.roles.is_none(), |form| form.text("which") == "every"),
        tool: typed.map_or_else(|| fields(&client), clients::fields),
        roles: ticks(&shown, &client, typed),
        title: client.name,
        id: client.id,
        errors,
    })
}

fn fields(client: &Client) -> ToolFields {
    ToolFields {
        redirects: client.redirect_uris.join("\n"),
        logouts: client.post_logout_uris.join("\n"),
        refreshes: client.may(GrantType::RefreshToken),
        devices: client.may(GrantType::DeviceCode),
        exchanges: client.exchanges.join("\n"),
    }
}

/// The roles of the catalogue, and those that have left it and are still on the list.
fn ticks(shown: &Shown, client: &Client, typed: Option<&Form>) -> Vec<RoleTick> {
    let listed = client.roles.as_deref().unwrap_or_default();
    let known = shown.content.catalogue.roles.keys();
    let gone = listed.iter().filter(|role| !shown.content.catalogue.roles.contains_key(*role));
    let ticked = |role: &str| match typed {
        Some(form) => form.all("role").contains(&role),
        None => listed.iter().any(|listed| listed.as_str() == role),
    };
    known.chain(gone).map(|role| clients::tick(shown, role, ticked(role.as_str()))).collect()
}
