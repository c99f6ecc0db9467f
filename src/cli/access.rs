//! `habilis holders` as a list, `explain`, `grants` and `certificates`.

use super::{
    Failed, Next,
    open::Desk,
    people,
    print::{self, Format, Shape, Table},
};
use crate::{
    access::rows::{Holder, HolderFilter, Standing},
    actions::{
        draw_timeline,
        explain_access::{self, Explanation},
        hold_grant,
        list_holders::{self, Note},
        person_file,
        prove::{self, Form},
        revoke_certificate, revoke_grant, rotate_keys,
    },
    base::{
        clock::{Tense, Time},
        ids::{self, Id},
        paging::{MOST, Paging},
        text::{Language, Slug},
    },
    reports::timeline,
};
use clap::{Args, Subcommand};
use std::{io::Write, path::PathBuf};

/// Which grants are listed
#[derive(Debug, Args)]
pub(super) struct Holders {
    /// Only this role
    #[arg(long)]
    pub(super) role: Option<Slug>,
    /// Only this person: e-mail address or id
    #[arg(long)]
    person: Option<String>,
    /// Only this warehouse
    #[arg(long)]
    pub(super) warehouse: Option<Slug>,
    /// Only people of this team, as it is today
    #[arg(long)]
    pub(super) team: Option<String>,
    /// effective, suspended, closed (outside of its hours), locked, disabled, scheduled or ended; without it, everything that has not ended
    #[arg(long, value_parser = standing)]
    state: Option<Standing>,
    /// Only what nobody used for so many days, and was held for as long
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(i64).range(1..=36_500))]
    unused_for: Option<i64>,
    /// Ended ones, too
    #[arg(long, conflicts_with = "state")]
    all: bool,
    /// As it was at this moment: 2026-03-01T09:00:00Z, or a date
    #[arg(long, alias = "at", value_parser = Time::parse)]
    pub(super) as_of: Option<Time>,
    /// At most so many lines; without it 1000 in a table, and all of them otherwise
    #[arg(long)]
    limit: Option<usize>,
    #[arg(long, value_enum, default_value = "table")]
    pub(super) format: Format,
}

fn standing(word: &str) -> Result<Standing, String> {
    Standing::from_word(word)
        .ok_or_else(|| "one of: effective, suspended, closed, locked, disabled, scheduled, ended".to_owned())
}

impl Holders {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::open(false)?;
        let filter = HolderFilter {
            person: None,
            role: self.role,
            warehouse: self.warehouse,
            team: self.team,
            state: self.state,
            unused_days: self.unused_for,
            all: self.all,
        };
        let at = self.as_of.unwrap_or_else(|| desk.app.now());
        let mut holders: Vec<Holder> = Vec::new();
        let most = self.format.most(self.limit);
        let mut more = 0;
        let mut cursor: Option<String> = None;
        loop {
            // What is beyond the limit is counted only.
            let left = Some(most.saturating_sub(holders.len())).filter(|left| *left > 0).unwrap_or(MOST);
            let paging =
                Paging::parse(Some(left), cursor.as_deref()).map_err(|error| Failed::words(error.to_string()))?;
            let (filter, person) = (filter.clone(), self.person.clone());
            let page =
                desk.run(list_holders::list_holders(&desk.app, &desk.actor, filter, person, Some(at), paging))?;
            let room = most.saturating_sub(holders.len());
            more += page.items.len().saturating_sub(room);
            holders.extend(page.items.into_iter().take(room));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let mut table = Table::new(&["person", "role", "warehouse", "state", "from", "until", "last used", "grant"]);
        for holder in &holders {
            table.row([
                holder.person.email.to_string(),
                holder.role.to_string(),
                holder.warehouse.to_string(),
                holder.state.word().to_owned(),
                print::moment(holder.from),
                print::moment(holder.until),
                holder.last_used_at.map_or_else(|| "never".to_owned(), print::moment),
                holder.grant.to_string(),
            ]);
        }
        print::list_or_export(self.format, &holders, &table, || {
            let mut export = Table::new(&Holder::HEAD);
            holders.iter().cloned().for_each(|holder| export.row(holder.cells()));
            export
        })?;
        noted(filter.team.is_some(), self.as_of, desk.app.now());
        if more > 0 {
            print::cut(holders.len(), Some(holders.len() + more));
        }
        Ok(Next::Done)
    }
}

/// Says what has to be known of who holds what.
pub(super) fn noted(team: bool, as_of: Option<Time>, now: Time) {
    for note in list_holders::notes(team, as_of, now) {
        print::complain(match note {
            Note::Forecast => "this moment is to come: these lines are what will be if nothing changes until then",
            Note::TeamToday => "the team is taken as it is today: who was in it at that moment is not recorded",
        });
    }
}

/// Why a person may, or may not, use a role
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// E-mail address or id
    person: String,
    role: Slug,
    /// At this moment: 2026-03-01T09:00:00Z, or a date
    #[arg(long, alias = "as-of", value_parser = Time::parse)]
    at: Option<Time>,
    /// How many days before that moment the timeline begins
    #[arg(long, default_value_t = timeline::USUAL_DAYS, value_parser = clap::value_parser!(i64).range(timeline::DAYS))]
    days: i64,
    #[arg(long, value_enum, default_value = "table")]
    format: Shape,
}

impl Explain {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::with_content()?;
        let asked = explain_access::explain_access(&desk.app, &desk.actor, Some(self.person), self.role, self.at);
        let found = desk.run(asked)?;
        let drawn = desk.run(draw_timeline::draw_timeline(&desk.app, &found, self.days))?;
        let grant = found.grant.as_ref();
        let clauses: Vec<_> = found
            .clauses
            .iter()
            .map(|clause| {
                let any: Vec<&str> = clause.any_of.iter().map(Slug::as_str).collect();
                (any.join(" or "), clause.met_by.as_ref())
            })
            .collect();
        if self.format == Shape::Json {
            print::json(&serde_json::json!({
                "person": found.person, "role": found.role, "at": found.at, "effective": found.effective,
                "grant": grant, "within": found.within, "disabled": found.disabled, "locks": found.locks,
                "suspensions": found.suspensions, "within_hours": found.open, "hours_begin": found.opens,
                "clauses": clauses.iter().map(|(any, met)| serde_json::json!({"any_of": any, "met_by": met}))
                    .collect::<Vec<_>>(),
                "request": found.request, "policy": found.policy, "decisions": found.decisions,
                "attempts": found.attempts, "tokens": found.tokens,
                "services": found.machines.iter().map(|one| serde_json::json!({ "client": one.id, "name": one.name }))
                    .collect::<Vec<_>>(),
                "timeline": drawn,
            }))?;
            return Ok(Next::Done);
        }
        let (name, role, at) = (&found.person.name, &found.role, print::moment(found.at));
        let verb = match (found.tense, found.effective) {
            (Tense::Past, true) => "had access",
            (Tense::Past, false) => "had no access",
            (Tense::Now, true) => "has access",
            (Tense::Now, false) => "has no access",
            (Tense::Ahead, true) => "will have access, if nothing changes until then,",
            (Tense::Ahead, false) => "will have no access, if nothing changes until then,",
        };
        print::say(&format!("{name} {verb} to {role} at {at}"));
        match grant {
            None => print::say("  no  grant: the role was never given"),
            Some(grant) => print::say(&format!(
                "  {}  grant {} from {} to {}{}",
                yes(found.within),
                grant.id,
                print::moment(grant.starts_at),
                print::moment(grant.ends_at),
                grant.ended_reason.map(|reason| format!(" ({})", reason.word())).unwrap_or_default()
            )),
        }
        for (any, met) in &clauses {
            let words = met.map_or_else(
                || "no certificate counts".to_owned(),
                |held| format!("certificate {}, counts until {}", held.id, print::moment(held.ends_at)),
            );
            print::say(&format!("  {}  certification {any}: {words}", yes(met.is_some())));
        }
        print::say(&format!("  {}  {}", yes(!found.disabled), account(&found)));
        if !found.open {
            print::say(&format!(
                "  no  outside of its hours: they begin {}",
                found.opens.map(print::moment).unwrap_or_default()
            ));
        }
        for suspension in &found.suspensions {
            let (cause, reason) = (suspension.cause.word(), &suspension.reason);
            print::say(&format!("  no  suspended by {cause}: {reason} ({})", suspension.id));
        }
        for lock in &found.locks {
            print::say(&format!("  no  {} locked: {} ({})", lock.kind.word(), lock.reason, lock.id));
        }
        if let Some(request) = &found.request {
            print::say(&format!("asked {}: {}", print::moment(request.submitted_at), request.reason));
        }
        for decision in &found.decisions {
            let (word, by, at) = (decision.decision.word(), &decision.person_name, print::moment(decision.at));
            print::say(&format!("{word} by {by} {at} {}", decision.comment));
        }
        for machine in &found.machines {
            print::say(&format!("used by the service account {} ({})", machine.name, machine.id));
        }
        for token in found.tokens.iter().take(5) {
            print::say(&format!("token {} {} from {}", token.id, print::moment(token.issued_at), token.address));
        }
        over_time(&drawn);
        Ok(Next::Done)
    }
}

/// The timeline, a line for everything that stood or happened.
fn over_time(drawn: &timeline::Timeline) {
    print::say(&format!("from {} to {}:", print::moment(drawn.from), print::moment(drawn.until)));
    for lane in &drawn.lanes {
        let name = format!("{} {}", lane.track.word(), lane.name);
        for bar in &lane.bars {
            let until = bar.until.map_or_else(|| "open".to_owned(), print::moment);
            print::say(&format!(
                "  {}  {} {} to {until} {}",
                name.trim(),
                bar.state,
                print::moment(bar.from),
                bar.thing
            ));
        }
        for mark in &lane.marks {
            let many = if mark.count > 1 { format!(" x {}", mark.count) } else { String::new() };
            let who = mark.actor_name.as_ref().or(mark.actor.as_ref());
            let by = who.map(|who| format!(" by {who}")).unwrap_or_default();
            let at = print::moment(mark.at);
            print::say(&format!("  {}  {}{many}{by} {at} {}", name.trim(), mark.state, mark.thing));
        }
    }
}

/// What is to be said of the account: that it can act, or since when not, by whom and why.
fn account(found: &Explanation) -> String {
    let past = found.tense == Tense::Past;
    let Some((since, reason)) = &found.shut_out else {
        let may = if past { "could" } else { "can" };
        return format!("the account {may}{} act", if found.disabled { " not" } else { "" });
    };
    let by = found.shut_out_by.as_ref().map(|by| found.names.get(by).unwrap_or(by));
    let by = by.map(|by| format!(" by {by}")).unwrap_or_default();
    let is = if past { "was" } else { "is" };
    format!("the account {is} disabled{by} since {}: {reason}", print::moment(*since))
}

fn yes(holds: bool) -> &'static str {
    if holds { "yes" } else { "no " }
}

/// Grants
#[derive(Debug, Subcommand)]
pub(super) enum Grants {
    /// List grants
    List(Holders),
    /// Suspend a grant: it opens nothing from now on
    Suspend {
        /// The grant's id
        grant: Id<ids::Grant>,
        #[arg(long)]
        reason: String,
    },
    /// Let a grant go on that somebody has suspended
    Reactivate {
        /// The grant's id
        grant: Id<ids::Grant>,
        #[arg(long)]
        reason: String,
    },
    /// End a grant now, and what was to go on where it ends
    Revoke {
        /// The grant's id
        grant: Id<ids::Grant>,
        #[arg(long)]
        reason: String,
    },
}

impl Grants {
    pub(super) fn run(self) -> Result<Next, Failed> {
        match self {
            Self::List(holders) => holders.run(),
            Self::Suspend { grant, reason } => {
                let desk = Desk::with_content()?;
                desk.run(hold_grant::hold_grant(&desk.app, &desk.actor, grant, reason))?;
                print::say(&format!("{grant} is suspended; let it go on with: habilis grants reactivate {grant}"));
                Ok(Next::Done)
            }
            Self::Reactivate { grant, reason } => {
                let desk = Desk::with_content()?;
                desk.run(hold_grant::let_grant_go_on(&desk.app, &desk.actor, grant, reason))?;
                print::say(&format!("{grant} goes on"));
                Ok(Next::Done)
            }
            Self::Revoke { grant, reason } => {
                let desk = Desk::with_content()?;
                for ended in desk.run(revoke_grant::revoke_grant(&desk.app, &desk.actor, grant, reason))? {
                    print::say(&format!("{ended} has ended"));
                }
                Ok(Next::Done)
            }
        }
    }
}

/// Certificates
#[derive(Debug, Subcommand)]
pub(super) enum Certificates {
    /// List a person's certificates
    List {
        /// E-mail address or id
        person: String,
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Take a certificate along: as a signed badge, or on paper
    Badge {
        /// The certificate's id
        certificate: Id<ids::Certificate>,
        /// jwt, svg, png or pdf
        #[arg(long, default_value = "jwt", value_parser = form)]
        format: Form,
        /// The file to write; without it, standard output
        #[arg(short, long)]
        output: Option<PathBuf>,
        /// The language of the paper: en, fr or es; without it, the holder's
        #[arg(long, value_parser = language)]
        lang: Option<Language>,
    },
    /// Take a certificate back: it counts for nothing from now on
    Revoke {
        /// The certificate's id
        certificate: Id<ids::Certificate>,
        #[arg(long)]
        reason: String,
    },
}

impl Certificates {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::with_content()?;
        match self {
            Self::List { person, format } => {
                let person = people::find(&desk, &person)?;
                let asked = person_file::person_file(&desk.app, &desk.actor, person, Paging::first(1));
                let held = desk.run(asked)?.picture.certificates;
                let now = desk.app.now();
                let mut table = Table::new(&["certification", "version", "state", "issued", "counts until", "id"]);
                for certificate in &held {
                    table.row([
                        certificate.certification_id.to_string(),
                        certificate.course_version.to_string(),
                        certificate.standing_at(now).word().to_owned(),
                        print::moment(certificate.issued_at),
                        print::moment(certificate.ends_at),
                        certificate.id.to_string(),
                    ]);
                }
                print::list(format, &held, &table)?;
            }
            Self::Badge { certificate, format, output, lang } => {
                desk.run(rotate_keys::ensure_keys(&desk.app))?;
                let proof = desk.run(prove::prove(&desk.app, &desk.actor, certificate))?;
                let bytes = proof.form(&desk.app, format, lang.unwrap_or(proof.badge.language))?;
                let written = match &output {
                    Some(file) => std::fs::write(file, &bytes).map_err(|error| format!("{}: {error}", file.display())),
                    None => std::io::stdout().write_all(&bytes).map_err(|error| error.to_string()),
                };
                written.map_err(Failed::words)?;
                if let Some(file) = output {
                    print::say(&format!("{} bytes are in {}", bytes.len(), file.display()));
                }
            }
            Self::Revoke { certificate, reason } => {
                let asked = revoke_certificate::revoke_certificate(&desk.app, &desk.actor, certificate, reason);
                desk.run(asked)?;
                print::say(&format!("{certificate} is revoked; access that stood on it is suspended"));
            }
        }
        Ok(Next::Done)
    }
}

fn form(word: &str) -> Result<Form, String> {
    Form::from_word(word).ok_or_else(|| "one of: jwt, svg, png, pdf".to_owned())
}

fn language(tag: &str) -> Result<Language, String> {
    Language::from_tag(tag).ok_or_else(|| "one of: en, fr, es".to_owned())
}
