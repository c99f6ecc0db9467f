//! One `question` element of Moodle XML.

use super::{cloze, gaps, tree::Node};
use crate::curriculum::formats::{
    neutral::{Attachment, Body, Draft, Found, Markup, Number, Rich, Span, Tick, Typed, number},
    truth,
};
use rust_decimal::Decimal;

/// The longest text of a question that is cut at its gaps.
const LONGEST: usize = 1024 * 1024;

/// Why a question is left out, and whether that is a loss.
type Wrong = (String, bool);

/// Reads a question.
pub(super) fn question(node: &Node, notes: Vec<String>) -> Found {
    let kind = node.attribute("type").unwrap_or("").trim().to_ascii_lowercase();
    let title = node.word("name").map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut draft = Draft::new(node.at, Rich::new(Markup::Moodle, ""), Body::Essay { rubric: None });
    draft.notes = notes;
    draft.ask = rich(node, "questiontext").unwrap_or(draft.ask);
    match body(node, &kind, &mut draft) {
        Ok(body) => draft.body = body,
        Err((why, loss)) => {
            let kind = if kind.is_empty() { "question".to_owned() } else { kind.chars().take(40).collect() };
            return Found::LeftOut { at: node.at, title, kind, why, loss };
        }
    }
    if draft.ask.is_blank() {
        let Some(title) = &title else {
            let why = "it asks nothing".to_owned();
            return Found::LeftOut { at: node.at, title, kind, why, loss: true };
        };
        draft.notes.push("there is no text; the title asks".to_owned());
        draft.ask = Rich::new(Markup::Plain, title.as_str());
    }
    around(node, &mut draft);
    draft.title = title;
    Found::Question(Box::new(draft))
}

/// What stands around every type.
fn around(node: &Node, draft: &mut Draft) {
    draft.feedback = rich(node, "generalfeedback");
    draft.id = node.word("idnumber").map(str::to_owned);
    draft.tags = node.child("tags").map(tags).unwrap_or_default();
    if let Some(grade) = node.word("defaultgrade").or_else(|| node.word("defaultmark")) {
        match number(grade).map(|(grade, _)| grade).filter(|grade| *grade > Decimal::ZERO) {
            Some(grade) => draft.points = Some(grade),
            None => draft.notes.push("its grade is not more than 0; it is worth 1 point here".to_owned()),
        }
    }
    if let Some(shuffle) = node.word("shuffleanswers") {
        draft.shuffle = truth(shuffle);
    }
    if node.word("hidden").is_some_and(truth) {
        draft.notes.push("it was hidden there and is not here".to_owned());
    }
    if node.all("hint").any(|hint| hint.child("text").is_some_and(|text| !text.text.trim().is_empty())) {
        draft.notes.push("hints were left out".to_owned());
    }
    for name in ["correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"] {
        let usual = ["your answer is correct.", "your answer is partially correct.", "your answer is incorrect."];
        let words = node.word(name).unwrap_or("").to_lowercase();
        let bare = words.trim_start_matches("<p>").trim_end_matches("</p>").trim();
        if !bare.is_empty() && !usual.contains(&bare) {
            draft.notes.push("feedback on right or wrong answers as a whole was left out".to_owned());
        }
    }
    let mut places = vec![node];
    while let Some(place) = places.pop() {
        for child in &place.children {
            if child.name == "file" {
                let name = child.attribute("name").unwrap_or("").to_owned();
                draft.files.push(Attachment { name, base64: child.text.clone() });
            } else {
                places.push(child);
            }
        }
    }
}

fn tags(node: &Node) -> Vec<String> {
    let word = |tag: &Node| tag.child("text").map_or(tag.text.trim(), |text| text.text.trim()).to_owned();
    node.all("tag").map(word).filter(|tag| !tag.is_empty()).collect()
}

fn truth(word: &str) -> bool {
    matches!(word.trim().to_ascii_lowercase().as_str(), "1" | "true" | "yes")
}

fn body(node: &Node, kind: &str, draft: &mut Draft) -> Result<Body, Wrong> {
    let lost = |why: String| (why, true);
    Ok(match kind {
        "multichoice" | "multichoiceset" => pick(node, kind == "multichoiceset", draft)?,
        "truefalse" => judge(node)?,
        "shortanswer" => Body::Type { answers: typed(node)?, case: node.word("usecase").is_some_and(truth) },
        "numerical" => count(node, draft)?,
        "matching" | "match" | "ddmatch" => pairs(node)?,
        "order" | "ordering" => order(node, draft)?,
        "cloze" | "multianswer" => {
            let text = short_enough(&draft.ask.text)?;
            let pieces = cloze::pieces(text).map_err(lost)?;
            if pieces.iter().all(|piece| matches!(piece, crate::curriculum::formats::neutral::Piece::Text(_))) {
                return Err(lost("the text has no gap such as {1:SHORTANSWER:=word}".to_owned()));
            }
            Body::Cloze(pieces)
        }
        "gapselect" | "ddwtos" => Body::Cloze(gaps::pieces(node, short_enough(&draft.ask.text)?).map_err(lost)?),
        "essay" => Body::Essay { rubric: rich(node, "graderinfo") },
        "description" => return Err(("a text without answers is no question; put it into a module".to_owned(), false)),
        "" => return Err(lost("it does not say its type".to_owned())),
        "random" | "randomsamatch" => {
            return Err((
                "it draws other questions by chance; a section of a quiz does that here (`draw`)".into(),
                true,
            ));
        }
        _ if kind.starts_with("calculated") => {
            return Err(lost("numbers drawn for each learner have no counterpart here".to_owned()));
        }
        "ddimageortext" | "ddmarker" => return Err(lost("answers on a picture have no counterpart here".to_owned())),
        "coderunner" | "stack" | "formulas" => {
            return Err(lost("it needs a program that judges the answer, which only its own plugin has".to_owned()));
        }
        _ => return Err(lost("this type has no counterpart here".to_owned())),
    })
}

fn short_enough(text: &str) -> Result<&str, Wrong> {
    if text.len() > LONGEST { Err(("its text is too long".to_owned(), true)) } else { Ok(text) }
}

/// A text with the markup that its element names.
fn rich(node: &Node, name: &str) -> Option<Rich> {
    node.child(name).and_then(|child| own(child, Markup::Moodle)).filter(|rich| !rich.is_blank())
}

fn own(node: &Node, otherwise: Markup) -> Option<Rich> {
    let markup = match node.attribute("format").map(str::trim) {
        Some("html") => Markup::Html,
        Some("markdown") => Markup::Markdown,
        Some("plain_text" | "plain") => Markup::Plain,
        Some("moodle_auto_format" | "moodle") => Markup::Moodle,
        _ => otherwise,
    };
    let text = node.child("text").map_or(node.text.as_str(), |text| text.text.as_str());
    Some(Rich::new(markup, text.trim()))
}

fn percent(node: &Node) -> Result<Decimal, Wrong> {
    let Some(written) = node.attribute("fraction") else { return Ok(Decimal::ZERO) };
    match number(written) {
        Some((percent, _)) if percent.abs() <= Decimal::ONE_HUNDRED => Ok(percent),
        _ => Err((
            format!("the fraction `{}` is no number from -100 to 100", written.chars().take(20).collect::<String>()),
            true,
        )),
    }
}

fn pick(node: &Node, all: bool, draft: &mut Draft) -> Result<Body, Wrong> {
    let mut ticks = Vec::new();
    for answer in node.all("answer") {
        let Some(text) = own(answer, draft.ask.markup).filter(|text| !text.is_blank()) else {
            draft.notes.push("an answer without a text was left out".to_owned());
            continue;
        };
        ticks.push(Tick { text, percent: percent(answer)?, feedback: rich(answer, "feedback") });
    }
    let one = !all && node.word("single").is_none_or(truth);
    Ok(Body::Pick { ticks, one, all })
}

/// The sides by their words: files have them in either order and in the language of whoever wrote them.
fn judge(node: &Node) -> Result<Body, Wrong> {
    let mut sides = [(true, None, None), (false, None, None)];
    for answer in node.all("answer") {
        let text = own(answer, Markup::Plain).map(|rich| rich.text).unwrap_or_default();
        let Some(side) = truth::judged(&text) else {
            let text: String = text.chars().take(30).collect();
            return Err((format!("the answer `{text}` is no word for true or false that is known here"), true));
        };
        for (name, worth, words) in &mut sides {
            if *name == side {
                if worth.is_some() {
                    let word = if side { "true" } else { "false" };
                    return Err((format!("two answers are called {word}"), true));
                }
                (*worth, *words) = (Some(percent(answer)?), rich(answer, "feedback"));
            }
        }
    }
    let [(_, yes, on_true), (_, no, on_false)] = sides;
    let (yes, no) = (yes.unwrap_or_default(), no.unwrap_or_default());
    if yes == no {
        return Err(("it does not say which of true and false is right".to_owned(), true));
    }
    Ok(Body::Judge { answer: yes > no, on_true, on_false })
}

fn typed(node: &Node) -> Result<Vec<Typed>, Wrong> {
    let mut answers = Vec::new();
    for answer in node.all("answer") {
        let text = own(answer, Markup::Plain).map(|rich| rich.text).unwrap_or_default();
        answers.push(Typed { text, percent: percent(answer)?, feedback: rich(answer, "feedback") });
    }
    Ok(answers)
}

fn count(node: &Node, draft: &mut Draft) -> Result<Body, Wrong> {
    let mut answers = Vec::new();
    let mut read = |text: &str| match number(text) {
        Some((value, comma)) => {
            if comma {
                draft.notes.push(format!("`{}` was read as {value}", text.trim()));
            }
            Ok(value)
        }
        None => Err((format!("`{}` is not a number", text.chars().take(30).collect::<String>()), true)),
    };
    for answer in node.all("answer") {
        let text = own(answer, Markup::Plain).map(|rich| rich.text).unwrap_or_default();
        let span = match text.as_str() {
            "*" => None,
            text => Some(Span::Near(read(text)?, answer.word("tolerance").map_or(Ok(Decimal::ZERO), &mut read)?.abs())),
        };
        answers.push(Number { span, percent: percent(answer)?, feedback: rich(answer, "feedback") });
    }
    let units: Vec<&Node> = node.child("units").map(|units| units.all("unit").collect()).unwrap_or_default();
    let plain = |unit: &&Node| unit.word("multiplier").and_then(number).is_none_or(|(times, _)| times == Decimal::ONE);
    let unit = units.iter().copied().find(plain).and_then(|unit| unit.word("unit_name")).map(str::to_owned);
    if units.len() > 1 {
        draft.notes.push("answers in other units were left out".to_owned());
    }
    if node.word("unitgradingtype").is_some_and(|kind| kind != "0") {
        draft.notes.push("the unit is shown here, not asked for".to_owned());
    }
    Ok(Body::Count { answers, unit })
}

fn pairs(node: &Node) -> Result<Body, Wrong> {
    let (mut pairs, mut extra) = (Vec::new(), Vec::new());
    for part in node.all("subquestion") {
        let left = own(part, Markup::Moodle).filter(|rich| !rich.is_blank());
        let right = part.child("answer").and_then(|answer| own(answer, Markup::Plain)).filter(|rich| !rich.is_blank());
        match (left, right) {
            (Some(left), Some(right)) => pairs.push((left, right)),
            (None, Some(right)) => extra.push(right),
            (Some(_), None) => return Err(("a part has no answer to match".to_owned(), true)),
            (None, None) => {}
        }
    }
    Ok(Body::Match { pairs, extra })
}

/// Items by their place, which stands as a fraction or, in some files, as an answer.
fn order(node: &Node, draft: &mut Draft) -> Result<Body, Wrong> {
    let mut items = Vec::new();
    for answer in node.all("answer") {
        let place = answer.attribute("fraction").and_then(number).map(|(place, _)| place);
        items.push((place, own(answer, draft.ask.markup)));
    }
    for part in node.all("subquestion") {
        items.push((part.word("answer").and_then(number).map(|(place, _)| place), own(part, Markup::Moodle)));
    }
    let numbered = items.iter().filter(|(place, _)| place.is_some_and(|place| place > Decimal::ZERO)).count();
    if numbered == items.len() {
        items.sort_by_key(|(place, _)| *place);
    } else {
        draft.notes.push("the places are not numbered; the order of the file was taken".to_owned());
    }
    let exact = node.word("gradingtype").is_some_and(|kind| kind == "ALL_OR_NOTHING" || kind == "-1");
    Ok(Body::Order {
        items: items.into_iter().filter_map(|(_, item)| item).filter(|item| !item.is_blank()).collect(),
        exact,
    })
}
