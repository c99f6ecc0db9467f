//! Lines of the log as people read them.

use super::shown::{Shown, actor};
use crate::{
    audit::{
        event::{Line, What},
        facts,
    },
    web::{
        kit::checked,
        views::{events::EventLine, parts::Fact},
    },
};
use serde_json::Value;

/// What stands in a line's sentence or beside it already.
const SAID: [&str; 5] = ["reason", "comment", "words", "sentence", "code"];

/// A line with the names of those it is about, and where its thing is shown.
pub(super) fn line(shown: &Shown, line: &Line) -> EventLine {
    let (actor_kind, actor_name) = actor(&line.actor, line.actor_name.as_deref());
    let refused = line.kind == What::Refused;
    let kind = line.kind.word();
    let own = line.person_id.is_some_and(|person| person.to_string() == line.actor);
    let role = line.role_id.as_ref().map(|id| {
        let known = id.parse().ok().and_then(|slug| shown.content.catalogue.roles.get(&slug));
        known.map_or_else(|| id.clone(), |role| role.name.clone())
    });
    let subject = line.subject_id.clone().unwrap_or_default();
    EventLine {
        seq: line.seq.to_string(),
        id: line.id.to_string(),
        at: line.at.micros(),
        kind: kind.to_owned(),
        says: EventLine::says(said(line)),
        refused,
        actor_kind: actor_kind.to_owned(),
        actor: actor_name,
        person: line.person_name.clone().or_else(|| locked_warehouse(shown, line)).unwrap_or_default(),
        person_id: line.person_id.map(|id| id.to_string()),
        own,
        role: role.unwrap_or_default(),
        href: href(line, &subject),
        subject,
        note: note(shown, line),
        address: line.address.clone(),
        data: rest(line),
    }
}

/// What a line is said by: its kind, and for whom a token was.
fn said(line: &Line) -> &'static str {
    let service = line.data.get("service").and_then(Value::as_bool) == Some(true);
    match line.kind {
        What::TokenMinted if service => "token.minted_service",
        What::TokenMinted if line.data.get("exchanged").is_some() => "token.minted_exchange",
        kind => kind.word(),
    }
}

/// The warehouse that a lock was placed on or lifted from: it stands where a person's name would.
fn locked_warehouse(shown: &Shown, line: &Line) -> Option<String> {
    let lock = matches!(line.kind, What::LockPlaced | What::LockLifted);
    let warehouse = lock && line.data.get("kind").and_then(Value::as_str) == Some("warehouse");
    let id = line.data.get("subject").and_then(Value::as_str).filter(|_| warehouse)?;
    Some(id.parse().map_or_else(|_| id.to_owned(), |id| shown.warehouse_title(&id)))
}

/// Where the thing of a line is shown.
fn href(line: &Line, subject: &str) -> Option<String> {
    let person = || line.person_id.map(|id| format!("/people/{id}"));
    match subject.split_once('_').map(|(prefix, _)| prefix) {
        Some("gra") => Some(format!("/holders/{subject}")),
        Some("crt") => Some(format!("/certificates/{subject}")),
        Some("req") => Some(format!("/decisions/{subject}")),
        Some("per") => Some(format!("/people/{subject}")),
        Some("cli") => Some(format!("/clients#{subject}")),
        Some("prv") => Some(format!("/provisioning#{subject}")),
        Some("rcv") => Some(format!("/signals/{subject}")),
        Some("lck") => Some(format!("/locks#{subject}")),
        Some("att") => person().map(|person| format!("{person}#attempts")),
        Some("tok") => person().map(|person| format!("{person}#tokens")),
        Some("ses") => person().map(|person| format!("{person}#sessions")),
        Some("lnk" | "ntc") => person(),
        _ => match line.kind {
            What::KeyMade
            | What::KeyActivated
            | What::KeyRetiring
            | What::KeyGone
            | What::SecretRenewed
            | What::SecretResealed
            | What::SecretDropped => Some("/keys".to_owned()),
            What::ContentLoaded | What::ContentRefused => Some("/authoring".to_owned()),
            _ => None,
        },
    }
}

/// What somebody would read next: the refusal's sentence in the reader's language, or a reason that was given.
fn note(shown: &Shown, line: &Line) -> String {
    let text = |name: &str| line.data.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    if line.kind == What::Refused {
        let facts = facts::read(&line.data);
        return checked::logged(&shown.teller, &text("code"), &facts).unwrap_or_else(|| text("sentence"));
    }
    // Codes such as `expired` are not what somebody said; they stand among the facts.
    ["comment", "words", "reason"]
        .into_iter()
        .map(text)
        .find(|said| !said.is_empty() && said.contains([' ', '.']))
        .unwrap_or_default()
}

/// Everything else that was kept.
fn rest(line: &Line) -> Vec<Fact> {
    let Value::Object(data) = &line.data else { return Vec::new() };
    data.iter()
        .filter(|(name, value)| {
            // The facts of a refusal stand in its sentence.
            let in_sentence = [facts::IN_LINE, facts::BESIDE].contains(&name.as_str());
            let words = value.as_str().is_some_and(|text| text.contains([' ', '.']));
            let said = in_sentence || (SAID.contains(&name.as_str()) && words);
            !said && !value.is_null()
        })
        .map(|(name, value)| Fact::of(name, told(value)))
        .chain(line.erased.then(|| Fact::of("erased", "true".to_owned())))
        .chain(line.unproved.then(|| Fact::of("unproved", "true".to_owned())))
        .filter(|fact| !fact.value.is_empty())
        .collect()
}

fn told(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(told).collect::<Vec<_>>().join(", "),
        Value::Object(parts) => {
            parts.iter().map(|(name, value)| format!("{name} {}", told(value))).collect::<Vec<_>>().join(" · ")
        }
        other => other.to_string(),
    }
}
