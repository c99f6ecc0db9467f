//! `habilis courses regrade`: what correcting a question would do, and doing it.

use super::{Failed, Next, courses::Shape, open::Desk, print};
use crate::{
    academy::regrade::Treatment,
    actions::regrade::{self, Plan, Wanted},
    base::text::Slug,
};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

/// Correct the marks of a question whose key was wrong: shows what would change, and does it with --apply
#[derive(Debug, Args)]
pub(super) struct Regrade {
    /// The course, by its id
    course: Slug,
    /// The question, by its id in the course
    question: Slug,
    /// What becomes of the question
    #[arg(long, value_enum, default_value = "new-key")]
    treatment: Way,
    /// The version on the forms, by hash; without it, the latest that people met and that is not in force
    #[arg(long, value_name = "HASH")]
    from: Option<String>,
    /// Revoke certificates that rest on an attempt that fails now; without it, who earned one in good faith keeps it
    #[arg(long)]
    take_back: bool,
    /// Why; everybody whose mark changes reads it
    #[arg(long)]
    reason: String,
    /// Do it
    #[arg(long)]
    apply: bool,
    #[arg(long, value_enum, default_value = "human")]
    format: Shape,
}

/// What becomes of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Way {
    /// It is marked by the key in force
    NewKey,
    /// Everybody gets all its points
    FullMarks,
    /// It is taken out of the total
    SetAside,
}

impl From<Way> for Treatment {
    fn from(way: Way) -> Self {
        match way {
            Way::NewKey => Self::NewKey,
            Way::FullMarks => Self::FullMarks,
            Way::SetAside => Self::SetAside,
        }
    }
}

impl Regrade {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::with_content()?;
        let wanted = Wanted {
            course: self.course,
            question: self.question,
            from: self.from,
            treatment: self.treatment.into(),
            take_back: self.take_back,
        };
        let plan = desk.run(regrade::preview_regrade(&desk.app, &desk.actor, wanted.clone()))?;
        let human = self.format == Shape::Human;
        if human {
            told(&plan).iter().for_each(|line| print::say(line));
        }
        if !self.apply {
            match human {
                true => print::say("Nothing was changed. Add --apply to do it."),
                false => print::json(&whole(&plan))?,
            }
            return Ok(Next::Done);
        }
        let fingerprint = plan.fingerprint.clone();
        let applying = regrade::apply_regrade(&desk.app, &desk.actor, wanted, self.reason, fingerprint, None);
        let applied = desk.run(applying)?;
        match human {
            true => print::say(&format!("{} is applied: {} marks changed.", applied.row.id, applied.row.changed)),
            false => print::json(&applied.row)?,
        }
        Ok(Next::Done)
    }
}

/// A preview in lines.
fn told(plan: &Plan) -> Vec<String> {
    let (tally, effects) = (&plan.tally, &plan.effects);
    let short = |hash: String| hash.chars().take(8).collect::<String>();
    let way = match (&plan.to, plan.treatment) {
        (Some(to), _) => format!("marked by the key in force ({})", short(to.hash())),
        (None, Treatment::SetAside) => "taken out of the total".to_owned(),
        (None, _) => "all points for everybody".to_owned(),
    };
    let at_once = effects.wakes.iter().filter(|request| request.final_).count();
    let ended = effects.suspends.iter().filter(|grant| grant.final_).count();
    let mut lines = vec![
        format!("{} of {}, version {}: {way}", plan.question, plan.course, short(plan.from.hash())),
        format!(
            "  {} marked attempts of {} people hold it, {} more are not marked yet",
            plan.attempts, plan.people, plan.open
        ),
        format!("  marks: {} change, {} up and {} down", tally.changed, tally.higher, tally.lower),
        format!("  {} attempts pass now, {} fail now", tally.now_passed, tally.now_failed),
        format!("  {} certificates are issued", effects.issued.len()),
        format!(
            "  {} requests wake ({at_once} granted at once), {} grants resume",
            effects.wakes.len(),
            effects.resumes.len()
        ),
        format!(
            "  {} certificates rest on an attempt that fails now: {}",
            effects.resting.len(),
            if plan.take_back { "they are revoked" } else { "they are kept; --take-back revokes them" }
        ),
    ];
    if !effects.suspends.is_empty() {
        let until =
            effects.tokens_until.map_or_else(String::new, |until| format!(", the last until {}", print::moment(until)));
        lines.push(format!(
            "  with them {} grants are suspended and {ended} end; {} live tokens{until}",
            effects.suspends.len() - ended,
            effects.tokens
        ));
    }
    for (words, options) in [
        ("nobody could choose", &plan.difference.added),
        ("gone, counted as not chosen:", &plan.difference.removed),
        ("right or wrong the other way round:", &plan.difference.rekeyed),
    ] {
        if !options.is_empty() {
            let options: Vec<&str> = options.iter().map(Slug::as_str).collect();
            lines.push(format!("  options {words} {}", options.join(", ")));
        }
    }
    lines
}

/// A preview for programs.
fn whole(plan: &Plan) -> Value {
    json!({
        "course": plan.course,
        "question": plan.question,
        "from": plan.from.hash(),
        "to": plan.to.as_ref().map(crate::curriculum::question::Question::hash),
        "treatment": plan.treatment,
        "take_back": plan.take_back,
        "attempts": plan.attempts,
        "people": plan.people,
        "open": plan.open,
        "tally": plan.tally,
        "certificates_issued": plan.effects.issued.len(),
        "certificates_resting": plan.effects.resting.len(),
        "requests_woken": plan.effects.wakes.len(),
        "grants_resumed": plan.effects.resumes.len(),
        "grants_lost_if_taken_back": plan.effects.suspends.len(),
        "live_tokens_if_taken_back": plan.effects.tokens,
        "fingerprint": plan.fingerprint,
    })
}
