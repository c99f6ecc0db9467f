//! The lab's workers: statements run on threads of their own, so that none of them slows a page or the database.
//!
//! One core always stays free for everything else; what waits is bounded, and nobody has more than one statement in the
//! lab at a time.

use crate::{
    base::{
        ids::{self, Id},
        refusal::{Broken, Fact, Fault, Kind, Refusal},
    },
    curriculum::lab::dataset::Dataset,
};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

/// How many statements may wait.
const WAITING: usize = 256;
/// How many runs a person may save up, and how long one takes to come back.
const BURST: f64 = 20.0;
const REFILL: Duration = Duration::from_millis(500);
/// How many built data sets are kept in reach.
const KEPT: usize = 16;
/// From so many people on, those whose saved-up runs are whole again are forgotten.
const REMEMBERED: usize = 4_096;

/// Why the lab does not take a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabRefusal {
    /// Too many statements wait.
    #[error("the lab is busy; try again in {seconds} s")]
    Busy {
        /// When to come back.
        seconds: i64,
    },
    /// This person's statement is running.
    #[error("another statement of this person is running")]
    Running,
    /// This person ran too many statements in a row.
    #[error("too many statements in a row; the next is possible in {seconds} s")]
    Often {
        /// When to come back.
        seconds: i64,
    },
    /// The question is no SQL exercise.
    #[error("question {no} is not a SQL exercise")]
    NoLab {
        /// Its place on the form.
        no: i64,
    },
}

impl LabRefusal {
    /// The codes of all of them.
    pub const CODES: [&'static str; 4] = ["lab-busy", "lab-running", "lab-too-often", "no-lab"];
}

impl Refusal for LabRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::Busy { .. } => Kind::Unavailable,
            Self::Running => Kind::Conflict,
            Self::Often { .. } => Kind::TooMany,
            Self::NoLab { .. } => Kind::Invalid,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Busy { .. } => "lab-busy",
            Self::Running => "lab-running",
            Self::Often { .. } => "lab-too-often",
            Self::NoLab { .. } => "no-lab",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::Busy { seconds } | Self::Often { seconds } => BTreeMap::from([("seconds", Fact::from(*seconds))]),
            Self::Running => BTreeMap::new(),
            Self::NoLab { no } => BTreeMap::from([("no", Fact::from(*no))]),
        }
    }
}

type Job = Box<dyn FnOnce() + Send>;

/// The queue and its workers.
#[derive(Clone)]
pub struct SqlLab(Arc<Inner>);

struct Inner {
    queue: Mutex<VecDeque<Job>>,
    more: Condvar,
    stopping: AtomicBool,
    people: Mutex<People>,
    datasets: Mutex<VecDeque<Arc<Dataset>>>,
    /// Held by every piece of work together with others, or by one alone.
    room: Arc<RwLock<()>>,
    workers: usize,
}

#[derive(Default)]
struct People {
    running: BTreeSet<Id<ids::Person>>,
    saved: BTreeMap<Id<ids::Person>, (f64, Instant)>,
}

/// A person's place in the lab; given back when dropped.
pub struct Seat {
    lab: SqlLab,
    person: Id<ids::Person>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        lock(&self.lab.0.people).running.remove(&self.person);
    }
}

/// Stops the workers with the last handle.
struct Worker(Arc<Inner>);

impl SqlLab {
    /// Starts the workers: one fewer than the machine has cores, and at least one.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start() -> Result<Self, Broken> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self::with(cores.saturating_sub(1).max(1))
    }

    fn with(workers: usize) -> Result<Self, Broken> {
        let inner = Arc::new(Inner {
            queue: Mutex::default(),
            more: Condvar::new(),
            stopping: AtomicBool::new(false),
            people: Mutex::default(),
            datasets: Mutex::default(),
            room: Arc::default(),
            workers,
        });
        for no in 0..workers {
            let worker = Worker(Arc::clone(&inner));
            let thread = std::thread::Builder::new().name(format!("lab-{no}")).stack_size(4 * 1024 * 1024);
            thread.spawn(move || worker.work()).map_err(Broken::defect)?;
        }
        Ok(Self(inner))
    }

    /// How many workers there are.
    #[must_use]
    pub fn workers(&self) -> usize {
        self.0.workers
    }

    /// Ends the workers once they are idle.
    pub fn stop(&self) {
        self.0.stopping.store(true, Ordering::SeqCst);
        self.0.more.notify_all();
    }

    /// Takes a person's place: one at a time, and not too often.
    ///
    /// # Errors
    /// Their last statement is still running, or they ran too many in a row.
    pub fn sit(&self, person: Id<ids::Person>) -> Result<Seat, LabRefusal> {
        let now = Instant::now();
        let mut people = lock(&self.0.people);
        if people.running.contains(&person) {
            return Err(LabRefusal::Running);
        }
        let grown =
            |saved: f64, at: Instant| (saved + now.duration_since(at).as_secs_f64() / REFILL.as_secs_f64()).min(BURST);
        if people.saved.len() > REMEMBERED {
            people.saved.retain(|_, (saved, at)| grown(*saved, *at) < BURST);
        }
        let (saved, at) = people.saved.get(&person).copied().unwrap_or((BURST, now));
        let saved = grown(saved, at);
        if saved < 1.0 {
            return Err(LabRefusal::Often { seconds: 1 });
        }
        people.saved.insert(person, (saved - 1.0, now));
        people.running.insert(person);
        drop(people);
        Ok(Seat { lab: self.clone(), person })
    }

    /// Runs a piece of work on a worker.
    ///
    /// # Errors
    /// Too much is waiting.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
        let room = Arc::clone(&self.0.room);
        self.put(move || {
            let _beside = room.read().unwrap_or_else(PoisonError::into_inner);
            work()
        })
        .await
    }

    /// Runs a piece of work while nothing else runs in the lab, so that what it needs is its own need.
    ///
    /// # Errors
    /// Too much is waiting.
    pub async fn run_alone<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
        let room = Arc::clone(&self.0.room);
        self.put(move || {
            let _alone = room.write().unwrap_or_else(PoisonError::into_inner);
            work()
        })
        .await
    }

    async fn put<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Fault> {
        let (tell, told) = tokio::sync::oneshot::channel();
        {
            let mut queue = lock(&self.0.queue);
            if queue.len() >= WAITING {
                return Err(LabRefusal::Busy { seconds: 5 }.into());
            }
            queue.push_back(Box::new(move || {
                // Whoever left before their turn came costs nothing.
                if !tell.is_closed() {
                    let _ = tell.send(work());
                }
            }));
        }
        self.0.more.notify_one();
        told.await.map_err(|_| Broken::defect("a statement ended its worker").into())
    }

    /// A data set by its hash, built at most once while it is in use.
    ///
    /// # Errors
    /// What `build` says.
    pub fn dataset<E>(&self, hash: &str, build: impl FnOnce() -> Result<Dataset, E>) -> Result<Arc<Dataset>, E> {
        if let Some(known) = lock(&self.0.datasets).iter().find(|known| known.hash == hash) {
            return Ok(Arc::clone(known));
        }
        let built = Arc::new(build()?);
        let mut kept = lock(&self.0.datasets);
        kept.push_front(Arc::clone(&built));
        kept.truncate(KEPT);
        Ok(built)
    }
}

impl Worker {
    fn work(&self) {
        loop {
            let job = {
                let mut queue = lock(&self.0.queue);
                loop {
                    if let Some(job) = queue.pop_front() {
                        break job;
                    }
                    if self.0.stopping.load(Ordering::SeqCst) {
                        return;
                    }
                    queue = self.0.more.wait(queue).unwrap_or_else(PoisonError::into_inner);
                }
            };
            // A defect in one piece of work must not take the lab from everybody.
            if std::panic::catch_unwind(std::panic::AssertUnwindSafe(job)).is_err() {
                tracing::error!("a piece of work in the lab panicked");
            }
        }
    }
}

impl Drop for SqlLab {
    fn drop(&mut self) {
        // The workers hold the rest of the handles.
        if Arc::strong_count(&self.0) <= self.0.workers + 1 {
            self.stop();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::clock::Time;
    use std::sync::atomic::AtomicUsize;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_waits_is_bounded_and_one_failure_stays_alone() {
        let lab = SqlLab::with(1).unwrap();
        assert_eq!(lab.run(|| 1 + 1).await.unwrap(), 2);
        assert!(matches!(lab.run(|| -> i32 { panic!("within") }).await, Err(Fault::Broken(_))));
        assert_eq!(lab.run(|| 3).await.unwrap(), 3);
        let (open, gate) = std::sync::mpsc::channel::<()>();
        let (begun, taken) = std::sync::mpsc::channel::<()>();
        let holding = tokio::spawn({
            let lab = lab.clone();
            async move { lab.run(move || begun.send(()).is_ok() && gate.recv().is_ok()).await }
        });
        // The only worker has it in hand.
        tokio::task::spawn_blocking(move || taken.recv()).await.unwrap().unwrap();
        let waiting: Vec<_> = (0..WAITING)
            .map(|no| {
                let lab = lab.clone();
                tokio::spawn(async move { lab.run(move || no).await })
            })
            .collect();
        while lock(&lab.0.queue).len() < WAITING {
            tokio::task::yield_now().await;
        }
        let Err(Fault::Refused(refused)) = lab.run(|| 0).await else { panic!("one too many") };
        assert_eq!(refused.code, "lab-busy");
        open.send(()).unwrap();
        assert!(holding.await.unwrap().unwrap());
        for (no, done) in waiting.into_iter().enumerate() {
            assert_eq!(done.await.unwrap().unwrap(), no);
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_runs_alone_has_nothing_beside_it() {
        let lab = SqlLab::with(3).unwrap();
        let inside = Arc::new(AtomicUsize::new(0));
        let work = |alone: bool| {
            let (lab, inside) = (lab.clone(), Arc::clone(&inside));
            let most = move || {
                inside.fetch_add(1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(2));
                let seen = inside.load(Ordering::SeqCst);
                inside.fetch_sub(1, Ordering::SeqCst);
                seen
            };
            tokio::spawn(async move {
                if alone { (true, lab.run_alone(most).await.unwrap()) } else { (false, lab.run(most).await.unwrap()) }
            })
        };
        let all: Vec<_> = (0..60).map(|no| work(no % 4 == 0)).collect();
        for one in all {
            let (alone, seen) = one.await.unwrap();
            assert!(!alone || seen == 1, "{seen} at once");
        }
    }

    #[tokio::test]
    async fn a_person_has_one_seat_and_so_many_runs() {
        let lab = SqlLab::with(1).unwrap();
        let person = Id::new(Time::from_micros(0));
        let seat = lab.sit(person).unwrap();
        assert_eq!(lab.sit(person).err(), Some(LabRefusal::Running));
        assert!(lab.sit(Id::new(Time::from_micros(1))).is_ok());
        drop(seat);
        let runs = (0..100).take_while(|_| lab.sit(person).is_ok()).count();
        assert!((19..25).contains(&runs), "{runs}");
        assert!(matches!(lab.sit(person).err(), Some(LabRefusal::Often { .. })));
    }
}
