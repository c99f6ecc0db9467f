//! Walking through the whole log, again and again: what nobody has asked about for years is held against its tree all the same.
//!
//! Each day a walk begins, and goes some thousand events further each time. A stranger with an export checks the same at once; this
//! is what makes the house itself notice.

use crate::{
    app::App,
    audit::rows::log::{self as rows, Walk, Walker},
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

/// Goes on with the walk, or begins the next one where that is due. The next after one that has found something wrong is due at once:
/// what was put back is noticed, too.
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
    let stepped = app.db.read(now, move |r| Ok(step(r, some, now)?)).await?;
    let Some((was, is)) = stepped else { return begin_where_due(app).await };
    if was.wrong == 0
        && let Some(first) = &is.first_wrong
    {
        tracing::error!(
            first,
            "the log is not what was signed; `habilis audit export` and `habilis audit verify` show all of it"
        );
    }
    app.db.write(now, move |w| Ok(rows::keep_walk(w, &was, &is)?)).await
}

async fn begin_where_due(app: &App) -> Result<(), Fault> {
    app.db
        .write(app.now(), |w| {
            let last = rows::last_walk(w)?;
            let rests = |walk: &Walk| walk.ended_at.is_none() || (walk.wrong == 0 && w.now() < due(walk));
            if last.as_ref().is_some_and(rests) {
                return Ok(());
            }
            match rows::state(w)? {
                Some(state) if state.size > 0 => Ok(rows::begin_walk(w, state.size)?),
                _ => Ok(()),
            }
        })
        .await
}

fn due(walk: &Walk) -> Time {
    walk.begun_at.plus_seconds(EVERY_SECONDS)
}

/// The walk under way as it was, and as it is some events later; none where none is under way.
fn step(r: &mut Reading<'_>, some: u64, now: Time) -> Result<Option<(Walk, Walk)>, Broken> {
    let Some(was) = rows::last_walk(r)?.filter(|walk| walk.ended_at.is_none()) else { return Ok(None) };
    let mut walker = Walker::new(r, was.size, was.latest)?;
    let mut is = was.clone();
    is.position = (was.position + some).min(was.size);
    let found = walker.walk(r, was.position, is.position)?;
    is.seq = was.seq.saturating_add(i64::try_from(some).map_err(Broken::defect)?).min(was.last_seq);
    let passed = rows::passed_by(r, was.seq + 1, is.seq)?;
    let mut wrong = found.altered.into_iter().chain(found.empty).chain(found.forged).chain(passed);
    let first = wrong.next();
    is.wrong += i64::from(first.is_some()) + i64::try_from(wrong.count()).map_err(Broken::defect)?;
    is.first_wrong = was.first_wrong.clone().or(first);
    is.late += i64::try_from(found.late.len()).map_err(Broken::defect)?;
    is.first_late = was.first_late.or(found.late.first().copied());
    is.latest = walker.latest;
    is.ended_at = (is.position == is.size && is.seq == is.last_seq).then_some(now);
    Ok(Some((was, is)))
}

/// What the last walk that went through all came to; none before the first.
///
/// # Errors
/// The database is away.
pub async fn walked(app: &App) -> Result<Option<Walk>, Fault> {
    let now = app.now();
    app.db.read(now, move |r| Ok(rows::walked(r, now)?)).await
}
