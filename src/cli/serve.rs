//! `habilis serve`: everything that must be there before the first request is.

use super::{Failed, Next, Ready, open};
use crate::{
    actions::{load_content, rotate_keys, set_up},
    app::App,
    base::{
        clock::Clock,
        refusal::{Broken, Fault},
    },
    identity::actor::Actor,
    settings::Settings,
};

pub(super) fn run() -> Result<Next, Failed> {
    let mut settings = open::settings()?;
    open::settle_port(&mut settings)?;
    let (app, words) = ready(settings)?;
    Ok(Next::Serve(Box::new(Ready { app, demo: None, words })))
}

/// Opens the database, makes missing keys, loads content, and where nobody has an account makes the set-up link.
pub(super) fn ready(settings: Settings) -> Result<(App, Vec<String>), Failed> {
    open::data_dir(&settings)?;
    let app = App::open(settings, Clock::System)?;
    let runtime = open::runtime()?;
    runtime.block_on(async {
        rotate_keys::ensure_first_keys(&app).await?;
        content(&app).await?;
        let mut words = Vec::new();
        if let Some(link) = set_up::set_up_link(&app).await? {
            words.push("Nobody has an account yet. Make the first administrator here:".to_owned());
            words.push(format!("  {link}"));
        }
        Ok((app.clone(), words))
    })
}

/// Loads the content; where it is broken, the version that was in force last stays.
async fn content(app: &App) -> Result<(), Failed> {
    let loaded = match load_content::source(&app.settings) {
        Ok(source) => load_content::load_content(app, &Actor::system("start"), source).await,
        Err(broken) => Err(Fault::Broken(broken)),
    };
    let fault = match loaded {
        Ok(version) => {
            tracing::info!(content.version = version.seq, content.hash = %version.hash, "content is loaded");
            return Ok(());
        }
        Err(fault) => fault,
    };
    let failed = app.failed_load();
    let report = failed.as_ref().map(|failed| failed.report.to_string()).unwrap_or_default();
    load_content::follow(app).await?;
    if let Ok(content) = app.content() {
        if let Some(failed) = failed {
            app.note_failed_load(failed);
        }
        tracing::error!(
            error = %fault, report = %report, content.version = content.version.seq,
            "the content could not be loaded; the last good version stays in force"
        );
        return Ok(());
    }
    if !report.is_empty() {
        super::print::complain(report.trim_end());
    }
    match fault {
        Fault::Refused(refused) => Err(Failed::words(format!(
            "{}; repair it (`habilis courses check` says where), then start again",
            refused.sentence.replace("; what was in force stays", "")
        ))),
        Fault::Broken(broken) => Err(Failed::Broken(Broken::defect(format!("there is no content to serve: {broken}")))),
    }
}
