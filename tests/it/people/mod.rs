//! People who need more: accommodations, teams, transcripts, what is held about somebody, and erasing it.

mod accommodations;
mod erasure;
mod given;
mod names;
mod passwords;
mod teams;

use crate::support::{House, person_id};
use habilis::{
    actions::provision::{self, Change},
    base::ids::Id,
    identity::actor::Actor,
    provisioning::{person, schema},
};
use serde_json::{Value, json};

/// The company's directory says something of somebody.
async fn told_by_the_directory(house: &House, who: &Actor, address: &str) {
    let directory = Actor::directory(Id::new(house.app.now()), "192.0.2.9");
    let Value::Object(said) = json!({
        "schemas": [schema::USER], "externalId": address, "userName": who.signed().unwrap().person.email,
        "displayName": who.signed().unwrap().person.name, "emails": [{ "value": address, "type": "home" }],
    }) else {
        unreachable!()
    };
    let change = Change::Replace(person::body(&said).unwrap());
    provision::change_person(&house.app, &directory, person_id(who), change, None).await.unwrap();
}

/// Every text column of the database, as `table.column`.
async fn text_columns(house: &House) -> Vec<String> {
    let query = if house.engine.url.starts_with("postgres") {
        "SELECT table_name || '.' || column_name AS word FROM information_schema.columns \
         WHERE table_schema = 'public' AND data_type = 'text' AND table_name IN \
         (SELECT tablename FROM pg_tables WHERE schemaname = 'public')"
    } else {
        "SELECT m.name || '.' || c.name AS word FROM sqlite_master m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND c.type = 'TEXT'"
    };
    house.app.db.read(house.app.now(), move |r| Ok(habilis::db::sql(query).all::<String>(r)?)).await.unwrap()
}

/// The columns in which a text stands, whatever the case of its letters.
async fn columns_with(house: &House, needle: &str) -> Vec<String> {
    let mut found = Vec::new();
    for column in text_columns(house).await {
        let (table, name) = column.split_once('.').unwrap();
        let statement = format!("SELECT COUNT(*) AS n FROM {table} WHERE LOWER({name}) LIKE ?");
        let pattern = format!("%{}%", needle.to_lowercase());
        let n: i64 = house
            .app
            .db
            .read(house.app.now(), move |r| Ok(habilis::db::sql(statement).bind(&pattern).one::<i64>(r)?))
            .await
            .unwrap();
        if n > 0 {
            found.push(column);
        }
    }
    found
}

/// How many rows a query counts.
async fn count(house: &House, query: &'static str) -> i64 {
    house.app.db.read(house.app.now(), move |r| Ok(habilis::db::sql(query).one::<i64>(r)?)).await.unwrap()
}
