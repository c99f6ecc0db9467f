//! The attributes of people and teams that the directory may give or read (RFC 7643, sections 4.1 to 4.3 and 7): one table
//! that reads what comes, answers `/Schemas`, and guides filters and patches.

use serde_json::{Value, json};

/// The schema of a person.
pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// What extends the schema of a person.
pub const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// A person's manager, by the whole name that an extension's attribute has in paths and filters (RFC 7644, section 3.10), and
/// in documents as they are worked on here: only on the wire it stands under the extension's name.
pub const MANAGER: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";
/// The schema of a team.
pub const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
/// The form of a patch's body.
pub const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
/// The form of a query in a body.
pub const SEARCH: &str = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

/// What an attribute holds (RFC 7643, section 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Flag,
    Moment,
    Reference,
    Complex,
}

/// Who may write it (RFC 7643, section 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutability {
    ReadWrite,
    ReadOnly,
    /// Given with the value it belongs to, and never changed after.
    Immutable,
}

/// An attribute.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    pub name: &'static str,
    pub kind: Kind,
    pub many: bool,
    pub required: bool,
    /// Whether upper and lower case differ.
    pub exact: bool,
    pub mutability: Mutability,
    /// Whether no other resource may have the same.
    pub unique: bool,
    pub always: bool,
    pub about: &'static str,
    pub canonical: &'static [&'static str],
    pub parts: &'static [Attribute],
}

const fn text(name: &'static str, about: &'static str) -> Attribute {
    Attribute {
        name,
        kind: Kind::Text,
        many: false,
        required: false,
        exact: false,
        mutability: Mutability::ReadWrite,
        unique: false,
        always: false,
        about,
        canonical: &[],
        parts: &[],
    }
}

const fn only_read(attribute: Attribute) -> Attribute {
    Attribute { mutability: Mutability::ReadOnly, ..attribute }
}

/// What every resource has beside its schema (RFC 7643, section 3.1): in no schema's list, but in paths and filters.
pub const COMMON: &[Attribute] = &[
    Attribute { exact: true, unique: true, always: true, ..only_read(text("id", "The id that Habilis gave.")) },
    Attribute { exact: true, ..text("externalId", "What the directory calls it.") },
    only_read(Attribute { kind: Kind::Complex, parts: META, ..text("meta", "When it was made and changed.") }),
    only_read(Attribute { many: true, always: true, exact: true, ..text("schemas", "The schemas it follows.") }),
];
const META: &[Attribute] = &[
    only_read(text("resourceType", "User or Group.")),
    only_read(Attribute { kind: Kind::Moment, ..text("created", "When it was made.") }),
    only_read(Attribute { kind: Kind::Moment, ..text("lastModified", "When it last changed.") }),
    only_read(Attribute { kind: Kind::Reference, exact: true, ..text("location", "Its address.") }),
    only_read(Attribute { exact: true, ..text("version", "Its version, as in the ETag header.") }),
];

/// A resource's type: its name, its endpoint, its schema.
#[derive(Debug)]
pub struct Schema {
    pub urn: &'static str,
    pub name: &'static str,
    pub endpoint: &'static str,
    pub about: &'static str,
    pub attributes: &'static [Attribute],
    /// What extends it, with attributes that go by their whole names (RFC 7643, section 3.3).
    pub extension: Option<&'static Schema>,
}

/// A person.
pub static PERSON: Schema = Schema {
    urn: USER,
    name: "User",
    endpoint: "/Users",
    about: "A person with an account.",
    attributes: &[
        Attribute { required: true, unique: true, ..text("userName", "The e-mail address with which they sign in.") },
        Attribute {
            kind: Kind::Complex,
            parts: &[
                text("formatted", "The whole name."),
                text("familyName", "The family name."),
                text("givenName", "The given name."),
                text("middleName", "Further names."),
                text("honorificPrefix", "What stands before a name."),
                text("honorificSuffix", "What stands behind a name."),
            ],
            ..text("name", "The parts of the name.")
        },
        text("displayName", "The name that people read."),
        Attribute {
            canonical: &["en", "fr", "es"],
            ..text("preferredLanguage", "A language tag; the pages speak en, fr and es.")
        },
        Attribute {
            canonical: &["Europe/Paris", "Europe/Madrid", "UTC"],
            ..text("timezone", "A time zone of the IANA database.")
        },
        Attribute {
            kind: Kind::Flag,
            ..text("active", "Whether they may sign in: false ends sessions, tokens and grants.")
        },
        Attribute {
            kind: Kind::Complex,
            many: true,
            parts: &[
                text("value", "The address."),
                text("display", "How it is shown."),
                Attribute { canonical: &["work", "home", "other"], ..text("type", "What it is for.") },
                Attribute { kind: Kind::Flag, ..text("primary", "Whether it comes first; one does at most.") },
            ],
            ..text("emails", "E-mail addresses that the directory knows; mail of Habilis goes to userName.")
        },
        only_read(Attribute {
            kind: Kind::Complex,
            many: true,
            parts: &[
                only_read(Attribute { exact: true, ..text("value", "The id of the team.") }),
                only_read(Attribute { kind: Kind::Reference, exact: true, ..text("$ref", "Its address.") }),
                only_read(text("display", "Its name.")),
                only_read(Attribute { canonical: &["direct"], ..text("type", "How they belong to it.") }),
            ],
            ..text("groups", "The teams that they are in; changed on the team.")
        }),
    ],
    extension: Some(&EMPLOYEE),
};

/// What a person is in the company.
pub static EMPLOYEE: Schema = Schema {
    urn: ENTERPRISE,
    name: "EnterpriseUser",
    endpoint: "/Users",
    about: "What a person is in the company.",
    attributes: &[Attribute {
        kind: Kind::Complex,
        parts: &[
            Attribute { exact: true, ..text("value", "The id of the manager, who is a User here.") },
            Attribute {
                kind: Kind::Reference,
                exact: true,
                ..text("$ref", "Their address; where there is no value it ends in the id.")
            },
            only_read(text("displayName", "Their name.")),
        ],
        ..text(MANAGER, "The person's manager, who decides where a role asks for them.")
    }],
    extension: None,
};

/// A team.
pub static TEAM: Schema = Schema {
    urn: GROUP,
    name: "Group",
    endpoint: "/Groups",
    about: "A team.",
    attributes: &[
        Attribute { required: true, unique: true, ..text("displayName", "The team's name.") },
        Attribute {
            kind: Kind::Complex,
            many: true,
            parts: &[
                Attribute { exact: true, mutability: Mutability::Immutable, ..text("value", "The id of the person.") },
                Attribute {
                    kind: Kind::Reference,
                    exact: true,
                    mutability: Mutability::Immutable,
                    ..text("$ref", "Their address.")
                },
                Attribute {
                    mutability: Mutability::Immutable,
                    canonical: &["User"],
                    ..text("type", "Always User: teams stand in no team.")
                },
            ],
            ..text("members", "Who is in it.")
        },
    ],
    extension: None,
};

/// The types of resources.
pub const TYPES: [&Schema; 2] = [&PERSON, &TEAM];
/// All schemas.
pub const ALL: [&Schema; 3] = [&PERSON, &TEAM, &EMPLOYEE];

impl Schema {
    /// An attribute by its name, whatever its case (RFC 7643, section 2.1); one of the extension by its whole name.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&'static Attribute> {
        let extended = self.extension.into_iter().flat_map(|extension| extension.attributes);
        let mut all = self.attributes.iter().chain(COMMON).chain(extended);
        all.find(|attribute| attribute.name.eq_ignore_ascii_case(name))
    }

    /// The extension, if this is its name.
    #[must_use]
    pub fn extension_called(&self, name: &str) -> Option<&'static Schema> {
        self.extension.filter(|extension| extension.urn.eq_ignore_ascii_case(name))
    }

    /// As `/Schemas` tells it (RFC 7643, section 7).
    #[must_use]
    pub fn told(&self, base: &str) -> Value {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
            "id": self.urn,
            "name": self.name,
            "description": self.about,
            "attributes": self.attributes.iter().map(Attribute::told).collect::<Vec<_>>(),
            "meta": { "resourceType": "Schema", "location": format!("{base}/Schemas/{}", self.urn) },
        })
    }

    /// As `/ResourceTypes` tells it (RFC 7643, section 6).
    #[must_use]
    pub fn resource_type(&self, base: &str) -> Value {
        let extensions: Vec<Value> =
            self.extension.into_iter().map(|extension| json!({ "schema": extension.urn, "required": false })).collect();
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
            "id": self.name,
            "name": self.name,
            "endpoint": self.endpoint,
            "description": self.about,
            "schema": self.urn,
            "schemaExtensions": extensions,
            "meta": { "resourceType": "ResourceType", "location": format!("{base}/ResourceTypes/{}", self.name) },
        })
    }
}

impl Attribute {
    /// A part of it by its name, whatever its case.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&'static Attribute> {
        self.parts.iter().find(|part| part.name.eq_ignore_ascii_case(name))
    }

    /// Its name within its schema.
    #[must_use]
    pub fn bare(&self) -> &'static str {
        self.name.rsplit(':').next().unwrap_or(self.name)
    }

    /// Whether it is an extension's.
    #[must_use]
    pub fn is_extended(&self) -> bool {
        self.bare() != self.name
    }

    fn told(&self) -> Value {
        let kind = match self.kind {
            Kind::Text => "string",
            Kind::Flag => "boolean",
            Kind::Moment => "dateTime",
            Kind::Reference => "reference",
            Kind::Complex => "complex",
        };
        let mutability = match self.mutability {
            Mutability::ReadWrite => "readWrite",
            Mutability::ReadOnly => "readOnly",
            Mutability::Immutable => "immutable",
        };
        let mut told = json!({
            "name": self.bare(), "type": kind, "multiValued": self.many, "description": self.about,
            "required": self.required, "caseExact": self.exact, "mutability": mutability,
            "returned": if self.always { "always" } else { "default" },
            "uniqueness": if self.unique { "server" } else { "none" },
        });
        if let Some(fields) = told.as_object_mut() {
            if !self.canonical.is_empty() {
                fields.insert("canonicalValues".to_owned(), json!(self.canonical));
            }
            if self.kind == Kind::Reference {
                let to = if self.name == "$ref" { "User" } else { "uri" };
                fields.insert("referenceTypes".to_owned(), json!([to]));
            }
            if !self.parts.is_empty() {
                let parts = self.parts.iter().map(Attribute::told).collect::<Vec<_>>();
                fields.insert("subAttributes".to_owned(), json!(parts));
            }
        }
        told
    }
}
