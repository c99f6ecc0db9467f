//! The company's directory over HTTP (SCIM 2.0), as Entra ID, Okta and hostile callers speak to it.

mod approvers;
mod attacks;
mod credentials;
mod foreign;
mod leavers;
mod lists;
mod managers;
mod providers;
mod races;
mod scene;
mod standard;
mod teams;
