//! Patches of a resource (RFC 7644, section 3.5.2), also as Entra ID and Okta spell them: operations with a capital letter,
//! paths as names of fields, truth values as words, members to remove as a list.

use super::{
    document::{self, Document, single},
    filter::{Comparison, Filter, PatchPath},
    matching::fits_within,
    refusal::{Fault, ScimRefusal},
    schema::{Attribute, Kind, Mutability, PATCH, Schema},
};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// The most operations of a patch.
const MOST: usize = 1_000;

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Add,
    Replace,
    Remove,
}

/// One operation: a verb, a place and, but for a removal, a value.
#[derive(Clone, Debug)]
struct Operation {
    verb: Verb,
    path: PatchPath,
    value: Value,
}

/// A patch that was read.
#[derive(Clone, Debug)]
pub struct Patch(Vec<Operation>);

fn field<'b>(fields: &'b Document, name: &str) -> Option<&'b Value> {
    fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

impl Patch {
    /// Reads a patch.
    ///
    /// # Errors
    /// It is none, or a path in it is none.
    pub fn read(schema: &Schema, body: &Document) -> Result<Self, ScimRefusal> {
        let wrong = |why: &str| ScimRefusal::of(Fault::Syntax, why);
        document::follows(body, PATCH)?;
        let operations = field(body, "Operations").and_then(Value::as_array);
        let operations = operations.ok_or_else(|| wrong("Operations is missing"))?;
        if operations.len() > MOST {
            return Err(ScimRefusal::of(Fault::Large, "a patch has at most 1,000 operations"));
        }
        let mut read = Vec::new();
        for operation in operations {
            let operation = operation.as_object().ok_or_else(|| wrong("an operation is an object"))?;
            let verb = field(operation, "op").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
            let verb = match verb.as_str() {
                "add" => Verb::Add,
                "replace" => Verb::Replace,
                "remove" => Verb::Remove,
                _ => return Err(wrong("op is add, replace or remove")),
            };
            let value = field(operation, "value");
            if value.is_none() && verb != Verb::Remove {
                return Err(ScimRefusal::value("value", "it is missing"));
            }
            let value = value.cloned().unwrap_or(Value::Null);
            match field(operation, "path") {
                Some(Value::String(path)) => match schema.extension_called(path.trim()) {
                    Some(extension) => read.extend(extended(schema, extension, verb, value)?),
                    None => read.push(Operation { verb, path: PatchPath::parse(path, schema)?, value }),
                },
                Some(Value::Null) | None => read.extend(apart(schema, verb, value)?),
                Some(_) => return Err(ScimRefusal::of(Fault::Path, "a path is a text")),
            }
        }
        Ok(Self(read))
    }

    /// The resource after the patch.
    ///
    /// # Errors
    /// A value has another type, a place is not there, or is not the directory's to write.
    pub fn apply(&self, schema: &Schema, mut document: Document) -> Result<Document, ScimRefusal> {
        for operation in &self.0 {
            apply(schema, &mut document, operation)?;
        }
        Ok(document)
    }
}

/// An operation on the whole extension of a schema: on each of its attributes.
fn extended(schema: &Schema, extension: &Schema, verb: Verb, value: Value) -> Result<Vec<Operation>, ScimRefusal> {
    if verb != Verb::Remove {
        return apart(schema, verb, Value::Object(Map::from_iter([(extension.urn.to_owned(), value)])));
    }
    let paths = extension.attributes.iter().map(|attribute| PatchPath::parse(attribute.name, schema));
    paths.map(|path| path.map(|path| Operation { verb, path, value: Value::Null })).collect()
}

/// An operation without a path: its value names the places, plainly or as a path.
fn apart(schema: &Schema, verb: Verb, value: Value) -> Result<Vec<Operation>, ScimRefusal> {
    if verb == Verb::Remove {
        return Err(ScimRefusal::of(Fault::NoTarget, "a removal needs a path"));
    }
    let Value::Object(fields) = value else {
        return Err(ScimRefusal::value("value", "without a path, an object is expected"));
    };
    let mut operations = Vec::new();
    for (name, value) in document::flat(schema, &fields)? {
        // The name of another schema, with all of its attributes.
        let whole = schema_name(&name);
        if whole {
            continue;
        }
        let path = PatchPath::parse(&name, schema)?;
        // What only this service writes may stand there as it was read.
        let attribute = schema.attribute(&path.at.attribute);
        if attribute.is_some_and(|attribute| attribute.mutability == Mutability::ReadOnly && !attribute.unique) {
            continue;
        }
        operations.push(Operation { verb, path, value: value.clone() });
    }
    Ok(operations)
}

fn schema_name(name: &str) -> bool {
    let urn = name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("urn:"));
    urn && name.rsplit(':').next().is_some_and(|last| last.starts_with(|first: char| first.is_ascii_uppercase()))
}

fn apply(schema: &Schema, document: &mut Document, operation: &Operation) -> Result<(), ScimRefusal> {
    let (at, verb) = (&operation.path.at, operation.verb);
    // What the house has no place for is left out, here as in a whole resource.
    let Some(attribute) = schema.attribute(&at.attribute).filter(|_| !at.foreign) else { return Ok(()) };
    if attribute.mutability == Mutability::ReadOnly {
        if document.get(attribute.name) == Some(&operation.value) {
            return Ok(());
        }
        return Err(fixed(attribute));
    }
    let part = match &at.part {
        None => None,
        Some(name) => match attribute.part(name) {
            None => return Ok(()),
            Some(part) if part.mutability != Mutability::ReadWrite => return Err(fixed(part)),
            Some(part) => Some(part),
        },
    };
    if operation.path.which.is_some() && !attribute.many {
        return Err(ScimRefusal::of(Fault::Path, format!("{} has one value: brackets choose nothing", attribute.name)));
    }
    if verb == Verb::Remove || operation.value.is_null() {
        return remove(document, attribute, part, operation);
    }
    if attribute.many {
        return many(document, attribute, part, operation);
    }
    let value = match part {
        None => document::of(attribute, &operation.value)?,
        Some(part) => document::of(part, &operation.value)?.map(|value| named(part, value)),
    };
    match (value, document.get_mut(attribute.name)) {
        // The parts that are not named stay (RFC 7644, section 3.5.2.3).
        (Some(Value::Object(new)), Some(Value::Object(old))) => old.extend(new),
        (Some(value), _) => {
            document.insert(attribute.name.to_owned(), value);
        }
        (None, _) if part.is_none() && attribute.kind != Kind::Complex => {
            document.remove(attribute.name);
        }
        (None, _) => {}
    }
    Ok(())
}

fn fixed(attribute: &Attribute) -> ScimRefusal {
    ScimRefusal::of(Fault::Mutability, format!("{} is not the directory's to write", attribute.name))
}

fn named(part: &Attribute, value: Value) -> Value {
    Value::Object(Map::from_iter([(part.name.to_owned(), value)]))
}

fn remove(
    document: &mut Document,
    attribute: &Attribute,
    part: Option<&Attribute>,
    operation: &Operation,
) -> Result<(), ScimRefusal> {
    // A truth value is one or the other: who would be neither is told so, and not left as they are.
    if (attribute.required || attribute.kind == Kind::Flag) && part.is_none() {
        return Err(ScimRefusal::of(Fault::Mutability, format!("{} can not be without a value", attribute.name)));
    }
    let which = &operation.path.which;
    match document.get_mut(attribute.name) {
        None => return Ok(()),
        Some(Value::Array(values)) => {
            // Entra ID names the members to remove in the value.
            let listed = listed(attribute, &operation.value);
            let mut kept = Vec::with_capacity(values.len());
            for mut value in std::mem::take(values) {
                let chosen = match (which, &listed) {
                    (Some(filter), _) => fits_within(filter, attribute, &value)?,
                    (None, Some(listed)) => {
                        value.get("value").and_then(Value::as_str).is_some_and(|v| listed.contains(v))
                    }
                    (None, None) => true,
                };
                match part {
                    Some(part) if chosen => {
                        if let Some(fields) = value.as_object_mut() {
                            fields.remove(part.name);
                        }
                        kept.push(value);
                    }
                    _ if chosen => {}
                    _ => kept.push(value),
                }
            }
            *values = kept;
        }
        Some(Value::Object(fields)) => match part {
            Some(part) => {
                fields.remove(part.name);
            }
            None => fields.clear(),
        },
        Some(_) => {
            document.remove(attribute.name);
        }
    }
    let empty = match document.get(attribute.name) {
        Some(Value::Array(values)) => values.is_empty(),
        Some(Value::Object(fields)) => fields.is_empty(),
        _ => false,
    };
    if empty {
        document.remove(attribute.name);
    }
    Ok(())
}

/// The values that a removal lists, as objects with a `value` or as texts.
fn listed<'v>(attribute: &Attribute, value: &'v Value) -> Option<HashSet<&'v str>> {
    let values = match value {
        Value::Array(values) if attribute.many => values.as_slice(),
        Value::Object(_) if attribute.many => std::slice::from_ref(value),
        _ => return None,
    };
    Some(values.iter().filter_map(|one| one.get("value").unwrap_or(one).as_str()).collect())
}

fn many(
    document: &mut Document,
    attribute: &Attribute,
    part: Option<&Attribute>,
    operation: &Operation,
) -> Result<(), ScimRefusal> {
    let mut values = match document.remove(attribute.name) {
        Some(Value::Array(values)) => values,
        _ => Vec::new(),
    };
    let (verb, which) = (operation.verb, &operation.path.which);
    if part.is_none() && which.is_none() {
        // One value may come without a list around it.
        let new = match &operation.value {
            Value::Object(_) => document::of(attribute, &Value::Array(vec![operation.value.clone()]))?,
            value => document::of(attribute, value)?,
        };
        let Some(Value::Array(new)) = new.or_else(|| Some(Value::Array(Vec::new()))) else { return Ok(()) };
        if verb == Verb::Replace {
            values = Vec::new();
        }
        join(attribute, &mut values, new);
    } else {
        let new = match part {
            None => single(attribute, &operation.value)?,
            Some(part) => single(part, &operation.value)?.map(|value| named(part, value)),
        };
        let Some(Value::Object(new)) = new else {
            return Err(ScimRefusal::value(attribute.name, "nothing is left of it"));
        };
        let mut chosen = Vec::new();
        for (place, value) in values.iter().enumerate() {
            if which.as_ref().map_or(Ok(true), |filter| fits_within(filter, attribute, value))? {
                chosen.push(place);
            }
        }
        if chosen.is_empty() {
            // To add to a value that is not there makes it, as its filter describes it; to replace one has no target.
            let Some(Filter::Compare(..) | Filter::And(_)) = which.as_ref().filter(|_| verb == Verb::Add) else {
                values_back(document, attribute, values);
                return Err(ScimRefusal::of(Fault::NoTarget, format!("no value of {} is chosen", attribute.name)));
            };
            let mut made = Map::new();
            describe(which.as_ref(), attribute, &mut made)?;
            made.extend(new);
            join(attribute, &mut values, vec![Value::Object(made)]);
        } else {
            let first = new.get("primary") == Some(&Value::Bool(true));
            for (place, value) in values.iter_mut().enumerate() {
                let Value::Object(fields) = value else { continue };
                if chosen.contains(&place) {
                    if part.is_none() && verb == Verb::Replace {
                        fields.clear();
                    }
                    fields.extend(new.clone());
                } else if first {
                    fields.remove("primary");
                }
            }
        }
    }
    values_back(document, attribute, values);
    Ok(())
}

fn values_back(document: &mut Document, attribute: &Attribute, values: Vec<Value>) {
    if !values.is_empty() {
        document.insert(attribute.name.to_owned(), Value::Array(values));
    }
}

/// Adds values that are not there yet; where one of them comes first, no other does any longer (RFC 7644, section 3.5.2.1).
fn join(attribute: &Attribute, values: &mut Vec<Value>, new: Vec<Value>) {
    // A member is the same whatever else is said of them.
    let key = |value: &Value| match value.get("value").filter(|_| attribute.name == "members") {
        Some(id) => id.to_string(),
        None => value.to_string(),
    };
    let mut known: HashSet<String> = values.iter().map(key).collect();
    let new: Vec<Value> = new.into_iter().filter(|value| known.insert(key(value))).collect();
    if new.iter().any(|value| value.get("primary") == Some(&Value::Bool(true))) {
        for fields in values.iter_mut().filter_map(Value::as_object_mut) {
            fields.remove("primary");
        }
    }
    values.extend(new);
}

/// The parts that a filter says are equal to something.
fn describe(filter: Option<&Filter>, attribute: &Attribute, made: &mut Document) -> Result<(), ScimRefusal> {
    match filter {
        Some(Filter::And(all)) => all.iter().try_for_each(|one| describe(Some(one), attribute, made)),
        Some(Filter::Compare(at, Comparison::Equal, value)) => {
            if let Some(part) = attribute.part(&at.attribute)
                && let Some(value) = single(part, value)?
            {
                made.insert(part.name.to_owned(), value);
            }
            Ok(())
        }
        _ => Err(ScimRefusal::of(Fault::NoTarget, format!("no value of {} is chosen", attribute.name))),
    }
}

#[cfg(test)]
#[path = "patch/tests.rs"]
mod tests;
