//! Filters and paths as RFC 7644 writes them (section 3.4.2.2, figure 1, and section 3.5.2, figure 7), read into a tree.

use super::{
    refusal::{Fault, ScimRefusal},
    schema::Schema,
};
use serde_json::Value;

/// The longest filter, in bytes.
pub const LONGEST: usize = 8 * 1024;
/// How deep parentheses, `not` and brackets may stand in each other.
pub const DEEPEST: usize = 32;

/// An attribute, or a part of one: `userName`, `name.familyName`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttrPath {
    /// Its name; of an extension's, the whole one.
    pub attribute: String,
    pub part: Option<String>,
    /// Whether it names another schema than the resource's own: then there is nothing at it.
    pub foreign: bool,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Contains,
    StartsWith,
    EndsWith,
    Greater,
    NotLess,
    Less,
    NotGreater,
}

impl Comparison {
    /// All of them, with their words.
    pub const ALL: [(&'static str, Self); 9] = [
        ("eq", Self::Equal),
        ("ne", Self::NotEqual),
        ("co", Self::Contains),
        ("sw", Self::StartsWith),
        ("ew", Self::EndsWith),
        ("gt", Self::Greater),
        ("ge", Self::NotLess),
        ("lt", Self::Less),
        ("le", Self::NotGreater),
    ];
}

/// A filter.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// All of these; at least two.
    And(Vec<Filter>),
    /// One of these; at least two.
    Or(Vec<Filter>),
    Not(Box<Filter>),
    /// The attribute has a value.
    Present(AttrPath),
    Compare(AttrPath, Comparison, Value),
    /// One value of the attribute fits all of the filter.
    Within(AttrPath, Box<Filter>),
}

/// Where a patch applies: `name.givenName`, `members`, `members[value eq "…"]`, `emails[type eq "work"].value`.
#[derive(Clone, Debug, PartialEq)]
pub struct PatchPath {
    pub at: AttrPath,
    /// Which of the values; none means all.
    pub which: Option<Filter>,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// It is none, or too long or too deep.
    pub fn parse(text: &str, schema: &Schema) -> Result<Self, ScimRefusal> {
        let mut reader = Reader::new(text, schema, Fault::Filter)?;
        let filter = reader.any(false)?;
        reader.end()?;
        Ok(filter)
    }

    /// Whether it asks about this attribute.
    #[must_use]
    pub fn asks_about(&self, name: &str) -> bool {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().any(|one| one.asks_about(name)),
            Self::Not(one) => one.asks_about(name),
            Self::Present(at) | Self::Compare(at, ..) | Self::Within(at, _) => at.attribute.eq_ignore_ascii_case(name),
        }
    }

    /// The texts of which this attribute must be one, where the filter demands that: a way to it by an index.
    #[must_use]
    pub fn demands(&self, name: &str, part: Option<&str>) -> Option<&str> {
        match self {
            Self::And(all) => all.iter().find_map(|one| one.demands(name, part)),
            Self::Compare(at, Comparison::Equal, Value::String(text)) if at.is(name, part) => Some(text),
            Self::Within(at, inner) if part.is_some() && at.is(name, None) => inner.demands(part?, None),
            _ => None,
        }
    }
}

impl AttrPath {
    fn is(&self, name: &str, part: Option<&str>) -> bool {
        let same = match (&self.part, part) {
            (None, None) => true,
            (Some(own), Some(part)) => own.eq_ignore_ascii_case(part),
            _ => false,
        };
        !self.foreign && same && self.attribute.eq_ignore_ascii_case(name)
    }

    /// Reads a path without a filter.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(text: &str, schema: &Schema) -> Result<Self, ScimRefusal> {
        let mut reader = Reader::new(text, schema, Fault::Path)?;
        let path = reader.path()?;
        reader.end()?;
        Ok(path)
    }
}

impl PatchPath {
    /// Reads where a patch applies.
    ///
    /// # Errors
    /// It is no path.
    pub fn parse(text: &str, schema: &Schema) -> Result<Self, ScimRefusal> {
        let mut reader = Reader::new(text, schema, Fault::Path)?;
        let mut at = reader.path()?;
        let mut which = None;
        if reader.rest.starts_with('[') {
            which = Some(reader.bracketed()?);
            if let Some(part) = reader.rest.strip_prefix('.') {
                reader.rest = part;
                at.part = Some(reader.name()?.to_owned());
            }
        }
        reader.end()?;
        Ok(Self { at, which })
    }
}

struct Reader<'t> {
    rest: &'t str,
    schema: &'t Schema,
    deep: usize,
    fault: Fault,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, schema: &'t Schema, fault: Fault) -> Result<Self, ScimRefusal> {
        let reader = Self { rest: text.trim(), schema, deep: 0, fault };
        if text.len() > LONGEST {
            return Err(reader.wrong("it is longer than 8 KiB"));
        }
        if reader.rest.is_empty() {
            return Err(reader.wrong("it is empty"));
        }
        Ok(reader)
    }

    fn wrong(&self, why: &str) -> ScimRefusal {
        let here: String = self.rest.chars().take(40).collect();
        let what = if self.fault == Fault::Path { "path" } else { "filter" };
        let at = if here.is_empty() { "its end".to_owned() } else { format!("«{here}»") };
        ScimRefusal::of(self.fault, format!("the {what} can not be read at {at}: {why}"))
    }

    fn skip(&mut self) {
        self.rest = self.rest.trim_start_matches(' ');
    }

    fn end(&mut self) -> Result<(), ScimRefusal> {
        self.skip();
        if self.rest.is_empty() { Ok(()) } else { Err(self.wrong("nothing is expected here")) }
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, ScimRefusal>) -> Result<T, ScimRefusal> {
        if self.deep >= DEEPEST {
            return Err(self.wrong("it is nested more than 32 deep"));
        }
        self.deep += 1;
        let read = read(self);
        self.deep -= 1;
        read
    }

    /// A word that stands alone, whatever its case.
    fn word(&mut self, word: &str) -> bool {
        let Some(start) = self.rest.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)) else {
            return false;
        };
        let after = self.rest.get(start.len()..).unwrap_or_default();
        if after.starts_with(|next: char| next.is_ascii_alphanumeric() || matches!(next, '.' | ':' | '_' | '-' | '$')) {
            return false;
        }
        self.rest = after;
        true
    }

    /// `or` binds less than `and`, `and` less than `not` (RFC 7644, section 3.4.2.2, table 5).
    fn any(&mut self, within: bool) -> Result<Filter, ScimRefusal> {
        let mut all = vec![self.every(within)?];
        loop {
            self.skip();
            if !self.word("or") {
                break;
            }
            all.push(self.every(within)?);
        }
        Ok(if all.len() > 1 { Filter::Or(all) } else { all.remove(0) })
    }

    fn every(&mut self, within: bool) -> Result<Filter, ScimRefusal> {
        let mut all = vec![self.one(within)?];
        loop {
            self.skip();
            if !self.word("and") {
                break;
            }
            all.push(self.one(within)?);
        }
        Ok(if all.len() > 1 { Filter::And(all) } else { all.remove(0) })
    }

    fn one(&mut self, within: bool) -> Result<Filter, ScimRefusal> {
        self.skip();
        if self.rest.starts_with('(') {
            return self.grouped(within);
        }
        let before = self.rest;
        if self.word("not") {
            self.skip();
            if self.rest.starts_with('(') {
                return Ok(Filter::Not(Box::new(self.grouped(within)?)));
            }
            self.rest = before;
        }
        let at = self.path()?;
        if self.rest.starts_with('[') {
            if within {
                return Err(self.wrong("brackets do not stand in brackets"));
            }
            let inner = self.bracketed()?;
            // Entra ID asks for a part of the chosen value, as a path does: emails[type eq "work"].value eq "…".
            let Some(rest) = self.rest.strip_prefix('.') else { return Ok(Filter::Within(at, Box::new(inner))) };
            self.rest = rest;
            let part = AttrPath { attribute: self.name()?.to_owned(), part: None, foreign: false };
            let both = Filter::And(vec![inner, self.asked(part)?]);
            return Ok(Filter::Within(at, Box::new(both)));
        }
        self.asked(at)
    }

    /// What is asked of an attribute.
    fn asked(&mut self, at: AttrPath) -> Result<Filter, ScimRefusal> {
        self.skip();
        if self.word("pr") {
            return Ok(Filter::Present(at));
        }
        let how = Comparison::ALL.into_iter().find(|(word, _)| self.word(word));
        let Some((_, how)) = how else {
            return Err(self.wrong("eq, ne, co, sw, ew, gt, ge, lt, le or pr is expected"));
        };
        self.skip();
        let value = self.value()?;
        if matches!(value, Value::Bool(_) | Value::Null) && !matches!(how, Comparison::Equal | Comparison::NotEqual) {
            return Err(self.wrong("true, false and null are compared by eq and ne alone"));
        }
        Ok(Filter::Compare(at, how, value))
    }

    fn grouped(&mut self, within: bool) -> Result<Filter, ScimRefusal> {
        self.rest = self.rest.strip_prefix('(').unwrap_or(self.rest);
        let inner = self.deeper(|reader| reader.any(within))?;
        self.skip();
        self.rest = self.rest.strip_prefix(')').ok_or_else(|| self.wrong("a ) is expected"))?;
        Ok(inner)
    }

    fn bracketed(&mut self) -> Result<Filter, ScimRefusal> {
        self.rest = self.rest.strip_prefix('[').unwrap_or(self.rest);
        let inner = self.deeper(|reader| reader.any(true))?;
        self.skip();
        self.rest = self.rest.strip_prefix(']').ok_or_else(|| self.wrong("a ] is expected"))?;
        Ok(inner)
    }

    /// `[URN:]attribute[.part]`
    fn path(&mut self) -> Result<AttrPath, ScimRefusal> {
        let (mut foreign, mut extension) = (false, None);
        if self.rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("urn:")) {
            let ends = |c: char| c == ' ' || matches!(c, '[' | ']' | '(' | ')' | '"');
            let whole = self.rest.split(ends).next().unwrap_or_default();
            let (urn, _) = whole.rsplit_once(':').unwrap_or((whole, ""));
            foreign = !urn.eq_ignore_ascii_case(self.schema.urn);
            extension = self.schema.extension_called(urn);
            self.rest = self.rest.get(urn.len() + 1..).unwrap_or_default();
        }
        let mut attribute = self.name()?.to_owned();
        if let Some(extension) = extension {
            let whole = format!("{}:{attribute}", extension.urn);
            if self.schema.attribute(&whole).is_some() {
                (attribute, foreign) = (whole, false);
            }
        }
        let part = match self.rest.strip_prefix('.') {
            None => None,
            Some(rest) => {
                self.rest = rest;
                Some(self.name()?.to_owned())
            }
        };
        Ok(AttrPath { attribute, part, foreign })
    }

    fn name(&mut self) -> Result<&'t str, ScimRefusal> {
        let length =
            self.rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'$')).count();
        let name = self.rest.get(..length).unwrap_or_default();
        if !name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '$') {
            return Err(self.wrong("the name of an attribute is expected"));
        }
        self.rest = self.rest.get(length..).unwrap_or_default();
        Ok(name)
    }

    /// A JSON string, number, or one of true, false and null.
    fn value(&mut self) -> Result<Value, ScimRefusal> {
        let length = if self.rest.starts_with('"') {
            let mut escaped = false;
            let closing = self.rest.char_indices().skip(1).find(|(_, c)| {
                let closes = *c == '"' && !escaped;
                escaped = *c == '\\' && !escaped;
                closes
            });
            closing.map(|(at, _)| at + 1)
        } else {
            self.rest.find([' ', ')', ']']).or(Some(self.rest.len()))
        };
        let written = length.and_then(|length| self.rest.get(..length)).unwrap_or_default();
        let lower = written.to_ascii_lowercase();
        let plain = if written.starts_with('"') { written } else { lower.as_str() };
        let value = serde_json::from_str::<Value>(plain).ok().filter(|value| !value.is_object() && !value.is_array());
        let Some(value) = value else {
            return Err(self.wrong("a value is expected: \"text\", a number, true, false or null"));
        };
        self.rest = self.rest.get(written.len()..).unwrap_or_default();
        Ok(value)
    }
}

#[cfg(test)]
#[path = "filter/tests.rs"]
mod tests;
