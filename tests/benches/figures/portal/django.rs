//! The Django page of `tests/peers/django`, under gunicorn with two workers.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use system_tests::clock::wait_for;

use super::Server;
use crate::hosts::{Place, processor_ms};
use crate::town::FINE;

/// Where the application lies, and where scripts/bench.sh puts Django.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/django");
const GUNICORN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target-tools/django/bin/gunicorn");
/// Workers: one for each core that figures are measured on.
const WORKERS: &str = "2";

/// Its processes.
pub(super) struct Django {
    child: Child,
    address: String,
}

impl Django {
    /// Starts it over the store of a place.
    pub(super) fn start(place: &Place) -> Self {
        assert!(
            Path::new(GUNICORN).exists(),
            "{GUNICORN} is missing: scripts/bench.sh portal fetches it (needs Python 3.10 or newer with venv)"
        );
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|free| free.local_addr());
        let address = format!("127.0.0.1:{}", port.expect(FINE).port());
        let store = match place.database() {
            Some(database) => database.url(),
            None => place.data().join("communes/demo.db").display().to_string(),
        };
        let child = Command::new(GUNICORN)
            .args(["--chdir", FOLDER, "--bind", &address, "--workers", WORKERS])
            .args([
                "--worker-class",
                "gthread",
                "--threads",
                "2",
                "--keep-alive",
                "60",
            ])
            .args(["--log-level", "warning", "home:application"])
            .env("PEER_STORE", store)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::null())
            .spawn()
            .expect("gunicorn starts");
        let django = Self { child, address };
        wait_for("Django", || TcpStream::connect(&django.address).ok());
        django
    }
}

/// The master and its workers.
fn family(master: u32) -> Vec<u32> {
    let threads = format!("/proc/{master}/task/{master}/children");
    let children = fs::read_to_string(threads).unwrap_or_default();
    let workers = children.split_whitespace().filter_map(|pid| pid.parse().ok());
    std::iter::once(master).chain(workers).collect()
}

impl Server for Django {
    fn address(&self) -> &str {
        &self.address
    }

    fn processor_ms(&self) -> f64 {
        family(self.child.id()).into_iter().map(processor_ms).sum()
    }
}

impl Drop for Django {
    fn drop(&mut self) {
        // Asked to, the master ends its workers.
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}
