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
use clap::Args;

/// Serve the academy and the gateway
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// For authors: show every save at once, from a database of its own; content may change under its version
    #[arg(long)]
    dev: bool,
}

impl Serve {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let mut settings = open::settings()?;
        if self.dev && settings.database_url.is_none() {
            // As a demo does: never in the folder of the real service.
            settings.data_dir = settings.data_dir.join("dev");
        }
        let listener = open::bind(&mut settings)?;
        let (app, words) = ready(settings, self.dev, false)?;
        Ok(Next::Serve(Box::new(Ready { app, listener, demo: None, words })))
    }
}

/// Opens the database, makes missing keys, loads content, and where nobody has an account makes the set-up link.
/// With `dev`, content may change under its version: in a database of drafts, or of a company that is `made_up`.
pub(super) fn ready(settings: Settings, dev: bool, made_up: bool) -> Result<(App, Vec<String>), Failed> {
    open::data_dir(&settings)?;
    let app = App::open(settings, Clock::System)?;
    if dev {
        app.develop();
    }
    let runtime = open::runtime()?;
    runtime.block_on(async {
        match (dev, made_up) {
            (_, true) => {}
            (true, false) => only_drafts(&app).await?,
            (false, false) => no_drafts(&app).await?,
        }
        rotate_keys::ensure_first_keys(&app).await?;
        content(&app).await?;
        let mut words = if dev { watching(&app.settings) } else { Vec::new() };
        if let Some(link) = set_up::set_up_link(&app).await? {
            words.push("Nobody has an account yet. Make the first administrator here, once:".to_owned());
            words.push(format!("  {link}"));
        }
        Ok((app.clone(), words))
    })
}

/// A database that has served real content is never opened for drafts.
async fn only_drafts(app: &App) -> Result<(), Failed> {
    if load_content::holds_only_drafts(app).await? {
        return Ok(());
    }
    Err(Failed::words(
        "this database has served real content, and --dev lets content change under its version; nothing was changed. \
         Unset DATABASE_URL (--dev then keeps a database of its own), or name one that is empty",
    ))
}

/// A database of drafts is never served to anybody but their authors: its content changed under its version.
async fn no_drafts(app: &App) -> Result<(), Failed> {
    if !load_content::holds_drafts(app).await? {
        return Ok(());
    }
    Err(Failed::words(
        "this database holds drafts from --dev, whose content changed under its version; nothing was changed. \
         Go on writing with --dev, or serve from another database (DATABASE_URL or HABILIS_DATA_DIR) and load the content there",
    ))
}

/// What is followed.
fn watching(settings: &Settings) -> Vec<String> {
    let content = load_content::folder(settings).map_or_else(
        || "There is no content folder to watch: `habilis courses new` begins one in `courses`.".to_owned(),
        |folder| {
            format!(
                "Watching {}: every save is shown at once; what is wrong is told here and on /authoring.",
                folder.display()
            )
        },
    );
    let templates =
        settings.templates.as_ref().map(|folder| format!("Watching {} for templates and words.", folder.display()));
    std::iter::once(content).chain(templates).collect()
}

/// Loads the content; where it is broken, the version that was in force last stays.
async fn content(app: &App) -> Result<(), Failed> {
    load_content::keep_zones(app).await?;
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
    let root = load_content::folder(&app.settings);
    let report = failed.as_ref().map(|failed| failed.report.clone()).unwrap_or_default();
    let report = report.opened_from(root.as_deref()).to_string();
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
