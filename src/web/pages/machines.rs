//! Service accounts on pages: the reader's own, those of a person's file, and the tool's line.

use crate::{
    actions::read_machines::Machine as Read,
    app::Content,
    base::{
        clock::Time,
        text::{Language, Slug},
    },
    web::views::{
        machines::{Machine, MachineAccess, MachineName},
        parts::{PersonRef, RoleRef},
    },
};

/// Service accounts as they are shown.
pub(super) fn machines(content: &Content, language: Language, read: &[Read]) -> Vec<Machine> {
    read.iter().map(|one| machine(content, language, one)).collect()
}

/// One of them.
pub(super) fn machine(content: &Content, language: Language, read: &Read) -> Machine {
    let warehouse = |id: &Slug| {
        let found = content.catalogue.warehouses.get(id);
        found.map_or_else(|| id.to_string(), |warehouse| warehouse.title.get(language).to_owned())
    };
    let role = |id: &Slug| match content.catalogue.roles.get(id) {
        Some(role) => RoleRef {
            id: id.to_string(),
            name: role.name.clone(),
            title: role.title.get(language).to_owned(),
            warehouse: warehouse(&role.warehouse),
        },
        None => RoleRef { id: id.to_string(), name: id.to_string(), title: id.to_string(), warehouse: String::new() },
    };
    let owner = &read.owner;
    Machine {
        id: read.client.id.clone(),
        name: read.client.name.clone(),
        waits: read.client.accepted_at.is_none(),
        exchanges: read.client.exchanges.clone(),
        owner: PersonRef {
            id: owner.id.to_string(),
            name: owner.name.clone(),
            email: owner.email.to_string(),
            initials: owner.initials(),
        },
        accesses: read
            .accesses
            .iter()
            .map(|access| MachineAccess {
                role: role(&access.role),
                until: access.until.map(Time::micros),
                used: access.used_at.map(Time::micros),
            })
            .collect(),
        names: read
            .names
            .iter()
            .map(|name| MachineName {
                warehouse: name.warehouse.to_string(),
                title: warehouse(&name.warehouse),
                login: name.login.clone(),
                by_hand: name.by_hand,
            })
            .collect(),
    }
}
