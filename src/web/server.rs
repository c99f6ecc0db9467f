//! The server: bound, given its routes, run until told to stop; one build for the program and for the tests.

use super::{
    api, credentials, dev,
    kit::{
        caller::Caller,
        desk::{DemoAccounts, Desk},
        failure::Failure,
        forms, gate,
        render::Render,
        texts::Texts,
    },
    log, oauth, pages, scim, ssf, system,
};
use crate::{
    app::{App, gather_entropy},
    base::refusal::{Broken, Fault, Kind, Refusal},
};
use actix_web::{
    App as Actix, HttpResponse, HttpServer,
    dev::{Server, ServerHandle},
    middleware::{Compress, from_fn},
    web::{Data, FormConfig, JsonConfig, PayloadConfig},
};
use std::net::{SocketAddr, TcpListener};

/// A server that is bound, but not yet awaited.
pub struct Application {
    server: Server,
    address: SocketAddr,
    probes: Option<Server>,
    app: App,
    /// What follows the files while somebody writes them.
    watched: Option<Data<Desk>>,
}

/// No route has this path.
#[derive(Clone, Debug, thiserror::Error)]
#[error("there is no such page")]
pub struct NoSuchPage;

impl Refusal for NoSuchPage {
    fn kind(&self) -> Kind {
        Kind::NotFound
    }
    fn code(&self) -> &'static str {
        "no-such-page"
    }
}

async fn nowhere(_: Caller) -> Result<HttpResponse, Failure> {
    Err(Fault::from(NoSuchPage).into())
}

fn bind(address: SocketAddr) -> Result<TcpListener, Broken> {
    TcpListener::bind(address).map_err(|error| Broken::defect(format!("can not listen on {address}: {error}")))
}

impl Application {
    /// Binds the listener and builds the server. `demo` makes the sign-in page list the made-up people.
    ///
    /// # Errors
    /// The address is taken, or a template does not parse.
    pub fn build(app: App, demo: Option<DemoAccounts>) -> Result<Self, Broken> {
        Self::on(bind(app.settings.listen)?, app, demo)
    }

    /// As [`Application::build`], on a listener that is bound already.
    ///
    /// # Errors
    /// The address of health and figures is taken, or a template does not parse.
    pub fn on(listener: TcpListener, app: App, demo: Option<DemoAccounts>) -> Result<Self, Broken> {
        gather_entropy();
        let developing = app.is_developing();
        let render = Render::new(app.settings.templates.clone(), developing).map_err(Broken::defect)?;
        if developing {
            // Pages of the program that ran before this one follow, too.
            render.touch(u64::try_from(app.now().micros() / 1_000).unwrap_or(1));
        }
        let desk = Data::new(Desk { app: app.clone(), render, demo, texts: Texts::default() });
        let address = listener.local_addr().map_err(Broken::defect)?;
        let workers = match app.settings.workers {
            0 => std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
            workers => workers,
        };
        let kept = desk.clone();
        let watched = developing.then(|| desk.clone());
        let server = HttpServer::new(move || {
            Actix::new()
                .app_data(kept.clone())
                .app_data(FormConfig::default().limit(forms::MOST))
                .app_data(JsonConfig::default().limit(forms::MOST))
                .app_data(PayloadConfig::default().limit(forms::MOST))
                .wrap(Compress::default())
                .wrap(from_fn(gate::heads))
                .wrap(from_fn(gate::pass))
                .configure(system::routes)
                .configure(api::routes)
                .configure(pages::routes)
                .configure(credentials::routes)
                .configure(log::routes)
                .configure(oauth::routes)
                .configure(scim::routes)
                .configure(ssf::routes)
                .configure(|config| {
                    if developing {
                        dev::routes(config);
                    }
                })
                .default_service(actix_web::web::to(nowhere))
        })
        .workers(workers)
        .shutdown_timeout(app.settings.shutdown_seconds)
        .disable_signals()
        .listen(listener)
        .map_err(Broken::defect)?
        .run();
        let probes = match app.settings.metrics_listen {
            None => None,
            Some(address) => Some(
                HttpServer::new(move || {
                    Actix::new().app_data(desk.clone()).wrap(from_fn(gate::heads)).configure(system::probes)
                })
                .workers(1)
                .disable_signals()
                .listen(bind(address)?)
                .map_err(Broken::defect)?
                .run(),
            ),
        };
        Ok(Self { server, address, probes, app, watched })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A handle that stops it: gracefully, no request is cut.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Runs until it is stopped, with the jobs beside it.
    ///
    /// # Errors
    /// A listener fails.
    pub async fn run(self) -> Result<(), Broken> {
        let jobs = tokio::spawn(crate::jobs::run(self.app.clone()));
        let signals = tokio::spawn(crate::jobs::signal(self.app.clone()));
        let sinks = tokio::spawn(crate::jobs::send_out(self.app.clone()));
        let probes = self.probes.map(tokio::spawn);
        let watching = self.watched.map(|desk| tokio::spawn(dev::watch(desk)));
        let served = self.server.await.map_err(Broken::defect);
        self.app.stop();
        jobs.abort();
        // What a receiver is being told is told to its end, and noted: it would come again otherwise.
        let ended = signals.await.and(sinks.await).map_err(Broken::defect);
        if let Some(watching) = watching {
            watching.abort();
        }
        if let Some(probes) = probes {
            probes.abort();
        }
        served.and(ended)
    }
}
