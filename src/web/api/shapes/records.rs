//! Accommodations, transcripts, what is held about a person, and erasing them, on the wire.

use super::{AccommodationId, AttemptId, CertificateId, PersonId};
use crate::{
    academy::accommodation::Accommodation,
    actions::read_transcript::{Sat, Taken, Transcript},
    base::{
        clock::Time,
        text::{Language, Slug},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What is to be granted to a person beyond the rules.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewAccommodation, example = json!({"time_factor_percent": 150, "extra_attempts": 1, "reason": "Agreed on 3 March."}))]
pub(in crate::web::api) struct NewAccommodation {
    /// One course; every course without it.
    #[serde(default)]
    pub(in crate::web::api) course: Option<Slug>,
    /// One exam of the course; every exam without it.
    #[serde(default)]
    pub(in crate::web::api) quiz: Option<Slug>,
    /// The limit is multiplied by this, in percent: 100 to 400.
    #[serde(default = "hundred")]
    #[schema(minimum = 100, maximum = 400)]
    pub(in crate::web::api) time_factor_percent: i64,
    /// 0 to 10.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10)]
    pub(in crate::web::api) extra_attempts: i64,
    /// Kept for admins and the person alone; never in the log.
    pub(in crate::web::api) reason: String,
    /// From now on without it.
    #[serde(default)]
    pub(in crate::web::api) from: Option<Time>,
    /// Until it is ended without it.
    #[serde(default)]
    pub(in crate::web::api) until: Option<Time>,
}

fn hundred() -> i64 {
    100
}

/// What was granted to a person beyond the rules.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Accommodation)]
pub(in crate::web::api) struct AccommodationBody {
    id: AccommodationId,
    person: PersonId,
    course: Option<Slug>,
    quiz: Option<Slug>,
    time_factor_percent: i64,
    extra_attempts: i64,
    reason: String,
    from: Time,
    until: Option<Time>,
    granted_at: Time,
    granted_by: String,
    ended_at: Option<Time>,
    ended_reason: Option<String>,
    /// `scheduled`, `active` or `ended`.
    state: String,
}

impl AccommodationBody {
    pub(in crate::web::api) fn of(one: Accommodation, now: Time) -> Self {
        Self {
            state: one.state_at(now).to_owned(),
            id: one.id,
            person: one.person_id,
            course: one.course_id,
            quiz: one.quiz_id,
            time_factor_percent: one.time_factor_percent,
            extra_attempts: one.extra_attempts,
            reason: one.reason,
            from: one.from_at,
            until: one.until_at,
            granted_at: one.granted_at,
            granted_by: one.granted_by,
            ended_at: one.ended_at,
            ended_reason: one.ended_reason,
        }
    }
}

/// A learner's transcript.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Transcript)]
pub(in crate::web::api) struct TranscriptBody {
    person: PersonId,
    name: String,
    /// The moment that it tells of.
    at: Time,
    courses: Vec<TakenBody>,
}

/// A course that was begun.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TranscriptCourse)]
pub(in crate::web::api) struct TakenBody {
    course: Slug,
    title: String,
    begun_at: Option<Time>,
    modules_read: usize,
    modules: usize,
    /// When the last of everything was done.
    done_at: Option<Time>,
    exams: Vec<SatBody>,
    certificates: Vec<EarnedBody>,
}

/// An exam that was sat.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TranscriptExam)]
pub(in crate::web::api) struct SatBody {
    attempt: AttemptId,
    title: String,
    started_at: Time,
    finished_at: Option<Time>,
    state: String,
    /// The mark in hundredths of a percent, where it counts.
    basis_points: Option<i64>,
}

/// A certificate that was earned.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TranscriptCertificate)]
pub(in crate::web::api) struct EarnedBody {
    certificate: CertificateId,
    title: String,
    issued_at: Time,
    ends_at: Time,
    state: String,
}

impl TranscriptBody {
    /// The head of the list as CSV: a line an exam and a line a certificate.
    pub(in crate::web::api) const HEAD: [&'static str; 8] =
        ["course", "title", "kind", "id", "from", "until", "state", "mark_percent"];

    pub(in crate::web::api) fn of(told: &Transcript, language: Language) -> Self {
        let sat = |sat: &Sat| SatBody {
            attempt: sat.attempt.id,
            title: sat.quiz.get(language).to_owned(),
            started_at: sat.attempt.started_at,
            finished_at: sat.attempt.finished_at,
            state: sat.word(told.at).to_owned(),
            basis_points: sat.basis_points(),
        };
        let taken = |taken: &Taken| TakenBody {
            course: taken.course.clone(),
            title: taken.title.get(language).to_owned(),
            begun_at: taken.begun_at,
            modules_read: taken.read,
            modules: taken.modules,
            done_at: taken.done_at,
            exams: taken.exams.iter().map(sat).collect(),
            certificates: taken
                .certificates
                .iter()
                .map(|(one, name)| EarnedBody {
                    certificate: one.id,
                    title: name.get(language).to_owned(),
                    issued_at: one.issued_at,
                    ends_at: one.ends_at,
                    state: one.standing_at(told.at).word().to_owned(),
                })
                .collect(),
        };
        Self {
            person: told.person.id,
            name: told.person.name.clone(),
            at: told.at,
            courses: told.courses.iter().map(taken).collect(),
        }
    }

    /// The lines' cells.
    pub(in crate::web::api) fn cells(self) -> Vec<[String; 8]> {
        let at = |time: Option<Time>| time.map(|time| time.to_string()).unwrap_or_default();
        let mut lines = Vec::new();
        for course in self.courses {
            let state = if course.done_at.is_some() { "done" } else { "in_progress" };
            let id = course.course.to_string();
            let line = |kind: &str, of: String, title: &str, from, until, state: &str, mark: String| {
                [id.clone(), title.to_owned(), kind.to_owned(), of, at(from), at(until), state.to_owned(), mark]
            };
            lines.push(line(
                "course",
                id.clone(),
                &course.title,
                course.begun_at,
                course.done_at,
                state,
                String::new(),
            ));
            for sat in course.exams {
                let mark = sat.basis_points.map(|points| format!("{}.{:02}", points / 100, points % 100));
                let (from, until) = (Some(sat.started_at), sat.finished_at);
                let of = sat.attempt.to_string();
                lines.push(line("exam", of, &sat.title, from, until, &sat.state, mark.unwrap_or_default()));
            }
            for one in course.certificates {
                let (from, until) = (Some(one.issued_at), Some(one.ends_at));
                let of = one.certificate.to_string();
                lines.push(line("certificate", of, &one.title, from, until, &one.state, String::new()));
            }
        }
        lines
    }
}

/// The address once more, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Erasure, example = json!({"email": "ana@example.com", "reason": "Asked for on 3 March."}))]
pub(in crate::web::api) struct ErasureBody {
    /// The person's e-mail address, to confirm.
    pub(in crate::web::api) email: String,
    pub(in crate::web::api) reason: String,
}

/// Everything that is held about a person, or one section of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PersonRecords)]
pub(in crate::web::api) struct FileBody {
    #[serde(flatten)]
    held: ExportBody,
    /// Sections that the caller does not read.
    withheld: Option<Vec<String>>,
}

/// Everything that is held about the caller.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = OwnRecords)]
pub(in crate::web::api) struct ExportBody {
    /// `habilis-person-1`.
    format: String,
    at: Time,
    /// Sections that hold more lines than the document gives.
    cut: Vec<String>,
    /// The account.
    #[schema(value_type = Object)]
    person: serde_json::Value,
    /// Each section is a list of objects: `sessions`, `teams`, `enrolments`, `modules_read`, `attempts` with their answers,
    /// `certificates`, `requests`, `decisions_received`, `grants`, `tokens`, `accommodations`, `assignments`, `events`, …
    #[serde(flatten)]
    sections: BTreeMap<String, Vec<serde_json::Value>>,
}
