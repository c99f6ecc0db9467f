//! The reference of the API, drawn from its OpenAPI document.

use serde::Serialize;

use super::{Sample, Title, View};

/// `/api`
#[derive(Debug, Clone, Serialize)]
pub struct ApiReference {
    /// The version of the interface.
    pub version: String,
    /// The address that all paths start from.
    pub base: String,
    /// Operations by group.
    pub groups: Vec<ApiGroup>,
}

/// Operations that belong together.
#[derive(Debug, Clone, Serialize)]
pub struct ApiGroup {
    /// A slug for the anchor.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is shown: `#tokens` on this page, or `/api?group=tokens` where each group has its own.
    pub href: String,
    /// How many operations it has.
    pub count: u32,
    /// Its operations; empty where it is shown on another page.
    pub operations: Vec<Operation>,
}

/// One call.
#[derive(Debug, Clone, Serialize)]
pub struct Operation {
    /// `get`, `post`, `put`, `delete`: in small letters.
    pub method: String,
    /// `/api/v1/holders`
    pub path: String,
    /// In half a sentence.
    pub summary: String,
    /// In full; may be empty.
    pub description: String,
    /// What goes into the path and the query.
    pub parameters: Vec<ApiField>,
    /// What goes into the body.
    pub request_fields: Vec<ApiField>,
    /// What comes back.
    pub responses: Vec<ApiResponse>,
}

/// A parameter or a field.
#[derive(Debug, Clone, Serialize)]
pub struct ApiField {
    /// Its name, with dots inside objects.
    pub name: String,
    /// `path`, `query`, `header` or `body`.
    pub place: String,
    /// `text`, `integer`, `instant`, `list of text`, …
    pub kind: String,
    /// Whether it has to be there.
    pub required: bool,
    /// What it means; may be empty.
    pub description: String,
}

/// One answer.
#[derive(Debug, Clone, Serialize)]
pub struct ApiResponse {
    /// `200`
    pub status: String,
    /// Whether it is a success.
    pub good: bool,
    /// When it is given.
    pub description: String,
    /// What it holds.
    pub fields: Vec<ApiField>,
}

impl View for ApiReference {
    const TEMPLATE: &'static str = "api/reference";

    fn title(&self) -> Title {
        Title::of("api-title")
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![Sample::of("api", &sample()), Sample::of("api-stranger", &sample()).signed_out()]
}

/// Four groups.
#[must_use]
pub fn sample() -> ApiReference {
    let field = |name: &str, place: &str, kind: &str, required, description: &str| ApiField {
        name: name.into(),
        place: place.into(),
        kind: kind.into(),
        required,
        description: description.into(),
    };
    let answer = |status: &str, description: &str, fields| ApiResponse {
        status: status.into(),
        good: status.starts_with('2'),
        description: description.into(),
        fields,
    };
    let refused = || {
        answer(
            "403",
            "Refused; the sentence says what is missing.",
            vec![
                field("code", "body", "text", true, "A stable word: not_certified, no_grant, locked."),
                field("missing", "body", "list of objects", false, "What is missing, with kind and id."),
            ],
        )
    };
    let operation = |method: &str, path: &str, summary: &str| Operation {
        method: method.into(),
        path: path.into(),
        summary: summary.into(),
        description: String::new(),
        parameters: vec![],
        request_fields: vec![],
        responses: vec![answer("200", "Done.", vec![])],
    };
    let group = |id: &str, name: &str, operations: Vec<Operation>| ApiGroup {
        id: id.into(),
        name: name.into(),
        href: format!("#{id}"),
        count: u32::try_from(operations.len()).unwrap_or(0),
        operations,
    };
    ApiReference {
        version: "1".into(),
        base: "https://academy.example.com".into(),
        groups: vec![
            group(
                "session",
                "Session",
                vec![
                    Operation {
                        description: "Also sets the cookie. The token serves as Bearer for every other call.".into(),
                        request_fields: vec![
                            field("email", "body", "text", true, ""),
                            field("password", "body", "text", true, ""),
                        ],
                        responses: vec![
                            answer(
                                "200",
                                "Signed in.",
                                vec![
                                    field("token", "body", "text", true, "Shown this once."),
                                    field("expires_at", "body", "instant", true, ""),
                                ],
                            ),
                            answer("401", "Unknown person or wrong password: the same answer.", vec![]),
                            answer("429", "Too many failures.", vec![]),
                        ],
                        ..operation("post", "/api/v1/session", "Sign in")
                    },
                    operation("delete", "/api/v1/session", "Sign out"),
                    operation("get", "/api/v1/me", "Who am I, and what may I do"),
                ],
            ),
            group(
                "tokens",
                "Tokens",
                vec![Operation {
                    description: "The grant, the certificates and the locks are read again on every call.".into(),
                    request_fields: vec![field("role", "body", "text", true, "The role’s slug.")],
                    responses: vec![
                        answer(
                            "201",
                            "Minted.",
                            vec![
                                field("access_token", "body", "text", true, ""),
                                field("expires_in", "body", "integer", true, "Seconds."),
                                field("grant", "body", "text", true, "The grant that it was minted under."),
                            ],
                        ),
                        refused(),
                    ],
                    ..operation("post", "/api/v1/tokens", "Get a token for a role")
                }],
            ),
            group(
                "audit",
                "Audit",
                vec![
                    Operation {
                        description: "For any moment: leave as_of out for now.".into(),
                        parameters: vec![
                            field("role", "query", "text", false, "A role’s slug."),
                            field("person", "query", "text", false, "A person’s id or e-mail address."),
                            field("as_of", "query", "instant", false, "RFC 3339."),
                            field("limit", "query", "integer", false, "At most 500."),
                            field("cursor", "query", "text", false, "From `next` of the page before."),
                        ],
                        ..operation("get", "/api/v1/holders", "Who holds which access")
                    },
                    operation("get", "/api/v1/explain", "Why somebody may, or may not"),
                    operation("get", "/api/v1/events", "The log"),
                ],
            ),
        ],
    }
}
