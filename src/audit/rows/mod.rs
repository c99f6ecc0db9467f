//! The log in the database: appending, and reading by filter.

pub mod log;
pub mod sinks;
mod way;

pub use way::{Way, way_of};

use super::{
    event::{By, Entry, Line, What},
    seal,
};
use crate::{
    base::{
        clock::Time,
        ids::{Event, Id, Person},
        paging::{Listing, Paging},
        refusal::Broken,
    },
    db::{
        Reading, Writing, sql,
        sql::{Statement, row},
    },
};

/// Appends a line in the running transaction.
///
/// # Errors
/// It can't be written: then nothing else may be, either (I3).
pub fn append(w: &mut Writing<'_>, by: &By, entry: Entry) -> Result<(), Broken> {
    let now = w.now();
    let outcome = if entry.what == What::Refused { "refused" } else { "done" };
    let id = Id::<Event>::new(now);
    let texts = if entry.texts.is_empty() { String::new() } else { serde_json::Value::Object(entry.texts).to_string() };
    let (address, texts) = (seal::Sealed::of(&by.address)?, seal::Sealed::of(&texts)?);
    sql("INSERT INTO events (id, at, kind, outcome, actor, person_id, role_id, subject_id, address, data, \
         address_commitment, texts_commitment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?)")
    .bind(&id)
    .bind(&now)
    .bind(&entry.what)
    .bind(&outcome)
    .bind(&by.actor)
    .bind(&entry.person)
    .bind(&entry.role)
    .bind(&entry.subject)
    .bind(&entry.data.to_string())
    .bind(&address.as_ref().map(seal::Sealed::commitment))
    .bind(&texts.as_ref().map(seal::Sealed::commitment))
    .run(w)?;
    if address.is_none() && texts.is_none() {
        return Ok(());
    }
    let (from, from_salt) = seal::Sealed::apart(address);
    let (words, words_salt) = seal::Sealed::apart(texts);
    sql("INSERT INTO event_private (event_id, address, address_salt, texts, texts_salt) VALUES (?, ?, ?, ?, ?)")
        .bind(&id)
        .bind(&from)
        .bind(&from_salt)
        .bind(&words)
        .bind(&words_salt)
        .run(w)?;
    Ok(())
}

/// Whether there is an event with this id.
///
/// # Errors
/// The database is away.
pub fn is_there(r: &mut Reading<'_>, event: Id<Event>) -> Result<bool, Broken> {
    let n: Option<i64> = sql("SELECT seq AS n FROM events WHERE id = ?").bind(&event).maybe(r)?;
    Ok(n.is_some())
}

/// Which lines of the log are asked for; every field narrows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this kind.
    pub kind: Option<What>,
    /// Only lines that concern this person, or that this person did.
    pub person: Option<Id<Person>>,
    /// Only lines about this role.
    pub role: Option<String>,
    /// Only lines about this thing.
    pub subject: Option<String>,
    /// Only `done` or only `refused`.
    pub outcome: Option<String>,
    /// From this instant on.
    pub from: Option<Time>,
    /// Before this instant.
    pub until: Option<Time>,
}

/// Narrows a query of events `e` by everything but the person.
fn narrow(statement: Statement, filter: &Filter) -> Statement {
    narrow_by(statement, filter, Way::Any)
}

/// As [`narrow`], written so that nothing else leads to the lines than what they are to be found by.
fn narrow_by(mut statement: Statement, filter: &Filter, way: Way) -> Statement {
    let (at, is) = (way.at(), |column: &str| format!(" AND {} = ?", way.text(column)));
    if let Some(kind) = &filter.kind {
        statement = statement.push(&is("e.kind")).bind(kind);
    }
    if let Some(role) = &filter.role {
        statement = statement.push(&is("e.role_id")).bind(role);
    }
    if let Some(subject) = &filter.subject {
        statement = statement.push(&is("e.subject_id")).bind(subject);
    }
    if let Some(outcome) = &filter.outcome {
        statement = statement.push(" AND e.outcome = ?").bind(outcome);
    }
    if let Some(from) = &filter.from {
        statement = statement.push(&format!(" AND {at} >= ?")).bind(from);
    }
    if let Some(until) = &filter.until {
        statement = statement.push(&format!(" AND {at} < ?")).bind(until);
    }
    statement
}

/// Puts words that stand beside a line among its data, never in the place of what the line itself says.
pub fn put_beside(data: &mut serde_json::Map<String, serde_json::Value>, texts: Option<&str>) {
    let texts = texts.and_then(|texts| serde_json::from_str::<serde_json::Map<_, _>>(texts).ok());
    for (name, text) in texts.into_iter().flatten() {
        data.entry(name).or_insert(text);
    }
}

/// The data of a line with the words that stand beside it.
fn whole(data: String, texts: Option<&str>) -> serde_json::Value {
    let mut data = serde_json::from_str(&data).unwrap_or(serde_json::Value::String(data));
    if let Some(fields) = data.as_object_mut() {
        put_beside(fields, texts);
    }
    data
}

/// Whether what stands beside a line is what the line has committed to; nothing needs no proof.
fn is_proved(text: Option<&String>, salt: Option<&String>, promised: Option<&String>) -> bool {
    match (text, salt, promised) {
        (None, _, _) => true,
        (Some(text), Some(salt), Some(promised)) => seal::commitment(salt, text) == *promised,
        _ => false,
    }
}

row! {
    struct Raw {
        seq: i64,
        id: Id<Event>,
        at: Time,
        kind: What,
        outcome: String,
        actor: String,
        actor_name: Option<String>,
        person_id: Option<Id<Person>>,
        person_name: Option<String>,
        role_id: Option<String>,
        subject_id: Option<String>,
        address: Option<String>,
        address_salt: Option<String>,
        address_commitment: Option<String>,
        data: String,
        texts: Option<String>,
        texts_salt: Option<String>,
        texts_commitment: Option<String>,
        erased_at: Option<Time>,
    }
}

impl Raw {
    fn is_proved(&self) -> bool {
        is_proved(self.address.as_ref(), self.address_salt.as_ref(), self.address_commitment.as_ref())
            && is_proved(self.texts.as_ref(), self.texts_salt.as_ref(), self.texts_commitment.as_ref())
    }
}

/// Lines by filter, newest first.
///
/// # Errors
/// The database is away.
pub fn list(r: &mut Reading<'_>, filter: &Filter, paging: &Paging) -> Result<Listing<Line>, Broken> {
    let after = paging.after.as_deref().and_then(|key| key.parse::<i64>().ok());
    let way = way_of(r, filter, paging)?;
    let columns = "e.seq, e.id, e.at, e.kind, e.outcome, e.actor, a.name AS actor_name, e.person_id, \
                   p.name AS person_name, e.role_id, e.subject_id, x.address, x.address_salt, e.address_commitment, e.data, x.texts, \
                   x.texts_salt, e.texts_commitment, x.erased_at";
    let narrowed = |mut statement: Statement, more: Option<(&str, &Id<Person>)>| {
        if let Some((clause, person)) = more {
            statement = statement.push(clause).bind(person);
        }
        statement = narrow_by(statement, filter, way);
        match &after {
            Some(after) => statement.push(" AND e.seq < ?").bind(after),
            None => statement,
        }
    };
    // A person's lines are two index walks (concerns them, done by them) merged, never a scan of the whole log.
    let from = " FROM events e LEFT JOIN persons a ON a.id = e.actor LEFT JOIN persons p ON p.id = e.person_id \
         LEFT JOIN event_private x ON x.event_id = e.id WHERE TRUE";
    let found = |more: Option<(&str, &Id<Person>)>| {
        let all = sql(format!("SELECT {columns}{from}"));
        if way != Way::Time {
            return narrowed(all, more).push(" ORDER BY e.seq DESC LIMIT ?").bind(&paging.probe());
        }
        // The places of all are put in order, and only of those on the page is read what is told. The sum keeps both engines
        // from walking the lines in their order after all.
        narrowed(all.push(" AND e.seq IN (SELECT e.seq FROM events e WHERE TRUE"), more)
            .push(" ORDER BY e.seq + 0 DESC LIMIT ?) ORDER BY e.seq DESC")
            .bind(&paging.probe())
    };
    let mut raws: Vec<Raw> = match &filter.person {
        None => found(None).all(r)?,
        Some(person) => {
            let mut raws: Vec<Raw> = found(Some((" AND e.person_id = ?", person))).all(r)?;
            let acted = Some((" AND e.person_id IS DISTINCT FROM e.actor AND e.actor = ?", person));
            raws.extend(found(acted).all::<Raw>(r)?);
            raws.sort_by_key(|raw| std::cmp::Reverse(raw.seq));
            raws
        }
    };
    raws.truncate(paging.limit + 1);
    let lines = raws
        .into_iter()
        .map(|raw| Line {
            unproved: !raw.is_proved(),
            seq: raw.seq,
            id: raw.id,
            at: raw.at,
            kind: raw.kind,
            outcome: raw.outcome,
            actor: raw.actor,
            actor_name: raw.actor_name,
            person_id: raw.person_id,
            person_name: raw.person_name,
            role_id: raw.role_id,
            subject_id: raw.subject_id,
            address: raw.address.unwrap_or_default(),
            data: whole(raw.data, raw.texts.as_deref()),
            erased: raw.erased_at.is_some(),
        })
        .collect();
    Ok(Listing::cut(lines, paging, |line: &Line| line.seq.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn words_beside_a_line_never_stand_for_what_the_line_says() {
        let data = r#"{"decision":"keep","late":false}"#.to_owned();
        let told = whole(data, Some(r#"{"decision":"remove","comment":"as before"}"#));
        assert_eq!(told, json!({ "decision": "keep", "late": false, "comment": "as before" }));
        assert_eq!(whole("{}".to_owned(), Some("no json")), json!({}));
    }

    #[test]
    fn words_are_proved_by_their_salt_and_the_commitment_of_the_line() {
        let sealed = seal::Sealed::of("words").unwrap().unwrap();
        let promised = sealed.commitment();
        let (text, salt) = seal::Sealed::apart(Some(sealed));
        assert!(is_proved(text.as_ref(), salt.as_ref(), Some(&promised)) && is_proved(None, None, Some(&promised)));
        assert!(!is_proved(text.as_ref(), None, Some(&promised)) && !is_proved(text.as_ref(), salt.as_ref(), None));
        assert!(!is_proved(Some(&"others".to_owned()), salt.as_ref(), Some(&promised)));
    }
}
