//! `/people/{id}`: the whole file on one person, and every change an admin can make to it.

use super::{
    people::{fresh, team_ticks, ticked_capabilities},
    person_lines::{attempts, certificates, courses, grants, logins, requests, sessions, tokens},
    shown::{Shown, correctable, field_of, person, wrong},
};
use crate::{
    academy::attempt::AttemptRefusal,
    access::rows::LockKind,
    actions::{
        change_person, disable_person, invite_person,
        person_file::{self, File},
        sign_out, unlink_identity, void_attempt,
    },
    base::{
        clock::Time,
        ids::{self, Id},
        paging::Paging,
        refusal::Fault,
        text::Language,
    },
    identity::{person::IdentityRefusal, provider::ProviderRefusal},
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::Form,
        },
        views::{
            Choice, FieldError,
            people::{FreshLink, capabilities},
            person::{PersonFile, Typed},
            person_lines::FileLock,
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig, get, post},
};

/// Grants in a file; the rest stands among the holders.
const GRANTS: usize = 20;
/// Lines of the log in a file; the rest stands among the events.
const EVENTS: usize = 10;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/people/{id}", get().to(show))
        .route("/people/{id}/teams", post().to(teams))
        .route("/people/{id}/capabilities", post().to(may))
        .route("/people/{id}/manager", post().to(manager))
        .route("/people/{id}/logins", post().to(login))
        .route("/people/{id}/link", post().to(link))
        .route("/people/{id}/disable", post().to(disable))
        .route("/people/{id}/enable", post().to(enable))
        .route("/people/{id}/sessions/{session}/end", post().to(end_session))
        .route("/people/{id}/identities/{identity}/unlink", post().to(unlink))
        .route("/attempts/{id}/void", post().to(void));
}

pub(super) type Person = Id<ids::Person>;

pub(super) fn id(text: &str) -> Result<Person, Fault> {
    text.parse().map_err(|_| IdentityRefusal::NoSuchPerson.into())
}

async fn show(caller: Caller, desk: Data<Desk>, who: Path<String>) -> Result<HttpResponse, Failure> {
    let view = view(&desk, &caller, id(&who)?, |_| {}).await?;
    desk.page(&caller, view).await
}

async fn teams(caller: Caller, desk: Data<Desk>, who: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let who = id(&who)?;
    let mut teams: Vec<String> = form.all("teams").into_iter().map(str::to_owned).collect();
    teams.extend(Some(form.text("new_team").to_owned()).filter(|team| !team.is_empty()));
    let outcome = change_person::change_teams(&desk.app, &caller.actor, who, teams.clone()).await;
    done(&desk, &caller, who, outcome, "#profile", "notice-teams-saved", "new_team", move |view| {
        view.typed.new_team = form.text("new_team").to_owned();
        for tick in &mut view.teams {
            tick.on = teams.contains(&tick.value);
        }
    })
    .await
}

async fn may(caller: Caller, desk: Data<Desk>, who: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let who = id(&who)?;
    let wanted = ticked_capabilities(&form);
    let outcome = change_person::change_capabilities(&desk.app, &caller.actor, who, wanted).await;
    done(&desk, &caller, who, outcome, "#profile", "notice-capabilities-saved", "", move |view| {
        view.capabilities = capabilities(wanted.admin, wanted.auditor, wanted.author);
    })
    .await
}

async fn manager(caller: Caller, desk: Data<Desk>, who: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let who = id(&who)?;
    let typed = form.text("manager").to_owned();
    let outcome = change_person::change_manager(&desk.app, &caller.actor, who, typed.clone()).await;
    done(&desk, &caller, who, outcome, "#profile", "notice-manager-saved", "manager", move |view| {
        view.manager_typed = typed;
    })
    .await
}

async fn login(caller: Caller, desk: Data<Desk>, who: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let who = id(&who)?;
    let (warehouse, login) = (form.text("warehouse").to_owned(), form.text("login").to_owned());
    let outcome = match warehouse.parse() {
        Ok(slug) => change_person::change_login(&desk.app, &caller.actor, who, slug, login.clone()).await,
        Err(_) => Err(crate::access::request::AccessRefusal::NoSuchWarehouse { id: warehouse.clone() }.into()),
    };
    let field = format!("login-{warehouse}");
    done(&desk, &caller, who, outcome, "#profile", "notice-login-saved", &field, move |view| {
        for line in view.logins.iter_mut().filter(|line| line.warehouse == warehouse) {
            line.login.clone_from(&login);
        }
    })
    .await
}

/// The link is shown in the answer itself, this once.
async fn link(caller: Caller, desk: Data<Desk>, who: Path<String>, _: Form) -> Result<HttpResponse, Failure> {
    let who = id(&who)?;
    match invite_person::personal_link(&desk.app, &caller.actor, who).await {
        Ok(made) => {
            let link: FreshLink = fresh(&made);
            let view = view(&desk, &caller, who, move |view| view.link = Some(link)).await?;
            let notice = desk.post(&caller, &made).await;
            desk.page_with(&caller, StatusCode::OK, view, notice).await
        }
        Err(fault) => done(&desk, &caller, who, Err(fault), "", "", "", |_| {}).await,
    }
}

async fn disable(caller: Caller, desk: Data<Desk>, who: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let who = id(&who)?;
    let reason = form.text("reason").to_owned();
    let outcome = disable_person::disable_person(&desk.app, &caller.actor, who, reason.clone()).await;
    done(&desk, &caller, who, outcome, "", "notice-person-disabled", "disable-reason", move |view| {
        view.typed.disable = reason;
    })
    .await
}

async fn enable(caller: Caller, desk: Data<Desk>, who: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let who = id(&who)?;
    let outcome =
        disable_person::enable_person_because(&desk.app, &caller.actor, who, form.text("reason").to_owned()).await;
    done(&desk, &caller, who, outcome, "", "notice-person-enabled", "enable-reason", |_| {}).await
}

async fn end_session(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    _: Form,
) -> Result<HttpResponse, Failure> {
    let (who, session) = path.into_inner();
    let who = id(&who)?;
    let session = session.parse().map_err(|_| Fault::from(IdentityRefusal::NoSuchSession))?;
    let outcome = sign_out::end_session(&desk.app, &caller.actor, who, session).await;
    done(&desk, &caller, who, outcome, "#sessions", "notice-their-session-ended", "", |_| {}).await
}

async fn unlink(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Failure> {
    let (who, identity) = path.into_inner();
    let who = id(&who)?;
    let identity: Id<ids::Identity> = identity.parse().map_err(|_| Fault::from(ProviderRefusal::NoSuchIdentity))?;
    let reason = form.text("reason").to_owned();
    let outcome = unlink_identity::unlink_identity(&desk.app, &caller.actor, who, identity, reason).await;
    let field = format!("ul-{identity}");
    done(&desk, &caller, who, outcome, "#sessions", "notice-identity-unlinked", &field, |_| {}).await
}

async fn void(caller: Caller, desk: Data<Desk>, attempt: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let attempt: Id<ids::Attempt> = attempt.parse().map_err(|_| Fault::from(AttemptRefusal::NoSuchAttempt))?;
    let reason = form.text("reason").to_owned();
    let owner = person_file::owner_of_attempt(&desk.app, &caller.actor, attempt).await?;
    let outcome = void_attempt::void_attempt(&desk.app, &caller.actor, attempt, reason).await;
    let field = format!("vd-{attempt}");
    done(&desk, &caller, owner, outcome, "#attempts", "notice-attempt-voided", &field, |_| {}).await
}

/// Goes back to the file with a notice; or draws it again with what was refused, and what was typed put back.
#[expect(clippy::too_many_arguments, reason = "one way out for every form of the file")]
pub(super) async fn done(
    desk: &Desk,
    caller: &Caller,
    who: Person,
    outcome: Result<(), Fault>,
    part: &str,
    notice: &'static str,
    field: &str,
    put_back: impl FnOnce(&mut PersonFile),
) -> Result<HttpResponse, Failure> {
    match outcome {
        Ok(()) => Ok(see_other_with(&format!("/people/{who}{part}"), notice)),
        Err(fault) => {
            let (refused, said, status) = correctable(desk, caller, fault)?;
            let at = if field.is_empty() { field_of(&refused, "") } else { field };
            let errors: Vec<FieldError> = wrong(at, said);
            let drawn = view(desk, caller, who, move |view| {
                put_back(view);
                view.errors = errors;
            });
            let Ok(view) = drawn.await else { return Err(Fault::Refused(refused).into()) };
            desk.page_with(caller, status, view, None).await
        }
    }
}

async fn view(
    desk: &Desk,
    caller: &Caller,
    who: Person,
    change: impl FnOnce(&mut PersonFile),
) -> Result<PersonFile, Failure> {
    let file = person_file::person_file(&desk.app, &caller.actor, who, Paging::first(GRANTS)).await?;
    let shown = Shown::of(desk, caller)?;
    let mut view = filled(desk, &shown, caller, &file);
    change(&mut view);
    Ok(view)
}

/// Everything, every course, and every exam of a course that an accommodation can be for.
fn grant_choices(shown: &Shown) -> Vec<Choice> {
    let language = shown.teller.language;
    let mut choices = vec![Choice { value: String::new(), label: shown.teller.plain("grant-everything") }];
    for course in shown.content.curriculum.courses.values() {
        let title = course.title.get(language);
        choices.push(Choice { value: course.id.to_string(), label: title.to_owned() });
        choices.extend(course.exams().map(|quiz| Choice {
            value: format!("{}/{}", course.id, quiz.id),
            label: format!("{title} · {}", quiz.title.get(language)),
        }));
    }
    choices
}

fn filled(desk: &Desk, shown: &Shown, caller: &Caller, file: &File) -> PersonFile {
    let found = &file.person;
    let may = found.capabilities;
    let lock =
        file.picture.locks.iter().find(|lock| lock.kind == LockKind::Person && lock.subject_id == found.id.to_string());
    PersonFile {
        person: person(found),
        office: found.office.clone(),
        language: found.language.map_or("", Language::own_name).to_owned(),
        zone: found.zone.clone(),
        state: found.state.word().to_owned(),
        disabled_why: file.shut_out.as_ref().map(|(_, why)| why.clone()),
        disabled_at: file.shut_out.as_ref().map(|(at, _)| at.micros()),
        since: found.created_at.micros(),
        seen: file.seen.map(Time::micros),
        lock: lock.map(|lock| FileLock {
            id: lock.id.to_string(),
            reason: lock.reason.clone(),
            at: lock.placed_at.micros(),
            by: shown.actor(&lock.placed_by, &file.names),
        }),
        // Nothing of a pseudonym is changed.
        may_change: file.erased_at.is_none() && caller.signed().is_some_and(|signed| signed.person.capabilities.admin),
        may_take: caller.actor.as_auditor().is_ok(),
        own: caller.signed().is_some_and(|signed| signed.person.id == found.id),
        capabilities: capabilities(may.admin, may.auditor, may.author),
        in_team: !file.teams.is_empty(),
        teams: team_ticks(&file.all_teams, &file.teams),
        manager: file.manager.as_ref().map(person),
        manager_typed: file.manager.as_ref().map(|manager| manager.email.to_string()).unwrap_or_default(),
        logins: logins(shown, file),
        machines: super::super::machines::machines(&shown.content, shown.teller.language, &file.machines),
        certificates: certificates(shown, file),
        attempts: attempts(shown, file),
        courses: courses(shown, file),
        requests: requests(shown, file),
        grants: grants(shown, file),
        compares: shown.oversees,
        tokens: tokens(shown, file),
        tokens_total: u64::try_from(file.tokens_total).unwrap_or(0),
        identities: super::super::account::identities(&desk.app, &file.identities),
        sessions: sessions(file),
        events: file.events.iter().take(EVENTS).map(|line| super::event_lines::line(shown, line)).collect(),
        granted: super::super::granted::granted(
            &shown.content,
            shown.teller.language,
            &file.accommodations,
            file.picture.at,
        ),
        grant_for: grant_choices(shown),
        erased: file.erased_at.map(Time::micros),
        link: None,
        typed: Typed::default(),
        errors: Vec::new(),
    }
}
