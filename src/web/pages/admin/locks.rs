//! `/locks`: emergency stops, those that stand and those of the past.

use super::shown::{Shown, address, correctable, count, figure, wrong};
use crate::{
    access::{request::AccessRefusal, rows::LockKind},
    actions::{
        list_holders, lock,
        read_locks::{self, NamedLock},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
    },
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::{BodyRefusal, Form},
        },
        views::{
            Choice, FieldError, Pager,
            locks::{Lock, LockForm, Locks},
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, Query, ServiceConfig, get, post},
};
use serde::Deserialize;

/// Lifted locks on a page.
const PAGE: i64 = 10;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/locks", get().to(list))
        .route("/locks", post().to(place))
        .route("/locks/{id}/lifting", post().to(lift));
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Asked {
    /// How many lifted locks come before this page.
    after: i64,
}

async fn list(caller: Caller, desk: Data<Desk>, asked: Query<Asked>) -> Result<HttpResponse, Failure> {
    let view = view(&desk, &caller, asked.after.max(0), &Form::default(), Vec::new()).await?;
    desk.page(&caller, view).await
}

async fn place(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    match placed(&desk, &caller, &form).await {
        Ok(()) => Ok(see_other_with("/locks", "notice-lock-placed")),
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let at = match refused.code {
                "reason-needed" => "reason",
                "field-not-right" => "",
                _ => "subject",
            };
            let Ok(view) = view(&desk, &caller, 0, &form, wrong(at, said)).await else {
                return Err(Fault::Refused(refused).into());
            };
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn placed(desk: &Desk, caller: &Caller, form: &Form) -> Result<(), Fault> {
    let kind = LockKind::from_word(form.text("kind")).ok_or(BodyRefusal::Field { field: "kind" })?;
    let subject = match kind {
        LockKind::Person => {
            let text = form.text("subject").to_owned();
            list_holders::who_is(&desk.app, &caller.actor, text).await?.to_string()
        }
        LockKind::Role | LockKind::Warehouse => form.text("subject").to_owned(),
    };
    lock::place_lock(&desk.app, &caller.actor, kind, subject, form.text("reason").to_owned()).await?;
    Ok(())
}

async fn lift(caller: Caller, desk: Data<Desk>, id: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let id: Id<ids::Lock> = id.parse().map_err(|_| Fault::from(AccessRefusal::NoSuchLock))?;
    match lock::lift_lock_because(&desk.app, &caller.actor, id, form.text("reason").to_owned()).await {
        Ok(()) => Ok(see_other_with("/locks", "notice-lock-lifted")),
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let Ok(view) = view(&desk, &caller, 0, &Form::default(), wrong(&format!("lift-{id}"), said)).await else {
                return Err(Fault::Refused(refused).into());
            };
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn view(
    desk: &Desk,
    caller: &Caller,
    after: i64,
    typed: &Form,
    errors: Vec<FieldError>,
) -> Result<Locks, Failure> {
    let page = read_locks::read_locks(&desk.app, &caller.actor, after, PAGE).await?;
    let shown = Shown::of(desk, caller)?;
    let admin = caller.signed().is_some_and(|signed| signed.person.capabilities.admin);
    let at = |n: i64| n.to_string();
    let catalogue = &shown.content.catalogue;
    let roles = catalogue.roles.values().map(|role| Choice { value: role.id.to_string(), label: role.name.clone() });
    let warehouses =
        catalogue.warehouses.keys().map(|id| Choice { value: id.to_string(), label: shown.warehouse_title(id) });
    let kind = Some(typed.text("kind")).filter(|kind| LockKind::from_word(kind).is_some()).unwrap_or("person");
    Ok(Locks {
        open: page.open.iter().map(|lock| line(&shown, lock)).collect(),
        past: page.lifted.iter().map(|lock| line(&shown, lock)).collect(),
        pager: Pager {
            previous: (after > 0).then(|| {
                let before = Some((after - PAGE).max(0)).filter(|before| *before > 0).map(at).unwrap_or_default();
                address("/locks", &[("after", &before)])
            }),
            next: (page.total > after + PAGE).then(|| address("/locks", &[("after", &at(after + PAGE))])),
            shown: count(page.lifted.len()),
            total: u64::try_from(page.total).ok(),
        },
        form: admin.then(|| LockForm {
            kind: kind.to_owned(),
            subject: typed.text("subject").to_owned(),
            reason: typed.text("reason").to_owned(),
            subjects: roles.chain(warehouses).collect(),
        }),
        errors,
    })
}

fn line(shown: &Shown, named: &NamedLock) -> Lock {
    let lock = &named.lock;
    let slug = lock.subject_id.parse().ok();
    let (subject, href) = match lock.kind {
        LockKind::Person => {
            let name = named.person.clone().unwrap_or_else(|| lock.subject_id.clone());
            (name, format!("/people/{}", lock.subject_id))
        }
        LockKind::Role => {
            let name = slug.map_or_else(|| lock.subject_id.clone(), |slug| shown.role(&slug).name);
            (name, format!("/access/{}", lock.subject_id))
        }
        LockKind::Warehouse => {
            let name = slug.map_or_else(|| lock.subject_id.clone(), |slug| shown.warehouse_title(&slug));
            (name, format!("/warehouses#{}", lock.subject_id))
        }
    };
    let by = |word: &str, name: Option<&String>| {
        let (kind, name) = super::shown::actor(word, name.map(String::as_str));
        shown.teller.say("actor", &[("kind", kind.into()), ("name", name.into())])
    };
    Lock {
        id: lock.id.to_string(),
        kind: lock.kind.word().to_owned(),
        subject,
        href: Some(href),
        reason: lock.reason.clone(),
        at: lock.placed_at.micros(),
        by: by(&lock.placed_by, named.placed_by.as_ref()),
        grants: figure(named.grants),
        lifted: lock.lifted_at.map(Time::micros),
        lifted_by: lock.lifted_by.as_ref().map(|word| by(word, named.lifted_by.as_ref())).unwrap_or_default(),
    }
}
