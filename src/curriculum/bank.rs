//! A bank: the pool that the sections of an exam draw their questions from.

use super::{load::Desk, question::Question, yaml::Value};
use crate::base::text::{Slug, Words};
use std::sync::Arc;

/// Questions to draw from.
#[derive(Clone, Debug)]
pub struct Bank {
    /// The name of its file, unique in the course.
    pub id: Slug,
    /// A title for authors.
    pub title: Option<Words>,
    /// The questions, in the file's order.
    pub questions: Vec<Arc<Question>>,
}

/// A bank whose questions can still be translated.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) id: Slug,
    pub(crate) title: Option<Words>,
    pub(crate) questions: Vec<Question>,
}

impl Draft {
    /// Reads the bank of the file `<name>.bank.yaml`.
    pub(crate) fn read(value: Value<'_>, name: &Slug, desk: &mut Desk<'_>) -> Option<Self> {
        let fields = value.fields(&["id", "title", "questions"], desk.report)?;
        desk.same_id(&fields, name, "the name of its file");
        desk.place(&["bank", name.as_str()], &fields);
        let title = fields.get("title").and_then(|title| title.words(desk.report));
        let mut questions = Vec::new();
        if let Some(list) = fields.require("questions", desk.report) {
            let items = list.items(desk.report).unwrap_or_default();
            if items.is_empty() {
                desk.report.error(&list.place(), "empty-list", "this bank holds no question");
            }
            for (at, item) in items.into_iter().enumerate() {
                let number = at.to_string();
                desk.places.put(&[desk.course.as_str(), "bank", name.as_str(), "questions", &number], item.place());
                questions.extend(Question::read(item, desk));
            }
        }
        Some(Self { id: name.clone(), title, questions })
    }

    pub(crate) fn finish(self) -> Bank {
        Bank { id: self.id, title: self.title, questions: self.questions.into_iter().map(Arc::new).collect() }
    }
}
