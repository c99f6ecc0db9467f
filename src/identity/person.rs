//! A person with an account, and why one may be refused at the door.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Fact, Kind, Refusal},
        text::{Email, Language},
    },
    db::sql::word_column,
};
use std::collections::BTreeMap;

/// Whether a person can act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Invited, no password yet.
    Invited,
    /// Can sign in.
    Active,
    /// Was shut out.
    Disabled,
}
word_column!(State { Invited => "invited", Active => "active", Disabled => "disabled" });

/// What a person may do beyond learning and asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Capabilities {
    /// Changes people, locks, keys and content.
    pub admin: bool,
    /// Reads everything, changes nothing.
    pub auditor: bool,
    /// Sees content reports.
    pub author: bool,
}

/// A person with an account.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Person {
    /// Who.
    pub id: Id<ids::Person>,
    /// Their address, in lower case.
    pub email: Email,
    /// Their name, as they write it.
    pub name: String,
    /// The office they work in; may be empty.
    pub office: String,
    /// The language they chose; none means the browser's.
    pub language: Option<Language>,
    /// Their time zone (IANA name).
    pub zone: String,
    /// What they may do.
    pub capabilities: Capabilities,
    /// Whether they can act.
    pub state: State,
    /// Since when they have an account.
    pub created_at: Time,
}

impl Person {
    /// The first letters of the first two words of the name.
    #[must_use]
    pub fn initials(&self) -> String {
        self.name
            .split_whitespace()
            .take(2)
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_uppercase)
            .collect()
    }
}

/// Why the door stays shut, or a change to an account is refused.
#[derive(Clone, Debug, thiserror::Error)]
pub enum IdentityRefusal {
    /// Unknown person, wrong password, or a disabled one: the same answer.
    #[error("this e-mail address and password do not match an active account")]
    BadCredentials,
    /// Too many failures.
    #[error("too many wrong passwords; try again at {until}")]
    Throttled { until: Time },
    /// No session, or one that has ended.
    #[error("sign in first")]
    SignInFirst,
    /// The person may not do this.
    #[error("this needs the capability: {capability}")]
    Lacks { capability: &'static str },
    /// The link was used, has expired, or never was.
    #[error("this link is used up or has expired")]
    LinkDead,
    /// The password is too short.
    #[error("a password has at least {least} characters")]
    PasswordTooShort { least: i64 },
    /// The password is too long.
    #[error("a password has at most {most} characters")]
    PasswordTooLong { most: i64 },
    /// The password is easy to guess.
    #[error("this password is easy to guess")]
    PasswordCommon,
    /// The current password is wrong.
    #[error("the current password is not right")]
    WrongPassword,
    /// The address is taken.
    #[error("{email} has an account already")]
    EmailTaken { email: String },
    /// There is no such person.
    #[error("there is no such person")]
    NoSuchPerson,
    /// A piece of a name or an address fits more than one.
    #[error("several people match this: give the e-mail address of the one that is meant")]
    SeveralPeople,
    /// There is no such session, or it is another person's.
    #[error("there is no such session")]
    NoSuchSession,
    /// It would leave the house without an admin.
    #[error("the last active admin can not be disabled or stop being one")]
    LastAdmin,
    /// The person is in that state already.
    #[error("this person is {state} already")]
    AlreadySo { state: &'static str },
    /// A value makes no sense.
    #[error("{field} is not right: {why}")]
    BadField { field: &'static str, why: Wrong },
    /// A form from elsewhere.
    #[error("this form did not come from a page of this service")]
    ForgedForm,
    /// The set-up is over.
    #[error("the first admin exists already")]
    SetUpDone,
    /// The password workers have all hands full.
    #[error("too many sign-ins at this moment")]
    Crowded,
}

/// What is wrong with a value. Each has a stable code, by which the catalogue says it in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It is no e-mail address.
    #[error("it is no e-mail address")]
    Address,
    /// A name is empty, too long, or holds control characters.
    #[error("1 to 100 characters")]
    NameLength,
    /// A login is too long, or holds control characters.
    #[error("at most 200 characters")]
    LoginLength,
    /// A name is needed.
    #[error("it needs a name")]
    Nameless,
    /// A team's name has other characters than letters, digits and hyphens.
    #[error("letters, digits and hyphens only")]
    TeamName,
    /// No time zone has this name.
    #[error("it is no time zone")]
    Zone,
}

impl Wrong {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Address, Self::NameLength, Self::LoginLength, Self::Nameless, Self::TeamName, Self::Zone];

    /// A stable code of lower-case words joined by hyphens.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::NameLength => "name-length",
            Self::LoginLength => "login-length",
            Self::Nameless => "nameless",
            Self::TeamName => "team-name",
            Self::Zone => "zone",
        }
    }
}

impl Refusal for IdentityRefusal {
    fn kind(&self) -> Kind {
        match self {
            Self::BadCredentials | Self::SignInFirst => Kind::Unauthenticated,
            Self::Throttled { .. } => Kind::TooMany,
            Self::Lacks { .. } | Self::ForgedForm | Self::WrongPassword => Kind::Forbidden,
            Self::LinkDead | Self::SetUpDone => Kind::Gone,
            Self::PasswordTooShort { .. }
            | Self::PasswordTooLong { .. }
            | Self::PasswordCommon
            | Self::BadField { .. } => Kind::Invalid,
            Self::EmailTaken { .. } | Self::LastAdmin | Self::AlreadySo { .. } => Kind::Conflict,
            Self::NoSuchPerson | Self::SeveralPeople | Self::NoSuchSession => Kind::NotFound,
            Self::Crowded => Kind::Unavailable,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::BadCredentials => "bad-credentials",
            Self::Throttled { .. } => "sign-in-throttled",
            Self::SignInFirst => "sign-in-first",
            Self::Lacks { .. } => "capability-missing",
            Self::LinkDead => "link-dead",
            Self::PasswordTooShort { .. } => "password-too-short",
            Self::PasswordTooLong { .. } => "password-too-long",
            Self::PasswordCommon => "password-common",
            Self::WrongPassword => "wrong-password",
            Self::EmailTaken { .. } => "email-taken",
            Self::NoSuchPerson => "no-such-person",
            Self::SeveralPeople => "several-people",
            Self::NoSuchSession => "no-such-session",
            Self::LastAdmin => "last-admin",
            Self::AlreadySo { .. } => "already-so",
            Self::BadField { .. } => "bad-field",
            Self::ForgedForm => "forged-form",
            Self::SetUpDone => "set-up-done",
            Self::Crowded => "sign-in-crowded",
        }
    }

    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        match self {
            Self::Throttled { until } => BTreeMap::from([("until", Fact::NotBefore(*until))]),
            Self::Lacks { capability } => BTreeMap::from([("capability", Fact::from(*capability))]),
            Self::PasswordTooShort { least } => BTreeMap::from([("least", Fact::from(*least))]),
            Self::PasswordTooLong { most } => BTreeMap::from([("most", Fact::from(*most))]),
            Self::EmailTaken { email } => BTreeMap::from([("email", Fact::from(email.as_str()))]),
            Self::AlreadySo { state } => BTreeMap::from([("state", Fact::from(*state))]),
            Self::BadField { field, why } => {
                BTreeMap::from([("field", Fact::from(*field)), ("why", Fact::from(why.code()))])
            }
            _ => BTreeMap::new(),
        }
    }
}
