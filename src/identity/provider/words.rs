//! What `habilis config` prints of an identity provider: a table of the settings file in which every field is told.

/// The table, with every line commented out.
pub const EXAMPLE: &str = r#"
# An identity provider, field by field; repeat the table for another one. `habilis doctor` asks the provider whether it can
# be used, and prints the addresses that are to be registered there.
# [[provider]]
# # Its name in addresses and in the log.
# id = "staff"
# # What stands on its button on the sign-in page.
# name = "Example staff"
# # Its issuer, byte for byte: what stands before /.well-known/openid-configuration.
# issuer = "https://id.example.com"
# # The name under which it knows this service, and the secret that it gave to it (or HABILIS_PROVIDER_SECRETS); without a
# # secret, the code challenge alone proves who redeems a code.
# client_id = "habilis"
# secret = "…"
# # What is asked of it.
# scopes = ["openid", "profile", "email"]
# # The domains of the addresses that it speaks for: these are believed also where it says nothing of having verified them,
# # and others are refused. Without domains, every address that it says to have verified is believed.
# domains = ["example.com"]
# # Whether somebody who has no account gets one at the first sign-in.
# create = false
# # Whether it is the only way in for the people whom it knows and for addresses in its domains: their passwords no longer
# # open anything. The exception is `break_glass`.
# only = false
# # The claim that names a person's groups, and the team of each group. A sign-in puts people into these teams, and takes
# # them out of those into which the provider had put them.
# groups_claim = "groups"
# teams = { "grp-marketplace" = "marketplace", "grp-finance" = "finance" }
# # Certificates (PEM) that the provider's own is held against, in place of those that browsers trust.
# ca_file = "/etc/ssl/example-internal.pem"
# # How long a call to it may take, in seconds.
# timeout_seconds = 10
"#;

#[cfg(test)]
mod tests {
    use super::EXAMPLE;
    use crate::settings::Settings;

    #[test]
    fn every_field_is_told_and_read() {
        let plain: Vec<&str> = EXAMPLE
            .lines()
            .skip(3)
            .filter_map(|line| line.strip_prefix("# "))
            .filter(|line| !line.starts_with('#'))
            .collect();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("habilis.toml");
        std::fs::write(&file, plain.join("\n")).unwrap();
        let settings = Settings::load_from(Some(file)).unwrap();
        let read = serde_json::to_value(&settings.provider[0]).unwrap();
        for (field, value) in read.as_object().unwrap() {
            assert!(plain.iter().any(|line| line.starts_with(&format!("{field} ="))), "{field} is not told");
            assert!(!value.is_null(), "{field} has no example");
        }
        assert_eq!(read["teams"]["grp-finance"], "finance");
        assert!(Settings::example().contains(EXAMPLE));
        assert!(!format!("{settings:?}").contains('…'), "a secret is not shown");
    }
}
