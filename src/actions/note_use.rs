//! Writing down which grants were used: tokens that were verified here, once an hour for each grant, and never while somebody
//! waits for an answer.

use crate::{access::rows, app::App, base::refusal::Fault};
use std::collections::HashMap;

/// The most grants of one transaction; the rest follows in the next.
const MOST: usize = 1_000;

/// Writes down what was verified since the last time.
///
/// # Errors
/// The database is away: then it is written down the next time.
pub async fn note_use(app: &App) -> Result<(), Fault> {
    let mut rest: Vec<_> = app.memory.take_used().into_iter().collect();
    // Every replica in the same order, so that none waits for another in a circle.
    rest.sort_unstable_by_key(|one| std::cmp::Reverse(one.0));
    while !rest.is_empty() {
        let some = rest.split_off(rest.len().saturating_sub(MOST));
        let kept = some.clone();
        let noted = app.db.write(app.now(), move |w| {
            for (grant, at) in kept.iter().rev() {
                rows::note_verified(w, *grant, *at)?;
            }
            Ok(())
        });
        if let Err(fault) = noted.await {
            app.memory.put_back_used(rest.into_iter().chain(some).collect::<HashMap<_, _>>());
            return Err(fault);
        }
    }
    Ok(())
}
