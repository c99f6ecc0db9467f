//! `POST /access/{role}/token`: a token, shown once in the answer itself; or why there is none.

use super::{
    role::slug,
    shown::{Shown, correctable, product},
};
use crate::{
    access::catalogue::Warehouse,
    actions::{
        mint_token::{self, Minted},
        read_role,
    },
    base::{clock::Time, refusal::Fault, text::Slug},
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure, forms::Form},
        views::{
            parts::Fact,
            shared::Link,
            snippets::{Connection, snippets},
            token::{TokenRefused, TokenShown},
        },
    },
};
use actix_web::{
    HttpResponse,
    web::{Data, Path, ServiceConfig, post},
};
use serde_json::Value;

/// The routes of this file.
pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/access/{role}/token", post().to(mint));
}

async fn mint(caller: Caller, desk: Data<Desk>, role: Path<String>, _: Form) -> Result<HttpResponse, Failure> {
    let role = slug(&role)?;
    match mint_token::mint_token(&desk.app, &caller.actor, role.clone()).await {
        Ok(minted) => {
            let view = minted_view(&desk, &caller, &minted)?;
            desk.page(&caller, view).await
        }
        Err(fault) => refused(&desk, &caller, role, fault).await,
    }
}

/// The claims in the order in which a reader asks for them; others follow.
const ORDER: [&str; 18] = [
    "iss",
    "aud",
    "sub",
    "preferred_username",
    "email",
    "scope",
    "scp",
    "role",
    "roles",
    "grant_id",
    "certificates",
    "client_id",
    "jti",
    "sid",
    "auth_time",
    "iat",
    "nbf",
    "exp",
];

fn minted_view(desk: &Desk, caller: &Caller, minted: &Minted) -> Result<TokenShown, Failure> {
    let shown = Shown::of(desk, caller)?;
    let role = shown.role(&minted.role);
    let warehouse = shown.content.catalogue.warehouses.get(&minted.warehouse);
    let mut all = match serde_json::to_value(&minted.claims) {
        Ok(Value::Object(all)) => all,
        _ => serde_json::Map::new(),
    };
    let mut claims: Vec<Fact> = Vec::new();
    for name in ORDER {
        if let Some(value) = all.remove(name) {
            claims.push(Fact::of(name, told(name, &value)));
        }
    }
    claims.extend(all.iter().map(|(name, value)| Fact::of(name, told(name, value))));
    let part = |pick: fn(&Warehouse) -> Option<&String>, name| Connection::part(warehouse.and_then(pick), name);
    let connection = Connection {
        kind: warehouse.map_or("generic", |w| w.kind.as_str()).to_owned(),
        host: part(|found| found.host.as_ref(), "host"),
        account: part(|found| found.account.as_ref(), "account"),
        database: part(|found| found.database.as_ref(), "database"),
        schema: part(|found| found.schema.as_ref(), "schema"),
        compute: part(|found| found.compute.as_ref(), "warehouse"),
        login: minted.claims.preferred_username.clone(),
        role: role.name.clone(),
        role_id: role.id.clone(),
        public_url: desk.app.settings.issuer(),
        email: minted.claims.email.clone().unwrap_or_default(),
    };
    Ok(TokenShown {
        role: role.id,
        name: role.name,
        title: role.title,
        warehouse: role.warehouse,
        warehouse_id: minted.warehouse.to_string(),
        kind: warehouse.map_or("", |w| product(w.kind)).to_owned(),
        token: minted.token.clone(),
        issued: minted.issued_at.micros(),
        expires: minted.expires_at.micros(),
        lifetime: minted.expires_at.micros_since(minted.issued_at) / 1_000_000,
        claims,
        snippets: snippets(&connection),
    })
}

/// A claim's value as text; NumericDates (RFC 7519, section 2) as instants.
fn told(name: &str, value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if matches!(name, "iat" | "nbf" | "exp" | "auth_time") => {
            Time::from_micros(number.as_i64().unwrap_or(0).saturating_mul(1_000_000)).to_string()
        }
        Value::Array(parts) => parts.iter().map(|part| told("", part)).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

async fn refused(desk: &Desk, caller: &Caller, role: Slug, fault: Fault) -> Result<HttpResponse, Failure> {
    let (refused, said, status) = correctable(desk, caller, fault)?;
    let Ok(file) = read_role::read_role(&desk.app, &caller.actor, role.clone()).await else {
        return Err(Fault::Refused(refused).into());
    };
    let event = read_role::latest_refusal(&desk.app, &caller.actor).await?;
    let shown = Shown::of(desk, caller)?;
    let short = shown.role(&role);
    let (standing, picture) = (&file.standing, &file.picture);
    let mut next: Vec<Link> = standing
        .path
        .iter()
        .filter_map(|todo| shown.content.curriculum.courses.get(&todo.course))
        .map(|course| {
            let name = shown.teller.quoted(course.title.get(caller.language));
            let renew = picture.certificates.iter().any(|certificate| certificate.course_id == course.id);
            let key = if renew { "token-next-renew" } else { "token-next-earn" };
            Link::new(shown.teller.say(key, &[("name", name.into())]), format!("/courses/{}", course.id))
        })
        .collect();
    next.push(Link::new(shown.teller.plain("token-next-role"), format!("/access/{role}")));
    let view = TokenRefused {
        role: short.id,
        name: short.name,
        title: short.title,
        code: refused.code.to_owned(),
        sentence: said,
        next,
        requirements: shown.requirements(&standing.clauses, &picture.certificates, Some(picture), picture.at),
        at: event.as_ref().map_or(picture.at, |line| line.at).micros(),
        event: event.map(|line| line.id.to_string()).unwrap_or_default(),
    };
    desk.page_with(caller, status, view, None).await
}
