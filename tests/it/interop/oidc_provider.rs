//! oidc-provider, the provider of Node.js that is certified for OpenID Connect, as the company's: people sign in to Habilis
//! through it, and out again on both sides.

use super::foreign::Foreign;
use crate::{
    identity_provider::scene::{Browser, Reply, serve},
    support::{House, content, web::Served},
};
use habilis::{base::clock::Clock, identity::provider::Provider};
use serde_json::{Value, json};
use std::net::TcpListener;

const ANA: &str = "ana.verano@example.com";

struct Company {
    served: Served,
    issuer: String,
    provider: Foreign,
}

impl Company {
    async fn set() -> Self {
        let house = House::on(content::small(), Clock::System).await;
        house.person("Ana Verano").await;
        // Under another name of this machine, so that a browser keeps the cookies of both apart.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let issuer = format!("http://localhost:{port}");
        let own: Provider = serde_json::from_value(json!({
            "id": "staff", "name": "Example staff", "issuer": issuer, "client_id": "habilis", "secret": "a secret: 1 & more",
            "create": true, "teams": { "grp-data": "data" },
        }))
        .unwrap();
        let (served, settings) = serve(house, |settings| settings.provider = vec![own]).await;
        let person = |name: &str, email: &str, groups: &[&str]| json!({ "name": name, "email": email, "email_verified": true, "groups": groups });
        let told = json!({
            "issuer": issuer, "habilis": settings.issuer(), "secret": "a secret: 1 & more",
            "people": {
                "ana": person("Ana Verano", ANA, &["grp-data", "grp-other"]),
                "zoe": person("Zoé Marin", "zoe.marin@example.com", &[]),
            },
        });
        let mut company = Self { served, issuer, provider: Foreign::node("oidc_provider.mjs", &told) };
        company.provider.wish().await;
        company
    }

    /// Tells the provider what to do from now on; gives what it has met with since it began.
    async fn orders(&mut self, order: Value) -> Value {
        self.provider.answer(&order);
        let told = self.provider.wish().await;
        assert_eq!(told["faults"], json!([]), "the provider broke down");
        told
    }

    /// Signs in through the provider; gives the last answer.
    async fn sign_in(&self, browser: &Browser) -> Reply {
        self.follow(browser, &browser.begin("?next=/courses").await).await
    }

    /// Goes wherever the provider leads a browser, up to a page of its own or to what Habilis answers.
    async fn follow(&self, browser: &Browser, address: &str) -> Reply {
        let mut address = url::Url::parse(address).unwrap();
        for _ in 0..8 {
            let reply = browser.go(address.as_str()).await;
            if reply.to().is_empty() || address.as_str().starts_with(&self.served.base) {
                return reply;
            }
            address = address.join(&reply.to()).unwrap();
        }
        panic!("it goes on and on: {address}");
    }

    /// Agrees to sign out on the provider's own page.
    async fn confirm(&self, browser: &Browser, page: &Reply) -> Reply {
        let value = |name: &str| {
            let found =
                page.text.split(&format!("name=\"{name}\" value=\"")).nth(1).and_then(|rest| rest.split('"').next());
            found.unwrap_or_else(|| panic!("no {name}: {} {}", page.status, page.text)).to_owned()
        };
        let action = page.text.split("action=\"").nth(1).unwrap().split('"').next().unwrap();
        let form = [("xsrf", value("xsrf")), ("logout", "yes".to_owned())];
        let answer = browser.client.post(action).form(&form).send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Reply { status, headers, text: answer.text().await.unwrap() }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_sign_in_through_oidc_provider_and_out_of_both() {
    let mut company = Company::set().await;
    let browser = Browser::at(&company.served.base);
    let reply = company.sign_in(&browser).await;
    assert_eq!((reply.status, reply.to().as_str()), (303, "/courses"), "{}", reply.text);
    assert_eq!(browser.who().await, ANA);
    let me: Value = serde_json::from_str(&browser.go("/api/v1/me").await.text).unwrap();
    assert_eq!(me["teams"], json!(["data"]), "{me}");

    // Out of Habilis, and then of the provider, which asks and sends the browser back.
    let account = browser.post("/sign-out", &[]).await;
    let onward = account.headers["refresh"].to_str().unwrap().strip_prefix("0;url=").unwrap().to_owned();
    let page = company.follow(&browser, &onward).await;
    let left = company.confirm(&browser, &page).await;
    assert_eq!((left.status, left.to()), (303, format!("{}/sign-in", company.served.base)), "{}", left.text);
    assert_eq!(browser.who().await, "");
    let met = company.orders(json!({ "who": "zoe" })).await;
    assert_eq!(met["backchannel"], json!(["success"]), "it told the other way, too");

    // Somebody new, whose session ends when it ends at the provider.
    let reply = company.sign_in(&browser).await;
    assert_eq!(reply.status, 303, "{}", reply.text);
    assert_eq!(browser.who().await, "zoe.marin@example.com");
    let page = browser.go(&format!("{}/session/end", company.issuer)).await;
    company.confirm(&browser, &page).await;
    let met = company.orders(json!({})).await;
    assert_eq!(met["backchannel"], json!(["success", "success"]));
    assert_eq!(browser.who().await, "");
}

/// OpenID Connect Core, section 3.1.3.7: what was changed on its way is not believed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_token_of_oidc_provider_with_one_bit_turned_over_opens_nothing() {
    let mut company = Company::set().await;
    company.orders(json!({ "bend": true })).await;
    let browser = Browser::at(&company.served.base);
    let reply = company.sign_in(&browser).await;
    assert_eq!((reply.status, reply.code().as_str()), (403, "provider-unsound"), "{}", reply.text);
    assert_eq!(browser.who().await, "");
    company.orders(json!({ "bend": false })).await;
    assert_eq!(company.sign_in(&browser).await.to(), "/courses");
    assert_eq!(browser.who().await, ANA);
}
