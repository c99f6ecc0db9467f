//! Every content version that was ever served, in the database, whole: replicas follow the latest.

use super::{load::Curriculum, source::Source};
use crate::{
    base::{clock::Time, refusal::Broken, text::Slug},
    db::{Reading, Writing, sql, sql::row},
    identity::secret::hex,
};
use std::collections::BTreeMap;

row! {
    /// A content version.
    #[derive(Clone, Debug, serde::Serialize)]
    pub struct ContentVersion {
        pub seq: i64,
        pub hash: String,
        pub loaded_at: Time,
        pub loaded_by: String,
        /// Where its files were read from, as [`Source::origin`] says it; none for versions of which that was not written down.
        pub folder: Option<String>,
    }
}

const VERSION: &str = "SELECT seq, hash, loaded_at, loaded_by, folder FROM content_versions";

/// Versions are put in force one after the other (PostgreSQL; SQLite has one writer): whoever waited reads what the one
/// before has put there. Taken before any other hold.
///
/// # Errors
/// The database is away.
pub fn hold_versions(w: &mut Writing<'_>) -> Result<(), Broken> {
    let word = w.engine_sql("", "pg_advisory_xact_lock");
    if !word.is_empty() {
        // The lock's name: "content" in ASCII.
        sql(format!("SELECT 1::BIGINT AS n FROM (SELECT {word}(27988542884245108)) held")).maybe::<i64>(w)?;
    }
    Ok(())
}

/// The version in force.
///
/// # Errors
/// The database is away.
pub fn head(r: &mut Reading<'_>) -> Result<Option<ContentVersion>, Broken> {
    sql(format!("{VERSION} ORDER BY seq DESC LIMIT 1")).maybe(r)
}

/// The latest versions, newest first.
///
/// # Errors
/// The database is away.
pub fn history(r: &mut Reading<'_>, most: i64) -> Result<Vec<ContentVersion>, Broken> {
    sql(format!("{VERSION} ORDER BY seq DESC LIMIT ?")).bind(&most).all(r)
}

/// How many versions somebody else than `by` has put in force.
///
/// # Errors
/// The database is away.
pub fn loaded_by_others(r: &mut Reading<'_>, by: &str) -> Result<i64, Broken> {
    sql("SELECT COUNT(*) AS n FROM content_versions WHERE loaded_by <> ?").bind(&by).one(r)
}

/// How many versions `by` has put in force.
///
/// # Errors
/// The database is away.
pub fn loaded_by(r: &mut Reading<'_>, by: &str) -> Result<i64, Broken> {
    sql("SELECT COUNT(*) AS n FROM content_versions WHERE loaded_by = ?").bind(&by).one(r)
}

/// Stores a version's files and puts it in force.
///
/// # Errors
/// The database is away.
pub fn store(w: &mut Writing<'_>, source: &Source, by: &str) -> Result<(), Broken> {
    let now = w.now();
    let mut manifest = BTreeMap::new();
    for (path, body) in source.files() {
        let hash = hex(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, body).as_ref());
        sql("INSERT INTO content_files (hash, body) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(&hash)
            .bind(body)
            .run(w)?;
        manifest.insert(path.as_str(), hash);
    }
    let manifest = serde_json::to_string(&manifest).map_err(Broken::defect)?;
    sql("INSERT INTO content_versions (hash, manifest, loaded_at, loaded_by, folder) VALUES (?, ?, ?, ?, ?)")
        .bind(&source.hash())
        .bind(&manifest)
        .bind(&now)
        .bind(&by)
        .bind(&source.origin().map(str::to_owned))
        .run(w)?;
    Ok(())
}

/// Reads a version's files back.
///
/// # Errors
/// The database is away, or a file is missing.
pub fn source(r: &mut Reading<'_>, seq: i64) -> Result<Source, Broken> {
    row! { struct Body { body: Vec<u8> } }
    let manifest: String = sql("SELECT manifest AS word FROM content_versions WHERE seq = ?").bind(&seq).one(r)?;
    let manifest: BTreeMap<String, String> = serde_json::from_str(&manifest).map_err(Broken::defect)?;
    let mut files = BTreeMap::new();
    for (path, hash) in manifest {
        let body: Body = sql("SELECT body FROM content_files WHERE hash = ?").bind(&hash).one(r)?;
        files.insert(path, body.body);
    }
    Ok(Source::from_files(files))
}

/// The hash that each course version had when it was first served.
///
/// # Errors
/// The database is away.
pub fn recorded(r: &mut Reading<'_>) -> Result<BTreeMap<(Slug, i64), String>, Broken> {
    row! { struct Known { course_id: Slug, version: i64, hash: String } }
    let rows: Vec<Known> = sql("SELECT course_id, version, hash FROM course_versions").all(r)?;
    Ok(rows.into_iter().map(|known| ((known.course_id, known.version), known.hash)).collect())
}

/// Records course versions that are new; returns them.
///
/// # Errors
/// The database is away.
pub fn record_courses(w: &mut Writing<'_>, curriculum: &Curriculum) -> Result<Vec<(Slug, i64)>, Broken> {
    let now = w.now();
    let mut fresh = Vec::new();
    for course in curriculum.courses.values() {
        let added = sql("INSERT INTO course_versions (course_id, version, hash, breaking_since, loaded_at) \
                         VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&course.id)
        .bind(&course.version)
        .bind(&course.hash)
        .bind(&course.breaking_since)
        .bind(&now)
        .run(w)?;
        if added == 1 {
            fresh.push((course.id.clone(), course.version));
        }
    }
    Ok(fresh)
}

/// When each course's version was first served.
///
/// # Errors
/// The database is away.
pub fn served_since(r: &mut Reading<'_>) -> Result<BTreeMap<(Slug, i64), Time>, Broken> {
    row! { struct Known { course_id: Slug, version: i64, loaded_at: Time } }
    let rows: Vec<Known> = sql("SELECT course_id, version, loaded_at FROM course_versions").all(r)?;
    Ok(rows.into_iter().map(|known| ((known.course_id, known.version), known.loaded_at)).collect())
}

/// How many files a content version has.
///
/// # Errors
/// The database is away.
pub fn file_count(r: &mut Reading<'_>, seq: i64) -> Result<usize, Broken> {
    let manifest: Option<String> =
        sql("SELECT manifest AS word FROM content_versions WHERE seq = ?").bind(&seq).maybe(r)?;
    let Some(manifest) = manifest else { return Ok(0) };
    let manifest: BTreeMap<String, String> = serde_json::from_str(&manifest).map_err(Broken::defect)?;
    Ok(manifest.len())
}
