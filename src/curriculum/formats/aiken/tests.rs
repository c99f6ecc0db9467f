//! Aiken as it is specified, and as it is written.

use super::*;

fn found(text: &str) -> Vec<Found> {
    read(&Text::new(text, Vec::new()))
}

fn one(text: &str) -> Draft {
    match found(text).pop() {
        Some(Found::Question(draft)) => *draft,
        other => panic!("{other:?}"),
    }
}

fn right(text: &str) -> Vec<String> {
    match one(text).body {
        Body::Pick { ticks, .. } => {
            ticks.into_iter().filter(|tick| tick.percent > Decimal::ZERO).map(|tick| tick.text.text).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn why(text: &str) -> String {
    match found(text).pop() {
        Some(Found::LeftOut { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn letters_numbers_and_blank_lines() {
    assert_eq!(right("Q?\nA. x\nB. y\nANSWER: B"), ["y"]);
    assert_eq!(right("Q?\r\n\r\nA) x\r\n\r\nB) y\r\n\r\nanswer: a"), ["x"]);
    assert_eq!(right("1. Q?\n1. x\n2. y\nAnswer: 2"), ["y"]);
    assert_eq!(right("Q?\nA. x\nB. y\nC. z\nANSWER: A, C"), ["x", "z"]);
    assert_eq!(found("Q?\nA. x\nB. y\nANSWER: A\nR?\nA. x\nB. y\nANSWER: B").len(), 2);
    assert_eq!(one("A long\nstem\nA. x\n more\nB. y\nANSWER: A").ask.text, "A long\nstem");
}

#[test]
fn feedback_and_types_are_read_with_a_note() {
    let draft = one("multichoice\nQ?\nA. x\nB. y\nAnswer: B\nFeedback: Because.");
    assert_eq!(draft.feedback.unwrap().text, "Because.");
    assert_eq!(draft.notes.len(), 2);
    assert!(matches!(one("truefalse\nQ.\nAnswer: True").body, Body::Judge { answer: true, .. }));
    for (word, truth) in [("Vrai", true), ("faux", false), ("Verdadero", true), ("F", false), ("V", true)] {
        let text = format!("truefalse\nQ.\nAnswer: {word}");
        assert!(matches!(one(&text).body, Body::Judge { answer, .. } if answer == truth), "{word}");
    }
    assert!(why("truefalse\nQ.\nAnswer: maybe").contains("no word for true or false"));
    assert!(matches!(one("essay\nWrite.").body, Body::Essay { .. }));
    assert!(matches!(one("numerical\nHow many?\nAnswer: 5, 7").body, Body::Count { .. }));
}

#[test]
fn gaps_orders_and_pairs_that_aiken_does_not_have() {
    let Body::Cloze(pieces) = one("cloze\nUse {1:MULTICHOICE:=a~b}\nand {1:sa:=c}.").body else { panic!() };
    assert_eq!(pieces.iter().filter(|piece| matches!(piece, Piece::Gap(..))).count(), 2);
    assert!(matches!(one("Use {1:MC:=a~b}.").body, Body::Cloze(_)));
    let Body::Order { items, .. } = one("order\nAscending?\n1. 200\n2. 500\n3. 100\nANSWER: 3,1,2").body else {
        panic!()
    };
    assert_eq!(items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), ["100", "200", "500"]);
    let draft = one("matching\nCities?\n1. Yakutsk\nmatch: Russia\n2. Harbin\nMatch: China\nFeedback: Good!");
    assert_eq!(draft.feedback.unwrap().text, "Good!");
    let Body::Match { pairs, extra } = draft.body else { panic!() };
    let pairs: Vec<(&str, &str)> =
        pairs.iter().map(|(left, right)| (left.text.as_str(), right.text.as_str())).collect();
    assert_eq!((pairs, extra.len()), (vec![("Yakutsk", "Russia"), ("Harbin", "China")], 0));
}

#[test]
fn what_cannot_be_told_is_left_out_with_a_reason() {
    assert!(why("Q?\nA. x\nB. y\nANSWER: C").contains("`C`"));
    assert!(why("Q?\n0. x\n1. y\nANSWER: A").contains("0, 1"));
    assert!(why("Q?\nA. x\nB. y").contains("no ANSWER line"));
    assert!(why("Just text.").contains("without answers"));
    assert!(why("cloze\nText without a gap").contains("no gap"));
    assert!(why("cloze\nText {1:MULTIRESPONSE:=x~=y}").contains("several answers at once"));
    assert!(why("order\nQ?\n1. x\n2. y\nANSWER: 2").contains("where 1 belongs"));
    assert!(why("order\nQ?\n1. x\n2. y\nANSWER: 2, 1, 2").contains("something twice"));
    assert!(why("matching\nQ?\n1. x\nmatch: a\n2. y").contains("below the answer 2"));
    // The one behind it is read all the same.
    let all = found("Q?\nA. x\nB. y\n\nR?\nA. x\nB. y\nANSWER: A\n");
    assert!(matches!(all[..], [Found::LeftOut { .. }, Found::Question(_)]), "{all:?}");
}
