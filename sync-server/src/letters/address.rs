//! Where letters are handed in: `smtp://user:password@host:port`.

use std::fmt;
use std::str::FromStr;

use lettre::Address;
use lettre::transport::smtp::authentication::Credentials;

use crate::machine::is_here;

/// A mail server, as `serve --smtp` names it.
#[derive(Clone)]
pub struct SmtpAddress {
    /// Its name.
    pub(super) host: String,
    /// Its port.
    pub(super) port: u16,
    /// How the line is kept from strangers.
    pub(super) line: Line,
    /// Who we are to it.
    pub(super) credentials: Option<Credentials>,
    user: Option<String>,
}

/// How the line to a mail server is kept from strangers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Encrypted from the first byte.
    Tls,
    /// Encrypted after a greeting, or nothing is sent.
    StartTls,
    /// As it is: within this machine, or where the host says so.
    Open,
}

/// Why an address cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmtpAddressError {
    /// It is not written as one.
    #[error(
        "Écrivez le serveur de courrier smtp://utilisateur:mot-de-passe@hôte:port, ou smtps://… ; les signes particuliers en %XX."
    )]
    Unreadable,
    /// A password would be read by strangers.
    #[error(
        "Un mot de passe ne part pas en clair : retirez ?tls=none, ou prenez un serveur de cette machine."
    )]
    Exposed,
}

impl FromStr for SmtpAddress {
    type Err = SmtpAddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url: reqwest::Url = text.parse().map_err(|_| SmtpAddressError::Unreadable)?;
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or(SmtpAddressError::Unreadable)?.to_owned();
        let bare = host.trim_matches(['[', ']']);
        let here = is_here(bare);
        let line = match (url.scheme(), url.query()) {
            ("smtps", None) => Line::Tls,
            ("smtp", None) if here => Line::Open,
            ("smtp", None | Some("tls=required")) => Line::StartTls,
            ("smtp", Some("tls=none")) => Line::Open,
            _ => return Err(SmtpAddressError::Unreadable),
        };
        if !matches!(url.path(), "" | "/") {
            return Err(SmtpAddressError::Unreadable);
        }
        let user = plain(url.username()).filter(|user| !user.is_empty());
        let credentials = match (&user, url.password()) {
            (None, None) => None,
            (Some(user), Some(password)) => {
                let password = plain(password).ok_or(SmtpAddressError::Unreadable)?;
                Some(Credentials::new(user.clone(), password))
            }
            _ => return Err(SmtpAddressError::Unreadable),
        };
        if credentials.is_some() && line == Line::Open && !here {
            return Err(SmtpAddressError::Exposed);
        }
        let usual = match (line, &credentials) {
            (Line::Tls, _) => 465,
            (_, Some(_)) => 587,
            (_, None) => 25,
        };
        Ok(Self {
            host: bare.to_owned(),
            port: url.port().unwrap_or(usual),
            line,
            credentials,
            user,
        })
    }
}

/// Without `%XX`; `None` where one is not whole, or the text is no text.
fn plain(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let code = digit(bytes.next())? * 16 + digit(bytes.next())?;
            out.push(u8::try_from(code).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

/// Without its password.
impl fmt::Display for SmtpAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.line == Line::Tls { "smtps" } else { "smtp" };
        write!(f, "{scheme}://")?;
        if let Some(user) = &self.user {
            write!(f, "{user}:…@")?;
        }
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl fmt::Debug for SmtpAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Whether letters can be sent to this address.
pub fn is_address(text: &str) -> bool {
    text.parse::<Address>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> SmtpAddress {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_is_read_whole_and_shown_without_its_password() {
        let far = read("smtp://portail%40ville.example:p%C3%A9ril@relais.example");
        assert_eq!(
            (far.host.as_str(), far.port, far.line),
            ("relais.example", 587, Line::StartTls)
        );
        assert_eq!(
            far.to_string(),
            "smtp://portail@ville.example:…@relais.example:587"
        );
        assert!(!format!("{far:?}").contains("péril"));
        assert_eq!(read("smtps://relais.example").port, 465);
        let near = read("smtp://127.0.0.1:2525");
        assert_eq!((near.port, near.line), (2525, Line::Open));
        assert_eq!(read("smtp://relais.example?tls=none").line, Line::Open);
        assert_eq!(read("smtp://relais.example").port, 25);
    }

    #[test]
    fn a_password_never_goes_in_clear_over_a_line() {
        let exposed = "smtp://a:b@relais.example?tls=none".parse::<SmtpAddress>();
        assert_eq!(exposed.unwrap_err(), SmtpAddressError::Exposed);
        assert!("smtp://a:b@127.0.0.1:25".parse::<SmtpAddress>().is_ok());
        for wrong in [
            "",
            "relais.example",
            "http://relais.example",
            "smtp://",
            "smtp://a@relais.example",
            "smtp://a:%f@relais.example",
            "smtp://relais.example/chemin",
            "smtp://relais.example?tls=maybe",
        ] {
            assert!(wrong.parse::<SmtpAddress>().is_err(), "{wrong}");
        }
    }
}
