//! A file as it is made, and the same file changed in every way that an attacker has.

use super::{
    super::{
        entry::{Kept, entry},
        file::{Beside, EventLine, FileLine, Hashes, Head, Salted, Tile},
        hash::{self, Hash},
        note::{Checkpoint, Signer},
        tree::{Edge, Place, full_tiles_at},
    },
    *,
};
use crate::base::clock::Time;
use aws_lc_rs::signature::Ed25519KeyPair;
use serde_json::value::RawValue;
use std::collections::HashMap;

fn signer() -> Signer {
    Signer::new("habilis.example.com/log", Ed25519KeyPair::generate().unwrap().to_pkcs8v1().unwrap().as_ref()).unwrap()
}

fn text(n: u64) -> Salted {
    Salted { text: format!("{{\"reason\":\"why {n}\"}}"), salt: format!("{n:032x}") }
}

fn event(n: u64) -> Vec<u8> {
    entry(&Kept {
        id: format!("evt_{n}"),
        at: Time::from_micros(1_000_000 * i64::try_from(n).unwrap()),
        kind: "grant.given".to_owned(),
        outcome: "done".to_owned(),
        actor: "system:test".to_owned(),
        person: None,
        role: None,
        subject: None,
        address: String::new(),
        data: "{}".to_owned(),
        address_commitment: None,
        texts_commitment: (n.is_multiple_of(3)).then(|| seal::commitment(&text(n).salt, &text(n).text)),
    })
    .unwrap()
}

fn line(line: &FileLine) -> String {
    serde_json::to_string(line).unwrap()
}

fn event_line(n: u64) -> String {
    let beside = Beside { address: None, texts: Some(text(n)) };
    line(&FileLine::Event(EventLine {
        position: n,
        entry: RawValue::from_string(String::from_utf8(event(n)).unwrap()).unwrap(),
        beside: (n.is_multiple_of(3)).then_some(beside),
        proof: None,
    }))
}

struct Log {
    signer: Signer,
    tiles: HashMap<Place, Vec<Hash>>,
    edge: Edge,
    roots: Vec<Hash>,
}

impl Log {
    fn of(size: u64) -> Self {
        let (mut tiles, mut edge) = (HashMap::new(), Edge::default());
        let mut roots = vec![edge.root()];
        for n in 0..size {
            tiles.extend(edge.push(hash::leaf(&event(n))));
            roots.push(edge.root());
        }
        Self { signer: signer(), tiles, edge, roots }
    }

    fn checkpoint(&self, size: u64) -> Checkpoint {
        let root = self.roots[usize::try_from(size).unwrap()];
        Checkpoint { origin: self.signer.key().name().to_owned(), size, root }
    }

    /// The lines of the file, with a checkpoint after every hundredth event.
    fn file(&self) -> Vec<String> {
        let size = self.edge.size();
        let mut lines = vec![line(&FileLine::Head(Head {
            form: FORM.to_owned(),
            key: self.signer.key().to_string(),
            checkpoint: self.signer.sign(&self.checkpoint(size)),
            selection: false,
            edge: self.edge.levels().iter().cloned().map(Hashes).collect(),
        }))];
        for n in 0..size {
            for (level, index) in full_tiles_at(n, size) {
                let hashes = Hashes(self.tiles[&(level, index)].clone());
                lines.push(line(&FileLine::Tile(Tile { level, index, hashes })));
            }
            lines.push(event_line(n));
            if (n + 1).is_multiple_of(100) {
                lines.push(line(&FileLine::Checkpoint { note: self.signer.sign(&self.checkpoint(n + 1)) }));
            }
        }
        lines
    }

    fn check(&self, lines: &[String], known: &[Checkpoint]) -> Result<Verdict, Wrong> {
        let mut check = Check::new(vec![self.signer.key().clone()], known.to_vec());
        for line in lines {
            check.line(line.as_bytes())?;
        }
        check.end(true)
    }
}

/// Where the event stands in the lines.
fn place(lines: &[String], n: u64) -> usize {
    let start = format!("{{\"event\":{{\"position\":{n},");
    lines.iter().position(|line| line.starts_with(&start)).unwrap()
}

#[test]
fn a_file_as_it_was_made_is_right_at_every_length() {
    for size in [1, 2, 255, 256, 257, 512] {
        let log = Log::of(size);
        let verdict = log.check(&log.file(), &[log.checkpoint(size), log.checkpoint(size / 2 + 1)]).unwrap();
        assert_eq!((verdict.events, verdict.size, verdict.checkpoints), (size, size, size / 100), "{size}");
        assert!(verdict.outside >= 1, "{size}");
    }
}

#[test]
fn each_way_of_changing_a_file_is_found_at_its_line() {
    let log = Log::of(700);
    let good = log.file();
    // In the first tile, at its ends, beside a checkpoint, and at the right edge.
    for n in [0, 99, 255, 300, 511, 698] {
        let at = place(&good, n);
        let expect = |what: &str, lines: &[String], code: &str, at: usize| {
            let wrong = log.check(lines, &[]).unwrap_err();
            assert_eq!((wrong.finding.code(), wrong.line), (code, at as u64 + 1), "{what} {n}: {wrong}");
        };

        let mut lines = good.clone();
        lines[at] = lines[at].replace("system:test", "system:text");
        expect("changed", &lines, "changed", at);

        let mut lines = good.clone();
        lines[at] = lines[at].replace(&format!("\"position\":{n},"), &format!("\"position\":{},", n + 1));
        expect("renumbered", &lines, "changed", at);

        let mut lines = good.clone();
        lines.remove(at);
        let wrong = log.check(&lines, &[]).unwrap_err();
        assert_eq!(wrong.finding, Finding::Removed { from: n, until: n + 1 }, "removed {n}: {wrong}");
        assert!((at as u64..=at as u64 + 3).contains(&wrong.line), "removed {n}: {wrong}");

        let mut lines = good.clone();
        lines.insert(at, event_line(9_999));
        expect("inserted", &lines, "inserted", at);

        let mut lines = good.clone();
        lines.insert(at + 1, lines[at].clone());
        let wrong = log.check(&lines, &[]).unwrap_err();
        assert_eq!((wrong.finding.code(), wrong.line), ("inserted", at as u64 + 2), "repeated {n}: {wrong}");

        let next = place(&good, n + 1);
        if n % 256 != 255 {
            let mut lines = good.clone();
            lines.swap(at, next);
            expect("reordered", &lines, "reordered", at);
        }

        let wrong = log.check(&good[..=at], &[]).unwrap_err();
        assert_eq!(wrong.finding, Finding::CutOff { has: n + 1, of: 700 });
    }
    // A line that was put in at the end, and half a line.
    let mut lines = good.clone();
    lines.push(event_line(700));
    assert_eq!(log.check(&lines, &[]).unwrap_err().finding, Finding::Inserted);
    let mut check = Check::new(vec![log.signer.key().clone()], Vec::new());
    good.iter().for_each(|line| check.line(line.as_bytes()).unwrap());
    assert_eq!(check.end(false).unwrap_err().finding, Finding::HalfALine);
}

#[test]
fn what_stands_beside_an_event_can_go_and_cannot_change() {
    let log = Log::of(20);
    let good = log.file();
    let at = place(&good, 6);
    let mut lines = good.clone();
    lines[at] = lines[at].replace("why 6", "why not");
    assert_eq!(log.check(&lines, &[]).unwrap_err().finding, Finding::WordsChanged);
    let (start, rest) = good[at].split_once(",\"beside\"").unwrap();
    assert!(rest.contains("why 6"));
    let mut lines = good.clone();
    lines[at] = format!("{start}}}}}");
    assert_eq!(log.check(&lines, &[]).unwrap().without_words, 1);
    // Words for an event that has committed to none.
    let mut lines = good.clone();
    let at = place(&good, 7);
    let FileLine::Event(mut event) = serde_json::from_str(&good[at]).unwrap() else { panic!() };
    event.beside = Some(Beside { address: None, texts: Some(text(7)) });
    lines[at] = line(&FileLine::Event(event));
    assert_eq!(log.check(&lines, &[]).unwrap_err().line, at as u64 + 1);
}

#[test]
fn tiles_that_were_made_anew_are_found_by_the_checkpoints() {
    // Somebody with the whole database and without the key changes event 350 and computes every tile anew.
    let log = Log::of(700);
    let (mut tiles, mut edge) = (HashMap::new(), Edge::default());
    for n in 0..700 {
        let bytes = if n == 350 { event(9_999) } else { event(n) };
        tiles.extend(edge.push(hash::leaf(&bytes)));
    }
    let forged = Log { signer: signer(), tiles, edge, roots: Vec::new() };
    let mut lines = Vec::new();
    for old in log.file() {
        lines.push(match serde_json::from_str(&old).unwrap() {
            FileLine::Head(mut head) => {
                head.edge = forged.edge.levels().iter().cloned().map(Hashes).collect();
                line(&FileLine::Head(head))
            }
            FileLine::Tile(mut tile) => {
                tile.hashes = Hashes(forged.tiles[&(tile.level, tile.index)].clone());
                line(&FileLine::Tile(tile))
            }
            FileLine::Event(mut event) if event.position == 350 => {
                let changed = String::from_utf8(super::tests::event(9_999)).unwrap();
                event.entry = RawValue::from_string(changed).unwrap();
                line(&FileLine::Event(event))
            }
            _ => old,
        });
    }
    let wrong = log.check(&lines, &[]).unwrap_err();
    let at = |n: u64| place(&lines, n) as u64 + 1;
    // The checkpoints after events 300 and 400 stand right behind them.
    assert_eq!(wrong.finding, Finding::ChangedBetween { line: at(299) + 1, size: 300 });
    assert_eq!(wrong.line, at(399) + 1);
    // Without them, what is kept elsewhere says it.
    let bare: Vec<String> = lines.iter().filter(|line| !line.starts_with("{\"checkpoint\"")).cloned().collect();
    let wrong = log.check(&bare, &[log.checkpoint(340), log.checkpoint(360)]).unwrap_err();
    assert!(matches!(wrong.finding, Finding::Rewritten { size: 360, agreed: 340, .. }), "{wrong}");
    assert_eq!(log.check(&bare, &[]).unwrap_err().finding.code(), "changed");
}

#[test]
fn where_only_the_tiles_of_the_head_are_altered_the_head_is_the_line_that_is_wrong() {
    let log = Log::of(300);
    let mut lines = log.file();
    let FileLine::Head(mut head) = serde_json::from_str(&lines[0]).unwrap() else { panic!() };
    head.edge[0].0[3] = hash::empty();
    lines[0] = line(&FileLine::Head(head));
    let wrong = log.check(&lines, &[]).unwrap_err();
    assert_eq!((wrong.line, wrong.finding), (1, Finding::Changed));
}

#[test]
fn a_file_that_calls_itself_a_selection_is_none_that_is_whole() {
    // Nobody has signed that word: put in by whoever keeps events back.
    let log = Log::of(40);
    let FileLine::Head(mut head) = serde_json::from_str(&log.file()[0]).unwrap() else { panic!() };
    (head.selection, head.edge) = (true, Vec::new());
    let lines = [line(&FileLine::Head(head))];
    assert!(!log.check(&log.file(), &[]).unwrap().selection);
    let verdict = log.check(&lines, &[]).unwrap();
    assert!(verdict.selection && verdict.events == 0, "{verdict:?}");
    // What is kept elsewhere is held against the head, of which its events are.
    let kept = log.checkpoint(40);
    assert_eq!(log.check(&lines, std::slice::from_ref(&kept)).unwrap().outside, 1);
    let other = Checkpoint { root: hash::empty(), ..kept };
    let wrong = log.check(&lines, &[other]).unwrap_err();
    assert!(matches!(wrong.finding, Finding::Rewritten { size: 40, .. }), "{wrong}");
}

#[test]
fn a_shorter_log_with_a_good_signature_is_found_by_what_is_kept_elsewhere() {
    let log = Log::of(400);
    let earlier = Log { signer: signer(), ..Log::of(300) };
    let short = Log { signer: log.signer, ..earlier };
    assert_eq!(short.check(&short.file(), &[]).unwrap().events, 300);
    let known = Checkpoint { origin: short.signer.key().name().to_owned(), size: 400, root: log.roots[400] };
    let wrong = short.check(&short.file(), &[known]).unwrap_err();
    assert_eq!(wrong.finding, Finding::CutOff { has: 300, of: 400 });
}

#[test]
fn a_hostile_file_costs_nothing() {
    let log = Log::of(3);
    let good = log.file();
    let hashes = Hashes(vec![hash::empty(); 256]);
    for level in [0, 1, 7, 8, 1_000, u32::MAX] {
        for index in [0, 1, u64::MAX] {
            // Also where the head's tiles are not those that were signed, and nothing is held against them.
            let head = good[0].replace("\"edge\":[\"", "\"edge\":[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\",\"");
            for head in [&good[0], &head] {
                let tile = line(&FileLine::Tile(Tile { level, index, hashes: hashes.clone() }));
                let lines = [head.clone(), tile, good[1].clone(), good[2].clone(), good[3].clone()];
                assert!(log.check(&lines, &[]).is_err(), "{level} {index}");
            }
        }
    }
    for text in [
        "{\"event\":{\"position\":18446744073709551615,\"entry\":{}}}",
        "{\"missing\":{\"position\":-1}}",
        "[]",
        "null",
        "\u{0}",
    ] {
        let lines = [good[0].clone(), text.to_owned()];
        assert!(log.check(&lines, &[]).is_err(), "{text}");
    }
}

#[test]
fn a_file_without_head_or_with_a_foreign_one_says_so() {
    let log = Log::of(3);
    let good = log.file();
    assert_eq!(log.check(&[], &[]).unwrap_err().finding, Finding::NoHead);
    assert_eq!(log.check(&good[1..], &[]).unwrap_err().finding, Finding::NoHead);
    let other = Log { signer: signer(), ..Log::of(3) };
    assert_eq!(log.check(&other.file(), &[]).unwrap_err().finding.code(), "not-signed");
    let mut lines = good.clone();
    lines[0] = lines[0].replace(FORM, "habilis-log/9");
    assert_eq!(log.check(&lines, &[]).unwrap_err().finding.code(), "other-form");
    let mut lines = good;
    lines[1] = "{".to_owned();
    assert_eq!(log.check(&lines, &[]).unwrap_err().finding.code(), "unreadable");
}
