//! Whole imports, the bank that comes of them, and the way back.

use super::*;
use crate::curriculum::question::{Accept, NumericAnswer};
use entry::{About, Blank, Body, Choice, Credit};
use pictures::Pictures;
use proptest::prelude::*;
use rust_decimal::Decimal;

fn imported(text: &str) -> Imported {
    import(text.as_bytes(), Wishes::default()).unwrap()
}

/// The bank of an import, read back by the reader for exports.
fn read_back(entries: &[Entry]) -> Vec<Entry> {
    let mut back = Vec::new();
    for (name, body) in bank_out::write("bank", "Bank", "a.gift", entries) {
        let mut report = Report::new();
        back.extend(bank_in::read(&name, &body, &mut report).into_iter().map(|read| read.unwrap().entry));
        assert_eq!(report.to_string(), "", "{body}");
    }
    back
}

#[test]
fn formats_are_told_apart() {
    assert_eq!(Format::detect("\n<quiz>"), Format::MoodleXml);
    assert_eq!(Format::detect("Q?\nA. x\nB. y\nANSWER: A"), Format::Aiken);
    assert_eq!(Format::detect("::a::b{T}"), Format::Gift);
    assert_eq!(Format::detect("Say ANSWER: or not {T}"), Format::Gift);
}

#[test]
fn each_question_ends_with_one_line() {
    let text = "::Q1::One?{=a ~b}\n\n::Q1::Again?{=a ~%50%b ~c}\n\n$CATEGORY: x/y\n\nJust text.\n\nBroken {=a\n\nNone {~a ~b}\n\nSame?{=a ~A}";
    let imported = imported(text);
    let lines: Vec<String> = imported.lines.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "1:1: imported `q1` (single)",
            "3:1: imported with a warning `q1-2` (single): answers that were partly right there are wrong here",
            "7:1: left out, no question (description): a text without answers is no question; put it into a module",
            "9:8: left out (question): this `{` is never closed",
            "11:1: left out (multiple choice): no answer is marked right",
            "13:1: left out (multiple choice): the options `a` and `b` say the same",
        ]
    );
    assert_eq!(imported.kinds()["single"], 2);
}

#[test]
fn a_bank_reads_well() {
    let text = "$CATEGORY: A/B\n// [tag:sql]\n::2024::[html]<p>Pick: one</p><ul><li>x</li></ul>{=\"yes\": 'a' # Right & good\n~no\n####Why\\nnot?}\n\n::k::Key?{=primary key}\n";
    let imported = imported(text);
    let files = bank_out::write("pool", "The pool", "a.gift (GIFT)", &imported.entries);
    assert_eq!(
        files[0].1,
        "# Imported from: a.gift (GIFT)\nid: pool\ntitle: \"The pool\"\nquestions:\n  - id: \"2024\"\n    type: single\n    category: [\"A\", \"B\"]\n    tags: [\"sql\"]\n    ask: |\n      Pick: one\n\n      - x\n    options:\n      - {id: a, text: \"\\\"yes\\\": 'a'\", correct: true, why: \"Right & good\"}\n      - {id: b, text: \"no\"}\n    why: \"Why not?\"\n  - id: k\n    type: short\n    category: [\"A\", \"B\"]\n    ask: \"Key?\"\n    accept:\n      - \"primary key\"\n"
    );
    assert_eq!(read_back(&imported.entries), imported.entries);
}

#[test]
fn moodle_fractions_become_credit() {
    let credit = |text: &str| match &imported(text).entries[0].body {
        Body::Multi(_, credit) => *credit,
        other => panic!("{other:?}"),
    };
    assert_eq!(credit("q{~%50%a ~%50%b ~%-50%c}"), Credit::NetCorrect);
    assert_eq!(credit("q{~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-33.33333%d}"), Credit::NetCorrect);
    assert_eq!(credit("q{~%50%a ~%50%b ~%-100%c}"), Credit::Fractions);
    assert_eq!(credit("q{~%33.33333%a ~%66.66667%b ~c}"), Credit::Fractions);
    let all = imported("q{~%33.33333%a ~%66.66667%b ~c}");
    let files = bank_out::write("b", "B", "x", &all.entries);
    assert!(files[0].1.contains("{id: a, text: \"a\", correct: true, fraction: \"33.33333\"}"), "{}", files[0].1);
}

#[test]
fn literal_text_is_shown_as_it_is() {
    let all = imported("What does the HTML <pre> tag do?{=It *respects* white_space ~<?php ~<script>}");
    let Body::Single(options) = &all.entries[0].body else { panic!() };
    assert_eq!(all.entries[0].ask, "What does the HTML \\<pre> tag do?");
    assert_eq!(options[0].text, "It \\*respects\\* white_space");
    assert_eq!(options[2].text, "\\<script>");
}

#[test]
fn pictures_stand_beside_the_bank() {
    let file = "<quiz><question type=\"essay\"><questiontext format=\"html\"><text><![CDATA[<p>Look</p><img src=\"@@PLUGINFILE@@/a%20b.gif\" alt=\"A map\">]]></text><file name=\"a b.gif\" encoding=\"base64\">R0lGODlhAQABAA==</file><file name=\"x.svg\" encoding=\"base64\">PHN2Zz4=</file></questiontext></question></quiz>";
    let all = imported(file);
    let (name, bytes) = all.pictures.first_key_value().unwrap();
    assert!(bytes.starts_with(b"GIF89a") && name.starts_with("a-b-"), "{name}");
    assert_eq!(all.entries[0].ask, format!("Look\n\n![A map](../assets/imported/{name})"));
    assert!(all.lines[0].notes.iter().any(|note| note.contains("x.svg")));
}

/// A bank with everything around its questions, in GIFT; and a picture, in Moodle XML.
const AROUND: &str = "q0{T}\n\n$CATEGORY: $course$/top/SQL/In//out\n\n// [id:own-id] [tag:a [b\\] c] [tag:null rules] [tag:objective:joins]\n::One\\: two::Which?{=a ~b}\n\n::own-id::Same name?{T}\n\n$CATEGORY: $course$/top\n\nq3{=x}\n";
const PICTURED: &str = "<quiz><question type=\"category\"><category><text>$course$/top/Maps</text></category></question><question type=\"multichoice\"><name><text>A map &amp; more</text></name><questiontext format=\"html\"><text><![CDATA[<p>Look</p><img src=\"@@PLUGINFILE@@/a%20b.gif\" alt=\"A map\">]]></text><file name=\"a b.gif\" encoding=\"base64\">R0lGODlhAQABAA==</file></questiontext><generalfeedback format=\"html\"><text><![CDATA[<img src=\"@@PLUGINFILE@@/c.gif\" alt=\"\">]]></text><file name=\"c.gif\" encoding=\"base64\">R0lGODlhAgACAA==</file></generalfeedback><tags><tag><text>geo</text></tag></tags><answer fraction=\"100\"><text>x</text></answer><answer fraction=\"0\"><text>y</text></answer></question></quiz>";

/// What an import brings, as a bank keeps it: what goes out and comes in again is the same.
#[test]
fn titles_tags_and_categories_survive_the_way_out_and_back() {
    let first = imported(AROUND);
    let about = |n: usize| &first.entries[n].about;
    assert_eq!(about(0), &About::default());
    let (category, tags) =
        (vec!["SQL".to_owned(), "In/out".to_owned()], vec!["a [b] c".to_owned(), "null rules".to_owned()]);
    assert_eq!(about(1), &About { title: Some("One: two".to_owned()), category, tags });
    assert_eq!((first.entries[1].id.as_str(), first.entries[1].objective.as_deref()), ("own-id", Some("joins")));
    assert_eq!((first.entries[2].id.as_str(), about(2).title.as_deref()), ("own-id-2", Some("own-id")));
    assert_eq!(about(3).category, Vec::<String>::new());
    let kept = read_back(&first.entries);
    assert_eq!(kept, first.entries);
    let (gift, told) = gift::write(&kept);
    assert_eq!(told, Vec::new());
    assert_eq!(imported(&gift).entries, kept, "{gift}");
    let (xml, told) = moodle::write(&kept, &Pictures::new());
    assert_eq!(told, Vec::new());
    assert_eq!(imported(&xml).entries, kept, "{xml}");
    // A tag that is no objective of anybody's stays a tag.
    assert_eq!(imported("// [tag:objective:no slug!]\nq{T}").entries[0].about.tags, ["objective:no slug!"]);
    // Nothing is so long that a bank of small questions becomes a large one.
    let long = imported(&format!(
        "$CATEGORY: {}\n\n// [tag:{}]\n::{}::q{{T}}\n",
        "a b/".repeat(900),
        "t".repeat(900),
        "n".repeat(900)
    ));
    assert_eq!(long.lines[0].notes.len(), 3, "{:?}", long.lines);
    assert!(read_back(&long.entries)[0].about.title.as_ref().is_some_and(|title| title.len() == 250));
}

#[test]
fn pictures_survive_the_way_out_and_back() {
    let first = imported(PICTURED);
    let kept = read_back(&first.entries);
    assert_eq!((&kept, first.pictures.len()), (&first.entries, 2));
    let place = |name: &String| format!("../assets/imported/{name}");
    let files: Pictures = first.pictures.iter().map(|(name, bytes)| (place(name), bytes.clone())).collect();
    assert_eq!(pictures::addresses(&kept[0]), files.keys().cloned().collect());
    let (xml, told) = moodle::write(&kept, &files);
    assert_eq!(told, Vec::new());
    assert!(
        xml.contains("](@@PLUGINFILE@@/a-b-") && xml.contains("path=\"/\" encoding=\"base64\">R0lGODlhAQABAA=="),
        "{xml}"
    );
    let second = imported(&xml);
    assert_eq!((second.entries, second.pictures), (kept.clone(), first.pictures));
    // A picture that is not there, and a format without pictures, lose it aloud.
    let (xml, told) = moodle::write(&kept, &Pictures::new());
    assert!(xml.contains("(A map)") && !xml.contains("PLUGINFILE"));
    assert_eq!(told.len(), 2, "{told:?}");
    let (gift, told) = gift::write(&kept);
    assert!(gift.contains("Look\\n\\n(A map)"), "{gift}");
    assert!(
        told.iter().filter(|(_, what)| what.as_ref().is_ok_and(|what| what.contains("picture"))).count() == 2,
        "{told:?}"
    );
}

#[test]
fn what_no_other_program_can_say_is_told_with_its_line() {
    let bank = "id: x\nquestions:\n  - {id: a, type: true_false, ask: {en: Q, fr: Q}, answer: true}\n  - id: b\n    type: free_text\n    ask: Q\n    model: M\n    rubric: [{text: R, points: 2}]\n  - id: c\n    type: cloze\n    ask: Read well.\n    text: \"{{g}}\"\n    blanks: {g: {range: [1, 2], why: W}}\n  - {id: d, type: sql, dataset: s, ask: Q, solution: S}\n";
    let items = bank_in::read("x.bank.yaml", bank, &mut Report::new());
    let told: Vec<(usize, usize)> = items.iter().flatten().map(|read| (read.line, read.lost.len())).collect();
    assert_eq!(told, [(3, 1), (4, 2), (9, 2)], "{items:?}");
    assert!(items[0].as_ref().unwrap().lost[0].contains("`fr`"));
    assert_eq!(items[3], Err((14, "d".to_owned(), "sql".to_owned())));
}

#[test]
fn an_unread_gap_is_told_before_a_learner_reads_it() {
    let notes = |text: &str| imported(text).lines.last().unwrap().notes.join("; ");
    for text in [
        "Say {SA:=low} here.\\{SA:=low\\} {T}",
        "A \\{1:SHORTANSWER=low\\} {T}",
        "B \\{=low ~high\\} {=c ~d}",
        "C \\{1:=low\\}{T}",
    ] {
        assert!(notes(text).contains("looks like a gap"), "{text}: {:?}", imported(text).lines);
    }
    for text in ["f() \\{ x \\= 1 \\} {T}", "\\{a: b\\} and \\{\\} and \\{=\\}{T}", "\\{color: red\\}{T}"] {
        assert_eq!(notes(text), "", "{text}");
    }
    let cloze = "<quiz><question type=\"cloze\"><questiontext><text>{1:sa:=low} {MC:=a~b}</text></questiontext></question></quiz>";
    assert!(notes(cloze).contains("`{MC:=a~b}` looks like a gap"), "{}", notes(cloze));
}

#[test]
fn encodings_keep_line_numbers() {
    let text = "q1{T}\r\n\r\nCaf\u{e9}?{=x}\r\n\r\nbroken{";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let all = import(&latin, Wishes::default()).unwrap();
    assert_eq!(all.entries[1].ask, "Café?");
    assert_eq!(all.lines.iter().map(|line| line.line).collect::<Vec<_>>(), [1, 1, 3, 5]);
    assert!(all.lines[0].notes[0].contains("windows-1252"));
}

#[test]
fn large_banks_become_several_files_that_the_reader_takes() {
    let question = "::q::What is it, in many words and with an é?{=one thing ~another ~a third one}\n\n";
    let all = imported(&question.repeat(8_000));
    assert_eq!(all.entries.len(), 8_000);
    let files = bank_out::write("big", "Big", "x", &all.entries);
    assert!(files.len() > 1 && files.iter().all(|(_, body)| body.len() <= 1024 * 1024));
    assert_eq!(files[1].0, "big-2");
    assert_eq!(read_back(&all.entries).len(), 8_000);
}

fn words() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        "[a-zA-Zé][a-zA-Z0-9 é=~#{}:\\\\%\\[\\]<>&*_\"'`.,!?/-]{0,30}",
        "[%\\[=~#{<&:]{1,3}[a-z0-9\\]%\\\\]{0,8}",
        "[a-z]{1,5}\n{1,2}[a-z=#~ ]{0,10}z",
        "\\PC{1,20}",
        Just("]]>".to_owned()),
        Just("yes".to_owned()),
        Just("[html]x".to_owned()),
        Just("{{x}} {1:SA:=y}".to_owned()),
    ];
    text.prop_map(|text| text.trim().to_owned())
        .prop_filter("to read", |text| !text.is_empty() && !crate::base::text::folded(text).is_empty())
}

/// A text for one line, as typed answers are.
fn typed() -> impl Strategy<Value = String> {
    words().prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn accept() -> impl Strategy<Value = Vec<Accept>> {
    let one = prop_oneof![
        typed().prop_map(Accept::Text),
        typed()
            .prop_filter("not anything", |t| !t.chars().all(|c| c == '*'))
            .prop_map(|text| { Accept::Regex(entry::pattern_of(&format!("{}x*", text.replace('*', "\\*")), false)) }),
    ];
    proptest::collection::vec(one, 1..4).prop_map(|mut list| {
        let mut seen = Vec::new();
        list.retain(|one| {
            let fresh = !seen.contains(one);
            seen.push(one.clone());
            fresh
        });
        list
    })
}

fn options(right: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Choice>> {
    (proptest::collection::vec((words(), proptest::option::of(words())), 2..6), right).prop_map(|(texts, right)| {
        let mut seen = BTreeSet::new();
        let texts: Vec<_> =
            texts.into_iter().filter(|(text, _)| seen.insert(crate::base::text::folded(text))).collect();
        texts
            .into_iter()
            .enumerate()
            .map(|(at, (text, why))| Choice { text, correct: at < right, fraction: None, why })
            .collect()
    })
}

fn body() -> impl Strategy<Value = Body> {
    let number = || (-99_999_i64..99_999, 0_u32..4).prop_map(|(n, places)| Decimal::new(n, places).normalize());
    prop_oneof![
        options(1..2).prop_map(Body::Single),
        options(1..3).prop_map(|options| Body::Multi(options, Credit::NetCorrect)),
        options(1..3).prop_map(|options| Body::Multi(options, Credit::AllOrNothing)),
        options(1..3).prop_map(|mut options| {
            for (at, option) in options.iter_mut().enumerate() {
                option.fraction = Some(if option.correct { Decimal::from(30 + at) } else { Decimal::from(-70) });
            }
            Body::Multi(options, Credit::Fractions)
        }),
        any::<bool>().prop_map(Body::TrueFalse),
        (number(), 0_i64..100, proptest::option::of(typed())).prop_map(|(value, off, unit)| {
            Body::Numeric(NumericAnswer::Exact { value, tolerance: Decimal::new(off, 1).normalize() }, unit)
        }),
        (number(), number())
            .prop_map(|(a, b)| Body::Numeric(NumericAnswer::Range { low: a.min(b), high: a.max(b) }, None)),
        accept().prop_map(Body::Short),
        (proptest::collection::vec((words(), words()), 2..5), proptest::collection::vec(words(), 0..3))
            .prop_map(|(pairs, extra)| Body::Match(pairs, extra)),
        (proptest::collection::vec(words(), 2..5), any::<bool>()).prop_map(|(items, exact)| Body::Order(items, exact)),
        proptest::collection::vec("[a-z][a-z ,;]{0,10}[a-z]", 1..4).prop_map(Body::FreeText),
    ]
}

/// A name of one line, as titles, tags and categories are.
fn name() -> impl Strategy<Value = String> {
    typed()
        .prop_map(|text| text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned())
        .prop_filter("to read", |text| {
            !text.is_empty() && text.split_whitespace().collect::<Vec<_>>().join(" ") == *text
        })
}

fn about() -> impl Strategy<Value = About> {
    let names = || proptest::collection::vec(name(), 0..3);
    (proptest::option::of(name()), names(), names()).prop_map(|(title, category, tags)| About { title, category, tags })
}

fn question() -> impl Strategy<Value = Entry> {
    let around = (proptest::option::of("[a-z]{1,8}"), 1_i64..30, any::<bool>(), proptest::option::of(words()));
    ("[a-z0-9][a-z0-9-]{0,10}", words(), body(), around, about()).prop_map(
        |(id, ask, body, (objective, points, shuffle, why), mut about)| {
            let points = Decimal::new(points, 1).normalize();
            let shuffled = matches!(body, Body::Single(_) | Body::Multi(..) | Body::Match(..));
            about.title = about.title.filter(|title| *title != id);
            Entry { id, objective, points, shuffle: shuffle || !shuffled, ask, why, body, about }
        },
    )
}

fn cloze() -> impl Strategy<Value = Entry> {
    let blank = prop_oneof![
        proptest::collection::vec(typed(), 2..4).prop_map(|texts| {
            let choice = |(at, text)| Choice { text, correct: at == 0, fraction: None, why: None };
            Blank::Choices(texts.into_iter().enumerate().map(choice).collect())
        }),
        accept().prop_map(Blank::Accept),
        (-999_i64..999, 0_i64..9).prop_map(|(value, off)| {
            let (value, tolerance) = (Decimal::new(value, 1).normalize(), Decimal::new(off, 1).normalize());
            Blank::Number(NumericAnswer::Exact { value, tolerance })
        }),
    ];
    (question(), proptest::collection::vec(blank, 1..4)).prop_map(|(mut entry, blanks)| {
        let names = ["a", "b", "c", "d"];
        let gaps: Vec<String> = names.iter().take(blanks.len()).map(|name| format!("then {{{{{name}}}}}")).collect();
        entry.ask = format!("First {} end", gaps.join(" "));
        entry.body = Body::Cloze(names.iter().map(|name| (*name).to_owned()).zip(blanks).collect());
        (entry.shuffle, entry.points) = (true, Decimal::ONE);
        entry
    })
}

/// What GIFT keeps of a question.
fn kept(entry: &Entry) -> Entry {
    let mut entry = entry.clone();
    (entry.points, entry.shuffle) = (Decimal::ONE, true);
    match &mut entry.body {
        Body::FreeText(rubric) => *rubric = vec!["Answers the question.".to_owned()],
        Body::Numeric(_, unit) => *unit = None,
        _ => {}
    }
    entry
}

/// Whether the reader of banks takes the question; only such are written and exported.
fn sound(entry: &Entry) -> bool {
    let several = match &entry.body {
        Body::Single(options) | Body::Multi(options, _) => options.len() > 1 && options.iter().any(|o| !o.correct),
        _ => true,
    };
    several && checked(entry.clone()).is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, max_global_rejects: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn banks_read_back_as_they_were(entry in prop_oneof![question(), cloze()]) {
        prop_assume!(sound(&entry));
        prop_assert_eq!(read_back(std::slice::from_ref(&entry)), [entry]);
    }

    #[test]
    fn gift_and_back(entry in question()) {
        prop_assume!(sound(&entry));
        let (text, told) = gift::write(std::slice::from_ref(&entry));
        prop_assume!(told.iter().all(|(_, told)| told.as_ref().is_ok_and(|words| words.starts_with("GIFT cannot say its points") || words.starts_with("GIFT cannot say the order") || words.starts_with("GIFT cannot say its unit") || words.starts_with("GIFT cannot say its rubric"))));
        let back = import(text.as_bytes(), Wishes { format: Some(Format::Gift), ..Wishes::default() }).unwrap();
        prop_assert_eq!(back.entries, [kept(&entry)], "{}\n{:?}", text, back.lines);
    }

    #[test]
    fn moodle_xml_and_back(entry in prop_oneof![question(), cloze()]) {
        prop_assume!(sound(&entry));
        let (text, told) = moodle::write(std::slice::from_ref(&entry), &Pictures::new());
        prop_assume!(told.is_empty());
        let back = import(text.as_bytes(), Wishes { format: Some(Format::MoodleXml), ..Wishes::default() }).unwrap();
        prop_assert_eq!(back.entries, [entry], "{}\n{:?}", text, back.lines);
    }
}
