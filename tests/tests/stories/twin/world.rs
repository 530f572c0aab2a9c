//! A town, its server and its tablets, each in its place.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use shared::ids::MarkId;
use system_tests::clock::{Stopwatch, pause};
use system_tests::netns::{Line, Net};
use system_tests::record::{kept_aside, server_marks, tablet_marks};
use system_tests::town::MORNING;
use system_tests::{Dice, Server, Tablet, Town};

use super::burnt::Offsite;
use super::hands::{Did, play};
use super::weather::Weather;

const SITES: [&str; 2] = ["jules-ferry", "les-tilleuls"];

/// The world.
pub(super) struct World {
    net: Net,
    town: Town,
    server: Server,
    tablets: Vec<(Tablet, Line)>,
    backups: usize,
    /// Where it ships to, if it does.
    offsite: Option<Offsite>,
}

/// What happened, for whoever reads the test's words.
pub(super) struct Told {
    how: String,
    tablets: usize,
    seconds: u64,
    marks: usize,
    did: Vec<Did>,
    weather: BTreeMap<&'static str, usize>,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum = |of: &dyn Fn(&Did) -> usize| self.did.iter().map(of).sum::<usize>();
        write!(
            f,
            "{}; {} tablets, {} s: {} marks ({} green, {} taps killed), exchanges {} done, {} without a network, \
             {} killed; weather {:?}",
            self.how,
            self.tablets,
            self.seconds,
            self.marks,
            sum(&|did| did.green.len()),
            sum(&|did| did.taps_killed),
            sum(&|did| did.exchanges[0]),
            sum(&|did| did.exchanges[1]),
            sum(&|did| did.exchanges[2]),
            self.weather,
        )
    }
}

impl World {
    /// Two to five tablets. The first two are of one school, the third of another, the others of both.
    pub(super) fn new(dice: &mut Dice, ships: bool) -> Self {
        let net = Net::new();
        let town = Town::new();
        let (under, listen) = net.server();
        let log = town.place("data.log");
        let offsite = ships.then(|| Offsite::start(&net, &town));
        let server = match &offsite {
            None => Server::start_under(under, town.options(), log, MORNING, &listen),
            Some(offsite) => offsite.ships(under, &town, &listen),
        };
        let count = 2 + dice.below(4);
        let tablets = (0..count).map(|n| {
            let line = net.tablet(u8::try_from(n + 1).expect("few"), server.address());
            let tablet = town.blank_tablet(&format!("t{n}")).under(line.under.clone());
            let sites = match n {
                0 | 1 => &SITES[..1],
                2 => &SITES[1..],
                _ => &SITES[..],
            };
            tablet.enrol(&line.url, &town.code(sites)).done();
            (tablet, line)
        });
        let tablets = tablets.collect();
        Self {
            net,
            town,
            server,
            tablets,
            backups: 0,
            offsite,
        }
    }

    /// Bad weather for so long, then fine weather, and a look at everything.
    pub(super) fn live(mut self, dice: &mut Dice, seconds: u64) -> Told {
        eprintln!("twin: {}, {} tablets", self.net.name(), self.tablets.len());
        let (watch, time) = (Stopwatch::start(), Duration::from_secs(seconds));
        let hands: Vec<(Tablet, Dice)> = self
            .tablets
            .iter()
            .zip(0..)
            .map(|((tablet, _), n)| (tablet.clone(), dice.split(n)))
            .collect();
        let mut weather = BTreeMap::new();
        let did: Vec<Did> = std::thread::scope(|scope| {
            let playing: Vec<_> = hands
                .into_iter()
                .map(|(tablet, dice)| scope.spawn(move || play(&tablet, dice, watch, time)))
                .collect();
            while watch.elapsed() < time {
                let (what, lasts) = Weather::drawn(dice, self.tablets.len(), self.offsite.is_some());
                *weather.entry(self.brings(what, lasts)).or_default() += 1;
            }
            playing
                .into_iter()
                .map(|hand| hand.join().expect("somebody taps"))
                .collect()
        });
        if let Some(offsite) = self.offsite.take() {
            self.burns(&offsite);
            self.offsite = Some(offsite);
        }
        let green: BTreeSet<MarkId> = did.iter().flat_map(|did| did.green.iter().copied()).collect();
        Told {
            how: self.net.name(),
            tablets: self.tablets.len(),
            seconds,
            marks: self.ends_well(&green),
            did,
            weather,
        }
    }

    /// Something happens, lasts, and is over.
    fn brings(&mut self, weather: Weather, lasts: Duration) -> &'static str {
        match weather {
            Weather::Fine => {
                pause(lasts);
                "fine"
            }
            Weather::Cut(which) => {
                self.tablets[which].1.cut();
                pause(lasts);
                self.tablets[which].1.heal();
                "cut"
            }
            Weather::CutAll => {
                self.tablets.iter().for_each(|(_, line)| line.cut());
                pause(lasts);
                self.tablets.iter().for_each(|(_, line)| line.heal());
                "all cut"
            }
            Weather::Spoilt(which) => {
                self.tablets[which].1.spoil();
                pause(lasts);
                self.tablets[which].1.heal();
                "bad line"
            }
            Weather::ServerDies => {
                self.server.kill9();
                pause(lasts);
                self.server.restart();
                "server killed"
            }
            Weather::TargetGone => {
                if let Some(offsite) = &mut self.offsite {
                    offsite.goes_for(lasts);
                }
                "target gone"
            }
            Weather::BackedUp => {
                self.server.kill9();
                self.town.back_up(&format!("copy {}", self.backups));
                self.backups += 1;
                self.server.restart();
                "backed up"
            }
            Weather::PutBack if self.backups == 0 => "nothing to put back",
            Weather::PutBack => {
                self.server.kill9();
                self.town.put_back("copy 0");
                self.server.restart();
                "put back"
            }
        }
    }

    /// The server dies for good in the middle of shipping: nothing of its disk is left. While all cables are pulled it
    /// comes back at another station, and tablets are told where.
    fn burns(&mut self, offsite: &Offsite) {
        self.tablets.iter().for_each(|(_, line)| line.cut());
        if self.server.runs() {
            self.server.kill9();
        }
        let (server, list) = offsite.comes_back(&self.net, &self.town, self.server.address());
        self.server = server;
        for (tablet, line) in &self.tablets {
            line.heal();
            if let Some(list) = &list {
                let told = tablet.run(&["import", &list.to_string_lossy()]).done();
                assert!(!told.is_null(), "the list of addresses is believed");
            }
        }
    }

    /// Every mark that was green is on the server and on all tablets of its site, once; nothing waits,
    /// digests are equal, `verify` is clean. Answers how many marks there are.
    fn ends_well(&mut self, green: &BTreeSet<MarkId>) -> usize {
        for (_, line) in &self.tablets {
            line.heal();
        }
        for _ in 0..2 {
            for (tablet, _) in &self.tablets {
                let synced = tablet.sync();
                assert_eq!(synced["quarantined"], 0, "{synced}");
            }
        }
        let stored = server_marks(&self.town);
        let lost: Vec<_> = green.iter().filter(|id| !stored.contains_key(id)).collect();
        assert!(lost.is_empty(), "green and lost: {lost:?}");
        assert!(
            stored.values().all(|values| values.len() == 1),
            "a mark has one value"
        );
        assert_eq!(kept_aside(&self.town), [], "nothing was set aside");
        let mut held = BTreeSet::new();
        let mut digests: BTreeMap<String, String> = BTreeMap::new();
        for (tablet, _) in &self.tablets {
            let quiet = tablet.sync();
            let said = (&quiet["round_trips"], &quiet["accepted"], &quiet["received"]);
            assert_eq!(
                said,
                (&1.into(), &0.into(), &0.into()),
                "something is left to say"
            );
            let status = tablet.status();
            assert_eq!(
                (&status["pending"], &status["quarantined"]),
                (&0.into(), &0.into()),
                "{status:#}"
            );
            for sheet in status["sheets"].as_array().expect("sheets") {
                let (name, digest) = (
                    format!("{} {}", sheet["site"], sheet["date"]),
                    sheet["digest"].to_string(),
                );
                let first = digests.entry(name).or_insert_with(|| digest.clone());
                assert_eq!(*first, digest, "{}: {sheet}", tablet.home().display());
            }
            let marks = tablet_marks(tablet);
            for (id, (values, _)) in &marks {
                assert_eq!(Some(values), stored.get(id), "the server's {id} is the tablet's");
            }
            held.extend(marks.into_keys());
        }
        assert_eq!(held.len(), stored.len(), "the server holds what nobody does");
        assert_eq!(self.town.verified_marks(), stored.len());
        stored.len()
    }
}
