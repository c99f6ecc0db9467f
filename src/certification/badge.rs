//! A badge: a certificate as an Open Badges 3.0 credential, with its place in a status list.

use super::{certificate::Certificate, places::Places};
use crate::base::{
    clock::Time,
    ids::{self, Id},
    refusal::Broken,
    text::{Email, Language, Words},
};
use aws_lc_rs::rand;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    fmt::Write as _,
    io::{Read, Write},
};

/// The places of a status list (Bitstring Status List 1.0, section 6.1: 16 KiB at least).
pub const PLACES: u32 = 131_072;

const CONTEXT_VC: &str = "https://www.w3.org/ns/credentials/v2";
const CONTEXT_OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const SCHEMA: &str = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";
/// How long a status list that was fetched may be believed, in seconds.
pub const LIST_SECONDS: i64 = 86_400;
/// How long it is of use to keep it, in seconds.
pub const LIST_FRESH_SECONDS: i64 = 10;

/// What a badge says in words, as they were when it was earned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// The certification's name.
    pub name: Words,
    /// What a holder has shown.
    pub criteria: Words,
    /// The course's title.
    pub course: Words,
}

/// What of a badge is fixed when its certificate is issued.
#[derive(Clone, Debug)]
pub struct Badge {
    pub certificate_id: Id<ids::Certificate>,
    /// Which status list.
    pub list: i64,
    /// Where in it.
    pub place: i64,
    /// The language that it speaks.
    pub language: Language,
    pub salt: String,
    /// The holder's e-mail address with the salt, hashed.
    pub identity_hash: String,
    pub wording: Wording,
}

impl Badge {
    /// Draws a badge: everything but its place in a list.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn draw(
        certificate: Id<ids::Certificate>,
        email: &Email,
        language: Language,
        wording: Wording,
    ) -> Result<Self, Broken> {
        let salt = crate::identity::secret::hex(&random::<16>()?);
        let identity_hash = identity_hash(email, &salt);
        Ok(Self { certificate_id: certificate, list: 1, place: place()?, language, salt, identity_hash, wording })
    }

    /// The certification's name in the badge's language.
    #[must_use]
    pub fn name(&self) -> &str {
        self.wording.name.get(self.language)
    }
}

fn random<const N: usize>() -> Result<[u8; N], Broken> {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).map_err(|_| Broken::defect("the system gives no randomness"))?;
    Ok(bytes)
}

/// A random place of a status list.
///
/// # Errors
/// The system gives no randomness.
pub fn place() -> Result<i64, Broken> {
    // PLACES is a power of two: the rest is as even as the bits.
    Ok(i64::from(u32::from_le_bytes(random()?) % PLACES))
}

/// An e-mail address with its salt, as Open Badges hashes it (`IdentityObject`).
#[must_use]
pub fn identity_hash(email: &Email, salt: &str) -> String {
    let digest = Sha256::digest(format!("{email}{salt}").as_bytes());
    format!("sha256${}", crate::identity::secret::hex(&digest))
}

/// An instant to the second, as credentials write it.
fn instant(at: Time) -> String {
    Time::from_micros(at.seconds() * 1_000_000).to_string()
}

/// Whether a signed credential says what the record says. What the academy was called when it signed may have changed since.
#[must_use]
pub fn says(claims: &Value, places: &Places, certificate: &Certificate, badge: &Badge) -> bool {
    let mut expected = credential(places, certificate, badge);
    for name in ["/issuer/name", "/credentialSubject/achievement/creator/name"] {
        if let (Some(now), Some(then)) =
            (expected.pointer_mut(name), claims.pointer(name).filter(|name| name.is_string()))
        {
            now.clone_from(then);
        }
    }
    *claims == expected
}

/// The claims of a certificate's credential (Open Badges 3.0, section 8.2): always the same for the same certificate.
#[must_use]
pub fn credential(places: &Places, certificate: &Certificate, badge: &Badge) -> Value {
    let id = places.certificate(certificate.id);
    let subject = format!("{id}#holder");
    let list = places.list(badge.list);
    let mut achievement = places.achievement_of(certificate.certification_id.as_str(), &badge.wording, badge.language);
    if let Some(fields) = achievement.as_object_mut() {
        fields.insert("version".to_owned(), json!(certificate.course_version.to_string()));
    }
    json!({
        "@context": [CONTEXT_VC, CONTEXT_OB],
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.name(),
        "issuer": places.profile(),
        "validFrom": instant(certificate.valid_from),
        "validUntil": instant(certificate.expires_at),
        "credentialSubject": {
            "id": subject,
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject",
                "identityType": "emailAddress",
                "hashed": true,
                "identityHash": badge.identity_hash,
                "salt": badge.salt,
            }],
            "achievement": achievement,
        },
        "credentialStatus": {
            "id": format!("{list}#{}", badge.place),
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": badge.place.to_string(),
            "statusListCredential": list,
        },
        "credentialSchema": [{ "id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019" }],
        "iss": places.issuer(),
        "sub": subject,
        "jti": id,
        "nbf": certificate.valid_from.seconds(),
        "exp": certificate.expires_at.seconds(),
    })
}

/// The claims of a status list in which these places are revoked.
///
/// # Errors
/// Packing fails.
pub fn status_list(places: &Places, no: i64, revoked: &[i64], now: Time) -> Result<Value, Broken> {
    let id = places.list(no);
    let until = now.plus_seconds(LIST_SECONDS);
    Ok(json!({
        "@context": [CONTEXT_VC],
        "id": id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": places.issuer(),
        "validFrom": instant(now),
        "validUntil": instant(until),
        "credentialSubject": {
            "id": format!("{id}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": packed(revoked)?,
            "ttl": LIST_FRESH_SECONDS * 1000,
        },
        "iss": places.issuer(),
        "sub": format!("{id}#list"),
        "jti": id,
        "nbf": now.seconds(),
        "exp": until.seconds(),
    }))
}

/// Places as bits, the first on the left; packed with GZIP and written as multibase base64url.
fn packed(revoked: &[i64]) -> Result<String, Broken> {
    let mut bits = vec![0_u8; PLACES as usize / 8];
    for place in revoked {
        let place = usize::try_from(*place).unwrap_or(usize::MAX);
        if let Some(byte) = bits.get_mut(place / 8) {
            *byte |= 0x80 >> (place % 8);
        }
    }
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    let packed = packer.write_all(&bits).and_then(|()| packer.finish()).map_err(Broken::defect)?;
    let mut text = "u".to_owned();
    let _ = write!(text, "{}", URL_SAFE_NO_PAD.encode(packed));
    Ok(text)
}

/// Whether a place of a packed list is set; none where the list does not read.
#[must_use]
pub fn is_set(packed: &str, place: i64) -> Option<bool> {
    let bytes = URL_SAFE_NO_PAD.decode(packed.strip_prefix('u')?).ok()?;
    let mut bits = Vec::new();
    GzDecoder::new(bytes.as_slice()).take(u64::from(PLACES)).read_to_end(&mut bits).ok()?;
    let place = usize::try_from(place).ok()?;
    bits.get(place / 8).map(|byte| byte & (0x80 >> (place % 8)) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certification::certificate::{Evidence, State};
    use std::collections::BTreeMap;

    fn certificate() -> (Certificate, Badge) {
        let at = Time::parse("2026-11-23T08:00:00.123456Z").unwrap();
        let email: Email = "ana@example.com".parse().unwrap();
        let wording = Wording {
            name: Words::english("Personal data handler"),
            criteria: Words::english("Has shown it."),
            course: Words::english("Personal data"),
        };
        let certificate = Certificate {
            id: Id::new(at),
            person_id: Id::new(at),
            certification_id: "personal-data".parse().unwrap(),
            course_id: "personal-data".parse().unwrap(),
            course_version: 3,
            state: State::Valid,
            issued_at: at,
            valid_from: at,
            expires_at: at.plus_seconds(86_400),
            ends_at: at.plus_seconds(86_400),
            ended_reason: None,
            evidence: Evidence {
                course: "personal-data".parse().unwrap(),
                version: 3,
                content: String::new(),
                modules: BTreeMap::new(),
                exams: Vec::new(),
                renews: None,
            },
        };
        let badge = Badge::draw(certificate.id, &email, Language::En, wording).unwrap();
        (certificate, badge)
    }

    #[test]
    fn a_credential_has_every_required_field_and_nobodys_address() {
        let (certificate, badge) = certificate();
        let places = Places::of("https://academy.example.com", None);
        let claims = credential(&places, &certificate, &badge);
        // AchievementCredential, Profile, AchievementSubject, Achievement, Criteria, IdentityObject, and the JWT's own.
        for pointer in [
            "/@context/0",
            "/@context/1",
            "/id",
            "/type/0",
            "/type/1",
            "/issuer/id",
            "/issuer/type/0",
            "/validFrom",
            "/credentialSubject/type/0",
            "/credentialSubject/achievement/id",
            "/credentialSubject/achievement/type/0",
            "/credentialSubject/achievement/name",
            "/credentialSubject/achievement/description",
            "/credentialSubject/achievement/criteria/narrative",
            "/credentialSubject/identifier/0/type",
            "/credentialSubject/identifier/0/identityHash",
            "/credentialSubject/identifier/0/identityType",
            "/credentialStatus/type",
            "/credentialStatus/statusListCredential",
            "/credentialSchema/0/type",
        ] {
            assert!(claims.pointer(pointer).is_some_and(|v| v.as_str().is_some_and(|s| !s.is_empty())), "{pointer}");
        }
        assert_eq!(claims["iss"], claims["issuer"]["id"]);
        assert_eq!(claims["jti"], claims["id"]);
        assert_eq!(claims["sub"], claims["credentialSubject"]["id"]);
        assert_eq!(claims["validFrom"], "2026-11-23T08:00:00Z");
        assert_eq!(claims["nbf"], certificate.valid_from.seconds());
        let text = claims.to_string();
        assert!(!text.contains("ana@") && !text.contains(&certificate.person_id.to_string()));
        assert_eq!(credential(&places, &certificate, &badge), claims, "the same every time");
        let again = identity_hash(&"ana@example.com".parse().unwrap(), &badge.salt);
        assert_eq!(again, badge.identity_hash);
        assert_eq!(places.certificate_in(claims["id"].as_str().unwrap()), Some(certificate.id));
        assert_eq!(places.kid("https://academy.example.com/keys/abc"), Some("abc"));
        assert_eq!(places.kid("https://evil.example.com/keys/abc"), None);
    }

    #[test]
    fn a_credential_outlives_the_name_of_its_academy_and_no_other_change() {
        let (certificate, badge) = certificate();
        let (then, now) = (Some("Example data academy"), Some("Example school of data"));
        let claims = credential(&Places::of("https://academy.example.com", then), &certificate, &badge);
        assert_eq!(claims["issuer"]["name"], "Example data academy");
        assert!(says(&claims, &Places::of("https://academy.example.com", now), &certificate, &badge));
        assert!(!says(&claims, &Places::of("https://school.example.com", then), &certificate, &badge));
        for pointer in ["/issuer/url", "/name", "/credentialSubject/achievement/name", "/validUntil"] {
            let mut bent = claims.clone();
            *bent.pointer_mut(pointer).unwrap() = json!("something else");
            assert!(!says(&bent, &Places::of("https://academy.example.com", then), &certificate, &badge), "{pointer}");
        }
        let mut bent = claims;
        bent["issuer"]["name"] = json!({ "id": "https://evil.example.com" });
        assert!(!says(&bent, &Places::of("https://academy.example.com", then), &certificate, &badge));
    }

    #[test]
    fn a_list_tells_each_place_apart() {
        let places = Places::of("https://academy.example.com", None);
        let list = status_list(&places, 1, &[0, 9, 131_071], Time::from_micros(0)).unwrap();
        let packed = list["credentialSubject"]["encodedList"].as_str().unwrap();
        let set: Vec<i64> =
            [0, 1, 8, 9, 10, 131_070, 131_071].into_iter().filter(|n| is_set(packed, *n) == Some(true)).collect();
        assert_eq!(set, [0, 9, 131_071]);
        assert_eq!(is_set(packed, 131_072), None);
        assert_eq!(is_set("u!", 1), None);
    }
}
