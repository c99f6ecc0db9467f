//! `/holders/{grant}` and `/explain`: yes or no, the sentence, the conditions, and how one thing led to the next.

use super::{
    evidence_chain::{conditions, steps},
    shown::{Shown, address, correctable, person, wrong},
    timeline::drawn as drawn_timeline,
};
use crate::{
    access::{grant::Cause, request::AccessRefusal},
    actions::{
        delegate,
        draw_timeline::draw_timeline,
        explain_access::{self, Explanation},
        hold_grant, revoke_grant,
    },
    base::{
        clock::{Tense, Time},
        ids::{self, Id},
        refusal::Fault,
    },
    reports::timeline,
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            explain,
            failure::Failure,
            forms::{BodyRefusal, Form},
            instants, sentence,
        },
        views::{
            Choice, FieldError,
            evidence::{Evidence, Explain, HolderEvidence},
            shared::Link,
            timeline::Timeline,
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, Query, ServiceConfig, get, post},
};
use serde::Deserialize;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/explain", get().to(ask))
        .route("/holders/{grant}", get().to(show))
        .route("/holders/{grant}/suspension", post().to(suspend))
        .route("/holders/{grant}/reactivation", post().to(reactivate))
        .route("/holders/{grant}/revocation", post().to(revoke));
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Asked {
    person: String,
    role: String,
    #[serde(alias = "as_of")]
    at: String,
    /// How many days before the moment the timeline begins.
    days: String,
}

impl Asked {
    fn days(&self) -> i64 {
        let days = self.days.parse().ok().filter(|days| timeline::DAYS.contains(days));
        days.unwrap_or(timeline::USUAL_DAYS)
    }
}

fn grant_id(text: &str) -> Result<Id<ids::Grant>, Fault> {
    text.parse().map_err(|_| AccessRefusal::NoSuchGrant.into())
}

fn moment(text: &str, zone: &str) -> Result<Option<Time>, Fault> {
    instants::typed(text, zone).map_err(|_| BodyRefusal::Field { field: "at" }.into())
}

async fn show(
    caller: Caller,
    desk: Data<Desk>,
    grant: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    if let Some(onward) = instants::settled(&caller, &instants::AT) {
        return Ok(onward);
    }
    let at = moment(&asked.at, &caller.zone)?;
    let explanation = explain_access::explain_grant(&desk.app, &caller.actor, grant_id(&grant)?, at).await?;
    let view = page(&desk, &caller, &grant, &explanation, (at, asked.days()), Vec::new()).await?;
    desk.page(&caller, view).await
}

async fn revoke(caller: Caller, desk: Data<Desk>, grant: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let id = grant_id(&grant)?;
    let outcome = revoke_grant::revoke_grant(&desk.app, &caller.actor, id, form.text("reason").to_owned()).await;
    let notice = match &outcome {
        Ok(ended) if ended.len() > 1 => "notice-grant-revoked-all",
        _ => "notice-grant-revoked",
    };
    done(&desk, &caller, id, outcome.map(drop), notice).await
}

async fn suspend(caller: Caller, desk: Data<Desk>, grant: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let id = grant_id(&grant)?;
    let outcome = hold_grant::hold_grant(&desk.app, &caller.actor, id, form.text("reason").to_owned()).await;
    done(&desk, &caller, id, outcome, "notice-grant-suspended").await
}

async fn reactivate(
    caller: Caller,
    desk: Data<Desk>,
    grant: Path<String>,
    form: Form,
) -> Result<HttpResponse, Failure> {
    let id = grant_id(&grant)?;
    let outcome = hold_grant::let_grant_go_on(&desk.app, &caller.actor, id, form.text("reason").to_owned()).await;
    done(&desk, &caller, id, outcome, "notice-grant-reactivated").await
}

async fn done(
    desk: &Desk,
    caller: &Caller,
    id: Id<ids::Grant>,
    outcome: Result<(), Fault>,
    notice: &'static str,
) -> Result<HttpResponse, Failure> {
    match outcome {
        Ok(()) => Ok(see_other_with(&format!("/holders/{id}"), notice)),
        Err(fault) => {
            let (refused, said, status) = correctable(desk, caller, fault)?;
            let Ok(explanation) = explain_access::explain_grant(&desk.app, &caller.actor, id, None).await else {
                return Err(Fault::Refused(refused).into());
            };
            let at = if refused.code == "reason-needed" { "reason" } else { "" };
            let view = page(desk, caller, &id.to_string(), &explanation, (None, timeline::USUAL_DAYS), wrong(at, said))
                .await?;
            desk.page_with(caller, status, view, None).await
        }
    }
}

async fn ask(caller: Caller, desk: Data<Desk>, asked: Query<Asked>) -> Result<HttpResponse, Failure> {
    caller.actor.signed()?;
    if let Some(onward) = instants::settled(&caller, &instants::AT) {
        return Ok(onward);
    }
    let asked = asked.into_inner();
    let at = moment(&asked.at, &caller.zone);
    let typed = at.as_ref().ok().copied().flatten().map(|at| instants::field(at, &caller.zone));
    let shown = Shown::of(&desk, &caller)?;
    let mut view = Explain {
        person: asked.person.trim().to_owned(),
        role: asked.role.trim().to_owned(),
        at: typed.unwrap_or_else(|| asked.at.trim().to_owned()),
        roles: shown
            .content
            .catalogue
            .roles
            .values()
            .map(|role| Choice { value: role.id.to_string(), label: role.name.clone() })
            .collect(),
        answer: None,
        errors: Vec::new(),
    };
    if view.role.is_empty() {
        return desk.page(&caller, view).await;
    }
    let role = super::role::slug(&view.role);
    let answer = match (at, role) {
        (Ok(at), Ok(role)) => {
            let person = Some(view.person.clone()).filter(|text| !text.is_empty());
            explain_access::explain_access(&desk.app, &caller.actor, person, role, at)
                .await
                .map_err(|fault| (fault, "person"))
                .map(|found| (found, at))
        }
        (Err(fault), _) => Err((fault, "at")),
        (_, Err(fault)) => Err((fault, "role")),
    };
    match answer {
        Ok((explanation, at)) => {
            let (id, role) = (explanation.person.id.to_string(), explanation.role.to_string());
            let days = asked.days();
            let drawn = draw_timeline(&desk.app, &explanation, days).await?;
            let timeline = drawn_timeline(&shown, &drawn, days, |other| {
                let query = [("person", id.as_str()), ("role", &role), ("at", &said(at)), ("days", &other.to_string())];
                address("/explain", &query)
            });
            let json = address("/api/v1/explain", &[("person", &id), ("role", &role), ("at", &said(at))]);
            view.answer = Some(evidence(&shown, &explanation, json, timeline));
            desk.page(&caller, view).await
        }
        Err((fault, field)) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let field = if refused.code == "no-such-role" { "role" } else { field };
            view.errors = wrong(field, said);
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn page(
    desk: &Desk,
    caller: &Caller,
    grant: &str,
    explanation: &Explanation,
    (at, days): (Option<Time>, i64),
    errors: Vec<FieldError>,
) -> Result<HolderEvidence, Failure> {
    let shown = Shown::of(desk, caller)?;
    let may = caller.signed().is_some_and(|signed| {
        signed.person.capabilities.admin || shown.content.catalogue.owns(&explanation.role, &signed.person.email)
    });
    let alive = explanation.grant.as_ref().is_some_and(|grant| shown.teller.now < grant.over_at());
    // Of this grant, not of whichever decides for the role at that moment.
    let json = format!("/api/v1/grants/{}/chain", sentence::encoded(grant));
    let drawn = draw_timeline(&desk.app, explanation, days).await?;
    let own = format!("/holders/{}", sentence::encoded(grant));
    let timeline =
        drawn_timeline(&shown, &drawn, days, |other| address(&own, &[("at", &said(at)), ("days", &other.to_string())]));
    let suspended = explanation.suspensions.iter().any(|one| one.cause == Cause::Admin);
    let may_revoke = may && alive && at.is_none();
    // Nobody lets a grant of their own go on, nor that of somebody in whose place they decide.
    let holder = explanation.person.id;
    let for_others = may_revoke
        && suspended
        && (caller.signed().is_some_and(|signed| signed.person.id == holder)
            || delegate::stands_in_for(&desk.app, &caller.actor, holder).await?);
    Ok(HolderEvidence {
        grant: grant.to_owned(),
        may_revoke,
        may_hold: may_revoke && !for_others,
        suspended,
        answer: evidence(&shown, explanation, address(&json, &[("at", &said(at))]), timeline),
        errors,
    })
}

/// The moment that was asked for, if one was, as the API takes it.
fn said(at: Option<Time>) -> String {
    at.map(|at| at.to_string()).unwrap_or_default()
}

/// The evidence of an explanation; `json` is where the API says the same of the same moment.
fn evidence(shown: &Shown, explanation: &Explanation, json: String, timeline: Timeline) -> Evidence {
    Evidence {
        person: person(&explanation.person),
        role: shown.role(&explanation.role),
        sensitivity: shown.sensitivity_of(&explanation.role),
        at: explanation.at.micros(),
        exact: explanation.at.to_string(),
        past: explanation.tense == Tense::Past,
        ahead: explanation.tense == Tense::Ahead,
        yes: explanation.effective,
        until: explain::until(explanation).map(Time::micros),
        sentence: explain::sentence(&shown.teller, &shown.content, explanation),
        conditions: conditions(shown, explanation),
        steps: steps(shown, explanation),
        machines: explanation
            .machines
            .iter()
            .map(|one| Link::new(&one.name, shown.overseen(format!("/clients#{}", one.id)).unwrap_or_default()))
            .collect(),
        timeline: Some(timeline),
        json,
    }
}
