//! The files of the content root, read once into memory within bounds.

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

/// The most files that a content root may hold.
const MOST_FILES: usize = 5_000;
/// The most bytes that all of them may hold together.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// The deepest folder.
const DEEPEST: usize = 12;

/// Where the sample that is built into the program comes from.
pub const EMBEDDED: &str = "embedded";

/// The content root's files by path (always with `/`), hidden ones left out.
#[derive(Clone, Debug, Default)]
pub struct Source {
    files: BTreeMap<String, Vec<u8>>,
    /// The whole path of the folder that they were read from, or [`EMBEDDED`]; none for files in memory.
    origin: Option<String>,
}

impl Source {
    /// Reads a folder: at most 5,000 files and 64 MiB together, 12 folders deep; names that begin with a dot are skipped.
    ///
    /// # Errors
    /// The folder cannot be read, holds more than the bounds, a name that is not UTF-8, something that is neither file nor
    /// folder, or a symbolic link that leads out of it.
    pub fn folder(root: &Path) -> Result<Self, anyhow::Error> {
        let root =
            root.canonicalize().with_context(|| format!("the content folder {} cannot be read", root.display()))?;
        let mut source = Self { origin: Some(root.display().to_string()), ..Self::default() };
        let mut bytes = 0;
        source.read(&root, &root, "", 0, &mut bytes)?;
        Ok(source)
    }

    /// A source from files in memory, by path.
    #[must_use]
    pub fn from_files(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { files, origin: None }
    }

    /// The sample that is built into the program.
    #[must_use]
    pub fn embedded(files: BTreeMap<String, Vec<u8>>) -> Self {
        Self { files, origin: Some(EMBEDDED.to_owned()) }
    }

    /// Where the files were read from: a folder's whole path, or [`EMBEDDED`]; none for files in memory.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// The files by path.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// One file's bytes.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The files below `folder` (without a `/` at its end), whole paths.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &[u8])> {
        let prefix = format!("{folder}/");
        let from = prefix.clone();
        self.files
            .range(from..)
            .take_while(move |(path, _)| path.starts_with(&prefix))
            .map(|(path, body)| (path.as_str(), body.as_slice()))
    }

    /// SHA-256 over all paths and bodies, in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> String {
        hash_files(self.files.iter().map(|(path, body)| (path.as_str(), body.as_slice())))
    }

    fn read(&mut self, root: &Path, folder: &Path, name: &str, depth: usize, bytes: &mut u64) -> anyhow::Result<()> {
        if depth > DEEPEST {
            bail!("{} is more than {DEEPEST} folders deep", folder.display());
        }
        let entries =
            fs::read_dir(folder).with_context(|| format!("the folder {} cannot be read", folder.display()))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("the folder {} cannot be read", folder.display()))?;
            let path = entry.path();
            let Ok(part) = entry.file_name().into_string() else {
                bail!("the name of {} is not UTF-8", path.display());
            };
            if part.starts_with('.') {
                continue;
            }
            let inside = if name.is_empty() { part } else { format!("{name}/{part}") };
            let real = within(root, &path)?;
            let kind = fs::metadata(&real).with_context(|| format!("{} cannot be read", path.display()))?;
            if kind.is_dir() {
                self.read(root, &real, &inside, depth + 1, bytes)?;
            } else if kind.is_file() {
                let room = MOST_BYTES.saturating_sub(*bytes);
                let mut body = Vec::new();
                fs::File::open(&real)
                    .and_then(|file| file.take(room + 1).read_to_end(&mut body))
                    .with_context(|| format!("{} cannot be read", path.display()))?;
                *bytes += body.len() as u64;
                if *bytes > MOST_BYTES {
                    bail!("the content folder holds more than {} MiB", MOST_BYTES / 1024 / 1024);
                }
                self.files.insert(inside, body);
                if self.files.len() > MOST_FILES {
                    bail!("the content folder holds more than {MOST_FILES} files");
                }
            } else {
                bail!("{} is neither a file nor a folder", path.display());
            }
        }
        Ok(())
    }
}

/// The real path of an entry, which must lie inside the root (a link may lead from one place in it to another).
fn within(root: &Path, path: &Path) -> anyhow::Result<PathBuf> {
    let real = path.canonicalize().with_context(|| format!("{} leads nowhere", path.display()))?;
    if !real.starts_with(root) {
        bail!("{} is a link that leads out of the content folder", path.display());
    }
    Ok(real)
}

/// SHA-256 over paths and bodies, each with its length before it, in hexadecimal.
pub(crate) fn hash_files<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut sha = Sha256::new();
    for (path, body) in files {
        sha.update((path.len() as u64).to_le_bytes());
        sha.update(path.as_bytes());
        sha.update((body.len() as u64).to_le_bytes());
        sha.update(body);
    }
    hex(&sha.finalize())
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_without_its_hidden_files() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("a/.git")).unwrap();
        fs::write(root.path().join("a/.git/config"), "x").unwrap();
        fs::write(root.path().join("a/course.yaml"), "id: a").unwrap();
        fs::write(root.path().join("access.yaml"), "roles: []").unwrap();
        let source = Source::folder(root.path()).unwrap();
        assert_eq!(source.files().keys().collect::<Vec<_>>(), ["a/course.yaml", "access.yaml"]);
        assert_eq!(source.below("a").count(), 1);
        assert_eq!(source.get("a/course.yaml"), Some(b"id: a".as_slice()));
    }

    #[test]
    fn a_link_may_not_lead_out() {
        let root = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("secret"), "s").unwrap();
        fs::write(root.path().join("real"), "r").unwrap();
        std::os::unix::fs::symlink(root.path().join("real"), root.path().join("inside")).unwrap();
        assert_eq!(Source::folder(root.path()).unwrap().files().len(), 2);
        std::os::unix::fs::symlink(elsewhere.path().join("secret"), root.path().join("outside")).unwrap();
        assert!(Source::folder(root.path()).unwrap_err().to_string().contains("leads out"));
        assert!(Source::folder(&root.path().join("nowhere")).is_err());
    }

    #[test]
    fn a_link_to_its_own_folder_ends() {
        let root = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(root.path(), root.path().join("round")).unwrap();
        assert!(Source::folder(root.path()).unwrap_err().to_string().contains("deep"));
    }

    #[test]
    fn the_hash_tells_paths_from_bodies() {
        let one = Source::from_files(BTreeMap::from([("ab".to_owned(), b"c".to_vec())]));
        let two = Source::from_files(BTreeMap::from([("a".to_owned(), b"bc".to_vec())]));
        assert_ne!(one.hash(), two.hash());
        assert_eq!(one.hash().len(), 64);
    }
}
