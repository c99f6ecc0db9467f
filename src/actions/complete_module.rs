//! Marking a module as read, which may be the last thing that a certificate was waiting for.

use super::{About, act, award};
use crate::{
    academy::{self, attempt::AttemptRefusal},
    app::App,
    audit::{
        self,
        event::{Entry, What},
    },
    base::{
        ids::{self, Id},
        refusal::{Fault, Missing},
        text::{Language, Slug},
    },
    identity::{self, actor::Actor},
};
use serde_json::json;

/// Marks a module as read; doing it again changes nothing. Returns the certificate that this earned, if one.
///
/// # Errors
/// Nobody is signed in, there is no such module, a module it requires is unread, or the database is away.
pub async fn complete_module(
    app: &App,
    actor: &Actor,
    course: Slug,
    module: Slug,
) -> Result<Option<Id<ids::Certificate>>, Fault> {
    let content = app.content()?;
    let who = actor.signed()?.person.id;
    let about = About::person(who).named(format!("{course}/{module}"));
    act(app, actor, "complete_module", about, move |w, by| {
        let found = content.curriculum.courses.get(&course);
        let known = found.ok_or_else(|| AttemptRefusal::NoSuch { what: "course", id: course.to_string() })?;
        let read = known.module(&module);
        let read = read.ok_or_else(|| AttemptRefusal::NoSuch { what: "module", id: module.to_string() })?;
        identity::rows::hold(w, who, true)?;
        let progress = award::progress(w, who, known)?;
        let missing: Vec<Missing> = read
            .requires
            .iter()
            .filter(|needed| !progress.read.contains_key(*needed))
            .filter_map(|needed| known.module(needed))
            .map(|needed| Missing {
                kind: "module",
                id: needed.id.to_string(),
                title: needed.title.get(Language::En).to_owned(),
                href: format!("/courses/{course}/{}", needed.id),
            })
            .collect();
        if !missing.is_empty() {
            return Err(AttemptRefusal::ModuleMissing { missing }.into());
        }
        academy::rows::enrol(w, who, &course)?;
        if academy::rows::complete(w, who, &course, &module, known.version)? {
            let entry = Entry::new(What::ModuleCompleted).person(who).about(format!("{course}/{module}"));
            audit::rows::append(
                w,
                by,
                entry.data(json!({ "course": course, "module": module, "version": known.version })),
            )?;
        }
        Ok(award::award(w, by, &content, known, who)?)
    })
    .await
}
