//! Pages of a long list: a limit and an opaque cursor that says where the last page ended.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;

/// The most lines that one page holds.
pub const MOST: usize = 1_000;

/// The most bytes of a line's key: a name of 100 characters beside an id.
const LONGEST: usize = 500;

/// Which part of a list is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// Lines, 1 to [`MOST`].
    pub limit: usize,
    /// The key of the last line of the page before.
    pub after: Option<String>,
}

/// A cursor that this service did not write.
#[derive(Debug, Clone, thiserror::Error)]
#[error("this cursor was not given by the list that it is used on")]
pub struct BadCursor;

impl Paging {
    /// Reads a limit (50 when absent) and the cursor of the page before.
    ///
    /// # Errors
    /// The cursor is not one of ours.
    pub fn parse(limit: Option<usize>, cursor: Option<&str>) -> Result<Self, BadCursor> {
        let after = match cursor.filter(|c| !c.is_empty()) {
            None => None,
            Some(cursor) => {
                let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| BadCursor)?;
                Some(
                    String::from_utf8(bytes)
                        .ok()
                        .filter(|key| key.len() <= LONGEST && !key.contains('\0'))
                        .ok_or(BadCursor)?,
                )
            }
        };
        Ok(Self { limit: limit.unwrap_or(50).clamp(1, MOST), after })
    }

    /// The first page of the given length.
    #[must_use]
    pub fn first(limit: usize) -> Self {
        Self { limit: limit.clamp(1, MOST), after: None }
    }

    /// How many rows to ask the database for: one more than the page holds tells whether there is a next page.
    #[must_use]
    pub fn probe(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(50) + 1
    }
}

/// One page of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Listing<T> {
    /// The lines.
    pub items: Vec<T>,
    /// The cursor of the next page, if there is one.
    pub next: Option<String>,
}

impl<T> Listing<T> {
    /// Cuts what [`Paging::probe`] fetched to the page, keeping the cursor of its last line.
    pub fn cut(mut rows: Vec<T>, paging: &Paging, key: impl Fn(&T) -> String) -> Self {
        let more = rows.len() > paging.limit;
        rows.truncate(paging.limit);
        let next = rows.last().filter(|_| more).map(|last| URL_SAFE_NO_PAD.encode(key(last)));
        Self { items: rows, next }
    }

    /// The page after this one, of so many lines; none where this is the last.
    ///
    /// # Errors
    /// A key is longer than a cursor may be.
    pub fn onward(&self, limit: usize) -> Result<Option<Paging>, BadCursor> {
        self.next.as_deref().map(|next| Paging::parse(Some(limit), Some(next))).transpose()
    }

    /// The same page with every line made into something else.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Listing<U> {
        Listing { items: self.items.into_iter().map(make).collect(), next: self.next }
    }
}
