//! The pages of access, audit and administration: who may open which, and every form once, by plain posts.

use crate::support::{House, person_id, web::Served};
use reqwest::{Method, StatusCode};

/// Somebody with a session: nobody has an empty one.
struct Seat<'s> {
    served: &'s Served,
    secret: String,
}

/// What came back from a form.
struct Reply {
    status: u16,
    to: String,
    notice: String,
    html: String,
}

impl Reply {
    #[track_caller]
    fn done(&self, to: &str, notice: &str) {
        assert_eq!((self.status, self.to.as_str(), self.notice.as_str()), (303, to, notice), "{}", self.html);
    }

    /// Refused with this status, with these words on the page.
    #[track_caller]
    fn refused(&self, status: u16, words: &[&str]) {
        assert_eq!(self.status, status, "{}", self.html);
        for word in words {
            assert!(self.html.contains(word), "no `{word}` in {}", self.html);
        }
    }
}

impl Seat<'_> {
    async fn get(&self, path: &str) -> (u16, String) {
        let (status, html) = self.served.page(&self.secret, path).await;
        (status.as_u16(), html)
    }

    /// The status of a page.
    async fn may(&self, path: &str) -> u16 {
        self.get(path).await.0
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let (_, page) = self.get("/account").await;
        let token = page.split_once("name=\"form_token\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        let mut form = vec![("form_token", token.as_str())];
        form.extend_from_slice(fields);
        let cookie = format!("habilis={}", self.secret);
        let answer = self.served.call(Method::POST, path).header("cookie", cookie).form(&form).send().await.unwrap();
        let header = |name: &str| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let notice = header("set-cookie");
        let notice = notice.split_once('=').map_or("", |(_, rest)| rest).split(';').next().unwrap_or_default();
        let (status, to, notice) = (answer.status().as_u16(), header("location"), notice.to_owned());
        Reply { status, to, notice, html: answer.text().await.unwrap() }
    }
}

/// The first piece of a page that begins so and ends at a quotation mark.
fn piece(html: &str, start: &str) -> String {
    let rest = html.split_once(start).unwrap_or_else(|| panic!("no `{start}` in {html}")).1;
    format!("{start}{}", rest.split(['"', '/']).next().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_opens_to_those_who_may() {
    let served = Served::start(House::new().await).await;
    let (ana, learner) = served.person("Ana").await;
    let (_, owner) = served.person("Owner").await;
    let auditor = {
        let (who, secret) = served.person("Odile").await;
        let may = habilis::identity::person::Capabilities { auditor: true, ..Default::default() };
        let change = habilis::actions::change_person::change_capabilities;
        change(&served.house.app, &served.house.admin, person_id(&who), may).await.unwrap();
        secret
    };
    let admin = served.house.bearer(&served.house.admin).await;
    served.house.certify(&ana, "alpha").await;
    served.house.ask(&ana, "reader").await.unwrap();
    let seat = |secret: &str| Seat { served: &served, secret: secret.to_owned() };
    let (admin, auditor, owner, learner, nobody) =
        (seat(&admin), seat(&auditor), seat(&owner), seat(&learner), seat(""));
    let file = format!("/people/{}", person_id(&ana));
    let (_, holders) = admin.get("/holders").await;
    let grant = piece(&holders, "/holders/gra_");
    for (path, expected) in [
        ("/access", [200, 200, 200, 200, 303]),
        ("/access?q=zzz", [200, 200, 200, 200, 303]),
        ("/access/reader", [200, 200, 200, 200, 303]),
        ("/access/nothing", [404, 404, 404, 404, 303]),
        ("/decisions", [200, 200, 200, 200, 303]),
        ("/people?q=a&state=active", [200, 200, 403, 403, 303]),
        (&file, [200, 200, 403, 200, 303]),
        ("/holders", [200, 200, 403, 403, 303]),
        ("/holders?role=reader&state=any", [200, 200, 200, 403, 303]),
        ("/holders?as_of=2026-03-02T09:00:00Z", [200, 200, 403, 403, 303]),
        ("/holders?as_of=soon", [422, 422, 422, 403, 303]),
        (&grant, [200, 200, 200, 200, 303]),
        ("/explain", [200, 200, 200, 200, 303]),
        ("/explain?role=reader", [200, 200, 200, 200, 303]),
        ("/explain?role=reader&person=ana", [200, 200, 403, 403, 303]),
        ("/explain?role=reader&person=zoe", [404, 404, 403, 403, 303]),
        ("/events?kind=refused", [200, 200, 403, 403, 303]),
        ("/events?kind=odd", [422, 422, 403, 403, 303]),
        ("/warehouses", [200, 200, 403, 403, 303]),
        ("/warehouses/lake", [200, 200, 403, 403, 303]),
        ("/warehouses/lake/check", [200, 200, 200, 200, 303]),
        ("/warehouses/nothing", [404, 404, 403, 403, 303]),
        ("/keys", [200, 200, 403, 403, 303]),
        ("/locks", [200, 200, 403, 403, 303]),
        ("/authoring", [200, 200, 403, 403, 303]),
        ("/api", [200, 200, 200, 200, 200]),
        ("/api?group=tokens", [200, 200, 200, 200, 200]),
    ] {
        let mut found = [0; 5];
        for (status, seat) in found.iter_mut().zip([&admin, &auditor, &owner, &learner, &nobody]) {
            *status = seat.may(path).await;
        }
        assert_eq!(found, expected, "{path}: admin, auditor, owner, learner, nobody");
    }
    // What the pages link to, the API answers.
    let (_, holders) = admin.get("/holders?role=reader&as_of=2026-03-02T09:00:00Z").await;
    let csv =
        holders.split("href=\"").find(|href| href.starts_with("/api/v1/holders") && href.contains("format")).unwrap();
    let csv = csv.split('"').next().unwrap().replace("&amp;", "&").replace("&#x3D;", "=");
    assert_eq!(admin.may(&csv).await, 200, "{csv}");
}

/// The address behind the first link of a page that begins so.
fn link(html: &str, start: &str) -> String {
    let href = html.split("href=\"").find(|href| href.starts_with(start));
    let href = href.unwrap_or_else(|| panic!("no link to `{start}` in {html}"));
    href.split('"').next().unwrap().replace("&amp;", "&").replace("&#x3D;", "=")
}

/// A grant that ended, and one for the same role after it: every page tells of its own one at its own moment, and what it
/// links to says the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn evidence_is_of_its_grant_and_its_moment_on_the_page_and_behind_it() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    house.advance("1h");
    let then = house.app.now();
    house.advance("1h");
    let bearer = house.bearer(&house.admin).await;
    let admin = Seat { served: &served, secret: bearer.clone() };
    let (_, list) = admin.get("/holders?role=reader").await;
    let ended = link(&list, "/holders/gra_");
    admin.post(&format!("{ended}/revocation"), &[("reason", "too wide")]).await.done(&ended, "notice-grant-revoked");
    house.advance("1h");
    house.ask(&ana, "reader").await.unwrap();
    house.advance("1h");
    let (_, past) = admin.get(&format!("/holders?role=reader&as_of={then}")).await;
    let (_, list) = admin.get("/holders?role=reader").await;
    let (past, now) = (link(&past, "/holders/gra_"), link(&list, "/holders/gra_"));
    assert!(
        past.starts_with(&format!("{ended}?at=")) && now.starts_with("/holders/gra_") && now != ended,
        "{past} {now}"
    );
    for (page, yes) in [(&ended, false), (&past, true), (&now, true)] {
        let (_, html) = admin.get(page).await;
        assert_eq!((html.contains("answer-yes"), html.contains("answer-no")), (yes, !yes), "{page}");
        let json = link(&html, "/api/v1/");
        let (status, told) = served.api(&bearer, Method::GET, &json, serde_json::Value::Null).await;
        assert_eq!((status, &told["effective"]), (StatusCode::OK, &serde_json::json!(yes)), "{json}");
        assert!(page.contains(told["chain"]["grant"]["id"].as_str().unwrap()), "{page} links to {json}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_form_is_taken_or_drawn_again_with_what_was_typed() {
    let served = Served::start(House::new().await).await;
    let (ana, ana_secret) = served.person("Ana").await;
    let (_, owner_secret) = served.person("Owner").await;
    let admin_secret = served.house.bearer(&served.house.admin).await;
    served.house.certify(&ana, "alpha").await;
    served.house.certify(&ana, "beta").await;
    let seat = |secret: &str| Seat { served: &served, secret: secret.to_owned() };
    let (ana_seat, owner, admin) = (seat(&ana_secret), seat(&owner_secret), seat(&admin_secret));
    let file = format!("/people/{}", person_id(&ana));

    // Asking, deciding, minting.
    let asked = [("reason", "kept words"), ("duration", "P900D")];
    ana_seat.post("/access/keeper/request", &asked).await.refused(422, &["kept words", "30 days"]);
    ana_seat.post("/access/reader/request", &[("reason", "")]).await.refused(422, &["id=\"reason-error\""]);
    let asked = [("reason", "the weekly report"), ("duration", "P7D")];
    ana_seat.post("/access/reader/request", &asked).await.done("/access/reader", "notice-role-granted");
    ana_seat.post("/access/keeper/request", &asked).await.done("/access/keeper", "notice-request-sent");
    let (_, waiting) = owner.get("/decisions").await;
    let request = piece(&waiting, "/decisions/req_");
    owner.post(&request, &[("decision", "reject")]).await.refused(422, &["id=\"comment-error\""]);
    ana_seat.post(&request, &[("decision", "approve")]).await.refused(403, &["role=\"alert\""]);
    owner
        .post(&request, &[("decision", "return"), ("comment", "Which table?")])
        .await
        .done("/decisions", "notice-request-returned");
    let (_, role) = ana_seat.get("/access/keeper").await;
    assert!(role.contains("Which table?") && role.contains("the weekly report"));
    ana_seat.post("/access/keeper/request", &asked).await.done("/access/keeper", "notice-request-sent");
    owner.post(&request, &[("decision", "approve")]).await.done("/decisions", "notice-request-approved");
    let shown = ana_seat.post("/access/keeper/token", &[]).await;
    shown.refused(200, &["eyJ", "session:role:KEEPER"]);
    ana_seat.post("/access/either/token", &[]).await.refused(403, &["role-not-held", "evt_"]);
    ana_seat.post("/access/either/request", &[]).await.done("/access/either", "notice-role-granted");
    let (_, again) = ana_seat.get(&request).await;
    assert!(again.contains("chain-ok") && again.contains("Which table?"));

    // People.
    let invite = [("name", "Zoé Costa"), ("email", "zoe"), ("teams", "privacy"), ("capabilities", "author")];
    admin
        .post("/people", &invite)
        .await
        .refused(422, &["value=\"Zoé Costa\"", "value=\"author\" checked", "id=\"email-error\""]);
    let invite = [("name", "Zoé Costa"), ("email", "zoe@example.com"), ("teams", "privacy")];
    admin.post("/people", &invite).await.refused(200, &["/welcome/hl"]);
    admin.post("/people", &invite).await.refused(409, &["zoe@example.com"]);
    ana_seat.post("/people", &invite).await.refused(403, &["capability-missing"]);
    let profile = format!("{file}#profile");
    admin.post(&format!("{file}/teams"), &[("new_team", "Bad/Team")]).await.refused(422, &["value=\"Bad/Team\""]);
    admin.post(&format!("{file}/teams"), &[("new_team", "Customer data")]).await.done(&profile, "notice-teams-saved");
    admin
        .post(&format!("{file}/capabilities"), &[("capabilities", "author")])
        .await
        .done(&profile, "notice-capabilities-saved");
    admin
        .post(&format!("{file}/logins"), &[("warehouse", "lake"), ("login", "ANA.M")])
        .await
        .done(&profile, "notice-login-saved");
    admin.post(&format!("{file}/link"), &[]).await.refused(200, &["/welcome/hl"]);
    let (_, page) = admin.get(&file).await;
    let attempt = piece(&page, "/attempts/att_");
    admin.post(&format!("{attempt}/void"), &[]).await.refused(422, &["role=\"alert\""]);
    admin
        .post(&format!("{attempt}/void"), &[("reason", "shared answers")])
        .await
        .done(&format!("{file}#attempts"), "notice-attempt-voided");
    let grant = piece(&page, "/holders/gra_");
    admin.post(&format!("{grant}/revocation"), &[("reason", " ")]).await.refused(422, &["id=\"reason-error\""]);
    admin
        .post(&format!("{grant}/revocation"), &[("reason", "left the team")])
        .await
        .done(&grant, "notice-grant-revoked");
    admin.post(&format!("{grant}/revocation"), &[("reason", "again")]).await.refused(409, &["role=\"alert\""]);
    served.house.advance("1m");
    let (_, evidence) = admin.get(&grant).await;
    assert!(evidence.contains("answer-no") && evidence.contains("left the team"), "{evidence}");

    // Locks and keys.
    let lock = [("kind", "person"), ("subject", "nobody@example.com"), ("reason", "typed")];
    admin.post("/locks", &lock).await.refused(404, &["value=\"nobody@example.com\"", "value=\"typed\""]);
    let lock = [("kind", "person"), ("subject", "ana@example.com"), ("reason", "stolen laptop")];
    admin.post("/locks", &lock).await.done("/locks", "notice-lock-placed");
    admin.post("/locks", &lock).await.refused(409, &["id=\"subject-error\""]);
    ana_seat.post("/access/either/token", &[]).await.refused(403, &["locked"]);
    let (_, locks) = admin.get("/locks").await;
    let placed = piece(&locks, "/locks/lck_");
    admin.post(&format!("{placed}/lifting"), &[]).await.refused(422, &["role=\"alert\""]);
    admin.post(&format!("{placed}/lifting"), &[("reason", "found")]).await.done("/locks", "notice-lock-lifted");
    admin.post("/keys/rotation", &[("algorithm", "ES256")]).await.refused(422, &["role=\"alert\""]);
    served.house.advance("7m");
    let rotation = [("algorithm", "ES256"), ("confirm", "yes")];
    admin.post("/keys/rotation", &rotation).await.done("/keys", "notice-keys-rotated");
    admin.post("/keys/rotation", &rotation).await.refused(409, &["role=\"alert\"", "name=\"now\""]);
    let leaked = [("algorithm", "ES256"), ("confirm", "yes"), ("now", "yes")];
    admin.post("/keys/rotation", &leaked).await.done("/keys", "notice-keys-rotated");

    // Shutting out and letting in again; the sentence of the evidence speaks French, too.
    let session = piece(&page, &format!("{file}/sessions/ses_"));
    admin.post(&format!("{session}/end"), &[]).await.done(&format!("{file}#sessions"), "notice-their-session-ended");
    admin.post(&format!("{file}/disable"), &[]).await.refused(422, &["id=\"disable-reason-error\""]);
    admin.post(&format!("{file}/disable"), &[("reason", "left")]).await.done(&file, "notice-person-disabled");
    served.house.advance("1m");
    let (_, explained) = admin.get("/explain?role=either&person=ana").await;
    assert!(explained.contains("may not use either now, because the account is disabled"), "{explained}");
    admin.post(&format!("{file}/enable"), &[("reason", "back")]).await.done(&file, "notice-person-enabled");
    assert_eq!(
        served.client.get(format!("{}/people", served.base)).send().await.unwrap().status(),
        StatusCode::SEE_OTHER
    );
}
