//! `/device`: a person types the code that a device shows, reads what it asks for, and answers.

use serde::Serialize;

use super::consent::{self, ConsentRole};
use super::shared::{Step, StepKind};
use super::{Frame, Sample, Title, View, sample_at};

/// The code is typed.
#[derive(Debug, Clone, Serialize)]
pub struct Enter {
    /// What was typed before, or came with the address.
    pub code: String,
    /// Whether it came with the address, and nobody typed it.
    pub prefilled: bool,
    /// Why it was not taken, in the reader's language.
    pub error: Option<String>,
}

impl View for Enter {
    const TEMPLATE: &'static str = "device/enter";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        Title::of("device-title")
    }
}

/// The person is asked.
#[derive(Debug, Clone, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that the page says or does not say")]
pub struct Confirm {
    /// The tool's name, as an admin registered it.
    pub tool: String,
    /// Whether it is one of the house's own.
    pub first_party: bool,
    /// The code, to be held against what the device shows.
    pub code: String,
    /// The network address from which the device asked.
    pub address: String,
    /// Whether the reader comes from another network.
    pub elsewhere: bool,
    /// When the device asked.
    pub asked: i64,
    /// Until when it waits.
    pub until: i64,
    /// The role that the tool wants to use.
    pub role: Option<ConsentRole>,
    /// Whether it reads the name, language and time zone.
    pub name: bool,
    /// Whether it reads the e-mail address.
    pub email: bool,
    /// Whether it stays connected while the person is away.
    pub stays: bool,
    /// The signed-in person's address.
    pub who: String,
}

impl View for Confirm {
    const TEMPLATE: &'static str = "device/confirm";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        Title::of("consent-title").with("tool", self.tool.clone())
    }
}

/// The person has answered.
#[derive(Debug, Clone, Serialize)]
pub struct Answered {
    /// The tool's name.
    pub tool: String,
    /// Whether they said yes.
    pub allowed: bool,
}

impl View for Answered {
    const TEMPLATE: &'static str = "device/answered";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        let key = if self.allowed { "device-allowed-title" } else { "device-denied-title" };
        Title::of(key).with("tool", self.tool.clone())
    }
}

/// The person lacks the role.
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
    /// The code, which works as soon as the role is there.
    pub code: String,
    /// Until when it waits.
    pub until: i64,
}

impl View for Lacking {
    const TEMPLATE: &'static str = "device/lacking";
    const FRAME: Frame = Frame::Porch;

    fn title(&self) -> Title {
        Title::of("lacking-title").with("role", self.role.clone())
    }
}

/// The command line asks from the reader's own network.
#[must_use]
pub fn sample() -> Confirm {
    let consent::Consent { role, who, .. } = consent::sample();
    Confirm {
        tool: "Habilis command line".into(),
        first_party: true,
        code: "WDJB-MJHT".into(),
        address: "192.0.2.7".into(),
        elsewhere: false,
        asked: sample_at(0) - 60_000_000,
        until: sample_at(0) + 540_000_000,
        role,
        name: false,
        email: true,
        stays: true,
        who,
    }
}

/// All samples of these pages.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let empty = Enter { code: String::new(), prefilled: false, error: None };
    let prefilled = Enter { code: "WDJB-MJHT".into(), prefilled: true, error: None };
    let wrong = Enter {
        code: "WDJB-MJHT".into(),
        prefilled: false,
        error: Some("No device waits with this code, or its time is over.".into()),
    };
    let elsewhere = Confirm {
        tool: "Notebook app".into(),
        first_party: false,
        address: "2001:db8:1:2:3:4:5:6".into(),
        elsewhere: true,
        ..sample()
    };
    let who = Confirm { role: None, name: true, stays: false, ..sample() };
    let lacking = Lacking {
        tool: "Habilis command line".into(),
        role: "Marketplace analyst".into(),
        role_href: "/access/analyst".into(),
        sentence: "You do not hold this role yet.".into(),
        missing: vec![
            Step::new(StepKind::Course, "Data foundations", "/courses/data-foundations", None),
            Step::new(StepKind::Request, "Marketplace analyst", "/access/analyst", None),
        ],
        code: "WDJB-MJHT".into(),
        until: sample_at(0) + 540_000_000,
    };
    let answered = |allowed| Answered { tool: "Habilis command line".into(), allowed };
    vec![
        Sample::of("device-enter", &empty),
        Sample::of("device-prefilled", &prefilled),
        Sample::of("device-wrong", &wrong),
        Sample::of("device-confirm", &sample()),
        Sample::of("device-elsewhere", &elsewhere),
        Sample::of("device-who", &who),
        Sample::of("device-lacking", &lacking),
        Sample::of("device-allowed", &answered(true)),
        Sample::of("device-denied", &answered(false)),
    ]
}
