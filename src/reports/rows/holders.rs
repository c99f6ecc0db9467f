//! Reports 1 and 2: who holds a role, now or at a moment.

use super::{Page, Part, someone};
use crate::{
    access::rows::{HolderFilter, holders},
    base::{paging::Paging, refusal::Broken},
    db::Reading,
    reports::{
        asked::Asked,
        cell::{Cell, Line},
    },
};

/// Everything that had not ended at the moment, in the order in which it was given; what was not effective says why.
pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let filter = HolderFilter {
        person: asked.person,
        role: asked.role.clone(),
        team: asked.team.clone(),
        ..HolderFilter::default()
    };
    let paging = Paging { limit: part.most, after: part.after.map(str::to_owned) };
    let found = holders(r, &filter, &paging)?;
    let line = |holder: crate::access::rows::Holder| -> (String, Line) {
        let person = holder.person;
        let cells = vec![
            Cell::Person(someone(person.id, person.name, person.email)),
            Cell::Role(holder.role),
            Cell::text(holder.warehouse.as_str()),
            Cell::Moment(holder.from),
            Cell::Moment(holder.until),
            Cell::word(holder.state.word()),
            Cell::Flag(holder.effective),
            Cell::Thing(holder.grant.to_string()),
            Cell::Thing(holder.via.to_string()),
        ];
        (holder.grant.to_string(), cells)
    };
    Ok(Page { more: found.next.is_some(), lines: found.items.into_iter().map(line).collect() })
}
