//! Lists in the environment: values with commas between them, as well as the form that a file has.

use super::Documented;
use figment::{
    Error, Metadata, Profile, Provider,
    providers::Serialized,
    value::{Dict, Map},
};

impl Documented {
    /// Whether it is a list of plain values; lists of tables are written as in a file, everywhere.
    fn is_list(&self) -> bool {
        self.example.starts_with("[\"")
    }
}

/// A list as a variable of the environment gives it.
pub(super) struct Listed {
    documented: &'static Documented,
    values: Vec<String>,
}

impl Listed {
    /// The list that is set in the environment, where it is one and not in the form of a file.
    pub(super) fn of(documented: &'static Documented) -> Option<Self> {
        let text = std::env::var_os(documented.variable)?.into_string().ok()?;
        Self::read(documented, &text)
    }

    fn read(documented: &'static Documented, text: &str) -> Option<Self> {
        if !documented.is_list() || text.trim_start().starts_with('[') {
            return None;
        }
        let values = text.split(',').map(|value| value.trim().trim_matches('"').to_owned());
        Some(Self { documented, values: values.filter(|value| !value.is_empty()).collect() })
    }
}

impl Provider for Listed {
    fn metadata(&self) -> Metadata {
        Metadata::named(format!(
            "the environment ({}, a list with commas between its values)",
            self.documented.variable
        ))
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Serialized::default(self.documented.key, &self.values).data()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::KEYS, *};
    use figment::Figment;

    fn read(key: &str, text: &str) -> Option<Vec<String>> {
        let documented = KEYS.iter().find(|known| known.key == key).unwrap();
        let listed = Listed::read(documented, text)?;
        Some(Figment::from(listed).extract_inner(key).unwrap())
    }

    #[test]
    fn a_list_has_commas_between_its_values() {
        for key in ["trusted_proxies", "break_glass", "outbound_networks"] {
            assert_eq!(read(key, "127.0.0.0/8"), Some(vec!["127.0.0.0/8".to_owned()]), "{key}");
            assert_eq!(read(key, "a, \"b\" ,").unwrap(), ["a", "b"], "{key}");
            assert_eq!(read(key, " ").unwrap(), Vec::<String>::new(), "{key}");
            assert_eq!(read(key, "[\"a\"]"), None, "as in a file: {key}");
        }
        assert_eq!(read("publish", "nats://n"), None, "its lines have several fields");
        assert_eq!(read("log", "info,warn"), None, "it is no list");
    }
}
