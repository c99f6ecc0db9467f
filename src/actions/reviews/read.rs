//! Reading reviews: what waits for whom, line by line with the facts, and how far it has come.

use super::{facts, judged, sees_all, sits::Sits, standing};
use crate::{
    access::{
        grant::Grant,
        review::{Delegation, Facts, Line, LineState, Review, ReviewRefusal, State},
        rows::{self, LineFilter},
    },
    actions::{About, look, seats::Place},
    app::App,
    base::{
        clock::Time,
        ids::{self, Id},
        paging::{Listing, Paging},
        refusal::{Broken, Fault},
        text::Slug,
    },
    db::Reading,
    identity::{
        self,
        actor::{Actor, Signed},
        person::Person,
    },
};
use std::collections::BTreeMap;

/// Lines in figures, as the clock judges them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Kept, removed, lapsed, gone or called off.
    pub done: i64,
    pub pending: i64,
    pub overdue: i64,
    pub kept: i64,
    pub removed: i64,
    pub lapsed: i64,
}

impl Figures {
    /// Counts lines in a state, as the clock judges it.
    fn add(&mut self, state: LineState, n: i64) {
        match state {
            LineState::Pending | LineState::Delegated => self.pending += n,
            LineState::Overdue => self.overdue += n,
            other => {
                self.done += n;
                match other {
                    LineState::Kept => self.kept += n,
                    LineState::Removed => self.removed += n,
                    LineState::Lapsed => self.lapsed += n,
                    _ => {}
                }
            }
        }
    }

    /// All of them.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.done + self.pending + self.overdue
    }
}

/// A review in short, and how far it is.
#[derive(Clone, Debug)]
pub struct Overview {
    pub review: Review,
    pub figures: Figures,
    pub mine: Mine,
}

/// What of a review waits for whoever looks.
#[derive(Clone, Debug, Default)]
pub struct Mine {
    /// How many lines: for them, for whoever is away and has them decide, and, where they are an admin, for any admin.
    pub lines: i64,
    /// In whose place they answer some of these.
    pub in_place_of: Vec<Person>,
}

/// A line, and everything needed to answer it.
#[derive(Clone, Debug)]
pub struct Case {
    pub line: Line,
    /// As the clock judges it.
    pub standing: LineState,
    pub person: Person,
    pub grant: Grant,
    /// Why the person asked for it, in their words.
    pub reason: String,
    /// The facts now, while it waits for an answer; else those of the decision, or of the start.
    pub facts: Facts,
    /// Whether whoever looks may answer it.
    pub may_answer: bool,
    /// In whose place they do, where whoever is asked is away.
    pub in_place_of: Place,
    /// Whether it waits for an answer, and is about their own access or that of somebody in whose place they decide.
    pub own: bool,
    /// Whether they may hand it to somebody else.
    pub may_delegate: bool,
    pub delegations: Vec<Delegation>,
}

/// A page of a review.
#[derive(Clone, Debug)]
pub struct ReviewPage {
    pub review: Review,
    pub figures: Figures,
    /// By reviewer; none stands for the admins.
    pub by_reviewer: Vec<(Option<Id<ids::Person>>, Figures)>,
    pub by_role: Vec<(Slug, Figures)>,
    pub lines: Listing<Case>,
    /// Names of the reviewers, of those who decided, and of whoever began and ended it.
    pub names: BTreeMap<String, String>,
    pub mine: Mine,
    pub may_cancel: bool,
    /// Whether whoever looks sees every line, or only their own.
    pub whole: bool,
}

/// The review, where this person may know of it.
pub(super) fn visible(r: &mut Reading<'_>, who: &Signed, id: Id<ids::Review>) -> Result<Review, Fault> {
    let found = rows::review(r, id)?.ok_or(ReviewRefusal::NoSuchReview)?;
    let capabilities = who.person.capabilities;
    if !capabilities.admin && !capabilities.auditor {
        let own = LineFilter { reviewer: Some(who.person.id), ..LineFilter::default() };
        if rows::review_lines(r, id, &own, &Paging::first(1))?.items.is_empty() {
            return Err(ReviewRefusal::NoSuchReview.into());
        }
    }
    Ok(found)
}

/// A review in figures, and what was counted, as the clock judges it.
fn figures(r: &mut Reading<'_>, review: &Review) -> Result<(Figures, Vec<rows::Counted>), Broken> {
    let mut counts = rows::review_counts(r, review.id)?;
    let mut all = Figures::default();
    for one in &mut counts {
        one.state = judged(one.state, review, r.at());
        all.add(one.state, one.n);
    }
    Ok((all, counts))
}

/// The lines that somebody may answer, in figures.
fn to_answer(r: &mut Reading<'_>, who: Option<&Signed>) -> Result<Vec<rows::ToAnswer>, Broken> {
    who.map_or_else(|| Ok(Vec::new()), |who| rows::lines_to_answer(r, who.person.id, who.person.capabilities.admin))
}

/// What of a review is among the lines that somebody may answer, as the clock judges it.
fn mine(
    r: &mut Reading<'_>,
    review: &Review,
    who: Option<&Signed>,
    waiting: &[rows::ToAnswer],
) -> Result<Mine, Broken> {
    let mut mine = Mine::default();
    if review.state != State::Open || r.at() >= review.lapses_at {
        return Ok(mine);
    }
    let me = who.map(|who| who.person.id);
    for one in waiting.iter().filter(|one| one.review_id == review.id) {
        mine.lines += one.n;
        if let Some(away) = one.reviewer_id.filter(|reviewer| Some(*reviewer) != me) {
            mine.in_place_of.extend(identity::rows::person(r, away)?);
        }
    }
    mine.in_place_of.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    Ok(mine)
}

/// Reviews, the newest first: all of them for auditors and admins, else those in which one is or was asked, or may answer in the
/// place of somebody who is away.
///
/// # Errors
/// Nobody is signed in, or the database is away.
pub async fn list_reviews(app: &App, actor: &Actor, paging: Paging) -> Result<Listing<Overview>, Fault> {
    let all = sees_all(actor);
    let who = actor.signed().cloned();
    look(app, actor, "list_reviews", About::nothing(), move |r| {
        let who = if all { who.ok() } else { Some(who?) };
        let only = who.as_ref().filter(|_| !all).map(|who| who.person.id);
        let listing = rows::reviews(r, only, &paging)?;
        let waiting = to_answer(r, who.as_ref())?;
        let mut items = Vec::with_capacity(listing.items.len());
        for review in listing.items {
            let (figures, _) = figures(r, &review)?;
            let mine = mine(r, &review, who.as_ref(), &waiting)?;
            items.push(Overview { review, figures, mine });
        }
        Ok(Listing { items, next: listing.next })
    })
    .await
}

/// A review with a page of its lines: all of them for auditors and admins, else those that one is or was asked for, or may answer
/// in the place of somebody who is away.
///
/// # Errors
/// There is no such review for whoever asks, or the database is away.
pub async fn read_review(
    app: &App,
    actor: &Actor,
    id: Id<ids::Review>,
    filter: LineFilter,
    paging: Paging,
) -> Result<ReviewPage, Fault> {
    let all = sees_all(actor);
    let caller = actor.clone();
    look(app, actor, "read_review", About::nothing().subject(id), move |r| {
        let who = caller.signed().cloned();
        let review = if all {
            rows::review(r, id)?.ok_or(ReviewRefusal::NoSuchReview)?
        } else {
            visible(r, who.as_ref().map_err(|refusal| Fault::from(refusal.clone()))?, id)?
        };
        let who = who.ok();
        let mut filter = filter.clone();
        if !all {
            filter.reviewer = who.as_ref().map(|who| who.person.id);
        }
        let sits = who.as_ref().map(|who| Sits::of(r, &who.person)).transpose()?;
        let waiting = to_answer(r, who.as_ref())?;
        let (figures, counts) = figures(r, &review)?;
        let due = r.at() >= review.due_at;
        let (mut by_reviewer, mut by_role) = (BTreeMap::new(), BTreeMap::new());
        for one in &counts {
            let own = sits.as_ref().zip(one.reviewer_id).is_some_and(|(sits, reviewer)| sits.sits_for(reviewer));
            if all || own {
                by_reviewer.entry(one.reviewer_id).or_insert_with(Figures::default).add(one.state, one.n);
                by_role.entry(one.role_id.clone()).or_insert_with(Figures::default).add(one.state, one.n);
            }
        }
        let found = rows::review_lines(r, id, &filter, &paging)?;
        let items = cases(r, &review, found.items, sits.as_ref())?;
        let mut actors: Vec<String> = vec![review.started_by.clone()];
        actors.extend(review.closed_by.clone());
        actors.extend(by_reviewer.keys().flatten().map(ToString::to_string));
        for case in &items {
            let named = [case.line.reviewer_id, case.line.decided_by, case.line.on_behalf_of];
            actors.extend(named.into_iter().flatten().map(|id| id.to_string()));
            for one in &case.delegations {
                actors.extend(one.from_id.map(|id| id.to_string()));
                actors.extend(one.to_id.map(|id| id.to_string()));
                actors.push(one.delegated_by.clone());
            }
        }
        Ok(ReviewPage {
            figures,
            by_reviewer: by_reviewer.into_iter().collect(),
            by_role: by_role.into_iter().collect(),
            lines: Listing { items, next: found.next },
            names: identity::rows::names_of(r, actors.iter().map(String::as_str))?,
            mine: mine(r, &review, who.as_ref(), &waiting)?,
            may_cancel: review.state == State::Open && !due && caller.as_admin().is_ok(),
            whole: all,
            review,
        })
    })
    .await
}

fn cases(r: &mut Reading<'_>, review: &Review, lines: Vec<Line>, sits: Option<&Sits>) -> Result<Vec<Case>, Fault> {
    let grants: Vec<_> = lines.iter().map(|line| line.grant_id).collect();
    let mut now = facts(r, &grants)?;
    let mut handed = rows::handed_of(r, review.id)?;
    let mut cases = Vec::with_capacity(lines.len());
    for line in lines {
        let (grant, current) = now.remove(&line.grant_id).ok_or_else(|| Broken::defect("a line without its grant"))?;
        let standing = standing(&line, review, r.at());
        let open = standing.is_open() && review.state == State::Open;
        let person = identity::rows::person(r, line.person_id)?;
        let reason = rows::request(r, grant.request_id)?.map(|request| request.reason).unwrap_or_default();
        let facts = if open { current } else { line.decided_facts.clone().unwrap_or_else(|| line.facts.clone()) };
        let place = sits.filter(|_| open).and_then(|sits| sits.place(&line).ok());
        cases.push(Case {
            standing,
            person: person.ok_or_else(|| Broken::defect("a line without its person"))?,
            reason,
            facts,
            may_answer: place.is_some(),
            in_place_of: place.flatten(),
            own: open && sits.is_some_and(|sits| sits.may_judge(line.person_id).is_err()),
            may_delegate: open && sits.is_some_and(|sits| sits.hands_on(&line).is_ok()),
            delegations: handed.remove(&line.id).unwrap_or_default(),
            grant,
            line,
        });
    }
    Ok(cases)
}

/// The instant at which a line was given to whoever is asked now.
#[must_use]
pub fn asked_since(case: &Case, review: &Review) -> Time {
    case.delegations.last().map_or(review.started_at, |last| last.at)
}
