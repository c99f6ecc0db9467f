//! Clients and an identity provider that are not ours, run for real beside a running Habilis; `README.md` lists them.

pub mod apache;
mod authlib;
mod described;
mod elsewhere;
mod foreign;
mod oidc_provider;
mod openid_client;
mod openidconnect;
mod pyjwt;
mod snowflake;
mod stage;
