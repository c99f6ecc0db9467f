//! Moving a thing along its lifecycle: one guarded statement, and a line of history that the database checks.

use super::{Reading, Writing, sql::sql};
use crate::base::{
    clock::Time,
    ids::{Change, Id},
    refusal::Broken,
};

/// What has a lifecycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entity {
    /// One person's run at one quiz.
    Attempt,
    /// The record that a person earned a certification.
    Certificate,
    /// A person asking for a role.
    Request,
    /// The right to a role.
    Grant,
    /// Somebody deciding in another's place.
    Delegation,
    /// A campaign in which grants are kept or removed.
    Review,
    /// One grant of such a campaign.
    ReviewLine,
    /// A role taken without approval.
    Emergency,
    /// An emergency stop; how it stands is said by a moment, so its steps are [`noted`].
    Lock,
}

impl Entity {
    fn word(self) -> &'static str {
        match self {
            Self::Attempt => "attempt",
            Self::Certificate => "certificate",
            Self::Request => "request",
            Self::Grant => "grant",
            Self::Delegation => "delegation",
            Self::Review => "review",
            Self::ReviewLine => "review_line",
            Self::Emergency => "emergency",
            Self::Lock => "lock",
        }
    }

    fn table(self) -> &'static str {
        match self {
            Self::Attempt => "attempts",
            Self::Certificate => "certificates",
            Self::Request => "requests",
            Self::Grant => "grants",
            Self::Delegation => "delegations",
            Self::Review => "reviews",
            Self::ReviewLine => "review_lines",
            Self::Emergency => "emergencies",
            Self::Lock => "locks",
        }
    }
}

/// One step that is to be taken.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// The state that the thing must be in.
    pub from: &'a str,
    /// The state that it comes to.
    pub to: &'a str,
    /// Who does it.
    pub actor: &'a str,
    /// Why, as a code or in the service's own words; what people write goes to [`advance_for`].
    pub reason: &'a str,
}

/// Takes a step if the thing is in the state it starts from; tells whether it was.
///
/// # Errors
/// The step is not in `transitions`, or the database is away.
pub fn advance(w: &mut Writing<'_>, entity: Entity, id: &str, step: Step<'_>) -> Result<bool, Broken> {
    let moved = sql(format!("UPDATE {} SET state = ? WHERE id = ? AND state = ?", entity.table()))
        .bind(&step.to)
        .bind(&id)
        .bind(&step.from)
        .run(w)?;
    if moved == 0 {
        return Ok(false);
    }
    record(w, entity, id, step)?;
    Ok(true)
}

/// As [`advance`], with the words of whoever did it: they stand beside the history, where they can be erased.
///
/// # Errors
/// As [`advance`].
pub fn advance_for(w: &mut Writing<'_>, entity: Entity, id: &str, step: Step<'_>, words: &str) -> Result<bool, Broken> {
    if !advance(w, entity, id, step)? {
        return Ok(false);
    }
    say(w, entity, id, step.to, words)?;
    Ok(true)
}

/// Writes the line of a step that a thing's row has just taken, where no column of states says so but a moment; with the words
/// of whoever did it, as [`advance_for`].
///
/// # Errors
/// The step is not in `transitions`, or the database is away.
pub fn noted(w: &mut Writing<'_>, entity: Entity, id: &str, step: Step<'_>, words: &str) -> Result<(), Broken> {
    record(w, entity, id, step)?;
    say(w, entity, id, step.to, words)
}

/// Notes that the end of a certificate or of a grant is about to be lowered to an instant, and where it was before: the row itself
/// says only how it came out, and who asks about a moment before this one asks what was known then. Nothing is noted where it ends
/// by then anyway.
///
/// # Errors
/// The database is away.
pub fn note_lowered(w: &mut Writing<'_>, entity: Entity, id: &str, end: Time) -> Result<(), Broken> {
    let now = w.now();
    sql(format!(
        "INSERT INTO lowered_ends (subject_id, at, was) SELECT id, ?, ends_at FROM {} WHERE id = ? AND ends_at > ? \
         ON CONFLICT DO NOTHING",
        entity.table()
    ))
    .bind(&now)
    .bind(&id)
    .bind(&end)
    .run(w)?;
    Ok(())
}

/// Keeps words beside the latest line in which a thing came to a state.
fn say(w: &mut Writing<'_>, entity: Entity, id: &str, to: &str, words: &str) -> Result<(), Broken> {
    if words.is_empty() {
        return Ok(());
    }
    sql("INSERT INTO change_notes (change_id, note) SELECT id, ? FROM state_changes WHERE subject_id = ? \
         AND entity = ? AND to_state = ? ORDER BY at DESC, id DESC LIMIT 1")
    .bind(&words)
    .bind(&id)
    .bind(&entity.word())
    .bind(&to)
    .run(w)?;
    Ok(())
}

/// Writes the first line of a thing's history; its row was just inserted in the state `to`.
///
/// # Errors
/// That is no first state, or the database is away.
pub fn begin(w: &mut Writing<'_>, entity: Entity, id: &str, to: &str, actor: &str, reason: &str) -> Result<(), Broken> {
    record(w, entity, id, Step { from: "", to, actor, reason })
}

fn record(w: &mut Writing<'_>, entity: Entity, id: &str, step: Step<'_>) -> Result<(), Broken> {
    let now: Time = w.now();
    sql("INSERT INTO state_changes (id, entity, subject_id, from_state, to_state, at, actor, reason) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    .bind(&Id::<Change>::new(now))
    .bind(&entity.word())
    .bind(&id)
    .bind(&step.from)
    .bind(&step.to)
    .bind(&now)
    .bind(&step.actor)
    .bind(&step.reason)
    .run(w)?;
    Ok(())
}

/// Why a thing came to a state, the last time it did; nothing where it never did or nobody said why.
///
/// # Errors
/// The database is away.
pub fn reason(r: &mut Reading<'_>, entity: Entity, id: &str, to: &str) -> Result<Option<String>, Broken> {
    let said: Option<String> = sql("SELECT COALESCE(n.note, c.reason) AS word FROM state_changes c \
                                    LEFT JOIN change_notes n ON n.change_id = c.id WHERE c.subject_id = ? \
                                    AND c.entity = ? AND c.to_state = ? ORDER BY c.at DESC, c.id DESC LIMIT 1")
    .bind(&id)
    .bind(&entity.word())
    .bind(&to)
    .maybe(r)?;
    Ok(said.filter(|said| !said.is_empty()))
}
