//! What the command line says of files opens in an editor that stands in the same folder.

use crate::support::content;
use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc,
    time::Duration,
};

struct Ends(Child);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn habilis(here: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_habilis"));
    command.args(arguments).current_dir(here).env_remove("DATABASE_URL").env("HABILIS_DATA_DIR", here.join("data"));
    command
}

/// A folder with the small academy in `academy/`, broken in one place.
fn broken() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    content::write(&content::files(), &folder.path().join("academy"));
    edit(folder.path(), "version: 1", "version: one");
    folder
}

fn edit(here: &Path, from: &str, to: &str) {
    let file = here.join("academy/alpha/course.yaml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(file, text.replace(from, to)).unwrap();
}

/// Where each finding of an output lies, and whether that opens from here.
fn named(here: &Path, said: &str) -> Vec<(String, bool)> {
    let lines = said.lines().filter(|line| line.contains(": error[") || line.contains(": warning["));
    let places = lines.filter_map(|line| line.split_once(':'));
    places.map(|(path, _)| (path.to_owned(), here.join(path).is_file())).collect()
}

#[test]
fn findings_name_files_that_open_from_the_working_directory() {
    let folder = broken();
    let here = folder.path().canonicalize().unwrap();
    let absolute = here.join("academy").display().to_string();
    for root in ["academy", "./academy", &absolute] {
        let checked = habilis(&here, &["courses", "check", root]).output().unwrap();
        let said = String::from_utf8_lossy(&checked.stderr).into_owned();
        let named = named(&here, &said);
        assert!(!checked.status.success() && !named.is_empty(), "{said}");
        assert!(named.iter().all(|(path, opens)| *opens && path.contains("academy/")), "{root}: {named:?}");
    }
    // From elsewhere the way is the one that was given.
    fs::create_dir(here.join("aside")).unwrap();
    let checked = habilis(&here.join("aside"), &["courses", "check", "../academy"]).output().unwrap();
    assert!(String::from_utf8_lossy(&checked.stderr).contains("../academy/alpha/course.yaml:4:10: error["));

    let checked = habilis(&here, &["courses", "check", "academy", "--format", "json"]).output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let findings = told["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["file"] == "alpha/course.yaml").unwrap();
    assert_eq!((&finding["path"], &finding["line"]), (&"academy/alpha/course.yaml".into(), &4.into()));
}

#[test]
fn a_save_while_writing_is_answered_with_a_path_that_opens() {
    let folder = broken();
    let here = folder.path();
    edit(here, "version: one", "version: 1");
    let mut command = habilis(here, &["serve", "--dev"]);
    let command = command.env("HABILIS_CONTENT", "academy").env("HABILIS_LISTEN", "127.0.0.1:0");
    let mut child = Ends(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    let (tell, told) = mpsc::channel();
    let outputs: [Box<dyn Read + Send>; 2] =
        [Box::new(child.0.stdout.take().unwrap()), Box::new(child.0.stderr.take().unwrap())];
    for output in outputs {
        let tell = tell.clone();
        std::thread::spawn(move || {
            BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| tell.send(line))
        });
    }
    let waits = |text: &str| {
        let mut seen = Vec::new();
        while let Ok(line) = told.recv_timeout(Duration::from_secs(30)) {
            if line.contains(text) {
                return line;
            }
            seen.push(line);
        }
        panic!("never said {text}: {seen:?}");
    };
    waits("Watching");
    std::thread::sleep(Duration::from_millis(1_500));
    edit(here, "version: 1", "version: one");
    let line = waits("error[");
    assert!(line.starts_with("academy/alpha/course.yaml:4:10: "), "{line}");
}
