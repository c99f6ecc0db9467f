//! `App`: what every verb is given.

use crate::{
    academy::sql_lab::SqlLab,
    access::catalogue::Catalogue,
    audit::{log::witness::Witness, readings::Readings},
    base::{
        clock::{Clock, Time},
        hidden::Hidden,
        outbound::Guarded,
        refusal::{Broken, Fault},
    },
    curriculum::{load::Curriculum, report::Report, rows::ContentVersion, search::Index},
    db::Db,
    identity::{password::Passwords, provider::Providers},
    settings::Settings,
    telemetry::Metrics,
    tokens::{keyring::Keyring, memory::Memory},
};
use std::{
    ops::Deref,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// How long a call to an address that others supply may take.
const OUTBOUND: Duration = Duration::from_secs(10);

/// The content in force: courses and the access catalogue, of one version.
#[derive(Debug)]
pub struct Content {
    pub version: ContentVersion,
    pub curriculum: Curriculum,
    pub catalogue: Catalogue,
    /// Warnings of the version in force.
    pub report: Report,
    /// What readers can find in it.
    pub search: Index,
}

impl Content {
    /// Content with everything that is made of it.
    #[must_use]
    pub fn new(version: ContentVersion, curriculum: Curriculum, catalogue: Catalogue, report: Report) -> Self {
        let search = Index::of(curriculum.things().into_iter().chain(catalogue.things()).collect());
        Self { version, curriculum, catalogue, report, search }
    }
}

/// A reload that failed: what was wrong, when, and who tried.
#[derive(Clone, Debug)]
pub struct FailedLoad {
    pub at: Time,
    pub by: String,
    pub report: Report,
}

/// The parts of the running service. Clones share them.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What `App` holds.
pub struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub settings: Settings,
    pub keyring: Keyring,
    /// Which tokens live, as this process remembers it.
    pub memory: Memory,
    pub passwords: Passwords,
    /// Who read what of the audit lately.
    pub readings: Readings,
    /// What this process has seen signed of the log.
    pub witness: Witness,
    /// The identity providers through which people sign in.
    pub providers: Providers,
    /// The line to addresses that others supply.
    pub outbound: Guarded,
    pub metrics: Metrics,
    /// Where learners' statements run.
    pub lab: SqlLab,
    content: RwLock<Option<Arc<Content>>>,
    failed_load: RwLock<Option<FailedLoad>>,
    stopping: AtomicBool,
    developing: AtomicBool,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Opens the database and puts the parts together. Blocks: call it outside of an async task.
    ///
    /// # Errors
    /// The settings are unsafe, or the database can't be reached.
    pub fn open(settings: Settings, clock: Clock) -> Result<Self, Broken> {
        let seal = settings.seal_key()?;
        let passwords = Passwords::new(settings.password_workers);
        let providers = Providers::of(&settings.provider)?;
        let networks = settings.outbound_networks.clone();
        let outbound = Guarded::new(networks, settings.outbound_ca_file.as_deref(), OUTBOUND)?;
        let db = Db::open_owned(
            &settings.location()?,
            settings.database_owner_url.as_ref().map(Hidden::reveal),
            settings.database_connections,
        )?;
        Ok(Self(Arc::new(Parts {
            db,
            clock,
            settings,
            keyring: Keyring::new(seal),
            memory: Memory::default(),
            passwords,
            readings: Readings::default(),
            witness: Witness::default(),
            providers,
            outbound,
            metrics: Metrics::default(),
            lab: SqlLab::start()?,
            content: RwLock::new(None),
            failed_load: RwLock::new(None),
            stopping: AtomicBool::new(false),
            developing: AtomicBool::new(false),
        })))
    }

    /// This instant.
    #[must_use]
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// The content in force.
    ///
    /// # Errors
    /// None was loaded yet.
    pub fn content(&self) -> Result<Arc<Content>, Fault> {
        let held = self.content.read().unwrap_or_else(PoisonError::into_inner);
        held.clone().ok_or_else(|| Broken::Unavailable("no content is loaded yet".to_owned()).into())
    }

    /// Puts content in force in this process.
    pub fn put_content(&self, content: Content) {
        *self.content.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(content));
        *self.failed_load.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The last reload that failed since content was put in force.
    #[must_use]
    pub fn failed_load(&self) -> Option<FailedLoad> {
        self.failed_load.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Remembers a reload that failed.
    pub fn note_failed_load(&self, failed: FailedLoad) {
        *self.failed_load.write().unwrap_or_else(PoisonError::into_inner) = Some(failed);
    }

    /// Serves authors while they write: content may change under its version. Only for a database of its own.
    pub fn develop(&self) {
        self.developing.store(true, Ordering::SeqCst);
    }

    /// Whether content may change under its version.
    #[must_use]
    pub fn is_developing(&self) -> bool {
        self.developing.load(Ordering::SeqCst)
    }

    /// Tells that the service is about to stop: readiness turns red so that a proxy sends no more.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }

    /// Whether the service is about to stop.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }
}

/// Signing needs a generator that gathers entropy for a tenth of a second at its first use: a service begins with it beside the
/// rest of its start. Whoever needs it earlier waits for it, and is told where it fails. Not for a command that is over sooner:
/// a process must not end in the middle of it.
pub fn gather_entropy() {
    std::thread::spawn(|| aws_lc_rs::rand::fill(&mut [0]).is_ok());
}
