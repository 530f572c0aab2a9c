//! What a world's server ships, and the book of what must be there: nothing overwritten, and the watermark never ahead of
//! what can really be read back.

pub(super) mod sea;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use shared::codec::Hash32;
use shared::ids::DeviceId;
use shared::offsite::{BranchBirth, Name, Segment};
use shared::receipt::Position;
use shared::sign::sha256;
use sync_server::corridor::journal;
use sync_server::keys::Keys;
use sync_server::offsite::{ByHand, Progress, Target};
use sync_server::snapshot;
use sync_server::store::StoreError;

use super::case::Lie;
use super::hall::Holding;
use super::world::World;
use super::{Wrong, ground};
use sea::{Sea, SharedSea, Stormy, Weather, sea};

/// For how long what lies there is kept.
const KEEP_MS: i64 = 35 * 86_400_000;
/// Turns of one step of shipping at most.
const TURNS: u32 = 3;

/// What is off-site beyond doubt.
#[derive(Clone, Debug, Default)]
pub(super) struct Proved {
    pub(super) holding: Holding,
    /// Up to which entry.
    pub(super) at: Option<Position>,
}

/// What an object was found to hold.
#[derive(Clone, Debug)]
enum Read {
    /// Entries of a branch, by number and hash.
    Segment(BranchBirth, BTreeSet<(u64, Hash32)>),
    /// Everything up to an entry.
    Snapshot(Position),
    /// Nothing that counts.
    Other,
}

/// The target of a world.
pub(super) struct Offsite {
    pub(super) folder: PathBuf,
    pub(super) weather: SharedSea,
    /// Every object that was ever seen there, by its bytes.
    seen: BTreeMap<String, (Hash32, Read)>,
    /// Somebody damaged what lay there: what comes back may be less.
    pub(super) spoilt: bool,
    pub(super) proved: Proved,
}

impl Offsite {
    pub(super) fn new(folder: &Path) -> Self {
        let folder = folder.join("offsite");
        fs::create_dir_all(&folder).expect("a folder for the target");
        Self {
            folder,
            weather: SharedSea::default(),
            seen: BTreeMap::new(),
            spoilt: false,
            proved: Proved::default(),
        }
    }

    /// A process begins to ship from this folder.
    pub(super) fn hold(&self, data: &Path) -> Result<ByHand, Wrong> {
        let stormy = Stormy::over(&self.folder, Arc::clone(&self.weather));
        let target = Target::over(Arc::new(stormy), "le monde").map_err(Wrong::of("a target"))?;
        ByHand::begin(target, KEEP_MS, data).map_err(Wrong::of("a folder for snapshots"))
    }

    fn weather(&self) -> std::sync::MutexGuard<'_, Weather> {
        sea(&self.weather)
    }

    /// What goes wrong with it next.
    pub(super) fn be(&self, state: Sea) {
        self.weather().sea = state;
    }

    /// The names of all objects there.
    pub(super) fn objects(&self) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        walk(&self.folder, &self.folder, &mut all);
        all
    }
}

fn walk(root: &Path, folder: &Path, all: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(root, &path, all);
        } else if let Ok(name) = path.strip_prefix(root) {
            let name = name.to_string_lossy().into_owned();
            // What is half written lies under a name with a # in it, and counts for nothing.
            if !name.contains('#') {
                all.insert(name);
            }
        }
    }
}

impl World {
    /// The server ships: a few turns at most.
    pub(super) fn ship(&mut self, x: u32) -> Result<(), Wrong> {
        for _ in 0..=x % TURNS {
            if self.hall.burnt {
                return Ok(());
            }
            self.tally.ships += 1;
            let now = self.now;
            self.offsite.weather().now = now;
            let commune = self.hall.commune()?;
            let mut hold = match self.hall.hold.take() {
                Some(hold) => hold,
                None => self.offsite.hold(&self.hall.data)?,
            };
            let goes_on = hold.turn(&commune);
            self.hall.hold = Some(hold);
            drop(commune);
            self.hall.bury();
            self.look_off_site()?;
            if !goes_on {
                break;
            }
        }
        Ok(())
    }

    /// Something goes wrong with the target, or is right again.
    pub(super) fn sea(&mut self, x: u32, y: u32) {
        self.offsite.be(match y % 9 {
            0 => Sea::Down,
            1 => Sea::Full,
            2 => Sea::LosesPut,
            3 | 4 => Sea::SpoilsPut,
            5 => Sea::SpoilsGet,
            6 => Sea::Sinks(x % 12),
            _ => Sea::Calm,
        });
    }

    /// Somebody damages an object, cuts it off, or takes it away; or leaves garbage.
    pub(super) fn spoil(&mut self, x: u32, y: u32) -> Result<(), Wrong> {
        let all: Vec<String> = self.offsite.objects().into_iter().collect();
        if all.is_empty() {
            return Ok(());
        }
        self.tally.spoilt += 1;
        let name = &all[x as usize % all.len()];
        let path = self.offsite.folder.join(name);
        let bytes = fs::read(&path).map_err(Wrong::of("an object"))?;
        let middle = bytes.len() / 2;
        match y % 4 {
            0 => fs::remove_file(&path).map_err(Wrong::of("an object goes"))?,
            1 => fs::write(&path, &bytes[..middle]).map_err(Wrong::of("an object is cut"))?,
            2 => {
                let mut bytes = bytes;
                if let Some(byte) = bytes.get_mut(middle) {
                    *byte ^= 1 << (y / 4 % 8);
                }
                fs::write(&path, bytes).map_err(Wrong::of("an object is damaged"))?;
            }
            _ => {
                // Old garbage beside what counts takes nothing away.
                let garbage = path.with_file_name(format!("vieux-{}.bak", x % 7));
                return fs::write(garbage, b"autre chose").map_err(Wrong::of("garbage"));
            }
        }
        self.offsite.seen.remove(name);
        self.offsite.spoilt = true;
        Ok(())
    }

    /// Nothing that lies there was overwritten, and what the server says is there is there.
    pub(super) fn look_off_site(&mut self) -> Result<(), Wrong> {
        let keys = Keys::load(&self.hall.keys, &ground::slug()).map_err(Wrong::of("keys"))?;
        let all = self.offsite.objects();
        for name in &all {
            let bytes = fs::read(self.offsite.folder.join(name)).map_err(Wrong::of("an object"))?;
            let hash = sha256(&[&bytes]);
            match self.offsite.seen.get(name) {
                Some((before, _)) if *before == hash => {}
                Some(_)
                    if matches!(
                        Name::parse(name),
                        Some((_, Name::Addresses | Name::Page | Name::Feed))
                    ) => {}
                Some(_) => return Err(Wrong::new("an object off-site was overwritten")),
                None => {
                    let read = read(name, &bytes, &keys);
                    self.offsite.seen.insert(name.clone(), (hash, read));
                }
            }
        }
        let old = self.now.plus_ms(-KEEP_MS);
        let gone: Vec<String> = self
            .offsite
            .seen
            .keys()
            .filter(|name| !all.contains(*name))
            .cloned()
            .collect();
        for name in gone {
            let written = self.offsite.weather().when(&name);
            if written.is_none_or(|at| at > old) {
                return Err(Wrong::new("an object off-site was deleted before its time"));
            }
            self.offsite.seen.remove(&name);
        }
        self.watermark()
    }

    /// Every entry up to the watermark is in an object that opens, and is the server's.
    fn watermark(&mut self) -> Result<(), Wrong> {
        if self.hall.burnt || self.offsite.spoilt {
            return Ok(());
        }
        let commune = self.hall.commune()?;
        let Some(at) = commune
            .store
            .read(|tx| Progress::read(tx))
            .map_err(Wrong::of("the watermark"))?
            .and_then(|progress| progress.at)
        else {
            return Ok(());
        };
        let entries = commune
            .store
            .read(|tx| journal::page(tx, 0, 100_000))
            .map_err(Wrong::of("the journal"))?;
        let ours: BTreeMap<u64, Hash32> = entries
            .iter()
            .map(|(entry, hash)| (entry.header.seq, *hash))
            .collect();
        if ours.get(&at.seq) != Some(&at.hash) {
            return Err(Wrong::new(
                "the watermark is at an entry that is not the server's",
            ));
        }
        let mut there: BTreeSet<(u64, Hash32)> = BTreeSet::new();
        let mut whole = 0;
        for (_, read) in self.offsite.seen.values() {
            match read {
                Read::Segment(_, some) => there.extend(some),
                Read::Snapshot(of) if ours.get(&of.seq) == Some(&of.hash) => whole = whole.max(of.seq),
                Read::Snapshot(_) | Read::Other => {}
            }
        }
        let missing = (whole + 1..=at.seq)
            .find(|seq| !ours.get(seq).is_some_and(|hash| there.contains(&(*seq, *hash))));
        match missing {
            Some(seq) => Err(Wrong::new(format!(
                "the watermark is at {}, and entry {seq} is not off-site",
                at.seq
            ))),
            None => Ok(()),
        }
    }

    /// Whether another server's branch was born last off-site: somebody put an old copy in place of what a restore
    /// had begun, or a server that was given up for lost went on. Which of the two counts is for people to say.
    pub(super) fn is_contested(&mut self) -> Result<bool, Wrong> {
        let births = self.offsite.seen.values().filter_map(|(_, read)| match read {
            Read::Segment(birth, _) => Some((birth.born_at, birth.id)),
            Read::Snapshot(_) | Read::Other => None,
        });
        let Some((_, newest)) = births.max() else {
            return Ok(false);
        };
        let ours = self
            .hall
            .commune()?
            .store
            .read(|tx| tx.query("select id from branch where id = ?1", &[newest.into()]))
            .map_err(Wrong::of("branches"))?;
        Ok(ours.is_empty())
    }

    /// What the server may be sure of, by its own row: it is about to burn, or to be replaced.
    pub(super) fn prove(&mut self) -> Result<(), Wrong> {
        if self.hall.burnt {
            return Ok(());
        }
        if self.is_contested()? {
            self.offsite.proved = Proved::default();
            return Ok(());
        }
        let gone = self.hall.gone()?;
        let commune = self.hall.commune()?;
        let progress = commune
            .store
            .read(|tx| Progress::read(tx))
            .map_err(Wrong::of("the watermark"))?;
        let Some((progress, at)) = progress.and_then(|progress| Some((progress.clone(), progress.at?)))
        else {
            return Ok(());
        };
        let marks = commune
            .store
            .read(|tx| tx.query("select id from mark where seq <= ?1", &[at.seq.into()]))
            .map_err(Wrong::of("marks"))?;
        let marks: Result<BTreeSet<_>, _> = marks
            .iter()
            .map(|row| row.uuid(0).map(shared::ids::MarkId))
            .collect();
        let head = commune.head().map_err(Wrong::of("the journal"))?;
        // All that was withdrawn is there when everything is; before, what was proved before.
        let mut withdrawn: BTreeSet<DeviceId> = self.offsite.proved.holding.withdrawn.clone();
        if progress.withdrawals.is_some() && (head.seq, head.hash) == (at.seq, at.hash) {
            withdrawn = gone;
        }
        self.offsite.proved = Proved {
            holding: Holding {
                marks: marks.map_err(Wrong::of("marks"))?,
                withdrawn,
            },
            at: Some(at),
        };
        Ok(())
    }

    /// Ships until everything is off-site: the target is well again.
    pub(super) fn ship_all(&mut self) -> Result<(), Wrong> {
        self.offsite.be(Sea::Calm);
        for _ in 0..40 {
            // A lease of a process that died runs out, and what failed is tried again later.
            self.pass_ms(90_000);
            self.ship(TURNS - 1)?;
            let commune = self.hall.commune()?;
            let head = commune.head().map_err(Wrong::of("the journal"))?;
            let at = commune
                .store
                .read(|tx| Progress::read(tx))
                .map_err(Wrong::of("the watermark"))?
                .and_then(|progress| progress.at);
            // On a branch on which nothing was written yet, the last entry is one of its parent's.
            if at.is_some_and(|at| (at.seq, at.hash) == (head.seq, head.hash)) {
                return Ok(());
            }
        }
        let commune = self.hall.commune()?;
        let progress = commune
            .store
            .read(|tx| Progress::read(tx))
            .map_err(Wrong::of("the watermark"))?;
        let why = progress.and_then(|progress| progress.error);
        Err(Wrong::new(format!(
            "what was written is never off-site: {}",
            why.unwrap_or_default()
        )))
    }

    /// A rule broken on purpose: the watermark runs ahead.
    pub(super) fn lie_off_site(&mut self) -> Result<(), Wrong> {
        if self.lie != Lie::WatermarkTooSoon || self.hall.burnt {
            return Ok(());
        }
        let commune = self.hall.commune()?;
        let head = commune.head().map_err(Wrong::of("the journal"))?;
        let lied = commune.store.write(move |tx| match Progress::read(tx)? {
            Some(progress) => Progress {
                at: Some(head),
                ..progress
            }
            .write(tx),
            None => Ok(()),
        });
        drop(commune);
        self.hall.bury();
        match lied {
            Ok(()) => self.watermark(),
            // The process died before it could lie.
            Err(StoreError::Unavailable(_)) => Ok(()),
            Err(error) => Err(Wrong::new(format!("the lie: {error}"))),
        }
    }
}

fn read(name: &str, bytes: &[u8], keys: &Keys) -> Read {
    match Name::parse(name) {
        Some((slug, Name::Segment { .. })) => {
            let opened = keys
                .shipping_keys()
                .find_map(|key| Segment::open(&slug, key, bytes).ok());
            opened.map_or(Read::Other, |(segment, _)| {
                let linked = segment.linked();
                Read::Segment(
                    segment.branch,
                    linked.map(|(_, entry, hash)| (entry.header.seq, hash)).collect(),
                )
            })
        }
        Some((_, Name::Snapshot { .. })) => match snapshot::check(BufReader::new(bytes), &keys.shipping) {
            Ok(contents) => Read::Snapshot(contents.manifest.at),
            Err(_) => Read::Other,
        },
        _ => Read::Other,
    }
}
