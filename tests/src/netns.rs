//! A network of our own, without root: the test starts itself again in a user namespace where it is
//! alone, and lays cables there between small networks, one for each station. Pulling a cable is
//! `ip link set … down`; nothing leaves the machine, and nothing outlives the test: everything runs
//! in one process namespace, whose first process ends when nobody holds its stdin any more.
//!
//! Where the kernel refuses namespaces, as it does in many containers, lines are proxies on loopback
//! that hang up instead.

use std::ffi::OsString;
use std::io::Read;
use std::process::{Command, Stdio};

use crate::{Proxy, Trouble};

/// Set in the process that stands in namespaces of its own.
const INSIDE: &str = "PREAU_NETNS_INSIDE";

/// What starts a program in fresh namespaces, as the root of nothing but them.
const UNSHARE: [&str; 9] = [
    "unshare",
    "--user",
    "--map-root-user",
    "--net",
    "--mount",
    "--pid",
    "--fork",
    "--kill-child",
    "--mount-proc",
];

/// What the world needs of the kernel: a bridge, a cable, a network for its other end, and a way into it.
const PROBE: &str = "mount -t tmpfs none /run && ip link add br0 type bridge && ip netns add probe && \
    ip link add one type veth peer name two netns probe && ip link set one master br0 && \
    nsenter --net=/run/netns/probe true && setpriv --pdeathsig KILL true";

/// Whether this process stands in namespaces of its own.
pub fn is_inside() -> bool {
    std::env::var_os(INSIDE).is_some()
}

/// Runs one test of this program again, in namespaces of its own, to its end; it must be one that is
/// ignored, so that nobody runs it outside by accident.
///
/// # Errors
/// The kernel's refusal, where there are no namespaces to be had.
///
/// # Panics
/// When the test fails there.
pub fn run_inside(test: &str) -> Result<(), String> {
    let probed = with_sbin(Command::new(UNSHARE[0]))
        .args(&UNSHARE[1..])
        .args(["/bin/sh", "-c", PROBE])
        .stdin(Stdio::null())
        .output();
    match probed {
        Err(error) => return Err(format!("unshare: {error}")),
        Ok(said) if !said.status.success() => {
            let why = String::from_utf8_lossy(&said.stderr).trim().to_owned();
            return Err(why.lines().last().unwrap_or("no word").to_owned());
        }
        Ok(_) => {}
    }
    let here = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut inside = with_sbin(Command::new(UNSHARE[0]))
        .args(&UNSHARE[1..])
        .arg(here)
        .args(["--exact", test, "--ignored", "--nocapture"])
        .env(INSIDE, "1")
        // As long as we live, nobody closes it.
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    // Waiting would close it.
    let held = inside.stdin.take();
    let ended = inside.wait().expect("one's own child ends");
    drop(held);
    assert!(ended.success(), "{test}, in namespaces of its own: {ended}");
    Ok(())
}

/// Debian keeps `ip` and `tc` where only root looks.
fn with_sbin(mut command: Command) -> Command {
    #[expect(clippy::disallowed_methods, reason = "handed on to what is started")]
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{path}:/usr/sbin:/sbin"));
    command
}

/// A program started so dies with the thread that started it.
fn mortal() -> Vec<OsString> {
    ["setpriv", "--pdeathsig", "KILL"].map(OsString::from).to_vec()
}

/// What slow cables can do here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slowness {
    /// They lose, delay and reorder packets.
    Netem,
    /// They are narrow, and lose what does not fit.
    Narrow,
    /// Nothing.
    None,
}

/// A network of stations, each with a line of its own to the server's.
pub struct Net(Kind);

enum Kind {
    Cables(Slowness),
    Loopback,
}

impl Net {
    /// Lays the bridge that all cables meet in; on loopback there is nothing to lay.
    ///
    /// # Panics
    /// When namespaces were promised and do not keep it.
    pub fn new() -> Self {
        if !is_inside() {
            return Self(Kind::Loopback);
        }
        std::thread::spawn(|| {
            // Whoever started us is gone: so are we, and with the first process all others.
            let _ = std::io::stdin().read_to_end(&mut Vec::new());
            std::process::exit(9);
        });
        ran("mount", "-t tmpfs none /run");
        ran("ip", "link set lo up");
        ran("ip", "link add br0 type bridge");
        ran("ip", "link set br0 up");
        let slowness = if tried("tc", "qdisc add dev lo root netem delay 1ms") {
            ran("tc", "qdisc del dev lo root");
            Slowness::Netem
        } else if tried(
            "tc",
            "qdisc add dev lo root tbf rate 1mbit burst 8kb latency 100ms",
        ) {
            ran("tc", "qdisc del dev lo root");
            Slowness::Narrow
        } else {
            Slowness::None
        };
        Self(Kind::Cables(slowness))
    }

    /// How it runs, for whoever reads the test's words.
    pub fn name(&self) -> String {
        match self.0 {
            Kind::Cables(slowness) => format!("network namespaces, slow cables: {slowness:?}"),
            Kind::Loopback => "loopback, through proxies that hang up".into(),
        }
    }

    /// Lays a cable to a station with this number, from 1 to 250: the name of its network.
    fn lay(&self, n: u8) -> Option<String> {
        let Kind::Cables(_) = self.0 else { return None };
        let name = format!("s{n}");
        ran("ip", &format!("netns add {name}"));
        ran(
            "ip",
            &format!("link add c{n} type veth peer name eth0 netns {name}"),
        );
        ran("ip", &format!("link set c{n} master br0 up"));
        ran("ip", &format!("-n {name} addr add 10.77.0.{n}/24 dev eth0"));
        ran("ip", &format!("-n {name} link set eth0 up"));
        ran("ip", &format!("-n {name} link set lo up"));
        Some(name)
    }

    /// A place for the server: what to start it under, and where it listens.
    pub fn server(&self) -> (Vec<OsString>, String) {
        match self.lay(250) {
            Some(network) => (within(&network), "10.77.0.250:4700".into()),
            None => (mortal(), "127.0.0.1:0".into()),
        }
    }

    /// A place for another server with this number, from 100 to 249: what to start it under, where it listens,
    /// and its cable, where there is one to be pulled.
    pub fn station(&self, n: u8, port: u16) -> (Vec<OsString>, String, Option<Line>) {
        match (self.lay(n), &self.0) {
            (Some(network), Kind::Cables(slowness)) => {
                let address = format!("10.77.0.{n}:{port}");
                let line = Line {
                    under: within(&network),
                    url: format!("http://{address}"),
                    way: Way::Cable(format!("c{n}"), network.clone(), *slowness),
                };
                (within(&network), address, Some(line))
            }
            _ => (mortal(), "127.0.0.1:0".into(), None),
        }
    }

    /// A place for a tablet with this number, and its line to a server that listens there.
    pub fn tablet(&self, n: u8, server: &str) -> Line {
        match (self.lay(n), &self.0) {
            (Some(network), Kind::Cables(slowness)) => Line {
                under: within(&network),
                url: format!("http://{server}"),
                way: Way::Cable(format!("c{n}"), network, *slowness),
            },
            _ => {
                let proxy = Proxy::to(server);
                Line {
                    under: mortal(),
                    url: proxy.url(),
                    way: Way::Proxy(proxy),
                }
            }
        }
    }
}

impl Default for Net {
    fn default() -> Self {
        Self::new()
    }
}

/// What starts a program in a network.
fn within(network: &str) -> Vec<OsString> {
    let enter = ["nsenter".to_owned(), format!("--net=/run/netns/{network}")];
    enter.into_iter().map(OsString::from).chain(mortal()).collect()
}

/// The line between a tablet and the server.
pub struct Line {
    /// What the tablet's programs are started under.
    pub under: Vec<OsString>,
    /// Where the tablet finds the server.
    pub url: String,
    way: Way,
}

enum Way {
    /// The cable's end on the bridge, the network at its other end.
    Cable(String, String, Slowness),
    Proxy(Proxy),
}

impl Line {
    /// Pulls the plug.
    pub fn cut(&self) {
        match &self.way {
            Way::Cable(cable, ..) => ran("ip", &format!("link set {cable} down")),
            Way::Proxy(proxy) => proxy.cut(),
        }
    }

    /// Plugs it in again, sound and fast.
    pub fn heal(&self) {
        match &self.way {
            Way::Cable(cable, network, _) => {
                ran("ip", &format!("link set {cable} up"));
                // Without one there is nothing to take away.
                tried("tc", &format!("qdisc del dev {cable} root"));
                tried("tc", &format!("-n {network} qdisc del dev eth0 root"));
            }
            Way::Proxy(proxy) => {
                proxy.heal();
                proxy.calm();
            }
        }
    }

    /// Makes it a bad line: packets are lost, late or in another order; a proxy loses whole requests
    /// or answers, carries one twice, or holds one up until after the next.
    pub fn spoil(&self) {
        match &self.way {
            Way::Cable(cable, network, slowness) => {
                let how = match slowness {
                    Slowness::Netem => "netem loss 15% delay 20ms 15ms reorder 25% duplicate 5%",
                    Slowness::Narrow => "tbf rate 400kbit burst 2kb latency 30ms",
                    Slowness::None => return,
                };
                ran("tc", &format!("qdisc replace dev {cable} root {how}"));
                ran("tc", &format!("-n {network} qdisc replace dev eth0 root {how}"));
            }
            Way::Proxy(proxy) => {
                for trouble in [
                    Trouble::LoseAnswer,
                    Trouble::Twice,
                    Trouble::Late,
                    Trouble::CutDown(400),
                    Trouble::LoseRequest,
                    Trouble::CutUp(700),
                ] {
                    proxy.next(trouble);
                }
            }
        }
    }
}

fn tried(program: &str, args: &str) -> bool {
    let said = with_sbin(Command::new(program))
        .args(args.split(' '))
        .stdin(Stdio::null())
        .output();
    said.is_ok_and(|said| said.status.success())
}

fn ran(program: &str, args: &str) {
    let said = with_sbin(Command::new(program))
        .args(args.split(' '))
        .stdin(Stdio::null())
        .output();
    let said = said.unwrap_or_else(|error| panic!("{program}: {error}"));
    let why = String::from_utf8_lossy(&said.stderr);
    assert!(said.status.success(), "{program} {args}: {why}");
}
