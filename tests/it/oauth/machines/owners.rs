//! On whose access an account rested at a moment: what explaining says of the past is what was so then.

use super::{accept, account};
use crate::{
    oauth::scene::{Scene, Tool},
    support::{House, slug},
};
use habilis::{
    actions::{
        accept_client::decline_client, explain_access::explain_access, hand_over_client::hand_over_client,
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
    let query = "SELECT client_id || ' ' || person_id || ' ' || from_at || ' ' || COALESCE(until_at, 0) AS word \
                 FROM client_owners ORDER BY client_id, from_at, person_id";
    house.app.db.read(house.app.now(), move |r| Ok(habilis::db::sql(query).all::<String>(r)?)).await.unwrap()
}

/// Runs the migration anew on what is there.
async fn migrate_again(house: &House) {
    // The same on both engines.
    let text = include_str!("../../../../migrations/sqlite/2026-12-04-000800_client_owners/up.sql");
    let plain: String = text.lines().filter(|line| !line.trim_start().starts_with("--")).fold(
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
