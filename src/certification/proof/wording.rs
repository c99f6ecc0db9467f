//! The words of the paper, in every language, and the paper of a certificate.

use super::paper::{self, Paper};
use crate::{
    base::{
        clock::Time,
        refusal::Broken,
        text::Language,
        words::{Words, WordsError},
    },
    certification::{badge::Badge, certificate::Certificate},
};
use fluent_bundle::{FluentArgs, FluentValue};
use jiff::tz::TimeZone;
use std::{borrow::Cow, sync::LazyLock};

/// The messages of the paper.
static WORDS: LazyLock<Result<Words, WordsError>> = LazyLock::new(|| {
    Words::read([
        ("en", Cow::Borrowed(include_str!("../../../templates/words/en/paper.ftl"))),
        ("es", Cow::Borrowed(include_str!("../../../templates/words/es/paper.ftl"))),
        ("fr", Cow::Borrowed(include_str!("../../../templates/words/fr/paper.ftl"))),
    ])
});

/// A message of the paper.
fn say(language: Language, key: &str, facts: &[(&'static str, FluentValue<'static>)]) -> Result<String, Broken> {
    let words = WORDS.as_ref().map_err(|error| Broken::defect(format!("the words of the paper: {error}")))?;
    let mut args = FluentArgs::new();
    for (name, value) in facts {
        args.set(*name, value.clone());
    }
    words.say(language.tag(), &format!("paper-{key}"), &args).map_err(Broken::defect)
}

fn text(text: &str) -> FluentValue<'static> {
    FluentValue::from(text.to_owned())
}

/// A day as people write it; days are those of UTC, so that the paper says what the credential says.
fn day(at: Time, language: Language) -> Result<String, Broken> {
    let day = at.timestamp().to_zoned(TimeZone::UTC).date();
    let months = say(language, "months", &[])?;
    let month = months.split('|').nth(usize::try_from(day.month() - 1).unwrap_or(0)).unwrap_or_default();
    let number = FluentValue::from(i64::from(day.day()));
    say(language, "day", &[("day", number), ("month", text(month)), ("year", text(&day.year().to_string()))])
}

/// The certificate as a PDF, in one language.
///
/// # Errors
/// The paper does not draw.
pub fn pdf(
    base: &str,
    academy: Option<&str>,
    certificate: &Certificate,
    person: &str,
    badge: &Badge,
    language: Language,
) -> Result<Vec<u8>, Broken> {
    let host = base.split_once("://").map_or(base, |(_, host)| host);
    let id = certificate.id.to_string();
    let (issued, until) = (day(certificate.issued_at, language)?, day(certificate.expires_at, language)?);
    let (name, course) = (badge.wording.name.get(language), badge.wording.course.get(language));
    let plain = |key: &str| say(language, key, &[]);
    let of_host = |key: &str| say(language, key, &[("host", text(host))]);
    let called = academy.map(|name| format!("{name} · {host}"));
    let (called, how) = (called.map_or_else(|| of_host("academy"), Ok)?, of_host("how")?);
    let title = say(language, "title", &[("name", text(name)), ("person", text(person))])?;
    let version = text(&certificate.course_version.to_string());
    let course = say(language, "course", &[("course", text(course)), ("version", version), ("id", text(&id))])?;
    let (says, is, issued_on) = (plain("says")?, plain("is")?, plain("issued")?);
    let signed = academy.map_or_else(|| plain("signed"), |name| Ok(name.to_owned()))?;
    let (valid_until, check, code) = (plain("until")?, plain("check")?, plain("code")?);
    let words = paper::Wording {
        academy: &called,
        says: &says,
        is: &is,
        issued: &issued_on,
        until: &valid_until,
        signed: &signed,
        signed_how: &how,
        check: &check,
        code: &code,
        title: &title,
    };
    let made = certificate.issued_at.timestamp().to_zoned(TimeZone::UTC).date();
    let unsigned = |part: i8| u8::try_from(part).unwrap_or(1);
    let paper = Paper {
        id: &id,
        person,
        certification: name,
        criteria: badge.wording.criteria.get(language),
        url: &format!("{base}/certificates/{id}"),
        course: &course,
        issued: &issued,
        until: &until,
        made: (u16::try_from(made.year()).unwrap_or(1970), unsigned(made.month()), unsigned(made.day())),
        language: language.tag(),
        words,
    };
    paper::pdf(&paper).map_err(|error| Broken::defect(format!("the paper of {id}: {error:#}")))
}

/// What a badge's picture says to those who can not see it.
#[must_use]
pub fn alternative(name: &str, language: Language) -> String {
    say(language, "alternative", &[("name", text(name))]).unwrap_or_else(|_| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_people_write_them() {
        let at = Time::parse("2026-12-01T08:00:00Z").unwrap();
        assert_eq!(day(at, Language::En).unwrap(), "1 December 2026");
        assert_eq!(day(at, Language::Fr).unwrap(), "1er décembre 2026");
        assert_eq!(day(at, Language::Es).unwrap(), "1 de diciembre de 2026");
    }
}
