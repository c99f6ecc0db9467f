//! How people, roles, requirements, clauses and refusals are shown on the pages of access, audit and administration.

use crate::{
    access::{
        catalogue::{Approval, Approver, Sensitivity, WarehouseKind},
        hours::{Day, Hours},
        request::State as RequestState,
    },
    actions::{
        overview::{Picture, RoleStatus},
        request_role::certification_title,
    },
    app::Content,
    base::{
        clock::Time,
        refusal::{Fact, Fault, Kind, Refused},
        span::Span,
        text::{Email, Slug},
    },
    certification::{
        certificate::{Certificate, State as CertificateState},
        requirement::ClauseStanding,
    },
    identity::person::Person,
    web::{
        kit::{
            caller::Caller,
            desk::Desk,
            failure::{self, Failure},
            sentence,
            teller::Teller,
        },
        views::{
            FieldError,
            parts::{Clause, PersonRef, Proof, Requirement, RoleRef},
            role::Duration,
        },
    },
};
use actix_web::http::StatusCode;
use std::{collections::BTreeMap, sync::Arc};

/// Shows things of the content in force to one reader.
pub(super) struct Shown {
    pub(super) teller: Teller,
    pub(super) content: Arc<Content>,
    /// Whether the reader may open files on people, requests and locks of others.
    pub(super) oversees: bool,
}

impl Shown {
    pub(super) fn of(desk: &Desk, caller: &Caller) -> Result<Self, Failure> {
        let oversees = caller.actor.as_auditor().is_ok();
        Ok(Self { teller: Teller::of(desk, caller)?, content: desk.app.content()?, oversees })
    }

    /// A link to what only admins and auditors may open; nothing for anybody else, who would come to a closed door.
    pub(super) fn overseen(&self, href: String) -> Option<String> {
        self.oversees.then_some(href)
    }

    /// Where the thing with an id is shown, as of a moment where it can be.
    pub(super) fn leads(&self, id: &str, at: &str) -> Option<String> {
        match id.split_once('_').map(|(prefix, _)| prefix) {
            Some("gra") => Some(address(&format!("/holders/{id}"), &[("at", at)])),
            Some("crt") => Some(format!("/certificates/{id}")),
            Some("emg") => Some(format!("/break-glass#{id}")),
            Some("req") => self.overseen(format!("/decisions/{id}")),
            Some("per") => self.overseen(format!("/people/{id}")),
            Some("lck") => self.overseen(format!("/locks#{id}")),
            Some("cli") => self.overseen(format!("/clients#{id}")),
            Some("prv") => self.overseen(format!("/provisioning#{id}")),
            _ => None,
        }
    }

    /// A role in short; one that has left the catalogue keeps its slug.
    pub(super) fn role(&self, id: &Slug) -> RoleRef {
        let language = self.teller.language;
        match self.content.catalogue.roles.get(id) {
            Some(role) => RoleRef {
                id: id.to_string(),
                name: role.name.clone(),
                title: role.title.get(language).to_owned(),
                warehouse: self.warehouse_title(&role.warehouse),
            },
            None => {
                RoleRef { id: id.to_string(), name: id.to_string(), title: id.to_string(), warehouse: String::new() }
            }
        }
    }

    pub(super) fn warehouse_title(&self, id: &Slug) -> String {
        let found = self.content.catalogue.warehouses.get(id);
        found.map_or_else(|| id.to_string(), |warehouse| warehouse.title.get(self.teller.language).to_owned())
    }

    pub(super) fn sensitivity_of(&self, role: &Slug) -> String {
        let level = self.content.catalogue.roles.get(role).map_or(Sensitivity::Internal, |role| role.sensitivity);
        sensitivity(level).to_owned()
    }

    pub(super) fn certification(&self, id: &Slug) -> String {
        certification_title(&self.content, id, self.teller.language)
    }

    /// Why a certificate ended or will, in the reader's language; a revocation's reason in the words of whoever gave it.
    pub(super) fn why_ended(&self, certificate: &Certificate, at: Time) -> String {
        match certificate.state {
            CertificateState::Superseded if certificate.counts_at(at) => self.teller.plain("why-superseded"),
            CertificateState::Superseded => self.teller.plain("why-superseded-over"),
            _ => certificate.ended_reason.clone().unwrap_or_default(),
        }
    }

    /// Requirements as a person stands to them; `picture` tells what is left to do, where it is that person's.
    pub(super) fn requirements(
        &self,
        clauses: &[ClauseStanding],
        certificates: &[Certificate],
        picture: Option<&Picture>,
        at: Time,
    ) -> Vec<Requirement> {
        clauses
            .iter()
            .map(|clause| Requirement {
                met: clause.met_by.is_some(),
                any_of: clause.any_of.iter().map(|id| self.proof(id, certificates, picture, at)).collect(),
            })
            .collect()
    }

    pub(super) fn proof(&self, id: &Slug, certificates: &[Certificate], picture: Option<&Picture>, at: Time) -> Proof {
        let courses = self.content.curriculum.certification(id);
        let course = courses.first().and_then(|course| self.content.curriculum.courses.get(&course.id));
        let certificate = certificates
            .iter()
            .filter(|certificate| certificate.certification_id == *id)
            .max_by_key(|certificate| (certificate.counts_at(at), certificate.ends_at));
        let standing = picture.zip(course).map(|(picture, course)| picture.course(&self.content, course));
        let state = match certificate {
            Some(found) if found.counts_at(at) && self.is_expiring(found, at) => "expiring",
            Some(found) if found.counts_at(at) => "valid",
            Some(found) if found.state == CertificateState::Revoked => "revoked",
            Some(_) => "expired",
            None if standing.as_ref().is_some_and(|standing| {
                standing.progress.enrolled_at.is_some() || standing.progress.percent(&standing.course) > 0
            }) =>
            {
                "in_progress"
            }
            None => "missing",
        };
        let left = standing.filter(|_| !matches!(state, "valid" | "expiring"));
        Proof {
            name: self.certification(id),
            course: course.map_or_else(|| id.to_string(), |course| course.id.to_string()),
            state: state.to_owned(),
            until: certificate.map(|found| found.ends_at.micros()),
            modules_left: left.as_ref().map_or(0, |left| count(left.modules_left.len())),
            exams_left: left.as_ref().map_or(0, |left| count(left.exams_left.len())),
        }
    }

    /// Whether a certificate that counts can be renewed already.
    pub(super) fn is_expiring(&self, certificate: &Certificate, at: Time) -> bool {
        let course = self.content.curriculum.courses.get(&certificate.course_id);
        let earned = course.and_then(|course| course.certification.as_ref());
        certificate.state == CertificateState::Superseded
            || earned.is_some_and(|earned| at >= certificate.ends_at.minus(&earned.renewal_window))
    }

    /// Approval clauses with names; `progress` says how many approvals each has.
    pub(super) fn clauses(
        &self,
        approval: &Approval,
        names: &BTreeMap<Email, String>,
        progress: &[(u32, u32)],
    ) -> Vec<Clause> {
        let Approval::Clauses(clauses) = approval else { return Vec::new() };
        clauses
            .iter()
            .enumerate()
            .map(|(place, clause)| {
                let people: Vec<String> = clause
                    .of
                    .iter()
                    .map(|approver| match approver {
                        Approver::Person(email) => names.get(email).cloned().unwrap_or_else(|| email.to_string()),
                        Approver::Owners => self.teller.plain("approver-owners"),
                        Approver::Manager => self.teller.plain("approver-manager"),
                        Approver::Team(team) => {
                            self.teller.say("team-named", &[("team", team_label(team.as_str()).into())])
                        }
                    })
                    .collect();
                Clause {
                    count: clause.count,
                    given: progress.get(place).map_or(0, |(given, _)| *given),
                    listed: self.teller.any_of(&people),
                    people,
                }
            })
            .collect()
    }

    /// Who stands behind an actor's word: a person's name, or the service, an operator, a stranger.
    pub(super) fn actor(&self, word: &str, names: &BTreeMap<String, String>) -> String {
        let (kind, name) = actor(word, names.get(word).map(String::as_str));
        self.teller.say("actor", &[("kind", kind.into()), ("name", name.into())])
    }
}

/// The kind and the name of an actor's word in the log.
pub(super) fn actor(word: &str, name: Option<&str>) -> (&'static str, String) {
    if let Some(job) = word.strip_prefix("system:") {
        ("system", job.to_owned())
    } else if let Some(operator) = word.strip_prefix("operator:") {
        ("operator", operator.to_owned())
    } else if word.starts_with("directory:") {
        ("directory", String::new())
    } else if word.starts_with("receiver:") {
        ("receiver", String::new())
    } else if word.starts_with("cli_") {
        ("service", name.unwrap_or(word).to_owned())
    } else if word == "anonymous" {
        ("anonymous", String::new())
    } else {
        ("person", name.unwrap_or(word).to_owned())
    }
}

pub(super) fn person(person: &Person) -> PersonRef {
    PersonRef {
        id: person.id.to_string(),
        name: person.name.clone(),
        email: person.email.to_string(),
        initials: person.initials(),
    }
}

/// Up to two letters for the seal beside a name.
pub(super) fn initials(name: &str) -> String {
    name.split_whitespace().take(2).filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// Business hours as people read them, one line a rule: `Mon–Fri, 08:00–19:00 (Europe/Paris)`.
pub(super) fn hours(teller: &Teller, all: &[Hours]) -> Vec<String> {
    let names = teller.plain("weekdays-short");
    let names: Vec<&str> = names.split('|').collect();
    let name = |day: Day| {
        let place = Day::ALL.iter().position(|one| *one == day).unwrap_or(0);
        names.get(place).copied().unwrap_or_default().to_owned()
    };
    let line = |hours: &Hours| {
        let mut runs: Vec<(Day, Day)> = Vec::new();
        for day in &hours.days {
            let follows =
                |last: Day| Day::ALL.iter().zip(Day::ALL.iter().skip(1)).any(|(one, next)| *one == last && next == day);
            match runs.last_mut().filter(|run| follows(run.1)) {
                Some(run) => run.1 = *day,
                None => runs.push((*day, *day)),
            }
        }
        let run = |(first, last): &(Day, Day)| {
            if first == last { name(*first) } else { format!("{}–{}", name(*first), name(*last)) }
        };
        let days: Vec<String> = runs.iter().map(run).collect();
        format!("{}, {}–{} ({})", days.join(", "), hours.from, hours.until, hours.zone)
    };
    all.iter().map(line).collect()
}

/// A team's name as people read it: `customer-data` is "Customer data".
pub(super) fn team_label(team: &str) -> String {
    crate::base::text::label(team)
}

/// A product as it writes its own name.
pub(super) fn product(kind: WarehouseKind) -> &'static str {
    kind.profile().product
}

pub(super) fn sensitivity(level: Sensitivity) -> &'static str {
    match level {
        Sensitivity::Public => "public",
        Sensitivity::Internal => "internal",
        Sensitivity::Confidential => "confidential",
        Sensitivity::Personal => "personal",
    }
}

/// The word of a role's standing, as the catalogue shows it.
pub(super) fn role_status(status: RoleStatus) -> &'static str {
    match status {
        RoleStatus::Effective => "effective",
        RoleStatus::Locked => "locked",
        RoleStatus::Suspended => "suspended",
        RoleStatus::Closed => "closed",
        RoleStatus::Scheduled => "scheduled",
        RoleStatus::Returned => "returned",
        RoleStatus::Waiting => "waiting",
        RoleStatus::Blocked => "blocked",
        RoleStatus::Requestable => "requestable",
        RoleStatus::Missing => "missing",
    }
}

/// The word of a request's standing.
pub(super) fn request_state(state: RequestState) -> String {
    state.word().to_owned()
}

/// Lengths of time to choose from, the longest last; `chosen` is marked, or else the longest.
pub(super) fn durations(most: &Span, chosen: Option<&str>, up_to_most: bool) -> Vec<Duration> {
    let longest = most.approximate_seconds();
    let mut all: Vec<(String, i64)> = [7, 30, 60, 90, 180, 365]
        .into_iter()
        .map(|days: i64| (format!("P{days}D"), days * 86_400))
        .filter(|(_, seconds)| *seconds < longest && (*seconds * 12 >= longest || *seconds >= 30 * 86_400))
        .collect();
    if up_to_most {
        let whole = longest % 86_400 == 0;
        all.push((if whole { format!("P{}D", longest / 86_400) } else { format!("PT{longest}S") }, longest));
    }
    let known = chosen.is_some_and(|chosen| all.iter().any(|(value, _)| value == chosen));
    let last = all.len().saturating_sub(1);
    all.into_iter()
        .enumerate()
        .map(|(place, (value, seconds))| Duration {
            chosen: if known { chosen == Some(value.as_str()) } else { up_to_most && place == last },
            value,
            seconds,
        })
        .collect()
}

/// A count as the views hold it.
pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A count from the database as the views hold it.
pub(super) fn figure(n: i64) -> u32 {
    u32::try_from(n.max(0)).unwrap_or(u32::MAX)
}

/// What a field is refused for.
pub(super) fn wrong(field: &str, text: String) -> Vec<FieldError> {
    vec![FieldError { field: field.to_owned(), text }]
}

/// A refusal that the form's page can show, with its sentence and status; anything else goes on as it is.
pub(super) fn correctable(
    desk: &Desk,
    caller: &Caller,
    fault: Fault,
) -> Result<(Box<Refused>, String, StatusCode), Fault> {
    let status = failure::status(&fault);
    match fault {
        Fault::Refused(refused)
            if refused.kind != Kind::Unauthenticated
                && !matches!(refused.code, "capability-missing" | "forged-form") =>
        {
            let said =
                field_sentence(desk, caller, &refused).unwrap_or_else(|| sentence::refusal(desk, caller, &refused));
            Ok((refused, said, status))
        }
        other => Err(other),
    }
}

/// What to write into a field that is not right, where that can be said better than by its rule.
fn field_sentence(desk: &Desk, caller: &Caller, refused: &Refused) -> Option<String> {
    if !matches!(refused.code, "bad-field" | "field-not-right") {
        return None;
    }
    let key = format!("wrong-{}", field_of(refused, ""));
    Teller::of(desk, caller).ok()?.said(&key, &[])
}

/// The field that a refusal names itself, or else this one.
pub(super) fn field_of<'a>(refused: &'a Refused, otherwise: &'a str) -> &'a str {
    match refused.facts.get("field") {
        Some(Fact::Text(field)) => field,
        _ => otherwise,
    }
}

/// An address with its query, empty values left out.
pub(super) fn address(path: &str, query: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = query
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", sentence::encoded(value)))
        .collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_to_choose_from_end_with_the_longest() {
        let of = |text: &str, chosen| -> Vec<(String, bool)> {
            durations(&text.parse().unwrap(), chosen, true).into_iter().map(|d| (d.value, d.chosen)).collect()
        };
        let pair = |value: &str, chosen| (value.to_owned(), chosen);
        assert_eq!(of("P90D", None), [pair("P30D", false), pair("P60D", false), pair("P90D", true)]);
        assert_eq!(of("P90D", Some("P30D")), [pair("P30D", true), pair("P60D", false), pair("P90D", false)]);
        assert_eq!(of("P30D", Some("P3D")), [pair("P7D", false), pair("P30D", true)]);
        assert_eq!(of("PT12H", None), [pair("PT43200S", true)]);
    }

    #[test]
    fn addresses_leave_out_what_is_not_asked() {
        assert_eq!(address("/holders", &[("role", ""), ("team", "")]), "/holders");
        assert_eq!(address("/holders", &[("role", "a b"), ("team", "x")]), "/holders?role=a%20b&team=x");
    }
}
