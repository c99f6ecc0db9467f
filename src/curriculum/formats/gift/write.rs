//! Our questions as GIFT.

use super::escape::{bracket, escape};
use crate::curriculum::{
    formats::{
        entry::{Body, Choice, Credit, Entry, Lost, text_of},
        neutral::category_path,
        pictures,
    },
    question::{Accept, NumericAnswer},
};
use rust_decimal::Decimal;
use std::fmt::Write as _;

/// Writes what GIFT can say. The second part tells what was lost.
#[must_use]
pub fn write(entries: &[Entry]) -> (String, Lost) {
    let mut out = String::new();
    let mut told = Vec::new();
    let mut category: &[String] = &[];
    for original in entries {
        let mut tell = |what: Result<String, String>| told.push((original.id.clone(), what));
        let entry = &pictures::described(original);
        let answers = match answers(entry) {
            Ok(answers) => answers,
            Err(why) => {
                tell(Err(why));
                continue;
            }
        };
        lost(entry).map(Ok).into_iter().for_each(&mut tell);
        for address in pictures::addresses(original) {
            tell(Ok(format!("GIFT cannot carry the picture `{address}`; its description stands in its place")));
        }
        if original.about.category != category {
            category = &original.about.category;
            let path = category_path(category).unwrap_or_else(|joined| {
                tell(Ok(format!("GIFT cannot name its category; it is called `{joined}` there")));
                format!("$course$/top/{joined}")
            });
            let _ = writeln!(out, "$CATEGORY: {path}\n");
        }
        let title = entry.about.title.as_ref().unwrap_or(&entry.id);
        let id = Some(("id", entry.id.clone())).filter(|_| *title != entry.id);
        let objective = entry.objective.iter().map(|objective| format!("objective:{objective}"));
        let tags = objective.chain(entry.about.tags.iter().cloned()).map(|tag| ("tag", tag));
        let mut comment = Vec::new();
        for (key, value) in id.into_iter().chain(tags) {
            match bracket(key, &value) {
                Some(bracket) => comment.push(bracket),
                None => tell(Ok(format!("GIFT cannot say its {key} `{value}`"))),
            }
        }
        if !comment.is_empty() {
            let _ = writeln!(out, "// {}", comment.join(" "));
        }
        let _ = write!(out, "::{}::[markdown]{} {{{answers}", escape(title), escape(&entry.ask));
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
    if !entry.shuffle && matches!(entry.body, Body::Single(_) | Body::Multi(..) | Body::Match(..)) {
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
