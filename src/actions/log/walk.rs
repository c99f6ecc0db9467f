//! Walking through the whole log, again and again: what nobody has asked about for years is held against its tree all the same.
//!
//! Each day a walk begins, and goes some thousand events further each time. A stranger with an export checks the same at once; this
//! is what makes the house itself notice.

use crate::{
    app::App,
    audit::rows::log::{self as rows, Walk, Walker, Walks},
    base::{
        clock::Time,
        refusal::{Broken, Fault},
    },
    db::Reading,
};

/// So many events are looked at in one go.
const SOME: u64 = 20_000;
/// So many seconds after a walk has begun the next one does.
const EVERY_SECONDS: i64 = 86_400;
/// So many seconds after one that has found something wrong has ended: what was put back is noticed the same day.
const AGAIN_SECONDS: i64 = 3_600;

/// Goes on with the walk, or begins the next one where that is due.
///
/// # Errors
/// The database is away.
pub async fn walk(app: &App) -> Result<(), Fault> {
    walk_some(app, SOME).await
}

/// As [`walk`], so many events further.
///
/// # Errors
/// The database is away.
pub async fn walk_some(app: &App, some: u64) -> Result<(), Fault> {
    let now = app.now();
    match app.db.read(now, move |r| Ok(next(r, some, now)?)).await? {
        Next::Rest => Ok(()),
        Next::Begin => begin(app).await,
        Next::Step(step) => keep(app, *step).await,
    }
}

/// Keeps a step, and complains of what it has found first; once, though two may have gone the same way.
async fn keep(app: &App, Step { was, is, known }: Step) -> Result<(), Fault> {
    let news = is.first_wrong.clone().filter(|first| was.wrong == 0 && known.as_ref() != Some(first));
    let kept = app.db.write(app.now(), move |w| Ok(rows::keep_walk(w, &was, &is)?)).await?;
    if let Some(first) = news.filter(|_| kept) {
        tracing::error!(
            first,
            "the log is not what was signed; `habilis audit export` and `habilis audit verify` show all of it"
        );
    }
    Ok(())
}

async fn begin(app: &App) -> Result<(), Fault> {
    app.db
        .write(app.now(), |w| match rows::state(w)? {
            Some(state) if state.size > 0 => Ok(rows::begin_walk(w, state.size)?),
            _ => Ok(()),
        })
        .await
}

/// Whether the next walk after this one is due.
fn is_due(walk: &Walk, now: Time) -> bool {
    walk.ended_at.is_some_and(|ended| {
        now >= walk.begun_at.plus_seconds(EVERY_SECONDS) || (walk.wrong > 0 && now >= ended.plus_seconds(AGAIN_SECONDS))
    })
}

/// What is to be done next.
enum Next {
    /// Nothing before the next walk is due.
    Rest,
    Begin,
    Step(Box<Step>),
}

/// A step of the walk under way.
struct Step {
    was: Walk,
    is: Walk,
    /// What the walk before has found first.
    known: Option<String>,
}

fn next(r: &mut Reading<'_>, some: u64, now: Time) -> Result<Next, Broken> {
    match rows::last_walk(r, now)? {
        None => Ok(Next::Begin),
        Some(walk) if walk.ended_at.is_none() => Ok(Next::Step(Box::new(step(r, walk, some, now)?))),
        Some(walk) if is_due(&walk, now) => Ok(Next::Begin),
        Some(_) => Ok(Next::Rest),
    }
}

/// The walk under way, some events further.
fn step(r: &mut Reading<'_>, was: Walk, some: u64, now: Time) -> Result<Step, Broken> {
    let known = rows::walked(r, now)?.and_then(|walk| walk.first_wrong);
    let mut walker = Walker::new(r, was.size, was.latest)?;
    let mut is = was.clone();
    is.position = (was.position + some).min(was.size);
    let found = walker.walk(r, was.position, is.position)?;
    is.seq = rows::seq_after(r, was.seq, was.last_seq, some)?;
    let passed = rows::passed_by(r, was.seq, is.seq)?;
    let mut wrong = found.altered.into_iter().chain(found.empty).chain(found.forged).chain(passed);
    let first = wrong.next();
    is.wrong += i64::from(first.is_some()) + i64::try_from(wrong.count()).map_err(Broken::defect)?;
    is.first_wrong = was.first_wrong.clone().or(first);
    is.late += i64::try_from(found.late.len()).map_err(Broken::defect)?;
    is.first_late = was.first_late.or(found.late.first().copied());
    is.latest = walker.latest;
    is.ended_at = (is.position == is.size && is.seq == is.last_seq).then_some(now);
    Ok(Step { was, is, known })
}

/// What the walks have come to by now.
///
/// # Errors
/// The database is away.
pub async fn walks(app: &App) -> Result<Walks, Fault> {
    let now = app.now();
    app.db.read(now, move |r| Ok(rows::walks(r, now)?)).await
}
