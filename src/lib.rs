//! Habilis: a data academy and the access gateway behind it, in one service.
//!
//! No valid certification, no access, and every access explains itself. The rooms, from the ground up; an import only
//! ever points down:

/// Ids, time, spans, refusals, text and paging; no knowledge of the domain.
pub mod base;

/// The database behind one door: two engines, one set of queries, shared commits.
pub mod db;

/// Courses, modules, quizzes and questions, read from files and linted.
pub mod curriculum;

/// The log of everything that happened or was refused.
pub mod audit;

/// People: who they are, how they prove it, what they may do.
pub mod identity;

/// Learning: progress, attempts, marks.
pub mod academy;

/// What was earned, whether it counts, and how it ends.
pub mod certification;

/// The access catalogue, requests, grants, locks and holders.
pub mod access;

/// Tokens that warehouses accept: keys, claims, signatures, records.
pub mod tokens;

/// What is held about one person: giving it out, and erasing it.
pub mod records;

/// The auditor's questions as named reports: what each asks, its columns, and its answer as of a moment.
pub mod reports;

/// The company's directory: SCIM's resources, filters and patches, and what the directory said.
pub mod provisioning;

/// Shared Signals: who is told that a session or an access has ended, and how.
pub mod signals;

/// Settings from the environment, a file and defaults.
pub mod settings;

/// Logging and figures.
pub mod telemetry;

/// What every verb is given.
pub mod app;

/// The verbs: one use case a file, each one transaction.
pub mod actions;

/// What runs by itself.
pub mod jobs;

/// The web face: pages and API.
pub mod web;

/// Mail: invitations and new passwords, after the commit.
pub mod mail;

/// The command line.
pub mod cli;
