//! A browser without a screen: pages, forms and cookies over plain HTTP on the loopback.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::DrillError;

/// How long a page may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// A browser.
#[derive(Clone)]
pub(super) struct Browser {
    address: String,
    cookies: BTreeMap<String, String>,
}

/// What was answered.
pub(super) struct Page {
    /// The status.
    pub(super) status: u16,
    /// The text.
    pub(super) html: String,
}

impl Browser {
    /// A new one that knows `host:port` alone.
    pub(super) fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            cookies: BTreeMap::new(),
        }
    }

    /// Asks for a page.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when no whole answer comes.
    pub(super) fn get(&mut self, path: &str) -> Result<Page, DrillError> {
        self.ask("GET", path, "")
    }

    /// Sends a form.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when no whole answer comes.
    pub(super) fn post(&mut self, path: &str, fields: &[(String, String)]) -> Result<Page, DrillError> {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
            .collect();
        self.ask("POST", path, &pairs.join("&"))
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Result<Page, DrillError> {
        let broken = |why: String| DrillError::Broken(format!("{method} {path} : {why}"));
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let mut request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\naccept: text/html\r\nconnection: close\r\ncookie: {}\r\n",
            self.address,
            cookies.join("; ")
        );
        if method == "POST" {
            request += "content-type: application/x-www-form-urlencoded\r\n";
            let _ = write!(request, "content-length: {}\r\n", body.len());
        }
        request += "\r\n";
        request += body;
        let answer = || -> std::io::Result<Vec<u8>> {
            let mut line = TcpStream::connect(&self.address)?;
            line.set_read_timeout(Some(PATIENCE))?;
            line.set_write_timeout(Some(PATIENCE))?;
            line.write_all(request.as_bytes())?;
            let mut answer = Vec::new();
            line.read_to_end(&mut answer)?;
            Ok(answer)
        };
        let answer = answer().map_err(|e| broken(e.to_string()))?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, html) = answer
            .split_once("\r\n\r\n")
            .ok_or_else(|| broken("la réponse est coupée".into()))?;
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        self.keep_cookies(head);
        Ok(Page {
            status: status.ok_or_else(|| broken("la réponse n’en est pas une".into()))?,
            html: html.to_owned(),
        })
    }

    fn keep_cookies(&mut self, head: &str) {
        for line in head.lines() {
            let Some((name, value)) = line.split_once(':') else {
                continue;
            };
            if !name.eq_ignore_ascii_case("set-cookie") {
                continue;
            }
            if let Some((name, value)) = value.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.insert(name.trim().to_owned(), value.to_owned());
            }
        }
    }
}

/// A name or value as a form is sent.
fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
