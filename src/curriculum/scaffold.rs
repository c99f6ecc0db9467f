//! A new course: a few files that lint without a finding, about how to turn them into a course of one's own.

use crate::base::text::{Email, Language, Slug};
use std::collections::BTreeMap;

/// The languages that the files can be written in.
pub const LANGUAGES: [Language; 2] = [Language::En, Language::Fr];

/// What a new course is made from.
#[derive(Clone, Debug)]
pub struct Plan {
    pub id: Slug,
    pub title: String,
    pub owner: Email,
    /// Beside English.
    pub french: bool,
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
    let french = [
        ("modules/01-first-steps/index.fr.md", include_str!("scaffold/index.fr.md")),
        ("modules/01-first-steps/check.quiz.fr.yaml", include_str!("scaffold/check.quiz.fr.yaml")),
        ("banks/first-steps.bank.fr.yaml", include_str!("scaffold/first-steps.bank.fr.yaml")),
    ];
    let french = french.into_iter().filter(|_| plan.french);
    texts.into_iter().chain(french).map(|(path, text)| (format!("{}/{path}", plan.id), filled(text, plan))).collect()
}

/// An access catalogue with nothing in it, for a content root that has none yet.
#[must_use]
pub fn catalogue() -> (&'static str, &'static str) {
    ("access.yaml", include_str!("scaffold/access.yaml"))
}

/// Fills in what differs; lines that end in `# fr` are only kept where the course is in French, too.
fn filled(text: &str, plan: &Plan) -> String {
    let mut filled = String::with_capacity(text.len());
    for line in text.lines() {
        let line = match line.strip_suffix(" # fr") {
            Some(_) if !plan.french => continue,
            Some(french) => french,
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
        for french in [false, true] {
            for title in ["A new course", "It's \"odd\": {a}, [b] # c & *d* \\ %"] {
                let plan = Plan {
                    id: "new-course".parse().unwrap(),
                    title: title.to_owned(),
                    owner: "academy@example.com".parse().unwrap(),
                    french,
                };
                let (report, curriculum) = report(&plan);
                assert_eq!(report.to_string(), "", "french: {french}");
                let course = curriculum.courses.values().next().unwrap();
                assert_eq!((course.title.get(Language::En), course.languages.len()), (title, 1 + usize::from(french)));
                assert_eq!(course.exams().count(), 1);
            }
        }
    }
}
