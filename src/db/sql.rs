//! Statements with typed parameters, and rows read by column name, the same for both engines.
//!
//! A statement is written once with `?` for each parameter; diesel gives each engine its own placeholder and caches the
//! prepared statement by its text. Columns become domain types in [`Column`], so that a row struct holds no raw text.

use super::link::{Reading, Writing};
use crate::base::{
    clock::Time,
    ids::{Id, Kind},
    refusal::Broken,
    text::{Email, Language, Slug},
};
use diesel::{
    backend::Backend,
    deserialize::{self, QueryableByName},
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    result::QueryResult,
    row::NamedRow,
    sql_types::{BigInt, Binary, Bool, Nullable, Text, Untyped},
    sqlite::Sqlite,
};

/// A parameter's value.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text, or NULL.
    Text(Option<String>),
    /// A whole number, or NULL.
    Int(Option<i64>),
    /// A truth value, or NULL.
    Flag(Option<bool>),
    /// Bytes, or NULL.
    Bytes(Option<Vec<u8>>),
}

/// A statement and its parameters, ready to run.
#[derive(Clone, Debug)]
#[must_use = "a statement does nothing until it is run"]
pub struct Statement {
    text: String,
    values: Vec<Value>,
}

/// Begins a statement; write `?` where a parameter goes.
pub fn sql(text: impl Into<String>) -> Statement {
    Statement { text: text.into(), values: Vec::new() }
}

impl Statement {
    /// Gives the next `?` its value.
    pub fn bind<C: Column>(mut self, value: &C) -> Self {
        self.values.push(value.to_value());
        self
    }

    /// Adds to the statement's text.
    pub fn push(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self
    }

    /// All rows.
    ///
    /// # Errors
    /// The database is away, or the statement or a row is not what it should be.
    pub fn all<T: FromRow>(self, reading: &mut Reading<'_>) -> Result<Vec<T>, Broken> {
        reading.load(self)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Statement::all`].
    pub fn maybe<T: FromRow>(self, reading: &mut Reading<'_>) -> Result<Option<T>, Broken> {
        Ok(self.all(reading)?.into_iter().next())
    }

    /// The first row, which there must be.
    ///
    /// # Errors
    /// As [`Statement::all`], or there is no row.
    pub fn one<T: FromRow>(self, reading: &mut Reading<'_>) -> Result<T, Broken> {
        let text = self.text.clone();
        self.maybe(reading)?.ok_or_else(|| Broken::defect(format!("a row is missing: {text}")))
    }

    /// Runs a change and tells how many rows it touched.
    ///
    /// # Errors
    /// As [`Statement::all`].
    pub fn run(self, writing: &mut Writing<'_>) -> Result<usize, Broken> {
        writing.execute(self)
    }
}

impl Statement {
    /// The text, with its `?`.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    fn walk<'b, DB>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()>
    where
        DB: Backend
            + diesel::sql_types::HasSqlType<Text>
            + diesel::sql_types::HasSqlType<BigInt>
            + diesel::sql_types::HasSqlType<Bool>
            + diesel::sql_types::HasSqlType<Binary>,
        Option<String>: diesel::serialize::ToSql<Nullable<Text>, DB>,
        Option<i64>: diesel::serialize::ToSql<Nullable<BigInt>, DB>,
        Option<bool>: diesel::serialize::ToSql<Nullable<Bool>, DB>,
        Option<Vec<u8>>: diesel::serialize::ToSql<Nullable<Binary>, DB>,
    {
        let mut pieces = self.text.split('?');
        if let Some(first) = pieces.next() {
            out.push_sql(first);
        }
        let mut values = self.values.iter();
        for piece in pieces {
            match values.next() {
                Some(Value::Text(v)) => out.push_bind_param::<Nullable<Text>, _>(v)?,
                Some(Value::Int(v)) => out.push_bind_param::<Nullable<BigInt>, _>(v)?,
                Some(Value::Flag(v)) => out.push_bind_param::<Nullable<Bool>, _>(v)?,
                Some(Value::Bytes(v)) => out.push_bind_param::<Nullable<Binary>, _>(v)?,
                None => {
                    return Err(diesel::result::Error::QueryBuilderError(
                        format!("a parameter has no value: {}", self.text).into(),
                    ));
                }
            }
            out.push_sql(piece);
        }
        if values.next().is_some() {
            return Err(diesel::result::Error::QueryBuilderError(
                format!("a value has no parameter: {}", self.text).into(),
            ));
        }
        Ok(())
    }
}

impl QueryFragment<Sqlite> for Statement {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.walk(out)
    }
}
impl QueryFragment<Pg> for Statement {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.walk(out)
    }
}
impl QueryId for Statement {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}
impl Query for Statement {
    type SqlType = Untyped;
}
impl diesel::RunQueryDsl<diesel::SqliteConnection> for Statement {}

/// The columns of one row, by name.
pub trait Cells {
    /// A text column, or NULL.
    ///
    /// # Errors
    /// There is no such column, or it holds something else.
    fn text(&self, column: &str) -> deserialize::Result<Option<String>>;
    /// A whole-number column, or NULL.
    ///
    /// # Errors
    /// As [`Cells::text`].
    fn int(&self, column: &str) -> deserialize::Result<Option<i64>>;
    /// A truth column, or NULL.
    ///
    /// # Errors
    /// As [`Cells::text`].
    fn flag(&self, column: &str) -> deserialize::Result<Option<bool>>;
    /// A column of bytes, or NULL.
    ///
    /// # Errors
    /// As [`Cells::text`].
    fn bytes(&self, column: &str) -> deserialize::Result<Option<Vec<u8>>>;
}

struct Named<'r, R, DB>(&'r R, std::marker::PhantomData<DB>);

impl<'a, R, DB> Cells for Named<'_, R, DB>
where
    R: NamedRow<'a, DB>,
    DB: Backend,
    Option<String>: deserialize::FromSql<Nullable<Text>, DB>,
    Option<i64>: deserialize::FromSql<Nullable<BigInt>, DB>,
    Option<bool>: deserialize::FromSql<Nullable<Bool>, DB>,
    Option<Vec<u8>>: deserialize::FromSql<Nullable<Binary>, DB>,
{
    fn text(&self, column: &str) -> deserialize::Result<Option<String>> {
        NamedRow::get::<Nullable<Text>, _>(self.0, column)
    }
    fn int(&self, column: &str) -> deserialize::Result<Option<i64>> {
        NamedRow::get::<Nullable<BigInt>, _>(self.0, column)
    }
    fn flag(&self, column: &str) -> deserialize::Result<Option<bool>> {
        NamedRow::get::<Nullable<Bool>, _>(self.0, column)
    }
    fn bytes(&self, column: &str) -> deserialize::Result<Option<Vec<u8>>> {
        NamedRow::get::<Nullable<Binary>, _>(self.0, column)
    }
}

/// A struct that a row becomes.
pub trait FromRow: Sized + Send + 'static {
    /// Reads the row's columns.
    ///
    /// # Errors
    /// A column is missing or holds what the domain type refuses.
    fn from_row(cells: &dyn Cells) -> deserialize::Result<Self>;
}

/// One number, from a column named `n`: counts and flags of existence.
impl FromRow for i64 {
    fn from_row(cells: &dyn Cells) -> deserialize::Result<Self> {
        i64::from_cell(cells, "n")
    }
}

/// One text, from a column named `word`.
impl FromRow for String {
    fn from_row(cells: &dyn Cells) -> deserialize::Result<Self> {
        String::from_cell(cells, "word")
    }
}

/// The wrapper that lets diesel build any [`FromRow`].
pub(super) struct Built<T>(pub(super) T);

impl<T: FromRow> QueryableByName<Sqlite> for Built<T> {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> deserialize::Result<Self> {
        T::from_row(&Named::<_, Sqlite>(row, std::marker::PhantomData)).map(Built)
    }
}
impl<T: FromRow> QueryableByName<Pg> for Built<T> {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> deserialize::Result<Self> {
        T::from_row(&Named::<_, Pg>(row, std::marker::PhantomData)).map(Built)
    }
}

/// The families of columns that both engines share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Text.
    Text,
    /// 64-bit whole numbers.
    Int,
    /// Truth values.
    Flag,
    /// Bytes.
    Bytes,
}

/// A domain type that stands in one column.
pub trait Column: Sized {
    /// Which family of columns it stands in.
    const FAMILY: Family;
    /// As a parameter.
    fn to_value(&self) -> Value;
    /// From a row.
    ///
    /// # Errors
    /// The column is missing, NULL where that is not allowed, or holds something else.
    fn from_cell(cells: &dyn Cells, column: &str) -> deserialize::Result<Self>;
}

fn present<T>(value: Option<T>, column: &str) -> deserialize::Result<T> {
    value.ok_or_else(|| format!("column `{column}` is NULL").into())
}

impl Column for String {
    const FAMILY: Family = Family::Text;
    fn to_value(&self) -> Value {
        Value::Text(Some(self.clone()))
    }
    fn from_cell(cells: &dyn Cells, column: &str) -> deserialize::Result<Self> {
        present(cells.text(column)?, column)
    }
}
impl Column for &str {
    const FAMILY: Family = Family::Text;
    fn to_value(&self) -> Value {
        Value::Text(Some((*self).to_owned()))
    }
    fn from_cell(_: &dyn Cells, column: &str) -> deserialize::Result<Self> {
        Err(format!("column `{column}` can not be borrowed from a row").into())
    }
}
impl Column for i64 {
    const FAMILY: Family = Family::Int;
    fn to_value(&self) -> Value {
        Value::Int(Some(*self))
    }
    fn from_cell(cells: &dyn Cells, column: &str) -> deserialize::Result<Self> {
        present(cells.int(column)?, column)
    }
}
impl Column for bool {
    const FAMILY: Family = Family::Flag;
    fn to_value(&self) -> Value {
        Value::Flag(Some(*self))
    }
    fn from_cell(cells: &dyn Cells, column: &str) -> deserialize::Result<Self> {
        present(cells.flag(column)?, column)
    }
}
impl Column for Vec<u8> {
    const FAMILY: Family = Family::Bytes;
    fn to_value(&self) -> Value {
        Value::Bytes(Some(self.clone()))
    }
    fn from_cell(cells: &dyn Cells, column: &str) -> deserialize::Result<Self> {
        present(cells.bytes(column)?, column)
    }
}
impl Column for Time {
    const FAMILY: Family = Family::Int;
    fn to_value(&self) -> Value {
        Value::Int(Some(self.micros()))
    }
    fn from_cell(cells: &dyn Cells, column: &str) -> deserialize::Result<Self> {
        i64::from_cell(cells, column).map(Time::from_micros)
    }
}
impl<K: Kind> Column for Id<K> {
    const FAMILY: Family = Family::Text;
    fn to_value(&self) -> Value {
        Value::Text(Some(self.to_string()))
    }
    fn from_cell(cells: &dyn Cells, column: &str) -> deserialize::Result<Self> {
        Ok(String::from_cell(cells, column)?.parse()?)
    }
}
impl Column for Slug {
    const FAMILY: Family = Family::Text;
    fn to_value(&self) -> Value {
        Value::Text(Some(self.to_string()))
    }
    fn from_cell(cells: &dyn Cells, column: &str) -> deserialize::Result<Self> {
        Ok(String::from_cell(cells, column)?.parse()?)
    }
}
impl Column for Email {
    const FAMILY: Family = Family::Text;
    fn to_value(&self) -> Value {
        Value::Text(Some(self.to_string()))
    }
    fn from_cell(cells: &dyn Cells, column: &str) -> deserialize::Result<Self> {
        Ok(String::from_cell(cells, column)?.parse()?)
    }
}
impl Column for Language {
    const FAMILY: Family = Family::Text;
    fn to_value(&self) -> Value {
        Value::Text(Some(self.tag().to_owned()))
    }
    fn from_cell(cells: &dyn Cells, column: &str) -> deserialize::Result<Self> {
        let tag = String::from_cell(cells, column)?;
        Language::from_tag(&tag).ok_or_else(|| format!("`{tag}` is not a language of this service").into())
    }
}
impl<T: Column> Column for Option<T> {
    const FAMILY: Family = T::FAMILY;
    fn to_value(&self) -> Value {
        match self {
            Some(value) => value.to_value(),
            None => match T::FAMILY {
                Family::Text => Value::Text(None),
                Family::Int => Value::Int(None),
                Family::Flag => Value::Flag(None),
                Family::Bytes => Value::Bytes(None),
            },
        }
    }
    fn from_cell(cells: &dyn Cells, column: &str) -> deserialize::Result<Self> {
        let null = match T::FAMILY {
            Family::Text => cells.text(column)?.is_none(),
            Family::Int => cells.int(column)?.is_none(),
            Family::Flag => cells.flag(column)?.is_none(),
            Family::Bytes => cells.bytes(column)?.is_none(),
        };
        if null { Ok(None) } else { T::from_cell(cells, column).map(Some) }
    }
}

/// Declares a row: a struct whose fields carry the names of the columns they are read from.
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$fmeta:meta])* $fvis:vis $field:ident: $type:ty),* $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$fmeta])* $fvis $field: $type),* }
        impl $crate::db::FromRow for $name {
            fn from_row(cells: &dyn $crate::db::Cells) -> diesel::deserialize::Result<Self> {
                Ok(Self { $($field: <$type as $crate::db::Column>::from_cell(cells, stringify!($field))?),* })
            }
        }
    };
}
pub(crate) use row;

/// Declares how an enum of plain words stands in a text column.
macro_rules! word_column {
    ($name:ident { $($variant:ident => $word:literal),* $(,)? }) => {
        impl $name {
            /// The word in the database and in the API.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
            /// The value of a word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
        impl $crate::db::Column for $name {
            const FAMILY: $crate::db::sql::Family = $crate::db::sql::Family::Text;
            fn to_value(&self) -> $crate::db::sql::Value {
                $crate::db::sql::Value::Text(Some(self.word().to_owned()))
            }
            fn from_cell(cells: &dyn $crate::db::Cells, column: &str) -> diesel::deserialize::Result<Self> {
                let word = <String as $crate::db::Column>::from_cell(cells, column)?;
                Self::from_word(&word).ok_or_else(|| format!("`{word}` is no {}", stringify!($name)).into())
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }
    };
}
pub(crate) use word_column;
