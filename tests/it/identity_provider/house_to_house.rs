//! A house whose identity provider is another house: both sides are ours, and each holds the other to the standard.

use super::scene::{Browser, Reply, field, serve};
use crate::support::{House, PASSWORD};
use habilis::{
    actions::register_client,
    identity::provider::Provider,
    settings::Hidden,
    tokens::client::{ClientKind, GrantType, Registration},
};
use serde_json::json;

/// Sends a form of the first house's own, in a browser that knows both.
async fn post(browser: &Browser, at: &str, page: &Reply, fields: &[(&str, &str)]) -> Reply {
    let token = page.text.split("name=\"form_token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let mut all = vec![("form_token", token.unwrap_or_default())];
    all.extend(fields);
    let answer = browser.client.post(at).form(&all).send().await.unwrap();
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    Reply { status, headers, text: answer.text().await.unwrap() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_house_signs_people_in_at_another() {
    // The provider is reached by another name of this machine, so that the browser keeps their cookies apart.
    let (first, _) = serve(House::apart().await, |settings| {
        let here = settings.issuer();
        settings.public_url = Some(here.replace("127.0.0.1", "localhost"));
    })
    .await;
    first.house.person("Ana Verano").await;
    let second_house = House::apart().await;
    let (registered, secret) = {
        // The second house's address is known once it is served; a loopback address is registered whatever its port.
        let wanted = Registration {
            name: "The other house".to_owned(),
            kind: ClientKind::Confidential,
            redirect_uris: vec!["http://127.0.0.1/sign-in/with/first/back".to_owned()],
            post_logout_uris: vec!["http://127.0.0.1/sign-in".to_owned()],
            grant_types: vec![GrantType::AuthorizationCode],
            roles: None,
        };
        let (id, fresh) =
            register_client::register_client(&first.house.app, &first.house.admin, wanted, None).await.unwrap();
        (id.to_string(), fresh.unwrap().secret.reveal().to_owned())
    };
    let own: Provider = serde_json::from_value(json!({
        "id": "first", "name": "The first house", "issuer": first.base, "client_id": registered, "create": true,
    }))
    .unwrap();
    let (second, _) = serve(second_house, |settings| {
        settings.provider = vec![Provider { secret: Some(Hidden::new(secret)), ..own }];
    })
    .await;

    let browser = Browser::at(&second.base);
    let there = browser.go("/sign-in/with/first?next=/courses").await.to();
    assert!(there.starts_with(&format!("{}/authorize?", first.base)), "{there}");
    // At the first house: sign in, agree.
    let to_sign_in = browser.go(&there).await.to();
    let at = |path: &str| format!("{}{path}", first.base);
    let page = browser.go(&at(&to_sign_in)).await;
    let next = field(&at(&to_sign_in), "next");
    let fields = [("email", "ana.verano@example.com"), ("password", PASSWORD), ("next", next.as_str())];
    let asked = post(&browser, &at("/sign-in"), &page, &fields).await.to();
    let consent = browser.go(&at(&asked)).await;
    assert!(consent.text.contains("The other house"), "{}: {}", consent.status, consent.text);
    let query = consent.text.split("name=\"query\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let query = query.replace("&amp;", "&").replace("&#x3D;", "=");
    let back = post(&browser, &at("/authorize/consent"), &consent, &[("query", &query), ("say", "yes")]).await.to();
    assert!(back.starts_with(&format!("{}/sign-in/with/first/back?", second.base)), "{back}");
    assert_eq!(field(&back, "iss"), first.base);
    // Back at the second one, with the address that the first vouches for.
    let reply = browser.go(&back).await;
    assert_eq!((reply.status, reply.to().as_str()), (303, "/courses"), "{}", reply.text);
    assert_eq!(browser.who().await, "ana.verano@example.com");
    assert_eq!(second.house.events("identity.linked").await, 1);
    // Signing out of the second signs out of the first, without a question: the hint proves whose session it is.
    let account = browser.go("/account").await;
    let out = post(&browser, &format!("{}/sign-out", second.base), &account, &[]).await;
    let onward = out.headers["refresh"].to_str().unwrap().strip_prefix("0;url=").unwrap().to_owned();
    assert!(onward.starts_with(&at("/logout?")), "{onward}");
    let left = browser.go(&onward).await;
    assert_eq!((left.status, left.to()), (303, format!("{}/sign-in", second.base)), "{}", left.text);
    let me = browser.go(&at("/api/v1/me")).await;
    assert_eq!(me.status, 401, "{}", me.text);
}
