//! Which database errors mean "away for now", and which mean a defect.

use crate::base::refusal::Broken;
use diesel::result::{DatabaseErrorKind, Error};

/// Words by which the engines say that they, their disk or their network are away.
const AWAY: &[&str] = &[
    "database or disk is full",
    "disk I/O error",
    "unable to open database file",
    "attempt to write a readonly database",
    "database is locked",
    "database disk image is malformed",
    "file is not a database",
    "connection closed",
    "error communicating with the server",
    "error connecting to server",
    "terminating connection",
    "the database system is",
    "too many clients",
    "remaining connection slots",
    "No space left on device",
    "could not extend file",
    "canceling statement due to",
    "server closed the connection",
];

pub(super) fn broken(error: Error) -> Broken {
    let away = match &error {
        Error::DatabaseError(
            DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::UnableToSendCommand
            | DatabaseErrorKind::ReadOnlyTransaction,
            _,
        )
        | Error::BrokenTransactionManager => true,
        Error::DatabaseError(_, information) => AWAY.iter().any(|words| information.message().contains(words)),
        _ => false,
    };
    if away { Broken::Unavailable(error.to_string()) } else { Broken::Defect(error.into()) }
}

/// Whether running the same action again may work: two transactions stood in each other's way.
pub(super) fn worth_retrying(broken: &Broken) -> bool {
    let Broken::Defect(error) = broken else { return false };
    match error.downcast_ref::<Error>() {
        Some(Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => true,
        Some(Error::DatabaseError(_, information)) => information.message().contains("deadlock detected"),
        _ => false,
    }
}

/// Whether a row was there and could not be read: the database itself had nothing to say against it.
#[must_use]
pub fn is_unreadable(broken: &Broken) -> bool {
    let Broken::Defect(error) = broken else { return false };
    error.downcast_ref::<Error>().is_none_or(|error| matches!(error, Error::DeserializationError(_)))
}
