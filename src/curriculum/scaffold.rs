//! A new course: a few files that lint without a finding, about how to turn them into a course of one's own.

use crate::base::text::{Email, Language, Slug};
use std::collections::BTreeMap;

/// The languages that the files can be written in.
pub const LANGUAGES: [Language; 3] = Language::ALL;

/// What a new course is made from.
#[derive(Clone, Debug)]
pub struct Plan {
    pub id: Slug,
    pub title: String,
    pub owner: Email,
    /// In which languages; English is always among them.
    pub languages: Vec<Language>,
}

/// The files, by their path from the content root.
#[must_use]
pub fn course(plan: &Plan) -> BTreeMap<String, String> {
    let texts = [
        ("course.yaml", include_str!("scaffold/course.yaml")),
        ("modules/01-first-steps/index.md", include_str!("scaffold/index.md")),
        ("modules/01-first-steps/check.quiz.yaml", include_str!("scaffold/check.quiz.yaml")),
        ("exams/final.quiz.yaml", include_str!("scaffold/final.quiz.yaml")),
        ("banks/first-steps.bank.yaml", include_str!("scaffold/first-steps.bank.yaml")),
    ];
    let translated = [
        (Language::Fr, "modules/01-first-steps/index.fr.md", include_str!("scaffold/index.fr.md")),
        (Language::Fr, "modules/01-first-steps/check.quiz.fr.yaml", include_str!("scaffold/check.quiz.fr.yaml")),
        (Language::Fr, "banks/first-steps.bank.fr.yaml", include_str!("scaffold/first-steps.bank.fr.yaml")),
        (Language::Es, "modules/01-first-steps/index.es.md", include_str!("scaffold/index.es.md")),
        (Language::Es, "modules/01-first-steps/check.quiz.es.yaml", include_str!("scaffold/check.quiz.es.yaml")),
        (Language::Es, "banks/first-steps.bank.es.yaml", include_str!("scaffold/first-steps.bank.es.yaml")),
    ];
    let wanted = translated.into_iter().filter(|(language, ..)| plan.languages.contains(language));
    let texts = texts.into_iter().chain(wanted.map(|(_, path, text)| (path, text)));
    texts.map(|(path, text)| (format!("{}/{path}", plan.id), filled(text, plan))).collect()
}

/// An access catalogue with nothing in it, for a content root that has none yet.
#[must_use]
pub fn catalogue() -> (&'static str, &'static str) {
    ("access.yaml", include_str!("scaffold/access.yaml"))
}

/// Fills in what differs; a line that ends in a mark such as `# fr` is only kept where the course is in that language.
fn filled(text: &str, plan: &Plan) -> String {
    let mut filled = String::with_capacity(text.len());
    for line in text.lines() {
        let marked = line.rsplit_once(" # ").and_then(|(line, tag)| Some((line, Language::from_tag(tag)?)));
        let line = match marked {
            Some((_, language)) if !plan.languages.contains(&language) => continue,
            Some((line, _)) => line,
            None => line,
        };
        // A JSON string is a double-quoted YAML string (YAML 1.2, section 1.3).
        let line = line
            .replace("@TITLE@", &serde_json::Value::from(plan.title.as_str()).to_string())
            .replace("@ID@", plan.id.as_str())
            .replace("@OWNER@", plan.owner.as_str());
        filled.push_str(&line);
        filled.push('\n');
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::catalogue as access,
        curriculum::{
            load::{Curriculum, load},
            report::Report,
            source::Source,
        },
    };

    fn report(plan: &Plan) -> (Report, Curriculum) {
        let (path, body) = catalogue();
        let files = course(plan).into_iter().chain([(path.to_owned(), body.to_owned())]);
        let source = Source::from_files(files.map(|(path, body)| (path, body.into_bytes())).collect());
        let mut report = Report::new();
        let curriculum = load(&source, &mut report);
        access::load(&source, &curriculum, &mut report);
        (report, curriculum)
    }

    #[test]
    fn a_new_course_has_no_finding() {
        let (french, spanish) = (Language::Fr, Language::Es);
        for others in [vec![], vec![french], vec![spanish], vec![french, spanish]] {
            for title in ["A new course", "It's \"odd\": {a}, [b] # c & *d* \\ %"] {
                let plan = Plan {
                    id: "new-course".parse().unwrap(),
                    title: title.to_owned(),
                    owner: "academy@example.com".parse().unwrap(),
                    languages: others.clone(),
                };
                let (report, curriculum) = report(&plan);
                assert_eq!(report.to_string(), "", "{others:?}");
                let course = curriculum.courses.values().next().unwrap();
                assert_eq!((course.title.get(Language::En), course.languages.len()), (title, 1 + others.len()));
                assert_eq!(course.exams().count(), 1);
            }
        }
    }
}
