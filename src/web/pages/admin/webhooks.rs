//! `/webhooks`: who gets the log's events as they come, and what an admin can do about it.

use super::shown::{Shown, correctable, wrong};
use crate::{
    actions::sinks::{self, WantedWebhook},
    audit::{
        event::What,
        sinks::{Kind, SinkRefusal},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Fault,
        text::folded,
    },
    web::{
        kit::{
            caller::Caller,
            desk::{Desk, see_other_with},
            failure::Failure,
            forms::{BodyRefusal, Form},
        },
        views::{
            Choice, FieldError,
            events::EventLine,
            webhooks::{Line, Tick, WebhookForm, Webhooks},
        },
    },
};
use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, ServiceConfig, get, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/webhooks", get().to(list))
        .route("/webhooks", post().to(make))
        .route("/webhooks/{id}/pause", post().to(pause))
        .route("/webhooks/{id}/resume", post().to(resume))
        .route("/webhooks/{id}/replay", post().to(replay))
        .route("/webhooks/{id}/secret", post().to(renew))
        .route("/webhooks/{id}/remove", post().to(remove));
}

fn named(id: &str) -> Result<Id<ids::Sink>, Fault> {
    id.parse().map_err(|_| SinkRefusal::NoSuchWebhook.into())
}

async fn list(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let view = view(&desk, &caller, &Form::default(), Vec::new(), None).await?;
    desk.page(&caller, view).await
}

async fn make(caller: Caller, desk: Data<Desk>, form: Form) -> Result<HttpResponse, Failure> {
    let number = |field: &'static str| match form.text(field).trim() {
        "" => Ok(None),
        text => text.parse::<u64>().map(Some).map_err(|_| Fault::from(BodyRefusal::Field { field })),
    };
    let made = async {
        let wanted = WantedWebhook {
            name: form.text("name").to_owned(),
            address: form.text("url").to_owned(),
            kinds: Some(form.all("kinds").iter().map(|kind| (*kind).to_owned()).collect()),
            batch: number("batch")?.and_then(|batch| i64::try_from(batch).ok()),
            from: number("position")?,
        };
        sinks::make_webhook(&desk.app, &caller.actor, wanted).await
    };
    match made.await {
        // The secret is shown in the answer itself, and nowhere again.
        Ok(made) => {
            let secret = made.secret.reveal();
            let view = view(&desk, &caller, &Form::default(), Vec::new(), Some(secret)).await?;
            desk.page_with(&caller, StatusCode::OK, view, None).await
        }
        Err(fault) => {
            let (refused, said, status) = correctable(&desk, &caller, fault)?;
            let field = match refused.code {
                "webhook-address" => "url",
                "no-such-event-kind" => "kinds",
                "webhook-batch" => "batch",
                "webhook-position" => "position",
                _ => "name",
            };
            let view = view(&desk, &caller, &form, wrong(field, said), None).await?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn pause(caller: Caller, desk: Data<Desk>, id: Path<String>, _: Form) -> Result<HttpResponse, Failure> {
    sinks::pause_webhook(&desk.app, &caller.actor, named(&id)?, true).await?;
    Ok(see_other_with("/webhooks", "notice-webhooks-changed"))
}

async fn resume(caller: Caller, desk: Data<Desk>, id: Path<String>, _: Form) -> Result<HttpResponse, Failure> {
    sinks::pause_webhook(&desk.app, &caller.actor, named(&id)?, false).await?;
    Ok(see_other_with("/webhooks", "notice-webhooks-changed"))
}

async fn replay(caller: Caller, desk: Data<Desk>, id: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let position = form.text("position").trim().parse().map_err(|_| BodyRefusal::Field { field: "position" });
    let done =
        async { sinks::replay_webhook(&desk.app, &caller.actor, named(&id)?, position.map_err(Fault::from)?).await };
    match done.await {
        Ok(_) => Ok(see_other_with("/webhooks", "notice-webhooks-changed")),
        Err(fault) => {
            let (_, said, status) = correctable(&desk, &caller, fault)?;
            let view = view(&desk, &caller, &Form::default(), wrong("position", said), None).await?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn renew(caller: Caller, desk: Data<Desk>, id: Path<String>, _: Form) -> Result<HttpResponse, Failure> {
    let secret = sinks::renew_webhook_secret(&desk.app, &caller.actor, named(&id)?).await?;
    let view = view(&desk, &caller, &Form::default(), Vec::new(), Some(secret.reveal())).await?;
    desk.page_with(&caller, StatusCode::OK, view, None).await
}

async fn remove(caller: Caller, desk: Data<Desk>, id: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let done = async {
        if form.text("confirm") != "yes" {
            return Err(BodyRefusal::Field { field: "confirm" }.into());
        }
        sinks::remove_webhook(&desk.app, &caller.actor, &id).await
    };
    match done.await {
        Ok(()) => Ok(see_other_with("/webhooks", "notice-webhooks-removed")),
        Err(fault) => {
            let (_, said, status) = correctable(&desk, &caller, fault)?;
            let view = view(&desk, &caller, &Form::default(), wrong("confirm", said), None).await?;
            desk.page_with(&caller, status, view, None).await
        }
    }
}

async fn view(
    desk: &Desk,
    caller: &Caller,
    form: &Form,
    errors: Vec<FieldError>,
    secret: Option<String>,
) -> Result<Webhooks, Failure> {
    let (sinks, size) = sinks::list_sinks(&desk.app, &caller.actor).await?;
    let shown = Shown::of(desk, caller)?;
    let micros = |at: Option<Time>| at.map(Time::micros);
    let lines = sinks.into_iter().map(|sink| Line {
        kind: sink.kind.word().to_owned(),
        is_webhook: sink.kind == Kind::Webhook,
        name: sink.name,
        address: sink.address,
        kinds: sink.kinds.unwrap_or_default(),
        position: sink.position,
        behind: size.saturating_sub(sink.position),
        state: sink.state.word().to_owned(),
        failing: sink.failing_since.is_some(),
        failing_since: micros(sink.failing_since),
        failures: sink.failures,
        error: sink.last_error,
        retry_at: micros(sink.retry_at),
        taken: sink.taken,
        taken_at: micros(sink.taken_at),
        id: sink.id,
    });
    let chosen = form.all("kinds");
    let mut kinds: Vec<Choice> = What::ALL
        .iter()
        .map(|what| Choice {
            value: what.word().to_owned(),
            label: shown.teller.plain(&format!("event-kind-{}", EventLine::says(what.word()))),
        })
        .collect();
    kinds.sort_by_cached_key(|kind| folded(&kind.label));
    Ok(Webhooks {
        sinks: lines.collect(),
        size,
        secret,
        form: caller.actor.as_admin().is_ok().then(|| WebhookForm {
            name: form.text("name").to_owned(),
            url: form.text("url").to_owned(),
            batch: form.text("batch").to_owned(),
            position: form.text("position").to_owned(),
            kinds: kinds.into_iter().map(|kind| Tick { on: chosen.contains(&kind.value.as_str()), kind }).collect(),
        }),
        errors,
    })
}
