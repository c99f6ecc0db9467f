//! mod_oauth2 and mod_auth_openidc in front of services that take tokens: by the published keys, and by asking Habilis.

use super::{Apache, certificate, free_port, tls_in_front_of};
use crate::{interop::stage::Stage, oauth::scene::BACK};
use habilis::{access::rows::LockKind, actions::lock, tokens::client::ClientKind::Confidential};
use reqwest::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn services_in_apache_take_tokens_for_themselves_and_no_others() {
    let stage = Stage::set().await;
    let (front, tls) = (free_port(), free_port());
    let folder = tempfile::tempdir().unwrap();
    let tool = stage.tool("A service", Confidential, &[BACK]).await;
    let (id, secret, issuer) = (&tool.id, tool.secret.as_ref().unwrap(), stage.base());
    let pair = certificate(folder.path());
    let lines = format!(
        r#"
{tls_front}
OIDCOAuthIntrospectionEndpoint https://localhost:{tls}/introspect
OIDCOAuthClientID {id}
OIDCOAuthClientSecret {secret}
OIDCOAuthIntrospectionEndpointAuth client_secret_basic
OIDCCABundlePath {certificate}
OIDCOAuthRemoteUserClaim sub
<VirtualHost 127.0.0.1:{front}>
    DocumentRoot FOLDER
    <Directory FOLDER>
        Options +Includes
        SetOutputFilter INCLUDES
    </Directory>
    <Location "/keys.shtml">
        AuthType oauth2
        OAuth2TokenVerify jwks_uri {issuer}/jwks.json verify.exp=required
        <RequireAll>
            Require oauth2_claim iss:{issuer}
            Require oauth2_claim aud:https://lake.example.com
            Require oauth2_claim role:reader
        </RequireAll>
    </Location>
    <Location "/asks.shtml">
        AuthType oauth2
        OAuth2TokenVerify introspect {issuer}/introspect introspect.auth=client_secret_basic&client_id={id}&client_secret={secret}
        <RequireAll>
            Require oauth2_claim aud:https://lake.example.com
            Require oauth2_claim role:reader
        </RequireAll>
    </Location>
    <Location "/openidc.shtml">
        AuthType oauth20
        <RequireAll>
            Require claim aud:https://lake.example.com
            Require claim role:reader
        </RequireAll>
    </Location>
</VirtualHost>
"#,
        tls_front = tls_in_front_of(issuer, tls, &pair),
        certificate = pair.0.display(),
    );
    let apache = Apache::start(&[front, tls], &lines).await;
    for name in ["keys.shtml", "asks.shtml"] {
        apache.page(name, &["OAUTH2_CLAIM_sub"]);
    }
    apache.page("openidc.shtml", &["OIDC_CLAIM_sub"]);

    let minted = async |role: &str| {
        let sent = json!({ "role": role });
        let (_, told) = stage.scene.served.api(&stage.scene.cookie, Method::POST, "/api/v1/tokens", sent).await;
        told["access_token"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned()
    };
    let asked = async |page: &str, token: &str| {
        let mut call = stage.scene.served.client.get(format!("http://localhost:{front}/{page}.shtml"));
        if !token.is_empty() {
            call = call.bearer_auth(token);
        }
        stage.scene.send(call).await
    };
    for page in ["keys", "asks", "openidc"] {
        // Tokens of its own, which none of the modules has judged before and remembers.
        let (good, elsewhere, over) = (minted("reader").await, minted("either").await, minted("reader").await);
        let (head, signature) = good.rsplit_once('.').unwrap();
        let turned = if signature.starts_with('A') { 'B' } else { 'A' };
        let bent = format!("{head}.{turned}{}", &signature[1..]);
        let reply = asked(page, &good).await;
        assert!(
            reply.status == 200 && reply.text.contains(&format!("CLAIM_sub={}", stage.scene.person())),
            "{page}: {} {} {}",
            reply.status,
            reply.text,
            apache.log()
        );
        for (what, token) in [("none", ""), ("one with a bit turned over", &bent), ("one for elsewhere", &elsewhere)] {
            let reply = asked(page, token).await;
            assert!([401, 403].contains(&reply.status), "{page}, {what}: {} {}", reply.status, reply.text);
            assert!(!reply.text.contains("CLAIM_sub"), "{page}, {what}: {}", reply.text);
        }
        // Who asks knows that it has ended; who goes by the keys alone lets it through until its time is over.
        let (app, admin) = (&stage.house().app, &stage.house().admin);
        let placed = lock::place_lock(app, admin, LockKind::Role, "reader".into(), "a leak".into()).await.unwrap();
        let ended = asked(page, &over).await.status;
        assert_eq!(ended, if page == "keys" { 200 } else { 401 }, "{page}");
        lock::lift_lock(app, admin, placed).await.unwrap();
    }
}
