//! What is to end: certificates and grants, with whether something carries on from there.

use super::{Page, Part, at_id, someone};
use crate::{
    access::rows::{self as access_rows, as_of::sum},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::{Email, Slug},
    },
    certification::{
        requirement::{carried_until, lost_at},
        rows::certificates_then,
    },
    db::{
        Reading, known, sql,
        sql::{Statement, row},
    },
    reports::{
        asked::Asked,
        cell::{Cell, Figure, Line},
    },
};

row! {
    struct Raw {
        kind: String,
        id: String,
        at: Time,
        person_id: Id<ids::Person>,
        name: String,
        email: Email,
        what: String,
        carried: bool,
    }
}

row! {
    /// What ends within a quarter of an hour, for a calendar.
    #[derive(Clone, Debug)]
    pub struct End {
        /// The first instant at which anything does.
        pub at: Time,
        /// `certificate` or `grant`.
        pub kind: String,
        /// How many.
        pub count: i64,
    }
}

/// What ends: a table `t` of certificates or of grants.
struct Ending {
    kind: &'static str,
    table: &'static str,
    /// What somebody has until then.
    what: &'static str,
    /// When it was given, and from when on it counts.
    given: &'static str,
    starts: &'static str,
    /// The states in which nothing has lowered its end, and the others: each says which index leads there.
    untouched: &'static str,
    others: &'static str,
    /// Whether one that never came to count is left out.
    counted: bool,
}

const CERTIFICATES: Ending = Ending {
    kind: "certificate",
    table: "certificates",
    what: "certification_id",
    given: "issued_at",
    starts: "valid_from",
    untouched: "t.state = 'valid'",
    others: "t.state <> 'valid'",
    counted: false,
};

const GRANTS: Ending = Ending {
    kind: "grant",
    table: "grants",
    what: "role_id",
    given: "granted_at",
    starts: "starts_at",
    untouched: "t.state IN ('scheduled', 'active', 'suspended')",
    others: "t.state = 'ended'",
    counted: true,
};

/// The end that stands in a row `t` is the one that was known at the moment: nothing has lowered it since.
const STANDS: &str = "NOT EXISTS (SELECT 1 FROM lowered_ends l WHERE l.subject_id = t.id AND l.at > habilis_at())";
/// The end that was known of `t` at the moment stands in `l`: the first that lowered it since has found it there.
const FOUND: &str = "t.id = l.subject_id AND l.at > habilis_at() AND NOT EXISTS (SELECT 1 FROM lowered_ends e \
                     WHERE e.subject_id = l.subject_id AND e.at > habilis_at() AND e.at < l.at)";

impl Ending {
    /// Those that end, as they were known at the moment asked about: by the end that stands there, and by one that was lowered
    /// since. The order of the two tables there is said, as SQLite does not know that few are ever lowered.
    fn arms(&self, is_carried: bool) -> [String; 3] {
        let table = self.table;
        [
            self.arm(&format!("{table} t"), "t.ends_at", self.untouched, is_carried),
            self.arm(&format!("{table} t"), "t.ends_at", &format!("{} AND {STANDS}", self.others), is_carried),
            self.arm(&format!("lowered_ends l CROSS JOIN {table} t"), "l.was", FOUND, is_carried),
        ]
    }

    /// Those of some rows, by an expression of their end; with whether another one carries on, where that is asked.
    fn arm(&self, from: &str, end: &str, condition: &str, is_carried: bool) -> String {
        let Self { kind, table, what, given, starts, .. } = self;
        let counted = if self.counted { format!(" AND t.{starts} < {end}") } else { String::new() };
        // Whether another one counts at that very instant, as it was known at the moment. The sum keeps SQLite from looking for
        // a role's grants by when they were given, which are many, where a person's are few.
        let carried = if is_carried {
            let known = known::end_of("o");
            format!(
                ", EXISTS (SELECT 1 FROM {table} o WHERE o.person_id = t.person_id AND o.{what} = t.{what} \
                 AND o.{given} + 0 <= habilis_at() AND o.{starts} <= {end} AND {end} < {known}) AS carried"
            )
        } else {
            String::new()
        };
        format!(
            "SELECT '{kind}' AS kind, t.id, {end} AS at, t.person_id, t.{what} AS what{carried} FROM {from} \
             WHERE {end} >= ? AND {end} < ? AND t.{given} <= ?{counted} AND {condition}"
        )
    }
}

/// Everything that ends in the period, narrowed as it was asked.
fn ends(asked: &Asked, from: Time, head: &str, is_carried: bool) -> Statement {
    let endings: &[Ending] = match asked.kind.as_deref() {
        Some("certificate") => &[CERTIFICATES],
        Some("grant") => &[GRANTS],
        _ => &[CERTIFICATES, GRANTS],
    };
    let wanted: Vec<String> = endings.iter().flat_map(|ending| ending.arms(is_carried)).collect();
    let text = format!(
        "SELECT {head} FROM ({}) z JOIN persons p ON p.id = z.person_id WHERE TRUE",
        wanted.join(" UNION ALL ")
    );
    let mut statement =
        wanted.iter().fold(sql(text), |statement, _| statement.bind(&from).bind(&asked.until).bind(&asked.at));
    if let Some(person) = &asked.person {
        statement = statement.push(" AND z.person_id = ?").bind(person);
    }
    if let Some(team) = &asked.team {
        statement = statement
            .push(" AND EXISTS (SELECT 1 FROM team_members m WHERE m.person_id = z.person_id AND m.team_id = ?)")
            .bind(team);
    }
    if let Some(role) = &asked.role {
        // A certificate belongs to a role that the person holds and that asks for it.
        statement = statement
            .push(
                " AND ((z.kind = 'grant' AND z.what = ?) OR (z.kind = 'certificate' AND EXISTS (SELECT 1 FROM grants h \
                 JOIN policy_clauses c ON c.policy_id = h.policy_id WHERE h.person_id = z.person_id AND h.role_id = ? \
                 AND h.granted_at + 0 <= habilis_at() AND habilis_at() < h.ends_at AND c.certification_id = z.what)))",
            )
            .bind(role)
            .bind(role);
    }
    statement
}

pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let (after, id) = part.after_at();
    let head = "z.kind, z.id, z.at, z.person_id, p.name, p.email, z.what, z.carried";
    let raws: Vec<Raw> = ends(asked, asked.from.max(after), head, true)
        .push(" AND (z.at, z.id) > (?, ?) ORDER BY z.at, z.id LIMIT ?")
        .bind(&after)
        .bind(&id)
        .bind(&part.probe())
        .all(r)?;
    let more = raws.len() > part.most;
    let mut lines = Vec::new();
    for raw in raws.into_iter().take(part.most) {
        let sooner = if raw.kind == GRANTS.kind { sooner(r, &raw, asked.at)? } else { None };
        lines.push((at_id(raw.at, &raw.id), line(raw, sooner)));
    }
    Ok(Page { lines, more })
}

/// When a grant is over before its own end, as its requirement is lost then for longer than its grace, unless somebody earns what is
/// missing; none where it runs to its end.
fn sooner(r: &mut Reading<'_>, raw: &Raw, at: Time) -> Result<Option<Time>, Broken> {
    let Some(grant) = access_rows::grant(r, raw.id.parse().map_err(Broken::defect)?)? else { return Ok(None) };
    let policy = access_rows::policy(r, &grant.policy_id)?;
    let held = certificates_then(r, raw.person_id)?;
    let since = at.max(grant.starts_at);
    let lost = carried_until(&policy.requires, &held, since)
        .or_else(|| lost_at(&policy.requires, &held, grant.starts_at, since));
    let over = lost.map(|lost| lost.plus_micros(grant.grace_micros).max(grant.starts_at));
    Ok(over.filter(|over| *over < raw.at))
}

fn line(raw: Raw, sooner: Option<Time>) -> Line {
    let role = (raw.kind == "grant").then(|| raw.what.parse::<Slug>().ok()).flatten();
    vec![
        Cell::Moment(raw.at),
        Cell::word(raw.kind),
        Cell::Person(someone(raw.person_id, raw.name, raw.email)),
        if role.is_some() { Cell::None } else { Cell::text(raw.what) },
        role.map_or(Cell::None, Cell::Role),
        Cell::Flag(raw.carried),
        Cell::moment(sooner),
        Cell::Thing(raw.id),
    ]
}

/// A quarter of an hour: in whatever zone somebody reads, a day begins with one.
const QUARTER: i64 = 900_000_000;

/// Every end of a period, for a calendar, counted by the quarter of an hour.
///
/// # Errors
/// The database is away.
pub fn calendar(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<End>, Broken> {
    ends(asked, asked.from, "MIN(z.at) AS at, z.kind, COUNT(*) AS count", false)
        .push(&format!(" GROUP BY z.at / {QUARTER}, z.kind ORDER BY 1, 2"))
        .all(r)
}

pub(super) fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    row! { struct Counts { certificates: Option<i64>, grants: Option<i64>, open: Option<i64> } }
    let head = format!(
        "{} AS certificates, {} AS grants, {} AS open",
        sum("z.kind = 'certificate'"),
        sum("z.kind = 'grant'"),
        sum("NOT z.carried")
    );
    let counts: Counts = ends(asked, asked.from, &head, true).one(r)?;
    Ok(vec![
        Figure::count("certificates", counts.certificates.unwrap_or_default()),
        Figure::count("grants_ending", counts.grants.unwrap_or_default()),
        Figure::count("not_carried", counts.open.unwrap_or_default()),
    ])
}
