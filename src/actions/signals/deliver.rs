//! Pushing (RFC 8935): one security event token after the other, by the holder of the stream's lease.

use super::{LEASE_SECONDS, signed, signing_kid};
use crate::{
    app::App,
    base::{
        backoff,
        ids::{self, Id},
        outbound::Reply,
        refusal::{Broken, Fault},
        text::shortened,
    },
    db::{
        Writing,
        lease::{give_back, take_lease},
    },
    signals::rows::{self, Stream, Waiting},
};
use serde_json::Value;

/// How many are pushed to one receiver before others have their turn.
const MOST: usize = 100;
/// The wait after the first failure, in milliseconds.
const FIRST_WAIT: i64 = 1_000;
/// What an error says first that is this service's own.
const UNABLE: &str = "it could not be sent from here";

/// The streams to whose receivers something is to be pushed now.
///
/// # Errors
/// The database is away.
pub async fn due(app: &App) -> Result<Vec<Id<ids::Stream>>, Fault> {
    let due = app.db.look_up(app.now(), |r| Ok(rows::due_streams(r)?)).await?;
    Ok(due.iter().filter_map(|id| id.parse().ok()).collect())
}

/// What is pushed next.
struct Parcel {
    stream: Stream,
    waiting: Waiting,
}

/// What became of it.
#[derive(Clone, Debug)]
enum Fate {
    /// 202: it was taken.
    Taken,
    /// 400 with words: it will never be.
    Refused(String),
    /// Anything else: it is tried again.
    Failed(String),
    /// It did not leave this process, which lacks something: it is tried again, and not here first.
    Unable(String),
}

/// Pushes what waits for a receiver until there is no more, one is not taken, the lease is another's, or the service stops.
/// Tells whether this process was able to: where it was not, another has its turn first.
///
/// # Errors
/// The database is away.
pub async fn deliver(app: &App, holder: &str, stream: Id<ids::Stream>) -> Result<bool, Fault> {
    let mut done = None;
    for call in 0..=MOST {
        // What became of the last one is noted in any case.
        let last = call == MOST || app.is_stopping();
        if last && done.is_none() {
            break;
        }
        let Some(parcel) = step(app, holder, stream, done.take(), last).await? else { break };
        let id = parcel.waiting.id;
        let fate =
            sent(app, parcel).await.unwrap_or_else(|fault| Fate::Unable(shortened(&format!("{UNABLE}: {fault}"))));
        let unable = matches!(fate, Fate::Unable(_));
        done = Some((id, fate));
        if unable {
            step(app, holder, stream, done, true).await?;
            return Ok(false);
        }
    }
    Ok(true)
}

/// Signs one with the key that signs now, and sends it.
async fn sent(app: &App, parcel: Parcel) -> Result<Fate, Fault> {
    let kid = app.db.look_up(app.now(), signing_kid).await?;
    let sender = app.clone();
    let pushed = tokio::task::spawn_blocking(move || push(&sender, &kid, &parcel)).await;
    Ok(pushed.map_err(Broken::defect)??)
}

/// Notes what became of the one before, and picks the next under the lease, in one transaction: from here on until the lease
/// runs out, which is longer than a call takes, nobody else sends it. Behind the last one it gives the lease back.
async fn step(
    app: &App,
    holder: &str,
    stream: Id<ids::Stream>,
    done: Option<(Id<ids::SecurityEvent>, Fate)>,
    last: bool,
) -> Result<Option<Parcel>, Fault> {
    let holder = holder.to_owned();
    let chance = backoff::chance()?;
    app.db
        .write(app.now(), move |w| {
            if let Some((id, fate)) = &done {
                note(w, stream, *id, fate, chance)?;
                if last {
                    give_back(w, &rows::lane(stream), &holder)?;
                }
                if last || matches!(fate, Fate::Failed(_)) {
                    return Ok(None);
                }
            }
            let due = rows::stream(w, stream)?.filter(|stream| stream.endpoint.is_some());
            let due = due.filter(|stream| stream.retry_at.is_none_or(|at| at <= w.now()));
            let (Some(stream), Some(waiting)) = (due, rows::waiting(w, stream, 1)?.into_iter().next()) else {
                return Ok(None);
            };
            if !take_lease(w, &rows::lane(stream.id), &holder, LEASE_SECONDS)? {
                return Ok(None);
            }
            Ok(Some(Parcel { stream, waiting }))
        })
        .await
}

fn note(
    w: &mut Writing<'_>,
    stream: Id<ids::Stream>,
    id: Id<ids::SecurityEvent>,
    fate: &Fate,
    chance: i64,
) -> Result<(), Broken> {
    // Before what waits for it: who ends the stream takes it first, too.
    rows::hold_stream(w, stream, false)?;
    match fate {
        Fate::Taken => {
            if rows::acknowledge(w, stream, id)? {
                rows::note_taken(w, stream, 1)?;
            }
        }
        Fate::Refused(why) => {
            if rows::refuse_set(w, stream, id, why)? {
                rows::note_refusal(w, stream, why)?;
            }
        }
        Fate::Failed(why) | Fate::Unable(why) => {
            let failures = rows::stream(w, stream)?.map_or(0, |stream| stream.failures);
            let wait = backoff::wait(FIRST_WAIT, failures, chance);
            rows::note_failure(w, stream, why, w.now().plus_micros(wait * 1_000))?;
        }
    }
    Ok(())
}

/// Signs one and sends it (RFC 8935, section 2.1). Blocks.
fn push(app: &App, kid: &str, parcel: &Parcel) -> Result<Fate, Broken> {
    let stream = &parcel.stream;
    let token = signed(app, kid, &parcel.waiting.claims)?;
    let mut heads = vec![("content-type".to_owned(), "application/secevent+jwt".to_owned())];
    if let Some(sealed) = &stream.sealed_header {
        let header = app.keyring.unseal(&stream.id.to_string(), sealed)?;
        heads.push(("authorization".to_owned(), String::from_utf8(header).map_err(Broken::defect)?));
    }
    let heads: Vec<(&str, &str)> = heads.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let endpoint = stream.endpoint.as_deref().unwrap_or_default();
    Ok(match app.outbound.post(endpoint, &heads, &token) {
        Ok(reply) => fate(&reply),
        Err(why) => Fate::Failed(shortened(&why)),
    })
}

/// RFC 8935, sections 2.2 to 2.4.
fn fate(reply: &Reply) -> Fate {
    match reply.status {
        202 => Fate::Taken,
        400 => {
            let said: Value = serde_json::from_str(&reply.body).unwrap_or_default();
            let text = |name: &str| said.get(name).and_then(Value::as_str).unwrap_or_default();
            match text("err") {
                "" => Fate::Failed("the receiver answers with status 400, and does not say what is wrong".to_owned()),
                code => Fate::Refused(shortened(&format!("{code}: {}", text("description")))),
            }
        }
        status @ 300..400 => {
            Fate::Failed(format!("the receiver answers with status {status}: redirects are not followed"))
        }
        status @ 200..300 => Fate::Failed(format!(
            "the receiver answers with status {status}; only 202 says that it has taken a token (RFC 8935, section 2.2)"
        )),
        status => Fate::Failed(format!("the receiver answers with status {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_202_is_taken_and_only_words_are_a_refusal() {
        let answer = |status, body: &str| fate(&Reply { status, kind: String::new(), body: body.to_owned() });
        assert!(matches!(answer(202, ""), Fate::Taken));
        let refused = answer(400, r#"{"err":"invalid_key","description":"a\u0007b"}"#);
        assert!(matches!(refused, Fate::Refused(why) if why == "invalid_key: a b"));
        for (status, body) in
            [(200, ""), (204, ""), (301, ""), (307, ""), (400, ""), (400, "<html>"), (400, "{}"), (401, ""), (500, "")]
        {
            assert!(matches!(answer(status, body), Fate::Failed(_)), "{status} {body}");
        }
    }
}
