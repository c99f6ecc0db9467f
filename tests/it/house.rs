//! The house keeps its shape: floors, rooms, twins and sizes, checked on the sources themselves.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The floors, from the ground up; rooms of one floor do not import each other unless listed as `same`.
const FLOORS: &[&[&str]] = &[
    &["base"],
    &["db", "curriculum"],
    &["identity", "audit"],
    &["academy", "certification"],
    &["access"],
    &["tokens"],
    &["records", "reports", "provisioning", "signals"],
    &["settings", "telemetry"],
    &["app"],
    &["actions"],
    &["web", "cli", "jobs", "mail"],
];

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                // Tests that stand in a file of their own look where they like.
                if path.file_name().is_none_or(|name| name != "tests.rs" && name != "samples.rs") {
                    let text = fs::read_to_string(&path).unwrap();
                    found.push((path, text));
                }
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join("src"), &mut found);
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn inside(path: &Path) -> String {
    path.strip_prefix(root().join("src")).unwrap().to_string_lossy().into_owned()
}

/// The part of a file that is not its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap_or(text)
}

#[test]
fn frameworks_stay_in_their_rooms() {
    for (path, text) in sources() {
        let name = inside(&path);
        let code = code(&text);
        let web = name.starts_with("web/") || name == "main.rs" || name.starts_with("serve");
        assert!(web || !code.contains("actix_web"), "{name}: actix_web belongs to web/");
        assert!(name.starts_with("web/") || !code.contains("handlebars"), "{name}: handlebars belongs to web/");
        let data = name.starts_with("db/") || name.ends_with("rows.rs") || name.contains("/rows/");
        assert!(data || !code.contains("diesel"), "{name}: diesel belongs to db/ and rows");
        assert!(data || !code.contains("sql("), "{name}: queries belong to rows");
        assert!(
            name.starts_with("curriculum/lab/") || !code.contains("rusqlite"),
            "{name}: rusqlite belongs to the lab"
        );
        let writes = name.starts_with("actions/") || name.starts_with("db/");
        assert!(writes || !code.contains(".db.write("), "{name}: only actions write");
    }
}

#[test]
fn imports_point_down() {
    let floor = |room: &str| FLOORS.iter().position(|rooms| rooms.contains(&room));
    for (path, text) in sources() {
        let name = inside(&path);
        let room = name.split(['/', '.']).next().unwrap();
        let Some(own) = floor(room) else { continue };
        for (line, words) in code(&text).lines().enumerate() {
            let mut rest = words;
            while let Some(at) = rest.find("crate::") {
                rest = &rest[at + 7..];
                let other: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let Some(theirs) = floor(&other) else { continue };
                let faces =
                    own == FLOORS.len() - 1 && theirs == own && other != room && other != "jobs" && other != "mail";
                assert!(theirs <= own, "{name}:{}: {room} must not look up to {other}", line + 1);
                assert!(!faces, "{name}:{}: the faces {room} and {other} must not know each other", line + 1);
            }
        }
    }
}

#[test]
fn nobody_is_told_anything_without_an_event() {
    for (path, text) in sources() {
        let name = inside(&path);
        let own = name == "certification/rows/notices.rs" || name == "actions/notify.rs";
        assert!(own || !code(&text).contains("insert_notice"), "{name}: whoever is told something is told by notify");
    }
}

#[test]
fn files_are_rooms_with_a_name_plate() {
    let mut large = Vec::new();
    for (path, text) in sources() {
        let name = inside(&path);
        assert!(text.starts_with("//!"), "{name}: say in one sentence what stands here");
        let lines = text.lines().count();
        if lines > 450 {
            large.push(format!("{name}: {lines} lines"));
        }
    }
    assert!(large.is_empty(), "rooms that want splitting: {large:#?}");
}

#[test]
fn migrations_are_twins() {
    let names = |engine: &str| -> BTreeSet<String> {
        fs::read_dir(root().join("migrations").join(engine))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}
