//! Report 11: whether everything of somebody who left is gone, and by when.

use super::{Page, Part};
use crate::{
    access::rows::as_of::OVER,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
    },
    db::{Reading, known, sql, sql::row},
    reports::{
        asked::Asked,
        cell::{Cell, Figure, Line},
    },
};

/// What somebody may leave behind, each with what finds it: its id, what it is in short, since when it was there, and when it
/// was gone, or, where it still was there at the moment, was to be by what was known then; `{over}` stands for [`OVER`] and
/// `{known}` for what was known then of the end ([`known::end_of`]), `{lapse}` of when a request was to lapse
/// ([`known::lapse_of`]). Nothing that was gone before they left is told.
const THINGS: &[(&str, &str)] = &[
    (
        "session",
        "SELECT s.id, '' AS what, s.created_at AS since, CASE WHEN s.ended_at <= habilis_at() AND s.ended_at < s.expires_at \
         THEN s.ended_at ELSE s.expires_at END AS gone FROM sessions s WHERE s.person_id = ?",
    ),
    (
        "grant",
        // What was given and has not begun is there, too: it would have begun by itself.
        "SELECT o.id, o.role_id AS what, o.granted_at AS since, CASE WHEN {over} <= habilis_at() THEN {over} ELSE {known} END \
         AS gone FROM grants o WHERE o.person_id = ?",
    ),
    (
        "request",
        "SELECT q.id, q.role_id AS what, q.submitted_at AS since, CASE WHEN q.closed_at <= habilis_at() AND q.closed_at <= {lapse} \
         THEN q.closed_at ELSE {lapse} END AS gone FROM requests q WHERE q.person_id = ?",
    ),
    (
        "token",
        "SELECT t.id, t.role_id AS what, t.issued_at AS since, CASE WHEN t.revoked_at <= habilis_at() AND t.revoked_at < t.expires_at \
         THEN t.revoked_at ELSE t.expires_at END AS gone FROM tokens t WHERE t.person_id = ?",
    ),
    (
        "tool",
        // What was fetched anew later was not known then. What there was then may be forgotten by now: that ends nothing.
        "SELECT a.id, c.name AS what, a.created_at AS since, CASE WHEN a.ended_at <= habilis_at() THEN a.ended_at \
         WHEN NOT EXISTS (SELECT 1 FROM refresh_tokens f WHERE f.authorization_id = a.id) THEN a.created_at \
         ELSE (SELECT MAX(f.expires_at) FROM refresh_tokens f WHERE f.authorization_id = a.id \
         AND f.created_at <= habilis_at()) END AS gone \
         FROM authorizations a JOIN clients c ON c.id = a.client_id WHERE a.person_id = ?",
    ),
    (
        "link",
        "SELECT l.id, l.purpose AS what, l.created_at AS since, CASE WHEN l.used_at <= habilis_at() AND l.used_at < l.expires_at \
         THEN l.used_at ELSE l.expires_at END AS gone FROM links l WHERE l.person_id = ?",
    ),
    (
        "service",
        // Whose they were at a moment is known from the changes of owner: the last stretch in which they were this person's.
        "SELECT c.id, c.name AS what, o.since, CASE WHEN c.removed_at <= habilis_at() AND (o.given IS NULL \
         OR c.removed_at <= o.given) THEN c.removed_at ELSE o.given END AS gone FROM (SELECT b.client_id, b.since, \
         (SELECT MIN(e.at) FROM events e WHERE e.person_id = ? AND e.subject_id = b.client_id \
         AND e.kind = 'client.owner_changed' AND e.at > b.since AND e.at <= habilis_at() \
         AND e.data LIKE '%\"from\":\"' || e.person_id || '\"%') AS given FROM (SELECT a.client_id, MAX(a.since) AS since FROM (\
         SELECT c.id AS client_id, c.created_at AS since FROM clients c WHERE c.owner_id = ? AND NOT EXISTS (\
         SELECT 1 FROM events e WHERE e.subject_id = c.id AND e.kind = 'client.owner_changed') \
         UNION ALL SELECT e.subject_id, e.at FROM events e WHERE e.person_id = ? AND e.kind = 'client.owner_changed' \
         AND e.data LIKE '%\"to\":\"' || e.person_id || '\"%' \
         UNION ALL SELECT c.id, c.created_at FROM events e JOIN clients c ON c.id = e.subject_id WHERE e.person_id = ? \
         AND e.kind = 'client.owner_changed' AND e.data LIKE '%\"from\":\"' || e.person_id || '\"%' AND NOT EXISTS (\
         SELECT 1 FROM events f WHERE f.subject_id = e.subject_id AND f.kind = e.kind AND f.at < e.at)) a \
         WHERE a.since <= habilis_at() GROUP BY a.client_id) b) o JOIN clients c ON c.id = o.client_id",
    ),
    (
        "identity",
        "SELECT i.id, i.provider_id AS what, i.linked_at AS since, CASE WHEN i.ended_at <= habilis_at() THEN i.ended_at END AS gone \
         FROM identities i WHERE i.person_id = ?",
    ),
    // What they made they have seen: a secret of the directory or of a receiver of signals that nobody changed is still theirs.
    (
        "credential",
        "SELECT d.id, d.name AS what, d.created_at AS since, CASE WHEN d.ended_at <= habilis_at() THEN d.ended_at END AS gone \
         FROM service_credentials d WHERE d.created_by = ?",
    ),
    // Likewise what messages to a webhook are signed with, until another has taken its place or the webhook is no more. When the
    // one ends is known from when the other was made.
    (
        "webhook",
        "SELECT s.id, k.name AS what, s.made_at AS since, CASE WHEN k.state = 'removed' AND k.changed_at <= habilis_at() \
         AND (s.ends_at IS NULL OR k.changed_at < s.ends_at) THEN k.changed_at WHEN s.ends_at <= habilis_at() \
         OR EXISTS (SELECT 1 FROM event_sink_secrets n WHERE n.sink_id = s.sink_id AND n.made_at > s.made_at \
         AND n.made_at <= habilis_at()) THEN s.ends_at END AS gone FROM events e \
         JOIN event_sink_secrets s ON s.sink_id = e.subject_id AND s.made_at = e.at JOIN event_sinks k ON k.id = s.sink_id \
         WHERE e.actor = ? AND e.kind IN ('webhook.made', 'webhook.secret_made')",
    ),
];

row! {
    /// Something that was there.
    struct Thing {
        id: String,
        what: String,
        since: Time,
        gone: Option<Time>,
    }
}

/// Since when the person could not act at the moment asked about, without a break.
fn left_at(r: &mut Reading<'_>, person: Id<ids::Person>) -> Result<Option<Time>, Broken> {
    row! { struct Left { from_at: Option<Time> } }
    let at = r.at();
    let left: Left = sql("SELECT MAX(from_at) AS from_at FROM disabled_periods WHERE person_id = ? AND from_at <= ? \
                          AND (until_at IS NULL OR ? < until_at)")
    .bind(&person)
    .bind(&at)
    .bind(&at)
    .one(r)?;
    Ok(left.from_at)
}

/// The account, and everything that was there when they left, each with when it was gone.
fn things(r: &mut Reading<'_>, person: Id<ids::Person>, part: Part<'_>) -> Result<Vec<(String, Kept)>, Broken> {
    let (at, left) = (r.at(), left_at(r, person)?);
    let since: Time =
        sql("SELECT created_at AS n FROM persons WHERE id = ?").bind(&person).one::<i64>(r).map(Time::from_micros)?;
    let account = Thing { id: person.to_string(), what: String::new(), since, gone: left };
    let mut all = vec![("00|account".to_owned(), Kept { kind: "account", thing: account, left, at })];
    let horizon = left.unwrap_or(at);
    for (place, (kind, text)) in THINGS.iter().enumerate() {
        let text = text.replace("{over}", &OVER.replace("g.", "o.")).replace("{known}", &known::end_of("o"));
        let text = text.replace("{lapse}", &known::lapse_of("q"));
        let place = place + 1;
        let after = match part.after.and_then(|key| key.split_once('|')) {
            Some((rank, _)) if rank.parse::<usize>().is_ok_and(|rank| rank > place) => continue,
            Some((rank, id)) if rank.parse::<usize>().is_ok_and(|rank| rank == place) => id,
            _ => "",
        };
        let found = sql(format!(
            "SELECT id, what, since, gone FROM ({text}) z WHERE since <= ? AND (gone IS NULL OR gone >= ?) AND id > ? \
             ORDER BY id LIMIT ?"
        ));
        // Whatever a text asks for is the person.
        let found = text.matches('?').fold(found, |found, _| found.bind(&person));
        let found: Vec<Thing> = found.bind(&at).bind(&horizon).bind(&after.to_owned()).bind(&part.probe()).all(r)?;
        let kept = |thing: Thing| (format!("{place:02}|{}", thing.id), Kept { kind, thing, left, at });
        all.extend(found.into_iter().map(kept));
    }
    all.retain(|(key, _)| part.after.is_none_or(|after| key.as_str() > after));
    Ok(all)
}

/// A thing as of the moment asked about.
struct Kept {
    kind: &'static str,
    thing: Thing,
    left: Option<Time>,
    at: Time,
}

impl Kept {
    /// When it was gone, by the moment asked about.
    fn gone(&self) -> Option<Time> {
        self.thing.gone.filter(|gone| *gone <= self.at)
    }

    /// When what was still there is gone by itself, where that is known.
    fn gone_by(&self) -> Option<Time> {
        self.thing.gone.filter(|gone| *gone > self.at)
    }

    fn line(self) -> Line {
        let (gone, by) = (self.gone(), self.gone_by());
        let after = gone.zip(self.left).map(|(gone, left)| Cell::Span(gone.micros_since(left).max(0)));
        vec![
            Cell::word(self.kind),
            Cell::text(self.thing.what),
            Cell::Moment(self.thing.since),
            Cell::Flag(gone.is_some()),
            Cell::moment(gone),
            after.unwrap_or(Cell::None),
            Cell::Thing(self.thing.id),
            Cell::moment(by),
        ]
    }
}

pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let Some(person) = asked.person else { return Ok(Page::default()) };
    let lines = things(r, person, part)?.into_iter().map(|(key, kept)| (key, kept.line())).collect();
    Ok(Page::cut(lines, part.most))
}

/// Whether they had left, whether everything was gone, and by when the last of it was, or is where that is known of all of it.
pub(super) fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    let Some(person) = asked.person else { return Ok(Vec::new()) };
    let all = things(r, person, Part { after: None, most: 100_000 })?;
    let left = left_at(r, person)?;
    let there = i64::try_from(all.iter().filter(|(_, kept)| kept.gone().is_none()).count()).unwrap_or(i64::MAX);
    let last = all.iter().filter_map(|(_, kept)| kept.gone()).max();
    let gone = there == 0;
    let mut figures = vec![
        match left {
            Some(left) => Figure { name: "left", cell: Cell::Moment(left), good: None },
            None => Figure::answer("not_shut_out", true),
        },
        Figure { name: "all_gone", cell: Cell::Flag(gone), good: left.map(|_| gone) },
        Figure { name: "still_there", cell: Cell::Number(there), good: left.map(|_| gone) },
    ];
    if let Some(last) = last.filter(|_| gone) {
        figures.push(Figure { name: "gone_by", cell: Cell::Moment(last), good: None });
    }
    // Nothing of it is said to be gone: only when each thing ends, unless something ends it before.
    let remaining = all.iter().filter(|(_, kept)| kept.gone().is_none()).map(|(_, kept)| kept.gone_by());
    if let Some(Some(last)) = remaining.collect::<Option<Vec<Time>>>().map(|ends| ends.into_iter().max()) {
        figures.push(Figure { name: "will_be_gone_by", cell: Cell::Moment(last), good: None });
    }
    Ok(figures)
}
