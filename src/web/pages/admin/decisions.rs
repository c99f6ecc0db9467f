//! `/decisions`: what waits for the reader, and one request with everything needed to decide it.

use super::shown::{
    Shown, address, correctable, count, durations, person, request_state, sensitivity, team_label, wrong,
};
use crate::{
    access::{
        catalogue::{Approval, Sensitivity},
        request::{AccessRefusal, Decision, State, Verdict},
    },
    actions::{
        comment_request, decide_many,
        decide_request::{self, Say},
        read_decisions::{self, Case as Read},
        read_waiting::{self, On, Waiting},
        withdraw_request,
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
        span::Span,
    },
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::{BodyRefusal, Form},
            sentence,
        },
        views::{
            Choice, FieldError,
            decisions::{Case, Comment, Decided, Decisions, EarlierGrant, Outcome, RequestPage, Turn, WaitingLine},
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, Query, ServiceConfig, get, post},
};
use serde::Deserialize;

/// Open requests on a page.
const PAGE: usize = 6;
/// Requests of others on the page, so that it stays small.
const MOST_WAITING: usize = 30;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/decisions", get().to(list))
        .route("/decisions", post().to(decide_all))
        .route("/decisions/{request}", get().to(show))
        .route("/decisions/{request}", post().to(decide))
        .route("/decisions/{request}/comments", post().to(comment))
        .route("/decisions/{request}/withdraw", post().to(withdraw));
}

#[derive(Deserialize)]
struct Asked {
    /// How many of those that wait come before this page.
    #[serde(default)]
    after: usize,
}

fn id(text: &str) -> Result<Id<ids::Request>, Fault> {
    text.parse().map_err(|_| AccessRefusal::NoSuchRequest.into())
}

async fn list(caller: Caller, desk: Data<Desk>, asked: Query<Asked>) -> Result<HttpResponse, Failure> {
    let view = inbox(&desk, &caller, asked.after, Vec::new()).await?;
    desk.page(&caller, view).await
}

/// Decides on those that are ticked, each by itself, and shows what became of each.
async fn decide_all(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    let verdict =
        Verdict::from_word(form.text("decision")).ok_or(Fault::from(BodyRefusal::Field { field: "decision" }))?;
    let ticked: Result<Vec<_>, Fault> = form.all("request").into_iter().map(id).collect();
    let all = ticked?.into_iter().map(|request| (request, Say::new(verdict, form.text("comment")))).collect();
    let (status, outcomes) = match decide_many::decide_many(&desk.app, &caller.actor, all).await {
        Ok(outcomes) => {
            let told = |(request, outcome): decide_many::Outcome| match outcome {
                Ok(state) => {
                    let key = format!("status-{}", request_state(state));
                    Outcome { id: request.to_string(), done: true, said: sentence::plain(&desk, &caller, &key) }
                }
                Err(refused) => {
                    Outcome { id: request.to_string(), done: false, said: sentence::refusal(&desk, &caller, &refused) }
                }
            };
            (StatusCode::OK, outcomes.into_iter().map(told).collect())
        }
        Err(fault) => {
            let (_, said, status) = correctable(&desk, &caller, fault)?;
            (status, vec![Outcome { id: String::new(), done: false, said }])
        }
    };
    let view = inbox(&desk, &caller, 0, outcomes).await?;
    desk.page_with(&caller, status, view, None).await
}

async fn inbox(desk: &Desk, caller: &Caller, after: usize, outcomes: Vec<Outcome>) -> Result<Decisions, Failure> {
    let page = read_decisions::read_decisions(&desk.app, &caller.actor, after, PAGE).await?;
    let shown = Shown::of(desk, caller)?;
    let waiting = read_waiting::read_waiting_of_others(&desk.app, &caller.actor, MOST_WAITING).await?;
    let me = caller.signed().map(|signed| signed.person.id);
    let next = (after + PAGE).to_string();
    Ok(Decisions {
        total: count(page.total),
        waiting: page.waiting.iter().map(|read| case(&shown, read, "")).collect(),
        next: page.more.then(|| address("/decisions", &[("after", &next)])),
        first: (after > 0).then(|| "/decisions".to_owned()),
        decided: page.decided.iter().map(|read| decided(&shown, read, me)).collect(),
        roles: page.roles.iter().map(|role| shown.role(role)).collect(),
        outcomes,
        others: others(&shown, &waiting),
    })
}

/// Requests of others that wait, with whose word is missing.
fn others(shown: &Shown, waiting: &[Waiting]) -> Vec<WaitingLine> {
    let line = |one: &Waiting| {
        let (on, whom): (&str, Vec<String>) = match one.on {
            On::Certification => {
                ("certification", one.certifications.iter().map(|id| shown.certification(id)).collect())
            }
            On::Answer => ("answer", one.people.iter().map(|person| person.name.clone()).collect()),
            On::Decision => ("decision", one.people.iter().map(|person| person.name.clone()).collect()),
        };
        WaitingLine {
            id: one.request.id.to_string(),
            person: person(&one.person),
            role: shown.role(&one.request.role_id),
            on: on.to_owned(),
            whom: shown.teller.any_of(&whom),
            since: one.since.micros(),
            until: one.until.micros(),
        }
    };
    waiting.iter().map(line).collect()
}

async fn comment(caller: Caller, desk: Data<Desk>, request: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let request = id(&request)?;
    let text = form.text("text").to_owned();
    match comment_request::comment_request(&desk.app, &caller.actor, request, text).await {
        Ok(_) => Ok(see_other_with(&format!("/decisions/{request}#comments"), "notice-commented")),
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let Ok(read) = read_decisions::read_request(&desk.app, &caller.actor, request).await else {
                return Err(Fault::Refused(refused).into());
            };
            let view = page(&desk, &caller, &read, ("", ""), wrong("text", said))?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn show(caller: Caller, desk: Data<Desk>, request: Path<String>) -> Result<HttpResponse, Failure> {
    let read = read_decisions::read_request(&desk.app, &caller.actor, id(&request)?).await?;
    let view = page(&desk, &caller, &read, ("", ""), Vec::new())?;
    desk.page(&caller, view).await
}

async fn decide(caller: Caller, desk: Data<Desk>, request: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let request = id(&request)?;
    let verdict = Verdict::from_word(form.text("decision"));
    let (comment, cap) = (form.text("comment").to_owned(), form.text("cap").to_owned());
    let parsed = if cap.is_empty() { Ok(None) } else { cap.parse::<Span>().map(Some) };
    let outcome = match (verdict, parsed) {
        (Some(verdict), Ok(cap)) => {
            let say = Say { verdict, comment: comment.clone(), cap, on_behalf_of: form.text("place").parse().ok() };
            decide_request::decide_request(&desk.app, &caller.actor, request, say).await
        }
        (None, _) => Err(BodyRefusal::Field { field: "decision" }.into()),
        (_, Err(_)) => Err(BodyRefusal::Field { field: "cap" }.into()),
    };
    match outcome {
        Ok(state) => Ok(see_other_with(
            "/decisions",
            match state {
                State::Approved => "notice-request-approved",
                State::Rejected => "notice-request-rejected",
                State::Returned => "notice-request-returned",
                State::Blocked => "notice-request-waits",
                _ => "notice-approval-given",
            },
        )),
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let Ok(read) = read_decisions::read_request(&desk.app, &caller.actor, request).await else {
                return Err(Fault::Refused(refused).into());
            };
            let at = match refused.code {
                "reason-needed" | "reason-too-long" => "comment",
                "bad-duration" => "cap",
                _ => "",
            };
            let view = page(&desk, &caller, &read, (&comment, &cap), wrong(at, said))?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn withdraw(caller: Caller, desk: Data<Desk>, request: Path<String>, _: Form) -> Result<HttpResponse, Failure> {
    let request = id(&request)?;
    match withdraw_request::withdraw_request(&desk.app, &caller.actor, request).await {
        Ok(()) => Ok(see_other_with(&format!("/decisions/{request}"), "notice-request-withdrawn")),
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let Ok(read) = read_decisions::read_request(&desk.app, &caller.actor, request).await else {
                return Err(Fault::Refused(refused).into());
            };
            let view = page(&desk, &caller, &read, ("", ""), wrong("", said))?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

fn page(
    desk: &Desk,
    caller: &Caller,
    read: &Read,
    (comment, cap): (&str, &str),
    errors: Vec<FieldError>,
) -> Result<RequestPage, Failure> {
    let shown = Shown::of(desk, caller)?;
    let mine = caller.signed().is_some_and(|signed| signed.person.id == read.request.person_id);
    Ok(RequestPage {
        case: case(&shown, read, cap),
        history: history(read),
        mine,
        may_withdraw: mine && read.request.standing_at(desk.app.now()).is_open(),
        grant: read.grant.as_ref().map(|grant| grant.id.to_string()),
        comments: read
            .comments
            .iter()
            .map(|said| Comment { by: said.person_name.clone(), said: said.text.clone(), at: said.at.micros() })
            .collect(),
        comment: comment.to_owned(),
        errors,
    })
}

fn case(shown: &Shown, read: &Read, cap: &str) -> Case {
    let request = &read.request;
    let now = shown.teller.now;
    let role = shown.content.catalogue.roles.get(&request.role_id);
    let needed: Vec<_> = read.clauses.iter().flat_map(|clause| &clause.any_of).collect();
    let clauses = shown.clauses(&read.policy.approval, &read.names, &read.progress);
    let wanted = Span::seconds(request.wanted_micros / 1_000_000);
    Case {
        id: request.id.to_string(),
        state: request_state(request.standing_at(now)),
        person: person(&read.person),
        office: read.person.office.clone(),
        teams: read.teams.iter().map(|team| team_label(team)).collect(),
        role: shown.role(&request.role_id),
        sensitivity: sensitivity(role.map_or(Sensitivity::Internal, |role| role.sensitivity)).to_owned(),
        reason: request.reason.clone(),
        duration: request.wanted_micros / 1_000_000,
        starts: request.starts_at.map(Time::micros),
        requirements: shown.requirements(&read.clauses, &read.certificates, None, now),
        certificates: read
            .certificates
            .iter()
            .filter(|certificate| !needed.contains(&&certificate.certification_id))
            .map(|certificate| shown.proof(&certificate.certification_id, &read.certificates, None, now))
            .collect(),
        earlier: read
            .earlier
            .iter()
            .filter(|grant| read.grant.as_ref().is_none_or(|own| own.id != grant.id))
            .map(|grant| EarlierGrant {
                id: grant.id.to_string(),
                from: grant.starts_at.micros(),
                until: grant.ends_at.micros(),
                ended: if now < grant.over_at() {
                    "running".to_owned()
                } else {
                    grant.ended_reason.map_or("expired", |reason| reason.word()).to_owned()
                },
            })
            .collect(),
        given: read.progress.iter().map(|(given, _)| given).sum(),
        asked: read.progress.iter().map(|(_, asked)| asked).sum(),
        clauses,
        since: request.submitted_at.micros(),
        lapses: request.lapses_at.micros(),
        may_decide: read.may_decide,
        places: places(shown, read),
        caps: durations(&wanted, Some(cap), false),
    }
}

/// The places on which the reader may decide, where there is another's among them.
fn places(shown: &Shown, read: &Read) -> Vec<Choice> {
    if read.in_place_of.is_empty() {
        return Vec::new();
    }
    let own = Choice { value: String::new(), label: shown.teller.plain("decide-place-own") };
    let others = read.in_place_of.iter().map(|away| Choice {
        value: away.id.to_string(),
        label: shown.teller.say("decide-place-of", &[("name", away.name.clone().into())]),
    });
    Some(own).filter(|_| read.on_own_place).into_iter().chain(others).collect()
}

fn decided(shown: &Shown, read: &Read, me: Option<Id<ids::Person>>) -> Decided {
    let last: Option<&Decision> = read.decisions.iter().rev().find(|d| Some(d.person_id) == me);
    Decided {
        id: read.request.id.to_string(),
        person: person(&read.person),
        role: shown.role(&read.request.role_id),
        state: request_state(read.request.standing_at(shown.teller.now)),
        by: last.map(|d| d.person_name.clone()).unwrap_or_default(),
        at: last.map_or(read.request.submitted_at, |d| d.at).micros(),
        comment: last.map(|d| d.comment.clone()).unwrap_or_default(),
    }
}

/// The request's life: its own steps, what was said, and the grant, the oldest first.
fn history(read: &Read) -> Vec<Turn> {
    let turn = |kind: &str, at: i64| Turn {
        kind: kind.to_owned(),
        at,
        by: String::new(),
        instead_of: None,
        comment: String::new(),
        cap: None,
    };
    let mut turns: Vec<Turn> = Vec::new();
    for change in &read.history {
        // What somebody said stands in the decision itself; the step that follows it would say it twice.
        if matches!(change.to_state.as_str(), "returned" | "rejected") {
            continue;
        }
        let by = if change.to_state == "submitted" { read.person.name.clone() } else { String::new() };
        turns.push(Turn { by, ..turn(&change.to_state, change.at.micros()) });
    }
    for decision in &read.decisions {
        turns.push(Turn {
            by: decision.person_name.clone(),
            instead_of: decision.on_behalf_name.clone(),
            comment: decision.comment.clone(),
            cap: decision.cap_micros.map(|cap| cap / 1_000_000),
            ..turn(decision.decision.word(), decision.at.micros())
        });
    }
    if let Some(grant) = &read.grant {
        turns.push(turn("granted", grant.granted_at.micros()));
    }
    // At one instant: what was said comes before what followed from it.
    let place = |kind: &str| match kind {
        "submitted" => 0,
        "approve" | "reject" | "return" => 2,
        "approved" => 3,
        "granted" => 4,
        _ => 1,
    };
    turns.sort_by_key(|turn| (turn.at, place(&turn.kind)));
    if matches!(read.policy.approval, Approval::Auto) {
        turns.retain(|turn| turn.kind != "in_review");
    }
    turns
}
