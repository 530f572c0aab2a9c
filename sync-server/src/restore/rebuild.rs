//! A commune of which nothing is left but its key: an empty store, which its tablets fill.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use shared::codec::Hash32;
use shared::ids::{BranchId, OperationId, mint};
use shared::operation::{Actor, Body, Cause, Channel, Operation};
use shared::slug::Slug;

use super::finish::{Beginning, begin, enlist, settle, stamp};
use super::{RestoreError, alone};
use crate::clock::random;
use crate::corridor::{self, Context, CorridorError, Mode, journal};
use crate::host::Host;
use crate::keys::{self, Keys};
use crate::store::{Schema, StoreError};

/// An empty store that waits for its tablets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// Its first branch.
    pub incarnation: BranchId,
    /// Where an empty store that was there was set aside.
    pub set_aside: Option<String>,
    /// What is to be known, a sentence each.
    pub problems: Vec<String>,
}

/// Makes an empty store with this key, in recovery. Its name is the slug until a tablet's card knows better.
///
/// # Errors
/// [`RestoreError`]; nothing changed then but for the key, which may be in its place.
pub fn rebuild(host: &Arc<Host>, slug: &Slug, key: &Path) -> Result<Rebuilt, RestoreError> {
    let keys = Keys::read(key, slug)?;
    let _alone = alone(host, slug)?;
    keys::may_import(&host.setup().keys, &keys)?;
    if !is_empty(host, slug)? {
        return Err(RestoreError::NotEmpty(slug.clone()));
    }
    let done = make(host, slug, &keys);
    if done.is_err() {
        let _ = host.backend().drop_beside(slug);
    }
    done
}

fn make(host: &Arc<Host>, slug: &Slug, keys: &Keys) -> Result<Rebuilt, RestoreError> {
    let now = host.clock.now();
    let newest = u32::try_from(Schema::Commune.newest()).unwrap_or(u32::MAX);
    drop(host.backend().make_beside(slug, newest)?);
    let store = host.backend().open_beside(slug)?;
    let incarnation = BranchId(uuid::Builder::from_random_bytes(random()).into_uuid());
    let founding = Operation {
        id: OperationId(mint(now, random())),
        at: now,
        actor: Actor::Host,
        channel: Channel::Command,
        seen: None,
        body: Body::FoundCommune {
            slug: slug.to_string(),
            name: slug.to_string(),
            zone: "Europe/Paris".into(),
            label: "mairie".into(),
        },
    };
    let beginning = Beginning {
        cause: Cause::Rebuilt,
        source: "la clé et les tablettes".into(),
        restored_to: None,
        withdrawals_read: false,
        channel: Channel::Command,
        now,
    };
    store.write(move |tx| {
        journal::begin_branch(tx, incarnation, now)?;
        let context = Context {
            now,
            mode: Mode::Live,
        };
        corridor::submit(tx, &founding, Hash32(random()), context)?;
        begin(tx, &beginning, &BTreeSet::new())?;
        Ok::<_, CorridorError>(())
    })?;
    let mut problems = Vec::new();
    let line = settle(host, slug, keys, store, &mut problems)?;
    keys::import(&host.setup().keys, keys)?;
    let set_aside = host.backend().swap_in(slug, &stamp(host, slug, now)?)?;
    enlist(host, slug, &line, &mut problems)?;
    Ok(Rebuilt {
        incarnation,
        set_aside,
        problems,
    })
}

/// Whether a listed commune's store holds nothing but its founding and a recovery that began.
fn is_empty(host: &Arc<Host>, slug: &Slug) -> Result<bool, RestoreError> {
    if host.line(slug)?.is_none_or(|line| line.moved.is_some()) {
        return Ok(true);
    }
    let store = match host.backend().open_old(slug) {
        // Listed, and nothing is there: that is what a rebuilding is for.
        Err(StoreError::Moved) => return Ok(true),
        opened => opened?,
    };
    let entries = store.read(|tx| journal::page(tx, 0, 3))?;
    let bare = ["found_commune", "begin_recovery"];
    Ok(entries.len() < 3
        && entries
            .iter()
            .all(|(entry, _)| bare.contains(&entry.header.kind.as_str())))
}
