//! The owners of the demo answer their reviews as the reminder comes: nothing of its history is left to lapse.

use super::{people::ADMIN, teller::Teller};
use crate::{
    access::{
        review::{State, Verdict},
        rows::LineFilter,
    },
    actions::reviews::{
        answer::{self, Answer},
        read,
    },
    base::{paging::Paging, refusal::Fault},
    identity::actor::Actor,
};
use std::collections::{BTreeMap, BTreeSet};

impl Teller {
    /// Keeps what the reviews that were reminded of ask about, each line by whoever is asked.
    pub(super) async fn answer_reviews(&mut self) -> Result<(), Fault> {
        let operator = Actor::operator("demo");
        let found = read::list_reviews(&self.app, &operator, Paging::first(100)).await?;
        for one in found.items {
            if one.review.state != State::Open || one.review.reminded_at.is_none() {
                continue;
            }
            let open = LineFilter { open: true, ..LineFilter::default() };
            let page = read::read_review(&self.app, &operator, one.review.id, open, Paging::first(1_000)).await?;
            let mut asked: BTreeMap<&'static str, BTreeSet<_>> = BTreeMap::new();
            for case in page.lines.items {
                let who = match case.line.reviewer_id {
                    Some(reviewer) => self.called(reviewer),
                    None => Some(ADMIN),
                };
                // An admin's own line is another admin's to answer.
                if let Some(who) = who.filter(|who| self.id_of(who) != Some(case.line.person_id)) {
                    asked.entry(who).or_default().insert(case.line.id);
                }
            }
            for (who, lines) in asked {
                let actor = self.visit(who).await?;
                let keep = Answer { verdict: Verdict::Keep, comment: String::new() };
                answer::answer_lines(&self.app, &actor, one.review.id, lines, keep).await?;
            }
        }
        Ok(())
    }
}
