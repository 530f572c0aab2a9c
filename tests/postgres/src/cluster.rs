//! A cluster: one PostgreSQL server with its folder.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use crate::clock::wait_for;
use crate::database::{Database, Door, PASSWORD, ROLE};
use crate::options::{Options, locale};
use crate::programs::Programs;
use crate::watcher::Watcher;

/// Folders of clusters are named so, then by the pid of the test that owns them.
const PREFIX: &str = "preau-postgres-";

/// A PostgreSQL server of tests. It stops, and its folder goes, when this goes out of scope or its process ends in any
/// way at all.
#[derive(Debug)]
pub struct Cluster {
    door: Door,
    options: Options,
    copies: AtomicU32,
    running: Mutex<Running>,
}

#[derive(Debug)]
struct Running {
    watcher: Watcher,
    /// The pid of the server's first process, while it runs.
    server: Option<u32>,
}

/// The folder of a stopped cluster, as a host's backup of its disk would hold it. It goes with the cluster.
#[derive(Debug)]
pub struct Copy {
    folder: PathBuf,
    options: Options,
}

impl Cluster {
    /// The one server that the tests of this process share, started when first asked for.
    ///
    /// # Panics
    /// When it cannot be started; the message says what to do.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(Options::default()))
    }

    /// A server of one's own, to be killed, copied or replaced.
    ///
    /// # Panics
    /// When it cannot be started; the message says what to do.
    pub fn start(options: Options) -> Self {
        let programs = Programs::newest();
        let cluster = Self::in_new_folder(options);
        let mut initdb = programs.command("initdb", &cluster.door.folder);
        initdb
            .arg("--pgdata=data")
            .args([
                "--no-sync",
                "--username=postgres",
                "--encoding=UTF8",
                "--auth-local=trust",
                "--auth-host=scram-sha-256",
            ])
            .args(locale(programs));
        succeed(&mut initdb);
        let cluster = cluster.started();
        cluster
            .door
            .run(&format!("create role {ROLE} login password '{PASSWORD}'"));
        cluster
    }

    /// A server of its own on a copy of another's folder: the same system, as it was.
    ///
    /// # Panics
    /// When the copy cannot be copied or started.
    pub fn start_from(copy: &Copy) -> Self {
        let cluster = Self::in_new_folder(copy.options.clone());
        duplicate(&copy.folder, &cluster.data());
        cluster.started()
    }

    /// A second server that follows this one and may take its place. What this one has acknowledged reaches it a
    /// little later, and may be lost on the way.
    ///
    /// # Panics
    /// When this one does not run, or the other cannot be started.
    pub fn standby(&self) -> Self {
        let standby = Self::in_new_folder(self.options.clone());
        let mut backup = Programs::newest().command("pg_basebackup", &standby.door.folder);
        backup
            .args([
                "--pgdata=data",
                "--write-recovery-conf",
                "--checkpoint=fast",
                "--no-sync",
            ])
            .args(["--username=postgres", "--no-password", "--host"])
            .arg(&self.door.folder)
            .args(["--port", &self.door.port.to_string()]);
        succeed(&mut backup);
        standby.started()
    }

    /// A folder with its watcher; no server yet.
    fn in_new_folder(options: Options) -> Self {
        sweep();
        let programs = Programs::newest();
        let folder = tempfile::Builder::new()
            .prefix(&format!("{PREFIX}{}-", process::id()))
            .tempdir()
            .expect("a folder for the cluster")
            .keep();
        programs.give(&folder);
        let mut words = programs.words("postgres");
        words.push("-D".into());
        words.push(folder.join("data").display().to_string());
        words.extend(options.settings(&folder.display().to_string()));
        let watcher = Watcher::over(&folder, &words);
        Self {
            door: Door { folder, port: 0 },
            options,
            copies: AtomicU32::new(0),
            running: Mutex::new(Running {
                watcher,
                server: None,
            }),
        }
    }

    /// Started for the first time, on a port that nobody has.
    fn started(mut self) -> Self {
        for port in ports() {
            self.door.port = port;
            if self.launch() {
                return self;
            }
            let log = self.log();
            assert!(
                log.contains("Address already in use"),
                "PostgreSQL does not start:\n{log}"
            );
        }
        panic!("no port is free");
    }

    /// Starts the server and waits until it takes connections. `false` when it gave up.
    fn launch(&self) -> bool {
        let mut running = self.running();
        let pid = running.watcher.start(self.door.port);
        let ready = wait_for("PostgreSQL to start", || self.state(pid));
        if ready {
            running.server = Some(pid);
        } else {
            running.watcher.wait();
        }
        ready
    }

    /// Whether the server is ready (`true`) or gone (`false`); nothing while it starts.
    fn state(&self, pid: u32) -> Option<bool> {
        let status = fs::read_to_string(self.data().join("postmaster.pid")).unwrap_or_default();
        let mut lines = status.lines();
        if lines.next() == Some(&pid.to_string()) && lines.nth(6).map(str::trim) == Some("ready") {
            return Some(true);
        }
        ended(pid).then_some(false)
    }

    /// The TCP port on 127.0.0.1. It stays the same over [`Self::restart`].
    pub fn port(&self) -> u16 {
        self.door.port
    }

    /// Its folder: the data, the socket and the log.
    pub fn folder(&self) -> &Path {
        &self.door.folder
    }

    /// Everything the server logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.door.folder.join("log")).unwrap_or_default()
    }

    /// A fresh, empty database.
    ///
    /// # Panics
    /// When the server does not want it.
    pub fn database(&self) -> Database {
        Database::new(&self.door)
    }

    /// A copy of one of its databases; see [`Database::copy`].
    ///
    /// # Panics
    /// When the server does not want it.
    pub fn copy_of(&self, original: &Database) -> Database {
        original.copy()
    }

    /// Ends every process of the server between any two instructions, as a power cut would.
    ///
    /// # Panics
    /// When it does not run.
    pub fn kill9(&self) {
        let mut running = self.running();
        let server = running.server.take().expect("a server that runs");
        // Held first, so that no child is born meanwhile.
        signal("STOP", &[server]);
        let mut all = children(server);
        all.push(server);
        signal("KILL", &all);
        running.watcher.wait();
        wait_for("every process to end", || {
            all.iter().all(|pid| ended(*pid)).then_some(())
        });
    }

    /// Ends the server as its host would: sessions are cut, what was committed is on the disk.
    ///
    /// # Panics
    /// When it does not run.
    pub fn stop(&self) {
        let mut running = self.running();
        let server = running.server.take().expect("a server that runs");
        signal("INT", &[server]);
        running.watcher.wait();
    }

    /// Starts it again after [`Self::stop`] or [`Self::kill9`], on the same port.
    ///
    /// # Panics
    /// When it runs, or does not start.
    pub fn restart(&self) {
        assert!(self.running().server.is_none(), "it runs");
        assert!(self.launch(), "PostgreSQL does not start again:\n{}", self.log());
    }

    /// Makes a standby the server that takes writes, on a timeline of its own; returns when it does.
    ///
    /// # Panics
    /// When it is no standby, or does not become one that takes writes.
    pub fn promote(&self) {
        let done = self
            .door
            .work(|client| client.query_one(include_str!("sql/promote.sql"), &[]));
        let done: bool = done.unwrap_or_else(|error| panic!("{error:?}")).get(0);
        assert!(done, "the standby takes writes:\n{}", self.log());
    }

    /// Waits until this standby has everything that the primary has written to its disk.
    ///
    /// # Panics
    /// When it does not within a minute, or either does not run.
    pub fn catch_up(&self, primary: &Self) {
        let position = primary
            .door
            .work(|client| client.query_one(include_str!("sql/position.sql"), &[]));
        let position: String = position.unwrap_or_else(|error| panic!("{error:?}")).get(0);
        let replayed = || {
            let row = self
                .door
                .work(|client| client.query_one(include_str!("sql/replayed.sql"), &[&position]));
            row.ok()?.get::<_, Option<bool>>(0)?.then_some(())
        };
        wait_for("the standby to catch up", replayed);
    }

    /// Copies the folder; the server must be stopped.
    ///
    /// # Panics
    /// When it runs, or the disk does not want it.
    pub fn copy_folder(&self) -> Copy {
        assert!(self.running().server.is_none(), "stop it first");
        let number = self.copies.fetch_add(1, Ordering::Relaxed);
        let folder = self.door.folder.join(format!("copy-{number}"));
        duplicate(&self.data(), &folder);
        Copy {
            folder,
            options: self.options.clone(),
        }
    }

    /// Puts a copy in place of the folder, as a host that restores a disk; the server must be stopped.
    ///
    /// # Panics
    /// When it runs, or the disk does not want it.
    pub fn put_back(&self, copy: &Copy) {
        assert!(self.running().server.is_none(), "stop it first");
        fs::remove_dir_all(self.data()).expect("the old folder goes");
        duplicate(&copy.folder, &self.data());
    }

    fn data(&self) -> PathBuf {
        self.door.folder.join("data")
    }

    fn running(&self) -> MutexGuard<'_, Running> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Copies a tree with its owners and rights.
fn duplicate(from: &Path, to: &Path) {
    succeed(Command::new("cp").arg("--archive").arg(from).arg(to));
}

/// Runs a program to a good end.
fn succeed(command: &mut Command) {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?} cannot be started: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}\n{said}", output.status);
}

fn signal(name: &str, pids: &[u32]) {
    let pids: Vec<String> = pids.iter().map(u32::to_string).collect();
    // The shell's own word: Debian installs the program apart.
    succeed(Command::new("sh").args(["-c", &format!("kill -s {name} {}", pids.join(" "))]));
}

/// The state of a process (a letter) and its parent.
fn process(pid: u32) -> Option<(char, u32)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // After the name, which may hold anything, parentheses included.
    let mut rest = stat.rsplit_once(')')?.1.split_whitespace();
    let state = rest.next()?.chars().next()?;
    Some((state, rest.next()?.parse().ok()?))
}

/// Gone, or dead and not yet buried.
fn ended(pid: u32) -> bool {
    process(pid).is_none_or(|(state, _)| state == 'Z')
}

fn children(parent: u32) -> Vec<u32> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    all.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|pid| process(*pid).is_some_and(|(_, of)| of == parent))
        .collect()
}

/// Ports that nobody has, below those that the kernel gives to whoever asks for any: a server that is down for a
/// while finds its port free again.
fn ports() -> impl Iterator<Item = u16> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    const FIRST: u32 = 15_000;
    const COUNT: u32 = 15_000;
    let start = process::id().wrapping_mul(101);
    (0..COUNT)
        .map(move |_| start.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % COUNT + FIRST)
        .filter_map(|port| u16::try_from(port).ok())
        .filter(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
}

/// Removes folders whose test and watcher were both killed, as by the end of a container. A server that still runs in
/// one ends by itself within a minute once its folder is gone.
fn sweep() {
    let places = fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten();
    for place in places {
        let name = place.file_name();
        let owner = name
            .to_str()
            .and_then(|name| name.strip_prefix(PREFIX)?.split('-').next());
        if owner.is_some_and(|pid| !Path::new("/proc").join(pid).exists()) {
            let _ = fs::remove_dir_all(place.path());
        }
    }
}
