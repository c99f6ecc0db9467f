//! `habilis waiting`: who is waiting for whom.

use super::{
    Failed, Next,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{actions::read_waiting, base::text::Slug};
use clap::Args;

/// Who is waiting for whom
#[derive(Debug, Args)]
pub(super) struct Waiting {
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl Waiting {
    pub(super) fn run(self) -> Result<Next, Failed> {
        let desk = Desk::with_content()?;
        let found = desk.run(read_waiting::read_waiting(&desk.app, &desk.actor))?;
        let mut table = Table::new(&["person", "role", "waits for", "since", "until", "request"]);
        let mut things = Vec::new();
        for one in &found {
            let whom: Vec<&str> = match one.on {
                read_waiting::On::Certification => one.certifications.iter().map(Slug::as_str).collect(),
                _ => one.people.iter().map(|person| person.email.as_str()).collect(),
            };
            table.row([
                one.person.email.to_string(),
                one.request.role_id.to_string(),
                whom.join(" "),
                print::moment(one.since),
                print::moment(one.until),
                one.request.id.to_string(),
            ]);
            things.push(serde_json::json!({
                "request": one.request.id, "person": one.person.email, "role": one.request.role_id, "on": one.on,
                "waits_for": whom, "since": one.since, "until": one.until,
            }));
        }
        print::list(self.format, &things, &table)?;
        Ok(Next::Done)
    }
}
