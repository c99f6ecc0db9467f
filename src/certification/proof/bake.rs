//! Baking (Open Badges 3.0, section 5.3): a credential put into a badge's picture, and taken out of one that anybody sent.

use crate::base::refusal::{Kind, Refusal};
use flate2::read::ZlibDecoder;
use std::io::Read;

/// The namespace of the element in an SVG.
pub const NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";
/// The keyword of the chunk in a PNG.
pub const KEYWORD: &[u8] = b"openbadgecredential";
/// The most bytes of a picture that is looked into.
pub const MOST_PICTURE: usize = 400 * 1024;
/// The most bytes of a credential.
pub const MOST_TOKEN: usize = 64 * 1024;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
const MOST_CHUNKS: usize = 4096;
const MOST_NODES: u32 = 20_000;

/// Why a file gives no credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unbaked {
    /// More bytes than a badge has.
    #[error("the file is too large")]
    TooLarge,
    /// Neither a compact JWT nor an SVG nor a PNG.
    #[error("this is neither a JWT nor an SVG nor a PNG")]
    NotABadge,
    /// A picture without a credential in it.
    #[error("the picture has no credential in it")]
    NothingBaked,
    /// A picture that does not read.
    #[error("the picture does not read")]
    Damaged,
}

impl Refusal for Unbaked {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }
    fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "badge-too-large",
            Self::NotABadge => "no-badge",
            Self::NothingBaked => "badge-bare",
            Self::Damaged => "badge-damaged",
        }
    }
}

/// Puts a credential just inside the `<svg>` element.
#[must_use]
pub fn into_svg(picture: &str, token: &str) -> String {
    let Some(end) = picture.find("<svg").and_then(|at| picture.get(at..)?.find('>').map(|to| at + to + 1)) else {
        return picture.to_owned();
    };
    let (head, rest) = picture.split_at(end);
    let element = format!("<openbadges:credential xmlns:openbadges=\"{NAMESPACE}\" verify=\"{token}\"/>");
    format!("{head}{element}{rest}")
}

/// Puts a credential into an `iTXt` chunk before the end of a PNG (PNG specification, section 11.3.3.4).
#[must_use]
pub fn into_png(picture: &[u8], token: &str) -> Vec<u8> {
    const END: usize = 12;
    let (head, end) = picture.split_at(picture.len().saturating_sub(END));
    let mut body = b"iTXt".to_vec();
    body.extend_from_slice(KEYWORD);
    // Not compressed, no language, no translated keyword.
    body.extend_from_slice(&[0, 0, 0, 0, 0]);
    body.extend_from_slice(token.as_bytes());
    let length = u32::try_from(body.len() - 4).unwrap_or(0);
    let mut baked = head.to_vec();
    baked.extend_from_slice(&length.to_be_bytes());
    baked.extend_from_slice(&body);
    baked.extend_from_slice(&crc32fast::hash(&body).to_be_bytes());
    baked.extend_from_slice(end);
    baked
}

/// Takes the credential out of whatever was sent: the compact JWT itself, a baked SVG or a baked PNG.
///
/// # Errors
/// It is too large, no badge, without a credential, or damaged.
pub fn take(sent: &[u8]) -> Result<String, Unbaked> {
    if sent.len() > MOST_PICTURE {
        return Err(Unbaked::TooLarge);
    }
    let token = if sent.starts_with(SIGNATURE) {
        from_png(sent)?
    } else {
        let text = std::str::from_utf8(sent).map_err(|_| Unbaked::NotABadge)?;
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.starts_with('<') { from_svg(text)? } else { text.to_owned() }
    };
    if token.len() > MOST_TOKEN {
        return Err(Unbaked::TooLarge);
    }
    if is_compact(&token) { Ok(token) } else { Err(Unbaked::NotABadge) }
}

/// Three pieces of base64url, as a compact JWS has them (RFC 7515, section 7.1).
fn is_compact(token: &str) -> bool {
    let pieces: Vec<&str> = token.split('.').collect();
    let letters =
        |piece: &&str| !piece.is_empty() && piece.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    pieces.len() == 3 && pieces.iter().all(letters)
}

fn from_svg(text: &str) -> Result<String, Unbaked> {
    // A document type is refused, so no entity is ever expanded.
    let options = roxmltree::ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..Default::default() };
    let read = roxmltree::Document::parse_with_options(text, options).map_err(|_| Unbaked::Damaged)?;
    if read.root_element().tag_name().name() != "svg" {
        return Err(Unbaked::NotABadge);
    }
    let element =
        read.descendants().find(|node| node.has_tag_name((NAMESPACE, "credential"))).ok_or(Unbaked::NothingBaked)?;
    let token = element.attribute("verify").or_else(|| element.text()).map(str::trim).unwrap_or_default();
    if token.is_empty() { Err(Unbaked::NothingBaked) } else { Ok(token.to_owned()) }
}

fn from_png(bytes: &[u8]) -> Result<String, Unbaked> {
    let mut rest = bytes.get(SIGNATURE.len()..).unwrap_or_default();
    for _ in 0..MOST_CHUNKS {
        let Some((head, after)) = rest.split_first_chunk::<8>() else { return Err(Unbaked::Damaged) };
        let [a, b, c, d, kind @ ..] = *head;
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let data = after.get(..length).ok_or(Unbaked::Damaged)?;
        if &kind == b"IEND" {
            return Err(Unbaked::NothingBaked);
        }
        if &kind == b"iTXt"
            && let Some(token) = from_text(data)
        {
            return token;
        }
        rest = after.get(length.saturating_add(4)..).ok_or(Unbaked::Damaged)?;
    }
    Err(Unbaked::Damaged)
}

/// The text of an `iTXt` chunk whose keyword is ours.
fn from_text(data: &[u8]) -> Option<Result<String, Unbaked>> {
    let rest = data.strip_prefix(KEYWORD)?.strip_prefix(&[0])?;
    let [compressed, _method, rest @ ..] = rest else { return Some(Err(Unbaked::Damaged)) };
    let mut parts = rest.splitn(3, |byte| *byte == 0);
    let (Some(_language), Some(_translated), Some(text)) = (parts.next(), parts.next(), parts.next()) else {
        return Some(Err(Unbaked::Damaged));
    };
    let bytes = if *compressed == 0 {
        text.to_vec()
    } else {
        let mut bytes = Vec::new();
        // One byte more than allowed is read, and then refused: a small chunk can not swell without end.
        let limit = MOST_TOKEN as u64 + 1;
        if ZlibDecoder::new(text).take(limit).read_to_end(&mut bytes).is_err() {
            return Some(Err(Unbaked::Damaged));
        }
        bytes
    };
    if bytes.len() > MOST_TOKEN {
        return Some(Err(Unbaked::TooLarge));
    }
    Some(String::from_utf8(bytes).map_err(|_| Unbaked::Damaged))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certification::proof::picture::{Badge, png, svg};
    use std::io::Write;

    const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln";

    fn picture() -> String {
        svg(&Badge { id: "crt_1", name: "SQL", alternative: "SQL" }).unwrap()
    }

    fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
        let body = [kind, data].concat();
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [length.as_slice(), &body, &crc32fast::hash(&body).to_be_bytes()].concat()
    }

    #[test]
    fn what_is_baked_comes_out_again() {
        assert_eq!(take(into_svg(&picture(), TOKEN).as_bytes()).unwrap(), TOKEN);
        let baked = into_png(&png(&picture(), 32).unwrap(), TOKEN);
        assert_eq!(take(&baked).unwrap(), TOKEN);
        assert_eq!(take(format!("  {TOKEN}\n").as_bytes()).unwrap(), TOKEN);
        let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        deflated.write_all(TOKEN.as_bytes()).unwrap();
        let text = [KEYWORD, &[0, 1, 0], b"en", &[0], "clé".as_bytes(), &[0], &deflated.finish().unwrap()].concat();
        assert_eq!(take(&[SIGNATURE, &chunk(b"iTXt", &text)].concat()).unwrap(), TOKEN);
    }

    #[test]
    fn hostile_files_are_refused_without_being_unfolded() {
        assert_eq!(take(&vec![b'a'; MOST_PICTURE + 1]), Err(Unbaked::TooLarge));
        assert_eq!(take(b"hello"), Err(Unbaked::NotABadge));
        assert_eq!(take(b"\xff\xfe\x00"), Err(Unbaked::NotABadge));
        assert_eq!(take(picture().as_bytes()), Err(Unbaked::NothingBaked));
        assert_eq!(take(&png(&picture(), 32).unwrap()), Err(Unbaked::NothingBaked));
        let laughs = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><svg>&b;</svg>";
        assert_eq!(take(laughs.as_bytes()), Err(Unbaked::Damaged));
        let outside = "<!DOCTYPE svg SYSTEM \"file:///etc/passwd\"><svg/>";
        assert_eq!(take(outside.as_bytes()), Err(Unbaked::Damaged));
        let deep = "<svg>".repeat(60_000);
        assert_eq!(take(deep.as_bytes()), Err(Unbaked::Damaged));
        assert_eq!(take(b"<html/>"), Err(Unbaked::NotABadge));
        // A chunk that claims to be longer than the file; one that swells to a gigabyte.
        assert_eq!(take(&[SIGNATURE, b"\xff\xff\xff\xffiTXt"].concat()), Err(Unbaked::Damaged));
        let mut bomb = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..200 {
            bomb.write_all(&[b'a'; 65_536]).unwrap();
        }
        let text = [KEYWORD, &[0, 1, 0, 0, 0], &bomb.finish().unwrap()].concat();
        assert_eq!(take(&[SIGNATURE, &chunk(b"iTXt", &text)].concat()), Err(Unbaked::TooLarge));
        assert_eq!(take(&[SIGNATURE, &chunk(b"iTXt", KEYWORD)].concat()), Err(Unbaked::Damaged));
        for cut in 0..200 {
            let baked = into_png(&png(&picture(), 8).unwrap(), TOKEN);
            let _ = take(&baked[..baked.len().saturating_sub(cut)]);
        }
    }
}
