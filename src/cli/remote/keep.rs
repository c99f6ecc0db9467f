//! What the command line keeps between two calls: refresh tokens, and access tokens until shortly before their end. They stand
//! in one file that only its owner reads, written as a whole or not at all.
//!
//! A refresh token is good once; two processes that used the same one would look like a theft, and end the connection for both.
//! So whoever reads the file holds its lock until what came of it is written.

use super::super::Failed;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// A sign-in to a Habilis, for one role or for none.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Connection {
    /// The Habilis.
    pub(super) server: String,
    /// The role's scope; none where only the person was asked for.
    pub(super) scope: Option<String>,
    /// The warehouse's audience, where it was named.
    pub(super) resource: Option<String>,
    pub(super) refresh_token: Option<String>,
    pub(super) access_token: Option<String>,
    /// From when until when the access token works, in seconds since 1970.
    #[serde(default)]
    pub(super) from: i64,
    #[serde(default)]
    pub(super) until: i64,
}

impl Connection {
    /// The access token, while it works for a while yet: for a minute, or where it lives for less than five, a fifth of that.
    pub(super) fn fresh(&self, now: i64) -> Option<&str> {
        let leeway = ((self.until - self.from) / 5).clamp(0, 60);
        self.access_token.as_deref().filter(|_| self.from <= now && now < self.until - leeway)
    }
}

/// All of it.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Where the person signed in last.
    pub(super) server: Option<String>,
    #[serde(default)]
    pub(super) connections: Vec<Connection>,
}

impl Kept {
    /// The place of a connection.
    pub(super) fn place(&self, server: &str, scope: Option<&str>, resource: Option<&str>) -> Option<usize> {
        let same = |one: &Connection| {
            one.server == server && one.scope.as_deref() == scope && one.resource.as_deref() == resource
        };
        self.connections.iter().position(same)
    }
}

/// The file, held.
pub(super) struct Keep {
    file: PathBuf,
    pub(super) kept: Kept,
    _lock: File,
}

/// The folder of the person's own settings (XDG Base Directory Specification).
fn folder() -> Result<PathBuf, Failed> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = absolute("XDG_CONFIG_HOME").or_else(|| Some(absolute("HOME")?.join(".config")));
    base.map(|base| base.join("habilis"))
        .ok_or_else(|| Failed::words("neither XDG_CONFIG_HOME nor HOME says where settings are kept: set one of them"))
}

fn trouble(file: &Path) -> impl Fn(std::io::Error) -> Failed + '_ {
    move |error| Failed::words(format!("{}: {error}", file.display()))
}

impl Keep {
    /// Takes the file for oneself, and reads it.
    pub(super) fn open() -> Result<Self, Failed> {
        Self::open_in(&folder()?)
    }

    fn open_in(folder: &Path) -> Result<Self, Failed> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(trouble(folder))?;
        let (file, lock) = (folder.join("credentials.json"), folder.join("credentials.lock"));
        let held = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&lock);
        let held = held.and_then(|held| held.lock().map(|()| held)).map_err(trouble(&lock))?;
        let kept = match fs::read(&file) {
            Ok(text) => serde_json::from_slice(&text).map_err(|error| {
                Failed::words(format!(
                    "{} can not be read: {error}. Move it away, and sign in again with `habilis login`",
                    file.display()
                ))
            })?,
            Err(error) if error.kind() == ErrorKind::NotFound => Kept::default(),
            Err(error) => return Err(trouble(&file)(error)),
        };
        Ok(Self { file, kept, _lock: held })
    }

    /// Writes the file: beside its place first, and then in its place, so that it is never there in part.
    pub(super) fn save(&self) -> Result<(), Failed> {
        let next = self.file.with_extension("json.new");
        let written = || -> std::io::Result<()> {
            let mut out = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&next)?;
            // One that was left behind may have been made readable by others.
            out.set_permissions(fs::Permissions::from_mode(0o600))?;
            out.write_all(&serde_json::to_vec_pretty(&self.kept)?)?;
            out.sync_all()?;
            fs::rename(&next, &self.file)
        };
        written().map_err(trouble(&self.file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back_and_only_by_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("deep/habilis");
        let mut keep = Keep::open_in(&folder).unwrap();
        let one = Connection { server: "https://a".into(), scope: Some("role:x".into()), ..Connection::default() };
        keep.kept.connections.push(one);
        fs::write(folder.join("credentials.json.new"), "left behind").unwrap();
        fs::set_permissions(folder.join("credentials.json.new"), fs::Permissions::from_mode(0o644)).unwrap();
        keep.save().unwrap();
        drop(keep);
        let mode = fs::metadata(folder.join("credentials.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let keep = Keep::open_in(&folder).unwrap();
        assert_eq!(keep.kept.place("https://a", Some("role:x"), None), Some(0));
        assert_eq!(keep.kept.place("https://a", Some("role:x"), Some("lake")), None);
        assert_eq!(keep.kept.place("https://b", Some("role:x"), None), None);
        drop(keep);
        fs::write(folder.join("credentials.json"), "{").unwrap();
        assert!(Keep::open_in(&folder).is_err());
    }

    #[test]
    fn who_comes_second_waits() {
        let folder = tempfile::tempdir().unwrap();
        let first = Keep::open_in(folder.path()).unwrap();
        let lock = File::open(folder.path().join("credentials.lock")).unwrap();
        assert!(lock.try_lock().is_err(), "the lock is held");
        drop(first);
        assert!(lock.try_lock().is_ok());
    }

    #[test]
    fn a_token_is_handed_out_until_shortly_before_its_end() {
        let one = |from, until| Connection { access_token: Some("x".into()), from, until, ..Connection::default() };
        let day = one(0, 900);
        assert!(day.fresh(0).is_some() && day.fresh(839).is_some() && day.fresh(840).is_none());
        let short = one(0, 50);
        assert!(short.fresh(39).is_some() && short.fresh(40).is_none());
        assert!(one(100, 200).fresh(50).is_none(), "a clock that was set back tells nothing");
        assert!(Connection { access_token: None, ..one(0, 900) }.fresh(0).is_none());
    }
}
