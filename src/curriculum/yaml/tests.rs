//! Positions, what was typed, and what is refused.

use super::*;

fn report_of(text: &str, read: impl Fn(Value<'_>, &mut Report)) -> String {
    let mut report = Report::new();
    if let Some(node) = parse("f.yaml", text, 1, &mut report) {
        read(Value::top("f.yaml", &node), &mut report);
    }
    report.to_string()
}

#[test]
fn numbers_keep_what_was_typed() {
    let mut report = Report::new();
    let node =
        parse("f", "é: [12.50, 007, 1e-9, 99999999999999999999.5, 0x10, true, -3,5]\nz: 2.0", 1, &mut report).unwrap();
    let fields = Value::top("f", &node).fields(&["é", "z"], &mut report).unwrap();
    let typed: Vec<&str> =
        fields.get("é").unwrap().items(&mut report).unwrap().iter().map(|v| v.typed().unwrap()).collect();
    assert_eq!(typed, ["12.50", "007", "1e-9", "99999999999999999999.5", "0x10", "true", "-3", "5"]);
    assert_eq!(fields.get("z").unwrap().decimal(&mut report).unwrap().to_string(), "2");
    assert_eq!(report.to_string(), "");
}

#[test]
fn front_matter_counts_lines_of_its_file() {
    let mut report = Report::new();
    let node = parse("m.md", "id: x\nfoo: 1\n", 2, &mut report).unwrap();
    Value::top("m.md", &node).fields(&["id"], &mut report);
    assert!(report.to_string().starts_with("m.md:3:1: error[unknown-key]"), "{report}");
}

#[test]
fn all_duplicates_are_reported_and_the_first_value_counts() {
    let text = "a: 1\na: 2\n\"b\": 1\n'b': 2\nc: {d: 1, d: 2}\na: 3\n";
    let mut report = Report::new();
    let node = parse("f", text, 1, &mut report).unwrap();
    let fields = Value::top("f", &node).fields(&["a", "b", "c"], &mut report).unwrap();
    assert_eq!(fields.get("a").unwrap().typed(), Some("1"));
    let places: Vec<(usize, usize)> = report.findings().iter().map(|f| (f.line, f.column)).collect();
    assert_eq!(places, [(2, 1), (4, 1), (5, 11), (6, 1)]);
}

#[test]
fn an_ampersand_in_a_text_is_no_anchor() {
    assert_eq!(report_of("a: R & D\nb: \"x &y\"\nc: |\n  a &b\n", |v, r| drop(v.fields(&["a", "b", "c"], r))), "");
    let found = report_of("a: x\nb: [&y 1]\n", |_, _| {});
    assert_eq!(found, "f.yaml:2:5: error[anchor]: anchors and aliases are not read here; write the value out\n");
}

#[test]
fn wrong_values_say_what_was_expected() {
    let text = "span: 90\nshare: 80\nflag: yes\nslug: Data Foundations\nnumber: 3,5\nnone:\ntag: !x {a: 1}\n";
    let found = report_of(text, |value, report| {
        let fields = value.fields(&["span", "share", "flag", "slug", "number", "none", "tag"], report).unwrap();
        let get = |key| fields.get(key).unwrap();
        assert!(get("span").span(report).is_none());
        assert!(get("share").share(report).is_none());
        assert!(get("flag").boolean(report).is_none());
        assert!(get("slug").slug(report).is_none());
        assert!(get("number").decimal(report).is_none());
        assert!(get("none").text(report).is_none());
        assert!(get("tag").fields(&["a"], report).is_none());
    });
    assert_eq!(
        found,
        "f.yaml:1:7: error[bad-span]: `90` is not a length of time: write it like 30m, 24h, P30D or P12M (did you mean `90m`?)\n\
         f.yaml:2:8: error[bad-share]: `80` is not a share: write a percentage like 80%, or a number from 0 to 1 (did you mean `80%`?)\n\
         f.yaml:3:7: error[bad-type]: expected true or false, found the text `yes` (did you mean `true`?)\n\
         f.yaml:4:7: error[bad-slug]: `Data Foundations` is not a name: use lower-case letters, digits and hyphens, a letter or \
         digit first (did you mean `data-foundations`?)\n\
         f.yaml:5:9: error[bad-number]: `3,5` is not a number: write digits with a point, at most 28 of them (did you mean `3.5`?)\n\
         f.yaml:6:5: error[bad-type]: expected a text, found nothing\n\
         f.yaml:7:6: error[bad-type]: expected keys with values, found a value with a tag (`!`)\n"
    );
}

#[test]
fn mistakes_in_yaml_come_with_their_usual_cause() {
    for (text, cause) in [
        ("a: b: c\n", "must stand in quotes"),
        ("a: {b: c\n", ""),
        ("a: \"x\n", "is a quote missing"),
        ("a: @x\n", "must stand in quotes"),
        ("a: *x\n", "must stand in quotes"),
        ("a: %x\n", ""),
        ("a:\n\t- b\n", "indent with spaces"),
    ] {
        let found = report_of(text, |_, _| {});
        assert!(found.contains(cause), "{text:?}: {found}");
    }
}
