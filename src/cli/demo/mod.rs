//! `habilis demo`: a made-up company with a history of more than a year, told through the actions and kept apart from real data.

mod exam;
pub(in crate::cli) mod folder;
mod generate;
mod papers;
mod people;
mod reviewing;
mod roles;
mod script;
mod teller;
mod uses;

use super::{DemoAccount, DemoPeople, Failed, Next, Ready, open, print, serve};
use crate::{
    base::refusal::Broken,
    db::Location,
    identity::password::Passwords,
    settings::{Hidden, Settings},
    tokens::seal::SealKey,
};
use clap::Args;
use folder::{Account, Folder, Found};
use rand::{RngExt, SeedableRng};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

/// Serve a made-up company
#[derive(Debug, Args)]
pub(super) struct Demo {
    /// The port to listen on, on this machine only; 0 takes any that is free
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Delete the demo that is there and make a new one
    #[arg(long)]
    fresh: bool,
    /// For authors: show every save at once; content may change under its version
    #[arg(long)]
    dev: bool,
    /// Add so many generated people, with certificates, and two hundred generated roles
    #[arg(long, value_name = "N")]
    people: Option<usize>,
    /// Give them so many grants
    #[arg(long, value_name = "M", requires = "people")]
    grants: Option<usize>,
    /// Have them take so many tokens
    #[arg(long, value_name = "K", requires = "grants")]
    tokens: Option<usize>,
}

/// Words of which passwords are made: short, unlike each other, easy to type on any keyboard.
const WORDS: [&str; 64] = [
    "amber", "anchor", "basil", "beacon", "birch", "bramble", "candle", "canyon", "cedar", "cobalt", "comet", "copper",
    "coral", "cotton", "crystal", "dolphin", "ember", "falcon", "fennel", "ferry", "flint", "forest", "garnet",
    "ginger", "glacier", "granite", "harbour", "hazel", "heron", "indigo", "island", "ivory", "jasmine", "juniper",
    "kettle", "lantern", "lemon", "linen", "lizard", "magnet", "mango", "maple", "marble", "meadow", "mosaic",
    "nectar", "nutmeg", "olive", "orchid", "otter", "pebble", "pepper", "pigeon", "plum", "quartz", "raven", "saffron",
    "silver", "sparrow", "thistle", "tulip", "velvet", "violin", "willow",
];

impl Demo {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let mut settings = open::settings()?;
        if self.dev && settings.database_url.is_some() {
            return Err(Failed::words(
                "--dev lets content change under its version, so it keeps to the demo's own database; unset DATABASE_URL",
            ));
        }
        let folder = Folder::below(&settings.data_dir);
        let listener = self.adapt(&mut settings, &folder)?;
        if self.fresh {
            self.start_over(&settings, &folder)?;
        }
        let generates = self.people.is_some();
        let accounts = match folder.look()? {
            Found::Whole(accounts) => accounts,
            Found::Foreign => {
                return Err(Failed::words(format!(
                    "{} holds something that `habilis demo` did not make; choose another HABILIS_DATA_DIR",
                    folder.root().display()
                )));
            }
            Found::Unfinished => {
                folder.wipe()?;
                create(&mut settings, &folder, generates)?
            }
            Found::Nothing => create(&mut settings, &folder, generates)?,
        };
        own_key(&mut settings, folder.root())?;
        if generates || folder.content().is_dir() {
            roles::content(&mut settings, &folder)?;
        }
        if let Some(people) = self.people {
            generate::fill(&settings, people, self.grants.unwrap_or(0), self.tokens.unwrap_or(0))?;
        }
        let (app, mut words) = serve::ready(settings, self.dev, true)?;
        words.extend(tour(&accounts));
        Ok(Next::Serve(Box::new(Ready { app, listener, demo: Some(demo_people(&accounts)), words })))
    }

    /// The demo's own folder, key and address; a database that was named is respected.
    fn adapt(&self, settings: &mut Settings, folder: &Folder) -> Result<TcpListener, Failed> {
        settings.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let listener = open::bind(settings)?;
        settings.data_dir = folder.root().to_owned();
        Ok(listener)
    }

    fn start_over(&self, settings: &Settings, folder: &Folder) -> Result<(), Failed> {
        if settings.database_url.is_some() {
            return Err(Failed::words(
                "--fresh deletes only the demo's own folder, never a database that DATABASE_URL names; empty that one \
                 yourself, or unset DATABASE_URL",
            ));
        }
        folder.wipe()
    }
}

/// Makes the company.
fn create(settings: &mut Settings, folder: &Folder, generates: bool) -> Result<Vec<Account>, Failed> {
    folder.claim()?;
    own_key(settings, folder.root())?;
    if generates {
        roles::content(settings, folder)?;
    }
    let password = password()?;
    print::say("Making a company of made-up people, with more than a year of history …");
    let told = teller::tell(settings.clone(), &password)?;
    print::say(&format!("… {} people, {} steps.", told.people, told.steps));
    let accounts: Vec<Account> = people::ACCOUNTS
        .iter()
        .map(|(key, who, _)| Account { email: people::email(key), password: password.clone(), who: (*who).to_owned() })
        .collect();
    folder.keep_accounts(&accounts)?;
    Ok(accounts)
}

/// A password that can be kept in mind: four words and a number, some 35 bits, for people who do not exist.
fn password() -> Result<String, Failed> {
    let mut rng = rand::rngs::StdRng::try_from_rng(&mut rand::rngs::SysRng).map_err(Broken::defect)?;
    for _ in 0..100 {
        let mut words: Vec<&str> = Vec::new();
        while words.len() < 4 {
            let word = WORDS.get(rng.random_range(0..WORDS.len())).copied().unwrap_or("amber");
            if !words.contains(&word) {
                words.push(word);
            }
        }
        let password = format!("{}-{}", words.join("-"), rng.random_range(10..100));
        let fits = people::PEOPLE
            .iter()
            .all(|person| Passwords::judge(&password, &[&people::email(person.key), person.name]).is_ok());
        if fits {
            return Ok(password);
        }
    }
    Err(Broken::defect("no password passed its own rules").into())
}

fn demo_people(accounts: &[Account]) -> DemoPeople {
    DemoPeople {
        password: accounts.first().map(|account| account.password.clone()).unwrap_or_default(),
        accounts: accounts
            .iter()
            .map(|account| DemoAccount {
                email: account.email.clone(),
                name: people::name(&account.email).to_owned(),
                who: account.who.clone(),
            })
            .collect(),
    }
}

/// Who can sign in as whom, and what to try first.
fn tour(accounts: &[Account]) -> Vec<String> {
    let mut table = print::Table::new(&["sign in as", "who", "to see"]);
    for account in accounts {
        table.row([account.email.clone(), account.who.clone(), people::see(&account.email).to_owned()]);
    }
    let mut lines = vec![String::new()];
    lines.extend(table.text());
    if let Some(account) = accounts.first() {
        lines.push(format!("\nThe password of all of them: {}", account.password));
    }
    lines.push(
        "Try first: sign in as hugo.bernard, take a token for ANALYST; then as lea.fontaine, and decide on the request \
         that waits.\n"
            .to_owned(),
    );
    lines
}

/// A sealing key of the demo's own where PostgreSQL needs one and none is set.
fn own_key(settings: &mut Settings, folder: &std::path::Path) -> Result<(), Failed> {
    if settings.secret_key.is_none() && matches!(settings.location()?, Location::Postgres(_)) {
        let file = folder.join("secret.key");
        SealKey::from_file(&file)?;
        settings.secret_key = Some(Hidden::new(std::fs::read_to_string(file).map_err(Broken::defect)?));
    }
    Ok(())
}
