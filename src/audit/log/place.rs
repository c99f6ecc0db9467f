//! Places outside that keep the log's checkpoints: a file, a webhook, or a store that speaks S3. Whoever rewrites the database
//! cannot rewrite them.

use super::hash;
use crate::base::{hidden::Hidden, outbound, webhook};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use url::Url;

/// A place as the settings name it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopySettings {
    /// `file:///mnt/outside/habilis.notes`, `https://archive.example.com/checkpoints`, or `s3://bucket/prefix`.
    pub to: String,
    /// What a webhook's messages are signed with: `whsec_…` (standardwebhooks.com).
    #[serde(default)]
    pub secret: Option<Hidden>,
    /// The address of a store that speaks S3.
    #[serde(default)]
    pub endpoint: Option<String>,
    /// Its region.
    #[serde(default)]
    pub region: Option<String>,
    /// Whose key it is.
    #[serde(default)]
    pub access_key: Option<String>,
    /// The key.
    #[serde(default)]
    pub secret_key: Option<Hidden>,
}

/// A place, ready to be written to.
#[derive(Clone, Debug)]
pub enum Outside {
    /// Notes, one behind the other.
    File(PathBuf),
    /// One message for each checkpoint.
    Webhook {
        /// Where to.
        url: Url,
        /// What signs the messages.
        secret: webhook::Secret,
    },
    /// One object for each checkpoint.
    Store {
        /// The bucket's address.
        endpoint: Url,
        /// Its name.
        bucket: String,
        /// Where in it, with a slash at its end, or nothing.
        prefix: String,
        /// Its region.
        region: String,
        /// Whose key it is.
        access_key: String,
        /// The key.
        secret_key: Hidden,
    },
}

impl CopySettings {
    /// Reads the place.
    ///
    /// # Errors
    /// It is none of the three kinds, or lacks something; in words.
    pub fn place(&self) -> Result<Outside, String> {
        let lacks = |what: &str| format!("log_copy {}: {what}", self.label());
        let url = Url::parse(&self.to).map_err(|error| lacks(&error.to_string()))?;
        match url.scheme() {
            "file" => url.to_file_path().map(Outside::File).map_err(|()| lacks("no path of a file on this machine")),
            "https" | "http" => {
                let secret = self.secret.as_ref().ok_or_else(|| lacks("a webhook needs a secret"))?;
                let secret = webhook::Secret::parse(secret.reveal()).map_err(|no| lacks(&no.to_string()))?;
                Ok(Outside::Webhook { url, secret })
            }
            "s3" => {
                let bucket = url.host_str().ok_or_else(|| lacks("it names no bucket"))?.to_owned();
                let prefix = url.path().trim_matches('/');
                let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}/") };
                let (Some(endpoint), Some(access_key), Some(secret_key)) =
                    (&self.endpoint, &self.access_key, &self.secret_key)
                else {
                    return Err(lacks("a store needs endpoint, access_key and secret_key"));
                };
                let endpoint = Url::parse(endpoint).map_err(|error| lacks(&format!("endpoint: {error}")))?;
                let region = self.region.clone().unwrap_or_else(|| "us-east-1".to_owned());
                let (access_key, secret_key) = (access_key.clone(), secret_key.clone());
                Ok(Outside::Store { endpoint, bucket, prefix, region, access_key, secret_key })
            }
            other => Err(lacks(&format!("{other} is none of file, https and s3"))),
        }
    }

    /// The place's name in the database.
    #[must_use]
    pub fn key(&self) -> String {
        let digest = Sha256::digest(format!("{}\n{}", self.to, self.endpoint.as_deref().unwrap_or_default()));
        hash::written(&digest.into())
    }

    /// The place as it may be shown: a path of an address may hold a secret.
    #[must_use]
    pub fn label(&self) -> String {
        match Url::parse(&self.to) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => outbound::shown(&self.to),
            Ok(url) if matches!(url.scheme(), "file" | "s3") => self.to.clone(),
            _ => "(unreadable)".to_owned(),
        }
    }
}

/// What the example of the settings file says of places outside.
pub const EXAMPLE: &str = "
# Places outside that keep the log's signed checkpoints, so that even an administrator of the database cannot rewrite the log
# unseen (`--checkpoint` of `habilis audit verify FILE --key KEY`). Any number of them:
#
# [[log_copy]]
# to = \"file:///mnt/outside/habilis.notes\"
#
# [[log_copy]]
# to = \"https://archive.example.com/checkpoints\"
# secret = \"whsec_…\"                    # signs each message (standardwebhooks.com)
#
# [[log_copy]]
# to = \"s3://audit-archive/habilis\"      # best in a bucket whose objects can't be overwritten
# endpoint = \"https://s3.eu-west-3.amazonaws.com\"
# region = \"eu-west-3\"
# access_key = \"…\"
# secret_key = \"…\"
";

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(text: &str) -> CopySettings {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_place_is_read_or_says_what_it_lacks() {
        assert!(matches!(settings(r#"{"to":"file:///tmp/a.notes"}"#).place(), Ok(Outside::File(_))));
        let hook = r#"{"to":"https://a.example.com/T0/secret","secret":"whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"}"#;
        assert!(matches!(settings(hook).place(), Ok(Outside::Webhook { .. })));
        assert_eq!(settings(hook).label(), "https://a.example.com");
        let store =
            r#"{"to":"s3://bucket/a/b/","endpoint":"https://s3.example.com","access_key":"a","secret_key":"b"}"#;
        assert!(matches!(settings(store).place(), Ok(Outside::Store { prefix, .. }) if prefix == "a/b/"));
        for (text, lacks) in [
            (r#"{"to":"/tmp/a"}"#, "relative URL"),
            (r#"{"to":"https://a.example.com"}"#, "needs a secret"),
            (r#"{"to":"https://a.example.com","secret":"x"}"#, "not a webhook secret"),
            (r#"{"to":"s3://bucket"}"#, "needs endpoint"),
            (r#"{"to":"ftp://a"}"#, "none of file, https and s3"),
        ] {
            let said = settings(text).place().unwrap_err();
            assert!(said.contains(lacks), "{said}");
        }
        assert!(!format!("{:?}", settings(store)).contains("\"b\""), "secrets do not show");
    }
}
