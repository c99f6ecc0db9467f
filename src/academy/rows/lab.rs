//! The data sets of SQL exercises in the database, by hash.

use crate::{
    base::{refusal::Broken, text::Slug},
    curriculum::lab::dataset::{Dataset, Texts},
    db::{Reading, Writing, sql, sql::row},
};

/// Keeps a data set by its hash, so that an attempt is judged on it whatever becomes of the files.
///
/// # Errors
/// The database is away.
pub fn keep_dataset(w: &mut Writing<'_>, course: &Slug, dataset: &Dataset) -> Result<(), Broken> {
    let known: Option<String> =
        sql("SELECT hash AS word FROM lab_datasets WHERE hash = ?").bind(&dataset.hash).maybe(w)?;
    if known.is_some() {
        return Ok(());
    }
    let texts = serde_json::to_string(&dataset.texts).map_err(Broken::defect)?;
    sql("INSERT INTO lab_datasets (hash, course_id, dataset_id, texts) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&dataset.hash)
        .bind(course)
        .bind(&dataset.id)
        .bind(&texts)
        .run(w)?;
    Ok(())
}

/// A kept data set's name and texts.
///
/// # Errors
/// The database is away, it was not kept, or does not read back.
pub fn dataset(r: &mut Reading<'_>, hash: &str) -> Result<(Slug, Texts), Broken> {
    row! { struct Kept { dataset_id: Slug, texts: String } }
    let kept: Option<Kept> = sql("SELECT dataset_id, texts FROM lab_datasets WHERE hash = ?").bind(&hash).maybe(r)?;
    let kept = kept.ok_or_else(|| Broken::defect(format!("the data set {hash} was not kept")))?;
    let texts =
        serde_json::from_str(&kept.texts).map_err(|error| Broken::defect(format!("the data set {hash}: {error}")))?;
    Ok((kept.dataset_id, texts))
}
