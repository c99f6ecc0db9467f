//! Teams by a provider's groups: a sign-in puts people in, and takes them out of where the provider had put them.

use crate::{
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Broken,
    },
    db::Writing,
    identity::{
        provider::{Proof, Provider},
        rows,
    },
};
use serde_json::json;

/// Follows the groups that a provider names. Memberships that a person gave stay as they are; where the provider names its
/// groups elsewhere, all of them do. Tells which teams they joined and left.
pub(super) fn follow(
    w: &mut Writing<'_>,
    by: &By,
    provider: &Provider,
    proof: &Proof,
    person: Id<ids::Person>,
) -> Result<Vec<String>, Broken> {
    let Some(groups) = &proof.groups else { return Ok(Vec::new()) };
    let wanted = provider.teams_of(groups);
    let own = provider.id.as_str();
    let (mut joined, mut left) = (Vec::new(), Vec::new());
    for team in rows::teams_from(w, person, own)? {
        if !wanted.iter().any(|wanted| wanted.as_str() == team) && rows::leave_team(w, person, &team)? {
            left.push(team);
        }
    }
    for team in wanted {
        if rows::join_team(w, person, team.as_str())? {
            rows::mark_team(w, person, team.as_str(), own)?;
            joined.push(team.to_string());
        }
    }
    if joined.is_empty() && left.is_empty() {
        return Ok(Vec::new());
    }
    let data = json!({ "provider": own, "teams_joined": joined, "teams_left": left });
    audit::rows::append(w, by, Entry::new(What::PersonChanged).person(person).data(data))?;
    joined.append(&mut left);
    Ok(joined)
}
