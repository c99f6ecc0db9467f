//! Tokens: minted for the caller and a role that is effective at this instant.

use super::{
    kit::{Answer, Body, Group, post},
    shapes::access::{TokenBody, TokenWanted},
};
use crate::{
    actions::mint_token,
    web::kit::{caller::Caller, desk::Desk},
};
use actix_web::{HttpResponse, http::header, web::Data};

pub(super) fn group() -> Group {
    Group {
        name: "Tokens",
        about: "Short-lived tokens that warehouses accept.",
        endpoints: vec![
            post("/tokens", mint)
                .says(
                    "Get a token",
                    "For a role that the caller holds, while every certification it requires counts. The token is shown \
                     once and kept nowhere, so that there is no `Idempotency-Key` here. A refusal names what is missing.",
                )
                .takes::<TokenWanted>()
                .answers::<TokenBody>(201, "The token.")
                .refuses(403, &["role-not-held", "certification-missing", "locked", "grant-not-yet", "grant-suspended", "outside-hours", "account-inactive"])
                .refuses(404, &["no-such-role", "no-such-warehouse"])
                .refuses(409, &["named-like-machine"]),
        ],
    }
}

async fn mint(desk: Data<Desk>, caller: Caller, Body(wanted): Body<TokenWanted>) -> Answer {
    let minted = mint_token::mint_token(&desk.app, &caller.actor, wanted.role).await?;
    Ok(HttpResponse::Created()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::PRAGMA, "no-cache"))
        .json(TokenBody {
            expires_in: minted.claims.exp - minted.claims.iat,
            access_token: minted.token,
            token_type: "Bearer",
            expires_at: minted.expires_at,
            role: minted.role,
            warehouse: minted.warehouse,
            grant: minted.grant,
        }))
}
