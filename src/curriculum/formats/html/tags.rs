//! The tags of HTML that mean something here.

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Emphasis, by its Markdown sign.
    Inline(&'static str),
    /// A block with space around it.
    Paragraph,
    /// A block without.
    Line,
    /// A heading.
    Heading,
    /// A line break.
    Break,
    /// A line across.
    Rule,
    /// A quotation.
    Quote,
    /// A list; numbered or not.
    List(bool),
    /// An item of a list.
    Item,
    /// Lowered text.
    Sub,
    /// Raised text.
    Super,
    /// A link.
    Link,
    /// A picture.
    Image,
    /// A table.
    Table,
    /// A row of it.
    Row,
    /// A cell of a row.
    Cell,
    /// Nothing, but what is in it counts.
    Ignored,
}

/// How a tag is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// By what it does.
    Shown(Kind),
    /// Its content is code in a line.
    Code,
    /// Its content is a block of code.
    Block,
    /// It goes, with all that is in it.
    Dropped,
    /// It goes; what is in it stays.
    Bare,
}

/// What a tag's name means; none for a name that HTML does not have.
pub(super) fn class(name: &str) -> Option<Class> {
    use Class::{Bare, Block, Code, Dropped, Shown};
    Some(match name {
        "b" | "strong" => Shown(Kind::Inline("**")),
        "i" | "em" | "cite" | "dfn" | "var" => Shown(Kind::Inline("*")),
        "del" | "s" | "strike" => Shown(Kind::Inline("~~")),
        "p" | "center" | "dl" | "figure" | "article" | "section" | "header" | "footer" | "address" | "main" => {
            Shown(Kind::Paragraph)
        }
        "div" | "dt" | "dd" | "figcaption" | "caption" => Shown(Kind::Line),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Shown(Kind::Heading),
        "br" => Shown(Kind::Break),
        "hr" => Shown(Kind::Rule),
        "blockquote" => Shown(Kind::Quote),
        "ul" => Shown(Kind::List(false)),
        "ol" => Shown(Kind::List(true)),
        "li" => Shown(Kind::Item),
        "sub" => Shown(Kind::Sub),
        "sup" => Shown(Kind::Super),
        "a" => Shown(Kind::Link),
        "img" => Shown(Kind::Image),
        "table" => Shown(Kind::Table),
        "tr" => Shown(Kind::Row),
        "td" | "th" => Shown(Kind::Cell),
        "span" | "font" | "u" | "ins" | "mark" | "small" | "big" | "abbr" | "acronym" | "label" | "q" | "bdo"
        | "bdi" | "nobr" | "wbr" | "thead" | "tbody" | "tfoot" | "colgroup" | "col" | "html" | "body" | "time" => {
            Shown(Kind::Ignored)
        }
        "code" | "tt" | "kbd" | "samp" => Code,
        "pre" | "listing" | "xmp" => Block,
        "script" | "style" | "iframe" | "object" | "video" | "audio" | "svg" | "math" | "canvas" | "template"
        | "title" | "select" | "textarea" | "applet" | "noscript" | "head" => Dropped,
        "embed" | "input" | "button" | "form" | "link" | "meta" | "base" | "source" | "track" | "param" | "option"
        | "fieldset" | "legend" | "frame" | "frameset" | "area" | "map" | "nav" | "aside" | "details" | "summary" => {
            Bare
        }
        _ => return None,
    })
}

/// Whether a tag has no end.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "wbr" | "col")
}

/// Raised or lowered text: as such characters where there are some, else behind `^` or `_`.
pub(super) fn script(text: &str, raised: bool) -> String {
    const PLAIN: &str = "0123456789+-=()n";
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ";
    const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ";
    let signs = if raised { RAISED } else { LOWERED };
    let turned = text.chars().map(|c| PLAIN.chars().position(|plain| plain == c).and_then(|at| signs.chars().nth(at)));
    let turned: Option<String> = turned.collect();
    turned.unwrap_or_else(|| format!("{}{text}", if raised { '^' } else { '_' }))
}
