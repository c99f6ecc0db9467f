//! `habilis courses export`: a bank for another program, and a line for whatever that program cannot say.

use super::{Failed, Next, print};
use crate::{
    base::{refusal::Broken, text::Language},
    curriculum::{
        formats::{self, bank_in, entry::Entry, gift, moodle, pictures::Pictures, report::Outcome},
        report::Report,
    },
};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs,
    path::{Path, PathBuf},
};

/// The largest picture that goes along, in bytes.
const LARGEST_PICTURE: u64 = 2 * 1024 * 1024;

/// Export a bank for another program
///
/// Pictures go along into Moodle XML. What the other format cannot say is told on standard error, line by line. Ends with 1
/// when a question was left out.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// A file such as courses/x/banks/y.bank.yaml
    bank: PathBuf,
    #[arg(long, value_enum)]
    to: Target,
    /// Where to write; without it, on standard output
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// How the report on standard error is printed
    #[arg(long, value_enum, default_value = "human")]
    format: super::courses::Shape,
}

/// What is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Target {
    Gift,
    MoodleXml,
}

/// One question's line of an export, as JSON.
#[derive(Serialize)]
struct Loss {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// Whether the whole question is not there, or something of it.
    outcome: Outcome,
    note: String,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, id, outcome, note } = self;
        write!(f, "{file}:")?;
        line.iter().try_for_each(|line| write!(f, "{line}:"))?;
        match (id, outcome) {
            (Some(id), Outcome::LeftOut) => write!(f, " left out `{id}`: {note}"),
            (Some(id), _) => write!(f, " `{id}`: {note}"),
            (None, _) => write!(f, " {note}"),
        }
    }
}

impl Export {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let name = self.bank.display().to_string();
        let text = fs::read_to_string(&self.bank).map_err(|e| Failed::words(format!("{name} cannot be read: {e}")))?;
        let mut report = Report::new();
        let items = bank_in::read(&name, &text, &mut report);
        if report.has_errors() {
            print::complain(report.to_string().trim_end());
            return Ok(Next::NotGood);
        }
        let mut losses = Vec::new();
        let mut lose = |line: Option<usize>, id: Option<&str>, outcome: Outcome, note: String| {
            losses.push(Loss { file: name.clone(), line, id: id.map(str::to_owned), outcome, note });
        };
        let mut lines = BTreeMap::new();
        let mut entries = Vec::new();
        for item in items {
            match item {
                Ok(bank_in::Read { line, entry, lost }) => {
                    lost.into_iter().for_each(|note| lose(Some(line), Some(&entry.id), Outcome::Changed, note));
                    lines.insert(entry.id.clone(), line);
                    entries.push(entry);
                }
                Err((line, id, kind)) => {
                    lose(Some(line), Some(&id), Outcome::LeftOut, format!("there is no `{kind}` elsewhere"));
                }
            }
        }
        let (body, told) = match self.to {
            Target::Gift => gift::write(&entries),
            Target::MoodleXml => moodle::write(&entries, &pictures(&self.bank, &entries)),
        };
        for (id, words) in told {
            let line = lines.get(&id).copied();
            match words {
                Ok(note) => lose(line, Some(&id), Outcome::Changed, note),
                Err(why) => lose(line, Some(&id), Outcome::LeftOut, why),
            }
        }
        for path in translations(&self.bank) {
            lose(
                None,
                None,
                Outcome::Changed,
                format!("{} stays behind: other programs have one language", path.display()),
            );
        }
        losses.sort_by_key(|loss| loss.line.unwrap_or(usize::MAX));
        if self.format == super::courses::Shape::Json {
            print::complain(&serde_json::to_string_pretty(&losses).map_err(Broken::defect)?);
        } else {
            losses.iter().for_each(|loss| print::complain(&loss.to_string()));
        }
        match &self.output {
            Some(path) => {
                fs::write(path, body)
                    .map_err(|e| Failed::words(format!("{} cannot be written: {e}", path.display())))?;
            }
            None => print::say(body.trim_end()),
        }
        let good = losses.iter().all(|loss| loss.outcome != Outcome::LeftOut);
        Ok(if good { Next::Done } else { Next::NotGood })
    }
}

/// The pictures that a bank shows: files of its course, and of nothing outside it.
fn pictures(bank: &Path, entries: &[Entry]) -> Pictures {
    let Some(banks) = bank.canonicalize().ok().and_then(|path| path.parent().map(Path::to_owned)) else {
        return Pictures::new();
    };
    let course = banks.parent().filter(|above| above.join("course.yaml").is_file()).unwrap_or(&banks).to_owned();
    let addresses: BTreeSet<String> = entries.iter().flat_map(formats::pictures::addresses).collect();
    let read = |address: String| {
        let path = banks.join(formats::pictures::unescaped(&address)).canonicalize().ok()?;
        let small = path.metadata().is_ok_and(|data| data.is_file() && data.len() <= LARGEST_PICTURE);
        let bytes = fs::read(&path).ok().filter(|_| small && path.starts_with(&course))?;
        Some((address, bytes))
    };
    addresses.into_iter().filter_map(read).collect()
}

/// The files beside a bank that hold its texts in other languages.
fn translations(bank: &Path) -> Vec<PathBuf> {
    let stem = bank.to_string_lossy();
    let Some(stem) = stem.strip_suffix(".yaml") else { return Vec::new() };
    let others = Language::ALL.into_iter().filter(|language| *language != Language::En);
    others
        .map(|language| PathBuf::from(format!("{stem}.{}.yaml", language.tag())))
        .filter(|path| path.exists())
        .collect()
}
