//! axe finds nothing: on no sample of any page, in no language, wide or narrow, in light and in dark colours. Colours take by far the
//! longest, and all samples have them from one sheet: they are looked at where a page shows text as no page before it.

use crate::support::{alone, browser::Browser, samples, seen_on_sqlite};
use fantoccini::error::CmdError;
use serde_json::{Value, json};
use std::{
    collections::HashSet,
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

/// Runs in the page: in which ways it shows text. Of each, all that the contrast comes of: colour, whether it is large (WCAG 2.2, "large
/// scale"), and every ground up to the first that nothing shines through; of a link what is around it, too.
const SHOWN: &str = "
const shown = new Set();
for (const element of document.body.querySelectorAll('*')) {
  const says = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
  if (!says && !element.matches('input, select, textarea')) continue;
  const style = getComputedStyle(element);
  const [size, bold] = [Number.parseFloat(style.fontSize), Number(style.fontWeight) >= 700];
  const way = [style.color, size >= (bold ? 18.66 : 24)];
  if (element.closest('a')) way.push(style.textDecorationLine, getComputedStyle(element.closest('a').parentElement).color);
  for (let ground = element; ground; ground = ground.parentElement) {
    const { backgroundColor, backgroundImage, opacity } = getComputedStyle(ground);
    const clear = backgroundColor === 'rgba(0, 0, 0, 0)' && backgroundImage === 'none' && opacity === '1';
    if (!clear) way.push(backgroundColor, backgroundImage, opacity);
    if (backgroundColor.startsWith('rgb(') && opacity === '1') break;
  }
  shown.add(way.join(' | '));
}
return [...shown];";

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

    /// The same without those of colours, where there are some.
    fn without_colours(self) -> Option<Self> {
        match self {
            Self::Every => Some(Self::Said),
            Self::Seen => Some(Self::Narrow),
            Self::Narrow | Self::Said => None,
        }
    }
}

/// How wide the window is, in which colour scheme, and by which rules.
type Sight = (u32, &'static str, Rules);

/// How a page is looked at in English.
const ENGLISH: [Sight; 2] = [(1280, "light", Rules::Every), (360, "dark", Rules::Seen)];
/// And in the other languages: what a page is made of is the same in both.
const OTHERS: [(&str, [Sight; 1]); 2] = [("fr", [(768, "dark", Rules::Said)]), ("es", [(320, "light", Rules::Narrow)])];
/// Pages that leave for a tool by themselves before anybody can look at them.
const LEAVES: [&str; 1] = ["consent-posting"];
/// How many browsers look at the same time.
const BROWSERS: usize = 2;

struct Look {
    axe: String,
    base: String,
    names: Vec<String>,
    /// In which ways text was shown, and axe has found nothing wrong with them; none where each page is asked for its colours.
    shown: Option<Mutex<HashSet<String>>>,
    next: AtomicUsize,
    looked: AtomicUsize,
    coloured: AtomicUsize,
    wrong: Mutex<Vec<String>>,
    /// Browsers that broke down.
    broken: Mutex<Vec<String>>,
}

impl Look {
    /// Takes pages until none is left. A browser that breaks down says nothing about the page: the page is looked at again
    /// with another browser, and only a second breakdown counts.
    async fn around(self: Arc<Self>) {
        let mut browser = self.browser().await;
        loop {
            let no = self.next.fetch_add(1, Ordering::SeqCst);
            let Some(name) = self.names.get(no) else { break };
            let mut seen = self.page(&browser, name).await;
            if let Err(error) = &seen {
                self.broken.lock().unwrap().push(format!("{name}: a browser broke down, another one looked: {error}"));
                browser.close().await;
                browser = self.browser().await;
                seen = self.page(&browser, name).await;
            }
            let said = seen.unwrap_or_else(|error| vec![format!("{name}: two browsers broke down: {error}")]);
            self.wrong.lock().unwrap().extend(said);
        }
        browser.close().await;
    }

    async fn browser(&self) -> Browser {
        let browser = Browser::open(&self.base).await;
        browser.bring(&self.axe).await.unwrap();
        browser
    }

    /// What is wrong with a page, in every language and width.
    async fn page(&self, browser: &Browser, name: &str) -> Result<Vec<String>, CmdError> {
        let mut wrong = Vec::new();
        let others = OTHERS.iter().map(|(language, looks)| (*language, looks.as_slice()));
        for (language, looks) in [("en", ENGLISH.as_slice())].into_iter().chain(others) {
            for (no, &(width, scheme, rules)) in looks.iter().enumerate() {
                browser.scheme(scheme).await?;
                if no == 0 {
                    browser.size_of_next(width, 900).await?;
                    browser.client.goto(&format!("{}/{language}/{name}", self.base)).await?;
                } else {
                    browser.size(width, 900).await?;
                }
                let (rules, new) = self.asked(browser, rules).await?;
                let found = browser.client.execute_async(LOOK, rules.told().to_vec()).await?;
                self.looked.fetch_add(1, Ordering::SeqCst);
                let found = found.as_array().unwrap().iter().filter_map(Value::as_str);
                let before = wrong.len();
                wrong.extend(found.map(|one| format!("{name} in {language}, {width} px, {scheme}: {one}")));
                if let Some(shown) = self.shown.as_ref().filter(|_| wrong.len() == before) {
                    shown.lock().unwrap().extend(new);
                }
                picture(browser, name, language, width, scheme).await?;
            }
        }
        Ok(wrong)
    }

    /// Which of these rules are asked of the page as it stands: those of colours only where it shows text in a new way. And those ways.
    async fn asked(&self, browser: &Browser, rules: Rules) -> Result<(Rules, Vec<String>), CmdError> {
        let (Some(shown), Some(others)) = (&self.shown, rules.without_colours()) else {
            return Ok((rules, Vec::new()));
        };
        let ways = browser.client.execute(SHOWN, vec![]).await?;
        let mut ways: Vec<String> = serde_json::from_value(ways).unwrap();
        let known = shown.lock().unwrap();
        ways.retain(|way| !known.contains(way));
        if ways.is_empty() {
            return Ok((others, ways));
        }
        self.coloured.fetch_add(1, Ordering::SeqCst);
        Ok((rules, ways))
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

/// `HABILIS_TEST_PAGES` holds part of a name to look only at those pages, and at the colours of each.
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
        shown: part.is_empty().then(Mutex::default),
        next: AtomicUsize::new(0),
        looked: AtomicUsize::new(0),
        coloured: AtomicUsize::new(0),
        wrong: Mutex::new(Vec::new()),
        broken: Mutex::new(Vec::new()),
    });
    let lookers: Vec<_> = (0..BROWSERS).map(|_| tokio::spawn(Arc::clone(&look).around())).collect();
    for looker in lookers {
        looker.await.unwrap();
    }
    let wrong = look.wrong.lock().unwrap();
    println!("{}", look.broken.lock().unwrap().join("\n"));
    let (looked, coloured) = (look.looked.load(Ordering::SeqCst), look.coloured.load(Ordering::SeqCst));
    println!("axe looked {looked} times at {} pages, {coloured} times at colours", look.names.len());
    let few = |shown: &Mutex<HashSet<String>>| shown.lock().unwrap().len() < 20;
    assert!(!look.shown.as_ref().is_some_and(few), "the pages have more ways of showing text than were found");
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
}
