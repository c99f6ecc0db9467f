//! Erasing a person: nothing names them any more, and everything that was asked before is still answered the same.

use crate::support::{House, PASSWORD, code, content, person_id, slug};
use habilis::{
    academy::regrade::Treatment,
    access::rows::LockKind,
    access::{request::Verdict, rows::HolderFilter},
    actions::{
        accommodate::{self, Granting},
        change_person, decide_request, disable_person, erase_person, explain_access, invite_person, list_events,
        list_holders, lock, mint_token,
        regrade::{self, Wanted},
        request_role, save_answer, sign_in, start_attempt, submit_attempt,
    },
    audit::{
        event::{Line, What},
        rows::Filter,
        seal,
    },
    base::{clock::Time, ids::Id, paging::Paging},
    certification::{
        self,
        notice::{About, NoticeKind},
    },
    curriculum::source::Source,
    identity::actor::Actor,
};
use serde_json::json;

/// The texts that must be gone.
const TEXTS: &[&str] = &[
    "ana.verano@example.com",
    "Ana Verano",
    "averano_lake",
    "numbers for my mother",
    "my private words",
    "a delicate operation",
    "seen at the beach",
    "left with a quarrel",
    "198.51.100.77",
    "Toaster/7",
    "please tell me more",
    "as Ana Verano found out",
    "secret.garden@home.example",
];

async fn log(house: &House) -> Vec<Line> {
    let all = list_events::list_events(&house.app, &house.admin, Filter::default(), None, Paging::first(1_000)).await;
    all.unwrap().items
}

async fn holders(house: &House, at: Time) -> Vec<String> {
    let filter = HolderFilter {
        person: None,
        role: None,
        warehouse: None,
        team: None,
        state: None,
        unused_days: None,
        all: true,
    };
    let lines = list_holders::list_holders(&house.app, &house.admin, filter, None, Some(at), Paging::first(100)).await;
    let lines = lines.unwrap().items;
    lines.iter().map(|line| format!("{} {} {:?} {}", line.person.id, line.role, line.state, line.effective)).collect()
}

/// A house whose exams ask every question, the one that is answered in words included.
async fn wordy() -> House {
    let mut files = content::files();
    for file in files.values_mut() {
        if let Ok(text) = std::str::from_utf8(file) {
            *file = text.replace("count: 4", "count: 6").into_bytes();
        }
    }
    House::with(Source::from_files(files)).await
}

/// Somebody with a long history, who has left.
async fn ana(house: &House) -> (Actor, Time) {
    let owner = house.person("Owner").await;
    let made = house.person_in("Ana Verano", &["sales"]).await;
    let away = Actor::anonymous("198.51.100.77");
    let begun =
        sign_in::sign_in(&house.app, &away, "ana.verano@example.com", PASSWORD.into(), "Toaster/7").await.unwrap();
    let ana = sign_in::authenticate(&house.app, &begun.secret, "198.51.100.77").await.unwrap().unwrap();
    sign_in::sign_in(&house.app, &away, "ana.verano@example.com", "wrong".into(), "Toaster/7").await.unwrap_err();
    house.certify(&ana, "alpha").await;
    house.certify(&ana, "beta").await;
    let lake =
        change_person::change_login(&house.app, &house.admin, person_id(&ana), slug("lake"), "averano_lake".into());
    lake.await.unwrap();
    let ask = |reason: &str| request_role::Ask {
        role: slug("keeper"),
        reason: reason.into(),
        duration: None,
        starts_at: None,
    };
    let (request, _) = request_role::request_role(&house.app, &ana, ask("numbers for my mother")).await.unwrap();
    let back = |verdict, comment: &str| decide_request::Say::new(verdict, comment);
    decide_request::decide_request(&house.app, &owner, request, back(Verdict::Return, "please tell me more"))
        .await
        .unwrap();
    house.advance("PT1M");
    request_role::request_role(&house.app, &ana, ask("numbers for my mother, Ana")).await.unwrap();
    decide_request::decide_request(&house.app, &owner, request, back(Verdict::Approve, "fine, Ana Verano"))
        .await
        .unwrap();
    mint_token::mint_token(&house.app, &ana, slug("keeper")).await.unwrap();
    let granting = Granting {
        person: person_id(&ana),
        course: None,
        quiz: None,
        time_factor_percent: 125,
        extra_attempts: 1,
        reason: "a delicate operation".into(),
        from: None,
        until: None,
    };
    accommodate::accommodate(&house.app, &house.admin, granting).await.unwrap();
    let id = person_id(&ana).to_string();
    let placed = lock::place_lock(&house.app, &house.admin, LockKind::Person, id, "seen at the beach".into());
    let placed = placed.await.unwrap();
    lock::lift_lock(&house.app, &house.admin, placed).await.unwrap();
    // A text about somebody else that names her.
    let bob = person_id(&house.person("Bob").await);
    disable_person::disable_person(&house.app, &house.admin, bob, "quarrelled with ANA  VERANO".into()).await.unwrap();
    // An exam with words of hers in it.
    house.advance("P95D");
    let sat = start_attempt::start_attempt(&house.app, &made, slug("alpha"), slug("final")).await.unwrap();
    for no in 1..=6 {
        let save = save_answer::Save { no, revision: 0, answer: json!("my private words"), flagged: false };
        let _ = save_answer::save_answer(&house.app, &ana, sat, save).await;
    }
    submit_attempt::submit_attempt(&house.app, &ana, sat, Vec::new()).await.unwrap();
    // A correction whose reason names her.
    house.advance("1s");
    let wanted = Wanted {
        course: slug("alpha"),
        question: slug("q-one"),
        from: None,
        treatment: Treatment::FullMarks,
        take_back: false,
    };
    let plan = regrade::preview_regrade(&house.app, &house.admin, wanted.clone()).await.unwrap();
    let reason = "the key was wrong, as Ana Verano found out".to_owned();
    regrade::apply_regrade(&house.app, &house.admin, wanted, reason, plan.fingerprint, None).await.unwrap();
    super::told_by_the_directory(house, &ana, "secret.garden@home.example").await;
    house.advance("1s");
    (ana, house.app.now())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_called_things_goes_from_what_an_erased_person_was_told() {
    let house = House::new().await;
    let ana = person_id(&house.person("Ana Verano").await);
    let bob = person_id(&house.person("Bob").await);
    let now = house.app.now();
    let review = |title: &str| About::Review {
        review: Id::new(now),
        title: title.to_owned(),
        roles: vec![slug("reader")],
        lines: 1,
        due: now,
        delegator: None,
    };
    let account = About::Account { client: "svc-loader".to_owned(), name: "The loader of a sick colleague".to_owned() };
    let told = [
        (bob, NoticeKind::ReviewAsks, review("Since Ana Verano left")),
        (ana, NoticeKind::ReviewAsks, review("After the old quarrels")),
        (ana, NoticeKind::ServiceAsks, account),
    ];
    let written = house.app.db.write(now, move |w| {
        for (no, (who, kind, about)) in told.iter().enumerate() {
            certification::rows::insert_notice(w, *who, *kind, &format!("told-{no}"), about)?;
        }
        Ok(())
    });
    written.await.unwrap();
    let words = ["Since Ana Verano", "old quarrels", "sick colleague"];
    for text in words {
        assert_eq!(super::columns_with(&house, text).await, ["notices.about"], "`{text}` should be held before");
    }
    disable_person::disable_person(&house.app, &house.admin, ana, "left".into()).await.unwrap();
    let erased =
        erase_person::erase_person(&house.app, &house.admin, ana, "ana.verano@example.com".into(), "asked for".into());
    erased.await.unwrap();
    for text in words {
        assert_eq!(super::columns_with(&house, text).await, Vec::<String>::new(), "`{text}`");
    }
    // Both are still read: what somebody else was told has another name for her, and the ids are the same.
    for (who, kept) in [(bob, "Since Erased person "), (ana, "")] {
        let all = house.app.db.read(house.app.now(), move |r| Ok(certification::rows::unseen(r, who)?)).await.unwrap();
        let titles: Vec<String> = all
            .into_iter()
            .filter_map(|notice| match notice.about {
                About::Review { title, .. } => Some(title),
                _ => None,
            })
            .collect();
        assert!(titles.len() == 1 && titles[0].starts_with(kept), "{titles:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_names_an_erased_person_and_every_answer_stays() {
    let house = wordy().await;
    let (ana, _) = ana(&house).await;
    let id = person_id(&ana);
    let past = Time::parse("2026-03-02T12:00:00Z").unwrap();
    let erase = |confirm: &str| {
        erase_person::erase_person(&house.app, &house.admin, id, confirm.to_owned(), "asked for by Ana Verano".into())
    };
    assert_eq!(code(&erase("ana.verano@example.com").await.unwrap_err()), "erasure-not-shut-out");
    disable_person::disable_person(&house.app, &house.admin, id, "left with a quarrel".into()).await.unwrap();
    assert_eq!(code(&erase("ana@example.com").await.unwrap_err()), "erasure-not-confirmed");
    let by_herself =
        erase_person::erase_person(&house.app, &ana, id, "ana.verano@example.com".into(), "me".into()).await;
    assert_eq!(code(&by_herself.unwrap_err()), "capability-missing");
    let seen = super::columns_with(&house, "my private words").await;
    for text in TEXTS {
        assert!(!super::columns_with(&house, text).await.is_empty(), "`{text}` should be held before: {seen:?}");
    }
    let before = (log(&house).await, holders(&house, past).await, holders(&house, house.app.now()).await);
    let marks = super::count(&house, "SELECT CAST(SUM(basis_points) AS BIGINT) AS n FROM attempts").await;
    let commitments =
        super::count(&house, "SELECT COUNT(address_commitment) + COUNT(texts_commitment) AS n FROM events").await;

    erase(" ANA.Verano@example.com ").await.unwrap();

    for text in TEXTS {
        assert_eq!(super::columns_with(&house, text).await, Vec::<String>::new(), "`{text}`");
    }
    let after = (log(&house).await, holders(&house, past).await, holders(&house, house.app.now()).await);
    assert_eq!((&after.1, &after.2), (&before.1, &before.2));
    assert!(after.1.iter().any(|line| line.contains(&id.to_string())));
    let told = before.0.iter().filter(|line| line.kind == What::NoticeTold && line.person_id == Some(id)).count();
    assert!(told > 1, "she was told what came of what she asked for");
    // The lines of the log are the same lines: only words and addresses are gone from beside them.
    assert_eq!(after.0[0].kind.word(), "person.erased");
    let pairs: Vec<_> = before.0.iter().zip(after.0.iter().skip(after.0.len() - before.0.len())).collect();
    assert_eq!(pairs.len(), before.0.len());
    for (was, is) in pairs {
        assert_eq!((was.seq, was.id, was.at, was.kind, &was.actor), (is.seq, is.id, is.at, is.kind, &is.actor));
        assert_eq!((&was.subject_id, was.person_id, &was.role_id), (&is.subject_id, is.person_id, &is.role_id));
        if was.kind == What::NoticeTold {
            assert_eq!((&was.data, was.address.as_str(), is.erased), (&is.data, "", false), "it named nobody");
        }
    }
    assert_eq!(marks, super::count(&house, "SELECT CAST(SUM(basis_points) AS BIGINT) AS n FROM attempts").await);
    let kept =
        super::count(&house, "SELECT COUNT(address_commitment) + COUNT(texts_commitment) AS n FROM events").await;
    assert!(kept >= commitments);
    let named: Vec<_> = after.0.iter().filter_map(|line| line.person_name.clone()).collect();
    assert!(named.iter().any(|name| name.starts_with("Erased person ")), "{named:?}");
    assert!(after.0.iter().any(|line| line.data.to_string().contains("quarrelled with Erased person")));
    // Whoever's mark it changed still reads why, without her name.
    let corrections = regrade::list_regrades(&house.app, &house.admin, None).await.unwrap();
    assert!(corrections[0].reason.starts_with("the key was wrong, as Erased person "), "{}", corrections[0].reason);
    let told =
        explain_access::explain_access(&house.app, &house.admin, Some(id.to_string()), slug("keeper"), Some(past));
    told.await.unwrap();

    // The door stays shut, and the address is free for somebody new.
    let away = Actor::anonymous("192.0.2.9");
    let again = sign_in::sign_in(&house.app, &away, "ana.verano@example.com", PASSWORD.into(), "x").await;
    assert_eq!(code(&again.unwrap_err()), "bad-credentials");
    assert_eq!(code(&disable_person::enable_person(&house.app, &house.admin, id).await.unwrap_err()), "person-erased");
    assert_eq!(code(&erase("x").await.unwrap_err()), "person-erased");
    let login = change_person::change_login(&house.app, &house.admin, id, slug("lake"), "ana".into()).await;
    assert_eq!(code(&login.unwrap_err()), "person-erased");
    let new = house.person("Ana Verano").await;
    assert_ne!(person_id(&new), id);
    let taken = invite_person::Invitation {
        email: "ana.verano@example.com".into(),
        name: "Ana".into(),
        ..invite_person::Invitation::default()
    };
    assert_eq!(code(&invite_person::invite_person(&house.app, &house.admin, taken).await.unwrap_err()), "email-taken");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_stands_beside_the_log_fits_its_commitment_and_changes_only_by_erasing() {
    let house = wordy().await;
    ana(&house).await;
    let row = |column: &'static str| {
        let query = format!(
            "SELECT x.{column} || '|' || x.{column}_salt || '|' || e.{column}_commitment AS word FROM events e \
             JOIN event_private x ON x.event_id = e.id WHERE x.{column} IS NOT NULL"
        );
        house.app.db.read(house.app.now(), move |r| Ok(habilis::db::sql(query).all::<String>(r)?))
    };
    for column in ["address", "texts"] {
        let rows = row(column).await.unwrap();
        assert!(rows.len() > 3);
        for line in rows {
            let (rest, commitment) = line.rsplit_once('|').unwrap();
            let (text, salt) = rest.rsplit_once('|').unwrap();
            assert_eq!(seal::commitment(salt, text), commitment);
        }
    }
    assert_eq!(super::count(&house, "SELECT COUNT(*) AS n FROM events WHERE address <> ''").await, 0);
    for forbidden in
        ["UPDATE event_private SET texts = 'x'", "DELETE FROM event_private", "DELETE FROM regrade_reasons"]
    {
        let done = house.app.db.write(house.app.now(), move |w| Ok(habilis::db::sql(forbidden).run(w)?)).await;
        assert!(done.is_err(), "{forbidden}");
    }
}
