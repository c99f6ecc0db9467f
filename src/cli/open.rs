//! Opening what a command works on: settings, the database, the content in force, and who stands at the keyboard.

use super::Failed;
use crate::{
    actions::load_content,
    app::App,
    base::{
        clock::Clock,
        refusal::{Broken, Fault},
    },
    db::Location,
    identity::actor::Actor,
    settings::{self, Settings},
    telemetry,
};
use std::{
    net::TcpListener,
    os::unix::fs::{DirBuilderExt, MetadataExt},
};

/// The settings, with logging started as they say.
pub(super) fn settings() -> Result<Settings, Failed> {
    let settings = Settings::load()?;
    telemetry::start(&settings);
    for (name, meant) in settings::unknown_variables() {
        let meant = meant.map(|meant| format!("; is {meant} meant?")).unwrap_or_default();
        tracing::warn!("nothing reads the variable {name}{meant}");
    }
    Ok(settings)
}

/// Makes the data folder, for its owner only, where it is not there yet.
pub(super) fn data_dir(settings: &Settings) -> Result<(), Failed> {
    let folder = &settings.data_dir;
    if folder.is_dir() || !matches!(settings.location()?, Location::Sqlite(_)) {
        return Ok(());
    }
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| Failed::words(format!("the data folder {}: {error}", folder.display())))
}

/// Takes the address to listen on, before anything is made or changed; where any free port will do, links and tokens can
/// name the one that it is. Nothing is answered yet.
pub(super) fn bind(settings: &mut Settings) -> Result<TcpListener, Failed> {
    let taken = |error: std::io::Error| {
        Failed::words(format!(
            "can not listen on {}: {error}; nothing was changed. Stop what listens there, or choose another address \
             (HABILIS_LISTEN; `habilis demo --port 8081`)",
            settings.listen
        ))
    };
    let listener = TcpListener::bind(settings.listen).map_err(taken)?;
    settings.listen = listener.local_addr().map_err(Broken::defect)?;
    Ok(listener)
}

/// A runtime for actions.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Broken> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(Broken::defect)
}

/// An open database and the operator who works on it.
pub(super) struct Desk {
    pub(super) app: App,
    pub(super) actor: Actor,
    runtime: tokio::runtime::Runtime,
}

impl Desk {
    /// Opens the database; where it is a file that is not there, it is made only if `create` says so.
    pub(super) fn open(create: bool) -> Result<Self, Failed> {
        Self::open_with(settings()?, create)
    }

    /// As [`Desk::open`], with the content in force.
    pub(super) fn with_content() -> Result<Self, Failed> {
        let desk = Self::open(false)?;
        desk.run(load_content::follow(&desk.app))?;
        if desk.app.content().is_err() {
            return Err(Failed::words("no content was ever loaded here; run `habilis courses load` first"));
        }
        Ok(desk)
    }

    /// As [`Desk::open`], with the content in force where there is any that can be read: for what must not fail without.
    pub(super) fn with_any_content() -> Result<Self, Failed> {
        let desk = Self::open(false)?;
        if let Err(failed) = desk.run(load_content::follow(&desk.app)) {
            failed.tell();
        }
        Ok(desk)
    }

    pub(super) fn open_with(settings: Settings, create: bool) -> Result<Self, Failed> {
        if let (Location::Sqlite(file), false) = (settings.location()?, create)
            && !file.is_file()
        {
            return Err(Failed::words(format!(
                "there is no database at {}; `habilis serve` or `habilis migrate` makes one, and DATABASE_URL or \
                 HABILIS_DATA_DIR points elsewhere",
                file.display()
            )));
        }
        data_dir(&settings)?;
        let app = App::open(settings, Clock::System)?;
        Ok(Self { app, actor: Actor::operator(operator()), runtime: runtime()? })
    }

    /// Runs an action.
    pub(super) fn run<T>(&self, action: impl Future<Output = Result<T, Fault>>) -> Result<T, Failed> {
        self.runtime.block_on(action).map_err(Failed::from)
    }

    /// Runs something that is no action.
    pub(super) fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }
}

/// The unix name of whoever runs this process: what the system says, not what the environment claims.
pub(super) fn operator() -> String {
    let Some(uid) = std::fs::metadata("/proc/self").ok().map(|process| process.uid()) else {
        return std::env::var("USER").unwrap_or_else(|_| "unknown".to_owned());
    };
    let known = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    known
        .lines()
        .filter_map(|line| {
            let mut parts = line.split(':');
            let (name, id) = (parts.next()?, parts.nth(1)?);
            (id.parse() == Ok(uid)).then(|| name.to_owned())
        })
        .next()
        .unwrap_or_else(|| format!("uid-{uid}"))
}
