//! The command line: one file a command group. Commands return what to serve; starting the server is left to the program.

mod demo;
mod open;
pub mod print;
mod serve;

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
    Serve,
    /// Serve a made-up company to look around in, kept apart from real data
    Demo(demo::Demo),
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
    /// `learner-new`, `owner`, …
    pub who: String,
    /// What there is to see.
    pub see: String,
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
            Command::Serve => serve::run(),
            Command::Demo(demo) => demo.run(),
        }
    }
}
