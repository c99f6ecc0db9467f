//! What can be found of the catalogue: its roles, by their titles, names, descriptions and data.

use super::{Catalogue, Role};
use crate::{
    base::text::Words,
    curriculum::search::{Thing, ThingKind, Weight},
};

impl Catalogue {
    /// The roles as things that can be found.
    #[must_use]
    pub fn things(&self) -> Vec<Thing> {
        self.roles.values().map(|role| self.thing(role)).collect()
    }

    fn thing(&self, role: &Role) -> Thing {
        let mut thing = Thing::new(ThingKind::Role, role.id.as_str(), format!("/access/{}", role.id), &role.title);
        if let Some(warehouse) = self.warehouses.get(&role.warehouse) {
            thing = thing.within(&warehouse.title);
        }
        thing.say(Weight::Body, &role.description);
        thing.say(Weight::Title, &Words::english(role.name.as_str()));
        for data in &role.data {
            thing.say(Weight::Body, &Words::english(data.dataset.as_str()));
        }
        thing
    }
}
