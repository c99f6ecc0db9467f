//! Files that an export is written to: new, gone on with, or in the place of one that stays until then.

use crate::{
    actions::log,
    audit::log::file::{FileLine, Head},
    cli::Failed,
};
use std::{
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, Seek, SeekFrom},
    path::{Path, PathBuf},
};

fn unfit(path: &Path) -> impl Fn(std::io::Error) -> Failed {
    move |error| Failed::words(format!("{}: {error}", path.display()))
}

/// Where an export is written to.
pub(super) struct Goal {
    file: File,
    at: PathBuf,
    /// Where it belongs at its end.
    becomes: Option<PathBuf>,
}

impl Goal {
    /// A file that is not there yet.
    pub(super) fn fresh(path: &Path) -> Result<Self, Failed> {
        let file = OpenOptions::new().write(true).create_new(true).open(path).map_err(unfit(path))?;
        Ok(Self { file, at: path.to_owned(), becomes: None })
    }

    /// A file that was begun, behind its good beginning.
    pub(super) fn behind(begun: &Begun, path: &Path) -> Result<Self, Failed> {
        let mut file = OpenOptions::new().write(true).open(path).map_err(unfit(path))?;
        file.set_len(begun.length).map_err(unfit(path))?;
        file.seek(SeekFrom::Start(begun.length)).map_err(unfit(path))?;
        Ok(Self { file, at: path.to_owned(), becomes: None })
    }

    /// One beside a file, in whose place it comes once it is whole; it is seen by nobody who did not see that one.
    pub(super) fn in_place_of(path: &Path) -> Result<Self, Failed> {
        let Ok(there) = std::fs::metadata(path) else { return Self::fresh(path) };
        if !there.is_file() {
            // A pipe or a terminal is no evidence.
            let file = OpenOptions::new().write(true).open(path).map_err(unfit(path))?;
            return Ok(Self { file, at: path.to_owned(), becomes: None });
        }
        // What a link leads to is replaced, and not the link.
        let becomes = path.canonicalize().map_err(unfit(path))?;
        let mut name = becomes.clone().into_os_string();
        name.push(".new");
        let at = PathBuf::from(name);
        let file = OpenOptions::new().write(true).create(true).truncate(true).open(&at).map_err(unfit(&at))?;
        file.set_permissions(there.permissions()).map_err(unfit(&at))?;
        Ok(Self { file, at, becomes: Some(becomes) })
    }

    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// It is whole: it is kept, and takes its place.
    pub(super) fn finish(&self) -> Result<(), Failed> {
        if self.file.metadata().map_err(unfit(&self.at))?.is_file() {
            self.file.sync_all().map_err(unfit(&self.at))?;
        }
        match &self.becomes {
            Some(path) => std::fs::rename(&self.at, path).map_err(unfit(&self.at)),
            None => Ok(()),
        }
    }

    /// Says where a file is that was not written to its end.
    pub(super) fn left(&self, failed: Failed) -> Failed {
        match (&self.becomes, failed) {
            (Some(path), Failed::Words(words)) => {
                Failed::words(format!("{words}, in {}; {} is as it was", self.at.display(), path.display()))
            }
            (_, failed) => failed,
        }
    }
}

/// A file that was begun: what of it stays, and what comes next.
pub(super) struct Begun {
    /// Its good beginning, in bytes: up to the end of its last event.
    length: u64,
    pub(super) size: u64,
    pub(super) next: u64,
}

impl Begun {
    pub(super) fn of(path: &Path) -> Result<Self, Failed> {
        let file = File::open(path).map_err(unfit(path))?;
        Self::read(&file, path)
    }

    fn read(file: &File, path: &Path) -> Result<Self, Failed> {
        let unfit = |why: &str| Failed::words(format!("{}: {why}", path.display()));
        let mut reader = BufReader::new(file);
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).map_err(|error| unfit(&error.to_string()))?;
        let Ok(FileLine::Head(head)) = serde_json::from_slice(&line) else {
            return Err(unfit("it does not begin with the head of an exported log; export anew"));
        };
        let size = Self::whole(&head).ok_or_else(|| unfit("its head is none to go on from; export anew"))?;
        let mut begun = Self { length: line.len() as u64, size, next: 0 };
        let mut at = begun.length;
        loop {
            line.clear();
            let read = reader.read_until(b'\n', &mut line).map_err(|error| unfit(&error.to_string()))?;
            if read == 0 || !line.ends_with(b"\n") {
                return Ok(begun);
            }
            at += read as u64;
            match serde_json::from_slice(&line) {
                Ok(FileLine::Event(event)) => (begun.length, begun.next) = (at, event.position + 1),
                Ok(FileLine::Missing { position }) => (begun.length, begun.next) = (at, position + 1),
                // They come again with the event that follows, or before it.
                Ok(FileLine::Checkpoint { .. } | FileLine::Tile(_)) => {}
                Ok(FileLine::Head(_)) | Err(_) => return Ok(begun),
            }
        }
    }

    fn whole(head: &Head) -> Option<u64> {
        if head.selection { None } else { log::size_of(head) }
    }
}
