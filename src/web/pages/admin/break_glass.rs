//! `/break-glass`: taking a role at once, and every use with what somebody else says of it.

use super::shown::{Shown, correctable, count, figure, wrong};
use crate::{
    access::emergency::{Emergency, EmergencyRefusal, State},
    actions::break_glass::{self, Glass, Taking},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
    },
    identity::person::Person,
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::{BodyRefusal, Form},
        },
        views::{
            Choice, FieldError,
            break_glass::{BreakGlass, GlassForm, Use},
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
        .route("/break-glass", get().to(list))
        .route("/break-glass", post().to(take))
        .route("/break-glass/{id}/review", post().to(review));
}

async fn list(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let view = view(&desk, &caller, &Form::default(), Vec::new()).await?;
    desk.page(&caller, view).await
}

async fn take(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    let outcome = match form.parse("role") {
        Ok(role) => {
            let taking = Taking { person: None, role, reason: form.text("reason").to_owned(), duration: None };
            let about = taking.role.clone();
            break_glass::break_glass(&desk.app, &caller.actor, taking, None).await.map(|_| about)
        }
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(role) => Ok(see_other_with(&format!("/access/{role}"), "notice-glass-broken")),
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let at = if refused.code.starts_with("reason") { "reason" } else { "role" };
            let view = view(&desk, &caller, &form, wrong(at, said)).await?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn review(caller: Caller, desk: Data<Desk>, id: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let id: Id<ids::Emergency> = id.parse().map_err(|_| Fault::from(EmergencyRefusal::NoSuchEmergency))?;
    let justified = match form.text("verdict") {
        "justified" => true,
        "unjustified" => false,
        _ => return Err(Fault::from(BodyRefusal::Field { field: "verdict" }).into()),
    };
    let comment = form.text("comment").to_owned();
    match break_glass::review_emergency(&desk.app, &caller.actor, id, justified, comment).await {
        Ok(()) => Ok(see_other_with("/break-glass", "notice-glass-reviewed")),
        Err(fault) => {
            let (_, said, status) = correctable(&desk, &caller, fault)?;
            let view = view(&desk, &caller, &Form::default(), wrong("", said)).await?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn view(desk: &Desk, caller: &Caller, typed: &Form, errors: Vec<FieldError>) -> Result<BreakGlass, Failure> {
    let glass = break_glass::read_glass(&desk.app, &caller.actor).await?;
    let names = break_glass::reviewers(&desk.app, &glass.uses).await?;
    let shown = Shown::of(desk, caller)?;
    let roles = shown.content.catalogue.roles.values();
    let roles = roles.map(|role| Choice { value: role.id.to_string(), label: role.name.clone() }).collect();
    Ok(BreakGlass {
        open: count(glass.uses.iter().filter(|one| one.state == State::Taken).count()),
        overdue: count(glass.uses.iter().filter(|one| one.is_overdue(glass.at)).count()),
        uses: glass.uses.iter().map(|one| line(&shown, caller, one, &glass, &names)).collect(),
        form: glass.may_break.then(|| GlassForm {
            roles,
            role: typed.text("role").to_owned(),
            reason: typed.text("reason").to_owned(),
            most: glass.most.approximate_seconds(),
        }),
        errors,
    })
}

fn line(
    shown: &Shown,
    caller: &Caller,
    one: &Emergency,
    glass: &Glass,
    names: &std::collections::BTreeMap<String, String>,
) -> Use {
    let (me, now) = (caller.signed().map(|signed| &signed.person), glass.at);
    let catalogue = &shown.content.catalogue;
    // Nobody judges what they took themselves, nor what somebody took in whose place they decide.
    let others = |me: &Person| me.id != one.person_id && !glass.away.contains(&one.person_id);
    let judges = me.is_some_and(|me| others(me) && (me.capabilities.admin || catalogue.owns(&one.role_id, &me.email)));
    let badge = match one.state {
        State::Taken if one.is_overdue(now) => "overdue",
        State::Taken => "waiting",
        State::Justified => "approved",
        State::Unjustified => "rejected",
    };
    Use {
        id: one.id.to_string(),
        person: one.person_name.clone(),
        role: shown.role(&one.role_id),
        own: me.filter(|me| me.id == one.person_id && now < one.ends_at).map(|_| one.grant_id.to_string()),
        href: format!("/holders/{}", one.grant_id),
        reason: one.reason.clone(),
        taken: one.taken_at.micros(),
        ends: one.ends_at.micros(),
        running: now < one.ends_at,
        tokens: figure(one.tokens),
        state: one.state.word().to_owned(),
        badge: badge.to_owned(),
        review_by: one.review_by_at.micros(),
        comment: one.comment.clone(),
        by: one.reviewed_by.as_ref().map(|word| shown.actor(word, names)).unwrap_or_default(),
        reviewed: one.reviewed_at.map(Time::micros),
        may_review: judges && one.state == State::Taken,
    }
}
