//! An agent at the desk, page by page, for the stories in which tablets matter more than screens.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use system_tests::tablet::text;
use system_tests::town::SLUG;
use system_tests::{Server, Town};

/// An agent at the desk, with nothing but plain forms.
#[derive(Clone)]
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
        let mut desk = Self::stranger(server);
        let fields = [
            ("email", text(&agent["email"])),
            ("mot_de_passe", text(&agent["password"])),
        ];
        assert_eq!(desk.fill_in("connexion", &fields), 303, "the password is right");
        desk
    }

    /// Somebody who has not logged in.
    pub(crate) fn stranger(server: &Server) -> Self {
        Self {
            address: server.address().to_owned(),
            cookies: BTreeMap::new(),
        }
    }

    /// The same browser, led to another process of the server.
    pub(crate) fn at(&self, server: &Server) -> Self {
        Self {
            address: server.address().to_owned(),
            cookies: self.cookies.clone(),
        }
    }

    /// The stream on which a board hears of changes.
    pub(crate) fn events(&self) -> Events {
        self.events_of(&self.address)
    }

    /// The same at a process with another address.
    pub(crate) fn events_of(&self, address: &str) -> Events {
        Events::open(address, &format!("/{SLUG}/gestion/evenements"), &self.cookies())
    }

    fn cookies(&self) -> String {
        let pairs: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn ask(&mut self, head: &str, body: &str) -> (u16, String) {
        let (status, _, page) = self.ask_for(head, "application/x-www-form-urlencoded", body.as_bytes());
        (status, page)
    }

    /// Answers the status, where it leads, and the page.
    fn ask_for(&mut self, head: &str, kind: &str, body: &[u8]) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        let request = format!(
            "{head} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\nconnection: close\r\n\
             content-type: {kind}\r\ncontent-length: {}\r\n\r\n",
            self.address,
            self.cookies(),
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("the server reads");
        stream.write_all(body).expect("the server reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer in UTF-8");
        let (head, page) = answer.split_once("\r\n\r\n").expect("an answer in HTTP");
        let mut leads = String::new();
        for line in head.lines() {
            if let Some(address) = line.strip_prefix("location: ") {
                address.clone_into(&mut leads);
            }
            let Some(cookie) = line.strip_prefix("set-cookie: ") else {
                continue;
            };
            if let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        (status.expect("a status"), leads, page.to_owned())
    }

    /// Sends a file with the form of a page; answers the page that it leads to.
    pub(crate) fn upload(&mut self, page: &str, to: &str, name: &str, file: &[u8]) -> String {
        let form = self.page(page);
        let token = hidden(&form, "jeton").expect("a form of our own");
        let edge = "frontiere-des-parties";
        let mut body = format!(
            "--{edge}\r\ncontent-disposition: form-data; name=\"jeton\"\r\n\r\n{token}\r\n\
             --{edge}\r\ncontent-disposition: form-data; name=\"fichier\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(format!("\r\n--{edge}--\r\n").as_bytes());
        let head = format!("POST /{SLUG}/gestion/{to}");
        let (status, leads, text) =
            self.ask_for(&head, &format!("multipart/form-data; boundary={edge}"), &body);
        assert_eq!(status, 303, "{text}");
        let home = format!("/{SLUG}/gestion/");
        leads.strip_prefix(&home).expect("a page of the desk").to_owned()
    }

    /// Anything under this server's address, whoever asks.
    pub(crate) fn anything(&mut self, path: &str) -> (u16, String) {
        self.ask(&format!("GET {path}"), "")
    }

    /// How a page is answered.
    pub(crate) fn status(&mut self, page: &str) -> u16 {
        self.ask(&format!("GET /{SLUG}/gestion/{page}"), "").0
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

/// A stream of events.
pub(crate) struct Events(BufReader<TcpStream>);

impl Events {
    /// Opens one.
    pub(crate) fn open(address: &str, path: &str, cookies: &str) -> Self {
        let mut stream = TcpStream::connect(address).expect("the server listens");
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookies}\r\naccept: text/event-stream\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).expect("the server reads");
        Self(BufReader::new(stream))
    }

    /// The journal entry that is told next; `None` when the stream is at its end.
    pub(crate) fn next(&mut self) -> Option<u64> {
        let mut line = String::new();
        loop {
            line.clear();
            self.0.read_line(&mut line).ok().filter(|n| *n > 0)?;
            if let Some(told) = line.strip_prefix("data:") {
                let told: serde_json::Value = serde_json::from_str(told).expect("an event in JSON");
                return told["seq"].as_u64();
            }
        }
    }

    /// Hears until the journal stands at an entry, or beyond.
    pub(crate) fn until(&mut self, seq: u64) {
        while self.next().expect("the stream goes on") < seq {}
    }
}

pub(crate) fn hidden(page: &str, name: &str) -> Option<String> {
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
