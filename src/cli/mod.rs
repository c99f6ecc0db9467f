//! The command line: one file a command group. Commands return what to serve; starting the server is left to the program.

mod access;
mod audit;
mod break_glass;
mod clients;
mod courses;
mod courses_banks;
mod courses_check;
mod courses_export;
mod delegations;
mod demo;
mod doctor;
mod events;
mod holders;
mod keys;
mod locks;
mod open;
mod people;
mod plain;
mod policy;
pub mod print;
mod provisioning;
mod ready;
mod regrade;
mod remote;
mod reports;
mod reviews;
mod serve;
mod signals;
mod statistics;
mod teams;
mod waiting;
mod warehouse;
mod webhooks;
mod words;

use crate::{
    app::App,
    base::refusal::{Broken, Fault, Refused},
};
use clap::{Parser, Subcommand};

/// A data academy and the access gateway behind it.
#[derive(Debug, Parser)]
#[command(name = "habilis", version, about, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the academy and the gateway
    Serve(serve::Serve),
    /// Serve a made-up company to look around in, kept apart from real data
    Demo(demo::Demo),
    /// Bring the database to this program's schema, making it where it is not there
    Migrate,
    /// Say what is missing or unsafe in the settings and around them
    Doctor,
    Ready(ready::Probe),
    /// Check and load courses and the access catalogue
    #[command(subcommand)]
    Courses(courses::Courses),
    /// Add, list and shut out people
    #[command(subcommand)]
    People(people::People),
    /// Teams: list, show, assign courses to them
    #[command(subcommand)]
    Teams(teams::Teams),
    /// List who holds which access, now or at any moment, or draw the map of it
    Holders(holders::ListOrMap),
    /// The auditor's questions, each answered as of a moment
    #[command(subcommand)]
    Reports(reports::Reports),
    /// Say why a person may, or may not, use a role
    Explain(access::Explain),
    /// List and end grants
    #[command(subcommand)]
    Grants(access::Grants),
    /// List and revoke certificates
    #[command(subcommand)]
    Certificates(access::Certificates),
    /// Begin reviews of access, see how far they are, take their evidence
    #[command(subcommand)]
    Reviews(reviews::Reviews),
    /// Warehouses: print what to set up on the other side, check a token
    #[command(subcommand)]
    Warehouse(warehouse::Warehouse),
    /// List, rotate and retire signing keys
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Register, list and remove tools that fetch tokens for people
    #[command(subcommand)]
    Clients(clients::Clients),
    Login(remote::Login),
    Logout(remote::Logout),
    Token(remote::Token),
    /// What the company's directory provisions people and teams with (SCIM 2.0)
    #[command(subcommand)]
    Provisioning(provisioning::Provisioning),
    /// Who is told that sessions and access have ended (OpenID Shared Signals)
    #[command(subcommand)]
    Signals(signals::Signals),
    /// Roles taken at once, without approval, and what somebody else says of it
    #[command(subcommand)]
    BreakGlass(break_glass::BreakGlass),
    /// What would change if another access catalogue were loaded, and what applied over time
    #[command(subcommand)]
    Policy(policy::Policy),
    /// List who is waiting for whom: open requests and whose word is missing
    Waiting(waiting::Waiting),
    /// Who decides in whose place, while that one is away
    #[command(subcommand)]
    Delegations(delegations::Delegations),
    /// Who gets the log's events as they come: webhooks, NATS, syslog
    #[command(subcommand)]
    Webhooks(webhooks::Webhooks),
    /// List, place and lift emergency locks
    #[command(subcommand)]
    Locks(locks::Locks),
    /// Read the log
    Events(events::Events),
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Print an example of a settings file, with every key explained
    Config,
    /// Print completions for a shell
    Completions {
        shell: clap_complete::Shell,
    },
    /// Print the manual
    Man {
        /// Write one page a command into this folder instead
        folder: Option<std::path::PathBuf>,
    },
}

/// What the program does after the command.
pub enum Next {
    /// Nothing: it worked.
    Done,
    /// Nothing: the command said what is wrong.
    NotGood,
    /// Serve this.
    Serve(Box<Ready>),
}

/// An opened app, ready to be served.
pub struct Ready {
    pub app: App,
    /// Where it is to be served: taken before anything else was done.
    pub listener: std::net::TcpListener,
    pub demo: Option<DemoPeople>,
    /// What to tell whoever started it.
    pub words: Vec<String>,
}

/// Who can sign in to a demo.
pub struct DemoPeople {
    pub accounts: Vec<DemoAccount>,
    pub password: String,
}

/// One of them.
pub struct DemoAccount {
    pub email: String,
    pub name: String,
    /// `learner-new`, `owner`, …
    pub who: String,
}

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub enum Failed {
    /// The house said no.
    Refused(Box<Refused>),
    /// Something is broken or away.
    Broken(Broken),
    /// The command can't work like this: a sentence that says why and what to do.
    Words(String),
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused(refused) => Self::Refused(refused),
            Fault::Broken(broken) => Self::Broken(broken),
        }
    }
}
impl From<Broken> for Failed {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl Failed {
    pub(crate) fn words(words: impl Into<String>) -> Self {
        Self::Words(words.into())
    }

    /// Says on standard error what happened and what to do.
    pub fn tell(&self) {
        match self {
            Self::Refused(refused) => {
                print::complain(&format!("refused: {} ({})", refused.sentence, refused.code));
                for missing in &refused.missing {
                    print::complain(&format!("  missing {} {}: {}", missing.kind, missing.id, missing.title));
                }
            }
            Self::Broken(Broken::Unavailable(words)) => {
                print::complain(&format!("error: {words}"));
                print::complain("  Nothing was changed. `habilis doctor` says what is reachable and what is not.");
            }
            Self::Broken(broken) => print::complain(&format!("error: {broken}")),
            Self::Words(words) => print::complain(&format!("error: {words}")),
        }
    }
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// It was refused, or did not work.
    pub fn run(self) -> Result<Next, Failed> {
        match self.command {
            Command::Serve(serve) => serve.run(),
            Command::Demo(demo) => demo.run(),
            Command::Migrate => plain::migrate(),
            Command::Doctor => doctor::run(),
            Command::Ready(probe) => probe.run(),
            Command::Courses(courses) => courses.run(),
            Command::People(people) => people.run(),
            Command::Teams(teams) => teams.run(),
            Command::Holders(holders) => holders.run(),
            Command::Reports(reports) => reports.run(),
            Command::Explain(explain) => explain.run(),
            Command::Grants(grants) => grants.run(),
            Command::Certificates(certificates) => certificates.run(),
            Command::Reviews(reviews) => reviews.run(),
            Command::Warehouse(warehouse) => warehouse.run(),
            Command::Keys(keys) => keys.run(),
            Command::Clients(clients) => clients.run(),
            Command::Login(login) => login.run(),
            Command::Logout(logout) => logout.run(),
            Command::Token(token) => token.run(),
            Command::Provisioning(provisioning) => provisioning.run(),
            Command::Signals(signals) => signals.run(),
            Command::BreakGlass(glass) => glass.run(),
            Command::Policy(policy) => policy.run(),
            Command::Waiting(waiting) => waiting.run(),
            Command::Delegations(delegations) => delegations.run(),
            Command::Webhooks(webhooks) => webhooks.run(),
            Command::Locks(locks) => locks.run(),
            Command::Events(events) => events.run(),
            Command::Audit(audit) => audit.run(),
            Command::Config => Ok(plain::config()),
            Command::Completions { shell } => Ok(plain::completions(shell)),
            Command::Man { folder } => plain::man(folder),
        }
    }
}
