//! Item statistics on the wire.

use crate::{
    academy::statistics::{ExamFigures, Figures, Flag, OptionFigures, OptionRole, Severity, measures::Interval},
    actions::read_statistics::{CourseStatistics, QuestionStatistics, VersionStatistics},
    base::{clock::Time, text::Slug},
};
use serde::Serialize;
use utoipa::ToSchema;

/// What people's answers say of a course's exams and questions.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CourseStatistics)]
pub(in crate::web::api) struct StatisticsBody {
    course: Slug,
    /// Below so many first attempts there are no figures.
    least: usize,
    exams: Vec<ExamBody>,
    questions: Vec<QuestionBody>,
}

/// An exam as a whole, over the first attempts of each person, by the marks that were first given unless said otherwise.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ExamStatistics)]
pub(in crate::web::api) struct ExamBody {
    exam: Slug,
    attempts: usize,
    people: usize,
    /// The mean share of all points.
    mean: Option<f64>,
    spread: Option<f64>,
    /// The share of people who passed.
    passed: Option<f64>,
    /// The mean share of all points by the marks that count now; null where no correction reached any of them.
    corrected_mean: Option<f64>,
    /// The share of people who passed by the marks that count now.
    corrected_passed: Option<f64>,
    /// Cronbach's alpha over items that the same people answered.
    alpha: Option<f64>,
    /// The standard error of measurement in percent of the most points of those items.
    standard_error: Option<f64>,
    /// How many items and people alpha rests on, and whether they are the whole form.
    alpha_items: Option<usize>,
    alpha_people: Option<usize>,
    alpha_whole: Option<bool>,
}

/// A question in every version that people met: the one in force first, then the latest.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuestionStatistics)]
pub(in crate::web::api) struct QuestionBody {
    question: Slug,
    /// Where it is written; null where it left the content.
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    versions: Vec<VersionBody>,
}

/// One version of a question.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuestionVersionStatistics)]
pub(in crate::web::api) struct VersionBody {
    hash: String,
    in_force: bool,
    first_met: Option<Time>,
    last_met: Option<Time>,
    /// First attempts: what the figures rest on.
    answers: usize,
    /// All marked attempts that showed it.
    exposure: usize,
    figures: Option<FiguresBody>,
    flags: Vec<FlagBody>,
    /// The same answers looked at by the key in force; null where it marks all of them as this version's key did, or can't.
    by_new_key: Option<NewKeyBody>,
}

/// Answers to an older version, looked at by the key in force.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NewKeyStatistics)]
pub(in crate::web::api) struct NewKeyBody {
    answers: usize,
    figures: Option<FiguresBody>,
    flags: Vec<FlagBody>,
}

/// The figures of classical test theory.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ItemFigures)]
pub(in crate::web::api) struct FiguresBody {
    /// The mean share of the points.
    facility: f64,
    /// 95 %: Wilson's for right-or-wrong, by the normal approximation with partial credit.
    facility_interval: Option<IntervalBody>,
    spread: f64,
    /// Pearson's correlation with the share of the points of everything else on the form; null where nothing varies.
    discrimination: Option<f64>,
    /// 95 %, by Fisher's z.
    discrimination_interval: Option<IntervalBody>,
    /// The covariance in percent of the greatest possible.
    efficiency: Option<f64>,
    /// The median of seconds between first saves: approximate.
    seconds: Option<f64>,
    options: Vec<OptionBody>,
    /// Facility by fifths of the rest, weakest first.
    trace: Vec<TraceBody>,
}

/// An interval.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Interval)]
pub(in crate::web::api) struct IntervalBody {
    low: f64,
    high: f64,
}

impl From<Interval> for IntervalBody {
    fn from(interval: Interval) -> Self {
        Self { low: interval.low, high: interval.high }
    }
}

/// An option, or a row of a grid.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OptionFigures)]
pub(in crate::web::api) struct OptionBody {
    option: Slug,
    /// `key`, `distractor`, or `row`: there "chosen" means judged rightly.
    role: &'static str,
    chosen: usize,
    share: f64,
    /// The point-biserial correlation of the choice with the rest.
    discrimination: Option<f64>,
    interval: Option<IntervalBody>,
    /// Of a distractor: how far it lies above the best key, as a 95 % interval of the difference of both correlations on
    /// Fisher's z scale (Meng, Rosenthal & Rubin 1992).
    above_key: Option<IntervalBody>,
}

/// A fifth of the people.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TracePoint)]
pub(in crate::web::api) struct TraceBody {
    fifth: usize,
    people: usize,
    facility: f64,
}

/// Something to look at.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StatisticsFlag)]
pub(in crate::web::api) struct FlagBody {
    /// `negative-discrimination`, `distractor-beats-key`, `too-easy`, `too-hard` or `distractor-never-chosen`.
    code: &'static str,
    /// `serious` where the 95 % interval excludes chance, else `notice`.
    severity: &'static str,
    option: Option<Slug>,
    /// One sentence in English.
    sentence: String,
}

impl From<&Flag> for FlagBody {
    fn from(flag: &Flag) -> Self {
        let severity = if flag.severity() == Severity::Serious { "serious" } else { "notice" };
        Self { code: flag.code(), severity, option: flag.option().cloned(), sentence: flag.sentence() }
    }
}

impl From<&OptionFigures> for OptionBody {
    fn from(option: &OptionFigures) -> Self {
        Self {
            option: option.option.clone(),
            role: match option.role {
                OptionRole::Key => "key",
                OptionRole::Distractor => "distractor",
                OptionRole::Row => "row",
            },
            chosen: option.chosen,
            share: option.share,
            discrimination: option.discrimination,
            interval: option.interval.map(Into::into),
            above_key: option.above_key.map(Into::into),
        }
    }
}

impl From<&Figures> for FiguresBody {
    fn from(figures: &Figures) -> Self {
        let trace = figures.trace.iter();
        Self {
            facility: figures.facility,
            facility_interval: figures.facility_interval.map(Into::into),
            spread: figures.spread,
            discrimination: figures.discrimination,
            discrimination_interval: figures.discrimination_interval.map(Into::into),
            efficiency: figures.efficiency,
            seconds: figures.seconds,
            options: figures.options.iter().map(Into::into).collect(),
            trace: trace.map(|p| TraceBody { fifth: p.fifth, people: p.people, facility: p.facility }).collect(),
        }
    }
}

impl From<&VersionStatistics> for VersionBody {
    fn from(version: &VersionStatistics) -> Self {
        Self {
            hash: version.hash.clone(),
            in_force: version.in_force,
            first_met: version.met.map(|(first, _)| first),
            last_met: version.met.map(|(_, last)| last),
            answers: version.item.answers,
            exposure: version.item.exposure,
            figures: version.item.figures.as_ref().map(Into::into),
            flags: version.flags.iter().map(Into::into).collect(),
            by_new_key: version.by_new_key.as_deref().map(|again| NewKeyBody {
                answers: again.item.answers,
                figures: again.item.figures.as_ref().map(Into::into),
                flags: again.flags.iter().map(Into::into).collect(),
            }),
        }
    }
}

impl From<&QuestionStatistics> for QuestionBody {
    fn from(question: &QuestionStatistics) -> Self {
        let place = question.place.as_ref();
        Self {
            question: question.id.clone(),
            file: place.map(|place| place.file.clone()),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            versions: question.versions.iter().map(Into::into).collect(),
        }
    }
}

impl From<&ExamFigures> for ExamBody {
    fn from(exam: &ExamFigures) -> Self {
        Self {
            exam: exam.quiz.clone(),
            attempts: exam.attempts,
            people: exam.people,
            mean: exam.summary.map(|summary| summary.mean),
            spread: exam.summary.map(|summary| summary.spread),
            passed: exam.summary.map(|summary| summary.passed),
            corrected_mean: exam.corrected.map(|summary| summary.mean),
            corrected_passed: exam.corrected.map(|summary| summary.passed),
            alpha: exam.reliability.map(|reliability| reliability.alpha),
            standard_error: exam.reliability.map(|reliability| reliability.standard_error),
            alpha_items: exam.reliability.map(|reliability| reliability.items),
            alpha_people: exam.reliability.map(|reliability| reliability.people),
            alpha_whole: exam.reliability.map(|reliability| reliability.whole),
        }
    }
}

impl From<&CourseStatistics> for StatisticsBody {
    fn from(statistics: &CourseStatistics) -> Self {
        Self {
            course: statistics.course.id.clone(),
            least: statistics.least,
            exams: statistics.exams.iter().map(Into::into).collect(),
            questions: statistics.questions.iter().map(Into::into).collect(),
        }
    }
}

impl VersionBody {
    /// The heads of the table: one line a version, and one more for answers looked at by the key in force.
    pub(in crate::web::api) const HEAD: [&'static str; 17] = [
        "question",
        "hash",
        "in_force",
        "file",
        "line",
        "answers",
        "exposure",
        "facility",
        "facility_low",
        "facility_high",
        "discrimination",
        "discrimination_low",
        "discrimination_high",
        "efficiency",
        "seconds",
        "flags",
        "by_new_key",
    ];

    /// A version as lines of cells; a figure that does not exist is empty.
    pub(in crate::web::api) fn lines(
        question: &QuestionStatistics,
        version: &VersionStatistics,
    ) -> impl Iterator<Item = [String; 17]> {
        let again = version.by_new_key.as_deref().filter(|again| again.item.figures.is_some());
        let lines = [Some(Self::cells(question, version, false)), again.map(|v| Self::cells(question, v, true))];
        lines.into_iter().flatten()
    }

    fn cells(question: &QuestionStatistics, version: &VersionStatistics, by_new_key: bool) -> [String; 17] {
        let figures = version.item.figures.as_ref();
        let told = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        let place = question.place.as_ref();
        let facility = figures.and_then(|figures| figures.facility_interval);
        let discrimination = figures.and_then(|figures| figures.discrimination_interval);
        [
            question.id.to_string(),
            version.hash.clone(),
            version.in_force.to_string(),
            place.map_or_else(String::new, |place| place.file.clone()),
            place.map_or_else(String::new, |place| place.line.to_string()),
            version.item.answers.to_string(),
            version.item.exposure.to_string(),
            told(figures.map(|figures| figures.facility)),
            told(facility.map(|interval| interval.low)),
            told(facility.map(|interval| interval.high)),
            told(figures.and_then(|figures| figures.discrimination)),
            told(discrimination.map(|interval| interval.low)),
            told(discrimination.map(|interval| interval.high)),
            told(figures.and_then(|figures| figures.efficiency)),
            told(figures.and_then(|figures| figures.seconds)),
            version.flags.iter().map(Flag::code).collect::<Vec<_>>().join(" "),
            by_new_key.to_string(),
        ]
    }
}
