//! mod_auth_openidc in front of a page, in a real browser: who reads it signs in and agrees at Habilis; and what stands behind
//! the page takes the token that came along.

use super::{Apache, free_port};
use crate::{
    interop::stage::Stage,
    support::{alone, browser::Browser},
};
use fantoccini::Locator;
use habilis::tokens::client::ClientKind::Confidential;

/// Where somebody reads, and what that page asks in turn.
async fn site(stage: &Stage) -> (Apache, String) {
    let (front, back) = (free_port(), free_port());
    let base = format!("http://localhost:{front}");
    let (redirect, bye) = (format!("{base}/private/back"), format!("{base}/bye.shtml"));
    let tool = stage.tool("Reports", Confidential, &[&redirect, &bye]).await;
    let lines = format!(
        r#"
OIDCProviderMetadataURL {issuer}/.well-known/openid-configuration
OIDCClientID {id}
OIDCClientSecret {secret}
OIDCRedirectURI {redirect}
OIDCScope "openid profile email session:role:READER"
OIDCAuthRequestParams resource=https%3A%2F%2Flake.example.com
OIDCPKCEMethod S256
OIDCRemoteUserClaim email
<VirtualHost 127.0.0.1:{front}>
    DocumentRoot FOLDER
    <Location "/private/">
        AuthType openid-connect
        Require valid-user
        RequestHeader set X-Reader "%{{OIDC_CLAIM_name}}e"
        RequestHeader set Authorization "Bearer %{{OIDC_access_token}}e"
        ProxyPass http://127.0.0.1:{back}/
    </Location>
    <Location "/bye.shtml">
        Require all granted
    </Location>
</VirtualHost>
<VirtualHost 127.0.0.1:{back}>
    DocumentRoot FOLDER
    <Location "/">
        AuthType oauth2
        OAuth2TokenVerify metadata {issuer}/.well-known/oauth-authorization-server verify.exp=required
        <RequireAll>
            Require oauth2_claim iss:{issuer}
            Require oauth2_claim aud:https://lake.example.com
            Require oauth2_claim role:reader
        </RequireAll>
        Options +Includes
        SetOutputFilter INCLUDES
    </Location>
</VirtualHost>
"#,
        issuer = stage.base(),
        id = tool.id,
        secret = tool.secret.as_ref().unwrap(),
    );
    let apache = Apache::start(&[front, back], &lines).await;
    apache.page("report.shtml", &["HTTP_X_READER", "OAUTH2_CLAIM_role", "OAUTH2_CLAIM_aud"]);
    apache.page("bye.shtml", &["REQUEST_URI"]);
    (apache, base)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_in_apache_is_read_by_who_holds_the_role() {
    let stage = Stage::set().await;
    stage.house().person("Bob Stone").await;
    let (apache, base) = site(&stage).await;
    let _alone = alone().await;
    let browser = Browser::open(stage.base()).await;
    let enter = async |email: &str| {
        browser.client.goto(&format!("{base}/private/report.shtml?month=3")).await.unwrap();
        assert_eq!(browser.path().await, "/sign-in", "{}", apache.log());
        browser.fill("email", email).await;
        browser.fill("password", crate::support::PASSWORD).await;
        browser.press("/sign-in").await;
    };
    // Who lacks the role reads what is missing, and how to get it.
    enter("bob.stone@example.com").await;
    let text = browser.text().await;
    browser.says(&text, "Reports");
    let href = browser.client.find(Locator::Css("main a[href='/access/reader']")).await;
    assert!(href.is_ok(), "{text}");
    browser.sign_out().await;

    enter("ana.verano@example.com").await;
    browser.says(&browser.text().await, "READER");
    browser.press("/authorize/consent").await;
    let text = browser.text().await;
    assert_eq!(browser.client.current_url().await.unwrap().as_str(), format!("{base}/private/report.shtml?month=3"));
    for line in ["HTTP_X_READER=Ana Verano", "OAUTH2_CLAIM_role=reader", "OAUTH2_CLAIM_aud=https://lake.example.com"] {
        assert!(text.contains(line), "{line}: {text} {}", apache.log());
    }

    // Out of both at once, and to a page of its own.
    let bye = format!("{base}/private/back?logout={}", base.replace(':', "%3A").replace('/', "%2F") + "%2Fbye.shtml");
    browser.client.goto(&bye).await.unwrap();
    assert_eq!(
        browser.client.current_url().await.unwrap().as_str(),
        format!("{base}/bye.shtml"),
        "{}",
        browser.text().await
    );
    browser.go("/account").await;
    assert_eq!(browser.path().await, "/sign-in");
    browser.client.goto(&format!("{base}/private/report.shtml")).await.unwrap();
    assert_eq!(browser.path().await, "/sign-in");
    browser.close().await;
}
