//! The reader's account: language, time zone, password, sessions.

use super::{
    granted, machines, named,
    welcome::{field_error, minimum},
};
use crate::{
    actions::{
        accept_client, change_password, change_person, disconnect_client, export_records, my_account, read_decisions,
        read_machines, sign_out,
    },
    app::{App, Content},
    base::{
        clock::Time,
        refusal::{Fault, Kind},
        text::{self, Language},
    },
    identity::rows::{IdentityRow, SessionRow},
    tokens::{rows::Connected, scope::Scopes},
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::{self, Failure},
            forms::{BodyRefusal, Form},
            sentence,
        },
        views::{
            Choice, FieldError,
            account::{Account, Session, Tool},
            provider::{Identity, Linkable},
            shared::Link,
        },
    },
};
use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path, ServiceConfig, get, post},
};
use serde_json::json;
use std::collections::BTreeSet;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/account", get().to(page))
        .route("/account/preferences", post().to(preferences))
        .route("/account/password", post().to(password))
        .route("/account/export", post().to(export))
        .route("/account/tools/{id}/disconnect", post().to(disconnect))
        .route("/account/services/{id}/accept", post().to(accept))
        .route("/account/services/{id}/decline", post().to(decline))
        .route("/account/sessions/end-others", post().to(end_others))
        .route("/account/sessions/{session}/end", post().to(end));
}

/// Zones beyond Europe that the list offers; any other of the IANA database is kept where somebody has chosen it.
const FARTHER: [&str; 20] = [
    "UTC",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "America/Bogota",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Toronto",
    "Asia/Dubai",
    "Asia/Hong_Kong",
    "Asia/Kolkata",
    "Asia/Seoul",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Atlantic/Canary",
    "Australia/Sydney",
];

async fn page(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    shown(&desk, &caller, StatusCode::OK, Vec::new()).await
}

async fn shown(
    desk: &Desk,
    caller: &Caller,
    status: StatusCode,
    errors: Vec<FieldError>,
) -> Result<HttpResponse, Failure> {
    let signed = caller.actor.signed()?;
    let mine = my_account::my_account(&desk.app, &caller.actor).await?;
    let decides = read_decisions::waiting(&desk.app, &caller.actor).await?.decides;
    let person = &signed.person;
    let may = person.capabilities;
    let rights =
        [("learn", true), ("decide", decides), ("author", may.author), ("admin", may.admin), ("audit", may.auditor)];
    let mut langs = vec![Choice { value: String::new(), label: sentence::plain(desk, caller, "account-lang-browser") }];
    langs.extend(Language::ALL.map(|l| Choice { value: l.tag().to_owned(), label: l.own_name().to_owned() }));
    let mut sessions = mine.sessions.iter().map(|row| session(desk, caller, row, row.id == signed.session));
    let mut sessions: Vec<Session> = sessions.by_ref().collect::<Result<_, _>>()?;
    sessions.sort_by_key(|session| (!session.current, std::cmp::Reverse(session.seen)));
    let view = Account {
        name: person.name.clone(),
        email: person.email.to_string(),
        since: person.created_at.micros(),
        teams: mine.teams.clone(),
        rights: rights.into_iter().filter(|(_, has)| *has).map(|(right, _)| right.to_owned()).collect(),
        lang: person.language.map(|language| language.tag().to_owned()).unwrap_or_default(),
        langs,
        zone: person.zone.clone(),
        zones: zones(&person.zone),
        has_password: mine.has_password,
        minimum: minimum(),
        sessions,
        identities: identities(&desk.app, &mine.identities),
        linkable: linkable(desk, &mine),
        tools: tools(caller, &*desk.app.content()?, &disconnect_client::my_tools(&desk.app, &caller.actor).await?),
        machines: machines::machines(
            &*desk.app.content()?,
            caller.language,
            &read_machines::my_machines(&desk.app, &caller.actor).await?,
        ),
        granted: granted::granted(&*desk.app.content()?, caller.language, &mine.accommodations, desk.app.now()),
        may_change: false,
        team_links: team_links(&mine.teams, &mine.leads),
        errors,
    };
    desk.page_with(caller, status, view, None).await
}

/// How somebody is known at providers, by what stands on their buttons.
pub(super) fn identities(app: &App, rows: &[IdentityRow]) -> Vec<Identity> {
    let name = |id: &str| app.providers.get(id).map_or_else(|_| id.to_owned(), |known| known.provider.name.clone());
    let shown = |row: &IdentityRow| Identity {
        id: row.id.to_string(),
        name: name(&row.provider_id),
        subject: row.subject.clone(),
        since: row.linked_at.micros(),
        used: row.used_at.map(Time::micros),
    };
    rows.iter().map(shown).collect()
}

/// The providers that an account with a password can be linked with.
fn linkable(desk: &Desk, mine: &my_account::Mine) -> Vec<Linkable> {
    let providers = desk.app.providers.all().map(|known| &known.provider).filter(|_| mine.has_password);
    let new = providers.filter(|own| mine.identities.iter().all(|identity| identity.issuer != own.issuer));
    new.map(|own| Linkable { id: own.id.to_string(), name: own.name.clone() }).collect()
}

/// The tools that the reader connected, each once with everything that it may do.
fn tools(caller: &Caller, content: &Content, lines: &[Connected]) -> Vec<Tool> {
    let mut tools: Vec<Tool> = Vec::new();
    for line in lines {
        let known = Scopes::read(&line.scope).ok().and_then(|scopes| scopes.role);
        let role = known.map(|word| {
            let spelt = Scopes::read(&word).ok();
            let found = spelt.and_then(|scopes| scopes.resolve(&content.catalogue, "", None).ok().flatten());
            found.map_or(word, |(role, _)| role.title.get(caller.language).to_owned())
        });
        match tools.iter_mut().find(|tool| tool.id == line.client_id) {
            Some(tool) => {
                tool.since = tool.since.min(line.given_at.micros());
                tool.roles.extend(role.filter(|role| !tool.roles.contains(role)));
            }
            None => tools.push(Tool {
                id: line.client_id.clone(),
                name: line.name.clone(),
                since: line.given_at.micros(),
                used: line.used_at.map(Time::micros),
                roles: role.into_iter().collect(),
            }),
        }
    }
    tools
}

async fn disconnect(caller: Caller, desk: Data<Desk>, id: Path<String>, _form: Form) -> Result<HttpResponse, Failure> {
    disconnect_client::disconnect_client(&desk.app, &caller.actor, id.into_inner()).await?;
    Ok(see_other_with("/account", "notice-tool-disconnected"))
}

async fn accept(caller: Caller, desk: Data<Desk>, id: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let roles = form.all("role").into_iter().map(str::parse).collect::<Result<Vec<_>, _>>();
    let shown = accept_client::Shown {
        roles: Some(roles.map_err(|_| Fault::from(BodyRefusal::Field { field: "role" }))?),
        exchanges: Some(form.all("exchange").into_iter().map(str::to_owned).collect()),
    };
    accept_client::accept_client(&desk.app, &caller.actor, id.into_inner(), shown).await?;
    Ok(see_other_with("/account#services", "notice-client-accepted"))
}

async fn decline(caller: Caller, desk: Data<Desk>, id: Path<String>, _form: Form) -> Result<HttpResponse, Failure> {
    accept_client::decline_client(&desk.app, &caller.actor, id.into_inner()).await?;
    Ok(see_other_with("/account#services", "notice-client-declined"))
}

fn team_links(teams: &[String], leads: &[String]) -> Vec<Link> {
    let all: BTreeSet<&String> = teams.iter().chain(leads).collect();
    all.into_iter().map(|team| Link::new(text::label(team), format!("/teams/{team}"))).collect()
}

/// Everything that is held about the reader, as a file.
async fn export(caller: Caller, desk: Data<Desk>, _form: Form) -> Result<HttpResponse, Failure> {
    let document = export_records::export_me(&desk.app, &caller.actor).await?;
    let name = "attachment; filename=\"habilis-records.json\"";
    Ok(HttpResponse::Ok().insert_header((header::CONTENT_DISPOSITION, name)).json(document))
}

/// Europe's zones, some of the rest of the world, and the reader's own.
fn zones(own: &str) -> Vec<Choice> {
    let known = jiff::tz::db().available().map(|name| name.to_string());
    let mut names: BTreeSet<String> = known.filter(|name| name.starts_with("Europe/")).collect();
    names.extend(FARTHER.map(str::to_owned));
    names.insert(own.to_owned());
    names.into_iter().map(|name| Choice { label: name.replace('_', " "), value: name }).collect()
}

fn session(desk: &Desk, caller: &Caller, row: &SessionRow, current: bool) -> Result<Session, Failure> {
    let device = match device(&row.agent) {
        (Some(browser), Some(system)) => {
            desk.say(caller, "device-on", &[("browser", json!(browser)), ("system", json!(system))])?
        }
        (Some(program), None) => program,
        (None, _) => sentence::plain(desk, caller, "device-unknown"),
    };
    Ok(Session {
        id: row.id.to_string(),
        device,
        address: row.address.clone(),
        since: row.created_at.micros(),
        seen: row.seen_at.micros(),
        current,
    })
}

/// The program and the system that a `User-Agent` names (RFC 9110, section 10.1.5), as far as people know them.
fn device(agent: &str) -> (Option<String>, Option<&'static str>) {
    let first =
        |known: &[(&str, &'static str)]| known.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let Some(browser) = browser else {
        let program = agent.split(['/', ' ']).next().filter(|program| !program.is_empty());
        return (program.map(|program| program.chars().take(40).collect()), None);
    };
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    (Some(browser.to_owned()), system)
}

/// The page again, with what is wrong; any other fault goes its own way.
pub(super) async fn again(desk: &Desk, caller: &Caller, fault: Fault, field: &str) -> Result<HttpResponse, Failure> {
    match fault {
        Fault::Refused(refused)
            if matches!(refused.kind, Kind::Invalid | Kind::TooMany) || refused.code == "wrong-password" =>
        {
            let own = field == "password" && matches!(refused.code, "wrong-password" | "sign-in-throttled");
            let field = if own { "current" } else { field };
            let errors = vec![field_error(desk, caller, &refused, field)];
            shown(desk, caller, failure::status(&Fault::Refused(refused)), errors).await
        }
        other => Err(other.into()),
    }
}

async fn preferences(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    let language = Language::from_tag(form.text("lang"));
    match change_person::change_preferences(&desk.app, &caller.actor, language, form.text("zone").to_owned()).await {
        Ok(()) => Ok(see_other_with("/account", "notice-preferences-saved")),
        Err(fault) => again(&desk, &caller, fault, "zone").await,
    }
}

async fn password(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    let (current, new) = (form.raw("current").to_owned(), form.raw("password").to_owned());
    match change_password::change_password(&desk.app, &caller.actor, current, new).await {
        Ok(()) => Ok(see_other_with("/account", "notice-password-changed")),
        Err(fault) => again(&desk, &caller, fault, "password").await,
    }
}

async fn end(caller: Caller, desk: Data<Desk>, path: Path<String>, _form: Form) -> Result<HttpResponse, Failure> {
    let owner = caller.actor.signed()?.person.id;
    sign_out::end_session(&desk.app, &caller.actor, owner, named(&path)?).await?;
    Ok(see_other_with("/account", "notice-session-ended"))
}

async fn end_others(caller: Caller, desk: Data<Desk>, _form: Form) -> Result<HttpResponse, Failure> {
    sign_out::end_other_sessions(&desk.app, &caller.actor).await?;
    Ok(see_other_with("/account", "notice-sessions-ended"))
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn devices_are_told_as_people_know_them() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(device(firefox), (Some("Firefox".into()), Some("Linux")));
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1";
        assert_eq!(device(safari), (Some("Safari".into()), Some("iPhone")));
        assert_eq!(device("habilis/0.1"), (Some("habilis".into()), None));
        assert_eq!(device(""), (None, None));
    }
}
