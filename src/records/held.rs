//! Where the database names people: what of it is given out to the person, and what is not, and why.

/// What a person is given of a column that names people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// The rows that name them, in this section of the document.
    Section(&'static str),
    /// Not through this column, because of this.
    Not(&'static str),
}

use Given::{Not, Section};

/// Every column that names a person, by table.
pub const COLUMNS: &[(&str, &str, Given)] = &[
    ("persons", "id", Section("person")),
    ("disabled_periods", "person_id", Section("times_shut_out")),
    ("team_members", "person_id", Section("teams")),
    ("team_leads", "person_id", Section("teams_led")),
    ("warehouse_logins", "person_id", Section("warehouse_logins")),
    ("sessions", "person_id", Section("sessions")),
    ("identities", "person_id", Section("identities")),
    ("links", "person_id", Section("links")),
    ("enrolments", "person_id", Section("enrolments")),
    ("completions", "person_id", Section("modules_read")),
    ("attempts", "person_id", Section("attempts")),
    ("certificates", "person_id", Section("certificates")),
    ("requests", "person_id", Section("requests")),
    ("decisions", "person_id", Section("decisions_made")),
    ("decisions", "on_behalf_of", Section("decisions_for_me")),
    ("managers", "person_id", Section("managers")),
    ("managers", "manager_id", Section("reports")),
    ("delegations", "delegator_id", Section("delegations")),
    ("delegations", "delegate_id", Section("delegations")),
    ("delegations", "made_by", Section("delegations")),
    ("delegations", "ended_by", Not("that it was ended stands among the events")),
    ("grants", "person_id", Section("grants")),
    ("tokens", "person_id", Section("tokens")),
    ("accommodations", "person_id", Section("accommodations")),
    ("notices", "person_id", Section("notices")),
    ("events", "person_id", Section("events")),
    ("events", "actor", Section("events")),
    ("locks", "placed_by", Section("locks_placed")),
    ("locks", "lifted_by", Section("locks_placed")),
    ("review_lines", "person_id", Section("reviews")),
    ("review_lines", "reviewer_id", Section("reviews_answered")),
    ("review_lines", "decided_by", Section("reviews_answered")),
    ("review_delegations", "from_id", Section("reviews_handed_over")),
    ("review_delegations", "to_id", Section("reviews_handed_over")),
    ("review_delegations", "delegated_by", Section("reviews_handed_over")),
    ("reviews", "started_by", Not("the review is the house's; that it was begun stands among the events")),
    ("reviews", "closed_by", Not("the review is the house's; that it was ended stands among the events")),
    ("grant_suspensions", "placed_by", Section("suspensions_placed")),
    ("grant_suspensions", "lifted_by", Section("suspensions_placed")),
    ("assignments", "assigned_by", Section("assignments_made")),
    ("assignments", "ended_by", Section("assignments_made")),
    ("authorizations", "person_id", Section("tool_sign_ins")),
    ("consents", "person_id", Section("connected_tools")),
    ("kept_requests", "person_id", Not("technical: the way back to a tool, forgotten after thirty days")),
    (
        "device_codes",
        "person_id",
        Not("technical: forgotten an hour after its end; the sign-in that it led to is given"),
    ),
    ("provisioned_people", "person_id", Section("directory")),
    (
        "service_credentials",
        "created_by",
        Not("the credential is the house's; that it was made stands among the events"),
    ),
    (
        "service_credentials",
        "ended_by",
        Not("the credential is the house's; that it was ended stands among the events"),
    ),
    ("event_sinks", "created_by", Not("the webhook is the house's; that it was made stands among the events")),
    ("signal_receivers", "created_by", Not("the receiver is the house's; that it was made stands among the events")),
    ("signal_receivers", "removed_by", Not("the receiver is the house's; that it was removed stands among the events")),
    ("signal_streams", "stopped_by", Not("a kind of actor, never who it was")),
    ("signals", "person_id", Not("technical: what has ended and is to be told of, gone within seconds")),
    (
        "signal_sets",
        "person_id",
        Not(
            "technical: what is on its way to a receiver, gone when it is there or after a week; the events tell of it",
        ),
    ),
    ("signal_roles", "person_id", Not("technical: the roles that a receiver was told last; the grants are given")),
    ("clients", "owner_id", Section("service_accounts")),
    ("clients", "created_by", Not("the tool is the house's; that it was registered stands among the events")),
    ("clients", "removed_by", Not("the tool is the house's; that it was removed stands among the events")),
    ("answer_marks", "marked_by", Section("marks_given")),
    ("regrades", "applied_by", Not("the correction is the course's; that it was applied stands among the events")),
    ("state_changes", "actor", Not("each step stands among the events as well")),
    (
        "accommodations",
        "granted_by",
        Not("the accommodation is another person's; that it was granted stands among the events"),
    ),
    (
        "accommodations",
        "ended_by",
        Not("the accommodation is another person's; that it was ended stands among the events"),
    ),
    ("content_versions", "loaded_by", Not("the version is the house's; that it was loaded stands among the events")),
    (
        "idempotent_answers",
        "person_id",
        Not("technical: which answer a repeated call gets, forgotten after seven days"),
    ),
];

/// Tables that hold something of a person without naming one in a column, and where it is given out.
pub const BESIDE: &[(&str, Given)] = &[
    ("answers", Section("attempts")),
    ("answer_marks", Section("attempts")),
    ("regrade_results", Section("attempts")),
    ("regrade_reasons", Section("attempts")),
    ("badges", Section("certificates")),
    (
        "identity_tokens",
        Not("technical: what let a tool read the name and address for ten minutes; the sign-in stands among them"),
    ),
    ("provider_sign_ins", Not("technical: hashes of sign-ins under way at a provider, which live for ten minutes")),
    ("provider_sessions", Not("technical: at which provider a session began; the session and the identity are given")),
    ("logout_tokens", Not("technical: hashes, so that a provider's token counts once")),
    ("authorization_codes", Not("technical: hashes of codes that live for a minute")),
    ("refresh_tokens", Not("technical: hashes; the sign-in that they belong to is given")),
    ("reminders", Not("technical: when the holder of a certificate is reminded next")),
    ("event_private", Section("events")),
    ("change_notes", Not("the words beside a change of state stand among the events as well")),
    ("assignments", Section("assignments")),
    ("locks", Section("locks")),
    ("grant_suspensions", Section("suspensions")),
    ("grant_verifications", Section("grants")),
    ("decisions", Section("decisions_received")),
    ("device_guesses", Not("kept for minutes under a hash")),
    ("sign_in_failures", Not("kept for minutes under a hash of what was typed, so that it names nobody")),
];
