//! Lists that leave the house as CSV: noted in the log first, then read and written page by page.

use super::kit::{Answer, Unfit, csv};
use crate::{
    actions::note_export::{self, Whose},
    base::{
        paging::{Listing, MOST, Paging},
        refusal::Fault,
    },
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::web::Bytes;
use serde::Serialize;

/// What an export was narrowed by, without what was not asked.
pub(super) fn narrowed(wanted: &impl Serialize) -> serde_json::Value {
    let mut filter = serde_json::to_value(wanted).unwrap_or_default();
    if let Some(fields) = filter.as_object_mut() {
        fields.retain(|name, value| !value.is_null() && name != "format");
    }
    filter
}

/// What leaves the house.
pub(super) struct Leaving<const N: usize> {
    /// The list's name, in the log and of the file.
    pub(super) list: &'static str,
    pub(super) whose: Whose,
    /// What it was narrowed by.
    pub(super) narrowed: serde_json::Value,
    /// The names of its columns.
    pub(super) head: [&'static str; N],
}

/// Gives every line of a list out as CSV, from `after` on.
///
/// # Errors
/// The caller may not read it, or something is away: before the first line is given out.
pub(super) async fn export<const N: usize, R>(
    desk: &Desk,
    caller: &Caller,
    leaving: Leaving<N>,
    after: Option<String>,
    read: R,
) -> Answer
where
    R: AsyncFn(Paging) -> Result<Listing<[String; N]>, Failure> + 'static,
{
    let Leaving { list, whose, narrowed, head } = leaving;
    let most = |after| Paging { limit: MOST, after };
    // The first page is read, and the export noted, before anything is answered: what is refused is a problem document.
    let mut listing = read(most(after)).await?;
    note_export::note_export(&desk.app, &caller.actor, list, whose, narrowed).await?;
    let day = desk.app.now().timestamp().strftime("%Y%m%dT%H%M%SZ").to_string();
    let (response, pen) = csv::download(&format!("{list}-{day}.csv"));
    let first: Result<Bytes, Failure> =
        csv::text(std::iter::once(head.map(str::to_owned)).chain(std::mem::take(&mut listing.items)));
    let mut next = listing.next;
    actix_web::rt::spawn(async move {
        let mut reading = pen.write(first).await;
        while let (true, Some(cursor)) = (reading, next.take()) {
            let paging =
                Paging::parse(Some(MOST), Some(&cursor)).map_err(|_| Failure::from(Fault::from(Unfit::CursorForeign)));
            let listing = match paging {
                Ok(paging) => read(paging).await,
                Err(failure) => Err(failure),
            };
            let text = listing.and_then(|listing| {
                next = listing.next;
                csv::text(listing.items)
            });
            reading = pen.write(text).await;
        }
    });
    Ok(response)
}
