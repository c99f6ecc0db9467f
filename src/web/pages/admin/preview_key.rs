//! What is right in a question, for its authors: every kind, every reason, in one language.

use crate::{
    base::text::{Language, Slug, Words},
    curriculum::{
        question::{
            Accept, Blank, BlankKey, Body, Choice, Credit, Item, Lab, Matching, NumericAnswer, OrderCredit, Question,
        },
        render::{self, Links},
    },
    web::{
        kit::{caller::Caller, desk::Desk, failure::Failure, teller::Teller},
        views::preview::{KeyCode, KeyFact, KeyLine},
    },
};
use rust_decimal::Decimal;

/// A question with its key.
#[derive(Default)]
pub(super) struct Key {
    pub(super) html: String,
    pub(super) lines: Vec<KeyLine>,
    pub(super) facts: Vec<KeyFact>,
    pub(super) codes: Vec<KeyCode>,
    pub(super) model: Option<String>,
}

/// The key of a question in a language.
pub(super) fn of(
    question: &Question,
    language: Language,
    links: &Links,
    desk: &Desk,
    caller: &Caller,
) -> Result<Key, Failure> {
    let teller = Teller::of(desk, caller)?;
    let block = |words: &Words| render::markdown(words.get(language), links).html;
    let mut key = Key { html: block(&question.ask), ..Key::default() };
    match &question.body {
        Body::Single { options } => key.lines = choices(options, language),
        Body::Multi { options, credit } => {
            key.lines = choices(options, language);
            key.word(&teller, "credit", credit_word(*credit));
        }
        Body::TrueFalse { answer } => key.word(&teller, "answer", truth(*answer)),
        Body::TrueFalseGrid { rows } => {
            key.lines = choices(rows, language);
            for (line, row) in key.lines.iter_mut().zip(rows) {
                line.answer = Some(teller.plain(truth(row.correct)));
            }
        }
        Body::Numeric { answer, unit } => key.code("answer", vec![number(answer, unit.as_deref())]),
        Body::Short { accept } => key.code("accept", accepted(accept)),
        Body::Match(matching) => key.matching(matching, language),
        Body::Order { items, credit } => {
            key.lines = items.iter().map(|item| item_line(item, language, "plain")).collect();
            key.word(&teller, "credit", order_word(*credit));
        }
        Body::Cloze { text, blanks } => {
            key.html.push_str(&gaps(text.get(language), blanks, links));
            key.lines = blanks.iter().map(|blank| gap(blank, language)).collect();
        }
        Body::Sql(lab) => key.lab(lab),
        Body::FreeText { rubric, model } => {
            key.lines = rubric
                .iter()
                .map(|criterion| KeyLine {
                    id: criterion.id.to_string(),
                    html: inline(&criterion.text, language),
                    tone: "plain".to_owned(),
                    answer: Some(
                        teller.say("preview-weight", &[("n", criterion.weight.normalize().to_string().into())]),
                    ),
                    why: None,
                })
                .collect();
            key.model = model.as_ref().map(block);
        }
    }
    Ok(key)
}

impl Key {
    fn word(&mut self, teller: &Teller, name: &str, message: &str) {
        self.facts.push(KeyFact { name: name.to_owned(), texts: vec![teller.plain(message)], code: false });
    }

    fn code(&mut self, name: &str, texts: Vec<String>) {
        if !texts.is_empty() {
            self.facts.push(KeyFact { name: name.to_owned(), texts, code: true });
        }
    }

    fn statement(&mut self, name: &str, sql: &str) {
        let html = render::markdown(&format!("~~~~~~~~~~ sql\n{sql}\n~~~~~~~~~~"), &Links::none()).html;
        self.codes.push(KeyCode { name: name.to_owned(), html });
    }

    fn matching(&mut self, matching: &Matching, language: Language) {
        let target = |id: &Slug| matching.targets.iter().find(|target| target.id == *id);
        self.lines = matching
            .pairs
            .iter()
            .map(|pair| KeyLine {
                id: pair.id.to_string(),
                html: inline(&pair.left, language),
                tone: "plain".to_owned(),
                answer: target(&pair.right).map(|target| inline(&target.text, language)),
                why: pair.why.as_ref().map(|why| inline(why, language)),
            })
            .collect();
        let spare = matching.targets.iter().filter(|target| !matching.pairs.iter().any(|pair| pair.right == target.id));
        self.lines.extend(spare.map(|target| item_line(target, language, "wrong")));
    }

    fn lab(&mut self, lab: &Lab) {
        self.code("dataset", vec![lab.dataset.to_string()]);
        self.code("require", lab.require.clone());
        self.code("forbid", lab.forbid.clone());
        if let Some(starter) = &lab.starter {
            self.statement("starter", starter);
        }
        self.statement("solution", &lab.solution);
        for wrong in &lab.must_fail {
            self.statement("must-fail", wrong);
        }
    }
}

fn inline(words: &Words, language: Language) -> String {
    render::inline(words.get(language))
}

fn choices(options: &[Choice], language: Language) -> Vec<KeyLine> {
    options
        .iter()
        .map(|option| KeyLine {
            id: option.id.to_string(),
            html: inline(&option.text, language),
            tone: if option.correct { "right" } else { "wrong" }.to_owned(),
            answer: option.fraction.map(|fraction| format!("{} %", fraction.normalize())),
            why: option.why.as_ref().map(|why| inline(why, language)),
        })
        .collect()
}

fn item_line(item: &Item, language: Language, tone: &str) -> KeyLine {
    KeyLine {
        id: item.id.to_string(),
        html: inline(&item.text, language),
        tone: tone.to_owned(),
        answer: None,
        why: None,
    }
}

/// The text of a cloze with each gap by its name.
fn gaps(text: &str, blanks: &[Blank], links: &Links) -> String {
    let text = blanks.iter().fold(text.to_owned(), |text, blank| {
        text.replace(&format!("{{{{{}}}}}", blank.id), &format!("**[{}]**", blank.id))
    });
    render::markdown(&text, links).html
}

fn gap(blank: &Blank, language: Language) -> KeyLine {
    let codes = |texts: &[String]| {
        let each = texts.iter().map(|text| format!("<code>{}</code>", render::escaped(text)));
        each.collect::<Vec<_>>().join(" ")
    };
    let (right, others) = match &blank.key {
        BlankKey::Choices(choices) => {
            let of = |correct| {
                let chosen = choices.iter().filter(|choice| choice.correct == correct);
                chosen.map(|choice| inline(&choice.text, language)).collect::<Vec<_>>().join(" · ")
            };
            (of(true), Some(of(false)).filter(|others| !others.is_empty()))
        }
        BlankKey::Accept(accept) => (codes(&accepted(accept)), None),
        BlankKey::Number(answer) => (codes(&[number(answer, None)]), None),
    };
    KeyLine {
        id: blank.id.to_string(),
        html: right,
        tone: "right".to_owned(),
        answer: others.map(|others| format!("≠ {others}")),
        why: blank.why.as_ref().map(|why| inline(why, language)),
    }
}

fn accepted(accept: &[Accept]) -> Vec<String> {
    let said = |accept: &Accept| match accept {
        Accept::Text(text) => text.clone(),
        Accept::Regex(pattern) => format!("/{pattern}/"),
    };
    accept.iter().map(said).collect()
}

fn number(answer: &NumericAnswer, unit: Option<&str>) -> String {
    let said = match answer {
        NumericAnswer::Exact { value, tolerance } if *tolerance == Decimal::ZERO => value.normalize().to_string(),
        NumericAnswer::Exact { value, tolerance } => format!("{} ± {}", value.normalize(), tolerance.normalize()),
        NumericAnswer::Range { low, high } => format!("{} … {}", low.normalize(), high.normalize()),
    };
    unit.map_or(said.clone(), |unit| format!("{said} {unit}"))
}

fn truth(answer: bool) -> &'static str {
    if answer { "preview-true" } else { "preview-false" }
}

fn credit_word(credit: Credit) -> &'static str {
    match credit {
        Credit::NetCorrect => "preview-credit-net",
        Credit::AllOrNothing => "preview-credit-all",
        Credit::EachOption => "preview-credit-each",
        Credit::Fractions => "preview-credit-fractions",
    }
}

fn order_word(credit: OrderCredit) -> &'static str {
    match credit {
        OrderCredit::Pairs => "preview-credit-pairs",
        OrderCredit::Exact => "preview-credit-all",
    }
}
