//! Code blocks, highlighted on the server with classes that begin with `hl-`.

use super::escaped;
use std::sync::OnceLock;
use syntect::{
    html::{ClassStyle, ClassedHTMLGenerator},
    parsing::SyntaxSet,
    util::LinesWithEndings,
};

/// Longer code is shown plain, in bytes.
const LONGEST: usize = 32 * 1024;

/// Loaded once, when the first code block is shown.
fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(SyntaxSet::load_defaults_newlines)
}

/// One code block in HTML; code in an unknown language stays plain.
pub(super) fn block(code: &str, language: &str) -> String {
    let safe: String =
        language.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+')).take(30).collect();
    let class = if safe.is_empty() { String::new() } else { format!(" class=\"language-{safe}\"") };
    let inside = highlighted(code, &safe).unwrap_or_else(|| escaped(code));
    format!("<pre tabindex=\"0\"><code{class}>{inside}</code></pre>\n")
}

fn highlighted(code: &str, language: &str) -> Option<String> {
    if language.is_empty() || code.len() > LONGEST {
        return None;
    }
    let syntax = syntaxes().find_syntax_by_token(language)?;
    let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, syntaxes(), style);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}
