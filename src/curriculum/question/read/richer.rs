//! Reading the richer questions: grids, pairs, orders, gaps, lab exercises and prose.

use super::{MOST_OPTIONS, Scope, read_accepts, read_choices, read_number, read_tolerance};
use crate::{
    base::text::{Language, Slug, Words, folded},
    curriculum::{
        question::{
            Blank, BlankKey, Body, Comparison, Criterion, Item, Lab, Matching, Names, OrderCredit, Pair, RowOrder,
        },
        report::{Place, Report},
        yaml::{Fields, Value},
    },
};
use regex::Regex;
use rust_decimal::Decimal;
use std::{collections::BTreeSet, sync::LazyLock};

/// The most wrong statements that an exercise brings along.
const MOST_WRONG: usize = 10;

/// What stands between double braces in a text with gaps.
static GAP: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\{\{\s*([^{}]*?)\s*\}\}").ok());

/// The ids between double braces, in their order.
pub(crate) fn gaps(text: &str) -> Vec<String> {
    GAP.iter()
        .flat_map(|gap| gap.captures_iter(text))
        .filter_map(|found| Some(found.get(1)?.as_str().to_owned()))
        .collect()
}

/// The text with something else in the place of each gap.
pub(crate) fn with_marks(text: &str, mut mark: impl FnMut(&str) -> String) -> String {
    match GAP.as_ref() {
        Some(gap) => gap
            .replace_all(text, |found: &regex::Captures<'_>| mark(found.get(1).map_or("", |name| name.as_str())))
            .into_owned(),
        None => text.to_owned(),
    }
}

pub(super) fn read_grid(fields: &Fields<'_>, report: &mut Report) -> Option<Body> {
    let rows = read_choices(fields.require("rows", report)?, Scope::Grid, report)?;
    Some(Body::TrueFalseGrid { rows })
}

/// An id that was given, or the letter of the place.
fn letter_id(fields: &Fields<'_>, letter: char, report: &mut Report) -> Option<Slug> {
    match fields.get("id") {
        Some(id) => id.slug(report),
        None => letter.to_string().parse().ok(),
    }
}

fn bounded<'a>(value: Value<'a>, least: usize, what: &str, report: &mut Report) -> Option<Vec<Value<'a>>> {
    let items = value.items(report)?;
    if items.len() < least || items.len() > MOST_OPTIONS {
        let message = format!("there are {least} to {MOST_OPTIONS} {what}; here are {}", items.len());
        report.error(&value.place(), "bad-options", message);
        return None;
    }
    Some(items)
}

/// Ids and texts that must not repeat.
#[derive(Default)]
struct Once {
    ids: BTreeSet<String>,
    texts: BTreeSet<String>,
}

impl Once {
    fn id(&mut self, id: &Slug, place: &Place, report: &mut Report) {
        if !self.ids.insert(id.to_string()) {
            report.error(place, "duplicate-id", format!("`{id}` is here twice"));
        }
    }

    fn text(&mut self, text: &Words, place: &Place, report: &mut Report) {
        if !self.texts.insert(folded(text.get(Language::En))) {
            report.error(place, "duplicate-option", format!("`{}` is here twice", text.get(Language::En)));
        }
    }
}

/// A pair as it was written.
struct Line {
    id: Option<Slug>,
    left: Words,
    right: Words,
    why: Option<Words>,
    place: Place,
}

/// `pairs: {left: right}`, or a list of `{left, right}` where sides repeat or are in several languages.
pub(super) fn read_match(fields: &Fields<'_>, report: &mut Report) -> Option<Body> {
    let before = report.errors();
    let value = fields.require("pairs", report)?;
    let mut written: Vec<Line> = Vec::new();
    if value.is_mapping() {
        for (left, place, right) in value.entries(report)? {
            if let Some(right) = right.words(report) {
                written.push(Line { id: None, left: Words::english(left), right, why: None, place });
            }
        }
    } else {
        for (item, letter) in value.items(report)?.into_iter().zip('a'..='z') {
            let Some(pair) = item.fields(&["id", "left", "right", "why"], report) else { continue };
            let id = letter_id(&pair, letter, report);
            let left = pair.require("left", report).and_then(|left| left.words(report));
            let right = pair.require("right", report).and_then(|right| right.words(report));
            let why = pair.get("why").and_then(|why| why.words(report));
            if let (Some(left), Some(right)) = (left, right) {
                written.push(Line { id, left, right, why, place: item.place() });
            }
        }
    }
    if written.len() < 2 || written.len() > MOST_OPTIONS {
        let message = format!("there are 2 to {MOST_OPTIONS} pairs; here are {}", written.len());
        report.error(&value.place(), "bad-options", message);
        return None;
    }
    let mut once = Once::default();
    let mut targets: Vec<Item> = Vec::new();
    let mut pairs = Vec::new();
    for (Line { id, left, right, why, place }, letter) in written.into_iter().zip('a'..='z') {
        let id = match id {
            Some(id) => id,
            None => letter.to_string().parse().ok()?,
        };
        once.id(&id, &place, report);
        once.text(&left, &place, report);
        let right = target(&mut targets, right)?;
        pairs.push(Pair { id, left, right, why });
    }
    if let Some(list) = fields.get("extra") {
        for extra in list.list(report, Value::words) {
            let known = targets.len();
            target(&mut targets, extra)?;
            if targets.len() == known {
                let message = "this belongs to a pair, or is here twice; `extra` holds what belongs to nothing";
                report.error(&list.place(), "duplicate-option", message);
            }
        }
    }
    if targets.len() > MOST_OPTIONS {
        report.error(&value.place(), "bad-options", format!("there are at most {MOST_OPTIONS} things to choose from"));
    }
    if targets.len() < 2 {
        report.error(&value.place(), "bad-options", "every pair has the same right side: there is nothing to choose");
    }
    (report.errors() == before).then_some(Body::Match(Matching { pairs, targets }))
}

/// The id of a right side, which is added where nothing says the same yet.
fn target(targets: &mut Vec<Item>, text: Words) -> Option<Slug> {
    let key = folded(text.get(Language::En));
    if let Some(known) = targets.iter().find(|target| folded(target.text.get(Language::En)) == key) {
        return Some(known.id.clone());
    }
    let id: Slug = format!("t{}", targets.len() + 1).parse().ok()?;
    targets.push(Item { id: id.clone(), text });
    Some(id)
}

pub(super) fn read_order(fields: &Fields<'_>, report: &mut Report) -> Option<Body> {
    let before = report.errors();
    let credit = match fields.get("credit") {
        Some(credit) => credit.choice(&[("pairs", OrderCredit::Pairs), ("exact", OrderCredit::Exact)], report),
        None => Some(OrderCredit::Pairs),
    };
    let mut once = Once::default();
    let mut items = Vec::new();
    for (value, letter) in bounded(fields.require("items", report)?, 2, "items", report)?.into_iter().zip('a'..='z') {
        let Some((id, text)) = read_item(value, letter, report) else { continue };
        once.id(&id, &value.place(), report);
        once.text(&text, &value.place(), report);
        items.push(Item { id, text });
    }
    let body = Body::Order { items, credit: credit? };
    (report.errors() == before).then_some(body)
}

/// A text, a text in several languages, or `{id, text}`.
fn read_item(value: Value<'_>, letter: char, report: &mut Report) -> Option<(Slug, Words)> {
    if value.peek("text").is_none() {
        return Some((letter.to_string().parse().ok()?, value.words(report)?));
    }
    let fields = value.fields(&["id", "text"], report)?;
    let id = letter_id(&fields, letter, report);
    let text = fields.require("text", report).and_then(|text| text.words(report));
    Some((id?, text?))
}

pub(super) fn read_cloze(fields: &Fields<'_>, report: &mut Report) -> Option<Body> {
    let before = report.errors();
    let written = fields.require("text", report)?;
    let text = written.words(report)?;
    let value = fields.require("blanks", report)?;
    let mut blanks = Vec::new();
    for (id, place, value) in value.entries(report)? {
        let Ok(slug) = id.parse::<Slug>() else {
            report.error(
                &place,
                "bad-slug",
                format!("the gap's name `{id}` is not made of small letters, digits and dashes"),
            );
            continue;
        };
        blanks.extend(read_blank(slug, value, report));
    }
    let wanted = gaps(text.get(Language::En));
    for gap in &wanted {
        if !blanks.iter().any(|blank| blank.id.as_str() == gap) && report.errors() == before {
            report.error(
                &written.place(),
                "blank-undefined",
                format!("the gap `{{{{{gap}}}}}` is not among the `blanks`"),
            );
        }
        if wanted.iter().filter(|other| *other == gap).count() > 1 {
            report.error(&written.place(), "duplicate-id", format!("the gap `{{{{{gap}}}}}` is in the text twice"));
            break;
        }
    }
    for blank in &blanks {
        if !wanted.iter().any(|gap| gap == blank.id.as_str()) {
            let message = format!("the gap `{{{{{}}}}}` does not stand in the text", blank.id);
            report.error(&value.place(), "blank-unused", message);
        }
    }
    for language in Language::ALL.into_iter().filter(|language| text.has(*language)) {
        check_gaps(&text, language, &blanks, &written.place(), report);
    }
    if wanted.is_empty() || wanted.len() > MOST_OPTIONS {
        let message =
            format!("a text has 1 to {MOST_OPTIONS} gaps, each written as `{{{{name}}}}`; here are {}", wanted.len());
        report.error(&written.place(), "bad-options", message);
    }
    blanks.sort_by_key(|blank| wanted.iter().position(|gap| gap == blank.id.as_str()));
    (report.errors() == before).then_some(Body::Cloze { text, blanks })
}

/// A translation has the same gaps as the original.
pub(crate) fn check_gaps(text: &Words, language: Language, blanks: &[Blank], place: &Place, report: &mut Report) {
    let mut found = gaps(text.get(language));
    found.sort();
    let mut wanted: Vec<String> = blanks.iter().map(|blank| blank.id.to_string()).collect();
    wanted.sort();
    if found != wanted && language != Language::En {
        let message = format!("the text in `{}` does not have the same gaps as the original", language.tag());
        report.error(place, "blank-undefined", message);
    }
}

fn read_blank(id: Slug, value: Value<'_>, report: &mut Report) -> Option<Blank> {
    let fields = value.fields(&["choices", "accept", "answer", "tolerance", "range", "why"], report)?;
    let why = fields.get("why").and_then(|why| why.words(report));
    let given = ["choices", "accept", "answer", "range"].into_iter().filter(|key| fields.get(key).is_some());
    if given.count() != 1 {
        let message = format!("the gap `{id}` needs exactly one of `choices`, `accept`, `answer` and `range`");
        report.error(&fields.place(), "missing-key", message);
        return None;
    }
    let key = if let Some(choices) = fields.get("choices") {
        BlankKey::Choices(read_choices(choices, Scope::Blank, report)?)
    } else if let Some(accept) = fields.get("accept") {
        BlankKey::Accept(read_accepts(accept, report)?)
    } else {
        BlankKey::Number(read_number(&fields, report)?)
    };
    Some(Blank { id, key, why })
}

pub(super) fn read_free_text(fields: &Fields<'_>, report: &mut Report) -> Option<Body> {
    let before = report.errors();
    let mut once = Once::default();
    let mut rubric = Vec::new();
    for (value, letter) in bounded(fields.require("rubric", report)?, 1, "criteria", report)?.into_iter().zip('a'..='z')
    {
        let mut weight = Some(Decimal::ONE);
        let read = if value.peek("text").is_none() {
            letter.to_string().parse().ok().zip(value.words(report))
        } else {
            let fields = value.fields(&["id", "text", "points"], report)?;
            weight = fields.get("points").map_or(weight, |points| super::read_points(points, report));
            let id = letter_id(&fields, letter, report);
            id.zip(fields.require("text", report).and_then(|text| text.words(report)))
        };
        let Some((id, text)): Option<(Slug, Words)> = read else { continue };
        once.id(&id, &value.place(), report);
        once.text(&text, &value.place(), report);
        rubric.push(Criterion { id, text, weight: weight? });
    }
    let model = fields.get("model").and_then(|model| model.words(report));
    (report.errors() == before).then_some(Body::FreeText { rubric, model })
}

/// An exercise; the hash of its data is filled in when the course's data sets are known.
pub(super) fn read_lab(fields: &Fields<'_>, report: &mut Report) -> Option<Body> {
    let before = report.errors();
    let dataset = fields.require("dataset", report).and_then(|dataset| dataset.slug(report));
    let starter = fields.get("starter").and_then(|starter| starter.text(report));
    let solution = fields.require("solution", report).and_then(|solution| solution.text(report));
    let texts =
        |key, report: &mut Report| fields.get(key).map(|list| list.list(report, Value::text)).unwrap_or_default();
    let must_fail = texts("must_fail", report);
    if must_fail.len() > MOST_WRONG {
        report.error(&fields.place(), "bad-options", format!("`must_fail` has at most {MOST_WRONG} statements"));
    }
    let require = texts("require", report);
    let forbid = texts("forbid", report);
    let compare = match fields.get("compare") {
        Some(compare) => read_comparison(compare, report),
        None => Some(Comparison::default()),
    };
    let lab = Lab {
        dataset: dataset?,
        data: String::new(),
        starter,
        solution: solution?,
        must_fail,
        compare: compare?,
        require,
        forbid,
    };
    (report.errors() == before).then_some(Body::Sql(lab))
}

/// The exercise with the hash of its data.
pub(super) fn with_data(lab: Lab, fields: &Fields<'_>, desk: &mut crate::curriculum::load::Desk<'_>) -> Option<Lab> {
    if let Some(dataset) = desk.datasets.get(&lab.dataset) {
        return Some(Lab { data: dataset.hash.clone(), ..lab });
    }
    // A data set that is there and could not be read has been reported already.
    if !desk.places.has(&[desk.course.as_str(), "dataset", lab.dataset.as_str()]) {
        let place = fields.get("dataset").map_or_else(|| fields.place(), Value::place);
        let near = crate::base::text::nearest(lab.dataset.as_str(), desk.datasets.keys().map(Slug::as_str));
        let message = format!("this course has no data set `{}` in its folder `datasets`", lab.dataset);
        desk.report.error_near(&place, "unknown-dataset", message, near);
    }
    None
}

fn read_comparison(value: Value<'_>, report: &mut Report) -> Option<Comparison> {
    let fields = value.fields(&["rows", "columns", "names", "tolerance"], report)?;
    let mut compare = Comparison::default();
    if let Some(rows) = fields.get("rows") {
        compare.rows =
            rows.choice(&[("bag", RowOrder::Bag), ("set", RowOrder::Set), ("list", RowOrder::List)], report)?;
    }
    if let Some(columns) = fields.get("columns") {
        compare.by_name = columns.choice(&[("by_position", false), ("by_name", true)], report)?;
    }
    if let Some(names) = fields.get("names") {
        compare.names = names.choice(&[("ignore", Names::Ignore), ("match", Names::Match)], report)?;
    }
    if let Some(tolerance) = fields.get("tolerance") {
        compare.tolerance = read_tolerance(tolerance, report)?;
    }
    Some(compare)
}

#[cfg(test)]
mod tests;
