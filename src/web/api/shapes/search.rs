//! What a search found.

use crate::{
    base::text::Language,
    curriculum::{
        render::escaped,
        search::{Hit, Part},
    },
};
use serde::Serialize;
use utoipa::ToSchema;

/// Something that was found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Hit, example = json!({
    "id": "module:data-foundations/layers", "kind": "module", "title": "Raw, staging, business",
    "href": "/courses/data-foundations/layers#what-each-promises", "language": "en", "within": "Data foundations",
    "heading": "What each promises", "snippet": "The <mark>raw</mark> layer keeps what arrived …",
}))]
pub(in crate::web::api) struct HitBody {
    /// Its kind and its id, joined by a colon.
    id: String,
    /// `course`, `module`, `certification` or `role`.
    kind: &'static str,
    title: String,
    /// The page, at the heading under which the words stand.
    href: String,
    /// The language of the text that has the words.
    language: Language,
    /// The course or the warehouse that it belongs to.
    within: Option<String>,
    /// The heading under which the words stand.
    heading: Option<String>,
    /// A piece of the text as safe HTML: what was looked for stands in `<mark>`, and there is no other markup.
    snippet: String,
}

impl From<Hit> for HitBody {
    fn from(hit: Hit) -> Self {
        let snippet = |parts: &[Part]| {
            parts.iter().fold(String::new(), |html, part| {
                let text = escaped(&part.text);
                html + &if part.marked { format!("<mark>{text}</mark>") } else { text }
            })
        };
        Self {
            id: format!("{}:{}", hit.kind.as_str(), hit.id),
            kind: hit.kind.as_str(),
            title: hit.title.iter().map(|part| part.text.as_str()).collect(),
            href: hit.href,
            language: hit.language,
            within: hit.within,
            heading: hit.heading,
            snippet: snippet(&hit.snippet),
        }
    }
}
