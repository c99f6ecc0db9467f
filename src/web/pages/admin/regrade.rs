//! `/authoring/courses/…/regrade`: what correcting a question would do, by counts for authors and by name for admins.

use super::{
    super::named,
    shown::{Shown, correctable, count, field_of, figure, wrong},
};
use crate::{
    academy::{regrade::Treatment, rows::RegradeRow},
    actions::regrade::{self, Past, Plan, Wanted},
    base::{refusal::Fault, text::Slug},
    curriculum::question::Question,
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::Form,
            sentence,
        },
        views::{Choice, FieldError, regrade as views, shared::Link},
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, Query, ServiceConfig, get, post},
};
use std::collections::{BTreeMap, HashMap};

/// Attempts named on the page; the API tells all.
const MOST: usize = 100;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    let path = "/authoring/courses/{course}/questions/{question}/regrade";
    config.route(path, get().to(show)).route(path, post().to(apply));
}

/// What a form or an address asks for; the version is left open where none is named.
fn wanted(course: Slug, question: Slug, treatment: &str, from: &str, take_back: bool) -> Wanted {
    let treatment = Treatment::from_word(treatment).unwrap_or(Treatment::NewKey);
    let from = Some(from.to_owned()).filter(|from| !from.is_empty());
    Wanted { course, question, from, treatment, take_back }
}

async fn show(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    query: Query<HashMap<String, String>>,
) -> Result<HttpResponse, Failure> {
    let asked = |name: &str| query.get(name).map_or("", String::as_str);
    let take_back = !asked("take_back").is_empty();
    let wanted = wanted(named(&path.0)?, named(&path.1)?, asked("treatment"), asked("from"), take_back);
    let view = view(&desk, &caller, wanted, Vec::new(), "").await?;
    desk.page(&caller, view).await
}

async fn apply(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, Failure> {
    let take_back = form.ticked("take_back");
    let wanted = wanted(named(&path.0)?, named(&path.1)?, form.text("treatment"), form.text("from"), take_back);
    let (reason, fingerprint) = (form.text("reason").to_owned(), form.text("fingerprint").to_owned());
    let applied =
        regrade::apply_regrade(&desk.app, &caller.actor, wanted.clone(), reason.clone(), fingerprint, None).await;
    match applied {
        Ok(_) => {
            let place = format!("/authoring/courses/{}/questions/{}/regrade", wanted.course, wanted.question);
            Ok(see_other_with(&place, "notice-regrade-applied"))
        }
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let errors = wrong(field_of(&refused, "reason"), said);
            let view = view(&desk, &caller, wanted, errors, &reason).await?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn view(
    desk: &Desk,
    caller: &Caller,
    wanted: Wanted,
    errors: Vec<FieldError>,
    reason: &str,
) -> Result<views::RegradePage, Failure> {
    let app = &desk.app;
    let past = regrade::read_past(app, &caller.actor, wanted.course.clone(), wanted.question.clone()).await?;
    let (plan, refusal) = match regrade::preview_regrade(app, &caller.actor, wanted.clone()).await {
        Ok(plan) => (Some(plan), None),
        // What can not be previewed can be chosen otherwise on the same page.
        Err(Fault::Refused(refused)) if refused.code.starts_with("regrade-") && !past.versions.is_empty() => {
            (None, Some(sentence::refusal(desk, caller, &refused)))
        }
        Err(fault) => return Err(fault.into()),
    };
    let may_apply = caller.actor.as_admin().is_ok();
    let listed: Vec<&regrade::Line> = match &plan {
        Some(plan) if may_apply => {
            let (turning, others): (Vec<_>, Vec<_>) = plan.lines.iter().partition(|line| line.turns());
            turning.into_iter().chain(others).take(MOST).collect()
        }
        _ => Vec::new(),
    };
    let people: Vec<String> = listed.iter().map(|line| line.person.to_string()).collect();
    let names = if people.is_empty() { BTreeMap::new() } else { regrade::names(app, &caller.actor, people).await? };
    let told = Told { shown: Shown::of(desk, caller)?, names };
    let course = told.shown.content.curriculum.courses.get(&wanted.course);
    let title =
        course.map_or_else(|| wanted.course.to_string(), |c| c.title.get(told.shown.teller.language).to_owned());
    let base = format!("/authoring/courses/{}", wanted.course);
    let page = views::RegradePage {
        course: Link::new(title, format!("{base}/statistics")),
        question: Link::new(wanted.question.to_string(), format!("{base}/questions/{}", wanted.question)),
        may_apply,
        treatment: wanted.treatment.word().to_owned(),
        from: plan.as_ref().map(|plan| plan.from.hash()).or(wanted.from).unwrap_or_default(),
        versions: told.versions(&past),
        take_back: wanted.take_back,
        refusal,
        preview: plan.as_ref().map(|plan| told.preview(plan, &listed)),
        errors,
        reason: reason.to_owned(),
        past: past.regrades.iter().map(|row| told.past(row, &past.names)).collect(),
    };
    Ok(page)
}

/// Tells a correction to one reader.
struct Told {
    shown: Shown,
    names: BTreeMap<String, String>,
}

impl Told {
    fn versions(&self, past: &Past) -> Vec<Choice> {
        let label = |version: &crate::academy::rows::MetVersion| {
            let hash: String = version.hash.chars().take(8).collect();
            let day = self.shown.teller.day(version.last);
            let said = [("hash", hash.into()), ("n", version.attempts.into()), ("day", day.into())];
            Choice { value: version.hash.clone(), label: self.shown.teller.say("regrade-version", &said) }
        };
        past.versions.iter().map(label).collect()
    }

    fn preview(&self, plan: &Plan, listed: &[&regrade::Line]) -> views::Preview {
        let effects = &plan.effects;
        let ends = effects.suspends.iter().filter(|grant| grant.final_).count();
        let options = |ids: &[Slug]| {
            let named: Vec<String> = ids.iter().map(|id| self.option(plan, id)).collect();
            self.shown.teller.all_of(&named)
        };
        views::Preview {
            attempts: count(plan.attempts),
            people: count(plan.people),
            open: figure(plan.open),
            changed: count(plan.tally.changed),
            higher: count(plan.tally.higher),
            lower: count(plan.tally.lower),
            now_passed: count(plan.tally.now_passed),
            now_failed: count(plan.tally.now_failed),
            issued: count(effects.issued.len()),
            resting: count(effects.resting.len()),
            wakes: count(effects.wakes.len()),
            granted: count(effects.wakes.iter().filter(|request| request.final_).count()),
            resumes: count(effects.resumes.len()),
            suspends: count(effects.suspends.len() - ends),
            ends: count(ends),
            tokens: figure(effects.tokens),
            tokens_until: effects.tokens_until.map(crate::base::clock::Time::micros),
            rekeyed: options(&plan.difference.rekeyed),
            added: options(&plan.difference.added),
            removed: options(&plan.difference.removed),
            fingerprint: plan.fingerprint.clone(),
            lines: listed.iter().map(|line| self.line(line)).collect(),
            more: if listed.is_empty() { 0 } else { count(plan.lines.len().saturating_sub(listed.len())) },
        }
    }

    /// What an option says, in whichever version has it.
    fn option(&self, plan: &Plan, id: &Slug) -> String {
        let of = |question: &Question| question.options().iter().find(|choice| choice.id == *id).cloned();
        let choice = plan.to.as_ref().and_then(of).or_else(|| of(&plan.from));
        let text = choice.map_or_else(|| id.to_string(), |c| c.text.get(self.shown.teller.language).to_owned());
        self.shown.teller.quoted(&super::statistics::short(&text))
    }

    fn line(&self, line: &regrade::Line) -> views::Line {
        let person = line.person.to_string();
        let name = self.names.get(&person).cloned().unwrap_or_else(|| person.clone());
        let (old, new) = line.marks();
        views::Line {
            person: Link::new(name, format!("/people/{person}#attempts")),
            old: self.mark(old),
            new: self.mark(new),
            old_passed: line.old.passed,
            new_passed: line.new.passed,
        }
    }

    fn mark(&self, basis_points: i64) -> String {
        let tenths = basis_points / 10;
        let text = match tenths % 10 {
            0 => (tenths / 10).to_string(),
            rest => format!("{}.{rest}", tenths / 10),
        };
        let text = if self.shown.teller.language.decimal_comma() { text.replace('.', ",") } else { text };
        self.shown.teller.say("stat-percent", &[("n", text.into())])
    }

    fn past(&self, row: &RegradeRow, names: &BTreeMap<String, String>) -> views::Past {
        views::Past {
            at: row.applied_at.micros(),
            by: self.shown.actor(&row.applied_by, names),
            reason: row.reason.clone(),
            treatment: row.treatment.word().to_owned(),
            changed: figure(row.changed),
            passed: figure(row.now_passed),
            failed: figure(row.now_failed),
            issued: figure(row.certificates_issued),
            revoked: figure(row.certificates_revoked),
        }
    }
}
