//! From a question as another program means it to one of ours: texts to Markdown, worth to credit, each change noted.

mod answers;
mod ticks;

use super::{
    assets::Shelf,
    effort,
    entry::{About, Blank, Body, Entry},
    html::{self, Notes},
    literal,
    moodle::cloze::{holds, unread},
    neutral::{self, Draft, Gap, Markup, Piece, Rich},
    pictures::{self, Change},
    slug::Ids,
};
use crate::base::text::Slug;
use rust_decimal::Decimal;

/// The longest text of a bank, in bytes; it may grow a little in a bank's file.
const LONGEST: usize = 60 * 1024;
/// Between these two a gap's number stands while its text is converted.
const GAP: [char; 2] = ['\u{f8fe}', '\u{f8ff}'];
/// The longest title, tag or name of a category, in characters.
const LONGEST_NAME: usize = 250;
/// The most tags of a question.
const MOST_TAGS: usize = 50;
/// The longest category, its names together, in characters: every question of it repeats them.
const LONGEST_CATEGORY: usize = 400;
/// The most gaps of a text.
const MOST_GAPS: usize = 100;

/// What is kept between the questions of one import.
#[derive(Debug, Default)]
pub struct Settler {
    /// The ids that are taken.
    pub ids: Ids,
    /// The pictures so far.
    pub shelf: Shelf,
    /// The objective of every question that names none.
    pub objective: Option<String>,
    number: usize,
}

impl Settler {
    /// Begins an import.
    #[must_use]
    pub fn new(ids: Ids, objective: Option<String>) -> Self {
        Self { ids, objective, ..Self::default() }
    }

    /// Makes a question one of ours, and gives back what was changed.
    ///
    /// # Errors
    /// A sentence: why there is no such question here.
    pub fn settle(&mut self, mut draft: Draft, category: &[String]) -> Result<(Entry, Vec<String>), String> {
        self.number += 1;
        let mut notes = Notes::new();
        notes.extend(self.shelf.begin(&draft.files));
        notes.extend(std::mem::take(&mut draft.notes));
        let mut desk = Desk { shelf: &mut self.shelf, notes };
        desk.warn_of_gaps(&draft);
        let mut ask = match &draft.body {
            neutral::Body::Cloze(_) => String::new(),
            _ => desk.block(&draft.ask)?,
        };
        let mut why = draft.feedback.as_ref().map(|rich| desk.block(rich)).transpose()?.filter(|why| !why.is_empty());
        let body = match draft.body {
            neutral::Body::Pick { ticks, one, all } => ticks::pick(&mut desk, ticks, one, all)?,
            neutral::Body::Judge { answer, on_true, on_false } => {
                let sides = [("True", on_true), ("False", on_false)];
                why = desk.explain(why, sides.into_iter().map(|(name, words)| (name.to_owned(), words)).collect())?;
                Body::TrueFalse(answer)
            }
            neutral::Body::Type { answers, case } => answers::typed(&mut desk, answers, case, &mut why)?,
            neutral::Body::Count { answers, unit } => answers::count(&mut desk, answers, unit, &mut why)?,
            neutral::Body::Match { pairs, extra } => {
                let mut both = Vec::new();
                for (left, right) in &pairs {
                    both.push((desk.inline(left)?, desk.inline(right)?));
                }
                if both.len() < 2 {
                    return Err("there are fewer than two pairs".to_owned());
                }
                let extra = extra.iter().map(|rich| desk.inline(rich)).collect::<Result<_, _>>()?;
                Body::Match(both, extra)
            }
            neutral::Body::Order { items, exact } => {
                let items: Vec<String> = items.iter().map(|rich| desk.inline(rich)).collect::<Result<_, _>>()?;
                if items.len() < 2 {
                    return Err("there are fewer than two items to put in order".to_owned());
                }
                Body::Order(items, exact)
            }
            neutral::Body::Cloze(pieces) => {
                let (text, blanks) = desk.cloze(draft.ask.markup, pieces)?;
                ask = text;
                Body::Cloze(blanks)
            }
            neutral::Body::Essay { rubric } => Body::FreeText(desk.rubric(rubric)?),
        };
        if ask.is_empty() {
            return Err("nothing is left of its text".to_owned());
        }
        let mut about = desk.about(draft.title, category, draft.tags);
        let objective = |tag: &String| tag.strip_prefix("objective:").is_some_and(|id| id.parse::<Slug>().is_ok());
        let objective = about.tags.iter().position(objective).map(|at| about.tags.remove(at));
        let objective = objective.map(|tag| tag.replacen("objective:", "", 1)).or_else(|| self.objective.clone());
        // A title that is the text of a question with gaps would put an answer into the id.
        let title = about.title.as_deref().filter(|title| !holds(title) && unread(title).is_none());
        let names = [draft.id.as_deref().unwrap_or(""), title.unwrap_or(""), ask.as_str()];
        let names: Vec<&str> = names.into_iter().filter(|name| !name.trim().is_empty()).collect();
        let id = self.ids.give(&names, self.number);
        about.title = about.title.filter(|title| *title != id);
        let points = draft.points.unwrap_or(Decimal::ONE);
        let entry = Entry { id, objective, points, shuffle: draft.shuffle, ask, why, body, about };
        Ok((entry, desk.notes.into_iter().collect()))
    }
}

/// Where the texts of one question are converted.
pub(super) struct Desk<'a> {
    shelf: &'a mut Shelf,
    notes: Notes,
}

impl Desk<'_> {
    fn note(&mut self, words: impl Into<String>) {
        self.notes.insert(words.into());
    }

    /// Warns of what looks like a gap and was read as text.
    fn warn_of_gaps(&mut self, draft: &Draft) {
        let words = |piece: &Piece| match piece {
            Piece::Text(words) => unread(words).map(str::to_owned),
            Piece::Gap(..) => None,
        };
        let found = match &draft.body {
            neutral::Body::Cloze(pieces) => pieces.iter().find_map(words),
            _ => unread(&draft.ask.text).map(str::to_owned),
        };
        if let Some(found) = found {
            let found: String = found.chars().take(60).collect();
            self.note(format!(
                "`{found}` looks like a gap and was read as text: whoever is asked sees it as it stands"
            ));
        }
    }

    /// What it is called where it comes from, as data of one line each.
    fn about(&mut self, title: Option<String>, category: &[String], mut tags: Vec<String>) -> About {
        let line = |text: &str| {
            let text: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let mut short = |text: &str, what: &str| {
            let text = line(text);
            if text.chars().count() <= LONGEST_NAME {
                return text;
            }
            self.note(format!("its {what} was cut after {LONGEST_NAME} characters"));
            line(&text.chars().take(LONGEST_NAME).collect::<String>())
        };
        let title = title.map(|title| short(&title, "title")).filter(|title| !title.is_empty());
        let category = category.iter().map(|name| short(name, "category")).filter(|name| !name.is_empty());
        let mut category: Vec<String> = category.collect();
        tags = tags.iter().map(|tag| short(tag, "tag")).filter(|tag| !tag.is_empty()).collect();
        if tags.len() > MOST_TAGS {
            self.note(format!("only its first {MOST_TAGS} tags were kept"));
            tags.truncate(MOST_TAGS);
        }
        let mut long = 0;
        let whole = category.len();
        category.retain(|name| {
            long += name.chars().count();
            long <= LONGEST_CATEGORY
        });
        if category.len() < whole {
            self.note(format!("its category was cut after {LONGEST_CATEGORY} characters"));
        }
        About { title, category, tags }
    }

    fn block(&mut self, rich: &Rich) -> Result<String, String> {
        self.markdown(rich, false)
    }

    fn inline(&mut self, rich: &Rich) -> Result<String, String> {
        let text = self.markdown(rich, true)?;
        if text.is_empty() { Err("nothing is left of the text of an answer".to_owned()) } else { Ok(text) }
    }

    fn optional(&mut self, rich: Option<&Rich>) -> Result<Option<String>, String> {
        Ok(rich.map(|rich| self.markdown(rich, true)).transpose()?.filter(|text| !text.is_empty()))
    }

    fn markdown(&mut self, rich: &Rich, inline: bool) -> Result<String, String> {
        let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
        let mut text = std::borrow::Cow::Borrowed(rich.text.as_str());
        if text.contains(odd) {
            self.note("control characters were left out");
            text = text.replace(odd, "").into();
        }
        let plain = |text: &str| {
            if !inline {
                return literal::literal(text);
            }
            let mut out = String::new();
            literal::words(&text.split_whitespace().collect::<Vec<_>>().join(" "), false, &mut out);
            out
        };
        let guessed = rich.markup == Markup::Moodle;
        let out = match rich.markup {
            Markup::Markdown => self.pictured(&text, inline),
            Markup::Plain => plain(&text),
            Markup::Moodle if !html::looks_like(&text) => plain(&text),
            Markup::Html | Markup::Moodle => html::to_markdown(&text, inline, guessed, self.shelf, &mut self.notes),
        };
        if out.len() > LONGEST {
            return Err(format!("a text of it is longer than {} KiB", LONGEST / 1024));
        }
        Ok(out.trim().to_owned())
    }

    /// Markdown with the pictures that came with it in their places here.
    fn pictured(&mut self, text: &str, inline: bool) -> String {
        pictures::rewritten(text, |address| {
            if !address.starts_with("@@PLUGINFILE@@/") && !address.starts_with("data:") {
                return Change::None;
            }
            match self.shelf.find(address).filter(|_| !inline) {
                Some(place) => Change::Address(place),
                None => {
                    self.note("a picture became its description");
                    Change::Words
                }
            }
        })
    }

    /// The explanation, with what was said to single answers behind it.
    fn explain(&mut self, why: Option<String>, sides: Vec<(String, Option<Rich>)>) -> Result<Option<String>, String> {
        let mut parts: Vec<String> = why.into_iter().collect();
        for (name, words) in sides {
            let Some(words) = words else { continue };
            let words = self.block(&words)?;
            if words.is_empty() || parts.contains(&words) || parts.len() > 40 {
                continue;
            }
            self.note("feedback to single answers became part of the explanation");
            let mut said = String::new();
            literal::words(&name, true, &mut said);
            parts.push(format!("{said}: {words}"));
        }
        let why = parts.join("\n\n");
        if why.len() > LONGEST {
            return Err("its feedback is too long".to_owned());
        }
        Ok(Some(why).filter(|why| !why.is_empty()))
    }

    fn rubric(&mut self, rubric: Option<Rich>) -> Result<Vec<String>, String> {
        let text = rubric.map(|rich| self.block(&rich)).transpose()?.unwrap_or_default();
        if text.is_empty() {
            self.note("it came without anything for a reviewer to look for; one line was put in its place");
            return Ok(vec!["Answers the question.".to_owned()]);
        }
        let lines: Vec<&str> = text.lines().collect();
        if lines.len() <= 20
            && lines.iter().all(|line| line.strip_prefix("- ").is_some_and(|line| !line.trim().is_empty()))
        {
            return Ok(lines
                .iter()
                .filter_map(|line| line.strip_prefix("- "))
                .map(|line| line.trim().to_owned())
                .collect());
        }
        Ok(vec![text])
    }

    fn cloze(&mut self, markup: Markup, pieces: Vec<Piece>) -> Result<(String, Vec<(String, Blank)>), String> {
        let inside = if markup == Markup::Markdown { Markup::Markdown } else { Markup::Moodle };
        let mut text = String::new();
        let mut blanks = Vec::new();
        let mut weights = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Text(words) => {
                    if words.contains("{{") {
                        self.note("two braces in the text were parted: here they begin a gap");
                    }
                    text.push_str(&words.replace(GAP, "").replace("{{", "{ {"));
                }
                Piece::Gap(..) if blanks.len() >= MOST_GAPS => {
                    return Err(format!("it has more than {MOST_GAPS} gaps"));
                }
                Piece::Gap(gap, weight) => {
                    text.push_str(&format!("{}{}{}", GAP[0], blanks.len(), GAP[1]));
                    weights.push(weight);
                    let name = name(blanks.len());
                    let blank = match gap {
                        Gap::Pick(ticks) => ticks::choices(self, ticks, inside)?,
                        Gap::Type(answers, case) => answers::blank(self, answers, case)?,
                        Gap::Count(answers) => answers::number_blank(self, answers)?,
                    };
                    blanks.push((name, blank));
                }
            }
        }
        if weights.iter().any(|weight| Some(weight) != weights.first()) {
            self.note("gaps had weights of their own; here they count the same");
        }
        let mut text = self.block(&Rich::new(markup, text))?;
        for (at, (name, _)) in blanks.iter().enumerate() {
            let mark = format!("{}{at}{}", GAP[0], GAP[1]);
            effort::spend(text.len());
            if !text.contains(&mark) {
                return Err("a gap stands where its text was left out".to_owned());
            }
            text = text.replacen(&mark, &format!("{{{{{name}}}}}"), 1);
        }
        Ok((text, blanks))
    }
}

/// `a`, `b`, … `z`, `aa`, …
fn name(at: usize) -> String {
    let letter = |at: usize| char::from(b'a' + u8::try_from(at % 26).unwrap_or(0));
    if at < 26 { letter(at).to_string() } else { format!("{}{}", letter(at / 26 - 1), letter(at)) }
}
