//! What GIFT files hold in the wild, and what it is read as.

use super::*;
use crate::curriculum::formats::neutral::{Body, Draft, Markup, Span};
use rust_decimal::Decimal;

fn found(text: &str) -> Vec<Found> {
    read(&Text::new(text, Vec::new()))
}

fn one(text: &str) -> Draft {
    match found(text).pop() {
        Some(Found::Question(draft)) => *draft,
        other => panic!("{other:?}"),
    }
}

/// The ticks as `percent text #feedback`.
fn ticks(text: &str) -> Vec<String> {
    match one(text).body {
        Body::Pick { ticks, .. } => ticks
            .into_iter()
            .map(|tick| {
                let feedback = tick.feedback.map(|words| format!(" #{}", words.text)).unwrap_or_default();
                format!("{} {}{feedback}", tick.percent, tick.text.text)
            })
            .collect(),
        other => panic!("{other:?}"),
    }
}

fn typed(text: &str) -> Vec<String> {
    match one(text).body {
        Body::Type { answers, .. } => {
            answers.into_iter().map(|answer| format!("{} {}", answer.percent, answer.text)).collect()
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
fn titles_formats_comments_tags_and_categories() {
    let all = found(
        "// for the first\n$CATEGORY: $course$/top/Joins/Left\n\n// [id:j-1] [tag:sql] [tag: a b ]\n::One\\:\\: two::[html]<b>What</b>?{T}\n\n$category: Other\nAnd?{F}",
    );
    assert!(matches!(&all[0], Found::Category { path, .. } if *path == ["Joins", "Left"]));
    let Found::Question(first) = &all[1] else { panic!("{all:?}") };
    assert_eq!((first.title.as_deref(), first.id.as_deref()), (Some("One:: two"), Some("j-1")));
    assert_eq!(first.tags, ["sql", "a b"]);
    assert_eq!((first.ask.markup, first.ask.text.as_str()), (Markup::Html, "<b>What</b>?"));
    assert!(matches!(&all[2], Found::Category { path, .. } if *path == ["Other"]));
    assert_eq!(all.len(), 4);
}

#[test]
fn escapes_and_line_ends() {
    let draft = one("Blah\\nblah $ 1 \\\\neq 0 $\n  and on {=\\~ \\= \\# \\{ \\} \\: \\\\ ~b}");
    assert_eq!(draft.ask.text, "Blah\nblah $ 1 \\neq 0 $ and on");
    assert_eq!(ticks("q{=\\~ \\= \\# \\{ \\} \\: \\\\ ~b}"), ["100 ~ = # { } : \\", "0 b"]);
    assert_eq!(one("[markdown] a  \n- b\n    - c {}").ask.text, "a  \n- b\n    - c");
}

#[test]
fn a_backslash_before_a_space_is_itself() {
    assert_eq!(
        ticks("Which?{\n ~ \\~  # \\~ is one.\n = \\   # Right! \\ is none. BUT\n   it escapes.\n}"),
        ["0 ~ #~ is one.", "100 \\ #Right! \\ is none. BUT it escapes."]
    );
}

#[test]
fn choices_with_weights_and_feedback() {
    assert_eq!(
        ticks("q{~%50%yellow # right; good!\n~%-100%red # [html]wrong\n~%33.33333%[plain]x\n=%25%y}"),
        ["50 yellow #right; good!", "-100 red #wrong", "33.33333 x", "25 y"]
    );
    assert!(why("q{~%500%a ~b}").contains("no weight"));
    // A percent sign that is no weight.
    assert_eq!(ticks("q{=%d %s ~%c}"), ["100 %d %s", "0 %c"]);
    let draft = one("[html]q{=a#fb ~[moodle]b####<p>all</p>}");
    assert_eq!(draft.feedback.unwrap().markup, Markup::Html);
}

#[test]
fn true_or_false_with_feedback() {
    let side = |text: &str| match one(text).body {
        Body::Judge { answer, on_true, on_false } => {
            (answer, on_true.map(|words| words.text), on_false.map(|words| words.text))
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(side("q{T}"), (true, None, None));
    assert_eq!(side("q{ false }"), (false, None, None));
    // The first is for whoever is wrong.
    assert_eq!(side("q{FALSE#no#yes}"), (false, Some("no".into()), Some("yes".into())));
    assert_eq!(side("q{TRUE# #good}"), (true, Some("good".into()), None));
    assert_eq!(one("q{TRUE####all}").feedback.unwrap().text, "all");
}

#[test]
fn true_and_false_of_other_languages() {
    for (text, truth) in [
        ("La clé est unique. {VRAI}", true),
        ("q ? {faux#non#oui}", false),
        ("¿Q? { Verdadero }", true),
        ("q {V}", true),
        ("q.{F}", false),
    ] {
        let draft = one(text);
        assert!(matches!(draft.body, Body::Judge { answer, .. } if answer == truth), "{text}");
    }
    assert_eq!(one("q. {vrai####tout}").notes, ["`vrai` was read as true"]);
    assert_eq!(one("q{T}").notes, Vec::<String>::new());
    // Formulas and other words are no answers.
    for text in ["Take $\\mathbf{V}$", "Take x_{V}", "the set {v}", "the word {w}", "{VRAI} or not", "q {yes}"] {
        assert!(matches!(found(text).pop(), Some(Found::LeftOut { .. })), "{text}");
    }
}

#[test]
fn words_gaps_and_pairs() {
    assert_eq!(typed("Who?{=no one =nobody}"), ["100 no one", "100 nobody"]);
    assert_eq!(typed("Best?{=Frog#Good! =%50%Cat#What? =%0%*#Wrong}"), ["100 Frog", "50 Cat", "0 *"]);
    assert_eq!(one("Two plus two equals {=four =4}.").ask.text, "Two plus two equals _____.");
    assert_eq!(one("{ =Asia } is the largest.").ask.text, "_____ is the largest.");
    assert_eq!(one("Grant is {~buried =entombed} in it.").ask.text, "Grant is _____ in it.");
    let Body::Match { pairs, extra } = one("Match{=a -> 1\n=b -> 2 = -> junk}").body else { panic!() };
    assert_eq!((pairs.len(), extra.len()), (2, 1));
    assert!(why("q{=a -> 1 =b}").contains("no ` -> `"));
}

#[test]
fn signs_in_pairs_that_are_not_escaped() {
    let pairs = |text: &str| match one(text).body {
        Body::Match { pairs, .. } => {
            pairs.into_iter().map(|(left, right)| format!("{} / {}", left.text, right.text)).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    let note = ["an `=` inside a pair was taken as text; write \\="];
    for text in
        ["q{=x = 1 -> one =y = 2 -> two}", "q{\n=x = 1 -> one\n=y = 2 -> two\n}", "q{= x = 1 -> one = y = 2 -> two}"]
    {
        assert_eq!(pairs(text), ["x = 1 / one", "y = 2 / two"], "{text}");
        assert_eq!(one(text).notes, note, "{text}");
    }
    assert_eq!(pairs("q{=x =1 -> one =b -> two}"), ["x =1 / one", "b / two"]);
    // On the right side, where the pair behind it begins firmly.
    assert_eq!(pairs("q{=a -> x = 1 =b -> y = 2}"), ["a / x = 1", "b / y = 2"]);
    assert_eq!(pairs("q{=a -> x=1 =b -> y=2}"), ["a / x=1", "b / y=2"]);
    assert_eq!(pairs("q{=a -> 1 =x = 2 -> two}"), ["a / 1", "x = 2 / two"]);
    // Where it could belong to either, nothing is guessed.
    assert!(why("q{= a -> x = 1 = b -> y}").contains("cannot be told"));
    assert_eq!(pairs("q{= a -> 1 = b -> 2}"), ["a / 1", "b / 2"]);
}

#[test]
fn numbers() {
    let spans = |text: &str| match one(text).body {
        Body::Count { answers, .. } => answers.into_iter().map(|n| (n.span, n.percent)).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let d = |n: i64, places: u32| Decimal::new(n, places).normalize();
    let hundred = Decimal::ONE_HUNDRED;
    assert_eq!(spans("q{#3:2}"), [(Some(Span::Near(d(3, 0), d(2, 0))), hundred)]);
    assert_eq!(spans("q{#-1..5.5}"), [(Some(Span::Between(d(-1, 0), d(55, 1))), hundred)]);
    let several = spans("q{#\n =1822:0#yes\n =%50%1822:2#near\n ~ # no\n}");
    assert_eq!(several.len(), 3);
    assert_eq!((several[1].1, several[2].0), (d(50, 0), None));
    assert_eq!(one("q{#3,5}").notes, ["`3,5` was read as 3.5"]);
    assert!(why("q{#three}").contains("not a number"));
}

#[test]
fn signs_that_are_not_escaped() {
    assert_eq!(ticks("q{=x=5 ~x=6 ~x==7}"), ["100 x=5", "0 x=6", "0 x==7"]);
    assert_eq!(one("q{=x=5 ~x=6}").notes, ["an `=` inside an answer was taken as text; write \\="]);
    assert_eq!(ticks("q{~a~b=c}"), ["0 a", "0 b", "100 c"]);
    assert_eq!(ticks("q{=x = 5 ~y = 6}"), ["100 x = 5", "0 y = 6"]);
    assert_eq!(ticks("q{~%50%a<=b ~%50%a=b ~%-100%c}"), ["50 a<=b", "50 a=b", "-100 c"]);
    assert_eq!(ticks("q{=<a href=\"x\">y</a> ~z}"), ["100 <a href=\"x\">y</a>", "0 z"]);
    assert_eq!(typed("q{=yes=y}"), ["100 yes", "100 y"]);
    assert_eq!(typed("q{=a=1\n=b=2}"), ["100 a=1", "100 b=2"]);
    assert_eq!(ticks("q{=C# ~F# ~Java}"), ["100 C#", "0 F#", "0 Java"]);
    assert_eq!(ticks("q{=#include ~import}"), ["100 #include", "0 import"]);
    assert_eq!(ticks("f() { return 1; } gives? {=1 ~2}"), ["100 1", "0 2"]);
    assert_eq!(ticks("q {=f() { x } ~g}"), ["100 f() { x }", "0 g"]);
    assert_eq!(ticks("q{ =<?php ~<php> ~[php] }"), ["100 <?php", "0 <php>", "0 [php]"]);
}

#[test]
fn a_broken_question_costs_no_other() {
    let all =
        found("::a::one {=x ~y\n\n::b::two {=x ~y}\n\nthree {=x ~y\n\nfour {=x\n\n~y}\n\n{nothing} five\n\nsix{T}");
    let kinds: Vec<&str> = all
        .iter()
        .map(|found| match found {
            Found::Question(_) => "question",
            Found::LeftOut { .. } => "out",
            _ => "?",
        })
        .collect();
    assert_eq!(kinds, ["out", "question", "out", "question", "out", "question"]);
    assert!(why("a {=x} b {=y}").contains("several pairs"));
    assert!(matches!(found("just text").pop(), Some(Found::LeftOut { loss: false, .. })));
    // Right below each other, without a blank line.
    assert_eq!(found("::a::one{T}\n::b::two{F}").len(), 2);
}

#[test]
fn places_are_those_of_the_file() {
    let text = Text::new("\n// x\nq {\n  =a\n  ~%900%b\n}", Vec::new());
    let Some(Found::LeftOut { at, .. }) = read(&text).pop() else { panic!() };
    assert_eq!(text.place(at), (5, 3));
}
