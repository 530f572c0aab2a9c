//! A mail server that takes every letter and lets stories read them: Debian's aiosmtpd on the loopback. It ends with
//! whoever started it.
//!
//! What it does with an address stands in the address: to `inconnu…` it answers 550, to `plein…` 452, and who writes
//! to `plus-tard…` is asked to come again once.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;

/// How long a letter may take to come before a story gives up.
const PATIENCE: Duration = Duration::from_mins(2);

/// A letter as the mail server took it.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Sender of the envelope.
    pub from: String,
    /// Recipients of the envelope.
    pub to: Vec<String>,
    /// Its plain text.
    pub text: String,
    /// Its HTML.
    pub html: String,
    headers: Vec<(String, String)>,
}

impl Mail {
    /// A header, or nothing where there is none.
    pub fn header(&self, name: &str) -> &str {
        let found = self
            .headers
            .iter()
            .find(|(one, _)| one.eq_ignore_ascii_case(name));
        found.map_or("", |(_, value)| value)
    }

    /// Its subject.
    pub fn subject(&self) -> &str {
        self.header("Subject")
    }

    /// The path of its link, such as `/demo/activer/JETON`.
    ///
    /// # Panics
    /// When it holds no link.
    pub fn path(&self) -> String {
        let word = self.text.split_whitespace().find(|word| word.starts_with("http"));
        let link = word.unwrap_or_else(|| panic!("a letter with a link:\n{}", self.text));
        let (_, rest) = link.split_once("://").expect("an address");
        rest.find('/').map(|at| rest[at..].to_owned()).expect("a path")
    }
}

/// The mail server.
pub struct SmtpSink {
    port: u16,
    child: Option<Child>,
    came: Option<Receiver<Mail>>,
    mails: Vec<Mail>,
}

impl Default for SmtpSink {
    fn default() -> Self {
        Self::start()
    }
}

impl SmtpSink {
    /// Starts one on a free port.
    pub fn start() -> Self {
        let mut sink = Self {
            port: 0,
            child: None,
            came: None,
            mails: Vec::new(),
        };
        sink.launch();
        sink
    }

    /// What `serve --smtp` is given.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The options of `serve` that have letters sent here.
    pub fn options(&self) -> [String; 4] {
        let from = "portail@ville.example".to_owned();
        ["--smtp".to_owned(), self.url(), "--smtp-from".to_owned(), from]
    }

    /// Ends it: nobody answers at its port any more.
    pub fn stop(&mut self) {
        self.gather();
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Starts it again on the same port.
    ///
    /// # Panics
    /// When it runs.
    pub fn start_again(&mut self) {
        assert!(self.child.is_none(), "it runs");
        self.launch();
    }

    /// The letters that came so far, in order.
    pub fn mails(&mut self) -> &[Mail] {
        self.gather();
        &self.mails
    }

    /// The letters once there are so many.
    ///
    /// # Panics
    /// When they do not come.
    pub fn wait_for(&mut self, many: usize) -> &[Mail] {
        while self.mails.len() < many {
            self.wait();
        }
        self.mails()
    }

    /// The newest letter to this address, once there is one.
    ///
    /// # Panics
    /// When none comes.
    pub fn letter_to(&mut self, address: &str) -> Mail {
        self.letter(|mail| mail.to.iter().any(|to| to == address))
    }

    /// The newest letter of which this is true, once there is one.
    ///
    /// # Panics
    /// When none comes.
    pub fn letter(&mut self, is_it: impl Fn(&Mail) -> bool) -> Mail {
        loop {
            if let Some(mail) = self.mails().iter().rev().find(|mail| is_it(mail)) {
                return mail.clone();
            }
            self.wait();
        }
    }

    fn wait(&mut self) {
        let came = self.came.as_ref().expect("a mail server that runs");
        let mail = came.recv_timeout(PATIENCE).unwrap_or_else(|error| {
            let here: Vec<_> = self.mails.iter().map(|mail| (&mail.to, mail.subject())).collect();
            panic!("no letter comes ({error}); {} came: {here:#?}", here.len())
        });
        self.mails.push(mail);
    }

    fn gather(&mut self) {
        if let Some(came) = &self.came {
            self.mails.extend(came.try_iter());
        }
    }

    fn launch(&mut self) {
        // Debian's own, whatever else is called python3.
        let mut child = Command::new("/usr/bin/python3")
            .args(["-c", include_str!("smtp_sink.py"), &self.port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 with aiosmtpd: scripts/setup.sh tests");
        let stdout = child.stdout.take().expect("its stdout is ours");
        self.child = Some(child);
        let mut lines = BufReader::new(stdout).lines();
        let first = lines
            .next()
            .and_then(Result::ok)
            .expect("python3 with aiosmtpd: scripts/setup.sh tests");
        let first: Value = serde_json::from_str(&first).expect("its port");
        self.port = first["port"]
            .as_u64()
            .and_then(|port| port.try_into().ok())
            .expect("a port");
        let (send, came) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let said: Value = serde_json::from_str(&line).expect("a line of the mail server");
                if send.send(mail(&said)).is_err() {
                    return;
                }
            }
        });
        self.came = Some(came);
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.stop();
    }
}

fn mail(said: &Value) -> Mail {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    Mail {
        from: text(&said["from"]),
        to: list(&said["to"]).iter().map(text).collect(),
        text: text(&said["text"]),
        html: text(&said["html"]),
        headers: list(&said["headers"])
            .iter()
            .map(|pair| (text(&pair[0]), text(&pair[1])))
            .collect(),
    }
}
