//! Least privilege and reviews: when access was last used, what holds it back, who confirms it, and the evidence of that.

mod answers;
mod away;
mod cadence;
mod campaign;
mod evidence;
mod killed;
mod least;
mod many;
mod successors;
mod suspensions;
mod usage;

use crate::support::{House, person_id, program::command, slug, web::Served};
use habilis::{
    access::{
        review::{Line, Scope},
        rows::{self, LineFilter},
    },
    actions::reviews::start::{self, Start},
    base::{
        ids::{self, Id},
        paging::Paging,
    },
    db::sql,
    identity::actor::Actor,
};
use reqwest::Method;
use serde_json::Value;

/// A list of the API as somebody.
pub async fn read(served: &Served, bearer: &str, path: &str) -> Value {
    let (status, body) = served.api(bearer, Method::GET, &format!("/api/v1{path}"), Value::Null).await;
    assert_eq!(status, 200, "{path}: {body}");
    body
}

/// What a command prints, as a list of JSON.
pub fn printed(house: &House, arguments: &[&str]) -> Value {
    let output = command(house, arguments).output().unwrap();
    let (said, wrong) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{arguments:?}: {said}{wrong}");
    serde_json::from_str(&said).unwrap_or(Value::String(said))
}

/// A small house with a role that an owner answers for and that three hold, the owner among them.
pub struct Cast {
    pub served: Served,
    pub owner: Actor,
    pub petra: Actor,
    pub ana: Actor,
    pub bob: Actor,
}

impl Cast {
    pub async fn set() -> Self {
        let served = Served::start(House::new().await).await;
        let house = &served.house;
        let owner = house.person("Owner").await;
        let petra = house.person("Petra").await;
        let (ana, bob) = (house.person_in("Ana Verano", &["sales"]).await, house.person_in("Bob", &["sales"]).await);
        for who in [&owner, &ana, &bob] {
            house.certify(who, "alpha").await;
            house.ask(who, "reader").await.unwrap();
        }
        house.advance("PT1M");
        Self { owner, petra, ana, bob, served }
    }

    pub fn house(&self) -> &House {
        &self.served.house
    }

    /// What an admin asks for: a review of the role.
    pub fn wanted(due: &str, grace: &str) -> Start {
        Start {
            title: String::new(),
            scope: Scope { roles: vec![slug("reader")], ..Scope::default() },
            due: Some(due.parse().unwrap()),
            grace: Some(grace.parse().unwrap()),
        }
    }

    pub async fn begin(&self, due: &str, grace: &str) -> Id<ids::Review> {
        let house = self.house();
        start::start_review(&house.app, &house.admin, Self::wanted(due, grace), None).await.unwrap()
    }

    /// The line of a review about somebody.
    pub async fn line_of(&self, review: Id<ids::Review>, who: &Actor) -> Line {
        let (app, who) = (&self.house().app, person_id(who));
        let lines = app
            .db
            .read(app.now(), move |r| {
                Ok(rows::review_lines(r, review, &LineFilter::default(), &Paging::first(100))?.items)
            })
            .await
            .unwrap();
        lines.into_iter().find(|line| line.person_id == who).unwrap()
    }

    /// How many notices of a kind somebody was given.
    pub async fn notices(&self, who: &Actor, kind: &'static str) -> i64 {
        let (app, who) = (&self.house().app, person_id(who));
        app.db
            .read(app.now(), move |r| {
                let asked = sql("SELECT COUNT(*) AS n FROM notices WHERE person_id = ? AND kind = ?");
                Ok(asked.bind(&who).bind(&kind).one::<i64>(r)?)
            })
            .await
            .unwrap()
    }
}
