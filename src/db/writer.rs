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
type Job = Box<dyn FnOnce(&mut Link) -> Answer + Send>;

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
            let outcome = in_savepoint(link, at, &work);
            Box::new(move |committed| {
                let outcome = match committed {
                    Ok(()) => outcome,
                    Err(words) => Err(Fault::Broken(Broken::Unavailable(words))),
                };
                // The caller may have gone; what was committed stays committed.
                let _ = reply.send(outcome);
            })
        });
        let gone = || Fault::Broken(Broken::Unavailable("the writer has stopped".to_owned()));
        self.queue.send(job).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

fn in_savepoint<T>(
    link: &mut Link,
    at: Time,
    work: &impl Fn(&mut Writing<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    link.set_instant(at);
    link.batch("SAVEPOINT action")?;
    let worked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        work(&mut Writing { reading: Reading { link: &mut *link, at } })
    }));
    let outcome = worked.unwrap_or_else(|_| Err(Broken::defect("an action panicked").into()));
    match &outcome {
        Ok(_) | Err(Fault::Refused(_)) => link.batch("RELEASE action")?,
        Err(Fault::Broken(_)) => link.batch("ROLLBACK TO action; RELEASE action")?,
    }
    outcome
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
            answers.extend(batch.drain(..).map(|job| job(&mut link)));
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
