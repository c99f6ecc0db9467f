//! Texts of the modules as HTML, drawn once a content version and language: colouring code is slow the first time.

use super::words::Words;
use crate::{
    app::Content,
    base::text::{Language, Slug},
    curriculum::{
        course::Course,
        module::Module,
        render::{self, Links, Rendered},
    },
};
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// The kinds of alert; each is told by a word, never by its colour alone.
const CALLOUTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// The texts that were asked for since the content in force came into force.
#[derive(Default)]
pub struct Texts(RwLock<Shelf>);

#[derive(Default)]
struct Shelf {
    /// The hash of the content that the texts belong to.
    content: String,
    texts: HashMap<(Slug, Slug, Language), Arc<Rendered>>,
}

impl Texts {
    /// A module's text in a language, or else in English.
    #[must_use]
    pub fn module(
        &self,
        words: &Words,
        content: &Content,
        course: &Course,
        module: &Module,
        language: Language,
    ) -> Arc<Rendered> {
        let key = (course.id.clone(), module.id.clone(), language);
        let version = &content.version.hash;
        {
            let shelf = self.0.read().unwrap_or_else(PoisonError::into_inner);
            if shelf.content == *version
                && let Some(text) = shelf.texts.get(&key)
            {
                return Arc::clone(text);
            }
        }
        // Drawn outside of the lock: two readers may draw the same text, and neither waits for the other.
        let mut drawn = render::markdown(module.body(language), &Links::of(course, &module.folder));
        let spoken = if module.bodies.contains_key(&language) { language } else { Language::En };
        for kind in CALLOUTS {
            let open = format!("<blockquote class=\"callout callout-{kind}\">");
            let word = words.plain(spoken.tag(), &format!("callout-{kind}"));
            drawn.html =
                drawn.html.replace(&open, &format!("{open}<p class=\"callout-word\"><strong>{word}</strong></p>"));
        }
        let drawn = Arc::new(drawn);
        let mut shelf = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if shelf.content != *version {
            *shelf = Shelf { content: version.clone(), texts: HashMap::new() };
        }
        shelf.texts.insert(key, Arc::clone(&drawn));
        drawn
    }
}
