//! The columns of each report, in their order.

use super::report::{Column, Kind};

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

pub(super) const HOLDERS: &[Column] = &[
    column("person", Kind::Person),
    column("role", Kind::Role),
    column("warehouse", Kind::Text),
    column("starts", Kind::Moment),
    column("ends", Kind::Moment),
    column("state", Kind::State),
    column("effective", Kind::Flag),
    column("grant", Kind::Thing),
    column("request", Kind::Thing),
];
pub(super) const CHAIN: &[Column] = &[
    column("when", Kind::Moment),
    column("step", Kind::Word("step")),
    column("state", Kind::State),
    column("what", Kind::Text),
    column("by", Kind::Actor),
    column("words", Kind::Text),
    column("thing", Kind::Thing),
];
pub(super) const APPROVALS: &[Column] = &[
    column("person", Kind::Person),
    column("role", Kind::Role),
    column("decision", Kind::State),
    column("approver", Kind::Person),
    column("on_behalf_of", Kind::Person),
    column("own_case", Kind::Must(false)),
    column("decided_by", Kind::Word("by")),
    column("decided", Kind::Moment),
    column("request", Kind::Thing),
    column("grant", Kind::Thing),
];
pub(super) const CERTIFIED: &[Column] = &[
    column("when", Kind::Moment),
    column("use", Kind::Word("use")),
    column("role", Kind::Role),
    column("requirement", Kind::Text),
    column("certified", Kind::Must(true)),
    column("course", Kind::Text),
    column("course_version", Kind::Number),
    column("valid_from", Kind::Moment),
    column("valid_until", Kind::Moment),
    column("certificate", Kind::Thing),
    column("thing", Kind::Thing),
    column("tool", Kind::Text),
    column("client", Kind::Thing),
];

pub(super) const WITHOUT: &[Column] = &[
    column("person", Kind::Person),
    column("role", Kind::Role),
    column("missing", Kind::Text),
    column("lost", Kind::Moment),
    column("effective", Kind::Must(false)),
    column("starts", Kind::Moment),
    column("ends", Kind::Moment),
    column("grant", Kind::Thing),
];
pub(super) const DURATIONS: &[Column] = &[
    column("case", Kind::Word("case")),
    column("person", Kind::Person),
    column("role", Kind::Role),
    column("began", Kind::Moment),
    column("done", Kind::Moment),
    column("took_seconds", Kind::Span),
    column("grant", Kind::Thing),
];
pub(super) const UNUSED: &[Column] = &[
    column("person", Kind::Person),
    column("role", Kind::Role),
    column("last_used", Kind::Moment),
    column("unused_days", Kind::Number),
    column("effective", Kind::Flag),
    column("starts", Kind::Moment),
    column("ends", Kind::Moment),
    column("grant", Kind::Thing),
];
pub(super) const TOKENS: &[Column] = &[
    column("person", Kind::Person),
    column("role", Kind::Role),
    column("tool", Kind::Text),
    column("client", Kind::Thing),
    column("address", Kind::Text),
    column("tokens", Kind::Number),
    column("first", Kind::Moment),
    column("last", Kind::Moment),
];
pub(super) const LEAVER: &[Column] = &[
    column("kind", Kind::Word("left")),
    column("what", Kind::Text),
    column("since", Kind::Moment),
    column("is_gone", Kind::Must(true)),
    column("gone", Kind::Moment),
    column("after_seconds", Kind::Span),
    column("thing", Kind::Thing),
    column("gone_by", Kind::Moment),
];

pub(super) const REVIEWS: &[Column] = &[
    column("title", Kind::Text),
    column("person", Kind::Person),
    column("role", Kind::Role),
    column("answer", Kind::State),
    column("on_time", Kind::Must(true)),
    column("due", Kind::Moment),
    column("answered", Kind::Moment),
    column("answered_by", Kind::Person),
    column("on_behalf_of", Kind::Person),
    column("grant", Kind::Thing),
    column("review", Kind::Thing),
];
pub(super) const POLICIES: &[Column] = &[
    column("role", Kind::Role),
    column("applied", Kind::Word("applied")),
    column("since", Kind::Moment),
    column("until", Kind::Moment),
    column("changed", Kind::Words("policy")),
    column("requirement", Kind::Text),
    column("approval", Kind::Text),
    column("max_seconds", Kind::Span),
    column("token_seconds", Kind::Span),
    column("grace_seconds", Kind::Span),
    column("policy", Kind::Thing),
];
pub(super) const LOG: &[Column] = &[
    column("check", Kind::Word("check")),
    column("sound", Kind::Must(true)),
    column("looked_at", Kind::Number),
    column("wrong", Kind::Number),
    column("found", Kind::Text),
];
pub(super) const LAPSES: &[Column] = &[
    column("when", Kind::Moment),
    column("kind", Kind::Word("lapse")),
    column("person", Kind::Person),
    column("certification", Kind::Text),
    column("role", Kind::Role),
    column("carried", Kind::Flag),
    column("sooner", Kind::Moment),
    column("thing", Kind::Thing),
];
