//! What the log shows: to everybody, to auditors by the API, and to those who may not read it.

use crate::support::{House, web::Served};
use base64::{Engine, engine::general_purpose::STANDARD};
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use habilis::{
    actions::log,
    audit::log::{
        note::{self, VerifierKey},
        verify::Check,
    },
};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;

fn bytes(text: &Value) -> Vec<u8> {
    STANDARD.decode(text.as_str().unwrap()).unwrap()
}

fn path(list: &Value) -> Vec<u8> {
    list.as_array().unwrap().iter().flat_map(bytes).collect()
}

fn root(value: &Value, size: &Value) -> RootHash<Sha256> {
    let root: [u8; 32] = bytes(value).try_into().unwrap();
    RootHash::new(root.into(), size.as_u64().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_implementation_takes_the_proofs_of_the_api() {
    let house = House::new().await;
    house.person("Ana Verano").await;
    log::sequence(&house.app).await.unwrap();
    let first = log::published(&house.app).await.unwrap().checkpoint.size;
    house.person("Bruno Costa").await;
    let admin = house.bearer(&house.admin).await;
    let (_, learner) = house.joined("Chloé Roux", &[]).await;
    log::sequence(&house.app).await.unwrap();
    let web = Served::start(house).await;
    let get = async |who: &str, path: &str| web.api(who, Method::GET, &format!("/api/v1{path}"), json!(null)).await;

    let (status, last) = get("", "/log/checkpoint").await;
    assert_eq!(status, 200, "for everybody: {last}");
    let key: VerifierKey = last["keys"][0].as_str().unwrap().parse().unwrap();
    let checkpoint = note::open(last["note"].as_str().unwrap(), std::slice::from_ref(&key)).unwrap();
    let (_, events) = get(&admin, "/events?limit=1000").await;
    let events = events["items"].as_array().unwrap().clone();
    assert!(events.len() > 8);
    for event in &events {
        let (status, proof) = get(&admin, &format!("/log/inclusion?event={}", event["id"].as_str().unwrap())).await;
        if status == 409 {
            // What this test itself reads leaves events, too.
            assert_eq!(proof["code"], "event-not-placed-yet");
            continue;
        }
        assert_eq!(status, 200, "{proof}");
        let foreign = InclusionProof::<Sha256>::from_bytes(path(&proof["path"]));
        let (entry, position) = (proof["entry"].as_str().unwrap(), proof["position"].as_u64().unwrap());
        root(&proof["root"], &proof["size"]).verify_inclusion(&entry.as_bytes(), position, &foreign).unwrap();
        let told: Value = serde_json::from_str(entry).unwrap();
        assert_eq!((&told["id"], &told["kind"]), (&event["id"], &event["kind"]));
        if let Some(signed) = proof["checkpoint"].as_str() {
            let signed = note::open(signed, std::slice::from_ref(&key)).unwrap();
            assert_eq!(signed.root.to_vec(), bytes(&proof["root"]));
        }
    }
    let to = checkpoint.size;
    for from in 1..=to {
        let (status, proof) = get(&admin, &format!("/log/consistency?from={from}&to={to}")).await;
        assert_eq!(status, 200, "{proof}");
        let foreign = ConsistencyProof::<Sha256>::try_from_bytes(path(&proof["path"])).unwrap();
        if from < to {
            let (old, new) = (root(&proof["from_root"], &proof["from"]), root(&proof["to_root"], &proof["to"]));
            new.verify_consistency(&old, &foreign).unwrap();
        }
        assert_eq!(bytes(&proof["to_root"]), checkpoint.root);
    }

    for (path, status, code) in [
        ("/log/consistency?from=0", 422, "no-such-log-size"),
        ("/log/consistency?from=5&to=4", 422, "no-such-log-size"),
        ("/log/consistency?from=1&to=1000000", 422, "no-such-log-size"),
        ("/log/inclusion?event=evt_00000000000070008000000000000000", 404, "no-such-event"),
        ("/log/inclusion?event=nonsense", 422, "body-unreadable"),
        ("/log/export?size=1000000", 422, "no-such-log-size"),
    ] {
        let (answered, said) = get(&admin, path).await;
        assert_eq!((answered.as_u16(), &said["code"]), (status, &json!(code)), "{path}");
    }
    for path in ["/log/consistency?from=1", "/log/export"] {
        assert_eq!(get(&learner, path).await.0, 403, "{path}");
    }

    // The file of the API is that of the command line.
    let file = web.call(Method::GET, "/api/v1/log/export").bearer_auth(&admin).send().await.unwrap();
    assert_eq!(file.headers()["content-type"], "application/x-ndjson");
    let text = file.text().await.unwrap();
    let known = vec![checkpoint.clone()];
    let mut check = Check::new(vec![key.clone()], known);
    text.lines().for_each(|line| check.line(line.as_bytes()).unwrap());
    let verdict = check.end(true).unwrap();
    assert_eq!((verdict.outside, verdict.events), (1, verdict.size));
    let older = web.call(Method::GET, &format!("/api/v1/log/export?size={first}&without_words=true"));
    let older = older.bearer_auth(&admin).send().await.unwrap().text().await.unwrap();
    let mut check = Check::new(vec![key], Vec::new());
    older.lines().for_each(|line| check.line(line.as_bytes()).unwrap());
    assert_eq!(check.end(true).unwrap().size, first);
    assert!(!older.contains("\"beside\""));

    // For everybody, without the API.
    let open = async |path: &str| {
        let answer = web.call(Method::GET, path).send().await.unwrap();
        (answer.status().as_u16(), answer.bytes().await.unwrap())
    };
    assert!(
        note::open(
            std::str::from_utf8(&open("/log/checkpoint").await.1).unwrap(),
            &[last["keys"][0].as_str().unwrap().parse().unwrap()]
        )
        .is_ok()
    );
    assert_eq!(open("/log/key").await.1, format!("{}\n", last["keys"][0].as_str().unwrap()));
    let (status, tile) = open(&format!("/log/tile/0/000.p/{first}")).await;
    assert_eq!((status, tile.len() as u64), (200, first * 32));
    for no in ["/log/tile/0/000", "/log/tile/0/001.p/1", "/log/tile/9/000", "/log/tile/0/x", "/log/tile/1/000.p/1"] {
        assert_eq!(open(no).await.0, 404, "{no}");
    }
}
