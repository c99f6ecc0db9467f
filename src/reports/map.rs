//! The map of who holds what: people or teams by roles or warehouses, with how many of them an access was in effect for.

use super::rows::map::{Held, Member};
use crate::{
    access::catalogue::Catalogue,
    base::{
        clock::Time,
        ids::{self, Id},
        text::{Language, Slug, label},
    },
    db::sql::word_column,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// What the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// One team a row; people in no team share the last one.
    Teams,
    /// One person a row.
    People,
}
word_column!(Rows { Teams => "teams", People => "people" });

/// What the columns are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// One warehouse a column.
    Warehouses,
    /// One role a column.
    Roles,
}
word_column!(Columns { Warehouses => "warehouses", Roles => "roles" });

/// Where the rows and columns stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By name.
    Name,
    /// Whoever holds the same stands together, and what most hold comes first.
    Likeness,
}
word_column!(Order { Name => "name", Likeness => "likeness" });

/// The row of those who are in no team.
pub const NO_TEAM: &str = "-";

/// A row or a column.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Axis {
    /// A team, a person's id, a role or a warehouse; [`NO_TEAM`] for those who are in none.
    pub id: String,
    /// A person's name; of anything else, what [`HoldersMap::named`] calls it.
    pub name: String,
    /// How many people hold anything there.
    pub people: i64,
}

/// Where a row and a column meet, and somebody holds something.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Cell {
    /// The row's place.
    pub row: usize,
    /// The column's place.
    pub column: usize,
    /// For how many people it was in effect.
    pub effective: i64,
    /// For how many it was given, and held back: a certificate missing, a lock, an account that could not act.
    pub held_back: i64,
    /// The grant, where it is one person's and one role's.
    pub grant: Option<Id<ids::Grant>>,
}

/// The map.
#[derive(Clone, Debug)]
pub struct HoldersMap {
    pub at: Time,
    pub by: (Rows, Columns),
    pub rows: Vec<Axis>,
    pub columns: Vec<Axis>,
    /// By row, then by column; where nobody holds anything there is none.
    pub cells: Vec<Cell>,
    /// Whether more is held than a map is drawn from: it tells of the rest nothing.
    pub cut: bool,
}

/// What stands before the columns where a map is a table. No role and no warehouse has such a name.
const HEAD: [&str; 3] = ["row_id", "row_name", "row_people"];

impl HoldersMap {
    /// The map with every row and column called as the page calls it; `no_team` is what the row of those in no team is called.
    #[must_use]
    pub fn named(mut self, catalogue: &Catalogue, language: Language, no_team: &str) -> Self {
        if self.by.0 == Rows::Teams {
            for row in &mut self.rows {
                row.name = if row.id == NO_TEAM { no_team.to_owned() } else { label(&row.id) };
            }
        }
        let columns = self.by.1;
        let name = |id: &Slug| match columns {
            Columns::Roles => catalogue.roles.get(id).map(|role| role.name.clone()),
            Columns::Warehouses => catalogue.warehouses.get(id).map(|one| one.title.get(language).to_owned()),
        };
        for column in &mut self.columns {
            // What has left the catalogue keeps its slug.
            column.name = column.id.parse::<Slug>().ok().and_then(|id| name(&id)).unwrap_or_else(|| column.id.clone());
        }
        self
    }

    /// The names of the columns where the map is a table: of each role or warehouse for how many people it was in effect, and
    /// for how many it was held back.
    ///
    /// The lines of the list of holders are there already for whoever gathers by what they like. A map is what is seen: what
    /// stands in one of its cells are two numbers here, so that they can be added up and held against each other.
    #[must_use]
    pub fn head(&self) -> Vec<String> {
        let columns = self.columns.iter().flat_map(|column| [column.id.clone(), format!("{}_held_back", column.id)]);
        HEAD.map(str::to_owned).into_iter().chain(columns).collect()
    }

    /// Some of the rows as lines of that table; where nobody holds anything its cells are empty.
    pub fn lines(&self, rows: Range<usize>) -> impl Iterator<Item = Vec<String>> {
        rows.filter_map(move |row| {
            let axis = self.rows.get(row)?;
            let cells = self.meetings(row).into_iter().flat_map(|cell| {
                cell.map_or_else(
                    || [String::new(), String::new()],
                    |cell| [cell.effective.to_string(), cell.held_back.to_string()],
                )
            });
            Some([axis.id.clone(), axis.name.clone(), axis.people.to_string()].into_iter().chain(cells).collect())
        })
    }

    /// What stands in a row, a place a column.
    #[must_use]
    pub fn meetings(&self, row: usize) -> Vec<Option<&Cell>> {
        let first = self.cells.partition_point(|cell| cell.row < row);
        let mut cells = self.cells.iter().skip(first).take_while(|cell| cell.row == row).peekable();
        (0..self.columns.len()).map(|column| cells.next_if(|cell| cell.column == column)).collect()
    }
}

/// More columns than this are gathered by warehouse, where nobody says otherwise.
pub const MANY_ROLES: usize = 30;

/// What meets at a place: whether anything was in effect, by person, and the grant.
type Meeting = BTreeMap<Id<ids::Person>, (bool, Id<ids::Grant>)>;

/// Draws the map of what is held.
#[must_use]
pub fn draw(
    at: Time,
    held: &[Held],
    members: &[Member],
    names: &BTreeMap<Id<ids::Person>, String>,
    by: (Rows, Columns),
    order: Order,
) -> HoldersMap {
    let mut teams: BTreeMap<Id<ids::Person>, Vec<&str>> = BTreeMap::new();
    for member in members {
        teams.entry(member.person_id).or_default().push(&member.team_id);
    }
    let mut meetings: BTreeMap<(String, String), Meeting> = BTreeMap::new();
    for right in held {
        let column = match by.1 {
            Columns::Roles => right.role_id.to_string(),
            Columns::Warehouses => right.warehouse_id.to_string(),
        };
        let rows: Vec<String> = match by.0 {
            Rows::People => vec![right.person_id.to_string()],
            Rows::Teams => match teams.get(&right.person_id) {
                Some(teams) => teams.iter().map(|&team| team.to_owned()).collect(),
                None => vec![NO_TEAM.to_owned()],
            },
        };
        for row in rows {
            let meeting = meetings.entry((row, column.clone())).or_default();
            let told = meeting.entry(right.person_id).or_insert((false, right.grant_id));
            if right.effective && !told.0 {
                *told = (true, right.grant_id);
            }
        }
    }
    let people = |of: &dyn Fn(&(String, String)) -> String| {
        let mut found: BTreeMap<String, BTreeSet<Id<ids::Person>>> = BTreeMap::new();
        for (place, meeting) in &meetings {
            found.entry(of(place)).or_default().extend(meeting.keys());
        }
        found
    };
    let named = |id: &String| {
        let person = id.parse().ok().filter(|_| by.0 == Rows::People);
        person.and_then(|id| names.get(&id)).cloned().unwrap_or_default()
    };
    let axis = |(id, people): (String, BTreeSet<Id<ids::Person>>)| Axis {
        name: named(&id),
        people: i64::try_from(people.len()).unwrap_or(i64::MAX),
        id,
    };
    let mut columns: Vec<Axis> = people(&|(_, column)| column.clone()).into_iter().map(axis).collect();
    let mut rows: Vec<Axis> = people(&|(row, _)| row.clone()).into_iter().map(axis).collect();
    if order == Order::Likeness {
        columns.sort_by(|a, b| (b.people, &a.id).cmp(&(a.people, &b.id)));
    }
    let likeness = |row: &Axis| -> Vec<bool> {
        columns.iter().map(|column| !meetings.contains_key(&(row.id.clone(), column.id.clone()))).collect()
    };
    match order {
        Order::Name => rows.sort_by_key(key),
        Order::Likeness => rows.sort_by_cached_key(|row| (row.id == NO_TEAM, likeness(row), key(row))),
    }
    let single = by == (Rows::People, Columns::Roles);
    let mut cells = Vec::new();
    for (row, one) in rows.iter().enumerate() {
        for (column, other) in columns.iter().enumerate() {
            let Some(meeting) = meetings.get(&(one.id.clone(), other.id.clone())) else { continue };
            let count = |effective: bool| {
                i64::try_from(meeting.values().filter(|(yes, _)| *yes == effective).count()).unwrap_or(i64::MAX)
            };
            let grant = meeting.values().next().map(|(_, grant)| *grant).filter(|_| single);
            cells.push(Cell { row, column, effective: count(true), held_back: count(false), grant });
        }
    }
    HoldersMap { at, by, rows, columns, cells, cut: false }
}

/// Those in no team come last.
fn key(row: &Axis) -> (bool, String, String) {
    (row.id == NO_TEAM, crate::base::text::folded(&row.name), row.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: i64) -> Id<ids::Person> {
        // Ids of one instant are told apart by their order.
        Id::new(Time::from_micros(n * 1_000_000_000))
    }

    #[test]
    fn people_are_counted_once_and_stand_by_what_they_hold() {
        let at = Time::from_micros(1);
        let (ana, bob, eve) = (id(1), id(2), id(3));
        let right = |person_id, role: &str, house: &str, effective| Held {
            person_id,
            role_id: role.parse().unwrap(),
            warehouse_id: house.parse().unwrap(),
            grant_id: Id::new(at),
            effective,
        };
        let held = [
            right(ana, "analyst", "lake", true),
            right(ana, "keeper", "lake", false),
            right(bob, "keeper", "lake", false),
            right(eve, "analyst", "lake", true),
            right(eve, "reader", "attic", true),
        ];
        let member = |person_id, team: &str| Member { person_id, team_id: team.to_owned() };
        let members = [member(ana, "data"), member(bob, "data"), member(ana, "it")];
        let names = BTreeMap::from([(ana, "Ana".to_owned()), (bob, "Bob".to_owned()), (eve, "Eve".to_owned())]);
        let map = draw(at, &held, &members, &names, (Rows::Teams, Columns::Warehouses), Order::Name);
        assert_eq!(map.rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["data", "it", NO_TEAM]);
        assert_eq!(map.columns.iter().map(|column| column.id.as_str()).collect::<Vec<_>>(), ["attic", "lake"]);
        let told: Vec<_> =
            map.cells.iter().map(|cell| (cell.row, cell.column, cell.effective, cell.held_back)).collect();
        // Ana counts once though one of her two roles is held back; Eve is in no team.
        assert_eq!(told, [(0, 1, 1, 1), (1, 1, 1, 0), (2, 0, 1, 0), (2, 1, 1, 0)]);
        // The same as a table: what nobody holds is no nought.
        assert_eq!(map.head().join(","), "row_id,row_name,row_people,attic,attic_held_back,lake,lake_held_back");
        let lines = |rows| map.lines(rows).map(|line| line.join(",")).collect::<Vec<_>>();
        assert_eq!(lines(0..9), ["data,,2,,,1,1", "it,,1,,,1,0", "-,,1,1,0,1,0"]);
        assert_eq!(lines(1..2), ["it,,1,,,1,0"]);
        let map = draw(at, &held, &members, &names, (Rows::People, Columns::Roles), Order::Likeness);
        assert_eq!(
            map.columns.iter().map(|column| column.id.as_str()).collect::<Vec<_>>(),
            ["analyst", "keeper", "reader"]
        );
        assert_eq!(map.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Ana", "Eve", "Bob"]);
        assert!(map.cells.iter().all(|cell| cell.grant.is_some()));
    }
}
