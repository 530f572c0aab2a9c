//! 00:47, and what is rebuilt afterwards from what lay elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use shared::offsite::Name;
use shared::operation::decode_body;
use shared::time::UtcMs;
use shared::withdrawal::Withdrawn;

use super::before::CUT_OFF;
use super::{Story, do_work};
use crate::corridor::journal;
use crate::drill::acts::Booking;
use crate::drill::calendar::{at, day};
use crate::drill::desk::{Account, Desk};
use crate::drill::facts::{self, Facts, Key};
use crate::drill::programs::{Place, free_port};
use crate::drill::tablets::{Part, Tablet};
use crate::drill::world::{World, each, read};
use crate::drill::{DrillError, SLUG, account, damage, disk, held};
use crate::store::{Read, StoreError};

/// How often the target is looked at while something is on its way.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// And how often at most.
const SHIPPED_LOOKS: usize = 600;
/// Journal entries read at once.
const PAGE: u64 = 500;

/// An entry of the journal that burnt: what it speaks of, and its body.
pub(super) struct BurntEntry {
    seq: u64,
    keys: Vec<Key>,
    body: Vec<u8>,
}

impl Story<'_> {
    /// The server is killed between two instructions, and its disk is gone.
    pub(super) fn burns(&mut self) -> Result<(), DrillError> {
        let night = World::night(day(3, 10));
        self.world.serve(night)?;
        if let Some(target) = self.world.offsite.clone() {
            self.wait_until_shipped(&target)?;
            self.shipped = self.world.facts()?.things;
        }
        let late = self.acts.late.clone();
        let mut desk = self.world.desk("gestionnaire")?;
        let done = do_work(&mut desk, &late)?;
        self.did(done);
        if let Some(server) = self.world.server.take() {
            server.burn()?;
        }
        let mut burnt = self.world.place.clone();
        if burnt.store.is_none() {
            // Reading would tidy up: the disk itself stays as the fire left it.
            disk::take_away(&self.world.place.data, &self.disk)?;
            burnt.data = self.world.path("lecture-du-disque");
            disk::copy(&self.disk, &burnt.data)?;
        }
        (self.before, self.burnt) = read(&burnt, |commune| {
            commune.store.read(|tx| {
                let facts = facts::read(tx)?;
                let journal = journal_of(tx, &facts)?;
                Ok::<_, StoreError>((facts, journal))
            })
        })?;
        self.say(
            "Mercredi 10 mars, 0 h 47. Le feu prend. Le serveur tombe sans prévenir, son disque est perdu, son adresse ne \
             répond plus.",
        );
        self.tablets_hold(at(day(3, 10), 1, 0))?;
        let known = self.before.things.len();
        self.say(&format!("À cet instant, {known} choses étaient vraies."));
        Ok(())
    }

    /// Waits until the target holds all that the record holds.
    fn wait_until_shipped(&self, target: &Path) -> Result<(), DrillError> {
        let head = read(&self.world.place, |commune| commune.head())?.seq;
        let (_never, pause) = std::sync::mpsc::channel::<()>();
        for _ in 0..SHIPPED_LOOKS {
            if newest_shipped(target).is_some_and(|last| last >= head) {
                return Ok(());
            }
            let _ = pause.recv_timeout(LOOK_EVERY);
        }
        Err(DrillError::Broken("rien n’arrive hors du site".into()))
    }

    /// What tablets hold that night, own marks and others'.
    fn tablets_hold(&mut self, now: UtcMs) -> Result<(), DrillError> {
        let tablets = self.world.tablets.clone();
        let exported = each(&tablets, |tablet| held::marks(&self.world, tablet, now))?;
        for (tablet, sheets) in tablets.iter().zip(exported) {
            let who = format!("la tablette {}", tablet.name);
            for sheet in sheets {
                for key in self.before.take_marks(&sheet) {
                    held::note(&mut self.held, key, &who);
                }
            }
            held::note(&mut self.held, Key::Tablet(tablet.device), &who);
            // Whoever met the server in the evening carries what was withdrawn at noon.
            if let Some(lost) = self.world.withdrawn.as_ref().filter(|_| tablet.site != CUT_OFF) {
                let key = Key::Withdrawal(Withdrawn::Device, lost.device.0.into());
                held::note(&mut self.held, key, &who);
            }
        }
        Ok(())
    }

    /// A server elsewhere, from what lay elsewhere.
    pub(super) fn is_rebuilt(&mut self) -> Result<(), DrillError> {
        self.points_alone(day(3, 10), &[Part::Evening])?;
        let now = at(day(3, 11), 14, 0);
        let elsewhere = self.world.path("ailleurs");
        self.world.place = Place {
            data: self.world.path("serveur-2"),
            store: self.world.options.store.clone(),
        };
        let burnt = self.world.port;
        while self.world.port == burnt {
            self.world.port = free_port()?;
        }
        let from = match &self.world.offsite {
            Some(target) => target.clone(),
            None => elsewhere.join("demo-2021-03-09.snapshot"),
        };
        let key = elsewhere.join("demo.key");
        let restore = [
            "restore",
            SLUG,
            "--from",
            &from.to_string_lossy(),
            "--key",
            &key.to_string_lossy(),
        ];
        let told = self.world.command(now, &restore)?;
        self.fork = told["restored"]["entries"].as_u64().unwrap_or_default();
        self.set_aside = told["set_aside"].as_str().map(str::to_owned);
        self.survived = self.world.facts()?.things;
        self.disk_holds()?;
        self.lists_prove(now)?;
        self.say(&format!(
            "Jeudi 11 mars. Un serveur neuf, ailleurs, à une autre adresse : {} ; {} opérations sont revenues.",
            if self.world.offsite.is_some() {
                "restauré de ce qui était expédié"
            } else {
                "restauré de la sauvegarde d’avant-hier"
            },
            self.fork
        ));
        if self.world.offsite.is_none() {
            let offsite = elsewhere.join("hors-site");
            disk::make(&offsite)?;
            self.world.offsite = Some(offsite);
        }
        self.world.serve(at(day(3, 11), 14, 30))?;
        self.is_helped(&told, at(day(3, 11), 14, 35))
    }

    /// A link of the host opens the door where passwords of before do not, and whoever comes in vouches for the others.
    fn is_helped(&mut self, restored: &Value, now: UtcMs) -> Result<(), DrillError> {
        let helper = Account {
            email: "secours@demo.example".into(),
            password: "falaise-tambour-neige-77".into(),
        };
        let create = [
            "agent",
            "create",
            SLUG,
            "--email",
            &helper.email,
            "--role",
            "administrateur",
        ];
        let told = self.world.command(now, &create)?;
        let link = told["link"].as_str().unwrap_or_default();
        let mut desk = Desk::activate(&self.world.address(), link, &helper)?;
        let confirmed = desk.confirm_all(&self.not_to_confirm())?;
        if restored["withdrawals"]["read"] != true {
            self.say(&format!(
                "Un lien de secours ouvre la mairie ; {confirmed} tablettes et agents y sont confirmés un à un, sauf la \
                 tablette perdue dans le bus."
            ));
        }
        self.helper = Some(helper);
        Ok(())
    }

    /// Whom nobody vouches for.
    pub(super) fn not_to_confirm(&self) -> Vec<String> {
        let lost = self.world.withdrawn.iter();
        lost.map(|tablet| tablet.device.to_string()).collect()
    }

    /// What the lost disk still holds, if it is ever found.
    fn disk_holds(&mut self) -> Result<(), DrillError> {
        for (key, content) in &self.shipped {
            if self.before.things.get(key) == Some(content) {
                held::note(&mut self.held, *key, "la sauvegarde hors du site");
            }
        }
        let fork = self.fork;
        self.burnt.retain(|entry| entry.seq > fork);
        if self.world.options.without_disk {
            return Ok(());
        }
        let there = if self.world.options.damaged {
            let spoilt = self.is_damaged()?;
            self.say(&format!(
                "(Le disque, quand on le retrouvera, aura {spoilt} pages illisibles.)"
            ));
            let bodies: Vec<&[u8]> = self.burnt.iter().map(|entry| entry.body.as_slice()).collect();
            damage::readable(&self.store_on_disk(), &bodies)?
        } else {
            vec![true; self.burnt.len()]
        };
        // A thing is held as it was last, so by all that was ever said of it since the backup.
        let mut readable: BTreeMap<Key, bool> = BTreeMap::new();
        for (entry, there) in self.burnt.iter().zip(there) {
            for key in &entry.keys {
                *readable.entry(*key).or_insert(true) &= there;
            }
        }
        for key in self.not_back() {
            if readable.get(&key) == Some(&true) {
                held::note(&mut self.held, key, "le disque retrouvé");
            }
        }
        Ok(())
    }

    /// What was true before and did not come back with the backup.
    fn not_back(&self) -> BTreeSet<Key> {
        let before = self.before.things.iter();
        before
            .filter(|(key, content)| self.survived.get(key) != Some(content))
            .map(|(key, _)| *key)
            .collect()
    }

    /// The file of the burnt store.
    fn store_on_disk(&self) -> PathBuf {
        self.disk.join("communes").join(format!("{SLUG}.db"))
    }

    /// Some of what the town hall did on the last day, and its neighbours on the same pages, cannot be read any more.
    fn is_damaged(&self) -> Result<usize, DrillError> {
        let moved = self.acts.last.moves.iter().take(2).map(|id| Key::Household(*id));
        let booked = self.acts.last.books.iter().take(1).map(Booking::key);
        let victims: BTreeSet<Key> = moved.chain(booked).collect();
        let bodies: Vec<&[u8]> = self
            .burnt
            .iter()
            .filter(|entry| entry.keys.iter().any(|key| victims.contains(key)))
            .map(|entry| entry.body.as_slice())
            .collect();
        damage::spoil_store(&self.store_on_disk(), &bodies)
    }

    /// What tablets' signed lists prove of what did not come back.
    fn lists_prove(&mut self, now: UtcMs) -> Result<(), DrillError> {
        let lost = self.not_back();
        let tablets: Vec<Tablet> = self.world.tablets.clone();
        let proven = each(&tablets, |tablet| {
            held::proven(&self.world, tablet, now, &self.before, &lost)
        })?;
        for (tablet, keys) in tablets.iter().zip(proven) {
            for key in keys {
                held::note(
                    &mut self.held,
                    key,
                    &format!("les listes de la tablette {}", tablet.name),
                );
            }
        }
        Ok(())
    }
}

/// The whole journal, with what it speaks of.
fn journal_of(tx: &mut dyn Read, known: &Facts) -> Result<Vec<BurntEntry>, StoreError> {
    let mut all = Vec::new();
    loop {
        let after = all.last().map_or(0, |entry: &BurntEntry| entry.seq);
        let page = journal::page(tx, after, PAGE)?;
        if page.is_empty() {
            return Ok(all);
        }
        for (entry, _) in page {
            let body = entry.body.unwrap_or_default();
            let keys = decode_body(&body).map(|body| account::keys_of(&body, &known.reservations));
            all.push(BurntEntry {
                seq: entry.header.seq,
                keys: keys.unwrap_or_default(),
                body,
            });
        }
    }
}

/// The newest entry of which the name of a segment speaks.
fn newest_shipped(target: &Path) -> Option<u64> {
    let mut folders = vec![target.to_owned()];
    let mut newest = None;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).ok()?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let under = path.strip_prefix(target).ok()?.to_string_lossy().into_owned();
            if let Some((_, Name::Segment { last, .. })) = Name::parse(&under) {
                newest = newest.max(Some(last));
            }
        }
    }
    newest
}
