//! Small texts with rules: slugs, e-mail addresses, names, texts in several languages, and comparison keys.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A name in files and addresses: lower-case letters, digits and hyphens, 1 to 64 of them, a letter or digit first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// A text that is not a slug.
#[derive(Debug, Clone, thiserror::Error)]
#[error("not a name: use 1 to 64 lower-case letters, digits and hyphens, a letter or digit first")]
pub struct NotASlug;

impl Slug {
    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
impl FromStr for Slug {
    type Err = NotASlug;
    fn from_str(text: &str) -> Result<Self, NotASlug> {
        let fits = (1..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-');
        if fits { Ok(Self(text.to_owned())) } else { Err(NotASlug) }
    }
}
impl TryFrom<String> for Slug {
    type Error = NotASlug;
    fn try_from(text: String) -> Result<Self, NotASlug> {
        text.parse()
    }
}
impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}
impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An e-mail address, in lower case: one `@`, something on each side, no spaces, at most 254 bytes (RFC 5321, section 4.5.3.1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// A text that is not an e-mail address.
#[derive(Debug, Clone, thiserror::Error)]
#[error("not an e-mail address")]
pub struct NotAnEmail;

impl Email {
    /// The address in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// What stands before the `@`.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.0.split_once('@').map_or(self.as_str(), |(local, _)| local)
    }
}
impl FromStr for Email {
    type Err = NotAnEmail;
    fn from_str(text: &str) -> Result<Self, NotAnEmail> {
        let text = text.trim().to_lowercase();
        let parts = text.split_once('@').filter(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !domain.contains('@') && !domain.starts_with('.')
        });
        let clean =
            !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | ',' | ';'));
        if parts.is_some() && clean && text.len() <= 254 { Ok(Self(text)) } else { Err(NotAnEmail) }
    }
}
impl TryFrom<String> for Email {
    type Error = NotAnEmail;
    fn try_from(text: String) -> Result<Self, NotAnEmail> {
        text.parse()
    }
}
impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}
impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A language of the interface and of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English, the default.
    #[default]
    En,
    /// French.
    Fr,
    /// Spanish.
    Es,
}

impl Language {
    /// Every language that the interface speaks.
    pub const ALL: [Language; 3] = [Self::En, Self::Fr, Self::Es];

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Es => "es",
        }
    }

    /// Its own name for itself.
    #[must_use]
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::Es => "Español",
        }
    }

    /// Whether a comma stands before the decimals.
    #[must_use]
    pub fn decimal_comma(self) -> bool {
        matches!(self, Self::Fr | Self::Es)
    }

    /// The language of a BCP 47 tag, by its first subtag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let first = tag.split(['-', '_']).next()?.trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|language| language.tag() == first)
    }

    /// The best language for an `Accept-Language` header (RFC 9110, section 12.5.4); English where none fits.
    #[must_use]
    pub fn negotiate(header: &str) -> Self {
        let mut best = (0_u32, Self::En);
        for part in header.split(',').take(32) {
            let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
            let weight = weight.trim().parse::<f32>().unwrap_or(0.0).clamp(0.0, 1.0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
            let weight = (weight * 1_000.0) as u32;
            if let Some(language) = Self::from_tag(tag)
                && weight > best.0
            {
                best = (weight, language);
            }
        }
        best.1
    }
}

/// A text by language; English is always there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(transparent)]
pub struct Words(BTreeMap<Language, String>);

impl Words {
    /// A text in English only.
    pub fn english(text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(Language::En, text.into())]))
    }
    /// Adds or replaces the text of one language.
    pub fn set(&mut self, language: Language, text: String) {
        self.0.insert(language, text);
    }
    /// The text in `language`, or else in English.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        self.0.get(&language).or_else(|| self.0.get(&Language::En)).map_or("", String::as_str)
    }
    /// Whether the text stands in this language.
    #[must_use]
    pub fn has(&self, language: Language) -> bool {
        self.0.contains_key(&language)
    }
}

/// A key for comparing what people typed: compatibility-decomposed, without accents, in lower case, letters that are two in
/// one or have a stroke as they are typed without them, white space folded.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match letter {
            'œ' => bare.push_str("oe"),
            'æ' => bare.push_str("ae"),
            'ß' => bare.push_str("ss"),
            'ø' => bare.push('o'),
            other => bare.push(other),
        }
    }
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A team's name for people.
#[must_use]
pub fn label(team: &str) -> String {
    // Two letters are initials: IT, HR.
    if team.chars().count() <= 2 {
        return team.to_uppercase();
    }
    let words = team.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How much of words that came from outside is kept, in characters.
pub const MOST_SAID: usize = 300;

/// Words that came from outside, so short and plain that they can be shown.
#[must_use]
pub fn shortened(words: &str) -> String {
    let plain: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_SAID).collect();
    plain.trim().trim_end_matches(':').to_owned()
}

/// The nearest of `candidates` to what was written, where one is near enough to suggest.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(written, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len().max(written.len()) / 4)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_keep_their_rules() {
        assert!("data-foundations".parse::<Slug>().is_ok());
        assert!("Data".parse::<Slug>().is_err());
        assert_eq!(" Ana@Example.COM ".parse::<Email>().unwrap().as_str(), "ana@example.com");
        assert!("ana@@example.com".parse::<Email>().is_err());
        assert_eq!(folded("  Été  Qualify "), "ete qualify");
        assert_eq!(folded("Cœur ŒUVRE Æon Ørsted Straße STRAẞE"), "coeur oeuvre aeon orsted strasse strasse");
        assert_eq!(nearest("objectivs", ["objectives", "options"]), Some("objectives"));
        assert_eq!(nearest("zzz", ["objectives"]), None);
    }

    #[test]
    fn what_comes_from_outside_is_short_and_plain() {
        assert_eq!(shortened(" code: a\u{7}b "), "code: a b");
        assert_eq!(shortened("code: "), "code");
        assert_eq!(shortened(&"é".repeat(2_000)).chars().count(), MOST_SAID);
    }

    #[test]
    fn languages_are_negotiated_by_weight() {
        assert_eq!(Language::negotiate("de, fr-FR;q=0.8, en;q=0.5"), Language::Fr);
        assert_eq!(Language::negotiate("ja"), Language::En);
        assert_eq!(Language::negotiate("en-GB,fr;q=0.9"), Language::En);
    }
}
