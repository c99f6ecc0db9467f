//! Memory is held against the reasons that its documentation gives.

use super::*;
use crate::{
    base::ids::{self, Id},
    tokens::rows::{Effective, TokenStanding},
};
use serde_json::Map;

const NOON: i64 = 1_800_000_000_000_000;

fn at(seconds: i64) -> Time {
    Time::from_micros(NOON).plus_seconds(seconds)
}

fn began(seconds: i64) -> Began {
    Began { instant: Instant::now(), at: at(seconds), touched: 0 }
}

fn live(until: i64) -> (Arc<Live>, String) {
    let (person, grant): (Id<ids::Person>, Id<ids::Grant>) = (Id::new(at(0)), Id::new(at(0)));
    let standing = TokenStanding {
        id: Id::new(at(0)),
        client_id: "habilis".into(),
        person_id: person,
        grant_id: Some(grant),
        authorization_id: None,
        session_id: None,
        kid: "k".into(),
        expires_at: at(900),
        service: false,
        exchanged: false,
        stands: true,
    };
    let effective = Effective {
        role_id: "reader".into(),
        warehouse_id: "lake".into(),
        policy_id: "p".into(),
        ends_at: at(10_000),
        certificate_ends_at: Some(at(until)),
        shut_out_at: None,
        locked_at: None,
        suspended_at: None,
    };
    (Arc::new(Live::new(Map::new(), (standing, Some(effective), Vec::new()), at(0))), format!("person:{person}"))
}

fn seen(head: i64, changes: &[(i64, &str)]) -> Seen {
    let changes = changes.iter().map(|(seq, subject)| Change { seq: *seq, subject: (*subject).to_owned(), at: at(0) });
    Seen { head, changes: changes.collect() }
}

fn is_live(memory: &Memory, token: Digest, seconds: i64) -> bool {
    matches!(memory.recall(&token, began(seconds)), Recalled::Live(_))
}

/// A memory that has looked once and remembers one token; and the name of its person.
fn one() -> (Memory, String) {
    let memory = Memory::default();
    assert!(matches!(memory.recall(&[1; 32], began(0)), Recalled::Stale), "nobody has looked");
    memory.take_up(began(0), None, seen(5, &[]));
    let (live, person) = live(600);
    memory.keep([1; 32], memory.mark(), live);
    assert!(is_live(&memory, [1; 32], 0));
    (memory, person)
}

#[test]
fn a_change_of_anything_it_rests_on_ends_a_yes() {
    for thing in ["role:reader", "warehouse:lake", "policy:p", "key:k", "client:habilis", ""] {
        let (memory, person) = one();
        let thing = if thing.is_empty() { person.as_str() } else { thing };
        memory.take_up(began(0), memory.position(began(0)), seen(6, &[(6, "role:other"), (7, "person:per_other")]));
        assert!(is_live(&memory, [1; 32], 0), "others' changes are nothing to it");
        memory.take_up(began(0), memory.position(began(0)), seen(7, &[(8, thing)]));
        assert!(!is_live(&memory, [1; 32], 0), "{thing}");
    }
}

#[test]
fn a_yes_that_was_read_before_a_look_is_not_believed_after_it() {
    let (memory, person) = one();
    let mark = memory.mark();
    // The reading begins, the change is committed and looked at, and only then the yes arrives.
    memory.take_up(began(0), memory.position(began(0)), seen(6, &[(6, &person)]));
    let (late, _) = live(600);
    let late = Arc::new(Live { rests: vec![person.clone()], ..Arc::into_inner(late).unwrap() });
    memory.keep([2; 32], mark, Arc::clone(&late));
    assert!(!is_live(&memory, [2; 32], 0));
    // Read again after the look, it is; and the same line once more changes nothing.
    memory.keep([2; 32], memory.mark(), late);
    memory.take_up(began(0), memory.position(began(0)), seen(6, &[(6, &person)]));
    assert!(is_live(&memory, [2; 32], 0));
    memory.take_up(began(0), memory.position(began(0)), seen(6, &[(6, &person), (9, &person)]));
    assert!(!is_live(&memory, [2; 32], 0));
}

#[test]
fn time_ends_a_yes_by_itself() {
    let (memory, _) = one();
    for (seconds, lives) in [(599, true), (600, false), (-1, false)] {
        memory.take_up(began(seconds), memory.position(began(seconds)), seen(5, &[]));
        assert_eq!(is_live(&memory, [1; 32], seconds), lives, "{seconds}");
        if seconds < 0 {
            break;
        }
    }
}

#[test]
fn memory_is_believed_only_after_a_young_look() {
    let (memory, _) = one();
    let stale = |now: Began| matches!(memory.recall(&[1; 32], now), Recalled::Stale);
    assert!(!stale(began(1)) && stale(began(2)) && stale(began(-1)));
    let later = Began { instant: Instant::now() + Duration::from_millis(1_100), ..began(0) };
    assert!(stale(later), "by the machine's own clock, too");
    assert!(stale(Began { touched: 1, ..began(0) }), "this process has changed something since");
    memory.take_up(Began { touched: 1, ..began(0) }, memory.position(began(0)), seen(5, &[]));
    assert!(!stale(Began { touched: 1, ..began(0) }));
}

#[test]
fn whoever_can_not_know_what_was_missed_forgets_everything() {
    let forgets = |position: Option<i64>, seen: Seen| {
        let (memory, _) = one();
        memory.take_up(began(0), position, seen);
        !is_live(&memory, [1; 32], 0)
    };
    assert!(!forgets(Some(5), seen(5, &[])));
    assert!(forgets(None, seen(5, &[])), "the position was lost");
    assert!(forgets(Some(5), seen(4, &[])), "another database");
    let many: Vec<(i64, &str)> = (0..=MOST_CHANGES).map(|seq| (seq, "role:other")).collect();
    assert!(forgets(Some(5), seen(9, &many)), "too much at once");
    let (memory, _) = one();
    assert_eq!(memory.position(began(3_600)), Some(5));
    assert_eq!(memory.position(began(3_601)), None, "lines may have been swept away");
}

#[test]
fn who_waited_for_a_look_need_not_look_again() {
    let (memory, _) = one();
    let wanted = began(0);
    assert_eq!(memory.looked_since(wanted), None);
    memory.take_up(began(0), Some(5), seen(5, &[]));
    assert_eq!(memory.looked_since(wanted), Some(true));
    let wanted = began(0);
    memory.failed();
    assert_eq!(memory.looked_since(wanted), Some(false));
    assert_eq!(memory.looked_since(began(0)), Some(false), "just before is soon enough");
}

#[test]
fn memory_has_a_bound() {
    let (memory, person) = one();
    for n in 0..MOST {
        let mut token = [0; 32];
        token[..8].copy_from_slice(&n.to_le_bytes());
        memory.keep(token, memory.mark(), live(600).0);
    }
    assert!(memory.read().live.len() <= MOST);
    for n in 0..=MOST_CHANGED as i64 / MOST_CHANGES + 1 {
        let names: Vec<String> = (0..MOST_CHANGES).map(|m| format!("role:{}", n * MOST_CHANGES + m)).collect();
        let changes: Vec<(i64, &str)> =
            names.iter().zip(n * MOST_CHANGES + 10..).map(|(name, seq)| (seq, name.as_str())).collect();
        memory.take_up(began(0), Some(5), seen(5, &changes));
    }
    assert!(memory.read().changed.len() <= MOST_CHANGED);
    assert!(!is_live(&memory, [1; 32], 0), "{person}");
}

#[test]
fn the_database_is_asked_at_no_instant_before_a_change() {
    let memory = Memory::default();
    assert_eq!(memory.instant(at(0)), at(0));
    let ahead = |seconds| Change { seq: seconds, subject: "role:other".into(), at: at(seconds) };
    memory.take_up(began(0), None, Seen { head: 1, changes: vec![ahead(2)] });
    assert_eq!((memory.instant(at(0)), memory.instant(at(3))), (at(2), at(3)));
    memory.take_up(began(0), Some(1), Seen { head: 1, changes: vec![ahead(7_200)] });
    assert_eq!(memory.instant(at(0)), at(SKEW_SECONDS), "a clock that is far off moves nobody's far");
}
