//! All tablets of a town come back with weeks behind them. The server takes in what it can hold,
//! sends the others away for a while, and hears the taps of the day meanwhile. Nobody is timed: a
//! backlog holds its room for as long as the story withholds its body.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use chrono::Days;
use serde_json::Value;
use shared::codec::encode;
use shared::digest::SheetRef;
use shared::ids::{ActivityId, ChildId, MarkId};
use shared::mark::{pack, unpack};
use shared::sheet::Sheet;
use shared::wire::{COMPACT_ABOVE, MEDIA_TYPE, SheetUp, Signed, hints};
use system_tests::device::{Device, mark_id};
use system_tests::dice::Told;
use system_tests::record::{server_marks, tablet_marks};
use system_tests::tablet::text;
use system_tests::town::{MONDAY, SLUG};
use system_tests::{Dice, Server, Tablet, Town};

/// More than a server lets in of one town.
const RETURNING: usize = 24;
/// Days that each of them brings.
const DAYS: u64 = 5;

/// A request whose head was sent, and whose body waits until the server asks for it.
struct Held {
    line: BufReader<TcpStream>,
    body: Vec<u8>,
}

/// An answer: its status, its head in lower case, and its body.
struct Heard {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Heard {
    fn on(line: &mut BufReader<TcpStream>) -> Self {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(
                line.read_line(&mut head).expect("a head") > 0,
                "cut after {head:?}"
            );
        }
        let head = head.to_lowercase();
        let status = head[9..12].parse().expect("a status");
        let mut heard = Self {
            status,
            body: Vec::new(),
            head,
        };
        let length = heard
            .header("content-length")
            .map_or(0, |length| length.parse().expect("a length"));
        heard.body = vec![0; length];
        line.read_exact(&mut heard.body).expect("its body");
        heard
    }

    fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &'_ str| line.starts_with(&format!("{name}: "));
        self.head
            .lines()
            .find(|line| named(line))
            .map(|line| line[name.len() + 2..].trim())
    }

    /// Sent away, and told for how long and that nothing is lost.
    #[track_caller]
    fn is_sent_away(&self) {
        assert_eq!(self.status, 429, "{}", self.head);
        let seconds: u64 = self
            .header("retry-after")
            .expect("for how long")
            .parse()
            .expect("seconds");
        assert!((1..=120).contains(&seconds), "{seconds}");
        let problem: Value = serde_json::from_slice(&self.body).expect("a problem");
        assert_eq!(problem["error"], "busy");
        assert!(
            text(&problem["message"]).contains("Rien n’est perdu"),
            "{problem}"
        );
    }
}

impl Held {
    /// Announces a body and hears whether the server wants it.
    fn announce(address: &str, body: Vec<u8>) -> Result<Self, Heard> {
        let mut stream = TcpStream::connect(address).expect("somebody listens");
        let head = format!(
            "POST /v1/sync HTTP/1.1\r\nhost: {address}\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-length: {}\r\n\
             {}: {SLUG}\r\n{}: {DAYS}\r\nexpect: 100-continue\r\n\r\n",
            body.len(),
            hints::COMMUNE,
            hints::BACKLOG,
        );
        stream.write_all(head.as_bytes()).expect("a line");
        let mut line = BufReader::new(stream);
        match Heard::on(&mut line) {
            wanted if wanted.status == 100 => Ok(Self { line, body }),
            refused => Err(refused),
        }
    }

    /// Hands the body in and hears the answer.
    fn goes_on(mut self) -> Heard {
        self.line.get_mut().write_all(&self.body).expect("a line");
        Heard::on(&mut self.line)
    }
}

/// A school with a tablet, and a tablet made by hand that comes back in the name of many.
struct School {
    town: Town,
    server: Server,
    tablet: Tablet,
    /// Another of the school, which comes when all is over.
    late: Tablet,
    device: Device,
    child: ChildId,
    activity: ActivityId,
    dice: Told,
    made: BTreeSet<MarkId>,
}

impl School {
    fn new(seed: u64) -> Self {
        let mut dice = Dice::of(seed);
        let town = Town::new();
        let server = town.server();
        let tablet = town.tablet("a", &server.url(), &["jules-ferry"]);
        let late = town.tablet("late", &server.url(), &["jules-ferry"]);
        let device = Device::enrol(server.address(), &town.code(&["jules-ferry"]), &mut dice);
        let children = tablet.expected(MONDAY, "cantine");
        let tap: MarkId = tablet.in_(&children[0], "cantine").parse().expect("an id");
        let (values, _) = &tablet_marks(&tablet)[&tap];
        let mark = unpack(values.first().expect("a value")).expect("a mark");
        tablet.sync();
        Self {
            town,
            server,
            tablet,
            late,
            device,
            child: mark.child.expect("a child"),
            activity: mark.activity,
            dice,
            made: [tap].into(),
        }
    }

    /// A signed request with a mark on each of some days before a week.
    fn backlog(&mut self, weeks_ago: u64) -> Vec<u8> {
        let monday: chrono::NaiveDate = MONDAY.parse().expect("a date");
        let mut sheets = Vec::new();
        for day in 0..DAYS {
            let date = monday
                .checked_sub_days(Days::new(7 * weeks_ago - day))
                .expect("a date");
            let id = mark_id(&mut self.dice);
            let mark = self.device.arrival(self.child, self.activity);
            let mut document = Sheet::new(self.dice.bytes());
            document.put(id, &pack(&mark)).expect("a mark");
            sheets.push(SheetUp {
                sheet: SheetRef {
                    site: self.device.site(),
                    date,
                },
                heads: document.heads(),
                payload: document.since(&[], COMPACT_ABOVE),
            });
            self.made.insert(id);
        }
        let mut request = self.device.request(sheets);
        request.from = monday.checked_sub_days(Days::new(400)).expect("a date");
        encode(&Signed::new(&request, &self.device.key))
    }

    /// Backlogs come until the server sends some away: those that it waits for, and the others.
    fn storm(&mut self) -> (Vec<Held>, Vec<Vec<u8>>) {
        let (mut held, mut away) = (Vec::new(), Vec::new());
        for n in 0..RETURNING {
            let body = self.backlog(1 + n as u64 % 10);
            match Held::announce(self.server.address(), body.clone()) {
                Ok(one) => held.push(one),
                Err(heard) => {
                    heard.is_sent_away();
                    away.push(body);
                }
            }
        }
        assert!(
            held.len() >= 4 && !away.is_empty(),
            "{} held, {} sent away",
            held.len(),
            away.len()
        );
        (held, away)
    }

    /// All that were let in hand in what they have, then the others come back.
    fn passes(&self, held: Vec<Held>, away: Vec<Vec<u8>>) {
        let mut again = away;
        for one in held {
            let body = one.body.clone();
            match one.goes_on().status {
                200 => {}
                // A machine so slow that the server gave the line up: whoever had it comes again.
                503 => again.push(body),
                other => panic!("{other}"),
            }
        }
        for body in again {
            let back = Held::announce(self.server.address(), body);
            let back = back.unwrap_or_else(|heard| panic!("there is room now: {}", heard.head));
            assert_eq!(back.goes_on().status, 200);
        }
    }

    fn figure(&self, line: &str) -> f64 {
        let mut stream = TcpStream::connect(self.server.address()).expect("somebody listens");
        write!(
            stream,
            "GET /metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
        )
        .expect("a line");
        let mut page = String::new();
        stream.read_to_string(&mut page).expect("a page");
        let found = page.lines().find_map(|told| told.strip_prefix(line));
        found
            .unwrap_or_else(|| panic!("no {line} in\n{page}"))
            .trim()
            .parse()
            .expect("a number")
    }

    /// Every mark is in, and two tablets of the school agree on all of them.
    fn ends_well(&self) {
        self.tablet.sync();
        self.late.sync();
        assert_eq!(self.tablet.sheets(), self.late.sheets());
        assert_eq!(self.tablet.status()["pending"], 0);
        let held: BTreeSet<MarkId> = server_marks(&self.town).into_keys().collect();
        assert_eq!(held, self.made);
        self.town.verify();
    }
}

#[test]
fn taps_of_the_day_pass_while_backlogs_hold_all_the_room_they_have() {
    let mut school = School::new(61);
    let (held, away) = school.storm();
    assert_eq!(
        school.figure("preau_sync_waiting{kind=\"backlog\"}") as usize,
        held.len()
    );
    for child in &school.tablet.expected(MONDAY, "cantine")[..3] {
        school
            .made
            .insert(school.tablet.in_(child, "cantine").parse().expect("an id"));
        assert_eq!(school.tablet.sync()["accepted"], 1);
    }
    // A backlog that does not say that it is one is found out when it is read.
    let silent = school.backlog(1);
    let answer = system_tests::device::post(school.server.address(), "/v1/sync", &silent);
    assert_eq!(answer.status, 429);
    let turned_away = school.figure("preau_sync_turned_away_total{kind=\"backlog\"}") as usize;
    assert_eq!(turned_away, away.len() + 1);
    assert_eq!(
        school.figure("preau_sync_turned_away_total{kind=\"day\"}") as usize,
        0
    );

    school.passes(held, away);
    let answer = system_tests::device::post(school.server.address(), "/v1/sync", &silent);
    assert_eq!(answer.status, 200);
    for kind in ["day", "look", "backlog"] {
        for figure in ["at_work", "waiting", "held_bytes"] {
            let left = school.figure(&format!("preau_sync_{figure}{{kind=\"{kind}\"}}"));
            assert_eq!(left as usize, 0, "{figure} {kind}");
        }
    }
    school.ends_well();
}

#[test]
fn a_tablet_whose_weeks_are_refused_hands_in_today_at_once() {
    let mut school = School::new(62);
    school.server.stop();
    let mut old = BTreeSet::new();
    for day in ["2026-11-24", "2026-11-26", "2026-11-27", "2026-11-30"] {
        school.tablet.clock(&format!("{day}T12:00:00+01:00"));
        let child = school.tablet.expected(day, "cantine").remove(0);
        old.insert(
            school
                .tablet
                .in_(&child, "cantine")
                .parse::<MarkId>()
                .expect("an id"),
        );
    }
    let (today, noon) = ("2026-12-01", "2026-12-01T12:00:00+01:00");
    school.tablet.clock(noon);
    let child = school.tablet.expected(today, "cantine").remove(0);
    let tap: MarkId = school.tablet.in_(&child, "cantine").parse().expect("an id");
    school.server.restart_at(noon);

    let (held, away) = school.storm();
    let before: BTreeSet<MarkId> = server_marks(&school.town).into_keys().collect();
    let said = school.tablet.run(&["sync"]);
    let refused = said.stopped(3);
    assert!(refused.contains("Rien n’est perdu"), "{refused}");
    let after: BTreeSet<MarkId> = server_marks(&school.town).into_keys().collect();
    assert_eq!(
        after.difference(&before).collect::<Vec<_>>(),
        [&tap],
        "today, and nothing else"
    );
    assert_eq!(
        school.tablet.status()["pending"],
        5,
        "a receipt is over all of it"
    );

    // A tablet without a tap of today is told what is new, though its weeks have to wait.
    school.passes(held, away);
    assert_eq!(school.tablet.sync()["accepted"], 5);
    school.made.extend(old);
    school.made.insert(tap);
    school.ends_well();
}
