//! The map of holders as a file: it holds what the page and the API tell of the same moment, and runs nothing in a spreadsheet.

use super::plant::{Ground, day, noon, tick};
use crate::{
    policy::changed,
    support::{House, person_id, program, web::Served},
};
use habilis::db::sql;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

type Lines = Vec<Vec<String>>;

/// The lines of a text in CSV.
fn lines(text: &str) -> Lines {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The lines that a map makes as the API tells it: put together by its places, with an apostrophe before what would run.
fn expected(map: &Value) -> Lines {
    let list = |name: &str| map[name].as_array().unwrap().clone();
    let text = |value: &Value| {
        let plain = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if plain.starts_with(['=', '-', '+', '@']) { format!("'{plain}") } else { plain }
    };
    let columns = list("columns");
    let mut head = ["row_id", "row_name", "row_people"].map(str::to_owned).to_vec();
    for column in &columns {
        head.extend([text(&column["id"]), format!("{}_held_back", text(&column["id"]))]);
    }
    let mut made = vec![head];
    for row in list("rows") {
        let mut line: Vec<String> = ["id", "name", "people"].map(|field| text(&row[field])).to_vec();
        line.resize(3 + 2 * columns.len(), String::new());
        made.push(line);
    }
    for cell in list("cells") {
        let place = |name: &str| usize::try_from(cell[name].as_u64().unwrap()).unwrap();
        let (row, column) = (place("row") + 1, 3 + 2 * place("column"));
        made[row][column] = text(&cell["effective"]);
        made[row][column + 1] = text(&cell["held_back"]);
    }
    made
}

/// A house with Ana in two teams, Bob in one of them and without a certificate, and somebody in none with a name that a
/// spreadsheet would run; one of the roles is another owner's.
async fn held() -> Served {
    let source = changed(|text| {
        let (before, rest) = text.split_once("{id: either").unwrap();
        format!("{before}{{id: either{}", rest.replacen("owner@example.com", "other@example.com", 1))
    });
    let ground = Ground { house: House::with(source).await };
    let house = &ground.house;
    let ana = person_id(&house.person_in("Ana", &["data", "privacy"]).await);
    let bob = person_id(&house.person_in("Bob", &["data"]).await);
    let eve = person_id(&house.person("Eve").await);
    ground.run(vec![sql("UPDATE persons SET name = ? WHERE id = ?").bind(&"=cmd|'/C calc'!A0").bind(&eve)]).await;
    for (who, certified) in [(ana, true), (bob, false), (eve, true)] {
        if certified {
            ground.certificate(who, "alpha", day(-40), day(40)).await;
        }
        ground.grant(who, "reader", day(-20), day(20)).await;
    }
    ground.grant(ana, "either", day(-20), noon()).await;
    Served::start(ground.house).await
}

/// A map as CSV: the name of the file and its lines.
async fn file(served: &Served, bearer: &str, query: &str) -> (String, Lines) {
    let request = served.call(Method::GET, &format!("/api/v1/holders/map?{query}")).bearer_auth(bearer);
    let answer = request.header("accept", "text/csv").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "{query}");
    let name = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/csv"), "{query}");
    (name, lines(&answer.text().await.unwrap()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_of_the_map_holds_what_the_api_tells() {
    let served = held().await;
    let house = &served.house;
    let admin = house.bearer(&house.admin).await;
    let (t, before) = (noon(), tick(noon(), -1));
    let (name, teams) = file(&served, &admin, &format!("at={t}&columns=roles")).await;
    assert!(name.contains("\"holders-map-teams-by-roles-20260201T120000Z.csv\""), "{name}");
    assert_eq!(
        teams,
        [
            ["row_id", "row_name", "row_people", "reader", "reader_held_back"],
            ["data", "Data", "2", "1", "1"],
            ["privacy", "Privacy", "1", "1", "0"],
            ["'-", "In no team", "1", "1", "0"],
        ]
    );
    // A microsecond before, Ana still held the other one; whoever holds nothing of a column has nothing there, and no nought.
    let (_, houses) = file(&served, &admin, &format!("at={before}&columns=warehouses")).await;
    assert_eq!(
        houses,
        [
            ["row_id", "row_name", "row_people", "attic", "attic_held_back", "lake", "lake_held_back"],
            ["data", "Data", "2", "1", "0", "1", "1"],
            ["privacy", "Privacy", "1", "1", "0", "1", "0"],
            ["'-", "In no team", "1", "", "", "1", "0"],
        ]
    );
    // Whatever is asked, file and answer are the same map; a name runs nothing.
    for query in [
        format!("at={t}"),
        format!("at={before}&order=likeness"),
        format!("at={before}&rows=people"),
        format!("at={before}&rows=people&columns=warehouses"),
        format!("at={before}&team=data"),
        format!("at={before}&team=-&rows=people"),
        format!("at={before}&warehouse=attic"),
        format!("at={before}&role=reader&rows=people&order=likeness"),
        format!("at={}", day(-30)),
    ] {
        let (status, map) = served.api(&admin, Method::GET, &format!("/api/v1/holders/map?{query}"), Value::Null).await;
        assert_eq!(status, StatusCode::OK, "{map}");
        let (_, told) = file(&served, &admin, &query).await;
        assert_eq!(told, expected(&map), "{query}");
        assert!(told.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{told:?}");
    }
    let (_, people) = file(&served, &admin, &format!("at={t}&rows=people")).await;
    assert!(people.iter().any(|line| line[1] == "'=cmd|'/C calc'!A0" && line[3] == "1"), "{people:?}");
    let (name, none) = file(&served, &admin, "at=2026-09-01T00:00:00Z").await;
    assert!(name.contains("holders-map-forecast-teams-by-roles-"), "{name}");
    assert_eq!(none, [["row_id", "row_name", "row_people"]], "all of it has ended by then");
    // `format` outranks `Accept`.
    let request = served.call(Method::GET, &format!("/api/v1/holders/map?at={t}&format=json")).bearer_auth(&admin);
    let answer = request.header("accept", "text/csv").send().await.unwrap();
    assert!(answer.json::<Value>().await.unwrap()["cells"].is_array());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_takes_the_map_along_may_read_it_and_is_noted() {
    let served = held().await;
    let house = &served.house;
    let admin = house.bearer(&house.admin).await;
    let (_, owner) = house.joined("Owner", &[]).await;
    let (_, nobody) = house.joined("Paul", &[]).await;
    let before = tick(noon(), -1);
    let read = house.events("audit.read").await;
    file(&served, &admin, &format!("at={before}&team=data")).await;
    assert_eq!(house.events("audit.read").await, read + 1);
    let (_, log) = served.api(&admin, Method::GET, "/api/v1/events?kind=audit.read&limit=1000", Value::Null).await;
    let event = log["items"].as_array().unwrap().iter().find(|event| event["subject"] == "holders/map");
    let asked = &event.unwrap_or_else(|| panic!("{log}"))["data"]["asked"];
    assert_eq!((&asked["format"], &asked["team"]), (&json!("csv"), &json!("data")), "{log}");
    assert_eq!(asked["at"], json!(before.to_string()), "{log}");
    // An owner takes the own roles along, and no other's; whoever may not look takes nothing.
    let (_, own) = file(&served, &owner, &format!("at={before}&rows=people&columns=roles")).await;
    assert_eq!(own[0][3..], ["reader", "reader_held_back"]);
    let (_, all) = file(&served, &admin, &format!("at={before}&rows=people&columns=roles")).await;
    assert_eq!(all[0][3..], ["either", "either_held_back", "reader", "reader_held_back"]);
    let read = house.events("audit.read").await;
    let (status, problem) = served.api(&nobody, Method::GET, "/api/v1/holders/map?format=csv", Value::Null).await;
    assert_eq!((status, &problem["code"]), (StatusCode::FORBIDDEN, &json!("capability-missing")));
    assert_eq!(house.events("audit.read").await, read);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_leads_to_its_file_and_the_command_line_writes_the_same() {
    let served = held().await;
    let house = &served.house;
    let admin = house.bearer(&house.admin).await;
    let path = "/holders/map?as_of=2026-01-31T11:00:00Z&rows=people&order=likeness";
    let (_, page) = served.page(&admin, path).await;
    assert!(page.contains("=cmd|") || page.contains("&#x3D;cmd|"), "{page}");
    let plain = |text: &str| text.replace("&#x3D;", "=").replace("&amp;", "&").replace("&#x27;", "'");
    let links: Vec<String> =
        page.split("href=\"/api/v1/holders/map?").skip(1).map(|rest| plain(rest.split('"').next().unwrap())).collect();
    let [csv, json] = links.as_slice() else { panic!("a link to each: {links:?}") };
    assert!(csv.ends_with("&format=csv") && !json.contains("format"), "{links:?}");
    let (_, map) = served.api(&admin, Method::GET, &format!("/api/v1/holders/map?{json}"), Value::Null).await;
    let answer = served.call(Method::GET, &format!("/api/v1/holders/map?{csv}")).bearer_auth(&admin).send().await;
    let text = answer.unwrap().text().await.unwrap();
    let told = lines(&text);
    assert_eq!(told, expected(&map), "{links:?}");
    assert_eq!(told.len(), 4, "three people: {told:?}");
    // What the page draws is in the file: in effect, and held back.
    let count = |of: usize| told.iter().skip(1).flat_map(move |line| line[of..].iter().step_by(2));
    let (effective, held_back) = (count(3).filter(|n| *n == "1").count(), count(4).filter(|n| *n == "1").count());
    assert_eq!((effective, held_back), (3, 1), "{told:?}");
    assert_eq!((page.matches("●</a>").count(), page.matches("◐</a>").count()), (effective, held_back), "{page}");

    let command = page.split_once("<code>habilis ").unwrap().1.split_once("</code>").unwrap().0;
    let command = plain(command);
    let words: Vec<&str> = command.split(' ').collect();
    assert!(words.starts_with(&["holders", "--map"]) && words.contains(&"--as-of"), "{words:?}");
    let read = house.events("audit.read").await;
    let done = program::command(house, &words).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(lines(&String::from_utf8(done.stdout).unwrap()), told);
    assert_eq!(house.events("audit.read").await, read + 1, "the command line is noted, too");

    let at = noon().to_string();
    let run = |arguments: &[&str]| {
        let all: Vec<&str> = ["holders", "--map", "--as-of", at.as_str()].iter().chain(arguments).copied().collect();
        let done = program::command(house, &all).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
    };
    let (_, map) =
        served.api(&admin, Method::GET, &format!("/api/v1/holders/map?at={at}&columns=roles"), Value::Null).await;
    let (text, _) = run(&["--columns", "roles", "--format", "json"]);
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), map, "the very answer of the API");
    let (text, complaint) = run(&["--columns", "roles"]);
    assert!(text.contains("teams by roles as of 2026-02-01T12:00:00Z") && text.contains("READER"), "{text}");
    let row = text.lines().find(|line| line.starts_with("data ")).unwrap_or_else(|| panic!("{text}"));
    assert_eq!(row.split_whitespace().collect::<Vec<_>>(), ["data", "2", "1+1"]);
    assert!(complaint.contains("the team is taken as it is today"), "{complaint}");
    let (text, complaint) = run(&["--rows", "people", "--role", "reader"]);
    let row = text.lines().find(|line| line.starts_with("Bob ")).unwrap_or_else(|| panic!("{text}"));
    assert!(row.contains(" per_") && row.ends_with(" 0+1"), "{text}");
    assert!(!complaint.contains("the team is taken"), "nobody's team was asked about: {complaint}");
}
