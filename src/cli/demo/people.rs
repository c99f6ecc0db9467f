//! The made-up company: who works there, in which office and team, and since when.

/// One of them; the key is what stands before the `@` of the address.
pub(super) struct Made {
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) office: Office,
    pub(super) team: &'static str,
    pub(super) may: May,
    /// How many days ago they were invited.
    pub(super) since: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Office {
    Paris,
    Bordeaux,
    Barcelona,
}

impl Office {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Paris => "Paris",
            Self::Bordeaux => "Bordeaux",
            Self::Barcelona => "Barcelona",
        }
    }

    /// The network that its machines are in.
    pub(super) fn network(self) -> &'static str {
        match self {
            Self::Paris => "10.75.1",
            Self::Bordeaux => "10.33.1",
            Self::Barcelona => "10.8.1",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum May {
    Learn,
    Admin,
    Audit,
    Write,
}

use May::{Admin, Audit, Learn, Write};
use Office::{Barcelona, Bordeaux, Paris};

const fn made(key: &'static str, name: &'static str, office: Office, team: &'static str, may: May, since: i64) -> Made {
    Made { key, name, office, team, may, since }
}

/// The first administrator, who opens the house.
pub(super) const ADMIN: &str = "antoine.mercier";

pub(super) const PEOPLE: &[Made] = &[
    made(ADMIN, "Antoine Mercier", Paris, "it", Admin, 430),
    made("camille.roux", "Camille Roux", Paris, "data-platform", Learn, 428),
    made("lea.fontaine", "Léa Fontaine", Paris, "sales-data", Learn, 428),
    made("marc.delmas", "Marc Delmas", Bordeaux, "after-sales", Learn, 427),
    made("ines.ferrer", "Inés Ferrer", Barcelona, "finance-data", Learn, 427),
    made("nuria.vidal", "Núria Vidal", Barcelona, "customer-data", Learn, 426),
    made("joan.serra", "Joan Serra", Barcelona, "pricing", Learn, 426),
    made("helene.garnier", "Hélène Garnier", Paris, "privacy", Learn, 425),
    made("thomas.lacoste", "Thomas Lacoste", Bordeaux, "data-academy", Write, 425),
    made("clara.puig", "Clara Puig", Barcelona, "internal-audit", Audit, 424),
    made("carles.roca", "Carles Roca", Barcelona, "sales", Learn, 416),
    made("sandrine.petit", "Sandrine Petit", Bordeaux, "after-sales", Learn, 400),
    made("pau.riera", "Pau Riera", Barcelona, "customer-data", Learn, 390),
    made("laia.font", "Laia Font", Barcelona, "pricing", Learn, 380),
    made("mathilde.girard", "Mathilde Girard", Bordeaux, "merchant-support", Learn, 300),
    made("hugo.bernard", "Hugo Bernard", Paris, "sales", Learn, 210),
    made("jordi.mas", "Jordi Mas", Barcelona, "merchant-support", Learn, 200),
    made("gabriel.simon", "Gabriel Simon", Bordeaux, "price-analytics", Learn, 175),
    made("etienne.caron", "Étienne Caron", Paris, "marketing", Learn, 160),
    made("julien.moreau", "Julien Moreau", Paris, "marketing", Learn, 150),
    made("oriol.pons", "Oriol Pons", Barcelona, "price-analytics", Learn, 140),
    made("amelie.rousseau", "Amélie Rousseau", Paris, "merchant-support", Learn, 130),
    made("nicolas.fabre", "Nicolas Fabre", Paris, "finance", Learn, 120),
    made("sophie.blanc", "Sophie Blanc", Bordeaux, "customer-service", Learn, 110),
    made("aina.casals", "Aina Casals", Barcelona, "customer-service", Learn, 100),
    made("claire.aubert", "Claire Aubert", Paris, "customer-service", Learn, 95),
    made("manon.lefevre", "Manon Lefèvre", Bordeaux, "merchant-support", Learn, 90),
    made("lucas.robert", "Lucas Robert", Paris, "marketing", Learn, 30),
    made("marta.soler", "Marta Soler", Barcelona, "logistics", Learn, 25),
    made("quentin.leroy", "Quentin Leroy", Paris, "marketing", Learn, 20),
    made("chloe.dubois", "Chloé Dubois", Bordeaux, "customer-service", Learn, 12),
    made("berta.vila", "Berta Vila", Barcelona, "logistics", Learn, 8),
    made("emma.laurent", "Emma Laurent", Paris, "sales", Learn, 1),
    made("paul.chevalier", "Paul Chevalier", Bordeaux, "logistics", Learn, 1),
];

/// Who is shown at the door: key, kind of person, and what there is to see.
pub(super) const ACCOUNTS: &[(&str, &str, &str)] = &[
    ("emma.laurent", "learner-new", "first day: nothing done yet, every role says what is missing"),
    ("hugo.bernard", "learner-certified", "three certificates, five roles, tokens to mint"),
    ("carles.roca", "learner-lapsed", "a certificate that expired, and the access that ended with it"),
    ("lea.fontaine", "owner", "owns ANALYST; a request for MERCHANT_FINANCE waits for her"),
    ("marc.delmas", "owner", "owns RETURNS_DESK, leads a team with somebody overdue; one request waits"),
    ("nuria.vidal", "owner", "owns CUSTOMER_CARE; she approved one that also needs the privacy team"),
    ("helene.garnier", "owner", "privacy team: the second approval for CUSTOMER_CARE"),
    ("thomas.lacoste", "author", "courses, their reports and versions"),
    (ADMIN, "admin", "people, locks, keys, certificates, grants"),
    ("clara.puig", "auditor", "holders now and then, explanations, the log; changes nothing"),
    ("mathilde.girard", "disabled", "has left: the door stays shut"),
];

pub(super) fn email(key: &str) -> String {
    format!("{key}@example.com")
}

/// What there is to see as this person.
pub(super) fn see(email: &str) -> &'static str {
    let key = email.split('@').next().unwrap_or_default();
    ACCOUNTS.iter().find(|(known, _, _)| *known == key).map_or("", |(_, _, see)| see)
}

/// The name of the person with this address.
pub(super) fn name(email: &str) -> &'static str {
    person(email.split('@').next().unwrap_or_default()).map_or("", |made| made.name)
}

pub(super) fn person(key: &str) -> Option<&'static Made> {
    PEOPLE.iter().find(|made| made.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_company_has_somebody_of_every_kind() {
        let kinds: BTreeSet<&str> = ACCOUNTS.iter().map(|(_, who, _)| *who).collect();
        let all =
            ["learner-new", "learner-certified", "learner-lapsed", "owner", "author", "admin", "auditor", "disabled"];
        assert_eq!(kinds, all.into_iter().collect());
        assert!(ACCOUNTS.iter().all(|(key, _, _)| person(key).is_some()));
    }

    #[test]
    fn the_role_owners_of_the_catalogue_work_there() {
        let catalogue = include_str!("../../../courses/access.yaml");
        for word in catalogue.split(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | ',' | '"' | '{' | '}')) {
            if let Some((key, "example.com")) = word.split_once('@')
                && key.contains('.')
            {
                assert!(person(key).is_some(), "{key}");
            }
            if let Some(team) = word.strip_prefix("team:").filter(|team| !team.is_empty()) {
                assert!(PEOPLE.iter().any(|made| made.team == team), "{team}");
            }
        }
    }
}
