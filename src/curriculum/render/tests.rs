//! What Markdown becomes, and what it never becomes.

use super::*;
use crate::curriculum::samples;

fn html(text: &str) -> String {
    markdown(text, &Links::none()).html
}

fn linked(text: &str) -> String {
    let (curriculum, ..) = samples::read(samples::files());
    let course = &curriculum.courses[&"joins".parse().unwrap()];
    markdown(text, &Links::of(course, "joins/modules/01-grain")).html
}

#[test]
fn raw_html_is_shown_as_text() {
    assert_eq!(html("a <b onclick=x>b</b>"), "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n");
    let block = html("<script>alert(1)</script>\n\ntext");
    assert!(!block.contains("<script"), "{block}");
    assert!(block.contains("&lt;script&gt;"), "{block}");
    assert!(!html("<!-- x --><img src=x onerror=y>").contains("<img"));
}

#[test]
fn only_harmless_links_survive() {
    assert_eq!(html("[a](javascript:alert(1))"), "<p>a</p>\n");
    for bad in [
        "JaVaScRiPt:x",
        "data:text/html,x",
        "vbscript:x",
        "java&#x0A;script:x",
        "javascript&colon;x",
        "//evil.example",
        "\\\\evil",
        "&#1;javascript:x",
        "file:///x",
    ] {
        let out = html(&format!("[a](<{bad}>) ![b](<{bad}>)"));
        assert!(!out.contains("href") && !out.contains("src"), "{bad}: {out}");
    }
    assert_eq!(
        html("[a](https://example.com/?a=1&b='2' 't<')"),
        "<p><a href=\"https://example.com/?a=1&amp;b=&#39;2&#39;\" rel=\"noopener noreferrer\" title=\"t&lt;\">a</a></p>\n"
    );
    assert_eq!(html("<me@example.com>"), "<p><a href=\"mailto:me@example.com\">me@example.com</a></p>\n");
    assert_eq!(html("[a](#x) [b](/courses/x)"), "<p><a href=\"#x\">a</a> <a href=\"/courses/x\">b</a></p>\n");
}

#[test]
fn relative_links_become_pages_of_the_course() {
    assert_eq!(linked("[n](../02-fan/index.md#two)"), "<p><a href=\"/courses/joins/fan#two\">n</a></p>\n");
    assert_eq!(
        linked("![k](../../assets/key.png) [k](../../assets/key.png)"),
        "<p><img src=\"/courses/joins/assets/key.png\" alt=\"k\" loading=\"lazy\"> <a href=\"/courses/joins/assets/key.png\">k</a></p>\n"
    );
    assert_eq!(linked("[up](../../../../etc/passwd) [c](../../course.yaml)"), "<p>up c</p>\n");
    assert_eq!(
        linked("![far *away*](https://example.com/x.png)"),
        "<p><a href=\"https://example.com/x.png\" rel=\"noopener noreferrer\">far away</a></p>\n"
    );
}

#[test]
fn headings_have_stable_unique_ids() {
    let out = markdown("# Été `x`\n\n## Same\n\n## Same\n\n### Same 2\n\n## ***\n", &Links::none());
    let ids: Vec<(&str, u8, &str)> = out.headings.iter().map(|h| (h.id.as_str(), h.level, h.text.as_str())).collect();
    assert_eq!(
        &ids[..4],
        [("ete-x", 2, "Été x"), ("same", 2, "Same"), ("same-2", 2, "Same"), ("same-2-2", 3, "Same 2")]
    );
    assert!(out.html.starts_with("<h2 id=\"ete-x\">Été <code>x</code></h2>\n"), "{}", out.html);
}

#[test]
fn alerts_tables_and_code_are_ours() {
    assert_eq!(
        html("> [!WARNING]\n> Mind."),
        "<blockquote class=\"callout callout-warning\">\n<p>Mind.</p>\n</blockquote>\n"
    );
    assert_eq!(html("> plain"), "<blockquote>\n<p>plain</p>\n</blockquote>\n");
    assert_eq!(
        html("| a<b | n |\n|---|--:|\n| `x` | 1 |"),
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"a&lt;b, n\"><table>\n<thead><tr>\
         <th scope=\"col\">a&lt;b</th><th scope=\"col\" class=\"right\">n</th></tr></thead>\n<tbody>\n\
         <tr><td><code>x</code></td><td class=\"right\">1</td></tr>\n</tbody></table></div>\n"
    );
    assert!(
        html("| | n |\n|---|--:|\n| x | 1 |").contains("<tr><td></td><th scope=\"col\" class=\"right\">n</th></tr>")
    );
    let sql = html("```sql\nSELECT 1 -- <one>\n```");
    assert!(
        sql.starts_with("<pre tabindex=\"0\"><code class=\"language-sql\"><span class=\"hl-source hl-sql\">"),
        "{sql}"
    );
    assert!(sql.contains("hl-keyword") && sql.contains("hl-comment") && sql.contains("&lt;one&gt;"), "{sql}");
    for language in ["python", "yaml", "bash", "json"] {
        assert!(html(&format!("```{language}\na: 1\n```")).contains("hl-"), "{language}");
    }
    assert_eq!(
        html("```mermaid\na<b\n```"),
        "<pre tabindex=\"0\"><code class=\"language-mermaid\">a&lt;b\n</code></pre>\n"
    );
    assert_eq!(
        html("```\"><script>\nx\n```"),
        "<pre tabindex=\"0\"><code class=\"language-script\">x\n</code></pre>\n"
    );
    assert!(html("Text[^1].\n\n[^1]: Note.").contains("footnote-definition"));
    assert!(html("~~gone~~").contains("<del>"));
    assert!(html("- [ ] x").contains("[ ] x"));
}

#[test]
fn inline_text_is_one_line() {
    assert_eq!(inline("`a` *b* _c_"), "<code>a</code> <em>b</em> <em>c</em>");
    for (text, expected) in [
        ("1. x", "1. x"),
        ("- 5", "- 5"),
        ("# x", "# x"),
        ("> x", "&gt; x"),
        ("2.", "2."),
        ("a\n\nb", "a b"),
        ("<i>", "&lt;i&gt;"),
    ] {
        assert_eq!(inline(text), expected);
    }
    assert_eq!(inline("    code"), "code");
    assert_eq!(inline(""), "");
}
