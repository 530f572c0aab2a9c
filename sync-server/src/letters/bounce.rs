//! Letters that come back later: a delivery status notification (RFC 3464) names the letter by its Message-ID.

use mail_parser::{MessageParser, MimeHeaders};
use shared::ids::LetterId;
use shared::operation::{Actor, Channel, LetterFate};

use super::send::note;
use super::smtp::enhanced;
use crate::commune::Commune;
use crate::corridor::CorridorError;

/// What a notification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// The ids that a Message-ID of the notification may name, in order.
    pub letters: Vec<LetterId>,
    /// The enhanced status code, such as `5.1.1`.
    pub status: String,
}

/// Reads a notification; `None` for any other message, and for one that says that a letter is only late.
pub fn read(message: &[u8]) -> Option<Bounce> {
    let parsed = MessageParser::default().parse(message)?;
    let report = parsed.content_type()?;
    let of_delivery = report
        .attribute("report-type")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("delivery-status"));
    if !(report.ctype().eq_ignore_ascii_case("multipart") && of_delivery) {
        return None;
    }
    let status = parsed.parts.iter().find(|part| {
        part.content_type().is_some_and(|kind| {
            kind.subtype()
                .is_some_and(|kind| kind.eq_ignore_ascii_case("delivery-status"))
        })
    })?;
    let status = String::from_utf8_lossy(status.contents()).into_owned();
    let field = |name: &str| {
        status.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.trim()
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    };
    let code = field("Status").and_then(|text| enhanced(&text))?;
    let failed = field("Action").is_some_and(|action| action.eq_ignore_ascii_case("failed"));
    if !failed || !code.starts_with('5') {
        return None;
    }
    // The letter itself, or its head, comes back in a part of its own; relays differ in how they attach it.
    let text = String::from_utf8_lossy(message);
    let letters = text.split('<').filter_map(|rest| {
        let (word, _) = rest.split_once('@')?;
        word.parse().ok()
    });
    Some(Bounce {
        letters: letters.collect(),
        status: code,
    })
}

/// Notes that a letter came back. Answers which; `None` when the notification names none of this commune's.
///
/// # Errors
/// [`CorridorError`]; nothing changed then.
pub fn take(commune: &Commune, bounce: &Bounce) -> Result<Option<LetterId>, CorridorError> {
    for letter in &bounce.letters {
        let known = commune
            .store
            .read(|tx| tx.first(include_str!("../record/letter/fate.sql"), &[(*letter).into()]))?;
        if known.is_some() {
            let by = (Actor::Host, Channel::Command);
            note(commune, by, &[*letter], LetterFate::Bounced, &bounce.status)?;
            return Ok(Some(*letter));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "019ab0d2-7a3f-7c11-8d2b-6f1f0e6f5a01";

    fn notification(action: &str, status: &str) -> String {
        format!(
            "From: MAILER-DAEMON@relais.example\r\nTo: portail@ville.example\r\nSubject: Undelivered\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n\
             --b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; relais.example\r\n\r\nFinal-Recipient: rfc822; lea@famille.example\r\n\
             Action: {action}\r\nStatus: {status}\r\n\
             --b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
             Message-ID: <{ID}@ville.example>\r\nSubject: Bonjour\r\n\r\n--b--\r\n"
        )
    }

    #[test]
    fn a_letter_that_came_back_is_named_by_its_message_id() {
        let bounce = read(notification("failed", "5.1.1").as_bytes()).unwrap();
        assert_eq!(bounce.letters, [ID.parse().unwrap()]);
        assert_eq!(bounce.status, "5.1.1");
    }

    #[test]
    fn what_is_only_late_or_something_else_is_no_bounce() {
        assert_eq!(read(notification("delayed", "4.4.1").as_bytes()), None);
        assert_eq!(read(notification("failed", "4.4.7").as_bytes()), None);
        assert_eq!(read(b"From: a@b\r\nSubject: Bonjour\r\n\r\nMerci.\r\n"), None);
        assert_eq!(read(b""), None);
    }
}
