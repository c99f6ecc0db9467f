//! The query of an address, read into a type that knows all its fields; and the part of it that pages through lists.

use super::{Unfit, culprit};
use crate::{
    actions::read_report,
    base::{
        paging::{MOST, Paging},
        refusal::Fault,
    },
    curriculum::search,
    reports::report::Report,
    web::{
        api::shapes::{GrantId, PersonId, ReviewId, ReviewLineId},
        kit::failure::Failure,
    },
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use serde::{Deserialize, de::DeserializeOwned};
use std::future::{Ready, ready};
use utoipa::IntoParams;

/// A query. `lang` is everybody's, and read with the caller.
pub(in crate::web::api) struct Query<T>(pub(in crate::web::api) T);

impl<T: DeserializeOwned + 'static> FromRequest for Query<T> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.query_string()).map(Self).map_err(|unfit| Fault::from(unfit).into()))
    }
}

/// Reads a query.
fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unfit> {
    let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
    // A field without a value is a form's empty field: as if it were not there.
    let sent: Vec<&str> = text
        .split('&')
        .filter(|pair| pair.split_once('=').is_some_and(|(name, value)| name != "lang" && !value.is_empty()))
        .collect();
    let again = |keep: &dyn Fn(&str) -> bool| {
        let kept: Vec<&str> = sent.iter().copied().filter(|pair| keep(&name(pair))).collect();
        web::Query::<T>::from_query(&kept.join("&")).map(web::Query::into_inner).map_err(|error| {
            let text = error.to_string();
            text.split_once("Query deserialize error: ").map_or(text.clone(), |(_, why)| why.to_owned())
        })
    };
    again(&|_| true).map_err(|why| {
        let names: Vec<String> = sent.iter().map(|pair| name(pair)).collect();
        let field = culprit(names.iter().map(String::as_str), &why, |keep| again(keep).map(drop));
        Unfit::read(field, why)
    })
}

/// Which page of a list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web::api) struct Pages {
    /// How many lines, 1 to 1000; 50 unless said otherwise.
    #[param(minimum = 1, maximum = 1000, example = 50)]
    pub(in crate::web::api) limit: Option<usize>,
    /// The `next` of the page before.
    pub(in crate::web::api) cursor: Option<String>,
}

/// What a list remembers its last line by; a cursor of another list does not fit.
#[derive(Clone, Copy, Debug)]
pub(in crate::web::api) enum Key {
    /// A place in the log.
    Event,
    /// A grant.
    Grant,
    /// A review, or a line of one.
    Review,
    ReviewLine,
    /// A name with a person's id.
    Person,
    /// A line of a report.
    Report(Report),
    /// How well something was found, and its place among what can be.
    Found,
}

impl Key {
    fn fits(self, key: &str) -> bool {
        match self {
            Self::Event => key.parse::<i64>().is_ok(),
            Self::Report(report) => read_report::resume(report, key).is_some(),
            Self::Grant => key.parse::<GrantId>().is_ok(),
            Self::Review => key.parse::<ReviewId>().is_ok(),
            Self::ReviewLine => key.parse::<ReviewLineId>().is_ok(),
            Self::Found => search::parse_key(key).is_some(),
            Self::Person => key.rsplit_once('|').is_some_and(|(_, id)| id.parse::<PersonId>().is_ok()),
        }
    }
}

impl Pages {
    /// The page of a list that goes by `key`.
    ///
    /// # Errors
    /// The limit is out of its range, or the cursor is not one of this list.
    pub(in crate::web::api) fn paging(&self, key: Key) -> Result<Paging, Failure> {
        if self.limit.is_some_and(|limit| !(1..=MOST).contains(&limit)) {
            return Err(Fault::from(Unfit::field("limit", "1–1000")).into());
        }
        let paging = Paging::parse(self.limit, self.cursor.as_deref()).ok();
        let fits = |paging: &Paging| paging.after.as_deref().is_none_or(|after| key.fits(after));
        paging.filter(fits).ok_or_else(|| Fault::from(Unfit::CursorForeign).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_read_strictly() {
        let pages: Pages = read("limit=20&lang=fr&cursor=").unwrap();
        assert_eq!((pages.limit, pages.cursor), (Some(20), None));
        let blamed = |text: &str| match read::<Pages>(text) {
            Err(Unfit::Unreadable { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        let numbered = Pages { limit: None, cursor: Some("MTI".to_owned()) };
        assert_eq!(numbered.paging(Key::Event).unwrap().after.as_deref(), Some("12"));
        assert!(numbered.paging(Key::Grant).is_err() && numbered.paging(Key::Person).is_err());
        assert_eq!(blamed("limt=20").as_deref(), Some("limt"));
        assert_eq!(blamed("cursor=x&limit=many").as_deref(), Some("limit"));
    }
}
