//! What auditors ask: who holds what, why, and what happened; as JSON page by page, or whole as CSV.

use super::{
    export::{Leaving, export, narrowed},
    kit::{Answer, Group, Key, Pages, Query, Unfit, csv, get, page, shown},
    shapes::{
        GrantId,
        audit::{EventBody, ExplanationBody, HolderBody, HoldersBody, NoteBody},
    },
};
use crate::{
    access::{
        request::AccessRefusal,
        rows::{Holder, HolderFilter, Standing},
    },
    actions::{
        draw_timeline::draw_timeline,
        explain_access::{self, Explanation},
        list_events,
        list_holders::{self, Note},
        note_export::Whose,
    },
    audit::{
        event::{Line, What},
        rows::Filter,
    },
    base::{
        clock::Time,
        paging::Paging,
        refusal::Fault,
        text::{Slug, nearest},
    },
    reports::timeline,
    web::kit::{caller::Caller, desk::Desk, explain, failure::Failure, teller::Teller},
};
use actix_web::{
    HttpRequest,
    web::{Data, Path},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

pub(super) fn group() -> Group {
    Group {
        name: "Audit",
        about: "For auditors and admins: who held what, when and why, and the log of everything that happened or was refused.",
        endpoints: vec![
            get("/holders", holders)
                .says(
                    "List who holds which access",
                    "Now, or as of a moment; of one to come, what will be if nothing changes until then (`forecast`). With `Accept: text/csv` or `format=csv`: every line at once, whatever the limit; \
                     that leaves an event in the log. A cell that a spreadsheet would run as a formula gets an apostrophe in front.",
                )
                .asks::<HoldersWanted>()
                .paged()
                .answers::<HoldersBody>(200, "The lines, in the order in which the grants were given.")
                .or_csv()
                .refuses(403, &["capability-missing"])
                .refuses(404, &["no-such-person", "several-people", "no-such-role", "no-such-warehouse", "no-such-team"]),
            get("/explain", explain)
                .says("Explain an access", "May this person use this role at that moment, and the whole chain behind the answer. Everybody may ask about themselves.")
                .asks::<ExplainWanted>()
                .answers::<ExplanationBody>(200, "The answer.")
                .refuses(403, &["capability-missing"])
                .refuses(404, &["no-such-person", "several-people", "no-such-role"]),
            get("/grants/{id}/chain", chain)
                .says("Explain a grant", "The chain behind one line of the holders' list.")
                .asks::<ChainWanted>()
                .answers::<ExplanationBody>(200, "The answer.")
                .refuses(403, &["capability-missing"])
                .refuses(404, &["no-such-grant"]),
            get("/events", events)
                .says(
                    "Read the log",
                    "The newest lines first. With `Accept: text/csv` or `format=csv`: every line at once, as for holders.",
                )
                .asks::<EventsWanted>()
                .paged()
                .lists::<EventBody>("The lines.")
                .or_csv()
                .refuses(403, &["capability-missing"])
                .refuses(404, &["no-such-person", "several-people"]),
        ],
    }
}

/// Which holders.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct HoldersWanted {
    /// Only this role.
    #[param(value_type = Option<String>, example = "analyst")]
    role: Option<Slug>,
    /// Only this person: an id or an e-mail address.
    #[param(example = "ana@example.com")]
    person: Option<String>,
    /// Only this warehouse.
    #[param(value_type = Option<String>, example = "marketplace")]
    warehouse: Option<Slug>,
    /// Only people of this team, as it is today: who was in it at another moment is not recorded.
    team: Option<String>,
    /// Only this state: `effective`, `suspended`, `closed` (outside of its hours), `locked`, `disabled`, `scheduled`, `ended`;
    /// or `any`. Without it, everything that has not ended.
    state: Option<String>,
    /// Only what nobody used for so many days, and was held for as long: 1 to 36500.
    #[param(minimum = 1, maximum = 36500, example = 90)]
    unused: Option<i64>,
    /// The moment asked about; now unless said otherwise. A date means its midnight in UTC. Of a moment to come, the answer
    /// is a forecast. `at` says the same.
    #[serde(alias = "at")]
    #[param(value_type = Option<String>, example = "2027-03-01T09:00:00Z")]
    as_of: Option<Time>,
    /// `json` or `csv`; takes precedence over `Accept`.
    format: Option<String>,
    /// How many lines.
    #[serde(skip_serializing)]
    #[param(ignore)]
    limit: Option<usize>,
    /// Where to go on.
    #[serde(skip_serializing)]
    #[param(ignore)]
    cursor: Option<String>,
}

impl HoldersWanted {
    fn filter(&self) -> Result<HolderFilter, Failure> {
        let (state, all) = match self.state.as_deref() {
            None => (None, false),
            Some("any") => (None, true),
            Some(word) => {
                let unknown = || {
                    Unfit::field(
                        "state",
                        "effective | suspended | closed | locked | disabled | scheduled | ended | any",
                    )
                };
                (Some(Standing::from_word(word).ok_or_else(|| Fault::from(unknown()))?), false)
            }
        };
        if self.unused.is_some_and(|days| !(1..=36_500).contains(&days)) {
            return Err(Fault::from(Unfit::field("unused", "1–36500")).into());
        }
        Ok(HolderFilter {
            unused_days: self.unused,
            person: None,
            role: self.role.clone(),
            warehouse: self.warehouse.clone(),
            team: self.team.clone(),
            state,
            all,
        })
    }
}

async fn holders(
    desk: Data<Desk>,
    caller: Caller,
    request: HttpRequest,
    Query(wanted): Query<HoldersWanted>,
) -> Answer {
    let filter = wanted.filter()?;
    let paging = Pages { limit: wanted.limit, cursor: wanted.cursor.clone() }.paging(Key::Grant)?;
    let notes = list_holders::notes(wanted.team.is_some(), wanted.as_of, desk.app.now());
    let forecast = notes.contains(&Note::Forecast);
    if !csv::wanted(&request, wanted.format.as_deref())? {
        let (app, person) = (&desk.app, wanted.person);
        let listing = list_holders::list_holders(app, &caller.actor, filter, person, wanted.as_of, paging).await?;
        let teller = Teller::of(&desk, &caller)?;
        let told =
            |note: Note| NoteBody { code: note.word(), text: teller.plain(&format!("holders-note-{}", note.word())) };
        return shown(&HoldersBody {
            items: listing.items.into_iter().map(HolderBody::from).collect(),
            next: listing.next,
            forecast,
            notes: notes.into_iter().map(told).collect(),
        });
    }
    // One moment for every page, so that the file is of one piece.
    let (app, actor, at) = (desk.app.clone(), caller.actor.clone(), wanted.as_of.unwrap_or_else(|| desk.app.now()));
    let narrowed = narrowed(&HoldersWanted { as_of: Some(at), ..wanted.clone() });
    let (person, role) = (wanted.person.clone(), wanted.role.clone());
    let read = async move |paging: Paging| {
        let listing =
            list_holders::holders_of_export(&app, &actor, filter.clone(), person.clone(), Some(at), paging).await?;
        Ok::<_, Failure>(listing.map(Holder::cells))
    };
    // A file has no place for a note but its name.
    let list = if forecast { "holders-forecast" } else { "holders" };
    let leaving = Leaving { list, whose: Whose::HoldersOf(role), narrowed, head: Holder::HEAD };
    export(&desk, &caller, leaving, paging.after, read).await
}

/// Whose access to what, when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ExplainWanted {
    /// An id or an e-mail address; the caller unless said otherwise.
    #[param(example = "ana@example.com")]
    person: Option<String>,
    /// The role.
    #[param(value_type = String, example = "analyst")]
    role: Slug,
    /// The moment asked about; now unless said otherwise. Of a moment to come, the answer is a forecast. `as_of` says the same.
    #[serde(alias = "as_of")]
    #[param(value_type = Option<String>, example = "2027-03-01T09:00:00Z")]
    at: Option<Time>,
    /// How many days before that moment the timeline begins, 1 to 1100; 90 unless said otherwise. It goes on for a third of that.
    #[param(minimum = 1, maximum = 1100, example = 90)]
    days: Option<i64>,
}

/// When.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct ChainWanted {
    /// The moment asked about; now unless said otherwise. Of a moment to come, the answer is a forecast. `as_of` says the same.
    #[serde(alias = "as_of")]
    #[param(value_type = Option<String>, example = "2027-03-01T09:00:00Z")]
    at: Option<Time>,
    /// How many days before that moment the timeline begins, as for an explanation.
    #[param(minimum = 1, maximum = 1100, example = 90)]
    days: Option<i64>,
}

/// How many days of a timeline are asked for.
fn stretch(days: Option<i64>) -> Result<i64, Failure> {
    let days = days.unwrap_or(timeline::USUAL_DAYS);
    if timeline::DAYS.contains(&days) {
        return Ok(days);
    }
    let takes = format!("{}–{}", timeline::DAYS.start(), timeline::DAYS.end());
    Err(Fault::from(Unfit::field("days", takes)).into())
}

async fn explained(desk: &Desk, caller: &Caller, told: Explanation, days: i64) -> Answer {
    let content = desk.app.content()?;
    let sentence = explain::sentence(&Teller::of(desk, caller)?, &content, &told);
    let drawn = draw_timeline(&desk.app, &told, days).await?;
    shown(&ExplanationBody::of(&desk.app, told, caller.language, sentence, drawn)?)
}

async fn explain(desk: Data<Desk>, caller: Caller, Query(wanted): Query<ExplainWanted>) -> Answer {
    let ExplainWanted { person, role, at, days } = wanted;
    let days = stretch(days)?;
    let told = explain_access::explain_access(&desk.app, &caller.actor, person, role, at).await?;
    explained(&desk, &caller, told, days).await
}

async fn chain(desk: Data<Desk>, caller: Caller, id: Path<String>, Query(wanted): Query<ChainWanted>) -> Answer {
    let id: GrantId = id.parse().map_err(|_| Fault::from(AccessRefusal::NoSuchGrant))?;
    let days = stretch(wanted.days)?;
    let told = explain_access::explain_grant(&desk.app, &caller.actor, id, wanted.at).await?;
    explained(&desk, &caller, told, days).await
}

/// Which lines of the log.
#[derive(Clone, Debug, Deserialize, Serialize, IntoParams)]
#[serde(deny_unknown_fields)]
struct EventsWanted {
    /// Only this kind.
    #[param(example = "token.minted")]
    kind: Option<String>,
    /// Only lines that concern this person, or that this person did: an id or an e-mail address.
    person: Option<String>,
    /// Only lines about this role.
    role: Option<String>,
    /// Only lines about this thing, by its id.
    subject: Option<String>,
    /// `done` or `refused`.
    outcome: Option<String>,
    /// From this instant on.
    #[param(value_type = Option<String>, example = "2027-03-01T00:00:00Z")]
    from: Option<Time>,
    /// Before this instant.
    #[param(value_type = Option<String>, example = "2027-04-01T00:00:00Z")]
    until: Option<Time>,
    /// `json` or `csv`; takes precedence over `Accept`.
    format: Option<String>,
    /// How many lines.
    #[serde(skip_serializing)]
    #[param(ignore)]
    limit: Option<usize>,
    /// Where to go on.
    #[serde(skip_serializing)]
    #[param(ignore)]
    cursor: Option<String>,
}

impl EventsWanted {
    fn filter(&self) -> Result<Filter, Failure> {
        let (role, subject, outcome) = (self.role.clone(), self.subject.clone(), self.outcome.clone());
        filter(self.kind.as_deref(), role, subject, outcome, (self.from, self.until))
    }
}

/// A filter of the log from its words; the person is found later.
///
/// # Errors
/// The kind or the outcome is none.
pub(super) fn filter(
    kind: Option<&str>,
    role: Option<String>,
    subject: Option<String>,
    outcome: Option<String>,
    (from, until): (Option<Time>, Option<Time>),
) -> Result<Filter, Failure> {
    let kind = match kind {
        None => None,
        Some(word) => {
            let words = || What::ALL.iter().map(|what| what.word());
            let takes = || nearest(word, words()).unwrap_or("person.invited | token.minted | …").to_owned();
            let unknown = || Fault::from(Unfit::field("kind", takes()));
            Some(What::from_word(word).ok_or_else(unknown)?)
        }
    };
    if !matches!(outcome.as_deref(), None | Some("done" | "refused")) {
        return Err(Fault::from(Unfit::field("outcome", "done | refused")).into());
    }
    Ok(Filter { kind, person: None, role, subject, outcome, from, until })
}

async fn events(desk: Data<Desk>, caller: Caller, request: HttpRequest, Query(wanted): Query<EventsWanted>) -> Answer {
    let filter = wanted.filter()?;
    let paging = Pages { limit: wanted.limit, cursor: wanted.cursor.clone() }.paging(Key::Event)?;
    if !csv::wanted(&request, wanted.format.as_deref())? {
        let listing = list_events::list_events(&desk.app, &caller.actor, filter, wanted.person, paging).await?;
        return page(listing.map(EventBody::from));
    }
    let (app, actor) = (desk.app.clone(), caller.actor.clone());
    let narrowed = narrowed(&wanted);
    let person = wanted.person.clone();
    let read = async move |paging: Paging| {
        let listing = list_events::list_events(&app, &actor, filter.clone(), person.clone(), paging).await?;
        Ok::<_, Failure>(listing.map(Line::cells))
    };
    let leaving = Leaving { list: "events", whose: Whose::Everybody, narrowed, head: Line::HEAD };
    export(&desk, &caller, leaving, paging.after, read).await
}
