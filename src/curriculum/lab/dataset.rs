//! A data set: a schema, the rows that a learner sees, and the rows that only judging sees.

use super::{
    image::{Image, TableInfo},
    table::Table,
    trouble::Spot,
};
use crate::{
    base::text::Slug,
    curriculum::{
        load::Desk,
        report::Place,
        source::{Source, hash_files},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The largest text of a data set, in bytes.
const LARGEST_TEXT: usize = 256 * 1024;
/// The largest image of a data set, in bytes.
const LARGEST_IMAGE: usize = 2 * 1024 * 1024;
/// How many rows of a table the schema browser shows.
const SAMPLE: usize = 5;
/// The most hidden texts.
const MOST_HIDDEN: usize = 8;

/// The texts of a data set, as they are kept beside the attempts that use them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// What makes the tables.
    pub schema: String,
    /// What fills them for everybody to see.
    pub visible: String,
    /// What fills them when an answer is judged, by name.
    pub hidden: BTreeMap<String, String>,
}

/// A data set, ready to run on.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Its name in the course.
    pub id: Slug,
    /// The first 32 hexadecimal digits of SHA-256 over its texts.
    pub hash: String,
    /// Its texts.
    pub texts: Texts,
    visible: Image,
    hidden: BTreeMap<String, Image>,
    tables: Vec<TableInfo>,
    samples: Vec<Table>,
}

/// What is wrong with a data set: which text, where, what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// `schema`, `visible` or `hidden-…`.
    pub text: String,
    /// Where.
    pub spot: Spot,
    /// What.
    pub message: String,
}

impl Texts {
    /// The first 32 hexadecimal digits of SHA-256 over the texts.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut files = vec![("schema", self.schema.as_bytes()), ("visible", self.visible.as_bytes())];
        files.extend(self.hidden.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
        let mut hash = hash_files(files.into_iter());
        hash.truncate(32);
        hash
    }
}

impl Dataset {
    /// Builds the images of a data set.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn build(id: Slug, texts: Texts) -> Result<Self, Wrong> {
        let image = |name: &str, rows: &str| -> Result<Image, Wrong> {
            let built = Image::build(&[&texts.schema, rows]).map_err(|(no, bad)| {
                let (text, within) = if no == 0 { ("schema", texts.schema.as_str()) } else { (name, rows) };
                Wrong { text: text.to_owned(), spot: Spot::of(within, bad.at), message: bad.message }
            })?;
            if built.size() > LARGEST_IMAGE {
                let message =
                    format!("with these rows the data set is larger than {} MiB", LARGEST_IMAGE / 1024 / 1024);
                return Err(Wrong { text: name.to_owned(), spot: Spot { line: 1, column: 1 }, message });
            }
            Ok(built)
        };
        let visible = image("visible", &texts.visible)?;
        let mut hidden = BTreeMap::new();
        for (name, rows) in &texts.hidden {
            hidden.insert(name.clone(), image(name, rows)?);
        }
        let tables = visible.tables().map_err(|trouble| Wrong {
            text: "schema".to_owned(),
            spot: Spot { line: 1, column: 1 },
            message: trouble.to_string(),
        })?;
        let sample = |table: &TableInfo| {
            let name = table.name.replace('"', "\"\"");
            // A view that takes too much is shown without rows.
            visible.run(&format!("SELECT * FROM \"{name}\" LIMIT {SAMPLE}")).unwrap_or_default()
        };
        let samples = tables.iter().map(sample).collect();
        Ok(Self { id, hash: texts.hash(), texts, visible, hidden, tables, samples })
    }

    /// What the learner sees.
    #[must_use]
    pub fn visible(&self) -> &Image {
        &self.visible
    }

    /// What judging runs on, the visible data first.
    pub fn images(&self) -> impl Iterator<Item = (&str, &Image)> {
        std::iter::once(("visible", &self.visible))
            .chain(self.hidden.iter().map(|(name, image)| (name.as_str(), image)))
    }

    /// How many hidden sets of rows there are.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.hidden.len()
    }

    /// The tables, for the schema browser.
    #[must_use]
    pub fn tables(&self) -> &[TableInfo] {
        &self.tables
    }

    /// The tables, each with its first rows, which are read once.
    pub fn samples(&self) -> impl Iterator<Item = (&TableInfo, &Table)> {
        self.tables.iter().zip(&self.samples)
    }
}

/// Reads the data sets of a course: `COURSE/datasets/NAME/{schema,visible,hidden-…}.sql`.
pub(crate) fn read_all(source: &Source, folder: &str, desk: &mut Desk<'_>) -> BTreeMap<Slug, std::sync::Arc<Dataset>> {
    let mut sets: BTreeMap<&str, BTreeMap<&str, &[u8]>> = BTreeMap::new();
    let root = format!("{folder}/datasets");
    for (path, body) in source.below(&root) {
        let inside = path.get(root.len() + 1..).unwrap_or("");
        match inside.split_once('/') {
            Some((set, file)) => drop(sets.entry(set).or_default().insert(file, body)),
            None => desk.report.error(
                &Place::start(path),
                "bad-dataset",
                "a data set is a folder with `schema.sql` and `visible.sql`",
            ),
        }
    }
    let mut found = BTreeMap::new();
    for (set, files) in sets {
        let at = |file: &str| Place::start(format!("{root}/{set}/{file}"));
        let Ok(id) = set.parse::<Slug>() else {
            desk.report.error(&at("schema.sql"), "bad-slug", format!("the folder `{set}` is not a name"));
            continue;
        };
        desk.places.put(&[&desk.course, "dataset", set], at("schema.sql"));
        if let Some(texts) = texts(set, &files, desk, &at) {
            match Dataset::build(id.clone(), texts) {
                Ok(dataset) => drop(found.insert(id, std::sync::Arc::new(dataset))),
                Err(Wrong { text, spot, message }) => {
                    let place = Place { line: spot.line, column: spot.column, ..at(&format!("{text}.sql")) };
                    desk.report.error(&place, "bad-dataset", message);
                }
            }
        }
    }
    found
}

fn texts(set: &str, files: &BTreeMap<&str, &[u8]>, desk: &mut Desk<'_>, at: &dyn Fn(&str) -> Place) -> Option<Texts> {
    let before = desk.report.errors();
    let mut texts = Texts { schema: String::new(), visible: String::new(), hidden: BTreeMap::new() };
    for (file, body) in files {
        if body.len() > LARGEST_TEXT {
            let message = format!("a text of a data set may have at most {} KiB", LARGEST_TEXT / 1024);
            desk.report.error(&at(file), "too-large", message);
            continue;
        }
        let Ok(text) = std::str::from_utf8(body) else {
            desk.report.error(&at(file), "not-utf8", "this file is not UTF-8");
            continue;
        };
        match file.strip_suffix(".sql") {
            Some("schema") => texts.schema = text.to_owned(),
            Some("visible") => texts.visible = text.to_owned(),
            Some(name) if name.starts_with("hidden-") && name.parse::<Slug>().is_ok() => {
                texts.hidden.insert(name.to_owned(), text.to_owned());
            }
            _ if file.ends_with(".md") => {}
            _ => desk.report.warning(&at(file), "unexpected-file", "this file is not read"),
        }
    }
    for (name, text) in [("schema", &texts.schema), ("visible", &texts.visible)] {
        if text.trim().is_empty() && desk.report.errors() == before {
            let message = format!("the data set `{set}` has no `{name}.sql`");
            desk.report.error(&at(&format!("{name}.sql")), "bad-dataset", message);
        }
    }
    if texts.hidden.len() > MOST_HIDDEN {
        desk.report.error(
            &at("schema.sql"),
            "bad-dataset",
            format!("a data set has at most {MOST_HIDDEN} hidden texts"),
        );
    }
    (desk.report.errors() == before).then_some(texts)
}
