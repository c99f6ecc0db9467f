//! `README.md` leads from each MUST to a test: each test that it names is there.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The name of every test in a folder of sources.
fn tests_of(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tests_of(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let lines: Vec<&str> = text.lines().map(str::trim).collect();
            for pair in lines.windows(2) {
                let [mark, function] = pair else { continue };
                let named =
                    function.trim_start_matches("async ").strip_prefix("fn ").and_then(|rest| rest.split('(').next());
                if let (true, Some(name)) = (mark.starts_with("#[tokio::test") || *mark == "#[test]", named) {
                    found.insert(name.to_owned());
                }
            }
        }
    }
}

/// The lines of the table: where the MUST stands, what it wants, and what shows it.
fn lines() -> Vec<[String; 3]> {
    let text = fs::read_to_string(root().join("tests/it/oauth/README.md")).unwrap();
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows =
        text.lines().filter(|line| line.starts_with('|') && !line.starts_with("| where") && !line.starts_with("| ---"));
    rows.map(|line| cells(line).try_into().unwrap_or_else(|cells| panic!("three cells: {cells:?}"))).collect()
}

fn named(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_test_that_the_table_names_is_there() {
    let mut tests = BTreeSet::new();
    for folder in ["tests/it", "src"] {
        tests_of(&root().join(folder), &mut tests);
    }
    let lines = lines();
    for [place, what, shown] in &lines {
        assert!(!place.is_empty() && !what.is_empty(), "{shown}");
        let names = named(shown);
        assert!(
            !names.is_empty() || shown.starts_with("open:"),
            "{place} ({what}) names no test, and is not said to be open"
        );
        for name in names {
            assert!(tests.contains(name), "{place} ({what}): there is no test {name}");
        }
    }
    for standard in [
        "RFC 6749",
        "RFC 6750",
        "RFC 7009",
        "RFC 7636",
        "RFC 7662",
        "RFC 8252",
        "RFC 8414",
        "RFC 8628",
        "RFC 8693",
        "RFC 8707",
        "RFC 9068",
        "RFC 9207",
        "RFC 9700",
        "OIDC Core",
        "OIDC Discovery",
        "OIDC Logout",
        "RFC 8417",
        "RFC 8935",
        "RFC 8936",
        "SSF 1.0",
        "CAEP 1.0",
        "RISC 1.0",
    ] {
        assert!(lines.iter().any(|[place, ..]| place.starts_with(standard)), "nothing of {standard}");
    }
}
