//! `/authorize`: a tool sends a person; they sign in, agree, and go back to the tool with a code.

use super::{
    error::{code, description},
    params::{of_body, of_query},
};
use crate::{
    actions::authorize::{self, Say, Sheet, Turn},
    app::Content,
    base::{
        clock::Time,
        refusal::{Fault, Refused},
        text::{Language, Slug},
    },
    tokens::{
        client::Client,
        redirect,
        refusal::OauthRefusal,
        request::{Back, Params, ResponseMode, SINCE, encoded},
    },
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other},
            failure::{self, Failure},
            forms::Form,
            gate, sentence,
        },
        views::consent::{Consent, ConsentRole, Hidden, Lacking, Posting},
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data, ServiceConfig, get, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/authorize", get().to(asked))
        .route("/authorize", post().to(posted))
        .route("/authorize/consent", post().to(said));
}

/// The longest query that goes back into an address.
const MOST: usize = 16_000;

async fn asked(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let params = of_query(request.query_string()).map_err(Fault::from)?;
    judged(&desk, caller, &params, None).await
}

/// The same as an address, so that the browser brings the cookie that it keeps back from a form of another site.
async fn posted(request: HttpRequest, body: Result<Bytes, actix_web::Error>) -> Result<HttpResponse, Failure> {
    let params = of_body(&request, body).map_err(Fault::from)?;
    let query = params.query_without(&[]);
    if query.len() > MOST {
        return Err(Fault::from(OauthRefusal::Request { why: "it is too large" }).into());
    }
    Ok(see_other(&format!("/authorize?{query}")))
}

/// What the person said; the request is judged again from the start.
async fn said(desk: Data<Desk>, caller: Caller, form: Form) -> Result<HttpResponse, Failure> {
    let params = of_query(form.raw("query")).map_err(Fault::from)?;
    let say = if form.text("say") == "yes" { Say::Yes } else { Say::No };
    judged(&desk, caller, &params, Some(say)).await
}

async fn judged(desk: &Desk, mut caller: Caller, params: &Params, say: Option<Say>) -> Result<HttpResponse, Failure> {
    let spoken = params.get("ui_locales").unwrap_or_default().split(' ').find_map(Language::from_tag);
    if let Some(language) = spoken {
        caller.language = language;
    }
    match authorize::authorize(&desk.app, &caller.actor, params, say).await? {
        Turn::Code { back, code } => answer(desk, &caller, &back, &[("code", code.reveal())]).await,
        Turn::Refused { back, refused } => tell(desk, &caller, &back, &refused).await,
        Turn::SignIn { hint, anew } => {
            let query = params.query_without(&[SINCE]);
            let next = format!("/authorize?{query}&{SINCE}={}", desk.app.now().seconds());
            let hint = hint.map(|hint| format!("&hint={}", encoded(&hint))).unwrap_or_default();
            let again = if anew { "&again=1" } else { "" };
            Ok(see_other(&format!("/sign-in?next={}{hint}{again}", encoded(&next))))
        }
        Turn::Ask(sheet) => ask(desk, &caller, params, *sheet).await,
        Turn::Missing { client, role, back, refused } => lacking(desk, &caller, &client, &role, &back, &refused).await,
    }
}

/// The fields of an answer, with `state` and `iss` (RFC 9207).
fn fields(desk: &Desk, back: &Back, said: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> =
        said.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    fields.extend(back.state.clone().map(|state| ("state".to_owned(), state)));
    fields.push(("iss".to_owned(), desk.app.settings.issuer()));
    fields
}

fn address(desk: &Desk, back: &Back, said: &[(&str, &str)]) -> String {
    redirect::with_query(&back.redirect_uri, &Params(fields(desk, back, said)).query_without(&[]))
}

/// Sends the browser back to the tool: by an address, or by a form that it posts.
async fn answer(desk: &Desk, caller: &Caller, back: &Back, said: &[(&str, &str)]) -> Result<HttpResponse, Failure> {
    match back.mode {
        ResponseMode::Query => Ok(see_other(&address(desk, back, said))),
        ResponseMode::FormPost => {
            let fields = fields(desk, back, said).into_iter().map(|(name, value)| Hidden { name, value });
            let view = Posting { action: back.redirect_uri.clone(), fields: fields.collect() };
            Ok(gate::leading_to(desk.page(caller, view).await?, &redirect::source(&back.redirect_uri)))
        }
    }
}

async fn tell(desk: &Desk, caller: &Caller, back: &Back, refused: &Refused) -> Result<HttpResponse, Failure> {
    let description = description(refused);
    answer(desk, caller, back, &[("error", code(refused)), ("error_description", &description)]).await
}

async fn ask(desk: &Desk, caller: &Caller, params: &Params, sheet: Sheet) -> Result<HttpResponse, Failure> {
    let content = desk.app.content()?;
    let signed = caller.actor.signed()?;
    let role = sheet.role.as_ref().and_then(|(id, until)| role(&content, caller, id, *until));
    let scopes = &sheet.request.scopes;
    let view = Consent {
        tool: sheet.client.name.clone(),
        place: place(&sheet.back.redirect_uri),
        unproven: !redirect::proves_identity(&sheet.back.redirect_uri),
        first_party: sheet.client.first_party,
        role,
        name: scopes.has("profile"),
        email: scopes.has("email"),
        stays: scopes.has("offline_access"),
        who: signed.person.email.to_string(),
        query: params.query_without(&[]),
    };
    Ok(gate::leading_to(desk.page(caller, view).await?, &redirect::source(&sheet.back.redirect_uri)))
}

/// A role as somebody reads it who is asked to let a tool use it.
pub(super) fn role(content: &Content, caller: &Caller, id: &Slug, until: Time) -> Option<ConsentRole> {
    let role = content.catalogue.roles.get(id)?;
    let warehouse = content.catalogue.warehouses.get(&role.warehouse)?;
    Some(ConsentRole {
        name: role.name.clone(),
        title: role.title.get(caller.language).to_owned(),
        description: role.description.get(caller.language).to_owned(),
        warehouse: warehouse.title.get(caller.language).to_owned(),
        data: role.data.iter().map(|data| data.dataset.clone()).collect(),
        until: until.micros(),
        lifetime: role.token_lifetime.approximate_seconds(),
    })
}

/// Where a tool is, as people know places: its host, or its scheme.
fn place(uri: &str) -> String {
    let source = redirect::source(uri);
    source.strip_prefix("https://").or_else(|| source.strip_prefix("http://")).unwrap_or(&source).to_owned()
}

async fn lacking(
    desk: &Desk,
    caller: &Caller,
    client: &Client,
    role: &Slug,
    back: &Back,
    refused: &Refused,
) -> Result<HttpResponse, Failure> {
    let content = desk.app.content()?;
    let title = content.catalogue.roles.get(role).map(|role| role.title.get(caller.language).to_owned());
    let said = Refused::from(OauthRefusal::Scope { why: "the person has no such access now" });
    let description = description(&Refused { missing: refused.missing.clone(), ..said });
    let view = Lacking {
        tool: client.name.clone(),
        role: title.unwrap_or_else(|| role.to_string()),
        role_href: format!("/access/{role}"),
        sentence: sentence::refusal(desk, caller, refused),
        missing: failure::steps(desk, caller, refused),
        back: address(desk, back, &[("error", "invalid_scope"), ("error_description", &description)]),
    };
    let status = failure::status(&Fault::from(refused.clone()));
    desk.page_with(caller, status, view, None).await
}

/// Where the forms on the sign-in page may lead when it was reached from a tool: a browser holds the whole way against the
/// page's policy, and the way of a person who agreed before ends at the tool.
pub async fn form_action(desk: &Desk, next: &str) -> String {
    let Some(query) = next.strip_prefix("/authorize?") else { return String::new() };
    let Ok(params) = of_query(query) else { return String::new() };
    let (Some(id), Some(uri)) = (params.get("client_id").map(str::to_owned), params.get("redirect_uri")) else {
        return String::new();
    };
    let known = authorize::client(&desk.app, id).await.ok().flatten();
    if known.is_some_and(|client| client.redirects_to(uri)) { redirect::source(uri) } else { String::new() }
}
