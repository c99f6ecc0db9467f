//! The words in which an event says why (CAEP, section 2): to admins in English, to the person in their language.

use crate::base::{
    refusal::Broken,
    text::Language,
    words::{Words, WordsError},
};
use fluent_bundle::FluentArgs;
use serde_json::{Map, Value, json};
use std::{borrow::Cow, sync::LazyLock};

static WORDS: LazyLock<Result<Words, WordsError>> = LazyLock::new(|| {
    Words::read([
        ("en", Cow::Borrowed(include_str!("../../templates/words/en/signal_reasons.ftl"))),
        ("es", Cow::Borrowed(include_str!("../../templates/words/es/signal_reasons.ftl"))),
        ("fr", Cow::Borrowed(include_str!("../../templates/words/fr/signal_reasons.ftl"))),
    ])
});

/// Why something ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    SignedOut,
    Ended,
    ShutOut,
    Password,
    Tool,
    Reused,
    Locked,
    Roles,
    LetIn,
    Erased,
}

impl Why {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::SignedOut,
        Self::Ended,
        Self::ShutOut,
        Self::Password,
        Self::Tool,
        Self::Reused,
        Self::Locked,
        Self::Roles,
        Self::LetIn,
        Self::Erased,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::SignedOut => "signal-why-signed-out",
            Self::Ended => "signal-why-ended",
            Self::ShutOut => "signal-why-shut-out",
            Self::Password => "signal-why-password",
            Self::Tool => "signal-why-tool",
            Self::Reused => "signal-why-reused",
            Self::Locked => "signal-why-locked",
            Self::Roles => "signal-why-roles",
            Self::LetIn => "signal-why-let-in",
            Self::Erased => "signal-why-erased",
        }
    }
}

/// The fields that say it.
///
/// # Errors
/// The words are not there.
pub fn say(why: Why, language: Option<Language>) -> Result<Map<String, Value>, Broken> {
    let words = WORDS.as_ref().map_err(|error| Broken::defect(format!("the words of signals: {error}")))?;
    let said = |language: Language| words.say(language.tag(), why.key(), &FluentArgs::new()).map_err(Broken::defect);
    let mut to_person = Map::new();
    for language in [Some(Language::default()), language].into_iter().flatten() {
        to_person.insert(language.tag().to_owned(), json!(said(language)?));
    }
    let english = Language::default();
    Ok(Map::from_iter([
        ("reason_admin".to_owned(), json!({ english.tag(): said(english)? })),
        ("reason_user".to_owned(), Value::Object(to_person)),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_said_in_every_language() {
        for why in Why::ALL {
            for language in Language::ALL {
                let said = say(why, Some(language)).unwrap();
                let text = said["reason_user"][language.tag()].as_str().unwrap();
                assert!(text.ends_with('.'), "{why:?}: {text}");
                assert!(
                    language == Language::default() || said["reason_user"]["en"] != text,
                    "{why:?} in {language:?}"
                );
                assert_eq!(said["reason_admin"]["en"], said["reason_user"]["en"]);
            }
        }
    }
}
