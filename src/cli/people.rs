//! `habilis people`: add, list, disable, enable, and links for passwords.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Shape, Table},
};
use crate::{
    actions::{
        accommodate::{self, Granting},
        change_person, disable_person, erase_person,
        invite_person::{self, Invitation, PersonalLink, WayIn},
        least::{losses, peers},
        person_file,
    },
    base::{
        clock::Time,
        ids::{self, Id},
        paging::{MOST, Paging},
        text::{Email, Language, Slug},
    },
    identity::person::{Capabilities, IdentityRefusal, Person, State},
    mail::{self, Mailed},
};
use clap::{Subcommand, ValueEnum};
use serde_json::json;

/// People and their accounts
#[derive(Debug, Subcommand)]
pub(super) enum People {
    /// Add a person; prints the link with which they choose a password, and mails it where mail is set up
    #[command(visible_alias = "invite")]
    Add {
        email: String,
        /// Their name; without it, what stands before the @
        #[arg(long)]
        name: Option<String>,
        #[arg(long, default_value = "")]
        office: String,
        /// The language of the interface for them
        #[arg(long)]
        language: Option<Tongue>,
        /// A team they are in; may be given several times
        #[arg(long = "team", value_name = "TEAM")]
        teams: Vec<String>,
        /// May change people, locks, keys and content
        #[arg(long)]
        admin: bool,
        /// May read everything
        #[arg(long)]
        auditor: bool,
        /// May see content reports
        #[arg(long)]
        author: bool,
        #[arg(long, value_enum, default_value = "table")]
        format: Shape,
    },
    /// List people by name
    List {
        /// A part of the name or address
        #[arg(long)]
        search: Option<String>,
        /// invited, active or disabled
        #[arg(long, value_parser = state)]
        state: Option<State>,
        #[arg(long, default_value_t = 200)]
        limit: usize,
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Set who a person's manager is, for roles that ask the manager
    Manager {
        /// E-mail address or id
        person: String,
        /// E-mail address or id of the manager; without it, they have none
        manager: Option<String>,
    },
    /// Compare what a person holds with what the others in their teams do
    Peers {
        /// E-mail address or id
        person: String,
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// What a person would lose without some roles, or with a team; nothing is changed
    Losses {
        /// E-mail address or id
        person: String,
        /// A role to drop; may be given several times
        #[arg(long)]
        role: Vec<Slug>,
        /// A team to leave
        #[arg(long)]
        team: Option<String>,
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Shut a person out: sessions, grants and requests end
    Disable {
        /// E-mail address or id
        person: String,
        #[arg(long)]
        reason: String,
    },
    /// Let a person back in; what ended stays ended
    Enable {
        /// E-mail address or id
        person: String,
    },
    /// Grant a person more time or more attempts in exams
    Accommodate {
        /// E-mail address or id
        person: String,
        /// One course; every course without it
        #[arg(long)]
        course: Option<Slug>,
        /// One exam of the course
        #[arg(long, requires = "course")]
        quiz: Option<Slug>,
        /// The limit is multiplied by this, in percent: 100 to 400
        #[arg(long, default_value_t = 100)]
        time: i64,
        /// So many attempts beyond the rules: 0 to 10
        #[arg(long, default_value_t = 0)]
        attempts: i64,
        /// Why; only admins and the person see it
        #[arg(long)]
        reason: String,
        /// Until this moment; until it is ended without it
        #[arg(long, value_parser = Time::parse)]
        until: Option<Time>,
    },
    /// End an accommodation
    EndAccommodation {
        id: Id<ids::Accommodation>,
        #[arg(long)]
        reason: String,
    },
    /// Erase a person who is shut out: for good
    Erase {
        /// Their e-mail address
        email: String,
        #[arg(long)]
        reason: String,
        /// The e-mail address once more
        #[arg(long)]
        confirm: String,
    },
    /// Make a new link: an invitation again, or for a new password
    Link {
        /// E-mail address or id
        person: String,
        #[arg(long, value_enum, default_value = "table")]
        format: Shape,
    },
}

/// The languages of the interface.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Tongue {
    En,
    Fr,
    Es,
}

fn state(word: &str) -> Result<State, String> {
    State::from_word(word).ok_or_else(|| "one of: invited, active, disabled".to_owned())
}

impl People {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = match self {
            // What needs the courses is given them.
            Self::Accommodate { .. } | Self::Erase { .. } | Self::Manager { .. } | Self::Losses { .. } => {
                Desk::with_content()?
            }
            // A person is shut out all the same where there are none.
            Self::Disable { .. } | Self::Enable { .. } => Desk::with_any_content()?,
            _ => Desk::open(false)?,
        };
        let (app, actor) = (&desk.app, &desk.actor);
        match self {
            Self::Add { email, name, office, language, teams, admin, auditor, author, format } => {
                let name = name.unwrap_or_else(|| email.split('@').next().unwrap_or_default().to_owned());
                let invitation = Invitation {
                    email,
                    name,
                    office,
                    language: language.map(|tongue| match tongue {
                        Tongue::En => Language::En,
                        Tongue::Fr => Language::Fr,
                        Tongue::Es => Language::Es,
                    }),
                    capabilities: Capabilities { admin, auditor, author },
                    teams,
                };
                let link = desk.run(invite_person::invite_person(app, actor, invitation))?;
                tell_link(&desk, &link, format)?;
            }
            Self::Link { person, format } => {
                let person = find(&desk, &person)?;
                let link = desk.run(invite_person::personal_link(app, actor, person))?;
                tell_link(&desk, &link, format)?;
            }
            Self::List { search, state, limit, format } => {
                let (people, rest) = some(&desk, search.as_deref(), state, limit)?;
                let mut table = Table::new(&["email", "name", "office", "state", "may", "since", "id"]);
                for person in &people {
                    table.row([
                        person.email.to_string(),
                        person.name.clone(),
                        person.office.clone(),
                        person.state.word().to_owned(),
                        may(person),
                        print::moment(person.created_at),
                        person.id.to_string(),
                    ]);
                }
                print::list(format, &people, &table)?;
                if rest > 0 {
                    print::cut(people.len(), Some(people.len() + rest));
                }
            }
            Self::Peers { person, format } => peers_of(&desk, &person, format)?,
            Self::Losses { person, role, team, format } => {
                let found = find(&desk, &person)?;
                let roles = role.into_iter().collect();
                losses_of(&desk.run(losses::losses(app, actor, found, roles, team))?, format)?;
            }
            Self::Manager { person, manager } => {
                let found = find(&desk, &person)?;
                let said = manager.clone().unwrap_or_default();
                desk.run(change_person::change_manager(app, actor, found, said))?;
                print::say(&match manager {
                    Some(manager) => format!("{manager} is the manager of {person}"),
                    None => format!("{person} has no manager"),
                });
            }
            Self::Disable { person, reason } => {
                let found = find(&desk, &person)?;
                desk.run(disable_person::disable_person(app, actor, found, reason))?;
                print::say(&format!("{person} is shut out: no session, no grant and no open request is left"));
            }
            Self::Accommodate { person, course, quiz, time, attempts, reason, until } => {
                let granting = Granting {
                    person: find(&desk, &person)?,
                    course,
                    quiz,
                    time_factor_percent: time,
                    extra_attempts: attempts,
                    reason,
                    from: None,
                    until,
                };
                let id = desk.run(accommodate::accommodate(app, actor, granting))?;
                print::say(&format!("granted to {person}: {id}"));
            }
            Self::EndAccommodation { id, reason } => {
                desk.run(accommodate::end_accommodation(app, actor, id, reason))?;
                print::say(&format!("{id} has ended"));
            }
            Self::Erase { email, reason, confirm } => {
                let found = find(&desk, &email)?;
                desk.run(erase_person::erase_person(app, actor, found, confirm, reason))?;
                print::say("erased: only a pseudonym is left");
            }
            Self::Enable { person } => {
                let found = find(&desk, &person)?;
                desk.run(disable_person::enable_person(app, actor, found))?;
                print::say(&format!("{person} can sign in again; what ended stays ended"));
            }
        }
        Ok(Next::Done)
    }
}

fn may(person: &Person) -> String {
    let may = person.capabilities;
    [(may.admin, "admin"), (may.auditor, "auditor"), (may.author, "author")]
        .into_iter()
        .filter_map(|(holds, word)| holds.then_some(word))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first people by filter, over as many pages as `limit` asks for, and how many more there are.
fn some(desk: &Desk, search: Option<&str>, state: Option<State>, limit: usize) -> Result<(Vec<Person>, usize), Failed> {
    let (mut people, mut rest) = (Vec::new(), 0);
    let mut cursor: Option<String> = None;
    loop {
        let wanted = limit.saturating_sub(people.len());
        // What is beyond the limit is only counted.
        let size = if wanted == 0 { MOST } else { wanted };
        let paging = Paging::parse(Some(size), cursor.as_deref()).map_err(|error| Failed::words(error.to_string()))?;
        let search = search.map(str::to_owned);
        let page = desk.run(person_file::list_people(&desk.app, &desk.actor, search, state, paging))?;
        if wanted == 0 {
            rest += page.items.len();
        } else {
            people.extend(page.items);
        }
        cursor = page.next;
        if cursor.is_none() {
            return Ok((people, rest));
        }
    }
}

/// A person's id by e-mail address or id.
pub(super) fn find(desk: &Desk, text: &str) -> Result<Id<ids::Person>, Failed> {
    if let Ok(id) = text.trim().parse() {
        return Ok(id);
    }
    let nobody = || Failed::from(crate::base::refusal::Fault::from(IdentityRefusal::NoSuchPerson));
    let email: Email = text.parse().map_err(|_| nobody())?;
    let (found, _) = some(desk, Some(email.as_str()), None, usize::MAX)?;
    found.into_iter().find(|person| person.email == email).map(|person| person.id).ok_or_else(nobody)
}

fn tell_link(desk: &Desk, link: &PersonalLink, format: Shape) -> Result<(), Failed> {
    let mailed = desk.wait(mail::send_link(&desk.app, link));
    if format == Shape::Json {
        let why = match &mailed {
            Mailed::Failed(why) => Some(why),
            Mailed::Sent | Mailed::NotSetUp => None,
        };
        return print::json(&json!({
            "person": link.person.id, "email": link.person.email, "purpose": link.purpose, "url": link.url,
            "expires_at": link.expires_at(), "provider": link.provider(), "mailed": mailed.word(), "why": why,
        }));
    }
    print::say(&format!("{} ({}), {}:", link.person.name, link.person.email, link.purpose.word()));
    print::say(&format!("  {}", link.url));
    print::say(&match &link.way {
        WayIn::Once(until) => format!("  works once, until {}", print::moment(*until)),
        WayIn::Provider(name) => format!("  the sign-in page: {name} is their only way in, and they need no password"),
    });
    match mailed {
        Mailed::Sent => print::say("  mailed to them, too"),
        Mailed::NotSetUp => print::say("  no mail server is set: give them this link yourself"),
        Mailed::Failed(why) => {
            print::complain(&format!("  the mail was not sent ({why}); give them this link yourself"));
        }
    }
    Ok(())
}

fn peers_of(desk: &Desk, person: &str, format: Format) -> Result<(), Failed> {
    let found = find(desk, person)?;
    let teams = desk.run(peers::peers(&desk.app, &desk.actor, found, peers::RARE, peers::COMMON))?;
    let mut table = Table::new(&["team", "role", "peers", "percent", "held", "remark"]);
    let mut lines = Vec::new();
    for team in &teams {
        for role in &team.roles {
            let remark = match (role.unusual, role.lacking) {
                (true, _) => "rare in the team",
                (_, true) => "common in the team",
                _ => "",
            };
            table.row([
                team.team.clone(),
                role.role.to_string(),
                format!("{}/{}", role.holding, team.peers),
                role.percent.to_string(),
                if role.held { "yes" } else { "no" }.to_owned(),
                remark.to_owned(),
            ]);
            lines.push(json!({
                "team": team.team, "peers": team.peers, "role": role.role, "holding": role.holding,
                "percent": role.percent, "held": role.held, "unusual": role.unusual, "lacking": role.lacking,
            }));
        }
    }
    print::list(format, &lines, &table)
}

fn losses_of(found: &losses::Losses, format: Format) -> Result<(), Failed> {
    let mut table = Table::new(&["what", "warehouse", "dataset", "roles"]);
    let mut lines = Vec::new();
    for (what, data) in [("lost", &found.lost), ("kept", &found.kept)] {
        for (data, roles) in data {
            let names: Vec<String> = roles.iter().map(ToString::to_string).collect();
            table.row([what.to_owned(), data.warehouse.to_string(), data.dataset.clone(), names.join(" ")]);
            lines.push(json!({ "what": what, "warehouse": data.warehouse, "dataset": data.dataset, "roles": roles }));
        }
    }
    print::list(format, &lines, &table)
}
