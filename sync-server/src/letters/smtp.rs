//! Handing one letter to a mail server, step by step: which step was refused decides what becomes of the letter.

use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::{SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;

use super::address::{Line, SmtpAddress};

/// How long a mail server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a mail server made of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It took it.
    Taken,
    /// The address does not take letters.
    Bounced(String),
    /// Not now.
    Later(String),
    /// It will never take this letter, whoever it is for.
    Refused(String),
    /// The line is dead; what became of the letter is not known for sure.
    Broken(String),
}

/// Which step was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Sender,
    Recipient,
    Content,
}

/// A line to a mail server, past its greeting.
pub(super) struct Wire(SmtpConnection);

impl Wire {
    /// Calls the mail server. The words of a failure are for the log: they name no one.
    pub(super) fn open(server: &SmtpAddress) -> Result<Self, String> {
        let hello = ClientId::default();
        let tls = match server.line {
            Line::Open => None,
            Line::Tls | Line::StartTls => Some(TlsParameters::new(server.host.clone()).map_err(words)?),
        };
        let at_once = tls.as_ref().filter(|_| server.line == Line::Tls);
        let place = (server.host.as_str(), server.port);
        let mut wire =
            SmtpConnection::connect(place, Some(PATIENCE), &hello, at_once, None).map_err(words)?;
        if let (Line::StartTls, Some(tls)) = (server.line, &tls) {
            if !wire.can_starttls() {
                wire.abort();
                return Err("the mail server offers no encryption (STARTTLS)".into());
            }
            wire.starttls(tls, &hello).map_err(words)?;
        }
        if let Some(credentials) = &server.credentials {
            let known = [Mechanism::Plain, Mechanism::Login];
            wire.auth(&known, credentials).map_err(words)?;
        }
        Ok(Self(wire))
    }

    /// Hands in one letter.
    pub(super) fn deliver(&mut self, from: &Address, to: &Address, letter: &[u8]) -> Verdict {
        let sender = Mail::new(Some(from.clone()), Vec::new());
        if let Err(error) = self.0.command(sender) {
            return self.refused(Step::Sender, &error);
        }
        if let Err(error) = self.0.command(Rcpt::new(to.clone(), Vec::new())) {
            return self.refused(Step::Recipient, &error);
        }
        if let Err(error) = self.0.command(Data) {
            return self.refused(Step::Content, &error);
        }
        match self.0.message(letter) {
            Ok(_) => Verdict::Taken,
            Err(error) => self.refused(Step::Content, &error),
        }
    }

    /// Takes leave.
    pub(super) fn close(mut self) {
        let _ = self.0.quit();
    }

    fn refused(&mut self, step: Step, error: &Error) -> Verdict {
        let verdict = judge(
            step,
            error.status().map(|code| code.to_string()),
            &error.to_string(),
        );
        let broken = matches!(verdict, Verdict::Broken(_)) || self.0.command(Rset).is_err();
        if broken {
            Verdict::Broken(detail_of(&verdict))
        } else {
            verdict
        }
    }
}

/// Whether a mail server lets us in.
///
/// # Errors
/// Why it does not, for whoever set it up.
pub fn knock(server: &SmtpAddress) -> Result<(), String> {
    Wire::open(server).map(Wire::close)
}

fn detail_of(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Taken => String::new(),
        Verdict::Bounced(detail)
        | Verdict::Later(detail)
        | Verdict::Refused(detail)
        | Verdict::Broken(detail) => detail.clone(),
    }
}

fn words(error: Error) -> String {
    match error.status() {
        Some(code) => format!(
            "the mail server answered {}",
            said(&code.to_string(), &error.to_string())
        ),
        None => error.to_string(),
    }
}

/// What a refusal means. Only what is said of the recipient itself is the recipient's: « relaying denied » is said at
/// the same step and is ours to mend.
fn judge(step: Step, code: Option<String>, text: &str) -> Verdict {
    let Some(code) = code else {
        return Verdict::Broken(text.chars().take(200).collect());
    };
    let detail = said(&code, text);
    let enhanced = enhanced(text).unwrap_or_default();
    if !code.starts_with('5') {
        return Verdict::Later(detail);
    }
    let policy = enhanced.starts_with("5.7.") || enhanced.starts_with("5.3.") || enhanced.starts_with("5.5.");
    match step {
        Step::Recipient if !policy && matches!(code.as_str(), "550" | "551" | "553" | "554" | "556") => {
            Verdict::Bounced(detail)
        }
        Step::Content if !policy => Verdict::Refused(detail),
        Step::Sender | Step::Recipient | Step::Content => Verdict::Later(detail),
    }
}

/// The code and the enhanced code, without the words: they often hold an address.
fn said(code: &str, text: &str) -> String {
    match enhanced(text) {
        Some(enhanced) => format!("{code} {enhanced}"),
        None => code.to_owned(),
    }
}

/// An enhanced status code (RFC 3463) such as `5.1.1`.
pub(super) fn enhanced(text: &str) -> Option<String> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .find(|word| {
            let parts: Vec<&str> = word.split('.').collect();
            parts.len() == 3
                && matches!(parts[0], "2" | "4" | "5")
                && parts[1..].iter().all(|part| (1..=3).contains(&part.len()))
        })
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(step: Step, code: &str, text: &str) -> Verdict {
        judge(step, Some(code.to_owned()), text)
    }

    #[test]
    fn only_what_is_said_of_the_recipient_bounces() {
        let unknown = "permanent error (550): 5.1.1 <lea@famille.example>: no such mailbox";
        assert_eq!(
            judged(Step::Recipient, "550", unknown),
            Verdict::Bounced("550 5.1.1".into())
        );
        assert_eq!(
            judged(Step::Recipient, "550", "no such user"),
            Verdict::Bounced("550".into())
        );
        for (step, code, text) in [
            (Step::Recipient, "550", "5.7.1 relaying denied"),
            (Step::Recipient, "530", "5.5.1 authentication required"),
            (Step::Recipient, "452", "4.2.2 mailbox full"),
            (Step::Sender, "550", "5.1.8 bad sender"),
            (Step::Content, "421", "closing"),
        ] {
            assert!(matches!(judged(step, code, text), Verdict::Later(_)), "{text}");
        }
        assert_eq!(
            judged(Step::Content, "552", "5.2.3 too large"),
            Verdict::Refused("552 5.2.3".into())
        );
        assert!(matches!(
            judge(Step::Content, None, "timed out"),
            Verdict::Broken(_)
        ));
    }

    #[test]
    fn no_address_of_the_servers_words_is_kept() {
        assert_eq!(
            said("550", "5.1.1 <lea@famille.example> 192.0.2.17 unknown"),
            "550 5.1.1"
        );
        assert_eq!(said("550", "<lea@10.2.3.4> unknown"), "550");
    }
}
