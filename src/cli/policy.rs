//! `habilis policy`: what would change if another access catalogue were loaded, and what applied to a role over time.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{
    access::catalogue::compare::FieldChange,
    actions::preview_policy::{self, Effect, Fate, RoleChange},
    base::text::Slug,
    curriculum::report::Severity,
};
use clap::Subcommand;
use serde_json::json;
use std::path::PathBuf;

/// Policies
#[derive(Debug, Subcommand)]
pub(super) enum Policy {
    /// Say what would change if this access catalogue were loaded; changes nothing
    Preview {
        /// The file: an access.yaml
        file: PathBuf,
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// List the policies that a role has had, the newest first
    Versions {
        role: Slug,
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
}

fn said(changes: &[FieldChange]) -> String {
    let one = |change: &FieldChange| format!("{}: {} -> {}", change.field, change.before, change.after);
    changes.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn json_of(change: &RoleChange) -> serde_json::Value {
    let touched = |lines: &[preview_policy::Touched]| {
        lines
            .iter()
            .map(|line| json!({ "id": line.id, "person": line.person.email, "effect": line.effect }))
            .collect::<Vec<_>>()
    };
    json!({
        "role": change.role, "name": change.name, "fate": change.fate, "fields": change.fields,
        "policy_before": change.policy_before, "policy_after": change.policy_after, "blocked": change.blocked,
        "requests": touched(&change.requests), "requests_total": change.requests_total,
        "grants": touched(&change.grants), "grants_total": change.grants_total,
    })
}

impl Policy {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::with_content()?;
        match self {
            Self::Preview { file, format } => {
                let text = std::fs::read_to_string(&file)
                    .map_err(|error| Failed::words(format!("{}: {error}", file.display())))?;
                let found = desk.run(preview_policy::preview_policy(&desk.app, &desk.actor, text))?;
                let wrong = found.report.findings().iter().filter(|finding| finding.severity == Severity::Error);
                for mut finding in wrong.cloned() {
                    // The file that was looked at stands in the place of the catalogue, and is named as it was given.
                    if finding.file == preview_policy::FILE {
                        finding.path = Some(file.display().to_string());
                    }
                    print::complain(&finding.to_string());
                }
                if found.report.has_errors() {
                    print::complain("this file would not be taken, and nothing would change");
                    return Ok(Next::NotGood);
                }
                let mut table = Table::new(&["role", "what", "requests", "grants", "blocked", "changes"]);
                let mut lines = Vec::new();
                // What differs beside the roles is of none of them.
                if !found.catalogue.is_empty() {
                    let none = String::new;
                    table.row([none(), "changed".to_owned(), none(), none(), none(), said(&found.catalogue)]);
                    lines.push(json!({ "role": null, "fate": "changed", "fields": found.catalogue }));
                }
                for change in &found.roles {
                    table.row([
                        change.role.to_string(),
                        match change.fate {
                            Fate::Added => "added",
                            Fate::Gone => "gone",
                            Fate::Moved => "moved",
                            Fate::Changed => "changed",
                        }
                        .to_owned(),
                        change.requests_total.to_string(),
                        change.grants_total.to_string(),
                        change.blocked.to_string(),
                        said(&change.fields),
                    ]);
                }
                lines.extend(found.roles.iter().map(json_of));
                print::list(format, &lines, &table)?;
                if format == Format::Table {
                    let over = |effect: Effect| matches!(effect, Effect::Ends | Effect::Lapses);
                    for change in &found.roles {
                        for line in change.grants.iter().chain(&change.requests).filter(|line| over(line.effect)) {
                            print::say(&format!("{} of {} would be over", line.id, line.person.email));
                        }
                    }
                    if lines.is_empty() {
                        print::say("nothing would change");
                    }
                }
            }
            Self::Versions { role, format } => {
                let found = desk.run(preview_policy::policy_versions(&desk.app, &desk.actor, role))?;
                let mut table = Table::new(&["from", "until", "policy", "changes"]);
                for one in &found {
                    let short: String = one.version.id.chars().take(12).collect();
                    table.row([
                        print::moment(one.version.from),
                        one.version.until.map(print::moment).unwrap_or_default(),
                        short,
                        said(&one.changes),
                    ]);
                }
                let things: Vec<_> = found
                    .iter()
                    .map(|one| {
                        json!({
                            "id": one.version.id, "from": one.version.from, "until": one.version.until,
                            "policy": one.version.policy.as_ref(), "changes": one.changes,
                        })
                    })
                    .collect();
                print::list(format, &things, &table)?;
            }
        }
        Ok(Next::Done)
    }
}
