//! Minting: the one view is read, the record and its event are committed, and only then is anything signed.

use super::{About, act, claim_grant, request_role};
use crate::{
    access::{
        catalogue::{Role, Signing},
        hours,
        request::AccessRefusal,
        rows::{self, Effective},
    },
    app::{App, Content},
    audit::{
        self,
        event::{By, Entry, What},
    },
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::{Broken, Fault, Missing},
        text::{Language, Slug},
    },
    certification::{self, certificate::Certificate, requirement},
    db::{Reading, Writing},
    identity::{actor::Actor, person::Person},
    tokens::{
        claims::{self, AccessClaims, Basis, Subject},
        rows::{self as token_rows, Purpose, TokenRow, TokenStanding, insert_token, made_with},
        service,
    },
};
use serde_json::{Map, Value, json};

/// A token and what it is good for.
#[derive(Clone)]
pub struct Minted {
    /// The signed token: shown once, kept nowhere.
    pub token: String,
    pub claims: AccessClaims,
    pub issued_at: Time,
    pub expires_at: Time,
    pub role: Slug,
    pub warehouse: Slug,
    pub grant: Id<ids::Grant>,
}

/// Why a person has no effective access to a role now, in the order in which they should hear it.
///
/// # Errors
/// The database is away.
pub fn why_not(
    r: &mut Reading<'_>,
    content: &Content,
    person: Id<ids::Person>,
    role: &Role,
) -> Result<AccessRefusal, Broken> {
    why_none_for(r, content, person, role, false)
}

/// As [`why_not`], of the person or of a machine that rests on their access.
///
/// # Errors
/// The database is away.
pub(super) fn why_none_for(
    r: &mut Reading<'_>,
    content: &Content,
    person: Id<ids::Person>,
    role: &Role,
    machine: bool,
) -> Result<AccessRefusal, Broken> {
    if rows::is_disabled(r, person)? {
        return Ok(AccessRefusal::AccountInactive);
    }
    let locks = request_role::locked(r, person, role)?;
    if !locks.is_empty() {
        return Ok(AccessRefusal::Locked { missing: locks });
    }
    let now = r.at();
    let mut held = rows::live_grants(r, person, Some(&role.id))?;
    held.retain(|held| held.warehouse_id == role.warehouse && held.unclaimed_until().is_none_or(|until| now < until));
    held.retain(|held| !(machine && held.emergency));
    let running = held.iter().find(|held| held.starts_at <= now && now < held.ends_at);
    // What was earned does not help against this.
    if let Some(held) = running
        && let Some(first) = rows::suspensions_of(r, held.id)?.first()
    {
        return Ok(AccessRefusal::GrantSuspended { cause: first.cause });
    }
    let certificates = certification::rows::certificates_of(r, person)?;
    let clauses = match running {
        Some(held) => rows::policy(r, &held.policy_id)?.requires.clone(),
        None => role.requires.clauses(),
    };
    let mut missing: Vec<Missing> = requirement::judge(&clauses, &certificates, now)
        .into_iter()
        .filter(|standing| standing.met_by.is_none())
        .filter_map(|standing| standing.any_of.into_iter().next())
        .map(|id| Missing {
            kind: "certification",
            title: request_role::certification_title(content, &id, Language::En),
            href: content
                .curriculum
                .certification(&id)
                .first()
                .map_or_else(|| "/courses".to_owned(), |course| format!("/courses/{}", course.id)),
            id: id.to_string(),
        })
        .collect();
    if let Some(held) = running {
        let policy = rows::policy(r, &held.policy_id)?;
        let shut = missing.is_empty() && hours::open_until(&policy.hours, now).is_none();
        if let Some(from) = hours::opens_after(&policy.hours, now).filter(|_| shut) {
            return Ok(AccessRefusal::OutsideHours { from });
        }
        return Ok(AccessRefusal::CertificationMissing { missing });
    }
    if let Some(scheduled) = held.iter().find(|held| now < held.starts_at) {
        return Ok(AccessRefusal::NotYet { from: scheduled.starts_at });
    }
    missing.push(Missing {
        kind: "grant",
        id: role.id.to_string(),
        title: role.title.get(Language::En).to_owned(),
        href: format!("/access/{}", role.id),
    });
    Ok(AccessRefusal::NotHeld { missing })
}

/// What a person has of a role at the instant of the transaction, or what a machine that rests on their access has of it.
///
/// # Errors
/// The database is away.
pub(super) fn effective_for(
    r: &mut Reading<'_>,
    person: Id<ids::Person>,
    role: &Slug,
    machine: bool,
) -> Result<Option<Effective>, Broken> {
    if machine { rows::effective_for_machine(r, person, role) } else { rows::effective(r, person, role) }
}

/// On whose access, for what and by which tool a token is minted.
pub(super) struct For<'a> {
    pub(super) person: &'a Person,
    pub(super) role: &'a Slug,
    pub(super) client: &'a str,
    pub(super) bearer: Bearer<'a>,
}

/// Who is to carry a token.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bearer<'a> {
    /// The person, who signed in, or a tool of theirs.
    Person { session: Option<Id<ids::Session>>, signed_in_at: Time, authorization: Option<Id<ids::Authorization>> },
    /// The client itself, which the person owns.
    Machine,
    /// A client that acts for whomever a token is about.
    Exchanged(&'a Exchanged),
}

/// What a token is exchanged for.
#[derive(Clone, Debug)]
pub(super) struct Exchanged {
    /// The token, as it stands.
    pub(super) subject: TokenStanding,
    /// What it says.
    pub(super) claims: Map<String, Value>,
    /// Who acts, by the claim.
    pub(super) act: Value,
    /// The end of whatever was presented that ends first.
    pub(super) until: Time,
    /// Every token that the new one rests on.
    pub(super) subjects: Vec<Id<ids::Token>>,
}

/// Reads the one view, and records the token with its event. Every token for a warehouse is made here; what comes back is
/// signed after the commit by [`sign`].
///
/// # Errors
/// The access is not effective at this instant, or the database is away.
pub(super) fn mint(
    w: &mut Writing<'_>,
    by: &By,
    content: &Content,
    issuer: &str,
    wanted: &For<'_>,
) -> Result<(TokenRow, AccessClaims), Fault> {
    let (person, role) = (wanted.person, wanted.role);
    let found = content.catalogue.roles.get(role);
    let known = found.ok_or_else(|| AccessRefusal::NoSuchRole { id: role.to_string() })?;
    rows::hold_to_mint(w, person.id, &known.id, &known.warehouse)?;
    let machine = match wanted.bearer {
        Bearer::Person { .. } => false,
        Bearer::Machine => true,
        Bearer::Exchanged(of) => of.subject.service,
    };
    let effective = match wanted.bearer {
        // The same grant, so that whatever ends it ends both.
        Bearer::Exchanged(Exchanged { subject: TokenStanding { grant_id: Some(grant), .. }, .. }) => {
            let barred = machine && rows::grant(w, *grant)?.is_some_and(|held| held.emergency);
            let found = rows::effective_grant(w, *grant)?;
            found.filter(|found| !barred && found.person_id == person.id && found.role_id == *role)
        }
        _ => effective_for(w, person.id, role, machine)?,
    };
    // A grant is for the warehouse that it was given for: its locks are the ones that were looked at.
    let Some(effective) = effective.filter(|effective| effective.warehouse_id == known.warehouse) else {
        return Err(why_none_for(w, content, person.id, known, machine)?.into());
    };
    let warehouse = content
        .catalogue
        .warehouses
        .get(&known.warehouse)
        .ok_or_else(|| AccessRefusal::NoSuchWarehouse { id: known.warehouse.to_string() })?;
    let algorithm = warehouse.signing;
    let (certificates, mut expires_at, to_claim) = bounds(w, &effective)?;
    let now = w.now();
    let (kid, login, subject) = match wanted.bearer {
        Bearer::Person { session, signed_in_at, .. } => {
            let made = made_with(w, algorithm, person.id, warehouse.id.as_str())?;
            let login = made.login.unwrap_or_else(|| claims::login(warehouse, &person.email));
            // The address may have come after the service account had its name: one would be taken for the other.
            if token_rows::login_taken(w, &warehouse.id, &login, false, true)? {
                return Err(AccessRefusal::NamedLikeMachine { login, warehouse: warehouse.id.to_string() }.into());
            }
            (made.kid, login, Subject::Person { id: person.id, email: &person.email, session, signed_in_at })
        }
        Bearer::Machine => {
            let login = token_rows::client_login(w, wanted.client, &warehouse.id)?;
            let login = login.unwrap_or_else(|| service::default_login(warehouse, wanted.client));
            let kid = token_rows::active_kid(w, Purpose::Token, algorithm)?;
            (kid, login, Subject::Machine { owner: person.id })
        }
        Bearer::Exchanged(Exchanged { claims, act, until, .. }) => {
            expires_at = expires_at.min(*until);
            let login = claims.get("preferred_username").and_then(Value::as_str).unwrap_or_default().to_owned();
            (token_rows::active_kid(w, Purpose::Token, algorithm)?, login, Subject::Same { claims, act })
        }
    };
    let (session, authorization) = match wanted.bearer {
        Bearer::Person { session, authorization, .. } => (session, authorization),
        Bearer::Machine => (None, None),
        Bearer::Exchanged(of) => (of.subject.session_id, of.subject.authorization_id),
    };
    let record = TokenRow {
        id: Id::new(now),
        grant_id: effective.grant_id,
        person_id: person.id,
        role_id: role.to_string(),
        client_id: wanted.client.to_owned(),
        session_id: session,
        kid,
        issued_at: now,
        expires_at,
        address: by.address.clone(),
        authorization_id: authorization,
        revoked_at: None,
        service: matches!(wanted.bearer, Bearer::Machine),
        act: match wanted.bearer {
            Bearer::Exchanged(of) => Some(of.act.to_string()),
            Bearer::Person { .. } | Bearer::Machine => None,
        },
    };
    let place = insert_token(w, &record)?;
    if to_claim {
        claim_grant::claim(w, by, &effective)?;
    }
    if let Bearer::Exchanged(of) = wanted.bearer {
        token_rows::insert_subjects(w, record.id, &of.subjects)?;
    }
    let entry = Entry::new(What::TokenMinted).person(person.id).role(role).subject(record.id);
    let mut data = json!({
        "grant": record.grant_id, "client": record.client_id, "expires_at": expires_at, "kid": record.kid,
        "warehouse": warehouse.id, "certificates": certificates.iter().map(|c| c.id).collect::<Vec<_>>(),
    });
    match (wanted.bearer, data.as_object_mut()) {
        (Bearer::Machine, Some(data)) => {
            data.insert("service".to_owned(), json!(true));
        }
        (Bearer::Exchanged(of), Some(data)) => {
            data.insert("exchanged".to_owned(), json!(of.subject.id));
            data.insert("act".to_owned(), of.act.clone());
        }
        _ => {}
    }
    audit::rows::append(w, by, entry.data(data))?;
    let said = claims::claims(&Basis {
        issuer,
        subject,
        login: &login,
        warehouse,
        role: known,
        client: wanted.client,
        grant: record.grant_id,
        certificates: certificates.iter().map(|c| c.id).collect(),
        token: record.id,
        issued_at: now,
        expires_at,
        place: Some(place),
    });
    Ok((record, said))
}

/// Signs claims with a key by its name, after the record of the token was committed.
///
/// # Errors
/// The key can't be read, or signing fails.
pub(super) async fn sign<C>(
    app: &App,
    kid: &str,
    typ: &'static str,
    algorithm: Signing,
    claims: C,
) -> Result<String, Fault>
where
    C: serde::Serialize + Send + 'static,
{
    if !app.keyring.holds(kid) {
        // Another replica rotated: read the keys again.
        let keys = app.clone();
        app.db.read(app.now(), move |r| Ok(keys.keyring.refresh(r)?)).await?;
    }
    let (signer, kid) = (app.clone(), kid.to_owned());
    let sign = move || signer.keyring.sign(&kid, typ, &claims);
    Ok(match algorithm {
        // Signed in less time than it takes to wake another thread.
        Signing::ES256 | Signing::EdDSA => sign()?,
        Signing::RS256 => tokio::task::spawn_blocking(sign).await.map_err(Broken::defect)??,
    })
}

/// Signs a token of a warehouse as that warehouse wants it.
///
/// # Errors
/// As [`sign`].
pub(super) async fn sign_access(
    app: &App,
    content: &Content,
    record: &TokenRow,
    claims: &AccessClaims,
) -> Result<(String, Slug, Slug), Fault> {
    let role = content.catalogue.roles.values().find(|r| r.id.as_str() == record.role_id);
    let warehouse = role.and_then(|role| content.catalogue.warehouses.get(&role.warehouse));
    let (Some(role), Some(warehouse)) = (role, warehouse) else {
        return Err(Broken::defect("the role left the catalogue while its token was made").into());
    };
    let algorithm = warehouse.signing;
    let token = sign(app, &record.kid, claims::typ(warehouse), algorithm, claims.clone()).await?;
    app.metrics.minted(warehouse.kind.as_str());
    Ok((token, role.id.clone(), warehouse.id.clone()))
}

/// Mints a token for the signed-in person and a role.
///
/// # Errors
/// The access is not effective at this instant (the refusal names what is missing), or something is away: then there is
/// no record and no token.
pub async fn mint_token(app: &App, actor: &Actor, role: Slug) -> Result<Minted, Fault> {
    let content = app.content()?;
    let signed = actor.signed()?.clone();
    let issuer = app.settings.issuer();
    let about = About::person(signed.person.id).role(&role);
    let kept = std::sync::Arc::clone(&content);
    let (record, claims) = act(app, actor, "mint_token", about, move |w, by| {
        let wanted = For {
            person: &signed.person,
            role: &role,
            client: claims::FIRST_PARTY,
            bearer: Bearer::Person { session: Some(signed.session), signed_in_at: signed.since, authorization: None },
        };
        mint(w, by, &kept, &issuer, &wanted)
    })
    .await?;
    let (token, role, warehouse) = sign_access(app, &content, &record, &claims).await?;
    Ok(Minted {
        token,
        claims,
        issued_at: record.issued_at,
        expires_at: record.expires_at,
        role,
        warehouse,
        grant: record.grant_id,
    })
}

/// The certificates that carry an effective access, the latest end of a token under it (I2), and whether it is to be claimed.
fn bounds(r: &mut Reading<'_>, effective: &Effective) -> Result<(Vec<Certificate>, Time, bool), Broken> {
    let policy = rows::policy(r, &effective.policy_id)?;
    let held = certification::rows::certificates_of(r, effective.person_id)?;
    let standings = requirement::judge(&policy.requires, &held, r.at());
    let until = requirement::met_until(&standings)
        .ok_or_else(|| Broken::defect("the view says effective, the certificates say no"))?;
    let mut certificates: Vec<Certificate> = standings.into_iter().filter_map(|standing| standing.met_by).collect();
    certificates.sort_by_key(|certificate| certificate.id);
    certificates.dedup_by_key(|certificate| certificate.id);
    let lifetime = policy.token_lifetime.approximate_seconds();
    let ends = effective.held_back_from.map_or(effective.ends_at, |held_back| held_back.min(effective.ends_at));
    let shuts = hours::open_until(&policy.hours, r.at())
        .ok_or_else(|| Broken::defect("the view says effective, the hours say no"))?;
    let expires_at = claims::expiry(r.at(), lifetime, ends, until.min(shuts));
    Ok((certificates, expires_at, policy.claim_by.is_some()))
}
