//! A small town, what it ships, and a machine elsewhere on which it comes back.

use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::Arc;

use shared::codec::{Blob, Hash32, encode};
use shared::ids::{ActivityId, BranchId, ChildId, DeviceId, MarkId, SiteId};
use shared::mark::{Kind, Mark, pack};
use shared::offsite::{BranchBirth, Name, Segment, Shipped, Withdrawals};
use shared::operation::{Actor, Body, Channel, ReceivedMark, SiteRecord};
use shared::receipt::Position;
use shared::slug::Slug;
use shared::time::UtcMs;
use shared::withdrawal::{Withdrawal, Withdrawn};
use uuid::Uuid;

use crate::clock::{Clock, Hands, random};
use crate::commune::Commune;
use crate::corridor::journal;
use crate::host::Host;
use crate::keys::{self, Keys};
use crate::restore::{Asked, RestoreError, Restored, Step, Steps, restore};
use crate::snapshot::{Making, write};
use crate::store::testing::Place;
use crate::store::{Row, Value};
use crate::verify::verify;

/// When the town is founded: a Monday, 06:00 UTC.
pub(crate) const START: UtcMs = UtcMs(1_795_413_600_000);
const MINUTE: i64 = 60_000;
/// 23 November 2026, as marks count dates.
pub(crate) const DAY: i32 = 739_943;

pub(crate) fn slug() -> Slug {
    "ville".parse().expect("a slug")
}

/// A machine.
pub(crate) struct Machine {
    _place: Place,
    pub(crate) host: Arc<Host>,
    pub(crate) hands: &'static Hands,
}

impl Machine {
    pub(crate) fn new(at: UtcMs) -> Self {
        let hands: &'static Hands = Box::leak(Box::new(Hands::at(at)));
        let place = Place::new();
        Self {
            host: place.host(Clock::of(hands)),
            _place: place,
            hands,
        }
    }

    /// The same in files, or on a database server.
    pub(crate) fn on(kind: crate::store::Kind, at: UtcMs) -> Self {
        let hands: &'static Hands = Box::leak(Box::new(Hands::at(at)));
        let place = Place::of(kind);
        Self {
            host: place.host(Clock::of(hands)),
            _place: place,
            hands,
        }
    }

    pub(crate) fn founded() -> Self {
        Self::new(START).with_town()
    }

    pub(crate) fn with_town(self) -> Self {
        let machine = self;
        machine
            .host
            .create(&slug(), "Ville", "Europe/Paris", "mairie")
            .expect("a commune");
        machine
    }

    /// A machine elsewhere, with nothing but a copy of the key.
    pub(crate) fn elsewhere(&self) -> Self {
        let other = Self::new(self.host.clock.now());
        keys::import(&other.host.setup().keys, &self.keys()).expect("the key");
        other
    }

    pub(crate) fn keys(&self) -> Keys {
        Keys::load(&self.host.setup().keys, &slug()).expect("the key")
    }

    pub(crate) fn commune(&self) -> Arc<Commune> {
        self.host.commune(slug().as_str()).expect("a commune")
    }

    pub(crate) fn close(&self) {
        assert!(self.host.close_unused(&slug()), "nobody uses it");
    }

    pub(crate) fn submit(&self, body: Body) {
        self.hands.pass(MINUTE);
        let commune = self.commune();
        commune
            .submit(commune.operation(Actor::Host, Channel::Command, body))
            .expect("an operation");
    }

    /// A school more, and a child pointed there: two entries, a minute apart.
    pub(crate) fn school(&self, n: u64) {
        let site = SiteId(Uuid::from_u128(u128::from(n)));
        self.submit(Body::PutSite {
            site: SiteRecord {
                nursery: false,
                retired: false,
                id: site,
                slug: format!("ecole-{n}").parse().expect("a slug"),
                name: format!("École {n}"),
                school: None,
                phone: None,
            },
        });
        self.submit(Body::ReceiveMarks {
            device: DeviceId(Uuid::from_u128(5)),
            site: SiteId(Uuid::from_u128(1)),
            date: DAY,
            marks: vec![mark(n)],
        });
    }

    pub(crate) fn schools(&self, numbers: std::ops::RangeInclusive<u64>) {
        numbers.for_each(|n| self.school(n));
        self.derive();
    }

    /// Documents of sheets come with a tablet's exchange; here marks came alone.
    pub(crate) fn derive(&self) {
        self.commune()
            .store
            .write(|tx| crate::sync::derive_since(tx, 0, random()))
            .expect("sheets");
    }

    pub(crate) fn head(&self) -> Position {
        self.commune().head().expect("a head")
    }

    pub(crate) fn rows(&self, sql: &str) -> Vec<Row> {
        let sql = sql.to_owned();
        self.commune().store.read(|tx| tx.query(&sql, &[])).expect("rows")
    }

    /// How many schools and marks there are; the record must be sound.
    pub(crate) fn content(&self) -> (usize, usize) {
        let report = verify(&self.commune()).expect("a record that can be read");
        assert_eq!(report.problems, Vec::<String>::new());
        (
            self.rows("select id from site").len(),
            self.rows("select id from mark").len(),
        )
    }

    /// The journal up to this entry, byte by byte.
    pub(crate) fn journal(&self, to: u64) -> Vec<Row> {
        self.commune()
            .store
            .read(|tx| tx.query("select * from journal where seq <= ?1 order by seq", &[to.into()]))
            .expect("the journal")
    }

    pub(crate) fn withdraw(&self, kind: Withdrawn, n: u128) -> Withdrawal {
        let withdrawal = Withdrawal::sign(
            kind,
            Uuid::from_u128(n),
            self.host.clock.now(),
            &self.keys().signing,
        );
        self.submit(Body::Withdraw {
            withdrawal: Blob(encode(&withdrawal)),
        });
        withdrawal
    }

    pub(crate) fn restore(&self, asked: &Asked) -> Result<Restored, RestoreError> {
        restore(&self.host, &slug(), asked, &quiet())
    }

    #[track_caller]
    pub(crate) fn restored(&self, asked: &Asked) -> Restored {
        self.restore(asked).unwrap_or_else(|error| panic!("{error}"))
    }
}

pub(crate) fn mark(n: u64) -> ReceivedMark {
    let device = DeviceId(Uuid::from_u128(5));
    let mark = Mark {
        kind: if n.is_multiple_of(2) { Kind::Out } else { Kind::In },
        child: Some(ChildId(Uuid::from_u128(7))),
        activity: ActivityId(Uuid::from_u128(8)),
        formula: None,
        device,
        device_seq: n,
        device_time: START.plus_ms(n as i64),
        mono_ms: n,
        boot: 1,
        offset_ms: None,
        staff: None,
        stated: None,
        after: vec![],
        clock_doubted: false,
    };
    ReceivedMark {
        id: MarkId(Uuid::from_u128(1_000 + u128::from(n))),
        value: Blob(pack(&mark)),
        returned: false,
    }
}

pub(crate) fn quiet() -> Steps {
    Arc::new(|_: Step| {})
}

/// A folder off-site.
pub(crate) struct Offsite {
    folder: tempfile::TempDir,
}

impl Offsite {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    pub(crate) fn asked(&self) -> Asked {
        Asked {
            from: self.folder.path().display().to_string(),
            at: None,
            key: None,
            dry_run: false,
        }
    }

    pub(crate) fn file(&self, object: &str) -> PathBuf {
        self.folder.path().join(object)
    }

    pub(crate) fn put(&self, object: &str, bytes: &[u8]) {
        let file = self.file(object);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, bytes).expect("an object");
    }

    pub(crate) fn get(&self, object: &str) -> Vec<u8> {
        fs::read(self.file(object)).expect("an object")
    }

    pub(crate) fn remove(&self, object: &str) {
        fs::remove_file(self.file(object)).expect("an object");
    }

    /// Ships everything after entry `after`, in segments of `each` entries; answers their names.
    pub(crate) fn ship(&self, town: &Machine, after: u64, each: usize) -> Vec<String> {
        self.withdrawals(town, &[]);
        let commune = town.commune();
        let (entries, births) = commune
            .store
            .read(|tx| {
                let rows = tx.query("select id, parent, fork_seq, fork_hash, born_at from branch", &[])?;
                let births: Vec<BranchBirth> = rows.iter().map(birth).collect();
                Ok::<_, crate::store::StoreError>((journal::page(tx, after, 10_000)?, births))
            })
            .expect("the journal");
        let mut names = Vec::new();
        for piece in entries.chunk_by(|a, b| a.0.header.branch == b.0.header.branch) {
            let birth = births
                .iter()
                .find(|birth| birth.id == piece[0].0.header.branch)
                .expect("a branch");
            for piece in piece.chunks(each) {
                let first = &piece[0].0;
                let before = Position {
                    branch: match birth.parent {
                        Some(parent) if parent.seq + 1 == first.header.seq => parent.branch,
                        _ => birth.id,
                    },
                    seq: first.header.seq - 1,
                    hash: first.previous,
                };
                let segment = Segment {
                    branch: *birth,
                    before,
                    entries: piece
                        .iter()
                        .map(|(entry, _)| Shipped {
                            header: entry.header.clone(),
                            salt: entry.salt,
                            body: entry.body.clone().map(Blob),
                            outcome: Blob(entry.outcome.clone()),
                        })
                        .collect(),
                };
                let name =
                    Name::segment(first.header.seq, &segment.check().expect("a segment")).path(&slug());
                let sealed = segment
                    .seal(&slug(), &town.keys().shipping, Hash32(random()))
                    .expect("sealed");
                self.put(&name, &sealed);
                names.push(name);
            }
        }
        names
    }

    /// Makes a snapshot; answers its name.
    pub(crate) fn snapshot(&self, town: &Machine) -> String {
        self.withdrawals(town, &[]);
        let made_at = town.host.clock.now();
        let name = Name::snapshot(&town.head(), made_at).path(&slug());
        self.put(&name, &snapshot(town));
        name
    }

    pub(crate) fn withdrawals(&self, town: &Machine, all: &[Withdrawal]) -> String {
        let set = Withdrawals::of(all.iter().copied());
        let name = Name::withdrawals(&set.digest()).path(&slug());
        let sealed = set
            .seal(&slug(), &town.keys().shipping, Hash32(random()))
            .expect("sealed");
        self.put(&name, &sealed);
        name
    }
}

pub(crate) fn snapshot(town: &Machine) -> Vec<u8> {
    let making = Making {
        shipping: town.keys().shipping,
        salt: Hash32(random()),
        made_at: town.host.clock.now(),
    };
    let mut bytes = Vec::new();
    town.commune()
        .store
        .read(|tx| write(tx, &making, &mut bytes))
        .expect("a snapshot");
    bytes
}

/// A snapshot in a file of its own.
pub(crate) fn snapshot_file(town: &Machine, offsite: &Offsite) -> Asked {
    offsite.put("seul.snapshot", &snapshot(town));
    File::open(offsite.file("seul.snapshot")).expect("a file");
    Asked {
        from: offsite.file("seul.snapshot").display().to_string(),
        ..offsite.asked()
    }
}

fn birth(row: &Row) -> BranchBirth {
    let parent = (row.0[1] != Value::Null).then(|| Position {
        branch: BranchId(row.uuid(1).expect("an id")),
        seq: row.count(2).expect("a number"),
        hash: row.hash(3).expect("a hash"),
    });
    BranchBirth {
        id: BranchId(row.uuid(0).expect("an id")),
        parent,
        born_at: UtcMs(row.int(4).expect("an instant")),
    }
}

impl Machine {
    /// Nobody may have it open while it is replaced.
    pub(crate) fn close_if_open(&self) {
        self.host.close_unused(&slug());
    }
}
