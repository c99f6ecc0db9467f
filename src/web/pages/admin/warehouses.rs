//! `/warehouses`: the warehouses that trust our tokens, each in short.

use super::shown::{Shown, figure, product};
use crate::{
    access::catalogue::{self, LoginCase, LoginSource, Role},
    actions::{
        read_warehouses::{self, WarehouseFigures},
        warehouse_setup::roles,
    },
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure},
        views::warehouses::{Warehouse, Warehouses},
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, ServiceConfig, get},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/warehouses", get().to(list));
}

async fn list(caller: Caller, desk: Data<Desk>) -> Result<HttpResponse, Failure> {
    let figures = read_warehouses::read_warehouses(&desk.app, &caller.actor).await?;
    let shown = Shown::of(&desk, &caller)?;
    let issuer = desk.app.settings.issuer();
    let warehouses =
        figures.content.catalogue.warehouses.values().map(|warehouse| card(&shown, &figures, warehouse)).collect();
    desk.page(&caller, Warehouses { jwks: format!("{issuer}/jwks.json"), issuer, warehouses }).await
}

/// A warehouse as a card shows it.
pub(super) fn card(shown: &Shown, figures: &WarehouseFigures, warehouse: &catalogue::Warehouse) -> Warehouse {
    let roles: Vec<&Role> = roles(&figures.content, warehouse);
    Warehouse {
        id: warehouse.id.to_string(),
        title: warehouse.title.get(shown.teller.language).to_owned(),
        kind: product(warehouse.kind).to_owned(),
        audience: warehouse.audience.clone(),
        signing: warehouse.signing.word().to_owned(),
        host: warehouse.host.clone().unwrap_or_default(),
        login_rule: rule(shown, warehouse),
        holders: figure(figures.effective.get(&warehouse.id).copied().unwrap_or(0)),
        tokens_today: figure(figures.minted.get(&warehouse.id).copied().unwrap_or(0)),
        locked: figures.locked.get(warehouse.id.as_str()).cloned(),
        roles: roles.iter().map(|role| shown.role(&role.id)).collect(),
    }
}

fn rule(shown: &Shown, warehouse: &catalogue::Warehouse) -> String {
    let from = match warehouse.login.from {
        LoginSource::EmailLocalPart => "local",
        LoginSource::Email => "email",
    };
    let case = match warehouse.login.case {
        LoginCase::Upper => "upper",
        LoginCase::Lower => "lower",
        LoginCase::Keep => "keep",
    };
    shown.teller.say("login-rule", &[("from", from.into()), ("case", case.into())])
}
