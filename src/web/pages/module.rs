//! One module: its text, and marking it as read.

use super::{
    courses::practice,
    named,
    scene::{Scene, count, module_minutes},
};
use crate::{
    academy::attempt::AttemptRefusal,
    actions::complete_module,
    base::text::Slug,
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::Form,
        },
        views::module::{Heading, Module},
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, get, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/courses/{course}/{module}", get().to(page))
        .route("/courses/{course}/{module}/read", post().to(read));
}

async fn page(caller: Caller, desk: Data<Desk>, path: Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (course, id): (Slug, Slug) = (named(&path.0)?, named(&path.1)?);
    let scene = Scene::read(&desk, &caller).await?;
    let standing = scene.course(&course)?;
    let course = &standing.course;
    let place = course.modules.iter().position(|module| module.id == id);
    let found = place.and_then(|place| Some((place, course.modules.get(place)?)));
    let (place, module) = found.ok_or_else(|| AttemptRefusal::NoSuch { what: "module", id: id.to_string() })?;
    let words = desk.words()?;
    let text = desk.texts.module(&words, &scene.content, course, module, caller.language);
    let before = place.checked_sub(1).and_then(|before| course.modules.get(before));
    let after = course.modules.get(place + 1).map(|after| scene.module_link(course, after));
    let taught = module.objectives.iter().filter_map(|id| course.objective(id));
    let view = Module {
        lang: scene.foreign(course),
        course: scene.course_link(course),
        href: format!("/courses/{}/{id}", course.id),
        title: scene.words(&module.title),
        number: count(place + 1),
        of: count(course.modules.len()),
        minutes: module_minutes(module),
        objectives: taught.map(|objective| scene.words(&objective.title)).collect(),
        html: text.html.clone(),
        contents: text
            .headings
            .iter()
            .filter(|heading| heading.level <= 3)
            .map(|heading| Heading { id: heading.id.clone(), title: heading.text.clone(), sub: heading.level > 2 })
            .collect(),
        done_at: standing.progress.read.get(&id).map(|at| at.micros()),
        untranslated: !module.bodies.contains_key(&caller.language),
        previous: before.map(|before| scene.module_link(course, before)),
        next: after.or_else(|| course.exams().next().map(|exam| scene.quiz_link(course, exam))),
        practice: practice(standing, module.check.as_ref()),
    };
    desk.page(&caller, view).await
}

async fn read(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    _form: Form,
) -> Result<HttpResponse, Failure> {
    let (course, module): (Slug, Slug) = (named(&path.0)?, named(&path.1)?);
    let earned = complete_module::complete_module(&desk.app, &caller.actor, course.clone(), module.clone()).await?;
    if let Some(certificate) = earned {
        return Ok(see_other_with(&format!("/certificates/{certificate}"), "notice-certificate-earned"));
    }
    // On to the next module; after the last one to the course, where the exam stands.
    let content = desk.app.content()?;
    let modules = content.curriculum.courses.get(&course).map(|course| course.modules.as_slice()).unwrap_or_default();
    let next = modules.iter().skip_while(|known| known.id != module).nth(1);
    let on = next.map_or_else(|| format!("/courses/{course}"), |next| format!("/courses/{course}/{}", next.id));
    Ok(see_other_with(&on, "notice-module-read"))
}
