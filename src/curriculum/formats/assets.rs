//! Pictures that came inside a file: decoded within bounds, told by their first bytes, named without any path.

use super::neutral::Attachment;
use crate::curriculum::source::hex;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Where pictures stand, seen from a bank.
const PLACE: &str = "../assets/imported/";
/// The largest picture, in bytes.
const LARGEST: usize = 2 * 1024 * 1024;
/// The most bytes of all pictures of an import together.
const MOST: usize = 16 * 1024 * 1024;

/// The pictures of an import.
#[derive(Debug, Default)]
pub struct Shelf {
    /// Their bytes, by their names below `assets/imported/`.
    pub pictures: BTreeMap<String, Vec<u8>>,
    bytes: usize,
    /// The pictures of the question at hand, by their names in the file.
    names: BTreeMap<String, String>,
}

impl Shelf {
    /// Begins a question with its files. Gives back what cannot be kept, and why.
    pub fn begin(&mut self, files: &[Attachment]) -> Vec<String> {
        self.names.clear();
        let mut lost = Vec::new();
        for file in files {
            match self.keep(&file.name, &file.base64) {
                Ok(name) if self.names.get(&file.name).is_some_and(|other| *other != name) => {
                    let called: String = file.name.chars().filter(|c| !c.is_control()).take(60).collect();
                    lost.push(format!("two pictures are called `{called}`; only the first is shown"));
                }
                Ok(name) => drop(self.names.insert(file.name.clone(), name)),
                Err(why) => {
                    let name: String = file.name.chars().filter(|c| !c.is_control()).take(60).collect();
                    lost.push(format!("the file `{name}` was left out: {why}"));
                }
            }
        }
        lost
    }

    /// The place of a picture by what a page calls it: a file of the question, or the picture itself as a `data:` address.
    pub fn find(&mut self, source: &str) -> Option<String> {
        if let Some(name) = source.strip_prefix("@@PLUGINFILE@@/") {
            let name = decoded(name.split(['?', '#']).next().unwrap_or(""));
            return self.names.get(&name).map(|name| format!("{PLACE}{name}"));
        }
        let (kind, base64) = source.strip_prefix("data:image/")?.split_once(";base64,")?;
        if kind.len() > 20 {
            return None;
        }
        self.keep("picture", base64).ok().map(|name| format!("{PLACE}{name}"))
    }

    fn keep(&mut self, name: &str, base64: &str) -> Result<String, String> {
        let large = || format!("it is larger than {} MiB", LARGEST / 1024 / 1024);
        if base64.len() / 4 * 3 > LARGEST * 2 {
            return Err(large());
        }
        let packed: Vec<u8> = base64.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let bytes = STANDARD.decode(packed).map_err(|_| "it is not base64".to_owned())?;
        if bytes.len() > LARGEST {
            return Err(large());
        }
        let kind = kind(&bytes).ok_or("it is not a PNG, JPEG, GIF or WebP picture")?;
        let mut hash = hex(&Sha256::digest(&bytes));
        hash.truncate(12);
        // A picture that was exported from here has its hash in its name already.
        let name = format!("{}-{hash}.{kind}", named(name, &hash).unwrap_or_else(|| stem(name)));
        if !self.pictures.contains_key(&name) {
            if self.bytes + bytes.len() > MOST {
                return Err(format!("the pictures together are larger than {} MiB", MOST / 1024 / 1024));
            }
            self.bytes += bytes.len();
            self.pictures.insert(name.clone(), bytes);
        }
        Ok(name)
    }
}

/// The kind of a picture by its first bytes.
fn kind(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Some("png");
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return Some("jpg");
    }
    if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        return Some("gif");
    }
    (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")).then_some("webp")
}

/// A file's name without folder, ending and anything but plain letters, digits and hyphens.
fn stem(name: &str) -> String {
    let name = decoded(name);
    let last = name.rsplit(['/', '\\']).next().unwrap_or("");
    let last = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let mut stem = super::slug::slug(last);
    stem.truncate(40);
    let stem = stem.trim_matches('-');
    if stem.is_empty() { "picture".to_owned() } else { stem.to_owned() }
}

/// The stem of a name that this shelf made.
fn named(name: &str, hash: &str) -> Option<String> {
    let stem = name.rsplit_once('.')?.0.strip_suffix(hash)?.strip_suffix('-')?;
    (self::stem(&format!("{stem}.x")) == stem).then(|| stem.to_owned())
}

/// A part of an address with its `%20` and the like undone.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digits = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match digits.filter(|_| *first == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or(&[]);
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_path_and_only_pictures_stay() {
        let png = STANDARD.encode(b"\x89PNG\r\n\x1a\nrest");
        let file = |name: &str, base64: &str| Attachment { name: name.to_owned(), base64: base64.to_owned() };
        let mut shelf = Shelf::default();
        let files = [file("../../etc/Über uns.png", &png), file("x.svg", "PHN2Zz4="), file("y.png", "!!")];
        let lost = shelf.begin(&files);
        assert_eq!(lost.len(), 2, "{lost:?}");
        let name = shelf.pictures.keys().next().unwrap().clone();
        assert!(name.starts_with("uber-uns-") && name.ends_with(".png"), "{name}");
        assert_eq!(shelf.find("@@PLUGINFILE@@/../../etc/%C3%9Cber%20uns.png").unwrap(), format!("{PLACE}{name}"));
        assert!(shelf.find(&format!("data:image/png;base64,{png}")).is_some());
        assert!(shelf.find("@@PLUGINFILE@@/x.svg").is_none());
        // What went out under the name that it has here comes in under the same.
        let lost = shelf.begin(&[file(&name, &png), file("z.png", &png)]);
        assert_eq!((lost.len(), shelf.find(&format!("@@PLUGINFILE@@/{name}"))), (0, Some(format!("{PLACE}{name}"))));
        let other = STANDARD.encode(b"\x89PNG\r\n\x1a\nother");
        assert_eq!(shelf.begin(&[file("z.png", &png), file("z.png", &other)]).len(), 1);
    }
}
