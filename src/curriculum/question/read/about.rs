//! What a question is called where it comes from: read and checked like everything else, and no part of the question.

use crate::curriculum::{
    formats::entry::About,
    report::Report,
    yaml::{Fields, Value},
};

/// The keys that an import fills and an export reads; a learner never sees them, and changing them changes no question.
pub(crate) const KEYS: [&str; 3] = ["title", "category", "tags"];

/// Reads them: `title` is a text, `category` its names from the outside in, `tags` a list of texts.
pub(crate) fn read_about(fields: &Fields<'_>, report: &mut Report) -> About {
    let names =
        |key: &str, report: &mut Report| fields.get(key).map(|list| list.list(report, Value::text)).unwrap_or_default();
    About {
        title: fields.get("title").and_then(|title| title.text(report)),
        category: names("category", report),
        tags: names("tags", report),
    }
}
