//! `/authoring/courses/…`: a course's outline, modules and questions as authors see them, with their findings beside them.

use super::{authoring::finding, preview_key, shown::count};
use crate::{
    academy::attempt::AttemptRefusal,
    actions::read_authoring::{self, Preview},
    base::text::{Language, Slug, Words},
    curriculum::{
        course::Course,
        module::Module,
        question::{Body, Question},
        quiz::{Quiz, QuizKind, SectionSource},
        render::{self, Links},
        report::{Finding as Found, Report},
    },
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure},
        pages::{
            named,
            scene::{module_minutes, share_percent},
        },
        views::{
            authoring::Finding,
            preview::{
                CoursePreview, Draw, ModuleLine, ModulePreview, QuestionLine, QuestionList, QuestionPreview, QuizLine,
                Tab,
            },
            shared::Link,
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, Query, ServiceConfig, get},
};
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;
use std::sync::Arc;

/// The longest stem in an outline, in characters.
const STEM: usize = 140;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/authoring/courses/{course}", get().to(course))
        .route("/authoring/courses/{course}/modules/{module}", get().to(module))
        .route("/authoring/courses/{course}/preview/{question}", get().to(question));
}

/// The language to see a text in: `?in=fr`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seen {
    r#in: String,
}

/// One course under the lens of its authors.
struct Lens<'a> {
    preview: &'a Preview,
    course: &'a Arc<Course>,
    /// The reader's language.
    reader: Language,
}

async fn course(caller: Caller, desk: Data<Desk>, path: Path<String>) -> Result<HttpResponse, Failure> {
    let preview = read_authoring::read_preview(&desk.app, &caller.actor).await?;
    let lens = Lens::on(&preview, &path, caller.language)?;
    let view = lens.outline();
    desk.page(&caller, view).await
}

async fn module(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    seen: Query<Seen>,
) -> Result<HttpResponse, Failure> {
    let preview = read_authoring::read_preview(&desk.app, &caller.actor).await?;
    let lens = Lens::on(&preview, &path.0, caller.language)?;
    let id: Slug = named(&path.1)?;
    let at = lens.course.modules.iter().position(|module| module.id == id);
    let found = at.and_then(|at| Some((at, lens.course.modules.get(at)?)));
    let (at, module) = found.ok_or_else(|| AttemptRefusal::NoSuch { what: "module", id: id.to_string() })?;
    let language = lens.language(&seen);
    let text = desk.texts.module(&*desk.words()?, &preview.content, lens.course, module, language);
    let view = lens.module(at, module, language, text.html.clone());
    desk.page(&caller, view).await
}

async fn question(
    caller: Caller,
    desk: Data<Desk>,
    path: Path<(String, String)>,
    seen: Query<Seen>,
) -> Result<HttpResponse, Failure> {
    let preview = read_authoring::read_preview(&desk.app, &caller.actor).await?;
    let lens = Lens::on(&preview, &path.0, caller.language)?;
    let id: Slug = named(&path.1)?;
    let all: Vec<&Arc<Question>> = lens.course.questions().collect();
    let at = all.iter().position(|question| question.id == id);
    let found = at.and_then(|at| Some((at, *all.get(at)?)));
    let (at, asked) = found.ok_or_else(|| AttemptRefusal::NoSuch { what: "question", id: id.to_string() })?;
    let beside = |at: Option<usize>| at.and_then(|at| all.get(at)).map(|question| lens.question_link(question));
    let (previous, next) = (beside(at.checked_sub(1)), beside(at.checked_add(1)));
    let view = lens.question(asked, lens.language(&seen), &desk, &caller, (previous, next))?;
    desk.page(&caller, view).await
}

impl<'a> Lens<'a> {
    fn on(preview: &'a Preview, id: &str, reader: Language) -> Result<Self, Failure> {
        let slug: Slug = named(id)?;
        let course = preview.content.curriculum.courses.get(&slug);
        let course = course.ok_or_else(|| AttemptRefusal::NoSuch { what: "course", id: slug.to_string() })?;
        Ok(Self { preview, course, reader })
    }

    /// The language that is asked for, or else the reader's.
    fn language(&self, seen: &Seen) -> Language {
        Language::from_tag(&seen.r#in).unwrap_or(self.reader)
    }

    fn words(&self, words: &Words) -> String {
        words.get(self.reader).to_owned()
    }

    fn tabs(&self, shown: Language, has: impl Fn(Language) -> bool) -> Vec<Tab> {
        // A language that the course is not written in can be seen too, but only where it is asked for.
        let languages = Language::ALL.into_iter().filter(|l| self.course.languages.contains(l) || *l == shown);
        languages
            .map(|language| Tab {
                lang: language.tag().to_owned(),
                href: format!("?in={}", language.tag()),
                current: language == shown,
                missing: !has(language),
            })
            .collect()
    }

    fn missing(&self, has: impl Fn(Language) -> bool) -> Vec<String> {
        self.course.languages.iter().filter(|language| !has(**language)).map(|l| l.tag().to_owned()).collect()
    }

    fn course_link(&self) -> Link {
        Link::new(self.words(&self.course.title), format!("/authoring/courses/{}", self.course.id))
    }

    fn module_link(&self, module: &Module) -> Link {
        let href = format!("/authoring/courses/{}/modules/{}", self.course.id, module.id);
        Link::new(self.words(&module.title), href)
    }

    fn question_link(&self, question: &Question) -> Link {
        let href = format!("/authoring/courses/{}/preview/{}", self.course.id, question.id);
        Link::new(question.id.to_string(), href)
    }

    /// The findings of the version in force that `mine` says are about a thing.
    fn warnings<'f>(&'f self, mine: impl Fn(&Found) -> bool + 'f) -> impl Iterator<Item = &'f Found> {
        self.preview.content.report.findings().iter().filter(move |found| mine(found))
    }

    /// What the last reload was refused for, in files that `mine` says are a thing's.
    fn errors(&self, mine: impl Fn(&str) -> bool) -> Vec<Finding> {
        let report = self.preview.failed.as_ref().map(|failed| &failed.report);
        let findings = report.map(Report::findings).unwrap_or_default();
        findings.iter().filter(|found| mine(&found.file)).map(finding).collect()
    }

    /// Where a question stands, in the original and in each translation: from a line to before another.
    fn stretches(&self, question: &Question) -> Vec<(String, usize, usize)> {
        let places = self.preview.content.curriculum.places();
        let (course, id) = (self.course.id.as_str(), question.id.as_str());
        let original = places.lines(&[course, "question", id]);
        let translated = Language::ALL.into_iter().map(|l| places.lines(&[course, "translation", l.tag(), id]));
        let found = std::iter::once(original).chain(translated).flatten();
        found.map(|(place, end)| (place.file, place.line, end)).collect()
    }

    fn of_question(&self, question: &Question) -> Vec<&Found> {
        let stretches = self.stretches(question);
        let inside = move |found: &Found| {
            stretches.iter().any(|(file, from, to)| found.file == *file && (*from..*to).contains(&found.line))
        };
        self.warnings(inside).collect()
    }

    fn of_files(&self, prefix: &str) -> u32 {
        count(self.warnings(|found| found.file.starts_with(prefix)).count())
    }

    fn outline(&self) -> CoursePreview {
        let course = self.course;
        let below = format!("{}/", course.id);
        let file = format!("{below}course.yaml");
        CoursePreview {
            href: format!("/courses/{}", course.id),
            title: self.words(&course.title),
            summary: self.words(&course.summary),
            version: course.version.to_string(),
            hash: course.hash.clone(),
            languages: course.languages.iter().map(|language| language.tag().to_owned()).collect(),
            modules: course
                .modules
                .iter()
                .map(|module| ModuleLine {
                    href: self.module_link(module).href,
                    title: self.words(&module.title),
                    place: module.folder.clone(),
                    findings: self.of_files(&format!("{}/index.", module.folder)),
                    missing: self.missing(|language| module.bodies.contains_key(&language)),
                })
                .collect(),
            quizzes: course.quizzes.iter().map(|quiz| self.quiz(quiz)).collect(),
            banks: course
                .banks
                .values()
                .map(|bank| {
                    let title = bank.title.as_ref().map_or_else(|| bank.id.to_string(), |title| self.words(title));
                    let findings = self.of_files(&format!("{below}banks/{}.bank.", bank.id));
                    self.list(&bank.id, title, findings, bank.questions.iter())
                })
                .collect(),
            findings: self.warnings(|found| found.file == file).map(finding).collect(),
            errors: self.errors(|file| file.starts_with(&below)),
            total: self.of_files(&below),
        }
    }

    fn quiz(&self, quiz: &Quiz) -> QuizLine {
        let course = self.course;
        let place = self.preview.content.curriculum.places().of(&[course.id.as_str(), "quiz", quiz.id.as_str()]);
        let stem = place.file.strip_suffix("yaml").unwrap_or(&place.file).to_owned();
        let draws = quiz.sections.iter().filter_map(|section| match &section.source {
            SectionSource::Draw { bank, count: drawn, .. } => Some(Draw {
                count: count(*drawn),
                of: count(course.banks.get(bank).map_or(0, |bank| bank.questions.len())),
                bank: bank.to_string(),
            }),
            SectionSource::Questions(_) => None,
        });
        QuizLine {
            href: format!("/quizzes/{}/{}", course.id, quiz.id),
            kind: if quiz.kind == QuizKind::Exam { "exam" } else { "practice" }.to_owned(),
            count: count(quiz.question_count()),
            pass: share_percent(quiz.pass),
            draws: draws.collect(),
            list: self.list(&quiz.id, self.words(&quiz.title), self.of_files(&stem), quiz.inline()),
        }
    }

    fn list<'q>(
        &self,
        id: &Slug,
        title: String,
        findings: u32,
        questions: impl Iterator<Item = &'q Arc<Question>>,
    ) -> QuestionList {
        QuestionList { id: id.to_string(), title, findings, questions: questions.map(|q| self.line(q)).collect() }
    }

    fn line(&self, question: &Question) -> QuestionLine {
        let stem = match &question.body {
            Body::Cloze { text, .. } if question.ask.get(self.reader).is_empty() => text.get(self.reader),
            _ => question.ask.get(self.reader),
        };
        let plain = render::plain(&render::parse(stem));
        let cut = plain.chars().nth(STEM).is_some();
        let ask = plain.chars().take(STEM).collect::<String>();
        QuestionLine {
            href: self.question_link(question).href,
            id: question.id.to_string(),
            kind: question.kind().to_owned(),
            ask: if cut { format!("{}…", ask.trim_end()) } else { ask },
            findings: count(self.of_question(question).len()),
            missing: self.missing(|language| whole(question, language)),
        }
    }

    fn module(&self, at: usize, module: &Module, language: Language, html: String) -> ModulePreview {
        let course = self.course;
        let files = format!("{}/index.", module.folder);
        let beside =
            |at: Option<usize>| at.and_then(|at| course.modules.get(at)).map(|module| self.module_link(module));
        let taught = module.objectives.iter().filter_map(|id| course.objective(id));
        let written = module.bodies.contains_key(&language);
        ModulePreview {
            course: self.course_link(),
            href: format!("/courses/{}/{}", course.id, module.id),
            title: module.title.get(language).to_owned(),
            place: match language {
                Language::En => format!("{files}md"),
                other if written => format!("{files}{}.md", other.tag()),
                _ => format!("{files}md"),
            },
            number: count(at + 1),
            of: count(course.modules.len()),
            minutes: module_minutes(module),
            tabs: self.tabs(language, |language| module.bodies.contains_key(&language)),
            lang: if written { language } else { Language::En }.tag().to_owned(),
            untranslated: !written,
            html,
            objectives: taught.map(|objective| objective.title.get(language).to_owned()).collect(),
            findings: self.warnings(|found| found.file.starts_with(&files)).map(finding).collect(),
            errors: self.errors(|file| file.starts_with(&files)),
            previous: beside(at.checked_sub(1)),
            next: beside(at.checked_add(1)),
        }
    }

    fn question(
        &self,
        question: &Question,
        language: Language,
        desk: &Desk,
        caller: &Caller,
        (previous, next): (Option<Link>, Option<Link>),
    ) -> Result<QuestionPreview, Failure> {
        let course = self.course;
        let stretches = self.stretches(question);
        let bank = course.banks.values().find(|bank| bank.questions.iter().any(|known| known.id == question.id));
        let shows = |quiz: &&Quiz| {
            quiz.inline().any(|known| known.id == question.id)
                || quiz.sections.iter().any(|section| {
                    matches!((&section.source, bank), (SectionSource::Draw { bank: from, .. }, Some(b)) if *from == b.id)
                })
        };
        let uses: Vec<&Quiz> = course.quizzes.iter().filter(shows).collect();
        let examined = uses.iter().any(|quiz| quiz.kind == QuizKind::Exam);
        let list = match bank {
            Some(bank) => bank.title.as_ref().map_or_else(|| bank.id.to_string(), |title| self.words(title)),
            None => uses.first().map(|quiz| self.words(&quiz.title)).unwrap_or_default(),
        };
        let folder = if bank.is_some() { "banks" } else { "exams" };
        let links = Links::of(course, &format!("{}/{folder}", course.id));
        let key = preview_key::of(question, language, &links, desk, caller)?;
        let place = stretches.first().map(|(file, line, _)| format!("{file}:{line}"));
        Ok(QuestionPreview {
            course: self.course_link(),
            list,
            id: question.id.to_string(),
            kind: question.kind().to_owned(),
            objective: question
                .objective
                .as_ref()
                .and_then(|id| course.objective(id))
                .map(|objective| self.words(&objective.title)),
            points: question.points.to_f64().unwrap_or_default(),
            place: place.unwrap_or_default(),
            hash: question.hash(),
            tabs: self.tabs(language, |language| whole(question, language)),
            lang: language.tag().to_owned(),
            untranslated: !whole(question, language),
            html: key.html,
            lines: key.lines,
            ordered: matches!(question.body, Body::Order { .. }),
            facts: key.facts,
            codes: key.codes,
            why: question.why.as_ref().map(|why| render::markdown(why.get(language), &links).html),
            model: key.model,
            uses: uses
                .into_iter()
                .map(|quiz| Link::new(self.words(&quiz.title), format!("/quizzes/{}/{}", course.id, quiz.id)))
                .collect(),
            statistics: examined.then(|| format!("/authoring/courses/{}/questions/{}", course.id, question.id)),
            findings: self.of_question(question).into_iter().map(finding).collect(),
            errors: self.errors(|file| stretches.iter().any(|(known, ..)| known == file)),
            previous,
            next,
        })
    }
}

/// Whether everything of a question that learners read is written in a language.
fn whole(question: &Question, language: Language) -> bool {
    let said = |words: &Words| !words.has(Language::En) || words.has(language);
    let text = match &question.body {
        Body::Cloze { text, .. } => said(text),
        Body::FreeText { model: Some(model), .. } => said(model),
        _ => true,
    };
    let parts = question.parts();
    let reason = |why: &Option<Words>| why.as_ref().is_none_or(said);
    text && said(&question.ask)
        && reason(&question.why)
        && parts.iter().all(|part| said(part.text) && part.why.is_none_or(reason))
}
