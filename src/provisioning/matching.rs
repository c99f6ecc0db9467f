//! Whether a resource, or one value of an attribute, fits a filter (RFC 7644, section 3.4.2.2).

use super::{
    filter::{AttrPath, Comparison, Filter},
    refusal::{Fault, ScimRefusal},
    schema::{Attribute, Kind, Schema},
};
use crate::base::clock::Time;
use serde_json::{Map, Value};
use std::cmp::Ordering;

/// Whether a resource fits.
///
/// # Errors
/// The filter compares what can not be compared.
pub fn fits(filter: &Filter, schema: &Schema, resource: &Map<String, Value>) -> Result<bool, ScimRefusal> {
    fits_by(filter, &|at| {
        let attribute = schema.attribute(&at.attribute).filter(|_| !at.foreign);
        let Some(attribute) = attribute else { return Ok(Found::default()) };
        Ok(Found { attribute: Some(attribute), values: values(attribute, resource.get(attribute.name)) })
    })
}

/// Whether one value of an attribute fits: the filter between brackets names its parts. A value that has no parts is its own
/// `value`.
///
/// # Errors
/// As [`fits`].
pub fn fits_within(filter: &Filter, attribute: &Attribute, value: &Value) -> Result<bool, ScimRefusal> {
    let bare = Map::from_iter([("value".to_owned(), value.clone())]);
    let parts = value.as_object().unwrap_or(&bare);
    fits_by(filter, &|at| {
        let part = attribute.part(&at.attribute).filter(|_| at.part.is_none() && !at.foreign);
        let Some(part) = part else { return Ok(Found::default()) };
        Ok(Found { attribute: Some(part), values: values(part, parts.get(part.name)) })
    })
}

/// The values at a path; of attributes that there are not, none.
#[derive(Default)]
struct Found<'v> {
    attribute: Option<&'static Attribute>,
    values: Vec<&'v Value>,
}

fn values<'v>(attribute: &Attribute, value: Option<&'v Value>) -> Vec<&'v Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(values)) if attribute.many => values.iter().collect(),
        Some(value) => vec![value],
    }
}

type Find<'f, 'v> = &'f dyn Fn(&AttrPath) -> Result<Found<'v>, ScimRefusal>;

fn fits_by<'v>(filter: &Filter, find: Find<'_, 'v>) -> Result<bool, ScimRefusal> {
    match filter {
        Filter::And(all) => {
            for one in all {
                if !fits_by(one, find)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Filter::Or(all) => {
            for one in all {
                if fits_by(one, find)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Filter::Not(one) => Ok(!fits_by(one, find)?),
        Filter::Present(at) => Ok(!at_path(at, find)?.values.iter().all(|value| is_empty(value))),
        Filter::Compare(at, how, wanted) => compare(at, &at_path(at, find)?, *how, wanted),
        Filter::Within(at, inner) => {
            let found = find(at)?;
            let Some(attribute) = found.attribute else { return Ok(false) };
            for value in found.values {
                if fits_within(inner, attribute, value)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

/// Follows a path to its part. A complex attribute with several values stands for their `value` where no part is named.
fn at_path<'v>(at: &AttrPath, find: Find<'_, 'v>) -> Result<Found<'v>, ScimRefusal> {
    let found = find(at)?;
    let Some(attribute) = found.attribute else { return Ok(found) };
    let part = match &at.part {
        Some(part) => attribute.part(part),
        None if attribute.many => attribute.part("value"),
        None => return Ok(found),
    };
    let Some(part) = part else {
        return Ok(if at.part.is_some() { Found::default() } else { found });
    };
    let inner = found.values.into_iter().filter_map(|value| value.get(part.name)).filter(|value| !value.is_null());
    Ok(Found { attribute: Some(part), values: inner.collect() })
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.values().all(is_empty),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn compare(at: &AttrPath, found: &Found<'_>, how: Comparison, wanted: &Value) -> Result<bool, ScimRefusal> {
    let Some(attribute) = found.attribute else {
        return Ok(how == Comparison::NotEqual && !wanted.is_null() || how == Comparison::Equal && wanted.is_null());
    };
    let wrong = |why: &str| Err(ScimRefusal::of(Fault::Filter, format!("{}: {why}", at.attribute)));
    if attribute.kind == Kind::Complex {
        return wrong("name one of its parts");
    }
    if attribute.kind == Kind::Flag && !matches!(how, Comparison::Equal | Comparison::NotEqual) {
        return wrong("it is true or false, and compared by eq and ne alone");
    }
    if found.values.is_empty() || wanted.is_null() {
        let same = found.values.is_empty() == wanted.is_null();
        return Ok(if how == Comparison::NotEqual { !same } else { how == Comparison::Equal && same });
    }
    if attribute.kind == Kind::Moment {
        let Some(wanted) = wanted.as_str().and_then(|text| Time::parse(text).ok()) else {
            return wrong("compare it with an instant such as \"2026-01-31T08:00:00Z\"");
        };
        let moments = found.values.iter().filter_map(|value| Time::parse(value.as_str()?).ok());
        return Ok(moments.into_iter().any(|moment| by_order(how, moment.cmp(&wanted))));
    }
    Ok(found.values.iter().any(|value| one(attribute, value, how, wanted)))
}

fn one(attribute: &Attribute, value: &Value, how: Comparison, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Bool(is), _) => flag(wanted).is_some_and(|wanted| by_order(how, is.cmp(&wanted))),
        (Value::String(text), Value::String(wanted)) => {
            let key = |text: &str| if attribute.exact { text.to_owned() } else { text.to_lowercase() };
            let (text, wanted) = (key(text), key(wanted));
            match how {
                Comparison::Contains => text.contains(&wanted),
                Comparison::StartsWith => text.starts_with(&wanted),
                Comparison::EndsWith => text.ends_with(&wanted),
                _ => by_order(how, text.cmp(&wanted)),
            }
        }
        _ => how == Comparison::NotEqual,
    }
}

fn by_order(how: Comparison, order: Ordering) -> bool {
    match how {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Greater => order.is_gt(),
        Comparison::NotLess => order.is_ge(),
        Comparison::Less => order.is_lt(),
        Comparison::NotGreater => order.is_le(),
        Comparison::Contains | Comparison::StartsWith | Comparison::EndsWith => false,
    }
}

/// A truth value as programs write it: some send the words `True` and `False`.
#[must_use]
pub fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(is) => Some(*is),
        Value::String(word) if word.eq_ignore_ascii_case("true") => Some(true),
        Value::String(word) if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}
