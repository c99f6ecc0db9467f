//! Comparing, sorting, words and judging, tried on small results and against a slow and simple judge.

use super::{
    compare::{Difference, differ, same_row},
    dataset::{Dataset, Texts},
    judge::{Task, Verdict, judge},
    table::{Cell, Row, Table},
    tokens::{says, tokens},
    trouble::Trouble,
};
use crate::curriculum::question::{Comparison, Names, RowOrder};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn shop() -> Dataset {
    let texts = Texts {
        schema: "CREATE TABLE orders (id INTEGER PRIMARY KEY, city TEXT, amount REAL);".into(),
        visible: "INSERT INTO orders VALUES (1, 'Lyon', 10.0), (2, 'Metz', 20.5), (3, 'Lyon', 10.0), (4, NULL, 3);"
            .into(),
        hidden: BTreeMap::from([
            ("hidden-empty".to_owned(), "-- no rows".to_owned()),
            ("hidden-nulls".to_owned(), "INSERT INTO orders VALUES (1, 'Lyon', NULL), (2, NULL, 5);".to_owned()),
        ]),
    };
    Dataset::build("shop".parse().unwrap(), texts).unwrap()
}

fn verdict(solution: &str, sql: &str, compare: &Comparison) -> Verdict {
    judge(&Task { solution, compare, require: &[], forbid: &[] }, &shop(), sql)
}

fn bag(solution: &str, sql: &str) -> Verdict {
    verdict(solution, sql, &Comparison::default())
}

#[test]
fn a_result_is_a_bag_of_typed_rows() {
    let all = "SELECT city, amount FROM orders";
    // Some editors put a mark of byte order before a text that is pasted.
    assert_eq!(bag(all, "\u{feff}SELECT city, amount FROM orders"), Verdict::Right);
    assert_eq!(bag(all, "\u{feff}DELETE FROM orders"), Verdict::Fails(Trouble::NotAQuestion));
    assert_eq!(bag(all, "SELECT city, amount FROM orders ORDER BY amount DESC;"), Verdict::Right);
    assert_eq!(bag(all, "SELECT city AS c, amount * 1 FROM orders -- the same"), Verdict::Right);
    let Verdict::Differs(Difference::Rows { missing, missing_total, surplus_total, .. }) =
        bag(all, "SELECT DISTINCT city, amount FROM orders")
    else {
        panic!("a repeated row was lost");
    };
    assert_eq!((missing.len(), missing_total, surplus_total), (1, 1, 0));
    assert_eq!(bag(all, "SELECT city FROM orders"), Verdict::Differs(Difference::Width { expected: 2, found: 1 }));
    // Right on what everybody sees, wrong where amounts are missing.
    assert_eq!(
        bag(
            "SELECT city, sum(amount) FROM orders WHERE amount IS NOT NULL GROUP BY city",
            "SELECT city, sum(amount) FROM orders GROUP BY city"
        ),
        Verdict::DiffersHidden
    );
    assert_eq!(bag("SELECT count(*) FROM orders", "SELECT 4"), Verdict::DiffersHidden);
    assert!(
        matches!(bag(all, "SELECT town FROM orders"), Verdict::Fails(Trouble::Error { spot: Some(spot), .. }) if spot.column == 8)
    );
    // A whole number and the same number with a point are the same; a text is not a number.
    assert_eq!(bag("SELECT 3.0", "SELECT 3"), Verdict::Right);
    assert!(matches!(bag("SELECT 3", "SELECT '3'"), Verdict::Differs(_)));
    assert_eq!(bag("SELECT 0.3", "SELECT 0.1 + 0.2"), Verdict::Right);
    assert!(matches!(bag("SELECT NULL", "SELECT 0"), Verdict::Differs(_)));
    assert_eq!(
        verdict(
            all,
            "SELECT DISTINCT city, amount FROM orders",
            &Comparison { rows: RowOrder::Set, ..Comparison::default() }
        ),
        Verdict::Right
    );
}

#[test]
fn order_counts_where_the_solution_sorts_and_ties_are_free() {
    let sorted = "SELECT id, city FROM orders ORDER BY city";
    // The two rows of Lyon may stand either way.
    assert_eq!(bag(sorted, "SELECT id, city FROM orders ORDER BY city, id DESC"), Verdict::Right);
    assert_eq!(
        bag(sorted, "SELECT id, city FROM orders ORDER BY city NULLS LAST"),
        Verdict::Differs(Difference::Order { row: 1 })
    );
    assert!(matches!(
        bag(sorted, "SELECT id, city FROM orders ORDER BY id"),
        Verdict::Differs(Difference::Order { .. })
    ));
    // By a key that is not in the result, by a place, by an alias, behind a WITH.
    let unseen = "SELECT id FROM orders ORDER BY amount DESC";
    assert_eq!(bag(unseen, "SELECT id FROM orders ORDER BY amount DESC, id DESC"), Verdict::Right);
    assert!(matches!(bag(unseen, "SELECT id FROM orders ORDER BY id"), Verdict::Differs(Difference::Order { row: 1 })));
    let part = "WITH t AS (SELECT city, sum(amount) AS total FROM orders GROUP BY city ORDER BY 1) SELECT * FROM t ORDER BY total DESC, 1";
    assert_eq!(bag(part, "SELECT city, sum(amount) FROM orders GROUP BY city ORDER BY 2 DESC, 1"), Verdict::Right);
    assert!(matches!(
        bag(part, "SELECT city, sum(amount) FROM orders GROUP BY city"),
        Verdict::Differs(Difference::Order { .. })
    ));
    let list = Comparison { rows: RowOrder::List, ..Comparison::default() };
    assert!(matches!(
        verdict(sorted, "SELECT id, city FROM orders ORDER BY city, id DESC", &list),
        Verdict::Differs(Difference::Order { .. })
    ));
}

#[test]
fn columns_meet_by_place_or_by_name() {
    let by_name = Comparison { by_name: true, ..Comparison::default() };
    let solution = "SELECT id, city FROM orders";
    assert_eq!(verdict(solution, "SELECT CITY, Id FROM orders", &by_name), Verdict::Right);
    assert!(matches!(
        verdict(solution, "SELECT city, id AS key FROM orders", &by_name),
        Verdict::Differs(Difference::Names { .. })
    ));
    let names = Comparison { names: Names::Match, ..Comparison::default() };
    assert!(matches!(
        verdict(solution, "SELECT id AS x, city FROM orders", &names),
        Verdict::Differs(Difference::Names { .. })
    ));
    assert!(matches!(
        verdict(solution, "SELECT city AS id, id AS city FROM orders", &names),
        Verdict::Differs(Difference::Rows { .. })
    ));
}

#[test]
fn words_are_words_and_not_comments() {
    let statement =
        tokens("SELECT * FROM t -- GROUP BY\nWHERE x = 'group by' /* group by */ AND \"group by\" > 1.5e-3");
    assert!(says(&statement, "select *") && says(&statement, "AND"));
    assert!(!says(&statement, "group by"));
    assert!(says(&tokens("select a,b from t GROUP\n  by a"), "group by"));
    let (group, star) = (["group by".to_owned()], ["select *".to_owned()]);
    let compare = Comparison::default();
    let task = Task { solution: "SELECT 1", compare: &compare, require: &group, forbid: &star };
    assert_eq!(judge(&task, &shop(), "SELECT 1"), Verdict::Lacks("group by".into()));
    assert_eq!(judge(&task, &shop(), "SELECT * FROM orders GROUP BY 1"), Verdict::Uses("select *".into()));
}

#[test]
fn a_data_set_that_does_not_load_says_where() {
    let texts = |visible: &str| Texts {
        schema: "CREATE TABLE t (x INTEGER NOT NULL);".into(),
        visible: visible.into(),
        hidden: BTreeMap::new(),
    };
    let wrong = |visible: &str| Dataset::build("x".parse().unwrap(), texts(visible)).unwrap_err();
    let found = wrong("INSERT INTO t VALUES (1);\n\n  INSERT INTO u VALUES (2);\n");
    assert_eq!((found.text.as_str(), found.spot.line), ("visible", 3));
    assert!(wrong("INSERT INTO t VALUES (NULL);").message.contains("NOT NULL"));
    for bad in [
        "ATTACH '/tmp/x' AS y;",
        "PRAGMA user_version = 3;",
        "CREATE VIRTUAL TABLE v USING fts5(x);",
        "INSERT INTO t SELECT random();",
    ] {
        wrong(bad);
    }
    // A text within a quoted semicolon is one statement.
    assert!(Dataset::build("x".parse().unwrap(), texts("INSERT INTO t VALUES (length('a;b'));")).is_ok());
}

#[test]
fn the_schema_is_told_with_its_keys() {
    let texts = Texts {
        schema: "CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT NOT NULL); CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a(id));".into(),
        visible: "INSERT INTO a VALUES (1, 'x');".into(),
        hidden: BTreeMap::new(),
    };
    let tables = Dataset::build("x".parse().unwrap(), texts).unwrap().tables().to_vec();
    assert_eq!(tables.iter().map(|t| (t.name.as_str(), t.rows)).collect::<Vec<_>>(), [("a", 1), ("b", 0)]);
    assert!(tables[0].columns[0].key && !tables[0].columns[1].nullable);
    assert_eq!(tables[1].columns[1].refers.as_deref(), Some("a.id"));
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Null),
        (-2_i64..3).prop_map(Cell::Integer),
        (-2_i8..3).prop_map(|n| Cell::Real(f64::from(n))),
        (0_u8..2).prop_map(|n| Cell::Real(0.5 + f64::from(n) * 1e-12)),
        "[ab]{0,1}".prop_map(Cell::Text),
        prop::collection::vec(0_u8..2, 0..2).prop_map(Cell::Blob),
    ]
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(prop::collection::vec(cell(), 2), 0..6)
}

/// Whether some order of one list is the other, by trying every partner.
fn some_order(one: &[Row], other: &[Row]) -> bool {
    let Some((first, rest)) = one.split_first() else { return other.is_empty() };
    one.len() == other.len()
        && (0..other.len()).any(|at| {
            let mut left = other.to_vec();
            let partner = left.remove(at);
            same_row(first, &partner, 1e-9) && some_order(rest, &left)
        })
}

fn table(rows: Vec<Row>) -> Table {
    Table { columns: vec!["x".into(), "y".into()], rows, steps: 0 }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_bag_is_the_same_when_some_order_of_it_is(one in rows(), other in rows(), turn in 0_usize..6, change in any::<bool>()) {
        let mut other = if change { other } else { one.clone() };
        if !other.is_empty() {
            let by = turn % other.len();
            other.rotate_left(by);
        }
        let equal = differ(&table(one.clone()), &table(other.clone()), &Comparison::default(), None).is_none();
        prop_assert_eq!(equal, some_order(&one, &other));
    }

    #[test]
    fn sorted_rows_may_only_change_places_within_ties(keys in prop::collection::vec(0_i64..3, 1..7), seed in any::<u64>()) {
        let mut keys = keys;
        keys.sort_unstable();
        let rows: Vec<Row> = keys.iter().enumerate().map(|(no, key)| vec![Cell::Integer(*key), Cell::Integer(no as i64)]).collect();
        let groups: Vec<usize> = keys.iter().map(|key| usize::try_from(*key).unwrap()).collect();
        let mut theirs = rows.clone();
        let len = theirs.len();
        theirs.swap(seed as usize % len, (seed >> 8) as usize % len);
        let still_sorted = theirs.windows(2).all(|pair| matches!((&pair[0][0], &pair[1][0]), (Cell::Integer(a), Cell::Integer(b)) if a <= b));
        let equal = differ(&table(rows), &table(theirs), &Comparison::default(), Some(&groups)).is_none();
        prop_assert_eq!(equal, still_sorted);
    }

    #[test]
    fn no_text_upsets_the_reader_of_words(text in "\\PC{0,60}") {
        let mut end = 0;
        for token in tokens(&text) {
            prop_assert!(token.at >= end && !token.text.is_empty());
            end = token.at + token.text.len();
        }
        let _ = super::tokens::survey(&text);
    }
}
