//! `/device_authorization`, where a tool on a device asks to be let in, and `/device`, where a person types its code and
//! answers (RFC 8628).

use super::{
    authorize::role,
    error::{no_such_method, open, preflight, told},
    token::{Body, Known, called},
};
use crate::{
    actions::{
        authorize::Say,
        begin_device,
        confirm_device::{self, Sheet, Turn},
    },
    base::{
        clock::Time,
        refusal::{Fault, Refused},
        text::Slug,
    },
    tokens::{client::Client, device::UserCode},
    web::{
        kit::{
            caller::Caller,
            desk::Desk,
            failure::{self, Failure},
            forms::Form,
            sentence,
        },
        views::device::{Answered, Confirm, Enter, Lacking},
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, StatusCode},
    web::{self, Data, Query, ServiceConfig, get, post},
};
use serde::Deserialize;
use serde_json::json;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/device_authorization")
                .route(web::post().to(begin))
                .route(web::method(Method::OPTIONS).to(preflight))
                .default_service(web::to(no_such_method)),
        )
        .route("/device", get().to(page))
        .route("/device", post().to(typed))
        .route("/device/confirm", post().to(said));
}

async fn begin(desk: Data<Desk>, caller: Caller, request: HttpRequest, body: Body) -> HttpResponse {
    let begun = async {
        let (client, params) = called(&desk, &caller, &request, body, Known::Now).await?;
        let scope = params.get("scope").unwrap_or_default();
        let resource = params.get("resource").map(str::to_owned);
        begin_device::begin_device(&desk.app, &caller.actor, client, scope, resource).await
    };
    match begun.await {
        Ok(begun) => {
            let page = format!("{}/device", desk.app.settings.issuer());
            let code = begun.user_code.to_string();
            open(StatusCode::OK).json(json!({
                "device_code": begun.device_code.reveal(),
                "user_code": code,
                "verification_uri": page,
                "verification_uri_complete": format!("{page}?user_code={code}"),
                "expires_in": begun.expires_in,
                "interval": begun.wait,
            }))
        }
        Err(fault) => told(fault),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Prefilled {
    user_code: String,
}

/// The form. A code that comes with the address is only filled in: the person holds it against what their device shows.
async fn page(desk: Data<Desk>, caller: Caller, query: Option<Query<Prefilled>>) -> Result<HttpResponse, Failure> {
    caller.actor.signed()?;
    let given = query.map(|query| query.into_inner().user_code).unwrap_or_default();
    let code = UserCode::read(&given).map(|code| code.to_string()).unwrap_or_default();
    desk.page(&caller, Enter { prefilled: !code.is_empty(), code, error: None }).await
}

async fn typed(desk: Data<Desk>, caller: Caller, form: Form) -> Result<HttpResponse, Failure> {
    let code = form.text("user_code");
    shown(&desk, &caller, code, confirm_device::look_at_device(&desk.app, &caller.actor, code).await).await
}

async fn said(desk: Data<Desk>, caller: Caller, form: Form) -> Result<HttpResponse, Failure> {
    let code = form.text("user_code");
    let say = if form.text("say") == "yes" { Say::Yes } else { Say::No };
    shown(&desk, &caller, code, confirm_device::confirm_device(&desk.app, &caller.actor, code, say).await).await
}

async fn shown(desk: &Desk, caller: &Caller, code: &str, turn: Result<Turn, Fault>) -> Result<HttpResponse, Failure> {
    match turn {
        Ok(Turn::Ask(sheet)) => ask(desk, caller, *sheet).await,
        Ok(Turn::Missing { client, role, code, until, refused }) => {
            lacking(desk, caller, &client, &role, &code, until, &refused).await
        }
        Ok(Turn::Allowed { client }) => desk.page(caller, Answered { tool: client.name, allowed: true }).await,
        Ok(Turn::Denied { client }) => desk.page(caller, Answered { tool: client.name, allowed: false }).await,
        Err(Fault::Refused(refused)) if refused.code.starts_with("device-code-") => {
            let error = sentence::refusal(desk, caller, &refused);
            let failure = Failure::from(Fault::Refused(refused));
            let code = code.chars().take(40).collect();
            let view = Enter { code, prefilled: false, error: Some(error) };
            let page = desk.page_with(caller, failure::status(&failure.fault), view, None).await?;
            Ok(failure::with_headers(page, &failure))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn ask(desk: &Desk, caller: &Caller, sheet: Sheet) -> Result<HttpResponse, Failure> {
    let content = desk.app.content()?;
    let view = Confirm {
        tool: sheet.client.name,
        first_party: sheet.client.first_party,
        code: sheet.code.to_string(),
        address: sheet.address,
        elsewhere: sheet.elsewhere,
        asked: sheet.asked_at.micros(),
        until: sheet.expires_at.micros(),
        role: sheet.role.as_ref().and_then(|(id, until)| role(&content, caller, id, *until)),
        name: sheet.scopes.has("profile"),
        email: sheet.scopes.has("email"),
        stays: sheet.scopes.has("offline_access"),
        who: caller.actor.signed()?.person.email.to_string(),
    };
    desk.page(caller, view).await
}

async fn lacking(
    desk: &Desk,
    caller: &Caller,
    client: &Client,
    role: &Slug,
    code: &UserCode,
    until: Time,
    refused: &Refused,
) -> Result<HttpResponse, Failure> {
    let content = desk.app.content()?;
    let title = content.catalogue.roles.get(role).map(|role| role.title.get(caller.language).to_owned());
    let view = Lacking {
        tool: client.name.clone(),
        role: title.unwrap_or_else(|| role.to_string()),
        role_href: format!("/access/{role}"),
        sentence: sentence::refusal(desk, caller, refused),
        missing: failure::steps(desk, caller, refused),
        code: code.to_string(),
        until: until.micros(),
    };
    let status = failure::status(&Fault::from(refused.clone()));
    desk.page_with(caller, status, view, None).await
}
