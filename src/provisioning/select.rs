//! Which attributes of a resource an answer carries (RFC 7644, section 3.9).

use super::{
    document::{Document, nested},
    filter::AttrPath,
    refusal::ScimRefusal,
    schema::{Attribute, Schema},
};
use serde_json::Value;

/// What `attributes` and `excludedAttributes` ask for.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    only: Option<Vec<AttrPath>>,
    but: Vec<AttrPath>,
}

impl Selection {
    /// Reads both lists; names that there are not ask for nothing.
    ///
    /// # Errors
    /// One is no name of an attribute.
    pub fn parse(schema: &Schema, only: Option<&str>, but: Option<&str>) -> Result<Self, ScimRefusal> {
        let list = |text: &str| {
            let names = text.split(',').map(str::trim).filter(|name| !name.is_empty()).take(100);
            names.map(|name| AttrPath::parse(name, schema)).collect::<Result<Vec<_>, _>>()
        };
        let only = only.map(list).transpose()?.filter(|names| !names.is_empty());
        Ok(Self { only, but: but.map(list).transpose()?.unwrap_or_default() })
    }

    /// Whether an answer carries this attribute, or a part of it.
    #[must_use]
    pub fn wants(&self, attribute: &str) -> bool {
        let named = |at: &AttrPath| !at.foreign && at.attribute.eq_ignore_ascii_case(attribute);
        self.only.as_ref().is_none_or(|only| only.iter().any(named))
            && !self.but.iter().any(|at| named(at) && at.part.is_none())
    }

    /// Whether attributes were asked for by name.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        self.only.is_some()
    }

    /// The resource with what is asked for, as it goes out; what is always returned stays.
    #[must_use]
    pub fn of(&self, schema: &Schema, mut document: Document) -> Document {
        if let Some(only) = &self.only {
            document = document
                .into_iter()
                .filter_map(|(name, value)| {
                    let attribute = schema.attribute(&name)?;
                    let asked: Vec<&AttrPath> =
                        only.iter().filter(|at| at.attribute.eq_ignore_ascii_case(&name)).collect();
                    if attribute.always || asked.iter().any(|at| at.part.is_none()) {
                        return Some((name, value));
                    }
                    let parts: Vec<&str> = asked.iter().filter_map(|at| at.part.as_deref()).collect();
                    let value = parted(value, &|part| parts.iter().any(|asked| asked.eq_ignore_ascii_case(part)));
                    (!parts.is_empty()).then_some((name, value))
                })
                .collect();
        }
        for at in self.but.iter().filter(|at| !at.foreign) {
            let Some(attribute) = schema.attribute(&at.attribute).filter(|attribute| !attribute.always) else {
                continue;
            };
            leave_out(&mut document, attribute, at.part.as_deref());
        }
        nested(schema, document)
    }
}

fn leave_out(document: &mut Document, attribute: &Attribute, part: Option<&str>) {
    let Some(part) = part else {
        document.remove(attribute.name);
        return;
    };
    if let Some(value) = document.remove(attribute.name) {
        document.insert(attribute.name.to_owned(), parted(value, &|name| !name.eq_ignore_ascii_case(part)));
    }
}

/// A value, or each of a list's, with some of its parts.
fn parted(value: Value, keep: &dyn Fn(&str) -> bool) -> Value {
    match value {
        Value::Array(values) => Value::Array(values.into_iter().map(|value| parted(value, keep)).collect()),
        Value::Object(fields) => Value::Object(fields.into_iter().filter(|(name, _)| keep(name)).collect()),
        other => other,
    }
}
