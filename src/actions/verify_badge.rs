//! Verifying a badge: claim by claim, against the published key, the status list and the certificate itself.

use super::{
    About, look,
    prove::{places, status_list},
};
use crate::{
    app::App,
    base::{clock::Time, refusal::Fault},
    certification::{
        badge::{self, Badge},
        certificate::Certificate,
        places::Places,
        rows,
    },
    db::sql::word_column,
    identity::{self, actor::Actor},
    tokens::keyring::BADGES,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

/// What is looked at, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// A compact JWT with a credential in it.
    Form,
    /// This academy says it.
    Issuer,
    /// Its key is published here.
    Key,
    /// The key has signed exactly this.
    Signature,
    /// It says what the academy's own record says.
    Content,
    /// This instant lies between its first and its last.
    Time,
    /// The status list does not revoke it.
    Status,
    /// The certificate counts.
    Standing,
}
word_column!(Check {
    Form => "form",
    Issuer => "issuer",
    Key => "key",
    Signature => "signature",
    Content => "content",
    Time => "time",
    Status => "status",
    Standing => "standing"
});

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed,
    /// What it stands on failed.
    Skipped,
}
word_column!(Outcome { Passed => "passed", Failed => "failed", Skipped => "skipped" });

/// What was found.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Every check with its outcome, in order.
    pub checks: Vec<(Check, Outcome)>,
    /// Who says that they issued it; believed only where the signature is.
    pub issuer: Option<String>,
    /// The name of the key, where it is one of ours.
    pub kid: Option<String>,
    /// The certificate, where the signature is good: the record, the holder's name, and the badge.
    pub certificate: Option<(Certificate, String, Badge)>,
    /// When all this was looked at.
    pub at: Time,
}

impl Verdict {
    /// Whether every check has passed.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.checks.iter().all(|(_, outcome)| *outcome == Outcome::Passed)
    }

    /// How one check came out.
    #[must_use]
    pub fn outcome(&self, check: Check) -> Outcome {
        self.checks.iter().find(|(each, _)| *each == check).map_or(Outcome::Skipped, |(_, outcome)| *outcome)
    }
}

const ORDER: [Check; 8] = [
    Check::Form,
    Check::Issuer,
    Check::Key,
    Check::Signature,
    Check::Content,
    Check::Time,
    Check::Status,
    Check::Standing,
];

/// Notes outcomes; what was never reached is skipped.
struct Notes(Vec<(Check, Outcome)>);

impl Notes {
    fn note(&mut self, check: Check, good: bool) -> bool {
        self.0.push((check, if good { Outcome::Passed } else { Outcome::Failed }));
        good
    }
    fn close(mut self) -> Vec<(Check, Outcome)> {
        for check in ORDER {
            if !self.0.iter().any(|(each, _)| *each == check) {
                self.0.push((check, Outcome::Skipped));
            }
        }
        self.0.sort_by_key(|(check, _)| ORDER.iter().position(|each| each == check));
        self.0
    }
}

/// A text in a document, by its pointer (RFC 6901).
fn text<'v>(document: &'v Value, pointer: &str) -> Option<&'v str> {
    document.pointer(pointer)?.as_str()
}

/// Verifies a compact JWT that anybody may have sent.
///
/// # Errors
/// The database is away.
pub async fn verify_badge(app: &App, actor: &Actor, token: &str) -> Result<Verdict, Fault> {
    let at = app.now();
    let places = places(app);
    let mut notes = Notes(Vec::new());
    let mut verdict = Verdict { checks: Vec::new(), issuer: None, kid: None, certificate: None, at };
    let signed = open(app, &places, token, &mut notes, &mut verdict);
    if let Some(claims) = signed {
        judge(app, actor, &places, &claims, &mut notes, &mut verdict).await?;
    }
    verdict.checks = notes.close();
    Ok(verdict)
}

/// The claims, where the key of this academy that the header names has signed them.
fn open(app: &App, places: &Places, token: &str, notes: &mut Notes, verdict: &mut Verdict) -> Option<Value> {
    let part = |no: usize| -> Option<Value> {
        let bytes = URL_SAFE_NO_PAD.decode(token.split('.').nth(no)?).ok()?;
        serde_json::from_slice(&bytes).ok()
    };
    let (header, claims) = (part(0), part(1));
    let is_badge = |claims: &Value| {
        let types = claims.get("type").and_then(Value::as_array);
        types.is_some_and(|all| {
            all.iter().any(|each| matches!(each.as_str(), Some("OpenBadgeCredential" | "AchievementCredential")))
        })
    };
    let formed = header.as_ref().is_some_and(Value::is_object) && claims.as_ref().is_some_and(is_badge);
    if !notes.note(Check::Form, formed) {
        return None;
    }
    let (header, claims) = (header?, claims?);
    let issuer = text(&claims, "/iss").unwrap_or_default().to_owned();
    let own = issuer == places.issuer() && text(&claims, "/issuer/id") == Some(issuer.as_str());
    verdict.issuer = Some(issuer.chars().take(200).collect());
    if !notes.note(Check::Issuer, own) {
        return None;
    }
    let kid = text(&header, "/kid").and_then(|address| places.kid(address));
    let published =
        kid.filter(|kid| text(&header, "/alg") == Some(BADGES.word()) && app.keyring.badge_jwk(kid).is_some());
    if !notes.note(Check::Key, published.is_some()) {
        return None;
    }
    verdict.kid = published.map(str::to_owned);
    let claims = app.keyring.badge_claims(published?, token);
    notes.note(Check::Signature, claims.is_some());
    claims
}

/// What the signature can not tell: the record, the time, and the status.
async fn judge(
    app: &App,
    actor: &Actor,
    places: &Places,
    claims: &Value,
    notes: &mut Notes,
    verdict: &mut Verdict,
) -> Result<(), Fault> {
    let id = text(claims, "/jti").and_then(|address| places.certificate_in(address));
    let found = match id {
        None => None,
        Some(id) => {
            look(app, actor, "verify_badge", About::nothing().subject(id), move |r| {
                let Some(certificate) = rows::certificate(r, id)? else { return Ok(None) };
                let person = identity::rows::person(r, certificate.person_id)?;
                let person = person.map_or_else(String::new, |person| person.name);
                Ok(rows::badges::badge(r, id)?.map(|badge| (certificate, person, badge)))
            })
            .await?
        }
    };
    let same = found.as_ref().is_some_and(|(certificate, _, badge)| badge::says(claims, places, certificate, badge));
    notes.note(Check::Content, same);
    let seconds = verdict.at.seconds();
    let time = |name: &str| claims.get(name)?.as_i64();
    let now = time("nbf").is_some_and(|from| from <= seconds) && time("exp").is_some_and(|until| seconds < until);
    notes.note(Check::Time, now);
    let listed = match &found {
        None => None,
        Some((_, _, badge)) => {
            // The same document that any verifier is given, and read the same way.
            let list = status_list(app, actor, badge.list).await?;
            let list = list.token.as_str();
            let signed = header_kid(places, list).and_then(|kid| app.keyring.badge_claims(&kid, list));
            signed.and_then(|claims| badge::is_set(text(&claims, "/credentialSubject/encodedList")?, badge.place))
        }
    };
    notes.note(Check::Status, listed == Some(false));
    if let Some(found) = found {
        notes.note(Check::Standing, found.0.counts_at(verdict.at));
        verdict.certificate = Some(found);
    }
    Ok(())
}

fn header_kid(places: &Places, token: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(token.split('.').next()?).ok()?;
    let header: Value = serde_json::from_slice(&bytes).ok()?;
    places.kid(text(&header, "/kid")?).map(str::to_owned)
}
