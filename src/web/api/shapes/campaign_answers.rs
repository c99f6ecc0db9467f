//! Answers to reviews of access on the wire: keeping, removing, and handing on.

use super::ReviewLineId;
use crate::{access::review::Verdict, actions::reviews::answer::Answer};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is said of a grant.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = ReviewDecision)]
pub(in crate::web::api) enum Decided {
    Keep,
    Remove,
}

impl From<Decided> for Verdict {
    fn from(decided: Decided) -> Self {
        match decided {
            Decided::Keep => Self::Keep,
            Decided::Remove => Self::Remove,
        }
    }
}

/// An answer to one line.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewAnswer, example = json!({"decision": "remove", "comment": "Moved to another team."}))]
pub(in crate::web::api) struct AnswerBody {
    decision: Decided,
    /// Needed to remove.
    #[serde(default)]
    comment: String,
}

impl From<AnswerBody> for Answer {
    fn from(body: AnswerBody) -> Self {
        Self { verdict: body.decision.into(), comment: body.comment }
    }
}

/// The same answer to several lines: all of them get it, or none does.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewAnswers)]
pub(in crate::web::api) struct AnswersBody {
    pub(in crate::web::api) lines: Vec<ReviewLineId>,
    decision: Decided,
    /// Needed to remove.
    #[serde(default)]
    comment: String,
}

impl AnswersBody {
    /// The lines, and what is said of them.
    pub(in crate::web::api) fn apart(self) -> (std::collections::BTreeSet<ReviewLineId>, Answer) {
        (self.lines.into_iter().collect(), Answer { verdict: self.decision.into(), comment: self.comment })
    }
}

/// How many lines were answered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewAnswered)]
pub(in crate::web::api) struct AnsweredBody {
    pub(in crate::web::api) answered: usize,
}

/// Who is to answer instead.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReviewHandOver, example = json!({"to": "ana@example.com", "comment": "She works with them."}))]
pub(in crate::web::api) struct HandOverBody {
    /// An id or an e-mail address.
    pub(in crate::web::api) to: String,
    #[serde(default)]
    pub(in crate::web::api) comment: String,
}
