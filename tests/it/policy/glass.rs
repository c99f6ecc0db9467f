//! Break-glass: at once and without approval, never without the certifications; loud, and judged by somebody else.

use super::{changed, load, page, post};
use crate::support::{House, actor, code, person_id, slug, web::Served};
use habilis::{
    access::{
        emergency::State,
        grant::EndReason,
        request::State as RequestState,
        rows::{self, LockKind},
    },
    actions::{
        break_glass::{self, Taking},
        change_person, hold_grant, lock, mint_token, notify, revoke_certificate, sweep,
    },
    base::{
        ids::{self, Id},
        refusal::Fault,
        text::Slug,
    },
    certification::notice::NoticeKind,
    identity::{actor::Actor, person::Capabilities, secret::Secret},
};

pub fn on_call() -> habilis::curriculum::source::Source {
    changed(|text| format!("{text}break_glass: {{of: ['team:oncall'], at_most: PT2H}}\n"))
}

async fn take(
    house: &House,
    who: &Actor,
    role: &str,
    reason: &str,
    hours: Option<&str>,
) -> Result<Id<ids::Emergency>, Fault> {
    let taking = Taking {
        person: None,
        role: slug(role),
        reason: reason.to_owned(),
        duration: hours.map(|hours| hours.parse().unwrap()),
    };
    break_glass::break_glass(&house.app, who, taking, None).await
}

async fn judge(house: &House, taken: Id<ids::Emergency>, who: &Actor, good: bool, words: &str) -> Result<(), Fault> {
    break_glass::review_emergency(&house.app, who, taken, good, words.to_owned()).await
}

/// What somebody was told of emergencies, the newest first.
async fn notices(house: &House, who: &Actor) -> Vec<NoticeKind> {
    let all = notify::my_notices(&house.app, who).await.unwrap().1.into_iter().map(|told| told.kind);
    all.filter(|kind| kind.word().starts_with("emergency_")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_on_call_takes_a_role_that_they_are_certified_for() {
    let house = House::with(on_call()).await;
    let (omar, ana) = (house.person_in("Omar", &["oncall"]).await, house.person("Ana").await);
    let (owner, auditor) = (house.person("Owner").await, house.person("Odile").await);
    let may = Capabilities { auditor: true, ..Capabilities::default() };
    change_person::change_capabilities(&house.app, &house.admin, person_id(&auditor), may).await.unwrap();
    // What they may do since.
    let auditor = actor(&house.app, &Secret::presented(&house.bearer(&auditor).await)).await;
    house.certify(&ana, "beta").await;
    assert_eq!(code(&take(&house, &ana, "guardian", "fire", None).await.unwrap_err()), "not-on-call");
    assert_eq!(code(&take(&house, &omar, "guardian", "fire", None).await.unwrap_err()), "certification-missing");
    house.certify(&omar, "beta").await;
    for (role, reason, hours, expected) in [
        ("nothing", "fire", None, "no-such-role"),
        ("guardian", "  ", None, "reason-needed"),
        ("guardian", "fire", Some("3h"), "bad-duration"),
        ("guardian", "fire", Some("10s"), "bad-duration"),
    ] {
        assert_eq!(code(&take(&house, &omar, role, reason, hours).await.unwrap_err()), expected);
    }
    // An open request of their own does not stand in the way, nor does the one stand in the way of the other.
    house.person_in("Paul", &["privacy"]).await;
    house.person_in("Petra", &["privacy"]).await;
    let (asked, _) = house.ask(&omar, "guardian").await.unwrap();
    let taken = take(&house, &omar, "guardian", "the payouts are wrong", None).await.unwrap();
    let minted = mint_token::mint_token(&house.app, &omar, slug("guardian")).await.unwrap();
    let found = break_glass::read_emergency(&house.app, &omar, taken).await.unwrap();
    assert_eq!((found.state, found.tokens, found.ends_at), (State::Taken, 1, found.taken_at.plus_seconds(7_200)));
    assert_eq!(minted.grant, found.grant_id);
    assert_eq!(code(&take(&house, &omar, "guardian", "again", None).await.unwrap_err()), "access-in-effect");
    let open = house.app.db.read(house.app.now(), move |r| Ok(rows::request(r, asked)?)).await.unwrap().unwrap();
    assert_eq!(open.state, RequestState::InReview);
    // Everybody who oversees hears of it, once; who took it and who has no part in it do not.
    for who in [&house.admin, &owner, &auditor] {
        assert_eq!(notices(&house, who).await, [NoticeKind::EmergencyTaken]);
    }
    assert!(notices(&house, &omar).await.is_empty() && notices(&house, &ana).await.is_empty());
    assert_eq!((house.events("emergency.taken").await, house.events("grant.given").await), (1, 1));
    // What the view asks of any grant it asks of this one: the certificate goes, and so does the access, at once.
    let who = person_id(&omar);
    let certificates =
        house.app.db.read(house.app.now(), move |r| Ok(habilis::certification::rows::certificates_of(r, who)?));
    let certificate = certificates.await.unwrap()[0].id;
    revoke_certificate::revoke_certificate(&house.app, &house.admin, certificate, "a mistake".into()).await.unwrap();
    assert_eq!(
        code(&mint_token::mint_token(&house.app, &omar, slug("guardian")).await.map(drop).unwrap_err()),
        "role-not-held"
    );

    // Nobody judges their own; an auditor looks on; an admin or an owner says it, once, and in words.
    assert_eq!(code(&judge(&house, taken, &omar, true, "fine").await.unwrap_err()), "own-emergency");
    assert_eq!(code(&judge(&house, taken, &ana, true, "fine").await.unwrap_err()), "no-such-emergency");
    assert_eq!(code(&judge(&house, taken, &auditor, true, "fine").await.unwrap_err()), "capability-missing");
    assert_eq!(code(&judge(&house, taken, &owner, true, " ").await.unwrap_err()), "reason-needed");
    house.advance("P4D");
    sweep::sweep(&house.app).await.unwrap();
    sweep::sweep(&house.app).await.unwrap();
    assert!(break_glass::read_emergency(&house.app, &owner, taken).await.unwrap().is_overdue(house.app.now()));
    assert_eq!(notices(&house, &owner).await, [NoticeKind::EmergencyOverdue, NoticeKind::EmergencyTaken]);
    judge(&house, taken, &owner, true, "the outage was real").await.unwrap();
    assert_eq!(code(&judge(&house, taken, &house.admin, false, "no").await.unwrap_err()), "emergency-reviewed-already");
    assert!(notices(&house, &owner).await.is_empty(), "what is judged is no news");
    let found = break_glass::read_emergency(&house.app, &omar, taken).await.unwrap();
    assert_eq!(
        (found.state, found.is_overdue(house.app.now()), found.comment.as_str()),
        (State::Justified, false, "the outage was real")
    );
}

/// What an admin holds back is not taken anew, nothing is left of the try, and the taker is not locked out by it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_held_back_is_not_taken_anew() {
    let house = House::with(on_call()).await;
    let omar = house.person_in("Omar", &["oncall"]).await;
    house.certify(&omar, "beta").await;
    let taken = take(&house, &omar, "guardian", "the payouts are wrong", None).await.unwrap();
    let held = break_glass::read_emergency(&house.app, &omar, taken).await.unwrap().grant_id;
    hold_grant::hold_grant(&house.app, &house.admin, held, "odd queries".into()).await.unwrap();
    assert_eq!(code(&take(&house, &omar, "guardian", "again", None).await.unwrap_err()), "grant-suspended");
    let who = person_id(&omar);
    let asked = house.app.db.read(house.app.now(), move |r| Ok(rows::requests_of(r, who)?)).await.unwrap();
    assert_eq!(asked.len(), 1, "no request was approved without a grant: {asked:?}");
    hold_grant::let_grant_go_on(&house.app, &house.admin, held, "explained".into()).await.unwrap();
    mint_token::mint_token(&house.app, &omar, slug("guardian")).await.unwrap();
    house.advance("PT2H");
    take(&house, &omar, "guardian", "it burns again", None).await.unwrap();
}

/// Somebody sees their own uses however many others there are, and an owner those of their roles.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_finds_their_own_uses() {
    let house = House::with(on_call()).await;
    let (omar, ana) = (house.person_in("Omar", &["oncall"]).await, house.person("Ana").await);
    let owner = house.person("Owner").await;
    house.certify(&omar, "beta").await;
    let taken = take(&house, &omar, "guardian", "fire", None).await.unwrap();
    let seen = async |who: &Actor| {
        let glass = break_glass::read_glass(&house.app, who).await.unwrap();
        glass.uses.into_iter().map(|one| one.id).collect::<Vec<_>>()
    };
    for who in [&omar, &owner, &house.admin] {
        assert_eq!(seen(who).await, [taken]);
    }
    assert!(seen(&ana).await.is_empty());
    let (own, other) = (person_id(&omar), person_id(&ana));
    let listed = async |who: Id<ids::Person>, roles: Vec<Slug>| {
        let read = house
            .app
            .db
            .read(house.app.now(), move |r| Ok(rows::emergencies(r, Some((who, roles.as_slice())), 1)?.len()));
        read.await.unwrap()
    };
    assert_eq!(listed(own, vec![]).await, 1);
    assert_eq!(listed(other, vec![]).await, 0, "those of others do not stand in front of one's own");
    assert_eq!(listed(other, vec![slug("reader"), slug("guardian")]).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_justified_ends_and_the_page_shows_it() {
    let served = Served::start(House::new().await).await;
    let house = &served.house;
    house.certify(&house.admin, "beta").await;
    let admin = house.bearer(&house.admin).await;
    let (_, owner) = served.person("Owner").await;
    let (_, ana) = served.person("Ana").await;
    let (status, shown) = post(&served, &admin, "/break-glass", &[("role", "guardian"), ("reason", "")]).await;
    assert_eq!(status, 422, "{shown}");
    let (status, _) =
        post(&served, &admin, "/break-glass", &[("role", "guardian"), ("reason", "the lake is on fire")]).await;
    assert_eq!(status, 303);
    let grant = mint_token::mint_token(&house.app, &house.admin, slug("guardian")).await.unwrap().grant;
    assert!(page(&served, &owner, "/break-glass").await.contains("the lake is on fire"));
    assert!(page(&served, &ana, "/break-glass").await.contains("Nobody has broken the glass"));
    let glass = break_glass::read_glass(&house.app, &house.admin).await.unwrap();
    let judge = format!("/break-glass/{}/review", glass.uses[0].id);
    let fields = [("verdict", "unjustified"), ("comment", "a request would have done")];
    assert_eq!(post(&served, &admin, &judge, &fields).await.0, 403);
    assert_eq!(post(&served, &owner, &judge, &fields).await.0, 303);
    let ended = house.app.db.read(house.app.now(), move |r| Ok(rows::grant(r, grant)?)).await.unwrap().unwrap();
    assert_eq!(ended.ended_reason, Some(EndReason::Revoked));
    assert_eq!(
        code(&mint_token::mint_token(&house.app, &house.admin, slug("guardian")).await.map(drop).unwrap_err()),
        "role-not-held"
    );
    // A lock outranks it, too.
    let place = lock::place_lock(&house.app, &house.admin, LockKind::Role, "guardian".into(), "a leak".into());
    place.await.unwrap();
    assert_eq!(code(&take(house, &house.admin, "guardian", "fire", None).await.unwrap_err()), "locked");
}

/// What was told is not looked at again, and a role that has left the catalogue takes no reminder with it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_use_that_is_overdue_is_told_whatever_became_of_its_role() {
    let house = House::with(on_call()).await;
    let (omar, owner) = (house.person_in("Omar", &["oncall"]).await, house.person("Owner").await);
    for course in ["alpha", "beta"] {
        house.certify(&omar, course).await;
    }
    for role in ["reader", "guardian"] {
        take(&house, &omar, role, "fire", None).await.unwrap();
        house.advance("PT1M");
    }
    let gone = |text: String| {
        let kept: Vec<&str> = text.lines().filter(|line| !line.contains("id: guardian")).collect();
        format!("{}\nbreak_glass: {{of: ['team:oncall'], at_most: PT2H}}\n", kept.join("\n"))
    };
    load(&house.app, changed(gone)).await;
    house.advance("P4D");
    let overdue = async || {
        let read = house.app.db.read(house.app.now(), |r| Ok(rows::overdue_emergencies(r, 10)?));
        read.await.unwrap().into_iter().map(|one| one.role_id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(overdue().await, ["reader", "guardian"]);
    sweep::sweep(&house.app).await.unwrap();
    assert!(overdue().await.is_empty(), "both were told, and do not stand in front of others");
    let told = async |who: &Actor| {
        let kinds = notices(&house, who).await;
        kinds.into_iter().filter(|kind| *kind == NoticeKind::EmergencyOverdue).count()
    };
    assert_eq!((told(&house.admin).await, told(&owner).await), (2, 1));
}
