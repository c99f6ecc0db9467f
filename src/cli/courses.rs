//! `habilis courses`: checking content without touching anything, and putting it in force.

use super::{
    Failed, Next,
    open::{self, Desk},
    print,
};
use crate::{
    actions::load_content,
    base::refusal::Broken,
    curriculum::{report::Report, source::Source},
    settings::Settings,
};
use clap::{Subcommand, ValueEnum};
use std::path::PathBuf;

/// Courses and the access catalogue
#[derive(Debug, Subcommand)]
pub(super) enum Courses {
    /// Say what is wrong with a content folder; touches nothing
    Check {
        /// The folder; without it, the one that would be served
        folder: Option<PathBuf>,
        /// Warnings count as errors
        #[arg(long)]
        strict: bool,
        #[arg(long, value_enum, default_value = "human")]
        format: Shape,
    },
    /// Import banks of other programs: GIFT, Aiken, Moodle XML
    Import(super::courses_banks::Import),
    /// Export a bank for another program: GIFT, Moodle XML
    Export(super::courses_banks::Export),
    /// Put content in force; running services follow within seconds
    Load {
        /// The folder; without it, the one that would be served
        folder: Option<PathBuf>,
    },
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Shape {
    /// One line a finding: file, line, column, what is wrong.
    Human,
    /// The whole report.
    Json,
}

/// The files of a folder, or those that would be served.
fn source(folder: Option<PathBuf>) -> Result<Source, Failed> {
    match folder {
        Some(folder) => Ok(Source::folder(&folder).map_err(|error| Broken::defect(format!("{error:#}")))?),
        None => Ok(load_content::source(&Settings::load()?)?),
    }
}

impl Courses {
    pub(super) fn run(self) -> Result<Next, Failed> {
        match self {
            Self::Check { folder, strict, format } => {
                let (curriculum, catalogue, report) = load_content::check(&source(folder)?);
                let good = !report.has_errors() && (!strict || report.warnings() == 0);
                match format {
                    Shape::Json => print::json(&report)?,
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
                    }
                }
                Ok(if good { Next::Done } else { Next::NotGood })
            }
            Self::Import(import) => import.run(),
            Self::Export(export) => export.run(),
            Self::Load { folder } => {
                let source = match folder {
                    None => load_content::source(&open::settings()?)?,
                    folder => source(folder)?,
                };
                let desk = Desk::open(false)?;
                let loaded = desk.run(load_content::load_content(&desk.app, &desk.actor, source));
                if let (Err(Failed::Refused(_)), Some(failed)) = (&loaded, desk.app.failed_load()) {
                    tell(&failed.report);
                }
                let version = loaded?;
                print::say(&format!(
                    "version {} is in force, loaded {} by {}",
                    version.seq,
                    print::moment(version.loaded_at),
                    version.loaded_by
                ));
                Ok(Next::Done)
            }
        }
    }
}

fn tell(report: &Report) {
    let text = report.to_string();
    if !text.is_empty() {
        print::complain(text.trim_end());
    }
}
