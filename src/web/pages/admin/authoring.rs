//! `/authoring`: the content in force, what the linter says about it, and a reload.

use super::shown::{Shown, correctable, count, figure};
use crate::{
    actions::{
        load_content,
        read_authoring::{self, AuthoringPage},
    },
    base::{clock::Time, refusal::Fault},
    curriculum::{
        course::Course,
        report::{Finding as Found, Report, Severity},
        source::EMBEDDED,
    },
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::Form,
        },
        views::authoring::{AuthoredCourse, Authoring, FailedLoad, Finding},
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, ServiceConfig, get, post},
};

/// Findings on the page, so that it stays small.
const MOST: usize = 60;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/authoring", get().to(show)).route("/authoring/reload", post().to(reload));
}

async fn show(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let page = read_authoring::read_authoring(&desk.app, &caller.actor).await?;
    let view = view(&desk, &caller, &page)?;
    desk.page(&caller, view).await
}

async fn reload(caller: Caller, desk: Data<Desk>, _: Form) -> Result<HttpResponse, Failure> {
    match load_content::reload(&desk.app, &caller.actor).await {
        Ok(_) => Ok(see_other_with("/authoring", "notice-content-loaded")),
        Err(fault) => {
            let (refused, _, status) = correctable(&desk, &caller, fault)?;
            let Ok(page) = read_authoring::read_authoring(&desk.app, &caller.actor).await else {
                return Err(Fault::Refused(refused).into());
            };
            desk.page_with(&caller, status, view(&desk, &caller, &page)?, None).await
        }
    }
}

fn view(desk: &Desk, caller: &Caller, page: &AuthoringPage) -> Result<Authoring, Failure> {
    let shown = Shown::of(desk, caller)?;
    let content = &page.content;
    let courses = &content.curriculum.courses;
    let version = &content.version;
    let root = load_content::origin(&desk.app.settings);
    let place = |origin: &str| match origin {
        EMBEDDED => shown.teller.plain("authoring-embedded"),
        folder => folder.to_owned(),
    };
    Ok(Authoring {
        version: version.seq.to_string(),
        hash: version.hash.clone(),
        loaded: version.loaded_at.micros(),
        loaded_by: shown.actor(&version.loaded_by, &page.names),
        folder: version.folder.as_deref().map_or_else(|| shown.teller.plain("authoring-from-unknown"), &place),
        root: place(&root),
        elsewhere: version.folder.as_ref().is_some_and(|folder| *folder != root),
        files: count(page.files),
        modules: count(courses.values().map(|course| course.modules.len()).sum()),
        questions: count(content.curriculum.questions().count()),
        failed: page.failed.as_ref().map(|failed| FailedLoad {
            at: failed.at.micros(),
            by: shown.actor(&failed.by, &page.names),
            findings: findings(&failed.report, Severity::Error),
            total: count(failed.report.errors()),
            cut: failed.report.errors() > MOST,
        }),
        warnings: findings(&content.report, Severity::Warning),
        warnings_total: count(content.report.warnings()),
        warnings_cut: content.report.warnings() > MOST,
        courses: courses.values().map(|course| authored(&shown, page, course)).collect(),
        may_reload: caller.signed().is_some_and(|signed| signed.person.capabilities.admin),
    })
}

fn findings(report: &Report, severity: Severity) -> Vec<Finding> {
    report.findings().iter().filter(|found| found.severity == severity).take(MOST).map(finding).collect()
}

pub(super) fn finding(found: &Found) -> Finding {
    Finding {
        place: format!("{}:{}:{}", found.file, found.line, found.column),
        message: format!("{}.", found.message.trim_end_matches('.')),
        suggestion: found.suggestion.clone().unwrap_or_default(),
        code: found.code.to_owned(),
    }
}

fn authored(shown: &Shown, page: &AuthoringPage, course: &Course) -> AuthoredCourse {
    let since = page.since.get(&(course.id.clone(), course.version)).copied();
    let certified = course.certification.as_ref().and_then(|earned| page.certified.get(&earned.id)).copied();
    AuthoredCourse {
        id: course.id.to_string(),
        title: course.title.get(shown.teller.language).to_owned(),
        version: course.version.to_string(),
        since: since.map_or_else(|| page.content.version.loaded_at.micros(), Time::micros),
        languages: course.languages.iter().map(|language| language.tag().to_owned()).collect(),
        modules: count(course.modules.len()),
        questions: count(course.questions().count()),
        owner: course.owner.to_string(),
        holders: figure(certified.unwrap_or(0)),
    }
}
