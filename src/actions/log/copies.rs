//! Taking checkpoints out of the house: to files, webhooks and stores that whoever rewrites the database cannot rewrite.
//!
//! It is no event, for each would make a checkpoint of its own. What fails is tried again until it arrives, the latest
//! checkpoint first: an older one that never left is within it.

use crate::{
    app::App,
    audit::{
        log::place::{CopySettings, Outside},
        rows::log::{self as rows, Copied, Signed},
    },
    base::{
        clock::Time,
        outbound,
        refusal::{Broken, Fault},
    },
    db::lease::{give_back, take_lease},
};
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle, actions::PutObject};
use serde_json::json;
use std::{
    fs::OpenOptions,
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
    time::Duration,
};

/// How long a place may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long one replica has a place for itself, in seconds: longer than that.
const LEASE_SECONDS: i64 = 30;
/// How long to wait after the first failure, and at most, in seconds.
const WAITS: (i64, i64) = (5, 300);
/// How long the address of an object works, in seconds.
const PRESIGNED: Duration = Duration::from_secs(60);

/// Takes the last checkpoint to every place that is due.
///
/// # Errors
/// The database is away.
pub async fn copy_where_due(app: &App, holder: &str) -> Result<(), Fault> {
    for place in &app.settings.log_copy {
        copy(app, holder, place).await?;
    }
    Ok(())
}

async fn copy(app: &App, holder: &str, place: &CopySettings) -> Result<(), Fault> {
    let key = place.key();
    let (last, copied) = {
        let key = key.clone();
        let read = app.db.read(app.now(), move |r| Ok((rows::last_checkpoint(r)?, rows::copied(r, &key)?)));
        read.await?
    };
    let Some(signed) =
        last.filter(|last| is_due(last, copied.as_ref(), app.now(), app.settings.log_copy_every.approximate_micros()))
    else {
        return Ok(());
    };
    let lane = format!("log-copy-{key}");
    let (name, mine) = (lane.clone(), holder.to_owned());
    if !app.db.write(app.now(), move |w| Ok(take_lease(w, &name, &mine, LEASE_SECONDS)?)).await? {
        return Ok(());
    }
    let (settings, note, now) = (place.clone(), signed.clone(), app.now());
    let sent = tokio::task::spawn_blocking(move || send(&settings, &note, now)).await.map_err(Broken::defect)?;
    if let Err(why) = &sent {
        tracing::warn!(
            place = place.label(),
            error = why,
            "the log's checkpoint did not reach a place outside; it is tried again"
        );
    }
    let (label, mine) = (place.label(), holder.to_owned());
    app.db
        .write(app.now(), move |w| {
            let failed = sent.as_ref().err();
            let failures = copied.as_ref().map_or(0, |copied| copied.failures);
            let wait = WAITS.0.saturating_mul(1 << failures.clamp(0, 10)).min(WAITS.1);
            rows::note_copy(
                w,
                &key,
                &label,
                signed.size,
                failed.map(|why| (why.as_str(), w.now().plus_seconds(wait))),
            )?;
            Ok(give_back(w, &lane, &mine)?)
        })
        .await
}

fn is_due(last: &Signed, copied: Option<&Copied>, now: Time, every: i64) -> bool {
    let Some(copied) = copied else { return true };
    let rested = copied.copied_at.is_none_or(|at| now.micros_since(at) >= every);
    last.size > copied.size && copied.retry_at.map_or(rested, |at| now >= at)
}

/// How far each place outside is, in the order of the settings; none where it never was written to.
///
/// # Errors
/// The database is away.
pub async fn copies(app: &App) -> Result<Vec<(String, Option<Copied>)>, Fault> {
    let places: Vec<(String, String)> =
        app.settings.log_copy.iter().map(|place| (place.key(), place.label())).collect();
    app.db
        .read(app.now(), move |r| {
            let mut found = Vec::new();
            for (key, label) in &places {
                found.push((label.clone(), rows::copied(r, key)?));
            }
            Ok(found)
        })
        .await
}

/// Takes one checkpoint to one place; in words where that fails. Blocks.
fn send(place: &CopySettings, signed: &Signed, now: Time) -> Result<(), String> {
    match place.place()? {
        Outside::File(path) => append(&path, &signed.note).map_err(|error| format!("{}: {error}", path.display())),
        Outside::Webhook { url, secret } => {
            let body = json!({
                "type": "log.checkpoint",
                "timestamp": signed.at,
                "data": { "size": signed.size, "checkpoint": signed.note },
            })
            .to_string();
            // The same checkpoint has the same id, however often it is sent.
            let (id, seconds) = (format!("log-checkpoint-{}", signed.size), now.seconds());
            let signature = secret.sign(&id, seconds, &body);
            let request = agent()?
                .post(url.as_str())
                .header("content-type", "application/json")
                .header("webhook-id", &id)
                .header("webhook-timestamp", seconds.to_string())
                .header("webhook-signature", signature);
            taken(request.send(body), &[])
        }
        Outside::Store { endpoint, bucket, prefix, region, access_key, secret_key } => {
            let bucket = Bucket::new(endpoint, UrlStyle::Path, bucket, region).map_err(|error| error.to_string())?;
            let credentials = Credentials::new(access_key, secret_key.reveal());
            let object = format!("{prefix}{:020}.note", signed.size);
            let url = PutObject::new(&bucket, Some(&credentials), &object).sign(PRESIGNED);
            // What is there already is not written over; another replica may have been first.
            let request = agent()?.put(url.as_str()).header("if-none-match", "*").header("content-type", "text/plain");
            taken(request.send(signed.note.clone()), &[409, 412])
        }
    }
}

fn agent() -> Result<ureq::Agent, String> {
    let line = outbound::line(PATIENCE, None).map_err(|broken| broken.to_string())?;
    Ok(line.build().new_agent())
}

/// Whether an answer says that it was taken. The address is not told: it holds a signature.
fn taken(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>, too: &[u16]) -> Result<(), String> {
    match answer {
        Ok(answer) => match answer.status().as_u16() {
            200..300 => Ok(()),
            status if too.contains(&status) => Ok(()),
            status => Err(format!("it answers with status {status}")),
        },
        Err(error) => Err(error.to_string()),
    }
}

/// Adds a note to a file and waits until it is on the disk. One that stands there last already is not added again; what was
/// cut in the middle of a line by a full disk stays, and the note begins on a line of its own.
fn append(path: &Path, note: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
    let length = file.metadata()?.len();
    let tail = length.saturating_sub(note.len() as u64 + 2);
    file.seek(SeekFrom::Start(tail))?;
    let mut last = Vec::new();
    file.read_to_end(&mut last)?;
    if last.ends_with(note.as_bytes()) {
        return Ok(());
    }
    let mut text = String::new();
    if length > 0 {
        text.push_str(if last.ends_with(b"\n") { "\n" } else { "\n\n" });
    }
    text.push_str(note);
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gets_each_note_once_and_keeps_them_apart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes");
        let (one, two) = ("a/log\n1\nAA=\n\n— a/log BB\n", "a/log\n2\nAA=\n\n— a/log CC\n");
        append(&file, one).unwrap();
        append(&file, one).unwrap();
        append(&file, two).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        assert_eq!(text, format!("{one}\n{two}"));
        assert_eq!(crate::audit::log::note::several(&text), [one, two]);
        assert!(append(&folder.path().join("missing/notes"), one).is_err());
    }

    #[test]
    fn a_place_is_due_when_there_is_more_and_its_time_has_come() {
        let at = |seconds: i64| Time::from_micros(seconds * 1_000_000);
        let last = Signed { size: 5, note: String::new(), at: at(0) };
        let copied = |size, copied_at, retry_at| Copied { size, copied_at, failures: 0, retry_at, last_error: None };
        let due = |copied: &Copied, now| is_due(&last, Some(copied), at(now), 60_000_000);
        assert!(is_due(&last, None, at(0), 60_000_000));
        assert!(!due(&copied(5, Some(at(0)), None), 1_000));
        assert!(!due(&copied(4, Some(at(0)), None), 59));
        assert!(due(&copied(4, Some(at(0)), None), 60));
        assert!(!due(&copied(4, Some(at(0)), Some(at(90))), 89), "it failed");
        assert!(due(&copied(4, Some(at(0)), Some(at(90))), 90));
    }
}
