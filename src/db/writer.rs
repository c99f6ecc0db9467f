//! SQLite's one writer: actions that wait share a commit, and none is undone because another is broken.
//!
//! A thread takes whatever waits (at most [`BATCH`] actions), runs them in one `BEGIN IMMEDIATE`, commits durably, and
//! only then answers every caller. While it commits, the next ones gather.

use super::{
    link::{Link, Reading, Writing},
    touch::Touched,
};
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

type Job = Box<dyn Act>;

/// An action that waits for the writer.
trait Act: Send {
    /// Runs it; tells whether it stands, and is not broken.
    fn run(&mut self, link: &mut Link) -> bool;
    /// Whether it changed a row that verdicts on tokens rest on.
    fn touched(&self) -> bool;
    /// Answers its caller, once the shared commit has succeeded or failed.
    fn answer(self: Box<Self>, committed: Result<(), String>);
}

struct Waiting<T, F> {
    at: Time,
    work: F,
    touched: bool,
    outcome: Option<Result<T, Fault>>,
    reply: oneshot::Sender<Result<T, Fault>>,
}

impl<T, F> Act for Waiting<T, F>
where
    T: Send + 'static,
    F: Fn(&mut Writing<'_>) -> Result<T, Fault> + Send + 'static,
{
    fn run(&mut self, link: &mut Link) -> bool {
        link.set_instant(self.at);
        let mut writing = Writing { reading: Reading { link: &mut *link, at: self.at }, touched: false };
        let worked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| (self.work)(&mut writing)));
        self.touched |= writing.touched;
        let outcome = worked.unwrap_or_else(|_| Err(Broken::defect("an action panicked").into()));
        let stands = !matches!(outcome, Err(Fault::Broken(_)));
        self.outcome = Some(outcome);
        stands
    }

    fn touched(&self) -> bool {
        self.touched
    }

    fn answer(self: Box<Self>, committed: Result<(), String>) {
        let unrun = || Err(Broken::Unavailable("the action was not run".to_owned()).into());
        let outcome = match committed {
            Ok(()) => self.outcome.unwrap_or_else(unrun),
            Err(words) => Err(Fault::Broken(Broken::Unavailable(words))),
        };
        // The caller may have gone; what was committed stays committed.
        let _ = self.reply.send(outcome);
    }
}

/// The way in to the writer's thread; the thread ends when the last clone is gone.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Job>,
}

impl Writer {
    pub(super) fn start(file: PathBuf, touched: Touched) -> Result<Self, Broken> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        std::thread::Builder::new()
            .name("habilis-writer".to_owned())
            .spawn(move || serve(&file, jobs, &touched))
            .map_err(Broken::defect)?;
        Ok(Self { queue })
    }

    pub(super) async fn write<T, F>(&self, at: Time, work: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Fn(&mut Writing<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let gone = || Fault::Broken(Broken::Unavailable("the writer has stopped".to_owned()));
        let job: Job = Box::new(Waiting { at, work, touched: false, outcome: None, reply });
        self.queue.send(job).await.map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

fn serve(file: &std::path::Path, mut jobs: mpsc::Receiver<Job>, touched: &Touched) {
    let mut held: Option<Link> = None;
    let mut batch = Vec::with_capacity(BATCH);
    while jobs.blocking_recv_many(&mut batch, BATCH) > 0 {
        let ready = match held.take().filter(Link::still_there) {
            Some(link) => Ok(link),
            None => Link::sqlite_writer(file),
        };
        let committed = ready.and_then(|mut link| {
            commit(&mut link, &mut batch)?;
            held = Some(link);
            Ok(())
        });
        if batch.iter().any(|job| job.touched()) {
            touched.note();
        }
        let told = committed.map_err(|broken| {
            // Dropping the connection rolled everything back: nobody is told that anything was kept.
            tracing::error!(error = %broken, actions = batch.len(), "a commit failed");
            broken.to_string()
        });
        batch.drain(..).for_each(|job| job.answer(told.clone()));
    }
}

/// Runs the actions in one transaction and commits it. Nearly always all of them stand. Where one is broken, everything is
/// undone, and they run again, each in a savepoint of its own: savepoints copy every page before it is changed.
fn commit(link: &mut Link, batch: &mut [Job]) -> Result<(), Broken> {
    link.batch("BEGIN IMMEDIATE")?;
    if batch.iter_mut().all(|job| job.run(link)) {
        return link.batch("COMMIT");
    }
    link.batch("ROLLBACK")?;
    if batch.len() == 1 {
        return Ok(());
    }
    link.batch("BEGIN IMMEDIATE")?;
    for job in batch {
        link.batch("SAVEPOINT action")?;
        let stands = job.run(link);
        link.batch(if stands { "RELEASE action" } else { "ROLLBACK TO action; RELEASE action" })?;
    }
    link.batch("COMMIT")
}
