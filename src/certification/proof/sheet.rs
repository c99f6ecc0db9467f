//! A sheet of paper to draw on: lettering, curves and squares on one page of a tagged PDF.

use super::{
    lettering::{Cut, Line},
    rosette::{Curve, Ink},
};
use anyhow::{Context, anyhow};
use krilla::{
    Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, ConfigurationBuilder},
    geom::{Path, PathBuilder, Point, Rect},
    num::NormalizedF32,
    paint::{Fill, LineJoin, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag},
    text::{Font, GlyphId, KrillaGlyph},
};
use std::collections::HashMap;

/// A colour.
pub(super) type Colour = (u8, u8, u8);

/// Starts a document that says what it holds, for readers that can not see it (PDF/UA-1).
pub(super) fn document(checked: bool) -> anyhow::Result<Document> {
    let builder = ConfigurationBuilder::new();
    let builder = if checked { builder.with_accessibility_validator(Accessibility::UA1) } else { builder };
    let configuration = builder.finish().map_err(|error| anyhow!("{error:?}"))?;
    Ok(Document::new_with(SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() }))
}

/// The fonts, each read once a document.
#[derive(Default)]
pub(super) struct Fonts(HashMap<Cut, Font>);

impl Fonts {
    fn font(&mut self, cut: Cut) -> anyhow::Result<Font> {
        if let Some(font) = self.0.get(&cut) {
            return Ok(font.clone());
        }
        let data = cut.data().context("the typeface is missing")?;
        let font = Font::new(data.to_vec().into(), 0).context("the typeface does not read")?;
        self.0.insert(cut, font.clone());
        Ok(font)
    }
}

/// The page under the pen.
pub(super) struct Sheet<'s, 'f> {
    pub(super) surface: Surface<'s>,
    pub(super) fonts: &'f mut Fonts,
}

fn paint(colour: Colour) -> rgb::Color {
    rgb::Color::new(colour.0, colour.1, colour.2)
}

fn opacity(share: f64) -> NormalizedF32 {
    NormalizedF32::new(share as f32).unwrap_or(NormalizedF32::ONE)
}

/// A curve of a rosette, with its middle at a point and its edge at a distance.
fn traced(curve: &Curve, x: f64, y: f64, radius: f64) -> Option<Path> {
    let mut path = PathBuilder::new();
    let at = |(u, v): (f64, f64)| ((x + u * radius) as f32, (y + v * radius) as f32);
    let (sx, sy) = at(curve.start);
    path.move_to(sx, sy);
    for piece in &curve.pieces {
        let [(ax, ay), (bx, by), (ex, ey)] = piece.map(at);
        path.cubic_to(ax, ay, bx, by, ex, ey);
    }
    path.close();
    path.finish()
}

impl Sheet<'_, '_> {
    /// Lifts the pen for good.
    pub(super) fn finish(self) {
        self.surface.finish();
    }

    /// Begins what only adorns the page.
    pub(super) fn ornament(&mut self) {
        // No leaf of the tree stands for it.
        let _ = self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other)));
    }

    /// Ends what began with [`Sheet::ornament`].
    pub(super) fn end(&mut self) {
        self.surface.end_tagged();
    }

    fn ink(&mut self, colour: Colour) {
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill { paint: paint(colour).into(), ..Fill::default() }));
    }

    fn pen(&mut self, colour: Colour, width: f64, share: f64) {
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke {
            paint: paint(colour).into(),
            width: width as f32,
            line_join: LineJoin::Round,
            opacity: opacity(share),
            ..Stroke::default()
        }));
    }

    /// Writes a line whose base line begins at a point; returns its leaf in the tree of tags.
    pub(super) fn write(&mut self, line: &Line, x: f64, y: f64, colour: Colour) -> anyhow::Result<Identifier> {
        let leaf = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        self.letters(line, x, y, colour)?;
        self.surface.end_tagged();
        Ok(leaf)
    }

    /// Writes a line around a middle.
    pub(super) fn centred(&mut self, line: &Line, x: f64, y: f64, colour: Colour) -> anyhow::Result<Identifier> {
        self.write(line, x - line.width / 2.0, y, colour)
    }

    fn letters(&mut self, line: &Line, x: f64, y: f64, colour: Colour) -> anyhow::Result<()> {
        self.ink(colour);
        let glyphs: Vec<KrillaGlyph> = line
            .letters
            .iter()
            .map(|letter| {
                KrillaGlyph::new(
                    GlyphId::new(u32::from(letter.glyph)),
                    letter.advance as f32,
                    letter.shift.0 as f32,
                    letter.shift.1 as f32,
                    0.0,
                    letter.range.clone(),
                    None,
                )
            })
            .collect();
        let font = self.fonts.font(line.style.cut)?;
        let start = Point::from_xy(x as f32, y as f32);
        self.surface.draw_glyphs(start, &glyphs, font, &line.text, line.style.size as f32, false);
        Ok(())
    }

    /// A straight line.
    pub(super) fn rule(&mut self, from: (f64, f64), to: (f64, f64), colour: Colour, width: f64) {
        self.pen(colour, width, 1.0);
        let mut path = PathBuilder::new();
        path.move_to(from.0 as f32, from.1 as f32);
        path.line_to(to.0 as f32, to.1 as f32);
        self.path(path);
    }

    /// A wave along a straight line, `height` to each side, that takes `steps` half waves from end to end.
    pub(super) fn wave(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        height: f64,
        steps: u32,
        colour: Colour,
        width: f64,
    ) {
        self.pen(colour, width, 0.75);
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let (u, v) = ((to.0 - from.0) / length, (to.1 - from.1) / length);
        let at =
            |along: f64, aside: f64| ((from.0 + u * along - v * aside) as f32, (from.1 + v * along + u * aside) as f32);
        let step = length / f64::from(steps);
        let mut path = PathBuilder::new();
        let (x, y) = at(0.0, height);
        path.move_to(x, y);
        for no in 0..steps {
            let side = if no % 2 == 0 { height } else { -height };
            let (start, end) = (f64::from(no) * step, f64::from(no + 1) * step);
            // The handles that come nearest to half a wave of a cosine.
            let ((ax, ay), (bx, by), (ex, ey)) =
                (at(start + step * 0.3642, side), at(end - step * 0.3642, -side), at(end, -side));
            path.cubic_to(ax, ay, bx, by, ex, ey);
        }
        self.path(path);
    }

    /// A rosette around a middle.
    pub(super) fn rosette(&mut self, curves: &[Curve], middle: (f64, f64), radius: f64, width: f64, share: f64) {
        for curve in curves {
            let colour = match curve.ink {
                Ink::Main => super::paper::PETROL,
                Ink::Second => super::paper::GOLD,
            };
            self.pen(colour, width, share);
            if let Some(path) = traced(curve, middle.0, middle.1, radius) {
                self.surface.draw_path(&path);
            }
        }
    }

    /// A rectangle's edge.
    pub(super) fn frame(&mut self, inset: f64, size: (f64, f64), colour: Colour, width: f64) {
        self.pen(colour, width, 1.0);
        let mut path = PathBuilder::new();
        let (w, h) = ((size.0 - inset) as f32, (size.1 - inset) as f32);
        if let Some(rect) = Rect::from_ltrb(inset as f32, inset as f32, w, h) {
            path.push_rect(rect);
        }
        self.path(path);
    }

    /// A filled shape from straight lines.
    pub(super) fn shape(&mut self, points: &[(f64, f64)], colour: Colour) {
        self.ink(colour);
        let mut path = PathBuilder::new();
        for (no, (x, y)) in points.iter().enumerate() {
            if no == 0 { path.move_to(*x as f32, *y as f32) } else { path.line_to(*x as f32, *y as f32) }
        }
        path.close();
        self.path(path);
    }

    /// A filled disc.
    pub(super) fn disc(&mut self, middle: (f64, f64), radius: f64, colour: Colour) {
        let points: Vec<(f64, f64)> = (0..96)
            .map(|no| f64::from(no) * std::f64::consts::TAU / 96.0)
            .map(|angle| (middle.0 + radius * angle.cos(), middle.1 + radius * angle.sin()))
            .collect();
        self.shape(&points, colour);
    }

    /// Dark squares of one code, as one shape.
    pub(super) fn squares(&mut self, rows: &[Vec<bool>], left: f64, top: f64, side: f64, colour: Colour) {
        self.ink(colour);
        let step = side / rows.len().max(1) as f64;
        let mut path = PathBuilder::new();
        for (y, row) in rows.iter().enumerate() {
            for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
                let (x, y) = (left + step * x as f64, top + step * y as f64);
                let square = Rect::from_xywh(x as f32, y as f32, step as f32, step as f32);
                if let Some(square) = square {
                    path.push_rect(square);
                }
            }
        }
        self.path(path);
    }

    fn path(&mut self, path: PathBuilder) {
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
    }
}
