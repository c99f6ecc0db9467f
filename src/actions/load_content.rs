//! Loading content: checked as a whole, recorded as a version, put in force everywhere; a bad one changes nothing.

use super::{About, act, remind, seats, settle_access, tell_seats};
use crate::{
    access::{
        self,
        catalogue::{Approver, Catalogue},
        grant::EndReason,
        rows::Leaving,
    },
    app::{App, Content, FailedLoad},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        clock::Time,
        refusal::{Broken, Fault, Kind, Refusal},
        text::Slug,
    },
    certification::{self, notice::NoticeKind},
    curriculum::{
        course::Course,
        lint,
        load::{self, Curriculum},
        report::{Place, Report},
        rows::{self, ContentVersion},
        source::{EMBEDDED, Source},
    },
    db::{
        Location, Writing, checkup,
        lifecycle::{self, Entity, Step},
    },
    identity::{self, actor::Actor},
    settings::Settings,
};
use rust_embed::RustEmbed;
use serde_json::json;
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

/// Who is said to have loaded what authors wrote on a service of their own: versions that were never meant for anybody.
const DRAFTS: &str = "system:dev";

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

/// The folder to load from; none where the embedded sample is served.
#[must_use]
pub fn folder(settings: &Settings) -> Option<PathBuf> {
    let default = PathBuf::from("courses");
    settings.content.clone().or_else(|| Some(default).filter(|default| default.is_dir()))
}

/// Where [`source`] reads from, in the words in which a version says where it came from.
#[must_use]
pub fn origin(settings: &Settings) -> String {
    folder(settings)
        .map_or_else(|| EMBEDDED.to_owned(), |folder| folder.canonicalize().unwrap_or(folder).display().to_string())
}

/// The files to load: the folder of the settings, or `courses`, or else the embedded sample.
///
/// # Errors
/// A folder was named and can't be read.
pub fn source(settings: &Settings) -> Result<Source, Broken> {
    match folder(settings) {
        Some(folder) => Source::folder(&folder)
            .map_err(|error| Broken::defect(format!("the content folder {}: {error:#}", folder.display()))),
        None => {
            let files = Sample::iter()
                .filter_map(|path| Sample::get(&path).map(|file| (path.to_string(), file.data.into_owned())))
                .collect();
            Ok(Source::embedded(files))
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

/// Adds to a report what has changed under the version that a database has served it under, as loading it there would. The
/// database is read as it is: nothing is made, and nothing migrated. Blocks: call it outside of an async task.
///
/// # Errors
/// The database is not there, can not be reached, or is not a service's.
pub fn compare(curriculum: &Curriculum, location: &Location, now: Time, report: &mut Report) -> Result<(), Broken> {
    let (recorded, drafts) =
        checkup::look(location, now, |r| Ok((rows::recorded(r)?, rows::loaded_by(r, DRAFTS)? > 0)))?;
    lint::against_recorded(curriculum, &recorded, drafts, report);
    Ok(())
}

/// Whether this actor may load content: asked before any file is read.
///
/// # Errors
/// The actor is no admin, or the refusal could not be noted.
pub async fn may_load(app: &App, actor: &Actor) -> Result<(), Fault> {
    match actor.as_admin() {
        Ok(_) => Ok(()),
        Err(refusal) => {
            let about = About::nothing().named("content");
            Err(super::refuse(app, actor, "load_content", about, refusal.into()).await)
        }
    }
}

/// Reads the content that the settings name and puts it in force, as [`load_content`] does. Where it can't be read at all (there
/// is no such folder, it is too large, a link leads out of it), the report says why, as it does of an error in a file.
///
/// # Errors
/// As [`load_content`].
pub async fn reload(app: &App, actor: &Actor) -> Result<ContentVersion, Fault> {
    may_load(app, actor).await?;
    let settings = app.settings.clone();
    match tokio::task::spawn_blocking(move || source(&settings)).await.map_err(Broken::defect)? {
        Ok(source) => load_content(app, actor, source).await,
        Err(unreadable) => {
            let mut report = Report::new();
            report.error(&Place::start("."), "content-unreadable", unreadable.to_string());
            Err(not_taken(app, actor, report).await)
        }
    }
}

/// Keeps the report for those who ask what was wrong, and gives the refusal.
async fn not_taken(app: &App, actor: &Actor, report: Report) -> Fault {
    let errors = i64::try_from(report.errors()).unwrap_or(i64::MAX);
    app.note_failed_load(FailedLoad { at: app.now(), by: actor.by().actor, report });
    let refused = ContentRefusal::HasErrors { errors }.into();
    super::refuse(app, actor, "load_content", About::nothing().named("content"), refused).await
}

/// Loads content and puts it in force; loading what is in force already changes nothing.
///
/// # Errors
/// The actor is no admin, the content has errors (the app keeps the report), or the database is away.
pub async fn load_content(app: &App, actor: &Actor, source: Source) -> Result<ContentVersion, Fault> {
    may_load(app, actor).await?;
    let checked = tokio::task::spawn_blocking(move || {
        let (curriculum, catalogue, report) = check(&source);
        (source, curriculum, catalogue, report)
    })
    .await
    .map_err(Broken::defect)?;
    let (source, curriculum, catalogue, mut report) = checked;
    let recorded = app.db.read(app.now(), |r| Ok(rows::recorded(r)?)).await?;
    let draft = app.is_developing();
    lint::against_recorded(&curriculum, &recorded, draft, &mut report);
    if report.has_errors() {
        return Err(not_taken(app, actor, report).await);
    }
    let content = Arc::new((source, curriculum, catalogue));
    let (kept, held) = (Arc::clone(&content), app.content().ok());
    let version = act(app, actor, "load_content", About::nothing().named("content"), move |w, by| {
        let (source, curriculum, catalogue) = &*kept;
        rows::hold_versions(w)?;
        let head = rows::head(w)?;
        if let Some(head) = &head
            && head.hash == source.hash()
        {
            return Ok(head.clone());
        }
        let moved = owners_moved(w, head.as_ref(), held.as_deref(), catalogue)?;
        let version = put_in_force(w, by, source, curriculum, catalogue, draft)?;
        tell_seats::owners_move(w, by, catalogue, &moved)?;
        Ok(version)
    })
    .await?;
    let (_, curriculum, catalogue) = Arc::try_unwrap(content).unwrap_or_else(|shared| {
        let (source, curriculum, catalogue) = &*shared;
        (source.clone(), curriculum.clone(), catalogue.clone())
    });
    app.put_content(Content::new(version.clone(), curriculum, catalogue, report));
    Ok(version)
}

/// Brings the offsets of the zones of business hours to what this program knows of them: a new program knows changes of summer
/// time that no new content tells.
///
/// # Errors
/// The database is away.
pub async fn keep_zones(app: &App) -> Result<(), Fault> {
    app.db
        .write(app.now(), |w| {
            rows::hold_versions(w)?;
            Ok(access::rows::keep_zones(w)?)
        })
        .await
}

fn put_in_force(
    w: &mut Writing<'_>,
    by: &By,
    source: &Source,
    curriculum: &Curriculum,
    catalogue: &Catalogue,
    draft: bool,
) -> Result<ContentVersion, Fault> {
    let leaving = access::rows::leaving(w, catalogue)?;
    hold_concerned(w, &leaving)?;
    rows::store(w, source, if draft { DRAFTS } else { &by.actor })?;
    let fresh = rows::record_courses(w, curriculum)?;
    // A draft has new questions in courses whose version is known already.
    for course in curriculum.courses.values().filter(|c| draft || fresh.iter().any(|(fresh, _)| *fresh == c.id)) {
        let questions: Vec<_> = course.questions().map(|question| (question.hash(), question.as_ref())).collect();
        crate::academy::rows::keep_questions(w, &course.id, &questions)?;
    }
    for course in curriculum.courses.values().filter(|course| course.breaking_since > 0) {
        supersede(w, by, course)?;
    }
    access::rows::publish(w, catalogue)?;
    for role in &leaving.gone {
        close_role(w, by, role, settle_access::ROLE_GONE)?;
    }
    for role in &leaving.moved {
        close_role(w, by, role, settle_access::ROLE_MOVED)?;
    }
    let head = rows::head(w)?.ok_or_else(|| Broken::defect("the version that was just stored is not there"))?;
    let entry = Entry::new(What::ContentLoaded).about(format!("content {}", head.seq));
    let courses: BTreeMap<&str, i64> = fresh.iter().map(|(course, version)| (course.as_str(), *version)).collect();
    audit::rows::append(w, by, entry.data(json!({ "hash": head.hash, "new_course_versions": courses })))?;
    Ok(head)
}

/// The roles that have other owners by a new catalogue than by the version in force, where a request waits for the word of any
/// role's owners.
fn owners_moved(
    w: &mut Writing<'_>,
    head: Option<&ContentVersion>,
    held: Option<&Content>,
    catalogue: &Catalogue,
) -> Result<Vec<Slug>, Broken> {
    let Some(head) = head else { return Ok(Vec::new()) };
    if !seats::is_named(w, |approver| matches!(approver, Approver::Owners))? {
        return Ok(Vec::new());
    }
    let before = match held.filter(|held| held.version.seq == head.seq) {
        Some(held) => Cow::Borrowed(&held.catalogue),
        // This process has not followed the version in force yet.
        None => Cow::Owned(check(&rows::source(w, head.seq)?).1),
    };
    let was = |role: &Slug| before.roles.get(role).map(|role| &role.owner.people);
    let moved = catalogue.roles.values().filter(|role| was(&role.id) != Some(&role.owner.people));
    Ok(moved.map(|role| role.id.clone()).collect())
}

/// Holds everybody who has a role that leaves, or has asked for it: first of all, for whoever gives a role or mints under it holds
/// the person before the role, and the database's copy of the roles changes afterwards.
fn hold_concerned(w: &mut Writing<'_>, leaving: &Leaving) -> Result<(), Broken> {
    let mut people = BTreeSet::new();
    for role in leaving.gone.iter().chain(&leaving.moved) {
        people.extend(access::rows::live_holders_of(w, role)?.into_iter().map(|held| held.person_id));
        people.extend(access::rows::open_requests_for(w, role)?.into_iter().map(|asked| asked.person_id));
    }
    // Everybody holds people in the order of their ids.
    for person in people {
        identity::rows::hold(w, person, true)?;
    }
    Ok(())
}

/// Ends what was given of a role, and what was asked for: an approval was for the role as it was, where it was. The database says
/// already that it is not there any more, so that nobody is given it from here on.
fn close_role(w: &mut Writing<'_>, by: &By, role: &Slug, reason: &str) -> Result<(), Broken> {
    let mut holders = access::rows::live_holders_of(w, role)?;
    // Everybody holds people in the order of their ids. What runs ends before what was to follow it, and is what they are told of.
    holders.sort_by_key(|held| (held.person_id, held.starts_at));
    let mut told = None;
    for held in holders {
        // Held already, but for whoever was given it at the last moment: where two wait for each other then, the database says so,
        // and one of them begins anew.
        identity::rows::hold(w, held.person_id, true)?;
        // What the clock has ended keeps that reason, and what stood otherwise before its holder was held is looked at as it is.
        settle_access::settle_grants(w, by, held.person_id)?;
        let Some(held) = access::rows::grant(w, held.id)? else { continue };
        if told == Some(held.person_id) && !held.emergency {
            settle_access::end_along(w, by, &held, EndReason::Withdrawn, reason)?;
        } else if settle_access::end_now(w, by, &held, EndReason::Withdrawn, reason)? && !held.emergency {
            told = Some(held.person_id);
        }
    }
    for asked in access::rows::open_requests_for(w, role)? {
        identity::rows::hold(w, asked.person_id, true)?;
        if let Some(asked) = access::rows::request(w, asked.id)?.filter(|asked| asked.state.is_open()) {
            settle_access::lapse(w, by, &asked, reason)?;
        }
    }
    Ok(())
}

/// Certificates of versions that a new one breaks count until their grace ends, and not a day longer.
fn supersede(w: &mut Writing<'_>, by: &By, course: &Course) -> Result<(), Broken> {
    let (id, breaking_since) = (&course.id, course.breaking_since);
    let end = w.now().plus(&course.grace);
    for certificate in certification::rows::broken_by(w, id, breaking_since)? {
        let reason = format!("version {breaking_since} of {id} broke it");
        let step = Step { from: "valid", to: "superseded", actor: &by.actor, reason: &reason };
        if lifecycle::advance(w, Entity::Certificate, &certificate.id.to_string(), step)? {
            certification::rows::lower_end(w, certificate.id, end, &reason)?;
            let counts_until = end.min(certificate.ends_at);
            let told = certification::certificate::Certificate { ends_at: counts_until, ..certificate.clone() };
            remind::tell(w, by, NoticeKind::CertificateSuperseded, &format!("superseded:{}", certificate.id), &told)?;
            let entry = Entry::new(What::CertificateSuperseded).person(certificate.person_id).subject(certificate.id);
            audit::rows::append(
                w,
                by,
                entry.data(json!({ "by_version": breaking_since, "counts_until": counts_until })),
            )?;
        }
    }
    Ok(())
}

/// Whether content may change under its version in this database: nothing but such drafts was ever put in force in it.
///
/// # Errors
/// The database is away.
pub async fn holds_only_drafts(app: &App) -> Result<bool, Fault> {
    app.db.read(app.now(), |r| Ok(rows::loaded_by_others(r, DRAFTS)? == 0)).await
}

/// Whether drafts of authors were ever put in force in this database: then it is theirs, and nobody else's.
///
/// # Errors
/// The database is away.
pub async fn holds_drafts(app: &App) -> Result<bool, Fault> {
    app.db.read(app.now(), |r| Ok(rows::loaded_by(r, DRAFTS)? > 0)).await
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
    app.put_content(Content::new(head, curriculum, catalogue, report));
    Ok(true)
}
