//! Our questions as GIFT.

use super::escape::escape;
use crate::curriculum::{
    formats::entry::{Body, Choice, Credit, Entry, text_of},
    question::{Accept, NumericAnswer},
};
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// Writes what GIFT can say. The second part tells, by id, what was lost: `Err` for a whole question.
#[must_use]
pub fn write(entries: &[Entry]) -> (String, Vec<(String, Result<String, String>)>) {
    let mut out = String::new();
    let mut told = Vec::new();
    for entry in entries {
        let answers = match answers(entry) {
            Ok(answers) => answers,
            Err(why) => {
                told.push((entry.id.clone(), Err(why)));
                continue;
            }
        };
        told.extend(lost(entry).map(|words| (entry.id.clone(), Ok(words))));
        if let Some(objective) = &entry.objective {
            let _ = writeln!(out, "// [tag:objective:{objective}]");
        }
        let _ = write!(out, "::{}::[markdown]{} {{{answers}", escape(&entry.id), escape(&entry.ask));
        if let Some(why) = &entry.why {
            let _ = write!(out, "####{}{}", guard(why), escape(why));
        }
        out.push_str("}\n\n");
    }
    (out, told)
}

/// What GIFT has no word for.
fn lost(entry: &Entry) -> Option<String> {
    let mut lost = Vec::new();
    if entry.points != Decimal::ONE {
        lost.push("its points");
    }
    if !entry.shuffle && matches!(entry.body, Body::Single(_) | Body::Multi(..)) {
        lost.push("the order of its options");
    }
    match &entry.body {
        Body::Numeric(_, Some(_)) => lost.push("its unit"),
        Body::FreeText(_) => lost.push("its rubric"),
        _ => {}
    }
    (!lost.is_empty()).then(|| format!("GIFT cannot say {}", lost.join(" and ")))
}

fn answers(entry: &Entry) -> Result<String, String> {
    let mut out = String::new();
    match &entry.body {
        Body::Single(options) => {
            for option in options {
                line(&mut out, if option.correct { "=" } else { "~" }, option);
            }
            out.push('\n');
        }
        Body::Multi(options, credit) => {
            for (option, percent) in options.iter().zip(percents(options, *credit)?) {
                line(&mut out, &format!("~%{percent}%"), option);
            }
            out.push('\n');
        }
        Body::TrueFalse(answer) => out.push_str(if *answer { "TRUE" } else { "FALSE" }),
        Body::Numeric(answer, _) => {
            let _ = match answer {
                NumericAnswer::Exact { value, tolerance } if tolerance.is_zero() => write!(out, "#{value}"),
                NumericAnswer::Exact { value, tolerance } => write!(out, "#{value}:{tolerance}"),
                NumericAnswer::Range { low, high } => write!(out, "#{low}..{high}"),
            };
        }
        Body::Short(accept) => {
            let arrow = |one: &Accept| matches!(one, Accept::Text(text) | Accept::Regex(text) if text.contains("->"));
            if accept.len() > 1 && accept.iter().any(arrow) {
                return Err("answers with `->` in them would be read as pairs".to_owned());
            }
            for one in accept {
                let text = match one {
                    Accept::Text(text) => text.replace('*', "\\*"),
                    Accept::Regex(pattern) => match text_of(pattern) {
                        Some((text, false)) => text,
                        Some(_) => return Err("GIFT cannot ask for upper and lower case".to_owned()),
                        None => return Err(format!("GIFT has no patterns such as {pattern}")),
                    },
                };
                if text.split_whitespace().collect::<Vec<_>>().join(" ") != text {
                    return Err("an answer holds white space that GIFT does not keep".to_owned());
                }
                let _ = write!(out, "\n\t={}{}", guard(&text), escape(&text));
            }
            out.push('\n');
        }
        Body::Match(pairs, extra) => {
            let sides = pairs.iter().flat_map(|(left, right)| [left, right]).chain(extra);
            if sides.into_iter().any(|text| text.contains("->")) {
                return Err("GIFT cannot say `->` in a pair".to_owned());
            }
            let extra = extra.iter().map(|right| (String::new(), right.clone()));
            for (left, right) in pairs.iter().cloned().chain(extra) {
                let _ = write!(out, "\n\t={}{} -> {}{}", guard(&left), escape(&left), guard(&right), escape(&right));
            }
            out.push('\n');
        }
        Body::FreeText(_) => {}
        Body::Order(..) => return Err("GIFT has no questions about an order".to_owned()),
        Body::Cloze(_) => return Err("GIFT has no questions with several gaps".to_owned()),
    }
    Ok(out)
}

/// What each option is worth, in percent.
pub(crate) fn percents(options: &[Choice], credit: Credit) -> Result<Vec<Decimal>, String> {
    let right = options.iter().filter(|option| option.correct).count();
    let share = Decimal::ONE_HUNDRED.checked_div(Decimal::from(right)).unwrap_or_default().round_dp(5).normalize();
    match credit {
        Credit::NetCorrect => Ok(options.iter().map(|option| if option.correct { share } else { -share }).collect()),
        Credit::Fractions => Ok(options.iter().map(|option| option.fraction.unwrap_or_default()).collect()),
        Credit::AllOrNothing => Err("percentages cannot say `all_or_nothing`".to_owned()),
        Credit::EachOption => Err("percentages cannot say `each_option`".to_owned()),
    }
}

fn line(out: &mut String, mark: &str, option: &Choice) {
    let _ = write!(out, "\n\t{mark}{}{}", guard(&option.text), escape(&option.text));
    if let Some(why) = &option.why {
        let _ = write!(out, "#{}{}", guard(why), escape(why));
    }
}

/// A word for the markup, where the text begins with something that could be read as one, or as a weight.
fn guard(text: &str) -> &'static str {
    if text.starts_with(['[', '%']) { "[markdown]" } else { "" }
}
