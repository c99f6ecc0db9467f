//! Variables of the environment that look like ours and that nothing reads.

use super::KEYS;
use crate::base::text::nearest;

/// What every variable of ours begins with.
const PREFIX: &str = "HABILIS_";
/// Where the file of settings is: read before the settings are.
const FILE: &str = "HABILIS_CONFIG";
/// Which Habilis the command line signs in to.
const SERVER: &str = "HABILIS_SERVER";
/// What `habilis token ROLE --format env` sets.
const TOKEN: &str = "HABILIS_TOKEN";
/// What the project's own tests are told.
const TESTS: &str = "HABILIS_TEST_";

/// Variables that look like ours and that nothing reads, each with the one that may be meant.
#[must_use]
pub fn unknown_variables() -> Vec<(String, Option<&'static str>)> {
    unknown(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()))
}

fn unknown(names: impl Iterator<Item = String>) -> Vec<(String, Option<&'static str>)> {
    let known = |name: &str| {
        [FILE, SERVER, TOKEN].contains(&name)
            || name.starts_with(TESTS)
            || KEYS.iter().any(|documented| documented.variable == name)
    };
    let mut found: Vec<_> = names
        .filter(|name| name.to_ascii_uppercase().starts_with(PREFIX) && !known(name))
        .map(|name| {
            let meant = nearest(&name.to_ascii_uppercase(), KEYS.iter().map(|documented| documented.variable));
            (name, meant)
        })
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_variable_is_found_with_what_may_be_meant() {
        let names = ["HABILIS_TRUSTED_PROXY", "HABILIS_PUBLIC_URI", "HABILIS_LISTEN", "HABILIS_CONFIG", "habilis_log"];
        let more = ["HABILIS_TEST_POSTGRES", "HABILIS_ZZZZZZZZ", "PATH", "DATABASE_URL"];
        let found = unknown(names.into_iter().chain(more).map(str::to_owned));
        let expected = [
            ("HABILIS_PUBLIC_URI", Some("HABILIS_PUBLIC_URL")),
            ("HABILIS_TRUSTED_PROXY", Some("HABILIS_TRUSTED_PROXIES")),
            ("HABILIS_ZZZZZZZZ", None),
            ("habilis_log", Some("HABILIS_LOG")),
        ];
        assert_eq!(found, expected.map(|(name, meant)| (name.to_owned(), meant)));
    }
}
