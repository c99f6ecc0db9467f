//! The small words of the templates: text, dates, numbers, and the components, each callable from any template.

use std::collections::HashMap;
use std::sync::Arc;

use fluent_bundle::FluentArgs;
use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderError, RenderErrorReason,
    Renderable, ScopedJson, StringOutput, html_escape,
};
use serde_json::Value as Json;

use super::components;
use super::dates::{Clockwork, Grain};
use super::forms;
use crate::web::kit::words::{Words, number, percent, variable};

/// What helpers work with besides their arguments.
pub(super) struct Toolbox {
    /// The messages.
    pub(super) words: Arc<Words>,
    /// SVG text by name.
    pub(super) icons: HashMap<String, String>,
    /// Content stamp by asset path.
    pub(super) stamps: HashMap<String, String>,
}

/// One call of a helper: its arguments, and the page that it is called on.
pub(super) struct Call<'a, 'rc> {
    pub(super) tools: &'a Toolbox,
    pub(super) args: &'a Helper<'rc>,
    pub(super) root: &'a Json,
    /// Whether markup is wanted, or plain text because another helper takes the result.
    pub(super) markup: bool,
    /// What stands between a block helper's tags.
    pub(super) inner: String,
}

pub(super) type Made = Result<String, RenderError>;
type Make = for<'a, 'rc> fn(&Call<'a, 'rc>) -> Made;

impl<'a> Call<'a, '_> {
    pub(super) fn lang(&self) -> &'a str {
        self.root.get("lang").and_then(Json::as_str).unwrap_or("en")
    }

    pub(super) fn clock(&self) -> Clockwork<'a> {
        Clockwork {
            words: &self.tools.words,
            lang: self.lang(),
            zone: self.root.get("zone").and_then(Json::as_str).unwrap_or("UTC"),
            now: self.root.get("now").and_then(Json::as_i64).unwrap_or(0),
        }
    }

    /// The argument at a place.
    pub(super) fn at(&self, place: usize) -> Result<&Json, RenderError> {
        let param = self.args.param(place).ok_or(RenderErrorReason::ParamNotFoundForIndex("helper", place))?;
        if param.is_value_missing() {
            return Err(wrong(&format!(
                "`{}` is given `{}`, which is not there",
                self.args.name(),
                param.relative_path().map_or("?", String::as_str)
            )));
        }
        Ok(param.value())
    }

    /// A named argument; null and absent are both none.
    pub(super) fn named(&self, name: &str) -> Option<&Json> {
        self.args.hash_get(name).map(handlebars::PathAndJson::value).filter(|v| !v.is_null())
    }

    /// A named argument as text.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.named(name).map(plain)
    }

    /// A named argument as a number.
    pub(super) fn real(&self, name: &str) -> Option<f64> {
        self.named(name).and_then(Json::as_f64)
    }

    /// A named argument that is there and not false or empty.
    pub(super) fn flag(&self, name: &str) -> bool {
        match self.named(name) {
            None | Some(Json::Bool(false)) => false,
            Some(Json::String(s)) => !s.is_empty(),
            Some(Json::Array(a)) => !a.is_empty(),
            Some(_) => true,
        }
    }

    /// A message with no variables, as text.
    pub(super) fn say(&self, key: &str) -> Made {
        self.say_with(key, &FluentArgs::new())
    }

    /// A message with variables, as text.
    pub(super) fn say_with(&self, key: &str, args: &FluentArgs<'_>) -> Made {
        self.tools.words.say(self.lang(), key, args).map_err(|e| wrong(&e.to_string()))
    }

    /// An icon by name.
    pub(super) fn icon(&self, name: &str) -> Made {
        let svg = self.tools.icons.get(name).ok_or_else(|| wrong(&format!("no icon `{name}`")))?;
        Ok(svg.clone())
    }
}

/// How icons that are drawn by lines say so; the stylesheet says it for all of them (`.icon-line`).
const LINES: &str =
    " fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.7\" stroke-linecap=\"round\" stroke-linejoin=\"round\"";

/// An icon as pages hold it: dozens of times, and so in few bytes.
pub(super) fn inlined(svg: &str) -> String {
    let class = if svg.contains(LINES) { "icon icon-line" } else { "icon" };
    let open = format!("<svg class=\"{class}\" aria-hidden=\"true\"");
    svg.trim().replacen(LINES, "", 1).replacen("<svg", &open, 1)
}

/// A failure of drawing with a sentence.
pub(super) fn wrong(what: &str) -> RenderError {
    RenderErrorReason::Other(what.to_owned()).into()
}

/// A JSON scalar as text.
pub(super) fn plain(value: &Json) -> String {
    match value {
        Json::String(s) => s.clone(),
        Json::Null => String::new(),
        other => other.to_string(),
    }
}

struct Tool {
    tools: Arc<Toolbox>,
    make: Make,
}

impl HelperDef for Tool {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        args: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let call = Call { tools: &self.tools, args, root: ctx.data(), markup: false, inner: String::new() };
        Ok(ScopedJson::Derived(Json::String((self.make)(&call)?)))
    }

    fn call<'reg: 'rc, 'rc>(
        &self,
        args: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        ctx: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let mut inner = String::new();
        if let Some(block) = args.template() {
            let mut buffer = StringOutput::new();
            block.render(registry, ctx, rc, &mut buffer)?;
            inner = buffer.into_string()?;
        }
        let call = Call { tools: &self.tools, args, root: ctx.data(), markup: true, inner };
        out.write(&(self.make)(&call)?)?;
        Ok(())
    }
}

/// Makes every helper known to the templates.
pub(super) fn register(registry: &mut Handlebars<'static>, tools: &Arc<Toolbox>) {
    let all: [(&str, Make); 36] = [
        ("t", say),
        ("when", |c| date(c, Grain::Minute, true)),
        ("moment", |c| date(c, Grain::Minute, false)),
        ("day", |c| date(c, Grain::Day, false)),
        ("clock", |c| date(c, Grain::Second, false)),
        ("moment_clock", |c| date(c, Grain::Whole, false)),
        ("opens", |c| opens(c, Grain::Minute, true)),
        ("opens_clock", |c| opens(c, Grain::Second, false)),
        ("ago", ago),
        ("span", |c| Ok(c.clock().span(c.at(0)?.as_i64().unwrap_or(0)))),
        ("num", |c| Ok(number(c.lang(), c.at(0)?.as_f64().unwrap_or(0.0)))),
        ("pct", |c| Ok(percent(c.lang(), c.at(0)?.as_f64().unwrap_or(0.0)))),
        ("asset", asset),
        ("enc", |c| Ok(encode(&plain(c.at(0)?)))),
        ("icon", |c| c.icon(&plain(c.at(0)?))),
        ("token_field", token_field),
        ("badge", components::badge),
        ("stamp", components::stamp),
        ("ring", components::ring),
        ("bar", components::bar),
        ("timebar", components::timebar),
        ("field", forms::field),
        ("error_summary", forms::error_summary),
        ("pager", components::pager),
        ("empty", components::empty),
        ("snippet", components::snippet),
        ("crumbs", components::crumbs),
        ("region", components::region),
        ("mark", components::mark),
        ("gauge", components::gauge),
        ("steps_list", components::steps_list),
        ("period", period),
        ("minutes_span", |c| Ok(c.clock().span(c.at(0)?.as_i64().unwrap_or(0) * 60))),
        ("text", |c| Ok(html_escape(&plain(c.at(0)?)))),
        ("key", joined),
        // An address breaks before its domain rather than anywhere.
        ("breakable", |c| Ok(html_escape(&plain(c.at(0)?)).replace('@', "<wbr>@"))),
    ];
    for (name, make) in all {
        registry.register_helper(name, Box::new(Tool { tools: Arc::clone(tools), make }));
    }
}

fn say(call: &Call<'_, '_>) -> Made {
    let key = plain(call.at(0)?);
    let mut args = FluentArgs::new();
    for (name, value) in call.args.hash() {
        if value.is_value_missing() {
            return Err(wrong(&format!("message `{key}`: variable `{name}` is not there")));
        }
        match value.value() {
            Json::String(text) if call.markup => args.set(*name, html_escape(text)),
            other => args.set(*name, variable(other)),
        }
    }
    call.say_with(&key, &args)
}

fn date(call: &Call<'_, '_>, grain: Grain, hint: bool) -> Made {
    let Some(at) = call.at(0)?.as_i64() else {
        return Ok(String::new());
    };
    dated(call, at, grain, hint)
}

/// `{{opens view.next_chance}}`: an instant from which something is possible, rounded up to what is written of it.
fn opens(call: &Call<'_, '_>, grain: Grain, hint: bool) -> Made {
    let Some(at) = call.at(0)?.as_i64() else {
        return Ok(String::new());
    };
    dated(call, Clockwork::rounded_up(at, grain), grain, hint)
}

fn dated(call: &Call<'_, '_>, at: i64, grain: Grain, hint: bool) -> Made {
    let clock = call.clock();
    let text = clock.absolute(at, grain);
    if !call.markup {
        return Ok(text);
    }
    let machine = Clockwork::machine(at);
    let text = html_escape(&text);
    Ok(if hint {
        let far = html_escape(&clock.relative(at));
        format!("<time datetime=\"{machine}\">{text} <small class=\"rel\">{far}</small></time>")
    } else {
        format!("<time datetime=\"{machine}\">{text}</time>")
    })
}

fn ago(call: &Call<'_, '_>) -> Made {
    let Some(at) = call.at(0)?.as_i64() else {
        return Ok(String::new());
    };
    let clock = call.clock();
    let far = clock.relative(at);
    if !call.markup {
        return Ok(far);
    }
    Ok(format!(
        "<time datetime=\"{}\" title=\"{}\">{}</time>",
        Clockwork::machine(at),
        html_escape(&clock.absolute(at, Grain::Minute)),
        html_escape(&far)
    ))
}

/// `{{key "a-" view.kind "-b"}}`: its arguments one after another; for the key of a message or the name of a field.
fn joined(call: &Call<'_, '_>) -> Made {
    (0..call.args.params().len()).map(|i| Ok(plain(call.at(i)?))).collect()
}

/// `{{period view.validity}}`: a `{n, unit}` in words.
fn period(call: &Call<'_, '_>) -> Made {
    let value = call.at(0)?;
    let unit = value.get("unit").and_then(Json::as_str).unwrap_or("days");
    let mut args = FluentArgs::new();
    args.set("n", variable(value.get("n").unwrap_or(&Json::Null)));
    call.say_with(&format!("period-{unit}"), &args)
}

fn asset(call: &Call<'_, '_>) -> Made {
    let path = plain(call.at(0)?);
    let stamp = call.tools.stamps.get(&path).ok_or_else(|| wrong(&format!("no asset `{path}`")))?;
    Ok(format!("/assets/{path}?v={stamp}"))
}

fn token_field(call: &Call<'_, '_>) -> Made {
    let token = call.root.get("form_token").and_then(Json::as_str).unwrap_or_default();
    Ok(format!("<input type=\"hidden\" name=\"form_token\" value=\"{}\">", html_escape(token)))
}

/// Percent-encodes all but unreserved characters (RFC 3986, 2.3), for one segment of a path or one value of a query.
pub(super) fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
