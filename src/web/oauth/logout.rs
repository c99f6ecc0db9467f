//! `/logout`: signing out at a tool's request (OpenID Connect RP-Initiated Logout).

use super::params::{of_body, of_query};
use crate::{
    actions::log_out::{self, Leaving},
    base::refusal::Fault,
    tokens::{
        redirect,
        refusal::OauthRefusal,
        request::{Params, encoded},
    },
    web::{
        kit::{
            caller::{Caller, no_session_cookie},
            desk::{Desk, see_other, see_other_with},
            failure::Failure,
            forms::Form,
            gate,
        },
        views::consent::Leave,
    },
};
use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data, ServiceConfig, get, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/logout", get().to(asked))
        .route("/logout", post().to(posted))
        .route("/logout/confirm", post().to(confirmed));
}

/// The parameters that lead back to the tool; nothing else of them is needed twice.
fn kept(params: &Params) -> String {
    let wanted = ["client_id", "id_token_hint", "post_logout_redirect_uri", "state"];
    let pairs = wanted.iter().filter_map(|name| Some(format!("{name}={}", encoded(params.get(name)?))));
    pairs.collect::<Vec<_>>().join("&")
}

async fn asked(desk: Data<Desk>, caller: Caller, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let params = of_query(request.query_string()).map_err(Fault::from)?;
    let leaving = log_out::judge(&desk.app, &caller.actor, &params).await?;
    if !leaving.ask {
        log_out::leave(&desk.app, &caller.actor).await?;
        return Ok(left(&desk, leaving));
    }
    let source = leaving.back.as_deref().map(redirect::source).unwrap_or_default();
    let view = Leave { tool: leaving.client.map(|client| client.name), query: kept(&params) };
    Ok(gate::leading_to(desk.page(&caller, view).await?, &source))
}

/// The same as an address, so that the browser brings the cookie that it keeps back from a form of another site.
async fn posted(request: HttpRequest, body: Result<Bytes, actix_web::Error>) -> Result<HttpResponse, Failure> {
    let params = of_body(&request, body).map_err(Fault::from)?;
    params.check().map_err(Fault::from)?;
    let query = kept(&params);
    if query.len() > 16_000 {
        return Err(Fault::from(OauthRefusal::Request { why: "it is too large" }).into());
    }
    Ok(see_other(&format!("/logout?{query}")))
}

async fn confirmed(desk: Data<Desk>, caller: Caller, form: Form) -> Result<HttpResponse, Failure> {
    let params = of_query(form.raw("query")).map_err(Fault::from)?;
    let leaving = log_out::judge(&desk.app, &caller.actor, &params).await?;
    if form.text("say") == "no" {
        return Ok(see_other("/"));
    }
    log_out::leave(&desk.app, &caller.actor).await?;
    Ok(left(&desk, leaving))
}

fn left(desk: &Desk, leaving: Leaving) -> HttpResponse {
    let mut response = match leaving.back {
        Some(back) => see_other(&back),
        None => see_other_with("/sign-in", "notice-signed-out"),
    };
    if let Err(error) = response.add_cookie(&no_session_cookie(desk.app.settings.is_https())) {
        tracing::error!(error = %error, "the session cookie could not be taken away");
    }
    response
}
