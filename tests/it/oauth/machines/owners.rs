//! On whose access an account rested at a moment, and for which roles: what explaining says of the past is what was so then.

use super::{accept, account, registered};
use crate::{
    oauth::scene::{Scene, Tool},
    support::{House, person_id, slug},
};
use habilis::{
    actions::{
        accept_client::decline_client,
        change_client::{Changes, change_client},
        explain_access::explain_access,
        hand_over_client::hand_over_client,
        register_client::remove_client,
    },
    base::clock::Time,
};

/// The accounts that an explanation of somebody's access to `reader` names.
async fn named(scene: &Scene, who: &str, at: Option<Time>) -> Vec<String> {
    let house = scene.house();
    let told = explain_access(&house.app, &house.admin, Some(who.to_owned()), slug("reader"), at).await.unwrap();
    told.machines.into_iter().map(|one| one.id).collect()
}

/// Everything that is written down of owners.
async fn written(house: &House) -> Vec<String> {
    let query = "SELECT client_id || ' ' || person_id || ' ' || from_at || ' ' || COALESCE(until_at, 0) || ' ' || \
                 COALESCE(roles, '-') AS word FROM client_owners ORDER BY client_id, from_at, person_id";
    house.app.db.read(house.app.now(), move |r| Ok(habilis::db::sql(query).all::<String>(r)?)).await.unwrap()
}

/// Runs the migrations anew on what is there.
async fn migrate_again(house: &House) {
    // The same on both engines.
    let owners = include_str!("../../../../migrations/sqlite/2026-12-04-000800_client_owners/up.sql");
    let roles = if house.engine.is_postgres() {
        include_str!("../../../../migrations/postgres/2026-12-05-000410_client_owner_roles/up.sql")
    } else {
        include_str!("../../../../migrations/sqlite/2026-12-05-000410_client_owner_roles/up.sql")
    };
    let lines = owners.lines().chain(roles.lines());
    let plain: String = lines.filter(|line| !line.trim_start().starts_with("--")).fold(
        String::from("DROP TABLE client_owners;"),
        |mut all, line| {
            all.push(' ');
            all.push_str(line);
            all
        },
    );
    for statement in plain.split(';').map(str::trim).filter(|one| !one.is_empty()) {
        let statement = statement.to_owned();
        let run = house.app.db.write(house.app.now(), move |w| {
            Ok::<_, habilis::base::refusal::Fault>(habilis::db::sql(statement.clone()).run(w)?)
        });
        run.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_explanation_names_the_accounts_that_rested_on_the_access_at_that_moment() {
    let scene = Scene::set().await;
    let house = scene.house();
    let (app, admin) = (&house.app, &house.admin);
    let (eve, _) = house.joined("Eve Marin", &[]).await;
    let (ana, other) = (scene.person(), "eve.marin@example.com".to_owned());
    let step = || {
        house.advance("1m");
        app.now()
    };
    let before = app.now();
    step();
    let tool: Tool = account(house, &scene.ana, &["reader"]).await;
    let agreed = step();
    assert_eq!(named(&scene, &ana, None).await, std::slice::from_ref(&tool.id));
    step();
    hand_over_client(app, admin, tool.id.clone(), other.clone()).await.unwrap();
    let waiting = step();
    step();
    accept(house, &eve, &tool).await;
    let handed = step();
    step();
    decline_client(app, &eve, tool.id.clone()).await.unwrap();
    let declined = step();
    step();
    accept(house, &eve, &tool).await;
    step();
    remove_client(app, admin, tool.id.clone()).await.unwrap();
    let removed = step();
    let told = async || {
        let mut all = Vec::new();
        for at in [before, agreed, waiting, handed, declined, removed] {
            let (hers, theirs) = (named(&scene, &ana, Some(at)).await, named(&scene, &other, Some(at)).await);
            all.push((hers.len(), theirs.len()));
        }
        all
    };
    let expected = [(0, 0), (1, 0), (0, 0), (0, 1), (0, 0), (0, 0)];
    assert_eq!(told().await, expected);

    step();
    // One that stands; then as if the house were older than what is written down.
    account(house, &scene.ana, &["reader"]).await;
    step();
    let rows = written(house).await;
    assert_eq!(rows.len(), 4, "{rows:?}");
    migrate_again(house).await;
    assert_eq!(written(house).await, rows, "the events tell the same");
    assert_eq!(told().await, expected);
}

/// Lets an account use these roles from now on.
async fn change(house: &House, tool: &Tool, roles: &[&str]) {
    let roles = roles.iter().map(|role| slug(role)).collect();
    let changes = Changes { roles: Some(Some(roles)), ..Changes::default() };
    change_client(&house.app, &house.admin, tool.id.clone(), changes).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_explanation_names_an_account_by_the_roles_that_it_could_use_at_that_moment() {
    let scene = Scene::set().await;
    let house = scene.house();
    let step = || {
        house.advance("1m");
        let at = house.app.now();
        house.advance("1m");
        at
    };
    let tool = account(house, &scene.ana, &["reader", "keeper"]).await;
    let both = step();
    // What is taken from it is asked of nobody.
    change(house, &tool, &["keeper"]).await;
    let narrowed = step();
    // What is added is asked of its owner.
    change(house, &tool, &["keeper", "reader"]).await;
    let waiting = step();
    accept(house, &scene.ana, &tool).await;
    let again = step();
    // Whoever owns one, and adds to it themselves, has agreed.
    let admin = person_id(&house.admin).to_string();
    let own = registered(house, &admin, &["keeper"], &[]).await.unwrap();
    let before = step();
    change(house, &own, &["keeper", "reader"]).await;
    let widened = step();
    let told = async || {
        let mut all = Vec::new();
        for at in [both, narrowed, waiting, again] {
            all.push(named(&scene, &scene.person(), Some(at)).await == std::slice::from_ref(&tool.id));
        }
        for at in [before, widened] {
            all.push(named(&scene, &admin, Some(at)).await == std::slice::from_ref(&own.id));
        }
        all
    };
    let expected = [true, false, false, true, false, true];
    assert_eq!(told().await, expected);
    assert_eq!(named(&scene, &admin, None).await, std::slice::from_ref(&own.id));

    let rows = written(house).await;
    assert_eq!(rows.len(), 5, "{rows:?}");
    migrate_again(house).await;
    assert_eq!(written(house).await, rows, "the events tell the same");
    assert_eq!(told().await, expected);
}
