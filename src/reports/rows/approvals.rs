//! Report 4: who approved what, and whether anybody was involved in their own case.

use super::{Page, Part, at_id, narrowed, someone};
use crate::{
    access::request::Verdict,
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::{Email, Slug},
    },
    db::{Reading, sql, sql::row},
    reports::{
        asked::Asked,
        cell::{Cell, Figure, Line},
    },
};

row! {
    struct Decided {
        id: Id<ids::Decision>,
        at: Time,
        decision: Verdict,
        approver_id: Id<ids::Person>,
        approver_name: String,
        approver_email: Email,
        place_id: Option<Id<ids::Person>>,
        place_name: Option<String>,
        place_email: Option<Email>,
        person_id: Id<ids::Person>,
        name: String,
        email: Email,
        role_id: Slug,
        request_id: Id<ids::Request>,
        grant_id: Option<Id<ids::Grant>>,
    }
}

row! {
    struct Given {
        id: Id<ids::Grant>,
        at: Time,
        person_id: Id<ids::Person>,
        name: String,
        email: Email,
        role_id: Slug,
        request_id: Id<ids::Request>,
        emergency: bool,
    }
}

/// Decisions of the period, whatever they came to; and what was given then with nobody's decision, by its policy alone.
pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let mut lines: Vec<(String, Line)> = decided(r, asked, part)?.into_iter().map(by_person).collect();
    lines.extend(given(r, asked, part)?.into_iter().map(by_policy));
    lines.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(Page::cut(lines, part.most))
}

fn decided(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Vec<Decided>, Broken> {
    let (after, id) = part.after_at();
    let found =
        sql("SELECT d.id, d.at, d.decision, a.id AS approver_id, a.name AS approver_name, a.email AS approver_email, b.id AS place_id, b.name AS place_name, b.email AS place_email, \
                     q.person_id, p.name, p.email, q.role_id, q.id AS request_id, \
                     (SELECT MIN(g.id) FROM grants g WHERE g.request_id = q.id AND g.granted_at <= ?) AS grant_id \
                     FROM decisions d JOIN requests q ON q.id = d.request_id JOIN persons a ON a.id = d.person_id LEFT JOIN persons b ON b.id = d.on_behalf_of \
                     JOIN persons p ON p.id = q.person_id WHERE d.at >= ? AND d.at < ? AND (d.at, d.id) > (?, ?)")
        .bind(&asked.at)
        .bind(&asked.from.max(after))
        .bind(&asked.until)
        .bind(&after)
        .bind(&id);
    narrowed(found, asked, "q").push(" ORDER BY d.at, d.id LIMIT ?").bind(&part.probe()).all(r)
}

fn given(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Vec<Given>, Broken> {
    let (after, id) = part.after_at();
    let found = sql("SELECT g.id, g.granted_at AS at, g.person_id, p.name, p.email, g.role_id, g.request_id, g.emergency FROM grants g \
                     JOIN persons p ON p.id = g.person_id WHERE g.granted_at >= ? AND g.granted_at < ? \
                     AND (g.granted_at, g.id) > (?, ?) \
                     AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.request_id = g.request_id AND d.at <= g.granted_at)")
    .bind(&asked.from.max(after))
    .bind(&asked.until)
    .bind(&after)
    .bind(&id);
    narrowed(found, asked, "g").push(" ORDER BY g.granted_at, g.id LIMIT ?").bind(&part.probe()).all(r)
}

fn by_person(raw: Decided) -> (String, Line) {
    // A delegate decides as the one who is away: neither may be the one who asks.
    let place = match (raw.place_id, raw.place_name, raw.place_email) {
        (Some(id), Some(name), Some(email)) => Cell::Person(someone(id, name, email)),
        _ => Cell::None,
    };
    let cells = vec![
        Cell::Person(someone(raw.person_id, raw.name, raw.email)),
        Cell::Role(raw.role_id),
        Cell::word(raw.decision.state_word()),
        Cell::Person(someone(raw.approver_id, raw.approver_name, raw.approver_email)),
        place,
        Cell::Flag(raw.approver_id == raw.person_id || raw.place_id == Some(raw.person_id)),
        Cell::word("person"),
        Cell::Moment(raw.at),
        Cell::Thing(raw.request_id.to_string()),
        Cell::thing(raw.grant_id),
    ];
    (at_id(raw.at, raw.id), cells)
}

fn by_policy(raw: Given) -> (String, Line) {
    let cells = vec![
        Cell::Person(someone(raw.person_id, raw.name, raw.email)),
        Cell::Role(raw.role_id),
        Cell::word("approved"),
        Cell::None,
        Cell::None,
        Cell::Flag(false),
        // Taken in an emergency, without anybody's approval: that is no policy's doing.
        Cell::word(if raw.emergency { "emergency" } else { "policy" }),
        Cell::Moment(raw.at),
        Cell::Thing(raw.request_id.to_string()),
        Cell::Thing(raw.id.to_string()),
    ];
    (at_id(raw.at, raw.id), cells)
}

/// How many decided, and how many of them on their own case.
pub(super) fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    let mut count = |own: &str| -> Result<i64, Broken> {
        let found = sql(format!(
            "SELECT COUNT(*) AS n FROM decisions d JOIN requests q ON q.id = d.request_id \
             WHERE d.at >= ? AND d.at < ?{own}"
        ));
        narrowed(found.bind(&asked.from).bind(&asked.until), asked, "q").one(r)
    };
    Ok(vec![
        Figure::count("decisions", count("")?),
        Figure::never("own_cases", count(" AND (d.person_id = q.person_id OR d.on_behalf_of = q.person_id)")?),
    ])
}
