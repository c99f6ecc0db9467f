//! The company's directory: where it sends people and teams, and what it proves itself with.

use serde::Serialize;

use super::parts::sample_id;
use super::{FieldError, Sample, Title, View, sample_at};

/// `/provisioning`
#[derive(Debug, Clone, Serialize)]
pub struct Provisioning {
    /// The address to give to the directory.
    pub base: String,
    /// The live credentials, the newest first.
    pub credentials: Vec<Credential>,
    /// A credential that was made just now.
    pub fresh: Option<Fresh>,
    /// The form, for admins.
    pub form: Option<CredentialForm>,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// A live credential.
#[derive(Debug, Clone, Serialize)]
pub struct Credential {
    /// `prv_…`
    pub id: String,
    /// Which directory it is for.
    pub name: String,
    /// When it was made.
    pub since: i64,
    /// When it was last used.
    pub used: Option<i64>,
}

/// A credential in the clear.
#[derive(Debug, Clone, Serialize)]
pub struct Fresh {
    /// Which directory it is for.
    pub name: String,
    /// The Bearer token.
    pub token: String,
}

/// The form for one more.
#[derive(Debug, Clone, Serialize)]
pub struct CredentialForm {
    /// What was typed.
    pub name: String,
    /// Whether two live already.
    pub full: bool,
}

impl View for Provisioning {
    const TEMPLATE: &'static str = "provisioning/list";
    const NAV: &'static str = "provisioning";

    fn title(&self) -> Title {
        Title::of("provisioning-title")
    }
}

/// Two credentials, one of them just made.
#[must_use]
pub fn sample() -> Provisioning {
    let credential = |n: u8, name: &str, used| Credential {
        id: sample_id("prv", n),
        name: name.into(),
        since: sample_at(-24 * 40 * i64::from(n)),
        used,
    };
    Provisioning {
        base: "https://academy.example.com/scim/v2".into(),
        credentials: vec![credential(1, "Entra ID", None), credential(2, "Entra ID, spring", Some(sample_at(-1)))],
        fresh: Some(Fresh { name: "Entra ID".into(), token: "hpv_h4wT6nYkUe0Rj2LqZx8sVbPd5MgAoCi1F7tKyNuEwQs".into() }),
        form: Some(CredentialForm { name: String::new(), full: true }),
        errors: vec![],
    }
}

/// The page's samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let begun = Provisioning {
        credentials: vec![],
        fresh: None,
        form: Some(CredentialForm { name: String::new(), full: false }),
        errors: vec![FieldError { field: "name".into(), text: "A name has 1 to 100 characters.".into() }],
        ..sample()
    };
    let reading = Provisioning { fresh: None, form: None, ..sample() };
    vec![
        Sample::of("provisioning", &sample()),
        Sample::of("provisioning-empty", &begun),
        Sample::of("provisioning-reading", &reading),
    ]
}
