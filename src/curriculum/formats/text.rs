//! A file of somebody else's as text: its encoding found, its line ends made one kind, its places countable.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The largest file that is imported, in bytes.
pub const LARGEST: usize = 32 * 1024 * 1024;
/// How far apart the marks stand between which characters are counted.
const STRIDE: usize = 1024;

/// A decoded file.
#[derive(Debug)]
pub struct Text {
    text: String,
    /// Where each line begins.
    lines: Vec<usize>,
    /// How many characters stand before every 1,024th byte.
    marks: Vec<usize>,
    /// What had to be assumed.
    pub notes: Vec<String>,
}

impl Text {
    /// Decodes a file: UTF-8 or UTF-16 by their marks, else UTF-8, else what the file declares, else Windows-1252.
    ///
    /// # Errors
    /// A sentence: the file is too large, an archive, or no text.
    pub fn decode(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > LARGEST {
            return Err(format!("the file is larger than {} MiB; split it", LARGEST / 1024 / 1024));
        }
        let archive: [(&[u8], &str); 2] = [(b"PK\x03\x04", "zip"), (&[0x1f, 0x8b], "gzip")];
        if let Some((_, name)) = archive.iter().find(|(mark, _)| bytes.starts_with(mark)) {
            return Err(format!("this is a {name} archive; unpack it and import the question file inside"));
        }
        let mut notes = Vec::new();
        let (encoding, bytes) = match Encoding::for_bom(bytes) {
            Some((encoding, length)) => (encoding, bytes.get(length..).unwrap_or(&[])),
            None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
            None => (declared(bytes).unwrap_or(WINDOWS_1252), bytes),
        };
        let (decoded, broken) = encoding.decode_without_bom_handling(bytes);
        if encoding == UTF_16LE || encoding == UTF_16BE || encoding != UTF_8 {
            notes.push(format!("the file is not UTF-8; it was read as {}", encoding.name()));
        }
        if broken {
            notes.push(format!("some bytes are not {}; they were read as \u{fffd}", encoding.name()));
        }
        let nulls = decoded.bytes().filter(|byte| *byte == 0).count();
        if nulls * 20 > decoded.len() {
            return Err("this is not a text file".to_owned());
        }
        Ok(Self::new(&decoded, notes))
    }

    /// Text that is text already.
    #[must_use]
    pub fn new(text: &str, notes: Vec<String>) -> Self {
        let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
        super::effort::spend(text.len());
        let mut lines = vec![0];
        let mut marks = Vec::new();
        let mut chars = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at % STRIDE == 0 {
                marks.push(chars);
            }
            chars += usize::from(!is_inside(byte));
            if byte == b'\n' {
                lines.push(at + 1);
            }
        }
        Self { text, lines, marks, notes }
    }

    /// The text itself, with `\n` at the end of each line.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte, both from 1.
    #[must_use]
    pub fn place(&self, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        (line, self.chars(at).saturating_sub(self.chars(start)) + 1)
    }

    /// How many characters begin before a byte.
    fn chars(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let mark = at / STRIDE;
        let rest = self.text.as_bytes().get(mark * STRIDE..at).unwrap_or(&[]);
        let before = self.marks.get(mark).copied().unwrap_or(0);
        before + rest.iter().filter(|byte| !is_inside(**byte)).count()
    }
}

/// Whether a byte of UTF-8 continues a character.
fn is_inside(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(200).map(|byte| char::from(*byte)).collect();
    let head = head.strip_prefix("<?xml")?.split("?>").next()?;
    let label = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = label.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let encoding = Encoding::for_label(label.get(1..)?.split(quote).next()?.as_bytes())?;
    Some(encoding).filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_and_line_ends_are_found() {
        let text = |bytes: &[u8]| Text::decode(bytes).unwrap().as_str().to_owned();
        assert_eq!(text("\u{feff}é\r\nb\rc".as_bytes()), "é\nb\nc");
        assert_eq!(text(b"caf\xe9"), "café");
        assert_eq!(text(&[0xff, 0xfe, b'a', 0, b'b', 0]), "ab");
        assert_eq!(text(&[0xfe, 0xff, 0, b'a']), "a");
        assert_eq!(
            text(b"<?xml version='1.0' encoding='iso-8859-5'?>\xd0"),
            "<?xml version='1.0' encoding='iso-8859-5'?>а"
        );
        assert!(Text::decode(b"PK\x03\x04 rest").unwrap_err().contains("zip"));
        assert!(Text::decode(&[0; 50]).is_err());
    }

    #[test]
    fn places_count_characters_on_long_lines_too() {
        let long = "é".repeat(5_000);
        let text = Text::new(&format!("a\r\n{long}x\rz"), Vec::new());
        assert_eq!(text.place(0), (1, 1));
        assert_eq!(text.place(2), (2, 1));
        assert_eq!(text.place(2 + 2 * 5_000), (2, 5_001));
        assert_eq!(text.place(2 + 2 * 5_000 + 2), (3, 1));
        assert_eq!(text.place(99_999).0, 3);
    }
}
