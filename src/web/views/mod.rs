//! What each page shows: one plain struct a page, the chrome around it, and the samples that the rendering test draws.

pub mod access;
pub mod account;
pub mod answers;
pub mod attempt;
pub mod attempt_parts;
pub mod authoring;
pub mod break_glass;
pub mod certificate;
pub mod certificates;
pub mod client_change;
pub mod clients;
pub mod consent;
pub mod course;
pub mod courses;
pub mod decisions;
pub mod delegations;
pub mod device;
pub mod events;
pub mod evidence;
pub mod fault;
pub mod granted;
pub mod holders;
pub mod holders_map;
pub mod home;
pub mod keys;
pub mod lab;
pub mod lapses;
pub mod least;
pub mod locks;
pub mod machines;
pub mod module;
pub mod notices;
pub mod parts;
pub mod people;
pub mod person;
pub mod person_lines;
pub mod policies;
pub mod preview;
pub mod preview_samples;
pub mod provider;
pub mod provisioning;
pub mod quiz;
pub mod reference;
pub mod regrade;
pub mod reports;
pub mod result;
pub mod reviewed;
pub mod reviews;
pub mod role;
pub mod search;
pub mod shared;
pub mod sign_in;
pub mod signals;
pub mod snippets;
pub mod statistics;
pub mod teams;
pub mod timeline;
pub mod token;
pub mod transcript;
pub mod verify_badge;
pub mod warehouse;
pub mod warehouses;
pub mod webhooks;
pub mod welcome;

use serde::Serialize;

/// Which frame a page stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// The house: navigation at the side, the account below.
    House,
    /// A slim header only: for signed-out visitors and single-purpose pages.
    Porch,
    /// Nothing that distracts: for a quiz in progress.
    Desk,
}

/// A page's view: which template draws it, what its tab says, and where it stands in the navigation.
pub trait View: Serialize {
    /// The template's name: its path under `templates/` without `.hbs`.
    const TEMPLATE: &'static str;
    /// The navigation entry to mark as current: `home`, `courses`, `certificates`, …, or empty.
    const NAV: &'static str = "";
    /// The frame around the page.
    const FRAME: Frame = Frame::House;

    /// The title: a message key and its variables.
    fn title(&self) -> Title;
}

/// A title as a message with its variables.
#[derive(Debug, Clone, Default)]
pub struct Title {
    /// The message's key in the catalogue.
    pub key: &'static str,
    /// The message's variables.
    pub args: Vec<(&'static str, String)>,
}

impl Title {
    /// A title without variables.
    #[must_use]
    pub fn of(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// The same title with one more variable.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// Everything a template is given: the reader, the moment, and the page's own view.
#[derive(Debug, Clone, Serialize)]
pub struct Page<V> {
    /// The language to speak: `en`, `fr`.
    pub lang: String,
    /// Now, in microseconds UTC.
    pub now: i64,
    /// The reader's time zone: an IANA name.
    pub zone: String,
    /// The path of this page, without the query.
    pub path: String,
    /// The signed-in reader.
    pub me: Option<Me>,
    /// The token every form sends back.
    pub form_token: Option<String>,
    /// What just happened, said once.
    pub notice: Option<Notice>,
    /// Whether this is a demonstration with made-up people.
    pub demo: bool,
    /// The page's own content.
    pub view: V,
}

/// The signed-in reader, as the frame needs to know them.
#[derive(Debug, Clone, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one independent right that the frame shows")]
pub struct Me {
    /// `per_…`
    pub id: String,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Up to two letters for the seal beside the name.
    pub initials: String,
    /// May set up and revoke.
    pub is_admin: bool,
    /// May read everything.
    pub is_auditor: bool,
    /// May see authoring pages.
    pub is_author: bool,
    /// Owns a role or sits in an approval clause.
    pub decides: bool,
    /// Requests that wait for this reader's decision.
    pub waiting: u32,
    /// Accesses that this reader is asked about in reviews.
    pub to_review: u32,
    /// Notices that this reader did not put aside yet.
    pub notices: u32,
    /// Attempts whose prose waits to be marked by somebody like this reader.
    pub to_mark: u32,
    /// Roles that others took without approval and that nobody has judged, where this reader oversees.
    pub emergencies: u32,
}

/// One sentence about what just happened.
#[derive(Debug, Clone, Serialize)]
pub struct Notice {
    /// `ok`, `warn` or `error`.
    pub kind: NoticeKind,
    /// The sentence, already in the reader's language.
    pub text: String,
}

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// It is done.
    Ok,
    /// It is done, but.
    Warn,
    /// It is not done.
    Error,
}

/// One wrong field of a form: the field's name, and what to do about it in the reader's language.
#[derive(Debug, Clone, Serialize)]
pub struct FieldError {
    /// The input's `name`; also its id.
    pub field: String,
    /// The sentence.
    pub text: String,
}

/// One choice in a list to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

/// Where one stands in a long list.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    /// Address of the page before, if any.
    pub previous: Option<String>,
    /// Address of the page after, if any.
    pub next: Option<String>,
    /// How many lines this page shows.
    pub shown: u32,
    /// How many there are, where that is known cheaply.
    pub total: Option<u64>,
}

/// A moment that samples are told at: 13 March 2027, 08:30 UTC, in microseconds.
pub const SAMPLE_NOW: i64 = 1_804_926_600_000_000;

/// An instant so many hours from [`SAMPLE_NOW`], for samples.
#[must_use]
pub const fn sample_at(hours: i64) -> i64 {
    SAMPLE_NOW + hours * 3_600_000_000
}

/// A page drawn from a sample, with its type erased so that one test can draw them all.
#[derive(Debug, Clone)]
pub struct Sample {
    /// A name for the file and for failures.
    pub name: String,
    /// The template.
    pub template: &'static str,
    /// The current navigation entry.
    pub nav: &'static str,
    /// The frame.
    pub frame: Frame,
    /// The title.
    pub title: Title,
    /// The view as data.
    pub view: serde_json::Value,
    /// Whether the reader is signed out.
    pub signed_out: bool,
}

impl Sample {
    /// A sample of a page for a signed-in reader.
    #[must_use]
    pub fn of<V: View>(name: &str, view: &V) -> Self {
        Self {
            name: name.to_owned(),
            template: V::TEMPLATE,
            nav: V::NAV,
            frame: V::FRAME,
            title: view.title(),
            view: serde_json::to_value(view).unwrap_or_default(),
            signed_out: false,
        }
    }

    /// The same for a reader who is signed out.
    #[must_use]
    pub fn signed_out(mut self) -> Self {
        self.signed_out = true;
        self
    }
}

/// A reader with every right, for samples.
#[must_use]
pub fn sample_me() -> Me {
    Me {
        id: "per_0195c2f0a1b27c3d8e4f5a6b7c8d9e0f".into(),
        name: "Ana Ruiz".into(),
        email: "ana@example.com".into(),
        initials: "AR".into(),
        is_admin: true,
        is_auditor: true,
        is_author: true,
        decides: true,
        waiting: 3,
        to_review: 9,
        notices: 2,
        to_mark: 2,
        emergencies: 1,
    }
}

/// Every page's samples, for the test that draws them all.
#[must_use]
pub fn samples() -> Vec<Sample> {
    [
        sign_in::samples(),
        provider::samples(),
        welcome::samples(),
        home::samples(),
        notices::samples(),
        search::samples(),
        courses::samples(),
        course::samples(),
        module::samples(),
        quiz::samples(),
        attempt::samples(),
        lab::samples(),
        result::samples(),
        certificates::samples(),
        certificate::samples(),
        verify_badge::samples(),
        account::samples(),
        fault::samples(),
        access::samples(),
        role::samples(),
        token::samples(),
        decisions::samples(),
        delegations::samples(),
        reviews::samples(),
        least::samples(),
        break_glass::samples(),
        policies::samples(),
        people::samples(),
        person::samples(),
        holders::samples(),
        evidence::samples(),
        reports::samples(),
        lapses::samples(),
        holders_map::samples(),
        events::samples(),
        warehouses::samples(),
        webhooks::samples(),
        warehouse::samples(),
        keys::samples(),
        client_change::samples(),
        clients::samples(),
        provisioning::samples(),
        signals::samples(),
        consent::samples(),
        device::samples(),
        locks::samples(),
        authoring::samples(),
        preview::samples(),
        answers::samples(),
        statistics::samples(),
        regrade::samples(),
        reference::samples(),
        teams::samples(),
        transcript::samples(),
    ]
    .concat()
}
