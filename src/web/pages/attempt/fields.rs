//! The fields of a form about one question: from an answer to its fields and back, without JavaScript.

use crate::{
    actions::read_attempt::{PaperKind, PaperQuestion},
    web::kit::forms::Form,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What stands in the fields of one question: values by field name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(BTreeMap<String, Vec<String>>);

/// The places of an order are not complete, or one is given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotInOrder;

/// The names of a question's fields.
fn names(question: &PaperQuestion) -> Vec<String> {
    let part = |token: &String| format!("a{}.{token}", question.no);
    match &question.kind {
        PaperKind::Grid(parts) | PaperKind::Match { lefts: parts, .. } | PaperKind::Order(parts) => {
            parts.iter().map(|(token, _)| part(token)).collect()
        }
        PaperKind::Cloze { gaps, .. } => gaps.iter().map(|gap| part(&gap.token)).collect(),
        _ => vec![format!("a{}", question.no)],
    }
}

impl Fields {
    /// The fields that say an answer.
    pub(super) fn of_answer(question: &PaperQuestion, answer: &Value) -> Self {
        let name = format!("a{}", question.no);
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Self(match (answer, &question.kind) {
            (Value::Null, _) => BTreeMap::new(),
            (Value::Array(order), PaperKind::Order(_)) => {
                let places = order.iter().zip(1..);
                places.map(|(token, place)| (format!("{name}.{}", text(token)), vec![place.to_string()])).collect()
            }
            (Value::Array(many), _) => BTreeMap::from([(name, many.iter().map(text).collect())]),
            (Value::Object(parts), _) => {
                parts.iter().map(|(token, value)| (format!("{name}.{token}"), vec![text(value)])).collect()
            }
            (one, _) => BTreeMap::from([(name, vec![text(one)])]),
        })
    }

    /// What a form says about a question; nothing where it does not hold it.
    pub(super) fn of_form(question: &PaperQuestion, form: &Form) -> Option<Self> {
        let names = names(question);
        if !form.has(&format!("r{}", question.no)) && !names.iter().any(|name| form.has(name)) {
            return None;
        }
        let typed = matches!(question.kind, PaperKind::Sql { .. } | PaperKind::FreeText);
        let values = |name: String| {
            let sent = form.all(&name);
            // Lines of a text come with a carriage return (HTML, section 4.10.21.8), and are kept without.
            let clean = |text: &&str| if typed { text.replace("\r\n", "\n") } else { text.trim().to_owned() };
            let values: Vec<String> = sent.iter().map(clean).filter(|text| !text.trim().is_empty()).collect();
            (name, values)
        };
        Some(Self(names.into_iter().map(values).filter(|(_, values)| !values.is_empty()).collect()))
    }

    /// The first value of a field; empty where there is none.
    pub(super) fn value(&self, name: &str) -> &str {
        self.all(name).first().map_or("", String::as_str)
    }

    /// The values of a field.
    pub(super) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The answer that the fields say.
    ///
    /// # Errors
    /// Some items of an order have a place and others have not, or two have the same.
    pub(super) fn answer(&self, question: &PaperQuestion) -> Result<Value, NotInOrder> {
        let name = format!("a{}", question.no);
        let one = || Some(self.value(&name)).filter(|text| !text.is_empty());
        Ok(match &question.kind {
            PaperKind::Multi(_) => {
                // In the order in which they are kept, so that ticking another way round is no change.
                let mut ticked = self.all(&name).to_vec();
                ticked.sort_unstable();
                ticked.into()
            }
            PaperKind::Grid(_) | PaperKind::Match { .. } | PaperKind::Cloze { .. } => {
                let token = |field: &String| field.split_once('.').map(|(_, token)| token.to_owned());
                let said: Map<String, Value> =
                    self.0.keys().filter_map(|name| Some((token(name)?, Value::from(self.value(name))))).collect();
                if said.is_empty() { Value::Null } else { Value::Object(said) }
            }
            PaperKind::Order(items) => self.order(&name, items.iter().map(|(token, _)| token.as_str()))?,
            PaperKind::Sql { starter: Some(starter), .. } => {
                one().filter(|text| text.trim() != starter.trim()).map_or(Value::Null, Value::from)
            }
            _ => one().map_or(Value::Null, Value::from),
        })
    }

    /// The items in the order of their places.
    fn order<'q>(&self, name: &str, items: impl Iterator<Item = &'q str>) -> Result<Value, NotInOrder> {
        let mut count = 0;
        let mut placed: BTreeMap<usize, &str> = BTreeMap::new();
        let mut chosen = 0;
        for token in items {
            count += 1;
            let place = self.value(&format!("{name}.{token}"));
            if !place.is_empty() {
                chosen += 1;
                placed.insert(place.parse().unwrap_or(0), token);
            }
        }
        match chosen {
            0 => Ok(Value::Null),
            _ if chosen == count && placed.keys().copied().eq(1..=count) => {
                Ok(placed.into_values().collect::<Vec<_>>().into())
            }
            _ => Err(NotInOrder),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{academy::mark::Mark, base::text::Words};
    use serde_json::json;

    fn question(kind: PaperKind) -> PaperQuestion {
        PaperQuestion { no: 3, kind, ask: Words::english("?"), points: Mark::ONE }
    }

    fn parts(tokens: &[&str]) -> Vec<(String, Words)> {
        tokens.iter().map(|token| ((*token).to_owned(), Words::english("x"))).collect()
    }

    #[test]
    fn an_answer_comes_back_from_its_fields() {
        let cases = [
            (PaperKind::Single(parts(&["o1", "o2"])), json!("o2")),
            (PaperKind::Multi(parts(&["o1", "o2"])), json!(["o1", "o2"])),
            (PaperKind::TrueFalse, json!("true")),
            (PaperKind::Numeric(None), json!("12,5")),
            (PaperKind::Short, json!("QUALIFY")),
            (PaperKind::Grid(parts(&["o1", "o2"])), json!({"o1": "true", "o2": "false"})),
            (PaperKind::Match { lefts: parts(&["o1"]), targets: parts(&["o2"]) }, json!({"o1": "o2"})),
            (PaperKind::Order(parts(&["o1", "o2", "o3"])), json!(["o3", "o1", "o2"])),
            (PaperKind::Order(parts(&["o1", "o2"])), Value::Null),
            (PaperKind::FreeText, json!(" as it\nwas ")),
            (PaperKind::Grid(parts(&["o1"])), Value::Null),
        ];
        for (kind, answer) in cases {
            let question = question(kind);
            let fields = Fields::of_answer(&question, &answer);
            assert_eq!(fields.answer(&question), Ok(answer), "{:?}", question.kind);
        }
    }

    #[test]
    fn an_order_wants_every_place_once() {
        let question = question(PaperKind::Order(parts(&["o1", "o2", "o3"])));
        let places = |places: [&str; 3]| {
            let fields = ["a3.o1", "a3.o2", "a3.o3"].into_iter().zip(places);
            let fields = fields.filter(|(_, place)| !place.is_empty());
            Fields(fields.map(|(name, place)| (name.to_owned(), vec![place.to_owned()])).collect()).answer(&question)
        };
        assert_eq!(places(["2", "3", "1"]), Ok(json!(["o3", "o1", "o2"])));
        assert_eq!(places(["", "", ""]), Ok(Value::Null));
        for wrong in [["1", "2", ""], ["1", "1", "2"], ["0", "1", "2"], ["1", "2", "4"], ["1", "x", "2"]] {
            assert_eq!(places(wrong), Err(NotInOrder), "{wrong:?}");
        }
    }

    #[test]
    fn a_statement_that_is_only_the_starter_is_no_answer() {
        let kind = PaperKind::Sql { dataset: "shop".parse().unwrap(), starter: Some("SELECT ".to_owned()) };
        let question = question(kind);
        let said = |text: &str| Fields(BTreeMap::from([("a3".to_owned(), vec![text.to_owned()])])).answer(&question);
        assert_eq!(said("SELECT \n"), Ok(Value::Null));
        assert_eq!(said("SELECT 1"), Ok(json!("SELECT 1")));
    }
}
