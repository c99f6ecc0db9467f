//! The facts of a refusal in the log: what its sentence names, kept so that any language can say it later.

use crate::base::{clock::Time, refusal::Fact};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Where facts stand in the line: figures, instants, and names of things.
pub const IN_LINE: &str = "facts";
/// Where those stand that may name a person: beside the line, with the words.
pub const BESIDE: &str = "facts_told";

/// Facts as the log keeps them: what goes into the line, and what goes beside it. An answer goes nowhere.
#[must_use]
pub fn keep(facts: &BTreeMap<&'static str, Fact>) -> (Map<String, Value>, Map<String, Value>) {
    let (mut line, mut beside) = (Map::new(), Map::new());
    for (name, fact) in facts {
        let kept = match fact {
            Fact::Answer(_) => continue,
            Fact::Number(number) => json!(number),
            Fact::Moment(at) => json!({ "at": at }),
            Fact::NotBefore(at) => json!({ "not_before": at }),
            Fact::Text(text) if !is_of_a_thing(text) => {
                beside.insert((*name).to_owned(), json!(text));
                continue;
            }
            Fact::Text(text) => json!(text),
        };
        line.insert((*name).to_owned(), kept);
    }
    (line, beside)
}

/// Whether a text looks like the name of a thing, and not like an address or words.
#[must_use]
pub fn is_of_a_thing(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/'))
}

/// The facts of a line's data; empty for lines that were written before facts were kept.
#[must_use]
pub fn read(data: &Value) -> BTreeMap<String, Fact> {
    let parts = [IN_LINE, BESIDE].into_iter().filter_map(|part| data.get(part)?.as_object());
    parts.flatten().filter_map(|(name, kept)| Some((name.clone(), fact(kept)?))).collect()
}

fn fact(kept: &Value) -> Option<Fact> {
    let moment = |name: &str| kept.get(name).and_then(Value::as_str).and_then(|text| Time::parse(text).ok());
    match kept {
        Value::Number(number) => number.as_i64().map(Fact::Number),
        Value::String(text) => Some(Fact::Text(text.clone())),
        Value::Object(_) => moment("not_before").map(Fact::NotBefore).or_else(|| moment("at").map(Fact::Moment)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_back_and_names_of_people_stand_beside() {
        let at = Time::parse("2026-03-01T09:00:00.000001Z").unwrap();
        let facts = BTreeMap::from([
            ("answer", Fact::Answer(json!("KEY"))),
            ("email", Fact::from("ana@example.com")),
            ("max", Fact::from(3_i64)),
            ("next", Fact::NotBefore(at)),
            ("state", Fact::from("in_review")),
            ("until", Fact::from(at)),
        ]);
        let (line, beside) = keep(&facts);
        assert_eq!(beside.keys().collect::<Vec<_>>(), ["email"]);
        let data = json!({ IN_LINE: line, BESIDE: beside });
        assert!(!data.to_string().contains("KEY"));
        let mut expected = facts;
        expected.remove("answer");
        let expected: BTreeMap<String, Fact> =
            expected.into_iter().map(|(name, fact)| (name.to_owned(), fact)).collect();
        assert_eq!(read(&data), expected);
        assert!(read(&json!({ "code": "attempt-cooldown" })).is_empty());
    }
}
