//! `/authoring/courses/…`: what people's answers say of the questions of a course, drawn and listed.

use super::{
    super::named,
    shown::{Shown, count},
};
use crate::{
    academy::{
        attempt::AttemptRefusal,
        statistics::{ExamFigures, Figures, Flag, LEAST, OptionRole, Severity, TracePoint, measures::Interval},
    },
    actions::{
        read_statistics::{self as read, CourseStatistics, QuestionStatistics, Telling, VersionStatistics},
        regrade,
    },
    base::{
        refusal::Fault,
        text::{Language, Slug},
    },
    curriculum::{
        question::Question,
        render::{self, Links},
    },
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure},
        views::{Pager, shared::Link, statistics as views},
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, Query, ServiceConfig, get},
};
use std::collections::HashMap;

/// What stands where there is no figure.
const NONE: &str = "—";
/// How much of a question the list shows, in characters.
const SHORT: usize = 90;
/// How many questions stand on one page of the list.
const PER_PAGE: usize = 40;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/authoring/courses/{course}/statistics", get().to(course))
        .route("/authoring/courses/{course}/questions/{question}", get().to(question));
}

async fn course(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<String>,
    query: Query<HashMap<String, String>>,
) -> Result<HttpResponse, Failure> {
    let course: Slug = named(&path)?;
    let statistics = read::course_statistics(&desk.app, &caller.actor, course, LEAST).await?;
    let told = Told { shown: Shown::of(&desk, &caller)?, course: statistics.course.id.clone() };
    let sort = match query.get("sort").map(String::as_str) {
        Some(known @ ("file" | "facility" | "discrimination")) => known.to_owned(),
        _ => "flag".to_owned(),
    };
    let page = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1_usize).max(1);
    desk.page(&caller, told.overview(&statistics, sort, page)).await
}

async fn question(caller: Caller, desk: Data<Desk>, path: Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (course, question): (Slug, Slug) = (named(&path.0)?, named(&path.1)?);
    let statistics = read::course_statistics(&desk.app, &caller.actor, course.clone(), LEAST).await?;
    let no_such = || Fault::from(AttemptRefusal::NoSuch { what: "question", id: question.to_string() });
    let found = statistics.question(&question).ok_or_else(no_such)?;
    let past = regrade::read_past(&desk.app, &caller.actor, course, question.clone()).await?;
    let told = Told { shown: Shown::of(&desk, &caller)?, course: statistics.course.id.clone() };
    let view = told.in_full(&statistics, found, past.regrades.len())?;
    desk.page(&caller, view).await
}

/// Tells statistics to one reader.
struct Told {
    shown: Shown,
    course: Slug,
}

impl Told {
    fn language(&self) -> Language {
        self.shown.teller.language
    }

    /// A number with a typographic minus and the reader's decimal sign.
    fn number(&self, value: f64, digits: usize) -> String {
        let text = format!("{value:.digits$}");
        let text = if text.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.')) {
            text.trim_start_matches('-').to_owned()
        } else {
            text.replace('-', "−")
        };
        if self.language().decimal_comma() { text.replace('.', ",") } else { text }
    }

    fn maybe(&self, value: Option<f64>, digits: usize) -> String {
        value.map_or_else(|| NONE.to_owned(), |value| self.number(value, digits))
    }

    fn percent(&self, value: Option<f64>) -> String {
        let said = |value: f64| self.shown.teller.say("stat-percent", &[("n", self.number(100.0 * value, 0).into())]);
        value.map_or_else(|| NONE.to_owned(), said)
    }

    fn interval(&self, interval: Option<Interval>) -> String {
        interval.map_or_else(String::new, |interval| {
            let (low, high) = (self.number(interval.low, 2), self.number(interval.high, 2));
            self.shown.teller.say("stat-interval", &[("low", low.into()), ("high", high.into())])
        })
    }

    fn overview(&self, statistics: &CourseStatistics, sort: String, page: usize) -> views::CourseStatistics {
        let mut questions: Vec<(&QuestionStatistics, Telling<'_>)> =
            statistics.questions.iter().filter_map(|question| Some((question, question.telling()?))).collect();
        let figures = |telling: &Telling<'_>| telling.version.item.figures.clone();
        // Questions without figures come last, whatever is asked.
        match sort.as_str() {
            "file" => {}
            "facility" => questions.sort_by(|one, two| {
                let of = |telling: &Telling<'_>| figures(telling).map_or(2.0, |figures| figures.facility);
                of(&one.1).total_cmp(&of(&two.1))
            }),
            "discrimination" => questions.sort_by(|one, two| {
                let of = |telling: &Telling<'_>| figures(telling).and_then(|f| f.discrimination).unwrap_or(2.0);
                of(&one.1).total_cmp(&of(&two.1))
            }),
            _ => questions.sort_by_key(|(_, Telling { version, .. })| {
                let worst = version.flags.iter().map(Flag::severity).max();
                std::cmp::Reverse((worst, version.flags.len(), version.item.figures.is_some()))
            }),
        }
        let flagged = questions.iter().filter(|(_, telling)| !telling.version.flags.is_empty()).count();
        let all = questions.len();
        let shown: Vec<_> = questions.iter().skip(PER_PAGE * (page - 1)).take(PER_PAGE).collect();
        let pages = all.div_ceil(PER_PAGE);
        let beside = |there: bool, page: usize| there.then(|| format!("?sort={sort}&page={page}"));
        let pager = (pages > 1).then(|| Pager {
            previous: beside(page > 1, page.saturating_sub(1)),
            next: beside(page < pages, page + 1),
            shown: count(shown.len()),
            total: u64::try_from(all).ok(),
        });
        views::CourseStatistics {
            course: statistics.course.title.get(self.language()).to_owned(),
            id: self.course.to_string(),
            least: count(statistics.least),
            exams: statistics.exams.iter().map(|exam| self.exam(statistics, exam)).collect(),
            corrected: statistics.exams.iter().any(|exam| exam.corrected.is_some()),
            plot: self.plot(&questions),
            questions: shown.iter().map(|(question, telling)| self.in_short(question, telling)).collect(),
            all: count(all),
            pager,
            flagged: count(flagged),
            sort,
        }
    }

    fn exam(&self, statistics: &CourseStatistics, exam: &ExamFigures) -> views::ExamLine {
        let title = statistics.course.quiz(&exam.quiz).map(|quiz| quiz.title.get(self.language()).to_owned());
        views::ExamLine {
            title: title.unwrap_or_else(|| exam.quiz.to_string()),
            people: count(exam.people),
            attempts: count(exam.attempts),
            mean: self.percent(exam.summary.map(|summary| summary.mean)),
            passed: self.percent(exam.summary.map(|summary| summary.passed)),
            corrected_mean: self.percent(exam.corrected.map(|summary| summary.mean)),
            corrected_passed: self.percent(exam.corrected.map(|summary| summary.passed)),
            alpha: self.maybe(exam.reliability.map(|reliability| reliability.alpha), 2),
            error: self.maybe(exam.reliability.map(|reliability| reliability.standard_error), 1),
            alpha_items: exam.reliability.map(|reliability| count(reliability.items)),
            alpha_people: exam.reliability.map_or(0, |reliability| count(reliability.people)),
            alpha_whole: exam.reliability.is_some_and(|reliability| reliability.whole),
        }
    }

    fn plot(&self, questions: &[(&QuestionStatistics, Telling<'_>)]) -> Option<views::Plot> {
        let across = |facility: f64| round(44.0 + 356.0 * facility);
        let up = |discrimination: f64| round(10.0 + 250.0 * (1.0 - discrimination.max(-0.5)) / 1.5);
        let point = |(question, Telling { version, .. }): &(&QuestionStatistics, Telling<'_>)| {
            let figures = version.item.figures.as_ref()?;
            let discrimination = figures.discrimination?;
            let kind = match version.flags.iter().map(Flag::severity).max() {
                Some(Severity::Serious) => "serious",
                Some(Severity::Notice) => "notice",
                None => "fine",
            };
            let (facility, told) = (self.number(figures.facility, 2), self.number(discrimination, 2));
            let label = [("id", question.id.as_str()), ("facility", &facility), ("discrimination", &told)];
            Some(views::Point {
                x: across(figures.facility),
                y: up(discrimination),
                kind: kind.to_owned(),
                href: self.href(&question.id),
                label: self.shown.teller.say("stat-point", &label.map(|(name, value)| (name, value.into()))),
            })
        };
        let points: Vec<views::Point> = questions.iter().filter_map(point).collect();
        let tick = |at: f64, value: f64| views::Tick { at, label: self.number(value, 2) };
        (!points.is_empty()).then(|| views::Plot {
            zero: up(0.0),
            below: round(260.0 - up(0.0)),
            across: [0.0, 0.25, 0.5, 0.75, 1.0].map(|value| tick(across(value), value)).to_vec(),
            up: [-0.5, 0.0, 0.5, 1.0].map(|value| tick(up(value), value)).to_vec(),
            points,
        })
    }

    fn href(&self, question: &Slug) -> String {
        format!("/authoring/courses/{}/questions/{question}", self.course)
    }

    /// As [`Told::line`], with each kind of flag once.
    fn in_short(&self, question: &QuestionStatistics, telling: &Telling<'_>) -> views::QuestionLine {
        let mut line = self.line(question, telling.version);
        line.by_new_key = telling.by_new_key;
        line.flags.dedup_by(|one, before| one.code == before.code);
        line
    }

    fn line(&self, question: &QuestionStatistics, version: &VersionStatistics) -> views::QuestionLine {
        let figures = version.item.figures.as_ref();
        let place = question.place.as_ref();
        views::QuestionLine {
            id: question.id.to_string(),
            href: self.href(&question.id),
            says: short(version.question.ask.get(self.language())),
            place: place.map_or_else(String::new, |place| format!("{}:{}:{}", place.file, place.line, place.column)),
            answers: count(version.item.answers),
            exposure: count(version.item.exposure),
            enough: figures.is_some(),
            by_new_key: false,
            facility: self.maybe(figures.map(|figures| figures.facility), 2),
            facility_interval: self.interval(figures.and_then(|figures| figures.facility_interval)),
            discrimination: self.maybe(figures.and_then(|figures| figures.discrimination), 2),
            discrimination_interval: self.interval(figures.and_then(|figures| figures.discrimination_interval)),
            efficiency: self.maybe(figures.and_then(|figures| figures.efficiency), 0),
            seconds: figures.and_then(|figures| figures.seconds).map(whole),
            flags: version.flags.iter().map(|flag| self.flag(&version.question, flag)).collect(),
        }
    }

    fn flag(&self, question: &Question, flag: &Flag) -> views::FlagLine {
        let option = flag.option().map(|id| {
            let choice = question.options().iter().find(|choice| choice.id == *id);
            choice.map_or_else(|| id.to_string(), |choice| short(choice.text.get(self.language())))
        });
        let (value, key) = match flag {
            Flag::NegativeDiscrimination { discrimination, .. } => (self.number(*discrimination, 2), String::new()),
            Flag::DistractorBeatsKey { discrimination, key, .. } => {
                (self.number(*discrimination, 2), self.number(*key, 2))
            }
            Flag::TooEasy { facility } | Flag::TooHard { facility } => (self.percent(Some(*facility)), String::new()),
            Flag::DistractorNeverChosen { .. } => (String::new(), String::new()),
        };
        let said = [("option", option.unwrap_or_default()), ("value", value), ("key", key)];
        let severity = if flag.severity() == Severity::Serious { "serious" } else { "notice" };
        let maybe = match flag {
            Flag::NegativeDiscrimination { sure: false, .. } | Flag::DistractorBeatsKey { sure: false, .. } => "maybe-",
            _ => "",
        };
        views::FlagLine {
            code: flag.code().to_owned(),
            severity: severity.to_owned(),
            name: self.shown.teller.plain(&format!("stat-flag-{}", flag.code())),
            says: self.shown.teller.say(
                &format!("stat-flag-{}-{maybe}text", flag.code()),
                &said.map(|(name, value)| (name, value.into())),
            ),
        }
    }

    fn in_full(
        &self,
        statistics: &CourseStatistics,
        found: &QuestionStatistics,
        corrected: usize,
    ) -> Result<views::QuestionStatistics, Failure> {
        let missing = || Fault::from(AttemptRefusal::NoSuch { what: "question", id: found.id.to_string() });
        let present = found.present().ok_or_else(missing)?;
        let course = &statistics.course;
        let links = Links::of(course, course.modules.first().map_or("", |module| module.folder.as_str()));
        let list = format!("/authoring/courses/{}/statistics", self.course);
        Ok(views::QuestionStatistics {
            course: Link::new(course.title.get(self.language()), list),
            id: found.id.to_string(),
            html: render::markdown(present.question.ask.get(self.language()), &links).html,
            kind: present.question.kind().to_owned(),
            place: self.line(found, present).place,
            preview: course
                .questions()
                .any(|question| question.id == found.id)
                .then(|| format!("/authoring/courses/{}/preview/{}", self.course, found.id)),
            least: count(statistics.least),
            regrade: found
                .versions
                .iter()
                .any(|version| version.met.is_some())
                .then(|| format!("{}/regrade", self.href(&found.id))),
            corrected: count(corrected),
            versions: found.versions.iter().flat_map(|version| self.versions(found, version)).collect(),
        })
    }

    /// A version, and the same answers by the key in force where that tells something else.
    fn versions(&self, found: &QuestionStatistics, version: &VersionStatistics) -> Vec<views::Version> {
        let again = version.by_new_key.as_deref().filter(|again| again.item.figures.is_some());
        let again = again.map(|again| views::Version { by_new_key: true, ..self.version(found, again) });
        again.into_iter().chain([self.version(found, version)]).collect()
    }

    fn version(&self, found: &QuestionStatistics, version: &VersionStatistics) -> views::Version {
        let figures = version.item.figures.as_ref();
        views::Version {
            hash: version.hash.chars().take(8).collect(),
            in_force: version.in_force,
            by_new_key: false,
            met: version.met.map(|(first, last)| views::Met { first: first.micros(), last: last.micros() }),
            line: self.line(found, version),
            options: figures.map(|figures| self.options(version, figures)).unwrap_or_default(),
            trace: figures.and_then(|figures| self.trace(&figures.trace)),
        }
    }

    fn options(&self, version: &VersionStatistics, figures: &Figures) -> Vec<views::OptionLine> {
        let html = |id: &Slug| {
            let choice = version.question.options().iter().find(|choice| choice.id == *id);
            choice.map_or_else(|| id.to_string(), |choice| render::inline(choice.text.get(self.language())))
        };
        let options = figures.options.iter().map(|option| {
            let r = option.discrimination.unwrap_or(0.0);
            views::OptionLine {
                html: html(&option.option),
                role: match option.role {
                    OptionRole::Key => "key",
                    OptionRole::Distractor => "distractor",
                    OptionRole::Row => "row",
                }
                .to_owned(),
                chosen: count(option.chosen),
                share: self.percent(Some(option.share)),
                width: round(100.0 * option.share),
                discrimination: self.maybe(option.discrimination, 2),
                interval: self.interval(option.interval),
                from: round(if r < 0.0 { 50.0 + 50.0 * r } else { 50.0 }),
                wide: round(50.0 * r.abs()),
                against: if option.role == OptionRole::Distractor { r > 0.0 } else { r < 0.0 },
                flagged: version.flags.iter().any(|flag| flag.option() == Some(&option.option)),
            }
        });
        options.collect()
    }

    fn trace(&self, trace: &[TracePoint]) -> Option<views::Trace> {
        let up = |facility: f64| round(10.0 + 120.0 * (1.0 - facility));
        let points: Vec<views::TracePoint> = trace
            .iter()
            .map(|point| views::TracePoint {
                x: 46.0 + 54.0 * f64::from(count(point.fifth.saturating_sub(1))),
                y: up(point.facility),
                fifth: count(point.fifth),
                people: count(point.people),
                facility: self.number(point.facility, 2),
            })
            .collect();
        (points.len() > 1).then(|| views::Trace {
            line: points.iter().map(|point| format!("{},{}", point.x, point.y)).collect::<Vec<_>>().join(" "),
            up: [0.0, 0.5, 1.0].map(|v| views::Tick { at: up(v), label: self.number(v, 1) }).to_vec(),
            points,
        })
    }
}

/// To a tenth: enough for drawing.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Whole seconds.
fn whole(seconds: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "held between a second and a day")]
    let seconds = seconds.clamp(1.0, 86_400.0).round() as i64;
    seconds
}

/// The first line of a text without its marks, cut at a word.
pub(super) fn short(markdown: &str) -> String {
    let line = markdown.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("```"));
    let plain: String = line.unwrap_or_default().chars().filter(|c| *c != '`').collect();
    let plain = plain.replace("**", "");
    if plain.chars().count() <= SHORT {
        return plain;
    }
    let cut: String = plain.chars().take(SHORT).collect();
    format!("{} …", cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head))
}
