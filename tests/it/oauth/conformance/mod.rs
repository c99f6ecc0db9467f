//! The cases of the OpenID Foundation's Basic OP profile (`oidcc-basic-certification-test-plan`), as tests of our own: each
//! names the cases that it stands for. One thing is other than that plan has it: PKCE is needed here (RFC 9700, section
//! 2.1.1), so that every request brings it.
//!
//! `README.md` beside this folder leads from each MUST of the standards to the test that shows it; [`table`] sees to it that
//! there is such a test.

mod authentication;
mod codes;
mod requests;
mod scopes;
mod server;
mod standards;
mod table;
