//! A tool or a service account, to be changed.

use serde::Serialize;

use super::clients::{RoleTick, ToolFields};
use super::parts::sample_id;
use super::{Choice, FieldError, Sample, Title, View};

/// `/clients/{id}/change`
#[derive(Debug, Clone, Serialize)]
pub struct ClientChange {
    /// `cli_…`
    pub id: String,
    /// What it is called now.
    pub title: String,
    /// What was typed, or its name.
    pub name: String,
    /// Whether it is a service account.
    pub machine: bool,
    /// Whether it keeps a secret.
    pub confidential: bool,
    /// What there is more of a tool.
    #[serde(flatten)]
    pub tool: ToolFields,
    /// Whether it may use every role.
    pub every: bool,
    /// The roles to choose from.
    pub roles: Vec<RoleTick>,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

impl View for ClientChange {
    const TEMPLATE: &'static str = "clients/change";
    const NAV: &'static str = "clients";

    fn title(&self) -> Title {
        Title::of("clients-edit-title").with("name", self.title.clone())
    }
}

/// The page's samples: a tool with something wrong, and a service account.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let tick = |id: &str, ticked| RoleTick { role: Choice { value: id.into(), label: id.to_uppercase() }, ticked };
    let tool = ClientChange {
        id: sample_id("cli", 1),
        title: "Lantern BI".into(),
        name: "Lantern BI".into(),
        machine: false,
        confidential: true,
        tool: ToolFields { redirects: "http://tool.example.com/back".into(), refreshes: true, ..ToolFields::default() },
        every: false,
        roles: vec![tick("analyst", true), tick("merchant-finance", false)],
        errors: vec![FieldError { field: "redirects".into(), text: "http is only for a loopback address.".into() }],
    };
    let machine = ClientChange {
        title: "Nightly load".into(),
        name: "Nightly load".into(),
        machine: true,
        tool: ToolFields { exchanges: sample_id("cli", 1), ..ToolFields::default() },
        errors: vec![],
        ..tool.clone()
    };
    vec![Sample::of("client-change", &tool), Sample::of("client-change-service", &machine)]
}
