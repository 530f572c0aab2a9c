//! The fire: a server that ships to a target of its own, burns, and comes back at another station.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::Duration;

use shared::addresses::Addresses;
use shared::codec::decode;
use system_tests::clock::{pause, wait_for};
use system_tests::netns::{Line, Net};
use system_tests::object_store::BUCKET;
use system_tests::programs::{command_under, run_under};
use system_tests::town::{MORNING, SLUG};
use system_tests::{Server, Town};

/// Under which name in the bucket.
const PREFIX: &str = "twin";
/// The stations of the target and of the server that comes back.
const STATIONS: [u8; 2] = [240, 241];

/// A target: a process that speaks S3, at a station of its own.
pub(super) struct Offsite {
    under: Vec<std::ffi::OsString>,
    folder: PathBuf,
    address: String,
    cable: Option<Line>,
    child: Child,
}

impl Offsite {
    /// Starts it. The commune's key is kept in another place, as a recovery sheet is.
    pub(super) fn start(net: &Net, town: &Town) -> Self {
        let (under, listen, cable) = net.station(STATIONS[0], 9000);
        let folder = town.place("offsite");
        let (child, address) = launch(&under, &folder, &listen);
        fs::copy(key(town), town.place("safe.key")).expect("the key is put into a safe");
        Self {
            under,
            folder,
            address,
            cable,
            child,
        }
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT", format!("http://{}", self.address)),
            ("AWS_REGION", "fr-par".into()),
            ("AWS_ACCESS_KEY_ID", "AKIAPREAU".into()),
            ("AWS_SECRET_ACCESS_KEY", "not-a-secret".into()),
        ]
    }

    fn url() -> String {
        format!("s3://{BUCKET}/{PREFIX}")
    }

    /// Where what is shipped of the town lies.
    fn files(&self) -> PathBuf {
        self.folder.join(BUCKET).join(PREFIX).join(SLUG)
    }

    /// A server that ships to it.
    pub(super) fn ships(&self, under: Vec<std::ffi::OsString>, town: &Town, listen: &str) -> Server {
        let (offsite, own) = (Self::url(), format!("http://{listen}"));
        let mut options = vec!["--offsite", offsite.as_str()];
        if !listen.ends_with(":0") {
            options.extend(["--address", own.as_str()]);
        }
        Server::start_in(
            under,
            listen,
            town.options(),
            town.place("data.log"),
            MORNING,
            &options,
            &self.environment(),
        )
    }

    /// It is gone for a while: its cable is pulled, or its process killed.
    pub(super) fn goes_for(&mut self, lasts: Duration) {
        match &self.cable {
            Some(cable) => {
                cable.cut();
                pause(lasts);
                cable.heal();
            }
            None => {
                self.child.kill().expect("one's own child can be killed");
                self.child.wait().expect("a killed child ends");
                pause(lasts);
                (self.child, self.address) = launch(&self.under, &self.folder, &self.address);
            }
        }
    }

    /// The server's disk is gone. It is restored at another station and serves there; answers it, and a file with
    /// the list of addresses where there is one to be told.
    pub(super) fn comes_back(&self, net: &Net, town: &Town, old: &str) -> (Server, Option<PathBuf>) {
        let (under, listen, cable) = net.station(STATIONS[1], 4700);
        if town.url().is_none() {
            fs::remove_dir_all(town.data()).expect("the disk burns");
        }
        let key = town.place("safe.key");
        let mut words = town.options();
        words.extend(["--now", MORNING, "--json", "restore", SLUG, "--from"].map(Into::into));
        words.extend([Self::url().into(), "--key".into(), key.into_os_string()]);
        let said = run_under(&under, "preau-server", &words, &self.environment()).done();
        assert!(said["restored"]["entries"].as_u64() > Some(0), "{said}");
        assert_eq!(said["problems"], serde_json::json!([]), "{said}");
        // Without networks of our own tablets' lines end where the old server stood.
        let listen = if cable.is_some() { listen } else { old.to_owned() };
        let server = self.ships(under, town, &listen);
        if cable.is_none() {
            return (server, None);
        }
        let list = self.files().join("addresses");
        let wanted = format!("http://{listen}");
        wait_for("the new address off-site", || {
            let list: Addresses = decode(&fs::read(&list).ok()?).ok()?;
            list.places.servers.contains(&wanted).then_some(())
        });
        (server, Some(list))
    }
}

impl Drop for Offsite {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn key(town: &Town) -> PathBuf {
    town.data().join("keys").join(format!("{SLUG}.key"))
}

fn launch(under: &[std::ffi::OsString], folder: &std::path::Path, listen: &str) -> (Child, String) {
    let mut child = command_under(under, "object-store")
        .arg(folder)
        .arg(listen)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("object-store can be started");
    let stdout = child.stdout.take().expect("its stdout is ours");
    let mut line = String::new();
    BufReader::new(stdout)
        .read_line(&mut line)
        .expect("its first line");
    let said: serde_json::Value = serde_json::from_str(&line).expect("it says where it listens");
    let endpoint = said["endpoint"].as_str().expect("an address");
    (child, endpoint.trim_start_matches("http://").to_owned())
}
