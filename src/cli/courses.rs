//! `habilis courses`: checking content without touching anything, and putting it in force.

use super::{
    Failed, Next,
    open::{self, Desk},
    print,
};
use crate::{
    actions::load_content,
    base::{
        refusal::Broken,
        text::{Email, Language, Slug},
    },
    curriculum::{
        report::Report,
        scaffold,
        source::{EMBEDDED, Source},
    },
    settings::Settings,
};
use clap::{Subcommand, ValueEnum};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// Courses and the access catalogue
#[derive(Debug, Subcommand)]
pub(super) enum Courses {
    Check(super::courses_check::Check),
    /// Import banks of other programs: GIFT, Aiken, Moodle XML
    Import(super::courses_banks::Import),
    /// Export a bank for another program: GIFT, Moodle XML
    Export(super::courses_export::Export),
    /// Write a new course that checks without a finding, to be turned into one's own
    New {
        /// Its name in files and addresses: lower-case letters, digits and hyphens
        id: Slug,
        /// Its title; without it, made of the name
        #[arg(long)]
        title: Option<String>,
        /// The content folder to write it into; without it, the one that would be served
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
        /// The languages to write it in: en, or en,fr
        #[arg(long, value_delimiter = ',', default_value = "en", value_parser = language)]
        languages: Vec<Language>,
        /// Who answers for it
        #[arg(long, default_value = "data-academy@example.com")]
        owner: Email,
    },
    /// Put content in force; running services follow within seconds
    Load {
        /// The folder; without it, the one that would be served
        folder: Option<PathBuf>,
    },
    Stats(super::statistics::Stats),
    Regrade(super::regrade::Regrade),
}

/// A language that a new course can be written in.
fn language(tag: &str) -> Result<Language, String> {
    let known = Language::from_tag(tag).filter(|language| scaffold::LANGUAGES.contains(language));
    known.ok_or_else(|| "a new course can be written in en, fr and es".to_owned())
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
pub(super) fn source(folder: Option<PathBuf>) -> Result<Source, Failed> {
    match folder {
        Some(folder) => Ok(Source::folder(&folder).map_err(|error| Broken::defect(format!("{error:#}")))?),
        None => Ok(load_content::source(&Settings::load()?)?),
    }
}

/// The folder that those files are in; none for the sample that is built in.
pub(super) fn root(folder: Option<&PathBuf>) -> Result<Option<PathBuf>, Failed> {
    Ok(match folder {
        Some(folder) => Some(folder.clone()),
        None => load_content::folder(&Settings::load()?),
    })
}

impl Courses {
    pub(super) fn run(self) -> Result<Next, Failed> {
        match self {
            Self::Check(check) => check.run(),
            Self::Import(import) => import.run(),
            Self::Export(export) => export.run(),
            Self::New { id, title, into, languages, owner } => {
                let title = title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
                let title = title.filter(|title| !title.is_empty()).unwrap_or_else(|| named_after(&id));
                begin(&scaffold::Plan { id, title, owner, languages }, into)
            }
            Self::Load { folder } => {
                let root = root(folder.as_ref())?;
                let source = match folder {
                    None => load_content::source(&open::settings()?)?,
                    folder => source(folder)?,
                };
                let from = source.origin().map(str::to_owned);
                let desk = Desk::open(false)?;
                let served = load_content::origin(&desk.app.settings);
                let loaded = desk.run(load_content::load_content(&desk.app, &desk.actor, source));
                if let (Err(Failed::Refused(_)), Some(failed)) = (&loaded, desk.app.failed_load()) {
                    tell(&failed.report.opened_from(root.as_deref()));
                }
                let version = loaded?;
                print::say(&format!(
                    "version {} is in force, loaded {} by {}",
                    version.seq,
                    print::moment(version.loaded_at),
                    version.loaded_by
                ));
                if let Some(from) = from.filter(|from| *from != served) {
                    let served = if served == EMBEDDED { "the sample that is built in".to_owned() } else { served };
                    print::complain(&format!(
                        "{from} is not where the service loads from: that is {served}, which its next start, or “Reload the \
                         content” on Authoring, puts in force again; to keep this one, start it with HABILIS_CONTENT={from}"
                    ));
                }
                Ok(Next::Done)
            }
            Self::Stats(stats) => stats.run(),
            Self::Regrade(regrade) => regrade.run(),
        }
    }
}

/// `warehouse-analyst` as `Warehouse analyst`.
fn named_after(id: &Slug) -> String {
    let words = id.as_str().replace('-', " ");
    let mut letters = words.trim().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Writes a new course, and says what to do next.
fn begin(plan: &scaffold::Plan, into: Option<PathBuf>) -> Result<Next, Failed> {
    let root = match into {
        Some(folder) => folder,
        None => Settings::load()?.content.unwrap_or_else(|| PathBuf::from("courses")),
    };
    let folder = root.join(plan.id.as_str());
    let failed = |path: &Path, error: &std::io::Error| Failed::words(format!("{}: {error}", path.display()));
    if folder.exists() {
        return Err(Failed::words(format!("{} is there already; nothing was written", folder.display())));
    }
    let (access, body) = scaffold::catalogue();
    let lacking = !root.join(access).exists();
    let mut files = scaffold::course(plan);
    if lacking {
        files.insert(access.to_owned(), body.to_owned());
    }
    for (path, body) in &files {
        let path = root.join(path);
        let above = path.parent().unwrap_or(&root);
        std::fs::create_dir_all(above).map_err(|error| failed(above, &error))?;
        // Never over a file that appeared in the meantime.
        let mut file = std::fs::File::create_new(&path).map_err(|error| failed(&path, &error))?;
        file.write_all(body.as_bytes()).map_err(|error| failed(&path, &error))?;
        print::say(&format!("  {}", path.display()));
    }
    print::say(&format!("{} is there: one module with a check, an exam, and a bank of six questions.", plan.id));
    let (root, at) = (root.display(), folder.display());
    for line in [
        format!("Next: edit {at}/course.yaml, then the module; every file says what it is for."),
        format!("  HABILIS_CONTENT={root} habilis serve --dev    shows each save at once; Authoring has the previews"),
        format!("  habilis courses check {root}    says what is wrong, with file, line and column"),
        format!("  habilis courses load {root}    puts it in force"),
    ] {
        print::say(&line);
    }
    Ok(Next::Done)
}

pub(super) fn tell(report: &Report) {
    let text = report.to_string();
    if !text.is_empty() {
        print::complain(text.trim_end());
    }
}
