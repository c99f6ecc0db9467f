//! The entry of an event: the bytes that its leaf is the hash of, in the one form that RFC 8785 gives JSON.

use crate::base::{clock::Time, refusal::Broken};
use serde_json::{Map, Value, json};

/// An event as the log's table keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// When it happened.
    pub at: Time,
    /// What happened.
    pub kind: String,
    /// `done` or `refused`.
    pub outcome: String,
    /// Who did it.
    pub actor: String,
    /// Whom it concerns.
    pub person: Option<String>,
    /// The role it concerns.
    pub role: Option<String>,
    /// The thing it concerns.
    pub subject: Option<String>,
    /// From where, in lines that were written before addresses stood beside the log.
    pub address: String,
    /// What else is in the line, as JSON.
    pub data: String,
    /// The commitment of the address that stands beside the line.
    pub address_commitment: Option<String>,
    /// The commitment of the words that stand beside the line.
    pub texts_commitment: Option<String>,
}

/// The entry of an event: an object with `v` (1), `id`, `at` (RFC 3339, in UTC, six digits of a second), `kind`, `outcome`,
/// `actor` and `data`, and, where there are any, `person`, `role`, `subject`, `address`, `address_commitment` and
/// `texts_commitment`; members sorted, no space between (RFC 8785). Data that does not read as JSON stands as a text.
///
/// # Errors
/// Never for what reads as JSON; the serializer's, otherwise.
pub fn entry(kept: &Kept) -> Result<Vec<u8>, Broken> {
    let data: Value = serde_json::from_str(&kept.data).unwrap_or_else(|_| Value::String(kept.data.clone()));
    let mut entry = Map::from_iter([
        ("v".to_owned(), json!(1)),
        ("id".to_owned(), json!(kept.id)),
        ("at".to_owned(), json!(format!("{:.6}", kept.at.timestamp()))),
        ("kind".to_owned(), json!(kept.kind)),
        ("outcome".to_owned(), json!(kept.outcome)),
        ("actor".to_owned(), json!(kept.actor)),
        ("data".to_owned(), data),
    ]);
    let address = Some(&kept.address).filter(|address| !address.is_empty());
    for (name, value) in [
        ("person", kept.person.as_ref()),
        ("role", kept.role.as_ref()),
        ("subject", kept.subject.as_ref()),
        ("address", address),
        ("address_commitment", kept.address_commitment.as_ref()),
        ("texts_commitment", kept.texts_commitment.as_ref()),
    ] {
        if let Some(value) = value {
            entry.insert(name.to_owned(), json!(value));
        }
    }
    serde_json_canonicalizer::to_vec(&entry).map_err(Broken::defect)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(data: &str) -> Kept {
        Kept {
            id: "evt_1".to_owned(),
            at: Time::parse("2026-03-01T09:00:00Z").unwrap(),
            kind: "grant.given".to_owned(),
            outcome: "done".to_owned(),
            actor: "per_1".to_owned(),
            person: Some("per_2".to_owned()),
            role: None,
            subject: None,
            address: String::new(),
            data: data.to_owned(),
            address_commitment: None,
            texts_commitment: Some("aa".to_owned()),
        }
    }

    #[test]
    fn an_entry_has_one_form_however_its_data_was_written() {
        let one = String::from_utf8(entry(&kept("{\"b\": 1, \"a\":\"é\"}")).unwrap()).unwrap();
        assert_eq!(
            one,
            "{\"actor\":\"per_1\",\"at\":\"2026-03-01T09:00:00.000000Z\",\"data\":{\"a\":\"é\",\"b\":1},\
             \"id\":\"evt_1\",\"kind\":\"grant.given\",\"outcome\":\"done\",\"person\":\"per_2\",\
             \"texts_commitment\":\"aa\",\"v\":1}"
        );
        assert_eq!(entry(&kept("{\"a\":\"\\u00e9\",\"b\":1}")).unwrap(), one.as_bytes());
        // Whatever stands there, there is an entry: numbers too large for a double, and what is no JSON.
        for strange in ["{\"n\":9007199254740993}", "{\"n\":18446744073709551615}", "{\"n\":-1e300}", "no json", ""] {
            assert!(entry(&kept(strange)).is_ok(), "{strange}");
        }
    }
}
