//! Endpoints: a route and its description in one value, so that what is served and what is documented can not part.

use super::once;
use actix_web::{FromRequest, Handler, Responder, Route, web};
use serde_json::json;
use std::collections::BTreeMap;
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{
        Content, HttpMethod, ObjectBuilder, Ref, RefOr, Required, Response, ResponseBuilder, Schema, Type,
        header::HeaderBuilder,
        path::{Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn},
        request_body::RequestBodyBuilder,
        schema::{ArrayBuilder, SchemaType},
        security::SecurityRequirement,
    },
};

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::web::api) enum Verb {
    Get,
    Post,
    Put,
    Delete,
}

impl Verb {
    pub(in crate::web::api) fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// What an `Allow` header says of it: where `GET` works, `HEAD` does.
    pub(in crate::web::api) fn allows(self) -> &'static str {
        if self == Self::Get { "GET, HEAD" } else { self.word() }
    }

    pub(in crate::web::api) fn http(self) -> HttpMethod {
        match self {
            Self::Get => HttpMethod::Get,
            Self::Post => HttpMethod::Post,
            Self::Put => HttpMethod::Put,
            Self::Delete => HttpMethod::Delete,
        }
    }
}

/// Endpoints about one noun.
pub(in crate::web::api) struct Group {
    pub(in crate::web::api) name: &'static str,
    pub(in crate::web::api) about: &'static str,
    pub(in crate::web::api) endpoints: Vec<Endpoint>,
}

/// One call.
pub(in crate::web::api) struct Endpoint {
    pub(in crate::web::api) verb: Verb,
    /// Under `/api/v1`.
    pub(in crate::web::api) path: &'static str,
    pub(in crate::web::api) route: Route,
    pub(in crate::web::api) doc: Doc,
}

/// What is told about a call.
pub(in crate::web::api) struct Doc {
    summary: &'static str,
    description: &'static str,
    public: bool,
    parameters: Vec<Parameter>,
    takes: Option<(RefOr<Schema>, bool)>,
    answers: BTreeMap<u16, Response>,
    /// Codes by status.
    refusals: BTreeMap<u16, Vec<&'static str>>,
    pub(in crate::web::api) schemas: Vec<(String, RefOr<Schema>)>,
}

macro_rules! verbs {
    ($($name:ident $verb:ident),*) => {$(
        /// A call with this method.
        pub(in crate::web::api) fn $name<F, Args>(path: &'static str, handler: F) -> Endpoint
        where
            F: Handler<Args>,
            Args: FromRequest + 'static,
            F::Output: Responder + 'static,
        {
            Endpoint::new(Verb::$verb, path, web::$name().to(handler))
        }
    )*};
}
verbs!(get Get, post Post, put Put, delete Delete);

impl Endpoint {
    fn new(verb: Verb, path: &'static str, route: Route) -> Self {
        let doc = Doc {
            summary: "",
            description: "",
            public: false,
            parameters: Vec::new(),
            takes: None,
            answers: BTreeMap::new(),
            refusals: BTreeMap::new(),
            schemas: Vec::new(),
        };
        Self { verb, path, route, doc }.refuses(500, &["internal"]).refuses(503, &["unavailable"])
    }

    /// In half a sentence, and in full.
    pub(in crate::web::api) fn says(mut self, summary: &'static str, description: &'static str) -> Self {
        self.doc.summary = summary;
        self.doc.description = description;
        self
    }

    /// For everybody, signed in or not.
    pub(in crate::web::api) fn public(mut self) -> Self {
        self.doc.public = true;
        self
    }

    /// What comes into the query.
    pub(in crate::web::api) fn asks<T: IntoParams>(mut self) -> Self {
        self.doc.parameters.extend(T::into_params(|| Some(ParameterIn::Query)));
        self.refuses(422, &["body-unreadable"])
    }

    /// A list in pages.
    pub(in crate::web::api) fn paged(self) -> Self {
        self.asks::<super::Pages>().refuses(422, &["cursor-foreign"])
    }

    /// What comes into the body.
    pub(in crate::web::api) fn takes<T: ToSchema>(mut self) -> Self {
        self.doc.takes = Some((self.doc.refer::<T>(), true));
        self.refuses(413, &["body-too-large"]).refuses(422, &["body-unreadable"])
    }

    /// What may come into the body.
    pub(in crate::web::api) fn may_take<T: ToSchema>(mut self) -> Self {
        self.doc.takes = Some((self.doc.refer::<T>(), false));
        self.refuses(413, &["body-too-large"]).refuses(422, &["body-unreadable"])
    }

    /// A creation that a key makes happen once.
    pub(in crate::web::api) fn once(mut self) -> Self {
        let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(200));
        self.doc.parameters.push(
            ParameterBuilder::new()
                .name("Idempotency-Key")
                .parameter_in(ParameterIn::Header)
                .required(Required::False)
                .description(Some(
                    "Makes this call happen once: the same key with the same body gives the first answer's resource \
                     again, for seven days; the same key with another body is refused.",
                ))
                .schema(Some(text))
                .example(Some(json!("6f1c2a9e-7d0b-4c65-9a55-0c6b1c8f4c1d")))
                .build(),
        );
        debug_assert_eq!(once::HEADER, "idempotency-key");
        self.refuses(409, &["idempotency-key-reused"]).refuses(422, &["body-unreadable"])
    }

    /// Answers with a thing.
    pub(in crate::web::api) fn answers<T: ToSchema>(mut self, status: u16, when: &'static str) -> Self {
        let schema = self.doc.refer::<T>();
        self.doc.answer(status, when, Content::new(Some(schema)));
        self
    }

    /// Answers with a new thing and its address.
    pub(in crate::web::api) fn creates<T: ToSchema>(self, when: &'static str) -> Self {
        let mut made = self.answers::<T>(201, when);
        if let Some(answer) = made.doc.answers.get_mut(&201) {
            let place = ObjectBuilder::new().schema_type(Type::String);
            let told = "The address of the new thing, or of the list that tells of it.";
            let place = HeaderBuilder::new().schema(Some(place)).description(Some(told));
            answer.headers.insert("Location".to_owned(), place.build().into());
        }
        made
    }

    /// Answers with a list of things.
    pub(in crate::web::api) fn lists<T: ToSchema>(mut self, when: &'static str) -> Self {
        let items = ArrayBuilder::new().items(self.doc.refer::<T>());
        let next = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .description(Some("The cursor of the next page; null on the last one."));
        let list =
            ObjectBuilder::new().property("items", items).required("items").property("next", next).required("next");
        self.doc.answer(200, when, Content::new(Some(Schema::from(list.build()))));
        self
    }

    /// Answers with CSV where that is asked for.
    pub(in crate::web::api) fn or_csv(mut self) -> Self {
        if let Some(answer) = self.doc.answers.get_mut(&200) {
            let text = ObjectBuilder::new().schema_type(Type::String).build();
            answer.content.insert("text/csv".to_owned(), Content::new(Some(Schema::from(text))).into());
        }
        self
    }

    /// Answers with a text of this kind.
    pub(in crate::web::api) fn gives(mut self, kind: &'static str, what: &'static str) -> Self {
        let text = ObjectBuilder::new().schema_type(Type::String).build();
        let content = Content::new(Some(Schema::from(text)));
        self.doc.answers.insert(200, ResponseBuilder::new().description(what).content(kind, content).build());
        self
    }

    /// Answers with nothing.
    pub(in crate::web::api) fn done(mut self, when: &'static str) -> Self {
        self.doc.answers.insert(204, ResponseBuilder::new().description(when).build());
        self
    }

    /// Refuses with these codes.
    pub(in crate::web::api) fn refuses(mut self, status: u16, codes: &[&'static str]) -> Self {
        let known = self.doc.refusals.entry(status).or_default();
        for code in codes {
            if !known.contains(code) {
                known.push(code);
            }
        }
        self
    }

    /// The call as OpenAPI describes it.
    pub(in crate::web::api) fn operation(&self, tag: &str) -> Operation {
        let doc = &self.doc;
        let mut refusals = doc.refusals.clone();
        if !doc.public {
            refusals.entry(401).or_default().push("sign-in-first");
        }
        if self.verb != Verb::Get {
            refusals.entry(403).or_default().push("forged-form");
        }
        let mut operation = OperationBuilder::new()
            .tag(tag)
            .summary(Some(doc.summary))
            .operation_id(Some(self.id()))
            .parameters(Some(self.path_parameters()))
            .parameters(Some(doc.parameters.clone()))
            .parameter(lang());
        if !doc.description.is_empty() {
            operation = operation.description(Some(doc.description));
        }
        operation = if doc.public {
            operation.securities(Some([SecurityRequirement::default()]))
        } else {
            let none: [&str; 0] = [];
            let ways = [SecurityRequirement::new("session", none), SecurityRequirement::new("bearer", none)];
            operation.securities(Some(ways))
        };
        if let Some((schema, needed)) = &doc.takes {
            let required = if *needed { Required::True } else { Required::False };
            let body = RequestBodyBuilder::new()
                .content("application/json", Content::new(Some(schema.clone())))
                .required(Some(required));
            operation = operation.request_body(Some(body.build()));
        }
        for (status, answer) in &doc.answers {
            operation = operation.response(status.to_string(), answer.clone());
        }
        for (status, codes) in &refusals {
            operation = operation.response(status.to_string(), problem(*status, codes));
        }
        operation.build()
    }

    /// `getCoursesIdModules…`: from the method and the path.
    fn id(&self) -> String {
        let words = self.path.split(['/', '{', '}', '-']).filter(|word| !word.is_empty());
        words.fold(self.verb.word().to_lowercase(), |mut id, word| {
            let mut letters = word.chars();
            id.extend(letters.next().map(|first| first.to_ascii_uppercase()));
            id.extend(letters);
            id
        })
    }

    fn path_parameters(&self) -> Vec<Parameter> {
        let names = self.path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        names
            .map(|name| {
                let (about, example) = named(name, self.path);
                let number = name == "question";
                let text = ObjectBuilder::new().schema_type(if number { Type::Integer } else { Type::String });
                ParameterBuilder::new()
                    .name(name)
                    .parameter_in(ParameterIn::Path)
                    .required(Required::True)
                    .description(Some(about))
                    .schema(Some(text))
                    .example(Some(if number { json!(3) } else { json!(example) }))
                    .build()
            })
            .collect()
    }
}

impl Doc {
    /// A reference to a type's schema, which is kept for the components.
    fn refer<T: ToSchema>(&mut self) -> RefOr<Schema> {
        let name = T::name().into_owned();
        let mut parts = Vec::new();
        T::schemas(&mut parts);
        self.schemas.extend(parts);
        self.schemas.push((name.clone(), <T as PartialSchema>::schema()));
        Ref::from_schema_name(name).into()
    }

    fn answer(&mut self, status: u16, when: &'static str, content: Content) {
        let answer = ResponseBuilder::new().description(when).content("application/json", content);
        self.answers.insert(status, answer.build());
    }

    /// Whether every part that a reader needs is there.
    #[cfg(test)]
    pub(in crate::web::api) fn is_whole(&self) -> bool {
        !self.summary.is_empty() && !self.answers.is_empty()
    }
}

fn problem(status: u16, codes: &[&str]) -> Response {
    let meaning = match status {
        401 => "Nobody is signed in, or not with this secret.",
        403 => "Refused.",
        404 => "There is no such thing, or none that this person may know of.",
        409 => "The world has moved on since.",
        410 => "Its time is over.",
        413 => "More was sent than is taken.",
        422 => "What was sent makes no sense.",
        429 => "Too often; `Retry-After` says when to come back.",
        503 => "Not now; `Retry-After` says in how many seconds.",
        _ => "Something is broken; `reference` is what to quote.",
    };
    let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    let said = format!("{meaning} Codes: {}.", codes.join(", "));
    let mut response = ResponseBuilder::new()
        .description(said)
        .content("application/problem+json", Content::new(Some(Ref::from_schema_name("Problem"))));
    if matches!(status, 429 | 503) {
        let text = ObjectBuilder::new().schema_type(Type::String);
        response = response.header("Retry-After", HeaderBuilder::new().schema(Some(text)).build());
    }
    response.build()
}

fn lang() -> Parameter {
    let tag = ObjectBuilder::new().schema_type(Type::String);
    ParameterBuilder::new()
        .name("lang")
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(
            "The language of texts: `en`, `fr` or `es`, also with a region. Without it, or with another one, it is the \
             person's own, or the best of `Accept-Language`.",
        ))
        .schema(Some(tag))
        .build()
}

/// What a name in a path means, with an example.
fn named(name: &str, path: &str) -> (&'static str, &'static str) {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    match (name, first) {
        ("course", _) | ("id", "courses") => ("A course, by its slug.", "data-foundations"),
        ("name", "reports") => ("A report, by its name or its number.", "holders-at"),
        ("name", _) => ("A question of the course, by its slug.", "q-grain"),
        ("module", _) => ("A module of the course, by its slug.", "layers"),
        ("dataset", _) => ("A data set of the course, by its slug.", "marketplace"),
        ("question", _) => ("The place of the question on the form, from 1.", "3"),
        ("warehouse", _) => ("A warehouse, by its slug.", "marketplace"),
        ("kid", _) => ("A key, by its name (RFC 7638 thumbprint).", "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
        ("session", _) | ("id", "me") => ("A session.", "ses_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "attempts") => ("An attempt.", "att_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "certificates") => ("A certificate.", "crt_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "roles") => ("A role, by its slug.", "analyst"),
        ("id", "requests") => ("A request.", "req_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "reviews") => ("A review of access.", "rev_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("line", "reviews") => ("A line of the review.", "rvl_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "grants") => ("A grant.", "gra_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "teams") => ("A team, by its name.", "after-sales"),
        ("id", "assignments") => ("An assignment.", "asg_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "accommodations") => ("An accommodation.", "acc_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "clients") | ("client", _) => ("A tool, by its `client_id`.", "cli_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "provisioning") => ("A provisioning credential.", "prv_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "break-glass") => ("An access taken in an emergency.", "emg_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "delegations") => ("A delegation.", "dlg_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "webhooks") => ("A webhook.", "snk_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "signals") => ("A receiver of signals.", "rcv_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("credential", _) => ("A credential of the receiver.", "rcc_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("secret", _) => ("A secret of the tool.", "sec_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("person", _) => ("A person.", "per_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "people") => ("A person.", "per_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        ("id", "locks") => ("A lock.", "lck_01936f0c5a7b7c4e8a8d2f3b4c5d6e7f"),
        _ => ("Its id.", ""),
    }
}
