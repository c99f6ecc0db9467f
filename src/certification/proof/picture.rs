//! The picture of a badge: a medal with the certificate's own rosette and the certification's name, all of it outlines.

use super::{
    lettering::{self, Cut, Line, Style},
    rosette,
};
use anyhow::Context;
use std::fmt::Write;

/// The side of the picture as SVG, in its own units.
const SIDE: f64 = 800.0;
/// The radius of the disc that the name stands on.
const DISC: f64 = 218.0;

/// The faces of the mark, each with its colour, in a square of 32.
pub const MARK: [(&str, &str); 5] = [
    ("#0e5a5a", "M16.6 1.5 25 12.5 26.5 21.5 21.5 28.5 15 30.5 8.5 28 5 21 7 12Z"),
    ("#3f8a84", "M16.6 1.5 25 12.5 17.5 16Z"),
    ("#63a69d", "M16.6 1.5 17.5 16 7 12Z"),
    ("#1f6f6b", "M7 12 17.5 16 12.5 23.5 5 21Z"),
    ("#0a4444", "M25 12.5 26.5 21.5 20 24 17.5 16Z"),
];

/// What stands on a badge.
#[derive(Clone, Debug)]
pub struct Badge<'a> {
    /// The certificate's id: the rosette is drawn from it.
    pub id: &'a str,
    /// The certification's name.
    pub name: &'a str,
    /// For those who can not see it: who may say so and of what.
    pub alternative: &'a str,
}

/// The largest lettering in which the name fits on the disc.
fn title(name: &str) -> anyhow::Result<Vec<Line>> {
    for size in [72.0, 64.0, 57.0, 50.0, 44.0, 38.0, 33.0, 28.0, 24.0, 20.0] {
        let style = Style::new(Cut::Semibold, size);
        for measure in [260.0, 300.0, 340.0, 370.0] {
            let lines = lettering::wrap(name, style, measure)?;
            let height = lines.len() as f64 * size * 1.08;
            // Every line has to stay inside of the disc where it stands.
            let inside = lines.iter().enumerate().all(|(no, line)| {
                let (top, bottom) =
                    (no as f64 * size * 1.08 - height / 2.0, (no + 1) as f64 * size * 1.08 - height / 2.0);
                let far = top.abs().max(bottom.abs()) + 6.0;
                far < DISC && line.width / 2.0 < (DISC * DISC - far * far).sqrt() - 14.0
            });
            if height <= 196.0 && inside {
                return Ok(lines);
            }
        }
    }
    let most = 2.0 * DISC - 70.0;
    let line = lettering::fit(name, Style::new(Cut::Semibold, 20.0), most, 8.0)?;
    Ok(vec![line])
}

/// Draws the badge. No text in it needs a font: every letter is an outline.
///
/// # Errors
/// The typeface does not read.
pub fn svg(badge: &Badge<'_>) -> anyhow::Result<String> {
    let half = SIDE / 2.0;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{SIDE}\" height=\"{SIDE}\" \
         viewBox=\"-{half} -{half} {SIDE} {SIDE}\" role=\"img\"><title>{}</title>\
         <circle r=\"396\" fill=\"#0e5a5a\"/><circle r=\"384\" fill=\"#fbfaf7\"/>\
         <circle r=\"377\" fill=\"none\" stroke=\"#b8924f\" stroke-width=\"3\"/>\
         <g transform=\"scale(.738)\" fill=\"none\" stroke-width=\"2.9\" stroke-linejoin=\"round\">",
        escaped(badge.alternative)
    );
    // The inner rings lie under the disc.
    for curve in rosette::rosette(badge.id).iter().take(3) {
        let ink = if curve.ink == rosette::Ink::Main { "#0e5a5a" } else { "#b8924f" };
        let _ = write!(out, "<path stroke=\"{ink}\" d=\"{}\"/>", rosette::path(curve));
    }
    let _ = write!(
        out,
        "</g><circle r=\"{DISC}\" fill=\"#fbfaf7\" stroke=\"#0e5a5a\" stroke-width=\"6\"/>\
         <circle r=\"{}\" fill=\"none\" stroke=\"#b8924f\" stroke-width=\"2\"/>",
        DISC - 10.0
    );
    out.push_str("<g transform=\"translate(-38.4 -190) scale(2.4)\">");
    for (ink, d) in MARK {
        let _ = write!(out, "<path fill=\"{ink}\" d=\"{d}\"/>");
    }
    out.push_str("</g>");
    let lines = title(badge.name)?;
    let size = lines.first().map_or(20.0, |line| line.style.size);
    let lead = size * 1.08;
    let top = 12.0 - lines.len() as f64 * lead / 2.0;
    for (no, line) in lines.iter().enumerate() {
        let base = top + lead * no as f64 + size * 0.84;
        let d = lettering::outline(line, -line.width / 2.0, base)?;
        let _ = write!(out, "<path fill=\"#12302f\" d=\"{d}\"/>");
    }
    let word = lettering::set("HABILIS", Style::new(Cut::Semibold, 30.0).tracked(0.22))?;
    let d = lettering::outline(&word, -word.width / 2.0, 165.0)?;
    let _ = write!(out, "<path fill=\"#8a6526\" d=\"{d}\"/></svg>");
    Ok(out)
}

/// Text that may stand in XML.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
        out
    })
}

/// The badge as a PNG of so many pixels on each side.
///
/// # Errors
/// The picture does not draw.
pub fn png(svg: &str, side: u16) -> anyhow::Result<Vec<u8>> {
    let tree = resvg::usvg::Tree::from_str(svg, &resvg::usvg::Options::default())?;
    let side = u32::from(side);
    let mut pixels = resvg::tiny_skia::Pixmap::new(side, side).context("no pixels")?;
    let scale = side as f32 / tree.size().width();
    let scale = resvg::tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    Ok(pixels.encode_png()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_is_drawn_whatever_its_name() {
        for name in [
            "SQL",
            "Personal data handler",
            "A certification whose name has no end & <no> \"quotes\" to speak of",
            "Œuvre",
        ] {
            let svg = svg(&Badge { id: "crt_1", name, alternative: name }).unwrap();
            assert!(!svg.contains("<text"), "no font is needed");
            let read = roxmltree::Document::parse(&svg).unwrap();
            assert_eq!(read.root_element().first_element_child().unwrap().text(), Some(name));
            let png = png(&svg, 64).unwrap();
            assert!(png.starts_with(b"\x89PNG"));
        }
    }
}
