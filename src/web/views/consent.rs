//! On the way to a tool: what a person agrees to, what they lack, the form that carries them back, and signing out.

use serde::Serialize;

use super::shared::{Step, StepKind};
use super::{Frame, Sample, Title, View, sample_at};

/// `/authorize`: the person is asked.
#[derive(Debug, Clone, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that the page says or does not say")]
pub struct Consent {
    /// The tool's name, as an admin registered it.
    pub tool: String,
    /// Where the browser goes afterwards: a host, or a scheme.
    pub place: String,
    /// Whether any program on the person's machine could stand there.
    pub unproven: bool,
    /// Whether it is one of the house's own.
    pub first_party: bool,
    /// The role that it wants to use.
    pub role: Option<ConsentRole>,
    /// Whether it reads the name, language and time zone.
    pub name: bool,
    /// Whether it reads the e-mail address.
    pub email: bool,
    /// Whether it stays connected while the person is away.
    pub stays: bool,
    /// The signed-in person's address.
    pub who: String,
    /// The tool's request, sent back with the answer.
    pub query: String,
}

/// The role that a tool wants to use.
#[derive(Debug, Clone, Serialize)]
pub struct ConsentRole {
    /// Its name in the warehouse.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// The warehouse's title.
    pub warehouse: String,
    /// The data that it opens.
    pub data: Vec<String>,
    /// Until when the person has it.
    pub until: i64,
    /// How long one token works, in seconds.
    pub lifetime: i64,
}

impl View for Consent {
    const TEMPLATE: &'static str = "authorize/consent";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        Title::of("consent-title").with("tool", self.tool.clone())
    }
}

/// `/authorize`: the person lacks the role.
#[derive(Debug, Clone, Serialize)]
pub struct Lacking {
    /// The tool's name.
    pub tool: String,
    /// The role's title.
    pub role: String,
    /// `/access/{role}`
    pub role_href: String,
    /// Why, in the reader's language.
    pub sentence: String,
    /// What leads there.
    pub missing: Vec<Step>,
    /// Back to the tool, which is told that it gets nothing.
    pub back: String,
}

impl View for Lacking {
    const TEMPLATE: &'static str = "authorize/lacking";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        Title::of("lacking-title").with("role", self.role.clone())
    }
}

/// An answer that the browser posts to the tool.
#[derive(Debug, Clone, Serialize)]
pub struct Posting {
    /// Where to.
    pub action: String,
    /// What.
    pub fields: Vec<Hidden>,
}

/// A field that nobody sees.
#[derive(Debug, Clone, Serialize)]
pub struct Hidden {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub value: String,
}

impl View for Posting {
    const TEMPLATE: &'static str = "authorize/posting";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        Title::of("posting-title")
    }
}

/// `/logout`: the person is asked.
#[derive(Debug, Clone, Serialize)]
pub struct Leave {
    /// The tool that asks, where it says.
    pub tool: Option<String>,
    /// The tool's request, sent back with the answer.
    pub query: String,
}

impl View for Leave {
    const TEMPLATE: &'static str = "authorize/leave";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        Title::of("leave-title")
    }
}

/// A tool of the company that wants a role.
#[must_use]
pub fn sample() -> Consent {
    Consent {
        tool: "Lantern BI".into(),
        place: "lantern.example.com".into(),
        unproven: false,
        first_party: false,
        role: Some(ConsentRole {
            name: "ANALYST".into(),
            title: "Marketplace analyst".into(),
            description: "Orders, products and merchants of the marketplace, without personal data.".into(),
            warehouse: "Marketplace warehouse".into(),
            data: ["gold.orders", "gold.products", "gold.merchants"].map(String::from).to_vec(),
            until: sample_at(24 * 80),
            lifetime: 900,
        }),
        name: true,
        email: true,
        stays: true,
        who: "ana@example.com".into(),
        query: "client_id=cli_0195c2f0a1b27c3d8e4f5a6b7c8d0001".into(),
    }
}

/// All samples of these pages.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let own = Consent {
        tool: "Habilis command line".into(),
        place: "127.0.0.1:51004".into(),
        unproven: true,
        first_party: true,
        stays: false,
        ..sample()
    };
    let who = Consent { role: None, stays: false, ..sample() };
    let lacking = Lacking {
        tool: "Lantern BI".into(),
        role: "Marketplace analyst".into(),
        role_href: "/access/analyst".into(),
        sentence: "You do not hold this role yet.".into(),
        missing: vec![
            Step::new(StepKind::Course, "Data foundations", "/courses/data-foundations", None),
            Step::new(StepKind::Request, "Marketplace analyst", "/access/analyst", None),
        ],
        back: "https://lantern.example.com/back?error=invalid_scope".into(),
    };
    let posting = Posting {
        action: "https://lantern.example.com/back".into(),
        fields: vec![Hidden { name: "code".into(), value: "hac_x".into() }],
    };
    vec![
        Sample::of("consent", &sample()),
        Sample::of("consent-own", &own),
        Sample::of("consent-who", &who),
        Sample::of("consent-lacking", &lacking),
        Sample::of("consent-posting", &posting),
        Sample::of("leave", &Leave { tool: Some("Lantern BI".into()), query: "state=x".into() }),
        Sample::of("leave-plain", &Leave { tool: None, query: String::new() }),
    ]
}
