//! Badges in the database: what of each is fixed, and which places of a list are revoked.

use crate::{
    base::{
        ids::{self, Id},
        refusal::Broken,
        text::Language,
    },
    certification::badge::{Badge, place},
    db::{Reading, Writing, sql, sql::row},
};

/// How often a free place is looked for in a list before the next list is begun: so a list is never more than about a
/// third full, and the search stays short.
const TRIES: usize = 8;

row! {
    struct Raw {
        certificate_id: Id<ids::Certificate>,
        list: i64,
        place: i64,
        language: Language,
        salt: String,
        identity_hash: String,
        wording: String,
    }
}

/// The badge of a certificate, if it has one yet.
///
/// # Errors
/// The database is away.
pub fn badge(r: &mut Reading<'_>, certificate: Id<ids::Certificate>) -> Result<Option<Badge>, Broken> {
    let raw: Option<Raw> =
        sql("SELECT certificate_id, list, place, language, salt, identity_hash, wording FROM badges \
                                WHERE certificate_id = ?")
        .bind(&certificate)
        .maybe(r)?;
    raw.map(|raw| {
        let wording = serde_json::from_str(&raw.wording)
            .map_err(|error| Broken::defect(format!("the wording of {}: {error}", raw.certificate_id)))?;
        Ok(Badge {
            certificate_id: raw.certificate_id,
            list: raw.list,
            place: raw.place,
            language: raw.language,
            salt: raw.salt,
            identity_hash: raw.identity_hash,
            wording,
        })
    })
    .transpose()
}

/// Stores a badge at a free place of the newest list; nothing happens where its certificate has one.
///
/// # Errors
/// The database is away.
pub fn insert(w: &mut Writing<'_>, badge: &Badge) -> Result<(), Broken> {
    let now = w.now();
    let wording = serde_json::to_string(&badge.wording).map_err(Broken::defect)?;
    let newest: Option<i64> = sql("SELECT list AS n FROM badges ORDER BY list DESC LIMIT 1").maybe(w)?;
    let mut list = newest.unwrap_or(1);
    let mut at = badge.place;
    for tried in 1.. {
        let stored =
            sql("INSERT INTO badges (certificate_id, list, place, language, salt, identity_hash, wording, made_at) \
                          VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(&badge.certificate_id)
            .bind(&list)
            .bind(&at)
            .bind(&badge.language)
            .bind(&badge.salt)
            .bind(&badge.identity_hash)
            .bind(&wording)
            .bind(&now)
            .run(w)?;
        if stored == 1 || self::badge(w, badge.certificate_id)?.is_some() {
            break;
        }
        if tried % TRIES == 0 {
            list += 1;
        }
        at = place()?;
    }
    Ok(())
}

/// The revoked places of a list: of certificates that were taken back, and of those that a new version of their course broke
/// once their grace is over; none where there is no such list.
///
/// # Errors
/// The database is away.
pub fn revoked(r: &mut Reading<'_>, list: i64) -> Result<Option<Vec<i64>>, Broken> {
    let known: Option<i64> = sql("SELECT list AS n FROM badges WHERE list = ? LIMIT 1").bind(&list).maybe(r)?;
    // The first list is there before its first badge.
    if known.is_none() && list != 1 {
        return Ok(None);
    }
    let now = r.at();
    let places = sql("SELECT b.place AS n FROM certificates c JOIN badges b ON b.certificate_id = c.id \
                      WHERE c.state = 'revoked' AND b.list = ? \
                      UNION ALL SELECT b.place AS n FROM certificates c JOIN badges b ON b.certificate_id = c.id \
                      WHERE c.state = 'superseded' AND c.ends_at <= ? AND b.list = ?")
    .bind(&list)
    .bind(&now)
    .bind(&list)
    .all(r)?;
    Ok(Some(places))
}
