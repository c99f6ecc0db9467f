//! `habilis holders`: the list of who holds what, or the map of it: people or teams by roles or warehouses.

use super::{
    Failed, Next, access,
    open::Desk,
    print::{self, Format, Table},
};
use crate::{
    actions::map_holders::{self, Ask},
    base::text::Language,
    reports::map::{Cell, Columns, HoldersMap, Order, Rows},
};
use clap::Args;

/// What the row of those in no team is called.
const IN_NO_TEAM: &str = "In no team";

/// Which grants are listed, or how their map is drawn
#[derive(Debug, Args)]
pub(super) struct ListOrMap {
    #[command(flatten)]
    list: access::Holders,
    /// The map instead of the list: for how many people each role is in effect, team by team or person by person
    #[arg(long, conflicts_with_all = ["person", "state", "unused_for", "all", "limit"])]
    map: bool,
    /// What the map has as rows: teams or people; without it teams, unless one is asked about
    #[arg(long, requires = "map", value_parser = rows)]
    rows: Option<Rows>,
    /// What it has as columns: warehouses or roles; without it roles, unless they are many
    #[arg(long, requires = "map", value_parser = columns)]
    columns: Option<Columns>,
    /// How they stand: by name, or by likeness, whoever holds the same together
    #[arg(long, requires = "map", value_parser = order)]
    order: Option<Order>,
}

fn rows(word: &str) -> Result<Rows, String> {
    Rows::from_word(word).ok_or_else(|| "one of: teams, people".to_owned())
}

fn columns(word: &str) -> Result<Columns, String> {
    Columns::from_word(word).ok_or_else(|| "one of: warehouses, roles".to_owned())
}

fn order(word: &str) -> Result<Order, String> {
    Order::from_word(word).ok_or_else(|| "one of: name, likeness".to_owned())
}

impl ListOrMap {
    pub(super) fn run(self) -> Result<Next, Failed> {
        if !self.map {
            return self.list.run();
        }
        // With what roles and warehouses are called, where that is known.
        let desk = Desk::with_any_content()?;
        let (asked, format) = (self.list.as_of, self.list.format);
        let team = self.list.team.is_some();
        let ask = Ask {
            at: asked,
            team: self.list.team,
            warehouse: self.list.warehouse,
            role: self.list.role,
            rows: self.rows,
            columns: self.columns,
            order: self.order.unwrap_or(Order::Name),
        };
        let map = desk.run(map_holders::map_holders(&desk.app, &desk.actor, ask, format.word()))?;
        let map = match desk.app.content() {
            Ok(content) => map.named(&content.catalogue, Language::En, IN_NO_TEAM),
            Err(_) => map,
        };
        told(&map, format)?;
        access::noted(team || map.by.0 == Rows::Teams, asked, desk.app.now());
        if map.cut {
            print::complain("more is held than a map is drawn from: ask about a warehouse, a role or a team");
        }
        Ok(Next::Done)
    }
}

fn told(map: &HoldersMap, format: Format) -> Result<(), Failed> {
    match format {
        // As the API tells it.
        Format::Json => print::json(&serde_json::json!({
            "at": map.at, "rows_are": map.by.0, "columns_are": map.by.1, "rows": map.rows, "columns": map.columns,
            "cells": map.cells, "cut": map.cut,
        })),
        Format::Csv => {
            let mut table = Table::named(map.head());
            map.lines(0..map.rows.len()).for_each(|line| table.row(line));
            print::list::<()>(format, &[], &table)
        }
        Format::Table => {
            let (rows, columns) = (map.by.0.word(), map.by.1.word());
            print::say(&format!("{rows} by {columns} as of {}", print::moment(map.at)));
            print::say("for so many people it is in effect; after a +, for so many it is held back");
            // How many people a person is goes without saying; two of one name are told apart.
            let people = map.by.0 == Rows::People;
            let start = [rows, if people { "id" } else { "people" }].map(str::to_owned);
            let mut table =
                Table::named(start.into_iter().chain(map.columns.iter().map(|axis| axis.id.clone())).collect());
            for (row, axis) in map.rows.iter().enumerate() {
                let start = if people {
                    [axis.name.clone(), axis.id.clone()]
                } else {
                    [axis.id.clone(), axis.people.to_string()]
                };
                let cells = map.meetings(row).into_iter().map(|cell| cell.map(short).unwrap_or_default());
                table.row(start.into_iter().chain(cells));
            }
            print::list::<()>(format, &[], &table)
        }
    }
}

/// A cell as people read it in a terminal: `12+3`.
fn short(cell: &Cell) -> String {
    match cell.held_back {
        0 => cell.effective.to_string(),
        held_back => format!("{}+{held_back}", cell.effective),
    }
}
