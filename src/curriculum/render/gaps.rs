//! A text with gaps as safe HTML in pieces, so that a page can put fields where the gaps are.

use super::{Links, markdown};
use crate::curriculum::question::read::richer::with_marks;

/// Where the marks begin: private-use characters, which no text of an author keeps.
const FIRST: u32 = 0xE000;
/// How many marks there are; a text has far fewer gaps.
const MARKS: u32 = 256;

/// A piece of a text, and the name of the gap behind it; the last piece has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Safe HTML once all pieces are put together.
    pub html: String,
    /// The gap's name.
    pub gap: Option<String>,
}

/// Renders a text and cuts it at its gaps. A gap that stood where no field can stand, such as in a link's address,
/// comes after the text: every gap is there once.
#[must_use]
pub fn pieces(text: &str, links: &Links) -> Vec<Piece> {
    let mut names: Vec<String> = Vec::new();
    let bare: String = text.chars().filter(|c| mark_of(*c).is_none()).collect();
    let marked = with_marks(&bare, |name| {
        let at = u32::try_from(names.len()).unwrap_or(u32::MAX);
        let mark = FIRST.checked_add(at).filter(|_| at < MARKS).and_then(char::from_u32);
        names.push(name.to_owned());
        mark.map(String::from).unwrap_or_default()
    });
    let html = markdown(&marked, links).html;
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut placed = vec![false; names.len()];
    let mut in_tag = false;
    for c in html.chars() {
        match mark_of(c) {
            None => {
                in_tag = (in_tag || c == '<') && c != '>';
                piece.push(c);
            }
            Some(at) => {
                if let (false, Some(name), Some(seen)) = (in_tag, names.get(at), placed.get_mut(at))
                    && !*seen
                {
                    *seen = true;
                    pieces.push(Piece { html: std::mem::take(&mut piece), gap: Some(name.clone()) });
                }
            }
        }
    }
    for (name, _) in names.into_iter().zip(placed).filter(|(_, placed)| !placed) {
        pieces.push(Piece { html: std::mem::take(&mut piece), gap: Some(name) });
    }
    pieces.push(Piece { html: piece, gap: None });
    pieces
}

/// The number of a mark.
fn mark_of(c: char) -> Option<usize> {
    let at = u32::from(c).checked_sub(FIRST).filter(|at| *at < MARKS)?;
    usize::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let put = |piece: Piece| piece.html + &piece.gap.map(|name| format!("[{name}]")).unwrap_or_default();
        pieces(text, &Links::none()).into_iter().map(put).collect()
    }

    #[test]
    fn gaps_stand_where_the_text_has_them() {
        assert_eq!(shown("Use {{a}}, **{{ b }}**."), "<p>Use [a], <strong>[b]</strong>.</p>\n");
        assert_eq!(shown("`{{a}}`"), "<p><code>[a]</code></p>\n");
        assert!(shown("```sql\nSELECT {{a}} FROM {{b}}\n```").contains("[a]"));
        assert_eq!(shown("<b>{{a}}"), "<p>&lt;b&gt;[a]</p>\n", "a gap between escaped brackets is in no tag");
    }

    #[test]
    fn no_gap_is_lost_or_breaks_a_tag() {
        for text in ["[x]({{a}})", "![{{a}}](y.png)", "[x](y \"{{a}}\")", "\u{e000}{{a}}\u{e001}", "```{{a}}\nx\n```"] {
            let found = shown(text);
            assert_eq!(found.matches("[a]").count(), 1, "{text} gives {found}");
            let before = found.split("[a]").next().unwrap_or_default();
            assert_eq!(before.matches('<').count(), before.matches('>').count(), "{text} gives {found}");
        }
        assert_eq!(shown("no gap"), "<p>no gap</p>\n");
    }
}
