//! A tablet as a person with a command line uses it: every gesture is a process of its own, so
//! that the tablet is switched off between any two of them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::programs::{Said, command_under};
use crate::town::MORNING;

/// A tablet.
#[derive(Clone, Debug)]
pub struct Tablet {
    home: PathBuf,
    under: Vec<OsString>,
    /// What its clock says at each start; the machine's own time when it is `None`.
    pub now: Option<String>,
}

impl Tablet {
    /// One with this home folder.
    pub fn new(home: &Path) -> Self {
        Self {
            home: home.to_owned(),
            under: Vec::new(),
            now: Some(MORNING.to_owned()),
        }
    }

    /// The same tablet, its programs started under another one, such as one that takes them into a
    /// network of their own.
    #[must_use]
    pub fn under(self, under: Vec<OsString>) -> Self {
        Self { under, ..self }
    }

    /// Its home folder.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Sets its clock.
    pub fn clock(&mut self, now: &str) {
        self.now = Some(now.to_owned());
    }

    fn command(&self, args: &[&str]) -> std::process::Command {
        let mut command = command_under(&self.under, "preau-tablet");
        command.arg("--home").arg(&self.home).arg("--json");
        if let Some(now) = &self.now {
            command.args(["--now", now]);
        }
        command.args(args);
        command
    }

    /// Runs a command to its end.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn run(&self, args: &[&str]) -> Said {
        Said::of(self.command(args).output().expect("preau-tablet can be started"))
    }

    /// Starts a command without waiting for its end.
    ///
    /// # Panics
    /// When the program cannot be started.
    pub fn start(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("preau-tablet can be started")
    }

    /// Enrols it.
    pub fn enrol(&self, server: &str, code: &str) -> Said {
        self.run(&["enrol", "--server", server, "--code", code])
    }

    #[track_caller]
    fn mark(&self, args: &[&str]) -> String {
        self.run(args).done()["mark"]
            .as_str()
            .expect("the mark's id")
            .to_owned()
    }

    /// A child arrives. Answers the mark's id, as all taps do.
    #[track_caller]
    pub fn in_(&self, child: &str, activity: &str) -> String {
        self.mark(&["in", child, "--activity", activity])
    }

    /// A child leaves.
    #[track_caller]
    pub fn out(&self, child: &str, activity: &str) -> String {
        self.mark(&["out", child, "--activity", activity])
    }

    /// A child is absent.
    #[track_caller]
    pub fn absent(&self, child: &str, activity: &str) -> String {
        self.mark(&["absent", child, "--activity", activity])
    }

    /// A tap on another day's list, or with more to say.
    #[track_caller]
    pub fn tap(&self, what: &str, child: &str, activity: &str, more: &[&str]) -> String {
        self.mark(&[&[what, child, "--activity", activity], more].concat())
    }

    /// A list is closed.
    #[track_caller]
    pub fn close(&self, activity: &str, date: &str) -> String {
        self.mark(&["close", "--activity", activity, "--date", date])
    }

    /// A list is opened again.
    #[track_caller]
    pub fn reopen(&self, activity: &str, date: &str) -> String {
        self.mark(&["reopen", "--activity", activity, "--date", date])
    }

    /// A mark is undone.
    #[track_caller]
    pub fn undo(&self, mark: &str) -> String {
        self.mark(&["undo", mark])
    }

    /// The list of a date.
    #[track_caller]
    pub fn list(&self, date: &str) -> Vec<Value> {
        let listed = self.run(&["list", "--date", date]).done();
        listed.as_array().expect("a list").clone()
    }

    /// One child's row, by « Nom Prénom ».
    ///
    /// # Panics
    /// When the child is not on the list.
    #[track_caller]
    pub fn row(&self, date: &str, child: &str, activity: &str) -> Value {
        let rows = self.list(date);
        let found = rows
            .into_iter()
            .find(|row| name(row) == child && row["activity"] == activity);
        found.unwrap_or_else(|| panic!("{child} is not on the list of {activity} on {date}"))
    }

    /// An exchange with the server that must succeed.
    #[track_caller]
    pub fn sync(&self) -> Value {
        self.run(&["sync"]).done()
    }

    /// What the tablet holds and owes.
    #[track_caller]
    pub fn status(&self) -> Value {
        self.run(&["status"]).done()
    }

    /// Its sheets with their digests: two tablets of the same sites agree when these are equal.
    #[track_caller]
    pub fn sheets(&self) -> Value {
        self.status()["sheets"].clone()
    }

    /// Its contradictions.
    #[track_caller]
    pub fn conflicts(&self) -> Vec<Value> {
        self.run(&["conflicts"])
            .done()
            .as_array()
            .expect("a list")
            .clone()
    }

    /// The children expected for an activity, as « Nom Prénom »; namesakes of the day are left out.
    #[track_caller]
    pub fn expected(&self, date: &str, activity: &str) -> Vec<String> {
        let rows = self.list(date);
        let expected = |row: &&Value| row["activity"] == activity && row["state"] == "expected";
        let alone = |row: &&Value| {
            !rows
                .iter()
                .any(|other| name(other) == name(row) && other["child"] != row["child"])
        };
        rows.iter().filter(expected).filter(alone).map(name).collect()
    }
}

/// « Nom Prénom » of a row of a list.
pub fn name(row: &Value) -> String {
    format!("{} {}", text(&row["last_name"]), text(&row["first_name"]))
}

/// A JSON string's text.
///
/// # Panics
/// When it is none.
#[track_caller]
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}"))
}
