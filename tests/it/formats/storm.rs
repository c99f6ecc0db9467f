//! A storm of inputs for one importer: words of its grammar in any order, and real banks bent and broken.
//!
//! Every input follows from its number and the seed alone, so that one that fails can be made again.

use super::{checked, number};
use habilis::curriculum::formats::{Format, gift, moodle, pictures::Pictures};
use rand::{Rng as _, RngExt as _, SeedableRng as _, rngs::StdRng};
use std::{fs, path::Path, time::Instant};

/// The input at hand, told when a check of it fails.
struct Witness {
    format: Format,
    seed: u64,
    case: u64,
    bytes: Vec<u8>,
}

impl Drop for Witness {
    #[expect(clippy::print_stderr, reason = "says how the input that broke something is made again")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            let text = String::from_utf8_lossy(&self.bytes);
            eprintln!("{:?}, HABILIS_FUZZ_SEED={}, input {}: {text:?}", self.format, self.seed, self.case);
        }
    }
}

/// Gives an importer as many inputs as the environment says; each is checked, and what came of it is written for others.
#[expect(clippy::print_stdout, reason = "tells how much was tried")]
pub(super) fn storm(format: Format, words: &[&str]) {
    let cases = u64::try_from(number("HABILIS_FUZZ_CASES", 2_000)).unwrap();
    let seed = u64::try_from(number("HABILIS_FUZZ_SEED", 1)).unwrap();
    let pieces = pieces(format);
    let begun = Instant::now();
    let (mut bytes, mut questions, mut worst) = (0, 0, 0);
    for case in 0..cases {
        let mut dice = StdRng::seed_from_u64(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(case));
        let input = input(&mut dice, words, &pieces);
        let witness = Witness { format, seed, case, bytes: input };
        let size = witness.bytes.len();
        bytes += size;
        let Some(imported) = checked(&witness.bytes, Some(format)) else { continue };
        questions += imported.entries.len();
        if size >= 100 {
            worst = worst.max(imported.effort / u64::try_from(size).unwrap());
        }
        // What was imported can be written for others, too.
        let (gift, _) = gift::write(&imported.entries);
        let (xml, _) = moodle::write(&imported.entries, &Pictures::new());
        assert!(gift.len() + xml.len() <= size * 800 + 20_000, "{size} bytes became {} and {}", gift.len(), xml.len());
    }
    println!(
        "{}: {cases} inputs from seed {seed}, {bytes} bytes, {questions} questions, at most {worst} looks a byte, in {:.1?}",
        format.title(),
        begun.elapsed()
    );
    assert!(questions > usize::try_from(cases).unwrap() / 20, "so few questions test nothing: {questions}");
}

/// The questions of the banks beside this file, one by one.
fn pieces(format: Format) -> Vec<Vec<u8>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/formats");
    let mut pieces: Vec<Vec<u8>> = Vec::new();
    for file in super::fixtures::below(&here) {
        let name = file.to_string_lossy().into_owned();
        let ours = match format {
            Format::Gift => name.ends_with(".gift") || name.ends_with(".gift.txt"),
            Format::Aiken => name.ends_with("aiken.txt"),
            Format::MoodleXml => name.ends_with(".xml"),
        };
        if !ours {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
        let parts: Vec<String> = match format {
            Format::MoodleXml => text.split("<question ").skip(1).map(|part| format!("<question {part}")).collect(),
            _ => text.split("\n\n").map(|part| format!("{part}\n\n")).collect(),
        };
        pieces.extend(parts.into_iter().map(String::into_bytes));
    }
    assert!(pieces.len() > 10, "the banks to begin with are not there");
    pieces
}

fn pick<'a, T: ?Sized>(dice: &mut StdRng, from: &'a [&'a T]) -> &'a T {
    from[dice.random_range(0..from.len())]
}

fn input(dice: &mut StdRng, words: &[&str], pieces: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    match dice.random_range(0..20_u32) {
        0 => {
            bytes.resize(dice.random_range(0..200), 0);
            dice.fill_bytes(&mut bytes);
        }
        1..9 => {
            for _ in 0..dice.random_range(0..24_u32) {
                soup(dice, words, &mut bytes);
            }
        }
        _ => {
            for _ in 0..dice.random_range(1..4_u32) {
                let piece = &pieces[dice.random_range(0..pieces.len())];
                bytes.extend(piece);
            }
            for _ in 0..dice.random_range(0..8_u32) {
                bend(dice, words, &mut bytes);
            }
        }
    }
    bytes
}

/// One more word: of the grammar, of nobody, or no word at all.
fn soup(dice: &mut StdRng, words: &[&str], bytes: &mut Vec<u8>) {
    match dice.random_range(0..16_u32) {
        0 | 1 => (0..dice.random_range(0..7_u32)).for_each(|_| bytes.push(b"abcxyz0129 "[dice.random_range(0..11)])),
        2 => {
            let c = char::from_u32(dice.random_range(0..0x11_0000)).unwrap_or('\u{fffd}');
            bytes.extend(c.to_string().bytes());
        }
        3 => bytes.push(dice.random()),
        _ => bytes.extend(pick(dice, words).bytes()),
    }
}

/// One change to a bank that was good.
fn bend(dice: &mut StdRng, words: &[&str], bytes: &mut Vec<u8>) {
    let at = dice.random_range(0..=bytes.len());
    let end = (at + dice.random_range(0..60_usize)).min(bytes.len());
    match dice.random_range(0..8_u32) {
        0 => drop(bytes.drain(at..end)),
        1 => {
            let twice = bytes[at..end].to_vec();
            drop(bytes.splice(at..at, twice));
        }
        2 if at < bytes.len() => bytes[at] ^= 1 << dice.random_range(0..8_u32),
        3 => bytes.truncate(at),
        4 => {
            let moved: Vec<u8> = bytes.drain(at..end).collect();
            let to = dice.random_range(0..=bytes.len());
            drop(bytes.splice(to..to, moved));
        }
        _ => {
            let mut word = Vec::new();
            soup(dice, words, &mut word);
            let until = if dice.random() { at } else { end };
            drop(bytes.splice(at..until, word));
        }
    }
}
