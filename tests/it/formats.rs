//! Banks of other programs, good and hostile: no input makes an importer panic, run away or lose a question silently.
//!
//! `tests/fuzz` gives each importer a million inputs. `HABILIS_FUZZ_CASES` says how many it gets otherwise (2,000 without
//! it), `HABILIS_FUZZ_SEED` where they begin, `HABILIS_FUZZ_BYTES` how large the repeated ones are (64 KiB without it).

mod fixtures;
mod storm;

use habilis::curriculum::formats::{Format, Imported, Wishes, bank_out, import, report::Outcome};
use std::collections::BTreeSet;
use storm::storm;

/// How many characters an importer looks at for each byte of a file, and for any file: the most that is no runaway. The
/// largest that millions of inputs needed is told in `tests/fuzz`.
const EFFORT: (u64, u64) = (400, 40_000);

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.replace('_', "").parse().ok()).unwrap_or(otherwise)
}

/// Imports, and checks what must hold whatever the input is.
fn checked(bytes: &[u8], format: Option<Format>) -> Option<Imported> {
    let imported = import(bytes, Wishes { format, ..Wishes::default() }).ok()?;
    let told = imported.count(Outcome::Imported) + imported.count(Outcome::Changed);
    assert_eq!(told, imported.entries.len(), "each question has one line");
    let ids: BTreeSet<&str> = imported.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), imported.entries.len(), "each question has an id of its own");
    let last = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
    for line in &imported.lines {
        assert!(line.line >= 1 && line.line <= last, "{line:?}");
        assert_eq!(line.id.is_some(), matches!(line.outcome, Outcome::Imported | Outcome::Changed));
        assert!(!line.to_string().contains(|c: char| c.is_control()), "{line:?}");
    }
    let most = EFFORT.0 * u64::try_from(bytes.len()).unwrap() + EFFORT.1;
    assert!(imported.effort <= most, "{} bytes took {} looks", bytes.len(), imported.effort);
    let files = bank_out::write("bank", "Bank", "x", &imported.entries);
    let written: usize = files.iter().map(|(_, body)| body.len()).sum();
    assert!(written <= bytes.len() * 400 + 10_000, "{} bytes became {written}", bytes.len());
    Some(imported)
}

const GIFT: &[&str] = &[
    "{",
    "}",
    "=",
    "~",
    "#",
    "####",
    "->",
    " -> ",
    "::",
    "\n\n",
    "\n",
    "%50%",
    "%-33.33333%",
    "%",
    "T",
    "FALSE",
    "\\",
    "\\n",
    "\\=",
    "$CATEGORY: a/b\n",
    "// [id:x] [tag:y]\n",
    "//",
    "[html]",
    "[markdown]",
    "..",
    ":",
    "3",
    "-1e5",
    "3,5",
    "<b>",
    "</b>",
    "<pre>",
    "&amp;",
    "_____",
    "*",
    "{{",
    "question",
    " ",
    "::t::q {=a ~b}\n\n",
    "q{#1..5}\n\n",
    "q{=a -> b =c -> d}\n\n",
    "{}",
    "{VRAI}",
    "\\{1:SA:=x\\}",
    "![a](b.png)",
    "objective:",
];
const AIKEN: &[&str] = &[
    "A. ",
    "B) ",
    "C. x\n",
    "1. ",
    "2. ",
    "ANSWER: ",
    "Answer: A\n",
    "ANSWER: 1, 2",
    "\n",
    "\n\n",
    "\r\n",
    "Feedback: ",
    "gfeed. ",
    "multichoice\n",
    "truefalse\n",
    "essay\n",
    "numerical\n",
    "category\n",
    "cloze\n",
    "matching\n",
    "order\n",
    "match: ",
    "{1:MC:=a~b}",
    "{",
    "True",
    "Faux",
    "Question?\n",
    "<pre>",
    "</pre>",
    "Q?\nA. x\nB. y\nANSWER: B\n",
    ".",
    ")",
    ",",
    "Z. ",
];
const XML: &[&str] = &[
    "<quiz>",
    "</quiz>",
    "<question type=\"multichoice\">",
    "<question type=\"cloze\">",
    "<question type=\"matching\">",
    "<question type=\"numerical\">",
    "<question type=\"gapselect\">",
    "<question type=\"ordering\">",
    "<question type=\"essay\">",
    "<question type=\"truefalse\">",
    "<question type=\"category\"><category><text>",
    "<question",
    "</question>",
    "<questiontext format=\"html\"><text>",
    "<questiontext><text>",
    "</text></questiontext>",
    "<name><text>",
    "</text></name>",
    "<answer fraction=\"100\"><text>",
    "<answer fraction=\"-33.33333\"><text>",
    "</text></answer>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!DOCTYPE x [",
    "<!ENTITY a \"b\">",
    "&lt;",
    "&a;",
    "&#0;",
    "&#x41;",
    "&",
    "<",
    ">",
    "\"",
    "<file name=\"../x.png\">",
    "iVBORw0KGgo=",
    "</file>",
    "<subquestion><text>",
    "<answer><text>",
    "</answer></subquestion>",
    "{1:SA:=",
    "{1:MC:=a~b}",
    "{1:nm:=1:0.1}",
    "{:MULTIRESPONSE:",
    "}",
    "~",
    "@@PLUGINFILE@@/x.png",
    "<tags><tag><text>",
    "<idnumber>",
    "<generalfeedback format=\"markdown\"><text>![a](@@PLUGINFILE@@/x.png)",
    "[[1]]",
    "<selectoption><text>",
    "</text></selectoption>",
    "<single>false</single>",
    "<p>",
    "</p>",
    "<table><tr><td>",
    "<ul><li>",
    "<img src=\"data:image/png;base64,iVBORw0KGgo=\">",
    "<script>",
    "\n",
    "<?xml version=\"1.0\" encoding=\"latin1\"?>",
    "<tolerance>0.1</tolerance>",
    "<units>",
    "<defaultgrade>",
];

#[test]
fn no_gift_file_breaks_the_importer() {
    if crate::support::seen_on_sqlite() {
        return;
    }
    storm(Format::Gift, GIFT);
}

#[test]
fn no_aiken_file_breaks_the_importer() {
    if crate::support::seen_on_sqlite() {
        return;
    }
    storm(Format::Aiken, AIKEN);
}

#[test]
fn no_xml_file_breaks_the_importer() {
    if crate::support::seen_on_sqlite() {
        return;
    }
    storm(Format::MoodleXml, XML);
}

/// Each of these, repeated, made some parser of the kind slow; here none takes more looks than its size allows.
#[test]
fn repetition_makes_nothing_slow() {
    if crate::support::seen_on_sqlite() {
        return;
    }
    let bytes = number("HABILIS_FUZZ_BYTES", 64 * 1024);
    let gift: &[(&str, &str)] = &[
        ("", "{"),
        ("", "{\n\n"),
        ("q{", "="),
        ("q{", "~"),
        ("q{", "~a#"),
        ("q{=a", "\n\n"),
        ("q{", "<a "),
        ("q{=x ~", "#"),
        ("", "::"),
        ("q{=", "a=b "),
        ("", "\\"),
        ("q{=a ~[html]", "<b>"),
        ("q{=a ~[html]", "<!--"),
        ("q{=a ~[html]", "<pre>"),
        ("q{=a ~[html]", "< >"),
        ("q{=a ~[html]", "&#"),
        ("[html]", "<ul><li>"),
        ("[html]q{T}", "<table><tr><td>"),
        ("[html]", "<blockquote>"),
        ("[html]<pre>", "< "),
        ("[html]", "<code>"),
        ("", "q{T}\n\n"),
        ("", "::same::q{=a ~b}\n\n"),
        ("", "// [tag:x]\n"),
        ("", "$CATEGORY: a\n"),
        ("q{#", "=1"),
        ("q {=f", "{}"),
        ("", "a{\n\nb}\n\n"),
        ("", "_ "),
        ("$CATEGORY: a/b/c\n\n", "q{T}\n\n"),
        ("q ", "\\{1:SA:"),
        ("// ", "[tag:"),
        ("q{=a -> b ", "=c "),
        ("[markdown]", "![a](b"),
    ];
    let aiken: &[(&str, &str)] = &[
        ("Q\n", "A. x\n"),
        ("", "Q\n\n"),
        ("", "Q\nA. x\nB. y\nANSWER: A\n"),
        ("Q\nA. x\n", "y\n"),
        ("Q\nA. x\nANSWER: A", " A"),
        ("", "<pre>"),
        ("cloze\nQ ", "{1:SA:=x} "),
        ("matching\nQ\n1. a\n", "match: b\n"),
        ("Q ", "{1:"),
    ];
    let xml: &[(&str, &str)] = &[
        ("<quiz>", "<question>"),
        ("<quiz>", "<question"),
        ("<quiz>", "<question><!--"),
        ("<quiz>", "<question><![CDATA["),
        ("<quiz><question>", "<a>"),
        ("<quiz><question ", "a='b' "),
        ("<quiz><question type='cloze'><questiontext><text>", "{1:SA:=x}"),
        ("<quiz>", "<question type='"),
        ("", "<"),
        ("<quiz><question type='essay'><questiontext><text>", "&x;"),
        ("<quiz>", "<question/>"),
        ("<quiz>", "<question type='essay'></b></question>"),
        ("<quiz><question type='gapselect'><questiontext><text>", "[[1]]"),
        ("<quiz><question type='multichoice'>", "<answer fraction='1'><text>a</text></answer>"),
        ("<quiz><question type='essay'><tags>", "<tag><text>t</text></tag>"),
        ("<quiz><question type='essay'>", "<file name='a'>AA</file>"),
    ];
    let all = [(Format::Gift, gift), (Format::Aiken, aiken), (Format::MoodleXml, xml)];
    for (format, parts) in all {
        for (head, part) in parts {
            let text = format!("{head}{}", part.repeat(bytes / part.len()));
            let begun = std::time::Instant::now();
            checked(text.as_bytes(), Some(format));
            if std::env::var_os("HABILIS_FUZZ_BYTES").is_some() {
                eprintln!("{format:?} {head:?} + {part:?}: {:?}", begun.elapsed());
            }
        }
    }
}
