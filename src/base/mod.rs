//! What every room stands on: ids, time, spans, refusals, text and paging; no knowledge of the domain.

pub mod clock;
pub mod ids;
pub mod paging;
pub mod refusal;
pub mod span;
pub mod text;
