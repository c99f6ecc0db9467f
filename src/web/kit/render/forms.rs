//! The parts of forms: a labelled field with its hint and error, and the summary of what is wrong.

use std::fmt::Write as _;

use fluent_bundle::{FluentArgs, FluentValue};
use handlebars::html_escape;
use serde_json::Value as Json;

use super::helpers::{Call, Made, plain, wrong};

/// `{{field name= label=}}`: a labelled input with its hint and its error.
///
/// `type=` is an input type, `textarea` or `select` (with `options=` as a list of `{value, label}`); `value=`, `hint=`, `error=` or
/// `errors=` (the page's list), `required=`, `autocomplete=`, `inputmode=`, `rows=`, `min=`, `max=`, `maxlength=`, `placeholder=`,
/// `id=` (else the name), `mono=`, `autofocus=`, `unit=`.
pub(super) fn field(call: &Call<'_, '_>) -> Made {
    let name = call.text("name").ok_or_else(|| wrong("a field wants name="))?;
    let label = call.text("label").ok_or_else(|| wrong("a field wants label="))?;
    let id = html_escape(&call.text("id").unwrap_or_else(|| name.clone()));
    let kind = call.text("type").unwrap_or_else(|| "text".into());
    let value = call.text("value").unwrap_or_default();
    let error = call.text("error").filter(|e| !e.is_empty()).or_else(|| {
        call.named("errors")?
            .as_array()?
            .iter()
            .find_map(|e| (matches!(e.get("field")?.as_str()?, at if at == name || at == id)).then(|| e.get("text").map(plain).unwrap_or_default()))
    });

    let mut about = Vec::new();
    let mut out = format!("<div class=\"field{}\">", if error.is_some() { " field-wrong" } else { "" });
    let _ = write!(out, "<label for=\"{id}\">{}", html_escape(&label));
    if call.flag("optional") {
        let _ = write!(out, " <span class=\"muted\">{}</span>", html_escape(&call.say("field-optional")?));
    }
    out.push_str("</label>");
    if let Some(hint) = call.text("hint") {
        let _ = write!(out, "<p class=\"hint\" id=\"{id}-hint\">{}</p>", html_escape(&hint));
        about.push(format!("{id}-hint"));
    }
    if let Some(error) = &error {
        let icon = call.icon("alert")?;
        let _ = write!(out, "<p class=\"error\" id=\"{id}-error\">{icon}{}</p>", html_escape(error));
        about.push(format!("{id}-error"));
    }

    let mut attrs = format!(" id=\"{id}\" name=\"{}\"", html_escape(&name));
    for attr in
        ["autocomplete", "inputmode", "min", "max", "step", "minlength", "maxlength", "placeholder", "pattern", "list"]
    {
        if let Some(set) = call.text(attr) {
            let _ = write!(attrs, " {attr}=\"{}\"", html_escape(&set));
        }
    }
    for attr in ["required", "autofocus", "readonly", "disabled"] {
        if call.flag(attr) {
            let _ = write!(attrs, " {attr}");
        }
    }
    if error.is_some() {
        attrs.push_str(" aria-invalid=\"true\"");
    }
    if !about.is_empty() {
        let _ = write!(attrs, " aria-describedby=\"{}\"", about.join(" "));
    }
    if call.flag("mono") {
        attrs.push_str(" class=\"mono\" spellcheck=\"false\"");
    }
    let shown = html_escape(&value);
    let unit = call.text("unit");
    if unit.is_some() {
        out.push_str("<span class=\"with-unit\">");
    }
    match kind.as_str() {
        "textarea" => {
            let rows = call.text("rows").unwrap_or_else(|| "4".into());
            let _ = write!(out, "<textarea{attrs} rows=\"{}\">{shown}</textarea>", html_escape(&rows));
        }
        "select" => {
            let _ = write!(out, "<select{attrs}>");
            for option in call.named("options").and_then(Json::as_array).into_iter().flatten() {
                let this = option.get("value").map(plain).unwrap_or_default();
                let said = option.get("label").map(plain).unwrap_or_default();
                let chosen = if this == value { " selected" } else { "" };
                let _ = write!(out, "<option value=\"{}\"{chosen}>{}</option>", html_escape(&this), html_escape(&said));
            }
            out.push_str("</select>");
        }
        kind => {
            let _ = write!(out, "<input type=\"{}\"{attrs} value=\"{shown}\">", html_escape(kind));
        }
    }
    if let Some(unit) = unit {
        let _ = write!(out, "<span class=\"unit\">{}</span></span>", html_escape(&unit));
    }
    out.push_str("</div>");
    Ok(out)
}

/// `{{error_summary view.errors}}`: what is wrong with the form, each line leading to its field; nothing where nothing is.
pub(super) fn error_summary(call: &Call<'_, '_>) -> Made {
    let errors = call.at(0)?.as_array().map(Vec::as_slice).unwrap_or_default();
    if errors.is_empty() {
        return Ok(String::new());
    }
    let mut args = FluentArgs::new();
    args.set("n", FluentValue::from(errors.len()));
    let mut out = format!(
        "<div class=\"notice notice-error\" role=\"alert\">{}<div><p class=\"notice-title\">{}</p><ul>",
        call.icon("alert")?,
        html_escape(&call.say_with("errors-title", &args)?)
    );
    for error in errors {
        let field = error.get("field").map(plain).unwrap_or_default();
        let text = html_escape(&error.get("text").map(plain).unwrap_or_default());
        if field.is_empty() {
            let _ = write!(out, "<li>{text}</li>");
        } else {
            let _ = write!(out, "<li><a href=\"#{}\">{text}</a></li>", html_escape(&field));
        }
    }
    out.push_str("</ul></div></div>");
    Ok(out)
}
