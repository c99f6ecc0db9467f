//! Warehouses: what to tell each so that it accepts our tokens, and what it would say of one.

use super::{
    kit::{Answer, Body, Group, get, post, shown, told},
    shapes::warehouse::{CheckBody, SetupBody, TokenToCheck, WarehouseLine},
};
use crate::{
    access::request::AccessRefusal,
    actions::{check_token, read_warehouses, warehouse_setup},
    base::{refusal::Fault, text::Slug},
    web::kit::{caller::Caller, desk::Desk, teller::Teller},
};
use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path},
};

pub(super) fn group() -> Group {
    let unknown = &["no-such-warehouse"];
    Group {
        name: "Warehouses",
        about: "The warehouses, what to set up on the other side, and a token checked as the other side would.",
        endpoints: vec![
            get("/warehouses", list)
                .says("List the warehouses", "With their roles, grants in effect, and tokens of the last day. For auditors and admins.")
                .lists::<WarehouseLine>("Every warehouse.")
                .refuses(403, &["capability-missing"]),
            get("/warehouses/{id}/setup", setup)
                .says(
                    "Show a warehouse's set-up",
                    "The statements and settings for it, filled in, and what to know about its verifier. For admins; auditors \
                     may read.",
                )
                .answers::<SetupBody>(200, "The set-up.")
                .refuses(403, &["capability-missing"])
                .refuses(404, unknown),
            post("/warehouses/{id}/check", check)
                .says(
                    "Check a token against a warehouse",
                    "Part by part, as the warehouse would once it is set up as our page says; and what the house says now, \
                     for the person it was made for and for those who may read everything. The token is neither kept nor \
                     logged. A token that is refused is an answer, too.",
                )
                .takes::<TokenToCheck>()
                .answers::<CheckBody>(200, "The verdicts.")
                .refuses(404, unknown),
        ],
    }
}

fn named(id: &str) -> Result<Slug, Fault> {
    id.parse().map_err(|_| AccessRefusal::NoSuchWarehouse { id: id.to_owned() }.into())
}

async fn list(desk: Data<Desk>, caller: Caller) -> Answer {
    let figures = read_warehouses::read_warehouses(&desk.app, &caller.actor).await?;
    let warehouses = figures.content.catalogue.warehouses.values();
    told(warehouses.map(|warehouse| WarehouseLine::of(caller.language, &figures, warehouse)))
}

async fn setup(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let found = warehouse_setup::warehouse_setup(&desk.app, &caller.actor, named(&id)?).await?;
    shown(&SetupBody::told(&Teller::of(&desk, &caller)?, found))
}

async fn check(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<TokenToCheck>) -> Answer {
    let found = check_token::check_token(&desk.app, &caller.actor, named(&id)?, sent.token).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(CheckBody::told(&Teller::of(&desk, &caller)?, found)))
}
