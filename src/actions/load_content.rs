//! Loading content: checked as a whole, recorded as a version, put in force everywhere; a bad one changes nothing.

use super::{About, act, settle_access};
use crate::{
    access::{self, catalogue::Catalogue, grant::EndReason},
    app::{App, Content, FailedLoad},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        refusal::{Broken, Fault, Kind, Refusal},
        span::Span,
    },
    certification,
    curriculum::{
        lint,
        load::{self, Curriculum},
        report::Report,
        rows::{self, ContentVersion},
        source::Source,
    },
    db::{
        Writing,
        lifecycle::{self, Entity, Step},
    },
    identity::actor::Actor,
};
use rust_embed::RustEmbed;
use serde_json::json;
use std::{collections::BTreeMap, sync::Arc};

/// The sample academy, as it was when the program was built.
#[derive(RustEmbed)]
#[folder = "courses/"]
struct Sample;

/// Why content is not taken.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ContentRefusal {
    /// It has errors; the report says which.
    #[error("the content has {errors} errors; what was in force stays")]
    HasErrors { errors: i64 },
}

impl Refusal for ContentRefusal {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }
    fn code(&self) -> &'static str {
        "content-has-errors"
    }
    fn facts(&self) -> BTreeMap<&'static str, crate::base::refusal::Fact> {
        let Self::HasErrors { errors } = self;
        BTreeMap::from([("errors", (*errors).into())])
    }
}

/// The files to load: the folder of the settings, or `courses`, or else the embedded sample.
///
/// # Errors
/// A folder was named and can't be read.
pub fn source(settings: &crate::settings::Settings) -> Result<Source, Broken> {
    let default = std::path::PathBuf::from("courses");
    let folder = match &settings.content {
        Some(folder) => Some(folder.clone()),
        None if default.is_dir() => Some(default),
        None => None,
    };
    match folder {
        Some(folder) => Source::folder(&folder)
            .map_err(|error| Broken::defect(format!("the content folder {}: {error:#}", folder.display()))),
        None => {
            let files = Sample::iter()
                .filter_map(|path| Sample::get(&path).map(|file| (path.to_string(), file.data.into_owned())))
                .collect();
            Ok(Source::from_files(files))
        }
    }
}

/// Reads and lints a content root, without touching anything.
#[must_use]
pub fn check(source: &Source) -> (Curriculum, Catalogue, Report) {
    let mut report = Report::new();
    let curriculum = load::load(source, &mut report);
    let catalogue = access::catalogue::load(source, &curriculum, &mut report);
    (curriculum, catalogue, report)
}

/// Loads content and puts it in force; loading what is in force already changes nothing.
///
/// # Errors
/// The actor is no admin, the content has errors (the app keeps the report), or the database is away.
pub async fn load_content(app: &App, actor: &Actor, source: Source) -> Result<ContentVersion, Fault> {
    actor.as_admin()?;
    let checked = tokio::task::spawn_blocking(move || {
        let (curriculum, catalogue, report) = check(&source);
        (source, curriculum, catalogue, report)
    })
    .await
    .map_err(Broken::defect)?;
    let (source, curriculum, catalogue, mut report) = checked;
    let recorded = app.db.read(app.now(), |r| Ok(rows::recorded(r)?)).await?;
    lint::against_recorded(&curriculum, &recorded, &mut report);
    if report.has_errors() {
        let errors = i64::try_from(report.errors()).unwrap_or(i64::MAX);
        app.note_failed_load(FailedLoad { at: app.now(), by: actor.by().actor, report });
        let refused = ContentRefusal::HasErrors { errors }.into();
        return Err(super::refuse(app, actor, "load_content", About::nothing().named("content"), refused).await);
    }
    let content = Arc::new((source, curriculum, catalogue));
    let kept = Arc::clone(&content);
    let version = act(app, actor, "load_content", About::nothing().named("content"), move |w, by| {
        let (source, curriculum, catalogue) = &*kept;
        if let Some(head) = rows::head(w)?
            && head.hash == source.hash()
        {
            return Ok(head);
        }
        put_in_force(w, by, source, curriculum, catalogue)
    })
    .await?;
    let (_, curriculum, catalogue) = Arc::try_unwrap(content).unwrap_or_else(|shared| {
        let (source, curriculum, catalogue) = &*shared;
        (source.clone(), curriculum.clone(), catalogue.clone())
    });
    app.put_content(Content { version: version.clone(), curriculum, catalogue, report });
    Ok(version)
}

fn put_in_force(
    w: &mut Writing<'_>,
    by: &By,
    source: &Source,
    curriculum: &Curriculum,
    catalogue: &Catalogue,
) -> Result<ContentVersion, Fault> {
    rows::store(w, source, &by.actor)?;
    let fresh = rows::record_courses(w, curriculum)?;
    for (course, _) in &fresh {
        let questions = curriculum.courses.get(course).into_iter().flat_map(|c| c.questions());
        let questions: Vec<_> = questions.map(|question| (question.hash(), question.as_ref())).collect();
        crate::academy::rows::keep_questions(w, course, &questions)?;
    }
    for course in curriculum.courses.values().filter(|course| course.breaking_since > 0) {
        supersede(w, by, course.id.as_str(), course.breaking_since, &course.grace, curriculum)?;
    }
    for role in access::rows::publish(w, catalogue)? {
        for held in access::rows::live_holders_of(w, &role)? {
            settle_access::end_now(w, by, &held, EndReason::Superseded, "the role left the catalogue")?;
        }
    }
    let head = rows::head(w)?.ok_or_else(|| Broken::defect("the version that was just stored is not there"))?;
    let entry = Entry::new(What::ContentLoaded).about(format!("content {}", head.seq));
    let courses: BTreeMap<&str, i64> = fresh.iter().map(|(course, version)| (course.as_str(), *version)).collect();
    audit::rows::append(w, by, entry.data(json!({ "hash": head.hash, "new_course_versions": courses })))?;
    Ok(head)
}

/// Certificates of versions that a new one breaks count until their grace ends, and not a day longer.
fn supersede(
    w: &mut Writing<'_>,
    by: &By,
    course: &str,
    breaking_since: i64,
    grace: &Span,
    curriculum: &Curriculum,
) -> Result<(), Broken> {
    let Ok(id) = course.parse() else { return Ok(()) };
    let end = w.now().plus(grace);
    let _ = curriculum;
    for certificate in certification::rows::broken_by(w, &id, breaking_since)? {
        let reason = format!("version {breaking_since} of {course} broke it");
        let step = Step { from: "valid", to: "superseded", actor: &by.actor, reason: &reason };
        if lifecycle::advance(w, Entity::Certificate, &certificate.id.to_string(), step)? {
            certification::rows::lower_end(w, certificate.id, end, &reason)?;
            let entry = Entry::new(What::CertificateSuperseded).person(certificate.person_id).subject(certificate.id);
            audit::rows::append(
                w,
                by,
                entry.data(json!({ "by_version": breaking_since, "counts_until": end.min(certificate.ends_at) })),
            )?;
        }
    }
    Ok(())
}

/// Follows the version in force: another replica, or the command line, may have loaded one.
///
/// # Errors
/// The database is away, or the stored version does not load.
pub async fn follow(app: &App) -> Result<bool, Fault> {
    let head = app.db.read(app.now(), |r| Ok(rows::head(r)?)).await?;
    let Some(head) = head else { return Ok(false) };
    if app.content().is_ok_and(|content| content.version.seq == head.seq) {
        return Ok(false);
    }
    let seq = head.seq;
    let source = app.db.read(app.now(), move |r| Ok(rows::source(r, seq)?)).await?;
    let (curriculum, catalogue, report) =
        tokio::task::spawn_blocking(move || check(&source)).await.map_err(Broken::defect)?;
    if report.has_errors() {
        return Err(Broken::defect(format!("content version {seq} was recorded by a newer program: {report}")).into());
    }
    app.put_content(Content { version: head, curriculum, catalogue, report });
    Ok(true)
}
