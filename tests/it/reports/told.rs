//! What the pages and the command line say of an answer: lengths, names, withdrawn roles, and who is refused.

use super::plant::{Ground, about, day, noon};
use crate::support::{House, code, content, person_id, program, web::Served};
use habilis::{
    actions::{list_holders, load_content},
    base::ids::{self, Id},
    curriculum::source::Source,
    db::sql,
    identity::actor::Actor,
};
use reqwest::StatusCode;
use serde_json::Value;

/// The planted ground behind a server, and the admin's secret.
async fn served(ground: Ground) -> (Served, String) {
    let served = Served::start(ground.house).await;
    let admin = served.house.bearer(&served.house.admin).await;
    (served, admin)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lengths_stand_on_a_page_in_days_hours_minutes_and_seconds() {
    let ground = Ground::new().await;
    let t = noon();
    for (place, seconds) in (0_i64..).zip([3 * 86_400, 5 * 3_600, 7 * 60, 9]) {
        let id = ground.someone(&format!("Waits {place}")).await;
        let held = ground.grant(id, "either", t.plus_seconds(place), day(40)).await;
        let asked = t.plus_seconds(place - seconds);
        let update = sql("UPDATE requests SET submitted_at = ? WHERE id = ?").bind(&asked).bind(&held.request);
        ground.run(vec![update]).await;
    }
    let (served, admin) = served(ground).await;
    let query = "from=2026-02-01T12:00:00Z&until=2026-02-02T12:00:00Z";
    let (status, page) = served.page(&admin, &format!("/reports/durations?{query}")).await;
    assert_eq!(status, StatusCode::OK);
    // Numbers and their units are not torn apart.
    let page = page.replace('\u{a0}', " ");
    let cell = |said: &str| format!("<span class=\"cell-number\">{said}</span>");
    let (figures, lines) = page.split_once("<table class=\"report\">").unwrap();
    for said in ["3 days", "5 h", "7 min", "9 s"] {
        assert!(lines.contains(&cell(said)), "{said}: {lines}");
    }
    // Half of them took no longer than seven minutes, and nine in ten no longer than three days.
    assert!(figures.contains(&cell("7 min")) && figures.contains(&cell("3 days")), "{figures}");
    assert!(!page.contains(&cell("0 s")), "{page}");
    let (_, page) = served.page(&admin, "/reports/policy-then?role=reader").await;
    let page = page.replace('\u{a0}', " ");
    for said in ["60 days", "15 min", "14 days"] {
        assert!(page.contains(&cell(said)), "{said}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_table_of_a_timeline_tells_days_with_its_times() {
    let ground = Ground::new().await;
    let ana = ground.someone("Ana Verano").await;
    ground.certificate(ana, "alpha", day(-5), day(90)).await;
    ground.grant(ana, "reader", noon(), day(60)).await;
    let (served, admin) = served(ground).await;
    let (_, page) = served.page(&admin, "/explain?person=ana.verano@example.com&role=reader").await;
    let (_, timeline) = page.split_once("aria-labelledby=\"timeline\"").unwrap();
    let (_, table) = timeline.split_once("<caption class=\"unseen\">").unwrap();
    let (table, _) = table.split_once("</table>").unwrap();
    let mark = "<time datetime=\"2026-02-01T12:00:00Z\">";
    let told: Vec<&str> = table.split(mark).skip(1).map(|rest| rest.split_once("</time>").unwrap().0).collect();
    assert!(!told.is_empty(), "{table}");
    assert!(told.iter().all(|text| text.contains("1 Feb 2026") && text.matches(':').count() == 2), "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_may_not_open_a_page_leaves_a_line_whatever_the_page_holds_yet() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (_, ana) = house.joined("Ana Verano", &[]).await;
    let (_, owner) = house.joined("Owner", &[]).await;
    for (who, path) in [
        (&ana, "/reports"),
        (&ana, "/reports/why-held"),
        (&ana, "/reports/tokens"),
        (&ana, "/reports/holders-now"),
        (&ana, "/holders/map"),
        (&ana, "/holders/map?as_of=soon"),
        (&ana, "/holders?as_of=soon"),
        (&ana, "/lapses"),
        (&ana, "/lapses?month=soon&zone=Europe/Paris"),
        (&ana, "/events?from=soon"),
        (&owner, "/reports/tokens"),
        (&owner, "/reports/leaver"),
    ] {
        let before = house.events("refused").await;
        assert_eq!(served.page(who, path).await.0, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(house.events("refused").await, before + 1, "{path}");
    }
    // Of the owner of a role nothing is refused, and nothing is noted where nothing is read.
    let before = (house.events("refused").await, house.events("audit.read").await);
    for path in ["/reports", "/reports/why-held", "/reports/holders-now"] {
        assert_eq!(served.page(&owner, path).await.0, StatusCode::OK, "{path}");
    }
    assert_eq!((house.events("refused").await, house.events("audit.read").await), before);
    assert_eq!(served.page(&owner, "/holders?role=reader&as_of=soon").await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn roles_that_were_withdrawn_can_be_chosen_and_are_marked() {
    let ground = Ground::new().await;
    let ana = ground.someone("Ana Verano").await;
    ground.grant(ana, "reader", noon(), day(60)).await;
    let mut files = content::files();
    let access = String::from_utf8(files["access.yaml"].clone()).unwrap();
    // Nobody was ever given the other one.
    let stays = |line: &&str| !line.contains("{id: reader,") && !line.contains("{id: either,");
    let kept: String = access.lines().filter(stays).map(|line| format!("{line}\n")).collect();
    files.insert("access.yaml".to_owned(), kept.into_bytes());
    let operator = Actor::operator("test");
    load_content::load_content(&ground.house.app, &operator, Source::from_files(files)).await.unwrap();
    ground.house.advance("PT1H");
    let (_, owner) = ground.house.joined("Owner", &[]).await;
    let (served, admin) = served(ground).await;
    for path in ["/reports/policy-then", "/reports/holders-now", "/holders", "/holders/map"] {
        let (_, page) = served.page(&admin, path).await;
        assert!(page.contains("reader (withdrawn)"), "{path}: {page}");
        assert!(!page.contains("either (withdrawn)") && page.contains("KEEPER"), "{path}");
    }
    let (_, page) = served.page(&admin, "/reports/policy-then?role=reader").await;
    assert!(page.contains("withdrawn from the catalogue"), "{page}");
    let (_, page) = served.page(&owner, "/reports/policy-then").await;
    assert!(page.contains("KEEPER") && !page.contains("(withdrawn)"), "owners have the own roles: {page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_found_is_named_and_one_of_several_is_not_nobody() {
    let ground = Ground::new().await;
    let ana = ground.someone("Ana Verano").await;
    let (served, admin) = served(ground).await;
    let (_, page) = served.page(&admin, "/reports/leaver?person=verano").await;
    assert!(page.contains("Ana Verano") && page.contains("ana.verano<wbr>@example.com"), "{page}");
    assert!(page.contains(&format!("href=\"/people/{ana}\"")), "{page}");
    let shown = program::command(&served.house, &["reports", "show", "leaver", "--person", "verano"]).output().unwrap();
    let told = String::from_utf8(shown.stdout).unwrap();
    assert!(told.contains("about Ana Verano <ana.verano@example.com>"), "{told}");
    served.house.person("Bea Verano").await;
    let (_, page) = served.page(&admin, "/reports/leaver?person=verano").await;
    assert!(page.contains("id=\"person-error\"") && page.contains("Several people"), "{page}");
    let (app, actor) = (&served.house.app, &served.house.admin);
    for (text, found) in [("verano", "several-people"), ("verane", "no-such-person"), (" ", "no-such-person")] {
        assert_eq!(code(&list_holders::who_is(app, actor, text.to_owned()).await.unwrap_err()), found, "{text}");
    }
    assert_eq!(list_holders::who_is(app, actor, "bea".into()).await.map(|id| id != ana).ok(), Some(true));
    let (_, page) = served.page(&admin, "/reports/tokens?client=nothing").await;
    assert!(page.contains("id=\"client-error\""), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_is_the_same_wherever_it_stands_and_never_rounded_up() {
    let ground = Ground::new().await;
    let ana = ground.house.person("Ana Verano").await;
    ground.house.certify(&ana, "alpha").await;
    ground.house.ask(&ana, "reader").await.unwrap();
    ground.house.advance("PT1H");
    let id = person_id(&ana);
    ground.run(vec![sql("UPDATE attempts SET basis_points = 9166 WHERE person_id = ?").bind(&id)]).await;
    let chain = ground.ask("why-held", about(Some(id), Some("reader"), None)).await;
    assert!(chain.iter().any(|line| line["what"].as_str().is_some_and(|what| what.ends_with(": 91.6%"))), "{chain:?}");
    let (served, admin) = served(ground).await;
    for path in [
        format!("/reports/why-held?person={id}&role=reader"),
        format!("/explain?person={id}&role=reader"),
        format!("/people/{id}"),
    ] {
        let join = if path.contains('?') { '&' } else { '?' };
        let (_, page) = served.page(&admin, &format!("{path}{join}lang=en")).await;
        assert!(page.contains("91.6%") && !page.contains("91.7%") && !page.contains("91%"), "{path}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_machines_tokens_are_told_apart_and_the_latest_stands_with_its_own_date() {
    let ground = Ground::new().await;
    let house = &ground.house;
    let ana = house.person("Ana Verano").await;
    let id = person_id(&ana);
    let client = sql(
        "INSERT INTO clients (id, name, kind, redirect_uris, post_logout_uris, grant_types, owner_id, state, \
                      created_at, created_by) VALUES ('cli_planted', 'Nightly', 'confidential', '[]', '[]', '[]', ?, 'active', \
                      ?, 'system:test')",
    );
    ground.run(vec![client.bind(&id).bind(&noon())]).await;
    ground.certificate(id, "alpha", day(-50), day(90)).await;
    let held = ground.grant(id, "reader", day(0), day(60)).await;
    ground.token(id, &held, "habilis-cli", "203.0.113.5", day(1)).await;
    let latest = ground.token(id, &held, "cli_planted", "203.0.113.6", day(2)).await;
    ground.run(vec![sql("UPDATE tokens SET service = TRUE WHERE id = ?").bind(&latest)]).await;
    let own = house.bearer(&ana).await;
    let (served, admin) = served(ground).await;
    let (_, page) = served.page(&own, "/access/reader").await;
    assert!(page.contains("one of them taken by a service account"), "{page}");
    let (_, page) = served.page(&admin, &format!("/reports/why-held?person={id}&role=reader")).await;
    assert!(page.contains("The service account Nightly") && page.contains("/clients#cli_planted"), "{page}");
    let (_, page) = served.page(&admin, &format!("/explain?person={id}&role=reader")).await;
    let (_, step) = page.split_once("Tokens minted under it: 2").unwrap();
    let (step, _) = step.split_once("</li>").unwrap();
    assert!(step.contains(&latest.to_string()) && step.contains("datetime=\"2026-02-03T12:00:00Z\""), "{step}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_command_line_gives_files_whole_and_says_what_a_table_leaves_out() {
    let ground = Ground::new().await;
    let ana = ground.someone("Ana Verano").await;
    let held = ground.grant(ana, "reader", noon(), day(60)).await;
    // More than a table has by itself.
    let keys = "(SELECT MIN(kid) FROM keys)";
    let insert = |n: i64| {
        sql(format!(
            "INSERT INTO tokens (id, grant_id, person_id, role_id, client_id, kid, issued_at, expires_at, address) \
             VALUES (?, ?, ?, 'reader', 'habilis-cli', {keys}, ?, ?, '203.0.113.5')"
        ))
        .bind(&Id::<ids::Token>::new(noon()))
        .bind(&held.grant)
        .bind(&ana)
        .bind(&noon().plus_seconds(n))
        .bind(&noon().plus_seconds(n + 900))
    };
    ground.run((1..=1_005).map(insert).collect()).await;
    let house = &ground.house;
    let at = house.app.now().to_string();
    let cut = |complaint: &str| complaint.contains("only the first");
    let run = |more: &[&str]| {
        let about = ["--person", "ana.verano@example.com", "--role", "reader", "--at", at.as_str()];
        let question = [&["reports", "show", "why-held"][..], &about, more].concat();
        let done = program::command(house, &question).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
    };
    let (whole, complaint) = run(&["--format", "csv"]);
    let lines = whole.lines().count() - 1;
    assert!(lines > 1_005 && !cut(&complaint), "{lines} {complaint}");
    let (text, complaint) = run(&["--format", "json"]);
    let told: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((told["items"].as_array().unwrap().len(), &told["next"]), (lines, &Value::Null));
    assert!(!cut(&complaint) && told["forecast"].is_boolean(), "{complaint}");
    let (_, complaint) = run(&[]);
    assert!(complaint.contains(&format!("only the first 1000 of {lines} lines")), "{complaint}");
    let (some, complaint) = run(&["--format", "csv", "--limit", "2"]);
    assert_eq!(some.lines().count(), 3);
    assert!(complaint.contains(&format!("only the first 2 of {lines} lines")), "{complaint}");
    // The same of who holds what.
    let bob = ground.someone("Bob").await;
    ground.grant(bob, "reader", noon(), day(60)).await;
    let command = ["holders", "--as-of", &at, "--format", "csv"];
    let all = program::command(house, &command).output().unwrap();
    assert_eq!(String::from_utf8(all.stdout).unwrap().lines().count(), 3);
    let one = program::command(house, &[&command[..], &["--limit", "1"][..]].concat()).output().unwrap();
    assert_eq!(String::from_utf8(one.stdout).unwrap().lines().count(), 2);
    assert!(String::from_utf8(one.stderr).unwrap().contains("only the first 1 of 2 lines"));
}
