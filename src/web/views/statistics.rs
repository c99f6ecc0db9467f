//! What people's answers say of a course's questions: all of them at a glance, and one of them in full.

mod samples;

pub use samples::samples;

use serde::Serialize;

use super::shared::Link;
use super::{Pager, Title, View};

/// `/authoring/courses/{c}/statistics`
#[derive(Debug, Clone, Serialize)]
pub struct CourseStatistics {
    /// The course's title and slug.
    pub course: String,
    /// Its slug.
    pub id: String,
    /// Below so many first attempts nothing is shown.
    pub least: u32,
    /// The exams.
    pub exams: Vec<ExamLine>,
    /// Whether a correction reached any of them.
    pub corrected: bool,
    /// Facility against discrimination; none where no question has figures.
    pub plot: Option<Plot>,
    /// The questions of this page, as they are sorted.
    pub questions: Vec<QuestionLine>,
    /// How many questions there are.
    pub all: u32,
    /// Where this page stands among them.
    pub pager: Option<Pager>,
    /// How many of them have a flag.
    pub flagged: u32,
    /// `flag`, `file`, `facility` or `discrimination`.
    pub sort: String,
}

/// An exam as a whole. Figures are texts in the reader's language; a dash where there is none.
#[derive(Debug, Clone, Serialize)]
pub struct ExamLine {
    /// Its title.
    pub title: String,
    /// First attempts.
    pub people: u32,
    /// All attempts.
    pub attempts: u32,
    /// The mean mark.
    pub mean: String,
    /// Who passed the first time.
    pub passed: String,
    /// The mean mark after corrections.
    pub corrected_mean: String,
    /// Who passed the first time, after corrections.
    pub corrected_passed: String,
    /// Cronbach's alpha.
    pub alpha: String,
    /// The standard error of measurement, in points of a percent.
    pub error: String,
    /// What alpha rests on; none where it can't be estimated.
    pub alpha_items: Option<u32>,
    /// People behind alpha.
    pub alpha_people: u32,
    /// Whether those items are the whole form.
    pub alpha_whole: bool,
}

/// A scatter plot in a box of 420 by 300.
#[derive(Debug, Clone, Serialize)]
pub struct Plot {
    /// Where no discrimination lies: a height.
    pub zero: f64,
    /// How far the plot goes on below it.
    pub below: f64,
    /// Ticks of the facility: place and label.
    pub across: Vec<Tick>,
    /// Ticks of the discrimination.
    pub up: Vec<Tick>,
    /// The questions.
    pub points: Vec<Point>,
}

/// A tick.
#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    /// Its place.
    pub at: f64,
    /// What it says.
    pub label: String,
}

/// A question in the plot.
#[derive(Debug, Clone, Serialize)]
pub struct Point {
    /// Its place.
    pub x: f64,
    /// Its height.
    pub y: f64,
    /// `fine`, `notice` or `serious`: each has a shape of its own.
    pub kind: String,
    /// Its page.
    pub href: String,
    /// Its id and figures in words.
    pub label: String,
}

/// A question in the list.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionLine {
    /// Its slug.
    pub id: String,
    /// Its page.
    pub href: String,
    /// How it begins.
    pub says: String,
    /// Where it is written; empty where it left the content.
    pub place: String,
    /// First attempts with the version that is shown.
    pub answers: u32,
    /// All attempts that showed it.
    pub exposure: u32,
    /// Whether there are enough of them.
    pub enough: bool,
    /// Whether these are answers to an older version, looked at by the key in force.
    pub by_new_key: bool,
    /// Figures as texts.
    pub facility: String,
    /// The facility's interval.
    pub facility_interval: String,
    /// The corrected discrimination.
    pub discrimination: String,
    /// Its interval.
    pub discrimination_interval: String,
    /// The discriminative efficiency.
    pub efficiency: String,
    /// The median of seconds; none where nobody saved one by one.
    pub seconds: Option<i64>,
    /// What stands out.
    pub flags: Vec<FlagLine>,
}

/// Something to look at.
#[derive(Debug, Clone, Serialize)]
pub struct FlagLine {
    /// Its stable code.
    pub code: String,
    /// `serious` or `notice`.
    pub severity: String,
    /// In a few words.
    pub name: String,
    /// In a sentence.
    pub says: String,
}

impl View for CourseStatistics {
    const TEMPLATE: &'static str = "authoring/statistics";
    const NAV: &'static str = "authoring";

    fn title(&self) -> Title {
        Title::of("stat-title").with("course", &self.course)
    }
}

/// `/authoring/courses/{c}/questions/{q}`
#[derive(Debug, Clone, Serialize)]
pub struct QuestionStatistics {
    /// The course's title, and its statistics.
    pub course: Link,
    /// The question's slug.
    pub id: String,
    /// What it asks: safe HTML.
    pub html: String,
    /// The word of its type.
    pub kind: String,
    /// Where it is written; empty where it left the content.
    pub place: String,
    /// Its preview, while it stands in the content.
    pub preview: Option<String>,
    /// Below so many first attempts nothing is shown.
    pub least: u32,
    /// Where its marks are corrected, once anybody met it.
    pub regrade: Option<String>,
    /// How often they were.
    pub corrected: u32,
    /// The one in force first, then the latest.
    pub versions: Vec<Version>,
}

/// One version of a question.
#[derive(Debug, Clone, Serialize)]
pub struct Version {
    /// The beginning of its hash.
    pub hash: String,
    /// Whether it is in force.
    pub in_force: bool,
    /// Whether these are its answers looked at by the key in force.
    pub by_new_key: bool,
    /// When it was met first and last.
    pub met: Option<Met>,
    /// Its figures.
    pub line: QuestionLine,
    /// What its options do.
    pub options: Vec<OptionLine>,
    /// How fifths of the people did.
    pub trace: Option<Trace>,
}

/// When a version was met.
#[derive(Debug, Clone, Serialize)]
pub struct Met {
    /// First.
    pub first: i64,
    /// Last.
    pub last: i64,
}

/// An option, or a row of a grid.
#[derive(Debug, Clone, Serialize)]
pub struct OptionLine {
    /// What it says: safe HTML.
    pub html: String,
    /// `key`, `distractor` or `row`.
    pub role: String,
    /// How many chose it.
    pub chosen: u32,
    /// Their share, as a text and as the width of a bar out of 100.
    pub share: String,
    /// The bar's width.
    pub width: f64,
    /// The point-biserial correlation, as a text.
    pub discrimination: String,
    /// Its interval.
    pub interval: String,
    /// Its bar, from the middle of 100: where it begins and how wide it is.
    pub from: f64,
    /// How wide it is.
    pub wide: f64,
    /// Whether it pulls the wrong way.
    pub against: bool,
    /// Whether a flag is about it.
    pub flagged: bool,
}

/// Facility by fifths in a box of 280 by 170.
#[derive(Debug, Clone, Serialize)]
pub struct Trace {
    /// The line through the points.
    pub line: String,
    /// The points.
    pub points: Vec<TracePoint>,
    /// Ticks of the facility.
    pub up: Vec<Tick>,
}

/// A fifth of the people.
#[derive(Debug, Clone, Serialize)]
pub struct TracePoint {
    /// Its place.
    pub x: f64,
    /// Its height.
    pub y: f64,
    /// 1 for the weakest.
    pub fifth: u32,
    /// How many people.
    pub people: u32,
    /// Their facility as a text.
    pub facility: String,
}

impl View for QuestionStatistics {
    const TEMPLATE: &'static str = "authoring/question_statistics";
    const NAV: &'static str = "authoring";

    fn title(&self) -> Title {
        Title::of("stat-question-title").with("question", &self.id)
    }
}
