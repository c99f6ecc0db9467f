//! `/events`: the log by filter, newest first.

use super::{
    event_lines,
    shown::{Shown, address, correctable, wrong},
};
use crate::{
    actions::{list_events, list_holders::may_ask, log},
    audit::{
        event::{Line, What},
        log::note,
        rows::Filter,
    },
    base::{
        clock::Time,
        paging::{Listing, Paging},
        refusal::Fault,
        text::folded,
    },
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure, forms::BodyRefusal, instants},
        views::{
            Choice, FieldError,
            events::{EventFilter, EventLine, Events, Place, Proof},
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Query, ServiceConfig, get},
};
use serde::Deserialize;

/// Lines on a page.
const PAGE: usize = 30;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/events", get().to(list));
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Asked {
    kind: String,
    person: String,
    role: String,
    subject: String,
    outcome: String,
    from: String,
    until: String,
    cursor: String,
}

/// The bounds in time that were asked for.
type Bounds = (Option<Time>, Option<Time>);

async fn list(caller: Caller, desk: Data<Desk>, asked: Query<Asked>) -> Result<HttpResponse, Failure> {
    if let Some(onward) = instants::settled(&caller, &["from", "until"]) {
        return Ok(onward);
    }
    let asked = asked.into_inner();
    match read(&desk, &caller, &asked).await {
        Ok((lines, bounds)) => {
            let mut view = view(&desk, &caller, &asked, &lines, bounds, Vec::new())?;
            view.proof = proof(&desk, view.proof.export).await?;
            desk.page(&caller, view).await
        }
        Err((fault, field)) => {
            let (_, said, status) = correctable(&desk, &caller, fault)?;
            // Whoever may not read this at all is told so, and not that a filter is wrong.
            may_ask(&desk.app, &caller.actor, "list_events", "events".to_owned(), false).await?;
            let status = if status == StatusCode::NOT_FOUND { StatusCode::OK } else { status };
            let nothing = Listing { items: Vec::new(), next: None };
            let mut view = view(&desk, &caller, &asked, &nothing, (None, None), wrong(field, said))?;
            view.proof = proof(&desk, view.proof.export).await?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

/// Reads the page; with a fault comes the filter that it is about.
async fn read(desk: &Desk, caller: &Caller, asked: &Asked) -> Result<(Listing<Line>, Bounds), (Fault, &'static str)> {
    let bad = |field: &'static str| (Fault::from(BodyRefusal::Field { field }), field);
    let from = instants::typed(&asked.from, &caller.zone).map_err(|_| bad("from"))?;
    let until = instants::typed(&asked.until, &caller.zone).map_err(|_| bad("until"))?;
    let paging = Paging::parse(Some(PAGE), Some(&asked.cursor)).map_err(|_| bad("cursor"))?;
    let some = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let filter = Filter {
        kind: match asked.kind.as_str() {
            "" => None,
            word => Some(What::from_word(word).ok_or_else(|| bad("kind"))?),
        },
        person: None,
        role: some(&asked.role),
        subject: some(&asked.subject),
        outcome: some(&asked.outcome),
        from,
        until,
    };
    let lines = list_events::list_events(&desk.app, &caller.actor, filter, some(&asked.person), paging).await;
    lines.map(|lines| (lines, (from, until))).map_err(|fault| (fault, "person"))
}

fn view(
    desk: &Desk,
    caller: &Caller,
    asked: &Asked,
    lines: &Listing<Line>,
    (from, until): Bounds,
    errors: Vec<FieldError>,
) -> Result<Events, Failure> {
    let shown = Shown::of(desk, caller)?;
    let choice = |value: &str, label: String| Choice { value: value.to_owned(), label };
    let said = |at: Option<Time>| at.map(|at| at.to_string()).unwrap_or_default();
    let typed =
        |at: Option<Time>, text: &str| at.map_or_else(|| text.to_owned(), |at| instants::field(at, &caller.zone));
    let (from_said, until_said) = (said(from), said(until));
    let narrowing = [
        ("kind", asked.kind.as_str()),
        ("person", asked.person.as_str()),
        ("role", asked.role.as_str()),
        ("subject", asked.subject.as_str()),
        ("outcome", asked.outcome.as_str()),
    ];
    let cursor = lines.next.clone().unwrap_or_default();
    let page = |cursor: &str| {
        let mut query = narrowing.to_vec();
        query.extend([("from", asked.from.as_str()), ("until", asked.until.as_str()), ("cursor", cursor)]);
        address("/events", &query)
    };
    let api = |format: &str| {
        let mut query = narrowing.to_vec();
        query.extend([("from", from_said.as_str()), ("until", until_said.as_str()), ("format", format)]);
        address("/api/v1/events", &query)
    };
    let kinds: Vec<Choice> =
        std::iter::once(choice("", shown.teller.plain("any-kind"))).chain(named(&shown, What::ALL)).collect();
    let roles = std::iter::once(choice("", shown.teller.plain("any-role")))
        .chain(shown.content.catalogue.roles.values().map(|role| choice(role.id.as_str(), role.name.clone())))
        .collect();
    Ok(Events {
        filter: EventFilter {
            kind: asked.kind.clone(),
            person: asked.person.clone(),
            role: asked.role.clone(),
            outcome: asked.outcome.clone(),
            from: typed(from, &asked.from),
            until: typed(until, &asked.until),
        },
        kinds,
        roles,
        outcomes: [("", "any-outcome"), ("done", "outcome-done"), ("refused", "outcome-refused")]
            .map(|(value, key)| choice(value, shown.teller.plain(key)))
            .to_vec(),
        events: lines.items.iter().map(|line| event_lines::line(&shown, line)).collect(),
        next: lines.next.as_ref().map(|_| page(&cursor)),
        first: (!asked.cursor.is_empty()).then(|| page("")),
        csv: api("csv"),
        json: api(""),
        filtered: narrowing.iter().any(|(_, value)| !value.is_empty()) || from.is_some() || until.is_some(),
        errors,
        may_live: asked.cursor.is_empty() && until.is_none(),
        proof: Proof { export: export(&narrowing, &from_said, &until_said), ..Proof::default() },
    })
}

/// Where the lines of this page are taken away with their proofs.
fn export(narrowing: &[(&str, &str)], from: &str, until: &str) -> String {
    let mut query = narrowing.to_vec();
    query.extend([("from", from), ("until", until)]);
    address("/api/v1/log/export", &query)
}

/// What was signed of the log, and who keeps it.
async fn proof(desk: &Desk, export: String) -> Result<Proof, Failure> {
    let published = log::published(&desk.app).await?;
    let places = log::copies(&desk.app).await?.into_iter().map(|log::Outside { label, copied, .. }| Place {
        label,
        size: copied.as_ref().map(|copied| copied.size).filter(|size| *size > 0),
        at: copied.as_ref().and_then(|copied| copied.copied_at).map_or(0, Time::micros),
        error: copied.and_then(|copied| copied.last_error),
    });
    Ok(Proof {
        size: published.checkpoint.size,
        at: published.checkpoint.at.micros(),
        root: note::root(&published.checkpoint.note).unwrap_or_default(),
        verifier: published.keys.into_iter().next().unwrap_or_default(),
        waiting: Some(published.waiting).filter(|waiting| *waiting > 0),
        places: places.collect(),
        export,
    })
}

/// Kinds by their names, in the order of the reader's alphabet.
fn named(shown: &Shown, kinds: &[What]) -> Vec<Choice> {
    let name = |what: &What| shown.teller.plain(&format!("event-kind-{}", EventLine::says(what.word())));
    let mut named: Vec<Choice> =
        kinds.iter().map(|what| Choice { value: what.word().to_owned(), label: name(what) }).collect();
    named.sort_by_cached_key(|choice| folded(&choice.label));
    named
}
