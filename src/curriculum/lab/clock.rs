//! Dates without a clock: a lab's result is the same on every day and on every machine, so nothing in it tells the time.
//!
//! SQLite's date functions read the clock for `'now'` and where no time is given, and the machine's time zone for
//! `localtime` and `utc`, also where these words are computed. So each of them is wrapped: the wrapper looks at the values
//! that it is called with, and has the engine's own function do the work in a database that holds nothing.

use super::{image, sandbox::LONGEST_VALUE, trouble::Trouble};
use rusqlite::{
    Connection, Error,
    functions::{Context, FunctionFlags},
    limits::Limit,
    params_from_iter,
    types::{Value, ValueRef},
};
use std::{
    cell::RefCell,
    sync::{Arc, Mutex, PoisonError},
};

/// The functions that can read the clock, each with the place of its first time.
const DATES: [(&str, usize); 7] =
    [("date", 0), ("datetime", 0), ("julianday", 0), ("strftime", 1), ("time", 0), ("timediff", 0), ("unixepoch", 0)];

/// Words and functions that are the clock or a random number by themselves, as the authorizer asks for them.
const BY_THEMSELVES: [(&str, &str); 5] = [
    ("current_date", "CURRENT_DATE"),
    ("current_time", "CURRENT_TIME"),
    ("current_timestamp", "CURRENT_TIMESTAMP"),
    ("random", "random()"),
    ("randomblob", "randomblob()"),
];

/// What denied a statement, if anything did: the first to say so.
pub(super) type Denial = Arc<Mutex<Option<Trouble>>>;

/// Notes why a statement is denied, unless that was noted before.
pub(super) fn deny(denial: &Denial, why: Trouble) {
    denial.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
}

/// Why a function is not there, where that is because it differs from one run to the next.
pub(super) fn by_itself(function: &str) -> Option<Trouble> {
    let (_, written) = BY_THEMSELVES.iter().find(|(name, _)| name.eq_ignore_ascii_case(function))?;
    Some(Trouble::Clock { what: (*written).to_owned() })
}

/// Puts the wrappers over a database's date functions.
pub(super) fn stop(open: &Connection, denial: &Denial) -> Result<(), Error> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    for (name, first) in DATES {
        let denial = Arc::clone(denial);
        open.create_scalar_function(name, -1, flags, move |context| {
            if let Some(asked) = asks(name, first, context) {
                deny(&denial, Trouble::Clock { what: asked.clone() });
                return Err(Error::UserFunctionError(format!("{asked} reads the clock").into()));
            }
            let values: Result<Vec<Value>, Error> = (0..context.len()).map(|at| context.get(at)).collect();
            by_the_engine(name, values?)
        })?;
    }
    Ok(())
}

/// How the call reads the clock or the time zone, in the words of a statement; nothing where it does not.
fn asks(name: &str, first: usize, context: &Context<'_>) -> Option<String> {
    if context.len() <= first {
        // `strftime()` without a format is an error of its own.
        let given = if first > 0 { "…" } else { "" };
        return (context.len() == first && name != "timediff").then(|| format!("{name}({given})"));
    }
    (0..context.len()).find_map(|at| {
        let (ValueRef::Text(word) | ValueRef::Blob(word)) = context.get_raw(at) else { return None };
        // The engine reads up to the first zero byte.
        let word = word.split(|byte| *byte == 0).next().unwrap_or_default();
        let is = |other: &str| word.eq_ignore_ascii_case(other.as_bytes());
        let a_time = at == first || (name == "timediff" && at < 2);
        let found = if is("now") && at >= first {
            "now"
        } else if is("localtime") && at > first {
            "localtime"
        } else if is("utc") && at > first {
            "utc"
        } else if a_time && is("subsec") {
            "subsec"
        } else if a_time && is("subsecond") {
            "subsecond"
        } else {
            return None;
        };
        let before = if at > 0 { "…, " } else { "" };
        Some(format!("{name}({before}'{found}')"))
    })
}

thread_local! {
    /// A database with the engine's own functions, and nothing in it.
    static OWN: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

fn by_the_engine(name: &str, values: Vec<Value>) -> Result<Value, Error> {
    OWN.with_borrow_mut(|own| {
        let open = match own {
            Some(open) => open,
            None => {
                let open = image::open()?;
                open.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_VALUE)?;
                own.insert(open)
            }
        };
        let places = vec!["?"; values.len()].join(", ");
        let asked = open
            .prepare(&format!("SELECT {name}({places})"))
            .and_then(|mut statement| statement.query_row(params_from_iter(values), |row| row.get(0)));
        asked.map_err(|error| match error {
            // The code alone says that a value became too long.
            Error::SqliteFailure(code, _) if code.code == rusqlite::ErrorCode::TooBig => {
                Error::SqliteFailure(code, None)
            }
            Error::SqlInputError { error, msg, .. } => Error::SqliteFailure(error, Some(msg)),
            other => other,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::hostile::numbers;
    use super::*;
    use crate::curriculum::lab::{sandbox::FUNCTIONS, table::Cell};

    #[test]
    fn dates_are_reckoned_as_the_engine_does() {
        let image = numbers();
        let one = |sql: &str| image.run(&format!("SELECT {sql}")).map(|table| table.rows[0][0].clone());
        let text = |text: &str| Ok(Cell::Text(text.to_owned()));
        assert_eq!(one("date('2026-03-01', '-1 day', 'start of month')"), text("2026-02-01"));
        assert_eq!(one("strftime('%Y-W%W', '2026-11-29')"), text("2026-W47"));
        assert_eq!(one("datetime(0, 'unixepoch')"), text("1970-01-01 00:00:00"));
        assert_eq!(one("time('12:00', '+90 minutes')"), text("13:30:00"));
        assert_eq!(one("unixepoch('2026-01-01')"), Ok(Cell::Integer(1_767_225_600)));
        assert_eq!(one("julianday('2000-01-01 12:00')"), Ok(Cell::Real(2_451_545.0)));
        assert_eq!(one("timediff('2026-03-01', '2026-02-01')"), text("+0000-01-00 00:00:00.000"));
        assert_eq!(one("datetime('2026-03-01 10:00:00.25', 'subsec')"), text("2026-03-01 10:00:00.250"));
        assert_eq!(one("date(NULL)"), Ok(Cell::Null));
        assert_eq!(one("date('no date')"), Ok(Cell::Null));
        assert_eq!(one("max(date('2026-03-0' || n)) FROM numbers WHERE n < 9"), text("2026-03-08"));
    }

    #[test]
    fn nothing_tells_the_time() {
        let image = numbers();
        for (sql, asked) in [
            ("datetime('now')", "datetime('now')"),
            ("strftime('%s', 'NOW')", "strftime(…, 'now')"),
            ("strftime('%s')", "strftime(…)"),
            ("date()", "date()"),
            ("unixepoch()", "unixepoch()"),
            ("julianday('n' || 'ow')", "julianday('now')"),
            ("time((SELECT 'now'))", "time('now')"),
            ("timediff('2026-01-01', 'now')", "timediff(…, 'now')"),
            ("date('subsec')", "date('subsec')"),
            ("datetime('2026-03-01', 'localtime')", "datetime(…, 'localtime')"),
            ("datetime('2026-03-01', 'UTC')", "datetime(…, 'utc')"),
            ("CURRENT_DATE", "CURRENT_DATE"),
            ("random()", "random()"),
        ] {
            let run = image.run(&format!("SELECT {sql}"));
            assert_eq!(run, Err(Trouble::Clock { what: asked.to_owned() }), "{sql}");
        }
        // What is not evaluated is not asked for, and a word in a text is no time.
        assert!(image.run("SELECT 'now', n FROM numbers WHERE n = 'now'").is_ok());
        // Nor does a data set.
        for made in ["INSERT INTO t VALUES (date('now'));", "INSERT INTO t VALUES (unixepoch());"] {
            assert!(image::Image::build(&["CREATE TABLE t (x);", made]).is_err(), "{made}");
        }
    }

    #[test]
    fn every_function_of_the_list_is_built_in() {
        let open = image::open().unwrap();
        let mut known = open.prepare("SELECT DISTINCT name FROM pragma_function_list").unwrap();
        let known: Vec<String> = known.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let missing: Vec<&str> =
            FUNCTIONS.into_iter().filter(|name| !known.iter().any(|builtin| builtin == name)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
