//! Saving every answer of a plain form at once: what changed is saved, what can not be is told, and nothing else is lost.

use super::{
    About, act, note_refusal,
    save_answer::{self, Save},
};
use crate::{
    academy::{self, rows::AnswerRow},
    app::App,
    base::{
        ids::{self, Id},
        refusal::{Fault, Refused},
    },
    identity::actor::Actor,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// What became of a sheet of answers.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// How many answers were saved; those that had not changed are not counted.
    pub saved: usize,
    /// The questions whose answer was not taken, each with why.
    pub refused: Vec<(i64, Refused)>,
}

/// Saves the answers of the signed-in person's open attempt that differ from what is kept. An answer that is stale or does
/// not fit is refused by itself, and the others are saved all the same.
///
/// # Errors
/// The attempt is another's or closed, or the database is away.
pub async fn save_sheet(app: &App, actor: &Actor, attempt: Id<ids::Attempt>, saves: Vec<Save>) -> Result<Sheet, Fault> {
    let who = actor.signed()?.person.id;
    let about = About::person(who).subject(attempt);
    let line = about.clone();
    act(app, actor, "save_answer", about, move |w, by| {
        let open = save_answer::own_open(w, who, attempt)?;
        let kept = academy::rows::answers(w, attempt)?;
        let mut sheet = Sheet::default();
        for save in saves.iter().filter(|save| differs(kept.get(&save.no), save)) {
            match save_answer::write(w, by, &open, save) {
                Ok(_) => sheet.saved += 1,
                Err(Fault::Refused(refused)) => {
                    note_refusal(w, by, "save_answer", &line, &refused)?;
                    sheet.refused.push((save.no, *refused));
                }
                Err(broken) => return Err(broken),
            }
        }
        Ok(sheet)
    })
    .await
}

/// Whether a form says something else than what is kept.
fn differs(kept: Option<&AnswerRow>, save: &Save) -> bool {
    let (answer, flagged) = kept.map_or((Value::Null, false), |row| (row.json(), row.flagged));
    flagged != save.flagged || !alike(&answer, &save.answer)
}

fn alike(kept: &Value, sent: &Value) -> bool {
    match (plain(kept), plain(sent)) {
        (Value::Object(one), Value::Object(two)) => {
            let said = |of: &serde_json::Map<String, Value>| -> BTreeMap<String, Value> {
                of.iter()
                    .map(|(key, value)| (key.clone(), plain(value)))
                    .filter(|(_, value)| !value.is_null())
                    .collect()
            };
            let (one, two) = (said(&one), said(&two));
            one.len() == two.len()
                && one.iter().all(|(key, value)| two.get(key).is_some_and(|other| alike(value, other)))
        }
        // A truth value is kept as such, and sent as a word.
        (Value::Bool(truth), Value::String(word)) => truth.to_string() == word,
        (one, two) => one == two,
    }
}

/// An empty text or list is no answer.
fn plain(value: &Value) -> Value {
    match value {
        Value::String(text) if text.trim().is_empty() => Value::Null,
        Value::Array(list) if list.is_empty() => Value::Null,
        Value::Object(said) if said.values().all(|value| plain(value).is_null()) => Value::Null,
        Value::String(text) => Value::from(text.trim()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_did_not_change_is_left_alone() {
        assert!(!alike(&json!(["b", "a"]), &json!(["a", "b"])), "an order is an answer");
        assert!(alike(&json!({"r": true, "s": null}), &json!({"r": "true"})) && alike(&json!(null), &json!({"r": ""})));
        assert!(alike(&json!(null), &json!("")) && alike(&json!(null), &json!([])));
        assert!(alike(&json!(true), &json!("true")) && !alike(&json!(true), &json!("false")));
        assert!(!alike(&json!("12"), &json!("12.0")) && !alike(&json!("o1"), &json!(null)));
    }
}
