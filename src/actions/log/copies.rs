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
        backoff,
        clock::Time,
        outbound,
        refusal::{Broken, Fault},
    },
    db::lease::{give_back, take_lease},
};
use rusty_s3::{
    Bucket, Credentials, S3Action, UrlStyle,
    actions::{GetObject, PutObject},
};
use serde_json::json;
use std::{
    collections::BTreeSet,
    fs::OpenOptions,
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::{sync::oneshot, task::JoinSet};

/// How long one call may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a place may take, whatever it is: two calls, or a file of which nothing else says when it is given up.
const LONGEST: Duration = Duration::from_secs(25);
/// How long one replica has a place for itself, in seconds: longer than that.
const LEASE_SECONDS: i64 = 30;
/// The wait after the first failure, in milliseconds.
const FIRST_WAIT: i64 = 5_000;
/// A place is late once it lacks for so many times the usual pace, and for more than a minute each, what was signed.
const LATE: i64 = 3;
const MINUTE: i64 = 60_000_000;
/// How long the address of an object works, in seconds.
const PRESIGNED: Duration = Duration::from_secs(60);
/// No wait after a failure is longer, in microseconds, with room for clocks that differ: what the table says beyond that is not ours.
const LONGEST_WAIT: i64 = 10 * MINUTE;

/// A place outside, and what it has.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its name, without what may be a secret.
    pub label: String,
    /// How far it is; none where it never was written to.
    pub copied: Option<Copied>,
    /// When the first checkpoint was signed that it lacks.
    pub lacks_since: Option<Time>,
    /// Whether it is said to have more events than the log has: somebody wrote that, or took the log back.
    pub claims_more: bool,
}

impl Place {
    /// Whether it lacks what it should have had by now, where it gets a checkpoint every so many microseconds.
    #[must_use]
    pub fn is_late(&self, now: Time, every: i64) -> bool {
        self.lacks_since.is_some_and(|since| now.micros_since(since) > LATE.saturating_mul(every.max(MINUTE)))
    }
}

/// Takes the last checkpoint to every place that is due, side by side: one that hangs holds up none.
///
/// # Errors
/// The database is away.
pub async fn copy_where_due(app: &App, holder: &str) -> Result<(), Fault> {
    let mut places = JoinSet::new();
    for place in &app.settings.log_copy {
        let (app, holder, place) = (app.clone(), holder.to_owned(), place.clone());
        places.spawn(async move { copy(&app, &holder, &place).await });
    }
    let mut outcome = Ok(());
    while let Some(done) = places.join_next().await {
        outcome = outcome.and(done.unwrap_or_else(|error| Err(Broken::defect(error).into())));
    }
    outcome
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
    if let Some(claimed) = copied.as_ref().map(|copied| copied.size).filter(|size| *size > signed.size) {
        tracing::error!(
            place = place.label(),
            claimed,
            signed = signed.size,
            "a place outside is said to have more of the log than there is: the log was taken back, or somebody wrote that"
        );
    }
    let chance = backoff::chance()?;
    let sent = in_time(place, &signed, app.now()).await;
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
            let again = w.now().plus_micros(backoff::wait(FIRST_WAIT, failures, chance) * 1_000);
            rows::note_copy(w, &key, &label, signed.size, failed.map(|why| (why.as_str(), again)))?;
            Ok(give_back(w, &lane, &mine)?)
        })
        .await
}

fn is_due(last: &Signed, copied: Option<&Copied>, now: Time, every: i64) -> bool {
    let Some(copied) = copied else { return true };
    // What the table says of the place is no reason to send it nothing: neither more events than there are, nor an instant to come.
    let claims_more = copied.size > last.size;
    let rested = copied.copied_at.is_none_or(|at| now < at || now.micros_since(at) >= every);
    let waits = |at: Time| now < at && at.micros_since(now) <= LONGEST_WAIT;
    last.size != copied.size && copied.retry_at.map_or(rested || claims_more, |at| !waits(at))
}

/// How far each place outside is, in the order of the settings.
///
/// # Errors
/// The database is away.
pub async fn copies(app: &App) -> Result<Vec<Place>, Fault> {
    let places: Vec<(String, String)> =
        app.settings.log_copy.iter().map(|place| (place.key(), place.label())).collect();
    app.db
        .read(app.now(), move |r| {
            let size = rows::last_checkpoint(r)?.map_or(0, |last| last.size);
            let mut found = Vec::new();
            for (key, label) in places {
                let copied = rows::copied(r, &key)?;
                let has = copied.as_ref().map_or(0, |copied| copied.size);
                let lacks_since = rows::checkpoints(r, has, size, 1)?.first().map(|signed| signed.at);
                found.push(Place { label, copied, lacks_since, claims_more: has > size });
            }
            Ok(found)
        })
        .await
}

/// Places that something is on its way to. One that hangs (a share whose server is away) gets nothing else meanwhile.
static UNDER_WAY: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// That something is on its way to a place, for as long as it is.
struct UnderWay(String);

impl UnderWay {
    fn begin(place: String) -> Option<Self> {
        let mut under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
        under_way.insert(place.clone()).then(|| Self(place))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// Takes one checkpoint to one place, and waits for it no longer than a place may take; in words where that fails.
///
/// In a thread of its own, which is left alone where it hangs: nothing that stops the service waits for it.
async fn in_time(place: &CopySettings, signed: &Signed, now: Time) -> Result<(), String> {
    let Some(under_way) = UnderWay::begin(place.key()) else {
        return Err("it has not taken yet what it was given before".to_owned());
    };
    let (place, signed) = (place.clone(), signed.clone());
    let (tell, told) = oneshot::channel();
    std::thread::spawn(move || {
        let sent = send(&place, &signed, now);
        drop(under_way);
        // Nobody listens any more where it took too long.
        let _ = tell.send(sent);
    });
    match tokio::time::timeout(LONGEST, told).await {
        Ok(told) => told.unwrap_or_else(|error| Err(error.to_string())),
        Err(_) => Err(format!("it did not take it within {} s", LONGEST.as_secs())),
    }
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
            taken(request.send(body))
        }
        Outside::Store { endpoint, bucket, prefix, region, access_key, secret_key } => {
            let bucket = Bucket::new(endpoint, UrlStyle::Path, bucket, region).map_err(|error| error.to_string())?;
            let credentials = Credentials::new(access_key, secret_key.reveal());
            let object = format!("{prefix}{:020}.note", signed.size);
            let url = PutObject::new(&bucket, Some(&credentials), &object).sign(PRESIGNED);
            let agent = agent()?;
            // What is there already is not written over; another replica may have been first.
            let request = agent.put(url.as_str()).header("if-none-match", "*").header("content-type", "text/plain");
            let answer = request.send(signed.note.clone());
            if answer.as_ref().is_ok_and(|answer| answer.status().as_u16() == THERE) {
                let url = GetObject::new(&bucket, Some(&credentials), &object).sign(PRESIGNED);
                return is_there(agent.get(url.as_str()).call(), &signed.note);
            }
            taken(answer)
        }
    }
}

fn agent() -> Result<ureq::Agent, String> {
    let line = outbound::line(PATIENCE, None).map_err(|broken| broken.to_string())?;
    Ok(line.build().new_agent())
}

/// What a store answers where there is an object of that name already.
const THERE: u16 = 412;

/// What comes back from a call.
type Answer = Result<ureq::http::Response<ureq::Body>, ureq::Error>;

/// Whether an answer says that it was taken. The address is not told: it holds a signature.
fn taken(answer: Answer) -> Result<(), String> {
    match answer {
        Ok(answer) => match answer.status().as_u16() {
            200..300 => Ok(()),
            status => Err(format!("it answers with status {status}")),
        },
        Err(error) => Err(error.to_string()),
    }
}

/// Whether the object that is there already is this checkpoint: as good as one that was taken, and anything else is none.
fn is_there(answer: Answer, note: &str) -> Result<(), String> {
    let found = outbound::read("the object of that name that is there already", answer)?;
    match found.status {
        200..300 if found.body == note => Ok(()),
        200..300 => Err("it has another object of that name already, which is not this checkpoint".to_owned()),
        status => {
            Err(format!("it has an object of that name already, and answers with status {status} to a look at it"))
        }
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
    fn a_place_is_late_once_it_lacks_for_long_what_was_signed() {
        let at = |seconds: i64| Time::from_micros(seconds * 1_000_000);
        let place = |lacks_since| Place { label: String::new(), copied: None, lacks_since, claims_more: false };
        assert!(!place(None).is_late(at(1_000_000), 60_000_000));
        assert!(!place(Some(at(0))).is_late(at(180), 60_000_000));
        assert!(place(Some(at(0))).is_late(at(181), 60_000_000));
        assert!(!place(Some(at(0))).is_late(at(100), 1_000_000), "seconds are no delay");
        assert!(!place(Some(at(0))).is_late(at(181), 3_600_000_000));
    }

    #[test]
    fn a_place_that_hangs_gets_nothing_else_meanwhile() {
        let one = UnderWay::begin("a share whose server is away".to_owned());
        assert!(one.is_some() && UnderWay::begin("a share whose server is away".to_owned()).is_none());
        drop(one);
        assert!(UnderWay::begin("a share whose server is away".to_owned()).is_some());
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
        // Whatever the table says of the place.
        assert!(due(&copied(1 << 61, Some(at(0)), None), 1), "it can't have more than there is");
        assert!(!due(&copied(1 << 61, Some(at(0)), Some(at(90))), 89), "it failed");
        assert!(due(&copied(4, Some(at(1_000_000)), None), 1), "nor have got it before it is");
        assert!(due(&copied(4, Some(at(0)), Some(at(1_000_000))), 1), "no wait is so long");
    }
}
