//! A host on either engine, its servers as real processes, and what they take from the machine.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;

use serde_json::Value;
use shared::time::UtcMs;
use sync_server::clock::{Clock, Stopwatch};
use sync_server::host::{Host, Setup};
use system_tests::clock::wait_for;
use system_tests::programs;
use tempfile::TempDir;
use test_postgres::{Cluster, Database, Options};

use crate::town::{FINE, folder, morning};

/// When the servers believe to be started.
const NOW: &str = "2026-11-23T07:00:00+01:00";

/// A data folder, and a database server where the stores lie in one.
pub(crate) struct Place {
    folder: TempDir,
    database: Option<(Cluster, Database)>,
}

impl Place {
    /// Stores are files.
    pub(crate) fn files() -> Self {
        Self {
            folder: folder(),
            database: None,
        }
    }

    /// Stores are schemas of a server that waits for its disk at every commit.
    pub(crate) fn postgres() -> Self {
        let cluster = Cluster::start(Options {
            durable: true,
            settings: vec!["max_locks_per_transaction=256".into()],
        });
        let database = cluster.database();
        Self {
            folder: folder(),
            database: Some((cluster, database)),
        }
    }

    /// The engine's name.
    pub(crate) fn engine(&self) -> &'static str {
        match self.database {
            None => "SQLite",
            Some(_) => "PostgreSQL",
        }
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The database, where there is one.
    pub(crate) fn database(&self) -> Option<&Database> {
        self.database.as_ref().map(|(_, database)| database)
    }

    /// The host, opened by this process.
    pub(crate) fn host(&self) -> Arc<Host> {
        let mut setup = Setup::folder(&self.data());
        if let Some(database) = self.database() {
            setup.store = database.url().parse().expect(FINE);
        }
        Host::open(setup, Clock::starting_at(morning())).expect(FINE)
    }

    /// KiB that the database server's processes take, each shared page counted once; 0 without one.
    pub(crate) fn database_kib(&self) -> f64 {
        let Some((cluster, _)) = &self.database else {
            return 0.0;
        };
        let file = cluster.folder().join("data/postmaster.pid");
        let first = fs::read_to_string(file).expect(FINE);
        let first: u32 = first.lines().next().expect(FINE).parse().expect(FINE);
        let all = fs::read_dir("/proc").expect(FINE).flatten();
        let pids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        pids.filter(|pid| *pid == first || parent(*pid) == Some(first))
            .map(pss_kib)
            .sum()
    }

    /// KiB of the disk that the stores take, logs of the database server aside.
    pub(crate) fn disk_kib(&self) -> f64 {
        match self.database() {
            None => size_of(&self.data().join("communes")) / 1024.0,
            Some(database) => {
                let row = database
                    .client()
                    .query_one("select pg_database_size(current_database())", &[]);
                row.expect(FINE).get::<_, i64>(0) as f64 / 1024.0
            }
        }
    }
}

fn size_of(folder: &Path) -> f64 {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .filter_map(|file| file.metadata().ok())
        .map(|meta| meta.len() as f64)
        .sum()
}

fn parent(pid: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    line.trim().parse().ok()
}

fn pss_kib(pid: u32) -> f64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").trim().parse().ok())
        .unwrap_or(0.0)
}

/// Milliseconds of processor time that a process has had, to a hundredth of a second.
pub(crate) fn processor_ms(pid: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect(FINE);
    let (_, after) = stat.rsplit_once(')').expect(FINE);
    let fields: Vec<f64> = after.split(' ').filter_map(|field| field.parse().ok()).collect();
    // Behind the name and the letter of the state: user and system time, in ticks of 10 ms.
    (fields[10] + fields[11]) * 10.0
}

/// `preau-server serve`; it is killed when it goes out of scope.
pub(crate) struct Process {
    child: Child,
    address: String,
    started: Stopwatch,
}

impl Process {
    /// Starts one and waits until it says where it listens.
    pub(crate) fn start(place: &Place) -> Self {
        Self::start_as(place, "127.0.0.1:0", NOW)
    }

    /// The same on this port of this machine, at this time.
    pub(crate) fn start_at(place: &Place, port: u16, now: UtcMs) -> Self {
        let now = chrono::DateTime::from_timestamp_millis(now.0).expect(FINE);
        Self::start_as(place, &format!("127.0.0.1:{port}"), &now.to_rfc3339())
    }

    fn start_as(place: &Place, listen: &str, now: &str) -> Self {
        let started = Stopwatch::start();
        let mut command = programs::command("preau-server");
        command.arg("--data").arg(place.data());
        if let Some(database) = place.database() {
            command.args(["--store", &database.url()]);
        }
        let mut child = command
            .args(["--now", now, "--json", "serve", "--listen", listen])
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect(FINE);
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect(FINE))
            .read_line(&mut line)
            .expect(FINE);
        let said: Value = serde_json::from_str(&line).expect("a server that listens");
        Self {
            child,
            address: said["listening"].as_str().expect(FINE).to_owned(),
            started,
        }
    }

    /// `host:port`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Seconds since it was started.
    pub(crate) fn age(&self) -> f64 {
        self.started.seconds()
    }

    /// KiB of memory, each shared page counted by its share.
    pub(crate) fn kib(&self) -> f64 {
        pss_kib(self.child.id())
    }

    /// Open file descriptors.
    pub(crate) fn descriptors(&self) -> f64 {
        fs::read_dir(format!("/proc/{}/fd", self.child.id()))
            .expect(FINE)
            .count() as f64
    }

    /// Milliseconds of processor time so far, to a hundredth of a second.
    pub(crate) fn processor_ms(&self) -> f64 {
        processor_ms(self.child.id())
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it has looked at so many communes.
    pub(crate) fn surveyed(&self, communes: usize) {
        let wanted = format!("preau_communes_surveyed{{result=\"sound\"}} {communes}");
        for _ in 0..10 {
            let done = std::panic::catch_unwind(|| {
                wait_for("the survey", || {
                    let (_, page) = Line::to(&self.address).get("/metrics", "");
                    String::from_utf8_lossy(&page).contains(&wanted).then_some(())
                });
            });
            if done.is_ok() {
                return;
            }
        }
        panic!("the survey of {communes} communes does not end");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection of HTTP that is kept.
pub(crate) struct Line {
    host: String,
    stream: BufReader<TcpStream>,
}

impl Line {
    pub(crate) fn to(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect(FINE);
        stream.set_nodelay(true).expect(FINE);
        Self {
            host: address.to_owned(),
            stream: BufReader::new(stream),
        }
    }

    /// Fetches a page: its head and its body.
    pub(crate) fn get(&mut self, path: &str, cookie: &str) -> (String, Vec<u8>) {
        self.ask("GET", path, cookie, "")
    }

    /// Sends a form.
    pub(crate) fn post(&mut self, path: &str, cookie: &str, form: &str) -> (String, Vec<u8>) {
        self.ask("POST", path, cookie, form)
    }

    fn ask(&mut self, method: &str, path: &str, cookie: &str, body: &str) -> (String, Vec<u8>) {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: {cookie}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes()).expect(FINE);
        let mut head = String::new();
        loop {
            let before = head.len();
            self.stream.read_line(&mut head).expect(FINE);
            if head.len() - before <= 2 {
                break;
            }
        }
        let mut headers = head.lines().filter_map(|line| line.split_once(": "));
        let length = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let length: usize = length.map_or(0, |(_, length)| length.trim().parse().expect(FINE));
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect(FINE);
        (head, body)
    }
}
