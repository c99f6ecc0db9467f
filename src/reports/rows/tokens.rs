//! Report 9: which tokens were given out, by person, role, tool and address.

use super::{Page, Part, narrowed, someone};
use crate::{
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::{Email, Slug},
    },
    db::{
        Reading, sql,
        sql::{Statement, row},
    },
    reports::{
        asked::Asked,
        cell::{Cell, Figure, Line},
    },
};

row! {
    struct Raw {
        person_id: Id<ids::Person>,
        name: String,
        email: Email,
        role_id: Slug,
        client_id: String,
        client_name: Option<String>,
        address: String,
        tokens: i64,
        first_at: Time,
        last_at: Time,
    }
}

/// Tokens of the period by who got them, for which role, by which tool and from which address.
pub(super) fn lines(r: &mut Reading<'_>, asked: &Asked, part: Part<'_>) -> Result<Page, Broken> {
    let mut key = part.after.unwrap_or_default().splitn(4, '|').map(str::to_owned);
    let after: [String; 4] = std::array::from_fn(|_| key.next().unwrap_or_default());
    let [person, role, client, address] = &after;
    // By bytes on either engine; people stand by their ids, which an index has in their order.
    let bytes = r.engine_sql("", " COLLATE \"C\"");
    let order =
        |row: &str| format!("{row}.person_id, {row}.role_id{bytes}, {row}.client_id{bytes}, {row}.address{bytes}");
    // Only the tokens of those are counted whom a page can tell of, and of the one whom the page before it ended with.
    let found = sql(
        "SELECT s.person_id, p.name, p.email, s.role_id, s.client_id, c.name AS client_name, s.address, s.tokens, \
         s.first_at, s.last_at FROM (SELECT t.person_id, t.role_id, t.client_id, t.address, COUNT(*) AS tokens, \
         MIN(t.issued_at) AS first_at, MAX(t.issued_at) AS last_at FROM (SELECT q.id FROM persons q WHERE q.id >= ? \
         AND EXISTS (SELECT 1 FROM tokens t WHERE t.person_id = q.id",
    );
    let found = of_period(found.bind(person), asked)
        .push(") ORDER BY q.id LIMIT ?) w CROSS JOIN tokens t WHERE t.person_id = w.id")
        .bind(&part.probe().saturating_add(1));
    let found = of_period(found, asked)
        .push(&format!(" AND ({}) > (?, ?, ?, ?) GROUP BY t.person_id, t.role_id, t.client_id, t.address ", order("t")))
        .bind(person)
        .bind(role)
        .bind(client)
        .bind(address)
        .push(&format!("ORDER BY {} LIMIT ?) s ", order("t")))
        .bind(&part.probe())
        .push("JOIN persons p ON p.id = s.person_id LEFT JOIN clients c ON c.id = s.client_id ")
        .push(&format!("ORDER BY {}", order("s")));
    let raws: Vec<Raw> = found.all(r)?;
    let lines = raws
        .into_iter()
        .map(|raw| (format!("{}|{}|{}|{}", raw.person_id, raw.role_id, raw.client_id, raw.address), line(raw)))
        .collect();
    Ok(Page::cut(lines, part.most))
}

/// Of the tokens `t`, those of the period that were asked about.
fn of_period(statement: Statement, asked: &Asked) -> Statement {
    let statement = statement.push(" AND t.issued_at >= ? AND t.issued_at < ?").bind(&asked.from).bind(&asked.until);
    let mut statement = narrowed(statement, asked, "t");
    if let Some(client) = &asked.client {
        statement = statement
            .push(" AND (t.client_id = ? OR t.client_id IN (SELECT k.id FROM clients k WHERE k.name = ?))")
            .bind(client)
            .bind(client);
    }
    if let Some(address) = &asked.address {
        statement = statement.push(" AND t.address = ?").bind(address);
    }
    statement
}

fn line(raw: Raw) -> Line {
    vec![
        Cell::Person(someone(raw.person_id, raw.name, raw.email)),
        Cell::Role(raw.role_id),
        Cell::text(raw.client_name.unwrap_or_default()),
        Cell::Thing(raw.client_id),
        Cell::text(raw.address),
        Cell::Number(raw.tokens),
        Cell::Moment(raw.first_at),
        Cell::Moment(raw.last_at),
    ]
}

/// How many tokens there were, for how many people, by how many tools and from how many addresses.
pub(super) fn figures(r: &mut Reading<'_>, asked: &Asked) -> Result<Vec<Figure>, Broken> {
    row! { struct Counts { tokens: i64, people: i64, tools: i64, addresses: i64 } }
    let found =
        sql("SELECT COUNT(*) AS tokens, COUNT(DISTINCT t.person_id) AS people, COUNT(DISTINCT t.client_id) AS tools, \
                     COUNT(DISTINCT NULLIF(t.address, '')) AS addresses FROM tokens t WHERE TRUE");
    let counts: Counts = of_period(found, asked).one(r)?;
    Ok(vec![
        Figure::count("tokens", counts.tokens),
        Figure::count("people", counts.people),
        Figure::count("tools", counts.tools),
        Figure::count("addresses", counts.addresses),
    ])
}
