//! Reading `access.yaml`.

use super::{
    Approval, Approver, Catalogue, Clause, DataSet, Incidents, LoginCase, LoginRule, LoginSource, Owner, Requirement,
    Role, Signing, TokenType, Warehouse, WarehouseKind, rules,
};
use crate::{
    base::{span::Span, text::Slug},
    curriculum::{
        places::Places,
        report::Report,
        yaml::{Fields, Value},
    },
};
use std::collections::BTreeSet;

/// A token lasts 15 minutes unless the file says otherwise.
const TOKEN_SECONDS: i64 = 15 * 60;
/// A request waits a week unless the file says otherwise.
const UNDECIDED_DAYS: i32 = 7;
/// The most parts of one `all` or `any`, approvers of one clause, and datasets of one role.
const MOST: usize = 200;

/// The whole file, and where its parts stand: `["role", id, key]` and `["warehouse", id, key]`.
pub(super) fn read(value: Value<'_>, report: &mut Report) -> (Catalogue, Places) {
    let (mut catalogue, mut places) = (Catalogue::default(), Places::default());
    let Some(fields) = value.fields(&["warehouses", "roles", "sensitivity_rules", "break_glass"], report) else {
        return (catalogue, places);
    };
    for item in list(fields.require("warehouses", report), report) {
        if let Some(warehouse) = warehouse(item, &mut places, report) {
            catalogue.warehouses.entry(warehouse.id.clone()).or_insert(warehouse);
        }
    }
    for item in list(fields.require("roles", report), report) {
        if let Some(role) = role(item, &mut places, report) {
            catalogue.roles.entry(role.id.clone()).or_insert(role);
        }
    }
    if let Some(rules) = fields.get("sensitivity_rules") {
        catalogue.sensitivity_rules = rules::rules(rules, report);
    }
    if let Some(glass) = fields.get("break_glass") {
        catalogue.break_glass = rules::break_glass(glass, report);
    }
    for role in catalogue.roles.values_mut() {
        if let Some(rule) = catalogue.sensitivity_rules.get(&role.sensitivity) {
            rule.bind(role);
        }
    }
    (catalogue, places)
}

fn list<'a>(value: Option<Value<'a>>, report: &mut Report) -> Vec<Value<'a>> {
    value.and_then(|value| value.items(report)).unwrap_or_default()
}

/// The id, which must be the only one of its kind.
fn once(kind: &str, fields: &Fields<'_>, places: &mut Places, report: &mut Report) -> Option<Slug> {
    let value = fields.require("id", report)?;
    let id = value.slug(report)?;
    if places.has(&[kind, id.as_str()]) {
        let line = places.of(&[kind, id.as_str()]).line;
        report.error(&value.place(), "duplicate-id", format!("there is another {kind} `{id}` in line {line}"));
    }
    places.put_fields(&[kind, id.as_str()], fields.place(), fields.values());
    Some(id)
}

fn warehouse(value: Value<'_>, places: &mut Places, report: &mut Report) -> Option<Warehouse> {
    let known = [
        "id", "kind", "title", "audience", "signing", "typ", "login", "host", "account", "database", "schema",
        "compute",
    ];
    let fields = value.fields(&known, report)?;
    let id = once("warehouse", &fields, places, report);
    let kind = fields.require("kind", report).and_then(|kind| kind.choice(&WarehouseKind::ALL, report));
    let title = fields.require("title", report).and_then(|title| title.words(report));
    let audience = fields.require("audience", report).and_then(|audience| audience_of(audience, report));
    let signings = Signing::ALL.map(|signing| (signing.word(), signing));
    let signing = fields.get("signing").map(|signing| signing.choice(&signings, report));
    let types = [("at+jwt", TokenType::AtJwt), ("JWT", TokenType::Jwt)];
    let typ = fields.get("typ").map(|typ| typ.choice(&types, report));
    let login = fields.get("login").map(|login| login_of(login, report));
    let mut plain = |key| fields.get(key).and_then(|value| plain_name(value, "bad-name", report));
    let (host, account, database) = (plain("host"), plain("account"), plain("database"));
    let (schema, compute) = (plain("schema"), plain("compute"));
    let kind = kind?;
    Some(Warehouse {
        id: id?,
        kind,
        title: title?,
        audience: audience?,
        signing: signing.unwrap_or_else(|| Some(kind.signing()))?,
        typ: typ.unwrap_or(Some(kind.profile().typ))?,
        login: login.unwrap_or(Some(LoginRule { from: LoginSource::EmailLocalPart, case: LoginCase::Keep }))?,
        host,
        account,
        database,
        schema,
        compute,
    })
}

fn audience_of(value: Value<'_>, report: &mut Report) -> Option<String> {
    let audience = value.text(report)?;
    // What can stand in an address (RFC 3986), so that no setting that holds one wants quoting.
    let fits = |c: char| c.is_ascii_graphic() && !"\"<>\\^`{|}".contains(c);
    if audience.len() <= 512 && audience.chars().all(fits) {
        return Some(audience);
    }
    report.error(
        &value.place(),
        "bad-audience",
        "an audience is an address or a name of at most 512 characters: letters, digits and what else an address may have",
    );
    None
}

fn login_of(value: Value<'_>, report: &mut Report) -> Option<LoginRule> {
    let fields = value.fields(&["from", "case"], report)?;
    let sources = [("email_local_part", LoginSource::EmailLocalPart), ("email", LoginSource::Email)];
    let cases = [("upper", LoginCase::Upper), ("lower", LoginCase::Lower), ("keep", LoginCase::Keep)];
    let from = fields.get("from").map(|from| from.choice(&sources, report));
    let case = fields.get("case").map(|case| case.choice(&cases, report));
    Some(LoginRule {
        from: from.unwrap_or(Some(LoginSource::EmailLocalPart))?,
        case: case.unwrap_or(Some(LoginCase::Keep))?,
    })
}

/// A name that ends up in claims and in examples to copy into a shell: nothing in it needs quoting.
fn plain_name(value: Value<'_>, code: &'static str, report: &mut Report) -> Option<String> {
    let name = value.text(report)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/' | '@' | '+');
    if name.len() <= 255 && name.chars().all(plain) && name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
    {
        return Some(name);
    }
    let message = "use letters, digits and _ - . : / @ +, at most 255 of them, a letter, a digit or _ first";
    report.error(&value.place(), code, message);
    None
}

/// How long before the end of what is not used its holder is told, in days.
const UNUSED_NOTICE_DAYS: i64 = 14;

const ROLE_KEYS: [&str; 22] = [
    "id",
    "warehouse",
    "name",
    "title",
    "description",
    "data",
    "owner",
    "freshness",
    "incidents",
    "sensitivity",
    "requires",
    "approval",
    "max_duration",
    "token_lifetime",
    "reason",
    "review_every",
    "end_unused_after",
    "end_unused_notice",
    "grace_after_lapse",
    "undecided_for",
    "hours",
    "claim_by",
];

fn role(value: Value<'_>, places: &mut Places, report: &mut Report) -> Option<Role> {
    let fields = value.fields(&ROLE_KEYS, report)?;
    let id = once("role", &fields, places, report);
    let warehouse = fields.require("warehouse", report).and_then(|warehouse| warehouse.slug(report));
    let name = fields.require("name", report).and_then(|name| plain_name(name, "bad-role-name", report));
    let title = fields.require("title", report).and_then(|title| title.words(report));
    let description = fields.require("description", report).and_then(|description| description.words(report));
    let data = fields.require("data", report).map(|data| data.list(report, data_set)).unwrap_or_default();
    let owner = fields.require("owner", report).and_then(|owner| owner_of(owner, report));
    let freshness = fields.get("freshness").and_then(|freshness| freshness.positive_span(report));
    let incidents = fields.get("incidents").and_then(|incidents| incidents_of(incidents, report)).unwrap_or_default();
    let sensitivity = fields.require("sensitivity", report).and_then(|word| word.choice(&rules::LEVELS, report));
    let requires = fields.get("requires");
    if requires.is_none() {
        let message = "the key `requires` is missing: no valid certification, no access";
        report.error(&fields.place(), "empty-requirement", message);
    }
    let requires = requires.and_then(|requires| requirement(requires, report));
    let approval = fields.require("approval", report).and_then(|approval| approval_of(approval, report));
    let max_duration = fields.require("max_duration", report).and_then(|span| span.positive_span(report));
    let token_lifetime = match fields.get("token_lifetime") {
        Some(span) => token_lifetime(span, report),
        None => Some(Span::seconds(TOKEN_SECONDS)),
    };
    let reason = fields.get("reason").map(|reason| reason.choice(&[("required", true), ("optional", false)], report));
    let review_every = fields.get("review_every").and_then(|span| span.positive_span(report));
    let end_unused_after = fields.get("end_unused_after").and_then(|span| span.positive_span(report));
    let end_unused_notice = match fields.get("end_unused_notice") {
        Some(span) => unused_notice(span, end_unused_after.as_ref(), report),
        // Where the whole time is shorter than the usual notice, half of it is.
        None => Some(match &end_unused_after {
            Some(after) if after.approximate_seconds() <= UNUSED_NOTICE_DAYS * 86_400 => {
                Span::seconds(after.approximate_seconds() / 2)
            }
            _ => Span::seconds(UNUSED_NOTICE_DAYS * 86_400),
        }),
    };
    let grace = fields.get("grace_after_lapse").map(|span| span.span(report));
    let undecided = fields.get("undecided_for").map(|span| span.positive_span(report));
    let hours = fields.get("hours").map(|hours| rules::hours_of(hours, report));
    let claim_by = fields.get("claim_by").map(|span| span.positive_span(report));
    Some(Role {
        id: id?,
        warehouse: warehouse?,
        name: name?,
        title: title?,
        description: description?,
        data,
        owner: owner?,
        freshness,
        incidents,
        sensitivity: sensitivity?,
        requires: requires?,
        approval: approval?,
        max_duration: max_duration?,
        token_lifetime: token_lifetime?,
        reason_required: reason.unwrap_or(Some(false))?,
        review_every,
        end_unused_after,
        end_unused_notice: end_unused_notice?,
        grace_after_lapse: grace.unwrap_or_else(|| Some(Span::seconds(0)))?,
        undecided_for: undecided.unwrap_or_else(|| Some(Span::days(UNDECIDED_DAYS)))?,
        hours: match hours {
            Some(hours) => vec![hours?],
            None => Vec::new(),
        },
        claim_by: match claim_by {
            Some(span) => Some(span?),
            None => None,
        },
        by_rule: BTreeSet::new(),
    })
}

/// How long before the end of what is not used its holder is told: less than the whole time.
fn unused_notice(value: Value<'_>, after: Option<&Span>, report: &mut Report) -> Option<Span> {
    let span = value.positive_span(report)?;
    if after.is_some_and(|after| span.approximate_seconds() < after.approximate_seconds()) {
        return Some(span);
    }
    let message = "a notice is shorter than `end_unused_after`, which must be there, too";
    report.error(&value.place(), "bad-unused-notice", message);
    None
}

fn data_set(value: Value<'_>, report: &mut Report) -> Option<DataSet> {
    if !value.is_mapping() {
        return value.text(report).map(|dataset| DataSet { dataset, golden: false });
    }
    let fields = value.fields(&["dataset", "golden"], report)?;
    let dataset = fields.require("dataset", report).and_then(|dataset| dataset.text(report));
    let golden = fields.get("golden").and_then(|golden| golden.boolean(report)).unwrap_or(false);
    Some(DataSet { dataset: dataset?, golden })
}

fn owner_of(value: Value<'_>, report: &mut Report) -> Option<Owner> {
    let fields = value.fields(&["team", "people"], report)?;
    let team = fields.require("team", report).and_then(|team| team.text(report));
    let people = fields.require("people", report).map(|people| people.list(report, Value::email)).unwrap_or_default();
    Some(Owner { team: team?, people })
}

fn incidents_of(value: Value<'_>, report: &mut Report) -> Option<Incidents> {
    let fields = value.fields(&["channel", "contact"], report)?;
    let channel = fields.get("channel").and_then(|channel| channel.text(report));
    let contact = fields.get("contact").and_then(|contact| contact.email(report));
    Some(Incidents { channel, contact })
}

fn requirement(value: Value<'_>, report: &mut Report) -> Option<Requirement> {
    if value.is_list() {
        let message = "say how these belong together: `{all: […]}` or `{any: […]}`";
        report.error(&value.place(), "bad-requirement", message);
        return None;
    }
    if !value.is_mapping() {
        return value.slug(report).map(Requirement::One);
    }
    let fields = value.fields(&["all", "any"], report)?;
    let (all, any) = (fields.get("all"), fields.get("any"));
    let ((Some(parts), None) | (None, Some(parts))) = (all, any) else {
        if fields.values().is_empty() {
            let message = "this requires nothing: no valid certification, no access";
            report.error(&value.place(), "empty-requirement", message);
        } else {
            report.error(&value.place(), "bad-requirement", "give either `all` or `any`; to mix them, nest them");
        }
        return None;
    };
    let items = parts.items(report)?;
    if items.is_empty() || items.len() > MOST {
        let message = format!("a requirement joins 1 to {MOST} certifications: no valid certification, no access");
        report.error(&parts.place(), "empty-requirement", message);
        return None;
    }
    let count = items.len();
    let read: Vec<Requirement> = items.into_iter().filter_map(|item| requirement(item, report)).collect();
    // A part that could not be read must not fall out of an "all".
    if read.len() < count {
        return None;
    }
    Some(if all.is_some() { Requirement::All(read) } else { Requirement::Any(read) })
}

fn approval_of(value: Value<'_>, report: &mut Report) -> Option<Approval> {
    if !value.is_list() {
        if value.typed() != Some("auto") {
            value.mismatch("`auto`, or a list like `[{of: [ana@example.com, team:privacy], count: 1}]`", report);
            return None;
        }
        return Some(Approval::Auto);
    }
    let items = value.items(report)?;
    if items.is_empty() {
        report.error(&value.place(), "empty-approval", "nobody is asked here; write `auto` if that is meant");
        return None;
    }
    let count = items.len();
    let clauses: Vec<Clause> = items.into_iter().filter_map(|item| clause(item, report)).collect();
    (clauses.len() == count).then_some(Approval::Clauses(clauses))
}

pub(super) fn clause(value: Value<'_>, report: &mut Report) -> Option<Clause> {
    let fields = value.fields(&["of", "count"], report)?;
    let list = fields.require("of", report)?;
    let before = report.errors();
    let mut of: Vec<Approver> = list.list(report, |item, report| item.parse("bad-approver", report));
    if list.is_list() && (of.len() > MOST || of.is_empty() && report.errors() == before) {
        report.error(
            &list.place(),
            "empty-approval",
            format!("a clause names 1 to {MOST} people, teams, `role:owners` or `manager`"),
        );
    }
    of.sort();
    of.dedup();
    let count = match fields.get("count") {
        Some(count) => u32::try_from(count.whole(1..=100, report)?).ok()?,
        None => 1,
    };
    // How many are in a team, or own the role, is not known here.
    let many = of.iter().any(|approver| matches!(approver, Approver::Team(_) | Approver::Owners));
    if !many && count as usize > of.len() && report.errors() == before {
        let message = format!("{count} must agree, and only {} may: nobody could ever get this role", of.len());
        report.error(&fields.get("count").unwrap_or(list).place(), "count-above-people", message);
    }
    (report.errors() == before).then_some(Clause { of, count })
}

pub(super) fn token_lifetime(value: Value<'_>, report: &mut Report) -> Option<Span> {
    let span = value.span(report)?;
    if (60..=86_400).contains(&span.approximate_seconds()) {
        return Some(span);
    }
    report.error(&value.place(), "bad-token-lifetime", "a token lasts from 1 minute to 24 hours");
    None
}
