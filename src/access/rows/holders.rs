//! Who holds which access, at the instant of the transaction: lines of grants with what the one view says of each.

use crate::{
    access::grant::{EndReason, State as GrantState},
    base::{
        clock::Time,
        ids::{self, Id},
        paging::{Listing, Paging},
        refusal::Broken,
        text::{Email, Slug},
    },
    db::{
        Reading, sql,
        sql::{row, word_column},
    },
};

/// How a grant stands at the instant that is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It opens the warehouse.
    Effective,
    /// A required certification does not count.
    Suspended,
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
    pub until: Time,
    pub state: Standing,
    pub effective: bool,
    /// The request that it came from.
    pub via: Id<ids::Request>,
    pub ended_reason: Option<EndReason>,
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
        ends_at: Time,
        state: GrantState,
        ended_reason: Option<EndReason>,
        request_id: Id<ids::Request>,
        effective: bool,
        locked: bool,
        disabled: bool,
    }
}

const LOCKED: &str = "EXISTS (SELECT 1 FROM locks l WHERE ((l.kind = 'person' AND l.subject_id = g.person_id) \
     OR (l.kind = 'role' AND l.subject_id = g.role_id) OR (l.kind = 'warehouse' AND l.subject_id = g.warehouse_id)) \
     AND l.placed_at <= habilis_at() AND (l.lifted_at IS NULL OR habilis_at() < l.lifted_at))";
const DISABLED: &str = "EXISTS (SELECT 1 FROM disabled_periods d WHERE d.person_id = g.person_id \
     AND d.from_at <= habilis_at() AND (d.until_at IS NULL OR habilis_at() < d.until_at))";
const EFFECTIVE: &str = "EXISTS (SELECT 1 FROM effective_access e WHERE e.grant_id = g.id)";
const WITHIN: &str = "g.starts_at <= habilis_at() AND habilis_at() < g.ends_at";

/// Lines by filter, in the order of the grants' ids (the order in which they were given).
///
/// # Errors
/// The database is away.
pub fn holders(r: &mut Reading<'_>, filter: &HolderFilter, paging: &Paging) -> Result<Listing<Holder>, Broken> {
    let mut statement = sql(format!(
        "SELECT g.id AS grant_id, g.person_id, p.name, p.email, p.office, g.role_id, g.warehouse_id, g.starts_at, \
         g.ends_at, g.state, g.ended_reason, g.request_id, {EFFECTIVE} AS effective, {LOCKED} AS locked, \
         {DISABLED} AS disabled FROM grants g JOIN persons p ON p.id = g.person_id WHERE g.granted_at <= habilis_at()"
    ));
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
    let state = match filter.state {
        None if filter.all => String::new(),
        None => " AND habilis_at() < g.ends_at".to_owned(),
        Some(Standing::Effective) => format!(" AND {EFFECTIVE}"),
        Some(Standing::Disabled) => format!(" AND {WITHIN} AND {DISABLED}"),
        Some(Standing::Locked) => format!(" AND {WITHIN} AND NOT {DISABLED} AND {LOCKED}"),
        Some(Standing::Suspended) => {
            format!(" AND {WITHIN} AND NOT {DISABLED} AND NOT {LOCKED} AND NOT {EFFECTIVE}")
        }
        Some(Standing::Scheduled) => " AND habilis_at() < g.starts_at AND habilis_at() < g.ends_at".to_owned(),
        Some(Standing::Ended) => " AND g.ends_at <= habilis_at()".to_owned(),
    };
    statement = statement.push(&state);
    if let Some(after) = &paging.after {
        statement = statement.push(" AND g.id > ?").bind(after);
    }
    let raws: Vec<Raw> = statement.push(" ORDER BY g.id LIMIT ?").bind(&paging.probe()).all(r)?;
    let at = r.at();
    let lines = raws.into_iter().map(|raw| line(raw, at)).collect();
    Ok(Listing::cut(lines, paging, |line: &Holder| line.grant.to_string()))
}

fn line(raw: Raw, at: Time) -> Holder {
    let state = if at >= raw.ends_at {
        Standing::Ended
    } else if at < raw.starts_at {
        Standing::Scheduled
    } else if raw.effective {
        Standing::Effective
    } else if raw.disabled {
        Standing::Disabled
    } else if raw.locked {
        Standing::Locked
    } else {
        Standing::Suspended
    };
    Holder {
        grant: raw.grant_id,
        person: HolderPerson { id: raw.person_id, name: raw.name, email: raw.email, office: raw.office },
        role: raw.role_id,
        warehouse: raw.warehouse_id,
        from: raw.starts_at,
        until: raw.ends_at,
        state,
        effective: raw.effective,
        via: raw.request_id,
        ended_reason: raw.ended_reason.filter(|_| raw.state == GrantState::Ended && at >= raw.ends_at),
    }
}
