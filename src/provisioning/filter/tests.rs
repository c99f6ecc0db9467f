//! Filters as directories send them, hostile ones, and any that the grammar makes.

use super::*;
use crate::provisioning::{
    document::Document,
    matching::{fits, flag},
    schema::{MANAGER, PERSON},
};
use proptest::prelude::*;
use serde_json::json;

fn ana() -> Document {
    let Value::Object(ana) = json!({
        "id": "per_1", "externalId": "E-1", "userName": "Ana@Example.com", "active": true, "displayName": "Ana \"A\" Verano",
        "name": { "familyName": "Verano", "givenName": "Ana" },
        "emails": [
            { "type": "work", "value": "ana@example.com", "primary": true },
            { "type": "home", "value": "verano@example.org" },
        ],
        "meta": { "created": "2026-03-02T08:00:00Z", "resourceType": "User" },
    }) else {
        unreachable!()
    };
    ana
}

fn says(filter: &str) -> bool {
    let filter = Filter::parse(filter, &PERSON).unwrap_or_else(|refusal| panic!("{filter}: {refusal}"));
    fits(&filter, &PERSON, &ana()).unwrap()
}

#[test]
fn filters_say_what_the_standard_says() {
    for filter in [
        "userName eq \"ana@example.com\"",
        "USERNAME Eq \"ANA@example.COM\"",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"ana\"",
        "name.familyName co \"RAN\"",
        "name.familyName ew \"no\"",
        "name.familyName gt \"Vera\" and name.familyName le \"Verano\"",
        "externalId eq \"E-1\"",
        "not (externalId eq \"e-1\")",
        "title ne \"x\"",
        "title eq null",
        "displayName pr",
        "not (title pr)",
        "displayName eq \"Ana \\\"A\\\" Verano\"",
        "active eq true",
        "active eq \"True\"",
        "active ne false",
        "emails[type eq \"work\" and value co \"@example.com\"]",
        "not (emails[type eq \"home\" and value co \"@example.com\"])",
        "emails eq \"verano@example.org\"",
        "emails co \"example\"",
        "emails.type eq \"home\"",
        "emails[type eq \"work\"].value eq \"ana@example.com\"",
        "not (emails[type eq \"work\"].value eq \"verano@example.org\")",
        "meta.created gt \"2026-03-02T07:59:59Z\" and meta.created le \"2026-03-02T09:00:00+01:00\"",
        "userName eq \"x\" or userName sw \"ana\" and active eq true",
        "(userName eq \"x\" or userName sw \"ana\") and active eq true",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department ne \"x\"",
    ] {
        assert!(says(filter), "{filter}");
    }
    for filter in [
        "userName eq \"ana\"",
        "externalId eq \"e-1\"",
        "title pr",
        "title co \"x\"",
        "active eq false",
        "active eq 1",
        "emails[type eq \"home\" and primary eq true]",
        "userName sw \"ana\" and (active eq false or title pr)",
        "userName co \"%\"",
        "userName eq \"' OR 1=1 --\"",
        "meta.created lt \"2026-03-02T08:00:00Z\"",
    ] {
        assert!(!says(filter), "{filter}");
    }
}

#[test]
fn what_is_no_filter_is_refused() {
    let deep = format!("{}active eq true{}", "(".repeat(10_000), ")".repeat(10_000));
    let just = format!("{}active eq true{}", "(".repeat(DEEPEST), ")".repeat(DEEPEST));
    assert!(says(&just));
    let nots = format!("{}active eq true{}", "not (".repeat(1_000), ")".repeat(1_000));
    let long = format!("userName eq \"{}\"", "x".repeat(LONGEST));
    for filter in [
        "",
        " ",
        "userName",
        "userName eq",
        "userName is \"x\"",
        "eq \"x\"",
        "userName eq x",
        "userName eq \"x",
        "userName eq \"x\" and",
        "userName eq \"x\" userName",
        "(userName eq \"x\"",
        "userName eq \"x\")",
        "not userName",
        "emails[type eq \"x\"",
        "emails[emails[type eq \"x\"]]",
        "emails[]",
        "1name eq 2",
        "userName eq {}",
        "userName eq [1]",
        "active gt true",
        "userName lt null",
        "name. eq 1",
        ".a eq 1",
        "a.b.c eq 1",
        "userName eq \"\\x\"",
        "userName\u{0}eq 1",
        deep.as_str(),
        nots.as_str(),
        long.as_str(),
    ] {
        let refused = Filter::parse(filter, &PERSON).unwrap_err();
        assert!(matches!(refused, ScimRefusal::Request { fault: Fault::Filter, .. }), "{filter}: {refused:?}");
    }
    for filter in ["active gt \"x\"", "name eq \"x\"", "meta.created gt \"yesterday\""] {
        let filter = Filter::parse(filter, &PERSON).unwrap();
        assert!(fits(&filter, &PERSON, &ana()).is_err(), "{filter:?}");
    }
}

#[test]
fn paths_lead_to_values() {
    let path = |text: &str| PatchPath::parse(text, &PERSON);
    let found = path("emails[type eq \"work\"].value").unwrap();
    assert_eq!(
        (found.at.attribute.as_str(), found.at.part.as_deref(), found.which.is_some()),
        ("emails", Some("value"), true)
    );
    assert!(path("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department").unwrap().at.foreign);
    assert!(!path("urn:ietf:params:scim:schemas:core:2.0:User:name.givenName").unwrap().at.foreign);
    let manager = path(&format!("{}.value", MANAGER.to_uppercase())).unwrap().at;
    assert_eq!((manager.attribute.as_str().eq_ignore_ascii_case(MANAGER), manager.foreign), (true, false));
    assert_eq!(manager.part.as_deref(), Some("value"));
    for wrong in
        ["", "emails[", "emails[type]", "emails[type eq \"x\"]value", "emails[type eq \"x\"].", "a b", "9", "a.b.c"]
    {
        let refused = path(wrong).unwrap_err();
        assert!(matches!(refused, ScimRefusal::Request { fault: Fault::Path, .. }), "{wrong}: {refused:?}");
    }
}

#[test]
fn a_filter_that_names_one_is_answered_by_an_index() {
    let demands =
        |text: &str, name: &str, part| Filter::parse(text, &PERSON).unwrap().demands(name, part).map(str::to_owned);
    assert_eq!(demands("active eq true and userName eq \"a@b\"", "username", None).as_deref(), Some("a@b"));
    assert_eq!(demands("active eq true or userName eq \"a@b\"", "userName", None), None);
    assert_eq!(demands("not (userName eq \"a@b\")", "userName", None), None);
    assert_eq!(demands("members[value eq \"per_1\"]", "members", Some("value")).as_deref(), Some("per_1"));
    assert_eq!(demands("urn:other:2.0:X:userName eq \"a@b\"", "userName", None), None);
}

/// A filter as text, with what it says of Ana.
fn written() -> impl Strategy<Value = (String, bool)> {
    let value = "[ -~]{0,6}";
    let one = (0..4_usize, 0..Comparison::ALL.len(), value).prop_map(|(which, how, value)| {
        let (path, own) = [
            ("userName", "ana@example.com"),
            ("displayName", "ana \"a\" verano"),
            ("name.givenName", "ana"),
            ("urn:ietf:params:scim:schemas:core:2.0:User:name.familyName", "verano"),
        ][which];
        let (word, how) = Comparison::ALL[how];
        let wanted = value.to_lowercase();
        let is = match how {
            Comparison::Equal => own == wanted,
            Comparison::NotEqual => own != wanted,
            Comparison::Contains => own.contains(&wanted),
            Comparison::StartsWith => own.starts_with(&wanted),
            Comparison::EndsWith => own.ends_with(&wanted),
            Comparison::Greater => own > wanted.as_str(),
            Comparison::NotLess => own >= wanted.as_str(),
            Comparison::Less => own < wanted.as_str(),
            Comparison::NotGreater => own <= wanted.as_str(),
        };
        (format!("{path} {word} {}", json!(value)), is)
    });
    one.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|((a, x), (b, y))| (format!("({a}) and ({b})"), x && y)),
            (inner.clone(), inner.clone()).prop_map(|((a, x), (b, y))| (format!("({a}) OR ({b})"), x || y)),
            // `and` binds more than `or`, without parentheses.
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|((a, x), (b, y), (c, z))| (format!("({a}) or ({b}) and ({c})"), x || y && z)),
            inner.prop_map(|(a, x)| (format!("not ({a})"), !x)),
        ]
    })
}

proptest! {
    #[test]
    fn any_filter_reads_and_says_what_its_parts_say((text, is) in written()) {
        prop_assert_eq!(says(&text), is, "{}", text);
    }

    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,80}") {
        let _ = Filter::parse(&text, &PERSON).map(|filter| fits(&filter, &PERSON, &ana()));
        let _ = PatchPath::parse(&text, &PERSON);
    }

    #[test]
    fn no_pieces_of_filters_break_the_reader(pieces in prop::collection::vec(prop::sample::select(vec![
        "userName", "emails", "[", "]", "(", ")", " ", "eq", "pr", "and", "or", "not", "\"", "\\", "x", ".", ":", "urn:", "1", "é",
    ]), 0..30)) {
        let text = pieces.concat();
        let _ = Filter::parse(&text, &PERSON).map(|filter| fits(&filter, &PERSON, &ana()));
        let _ = PatchPath::parse(&text, &PERSON);
    }
}

#[test]
fn truth_has_two_spellings() {
    assert_eq!(
        [json!(true), json!("False"), json!("TRUE"), json!(1)].map(|value| flag(&value)),
        [Some(true), Some(false), Some(true), None]
    );
}
