//! The English sentences that the command line shares with the pages.

use super::print;
use crate::base::refusal::{Broken, Fact};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

/// The messages on warehouses and tokens.
const SETUP: &str = include_str!("../../templates/words/en/setup.ftl");

/// Messages that can be said.
pub(super) struct Words(FluentBundle<FluentResource>);

impl Words {
    /// The English ones.
    pub(super) fn english() -> Result<Self, Broken> {
        let resource =
            FluentResource::try_new(SETUP.to_owned()).map_err(|(_, errors)| Broken::defect(format!("{errors:?}")))?;
        let english = "en".parse().map_err(Broken::defect)?;
        let mut bundle = FluentBundle::new(vec![english]);
        bundle.set_use_isolating(false);
        bundle.add_resource(resource).map_err(|errors| Broken::defect(format!("{errors:?}")))?;
        Ok(Self(bundle))
    }

    /// A message; its key where it can not be said.
    pub(super) fn say(&self, key: &str, facts: &[(&'static str, Fact)]) -> String {
        self.said(key, facts).unwrap_or_else(|| key.to_owned())
    }

    /// A message, if there is one and every variable in it is given.
    pub(super) fn said(&self, key: &str, facts: &[(&'static str, Fact)]) -> Option<String> {
        let pattern = self.0.get_message(key)?.value()?;
        let mut args = FluentArgs::new();
        for (name, fact) in facts {
            let value = match fact {
                Fact::Text(text) => FluentValue::from(text.clone()),
                Fact::Answer(_) => continue,
                Fact::Number(number) => FluentValue::from(*number),
                Fact::Moment(at) | Fact::NotBefore(at) => FluentValue::from(print::moment(*at)),
            };
            args.set(*name, value);
        }
        let mut errors = Vec::new();
        let said = self.0.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        errors.is_empty().then_some(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{access::catalogue::WarehouseKind, tokens::setup};

    #[test]
    fn every_caveat_can_be_said() {
        let words = Words::english().unwrap();
        for (_, kind) in WarehouseKind::ALL {
            for caveat in setup::caveats("http://x", kind) {
                let key = format!("caveat-{}", caveat.key);
                assert!(words.said(&key, &[("minutes", 15.into())]).is_some(), "{key}");
            }
        }
        assert_eq!(words.say("check-begun", &[("at", "now".into())]), "now is not in the future.");
        assert_eq!(words.said("check-begun", &[]), None);
    }
}
