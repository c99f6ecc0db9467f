//! `habilis warehouse`: what to tell a warehouse, and what it would say of a token.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Table},
    words::Words,
};
use crate::{
    actions::{
        check_token::{self, Checked, House},
        warehouse_setup::{self, WarehouseSetup},
    },
    base::text::Slug,
    tokens::inspect::{MOST, Verdict},
};
use clap::{Subcommand, ValueEnum};
use serde_json::json;
use std::io::Read;

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Shape {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Warehouses
#[derive(Debug, Subcommand)]
pub(super) enum Warehouse {
    /// Print what to run or to set on the other side, filled in
    Setup {
        /// The warehouse's id
        warehouse: Slug,
        #[arg(long, value_enum, default_value = "text")]
        format: Shape,
    },
    /// Say of a token, read from standard input, what the warehouse would; it is kept nowhere
    Check {
        /// The warehouse's id
        warehouse: Slug,
        #[arg(long, value_enum, default_value = "text")]
        format: Shape,
    },
}

impl Warehouse {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::with_content()?;
        let words = Words::english()?;
        match self {
            Self::Setup { warehouse, format } => {
                let found = desk.run(warehouse_setup::warehouse_setup(&desk.app, &desk.actor, warehouse))?;
                setup(&words, &found, format)?;
                Ok(Next::Done)
            }
            Self::Check { warehouse, format } => {
                let token = token()?;
                let found = desk.run(check_token::check_token(&desk.app, &desk.actor, warehouse, token))?;
                check(&words, &found, format)?;
                let refused = found.inspection.verdict() == Verdict::Refused;
                Ok(if refused { Next::NotGood } else { Next::Done })
            }
        }
    }
}

/// What stands on standard input: a little more than a token may have, so that one that is too large is told so.
fn token() -> Result<String, Failed> {
    let mut text = String::new();
    let most = u64::try_from(MOST).unwrap_or(u64::MAX).saturating_add(1_024);
    let read = std::io::stdin().lock().take(most).read_to_string(&mut text);
    read.map_err(|_| Failed::words("the token on standard input is not text"))?;
    Ok(text)
}

fn setup(words: &Words, found: &WarehouseSetup, format: Shape) -> Result<(), Failed> {
    let minutes = [("minutes", found.minutes.into())];
    let label = |what: &str| words.say(&format!("setup-{what}"), &[]);
    let note = |what: &str| words.said(&format!("setup-{what}-note"), &[]);
    let caveats = found.caveats.iter().map(|caveat| (caveat, words.say(&format!("caveat-{}", caveat.key), &minutes)));
    if format == Shape::Json {
        let statements: Vec<_> = found
            .statements
            .iter()
            .map(|one| json!({"what": one.what, "label": label(one.what), "text": one.text, "note": note(one.what)}))
            .collect();
        let caveats: Vec<_> = caveats
            .map(|(caveat, text)| json!({"key": caveat.key, "concern": caveat.concern.word(), "text": text}))
            .collect();
        return print::json(&json!({
            "warehouse": found.warehouse.id, "kind": found.warehouse.kind, "issuer": found.issuer,
            "jwks_uri": format!("{}/jwks.json", found.issuer), "audience": found.warehouse.audience,
            "typ": found.warehouse.typ.as_str(), "signing": found.warehouse.signing.word(),
            "user_claim": found.warehouse.kind.profile().user, "page": found.warehouse.kind.profile().page,
            "statements": statements, "caveats": caveats,
        }));
    }
    for statement in &found.statements {
        print::say(&format!("== {}\n\n{}\n", label(statement.what), statement.text));
        if let Some(note) = note(statement.what) {
            print::say(&format!("   {note}\n"));
        }
    }
    for (caveat, text) in caveats {
        let concern = words.say("caveat-concern", &[("concern", caveat.concern.word().into())]);
        print::say(&format!("{concern}: {text}"));
    }
    print::say(&format!("\n{}", found.warehouse.kind.profile().page));
    Ok(())
}

fn check(words: &Words, found: &Checked, format: Shape) -> Result<(), Failed> {
    let record = match &found.house {
        House::Record(record) => Some(record),
        House::NotOurs | House::NoRecord | House::Another => None,
    };
    let refused = record.and_then(|record| record.refused.as_ref());
    let lines: Vec<_> = found
        .inspection
        .lines
        .iter()
        .map(|line| (line, words.say(&format!("check-{}", line.code), &line.facts)))
        .collect();
    if format == Shape::Json {
        let lines: Vec<_> = lines
            .iter()
            .map(|(line, why)| {
                json!({"part": line.part, "verdict": line.verdict.word(), "code": line.code, "value": line.value, "why": why})
            })
            .collect();
        return print::json(&json!({
            "warehouse": found.warehouse, "kind": found.kind, "at": found.at,
            "verdict": found.inspection.verdict().word(), "lines": lines,
            "house": {
                "state": found.house.word(),
                "record": record.map(|record| &record.token),
                "effective": record.map(|record| record.effective),
                "refusal": refused.map(|refused| refused.code),
            },
        }));
    }
    let mut table = Table::new(&["part", "verdict", "why"]);
    for (line, why) in &lines {
        table.row([line.part.to_owned(), line.verdict.word().to_owned(), why.clone()]);
    }
    table.text().iter().for_each(|line| print::say(line));
    let product = found.kind.profile().product;
    let verdict = format!("check-result-{}", found.inspection.verdict().word());
    print::say(&format!("\n{}", words.say(&verdict, &[("kind", product.into())])));
    print::say(&format!("habilis: {}", words.say(&format!("check-house-{}", found.house.word()), &[])));
    if let Some(refused) = refused {
        print::say(&format!("  {} ({})", refused.sentence, refused.code));
    }
    Ok(())
}
