//! Loading the whole content root: every course, every problem at once.

use super::{
    bank,
    course::Course,
    lab::dataset::{self, Dataset},
    lint,
    module::Module,
    places::Places,
    question::Question,
    quiz,
    report::{Place, Report},
    source::{Source, hash_files},
    translate::translate,
    yaml::{self, Fields, Node, Value},
};
use crate::base::text::{Language, Slug, nearest};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Every course, as loaded.
#[derive(Clone, Debug, Default)]
pub struct Curriculum {
    /// The courses by id.
    pub courses: BTreeMap<Slug, Arc<Course>>,
    /// The files that pages may show, by `course/assets/x`.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// Where things were written.
    pub(crate) places: Places,
    /// Whether a course could not be read, so that what seems to be missing may be in it.
    pub(crate) incomplete: bool,
}

impl Curriculum {
    /// The courses that earn a certification.
    #[must_use]
    pub fn certification(&self, id: &Slug) -> Vec<&Course> {
        let earns = |course: &&Course| course.certification.as_ref().is_some_and(|earned| earned.id == *id);
        self.courses.values().map(Arc::as_ref).filter(earns).collect()
    }

    /// Every question of every bank and quiz, with its course.
    pub fn questions(&self) -> impl Iterator<Item = (&Course, &Arc<Question>)> {
        self.courses.values().flat_map(|course| course.questions().map(move |question| (course.as_ref(), question)))
    }

    /// Where things were written: by course, then `module`, `quiz`, `bank`, `question` or `objective`, then the id and its keys.
    #[must_use]
    pub fn places(&self) -> &Places {
        &self.places
    }
}

impl Course {
    /// Every question of the course's banks and quizzes.
    pub fn questions(&self) -> impl Iterator<Item = &Arc<Question>> {
        let banks = self.banks.values().flat_map(|bank| &bank.questions);
        banks.chain(self.quizzes.iter().flat_map(quiz::Quiz::inline))
    }
}

/// What reading one course writes to.
#[derive(Debug)]
pub(crate) struct Desk<'r> {
    pub(crate) course: String,
    pub(crate) report: &'r mut Report,
    pub(crate) places: &'r mut Places,
    /// The course's data sets, read before its questions.
    pub(crate) datasets: BTreeMap<Slug, Arc<Dataset>>,
}

impl Desk<'_> {
    /// Remembers where the fields of a thing of this course stand.
    pub(crate) fn place(&mut self, path: &[&str], fields: &Fields<'_>) {
        let mut whole = vec![self.course.as_str()];
        whole.extend(path);
        self.places.put_fields(&whole, fields.place(), fields.values());
    }

    /// The same for a thing whose id must be unique in the course.
    pub(crate) fn once(&mut self, kind: &'static str, id: &str, fields: &Fields<'_>) {
        if self.places.has(&[&self.course, kind, id]) {
            let Place { file, line, .. } = self.places.of(&[&self.course, kind, id]);
            let at = fields.get("id").map_or_else(|| fields.place(), Value::place);
            let message = format!("there is another {kind} `{id}` in this course: {file}, line {line}");
            self.report.error(&at, "duplicate-id", message);
        }
        self.place(&[kind, id], fields);
    }

    /// Checks that a file's `id` is what its place says.
    pub(crate) fn same_id(&mut self, fields: &Fields<'_>, expected: &Slug, what: &str) {
        let Some(value) = fields.require("id", self.report) else { return };
        if let Some(id) = value.slug(self.report).filter(|id| id != expected) {
            let message = format!("the id `{id}` must be {what}");
            self.report.error_near(&value.place(), "wrong-id", message, Some(expected.as_str()));
        }
    }

    fn parse(&mut self, file: &str, body: &[u8]) -> Option<Node> {
        yaml::parse(file, utf8(file, body, self.report)?, 1, self.report)
    }
}

/// Reads every course of a source. Everything wrong goes to the report, all at once; what comes back may be used only
/// when the report has no error.
pub fn load(source: &Source, report: &mut Report) -> Curriculum {
    let mut curriculum = Curriculum::default();
    let mut folders = BTreeSet::new();
    for path in source.files().keys() {
        match path.split_once('/') {
            Some((folder, _)) => drop(folders.insert(folder)),
            None if path == "access.yaml" || is_note(path) => {}
            None => {
                let near = nearest(path, ["access.yaml"]);
                report.warning_near(&Place::start(path.as_str()), "unexpected-file", "this file is not read", near);
            }
        }
    }
    for folder in folders {
        match folder.parse::<Slug>() {
            Ok(id) => {
                let course = read_course(source, &id, &mut curriculum, report);
                curriculum.courses.extend(course.map(|course| (id, Arc::new(course))));
            }
            Err(error) => {
                let first = source.below(folder).next().map_or(folder, |(path, _)| path);
                report.error(&Place::start(first), "bad-slug", format!("the folder's name `{folder}` is {error}"));
            }
        }
    }
    lint::check(&curriculum, report);
    curriculum
}

fn read_course(source: &Source, id: &Slug, curriculum: &mut Curriculum, report: &mut Report) -> Option<Course> {
    let folder = id.as_str();
    let datasets = BTreeMap::new();
    let mut desk = Desk { course: folder.to_owned(), report, places: &mut curriculum.places, datasets };
    let file = format!("{folder}/course.yaml");
    let mut course = None;
    if let Some(body) = source.get(&file) {
        if let Some(node) = desk.parse(&file, body) {
            course = Course::read(Value::top(&file, &node), id, &mut desk);
        }
    } else {
        desk.report.error(&Place::start(file.as_str()), "missing-file", "every course folder holds a `course.yaml`");
    }
    // Without it the other files are still read, so that all that is wrong is seen at once.
    let known = course.is_some();
    desk.places.put(&[folder], Place::start(file.as_str()));
    curriculum.incomplete |= !known;
    let mut course = course.or_else(|| Course::unread(id))?;
    let shelf = Shelf::sort(source, folder, &mut desk, &mut curriculum.assets);
    desk.datasets = dataset::read_all(source, folder, &mut desk);
    course.datasets.clone_from(&desk.datasets);
    for (part, files) in &shelf.modules {
        read_module(&mut course, &format!("{folder}/modules/{part}"), files, &mut desk);
    }
    let mut exams = BTreeMap::new();
    for (name, files) in &shelf.exams {
        exams.extend(read_quiz(&mut course, name, files, None, &mut desk).map(|id| (name.as_str(), id)));
    }
    find_delta(&mut course, &exams, &mut desk);
    for (name, files) in &shelf.banks {
        read_bank(&mut course, name, files, &mut desk);
    }
    let prefix = folder.len() + 1;
    course.hash = hash_files(source.below(folder).map(|(path, body)| (path.get(prefix..).unwrap_or(path), body)));
    for language in Language::ALL {
        let written = |module: &Module| module.bodies.contains_key(&language);
        if course.title.has(language) || course.modules.iter().any(written) {
            course.languages.insert(language);
        }
    }
    known.then_some(course)
}

/// Puts the quiz's own id where the file's name stood.
fn find_delta(course: &mut Course, exams: &BTreeMap<&str, Slug>, desk: &mut Desk<'_>) {
    let Some(certification) = &mut course.certification else { return };
    let Some(name) = certification.delta_exam.take() else { return };
    certification.delta_exam = exams.get(name.as_str()).cloned();
    if certification.delta_exam.is_none() {
        let at = desk.places.of(&[&desk.course, "certification", "delta_exam"]);
        let message = format!("there is no exam `exams/{name}.quiz.yaml` in this course");
        desk.report.error_near(&at, "unknown-exam", message, nearest(name.as_str(), exams.keys().copied()));
    }
}

/// A file by the language that its name ends in.
type Files<'a> = BTreeMap<(String, Language), (&'a str, &'a [u8])>;

/// A course's files by what they are.
#[derive(Debug, Default)]
struct Shelf<'a> {
    modules: BTreeMap<String, Files<'a>>,
    exams: BTreeMap<String, Files<'a>>,
    banks: BTreeMap<String, Files<'a>>,
}

impl<'a> Shelf<'a> {
    fn sort(source: &'a Source, folder: &str, desk: &mut Desk<'_>, assets: &mut BTreeMap<String, Vec<u8>>) -> Self {
        let mut shelf = Self::default();
        for (path, body) in source.below(folder) {
            let inside = path.get(folder.len() + 1..).unwrap_or(path);
            let parts: Vec<&str> = inside.split('/').collect();
            let found = match parts.as_slice() {
                ["course.yaml"] => true,
                ["modules", part, name] => kind_of(name, &[("index", "md"), ("check.quiz", "yaml")])
                    .map(|key| shelf.modules.entry((*part).to_owned()).or_default().insert(key, (path, body)))
                    .is_some(),
                ["exams", name] => kind_of(name, &[("*.quiz", "yaml")])
                    .map(|(stem, language)| {
                        let files = shelf.exams.entry(stem.clone()).or_default();
                        files.insert((stem, language), (path, body))
                    })
                    .is_some(),
                ["banks", name] => kind_of(name, &[("*.bank", "yaml")])
                    .map(|(stem, language)| {
                        let files = shelf.banks.entry(stem.clone()).or_default();
                        files.insert((stem, language), (path, body))
                    })
                    .is_some(),
                ["datasets", ..] => true,
                ["assets", ..] => assets.insert(path.to_owned(), body.to_vec()).is_none(),
                _ => false,
            };
            if !found && !parts.last().is_some_and(|name| is_note(name)) {
                let near = path.strip_suffix(".yml").map(|stem| format!("{stem}.yaml"));
                let message = "this file is not read: neither its folder nor its name is one that a course has";
                desk.report.warning_near(&Place::start(path), "unexpected-file", message, near.as_deref());
            }
        }
        shelf
    }
}

/// Splits `final.quiz.fr.yaml` into its stem (`final`) and language, where it matches one of the patterns.
fn kind_of(name: &str, patterns: &[(&str, &str)]) -> Option<(String, Language)> {
    for (pattern, extension) in patterns {
        let Some(stem) = name.strip_suffix(extension).and_then(|stem| stem.strip_suffix('.')) else { continue };
        let (stem, language) = match stem.rsplit_once('.') {
            Some((first, tag)) => match Language::ALL.into_iter().find(|language| language.tag() == tag) {
                Some(Language::En) | None => (stem, Language::En),
                Some(language) => (first, language),
            },
            None => (stem, Language::En),
        };
        match pattern.strip_prefix('*') {
            Some(suffix) => {
                if let Some(stem) = stem.strip_suffix(suffix) {
                    return Some((stem.to_owned(), language));
                }
            }
            None if stem == *pattern => return Some((stem.to_owned(), language)),
            None => {}
        }
    }
    None
}

/// Files for people that may stand anywhere.
fn is_note(name: &str) -> bool {
    ["README", "LICENSE", "LICENCE", "SOURCES", "CHANGELOG", "NOTICE"].iter().any(|note| name.starts_with(note))
}

/// The text of a file, or an error at the line where it stops being UTF-8.
pub(crate) fn utf8<'a>(file: &str, body: &'a [u8], report: &mut Report) -> Option<&'a str> {
    match std::str::from_utf8(body) {
        Ok(text) => Some(text),
        Err(error) => {
            let good = body.get(..error.valid_up_to()).unwrap_or(&[]);
            let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
            let place = Place { file: file.to_owned(), line, column: 1 };
            report.error(&place, "not-utf8", "this file is not UTF-8 from this line on");
            None
        }
    }
}

fn read_module(course: &mut Course, folder: &str, files: &Files<'_>, desk: &mut Desk<'_>) {
    let get = |name: &str, language| files.get(&(name.to_owned(), language)).copied();
    let Some((file, body)) = get("index", Language::En) else {
        let message = "every module folder holds an `index.md`";
        desk.report.error(&Place::start(format!("{folder}/index.md")), "missing-file", message);
        return;
    };
    let module = utf8(file, body, desk.report).and_then(|text| Module::read(file, text, folder, desk));
    let Some(mut module) = module else { return };
    for language in Language::ALL.into_iter().filter(|language| *language != Language::En) {
        if let Some((file, body)) = get("index", language)
            && let Some(text) = utf8(file, body, desk.report)
        {
            module.translate(file, text, language, desk);
        }
    }
    let quiz: Files<'_> = files.iter().filter(|((name, _), _)| name != "index").map(|(k, v)| (k.clone(), *v)).collect();
    if !quiz.is_empty() {
        module.check = read_quiz(course, "check.quiz", &quiz, Some(&module.id), desk);
    }
    course.modules.push(module);
}

/// Reads a quiz and its translations into the course; gives back its id.
fn read_quiz(
    course: &mut Course,
    name: &str,
    files: &Files<'_>,
    module: Option<&Slug>,
    desk: &mut Desk<'_>,
) -> Option<Slug> {
    let fallback = match module {
        Some(module) => format!("check-{module}").parse().ok()?,
        None => name.parse::<Slug>().or_else(|_| "quiz".parse()).ok()?,
    };
    let (file, body) = original(name, files, desk)?;
    let node = desk.parse(file, body)?;
    let mut draft = quiz::Draft::read(Value::top(file, &node), &fallback, module, desk)?;
    read_translations(files, &mut draft.questions, desk);
    let quiz = draft.finish();
    let id = quiz.id.clone();
    course.quizzes.push(quiz);
    Some(id)
}

fn read_bank(course: &mut Course, name: &str, files: &Files<'_>, desk: &mut Desk<'_>) {
    let Some((file, body)) = original(name, files, desk) else { return };
    let id = match name.parse::<Slug>() {
        Ok(id) => id,
        Err(error) => {
            desk.report.error(&Place::start(file), "bad-slug", format!("the bank's name `{name}` is {error}"));
            return;
        }
    };
    let Some(node) = desk.parse(file, body) else { return };
    let Some(mut draft) = bank::Draft::read(Value::top(file, &node), &id, desk) else { return };
    read_translations(files, &mut draft.questions, desk);
    course.banks.insert(id, draft.finish());
}

/// The file in English, which every translation needs.
fn original<'a>(name: &str, files: &Files<'a>, desk: &mut Desk<'_>) -> Option<(&'a str, &'a [u8])> {
    let found = files.get(&(name.to_owned(), Language::En)).copied();
    if let (None, Some((file, _))) = (found, files.values().next()) {
        desk.report.error(&Place::start(*file), "missing-file", "this translates a file that is not there");
    }
    found
}

fn read_translations(files: &Files<'_>, questions: &mut [Question], desk: &mut Desk<'_>) {
    for ((_, language), (file, body)) in files.iter().filter(|((_, language), _)| *language != Language::En) {
        if let Some(node) = desk.parse(file, body) {
            translate(Value::top(file, &node), *language, questions, desk);
        }
    }
}

#[cfg(test)]
mod tests;
