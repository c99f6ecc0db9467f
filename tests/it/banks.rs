//! `habilis courses import` and `export`, as somebody types them.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

const COURSE: &str = "id: joins\ntitle: Joins\nsummary: Rows that meet.\nversion: 1\nowner: academy@example.com\nobjectives: {grain: Say what a row is}\n";
const GIFT: &str = "$CATEGORY: Basics\n\n::Grain::What is a row?{=A thing ~%50%A thought ~Nothing}\n\n::Key::A key repeats.{F####It is unique.}\n";

fn run(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_habilis")).args(words).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[test]
fn a_bank_comes_in_and_goes_out() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::create_dir_all(folder.join("courses/joins")).unwrap();
    fs::write(folder.join("courses/joins/course.yaml"), COURSE).unwrap();
    fs::write(folder.join("Old_bank.gift"), GIFT).unwrap();
    let import = ["courses", "import", "Old_bank.gift", "--into", "courses/joins/banks"];
    let with = |more: &[&'static str]| run(folder, &[&import[..], more].concat());

    let (code, said, _) = with(&["--dry-run"]);
    assert_eq!(code, 0);
    assert!(
        said.contains("Old_bank.gift:3:1: imported with a warning `grain` (single): answers that were partly right"),
        "{said}"
    );
    assert!(said.contains("2 in Basics") && said.contains("nothing was written"), "{said}");
    let bank = folder.join("courses/joins/banks/old-bank.bank.yaml");
    assert!(!bank.exists());
    // Nobody can be asked here.
    assert_eq!(with(&[]).0, 1);
    assert!(!bank.exists());

    let (code, said, wrong) = with(&["--yes", "--objective", "grain"]);
    assert_eq!((code, wrong.as_str()), (0, ""), "{said}");
    let first = fs::read_to_string(&bank).unwrap();
    assert!(first.starts_with("# Imported from: Old_bank.gift (GIFT)\nid: old-bank\n"), "{first}");
    let (code, _, wrong) = with(&["--yes"]);
    assert!(code == 1 && wrong.contains("--force replaces it"), "{wrong}");
    // Replacing keeps the ids; another bank gets others.
    assert_eq!(with(&["--yes", "--force", "--objective", "grain"]).0, 0);
    assert_eq!(fs::read_to_string(&bank).unwrap(), first);
    assert_eq!(with(&["--yes", "--name", "second"]).0, 0);
    let second = fs::read_to_string(folder.join("courses/joins/banks/second.bank.yaml")).unwrap();
    assert!(second.contains("id: grain-2"), "{second}");
    assert_eq!(run(folder, &["courses", "check", "courses"]).0, 0);

    let (code, said, _) = with(&["--dry-run", "--name", "third", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &json[0]["lines"][1]["outcome"]), (0, &serde_json::json!("imported")));

    let (code, gift, _) = run(folder, &["courses", "export", "courses/joins/banks/old-bank.bank.yaml", "--to", "gift"]);
    assert_eq!(code, 0);
    assert!(gift.contains("::Key::[markdown]A key repeats. {FALSE####It is unique.}"), "{gift}");
    assert!(gift.starts_with("$CATEGORY: $course$/top/Basics\n"), "{gift}");
    let words = ["courses", "export", "courses/joins/banks/old-bank.bank.yaml", "--to", "moodle-xml", "-o", "out.xml"];
    assert_eq!(run(folder, &words), (0, String::new(), String::new()));
    assert_eq!(run(folder, &["courses", "import", "out.xml", "--into", "courses/joins", "--dry-run"]).0, 0);
    let from = |format: &str| {
        run(folder, &["courses", "import", "out.xml", "--into", "courses/joins", "--dry-run", "--from", format]).0
    };
    assert_eq!((from("moodle-xml"), from("aiken")), (0, 1));

    fs::write(folder.join("Old_bank.gift"), "one {=a\n\ntwo{T}").unwrap();
    let (code, said, _) = with(&["--dry-run"]);
    assert!(code == 1 && said.contains("1:5: left out (question): this `{` is never closed"), "{said}");
    fs::create_dir(folder.join("banks")).unwrap();
    assert!(run(folder, &["courses", "import", "out.xml", "--into", "banks", "--yes"]).2.contains("no course.yaml"));
}

/// A dot, one pixel large.
const DOT: &[u8] = b"\x89PNG\r\n\x1a\nnot much of a picture";

/// What an export cannot carry is told line by line, in words or as JSON, and is no failure.
#[test]
fn an_export_carries_pictures_and_tells_what_it_loses() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let banks = folder.join("courses/joins/banks");
    fs::create_dir_all(&banks).unwrap();
    fs::create_dir_all(folder.join("courses/joins/assets")).unwrap();
    fs::write(folder.join("courses/joins/course.yaml"), COURSE).unwrap();
    fs::write(folder.join("courses/joins/assets/dot.png"), DOT).unwrap();
    fs::write(folder.join("secret.png"), DOT).unwrap();
    let bank = "id: dots\nquestions:\n  - id: dot\n    type: true_false\n    title: \"A dot\"\n    category: [Shapes]\n    tags: [round]\n    ask: \"![a dot](../assets/dot.png) and ![out](../../../secret.png)\"\n    answer: true\n";
    fs::write(banks.join("dots.bank.yaml"), bank).unwrap();
    fs::write(banks.join("dots.bank.fr.yaml"), "questions: {dot: {ask: Un point}}\n").unwrap();
    let export = |more: &[&'static str]| {
        run(folder, &[&["courses", "export", "courses/joins/banks/dots.bank.yaml"], more].concat())
    };
    let (code, xml, wrong) = export(&["--to", "moodle-xml"]);
    assert_eq!(code, 0, "{wrong}");
    assert!(xml.contains("<file name=\"dot.png\" path=\"/\" encoding=\"base64\">iVBORw0KGgp"), "{xml}");
    assert!(
        xml.contains("![a dot](@@PLUGINFILE@@/dot.png) and (out)") && xml.contains("<tag><text>round</text></tag>")
    );
    // A file outside the course is none of its pictures.
    let lines: Vec<&str> = wrong.lines().collect();
    assert_eq!(lines.len(), 2, "{wrong}");
    assert!(lines[0].contains("dots.bank.yaml:3: `dot`: the picture `../../../secret.png` cannot be read"), "{wrong}");
    assert!(lines[1].contains("dots.bank.fr.yaml stays behind"), "{wrong}");
    let (code, gift, wrong) = export(&["--to", "gift", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&wrong).unwrap();
    assert_eq!((code, told.as_array().unwrap().len()), (0, 3), "{wrong}");
    assert_eq!((&told[0]["line"], &told[0]["id"], &told[0]["outcome"]), (&3.into(), &"dot".into(), &"changed".into()));
    assert!(gift.contains("(a dot) and (out)") && gift.contains("// [id:dot] [tag:round]"), "{gift}");
    assert_eq!(run(folder, &["courses", "check", "courses"]).0, 1, "the picture outside is an error of the course");
}
