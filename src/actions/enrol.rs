//! Enrolling in a course.

use super::{About, act};
use crate::{
    academy,
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{refusal::Fault, text::Slug},
    identity::actor::Actor,
};
use serde_json::json;

/// Enrols the signed-in person; doing it again changes nothing.
///
/// # Errors
/// Nobody is signed in, there is no such course, or the database is away.
pub async fn enrol(app: &App, actor: &Actor, course: Slug) -> Result<(), Fault> {
    let content = app.content()?;
    let who = actor.signed()?.person.id;
    act(app, actor, "enrol", About::person(who).named(course.as_str()), move |w, by| {
        if !content.curriculum.courses.contains_key(&course) {
            return Err(academy::attempt::AttemptRefusal::NoSuch { what: "course", id: course.to_string() }.into());
        }
        if academy::rows::enrol(w, who, &course)? {
            let entry = Entry::new(What::CourseEnrolled).person(who).about(course.as_str());
            audit::rows::append(w, by, entry.data(json!({ "course": course })))?;
        }
        Ok(())
    })
    .await
}
