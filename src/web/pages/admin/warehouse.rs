//! `/warehouses/{id}`: what to set up on the other side; and `/warehouses/{id}/check`: a token, checked and forgotten.

use super::{
    shown::{Shown, product},
    warehouses::card,
};
use crate::{
    access::request::AccessRefusal,
    actions::{
        check_token::{self, Checked, House},
        read_warehouses, warehouse_setup,
    },
    base::{refusal::Fault, text::Slug},
    tokens::inspect::Verdict,
    web::{
        kit::{caller::Caller, checked, desk::Desk, failure::Failure, forms::Form},
        views::{
            parts::Fact,
            warehouse::{Caveat, CheckLine, CheckPage, CheckResult, WarehousePage},
            warehouses::Setup,
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, get, post},
};

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/warehouses/{id}", get().to(show))
        .route("/warehouses/{id}/check", get().to(ask))
        .route("/warehouses/{id}/check", post().to(check));
}

fn named(id: &str) -> Result<Slug, Fault> {
    id.parse().map_err(|_| AccessRefusal::NoSuchWarehouse { id: id.to_owned() }.into())
}

async fn show(caller: Caller, desk: Data<Desk>, id: Path<String>) -> Result<HttpResponse, Failure> {
    let found = warehouse_setup::warehouse_setup(&desk.app, &caller.actor, named(&id)?).await?;
    let figures = read_warehouses::read_warehouses(&desk.app, &caller.actor).await?;
    let shown = Shown::of(&desk, &caller)?;
    let (warehouse, teller) = (&found.warehouse, &shown.teller);
    let minutes = [("minutes", found.minutes.into())];
    let view = WarehousePage {
        jwks: format!("{}/jwks.json", found.issuer),
        typ: warehouse.typ.as_str().to_owned(),
        user: warehouse.kind.profile().user.to_owned(),
        page: warehouse.kind.profile().page.to_owned(),
        warehouse: card(&shown, &figures, warehouse),
        setup: found
            .statements
            .into_iter()
            .map(|statement| Setup {
                label: teller.plain(&format!("setup-{}", statement.what)),
                note: teller.said(&format!("setup-{}-note", statement.what), &[]).unwrap_or_default(),
                text: statement.text,
            })
            .collect(),
        caveats: found
            .caveats
            .iter()
            .map(|caveat| Caveat {
                concern: caveat.concern.word().to_owned(),
                text: teller.say(&format!("caveat-{}", caveat.key), &minutes),
            })
            .collect(),
        issuer: found.issuer,
    };
    desk.page(&caller, view).await
}

async fn ask(caller: Caller, desk: Data<Desk>, id: Path<String>) -> Result<HttpResponse, Failure> {
    let id = named(&id)?;
    check_token::may_check(&desk.app, &caller.actor, &id).await?;
    let view = page(&desk, &caller, &id)?;
    desk.page(&caller, view).await
}

async fn check(caller: Caller, desk: Data<Desk>, id: Path<String>, form: Form) -> Result<HttpResponse, Failure> {
    let id = named(&id)?;
    let token = form.text("token").to_owned();
    let checked = check_token::check_token(&desk.app, &caller.actor, id.clone(), token).await?;
    let mut view = page(&desk, &caller, &id)?;
    view.result = Some(result(&Shown::of(&desk, &caller)?, &checked));
    desk.page(&caller, view).await
}

fn page(desk: &Desk, caller: &Caller, id: &Slug) -> Result<CheckPage, Failure> {
    let shown = Shown::of(desk, caller)?;
    let warehouse = shown.content.catalogue.warehouses.get(id);
    Ok(CheckPage {
        title: shown.warehouse_title(id),
        kind: warehouse.map_or("", |warehouse| product(warehouse.kind)).to_owned(),
        linked: caller.actor.as_auditor().is_ok(),
        id: id.to_string(),
        result: None,
    })
}

fn result(shown: &Shown, checked: &Checked) -> CheckResult {
    let teller = &shown.teller;
    let lines = checked.inspection.lines.iter();
    let record = match &checked.house {
        House::Record(record) => Some(record),
        House::NotOurs | House::NoRecord | House::Another => None,
    };
    let fact = |name: &str, value: String| Fact { name: name.to_owned(), value };
    CheckResult {
        accepted: checked.inspection.verdict() == Verdict::Accepted,
        lines: lines
            .map(|line| {
                CheckLine::new(line.part, line.verdict.word(), line.value.clone(), checked::sentence(teller, line))
            })
            .collect(),
        live: checked.house.is_live(),
        house: teller.plain(&format!("check-house-{}", checked.house.word())),
        why: record
            .and_then(|record| record.refused.as_ref())
            .map(|refused| checked::refusal(teller, refused))
            .unwrap_or_default(),
        facts: record.map_or_else(Vec::new, |record| {
            vec![
                fact("role", record.token.role_id.clone()),
                fact("minted", teller.moment(record.token.issued_at)),
                fact("until", teller.moment(record.token.expires_at)),
            ]
        }),
        grant: record.map(|record| record.token.grant_id.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        access::catalogue::WarehouseKind,
        tokens::setup,
        web::kit::{render::Render, words::Words},
    };
    use std::sync::Arc;

    fn words() -> Arc<Words> {
        Render::new(None, false).unwrap().words().unwrap()
    }

    /// The reasons that stand in the sources of the inspection.
    fn codes() -> Vec<String> {
        let sources = [
            include_str!("../../../tokens/inspect/parts.rs"),
            include_str!("../../../tokens/inspect/header.rs"),
            include_str!("../../../tokens/inspect/claims.rs"),
            include_str!("../../../tokens/inspect.rs"),
        ];
        let mut codes: Vec<String> = Vec::new();
        for call in sources.iter().flat_map(|text| text.split("Line::").skip(1)) {
            let call = call.split_once('(').filter(|(name, _)| ["accepted", "refused", "unchecked"].contains(name));
            let Some((code, _)) = call.and_then(|(_, rest)| rest.split_once(')')) else { continue };
            codes.extend(code.split(", \"").nth(1).and_then(|code| code.strip_suffix('"')).map(str::to_owned));
        }
        let refused = |text: &&str| text.starts_with("refused(\"");
        let parts = sources[0].split("Err(").filter(refused);
        codes.extend(parts.filter_map(|text| text.split('"').nth(1)).map(str::to_owned));
        codes.extend(sources[1].split('"').filter(|word| word.starts_with("alg-")).map(str::to_owned));
        codes.extend(["unread", "untold", "user-missing", "claim-missing"].map(str::to_owned));
        codes
    }

    #[test]
    fn every_reason_is_written_in_every_language() {
        let (words, codes) = (words(), codes());
        assert!(codes.len() > 50, "the reasons are written in another way now: {codes:?}");
        let names = "part claim alg signing typ wanted at leeway hours role names state n most";
        let mut args = fluent_bundle::FluentArgs::new();
        names.split(' ').for_each(|name| args.set(name, "active"));
        for code in &codes {
            for language in ["en", "fr", "es"] {
                let key = format!("check-{code}");
                assert!(words.has(&key) && words.say(language, &key, &args).is_ok(), "{language}: {key}");
            }
        }
        let kept: std::collections::BTreeSet<_> = codes.iter().collect();
        for key in
            include_str!("../../../../templates/words/en/setup.ftl").lines().filter_map(|line| line.split_once(" ="))
        {
            let Some(code) = key.0.strip_prefix("check-") else { continue };
            let page = ["title", "lede", "token", "do", "result", "verdict", "part", "head-", "house"];
            let said = kept.contains(&code.to_owned()) || page.iter().any(|word| code.starts_with(word));
            assert!(said, "nothing says {code}");
        }
    }

    #[test]
    fn every_caveat_is_written_in_every_language() {
        let words = words();
        let all: Vec<_> = WarehouseKind::ALL.iter().flat_map(|(_, kind)| setup::caveats("http://x", *kind)).collect();
        for language in ["en", "fr", "es"] {
            for caveat in &all {
                let key = format!("caveat-{}", caveat.key);
                let mut args = fluent_bundle::FluentArgs::new();
                args.set("minutes", 15);
                assert!(words.say(language, &key, &args).is_ok(), "{language}: {key}");
            }
        }
    }
}
