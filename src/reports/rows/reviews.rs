//! Report 10: whether reviews were on time, and what was removed.

use super::{Page, Part, at_id, narrowed, someone};
use crate::{
    access::{review::is_late, rows::as_of::sum},
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
    struct Raw {
        id: String,
        review_id: String,
        title: String,
        at: Time,
        due_at: Time,
        person_id: Id<ids::Person>,
        name: String,
        email: Email,
        role_id: Slug,
        grant_id: Id<ids::Grant>,
        state: String,
        excused: bool,
        decided_at: Option<Time>,
        by_id: Option<Id<ids::Person>>,
        by_name: Option<String>,
        by_email: Option<Email>,
        of_id: Option<Id<ids::Person>>,
        of_name: Option<String>,
        of_email: Option<Email>,
    }
}

/// How a line stood at the moment asked about: by the last step that it had taken then.
const STATE: &str = "(SELECT c.to_state FROM state_changes c WHERE c.subject_id = l.id AND c.at <= habilis_at() \
     ORDER BY c.at DESC, c.id DESC LIMIT 1)";

/// Whether nobody could answer a line `z` at the moment asked about: its grant was gone before it was due, or the review was
/// called off. Of such a line nothing is said about time.
const EXCUSED: &str = "(z.state IN ('gone', 'cancelled') AND (z.overdue_at IS NULL OR z.overdue_at > habilis_at()))";

/// The lines `z` of the reviews that began in a period, each with its state as of the moment.
fn reviewed() -> String {
    format!(
        "(SELECT l.id, v.id AS review_id, v.title, v.started_at AS at, v.due_at, l.person_id, l.role_id, l.grant_id, \
         COALESCE({STATE}, 'pending') AS state, l.overdue_at, l.decided_at, l.decided_by, l.on_behalf_of FROM reviews v \
         JOIN review_lines l ON l.review_id = v.id WHERE v.started_at >= ? AND v.started_at < ?) z"
    )
}

/// The lines of the reviews that began in the period, each with its answer as of the moment.
pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let (after, id) = part.after_at();
    let found = sql(format!(
        "SELECT z.id, z.review_id, z.title, z.at, z.due_at, z.person_id, p.name, p.email, z.role_id, z.grant_id, z.state, \
         {EXCUSED} AS excused, z.decided_at, d.id AS by_id, d.name AS by_name, d.email AS by_email, o.id AS of_id, \
         o.name AS of_name, o.email AS of_email FROM {} JOIN persons p ON p.id = z.person_id \
         LEFT JOIN persons d ON d.id = z.decided_by LEFT JOIN persons o ON o.id = z.on_behalf_of \
         WHERE (z.at, z.id) > (?, ?)",
        reviewed()
    ))
    .bind(&asked.from.max(after))
    .bind(&asked.until)
    .bind(&after)
    .bind(&id);
    let raws: Vec<Raw> = narrowed(found, asked, "z").push(" ORDER BY z.at, z.id LIMIT ?").bind(&part.probe()).all(r)?;
    let lines = raws.into_iter().map(|raw| (at_id(raw.at, &raw.id), line(raw, asked.at))).collect();
    Ok(Page::cut(lines, part.most))
}

fn line(raw: Raw, at: Time) -> Line {
    // What was answered later was not answered then.
    let decided = raw.decided_at.filter(|decided| *decided <= at);
    let then = |id: Option<_>, name: Option<_>, email: Option<_>| match (decided, id, name, email) {
        (Some(_), Some(id), Some(name), Some(email)) => Cell::Person(someone(id, name, email)),
        _ => Cell::None,
    };
    let (by, of) = (then(raw.by_id, raw.by_name, raw.by_email), then(raw.of_id, raw.of_name, raw.of_email));
    let on_time = match decided {
        _ if raw.excused => Cell::None,
        Some(decided) => Cell::Flag(!is_late(raw.due_at, decided)),
        None if is_late(raw.due_at, at) => Cell::Flag(false),
        None => Cell::None,
    };
    vec![
        Cell::text(raw.title),
        Cell::Person(someone(raw.person_id, raw.name, raw.email)),
        Cell::Role(raw.role_id),
        Cell::word(raw.state),
        on_time,
        Cell::Moment(raw.due_at),
        Cell::moment(decided),
        by,
        of,
        Cell::Thing(raw.grant_id.to_string()),
        Cell::Thing(raw.review_id),
    ]
}

/// How many lines there were, how many were answered in time, and what became of them.
pub(super) fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    row! {
        struct Counts { lines_all: i64, on_time: Option<i64>, late: Option<i64>, removed: Option<i64>, lapsed: Option<i64> }
    }
    // As `is_late` has it: at the due date itself it is too late.
    let found = sql(format!(
        "SELECT COUNT(*) AS lines_all, {} AS on_time, {} AS late, {} AS removed, {} AS lapsed FROM {} WHERE TRUE",
        sum("z.decided_at <= habilis_at() AND z.decided_at < z.due_at"),
        sum(&format!(
            "NOT {EXCUSED} AND z.due_at <= habilis_at() AND (z.decided_at IS NULL OR z.decided_at >= z.due_at)"
        )),
        sum("z.state = 'removed'"),
        sum("z.state = 'lapsed'"),
        reviewed(),
    ));
    let counts: Counts = narrowed(found.bind(&asked.from).bind(&asked.until), asked, "z").one(r)?;
    Ok(vec![
        Figure::count("review_lines", counts.lines_all),
        Figure::count("answered_in_time", counts.on_time.unwrap_or_default()),
        Figure::never("late", counts.late.unwrap_or_default()),
        Figure::count("removed", counts.removed.unwrap_or_default()),
        Figure::count("lapsed", counts.lapsed.unwrap_or_default()),
    ])
}
