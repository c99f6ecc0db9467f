//! SQLite's one writer: actions that wait share a commit, each in a savepoint of its own.
//!
//! A thread takes whatever waits (at most [`BATCH`] actions), runs them in one `BEGIN IMMEDIATE`, commits durably, and
//! only then answers every caller. While it commits, the next ones gather.

use super::link::{Link, Reading, Writing};
use crate::base::{
    clock::Time,
    refusal::{Broken, Fault},
};
use std::path::PathBuf;
use tokio::sync::{mpsc, oneshot};

/// The most actions that share one commit.
const BATCH: usize = 256;
/// How many actions may wait before callers wait to enter the queue.
const QUEUE: usize = 4_096;

/// What a savepoint left: answers its caller once the shared commit has succeeded or failed.
type Answer = Box<dyn FnOnce(Result<(), String>) + Send>;
/// Tells beside the answer whether the shared transaction still stands.
type Job = Box<dyn FnOnce(&mut Link) -> (Answer, Result<(), Broken>) + Send>;

/// The way in to the writer's thread; the thread ends when the last clone is gone.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Job>,
}

impl Writer {
    pub(super) fn start(file: PathBuf) -> Result<Self, Broken> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        std::thread::Builder::new()
            .name("habilis-writer".to_owned())
            .spawn(move || serve(&file, jobs))
            .map_err(Broken::defect)?;
        Ok(Self { queue })
    }

    pub(super) async fn write<T, F>(&self, at: Time, work: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Fn(&mut Writing<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |link| {
            let (outcome, stands) = in_savepoint(link, at, &work);
            let answer: Answer = Box::new(move |committed| {
                let outcome = match committed {
                    Ok(()) => outcome,
                    Err(words) => Err(Fault::Broken(Broken::Unavailable(words))),
                };
                // The caller may have gone; what was committed stays committed.
                let _ = reply.send(outcome);
            });
            (answer, stands)
        });
        let gone = || Fault::Broken(Broken::Unavailable("the writer has stopped".to_owned()));
        self.queue.send(job).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// What an action came to, and whether its savepoint could be closed: a full disk makes SQLite give the whole transaction up.
fn in_savepoint<T>(
    link: &mut Link,
    at: Time,
    work: &impl Fn(&mut Writing<'_>) -> Result<T, Fault>,
) -> (Result<T, Fault>, Result<(), Broken>) {
    link.set_instant(at);
    if let Err(broken) = link.batch("SAVEPOINT action") {
        return (Err(Broken::Unavailable("the savepoint was not set".to_owned()).into()), Err(broken));
    }
    let worked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        work(&mut Writing { reading: Reading { link: &mut *link, at } })
    }));
    let outcome = worked.unwrap_or_else(|_| Err(Broken::defect("an action panicked").into()));
    let closed = match &outcome {
        Ok(_) | Err(Fault::Refused(_)) => link.batch("RELEASE action"),
        Err(Fault::Broken(_)) => link.batch("ROLLBACK TO action; RELEASE action"),
    };
    (outcome, closed)
}

fn serve(file: &std::path::Path, mut jobs: mpsc::Receiver<Job>) {
    let mut held: Option<Link> = None;
    let mut batch = Vec::with_capacity(BATCH);
    while jobs.blocking_recv_many(&mut batch, BATCH) > 0 {
        let ready = match held.take().filter(Link::still_there) {
            Some(link) => Ok(link),
            None => Link::sqlite(file, false),
        };
        let mut answers = Vec::with_capacity(batch.len());
        let committed = ready.and_then(|mut link| {
            link.batch("BEGIN IMMEDIATE")?;
            for job in batch.drain(..) {
                let (answer, stands) = job(&mut link);
                answers.push(answer);
                // Whatever ran after a lost transaction would commit by itself.
                stands?;
            }
            let committed = link.batch("COMMIT");
            if committed.is_ok() {
                held = Some(link);
            }
            committed
        });
        match committed {
            Ok(()) => answers.into_iter().for_each(|answer| answer(Ok(()))),
            Err(broken) => {
                // Dropping the connection rolled everything back: nobody is told that anything was kept.
                tracing::error!(error = %broken, actions = answers.len() + batch.len(), "a commit failed");
                let words = broken.to_string();
                answers.into_iter().for_each(|answer| answer(Err(words.clone())));
                // Actions that did not run lose their reply channel, which tells their callers the same.
                batch.clear();
            }
        }
    }
}
