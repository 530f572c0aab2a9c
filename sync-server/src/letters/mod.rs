//! Letters that are mailed: queued in the record, sent by one process, noted when they are gone.
//!
//! A letter is queued in the transaction of what it tells of ([`submit_with`]), so that neither is there without the
//! other. The record says what kind it is and to whom it goes; a link or a code that it carries waits beside it,
//! sealed, and is lost in a fire without harm: whoever waits for it asks again. What a letter says is worded when it
//! leaves.

mod address;
pub mod bounce;
mod courier;
mod draw;
mod link;
mod office;
pub mod read;
pub mod recap;
mod secret;
mod send;
mod smtp;

pub use address::{SmtpAddress, SmtpAddressError, is_address};
pub use courier::Courier;
pub use link::{LINK_DAYS, link};
pub use office::{Office, Post};
pub use secret::Secret;
pub use send::{Queue, note, queue};
pub use smtp::knock;

use shared::ids::{BatchId, GuardianId, LetterId, NoticeId, mint};
use shared::operation::{Actor, Body, Channel, Fact, LetterKind, LetterRecord, Operation};
use shared::time::UtcMs;

use crate::clock::random;
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::store::{StoreError, Write};

/// A letter somebody wants sent.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Of what kind.
    pub kind: LetterKind,
    /// To which address.
    pub to: String,
    /// To whom, where a guardian is meant.
    pub guardian: Option<GuardianId>,
    /// Which notice it carries.
    pub notice: Option<NoticeId>,
    /// With which others it is asked for.
    pub batch: Option<BatchId>,
    /// What its sentences are filled with: see `shared/src/words/fr/letters.ftl`.
    pub facts: Vec<Fact>,
    /// What it carries and no record may hold.
    pub secret: Option<Secret>,
}

impl Letter {
    /// A letter of a kind to an address.
    pub fn to(kind: LetterKind, address: impl Into<String>) -> Self {
        Self {
            kind,
            to: address.into(),
            guardian: None,
            notice: None,
            batch: None,
            facts: Vec::new(),
            secret: None,
        }
    }

    /// Of this guardian.
    #[must_use]
    pub fn of(mut self, guardian: GuardianId) -> Self {
        self.guardian = Some(guardian);
        self
    }

    /// One of many.
    #[must_use]
    pub fn among(mut self, batch: BatchId) -> Self {
        self.batch = Some(batch);
        self
    }

    /// With a word of its sentences.
    #[must_use]
    pub fn saying(mut self, name: &str, value: impl Into<String>) -> Self {
        self.facts.push(Fact {
            name: name.to_owned(),
            value: value.into(),
        });
        self
    }

    /// With a link: a path of this server such as `/ville/activer/JETON`, good until then.
    #[must_use]
    pub fn with_link(mut self, path: impl Into<String>, expires_at: UtcMs) -> Self {
        self.secret = Some(Secret {
            path: Some(path.into()),
            lines: Vec::new(),
            expires_at,
        });
        self
    }
}

/// Letters ready to be queued: an operation, and what is kept beside the record in the same transaction.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// `QueueLetters`.
    pub body: Body,
    secrets: Vec<(LetterId, Vec<u8>)>,
    now: UtcMs,
}

impl Prepared {
    /// Gives them ids and seals what they carry.
    pub fn of(commune: &Commune, letters: Vec<Letter>) -> Self {
        let now = commune.clock.now();
        let mut secrets = Vec::new();
        let records = letters.into_iter().map(|letter| {
            let id = LetterId(mint(now, random()));
            if let Some(secret) = letter.secret {
                secrets.push((id, secret.seal(&commune.keys)));
            }
            LetterRecord {
                id,
                kind: letter.kind,
                to: letter.to,
                guardian: letter.guardian,
                notice: letter.notice,
                batch: letter.batch,
                facts: letter.facts,
            }
        });
        Self {
            body: Body::QueueLetters {
                letters: records.collect(),
            },
            secrets,
            now,
        }
    }

    /// Keeps what they carry, to be called in the transaction that queues them.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub fn keep(&self, tx: &mut dyn Write) -> Result<(), StoreError> {
        for (letter, sealed) in &self.secrets {
            let params = [(*letter).into(), sealed.clone().into(), self.now.into()];
            tx.execute(include_str!("sql/secret_put.sql"), &params)?;
        }
        Ok(())
    }
}

/// Puts operations through the corridor and queues the letters that tell of them, under one commit: all or nothing.
/// `by` is who does it, and through what. Blocks: call it on the blocking pool.
///
/// # Errors
/// [`CorridorError`] of the first that fails; nothing changed and nothing is sent then.
pub fn submit_with(
    commune: &Commune,
    mut operations: Vec<Operation>,
    by: (Actor, Channel),
    letters: Vec<Letter>,
) -> Result<(), CorridorError> {
    if letters.is_empty() {
        return commune.submit_all(operations);
    }
    let prepared = Prepared::of(commune, letters);
    operations.push(commune.operation(by.0, by.1, prepared.body.clone()));
    commune.submit_all_if(operations, move |tx| prepared.keep(tx))
}
