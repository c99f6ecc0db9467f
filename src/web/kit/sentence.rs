//! Sentences for people: a refusal's code and facts in the caller's language.

use super::{
    caller::Caller,
    desk::Desk,
    render::{Clockwork, Grain},
};
use crate::{
    actions::request_role::certification_title,
    app::Content,
    base::{
        refusal::{Fact, Missing, Refused},
        text::{Language, Slug},
    },
};
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
    let named = desk.app.content().ok().and_then(|content| title(&content, caller.language, missing));
    named.unwrap_or_else(|| missing.title.clone())
}

/// What is missing, named in the caller's language.
#[must_use]
pub fn missing(desk: &Desk, caller: &Caller, refused: &Refused) -> Vec<Missing> {
    let named = |missing: &Missing| Missing { title: missing_title(desk, caller, missing), ..missing.clone() };
    refused.missing.iter().map(named).collect()
}

fn title(content: &Content, language: Language, missing: &Missing) -> Option<String> {
    let id: Slug = missing.id.parse().ok()?;
    let course = || {
        let place = missing.href.strip_prefix("/courses/").or_else(|| missing.href.strip_prefix("/quizzes/"))?;
        content.curriculum.courses.get(&place.split('/').next()?.parse::<Slug>().ok()?)
    };
    let words = match missing.kind {
        "course" => &course()?.title,
        "module" => &course()?.module(&id)?.title,
        "exam" => &course()?.quiz(&id)?.title,
        "grant" => &content.catalogue.roles.get(&id)?.title,
        "certification" => return Some(certification_title(content, &id, language)),
        _ => return None,
    };
    Some(words.get(language).to_owned())
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
