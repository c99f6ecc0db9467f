//! Giving the log away, in pieces of any size: every event, or a selection of which each brings its proof.

use super::{missing, sequence::sequence_what_may_be};
use crate::{
    actions::{About, act, list_holders::find_person},
    app::App,
    audit::{
        self,
        event::{Entry, What},
        log::{
            LogRefusal, entry,
            file::{Beside, EventLine, FORM, FileLine, Hashes, Head, Tile},
            note, proof,
            tree::full_tiles_at,
        },
        rows::{
            Filter,
            log::{self as rows, Leaf},
        },
    },
    base::refusal::{Broken, Fault},
    db::Reading,
    identity::actor::Actor,
};
use serde_json::{json, value::RawValue};
use std::collections::BTreeMap;

/// How many events are read in one transaction; a multiple of a tile's width.
const PIECE: u64 = 2_048;
/// How many events of a selection are.
const SELECTED: i64 = 256;
/// The most checkpoints of one piece: one for each of its events.
const MOST_CHECKPOINTS: i64 = 2_048;

/// What of the log is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only these events, each with its proof.
    pub selection: Option<Filter>,
    /// Only events that concern this person or that they did, by id or e-mail address; makes a selection of it.
    pub person: Option<String>,
    /// The log as it was when it had so many events; as it is now unless said otherwise.
    pub size: Option<u64>,
    /// From this position on, without a head: what a file that was begun lacks.
    pub from: Option<u64>,
    /// Whether addresses and words are left out.
    pub without_words: bool,
}

/// An export that is under way.
pub struct Export {
    app: App,
    size: u64,
    next: u64,
    selection: Option<Filter>,
    after: Option<u64>,
    without_words: bool,
    head: Option<Head>,
    done: bool,
}

/// Begins an export: it is noted in the log first, and then the log is taken as it is, that line included. Where nothing more of it
/// is signed, for it is not what was signed, it is given away as far as that goes: whoever checks it finds what was changed.
///
/// # Errors
/// The actor may not read the log, the person is unknown, nothing of this size was signed, or the database is away.
pub async fn begin_export(app: &App, actor: &Actor, wanted: Wanted) -> Result<Export, Fault> {
    let (caller, asked) = (actor.clone(), wanted.clone());
    let filter = act(app, actor, "export_log", About::nothing().named("log"), move |w, by| {
        caller.as_auditor()?;
        let mut filter = asked.selection.clone();
        if let Some(person) = asked.person.as_deref().filter(|text| !text.trim().is_empty()) {
            filter.get_or_insert_default().person = Some(find_person(w, person)?);
        }
        let mut entry = Entry::new(What::RecordsExported).about("log");
        let selection = filter.is_some();
        entry = entry.data(json!({ "list": "log", "selection": selection, "size": asked.size, "from": asked.from }));
        if let Some(filter) = &filter {
            entry = entry.texts(json!({ "filter": {
                "kind": filter.kind, "person": filter.person, "role": filter.role, "subject": filter.subject,
                "outcome": filter.outcome, "from": filter.from, "until": filter.until,
            }}));
        }
        audit::rows::append(w, by, entry)?;
        Ok(filter)
    })
    .await?;
    sequence_what_may_be(app).await?;
    let (size, from, selection) = (wanted.size, wanted.from, filter.is_some());
    let (signed, head) = app
        .db
        .read(app.now(), move |r| {
            let last = rows::last_checkpoint(r)?.ok_or_else(|| Broken::defect("the log has no event"))?;
            let most = last.size;
            let signed = match size {
                None => Some(last),
                Some(size) if size > most => None,
                Some(size) => rows::checkpoint(r, size)?,
            };
            let signed = signed.filter(|signed| from.is_none_or(|from| from <= signed.size));
            let signed = signed.ok_or(LogRefusal::NoSuchSize { least: 1, most })?;
            let head = head(r, &signed, selection)?;
            Ok((signed, head))
        })
        .await?;
    Ok(Export {
        app: app.clone(),
        size: signed.size,
        next: wanted.from.unwrap_or(0),
        selection: filter,
        after: None,
        without_words: wanted.without_words,
        head: Some(head).filter(|_| wanted.from.is_none()),
        done: false,
    })
}

/// The first line. Where the tiles at the edge are not what they should be, they are left out: the check says so.
fn head(r: &mut Reading<'_>, signed: &rows::Signed, selection: bool) -> Result<Head, Broken> {
    let key = rows::signing_key(r)?.map(|key| key.verifier).unwrap_or_default();
    let edge = if selection { None } else { rows::edge(r, signed.size).ok() };
    let edge = edge.map(|edge| edge.levels().iter().cloned().map(Hashes).collect()).unwrap_or_default();
    Ok(Head { form: FORM.to_owned(), key, checkpoint: signed.note.clone(), selection, edge })
}

impl Export {
    /// How far it is: the next position, and how many events there are.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        (self.next, self.size)
    }

    /// The next lines, each with its end; none after the last one.
    ///
    /// # Errors
    /// The database is away. What was given out before stays good, and another export can go on from there.
    pub async fn more(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        if let Some(head) = self.head.take() {
            let mut text = Vec::new();
            write(&mut text, &FileLine::Head(head))?;
            return Ok(Some(text));
        }
        if self.done {
            return Ok(None);
        }
        let (size, bare) = (self.size, self.without_words);
        if let Some(filter) = self.selection.clone() {
            let after = self.after;
            let (text, last) =
                self.app.db.read(self.app.now(), move |r| Ok(selected(r, &filter, size, after, bare)?)).await?;
            self.done = last.is_none();
            self.after = last;
            self.next = last.map_or(size, |last| last + 1);
            return Ok(Some(text).filter(|text| !text.is_empty()));
        }
        if self.next >= size {
            self.done = true;
            return Ok(None);
        }
        let (from, until) = (self.next, size.min((self.next / PIECE + 1) * PIECE));
        let text = self.app.db.read(self.app.now(), move |r| Ok(piece(r, from, until, size, bare)?)).await?;
        self.next = until;
        Ok(Some(text))
    }
}

fn write(text: &mut Vec<u8>, line: &FileLine) -> Result<(), Broken> {
    serde_json::to_writer(&mut *text, line).map_err(Broken::defect)?;
    text.push(b'\n');
    Ok(())
}

/// The lines of the events from one position on, before another, with tiles and checkpoints where they belong. A tile that is
/// missing is left out: the check says so.
fn piece(r: &mut Reading<'_>, from: u64, until: u64, size: u64, bare: bool) -> Result<Vec<u8>, Broken> {
    let mut leaves = rows::leaves(r, from, until)?;
    let signed = rows::checkpoints(r, from, until.min(size.saturating_sub(1)), MOST_CHECKPOINTS)?;
    let mut signed = signed.into_iter().peekable();
    let mut text = Vec::new();
    for position in from..until {
        for (level, index) in full_tiles_at(position, size) {
            if let Some(hashes) = rows::tile(r, (level, index))? {
                write(&mut text, &FileLine::Tile(Tile { level, index, hashes: Hashes(hashes) }))?;
            }
        }
        match leaves.remove(&position) {
            Some(leaf) => write(&mut text, &FileLine::Event(event(leaf, bare)?))?,
            None => write(&mut text, &FileLine::Missing { position })?,
        }
        while let Some(checkpoint) = signed.next_if(|signed| signed.size <= position + 1) {
            write(&mut text, &FileLine::Checkpoint { note: checkpoint.note })?;
        }
    }
    Ok(text)
}

fn event(leaf: Leaf, bare: bool) -> Result<EventLine, Broken> {
    let entry = String::from_utf8(entry::entry(&leaf.kept)?).map_err(Broken::defect)?;
    Ok(EventLine {
        position: leaf.position,
        entry: RawValue::from_string(entry).map_err(Broken::defect)?,
        beside: leaf.beside.filter(|_| !bare),
        proof: None,
    })
}

/// The next lines of a selection, and the last position among them; none where there are no more.
fn selected(
    r: &mut Reading<'_>,
    filter: &Filter,
    size: u64,
    after: Option<u64>,
    bare: bool,
) -> Result<(Vec<u8>, Option<u64>), Broken> {
    let positions = rows::selected(r, filter, size, after, SELECTED)?;
    let leaves = rows::leaves_at(r, &positions)?;
    let mut text = Vec::new();
    prove_each(r, &mut text, leaves, size, bare)?;
    Ok((text, positions.last().copied()))
}

/// Writes the lines of a selection: each event with its proof.
fn prove_each(r: &mut Reading<'_>, text: &mut Vec<u8>, leaves: Vec<Leaf>, size: u64, bare: bool) -> Result<(), Broken> {
    let mut tiles = rows::Tiles::default();
    for leaf in leaves {
        let path = proof::inclusion(leaf.position, size, &mut |place| tiles.get(r, place), &missing)?;
        let line = EventLine { proof: Some(Hashes(path)), ..event(leaf, bare)? };
        write(text, &FileLine::Event(line))?;
    }
    Ok(())
}

/// Events of the log as a file that a stranger can check: a selection under one signed checkpoint.
#[derive(Clone, Debug)]
pub struct Selected {
    /// The file.
    pub text: String,
    /// The key that checks its checkpoint, as it stands in the file's head.
    pub key: String,
    /// How many events the log had at that checkpoint.
    pub size: u64,
    /// Where each event stands in the log, by its place in the table.
    pub places: BTreeMap<i64, u64>,
}

/// These events, by their places in the table, with their words and without addresses; none where one of them waits for its
/// position in the log.
///
/// # Errors
/// The log has not begun, or the database is away.
pub(in crate::actions) fn select(r: &mut Reading<'_>, events: &[i64]) -> Result<Option<Selected>, Broken> {
    let signed = rows::last_checkpoint(r)?.ok_or_else(|| Broken::defect("the log has no event"))?;
    let places = rows::places(r, events)?;
    let mut positions: Vec<u64> = places.values().copied().collect();
    positions.sort_unstable();
    if places.len() < events.len() || positions.last().is_some_and(|last| *last >= signed.size) {
        return Ok(None);
    }
    let mut leaves = rows::leaves_at(r, &positions)?;
    for leaf in &mut leaves {
        let words = leaf.beside.take().and_then(|beside| beside.texts);
        leaf.beside = words.map(|words| Beside { address: None, texts: Some(words) });
    }
    let head = head(r, &signed, true)?;
    let (key, mut text) = (head.key.clone(), Vec::new());
    write(&mut text, &FileLine::Head(head))?;
    prove_each(r, &mut text, leaves, signed.size, false)?;
    Ok(Some(Selected { text: String::from_utf8(text).map_err(Broken::defect)?, key, size: signed.size, places }))
}

/// The size that a head's note speaks of, without a look at its signature: to go on with a file that was begun.
#[must_use]
pub fn size_of(head: &Head) -> Option<u64> {
    let key: note::VerifierKey = head.key.parse().ok()?;
    note::open(&head.checkpoint, &[key]).ok().map(|checkpoint| checkpoint.size)
}
