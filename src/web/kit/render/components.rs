//! The building blocks that many pages share, drawn in code because they are drawn often: badges, rings, bars, fields, pagers.

use std::fmt::Write as _;

use fluent_bundle::{FluentArgs, FluentValue};
use handlebars::html_escape;
use serde_json::Value as Json;

use super::dates::Grain;
use super::helpers::{Call, Made, plain, wrong};
use crate::web::kit::words::number;

/// Every status that a badge can show, with its tone and its shape; the word is the message `status-<code>`.
pub(super) const STATUSES: &[(&str, &str, &str)] = &[
    // good
    ("effective", "ok", "check"),
    ("active", "ok", "check"),
    ("valid", "ok", "check"),
    ("passed", "ok", "check"),
    ("done", "ok", "check"),
    ("earned", "ok", "check"),
    ("approved", "ok", "check"),
    ("met", "ok", "check"),
    ("kept", "ok", "check"),
    ("verified", "ok", "check"),
    ("reachable", "ok", "check"),
    ("right", "ok", "check"),
    ("justified", "ok", "check"),
    // soon
    ("expiring", "warn", "half"),
    ("renewable", "warn", "half"),
    ("superseded", "warn", "half"),
    ("suspended", "warn", "pause"),
    ("retiring", "warn", "half"),
    ("returned", "warn", "back"),
    ("warning", "warn", "alert"),
    ("partly", "warn", "half"),
    ("taken", "warn", "alert"),
    // over or refused
    ("expired", "bad", "cross"),
    ("lapsed", "bad", "cross"),
    ("revoked", "bad", "stop"),
    ("overdue", "bad", "alert"),
    ("failed", "bad", "cross"),
    ("rejected", "bad", "cross"),
    ("refused", "bad", "cross"),
    ("locked", "bad", "lock"),
    ("disabled", "bad", "stop"),
    ("removed", "bad", "cross"),
    ("unreachable", "bad", "alert"),
    ("broken", "bad", "alert"),
    ("wrong", "bad", "cross"),
    ("unjustified", "bad", "cross"),
    // on its way
    ("requestable", "wait", "arrow"),
    ("waiting", "wait", "dots"),
    ("in_review", "wait", "dots"),
    ("submitted", "wait", "dots"),
    ("pending_review", "wait", "dots"),
    ("scheduled", "wait", "dots"),
    ("in_progress", "wait", "half"),
    ("open", "wait", "arrow"),
    ("invited", "wait", "dots"),
    ("next", "wait", "dots"),
    ("live", "wait", "dots"),
    // nothing yet, or no more
    ("missing", "mute", "ring"),
    ("not_started", "mute", "ring"),
    ("blocked", "mute", "ring"),
    ("draft", "mute", "ring"),
    ("ended", "mute", "square"),
    ("closed", "mute", "square"),
    ("withdrawn", "mute", "square"),
    ("cancelled", "mute", "square"),
    ("voided", "mute", "square"),
    ("graded", "mute", "square"),
    ("minted", "mute", "square"),
    ("not_counted", "mute", "square"),
    ("gone", "mute", "square"),
    ("lifted", "mute", "square"),
    ("unanswered", "mute", "ring"),
    ("unknown", "mute", "ring"),
];

/// Whether a badge can show this status.
#[must_use]
pub fn is_status(code: &str) -> bool {
    STATUSES.iter().any(|(known, ..)| *known == code)
}

/// `{{badge code}}`: a word, a shape and a colour. `label=` replaces the word, `big=true` enlarges it.
pub(super) fn badge(call: &Call<'_, '_>) -> Made {
    let code = plain(call.at(0)?);
    let (_, tone, shape) =
        STATUSES.iter().find(|(known, ..)| *known == code).ok_or_else(|| wrong(&format!("no status `{code}`")))?;
    let word = match call.text("label") {
        Some(label) => label,
        None => call.say(&format!("status-{code}"))?,
    };
    let big = if call.flag("big") { " badge-big" } else { "" };
    Ok(format!(
        "<span class=\"badge badge-{tone}{big}\">{}{}</span>",
        call.icon(&format!("s-{shape}"))?,
        html_escape(&word)
    ))
}

/// `{{stamp code text}}`: the status as a rubber stamp, with a short line under it.
pub(super) fn stamp(call: &Call<'_, '_>) -> Made {
    let code = plain(call.at(0)?);
    let (_, tone, shape) =
        STATUSES.iter().find(|(known, ..)| *known == code).ok_or_else(|| wrong(&format!("no status `{code}`")))?;
    let line = call.at(1).map(plain).unwrap_or_default();
    let small = if line.is_empty() { String::new() } else { format!("<small>{}</small>", html_escape(&line)) };
    Ok(format!(
        "<span class=\"stamp tone-{tone}\"><span>{}{}</span>{small}</span>",
        call.icon(&format!("s-{shape}"))?,
        html_escape(&call.say(&format!("status-{code}"))?)
    ))
}

/// `{{ring percent label=}}`: how much of something is done; the figure stands inside. `tone=`, `small=true`.
pub(super) fn ring(call: &Call<'_, '_>) -> Made {
    let percent = call.at(0)?.as_f64().unwrap_or(0.0).clamp(0.0, 100.0);
    let tone = call.text("tone").unwrap_or_else(|| if percent >= 100.0 { "ok" } else { "accent" }.into());
    let label = html_escape(&call.text("label").unwrap_or_default());
    let small = if call.flag("small") { " ring-small" } else { "" };
    let inside = if percent >= 100.0 {
        "<path class=\"ring-tick\" d=\"m13.4 20.6 4.4 4.4 8.8-9.6\"/>".to_owned()
    } else {
        format!("<text x=\"20\" y=\"20\" dy=\".36em\" text-anchor=\"middle\">{percent:.0}</text>")
    };
    Ok(format!(
        "<svg class=\"ring tone-{tone}{small}\" viewBox=\"0 0 40 40\" role=\"img\" aria-label=\"{label}\">\
         <circle class=\"ring-rail\" cx=\"20\" cy=\"20\" r=\"15.9155\"/>\
         <circle class=\"ring-part\" cx=\"20\" cy=\"20\" r=\"15.9155\" stroke-dasharray=\"{percent:.1} 100\" transform=\"rotate(-90 20 20)\"/>\
         {inside}</svg>"
    ))
}

/// `{{bar percent label=}}`: a share as a bar. `mark=` draws a line that must be reached and colours the bar by it; `tone=` sets the colour.
pub(super) fn bar(call: &Call<'_, '_>) -> Made {
    let percent = call.at(0)?.as_f64().unwrap_or(0.0).clamp(0.0, 100.0);
    let mark = call.real("mark");
    let tone = call.text("tone").unwrap_or_else(|| {
        match mark {
            Some(mark) if percent < mark => "bad",
            Some(_) => "ok",
            None => "accent",
        }
        .into()
    });
    let label = html_escape(&call.text("label").unwrap_or_default());
    let line = mark
        .map(|m| {
            format!("<rect class=\"bar-mark\" x=\"{:.1}\" y=\"0\" width=\".8\" height=\"8\"/>", m.clamp(0.0, 99.2))
        })
        .unwrap_or_default();
    Ok(format!(
        "<svg class=\"bar tone-{tone}\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{label}\">\
         <rect class=\"bar-rail\" width=\"100\" height=\"8\"/><rect class=\"bar-part\" width=\"{percent:.1}\" height=\"8\"/>{line}</svg>"
    ))
}

/// `{{timebar from until}}`: how much of a validity is left, amber from `soon=` on, red when it is over.
pub(super) fn timebar(call: &Call<'_, '_>) -> Made {
    let from = call.at(0)?.as_i64().unwrap_or(0);
    let until = call.at(1)?.as_i64().unwrap_or(0);
    let clock = call.clock();
    let soon = call.named("soon").and_then(Json::as_i64).unwrap_or(i64::MAX);
    #[expect(clippy::cast_precision_loss, reason = "a bar is drawn to a tenth of a percent")]
    let left =
        if until > from { ((until - clock.now) as f64 / (until - from) as f64 * 100.0).clamp(0.0, 100.0) } else { 0.0 };
    let tone = call.text("tone").unwrap_or_else(|| {
        if clock.now >= until {
            "bad"
        } else if clock.now >= soon || (soon == i64::MAX && left < 10.0) {
            "warn"
        } else {
            "ok"
        }
        .into()
    });
    let mut args = FluentArgs::new();
    args.set("far", clock.relative(until));
    let label = html_escape(&call.say_with(if clock.now >= until { "timebar-over" } else { "timebar-left" }, &args)?);
    Ok(format!(
        "<svg class=\"bar timebar tone-{tone}\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{label}\">\
         <rect class=\"bar-rail\" width=\"100\" height=\"8\"/><rect class=\"bar-part\" width=\"{left:.1}\" height=\"8\"/></svg>"
    ))
}

/// `{{pager view.pager}}`: previous and next, and how many lines there are; nothing where one page holds all.
pub(super) fn pager(call: &Call<'_, '_>) -> Made {
    let pager = call.at(0)?;
    let link = |name: &str| pager.get(name).and_then(Json::as_str);
    let mut args = FluentArgs::new();
    let count = |name: &str| pager.get(name).and_then(Json::as_i64);
    args.set("shown", FluentValue::from(count("shown").unwrap_or(0)));
    args.set("total", FluentValue::from(count("total").unwrap_or(0)));
    let said = call.say_with(if count("total").is_some() { "pager-of" } else { "pager-shown" }, &args)?;
    let mut out = format!(
        "<nav class=\"pager\" aria-label=\"{}\"><p class=\"muted\">{}</p><span class=\"pager-links\">",
        html_escape(&call.say("pager-label")?),
        html_escape(&said)
    );
    if let Some(to) = link("previous") {
        let (icon, word) = (call.icon("left")?, call.say("pager-previous")?);
        let _ = write!(
            out,
            "<a class=\"button button-quiet\" rel=\"prev\" href=\"{}\">{icon}{}</a>",
            html_escape(to),
            html_escape(&word)
        );
    }
    if let Some(to) = link("next") {
        let (icon, word) = (call.icon("right")?, call.say("pager-next")?);
        let _ = write!(
            out,
            "<a class=\"button button-quiet\" rel=\"next\" href=\"{}\">{}{icon}</a>",
            html_escape(to),
            html_escape(&word)
        );
    }
    out.push_str("</span></nav>");
    Ok(out)
}

/// `{{#empty icon= title=}}…{{/empty}}`: what will stand here, and how to make it so.
pub(super) fn empty(call: &Call<'_, '_>) -> Made {
    let icon = call.icon(&call.text("icon").unwrap_or_else(|| "leaf".into()))?;
    let title = html_escape(&call.text("title").ok_or_else(|| wrong("an empty state wants title="))?);
    Ok(format!(
        "<div class=\"empty\"><span class=\"empty-icon\">{icon}</span><p class=\"empty-title\">{title}</p><div class=\"empty-text\">{}</div></div>",
        call.inner
    ))
}

/// `{{snippet text label= lang=}}` (or as a block with markup inside): code with its name and a copy button.
pub(super) fn snippet(call: &Call<'_, '_>) -> Made {
    let label = html_escape(&call.text("label").unwrap_or_default());
    let code =
        if call.inner.is_empty() { html_escape(&plain(call.at(0)?)) } else { call.inner.trim_matches('\n').to_owned() };
    Ok(format!(
        "<figure class=\"snippet\"><figcaption><span>{label}</span>\
         <button type=\"button\" class=\"copy\" data-copy data-done=\"{}\" hidden>{}<span>{}</span></button></figcaption>\
         <pre tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><code>{code}</code></pre></figure>",
        html_escape(&call.say("copy-done")?),
        call.icon("copy")?,
        html_escape(&call.say("copy")?),
    ))
}

/// `{{#crumbs}}<li>…</li>{{/crumbs}}`: the way back.
pub(super) fn crumbs(call: &Call<'_, '_>) -> Made {
    let label = html_escape(&call.say("crumbs-label")?);
    Ok(format!("<nav class=\"crumbs\" aria-label=\"{label}\"><ol>{}</ol></nav>", call.inner))
}

/// `{{#region label=}}<table>…{{/region}}`: a wide thing that scrolls by itself on narrow screens, reachable by keyboard.
pub(super) fn region(call: &Call<'_, '_>) -> Made {
    let label = html_escape(&call.text("label").ok_or_else(|| wrong("a region wants label="))?);
    Ok(format!("<div class=\"scroller\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\">{}</div>", call.inner))
}

/// `{{mark}}`: the house's sign.
pub(super) fn mark(call: &Call<'_, '_>) -> Made {
    call.icon("mark").map(|svg| svg.replacen("class=\"icon\"", "class=\"mark\"", 1))
}

/// `{{gauge percent mark= label=}}`: a mark as a half circle, with the line to reach.
pub(super) fn gauge(call: &Call<'_, '_>) -> Made {
    let percent = call.at(0)?.as_f64().unwrap_or(0.0).clamp(0.0, 100.0);
    let mark = call.real("mark").unwrap_or(0.0).clamp(0.0, 100.0);
    let tone = call.text("tone").unwrap_or_else(|| if percent >= mark { "ok" } else { "bad" }.into());
    let label = html_escape(&call.text("label").unwrap_or_default());
    let turn = mark.mul_add(1.8, -180.0);
    Ok(format!(
        "<svg class=\"gauge tone-{tone}\" viewBox=\"0 0 120 70\" role=\"img\" aria-label=\"{label}\">\
         <path class=\"gauge-rail\" pathLength=\"100\" d=\"M10 62a50 50 0 0 1 100 0\"/>\
         <path class=\"gauge-part\" pathLength=\"100\" stroke-dasharray=\"{percent:.1} 200\" d=\"M10 62a50 50 0 0 1 100 0\"/>\
         <path class=\"gauge-mark\" d=\"M102 62h17\" transform=\"rotate({turn:.1} 60 62)\"/>\
         <text x=\"60\" y=\"60\" text-anchor=\"middle\">{}<tspan class=\"gauge-unit\"> %</tspan></text></svg>",
        html_escape(&number(call.lang(), (percent * 10.0).round() / 10.0))
    ))
}

/// `{{steps_list view.missing}}`: what to do, in order, each a link with its time.
pub(super) fn steps_list(call: &Call<'_, '_>) -> Made {
    let clock = call.clock();
    let mut out = String::from("<ol class=\"steps\">");
    for step in call.at(0)?.as_array().into_iter().flatten() {
        let text = |name: &str| step.get(name).map(plain).unwrap_or_default();
        let icon = call.icon(match text("kind").as_str() {
            "exam" => "exam",
            "course" => "courses",
            "request" => "access",
            "wait" => "clock",
            _ => "module",
        })?;
        let _ = write!(out, "<li>{icon}<a href=\"{}\">{}</a>", html_escape(&text("href")), html_escape(&text("title")));
        if let Some(at) = step.get("not_before").and_then(Json::as_i64) {
            let mut args = FluentArgs::new();
            args.set("at", clock.not_before(at, Grain::Minute));
            let _ = write!(out, "<small>{}</small>", html_escape(&call.say_with("step-from", &args)?));
        } else if let Some(minutes) = step.get("minutes").and_then(Json::as_i64) {
            let _ = write!(out, "<small>{}</small>", html_escape(&clock.span(minutes * 60)));
        }
        out.push_str("</li>");
    }
    out.push_str("</ol>");
    Ok(out)
}
