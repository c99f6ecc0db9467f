//! axe finds nothing: on no sample of any page, in no language, wide or narrow. Colours take by far the longest, and all samples have
//! them from one sheet: every other sample shows the light ones, and the others the dark ones.

use crate::support::{alone, browser::Browser, samples, seen_on_sqlite};
use fantoccini::error::CmdError;
use serde_json::{Value, json};
use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

/// axe-core, as tests/run installs it.
fn axe() -> String {
    let path = std::env::var("HABILIS_TEST_AXE").unwrap_or_else(|_| "target/tests-python/axe.min.js".to_owned());
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}: run tests/run, which installs it"))
}

/// Runs in the page: axe with every rule, or some, or without some; and whether the page is wider than the window. What needs a human eye
/// (`incomplete`) is not a finding.
const LOOK: &str = "
const [only, without, done] = arguments;
const rules = Object.fromEntries(without.map(rule => [rule, { enabled: false }]));
const options = { resultTypes: ['violations'], rules, ...(only ? { runOnly: { type: 'rule', values: only } } : {}) };
axe.run(document, options).then(found => {
  const said = found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`));
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1);
    said.push(`the page is ${root.scrollWidth} wide: ${wide.length ? wide[0].outerHTML.slice(0, 200) : ''}`);
  }
  done(said);
}, error => done(['axe failed: ' + error]));";

/// Which rules a look asks.
#[derive(Clone, Copy)]
enum Rules {
    Every,
    /// Those whose outcome changes with colours and widths; the others look at what the page is made of.
    Seen,
    /// Those whose outcome changes with widths.
    Narrow,
    /// All but those of colours, which take the longest: no language has colours of its own.
    Said,
}

impl Rules {
    /// As axe takes them: the only ones that run, and those that are left out.
    fn told(self) -> [Value; 2] {
        const COLOURS: [&str; 2] = ["color-contrast", "link-in-text-block"];
        const NARROW: [&str; 2] = ["target-size", "scrollable-region-focusable"];
        match self {
            Self::Every => [Value::Null, json!([])],
            Self::Seen => [json!([COLOURS[0], COLOURS[1], NARROW[0], NARROW[1]]), json!([])],
            Self::Narrow => [json!(NARROW), json!([])],
            Self::Said => [Value::Null, json!(COLOURS)],
        }
    }
}

/// How wide the window is, in which colour scheme, and by which rules.
type Sight = (u32, &'static str, Rules);

/// How a page is looked at in English: one sample in light colours, the next in dark ones, or each in both.
const LIGHT: [Sight; 2] = [(1280, "light", Rules::Every), (360, "dark", Rules::Narrow)];
const DARK: [Sight; 2] = [(1280, "dark", Rules::Every), (360, "light", Rules::Narrow)];
const BOTH: [Sight; 2] = [(1280, "light", Rules::Every), (360, "dark", Rules::Seen)];
/// And in the other languages.
const OTHERS: [(&str, [Sight; 1]); 2] = [("fr", [(768, "dark", Rules::Said)]), ("es", [(320, "light", Rules::Said)])];
/// Pages that leave for a tool by themselves before anybody can look at them.
const LEAVES: [&str; 1] = ["consent-posting"];
/// How many browsers look at the same time.
const BROWSERS: usize = 2;

struct Look {
    axe: String,
    base: String,
    names: Vec<String>,
    /// Whether each sample is looked at in both colours.
    both: bool,
    next: AtomicUsize,
    looked: AtomicUsize,
    wrong: Mutex<Vec<String>>,
    /// Browsers that broke down.
    broken: Mutex<Vec<String>>,
}

impl Look {
    /// Takes pages until none is left. A browser that breaks down says nothing about the page: the page is looked at again
    /// with another browser, and only a second breakdown counts.
    async fn around(self: Arc<Self>) {
        let mut browser = Browser::open(&self.base).await;
        loop {
            let no = self.next.fetch_add(1, Ordering::SeqCst);
            let Some(name) = self.names.get(no) else { break };
            let english = match no % 2 {
                _ if self.both => BOTH,
                0 => LIGHT,
                _ => DARK,
            };
            let mut seen = self.page(&browser, name, &english).await;
            if let Err(error) = &seen {
                self.broken.lock().unwrap().push(format!("{name}: a browser broke down, another one looked: {error}"));
                browser.close().await;
                browser = Browser::open(&self.base).await;
                seen = self.page(&browser, name, &english).await;
            }
            let said = seen.unwrap_or_else(|error| vec![format!("{name}: two browsers broke down: {error}")]);
            self.wrong.lock().unwrap().extend(said);
        }
        browser.close().await;
    }

    /// What is wrong with a page, in every language and width.
    async fn page(&self, browser: &Browser, name: &str, english: &[Sight]) -> Result<Vec<String>, CmdError> {
        let mut wrong = Vec::new();
        let others = OTHERS.iter().map(|(language, looks)| (*language, looks.as_slice()));
        for (language, looks) in [("en", english)].into_iter().chain(others) {
            for (no, &(width, scheme, rules)) in looks.iter().enumerate() {
                browser.size(width, 900).await?;
                browser.scheme(scheme).await?;
                if no == 0 {
                    browser.client.goto(&format!("{}/{language}/{name}", self.base)).await?;
                    browser.client.execute(&self.axe, vec![]).await?;
                }
                let found = browser.client.execute_async(LOOK, rules.told().to_vec()).await?;
                self.looked.fetch_add(1, Ordering::SeqCst);
                let found = found.as_array().unwrap().iter().filter_map(Value::as_str);
                wrong.extend(found.map(|one| format!("{name} in {language}, {width} px, {scheme}: {one}")));
                picture(browser, name, language, width, scheme).await?;
            }
        }
        Ok(wrong)
    }
}

/// Keeps a picture of the whole page where `HABILIS_TEST_PICTURES` names a folder.
async fn picture(browser: &Browser, name: &str, language: &str, width: u32, scheme: &str) -> Result<(), CmdError> {
    let Ok(folder) = std::env::var("HABILIS_TEST_PICTURES") else { return Ok(()) };
    std::fs::create_dir_all(&folder).unwrap();
    let height = browser.client.execute("return document.documentElement.scrollHeight", vec![]).await?;
    browser
        .size(width, height.as_u64().and_then(|height| u32::try_from(height).ok()).unwrap_or(900).min(3_000))
        .await?;
    let picture = browser.client.screenshot().await?;
    std::fs::write(Path::new(&folder).join(format!("{name}-{language}-{width}-{scheme}.png")), picture).unwrap();
    Ok(())
}

/// `HABILIS_TEST_PAGES` holds part of a name to look only at those pages, and at each in both colours.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn axe_finds_nothing_on_any_page() {
    if seen_on_sqlite() {
        return;
    }
    let _alone = alone().await;
    let part = std::env::var("HABILIS_TEST_PAGES").unwrap_or_default();
    let look = Arc::new(Look {
        axe: axe(),
        base: samples::serve(),
        names: samples::names()
            .into_iter()
            .filter(|name| name.contains(&part) && !LEAVES.contains(&name.as_str()))
            .collect(),
        both: !part.is_empty(),
        next: AtomicUsize::new(0),
        looked: AtomicUsize::new(0),
        wrong: Mutex::new(Vec::new()),
        broken: Mutex::new(Vec::new()),
    });
    let lookers: Vec<_> = (0..BROWSERS).map(|_| tokio::spawn(Arc::clone(&look).around())).collect();
    for looker in lookers {
        looker.await.unwrap();
    }
    let wrong = look.wrong.lock().unwrap();
    println!("{}", look.broken.lock().unwrap().join("\n"));
    println!("axe looked {} times at {} pages", look.looked.load(Ordering::SeqCst), look.names.len());
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
}
