//! The certificate on paper: one page of A4 across, worth a frame, with a code that leads to the public page.

use super::{
    lettering::{self, Cut, Line, Style},
    rosette,
    sheet::{self, Colour, Fonts, Sheet},
};
use anyhow::{Context, anyhow};
use fast_qr::{ECL, QRBuilder};
use krilla::{
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    destination::XyzDestination,
    geom::{Point, Rect},
    metadata::{DateTime, Metadata},
    outline::{Outline, OutlineNode},
    page::PageSettings,
    tagging::{ContentTag, Identifier, Node, Tag, TagGroup, TagTree},
};
use std::num::NonZeroU16;

pub(super) const PETROL: Colour = (14, 90, 90);
pub(super) const GOLD: Colour = (176, 136, 66);
const INK: Colour = (27, 31, 35);
const GREY: Colour = (92, 98, 102);
const WHITE: Colour = (255, 255, 255);

/// A4 across, in points.
const SIZE: (f64, f64) = (841.89, 595.28);
const MIDDLE: f64 = SIZE.0 / 2.0;
/// No base line above the seal may stand lower.
const SEAL: f64 = 386.0;

/// What stands on the paper, in one language.
#[derive(Clone, Debug)]
pub struct Paper<'a> {
    /// The certificate's id: its rosette is drawn from it.
    pub id: &'a str,
    pub person: &'a str,
    pub certification: &'a str,
    /// What a holder has shown.
    pub criteria: &'a str,
    /// The address of the public page.
    pub url: &'a str,
    /// The course and its version.
    pub course: &'a str,
    pub issued: &'a str,
    pub until: &'a str,
    /// Year, month and day of the issue.
    pub made: (u16, u8, u8),
    /// The language as a BCP 47 tag.
    pub language: &'a str,
    pub words: Wording<'a>,
}

/// The words around the facts.
#[derive(Clone, Debug)]
pub struct Wording<'a> {
    pub academy: &'a str,
    pub says: &'a str,
    pub is: &'a str,
    pub issued: &'a str,
    pub until: &'a str,
    pub signed: &'a str,
    pub signed_how: &'a str,
    pub check: &'a str,
    /// What the code is, for those who can not see it.
    pub code: &'a str,
    /// The document's title.
    pub title: &'a str,
}

/// Draws the paper as a PDF.
///
/// # Errors
/// The typeface does not read, the address is too long for a code, or the page breaks a rule of PDF/UA.
pub fn pdf(paper: &Paper<'_>) -> anyhow::Result<Vec<u8>> {
    // A name in letters that the typeface lacks is still printed, but as boxes, which the standard for papers that
    // everybody can read does not take.
    let shown = [paper.person, paper.certification, paper.criteria, paper.course];
    let whole = shown.iter().all(|text| lettering::has_all(text, Cut::Regular));
    let mut document = sheet::document(whole)?;
    let mut fonts = Fonts::default();
    let settings = PageSettings::from_wh(SIZE.0 as f32, SIZE.1 as f32).context("no page of this size")?;
    let mut page = document.start_page_with(settings);
    let mut sheet = Sheet { surface: page.surface(), fonts: &mut fonts };
    let mut tree = TagTree::new().with_lang(Some(paper.language.to_owned()));

    adorn(&mut sheet, paper);
    let mut body = body(&mut sheet, paper)?;
    let (foot, link) = foot(&mut sheet, paper)?;
    sheet.finish();
    let (left, top, right, bottom) = link.place;
    let place =
        Rect::from_ltrb(left as f32, top as f32, right as f32, bottom as f32).context("no place for the link")?;
    let target = Target::Action(Action::Link(LinkAction::new(paper.url.to_owned())));
    let note = Annotation::new_link(LinkAnnotation::new(place, target), Some(paper.words.code.to_owned()));
    let note = page.add_tagged_annotation(note);
    page.finish();

    body.extend(foot);
    let mut way = TagGroup::new(Tag::Link);
    way.push(link.leaf);
    way.push(note);
    body.push(Node::Group(TagGroup::with_children(Tag::P, vec![Node::Group(way)])));
    for node in body {
        tree.push(node);
    }
    document.set_tag_tree(tree);
    let mut outline = Outline::new();
    outline
        .push_child(OutlineNode::new(paper.words.title.to_owned(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    document.set_outline(outline);
    let (year, month, day) = paper.made;
    document.set_metadata(
        Metadata::new()
            .title(paper.words.title.to_owned())
            .language(paper.language.to_owned())
            .authors(vec![paper.words.academy.to_owned()])
            .creator("Habilis".to_owned())
            .document_id(paper.id.to_owned())
            .creation_date(DateTime::new(year).month(month).day(day)),
    );
    document.finish().map_err(|error| anyhow!("the PDF: {error:?}"))
}

/// Frame, background and mark.
fn adorn(sheet: &mut Sheet<'_, '_>, paper: &Paper<'_>) {
    let curves = rosette::rosette(paper.id);
    sheet.ornament();
    let (w, h) = SIZE;
    sheet.rosette(&curves, (MIDDLE, 282.0), 218.0, 0.55, 0.16);
    sheet.frame(20.0, SIZE, PETROL, 1.1);
    sheet.frame(46.0, SIZE, PETROL, 0.8);
    sheet.frame(50.0, SIZE, GOLD, 0.5);
    // A braid along each side, as many waves as the corners leave room for.
    let (near, far_x, far_y) = (33.0, w - 33.0, h - 33.0);
    let corner = 20.0;
    let sides = [
        ((near + corner, near), (far_x - corner, near), 96),
        ((near + corner, far_y), (far_x - corner, far_y), 96),
        ((near, near + corner), (near, far_y - corner), 66),
        ((far_x, near + corner), (far_x, far_y - corner), 66),
    ];
    for (from, to, steps) in sides {
        for (height, colour, width, steps) in [
            (9.0, PETROL, 0.5, steps),
            (-9.0, PETROL, 0.5, steps),
            (6.0, GOLD, 0.45, steps * 3 / 2),
            (-6.0, GOLD, 0.45, steps * 3 / 2),
            (9.0, PETROL, 0.4, steps / 2),
            (-9.0, PETROL, 0.4, steps / 2),
        ] {
            sheet.wave(from, to, height, steps, colour, width);
        }
    }
    for (x, y) in [(near, near), (far_x, near), (near, far_y), (far_x, far_y)] {
        sheet.disc((x, y), 24.0, WHITE);
        sheet.rosette(&curves, (x, y), 23.0, 0.35, 1.0);
    }
    mark(sheet, MIDDLE - 15.0, 64.0, 0.94);
    sheet.end();
}

/// The mark, from the same faces as everywhere.
fn mark(sheet: &mut Sheet<'_, '_>, left: f64, top: f64, scale: f64) {
    for (ink, d) in super::picture::MARK {
        let colour = u32::from_str_radix(ink.trim_start_matches('#'), 16).unwrap_or(0).to_be_bytes();
        let numbers: Vec<f64> =
            d.split(|c: char| c.is_ascii_alphabetic() || c == ' ').filter_map(|n| n.parse().ok()).collect();
        let points: Vec<(f64, f64)> = numbers
            .chunks_exact(2)
            .filter_map(|pair| Some((left + pair.first()? * scale, top + pair.get(1)? * scale)))
            .collect();
        sheet.shape(&points, (colour[1], colour[2], colour[3]));
    }
}

fn paragraph(leaves: Vec<Identifier>) -> Node {
    Node::Group(TagGroup::with_children(Tag::P, leaves.into_iter().map(Node::from).collect()))
}

/// A large text on one line, or else smaller on two.
fn title(text: &str, style: Style, least: f64, most: f64) -> anyhow::Result<Vec<Line>> {
    let line = lettering::fit(text, style, most, least)?;
    if line.width <= most + 1.0 {
        return Ok(vec![line]);
    }
    let mut lines = vec![line];
    for share in [0.95, 0.85, 0.75, 0.65, 0.55, 0.45] {
        lines = lettering::wrap(text, style.sized(least * share), most)?;
        if lines.len() <= 2 && lines.iter().all(|line| line.width <= most) {
            return Ok(lines);
        }
    }
    lines.truncate(2);
    Ok(lines)
}

/// Who, and what they hold.
fn body(sheet: &mut Sheet<'_, '_>, paper: &Paper<'_>) -> anyhow::Result<Vec<Node>> {
    let words = &paper.words;
    let mut nodes = Vec::new();
    let head = lettering::set(words.academy, Style::new(Cut::Semibold, 12.5).small_caps().tracked(0.08))?;
    nodes.push(paragraph(vec![sheet.centred(&head, MIDDLE, 116.0, PETROL)?]));
    let italic = Style::new(Cut::Italic, 15.0);
    nodes.push(paragraph(vec![sheet.centred(&lettering::set(words.says, italic)?, MIDDLE, 160.0, GREY)?]));

    let names = title(paper.person, Style::new(Cut::Regular, 46.0), 30.0, 640.0)?;
    let lead = names.first().map_or(46.0, |line| line.style.size) * 1.1;
    let first = if names.len() > 1 { 194.0 } else { 212.0 };
    let mut leaves = Vec::new();
    for (no, line) in names.iter().enumerate() {
        leaves.push(sheet.centred(line, MIDDLE, first + lead * no as f64, INK)?);
    }
    nodes.push(paragraph(leaves));
    let below = first + lead * names.len().saturating_sub(1) as f64 + 19.0;
    let half = names.iter().map(|line| line.width).fold(120.0, f64::max).min(640.0) / 2.0 + 14.0;
    sheet.ornament();
    for (from, to) in [(MIDDLE - half, MIDDLE - 9.0), (MIDDLE + 9.0, MIDDLE + half)] {
        sheet.rule((from, below), (to, below), GOLD, 0.8);
    }
    let lozenge = [(MIDDLE - 4.5, below), (MIDDLE, below - 4.5), (MIDDLE + 4.5, below), (MIDDLE, below + 4.5)];
    sheet.shape(&lozenge, GOLD);
    sheet.end();

    nodes.push(paragraph(vec![sheet.centred(&lettering::set(words.is, italic)?, MIDDLE, below + 30.0, GREY)?]));
    let style = Style::new(Cut::Semibold, 30.0).small_caps().tracked(0.025);
    let lines = title(paper.certification, style, 22.0, 600.0)?;
    let mut leaves = Vec::new();
    let mut base = below + 68.0;
    for line in &lines {
        leaves.push(sheet.centred(line, MIDDLE, base, PETROL)?);
        base += line.style.size * 1.12;
    }
    let level = NonZeroU16::MIN;
    nodes.push(Node::Group(TagGroup::with_children(
        Tag::Hn(level, Some(paper.certification.to_owned())),
        leaves.into_iter().map(Node::from).collect(),
    )));
    let mut leaves = Vec::new();
    base -= if lines.len() > 1 { 0.0 } else { 6.0 };
    for size in [12.5, 11.5, 10.5, 9.5, 8.5, 7.5] {
        let lines = lettering::wrap(paper.criteria, Style::new(Cut::Regular, size), 470.0)?;
        let room = ((SEAL - base) / (size * 1.36)).floor().max(0.0) + 1.0;
        if lines.len() as f64 > room && size > 7.6 {
            continue;
        }
        for line in lines.iter().take(room as usize) {
            leaves.push(sheet.centred(line, MIDDLE, base, INK)?);
            base += size * 1.36;
        }
        break;
    }
    nodes.push(paragraph(leaves));
    Ok(nodes)
}

/// Where the public page's address stands, and its leaf.
struct Way {
    leaf: Identifier,
    place: (f64, f64, f64, f64),
}

/// Signature, dates, seal and code.
fn foot(sheet: &mut Sheet<'_, '_>, paper: &Paper<'_>) -> anyhow::Result<(Vec<Node>, Way)> {
    let words = &paper.words;
    let mut nodes = Vec::new();
    let level = 468.0;
    let middle = (MIDDLE, 450.0);
    let curves = rosette::rosette(paper.id);
    sheet.ornament();
    sheet.disc(middle, 57.0, WHITE);
    sheet.rosette(&curves, middle, 56.0, 0.5, 1.0);
    sheet.disc(middle, 19.0, WHITE);
    mark(sheet, MIDDLE - 13.6, 435.0, 0.85);
    sheet.end();

    let label = Style::new(Cut::Italic, 10.5);
    let fact = Style::new(Cut::Semibold, 13.5);
    for (x, name, value) in [(297.0, words.issued, paper.issued), (SIZE.0 - 297.0, words.until, paper.until)] {
        let above = sheet.centred(&lettering::set(name, label)?, x, level - 19.0, GREY)?;
        let value = lettering::fit(value, fact, 118.0, 9.0)?;
        nodes.push(paragraph(vec![above, sheet.centred(&value, x, level, INK)?]));
        sheet.ornament();
        sheet.rule((x - 58.0, level + 8.0), (x + 58.0, level + 8.0), GOLD, 0.5);
        sheet.end();
    }

    // The academy's line, on the left.
    let left = 78.0;
    let signed = lettering::fit(words.signed, Style::new(Cut::Italic, 19.0), 140.0, 11.0)?;
    let name = sheet.write(&signed, left, level - 6.0, PETROL)?;
    sheet.ornament();
    sheet.rule((left, level + 4.0), (left + 140.0, level + 4.0), INK, 0.5);
    sheet.end();
    let mut leaves = vec![name];
    let mut base = level + 17.0;
    for line in lettering::wrap(words.signed_how, Style::new(Cut::Regular, 8.5), 140.0)?.iter().take(3) {
        leaves.push(sheet.write(line, left, base, GREY)?);
        base += 10.8;
    }
    nodes.push(paragraph(leaves));

    let small = Style::new(Cut::Regular, 8.8);
    let course = lettering::fit(paper.course, small, 420.0, 6.0)?;
    nodes.push(paragraph(vec![sheet.centred(&course, MIDDLE, 522.0, GREY)?]));

    let side = 80.0;
    let (x, y) = (SIZE.0 - 78.0 - side, level - 64.0);
    let code = QRBuilder::new(paper.url.as_bytes()).ecl(ECL::M).build().map_err(|error| anyhow!("{error:?}"))?;
    let rows: Vec<Vec<bool>> =
        (0..code.size).map(|row| code[row].iter().take(code.size).map(|module| module.value()).collect()).collect();
    let leaf = sheet.surface.start_tagged(ContentTag::Other);
    let quiet = side / rows.len().max(1) as f64 * 4.0;
    let (l, t, r, b) = (x - quiet, y - quiet, x + side + quiet, y + side + quiet);
    sheet.shape(&[(l, t), (r, t), (r, b), (l, b)], WHITE);
    sheet.squares(&rows, x, y, side, INK);
    sheet.surface.end_tagged();
    nodes.push(Node::Group(TagGroup::with_children(Tag::Figure(Some(words.code.to_owned())), vec![Node::from(leaf)])));
    let check = lettering::fit(words.check, Style::new(Cut::Italic, 9.5), 150.0, 7.0)?;
    nodes.push(paragraph(vec![sheet.centred(&check, x + side / 2.0, y + side + 15.0, GREY)?]));
    let address = address(paper.url)?;
    let place = (MIDDLE - address.width / 2.0 - 2.0, 526.0, MIDDLE + address.width / 2.0 + 2.0, 538.0);
    let leaf = sheet.centred(&address, MIDDLE, 535.0, PETROL)?;
    Ok((nodes, Way { leaf, place }))
}

fn address(url: &str) -> anyhow::Result<Line> {
    lettering::fit(url, Style::new(Cut::Regular, 8.8), 480.0, 5.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn sample<'a>(person: &'a str) -> Paper<'a> {
        Paper {
            id: "crt_0195c2f0a1b27c3d8e4f5a6b7c8d9e0f",
            person,
            certification: "Personal data handler",
            criteria: "Has shown that they can recognise personal data and choose the least of it.",
            url: "https://academy.example.com/certificates/crt_0195c2f0a1b27c3d8e4f5a6b7c8d9e0f",
            course: "Handling personal data, version 3",
            issued: "23 November 2026",
            until: "23 November 2027",
            made: (2026, 11, 23),
            language: "en",
            words: Wording {
                academy: "The data academy",
                says: "This certifies that",
                is: "holds the certification",
                issued: "Issued on",
                until: "Valid until",
                signed: "The data academy",
                signed_how: "Signed",
                check: "Check it",
                code: "QR code",
                title: "Certificate",
            },
        }
    }

    #[test]
    fn a_paper_is_one_tagged_page_with_its_fonts_inside() {
        let long = "Maximiliana Guadalupe Fernández-Villaseñor y Świętosławska-Brzęczyszczykiewicz of Great Snoring";
        for person in ["Éloïse d’Arcy-Lambert", "Li", long, "Νίκος Παπαδόπουλος", "山田太郎", ""]
        {
            let pdf = pdf(&sample(person)).unwrap();
            assert!(pdf.starts_with(b"%PDF-1.7"), "{person}");
            assert!(pdf.len() < 160_000, "{} bytes", pdf.len());
            let has = |word: &str| pdf.windows(word.len()).filter(|at| *at == word.as_bytes()).count();
            assert_eq!(has("/Type/Page/"), 1, "one page");
            assert!(has("/FontFile3") >= 2, "fonts inside");
            assert!(has("/StructTreeRoot") >= 1, "tagged");
        }
    }
}
