//! Roles with what each requires of the caller, requests and decisions, and grants.

use super::{
    kit::{Answer, Asked, Body, Group, Key, Pages, Query, created, get, nothing, page, post, shown, told},
    shapes::{
        GrantId, RequestId, Why,
        access::{RoleBody, UsedGrantBody},
        request::{AskBody, Decisions, RequestDetail, RequestLine, SayBody},
        thread::{CommentBody, CommentText, ManyBody, OutcomeBody, WaitingBody},
    },
};
use crate::{
    access::request::AccessRefusal,
    actions::{
        claim_grant, comment_request, decide_many, decide_request, give_back_grant, hold_grant, my_records, overview,
        read_decisions, read_waiting, request_role, revoke_grant, withdraw_request,
    },
    base::{refusal::Fault, text::Slug},
    web::kit::{caller::Caller, desk::Desk, failure::Failure, sentence},
};
use actix_web::web::{Data, Path};

pub(super) fn group() -> Group {
    let (no_request, no_grant) = (&["no-such-request"], &["no-such-grant"]);
    Group {
        name: "Access",
        about: "Roles, asking for them, deciding, and the grants that come of it.",
        endpoints: vec![
            get("/roles", roles)
                .says(
                    "List the roles",
                    "Each with every clause of its requirement, whether the caller meets it, and the shortest path.",
                )
                .lists::<RoleBody>("Every role."),
            get("/roles/{id}", role)
                .says("Show a role", "")
                .answers::<RoleBody>(200, "The role.")
                .refuses(404, &["no-such-role"]),
            post("/requests", ask)
                .says(
                    "Ask for a role",
                    "With everything in hand it is granted at once or goes to those who decide; with a certification \
                     missing it waits for that. A request that was sent back is asked anew.",
                )
                .takes::<AskBody>()
                .once()
                .creates::<RequestDetail>("The request, and where it stands.")
                .refuses(403, &["locked"])
                .refuses(404, &["no-such-role"])
                .refuses(409, &["request-open-already", "role-held-already", "no-approver"])
                .refuses(422, &["reason-needed", "reason-too-long", "bad-duration", "bad-start"]),
            get("/requests", requests)
                .says("List my requests", "The latest first.")
                .lists::<RequestLine>("The caller's requests."),
            get("/requests/{id}", request)
                .says("Show a request", "For its requester, for those who may decide, and for auditors.")
                .answers::<RequestDetail>(200, "The request, and everything needed to decide on it.")
                .refuses(404, no_request),
            post("/requests/{id}/decisions", decide)
                .says(
                    "Decide on a request",
                    "Never one's own, and once a round; in the place of somebody who is away, never one of theirs.",
                )
                .takes::<SayBody>()
                .answers::<RequestDetail>(200, "The request, and where it stands now.")
                .refuses(403, &["own-request", "not-yours-to-decide", "delegators-own-request"])
                .refuses(404, no_request)
                .refuses(409, &["request-closed", "decided-already"])
                .refuses(422, &["reason-needed", "reason-too-long", "bad-duration"]),
            post("/requests/{id}/withdrawal", withdraw)
                .says("Withdraw my request", "")
                .answers::<RequestDetail>(200, "The request, withdrawn.")
                .refuses(404, no_request)
                .refuses(409, &["request-closed"]),
            get("/requests/{id}/comments", comments)
                .says("List the comments on a request", "The oldest first; for whoever may read the request.")
                .lists::<CommentBody>("The comments.")
                .refuses(404, no_request),
            post("/requests/{id}/comments", comment)
                .says(
                    "Comment on a request",
                    "For its requester, those who may decide, and auditors; it decides nothing.",
                )
                .takes::<CommentText>()
                .answers::<CommentBody>(200, "The comment.")
                .refuses(404, no_request)
                .refuses(409, &["too-many-comments"])
                .refuses(422, &["reason-needed", "reason-too-long"]),
            get("/waiting", waiting)
                .says(
                    "List who is waiting for whom",
                    "Every open request with the people whose word is missing, the next to lapse first: all of them for admins and \
                     auditors, those for their roles for owners, and the caller's own.",
                )
                .lists::<WaitingBody>("The requests that wait."),
            post("/decisions", decide_all)
                .says(
                    "Decide on several requests",
                    "Each by itself, in their order, at most 50: one that is refused keeps none of the others back.",
                )
                .takes::<ManyBody>()
                .lists::<OutcomeBody>("What became of each.")
                .refuses(422, &["too-many-at-once"]),
            get("/decisions", decisions)
                .says("List what waits for my decision", "The oldest first; and what the caller decided lately.")
                .answers::<Decisions>(200, "The requests."),
            get("/grants", grants)
                .says("List my grants", "The newest first, ended ones too.")
                .paged()
                .lists::<UsedGrantBody>("The caller's grants."),
            post("/grants/{id}/claim", claim)
                .says(
                    "Claim my grant",
                    "Where its policy asks for that by a moment. The first token claims it as well; doing it again changes nothing.",
                )
                .done("It is claimed.")
                .refuses(404, no_grant)
                .refuses(409, &["grant-ended-already"]),
            post("/grants/{id}/return", give_back)
                .says(
                    "Give my grant back",
                    "It ends at this instant, also where it is yet to begin, or was taken by break-glass: that is judged afterwards all \
                     the same.",
                )
                .done("It has ended.")
                .refuses(403, &["grant-suspended"])
                .refuses(404, no_grant)
                .refuses(409, &["grant-ended-already"]),
            post("/grants/{id}/suspension", suspend)
                .says(
                    "Suspend a grant",
                    "For admins, and for the role's owners: it opens nothing from this instant on, nor does a grant of the same \
                     role that follows it, also one that is asked for once the clock has ended it; and they end when they would have.",
                )
                .takes::<Why>()
                .done("It is suspended.")
                .refuses(403, &["capability-missing"])
                .refuses(404, no_grant)
                .refuses(409, &["grant-ended-already", "grant-suspended-already"])
                .refuses(422, &["reason-needed", "reason-too-long"]),
            post("/grants/{id}/reactivation", reactivate)
                .says(
                    "Let a suspended grant go on",
                    "For admins, and for the role's owners; never one's own, nor that of somebody in whose place the caller decides. What \
                     was suspended with it goes on, too. What has ended meanwhile stays ended, and what else holds it back still \
                     does. Where the clock has ended it, the grant that comes after is suspended as well: that one is let go on.",
                )
                .takes::<Why>()
                .done("It goes on.")
                .refuses(403, &["capability-missing", "own-grant", "delegators-own-request"])
                .refuses(404, no_grant)
                .refuses(409, &["grant-ended-already", "grant-not-suspended"])
                .refuses(422, &["reason-needed", "reason-too-long"]),
            post("/grants/{id}/revocation", revoke)
                .says(
                    "Revoke a grant",
                    "For admins, and for the role's owners: it ends at this instant, and so does a renewal that was to follow it. \
                     One's own is not revoked while it is held back.",
                )
                .takes::<Why>()
                .done("It has ended.")
                .refuses(403, &["capability-missing", "grant-suspended"])
                .refuses(404, no_grant)
                .refuses(409, &["grant-ended-already"])
                .refuses(422, &["reason-needed"]),
        ],
    }
}

fn request_id(id: &str) -> Result<RequestId, Failure> {
    id.parse().map_err(|_| Fault::from(AccessRefusal::NoSuchRequest).into())
}

async fn roles(desk: Data<Desk>, caller: Caller) -> Answer {
    let (content, picture) = overview::my_picture(&desk.app, &caller.actor).await?;
    let standing = |role| RoleBody::of(picture.role(&content, role), &content, caller.language, picture.at);
    told(content.catalogue.roles.values().map(standing))
}

async fn role(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let (content, picture) = overview::my_picture(&desk.app, &caller.actor).await?;
    let found = id.parse::<Slug>().ok().and_then(|id| content.catalogue.roles.get(&id));
    let found = found.ok_or_else(|| Fault::from(AccessRefusal::NoSuchRole { id: id.clone() }))?;
    shown(&RoleBody::of(picture.role(&content, found), &content, caller.language, picture.at))
}

async fn detail(desk: &Desk, caller: &Caller, id: RequestId) -> Result<RequestDetail, Failure> {
    let case = read_decisions::read_request(&desk.app, &caller.actor, id).await?;
    let content = desk.app.content()?;
    Ok(RequestDetail::of(case, &content, caller.language, desk.app.now()))
}

async fn ask(desk: Data<Desk>, caller: Caller, asked: Asked, Body(sent): Body<AskBody>) -> Answer {
    let once = asked.once(&sent)?;
    let (id, _) = request_role::request_role_once(&desk.app, &caller.actor, sent.into(), once).await?;
    created(&format!("/api/v1/requests/{id}"), &detail(&desk, &caller, id).await?)
}

async fn requests(desk: Data<Desk>, caller: Caller) -> Answer {
    let asked = my_records::my_requests(&desk.app, &caller.actor).await?;
    let now = desk.app.now();
    told(asked.into_iter().map(|asked| RequestLine::of(asked, now)))
}

async fn request(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    shown(&detail(&desk, &caller, request_id(&id)?).await?)
}

async fn decide(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<SayBody>) -> Answer {
    let id = request_id(&id)?;
    decide_request::decide_request(&desk.app, &caller.actor, id, sent.into()).await?;
    shown(&detail(&desk, &caller, id).await?)
}

async fn withdraw(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let id = request_id(&id)?;
    withdraw_request::withdraw_request(&desk.app, &caller.actor, id).await?;
    shown(&detail(&desk, &caller, id).await?)
}

async fn comments(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let case = read_decisions::read_request(&desk.app, &caller.actor, request_id(&id)?).await?;
    told(case.comments.into_iter().map(CommentBody::from))
}

async fn comment(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<CommentText>) -> Answer {
    let said = comment_request::comment_request(&desk.app, &caller.actor, request_id(&id)?, sent.text).await?;
    shown(&CommentBody::from(said))
}

async fn waiting(desk: Data<Desk>, caller: Caller) -> Answer {
    let found = read_waiting::read_waiting(&desk.app, &caller.actor).await?;
    told(found.into_iter().map(WaitingBody::from))
}

async fn decide_all(desk: Data<Desk>, caller: Caller, Body(sent): Body<ManyBody>) -> Answer {
    let all = sent.items.into_iter().map(|one| (one.request, one.say.into())).collect();
    let outcomes = decide_many::decide_many(&desk.app, &caller.actor, all).await?;
    told(outcomes.into_iter().map(|(request, outcome)| match outcome {
        Ok(state) => OutcomeBody { request, state: Some(state), code: None, detail: None },
        Err(refused) => OutcomeBody {
            request,
            state: None,
            code: Some(refused.code),
            detail: Some(sentence::refusal(&desk, &caller, &refused)),
        },
    }))
}

async fn decisions(desk: Data<Desk>, caller: Caller) -> Answer {
    let (waiting, decided) = read_decisions::list_decisions(&desk.app, &caller.actor).await?;
    let (content, now) = (desk.app.content()?, desk.app.now());
    let all = |cases: Vec<read_decisions::Case>| {
        cases.into_iter().map(|case| RequestDetail::of(case, &content, caller.language, now)).collect()
    };
    shown(&Decisions { items: all(waiting), next: None, decided: all(decided) })
}

async fn grants(desk: Data<Desk>, caller: Caller, Query(pages): Query<Pages>) -> Answer {
    let listing = my_records::my_grants(&desk.app, &caller.actor, pages.paging(Key::Grant)?).await?;
    let now = desk.app.now();
    page(listing.map(|mine| UsedGrantBody::of(mine.grant, mine.effective, mine.last_used, now)))
}

fn grant_id(id: &str) -> Result<GrantId, Failure> {
    id.parse().map_err(|_| Fault::from(AccessRefusal::NoSuchGrant).into())
}

async fn claim(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    claim_grant::claim_grant(&desk.app, &caller.actor, grant_id(&id)?).await?;
    nothing()
}

async fn give_back(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    give_back_grant::give_back_grant(&desk.app, &caller.actor, grant_id(&id)?).await?;
    nothing()
}

async fn suspend(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<Why>) -> Answer {
    hold_grant::hold_grant(&desk.app, &caller.actor, grant_id(&id)?, sent.reason).await?;
    nothing()
}

async fn reactivate(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<Why>) -> Answer {
    hold_grant::let_grant_go_on(&desk.app, &caller.actor, grant_id(&id)?, sent.reason).await?;
    nothing()
}

async fn revoke(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<Why>) -> Answer {
    revoke_grant::revoke_grant(&desk.app, &caller.actor, grant_id(&id)?, sent.reason).await?;
    nothing()
}
