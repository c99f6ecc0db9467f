//! A tool on a device asks to be let in (RFC 8628, section 3.1): it gets a code for itself, and one that a person types.

use super::{About, act, refuse};
use crate::{
    app::App,
    base::refusal::{Broken, Fault, Refusal},
    identity::{actor::Actor, network::network, secret::Secret},
    tokens::{
        client::{Client, GrantType},
        device::{LIFETIME_SECONDS, OPEN_OF_NETWORK, UserCode, WAIT_SECONDS},
        refusal::OauthRefusal,
        rows::{self, DeviceWanted},
        scope::{self, Scopes},
    },
};

const VERB: &str = "begin_device";
/// How many user codes are tried until one is free.
const TRIES: usize = 4;

/// What the device is given: it shows one of the codes, and keeps the other.
#[derive(Clone, Debug)]
pub struct Begun {
    pub device_code: Secret,
    pub user_code: UserCode,
    /// How long both work, in seconds.
    pub expires_in: i64,
    /// How long the device waits between two questions, in seconds.
    pub wait: i64,
}

/// Gives a device its codes. Nobody is asked yet, and no line is written: it is nobody who asks.
///
/// # Errors
/// The client is not registered for it, the scope does not read, names a role that is not there or that the tool may not use,
/// the resource is not the role's, or the database is away.
pub async fn begin_device(
    app: &App,
    actor: &Actor,
    client: Client,
    scope: &str,
    resource: Option<String>,
) -> Result<Begun, Fault> {
    let content = app.content()?;
    let about = About::nothing().named(client.id.clone());
    let judged = || -> Result<_, OauthRefusal> {
        if !client.may(GrantType::DeviceCode) {
            return Err(OauthRefusal::ClientMayNot { why: "it is not registered for device_code" });
        }
        let scopes = Scopes::read(scope)?;
        let named = scopes.resolve(&content.catalogue, &app.settings.issuer(), resource.as_deref())?;
        let role = named.map(|(role, _)| role.id.clone());
        if role.as_ref().is_some_and(|role| !scope::allowed(client.roles.as_ref(), role)) {
            return Err(OauthRefusal::Scope { why: "this tool may not use that role" });
        }
        Ok((scopes, role))
    };
    let (scopes, role) = match judged() {
        Ok(judged) => judged,
        Err(refusal) => return Err(refuse(app, actor, VERB, about, refusal.into()).await),
    };
    let device_code = Secret::new("hdc")?;
    let codes = (0..TRIES).map(|_| UserCode::new()).collect::<Result<Vec<_>, _>>()?;
    let (hash, address) = (device_code.hash(), actor.address.clone());
    let network = network(&address);
    let asking = network.clone();
    // It is nobody who asks, so no line is written either: a flood that is stopped here must not go on in the log.
    if app.db.read(app.now(), move |r| Ok(rows::open_devices(r, &asking)?)).await? >= OPEN_OF_NETWORK {
        let refusal = OauthRefusal::TooManyDevices;
        app.metrics.outcome(VERB, refusal.code());
        return Err(refusal.into());
    }
    let user_code = act(app, actor, VERB, about, move |w, _| {
        let (scope, role) = (scopes.text(), role.as_ref().map(ToString::to_string));
        let wanted = DeviceWanted {
            client_id: &client.id,
            scope: &scope,
            role_id: role.as_deref(),
            resource: resource.as_deref(),
            address: &address,
            expires_at: w.now().plus_seconds(LIFETIME_SECONDS),
            wait_seconds: WAIT_SECONDS,
            network: &network,
        };
        for code in &codes {
            if rows::insert_device(w, (&hash, &code.hash()), &wanted)? {
                return Ok(code.clone());
            }
        }
        Err(Broken::Unavailable("no user code was free".to_owned()).into())
    })
    .await?;
    Ok(Begun { device_code, user_code, expires_in: LIFETIME_SECONDS, wait: WAIT_SECONDS })
}
