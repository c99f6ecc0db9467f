//! A question's hash and its way through JSON.

use super::*;
use crate::curriculum::samples;

#[test]
fn a_question_survives_json_and_keeps_its_hash() {
    let (curriculum, ..) = samples::read(samples::files());
    for (_, question) in curriculum.questions() {
        let json = serde_json::to_string(question.as_ref()).unwrap();
        let back: Question = serde_json::from_str(&json).unwrap();
        assert_eq!(&back, question.as_ref());
        assert_eq!(back.hash(), question.hash());
        assert_eq!(question.hash().len(), 32);
    }
}

#[test]
fn the_same_number_written_otherwise_is_the_same_question() {
    let hash = |report: &str| {
        let mut files = samples::files();
        files.insert("joins/banks/pool.bank.yaml".to_owned(), samples::POOL.replace("6.50", report).into_bytes());
        let (curriculum, ..) = samples::read(files);
        curriculum.questions().find(|(_, question)| question.id.as_str() == "q-exact").unwrap().1.hash()
    };
    assert_eq!(hash("6.50"), hash("6.5"));
    assert_eq!(hash("65e-1"), hash("+6.5"));
    assert_ne!(hash("6.5"), hash("6.6"));
}

#[test]
fn patterns_are_bounded() {
    assert!(pattern("(?i)^qualify$").unwrap().is_match("Qualify"));
    assert_eq!(pattern("(").unwrap_err(), "unclosed group");
    assert_eq!(pattern("(a{999}){999}").unwrap_err(), "the pattern is too large when compiled");
}
