//! The rosette of a certificate: a guilloche like the engraving of a banknote, drawn from the certificate's own id.

use sha2::{Digest, Sha256};
use std::{
    f64::consts::{PI, TAU},
    fmt::Write,
};

/// Half the side of the square that the rosette is drawn in, in the units of its path data.
pub const HALF: f64 = 500.0;

/// Which ink a curve is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// The first colour.
    Main,
    /// The colour between.
    Second,
}

/// A closed curve of cubic pieces around the origin; the rosette's edge is at distance 1.
#[derive(Clone, Debug)]
pub struct Curve {
    pub ink: Ink,
    pub start: (f64, f64),
    /// Each piece: two handles and where it ends.
    pub pieces: Vec<[(f64, f64); 3]>,
}

/// A stream of numbers that only the id decides.
struct Dice {
    seed: [u8; 32],
    at: usize,
}

impl Dice {
    fn new(id: &str) -> Self {
        Self { seed: Sha256::digest(id.as_bytes()).into(), at: 0 }
    }

    fn byte(&mut self) -> u8 {
        if self.at == self.seed.len() {
            self.seed = Sha256::digest(self.seed).into();
            self.at = 0;
        }
        let byte = self.seed.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        byte
    }

    /// Between `low` and `high`.
    fn between(&mut self, low: f64, high: f64) -> f64 {
        let share = f64::from(u16::from_be_bytes([self.byte(), self.byte()])) / f64::from(u16::MAX);
        low + (high - low) * share
    }

    /// One of a few whole numbers.
    fn whole(&mut self, low: u32, high: u32) -> u32 {
        low + u32::from(self.byte()) % (high - low + 1)
    }
}

/// A woven ring: a wave that runs around `turns` times before it closes, with `lobes` waves in all, on a base line that
/// has waves of its own.
struct Ring {
    turns: u32,
    lobes: u32,
    radius: f64,
    height: f64,
    scallops: u32,
    depth: f64,
    phase: f64,
    lean: f64,
}

impl Ring {
    /// Where the curve is at an angle.
    fn at(&self, angle: f64) -> (f64, f64) {
        let wave = f64::from(self.lobes) / f64::from(self.turns) * angle;
        let base = (f64::from(self.scallops) * angle + self.phase).cos();
        let radius = self.radius + self.height * wave.cos() * (1.0 - 0.25 * base) + self.depth * base;
        let angle = angle + self.lean * wave.sin();
        (radius * angle.cos(), radius * angle.sin())
    }

    fn slope(&self, angle: f64) -> (f64, f64) {
        const STEP: f64 = 1e-5;
        let ((x0, y0), (x1, y1)) = (self.at(angle - STEP), self.at(angle + STEP));
        ((x1 - x0) / (2.0 * STEP), (y1 - y0) / (2.0 * STEP))
    }

    /// The curve in cubic pieces, one from each crest to the next trough.
    fn curve(&self, ink: Ink) -> Curve {
        let pieces = self.lobes * 2;
        let step = TAU * f64::from(self.turns) / f64::from(pieces);
        let third = step / 3.0;
        let mut from = 0.0;
        let drawn = (0..pieces)
            .map(|_| {
                let to = from + step;
                let ((ax, ay), (bx, by)) = (self.at(from), self.at(to));
                let ((au, av), (bu, bv)) = (self.slope(from), self.slope(to));
                from = to;
                [(ax + au * third, ay + av * third), (bx - bu * third, by - bv * third), (bx, by)]
            })
            .collect();
        Curve { ink, start: self.at(0.0), pieces: drawn }
    }
}

fn common(mut a: u32, mut b: u32) -> u32 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The curves of a certificate's rosette, from the edge to the middle. The same id always gives the same.
#[must_use]
pub fn rosette(id: &str) -> Vec<Curve> {
    let mut dice = Dice::new(id);
    let scallops = dice.whole(6, 14);
    // radius, height of the waves, lobes on each turn (least and most), turns (least and most)
    let rings = [
        (0.825, 0.135, 8.0, 11.0, 7, 9, Ink::Main),
        (0.625, 0.165, 6.0, 8.5, 6, 8, Ink::Second),
        (0.445, 0.150, 5.0, 7.0, 5, 7, Ink::Main),
        (0.215, 0.165, 3.2, 5.2, 5, 7, Ink::Second),
    ];
    rings
        .into_iter()
        .enumerate()
        .map(|(no, (radius, height, least, most, few, many, ink))| {
            let turns = dice.whole(few, many);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 16 and 99")]
            let mut lobes = (dice.between(least, most) * f64::from(turns)).round() as u32;
            // Only where they share no factor does one line run through the whole ring.
            while common(lobes, turns) > 1 {
                lobes += 1;
            }
            let scallops = if no % 2 == 0 { scallops } else { dice.whole(5, 12) };
            Ring {
                turns,
                lobes,
                radius: radius + dice.between(-0.012, 0.012),
                height: height * dice.between(0.82, 1.0),
                scallops,
                depth: dice.between(0.012, 0.030) * (radius / 0.8),
                phase: dice.between(0.0, TAU),
                lean: dice.between(-0.05, 0.05) * PI / f64::from(scallops).sqrt(),
            }
            .curve(ink)
        })
        .collect()
}

/// A curve as the `d` of an SVG path, in whole units from −[`HALF`] to [`HALF`].
#[must_use]
pub fn path(curve: &Curve) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a few thousand at most")]
    let whole = |(x, y): (f64, f64)| ((x * HALF).round() as i32, (y * HALF).round() as i32);
    let mut at = whole(curve.start);
    let mut d = format!("M{} {}c", at.0, at.1);
    let mut first = true;
    for piece in &curve.pieces {
        let end = piece.map(whole);
        for (x, y) in end {
            number(&mut d, x - at.0, !first);
            number(&mut d, y - at.1, true);
            first = false;
        }
        at = end[2];
    }
    d.push('z');
    d
}

/// Writes a number with as little before it as SVG allows: a sign parts numbers as well as a blank.
fn number(d: &mut String, n: i32, part: bool) {
    if part && n >= 0 {
        d.push(' ');
    }
    let _ = write!(d, "{n}");
}

/// The rosette as the paths of an SVG group: `<path class="r-main" d="…"/>…`.
#[must_use]
pub fn paths(id: &str) -> String {
    rosette(id).iter().fold(String::new(), |mut out, curve| {
        let class = match curve.ink {
            Ink::Main => "r-main",
            Ink::Second => "r-second",
        };
        let _ = write!(out, "<path class=\"{class}\" d=\"{}\"/>", path(curve));
        out
    })
}

/// The rosette as a picture of its own, in the house's colours, for light and dark pages.
#[must_use]
pub fn svg(id: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"600\" viewBox=\"-500 -500 1000 1000\">\
         <style>path{{fill:none;stroke-width:2.6;stroke-linejoin:round}}.r-main{{stroke:#0e5a5a}}.r-second{{stroke:#a9803b}}\
         @media(prefers-color-scheme:dark){{.r-main{{stroke:#7cc4bb}}.r-second{{stroke:#d9b56d}}}}</style>{}</svg>",
        paths(id)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_id_has_its_own_small_and_lasting_rosette() {
        let ids = (0..500).map(|n| format!("crt_{n:032x}"));
        let drawn: Vec<String> = ids.map(|id| svg(&id)).collect();
        assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), drawn.len(), "no two alike");
        for svg in &drawn {
            assert!(svg.len() < 12_000, "{} bytes", svg.len());
            let read = roxmltree::Document::parse(svg).unwrap();
            assert_eq!(
                read.descendants().filter(|n| n.has_tag_name(("http://www.w3.org/2000/svg", "path"))).count(),
                4
            );
        }
        assert_eq!(svg("crt_00000000000000000000000000000001"), drawn[1], "the same id, the same rosette");
    }

    #[test]
    fn it_stays_inside_its_edge() {
        for n in 0..500 {
            for curve in rosette(&format!("crt_{n}")) {
                for (x, y) in curve.pieces.iter().map(|piece| piece[2]) {
                    assert!(x.hypot(y) < 1.0, "{n}: {}", x.hypot(y));
                }
            }
        }
    }
}
