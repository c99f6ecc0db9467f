//! The evidence of one review, in parts that each have a digest: for whoever has only the pack, on paper or on a machine.
//!
//! The population is written as it was at the start; its digest stands in the log, in the event that began the review. The
//! events are a selection of the log in the form of its export: each with its entry and the proof that it stands where it says,
//! under a checkpoint that the log's key has signed.

mod paper;

use crate::{
    access::{
        review::{Delegation, Line, Review, ReviewRefusal},
        rows::{self, LineFilter},
    },
    actions::{About, log, look, note_export},
    app::App,
    audit::{self, event::Line as Event},
    base::{
        clock::Time,
        ids::{self, Id},
        paging::{Listing, MOST, Paging},
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
pub const FORMAT: &str = "habilis-review-evidence-2";
/// How often what happens meanwhile is waited for, until all of it has its place in the log.
const TRIES: usize = 5;

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
    /// The grants besides its own that an answer, or the lack of one, was about: what came in the own one's place; by line.
    pub successors: BTreeMap<Id<ids::ReviewLine>, BTreeSet<Id<ids::Grant>>>,
    /// The log's lines on the review, its lines and all these grants since then, in their order.
    pub events: Vec<Event>,
    /// The same as a file of the log, with their proofs.
    pub log: log::Selected,
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
    /// What checks the lines of the log in this pack, where the program is at hand.
    #[must_use]
    pub fn command(&self) -> String {
        format!("habilis audit verify events.jsonl --selection --key '{}'", self.log.key)
    }

    /// The parts by name, each as text: what their digests are of.
    ///
    /// # Errors
    /// As [`population`], or a message is missing.
    pub fn parts(&self) -> Result<Vec<(&'static str, String)>, Broken> {
        let mut decisions = String::new();
        for line in &self.lines {
            let handed = self.delegations.get(&line.id).map_or(&[][..], Vec::as_slice);
            let later = self.successors.get(&line.id).into_iter().flatten();
            let later: BTreeMap<String, _> = later.map(|grant| (grant.to_string(), self.changes.get(grant))).collect();
            let told = json!({
                "line": line.id, "grant": line.grant_id, "state": line.state, "reviewer": line.reviewer_id,
                "decided_by": line.decided_by, "on_behalf_of": line.on_behalf_of, "decided_at": line.decided_at,
                "overdue_at": line.overdue_at,
                "facts_at_decision": line.decided_facts, "comment": line.comment,
                "reason_of_request": self.reasons.get(&line.id),
                "delegations": handed, "grant_changes": self.changes.get(&line.grant_id), "successor_changes": later,
            });
            decisions.push_str(&serde_json::to_string(&told).map_err(Broken::defect)?);
            decisions.push('\n');
        }
        let people: BTreeMap<&String, Value> =
            self.people.iter().map(|(id, (name, email))| (id, json!({ "name": name, "email": email }))).collect();
        let review = serde_json::to_string_pretty(&self.review).map_err(Broken::defect)? + "\n";
        let people = serde_json::to_string_pretty(&people).map_err(Broken::defect)? + "\n";
        Ok(vec![
            ("review.json", review),
            ("population.jsonl", population(&self.lines)?),
            ("decisions.jsonl", decisions),
            ("events.jsonl", self.log.text.clone()),
            ("people.json", people),
            ("README.txt", paper::readme(self)?),
        ])
    }

    /// The table of contents, with the digest of each part.
    ///
    /// # Errors
    /// As [`Pack::parts`].
    pub fn manifest(&self) -> Result<Value, Broken> {
        let parts: serde_json::Map<String, Value> = self
            .parts()?
            .into_iter()
            .map(|(name, text)| (name.to_owned(), json!({ "sha256": digest(&text), "bytes": text.len() })))
            .collect();
        let places = || self.log.places.values();
        Ok(json!({
            "format": FORMAT, "issuer": self.issuer, "review": self.review.id, "made_at": self.made_at,
            "made_by": self.made_by, "parts": parts, "first_event": places().min(), "last_event": places().max(),
            "log_size": self.log.size, "log_key": self.log.key,
        }))
    }

    /// The whole pack as JSON: the table of contents, and each part as its text.
    ///
    /// # Errors
    /// As [`Pack::parts`].
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

/// Makes the evidence of a review, for auditors and admins; that it was taken stands in the log. Where nothing more of the log is
/// signed, a review of which every event was signed before has its evidence all the same.
///
/// # Errors
/// The actor may not read everybody's records, there is no such review, an event on it waits for its position in a log that is not
/// what was signed last, or the database is away.
pub async fn make_pack(app: &App, actor: &Actor, id: Id<ids::Review>) -> Result<Pack, Fault> {
    let caller = actor.clone();
    let review = look(app, actor, "review_evidence", About::nothing().subject(id), move |r| {
        caller.as_auditor()?;
        Ok(rows::review(r, id)?.ok_or(ReviewRefusal::NoSuchReview)?)
    })
    .await?;
    let (made_by, issuer) = (actor.by().actor, app.settings.issuer());
    let mut made = None;
    for _ in 0..TRIES {
        // What waits for its position in the log has no proof yet.
        let placed = log::sequence_what_may_be(app).await?;
        let (made_by, issuer, id) = (made_by.clone(), issuer.clone(), review.id);
        made = app.db.read(app.now(), move |r| Ok(gather(r, id, made_by, issuer)?)).await?;
        if made.is_some() || !placed {
            break;
        }
    }
    let Some(made) = made else {
        // Where an event waits because nothing more is signed, that is what is wrong.
        log::sequence(app).await?;
        return Err(Broken::Unavailable("the review goes on faster than its log is written".to_owned()).into());
    };
    let about = json!({ "review": id });
    note_export::note_export(app, actor, "review-evidence", note_export::Whose::Everybody, about).await?;
    Ok(made)
}

/// Everything of a review; none where an event on it waits for its position in the log.
fn gather(r: &mut Reading<'_>, id: Id<ids::Review>, made_by: String, issuer: String) -> Result<Option<Pack>, Broken> {
    let Some(review) = rows::review(r, id)? else { return Ok(None) };
    let since = review.started_at;
    let lines = whole(|paging| rows::review_lines(r, review.id, &LineFilter::default(), paging))?;
    let delegations = rows::handed_of(r, review.id)?;
    let (mut reasons, mut changes, mut successors) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut events = about(r, &review.id.to_string(), since)?;
    let mut actors: BTreeSet<String> = BTreeSet::from([review.started_by.clone(), made_by.clone()]);
    actors.extend(review.closed_by.clone());
    for line in &lines {
        if let Some(grant) = rows::grant(r, line.grant_id)? {
            let request = rows::request(r, grant.request_id)?;
            reasons.insert(line.id, request.map(|request| request.reason).unwrap_or_default());
        }
        let told = about(r, &line.id.to_string(), since)?;
        let later = named(&told, line.grant_id);
        events.extend(told);
        for grant in std::iter::once(&line.grant_id).chain(&later) {
            let mut steps: Vec<Change> = history::history(r, &grant.to_string())?;
            steps.retain(|step| step.at >= since);
            actors.extend(steps.iter().map(|step| step.actor.clone()));
            changes.insert(*grant, steps);
            events.extend(about(r, &grant.to_string(), since)?);
        }
        successors.insert(line.id, later);
        let people = [Some(line.person_id), line.reviewer_id, line.decided_by, line.on_behalf_of];
        actors.extend(people.into_iter().flatten().map(|id| id.to_string()));
        for one in delegations.get(&line.id).into_iter().flatten() {
            actors.extend(one.from_id.map(|id| id.to_string()));
            actors.extend(one.to_id.map(|id| id.to_string()));
            actors.insert(one.delegated_by.clone());
        }
    }
    events.sort_by_key(|event: &Event| event.seq);
    events.dedup_by_key(|event| event.seq);
    let seqs: Vec<i64> = events.iter().map(|event| event.seq).collect();
    let Some(log) = log::select(r, &seqs)? else { return Ok(None) };
    events.sort_by_key(|event| log.places.get(&event.seq).copied());
    actors.extend(events.iter().map(|event| event.actor.clone()));
    let people = people(r, actors)?;
    let made_at = r.at();
    Ok(Some(Pack {
        review,
        lines,
        delegations,
        reasons,
        people,
        changes,
        successors,
        events,
        log,
        made_at,
        made_by,
        issuer,
    }))
}

/// Those of these actors who are people: id, name and address.
fn people(r: &mut Reading<'_>, actors: BTreeSet<String>) -> Result<BTreeMap<String, (String, String)>, Broken> {
    let mut people = BTreeMap::new();
    for actor in actors {
        if let Ok(id) = actor.parse::<Id<ids::Person>>()
            && let Some(person) = identity::rows::person(r, id)?
        {
            people.insert(actor, (person.name, person.email.to_string()));
        }
    }
    Ok(people)
}

/// The grants besides its own that these events on a line were about.
fn named(events: &[Event], own: Id<ids::Grant>) -> BTreeSet<Id<ids::Grant>> {
    let listed = events.iter().filter_map(|event| event.data.get("grants")?.as_array()).flatten();
    listed.filter_map(|grant| grant.as_str()?.parse().ok()).filter(|grant| *grant != own).collect()
}

/// The log's lines on a thing since an instant.
fn about(r: &mut Reading<'_>, subject: &str, since: Time) -> Result<Vec<Event>, Broken> {
    let filter =
        audit::rows::Filter { subject: Some(subject.to_owned()), from: Some(since), ..audit::rows::Filter::default() };
    whole(|paging| audit::rows::list(r, &filter, paging))
}

/// Every line of a list, page by page.
fn whole<T>(mut read: impl FnMut(&Paging) -> Result<Listing<T>, Broken>) -> Result<Vec<T>, Broken> {
    let (mut all, mut next) = (Vec::new(), Some(Paging::first(MOST)));
    while let Some(paging) = next {
        let page = read(&paging)?;
        next = page.onward(MOST).map_err(Broken::defect)?;
        all.extend(page.items);
    }
    Ok(all)
}
