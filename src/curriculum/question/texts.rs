//! Every text of a question that a reader sees, by the name under which a translation lays over it.

use super::{Blank, BlankKey, Body, Choice, Question};
use crate::base::text::Words;

/// The texts of a question's parts: `Words` are borrowed as `W`, the optional why as `Y`.
#[derive(Debug)]
pub struct Part<W, Y> {
    /// The key of the list in files: `options`, `rows`, `pairs`, `targets`, `items`, `choices` or `rubric`.
    pub list: &'static str,
    /// Its id; a gap's choice is `gap.choice`.
    pub id: String,
    /// What it says.
    pub text: W,
    /// Why it is right or wrong, where it can say so.
    pub why: Option<Y>,
}

/// Borrowed for reading.
pub type Read<'q> = Part<&'q Words, &'q Option<Words>>;
/// Borrowed for a translation.
pub type Written<'q> = Part<&'q mut Words, &'q mut Option<Words>>;

/// The one walk over the parts, for both ways of borrowing.
macro_rules! walk {
    ($body:expr, $iter:ident, $(& $mut:tt)?) => {{
        let mut parts = Vec::new();
        let list = match $body {
            Body::TrueFalseGrid { .. } => "rows",
            _ => "options",
        };
        match $body {
            Body::Single { options } | Body::Multi { options, .. } | Body::TrueFalseGrid { rows: options } => {
                for Choice { id, text, why, .. } in options.$iter() {
                    parts.push(Part { list, id: id.to_string(), text, why: Some(why) });
                }
            }
            Body::Match(matching) => {
                for pair in matching.pairs.$iter() {
                    let (text, why) = (& $($mut)? pair.left, & $($mut)? pair.why);
                    parts.push(Part { list: "pairs", id: pair.id.to_string(), text, why: Some(why) });
                }
                for target in matching.targets.$iter() {
                    let text = & $($mut)? target.text;
                    parts.push(Part { list: "targets", id: target.id.to_string(), text, why: None });
                }
            }
            Body::Order { items, .. } => {
                for item in items.$iter() {
                    let text = & $($mut)? item.text;
                    parts.push(Part { list: "items", id: item.id.to_string(), text, why: None });
                }
            }
            Body::Cloze { blanks, .. } => {
                for Blank { id: blank, key, .. } in blanks.$iter() {
                    let BlankKey::Choices(choices) = key else { continue };
                    for Choice { id, text, why, .. } in choices.$iter() {
                        parts.push(Part { list: "choices", id: format!("{blank}.{id}"), text, why: Some(why) });
                    }
                }
            }
            Body::FreeText { rubric, .. } => {
                for criterion in rubric.$iter() {
                    let text = & $($mut)? criterion.text;
                    parts.push(Part { list: "rubric", id: criterion.id.to_string(), text, why: None });
                }
            }
            Body::TrueFalse { .. } | Body::Numeric { .. } | Body::Short { .. } | Body::Sql(_) => {}
        }
        parts
    }};
}

impl Question {
    /// The texts of its parts, in the order of the file.
    #[must_use]
    pub fn parts(&self) -> Vec<Read<'_>> {
        walk!(&self.body, iter,)
    }

    pub(crate) fn parts_mut(&mut self) -> Vec<Written<'_>> {
        walk!(&mut self.body, iter_mut, &mut)
    }

    /// The keys under which a translation finds the texts of this question.
    #[must_use]
    pub fn translated_keys(&self) -> &'static [&'static str] {
        match &self.body {
            Body::Single { .. } | Body::Multi { .. } => &["ask", "why", "options"],
            Body::TrueFalse { .. } | Body::Numeric { .. } | Body::Sql(_) => &["ask", "why"],
            Body::Short { .. } => &["ask", "why", "accept"],
            Body::TrueFalseGrid { .. } => &["ask", "why", "rows"],
            Body::Match(_) => &["ask", "why", "pairs", "targets"],
            Body::Order { .. } => &["ask", "why", "items"],
            Body::Cloze { .. } => &["ask", "why", "text", "choices", "accept"],
            Body::FreeText { .. } => &["ask", "why", "rubric", "model"],
        }
    }
}
