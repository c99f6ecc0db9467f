//! `habilis audit`: take the log away, check it without this service, and show what was signed.

mod file;

use super::{
    Failed, Next,
    events::kind,
    open::Desk,
    print::{self, Shape},
};
use crate::{
    actions::log::{self, Export, Wanted},
    audit::{
        event::What,
        log::{
            note::{self, Checkpoint, NoteRefusal, VerifierKey},
            verify::{At, Check, Verdict, Wrong},
        },
        rows::Filter,
    },
    base::clock::Time,
};
use clap::{Args, Subcommand};
use file::{Begun, Goal};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, IsTerminal, Read, Write},
    path::PathBuf,
};

/// Take the log away, check it, show what was signed
#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    Export(ExportLog),
    Verify(Verify),
    /// Print the signed checkpoint of the whole log
    ///
    /// Keep it where the database's administrators cannot reach it: `habilis audit verify FILE --key KEY` holds a log against it
    /// with `--checkpoint`.
    Checkpoint,
    /// Print the public keys that check the log's checkpoints, the one that signs first
    Key,
    /// Let a new key sign the log from now on
    ///
    /// The old one signs the event that names the new one. A file of the log is checked with both: `--key OLD --key NEW`.
    NewKey,
}

/// Write the log to a file that a stranger can check
///
/// JSON lines, oldest first: the signed checkpoint, every event, and the hashes that prove each of them. With a filter, a
/// selection of which each event brings its own proof. What is written is noted in the log.
#[derive(Debug, Args)]
pub(super) struct ExportLog {
    /// The file; without it, standard output
    file: Option<PathBuf>,
    /// Go on with a file that was begun and not finished
    #[arg(long, requires = "file")]
    resume: bool,
    /// Write over a file that is there; it stays as it is until the new one is whole
    #[arg(long, conflicts_with = "resume")]
    overwrite: bool,
    /// Leave out addresses and the words that people wrote; the log's proofs do not need them
    #[arg(long)]
    without_words: bool,
    /// Only this kind, like token.minted
    #[arg(long, value_parser = kind, conflicts_with = "resume")]
    kind: Option<What>,
    /// Only what concerns this person or what they did: e-mail address or id
    #[arg(long, conflicts_with = "resume")]
    person: Option<String>,
    /// Only this role
    #[arg(long, conflicts_with = "resume")]
    role: Option<String>,
    /// Only this thing, by its id
    #[arg(long, conflicts_with = "resume")]
    subject: Option<String>,
    /// From this moment on: 2026-03-01T09:00:00Z, or a date
    #[arg(long, value_parser = Time::parse, conflicts_with = "resume")]
    from: Option<Time>,
    /// Before this moment
    #[arg(long, value_parser = Time::parse, conflicts_with = "resume")]
    until: Option<Time>,
}

/// Check an exported log, offline, with nothing but the file and the public key
///
/// Ends with 1 at the first line that is wrong, and says which it is: changed, removed, inserted, reordered, or cut off. So it does
/// for a selection that is not expected: its events are in the log, and nothing says that none is missing.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The file, or - for standard input
    file: PathBuf,
    /// The log's public key, or a file with it: from `habilis audit key`, /log/key, or whoever keeps it for you
    #[arg(long, required = true)]
    key: Vec<String>,
    /// A file of signed checkpoints that was kept elsewhere; the log must agree with all of them that read, and be at least as long
    #[arg(long)]
    checkpoint: Vec<PathBuf>,
    /// Take a selection, too: events that are in the log, of which nothing says that none is missing
    #[arg(long)]
    selection: bool,
    /// How the finding is printed
    #[arg(long, value_enum, default_value = "table")]
    format: Shape,
}

impl Audit {
    pub(super) fn run(self) -> Result<Next, Failed> {
        match self {
            Self::Export(export) => export.run(),
            Self::Verify(verify) => verify.run(),
            Self::Checkpoint => {
                let desk = Desk::open(false)?;
                desk.run(log::sequence(&desk.app))?;
                let published = desk.run(log::published(&desk.app))?;
                print::say(published.checkpoint.note.trim_end());
                Ok(Next::Done)
            }
            Self::NewKey => {
                let desk = Desk::open(false)?;
                desk.run(log::renew_log_key(&desk.app, &desk.actor))?;
                desk.run(log::published(&desk.app))?.keys.iter().for_each(|key| print::say(key));
                Ok(Next::Done)
            }
            Self::Key => {
                let desk = Desk::open(false)?;
                desk.run(log::published(&desk.app))?.keys.iter().for_each(|key| print::say(key));
                Ok(Next::Done)
            }
        }
    }
}

fn bar(length: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} events, {per_sec}, {eta} left");
    ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

impl ExportLog {
    fn selection(&self) -> Option<Filter> {
        let narrowed = self.kind.is_some()
            || self.role.is_some()
            || self.subject.is_some()
            || self.from.is_some()
            || self.until.is_some();
        narrowed.then(|| Filter {
            kind: self.kind,
            person: None,
            role: self.role.clone(),
            subject: self.subject.clone(),
            outcome: None,
            from: self.from,
            until: self.until,
        })
    }

    fn run(self) -> Result<Next, Failed> {
        let mut wanted = Wanted {
            selection: self.selection(),
            person: self.person.clone(),
            without_words: self.without_words,
            ..Wanted::default()
        };
        let Some(path) = &self.file else {
            let desk = Desk::open(false)?;
            let export = desk.run(log::begin_export(&desk.app, &desk.actor, wanted))?;
            write_all(&desk, export, std::io::stdout().lock(), &ProgressBar::hidden())?;
            return Ok(Next::Done);
        };
        // Nothing is written before there is something to write.
        let begun = if self.resume { Some(Begun::of(path)?) } else { None };
        if let Some(begun) = &begun {
            (wanted.size, wanted.from) = (Some(begun.size), Some(begun.next));
        } else if !self.overwrite && path.exists() {
            let there = "it is there already; --resume goes on with it, --overwrite begins anew";
            return Err(Failed::words(format!("{}: {there}", path.display())));
        }
        let selection = wanted.selection.is_some() || wanted.person.is_some();
        let desk = Desk::open(false)?;
        let export = desk.run(log::begin_export(&desk.app, &desk.actor, wanted))?;
        let size = export.progress().1;
        let goal = match &begun {
            Some(begun) => Goal::behind(begun, path)?,
            None if self.overwrite => Goal::in_place_of(path)?,
            None => Goal::fresh(path)?,
        };
        let progress = bar(size);
        let events = write_all(&desk, export, goal.file(), &progress).map_err(|failed| goal.left(failed))?;
        goal.finish()?;
        progress.finish_and_clear();
        let what = if selection {
            format!(
                "a selection: {events} of the {size} events of the log, each with its own proof; nothing says that none is missing"
            )
        } else {
            format!("the log of {size} events, to its end")
        };
        print::complain(&format!("{}: {what}", path.display()));
        Ok(Next::Done)
    }
}

/// Writes an export to its end; tells how many events it wrote.
fn write_all(desk: &Desk, mut export: Export, to: impl Write, progress: &ProgressBar) -> Result<u64, Failed> {
    let failed = |error: std::io::Error| {
        Failed::words(format!("the file could not be written to its end: {error}; `--resume` goes on from there"))
    };
    let mut to = BufWriter::new(to);
    let mut events = 0;
    while let Some(text) = desk.run(export.more())? {
        to.write_all(&text).map_err(failed)?;
        events += text.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"{\"event\":")).count() as u64;
        progress.set_position(export.progress().0);
    }
    to.flush().map_err(failed)?;
    Ok(events)
}

/// What a check came to, for programs.
#[derive(serde::Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
enum Told<'a> {
    /// Complete and unaltered.
    Good(&'a Verdict),
    /// Unaltered; whether it is complete, nothing says.
    Selection(&'a Verdict),
    Wrong {
        line: u64,
        position: Option<u64>,
        code: &'static str,
        sentence: String,
    },
}

impl Verify {
    fn run(self) -> Result<Next, Failed> {
        let keys = self.keys()?;
        let known = self.known(&keys)?;
        let outcome = if self.file.as_os_str() == "-" {
            check(std::io::stdin().lock(), &ProgressBar::hidden(), Check::new(keys, known))?
        } else {
            let file = File::open(&self.file)
                .map_err(|error| Failed::words(format!("{} can't be read: {error}", self.file.display())))?;
            let progress = bar(0);
            let outcome = check(file, &progress, Check::new(keys, known))?;
            progress.finish_and_clear();
            outcome
        };
        let name = self.file.display().to_string();
        match (&outcome, self.format) {
            (Ok(verdict), Shape::Json) if verdict.selection => print::json(&Told::Selection(verdict))?,
            (Ok(verdict), Shape::Json) => print::json(&Told::Good(verdict))?,
            (Err(wrong), Shape::Json) => print::json(&Told::Wrong {
                line: wrong.line,
                position: wrong.position,
                code: wrong.finding.code(),
                sentence: wrong.to_string(),
            })?,
            (Ok(verdict), Shape::Table) => self.say(&name, verdict),
            (Err(wrong), Shape::Table) => print::complain(&format!("{name}: {wrong}")),
        }
        // The head's word that it is a selection is not signed: only who expects one takes it for that.
        let good = outcome.is_ok_and(|verdict| self.selection || !verdict.selection);
        Ok(if good { Next::Done } else { Next::NotGood })
    }

    fn say(&self, name: &str, found: &Verdict) {
        if found.selection {
            print::say(&format!(
                "{name}: a selection: these {} events are in the log of {} events of {}; nothing says that none is missing",
                found.events, found.size, found.origin
            ));
        } else {
            print::say(&format!(
                "{name}: complete and unaltered: {} of the {} events of {}",
                found.events, found.size, found.origin
            ));
        }
        print::say(&format!(
            "  {} checkpoints on the way agree, {} from elsewhere; {} events are without words or address (erased, or left out)",
            found.checkpoints, found.outside, found.without_words
        ));
        if let Some(At { line, position }) = found.first_out_of_time {
            print::say(&format!(
                "  note: {} events are dated more than five minutes before one that stands before them, so they were written later \
                 than they say; the first is event {position}, in line {line}",
                found.out_of_time
            ));
        }
        if found.selection && !self.selection {
            print::complain(&format!("{name} is not the whole log; where you asked for a selection, say --selection"));
        }
    }

    fn keys(&self) -> Result<Vec<VerifierKey>, Failed> {
        let mut keys = Vec::new();
        for given in &self.key {
            let text = match given.parse::<VerifierKey>() {
                Ok(key) => {
                    keys.push(key);
                    continue;
                }
                Err(no) => std::fs::read_to_string(given)
                    .map_err(|error| Failed::words(format!("{given} is {no}; and no file of one: {error}")))?,
            };
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                keys.push(line.parse().map_err(|no| Failed::words(format!("{given}: `{line}` is {no}")))?);
            }
        }
        if keys.is_empty() { Err(Failed::words("no key was given")) } else { Ok(keys) }
    }

    fn known(&self, keys: &[VerifierKey]) -> Result<Vec<Checkpoint>, Failed> {
        let mut known = Vec::new();
        for path in &self.checkpoint {
            let name = path.display();
            let bytes = std::fs::read(path).map_err(|error| Failed::words(format!("{name} can't be read: {error}")))?;
            let text = String::from_utf8_lossy(&bytes);
            let before = known.len();
            for (n, note) in note::several(&text).iter().enumerate() {
                match note::open(note, keys) {
                    Ok(checkpoint) => known.push(checkpoint),
                    // Half a note, from a disk that was full: the others are as good as before.
                    Err(NoteRefusal::Unreadable) => print::complain(&format!(
                        "{name}, checkpoint {}: it does not read, and is left out; the others are used",
                        n + 1
                    )),
                    Err(no) => return Err(Failed::words(format!("{name}, checkpoint {}: {no}", n + 1))),
                }
            }
            if known.len() == before {
                return Err(Failed::words(format!("{name}: there is no checkpoint in it")));
            }
        }
        Ok(known)
    }
}

/// The longest line that is read, in bytes: an entry and what stands beside it are smaller by far.
const LONGEST_LINE: u64 = 16 * 1024 * 1024;

fn check(from: impl Read, progress: &ProgressBar, mut check: Check) -> Result<Result<Verdict, Wrong>, Failed> {
    let mut reader = BufReader::with_capacity(1 << 18, from);
    let mut line = Vec::new();
    let mut whole = true;
    for n in 0_u64.. {
        line.clear();
        let read = (&mut reader).take(LONGEST_LINE).read_until(b'\n', &mut line);
        let read = read.map_err(|error| Failed::words(format!("the file can't be read on: {error}")))?;
        if read == 0 {
            break;
        }
        whole = line.last() == Some(&b'\n');
        // Half a line at the end is judged as the end; before it, what stands there is judged.
        if whole {
            line.pop();
        } else if serde_json::from_slice::<serde::de::IgnoredAny>(&line).is_err() {
            break;
        }
        if let Err(wrong) = check.line(&line) {
            return Ok(Err(wrong));
        }
        if n % 4_096 == 0 {
            let (done, of) = check.progress();
            progress.set_length(of);
            progress.set_position(done);
        }
    }
    Ok(check.end(whole))
}
