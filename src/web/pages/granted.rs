//! What was granted to people and what is assigned to them, as lines of several pages.

use crate::{
    academy::accommodation::Accommodation,
    actions::read_teams::Mine,
    app::Content,
    base::{
        clock::Time,
        text::{Language, label},
    },
    web::views::{
        granted::{Assigned, Granted},
        shared::Link,
    },
};

/// Accommodations as lines, the newest first.
pub(super) fn granted(content: &Content, language: Language, all: &[Accommodation], now: Time) -> Vec<Granted> {
    let what = |one: &Accommodation| {
        let id = one.course_id.as_ref()?;
        let course = content.curriculum.courses.get(id);
        let title = course.map_or_else(|| id.to_string(), |course| course.title.get(language).to_owned());
        let quiz = one.quiz_id.as_ref().map(|quiz| {
            let found = course.and_then(|course| course.quiz(quiz));
            found.map_or_else(|| quiz.to_string(), |quiz| quiz.title.get(language).to_owned())
        });
        Some(quiz.map_or_else(|| title.clone(), |quiz| format!("{title} · {quiz}")))
    };
    let factor = |one: &Accommodation| f64::from(i32::try_from(one.time_factor_percent).unwrap_or(100)) / 100.0;
    all.iter()
        .map(|one| Granted {
            id: one.id.to_string(),
            what: what(one),
            factor: (one.time_factor_percent > 100).then(|| factor(one)),
            extra: u32::try_from(one.extra_attempts).unwrap_or(0),
            reason: one.reason.clone(),
            from: one.from_at.micros(),
            until: one.until_at.map(Time::micros),
            ended: one.ended_at.map(Time::micros),
            state: one.state_at(now).to_owned(),
        })
        .collect()
}

/// What is assigned to the reader, as lines: what is done goes last, and for no longer than a month.
pub(super) fn assigned(content: &Content, language: Language, mine: &[Mine], now: Time) -> Vec<Assigned> {
    let recent = |one: &&Mine| one.done_at().is_none_or(|done| done.plus_seconds(30 * 86_400) > now);
    let mut lines: Vec<&Mine> = mine.iter().filter(recent).collect();
    lines.sort_by_key(|one| (one.done_at().is_some(), one.due_at));
    lines
        .into_iter()
        .map(|one| {
            let id = &one.assignment.course_id;
            let found = content.curriculum.courses.get(id);
            let title = found.map_or_else(|| id.to_string(), |course| course.title.get(language).to_owned());
            let team = &one.assignment.team_id;
            Assigned {
                course: Link::new(title, format!("/courses/{id}")),
                team: label(team),
                team_href: format!("/teams/{team}"),
                due: one.due_at.micros(),
                state: one.standing.word().to_owned(),
                percent: one.doing.percent,
                note: one.assignment.note.clone(),
            }
        })
        .collect()
}
