//! Telling: what the database noted becomes the events of every stream that listens.

use super::{LEASE, LEASE_SECONDS, Message, queue};
use crate::{
    app::App,
    audit::event::What,
    base::{
        ids::{self, Id},
        refusal::{Broken, Fault},
        text::Language,
    },
    db::{Writing, lease::take_lease},
    identity,
    signals::{
        Why,
        event::{self, Event},
        rows::{self, Cause, Kind, Listener, Signal},
        say,
    },
    tokens::rows::Ending,
};
use serde_json::{Map, Value, json};

/// How many changes one transaction tells of.
const MOST: i64 = 100;
/// Over how many of those who hold roles one transaction spreads a lock.
const SPREAD: i64 = 500;

/// Makes the events of what has ended since; tells whether there was anything. Only the holder of the lease does. Where a
/// change can't be told of, it stays, and those beside and behind it are told of all the same.
///
/// # Errors
/// The database is away, or a change can't be told of.
pub async fn tell(app: &App, holder: &str) -> Result<bool, Fault> {
    let (mut after, mut failed) = (0, None);
    loop {
        let lines = app.db.look_up(app.now(), move |r| Ok(rows::signals_after(r, after, MOST)?)).await?;
        let Some(last) = lines.last().copied() else { return failed.map_or(Ok(false), Err) };
        match tell_of(app, holder, lines.clone()).await {
            Ok(told) if failed.is_none() || !told => return failed.map_or(Ok(told), Err),
            Ok(_) => {}
            Err(fault @ Fault::Broken(Broken::Unavailable(_))) => return Err(fault),
            Err(_) => {
                for line in lines {
                    if let Err(fault) = tell_of(app, holder, vec![line]).await {
                        tracing::debug!(line, error = %fault, "a change could not be told of");
                        failed.get_or_insert(fault);
                    }
                }
            }
        }
        if app.is_stopping() {
            return failed.map_or(Ok(true), Err);
        }
        after = last;
    }
}

/// Makes the events of these changes, or of none; tells whether the lease is the holder's.
async fn tell_of(app: &App, holder: &str, lines: Vec<i64>) -> Result<bool, Fault> {
    let (issuer, holder) = (app.settings.issuer(), holder.to_owned());
    app.db
        .write(app.now(), move |w| {
            if !take_lease(w, LEASE, &holder, LEASE_SECONDS)? {
                return Ok(false);
            }
            let listeners = rows::listeners(w)?;
            for line in &lines {
                let Some(signal) = rows::signal(w, *line)? else { continue };
                // Whoever was faster has told of it.
                if rows::take_signal(w, signal.seq)? {
                    // Nothing is judged from a moment before it happened, whatever the clock of this machine says.
                    w.not_before(signal.at)?;
                    Telling::of(w, &issuer, &listeners, &signal)?.run(w)?;
                }
            }
            Ok(true)
        })
        .await
}

/// One change on its way to those who listen.
struct Telling<'a> {
    issuer: &'a str,
    listeners: &'a [Listener],
    signal: &'a Signal,
    causes: Vec<Cause>,
    language: Option<Language>,
}

impl<'a> Telling<'a> {
    fn of(w: &mut Writing<'_>, issuer: &'a str, listeners: &'a [Listener], signal: &'a Signal) -> Result<Self, Fault> {
        let causes = match signal.kind {
            // A lock on a role or a warehouse is no deed of one who holds a role there.
            Kind::Holder => {
                let lock = rows::lock_of(w, &signal.subject_id, signal.at)?;
                rows::causes(w, signal.at, None, lock.as_deref().unwrap_or_default())?
            }
            _ => rows::causes(w, signal.at, signal.person_id, &signal.subject_id)?,
        };
        let person = signal.person_id.map(|id| identity::rows::person(w, id)).transpose()?.flatten();
        Ok(Self { issuer, listeners, signal, causes, language: person.and_then(|person| person.language) })
    }

    fn run(&self, w: &mut Writing<'_>) -> Result<(), Fault> {
        let signal = self.signal;
        match (signal.kind, signal.person_id) {
            (Kind::Session, Some(person)) if !self.caused_by(What::PersonDisabled) => {
                let subject = event::session(self.issuer, &person.to_string(), &signal.subject_id);
                self.caep(w, Event::SessionRevoked, &subject, self.why_session(), |_| true)
            }
            // Of everything of theirs, one event tells.
            (Kind::Session, _) => Ok(()),
            (Kind::Tool, _) => self.tool(w),
            (Kind::Roles, Some(person)) => self.roles(w, person, |_| true),
            (Kind::Locked, Some(person)) => {
                self.everything(w, person, Why::Locked)?;
                self.roles(w, person, |_| true)
            }
            (Kind::Lifted, Some(person)) => self.roles(w, person, |_| true),
            (Kind::Locked | Kind::Lifted, None) => self.spread(w),
            (Kind::Holder, Some(person)) => self.holder(w, person),
            (Kind::Disabled, Some(person)) => {
                self.risc(w, Event::AccountDisabled, person)?;
                self.everything(w, person, Why::ShutOut)?;
                self.roles(w, person, |_| true)
            }
            (Kind::Enabled, Some(person)) => self.risc(w, Event::AccountEnabled, person),
            (Kind::Erased, Some(person)) => {
                self.risc(w, Event::AccountPurged, person)?;
                Ok(rows::forget_roles(w, person)?)
            }
            (Kind::Roles | Kind::Holder | Kind::Disabled | Kind::Enabled | Kind::Erased, None) => Ok(()),
        }
    }

    /// A tool has lost what it held for a person, or a service account what it held itself, and whoever had exchanged such a
    /// token with it. Where its session ended or its person was shut out, that was told.
    fn tool(&self, w: &mut Writing<'_>) -> Result<(), Fault> {
        let signal = self.signal;
        let why = match signal.why.as_deref().and_then(Ending::from_word) {
            Some(Ending::SessionEnded | Ending::PersonDisabled) => return Ok(()),
            Some(Ending::CodeReused | Ending::RefreshReused) => Why::Reused,
            _ => Why::Tool,
        };
        let client = signal.client_id.as_deref().unwrap_or_default();
        // A service account is whom its own tokens are about.
        let of = signal.person_id.map_or_else(|| signal.subject_id.clone(), |id| id.to_string());
        let warehouse = signal.role_id.as_deref().map(|role| rows::warehouse_of(w, role)).transpose()?.flatten();
        let mut clients = vec![client.to_owned()];
        clients.extend(rows::exchangers(w, signal)?);
        for client in clients {
            let subject = event::tool(self.issuer, &of, &client, signal.session_id.as_deref());
            self.caep(w, Event::SessionRevoked, &subject, why, |listener| concerns(listener, warehouse.as_deref()))?;
        }
        Ok(())
    }

    /// A lock on a role or a warehouse, or its end, concerns everybody who holds a role there: a line for each of them, as many
    /// as one transaction takes, and one for the rest.
    fn spread(&self, w: &mut Writing<'_>) -> Result<(), Fault> {
        let signal = self.signal;
        let Some((kind, id)) = signal.subject_id.split_once(':') else { return Ok(()) };
        let after = signal.after_id.as_deref().unwrap_or_default();
        let holders = rows::holders(w, kind == "warehouse", id, after, SPREAD)?;
        let rest = holders.last().filter(|_| i64::try_from(holders.len()).is_ok_and(|many| many >= SPREAD));
        if let Some(last) = rest {
            rows::insert_signal(w, &Signal { after_id: Some(last.to_string()), ..signal.clone() })?;
        }
        for person in &holders {
            let line = Signal { kind: Kind::Holder, person_id: Some(*person), after_id: None, ..signal.clone() };
            rows::insert_signal(w, &line)?;
        }
        Ok(())
    }

    /// One of those who hold a role where a lock was placed or lifted.
    fn holder(&self, w: &mut Writing<'_>, person: Id<ids::Person>) -> Result<(), Fault> {
        let Some((kind, id)) = self.signal.subject_id.split_once(':') else { return Ok(()) };
        let warehouse = if kind == "warehouse" { Some(id.to_owned()) } else { rows::warehouse_of(w, id)? };
        self.roles(w, person, |listener| concerns(listener, warehouse.as_deref()))
    }

    /// Everything of a person's has ended.
    fn everything(&self, w: &mut Writing<'_>, person: Id<ids::Person>, why: Why) -> Result<(), Fault> {
        let subject = event::person(self.issuer, &person.to_string());
        self.caep(w, Event::SessionRevoked, &subject, why, |_| true)
    }

    /// The roles that a person has now, for those who were told something else.
    fn roles(
        &self,
        w: &mut Writing<'_>,
        person: Id<ids::Person>,
        concerns: impl Fn(&Listener) -> bool,
    ) -> Result<(), Fault> {
        let subject = event::person(self.issuer, &person.to_string());
        let mut body = self.body(Why::Roles)?;
        for listener in self.listeners.iter().filter(|listener| concerns(listener)) {
            let roles = json!(rows::roles_now(w, person, listener.warehouse.as_ref())?);
            if rows::tell_roles(w, listener.stream.id, person, &roles.to_string())? {
                body.insert("claims".to_owned(), json!({ "roles": roles }));
                self.send(w, listener, Event::TokenClaimsChange, &subject, &body, Some(person))?;
            }
        }
        Ok(())
    }

    /// An event of RISC: it says all by its name.
    fn risc(&self, w: &mut Writing<'_>, event: Event, person: Id<ids::Person>) -> Result<(), Fault> {
        let subject = event::person(self.issuer, &person.to_string());
        for listener in self.listeners {
            self.send(w, listener, event, &subject, &Map::new(), Some(person))?;
        }
        Ok(())
    }

    fn caep(
        &self,
        w: &mut Writing<'_>,
        event: Event,
        subject: &Value,
        why: Why,
        concerns: impl Fn(&Listener) -> bool,
    ) -> Result<(), Fault> {
        let body = self.body(why)?;
        for listener in self.listeners.iter().filter(|listener| concerns(listener)) {
            self.send(w, listener, event, subject, &body, self.signal.person_id)?;
        }
        Ok(())
    }

    fn send(
        &self,
        w: &mut Writing<'_>,
        listener: &Listener,
        event: Event,
        subject: &Value,
        body: &Map<String, Value>,
        person: Option<Id<ids::Person>>,
    ) -> Result<(), Fault> {
        if !listener.stream.events().contains(&event) {
            return Ok(());
        }
        let txn = self.causes.first().map(|cause| cause.id.to_string());
        let (stream, audience) = (listener.stream.id, listener.audience.as_str());
        let txn = txn.as_deref();
        Ok(queue(w, &Message { issuer: self.issuer, audience, stream, event, subject, body, person, txn })?)
    }

    /// What every event of CAEP says (section 2).
    fn body(&self, why: Why) -> Result<Map<String, Value>, Fault> {
        let mut body = say(why, self.language)?;
        body.insert("event_timestamp".to_owned(), json!(self.signal.at.seconds()));
        body.insert("initiating_entity".to_owned(), json!(self.entity()));
        Ok(body)
    }

    fn caused_by(&self, what: What) -> bool {
        self.causes.iter().any(|cause| cause.kind == what)
    }

    fn why_session(&self) -> Why {
        let known = [(What::SignedOut, Why::SignedOut), (What::PasswordChanged, Why::Password)];
        known.into_iter().find(|(what, _)| self.caused_by(*what)).map_or(Why::Ended, |(_, why)| why)
    }

    /// Who did it, in the words of CAEP: `user`, `admin`, `policy` or `system`.
    fn entity(&self) -> &'static str {
        let person = self.signal.person_id.map(|id| id.to_string());
        if self.caused_by(What::ClientDeclined) {
            // Nobody but an owner says it.
            return "user";
        }
        let Some(actor) = self.causes.first().map(|cause| cause.actor.as_str()) else { return "system" };
        match actor {
            _ if Some(actor) == person.as_deref() && self.signal.kind != Kind::Holder => "user",
            "anonymous" if self.caused_by(What::PasswordChanged) => "user",
            "anonymous" => "system",
            _ if !actor.starts_with("system:") => "admin",
            _ if self.signal.kind == Kind::Roles => "policy",
            _ => "system",
        }
    }
}

/// Whether a listener hears of this warehouse.
fn concerns(listener: &Listener, warehouse: Option<&str>) -> bool {
    listener.warehouse.as_ref().is_none_or(|own| Some(own.as_str()) == warehouse)
}
