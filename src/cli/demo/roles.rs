//! Two hundred generated roles, written into the demo's own content.

use super::{folder::Folder, generate::APPROVER};
use crate::{actions::load_content, cli::Failed, curriculum::source::Source, settings::Settings};
use std::{fmt::Write, fs};

pub(super) const TOPICS: [&str; 20] = [
    "orders",
    "baskets",
    "returns",
    "deliveries",
    "stock",
    "prices",
    "campaigns",
    "reviews",
    "payments",
    "suppliers",
    "claims",
    "searches",
    "coupons",
    "loyalty",
    "contacts",
    "invoices",
    "forecasts",
    "assortments",
    "carriers",
    "depots",
];
pub(super) const MARKETS: [&str; 10] =
    ["france", "spain", "italy", "portugal", "belgium", "germany", "austria", "netherlands", "poland", "ireland"];
/// Writes the content with two hundred more roles into the demo's folder, where every reload finds them.
pub(super) fn content(settings: &mut Settings, folder: &Folder) -> Result<(), Failed> {
    let root = folder.content();
    if !root.is_dir() {
        let source = load_content::source(settings)?;
        let failed = |error: std::io::Error| Failed::words(format!("{}: {error}", root.display()));
        for (path, body) in more_roles(&source).files() {
            let file = root.join(path);
            fs::create_dir_all(file.parent().unwrap_or(&root)).map_err(failed)?;
            fs::write(file, body).map_err(failed)?;
        }
    }
    settings.content = Some(root);
    Ok(())
}

fn more_roles(source: &Source) -> Source {
    let mut files = source.files().clone();
    let mut roles = String::from("\n");
    for (number, (topic, market)) in TOPICS.iter().flat_map(|t| MARKETS.iter().map(move |m| (t, m))).enumerate() {
        let warehouse = if number % 2 == 0 { "marketplace" } else { "pricing" };
        let requires = match number % 3 {
            0 => "data-foundations",
            1 => "{all: [data-foundations, warehouse-costs]}",
            _ => "{all: [warehouse-analyst, warehouse-costs]}",
        };
        let approval = if number % 4 == 0 { format!("[{{of: [{APPROVER}], count: 1}}]") } else { "auto".to_owned() };
        let name = format!("{topic}_{market}").to_uppercase();
        // Writing into a String does not fail.
        let _ = write!(
            roles,
            "  - id: {topic}-{market}\n    warehouse: {warehouse}\n    name: {name}\n    \
             title: {{en: \"The {topic} of {market}\", fr: \"{topic}, {market}\"}}\n    \
             description: {{en: \"Everything about {topic} in {market}.\", fr: \"Tout sur {topic}, {market}.\"}}\n    \
             data: [{{dataset: {topic}.{market}}}]\n    \
             owner: {{team: Data platform, people: [{APPROVER}]}}\n    incidents: {{channel: \"#data-platform\"}}\n    \
             sensitivity: internal\n    requires: {requires}\n    approval: {approval}\n    max_duration: P180D\n    \
             token_lifetime: 15m\n    reason: required\n    grace_after_lapse: P7D\n",
        );
    }
    if let Some(body) = files.get_mut("access.yaml") {
        body.extend_from_slice(roles.as_bytes());
    }
    Source::from_files(files)
}
