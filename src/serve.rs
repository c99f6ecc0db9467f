//! Serving: binds the server, follows the signals of the system, and stops without cutting a request.

use habilis::{
    actions::load_content,
    app::App,
    base::refusal::Broken,
    cli::{Ready, print::say},
    identity::actor::Actor,
    web::{kit::desk::DemoAccounts, server::Application},
};
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Serves until a signal ends it.
pub(crate) fn serve(ready: Ready) -> Result<(), Broken> {
    actix_web::rt::System::new().block_on(async move {
        let demo = ready.demo.map(|demo| DemoAccounts {
            accounts: demo.accounts.into_iter().map(|account| (account.email, account.name, account.who)).collect(),
            password: demo.password,
        });
        let application = Application::on(ready.listener, ready.app.clone(), demo)?;
        let address = application.address();
        let handle = application.handle();
        let signals = Signals::new()?;
        let app = ready.app;
        tokio::spawn(async move {
            signals.until_told(&app).await;
            handle.stop(true).await;
        });
        for line in &ready.words {
            say(line);
        }
        say(&format!("Habilis {} listens on http://{address}", env!("CARGO_PKG_VERSION")));
        application.run().await
    })
}

struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Signal,
}

impl Signals {
    fn new() -> Result<Self, Broken> {
        let listen = |kind| signal(kind).map_err(Broken::defect);
        Ok(Self {
            terminate: listen(SignalKind::terminate())?,
            interrupt: listen(SignalKind::interrupt())?,
            hang_up: listen(SignalKind::hangup())?,
        })
    }

    /// Returns when the service should stop; a hang-up reloads the content.
    async fn until_told(mut self, app: &App) {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => {
                    let seconds = app.settings.leaving_seconds;
                    tracing::info!(seconds, "told to stop; requests are taken for so long, and then those under way are answered");
                    app.stop();
                    // So that a proxy sees that the service is not ready any more. Told again, it does not wait for that.
                    tokio::select! {
                        () = tokio::time::sleep(Duration::from_secs(seconds)) => {}
                        _ = self.terminate.recv() => {}
                        _ = self.interrupt.recv() => {}
                    }
                    return;
                }
                _ = self.interrupt.recv() => {
                    app.stop();
                    return;
                }
                _ = self.hang_up.recv() => {
                    tokio::spawn(reload(app.clone()));
                }
            }
        }
    }
}

async fn reload(app: App) {
    match load_content::reload(&app, &Actor::system("reload")).await {
        Ok(version) => tracing::info!(content.version = version.seq, "content is loaded"),
        Err(fault) => {
            let root = load_content::folder(&app.settings);
            let report = app.failed_load().map(|failed| failed.report).unwrap_or_default().opened_from(root.as_deref());
            tracing::error!(error = %fault, report = %report, "content was not loaded; the last good version stays in force");
        }
    }
}
