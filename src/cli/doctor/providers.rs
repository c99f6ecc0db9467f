//! Identity providers: whether they can be reached and used, and what is to be registered there.

use super::Findings;
use crate::{
    base::clock::Clock,
    identity::provider::{Known, Providers},
    settings::Settings,
};
use std::sync::Arc;

/// Looks at each of them.
pub(super) fn providers(settings: &Settings, found: &mut Findings) {
    if settings.provider.is_empty() {
        if !settings.break_glass.is_empty() {
            found.warning(
                "HABILIS_BREAK_GLASS names people, and there is no identity provider: everybody has a password",
            );
        }
        return;
    }
    if settings.provider.iter().any(|one| one.only) && settings.break_glass.is_empty() {
        found.warning(
            "an identity provider is the only way in, and HABILIS_BREAK_GLASS names nobody: on the day when it is away, no \
             admin gets in; name one",
        );
    }
    match Providers::of(&settings.provider) {
        Err(error) => found.error(&error.to_string()),
        Ok(all) => all.all().for_each(|known| provider(settings, known, found)),
    }
}

fn provider(settings: &Settings, known: &Arc<Known>, found: &mut Findings) {
    let own = &known.provider;
    let (id, public) = (&own.id, settings.issuer());
    if own.create && own.domains.is_empty() {
        found.warning(&format!(
            "provider {id} brings everybody an account whose address it has verified; name its domains where strangers can \
             have accounts there, too"
        ));
    }
    if own.issuer.starts_with("https://") && !settings.is_https() {
        found.warning(&format!("provider {id} will hardly send people back to {public}, which is not https"));
    }
    match known.document(Clock::System.now()) {
        Err(error) => {
            found.error(&format!("provider {id} can not be used: {error}; check its issuer, and the way there"));
        }
        Ok(document) => {
            found.ok(&format!("provider {id} answers at {}", own.issuer));
            if !document.takes_s256 {
                found.warning(&format!(
                    "provider {id} does not say that it checks code challenges (S256): a code that is stolen on its way is \
                     held off by the nonce alone"
                ));
            }
            if own.secret.is_none() {
                found.ok(&format!("provider {id} is used without a secret, as a public client"));
            }
            if !document.tells_of_logout {
                found.ok(&format!("provider {id} does not tell when its sessions end; ours end by themselves"));
            }
        }
    }
    found.ok(&format!("register at provider {id}, to come back to: {}", own.redirect_uri(&public)));
    found.ok(&format!(
        "register at provider {id}, for logout (back-channel and front-channel, with a session): {}",
        own.logout_uri(&public)
    ));
    found.ok(&format!("register at provider {id}, to go to after logout: {public}/sign-in"));
}
