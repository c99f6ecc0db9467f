//! Proofs to take away: a certificate as a signed credential, and the status lists that say which were revoked.

use super::{About, act, look, look_at, noted};
use crate::{
    app::{App, Content},
    base::{
        ids::{self, Id},
        kept::Kept,
        refusal::{Broken, Fact, Fault, Kind, Refusal},
        text::{Language, Slug, Words},
    },
    certification::{
        badge::{self, Badge, Wording},
        certificate::{Certificate, CertificateRefusal},
        places::Places,
        proof::{bake, picture, wording},
        rows,
    },
    db::{Writing, sql::word_column},
    identity::{self, actor::Actor, secret::hex},
    tokens::{
        keyring::BADGES,
        rows::{Purpose, active_kid},
    },
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

/// Credentials that were asked for last, and status lists, as they were signed.
static CREDENTIALS: Kept<String> = Kept::new(1_024);
static LISTS: Kept<SignedList> = Kept::new(64);

/// A status list as it was signed, and its claims.
#[derive(Debug)]
pub struct SignedList {
    pub token: String,
    pub claims: Value,
}

/// Why something that verifiers fetch is not there.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ProofRefusal {
    /// No list has this number.
    #[error("there is no such status list")]
    NoSuchList,
    /// No key of badges has this name, or it was taken out of use.
    #[error("there is no such key")]
    NoSuchKey,
    /// No course earns it.
    #[error("there is no such certification")]
    NoSuchCertification,
}

impl Refusal for ProofRefusal {
    fn kind(&self) -> Kind {
        Kind::NotFound
    }
    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchList => "no-such-status-list",
            Self::NoSuchKey => "no-such-key",
            Self::NoSuchCertification => "no-such-certification",
        }
    }
    fn facts(&self) -> BTreeMap<&'static str, Fact> {
        BTreeMap::new()
    }
}

/// A certificate with what its proofs are made from.
#[derive(Clone, Debug)]
pub struct Proof {
    pub certificate: Certificate,
    /// The name of who earned it.
    pub person: String,
    pub badge: Badge,
    /// The key that signs badges now.
    kid: String,
}

impl Proof {
    /// The credential as a compact JWT (Open Badges 3.0, section 8.2.4).
    ///
    /// # Errors
    /// The key is not in memory yet.
    pub fn token(&self, app: &App) -> Result<String, Broken> {
        let places = places(app);
        let claims = badge::credential(&places, &self.certificate, &self.badge);
        let name = named(&json!([self.kid, claims]));
        let sign = || app.keyring.sign_named(&self.kid, &places.key(&self.kid), "JWT", &claims);
        Ok(CREDENTIALS.or_make(&name, sign)?.to_string())
    }

    /// The same away from the thread that answers others meanwhile: a signature takes its time where none is kept.
    ///
    /// # Errors
    /// As [`Proof::token`].
    pub async fn token_apart(&self, app: &App) -> Result<String, Fault> {
        let (app, proof) = (app.clone(), self.clone());
        let signing = tokio::task::spawn_blocking(move || proof.token(&app)).await;
        Ok(signing.map_err(Broken::defect)??)
    }
}

/// A form in which a proof can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The compact JWT.
    Jwt,
    /// The badge as SVG, with the credential in it.
    Svg,
    /// The badge as PNG, with the credential in it.
    Png,
    /// The certificate on paper.
    Pdf,
}
word_column!(Form { Jwt => "jwt", Svg => "svg", Png => "png", Pdf => "pdf" });

impl Form {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Jwt, Self::Svg, Self::Png, Self::Pdf];

    /// The media type.
    #[must_use]
    pub fn media(self) -> &'static str {
        match self {
            Self::Jwt => "application/vc+jwt",
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }
}

/// How many pixels a badge has on each side.
const PIXELS: u16 = 600;

impl Proof {
    /// The proof in a form; the paper in a language, the badge in its own. Takes a moment: not for an async task.
    ///
    /// # Errors
    /// The key is not in memory yet, or something does not draw.
    pub fn form(&self, app: &App, form: Form, language: Language) -> Result<Vec<u8>, Broken> {
        let id = self.certificate.id.to_string();
        let picture = || {
            let alternative = wording::alternative(self.badge.name(), self.badge.language);
            picture::svg(&picture::Badge { id: &id, name: self.badge.name(), alternative: &alternative })
                .map_err(Broken::defect)
        };
        Ok(match form {
            Form::Jwt => self.token(app)?.into_bytes(),
            Form::Svg => bake::into_svg(&picture()?, &self.token(app)?).into_bytes(),
            Form::Png => {
                let drawn = picture::png(&picture()?, PIXELS).map_err(Broken::defect)?;
                bake::into_png(&drawn, &self.token(app)?)
            }
            Form::Pdf => {
                let base = app.settings.issuer();
                let academy = app.settings.academy.as_deref();
                wording::pdf(&base, academy, &self.certificate, &self.person, &self.badge, language)?
            }
        })
    }
}

/// The addresses of what this service publishes.
#[must_use]
pub fn places(app: &App) -> Places {
    Places::of(app.settings.issuer(), app.settings.academy.as_deref())
}

/// A certificate with what its proofs are made from: public, for whoever knows its id.
///
/// # Errors
/// There is none with this id, or the database is away.
pub async fn prove(app: &App, actor: &Actor, certificate: Id<ids::Certificate>) -> Result<Proof, Fault> {
    let about = About::nothing().subject(certificate);
    let (found, person, badge, kid) = look(app, actor, "prove", about.clone(), move |r| {
        let found = rows::certificate(r, certificate)?.ok_or(CertificateRefusal::NoSuchCertificate)?;
        let person = identity::rows::person(r, found.person_id)?.map_or_else(String::new, |person| person.name);
        let badge = rows::badges::badge(r, certificate)?;
        Ok((found, person, badge, active_kid(r, Purpose::Badge, BADGES)?))
    })
    .await?;
    let badge = match badge {
        Some(badge) => badge,
        // Issued before there were badges, or in bulk: it gets its own when somebody first asks.
        None => {
            let content = app.content()?;
            let kept = found.clone();
            act(app, actor, "prove", about, move |w, _| Ok(make(w, &content, &kept)?)).await?
        }
    };
    Ok(Proof { certificate: found, person, badge, kid })
}

/// Makes the badge of a certificate, unless it has one.
///
/// # Errors
/// The database is away, or the system gives no randomness.
pub fn make(w: &mut Writing<'_>, content: &Content, certificate: &Certificate) -> Result<Badge, Broken> {
    if let Some(known) = rows::badges::badge(w, certificate.id)? {
        return Ok(known);
    }
    let person = identity::rows::person(w, certificate.person_id)?
        .ok_or_else(|| Broken::defect(format!("{} belongs to nobody", certificate.id)))?;
    let wording = wording(content, &certificate.certification_id, &certificate.course_id);
    let wording = wording.unwrap_or_else(|| Wording {
        name: Words::english(certificate.certification_id.as_str()),
        criteria: Words::default(),
        course: Words::english(certificate.course_id.as_str()),
    });
    let drawn = Badge::draw(certificate.id, &person.email, person.language.unwrap_or_default(), wording)?;
    rows::badges::insert(w, &drawn)?;
    let stored = rows::badges::badge(w, certificate.id)?;
    stored.ok_or_else(|| Broken::defect(format!("the badge of {} was not stored", certificate.id)))
}

/// What a certification says of itself, in the words of the course that earned it where that still does.
fn wording(content: &Content, certification: &Slug, course: &Slug) -> Option<Wording> {
    let earned = content.curriculum.certification(certification);
    let course = earned.iter().find(|each| each.id == *course).or_else(|| earned.first())?;
    let certification = course.certification.as_ref()?;
    Some(Wording {
        name: certification.name.clone(),
        criteria: certification.criteria.clone(),
        course: course.title.clone(),
    })
}

/// What a certification stands for, for its public address.
///
/// # Errors
/// No course earns it, or no content is loaded.
pub async fn achievement(app: &App, actor: &Actor, certification: &Slug) -> Result<Wording, Fault> {
    let content = app.content()?;
    match wording(&content, certification, certification) {
        Some(wording) => Ok(wording),
        None => {
            let about = About::nothing().named(certification.to_string());
            Err(noted(app, actor, "achievement", about, ProofRefusal::NoSuchCertification.into()).await)
        }
    }
}

/// The public JWK of a key of badges.
///
/// # Errors
/// There is none with this name, or it was taken out of use.
pub async fn badge_key(app: &App, actor: &Actor, kid: &str) -> Result<Arc<str>, Fault> {
    match app.keyring.badge_jwk(kid) {
        Some(jwk) => Ok(jwk),
        None => Err(noted(app, actor, "badge_key", About::nothing(), ProofRefusal::NoSuchKey.into()).await),
    }
}

/// A status list, signed. One that says the same is signed again only once it is no longer fresh: whoever asks without end
/// costs no signature each time, and a revocation shows at once.
///
/// # Errors
/// There is no such list, or the database is away.
pub async fn status_list(app: &App, actor: &Actor, no: i64) -> Result<Arc<SignedList>, Fault> {
    let now = app.now();
    let about = About::nothing().named(format!("certificates/{no}"));
    let (kid, revoked) = look_at(app, actor, "status_list", about, now, move |r| {
        let revoked = rows::badges::revoked(r, no)?.ok_or(ProofRefusal::NoSuchList)?;
        Ok((active_kid(r, Purpose::Badge, BADGES)?, revoked))
    })
    .await?;
    let places = places(app);
    let window = now.seconds().div_euclid(badge::LIST_FRESH_SECONDS);
    let name = named(&json!([places.issuer(), kid, no, revoked, window]));
    if let Some(kept) = LISTS.get(&name) {
        return Ok(kept);
    }
    let app = app.clone();
    let signing = tokio::task::spawn_blocking(move || {
        LISTS.or_make(&name, || {
            let claims = badge::status_list(&places, no, &revoked, now)?;
            let token = app.keyring.sign_named(&kid, &places.key(&kid), "JWT", &claims)?;
            Ok::<_, Broken>(SignedList { token, claims })
        })
    });
    Ok(signing.await.map_err(Broken::defect)??)
}

/// What stands for a content: its digest.
fn named(content: &Value) -> String {
    hex(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, content.to_string().as_bytes()).as_ref())
}
