//! Events as messages of syslog (RFC 5424), one after the other with their length before them (RFC 6587, section 3.4.1; RFC 5425).

use super::super::log::entry::Kept;

/// The facility of messages about the audit (RFC 5424, section 6.2.1).
const FACILITY: u8 = 13;
/// The severity of what was done; what was refused is a warning.
const NOTICE: u8 = 5;
/// See [`NOTICE`].
const WARNING: u8 = 4;
/// The structured data's name; the number is the one that RFC 5612 keeps for documents, as long as the house has none.
const DATA: &str = "habilis@32473";

/// A message about an event at its place in the log. `host` is the service's name. Addresses and words are not in it.
#[must_use]
pub fn message(host: &str, position: u64, kept: &Kept) -> String {
    let severity = if kept.outcome == "refused" { WARNING } else { NOTICE };
    let mut data =
        format!("[{DATA} position=\"{position}\" id=\"{}\" outcome=\"{}\"", quoted(&kept.id), quoted(&kept.outcome));
    let actor = Some(&kept.actor);
    for (name, value) in [
        ("actor", actor),
        ("person", kept.person.as_ref()),
        ("role", kept.role.as_ref()),
        ("subject", kept.subject.as_ref()),
    ] {
        if let Some(value) = value {
            data.push_str(&format!(" {name}=\"{}\"", quoted(value)));
        }
    }
    data.push(']');
    format!(
        "<{}>1 {:.6} {} habilis - {} {data} {}",
        FACILITY * 8 + severity,
        kept.at.timestamp(),
        plain(host, 255),
        plain(&kept.kind, 32),
        kept.data,
    )
}

/// A message with its length in bytes before it.
#[must_use]
pub fn counted(message: &str) -> String {
    format!("{} {message}", message.len())
}

/// A value of structured data (RFC 5424, section 6.3.3).
fn quoted(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for c in value.chars() {
        if matches!(c, '"' | '\\' | ']') {
            text.push('\\');
        }
        text.push(if c.is_control() { ' ' } else { c });
    }
    text
}

/// A field of the head: printable ASCII without spaces, so long at most; a dash where there is nothing.
fn plain(value: &str, most: usize) -> String {
    let text: String = value.chars().filter(char::is_ascii_graphic).take(most).collect();
    if text.is_empty() { "-".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::clock::Time;

    #[test]
    fn a_message_has_the_form_of_the_standard() {
        let kept = Kept {
            id: "evt_1".to_owned(),
            at: Time::parse("2026-03-01T09:00:00Z").unwrap(),
            kind: "refused".to_owned(),
            outcome: "refused".to_owned(),
            actor: "operator:a\"b]".to_owned(),
            person: None,
            role: Some("analyst".to_owned()),
            subject: None,
            address: String::new(),
            data: "{\"code\":\"locked\"}".to_owned(),
            address_commitment: None,
            texts_commitment: None,
        };
        let said = message("academy.example.com", 7, &kept);
        assert_eq!(
            said,
            "<108>1 2026-03-01T09:00:00.000000Z academy.example.com habilis - refused [habilis@32473 position=\"7\" \
             id=\"evt_1\" outcome=\"refused\" actor=\"operator:a\\\"b\\]\" role=\"analyst\"] {\"code\":\"locked\"}"
        );
        assert_eq!(counted("é"), "2 é");
        assert_eq!(plain("", 5), "-");
    }
}
