//! Markdown to safe HTML: no raw HTML, only harmless links, code highlighted on the server.

mod code;
mod gaps;
pub(crate) mod links;

pub use gaps::{Piece, pieces};
pub use links::Links;

use crate::base::text::folded;
use links::Target;
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html,
};
use std::collections::BTreeMap;

/// HTML and the headings in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Safe to put into a page.
    pub html: String,
    /// In the text's order, for a table of contents.
    pub headings: Vec<Heading>,
}

/// A heading of a rendered text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Heading {
    /// Made of the heading's words; unique in the text.
    pub id: String,
    /// 2 to 6.
    pub level: u8,
    /// Without markup.
    pub text: String,
}

/// Renders a text: CommonMark, GFM tables, footnotes, strikethrough and alerts.
#[must_use]
pub fn markdown(text: &str, base: &Links) -> Rendered {
    let mut writer = Writer { links: base, out: Vec::new(), headings: Vec::new(), ids: BTreeMap::new() };
    let mut events = parse(text).into_iter();
    writer.write(&mut events);
    let mut html = String::with_capacity(text.len() * 3 / 2);
    html::push_html(&mut html, writer.out.into_iter());
    Rendered { html, headings: writer.headings }
}

/// Renders a text as one line of inline Markdown, without a paragraph around it: for options and table cells.
#[must_use]
pub fn inline(text: &str) -> String {
    // A mark in front keeps `- 1`, `2.` or `# x` from becoming a list or a heading. It is punctuation, so that emphasis
    // behind it works as at the beginning of a line.
    const MARK: &str = "\u{2e3b}";
    let line = format!("{MARK}{}", text.split_whitespace().collect::<Vec<_>>().join(" "));
    let html = markdown(&line, &Links::none()).html;
    let html = html.trim_end();
    let html = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")).unwrap_or(html);
    html.strip_prefix(MARK).unwrap_or(html).to_owned()
}

/// The words of a line of inline Markdown without any mark-up: for menus and for what is read aloud.
#[must_use]
pub fn inline_text(text: &str) -> String {
    // As in `inline`: the mark keeps a line from becoming a list.
    let line = format!("\u{2e3b}{}", text.split_whitespace().collect::<Vec<_>>().join(" "));
    plain(&parse(&line)).trim_start_matches('\u{2e3b}').trim().to_owned()
}

/// A statement in SQL, highlighted; nothing in it is read as Markdown.
#[must_use]
pub fn statement(sql: &str) -> String {
    code::block(sql, "sql")
}

/// The text as events, in one run.
pub(crate) fn parse(text: &str) -> Vec<Event<'_>> {
    Parser::new_ext(text, options()).collect()
}

/// What is read beyond CommonMark.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM
}

/// The id of a heading's text, before a number makes it unique.
pub(crate) fn heading_id(text: &str) -> String {
    let mut id = String::new();
    for c in folded(text).chars() {
        if c.is_alphanumeric() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() { "section".to_owned() } else { id.to_owned() }
}

/// Makes a heading's id unique among those seen before.
pub(crate) fn unique_id(text: &str, seen: &mut BTreeMap<String, usize>) -> String {
    let id = heading_id(text);
    let count = seen.entry(id.clone()).or_default();
    *count += 1;
    if *count == 1 {
        return id;
    }
    let numbered = format!("{id}-{count}");
    seen.entry(numbered.clone()).or_insert(1);
    numbered
}

/// The plain text of inline events.
pub(crate) fn plain(events: &[Event<'_>]) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::Text(part) | Event::Code(part) | Event::InlineHtml(part) | Event::Html(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text with `<`, `>`, `&` and quotes escaped.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// Turns events into events that are safe and ours.
struct Writer<'l, 'a> {
    links: &'l Links,
    out: Vec<Event<'a>>,
    headings: Vec<Heading>,
    ids: BTreeMap<String, usize>,
}

impl<'a> Writer<'_, 'a> {
    fn html(&mut self, html: impl Into<String>) {
        self.out.push(Event::Html(CowStr::from(html.into())));
    }

    fn write(&mut self, events: &mut impl Iterator<Item = Event<'a>>) {
        let mut ends: Vec<&'static str> = Vec::new();
        let mut quotes: Vec<bool> = Vec::new();
        while let Some(event) = events.next() {
            match event {
                Event::Html(text) | Event::InlineHtml(text) => self.out.push(Event::Text(text)),
                Event::Start(Tag::HtmlBlock) => self.out.push(Event::Start(Tag::Paragraph)),
                Event::End(TagEnd::HtmlBlock) => self.out.push(Event::End(TagEnd::Paragraph)),
                Event::Start(Tag::BlockQuote(kind)) => {
                    quotes.push(kind.is_some());
                    match kind {
                        Some(kind) => self.html(format!("<blockquote class=\"callout callout-{}\">\n", callout(kind))),
                        None => self.out.push(Event::Start(Tag::BlockQuote(None))),
                    }
                }
                Event::End(TagEnd::BlockQuote(_)) => match quotes.pop() {
                    Some(true) => self.html("</blockquote>\n"),
                    _ => self.out.push(Event::End(TagEnd::BlockQuote(None))),
                },
                Event::Start(Tag::Heading { level, .. }) => {
                    let inside = until(events, |end| matches!(end, TagEnd::Heading(_)));
                    self.heading(level, inside);
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let inside = until(events, |end| matches!(end, TagEnd::CodeBlock));
                    let text: String =
                        inside.iter().filter_map(|e| if let Event::Text(t) = e { Some(&**t) } else { None }).collect();
                    let language = match &kind {
                        CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or(""),
                        CodeBlockKind::Indented => "",
                    };
                    self.html(code::block(&text, language));
                }
                Event::Start(Tag::Table(alignments)) => {
                    let inside = until(events, |end| matches!(end, TagEnd::Table));
                    self.table(&alignments, inside);
                }
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    ends.push(self.open_link(link_type, &dest_url, &title));
                }
                Event::End(TagEnd::Link) => {
                    let end = ends.pop().unwrap_or("");
                    self.html(end);
                }
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let inside = until(events, |end| matches!(end, TagEnd::Image));
                    self.image(&dest_url, &title, &plain(&inside));
                }
                other => self.out.push(other),
            }
        }
    }

    fn heading(&mut self, level: HeadingLevel, inside: Vec<Event<'a>>) {
        // The page's title is the only h1.
        let level = if level == HeadingLevel::H1 { HeadingLevel::H2 } else { level };
        let text = plain(&inside);
        let id = unique_id(&text, &mut self.ids);
        let number = level as u8;
        self.html(format!("<h{number} id=\"{}\">", escaped(&id)));
        self.write(&mut inside.into_iter());
        self.html(format!("</h{number}>\n"));
        self.headings.push(Heading { id, level: number, text });
    }

    /// A table that scrolls by itself and can be reached with the keyboard; its header cells name it.
    fn table(&mut self, alignments: &[Alignment], inside: Vec<Event<'a>>) {
        let head: Vec<Event<'a>> =
            inside.iter().take_while(|e| !matches!(e, Event::End(TagEnd::TableHead))).cloned().collect();
        let cells = head.split(|event| matches!(event, Event::End(TagEnd::TableCell)));
        let names: Vec<String> = cells.map(plain).filter(|name| !name.is_empty()).collect();
        let name = if names.is_empty() { "…".to_owned() } else { names.join(", ") };
        self.html(format!(
            "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table>\n",
            escaped(&name)
        ));
        let (mut in_head, mut column) = (false, 0);
        let mut inside = inside.into_iter();
        while let Some(event) = inside.next() {
            match event {
                Event::Start(Tag::TableHead) => {
                    (in_head, column) = (true, 0);
                    self.html("<thead><tr>");
                }
                Event::End(TagEnd::TableHead) => {
                    in_head = false;
                    self.html("</tr></thead>\n<tbody>\n");
                }
                Event::Start(Tag::TableRow) => {
                    column = 0;
                    self.html("<tr>");
                }
                Event::End(TagEnd::TableRow) => self.html("</tr>\n"),
                Event::Start(Tag::TableCell) => {
                    let class = match alignments.get(column) {
                        Some(Alignment::Right) => " class=\"right\"",
                        Some(Alignment::Center) => " class=\"center\"",
                        _ => "",
                    };
                    column += 1;
                    let cell = until(&mut inside, |end| matches!(end, TagEnd::TableCell));
                    // A header that says nothing heads nothing: a reader of screens would announce it.
                    let heads = in_head && !cell.is_empty();
                    self.html(if heads { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") });
                    self.write(&mut cell.into_iter());
                    self.html(if heads { "</th>" } else { "</td>" });
                }
                _ => {}
            }
        }
        self.html("</tbody></table></div>\n");
    }

    /// Opens a link, or leaves only its text where it leads nowhere good; gives back what closes it.
    fn open_link(&mut self, kind: LinkType, url: &str, title: &str) -> &'static str {
        let url = if kind == LinkType::Email { format!("mailto:{url}") } else { url.to_owned() };
        let (href, outside) = match self.links.resolve(&url) {
            Target::Outside => (url, true),
            Target::Mail => (url, false),
            Target::Page(href) | Target::Asset { href, .. } => (href, false),
            Target::Module { href, .. } => (href, false),
            Target::Refused(_) => return "",
        };
        let rel = if outside { " rel=\"noopener noreferrer\"" } else { "" };
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
        self.html(format!("<a href=\"{}\"{rel}{title}>", escaped(&href)));
        "</a>"
    }

    /// An image of the course; any other image becomes a link, or its alternative text.
    fn image(&mut self, url: &str, title: &str, alt: &str) {
        match self.links.resolve(url) {
            Target::Asset { href, .. } => {
                let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
                let (href, alt) = (escaped(&href), escaped(alt));
                self.html(format!("<img src=\"{href}\" alt=\"{alt}\"{title} loading=\"lazy\">"));
            }
            Target::Outside => {
                let text = escaped(if alt.is_empty() { url } else { alt });
                self.html(format!("<a href=\"{}\" rel=\"noopener noreferrer\">{text}</a>", escaped(url)));
            }
            _ => self.html(escaped(alt)),
        }
    }
}

fn callout(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

/// The events up to the end of the element that has just begun; such elements do not nest in themselves, save images.
fn until<'a>(events: &mut impl Iterator<Item = Event<'a>>, is_end: impl Fn(&TagEnd) -> bool) -> Vec<Event<'a>> {
    let mut inside = Vec::new();
    let mut depth = 0;
    for event in events {
        match &event {
            Event::End(end) if is_end(end) && depth == 0 => break,
            Event::End(end) if is_end(end) => depth -= 1,
            Event::Start(tag) if is_end(&tag.to_end()) => depth += 1,
            _ => {}
        }
        inside.push(event);
    }
    inside
}

#[cfg(test)]
mod tests;
