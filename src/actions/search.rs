//! Searching what the signed-in person may read: courses, modules, certifications and roles.

use crate::{
    app::App,
    base::{
        paging::{Listing, Paging},
        refusal::Fault,
        text::Language,
    },
    curriculum::search::{Found, Hit, Query},
    identity::actor::Actor,
};

/// What was found: one page of it, and how much there is.
#[derive(Clone, Debug)]
pub struct Answer {
    pub total: usize,
    pub listing: Listing<Hit>,
}

/// Searches the content in force, which every replica holds in memory.
///
/// # Errors
/// Nobody is signed in, or no content is loaded.
pub fn search(app: &App, actor: &Actor, reader: Language, query: &Query, paging: &Paging) -> Result<Answer, Fault> {
    actor.signed()?;
    let content = app.content()?;
    // One more than the page holds tells whether there is a next page.
    let Found { total, hits } = content.search.search(query, reader, paging.after.as_deref(), paging.limit + 1);
    Ok(Answer { total, listing: Listing::cut(hits, paging, |hit| hit.key.clone()) })
}
