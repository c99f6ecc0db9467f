//! What is found, in which order, how it is cut, and what never is.

use super::*;
use crate::{
    base::text::Words,
    curriculum::samples::{files, read},
};

fn thing(kind: ThingKind, id: &str, title: &str, body: &str) -> Thing {
    let mut thing = Thing::new(kind, id, format!("/{id}"), &Words::english(title));
    thing.say(Weight::Body, &Words::english(body));
    thing
}

fn found(index: &Index, text: &str, reader: Language) -> Vec<String> {
    let query = Query::parse(text).unwrap();
    index.search(&query, reader, None, 100).hits.into_iter().map(|hit| hit.href).collect()
}

fn plain(parts: &[Part]) -> String {
    parts.iter().map(|part| if part.marked { format!("[{}]", part.text) } else { part.text.clone() }).collect()
}

#[test]
fn queries_are_folded_and_bounded() {
    assert_eq!(Query::parse("L'ENTREPÔT d’Été").unwrap(), Query(vec!["entrepot".into(), "ete".into()]));
    assert_eq!(Query::parse("e\u{301}te\u{301} ete").unwrap().0, ["ete"]);
    assert_eq!(Query::parse("a b").unwrap().0, ["a", "b"]);
    assert!(Query::parse(" -- '\" ").unwrap().is_empty());
    assert_eq!(Query::parse(&"x".repeat(201)), Err(TooMuch));
    assert_eq!(Query::parse("one two three four five six seven eight nine"), Err(TooMuch));
    assert!(Query::parse(&"ab ".repeat(60)).is_ok(), "a word that repeats is one word");
}

#[test]
fn titles_outrank_objectives_headings_and_texts() {
    let (body, title) =
        (thing(ThingKind::Role, "body", "Other", "About joins."), thing(ThingKind::Role, "title", "Joins", "x"));
    let mut objective = thing(ThingKind::Role, "objective", "Other", "x");
    objective.say(Weight::Objective, &Words::english("Predict joins"));
    let mut heading = thing(ThingKind::Role, "heading", "Other", "x");
    heading.say(Weight::Heading, &Words::english("On joins"));
    let prefix = thing(ThingKind::Role, "prefix", "Joinsome", "x");
    let index = Index::of(vec![body, heading, prefix, objective, title]);
    assert_eq!(found(&index, "JOINS", Language::En), ["/title", "/prefix", "/objective", "/heading", "/body"]);
    assert_eq!(found(&index, "join", Language::En).len(), 5);
    assert!(found(&index, "oins", Language::En).is_empty(), "a word is found by its beginning");
    assert_eq!(found(&index, "about joi", Language::En), ["/body"], "every word must be there");
    assert!(found(&index, "", Language::En).is_empty());
}

#[test]
fn pages_go_on_after_a_key() {
    let index = Index::of((0..7).map(|n| thing(ThingKind::Role, &format!("r{n}"), "Same", "text")).collect());
    let query = Query::parse("same").unwrap();
    let first = index.search(&query, Language::Fr, None, 3);
    let second = index.search(&query, Language::Fr, Some(&first.hits[2].key), 10);
    assert_eq!((first.total, second.total, second.hits.len()), (7, 7, 4));
    assert_eq!(second.hits[0].href, "/r3");
    assert_eq!(parse_key("nonsense"), None);
}

#[test]
fn what_was_found_is_marked_and_cut_between_words() {
    let long = format!("{} the Été <b>sale</b> of {}", "before ".repeat(40), "after ".repeat(60));
    let parts = parts(&long, &Query::parse("ete sal").unwrap(), SHOWN);
    let text = plain(&parts);
    assert!(text.starts_with("… before") && text.ends_with("after …"), "{text}");
    assert!(text.contains("the [Été] <b>[sale]</b> of"), "marks are parts, not markup: {text}");
    assert!(text.chars().count() <= SHOWN + 8, "{text}");
    let one = super::parts(&"é".repeat(400), &Query::parse("ee").unwrap(), SHOWN);
    assert!(one.iter().all(|part| !part.text.is_empty()));
}

#[test]
fn modules_lead_to_the_heading_and_the_reader_s_language_comes_first() {
    let index = Index::of(read(files()).0.things());
    assert_eq!(found(&index, "two many", Language::En), ["/courses/joins/fan#two-to-many"]);
    // Only the English text says so; the French page has no such heading.
    assert_eq!(found(&index, "two many", Language::Fr), ["/courses/joins/fan"]);
    assert_eq!(found(&index, "multiplient", Language::Fr), ["/courses/joins/fan"]);
    assert!(found(&index, "multiplient", Language::En).is_empty());
    assert_eq!(found(&index, "predit jointures", Language::Fr), ["/courses/joins"]);
    let query = Query::parse("reperer multipl").unwrap();
    let hit = index.search(&query, Language::Fr, None, 1).hits.remove(0);
    assert_eq!(
        (hit.kind, hit.language, plain(&hit.snippet)),
        (ThingKind::Module, Language::Fr, "[Repérer] une [multiplication]".into())
    );
}

/// No word that stands only in a bank or a quiz finds anything.
#[test]
fn banks_quizzes_and_keys_are_not_in_it() {
    let index = Index::of(read(files()).0.things());
    let mut tried = 0;
    let open: BTreeSet<String> = files()
        .iter()
        .filter(|(path, _)| path.ends_with(".md") || path.ends_with("course.yaml"))
        .flat_map(|(_, body)| {
            tokens(&String::from_utf8_lossy(body)).into_iter().map(|(_, word)| word).collect::<Vec<_>>()
        })
        .collect();
    for (path, body) in files().iter().filter(|(path, _)| path.contains(".bank.") || path.contains(".quiz.")) {
        for (_, word) in tokens(&String::from_utf8_lossy(body)) {
            let begins = open.range(word.clone()..).next().is_some_and(|next| next.starts_with(&word));
            if !begins {
                tried += 1;
                for reader in Language::ALL {
                    assert!(found(&index, &word, reader).is_empty(), "`{word}` of {path} is found");
                }
            }
        }
    }
    assert!(tried > 100, "{tried} words are too few to prove anything");
}
