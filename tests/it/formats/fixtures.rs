//! Banks as they are met: ours beside this file, each with what it means in JSON; and those that others wrote, in
//! `shared/` and in a folder that `HABILIS_TEST_BANKS` names, with the parses of another program where they exist.

use super::checked;
use habilis::curriculum::{
    formats::{
        Format, Imported, Wishes,
        entry::{Blank, Body, Choice, Credit, Entry},
        import,
        report::Outcome,
    },
    render,
};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/formats")
}

/// All files below a folder, by name.
pub(super) fn below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// The letters and digits of a text without its tags: markup and signs differ between programs, words do not.
fn words(text: &str) -> String {
    let mut text = text.to_owned();
    // What stands in a comment is shown to nobody.
    while let Some((before, rest)) = text.split_once("<!--") {
        text = format!("{before}{}", rest.split_once("-->").map_or("", |(_, behind)| behind));
    }
    let text = text.as_str();
    let mut inside = 0_u32;
    let mut out = String::new();
    for (at, c) in text.char_indices() {
        let opens = c == '<' && text[at + 1..].starts_with(|next: char| next.is_ascii_alphabetic() || next == '/');
        inside += u32::from(opens);
        if inside == 0 && c.is_alphanumeric() {
            out.push(c);
        }
        inside -= u32::from(inside > 0 && c == '>');
    }
    out
}

/// The words that a reader of our Markdown sees.
fn seen(markdown: &str) -> String {
    let html = render::markdown(markdown, &render::Links::none()).html;
    let signs = [("&lt;", " "), ("&gt;", " "), ("&quot;", " "), ("&amp;", " ")];
    words(&signs.iter().fold(html, |html, (sign, by)| html.replace(sign, by)))
}

fn text(value: &Value) -> String {
    value.get("text").and_then(Value::as_str).or(value.as_str()).unwrap_or_default().to_owned()
}

/// Options with a weight are right where it counts for them.
fn right(choice: &Value) -> bool {
    choice["weight"].as_f64().map_or(choice["isCorrect"] == true, |weight| weight > 0.0)
}

/// Whether two lists of options say the same, in order.
fn same_choices(ours: &[Choice], theirs: &Value) -> bool {
    let theirs: Vec<(String, bool)> =
        theirs.as_array().unwrap().iter().map(|choice| (bare(&text(&choice["text"])), right(choice))).collect();
    let ours: Vec<(String, bool)> = ours.iter().map(|choice| (bare(&choice.text), choice.correct)).collect();
    ours == theirs
}

/// As [`words`], or the signs where there is nothing else, without what Markdown needs before them.
fn bare(text: &str) -> String {
    let words = words(text);
    if words.is_empty() { text.replace(['\\', '`', ' '], "") } else { words }
}

/// What differs between a question and what it should be.
fn differs(entry: &Entry, told: &Value) -> Vec<String> {
    let kind = told["type"].as_str().unwrap();
    let same = match (&entry.body, kind) {
        (Body::Single(choices) | Body::Multi(choices, _), "MC") => same_choices(choices, &told["choices"]),
        (Body::TrueFalse(truth), "TF") => told["isTrue"] == *truth,
        (Body::Short(accepts), "Short") => {
            let accepted = words(&format!("{accepts:?}"));
            let full = |choice: &&Value| choice["weight"].as_f64().is_none_or(|weight| weight >= 100.0);
            let full: Vec<&Value> = told["choices"].as_array().unwrap().iter().filter(full).collect();
            full.len() == accepts.len() && full.iter().all(|c| accepted.contains(&words(&text(&c["text"]))))
        }
        (Body::Match(pairs, _), "Matching") => {
            let theirs = told["matchPairs"].as_array().unwrap();
            pairs.len() == theirs.len()
                && pairs.iter().zip(theirs).all(|((left, right), pair)| {
                    bare(left) == bare(&text(&pair["subquestion"])) && bare(right) == bare(&text(&pair["subanswer"]))
                })
        }
        // A gap in the middle of a sentence is a gap here, too.
        (Body::Cloze(blanks), "MC") => {
            matches!(&blanks[..], [(_, Blank::Choices(choices))] if same_choices(choices, &told["choices"]))
        }
        (Body::Cloze(_), "Cloze" | "Short") | (Body::Numeric(..), "Numerical") | (Body::FreeText(_), "Essay") => true,
        _ => false,
    };
    let id = &entry.id;
    if !same {
        return vec![format!("{id} is not {told}: {:?}", entry.body)];
    }
    // The names of our gaps are not words of the question.
    let mut ask = entry.ask.clone();
    if let Body::Cloze(blanks) = &entry.body {
        for (name, _) in blanks {
            ask = ask.replace(&format!("{{{{{name}}}}}"), " ");
        }
    }
    let mut differences = Vec::new();
    let mut differ = |what: &str, ours: String, theirs: String| {
        if ours != theirs {
            differences.push(format!("{id}, {what}: `{ours}`, not `{theirs}`"));
        }
    };
    differ("text", words(&ask), words(&text(&told["stem"])));
    if told["hasEmbeddedAnswers"] == true && !matches!(entry.body, Body::Cloze(_)) {
        differ("gap", entry.ask.replace('\\', "").matches("_____").count().to_string(), "1".to_owned());
    }
    let theirs = |key: &str| told[key].as_str().map(str::to_owned);
    if let Some(title) = theirs("title") {
        differ("title", entry.about.title.clone().unwrap_or_else(|| id.clone()), title);
    }
    if let Some(given) = theirs("id") {
        differ("id", id.clone(), given);
    }
    if let Some(tags) = told.get("tags") {
        let tags: Vec<&str> = tags.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        differ("tags", entry.about.tags.join(","), tags.join(","));
    }
    // What was said to single answers stands behind the explanation where the type has no place of its own for it.
    let why = seen(entry.why.as_deref().unwrap_or_default());
    let choices = told["choices"].as_array().into_iter().flatten().map(|choice| &choice["feedback"]);
    let said: Vec<&Value> = match &entry.body {
        Body::Single(_) | Body::Multi(..) => vec![&told["globalFeedback"]],
        _ => ["globalFeedback", "trueFeedback", "falseFeedback"].iter().map(|key| &told[*key]).chain(choices).collect(),
    };
    for said in said.into_iter().map(|said| words(&text(said))).filter(|said| !why.contains(said)) {
        differ("explanation", why.clone(), said);
    }
    if let Body::Single(ours) | Body::Multi(ours, _) = &entry.body {
        for (choice, theirs) in ours.iter().zip(told["choices"].as_array().unwrap()) {
            if let Some(feedback) = theirs.get("feedback") {
                let why = seen(choice.why.as_deref().unwrap_or_default());
                differ(&format!("why of `{}`", choice.text), why, words(&text(feedback)));
            }
            if let (Body::Multi(_, Credit::Fractions), Some(weight)) = (&entry.body, theirs["weight"].as_f64()) {
                let worth = choice.fraction.map(|fraction| fraction.to_string()).unwrap_or_default();
                differ(&format!("worth of `{}`", choice.text), worth, weight.to_string());
            }
        }
    }
    differences
}

/// Imports a file, and compares it with the JSON that says what it means, if there is one.
fn compared(file: &Path, meaning: Option<&Path>) -> (Imported, Vec<String>) {
    let bytes = fs::read(file).unwrap();
    let imported = checked(&bytes, None).unwrap_or_else(|| panic!("{} is not read", file.display()));
    let Some(meaning) = meaning.filter(|path| path.exists()) else { return (imported, Vec::new()) };
    let told: Vec<Value> = serde_json::from_slice(&fs::read(meaning).unwrap()).unwrap();
    let (texts, questions): (Vec<&Value>, Vec<&Value>) = told.iter().partition(|told| told["type"] == "Description");
    let mut wrong = Vec::new();
    if imported.entries.len() != questions.len() {
        wrong.push(format!("{} questions, not {}", imported.entries.len(), questions.len()));
    }
    let described =
        imported.lines.iter().filter(|line| line.outcome == Outcome::NoQuestion && line.kind == "description");
    if described.count() != texts.len() {
        wrong.push(format!("{} descriptions are expected: {:?}", texts.len(), imported.lines));
    }
    wrong.extend(imported.entries.iter().zip(questions).flat_map(|(entry, told)| differs(entry, told)));
    (imported, wrong)
}

#[test]
fn usual_banks_come_in_as_they_were_meant() {
    for (name, format) in
        [("usual.gift", Format::Gift), ("usual.aiken.txt", Format::Aiken), ("usual.moodle.xml", Format::MoodleXml)]
    {
        let (imported, wrong) = compared(&here().join(name), Some(&here().join(format!("{name}.json"))));
        assert_eq!(imported.format, format, "{name}");
        assert_eq!(imported.count(Outcome::LeftOut), 0, "{name}: {:?}", imported.lines);
        assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
    }
}

/// What the same bank means does not hang on how its bytes are written.
#[test]
fn marks_of_order_line_ends_and_old_letters_change_nothing() {
    let plain = "::Accents::Où est rangée l'année ? {=dans la clé ~à côté}\n\n::Deux::Vrai ?{T}\n";
    let as_is = import(plain.as_bytes(), Wishes::default()).unwrap().entries;
    assert_eq!((as_is.len(), as_is[0].ask.as_str()), (2, "Où est rangée l'année ?"));
    let latin: Vec<u8> = plain.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let marked = format!("\u{feff}{plain}").into_bytes();
    let windows = plain.replace('\n', "\r\n").into_bytes();
    let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(plain.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (how, bytes) in [("Latin-1", latin), ("a mark of order", marked), ("CRLF", windows), ("UTF-16", wide)] {
        let imported = import(&bytes, Wishes::default()).unwrap_or_else(|error| panic!("{how}: {error}"));
        assert_eq!(imported.entries, as_is, "{how}");
    }
}

/// Signs that nobody escaped, fractions that were rounded, a picture inside, and a declaration that is refused.
#[test]
fn rough_banks_lose_nothing_in_silence() {
    let one = |bytes: &str| checked(bytes.as_bytes(), None).unwrap();
    let equals = one("::Filter::Which one filters? {=WHERE a = 1 ~ORDER BY a}\n");
    let Body::Single(choices) = &equals.entries[0].body else { panic!("{:?}", equals.lines) };
    assert_eq!((choices[0].text.as_str(), choices.len()), ("WHERE a = 1", 2), "{:?}", equals.lines);

    let thirds = one("Which? {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%d}\n");
    let Body::Multi(choices, _) = &thirds.entries[0].body else { panic!("{:?}", thirds.lines) };
    assert_eq!(choices.iter().filter(|choice| choice.correct).count(), 3);

    let picture = "<quiz><question type=\"truefalse\"><questiontext format=\"html\"><text><![CDATA[<p>See <img src=\"@@PLUGINFILE@@/dot.png\" alt=\"a dot\"></p>]]></text><file name=\"dot.png\" encoding=\"base64\">iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==</file></questiontext><answer fraction=\"100\"><text>true</text></answer><answer fraction=\"0\"><text>false</text></answer></question></quiz>";
    let picture = one(picture);
    assert_eq!((picture.entries.len(), picture.pictures.len()), (1, 1), "{:?}", picture.lines);

    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE quiz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><quiz><question type=\"essay\"><questiontext><text>&b;</text></questiontext></question></quiz>";
    let imported = import(laughs.as_bytes(), Wishes::default());
    assert!(imported.is_err() || imported.unwrap().entries.iter().all(|entry| !entry.ask.contains("haha")));
}

/// Whether a file is a bank, and not a parse, a report or a list of sources.
fn is_bank(file: &Path) -> bool {
    let kind = file.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    matches!(kind, "gift" | "txt" | "xml")
}

/// What remains of differences from another program's parse, each with its reason: exactly these and no others.
const DIFFERENCES: [(&str, &str, &str); 0] = [];

/// Banks that others wrote, copied with their licences: where another program's parse stands beside a file as `NAME.json`,
/// it says the same; where there is none, the import says line for line what `NAME.report` says.
#[test]
fn shared_banks_come_in_as_another_program_reads_them() {
    let folder = here().join("shared");
    let (mut parses, mut reports, mut differences) = (0, 0, BTreeSet::new());
    for file in below(&folder).into_iter().filter(|file| is_bank(file)) {
        let name = file.strip_prefix(&folder).unwrap().to_string_lossy().into_owned();
        let meaning = file.with_extension("json");
        let (imported, found) = compared(&file, Some(&meaning));
        differences.extend(found.into_iter().map(|one| (name.clone(), one)));
        if meaning.exists() {
            parses += 1;
            continue;
        }
        let lines: String = imported.lines.iter().map(|line| format!("{line}\n")).collect();
        let expected = fs::read_to_string(folder.join(format!("{name}.report"))).unwrap_or_default();
        assert_eq!(lines, expected, "{name}:\n{lines}");
        reports += 1;
    }
    let expected: BTreeSet<(String, String)> =
        DIFFERENCES.iter().map(|(file, what, _)| ((*file).to_owned(), (*what).to_owned())).collect();
    assert_eq!(differences, expected);
    assert_eq!((parses, reports), (13, 3), "all the copies are there");
    // One bank in two formats. Its author's program turned the ANSWER line of the ordering question into places, which
    // is another order; each file is read as its own format means it.
    let order = |name: &str| {
        let imported = import(&fs::read(folder.join(name)).unwrap(), Wishes::default()).unwrap();
        let found = imported.entries.into_iter().find_map(|entry| match entry.body {
            Body::Order(items, _) => Some(items),
            _ => None,
        });
        found.unwrap()
    };
    assert_eq!(order("sonsoleslp-aiken.txt"), ["100", "200", "500"]);
    assert_eq!(order("sonsoleslp-moodle.xml"), ["500", "100", "200"]);
}

/// The banks of a folder that the environment names, such as those whose licence forbids a copy: each is read, each
/// question has its line, and where another program's parse stands beside a file, it says the same.
#[test]
fn banks_of_a_named_folder_are_read_and_agree_with_their_parses() {
    let Some(folder) = std::env::var_os("HABILIS_TEST_BANKS") else { return };
    let (mut files, mut compared_with, mut questions) = (0, 0, 0);
    let mut wrong = Vec::new();
    for file in below(Path::new(&folder)).into_iter().filter(|file| is_bank(file)) {
        let meaning = file.with_extension("json");
        let (imported, differences) = compared(&file, Some(&meaning));
        files += 1;
        compared_with += usize::from(meaning.exists());
        questions += imported.entries.len();
        println!("{}: {} questions", file.display(), imported.entries.len());
        imported.lines.iter().for_each(|line| println!("  {line}"));
        wrong.extend(differences.into_iter().map(|one| format!("{}: {one}", file.display())));
    }
    println!("{files} files, {questions} questions, {compared_with} compared with another program's parse");
    assert!(files > 0 && wrong.is_empty(), "{}", wrong.join("\n"));
}
