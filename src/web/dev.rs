//! While authors write: every save of content, templates and words is shown at once, and open pages follow.

use super::kit::desk::Desk;
use crate::{actions::load_content, base::refusal::Fault, identity::actor::Actor};
use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Query, ServiceConfig, get},
};
use serde::Deserialize;
use serde_json::json;
use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// How often the folders are looked at. Asking works where file events do not: in containers and on shared folders.
const LOOK: Duration = Duration::from_millis(250);
/// A save is over when nothing has moved for so long.
const STILL: Duration = Duration::from_millis(120);
/// The longest that a page waits for an answer before it asks again.
const PATIENCE: Duration = Duration::from_secs(25);
/// How often a waiting page looks for the next edition.
const GLANCE: Duration = Duration::from_millis(100);
/// The deepest folder, and the most files.
const BOUNDS: (usize, usize) = (16, 20_000);
/// How many findings are told at once.
const TOLD: usize = 30;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/dev/changes", get().to(changes));
}

/// The edition that a page is of.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Since {
    since: u64,
}

/// Answers as soon as there is a later edition, or after a while.
async fn changes(desk: Data<Desk>, Query(Since { since }): Query<Since>) -> HttpResponse {
    let mut waited = Duration::ZERO;
    while desk.render.edition() == since && waited < PATIENCE && !desk.app.is_stopping() {
        tokio::time::sleep(GLANCE).await;
        waited += GLANCE;
    }
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(json!({ "edition": desk.render.edition() }))
}

/// What every file of a folder looks like from outside.
type Look = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Follows the folders until the service stops.
pub(super) async fn watch(desk: Data<Desk>) {
    let mut known = look(&desk).await;
    while !desk.app.is_stopping() {
        tokio::time::sleep(LOOK).await;
        let mut now = look(&desk).await;
        if now == known {
            continue;
        }
        // Editors write in several steps, and several files are often saved together.
        loop {
            tokio::time::sleep(STILL).await;
            let again = look(&desk).await;
            if again == now {
                break;
            }
            now = again;
        }
        if now.templates != known.templates {
            match desk.render.refresh() {
                Ok(()) => say("templates and words are read again"),
                Err(error) => say(&format!("{error}; the pages from before stay")),
            }
        }
        if now.content != known.content {
            reload(&desk).await;
        }
        known = now;
        desk.render.touch(0);
    }
}

/// Both folders.
#[derive(Debug, Default, PartialEq, Eq)]
struct Looks {
    content: Look,
    templates: Look,
}

async fn look(desk: &Data<Desk>) -> Looks {
    let settings = &desk.app.settings;
    let (content, templates) = (load_content::folder(settings), settings.templates.clone());
    let looked = tokio::task::spawn_blocking(move || {
        let mut looks = Looks::default();
        for (folder, look) in [(content, &mut looks.content), (templates, &mut looks.templates)] {
            if let Some(folder) = folder {
                walk(&folder, 0, look);
            }
        }
        looks
    });
    looked.await.unwrap_or_default()
}

fn walk(folder: &Path, depth: usize, look: &mut Look) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let (path, hidden) = (entry.path(), entry.file_name().as_encoded_bytes().starts_with(b"."));
        let Ok(about) = fs::metadata(&path) else { continue };
        if hidden || depth > BOUNDS.0 || look.len() > BOUNDS.1 {
            continue;
        }
        if about.is_dir() {
            walk(&path, depth + 1, look);
        } else {
            look.insert(path, (about.modified().ok(), about.len()));
        }
    }
}

/// Loads the content again; where it has errors, what was in force stays, and the errors are told.
async fn reload(desk: &Data<Desk>) {
    let loaded = load_content::reload(&desk.app, &Actor::system("dev")).await;
    let report = match &loaded {
        Ok(_) => desk.app.content().ok().map(|content| content.report.clone()),
        Err(Fault::Refused(_)) => desk.app.failed_load().map(|failed| failed.report),
        Err(Fault::Broken(_)) => None,
    };
    let root = load_content::folder(&desk.app.settings);
    let report = report.unwrap_or_default().opened_from(root.as_deref()).to_string();
    for line in report.lines().take(TOLD) {
        say(line);
    }
    let more = report.lines().count().saturating_sub(TOLD);
    if more > 0 {
        say(&format!("and {more} more; `habilis courses check` tells all of them"));
    }
    match loaded {
        Ok(version) => say(&format!("content {} is shown", version.seq)),
        Err(fault) => say(&fault.to_string()),
    }
}

/// Tells whoever started the service, in the terminal.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
