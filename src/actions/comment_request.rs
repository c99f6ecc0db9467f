//! Saying something about a request beside deciding on it: its requester, those who may decide, and auditors.

use super::{About, act, read_decisions, tell_access};
use crate::{
    access::{
        request::AccessRefusal,
        rows::{self, Comment},
    },
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
    },
    identity::actor::Actor,
};
use serde_json::json;

/// Adds a comment to a request as the signed-in person; also to one that is closed.
///
/// # Errors
/// There is no such request that this person may read, nothing is said, too much is or was before, or the database is away.
pub async fn comment_request(
    app: &App,
    actor: &Actor,
    request: Id<ids::Request>,
    text: String,
) -> Result<Comment, Fault> {
    let content = app.content()?;
    let who = actor.signed()?.person.clone();
    let caller = actor.clone();
    act(app, actor, "comment_request", About::nothing().subject(request), move |w, by| {
        let found = rows::request(w, request)?.ok_or(AccessRefusal::NoSuchRequest)?;
        if !read_decisions::may_read(w, &content, &found, Some(who.id))? && caller.as_auditor().is_err() {
            return Err(AccessRefusal::NoSuchRequest.into());
        }
        let text = text.trim();
        if text.is_empty() {
            return Err(AccessRefusal::ReasonNeeded.into());
        }
        AccessRefusal::check_reason(text)?;
        let said = rows::said_on(w, request, who.id)?;
        AccessRefusal::check_comments(said.own, said.in_all)?;
        let comment = Comment {
            id: Id::new(w.now()),
            person_id: who.id,
            person_name: who.name.clone(),
            text: text.to_owned(),
            at: w.now(),
        };
        rows::insert_comment(w, comment.id, request, who.id, text)?;
        let entry = Entry::new(What::RequestCommented).person(found.person_id).role(&found.role_id).subject(request);
        audit::rows::append(w, by, entry.data(json!({ "comment": comment.id })).texts(json!({ "text": text })))?;
        tell_access::commented(w, by, &content, &found, comment.id, who.id)?;
        Ok(comment)
    })
    .await
}
