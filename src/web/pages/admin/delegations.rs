//! `/delegations`: who decides for the reader, for whom the reader decides, and, for those who oversee, everybody's.

use super::shown::{correctable, wrong};
use crate::{
    access::delegation::{Delegation as Found, DelegationRefusal, State},
    actions::delegate::{self, Delegating},
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::{BodyRefusal, Form},
            instants,
        },
        views::{
            FieldError,
            delegations::{Delegation, Delegations, TypedDelegation},
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
        .route("/delegations", get().to(list))
        .route("/delegations", post().to(make))
        .route("/delegations/{id}/end", post().to(end));
}

async fn list(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let view = view(&desk, &caller, &Form::default(), Vec::new()).await?;
    desk.page(&caller, view).await
}

fn wanted(form: &Form, zone: &str) -> Result<Delegating, Fault> {
    let at = |field: &'static str| {
        instants::typed(form.text(field), zone).map_err(|_| Fault::from(BodyRefusal::Field { field }))
    };
    Ok(Delegating {
        delegator: None,
        delegate: form.text("delegate").to_owned(),
        from: at("from")?,
        until: at("until")?.ok_or(BodyRefusal::Field { field: "until" })?,
        note: form.text("note").to_owned(),
    })
}

async fn make(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    let outcome = match wanted(&form, &caller.zone) {
        Ok(wanted) => delegate::delegate(&desk.app, &caller.actor, wanted, None).await,
        Err(fault) => Err(fault),
    };
    match outcome {
        Ok(_) => Ok(see_other_with("/delegations", "notice-delegated")),
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let at = match refused.code {
                "bad-period" | "delegation-overlaps" | "field-not-right" => "until",
                "reason-too-long" => "note",
                _ => "delegate",
            };
            let view = view(&desk, &caller, &form, wrong(at, said)).await?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn end(caller: Caller, desk: Data<Desk>, id: Path<String>, _: Form) -> Result<HttpResponse, Failure> {
    let id: Id<ids::Delegation> = id.parse().map_err(|_| Fault::from(DelegationRefusal::NoSuchDelegation))?;
    match delegate::end_delegation(&desk.app, &caller.actor, id).await {
        Ok(()) => Ok(see_other_with("/delegations", "notice-delegation-ended")),
        Err(fault) => {
            let (_, said, status) = correctable(&desk, &caller, fault)?;
            let view = view(&desk, &caller, &Form::default(), wrong("", said)).await?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn view(desk: &Desk, caller: &Caller, typed: &Form, errors: Vec<FieldError>) -> Result<Delegations, Failure> {
    let signed = caller.actor.signed()?;
    let (me, admin, now) = (signed.person.id, signed.person.capabilities.admin, desk.app.now());
    let line = |one: &Found| Delegation {
        id: one.id.to_string(),
        from: one.delegator_name.clone(),
        to: one.delegate_name.clone(),
        state: one.standing_at(now).word().to_owned(),
        begins: one.from_at.micros(),
        ends: one.ends_at.micros(),
        note: one.note.clone(),
        may_end: one.standing_at(now) != State::Ended && (admin || one.delegator_id == me || one.delegate_id == me),
    };
    let own = delegate::my_delegations(&desk.app, &caller.actor).await?;
    let all = match caller.actor.as_auditor() {
        Ok(_) => Some(delegate::all_delegations(&desk.app, &caller.actor).await?.iter().map(line).collect()),
        Err(_) => None,
    };
    let text = |name| typed.text(name).to_owned();
    Ok(Delegations {
        given: own.iter().filter(|one| one.delegator_id == me).map(line).collect(),
        had: own.iter().filter(|one| one.delegate_id == me).map(line).collect(),
        all,
        typed: TypedDelegation {
            delegate: text("delegate"),
            from: text("from"),
            until: text("until"),
            note: text("note"),
        },
        errors,
    })
}
