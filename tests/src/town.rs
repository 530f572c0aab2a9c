//! A town with invented people, in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::programs::{Said, run};
use crate::{Server, Tablet};

/// The town's short name.
pub const SLUG: &str = "demo";
/// The Monday on which stories begin.
pub const MONDAY: &str = "2026-11-23";
/// The Friday after.
pub const FRIDAY: &str = "2026-11-27";
/// When the town was made, and when its server starts.
pub const MORNING: &str = "2026-11-23T07:00:00+01:00";

/// A town: its data folder, and what `demo.json` says of its people.
pub struct Town {
    folder: TempDir,
    demo: Value,
}

impl Default for Town {
    fn default() -> Self {
        Self::new()
    }
}

impl Town {
    /// A fresh copy of the demo town.
    ///
    /// # Panics
    /// When the disk does not want it.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the town");
        copy(template(), &folder.path().join("data"));
        let text = fs::read_to_string(folder.path().join("data/demo.json")).expect("demo.json");
        Self {
            folder,
            demo: serde_json::from_str(&text).expect("demo.json is JSON"),
        }
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A place for a story's own things.
    pub fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `demo.json`.
    pub fn demo(&self) -> &Value {
        &self.demo
    }

    /// Runs a command of the server on this town's data.
    pub fn command(&self, args: &[&str]) -> Said {
        self.command_at(MORNING, args)
    }

    /// The same at another time.
    pub fn command_at(&self, now: &str, args: &[&str]) -> Said {
        let data = self.data();
        let mut all = vec![
            "--data",
            data.to_str().expect("a path in UTF-8"),
            "--now",
            now,
            "--json",
        ];
        all.extend(args);
        run("preau-server", all)
    }

    /// Starts the town's server.
    pub fn server(&self) -> Server {
        Server::start(&self.data(), MORNING)
    }

    /// A new one-time code for a tablet.
    pub fn code(&self, sites: &[&str]) -> String {
        let mut args = vec!["enrol", SLUG];
        for site in sites {
            args.extend(["--site", site]);
        }
        self.command(&args).done()["code"]
            .as_str()
            .expect("a code")
            .to_owned()
    }

    /// A tablet that knows nobody yet.
    pub fn blank_tablet(&self, name: &str) -> Tablet {
        Tablet::new(&self.place(name))
    }

    /// A tablet enrolled for these sites through that address, with its lists.
    ///
    /// # Panics
    /// When it cannot be enrolled.
    pub fn tablet(&self, name: &str, address: &str, sites: &[&str]) -> Tablet {
        let tablet = self.blank_tablet(name);
        let enrolled = tablet.enrol(address, &self.code(sites)).done();
        assert_eq!(enrolled["synced"], true, "the lists come with the enrolment");
        tablet
    }

    /// What `verify` found; it must be clean.
    ///
    /// # Panics
    /// When it is not.
    #[track_caller]
    pub fn verify(&self) -> Value {
        let report = self.command(&["verify", SLUG]).done();
        assert_eq!(report["ok"], true, "{report:#}");
        assert_eq!(report["problems"], serde_json::json!([]));
        report
    }

    /// How many distinct marks a clean `verify` counts.
    #[track_caller]
    pub fn verified_marks(&self) -> usize {
        usize::try_from(self.verify()["marks"].as_u64().expect("a count")).unwrap_or(0)
    }

    /// Copies the data folder; the server must be stopped.
    pub fn back_up(&self, name: &str) {
        copy(&self.data(), &self.place(name));
    }

    /// Puts a copy back in place of the data folder, as after a fire; the server must be stopped.
    ///
    /// # Panics
    /// When the disk does not want it.
    pub fn put_back(&self, name: &str) {
        fs::remove_dir_all(self.data()).expect("the old data goes");
        copy(&self.place(name), &self.data());
    }
}

/// Copies a folder.
///
/// # Panics
/// When the disk does not want it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap_or_else(|e| panic!("{}: {e}", to.display()));
    for entry in fs::read_dir(from).unwrap_or_else(|e| panic!("{}: {e}", from.display())) {
        let path = entry.expect("a folder that opens can be listed").path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        }
    }
}

/// The demo town, made once per process: hashing its passwords takes seconds.
fn template() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let towns = crate::programs::folder().join("preau-test-towns");
        sweep(&towns);
        let data = towns.join(std::process::id().to_string());
        let path = data.to_str().expect("a path in UTF-8");
        let args = [
            "--data", path, "--now", MORNING, "--json", "commune", "create", SLUG,
        ];
        run(
            "preau-server",
            args.into_iter()
                .chain(["--name", "Ville de Démonstration", "--demo"]),
        )
        .done();
        data
    })
}

/// Removes what processes left that are gone.
fn sweep(towns: &Path) {
    for entry in fs::read_dir(towns).into_iter().flatten().flatten() {
        let owner = entry.file_name();
        if !Path::new("/proc").join(&owner).exists() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
