//! A quiz with every kind of question, from its first page to its result, with a keyboard and nothing else.

use crate::support::{House, browser::Browser, keys, kinds, on_form, token, web::Served};
use fantoccini::Locator;
use habilis::{
    academy::{self, form::FormQuestion},
    base::ids::{self, Id},
};
use serde_json::Value;
use std::{collections::BTreeMap, time::Duration};

// The keys of WebDriver (section 17.4.2).
pub(super) const TAB: &str = "\u{e004}";
pub(super) const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";
const ALT_UP: &str = "\u{e00a}\u{e013}";
const ALT_DOWN: &str = "\u{e00a}\u{e015}";

pub(super) struct Keyboard<'b>(pub(super) &'b Browser);

impl Keyboard<'_> {
    /// Presses keys where the focus is.
    pub(super) async fn press(&self, keys: &str) {
        self.0.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Asks the page about the thing that has the focus.
    pub(super) async fn held(&self, expression: &str) -> Value {
        let script = format!("const held = document.activeElement; return {expression};");
        self.0.client.execute(&script, vec![]).await.unwrap()
    }

    /// Tabs until the focus is on something, as far as one would go around the page.
    pub(super) async fn to(&self, css: &str) {
        for _ in 0..150 {
            if self.held(&format!("held.matches({css:?})")).await == Value::Bool(true) {
                return;
            }
            self.press(TAB).await;
        }
        panic!("the keyboard does not come to {css}");
    }

    /// Moves with the arrow to a value, in a menu or a group of radio buttons.
    async fn choose(&self, field: &str, value: &str) {
        self.to(&format!("[name='{field}']")).await;
        for _ in 0..12 {
            if self.held("held.type === 'radio' ? held.checked && held.value : held.value").await == *value {
                return;
            }
            // The first arrow goes to the second radio button: the first is taken with the space bar.
            let here = self.held("held.type === 'radio' && held.value").await == *value;
            self.press(if here { " " } else { DOWN }).await;
        }
        panic!("the arrows do not come to {value} of {field}");
    }

    async fn write(&self, field: &str, text: &str) {
        self.to(&format!("[name='{field}']")).await;
        self.press(text).await;
    }

    /// Where an item lies now.
    async fn place(&self, no: i64, token: &str) -> usize {
        let script = format!(
            "return [...document.querySelectorAll('#q{no} .order > li')].findIndex((line) => line.dataset.token === '{token}')"
        );
        let at = self.0.client.execute(&script, vec![]).await.unwrap();
        usize::try_from(at.as_i64().unwrap()).unwrap()
    }

    /// What a question says aloud.
    async fn said(&self, no: i64) -> String {
        let script = format!("return document.querySelector('#q{no} .order-live').textContent");
        self.0.client.execute(&script, vec![]).await.unwrap().as_str().unwrap().to_owned()
    }
}

pub(super) async fn attempt_of(browser: &Browser) -> Id<ids::Attempt> {
    for _ in 0..100 {
        if let Some(id) = browser.path().await.strip_prefix("/attempts/").and_then(|id| id.parse().ok()) {
            return id;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{} is no attempt", browser.path().await);
}

pub(super) async fn arrives(browser: &Browser, path: &str) {
    for _ in 0..100 {
        if browser.path().await == path {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{} is not {path}", browser.path().await);
}

async fn saved(house: &House, attempt: Id<ids::Attempt>) -> BTreeMap<i64, Value> {
    let rows = house.app.db.read(house.app.now(), move |r| Ok(academy::rows::answers(r, attempt)?)).await.unwrap();
    rows.into_iter().map(|(no, row)| (no, row.json())).collect()
}

/// Waits until the page's script has saved an answer.
pub(super) async fn kept(house: &House, attempt: Id<ids::Attempt>, no: i64, answer: &Value) {
    for _ in 0..200 {
        if saved(house, attempt).await.get(&no).unwrap_or(&Value::Null) == answer {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("question {no}: {:?} is saved instead of {answer}", saved(house, attempt).await.get(&no));
}

/// Puts the items of a question in order, and looks at what is said and where the focus stays.
async fn put_in_order(keyboard: &Keyboard<'_>, house: &House, attempt: Id<ids::Attempt>, question: &FormQuestion) {
    let no = question.no;
    let names = ["item-one", "item-two", "item-three", "item-four", "item-five"];
    let wanted: Vec<String> = names.iter().map(|name| token(question, name)).collect();

    // Untouched, the list is no answer; kept as it lies, it is; taken back, it is none again.
    assert!(!saved(house, attempt).await.contains_key(&no));
    let lies: Vec<Value> = question.options.iter().map(|option| Value::from(option.token.as_str())).collect();
    keyboard.to(&format!("#q{no} .order-keep")).await;
    keyboard.press(ENTER).await;
    kept(house, attempt, no, &Value::from(lies)).await;
    assert_eq!(keyboard.said(no).await, "This order is your answer");
    keyboard.to(&format!("#q{no} .clear")).await;
    keyboard.press(ENTER).await;
    kept(house, attempt, no, &Value::Null).await;

    for (at, token) in wanted.iter().enumerate() {
        keyboard.to(&format!("#q{no} li[data-token='{token}'] button")).await;
        let mut here = keyboard.place(no, token).await;
        // The first goes by its buttons, the others by arrows.
        while here != at {
            if at == 0 {
                keyboard.to(&format!("#q{no} li[data-token='{token}'] .order-up")).await;
                keyboard.press(ENTER).await;
            } else {
                keyboard.press(ALT_UP).await;
            }
            let next = keyboard.place(no, token).await;
            assert_eq!(next, here - 1, "{token} does not move up");
            here = next;
            let focus = keyboard.held("held.closest('li')?.dataset.token").await;
            assert_eq!(focus, **token, "the focus does not stay on what was moved");
            assert!(keyboard.said(no).await.ends_with(&format!("moved to place {} of 5", here + 1)));
        }
    }
    // Down and up again; past the end nothing moves.
    let last = &wanted[4];
    keyboard.to(&format!("#q{no} li[data-token='{last}'] button")).await;
    keyboard.press(ALT_DOWN).await;
    assert_eq!(keyboard.place(no, last).await, 4);
    keyboard.press(ALT_UP).await;
    assert_eq!(keyboard.place(no, last).await, 3);
    keyboard.press(ALT_DOWN).await;
    kept(house, attempt, no, &Value::from(wanted.iter().map(|token| Value::from(token.as_str())).collect::<Vec<_>>()))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_kind_is_answered_with_a_keyboard_alone() {
    if crate::support::seen_on_sqlite() {
        return;
    }
    let _alone = crate::support::alone().await;
    let served = Served::start(House::with(kinds::source()).await).await;
    let house = &served.house;
    house.person("Ana Martin").await;
    let browser = Browser::open(&served.base).await;
    browser.sign_in("ana.martin@example.com").await;
    browser.go("/quizzes/kinds/check-first").await;
    let keyboard = Keyboard(&browser);
    keyboard.to("form[action='/quizzes/kinds/check-first'] button").await;
    keyboard.press(ENTER).await;
    let attempt = attempt_of(&browser).await;
    let forms = on_form(&house.app, attempt).await;
    browser.pictures("kinds-fresh").await;

    // A grid that is half judged is told apart in the navigator.
    let keys = keys(&house.app, attempt).await;
    let grid = &forms["p-grid"];
    keyboard.choose(&format!("a{}.{}", grid.no, token(grid, "b")), "false").await;
    let script = format!("return document.getElementById('n{}').textContent", grid.no);
    let navigator = browser.client.execute(&script, vec![]).await.unwrap();
    assert!(navigator.as_str().unwrap().ends_with(", in part"), "{navigator}");

    for (no, key) in &keys {
        let field = |part: &str| format!("a{no}.{part}");
        let question = forms.values().find(|question| question.no == *no).unwrap();
        match (question.question.as_str(), key) {
            ("p-order", _) => put_in_order(&keyboard, house, attempt, question).await,
            ("p-many", Value::Array(tokens)) => {
                for token in tokens {
                    keyboard.to(&format!("[name='a{no}'][value={token}]")).await;
                    keyboard.press(" ").await;
                }
            }
            ("p-one" | "p-tf", key) => {
                let value = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
                keyboard.choose(&format!("a{no}"), &value).await;
            }
            ("p-grid", Value::Object(rows)) => {
                for (row, truth) in rows {
                    keyboard.choose(&field(row), &truth.to_string()).await;
                }
            }
            ("p-pairs", Value::Object(pairs)) => {
                for (left, target) in pairs {
                    keyboard.choose(&field(left), target.as_str().unwrap()).await;
                }
            }
            ("p-gaps", Value::Object(gaps)) => {
                for (gap, text) in gaps {
                    keyboard.to(&format!("[name='{}']", field(gap))).await;
                    if keyboard.held("held.matches('select')").await == Value::Bool(true) {
                        keyboard.choose(&field(gap), text.as_str().unwrap()).await;
                    } else {
                        keyboard.write(&field(gap), text.as_str().unwrap()).await;
                    }
                }
            }
            (_, Value::String(text)) => keyboard.write(&format!("a{no}"), text).await,
            other => panic!("an unexpected question: {other:?}"),
        }
    }
    keyboard.press(TAB).await;
    for (no, key) in &keys {
        kept(house, attempt, *no, key).await;
    }
    let used = browser.client.find_all(Locator::Css("option.is-used")).await.unwrap();
    assert_eq!(used.len(), 6, "each of three menus tells the two targets that the others have taken");
    browser.pictures("kinds-answered").await;

    // Another visit shows the same, in the same order.
    browser.go(&format!("/attempts/{attempt}")).await;
    for (at, name) in ["item-one", "item-two", "item-three", "item-four", "item-five"].iter().enumerate() {
        let order = &forms["p-order"];
        assert_eq!(keyboard.place(order.no, &token(order, name)).await, at);
    }
    keyboard.to("button[name='action'][value='submit']").await;
    keyboard.press(ENTER).await;
    arrives(&browser, &format!("/attempts/{attempt}/submit")).await;
    keyboard.to(&format!("form[action='/attempts/{attempt}/submit'] button")).await;
    keyboard.press(ENTER).await;
    arrives(&browser, &format!("/attempts/{attempt}/result")).await;
    let text = browser.text().await;
    browser.says(&text, "9 of 9 points");
    browser.says(&text, "Not counted");
    browser.pictures("kinds-result").await;
    browser.close().await;
}
