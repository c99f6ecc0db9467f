//! A wrong key in an exam that a whole company sat: how long the statistics, the preview and the correction take.

use super::{http::Client, program::Program, table::Table};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    time::{Duration, Instant},
};

/// The lines of the table.
pub const LINES: [&str; 3] = ["statistics of a course", "preview of a correction", "applying a correction"];

const COURSE: &str = "data-foundations";
/// A question of one right option, and the option that is right from then on.
const QUESTION: (&str, &str, &str) = ("k-net-name", "data-foundations/banks/kpis.bank.yaml", "b");
/// How often the preview is asked for.
const TIMES: usize = 5;

/// Changes a key, looks, and corrects.
pub async fn run(program: &Program, people: u64, table: &mut Table) {
    let admin = program.sign_in_as("admin").await;
    let mut client = Client::connect(program.address).await;
    let mut ask = async |method: &str, path: &str, body: Option<Value>| -> (Value, Duration) {
        let since = Instant::now();
        let body = body.map(|body| body.to_string());
        let told = client.json(method, path, Some(&admin), body.as_deref()).await;
        (told, since.elapsed())
    };
    let (_, reckoned) = ask("GET", &format!("/api/v1/courses/{COURSE}/statistics"), None).await;
    change(&program.content());
    ask("POST", "/api/v1/content/reload", Some(json!({}))).await;
    let wanted = json!({ "course": COURSE, "question": QUESTION.0, "treatment": "new_key" });
    let (mut previews, mut seen) = (Vec::new(), Value::Null);
    for _ in 0..TIMES {
        let (told, took) = ask("POST", "/api/v1/regrades/preview", Some(wanted.clone())).await;
        previews.push(took);
        seen = told;
    }
    previews.sort_unstable();
    let mut applied = wanted;
    applied["reason"] = json!("The key was wrong.");
    applied["fingerprint"] = seen["fingerprint"].clone();
    #[expect(clippy::disallowed_methods, reason = "the bench asks for what came after now")]
    let from = jiff::Timestamp::now();
    let (done, corrected) = ask("POST", "/api/v1/regrades", Some(applied)).await;
    // Page by page, every line of the log since then.
    let (mut left, mut cursor): (BTreeMap<String, u32>, Option<String>) = (BTreeMap::new(), None);
    loop {
        let next = cursor.map_or_else(String::new, |cursor| format!("&cursor={cursor}"));
        let (page, _) = ask("GET", &format!("/api/v1/events?from={from}&limit=200{next}"), None).await;
        for event in page["items"].as_array().unwrap() {
            *left.entry(event["kind"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        cursor = page["next"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    let millis = |took: Duration| format!("{:.0} ms", took.as_secs_f64() * 1_000.0);
    table.note(LINES[0], format!("{} ({people} people)", millis(reckoned)));
    let median = previews[previews.len() / 2];
    table.note(
        LINES[1],
        format!(
            "{} (median of {TIMES}; {} attempts of {} people hold it)",
            millis(median),
            seen["attempts"],
            seen["people"]
        ),
    );
    let figures = ["changed", "now_passed", "now_failed", "certificates_issued", "certificates_revoked"];
    let told: Vec<String> = figures.iter().map(|name| format!("{name} {}", done[*name])).collect();
    table.note(LINES[2], format!("{} ({}; events {left:?})", millis(corrected), told.join(", ")));
}

/// Another option is right from now on, in a new version of the course.
fn change(content: &Path) {
    let (question, bank, right) = QUESTION;
    let file = content.join(bank);
    let (mut within, mut kept) = (false, Vec::new());
    for line in fs::read_to_string(&file).unwrap().lines() {
        let id = line.trim_start().strip_prefix("- id: ").map(str::to_owned);
        if let Some(id) = id.as_ref().filter(|id| id.len() > 1) {
            within = id == question;
        }
        if within && line.trim() == "correct: true" {
            continue;
        }
        kept.push(line.to_owned());
        if within && id.as_deref() == Some(right) {
            kept.push(format!("{}correct: true", " ".repeat(line.len() - line.trim_start().len() + 2)));
        }
    }
    fs::write(&file, kept.join("\n") + "\n").unwrap();
    let file = content.join(COURSE).join("course.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let line = text.lines().find(|line| line.starts_with("version: ")).unwrap();
    let version: i64 = line.trim_start_matches("version: ").parse().unwrap();
    fs::write(&file, text.replacen(line, &format!("version: {}", version + 1), 1)).unwrap();
}
