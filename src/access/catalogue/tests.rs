//! Reading the catalogue, its checks, and the canonical form of policies.

use super::*;
use crate::curriculum::samples::{self, assert_found, read, with};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

#[test]
fn the_sample_is_read_whole() {
    let (_, catalogue, report) = read(samples::files());
    assert_eq!(report.to_string(), "");
    let snow = &catalogue.warehouses[&slug("snow")];
    assert_eq!((snow.kind, snow.signing, snow.typ.as_str()), (WarehouseKind::Snowflake, Signing::ES256, "at+jwt"));
    assert_eq!(snow.login.login(&"Ana.Lee@Example.com".parse().unwrap()), "ANA.LEE");
    let click = &catalogue.warehouses[&slug("click")];
    assert_eq!(
        (click.signing, click.typ.as_str(), click.host.as_deref()),
        (Signing::RS256, "JWT", Some("ch.example.com"))
    );
    let role = &catalogue.roles[&slug("analyst")];
    assert_eq!(role.data[1], DataSet { dataset: "business.returns".to_owned(), golden: false });
    assert_eq!(role.token_lifetime, Span::seconds(900));
    assert_eq!(role.undecided_for, Span::days(7));
    assert!(role.reason_required);
    assert_eq!(role.requires.clauses(), [BTreeSet::from([slug("analyst")])]);
    assert_eq!(catalogue.asking_for(&slug("analyst")).count(), 1);
}

#[test]
fn every_check_finds_what_it_looks_for() {
    let nine = (0..7).map(|n| format!("{{all: [a{n}, b{n}]}}")).collect::<Vec<_>>().join(", ");
    let large = format!("{{any: [{nine}]}}");
    let requires = "{all: [analyst, {any: [analyst]}]}";
    let approval = "[{of: [lea@example.com, team:sales-data], count: 2}]";
    let cases = [
        ("warehouse: snow", "warehouse: snwo", "11:16 unknown-warehouse"),
        (requires, "analist", "20:15 unknown-certification"),
        (requires, "{}", "20:15 empty-requirement"),
        (requires, "{all: []}", "20:21 empty-requirement"),
        (requires, "[analyst]", "20:15 bad-requirement"),
        (requires, "{all: [analyst], any: [analyst]}", "20:15 bad-requirement"),
        (requires, "{all: [Analyst!]}", "20:22 bad-slug"),
        (requires, large.as_str(), "20:15 requirement-too-large"),
        ("    requires: {all: [analyst, {any: [analyst]}]}\n", "", "10:5 empty-requirement"),
        ("  - {id: click", "  - {id: snow", "8:10 duplicate-id"),
        ("audience: click", "audience: https://snow.example.com/", "5:15 duplicate-audience"),
        ("audience: click", "audience: a b", "8:77 bad-audience"),
        ("audience: click", "audience: ''", "8:77 empty-text"),
        ("audience: click", "audience: '\"x'", "8:77 bad-audience"),
        ("audience: click", "audience: click, signing: ES256", "8:93 signing-needs-version"),
        ("kind: clickhouse", "kind: starrocks, signing: ES256", "8:43 signing-not-taken"),
        ("kind: clickhouse", "kind: trino, signing: EdDSA", "8:39 signing-not-taken"),
        ("kind: clickhouse", "kind: generic, signing: Ed25519", "8:41 bad-choice"),
        ("kind: clickhouse", "kind: click-house", "8:23 bad-choice"),
        ("account: abc-123", "database: SHOP", "7:15 connection-incomplete"),
        ("typ: JWT", "typ: jwt", "8:89 bad-choice"),
        ("host: ch.example.com", "host: 'x; rm'", "8:100 bad-name"),
        ("name: ANALYST", "name: AccountAdmin", "12:11 system-role"),
        ("name: ANALYST", "name: a role", "12:11 bad-role-name"),
        (approval, "auto\n    token_lifetime: 2d", "22:21 bad-token-lifetime"),
        (approval, "automatic", "21:15 bad-type"),
        (approval, "[]", "21:15 empty-approval"),
        (approval, "[{of: []}]", "21:21 empty-approval"),
        (approval, "[{of: [lea@example.com], count: 2}]", "21:47 count-above-people"),
        (approval, "[{of: [lea]}]", "21:22 bad-approver"),
        (approval, "[{of: [team:sale-data]}]", "21:15 unknown-team"),
        ("max_duration: P180D", "max_duration: 5m", "10:5 bad-token-lifetime"),
        (approval, "auto\n    end_unused_after: P10D\n    end_unused_notice: P10D", "23:24 bad-unused-notice"),
        ("max_duration: P180D", "max_duration: P7D", "25:24 long-grace"),
        ("people: [lea@example.com]", "people: []", "16:12 owner-without-people"),
        ("[{dataset: business.orders, golden: true}, business.returns]", "[]", "15:11 role-without-data"),
        ("{channel: \"#data\", contact: sales@example.com}", "{}", "18:16 no-incident-contact"),
        ("title: {en: Analyst, fr: Analyste}", "title: Analyst", "13:12 missing-translation"),
        ("    sensitivity: internal\n", "", "10:5 missing-key"),
        ("    freshness: PT2H\n", "    freshnes: PT2H\n", "17:5 unknown-key"),
    ];
    let whole: Vec<String> = cases.iter().map(|(_, _, expected)| format!("access.yaml:{expected}")).collect();
    let cases: Vec<_> =
        cases.iter().zip(&whole).map(|((from, to, _), at)| ("access.yaml", *from, *to, at.as_str())).collect();
    samples::assert_all_found(&cases);
    let personal = samples::ACCESS.replace("sensitivity: internal", "sensitivity: personal").replace(approval, "auto");
    assert_found(&with(&[("access.yaml", &personal)]), "access.yaml:21:15 automatic-approval");
    let roles = samples::ACCESS
        .split("roles:\n")
        .nth(1)
        .unwrap()
        .replace("id: analyst", "id: other")
        .replace("ANALYST", "analyst");
    let twice = format!("{}{roles}", samples::ACCESS);
    assert_found(&with(&[("access.yaml", &twice)]), "access.yaml:28:11 duplicate-role-name");
    let mut files = samples::files();
    files.remove("access.yaml");
    assert_found(&read(files).2, "access.yaml:1:1 missing-file");
}

#[test]
fn nothing_required_is_never_met() {
    for nothing in
        [Requirement::All(vec![]), Requirement::Any(vec![]), Requirement::All(vec![Requirement::All(vec![])])]
    {
        assert_eq!(nothing.clauses(), [BTreeSet::new()]);
    }
    let pair = |n: usize| {
        Requirement::All(vec![Requirement::One(slug(&format!("a{n}"))), Requirement::One(slug(&format!("b{n}")))])
    };
    let six = Requirement::Any((0..6).map(pair).collect());
    assert_eq!(six.clauses().len(), 64);
    let seven = Requirement::Any((0..7).map(pair).collect());
    assert_eq!(seven.clauses(), [BTreeSet::new()]);
    let many = Requirement::Any((0..100).map(pair).collect());
    assert_eq!(many.clauses(), [BTreeSet::new()]);
}

#[test]
fn a_policy_does_not_depend_on_how_it_is_written() {
    let policy = |requires: &str, approval: &str| {
        let text = samples::ACCESS
            .replace("{all: [analyst, {any: [analyst]}]}", requires)
            .replace("[{of: [lea@example.com, team:sales-data], count: 2}]", approval);
        let mut files = samples::files();
        files.insert("access.yaml".to_owned(), text.into_bytes());
        read(files).1.roles[&slug("analyst")].policy()
    };
    let one = policy("{all: [b, {any: [a, c]}]}", "[{of: [b@x, a@x]}, {of: [c@x]}]");
    let two = policy("{all: [{any: [c, a, a]}, b, {any: [b, d]}]}", "[{of: [c@x]}, {of: [a@x, b@x, a@x], count: 1}]");
    assert_eq!(one, two);
    assert_eq!(one.hash(), two.hash());
    assert_ne!(one.hash(), policy("b", "[{of: [b@x, a@x]}, {of: [c@x]}]").hash());
    // Two equal clauses are two people.
    let twice = policy("b", "[{of: [b@x, a@x]}, {of: [a@x, b@x]}]");
    assert!(matches!(&twice.approval, Approval::Clauses(clauses) if clauses.len() == 2));
    assert_ne!(twice.hash(), policy("b", "[{of: [b@x, a@x]}]").hash());
    let json = serde_json::to_string(&one).unwrap();
    let back: Policy = serde_json::from_str(&json).unwrap();
    assert_eq!((back.hash(), &back), (one.hash(), &one));
}

/// Small requirements over five certifications.
fn requirement() -> impl Strategy<Value = Requirement> {
    let leaf = (0..5_u8).prop_map(|n| Requirement::One(slug(&format!("c{n}"))));
    leaf.prop_recursive(3, 12, 3, |inner| {
        let parts = proptest::collection::vec(inner, 1..4);
        prop_oneof![parts.clone().prop_map(Requirement::All), parts.prop_map(Requirement::Any)]
    })
}

/// The meaning of a requirement, from its definition.
fn met(requirement: &Requirement, held: &BTreeSet<Slug>) -> bool {
    match requirement {
        Requirement::One(certification) => held.contains(certification),
        Requirement::All(parts) => parts.iter().all(|part| met(part, held)),
        Requirement::Any(parts) => parts.iter().any(|part| met(part, held)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn clauses_mean_what_the_requirement_means(requirement in requirement()) {
        let clauses = requirement.clauses();
        for held in 0..32_u8 {
            let held: BTreeSet<Slug> = (0..5).filter(|n| held & (1 << n) != 0).map(|n| slug(&format!("c{n}"))).collect();
            let by_clauses = clauses.iter().all(|clause| !clause.is_disjoint(&held));
            prop_assert_eq!(by_clauses, met(&requirement, &held));
        }
    }
}
