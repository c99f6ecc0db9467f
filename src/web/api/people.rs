//! People, for admins and auditors: inviting, looking, changing, shutting out.

use super::{
    export::{Leaving, export, narrowed},
    kit::{
        Answer, Asked, Body, Group, Key, Pages, Query, Unfit, created, csv, delete, get, nothing, page, post, put,
        shown,
    },
    shapes::{
        PersonId, SessionId, Why,
        operations::PersonFile,
        person::{InvitationBody, Invited, LinkBody, Login, MailedBody, ManagerBody, May, PersonBody, Teams},
    },
};
use crate::{
    access::request::AccessRefusal,
    actions::{
        change_person, disable_person,
        invite_person::{self, Invitation, PersonalLink},
        note_export::Whose,
        person_file, sign_out,
    },
    base::{paging::Paging, refusal::Fault, text::Slug},
    identity::person::{IdentityRefusal, State},
    mail,
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::{
    HttpRequest,
    web::{Data, Path},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

pub(super) fn group() -> Group {
    let (unknown, admins) = (&["no-such-person"], &["capability-missing"]);
    Group {
        name: "People",
        about: "For admins; auditors may read.",
        endpoints: vec![
            get("/people", list)
                .says("List people", "By name. With `Accept: text/csv` or `format=csv` every line as CSV.")
                .asks::<PeopleWanted>()
                .paged()
                .lists::<PersonBody>("The people.")
                .or_csv()
                .refuses(403, admins),
            post("/people", invite)
                .says("Invite a person", "The answer holds a link with which they choose a password, and says whether it was mailed to them: it is shown once.")
                .takes::<InvitationBody>()
                .once()
                .creates::<Invited>("The person, and the link for them.")
                .refuses(403, admins)
                .refuses(409, &["email-taken"])
                .refuses(422, &["bad-field"]),
            get("/people/{id}", file)
                .says("Show the whole file on a person", "Their learning, certificates, access, tokens, sessions and events; `limit` and `cursor` page the grants.")
                .paged()
                .answers::<PersonFile>(200, "The file.")
                .refuses(403, admins)
                .refuses(404, unknown),
            post("/people/{id}/disabling", disable)
                .says("Shut a person out", "Their sessions, grants and open requests end in the same instant.")
                .takes::<Why>()
                .done("They are shut out.")
                .refuses(403, admins)
                .refuses(404, unknown)
                .refuses(409, &["last-admin", "already-so"])
                .refuses(422, &["reason-needed"]),
            post("/people/{id}/enabling", enable)
                .says("Let a person back in", "What ended stays ended.")
                .done("They are let in.")
                .refuses(403, admins)
                .refuses(404, unknown)
                .refuses(409, &["already-so", "person-erased"]),
            post("/people/{id}/link", link)
                .says("Make a new link", "An invitation again, or a reset where they have a password. Older ones stop working.")
                .creates::<LinkBody>("The link: shown once.")
                .refuses(403, &["capability-missing", "provider-only"])
                .refuses(404, unknown)
                .refuses(409, &["already-so"]),
            put("/people/{id}/capabilities", capabilities)
                .says("Set what a person may do", "")
                .may_take::<May>()
                .done("It is set.")
                .refuses(403, admins)
                .refuses(404, unknown)
                .refuses(409, &["last-admin", "person-erased"]),
            put("/people/{id}/teams", teams)
                .says("Put a person into exactly these teams", "")
                .takes::<Teams>()
                .done("They are in them.")
                .refuses(403, admins)
                .refuses(404, unknown)
                .refuses(422, &["bad-field"]),
            put("/people/{id}/manager", manager)
                .says("Set who a person's manager is", "Null leaves them without. Roles may ask for the manager's approval.")
                .takes::<ManagerBody>()
                .done("It is set.")
                .refuses(403, admins)
                .refuses(404, unknown)
                .refuses(409, &["manager-loop", "person-erased"]),
            put("/people/{id}/logins/{warehouse}", login)
                .says("Set how a person is named in a warehouse", "")
                .takes::<Login>()
                .done("It is set.")
                .refuses(403, admins)
                .refuses(404, &["no-such-person", "no-such-warehouse"])
                .refuses(409, &["person-erased", "client-login-taken"])
                .refuses(422, &["bad-field"]),
            delete("/people/{id}/sessions/{session}", end_session)
                .says("End a session of a person", "")
                .done("It has ended.")
                .refuses(403, admins)
                .refuses(404, &["no-such-person", "no-such-session"]),
        ],
    }
}

/// Which people.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct PeopleWanted {
    /// A part of the name or of the address.
    search: Option<String>,
    /// `invited`, `active` or `disabled`.
    state: Option<String>,
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

fn parsed(id: &str) -> Result<PersonId, Failure> {
    id.parse().map_err(|_| Fault::from(IdentityRefusal::NoSuchPerson).into())
}

/// Mails a link, and shows it with what became of the mail.
async fn posted(desk: &Desk, link: PersonalLink) -> LinkBody {
    let mailed = MailedBody::from(&mail::send_link(&desk.app, &link).await);
    LinkBody {
        purpose: link.purpose,
        expires_at: link.expires_at(),
        provider: link.provider().map(str::to_owned),
        url: link.url,
        mailed,
    }
}

async fn list(desk: Data<Desk>, caller: Caller, request: HttpRequest, Query(wanted): Query<PeopleWanted>) -> Answer {
    let state = match wanted.state.as_deref() {
        None => None,
        Some(word) => {
            let unknown = || Fault::from(Unfit::field("state", "invited | active | disabled"));
            Some(State::from_word(word).ok_or_else(unknown)?)
        }
    };
    let paging = Pages { limit: wanted.limit, cursor: wanted.cursor.clone() }.paging(Key::Person)?;
    if !csv::wanted(&request, wanted.format.as_deref())? {
        let listing = person_file::list_people(&desk.app, &caller.actor, wanted.search, state, paging).await?;
        return page(listing.map(PersonBody::from));
    }
    let (app, actor, search) = (desk.app.clone(), caller.actor.clone(), wanted.search.clone());
    let narrowed = narrowed(&wanted);
    let read = async move |paging: Paging| {
        let listing = person_file::list_people(&app, &actor, search.clone(), state, paging).await?;
        Ok::<_, Failure>(listing.map(PersonBody::cells))
    };
    let leaving = Leaving { list: "people", whose: Whose::Everybody, narrowed, head: PersonBody::HEAD };
    export(&desk, &caller, leaving, paging.after, read).await
}

async fn invite(desk: Data<Desk>, caller: Caller, asked: Asked, Body(sent): Body<InvitationBody>) -> Answer {
    let once = asked.once(&sent)?;
    let invitation = Invitation {
        email: sent.email,
        name: sent.name,
        office: sent.office,
        language: sent.language,
        capabilities: sent.capabilities.into(),
        teams: sent.teams,
    };
    let (id, made) = invite_person::invite_person_once(&desk.app, &caller.actor, invitation, once).await?;
    let body = match made {
        Some(link) => {
            let person = link.person.clone().into();
            let link = posted(&desk, link).await;
            Invited { person, mailed: Some(link.mailed), link: Some(link) }
        }
        None => {
            let person = person_file::person(&desk.app, &caller.actor, id).await?;
            Invited { person: person.into(), link: None, mailed: None }
        }
    };
    created(&format!("/api/v1/people/{id}"), &body)
}

async fn file(desk: Data<Desk>, caller: Caller, id: Path<String>, Query(pages): Query<Pages>) -> Answer {
    let file = person_file::person_file(&desk.app, &caller.actor, parsed(&id)?, pages.paging(Key::Grant)?).await?;
    shown(&PersonFile::of(&desk.app, file, caller.language)?)
}

async fn disable(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<Why>) -> Answer {
    disable_person::disable_person(&desk.app, &caller.actor, parsed(&id)?, sent.reason).await?;
    nothing()
}

async fn enable(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    disable_person::enable_person(&desk.app, &caller.actor, parsed(&id)?).await?;
    nothing()
}

async fn link(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let id = parsed(&id)?;
    let link = invite_person::personal_link(&desk.app, &caller.actor, id).await?;
    created(&format!("/api/v1/people/{id}"), &posted(&desk, link).await)
}

async fn capabilities(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(may): Body<May>) -> Answer {
    change_person::change_capabilities(&desk.app, &caller.actor, parsed(&id)?, may.into()).await?;
    nothing()
}

async fn teams(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<Teams>) -> Answer {
    change_person::change_teams(&desk.app, &caller.actor, parsed(&id)?, sent.teams).await?;
    nothing()
}

async fn manager(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<ManagerBody>) -> Answer {
    let manager = sent.manager.unwrap_or_default();
    change_person::change_manager(&desk.app, &caller.actor, parsed(&id)?, manager).await?;
    nothing()
}

async fn login(desk: Data<Desk>, caller: Caller, place: Path<(String, String)>, Body(sent): Body<Login>) -> Answer {
    let unknown = || Fault::from(AccessRefusal::NoSuchWarehouse { id: place.1.clone() });
    let warehouse: Slug = place.1.parse().map_err(|_| unknown())?;
    change_person::change_login(&desk.app, &caller.actor, parsed(&place.0)?, warehouse, sent.login).await?;
    nothing()
}

async fn end_session(desk: Data<Desk>, caller: Caller, place: Path<(String, String)>) -> Answer {
    let session: SessionId = place.1.parse().map_err(|_| Fault::from(IdentityRefusal::NoSuchSession))?;
    sign_out::end_session(&desk.app, &caller.actor, parsed(&place.0)?, session).await?;
    nothing()
}
