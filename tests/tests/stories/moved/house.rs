//! Where a town may live: a data folder, or a database with a folder of keys beside it.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use system_tests::programs::{Said, command};
use system_tests::town::{MORNING, SLUG, copy};
use system_tests::{Tablet, Town};

/// A host: a folder, and the database in which its stores lie, if they lie in one.
pub(super) struct House {
    pub(super) folder: PathBuf,
    pub(super) database: Option<String>,
}

impl House {
    pub(super) fn files(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            database: None,
        }
    }

    pub(super) fn database(folder: &Path, url: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            database: Some(url.to_owned()),
        }
    }

    /// A house of files with a copy of the demo town.
    pub(super) fn with_demo(town: &Town, name: &str) -> Self {
        let folder = town.place(name);
        copy(&town.data(), &folder);
        Self::files(&folder)
    }

    /// What `--to` says of it.
    pub(super) fn address(&self) -> String {
        self.database
            .clone()
            .unwrap_or_else(|| self.folder.display().to_string())
    }

    pub(super) fn start(&self, args: &[&str]) -> Command {
        let mut command = command("preau-server");
        command.arg("--data").arg(&self.folder);
        if let Some(url) = &self.database {
            command.args(["--store", url]);
        }
        command.args(["--now", MORNING, "--json"]).args(args);
        command
    }

    pub(super) fn run(&self, args: &[&str]) -> Said {
        Said::of(self.start(args).output().expect("preau-server can be started"))
    }

    /// The arguments of a move from here; a database elsewhere shares the keys' folder of `to`.
    pub(super) fn moving<'a>(to_address: &'a str, to_keys: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let mut args = vec!["move", SLUG, "--to", to_address, "--to-keys", to_keys];
        args.extend(more);
        args
    }

    pub(super) fn move_to(&self, to: &Self, more: &[&str]) -> Said {
        self.run(&Self::moving(&to.address(), &to.keys(), more))
    }

    pub(super) fn keys(&self) -> String {
        self.folder.join("keys").display().to_string()
    }

    /// A clean report of `verify`.
    #[track_caller]
    pub(super) fn verified(&self) -> Value {
        let report = self.run(&["verify", SLUG]).done();
        assert_eq!(report["ok"], true, "{report:#}");
        report
    }

    /// The branch of the town, if it is listed here.
    #[track_caller]
    pub(super) fn incarnation(&self) -> Option<String> {
        let listed = self.run(&["commune", "list"]).done();
        let lines = listed.as_array().expect("a list");
        let line = lines.iter().find(|line| line["slug"] == SLUG)?;
        line["incarnation"].as_str().map(str::to_owned)
    }

    #[track_caller]
    pub(super) fn code(&self, site: &str) -> String {
        let said = self.run(&["enrol", SLUG, "--site", site]).done();
        said["code"].as_str().expect("a code").to_owned()
    }

    /// A tablet of a school, with its lists.
    #[track_caller]
    pub(super) fn tablet(&self, town: &Town, name: &str, url: &str, site: &str) -> Tablet {
        let tablet = town.blank_tablet(name);
        tablet.enrol(url, &self.code(site)).done();
        tablet
    }

    /// Starts the server of this house on an address.
    pub(super) fn serve(&self, address: &str) -> Serving {
        let log = self.folder.with_extension("log");
        fs::create_dir_all(&self.folder).expect("a folder");
        let log = File::options()
            .create(true)
            .append(true)
            .open(log)
            .expect("a log");
        let mut child = self
            .start(&["serve", "--listen", address])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("preau-server can be started");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its stdout is ours"))
            .read_line(&mut line)
            .expect("its first line");
        let said: Value =
            serde_json::from_str(&line).unwrap_or_else(|_| panic!("it does not listen: {line:?}"));
        Serving {
            child,
            address: said["listening"].as_str().expect("an address").to_owned(),
        }
    }
}

/// A server; it is killed when it goes out of scope.
pub(super) struct Serving {
    child: Child,
    pub(super) address: String,
}

impl Serving {
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
