//! Moodle XML: every type, and files that are broken or mean harm.

use super::*;
use crate::curriculum::formats::neutral::{Body, Draft, Gap, Piece, Span};

fn found(text: &str) -> Vec<Found> {
    read(&Text::new(text, Vec::new()))
}

fn quiz(kind: &str, inner: &str) -> Vec<Found> {
    found(&format!(
        "<?xml version=\"1.0\"?>\n<quiz><question type=\"{kind}\"><name><text>N</text></name>\
         <questiontext format=\"html\"><text><![CDATA[<p>Q</p>]]></text></questiontext>{inner}</question></quiz>"
    ))
}

fn one(kind: &str, inner: &str) -> Draft {
    match quiz(kind, inner).pop() {
        Some(Found::Question(draft)) => *draft,
        other => panic!("{other:?}"),
    }
}

fn why(all: Vec<Found>) -> String {
    match all.into_iter().find(|found| matches!(found, Found::LeftOut { .. })) {
        Some(Found::LeftOut { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_type() {
    let pick = one(
        "multichoice",
        "<single>false</single><shuffleanswers>0</shuffleanswers><defaultgrade>2.0000000</defaultgrade>\
        <answer fraction=\"33.33333\"><text>a &amp;amp; b</text><feedback><text>f</text></feedback></answer><answer fraction=\"-50\"><text>c</text></answer>",
    );
    let Body::Pick { ticks, one: single, .. } = &pick.body else { panic!() };
    assert_eq!((ticks.len(), *single, pick.shuffle), (2, false, false));
    assert_eq!(pick.points.unwrap().to_string(), "2");
    assert_eq!(ticks[0].percent.to_string(), "33.33333");
    assert_eq!(ticks[0].text.text, "a &amp; b");
    let judge = one(
        "truefalse",
        "<answer fraction=\"0\"><text>true</text></answer><answer fraction=\"100\"><text>False</text></answer>",
    );
    assert!(matches!(judge.body, Body::Judge { answer: false, .. }));
    let typed = one("shortanswer", "<usecase>1</usecase><answer fraction=\"100\"><text>x</text></answer>");
    assert!(matches!(typed.body, Body::Type { case: true, .. }));
    let number = one(
        "numerical",
        "<answer fraction=\"100\"><text>3,5</text><tolerance>0.1</tolerance></answer>\
        <units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit><unit><multiplier>100</multiplier><unit_name>cm</unit_name></unit></units>",
    );
    assert!(
        matches!(&number.body, Body::Count { answers, unit: Some(unit) } if unit == "m" && matches!(answers[0].span, Some(Span::Near(..))))
    );
    assert_eq!(number.notes.len(), 2);
    for name in ["matching", "match", "ddmatch"] {
        let pairs = one(
            name,
            "<subquestion><text>a</text><answer><text>1</text></answer></subquestion>\
            <subquestion><text>b</text><answer><text>2</text></answer></subquestion><subquestion><text/><answer><text>3</text></answer></subquestion>",
        );
        assert!(matches!(&pairs.body, Body::Match { pairs, extra } if pairs.len() == 2 && extra.len() == 1));
    }
    let order = one(
        "ordering",
        "<answer fraction=\"2.0\"><text>b</text></answer><answer fraction=\"1.0\"><text>a</text></answer>",
    );
    assert!(matches!(&order.body, Body::Order { items, .. } if items[0].text == "a"));
    let essay = one("essay", "<graderinfo format=\"html\"><text>look</text></graderinfo>");
    assert!(matches!(essay.body, Body::Essay { rubric: Some(_) }));
    assert!(matches!(quiz("description", "").pop(), Some(Found::LeftOut { loss: false, .. })));
    for name in ["calculatedmulti", "ddimageortext", "coderunner", "random", "whatever", ""] {
        assert!(matches!(quiz(name, "").pop(), Some(Found::LeftOut { loss: true, .. })), "{name}");
    }
}

#[test]
fn true_and_false_are_known_by_their_words_in_either_order() {
    let sides = |first: (&str, u8), second: (&str, u8)| {
        let answer = |(word, worth): (&str, u8)| {
            format!(
                "<answer fraction=\"{worth}\" format=\"html\"><text><![CDATA[{word}]]></text><feedback><text><![CDATA[{word}!]]></text></feedback></answer>"
            )
        };
        quiz("truefalse", &format!("{}{}", answer(first), answer(second))).pop()
    };
    for (yes, no) in [
        ("vrai", "faux"),
        ("Verdadero", "Falso"),
        ("wahr", "falsch"),
        ("Vero", "Falso"),
        ("verdadeiro", "falso"),
        ("V", "F"),
        ("T", "F"),
        ("<p>Vrai</p>", "<p>Faux</p>"),
    ] {
        for (first, second, answer) in [
            ((no, 0), (yes, 100), true),
            ((no, 100), (yes, 0), false),
            ((yes, 100), (no, 0), true),
            ((yes, 0), (no, 100), false),
        ] {
            let Some(Found::Question(draft)) = sides(first, second) else { panic!("{yes} {no}") };
            let Body::Judge { answer: read, on_true: Some(on_true), .. } = &draft.body else { panic!("{draft:?}") };
            assert_eq!((*read, on_true.text.as_str()), (answer, format!("{yes}!").as_str()), "{first:?} {second:?}");
            assert_eq!(draft.notes, Vec::<String>::new());
        }
    }
    assert!(why(quiz("truefalse", "<answer fraction=\"100\"><text>ja</text></answer>")).contains("`ja` is no word"));
    let twice = "<answer fraction=\"100\"><text>vrai</text></answer><answer fraction=\"0\"><text>true</text></answer>";
    assert!(why(quiz("truefalse", twice)).contains("two answers are called true"));
}

#[test]
fn gaps_of_all_kinds() {
    let cloze = |text: &str| {
        let file = format!(
            "<quiz><question type=\"cloze\"><questiontext><text><![CDATA[{text}]]></text></questiontext></question></quiz>"
        );
        match found(&file).pop() {
            Some(Found::Question(draft)) => match draft.body {
                Body::Cloze(pieces) => Ok(pieces),
                other => panic!("{other:?}"),
            },
            Some(Found::LeftOut { why, .. }) => Err(why),
            other => panic!("{other:?}"),
        }
    };
    let pieces = cloze("<{1:MULTICHOICE:=a~b~%50%c#no} and {:SA:=x\\}y~%0%*} {2:NUMERICAL:=3:0.5} {not}").unwrap();
    let gaps: Vec<&Gap> =
        pieces.iter().filter_map(|piece| if let Piece::Gap(gap, _) = piece { Some(gap) } else { None }).collect();
    assert!(matches!(gaps[0], Gap::Pick(ticks) if ticks.len() == 3 && ticks[2].feedback.is_some()));
    assert!(matches!(gaps[1], Gap::Type(answers, false) if answers[0].text == "x}y"));
    assert!(matches!(gaps[2], Gap::Count(_)));
    assert!(cloze("{1:MULTIRESPONSE:=a~=b}").unwrap_err().contains("several answers at once"));
    assert!(cloze("{1:WHATEVER:=a}").unwrap_err().contains("`WHATEVER` has no counterpart"));
    // The names of types are short or long, in capitals or not.
    let several = "{1:sa:=low} {:mw:=x} {2:Shortanswer_C:=X} {1:nm:=3} {1:mc:=a~b} {1:mcvs:=a~b} {1:Multichoice_H:=a~b} {1:abc:d}";
    let pieces = cloze(several).unwrap();
    assert_eq!(pieces.iter().filter(|piece| matches!(piece, Piece::Gap(..))).count(), 7, "{pieces:?}");
    assert_eq!(pieces.last(), Some(&Piece::Text(" {1:abc:d}".to_owned())));
    assert!(cloze("{1:SA:=x").unwrap_err().contains("not closed"));
    assert!(cloze("no gap").unwrap_err().contains("no gap"));
    let select = "<quiz><question type=\"gapselect\"><questiontext><text>The [[2]] sat [[x]]</text></questiontext>\
        <selectoption><text>dog</text><group>1</group></selectoption><selectoption><text>cat</text><group>1</group></selectoption></question></quiz>";
    assert!(matches!(found(select).pop(), Some(Found::Question(_))));
    assert!(why(found(&select.replace("[[2]]", "[[7]]"))).contains("names no word"));
}

#[test]
fn no_dtd_and_no_entities() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE quiz [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><quiz><question type=\"essay\"><questiontext><text>&b;</text></questiontext></question></quiz>";
    let all = found(bomb);
    assert_eq!(all.len(), 1);
    assert!(why(all).contains("<!DOCTYPE"));
    let all = found(
        "<quiz><question type=\"essay\"><questiontext><text>a &nbsp; b &unknown; &#65; &lt; AT&T</text></questiontext></question></quiz>",
    );
    let Some(Found::Question(draft)) = all.into_iter().next() else { panic!() };
    assert_eq!(draft.ask.text, "a &nbsp; b &unknown; A < AT&T");
    assert_eq!(draft.notes.len(), 2);
}

#[test]
fn a_broken_question_costs_no_other() {
    let good = "<question type=\"essay\"><questiontext><text>Q</text></questiontext></question>";
    for broken in [
        "<question type=\"essay\"><name></text></question>",
        "<question type=\"x\"><a>",
        "<question type=\"y\" <",
        "<question><!-- ",
    ] {
        let all = found(&format!("<quiz>{good}{broken}{good}</quiz>"));
        let questions = all.iter().filter(|found| matches!(found, Found::Question(_))).count();
        assert_eq!(questions, 2, "{broken}: {all:?}");
        assert!(
            all.iter().any(|found| matches!(found, Found::LeftOut { .. } | Found::Note { .. })),
            "{broken}: {all:?}"
        );
    }
    let deep = format!("<quiz><question type=\"essay\">{}</question>{good}</quiz>", "<a>".repeat(100_000));
    let all = found(&deep);
    assert!(why(all).contains("deep"));
    assert!(why(found("<quiz><question type=\"essay\"><questiontext>")).contains("ends before"));
}

#[test]
fn categories_files_and_tags() {
    let all = found(
        "<quiz><question type=\"category\"><category><text>$course$/top/A/B//C</text></category></question></quiz>",
    );
    assert!(matches!(&all[0], Found::Category { path, .. } if *path == ["A", "B/C"]));
    let draft = one(
        "essay",
        "<tags><tag><text>t</text></tag></tags><idnumber>i</idnumber><hidden>1</hidden><hint><text>h</text></hint>\
        <generalfeedback><text/><file name=\"a.png\" path=\"/\" encoding=\"base64\">AAAA</file></generalfeedback>",
    );
    assert_eq!((draft.tags.len(), draft.files.len(), draft.notes.len(), draft.id.as_deref()), (1, 1, 2, Some("i")));
}
