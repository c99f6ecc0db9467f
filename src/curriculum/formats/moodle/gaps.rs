//! Texts with gaps to fill from a list: `[[1]]` in Moodle's gapselect and ddwtos.

use super::tree::Node;
use crate::curriculum::formats::neutral::{Gap, Markup, Piece, Rich, Tick};
use rust_decimal::Decimal;

/// The most gaps of a text, and the most words of a list.
const MOST: usize = 60;

/// Cuts the text of such a question.
///
/// # Errors
/// A sentence: a gap names a word that is not there, or there is none.
pub(super) fn pieces(node: &Node, text: &str) -> Result<Vec<Piece>, String> {
    let boxes: Vec<(&str, &str)> = node
        .children
        .iter()
        .filter(|child| matches!(child.name.as_str(), "dragbox" | "selectoption"))
        .map(|child| {
            let text = child.child("text").map_or(child.text.as_str(), |text| text.text.as_str());
            (text.trim(), child.word("group").unwrap_or("1"))
        })
        .collect();
    if boxes.len() > MOST {
        return Err(format!("there are more than {MOST} words to choose from"));
    }
    let mut pieces = Vec::new();
    let mut gaps = 0;
    let mut rest = text;
    let mut words = String::new();
    while let Some(at) = rest.find("[[") {
        words.push_str(rest.get(..at).unwrap_or(""));
        let behind = rest.get(at + 2..).unwrap_or("");
        let digits = behind.bytes().take(4).take_while(u8::is_ascii_digit).count();
        let number = behind.get(..digits).and_then(|digits| digits.parse::<usize>().ok());
        let (Some(number), Some(tail)) = (number, behind.get(digits..).and_then(|tail| tail.strip_prefix("]]"))) else {
            words.push_str("[[");
            rest = behind;
            continue;
        };
        let right = number.checked_sub(1).and_then(|at| boxes.get(at));
        let (right, group) = *right.ok_or_else(|| format!("the gap [[{number}]] names no word"))?;
        gaps += 1;
        if gaps > MOST {
            return Err(format!("there are more than {MOST} gaps"));
        }
        let mut ticks: Vec<Tick> = Vec::new();
        for (text, _) in boxes.iter().filter(|(_, other)| *other == group) {
            if ticks.iter().any(|tick| tick.text.text == *text) {
                continue;
            }
            let percent = if *text == right { Decimal::ONE_HUNDRED } else { Decimal::ZERO };
            ticks.push(Tick { text: Rich::new(Markup::Moodle, *text), percent, feedback: None });
        }
        if !words.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut words)));
        }
        pieces.push(Piece::Gap(Gap::Pick(ticks), 1));
        rest = tail;
    }
    words.push_str(rest);
    if !words.is_empty() {
        pieces.push(Piece::Text(words));
    }
    if gaps == 0 {
        return Err("the text has no gap such as [[1]]".to_owned());
    }
    Ok(pieces)
}
