//! Notices and reminders in the database.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Slug,
    },
    certification::notice::{About, Notice, NoticeKind},
    db::{Reading, Writing, sql, sql::Statement, sql::row},
};

/// After so many tries a mail is given up; the notice stays in the app.
const MOST_TRIES: i64 = 6;

/// A notice that could not be mailed for so long is only shown.
const FRESH_SECONDS: i64 = 3 * 86_400;

row! {
    struct Raw { id: Id<ids::Notice>, person_id: Id<ids::Person>, kind: NoticeKind, about: String, at: Time }
}

fn read(r: &mut Reading<'_>, raw: Raw) -> Result<Notice, Broken> {
    let about: About =
        serde_json::from_str(&raw.about).map_err(|error| Broken::defect(format!("the notice {}: {error}", raw.id)))?;
    // Not kept in the notice: whoever is erased has another name from then on.
    let owner = match &about {
        About::Service { owner, .. }
        | About::Delegation { delegator: owner, .. }
        | About::Review { delegator: Some(owner), .. }
        | About::Emergency { taker: owner, .. }
        | About::Request { requester: owner, .. } => {
            sql("SELECT name AS word FROM persons WHERE id = ?").bind(owner).maybe(r)?
        }
        _ => None,
    };
    Ok(Notice { id: raw.id, person_id: raw.person_id, kind: raw.kind, about, at: raw.at, owner })
}

/// Writes a notice unless one was written before under this key; gives the id of one that it wrote. Whoever is to be told
/// something is told by `actions::notify`, which writes the event with it.
///
/// # Errors
/// The database is away.
pub fn insert_notice(
    w: &mut Writing<'_>,
    person: Id<ids::Person>,
    kind: NoticeKind,
    once: &str,
    about: &About,
) -> Result<Option<Id<ids::Notice>>, Broken> {
    let now = w.now();
    let id = Id::<ids::Notice>::new(now);
    let about = serde_json::to_string(about).map_err(Broken::defect)?;
    let written = sql("INSERT INTO notices (id, person_id, kind, once_key, about, at, mail_state, mail_at) \
                       VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?) ON CONFLICT DO NOTHING")
    .bind(&id)
    .bind(&person)
    .bind(&kind)
    .bind(&once)
    .bind(&about)
    .bind(&now)
    .bind(&now)
    .run(w)?;
    Ok((written == 1).then_some(id))
}

/// Whether a notice was written under this key.
///
/// # Errors
/// The database is away.
pub fn is_told(r: &mut Reading<'_>, once: &str) -> Result<bool, Broken> {
    let found: i64 = sql("SELECT COUNT(*) AS n FROM notices WHERE once_key = ?").bind(&once).one(r)?;
    Ok(found > 0)
}

/// Which notices are of one thing: their keys begin alike. After it come the key that they begin with, twice.
fn beginning(r: &Reading<'_>) -> String {
    let bytes = r.engine_sql("", "COLLATE \"C\"");
    format!("once_key {bytes} >= ? AND once_key {bytes} < ?")
}

/// The first key that does not begin so: keys are written in letters, digits, `_`, `-` and `:`.
fn past(key: &str) -> String {
    format!("{key}~")
}

/// Whether a notice was written under a key that begins so.
///
/// # Errors
/// The database is away.
pub fn is_told_under(r: &mut Reading<'_>, key: &str) -> Result<bool, Broken> {
    let of = beginning(r);
    let found: i64 = sql(format!("SELECT COUNT(*) AS n FROM notices WHERE {of}")).bind(&key).bind(&past(key)).one(r)?;
    Ok(found > 0)
}

/// Whether somebody has not looked at what was told under keys that begin so.
///
/// # Errors
/// The database is away.
pub fn is_unseen_under(r: &mut Reading<'_>, key: &str) -> Result<bool, Broken> {
    let of = beginning(r);
    let found: i64 = sql(format!("SELECT COUNT(*) AS n FROM notices WHERE {of} AND seen_at IS NULL"))
        .bind(&key)
        .bind(&past(key))
        .one(r)?;
    Ok(found > 0)
}

/// Puts aside whatever was told under keys that begin so: it is not news any more. What was not mailed yet never is. Tells
/// whether somebody had not put it aside.
///
/// # Errors
/// The database is away.
pub fn put_aside(w: &mut Writing<'_>, key: &str) -> Result<bool, Broken> {
    let now = w.now();
    let of = beginning(w);
    Ok(sql(format!(
        "UPDATE notices SET seen_at = COALESCE(seen_at, ?), \
         mail_state = CASE WHEN mail_state = 'waiting' THEN 'failed' ELSE mail_state END \
         WHERE {of} AND (seen_at IS NULL OR mail_state = 'waiting')"
    ))
    .bind(&now)
    .bind(&key)
    .bind(&past(key))
    .run(w)?
        > 0)
}

/// Lets what was told under keys that begin so, and is news still, stand under keys that begin otherwise: it is true of something
/// else from now on.
///
/// # Errors
/// The database is away.
pub fn carry_on(w: &mut Writing<'_>, key: &str, other: &str) -> Result<(), Broken> {
    let of = beginning(w);
    sql(format!("UPDATE notices SET once_key = ? || id WHERE {of} AND (seen_at IS NULL OR mail_state = 'waiting')"))
        .bind(&other)
        .bind(&key)
        .bind(&past(key))
        .run(w)?;
    Ok(())
}

/// Who was told something under keys that begin so, and has not put it aside.
///
/// # Errors
/// The database is away.
pub fn told_under(r: &mut Reading<'_>, key: &str) -> Result<Vec<Id<ids::Person>>, Broken> {
    row! { struct Told { person_id: Id<ids::Person> } }
    let of = beginning(r);
    let told: Vec<Told> = sql(format!(
        "SELECT DISTINCT person_id FROM notices WHERE {of} AND (seen_at IS NULL OR mail_state = 'waiting')"
    ))
    .bind(&key)
    .bind(&past(key))
    .all(r)?;
    Ok(told.into_iter().map(|one| one.person_id).collect())
}

/// Puts aside what was told of a certificate's end, because it was renewed or there is something later to tell.
///
/// # Errors
/// The database is away.
pub fn outdate(w: &mut Writing<'_>, certificate: Id<ids::Certificate>) -> Result<(), Broken> {
    put_aside(w, &format!("lapses:{certificate}:"))?;
    put_aside(w, &format!("superseded:{certificate}"))?;
    Ok(())
}

/// How the notices about a service account and a role begin their keys.
#[must_use]
pub fn service_key(client: &str, role: &Slug) -> String {
    format!("service:{client}:{role}")
}

/// Puts aside what was told of a service account's access to a role: there is something later to tell, or it goes on.
///
/// # Errors
/// The database is away.
pub fn outdate_service(w: &mut Writing<'_>, client: &str, role: &Slug) -> Result<(), Broken> {
    put_aside(w, &format!("{}:", service_key(client, role)))?;
    Ok(())
}

/// How the notices begin their keys that a service account waits for its owner to agree.
#[must_use]
pub fn asks_key(client: &str) -> String {
    format!("asks:{client}:")
}

/// Puts aside that a service account waits for its owner: they have answered, or it is theirs no more. Tells whether they
/// were told of it, and had not put it aside.
///
/// # Errors
/// The database is away.
pub fn outdate_asking(w: &mut Writing<'_>, client: &str) -> Result<bool, Broken> {
    put_aside(w, &asks_key(client))
}

/// Puts aside that somebody took a role without approval: somebody has judged it.
///
/// # Errors
/// The database is away.
pub fn outdate_emergency(w: &mut Writing<'_>, emergency: Id<ids::Emergency>) -> Result<(), Broken> {
    put_aside(w, &format!("emergency_taken:{emergency}:"))?;
    put_aside(w, &format!("emergency_overdue:{emergency}:"))?;
    Ok(())
}

/// Lets the holder of a certificate be reminded anew, of leads that were told before, too: what came after it is gone.
///
/// # Errors
/// The database is away.
pub fn remind_anew(w: &mut Writing<'_>, certificate: Id<ids::Certificate>) -> Result<(), Broken> {
    let now = w.now();
    let (of, key) = (beginning(w), format!("lapses:{certificate}:"));
    sql(format!("UPDATE notices SET once_key = once_key || ':' || id WHERE {of}"))
        .bind(&key)
        .bind(&past(&key))
        .run(w)?;
    remind_at(w, certificate, Some(now))
}

/// What a person has not put aside yet, the newest first.
///
/// # Errors
/// The database is away.
pub fn unseen(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Vec<Notice>, Broken> {
    let raws: Vec<Raw> = sql("SELECT id, person_id, kind, about, at FROM notices \
                              WHERE person_id = ? AND seen_at IS NULL ORDER BY at DESC, id DESC LIMIT 50")
    .bind(&person)
    .all(r)?;
    raws.into_iter().map(|raw| read(r, raw)).collect()
}

/// Puts a person's own notice aside, now or before; tells whether there is one.
///
/// # Errors
/// The database is away.
pub fn see(w: &mut Writing<'_>, person: Id<ids::Person>, id: Id<ids::Notice>) -> Result<bool, Broken> {
    let now = w.now();
    Ok(sql("UPDATE notices SET seen_at = COALESCE(seen_at, ?) WHERE id = ? AND person_id = ?")
        .bind(&now)
        .bind(&id)
        .bind(&person)
        .run(w)?
        == 1)
}

/// What a person was told of one kind and has not put aside: under which keys, and about what.
///
/// # Errors
/// The database is away.
pub fn unseen_of(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    kind: NoticeKind,
) -> Result<Vec<(String, About)>, Broken> {
    row! { struct Told { once_key: String, about: String } }
    let told: Vec<Told> =
        sql("SELECT once_key, about FROM notices WHERE person_id = ? AND seen_at IS NULL AND kind = ?")
            .bind(&person)
            .bind(&kind)
            .all(r)?;
    let mut read = Vec::with_capacity(told.len());
    for Told { once_key, about } in told {
        read.push((once_key, serde_json::from_str(&about).map_err(Broken::defect)?));
    }
    Ok(read)
}

/// Takes back what was told under this very key, for it is not meant for them any more: it is put aside, and not mailed. Should it
/// be meant for them again, it is told anew.
///
/// # Errors
/// The database is away.
pub fn take_back(w: &mut Writing<'_>, once: &str) -> Result<(), Broken> {
    let now = w.now();
    sql("UPDATE notices SET seen_at = COALESCE(seen_at, ?), \
         mail_state = CASE WHEN mail_state = 'waiting' THEN 'failed' ELSE mail_state END, \
         once_key = once_key || ':' || id WHERE once_key = ?")
    .bind(&now)
    .bind(&once)
    .run(w)?;
    Ok(())
}

/// Takes the notices whose mail is due, and puts their next try off, so that no other replica takes them: an hour after the
/// first try, then twice as long each time. What is urgent ([`NoticeKind::URGENT`]) goes before all else, however long that has
/// waited; a fifth of what is taken is left to the rest.
///
/// # Errors
/// The database is away.
pub fn take_mail(w: &mut Writing<'_>, most: i64) -> Result<Vec<Notice>, Broken> {
    let now = w.now();
    // News of last week, because a mail server was set only today, is no news.
    sql("UPDATE notices SET mail_state = 'failed' WHERE mail_state = 'waiting' AND at < ?")
        .bind(&now.plus_seconds(-FRESH_SECONDS))
        .run(w)?;
    let mut raws = due_mail(w, true, most - most / 5)?;
    let left = most - i64::try_from(raws.len()).unwrap_or(most);
    raws.extend(due_mail(w, false, left)?);
    let mut taken = Vec::new();
    for raw in raws {
        row! { struct Tried { mail_tries: i64 } }
        let tried: Tried = sql("SELECT mail_tries FROM notices WHERE id = ?").bind(&raw.id).one(w)?;
        let later = now.plus_seconds(3_600 << tried.mail_tries.clamp(0, 10));
        let mine = sql("UPDATE notices SET mail_tries = mail_tries + 1, mail_at = ? \
                        WHERE id = ? AND mail_state = 'waiting' AND mail_tries = ?")
        .bind(&later)
        .bind(&raw.id)
        .bind(&tried.mail_tries)
        .run(w)?;
        if mine == 1 {
            taken.push(read(w, raw)?);
        }
    }
    Ok(taken)
}

/// Notices whose mail is due, those that wait longest first: the urgent ones, or the others.
fn due_mail(w: &mut Writing<'_>, urgent: bool, most: i64) -> Result<Vec<Raw>, Broken> {
    let now = w.now();
    let (not, marks) = (if urgent { "" } else { "NOT " }, vec!["?"; NoticeKind::URGENT.len()].join(", "));
    let statement = sql(format!(
        "SELECT id, person_id, kind, about, at FROM notices \
         WHERE mail_state = 'waiting' AND mail_at <= ? AND kind {not}IN ({marks}) ORDER BY mail_at, id LIMIT ?"
    ));
    let statement = NoticeKind::URGENT.iter().fold(statement.bind(&now), Statement::bind);
    statement.bind(&most).all(w)
}

/// How many notices wait to be mailed.
///
/// # Errors
/// The database is away.
pub fn unsent(r: &mut Reading<'_>) -> Result<i64, Broken> {
    sql("SELECT COUNT(*) AS n FROM notices WHERE mail_state = 'waiting'").one(r)
}

/// Notes what became of a mail; one that failed too often is given up.
///
/// # Errors
/// The database is away.
pub fn mailed(w: &mut Writing<'_>, id: Id<ids::Notice>, sent: bool) -> Result<(), Broken> {
    sql("UPDATE notices SET mail_state = CASE WHEN ? THEN 'sent' WHEN mail_tries >= ? THEN 'failed' ELSE mail_state END \
         WHERE id = ?")
        .bind(&sent)
        .bind(&MOST_TRIES)
        .bind(&id)
        .run(w)?;
    Ok(())
}

/// Sets when the holder of a certificate is reminded next.
///
/// # Errors
/// The database is away.
pub fn remind_at(w: &mut Writing<'_>, id: Id<ids::Certificate>, next: Option<Time>) -> Result<(), Broken> {
    sql("INSERT INTO reminders (certificate_id, next_at) VALUES (?, ?) \
         ON CONFLICT (certificate_id) DO UPDATE SET next_at = excluded.next_at")
    .bind(&id)
    .bind(&next)
    .run(w)?;
    Ok(())
}

/// Certificates whose holders are to be reminded by now, and those that nobody has looked at yet.
///
/// # Errors
/// The database is away.
pub fn to_remind(r: &mut Reading<'_>, most: i64) -> Result<Vec<Id<ids::Certificate>>, Broken> {
    row! { struct Due { id: Id<ids::Certificate> } }
    let now = r.at();
    let due: Vec<Due> = sql("SELECT certificate_id AS id FROM reminders WHERE next_at <= ? ORDER BY next_at LIMIT ?")
        .bind(&now)
        .bind(&most)
        .all(r)?;
    let unknown: Vec<Due> = sql("SELECT c.id FROM certificates c WHERE c.state = 'valid' \
                                 AND NOT EXISTS (SELECT 1 FROM reminders m WHERE m.certificate_id = c.id) LIMIT ?")
    .bind(&most)
    .all(r)?;
    Ok(due.into_iter().chain(unknown).map(|row| row.id).collect())
}
