//! `/warehouses`: the warehouses that trust our tokens, and what to tell each of them.

use super::shown::{Shown, figure, product};
use crate::{
    access::catalogue::{self, LoginCase, LoginSource, Role, Signing},
    actions::read_warehouses,
    tokens::setup,
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure},
        views::warehouses::{Setup, Warehouse, Warehouses},
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
    let warehouses = figures
        .content
        .catalogue
        .warehouses
        .values()
        .map(|warehouse| {
            let roles: Vec<&Role> =
                figures.content.catalogue.roles.values().filter(|role| role.warehouse == warehouse.id).collect();
            Warehouse {
                id: warehouse.id.to_string(),
                title: warehouse.title.get(caller.language).to_owned(),
                kind: product(warehouse.kind).to_owned(),
                audience: warehouse.audience.clone(),
                signing: match warehouse.signing {
                    Signing::ES256 => "ES256",
                    Signing::RS256 => "RS256",
                }
                .to_owned(),
                host: warehouse.host.clone().unwrap_or_default(),
                login_rule: rule(&shown, warehouse),
                holders: figure(figures.effective.get(&warehouse.id).copied().unwrap_or(0)),
                tokens_today: figure(figures.minted.get(&warehouse.id).copied().unwrap_or(0)),
                locked: figures.locked.get(warehouse.id.as_str()).cloned(),
                setup: setup::statements(&issuer, warehouse, &roles)
                    .into_iter()
                    .map(|statement| Setup {
                        label: shown.teller.plain(&format!("setup-{}", statement.what)),
                        note: shown.teller.said(&format!("setup-{}-note", statement.what), &[]).unwrap_or_default(),
                        text: statement.text,
                    })
                    .collect(),
                roles: roles.iter().map(|role| shown.role(&role.id)).collect(),
            }
        })
        .collect();
    desk.page(&caller, Warehouses { jwks: format!("{issuer}/jwks.json"), issuer, warehouses }).await
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
