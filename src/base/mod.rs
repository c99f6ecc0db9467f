//! What every room stands on: ids, time, spans, refusals, text, paging, messages, calls to outside and their repetition, hidden and kept values; no knowledge of the domain.

pub mod backoff;
pub mod clock;
pub mod hidden;
pub mod ids;
pub mod kept;
pub mod outbound;
pub mod paging;
pub mod refusal;
pub mod span;
pub mod text;
pub mod webhook;
pub mod words;
