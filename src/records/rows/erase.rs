//! Erasing a person from every table: what names or describes them, and what they wrote, goes; ids, instants, marks and
//! decisions stay.

use crate::{
    base::{
        ids::{self, Id},
        refusal::Broken,
        text::folded,
    },
    certification::badge::identity_hash,
    db::{Reading, Writing, sql, sql::row},
    identity::rows::account_key,
    records::erasure::{Traces, no_address, pseudonym, without_words},
};
use serde_json::Value;
use std::collections::BTreeSet;

/// Texts that were written about other people and things, or by many hands: they stay, without what names the person.
pub const SCRUBBED: &[(&str, &str, &str)] = &[
    ("disabled_periods", "person_id", "reason"),
    ("locks", "id", "reason"),
    ("grant_suspensions", "id", "reason"),
    ("review_lines", "id", "comment"),
    ("review_delegations", "id", "comment"),
    ("reviews", "id", "title"),
    ("reviews", "id", "closed_reason"),
    ("requests", "id", "reason"),
    ("decisions", "id", "comment"),
    ("accommodations", "id", "reason"),
    ("accommodations", "id", "ended_reason"),
    ("assignments", "id", "note"),
    ("assignments", "id", "ended_reason"),
    ("certificates", "id", "ended_reason"),
    ("answer_marks", "attempt_id", "comment"),
    ("change_notes", "change_id", "note"),
    ("delegations", "id", "note"),
    ("request_comments", "id", "text"),
    ("emergencies", "id", "reason"),
    ("emergencies", "id", "comment"),
    ("regrade_reasons", "regrade_id", "reason"),
];

row! {
    /// A text, and what its row is called by.
    struct Text { key: String, text: String }
}

/// Since when a person is erased.
///
/// # Errors
/// The database is away.
pub fn erased_at(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Option<crate::base::clock::Time>, Broken> {
    row! { struct Erased { erased_at: Option<crate::base::clock::Time> } }
    let row: Option<Erased> = sql("SELECT erased_at FROM persons WHERE id = ?").bind(&person).maybe(r)?;
    Ok(row.and_then(|row| row.erased_at))
}

/// The logins that were set for a person by hand.
///
/// # Errors
/// The database is away.
pub fn logins(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<String>, Broken> {
    sql("SELECT login AS word FROM warehouse_logins WHERE person_id = ?").bind(&person).all(r)
}

/// Makes a person a pseudonym who can't sign in, and frees their address.
///
/// # Errors
/// The database is away.
pub fn erase_account(w: &mut Writing<'_>, person: Id<ids::Person>, email: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE persons SET email = ?, name = ?, folded = ?, office = '', language = NULL, zone = 'UTC', password_hash = NULL, \
         is_admin = FALSE, is_auditor = FALSE, is_author = FALSE, erased_at = ? WHERE id = ?")
    .bind(&no_address(person))
    .bind(&pseudonym(person))
    .bind(&folded(&pseudonym(person)))
    .bind(&now)
    .bind(&person)
    .run(w)?;
    sql("UPDATE links SET used_at = ? WHERE person_id = ? AND used_at IS NULL").bind(&now).bind(&person).run(w)?;
    sql("DELETE FROM sign_in_failures WHERE account = ?").bind(&account_key(email)).run(w)?;
    for gone in [
        "UPDATE sessions SET agent = '', address = '' WHERE person_id = ?",
        "UPDATE tokens SET address = '' WHERE person_id = ?",
        "UPDATE disabled_periods SET reason = '' WHERE person_id = ?",
        "DELETE FROM warehouse_logins WHERE person_id = ?",
        "DELETE FROM idempotent_answers WHERE person_id = ?",
        "DELETE FROM team_leads WHERE person_id = ?",
        "DELETE FROM provisioned_people WHERE person_id = ?",
        "DELETE FROM consents WHERE person_id = ?",
        "DELETE FROM kept_requests WHERE person_id = ?",
        "DELETE FROM device_codes WHERE person_id = ?",
        "DELETE FROM provider_sign_ins WHERE session_id IN (SELECT id FROM sessions WHERE person_id = ?)",
        "DELETE FROM provider_sessions WHERE session_id IN (SELECT id FROM sessions WHERE person_id = ?)",
        "DELETE FROM provider_sessions WHERE identity_id IN (SELECT id FROM identities WHERE person_id = ?)",
        "DELETE FROM identities WHERE person_id = ?",
        "UPDATE identity_tokens SET address = '' WHERE authorization_id IN (SELECT id FROM authorizations WHERE person_id = ?)",
    ] {
        sql(gone).bind(&person).run(w)?;
    }
    Ok(())
}

/// Takes away what was written about a person, and what they wrote about themselves.
///
/// # Errors
/// The database is away.
pub fn erase_texts(w: &mut Writing<'_>, person: Id<ids::Person>) -> Result<(), Broken> {
    let own_things = "SELECT id FROM attempts WHERE person_id = ? UNION ALL SELECT id FROM certificates WHERE person_id = ? \
                      UNION ALL SELECT id FROM requests WHERE person_id = ? UNION ALL SELECT id FROM grants WHERE person_id = ? \
                      UNION ALL SELECT id FROM locks WHERE kind = 'person' AND subject_id = ?";
    for gone in [
        "UPDATE requests SET reason = '' WHERE person_id = ?".to_owned(),
        "UPDATE decisions SET comment = '' WHERE request_id IN (SELECT id FROM requests WHERE person_id = ?)"
            .to_owned(),
        "UPDATE certificates SET ended_reason = '' WHERE person_id = ? AND state = 'revoked'".to_owned(),
        "UPDATE accommodations SET reason = '', ended_reason = CASE WHEN ended_at IS NULL THEN NULL ELSE '' END \
         WHERE person_id = ?"
            .to_owned(),
        "UPDATE grant_suspensions SET reason = '' WHERE grant_id IN (SELECT id FROM grants WHERE person_id = ?)"
            .to_owned(),
        "UPDATE emergencies SET reason = '', comment = '' WHERE person_id = ?".to_owned(),
        "UPDATE request_comments SET text = '' WHERE request_id IN (SELECT id FROM requests WHERE person_id = ?)"
            .to_owned(),
        "UPDATE delegations SET note = '' WHERE delegator_id = ?".to_owned(),
        "UPDATE review_lines SET comment = '' WHERE person_id = ?".to_owned(),
        "UPDATE review_delegations SET comment = '' WHERE line_id IN (SELECT id FROM review_lines WHERE person_id = ?)"
            .to_owned(),
        "UPDATE locks SET reason = '' WHERE kind = 'person' AND subject_id = ?".to_owned(),
        "UPDATE answer_marks SET comment = NULL WHERE attempt_id IN (SELECT id FROM attempts WHERE person_id = ?)"
            .to_owned(),
        format!(
            "DELETE FROM change_notes WHERE change_id IN (SELECT id FROM state_changes WHERE subject_id IN ({own_things}))"
        ),
    ] {
        let places = gone.matches('?').count();
        (0..places).fold(sql(gone), |statement, _| statement.bind(&person)).run(w)?;
    }
    erase_badges(w, person)?;
    erase_notices(w, person)?;
    erase_answers(w, person)
}

/// What the person was told names reviews and service accounts by what others called them: those names go.
fn erase_notices(w: &mut Writing<'_>, person: Id<ids::Person>) -> Result<(), Broken> {
    let told: Vec<Text> =
        sql("SELECT id AS key, about AS text FROM notices WHERE person_id = ?").bind(&person).all(w)?;
    for notice in told {
        if let Some(clean) = renamed(&notice.text, |name| (!name.is_empty()).then(String::new)) {
            sql("UPDATE notices SET about = ? WHERE id = ?").bind(&clean).bind(&notice.key).run(w)?;
        }
    }
    Ok(())
}

/// What a notice is about, with other names of what people named; nothing where they stay. All else in it is ids, slugs and
/// instants, by which it is read back.
fn renamed(about: &str, new: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut about: Value = serde_json::from_str(about).ok()?;
    let mut is_changed = false;
    for field in ["title", "name"] {
        if let Some(Value::String(name)) = about.get_mut(field)
            && let Some(other) = new(name)
        {
            *name = other;
            is_changed = true;
        }
    }
    is_changed.then(|| about.to_string())
}

/// Badges name their holder by a salted hash of the address: from now on, by that of the pseudonym's.
fn erase_badges(w: &mut Writing<'_>, person: Id<ids::Person>) -> Result<(), Broken> {
    row! { struct Badge { certificate_id: Id<ids::Certificate>, salt: String } }
    let nobody = no_address(person).parse().map_err(Broken::defect)?;
    let badges: Vec<Badge> =
        sql("SELECT b.certificate_id, b.salt FROM badges b JOIN certificates c ON c.id = b.certificate_id \
                                  WHERE c.person_id = ?")
        .bind(&person)
        .all(w)?;
    for badge in badges {
        sql("UPDATE badges SET identity_hash = ? WHERE certificate_id = ?")
            .bind(&identity_hash(&nobody, &badge.salt))
            .bind(&badge.certificate_id)
            .run(w)?;
    }
    Ok(())
}

/// Takes the words out of a person's answers; choices and numbers stay, and so do the marks.
fn erase_answers(w: &mut Writing<'_>, person: Id<ids::Person>) -> Result<(), Broken> {
    row! { struct Said { attempt_id: Id<ids::Attempt>, question_no: i64, answer: String, form: String } }
    // Truth values, options and lists of options hold no words worth a look at the form.
    let said: Vec<Said> = sql("SELECT s.attempt_id, s.question_no, s.answer, a.form FROM answers s \
                               JOIN attempts a ON a.id = s.attempt_id WHERE a.person_id = ? \
                               AND s.answer NOT IN ('null', 'true', 'false')")
    .bind(&person)
    .all(w)?;
    for line in said {
        let Ok(answer) = serde_json::from_str(&line.answer) else { continue };
        let form: crate::academy::form::Form = serde_json::from_str(&line.form).map_err(Broken::defect)?;
        let on_form = form.question(line.question_no);
        let tokens: BTreeSet<String> = on_form
            .map(|question| question.options.iter().map(|option| option.token.clone()).collect())
            .unwrap_or_default();
        let left = without_words(&answer, &tokens);
        if left != answer {
            sql("UPDATE answers SET answer = ? WHERE attempt_id = ? AND question_no = ?")
                .bind(&left.to_string())
                .bind(&line.attempt_id)
                .bind(&line.question_no)
                .run(w)?;
        }
    }
    Ok(())
}

/// Takes away what stands beside the log: the addresses that a person came from, and the words about them. The lines and
/// their commitments stay.
///
/// # Errors
/// The database is away.
pub fn erase_beside_log(w: &mut Writing<'_>, person: Id<ids::Person>) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE event_private SET texts = NULL, texts_salt = NULL, erased_at = ? WHERE texts IS NOT NULL \
         AND event_id IN (SELECT id FROM events WHERE person_id = ?)")
    .bind(&now)
    .bind(&person)
    .run(w)?;
    sql("UPDATE event_private SET address = NULL, address_salt = NULL, erased_at = ? WHERE address IS NOT NULL \
         AND event_id IN (SELECT id FROM events WHERE actor = ? \
                          UNION ALL SELECT id FROM events WHERE person_id = ? AND actor = 'anonymous')")
    .bind(&now)
    .bind(&person)
    .bind(&person)
    .run(w)?;
    Ok(())
}

/// Takes what names a person out of the texts that stay; returns how many were changed.
///
/// # Errors
/// The database is away.
pub fn scrub(w: &mut Writing<'_>, traces: &Traces) -> Result<usize, Broken> {
    let mut changed = 0;
    let found = |w: &mut Writing<'_>, table: &str, key: &str, column: &str| -> Result<Vec<Text>, Broken> {
        let likes = vec![format!("LOWER({column}) LIKE ?"); traces.hints.len()].join(" OR ");
        let statement =
            sql(format!("SELECT {key} AS key, {column} AS text FROM {table} WHERE {column} IS NOT NULL AND ({likes})"));
        traces.hints.iter().fold(statement, |s, hint| s.bind(&format!("%{hint}%"))).all(w)
    };
    for (table, key, column) in SCRUBBED {
        for line in found(w, table, key, column)? {
            if let Some(clean) = traces.gone_from(&line.text) {
                changed += sql(format!("UPDATE {table} SET {column} = ? WHERE {key} = ? AND {column} = ?"))
                    .bind(&clean)
                    .bind(&line.key)
                    .bind(&line.text)
                    .run(w)?;
            }
        }
    }
    for line in found(w, "notices", "id", "about")? {
        if let Some(clean) = renamed(&line.text, |name| traces.gone_from(name)) {
            changed += sql("UPDATE notices SET about = ? WHERE id = ?").bind(&clean).bind(&line.key).run(w)?;
        }
    }
    let now = w.now();
    for line in found(w, "event_private", "event_id", "texts")? {
        if let Some(clean) = traces.gone_from_json(&line.text) {
            // The commitment was of the words as they were: without them it proves nothing, and its salt goes, too.
            changed += sql("UPDATE event_private SET texts = ?, texts_salt = NULL, erased_at = ? WHERE event_id = ?")
                .bind(&clean)
                .bind(&now)
                .bind(&line.key)
                .run(w)?;
        }
    }
    Ok(changed)
}
