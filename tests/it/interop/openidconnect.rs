//! openidconnect, the crate that most relying parties in Rust are built on, by the way of a code.

use super::stage::Stage;
use crate::{
    identity_provider::scene::field,
    oauth::scene::{BACK, Tool},
};
use habilis::tokens::client::ClientKind::Confidential;
use openidconnect::{
    AccessTokenHash, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest,
    HttpResponse, IntrospectionUrl, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, RedirectUrl,
    RevocationUrl, Scope, SubjectIdentifier, TokenIntrospectionResponse, TokenResponse,
    core::{
        CoreClient, CoreGenderClaim, CoreIdToken, CoreProviderMetadata, CoreResponseType, CoreTokenResponse,
        CoreUserInfoClaims,
    },
};
use std::str::FromStr;

/// The crate leaves the way over the network to whoever uses it. It gives tokens back only where TLS is: what would stand in
/// front of this house ends it here.
async fn http(mut request: HttpRequest) -> Result<HttpResponse, reqwest::Error> {
    if request.uri().scheme_str() == Some("https") {
        let inside = request.uri().to_string().replacen("https", "http", 1);
        *request.uri_mut() = inside.parse().unwrap();
    }
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let answer = client.execute(request.try_into()?).await?;
    let mut given = http::Response::builder().status(answer.status());
    given.headers_mut().unwrap().clone_from(answer.headers());
    Ok(given.body(answer.bytes().await?.to_vec()).unwrap())
}

/// Goes from a tool to its tokens; gives them with the nonce that was sent.
macro_rules! signed_in {
    ($stage:expr, $client:expr, $scopes:expr, $resource:expr) => {{
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = AuthenticationFlow::<CoreResponseType>::AuthorizationCode;
        let mut asked =
            $client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random).set_pkce_challenge(challenge);
        for scope in $scopes {
            asked = asked.add_scope(Scope::new(String::from(scope)));
        }
        for resource in $resource {
            asked = asked.add_extra_param("resource", String::from(resource));
        }
        let (address, state, nonce) = asked.url();
        let back = $stage.visit(address.as_str()).await;
        assert_eq!((&field(&back, "state"), field(&back, "iss")), (state.secret(), $stage.base().to_owned()));
        let code = AuthorizationCode::new(field(&back, "code"));
        let tokens: CoreTokenResponse =
            $client.exchange_code(code).unwrap().set_pkce_verifier(verifier).request_async(&http).await.unwrap();
        (tokens, nonce)
    }};
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn openidconnect_is_content_with_what_it_gets() {
    let stage = Stage::set().await;
    let issuer = IssuerUrl::new(stage.base().to_owned()).unwrap();
    let metadata = CoreProviderMetadata::discover_async(issuer, &http).await.unwrap();
    let known = |tool: &Tool| {
        let (id, secret) = (ClientId::new(tool.id.clone()), tool.secret.clone().map(ClientSecret::new));
        let client = CoreClient::from_provider_metadata(metadata.clone(), id, secret);
        client
            .set_redirect_uri(RedirectUrl::new(BACK.to_owned()).unwrap())
            .set_introspection_url(IntrospectionUrl::new(format!("{}/introspect", stage.base())).unwrap())
            .set_revocation_url(
                RevocationUrl::new(format!("{}/revoke", stage.base().replacen("http", "https", 1))).unwrap(),
            )
    };
    let web = known(&stage.tool("Lantern BI", Confidential, &[BACK]).await);
    let other = known(&stage.tool("Other BI", Confidential, &[BACK]).await);

    let whole = ["email", "offline_access", "session:role:READER"];
    let (tokens, nonce) = signed_in!(stage, web, whole, ["https://lake.example.com"]);
    let verifier = web.id_token_verifier();
    let id_token = tokens.id_token().unwrap();
    let claims = id_token.claims(&verifier, &nonce).unwrap();
    assert_eq!(claims.email().unwrap().as_str(), "ana.verano@example.com");
    assert_eq!(claims.subject().as_str(), stage.scene.person());
    let hash = |tokens: &CoreTokenResponse| {
        let algorithm = id_token.signing_alg().unwrap();
        let key = id_token.signing_key(&verifier).unwrap();
        AccessTokenHash::from_token(tokens.access_token(), algorithm, key).unwrap()
    };
    assert_eq!(claims.access_token_hash(), Some(&hash(&tokens)), "it says for which access token it is");

    // The next one.
    let refresh = tokens.refresh_token().unwrap();
    let next = web.exchange_refresh_token(refresh).unwrap().request_async(&http).await.unwrap();
    assert_ne!(next.refresh_token().unwrap().secret(), refresh.secret());
    assert_ne!(claims.access_token_hash(), Some(&hash(&next)));
    // A refreshed ID token has no nonce: Core, section 12.2.
    let refreshed = next.id_token().unwrap().claims(&verifier, |sent: Option<&Nonce>| match sent {
        None => Ok(()),
        Some(_) => Err("a nonce".to_owned()),
    });
    assert_eq!(refreshed.unwrap().subject(), claims.subject());

    // Who somebody is, and nobody else.
    let (plain, _) = signed_in!(stage, web, ["profile"], [""; 0]);
    let person = |sub: &str| {
        let sub = SubjectIdentifier::new(sub.to_owned());
        web.user_info(plain.access_token().clone(), Some(sub)).unwrap()
    };
    let told: CoreUserInfoClaims = person(claims.subject().as_str()).request_async(&http).await.unwrap();
    assert_eq!(told.name().unwrap().get(None).unwrap().as_str(), "Ana Verano");
    let told: Result<openidconnect::UserInfoClaims<openidconnect::EmptyAdditionalClaims, CoreGenderClaim>, _> =
        person("per_somebody_else").request_async(&http).await;
    assert!(told.is_err());

    // Given back.
    let alive = async || web.introspect(next.access_token()).request_async(&http).await.unwrap();
    let said = alive().await;
    assert_eq!((said.active(), said.sub()), (true, Some(claims.subject().as_str())));
    let given_back = web.revoke_token(next.access_token().clone().into()).unwrap();
    given_back.request_async(&http).await.unwrap();
    assert!(!alive().await.active());

    // What it does not take.
    let (theirs, their_nonce) = signed_in!(stage, other, whole, ["https://lake.example.com"]);
    let refusal = |token: &CoreIdToken, nonce: &Nonce| token.claims(&verifier, nonce).unwrap_err().to_string();
    let wrong = refusal(id_token, &Nonce::new("another".to_owned()));
    assert!(wrong.contains("nonce"), "{wrong}");
    let wrong = refusal(theirs.id_token().unwrap(), &their_nonce);
    assert!(wrong.contains("audience"), "{wrong}");
    let text = id_token.to_string();
    let (body, signature) = text.rsplit_once('.').unwrap();
    let turned = if signature.starts_with('A') { 'B' } else { 'A' };
    let bent = CoreIdToken::from_str(&format!("{body}.{turned}{}", &signature[1..])).unwrap();
    let wrong = refusal(&bent, &nonce);
    assert!(wrong.contains("ignature"), "{wrong}");
}
