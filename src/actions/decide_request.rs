//! Deciding on somebody's request: never one's own, and each approver once a round.

use super::{About, act, seats, settle_access, tell_access};
use crate::{
    access::{
        request::{AccessRefusal, Decision, State, Verdict},
        rows,
    },
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
        span::Span,
    },
    certification::{certificate::CertificateRefusal, notice::NoticeKind},
    db::lifecycle::{self, Entity, Step},
    identity::{self, actor::Actor},
};
use serde_json::json;

/// What an approver says.
#[derive(Clone, Debug)]
pub struct Say {
    pub verdict: Verdict,
    /// Needed to reject and to send back.
    pub comment: String,
    /// The longest grant this approver allows.
    pub cap: Option<Span>,
    /// In whose place; none means one's own, or, where one has none, that of whoever is away.
    pub on_behalf_of: Option<Id<ids::Person>>,
}

impl Say {
    /// Says it on one's own place.
    #[must_use]
    pub fn new(verdict: Verdict, comment: impl Into<String>) -> Self {
        Self { verdict, comment: comment.into(), cap: None, on_behalf_of: None }
    }
}

/// Decides on a request as the signed-in person; returns where it stands then.
///
/// # Errors
/// It is one's own, not this person's to decide, closed, decided already, a comment is missing, or the database is away.
pub async fn decide_request(app: &App, actor: &Actor, request: Id<ids::Request>, say: Say) -> Result<State, Fault> {
    let content = app.content()?;
    let who = actor.signed()?.person.clone();
    act(app, actor, "decide_request", About::nothing().subject(request), move |w, by| {
        let found = rows::request(w, request)?.ok_or(AccessRefusal::NoSuchRequest)?;
        if found.person_id == who.id {
            return Err(AccessRefusal::OwnRequest.into());
        }
        identity::rows::hold(w, found.person_id, true)?;
        rows::hold_request(w, request)?;
        let found = rows::request(w, request)?.ok_or(AccessRefusal::NoSuchRequest)?;
        let policy = rows::policy(w, &found.policy_id)?;
        let clauses = seats::approvers(w, &content.catalogue, &policy, &found)?;
        let decisions = rows::decisions(w, request)?;
        let places = seats::places(w, &clauses, &found, &decisions, who.id)?;
        let now = w.now();
        let standing = found.standing_at(now);
        // Whoever has no say hears that first; whoever has said all they may hears first whether there is anything left to say.
        if standing != State::InReview && !matches!(places, Err(AccessRefusal::NotYours | AccessRefusal::DelegatorsOwn))
        {
            return Err(AccessRefusal::RequestClosed { state: standing.word() }.into());
        }
        let places = places?;
        let place = match say.on_behalf_of {
            None => places.first().copied().flatten(),
            Some(of) => {
                let wanted = (of != who.id).then_some(of);
                if !places.contains(&wanted) {
                    return Err(AccessRefusal::NotYours.into());
                }
                wanted
            }
        };
        let comment = say.comment.trim();
        if comment.is_empty() && say.verdict != Verdict::Approve {
            return Err(CertificateRefusal::ReasonNeeded.into());
        }
        AccessRefusal::check_reason(comment)?;
        let cap_micros = say.cap.as_ref().map(Span::approximate_micros).filter(|_| say.verdict == Verdict::Approve);
        let most = policy.max_duration.approximate_micros();
        if cap_micros.is_some_and(|cap| cap < 60_000_000 || cap > most) {
            return Err(AccessRefusal::BadDuration { most: most / 1_000_000 }.into());
        }
        let round = seats::present_round(&decisions);
        let decision = Decision {
            id: Id::new(now),
            person_id: who.id,
            person_name: who.name.clone(),
            on_behalf_of: place,
            on_behalf_name: None,
            decision: say.verdict,
            comment: comment.to_owned(),
            cap_micros,
            at: now,
            round,
        };
        if !rows::insert_decision(w, request, &decision)? {
            return Err(AccessRefusal::DecidedAlready.into());
        }
        let entry = |what| Entry::new(what).person(found.person_id).role(&found.role_id).subject(request);
        audit::rows::append(
            w,
            by,
            entry(What::RequestDecided)
                .data(json!({
                    "decision": say.verdict, "cap_seconds": cap_micros.map(|c| c / 1_000_000), "round": round,
                    "on_behalf_of": place,
                }))
                .texts(json!({ "comment": comment })),
        )?;
        let (to, what) = match say.verdict {
            Verdict::Approve => {
                let state = settle_access::consider(w, by, &content, &found, &policy)?;
                if state == State::Lapsed {
                    return Err(AccessRefusal::RequestClosed { state: state.word() }.into());
                }
                return Ok(state);
            }
            Verdict::Reject => (State::Rejected, What::RequestRejected),
            Verdict::Return => (State::Returned, What::RequestReturned),
        };
        let step = Step { from: "in_review", to: to.word(), actor: &by.actor, reason: "" };
        if !lifecycle::advance_for(w, Entity::Request, &request.to_string(), step, comment)? {
            return Err(AccessRefusal::RequestClosed { state: found.state.word() }.into());
        }
        if to == State::Rejected {
            rows::close_request(w, request)?;
        } else {
            rows::set_lapse(w, request, now.plus(&policy.undecided_for))?;
        }
        audit::rows::append(w, by, entry(what).texts(json!({ "comment": comment })))?;
        let kind = if to == State::Rejected { NoticeKind::RequestRejected } else { NoticeKind::RequestReturned };
        tell_access::came_of_it(w, by, &found, kind)?;
        Ok(to)
    })
    .await
}
