//! The words of the paper, in every language, and the paper of a certificate.

use super::paper::{self, Paper};
use crate::{
    base::{clock::Time, refusal::Broken, text::Language},
    certification::{badge::Badge, certificate::Certificate},
};
use jiff::tz::TimeZone;

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// A day as people write it; days are those of UTC, so that the paper says what the credential says.
fn day(at: Time, language: Language) -> String {
    let day = at.timestamp().to_zoned(TimeZone::UTC).date();
    let month = usize::try_from(day.month() - 1).unwrap_or(0);
    let number = day.day();
    match language {
        Language::En => format!("{number} {} {}", MONTHS_EN.get(month).unwrap_or(&""), day.year()),
        Language::Fr => {
            let number = if number == 1 { "1er".to_owned() } else { number.to_string() };
            format!("{number} {} {}", MONTHS_FR.get(month).unwrap_or(&""), day.year())
        }
        Language::Es => format!("{number} de {} de {}", MONTHS_ES.get(month).unwrap_or(&""), day.year()),
    }
}

/// The certificate as a PDF, in one language.
///
/// # Errors
/// The paper does not draw.
pub fn pdf(
    base: &str,
    certificate: &Certificate,
    person: &str,
    badge: &Badge,
    language: Language,
) -> Result<Vec<u8>, Broken> {
    let host = base.split_once("://").map_or(base, |(_, host)| host);
    let id = certificate.id.to_string();
    let (issued, until) = (day(certificate.issued_at, language), day(certificate.expires_at, language));
    let (name, course) = (badge.wording.name.get(language), badge.wording.course.get(language));
    let version = certificate.course_version;
    let (academy, how, title, course) = match language {
        Language::En => (
            format!("The data academy · {host}"),
            format!("Signed electronically by {host}. The signature is checked on the public page."),
            format!("Certificate: {name}, {person}"),
            format!("{course}, version {version} · {id}"),
        ),
        Language::Fr => (
            format!("L’académie de la donnée · {host}"),
            format!("Signé électroniquement par {host}. La signature se vérifie sur la page publique."),
            format!("Certificat : {name}, {person}"),
            format!("{course}, version {version} · {id}"),
        ),
        Language::Es => (
            format!("La academia de datos · {host}"),
            format!("Firmado electrónicamente por {host}. La firma se comprueba en la página pública."),
            format!("Certificado: {name}, {person}"),
            format!("{course}, versión {version} · {id}"),
        ),
    };
    let words = match language {
        Language::En => paper::Wording {
            academy: &academy,
            says: "This certifies that",
            is: "holds the certification",
            issued: "Issued on",
            until: "Valid until",
            signed: "The data academy",
            signed_how: &how,
            check: "Scan to check it now",
            code: "QR code: the public page on which this certificate is checked",
            title: &title,
        },
        Language::Fr => paper::Wording {
            academy: &academy,
            says: "Le présent certificat atteste que",
            is: "est titulaire de la certification",
            issued: "Délivré le",
            until: "Valable jusqu’au",
            signed: "L’académie de la donnée",
            signed_how: &how,
            check: "À scanner pour vérifier",
            code: "Code QR : la page publique où ce certificat se vérifie",
            title: &title,
        },
        Language::Es => paper::Wording {
            academy: &academy,
            says: "Se certifica que",
            is: "posee la certificación",
            issued: "Emitido el",
            until: "Válido hasta el",
            signed: "La academia de datos",
            signed_how: &how,
            check: "Escanea para comprobarlo",
            code: "Código QR: la página pública en la que se comprueba este certificado",
            title: &title,
        },
    };
    let made = certificate.issued_at.timestamp().to_zoned(TimeZone::UTC).date();
    let unsigned = |part: i8| u8::try_from(part).unwrap_or(1);
    let paper = Paper {
        id: &id,
        person,
        certification: name,
        criteria: badge.wording.criteria.get(language),
        url: &format!("{base}/certificates/{id}"),
        course: &course,
        issued: &issued,
        until: &until,
        made: (u16::try_from(made.year()).unwrap_or(1970), unsigned(made.month()), unsigned(made.day())),
        language: language.tag(),
        words,
    };
    paper::pdf(&paper).map_err(|error| Broken::defect(format!("the paper of {id}: {error:#}")))
}

/// What a badge's picture says to those who can not see it.
#[must_use]
pub fn alternative(name: &str, language: Language) -> String {
    match language {
        Language::En => format!("Badge: {name}"),
        Language::Fr => format!("Badge : {name}"),
        Language::Es => format!("Insignia: {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_people_write_them() {
        let at = Time::parse("2026-12-01T08:00:00Z").unwrap();
        assert_eq!(day(at, Language::En), "1 December 2026");
        assert_eq!(day(at, Language::Fr), "1er décembre 2026");
        assert_eq!(day(at, Language::Es), "1 de diciembre de 2026");
    }
}
