//! Settings: one typed struct, read once from the environment, a file and defaults, in that order of strength.

mod keys;
mod lists;
mod unknown;

use crate::{
    audit::{
        log::place::{self, CopySettings},
        sinks::publisher::{self, PublisherSettings},
    },
    base::{outbound::Networks, refusal::Broken, span::Span, text::Email},
    db::Location,
    identity::provider::{self, Provider},
    tokens::seal::SealKey,
};
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

pub use crate::base::hidden::Hidden;
pub use keys::{Documented, KEYS};
pub use unknown::unknown_variables;

/// Everything that can be set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where the database is; none means a SQLite file in `data_dir`.
    pub database_url: Option<Hidden>,
    /// The login of PostgreSQL that owns the tables, where it is not the service's own: it migrates, and nothing else.
    pub database_owner_url: Option<Hidden>,
    /// How many database connections this process may hold.
    pub database_connections: u32,
    /// Where the service keeps its own files.
    pub data_dir: PathBuf,
    /// The folder of courses and the access catalogue; none means `courses`, or the embedded sample.
    pub content: Option<PathBuf>,
    /// A folder whose templates take the place of the embedded ones.
    pub templates: Option<PathBuf>,
    /// The address to listen on.
    pub listen: SocketAddr,
    /// A second address for health and metrics only.
    pub metrics_listen: Option<SocketAddr>,
    /// The address that people and warehouses see: the issuer of every token.
    pub public_url: Option<String>,
    /// What the academy is called on certificates and badges.
    pub academy: Option<String>,
    /// The key that seals signing keys at rest: 32 bytes in base64; or several, of which the first one seals.
    pub secret_key: Option<Hidden>,
    /// How long a key signs tokens before the next one takes its place by itself; 0 means until an admin rotates.
    pub key_rotation: Span,
    /// Reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// A session ends after this much time without a click.
    pub session_idle: Span,
    /// A session ends after this much time at the latest.
    pub session_absolute: Span,
    /// How long an invitation or reset link works.
    pub link_lifetime: Span,
    /// The mail server, as `smtps://user:password@host:465` or `smtp://host:587?tls=required`.
    pub smtp_url: Option<Hidden>,
    /// The sender of mails.
    pub mail_from: Option<String>,
    /// The identity providers through which people sign in.
    pub provider: Vec<Provider>,
    /// Secrets of these providers, by their ids, for those whose table holds none.
    pub provider_secrets: BTreeMap<String, Hidden>,
    /// People who sign in with a password although a provider is the only way in for others.
    pub break_glass: Vec<Email>,
    /// Networks that are not public, and that addresses which others supply may lead into all the same.
    pub outbound_networks: Networks,
    /// A file of certificates (PEM) that such addresses are held against, in place of those that browsers trust.
    pub outbound_ca_file: Option<PathBuf>,
    /// Places outside that keep the log's checkpoints.
    pub log_copy: Vec<CopySettings>,
    /// How often they get one, where there is a new one.
    pub log_copy_every: Span,
    /// Who gets the log's events as they come, beside the webhooks.
    pub publish: Vec<PublisherSettings>,
    /// How many passwords may be checked at the same time.
    pub password_workers: usize,
    /// How many threads answer requests; 0 means one a core.
    pub workers: usize,
    /// What is logged, in the filter language of `tracing-subscriber`.
    pub log: String,
    /// `text` or `json`.
    pub log_format: LogFormat,
    /// How long requests that are under way may take when the service stops, in seconds.
    pub shutdown_seconds: u64,
    /// How long readiness is red before the service stops taking requests, in seconds.
    pub leaving_seconds: u64,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database_url: None,
            database_owner_url: None,
            database_connections: 16,
            data_dir: PathBuf::from("habilis-data"),
            content: None,
            templates: None,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            metrics_listen: None,
            public_url: None,
            academy: None,
            secret_key: None,
            key_rotation: Span::days(90),
            trusted_proxies: Vec::new(),
            session_idle: Span::seconds(12 * 3_600),
            session_absolute: Span::days(7),
            link_lifetime: Span::days(3),
            smtp_url: None,
            mail_from: None,
            provider: Vec::new(),
            provider_secrets: BTreeMap::new(),
            break_glass: Vec::new(),
            outbound_networks: Networks::default(),
            outbound_ca_file: None,
            log_copy: Vec::new(),
            log_copy_every: Span::seconds(60),
            publish: Vec::new(),
            password_workers: 2,
            workers: 0,
            log: "habilis=info,warn".to_owned(),
            log_format: LogFormat::Text,
            shutdown_seconds: 20,
            leaving_seconds: 1,
        }
    }
}

impl Settings {
    /// Reads the settings: environment over `habilis.toml` (or the file that `HABILIS_CONFIG` names) over defaults.
    ///
    /// # Errors
    /// A key is unknown or a value makes no sense; the message names both and where they stand.
    pub fn load() -> Result<Self, Broken> {
        Self::load_from(std::env::var_os("HABILIS_CONFIG").map(PathBuf::from))
    }

    /// As [`Settings::load`], from this file.
    ///
    /// # Errors
    /// As [`Settings::load`].
    pub fn load_from(file: Option<PathBuf>) -> Result<Self, Broken> {
        let named = file.is_some();
        let file = file.unwrap_or_else(|| PathBuf::from("habilis.toml"));
        if named && !file.is_file() {
            return Err(Broken::defect(format!("{}: there is no such settings file", file.display())));
        }
        let mut figment = Figment::from(Serialized::defaults(Self::default())).merge(Toml::file(&file));
        for documented in KEYS {
            if let Some(listed) = lists::Listed::of(documented) {
                figment = figment.merge(listed);
                continue;
            }
            figment =
                figment.merge(Env::raw().only(&[documented.variable]).map(|_| documented.key.into()).filter(|_| true));
        }
        let mut settings: Self = figment.extract().map_err(|error| Broken::defect(format!("settings: {error}")))?;
        provider::complete(&mut settings.provider, &settings.provider_secrets)
            .map_err(|why| Broken::defect(format!("settings: {why}")))?;
        for copy in &settings.log_copy {
            copy.place().map_err(|why| Broken::defect(format!("settings: {why}")))?;
        }
        for publisher in &settings.publish {
            publisher.publisher().map_err(|why| Broken::defect(format!("settings: {why}")))?;
        }
        if let Some(url) = &settings.public_url {
            let fits = (url.starts_with("https://") || url.starts_with("http://"))
                && !url.ends_with('/')
                && !url.contains(['?', '#', ' ']);
            if !fits {
                return Err(Broken::defect(
                    "settings: public_url is like https://academy.example.com, without a slash at the end",
                ));
            }
        }
        Ok(settings)
    }

    /// Where the database is.
    ///
    /// # Errors
    /// The address names no engine.
    pub fn location(&self) -> Result<Location, Broken> {
        match &self.database_url {
            Some(url) => Location::parse(url.reveal()),
            None => Ok(Self::embedded(&self.data_dir)),
        }
    }

    /// The embedded database of a data folder.
    #[must_use]
    pub fn embedded(data_dir: &std::path::Path) -> Location {
        Location::Sqlite(data_dir.join("habilis.sqlite"))
    }

    /// The issuer of every token, and the base of every link.
    #[must_use]
    pub fn issuer(&self) -> String {
        self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// The address without its scheme, as people read it.
    #[must_use]
    pub fn host(&self) -> String {
        let issuer = self.issuer();
        issuer.split_once("://").map_or_else(|| issuer.clone(), |(_, host)| host.to_owned())
    }

    /// Whether people reach the service over https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.issuer().starts_with("https://")
    }

    /// The key that seals signing keys: set, or kept in a private file beside the embedded database.
    ///
    /// # Errors
    /// It is needed and missing, or not a key.
    pub fn seal_key(&self) -> Result<SealKey, Broken> {
        match (&self.secret_key, self.location()?) {
            (Some(text), _) => SealKey::parse(text.reveal()),
            (None, Location::Sqlite(file)) => {
                let folder = file.parent().map_or_else(|| self.data_dir.clone(), PathBuf::from);
                std::fs::create_dir_all(&folder).map_err(Broken::defect)?;
                SealKey::from_file(&folder.join("secret.key"))
            }
            (None, Location::Postgres(_)) => Err(Broken::defect(
                "HABILIS_SECRET_KEY is not set: with PostgreSQL, replicas share signing keys, and this key seals them. \
                 Make one with: openssl rand -base64 32",
            )),
        }
    }

    /// An example file in which every key is documented.
    #[must_use]
    pub fn example() -> String {
        let mut text = String::from(
            "# Settings of Habilis. Every key can also be set in the environment, by the name in brackets;\n\
             # the environment is stronger than this file. Read from ./habilis.toml, or from HABILIS_CONFIG.\n\
             # In the environment, a list is written with commas between its values: 10.0.0.2,10.0.0.3\n",
        );
        for key in KEYS {
            text.push_str(&format!("\n# {} [{}]\n# {} = {}\n", key.what, key.variable, key.key, key.example));
        }
        text.push_str(provider::EXAMPLE);
        text.push_str(place::EXAMPLE);
        text.push_str(publisher::EXAMPLE);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_documented_and_its_example_is_taken() {
        let defaults = serde_json::to_value(Settings::default()).unwrap();
        let fields: std::collections::BTreeSet<_> = defaults.as_object().unwrap().keys().cloned().collect();
        let documented: std::collections::BTreeSet<_> = KEYS.iter().map(|k| k.key.to_owned()).collect();
        assert_eq!(fields, documented);

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("habilis.toml");
        let uncommented: String = KEYS.iter().map(|k| format!("{} = {}\n", k.key, k.example)).collect();
        std::fs::write(&file, uncommented).unwrap();
        let settings = Settings::load_from(Some(file)).unwrap();
        assert_eq!(settings.issuer(), "https://academy.example.com");
        assert!(Settings::example().contains("HABILIS_SECRET_KEY"));
    }

    #[test]
    fn a_misspelt_key_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("habilis.toml");
        std::fs::write(&file, "listn = \"127.0.0.1:1\"\n").unwrap();
        assert!(Settings::load_from(Some(file)).unwrap_err().to_string().contains("listn"));
    }
}
