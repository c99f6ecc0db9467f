//! Whose lines of reviews somebody answers: their own, those of whoever is away and has them decide, and, as an admin, those that
//! wait for any admin. That somebody may act as an admin is not delegated.

use crate::{
    access::{
        review::{Line, ReviewRefusal},
        rows,
    },
    actions::seats::Place,
    base::{
        ids::{self, Id},
        refusal::Broken,
    },
    db::Reading,
    identity::person::{Capabilities, Person},
};

/// Somebody, and in whose place they decide.
#[derive(Clone, Debug)]
pub(super) struct Sits {
    pub(super) me: Id<ids::Person>,
    may: Capabilities,
    away: Vec<Id<ids::Person>>,
}

impl Sits {
    /// A person as they sit at the instant of the transaction.
    ///
    /// # Errors
    /// The database is away.
    pub(super) fn of(r: &mut Reading<'_>, person: &Person) -> Result<Self, Broken> {
        Ok(Self { me: person.id, may: person.capabilities, away: rows::delegators_of(r, person.id)? })
    }

    /// The one rule on whose access nobody says anything, whoever a line waits for.
    ///
    /// # Errors
    /// It is their own, or that of somebody in whose place they decide.
    pub(super) fn may_judge(&self, holder: Id<ids::Person>) -> Result<(), ReviewRefusal> {
        if holder == self.me {
            Err(ReviewRefusal::OwnGrant)
        } else if self.away.contains(&holder) {
            Err(ReviewRefusal::DelegatorsOwn)
        } else {
            Ok(())
        }
    }

    /// Whether they decide for a reviewer: they are that one, or decide in their place.
    pub(super) fn sits_for(&self, reviewer: Id<ids::Person>) -> bool {
        reviewer == self.me || self.away.contains(&reviewer)
    }

    /// On whose place they answer a line: on their own (none), or in that of whoever is asked and away.
    ///
    /// # Errors
    /// They may not judge this access, or it is for somebody else to answer.
    pub(super) fn place(&self, line: &Line) -> Result<Place, ReviewRefusal> {
        self.may_judge(line.person_id)?;
        match line.reviewer_id {
            Some(reviewer) if self.sits_for(reviewer) => Ok(Some(reviewer).filter(|reviewer| *reviewer != self.me)),
            None if self.may.admin => Ok(None),
            _ => Err(ReviewRefusal::NotYours),
        }
    }

    /// On whose place they hand a line on: as they would answer it, or as an admin.
    ///
    /// # Errors
    /// They may not judge this access, or it is for somebody else.
    pub(super) fn hands_on(&self, line: &Line) -> Result<Place, ReviewRefusal> {
        match self.place(line) {
            Err(ReviewRefusal::NotYours) if self.may.admin => Ok(None),
            other => other,
        }
    }

    /// Whether they may know of a line.
    pub(super) fn sees(&self, line: &Line) -> bool {
        self.may.admin
            || self.may.auditor
            || line.reviewer_id == Some(self.me)
            || line.decided_by == Some(self.me)
            || self.place(line).is_ok()
    }
}
