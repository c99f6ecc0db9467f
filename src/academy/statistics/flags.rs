//! What an author should look at: the same flags on pages, in the API and on the command line. A flag is serious only where
//! it is more than chance would do: with few answers, figures go up and down by themselves.

use super::item::{Figures, OptionRole};
use crate::base::text::Slug;

/// Above this facility a question is too easy.
pub const TOO_EASY: f64 = 0.95;
/// Below this facility a question is too hard.
pub const TOO_HARD: f64 = 0.25;

/// What is said of a flag that is not sure.
const MAYBE: &str = "so far it may be chance";

/// How much a flag matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The question may be fine.
    Notice,
    /// The key is probably wrong, or the question misleads: beyond chance, by the 95 % interval.
    Serious,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(tag = "flag", rename_all = "kebab-case")]
pub enum Flag {
    /// Weak people do better on it than strong people.
    NegativeDiscrimination {
        discrimination: f64,
        /// Whether the whole interval lies below 0.
        sure: bool,
    },
    /// Strong people choose this distractor rather than what is right.
    DistractorBeatsKey {
        option: Slug,
        discrimination: f64,
        key: f64,
        /// Whether the whole interval of the difference lies above 0.
        sure: bool,
    },
    /// Nearly everybody gets it right.
    TooEasy { facility: f64 },
    /// Hardly anybody gets it right.
    TooHard { facility: f64 },
    /// Nobody falls for this distractor.
    DistractorNeverChosen { option: Slug },
}

impl Flag {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NegativeDiscrimination { .. } => "negative-discrimination",
            Self::DistractorBeatsKey { .. } => "distractor-beats-key",
            Self::TooEasy { .. } => "too-easy",
            Self::TooHard { .. } => "too-hard",
            Self::DistractorNeverChosen { .. } => "distractor-never-chosen",
        }
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            Self::NegativeDiscrimination { sure: true, .. } | Self::DistractorBeatsKey { sure: true, .. } => {
                Severity::Serious
            }
            _ => Severity::Notice,
        }
    }

    /// The option that it is about.
    #[must_use]
    pub fn option(&self) -> Option<&Slug> {
        match self {
            Self::DistractorBeatsKey { option, .. } | Self::DistractorNeverChosen { option } => Some(option),
            _ => None,
        }
    }

    /// One sentence in English, without a full stop: for editors.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::NegativeDiscrimination { discrimination, sure } => {
                let then = if *sure { "check the key" } else { MAYBE };
                format!("people who do well elsewhere do worse here (discrimination {discrimination:.2}); {then}")
            }
            Self::DistractorBeatsKey { option, discrimination, key, sure } => {
                let then = if *sure { "check the key and the wording" } else { MAYBE };
                format!("strong people choose `{option}` ({discrimination:.2}) rather than the key ({key:.2}); {then}")
            }
            Self::TooEasy { facility } => format!("{:.0} % get it right; it tells nobody apart", facility * 100.0),
            Self::TooHard { facility } => format!("only {:.0} % of its points are reached", facility * 100.0),
            Self::DistractorNeverChosen { option } => {
                format!("nobody ever chose `{option}`; write a more tempting distractor or leave it out")
            }
        }
    }
}

/// What stands out in a question's figures, the most serious first.
#[must_use]
pub fn flags(figures: &Figures) -> Vec<Flag> {
    let mut found = Vec::new();
    if let Some(discrimination) = figures.discrimination.filter(|r| *r < 0.0) {
        let sure = figures.discrimination_interval.is_some_and(|interval| interval.high < 0.0);
        found.push(Flag::NegativeDiscrimination { discrimination, sure });
    }
    let of = |role: OptionRole| figures.options.iter().filter(move |option| option.role == role);
    let best_key = of(OptionRole::Key).filter_map(|key| key.discrimination).reduce(f64::max);
    for distractor in of(OptionRole::Distractor) {
        if let (Some(discrimination), Some(key)) = (distractor.discrimination, best_key)
            && discrimination > 0.0
            && discrimination > key
        {
            let sure = distractor.above_key.is_some_and(|interval| interval.low > 0.0);
            found.push(Flag::DistractorBeatsKey { option: distractor.option.clone(), discrimination, key, sure });
        }
    }
    if figures.facility > TOO_EASY {
        found.push(Flag::TooEasy { facility: figures.facility });
    }
    if figures.facility < TOO_HARD {
        found.push(Flag::TooHard { facility: figures.facility });
    }
    // Where nobody is wrong, every distractor is idle, and the facility says so already.
    if figures.facility <= TOO_EASY {
        let idle = of(OptionRole::Distractor).filter(|option| option.chosen == 0);
        found.extend(idle.map(|option| Flag::DistractorNeverChosen { option: option.option.clone() }));
    }
    found.sort_by_key(|flag| std::cmp::Reverse(flag.severity()));
    found
}
