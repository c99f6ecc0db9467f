//! Every `habilis …` that a page, a snippet or a document tells people to run is a command of this program.

use clap::{Command, CommandFactory, error::ErrorKind};
use habilis::{
    actions::load_content,
    cli::Cli,
    curriculum::source::Source,
    web::{
        kit::render::Render,
        views::{
            self, Page, SAMPLE_NOW,
            snippets::{Connection, snippets},
        },
    },
};
use std::{collections::BTreeMap, fs, path::Path};

fn connection(kind: &str) -> Connection {
    let part = |name: &str| name.to_owned();
    Connection {
        kind: part(kind),
        host: part("h.example.com"),
        account: part("acc"),
        database: part("db"),
        schema: part("public"),
        compute: part("wh"),
        login: part("ana"),
        role: part("ANALYST"),
        role_id: part("analyst"),
        public_url: part("https://academy.example.com"),
        email: part("ana@example.com"),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The words after `habilis` as far as the command goes.
fn command(text: &str) -> String {
    let plain = text.replace("&quot;", "\"").replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">");
    let mut depth = 0;
    let mut quoted = false;
    let end = plain.find(|c: char| {
        match c {
            '"' => quoted = !quoted,
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth < 0 || matches!(c, '`' | '\n' | '|' | ';' | '#' | '<') || c == '>'
    });
    plain[..end.unwrap_or(plain.len())].trim().trim_end_matches(['.', ',', ':']).to_owned()
}

/// Every command in a text that follows one of the marks which begin one.
fn commands(text: &str, marks: &[&str]) -> Vec<String> {
    let found = |mark: &&str| text.split(*mark).skip(1).map(command).collect::<Vec<_>>();
    marks.iter().flat_map(found).filter(|line| !line.is_empty()).collect()
}

fn files(folder: &Path, ending: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path.to_string_lossy().into_owned());
        }
    }
}

/// What is wrong with a line after `habilis`, if anything is. A group by its name alone, or with an ellipsis, is a mention.
fn wrong(program: &Command, line: &str) -> Option<String> {
    // What stands in capitals is to be filled in: any name will do.
    let filled = |word: String| {
        let capitals = word.chars().all(|c| c.is_ascii_uppercase());
        if capitals { word.to_lowercase() } else { word }
    };
    let words: Vec<String> = shell(line).into_iter().map(filled).collect();
    let mention = words.iter().position(|word| word == "…" || word == "...");
    let words: Vec<&str> = words.iter().map(String::as_str).take(mention.unwrap_or(usize::MAX)).collect();
    let first = *words.first()?;
    let mut at = program;
    let mut named = 0;
    for word in &words {
        match at.find_subcommand(word) {
            Some(inner) => {
                at = inner;
                named += 1;
            }
            None => break,
        }
    }
    if named == 0 {
        return Some(format!("there is no command {first}"));
    }
    if named == words.len() {
        return None;
    }
    match program.clone().try_get_matches_from(std::iter::once("habilis").chain(words)) {
        Ok(_) => None,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => None,
        Err(error) => Some(error.to_string()),
    }
}

/// The words of a line, as a shell would take them apart.
fn shell(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote, mut there) = (Vec::new(), String::new(), None, false);
    for c in line.chars() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => (quote, there) = (Some(c), true),
            (c, None) if c.is_whitespace() => {
                if there || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                there = false;
            }
            (c, _) => word.push(c),
        }
    }
    if there || !word.is_empty() {
        words.push(word);
    }
    words
}

#[test]
fn what_people_are_told_to_run_runs() {
    let mut told: BTreeMap<String, String> = BTreeMap::new();
    for kind in ["snowflake", "trino", "postgres", "postgrest", "generic"] {
        for snippet in snippets(&connection(kind)) {
            for line in commands(&snippet.text, &["$(habilis ", "\nhabilis "]) {
                told.insert(line, format!("the snippet {} of {kind}", snippet.label));
            }
        }
    }
    let render = Render::new(None, false).unwrap();
    for sample in views::samples() {
        let page = Page {
            lang: "en".to_owned(),
            now: SAMPLE_NOW,
            zone: "Europe/Paris".to_owned(),
            path: "/".to_owned(),
            me: Some(views::sample_me()),
            form_token: None,
            notice: None,
            demo: true,
            view: (),
        };
        let html = render.sample(&sample, &page).unwrap();
        for line in commands(&html, &["<code>habilis ", "$(habilis ", "$ habilis "]) {
            told.insert(line, format!("the page {}", sample.name));
        }
    }
    let mut texts = vec!["README.md".to_owned(), "docker-compose.yml".to_owned(), "Dockerfile".to_owned()];
    texts = texts.into_iter().map(|name| root().join(name).to_string_lossy().into_owned()).collect();
    files(&root().join("templates"), ".ftl", &mut texts);
    files(&root().join("templates"), ".hbs", &mut texts);
    files(&root().join("src"), ".rs", &mut texts);
    files(&root().join("courses"), ".md", &mut texts);
    files(&root().join("courses"), ".yaml", &mut texts);
    for file in texts {
        let text = fs::read_to_string(&file).unwrap();
        for line in commands(&text, &["`habilis ", "<code>habilis ", "release/habilis ", "run: habilis "]) {
            // A command that a program composes has its parts filled in later.
            let line = line.split(['{', '@', '"']).next().unwrap().trim().to_owned();
            // The program's file is no command of its own.
            if !line.is_empty() && !line.starts_with('/') {
                told.insert(line, file.clone());
            }
        }
    }
    assert!(told.len() > 20, "the places where commands stand are written in another way now: {told:?}");
    let mut program = Cli::command();
    program.build();
    let wrong: Vec<String> = told
        .iter()
        .filter_map(|(line, place)| Some(format!("{place}: habilis {line}: {}", wrong(&program, line)?)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The sample academy has a role for each tool that people are promised.
#[test]
fn the_sample_shows_every_snippet() {
    let source = Source::folder(&root().join("courses")).unwrap();
    let (_, catalogue, report) = load_content::check(&source);
    assert!(!report.has_errors(), "{report}");
    let mut labels = BTreeMap::new();
    for role in catalogue.roles.values() {
        let kind = catalogue.warehouses[&role.warehouse].kind.as_str();
        for snippet in snippets(&connection(kind)) {
            labels.insert(snippet.label.split(' ').next().unwrap().to_owned(), role.id.clone());
        }
    }
    for promised in ["Python", "dbt", "psql", "JDBC", "Trino", "SnowSQL", "habilis", "curl"] {
        assert!(labels.contains_key(promised), "no role of the sample shows {promised}: {labels:?}");
    }
}

#[test]
fn a_command_that_is_none_is_found() {
    let mut program = Cli::command();
    program.build();
    for odd in [
        "frobnicate",
        "holders --rol analyst",
        "courses chek",
        "keys rotate --algorithm HS1",
        "holders --rows people",
        "holders --map --rows roles",
        "holders --map --state ended",
        "grants list --map",
        "explain PERSON ROLE --format csv",
        "people link PERSON --format csv",
        "audit verify LOG --key KEY --format csv",
    ] {
        assert!(wrong(&program, odd).is_some(), "{odd}");
    }
    for good in [
        "holders",
        "holders --role analyst",
        "holders --map --team - --rows people --columns warehouses --order likeness --as-of 2026-03-01 --format csv",
        "courses …",
        "explain PERSON ROLE",
        "explain PERSON ROLE --format json",
        "people link PERSON --format json",
        "audit verify LOG --key KEY --format json",
        "help",
    ] {
        assert_eq!(wrong(&program, good), None, "{good}");
    }
}
