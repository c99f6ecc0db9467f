//! The demo's folder: known by its marker, so that `--fresh` never deletes anything else, and its accounts file.

use crate::cli::Failed;
use serde::{Deserialize, Serialize};
use std::{
    fs,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// The file that says that a folder is a demo's.
pub(in crate::cli) const MARKER: &str = ".habilis-demo";
/// Who can sign in, for people and for tests.
pub(in crate::cli) const ACCOUNTS: &str = "accounts.json";

/// One account of the accounts file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::cli) struct Account {
    pub(in crate::cli) email: String,
    pub(in crate::cli) password: String,
    pub(in crate::cli) who: String,
}

/// The folder of a demo.
pub(super) struct Folder {
    root: PathBuf,
    above: PathBuf,
}

/// What is in it.
pub(super) enum Found {
    /// Nothing: it is not there, or empty.
    Nothing,
    /// A demo that was not finished.
    Unfinished,
    /// A whole demo.
    Whole(Vec<Account>),
    /// Something that no demo made.
    Foreign,
}

impl Folder {
    pub(super) fn below(data_dir: &Path) -> Self {
        Self { root: data_dir.join("demo"), above: data_dir.to_owned() }
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Content that was generated for this demo, where there is some.
    pub(super) fn content(&self) -> PathBuf {
        self.root.join("content")
    }

    pub(super) fn look(&self) -> Result<Found, Failed> {
        let marked = self.root.join(MARKER).is_file();
        let empty = match fs::read_dir(&self.root) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
            Err(error) => return Err(self.failed(&error)),
        };
        if empty {
            return Ok(Found::Nothing);
        }
        if !marked || self.root.is_symlink() {
            return Ok(Found::Foreign);
        }
        let Ok(text) = fs::read_to_string(self.root.join(ACCOUNTS)) else { return Ok(Found::Unfinished) };
        Ok(serde_json::from_str(&text).map_or(Found::Unfinished, Found::Whole))
    }

    /// Deletes the folder, which must carry the marker.
    pub(super) fn wipe(&self) -> Result<(), Failed> {
        match self.look()? {
            Found::Nothing => Ok(()),
            Found::Foreign => Err(Failed::words(format!(
                "{} was not made by `habilis demo` (it has no {MARKER}); nothing was deleted. Choose another \
                 HABILIS_DATA_DIR, or move that folder away",
                self.root.display()
            ))),
            Found::Unfinished | Found::Whole(_) => fs::remove_dir_all(&self.root).map_err(|error| self.failed(&error)),
        }
    }

    /// Makes the folder and marks it as a demo's.
    pub(super) fn claim(&self) -> Result<(), Failed> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.root).map_err(|error| self.failed(&error))?;
        fs::write(self.root.join(MARKER), "Made by `habilis demo`; `habilis demo --fresh` deletes this folder.\n")
            .map_err(|error| self.failed(&error))
    }

    /// Writes the accounts file into the folder and into the data folder above it, for its owner's eyes only.
    pub(super) fn keep_accounts(&self, accounts: &[Account]) -> Result<(), Failed> {
        let text = serde_json::to_string_pretty(accounts).map_err(crate::base::refusal::Broken::defect)?;
        for folder in [&self.above, &self.root] {
            write_private(&folder.join(ACCOUNTS), &text).map_err(|error| self.failed(&error))?;
        }
        Ok(())
    }

    fn failed(&self, error: &std::io::Error) -> Failed {
        Failed::words(format!("the demo's folder {}: {error}", self.root.display()))
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&fresh, path)
}
