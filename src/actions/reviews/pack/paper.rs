//! The evidence of a review as one page: everything a reader needs is in the file, and nothing in it asks for the network.

use super::{Pack, digest};
use crate::{
    access::review::{Facts, Line, LineState},
    base::{
        clock::Time,
        ids::{self, Id},
        refusal::Broken,
        text::Language,
        words::Words,
    },
    db::history::Change,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use fluent_bundle::{FluentArgs, FluentValue};
use std::{borrow::Cow, fmt::Write};

/// How the page looks: on a screen by day and by night, and on paper.
const STYLE: &str = "\
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1b1f23;--mute:#57606a;--line:#d8d4c8;--accent:#0e5a5a;--ok:#1f6b3a;--bad:#a12622;--warn:#8a5a00}\
@media(prefers-color-scheme:dark){:root{--paper:#14181a;--ink:#e8e6df;--mute:#a3aab0;--line:#3a4147;--accent:#7cc7c4;--ok:#7ccf95;--bad:#ff9b94;--warn:#e9b44c}}\
body{margin:0 auto;max-width:76rem;padding:2rem 1rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}\
h1{font-size:1.75rem;margin:0 0 .25rem}h2{margin:2.5rem 0 .5rem;font-size:1.25rem}h3{margin:0;font-size:1rem}p{max-width:65ch}\
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}caption{text-align:left;color:var(--mute);padding:.25rem 0}\
th,td{text-align:left;vertical-align:top;padding:.375rem .75rem .375rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}thead th{color:var(--mute);font-weight:600;border-top:0}\
code{font:.8125rem/1.5 ui-monospace,monospace;overflow-wrap:anywhere}dl{display:grid;grid-template-columns:max-content 1fr;gap:.125rem 1rem;margin:.5rem 0}dt{color:var(--mute)}dd{margin:0;overflow-wrap:anywhere}\
article{border:1px solid var(--line);border-radius:.5rem;padding:1rem;margin:1rem 0;break-inside:avoid}article header{display:flex;flex-wrap:wrap;gap:.25rem 1rem;justify-content:space-between}\
blockquote{margin:.5rem 0;padding-left:.75rem;border-left:.25rem solid var(--accent)}.kept{color:var(--ok)}.removed,.lapsed{color:var(--bad)}.overdue,.pending{color:var(--warn)}\
.scroll{overflow-x:auto}a{color:var(--accent)}.state{font-weight:600}@media(max-width:40rem){dl{grid-template-columns:1fr}dt{margin-top:.375rem}}@media print{body{max-width:none;padding:0}}";

struct Writer<'p> {
    pack: &'p Pack,
    words: Words,
    tag: &'static str,
    page: String,
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// An instant as everybody reads it.
fn moment(at: Time) -> String {
    at.timestamp().strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

fn words() -> Result<Words, Broken> {
    let text = |language: &'static str, own: &'static str| (language, Cow::Borrowed(own));
    Words::read([
        text("en", include_str!("../../../../templates/words/en/review_pack.ftl")),
        text("es", include_str!("../../../../templates/words/es/review_pack.ftl")),
        text("fr", include_str!("../../../../templates/words/fr/review_pack.ftl")),
    ])
    .map_err(Broken::defect)
}

/// How whoever has only the parts checks them, in every language.
///
/// # Errors
/// A message is missing.
pub(super) fn readme(pack: &Pack) -> Result<String, Broken> {
    let (words, mut text) = (words()?, String::new());
    for language in Language::ALL {
        for key in ["check", "check-with", "", "check-without", "check-parts"] {
            if key.is_empty() {
                text.push_str("    ");
                text.push_str(&pack.command());
            } else {
                let mut told = FluentArgs::new();
                told.set("issuer", pack.issuer.clone());
                let said = words.say(language.tag(), &format!("pack-{key}"), &told).map_err(Broken::defect)?;
                text.push_str(&said);
            }
            text.push_str("\n\n");
        }
    }
    text.truncate(text.trim_end().len() + 1);
    Ok(text)
}

/// Writes the page.
///
/// # Errors
/// A message is missing.
pub(super) fn write(pack: &Pack, language: Language) -> Result<String, Broken> {
    let words = words()?;
    let mut writer = Writer { pack, words, tag: language.tag(), page: String::new() };
    writer.head()?;
    writer.summary()?;
    writer.lines()?;
    writer.events()?;
    writer.parts()?;
    writer.page.push_str("</main></body></html>\n");
    Ok(writer.page)
}

impl Writer<'_> {
    fn say(&self, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> Result<String, Broken> {
        let mut told = FluentArgs::new();
        for (name, value) in args {
            told.set(*name, value.clone());
        }
        Ok(escaped(&self.words.say(self.tag, &format!("pack-{key}"), &told).map_err(Broken::defect)?))
    }

    fn put(&mut self, html: &str) {
        self.page.push_str(html);
    }

    /// A person by name and address; anybody else by the log's word.
    fn who(&self, actor: &str) -> String {
        match self.pack.people.get(actor) {
            Some((name, email)) => format!("{} <code>{}</code>", escaped(name), escaped(email)),
            None => format!("<code>{}</code>", escaped(actor)),
        }
    }

    /// To whom a line was handed: a person, or the admins.
    fn receiver(&self, to: Option<Id<ids::Person>>) -> Result<String, Broken> {
        to.map_or_else(|| self.say("admins", &[]), |to| Ok(self.who(&to.to_string())))
    }

    fn fact(&mut self, name: &str, value: &str) {
        // Writing to a text can't fail.
        let _ = write!(self.page, "<dt>{name}</dt><dd>{value}</dd>");
    }

    fn state(&self, line: &Line) -> Result<(LineState, String), Broken> {
        let state = super::super::standing(line, &self.pack.review, self.pack.made_at);
        let said = self.say("line-state", &[("state", state.word().into())])?;
        Ok((state, format!("<span class=\"state {}\">{said}</span>", state.word())))
    }

    fn head(&mut self) -> Result<(), Broken> {
        let review = &self.pack.review;
        let name = if review.title.is_empty() { review.id.to_string() } else { review.title.clone() };
        let title = self.say("title", &[("name", name.into())])?;
        let (lede, made) = (
            self.say("lede", &[])?,
            self.say("made", &[("at", moment(self.pack.made_at).into()), ("issuer", self.pack.issuer.clone().into())])?,
        );
        let by = self.who(&self.pack.made_by);
        let head = format!(
            "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\"><title>{title}</title><style>{STYLE}</style></head><body><main>\
             <h1>{title}</h1><p>{lede}</p><p>{made} ({by})</p>",
            self.tag
        );
        self.put(&head);
        Ok(())
    }

    fn summary(&mut self) -> Result<(), Broken> {
        let review = self.pack.review.clone();
        let heading = self.say("summary", &[])?;
        self.put(&format!("<section><h2>{heading}</h2><dl>"));
        let code = |text: &str| format!("<code>{}</code>", escaped(text));
        let roles: Vec<String> = review.roles.iter().map(|role| code(role.as_str())).collect();
        let (by, cadence) = (self.who(&review.started_by), self.say("by-cadence", &[])?);
        let state = self.say("review-state", &[("state", review.state.word().into())])?;
        let rows = [
            ("id", code(&review.id.to_string())),
            ("state", state),
            ("roles", roles.join(", ")),
            ("started", moment(review.started_at)),
            ("started-by", if review.by_cadence { cadence } else { by }),
            ("due", moment(review.due_at)),
            ("lapses", moment(review.lapses_at)),
        ];
        for (key, value) in rows {
            let name = self.say(key, &[])?;
            self.fact(&name, &value);
        }
        if let Some(at) = review.closed_at {
            let name = self.say("ended", &[])?;
            let by = review.closed_by.as_deref().map(|by| self.who(by)).unwrap_or_default();
            let reason = if review.closed_reason.is_empty() { String::new() } else { escaped(&review.closed_reason) };
            self.fact(&name, &format!("{} {by} {reason}", moment(at)));
        }
        self.put("</dl>");
        let mut counted = std::collections::BTreeMap::new();
        for line in &self.pack.lines {
            let (state, said) = self.state(line)?;
            counted.entry(state).or_insert((said, 0)).1 += 1;
        }
        let (caption, outcome, lines) =
            (self.say("outcomes", &[])?, self.say("outcome", &[])?, self.say("lines", &[])?);
        let mut table = format!(
            "<table><caption>{caption}</caption><thead><tr><th scope=\"col\">{outcome}</th><th scope=\"col\">{lines}</th></tr></thead><tbody>"
        );
        for (said, n) in counted.values() {
            let _ = write!(table, "<tr><th scope=\"row\">{said}</th><td>{n}</td></tr>");
        }
        self.put(&(table + "</tbody></table></section>"));
        Ok(())
    }

    fn facts(&mut self, heading: &str, facts: &Facts) -> Result<(), Broken> {
        let used = match facts.last_used_at {
            Some(at) => moment(at),
            None => self.say("never", &[])?,
        };
        let mut certificates = Vec::new();
        for one in &facts.certificates {
            let names: Vec<String> = one.any_of.iter().map(ToString::to_string).collect();
            let names = names.join(" / ");
            certificates.push(match one.met_until {
                Some(until) => self.say("certified", &[("names", names.into()), ("until", moment(until).into())])?,
                None => self.say("uncertified", &[("names", names.into())])?,
            });
        }
        let peers = self.say("peers-share", &[("n", facts.peers_holding.into()), ("of", facts.peers.into())])?;
        let held = facts.at.micros_since(facts.held_since).max(0) / 86_400_000_000;
        let rows = [
            ("used", used),
            ("certificates", certificates.join("; ")),
            ("peers", peers),
            ("held", self.say("held-days", &[("n", held.into()), ("since", moment(facts.held_since).into())])?),
            ("until", moment(facts.ends_at)),
            ("effective", self.say(if facts.effective { "yes" } else { "no" }, &[])?),
        ];
        self.put(&format!("<h3>{heading} ({})</h3><dl>", moment(facts.at)));
        for (key, value) in rows {
            let name = self.say(key, &[])?;
            self.fact(&name, &value);
        }
        self.put("</dl>");
        Ok(())
    }

    fn lines(&mut self) -> Result<(), Broken> {
        let (heading, hint) = (self.say("population", &[])?, self.say("population-hint", &[])?);
        self.put(&format!("<section><h2>{heading}</h2><p>{hint}</p>"));
        let pack = self.pack;
        for line in &pack.lines {
            let (_, state) = self.state(line)?;
            let who = self.who(&line.person_id.to_string());
            self.put(&format!(
                "<article id=\"{}\"><header><h3>{who} · <code>{}</code></h3>{state}</header><dl>",
                line.id,
                escaped(line.role_id.as_str())
            ));
            let reviewer = match line.reviewer_id {
                Some(reviewer) => self.who(&reviewer.to_string()),
                None => self.say("admins", &[])?,
            };
            let mut rows = vec![
                ("line", format!("<code>{}</code>", line.id)),
                ("grant", format!("<code>{}</code>", line.grant_id)),
                ("reviewer", reviewer),
            ];
            if let Some(reason) = pack.reasons.get(&line.id).filter(|reason| !reason.is_empty()) {
                rows.push(("asked-for", escaped(reason)));
            }
            if let (Some(by), Some(at)) = (line.decided_by, line.decided_at) {
                rows.push(("decided", format!("{} {}", moment(at), self.who(&by.to_string()))));
            }
            if let Some(of) = line.on_behalf_of {
                rows.push(("on-behalf", self.who(&of.to_string())));
            }
            if let Some(at) = line.overdue_at {
                rows.push(("overdue", moment(at)));
            }
            for (key, value) in rows {
                let name = self.say(key, &[])?;
                self.fact(&name, &value);
            }
            for one in pack.delegations.get(&line.id).into_iter().flatten() {
                let name = self.say("handed", &[])?;
                let (by, to) = (self.who(&one.delegated_by), self.receiver(one.to_id)?);
                let said = if one.comment.is_empty() { String::new() } else { format!(": {}", escaped(&one.comment)) };
                self.fact(&name, &format!("{} {by} → {to}{said}", moment(one.at)));
            }
            self.put("</dl>");
            if !line.comment.is_empty() {
                self.put(&format!("<blockquote>{}</blockquote>", escaped(&line.comment)));
            }
            let heading = self.say("facts-start", &[])?;
            self.facts(&heading, &line.facts)?;
            if let Some(facts) = &line.decided_facts {
                let heading = self.say("facts-decision", &[])?;
                self.facts(&heading, facts)?;
            }
            self.changes(line)?;
            self.put("</article>");
        }
        self.put("</section>");
        Ok(())
    }

    fn changes(&mut self, line: &Line) -> Result<(), Broken> {
        let pack = self.pack;
        let of = |grant: &Id<ids::Grant>| pack.changes.get(grant).map_or(&[][..], Vec::as_slice);
        let heading = self.say("changed", &[])?;
        self.steps(&heading, of(&line.grant_id))?;
        for grant in pack.successors.get(&line.id).into_iter().flatten() {
            let heading = self.say("changed-later", &[("grant", grant.to_string().into())])?;
            self.steps(&heading, of(grant))?;
        }
        Ok(())
    }

    fn steps(&mut self, heading: &str, changes: &[Change]) -> Result<(), Broken> {
        if changes.is_empty() {
            let none = self.say("unchanged", &[])?;
            self.put(&format!("<h3>{heading}</h3><p>{none}</p>"));
            return Ok(());
        }
        let mut list = format!("<h3>{heading}</h3><ul>");
        for step in changes {
            let (from, to) = (escaped(&step.from_state), escaped(&step.to_state));
            let by = self.who(&step.actor);
            let reason = escaped(&step.reason);
            let _ = write!(list, "<li>{} <code>{from} → {to}</code> {by} {reason}</li>", moment(step.at));
        }
        self.put(&(list + "</ul>"));
        Ok(())
    }

    fn events(&mut self) -> Result<(), Broken> {
        let (heading, hint) = (self.say("events", &[])?, self.say("events-hint", &[])?);
        let issuer: [(&'static str, FluentValue<'_>); 1] = [("issuer", self.pack.issuer.clone().into())];
        let (check, with, without) =
            (self.say("check", &[])?, self.say("check-with", &issuer)?, self.say("check-without", &[])?);
        let command = escaped(&self.pack.command());
        let mut table = format!(
            "<section><h2>{heading}</h2><p>{hint}</p><h3>{check}</h3><p>{with}</p><p><code>{command}</code></p><p>{without}</p>\
             <div class=\"scroll\"><table><caption>{heading}</caption><thead><tr>"
        );
        for key in ["event-seq", "event-at", "event-kind", "event-actor", "event-subject", "event-id"] {
            let _ = write!(table, "<th scope=\"col\">{}</th>", self.say(key, &[])?);
        }
        table.push_str("</tr></thead><tbody>");
        for event in &self.pack.events {
            let _ = write!(
                table,
                "<tr><td>{}</td><td>{}</td><td><code>{}</code></td><td>{}</td><td><code>{}</code></td><td><code>{}</code></td></tr>",
                self.pack.log.places.get(&event.seq).copied().unwrap_or_default(),
                moment(event.at),
                event.kind.word(),
                self.who(&event.actor),
                escaped(event.subject_id.as_deref().unwrap_or_default()),
                event.id
            );
        }
        self.put(&(table + "</tbody></table></div></section>"));
        Ok(())
    }

    fn parts(&mut self) -> Result<(), Broken> {
        let (heading, hint) = (self.say("parts", &[])?, self.say("parts-hint", &[])?);
        let (part, size) = (self.say("part", &[])?, self.say("bytes", &[])?);
        let mut table = format!(
            "<section><h2>{heading}</h2><p>{hint}</p><div class=\"scroll\"><table><caption>{heading}</caption><thead><tr>\
             <th scope=\"col\">{part}</th><th scope=\"col\">{size}</th><th scope=\"col\">SHA-256</th></tr></thead><tbody>"
        );
        let manifest = serde_json::to_string_pretty(&self.pack.manifest()?).map_err(Broken::defect)? + "\n";
        let mut parts = self.pack.parts()?;
        parts.push(("manifest.json", manifest));
        for (name, text) in parts {
            let _ = write!(
                table,
                "<tr><th scope=\"row\"><a download=\"{name}\" href=\"data:application/octet-stream;base64,{}\">{name}</a></th>\
                 <td>{}</td><td><code>{}</code></td></tr>",
                STANDARD.encode(&text),
                text.len(),
                digest(&text)
            );
        }
        self.put(&(table + "</tbody></table></div></section>"));
        Ok(())
    }
}
