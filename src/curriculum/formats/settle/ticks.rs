//! What ticks are worth: from Moodle's percentages to right, wrong and credit.

use super::Desk;
use crate::curriculum::formats::{
    entry::{Blank, Body, Choice, Credit},
    neutral::{Markup, Rich, Tick},
};
use rust_decimal::Decimal;

/// How far written percentages may be off thirds, sixths and the like.
fn near(one: Decimal, other: Decimal) -> bool {
    (one - other).abs() < Decimal::new(1, 2)
}

pub(super) fn pick(desk: &mut Desk<'_>, ticks: Vec<Tick>, one: bool, all: bool) -> Result<Body, String> {
    let best = ticks.iter().map(|tick| tick.percent).max().unwrap_or_default();
    if best <= Decimal::ZERO {
        return Err("no answer is marked right".to_owned());
    }
    let mut options = Vec::new();
    for tick in &ticks {
        let why = desk.optional(tick.feedback.as_ref())?;
        options.push(Choice { text: desk.inline(&tick.text)?, correct: false, fraction: None, why });
    }
    let mut mark = |right: &dyn Fn(&Tick) -> bool| {
        for (option, tick) in options.iter_mut().zip(&ticks) {
            option.correct = right(tick);
        }
    };
    if all {
        mark(&|tick| tick.percent > Decimal::ZERO);
        return Ok(Body::Multi(options, Credit::AllOrNothing));
    }
    if one {
        mark(&|tick| tick.percent == best);
        if best != Decimal::ONE_HUNDRED {
            desk.note(format!("the best answer was worth {} % there; it is worth all here", best.normalize()));
        }
        if ticks.iter().any(|tick| tick.percent > Decimal::ZERO && tick.percent < best) {
            desk.note("answers that were partly right there are wrong here");
        }
        if ticks.iter().any(|tick| tick.percent < Decimal::ZERO) {
            desk.note("wrong answers that cost points there cost none here");
        }
        if options.iter().filter(|option| option.correct).count() > 1 {
            desk.note(
                "several answers were right there and any one of them was enough; here all of them are to be ticked",
            );
            return Ok(Body::Multi(options, Credit::NetCorrect));
        }
        return Ok(Body::Single(options));
    }
    mark(&|tick| tick.percent > Decimal::ZERO);
    let right = ticks.iter().filter(|tick| tick.percent > Decimal::ZERO).count();
    let share = Decimal::ONE_HUNDRED.checked_div(Decimal::from(right)).unwrap_or(Decimal::ONE_HUNDRED);
    let even = ticks.iter().all(|tick| near(tick.percent.abs(), share) && !tick.percent.is_zero());
    if even {
        return Ok(Body::Multi(options, Credit::NetCorrect));
    }
    let total: Decimal = ticks.iter().map(|tick| tick.percent).filter(|percent| *percent > Decimal::ZERO).sum();
    if total < Decimal::new(999, 1) {
        desk.note(format!("all right answers together are worth only {} %", total.normalize()));
    }
    for (option, tick) in options.iter_mut().zip(&ticks) {
        option.fraction = Some(tick.percent.normalize());
    }
    Ok(Body::Multi(options, Credit::Fractions))
}

/// The choices of a gap.
pub(super) fn choices(desk: &mut Desk<'_>, ticks: Vec<Tick>, markup: Markup) -> Result<Blank, String> {
    let best = ticks.iter().map(|tick| tick.percent).max().unwrap_or_default();
    if best <= Decimal::ZERO {
        return Err("no answer of a gap is marked right".to_owned());
    }
    let mut choices = Vec::new();
    for tick in ticks {
        if tick.percent > Decimal::ZERO && tick.percent < best {
            desk.note("answers of a gap that were partly right there are wrong here");
        }
        if tick.feedback.is_some() {
            desk.note("feedback to the answers of a gap was left out");
        }
        let text = desk.inline(&Rich::new(markup, tick.text.text))?;
        choices.push(Choice { text, correct: tick.percent == best, fraction: None, why: None });
    }
    Ok(Blank::Choices(choices))
}
