//! A town with invented people, in a folder of its own and, on PostgreSQL, a database of its own.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde_json::Value;
use tempfile::TempDir;
use test_postgres::{Cluster, Database};

use crate::programs::{Said, run, run_with};
use crate::{Server, SmtpSink, Tablet};

/// The town's short name.
pub const SLUG: &str = "demo";
/// The Monday on which stories begin.
pub const MONDAY: &str = "2026-11-23";
/// The Friday after.
pub const FRIDAY: &str = "2026-11-27";
/// When the town was made, and when its server starts.
pub const MORNING: &str = "2026-11-23T07:00:00+01:00";

/// A town: its data folder, its database if it lies in one, and what `demo.json` says of its people.
pub struct Town {
    folder: TempDir,
    database: Option<Held>,
    demo: Value,
}

/// A town's database, how its server reaches it, and copies of it by name.
struct Held {
    database: Database,
    url: String,
    copies: Mutex<BTreeMap<String, Database>>,
}

impl Default for Town {
    fn default() -> Self {
        Self::new()
    }
}

impl Town {
    /// A fresh copy of the demo town, on the engine that [`test_postgres::wanted`] names.
    ///
    /// # Panics
    /// When the disk or the database server does not want it.
    pub fn new() -> Self {
        if test_postgres::wanted() {
            Self::in_postgres()
        } else {
            Self::in_files()
        }
    }

    /// The same in files, for a story about them.
    pub fn in_files() -> Self {
        static MADE: OnceLock<PathBuf> = OnceLock::new();
        let template = MADE.get_or_init(|| {
            let data = template_folder("files");
            make(&place(&data, None));
            data
        });
        Self::over(template, None)
    }

    /// The same in a database of the cluster that all tests of this process share.
    pub fn in_postgres() -> Self {
        static MADE: OnceLock<(PathBuf, Database)> = OnceLock::new();
        let (folder, template) = MADE.get_or_init(|| {
            let (data, database) = (template_folder("postgres"), Cluster::shared().database());
            make(&place(&data, Some(&database.url())));
            (data, database)
        });
        let database = template.copy();
        let url = database.url();
        Self::over(folder, Some((database, url)))
    }

    /// A town made in this database, reached by that address.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn in_database(database: Database, url: String) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the town");
        make(&place(folder.path(), Some(&url)));
        Self::over(folder.path(), Some((database, url)))
    }

    fn over(template: &Path, database: Option<(Database, String)>) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the town");
        copy(template, &folder.path().join("data"));
        let text = fs::read_to_string(folder.path().join("data/demo.json")).expect("demo.json");
        let database = database.map(|(database, url)| Held {
            database,
            url,
            copies: Mutex::default(),
        });
        Self {
            folder,
            database,
            demo: serde_json::from_str(&text).expect("demo.json is JSON"),
        }
    }

    /// The data folder: its keys, `demo.json` and, unless it lies in a database, its store.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Its database, if it lies in one.
    pub fn database(&self) -> Option<&Database> {
        self.database.as_ref().map(|held| &held.database)
    }

    /// The address of its database, if it lies in one.
    pub fn url(&self) -> Option<&str> {
        self.database.as_ref().map(|held| held.url.as_str())
    }

    /// The options that tell a command where it lies.
    pub fn options(&self) -> Vec<OsString> {
        place(&self.data(), self.url())
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
        let mut all = self.options();
        all.extend(["--now", now, "--json"].map(OsString::from));
        all.extend(args.iter().map(OsString::from));
        run("preau-server", all)
    }

    /// Starts the town's server.
    pub fn server(&self) -> Server {
        self.server_at(MORNING)
    }

    /// The same at another time.
    pub fn server_at(&self, now: &str) -> Server {
        Server::start(self.options(), self.place("data.log"), now)
    }

    /// Starts one that ships off-site, with what its environment needs to know of the target.
    pub fn shipping_server(&self, offsite: &str, environment: &[(&str, String)]) -> Server {
        let options = ["--offsite", offsite];
        Server::start_with(
            self.options(),
            self.place("data.log"),
            MORNING,
            &options,
            environment,
        )
    }

    /// Starts one that has its letters sent through this mail server.
    pub fn mailing_server(&self, sink: &SmtpSink, now: &str) -> Server {
        let options = sink.options();
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        Server::start_with(self.options(), self.place("data.log"), now, &options, &[])
    }

    /// Runs a command with what its environment needs to know of a target.
    pub fn command_with(&self, environment: &[(&str, String)], args: &[&str]) -> Said {
        let mut all = self.options();
        all.extend(["--now", MORNING, "--json"].map(OsString::from));
        all.extend(args.iter().map(OsString::from));
        run_with("preau-server", all, environment)
    }

    /// Starts one more process that serves the town, with a log of that name.
    pub fn one_more_server(&self, name: &str) -> Server {
        Server::start(self.options(), self.place(&format!("{name}.log")), MORNING)
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

    /// Copies the data folder and the database; the server must be stopped.
    pub fn back_up(&self, name: &str) {
        copy(&self.data(), &self.place(name));
        if let Some(held) = &self.database {
            let mut copies = held.copies.lock().unwrap_or_else(PoisonError::into_inner);
            copies.insert(name.to_owned(), held.database.copy());
        }
    }

    /// Puts a copy back in place of them, as after a fire; the server must be stopped.
    ///
    /// # Panics
    /// When the disk or the database server does not want it.
    pub fn put_back(&self, name: &str) {
        fs::remove_dir_all(self.data()).expect("the old data goes");
        copy(&self.place(name), &self.data());
        if let Some(held) = &self.database {
            let copies = held.copies.lock().unwrap_or_else(PoisonError::into_inner);
            held.database
                .put_back(copies.get(name).expect("a copy of that name"));
        }
    }
}

/// The options that say where a town lies.
fn place(data: &Path, url: Option<&str>) -> Vec<OsString> {
    let mut options = vec![OsString::from("--data"), data.into()];
    if let Some(url) = url {
        options.extend(["--store", url].map(OsString::from));
    }
    options
}

/// Makes the demo town there.
fn make(place: &[OsString]) {
    let words = ["--now", MORNING, "--json", "commune", "create", SLUG];
    let named = ["--name", "Ville de Démonstration", "--demo"];
    let words = words.iter().chain(&named).map(OsStr::new);
    run("preau-server", place.iter().map(OsString::as_os_str).chain(words)).done();
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

/// Where a demo town is made once per process: hashing its passwords takes seconds.
fn template_folder(engine: &str) -> PathBuf {
    // Where processes are numbered anew, the numbers say nothing of those outside; what is mounted there
    // goes with them.
    let place = if crate::netns::is_inside() {
        PathBuf::from("/run")
    } else {
        crate::programs::folder()
    };
    let towns = place.join("preau-test-towns");
    sweep(&towns);
    towns.join(std::process::id().to_string()).join(engine)
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
