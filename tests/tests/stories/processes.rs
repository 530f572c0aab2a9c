//! Several processes serve one town, and nobody can tell which of them answered: sessions, locks,
//! codes and changes hold at all of them, and each can be replaced while people point.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use shared::ids::MarkId;
use system_tests::clock::wait_for;
use system_tests::programs::command;
use system_tests::record::{server_marks, tablet_marks};
use system_tests::tablet::text;
use system_tests::town::{MONDAY, MORNING, SLUG};
use system_tests::{Balancer, Said, Tablet, Town};

use crate::desk::Desk;

fn head(town: &Town) -> u64 {
    let report = town.verify();
    report["journal"]["entries"].as_u64().expect("a count")
}

#[test]
fn who_logs_in_at_one_process_is_in_at_the_other_and_out_at_both() {
    let town = Town::new();
    let (a, b) = (town.server(), town.server());
    let mut here = Desk::of(&town, &a, "gestionnaire");
    let mut there = here.at(&b);
    assert_eq!(there.status("enfants"), 200);
    assert_eq!(there.send("enfants", "deconnexion", &[]), 303);
    assert_eq!(here.status("enfants"), 303, "it ended at the other too");
}

#[test]
fn wrong_passwords_spread_over_two_processes_lock_the_account_at_both() {
    let town = Town::new();
    let (a, b) = (town.server(), town.server());
    let agent = &town.demo()["agents"][0];
    let email = text(&agent["email"]);
    let answers: Vec<u16> = [&a, &b, &a, &b, &a, &b]
        .into_iter()
        .map(|process| {
            let fields = [("email", email), ("mot_de_passe", "pas le bon mot de passe")];
            Desk::stranger(process).fill_in("connexion", &fields)
        })
        .collect();
    assert_eq!(answers, [422, 422, 422, 422, 422, 429]);
    for process in [&a, &b] {
        let fields = [("email", email), ("mot_de_passe", text(&agent["password"]))];
        let answer = Desk::stranger(process).fill_in("connexion", &fields);
        assert_eq!(answer, 429, "not even with the right password");
    }
}

#[test]
fn a_tap_at_one_process_reaches_the_board_of_the_other() {
    let town = Town::new();
    let (a, b) = (town.server(), town.server());
    let tablet = town.tablet("a", &a.url(), &["jules-ferry"]);
    let mut board = Desk::of(&town, &b, "gestionnaire").events();
    let before = board.next().expect("a board is told at once where things stand");
    let child = &tablet.expected(MONDAY, "cantine")[0];
    tablet.in_(child, "cantine");
    tablet.sync();
    board.until(before + 1);
    assert_eq!(head(&town), before + 1);
}

#[test]
fn a_code_given_to_two_processes_at_the_same_instant_works_once() {
    let town = Town::new();
    let (a, b) = (town.server(), town.server());
    for n in 0..5 {
        let code = town.code(&["jules-ferry"]);
        let tablets = [(&a, "a"), (&b, "b")]
            .map(|(process, name)| (town.blank_tablet(&format!("{name}{n}")), process.url()));
        let running: Vec<Child> = tablets
            .iter()
            .map(|(tablet, url)| tablet.start(&["enrol", "--server", url, "--code", &code]))
            .collect();
        let said: Vec<Said> = running
            .into_iter()
            .map(|child| Said::of(child.wait_with_output().expect("it ends")))
            .collect();
        let codes: BTreeSet<_> = said.iter().map(|said| said.code).collect();
        assert_eq!(codes, BTreeSet::from([Some(0), Some(2)]), "{said:#?}");
        let late = said
            .iter()
            .find(|said| said.code == Some(2))
            .expect("one of them");
        assert!(late.stopped(2).contains("servi"));
    }
    town.verify();
}

/// A tablet that points and exchanges without a pause, and how often the exchange went through.
struct Busy {
    tablet: Tablet,
    exchanges: AtomicU64,
}

impl Busy {
    /// Every tap must be green; an exchange goes through, or may be tried again.
    fn work(&self, over: &AtomicBool) {
        let children = self.tablet.expected(MONDAY, "cantine");
        for child in children.iter().cycle() {
            if over.load(Ordering::Relaxed) {
                return;
            }
            self.tablet.in_(child, "cantine");
            let said = self.tablet.run(&["sync"]);
            match said.code {
                Some(0) => {
                    self.exchanges.fetch_add(1, Ordering::Relaxed);
                }
                Some(3) => assert!(said.stderr.contains("Rien n’est perdu"), "{said:#?}"),
                _ => panic!("neither success nor « try again »: {said:#?}"),
            }
        }
    }
}

#[test]
fn processes_replaced_one_after_the_other_while_tablets_point_lose_and_double_nothing() {
    let town = Town::new();
    let (mut a, mut b) = (town.server(), town.server());
    let balancer = Balancer::before(&[a.address(), b.address()]);
    let sites = ["jules-ferry", "les-tilleuls", "jules-ferry", "louise-michel"];
    let tablets: Vec<Busy> = sites
        .iter()
        .enumerate()
        .map(|(n, site)| Busy {
            tablet: town.tablet(&format!("t{n}"), &balancer.url(), &[site]),
            exchanges: AtomicU64::new(0),
        })
        .collect();
    let over = AtomicBool::new(false);
    std::thread::scope(|hands| {
        let working: Vec<_> = tablets
            .iter()
            .map(|busy| hands.spawn(|| busy.work(&over)))
            .collect();
        let all_go_on = |while_what: &str| {
            let before: Vec<u64> = tablets
                .iter()
                .map(|busy| busy.exchanges.load(Ordering::Relaxed))
                .collect();
            wait_for(while_what, || {
                let now = tablets.iter().map(|busy| busy.exchanges.load(Ordering::Relaxed));
                let stuck = working.iter().any(std::thread::ScopedJoinHandle::is_finished);
                assert!(!stuck, "a tablet stopped {while_what}");
                now.zip(&before).all(|(now, before)| now > *before).then_some(())
            });
        };
        // Whatever fails, the tablets are told to end, or the scope would wait for them for ever.
        let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            all_go_on("with both processes");
            for process in [&mut a, &mut b] {
                process.stop();
                all_go_on("with one process");
                process.restart();
                all_go_on("with both processes again");
            }
        }));
        over.store(true, Ordering::Relaxed);
        if let Err(panic) = told {
            std::panic::resume_unwind(panic);
        }
    });
    let mut made: BTreeSet<MarkId> = BTreeSet::new();
    for busy in &tablets {
        busy.tablet.sync();
        assert_eq!(busy.tablet.status()["pending"], 0);
        made.extend(tablet_marks(&busy.tablet).into_keys());
    }
    assert!(
        made.len() >= 5 * tablets.len(),
        "they pointed all the time: {}",
        made.len()
    );
    let held: BTreeSet<MarkId> = server_marks(&town).into_keys().collect();
    assert_eq!(held, made, "every mark is in the store exactly once");
    assert_eq!(town.verified_marks(), made.len());
    assert_eq!(tablets[0].tablet.sheets(), {
        tablets[2].tablet.sync();
        tablets[0].tablet.sync();
        tablets[2].tablet.sheets()
    });
}

/// A server of our own, to be asked to stop in unusual ways.
struct Stopping {
    child: Child,
    address: String,
}

impl Stopping {
    fn start(town: &Town, more: &[&str]) -> Self {
        let mut child = command("preau-server")
            .args(town.options())
            .args(["--now", MORNING, "--json", "serve", "--listen", "127.0.0.1:0"])
            .args(more)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("preau-server can be started");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("its stdout is ours"))
            .read_line(&mut line)
            .expect("its first line");
        let said: serde_json::Value = serde_json::from_str(&line).expect("it listens");
        let address = text(&said["listening"]).to_owned();
        Self { child, address }
    }

    fn ask_to_stop(&self) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(asked.expect("kill").success());
    }

    fn health(&self) -> Option<(bool, String)> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        let request = format!(
            "GET /healthz HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
            self.address
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some((answer.starts_with("HTTP/1.1 200"), answer))
    }

    fn end(&mut self) -> Option<i32> {
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Stopping {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_process_asked_to_stop_says_so_then_lets_its_listeners_go_and_ends_in_order() {
    let town = Town::new();
    let mut other = town.server();
    let mut process = Stopping::start(&town, &["--drain", "6"]);
    let desk = Desk::of(&town, &other, "gestionnaire");
    let mut board = desk.events_of(&process.address);
    board.next().expect("it is told where things stand");
    assert!(process.health().is_some_and(|(well, _)| well));
    process.ask_to_stop();
    wait_for("the word that it stops", || {
        let (well, said) = process.health().expect("it still answers");
        (!well && said.contains(r#""status":"stopping""#)).then_some(())
    });
    while board.next().is_some() {}
    assert_eq!(process.end(), Some(0));
    let mut elsewhere = desk.events();
    elsewhere.next().expect("the board goes on at the other process");
    drop(elsewhere);
    other.stop();
    let log = town.data().join("communes").join(format!("{SLUG}.db-wal"));
    assert!(!log.exists(), "the last one leaves one file behind");
}

#[test]
fn asked_twice_a_process_stops_at_once() {
    let town = Town::new();
    let mut process = Stopping::start(&town, &["--drain", "600"]);
    process.ask_to_stop();
    wait_for("the word that it stops", || {
        process.health().is_some_and(|(well, _)| !well).then_some(())
    });
    process.ask_to_stop();
    assert_eq!(process.end(), Some(1), "whoever waited for an answer has none");
    town.verify();
}
