//! The evidence for one access at one moment: yes or no, the sentence, the conditions, and how one thing led to the next.

use serde::Serialize;

use super::parts::{PersonRef, RoleRef, sample_id};
use super::{Choice, FieldError, Sample, Title, View, sample_at};

/// `/holders/{grant}`
#[derive(Debug, Clone, Serialize)]
pub struct HolderEvidence {
    /// The grant: `gra_…`.
    pub grant: String,
    /// The evidence.
    pub answer: Evidence,
    /// Whether the reader can revoke it.
    pub may_revoke: bool,
    /// Whether the reader can suspend it, or let it go on: whoever was held back does not lift that themselves.
    pub may_hold: bool,
    /// Whether an admin or an owner has suspended it.
    pub suspended: bool,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// `/explain`
#[derive(Debug, Clone, Serialize)]
pub struct Explain {
    /// Whom is asked about: e-mail address, or id.
    pub person: String,
    /// Which role: a slug.
    pub role: String,
    /// When, as `2027-03-01T09:00` in the reader's zone; empty means now.
    pub at: String,
    /// Roles to choose from.
    pub roles: Vec<Choice>,
    /// The answer, once asked.
    pub answer: Option<Evidence>,
    /// What is wrong with the question.
    pub errors: Vec<FieldError>,
}

/// Whether somebody may use a role at a moment, and why.
#[derive(Debug, Clone, Serialize)]
pub struct Evidence {
    /// Who.
    pub person: PersonRef,
    /// Which role.
    pub role: RoleRef,
    /// `public`, `internal`, `confidential` or `personal`.
    pub sensitivity: String,
    /// The moment asked about.
    pub at: i64,
    /// The same to the microsecond, in UTC.
    pub exact: String,
    /// Whether that moment has gone by.
    pub past: bool,
    /// Whether it is to come.
    pub ahead: bool,
    /// Yes or no.
    pub yes: bool,
    /// Until when the yes holds, all conditions together.
    pub until: Option<i64>,
    /// The whole sentence in the reader's language: `Ana may use ANALYST until … because …`.
    pub sentence: String,
    /// What has to hold, and whether it did.
    pub conditions: Vec<Condition>,
    /// How one thing led to the next, the oldest first.
    pub steps: Vec<Link>,
    /// Service accounts that use this access, each with where it is shown; nowhere for who may not open that.
    pub machines: Vec<super::shared::Link>,
    /// The same over time; none where it was not drawn.
    pub timeline: Option<super::timeline::Timeline>,
    /// The same as JSON.
    pub json: String,
}

/// One condition of the access.
#[derive(Debug, Clone, Serialize)]
pub struct Condition {
    /// `grant`, `suspension`, `certification`, `person` or `lock`.
    pub kind: String,
    /// What is meant: the certifications' names, joined by `or`; empty elsewhere.
    pub name: String,
    /// Whether it held.
    pub met: bool,
    /// From when it holds, or held.
    pub from: Option<i64>,
    /// Until when.
    pub until: Option<i64>,
    /// More in the reader's language; may be empty.
    pub detail: String,
    /// The record: `gra_…`, `crt_…`, `lck_…`; may be empty.
    pub id: String,
    /// Where the record is shown.
    pub href: Option<String>,
}

/// One link of the chain.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// `attempt`, `certificate`, `request`, `blocked`, `decision`, `policy`, `grant`, `suspended`, `resumed`, `disabled`, `lock`, `lifted`, `ended` or `tokens`.
    pub kind: String,
    /// `ok`, `bad`, `warn`, `wait` or empty.
    pub tone: String,
    /// When.
    pub at: i64,
    /// Until when, for certificates, grants and locks.
    pub until: Option<i64>,
    /// Who: the approver, the admin; empty where it went by itself.
    pub by: String,
    /// What: the quiz, the certification, the role, a number of tokens.
    pub name: String,
    /// More, in the words of whoever said it or with figures: a mark, a reason, a comment, an address; may be empty.
    pub detail: String,
    /// The record's id.
    pub id: String,
    /// Where it is shown.
    pub href: Option<String>,
}

impl View for HolderEvidence {
    const TEMPLATE: &'static str = "holders/grant";
    const NAV: &'static str = "holders";

    fn title(&self) -> Title {
        Title::of("proof-title").with("person", &self.answer.person.name).with("role", &self.answer.role.name)
    }
}

impl View for Explain {
    const TEMPLATE: &'static str = "holders/explain";
    const NAV: &'static str = "holders";

    fn title(&self) -> Title {
        Title::of("explain-title")
    }
}

/// The pages' samples.
#[must_use]
pub fn samples() -> Vec<Sample> {
    vec![
        Sample::of("evidence", &sample()),
        Sample::of("explain", &sample_explain()),
        Sample::of("explain-no", &sample_no()),
        Sample::of("explain-empty", &sample_empty()),
    ]
}

fn condition(kind: &str, name: &str, met: bool, from: Option<i64>, until: Option<i64>, id: &str) -> Condition {
    let href = match id.get(..3) {
        Some("crt") => Some(format!("/certificates/{id}")),
        Some("gra") => Some(format!("/holders/{id}")),
        _ => None,
    };
    let at = |days: i64| sample_at(24 * days);
    Condition {
        kind: kind.into(),
        name: name.into(),
        met,
        from: from.map(at),
        until: until.map(at),
        detail: String::new(),
        id: id.into(),
        href,
    }
}

fn link(kind: &str, tone: &str, days: i64, name: &str, by: &str, detail: &str, id: &str) -> Link {
    Link {
        kind: kind.into(),
        tone: tone.into(),
        at: sample_at(24 * days),
        until: None,
        by: by.into(),
        name: name.into(),
        detail: detail.into(),
        id: id.into(),
        href: None,
    }
}

/// A yes with everything that led to it.
#[must_use]
pub fn sample_evidence() -> Evidence {
    let (privacy, basics, grant) = (sample_id("crt", 11), sample_id("crt", 12), sample_id("gra", 4));
    Evidence {
        person: PersonRef::sample(4, "Claire Petit"),
        role: RoleRef::sample("customer-care"),
        sensitivity: "personal".into(),
        at: sample_at(0),
        exact: "2027-03-13T08:30:00Z".into(),
        past: false,
        ahead: false,
        yes: true,
        until: Some(sample_at(24 * 70)),
        sentence: "Claire Petit may use CUSTOMER_CARE until 22 May 2027, because her grant is in force, her certificates “Personal data” \
                   and “Data foundations” are valid, she is active, and no lock stands in the way."
            .into(),
        conditions: vec![
            condition("grant", "", true, Some(-20), Some(70), &grant),
            condition("certification", "Personal data", true, Some(-25), Some(340), &privacy),
            condition("certification", "Warehouse analyst or Data foundations", true, Some(-160), Some(205), &basics),
            condition("person", "", true, Some(-700), None, ""),
            condition("lock", "", true, None, None, ""),
        ],
        steps: vec![
            link("attempt", "ok", -160, "Data foundations · Final exam", "", "88 %", &sample_id("att", 1)),
            Link { until: Some(sample_at(24 * 205)), href: Some(format!("/certificates/{basics}")), ..link("certificate", "ok", -160, "Data foundations", "", "", &basics) },
            link("request", "", -26, "CUSTOMER_CARE", "Claire Petit", "Answering escalations of the Paris desk.", &sample_id("req", 4)),
            link("blocked", "warn", -26, "Personal data", "", "", ""),
            link("attempt", "bad", -26, "Personal data · Final exam", "", "64 %", &sample_id("att", 2)),
            link("attempt", "ok", -25, "Personal data · Final exam", "", "91 %", &sample_id("att", 3)),
            Link { until: Some(sample_at(24 * 340)), href: Some(format!("/certificates/{privacy}")), ..link("certificate", "ok", -25, "Personal data", "", "", &privacy) },
            link("decision", "ok", -22, "", "Núria Vidal", "For the Paris desk only.", &sample_id("dec", 1)),
            link("decision", "ok", -20, "", "Bastien Moreau", "", &sample_id("dec", 2)),
            Link { until: Some(sample_at(24 * 70)), ..link("grant", "ok", -20, "CUSTOMER_CARE", "", "", &grant) },
            link("tokens", "", -19, "212", "", "habilis-cli, page", &sample_id("tok", 1)),
        ],
        machines: vec![super::shared::Link::new("Nightly load", "/clients#cli_5")],
        timeline: Some(super::timeline::sample()),
        json: "/api/v1/explain?person=per_0195c2f0a1b27c3d8e4f5a6b7c8d0004&role=customer-care".into(),
    }
}

/// A grant's own page.
#[must_use]
pub fn sample() -> HolderEvidence {
    HolderEvidence {
        grant: sample_id("gra", 4),
        answer: sample_evidence(),
        may_revoke: true,
        may_hold: true,
        suspended: false,
        errors: vec![],
    }
}

/// The question with a yes.
#[must_use]
pub fn sample_explain() -> Explain {
    Explain {
        person: "claire@example.com".into(),
        role: "customer-care".into(),
        at: String::new(),
        roles: super::holders::choices(&[
            ("analyst", "ANALYST"),
            ("customer-care", "CUSTOMER_CARE"),
            ("returns-desk", "RETURNS_DESK"),
        ]),
        answer: Some(sample_evidence()),
        errors: vec![],
    }
}

/// The question with a no.
#[must_use]
pub fn sample_no() -> Explain {
    let yes = sample_evidence();
    let lock = sample_id("lck", 2);
    Explain {
        person: "hugo@example.com".into(),
        role: "returns-desk".into(),
        at: "2027-03-11T14:00".into(),
        answer: Some(Evidence {
            person: PersonRef::sample(5, "Hugo Lambert"),
            role: RoleRef::sample("returns-desk"),
            sensitivity: "confidential".into(),
            at: sample_at(-42),
            exact: "2027-03-11T14:30:00Z".into(),
            past: true,
            yes: false,
            until: None,
            sentence: "Hugo Lambert could not use RETURNS_DESK on 11 March 2027 at 15:00, because a lock stood on him and his certificate \
                       “Personal data” had expired on 6 March 2027."
                .into(),
            conditions: vec![
                condition("grant", "", true, Some(-60), Some(60), &sample_id("gra", 5)),
                condition("certification", "Warehouse analyst", true, Some(-90), Some(275), &sample_id("crt", 21)),
                condition("certification", "Personal data", false, Some(-372), Some(-7), &sample_id("crt", 22)),
                condition("person", "", true, Some(-500), None, ""),
                Condition { detail: "Laptop reported stolen.".into(), ..condition("lock", "", false, Some(-2), None, &lock) },
            ],
            steps: vec![
                link("attempt", "ok", -372, "Personal data · Final exam", "", "79 %", &sample_id("att", 31)),
                Link { until: Some(sample_at(-24 * 7)), ..link("certificate", "bad", -372, "Personal data", "", "", &sample_id("crt", 22)) },
                link("request", "", -61, "RETURNS_DESK", "Hugo Lambert", "Settling returns with merchants.", &sample_id("req", 5)),
                link("decision", "ok", -60, "", "Marc Delmas", "", &sample_id("dec", 5)),
                Link { until: Some(sample_at(24 * 60)), ..link("grant", "ok", -60, "RETURNS_DESK", "", "", &sample_id("gra", 5)) },
                link("tokens", "", -59, "1", "", "page", &sample_id("tok", 8)),
                link("suspended", "warn", -7, "RETURNS_DESK", "", "", &sample_id("gra", 5)),
                link("lock", "bad", -2, "Hugo Lambert", "Ana Ruiz", "Laptop reported stolen.", &lock),
            ],
            ..yes
        }),
        ..sample_explain()
    }
}

/// The question before it is asked.
#[must_use]
pub fn sample_empty() -> Explain {
    Explain { person: String::new(), role: String::new(), answer: None, ..sample_explain() }
}
