//! An agent at the desk, page by page, for the stories in which tablets matter more than screens.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;

use system_tests::tablet::text;
use system_tests::town::SLUG;
use system_tests::{Server, Town};

/// An agent at the desk, with nothing but plain forms.
pub(crate) struct Desk {
    address: String,
    cookies: BTreeMap<String, String>,
}

impl Desk {
    /// Logs in as the demo town's agent of that role.
    pub(crate) fn of(town: &Town, server: &Server, role: &str) -> Self {
        let agents = town.demo()["agents"].as_array().expect("agents");
        let agent = agents
            .iter()
            .find(|agent| agent["role"] == role)
            .expect("an agent of that role");
        let mut desk = Self {
            address: server.address().to_owned(),
            cookies: BTreeMap::new(),
        };
        let fields = [
            ("email", text(&agent["email"])),
            ("mot_de_passe", text(&agent["password"])),
        ];
        assert_eq!(desk.fill_in("connexion", &fields), 303, "the password is right");
        desk
    }

    fn ask(&mut self, head: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = format!(
            "{head} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            cookies.join("; "),
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("the server reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer in UTF-8");
        let (head, page) = answer.split_once("\r\n\r\n").expect("an answer in HTTP");
        for line in head.lines() {
            let Some(cookie) = line.strip_prefix("set-cookie: ") else {
                continue;
            };
            if let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        (status.expect("a status"), page.to_owned())
    }

    /// A page that must be there.
    pub(crate) fn page(&mut self, page: &str) -> String {
        let (status, text) = self.ask(&format!("GET /{SLUG}/gestion/{page}"), "");
        assert_eq!(status, 200, "{page}: {text}");
        text
    }

    /// Fills in the form of a page and sends it to that page.
    pub(crate) fn fill_in(&mut self, page: &str, fields: &[(&str, &str)]) -> u16 {
        self.send(page, page, fields)
    }

    /// Fills in the form of a page and sends it elsewhere.
    pub(crate) fn send(&mut self, page: &str, to: &str, fields: &[(&str, &str)]) -> u16 {
        let form = self.page(page);
        let mut sent = format!("jeton={}", hidden(&form, "jeton").expect("a form of our own"));
        if let Some(version) = hidden(&form, "version") {
            sent += "&version=";
            sent += &version;
        }
        for (name, value) in fields {
            sent += "&";
            sent += name;
            sent += "=";
            sent += &encoded(value);
        }
        self.ask(&format!("POST /{SLUG}/gestion/{to}"), &sent).0
    }
}

fn hidden(page: &str, name: &str) -> Option<String> {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
    after.split('"').next().map(str::to_owned)
}

fn encoded(value: &str) -> String {
    use std::fmt::Write;
    value.bytes().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "%{byte:02X}");
        text
    })
}
