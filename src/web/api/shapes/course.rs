//! Courses, modules and quizzes on the wire, with how the caller stands in them.

use super::{AttemptId, CertificateId, MissingBody, certificate::CertificateBody};
use crate::{
    base::{
        clock::Time,
        text::{Language, Slug},
    },
    curriculum::{
        quiz::{QuizKind, Review},
        render::Heading,
    },
};
use serde::Serialize;
use utoipa::ToSchema;

/// A course in the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct CourseLine {
    pub(in crate::web::api) id: Slug,
    pub(in crate::web::api) title: String,
    pub(in crate::web::api) summary: String,
    pub(in crate::web::api) version: i64,
    pub(in crate::web::api) languages: Vec<Language>,
    /// How long it takes, in seconds.
    pub(in crate::web::api) estimate_seconds: Option<i64>,
    /// The courses to take before.
    pub(in crate::web::api) prerequisites: Vec<Slug>,
    /// What it earns.
    pub(in crate::web::api) certification: Option<CertificationBody>,
    pub(in crate::web::api) enrolled_at: Option<Time>,
    /// Modules read and exams passed, in percent of all of them.
    #[schema(minimum = 0, maximum = 100)]
    pub(in crate::web::api) progress_percent: u32,
    pub(in crate::web::api) modules_left: Vec<Slug>,
    pub(in crate::web::api) exams_left: Vec<Slug>,
    /// The caller's certificate that counts for the longest, or else the latest.
    pub(in crate::web::api) certificate: Option<CertificateBody>,
}

/// What a course earns.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Certification)]
pub(in crate::web::api) struct CertificationBody {
    pub(in crate::web::api) id: Slug,
    pub(in crate::web::api) name: String,
    /// What a holder has shown.
    pub(in crate::web::api) criteria: String,
    /// How long a certificate counts (ISO 8601).
    #[schema(example = "P12M")]
    pub(in crate::web::api) validity: String,
    /// How long before its end it can be renewed (ISO 8601).
    #[schema(example = "P30D")]
    pub(in crate::web::api) renewal_window: String,
    /// How long before its end holders are reminded (ISO 8601).
    #[schema(example = json!(["P60D", "P30D", "P7D"]))]
    pub(in crate::web::api) reminders: Vec<String>,
    /// The exam that is enough for a holder of an earlier version.
    pub(in crate::web::api) delta_exam: Option<Slug>,
}

/// A course with its modules and quizzes.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct CourseDetail {
    #[serde(flatten)]
    pub(in crate::web::api) course: CourseLine,
    pub(in crate::web::api) objectives: Vec<ObjectiveBody>,
    pub(in crate::web::api) modules: Vec<ModuleLine>,
    pub(in crate::web::api) quizzes: Vec<QuizBody>,
    /// What each version brought, the latest first.
    pub(in crate::web::api) changes: Vec<ChangeBody>,
}

/// What a version of a course brought.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CourseChange)]
pub(in crate::web::api) struct ChangeBody {
    pub(in crate::web::api) version: i64,
    /// Markdown.
    pub(in crate::web::api) text: String,
    /// Whether it came after the version that the caller is certified on.
    pub(in crate::web::api) since_certified: bool,
}

/// Something that a learner will be able to do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Objective)]
pub(in crate::web::api) struct ObjectiveBody {
    pub(in crate::web::api) id: Slug,
    pub(in crate::web::api) title: String,
}

/// A module of a course.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct ModuleLine {
    pub(in crate::web::api) id: Slug,
    pub(in crate::web::api) title: String,
    pub(in crate::web::api) estimate_seconds: Option<i64>,
    /// The modules to read before.
    pub(in crate::web::api) requires: Vec<Slug>,
    /// The quiz that checks it.
    pub(in crate::web::api) check: Option<Slug>,
    /// Since when it counts as read.
    pub(in crate::web::api) read_at: Option<Time>,
}

/// A module with its text.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::web::api) struct ModuleDetail {
    #[serde(flatten)]
    pub(in crate::web::api) module: ModuleLine,
    pub(in crate::web::api) course: Slug,
    /// The language of the text: English where there is no translation.
    pub(in crate::web::api) language: Language,
    pub(in crate::web::api) objectives: Vec<ObjectiveBody>,
    /// Safe HTML.
    pub(in crate::web::api) html: String,
    pub(in crate::web::api) headings: Vec<HeadingBody>,
    pub(in crate::web::api) previous: Option<Slug>,
    pub(in crate::web::api) next: Option<Slug>,
}

/// A heading of a text.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Heading)]
pub(in crate::web::api) struct HeadingBody {
    /// Its anchor.
    id: String,
    /// 2 to 6.
    level: u8,
    text: String,
}

impl From<Heading> for HeadingBody {
    fn from(heading: Heading) -> Self {
        Self { id: heading.id, level: heading.level, text: heading.text }
    }
}

/// A quiz, its rules, and whether the caller may start it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Quiz)]
pub(in crate::web::api) struct QuizBody {
    pub(in crate::web::api) id: Slug,
    /// What `POST /attempts` takes.
    #[schema(example = "data-foundations/final")]
    pub(in crate::web::api) quiz: String,
    pub(in crate::web::api) kind: QuizKind,
    pub(in crate::web::api) title: String,
    /// The module that it checks.
    pub(in crate::web::api) module: Option<Slug>,
    /// How many questions an attempt shows.
    pub(in crate::web::api) questions: usize,
    /// The share of the points that passes.
    pub(in crate::web::api) pass_percent: f64,
    pub(in crate::web::api) time_limit_seconds: Option<i64>,
    /// The same with the caller's accommodations.
    pub(in crate::web::api) own_time_limit_seconds: Option<i64>,
    pub(in crate::web::api) review: Review,
    pub(in crate::web::api) limits: Option<LimitsBody>,
    pub(in crate::web::api) may_start: bool,
    /// Why it can not be started now.
    pub(in crate::web::api) refusal: Option<RefusalBody>,
    /// Whether a pass of it counts.
    pub(in crate::web::api) passed: bool,
    /// The best result so far, in hundredths of a percent.
    pub(in crate::web::api) best_basis_points: Option<i64>,
    /// An attempt that still takes answers.
    pub(in crate::web::api) open_attempt: Option<AttemptId>,
}

/// How often an exam may be tried.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AttemptLimits)]
pub(in crate::web::api) struct LimitsBody {
    /// So many attempts …
    pub(in crate::web::api) max: u32,
    /// … within so many seconds.
    pub(in crate::web::api) per_seconds: i64,
    /// How many of them are left now.
    pub(in crate::web::api) left: u32,
    /// The wait before the first, second, third … attempt, in seconds; the last one repeats.
    pub(in crate::web::api) cooldown_seconds: Vec<i64>,
}

/// A refusal that would come.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Refusal, example = json!({
    "code": "attempt-cooldown", "detail": "Take a break and read again: …", "next": "2026-11-24T09:15:00Z", "missing": [],
}))]
pub(in crate::web::api) struct RefusalBody {
    pub(in crate::web::api) code: &'static str,
    /// The sentence, in the caller's language.
    pub(in crate::web::api) detail: String,
    /// The next chance, where only time stands between.
    pub(in crate::web::api) next: Option<Time>,
    pub(in crate::web::api) missing: Vec<MissingBody>,
}

/// What marking a module as read came to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"certificate": null}))]
pub(in crate::web::api) struct Completed {
    /// The certificate that this earned, if it was the last thing missing.
    pub(in crate::web::api) certificate: Option<CertificateId>,
}
