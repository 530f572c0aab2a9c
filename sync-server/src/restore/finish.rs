//! The end of a restore: a new branch in recovery, rights taken away, the proof, the exchange.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::codec::{Blob, Hash32, decode, encode};
use shared::ids::{BranchId, OperationId, mint};
use shared::operation::{Actor, Body, Cause, Channel, Operation};
use shared::slug::Slug;
use shared::time::UtcMs;
use shared::withdrawal::Withdrawal;

use super::history::{Built, History};
use super::source::{Shelf, Source};
use super::{Asked, RestoreError, Restored, Step, Withdrawn};
use crate::clock::random;
use crate::commune::Commune;
use crate::corridor::{self, Context, CorridorError, Mode, journal};
use crate::host::{Host, HostError, Line};
use crate::keys::{self, Imported, Keys};
use crate::store::{Read, Row, Store, StoreError, Write, hide_password};
use crate::verify::verify;

/// What a restore would come to.
pub(super) fn only_told(history: &History<'_>, built: Built) -> Result<Restored, RestoreError> {
    let mut problems = built.problems.clone();
    let set = Set::read(history, &built.withdrawals, &mut problems)?;
    Ok(told(history.slug, history.asked, built, set.read, problems))
}

fn told(slug: &Slug, asked: &Asked, built: Built, read: bool, problems: Vec<String>) -> Restored {
    Restored {
        slug: slug.clone(),
        incarnation: None,
        from: hide_password(&asked.from),
        snapshot: built.snapshot,
        entries: built.reached.at.seq,
        head: built.reached.at.hash.hex(),
        at: built.reached.received_at,
        segments: built.segments,
        cut: built.cut,
        aside: built.aside,
        set_aside: None,
        withdrawals: Withdrawn { read, applied: 0 },
        key_placed: false,
        dry_run: asked.dry_run,
        problems,
    }
}

/// Makes the filled store the commune's own.
pub(super) fn finish(history: &History<'_>, mut built: Built) -> Result<Restored, RestoreError> {
    let History {
        host,
        slug,
        keys,
        asked,
        steps,
        ..
    } = *history;
    let mut problems = std::mem::take(&mut built.problems);
    let store = built
        .store
        .take()
        .ok_or_else(|| StoreError::Unavailable("nothing was filled".into()))?;
    let sheets_to = built.sheets_to;
    store.write(move |tx| crate::sync::derive_since(tx, sheets_to, random()))?;
    steps(Step::Replayed);
    let set = Set::read(history, &built.withdrawals, &mut problems)?;
    let beginning = Beginning {
        cause: Cause::Restored,
        source: hide_password(&asked.from),
        restored_to: built.reached.received_at,
        withdrawals_read: set.read,
        channel: Channel::Command,
        now: host.clock.now(),
    };
    let all = set.all;
    let (branch, applied) = store.write(move |tx| {
        let branch = BranchId(uuid::Builder::from_random_bytes(random()).into_uuid());
        journal::fork_branch(tx, branch, beginning.now)?;
        let applied = begin(tx, &beginning, &all)?;
        Ok::<_, CorridorError>((branch, applied))
    })?;
    steps(Step::Branched);
    let line = settle(host, slug, keys, store, &mut problems)?;
    steps(Step::Verified);
    // Keys of the host's own folder are in their place.
    let how = match &asked.key {
        Some(_) => keys::import(&host.setup().keys, keys)?.1,
        None => Imported::Same,
    };
    steps(Step::Keyed);
    let set_aside = host
        .backend()
        .swap_in(slug, &stamp(host, slug, host.clock.now())?)?;
    steps(Step::Swapped);
    enlist(host, slug, &line, &mut problems)?;
    steps(Step::Listed);
    Ok(Restored {
        incarnation: Some(branch),
        set_aside,
        withdrawals: Withdrawn {
            read: set.read,
            applied,
        },
        key_placed: how != Imported::Same,
        ..told(slug, asked, built, set.read, problems)
    })
}

/// What the first entry of a branch that begins with a loss says.
pub(crate) struct Beginning {
    pub(crate) cause: Cause,
    pub(crate) source: String,
    pub(crate) restored_to: Option<UtcMs>,
    pub(crate) withdrawals_read: bool,
    pub(crate) channel: Channel,
    pub(crate) now: UtcMs,
}

/// Begins the recovery, then takes away what was taken away. Answers how many of these were not known.
pub(crate) fn begin(
    tx: &mut dyn Write,
    beginning: &Beginning,
    withdrawals: &BTreeSet<Withdrawal>,
) -> Result<u64, CorridorError> {
    let operation = |body| Operation {
        id: OperationId(mint(beginning.now, random())),
        at: beginning.now,
        actor: Actor::Host,
        channel: beginning.channel,
        seen: None,
        body,
    };
    let context = |mode| Context {
        now: beginning.now,
        mode,
    };
    let recovery = operation(Body::BeginRecovery {
        cause: beginning.cause,
        source: beginning.source.clone(),
        restored_to: beginning.restored_to,
        withdrawals_read: beginning.withdrawals_read,
    });
    corridor::submit(tx, &recovery, Hash32(random()), context(Mode::Live))?;
    let mut applied = 0;
    for withdrawal in withdrawals {
        let body = Body::Withdraw {
            withdrawal: Blob(encode(withdrawal)),
        };
        // They were admitted when they were signed: that somebody is the last administrator here is no
        // reason to let them in again.
        let done = corridor::submit(tx, &operation(body), Hash32(random()), context(Mode::Recorded))?;
        applied += u64::from(done.seq.is_some());
    }
    Ok(applied)
}

/// Verifies the filled store; what is wrong with it was wrong before and is told. Answers its line in the
/// host's list. The store is at rest afterwards.
pub(super) fn settle(
    host: &Arc<Host>,
    slug: &Slug,
    keys: &Keys,
    store: Store,
    problems: &mut Vec<String>,
) -> Result<Line, RestoreError> {
    let commune = Commune::open(slug.clone(), store, keys.clone(), host.clock)?;
    let report = verify(&commune)?;
    problems.extend(report.problems);
    let first = commune.store.read(|tx| journal::page(tx, 0, 1))?;
    let created_at = first
        .first()
        .map_or_else(|| host.clock.now(), |(entry, _)| entry.header.received_at);
    Ok(Line {
        name: commune.name.clone(),
        created_at,
        moved: None,
    })
}

/// Puts the commune on the host's list, where it is not.
pub(super) fn enlist(
    host: &Arc<Host>,
    slug: &Slug,
    line: &Line,
    problems: &mut Vec<String>,
) -> Result<(), RestoreError> {
    match host.line(slug)? {
        Some(Line { moved: None, .. }) => return Ok(()),
        Some(Line {
            moved: Some((to, _)), ..
        }) => problems.push(format!(
            "Elle était partie vers {to} : assurez-vous que plus rien ne la sert là-bas."
        )),
        None => {}
    }
    host.enlist(slug, line)?;
    Ok(())
}

/// Under which stamp the old store is set aside: the hundredth of a second, or the next that is free, for
/// a clock may show the same one twice.
pub(super) fn stamp(host: &Host, slug: &Slug, now: UtcMs) -> Result<String, HostError> {
    let mut at = now;
    loop {
        let hundredths = at.0.rem_euclid(1000) / 10;
        let stamp = format!("{}{hundredths:02}", at.utc().format("%Y%m%d%H%M%S"));
        if host.backend().is_free(slug, &stamp)? {
            return Ok(stamp);
        }
        at = at.plus_ms(10);
    }
}

/// The union of all withdrawals that can be found.
struct Set {
    all: BTreeSet<Withdrawal>,
    read: bool,
}

impl Set {
    fn read(
        history: &History<'_>,
        objects: &[String],
        problems: &mut Vec<String>,
    ) -> Result<Self, RestoreError> {
        let History {
            host,
            slug,
            keys,
            source,
            ..
        } = *history;
        let commune = keys.signing.public();
        let mut all = BTreeSet::new();
        let mut read = false;
        if let Source::Target(target) = source {
            let mut shelf = Shelf::new(target, slug, keys);
            // The shipper puts a set there before anything else, were it empty: none at all is a loss.
            read = !objects.is_empty();
            for object in objects {
                match shelf.withdrawals(object)? {
                    Ok(set) => all.extend(set.signed_by(&commune).all().iter().copied()),
                    Err(why) => {
                        read = false;
                        problems.push(format!("{object} : {why}."));
                    }
                }
            }
        }
        match old(host, slug) {
            Ok(None) => {}
            Ok(Some((set, sound))) => {
                all.extend(set.into_iter().filter(|one| one.is_of(&commune)));
                read |= sound;
            }
            Err(why) => problems.push(format!(
                "L’ancien stockage de « {slug} » est illisible ({why}) : il est gardé tel quel."
            )),
        }
        if !read {
            problems.push(
                "Les retraits (tablettes, agents) prononcés depuis la sauvegarde n’ont pas pu être lus : les données \
                 personnelles n’iront qu’aux tablettes confirmées à la mairie, et les agents entrent par un nouveau lien."
                    .into(),
            );
        }
        Ok(Self { all, read })
    }
}

/// The withdrawals of the store that is replaced, and whether it knows all of them: one that came out of
/// a loss itself, without them, does not.
fn old(host: &Arc<Host>, slug: &Slug) -> Result<Option<(Vec<Withdrawal>, bool)>, StoreError> {
    let store = match host.backend().open_old(slug) {
        Err(StoreError::Moved) => return Ok(None),
        opened => opened?,
    };
    store.read(|tx| {
        let rows = tx.query(include_str!("../record/withdrawal/since.sql"), &[0_u64.into()])?;
        let set = rows.iter().map(withdrawal).collect::<Result<Vec<_>, _>>()?;
        Ok(Some((set, knows_all(tx)?)))
    })
}

fn withdrawal(row: &Row) -> Result<Withdrawal, StoreError> {
    decode(&row.bytes(0)?).map_err(|error| StoreError::Shape(error.to_string()))
}

fn knows_all(tx: &mut dyn Read) -> Result<bool, StoreError> {
    let newest = tx.first(include_str!("../record/recovery/all.sql"), &[])?;
    newest.map_or(Ok(true), |row| row.flag(6))
}
