//! A notice: something that a person should know, told in the app and by mail.

use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Kind, Refusal},
        text::Slug,
    },
    db::sql::word_column,
};
use serde::{Deserialize, Serialize};

/// What a notice is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// A certificate lapses soon.
    CertificateLapses,
    /// A new version of the course broke a certificate; it counts until its grace ends.
    CertificateSuperseded,
}
word_column!(NoticeKind {
    CertificateLapses => "certificate_lapses",
    CertificateSuperseded => "certificate_superseded",
});

/// Why a notice is not put aside.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("there is no such notice")]
pub struct NoSuchNotice;

impl Refusal for NoSuchNotice {
    fn kind(&self) -> Kind {
        Kind::NotFound
    }
    fn code(&self) -> &'static str {
        "no-such-notice"
    }
}

/// What a notice is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub certificate: Id<ids::Certificate>,
    pub certification: Slug,
    pub course: Slug,
    /// Until when the certificate counts.
    pub until: Time,
}

/// A notice to one person.
#[derive(Clone, Debug)]
pub struct Notice {
    pub id: Id<ids::Notice>,
    pub person_id: Id<ids::Person>,
    pub kind: NoticeKind,
    pub about: About,
    pub at: Time,
}
