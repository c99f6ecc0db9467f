//! One question of a GIFT file: its title, its stem, and which braces hold its answers.

use super::{Paragraph, answers, escape};
use crate::curriculum::formats::neutral::{Body, Draft, Found, Markup, Rich};

/// What goes where the answer belongs, in a question with a missing word.
pub(crate) const GAP: &str = "_____";

/// Reads a paragraph.
pub(super) fn question(paragraph: Paragraph) -> Found {
    let text = paragraph.text.as_str();
    let mut notes = paragraph.notes.clone();
    let begin = text.len() - text.trim_start().len();
    let (title, begin) = title(text, begin, &mut notes);
    let out = |at: usize, kind: &str, why: String, loss: bool| Found::LeftOut {
        at: paragraph.place(at),
        title: title.clone(),
        kind: kind.to_owned(),
        why,
        loss,
    };
    let (markup, begin) = markup(text, begin, Markup::Moodle);
    let groups = match groups(text, begin) {
        Ok(groups) => groups,
        Err(at) => return out(at, "question", "this `{` is never closed".to_owned(), true),
    };
    let (start, end) = match choose(text, &groups, &mut notes) {
        Choice::One(start, end) => (start, end),
        Choice::None if groups.is_empty() => {
            let why = "a text without answers is no question; put it into a module".to_owned();
            return out(begin, "description", why, false);
        }
        Choice::None => {
            let at = groups.first().map_or(begin, |group| group.0);
            let why = "what stands in the braces is no answer: begin with `=`, `~`, `#`, TRUE or FALSE".to_owned();
            return out(at, "question", why, true);
        }
        Choice::Several(at) => {
            let why = "there are answers in several pairs of braces, and GIFT knows one; make it several questions";
            return out(at, "question", why.to_owned(), true);
        }
    };
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or("");
    let lines = markup == Markup::Markdown || part(begin, text.len()).contains("<pre");
    let (before, after) = (escape::undo(part(begin, start), lines), escape::undo(part(end + 1, text.len()), lines));
    let gap = !after.is_empty();
    let spaced = part(begin, start).ends_with(|c: char| c.is_whitespace());
    let follows = part(end + 1, text.len()).starts_with(|c: char| c.is_whitespace());
    let mut stem = before;
    if gap {
        if spaced && !stem.is_empty() {
            stem.push(' ');
        }
        stem.push_str(GAP);
        if follows {
            stem.push(' ');
        }
        stem.push_str(&after);
    }
    let mut inside = part(start + 1, end);
    let mut feedback = None;
    if let Some(at) = escape::find(inside, "####") {
        feedback = rich(inside.get(at + 4..).unwrap_or(""), markup);
        inside = inside.get(..at).unwrap_or("");
    }
    let body = match answers::read(inside, markup, &mut notes) {
        Ok(body) => body,
        Err((at, why)) => return out(start + 1 + at, "question", why, true),
    };
    if stem.trim().is_empty() && !matches!(body, Body::Cloze(_)) {
        let Some(title) = &title else { return out(begin, "question", "it asks nothing".to_owned(), true) };
        notes.push("there is no text before the answers; the title asks".to_owned());
        stem.clone_from(title);
    }
    let mut draft = Draft::new(paragraph.place(begin), Rich::new(markup, stem), body);
    draft.at = paragraph.place(0);
    draft.title = title;
    draft.feedback = feedback;
    draft.notes = notes;
    draft.id = paragraph.id;
    draft.tags = paragraph.tags;
    Found::Question(Box::new(draft))
}

/// `::title::`, and where the rest begins.
fn title(text: &str, begin: usize, notes: &mut Vec<String>) -> (Option<String>, usize) {
    let Some(rest) = text.get(begin..).and_then(|rest| rest.strip_prefix("::")) else { return (None, begin) };
    let Some(end) = escape::find(rest, "::") else {
        notes.push("the title that begins with :: does not end with ::".to_owned());
        return (None, begin + 2);
    };
    let title = escape::undo(rest.get(..end).unwrap_or(""), false);
    let begin = begin + 2 + end + 2;
    (Some(title).filter(|title| !title.trim().is_empty()), begin)
}

/// The markup in brackets at the beginning of a text, and where the text itself begins.
pub(super) fn markup(text: &str, begin: usize, inherited: Markup) -> (Markup, usize) {
    let rest = text.get(begin..).unwrap_or("");
    let skipped = begin + rest.len() - rest.trim_start().len();
    let rest = rest.trim_start();
    let known = [
        ("[html]", Markup::Html),
        ("[markdown]", Markup::Markdown),
        ("[plain]", Markup::Plain),
        ("[moodle]", Markup::Moodle),
    ];
    let found =
        known.into_iter().find(|(word, _)| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)));
    found.map_or((inherited, begin), |(word, markup)| (markup, skipped + word.len()))
}

/// A text with its markup, if there is anything to read.
pub(super) fn rich(text: &str, inherited: Markup) -> Option<Rich> {
    let (markup, begin) = markup(text, 0, inherited);
    let text = text.get(begin..).unwrap_or("");
    let lines = markup == Markup::Markdown || text.contains("<pre");
    Some(Rich::new(markup, escape::undo(text, lines))).filter(|rich| !rich.is_blank())
}

/// The outermost pairs of braces; else the place of the one that is never closed.
fn groups(text: &str, begin: usize) -> Result<Vec<(usize, usize)>, usize> {
    let mut groups = Vec::new();
    let mut open = Vec::new();
    for (at, c) in escape::bare(text.get(begin..).unwrap_or("")) {
        match c {
            '{' => open.push(begin + at),
            '}' => {
                if let Some(start) = open.pop().filter(|_| open.is_empty()) {
                    groups.push((start, begin + at));
                }
            }
            _ => {}
        }
    }
    // The last is usually the one that holds answers; the first may be a sign in the text.
    open.first().map_or(Ok(groups), |first| Err(*first))
}

enum Choice {
    One(usize, usize),
    None,
    Several(usize),
}

/// The braces that hold the answers.
fn choose(text: &str, groups: &[(usize, usize)], notes: &mut Vec<String>) -> Choice {
    let inside = |(start, end): (usize, usize)| text.get(start + 1..end).unwrap_or("").trim();
    let fit: Vec<(usize, usize)> = groups.iter().copied().filter(|group| answers::begins(inside(*group))).collect();
    let full: Vec<(usize, usize)> = fit.iter().copied().filter(|group| !inside(*group).is_empty()).collect();
    let chosen = match (fit.as_slice(), full.as_slice()) {
        ([one], _) | (_, [one]) => *one,
        ([], _) => match elsewhere(text, groups) {
            Some(group) => group,
            None => return Choice::None,
        },
        (_, [_, second, ..]) | ([_, second, ..], _) => return Choice::Several(second.0),
    };
    if groups.len() > 1 {
        notes.push("braces in the text that hold no answers were taken as text; write \\{ and \\}".to_owned());
    }
    if escape::bare(inside(chosen)).any(|(_, c)| matches!(c, '{' | '}')) {
        notes.push("braces inside the answers were taken as text; write \\{ and \\}".to_owned());
    }
    Choice::One(chosen.0, chosen.1)
}

/// The last braces, where they hold a word for true or false that GIFT does not know: behind the text, and apart from the
/// word before, so that no formula such as `\mathbf{V}` is taken for an answer.
fn elsewhere(text: &str, groups: &[(usize, usize)]) -> Option<(usize, usize)> {
    let (start, end) = *groups.last()?;
    let last = text.get(end + 1..)?.trim().is_empty();
    let apart = text.get(..start)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"\\^_}$".contains(c));
    (last && apart && answers::judges(text.get(start + 1..end)?.trim())).then_some((start, end))
}
