//! `habilis doctor`: what is missing or unsafe, one line each, with what to do about it.

mod log;
mod providers;
mod signals;
mod sinks;
mod values;

use super::{
    Failed, Next,
    demo::folder::{ACCOUNTS, Account, MARKER},
    open::Desk,
    print,
};
use crate::{
    actions::{load_content, person_file},
    base::{
        clock::{Clock, Time},
        paging::Paging,
    },
    db::{Location, checkup},
    settings::Settings,
    tokens::seal::SealKey,
};
use std::{
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

/// File systems on which SQLite's locks can not be relied on.
const REMOTE: [&str; 13] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "ceph",
    "glusterfs",
    "fuse.glusterfs",
    "lustre",
    "afs",
    "fuse.sshfs",
    "fuse.s3fs",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Ok,
    Warning,
    Error,
}

#[derive(Default)]
struct Findings {
    errors: usize,
    warnings: usize,
}

impl Findings {
    fn add(&mut self, level: Level, what: &str) {
        let word = match level {
            Level::Ok => "ok     ",
            Level::Warning => {
                self.warnings += 1;
                "warning"
            }
            Level::Error => {
                self.errors += 1;
                "error  "
            }
        };
        print::say(&format!("{word}  {what}"));
    }
    fn ok(&mut self, what: &str) {
        self.add(Level::Ok, what);
    }
    fn warning(&mut self, what: &str) {
        self.add(Level::Warning, what);
    }
    fn error(&mut self, what: &str) {
        self.add(Level::Error, what);
    }
}

pub(super) fn run() -> Result<Next, Failed> {
    let mut found = Findings::default();
    match Settings::load() {
        Err(error) => found.error(&format!("{error}; `habilis config` prints an example")),
        Ok(settings) => {
            found.ok("the settings are read");
            address(&settings, &mut found);
            values::variables(&mut found);
            values::mail(&settings, &mut found);
            providers::providers(&settings, &mut found);
            values::templates(&settings, &mut found);
            values::lifetimes(&settings, &mut found);
            values::workers(&settings, &mut found);
            folder(&settings, &mut found);
            match settings.location() {
                Err(error) => found.error(&error.to_string()),
                Ok(location) => {
                    let key = secret(&settings, &location, &mut found);
                    values::way_to(&location, &mut found);
                    let usable = database(&location, &mut found);
                    if let (Some(key), true) = (key, usable) {
                        values::opens(&key, &location, Clock::System.now(), &mut found);
                        signals::receivers(&settings, &mut found);
                        log::log(&settings, &mut found);
                        sinks::sinks(&settings, &mut found);
                    }
                    content(&settings, &mut found);
                    demo(&settings, usable, &mut found);
                }
            }
        }
    }
    print::say(&format!("{} errors, {} warnings", found.errors, found.warnings));
    Ok(if found.errors == 0 { Next::Done } else { Next::NotGood })
}

fn address(settings: &Settings, found: &mut Findings) {
    let issuer = settings.issuer();
    let host = issuer.split("://").nth(1).unwrap_or_default();
    let local = ["localhost", "127.", "[::1]"].iter().any(|prefix| host.starts_with(prefix));
    match &settings.public_url {
        None if settings.listen.ip().is_unspecified() => found.error(&format!(
            "it listens on {} without HABILIS_PUBLIC_URL, so links and tokens name {issuer}; set the address that people see",
            settings.listen
        )),
        None if !settings.listen.ip().is_loopback() => found.error(&format!(
            "passwords and tokens travel in the clear to {issuer}; put TLS before it and set HABILIS_PUBLIC_URL to https://…"
        )),
        None => found.ok(&format!("it listens on {}, for this machine only", settings.listen)),
        Some(_) if settings.is_https() => found.ok(&format!("people see it at {issuer}")),
        Some(_) if local => found.ok(&format!("people on this machine see it at {issuer}")),
        Some(_) => found.error(&format!(
            "HABILIS_PUBLIC_URL is {issuer}: passwords and tokens would travel in the clear; serve it over https"
        )),
    }
    if settings.trusted_proxies.iter().any(std::net::IpAddr::is_unspecified) {
        found.error("HABILIS_TRUSTED_PROXIES holds 0.0.0.0 or ::, which is no proxy's address; name the proxy itself");
    } else if settings.is_https() && settings.trusted_proxies.is_empty() {
        found.warning(
            "HABILIS_TRUSTED_PROXIES is empty behind https: everybody seems to come from the proxy, in the log and where \
             failed sign-ins are counted; name the proxy's address",
        );
    } else if !settings.trusted_proxies.is_empty() && !settings.is_https() {
        found.warning("HABILIS_TRUSTED_PROXIES is set, but people are not served over https; is there a proxy?");
    } else {
        found.ok(&format!("{} trusted proxies", settings.trusted_proxies.len()));
    }
    if tracing_subscriber::EnvFilter::try_new(&settings.log).is_err() {
        found.warning(&format!("HABILIS_LOG is no filter ({}); the default is used", settings.log));
    }
}

fn folder(settings: &Settings, found: &mut Findings) {
    let folder = settings.data_dir.display();
    match std::fs::metadata(&settings.data_dir) {
        Err(_) => found.ok(&format!("{folder} is not there yet; the first start makes it")),
        Ok(data) if data.mode() & 0o022 != 0 => {
            found.error(&format!("others can write into {folder}; run: chmod 700 {folder}"));
        }
        Ok(data) if data.mode() & 0o055 != 0 => {
            found.warning(&format!("others can read {folder}; run: chmod 700 {folder}"));
        }
        Ok(_) => found.ok(&format!("{folder} is private")),
    }
}

/// Looks at the key that seals the signing keys; gives it where there is one.
fn secret(settings: &Settings, location: &Location, found: &mut Findings) -> Option<SealKey> {
    let read = match (&settings.secret_key, location) {
        (Some(text), _) => SealKey::parse(text.reveal()).map(|key| (key, "HABILIS_SECRET_KEY is a key".to_owned())),
        (None, Location::Postgres(_)) => {
            found
                .error("HABILIS_SECRET_KEY is not set, which PostgreSQL needs; make one with: openssl rand -base64 32");
            return None;
        }
        (None, Location::Sqlite(database)) => {
            let file = database.parent().map_or_else(|| settings.data_dir.clone(), PathBuf::from).join("secret.key");
            if !file.exists() && database.exists() {
                found.error(&format!(
                    "{} is missing beside its database: the signing keys do not open without it; bring it back from a backup",
                    file.display()
                ));
                return None;
            } else if !file.exists() {
                found.ok("the first start makes a private key file");
                return None;
            }
            SealKey::from_file(&file).map(|key| (key, format!("{} is a private key file", file.display())))
        }
    };
    match read {
        Ok((key, words)) => {
            found.ok(&words);
            Some(key)
        }
        Err(error) => {
            found.error(&error.to_string());
            None
        }
    }
}

/// Looks at the database; tells whether it can be read as it is.
fn database(location: &Location, found: &mut Findings) -> bool {
    if let Location::Sqlite(file) = location {
        if let Some(kind) = file_system(file).filter(|kind| REMOTE.contains(&kind.as_str())) {
            found.error(&format!(
                "{} is on a network file system ({kind}), where SQLite loses data; use a local disk, or PostgreSQL",
                file.display()
            ));
        }
        if !file.is_file() {
            found.ok(&format!("{} is not there yet; the first start makes it", file.display()));
            return false;
        }
    }
    let now = Clock::System.now();
    let looked = match checkup::checkup(location, now) {
        Ok(looked) => looked,
        Err(error) => {
            found.error(&format!("{location:?} can not be reached: {error}; check DATABASE_URL, and whether it runs"));
            return false;
        }
    };
    found.ok(&format!("{location:?} answers"));
    if looked.pending.is_empty() {
        found.ok("it has this program's schema");
    } else {
        found.warning(&format!("not migrated yet: {}; run: habilis migrate", looked.pending.join(", ")));
    }
    for (name, value) in &looked.durability {
        if matches!(value.as_str(), "on" | "wal" | "remote_apply" | "remote_write" | "local") {
            found.ok(&format!("{name} is {value}"));
        } else {
            found.error(&format!("{name} is {value}: what was answered may be lost in a power cut; turn it on"));
        }
    }
    if let Some(clock) = looked.clock {
        skew(clock, found);
    }
    looked.pending.is_empty()
}

fn skew(clock: Time, found: &mut Findings) {
    let seconds = clock.micros_since(Clock::System.now()) / 1_000_000;
    match seconds.abs() {
        0..=2 => found.ok("the database has the same time"),
        3..=30 => {
            found.warning(&format!("the database's clock is {seconds} s away from this machine's; keep both with NTP"));
        }
        _ => found.error(&format!("the database's clock is {seconds} s away from this machine's; keep both with NTP")),
    }
}

/// The kind of file system that holds a file, as far as the system says.
fn file_system(file: &Path) -> Option<String> {
    let folder = file.ancestors().skip(1).find_map(|folder| {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        folder.canonicalize().ok()
    })?;
    let mounts = std::fs::read_to_string("/proc/mounts").ok()?;
    mounts
        .lines()
        .filter_map(|line| {
            let mut parts = line.split(' ').skip(1);
            Some((PathBuf::from(parts.next()?.replace("\\040", " ")), parts.next()?))
        })
        .filter(|(mount, _)| folder.starts_with(mount))
        .max_by_key(|(mount, _)| mount.as_os_str().len())
        .map(|(_, kind)| kind.to_owned())
}

fn content(settings: &Settings, found: &mut Findings) {
    match load_content::source(settings) {
        Err(error) => found.error(&error.to_string()),
        Ok(source) => {
            let (curriculum, catalogue, report) = load_content::check(&source);
            let (courses, roles) = (curriculum.courses.len(), catalogue.roles.len());
            if report.has_errors() {
                found.error(&format!("the content has {} errors; run: habilis courses check", report.errors()));
            } else if report.warnings() > 0 {
                found.warning(&format!("the content has {} warnings; run: habilis courses check", report.warnings()));
            } else {
                found.ok(&format!("the content is good: {courses} courses, {roles} roles"));
            }
        }
    }
}

/// Made-up people must not be able to sign in to real data.
fn demo(settings: &Settings, usable: bool, found: &mut Findings) {
    if settings.data_dir.join(MARKER).is_file() {
        found.warning("this data folder is a demo's: its people are made up, and their password is written down");
        return;
    }
    let file = settings.data_dir.join(ACCOUNTS);
    let Some(accounts) =
        std::fs::read_to_string(&file).ok().and_then(|text| serde_json::from_str::<Vec<Account>>(&text).ok())
    else {
        return;
    };
    let known = usable
        && Desk::open_with(settings.clone(), false).is_ok_and(|desk| {
            accounts.iter().any(|account| {
                let asked = person_file::list_people(
                    &desk.app,
                    &desk.actor,
                    Some(account.email.clone()),
                    None,
                    Paging::first(1),
                );
                desk.run(asked).is_ok_and(|found| !found.items.is_empty())
            })
        });
    if known {
        found.error(&format!(
            "the people of the demo are in this database, and {} holds their password; shut them out, or start with an \
             empty database",
            file.display()
        ));
    } else {
        found.ok(&format!("{} belongs to a demo beside this database", file.display()));
    }
}
