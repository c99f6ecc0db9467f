//! Every page in every language, and a catalogue that agrees with itself.

use super::*;
use crate::reports::report::Report;
use crate::web::kit::words::messages;
use crate::web::views::{self, Me, Notice, NoticeKind, SAMPLE_NOW};
use std::collections::BTreeSet;

fn chrome(lang: &str, me: Option<Me>) -> Page<()> {
    Page {
        lang: lang.into(),
        now: SAMPLE_NOW,
        zone: "Europe/Paris".into(),
        path: "/".into(),
        me,
        form_token: Some("f0rm".into()),
        notice: Some(Notice { kind: NoticeKind::Ok, text: "Saved.".into() }),
        demo: true,
        view: (),
    }
}

#[test]
fn every_page_draws_in_every_language() {
    let render = Render::new(None, false).unwrap();
    let langs: Vec<String> = render.words().unwrap().langs().map(str::to_owned).collect();
    let mut wrong = Vec::new();
    for sample in views::samples() {
        for lang in &langs {
            match render.sample(&sample, &chrome(lang, Some(views::sample_me()))) {
                Ok(html) if html.len() > 50_000 => {
                    wrong.push(format!("{} in {lang}: {} bytes", sample.name, html.len()));
                }
                Ok(html) if html.contains(" style=") || html.contains("<script>") || html.contains(" onclick=") => {
                    wrong.push(format!("{} in {lang}: markup that the content policy refuses", sample.name));
                }
                Ok(_) => {}
                Err(e) => wrong.push(format!("{} in {lang}: {e}", sample.name)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn languages_have_the_same_messages_with_the_same_variables() {
    let mut by_lang: BTreeMap<String, BTreeMap<String, _>> = BTreeMap::new();
    for (path, bytes) in files(None).unwrap() {
        let Some(inner) = path.strip_prefix("words/") else { continue };
        let lang = inner.split(['/', '.']).next().unwrap().to_owned();
        by_lang.entry(lang).or_default().extend(messages(&String::from_utf8_lossy(&bytes)));
    }
    let english = by_lang.get("en").unwrap().clone();
    for (lang, found) in &by_lang {
        for key in english.keys().chain(found.keys()) {
            assert_eq!(english.get(key), found.get(key), "`{key}` differs between en and {lang}");
        }
    }
}

#[test]
fn every_status_has_a_word_and_a_shape() {
    let render = Render::new(None, false).unwrap();
    let words = render.words().unwrap();
    for (code, _, shape) in components::STATUSES {
        assert!(words.has(&format!("status-{code}")), "no word for the status `{code}`");
        assert!(Embedded::get(&format!("icons/s-{shape}.svg")).is_some(), "no shape `{shape}`");
    }
}

#[test]
fn no_report_has_two_columns_of_one_title() {
    let words = Render::new(None, false).unwrap().words().unwrap();
    for report in Report::ALL {
        for language in ["en", "fr", "es"] {
            let mut titles = BTreeSet::new();
            for column in report.columns() {
                let title = words.plain(language, &format!("report-column-{}", column.name));
                assert!(titles.insert(title.clone()), "{report:?} in {language}: twice {title}");
            }
        }
    }
}

#[test]
fn a_missing_thing_is_an_error_and_not_a_hole() {
    let render = Render::new(None, false).unwrap();
    let loaded = render.current().unwrap();
    for template in ["{{view.nothing}}", "{{t \"no-such-key\"}}", "{{badge \"odd\"}}", "{{icon \"odd\"}}"] {
        assert!(loaded.registry.render_template(template, &json!({"lang": "en"})).is_err(), "{template}");
    }
}

#[test]
fn what_is_wrong_with_a_field_is_said_in_every_language() {
    use crate::{base::text::Language, identity::person::Wrong};
    let words = Render::new(None, false).unwrap().words().unwrap();
    let say = |language: Language, why: &str| {
        let mut args = FluentArgs::new();
        args.set("field", "zone");
        args.set("why", why.to_owned());
        words.say(language.tag(), "refusal-bad-field", &args).unwrap()
    };
    for language in Language::ALL {
        let other = say(language, "of another kind");
        let said: std::collections::BTreeSet<String> = Wrong::ALL.iter().map(|why| say(language, why.code())).collect();
        assert!(said.len() == Wrong::ALL.len() && !said.contains(&other), "{said:?}");
    }
}

#[test]
fn what_opens_is_never_said_to_open_too_early() {
    let render = Render::new(None, false).unwrap();
    let loaded = render.current().unwrap();
    let said = |template: &str, micros: i64| {
        let page = json!({"lang": "en", "zone": "UTC", "now": 0, "view": {"at": micros}});
        loaded.registry.render_template(template, &page).unwrap()
    };
    let at = 17 * 3_600_000_000 + 27 * 60_000_000_i64;
    for (later, minute, second) in
        [(0, "17:27", "17:27:00"), (1, "17:28", "17:27:01"), (37_000_000, "17:28", "17:27:37")]
    {
        let opens = said("{{opens view.at}}", at + later);
        assert!(opens.contains(minute) && opens.contains(&format!("T{minute}:00Z")), "{opens}");
        assert!(said("{{opens_clock view.at}}", at + later).contains(second), "{later}");
        assert!(said("{{when view.at}}", at + later).contains("17:27"), "what was, or ends, is as it is");
    }
}

#[test]
fn every_kind_of_event_has_a_name_in_every_language() {
    use crate::{audit::event::What, base::text::Language, web::views::events::EventLine};
    let words = Render::new(None, false).unwrap().words().unwrap();
    for language in Language::ALL {
        let mut names = std::collections::BTreeSet::new();
        let file = std::fs::read_to_string(format!("templates/words/{}/event_kinds.ftl", language.tag())).unwrap();
        for what in What::ALL {
            let key = format!("event-kind-{}", EventLine::says(what.word()));
            assert!(file.contains(&format!("\n{key} = ")), "{key} has no name in `{}`", language.tag());
            assert!(names.insert(words.plain(language.tag(), &key)), "{key}: two kinds have one name");
        }
    }
}
