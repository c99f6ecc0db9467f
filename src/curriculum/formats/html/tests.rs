//! HTML as editors write it, and as nobody should.

use super::*;

fn md(html: &str) -> String {
    to_markdown(html, false, false, &mut Shelf::default(), &mut Notes::new())
}

fn line(html: &str) -> String {
    to_markdown(html, true, false, &mut Shelf::default(), &mut Notes::new())
}

fn notes(html: &str) -> Vec<String> {
    let mut notes = Notes::new();
    to_markdown(html, false, false, &mut Shelf::default(), &mut notes);
    notes.into_iter().collect()
}

#[test]
fn words_and_blocks() {
    assert_eq!(
        md("<p>One&nbsp;<b> two </b>three</p><p>caf&eacute; &lt;x&gt; &#8364;</p>"),
        "One **two** three\n\ncafé \\<x> €"
    );
    assert_eq!(md("a<br>b<br/>c"), "a\\\nb\\\nc");
    assert_eq!(md("<h2>T</h2><div>x</div><div>y</div>"), "### T\n\nx\ny");
    assert_eq!(
        md("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol><li>x</li><li>y</li></ol>"),
        "- a\n  - b\n- c\n\n1.  x\n2.  y"
    );
    assert_eq!(md("<blockquote><p>a</p><p>b</p></blockquote>c"), "> a\n>\n> b\n\nc");
    assert_eq!(md("<b><p>a</p><p>b</p></b>"), "**a**\n\n**b**");
    assert_eq!(md("x<sup>2</sup> H<sub>2</sub>O e<sup>ab</sup>"), "x² H₂O e^ab");
    assert_eq!(md("1. not a list"), "1\\. not a list");
}

#[test]
fn code_keeps_its_lines() {
    assert_eq!(md("<pre>\nif (a &lt; b) {\n  <b>x</b>\n}\n</pre>"), "```\nif (a < b) {\n  x\n}\n```");
    assert_eq!(md("use <code>a*b</code>"), "use `a*b`");
    assert_eq!(line("<pre>one</pre> two"), "`one` two");
    let guess = |html: &str| to_markdown(html, false, true, &mut Shelf::default(), &mut Notes::new());
    assert_eq!(guess("See:\n<pre>\n<script>\nx\n</script>\n</pre>"), "See:\n\n```\n<script>\nx\n</script>\n```");
}

#[test]
fn tables_and_links() {
    assert_eq!(
        md("<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td></tr></table>after"),
        "| a | b\\|c |\n| --- | --- |\n| 1 |  |\n\nafter"
    );
    assert_eq!(md("<a href=\"https://x.example/a?b=1&amp;c\">x [y]</a>"), "[x \\[y\\]](https://x.example/a?b=1&c)");
    assert_eq!(md("<a href='javascript:alert(1)'>x</a>"), "x");
    assert_eq!(notes("<a href='javascript:alert(1)'>x</a>"), ["a link that leads nowhere from here became text"]);
}

#[test]
fn what_is_dropped_is_said() {
    assert_eq!(md("a<script>alert('</b>')</script>b<!-- c --><style>x{}</style><input type=text>"), "ab");
    assert_eq!(
        notes("a<script>x</script><iframe src=y></iframe>"),
        ["`<iframe>` was left out", "`<script>` was left out"]
    );
    assert_eq!(md("a <foo> b < c <3"), "a \\<foo> b < c <3");
    assert_eq!(notes("a <foo>"), ["`<foo>` was taken as text"]);
    assert_eq!(notes("<span style='color: red'>x</span>"), ["colours and other styles were left out"]);
    assert_eq!(line("<img src='https://x.example/y.png' alt='A key'>"), "(A key)");
    assert_eq!(md("<script>never closed"), "");
}

#[test]
fn undeclared_html_is_told_from_signs() {
    for html in ["<p>x</p>", "a <b>c</b>", "x<br>y", "<pre>\n<!doctype html>\n</pre>y", "a&nbsp;b", "<a href='x'>y</a>"]
    {
        assert!(looks_like(html), "{html}");
    }
    for text in [
        "What does <pre> do?",
        "<?php",
        "<script>",
        "a < b > c",
        "x </pre>",
        "<br>",
        "List<String>",
        "AT&T",
        "",
        "<b></i>",
    ] {
        assert!(!looks_like(text), "{text}");
    }
}
