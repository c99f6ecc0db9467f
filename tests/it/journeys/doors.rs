//! No page shows anybody a link to a closed door: every link that each kind of person comes across opens.

use crate::support::{House, person_id, slug, web::Served};
use habilis::{
    access::rows::LockKind,
    actions::{assign_course, change_person, change_team, lock, start_attempt},
    identity::person::Capabilities,
};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many pages of one kind are looked at for each person: they differ by their ids alone.
const OF_A_KIND: usize = 3;

/// Follows every link from the first page; returns what did not open, with the page that leads there.
async fn around(served: &Served, secret: &str) -> (usize, Vec<String>) {
    let links = Regex::new(r#"<a [^>]*href="(/[^"]*)""#).unwrap();
    let ids = Regex::new(r"[a-z]{3}_[0-9a-f]{32}|\?.*").unwrap();
    let (mut known, mut shapes) = (BTreeSet::from(["/".to_owned()]), BTreeMap::<String, usize>::new());
    let mut ahead = VecDeque::from([("/".to_owned(), String::new())]);
    let (mut looked, mut shut) = (0, Vec::new());
    while let Some((path, from)) = ahead.pop_front() {
        let seen = shapes.entry(ids.replace_all(&path, "…").into_owned()).or_default();
        *seen += 1;
        if *seen > OF_A_KIND {
            continue;
        }
        let (status, html) = served.page(secret, &path).await;
        looked += 1;
        if !status.is_success() && !status.is_redirection() {
            shut.push(format!("{status} {path} from {from}"));
        }
        for link in links.captures_iter(&html) {
            let link = link[1].replace("&amp;", "&").replace("&#x3D;", "=");
            let link = link.split('#').next().unwrap_or_default().to_owned();
            if !link.is_empty() && !link.starts_with("/assets/") && known.insert(link.clone()) {
                ahead.push_back((link, path.clone()));
            }
        }
    }
    (looked, shut)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_link_leads_to_a_closed_door() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    let (ana, holder) = served.person("Ana").await;
    let (ben, _) = served.person("Ben").await;
    let (_, new) = served.person("Noa").await;
    let (_, owner) = served.person("Owner").await;
    let (lead, leader) = house.joined("Lea", &["sales"]).await;
    let (audits, auditor) = served.person("Odile").await;
    let (writes, author) = served.person("Wim").await;
    for (who, may) in [
        (&audits, Capabilities { auditor: true, ..Capabilities::default() }),
        (&writes, Capabilities { author: true, ..Capabilities::default() }),
    ] {
        change_person::change_capabilities(&house.app, &house.admin, person_id(who), may).await.unwrap();
    }
    let team = "sales".to_owned();
    change_team::set_lead(&house.app, &house.admin, team.clone(), person_id(&lead).to_string(), true).await.unwrap();
    let assigning = assign_course::Assigning {
        team,
        course: slug("alpha"),
        due_at: house.clock.now().plus_seconds(86_400),
        note: String::new(),
    };
    assign_course::assign_course(&house.app, &lead, assigning, None).await.unwrap();
    // Held, locked, and waiting for the owner; one exam is open.
    for who in [&ana, &ben] {
        house.certify(who, "alpha").await;
        house.ask(who, "reader").await.unwrap();
    }
    house.certify(&ana, "beta").await;
    house.ask(&ana, "keeper").await.unwrap();
    house.ask(&ana, "either").await.unwrap();
    let (person, reason) = (person_id(&ben).to_string(), "a lost laptop".to_owned());
    lock::place_lock(&house.app, &house.admin, LockKind::Person, person, reason).await.unwrap();
    start_attempt::start_attempt(&house.app, &lead, slug("alpha"), slug("final")).await.unwrap();
    let admin = house.bearer(&house.admin).await;
    for (who, secret, least) in [
        ("somebody new", new, 10),
        ("a holder", holder, 15),
        ("an owner", owner, 15),
        ("a lead", leader, 12),
        ("an author", author, 15),
        ("an auditor", auditor, 30),
        ("an admin", admin, 30),
    ] {
        let (looked, shut) = around(&served, &secret).await;
        assert!(shut.is_empty(), "{who} comes to closed doors:\n{}", shut.join("\n"));
        assert!(looked >= least, "{who} saw {looked} pages only");
    }
}
