//! Teams: how each stands with what is assigned to it, and one team with everybody's lines.

use serde::Serialize;

use super::parts::{PersonRef, sample_id};
use super::shared::Link;
use super::{Choice, FieldError, Sample, Title, View, sample_at};

/// `/teams`
#[derive(Debug, Clone, Serialize)]
pub struct Teams {
    /// The teams that the reader may see.
    pub teams: Vec<TeamCard>,
    /// Whether the reader sees somebody else's lines.
    pub oversees: bool,
    /// How many lines are overdue in them.
    pub overdue: u32,
    /// The list of what is overdue as CSV.
    pub csv: String,
    /// Whether the reader may make teams.
    pub may_change: bool,
    /// What was typed for a new team.
    pub typed: String,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// A team as a card.
#[derive(Debug, Clone, Serialize)]
pub struct TeamCard {
    /// `/teams/{id}`
    pub href: String,
    /// Its name for people.
    pub label: String,
    /// How many are in it.
    pub size: u32,
    /// Names of those who lead it.
    pub leads: Vec<String>,
    /// How many courses are assigned to it.
    pub assignments: u32,
    /// How the lines stand.
    pub tally: Tally,
}

/// How many lines stand how.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Tally {
    /// Done.
    pub done: u32,
    /// Begun.
    pub going: u32,
    /// Not begun.
    pub waiting: u32,
    /// Due and not done.
    pub overdue: u32,
    /// All of them.
    pub total: u32,
    /// Done in percent.
    pub percent: u32,
    /// The parts of a bar that is 100 wide.
    pub parts: Vec<Part>,
}

/// One part of a stacked bar.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// `done`, `in_progress`, `not_started` or `overdue`.
    pub state: String,
    /// Where it begins, of 100.
    pub x: f64,
    /// How wide it is, of 100.
    pub width: f64,
}

impl Tally {
    /// From four counts.
    #[must_use]
    pub fn of(done: u32, going: u32, waiting: u32, overdue: u32) -> Self {
        let total = done + going + waiting + overdue;
        let mut x = 0.0;
        let counts = [("done", done), ("in_progress", going), ("not_started", waiting), ("overdue", overdue)];
        let parts = counts.iter().filter(|(_, n)| *n > 0).map(|(state, n)| {
            let width = f64::from(*n) * 100.0 / f64::from(total.max(1));
            let part = Part { state: (*state).to_owned(), x, width };
            x += width;
            part
        });
        let parts = parts.collect();
        Self { done, going, waiting, overdue, total, percent: (done * 100).checked_div(total).unwrap_or(0), parts }
    }
}

/// `/teams/{id}`
#[derive(Debug, Clone, Serialize)]
pub struct Team {
    /// The team's name in addresses.
    pub id: String,
    /// Its name for people.
    pub label: String,
    /// How many are in it.
    pub size: u32,
    /// Whether everybody's lines are shown, and not only the reader's.
    pub whole: bool,
    /// Those who lead it.
    pub leads: Vec<PersonRef>,
    /// Those who are in it.
    pub members: Vec<Member>,
    /// All lines together.
    pub tally: Tally,
    /// What is assigned.
    pub boards: Vec<Board>,
    /// What is overdue.
    pub late: Vec<Late>,
    /// The same as CSV.
    pub csv: String,
    /// Whether people's files are open to the reader.
    pub files: bool,
    /// The form to assign a course.
    pub assign: Option<Assign>,
    /// Whether the reader may change who is in it.
    pub may_change: bool,
    /// What is wrong with what was sent.
    pub errors: Vec<FieldError>,
}

/// Somebody in a team.
#[derive(Debug, Clone, Serialize)]
pub struct Member {
    /// Who.
    pub person: PersonRef,
    /// Since when.
    pub joined: Option<i64>,
}

/// The form to assign a course, as it was typed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Assign {
    /// Courses to choose from.
    pub courses: Vec<Choice>,
    /// The chosen one.
    pub course: String,
    /// The day, as `2027-03-31`.
    pub due: String,
    /// A note.
    pub note: String,
}

/// One assignment.
#[derive(Debug, Clone, Serialize)]
pub struct Board {
    /// `asg_…`; the form that ends it goes to `/teams/{team}/assignments/{id}/end`.
    pub id: String,
    /// The course.
    pub course: Link,
    /// When it is due.
    pub due: i64,
    /// Whether that is past.
    pub past: bool,
    /// A note.
    pub note: String,
    /// Who assigned it.
    pub by: String,
    /// When.
    pub at: i64,
    /// How the lines stand.
    pub tally: Tally,
    /// How many were done when: only where everybody's lines are shown.
    pub curve: Option<Curve>,
    /// Everybody's lines.
    pub lines: Vec<Line>,
}

/// How many were done when, as a step line in a frame 300 wide and 80 high.
#[derive(Debug, Clone, Serialize)]
pub struct Curve {
    /// The line as a path.
    pub path: String,
    /// The same, closed below, for the area.
    pub area: String,
    /// Where the day it is due stands.
    pub due_x: f64,
    /// Where now stands.
    pub now_x: f64,
    /// Where the frame begins and ends.
    pub from: i64,
    /// The end.
    pub until: i64,
    /// The steps: when, and how many by then.
    pub steps: Vec<(i64, u32)>,
}

impl Curve {
    /// From the stretches in which it counted as done for somebody, in any order: the line falls where one ends.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "places in a drawing of 300 by 80")]
    pub fn of(done: &[(i64, Option<i64>)], total: u32, at: i64, due: i64, now: i64) -> Self {
        let until = due.max(now).max(at + 1);
        let x =
            |instant: i64| ((instant.clamp(at, until) - at) as f64 * 300.0 / (until - at) as f64 * 10.0).round() / 10.0;
        let y = |n: u32| ((80.0 - f64::from(n) * 76.0 / f64::from(total.max(1))) * 10.0).round() / 10.0;
        let begins = done.iter().map(|(from, _)| (*from, true));
        let ends = done.iter().filter_map(|(_, until)| until.map(|until| (until, false)));
        let mut turns: Vec<(i64, bool)> = begins.chain(ends).filter(|(instant, _)| *instant <= now).collect();
        turns.sort_unstable();
        let mut path = format!("M0 {}", y(0));
        let mut steps: Vec<(i64, u32)> = Vec::new();
        for (instant, begins) in turns {
            let before = steps.last().map_or(0, |(_, n)| *n);
            let n = if begins { before + 1 } else { before.saturating_sub(1) };
            path.push_str(&format!(" H{} V{}", x(instant), y(n)));
            match steps.last_mut() {
                Some(last) if last.0 == instant => last.1 = n,
                _ => steps.push((instant, n)),
            }
        }
        path.push_str(&format!(" H{}", x(now)));
        let area = format!("{path} V80 H0 Z");
        Self { path, area, due_x: x(due), now_x: x(now), from: at, until, steps }
    }
}

/// How one person stands.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Who.
    pub person: PersonRef,
    /// When it is due for them.
    pub due: i64,
    /// Whether that is later than for the others.
    pub later: bool,
    /// `done`, `in_progress`, `not_started` or `overdue`.
    pub state: String,
    /// In percent.
    pub percent: u32,
    /// Since when it is done.
    pub done: Option<i64>,
    /// Where it was done and no longer is: since when it was, and when that ended.
    pub lost: Option<(i64, i64)>,
}

/// Something overdue.
#[derive(Debug, Clone, Serialize)]
pub struct Late {
    /// Who.
    pub person: PersonRef,
    /// What.
    pub course: Link,
    /// Since when.
    pub since: i64,
    /// In percent.
    pub percent: u32,
}

impl View for Teams {
    const TEMPLATE: &'static str = "teams/list";
    const NAV: &'static str = "teams";

    fn title(&self) -> Title {
        Title::of("teams-title")
    }
}

impl View for Team {
    const TEMPLATE: &'static str = "teams/team";
    const NAV: &'static str = "teams";

    fn title(&self) -> Title {
        Title::of("just").with("text", &self.label)
    }
}

/// Three teams, for an admin.
#[must_use]
pub fn sample() -> Teams {
    let card = |label: &str, size, leads: &[&str], assignments, tally| TeamCard {
        href: format!("/teams/{}", label.to_lowercase().replace(' ', "-")),
        label: label.into(),
        size,
        leads: leads.iter().map(|&name| name.to_owned()).collect(),
        assignments,
        tally,
    };
    Teams {
        teams: vec![
            card("After-sales", 6, &["Marc Delmas"], 2, Tally::of(7, 3, 1, 1)),
            card("Marketing", 4, &["Étienne Caron", "Léa Fontaine"], 1, Tally::of(4, 0, 0, 0)),
            card("Pricing", 2, &[], 0, Tally::of(0, 0, 0, 0)),
        ],
        oversees: true,
        overdue: 1,
        csv: "/api/v1/overdue?format=csv".into(),
        may_change: true,
        typed: String::new(),
        errors: vec![],
    }
}

/// One team, for a lead.
#[must_use]
pub fn sample_team() -> Team {
    let day = 24;
    let line = |n, name: &str, due: i64, state: &str, percent, done: Option<i64>| Line {
        person: PersonRef::sample(n, name),
        due: sample_at(due * day),
        later: due > 17,
        state: state.into(),
        percent,
        done: done.map(|days| sample_at(days * day)),
        lost: None,
    };
    let mut lost = line(4, "Sandrine Petit", -3, "overdue", 80, None);
    lost.lost = Some((sample_at(-20 * day), sample_at(-2 * day)));
    let lines = vec![
        line(1, "Amélie Rousseau", 17, "done", 100, Some(-20)),
        line(2, "Jordi Mas", 17, "in_progress", 60, None),
        line(3, "Manon Lefèvre", 17, "done", 100, Some(-4)),
        line(4, "Sandrine Petit", 17, "not_started", 0, None),
        line(5, "Sophie Blanc", 29, "in_progress", 20, None),
    ];
    let past = vec![
        line(1, "Amélie Rousseau", -3, "done", 100, Some(-30)),
        line(2, "Jordi Mas", -3, "overdue", 40, None),
        line(3, "Manon Lefèvre", -3, "done", 100, Some(-11)),
        lost,
        line(5, "Sophie Blanc", 9, "not_started", 0, None),
    ];
    let board = |n, course: &str, due: i64, at: i64, note: &str, tally, lines: &[Line]| Board {
        id: sample_id("asg", n),
        course: Link::new(course, "/courses/personal-data"),
        due: sample_at(due * day),
        past: due < 0,
        note: note.into(),
        by: "Marc Delmas".into(),
        at: sample_at(at * day),
        tally,
        curve: Some(Curve::of(
            &lines
                .iter()
                .filter_map(|line| line.done.map(|from| (from, None)).or(line.lost.map(|(from, to)| (from, Some(to)))))
                .collect::<Vec<_>>(),
            5,
            sample_at(at * day),
            sample_at(due * day),
            sample_at(0),
        )),
        lines: lines.to_vec(),
    };
    Team {
        id: "after-sales".into(),
        label: "After-sales".into(),
        size: 5,
        whole: true,
        leads: vec![PersonRef::sample(9, "Marc Delmas")],
        members: lines
            .iter()
            .map(|line| Member { person: line.person.clone(), joined: Some(sample_at(-90 * day)) })
            .collect(),
        tally: Tally::of(4, 2, 2, 2),
        boards: vec![
            board(1, "Data foundations", -3, -40, "", Tally::of(2, 0, 1, 2), &past),
            board(2, "Handling personal data", 17, -34, "Before the spring campaign.", Tally::of(2, 2, 1, 0), &lines),
        ],
        late: vec![Late {
            person: PersonRef::sample(2, "Jordi Mas"),
            course: Link::new("Data foundations", "/courses/data-foundations"),
            since: sample_at(-3 * day),
            percent: 40,
        }],
        csv: "/api/v1/overdue?team=after-sales&format=csv".into(),
        files: true,
        assign: Some(Assign {
            courses: vec![
                Choice { value: "data-foundations".into(), label: "Data foundations".into() },
                Choice { value: "personal-data".into(), label: "Handling personal data".into() },
            ],
            ..Assign::default()
        }),
        may_change: true,
        errors: vec![],
    }
}

/// All samples of these pages.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let none = Teams { teams: vec![], oversees: false, overdue: 0, may_change: false, ..sample() };
    let whole = sample_team();
    let mut own = sample_team();
    own.whole = false;
    own.files = false;
    own.may_change = false;
    own.assign = None;
    own.late.clear();
    own.members.truncate(1);
    for board in &mut own.boards {
        board.curve = None;
        board.lines.truncate(1);
        board.tally = Tally::of(1, 0, 0, 0);
    }
    let mut wrong = sample_team();
    wrong.boards.clear();
    wrong.late.clear();
    wrong.tally = Tally::default();
    wrong.errors = vec![FieldError { field: "due".into(), text: "Choose a day that lies ahead.".into() }];
    vec![
        Sample::of("teams", &sample()),
        Sample::of("teams-none", &none),
        Sample::of("team", &whole),
        Sample::of("team-own", &own),
        Sample::of("team-wrong", &wrong),
    ]
}
