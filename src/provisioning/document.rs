//! A resource as JSON: read by its schema, whatever the case of names; what the schema does not know is left out (RFC 7643,
//! sections 2.1 and 3), what has another type is refused.

use super::{
    matching::flag,
    refusal::{Fault, ScimRefusal},
    schema::{Attribute, Kind, Mutability, Schema},
};
use serde_json::{Map, Value};

/// The attributes of a resource by their names.
pub type Document = Map<String, Value>;

/// The longest text of an attribute, in characters.
const LONGEST: usize = 1_000;
/// The most values of an attribute but a team's members.
const MOST: usize = 50;

/// Whether a body says that it follows a schema (RFC 7643, section 3).
///
/// # Errors
/// It does not.
pub fn follows(body: &Document, urn: &str) -> Result<(), ScimRefusal> {
    let said = body.iter().find(|(name, _)| name.eq_ignore_ascii_case("schemas")).map(|(_, value)| value);
    let said = said.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    if said.into_iter().any(|one| one.eq_ignore_ascii_case(urn)) {
        return Ok(());
    }
    Err(ScimRefusal::of(Fault::Syntax, format!("schemas does not name {urn}")))
}

/// Reads a resource that is to be stored: what only this service writes is left out, as RFC 7644 (section 3.5.1) asks.
///
/// # Errors
/// A value has another type, or an attribute stands there twice.
pub fn read(schema: &Schema, body: &Document) -> Result<Document, ScimRefusal> {
    let mut read = Document::new();
    for (name, value) in flat(schema, body)? {
        // A name may carry its schema's.
        let bare = match name.rsplit_once(':') {
            Some((urn, bare)) if urn.eq_ignore_ascii_case(schema.urn) => bare,
            _ => name.as_str(),
        };
        let Some(attribute) = schema.attribute(bare).filter(|a| a.mutability != Mutability::ReadOnly) else { continue };
        let value = match of(attribute, value)? {
            Some(value) => value,
            // Of an extension it is something said that there is no value, and nothing where it is left out.
            None if attribute.is_extended() => Value::Null,
            None => continue,
        };
        if read.insert(attribute.name.to_owned(), value).is_some() {
            return Err(ScimRefusal::of(Fault::Syntax, format!("{} stands there twice", attribute.name)));
        }
    }
    Ok(read)
}

/// The attributes by their names: those that the schema knows of its extension, which stand together under its name, by their
/// whole ones.
///
/// # Errors
/// An extension is no object.
pub fn flat<'b>(schema: &Schema, body: &'b Document) -> Result<Vec<(String, &'b Value)>, ScimRefusal> {
    let mut flat = Vec::with_capacity(body.len());
    for (name, value) in body {
        match (schema.extension_called(name), value) {
            (None, _) => flat.push((name.clone(), value)),
            (Some(_), Value::Null) => {}
            (Some(extension), Value::Object(fields)) => {
                let whole = fields.iter().map(|(part, value)| (format!("{}:{part}", extension.urn), value));
                flat.extend(whole.filter(|(name, _)| schema.attribute(name).is_some()));
            }
            (Some(extension), _) => return Err(ScimRefusal::value(extension.urn, "an object is expected")),
        }
    }
    Ok(flat)
}

/// A resource as it goes out: the attributes of its extension stand together under its name (RFC 7643, section 3.3).
#[must_use]
pub fn nested(schema: &Schema, mut document: Document) -> Document {
    let Some(extension) = schema.extension else { return document };
    let mut fields = Document::new();
    for attribute in extension.attributes {
        fields.extend(document.remove(attribute.name).map(|value| (attribute.bare().to_owned(), value)));
    }
    if !fields.is_empty() {
        document.insert(extension.urn.to_owned(), Value::Object(fields));
    }
    document
}

/// A value as an attribute holds it; none where nothing is left of it.
///
/// # Errors
/// It has another type.
pub fn of(attribute: &Attribute, value: &Value) -> Result<Option<Value>, ScimRefusal> {
    if !attribute.many {
        return single(attribute, value);
    }
    let values = match value {
        Value::Null => return Ok(None),
        Value::Array(values) => values,
        _ => return Err(ScimRefusal::value(attribute.name, "a list is expected")),
    };
    if values.len() > MOST && attribute.name != "members" {
        return Err(ScimRefusal::value(attribute.name, "it has at most 50 values"));
    }
    let mut kept = Vec::with_capacity(values.len());
    for value in values {
        kept.extend(single(attribute, value)?);
    }
    Ok((!kept.is_empty()).then_some(Value::Array(kept)))
}

/// One value of an attribute.
///
/// # Errors
/// It has another type.
pub fn single(attribute: &Attribute, value: &Value) -> Result<Option<Value>, ScimRefusal> {
    let wrong = |why: &str| Err(ScimRefusal::value(attribute.name, why));
    if value.is_null() {
        return Ok(None);
    }
    match attribute.kind {
        Kind::Flag => match flag(value) {
            Some(is) => Ok(Some(Value::Bool(is))),
            None => wrong("true or false is expected"),
        },
        Kind::Text | Kind::Reference | Kind::Moment => match value {
            Value::String(text) if text.chars().count() > LONGEST => wrong("it has at most 1,000 characters"),
            Value::String(text) if text.chars().any(char::is_control) => wrong("it has control characters"),
            Value::String(text) => Ok(Some(Value::String(text.clone()))),
            _ => wrong("a text is expected"),
        },
        Kind::Complex => {
            // Entra ID names a manager by the id alone.
            if value.is_string() && attribute.is_extended() {
                let fields = Document::from_iter([("value".to_owned(), value.clone())]);
                return single(attribute, &Value::Object(fields));
            }
            let Value::Object(fields) = value else { return wrong("an object is expected") };
            let mut kept = Document::new();
            for (name, value) in fields {
                let Some(part) = attribute.part(name).filter(|part| part.mutability != Mutability::ReadOnly) else {
                    continue;
                };
                if let Some(value) = single(part, value)? {
                    kept.insert(part.name.to_owned(), value);
                }
            }
            Ok((!kept.is_empty()).then_some(Value::Object(kept)))
        }
    }
}

/// Refuses a list in which more than one value comes first (RFC 7643, section 2.4).
///
/// # Errors
/// It is such a list.
pub fn one_primary(document: &Document, attribute: &str) -> Result<(), ScimRefusal> {
    let values = document.get(attribute).and_then(Value::as_array).into_iter().flatten();
    let first = values.filter(|value| value.get("primary") == Some(&Value::Bool(true))).count();
    if first > 1 { Err(ScimRefusal::value(attribute, "one value at most is primary")) } else { Ok(()) }
}
