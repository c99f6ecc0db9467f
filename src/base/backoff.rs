//! How long to wait before what has failed is tried again: longer each time, and never in step with others.

use super::refusal::Broken;
use rand::TryRng;

/// The longest wait, in milliseconds.
const LONGEST: i64 = 300_000;
/// How fine chance is drawn.
const GRAIN: i64 = 1_023;

/// How long to wait after so many failures, in milliseconds: after the first as long as said, twice as long each time up to
/// five minutes, and between half of it and all of it, so that those that came back are not called in step. `chance` is what
/// [`chance`] draws.
#[must_use]
pub fn wait(first: i64, failures: i64, chance: i64) -> i64 {
    let whole = first.saturating_mul(1 << failures.clamp(0, 20)).min(LONGEST);
    whole / 2 + whole / 2 * chance / GRAIN
}

/// A draw for [`wait`].
///
/// # Errors
/// The system's generator fails.
pub fn chance() -> Result<i64, Broken> {
    let mut bytes = [0_u8; 2];
    rand::rngs::SysRng.try_fill_bytes(&mut bytes).map_err(Broken::defect)?;
    Ok(i64::from(u16::from_le_bytes(bytes)) % (GRAIN + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_limit_and_differ() {
        assert_eq!((wait(1_000, 0, 0), wait(1_000, 0, 1_023)), (500, 1_000));
        assert_eq!((wait(1_000, 3, 0), wait(1_000, 3, 1_023)), (4_000, 8_000));
        assert_eq!((wait(5_000, 40, 0), wait(1_000, i64::MAX, 1_023)), (150_000, 300_000));
        assert!((0..=1_023).contains(&chance().unwrap()));
    }
}
