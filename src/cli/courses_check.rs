//! `habilis courses check`: what is wrong with content, by itself and beside what was served of it.

use super::{
    Failed, Next,
    courses::{Shape, root, source, tell},
    print,
};
use crate::{
    actions::load_content,
    base::clock::Clock,
    curriculum::{load::Curriculum, report::Report},
    db::Location,
    settings::Settings,
};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Say what is wrong with a content folder, and what changed under its version; touches nothing
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The folder; without it, the one that would be served
    folder: Option<PathBuf>,
    /// Warnings count as errors
    #[arg(long)]
    strict: bool,
    /// The database whose versions it is compared with: a DATABASE_URL or a data folder; without it, the one of the settings
    #[arg(long, value_name = "DATABASE_URL|DATA_DIR")]
    against: Option<String>,
    #[arg(long, value_enum, default_value = "human")]
    format: Shape,
}

/// A report, and what it was compared with.
#[derive(Serialize)]
struct Checked<'a> {
    #[serde(flatten)]
    report: &'a Report,
    /// The database that was read, without its password.
    compared_with: Option<String>,
    /// Why none was.
    not_compared: Option<String>,
}

impl Check {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let root = root(self.folder.as_ref())?;
        let (curriculum, catalogue, mut report) = load_content::check(&source(self.folder)?);
        let compared = match &self.against {
            // Whoever names a database wants it compared; else whatever is there is.
            Some(named) => {
                let location = database(named)?;
                Ok(beside(&curriculum, &location, &mut report).map_err(Failed::words)?)
            }
            None => of_the_settings().and_then(|location| beside(&curriculum, &location, &mut report)),
        };
        let report = report.opened_from(root.as_deref());
        let good = !report.has_errors() && (!self.strict || report.warnings() == 0);
        match self.format {
            Shape::Json => {
                let (compared_with, not_compared) = (compared.clone().ok(), compared.err());
                print::json(&Checked { report: &report, compared_with, not_compared })?;
            }
            Shape::Human => {
                tell(&report);
                print::say(&format!(
                    "{} courses, {} questions, {} warehouses, {} roles: {} errors, {} warnings",
                    curriculum.courses.len(),
                    curriculum.questions().count(),
                    catalogue.warehouses.len(),
                    catalogue.roles.len(),
                    report.errors(),
                    report.warnings()
                ));
                print::say(&match compared {
                    Ok(with) => format!("compared with the versions that {with} has served"),
                    Err(why) => format!(
                        "not compared with what was served: {why}; --against DATABASE_URL or DATA_DIR names a database"
                    ),
                });
            }
        }
        Ok(if good { Next::Done } else { Next::NotGood })
    }
}

/// A database by its address, or by the data folder that it stands in.
fn database(named: &str) -> Result<Location, Failed> {
    let folder = Path::new(named);
    if folder.is_dir() { Ok(Settings::embedded(folder)) } else { Ok(Location::parse(named)?) }
}

/// The database of the settings, or why there is none.
fn of_the_settings() -> Result<Location, String> {
    let settings = Settings::load().map_err(|broken| broken.to_string())?;
    settings.location().map_err(|broken| broken.to_string())
}

/// Compares with a database; tells which one, or why it could not be.
fn beside(curriculum: &Curriculum, location: &Location, report: &mut Report) -> Result<String, String> {
    if let Location::Sqlite(file) = location
        && !file.is_file()
    {
        return Err(format!("there is no database at {}", file.display()));
    }
    load_content::compare(curriculum, location, Clock::System.now(), report)
        .map(|()| format!("{location:?}"))
        .map_err(|broken| format!("{location:?}: {broken}"))
}
