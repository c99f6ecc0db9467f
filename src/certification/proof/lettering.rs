//! Lettering: texts set in the house's typeface, measured, and turned into outlines where no font can be counted on.

use anyhow::Context;
use rustybuzz::{
    Face, Feature, UnicodeBuffer,
    ttf_parser::{GlyphId, OutlineBuilder, Tag},
};
use std::{fmt::Write, ops::Range, sync::LazyLock};

/// A cut of the typeface, Libertinus Serif (SIL Open Font License 1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cut {
    Regular,
    Italic,
    Semibold,
}

static REGULAR: LazyLock<Option<Face<'static>>> = LazyLock::new(|| face(Cut::Regular));
static ITALIC: LazyLock<Option<Face<'static>>> = LazyLock::new(|| face(Cut::Italic));
static SEMIBOLD: LazyLock<Option<Face<'static>>> = LazyLock::new(|| face(Cut::Semibold));

fn face(cut: Cut) -> Option<Face<'static>> {
    Face::from_slice(cut.data()?, 0)
}

impl Cut {
    /// The font file.
    #[must_use]
    pub fn data(self) -> Option<&'static [u8]> {
        let place = match self {
            Self::Regular => 0,
            Self::Italic => 2,
            Self::Semibold => 4,
        };
        typst_assets::fonts().nth(place)
    }

    fn face(self) -> anyhow::Result<&'static Face<'static>> {
        let held = match self {
            Self::Regular => &REGULAR,
            Self::Italic => &ITALIC,
            Self::Semibold => &SEMIBOLD,
        };
        held.as_ref().context("the typeface does not read")
    }
}

/// Whether the typeface has every letter of a text.
#[must_use]
pub fn has_all(text: &str, cut: Cut) -> bool {
    set(text, Style::new(cut, 1.0)).is_ok_and(|line| line.letters.iter().all(|letter| letter.glyph != 0))
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub cut: Cut,
    pub size: f64,
    /// Space added after every letter, in parts of the size.
    pub tracking: f64,
    /// Small capitals.
    pub small_caps: bool,
}

impl Style {
    /// Plain, in a size.
    #[must_use]
    pub fn new(cut: Cut, size: f64) -> Self {
        Self { cut, size, tracking: 0.0, small_caps: false }
    }

    /// With space between the letters.
    #[must_use]
    pub fn tracked(self, tracking: f64) -> Self {
        Self { tracking, ..self }
    }

    /// In small capitals.
    #[must_use]
    pub fn small_caps(self) -> Self {
        Self { small_caps: true, ..self }
    }

    /// In another size.
    #[must_use]
    pub fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }
}

/// A letter in its place; lengths in parts of the size.
#[derive(Clone, Debug)]
pub struct Letter {
    pub glyph: u16,
    pub advance: f64,
    pub shift: (f64, f64),
    /// What it stands for in the text.
    pub range: Range<usize>,
}

/// A line of text, set.
#[derive(Clone, Debug)]
pub struct Line {
    pub text: String,
    pub style: Style,
    pub letters: Vec<Letter>,
    /// How wide it is.
    pub width: f64,
}

/// Sets a text on one line.
///
/// # Errors
/// The typeface does not read.
pub fn set(text: &str, style: Style) -> anyhow::Result<Line> {
    // What is typed with a typewriter's apostrophe is printed with a printer's.
    let text = &text.replace('\'', "’");
    let face = style.cut.face()?;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    let mut features = Vec::new();
    if style.small_caps {
        features.push(Feature::new(Tag::from_bytes(b"smcp"), 1, ..));
    }
    if style.tracking > 0.0 {
        features.push(Feature::new(Tag::from_bytes(b"liga"), 0, ..));
    }
    let set = rustybuzz::shape(face, &features, buffer);
    let em = f64::from(face.units_per_em());
    let starts: Vec<usize> = set.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    let mut letters = Vec::with_capacity(starts.len());
    for (info, place) in set.glyph_infos().iter().zip(set.glyph_positions()) {
        let start = info.cluster as usize;
        let end = starts.iter().copied().filter(|other| *other > start).min().unwrap_or(text.len());
        letters.push(Letter {
            glyph: u16::try_from(info.glyph_id).unwrap_or(0),
            advance: f64::from(place.x_advance) / em + style.tracking,
            shift: (f64::from(place.x_offset) / em, f64::from(place.y_offset) / em),
            range: start..end,
        });
    }
    let width = letters.iter().map(|letter| letter.advance).sum::<f64>() * style.size - style.tracking * style.size;
    Ok(Line { text: text.to_owned(), style, letters, width: width.max(0.0) })
}

/// Sets a text on one line, smaller where it would be wider than `most`, down to `least`.
///
/// # Errors
/// The typeface does not read.
pub fn fit(text: &str, style: Style, most: f64, least: f64) -> anyhow::Result<Line> {
    let line = set(text, style)?;
    if line.width <= most {
        return Ok(line);
    }
    set(text, style.sized((style.size * most / line.width).max(least)))
}

/// Breaks a text into lines that are at most so wide and about equally long.
///
/// # Errors
/// The typeface does not read.
pub fn wrap(text: &str, style: Style, most: f64) -> anyhow::Result<Vec<Line>> {
    let blank = set("n n", style)?.width - 2.0 * set("n", style)?.width;
    let words: Vec<(&str, f64)> =
        text.split_whitespace().map(|word| Ok((word, set(word, style)?.width))).collect::<anyhow::Result<_>>()?;
    let mut lines = broken(&words, blank, most);
    if lines.len() > 1 {
        // The narrowest measure that needs no line more gives lines of even length.
        let (mut low, mut high) = (most / 2.0, most);
        for _ in 0..7 {
            let middle = f64::midpoint(low, high);
            if broken(&words, blank, middle).len() > lines.len() { low = middle } else { high = middle }
        }
        lines = broken(&words, blank, high);
    }
    lines.iter().map(|line| set(line, style)).collect()
}

/// The lines of words whose widths are known.
fn broken(words: &[(&str, f64)], blank: f64, most: f64) -> Vec<String> {
    let mut lines: Vec<(String, f64)> = Vec::new();
    for (word, width) in words {
        match lines.last_mut() {
            Some((line, so_far)) if *so_far + blank + width <= most => {
                line.push(' ');
                line.push_str(word);
                *so_far += blank + width;
            }
            _ => lines.push(((*word).to_owned(), *width)),
        }
    }
    lines.into_iter().map(|(line, _)| line).collect()
}

struct Pen {
    d: String,
    x: f64,
    y: f64,
    scale: f64,
}

impl Pen {
    fn at(&mut self, command: char, points: &[(f32, f32)]) {
        self.d.push(command);
        for (no, (x, y)) in points.iter().enumerate() {
            let (x, y) = (self.x + f64::from(*x) * self.scale, self.y - f64::from(*y) * self.scale);
            let _ = write!(self.d, "{}{:.1} {:.1}", if no == 0 { "" } else { " " }, x, y);
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at('M', &[(x, y)]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.at('L', &[(x, y)]);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.at('Q', &[(x1, y1), (x, y)]);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.at('C', &[(x1, y1), (x2, y2), (x, y)]);
    }
    fn close(&mut self) {
        self.d.push('Z');
    }
}

/// A line as the `d` of an SVG path whose base line begins at a point.
///
/// # Errors
/// The typeface does not read.
pub fn outline(line: &Line, x: f64, y: f64) -> anyhow::Result<String> {
    let face = line.style.cut.face()?;
    let em = f64::from(face.units_per_em());
    let size = line.style.size;
    let mut pen = Pen { d: String::new(), x, y, scale: size / em };
    let mut at = x;
    for letter in &line.letters {
        pen.x = at + letter.shift.0 * size;
        pen.y = y - letter.shift.1 * size;
        face.outline_glyph(GlyphId(letter.glyph), &mut pen);
        at += letter.advance * size;
    }
    Ok(pen.d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_measured_fitted_and_broken() {
        let style = Style::new(Cut::Semibold, 40.0);
        let line = set("Éloïse d’Arcy-Lambert", style).unwrap();
        assert!(line.letters.iter().all(|letter| letter.glyph != 0), "every letter has a glyph");
        assert!((300.0..600.0).contains(&line.width), "{}", line.width);
        let fitted = fit("Éloïse d’Arcy-Lambert", style, 200.0, 10.0).unwrap();
        assert!(fitted.width <= 200.1, "{}", fitted.width);
        let lines = wrap("Personal data handler for those who work with customers", style, 400.0).unwrap();
        assert!(lines.len() >= 2 && lines.iter().all(|line| line.width <= 404.0));
        assert!(outline(&line, 0.0, 0.0).unwrap().starts_with('M'));
    }
}
