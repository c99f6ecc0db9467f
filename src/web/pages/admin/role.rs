//! `/access/{role}`: one role, and the reader's way to it: the request, the grant, the token.

use super::{
    access::status,
    shown::{Shown, correctable, durations, field_of, figure, hours, product, request_state, sensitivity, wrong},
};
use crate::{
    access::{
        catalogue::BOUND,
        grant::{Grant, State as GrantState},
        hours::open_until,
        request::{AccessRefusal, State},
    },
    actions::{
        claim_grant, disconnect_client, give_back_grant,
        overview::RoleStatus,
        read_decisions,
        read_role::{self, RoleFile},
        request_role::{self, Ask},
    },
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        span::Span,
        text::Slug,
    },
    certification::requirement::met_until,
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::Form,
            instants,
        },
        views::{
            FieldError,
            role::{AccessRole, Dataset, PolicyVersion, RequestForm, RoleGrant, RoleRequest, RoleUsage},
            shared::Link,
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
        .route("/access/{role}", get().to(show))
        .route("/access/{role}/request", post().to(ask))
        .route("/grants/{grant}/claim", post().to(claim))
        .route("/grants/{grant}/return", post().to(give_back));
}

/// A role's slug from an address.
pub(super) fn slug(text: &str) -> Result<Slug, Fault> {
    text.parse().map_err(|_| AccessRefusal::NoSuchRole { id: text.to_owned() }.into())
}

/// What was typed into the form.
#[derive(Default)]
struct Typed {
    reason: Option<String>,
    duration: Option<String>,
    starts: Option<String>,
}

async fn show(caller: Caller, desk: Data<Desk>, role: Path<String>) -> Result<HttpResponse, Failure> {
    let role = slug(&role)?;
    let file = read_role::read_role(&desk.app, &caller.actor, role.clone()).await?;
    let mut view = view(&desk, &caller, &file, &Typed::default(), Vec::new())?;
    let tools = disconnect_client::waiting_tools(&desk.app, &caller.actor, role).await?;
    view.tools = tools.into_iter().map(|tool| Link::new(tool.name, format!("/authorize?{}", tool.query))).collect();
    desk.page(&caller, view).await
}

async fn ask(caller: Caller, desk: Data<Desk>, role: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let role = slug(&role)?;
    let text = |name: &str| Some(form.text(name).to_owned());
    let typed = Typed { reason: text("reason"), duration: text("duration"), starts: text("starts") };
    let given = form.text("duration");
    let duration = if given.is_empty() { Ok(None) } else { given.parse::<Span>().map(Some) };
    let starts = instants::typed(form.text("starts"), &caller.zone);
    let outcome = match (duration, starts) {
        (Ok(duration), Ok(starts_at)) => {
            let ask = Ask { role: role.clone(), reason: form.text("reason").to_owned(), duration, starts_at };
            request_role::request_role(&desk.app, &caller.actor, ask).await
        }
        (_, Err(_)) => Err(AccessRefusal::BadStart { days: request_role::FARTHEST_DAYS }.into()),
        (Err(_), _) => {
            let content = desk.app.content()?;
            let most = content.catalogue.roles.get(&role).map_or(0, |role| role.max_duration.approximate_seconds());
            Err(AccessRefusal::BadDuration { most }.into())
        }
    };
    match outcome {
        Ok((request, state)) => {
            let opens = state == State::Approved && opens_now(&desk, &caller, request).await;
            let notice = match state {
                State::Approved if opens => "notice-role-granted",
                State::Approved => "notice-role-granted-later",
                State::Blocked => "notice-request-blocked",
                State::Lapsed => "notice-request-lapsed",
                _ => "notice-request-sent",
            };
            Ok(see_other_with(&format!("/access/{role}"), notice))
        }
        Err(fault) => {
            let (refused, said, code) = correctable(&desk, &caller, fault)?;
            let at = match refused.code {
                "reason-needed" | "reason-too-long" => "reason",
                "bad-duration" => "duration",
                "bad-start" => "starts",
                _ => field_of(&refused, ""),
            };
            let errors = wrong(at, said);
            let Ok(file) = read_role::read_role(&desk.app, &caller.actor, role).await else {
                return Err(Fault::Refused(refused).into());
            };
            desk.page_with(&caller, code, view(&desk, &caller, &file, &typed, errors)?, None).await
        }
    }
}

/// Whether what came of a request opens the role from the moment on at which it was given: not where it begins later, is held
/// back, or waits for the hours of the role.
async fn opens_now(desk: &Desk, caller: &Caller, request: Id<ids::Request>) -> bool {
    let Ok(case) = read_decisions::read_request(&desk.app, &caller.actor, request).await else { return false };
    case.grant.is_some_and(|grant| {
        grant.state == GrantState::Active && open_until(&case.policy.hours, grant.starts_at).is_some()
    })
}

fn grant_id(text: &str) -> Result<Id<ids::Grant>, Fault> {
    text.parse().map_err(|_| AccessRefusal::NoSuchGrant.into())
}

async fn claim(caller: Caller, desk: Data<Desk>, grant: Path<String>, _: Form) -> Result<HttpResponse, Failure> {
    let role = claim_grant::claim_grant(&desk.app, &caller.actor, grant_id(&grant)?).await?;
    Ok(see_other_with(&format!("/access/{role}"), "notice-grant-claimed"))
}

async fn give_back(caller: Caller, desk: Data<Desk>, grant: Path<String>, _: Form) -> Result<HttpResponse, Failure> {
    let role = give_back_grant::give_back_grant(&desk.app, &caller.actor, grant_id(&grant)?).await?;
    Ok(see_other_with(&format!("/access/{role}"), "notice-grant-given-back"))
}

fn view(
    desk: &Desk,
    caller: &Caller,
    file: &RoleFile,
    typed: &Typed,
    errors: Vec<FieldError>,
) -> Result<AccessRole, Failure> {
    let shown = Shown::of(desk, caller)?;
    let (standing, picture) = (&file.standing, &file.picture);
    let role = &standing.role;
    let warehouse = shown
        .content
        .catalogue
        .warehouses
        .get(&role.warehouse)
        .ok_or_else(|| Fault::from(Broken::defect("the role's warehouse left the catalogue")))?;
    let language = caller.language;
    let may_read = caller.signed().is_some_and(|signed| {
        let may = signed.person.capabilities;
        may.admin || may.auditor || role.is_owned_by(&signed.person.email)
    });
    Ok(AccessRole {
        id: role.id.to_string(),
        name: role.name.clone(),
        title: role.title.get(language).to_owned(),
        description: role.description.get(language).to_owned(),
        warehouse: warehouse.title.get(language).to_owned(),
        kind: product(warehouse.kind).to_owned(),
        sensitivity: sensitivity(role.sensitivity).to_owned(),
        data: role.data.iter().map(|d| Dataset { name: d.dataset.clone(), golden: d.golden }).collect(),
        owner: role.owner.team.clone(),
        owners: role
            .owner
            .people
            .iter()
            .map(|email| file.names.get(email).cloned().unwrap_or_else(|| email.to_string()))
            .collect(),
        freshness: role.freshness.as_ref().map_or(0, Span::approximate_seconds),
        channel: role.incidents.channel.clone().unwrap_or_default(),
        contact: role.incidents.contact.as_ref().map(ToString::to_string).unwrap_or_default(),
        requirements: shown.requirements(&standing.clauses, &picture.certificates, Some(picture), picture.at),
        all_met: met_until(&standing.clauses).is_some(),
        approval: shown.clauses(&role.approval, &file.names, &[]),
        max_duration: role.max_duration.approximate_seconds(),
        token_lifetime: role.token_lifetime.approximate_seconds(),
        hours: hours(&shown.teller, &role.hours),
        claim_by: role.claim_by.as_ref().map(Span::approximate_seconds),
        review_every: role.review_every.as_ref().map(Span::approximate_seconds),
        end_unused_after: role.end_unused_after.as_ref().map(Span::approximate_seconds),
        by_rule: BOUND.into_iter().map(|field| (field, role.by_rule.contains(field))).collect(),
        usage: file.usage.map(|usage| RoleUsage {
            held: figure(usage.held),
            unused: figure(usage.unused),
            days: read_role::UNUSED_DAYS,
            last: usage.last.map(crate::base::clock::Time::micros),
        }),
        status: status(&shown, picture, standing),
        halted: halted(&shown, file),
        grant: standing.grant.as_ref().map(|grant| held(&shown, file, grant)),
        next_grant: file
            .next_grant
            .as_ref()
            .map(|grant| RoleGrant { state: "scheduled".into(), ..held(&shown, file, grant) }),
        request: asked(&shown, file),
        form: form(&shown, file, typed),
        tools: Vec::new(),
        may_read,
        versions: file
            .versions
            .iter()
            .take(if may_read { 20 } else { 0 })
            .map(|one| PolicyVersion {
                id: one.version.id.chars().take(12).collect(),
                from: one.version.from.micros(),
                until: one.version.until.map(crate::base::clock::Time::micros),
                fields: super::policies::fields(&one.changes),
            })
            .collect(),
        errors,
    })
}

/// Why it is locked or suspended.
fn halted(shown: &Shown, file: &RoleFile) -> Option<String> {
    let standing = &file.standing;
    match standing.status {
        RoleStatus::Locked => standing.locks.first().map(|lock| lock.reason.clone()),
        RoleStatus::Closed => {
            let from = standing.grant.as_ref().and_then(|grant| file.picture.shut.get(&grant.id))?;
            Some(shown.teller.say("role-closed-why", &[("at", shown.teller.not_before(*from).into())]))
        }
        RoleStatus::Suspended if standing.held_back.is_some() => {
            let cause = standing.held_back.map_or("", |cause| cause.word());
            Some(shown.teller.say("role-suspended-by", &[("cause", cause.into())]))
        }
        RoleStatus::Suspended => {
            let missing: Vec<String> = standing
                .clauses
                .iter()
                .filter(|clause| clause.met_by.is_none())
                .map(|clause| {
                    let names: Vec<String> =
                        clause.any_of.iter().map(|id| shown.teller.quoted(&shown.certification(id))).collect();
                    shown.teller.any_of(&names)
                })
                .collect();
            Some(shown.teller.say("role-suspended-why", &[("names", shown.teller.all_of(&missing).into())]))
        }
        _ => None,
    }
}

fn held(shown: &Shown, file: &RoleFile, grant: &Grant) -> RoleGrant {
    let standing = &file.standing;
    let usable = standing.status == RoleStatus::Effective;
    let met = met_until(&standing.clauses).filter(|met| *met < grant.ends_at);
    let renewable = grant.renewable_from();
    RoleGrant {
        id: grant.id.to_string(),
        state: match standing.status {
            RoleStatus::Effective => status(shown, &file.picture, standing),
            RoleStatus::Locked => "locked".to_owned(),
            RoleStatus::Closed => "closed".to_owned(),
            _ if file.picture.at < grant.starts_at => "scheduled".to_owned(),
            _ => "suspended".to_owned(),
        },
        from: grant.starts_at.micros(),
        until: met.unwrap_or(grant.ends_at).micros(),
        certified_until: met.map(crate::base::clock::Time::micros),
        renew_from: Some(renewable.micros()),
        claim_by: grant.unclaimed_until().map(crate::base::clock::Time::micros),
        login: file.login.clone(),
        usable,
        tokens: figure(file.minting.n),
        machine_tokens: figure(file.minting.machines),
        last_token: file.minting.latest.map(crate::base::clock::Time::micros),
    }
}

fn asked(shown: &Shown, file: &RoleFile) -> Option<RoleRequest> {
    let request = file.standing.request.as_ref()?;
    Some(RoleRequest {
        id: request.id.to_string(),
        state: request_state(request.state),
        since: request.submitted_at.micros(),
        lapses: request.lapses_at.micros(),
        reason: request.reason.clone(),
        duration: request.wanted_micros / 1_000_000,
        clauses: shown.clauses(&file.standing.role.approval, &file.names, &file.progress),
        comment: file.question().filter(|_| request.state == State::Returned).map(|said| said.comment.clone()),
    })
}

/// The form to ask, where it makes sense to show one.
fn form(shown: &Shown, file: &RoleFile, typed: &Typed) -> Option<RequestForm> {
    let standing = &file.standing;
    let role = &standing.role;
    let returned = standing.request.as_ref().filter(|request| request.state == State::Returned);
    let renewable = standing.grant.as_ref().map(Grant::renewable_from);
    let (kind, closed_why) = match standing.status {
        RoleStatus::Waiting | RoleStatus::Blocked | RoleStatus::Scheduled => return None,
        RoleStatus::Returned => ("again", None),
        RoleStatus::Locked => ("new", Some(shown.teller.plain("ask-closed-locked"))),
        _ if returned.is_some() => ("again", None),
        _ if standing.request.is_some() || file.next_grant.is_some() => return None,
        RoleStatus::Effective | RoleStatus::Suspended | RoleStatus::Closed => {
            let from = renewable.filter(|from| file.picture.at < *from);
            let why = from.map(|from| shown.teller.say("ask-closed-early", &[("day", shown.teller.day(from).into())]));
            ("renew", why)
        }
        RoleStatus::Requestable | RoleStatus::Missing => ("new", None),
    };
    let before = returned.map(|request| format!("P{}D", request.wanted_micros / 86_400_000_000));
    let chosen = typed.duration.clone().or(before);
    let contact = role.incidents.contact.as_ref().filter(|_| standing.status == RoleStatus::Locked);
    Some(RequestForm {
        kind: kind.to_owned(),
        open: closed_why.is_none(),
        closed_link: contact.map(|contact| {
            let whom = role.incidents.channel.clone().unwrap_or_else(|| contact.to_string());
            let title = shown.teller.say("ask-closed-whom", &[("whom", whom.into())]);
            Link::new(title, format!("mailto:{contact}"))
        }),
        closed_why,
        reason_required: role.reason_required,
        reason: typed.reason.clone().or_else(|| returned.map(|request| request.reason.clone())).unwrap_or_default(),
        durations: durations(&role.max_duration, chosen.as_deref(), true),
        starts: typed.starts.clone().unwrap_or_default(),
    })
}
