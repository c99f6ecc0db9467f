//! `/provisioning`: what the company's directory is given, and what it proves itself with.

use super::shown::{correctable, wrong};
use crate::{
    actions::provision,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
    },
    provisioning::refusal::ScimRefusal,
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::{BodyRefusal, Form},
        },
        views::{
            FieldError,
            provisioning::{Credential, CredentialForm, Fresh, Provisioning},
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
        .route("/provisioning", get().to(list))
        .route("/provisioning", post().to(make))
        .route("/provisioning/{id}/end", post().to(end));
}

async fn list(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let view = view(&desk, &caller, "", None, Vec::new()).await?;
    desk.page(&caller, view).await
}

async fn make(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    match provision::make_credential(&desk.app, &caller.actor, form.text("name").to_owned()).await {
        // The credential is shown in the answer itself, and nowhere again.
        Ok(made) => {
            let fresh = Fresh { name: made.name, token: made.secret.reveal().to_owned() };
            let view = view(&desk, &caller, "", Some(fresh), Vec::new()).await?;
            desk.page(&caller, view).await
        }
        Err(fault) => again(&desk, &caller, form.text("name"), fault).await,
    }
}

async fn end(caller: Caller, desk: Data<Desk>, id: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let ended = async {
        if form.text("confirm") != "yes" {
            return Err(Fault::from(BodyRefusal::Field { field: "confirm" }));
        }
        let id: Id<ids::Provisioning> = id.parse().map_err(|_| ScimRefusal::NoSuchCredential)?;
        provision::end_credential(&desk.app, &caller.actor, id).await
    };
    match ended.await {
        Ok(()) => Ok(see_other_with("/provisioning", "notice-provisioning-ended")),
        Err(fault) => again(&desk, &caller, "", fault).await,
    }
}

async fn again(desk: &Desk, caller: &Caller, typed: &str, fault: Fault) -> Result<HttpResponse, Failure> {
    let (refused, said, status) = correctable(desk, caller, fault)?;
    let field = if refused.code == "bad-field" { "name" } else { "" };
    let Ok(view) = view(desk, caller, typed, None, wrong(field, said)).await else {
        return Err(Fault::Refused(refused).into());
    };
    desk.page_with(caller, status, view, None).await
}

async fn view(
    desk: &Desk,
    caller: &Caller,
    typed: &str,
    fresh: Option<Fresh>,
    errors: Vec<FieldError>,
) -> Result<Provisioning, Failure> {
    let credentials = provision::list_credentials(&desk.app, &caller.actor).await?;
    let admin = caller.signed().is_some_and(|signed| signed.person.capabilities.admin);
    Ok(Provisioning {
        base: provision::base(&desk.app),
        form: admin.then(|| CredentialForm { name: typed.to_owned(), full: credentials.len() > 1 }),
        credentials: credentials
            .into_iter()
            .map(|one| Credential {
                id: one.id.to_string(),
                name: one.name,
                since: one.created_at.micros(),
                used: one.used_at.map(Time::micros),
            })
            .collect(),
        fresh,
        errors,
    })
}
