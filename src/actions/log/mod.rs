//! The log that proves itself: giving events their positions, signing, proving, walking through it, and giving it away.

mod copies;
mod export;
mod grown;
mod prove;
mod sequence;
mod walk;

pub use crate::audit::log::LogRefusal;
pub use copies::{Place as Outside, copies, copy_where_due};
pub(in crate::actions) use export::select;
pub use export::{Export, Selected, Wanted, begin_export, size_of};
pub use grown::in_doubt;
pub use prove::{
    Consistency, Inclusion, Published, may_rewrite, prove_consistency, prove_inclusion, published, tile, unguarded,
};
pub(in crate::actions) use sequence::sequence_what_may_be;
pub use sequence::{renew_log_key, sequence, sequence_where_due};
pub use walk::{walk, walk_some, walks};

use crate::{audit::log::tree::Place, base::refusal::Broken};

/// A tile that should be there is not, or is too short.
fn missing((level, index): Place) -> Broken {
    Broken::defect(format!(
        "tile {level}/{index} of the log is missing or too short; `habilis audit export` shows where"
    ))
}
