//! Sentences for people: a refusal's code and facts in the caller's language.

use super::{
    caller::Caller,
    desk::Desk,
    render::{Clockwork, Grain},
};
use crate::base::refusal::{Fact, Missing, Refused};
use fluent_bundle::{FluentArgs, FluentValue};

/// A refusal's sentence: the message `refusal-<code>` with the refusal's facts.
#[must_use]
pub fn refusal(desk: &Desk, caller: &Caller, refused: &Refused) -> String {
    let Ok(words) = desk.words() else { return refused.sentence.clone() };
    let tag = caller.language.tag();
    let clockwork = Clockwork { words: &words, lang: tag, zone: &caller.zone, now: desk.app.now().micros() };
    let mut args = FluentArgs::new();
    for (name, fact) in &refused.facts {
        let value = match fact {
            Fact::Text(text) => FluentValue::from(text.clone()),
            Fact::Number(number) => FluentValue::from(*number),
            Fact::Moment(at) => FluentValue::from(clockwork.absolute(at.micros(), Grain::Minute)),
            Fact::Answer(_) => continue,
            Fact::NotBefore(at) => FluentValue::from(clockwork.not_before(at.micros(), Grain::Minute)),
        };
        args.set(*name, value);
    }
    words.say(tag, &format!("refusal-{}", refused.code), &args).unwrap_or_else(|error| {
        tracing::error!(code = refused.code, error = %error, "a refusal has no sentence");
        refused.sentence.clone()
    })
}

/// The name of what is missing in the caller's language, where it is a thing of the content; else as the refusal names it.
#[must_use]
pub fn missing_title(desk: &Desk, caller: &Caller, missing: &Missing) -> String {
    let course =
        missing.href.strip_prefix("/courses/").and_then(|rest| rest.split('/').next()).and_then(|id| id.parse().ok());
    let content = desk.app.content().ok();
    let course = course.and_then(|id| content.as_ref()?.curriculum.courses.get(&id));
    let title = match (missing.kind, course) {
        ("course", Some(course)) => Some(&course.title),
        ("module", Some(course)) => {
            missing.id.parse().ok().and_then(|id| course.module(&id)).map(|module| &module.title)
        }
        _ => None,
    };
    title.map_or_else(|| missing.title.clone(), |title| title.get(caller.language).to_owned())
}

/// A message without variables.
#[must_use]
pub fn plain(desk: &Desk, caller: &Caller, key: &str) -> String {
    desk.words().map_or_else(|_| key.to_owned(), |words| words.plain(caller.language.tag(), key))
}

/// A text for the query of an address (RFC 3986, section 2.1).
#[must_use]
pub fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}
