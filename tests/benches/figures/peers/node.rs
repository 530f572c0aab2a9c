//! The programs of `tests/peers`: PouchDB as a client and express-pouchdb as its server, in processes of their own.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use shared::ids::MarkId;

use crate::town::FINE;

/// Where the programs lie.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers");

/// A program that speaks in lines of JSON and ends when its stdin does.
struct Program {
    child: Child,
    stdin: Option<ChildStdin>,
    said: BufReader<ChildStdout>,
}

impl Program {
    fn start(script: &str, args: &[String]) -> Self {
        assert!(
            Path::new(FOLDER).join("node_modules").exists(),
            "{FOLDER}/node_modules is missing: scripts/bench.sh peers fetches it (needs Node 20 or newer and npm)"
        );
        let mut child = Command::new("node")
            .arg(Path::new(FOLDER).join(script))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node starts");
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take().expect(FINE));
        Self {
            child,
            stdin,
            said: BufReader::new(stdout),
        }
    }

    fn answer(&mut self) -> Value {
        let mut line = String::new();
        self.said.read_line(&mut line).expect(FINE);
        serde_json::from_str(&line).expect("node answers; its reason stands above")
    }

    fn ask(&mut self, command: &Value) -> Value {
        let stdin = self.stdin.as_mut().expect(FINE);
        writeln!(stdin, "{command}").expect("node listens; its reason stands above");
        self.answer()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.stdin.take();
        let _ = self.child.wait();
    }
}

/// express-pouchdb over a folder of LevelDB files.
pub(crate) struct Couch {
    program: Program,
    port: u64,
}

impl Couch {
    /// Starts one on a free port.
    pub(crate) fn start(folder: &Path) -> Self {
        Self::start_on(folder, 0)
    }

    /// Starts one on a port: PouchDB knows a server by its address.
    pub(crate) fn start_on(folder: &Path, port: u64) -> Self {
        fs::create_dir_all(folder).expect(FINE);
        let mut program = Program::start("server.js", &[folder.display().to_string(), port.to_string()]);
        let port = program.answer()["listening"].as_u64().expect(FINE);
        Self { program, port }
    }

    /// Its port.
    pub(crate) fn port(&self) -> u64 {
        self.port
    }

    /// `host:port`.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> u32 {
        self.program.child.id()
    }
}

/// What a replication took.
pub(crate) struct Replicated {
    /// From the call until PouchDB says that it is done.
    pub(crate) seconds: f64,
    /// HTTP requests.
    pub(crate) requests: usize,
    /// Documents that the other side did not hold.
    pub(crate) written: usize,
}

/// A process in which tablets hold their marks in PouchDB, one local database each.
pub(crate) struct Pouch {
    program: Program,
    folder: PathBuf,
}

impl Pouch {
    pub(crate) fn start(folder: &Path) -> Self {
        fs::create_dir_all(folder).expect(FINE);
        Self {
            program: Program::start("client.js", &[folder.display().to_string()]),
            folder: folder.to_owned(),
        }
    }

    /// Puts documents, one a line, into a local database.
    pub(crate) fn write(&mut self, name: &str, documents: &[u8]) {
        let file = self.folder.join(format!("{name}.documents"));
        fs::write(&file, documents).expect(FINE);
        self.program
            .ask(&json!({ "do": "write", "name": name, "file": file }));
        fs::remove_file(file).expect(FINE);
    }

    /// Replicates a local database to a server's.
    pub(crate) fn push(&mut self, name: &str, to: &str, batch: usize, checkpoint: &str) -> Replicated {
        self.replicate(
            &json!({ "do": "push", "name": name, "to": to, "batch": batch, "checkpoint": checkpoint }),
        )
    }

    /// Replicates a server's database to a local one.
    pub(crate) fn pull(&mut self, name: &str, from: &str, batch: usize) -> Replicated {
        self.replicate(&json!({ "do": "pull", "name": name, "from": from, "batch": batch }))
    }

    fn replicate(&mut self, command: &Value) -> Replicated {
        let said = self.program.ask(command);
        let count = |word: &str| said[word].as_u64().expect(FINE) as usize;
        Replicated {
            seconds: said["seconds"].as_f64().expect(FINE),
            requests: count("requests"),
            written: count("written"),
        }
    }

    /// The marks in a database: a local one by its name, a server's by its address.
    pub(crate) fn list(&mut self, of: &str) -> BTreeSet<MarkId> {
        let file = self.folder.join("list");
        self.program.ask(&json!({ "do": "list", "of": of, "file": file }));
        let text = fs::read_to_string(file).expect(FINE);
        text.lines().map(|id| id.parse().expect(FINE)).collect()
    }
}
