//! `habilis courses import`: banks of other programs, in.

use super::{Failed, Next, print};
use crate::{
    base::{refusal::Broken, text::Slug},
    curriculum::{
        formats::{
            self, Imported, Wishes, bank_out,
            report::{Line, Outcome},
        },
        load,
        report::{Finding, Report, Severity},
        source::Source,
    },
};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Import banks of other programs
///
/// Says for every question whether it was imported, imported with a warning, or left out and why. Ends with 0 when every
/// question was imported, else with 1. Texts without a question, which have no place in a bank, are no failure.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// GIFT, Aiken or Moodle XML; one bank each
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The banks of a course, such as courses/x/banks
    #[arg(long)]
    into: PathBuf,
    /// The bank's name; without it, the file's
    #[arg(long)]
    name: Option<Slug>,
    /// The format of the banks, where it is not to be found out from the files
    #[arg(long, value_enum)]
    from: Option<Foreign>,
    /// The objective of every question
    #[arg(long)]
    objective: Option<Slug>,
    /// Write nothing, only say what would be imported
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    /// Write without asking
    #[arg(long)]
    yes: bool,
    /// Replace a bank that is there
    #[arg(long)]
    force: bool,
    /// How the report is printed
    #[arg(long, value_enum, default_value = "human")]
    format: super::courses::Shape,
}

/// What is read.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Foreign {
    Gift,
    Aiken,
    MoodleXml,
}

/// One file's import, as JSON.
#[derive(Serialize)]
struct Told<'a> {
    file: String,
    format: formats::Format,
    types: BTreeMap<&'static str, usize>,
    categories: BTreeMap<String, usize>,
    lines: &'a [Line],
    written: Vec<String>,
    findings: Vec<Finding>,
}

impl Import {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let banks = banks(&self.into)?;
        let course = banks.parent().unwrap_or(&banks).to_owned();
        if self.name.is_some() && self.files.len() > 1 {
            return Err(Failed::words("--name names one bank; import one file at a time with it"));
        }
        let mut taken = taken(&course)?;
        let mut good = true;
        let mut told = Vec::new();
        for file in &self.files {
            let name = self.bank_name(file)?;
            let old = parts(&banks, &name)?;
            if !old.is_empty() && !self.force && !self.dry_run {
                let path = banks.join(format!("{name}.bank.yaml"));
                let words = format!("{} is there already; --force replaces it, --name names another", path.display());
                return Err(Failed::words(words));
            }
            for path in &old {
                taken.retain(|_, place| place != path);
            }
            let bytes = fs::read(file).map_err(|e| Failed::words(format!("{} cannot be read: {e}", file.display())))?;
            let format = self.from.map(|from| match from {
                Foreign::Gift => formats::Format::Gift,
                Foreign::Aiken => formats::Format::Aiken,
                Foreign::MoodleXml => formats::Format::MoodleXml,
            });
            let objective = self.objective.as_ref().map(Slug::to_string);
            let wishes = Wishes { format, taken: taken.keys().cloned().collect(), objective };
            let imported = formats::import(&bytes, wishes)
                .map_err(|why| Failed::words(format!("{} cannot be imported: {why}", file.display())))?;
            good &= imported.count(Outcome::LeftOut) == 0 && !imported.entries.is_empty();
            let human = self.format == super::courses::Shape::Human;
            if human {
                tell(file, &imported);
            }
            let mut written = Vec::new();
            let mut findings = Vec::new();
            if !imported.entries.is_empty() && self.wanted(human)? {
                written = write(&banks, &course, &name, file, &imported, &old)?;
                taken.extend(imported.entries.iter().map(|entry| (entry.id.clone(), banks.join("new"))));
                findings = lint(&course, &written)?;
                good &= findings.iter().all(|finding| finding.severity == Severity::Warning);
            }
            if human {
                after(&written, &findings, self.dry_run);
            }
            told.push((file, imported, written, findings));
        }
        if self.format == super::courses::Shape::Json {
            let told: Vec<Told<'_>> = told
                .iter()
                .map(|(file, imported, written, findings)| Told {
                    file: file.display().to_string(),
                    format: imported.format,
                    types: imported.kinds(),
                    categories: imported.categories(),
                    lines: &imported.lines,
                    written: written.iter().map(|path| path.display().to_string()).collect(),
                    findings: findings.clone(),
                })
                .collect();
            print::json(&told)?;
        }
        Ok(if good { Next::Done } else { Next::NotGood })
    }

    fn bank_name(&self, file: &Path) -> Result<Slug, Failed> {
        if let Some(name) = &self.name {
            return Ok(name.clone());
        }
        let stem = file.file_name().and_then(|name| name.to_str()).unwrap_or("").split('.').next().unwrap_or("");
        formats::slug(stem)
            .parse()
            .map_err(|_| Failed::words(format!("{} gives no name for a bank; name it with --name", file.display())))
    }

    /// Whether to write: as the options say, else as whoever sits there says.
    fn wanted(&self, human: bool) -> Result<bool, Failed> {
        use std::io::{IsTerminal as _, Write as _};
        if self.dry_run || self.yes {
            return Ok(self.yes);
        }
        if !human || !std::io::stdin().is_terminal() {
            return Err(Failed::words("nothing was written: say --yes to write, or --dry-run to look only"));
        }
        let _ = write!(std::io::stderr(), "Write this bank? [y/N] ");
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer).map_err(Broken::defect)?;
        Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
    }
}

/// The folder of a course's banks.
fn banks(into: &Path) -> Result<PathBuf, Failed> {
    let folder = if into.join("course.yaml").is_file() { into.join("banks") } else { into.to_owned() };
    let here = |path: &'_ Path| if path.as_os_str().is_empty() { PathBuf::from(".") } else { path.to_owned() };
    let course = folder.parent().map(here).filter(|parent| parent.join("course.yaml").is_file());
    if course.is_none() || folder.file_name().is_none_or(|name| name != "banks") {
        let words =
            format!("{} is not the `banks` folder of a course (there is no course.yaml above it)", into.display());
        return Err(Failed::words(words));
    }
    let course = course.map(|course| course.canonicalize()).transpose().map_err(Broken::defect)?.unwrap_or_default();
    Ok(course.join("banks"))
}

/// The files that a bank of this name stands in.
fn parts(banks: &Path, name: &Slug) -> Result<Vec<PathBuf>, Failed> {
    let mut parts: Vec<PathBuf> = Vec::new();
    for number in 1.. {
        let path =
            banks.join(if number == 1 { format!("{name}.bank.yaml") } else { format!("{name}-{number}.bank.yaml") });
        // A bank that somebody else wrote may be called `name-2`.
        let ours = number == 1 || fs::read_to_string(&path).is_ok_and(|text| text.starts_with("# Imported from:"));
        if !ours || !path.try_exists().map_err(Broken::defect)? {
            break;
        }
        parts.push(path);
    }
    Ok(parts)
}

/// The course alone, as its content root would hold it.
fn source(course: &Path) -> Result<Source, Failed> {
    let name = course.file_name().and_then(|name| name.to_str()).unwrap_or("course");
    let source = Source::folder(course).map_err(|error| Broken::defect(format!("{error:#}")))?;
    let files = source.files().iter().map(|(path, body)| (format!("{name}/{path}"), body.clone())).collect();
    Ok(Source::from_files(files))
}

/// The ids of the course's questions, each with its file.
fn taken(course: &Path) -> Result<BTreeMap<String, PathBuf>, Failed> {
    let curriculum = load::load(&source(course)?, &mut Report::new());
    let above = course.parent().unwrap_or(course);
    let place = |course: &str, id: &str| above.join(curriculum.places().of(&[course, "question", id]).file);
    Ok(curriculum
        .questions()
        .map(|(course, question)| (question.id.to_string(), place(course.id.as_str(), question.id.as_str())))
        .collect())
}

/// Writes the bank's files and pictures, each whole or not at all; gives back their paths.
fn write(
    banks: &Path,
    course: &Path,
    name: &Slug,
    file: &Path,
    imported: &Imported,
    old: &[PathBuf],
) -> Result<Vec<PathBuf>, Failed> {
    let called = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let title = called.split('.').next().unwrap_or("").replace(['_', '-'], " ");
    let title = if title.trim().is_empty() { name.to_string() } else { title.trim().to_owned() };
    let origin = format!("{called} ({})", imported.format.title());
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for (name, bytes) in &imported.pictures {
        files.push((course.join("assets").join("imported").join(name), bytes.clone()));
    }
    for (id, body) in bank_out::write(name.as_str(), &title, &origin, &imported.entries) {
        files.push((banks.join(format!("{id}.bank.yaml")), body.into_bytes()));
    }
    let there = |path: &PathBuf| path.exists() && !old.contains(path) && path.starts_with(banks);
    if let Some((path, _)) = files.iter().find(|(path, _)| there(path)) {
        return Err(Failed::words(format!("{} is there already and is another bank", path.display())));
    }
    let failed =
        |path: &Path, error: std::io::Error| Failed::words(format!("{} cannot be written: {error}", path.display()));
    // All are written beside their places first, so that a full disk leaves nothing half done.
    for (path, body) in &files {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|error| failed(path, error))?;
        }
        fs::write(beside(path), body).map_err(|error| failed(path, error))?;
    }
    for (path, _) in &files {
        fs::rename(beside(path), path).map_err(|error| failed(path, error))?;
    }
    let written: BTreeSet<PathBuf> = files.into_iter().map(|(path, _)| path).collect();
    for path in old.iter().filter(|path| !written.contains(*path)) {
        fs::remove_file(path).map_err(|error| failed(path, error))?;
    }
    Ok(written.into_iter().collect())
}

/// A hidden name in the same folder.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.new"))
}

/// What the course's checks say about the files that were written.
fn lint(course: &Path, written: &[PathBuf]) -> Result<Vec<Finding>, Failed> {
    let mut report = Report::new();
    load::load(&source(course)?, &mut report);
    let above = course.parent().unwrap_or(course);
    let ours = |finding: &&Finding| written.contains(&above.join(&finding.file));
    let report = report.opened_from(Some(above));
    Ok(report.findings().iter().filter(ours).cloned().collect())
}

fn tell(file: &Path, imported: &Imported) {
    let name = file.display();
    for line in &imported.lines {
        print::say(&format!("{name}:{line}"));
    }
    let kinds: Vec<String> = imported.kinds().iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let kinds = if kinds.is_empty() { "nothing".to_owned() } else { kinds.join(", ") };
    print::say(&format!("{name}, read as {}: {kinds}", imported.format.title()));
    for (category, count) in imported.categories() {
        print::say(&format!("  {count} in {}", category.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    print::say(&format!(
        "{} imported, {} imported with a warning, {} left out, {} no questions",
        imported.count(Outcome::Imported),
        imported.count(Outcome::Changed),
        imported.count(Outcome::LeftOut),
        imported.count(Outcome::NoQuestion)
    ));
}

fn after(written: &[PathBuf], findings: &[Finding], dry: bool) {
    if written.is_empty() {
        print::say(if dry { "nothing was written: this was a dry run" } else { "nothing was written" });
        return;
    }
    for path in written {
        print::say(&format!("wrote {}", path.display()));
    }
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        match finding.severity {
            Severity::Error => print::complain(&finding.to_string()),
            Severity::Warning => *codes.entry(finding.code).or_default() += 1,
        }
    }
    let codes: Vec<String> = codes.iter().map(|(code, count)| format!("{count} × {code}")).collect();
    if !codes.is_empty() {
        print::say(&format!("`courses check` warns about it: {}", codes.join(", ")));
    }
}
