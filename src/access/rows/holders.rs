//! Who holds which access, at the instant of the transaction: lines of grants with what the one view says of each.

use crate::{
    access::grant::{Cause, EndReason, State as GrantState},
    base::{
        clock::Time,
        ids::{self, Id},
        paging::{Listing, Paging},
        refusal::Broken,
        text::{Email, Slug},
    },
    db::{
        Reading, known, sql,
        sql::{Statement, row, word_column},
    },
};

use super::{
    LockKind, LockedThing, MINTED, UNUSED, Use, VERIFIED,
    as_of::{EFFECTIVE, ENDED_SINCE, LIVE, OVER, few_ended_since},
    locks_in_force,
};

/// How a grant stands at the instant that is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It opens the warehouse.
    Effective,
    /// A required certification does not count.
    Suspended,
    /// It is outside of its hours.
    Closed,
    /// An emergency lock is in force.
    Locked,
    /// The person is shut out.
    Disabled,
    /// It has not begun.
    Scheduled,
    /// It is over.
    Ended,
}
word_column!(Standing {
    Effective => "effective",
    Suspended => "suspended",
    Closed => "closed",
    Locked => "locked",
    Disabled => "disabled",
    Scheduled => "scheduled",
    Ended => "ended",
});

/// Which lines are asked for; every field narrows. Without a state: everything that has not ended.
#[derive(Clone, Debug, Default)]
pub struct HolderFilter {
    pub person: Option<Id<ids::Person>>,
    pub role: Option<Slug>,
    pub warehouse: Option<Slug>,
    pub team: Option<String>,
    pub state: Option<Standing>,
    /// Only what was not used for so many days, and held for as long.
    pub unused_days: Option<i64>,
    /// Ended ones too.
    pub all: bool,
}

/// One line of the holders' list.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Holder {
    pub grant: Id<ids::Grant>,
    pub person: HolderPerson,
    pub role: Slug,
    pub warehouse: Slug,
    pub from: Time,
    /// Its end as it was known at the moment asked about.
    pub until: Time,
    pub state: Standing,
    pub effective: bool,
    /// The request that it came from.
    pub via: Id<ids::Request>,
    pub ended_reason: Option<EndReason>,
    /// What holds it back besides a missing certification.
    pub held_back: Option<Cause>,
    /// When it was last used, as far as that is known.
    pub last_used_at: Option<Time>,
}

impl Holder {
    /// The columns of the list as CSV, the same from the API and the command line.
    pub const HEAD: [&'static str; 15] = [
        "grant",
        "person_id",
        "person_name",
        "person_email",
        "office",
        "role",
        "warehouse",
        "from",
        "until",
        "state",
        "effective",
        "via",
        "ended_reason",
        "held_back",
        "last_used_at",
    ];

    /// The line's cells in these columns.
    #[must_use]
    pub fn cells(self) -> [String; 15] {
        [
            self.grant.to_string(),
            self.person.id.to_string(),
            self.person.name,
            self.person.email.to_string(),
            self.person.office,
            self.role.to_string(),
            self.warehouse.to_string(),
            self.from.to_string(),
            self.until.to_string(),
            self.state.word().to_owned(),
            self.effective.to_string(),
            self.via.to_string(),
            self.ended_reason.map_or_else(String::new, |reason| reason.word().to_owned()),
            self.held_back.map_or_else(String::new, |cause| cause.word().to_owned()),
            self.last_used_at.map_or_else(String::new, |at| at.to_string()),
        ]
    }
}

/// The person of a line.
#[derive(Clone, Debug, serde::Serialize)]
pub struct HolderPerson {
    pub id: Id<ids::Person>,
    pub name: String,
    pub email: Email,
    pub office: String,
}

row! {
    struct Raw {
        grant_id: Id<ids::Grant>,
        person_id: Id<ids::Person>,
        name: String,
        email: Email,
        office: String,
        role_id: Slug,
        warehouse_id: Slug,
        starts_at: Time,
        known_until: Time,
        over_at: Time,
        state: GrantState,
        ended_reason: Option<EndReason>,
        request_id: Id<ids::Request>,
        effective: bool,
        locked: bool,
        disabled: bool,
        shut: bool,
        held_back: Option<Cause>,
        minted_at: Option<Time>,
        verified_at: Option<Time>,
    }
}

const LOCKED: &str = "EXISTS (SELECT 1 FROM locks l WHERE ((l.kind = 'person' AND l.subject_id = g.person_id) \
     OR (l.kind = 'role' AND l.subject_id = g.role_id) OR (l.kind = 'warehouse' AND l.subject_id = g.warehouse_id)) \
     AND l.placed_at <= habilis_at() AND (l.lifted_at IS NULL OR habilis_at() < l.lifted_at))";
const DISABLED: &str = "EXISTS (SELECT 1 FROM disabled_periods d WHERE d.person_id = g.person_id \
     AND d.from_at <= habilis_at() AND (d.until_at IS NULL OR habilis_at() < d.until_at))";
const CAUSE: &str = "(SELECT s.cause FROM grant_suspensions s WHERE s.grant_id = g.id AND s.from_at <= habilis_at() \
     AND (s.until_at IS NULL OR habilis_at() < s.until_at) ORDER BY s.from_at, s.id LIMIT 1)";
/// One of the hours of the policy of `g` is shut.
const SHUT: &str = "EXISTS (SELECT 1 FROM policy_hours h WHERE h.policy_id = g.policy_id AND NOT EXISTS (\
     SELECT 1 FROM policy_hours w JOIN zone_offsets z ON z.zone = w.zone AND z.from_at <= habilis_at() AND habilis_at() < z.until_at \
     WHERE w.policy_id = h.policy_id AND w.rule = h.rule \
     AND w.from_micros <= (habilis_at() + z.offset_micros - 345600000000) % 604800000000 \
     AND (habilis_at() + z.offset_micros - 345600000000) % 604800000000 < w.until_micros))";
const WITHIN: &str = "g.starts_at <= habilis_at() AND habilis_at() < g.ends_at";

/// People who once had a certification that does not count at the instant, or a grant that something else holds back: a grant is
/// only given where its requirement is met, so that nobody else can have a suspended one.
const LAPSED: &str = "SELECT f.person_id FROM grant_suspensions s JOIN grants f ON f.id = s.grant_id \
     WHERE s.from_at <= habilis_at() AND (s.until_at IS NULL OR habilis_at() < s.until_at) UNION ALL SELECT k.person_id FROM certificates k WHERE k.ends_at <= habilis_at() AND NOT EXISTS (SELECT 1 \
     FROM certificates b WHERE b.person_id = k.person_id AND b.certification_id = k.certification_id \
     AND b.valid_from <= habilis_at() AND habilis_at() < b.ends_at)";
/// Grants of roles that have, or had, hours.
const WITH_HOURS: &str = "SELECT f.id FROM (SELECT DISTINCT x.role_id FROM policy_hours h \
     JOIN role_policies x ON x.policy_id = h.policy_id) p CROSS JOIN grants f WHERE f.role_id = p.role_id";
const SHUT_OUT: &str = "SELECT d.person_id FROM disabled_periods d WHERE d.from_at <= habilis_at() \
     AND (d.until_at IS NULL OR habilis_at() < d.until_at)";
const MEMBERS: &str = "SELECT m.person_id FROM team_members m WHERE m.team_id = ?";
/// The most locks whose grants are looked for one lock after the other.
const MOST_LOCKS: usize = 100;

/// Lines by filter, in the order of the grants' ids (the order in which they were given).
///
/// # Errors
/// The database is away.
pub fn holders(r: &mut Reading<'_>, filter: &HolderFilter, paging: &Paging) -> Result<Listing<Holder>, Broken> {
    // First the ids of the page, by the index that leads to the fewest grants; only then what is told of each.
    let statement = ids(r, filter, paging)?;
    let until = known::end_of("g");
    let raws: Vec<Raw> = statement
        .push(&format!(
            " SELECT g.id AS grant_id, g.person_id, p.name, p.email, p.office, g.role_id, g.warehouse_id, g.starts_at, \
             {until} AS known_until, {OVER} AS over_at, g.state, g.ended_reason, g.request_id, {EFFECTIVE} AS effective, {LOCKED} AS locked, \
             {DISABLED} AS disabled, {SHUT} AS shut, {CAUSE} AS held_back, {MINTED} AS minted_at, {VERIFIED} AS verified_at FROM (SELECT id FROM found ORDER BY id LIMIT ?) page JOIN grants g ON g.id = page.id \
             JOIN persons p ON p.id = g.person_id ORDER BY g.id"
        ))
        .bind(&paging.probe())
        .all(r)?;
    let at = r.at();
    let lines = raws.into_iter().map(|raw| line(raw, at)).collect();
    Ok(Listing::cut(lines, paging, |line: &Holder| line.grant.to_string()))
}

/// `WITH found AS …`: the ids of the grants that the filter leaves, at least all those of the page.
///
/// `CROSS JOIN` makes SQLite start from what stands on its left; the ids between keep it from other indexes of the same table.
fn ids(r: &mut Reading<'_>, filter: &HolderFilter, paging: &Paging) -> Result<Statement, Broken> {
    let at = r.at();
    // A person's grants are few: they are walked by their own index.
    if filter.person.is_some() {
        return Ok(in_order(filter, paging, at));
    }
    let few = sql("WITH found AS MATERIALIZED (SELECT g.id FROM (");
    let few = match filter.state {
        Some(Standing::Suspended) => of_people(few, LAPSED, None, filter.role.as_ref()),
        Some(Standing::Disabled) => of_people(few, SHUT_OUT, None, filter.role.as_ref()),
        Some(Standing::Closed) => few.push(WITH_HOURS),
        Some(Standing::Scheduled) => few.push("SELECT id FROM grants WHERE starts_at > habilis_at()"),
        Some(Standing::Locked) => {
            let locks = locks_in_force(r)?;
            return Ok(if locks.len() <= MOST_LOCKS {
                locked(&locks, filter, paging, at)
            } else {
                in_order(filter, paging, at)
            });
        }
        _ => match &filter.team {
            Some(team) => of_people(few, MEMBERS, Some(team), filter.role.as_ref()),
            // Most of a long history has ended: it is passed over, but for the few that ended after the instant asked about.
            None if !filter.all && filter.state != Some(Standing::Ended) && few_ended_since(r)? => {
                let live = few.push("SELECT id FROM (SELECT g.id FROM grants g WHERE ").push(LIVE).push(" AND ");
                let live =
                    narrowed(live, filter, paging, at).push(" ORDER BY g.id LIMIT ?) live").bind(&paging.probe());
                live.push(" UNION ALL SELECT g.id FROM grants g WHERE ").push(ENDED_SINCE)
            }
            None => return Ok(in_order(filter, paging, at)),
        },
    };
    let found = few.push(") c CROSS JOIN grants g WHERE g.id = c.id AND ");
    Ok(narrowed(found, filter, paging, at).push(")"))
}

/// The ids in their order, no more than the page takes.
fn in_order(filter: &HolderFilter, paging: &Paging, at: Time) -> Statement {
    let found = narrowed(sql("WITH found AS (SELECT g.id FROM grants g WHERE "), filter, paging, at);
    found.push(" ORDER BY g.id LIMIT ?)").bind(&paging.probe())
}

/// The grants of the people whom `people` finds (by `team` where it asks for one), of one role where it is given.
fn of_people(few: Statement, people: &str, team: Option<&String>, role: Option<&Slug>) -> Statement {
    let mut few = few.push("SELECT f.id FROM (SELECT DISTINCT person_id FROM (").push(people);
    if let Some(team) = team {
        few = few.bind(team);
    }
    few = few.push(") w) p CROSS JOIN grants f WHERE f.person_id = p.person_id");
    match role {
        Some(role) => few.push(" AND f.role_id = ?").bind(role),
        None => few,
    }
}

/// The grants under each lock, in the order of its own index, no more of each than the page takes.
fn locked(locks: &[LockedThing], filter: &HolderFilter, paging: &Paging, at: Time) -> Statement {
    let mut found = sql("WITH found AS MATERIALIZED (SELECT g.id FROM grants g WHERE FALSE");
    for lock in locks {
        let column = match lock.kind {
            LockKind::Person => "person_id",
            LockKind::Role => "role_id",
            LockKind::Warehouse => "warehouse_id",
        };
        found = found.push(&format!(" UNION SELECT id FROM (SELECT g.id FROM grants g WHERE g.{column} = ? AND "));
        found = narrowed(found.bind(&lock.subject_id), filter, paging, at);
        found = found.push(" ORDER BY g.id LIMIT ?) one").bind(&paging.probe());
    }
    found.push(")")
}

/// Everything that the filter asks of a grant `g`.
fn narrowed(mut statement: Statement, filter: &HolderFilter, paging: &Paging, at: Time) -> Statement {
    statement = statement.push("g.granted_at <= habilis_at()");
    if let Some(person) = &filter.person {
        statement = statement.push(" AND g.person_id = ?").bind(person);
    }
    if let Some(role) = &filter.role {
        statement = statement.push(" AND g.role_id = ?").bind(role);
    }
    if let Some(warehouse) = &filter.warehouse {
        statement = statement.push(" AND g.warehouse_id = ?").bind(warehouse);
    }
    if let Some(team) = &filter.team {
        statement = statement
            .push(" AND EXISTS (SELECT 1 FROM team_members m WHERE m.person_id = g.person_id AND m.team_id = ?)")
            .bind(team);
    }
    if let Some(days) = filter.unused_days {
        let before = at.plus_seconds(-days.saturating_mul(86_400));
        statement = statement.push(&format!(" AND {UNUSED}")).bind(&before).bind(&before).bind(&before);
    }
    let state = match filter.state {
        None if filter.all => String::new(),
        None => format!(" AND habilis_at() < {OVER}"),
        Some(Standing::Effective) => format!(" AND {EFFECTIVE}"),
        Some(Standing::Disabled) => format!(" AND {WITHIN} AND {DISABLED}"),
        Some(Standing::Locked) => format!(" AND {WITHIN} AND NOT {DISABLED} AND {LOCKED}"),
        Some(Standing::Closed) => format!(" AND {WITHIN} AND NOT {DISABLED} AND NOT {LOCKED} AND {SHUT}"),
        Some(Standing::Suspended) => {
            format!(" AND {WITHIN} AND NOT {DISABLED} AND NOT {LOCKED} AND NOT {SHUT} AND NOT {EFFECTIVE}")
        }
        Some(Standing::Scheduled) => format!(" AND habilis_at() < g.starts_at AND habilis_at() < {OVER}"),
        Some(Standing::Ended) => format!(" AND {OVER} <= habilis_at()"),
    };
    statement = statement.push(&state);
    match &paging.after {
        Some(after) => statement.push(" AND g.id > ?").bind(after),
        None => statement,
    }
}

fn line(raw: Raw, at: Time) -> Holder {
    let state = if at >= raw.over_at {
        Standing::Ended
    } else if at < raw.starts_at {
        Standing::Scheduled
    } else if raw.effective {
        Standing::Effective
    } else if raw.disabled {
        Standing::Disabled
    } else if raw.locked {
        Standing::Locked
    } else if raw.shut {
        Standing::Closed
    } else {
        Standing::Suspended
    };
    Holder {
        grant: raw.grant_id,
        person: HolderPerson { id: raw.person_id, name: raw.name, email: raw.email, office: raw.office },
        role: raw.role_id,
        warehouse: raw.warehouse_id,
        from: raw.starts_at,
        until: raw.known_until,
        state,
        effective: raw.effective,
        via: raw.request_id,
        held_back: raw.held_back,
        last_used_at: Use { minted_at: raw.minted_at, verified_at: raw.verified_at }.last(),
        ended_reason: raw.ended_reason.filter(|_| raw.state == GrantState::Ended && at >= raw.over_at),
    }
}
