//! The verbs: one use case a file, each one transaction that writes its event with its change.
//!
//! A refusal leaves its event, too (I4), from where a verb has somebody to refuse: that nobody is signed in is told at the
//! edge and not written down, and neither is a request that does not read; there is nothing yet that was tried.

pub mod accept_client;
pub mod accommodate;
pub mod assign_course;
pub mod authorize;
pub mod award;
pub mod begin_device;
pub mod begin_provider_sign_in;
pub mod break_glass;
pub mod change_client;
pub mod change_password;
pub mod change_person;
pub mod change_team;
pub mod check_token;
pub mod claim_grant;
pub mod comment_request;
pub mod complete_module;
pub mod confirm_device;
mod connect_tool;
pub mod credentials;
pub mod decide_many;
pub mod decide_request;
pub mod delegate;
pub mod disable_person;
pub mod disconnect_client;
pub mod draw_timeline;
pub mod enrol;
pub mod erase_person;
pub mod exchange_token;
pub mod explain_access;
pub mod export_records;
pub mod fill;
pub mod finish_provider_sign_in;
pub mod give_back_grant;
pub mod hand_over_client;
pub mod hold_grant;
pub mod introspect_token;
pub mod invite_person;
pub mod issue_tokens;
pub mod least;
pub mod list_events;
pub mod list_holders;
pub mod load_content;
pub mod lock;
pub mod log;
pub mod log_out;
pub mod map_holders;
pub mod mark_answer;
pub mod mark_attempt;
pub mod measure;
pub mod mint_token;
pub mod my_account;
pub mod my_records;
pub mod note_audit_read;
pub mod note_export;
pub mod note_use;
pub mod notify;
pub mod once;
pub mod open_link;
pub mod overview;
pub mod person_file;
pub mod poll_device;
pub mod preview_policy;
pub mod prove;
pub mod prove_client;
pub mod provider_logout;
pub mod provider_only;
pub mod provision;
pub mod read_attempt;
pub mod read_authoring;
pub mod read_certificates;
pub mod read_content;
pub mod read_decisions;
pub mod read_locks;
pub mod read_machines;
pub mod read_people;
pub mod read_report;
pub mod read_role;
pub mod read_statistics;
pub mod read_teams;
pub mod read_transcript;
pub mod read_waiting;
pub mod read_warehouses;
pub mod redeem_code;
pub mod refresh_token;
pub mod register_client;
pub mod regrade;
pub mod remind;
pub mod request_role;
pub mod reseal;
pub mod reviews;
pub mod revoke_certificate;
pub mod revoke_grant;
pub mod rotate_keys;
pub mod run_lab;
pub mod save_answer;
pub mod save_sheet;
pub mod search;
pub mod seats;
pub mod service_token;
pub mod set_up;
pub mod settle_access;
pub mod sign_in;
pub mod sign_out;
pub mod signals;
pub mod sinks;
pub mod start_attempt;
pub mod submit_attempt;
pub mod suspend_grant;
pub mod sweep;
mod tell_access;
mod tell_seats;
pub mod token_status;
pub mod unlink_identity;
pub mod verify_badge;
pub mod verify_token;
pub mod void_attempt;
pub mod warehouse_setup;
pub mod watch_machines;
pub mod weigh_token;
pub mod withdraw_request;

use crate::{
    app::App,
    audit::{
        self,
        event::{By, Entry},
    },
    base::{
        clock::Time,
        ids::{self, Id, Kind},
        refusal::{Fault, Refused},
        text::Slug,
    },
    db::{Reading, Writing},
    identity::actor::Actor,
};

/// What an action is about, for the line that a refusal leaves.
#[derive(Clone, Debug, Default)]
pub struct About {
    person: Option<Id<ids::Person>>,
    role: Option<Slug>,
    subject: Option<String>,
    told: Option<String>,
}

impl About {
    /// About nothing in particular.
    #[must_use]
    pub fn nothing() -> Self {
        Self::default()
    }
    /// About a person.
    #[must_use]
    pub fn person(id: Id<ids::Person>) -> Self {
        Self { person: Some(id), ..Self::default() }
    }
    /// About a role, too.
    #[must_use]
    pub fn role(mut self, role: &Slug) -> Self {
        self.role = Some(role.clone());
        self
    }
    /// About a thing, too.
    #[must_use]
    pub fn subject<K: Kind>(mut self, id: Id<K>) -> Self {
        self.subject = Some(id.to_string());
        self
    }
    /// About a thing with another name, too. What looks like no name of a thing (an address, words) is as good as told.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        if !audit::facts::is_of_a_thing(&name) {
            return self.told(name);
        }
        self.subject = Some(name);
        self
    }
    /// About something that was told and may name a person: kept with the words, not in the line.
    #[must_use]
    pub fn told(mut self, name: impl Into<String>) -> Self {
        self.told = Some(name.into());
        self
    }
}

/// Runs an action in one transaction. A refusal is an outcome: it commits with an event of its own (I4).
///
/// # Errors
/// What `work` refuses, or something is broken; then nothing was changed (I3).
pub async fn act<T, F>(app: &App, actor: &Actor, verb: &'static str, about: About, work: F) -> Result<T, Fault>
where
    T: Send + 'static,
    F: Fn(&mut Writing<'_>, &By) -> Result<T, Fault> + Send + 'static,
{
    act_at(app, actor, verb, about, app.now(), work).await
}

/// As [`act`], at a given instant: for histories that are made up by the demo's generator.
///
/// # Errors
/// As [`act`].
pub async fn act_at<T, F>(
    app: &App,
    actor: &Actor,
    verb: &'static str,
    about: About,
    now: Time,
    work: F,
) -> Result<T, Fault>
where
    T: Send + 'static,
    F: Fn(&mut Writing<'_>, &By) -> Result<T, Fault> + Send + 'static,
{
    let by = actor.by();
    let outcome = app
        .db
        .write(now, move |w| {
            let outcome = work(w, &by);
            if let Err(Fault::Refused(refused)) = &outcome {
                note_refusal(w, &by, verb, &about, refused)?;
            }
            outcome
        })
        .await;
    let word = match &outcome {
        Ok(_) => "done",
        Err(Fault::Refused(refused)) => refused.code,
        Err(Fault::Broken(_)) => "broken",
    };
    app.metrics.outcome(verb, word);
    if let Err(Fault::Refused(refused)) = &outcome {
        app.metrics.refused(refused.code);
    }
    outcome
}

fn note_refusal(w: &mut Writing<'_>, by: &By, verb: &str, about: &About, refused: &Refused) -> Result<(), Fault> {
    let mut entry = Entry::refused(verb, refused);
    if let Some(person) = about.person {
        entry = entry.person(person);
    }
    if let Some(role) = &about.role {
        entry = entry.role(role);
    }
    if let Some(subject) = &about.subject {
        entry = entry.about(subject.clone());
    }
    if let Some(told) = &about.told {
        entry = entry.texts(serde_json::json!({ "about": told }));
    }
    Ok(audit::rows::append(w, by, entry)?)
}

/// Reads at this instant; a refusal leaves its event here, too.
///
/// # Errors
/// What `work` refuses, or the database is away.
pub async fn look<T, F>(app: &App, actor: &Actor, verb: &'static str, about: About, work: F) -> Result<T, Fault>
where
    T: Send + 'static,
    F: FnOnce(&mut Reading<'_>) -> Result<T, Fault> + Send + 'static,
{
    look_at(app, actor, verb, about, app.now(), work).await
}

/// As [`look`], asking about another instant.
///
/// # Errors
/// As [`look`].
pub async fn look_at<T, F>(
    app: &App,
    actor: &Actor,
    verb: &'static str,
    about: About,
    at: Time,
    work: F,
) -> Result<T, Fault>
where
    T: Send + 'static,
    F: FnOnce(&mut Reading<'_>) -> Result<T, Fault> + Send + 'static,
{
    match app.db.read(at, work).await {
        Ok(read) => Ok(read),
        Err(fault) => Err(noted(app, actor, verb, about, fault).await),
    }
}

/// Gives a fault of work without a transaction back; where it is a refusal, once its event is written.
pub async fn noted(app: &App, actor: &Actor, verb: &'static str, about: About, fault: Fault) -> Fault {
    match fault {
        Fault::Refused(refused) => refuse(app, actor, verb, about, *refused).await,
        broken => broken,
    }
}

/// Writes the event of a refusal that no transaction of its own has noted yet, and gives the refusal back.
pub async fn refuse(app: &App, actor: &Actor, verb: &'static str, about: About, refused: Refused) -> Fault {
    let kept = refused.clone();
    let by = actor.by();
    let noted = app.db.write(app.now(), move |w| note_refusal(w, &by, verb, &about, &kept)).await;
    app.metrics.outcome(verb, refused.code);
    app.metrics.refused(refused.code);
    match noted {
        Ok(()) => refused.into(),
        Err(fault) => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_name_a_person_stays_out_of_the_line() {
        for thing in ["crew", "alpha/final", "NzbLsXh8uDCcd-6MNwXF4W_7noWX", "/attempts/att_01/runs"] {
            let about = About::nothing().named(thing);
            assert_eq!((about.subject.as_deref(), about.told), (Some(thing), None));
        }
        for words in ["ana@example.com", "Ana Verano", "équipe"] {
            let about = About::nothing().named(words);
            assert_eq!((about.subject, about.told.as_deref()), (None, Some(words)));
        }
    }
}
