//! Checks of what must come before what: the modules of a course, and the courses.

use super::View;
use crate::{
    base::text::{Slug, nearest},
    curriculum::{load::Curriculum, report::Report},
};
use std::collections::{BTreeMap, BTreeSet};

/// Modules require modules of the same course, never in a circle.
pub(super) fn modules(view: &mut View<'_>) {
    let course = view.course;
    let mut edges: BTreeMap<&Slug, Vec<&Slug>> = BTreeMap::new();
    for module in &course.modules {
        for required in &module.requires {
            if course.module(required).is_some() {
                edges.entry(&module.id).or_default().push(required);
            } else if !view.declared("module", required.as_str()) {
                let near = nearest(required.as_str(), course.modules.iter().map(|module| module.id.as_str()));
                let at = view.at(&["module", module.id.as_str(), "requires"]);
                let message = format!("this course has no module `{required}`");
                view.report.error_near(&at, "unknown-module", message, near);
            }
        }
    }
    for circle in circles(&edges) {
        let first = circle.first().map_or("", |id| id.as_str());
        let message = format!("these modules require each other: {}", chain(&circle));
        view.error(&["module", first, "requires"], "module-cycle", message);
    }
}

/// Courses have other courses as prerequisites, never in a circle.
pub(super) fn prerequisites(curriculum: &Curriculum, report: &mut Report) {
    let mut edges: BTreeMap<&Slug, Vec<&Slug>> = BTreeMap::new();
    for course in curriculum.courses.values() {
        for required in &course.prerequisites {
            if curriculum.courses.contains_key(required) {
                edges.entry(&course.id).or_default().push(required);
            } else if !curriculum.places.has(&[required.as_str()]) {
                let near = nearest(required.as_str(), curriculum.courses.keys().map(Slug::as_str));
                let at = curriculum.places.of(&[course.id.as_str(), "prerequisites"]);
                report.error_near(&at, "unknown-course", format!("there is no course `{required}`"), near);
            }
        }
    }
    for circle in circles(&edges) {
        let first = circle.first().map_or("", |id| id.as_str());
        let message = format!("these courses are prerequisites of each other: {}", chain(&circle));
        report.error(&curriculum.places.of(&[first, "prerequisites"]), "prerequisite-cycle", message);
    }
}

fn chain(circle: &[&Slug]) -> String {
    let ids: Vec<&str> = circle.iter().chain(circle.first()).map(|id| id.as_str()).collect();
    ids.join(" → ")
}

/// The circles of a graph, each once, without recursion.
fn circles<'a>(edges: &BTreeMap<&'a Slug, Vec<&'a Slug>>) -> Vec<Vec<&'a Slug>> {
    let mut found = Vec::new();
    let mut done: BTreeSet<&Slug> = BTreeSet::new();
    for start in edges.keys() {
        if done.contains(start) {
            continue;
        }
        // A path from the start, and for each node on it the next of its edges to follow.
        let mut path: Vec<(&'a Slug, usize)> = vec![(start, 0)];
        while let Some((node, next)) = path.last_mut() {
            let Some(target) = edges.get(*node).and_then(|targets| targets.get(*next)).copied() else {
                done.insert(node);
                path.pop();
                continue;
            };
            *next += 1;
            if let Some(at) = path.iter().position(|(on, _)| *on == target) {
                found.push(path.iter().skip(at).map(|(on, _)| *on).collect());
            } else if !done.contains(target) {
                path.push((target, 0));
            }
        }
    }
    found
}
