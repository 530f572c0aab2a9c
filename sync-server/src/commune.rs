//! One commune as the server holds it open: its store, its keys, and who wants to hear of changes.

use std::sync::{Arc, PoisonError, RwLock};

use chrono_tz::Tz;
use shared::codec::Hash32;
use shared::ids::{BranchId, OperationId, mint};
use shared::operation::{Actor, Body, Channel, Operation};
use shared::receipt::Position;
use shared::slug::Slug;
use shared::time::UtcMs;

use crate::changes::{Changes, Listener};
use crate::clock::{Clock, random};
use crate::corridor::{self, Applied, Context, CorridorError, Mode, journal};
use crate::keys::Keys;
use crate::store::{Read, Store, StoreError, Write};
use crate::sync::Shelf;

/// A commune.
pub struct Commune {
    /// Its short name.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// Its time zone.
    pub zone: Tz,
    /// What its town hall is called on screen.
    pub label: String,
    /// Its store.
    pub store: Store,
    /// Its keys.
    pub keys: Keys,
    /// What time it is.
    pub clock: Clock,
    /// The actor under which this process writes to sheets.
    pub sheet_actor: [u8; 16],
    /// Sheets held in memory.
    pub(crate) shelf: Shelf,
    changes: Changes,
    at_write: RwLock<Vec<AtWrite>>,
    /// Its name or zone changed since it was opened.
    outdated: std::sync::atomic::AtomicBool,
}

/// What is done whenever the record changed.
type AtWrite = Box<dyn Fn() + Send + Sync>;

impl Commune {
    /// Opens a commune over its store.
    ///
    /// # Errors
    /// [`StoreError`] when the record cannot be read or is not that of the commune.
    pub fn open(slug: Slug, store: Store, keys: Keys, clock: Clock) -> Result<Arc<Self>, StoreError> {
        let (name, zone, label) = store.read(|tx| {
            let row = tx.first(include_str!("record/commune/get.sql"), &[])?;
            let row = row.ok_or_else(|| StoreError::Damaged("no commune in the record".into()))?;
            if row.text(0)? != slug.as_str() {
                return Err(StoreError::Damaged(format!(
                    "the record is that of {}",
                    row.text(0)?
                )));
            }
            let zone = row
                .text(2)?
                .parse::<Tz>()
                .map_err(|_| StoreError::Shape("time zone".into()))?;
            Ok((row.text(1)?, zone, row.text(3)?))
        })?;
        Ok(Arc::new(Self {
            slug,
            name,
            zone,
            label,
            store,
            keys,
            clock,
            sheet_actor: random(),
            shelf: Shelf::default(),
            changes: Changes::default(),
            at_write: RwLock::default(),
            outdated: std::sync::atomic::AtomicBool::new(false),
        }))
    }

    /// An operation made now.
    pub fn operation(&self, actor: Actor, channel: Channel, body: Body) -> Operation {
        let at = self.clock.now();
        Operation {
            id: OperationId(mint(at, random())),
            at,
            actor,
            channel,
            seen: None,
            body,
        }
    }

    /// Puts an operation through the corridor; durable when this returns. Blocks: call it on the
    /// blocking pool.
    ///
    /// # Errors
    /// [`CorridorError`]; nothing changed then.
    pub fn submit(&self, operation: Operation) -> Result<Applied, CorridorError> {
        let context = Context {
            now: self.clock.now(),
            mode: Mode::Live,
        };
        let salt = Hash32(random());
        let actor = self.sheet_actor;
        let (applied, head) = self.store.write(move |tx| {
            let applied = apply(tx, &operation, salt, context, actor)?;
            Ok::<_, CorridorError>((applied, position(tx)?))
        })?;
        if applied.seq.is_some() {
            self.announce(head);
        }
        Ok(applied)
    }

    /// Puts several operations through the corridor under one commit: all or none.
    ///
    /// # Errors
    /// [`CorridorError`] of the first that fails; nothing changed then.
    pub fn submit_all(&self, operations: Vec<Operation>) -> Result<(), CorridorError> {
        self.submit_all_if(operations, |_| Ok(()))
    }

    /// The same, if `may` says so in the same transaction.
    ///
    /// # Errors
    /// [`CorridorError`] of `may` or of the first that fails; nothing changed then.
    pub fn submit_all_if(
        &self,
        operations: Vec<Operation>,
        may: impl FnOnce(&mut dyn Write) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), CorridorError> {
        let context = Context {
            now: self.clock.now(),
            mode: Mode::Live,
        };
        let actor = self.sheet_actor;
        let head = self.store.write(move |tx| {
            may(tx)?;
            for operation in &operations {
                apply(tx, operation, Hash32(random()), context, actor)?;
            }
            Ok::<_, CorridorError>(position(tx)?)
        })?;
        self.announce(head);
        Ok(())
    }

    /// Works in one transaction, and puts through the corridor there what it makes of what it reads: all or nothing.
    ///
    /// # Errors
    /// [`CorridorError`] of the work; nothing changed then.
    pub fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Write, &Door) -> Result<T, CorridorError> + Send + 'static,
    ) -> Result<T, CorridorError> {
        let door = Door {
            context: Context {
                now: self.clock.now(),
                mode: Mode::Live,
            },
            sheet_actor: self.sheet_actor,
        };
        let (done, before, head) = self.store.write(move |tx| {
            let before = position(tx)?;
            let done = work(tx, &door)?;
            Ok::<_, CorridorError>((done, before, position(tx)?))
        })?;
        if before != head {
            self.announce(head);
        }
        Ok(done)
    }

    /// Tells everyone who listens that the record changed up to here, in this process and others.
    pub fn announce(&self, head: Position) {
        self.store.announce();
        self.changes.tell(head);
        self.wrote();
    }

    /// Has something done whenever the record changed, as far as this process hears of it. Never slow: whoever wrote
    /// waits for it.
    pub(crate) fn at_write(&self, work: impl Fn() + Send + Sync + 'static) {
        let mut works = self.at_write.write().unwrap_or_else(PoisonError::into_inner);
        works.push(Box::new(work));
    }

    fn wrote(&self) {
        let works = self.at_write.read().unwrap_or_else(PoisonError::into_inner);
        works.iter().for_each(|work| work());
    }

    /// Listens for changes, whichever process makes them.
    pub fn listen(self: &Arc<Self>) -> Listener {
        Listener::new(Arc::clone(self))
    }

    /// Another process may have changed the record: whoever listens here is told if it did. Where
    /// nobody listens this costs nothing. Blocks: call it on the blocking pool.
    pub fn look(&self) {
        self.wrote();
        if self.changes.listeners() == 0 {
            return;
        }
        match self.head() {
            Ok(head) => self.changes.tell(head),
            Err(error) => {
                tracing::warn!(commune = %self.slug, %error, "what others wrote cannot be looked at");
            }
        }
    }

    /// Its name or zone changed: whoever asks for it next gets it opened again.
    pub fn outdate(&self) {
        self.outdated.store(true, std::sync::atomic::Ordering::Relaxed);
    }

    /// Whether its name or zone changed since it was opened.
    pub fn is_outdated(&self) -> bool {
        self.outdated.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// The process is about to stop: whoever listens is let go.
    pub fn close(&self) {
        self.changes.close();
    }

    pub(crate) fn changes(&self) -> &Changes {
        &self.changes
    }

    /// The newest point of the journal.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub fn head(&self) -> Result<Position, StoreError> {
        self.store.read(position_read)
    }

    /// The branch that is written now.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub fn branch(&self) -> Result<BranchId, StoreError> {
        self.store.read(|tx| journal::current_branch(tx))
    }

    /// Today, in the commune's zone.
    pub fn today(&self) -> chrono::NaiveDate {
        self.clock.now().date_in(self.zone)
    }
}

/// The way into the corridor from within a transaction.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    context: Context,
    sheet_actor: [u8; 16],
}

impl Door {
    /// When what is made here was received.
    pub fn now(&self) -> UtcMs {
        self.context.now
    }

    /// Puts an operation through the corridor.
    ///
    /// # Errors
    /// [`CorridorError`]; the transaction must then be undone.
    pub fn submit(&self, tx: &mut dyn Write, operation: &Operation) -> Result<Applied, CorridorError> {
        apply(tx, operation, Hash32(random()), self.context, self.sheet_actor)
    }
}

/// Through the corridor; marks taken in by a person's decision reach their sheet at once.
fn apply(
    tx: &mut dyn Write,
    operation: &Operation,
    salt: Hash32,
    context: Context,
    sheet_actor: [u8; 16],
) -> Result<Applied, CorridorError> {
    let applied = corridor::submit(tx, operation, salt, context)?;
    match (applied.seq, &operation.body) {
        (Some(seq), Body::SettleQuarantine { hash, .. }) => {
            crate::sync::follow_settlement(tx, *hash, seq, sheet_actor)?;
        }
        (Some(seq), Body::SettleLost { .. }) => crate::sync::derive_since(tx, seq - 1, sheet_actor)?,
        _ => {}
    }
    Ok(applied)
}

fn position(tx: &mut dyn Write) -> Result<Position, StoreError> {
    let branch = journal::current_branch(tx)?;
    journal::head(tx, branch)
}

fn position_read(tx: &mut dyn Read) -> Result<Position, StoreError> {
    let branch = journal::current_branch(tx)?;
    journal::head(tx, branch)
}
