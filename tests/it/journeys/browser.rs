//! A service on a port of its own, and a browser without JavaScript that fills and sends the forms that stand on its pages.

use crate::support::{self, engine::Database};
use habilis::{
    actions::{load_content, rotate_keys, set_up},
    app::App,
    base::{clock::Clock, ids::Id},
    curriculum::source::Source,
    identity::actor::Actor,
    web::server::Application,
};
use serde_json::Value;
use std::{collections::BTreeMap, path::Path};

pub(super) struct Service {
    pub(super) app: App,
    pub(super) base: String,
    /// The path of the set-up link.
    pub(super) set_up: String,
    _engine: Database,
}

impl Service {
    /// The sample academy, before anybody has an account.
    pub(super) async fn start(clock: Clock) -> Self {
        let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("courses");
        Self::with(Source::folder(&courses).unwrap(), clock).await
    }

    /// Another academy, before anybody has an account.
    pub(super) async fn with(source: Source, clock: Clock) -> Self {
        let engine = Database::migrated().await;
        let app = support::open(&engine, clock).await;
        rotate_keys::ensure_keys(&app).await.unwrap();
        load_content::load_content(&app, &Actor::operator("test"), source).await.unwrap();
        let link = set_up::set_up_link(&app).await.unwrap().unwrap();
        let set_up = format!("/welcome/{}", link.rsplit('/').next().unwrap());
        let served = Application::build(app.clone(), None).unwrap();
        let base = format!("http://{}", served.address());
        std::thread::spawn(move || actix_web::rt::System::new().block_on(served.run()));
        Self { app, base, set_up, _engine: engine }
    }

    /// The answers that earn every point of an attempt, by place: the fields that a plain form would send.
    pub(super) async fn keys(&self, attempt: &str) -> BTreeMap<i64, Vec<(String, String)>> {
        let attempt: Id<habilis::base::ids::Attempt> = attempt.parse().unwrap();
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let forms = support::on_form(&self.app, attempt).await;
        let keys = support::keys(&self.app, attempt).await;
        let fields = |no: i64, key: Value| match key {
            Value::Array(tokens) => {
                let question = forms.values().find(|question| question.no == no).unwrap();
                // All of them in an order, or some of them ticked.
                let ordered = question.question.as_str().contains("order");
                let place = |(token, place): (&Value, usize)| match ordered {
                    true => (format!("a{no}.{}", text(token)), place.to_string()),
                    false => (format!("a{no}"), text(token)),
                };
                tokens.iter().zip(1..).map(place).collect()
            }
            Value::Object(parts) => {
                parts.iter().map(|(token, value)| (format!("a{no}.{token}"), text(value))).collect()
            }
            one => vec![(format!("a{no}"), text(&one))],
        };
        keys.into_iter().map(|(no, key)| (no, fields(no, key))).collect()
    }
}

/// What came back.
pub(super) struct Page {
    pub(super) status: u16,
    pub(super) path: String,
    pub(super) html: String,
}

impl Page {
    #[track_caller]
    pub(super) fn says(&self, text: &str) -> &Self {
        assert!(
            self.html.contains(text),
            "{} ({}) does not say `{text}`:\n{}",
            self.path,
            self.status,
            main_of(&self.html)
        );
        self
    }

    #[track_caller]
    pub(super) fn hides(&self, text: &str) -> &Self {
        assert!(!self.html.contains(text), "{} says `{text}`", self.path);
        self
    }

    #[track_caller]
    pub(super) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}:\n{}", self.path, main_of(&self.html));
        self
    }

    #[track_caller]
    pub(super) fn at(&self, path: &str) -> &Self {
        assert_eq!(self.path, path, "{}", main_of(&self.html));
        self
    }

    /// The addresses of the page's links that begin so.
    pub(super) fn links(&self, start: &str) -> Vec<String> {
        let found = self.html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        found.filter(|href| href.starts_with(start)).map(str::to_owned).collect()
    }
}

fn main_of(html: &str) -> &str {
    html.split_once("<main").map_or(html, |(_, rest)| rest)
}

/// An attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    Some(plain(tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?))
}

/// A text as it was before it was written into HTML.
fn plain(html: &str) -> String {
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x3D;", "="), ("&amp;", "&")];
    marks.iter().fold(html.to_owned(), |text, (written, meant)| text.replace(written, meant))
}

#[derive(Clone)]
pub(super) struct Browser {
    client: reqwest::Client,
    base: String,
}

impl Browser {
    pub(super) fn new(service: &Service, language: &str) -> Self {
        let mut headers = reqwest::header::HeaderMap::new();
        headers.insert("accept-language", language.parse().unwrap());
        let client = reqwest::Client::builder()
            .cookie_store(true)
            .default_headers(headers)
            .user_agent("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
            .build()
            .unwrap();
        Self { client, base: service.base.clone() }
    }

    async fn took(reply: reqwest::Response) -> Page {
        let status = reply.status().as_u16();
        let path = reply.url().path().to_owned();
        Page { status, path, html: reply.text().await.unwrap() }
    }

    pub(super) async fn open(&self, path: &str) -> Page {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        Self::took(self.client.get(url).send().await.unwrap()).await
    }

    /// Sends the form of a page that goes to `action`, with its hidden fields and these.
    #[track_caller]
    pub(super) fn send<'a>(
        &'a self,
        page: &'a Page,
        action: &'a str,
        fields: &'a [(&'a str, &'a str)],
    ) -> impl Future<Output = Page> + 'a {
        let form = page.html.split("<form").find(|form| form.contains(&format!("action=\"{action}\"")));
        let form = form.unwrap_or_else(|| panic!("{} has no form for {action}:\n{}", page.path, main_of(&page.html)));
        let mut sent: Vec<(String, String)> = Vec::new();
        for input in form.split("<input").skip(1) {
            let input = input.split('>').next().unwrap_or_default();
            let (Some(name), kind) = (attribute(input, "name"), attribute(input, "type").unwrap_or_default()) else {
                continue;
            };
            let given = fields.iter().any(|(field, _)| *field == name);
            let chosen = match kind.as_str() {
                "radio" | "checkbox" => input.contains(" checked"),
                _ => true,
            };
            if chosen && !given {
                sent.push((name, attribute(input, "value").unwrap_or_default()));
            }
        }
        for select in form.split("<select").skip(1) {
            let select = select.split("</select>").next().unwrap_or_default();
            let Some(name) = attribute(select, "name") else { continue };
            let chosen = select.split("<option").skip(1).find(|option| option.contains(" selected"));
            let value = chosen.and_then(|option| attribute(option, "value")).unwrap_or_default();
            if !fields.iter().any(|(field, _)| *field == name) {
                sent.push((name, value));
            }
        }
        for area in form.split("<textarea").skip(1) {
            let area = area.split("</textarea>").next().unwrap_or_default();
            let (Some(name), Some((_, text))) = (attribute(area, "name"), area.split_once('>')) else { continue };
            if !fields.iter().any(|(field, _)| *field == name) {
                // As browsers do: the first line break is not the text's, and those of the text are sent as two characters.
                let text = plain(text.strip_prefix('\n').unwrap_or(text)).replace('\n', "\r\n");
                sent.push((name, text));
            }
        }
        sent.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        async move { self.post(action, &sent).await }
    }

    pub(super) async fn post(&self, path: &str, fields: &[(String, String)]) -> Page {
        Self::took(self.client.post(format!("{}{path}", self.base)).form(fields).send().await.unwrap()).await
    }
}
