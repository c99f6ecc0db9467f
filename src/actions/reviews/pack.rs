//! The evidence of one review, in parts that each have a digest: for whoever has only the pack, on paper or on a machine.
//!
//! The population is written as it was at the start; its digest stands in the log, in the event that began the review. The
//! events are given with their places in the log, so that the proofs of the log fit them.

mod paper;

use crate::{
    access::{
        review::{Delegation, Line, Review, ReviewRefusal},
        rows::{self, LineFilter},
    },
    actions::{About, look, note_export},
    app::App,
    audit::{self, event::Line as Event},
    base::{
        clock::Time,
        ids::{self, Id},
        paging::{MOST, Paging},
        refusal::{Broken, Fault},
        text::Language,
    },
    curriculum::source::hex,
    db::{
        Reading,
        history::{self, Change},
    },
    identity::{self, actor::Actor},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The name of this layout.
pub const FORMAT: &str = "habilis-review-evidence-1";

/// The evidence of one review.
#[derive(Clone, Debug)]
pub struct Pack {
    pub review: Review,
    pub lines: Vec<Line>,
    pub delegations: BTreeMap<Id<ids::ReviewLine>, Vec<Delegation>>,
    /// Why each grant was asked for, by line.
    pub reasons: BTreeMap<Id<ids::ReviewLine>, String>,
    /// Everybody who is named: id, name and address.
    pub people: BTreeMap<String, (String, String)>,
    /// What became of each grant since the review began, by grant.
    pub changes: BTreeMap<Id<ids::Grant>, Vec<Change>>,
    /// The log's lines on the review, its lines and its grants since then, in their order.
    pub events: Vec<Event>,
    pub made_at: Time,
    /// Who made it, in the log's words.
    pub made_by: String,
    pub issuer: String,
}

/// SHA-256 in hexadecimal digits.
#[must_use]
pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The population as it was at the start: one JSON object a line, in the order of the lines' ids. It names nobody but by id.
///
/// # Errors
/// Never, but that JSON could not be written.
pub fn population(lines: &[Line]) -> Result<String, Broken> {
    let mut text = String::new();
    for line in lines {
        let told = json!({
            "line": line.id, "grant": line.grant_id, "person": line.person_id, "role": line.role_id, "facts": line.facts,
        });
        text.push_str(&serde_json::to_string(&told).map_err(Broken::defect)?);
        text.push('\n');
    }
    Ok(text)
}

impl Pack {
    /// The parts by name, each as text: what their digests are of.
    ///
    /// # Errors
    /// As [`population`].
    pub fn parts(&self) -> Result<Vec<(&'static str, String)>, Broken> {
        let mut decisions = String::new();
        for line in &self.lines {
            let handed = self.delegations.get(&line.id).map_or(&[][..], Vec::as_slice);
            let told = json!({
                "line": line.id, "grant": line.grant_id, "state": line.state, "reviewer": line.reviewer_id,
                "decided_by": line.decided_by, "on_behalf_of": line.on_behalf_of, "decided_at": line.decided_at,
                "overdue_at": line.overdue_at,
                "facts_at_decision": line.decided_facts, "comment": line.comment,
                "reason_of_request": self.reasons.get(&line.id),
                "delegations": handed, "grant_changes": self.changes.get(&line.grant_id),
            });
            decisions.push_str(&serde_json::to_string(&told).map_err(Broken::defect)?);
            decisions.push('\n');
        }
        let mut events = String::new();
        for event in &self.events {
            let told = json!({
                "seq": event.seq, "id": event.id, "at": event.at, "kind": event.kind, "outcome": event.outcome,
                "actor": event.actor, "person": event.person_id, "role": event.role_id, "subject": event.subject_id,
                "data": event.data, "unproved": event.unproved,
            });
            events.push_str(&serde_json::to_string(&told).map_err(Broken::defect)?);
            events.push('\n');
        }
        let people: BTreeMap<&String, Value> =
            self.people.iter().map(|(id, (name, email))| (id, json!({ "name": name, "email": email }))).collect();
        let review = serde_json::to_string_pretty(&self.review).map_err(Broken::defect)? + "\n";
        let people = serde_json::to_string_pretty(&people).map_err(Broken::defect)? + "\n";
        Ok(vec![
            ("review.json", review),
            ("population.jsonl", population(&self.lines)?),
            ("decisions.jsonl", decisions),
            ("events.jsonl", events),
            ("people.json", people),
        ])
    }

    /// The table of contents, with the digest of each part.
    ///
    /// # Errors
    /// As [`population`].
    pub fn manifest(&self) -> Result<Value, Broken> {
        let parts: serde_json::Map<String, Value> = self
            .parts()?
            .into_iter()
            .map(|(name, text)| (name.to_owned(), json!({ "sha256": digest(&text), "bytes": text.len() })))
            .collect();
        let seqs = || self.events.iter().map(|event| event.seq);
        Ok(json!({
            "format": FORMAT, "issuer": self.issuer, "review": self.review.id, "made_at": self.made_at,
            "made_by": self.made_by, "parts": parts, "first_event": seqs().min(), "last_event": seqs().max(),
        }))
    }

    /// The whole pack as JSON: the table of contents, and each part as its text.
    ///
    /// # Errors
    /// As [`population`].
    pub fn json(&self) -> Result<Value, Broken> {
        let parts: serde_json::Map<String, Value> =
            self.parts()?.into_iter().map(|(name, text)| (name.to_owned(), Value::String(text))).collect();
        Ok(json!({ "manifest": self.manifest()?, "parts": parts }))
    }

    /// The whole pack as one page that needs nothing else, with its parts inside.
    ///
    /// # Errors
    /// A message is missing.
    pub fn paper(&self, language: Language) -> Result<String, Broken> {
        paper::write(self, language)
    }
}

/// Makes the evidence of a review, for auditors and admins; that it was taken stands in the log.
///
/// # Errors
/// The actor may not read everybody's records, there is no such review, or the database is away.
pub async fn make_pack(app: &App, actor: &Actor, id: Id<ids::Review>) -> Result<Pack, Fault> {
    let caller = actor.clone();
    let issuer = app.settings.issuer();
    let made = look(app, actor, "review_evidence", About::nothing().subject(id), move |r| {
        caller.as_auditor()?;
        let review = rows::review(r, id)?.ok_or(ReviewRefusal::NoSuchReview)?;
        gather(r, review, caller.by().actor, issuer)
    })
    .await?;
    let about = json!({ "review": id });
    note_export::note_export(app, actor, "review-evidence", note_export::Whose::Everybody, about).await?;
    Ok(made)
}

fn gather(r: &mut Reading<'_>, review: Review, made_by: String, issuer: String) -> Result<Pack, Fault> {
    let mut lines = Vec::new();
    let mut paging = Paging { limit: MOST, after: None };
    loop {
        let page = rows::review_lines(r, review.id, &LineFilter::default(), &paging)?;
        let last = page.items.last().map(|line| line.id.to_string());
        lines.extend(page.items);
        match (page.next, last) {
            (Some(_), Some(last)) => paging.after = Some(last),
            _ => break,
        }
    }
    let delegations = rows::handed_of(r, review.id)?;
    let (mut reasons, mut changes, mut events) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    let mut actors: BTreeSet<String> = BTreeSet::from([review.started_by.clone(), made_by.clone()]);
    actors.extend(review.closed_by.clone());
    about(r, &review.id.to_string(), review.started_at, &mut events)?;
    for line in &lines {
        if let Some(grant) = rows::grant(r, line.grant_id)? {
            let request = rows::request(r, grant.request_id)?;
            reasons.insert(line.id, request.map(|request| request.reason).unwrap_or_default());
        }
        let steps = history::history(r, &line.grant_id.to_string())?;
        let since: Vec<Change> = steps.into_iter().filter(|step| step.at >= review.started_at).collect();
        actors.extend(since.iter().map(|step| step.actor.clone()));
        changes.insert(line.grant_id, since);
        about(r, &line.id.to_string(), review.started_at, &mut events)?;
        about(r, &line.grant_id.to_string(), review.started_at, &mut events)?;
        let named = [Some(line.person_id), line.reviewer_id, line.decided_by, line.on_behalf_of];
        actors.extend(named.into_iter().flatten().map(|id| id.to_string()));
        for one in delegations.get(&line.id).into_iter().flatten() {
            actors.extend(one.from_id.map(|id| id.to_string()));
            actors.extend(one.to_id.map(|id| id.to_string()));
            actors.insert(one.delegated_by.clone());
        }
    }
    events.sort_by_key(|event: &Event| event.seq);
    events.dedup_by_key(|event| event.seq);
    actors.extend(events.iter().map(|event| event.actor.clone()));
    let mut people = BTreeMap::new();
    for actor in actors {
        if let Ok(id) = actor.parse::<Id<ids::Person>>()
            && let Some(person) = identity::rows::person(r, id)?
        {
            people.insert(actor, (person.name, person.email.to_string()));
        }
    }
    Ok(Pack { made_at: r.at(), review, lines, delegations, reasons, people, changes, events, made_by, issuer })
}

/// The log's lines on a thing since an instant.
fn about(r: &mut Reading<'_>, subject: &str, since: Time, events: &mut Vec<Event>) -> Result<(), Broken> {
    let filter =
        audit::rows::Filter { subject: Some(subject.to_owned()), from: Some(since), ..audit::rows::Filter::default() };
    events.extend(audit::rows::list(r, &filter, &Paging { limit: MOST, after: None })?.items);
    Ok(())
}
