//! How true and false are called where the people write who made a bank: known by the word, never by where it stands.

use crate::base::text::folded;

/// Words for true and for false, folded. `w` and `r` alone are left out: they are letters of too many other things.
const WORDS: [(bool, &[&str]); 2] = [
    (
        true,
        &[
            // English; French; Spanish; German; Italian; Portuguese; Catalan; Dutch
            "true",
            "t",
            "vrai",
            "vraie",
            "v",
            "verdadero",
            "verdadera",
            "cierto",
            "wahr",
            "richtig",
            "vero",
            "vera",
            "verdadeiro",
            "verdadeira",
            "certo",
            "veritat",
            "cert",
            "waar",
            "juist",
        ],
    ),
    (
        false,
        &["false", "f", "faux", "fausse", "falso", "falsa", "falsch", "errado", "errada", "fals", "onwaar", "onjuist"],
    ),
];

/// Whether a text is a word for true or for false, and which; none for anything else. Case, accents, tags around it and a
/// full stop behind it do not count.
#[must_use]
pub fn judged(text: &str) -> Option<bool> {
    if text.len() > 200 {
        return None;
    }
    let bare = folded(&untagged(text));
    let bare = bare.trim_end_matches(['.', '!']).trim();
    WORDS.iter().find(|(_, words)| words.contains(&bare)).map(|(truth, _)| *truth)
}

/// A text without what stands in angle brackets.
fn untagged(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_any_language_and_nothing_else_is() {
        for word in ["True", "t", "Vrai", "VERDADERO", "wahr", "Vero", "verdadeiro", "V", "<p>Cierto</p>", "richtig."] {
            assert_eq!(judged(word), Some(true), "{word}");
        }
        for word in ["FALSE", "f", "Faux", "falso", "Falsch", "<p dir=\"ltr\">Falsa.</p>", " errado "] {
            assert_eq!(judged(word), Some(false), "{word}");
        }
        for word in ["", "yes", "no", "1", "0", "A", "truly", "vrai ou faux", "<p></p>", "правда", "w"] {
            assert_eq!(judged(word), None, "{word}");
        }
    }
}
