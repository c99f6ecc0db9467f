//! The message catalogue: every visible sentence in every language, read from Fluent files, with English where another language has a hole.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde_json::Value as Json;
use unic_langid::LanguageIdentifier;

/// The language that every message exists in and that others fall back to.
pub const DEFAULT_LANG: &str = "en";

/// Why a catalogue could not be read or a sentence not be said.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// A file is not Fluent, or says one key twice.
    #[error("words for `{lang}`: {what}")]
    Unreadable { lang: String, what: String },
    /// The default language has no file at all.
    #[error("no words for the default language `{DEFAULT_LANG}`")]
    NoDefault,
    /// No language has the key.
    #[error("no message `{0}`")]
    NoMessage(String),
    /// The message wants a variable that was not given.
    #[error("message `{key}` in `{lang}`: {what}")]
    Unsaid { key: String, lang: String, what: String },
}

/// All languages' messages; cheap to share, safe to use from any thread.
pub struct Words {
    bundles: BTreeMap<String, FluentBundle<FluentResource>>,
}

impl Words {
    /// Reads files given as (language code, text); a language may have any number of them.
    ///
    /// # Errors
    /// A file that is not Fluent, a key said twice in one language, or no English at all.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, Cow<'a, str>)>) -> Result<Self, WordsError> {
        let mut bundles: BTreeMap<String, FluentBundle<FluentResource>> = BTreeMap::new();
        for (lang, text) in files {
            let unreadable = |what: String| WordsError::Unreadable { lang: lang.to_owned(), what };
            let id: LanguageIdentifier = lang.parse().map_err(|e| unreadable(format!("{e:?}")))?;
            let resource = FluentResource::try_new(text.into_owned()).map_err(|(_, e)| unreadable(format!("{e:?}")))?;
            let bundle = bundles.entry(lang.to_owned()).or_insert_with(|| {
                let mut bundle = FluentBundle::new_concurrent(vec![id]);
                bundle.set_use_isolating(false);
                bundle.set_formatter(Some(if spaced(lang) { numbers_fr } else { numbers_en }));
                bundle
            });
            bundle.add_resource(resource).map_err(|e| unreadable(format!("{e:?}")))?;
        }
        if bundles.contains_key(DEFAULT_LANG) { Ok(Self { bundles }) } else { Err(WordsError::NoDefault) }
    }

    /// The languages that have a file, in alphabetical order.
    pub fn langs(&self) -> impl Iterator<Item = &str> {
        self.bundles.keys().map(String::as_str)
    }

    /// Whether the default language has this message.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundles.get(DEFAULT_LANG).is_some_and(|bundle| bundle.has_message(key))
    }

    /// One sentence in a language, or in English where that language has none.
    ///
    /// # Errors
    /// The key exists nowhere, or the message wants a variable that `args` lacks.
    pub fn say(&self, lang: &str, key: &str, args: &FluentArgs<'_>) -> Result<String, WordsError> {
        for lang in [lang, DEFAULT_LANG] {
            let Some(bundle) = self.bundles.get(lang) else {
                continue;
            };
            let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
                continue;
            };
            let mut wrong = Vec::new();
            let said = bundle.format_pattern(pattern, Some(args), &mut wrong);
            return match wrong.first() {
                None => Ok(said.into_owned()),
                Some(what) => {
                    Err(WordsError::Unsaid { key: key.to_owned(), lang: lang.to_owned(), what: what.to_string() })
                }
            };
        }
        Err(WordsError::NoMessage(key.to_owned()))
    }

    /// A sentence with no variables; the key itself where there is none, so that a page never fails over it.
    #[must_use]
    pub fn plain(&self, lang: &str, key: &str) -> String {
        self.say(lang, key, &FluentArgs::new()).unwrap_or_else(|_| key.to_owned())
    }

    /// The language to speak: the person's own choice, else the best of an `Accept-Language` header, else English.
    #[must_use]
    pub fn pick(&self, chosen: Option<&str>, accept: Option<&str>) -> &str {
        let known = |wanted: &str| {
            let primary = wanted.split('-').next().unwrap_or(wanted).trim();
            self.bundles.keys().find(|lang| lang.eq_ignore_ascii_case(primary)).map(String::as_str)
        };
        if let Some(lang) = chosen.and_then(known) {
            return lang;
        }
        let mut best = (0.0_f32, DEFAULT_LANG);
        for part in accept.unwrap_or_default().split(',') {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default();
            let weight = pieces.find_map(|p| p.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
            if let Some(lang) = known(tag)
                && weight > best.0
            {
                best = (weight, lang);
            }
        }
        best.1
    }
}

/// A JSON scalar as a Fluent variable: numbers stay numbers (for plurals), the rest becomes text.
#[must_use]
pub fn variable(value: &Json) -> FluentValue<'static> {
    match value {
        Json::Number(n) => n.as_f64().map_or(FluentValue::None, FluentValue::from),
        Json::String(s) => FluentValue::from(s.clone()),
        Json::Bool(b) => FluentValue::from(b.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => FluentValue::from(String::new()),
    }
}

/// Whether a language groups digits by spaces, and writes a comma before the decimals and a space before the per cent sign:
/// French, and Spanish as the academies of the language recommend.
fn spaced(lang: &str) -> bool {
    matches!(lang, "fr" | "es")
}

/// A number the way a language writes it: grouped by thousands, at most two decimals.
#[must_use]
pub fn number(lang: &str, n: f64) -> String {
    let (group, point) = if spaced(lang) { ("\u{202f}", ",") } else { (",", ".") };
    let text = format!("{:.2}", n.abs());
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + 4);
    if n < 0.0 {
        out.push('\u{2212}');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push_str(group);
        }
        out.push(digit);
    }
    let rest = rest.trim_end_matches('0');
    if !rest.is_empty() {
        out.push_str(point);
        out.push_str(rest);
    }
    out
}

/// A share the way a language writes it, to a tenth of a percent.
#[must_use]
pub fn percent(lang: &str, n: f64) -> String {
    let figure = number(lang, (n * 10.0).round() / 10.0);
    if spaced(lang) { format!("{figure}\u{a0}%") } else { format!("{figure}%") }
}

fn numbers_en<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(n) => Some(number("en", n.value)),
        _ => None,
    }
}

fn numbers_fr<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(n) => Some(number("fr", n.value)),
        _ => None,
    }
}

/// Every message of a Fluent text with the variables that it names; for the check that languages agree.
#[must_use]
pub fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in text.lines() {
        if line.starts_with('#') {
            continue;
        }
        if !line.starts_with([' ', '}', '[', '*']) && !line.is_empty() {
            current = line.split_once('=').map(|(key, _)| key.trim().to_owned());
        }
        let Some(key) = &current else { continue };
        let vars = found.entry(key.clone()).or_default();
        for piece in line.split('$').skip(1) {
            vars.insert(piece.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-')).collect());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(number("en", 1_234_567.5), "1,234,567.5");
        assert_eq!(number("fr", 1_234.0), "1\u{202f}234");
        assert_eq!(number("en", -3.0), "\u{2212}3");
        assert_eq!(number("en", 100.0), "100");
    }

    #[test]
    fn the_readers_language_wins() {
        let words = Words::read([("en", Cow::from("a = A")), ("fr", Cow::from("a = Â"))]).unwrap();
        assert_eq!(words.pick(None, Some("fr-CA,en;q=0.8")), "fr");
        assert_eq!(words.pick(Some("en"), Some("fr")), "en");
        assert_eq!(words.pick(None, Some("de, *;q=0.1")), "en");
        assert_eq!(words.pick(Some("xx"), None), "en");
    }

    #[test]
    fn a_missing_variable_is_an_error() {
        let words = Words::read([("en", Cow::from("a = Hello { $name }"))]).unwrap();
        assert!(words.say("en", "a", &FluentArgs::new()).is_err());
        assert!(words.say("en", "b", &FluentArgs::new()).is_err());
    }
}
