//! Forms with a file (RFC 7578): the parts of a body that is already in memory and bounded.

/// The most parts that a form has.
const MOST_PARTS: usize = 8;

/// One part: the field's name and its bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Part<'a> {
    pub name: String,
    pub bytes: &'a [u8],
}

/// The boundary that a content type names (RFC 2046, section 5.1.1).
fn boundary(content_type: &str) -> Option<String> {
    let (kind, rest) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let value = rest.split(';').find_map(|pair| pair.trim().strip_prefix("boundary="))?.trim_matches('"');
    (1..=70).contains(&value.len()).then(|| format!("--{value}"))
}

fn find(body: &[u8], what: &[u8]) -> Option<usize> {
    body.windows(what.len()).position(|at| at == what)
}

/// The parts of a form; none where it is no such form, or does not read.
#[must_use]
pub fn parts<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let boundary = boundary(content_type)?;
    let between = format!("\r\n{boundary}");
    let mut rest = body.get(find(body, boundary.as_bytes())? + boundary.len()..)?;
    let mut parts = Vec::new();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        if parts.len() == MOST_PARTS {
            return None;
        }
        let head_end = find(part, b"\r\n\r\n").filter(|at| *at < 4096)?;
        let (head, body) = (part.get(..head_end)?, part.get(head_end + 4..)?);
        let end = find(body, between.as_bytes())?;
        if let Some(name) = name(std::str::from_utf8(head).ok()?) {
            parts.push(Part { name, bytes: body.get(..end)? });
        }
        rest = body.get(end + between.len()..)?;
    }
    rest.starts_with(b"--").then_some(parts)
}

fn name(head: &str) -> Option<String> {
    let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let name = line.split(';').find_map(|pair| pair.trim().strip_prefix("name="))?;
    Some(name.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_taken_apart_and_nonsense_is_not() {
        let kind = "multipart/form-data; boundary=\"xyz\"";
        let body = b"--xyz\r\nContent-Disposition: form-data; name=\"jwt\"\r\n\r\na.b.c\r\n--xyz\r\ncontent-disposition: \
                     form-data; name=\"file\"; filename=\"b.png\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--xy\r\n--xyz--\r\n";
        let read = parts(kind, body).unwrap();
        assert_eq!(read[0], Part { name: "jwt".into(), bytes: b"a.b.c" });
        assert_eq!(read[1], Part { name: "file".into(), bytes: b"\x89PNG\r\n--xy" });
        assert!(parts("text/plain", body).is_none());
        for end in 0..body.len() - 4 {
            assert!(parts(kind, &body[..end]).is_none(), "{end}");
        }
        assert!(parts(kind, &b"--xyz\r\n".repeat(50)).is_none());
    }
}
