//! The programs of the drill: its own, and the tablet's beside it. Whatever was started is ended, however the
//! drill ends.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use shared::time::UtcMs;

use super::DrillError;

/// Settings of whoever starts the drill that must not reach its programs.
const SETTINGS: [&str; 18] = [
    "PREAU_DATA",
    "PREAU_KEYS",
    "PREAU_STORE",
    "PREAU_STORE_CA",
    "PREAU_STORE_CONNECTIONS",
    "PREAU_TABLET_HOME",
    "PREAU_OFFSITE",
    "PREAU_OFFSITE_KEEP",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT",
    "AWS_ENDPOINT_URL",
    "RUST_LOG",
    "HTTP_PROXY",
    "http_proxy",
];

/// Servers that run, and whether no other may be started.
#[derive(Default)]
struct Running {
    stopped: bool,
    servers: BTreeMap<u32, Pid>,
}

/// Ends a drill from outside: no program is started any more, servers are killed.
#[derive(Clone, Default)]
pub struct Stopper(Arc<Mutex<Running>>);

impl Stopper {
    /// Ends the drill as soon as it looks: its next program is refused.
    pub fn stop(&self) {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.stopped = true;
        for pid in running.servers.values() {
            let _ = kill_process(*pid, Signal::KILL);
        }
    }

    fn may_start(&self) -> Result<(), DrillError> {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if running.stopped {
            return Err(DrillError::Stopped);
        }
        Ok(())
    }

    fn enlist(&self, child: &Child) -> Result<(), DrillError> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if running.stopped {
            return Err(DrillError::Stopped);
        }
        running.servers.insert(child.id(), Pid::from_child(child));
        Ok(())
    }

    fn forget(&self, id: u32) {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.servers.remove(&id);
    }
}

/// Where the programs lie.
#[derive(Clone)]
pub(super) struct Programs {
    server: PathBuf,
    tablet: PathBuf,
    stopper: Stopper,
}

/// What a program said and how it ended.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// Exit code; `None` when a signal ended it.
    pub(super) code: Option<i32>,
    /// What it was asked.
    pub(super) asked: String,
    stdout: String,
    stderr: String,
}

impl Said {
    /// Its JSON value, if it was done.
    ///
    /// # Errors
    /// [`DrillError::Broken`] with its own sentence when it was not.
    pub(super) fn done(&self) -> Result<Value, DrillError> {
        if self.code != Some(0) {
            return Err(self.broken());
        }
        self.json()
    }

    /// Its JSON value, however it ended.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when it printed none.
    pub(super) fn json(&self) -> Result<Value, DrillError> {
        serde_json::from_str(&self.stdout).map_err(|_| self.broken())
    }

    /// The drill cannot go on because of this.
    pub(super) fn broken(&self) -> DrillError {
        let last = self.stderr.lines().rev().find(|line| !line.trim().is_empty());
        DrillError::Broken(format!(
            "« {} » a fini avec le code {} : {}",
            self.asked,
            self.code.map_or_else(|| "?".to_owned(), |code| code.to_string()),
            last.unwrap_or("(rien n’a été dit)")
        ))
    }
}

impl Programs {
    /// This very program, and the tablet's beside it.
    ///
    /// # Errors
    /// [`DrillError::Refused`] when the tablet's is not there.
    pub(super) fn found(stopper: Stopper) -> Result<Self, DrillError> {
        let server = std::env::current_exe()
            .map_err(|e| DrillError::Broken(format!("ce programme ne se retrouve pas lui-même : {e}")))?;
        let tablet = server.with_file_name("preau-tablet");
        if !tablet.is_file() {
            return Err(DrillError::Refused(format!(
                "L’exercice a besoin de preau-tablet à côté de preau-server, et {} n’existe pas. Avec les sources : \
                 « make drill » le construit.",
                tablet.display()
            )));
        }
        Ok(Self {
            server,
            tablet,
            stopper,
        })
    }

    fn command(program: &Path) -> Command {
        let mut command = Command::new(program);
        for setting in SETTINGS {
            command.env_remove(setting);
        }
        command.stdin(Stdio::null());
        command
    }

    fn run(&self, mut command: Command, asked: String) -> Result<Said, DrillError> {
        self.stopper.may_start()?;
        let output: Output = command
            .output()
            .map_err(|e| DrillError::Broken(format!("« {asked} » ne démarre pas : {e}")))?;
        Ok(Said {
            code: output.status.code(),
            asked,
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// Runs a command of the server to its end.
    ///
    /// # Errors
    /// [`DrillError`] when it cannot be started.
    pub(super) fn server(&self, place: &Place, now: UtcMs, args: &[&str]) -> Result<Said, DrillError> {
        let mut command = Self::command(&self.server);
        place.tell(&mut command);
        command.args(["--now", &now.to_string(), "--json"]).args(args);
        self.run(command, format!("preau-server {}", args.join(" ")))
    }

    /// Runs a command of a tablet to its end.
    ///
    /// # Errors
    /// [`DrillError`] when it cannot be started.
    pub(super) fn tablet(&self, home: &Path, now: UtcMs, args: &[&str]) -> Result<Said, DrillError> {
        let mut command = Self::command(&self.tablet);
        command.arg("--home").arg(home);
        command.args(["--now", &now.to_string(), "--json"]).args(args);
        self.run(command, format!("preau-tablet {}", args.join(" ")))
    }

    /// Starts a server and waits until it listens.
    ///
    /// # Errors
    /// [`DrillError`] when it does not.
    pub(super) fn serve(&self, place: &Place, now: UtcMs, plan: &Serving) -> Result<Server, DrillError> {
        self.stopper.may_start()?;
        let broken = |why: String| DrillError::Broken(format!("le serveur ne démarre pas : {why}"));
        let log = File::options()
            .create(true)
            .append(true)
            .open(&plan.log)
            .map_err(|e| broken(e.to_string()))?;
        let mut command = Self::command(&self.server);
        place.tell(&mut command);
        command
            .args([
                "--now",
                &now.to_string(),
                "--json",
                "serve",
                "--listen",
                &plan.listen,
            ])
            .args(&plan.options)
            .stdout(Stdio::piped())
            .stderr(log);
        let mut child = command.spawn().map_err(|e| broken(e.to_string()))?;
        let stdout = child.stdout.take();
        let mut server = Server {
            child,
            ended: false,
            stopper: self.stopper.clone(),
            address: String::new(),
        };
        self.stopper.enlist(&server.child)?;
        let mut line = String::new();
        if let Some(stdout) = stdout {
            let read = BufReader::new(stdout).read_line(&mut line);
            read.map_err(|e| broken(e.to_string()))?;
        }
        let said: Value = serde_json::from_str(&line)
            .map_err(|_| broken(format!("son journal est dans {}", plan.log.display())))?;
        said["listening"]
            .as_str()
            .unwrap_or_default()
            .clone_into(&mut server.address);
        Ok(server)
    }
}

/// Where a server's data lie.
#[derive(Clone)]
pub(super) struct Place {
    /// The data folder.
    pub(super) data: PathBuf,
    /// The database that holds its stores, unless they lie in the folder. It may hold a password: it is handed
    /// over in the environment, which other users of the machine do not see.
    pub(super) store: Option<String>,
}

impl Place {
    fn tell(&self, command: &mut Command) {
        command.arg("--data").arg(&self.data);
        if let Some(store) = &self.store {
            command.env("PREAU_STORE", store);
        }
    }
}

/// How a server is started.
pub(super) struct Serving {
    /// Address and port.
    pub(super) listen: String,
    /// More options of `serve`.
    pub(super) options: Vec<OsString>,
    /// The file of its log.
    pub(super) log: PathBuf,
}

impl Serving {
    /// On this address, with that log.
    pub(super) fn on(listen: &str, log: PathBuf) -> Self {
        Self {
            listen: listen.to_owned(),
            options: Vec::new(),
            log,
        }
    }

    /// With one more option.
    #[must_use]
    pub(super) fn option(mut self, option: &str, value: impl AsRef<OsStr>) -> Self {
        self.options.push(option.into());
        self.options.push(value.as_ref().to_owned());
        self
    }
}

/// A server that runs; it is killed when it is dropped.
pub(super) struct Server {
    child: Child,
    ended: bool,
    stopper: Stopper,
    address: String,
}

impl Server {
    /// `host:port`.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Its address as tablets are told it.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends it without warning, between any two instructions.
    ///
    /// # Errors
    /// [`DrillError`] when it had ended before.
    pub(super) fn burn(mut self) -> Result<(), DrillError> {
        let gone = self.child.try_wait().ok().flatten();
        if let Some(status) = gone {
            return Err(DrillError::Broken(format!(
                "le serveur s’était arrêté avant l’incendie ({status})"
            )));
        }
        self.end();
        Ok(())
    }

    /// Ends it as its host would: it finishes what is under way.
    ///
    /// # Errors
    /// [`DrillError`] when it does not end well.
    pub(super) fn stop(mut self) -> Result<(), DrillError> {
        let asked = kill_process(Pid::from_child(&self.child), Signal::TERM);
        let status = self.child.wait();
        self.ended = true;
        self.stopper.forget(self.child.id());
        match (asked, status) {
            (Ok(()), Ok(status)) if status.success() => Ok(()),
            (_, status) => Err(DrillError::Broken(format!(
                "le serveur s’est mal arrêté : {}",
                status.map_or_else(|e| e.to_string(), |status| status.to_string())
            ))),
        }
    }

    fn end(&mut self) {
        if !self.ended {
            self.ended = true;
            let _ = self.child.kill();
            let _ = self.child.wait();
            self.stopper.forget(self.child.id());
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// A port of the loopback that nobody uses.
///
/// # Errors
/// [`DrillError`] when there is none.
pub(super) fn free_port() -> Result<u16, DrillError> {
    let found = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    found
        .map(|address| address.port())
        .map_err(|e| DrillError::Broken(format!("aucun port libre : {e}")))
}
