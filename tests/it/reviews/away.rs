//! While a reviewer is away, whoever decides in their place answers: told of it, seen and recorded, and never about either of them.

use super::{Cast, printed, read};
use crate::support::{House, code, person_id};
use habilis::{
    access::{
        review::{Line, LineState, State, Verdict},
        rows::{self, LineFilter},
    },
    actions::{
        delegate::{self, Delegating},
        disable_person, notify, read_decisions,
        reviews::{answer, delegate as hand_on, read as reviews},
        sweep,
    },
    base::{
        ids::{self, Id},
        paging::Paging,
        refusal::Fault,
    },
    certification::notice::{
        About,
        NoticeKind::{self, ReviewAsks, ReviewDue, ReviewOverdue},
    },
    db::sql,
    identity::actor::Actor,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

type Review = Id<ids::Review>;

/// Lets somebody decide in another's place, from so many days from now until so many days from now.
async fn away(house: &House, who: &Actor, instead: &str, days: (i64, i64)) -> Id<ids::Delegation> {
    let at = |days: i64| house.app.now().plus_seconds(days * 86_400);
    let wanted = Delegating {
        delegator: None,
        delegate: instead.to_owned(),
        from: (days.0 > 0).then(|| at(days.0)),
        until: at(days.1),
        note: String::new(),
    };
    let made = delegate::delegate(&house.app, who, wanted, None).await.unwrap();
    house.advance("1s");
    made
}

/// Ends a delegation as whoever gave it or has it.
async fn back(house: &House, who: &Actor, made: Id<ids::Delegation>) {
    delegate::end_delegation(&house.app, who, made).await.unwrap();
    house.advance("1s");
}

async fn answered(cast: &Cast, who: &Actor, review: Review, lines: &[&Line], verdict: Verdict) -> Result<usize, Fault> {
    let said = answer::Answer { verdict, comment: "a word".into() };
    let lines = lines.iter().map(|line| line.id).collect();
    answer::answer_lines(&cast.house().app, who, review, lines, said).await
}

/// Why a line is neither kept nor handed on.
async fn refused(cast: &Cast, who: &Actor, review: Review, line: &Line) -> &'static str {
    let kept = code(&answered(cast, who, review, &[line], Verdict::Keep).await.unwrap_err());
    let handed = handed(cast, who, review, line, "admin@example.com").await.unwrap_err();
    assert_eq!(kept, code(&handed), "one rule for both");
    kept
}

async fn handed(cast: &Cast, who: &Actor, review: Review, line: &Line, to: &str) -> Result<(), Fault> {
    hand_on::delegate_line(&cast.house().app, who, review, line.id, to.into(), "a word".into()).await
}

/// What somebody was told of reviews and has not put aside: of how many lines, and in whose place.
async fn told(house: &House, who: &Actor) -> Vec<(NoticeKind, i64, Option<String>)> {
    let all = notify::my_notices(&house.app, who).await.unwrap().1.into_iter();
    let mut told: Vec<_> = all
        .filter_map(|told| match told.about {
            About::Review { lines, .. } => Some((told.kind, lines, told.owner)),
            _ => None,
        })
        .collect();
    told.sort_by_key(|(kind, ..)| kind.word());
    told
}

fn for_owner(kind: NoticeKind, lines: i64) -> (NoticeKind, i64, Option<String>) {
    (kind, lines, Some("Owner".to_owned()))
}

/// The reviews that somebody sees: how many lines wait for them in each, and in whose place.
async fn listed(cast: &Cast, who: &Actor) -> Vec<(i64, Vec<String>)> {
    let found = reviews::list_reviews(&cast.house().app, who, Paging::first(10)).await.unwrap();
    let names = |mine: &reviews::Mine| -> Vec<String> { mine.in_place_of.iter().map(|who| who.name.clone()).collect() };
    found.items.iter().map(|one| (one.mine.lines, names(&one.mine))).collect()
}

async fn page(cast: &Cast, who: &Actor, review: Review) -> reviews::ReviewPage {
    let app = &cast.house().app;
    reviews::read_review(app, who, review, LineFilter::default(), Paging::first(10)).await.unwrap()
}

/// The data of the last event of a kind.
async fn event(house: &House, kind: &'static str) -> Value {
    let data = house.app.db.read(house.app.now(), move |r| {
        let query = "SELECT data AS word FROM events WHERE kind = ? ORDER BY seq DESC LIMIT 1";
        Ok(sql(query).bind(&kind).one::<String>(r)?)
    });
    serde_json::from_str(&data.await.unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_delegate_answers_and_it_is_said_in_whose_place() {
    let cast = Cast::set().await;
    let (served, house, app) = (&cast.served, cast.house(), &cast.house().app);
    let (dan, owner) = (house.person("Dan").await, person_id(&cast.owner));
    let review = cast.begin("P7D", "P5D").await;
    assert!(listed(&cast, &cast.petra).await.is_empty());
    let made = away(house, &cast.owner, "petra@example.com", (0, 5)).await;

    // What waits for the owner waits for her as well, and says so; what waits for any admin does not.
    assert_eq!(listed(&cast, &cast.petra).await, [(2, vec!["Owner".to_owned()])]);
    assert_eq!(listed(&cast, &cast.owner).await, [(2, vec![])]);
    assert_eq!(told(house, &cast.petra).await, [for_owner(ReviewAsks, 2)]);
    assert_eq!(read_decisions::waiting(app, &cast.petra).await.unwrap().to_review, 2);
    let shown = page(&cast, &cast.petra, review).await;
    let cases: Vec<_> = shown.lines.items.iter().map(|case| (case.may_answer, case.in_place_of, case.own)).collect();
    assert_eq!(cases, [(true, Some(owner), false); 2]);
    assert!(shown.lines.items.iter().all(|case| case.may_delegate));
    let (petra, owners_bearer) = (house.bearer(&cast.petra).await, house.bearer(&cast.owner).await);
    let (_, text) = served.page(&petra, "/reviews").await;
    assert!(text.contains("2 accesses wait for you") && text.contains("in place of Owner"), "{text}");
    let (_, text) = served.page(&petra, &format!("/reviews/{review}")).await;
    assert!(text.contains("You decide in place of Owner.") && text.contains("Keep"), "{text}");
    let (_, text) = served.page(&petra, "/notices").await;
    assert!(text.contains("2 accesses wait for your answer in place of Owner"), "{text}");

    // Kept in the owner's place: the line, the log, and the owner say so.
    let (anas, bobs) = (cast.line_of(review, &cast.ana).await, cast.line_of(review, &cast.bob).await);
    house.advance("PT1M");
    let before = house.app.now();
    house.advance("PT1M");
    assert_eq!(answered(&cast, &cast.petra, review, &[&anas], Verdict::Keep).await.unwrap(), 1);
    let line = cast.line_of(review, &cast.ana).await;
    assert_eq!((line.state, line.reviewer_id), (LineState::Kept, Some(owner)));
    assert_eq!((line.decided_by, line.on_behalf_of), (Some(person_id(&cast.petra)), Some(owner)));
    assert_eq!(event(house, "review.line_answered").await["on_behalf_of"], json!(owner));
    assert_eq!(told(house, &cast.petra).await.len(), 1, "another one waits");
    let (_, text) = served.page(&owners_bearer, &format!("/reviews/{review}?state=kept")).await;
    assert!(text.contains("Petra on") && text.contains("in place of Owner"), "{text}");

    // Handed on in the owner's place: nothing waits there any more, and whoever has it answers as themselves.
    handed(&cast, &cast.petra, review, &bobs, "dan@example.com").await.unwrap();
    let data = event(house, "review.line_delegated").await;
    assert_eq!(
        (&data["from"], &data["to"], &data["on_behalf_of"]),
        (&json!(owner), &json!(person_id(&dan)), &json!(owner))
    );
    assert!(told(house, &cast.petra).await.is_empty(), "nothing waits for her there");
    assert_eq!(listed(&cast, &cast.petra).await, [(0, vec![])], "what she answered she still sees");
    assert_eq!(refused(&cast, &cast.petra, review, &bobs).await, "no-such-review-line");
    answered(&cast, &dan, review, &[&bobs], Verdict::Remove).await.unwrap();
    let line = cast.line_of(review, &cast.bob).await;
    assert_eq!((line.decided_by, line.on_behalf_of), (Some(person_id(&dan)), None));
    assert_eq!(event(house, "review.line_answered").await["on_behalf_of"], Value::Null);
    let owners = cast.line_of(review, &cast.owner).await;
    answered(&cast, &house.admin, review, &[&owners], Verdict::Keep).await.unwrap();
    let closed = app.db.read(app.now(), move |r| Ok(rows::review(r, review)?)).await.unwrap().unwrap();
    assert_eq!(closed.state, State::Closed);
    // What was decided stays decided, and so does in whose place.
    let forged = format!("UPDATE review_lines SET on_behalf_of = NULL WHERE id = '{}'", anas.id);
    assert!(app.db.write(app.now(), move |w| Ok(sql(forged.clone()).run(w)?)).await.is_err());
    back(house, &cast.owner, made).await;
    on_every_face(&cast, review, &anas, &before.to_string()).await;
}

/// The API, CSV, the evidence and the report tell who answered Ana's line and in whose place; not of a moment before.
async fn on_every_face(cast: &Cast, review: Review, anas: &Line, before: &str) {
    let (served, house) = (&cast.served, cast.house());
    let (petra, owner) = (person_id(&cast.petra).to_string(), person_id(&cast.owner).to_string());
    let admin = house.bearer(&house.admin).await;
    let lines = read(served, &admin, &format!("/reviews/{review}/lines")).await;
    let line = lines["items"].as_array().unwrap().iter().find(|line| line["id"] == json!(anas.id)).unwrap();
    assert_eq!((&line["decided_by"], &line["on_behalf_of"]), (&json!(petra), &json!(owner)));

    let shown = printed(house, &["reviews", "show", &review.to_string(), "--format", "json"]);
    let line = shown.as_array().unwrap().iter().find(|line| line["line"]["id"] == json!(anas.id)).unwrap();
    assert_eq!((&line["line"]["decided_by"], &line["line"]["on_behalf_of"]), (&json!(petra), &json!(owner)));
    let table = printed(house, &["reviews", "show", &review.to_string()]);
    let rows: Vec<&str> = table.as_str().unwrap().lines().collect();
    assert!(rows.iter().any(|row| row.contains("ANSWERED BY")), "{rows:?}");
    assert!(rows.iter().any(|row| row.contains("ana.verano") && row.contains("Petra in place of Owner")), "{rows:?}");
    assert!(
        rows.iter().any(|row| row.contains("bob@") && row.contains("Dan") && !row.contains("in place")),
        "{rows:?}"
    );

    let csv = served.call(Method::GET, &format!("/api/v1/reviews/{review}/lines?format=csv")).bearer_auth(&admin);
    let csv = csv.send().await.unwrap().text().await.unwrap();
    let column = |name: &str| csv.lines().next().unwrap().trim().split(',').position(|head| head == name).unwrap();
    let cells: Vec<&str> =
        csv.lines().find(|line| line.starts_with(&anas.id.to_string())).unwrap().split(',').collect();
    assert_eq!((cells[column("decided_by")], cells[column("on_behalf_of")]), (petra.as_str(), owner.as_str()));

    let told = read(served, &admin, &format!("/reviews/{review}/evidence")).await;
    let decisions: Vec<Value> = told["parts"]["decisions.jsonl"]
        .as_str()
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let said = decisions.iter().find(|said| said["line"] == json!(anas.id)).unwrap();
    assert_eq!((&said["decided_by"], &said["on_behalf_of"]), (&json!(petra), &json!(owner)));
    assert!(decisions.iter().any(|said| said["on_behalf_of"].is_null()));
    let people: Value = serde_json::from_str(told["parts"]["people.json"].as_str().unwrap()).unwrap();
    assert_eq!((&people[&petra]["name"], &people[&owner]["name"]), (&json!("Petra"), &json!("Owner")));
    let (status, paper) = served.page(&admin, &format!("/reviews/{review}/evidence")).await;
    assert_eq!(status, StatusCode::OK);
    let article =
        paper.split(&format!("<article id=\"{}\">", anas.id)).nth(1).unwrap().split("</article>").next().unwrap();
    assert!(article.contains("<dt>In the place of</dt><dd>Owner "), "{article}");
    assert!(article.contains("UTC Petra "), "{article}");

    let report = read(served, &admin, "/reports/reviews").await;
    let of = |report: &Value| {
        let lines = report["items"].as_array().unwrap();
        lines.iter().find(|line| line["person_name"] == "Ana Verano").unwrap().clone()
    };
    let line = of(&report);
    assert_eq!(
        (&line["answered_by_name"], &line["on_behalf_of"], &line["on_behalf_of_name"]),
        (&json!("Petra"), &json!(owner), &json!("Owner"))
    );
    let line = of(&read(served, &admin, &format!("/reports/reviews?at={before}")).await);
    assert_eq!((&line["answered_by_name"], &line["on_behalf_of_name"]), (&Value::Null, &Value::Null));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_answers_about_themselves_or_whom_they_decide_for() {
    let cast = Cast::set().await;
    let (served, house) = (&cast.served, cast.house());
    let review = cast.begin("P7D", "P5D").await;
    let (anas, bobs) = (cast.line_of(review, &cast.ana).await, cast.line_of(review, &cast.bob).await);
    let owners = cast.line_of(review, &cast.owner).await;

    // Ana decides in the owner's place, and not about her own access: as any reviewer, she is not even shown it.
    let made = away(house, &cast.owner, "ana.verano@example.com", (0, 5)).await;
    assert_eq!(listed(&cast, &cast.ana).await, [(1, vec!["Owner".to_owned()])]);
    assert_eq!(told(house, &cast.ana).await, [for_owner(ReviewAsks, 1)]);
    let shown = page(&cast, &cast.ana, review).await;
    assert_eq!(shown.lines.items.iter().map(|case| case.line.id).collect::<Vec<_>>(), [bobs.id]);
    assert_eq!(refused(&cast, &cast.ana, review, &anas).await, "no-such-review-line");
    let both = answered(&cast, &cast.ana, review, &[&anas, &bobs], Verdict::Keep).await.unwrap_err();
    assert_eq!(code(&both), "no-such-review-line");
    assert_eq!(cast.line_of(review, &cast.bob).await.state, LineState::Pending, "all or none");
    // That somebody is an admin is not delegated.
    assert_eq!(refused(&cast, &cast.ana, review, &owners).await, "no-such-review-line");
    let lent = away(house, &house.admin, "petra@example.com", (0, 5)).await;
    assert_eq!(refused(&cast, &cast.petra, review, &owners).await, "no-such-review");
    back(house, &house.admin, lent).await;
    back(house, &cast.owner, made).await;

    // An admin sees every line, is asked for the owner's, and decides in the owner's place.
    let made = away(house, &cast.owner, "admin@example.com", (0, 5)).await;
    assert_eq!(refused(&cast, &house.admin, review, &owners).await, "review-delegators-own");
    assert_eq!(listed(&cast, &house.admin).await, [(2, vec!["Owner".to_owned()])]);
    let shown = page(&cast, &house.admin, review).await;
    let own = shown.lines.items.iter().find(|case| case.line.id == owners.id).unwrap();
    assert_eq!((own.own, own.may_answer, own.may_delegate), (true, false, false));
    assert_eq!(answered(&cast, &house.admin, review, &[&anas], Verdict::Keep).await.unwrap(), 1);
    let line = cast.line_of(review, &cast.ana).await;
    assert_eq!(line.on_behalf_of, Some(person_id(&cast.owner)));
    back(house, &cast.owner, made).await;
    assert_eq!(answered(&cast, &house.admin, review, &[&owners], Verdict::Keep).await.unwrap(), 1);
    assert_eq!(cast.line_of(review, &cast.owner).await.on_behalf_of, None);

    // Whoever is asked by name says nothing either of somebody in whose place they decide.
    let made = away(house, &cast.bob, "petra@example.com", (0, 5)).await;
    let unfit = handed(&cast, &cast.owner, review, &bobs, "petra@example.com").await.unwrap_err();
    assert_eq!(code(&unfit), "review-unfit-delegate");
    back(house, &cast.bob, made).await;
    handed(&cast, &cast.owner, review, &bobs, "petra@example.com").await.unwrap();
    let made = away(house, &cast.bob, "petra@example.com", (0, 5)).await;
    assert_eq!(refused(&cast, &cast.petra, review, &bobs).await, "review-delegators-own");
    assert_eq!(listed(&cast, &cast.petra).await, [(0, vec![])]);
    let (_, text) = served.page(&house.bearer(&cast.petra).await, &format!("/reviews/{review}")).await;
    assert!(text.contains("somebody else answers it") && !text.contains("value=\"keep\""), "{text}");
    back(house, &cast.petra, made).await;
    assert_eq!(answered(&cast, &cast.petra, review, &[&bobs], Verdict::Keep).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_asked_about_whom_they_decide_for() {
    let cast = Cast::set().await;
    away(cast.house(), &cast.bob, "owner@example.com", (0, 5)).await;
    let review = cast.begin("P7D", "P5D").await;
    assert_eq!(cast.line_of(review, &cast.bob).await.reviewer_id, None, "the admins are asked");
    assert_eq!(cast.line_of(review, &cast.ana).await.reviewer_id, Some(person_id(&cast.owner)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_delegate_answers_only_meanwhile_and_hands_it_to_nobody() {
    let cast = Cast::set().await;
    let (house, app) = (cast.house(), &cast.house().app);
    let dan = house.person("Dan").await;
    let review = cast.begin("P7D", "P5D").await;
    let anas = cast.line_of(review, &cast.ana).await;
    away(house, &cast.owner, "petra@example.com", (1, 3)).await;
    away(house, &cast.petra, "dan@example.com", (0, 6)).await;

    assert!(listed(&cast, &cast.petra).await.is_empty(), "it has not begun");
    assert_eq!(refused(&cast, &cast.petra, review, &anas).await, "no-such-review");
    sweep::sweep(app).await.unwrap();
    assert!(told(house, &cast.petra).await.is_empty());
    house.advance("P1D");
    assert_eq!(listed(&cast, &cast.petra).await, [(2, vec!["Owner".to_owned()])], "the hour counts, not the sweep");
    for _ in 0..2 {
        sweep::sweep(app).await.unwrap();
    }
    assert_eq!(told(house, &cast.petra).await, [for_owner(ReviewAsks, 2)], "once");
    // What was delegated to her she does not delegate on.
    assert!(listed(&cast, &dan).await.is_empty());
    assert_eq!(refused(&cast, &dan, review, &anas).await, "no-such-review");
    assert!(told(house, &dan).await.is_empty());

    house.advance("P2D");
    assert!(listed(&cast, &cast.petra).await.is_empty(), "it is over");
    assert_eq!(refused(&cast, &cast.petra, review, &anas).await, "no-such-review");
    sweep::sweep(app).await.unwrap();
    assert!(told(house, &cast.petra).await.is_empty(), "and no news any more");
    assert_eq!(answered(&cast, &cast.owner, review, &[&anas], Verdict::Keep).await.unwrap(), 1);
    assert_eq!(cast.line_of(review, &cast.ana).await.on_behalf_of, None);

    // Whoever is shut out is asked no more, and nobody in their place.
    away(house, &cast.owner, "petra@example.com", (0, 3)).await;
    assert_eq!(told(house, &cast.petra).await, [for_owner(ReviewAsks, 1)]);
    disable_person::disable_person(app, &house.admin, person_id(&cast.owner), "left".into()).await.unwrap();
    assert!(told(house, &cast.petra).await.is_empty());
    let bobs = cast.line_of(review, &cast.bob).await;
    assert_eq!(bobs.reviewer_id, None);
    assert_eq!(refused(&cast, &cast.petra, review, &bobs).await, "no-such-review");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_delegate_hears_of_each_occasion_once_and_of_nothing_that_is_over() {
    let cast = Cast::set().await;
    let (house, app) = (cast.house(), &cast.house().app);
    let dan = house.person("Dan").await;
    let made = away(house, &cast.owner, "petra@example.com", (0, 30)).await;
    let review = cast.begin("P7D", "P5D").await;
    let (anas, bobs) = (cast.line_of(review, &cast.ana).await, cast.line_of(review, &cast.bob).await);
    let swept = async || {
        for _ in 0..2 {
            sweep::sweep(app).await.unwrap();
        }
        told(house, &cast.petra).await
    };
    let asks = for_owner(ReviewAsks, 2);
    assert_eq!(swept().await, std::slice::from_ref(&asks));
    house.advance("P4D");
    assert_eq!(swept().await, [asks.clone(), for_owner(ReviewDue, 2)]);
    house.advance("P3D");
    assert_eq!(swept().await, [asks, for_owner(ReviewDue, 2), for_owner(ReviewOverdue, 2)]);
    for kind in ["review_asks", "review_due", "review_overdue"] {
        let notices = (cast.notices(&cast.petra, kind).await, cast.notices(&cast.owner, kind).await);
        assert_eq!(notices, (1, 1), "{kind}: whoever is away hears of it as well");
    }
    back(house, &cast.petra, made).await;
    assert!(told(house, &cast.petra).await.is_empty());

    // Another delegation tells how it stands then.
    away(house, &cast.owner, "petra@example.com", (0, 30)).await;
    assert_eq!(swept().await, [for_owner(ReviewOverdue, 2)]);
    assert_eq!(answered(&cast, &cast.petra, review, &[&anas], Verdict::Keep).await.unwrap(), 1);
    assert_eq!(told(house, &cast.petra).await.len(), 1, "another one waits");
    handed(&cast, &cast.petra, review, &bobs, "dan@example.com").await.unwrap();
    assert!(told(house, &cast.petra).await.is_empty());
    assert_eq!(told(house, &dan).await, [(ReviewOverdue, 1, None)], "as it stands by now");
    // One that comes back to the owner is news again.
    handed(&cast, &house.admin, review, &bobs, "owner@example.com").await.unwrap();
    assert_eq!(told(house, &cast.petra).await, [for_owner(ReviewOverdue, 1)]);
    assert_eq!(answered(&cast, &cast.petra, review, &[&bobs], Verdict::Keep).await.unwrap(), 1);
    assert!(swept().await.is_empty());
    assert_eq!(cast.line_of(review, &cast.bob).await.on_behalf_of, Some(person_id(&cast.owner)));
}
