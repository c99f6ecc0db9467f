//! Notices by webhook: each once, for whom it is, in ids alone, and nothing of them to whoever takes other kinds.

use super::{
    receiver::Receiver,
    webhooks::{deliver, house, made, wanted},
};
use crate::support::{House, person_id, slug, web::Served};
use habilis::{
    access::{request::Verdict, rows},
    actions::{
        decide_request::{self, Say},
        list_events, notify,
        sinks::WantedWebhook,
        sweep,
    },
    audit::{event::What, rows::Filter},
    base::{
        clock::Time,
        ids::{self, Id},
        paging::Paging,
        refusal::{Broken, Fault},
    },
    certification::notice::{About, NoticeKind},
    db::Writing,
    identity::actor::Actor,
};
use reqwest::Method;
use serde_json::{Value, json};

fn only(receiver: &Receiver, kind: &str) -> WantedWebhook {
    WantedWebhook { kinds: Some(vec![kind.to_owned()]), ..wanted(receiver) }
}

/// The events that have come to a receiver.
fn events(receiver: &Receiver) -> Vec<Value> {
    receiver.came().iter().map(|came| serde_json::from_str(&came.body).unwrap()).collect()
}

/// Something that somebody is told.
#[derive(Clone)]
struct News {
    who: Id<ids::Person>,
    kind: NoticeKind,
    once: String,
    about: About,
}

/// Tells it at an instant; tells whether it was new. Or the transaction falls after it.
async fn tell(house: &House, at: Time, news: News, falls: bool) -> Result<bool, Fault> {
    let told = move |w: &mut Writing<'_>| {
        let by = Actor::system("test").by();
        let new = notify::tell(w, &by, news.who, news.kind, &news.once, &news.about)?;
        if falls { Err(Fault::from(Broken::defect("the disk is full"))) } else { Ok(new) }
    };
    house.app.db.write(at, told).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_notice_goes_out_once_for_whom_it_is_and_to_no_webhook_of_other_kinds() {
    let house = house().await;
    let (bridge, tickets) = (Receiver::start(), Receiver::start());
    made(&house, only(&bridge, "notice.told")).await;
    made(&house, only(&tickets, "grant.given")).await;
    let (owner, ana) = (house.person("Owner").await, house.person("Ana Verano").await);
    let (owners, anas) = (person_id(&owner), person_id(&ana));
    for course in ["alpha", "beta"] {
        house.certify(&ana, course).await;
    }
    let (asked, _) = house.ask(&ana, "keeper").await.unwrap();
    let notices = notify::my_notices(&house.app, &owner).await.unwrap().1;
    assert_eq!(notices.iter().map(|notice| notice.kind).collect::<Vec<_>>(), [NoticeKind::RequestWaits]);
    let notice = notices[0].clone();
    let until = notice.about.until().unwrap();
    deliver(&house.app).await;
    let came = events(&bridge);
    assert_eq!(came.len(), 1, "{came:?}");
    assert_eq!((&came[0]["type"], &came[0]["subject"]), (&json!("habilis.notice.told"), &json!(notice.id)));
    let data = &came[0]["data"];
    assert_eq!((&data["person"], &data["actor"], &data["role"]), (&json!(owners), &json!(anas), &json!("keeper")));
    let about = json!({ "request": asked, "role": "keeper", "requester": anas, "until": until });
    let path = format!("/decisions/{asked}");
    assert_eq!(data["details"], json!({ "kind": "request_waits", "about": about, "path": path }));

    // Put aside, swept over, and told under the same key: it is no news.
    notify::see_notice(&house.app, &owner, notice.id).await.unwrap();
    sweep::sweep(&house.app).await.unwrap();
    let once = format!("request:{asked}:waits:{}:{owners}", until.micros());
    let again = News { who: owners, kind: NoticeKind::RequestWaits, once, about: notice.about };
    let now = house.app.now();
    assert!(!tell(&house, now, again.clone(), false).await.unwrap());
    // Neither is what was undone, or refused.
    let undone = News { once: "another".to_owned(), ..again };
    assert!(tell(&house, now, undone, true).await.is_err());
    assert!(house.approve(&ana, asked).await.is_err(), "it is her own");
    let unsaid = decide_request::decide_request(&house.app, &owner, asked, Say::new(Verdict::Reject, "")).await;
    assert!(unsaid.is_err(), "nobody says why");
    deliver(&house.app).await;
    assert_eq!((events(&bridge).len(), house.events("notice.told").await), (1, 1));

    house.approve(&owner, asked).await.unwrap();
    deliver(&house.app).await;
    let came = events(&bridge);
    assert_eq!(came.len(), 2, "{came:?}");
    let data = &came[1]["data"];
    assert_eq!((&data["kind"], &data["person"], &data["actor"]), (&json!("notice.told"), &json!(anas), &json!(owners)));
    assert_eq!((&data["details"]["kind"], &data["details"]["path"]), (&json!("request_approved"), &json!(path)));
    let others = events(&tickets);
    assert!(others.len() == 1 && others[0]["type"] == "habilis.grant.given", "{others:?}");
    for came in bridge.came() {
        for word in ["Ana", "Owner", "@example.com", "weekly report", "192.0.2."] {
            assert!(!came.body.contains(word), "{word} leaves: {}", came.body);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_out_of_a_notice_is_what_its_reader_is_shown_but_for_names() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (ana, bearer) = served.person("Ana Verano").await;
    let (who, now) = (person_id(&ana), house.app.now());
    let (alpha, reader) = (|| slug("alpha"), || slug("reader"));
    let all = [
        (
            NoticeKind::CertificateLapses,
            About::Certificate { certificate: Id::new(now), certification: alpha(), course: alpha(), until: now },
        ),
        (
            NoticeKind::MarkCorrected,
            About::Mark { attempt: Id::new(now), course: alpha(), quiz: slug("final"), passed: true },
        ),
        (
            NoticeKind::ServiceEnds,
            About::Service {
                client: "cli_1".into(),
                name: "SECRET-name".into(),
                role: reader(),
                owner: who,
                until: now,
            },
        ),
        (NoticeKind::ServiceAsks, About::Account { client: "cli_1".into(), name: "SECRET-name".into() }),
        (NoticeKind::DelegationBegins, About::Delegation { delegation: Id::new(now), delegator: who, until: now }),
        (
            NoticeKind::ReviewAsks,
            About::Review {
                review: Id::new(now),
                title: "SECRET-title".into(),
                roles: vec![reader()],
                lines: 2,
                due: now,
                delegator: None,
            },
        ),
        (NoticeKind::AccessEnds, About::Access { grant: Id::new(now), role: reader(), until: now }),
        (
            NoticeKind::EmergencyTaken,
            About::Emergency { emergency: Id::new(now), role: reader(), taker: who, until: now },
        ),
        (
            NoticeKind::RequestWaits,
            About::Request { request: Id::new(now), role: reader(), requester: who, until: now },
        ),
    ];
    for (kind, about) in all.clone() {
        let news = News { who, kind, once: kind.word().to_owned(), about };
        assert!(tell(house, now, news, false).await.unwrap(), "{kind:?}");
    }
    let (_, shown) = served.api(&bearer, Method::GET, "/api/v1/notices", Value::Null).await;
    let shown = shown["items"].as_array().unwrap();
    let (_, page) = served.page(&bearer, "/notices").await;
    let told = Filter { kind: Some(What::NoticeTold), ..Filter::default() };
    let lines = list_events::list_events(&house.app, &house.admin, told, None, Paging::first(100)).await.unwrap().items;
    assert_eq!((lines.len(), shown.len()), (all.len(), all.len()));
    for line in lines {
        let notice = shown.iter().find(|one| one["id"].as_str() == line.subject_id.as_deref()).unwrap();
        let mut fields = notice.as_object().unwrap().clone();
        fields.retain(|name, value| !value.is_null() && !["id", "kind", "at", "client_name"].contains(&name.as_str()));
        assert_eq!(line.data["about"], Value::Object(fields), "{notice}");
        assert_eq!((&line.data["kind"], line.person_id), (&notice["kind"], Some(who)));
        assert_eq!(json!(line.role_id), notice["role"], "{notice}");
        let path = line.data["path"].as_str().unwrap();
        // Whoever stands in for somebody is led from the page to what there is to decide.
        assert!(path == "/delegations" || page.contains(path), "{path} is not on the page");
        assert!(!line.data.to_string().contains("SECRET"), "{}", line.data);
        assert!(line.address.is_empty());
    }
    // The log says it in words.
    let admin = house.bearer(&house.admin).await;
    let (_, log) = served.page(&admin, "/events?kind=notice.told").await;
    assert!(log.contains("A notice went to <b>Ana Verano</b>"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn to_be_told_something_moves_nobodys_clock() {
    let house = House::new().await;
    let ana = house.person("Ana").await;
    house.certify(&ana, "alpha").await;
    house.advance("PT1M");
    // Another replica, whose clock is ahead, tells her something.
    let ahead = house.app.now().plus_seconds(3_600);
    let about = About::Account { client: "cli_1".into(), name: "Load".into() };
    let news = News { who: person_id(&ana), kind: NoticeKind::ServiceAsks, once: "once".to_owned(), about };
    assert!(tell(&house, ahead, news, false).await.unwrap());
    let (asked, _) = house.ask(&ana, "reader").await.unwrap();
    let read = house.app.db.read(house.app.now(), move |r| Ok(rows::request(r, asked)?));
    let request = read.await.unwrap().unwrap();
    assert!(request.submitted_at < ahead, "{request:?}");
}
