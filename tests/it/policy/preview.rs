//! What would change if another file were loaded, and what applied to a role over time.

use super::{changed, load, page, post};
use crate::support::{House, code, person_id, slug, web::Served};
use habilis::{
    access::rows,
    actions::preview_policy::{self, Effect, Fate, Preview, RoleChange},
    curriculum::source::Source,
};

fn text(source: &Source) -> String {
    String::from_utf8(source.get("access.yaml").unwrap().to_vec()).unwrap()
}

async fn preview(house: &House, source: &Source) -> Preview {
    preview_policy::preview_policy(&house.app, &house.admin, text(source)).await.unwrap()
}

fn of<'p>(preview: &'p Preview, role: &str) -> &'p RoleChange {
    preview.roles.iter().find(|change| change.role == slug(role)).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_says_what_loading_does_and_changes_nothing() {
    let house = House::new().await;
    let (ana, ben, owner) = (house.person("Ana").await, house.person("Ben").await, house.person("Owner").await);
    for who in [&ana, &ben] {
        house.certify(who, "alpha").await;
        house.ask(who, "reader").await.unwrap();
    }
    house.certify(&ben, "beta").await;
    let (keeper, _) = house.ask(&ben, "keeper").await.unwrap();
    let (blocked, _) = house.ask(&ana, "keeper").await.unwrap();
    assert_eq!(
        code(&preview_policy::preview_policy(&house.app, &ana, String::new()).await.unwrap_err()),
        "capability-missing"
    );
    assert!(preview(&house, &changed(|text| text)).await.roles.is_empty());

    let next = changed(|text| {
        let text = text.replacen(
            "requires: alpha, approval: auto, max_duration: P60D",
            "requires: {all: [alpha, beta]}, approval: auto, max_duration: P30D",
            1,
        );
        let text = text.replacen(
            "team: Data, people: [owner@example.com]}, sensitivity: internal, requires: {any",
            "team: Data, people: [ben@example.com]}, sensitivity: internal, requires: {any",
            1,
        );
        text.lines().filter(|line| !line.contains("id: keeper")).map(|line| format!("{line}\n")).collect()
    });
    let found = preview(&house, &next).await;
    let names: Vec<&str> = found.roles.iter().map(|change| change.role.as_str()).collect();
    assert_eq!(names, ["either", "keeper", "reader"]);
    // Beside the policy only: nobody is touched.
    let either = of(&found, "either");
    assert_eq!((either.fate, either.fields.len(), either.fields[0].field), (Fate::Changed, 1, "owner"));
    assert_eq!((&either.policy_before, either.grants_total), (&either.policy_after, 0));
    let gone = of(&found, "keeper");
    assert_eq!((gone.fate, gone.requests_total), (Fate::Gone, 2));
    assert!(gone.requests.iter().all(|line| line.effect == Effect::Lapses));
    let reader = of(&found, "reader");
    let fields: Vec<_> = reader.fields.iter().map(|one| (one.field, one.before.as_str(), one.after.as_str())).collect();
    assert_eq!(fields, [("requires", "alpha", "alpha & beta"), ("max_duration", "P60D", "P30D")]);
    let effects: Vec<_> = reader.grants.iter().map(|line| (line.person.name.as_str(), line.effect)).collect();
    assert_eq!((effects.len(), reader.blocked), (2, 1));
    assert!(effects.contains(&("Ana", Effect::Blocked)) && effects.contains(&("Ben", Effect::Keeps)), "{effects:?}");

    // Nothing was changed; and loading it does what was said.
    assert_eq!((house.events("content.loaded").await, house.events("request.lapsed").await), (1, 0));
    load(&house.app, next).await;
    assert_eq!(house.events("request.lapsed").await, 2);
    for request in [keeper, blocked] {
        let found = house.app.db.read(house.app.now(), move |r| Ok(rows::request(r, request)?)).await.unwrap().unwrap();
        assert_eq!(found.state.word(), "lapsed");
    }
    let who = person_id(&ana);
    let held =
        house.app.db.read(house.app.now(), move |r| Ok(rows::effective(r, who, &slug("reader"))?)).await.unwrap();
    assert!(held.is_some(), "a grant keeps the policy that it was given under");
    // What is wrong is told with its place, and then nothing is compared.
    let wrong = preview(&house, &changed(|text| text.replacen("warehouse: lake", "warehouse: lak", 1))).await;
    assert!(wrong.report.has_errors() && wrong.roles.is_empty());
    // Whoever is concerned was held first, and so it came a moment later than what they did before.
    house.advance("PT1S");
    // The owner of a role may read its policies; who owns nothing may not; what has left is still known.
    let versions = preview_policy::policy_versions(&house.app, &owner, slug("reader")).await.unwrap();
    let changes: Vec<Vec<&str>> =
        versions.iter().map(|one| one.changes.iter().map(|change| change.field).collect()).collect();
    assert_eq!(changes, [vec!["requires", "max_duration"], vec![]]);
    let refused = preview_policy::policy_versions(&house.app, &ana, slug("reader")).await.unwrap_err();
    assert_eq!(code(&refused), "capability-missing");
    let gone = preview_policy::policy_versions(&house.app, &house.admin, slug("keeper")).await.unwrap();
    assert!(gone.len() == 1 && gone[0].version.until.is_some());
    assert_eq!(
        code(&preview_policy::policy_versions(&house.app, &house.admin, slug("never")).await.unwrap_err()),
        "no-such-role"
    );
}

/// What ends access that nobody uses, and who takes a role in an emergency, stands in no policy; it is told all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_tells_of_what_ends_and_opens_access_beside_policies() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let next = changed(|text| {
        let text = text.replacen("token_lifetime: 15m", "token_lifetime: 15m, end_unused_after: P40D", 1);
        format!("{text}break_glass: {{of: ['team:oncall'], at_most: PT2H}}\n")
    });
    let found = preview(house, &next).await;
    let reader = of(&found, "reader");
    assert_eq!((reader.fate, &reader.policy_before), (Fate::Changed, &reader.policy_after));
    let fields: Vec<_> = reader.fields.iter().map(|one| (one.field, one.before.as_str())).collect();
    assert_eq!(fields, [("end_unused_after", ""), ("end_unused_notice", "")]);
    assert_eq!(reader.fields[0].after, "P40D");
    let beside: Vec<_> = found.catalogue.iter().map(|one| (one.field, one.after.as_str())).collect();
    assert_eq!(beside, [("break_glass", "team:oncall ≤ PT2H")]);
    let admin = house.bearer(&house.admin).await;
    let (_, shown) = post(&served, &admin, "/policies", &[("catalogue", &text(&next))]).await;
    for said in ["Beside the roles", "team:oncall ≤ PT2H", "Ends when unused for", "Grants that nobody uses end"] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert!(!shown.contains("no request and no grant is touched"), "{shown}");
    // Loaded, it differs no more.
    load(&house.app, next.clone()).await;
    let same = preview(house, &next).await;
    assert!(same.roles.is_empty() && same.catalogue.is_empty());
}

/// What a warehouse takes for a token, and how it names people, decides what tokens open.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_tells_what_changes_of_warehouses() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let next = changed(|text| {
        text.replacen("audience: 'https://lake.example.com'", "audience: 'https://pond.example.com'", 1)
            .replacen("signing: RS256", "signing: ES256", 1)
            .replacen("login: {from: email, case: lower}", "login: {from: email, case: keep}", 1)
    });
    let found = preview(house, &next).await;
    assert!(found.roles.is_empty());
    let beside: Vec<_> =
        found.catalogue.iter().map(|one| (one.field, one.before.as_str(), one.after.as_str())).collect();
    assert_eq!(
        beside,
        [
            ("signing", "attic: RS256", "attic: ES256"),
            ("login", "attic: email, lower", "attic: email, keep"),
            ("audience", "lake: https://lake.example.com", "lake: https://pond.example.com"),
        ]
    );
    let admin = house.bearer(&house.admin).await;
    let (_, shown) = post(&served, &admin, "/policies", &[("catalogue", &text(&next))]).await;
    assert!(shown.contains("Audience of tokens") && shown.contains("lake: https://pond.example.com"), "{shown}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_previews_what_is_pasted() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let admin = house.bearer(&house.admin).await;
    let (ana, cookie) = served.person("Ana Verano").await;
    house.certify(&ana, "alpha").await;
    house.ask(&ana, "reader").await.unwrap();
    let form = page(&served, &admin, "/policies").await;
    assert!(form.contains("id: reader"), "what is in force stands in the field");
    let next = text(&changed(|text| text.replacen("requires: alpha", "requires: beta", 1)));
    let (status, shown) = post(&served, &admin, "/policies", &[("catalogue", &next.replace('\n', "\r\n"))]).await;
    assert_eq!(status, 200);
    for said in ["READER", "One person would newly lack what it requires.", "Ana Verano", "a certification is missing"]
    {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    let (_, wrong) = post(&served, &admin, "/policies", &[("catalogue", "roles: []\n")]).await;
    assert!(wrong.contains("This file would not be taken") && wrong.contains("missing-key"), "{wrong}");
    assert_eq!(post(&served, &cookie, "/policies", &[("catalogue", &next)]).await.0, 403);
    load(&house.app, changed(|text| text.replacen("P60D", "P50D", 1))).await;
    let role = page(&served, &admin, "/access/reader").await;
    assert!(role.contains("Policy over time") && role.contains("P50D") && role.contains("P60D"));
    assert!(!page(&served, &cookie, "/access/reader").await.contains("Policy over time"));
}
