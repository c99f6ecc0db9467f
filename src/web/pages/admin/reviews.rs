//! `/reviews`: what waits for the reader, every campaign, and one of them line by line; begun, answered, handed on, called off.

use super::{
    review_start::{form, wanted},
    shown::{Shown, address, correctable, figure, person, wrong},
};
use crate::{
    access::{
        review::{LineState, Review, ReviewRefusal, State, Verdict},
        rows::LineFilter,
    },
    actions::reviews::{
        answer::{self, Answer},
        cancel, delegate, pack,
        read::{self, Case, Figures, Mine, Overview, ReviewPage as Read},
        start,
    },
    base::{
        clock::Time,
        ids::{self, Id},
        paging::Paging,
        refusal::Fault,
        text::Slug,
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
            reviews::{
                Handed, Progress, ProgressRow, ReviewCard, ReviewCertificate, ReviewLine, ReviewPage, Reviews,
                StartForm,
            },
        },
    },
};
use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path, Query, ServiceConfig, get, post},
};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Reviews on a page.
const REVIEWS: usize = 20;
/// Lines on a page.
const LINES: usize = 20;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/reviews", get().to(list))
        .route("/reviews", post().to(begin))
        .route("/reviews/{id}", get().to(show))
        .route("/reviews/{id}/answers", post().to(answer))
        .route("/reviews/{id}/lines/{line}/delegation", post().to(hand_on))
        .route("/reviews/{id}/cancellation", post().to(call_off))
        .route("/reviews/{id}/evidence", get().to(evidence));
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    state: String,
    cursor: String,
}

fn id(text: &str) -> Result<Id<ids::Review>, Fault> {
    text.parse().map_err(|_| ReviewRefusal::NoSuchReview.into())
}

fn line_id(text: &str) -> Result<Id<ids::ReviewLine>, Fault> {
    text.parse().map_err(|_| ReviewRefusal::NoSuchLine.into())
}

async fn list(caller: Caller, desk: Data<Desk>, asked: Query<Asked>) -> Result<HttpResponse, Failure> {
    let view = reviews(&desk, &caller, &asked.cursor, None, Vec::new()).await?;
    desk.page(&caller, view).await
}

async fn reviews(
    desk: &Desk,
    caller: &Caller,
    cursor: &str,
    typed: Option<StartForm>,
    errors: Vec<FieldError>,
) -> Result<Reviews, Failure> {
    let bad = || Fault::from(BodyRefusal::Field { field: "cursor" });
    let paging = Paging::parse(Some(REVIEWS), Some(cursor)).map_err(|_| bad())?;
    let found = read::list_reviews(&desk.app, &caller.actor, paging).await?;
    let shown = Shown::of(desk, caller)?;
    let now = desk.app.now();
    let mut mine: Vec<&Overview> = found.items.iter().filter(|one| one.mine.lines > 0).collect();
    mine.sort_by_key(|one| one.review.due_at);
    let next = found.next.as_deref().map(|next| address("/reviews", &[("cursor", next)]));
    Ok(Reviews {
        mine: mine.into_iter().map(|one| card(&shown, &one.review, one.figures, &one.mine, now)).collect(),
        all: found.items.iter().map(|one| card(&shown, &one.review, one.figures, &one.mine, now)).collect(),
        next,
        first: (!cursor.is_empty()).then(|| "/reviews".to_owned()),
        form: caller.actor.as_admin().is_ok().then(|| form(&shown, typed.unwrap_or_default())),
        errors,
    })
}

/// What a review is called: its title, or its roles.
pub(super) fn name(shown: &Shown, title: &str, roles: &[Slug]) -> String {
    if !title.is_empty() {
        return title.to_owned();
    }
    let names = match roles.len() {
        0..=3 => shown.teller.all_of(&roles.iter().map(|role| shown.role(role).name).collect::<Vec<_>>()),
        n => shown.teller.say("review-many", &[("n", n.into())]),
    };
    shown.teller.say("review-of", &[("roles", names.into())])
}

fn card(shown: &Shown, review: &Review, figures: Figures, mine: &Mine, now: Time) -> ReviewCard {
    let state = match review.state {
        State::Open if figures.overdue > 0 && now >= review.due_at => "overdue",
        State::Open => "open",
        State::Closed => "closed",
        State::Cancelled => "withdrawn",
    };
    ReviewCard {
        id: review.id.to_string(),
        name: name(shown, &review.title, &review.roles),
        state: state.to_owned(),
        started: review.started_at.micros(),
        due: review.due_at.micros(),
        bar: bar(figures),
        mine: figure(mine.lines),
        in_place_of: shown.teller.all_of(&mine.in_place_of.iter().map(|away| away.name.clone()).collect::<Vec<_>>()),
    }
}

fn bar(figures: Figures) -> Progress {
    Progress::of(figure(figures.done), figure(figures.pending), figure(figures.overdue))
}

async fn begin(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    let typed = StartForm {
        title: form.text("title").to_owned(),
        role: form.text("role").to_owned(),
        owner: form.text("owner").to_owned(),
        sensitivity: form.text("sensitivity").to_owned(),
        due: form.text("due").to_owned(),
        grace: form.text("grace").to_owned(),
        open: true,
        ..StartForm::default()
    };
    let outcome = match wanted(&typed) {
        Ok(wanted) => start::start_review(&desk.app, &caller.actor, wanted, None).await,
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(id) => Ok(see_other_with(&format!("/reviews/{id}"), "notice-review-started")),
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let field = match refused.code {
                "no-such-role" | "review-empty" => "role",
                "review-bad-due" => "due",
                "review-title-too-long" => "title",
                _ => super::shown::field_of(&refused, "role"),
            };
            let view = reviews(&desk, &caller, "", Some(typed), wrong(field, said)).await?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

/// What was sent to a review and refused: put back where it was typed.
#[derive(Default)]
struct Sent {
    comment: String,
    chosen: BTreeSet<String>,
    errors: Vec<FieldError>,
}

async fn show(
    caller: Caller,
    desk: Data<Desk>,
    review: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let view = view(&desk, &caller, id(&review)?, &asked, Sent::default()).await?;
    desk.page(&caller, view).await
}

async fn view(
    desk: &Desk,
    caller: &Caller,
    id: Id<ids::Review>,
    asked: &Asked,
    sent: Sent,
) -> Result<ReviewPage, Failure> {
    let bad = |field: &'static str| Fault::from(BodyRefusal::Field { field });
    let paging = Paging::parse(Some(LINES), Some(&asked.cursor)).map_err(|_| bad("cursor"))?;
    let filter = match asked.state.as_str() {
        "" => LineFilter::default(),
        "open" => LineFilter { open: true, ..LineFilter::default() },
        word => {
            let state = LineState::from_word(word).ok_or_else(|| bad("state"))?;
            LineFilter { state: Some(state), ..LineFilter::default() }
        }
    };
    let page = read::read_review(&desk.app, &caller.actor, id, filter, paging).await?;
    let shown = Shown::of(desk, caller)?;
    Ok(drawn(&shown, caller, &page, asked, sent))
}

fn drawn(shown: &Shown, caller: &Caller, page: &Read, asked: &Asked, sent: Sent) -> ReviewPage {
    let review = &page.review;
    let now = shown.teller.now;
    let reviewer = |id: Option<Id<ids::Person>>| match id {
        Some(id) => page.names.get(&id.to_string()).cloned().unwrap_or_else(|| id.to_string()),
        None => shown.teller.plain("review-admins"),
    };
    let row = |name: String, figures: Figures| ProgressRow { name, bar: bar(figures) };
    let here = format!("/reviews/{}", review.id);
    let lines: Vec<ReviewLine> =
        page.lines.items.iter().map(|case| line(shown, page, case, &sent, &reviewer)).collect();
    let choice = |value: &str, label: String| Choice { value: value.to_owned(), label };
    ReviewPage {
        card: card(shown, review, page.figures, &page.mine, now),
        roles: review.roles.iter().map(|role| shown.role(role)).collect(),
        by: if review.by_cadence { String::new() } else { shown.actor(&review.started_by, &page.names) },
        lapses: review.lapses_at.micros(),
        ended: review.closed_at.map(Time::micros),
        why: review.closed_reason.clone(),
        by_reviewer: page.by_reviewer.iter().map(|(who, figures)| row(reviewer(*who), *figures)).collect(),
        by_role: page.by_role.iter().map(|(role, figures)| row(shown.role(role).name, *figures)).collect(),
        next: page.lines.next.as_deref().map(|next| address(&here, &[("state", &asked.state), ("cursor", next)])),
        first: (!asked.cursor.is_empty()).then(|| address(&here, &[("state", &asked.state)])),
        filter: asked.state.clone(),
        states: [("", "review-filter-any"), ("open", "review-filter-open")]
            .into_iter()
            .map(|(value, key)| choice(value, shown.teller.plain(key)))
            .chain(
                LineState::ALL
                    .map(|state| choice(state.word(), shown.teller.plain(&format!("status-{}", badge(state))))),
            )
            .collect(),
        may_answer: lines.iter().any(|line| line.may_answer),
        may_cancel: page.may_cancel,
        may_take: caller.actor.as_auditor().is_ok(),
        lines,
        comment: sent.comment,
        errors: sent.errors,
    }
}

/// The word of the badge that shows a line's state.
fn badge(state: LineState) -> &'static str {
    match state {
        LineState::Pending | LineState::Delegated => "waiting",
        other => other.word(),
    }
}

fn line(
    shown: &Shown,
    page: &Read,
    case: &Case,
    sent: &Sent,
    reviewer: &dyn Fn(Option<Id<ids::Person>>) -> String,
) -> ReviewLine {
    let (line, facts) = (&case.line, &case.facts);
    let certificates = facts.certificates.iter().map(|one| {
        let names: Vec<String> = one.any_of.iter().map(|id| shown.certification(id)).collect();
        ReviewCertificate { names: shown.teller.any_of(&names), until: one.met_until.map(Time::micros) }
    });
    ReviewLine {
        id: line.id.to_string(),
        grant: line.grant_id.to_string(),
        person: person(&case.person),
        role: shown.role(&line.role_id),
        state: badge(case.standing).to_owned(),
        reviewer: reviewer(line.reviewer_id),
        reason: case.reason.clone(),
        used: facts.last_used_at.map(Time::micros),
        days: facts.at.micros_since(facts.held_since).max(0) / 86_400_000_000,
        until: facts.ends_at.micros(),
        certificates: certificates.collect(),
        peers: facts.peers,
        peers_holding: facts.peers_holding,
        peers_percent: figure(facts.share().unwrap_or(0)),
        decided_by: line.decided_by.map(|by| reviewer(Some(by))).unwrap_or_default(),
        decided_at: line.decided_at.map(Time::micros),
        on_behalf_of: line.on_behalf_of.map(|of| reviewer(Some(of))).unwrap_or_default(),
        in_place_of: case.in_place_of.map(|of| reviewer(Some(of))).unwrap_or_default(),
        own: case.own,
        comment: line.comment.clone(),
        handed: case
            .delegations
            .iter()
            .map(|one| Handed {
                by: shown.actor(&one.delegated_by, &page.names),
                to: reviewer(one.to_id),
                at: one.at.micros(),
                comment: one.comment.clone(),
            })
            .collect(),
        may_answer: case.may_answer,
        may_delegate: case.may_delegate,
        chosen: sent.chosen.contains(&line.id.to_string()),
    }
}

async fn answer(caller: Caller, desk: Data<Desk>, review: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let review = id(&review)?;
    let chosen: BTreeSet<String> = form.all("line").into_iter().map(str::to_owned).collect();
    let comment = form.text("comment").to_owned();
    let verdict = Verdict::from_word(form.text("decision"));
    let lines: Result<BTreeSet<_>, Fault> = chosen.iter().map(|line| line_id(line)).collect();
    let outcome = match (verdict, lines) {
        (Some(verdict), Ok(lines)) => {
            let said = Answer { verdict, comment: comment.clone() };
            answer::answer_lines(&desk.app, &caller.actor, review, lines, said).await
        }
        (None, _) => Err(BodyRefusal::Field { field: "decision" }.into()),
        (_, Err(fault)) => Err(fault),
    };
    let back = form.text("back");
    let state = if back == "open" { "?state=open" } else { "" };
    match outcome {
        Ok(_) => Ok(see_other_with(&format!("/reviews/{review}{state}"), "notice-review-answered")),
        Err(fault) => {
            refused(&desk, &caller, review, fault, Sent { comment, chosen, errors: Vec::new() }, "comment").await
        }
    }
}

async fn hand_on(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Failure> {
    let (review, line) = path.into_inner();
    let (review, line) = (id(&review)?, line_id(&line)?);
    let (to, comment) = (form.text("to").to_owned(), form.text("comment").to_owned());
    match delegate::delegate_line(&desk.app, &caller.actor, review, line, to, comment).await {
        Ok(()) => Ok(see_other_with(&format!("/reviews/{review}#{line}"), "notice-review-delegated")),
        Err(fault) => {
            let field = format!("to-{line}");
            refused(&desk, &caller, review, fault, Sent::default(), &field).await
        }
    }
}

async fn call_off(caller: Caller, desk: Data<Desk>, review: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let review = id(&review)?;
    match cancel::cancel_review(&desk.app, &caller.actor, review, form.text("reason").to_owned()).await {
        Ok(()) => Ok(see_other_with(&format!("/reviews/{review}"), "notice-review-cancelled")),
        Err(fault) => refused(&desk, &caller, review, fault, Sent::default(), "cancel-reason").await,
    }
}

/// The review again, with what was refused and what was typed.
async fn refused(
    desk: &Desk,
    caller: &Caller,
    review: Id<ids::Review>,
    fault: Fault,
    sent: Sent,
    field: &str,
) -> Result<HttpResponse, Failure> {
    let (refused, said, status) = correctable(desk, caller, fault)?;
    let sent = Sent { errors: wrong(field, said), ..sent };
    let Ok(view) = view(desk, caller, review, &Asked::default(), sent).await else {
        return Err(Fault::Refused(refused).into());
    };
    desk.page_with(caller, status, view, None).await
}

/// The evidence as one file that needs nothing else.
async fn evidence(caller: Caller, desk: Data<Desk>, review: Path<String>) -> Result<HttpResponse, Failure> {
    let review = id(&review)?;
    let made = pack::make_pack(&desk.app, &caller.actor, review).await?;
    let page = made.paper(caller.language).map_err(Fault::from)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"review-{review}.html\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(page))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kit::render::Render;

    #[test]
    fn no_two_states_are_chosen_by_one_name() {
        let words = Render::new(None, false).unwrap().words().unwrap();
        for language in ["en", "fr", "es"] {
            let name = |state: LineState| words.plain(language, &format!("status-{}", badge(state)));
            let names: BTreeSet<String> = LineState::ALL.map(name).into_iter().collect();
            assert_eq!(names.len(), LineState::ALL.len(), "{language}: {names:?}");
        }
    }
}
