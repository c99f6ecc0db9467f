//! One question: how hard it is, how well it tells strong from weak, and what each of its options does.

use super::measures::{self, Interval, number};
use crate::base::text::Slug;
use std::collections::BTreeSet;

/// One person's answer to one question, as statistics see it.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The share of the question's points, 0 to 1.
    pub share: f64,
    /// The share of the points of everything else on that form; none where nothing else stood there.
    pub rest: Option<f64>,
    /// The options that were chosen, the rows that were judged rightly.
    pub chosen: BTreeSet<Slug>,
    /// Seconds since the save before, within the attempt; approximate, and not always there.
    pub seconds: Option<f64>,
}

/// What an option is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OptionRole {
    /// To be ticked.
    Key,
    /// Not to be ticked.
    Distractor,
    /// A row of a grid: "chosen" means judged rightly.
    Row,
}

/// A question in one version.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ItemStatistics {
    /// First attempts with it: what the figures rest on.
    pub answers: usize,
    /// All marked attempts that showed it.
    pub exposure: usize,
    /// None below the least number of attempts.
    pub figures: Option<Figures>,
}

/// What enough answers tell of a question.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Figures {
    pub facility: f64,
    pub facility_interval: Option<Interval>,
    /// The standard deviation of the shares.
    pub spread: f64,
    /// None where nothing varies.
    pub discrimination: Option<f64>,
    pub discrimination_interval: Option<Interval>,
    /// In percent.
    pub efficiency: Option<f64>,
    pub options: Vec<OptionFigures>,
    /// Facility by fifths of the rest, weakest first.
    pub trace: Vec<TracePoint>,
    /// The median of seconds between the save before and the first save of this question, where enough people saved one by
    /// one: approximate.
    pub seconds: Option<f64>,
}

/// What one option does.
#[derive(Clone, Debug, serde::Serialize)]
pub struct OptionFigures {
    pub option: Slug,
    pub role: OptionRole,
    pub chosen: usize,
    /// Of all answers.
    pub share: f64,
    /// The point-biserial correlation with the rest.
    pub discrimination: Option<f64>,
    pub interval: Option<Interval>,
    /// Of a distractor: how far it lies above the best key, as an interval of the difference of both on Fisher's z scale
    /// ([`measures::difference`]).
    pub above_key: Option<Interval>,
}

/// How one fifth of the people did.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub struct TracePoint {
    /// 1 for the weakest fifth, 5 for the strongest.
    pub fifth: usize,
    pub people: usize,
    pub facility: f64,
}

/// The figures of a question from its answers; none where there are none.
#[must_use]
pub fn figures(responses: &[Response], options: &[(Slug, OptionRole)]) -> Option<Figures> {
    let shares: Vec<f64> = responses.iter().map(|response| response.share).collect();
    let with_rest: Vec<(&Response, f64)> = responses.iter().filter_map(|r| Some((r, r.rest?))).collect();
    let rests: Vec<f64> = with_rest.iter().map(|(_, rest)| *rest).collect();
    let beside_rest: Vec<f64> = with_rest.iter().map(|(response, _)| response.share).collect();
    let discrimination = measures::correlation(&beside_rest, &rests);
    let interval = |r: Option<f64>| measures::fisher(r?, rests.len());
    let seconds: Vec<f64> = responses.iter().filter_map(|response| response.seconds).collect();
    let ticks = |option: &Slug| -> Vec<f64> {
        with_rest.iter().map(|(response, _)| f64::from(u8::from(response.chosen.contains(option)))).collect()
    };
    let keys = options.iter().filter(|(_, role)| *role == OptionRole::Key).filter_map(|(key, _)| {
        let ticks = ticks(key);
        measures::correlation(&ticks, &rests).map(|r| (r, ticks))
    });
    let best_key = keys.max_by(|one, two| one.0.total_cmp(&two.0));
    let of_option = |(option, role): &(Slug, OptionRole)| {
        let chosen = responses.iter().filter(|response| response.chosen.contains(option)).count();
        let ticks = ticks(option);
        let discrimination = measures::correlation(&ticks, &rests);
        let above_key = best_key.as_ref().filter(|_| *role == OptionRole::Distractor).and_then(|(key, beside)| {
            measures::difference(discrimination?, *key, measures::correlation(&ticks, beside)?, rests.len())
        });
        OptionFigures {
            above_key,
            option: option.clone(),
            role: *role,
            chosen,
            share: number(chosen) / number(responses.len()),
            discrimination,
            interval: interval(discrimination),
        }
    };
    Some(Figures {
        facility: measures::mean(&shares)?,
        facility_interval: measures::facility_interval(&shares),
        spread: measures::variance(&shares).map_or(0.0, f64::sqrt),
        discrimination,
        discrimination_interval: interval(discrimination),
        efficiency: measures::efficiency(&beside_rest, &rests),
        options: options.iter().map(of_option).collect(),
        trace: trace(&beside_rest, &rests),
        seconds: measures::median(&seconds).filter(|_| seconds.len() >= super::LEAST),
    })
}

/// Facility by fifths of the rest. People with the same rest stay together, at the middle of their ranks.
fn trace(shares: &[f64], rests: &[f64]) -> Vec<TracePoint> {
    let mut people: Vec<(f64, f64)> = rests.iter().copied().zip(shares.iter().copied()).collect();
    people.sort_by(|one, two| one.0.total_cmp(&two.0));
    let all = people.len();
    let mut fifths: [Vec<f64>; 5] = Default::default();
    let mut from = 0;
    for alike in people.chunk_by(|one, two| (one.0 - two.0).abs() < 1e-12) {
        // The middle rank of those who are alike, doubled to stay whole.
        let middle = 2 * from + alike.len();
        let place = (5 * middle / (2 * all.max(1))).min(4);
        if let Some(fifth) = fifths.get_mut(place) {
            fifth.extend(alike.iter().map(|(_, share)| *share));
        }
        from += alike.len();
    }
    let point = |(place, shares): (usize, &Vec<f64>)| {
        Some(TracePoint { fifth: place + 1, people: shares.len(), facility: measures::mean(shares)? })
    };
    fifths.iter().enumerate().filter_map(point).collect()
}
