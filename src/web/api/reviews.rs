//! Reviews of access: begun, read line by line, answered, handed on, called off, and taken away as evidence.

use super::{
    export::{Leaving, export, narrowed},
    kit::{Answer, Asked, Body, Group, Key, Pages, Query, Unfit, created, csv, get, nothing, page, post, shown},
    shapes::{
        ReviewId, ReviewLineId, Why,
        campaign::{EvidenceBody, LINE_HEAD, LineBody, ReviewBody, ReviewDetail, StartBody, line_cells},
        campaign_answers::{AnswerBody, AnsweredBody, AnswersBody, HandOverBody},
    },
};
use crate::{
    access::{
        review::{LineState, ReviewRefusal},
        rows::LineFilter,
    },
    actions::{
        note_export::Whose,
        reviews::{answer, cancel, delegate, pack, read, start},
    },
    base::{
        paging::{Listing, Paging},
        refusal::Fault,
        text::Slug,
    },
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::{
    HttpRequest,
    web::{Data, Path},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::IntoParams;

pub(super) fn group() -> Group {
    let (no_review, no_line) = (&["no-such-review"], &["no-such-review", "no-such-review-line"]);
    let answering = &["review-own-grant", "review-delegators-own", "review-not-yours"];
    Group {
        name: "Reviews",
        about: "Campaigns in which those who answer for roles keep or remove each grant. What nobody answers in time is suspended. \
                While a reviewer is away, whoever decides in their place answers instead: never about the access of either of them.",
        endpoints: vec![
            get("/reviews", list)
                .says("List the reviews", "The newest first: all of them for auditors and admins, else those in which the caller is or was asked, or answers in the place of somebody who is away.")
                .paged()
                .lists::<ReviewBody>("The reviews."),
            post("/reviews", begin)
                .says(
                    "Begin a review",
                    "For admins. The population is written down at this instant, each line goes to somebody who answers for its \
                     role (never to its holder), and they are told.",
                )
                .takes::<StartBody>()
                .once()
                .creates::<ReviewDetail>("The review.")
                .refuses(403, &["capability-missing"])
                .refuses(404, &["no-such-role"])
                .refuses(409, &["review-empty"])
                .refuses(422, &["review-too-large", "review-bad-due", "review-title-too-long"]),
            get("/reviews/{id}", one)
                .says("Show a review", "With how far each reviewer and each role is.")
                .answers::<ReviewDetail>(200, "The review.")
                .refuses(404, no_review),
            get("/reviews/{id}/lines", lines)
                .says("List the lines of a review", "With the facts beside each; whoever is no auditor or admin sees the own ones, and open ones of whoever they decide for. With `Accept: text/csv` or `format=csv`, for auditors and admins: every line at once.")
                .asks::<LinesWanted>()
                .paged()
                .lists::<LineBody>("The lines.")
                .or_csv()
                .refuses(403, &["capability-missing"])
                .refuses(404, no_review),
            post("/reviews/{id}/answers", answer_some)
                .says("Answer several lines", "All of them get the answer, or none does.")
                .takes::<AnswersBody>()
                .answers::<AnsweredBody>(200, "How many were answered.")
                .refuses(403, answering)
                .refuses(404, no_line)
                .refuses(409, &["review-line-answered", "grant-ended-already"])
                .refuses(422, &["reason-needed", "reason-too-long"]),
            post("/reviews/{id}/lines/{line}/answer", answer_one)
                .says(
                    "Answer a line",
                    "Keep the grant, or end it at this instant. An overdue one that is kept works again at once. It is said in whose \
                     place, where whoever is asked is away.",
                )
                .takes::<AnswerBody>()
                .done("It is answered.")
                .refuses(403, answering)
                .refuses(404, no_line)
                .refuses(409, &["review-line-answered", "grant-ended-already"])
                .refuses(422, &["reason-needed", "reason-too-long"]),
            post("/reviews/{id}/lines/{line}/delegation", hand_on)
                .says("Hand a line to somebody else", "For whoever is asked, or decides in their place, and for admins; never to the holder.")
                .takes::<HandOverBody>()
                .done("It is theirs.")
                .refuses(403, answering)
                .refuses(404, &["no-such-review", "no-such-review-line", "no-such-person", "several-people"])
                .refuses(409, &["review-line-answered", "review-unfit-delegate"])
                .refuses(422, &["reason-too-long"]),
            post("/reviews/{id}/cancellation", call_off)
                .says("Call a review off", "For admins, before its due date. What was answered stays answered.")
                .takes::<Why>()
                .done("It is called off.")
                .refuses(403, &["capability-missing"])
                .refuses(404, no_review)
                .refuses(409, &["review-not-open", "review-due"])
                .refuses(422, &["reason-needed", "reason-too-long"]),
            get("/reviews/{id}/evidence", evidence)
                .says(
                    "Take the evidence of a review",
                    "For auditors and admins: the population as it was, every decision with its facts, what changed, and the \
                     lines of the log with their proofs, each part with its SHA-256. That it was taken stands in the log. The page \
                     `/reviews/{id}/evidence` gives the same as one file for people.",
                )
                .answers::<EvidenceBody>(200, "The evidence.")
                .refuses(403, &["capability-missing"])
                .refuses(404, no_review),
        ],
    }
}

fn review_id(id: &str) -> Result<ReviewId, Failure> {
    id.parse().map_err(|_| Fault::from(ReviewRefusal::NoSuchReview).into())
}

fn both(path: &(String, String)) -> Result<(ReviewId, ReviewLineId), Failure> {
    let line = path.1.parse().map_err(|_| Fault::from(ReviewRefusal::NoSuchLine))?;
    Ok((review_id(&path.0)?, line))
}

async fn list(desk: Data<Desk>, caller: Caller, Query(pages): Query<Pages>) -> Answer {
    let found = read::list_reviews(&desk.app, &caller.actor, pages.paging(Key::Review)?).await?;
    page(found.map(ReviewBody::from))
}

async fn detail(desk: &Desk, caller: &Caller, id: ReviewId) -> Result<ReviewDetail, Failure> {
    let found = read::read_review(&desk.app, &caller.actor, id, LineFilter::default(), Paging::first(1)).await?;
    Ok(found.into())
}

async fn begin(desk: Data<Desk>, caller: Caller, asked: Asked, Body(sent): Body<StartBody>) -> Answer {
    let once = asked.once(&sent)?;
    let id = start::start_review(&desk.app, &caller.actor, sent.into(), once).await?;
    created(&format!("/api/v1/reviews/{id}"), &detail(&desk, &caller, id).await?)
}

async fn one(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    shown(&detail(&desk, &caller, review_id(&id)?).await?)
}

/// Which lines of a review.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct LinesWanted {
    /// `open`, `pending`, `overdue`, `kept`, `removed`, `lapsed`, `gone` or `cancelled`.
    #[param(example = "open")]
    state: Option<String>,
    /// Only this role.
    #[param(value_type = Option<String>, example = "analyst")]
    role: Option<Slug>,
    /// `json` or `csv`; takes precedence over `Accept`.
    format: Option<String>,
    /// How many lines.
    #[serde(skip_serializing)]
    #[param(ignore)]
    limit: Option<usize>,
    /// Where to go on.
    #[serde(skip_serializing)]
    #[param(ignore)]
    cursor: Option<String>,
}

async fn lines(
    desk: Data<Desk>,
    caller: Caller,
    request: HttpRequest,
    id: Path<String>,
    Query(wanted): Query<LinesWanted>,
) -> Answer {
    let id = review_id(&id)?;
    let takes = || Unfit::field("state", "open | pending | overdue | kept | removed | lapsed | gone | cancelled");
    let (state, open) = match wanted.state.as_deref() {
        None => (None, false),
        Some("open") => (None, true),
        Some(word) => (Some(LineState::from_word(word).ok_or_else(|| Fault::from(takes()))?), false),
    };
    let filter = LineFilter { state, open, role: wanted.role.clone(), ..LineFilter::default() };
    let paging = Pages { limit: wanted.limit, cursor: wanted.cursor.clone() }.paging(Key::ReviewLine)?;
    if !csv::wanted(&request, wanted.format.as_deref())? {
        let found = read::read_review(&desk.app, &caller.actor, id, filter, paging).await?;
        return page(found.lines.map(LineBody::from));
    }
    let (app, actor) = (desk.app.clone(), caller.actor.clone());
    let read = async move |paging: Paging| {
        let found = read::read_review(&app, &actor, id, filter.clone(), paging).await?;
        let Listing { items, next } = found.lines;
        Ok::<_, Failure>(Listing { items: items.into_iter().map(line_cells).collect(), next })
    };
    let leaving =
        Leaving { list: "review-lines", whose: Whose::Everybody, narrowed: narrowed(&wanted), head: LINE_HEAD };
    export(&desk, &caller, leaving, paging.after, read).await
}

async fn answer_some(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<AnswersBody>) -> Answer {
    let (lines, said) = sent.apart();
    let answered = answer::answer_lines(&desk.app, &caller.actor, review_id(&id)?, lines, said).await?;
    shown(&AnsweredBody { answered })
}

async fn answer_one(
    desk: Data<Desk>,
    caller: Caller,
    path: Path<(String, String)>,
    Body(sent): Body<AnswerBody>,
) -> Answer {
    let (review, line) = both(&path)?;
    answer::answer_lines(&desk.app, &caller.actor, review, BTreeSet::from([line]), sent.into()).await?;
    nothing()
}

async fn hand_on(
    desk: Data<Desk>,
    caller: Caller,
    path: Path<(String, String)>,
    Body(sent): Body<HandOverBody>,
) -> Answer {
    let (review, line) = both(&path)?;
    delegate::delegate_line(&desk.app, &caller.actor, review, line, sent.to, sent.comment).await?;
    nothing()
}

async fn call_off(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<Why>) -> Answer {
    cancel::cancel_review(&desk.app, &caller.actor, review_id(&id)?, sent.reason).await?;
    nothing()
}

async fn evidence(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let made = pack::make_pack(&desk.app, &caller.actor, review_id(&id)?).await?;
    let mut whole = made.json().map_err(Fault::from)?;
    let mut part = |name: &str| whole.get_mut(name).map(serde_json::Value::take).unwrap_or_default();
    shown(&EvidenceBody { manifest: part("manifest"), parts: part("parts") })
}
